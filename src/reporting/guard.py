"""Before any parser: is this a whole, plain workbook of a size that a delivery has? One clear line where it isn't."""

import codecs
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from reporting.faults import INGET_BREV, Faults

_MAX_PACKAGE_BYTES, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 10_000_000, 20_000_000, 500, 200
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook with a password."""
DECLARED = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]+)""")
"""What is neither UTF-8 nor UTF-16 isn't read: in another encoding a document type could hide from us and not from the parser."""
SAVE_AS = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
LINKS = "öppna filen i Excel, välj Data > Redigera länkar > Bryt länk, och spara"

LEFT_BEHIND = ("__macosx/", ".ds_store")
"""What a Mac puts into a zip file, beside what was packed."""

Parts = dict[str, bytes]
"""The XML parts of a workbook: name in the package → content."""


def part_name(name: str) -> str:
    """A part's name as names of parts are compared: without capitals, with /, and from the package's root."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_parts(path: Path, faults: Faults) -> Parts:
    """A workbook's XML parts; none, after a fault, of a file that isn't opened. Never more than MAX_UNPACKED is read."""
    if not faults.is_file(path):
        return {}
    try:
        if path.stat().st_size > _MAX_PACKAGE_BYTES:
            return too_large_file(faults, path.stat().st_size)
        raw = path.read_bytes()
    except OSError:
        action = "stäng filen i Excel, och kontrollera att du får läsa den"
        return _refused(faults, "en fil som går att öppna", action, brev=INGET_BREV)
    if not raw:
        expected, theirs = "en Excel-arbetsbok (.xlsx); filen är tom", ("", "skicka filen på nytt")
        return _refused(faults, expected, "be om filen på nytt", till_avsandare=theirs)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if ENCRYPTED in raw:
            action = "öppna filen i Excel, välj Arkiv > Info > Skydda arbetsbok, ta bort lösenordet och spara"
            return _refused(faults, "en arbetsbok utan lösenord", action)
        return _refused(faults, "en Excel-arbetsbok (.xlsx); filen är i ett gammalt format (.xls)", SAVE_AS)
    if not raw.startswith(b"PK"):
        return _something_else(faults)
    if raw.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile makes an object of each
        return too_large_file(faults, len(raw))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, faults, len(raw))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        return damaged(faults)


def _unpacked(archive: zipfile.ZipFile, faults: Faults, size: int) -> Parts:
    members = [m for m in archive.infolist() if not part_name(m.filename).startswith(LEFT_BEHIND)]
    members = [m for m in members if not part_name(m.filename).endswith(LEFT_BEHIND)]
    names = [part_name(member.filename) for member in members]
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 10_000):
        return too_large_file(faults, unpacked)
    if any(member.flag_bits & 1 for member in members):
        return _refused(faults, "en arbetsbok utan lösenord", SAVE_AS)
    if "[content_types].xml" not in names:
        return _something_else(faults)
    # no spreadsheet program packs in another way than these, which can be unpacked in part
    others = any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)
    if others or len(set(names)) < len(names):
        return damaged(faults)
    # what other programs keep beside the workbook, such as Power Query's queries in customXml, is never parsed
    read = [(n, m) for n, m in zip(names, members, strict=True) if re.fullmatch(r"(?!customxml/).*\.(xml|rels)", n)]
    return _looked_over({name: _in_utf8(_read(archive, member)) for name, member in read}, names, faults)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """As many bytes as the member says that it has: it may unpack to far more. One that says too few fails its checksum."""
    with archive.open(member) as content:
        return content.read(member.file_size)


def _in_utf8(content: bytes) -> bytes:
    """A part as the parser wants it, and as what it holds can be looked for; some programs write UTF-16. Raises UnicodeDecodeError."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    return re.sub(r"^<\?xml[^>]{0,100}\?>", "", content.decode("utf-16")).encode()


def _looked_over(parts: Parts, names: list[str], faults: Faults) -> Parts:
    """The parts, unless there is what no delivery has: macros, links to other files, entities, another kind of document, more than a
    parser can bear."""
    kinds = parts["[content_types].xml"]
    macros = ("vbaproject", "/activex/", "/macrosheets/")
    # some programs list every kind of part that there is, whether it is in the workbook or not
    if b"macroEnabled.main+xml" in kinds or any(word in name for name in names for word in macros):
        action = "spara som Excel-arbetsbok (.xlsx) utan makron"
        return _refused(faults, "en arbetsbok utan makron", action, stod="makron")
    if any("externallinks/" in name for name in names):
        return _refused(faults, "en arbetsbok utan länkar till andra filer", LINKS, stod="länkar till andra filer")
    for content in parts.values():
        declared = DECLARED.match(content)
        is_utf8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")
        if not is_utf8 or b"\x00" in content[:200] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            return damaged(faults)
    if b"spreadsheetml" not in kinds or "xl/workbook.bin" in names:
        return _something_else(faults)
    return parts


def _refused(faults: Faults, vantat: str, atgard: str, *, stod: str = "", **sender: Any) -> Parts:
    """No parts, and the fault for which there are none. sender: what is said to the sender, as Faults.add takes it."""
    faults.add(stod, vantat, atgard, **sender)
    return {}


def _something_else(faults: Faults) -> Parts:
    expected = "en Excel-arbetsbok (.xlsx); filen innehåller något annat"
    return _refused(faults, expected, f"kontrollera att det är rätt fil, och {SAVE_AS}")


def damaged(faults: Faults) -> Parts:
    """Note the fault that a file isn't whole; gives no parts."""
    action = "öppna filen i Excel, spara den på nytt och lämna den igen; går den inte att öppna, be om den på nytt"
    theirs = ("", "öppna filen i Excel, spara den på nytt och skicka den igen")
    return _refused(faults, "en hel Excelfil; den här är skadad eller avbruten", action, till_avsandare=theirs)


def too_large_file(faults: Faults, size: int) -> Parts:
    """Note the fault that a file is larger than any delivery. size: in bytes; gives no parts."""
    action = "kopiera bladen med utfall till en ny, tom arbetsbok"
    return _refused(faults, "en arbetsbok med utfall; den här är för stor", action, stod=f"{size // 1000} kB")


def spaced(number: int) -> str:
    """A number with spaces between thousands, for messages: 25 000."""
    return f"{number:,}".replace(",", " ")

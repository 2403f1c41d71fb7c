"""Before any parser: is this a whole, plain workbook of a size that a delivery has? One clear line where it isn't."""

import re
import zipfile
import zlib
from pathlib import Path

from reporting.faults import INGET_BREV, Fault

MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 10_000_000, 20_000_000, 500, 200
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook with a password."""
DECLARED = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]+)""")
"""Excel writes UTF-8 only; in another encoding a document type could hide from us and not from the parser."""
SAVE_AS = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
LINKS = "öppna filen i Excel, välj Data > Redigera länkar > Bryt länk, och spara"

Parts = dict[str, bytes]
"""The XML parts of a workbook: name in the package → content."""


def read_parts(path: Path, fil: str) -> tuple[Parts, Fault | None]:
    """(the workbook's XML parts, None), or ({}, the fault for which the file isn't opened). Never more than MAX_UNPACKED is read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}, too_large(fil, path.stat().st_size)
        raw = path.read_bytes()
    except OSError:
        action = "stäng filen i Excel, och kontrollera att du får läsa den"
        return {}, Fault(fil, "", "en fil som går att öppna", action, brev=INGET_BREV)
    if not raw:
        return {}, Fault(
            fil,
            "",
            "en Excel-arbetsbok (.xlsx); filen är tom",
            "be om filen på nytt",
            till_avsandare=("", "skicka filen på nytt"),
        )
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if ENCRYPTED in raw:
            return {}, Fault(
                fil,
                "",
                "en arbetsbok utan lösenord",
                "öppna filen i Excel, välj Arkiv > Info > Skydda arbetsbok, ta bort lösenordet och spara",
            )
        return {}, Fault(fil, "", "en Excel-arbetsbok (.xlsx); filen är i ett gammalt format (.xls)", SAVE_AS)
    if not raw.startswith(b"PK"):
        return {}, _something_else(fil)
    if raw.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile makes an object of each
        return {}, too_large(fil, len(raw))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, fil, len(raw))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        return {}, damaged(fil)


def _unpacked(archive: zipfile.ZipFile, fil: str, size: int) -> tuple[Parts, Fault | None]:
    members = archive.infolist()
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 10_000):
        return {}, too_large(fil, unpacked)
    if any(member.flag_bits & 1 for member in members):
        return {}, Fault(fil, "", "en arbetsbok utan lösenord", SAVE_AS)
    if "mimetype" in names or not any(name.lower() == "[content_types].xml" for name in names):
        return {}, _something_else(fil)
    if len(set(names)) < len(names):
        return {}, damaged(fil)
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        return {}, damaged(fil)  # no spreadsheet program packs in another way, and those can't be unpacked in part
    parts = {m.filename: _read(archive, m) for m in members if m.filename.lower().endswith((".xml", ".rels"))}
    return (parts, None) if (fault := _content_fault(parts, names, fil)) is None else ({}, fault)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """As many bytes as the member says that it has: it may unpack to far more. One that says too few fails its checksum."""
    with archive.open(member) as content:
        return content.read(member.file_size)


def _content_fault(parts: Parts, names: list[str], fil: str) -> Fault | None:
    """What no delivery has: macros, links to other files, entities, another kind of document, more than a parser can bear."""
    kinds = b"".join(content for name, content in parts.items() if name.lower() == "[content_types].xml")
    macros = ("vbaproject", "/activex/", "/macrosheets/")
    if b"macroEnabled" in kinds or any(word in name.lower() for name in names for word in macros):
        return Fault(fil, "makron", "en arbetsbok utan makron", "spara som Excel-arbetsbok (.xlsx) utan makron")
    if any("externallinks/" in name.lower() for name in names):
        return Fault(fil, "länkar till andra filer", "en arbetsbok utan länkar till andra filer", LINKS)
    # what other programs keep beside the workbook, such as Power Query's queries in customXml, is never parsed
    for content in (content for name, content in parts.items() if not name.lower().startswith("customxml/")):
        declared = DECLARED.match(content)
        is_utf8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")
        if not is_utf8 or b"\x00" in content[:200] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            return damaged(fil)
    if b"spreadsheetml" not in kinds:
        return _something_else(fil)
    if any(b"purl.oclc.org/ooxml" in content[:2000] for content in parts.values()):
        expected = "en vanlig Excel-arbetsbok; den här är sparad som Strict Open XML"
        return Fault(fil, "", expected, SAVE_AS + ", inte Strict Open XML-kalkylblad")
    return None


def _something_else(fil: str) -> Fault:
    expected = "en Excel-arbetsbok (.xlsx); filen innehåller något annat"
    return Fault(fil, "", expected, f"kontrollera att det är rätt fil, och {SAVE_AS}")


def spaced(number: int) -> str:
    """A limit as it is read: 25 000."""
    return f"{number:,}".replace(",", " ")


def damaged(fil: str) -> Fault:
    """That the file isn't whole."""
    action = "öppna filen i Excel, spara den på nytt och lämna den igen; går den inte att öppna, be om den på nytt"
    ours = ("", "öppna filen i Excel, spara den på nytt och skicka den igen")
    return Fault(fil, "", "en hel Excelfil; den här är skadad eller avbruten", action, till_avsandare=ours)


def too_large(fil: str, size: int) -> Fault:
    """That the file holds more than a delivery does. size: in bytes."""
    expected = "en arbetsbok med utfall; den här är för stor"
    return Fault(fil, f"{size // 1000} kB", expected, "kopiera bladen med utfall till en ny, tom arbetsbok")

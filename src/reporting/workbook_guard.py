"""Before any parser: is this a whole, plain workbook of a size that a delivery has? One clear line where it isn't."""

import zipfile
import zlib
from pathlib import Path

from reporting.faults import Fault

MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 10_000_000, 20_000_000, 500, 200
MAX_STRINGS, MAX_STYLES = 30_000, 5_000
"""How many texts and cell formats a workbook may hold: the parser reads all of them, whatever the sheets use."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook with a password."""
SAVE_AS = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
LINKS = "öppna filen i Excel, välj Data > Redigera länkar > Bryt länk, och spara"

Parts = dict[str, bytes]
"""The XML parts of a workbook: name in the package → content."""


def read_parts(path: Path, fil: str) -> tuple[Parts, Fault | None]:
    """(the workbook's XML parts, None), or ({}, the fault for which the file isn't opened). Never more than MAX_UNPACKED is read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}, _too_large(fil, path.stat().st_size)
        raw = path.read_bytes()
    except OSError:
        action = "stäng filen i Excel, och kontrollera att du får läsa den"
        return {}, Fault(fil, "", "", "en fil som går att öppna", action)
    if not raw:
        return {}, Fault(fil, "", "", "en Excel-arbetsbok (.xlsx); filen är tom", "be om filen på nytt")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if ENCRYPTED in raw:
            return {}, Fault(
                fil,
                "",
                "",
                "en arbetsbok utan lösenord",
                "öppna filen i Excel, välj Arkiv > Info > Skydda arbetsbok, ta bort lösenordet och spara",
            )
        return {}, Fault(fil, "", "", "en Excel-arbetsbok (.xlsx); filen är i ett gammalt format (.xls)", SAVE_AS)
    if not raw.startswith(b"PK"):
        return {}, Fault(fil, "", "", "en Excel-arbetsbok (.xlsx)", SAVE_AS)
    if raw.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile makes an object of each
        return {}, _too_large(fil, len(raw))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, fil, len(raw))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        return {}, _damaged(fil)


def _unpacked(archive: zipfile.ZipFile, fil: str, size: int) -> tuple[Parts, Fault | None]:
    members = archive.infolist()
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 10_000):
        return {}, _too_large(fil, unpacked)
    if any(member.flag_bits & 1 for member in members):
        return {}, Fault(fil, "", "", "en arbetsbok utan lösenord", SAVE_AS)
    if "mimetype" in names or not any(name.lower() == "[content_types].xml" for name in names):
        return {}, Fault(fil, "", "", "en Excel-arbetsbok (.xlsx); filen innehåller något annat", SAVE_AS)
    if len(set(names)) < len(names):
        return {}, _damaged(fil)
    parts = {name: archive.read(name) for name in names if name.lower().endswith((".xml", ".rels"))}
    return (parts, None) if (fault := _content_fault(parts, names, fil)) is None else ({}, fault)


def _content_fault(parts: Parts, names: list[str], fil: str) -> Fault | None:
    """What no delivery has: macros, links to other files, entities, another kind of document, more than a parser can bear."""
    kinds = b"".join(content for name, content in parts.items() if name.lower() == "[content_types].xml")
    macros = ("vbaproject", "/activex/", "/macrosheets/")
    if b"macroEnabled" in kinds or any(word in name.lower() for name in names for word in macros):
        return Fault(fil, "", "makron", "en arbetsbok utan makron", "spara som Excel-arbetsbok (.xlsx) utan makron")
    if any("externallinks/" in name.lower() for name in names):
        return Fault(fil, "", "länkar till andra filer", "en arbetsbok utan länkar till andra filer", LINKS)
    for content in parts.values():
        if b"\x00" in content[:200] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            return _damaged(fil)
    if not any(b"spreadsheetml" in content for content in (kinds,)):
        return Fault(fil, "", "", "en Excel-arbetsbok (.xlsx); filen innehåller något annat", SAVE_AS)
    if any(b"purl.oclc.org/ooxml" in content[:2000] for content in parts.values()):
        expected = "en vanlig Excel-arbetsbok; den här är sparad som Strict Open XML"
        return Fault(fil, "", "", expected, SAVE_AS + ", inte Strict Open XML-kalkylblad")
    for name, content in parts.items():
        if name.lower().endswith("sharedstrings.xml") and content.count(b"<") > 6 * MAX_STRINGS:
            return _too_large(fil, len(content))
        if name.lower().endswith(("styles.xml", "workbook.xml")) and content.count(b"<") > 6 * MAX_STYLES:
            return _too_large(fil, len(content))
    return None


def _damaged(fil: str) -> Fault:
    action = "öppna filen i Excel, spara den på nytt och lämna den igen; går den inte att öppna, be om den på nytt"
    return Fault(fil, "", "", "en hel Excelfil; den här är skadad eller avbruten", action)


def _too_large(fil: str, size: int) -> Fault:
    expected = "en arbetsbok med utfall; den här är för stor"
    return Fault(fil, "", f"{size // 1000} kB", expected, "kopiera bladen med utfall till en ny, tom arbetsbok")

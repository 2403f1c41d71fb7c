"""The file of a logotype looked over: really SVG or PNG, small, and nothing in it that runs or calls."""

import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

MOST_BYTES = 40 * 1024
MOST_PIXELS = 4000
SVG, PNG = "image/svg+xml", "image/png"
_SVG = "http://www.w3.org/2000/svg"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_FORBIDDEN = {"script": "skript", "handler": "skript", "foreignobject": "foreignObject, en bit webbsida"}
_CALLS = re.compile(r"@import|\\|\b(?:-webkit-)?image-set\s*\(|\b(?:src|image)\s*\(", re.IGNORECASE)
_STYLED = {
    "style", "clip-path", "cursor", "fill", "filter", "marker", "marker-start", "marker-mid", "marker-end", "mask", "stroke",
    "values", "to", "from", "by",
}  # fmt: skip
"""Attributes that are read as a style is, those that an animation gives to others among them."""
_URL = re.compile(r"url\s*\(\s*[\"']?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class LogotypeFile:
    """A logotype that can stand on a page. slag: SVG or PNG, as a media type; innehall: the file."""

    slag: str
    innehall: bytes


class UnusableLogotypeError(Exception):
    """A file that can't stand on a page. In Swedish: what was expected of it, and how to mend it."""

    def __init__(self, vantat: str, atgard: str) -> None:
        self.vantat, self.atgard = vantat, atgard
        super().__init__(vantat)


def read_logotype(path: Path) -> LogotypeFile:
    """The logotype of this file. Raises UnusableLogotypeError."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnusableLogotypeError(
                f"en bild på högst {MOST_BYTES // 1024} kB; den här är {-(-size // 1024)} kB",
                "spara den mindre: en SVG utan inbäddade bilder, eller en PNG med färre bildpunkter",
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnusableLogotypeError(
            "en fil som finns i params", "lägg filen i mappen params, eller rätta namnet"
        ) from None
    except OSError:
        raise UnusableLogotypeError(
            "en fil som går att läsa", "kontrollera att det är en fil och att du har rätt att läsa den"
        ) from None
    if content.startswith(_SIGNATURE):
        _look_over_png(content)
        return LogotypeFile(PNG, content)
    _look_over_svg(content)
    return LogotypeFile(SVG, content)


def _look_over_png(content: bytes) -> None:
    broken = UnusableLogotypeError(
        "en hel PNG; filen är avkortad eller skadad", "spara om bilden som PNG, eller som SVG"
    )
    place, names = len(_SIGNATURE), []
    while place + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise broken
        if zlib.crc32(content[place + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            raise broken
        names.append(name)
        place = end
    if place != len(content) or names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise broken
    wide, high = struct.unpack_from(">II", content, len(_SIGNATURE) + 8)
    if not (0 < wide <= MOST_PIXELS and 0 < high <= MOST_PIXELS):
        raise UnusableLogotypeError(
            f"en bild på högst {MOST_PIXELS} × {MOST_PIXELS} bildpunkter; den här är {wide} × {high}",
            "spara den mindre; 400 bildpunkter på bredden räcker",
        )


def _look_over_svg(content: bytes) -> None:
    style: list[str] = []
    inside: list[str] = []

    def begins(name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not inside and (space, tag) != (_SVG, "svg"):
            raise _NOT_AN_IMAGE
        inside.append(tag)
        if what := _FORBIDDEN.get(tag.lower()):
            _refuse(what)
        for key, value in attributes.items():
            _look_over_attribute(key.rpartition(" ")[2].lower(), value)

    def says(text: str) -> None:
        if "style" in inside:
            style.append(text)

    def doctype(*_: object) -> None:
        _refuse("DOCTYPE eller entiteter")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begins
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = lambda *_: _refuse("en stilmall utanför sig själv (<?…?>)")
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise _NOT_AN_IMAGE from None
    _look_over_style("".join(style))


_NOT_AN_IMAGE = UnusableLogotypeError(
    "en bild i SVG eller PNG; filen innehåller något annat", "spara om logotypen som SVG eller PNG"
)


def _look_over_attribute(key: str, value: str) -> None:
    if key.startswith("on"):
        _refuse(f"{key}, som kan köra skript")
    if key == "base" or (key in ("href", "src") and not _INSIDE.match(value.strip())):
        _refuse(f"en hänvisning utanför sig själv ({key})")
    if key == "attributename" and value.strip().lower().rpartition(":")[2] in ("href", "src"):
        _refuse("en hänvisning som ändras")
    _look_over_style(value, whole=key in _STYLED)


def _look_over_style(style: str, *, whole: bool = True) -> None:
    """Nothing that is fetched. whole: it is style alone, not any attribute's value."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for call in _URL.finditer(plain):
        if not _INSIDE.match(plain, call.end()):
            _refuse("en hänvisning utanför sig själv (url)")
    if whole and _CALLS.search(plain):
        _refuse("en hänvisning utanför sig själv i sin stilmall")


def _refuse(what: str) -> NoReturn:
    raise UnusableLogotypeError(
        f"en SVG som bara är en bild; den här har {what}",
        "spara om logotypen som enkel SVG (i Inkscape: Optimerad SVG), eller som PNG",
    )

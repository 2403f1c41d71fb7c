"""The parts of a workbook, looked through before the parser sees them: which sheets there are, what is hidden, merged, commented,
how far the content reaches, and each sheet with nothing left in it but its cells.

Texts in a workbook that are not what they look like as plain text.
"""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from reporting.faults import cell_place
from reporting.guard import Parts

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 2_000, 40, 25_000
"""How far a sheet is read, and how many cells it may have to be read at all."""
MAX_MERGED = 1_000
"""How many merged ranges a sheet may have to be read at all; a template has a title or two."""
MAX_LOOKED = 100_000
"""How many cells are looked at in all, those of sheets that are too large to be read with them."""
MAX_SHEETS, MAX_NAME, MAX_COMMENTS, MAX_TAGS = 100, 100, 2_000, 60_000
"""How many sheets, letters in a sheet's name, comments, and tags in a part besides the cells: far more than any delivery has."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class TooMuch(Exception):  # noqa: N818 - not an error: a workbook that no delivery is like
    """Raised for a workbook with more sheets, or more of something else, than any delivery of outcomes has."""


@dataclass
class Marks:
    """What is known of one sheet besides its values, as it is looked through.

    merged: as "B3:B4"; comments: (cell, text); beyond: the first cell with content that lies further away than is read, or ""; too_large:
    more cells than are read; formulas: whether there are any; mixed: cells with raised or struck-out characters.
    """

    hidden: bool
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: tuple[tuple[str, str], ...] = ()
    beyond: str = ""
    too_large: bool = False
    formulas: bool = False
    mixed: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class SheetPart:
    """One sheet before parsing. weight: what it costs to read, in plain cells; content: its XML with nothing but the cells."""

    marks: Marks
    weight: int
    content: bytes


@dataclass(frozen=True)
class ReadPackage:
    """A workbook's parts as far as they are read. sheets: by name, in the workbook's order; stamp: the custom properties; date1904:
    whether days are counted from 1904."""

    sheets: dict[str, SheetPart]
    strings: bytes
    styles: bytes
    stamp: dict[str, str]
    date1904: bool


def look_through(parts: Parts) -> ReadPackage:
    """Find the sheets of a workbook, chart sheets left out, and what is known of each before the parser reads it.

    Raises TooMuch; and ElementTree.ParseError, ExpatError, KeyError, StopIteration or ValueError for a package that isn't a workbook's.
    """
    main = next(target for kind, target in _relations(parts, "").values() if kind == "officeDocument")
    relations = _relations(parts, main)
    listed = _elements(parts[main], "sheet")
    if len(listed) > MAX_SHEETS:
        raise TooMuch
    sheets: dict[str, SheetPart] = {}
    for sheet in listed:
        name = sheet.attrib["name"]
        if not name or len(name) > MAX_NAME or name in sheets:
            raise ValueError
        kind, path = relations[sheet.attrib[f"{{{OFFICE}}}id"]]
        if kind == "worksheet":
            sheets[name] = _sheet(parts, path, hidden=sheet.attrib.get("state", "visible") != "visible")
        if sum(part.weight for part in sheets.values()) > MAX_LOOKED:
            raise TooMuch
    if sum(len(part.marks.comments) for part in sheets.values()) > MAX_COMMENTS:
        raise TooMuch
    by_kind = {kind: parts.get(path, b"") for kind, path in relations.values()}
    date1904 = any(item.attrib.get("date1904") in ("1", "true") for item in _elements(parts[main], "workbookPr"))
    return ReadPackage(sheets, by_kind.get("sharedStrings", b""), by_kind.get("styles", b""), _stamp(parts), date1904)


@dataclass
class _Looked:
    """How far one sheet has been looked through, and where in its bytes the cells begin and end."""

    namespaces: dict[str, str] = field(default_factory=dict)
    cells: int = 0
    inline: int = 0
    row: int = 0
    cell: str = ""
    start: int = -1
    end: int = -1


class _Enough(Exception):  # noqa: N818
    """The sheet is too large to be read; there is no reason to go on."""


def _sheet(parts: Parts, path: str, *, hidden: bool) -> SheetPart:
    content, marks, seen = parts[path], Marks(hidden), _Looked()
    # four tags for a cell with a value, two for a row: a sheet with more than these has more cells, or something else than cells
    if content.count(b"<") > 6 * MAX_CELLS:
        return SheetPart(Marks(hidden, too_large=True), 0, b"")
    try:
        _look(content, seen, marks)
    except _Enough:
        return SheetPart(Marks(hidden, too_large=True), seen.cells, b"")
    marks.comments = _comments(parts, path)
    # formulas are read twice, for what they are and for what they gave; a text in its cell takes as long as four numbers
    weight = (seen.cells + 3 * seen.inline) * (2 if marks.formulas else 1)
    return SheetPart(marks, weight, _only_cells(content, seen))


def _look(content: bytes, seen: _Looked, marks: Marks) -> None:
    """Go through a sheet once, tag by tag: an XML parser, since no pattern is safe against XML that somebody has thought out."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in (VALUE, INLINE, FORMULA):
            marks.formulas |= name == FORMULA
            seen.inline += name == INLINE
            if not marks.beyond and _is_beyond(seen.cell):
                marks.beyond = seen.cell
        elif name == CELL:
            seen.cells += 1
            seen.cell = attributes.get("r", "")
        elif name == ROW:
            seen.row = int(attributes.get("r", seen.row + 1))
            if attributes.get("hidden") in ("1", "true"):
                marks.hidden_rows.add(seen.row)
        elif name == COLUMN and attributes.get("hidden") in ("1", "true"):
            marks.hidden_columns |= set(range(int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMNS) + 1))
        elif name == MERGED:
            if not re.fullmatch(r"[A-Z]{1,3}\d{1,7}(:[A-Z]{1,3}\d{1,7})?", attributes["ref"]):
                raise ValueError
            marks.merged.append(attributes["ref"])
        elif name in RAISED_OR_STRUCK:
            marks.mixed.add(seen.cell)
        elif name == DATA and seen.start < 0:
            seen.start = parser.CurrentByteIndex
        if seen.cells > MAX_CELLS or len(marks.merged) > MAX_MERGED:
            raise _Enough

    def end(name: str) -> None:
        if name == DATA and seen.end < 0:
            seen.end = parser.CurrentByteIndex

    def namespace(prefix: str | None, uri: str) -> None:
        if seen.start < 0:
            seen.namespaces.setdefault(prefix or "", uri)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartNamespaceDeclHandler = namespace
    parser.Parse(content, True)


RAISED_OR_STRUCK = (f"{MAIN} vertAlign", f"{MAIN} strike")
DATA, ROW, CELL, VALUE, INLINE, FORMULA, COLUMN, MERGED = (
    f"{MAIN} {name}" for name in ("sheetData", "row", "c", "v", "is", "f", "col", "mergeCell")
)


def _only_cells(content: bytes, seen: _Looked) -> bytes:
    """The sheet without views, validations, conditional formats and all else that can only be in the parser's way."""
    if seen.start < 0:
        return b""
    opening = content[seen.start + 1 : content.index(b">", seen.start)].rstrip(b"/").split()[0].decode()
    prefix = opening.removesuffix("sheetData")
    names = "".join(
        f" xmlns{':' if name else ''}{name}={quoteattr(uri)}" for name, uri in seen.namespaces.items() if name != "xml"
    )
    # with its dimension said, the parser needn't look for it; it is not used
    head = f'<{prefix}worksheet{names}><{prefix}dimension ref="A1"/><{prefix}sheetData>'
    inside = content[content.index(b">", seen.start) + 1 : seen.end]
    return head.encode() + inside + f"</{prefix}sheetData></{prefix}worksheet>".encode()


def _is_beyond(ref: str) -> bool:
    row, column = cell_place(ref) if re.fullmatch(r"[A-Z]{1,3}\d{1,7}", ref) else (-1, -1)
    return row >= MAX_ROWS or column >= MAX_COLUMNS


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _comments(parts: Parts, path: str) -> tuple[tuple[str, str], ...]:
    """Every comment on the sheet; the wording that Excel puts before a threaded one is left out."""
    found = []
    for kind, target in _relations(parts, path).values():
        for comment in _elements(parts[target], "comment") if kind == "comments" and target in parts else ():
            text = "".join(item.text or "" for item in comment.iter() if item.tag.endswith("}t"))
            threaded = re.search(r"\n\s*(?:Comment|Kommentar):\s*\n(.*)", text, re.DOTALL)
            lines = (" ".join(line.split()) for line in (threaded[1] if threaded else text).splitlines())
            found.append((comment.attrib.get("ref", ""), "\n".join(filter(None, lines))))
    return tuple(found)


def _relations(parts: Parts, path: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, the part that it leads to), of the package itself for ""."""
    content = parts.get(relations_of(path))
    found = {}
    for relation in _elements(content, "Relationship") if content else ():
        if relation.attrib.get("TargetMode") != "External":
            kind = relation.attrib["Type"].rsplit("/", 1)[-1]
            found[relation.attrib["Id"]] = (kind, target_of(path, relation.attrib["Target"]))
    return found


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, target: str) -> str:
    """The part that a relation of `part` leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _stamp(parts: Parts) -> dict[str, str]:
    """The custom properties that are texts."""
    found = {}
    for item in _elements(parts["docProps/custom.xml"], "property") if "docProps/custom.xml" in parts else ():
        found[item.attrib.get("name", "")] = "".join(value.text or "" for value in item)[:MAX_NAME]
    return found


def _elements(content: bytes, name: str) -> list[Any]:
    if content.count(b"<") > MAX_TAGS:
        raise TooMuch
    tree = ElementTree.fromstring(content)  # noqa: S314 - reporting.guard has refused entities and document types
    return [element for element in tree.iter() if element.tag.rsplit("}", 1)[-1] == name]


def mixed_texts(strings: bytes) -> frozenset[str]:
    """The texts in which some characters are raised, lowered or struck out: as plain text they would run together with the others."""
    found = set()
    if b"vertAlign" in strings or b"strike" in strings:
        for item in ElementTree.fromstring(strings):  # noqa: S314 - reporting.guard has refused entities and document types
            names = {element.tag.rsplit("}", 1)[-1] for element in item.iter()}
            if names & {"vertAlign", "strike"}:
                found.add("".join(element.text or "" for element in item.iter() if element.tag.endswith("}t")))
    return frozenset(found)

"""One sheet of a workbook, gone through once: its cells as the file writes them, what is hidden and merged, and how far the content
reaches."""

import re
from dataclasses import dataclass, field
from itertools import product
from xml.etree import ElementTree

from reporting.excel.formats import is_on
from reporting.faults import cell_place

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 2_000, 40, 25_000
"""How far a sheet is read, and how many cells it may have to be read at all."""
MAX_TEXT = 32_767
"""How much text a cell can hold in Excel."""
MAX_BYTES = 8_000_000
"""How large a part of the workbook may be to be read: far more than any delivery has, and far less than it can unpack to."""
MAX_MERGED = 1_000
"""How many merged ranges a sheet may have to be read at all; a template has a title or two."""
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
THIN, LOW = 1.0, 3.0
"""A column that has room for no character (in characters), and a row in which no text can be seen (in points), are hidden."""
MARGINS = {"Header": "Sidhuvudet", "Footer": "Sidfoten"}
CODES = re.compile(r'&(?:"[^"]*"|K[\dA-Fa-f]{2}(?:[\dA-Fa-f]{4}|[+-]\d{3})|\d+|[^"&LCR\d])')
SIDES = re.compile("&[LCR]")
"""What a header says besides text: font, size, number of the page, name of the file, day; and where its text to the left begins."""
NO_WORDS = re.compile(r"\S+\.(?:xlsx?|csv)\b|\b(?:sida|sid|page|av|of)\b|\W|\d", re.IGNORECASE)
"""What of its text is nothing to tell: a file's name, and what stands around a page's number."""


class TooMuch(Exception):  # noqa: N818 - not an error: a workbook that no delivery is like
    """Raised for a workbook with more sheets, or more of something else, than any delivery of outcomes has."""


@dataclass(frozen=True)
class RichText:
    """Text as a file writes it. struck, raised: whether some of it is struck out, or raised or lowered: as plain text it would run
    together with the rest."""

    text: str
    struck: bool = False
    raised: bool = False


@dataclass(frozen=True)
class StoredCell:
    """A cell as the file writes it. kind: what it says that the value is ("s", "str", "b", …); look: the place of its format; value:
    None where the file has none; formula: without its sign, None where there is none."""

    kind: str
    look: int
    value: str | RichText | None
    formula: str | None


@dataclass
class Marks:
    """What is known of one sheet besides its values.

    merged: as "B3:B4"; comments: (cell, text); boxes: what text boxes say; margins: (Sidhuvudet or Sidfoten, what stands there and in no
    cell); beyond: the first cell with content that lies further away than is read, or ""; too_large: more cells than are read; no_zeros:
    a 0 isn't shown.
    """

    hidden: bool
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: tuple[tuple[str, str], ...] = ()
    boxes: tuple[str, ...] = ()
    margins: tuple[tuple[str, str], ...] = ()
    beyond: str = ""
    too_large: bool = False
    no_zeros: bool = False


@dataclass(frozen=True)
class SheetPart:
    """One sheet. weight: what it costs to read, in cells; cells: (row, column), from 1 → each cell with content."""

    marks: Marks
    weight: int = 0
    cells: dict[tuple[int, int], StoredCell] = field(default_factory=dict)


def look_at(content: bytes, *, hidden: bool) -> SheetPart:
    """A sheet's cells and marks; neither where it is too large to be read. Raises ElementTree.ParseError, KeyError and ValueError."""
    # four tags for a cell with a value, two for a row: a sheet with more than these has more cells, or something else than cells
    tags = content.count(b"<")
    if tags > 6 * MAX_CELLS or len(content) > MAX_BYTES:
        return SheetPart(Marks(hidden, too_large=True))
    tree = ElementTree.fromstring(content)  # noqa: S314 - reporting.guard has refused entities and document types
    marks = Marks(hidden, merged=[item.attrib["ref"] for item in tree.iterfind("{*}mergeCells/{*}mergeCell")])
    count = sum(len(row) for row in tree.iterfind("{*}sheetData/{*}row"))
    if count > MAX_CELLS or len(marks.merged) > MAX_MERGED:
        return SheetPart(Marks(hidden, too_large=True), count)
    if not all(re.fullmatch(r"[A-Z]{1,3}\d{1,7}(:[A-Z]{1,3}\d{1,7})?", ref) for ref in marks.merged):
        raise ValueError
    _look(tree, marks)
    cells = _cells(tree, marks)
    dense = sum(dict(sorted(cells)).values())  # the cells between them are made too
    return SheetPart(marks, max(count, tags // 6, dense // 2), cells)


def _look(tree: ElementTree.Element, marks: Marks) -> None:
    """What is hidden on a sheet, and what is printed around it."""
    views = tree.findall("{*}sheetViews/{*}sheetView")
    marks.no_zeros = any(view.get("showZeros") in ("0", "false") for view in views)
    usual = tree.find("{*}sheetFormatPr")
    narrow = usual is not None and _size(usual, "defaultColWidth") < THIN
    marks.hidden_columns = set(range(1, MAX_COLUMNS + 1)) if narrow else set()
    for item in tree.iterfind("{*}cols/{*}col"):
        columns = range(max(1, int(item.attrib["min"])), min(MAX_COLUMNS, int(item.attrib["max"])) + 1)
        is_hidden = item.get("hidden") in ("1", "true") or _size(item, "width") < THIN
        (marks.hidden_columns.update if is_hidden else marks.hidden_columns.difference_update)(columns)
    for margins in tree.iterfind("{*}headerFooter"):
        own = {"even": margins.get("differentOddEven"), "first": margins.get("differentFirst"), "odd": "1"}
        pages = [page for page, is_own in own.items() if is_own in ("1", "true")]
        said = {
            (told, " ".join(piece.replace("\0", "&").split())): None
            for (name, told), page in product(MARGINS.items(), pages)
            for piece in SIDES.split(
                CODES.sub(" ", margins.findtext(f"{{*}}{page}{name}", "")[:255].replace("&&", "\0"))
            )
        }
        marks.margins = tuple((told, text) for told, text in said if NO_WORDS.sub("", text))


def _size(item: ElementTree.Element, name: str) -> float:
    """A width or a height; that of any cell where none is said, or none that is a number."""
    said = item.get(name, "")
    return float(said) if NUMBER.fullmatch(said) else 10


def place_of(said: str) -> int:
    """The number by which a file names a row, a text or a format. Raises ValueError where it is none."""
    if not said.isdigit():
        raise ValueError(said)
    return int(said)


def _cells(tree: ElementTree.Element, marks: Marks) -> dict[tuple[int, int], StoredCell]:
    """Every cell with content that isn't too far away, wherever the file has it. A file need not say where a row or a cell stands that
    comes after the one before it."""
    cells: dict[tuple[int, int], StoredCell] = {}
    row = 0
    for line in tree.iterfind("{*}sheetData/{*}row"):
        row, column = place_of(line.get("r", str(row + 1))), 0
        if line.get("hidden") in ("1", "true") or _size(line, "ht") < LOW:
            marks.hidden_rows.add(row)
        for item in line.iterfind("{*}c"):
            ref = item.get("r", "")
            if ref and not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", ref):
                raise ValueError
            above, before = cell_place(ref) if ref else (row - 1, column)
            column = before + 1
            cell = _stored(item)
            if cell.value is None and cell.formula is None:
                continue
            if (above + 1, column) in cells:
                raise ValueError  # two contents for one cell
            if above < MAX_ROWS and column <= MAX_COLUMNS:
                cells[above + 1, column] = cell
            elif not marks.beyond:
                marks.beyond = f"{column_letters(column)}{above + 1}"
    return cells


def _stored(item: ElementTree.Element) -> StoredCell:
    kind = item.get("t", "n")
    value: str | RichText | None = None
    formula = None
    for part in item:
        name = part.tag.rsplit("}", 1)[-1]
        if name == "v":
            value = part.text or ("" if kind == "str" else None)
        elif name == "is":
            value = rich_text(part)
        elif name == "f":
            formula = part.text or ""
    return StoredCell(kind, place_of(item.get("s", "0")), value, formula)


def rich_text(item: ElementTree.Element) -> RichText:
    """The text of a cell or of a comment, in one piece or in runs, without spaces at its ends, so that all cells that share it hold one;
    how it is pronounced is no part of it."""
    pieces, struck, raised = [], False, False
    for part in item:
        name = part.tag.rsplit("}", 1)[-1]
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r" and (text := part.findtext("{*}t")):
            pieces.append(text)
            look = part.find("{*}rPr")
            struck |= look is not None and is_on(look, "strike")
            raised |= look is not None and is_on(look, "vertAlign")
    return RichText("".join(pieces).strip(), struck, raised)


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

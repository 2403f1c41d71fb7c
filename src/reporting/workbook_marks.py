"""What a workbook's XML says about its sheets besides the values: hidden, merged, commented, how far the content reaches."""

import html
import posixpath
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from reporting.workbook_guard import Parts

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 2_000, 40, 25_000
"""How far a sheet is read, and how many cells it may have to be read at all."""

_TAG = rb"<(?:\w+:)?"
_CONTENT = re.compile(_TAG + rb'c\s[^>]*?r="([A-Z]{1,3})(\d+)"[^>]*[^/]>')
_FORMULA, _CELL = re.compile(_TAG + rb"f[\s/>]"), re.compile(_TAG + rb"c[\s/>]")
_MERGED = re.compile(_TAG + rb'mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_ROW, _COLUMN = re.compile(_TAG + rb"row\s([^>]*)>"), re.compile(_TAG + rb"col\s([^>]*)>")
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')


@dataclass(frozen=True)
class Marks:
    """What is known of one sheet. path: its part; merged: as "B3:B4"; comments: (cell, text); beyond: the first cell with content
    that lies further away than is read, or ""; too_large: more cells than are read; formulas: whether there are any.
    """

    path: str
    hidden: bool
    merged: tuple[str, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    comments: tuple[tuple[str, str], ...]
    beyond: str
    too_large: bool
    formulas: bool


def sheet_marks(parts: Parts) -> dict[str, Marks]:
    """Sheet name → Marks, in the workbook's order; chart sheets left out. Raises ElementTree.ParseError, KeyError or ValueError for
    a package that isn't put together as a workbook is."""
    main = next(target for kind, target in _relations(parts, "").values() if kind == "officeDocument")
    relations = _relations(parts, main)
    found = {}
    for sheet in _elements(parts[main], "sheet"):
        kind, path = relations[next(value for key, value in sheet.attrib.items() if key.endswith("}id"))]
        if kind == "worksheet":
            found[sheet.attrib["name"]] = _marks(parts, path, hidden=sheet.attrib.get("state", "visible") != "visible")
    return found


def _marks(parts: Parts, path: str, *, hidden: bool) -> Marks:
    content = parts[path]
    far = (f"{column.decode()}{row.decode()}" for column, row in _CONTENT.findall(content) if _is_beyond(column, row))
    hidden_columns: set[int] = set()
    for attributes in _COLUMN.findall(content[:100_000]):
        if _HIDDEN.search(attributes):
            first, last = (_number(attributes, name) for name in (b"min", b"max"))
            hidden_columns |= set(range(first, min(last, MAX_COLUMNS) + 1))
    return Marks(
        path=path,
        hidden=hidden,
        merged=tuple(ref.decode() for ref in _MERGED.findall(content)),
        hidden_rows=frozenset(_number(row, b"r") for row in _ROW.findall(content) if _HIDDEN.search(row)),
        hidden_columns=frozenset(hidden_columns),
        comments=_comments(parts, path),
        beyond=next(far, ""),
        too_large=sum(1 for _ in _CELL.finditer(content)) > MAX_CELLS,
        formulas=_FORMULA.search(content) is not None,
    )


def _is_beyond(column: bytes, row: bytes) -> bool:
    return int(row) > MAX_ROWS or column_number(column.decode()) > MAX_COLUMNS


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number(attributes: bytes, name: bytes) -> int:
    found = re.search(rb'\b%s="(\d{1,7})"' % name, attributes)
    return int(found[1]) if found else 0


def _comments(parts: Parts, path: str) -> tuple[tuple[str, str], ...]:
    """Every comment on the sheet; the wording that Excel puts before a threaded one is left out."""
    found = []
    for kind, target in _relations(parts, path).values():
        for comment in _elements(parts[target], "comment") if kind == "comments" and target in parts else ():
            text = "".join(item.text or "" for item in comment.iter() if item.tag.endswith("}t"))
            threaded = re.search(r"\n\s*(?:Comment|Kommentar):\s*\n(.*)", text, re.DOTALL)
            found.append((comment.attrib.get("ref", ""), " ".join((threaded[1] if threaded else text).split())))
    return tuple(found)


def _relations(parts: Parts, path: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, the part that it leads to), of the package itself for ""."""
    folder, name = posixpath.split(path)
    content = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for relation in _elements(content, "Relationship") if content else ():
        target = html.unescape(relation.attrib["Target"])
        if relation.attrib.get("TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.attrib["Id"]] = (relation.attrib["Type"].rsplit("/", 1)[-1], whole)
    return found


def _elements(content: bytes, name: str) -> list[Any]:
    tree = ElementTree.fromstring(content)  # noqa: S314 - workbook_guard has refused entities and document types
    return [element for element in tree.iter() if element.tag.rsplit("}", 1)[-1] == name]

"""The cells of a notebook file, found in its text, so that one can be changed and every other character of the file left as it was; the
Python in them, IPython's own lines aside; and what they import of this program that the program doesn't have."""

import ast
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reporting.faults import Fault

PROGRAM = "reporting"
_PYTHON_MAGIC = re.compile(r"\s*%%(time|timeit|capture|prun)\b")
_OTHER_MAGIC = re.compile(r"\s*%%")
_LINE_MAGIC = re.compile(r"^(\s*)(?:(?:[\w., ]+=\s*)?[%!].*|\S.*\?|\?.*)$", re.MULTILINE)
UPGRADE = "kör reporting upgrade, som visar vad som behöver ändras och frågar innan det görs"
_READER = json.JSONDecoder(strict=False)
_GAP = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class SourceCell:
    """One cell as it stands in the file.

    number: its place among all cells, from 1; kind: "code", "markdown" or "raw"; source: what is written in it; start, end: where the
    source stands in the file's text.
    """

    number: int
    kind: str
    source: str
    start: int
    end: int


def cells_of(text: str) -> tuple[SourceCell, ...]:
    """The cells of a notebook file, in order. Raises ValueError where the text is no notebook of the fourth format."""
    try:
        places = dict(_inside(text, _gap(text, 1 if text.startswith("\ufeff") else 0), "{}"))
        starts = (start for _, start in _inside(text, places["cells"], "[]"))
        return tuple(_cell(text, number, start) for number, start in enumerate(starts, 1))
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("no notebook") from error


def with_sources(text: str, new: Mapping[int, str]) -> str:
    """The file's text with other sources in some of its cells: number of the cell → what is to stand in it."""
    for cell in reversed(cells_of(text)):
        if cell.number in new:
            text = text[: cell.start] + _written(text[cell.start : cell.end], new[cell.number], text) + text[cell.end :]
    return text


def _cell(text: str, number: int, start: int) -> SourceCell:
    places = dict(_inside(text, start, "{}"))
    kind, _ = _READER.raw_decode(text, places["cell_type"])
    at = places["source"]
    said, end = _READER.raw_decode(text, at)
    return SourceCell(number, str(kind), said if isinstance(said, str) else "".join(said), at, end)


def _gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _inside(text: str, at: int, brackets: str) -> Iterator[tuple[str, int]]:
    """Where each value of the object, or list, that begins at `at` begins: (its key, "" in a list; the place)."""
    if text[at] != brackets[0]:
        raise ValueError(f"no {brackets}")
    at, key = _gap(text, at + 1), ""
    while text[at] != brackets[1]:
        if brackets == "{}":
            key, at = _READER.raw_decode(text, at)
            at = _gap(text, _gap(text, at) + 1)
        yield key, at
        at = _after(text, at)


def _after(text: str, at: int) -> int:
    """Past a value, and the comma after it."""
    at = _gap(text, _READER.raw_decode(text, at)[1])
    return _gap(text, at + 1) if text[at] == "," else at


def _written(before: str, source: str, text: str) -> str:
    """A source in the layout of the one before it: a list of lines or one string, with the same indent, and ö or \\u00f6 as elsewhere
    in the file."""

    def quoted(value: Any) -> str:
        return json.dumps(value, ensure_ascii=text.isascii() and "\\u00" in text)

    if not before.startswith("["):
        return quoted(source)
    lines = source.splitlines(keepends=True)
    inner = before[1 : _gap(before, 1)]
    outer = before[len(before[:-1].rstrip(" \t\r\n")) : -1]
    between = f",{inner}" if inner else ", "
    return f"[{inner}{between.join(map(quoted, lines))}{outer}]" if lines else "[]"


def python_of(source: str) -> ast.Module | None:
    """A cell as Python, with IPython's own lines (%matplotlib, !dir) as lines that do nothing; None where it isn't Python."""
    if _OTHER_MAGIC.match(source) and not _PYTHON_MAGIC.match(source):
        return None
    for text in (source, _LINE_MAGIC.sub(r"\1pass", source)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError):
            continue
    return None


def program_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The statements that import something of this program, in the order in which they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            ours = not node.level and _is_ours(node.module or "")
        else:
            ours = isinstance(node, ast.Import) and any(_is_ours(alias.name) for alias in node.names)
        if ours and isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def import_faults(cells: Iterable[SourceCell], fil: str) -> list[Fault]:
    """Each import in a notebook's cells of something that this program doesn't have: it was written for an earlier version. fil: what the
    notebook is called in messages."""
    return [fault for cell in cells if cell.kind == "code" for fault in _faults_of(cell, fil)]


def _faults_of(cell: SourceCell, fil: str) -> Iterator[Fault]:
    tree = python_of(cell.source) if PROGRAM in cell.source else None
    for node in program_imports(tree) if tree else ():
        if not all(is_there(name) for name in imported(node)):
            yield Fault(
                fil,
                line_of(cell, node),
                "from reporting import kapitel",
                UPGRADE,
                cell=str(cell.number),
                rad=node.lineno,
            )


def line_of(cell: SourceCell, node: ast.stmt | ast.expr) -> str:
    """The line of a cell on which a statement or expression begins, without its indent."""
    return cell.source.splitlines()[node.lineno - 1].strip()


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == PROGRAM


def imported(node: ast.Import | ast.ImportFrom) -> list[tuple[str, str]]:
    """(module, the name in it or "") for each thing that a statement imports of this program."""
    if isinstance(node, ast.Import):
        return [(alias.name, "") for alias in node.names if _is_ours(alias.name)]
    return [(node.module or "", alias.name if alias.name != "*" else "") for alias in node.names]


def is_there(what: tuple[str, str]) -> bool:
    """Whether the program has a module and, where one is named, this name in it. Nothing is run to find out."""
    module, name = what
    names = _names_in(module)
    return names is not None and (not name or name in names or _names_in(f"{module}.{name}") is not None)


@cache
def _names_in(module: str) -> frozenset[str] | None:
    """The names that a module of the program defines or imports; None where there is no such module."""
    try:
        spec = importlib.util.find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return None
    if spec is None:
        return None
    origin = Path(spec.origin) if spec.origin else None
    tree = ast.parse(origin.read_text(encoding="utf-8") if origin and origin.is_file() else "")
    return frozenset(_defined(tree))


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name

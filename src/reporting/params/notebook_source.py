"""The cells of a notebook file, found in its text, so that one can be changed and every other character of the file left as it was."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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

"""Tables pasted from Word or Excel, which come as lines with tabs, into the tables that Markdown knows."""

import re
from collections.abc import Collection, Sequence

_MARKER = re.compile(r"\s*(?:[-*+•·▪◦o–\uf0b7]|\d{1,3}[.)]|[a-z][.)])\t")
"""What Word puts before an item when a list is pasted: it has tabs, but is no table."""
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_NOT_FIRST = re.compile(r" {4}| {0,3}[>|]")
"""What no pasted table begins with: code, a quote, a table that already is Markdown's."""
_DELIMITERS = re.compile(r"[\s:-]*\|[\s|:-]*")


def pasted(lines: Sequence[str], fenced: Collection[int] = ()) -> list[tuple[int, int]]:
    """Where the pasted tables are: (first line, line after the last), counted from 0.

    A pasted table is two or more lines in a row with the same number of tabs. Lists, indented code (every line begins with a tab)
    and the lines in `fenced` are none.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        tabs = lines[start].count("\t")
        end = start
        while (
            end < len(lines) and lines[end].count("\t") == tabs and not _HEADING.match(lines[end]) and end not in fenced
        ):
            end += 1
        if tabs and _is_table(lines[start:end]):
            found.append((start, end))
        start = max(end, start + 1)
    return found


def as_markdown(text: str, fenced: Collection[int] = ()) -> str:
    """The text with its pasted tables as Markdown tables, the first row as headings. Rows without any text are left out.

    fenced: the lines that stand as code and are left alone, counted from 0.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out: list[str] = []
    done = 0
    for start, end in pasted(lines, fenced):
        head, *body = [_row(line) for line in lines[start:end] if line.strip()]
        out += [*lines[done:start], "", head, "|" + "---|" * (lines[start].count("\t") + 1), *body, ""]
        done = end
    return "\n".join([*out, *lines[done:]])


def _is_table(block: Sequence[str]) -> bool:
    rows = [line for line in block if line.strip()]
    if len(rows) < 2 or _NOT_FIRST.match(rows[0]) or _DELIMITERS.fullmatch(rows[1]):
        return False
    is_list = _MARKER.match(rows[0]) and all(_MARKER.match(row) or row.startswith("\t") for row in rows)
    return not is_list and not all(row.startswith("\t") for row in rows)


def _row(line: str) -> str:
    cells = (cell.strip().replace("|", "\\|") for cell in line.split("\t"))
    return "| " + " | ".join(cells) + " |"

"""What a chapter's cells write. What goes to stdout stands on the page; what goes to stderr (progress bars, logging, warnings) is kept with
the chapter and told in a line. It fails nothing, unless the warning is of our own functions."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from reporting.files import printable

MOST_LINES, LONGEST_LINE, MOST_TOLD = 200, 300, 100
"""How many lines are kept of a chapter, and how much of each; how much of one is told."""
WIDGET = "application/vnd.jupyter.widget-view+json"
"""What a progress bar, or another thing to click on, is as a value: nothing that a page can hold."""

_WHERE = re.compile(r"\S*ipykernel_\d+\S*?:\d+: ")
"""The kernel's own file name in a warning: another for each run, and nothing to the reader."""
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PACKAGE = re.escape(str(Path(__file__).parents[1]))
_OURS = re.compile(rf"^{_PACKAGE}.*?:\d+: (\w*Warning: .*)", re.MULTILINE)
_WARNING = re.compile(r"\b\w*Warning\b.*")


def joined_streams(outputs: Sequence[Any]) -> list[Any]:
    """The outputs of a cell, where whatever it wrote between two other outputs is one of stdout and one of stderr: a kernel sends it in
    pieces, by the clock."""
    whole: list[Any] = []
    for is_stream, group in groupby(outputs, key=lambda output: output.output_type == "stream"):
        pieces = list(group)
        for name in ("stdout", "stderr") if is_stream else ():
            if of_name := [output for output in pieces if output.name == name]:
                of_name[0].text = "".join(output.text for output in of_name)
                whole.append(of_name[0])
        whole += () if is_stream else pieces
    return whole


def as_it_stands(text: str) -> list[str]:
    """The lines of a text as they stand on a screen when all of it is written: of a progress bar the last that it said."""
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1] for line in _STEERING.sub("", text).split("\n"))
    return [printable(_WHERE.sub("", line).rstrip())[:LONGEST_LINE] for line in lines if line.strip()]


def stderr_lines(cells: Sequence[Any]) -> list[str]:
    """What executed cells wrote that isn't for the page, line by line; MOST_LINES and one more, where there is more than that. Their
    streams are joined."""
    return [line for text in _texts(cells) for line in as_it_stands(text)][: MOST_LINES + 1]


def _texts(cells: Sequence[Any]) -> Iterator[str]:
    for output in (output for cell in cells for output in cell.get("outputs", ())):
        if is_stderr(output):
            yield output.text
        elif WIDGET in output.get("data", {}):
            yield output.data.get("text/plain", "")


def is_stderr(output: Any) -> bool:
    """Whether an output of a cell is what it wrote to stderr."""
    return bool(output.output_type == "stream" and output.name == "stderr")


def own_warning(text: str) -> str:
    """The first warning in a text that a function of this program is the cause of, as "UserWarning: …"; "" where there is none."""
    found = _OURS.search(text)
    return found[1][:LONGEST_LINE] if found else ""


def told_stderr(lines: Sequence[str]) -> str:
    """What is told of these lines (stderr_lines): how many, and what one of them says, a warning if there is any. "" for none."""
    if not lines:
        return ""
    warnings = (found[0] for line in lines if (found := _WARNING.search(line)))
    said = next(warnings, lines[0].strip())
    shown = said if len(said) <= MOST_TOLD else said[:MOST_TOLD] + " …"
    count = f"mer än {MOST_LINES}" if len(lines) > MOST_LINES else len(lines)
    return f"skrev {count} {'rad' if count == 1 else 'rader'} som inte kommer med på sidan ({shown})"

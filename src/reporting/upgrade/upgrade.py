"""What the files of a root of an earlier version need, and that it is made: kommun.yml's format, and what its own notebooks import."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reporting.faults import Fault, Faults, InputFaults
from reporting.files import file_bytes, write_whole
from reporting.params.kommun import FORMAT
from reporting.params.nearest_roots import MARKER
from reporting.params.notebook_cells import cells_of, with_sources
from reporting.params.root import Root
from reporting.params.yaml_files import read_yaml, read_yaml_text
from reporting.upgrade.notebooks import translated

BEFORE = "fore-uppgradering"
"""The folder, in the root, that files are kept in as they were."""


@dataclass(frozen=True)
class FileChange:
    """One file that needs something. path: where it lies; name: relative to the root; before, after: its text; shown: the lines that go and
    come, part by part, as they are shown to whoever decides."""

    path: Path
    name: str
    before: str
    after: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Upgrade:
    """What a root needs. changes: the files to change, kommun.yml last; by_hand: what can't be changed with certainty, and what to
    write."""

    changes: tuple[FileChange, ...]
    by_hand: tuple[Fault, ...]


def upgrade_of(root: Root) -> Upgrade:
    """Find what the files of a root from an earlier version need. Writes nothing. Raises InputFaults where kommun.yml can't be read."""
    notebooks = sorted((root.folder / "notebooks").glob("*.ipynb"))
    needed = [*(_notebook(path, root.named(path)) for path in notebooks), _kommun_file(root)]
    by_hand = tuple(fault for _, faults in needed for fault in faults)
    return Upgrade(tuple(change for change, _ in needed if change), by_hand)


def carry_out(root: Root, upgrade: Upgrade) -> Path:
    """Write the changed files, each whole. Gives the folder in which the files were first saved as they were."""
    number = 1
    while (kept := root.folder / (BEFORE if number == 1 else f"{BEFORE}-{number}")).exists():
        number += 1
    for change in upgrade.changes:
        write_whole(kept / change.name, change.before)
    for change in upgrade.changes:
        write_whole(change.path, change.after)
    return kept


def _notebook(path: Path, name: str) -> tuple[FileChange | None, list[Fault]]:
    """What a notebook needs. One that can't be read needs nothing here; `check` says what is wrong with it."""
    try:
        text = file_bytes(path).decode()
        cells = cells_of(text)
    except (OSError, ValueError):
        return None, []
    made = translated(cells, name)
    shown = tuple(
        line
        for cell in cells
        if cell.number in made.cells
        for line in (f"cell {cell.number}", *_lines(cell.source, made.cells[cell.number]))
    )
    change = FileChange(path, name, text, with_sources(text, made.cells), shown) if made.cells else None
    return change, made.left


def _kommun_file(root: Root) -> tuple[FileChange | None, list[Fault]]:
    """The line `format: 2`, put before the first key or in the place of the one that is there; the rest stays to the letter."""
    path, name = root.folder / MARKER, MARKER.as_posix()
    located, faults = read_yaml(path, name)
    if located is None:
        raise InputFaults(faults)
    if located.content.get("format") == FORMAT:
        return None, []
    text = path.read_bytes().decode()
    lines = text.splitlines(keepends=True)
    there = "format" in located.content
    at = (located.line(("format",)) if there else min(located.content.lines.values())) - 1
    bom = "\ufeff" if at == 0 and text.startswith("\ufeff") else ""
    ends = "\r\n" if lines[at].endswith("\r\n") else "\n"
    new = f"{bom}format: {FORMAT}{ends}"
    rest = lines[at + 1 :] if there else [lines[at].removeprefix(bom), *lines[at + 1 :]]
    after = "".join([*lines[:at], new, *rest])
    reread = read_yaml_text(after, Faults(name))
    if reread is None or reread.content != {**located.content, "format": FORMAT}:
        return None, [Fault(name, "", f"nyckeln format: {FORMAT}", "skriv raden för hand, överst i filen", rad=at + 1)]
    return FileChange(path, name, text, after, (f"rad {at + 1}", *_lines(text, after))), []


def _lines(before: str, after: str) -> Iterator[str]:
    """The lines that go, with −, and those that come, with +; blank ones aside."""
    was, now = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (f"  − {line}" for line in was[start:end])
            yield from (f"  + {line}" for line in now[new_start:new_end])

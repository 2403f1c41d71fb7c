"""The files that a nämnd's chapters may be made of, and the checksum of each. By name only: nothing is parsed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from reporting.checksums import Checksum, checksum_of
from reporting.files import writable
from reporting.params.headings import HISTORIK_FIL
from reporting.params.root import PERIOD_FILE, Root
from reporting.periods import Period

NOTEBOOKS = "notebooks/"
"""Stands among the files for which chapters there are: texter.md may have a section for each."""


def stamp(root: Root, period: Period, namnder: Iterable[str], checksum: Checksum = checksum_of) -> dict[str, str]:
    """Everything that a reading of these nämnder may come to open: name as shown → checksum.

    More than is used, never less: all of params/, and every earlier period's folder. tests/batch/test_inputs.py holds this against the
    files that a reading opens.
    """
    found = {root.named(path): checksum(path) for path in _files(root, period, namnder)}
    names = "\n".join(path.stem for path in root.chapters)
    return {**found, NOTEBOOKS: hashlib.sha256(names.encode()).hexdigest()}


def stamp_of_chapter(
    root: Root, period: Period, namnder: Iterable[str], checksum: Checksum = checksum_of
) -> dict[str, str]:
    """Everything that a chapter about these nämnder may be made of, but for its notebook: what a reading may open, and what lies beside
    the notebooks, as own modules, tables and pictures do. Other notebooks are none of it."""
    beside = {
        NOTEBOOKS + writable(path.relative_to(root.notebooks).as_posix()): checksum(path)
        for path in peoples_files(root.notebooks)
        if path.suffix != ".ipynb"
    }
    return {**stamp(root, period, namnder, checksum), **beside}


def peoples_files(folder: Path, above: frozenset[Path] = frozenset()) -> list[Path]:
    """Every file in a folder and the folders below, linked ones too, but for what programs keep there. above: the folders that it lies in,
    to which a link leads nowhere new."""
    inside = [path for path in folder.glob("*") if is_peoples(Path(path.name))]
    here = above | {folder.resolve()}
    below = (peoples_files(path, here) for path in inside if path.is_dir() and path.resolve() not in here)
    return sorted(chain((path for path in inside if path.is_file()), *below))


def is_peoples(inside: Path) -> bool:
    """False for what programs keep beside people's files: locks, checkpoints, compiled modules. inside: relative to the kommun's folder
    that it lies in."""
    return not any(part.startswith(("~$", ".")) or part == "__pycache__" for part in inside.parts)


def _files(root: Root, period: Period, namnder: Iterable[str]) -> Iterator[Path]:
    # A later period's file counts for nothing, as its folder in data/ doesn't: the next period is begun while this one stands.
    later = {path for path in root.params.glob("*") if PERIOD_FILE.fullmatch(path.stem) and path.stem > str(period)}
    yield from (path for path in peoples_files(root.params) if path not in later)
    if (root.data / HISTORIK_FIL).is_file():
        yield root.data / HISTORIK_FIL
    for namnd in namnder:
        for folder in delivery_folders(root, period, namnd):
            # Folders too, by their names: what lies in one isn't read, and the page says so.
            yield from sorted(path for path in folder.glob("*") if is_peoples(Path(path.name)))


def delivery_folders(root: Root, period: Period, namnd: str) -> list[Path]:
    """Where one nämnd's files lie, or would lie, for every period that has a folder in data/, up to this one."""
    periods = (path for path in root.data.glob("20??-??") if PERIOD_FILE.fullmatch(path.name))
    return [path / namnd for path in sorted(periods) if path.name <= str(period)]


def stamp_differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """How two stamps differ, as an analyst reads it: "data/…/utfall-vard.xlsx ändrad", "… ny", "… borttagen"."""
    told = []
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            told.append(f"{name} ny")
        elif name not in now:
            told.append(f"{name} borttagen")
        elif before[name] != now[name]:
            told.append("nya eller borttagna kapitel i notebooks" if name == NOTEBOOKS else f"{name} ändrad")
    return tuple(told)

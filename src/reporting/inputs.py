"""The files that a nämnd's chapters may be made of, and the checksum of each. By name only: nothing is parsed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from reporting.periods import Period
from reporting.root import PERIOD_FILE, Root
from reporting.workbook_layout import HISTORIK_FIL

Checksum = Callable[[Path], str]
"""A file's sha256; what asks for many gives one that remembers (functools.cache)."""

UNREADABLE = "går inte att läsa"
LOGOTYPES = (".svg", ".png")
NOTEBOOKS = "notebooks/"
"""Stands among the files for which chapters there are: texter.md may have a section for each."""


def checksum_of(path: Path) -> str:
    """The sha256 of a file's bytes, or of the names in a folder; UNREADABLE where another program keeps it closed."""
    try:
        if path.is_dir():
            return hashlib.sha256("\n".join(sorted(item.name for item in path.iterdir())).encode()).hexdigest()
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return UNREADABLE


def stamp(root: Root, period: Period, namnder: Iterable[str], checksum: Checksum = checksum_of) -> dict[str, str]:
    """Everything that a reading of these nämnder may come to open: name as shown → checksum.

    More than is used, never less: all plans, and every earlier period's folder. What a chapter did use of it is followed when it
    is made (used_parts). tests/test_inputs.py holds this against the files that a reading opens.
    """
    found = {root.named(path): checksum(path) for path in _files(root, period, namnder)}
    names = "\n".join(path.stem for path in root.chapters)
    return {**found, NOTEBOOKS: hashlib.sha256(names.encode()).hexdigest()}


def _files(root: Root, period: Period, namnder: Iterable[str]) -> Iterator[Path]:
    yield from (path for path in (root.params / "kommun.yml", root.params / f"{period}.yml") if path.is_file())
    for name in ("planer", "blad"):
        yield from sorted((root.params / name).glob("*.yml"))
    yield from sorted(path for path in root.params.glob("*") if path.suffix.lower() in LOGOTYPES)
    if (root.data / HISTORIK_FIL).is_file():
        yield root.data / HISTORIK_FIL
    periods = sorted(path for path in root.data.glob("20??-??") if PERIOD_FILE.fullmatch(path.name))
    for namnd in namnder:
        for folder in (item / namnd for item in periods if item.name <= str(period)):
            # Folders too, by their names: what lies in one isn't read, and the page says so.
            yield from sorted(path for path in folder.glob("*") if not path.name.startswith(("~$", ".")))


def differences(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
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

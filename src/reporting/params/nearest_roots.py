"""Which folders are a kommun's own, and those near a folder that isn't: a misspelt one, or one inside a kommun's."""

import os
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from reporting.faults import Fault, asked
from reporting.swedish import enumeration

MARKER = Path("params") / "kommun.yml"
_MOST_ROOTS, MOST_FOLDERS, MOST_NAMES = 4, 200, 2000
"""How many near folders are told; how many are looked at on each step down, and how many names are read in each. It mustn't take long on
a file server."""
ALIKE = 0.6
"""From here on a folder may be the one that was meant."""


def absolute(path: str | Path) -> Path:
    """The path made absolute, without following links. Path.resolve() would leave a mapped network drive."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def root_at_or_above(place: Path) -> Path | None:
    """The nearest kommun's folder at or above an absolute path; None where there is none."""
    return next((folder for folder in (place, *place.parents) if _is_root(folder)), None)


def not_a_root(named: str) -> Fault:
    """What is said of a folder that was named as a kommun's and isn't: why, and which are the nearest that are."""
    place = absolute(named)
    if place.is_dir():
        why = f"I den här mappen finns ingen {MARKER.as_posix()}"
    else:
        why = "Det här är ingen mapp" if place.exists() else "Den här mappen finns inte"
    folders, is_meant = _near(place)
    shown = [_shown(folder, named) for folder in folders[:_MOST_ROOTS]]
    listed = f" Närmast finns {enumeration([f'«{name}»' for name in shown])}." if shown[is_meant:] else ""
    if not shown:
        listed = f" I närheten finns ingen mapp med {MARKER.as_posix()}"
    wanted = f"kommunens mapp, den som {MARKER.as_posix()} ligger i. {why}"
    return Fault("parametern root", named, wanted, f"ange rätt mapp.{listed}{asked(shown[0] if is_meant else '')}")


def _near(place: Path) -> tuple[list[Path], bool]:
    """The kommuner's folders near a place, the likeliest first, and whether that one may be what was meant: it is spelt almost so, or the
    place lies in it, or it lies in the place."""
    here = next(folder for folder in (place, *place.parents) if folder.is_dir() or folder == folder.parent)
    beside = place.parent if here == place else here
    above = root_at_or_above(here)
    found = {folder: _likeness(place, beside, folder) for folder in _below(beside, place, 2 if beside == here else 1)}
    likeliest = sorted(found, key=lambda folder: -found[folder])
    alike = [folder for folder in likeliest if found[folder] >= ALIKE]
    around = [*(_below(place, place, 2) if here == place else []), *([above] if above else [])]
    is_meant = bool(alike or (around and place.exists()))
    return list(dict.fromkeys([*alike, *around, *likeliest])), is_meant


def _below(top: Path, place: Path, depth: int) -> list[Path]:
    """The kommuner's folders so many steps below `top`. Those that are spelt most like `place` are looked at first."""
    found: list[Path] = []
    level = [top]
    for _ in range(depth):
        folders = sorted(
            (each for folder in level for each in _folders(folder)), key=lambda f: -_likeness(place, top, f)
        )
        level = []
        for folder in folders[:MOST_FOLDERS]:
            (found if _is_root(folder) else level).append(folder)
    return found


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(item.path) for item in islice(entries, MOST_NAMES) if item.name[0] != "." and item.is_dir()]
    except OSError:
        return []


def _is_root(folder: Path) -> bool:
    try:
        return (folder / MARKER).is_file()
    except OSError:
        return False


def _likeness(place: Path, top: Path, folder: Path) -> float:
    """How alike two folders under `top` are spelt, by all of their way from there or by their last name: 0 to 1."""
    written = (os.path.relpath(place, top), place.name)
    there = (os.path.relpath(folder, top), folder.name)
    return max(SequenceMatcher(None, a.lower(), b.lower()).ratio() for a, b in zip(written, there, strict=True))


def _shown(folder: Path, named: str) -> str:
    """A folder as it can be written instead of `named`: from where one stands if that was, unless that would be only dots."""
    if Path(named).is_absolute():
        return folder.as_posix()
    near = Path(os.path.relpath(folder)).as_posix()
    return near if near.strip("./") else folder.as_posix()

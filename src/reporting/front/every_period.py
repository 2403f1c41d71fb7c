"""What nämnder reported in every period up to a chapter's own: each read, and assessed, as that period's report was."""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from reporting.assess.underlag import InputRead, Underlag, given, read_input_of
from reporting.batch.inputs import delivery_folders, is_peoples, stamp
from reporting.checksums import checksum_of, note_file
from reporting.faults import Fault, InputFaults
from reporting.params.read import Params, read_params
from reporting.params.root import Root, periods
from reporting.periods import Period

Stamp = tuple[tuple[str, str], ...]
"""The files that a reading is made of, and the checksum of each."""


def read_every_period(
    root: Root,
    period: Period,
    namnder: Sequence[str],
    own: Underlag | None = None,
    covered: Collection[str] = (),
    *,
    show_faults: bool = False,
) -> list[Underlag]:
    """What these nämnder reported in the period and before it, nämnd by nämnd, newest first. Later periods are not looked at.

    A reading is kept in the process until one of its files changes. own: what the chapter has read already; covered: the nämnder
    whose files the chapter is known to be made of: those of the others are noted.
    Raises InputFaults with everything that is wrong in any of the periods; with `show_faults` what can be read is given all the same.
    """
    checksum = cache(checksum_of)
    found: list[Underlag] = []
    faults: list[Fault] = []
    for namnd in namnder:
        if namnd not in covered:
            _note_files(root, period, namnd)
        for when in reversed([item for item in periods(root) if item <= period]):
            if own and (when, namnd) == (period, own.plan.namnd):
                found.append(own)
                continue
            decided = tuple(stamp(root, when, [], checksum).items())
            params, _ = _params(root, when, decided)
            if params and namnd not in params.korning.namnder:
                continue
            here = (item for item in given.values() if (item.root, item.period, item.namnd) == (root, when, namnd))
            files = tuple(stamp(root, when, [namnd], checksum).items())
            reading = next(here, None) or _reading(root, when, namnd, decided, files)
            faults += reading.faults
            found += [reading.underlag] if reading.underlag else []
    if faults and not show_faults:
        raise InputFaults(faults)
    return found


def _note_files(root: Root, period: Period, namnd: str) -> None:
    """Note what a nämnd has delivered, and the folders where more of it may come."""
    note_file(root.data)
    for folder in delivery_folders(root, period, namnd):
        for path in (folder, *sorted(folder.glob("*"))):
            if is_peoples(path.relative_to(root.data)):
                note_file(path)


@lru_cache(maxsize=64)
def _params(root: Root, period: Period, _decided: Stamp) -> tuple[Params | None, list[Fault]]:
    return read_params(root.params, period)


@lru_cache(maxsize=512)
def _reading(root: Root, period: Period, namnd: str, decided: Stamp, _files: Stamp) -> InputRead:
    return read_input_of(root, period, namnd, _params(root, period, decided))

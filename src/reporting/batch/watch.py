"""Pages made again as files are saved. The only module that imports watchfiles."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from watchfiles import Change, watch

from reporting.batch.crew import Crew
from reporting.batch.inputs import is_peoples, stamp
from reporting.batch.tasks import Arbete
from reporting.batch.workers import hired
from reporting.params.root import Root
from reporting.periods import Period

STEP, DEBOUNCE = 30, 300
"""Milliseconds: how long nothing more has to happen before what has happened is told, and how long that is waited for at most."""


def saved_files(root: Root) -> Iterator[list[Path]]:
    """The files that were saved, as they are: plans, workbooks, texts, notebooks and what lies beside them. Ends at Ctrl-C.

    Where the system can't tell, as of some network drives, WATCHFILES_FORCE_POLLING=1 has it look by itself.
    """
    folders = [folder for folder in (root.params, root.data, root.notebooks) if folder.is_dir()]
    ours = partial(_is_ours, folders)
    for changes in watch(*folders, watch_filter=ours, step=STEP, debounce=DEBOUNCE, raise_interrupt=False):
        yield sorted({Path(path) for _, path in changes})


def _is_ours(folders: Sequence[Path], _change: Change, path: str) -> bool:
    """False for what programs keep beside a file that is open."""
    inside = [Path(path).relative_to(folder) for folder in folders if Path(path).is_relative_to(folder)]
    return all(is_peoples(item) for item in inside)


@contextmanager
def kept(root: Root) -> Iterator[Callable[[], AbstractContextManager[tuple[Crew, Arbete]]]]:
    """workers.hired for a process that goes on: the threads stay, and a nämnd whose files are as they were isn't read again."""
    with hired() as (crew, arbete):
        params, lasning = partial(_params, root, arbete.params), partial(_input, root, arbete.lasning)
        yield lambda: nullcontext((crew, replace(arbete, params=params, lasning=lasning)))


_read: dict[tuple[str, ...], tuple[str, Any]] = {}
"""(period, nämnd) or (period,) → the state of its files, and what was read of them. The threads share it."""


def _params(root: Root, read: Callable[[str, str], dict[str, bytes]], folder: str, period: str) -> dict[str, bytes]:
    files = {name: value for name, value in stamp(root, Period.parse(period), ()).items() if name.startswith("params/")}
    found: dict[str, bytes] = _once((period,), repr(files), partial(read, folder, period))
    return found


def _input(
    root: Root, read: Callable[[str, str, str, bytes], bytes], folder: str, period: str, namnd: str, params: bytes
) -> bytes:
    files = stamp(root, Period.parse(period), [namnd])
    found: bytes = _once((period, namnd), repr(files), partial(read, folder, period, namnd, params))
    return found


def _once(key: tuple[str, ...], files: str, read: Callable[[], Any]) -> Any:
    known = _read.get(key)
    if known is None or known[0] != files:
        known = _read[key] = (files, read())
    return known[1]

"""Pages made again as files are saved. The only module that imports watchfiles."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from watchfiles import Change, watch

from reporting.batch.inputs import is_peoples
from reporting.batch.workers import Hands, hired
from reporting.params.root import Root

_STEP_MS, DEBOUNCE = 30, 300
"""Milliseconds: how long nothing more has to happen before what has happened is told, and how long that is waited for at most."""


def saved_files(root: Root) -> Iterator[list[Path]]:
    """The files that were saved, as they are: plans, workbooks, texts, notebooks and what lies beside them. Ends at Ctrl-C.

    Where the system can't tell, as of some network drives, WATCHFILES_FORCE_POLLING=1 has it look by itself.
    """
    folders = [folder for folder in (root.params, root.data, root.notebooks) if folder.is_dir()]

    def ours(_change: Change, path: str) -> bool:
        # Not what programs keep beside a file that is open.
        inside = [Path(path).relative_to(folder) for folder in folders if Path(path).is_relative_to(folder)]
        return all(is_peoples(item) for item in inside)

    for changes in watch(*folders, watch_filter=ours, step=_STEP_MS, debounce=DEBOUNCE, raise_interrupt=False):
        yield sorted({Path(path) for _, path in changes})


@contextmanager
def kept_workers() -> Iterator[Callable[[], AbstractContextManager[Hands]]]:
    """workers.hired for a process that goes on: the threads stay, and a nämnd whose files are as they were isn't read again."""
    with hired() as hands:
        going_on = replace(hands, kept={})
        yield lambda: nullcontext(going_on)

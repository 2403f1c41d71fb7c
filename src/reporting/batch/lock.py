"""One run at a time in a root's outputs: whoever comes second is told who was first, and since when."""

import json
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from reporting.files import write_whole
from reporting.machine import user

_LOCK_FOLDER = ".korning"
"""In outputs: the lock, which the system lets go of when a run ends, however it ends; and who holds it."""

_LEFT_BEHIND = re.compile(r"\..+\.\d+-\d+")


class Busy(Exception):  # noqa: N818 - nothing is wrong
    """Another run holds the outputs. Its text says who, where and since when, in Swedish."""


@contextmanager
def held(outputs: Path) -> Iterator[None]:
    """Hold outputs for one run. Raises Busy where another run holds it, OSError where the folder can't be written to."""
    folder = outputs / _LOCK_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock, who = FileLock(folder / "las"), folder / "vem.json"
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Busy(_told(outputs, who)) from None
    try:
        now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
        holder = {"vem": user(), "dator": platform.node(), "process": os.getpid(), "sedan": now}
        write_whole(who, json.dumps(holder, ensure_ascii=False) + "\n")
        yield
        who.unlink(missing_ok=True)
    finally:
        lock.release()


def _told(outputs: Path, who: Path) -> str:
    try:
        holder = json.loads(who.read_text(encoding="utf-8"))
        whose = "{vem} på {dator} (process {process}) sedan {sedan}".format_map(holder)
    except (OSError, ValueError, KeyError):  # it has only just begun
        whose = "en annan körning"
    return f"{outputs} används av {whose}. Vänta tills den är klar, och kör igen. Inget är ändrat."


def sweep(folder: Path) -> None:
    """Take away half-written files that a killed run left in a page's folder (reporting.files names them). Only while outputs is held."""
    for place in (folder, folder / ".kapitel"):
        for path in place.glob(".*") if place.is_dir() else ():
            if _LEFT_BEHIND.fullmatch(path.name):
                path.unlink(missing_ok=True)

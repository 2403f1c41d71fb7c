"""The computer that this runs on: whose it is, what it has room for, its processes, what isn't installed. The only module that imports
psutil, late, since it takes long."""

import getpass
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path


def user() -> str:
    """The name of whoever is logged in; "någon" where the system has no name for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return "någon"


def begun(pid: int) -> float | None:
    """When the process with this number began, in seconds since 1970 as the system counts them; None for one that has ended, 0 for
    somebody else's, of which that isn't told."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.AccessDenied:
        return 0.0
    except (psutil.Error, OverflowError, ValueError):
        return None


def room_for(needed: int) -> int:
    """How many jobs fit on this machine at a time, by its cores and memory (a container's, where those are less). needed: bytes for one
    job."""
    import psutil

    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    memory = psutil.virtual_memory().total
    granted = _container("cpu.max")  # so many microseconds of so many
    if len(granted) == 2:
        cores = min(cores, granted[0] // granted[1])
    for most in _container("memory.max"):
        memory = min(memory, most)
    return max(1, min(cores, memory // needed))


def _container(name: str) -> list[int]:
    """What Linux grants the container that this runs in; nothing outside one, or where there is no limit."""
    try:
        words = (Path("/sys/fs/cgroup") / name).read_text(encoding="utf-8").split()
    except OSError:
        return []
    return [int(word) for word in words if word.isdecimal()]


def resident(pid: int, with_children: bool) -> int:
    """The bytes of memory that a process has, with or without those that it has started; 0 for one that has ended."""
    import psutil

    try:
        process = psutil.Process(pid)
        own: int = process.memory_info().rss
        children = process.children(recursive=True) if with_children else []
    except psutil.Error:
        return 0
    for child in children:
        with suppress(psutil.Error):
            own += child.memory_info().rss
    return own


def kill(pid: int) -> None:
    """Kill a process and all that it has started. It leads a session of its own, where the system has sessions."""
    import psutil

    doomed = []
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        doomed = [process, *process.children(recursive=True)]
    for each in doomed:
        with suppress(psutil.Error):
            each.kill()
    if os.name == "posix":
        with suppress(OSError):  # what a process that had ended already left behind
            os.killpg(pid, signal.SIGKILL)


def not_installed(extra: str, what: str) -> str:
    """The Swedish message that something needs an optional extra of the package. extra: its name; what: what needs it, the sentence's
    subject."""
    return (
        f"{what} kräver tillägget {extra}, som inte är installerat. "
        f'Installera det med «uv sync --extra {extra}» eller «pip install "namndrapport[{extra}]"», och kör igen.'
    )

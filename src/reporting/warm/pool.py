"""Warm processes for whoever has a job: lent, watched while it waits for them, taken back.

begin()                                  # as early as possible: returns at once
with lease(Limits()) as process:
    process.call("module:function", 1)   # → its value
"""

import atexit
import os
import pickle
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import AuthenticationError
from pathlib import Path
from weakref import WeakSet

from reporting.warm.limits import Limits, ProcessLost
from reporting.warm.process import Process
from reporting.warm.programs import Program, connect, forget, start, stop


@dataclass
class _Programs:
    """The programs that have been started and not yet used up, and the connections to them that are open."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    server: Program | None = None
    spare: Program | None = None
    lent: WeakSet[Process] = field(default_factory=WeakSet)


_now = _Programs()
_others: list[Program] = []
"""Programs of a process that this one was divided from, kept so that nobody waits for them."""


def _forks() -> bool:
    """True where a process can be divided safely. Not on a Mac: its own libraries don't bear it."""
    asked = os.environ.get("NAMNDRAPPORT_WARM", "")
    return asked == "fork" or (asked != "spawn" and sys.platform == "linux")


def begin() -> None:
    """Begin to warm a process, if none is warming. Returns at once."""
    with _now.lock:
        if _forks():
            _now.server = _now.server or start(forks=True)
        else:
            _now.spare = _now.spare or start(forks=False)


def _program() -> tuple[Program, bool]:
    """The program to ask for a process, and whether it is for this job alone; then another is started to be warm for the next."""
    begin()
    with _now.lock:
        if _forks() and _now.server:
            return _now.server, False
        taken = _now.spare or start(forks=False)
        _now.spare = start(forks=False)
        return taken, True


def _failed(program: Program) -> None:
    """Forget a program that has ended."""
    with _now.lock:
        if _now.server is program:
            _now.server = None
    stop(program, patience=0)


@contextmanager
def lease(limits: Limits | None = None, needs: str = "cells") -> Iterator[Process]:
    """A process for one job, in the working folder and environment of now, with what a stage of preload.STAGES imports."""
    process = _lent(limits or Limits(), needs)
    try:
        yield process
    except BaseException:
        process.kill()  # what it does is wanted by nobody now
        raise
    finally:
        process.close()


def _lent(limits: Limits, needs: str) -> Process:
    key = os.urandom(16)
    environment = os.environ | {"JPY_PARENT_PID": str(os.getpid())}
    for _ in range(3):
        program, own = _program()
        try:
            connection = connect(program)
            connection.send(("job", needs, str(Path.cwd()), environment, key))
            _, pid = pickle.loads(connection.recv_bytes())  # noqa: S301
        except (OSError, EOFError, AuthenticationError):
            _failed(program)
            continue
        process = Process(connection=connection, pid=pid, key=key, limits=limits, program=program, own=own)
        _now.lent.add(process)
        return process
    raise ProcessLost("Det gick inte att starta en process för kapitlet. Kör kommandot igen.")


def end() -> None:
    """Stop the programs. They end by themselves with this process; a later job starts new ones."""
    with _now.lock:
        programs = [each for each in (_now.server, _now.spare) if each]
        _now.server = _now.spare = None
    for program in programs:
        stop(program, patience=0)  # it may be in the middle of an import, and has nothing to save


def _part() -> None:
    """In a process divided from this one: the programs are the other's, and must not be kept alive by this one."""
    global _now
    mine, _now = _now, _Programs()
    for program in (mine.server, mine.spare):
        if program:
            forget(program)
            _others.append(program)
    for process in mine.lent:
        process.let_go()


atexit.register(end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_part)

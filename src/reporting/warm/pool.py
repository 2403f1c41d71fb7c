"""Warm processes for whoever has a job: started before they are needed, lent, watched while they are waited for, taken back.

start_programs({"reading": ["module"]})           # as early as possible: returns at once
with lease(Limits()) as process:
    process.call("module:function", 1)   # → its value

Programs hold them: on Linux one that is divided for each job, elsewhere one for each job. What a program does is in server.
"""

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import Any
from weakref import WeakSet

from reporting.warm.limits import Limits, ProcessLost
from reporting.warm.process import Process

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process with threads can't be divided safely; the threads of these libraries aren't Python's."""


@dataclass(frozen=True)
class Program:
    """A started program: its process, the connection that it was born with, and its own folder. It ends when the connection is closed,
    whatever closed it: it never outlives this process."""

    process: subprocess.Popen[bytes]
    connection: Connection
    folder: Path

    def stop(self, patience: float = 2) -> int | None:
        """Stop it and all its processes, and remove its folder. Gives its exit status."""
        self.connection.close()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode


@dataclass
class _Programs:
    """The programs that have been started and not yet used up, by whether they are divided for each job; what they are to import
    beforehand, and the connections to processes that are lent."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    ready: dict[bool, Program] = field(default_factory=dict)
    ahead: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lent: WeakSet[Connection] = field(default_factory=WeakSet)


_now = _Programs()


def _forks() -> bool:
    """True where a process can be divided safely. Not on a Mac: its own libraries don't bear it."""
    asked = os.environ.get("NAMNDRAPPORT_WARM", "")
    return asked == "fork" or (asked != "spawn" and sys.platform == "linux")


def start_programs(ahead: Mapping[str, Sequence[str]] | None = None) -> None:
    """Begin to warm a process, if none is warming. Returns at once.

    ahead: stage of preload.STAGES → modules to import in it besides its own; what was said last goes on holding.
    """
    with _now.lock:
        _now.ahead = ahead or _now.ahead
        if _forks() not in _now.ready:
            _now.ready[_forks()] = _start()


def _start() -> Program:
    """Start a program, divided for each job or not."""
    folder = Path(tempfile.mkdtemp(prefix="nr-"))
    ours, theirs = Pipe()
    options: dict[str, Any] = {"pass_fds": [theirs.fileno()], "start_new_session": True}
    if sys.platform == "win32":
        os.set_handle_inheritable(theirs.fileno(), True)
        inherited = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [theirs.fileno()]})
        options = {"startupinfo": inherited, "creationflags": subprocess.CREATE_NO_WINDOW}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "reporting.warm.server", str(theirs.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | ONE_THREAD | {"IPYTHONDIR": str(folder)},
        **options,
    )
    theirs.close()
    with contextlib.suppress(OSError):  # one that has died already is found by whoever asks it for something
        ours.send((_forks(), folder, dict(_now.ahead)))
    return Program(process, ours, folder)


@contextlib.contextmanager
def lease(limits: Limits | None = None, needs: str = "cells") -> Iterator[Process]:
    """Lend a warm process for one job, in the current working folder and environment. needs: the stage of preload.STAGES to have
    imported.

    Raises ProcessLost where none can be started.
    """
    process = _lent(limits or Limits(), needs)
    try:
        yield process
    except BaseException:
        process.kill()  # what it does is wanted by nobody now
        raise
    finally:
        process.close()


def call(limits: Limits, needs: str, function: str, *arguments: object) -> Any:
    """Call a function, named "module:function", in a warm process and give its value. Where the process dies, it is tried once more in
    another.

    needs: a stage of preload.STAGES. Raises ProcessError with what the function raised, ProcessLost, or LimitExceeded.
    """
    for is_last in (False, True):
        with contextlib.suppress(*() if is_last else (ProcessLost,)), lease(limits, needs) as process:
            return process.call(function, *arguments)
    return None


def _lent(limits: Limits, needs: str) -> Process:
    environment = os.environ | {"JPY_PARENT_PID": str(os.getpid())}
    for _ in range(3):
        program, connection = _asked()
        told, pid = "", 0
        with contextlib.suppress(OSError, EOFError):
            connection.send((needs, str(Path.cwd()), environment))
            told, pid = connection.recv()
        if told == "hello":
            _now.lent.add(connection)
            return Process(connection, pid, limits, program.stop if connection is program.connection else None)
        connection.close()
        with _now.lock:
            _now.ready = {divided: each for divided, each in _now.ready.items() if each is not program}
        program.stop(patience=0)
    raise ProcessLost("Det gick inte att starta en process för kapitlet. Kör kommandot igen.")


def _asked() -> tuple[Program, Connection]:
    """A program that has been asked for a process, and the connection to that. Where it is for this job alone, another is started to be
    warm for the next."""
    with _now.lock:
        start_programs()
        program = _now.ready[_forks()]
        if not _forks():
            _now.ready[False] = _start()
            return program, program.connection
        ours, theirs = Pipe()
        with contextlib.suppress(OSError):  # one that has ended is found when nothing comes from it
            send_handle(program.connection, theirs.fileno(), program.process.pid)
        theirs.close()
        return program, ours


def stop_programs() -> None:
    """Stop the programs. They end by themselves with this process; a later job starts new ones."""
    with _now.lock:
        programs, _now.ready = _now.ready, {}
    for program in programs.values():
        program.stop(patience=0)  # it may be in the middle of an import, and has nothing to save


def _part() -> None:
    """In a process divided from this one: the programs are the other's, and must not be kept alive by this one."""
    global _now
    mine, _now = _now, _Programs(ahead=_now.ahead)
    for program in mine.ready.values():
        program.connection.close()
        program.process.returncode = 0  # not this process's to wait for
    for connection in mine.lent:
        connection.close()


atexit.register(stop_programs)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_part)

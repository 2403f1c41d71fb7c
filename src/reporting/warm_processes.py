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
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from weakref import WeakSet

from reporting.warm_limits import (
    Limits,
    ProcessError,
    ProcessLost,
    kill,
    lost,
    resident,
    too_large,
    too_long,
    too_much,
)
from reporting.warm_programs import Program, connect, forget, start, stop

LOOK, LOOK_AT_ALL = 0.05, 10
"""Seconds between two looks at a process's memory, and how many looks between those at the processes that it has started."""


class Process:
    """A process that is lent: what is asked of it, within limits. `key` signs the kernel messages to and from it."""

    def __init__(
        self, connection: Connection, pid: int, key: bytes, limits: Limits, program: Program, own: bool
    ) -> None:
        self.pid, self.key, self.limits = pid, key, limits
        self._connection, self._program, self._own = connection, program, own
        self._until = time.monotonic() + limits.seconds
        self._next_look, self._looks, self._written = 0.0, 0, 0
        self._over = False

    def call(self, function: str, *arguments: object) -> Any:
        """Call "module:function" in the process. Gives its value, or raises ProcessError."""
        self._send("call", function, arguments)
        while True:
            kind, *rest = self._receive(None, self.limits.memory)
            if kind == "value":
                return rest[0]
            if kind == "error":
                raise _carried(*rest)

    def ask(self, frames: list[bytes]) -> None:
        """Send a kernel request."""
        self._send("shell", frames)

    def message(self, until: float | None = None) -> tuple[str, list[bytes]] | None:
        """The next kernel message, as its channel and frames; None when the clock (time.monotonic) has come to `until`."""
        answer = self._receive(until, self.limits.output + 65536)
        if answer is None:
            return None
        channel, frames = answer
        return channel, frames

    def kill(self) -> None:
        """Stop the process at once."""
        self._over = True
        kill(self.pid)

    def _send(self, *request: object) -> None:
        try:
            self._connection.send_bytes(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise self._lost() from error

    def _receive(self, until: float | None, most: int) -> Any:
        patience = 0.0
        while not self._connection.poll(patience):
            now = time.monotonic()
            if until is not None and now >= until:
                return None
            self._look(now)
            patience = max(0, min(self._next_look, self._until, until or self._until) - now)
        self._look(time.monotonic())
        try:
            answer = pickle.loads(self._connection.recv_bytes(most))  # noqa: S301 # from a process that we started
        except (EOFError, ConnectionError) as error:
            raise self._lost() from error
        except OSError as error:  # longer than `most`
            self.kill()
            raise too_much(self.limits) from error
        if answer[0] == "iopub":
            self._written += sum(map(len, answer[1][6:]))  # content and buffers
            if self._written > self.limits.output:
                self.kill()
                raise too_much(self.limits)
        return answer

    def _look(self, now: float) -> None:
        """Hold the process to its limits, now and then."""
        if now >= self._until:
            self.kill()
            raise too_long(self.limits)
        if now < self._next_look:
            return
        self._next_look = now + LOOK
        self._looks += 1
        if self._looks == 1:  # just lent
            return
        size = resident(self.pid, with_children=self._looks % LOOK_AT_ALL == 0)
        if size > self.limits.memory:
            self.kill()
            raise too_large(self.limits)
        if not size and not self._connection.poll(0):
            raise self._lost()  # the connection may be open still, in a process that it has started

    def _lost(self) -> ProcessLost:
        self.kill()
        return lost(stop(self._program) if self._own else _ended(self._program, self.pid))

    def close(self) -> None:
        """Let the process end as Python does, and take it back."""
        if not self._over:
            with suppress(OSError, EOFError, ProcessLost):
                self._send("end")
                while self._connection.poll(2) and pickle.loads(self._connection.recv_bytes()) != ("bye",):  # noqa: S301
                    pass
        self._connection.close()
        if self._own:
            stop(self._program)


def _carried(name: str, text: str, traceback: str, exception: bytes) -> ProcessError:
    carried = None
    with suppress(Exception):  # an exception may be of a type that only the process has
        carried = pickle.loads(exception)  # noqa: S301
    return ProcessError(name, text, traceback, carried)


def _ended(program: Program, pid: int) -> int | None:
    """How a process of a program ended, None where the program has ended too."""
    with suppress(OSError, EOFError, AuthenticationError):
        connection = connect(program)
        connection.send(("status", pid))
        status: int | None = connection.recv()
        connection.close()
        return status
    return None


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
    """A process for one job, in the working folder and environment of now, with what a stage of warm_worker.STAGES imports."""
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
        process = Process(connection, pid, key, limits, program, own)
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
        process._connection.close()


atexit.register(end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_part)

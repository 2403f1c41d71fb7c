"""One warm process that is lent: what is asked of it, and its limits, held while its answers are waited for."""

import pickle
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from reporting.machine import kill, resident
from reporting.warm.limits import SHOW_WHY, LimitExceeded, Limits, ProcessError, ProcessLost, lost

LOOK, LOOK_AT_ALL = 0.05, 10
"""Seconds between two looks at a process's memory, and how many looks between those at the processes that it has started."""

KEY = b"a connection of one's own"
"""Signs the kernel messages, since jupyter_client wants them signed: nobody else can send any."""

LAST = 2
"""Seconds that a process has to end by itself, when its job is done; and that how one ended is waited for."""


class Process:
    """A warm process on loan: calls functions or runs cells in it, within its limits.

    stop: ends the process if it serves this job alone, and gives its exit status; None where its end is told on the connection.
    """

    def __init__(
        self, connection: Connection, pid: int, limits: Limits, stop: Callable[[], int | None] | None = None
    ) -> None:
        self.pid, self.limits = pid, limits
        self._connection, self._stop = connection, stop
        self._until = time.monotonic() + limits.seconds
        self._next_look, self._looks, self._written = 0.0, 0, 0
        self._over = False

    def call(self, function: str, *arguments: object) -> Any:
        """Call "module:function" in the process. Gives its value. Raises ProcessError with what the function raised, ProcessLost,
        LimitExceeded."""
        self._send("call", function, arguments)
        while True:
            kind, *rest = self._receive(None, self.limits.memory)
            if kind == "value":
                return rest[0]
            if kind == "error":
                raise _carried(*rest)

    def ask(self, frames: list[bytes]) -> None:
        """Send a kernel request. Raises ProcessLost."""
        self._send("shell", frames)

    def message(self, until: float | None = None) -> tuple[str, list[bytes]] | None:
        """The next kernel message, as its channel and frames; None when the clock (time.monotonic) has come to `until`. Raises ProcessLost,
        LimitExceeded."""
        answer: tuple[str, list[bytes]] | None = self._receive(until, self.limits.output + 65536)
        return answer

    def kill(self) -> None:
        """Stop the process at once."""
        self._over = True
        kill(self.pid)

    def _send(self, *request: object) -> None:
        try:
            self._connection.send(request)
        except OSError:
            while True:  # how it ended is told last
                self._receive(None, self.limits.memory)

    def _receive(self, until: float | None, most: int) -> Any:
        patience, come = 0.0, False
        while not come:
            come = self._connection.poll(patience)
            now = time.monotonic()
            if until is not None and now >= until:  # also when much comes: a cell may print without end
                return None
            self._look(now)
            patience = max(0, min(self._next_look, self._until, until or self._until) - now)
        try:
            answer = pickle.loads(self._connection.recv_bytes(most))  # noqa: S301 # from a process that we started
        except (EOFError, OSError) as error:
            if isinstance(error, EOFError | ConnectionError) or self._connection.readable:
                raise self._lost(None) from error
            raise self._wrote_too_much() from error  # longer than `most`: no more is read
        if answer[0] == "ended":
            raise self._lost(answer[1])
        if answer[0] == "iopub":
            self._written += sum(map(len, answer[1][6:]))  # content and buffers
            if self._written > self.limits.output:
                raise self._wrote_too_much()
        return answer

    def _look(self, now: float) -> None:
        """Hold the process to its limits, now and then."""
        if now >= self._until:
            raise self._exceeded("tog", f"{self.limits.seconds:g}", "s", SHOW_WHY)
        if now < self._next_look:
            return
        self._next_look = now + LOOK
        self._looks += 1
        if self._looks == 1:  # just lent
            return
        size = resident(self.pid, with_children=self._looks % LOOK_AT_ALL == 0)
        if size > self.limits.memory:
            raise self._exceeded("använde", f"{self.limits.memory / 1024**3:.1f}", "GB minne", SHOW_WHY)
        if not size and not self._connection.poll(LAST):
            raise self._lost(None)  # the connection is open still, in a process that it has started

    def _lost(self, status: int | None) -> ProcessLost:
        self.kill()
        return lost(self._stop() if self._stop else status)

    def _wrote_too_much(self) -> LimitExceeded:
        less = "Visa mindre: en del av tabellen, eller färre rader."
        return self._exceeded("skrev", f"{self.limits.output / 1_000_000:g}", "MB", less)

    def _exceeded(self, did: str, most: str, unit: str, now_what: str) -> LimitExceeded:
        self.kill()
        return LimitExceeded(f"Kapitlet {did} mer än {most.replace('.', ',')} {unit} och stoppades. {now_what}")

    def close(self) -> None:
        """Let the process end as Python does, and take it back."""
        if not self._over:
            with suppress(OSError, EOFError, ProcessLost, LimitExceeded):
                self._send("end")
                until = time.monotonic() + LAST
                while self._connection.poll(max(0, until - time.monotonic())):
                    if self._connection.recv()[0] in ("bye", "ended") or time.monotonic() > until:
                        break
        self._connection.close()
        if self._stop:
            self._stop()


def _carried(name: str, text: str, traceback: str, exception: bytes) -> ProcessError:
    carried = None
    with suppress(Exception):  # an exception may be of a type that only the process has
        carried = pickle.loads(exception)  # noqa: S301
    return ProcessError(name, text, traceback, carried)

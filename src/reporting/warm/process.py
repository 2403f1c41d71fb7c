"""One warm process that is lent: what is asked of it, and its limits, held while its answers are waited for."""

import pickle
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from reporting.warm.limits import Limits, ProcessError, ProcessLost, kill, lost, resident, too_large, too_long, too_much
from reporting.warm.programs import Program, status_of, stop

LOOK, LOOK_AT_ALL = 0.05, 10
"""Seconds between two looks at a process's memory, and how many looks between those at the processes that it has started."""

LAST = 2
"""Seconds that a process has to end by itself, when its job is done."""


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
        return lost(stop(self._program) if self._own else status_of(self._program, self.pid))

    def close(self) -> None:
        """Let the process end as Python does, and take it back."""
        if not self._over:
            with suppress(OSError, EOFError, ProcessLost):
                self._send("end")
                until = time.monotonic() + LAST
                while self._connection.poll(max(0, until - time.monotonic())):
                    if pickle.loads(self._connection.recv_bytes()) == ("bye",) or time.monotonic() > until:  # noqa: S301
                        break
        self._connection.close()
        if self._own:
            stop(self._program)

    def let_go(self) -> None:
        """Close the connection of another process's: this one was divided from that."""
        self._connection.close()


def _carried(name: str, text: str, traceback: str, exception: bytes) -> ProcessError:
    carried = None
    with suppress(Exception):  # an exception may be of a type that only the process has
        carried = pickle.loads(exception)  # noqa: S301
    return ProcessError(name, text, traceback, carried)

"""What a chapter's process may take, and what is told of one that took more or was lost."""

import signal
from dataclasses import dataclass

SHOW_WHY = "Kör anteckningsboken i JupyterLab för att se varför."


@dataclass(frozen=True)
class Limits:
    """What one job may take: seconds in all, bytes of memory at once (with the processes that it has started), bytes written."""

    seconds: float = 600
    memory: int = 2 * 1024**3
    output: int = 20_000_000


class LimitExceeded(RuntimeError):  # noqa: N818
    """A job took more than its limits, and its process has been stopped. The text is for an analyst."""


class ProcessLost(RuntimeError):  # noqa: N818
    """A job's process ended by itself, or couldn't be started. The text is for an analyst."""


class ProcessError(RuntimeError):
    """A function that was called in a process raised an exception: the name of its type, its text, its traceback as text, and
    the exception itself where it could be carried over."""

    def __init__(self, name: str, text: str, traceback: str, exception: BaseException | None = None) -> None:
        super().__init__(f"{name}: {text}")
        self.name, self.text, self.traceback, self.exception = name, text, traceback, exception


def lost(status: int | None) -> ProcessLost:
    """The ProcessLost to raise for a process that ended. status: its exit code, the negative number of a signal, or None where unknown."""
    how = ""
    if status is not None and status < 0:
        names = {int(each): each.name for each in signal.Signals}
        how = f" av signal {names.get(-status, -status)}"
        how += ", som datorn skickar när minnet är slut" if how.endswith("SIGKILL") else ""
    elif status is not None:
        how = f" med kod {status}"
    return ProcessLost(f"Kapitlets process avslutades{how} innan kapitlet var klart. {SHOW_WHY}")

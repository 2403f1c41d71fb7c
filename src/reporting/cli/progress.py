"""How a run is getting on: a bar on a terminal, plain lines elsewhere; always to stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from reporting.batch.run import Outcome


@contextmanager
def shown(total: int) -> Iterator[Callable[[Outcome], None]]:
    """Show how a run of `total` chapters is getting on. Gives a function to be called with the Outcome of each chapter as it ends."""
    if not Console(stderr=True).is_terminal:
        numbers = count(1)

        def line(outcome: Outcome) -> None:
            number = next(numbers)
            if not outcome.is_current:
                print(f"{number}/{total} {_told(outcome)}", file=sys.stderr, flush=True)

        yield line
        return
    with _bar() as progress:
        task = progress.add_task("Gör kapitel", total=total)

        def step(outcome: Outcome) -> None:
            progress.update(task, advance=1, description=f"{outcome.job.namnd} {outcome.job.kapitel}")
            if not outcome.ok:
                progress.console.print(_told(outcome), markup=False)

        yield step


@contextmanager
def counted() -> Iterator[Callable[[str, int, int], None]]:
    """Show how something is getting on. Gives a function to be called with what is being done, the number done, and the total."""
    with _bar() as progress:
        task = progress.add_task("")
        yield lambda what, ready, total: progress.update(task, description=what, completed=ready, total=total)


def _bar() -> Progress:
    """Nothing where there is no terminal to draw it on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _told(outcome: Outcome) -> str:
    state = "klart" if outcome.ok else "kunde inte göras"
    return f"{outcome.job.namnd} {outcome.job.kapitel}: {state} ({outcome.seconds:.1f} s)".replace(".", ",")

"""One function called on many things, on every core where there are enough of them to be worth it."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TypeVar

from reporting.warm.limits import Limits, ProcessError, ProcessLost
from reporting.warm.pool import lease
from reporting.warm.process import Process

FEW_AT_ONCE = 12
"""Up to so many are done here."""
_LIMITS = Limits(seconds=3600)
"""Of one process, which does many."""

_Item = TypeVar("_Item")
Result = TypeVar("Result")


def many_at_once(work: Callable[[_Item], Result], items: Sequence[_Item]) -> Iterator[Result]:
    """Call `work` on each item, in several processes if there are many, and yield the results in order. What it raises is raised here.

    work: a function of a module, since another process finds it by name.
    """
    cores = min(os.cpu_count() or 1, len(items))
    if len(items) <= FEW_AT_ONCE or cores == 1:
        yield from map(work, items)
        return
    name = f"{work.__module__}:{work.__qualname__}"
    free: SimpleQueue[Process | None] = SimpleQueue()

    def called(item: _Item) -> Result:
        process = free.get()
        try:
            return process.call(name, item) if process else work(item)
        except ProcessLost:  # one was killed, for want of memory as a rule
            process = None
            return work(item)
        except ProcessError as error:
            raise error.exception or error from None
        finally:
            free.put(process)

    with ExitStack() as stack, ThreadPoolExecutor(cores) as pool:
        for _ in range(cores):
            free.put(stack.enter_context(lease(_LIMITS)))
        yield from pool.map(called, items)

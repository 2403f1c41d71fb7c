"""The same work on many things, on every core where there are enough of them to be worth starting processes for."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

FEW = 24
"""Up to so many are done here: a process takes a second to start."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def many_at_once(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """work done to each item, in order. work: a function of a module, so that another process can find it."""
    cores = os.cpu_count() or 1
    if len(items) <= FEW or cores == 1:
        return [work(item) for item in items]
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(min(cores, len(items)), mp_context=spawn) as pool:
            return list(pool.map(work, items, chunksize=max(1, len(items) // (cores * 8))))
    except BrokenProcessPool:  # one was killed, for want of memory as a rule
        return [work(item) for item in items]

"""Who does the work of a run: this machine's warm processes, or a cluster that others have started. The only module that imports
distributed."""

import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, PriorityQueue, SimpleQueue
from typing import Any

from reporting.extras import not_installed


class NoCluster(Exception):  # noqa: N818 - nothing is wrong here
    """A cluster that was asked for can't be had. Its text says why, in Swedish."""


@dataclass(frozen=True)
class Crew:
    """submit: hand out a call, with the value of any ended future among its arguments; `last` for one that can wait; completed: the
    futures as they end, those too that are submitted meanwhile, until none is left. A future is one of concurrent.futures or of
    dask."""

    submit: Callable[..., Any]
    completed: Callable[[], Iterator[Any]]


@contextmanager
def threads(at_a_time: int) -> Iterator[Crew]:
    """Threads of this process, for work that each of them has done by a warm process of its own. What is asked first is done first.

    They never keep the program from ending: after Ctrl-C nobody waits for what they have in hand.
    """
    asked: PriorityQueue[tuple[bool, int, Future[Any], Callable[[], Any]]] = PriorityQueue()
    ended: SimpleQueue[Future[Any]] = SimpleQueue()
    numbers = itertools.count()
    under_way: set[Future[Any]] = set()
    over = threading.Event()

    def submit(function: Callable[..., Any], *args: Any, last: bool = False) -> Future[Any]:
        future: Future[Any] = Future()
        under_way.add(future)
        asked.put((last, next(numbers), future, lambda: function(*map(_filled_in, args))))
        return future

    def work() -> None:
        while True:
            _, _, future, call = asked.get()
            if over.is_set():
                return
            try:
                future.set_result(call())
            except BaseException as error:  # whatever it is, the run waits for this future
                future.set_exception(error)
            ended.put(future)

    def completed() -> Iterator[Future[Any]]:
        while under_way:
            with suppress(Empty):
                future = ended.get(timeout=0.2)  # Windows notices Ctrl-C only between two waits
                under_way.remove(future)
                yield future

    for _ in range(at_a_time):
        threading.Thread(target=work, daemon=True).start()
    try:
        yield Crew(submit, completed)
    finally:
        over.set()
        for _ in range(at_a_time):
            submit(str)  # wakes one that waits


def _filled_in(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_filled_in(item) for item in argument]
    return argument.result() if isinstance(argument, Future) else argument


@contextmanager
def cluster(scheduler: str) -> Iterator[Crew]:
    """The dask cluster whose scheduler is at an address (tcp://host:port). Raises NoCluster where it doesn't answer."""
    try:
        from distributed import Client, as_completed
    except ModuleNotFoundError as error:
        raise NoCluster(not_installed("kluster", "Att låta andra datorer göra kapitlen")) from error

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what ends a run is told by the run
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        told = f"{scheduler} svarar inte. Kontrollera adressen, och att dask scheduler är i gång där."
        raise NoCluster(told) from error
    with client:
        pending = as_completed(loop=client.loop)

        def submit(function: Callable[..., Any], *args: Any, last: bool = False) -> Any:
            future = client.submit(function, *args, pure=False, priority=-1 if last else 0)
            pending.add(future)
            return future

        yield Crew(submit, lambda: iter(pending))

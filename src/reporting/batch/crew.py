"""Who does the work of a run: this machine's warm processes, or a cluster that others have started. The only module that imports
distributed."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from reporting.machine import not_installed

Then = Callable[[Any, BaseException | None], None]
"""Called when a call has ended, with its value and None, or with None and the exception that it raised."""


class NoCluster(Exception):  # noqa: N818 - nothing is wrong here
    """A cluster that was asked for can't be had. Its text says why, in Swedish."""


@dataclass(frozen=True)
class Crew:
    """A way to have calls made elsewhere, in threads or on a cluster, and to take in their results.

    ask(then, function, *args): start a call and return at once; then(value, error) is called when it has ended, error being None if it went
    well. go(): wait for calls to end and call their `then`, in the thread of the caller, until none are left, new ones included.
    """

    ask: Callable[..., None]
    go: Callable[[], None]


@contextmanager
def threads(at_a_time: int) -> Iterator[Crew]:
    """A Crew of `at_a_time` threads in this process, each with a warm process to do its work. Calls are begun in the order they were
    asked for.

    The threads never keep the program from ending: after Ctrl-C nobody waits for the work that they have in hand.
    """
    asked: SimpleQueue[tuple[Then, Callable[..., Any], tuple[Any, ...]] | None] = SimpleQueue()
    ended: SimpleQueue[tuple[Then, Any, BaseException | None]] = SimpleQueue()
    under_way = 0

    def ask(then: Then, function: Callable[..., Any], *args: Any) -> None:
        nonlocal under_way
        under_way += 1
        asked.put((then, function, args))

    def work() -> None:
        while came := asked.get():
            then, function, args = came
            try:
                ended.put((then, function(*args), None))
            except BaseException as error:  # whatever it is, the run waits for this call
                ended.put((then, None, error))

    def go() -> None:
        nonlocal under_way
        while under_way:
            with suppress(Empty):
                then, value, error = ended.get(timeout=0.2)  # Windows notices Ctrl-C only between two waits
                under_way -= 1
                then(value, error)

    for _ in range(at_a_time):
        threading.Thread(target=work, daemon=True).start()
    try:
        yield Crew(ask, go)
    finally:
        with suppress(Empty):
            while True:
                asked.get_nowait()
        for _ in range(at_a_time):
            asked.put(None)


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
        pending, thens = as_completed(loop=client.loop), dict[Any, Then]()

        def ask(then: Then, function: Callable[..., Any], *args: Any) -> None:
            future = client.submit(function, *args, pure=False)
            thens[future.key] = then
            pending.add(future)

        def go() -> None:
            for future in pending:
                error = future.exception()
                thens.pop(future.key)(None if error else future.result(), error)

        yield Crew(ask, go)

"""Who does the work of a run: this process alone, a cluster on this machine, or one that others have started. The only module
that imports distributed."""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any


class NoAnswer(Exception):  # noqa: N818 - nothing is wrong here
    """A scheduler doesn't answer. Its text says so, in Swedish."""


@dataclass(frozen=True)
class Crew:
    """submit: hand out a call, any future among its arguments filled in when it is there; `last` for one that can wait; completed: the
    futures as they end, those too that are submitted meanwhile, until none is left. A future is one of concurrent.futures or of
    dask."""

    submit: Callable[..., Any]
    completed: Callable[[], Iterator[Any]]


def alone() -> Crew:
    """This process, one thing at a time: for a few chapters it is quicker than to start a cluster."""
    asked: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
    new: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(function: Callable[..., Any], *args: Any, last: bool = False) -> Future[Any]:  # noqa: ARG001
        future: Future[Any] = Future()
        new.append((future, lambda: function(*map(_filled_in, args))))
        return future

    def completed() -> Iterator[Future[Any]]:
        while asked or new:
            asked.extendleft(reversed(new))  # what one result leads to comes before the rest
            new.clear()
            future, call = asked.popleft()
            try:
                future.set_result(call())
            except Exception as error:
                future.set_exception(error)
            yield future

    return Crew(submit, completed)


def _filled_in(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_filled_in(item) for item in argument]
    return argument.result() if isinstance(argument, Future) else argument


@contextmanager
def cluster(jobs: int, memory: int, scheduler: str = "") -> Iterator[Crew]:
    """A dask cluster: the one at `scheduler` (tcp://host:port), else one of threads in this process, each with a warm process of
    its own. jobs: how many at a time, 0 for what the machine's cores and memory hold; memory: bytes that one of them may take.

    Raises NoAnswer where the scheduler doesn't answer.
    """
    import dask
    from dask.system import CPU_COUNT
    from distributed import Client, LocalCluster, as_completed
    from distributed.system import MEMORY_LIMIT

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what ends a run is told by the run
    with dask.config.set(SPARING), ExitStack() as stack:
        local = None
        if not scheduler:
            at_a_time = jobs or max(1, min(CPU_COUNT, MEMORY_LIMIT // memory))
            local = LocalCluster(
                n_workers=1,
                threads_per_worker=at_a_time,
                processes=False,
                memory_limit=0,
                dashboard_address="127.0.0.1:0",  # nobody looks there, but it can't be left out
                worker_dashboard_address="127.0.0.1:0",
            )
            stack.enter_context(local)
        try:
            client = stack.enter_context(Client(local or scheduler, timeout=10, set_as_default=False))
        except (OSError, ValueError) as error:
            told = f"{scheduler} svarar inte. Kontrollera adressen, och att dask scheduler är i gång där."
            raise NoAnswer(told) from error
        pending = as_completed(loop=client.loop)

        def submit(function: Callable[..., Any], *args: Any, last: bool = False) -> Any:
            future = client.submit(function, *args, pure=False, priority=-1 if last else 0)
            pending.add(future)
            return future

        yield Crew(submit, lambda: iter(pending))


SPARING = {
    "distributed.admin.low-level-log-length": 10,  # else every chapter stays in memory, among a thousand last messages
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.allowed-failures": 1,
}
"""dask's settings for a cluster of our own."""

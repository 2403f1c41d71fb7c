"""The hands that a run is given: how many, where, and with which tools. Nothing heavy is imported before there is work."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from reporting import warm_processes
from reporting.crew import Crew, alone, cluster
from reporting.warm_limits import Limits

if TYPE_CHECKING:
    from reporting.making import Arbete

FEW = 6
"""So many chapters are made by this process alone sooner than a cluster has started."""


@contextmanager
def hired(
    likely: int, *, jobs: int = 0, scheduler: str = "", karna: bool = False, limits: Limits | None = None
) -> Iterator[tuple[Crew, "Arbete"]]:
    """Who makes about `likely` chapters, and how. jobs: how many at a time, 0 for what the machine holds; scheduler: the address of a
    dask cluster that is already there, "" for none; karna: each chapter in a kernel of its own; limits: what one chapter may take.

    Raises crew.NoAnswer where the scheduler doesn't.
    """
    limits = limits or Limits()
    is_alone = not scheduler and (jobs == 1 or likely <= FEW)
    if not scheduler:
        warm_processes.begin()  # while this process imports papermill
    from reporting.batch import make, read_input, read_params
    from reporting.making import Arbete, Korsatt
    from reporting.program import fingerprint

    korsatt = Korsatt(karna, limits, fingerprint())
    arbete = Arbete(partial(read_params, korsatt), partial(read_input, korsatt), partial(make, korsatt))
    if is_alone:
        yield alone(), arbete
        return
    with cluster(jobs, limits.memory, scheduler) as crew:
        yield crew, arbete

"""The hands that a run is given: how many, where, and with which tools. Nothing heavy is imported before it is needed."""

import importlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from reporting.batch.crew import Crew, cluster, threads
from reporting.batch.fingerprint import fingerprint
from reporting.batch.jobs import Job
from reporting.batch.records import Sida, Sidinnehall
from reporting.batch.tasks import Arbete, Gjort, Korsatt
from reporting.params.root import Root
from reporting.warm import pool
from reporting.warm.limits import Limits, ProcessLost, room_for


@contextmanager
def hired(
    *, jobs: int = 0, scheduler: str = "", karna: bool = False, limits: Limits | None = None
) -> Iterator[tuple[Crew, Arbete]]:
    """Who makes chapters, and how. jobs: how many at a time, 0 for what the machine holds; scheduler: the address of a dask cluster
    that makes them instead, "" for none; karna: each chapter in a kernel of its own; limits: what one chapter may take.

    Raises crew.NoCluster where the cluster can't be had.
    """
    korsatt = Korsatt(karna, limits or Limits(), fingerprint())
    arbete = Arbete(
        params=partial(read_params, korsatt),
        lasning=partial(read_input, korsatt),
        kapitel=partial(make_chapter, korsatt),
        sida=partial(make_page, korsatt),
    )
    if scheduler:
        crews = cluster(scheduler)
    else:
        pool.begin()
        threading.Thread(target=_import_papermill, daemon=True).start()  # while the warm process reads the input
        crews = threads(jobs or room_for(korsatt.limits))
    with crews as crew:
        yield crew, arbete


def _import_papermill() -> None:
    importlib.import_module("reporting.warm.preload")
    importlib.import_module("reporting.batch.chapter")


def read_params(korsatt: Korsatt, root: str, period: str) -> dict[str, bytes]:
    """readings.pack_params in a warm process."""
    return _called(korsatt, "reading", "reporting.batch.readings:pack_params", root, period)  # type: ignore[no-any-return]


def read_input(korsatt: Korsatt, root: str, period: str, namnd: str, params: bytes) -> bytes:
    """One nämnd's input, read in a warm process: a workbook that makes the parser die costs that nämnd only."""
    return _called(korsatt, "reading", "reporting.batch.readings:pack", root, period, namnd, params)  # type: ignore[no-any-return]


def make_chapter(korsatt: Korsatt, job: Job, readings: Sequence[bytes]) -> Gjort:
    """chapter.make."""
    _import_papermill()
    from reporting.batch.chapter import make

    return make(korsatt, job, readings)


def make_page(korsatt: Korsatt, root: Root, sida: Sida, readings: Sequence[bytes], *rest: object) -> Sidinnehall | None:
    """page.page_content in a warm process."""
    return _called(korsatt, "page", "reporting.batch.page:page_content", root, sida, readings, *rest)  # type: ignore[no-any-return]


def _called(korsatt: Korsatt, needs: str, function: str, *arguments: object) -> Any:
    """A call in a warm process; once more in another where the first one died."""
    try:
        return _called_once(korsatt, needs, function, *arguments)
    except ProcessLost:
        return _called_once(korsatt, needs, function, *arguments)


def _called_once(korsatt: Korsatt, needs: str, function: str, *arguments: object) -> Any:
    with pool.lease(korsatt.limits, needs) as process:
        return process.call(function, *arguments)

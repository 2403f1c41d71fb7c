"""Who makes a run's chapters: how many at a time, where, and how. Nothing heavy is imported before it is needed."""

import importlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reporting.batch.crew import Crew, cluster, threads
from reporting.batch.jobs import Executed, Job, Settings
from reporting.batch.manifests import fingerprint
from reporting.batch.records import PageContent, PageRecord
from reporting.machine import room_for
from reporting.params.root import Root
from reporting.warm import pool
from reporting.warm.limits import Limits

AHEAD = {
    "reading": ("reporting.batch.readings", "reporting.show.chapters.kommun"),
    "cells": (
        "reporting.show.goal_chart",
        "reporting.show.chapters.blad",
        "reporting.show.chapters.ekonomi",
        "reporting.show.chapters.personal",
        "reporting.show.chapters.plan",
        "reporting.show.chapters.uppdrag",
    ),
    "page": ("reporting.batch.page", "reporting.batch.chapter_html"),
}
"""What the warm processes import of this program before there is a job, by the stages of warm.preload."""


@dataclass(frozen=True)
class Hands:
    """Who makes chapters (crew), and how they are run (settings).

    kept: None for a single run. For a process that goes on, a cache: (period, nämnd), or (period,) for params/ → (the state of its
    files, as text; what was read of them).
    """

    crew: Crew
    settings: Settings
    kept: dict[tuple[str, ...], tuple[str, Any]] | None = None


@contextmanager
def hired(
    *, jobs: int = 0, scheduler: str = "", own_kernel: bool = False, limits: Limits | None = None
) -> Iterator[Hands]:
    """Who makes chapters, and how. jobs: how many at a time, 0 for what the machine holds; scheduler: the address of a dask cluster
    that makes them instead, "" for none; own_kernel: each chapter in a kernel of its own; limits: what one chapter may take.

    Raises crew.NoCluster where the cluster can't be had.
    """
    settings = Settings(own_kernel, limits or Limits(), fingerprint())
    if scheduler:
        crews = cluster(scheduler)
    else:
        pool.start_programs(AHEAD)
        threading.Thread(target=_import_papermill, daemon=True).start()  # while the warm process reads the input
        crews = threads(jobs or room_for(settings.limits.memory))
    with crews as crew:
        yield Hands(crew, settings)


def _import_papermill() -> None:
    importlib.import_module("reporting.warm.preload")
    importlib.import_module("reporting.batch.chapter")


# What a crew is asked to do. Each may run in another process or on another machine, and writes nothing.


def pack_params_warm(settings: Settings, root: str, period: str) -> dict[str, bytes]:
    """Call readings.pack_params in a warm process: nämnd → the `params` that read_input takes; {} where params/ can't be used.

    Raises ProcessError, ProcessLost or LimitExceeded, as do read_input and make_page.
    """
    return pool.call(settings.limits, "reading", "reporting.batch.readings:pack_params", root, period)  # type: ignore[no-any-return]


def read_input(settings: Settings, root: str, period: str, namnd: str, params: bytes) -> bytes:
    """Read one nämnd's input in a warm process, so that a workbook that crashes the parser costs that nämnd only. Gives a pickled
    InputRead.

    params: what pack_params_warm gave for the nämnd; b"" to read params/ anew.
    """
    return pool.call(settings.limits, "reading", "reporting.batch.readings:pack", root, period, namnd, params)  # type: ignore[no-any-return]


def make_chapter(settings: Settings, job: Job, readings: Sequence[bytes]) -> Executed:
    """Make one chapter of its nämnder's input. What goes wrong is told in what comes out, never raised."""
    _import_papermill()
    from reporting.batch.chapter import execute_chapter

    return execute_chapter(settings, job, readings)


def make_page(settings: Settings, root: Root, sida: PageRecord, *rest: object) -> PageContent | None:
    """Call page.page_content(root, sida, *rest) in a warm process; None where params can't be read."""
    return pool.call(settings.limits, "page", "reporting.batch.page:page_content", root, sida, *rest)  # type: ignore[no-any-return]

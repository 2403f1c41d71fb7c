"""One whole run: what is out of date is made by a crew, and written by this process alone, page by page."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from reporting.batch.crew import Crew
from reporting.batch.jobs import Job
from reporting.batch.lock import sweep
from reporting.batch.out_of_date import Outcome, Page, look_over
from reporting.batch.records import PAGE, Sida, is_whole
from reporting.batch.tasks import Arbete
from reporting.params.root import Root


@dataclass(frozen=True)
class Made:
    """One page after a run. namnd: whose (or "kommun"); is_new: whether the page was written; aktuella: how many of its chapters were up
    to date already; failed: those that couldn't be made."""

    namnd: str
    page: Path
    is_new: bool
    aktuella: int
    failed: tuple[Outcome, ...]


def run(
    root: Root,
    jobs: Sequence[Job],
    namnder: Mapping[str, Sequence[str]],
    hands: Callable[[], AbstractContextManager[tuple[Crew, Arbete]]],
    done: Callable[[Outcome], None],
    *,
    force: bool = False,
) -> list[Made]:
    """Make every chapter that is out of date, or every one with `force`, and finish the pages that they stand on.

    namnder: period → the ids of its nämnder; hands: who makes the chapters, asked only where there is something to make;
    done: called as each chapter ends. Chapters of a page that were not asked for stand on it as they were last made.
    """
    pages: dict[Path, Page] = {}
    for kapitel in look_over(root, jobs, namnder):
        job = kapitel.job
        page = pages.setdefault(job.page, Page(Sida(job.period, job.sida, job.namnd), kapitel.needs))
        page.chapters[job] = kapitel
        if force or kapitel.skal:
            page.left[job] = kapitel
        else:
            page.aktuella += 1
            done(Outcome(job, True))
    also = {page.sida for page in pages.values()}
    for folder in pages:
        sweep(folder)
    todo = [
        page
        for page in pages.values()
        if page.left or not is_whole(root, page.sida, also, {job.kapitel for job in page.chapters})
    ]
    if todo:
        # and with it everything that a page is made with; most runs have little to make
        from reporting.batch.run_state import Making

        with hands() as (crew, arbete):
            Making(root=root, pages=todo, also=also, crew=crew, arbete=arbete, done=done).go()
    return [
        Made(page.sida.namnd, folder / PAGE, page.is_new, page.aktuella, _in_order(page))
        for folder, page in pages.items()
    ]


def _in_order(page: Page) -> tuple[Outcome, ...]:
    """The chapters that failed, as they stand on the page."""
    order = list(page.chapters)
    return tuple(sorted(page.failed, key=lambda outcome: order.index(outcome.job)))

"""One whole run: every chapter of a period, then a page and a run.json for each nämnd and for the kommun."""

import hashlib
import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from reporting.batch import KOMMUN_CHAPTER, Job, Outcome, jobs_for, kommun_job, run_jobs, title, write_whole
from reporting.faults import InputFaults
from reporting.html import Html
from reporting.params import Params
from reporting.periods import Period
from reporting.report import Kapitel, chapter_html, page
from reporting.resultat import Status
from reporting.root import Root
from reporting.underlag import load_kommun, read_underlag
from reporting.utfall import Fil
from reporting.workbooks import checksum

KOMMUN = "kommun"
PAGE, RECORD = "rapport.html", "run.json"


@dataclass(frozen=True)
class Made:
    """What a run made for one nämnd (or "kommun"): the page, and the chapters that failed."""

    namnd: str
    page: Path
    failed: tuple[Outcome, ...]


def planned(root: Root, params: Params, namnd: str = "", kapitel: str = "") -> list[Job]:
    """The jobs of a run; narrowed to one nämnd or one chapter. The kommun's sammanställning goes with a whole run."""
    if kapitel == KOMMUN_CHAPTER:
        return [kommun_job(root, str(params.period))]
    namnder = [namnd] if namnd else list(params.korning.namnder)
    jobs = jobs_for(root, str(params.period), namnder, kapitel)
    if not namnd and not kapitel:
        jobs.append(kommun_job(root, str(params.period)))
    return jobs


def run(root: Root, params: Params, jobs: Sequence[Job], workers: int, done: Callable[[Outcome], None]) -> list[Made]:
    """Run the jobs and make the pages of every nämnd that they touch. A chapter that fails says so on its page.

    Chapters of the nämnd that were not asked for this time stand on the page as they were last made.
    """
    started = datetime.now().astimezone()
    outcomes = run_jobs(jobs, workers, done)
    made = []
    for namnd in dict.fromkeys(job.namnd for job in jobs):
        mine = [outcome for outcome in outcomes if outcome.job.namnd == namnd]
        made.append(_finish(root, params, namnd, mine, started))
    return made


def _finish(root: Root, params: Params, namnd: str, outcomes: list[Outcome], started: datetime) -> Made:
    folder = root.outputs / str(params.period) / namnd
    by_chapter = {outcome.job.kapitel: outcome for outcome in outcomes}
    every = [kommun_job(root, str(params.period))] if namnd == KOMMUN else jobs_for(root, str(params.period), [namnd])
    shown = [
        _kapitel(job, by_chapter.get(job.kapitel)) for job in every if job.kapitel in by_chapter or job.target.exists()
    ]
    filer, counts = _inputs(root, params, namnd)
    write_whole(folder / PAGE, page(params, namnd, shown, len(filer), f"{started:%Y-%m-%d %H:%M}"))
    record = _record(params.period, namnd, filer, counts, outcomes, started, folder / PAGE)
    write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return Made(namnd, folder / PAGE, tuple(outcome for outcome in outcomes if not outcome.ok))


def _kapitel(job: Job, outcome: Outcome | None) -> Kapitel:
    try:
        heading = title(job.notebook)
    except Exception:  # the notebook itself is broken; its chapter says why
        heading = job.kapitel
    if outcome and not outcome.ok:
        return Kapitel(job.kapitel, heading, outcome.orsak, Html(""))
    return Kapitel(job.kapitel, heading, "", chapter_html(job.target))


def _inputs(root: Root, params: Params, namnd: str) -> tuple[tuple[Fil, ...], dict[str, int]]:
    """Every file that was read for the page, and the counts of mätetal by status."""
    try:
        if namnd == KOMMUN:
            kommun = load_kommun(str(params.period), str(root.folder))
            return kommun.filer, _counts([result.status for r in kommun.namnder for result in r.matetal])
    except InputFaults:
        return (), {}
    underlag, _ = read_underlag(root, params, [], namnd)
    if underlag is None:
        return (), {}
    return underlag.filer, _counts([result.status for result in underlag.resultat.matetal])


def _counts(statuses: list[Status]) -> dict[str, int]:
    return {str(status): statuses.count(status) for status in Status}


def _record(
    period: Period,
    namnd: str,
    filer: Sequence[Fil],
    counts: dict[str, int],
    outcomes: Sequence[Outcome],
    started: datetime,
    made: Path,
) -> dict[str, object]:
    packages = ("namndrapport", "papermill", "nbconvert", "pandas", "matplotlib", "openpyxl")
    return {
        "period": str(period),
        "namnd": namnd,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(sum(outcome.seconds for outcome in outcomes), 2),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "inputs": [{"fil": fil.fil, "sha256": fil.sha256} for fil in filer],
        "chapters": [
            {
                "kapitel": outcome.job.kapitel,
                "parameters": outcome.job.parameters,
                "notebook_sha256": checksum(outcome.job.notebook, "").sha256 if outcome.job.notebook.is_file() else "",
                "seconds": round(outcome.seconds, 2),
                "ok": outcome.ok,
                "orsak": outcome.orsak,
            }
            for outcome in outcomes
        ],
        "results": counts,
        "page": made.name,
        "page_sha256": hashlib.sha256(_without_time(made)).hexdigest(),
    }


def _without_time(made: Path) -> bytes:
    """The page without its one line that says when it was made."""
    return b"".join(line for line in made.read_bytes().splitlines(keepends=True) if b'<p class="time">' not in line)

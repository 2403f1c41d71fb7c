"""One whole run: every chapter of a period, then a page and a run.json for each nämnd and for the kommun."""

import hashlib
import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from reporting.batch import Job, Outcome, jobs_for, kommun_job, plan_job, run_jobs, title
from reporting.faults import InputFaults
from reporting.html import Html
from reporting.last_run import decided, last_record
from reporting.params import Params
from reporting.report import Kapitel, chapter_html, page
from reporting.resultat import Status
from reporting.root import KOMMUN, KOMMUN_CHAPTER, PLAN_CHAPTER, Root
from reporting.underlag import load_kommun, read_underlag
from reporting.utfall import Fil
from reporting.whole_files import write_whole
from reporting.workbooks import checksum

PAGE, RECORD = "rapport.html", "run.json"


@dataclass(frozen=True)
class Made:
    """What a run made for one nämnd (or "kommun"): a page, and the chapters of it that failed."""

    namnd: str
    page: Path
    failed: tuple[Outcome, ...]


def planned(root: Root, params: Params, namnd: str = "", kapitel: str = "") -> list[Job]:
    """The jobs of a run; narrowed to one nämnd or one chapter. Each nämnd's plan and the kommun's sammanställning go
    along, except with a single chapter."""
    period = str(params.period)
    namnder = [namnd] if namnd else list(params.korning.namnder)
    if kapitel == KOMMUN_CHAPTER:
        return [kommun_job(root, period)]
    plans = [plan_job(root, period, item) for item in namnder]
    if kapitel == PLAN_CHAPTER:
        return plans
    jobs = jobs_for(root, period, namnder, kapitel)
    return jobs if kapitel else [*jobs, *plans, kommun_job(root, period)]


def run(root: Root, params: Params, jobs: Sequence[Job], workers: int, done: Callable[[Outcome], None]) -> list[Made]:
    """Run the jobs and make the pages of every nämnd that they touch. A chapter that fails says so on its page.

    Chapters of the nämnd that were not asked for this time stand on the page as they were last made.
    """
    started = datetime.now().astimezone()
    pages = {job.sida: job.namnd for job in jobs}
    inputs = {namnd: _inputs(root, params, namnd) for namnd in pages.values()}  # as they are when the chapters begin
    outcomes = run_jobs(jobs, workers, done)
    made = []
    for sida, namnd in pages.items():
        mine = [outcome for outcome in outcomes if outcome.job.sida == sida]
        beside = namnd if sida.endswith(PLAN_CHAPTER) else f"{namnd}/{PLAN_CHAPTER}"
        has_other = beside in pages or (root.outputs / str(params.period) / beside / PAGE).is_file()
        made.append(_finish(root, params, (sida, namnd), mine, inputs[namnd], started, has_other=has_other))
    return made


def _finish(
    root: Root,
    params: Params,
    whose: tuple[str, str],
    outcomes: list[Outcome],
    inputs: tuple[tuple[Fil, ...], dict[str, int]],
    started: datetime,
    *,
    has_other: bool,
) -> Made:
    """Make the page and run.json. Chapters that were not run this time keep what run.json said of them last."""
    (sida, namnd), period = whose, str(params.period)
    folder = root.outputs / period / sida
    is_plan = sida.endswith(f"/{PLAN_CHAPTER}")
    filer, counts = inputs
    if is_plan:  # which is made of what is decided, not of what is delivered
        filer, counts = decided(filer), {}
    digest = hashlib.sha256("".join(fil.fil + fil.sha256 for fil in filer).encode()).hexdigest()
    before = {item["kapitel"]: item for item in last_record(folder).get("chapters", [])}
    now = {outcome.job.kapitel: _chapter(outcome, digest) for outcome in outcomes}
    every = jobs_for(root, period, [namnd])
    if sida == KOMMUN or is_plan:
        every = [plan_job(root, period, namnd) if is_plan else kommun_job(root, period)]
    entries = [(job, entry) for job in every if (entry := now.get(job.kapitel) or before.get(job.kapitel))]
    shown = [_kapitel(job, entry, digest) for job, entry in entries]
    write_whole(
        folder / PAGE,
        page(params, namnd, shown, len(filer), f"{started:%Y-%m-%d %H:%M}", is_plan=is_plan, has_other=has_other),
    )
    packages = ("namndrapport", "papermill", "nbconvert", "pandas", "matplotlib", "openpyxl")
    record = {
        "period": period,
        "namnd": namnd,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(sum(outcome.seconds for outcome in outcomes), 2),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "inputs": [{"fil": fil.fil, "sha256": fil.sha256} for fil in filer],
        "inputs_sha256": digest,
        "chapters": [entry for _, entry in entries],
        "results": counts,
        "page": PAGE,
        "page_sha256": hashlib.sha256(_without_time(folder / PAGE)).hexdigest(),
    }
    write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return Made(namnd, folder / PAGE, tuple(outcome for outcome in outcomes if not outcome.ok))


def _chapter(outcome: Outcome, digest: str) -> dict[str, object]:
    job = outcome.job
    return {
        "kapitel": job.kapitel,
        "parameters": job.parameters,
        "notebook_sha256": checksum(job.notebook, "").sha256 if job.notebook.is_file() else "",
        "inputs_sha256": digest,
        "seconds": round(outcome.seconds, 2),
        "ok": outcome.ok,
        "orsak": outcome.orsak,
    }


def _kapitel(job: Job, entry: dict[str, object], digest: str) -> Kapitel:
    try:
        heading = title(job.notebook)
    except Exception:  # the notebook itself is broken; its chapter says why
        heading = job.kapitel
    orsak = str(entry["orsak"])
    if not orsak and not job.target.is_file():
        orsak = "Kapitlet är borttaget ur outputs. Gör det igen med reporting run."
    if orsak:
        return Kapitel(job.kapitel, heading, orsak, inaktuellt=False, innehall=Html(""))
    return Kapitel(
        job.kapitel, heading, "", inaktuellt=entry["inputs_sha256"] != digest, innehall=chapter_html(job.target)
    )


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


def _without_time(made: Path) -> bytes:
    """The page without its one line that says when it was made."""
    return b"".join(line for line in made.read_bytes().splitlines(keepends=True) if b'<p class="time">' not in line)

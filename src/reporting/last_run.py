"""What the last run left behind, held against the files as they are now: which chapters are out of date, and why."""

from dataclasses import dataclass

from reporting.inputs import stamp
from reporting.jobs import jobs_for, plan_job
from reporting.lasningar import parts_of
from reporting.manifests import read_manifest, reasons, uses_changed
from reporting.records import last_record
from reporting.root import Root
from reporting.underlag import Lasning


@dataclass(frozen=True)
class Senaste:
    """How a nämnd's pages stand. korning: "klar", "inte körd", "inaktuell" or "misslyckad"; andrade: chapter → why it has to be made
    again; misslyckade: chapters that failed."""

    korning: str
    andrade: dict[str, tuple[str, ...]]
    misslyckade: tuple[str, ...] = ()


def last_run(root: Root, lasning: Lasning) -> Senaste:
    """How the report and the plan's page of a nämnd stand. lasning: its input as it is now."""
    period, namnd = str(lasning.period), lasning.namnd
    report, plan = jobs_for(root, period, [namnd]), plan_job(root, period, namnd)
    made = {job: read_manifest(job) for job in [*report, plan]}
    if not any(made[job] for job in report):
        return Senaste("inte körd", {})
    if made[plan] is None and not last_record(plan.page):
        del made[plan]  # only the report was asked for
    files, parts = stamp(root, lasning.period, [namnd]), parts_of(lasning)
    andrade: dict[str, tuple[str, ...]] = {}
    for job, manifest in made.items():
        why = reasons(job, manifest, files)
        told = why.egna
        if manifest and not manifest.orsak and not told and why.filer and uses_changed(manifest, parts):
            told = why.filer
        if told and not (manifest and manifest.orsak):
            andrade[job.kapitel] = tuple(_short(item, f"{root.named(root.data / period / namnd)}/") for item in told)
    failed = tuple(job.kapitel for job, manifest in made.items() if manifest and manifest.orsak)
    state = "misslyckad" if failed else "inaktuell" if andrade else "klar"
    return Senaste(state, andrade, failed)


def _short(told: str, here: str) -> str:
    """A file of the nämnd's own folder by its name alone."""
    return told.removeprefix(here)

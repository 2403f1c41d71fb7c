"""What the last run left behind, held against the files as they are now: which chapters are out of date, and why."""

from dataclasses import dataclass

from reporting.checksums import notebook_checksum
from reporting.inputs import stamp_of_chapter
from reporting.jobs import jobs_for, plan_job
from reporting.manifests import read_manifest, reasons
from reporting.params.root import Root
from reporting.periods import Period
from reporting.records import last_record


@dataclass(frozen=True)
class Senaste:
    """How a nämnd's pages stand. korning: "klar", "inte körd", "inaktuell" or "misslyckad"; andrade: chapter → why it has to be made
    again; misslyckade: chapters that failed."""

    korning: str
    andrade: dict[str, tuple[str, ...]]
    misslyckade: tuple[str, ...] = ()


def last_run(root: Root, period: Period, namnd: str) -> Senaste:
    """How the report and the plan's page of a nämnd stand."""
    report, plan = jobs_for(root, str(period), [namnd]), plan_job(root, str(period), namnd)
    made = {job: read_manifest(job) for job in [*report, plan]}
    if not any(made[job] for job in report):
        return Senaste("inte körd", {})
    if made[plan] is None and not last_record(plan.page):
        del made[plan]  # only the report was asked for
    files = stamp_of_chapter(root, period, [namnd])
    here = (
        f"{root.named(root.data / str(period) / namnd)}/"  # a file of the nämnd's own folder is told by its name alone
    )
    failed = tuple(job.kapitel for job, manifest in made.items() if manifest and manifest.orsak)
    andrade: dict[str, tuple[str, ...]] = {}
    for job, manifest in made.items():
        why = reasons(job, manifest, notebook_checksum(job.notebook), files)
        if why and job.kapitel not in failed:
            andrade[job.kapitel] = tuple(item.removeprefix(here) for item in why)
    state = "misslyckad" if failed else "inaktuell" if andrade else "klar"
    return Senaste(state, andrade, failed)

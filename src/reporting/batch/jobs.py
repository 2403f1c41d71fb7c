"""What a run is to make: one job per chapter, and the page that each stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.params.root import KOMMUN, KOMMUN_CHAPTER, PLAN_CHAPTER, Root
from reporting.periods import Period


@dataclass(frozen=True, eq=False)
class Job:
    """One chapter to make: the notebook, whose it is (a nämnd's id, or "kommun"), its parameters, the file for the executed
    notebook, and sida, the folder of the page that it stands on, under the period's."""

    kapitel: str
    namnd: str
    sida: str
    notebook: Path
    parameters: dict[str, str]
    target: Path

    @property
    def period(self) -> str:
        """The period that the chapter is about."""
        return self.parameters["period"]

    @property
    def page(self) -> Path:
        """The folder of the page that the chapter stands on."""
        return self.target.parent

    @property
    def manifest(self) -> Path:
        """The file that says what the chapter was made of, and holds it as HTML."""
        return self.page / ".kapitel" / f"{self.kapitel}.json"


def jobs_for(root: Root, period: str, namnder: Iterable[str], kapitel: str = "") -> list[Job]:
    """The jobs of a period: every chapter for each of the nämnder, or only `kapitel`."""
    return [
        _job(root, period, path, namnd, namnd)
        for namnd in namnder
        for path in root.chapters
        if not kapitel or path.stem == kapitel
    ]


def plan_job(root: Root, period: str, namnd: str) -> Job:
    """The job that makes a nämnd's plan into a report of its own."""
    return _job(root, period, root.notebooks / f"{PLAN_CHAPTER}.ipynb", namnd, f"{namnd}/{PLAN_CHAPTER}")


def kommun_job(root: Root, period: str) -> Job:
    """The job that makes the kommun's sammanställning."""
    path = root.notebooks / f"{KOMMUN_CHAPTER}.ipynb"
    parameters = {"period": period, "root": root.folder.as_posix()}
    return Job(
        kapitel=KOMMUN_CHAPTER,
        namnd=KOMMUN,
        sida=KOMMUN,
        notebook=path,
        parameters=parameters,
        target=root.outputs / period / KOMMUN / path.name,
    )


def _job(root: Root, period: str, path: Path, namnd: str, sida: str) -> Job:
    parameters = {"period": period, "namnd": namnd, "root": root.folder.as_posix()}
    return Job(
        kapitel=path.stem,
        namnd=namnd,
        sida=sida,
        notebook=path,
        parameters=parameters,
        target=root.outputs / period / sida / path.name,
    )


def jobs_of_page(root: Root, period: str, sida: str) -> list[Job]:
    """Every job of one page, in the order in which the chapters stand on it."""
    if sida == KOMMUN:
        return [kommun_job(root, period)]
    namnd, _, plan = sida.partition("/")
    return [plan_job(root, period, namnd)] if plan else jobs_for(root, period, [namnd])


def planned(root: Root, period: Period, namnder: Sequence[str], namnd: str = "", kapitel: str = "") -> list[Job]:
    """The jobs of a run; narrowed to one nämnd or one chapter. Each nämnd's plan and the kommun's sammanställning go
    along, except with a single chapter. namnder: the ids of the period's."""
    wanted = [namnd] if namnd else list(namnder)
    if kapitel == KOMMUN_CHAPTER:
        return [kommun_job(root, str(period))]
    plans = [plan_job(root, str(period), item) for item in wanted]
    if kapitel == PLAN_CHAPTER:
        return plans
    jobs = jobs_for(root, str(period), wanted, kapitel)
    return jobs if kapitel else [*jobs, *plans, kommun_job(root, str(period))]

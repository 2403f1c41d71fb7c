"""What a run is to make: one job per chapter, and the page that each stands on; how it is run, and what comes out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.params.root import KOMMUN, KOMMUN_CHAPTER, PLAN_CHAPTER, Root
from reporting.periods import Period
from reporting.warm.limits import Limits


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


@dataclass(frozen=True)
class Settings:
    """How chapters are run. own_kernel: in a kernel of its own, the ordinary way, instead of the warm engine; limits: what one chapter
    may take; program: the checksum of the program that asks (another on a worker's machine would make other pages)."""

    own_kernel: bool
    limits: Limits
    program: str


@dataclass(frozen=True)
class Executed:
    """A chapter as it came out. orsak: why it couldn't be made, in Swedish, "" where it could; titel: its first heading;
    text: the executed notebook's file; html: the chapter on the page; tables: its tables as values (html.Html); stderr: what its cells
    wrote that isn't for the page (streams.stderr_lines); noted: files that it was given besides its input → checksum
    (checksums.note_file), none of a kernel of its own, which can't tell."""

    orsak: str
    titel: str
    text: str = ""
    html: str = ""
    tables: Sequence[Mapping[str, Any]] = ()
    stderr: Sequence[str] = ()
    noted: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def jobs_for(root: Root, period: str, namnder: Iterable[str]) -> list[Job]:
    """The jobs of a period: every chapter for each of the nämnder."""
    chapters = [path.stem for path in root.chapters]
    return [_job(root, period, name, namnd, namnd) for namnd in namnder for name in chapters]


def plan_job(root: Root, period: str, namnd: str) -> Job:
    """The job that makes a nämnd's plan into a report of its own."""
    return _job(root, period, PLAN_CHAPTER, namnd, f"{namnd}/{PLAN_CHAPTER}")


def kommun_job(root: Root, period: str) -> Job:
    """The job that makes the kommun's sammanställning."""
    return _job(root, period, KOMMUN_CHAPTER, KOMMUN, KOMMUN)


def _job(root: Root, period: str, kapitel: str, namnd: str, sida: str) -> Job:
    notebook = root.notebooks / f"{kapitel}.ipynb"
    parameters = {"period": period, "namnd": namnd, "root": root.folder.as_posix()}
    if namnd == KOMMUN:
        del parameters["namnd"]
    return Job(kapitel, namnd, sida, notebook, parameters, root.outputs / period / sida / notebook.name)


def jobs_of_page(root: Root, period: str, sida: str) -> list[Job]:
    """Every job of one page, in the order in which the chapters stand on it."""
    if sida == KOMMUN:
        return [kommun_job(root, period)]
    namnd, _, plan = sida.partition("/")
    return [plan_job(root, period, namnd)] if plan else jobs_for(root, period, [namnd])


def planned(root: Root, period: Period, namnder: Sequence[str], namnd: str = "", kapitel: str = "") -> list[Job]:
    """The jobs of a run; narrowed to one nämnd or one chapter. Each nämnd's plan and the kommun's sammanställning go
    along, except with a single chapter. namnder: the ids of the period's."""
    when, wanted = str(period), [namnd] if namnd else namnder
    plans = [plan_job(root, when, item) for item in wanted]
    every = [*jobs_for(root, when, wanted), *plans, kommun_job(root, when)]
    return [job for job in every if kapitel in ("", job.kapitel)]

"""Which chapters of a run are out of date, and whose input it takes to make them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from reporting.batch.inputs import stamp_of_chapter
from reporting.batch.jobs import Job
from reporting.batch.manifests import Manifest, read_manifest, reasons
from reporting.batch.records import Sida
from reporting.checksums import checksum_of, notebook_checksum
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period

Key = tuple[str, str]
"""(period, nämnd): one reading."""


@dataclass(frozen=True)
class Kapitel:
    """One job of a run: how it was last made, why it has to be made again (nothing where it hasn't), its notebook's checksum and the
    files as they are (before anything is read, so that what changes meanwhile is seen next time), and whose input it needs."""

    job: Job
    manifest: Manifest | None
    skal: tuple[str, ...]
    anteckningsbok: str
    stamp: dict[str, str]
    needs: tuple[Key, ...]


def look_over(root: Root, jobs: Iterable[Job], namnder: Mapping[str, Sequence[str]]) -> list[Kapitel]:
    """Hold every job against its manifest and the files as they are now; each file is read once. namnder: period → its nämnder."""
    checksum = cache(checksum_of)
    notebook = cache(notebook_checksum)
    stamps = cache(lambda period, whose: stamp_of_chapter(root, Period.parse(period), whose, checksum))
    found = []
    for job in jobs:
        whose = tuple(namnder[job.period]) if job.namnd == KOMMUN else (job.namnd,)
        manifest, files, written = read_manifest(job), stamps(job.period, whose), notebook(job.notebook)
        needs = tuple((job.period, namnd) for namnd in whose)
        found.append(
            Kapitel(
                job=job,
                manifest=manifest,
                skal=reasons(job, manifest, written, files, checksum),
                anteckningsbok=written,
                stamp=files,
                needs=needs,
            )
        )
    return found


@dataclass(frozen=True)
class Outcome:
    """How a job went. aktuell: it was up to date and wasn't made; orsak: why it failed, in Swedish, "" where it didn't; skal: why it
    was made; seconds: how long it took."""

    job: Job
    aktuell: bool
    orsak: str = ""
    skal: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """True where the chapter is whole and on disk."""
        return not self.orsak


@dataclass
class Page:
    """One page while it is made. needs: whose input it is made of; chapters: those that were asked for; left: those of them that are
    to be made and aren't yet; aktuella: how many were up to date; failed: how the others went wrong."""

    sida: Sida
    needs: tuple[Key, ...]
    chapters: dict[Job, Kapitel] = field(default_factory=dict)
    left: dict[Job, Kapitel] = field(default_factory=dict)
    failed: list[Outcome] = field(default_factory=list)
    aktuella: int = 0
    is_new: bool = False

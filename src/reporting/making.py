"""The work of one run as its futures come in: readings, then the chapters that they show to be out of date, then pages."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from reporting.arbete import Arbete, Gjort
from reporting.crew import Crew
from reporting.followed import Mark, mark_of
from reporting.inputs import checksum_of, stamp
from reporting.jobs import Job
from reporting.manifests import Manifest, reasons, uses_changed, write_manifest
from reporting.out_of_date import Kapitel, Key, Outcome, Packad, Page
from reporting.page_files import moment, write_page
from reporting.periods import Period
from reporting.program import fingerprint
from reporting.records import Sida, chapters_made, has_other
from reporting.root import Root
from reporting.whole_files import write_whole


@dataclass
class Making:
    """A run under way. also: every page of the run; readings: what has come in, or why it couldn't; lasningar: the same as
    futures; asked: what is to be done with each future as it comes."""

    root: Root
    pages: list[Page]
    also: Collection[Sida]
    crew: Crew
    arbete: Arbete
    done: Callable[[Outcome], None]
    force: bool
    readings: dict[Key, Packad | str] = field(default_factory=dict)
    lasningar: dict[Key, Any] = field(default_factory=dict)
    asked: dict[Any, Callable[[Any], None]] = field(default_factory=dict)

    def go(self) -> None:
        """Hand out the readings, and take everything in as it comes, until all pages are finished."""
        folder = self.root.folder.as_posix()
        keys = [key for page in self.pages for key in page.needs]
        # Nämnder with chapters to make come before those that only the kommun's page is made of.
        keys.sort(key=lambda key: not any(page.left and page.needs == (key,) for page in self.pages))
        for period in dict.fromkeys(period for period, _ in keys):
            wanted = list(dict.fromkeys(key for key in keys if key[0] == period))
            self._ask(partial(self._params, wanted), self.arbete.params, folder, period)
        for future in self.crew.completed():
            self.asked.pop(future)(future)

    def _ask(self, then: Callable[[Any], None], work: Callable[..., Any], *args: Any, last: bool = False) -> Any:
        future = self.crew.submit(work, *args, last=last)
        self.asked[future] = then
        return future

    def _params(self, keys: list[Key], came: Any) -> None:
        """Hand out the readings of a period. Where params couldn't be read, each says so for its nämnd."""
        params = {} if came.exception() else came.result()
        for key in keys:
            given = params.get(key[1], b"")
            folder = self.root.folder.as_posix()
            self.lasningar[key] = self._ask(partial(self._read, key), self.arbete.lasning, folder, *key, given)

    def _read(self, key: Key, came: Any) -> None:
        error = came.exception()
        self.readings[key] = f"Underlaget kunde inte läsas: {error}" if error else came.result()
        for page in self.pages:
            if key in page.needs and all(need in self.readings for need in page.needs):
                for kapitel in sorted(page.left.values(), key=_seconds_last_time, reverse=True):
                    self._decide(page, kapitel)
                self._finish(page)

    def _decide(self, page: Page, kapitel: Kapitel) -> None:
        """Hand out the chapter, or find that nothing that it used has changed."""
        readings = [self.readings[need] for need in kapitel.needs]
        unread = [item for item in readings if isinstance(item, str)]
        delar = {} if unread else _parts([item for item in readings if isinstance(item, Packad)])
        skal = kapitel.why(delar)
        if unread:
            self._settle(page, kapitel, delar, skal, Gjort(unread[0], kapitel.job.kapitel))
        elif skal or self.force or kapitel.manifest is None:
            given = [self.lasningar[need] for need in kapitel.needs]
            then = partial(self._made, page, kapitel, delar, skal)
            self._ask(then, self.arbete.kapitel, kapitel.job, given, last=len(given) > 1)
        else:
            write_manifest(kapitel.job, replace(kapitel.manifest, filer=kapitel.stamp))
            page.left.pop(kapitel.job)
            page.aktuella += 1
            self.done(Outcome(kapitel.job, True))

    def _made(self, page: Page, kapitel: Kapitel, delar: dict[str, str], skal: tuple[str, ...], came: Any) -> None:
        self._settle(page, kapitel, delar, skal, _gjort(came, kapitel.job))
        self._finish(page)

    def _settle(self, page: Page, kapitel: Kapitel, delar: dict[str, str], skal: tuple[str, ...], gjort: Gjort) -> None:
        """Write what came out: the notebook, then its manifest. A chapter that failed leaves no notebook: old figures would look
        like new."""
        job = kapitel.job
        if not gjort.orsak:
            write_whole(job.target, gjort.text)
        write_manifest(job, _manifest(kapitel, delar, gjort))
        if gjort.orsak:
            job.target.unlink(missing_ok=True)
        outcome = Outcome(job, False, gjort.orsak, skal, gjort.seconds)
        page.left.pop(job)
        page.failed += [] if outcome.ok else [outcome]
        self.done(outcome)

    def _finish(self, page: Page) -> None:
        """Have the page put together, once all of its chapters are settled."""
        if page.left:
            return
        made = chapters_made(self.root, page.sida)
        came = [self.readings[need] for need in page.needs]
        delar = _parts([item for item in came if isinstance(item, Packad)])
        older = [job.kapitel for job, manifest in made if self._is_older(page, job, manifest, delar)]
        readings = [self.lasningar[need] for need in page.needs if isinstance(self.readings[need], Packad)]
        now, is_beside = moment(), has_other(self.root, page.sida, self.also)
        manifests = [manifest for _, manifest in made]
        arguments = (self.root, page.sida, readings, manifests, older, f"{now:%Y-%m-%d %H:%M}", is_beside)
        self._ask(partial(self._page, page, made, older, now, is_beside), self.arbete.sida, *arguments)

    def _page(
        self,
        page: Page,
        made: list[tuple[Job, Manifest]],
        older: list[str],
        now: datetime,
        is_beside: bool,
        came: Any,
    ) -> None:
        if error := came.exception():
            kapitel = next(iter(page.chapters))
            page.failed.append(Outcome(kapitel, False, f"Sidan kunde inte sättas ihop: {error}"))
        elif innehall := came.result():
            page.is_new = write_page(
                self.root, page.sida, innehall=innehall, made=made, older=older, now=now, is_beside=is_beside
            )

    def _is_older(self, page: Page, job: Job, manifest: Manifest, delar: dict[str, str]) -> bool:
        """True for a chapter that wasn't asked for this time, and that would come out otherwise now."""
        if manifest.orsak or job.kapitel in {asked.kapitel for asked in page.chapters}:
            return False
        files = stamp(self.root, Period.parse(job.period), [namnd for _, namnd in page.needs])
        why = reasons(job, manifest, files)
        return bool(why.egna) or (bool(why.filer) and uses_changed(manifest, delar))


def _seconds_last_time(kapitel: Kapitel) -> float:
    """How long a chapter took; the longest are begun first, so that none is left alone at the end."""
    return kapitel.manifest.sekunder if kapitel.manifest else 0.0


def _parts(readings: list[Packad]) -> dict[str, str]:
    """Part → checksum, for a chapter of one nämnd; what is made of several is taken to use everything."""
    return readings[0].delar if len(readings) == 1 else {}


def _gjort(came: Any, job: Job) -> Gjort:
    error = came.exception()
    if error is None:
        gjort: Gjort = came.result()
        return gjort
    return Gjort(f"Kapitlets arbetare dog flera gånger: {error}", job.kapitel)


def _manifest(kapitel: Kapitel, delar: dict[str, str], gjort: Gjort) -> Manifest:
    job = kapitel.job
    return Manifest(
        kapitel=job.kapitel,
        titel=gjort.titel,
        orsak=gjort.orsak,
        anteckningsbok=kapitel.anteckningsbok,
        gjord="" if gjort.orsak else hashlib.sha256(gjort.text.encode()).hexdigest(),
        program=fingerprint(),
        parametrar=job.parameters,
        filer=kapitel.stamp,
        delar=None if gjort.delar is None else {name: delar.get(name, "") for name in gjort.delar},
        andra={_named(job, name): _as_opened(name, mark) for name, mark in gjort.andra.items()},
        sekunder=round(gjort.seconds, 2),
        html=gjort.html,
    )


def _as_opened(path: str, mark: Mark) -> str:
    """The checksum of a file that a chapter opened; none that holds where it has been changed since."""
    found = checksum_of(Path(path))
    return found if not mark or mark == mark_of(path) else ""


def _named(job: Job, path: str) -> str:
    """A file as it stands in a manifest: relative to the root where it lies in it, so that the root can be moved."""
    root = Path(job.parameters["root"])
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else Path(path).as_posix()

"""The work of one run as its futures come in: readings, then the chapters that are made of them, then pages."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from reporting.batch.crew import Crew
from reporting.batch.fingerprint import fingerprint
from reporting.batch.inputs import stamp_of_chapter
from reporting.batch.jobs import Job
from reporting.batch.manifests import Manifest, reasons, write_manifest
from reporting.batch.out_of_date import Kapitel, Key, Outcome, Page
from reporting.batch.records import Sida, chapters_made, has_other, moment, write_page
from reporting.batch.tasks import Arbete, Gjort
from reporting.checksums import notebook_checksum
from reporting.files import write_whole
from reporting.params.root import Root
from reporting.periods import Period


@dataclass
class Making:
    """A run under way. also: every page of the run; readings: each that has come in, with why it couldn't be read ("" where it could);
    lasningar: the same as futures; asked: what is to be done with each future as it comes."""

    root: Root
    pages: list[Page]
    also: Collection[Sida]
    crew: Crew
    arbete: Arbete
    done: Callable[[Outcome], None]
    readings: dict[Key, str] = field(default_factory=dict)
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
        self.readings[key] = f"Underlaget kunde inte läsas: {error}" if error else ""
        for page in self.pages:
            if key in page.needs and all(need in self.readings for need in page.needs):
                for kapitel in sorted(page.left.values(), key=_seconds_last_time, reverse=True):
                    self._hand_out(page, kapitel)
                self._finish(page)

    def _hand_out(self, page: Page, kapitel: Kapitel) -> None:
        """Have the chapter made; where its input couldn't be read, say so on it."""
        if unread := next((self.readings[need] for need in kapitel.needs if self.readings[need]), ""):
            self._settle(page, kapitel, Gjort(unread, kapitel.job.kapitel))
            return
        given = [self.lasningar[need] for need in kapitel.needs]
        self._ask(partial(self._made, page, kapitel), self.arbete.kapitel, kapitel.job, given, last=len(given) > 1)

    def _made(self, page: Page, kapitel: Kapitel, came: Any) -> None:
        self._settle(page, kapitel, _gjort(came, kapitel.job))
        self._finish(page)

    def _settle(self, page: Page, kapitel: Kapitel, gjort: Gjort) -> None:
        """Write what came out: the notebook, then its manifest. A chapter that failed leaves no notebook: old figures would look
        like new."""
        job = kapitel.job
        if not gjort.orsak:
            write_whole(job.target, gjort.text)
        write_manifest(job, _manifest(kapitel, gjort))
        if gjort.orsak:
            job.target.unlink(missing_ok=True)
        outcome = Outcome(job, False, gjort.orsak, kapitel.skal, gjort.seconds)
        page.left.pop(job)
        page.failed += [] if outcome.ok else [outcome]
        self.done(outcome)

    def _finish(self, page: Page) -> None:
        """Have the page put together, once all of its chapters are settled."""
        if page.left:
            return
        made = chapters_made(self.root, page.sida)
        older = self._older(page, made)
        readings = [self.lasningar[need] for need in page.needs if not self.readings[need]]
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

    def _older(self, page: Page, made: list[tuple[Job, Manifest]]) -> list[str]:
        """The chapters that weren't asked for this time, and that something has changed in since they were made."""
        asked = {job.kapitel for job in page.chapters}
        others = [(job, manifest) for job, manifest in made if job.kapitel not in asked and not manifest.orsak]
        if not others:
            return []
        files = stamp_of_chapter(self.root, Period.parse(page.sida.period), [namnd for _, namnd in page.needs])
        return [job.kapitel for job, item in others if reasons(job, item, notebook_checksum(job.notebook), files)]


def _seconds_last_time(kapitel: Kapitel) -> float:
    """How long a chapter took; the longest are begun first, so that none is left alone at the end."""
    return kapitel.manifest.sekunder if kapitel.manifest else 0.0


def _gjort(came: Any, job: Job) -> Gjort:
    error = came.exception()
    if error is None:
        gjort: Gjort = came.result()
        return gjort
    return Gjort(f"Kapitlets arbetare dog flera gånger: {error}", job.kapitel)


def _manifest(kapitel: Kapitel, gjort: Gjort) -> Manifest:
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
        noted={_named(job, path): checksum for path, checksum in gjort.noted.items()},
        sekunder=round(gjort.seconds, 2),
        html=gjort.html,
        tables=gjort.tables,
    )


def _named(job: Job, path: str) -> str:
    """A noted file as it stands in a manifest: relative to the root where it lies in it, so that the root can be moved."""
    root = Path(job.parameters["root"])
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else Path(path).as_posix()

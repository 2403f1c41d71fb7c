"""One whole run: what is out of date is made by a crew, and written by this process alone, page by page."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from reporting.batch.crew import Then
from reporting.batch.inputs import stamp
from reporting.batch.jobs import Executed, Job
from reporting.batch.lock import sweep
from reporting.batch.manifests import Key, Manifest, Standing, fingerprint, look_over, write_manifest
from reporting.batch.records import (
    PAGE,
    PageContent,
    PageRecord,
    chapters_made,
    has_other,
    is_whole,
    moment,
    write_page,
)
from reporting.batch.workers import Hands, make_chapter, make_page, pack_params_warm, read_input
from reporting.checksums import checksum_of
from reporting.files import write_whole
from reporting.params.root import Root
from reporting.periods import Period


@dataclass(frozen=True)
class Outcome:
    """How a job went. is_current: it was up to date and wasn't made; orsak: why it failed, in Swedish, "" where it didn't; why: why it
    was made; seconds: how long it took; stderr: what its cells wrote that isn't for the page (streams.stderr_lines)."""

    job: Job
    is_current: bool
    orsak: str = ""
    why: tuple[str, ...] = ()
    seconds: float = 0.0
    stderr: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        """True where the chapter is whole and on disk."""
        return not self.orsak


@dataclass
class Made:
    """One page of a run. sida: which page; page: its file; needs: (period, nämnd) of the input that it is made of; chapters: the jobs
    asked for; left: those of them still to be made; failed: the outcomes of those that failed; wrote: of those that wrote what isn't for
    the page; current: how many were up to date already; is_new: whether the page was written because it changed."""

    sida: PageRecord
    page: Path
    needs: tuple[Key, ...]
    chapters: list[Job] = field(default_factory=list)
    left: dict[Job, Standing] = field(default_factory=dict)
    failed: list[Outcome] = field(default_factory=list)
    wrote: list[Outcome] = field(default_factory=list)
    current: int = 0
    is_new: bool = False


def run_chapters(
    root: Root,
    jobs: Sequence[Job],
    namnder: Mapping[str, Sequence[str]],
    hands: Callable[[], AbstractContextManager[Hands]],
    done: Callable[[Outcome], None],
    *,
    force: bool = False,
) -> list[Made]:
    """Make every chapter that is out of date, or every one with `force`, and finish the pages that they stand on.

    namnder: period → the ids of its nämnder; hands: who makes the chapters, asked only where there is something to make;
    done: called as each chapter ends. Chapters of a page that were not asked for stand on it as they were last made.
    """
    pages: dict[Path, Made] = {}
    for standing in look_over(root, jobs, namnder):
        job = standing.job
        sida = PageRecord(job.period, job.sida, job.namnd)
        page = pages.setdefault(job.page, Made(sida, job.page / PAGE, standing.needs))
        page.chapters.append(job)
        if force or standing.why:
            page.left[job] = standing
        else:
            page.current += 1
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
        with hands() as hired:
            _Run(root, todo, also, hired, done).go()
    for page in todo:
        for told in (page.failed, page.wrote):
            told.sort(key=lambda outcome: page.chapters.index(outcome.job))  # as they stand on the page
    return [*pages.values()]


@dataclass
class _Run:
    """A run under way: readings, then the chapters that are made of them, then pages. also: every page of the run; readings: each that
    has come in, as packed; unread: why the others couldn't be read."""

    root: Root
    pages: list[Made]
    also: Collection[PageRecord]
    hands: Hands
    done: Callable[[Outcome], None]
    readings: dict[Key, bytes] = field(default_factory=dict)
    unread: dict[Key, str] = field(default_factory=dict)

    def go(self) -> None:
        """Hand out the readings, and take everything in as it comes, until all pages are finished."""
        self._checksum = cache(checksum_of)
        keys = [key for page in self.pages for key in page.needs]
        # Nämnder with chapters to make come before those that only the kommun's page is made of.
        keys.sort(key=lambda key: not any(page.left and page.needs == (key,) for page in self.pages))
        for period in dict.fromkeys(period for period, _ in keys):
            wanted = list(dict.fromkeys(key for key in keys if key[0] == period))
            self._read((period,), partial(self._params, wanted), pack_params_warm)
        self.hands.crew.go()

    def _ask(self, then: Then, work: Callable[..., Any], *args: Any) -> None:
        self.hands.crew.ask(then, work, self.hands.settings, *args)

    def _read(self, key: tuple[str, ...], then: Then, work: Callable[..., Any], *args: Any) -> None:
        """Have a period's params, or a nämnd's input, read; where it is kept, only if a file of it has changed."""
        kept = self.hands.kept
        files = "" if kept is None else repr(stamp(self.root, Period.parse(key[0]), key[1:], self._checksum))

        def came(value: Any, error: BaseException | None) -> None:
            if kept is not None and not error:
                kept[key] = (files, value)
            then(value, error)

        if kept and key in kept and kept[key][0] == files:
            then(kept[key][1], None)
        else:
            self._ask(came, work, self.root.folder.as_posix(), *key, *args)

    def _params(self, keys: list[Key], params: dict[str, bytes] | None, _error: BaseException | None) -> None:
        """Hand out the readings of a period. Where params couldn't be read, each says so for its nämnd."""
        for key in keys:
            self._read(key, partial(self._came, key), read_input, (params or {}).get(key[1], b""))

    def _came(self, key: Key, reading: bytes, error: BaseException | None) -> None:
        if error:
            self.unread[key] = f"Underlaget kunde inte läsas: {error}"
        else:
            self.readings[key] = reading
        for page in self.pages:
            if key in page.needs and all(need in self.readings or need in self.unread for need in page.needs):
                # the longest are begun first, so that none is left alone at the end
                took = {job: each.manifest.sekunder if each.manifest else 0.0 for job, each in page.left.items()}
                for standing in sorted(page.left.values(), key=lambda each: took[each.job], reverse=True):
                    self._hand_out(page, standing)
                self._finish(page)

    def _hand_out(self, page: Made, standing: Standing) -> None:
        """Have the chapter made; where its input couldn't be read, say so on it."""
        if unread := next((self.unread[need] for need in standing.needs if need in self.unread), ""):
            self._settle(page, standing, Executed(unread, standing.job.kapitel))
        else:
            readings = [self.readings[need] for need in standing.needs]
            self._ask(partial(self._made, page, standing), make_chapter, standing.job, readings)

    def _made(self, page: Made, standing: Standing, executed: Executed | None, error: BaseException | None) -> None:
        dead = f"Kapitlets arbetare dog flera gånger: {error}"
        self._settle(page, standing, executed or Executed(dead, standing.job.kapitel))
        self._finish(page)

    def _settle(self, page: Made, standing: Standing, executed: Executed) -> None:
        """Write what came out: the notebook, then its manifest. A chapter that failed leaves no notebook: old figures would look
        like new."""
        job = standing.job
        if not executed.orsak:
            write_whole(job.target, executed.text)
        manifest = Manifest(
            kapitel=job.kapitel,
            titel=executed.titel,
            orsak=executed.orsak,
            anteckningsbok=standing.anteckningsbok,
            gjord="" if executed.orsak else hashlib.sha256(executed.text.encode()).hexdigest(),
            program=fingerprint(),
            parametrar=job.parameters,
            filer=standing.stamp,
            noted={self.root.named(Path(path)): checksum for path, checksum in executed.noted.items()},
            sekunder=round(executed.seconds, 2),
            html=executed.html,
            tables=executed.tables,
            stderr=executed.stderr,
        )
        write_manifest(job, manifest)
        if executed.orsak:
            job.target.unlink(missing_ok=True)
        outcome = Outcome(job, False, executed.orsak, standing.why, executed.seconds, executed.stderr)
        page.left.pop(job)
        page.failed += [] if outcome.ok else [outcome]
        page.wrote += [outcome] if outcome.stderr else []
        self.done(outcome)

    def _finish(self, page: Made) -> None:
        """Have the page put together, once all of its chapters are settled."""
        if page.left:
            return
        made = chapters_made(self.root, page.sida)
        older = self._older(page, made)
        readings = [self.readings[need] for need in page.needs if need in self.readings]
        now, is_beside = moment(), has_other(self.root, page.sida, self.also)
        manifests = [manifest for _, manifest in made]

        def came(content: PageContent | None, error: BaseException | None) -> None:
            if error:
                told = f"Sidan kunde inte sättas ihop: {error}"
                page.failed.append(Outcome(page.chapters[0], False, told))
            elif content:
                page.is_new = write_page(self.root, page.sida, content, made, older, now, is_beside=is_beside)

        tid = f"{now:%Y-%m-%d %H:%M}"
        self._ask(came, make_page, self.root, page.sida, readings, manifests, older, tid, is_beside)

    def _older(self, page: Made, made: list[tuple[Job, Manifest]]) -> list[str]:
        """The chapters that weren't asked for this time, and that something has changed in since they were made."""
        asked = {job.kapitel for job in page.chapters}
        others = [job for job, manifest in made if job.kapitel not in asked and not manifest.orsak]
        namnder = {page.sida.period: [namnd for _, namnd in page.needs]}
        return [standing.job.kapitel for standing in look_over(self.root, others, namnder) if standing.why]

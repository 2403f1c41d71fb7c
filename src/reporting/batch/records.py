"""A page and its run.json on disk: whose they are, where they lie, whether they are whole; written where they aren't already so. Light to
import."""

import hashlib
import json
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.batch.jobs import Job, jobs_of_page
from reporting.batch.manifests import Manifest, read_manifest, versions
from reporting.batch.streams import MOST_LINES
from reporting.files import write_whole
from reporting.params.root import KOMMUN, PLAN_CHAPTER, Root

PAGE, RECORD = "rapport.html", "run.json"
"""The files of a page, in a folder of its own under the period's: the page, and what it is made of."""

_TIME = re.compile(rb'<p class="time">[^\n]*\n')


@dataclass(frozen=True)
class PageRecord:
    """One page: the period, its folder under the period's, and whose it is (a nämnd's id, or "kommun")."""

    period: str
    sida: str
    namnd: str

    @property
    def is_plan(self) -> bool:
        """True for the page of a nämnd's plan."""
        return self.sida.endswith(f"/{PLAN_CHAPTER}")

    @property
    def beside(self) -> str:
        """The nämnd's other page: the plan's beside the report's, and the other way round."""
        return self.namnd if self.is_plan else f"{self.namnd}/{PLAN_CHAPTER}"


def last_record(folder: Path) -> dict[str, Any]:
    """The run.json of a page's folder; empty where there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def is_whole(root: Root, sida: PageRecord, also: Collection[PageRecord], aktuella: Collection[str]) -> bool:
    """Whether the page on disk is up to date: it and its chapters are those that run.json names, it links to the nämnd's other page
    where there is one, and it calls none of the chapters in `aktuella` older than the rest.

    also: the pages made in this run; aktuella: the ids of chapters known to be up to date.
    """
    folder = root.outputs / sida.period / sida.sida
    record = last_record(folder)
    return (
        record.get("chapters") == [chapter_entry(job, item) for job, item in chapters_made(root, sida)]
        and record.get("beside") == (sida.beside if has_other(root, sida, also) else "")
        and not set(record.get("older", ())) & set(aktuella)
        and record.get("page_sha256") == _checksum_at(folder / PAGE)
    )


def chapters_made(root: Root, sida: PageRecord) -> list[tuple[Job, Manifest]]:
    """The chapters of the page that have been made, in order."""
    jobs = jobs_of_page(root, sida.period, sida.sida)
    return [(job, manifest) for job in jobs if (manifest := read_manifest(job))]


def has_other(root: Root, sida: PageRecord, also: Collection[PageRecord]) -> bool:
    """Whether the nämnd's other page is there to link to, or is made in this run too. also: the pages of this run."""
    beside = PageRecord(sida.period, sida.beside, sida.namnd)
    return sida.namnd != KOMMUN and (beside in also or bool(last_record(root.outputs / sida.period / sida.beside)))


def without_time(content: bytes) -> bytes:
    """A page without the line that says when it was made, which alone differs between two runs on the same input."""
    return _TIME.sub(b"", content)


def _checksum_at(page: Path) -> str:
    return hashlib.sha256(without_time(page.read_bytes())).hexdigest() if page.is_file() else ""


def chapter_entry(job: Job, manifest: Manifest) -> dict[str, object]:
    """What run.json says of a chapter."""
    return {
        "kapitel": job.kapitel,
        "parameters": manifest.parametrar,
        "notebook_sha256": manifest.anteckningsbok,
        "sha256": manifest.gjord,
        "html_sha256": hashlib.sha256(manifest.html.encode()).hexdigest(),
        "seconds": manifest.sekunder,
        "ok": not manifest.orsak,
        "orsak": manifest.orsak,
        "stderr": list(manifest.stderr[:MOST_LINES]),
    }


@dataclass(frozen=True)
class PageContent:
    """A page. html: the file; filer: (file, sha256) of everything that it is made of; antal: status → how many mätetal have it."""

    html: bytes
    filer: tuple[tuple[str, str], ...]
    antal: dict[str, int]


def write_page(
    root: Root,
    sida: PageRecord,
    content: PageContent,
    made: Sequence[tuple[Job, Manifest]],
    older: Sequence[str],
    now: datetime,
    *,
    is_beside: bool,
) -> bool:
    """Write the page, then run.json, which says what it is made of; True where the page is another than the one that was there.

    made: its chapters; older: those of them that it says are older than the rest; is_beside: whether it links to the nämnd's other page.
    """
    folder = root.outputs / sida.period / sida.sida
    checksum = hashlib.sha256(without_time(content.html)).hexdigest()
    is_new = checksum != _checksum_at(folder / PAGE)
    if is_new:
        write_whole(folder / PAGE, content.html)
    record = {
        "period": sida.period,
        "namnd": sida.namnd,
        "started": now.isoformat(timespec="seconds"),
        "versions": versions(),
        "inputs": [{"fil": fil, "sha256": sha} for fil, sha in content.filer],
        "inputs_sha256": hashlib.sha256("".join(fil + sha for fil, sha in content.filer).encode()).hexdigest(),
        "chapters": [chapter_entry(job, manifest) for job, manifest in made],
        "older": list(older),
        "results": content.antal,
        "beside": sida.beside if is_beside else "",
        "page": PAGE,
        "page_sha256": checksum,
    }
    if is_new or record | {"started": ""} != last_record(folder) | {"started": ""}:
        write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return is_new


def moment() -> datetime:
    """Now; or the moment that SOURCE_DATE_EPOCH says, for whoever builds twice and compares (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()

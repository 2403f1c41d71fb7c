"""One page finished: its chapters as they were made, its head, and run.json, which says what it is made of."""

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reporting.html import Html
from reporting.inputs import stamp
from reporting.jobs import Job
from reporting.manifests import Manifest, reasons, uses_changed
from reporting.params import Params
from reporting.periods import Period
from reporting.program import versions
from reporting.records import (
    PAGE,
    RECORD,
    Sida,
    bytes_of,
    chapter_entry,
    chapters_made,
    has_other,
    last_record,
    without_time,
)
from reporting.report import Kapitel, page
from reporting.resultat import Status
from reporting.root import KOMMUN, Root
from reporting.underlag import Lasning
from reporting.utfall import Fil
from reporting.whole_files import write_whole


def finish(
    root: Root,
    sida: Sida,
    params: Params,
    readings: Sequence[Lasning],
    asked: Collection[Job],
    delar: Mapping[str, str],
    also: Collection[Sida],
) -> bool:
    """Write the page and run.json where they aren't already so; True where the page was written.

    readings: of the nämnder that it is about; asked: its chapters that this run was to make; delar: the parts of its input now, for
    those that it wasn't; also: the pages of this run.
    """
    folder = root.outputs / sida.period / sida.sida
    filer, counts = _input(sida, readings)
    made = chapters_made(root, sida)
    shown = [
        Kapitel(
            job.kapitel, item.titel, item.orsak, _is_older(root, job, item, asked, readings, delar), Html(item.html)
        )
        for job, item in made
    ]
    is_beside = has_other(root, sida, also)
    now = _now()
    content = page(
        params, sida.namnd, shown, len(filer), f"{now:%Y-%m-%d %H:%M}", is_plan=sida.is_plan, has_other=is_beside
    ).encode()
    is_new = without_time(content) != without_time(bytes_of(folder / PAGE))
    if is_new:
        write_whole(folder / PAGE, content)
    record = {
        "period": sida.period,
        "namnd": sida.namnd,
        "started": now.isoformat(timespec="seconds"),
        "versions": versions(),
        "inputs": [{"fil": fil.fil, "sha256": fil.sha256} for fil in filer],
        "inputs_sha256": hashlib.sha256("".join(fil.fil + fil.sha256 for fil in filer).encode()).hexdigest(),
        "chapters": [chapter_entry(job, item) for job, item in made],
        "results": counts,
        "beside": sida.beside if is_beside else "",
        "page": PAGE,
        "page_sha256": hashlib.sha256(without_time(content)).hexdigest(),
    }
    if is_new or _said(record) != _said(last_record(folder)):
        write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return is_new


def _is_older(
    root: Root,
    job: Job,
    manifest: Manifest,
    asked: Collection[Job],
    readings: Sequence[Lasning],
    delar: Mapping[str, str],
) -> bool:
    """True for a chapter that wasn't asked for this time, and that would come out otherwise now."""
    if manifest.orsak or job.kapitel in {item.kapitel for item in asked}:
        return False
    files = stamp(root, Period.parse(job.period), [item.namnd for item in readings])
    why = reasons(job, manifest, files)
    return bool(why.egna) or (bool(why.filer) and uses_changed(manifest, delar))


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "started"}


def _now() -> datetime:
    """Now; or the moment that SOURCE_DATE_EPOCH says, for whoever builds twice and compares (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()


def _input(sida: Sida, readings: Sequence[Lasning]) -> tuple[list[Fil], dict[str, int]]:
    """Every file that was read for the page, and how many mätetal have each status."""
    whole = [item.underlag for item in readings if item.underlag and not (sida.namnd == KOMMUN and item.faults)]
    if not whole:
        return [], {}
    filer = list({fil.fil: fil for underlag in whole for fil in underlag.filer}.values())
    if sida.is_plan:  # which is made of what is decided, not of what is delivered
        return [fil for fil in filer if fil.fil.startswith("params/")], {}
    statuses = [result.status for underlag in whole for result in underlag.resultat.matetal]
    return filer, {str(status): statuses.count(status) for status in Status}

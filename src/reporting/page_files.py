"""A page and its run.json, written where they aren't already so."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reporting.arbete import Sidinnehall
from reporting.files import write_whole
from reporting.jobs import Job
from reporting.manifests import Manifest
from reporting.params.root import Root
from reporting.program import versions
from reporting.records import PAGE, RECORD, Sida, bytes_of, chapter_entry, last_record, without_time


def write_page(
    root: Root,
    sida: Sida,
    innehall: Sidinnehall,
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
    is_new = without_time(innehall.html) != without_time(bytes_of(folder / PAGE))
    if is_new:
        write_whole(folder / PAGE, innehall.html)
    record = {
        "period": sida.period,
        "namnd": sida.namnd,
        "started": now.isoformat(timespec="seconds"),
        "versions": versions(),
        "inputs": [{"fil": fil, "sha256": sha} for fil, sha in innehall.filer],
        "inputs_sha256": hashlib.sha256("".join(fil + sha for fil, sha in innehall.filer).encode()).hexdigest(),
        "chapters": [chapter_entry(job, manifest) for job, manifest in made],
        "older": list(older),
        "results": innehall.antal,
        "beside": sida.beside if is_beside else "",
        "page": PAGE,
        "page_sha256": hashlib.sha256(without_time(innehall.html)).hexdigest(),
    }
    if is_new or _said(record) != _said(last_record(folder)):
        write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return is_new


def moment() -> datetime:
    """Now; or the moment that SOURCE_DATE_EPOCH says, for whoever builds twice and compares (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "started"}

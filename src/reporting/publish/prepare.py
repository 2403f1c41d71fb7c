"""The site made ready for a publication: facts, pages, pdfs, the check of every page, and what differs from what is published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from reporting.files import write_whole
from reporting.gate.check_site import CheckProgress, check_site
from reporting.gate.findings import SiteCheck, receipt
from reporting.gate.pdf import write_pdfs
from reporting.params.read import read_run_params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.publish.destination import Destination
from reporting.publish.versions import Intended, live_version, read_published
from reporting.site.accessibility_page import RECEIPT
from reporting.site.build import FAKTA, KEPT, Site, build
from reporting.site.changes import Nyckel, ReportChanges, changes_page, report_differences
from reporting.site.facts import Namndfakta
from reporting.site.facts_files import every_fakta, from_json
from reporting.swedish import date_in_text

ANDRINGAR = "andringar.html"
"""In outputs: what differs from what is published, for the one who publishes."""


@dataclass(frozen=True)
class Prepared:
    """A finished site, and the check of all its pages, which may have found faults."""

    site: Site
    check: SiteCheck


def prepare_site(root: Root, periods: Sequence[Period], done: CheckProgress, *, every: bool = False) -> Prepared:
    """Make the site of these periods, and check every page of it; `every` as in check_site. The reports must have been made.

    Raises InputFaults for what is wrong in params or data, NoBrowser where there is none to print and check with.
    """
    params = {when: read_run_params(root.params, when) for when in periods}
    total, read = sum(len(item.korning.namnder) for item in params.values()), count(1)
    fakta = every_fakta(root, periods, lambda: done("Läser", next(read), total))

    def pdfs(jobs: Sequence[tuple[Path, Path]]) -> None:
        write_pdfs(jobs, lambda ready, of: done("Skriver pdf", ready, of))
        for path in {*(root.outputs / KEPT / "pdf").rglob("*.pdf")} - {pdf for _, pdf in jobs}:
            path.unlink()

    site = build(root, params, fakta, pdfs)
    cache = root.outputs / KEPT / "questions.json"
    check = check_site(site.folder, site.pages, cache, done, every=every)
    write_whole(site.publication / RECEIPT, json.dumps(receipt(check), ensure_ascii=False, indent=1) + "\n")
    return Prepared(site, check)


def changes(root: Root, site: Site, destination: Destination, planned: Intended) -> list[ReportChanges]:
    """Compare the site with what is published: the reports that differ, also written as a page (ANDRINGAR) in outputs."""
    now = {(str(when), item.namnd): item for when, items in site.fakta.items() for item in items}
    live = live_version(destination) if planned.live is not None else None
    before: dict[Nyckel, Namndfakta] = {}
    kommun = read_run_params(root.params, max(site.fakta), planer_med=False).kommun
    told = "Inget är publicerat ännu, så allt är nytt."
    if live:
        told = f"Jämfört med publicering {live.number}, {date_in_text(live.tid)}."
        for path in live.filer:
            folder, _, rest = path.partition("/")
            if f"{folder}/" != FAKTA.split("{")[0]:
                continue
            period, _, name = rest.partition("/")
            key = (period, name.removesuffix(".json"))
            if path in planned.unchanged and key in now:
                before[key] = now[key]
            elif fakta := from_json(read_published(destination, path) or b"", kommun.all_units):
                before[key] = fakta
    found = report_differences(before, now)
    write_whole(root.outputs / ANDRINGAR, changes_page(kommun.kommun, found, told, _pages(planned)))
    return found


def _pages(planned: Intended) -> str:
    """How many pages are new, changed and gone, in words."""
    counts = [
        (len([path for path in paths if path.endswith(".html")]), word)
        for paths, word in ((planned.new, "nya"), (planned.changed, "ändrade"), (planned.removed, "borttagna"))
    ]
    unchanged = len([path for path in planned.unchanged if path.endswith(".html")])
    told = ", ".join(f"{count} {word}" for count, word in counts if count) or "inga nya eller ändrade"
    return f"Sidor: {told}; {unchanged} som förut."

"""What the site's search finds: mätetal, goals, and what people have written."""

from collections.abc import Mapping, Sequence

from reporting.params.chapters import chapter_id
from reporting.periods import Period
from reporting.site.facts import Namndfakta
from reporting.site.history import MatetalHistory
from reporting.site.namnd_page import NamndRow
from reporting.site.report_pages import SiteReport
from reporting.site.search_index import SearchDocument


def documents(
    fakta: Mapping[Period, Sequence[Namndfakta]],
    reports: Mapping[Period, Sequence[SiteReport]],
    namnder: Sequence[NamndRow],
) -> list[SearchDocument]:
    """Everything that can be found: each mätetal and each goal once, at its own page; texts where they stand, report by report."""
    found = [_matetal(item) for rad in namnder for item in rad.matetal]
    for rad in namnder:
        newest, first = rad.fakta[0]
        found += [
            SearchDocument(f"{rad.adress}#mal-{mal.id}", mal.namn, rad.namn, "mål", mal.kortnamn, _vikt(newest))
            for mal in first.mal
        ]
    for when, items in fakta.items():
        by_board = {report.namnd: report for report in reports[when]}
        for item in items:
            found += _texts(by_board[item.namnd], item, when)
    return found


def _vikt(when: Period) -> int:
    return when.year * 100 + when.month


def _matetal(item: MatetalHistory) -> SearchDocument:
    nu = item.nu
    said = (nu.kortnamn, nu.definition, nu.mal, nu.aktivitet, nu.datakalla, nu.verksamhetsomrade)
    words = " ".join(filter(None, said))
    return SearchDocument(item.adress, nu.namn, item.namnd_namn, "mätetal", words, _vikt(item.period))


def _texts(report: SiteReport, item: Namndfakta, when: Period) -> list[SearchDocument]:
    """What people wrote for a goal, at the goal; for a chapter, at the chapter's page."""
    var, vikt = f"{item.namn} · {report.titel}", _vikt(when)
    found = []
    for mal in item.mal:
        page = report.ankare.get(f"mal-{mal.id}")
        if mal.texter and page:
            words = " ".join(f"{heading} {text}" for heading, text in mal.texter)
            titel = f"Analys: {mal.kortnamn}"
            found.append(SearchDocument(f"{page}#mal-{mal.id}", titel, var, "text", words, vikt))
    chapters = {chapter_id(manifest.kapitel): manifest for manifest in report.kapitel}
    said: dict[str, list[str]] = {}
    for heading, text in item.texter:
        kapitel, _, part = heading.partition(": ")
        said.setdefault(kapitel, []).append(f"{part} {text}")
    for kapitel, texts in said.items():
        if manifest := chapters.get(kapitel):
            adress = report.adress(manifest.kapitel)
            found.append(SearchDocument(adress, manifest.titel, var, "text", " ".join(texts), vikt))
    return found

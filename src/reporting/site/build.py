"""The whole site put together in outputs, as it will lie where it is published: pages, search, downloads, permanent addresses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporting.batch.records import PAGE
from reporting.files import write_whole
from reporting.html import Html
from reporting.params.read import Params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.show.look import look, page_file, template
from reporting.site.accessibility_page import RECEIPT, accessibility_page
from reporting.site.cache import Kept, kept_files
from reporting.site.downloads import figures_of, tables_of_reports
from reporting.site.facts import Namndfakta
from reporting.site.facts_files import as_json
from reporting.site.frame import (
    PREVIEW,
    SOK,
    START,
    TO_START,
    SitePage,
    permanent_page,
    written_page,
    written_start_page,
)
from reporting.site.history import MatetalHistory, histories
from reporting.site.matetal_chart import drawn
from reporting.site.matetal_page import matetal_page
from reporting.site.namnd_page import boards, namnd_page
from reporting.site.report_pages import SiteReport, report_pages, reports_of
from reporting.site.search_index import documents, index_files
from reporting.site.start_page import START_SCRIPT, period_page, start_page
from reporting.swedish import date_in_text

_SITE_FOLDER, KEPT = "webbplats", ".webbplats"
SOK_SCRIPT = "sok.js"
STYLE = ("show/page/page.css", "show/page/pieces.css", "site/page/webb.css", "site/page/sok.css")
FAKTA = "fakta/{}/{}.json"
"""Where the facts of a period and a nämnd lie in a publication, to be held against the next one's."""


@dataclass(frozen=True)
class Site:
    """The site as it lies in outputs.

    folder: with the start page, and below it in PREVIEW the publication's own files; pages: every page of it, from the folder;
    addresses: a folder with the constant page of each permanent address; start: (number, when) → the start page of that publication.
    """

    folder: Path
    pages: tuple[str, ...]
    addresses: Path
    start: Callable[[int, datetime | None], bytes]
    fakta: Mapping[Period, Sequence[Namndfakta]]

    @property
    def publication(self) -> Path:
        """The publication's own files."""
        return self.folder / PREVIEW


Pdfs = Callable[[Sequence[tuple[Path, Path]]], None]


def build(
    root: Root, params: Mapping[Period, Params], fakta: Mapping[Period, Sequence[Namndfakta]], pdfs: Pdfs
) -> Site:
    """Put the site together. params, fakta: of every period that it shows; pdfs: prints (page, pdf) where a pdf is of another page."""
    newest = params[max(params)]
    seen = look(newest.kommun, root.params)
    folder = root.outputs / _SITE_FOLDER
    every = histories(fakta)
    namnder = boards(fakta, every)
    reports = {when: reports_of(root, params[when], fakta[when]) for when in fakta}
    with kept_files(root.outputs / KEPT) as files:
        files_of, pages = _report_pages(root, reports, files, pdfs)
        pages += [period_page(when, items) for when, items in fakta.items()]
        pages += [namnd_page(rad) for rad in namnder]
        goals = {rad.namnd: {mal.id for mal in rad.fakta[0][1].mal} for rad in namnder}
        for historia, bild in zip(every, drawn(every, files), strict=True):
            adress, figures, link = figures_of(historia)
            files_of[adress] = figures
            pages.append(matetal_page(historia, bild, _where(historia, reports), goals[historia.namnd], link))
    search = Html(template("site/page/sok.html.j2").render(register=f"../../{START}#register"))
    told = Html("<p>Bland nämndernas mål, mätetal och det som de har skrivit, i alla perioder.</p>")
    pages.append(SitePage(SOK, "Sök", search, ingress=told, vag=[TO_START], fast=True, skript=SOK_SCRIPT))
    pages.append(accessibility_page(newest.kommun, len(pages) + 2))
    content: dict[str, bytes | Path] = {**files_of, **index_files(documents(fakta, reports, namnder))}
    content |= {page.adress: written_page(newest.kommun, seen.logotyp, page) for page in pages}
    content |= {FAKTA.format(when, item.namnd): as_json(item) for when, items in fakta.items() for item in items}
    content |= {name: page_file(f"site/page/{name}").encode() for name in (START_SCRIPT, SOK_SCRIPT)}
    content["stil.css"] = f"{page_file(*STYLE)}{seen.css}".encode()
    content[RECEIPT] = b"{}\n"  # the check of the pages fills it in

    def start(nummer: int, when: datetime | None) -> bytes:
        published = f"Publicering {nummer}, {date_in_text(when)}" if when else "Förhandsvisning, inte publicerad"
        page = start_page(fakta, namnder, published, f"v/{nummer:04d}/")
        return written_start_page(newest.kommun, seen.logotyp, page, nummer)

    adresser = {page.adress: permanent_page(page.adress) for page in pages if page.fast}
    _write(folder, {PREVIEW + name: item for name, item in content.items()} | {START: start(0, None)} | adresser)
    html = (START, *(PREVIEW + page.adress for page in pages))
    _write(root.outputs / KEPT / "adresser", adresser)
    return Site(folder, html, root.outputs / KEPT / "adresser", start, fakta)


def _report_pages(
    root: Root, reports: Mapping[Period, Sequence[SiteReport]], files: Kept, pdfs: Pdfs
) -> tuple[dict[str, bytes | Path], list[SitePage]]:
    """The pages of all reports, and the files that can be downloaded from them."""
    found: dict[str, bytes | Path] = {}
    pages: list[SitePage] = []
    printed: list[tuple[Path, Path]] = []
    tables, told = tables_of_reports([report for items in reports.values() for report in items], files)
    found |= tables
    for when, items in reports.items():
        ankare = {report.namnd: report.ankare for report in items}
        for report in items:
            pdf = f"{report.fil}.pdf"
            printed.append((root.outputs / report.period / report.namnd / PAGE, root.outputs / KEPT / "pdf" / pdf))
            found[pdf] = printed[-1][1]
            downloads = [(pdf, "Hela rapporten (pdf)"), *told.get(report.mapp, [])]
            pages += report_pages(when, report, ankare, downloads)
    pdfs(printed)
    return found, pages


def _where(historia: MatetalHistory, reports: Mapping[Period, Sequence[SiteReport]]) -> dict[Period, str]:
    """Where each period's report shows the mätetal; its first page where it has no anchor of its own."""
    found = {}
    for when, _ in historia.perioder:
        report = next(item for item in reports[when] if item.namnd == historia.namnd)
        anchor = f"matetal-{historia.nu.id}"
        page = report.ankare.get(anchor)
        found[when] = f"{page}#{anchor}" if page else report.forsta
    return found


def _write(folder: Path, content: Mapping[str, bytes | Path]) -> None:
    """Write what isn't already so, and take away what doesn't belong."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name, item in content.items():
        new = item if isinstance(item, bytes) else item.read_bytes()
        if name not in there or there[name].stat().st_size != len(new) or there[name].read_bytes() != new:
            write_whole(folder / name, new)
    for name in there.keys() - content.keys():
        there[name].unlink()

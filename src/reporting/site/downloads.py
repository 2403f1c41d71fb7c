"""What can be downloaded from the site: a report's tables and the report itself on paper, a mätetal's figures."""

from collections.abc import Sequence
from pathlib import Path

from reporting.html import Html
from reporting.show.table import TableValues
from reporting.site.cache import Kept
from reporting.site.history import MatetalHistory
from reporting.site.report_pages import SiteReport, download_list
from reporting.site.table_files import csv_text, write_csv_zip, write_xlsx
from reporting.swedish import number, shortest
from reporting.warm.parallel import many_at_once

XLSX, CSV = "tabeller.xlsx", "tabeller-csv.zip"


def tables_of_reports(
    reports: Sequence[SiteReport], kept: Kept
) -> tuple[dict[str, Path], dict[str, list[tuple[str, str]]]]:
    """Make files of every table of each report, xlsx and zipped csv: (address from the root of the publication → the file, the report's
    folder → [(address, link text)])."""
    files: dict[str, Path] = {}
    told: dict[str, list[tuple[str, str]]] = {}
    wanted = []
    for report in reports:
        tables = tuple((item.titel, TableValues(**table)) for item in report.kapitel for table in item.tables)
        if not tables:
            continue
        names = [f"{report.fil}-{kind}" for kind in (XLSX, CSV)]
        lacking = [kept.lacks(name, repr(tables).encode()) for name in names]
        xlsx, csv = (kept.path(name) for name in names)
        if any(lacking):
            wanted.append((f"{report.titel}, {report.namn}", tables, xlsx, csv))
        files |= dict(zip(names, (xlsx, csv), strict=True))
        told[report.mapp] = [(names[0], "Alla tabeller (Excel)"), (names[1], "Alla tabeller (csv)")]
    list(many_at_once(_written, wanted))
    return files, told


def _written(wanted: tuple[str, Sequence[tuple[str, TableValues]], Path, Path]) -> None:
    titel, tables, xlsx, csv = wanted
    write_xlsx(xlsx, titel, tables)
    write_csv_zip(csv, tables)


def figures_of(historia: MatetalHistory) -> tuple[str, bytes, Html]:
    """A mätetal's figures as csv, one row per period and kön: (address, content, the link to it)."""
    nu = historia.nu
    headings = ["period", "kön", "utfall", "enhet", "mätt till och med", "målvärde", "status", "fil", "blad", "cell"]
    rows: list[Sequence[str]] = []
    for when, parts, fakta in reversed(historia.varden):
        for kon, item in parts.items():
            value = number(shortest(item.varde)) if item.varde is not None else ""
            day = str(item.matt_till or "")
            said = (fakta.malvarde, str(fakta.status)) if fakta and not kon else ("", "")
            rows.append(
                (str(when), kon or "totalt", value, nu.mattenhet.name, day, *said, item.fil, item.blad, item.cell)
            )
    adress = historia.adress.removesuffix(".html") + ".csv"
    link = download_list(historia.adress, [(adress, "Siffrorna på sidan (csv)")])
    return adress, csv_text(headings, rows).encode(), link

"""What can be downloaded from the site: a report's tables and the report itself on paper, a mätetal's figures."""

from collections.abc import Sequence
from pathlib import Path

from reporting.downloads import csv_text, write_csv_zip, write_xlsx
from reporting.html import Html
from reporting.kept_files import Kept
from reporting.matetal_over_tid import Historia
from reporting.page_tables import Tabell, tables_of
from reporting.records import PAGE
from reporting.root import Root
from reporting.swedish import number
from reporting.webb_rapport import Rapport
from reporting.webb_rapporter import download_list

Files = dict[str, Path]
"""address from the root of the publication → the file."""


def tables_of_report(report: Rapport, kept: Kept) -> tuple[Files, list[tuple[str, str]]]:
    """Every table of a report as xlsx, and as csv in a zip: the files, and (address, what it is)."""
    name = f"{report.mapp}{report.namnd}-{report.period}"
    of = "\0".join(item.html for item in report.kapitel).encode()
    if b"<table" not in of:
        return {}, []

    def tables() -> list[tuple[str, Tabell]]:
        return [(item.titel, table) for item in report.kapitel for table in tables_of(item.html)]

    titel = f"{report.titel}, {report.namn}"
    xlsx = kept.file(f"{name}-tabeller.xlsx", of, lambda path: write_xlsx(path, titel, tables()))
    zipped = kept.file(f"{name}-tabeller-csv.zip", of, lambda path: write_csv_zip(path, tables()))
    files = {f"{name}-tabeller.xlsx": xlsx, f"{name}-tabeller-csv.zip": zipped}
    told = [(f"{name}-tabeller.xlsx", "Alla tabeller (Excel)"), (f"{name}-tabeller-csv.zip", "Alla tabeller (csv)")]
    return files, told


def pdf_of_report(root: Root, report: Rapport) -> tuple[Path, str]:
    """The page that a report is printed from, and the address of the pdf."""
    source = root.outputs / report.period / report.namnd / PAGE
    return source, f"{report.mapp}{report.namnd}-{report.period}.pdf"


def figures_of(historia: Historia) -> tuple[str, bytes, Html]:
    """A mätetal's figures as csv, one row per period and kön: (address, content, the link to it)."""
    nu = historia.nu
    headings = ["period", "kön", "utfall", "enhet", "målvärde", "status", "fil", "blad", "cell"]
    rows: list[Sequence[str]] = []
    for when, parts, fakta in reversed(historia.varden):
        for kon, item in parts.items():
            value = number(item.varde) if item.varde is not None else ""
            said = (fakta.malvarde, str(fakta.status)) if fakta and not kon else ("", "")
            rows.append((str(when), kon or "totalt", value, nu.mattenhet, *said, item.fil, item.blad, item.cell))
    adress = historia.adress.removesuffix(".html") + ".csv"
    link = download_list(historia.adress, [(adress, "Siffrorna på sidan (csv)")])
    return adress, csv_text(headings, rows).encode("utf-8-sig"), link

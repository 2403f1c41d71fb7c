"""The tables of a report to take home: the same rows and numbers as on the page, in Excel, in LibreOffice and as csv."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from reporting.assess.resultat import Status, Trend
from reporting.batch.jobs import jobs_of_page
from reporting.batch.manifests import read_manifest
from reporting.html import Html
from reporting.params.root import Root
from reporting.show.marks import status, trend
from reporting.show.table import SAKNAS, Column, Group, Row, table
from reporting.site.page_tables import Rad, Tabell, tables_of
from reporting.site.printed_numbers import cell_format, plain_number, read_printed
from reporting.site.table_files import BOM, EXPLAINED, GRUPP, INNEHALL, TID, csv_text, write_csv_zip, write_xlsx
from table_text import NBSP, rows

REPORTS = {
    "lulea": ("made_lulea", "2024-12", "socialnamnden"),
    "lulea-plan": ("made_lulea", "2024-12", "socialnamnden/verksamhetsplan"),
    "lulea-kommun": ("made_lulea", "2024-12", "kommun"),
    "exempelkommun": ("made_exempelkommun", "2025-08", "socialnamnden"),
    "exempelkommun-utbildning": ("made_exempelkommun", "2025-08", "utbildningsnamnden"),
    "exempelkommun-utan-utfall": ("made_exempelkommun", "2025-08", "byggnadsnamnden"),
}


@pytest.fixture(params=REPORTS)
def chapters(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """(heading, HTML) of every chapter of a report."""
    return chapters_of(request, request.param)


def chapters_of(request: pytest.FixtureRequest, name: str) -> list[tuple[str, str]]:
    run, period, sida = REPORTS[name]
    root: Root = request.getfixturevalue(run)
    made = [read_manifest(job) for job in jobs_of_page(root, period, sida)]
    return [(item.titel, item.html) for item in made if item]


def in_html(html: str) -> list[tuple[str, list[list[Tag]]]]:
    """(caption, rows of cells) of every table, the rows of group headings aside; read by another library."""
    return [
        (
            words(found.caption),
            [row.find_all(["th", "td"]) for row in found.select("tbody tr:not(.nr-group)")],
        )
        for found in BeautifulSoup(html, "html.parser").select("table.nr-table")
    ]


def words(node: Tag | None) -> str:
    assert node is not None
    return " ".join(node.get_text().split())


def listed(chapters: list[tuple[str, str]]) -> list[tuple[str, Tabell]]:
    return [(titel, found) for titel, html in chapters for found in tables_of(html)]


PRINTED = re.compile(
    r"(?:plats )?([+−]?\d{1,3}(?: \d{3})+(?:,\d+)?|[+−]?\d+(?:,\d+)?)(?: (?:%|[a-zåäö]+|per 100 000 invånare))?"
)
"""A cell that is wholly a number, with or without a unit."""


def number_in(cell: Tag) -> Decimal | None:
    note = cell.find(class_="nr-note")
    said = words(note) if note else ""
    text = words(cell).removesuffix(said).strip() if said.startswith("avser ") else words(cell)
    match = PRINTED.fullmatch(text) if "nr-tal" in (cell.get("class") or []) else None
    return Decimal(match[1].replace(" ", "").replace("−", "-").replace(",", ".")) if match else None


def test_every_row_and_every_printed_number_is_in_the_workbook(chapters: list[tuple[str, str]], tmp_path: Path) -> None:
    write_xlsx(tmp_path / "tabeller.xlsx", "Årsuppföljning 2024", listed(chapters))
    book = openpyxl.load_workbook(tmp_path / "tabeller.xlsx")
    shown = [item for _, html in chapters for item in in_html(html)]
    contents, *sheets = book.worksheets
    assert [contents["A1"].value, contents["A2"].value] == ["Årsuppföljning 2024", EXPLAINED]
    assert [row[0].value for row in contents.iter_rows(min_row=5)] == book.sheetnames[1:]
    assert [row[2].value for row in contents.iter_rows(min_row=5)] == [caption for caption, _ in shown]
    assert [row[3].value for row in contents.iter_rows(min_row=5)] == [len(found) for _, found in shown]
    assert contents["A5"].hyperlink.location == f"'{book.sheetnames[1]}'!A1"
    numbers = 0
    for sheet, (caption, found) in zip(sheets, shown, strict=True):
        assert sheet["A1"].value == caption
        assert sheet["A2"].font.b
        assert sheet.freeze_panes == "A3"
        shift = sheet["A2"].value == GRUPP
        assert sheet.max_row == 2 + len(found)
        times = {cell.column for cell in sheet[2] if str(cell.value).endswith(f", {TID}")}
        for row, cells in zip(sheet.iter_rows(min_row=3), found, strict=True):
            shown_cells = [cell for cell in row[shift:] if cell.column not in times]
            for there, here in zip(shown_cells, cells, strict=False):
                wanted = number_in(here)
                numbers += wanted is not None
                if words(here) in ("", "–"):
                    assert there.value is None
                elif wanted is None:
                    assert isinstance(there.value, str)
                else:
                    assert Decimal(str(there.value)) == wanted, words(here)
    assert book.properties.title == "Årsuppföljning 2024"
    assert numbers > 20 or len(shown) < 10


def test_the_same_rows_are_in_the_csv_files(chapters: list[tuple[str, str]], tmp_path: Path) -> None:
    tables = listed(chapters)
    write_csv_zip(tmp_path / "tabeller.zip", tables)
    with zipfile.ZipFile(tmp_path / "tabeller.zip") as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names]
    assert len({name.lower() for name in names}) == len(tables)
    assert [name for name in names if not re.fullmatch(r"\d\d-[a-z0-9-]+[a-z0-9]\.csv", name)] == []
    for text, (_, found) in zip(texts, tables, strict=True):
        assert text.startswith(BOM)
        head, *body = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";")
        assert [item for item in head if not item.endswith((", enhet", f", {TID}")) and item != GRUPP] == list(
            found.kolumner
        )
        assert len(body) == len(found.rader)
        assert {len(row) for row in body} <= {len(head)}


SWEDISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>sv-SE</value></prop>
</item>
</oor:items>
"""


@pytest.mark.office
def test_libreoffice_shows_every_cell_as_the_page_does(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    chapters = chapters_of(request, "exempelkommun")
    tables = listed(chapters)
    write_xlsx(tmp_path / "tabeller.xlsx", "Delårsuppföljning", tables)
    assert shutil.which("soffice"), "LibreOffice behövs: apt-get install libreoffice-calc-nogui"
    settings = tmp_path / "profil" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SWEDISH, encoding="utf-8")
    as_shown = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1053,false,true,true,false,false,-1"
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"]
    command += ["--convert-to", as_shown, "--outdir", str(tmp_path / "csv"), str(tmp_path / "tabeller.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    files = sorted((tmp_path / "csv").glob("tabeller-[0-9]*.csv"))
    assert len(files) == len(tables) > 20
    for path, (_, found) in zip(files, tables, strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            caption, head, *body = csv.reader(file, delimiter=";")
        grouped = head[0] == GRUPP
        assert caption[0] == found.rubrik
        assert len(body) == len(found.rader)
        for row, rad in zip(body, found.rader, strict=True):
            cells: list[str] = []
            for heading, cell in zip(head, row, strict=True):
                if not heading.endswith(f", {TID}"):
                    cells.append(" ".join(cell.split()))
                elif cell:
                    cells[-1] += f" ({cell})"
            wanted = [
                *([rad.grupp] if grouped else []),
                *("" if cell == "–" else cell for cell in rad.celler),
            ]
            assert cells == wanted


CELLS = (
    status(Status.UPPNATT),
    trend(Trend.FORSAMRAD),
    Html('82,0·%<span class="nr-note">mätt till och med 31 maj</span>'.replace("·", NBSP)),
    f"−3,5{NBSP}mkr",
    SAKNAS,
)


def test_a_table_is_read_as_a_screen_reader_says_it() -> None:
    columns = [Column(name) for name in ("Mått", "Status", "Utveckling")]
    columns += [Column(name, "tal") for name in ("Mätt", "Nu", "Då")]
    html = table(
        Html("Ett &amp; <em>två</em>"),
        columns,
        [Group("A–Ö", (Row(("<b>", *CELLS)),)), Group("", (Row(("x", *CELLS)),))],
    )
    told = ("Uppnått", "Försämrad", "82,0 % (mätt till och med 31 maj)", "−3,5 mkr", "–")
    assert tables_of(f"<h2>Kapitel</h2><table class='dataframe'><tr><td>1</td></tr></table>{html}") == [
        Tabell(
            "Ett & två",
            ("Mått", "Status", "Utveckling", "Mätt", "Nu", "Då"),
            (False, False, False, True, True, True),
            (Rad("A–Ö", ("<b>", *told)), Rad("", ("x", *told))),
        )
    ]
    assert [tables_of(nothing) for nothing in ("", "  ", "<!-- tomt -->", "<p>Text</p>")] == [[], [], [], []]


# as printed | in csv | its unit | the cell's format
NUMBERS = """
56·200                     | 56200    |                      | #,##0;"−"#,##0
0                          | 0        |                      | 0;"−"0
−3,50                      | -3,50    |                      | 0.00;"−"0.00
+7,5                       | 7,5      |                      | "+"0.0;"−"0.0;0.0
82·%                       | 82       | %                    | 0"·%";"−"0"·%"
1·234,5·mkr                | 1234,5   | mkr                  | #,##0.0"·mkr";"−"#,##0.0"·mkr"
plats·12                   | 12       | plats                | "plats·"0;"plats·""−"0
−24 procentenheter         | -24      | procentenheter       | 0" procentenheter";"−"0" procentenheter"
18·per·100·000·invånare    | 18       | per·100·000·invånare | 0"·per·100·000·invånare";"−"0"·per·100·000·invånare"
123456789012345            | 123456789012345 |               | 0;"−"0
"""


@pytest.mark.parametrize(("printed", "plain", "unit", "shown"), rows(NUMBERS))
def test_a_printed_number_is_a_number_that_is_shown_the_same(printed: str, plain: str, unit: str, shown: str) -> None:
    tal = read_printed(printed)
    assert tal is not None
    assert (plain_number(tal.varde), tal.enhet, cell_format(tal)) == (plain, unit, shown)


@pytest.mark.parametrize(
    "text", ["", "–", "tre", "3 av 8", "minst 90 %", "82 % (2023)", "12.750", "1234567890123456", "4 kråkor"]
)
def test_what_is_not_wholly_a_number_stays_text(text: str) -> None:
    assert read_printed(text) is None


def test_a_number_in_a_column_of_text_is_a_name(tmp_path: Path) -> None:
    found = Tabell("År", ("År", "Antal"), (False, True), (Rad("", ("2024", "2024")),))
    write_xlsx(tmp_path / "a.xlsx", "x", [("Kapitel", found)])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    assert [cell.value for cell in sheet[3]] == ["2024", 2024]


HOSTILE = [
    '=HYPERLINK("http://exempel.se";"x")', "+46 70 123", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\ufeff=1", " =1", "＝1",
    "http://exempel.se", "a;b", 'sa "nej"', "två\nrader", "\x00\x07noll", "\ud800", "x" * 40_000, "_x0041_", "'", "{=1}", "📊" * 40,
    "[a]:*?/\\'", "CON", "History",
]  # fmt: skip


def test_a_number_and_the_year_that_it_is_for_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    of_years = (Rad("", ("Fallskador", "2 391 (avser 2024)", "5")), Rad("", ("Plats (avser 2024)", "–", "4 (2)")))
    found = Tabell("År", ("Mått", "Nu", "Då"), (False, True, True), of_years)
    write_xlsx(tmp_path / "a.xlsx", "x", [("Kapitel", found)])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Mått", "Nu", "Nu, tid", "Då"],
        ["Fallskador", 2391, "avser 2024", 5],
        ["Plats (avser 2024)", None, None, "4 (2)"],
    ]
    write_csv_zip(tmp_path / "a.zip", [("Kapitel", found)])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        [name] = archive.namelist()
        assert "Fallskador;2391;avser 2024;5" in archive.read(name).decode()


def test_hostile_text_is_text_everywhere(tmp_path: Path) -> None:
    tables = [
        (text, Tabell(text, (text, "Tal"), (False, True), (Rad(text, (text, text)), Rad("", ("−3,5", "−3,5")))))
        for text in HOSTILE
    ]
    write_xlsx(tmp_path / "a.xlsx", HOSTILE[0], tables)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == len({name.lower() for name in book.sheetnames}) == 1 + len(HOSTILE)
    for sheet in book.worksheets[1:]:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert [cell.value for cell in sheet[4]][1:] == ["−3,5", -3.5]
        assert [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []
    values = [sheet["B3"].value for sheet in book.worksheets[1:]]
    assert values[:4] == HOSTILE[:4]
    assert values[4:9] == ["=1+1", "=1", "=1", "=1", "＝1"]
    assert values[HOSTILE.index("_x0041_")] == "_x0041_"
    assert len(values[HOSTILE.index("x" * 40_000)]) == 32_767

    write_csv_zip(tmp_path / "a.zip", tables)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        read = [
            list(csv.reader(io.StringIO(archive.read(name).decode()[1:], newline=""), delimiter=";")) for name in names
        ]
    assert [name for name in names if not re.fullmatch(r"\d\d-[a-z0-9][a-z0-9-]*\.csv", name)] == []
    assert [found[1][1] for found in read][:5] == [f"'{text}" for text in [*HOSTILE[:4], "=1+1"]]
    assert {found[2][-1] for found in read} == {"-3,5"}
    cells = [cell for found in read for row in found for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r")) or cell in ("-1+1", "+46 70 123")] == []


def test_the_same_tables_give_the_same_bytes(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    tables = listed(chapters_of(request, "lulea"))
    for name in ("a", "b"):
        write_xlsx(tmp_path / f"{name}.xlsx", "Rapport", tables)
        write_csv_zip(tmp_path / f"{name}.zip", tables)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_report_without_tables_is_a_workbook_that_opens(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", "Rapport", [])
    write_csv_zip(tmp_path / "a.zip", [])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [INNEHALL]
    assert zipfile.ZipFile(tmp_path / "a.zip").namelist() == []


PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="\ufeff")).map(
    lambda text: " ".join(text.split(" ")).strip()
)
CELL = PLAIN | st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.none()


@given(
    st.lists(PLAIN, min_size=2, max_size=4).flatmap(
        lambda h: st.tuples(st.just(h), st.lists(st.lists(CELL, min_size=len(h), max_size=len(h))))
    )
)
def test_a_csv_file_gives_back_what_was_put_into_it(made: tuple[list[str], list[list[str | Decimal | None]]]) -> None:
    headings, body = made
    text = csv_text(headings, body)
    assert text.startswith(BOM)
    assert re.search(r"\r\n\Z", text)
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    assert read == [[as_read(cell) for cell in row] for row in [headings, *body]]


def as_read(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    clean = cell or ""
    guarded = clean[:1] in tuple("=+-@＝＋－＠") and not re.fullmatch(r"[+-][0-9]+(,[0-9]+)?", clean)
    return f"'{clean}" if guarded and clean else clean

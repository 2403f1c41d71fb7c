"""The tables of a report to take home: the same rows and numbers as on the page, in Excel, in LibreOffice and as csv."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from built_in_units import UNITS
from reporting.assess.resultat import Status, Trend
from reporting.batch.jobs import jobs_of_page
from reporting.batch.manifests import Manifest, read_manifest
from reporting.html import Html, joined, unfolding
from reporting.params.root import Root
from reporting.show.marks import known_mark, trend
from reporting.show.table import MISSING_MARK, Numbers, TableValues, grouped_table, noted, table
from reporting.site.table_files import (
    BOM,
    EXPLAINED,
    GRUPP,
    INNEHALL,
    TID,
    TableNumber,
    csv_text,
    write_csv_zip,
    write_xlsx,
)
from reporting.swedish import PrintedNumber, number
from reporting.units import amount, difference
from table_text import rows

REPORTS = {
    "lulea": ("made_lulea", "2024-12", "socialnamnden"),
    "lulea-plan": ("made_lulea", "2024-12", "socialnamnden/verksamhetsplan"),
    "lulea-kommun": ("made_lulea", "2024-12", "kommun"),
    "exempelkommun": ("made_exempelkommun", "2025-08", "socialnamnden"),
    "exempelkommun-utbildning": ("made_exempelkommun", "2025-08", "utbildningsnamnden"),
    "exempelkommun-utan-utfall": ("made_exempelkommun", "2025-08", "byggnadsnamnden"),
}


@pytest.fixture(params=REPORTS)
def chapters(request: pytest.FixtureRequest) -> list[Manifest]:
    """Every chapter of a report, as it was made."""
    return chapters_of(request, request.param)


def chapters_of(request: pytest.FixtureRequest, name: str) -> list[Manifest]:
    run, period, sida = REPORTS[name]
    root: Root = request.getfixturevalue(run)
    made = [read_manifest(job) for job in jobs_of_page(root, period, sida)]
    return [item for item in made if item]


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


def listed(chapters: list[Manifest]) -> list[tuple[str, TableValues]]:
    return [(item.titel, TableValues(**found)) for item in chapters for found in item.tables]


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


def test_every_row_and_every_printed_number_is_in_the_workbook(chapters: list[Manifest], tmp_path: Path) -> None:
    write_xlsx(tmp_path / "tabeller.xlsx", "Årsuppföljning 2024", listed(chapters))
    book = openpyxl.load_workbook(tmp_path / "tabeller.xlsx")
    shown = [found for item in chapters for found in in_html(item.html)]
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


def test_the_same_rows_are_in_the_csv_files(chapters: list[Manifest], tmp_path: Path) -> None:
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
            found.columns
        )
        assert len(body) == len(found.rows)
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
        assert caption[0] == found.caption
        assert len(body) == len(found.rows)
        for row, (group, values) in zip(body, found.rows, strict=True):
            cells: list[str] = []
            for heading, cell in zip(head, row, strict=True):
                if not heading.endswith(f", {TID}"):
                    cells.append(" ".join(cell.split()))
                elif cell:
                    cells[-1] += f" ({cell})"
            wanted = [
                *([group] if grouped else []),
                *("" if cell == "–" else as_printed(cell) for cell in values),
            ]
            assert cells == wanted


def as_printed(cell: str | Sequence[str]) -> str:
    """A cell as the page has it, with the time that a number is of."""
    if isinstance(cell, str):
        return cell
    return f"{cell[0]} ({cell[2]})" if cell[2] else cell[0]


CELLS = (
    known_mark(Status.UPPNATT),
    trend(Trend.FORSAMRAD),
    noted(amount(Decimal(82), UNITS["procent"], 1), "mätt till och med 31 maj"),
    difference(Decimal("-3.5"), UNITS["mkr"]),
    MISSING_MARK,
)


def test_the_values_of_a_table_come_along_as_a_screen_reader_says_them() -> None:
    columns = ["Mått", "Status", "Utveckling", *map(Numbers, ("Mätt", "Nu", "Då"))]
    made = grouped_table("Ett & två", columns, [("A–Ö", [("<b>", *CELLS)]), ("", [("x", *CELLS)])])
    told = ["Uppnått", "Försämrad", ("82,0 %", "82.0", "mätt till och med 31 maj"), ("−3,5 mkr", "-3.5", ""), "–"]
    assert made.tables == (
        {
            "caption": "Ett & två",
            "columns": ["Mått", "Status", "Utveckling", "Mätt", "Nu", "Då"],
            "numbers": [False, False, False, True, True, True],
            "rows": [("A–Ö", ["<b>", *told]), ("", ["x", *told])],
        },
    )
    page = joined([Html("<h2>Kapitel</h2>"), unfolding("Visa", made)]) + made
    assert page.tables == (*made.tables, *made.tables)


# a number, and how it is printed | as it is printed | in csv | its unit | the cell's format
NUMBERS = """
number(Decimal(56200))                           | 56 200                  | 56200 |   | #,##0;"−"#,##0
number(Decimal(0), sign=True)                    | 0                       | 0     |   | 0;"−"0
number(Decimal("-3.5"), 2)                       | −3,50                   | -3,50 |   | 0.00;"−"0.00
number(Decimal("7.46"), 1, sign=True)            | +7,5                    | 7,5   |   | "+"0.0;"−"0.0;0.0
amount(Decimal(82), UNITS["procent"])                   | 82 %                    | 82    | % | 0" %";"−"0" %"
amount(Decimal("1234.5"), UNITS["mkr"])                 | 1 234,5 mkr             | 1234,5 | mkr | #,##0.0" mkr";"−"#,##0.0" mkr"
amount(Decimal(12), UNITS["plats"])                     | plats 12                | 12    | plats | "plats "0;"plats ""−"0
difference(Decimal(-24), UNITS["procent"])              | −24 procentenheter      | -24   | procentenheter | 0" procentenheter";"−"0" procentenheter"
difference(Decimal(3), UNITS["mkr"])                    | +3 mkr                  | 3     | mkr | "+"0" mkr";"−"0" mkr";0" mkr"
amount(Decimal(18), UNITS["per 100 000 invånare"])      | 18 per 100 000 invånare | 18    | per 100 000 invånare | 0" per 100 000 invånare";"−"0" per 100 000 invånare"
"""  # noqa: E501


@pytest.mark.parametrize(("made", "printed", "plain", "unit", "shown"), rows(NUMBERS))
def test_a_printed_number_is_a_number_that_is_shown_the_same(
    made: str, printed: str, plain: str, unit: str, shown: str
) -> None:
    known = {"number": number, "amount": amount, "difference": difference, "Decimal": Decimal, "UNITS": UNITS}
    value: PrintedNumber = eval(made, known)  # noqa: S307 - from the table above
    [found] = table("Ett tal", ["Vad", Numbers("Hur")], [("x", value)]).tables
    text, digits, _ = found["rows"][0][1][1]
    tal = TableNumber(Decimal(digits), text)
    assert (text, csv_text([""], [[tal.varde]]).split()[-1], tal.enhet, tal.format) == (printed, plain, unit, shown)


def test_what_is_not_wholly_a_number_stays_text(tmp_path: Path) -> None:
    told = ["tre", "3 av 8", "minst 90 %", f"{amount(Decimal(82), UNITS['procent'])} (2023)", number(Decimal(10**15))]
    [found] = table("Text", ["Vad", Numbers("Hur")], [("x", cell) for cell in told]).tables
    write_xlsx(tmp_path / "a.xlsx", "x", [("Kapitel", TableValues(**found))])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    shown = ["tre", "3 av 8", "minst 90 %", "82 % (2023)", "1 000 000 000 000 000"]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == shown


def whole(count: int) -> PrintedNumber:
    return number(Decimal(count))


def test_a_number_in_a_column_of_text_is_a_name(tmp_path: Path) -> None:
    [made] = table("År", ["År", Numbers("Antal")], [(whole(24), whole(24))]).tables
    found = TableValues(**made)
    write_xlsx(tmp_path / "a.xlsx", "x", [("Kapitel", found)])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    assert [cell.value for cell in sheet[3]] == ["24", 24]


HOSTILE = [
    '=HYPERLINK("http://exempel.se";"x")', "+46 70 123", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\ufeff=1", " =1", "＝1",
    "http://exempel.se", "a;b", 'sa "nej"', "två\nrader", "\x00\x07noll", "\ud800", "x" * 40_000, "_x0041_", "'", "{=1}", "📊" * 40,
    "[a]:*?/\\'", "CON", "History",
]  # fmt: skip


def test_a_number_and_the_year_that_it_is_for_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    now = noted(number(Decimal(2391)), "avser 2024")
    of_years = [("Fallskador", now, whole(5)), (noted("Plats", "avser 2024"), MISSING_MARK, "4 (2)")]
    [made] = table("År", ["Mått", Numbers("Nu"), Numbers("Då")], of_years).tables
    found = TableValues(**made)
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


MINUS = ("−3,5", "-3.5", "")


def test_hostile_text_is_text_everywhere(tmp_path: Path) -> None:
    tables = [
        (text, TableValues(text, (text, "Tal"), (False, True), ((text, (text, text)), ("", ("−3,5", MINUS)))))
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

"""Earlier outcomes, from data/historik.xlsx and from the folders of earlier periods: what is read, and what is wrong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from deliveries import Row, write_history, write_workbook

from conftest import EXEMPELKOMMUN
from reporting.assess.underlag import load, read_underlag
from reporting.faults import Fault
from reporting.params.plan import Plan
from reporting.params.read import read_params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.historik import read_history
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.reading.utfall import Leverans
from table_text import rows

PLAN = Plan.model_validate({
    "namnd": "testnamnden",
    "plan": "Plan 2024",
    "galler": [2024],
    "namndsmal": [
        {
            "id": "mal",
            "namn": "Ett mål",
            "matetal": [
                {"id": "andel", "namn": "En andel", "mattenhet": "procent", "malvarde": "minst 90 %"},
                {"id": "antal", "namn": "Ett antal", "mattenhet": "antal", "malvarde": "minst 10", "kon": ["kvinnor", "män"]},
            ],
            "aktiviteter": [
                {
                    "id": "cafe",
                    "namn": "Ett kafé",
                    "matetal": [{"id": "besok", "namn": "Besök", "mattenhet": "antal", "malvarde": "minst 50"}],
                }
            ],
        }
    ],
})  # fmt: skip
AUGUST, YEAR_END = Period(2024, 8), Period(2024, 12)


def table(text: str) -> list[Row]:
    """Rows of historik.xlsx, from a table with its headings first; empty cells are left out."""
    headings, *lines = rows(text)
    return [{name: cell for name, cell in zip(headings, line, strict=True) if cell} for line in lines]


def root_with(folder: Path, text: str) -> Root:
    """A root whose historik.xlsx holds this table."""
    (folder / "data").mkdir()
    write_history(folder / "data" / "historik.xlsx", table(text))
    return Root(folder, folder / "data", folder / "outputs")


def delivered(root: Root, period: str, *matetal: Row, name: str = "utfall.xlsx") -> None:
    """A workbook in the folder of an earlier period."""
    write_workbook(root.data / period / "testnamnden" / name, {"nämnd": "testnamnden", "period": period}, matetal)


def change(root: Root, ref: str, value: str | None) -> None:
    """Type a value into a cell of historik.xlsx."""
    path = root.data / "historik.xlsx"
    book = openpyxl.load_workbook(path)
    book["Historik"][ref] = value
    book.save(path)


def read(root: Root, period: Period = AUGUST, wanted: Period | None = None) -> tuple[Leverans, Leverans, list[Fault]]:
    return read_history(root, PLAN, period, wanted or period.year_before)


def told(leverans: Leverans) -> list[tuple[str, ...]]:
    """Every outcome as text, in the order that it was read."""
    return [(str(u.period), u.matetal, u.kon, str(u.varde or u.saknas), u.cell) for u in leverans.utfall]


HISTORY = """
nämnd        | id    | mätetal   | kön     | 2022-08 | 2022-12 | 2023-08 | 2023-12
testnamnden  | andel | En andel  |         | 81 %    | 82,5 %  | 83 %    |
testnamnden  | antal | Ett antal |         | 6       | 9       |         | 11
testnamnden  | antal | Ett antal | Kvinnor | 4       |         |         | 7
testnamnden  | besok | Besök     |         |         | 40      |         |
testnamnden  | nedlagt | Nedlagt |         | 1       | 1       | 1       | 1
grannnamnden | andel | En andel  |         | 12 %    | 12 %    | 12 %    | 12 %
"""


def test_every_cell_is_an_outcome_of_its_period(tmp_path: Path) -> None:
    _, everything, faults = read(root_with(tmp_path, HISTORY))
    assert faults == []
    assert told(everything) == rows("""
        2022-08 | andel |         | 81.00 | E2
        2022-12 | andel |         | 82.500 | F2
        2023-08 | andel |         | 83.00 | G2
        2022-08 | antal |         | 6     | E3
        2022-12 | antal |         | 9     | F3
        2023-12 | antal |         | 11    | H3
        2022-08 | antal | kvinnor | 4     | E4
        2023-12 | antal | kvinnor | 7     | H4
        2022-12 | besok |         | 40    | F5
    """)
    assert {(u.fil, u.blad) for u in everything.utfall} == {("data/historik.xlsx", "Historik")}
    assert [fil.fil for fil in everything.filer] == ["data/historik.xlsx"]


def test_rows_of_other_namnder_and_ids_that_the_plan_has_dropped_are_left_out(tmp_path: Path) -> None:
    _, everything, faults = read(root_with(tmp_path, HISTORY))
    assert faults == []
    assert {u.matetal for u in everything.utfall} == {"andel", "antal", "besok"}
    assert Decimal(12) not in {u.varde for u in everything.utfall}


def test_a_faulty_cell_of_another_namnd_or_a_dropped_matetal_is_not_this_ones_fault(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    change(root, "E6", "inte ett tal")
    change(root, "E7", "inte ett tal")
    assert read(root)[2] == []


def test_the_compared_period_is_taken_from_historik_where_it_has_no_folder(tmp_path: Path) -> None:
    compared, _, faults = read(root_with(tmp_path, HISTORY), AUGUST, Period(2023, 8))
    assert faults == []
    assert told(compared) == rows("2023-08 | andel | | 83.00 | G2")


def test_the_compared_period_is_put_together_from_its_folder_and_historik(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2023-08", {"id": "antal", "utfall": "8"})
    compared, _, faults = read(root, AUGUST, Period(2023, 8))
    assert faults == []
    assert [(u.matetal, str(u.varde), u.fil) for u in compared.utfall] == [
        ("andel", "83.00", "data/historik.xlsx"),
        ("antal", "8", "data/2023-08/testnamnden/utfall.xlsx"),
    ]


def test_a_page_compares_with_historik_where_there_is_no_folder(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    path = root.data / "2024-08" / "socialnamnden"
    for workbook in path.glob("*.xlsx"):
        workbook.unlink()
    cell = {"nämnd": "socialnamnden", "id": "halsosamtal", "2024-08": "123"}
    write_history(root.data / "historik.xlsx", [cell])
    resultat = load("2025-08", "socialnamnden", str(root.folder)).resultat
    before = {r.matetal.id: r.tidigare_varde for r in resultat.matetal}
    assert before["halsosamtal"] == 123
    assert set(before.values()) == {Decimal(123), None}


FOLDERS = ("2021-12", "2022-04", "2022-08", "2022-12", "2023-04", "2023-08", "2023-12", "2024-04", "2024-08")


@pytest.mark.parametrize(
    ("period", "wanted", "expected"),
    rows("""
    2024-08 | 2023-08 | 2021-12 2022-08 2022-12 2023-08 2023-12
    2024-04 | 2023-04 | 2021-12 2022-04 2022-12 2023-04 2023-12
    2024-08 | 2022-04 | 2021-12 2022-04 2022-08 2022-12 2023-08 2023-12
    2024-12 | 2023-12 | 2023-12
    2024-12 | 2023-08 | 2023-08
    2022-08 | 2021-08 | 2021-12
    """),
)
def test_which_folders_are_read(period: str, wanted: str, expected: str, tmp_path: Path) -> None:
    """At a delår its own month and December of every earlier year; at the year's end only the compared period."""
    root = Root(tmp_path, tmp_path / "data", tmp_path / "outputs")
    for number, folder in enumerate(FOLDERS, start=1):
        delivered(root, folder, {"id": "antal", "utfall": str(number)})
    (root.data / "2023-06").mkdir()  # no reporting period, and nobody's fault here
    compared, everything, faults = read(root, Period.parse(period), Period.parse(wanted))
    assert faults == []
    assert [str(u.period) for u in everything.utfall] == expected.split()
    assert {str(u.period) for u in compared.utfall} == {wanted} & set(expected.split())
    assert len(everything.filer) == len(expected.split())


def test_what_is_not_before_the_period_is_not_known_yet(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2023-12", {"id": "andel", "utfall": "84 %"})
    _, everything, faults = read(root, Period(2023, 8), Period(2022, 8))
    assert faults == []
    assert {str(u.period) for u in everything.utfall} == {"2022-08", "2022-12"}


def test_a_reason_may_stand_in_a_period(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    change(root, "H2", "För få svar")
    _, everything, faults = read(root)
    assert faults == []
    [without] = [u for u in everything.utfall if u.varde is None]
    assert (without.matetal, str(without.period), without.saknas, without.text, without.cell) == (
        "andel", "2023-12", "för få svar", "För få svar", "H2",
    )  # fmt: skip


def test_without_historik_and_folders_there_is_nothing_and_no_fault(tmp_path: Path) -> None:
    root = Root(tmp_path, tmp_path / "data", tmp_path / "outputs")
    assert read(root) == (Leverans(), Leverans(), [])


# What is wrong


def test_a_value_in_both_places_is_a_fault_that_names_both_cells(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2022-08", {"id": "antal", "utfall": "6", "kvinnor": "4"})
    _, _, faults = read(root)
    assert [str(fault) for fault in faults] == [
        "data/historik.xlsx, blad Historik, cell E3\n"
        "  Där står: «6». Väntat: ett utfall som bara står på ett ställe; det står också i "
        "data/2022-08/testnamnden/utfall.xlsx, cell B2.\n"
        "  Gör så här: töm den ena cellen.",
        "data/historik.xlsx, blad Historik, cell E4\n"
        "  Där står: «4». Väntat: ett utfall som bara står på ett ställe; det står också i "
        "data/2022-08/testnamnden/utfall.xlsx, cell C2.\n"
        "  Gör så här: töm den ena cellen.",
    ]


def test_the_compared_period_of_a_year_end_stands_in_one_place_too(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2023-12", {"id": "antal", "utfall": "11"})
    _, _, faults = read(root, YEAR_END)
    assert [(fault.plats, fault.stod) for fault in faults] == [("blad Historik, cell H3", "11")]


def test_an_empty_cell_in_a_periods_workbook_leaves_room_for_historik(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2022-08", {"id": "antal", "kommentar": "se historiken"}, {"id": "besok", "utfall": "35"})
    _, everything, faults = read(root)
    assert faults == []
    values = {
        u.matetal: str(u.varde) for u in everything.utfall if u.period == Period(2022, 8) and u.varde and not u.kon
    }
    assert values == {"andel": "81.00", "antal": "6", "besok": "35"}


# what is typed | in which cell | the message, whole
FAULTS = {
    "a sex that isn't one": (
        "flickor och pojkar", "D4",
        "data/historik.xlsx, blad Historik, cell D4\n"
        "  Där står: «flickor och pojkar». Väntat: en av kvinnor, män, flickor, pojkar, par, eller en tom cell.\n"
        "  Gör så här: rätta ordet.",
    ),
    "text where a number should be": (
        "ca 6", "E3",
        "data/historik.xlsx, blad Historik, cell E3\n"
        "  Där står: «ca 6». Väntat: ett antal, eller orsaken till att utfall saknas ("
        f"{', '.join(SAKNAS_ORSAKER)}); talet i texten är 6.\n"
        "  Gör så här: skriv bara talet, och resten i kolumnen kommentar.",
    ),
    "another unit": (
        "6 %", "E3",
        "data/historik.xlsx, blad Historik, cell E3\n"
        "  Där står: «6 %». Väntat: ett antal.\n"
        "  Gör så här: räkna om talet, eller rätta mattenhet i planen.",
    ),
    "the same period twice": (
        "2022-08", "F1",
        "data/historik.xlsx, blad Historik, cell F1\n"
        "  Där står: «2022-08». Väntat: varje rubrik en gång.\n"
        "  Gör så här: ta bort den ena kolumnen.",
    ),
    "no column for nämnd": (
        "", "A1",
        "data/historik.xlsx, blad Historik\n"
        "  Väntat: en kolumn med rubriken nämnd på rad 1.\n"
        "  Gör så här: lägg till kolumnen.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_where_what_and_how(name: str, tmp_path: Path) -> None:
    value, ref, message = FAULTS[name]
    root = root_with(tmp_path, HISTORY)
    change(root, ref, value or None)
    assert [str(fault) for fault in read(root)[2]] == [message]


@pytest.mark.parametrize("heading", ["2022-06", "2022", "augusti 2022", "2022-13", "22-08"])
def test_a_column_that_is_no_period_is_a_fault(heading: str, tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    change(root, "E1", heading)
    [fault] = read(root)[2]
    assert (fault.fil, fault.plats, fault.stod) == ("data/historik.xlsx", "blad Historik, cell E1", heading)
    assert fault.vantat.startswith("en av rubrikerna nämnd, id, mätetal, kön, kommentar")


def test_a_column_that_is_no_period_is_told_that_periods_may_stand_there(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    change(root, "E1", "2022-06")
    [fault] = read(root)[2]
    assert "period" in fault.vantat


def test_a_workbook_without_the_sheet(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    path = root.data / "historik.xlsx"
    book = openpyxl.load_workbook(path)
    book["Historik"].title = "Blad1"
    book.save(path)
    assert [str(fault) for fault in read(root)[2]] == [
        "data/historik.xlsx\n  Där står: «Blad1». Väntat: bladet Historik.\n  Gör så här: lägg till bladet, se handboken."
    ]


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "historik.xlsx").write_text("nämnd;id", encoding="utf-8")
    [fault] = read(Root(tmp_path, tmp_path / "data", tmp_path / "outputs"))[2]
    assert (fault.fil, fault.vantat) == (
        "data/historik.xlsx",
        "en Excel-arbetsbok (.xlsx); filen innehåller något annat",
    )


def test_a_row_twice_in_historik_is_a_fault(tmp_path: Path) -> None:
    """Which of the two is meant can't be known."""
    root = root_with(tmp_path, HISTORY + "testnamnden | antal | Ett antal | | 60 | | |\n")
    faults = read(root)[2]
    assert [fault.plats for fault in faults] == ["blad Historik, cell E8"]
    assert "data/historik.xlsx, cell E3" in faults[0].vantat


def test_an_earlier_period_may_have_sheets_that_only_a_chapter_of_the_kommuns_own_reads(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    delivered(root, "2024-08", {"id": "antal", "utfall": "12"})
    path = next((root.data / "2024-08" / "testnamnden").glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    book.create_sheet("Synpunkter").append(["verksamhet", "antal"])
    book.save(path)
    compared, _, faults = read(root, Period(2025, 8), Period(2024, 8))
    assert faults == []
    assert [str(u.varde) for u in compared.utfall] == ["12"]


def test_a_month_that_excel_has_made_a_day_is_still_a_period(tmp_path: Path) -> None:
    root = root_with(tmp_path, HISTORY)
    before = told(read(root)[1])
    path = root.data / "historik.xlsx"
    book = openpyxl.load_workbook(path)
    for cell in book["Historik"][1]:
        if str(cell.value).startswith("20"):
            year, month = map(int, str(cell.value).split("-"))
            cell.value = date(year, month, 1)
    book.save(path)
    assert (told(read(root)[1]), read(root)[2]) == (before, [])


def test_the_amounts_of_the_same_month_last_year_are_read_to_be_held_against(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    now = root.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx"
    book = openpyxl.load_workbook(now)
    for name in book.sheetnames:
        if name not in ("Om leveransen", "Drift"):
            del book[name]
    sheet = book["Drift"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, headings["utfall"]).value = sheet.cell(row, headings["föregående år"]).value
    sheet.cell(2, headings["utfall"]).value = 9
    sheet.cell(3, headings["budget"]).value = "se bilaga"  # what is wrong in an earlier period was told then
    om = book["Om leveransen"]
    [period] = [row[1] for row in om.iter_rows() if row[0].value == "period"]
    period.value = "2024-08"
    book.save(root.data / "2024-08" / "socialnamnden" / "drift.xlsx")
    params, faults = read_params(root.params, Period(2025, 8))
    assert params
    underlag, faults = read_underlag(root, params, faults, "socialnamnden")
    assert underlag
    told = [(notis.plats, notis.iakttagelse) for notis in underlag.notiser if "i fjol" in notis.iakttagelse]
    where = f"blad Drift, cell {sheet.cell(2, headings['föregående år']).coordinate}"
    assert (faults, [plats for plats, _ in told]) == ([], [where])

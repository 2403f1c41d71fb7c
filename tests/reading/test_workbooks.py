"""Outcome workbooks as people send them: what is read, and what each fault says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from deliveries import write_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from built_in_units import UNITS
from reporting.excel.open import RawCell
from reporting.faults import Fault, Faults
from reporting.params.blad import Blad
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.context import Delivery
from reporting.reading.read import read_workbooks
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.reading.utfall import Leverans
from reporting.reading.values import read_value
from reporting.units import MKR
from table_text import cases, rows

PERIOD = Period(2024, 12)
PLAN = Plan.model_validate(
    {
        "namnd": "testnamnden",
        "plan": "Plan 2024",
        "galler": [2024],
        "namndsmal": [
            {
                "id": "mal",
                "namn": "Ett mål",
                "matetal": [
                    {"id": "andel", "namn": "En andel", "mattenhet": "procent", "malvarde": "minst 90 %"},
                    {
                        "id": "antal",
                        "namn": "Ett antal",
                        "mattenhet": "antal",
                        "malvarde": "minst 10",
                        "kon": ["kvinnor", "män"],
                    },
                    {"id": "kostnad", "namn": "En kostnad", "mattenhet": "tkr", "malvarde": "högst 500"},
                ],
                "kvalitativa_matt": [{"id": "dialog", "namn": "Dialog har förts"}],
                "aktiviteter": [
                    {
                        "id": "ett-nummer",
                        "namn": "Ett telefonnummer in",
                        "matetal": [
                            {"id": "vantetid", "namn": "Väntetid", "mattenhet": "dagar", "malvarde": "högst 3"}
                        ],
                    }
                ],
            }
        ],
    }
)
GOOD = [
    {"id": "andel", "utfall": "82 %"},
    {"id": "antal", "utfall": "12", "kvinnor": "7", "män": "5"},
    {"id": "kostnad", "utfall": "480"},
]


def delivered(
    folder: Path, change: Callable[[openpyxl.Workbook], None] | None = None, name: str = "utfall.xlsx"
) -> Path:
    """A good workbook in `folder`, changed as somebody might have changed it in Excel."""
    path = folder / name
    om = {"nämnd": "testnamnden", "period": "2024-12", "verksamhetsområde": "Område A"}
    write_workbook(path, om, GOOD, [{"id": "dialog", "svar": "Ja"}])
    if change:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    return path


def read(folder: Path, **options: object) -> tuple[Leverans, list[Fault]]:
    return read_workbooks(folder, "data", PERIOD, PLAN, **options)  # type: ignore[arg-type]


def matetal(change: Callable[[Worksheet], None]) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: change(book["Mätetal"])


def put(ref: str, value: object, number_format: str | None = None) -> Callable[[openpyxl.Workbook], None]:
    """The one change of writing `value` in a cell of Mätetal."""

    def change(book: openpyxl.Workbook) -> None:
        cell = book["Mätetal"][ref]
        cell.value = value  # type: ignore[assignment]
        if number_format:
            cell.number_format = number_format

    return change


def test_a_good_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    delivered(tmp_path)
    leverans, faults = read(tmp_path)
    assert faults == []
    made = [(u.matetal, u.kon, str(u.varde and u.varde.to_integral_value()), u.cell) for u in leverans.utfall]
    assert made == rows("""
        andel   |         | 82  | B2
        antal   |         | 12  | B3
        antal   | kvinnor | 7   | C3
        antal   | män     | 5   | D3
        kostnad |         | 480 | B4
    """)
    assert [(s.matt, s.svar, s.cell) for s in leverans.svar] == [("dialog", "ja", "B2")]
    assert [fil.fil for fil in leverans.filer] == ["data/utfall.xlsx"]


# what is typed | cell format | read as
TYPED = """
82           | General | 82
0.82         | 0%      | 82
0.8225       | 0.00%   | 82.25
1.0          | 0%      | 100
0            | General | 0
82 %         | text    | 82
82,5         | text    | 82.5
82,00%       | text    | 82.00
"""


@pytest.mark.parametrize(("typed", "number_format", "expected"), rows(TYPED))
def test_a_share_is_read_as_it_is_typed(typed: str, number_format: str, expected: str, tmp_path: Path) -> None:
    value = typed if number_format == "text" else float(typed)
    delivered(tmp_path, put("B2", value, None if number_format == "text" else number_format))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert leverans.utfall[0].varde == Decimal(expected)


# what stands in utfall | in anmärkning | why the value is missing
MISSING = """
För få svarande                          |                   | för få svar
Ny nationell indikator                   |                   | ny indikator
Utfall kommer under första kvartalet 2025 |                  | utfall kommer senare
                                         | ej mätt ännu      | ej mätt ännu
-                                        | Ej jämförbart     | ej jämförbart
Skyddad uppgift                          |                   | skyddad uppgift
                                         |                   |
"""


@pytest.mark.parametrize(("utfall", "remark", "reason"), rows(MISSING))
def test_a_missing_value_has_its_reason_and_is_never_0(utfall: str, remark: str, reason: str, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E1"] = "anmärkning"
        sheet["B2"], sheet["E2"] = utfall or None, remark or None

    delivered(tmp_path, matetal(change))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert leverans.utfall[0].varde is None
    assert (leverans.utfall[0].saknas or "") == reason
    assert leverans.utfall[0].text == (remark or utfall)


def misnamed(book: openpyxl.Workbook) -> None:
    book.create_sheet("Investering").append(["vad", "hur mycket"])


def of_two_kinds(book: openpyxl.Workbook) -> None:
    book.create_sheet("Blad1").append(["id", "enhet", "utfall", "kommentar"])


def other_period(book: openpyxl.Workbook) -> None:
    book["Om leveransen"]["B2"] = "2024-08"


def other_namnd(book: openpyxl.Workbook) -> None:
    book["Om leveransen"]["B1"] = "barnnamnden"


def no_om(book: openpyxl.Workbook) -> None:
    del book["Om leveransen"]


def twice(sheet: Worksheet) -> None:
    sheet.append(["antal", 13])


def without_id(sheet: Worksheet) -> None:
    sheet["A2"] = None


def heading(sheet: Worksheet) -> None:
    sheet["B1"] = "utfal"


def bad_answer(book: openpyxl.Workbook) -> None:
    book["Kvalitativa mått"]["B2"] = "Delvist"


def late_day(sheet: Worksheet) -> None:
    sheet["E1"], sheet["E2"] = "mätt till och med", "2025-01-15"


def odd_remark(sheet: Worksheet) -> None:
    sheet["E1"], sheet["B2"], sheet["E2"] = "anmärkning", None, "fråga Lena"


REASONS = ", ".join(SAKNAS_ORSAKER)
VALUE = f"{{}}, eller orsaken till att utfall saknas ({REASONS})"
SHEETS = (
    "Om leveransen, Mätetal, Kvalitativa mått, Aktiviteter, Uppdrag, Granskningar, Internkontroll, Privata utförare, "
    "Personal, Drift, Investeringar, Verksamhetsområden"
)
COLUMNS = (
    "id, mätetal, enhet, målvärde, utfall, kvinnor, män, flickor, pojkar, par, antal svar, mätt till och med, anmärkning, "
    "kommentar"
)

FAULTS: dict[str, tuple[Callable[[openpyxl.Workbook], None], tuple[str, str, str, str]]] = {
    "text in a number cell": (
        put("B3", "cirka 80"),
        (
            "blad Mätetal, cell B3",
            "cirka 80",
            VALUE.format("ett antal") + "; talet i texten är 80",
            "skriv bara talet, och resten i kolumnen kommentar",
        ),
    ),
    "an error value": (
        put("B3", "#N/A"),
        ("blad Mätetal, cell B3", "#N/A", VALUE.format("ett antal"), "rätta formeln som ger felet, eller skriv talet"),
    ),
    "a formula without a value": (
        put("B3", "=SUM(C3:D3)"),
        (
            "blad Mätetal, cell B3",
            "=SUM(C3:D3)",
            VALUE.format("ett antal"),
            "öppna filen i Excel så att formeln räknas, och spara; eller skriv talet",
        ),
    ),
    "a dash without a reason": (
        put("B3", "-"),
        ("blad Mätetal, cell B3", "-", VALUE.format("ett antal"), "skriv orsaken i stället, eller i kolumnen anmärkning"),
    ),
    "a share that may be 0,82 or 82 per cent": (
        put("B2", 0.82, "General"),
        ("blad Mätetal, cell B2", "0,82", "en andel: 0,82\u00a0% eller 82\u00a0%?", "skriv talet med procenttecken"),
    ),
    "per cent where a count is asked for": (
        put("B3", 0.5, "0%"),
        ("blad Mätetal, cell B3", "50 %", "ett antal, inte en andel", "ta bort procentformatet och skriv talet"),
    ),
    "another unit": (
        put("B4", "0,5 mkr"),
        ("blad Mätetal, cell B4", "0,5 mkr", "ett tal i tkr", "räkna om talet, eller rätta mattenhet i planen"),
    ),
    "an unknown id": (
        put("A3", "antall"),
        ("blad Mätetal, cell A3", "antall", "ett mätetal i planen", "rätta id:t. Menade du «antal»?"),
    ),
    "a row without id": (
        matetal(without_id),
        ("blad Mätetal, cell A2", "", "mätetalets id ur planen", "skriv id, eller töm raden"),
    ),
    "the same id twice": (
        matetal(twice),
        ("blad Mätetal, cell A5", "antal", "varje mätetal en gång; det står redan i cell A3", "ta bort den ena raden"),
    ),
    "a sex that the plan doesn't split by": (
        put("C2", 5),
        ("blad Mätetal, cell C2", "5", "en tom cell: planen delar inte andel på kvinnor", "töm cellen, eller ändra kon i planen"),
    ),
    "a misspelt heading": (
        matetal(heading),
        ("blad Mätetal, cell B1", "utfal", f"en av rubrikerna {COLUMNS}", "rätta rubriken eller ta bort kolumnen. Menade du «utfall»?"),
    ),
    "a sheet whose name is almost one of ours": (
        misnamed,
        (
            "blad Investering",
            "",
            f"ett av bladen {SHEETS}",
            "rätta bladets namn eller ta bort det. Menade du «Investeringar»?",
        ),
    ),
    "a sheet with the columns of two of ours": (
        of_two_kinds,
        ("blad Blad1", "", f"ett av bladen {SHEETS}", "rätta bladets namn eller ta bort det."),
    ),
    "another period": (
        other_period,
        ("blad Om leveransen, cell B2", "2024-08", "2024-12", "rätta cellen, eller lägg filen i rätt mapp"),
    ),
    "another namnd": (
        other_namnd,
        ("blad Om leveransen, cell B1", "barnnamnden", "testnamnden", "rätta cellen, eller lägg filen i rätt mapp"),
    ),
    "no Om leveransen": (no_om, ("", "", "bladet Om leveransen, med nämnd och period", "lägg till bladet, se handboken")),
    "an answer that is none": (
        bad_answer,
        ("blad Kvalitativa mått, cell B2", "Delvist", "Ja, Delvis eller Nej", "skriv ett av orden. Menade du «Delvis»?"),
    ),
    "measured after the period": (
        matetal(late_day),
        (
            "blad Mätetal, cell E2",
            "2025-01-15",
            "en dag senast 2024-12-31",
            "rätta dagen, eller lämna utfallet i en senare period",
        ),
    ),
    "a reason that isn't one": (
        matetal(odd_remark),
        ("blad Mätetal, cell E2", "fråga Lena", f"orsaken till att utfall saknas: {REASONS}", "skriv en av orsakerna"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_where_what_and_how(name: str, tmp_path: Path) -> None:
    change, (plats, stod, vantat, atgard) = FAULTS[name]
    delivered(tmp_path, change)
    _, faults = read(tmp_path)
    told = [(fault.fil, fault.plats, fault.stod, fault.vantat, fault.atgard) for fault in faults]
    assert told == [("data/utfall.xlsx", plats, stod, vantat, atgard)]


def test_an_aktivitets_own_matetal_stands_among_the_others(tmp_path: Path) -> None:
    delivered(tmp_path, matetal(lambda sheet: sheet.append(["vantetid", 4])))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [(u.matetal, u.varde, u.cell) for u in leverans.utfall][-1] == ("vantetid", Decimal(4), "B5")


def test_a_workbook_may_hold_further_sheets_only(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        del book["Mätetal"], book["Kvalitativa mått"]
        sheet = book.create_sheet("Drift")
        sheet.append(["id", "utfall", "enhet"])
        sheet.append(["nettokostnader", 812.5, "mkr"])

    delivered(tmp_path, change)
    leverans, faults = read(tmp_path)
    assert (faults, leverans.utfall, leverans.svar) == ([], (), ())
    [rad] = leverans.blad("drift")
    assert (rad.id, rad["utfall"].tal, rad["utfall"].enhet) == ("nettokostnader", Decimal("812.5"), MKR)


def test_a_sheet_that_params_blad_defines_is_read_and_named(tmp_path: Path) -> None:
    own = Blad.model_validate(
        {
            "id": "synpunkter",
            "blad": "Synpunkter",
            "kolumner": [{"namn": "slag"}, {"namn": "antal", "innehall": "antal"}],
        }
    )

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Synpunkter")
        sheet.append(["Slag", "Antal"])
        sheet.append(["Klagomål", 42])

    delivered(tmp_path, change)
    leverans, faults = read(tmp_path, blad=(*PROGRAM_SHEETS, own))
    assert (faults, leverans.notiser) == ([], ())
    assert [(rad.id, rad["antal"].tal) for rad in leverans.blad("synpunkter")] == [("Klagomål", Decimal(42))]


def test_the_same_figures_in_two_workbooks_pass(tmp_path: Path) -> None:
    delivered(tmp_path, name="a.xlsx")
    delivered(tmp_path, name="Kopia av a (2).xlsx")
    leverans, faults = read(tmp_path)
    assert faults == []
    assert len(leverans.utfall) == 5


def test_different_figures_in_two_workbooks_name_both_cells(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Mätetal"]["B2"], book["Mätetal"]["C3"] = "83 %", None
        book["Mätetal"]["B4"] = "För få svar"
        book["Kvalitativa mått"]["B2"] = "Nej"

    delivered(tmp_path, name="a.xlsx")
    delivered(tmp_path, change, name="b.xlsx")
    leverans, faults = read(tmp_path)
    told = [(f.plats, f.stod, f.vantat.replace("\u00a0", " ")) for f in faults]
    same = "samma utfall på båda ställena"
    assert told == [
        ("blad Mätetal, cell B2", "83\u00a0%", f"{same}; 82 % står i data/a.xlsx, cell B2"),
        ("blad Mätetal, cell B4", "För få svar", f"{same}; något annat står i data/a.xlsx, cell B4"),
        ("blad Kvalitativa mått, cell B2", "Nej", "samma svar på båda ställena; Ja står i data/a.xlsx, cell B2"),
    ]
    assert [(u.kon, u.varde, u.fil) for u in leverans.utfall if u.kon == "kvinnor"] == [
        ("kvinnor", Decimal(7), "data/a.xlsx")
    ]


def test_what_only_one_of_two_workbooks_says_is_kept(tmp_path: Path) -> None:
    om = {"nämnd": "testnamnden", "period": "2024-12"}
    write_workbook(
        tmp_path / "a.xlsx", om, [{"id": "kostnad", "kommentar": "Preliminärt"}, {"id": "andel", "utfall": "82 %"}]
    )
    write_workbook(tmp_path / "b.xlsx", om, [{"id": "kostnad", "utfall": "480", "kommentar": "Efter bokslut"}])
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [(u.matetal, u.varde, u.kommentar, u.fil) for u in leverans.utfall] == [
        ("kostnad", Decimal(480), "Efter bokslut\n\nPreliminärt", "data/b.xlsx"),
        ("andel", Decimal(82), "", "data/a.xlsx"),
    ]


def test_a_workbook_that_was_expected_but_did_not_come(tmp_path: Path) -> None:
    _, faults = read(tmp_path, expected=("utfall-hsv.xlsx",))
    assert faults == [
        Fault(
            "data/utfall-hsv.xlsx",
            "",
            "arbetsboken, som params/2024-12.yml räknar upp",
            "lägg filen i mappen, eller ta bort den ur arbetsbocker",
        )
    ]


def test_history_may_hold_ids_that_a_later_plan_has_dropped(tmp_path: Path) -> None:
    delivered(tmp_path, put("A3", "nedlagt-matetal"))
    leverans, faults = read(tmp_path, historik=True)
    assert faults == []
    assert {u.matetal for u in leverans.utfall} == {"andel", "kostnad"}


def test_history_is_outcomes_only(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Uppdrag")
        sheet.append(["id", "status"])
        sheet.append(["nedlagt-uppdrag", "Klar"])

    delivered(tmp_path, change)
    leverans, faults = read(tmp_path, historik=True)
    assert (faults, leverans.rader, len(leverans.utfall)) == ([], (), 5)
    _, faults = read(tmp_path)
    assert [(f.plats, f.stod) for f in faults] == [("blad Uppdrag, cell A2", "nedlagt-uppdrag")]


def broken(name: str, path: Path) -> None:
    """A file that is no workbook, each in its own way."""
    if name == "old format":
        path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    elif name == "password":
        path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"))
    elif name == "empty":
        path.touch()
    elif name == "text":
        path.write_text("id;utfall", encoding="utf-8")
    elif name == "cut off":
        path.write_bytes(delivered(path.parent, name="hel.xlsx").read_bytes()[:2000])
        (path.parent / "hel.xlsx").unlink()
    elif name == "zip of something else":
        with ZipFile(path, "w") as archive:
            archive.writestr("hej.txt", "hej")
    elif name == "zip bomb":
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", bytes(150_000_000))
    elif name == "macros":
        delivered(path.parent, name=path.name)
        with ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")


@pytest.mark.parametrize(
    ("name", "vantat"),
    rows("""
    old format             | en Excel-arbetsbok (.xlsx); filen är i ett gammalt format (.xls)
    password               | en arbetsbok utan lösenord
    empty                  | en Excel-arbetsbok (.xlsx); filen är tom
    text                   | en Excel-arbetsbok (.xlsx); filen innehåller något annat
    cut off                | en hel Excelfil; den här är skadad eller avbruten
    zip of something else  | en Excel-arbetsbok (.xlsx); filen innehåller något annat
    zip bomb               | en arbetsbok med utfall; den här är för stor
    macros                 | en arbetsbok utan makron
    """),
)
def test_a_file_that_is_no_workbook_is_one_clear_line(name: str, vantat: str, tmp_path: Path) -> None:
    broken(name, tmp_path / "utfall.xlsx")
    _, faults = read(tmp_path)
    assert [(f.fil, f.vantat) for f in faults] == [("data/utfall.xlsx", vantat)]


def test_cells_far_away_are_told_and_never_reached(tmp_path: Path) -> None:
    delivered(tmp_path, put("XFD1048576", "långt bort"))
    _, faults = read(tmp_path)
    assert [(f.plats, f.vantat) for f in faults] == [
        ("blad Mätetal, cell XFD1048576", "högst 2 000 rader och 40 kolumner")
    ]


def test_lock_files_are_passed_over_and_other_formats_named(tmp_path: Path) -> None:
    delivered(tmp_path)
    (tmp_path / "~$utfall.xlsx").write_bytes(b"Lena")
    (tmp_path / "utfall.ods").write_bytes(b"PK")
    _, faults = read(tmp_path)
    assert [(f.fil, f.vantat) for f in faults] == [("data/utfall.ods", "en Excel-arbetsbok (.xlsx)")]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    om = {"nämnd": "testnamnden", "period": "2024-12"}
    write_workbook(tmp_path / "u.xlsx", om, [{"id": "antal", "utfall": "12", "kommentar": "=HYPERLINK(A1)"}])
    leverans, faults = read(tmp_path)
    assert (faults, leverans.utfall[0].kommentar) == ([], "=HYPERLINK(A1)")


def test_a_hundred_per_cent_typed_as_1_is_asked_about(tmp_path: Path) -> None:
    delivered(tmp_path, put("B2", 1, "General"))
    _, faults = read(tmp_path)
    assert [fault.vantat for fault in faults] == ["en andel: 1\u00a0% eller 100\u00a0%?"]


def test_a_typed_unit_is_kept_for_the_reader_to_see(tmp_path: Path) -> None:
    om = {"nämnd": "testnamnden", "period": "2024-12"}
    write_workbook(tmp_path / "u.xlsx", om, [{"id": "kostnad", "utfall": "0,5 mkr"}])
    _, faults = read(tmp_path)
    assert [(fault.stod, fault.vantat) for fault in faults] == [("0,5 mkr", "ett tal i tkr")]


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("B3:B4")


def two_utfall(sheet: Worksheet) -> None:
    sheet["E1"], sheet["E2"] = "utfall", 99


def far_down(sheet: Worksheet) -> None:
    sheet["A2001"] = "andel"


# what was done to the workbook | place | what was expected
LOST = {
    "merged cells": (matetal(merged), "blad Mätetal, cell B3:B4", "celler som inte är sammanslagna"),
    "the same heading twice": (matetal(two_utfall), "blad Mätetal, cell E1", "varje rubrik en gång"),
    "a row below all rows that are read": (
        matetal(far_down),
        "blad Mätetal, cell A2001",
        "högst 2 000 rader och 40 kolumner",
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_nothing_that_somebody_wrote_is_lost_in_silence(name: str, tmp_path: Path) -> None:
    change, plats, vantat = LOST[name]
    delivered(tmp_path, change)
    _, faults = read(tmp_path)
    assert (plats, vantat) in [(fault.plats, fault.vantat) for fault in faults]


@pytest.mark.parametrize(
    ("number_format", "expected"), [('0" %"', "58"), ("0\\ \\%", "58"), ("0.00%", "5800"), ("0%", "5800")]
)
def test_a_percent_sign_in_quotes_is_only_a_character(number_format: str, expected: str, tmp_path: Path) -> None:
    delivered(tmp_path, put("B2", 58, number_format))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert leverans.utfall[0].varde == Decimal(expected)


def test_a_folder_that_is_named_like_a_workbook_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "utfall.xlsx").mkdir()
    _, faults = read(tmp_path)
    assert [fault.vantat for fault in faults] == ["en fil; det här är en mapp"]


def test_a_message_shows_a_number_as_excel_does(tmp_path: Path) -> None:
    delivered(tmp_path, put("B3", 58.5, '0" %"'))
    _, faults = read(tmp_path)
    assert [(fault.stod, fault.vantat) for fault in faults] == [("58,5", "ett antal")]
    delivered(tmp_path, put("C2", 58, '0" %"'))
    _, faults = read(tmp_path)
    assert [fault.stod for fault in faults] == ["58"]


def test_what_binary_arithmetic_leaves_at_the_end_of_a_number_is_no_part_of_it(tmp_path: Path) -> None:
    delivered(tmp_path, put("B4", 0.1 + 0.2))
    delivered(tmp_path, put("B4", 0.3), name="b.xlsx")
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [u.varde for u in leverans.utfall if u.matetal == "kostnad"] == [Decimal("0.3")]


@pytest.mark.parametrize("typed", [1e308, "9" * 100, -1, 2.5, "två", True])
def test_how_many_answered_is_a_whole_number_that_somebody_can_have_counted(typed: object, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E2"] = "antal svar", typed  # type: ignore[assignment]

    delivered(tmp_path, matetal(change))
    _, faults = read(tmp_path)
    assert [fault.vantat for fault in faults] == ([] if typed == "två" else ["ett helt antal"])


def test_the_workbook_of_another_plan_is_one_fault_and_not_a_hundred(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for number in range(100):
            sheet.append([f"okand-{number}", 1])

    delivered(tmp_path, matetal(change))
    _, faults = read(tmp_path)
    assert [(fault.plats, fault.stod, fault.vantat) for fault in faults] == [
        (
            "blad Mätetal, cell A5",
            "okand-0",
            "ett mätetal i planen, en gång; 99 rader till är fel på samma sätt",
        )
    ]


def test_a_workbook_without_sheets_is_a_fault(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            book.remove(sheet)
        book.create_chartsheet("Diagram")

    delivered(tmp_path, change)
    _, faults = read(tmp_path)
    assert [fault.vantat for fault in faults] == ["bladet Om leveransen, med nämnd och period", "bladet Mätetal"]


def test_the_empty_cells_that_excel_writes_around_a_csv_table_are_nothing(tmp_path: Path) -> None:
    lines = ["id;utfall" + ";" * 60, "antal;12" + ";" * 60, *[";" * 61] * 3_000]
    (tmp_path / "utfall.csv").write_text("\r\n".join(lines), encoding="utf-8")
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [(u.matetal, u.varde, u.cell) for u in leverans.utfall] == [("antal", Decimal(12), "B2")]


@pytest.mark.parametrize(
    ("day", "number_format", "expected"),
    [
        (date(2024, 11, 1), "mmm-yy", "2024-11-30"),
        (date(2024, 11, 1), "yyyy-mm", "2024-11-30"),
        (date(2024, 11, 1), "yyyy-mm-dd", "2024-11-01"),
        ("2024-11", "@", "2024-11-30"),
        (45657, "General", "2024-12-31"),
    ],
)
def test_a_month_is_measured_to_its_last_day(day: object, number_format: str, expected: str, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E2"] = "mätt till och med", day  # type: ignore[assignment]
        sheet["E2"].number_format = number_format

    delivered(tmp_path, matetal(change))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert str(leverans.utfall[0].matt_till) == expected


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("per 100 000 invånare", "ca 12", "ett tal per 100 000 invånare"),
        ("medelvärde", "ca 12", "ett medelvärde"),
        ("plats", "ca 12", "en plats i en rangordning"),
        ("dagar", "ca 12", "ett tal i dagar"),
    ],
)
def test_what_is_expected_is_said_in_swedish_whatever_the_unit(
    unit: str, value: str, shown: str, tmp_path: Path
) -> None:
    delivered(tmp_path, put("B3", value))
    changed = PLAN.model_dump(mode="json")
    changed["namndsmal"][0]["matetal"][1]["mattenhet"] = unit
    for goal in changed["namndsmal"]:
        for item in [*goal["matetal"], *(m for a in goal["aktiviteter"] for m in a["matetal"])]:
            for key in ("ackumulerad", "enkat"):
                item[key] = "ja" if item[key] else "nej"
    _, faults = read_workbooks(tmp_path, "data", PERIOD, Plan.model_validate(changed))
    assert [fault.vantat.split(",")[0] for fault in faults] == [shown]


CASES = [case for case in cases("outcomes.tsv") if case["type"] not in ("qualitative", "status")]
UNITS_IN_CASES = {"%": "procent", "": "antal", "per 100 000 inv": "per 100 000 invånare", "skala 1-6": "medelvärde"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['verbatim']}")
def test_what_follow_ups_hold_typed_in_a_cell_is_the_value_the_reason_or_a_fault(case: dict[str, str]) -> None:
    unit = UNITS[UNITS_IN_CASES.get(case["unit"], case["unit"])]
    delivery = Delivery(Faults("data/utfall.xlsx", "Mätetal"), "testnamnden", PERIOD, PLAN, historik=False)
    cell = RawCell("C2", case["verbatim"] or None)
    value, reason = read_value(delivery, cell, RawCell("E2", None), unit, enligt_planen=True)
    if case["type"] == "number":
        assert (value, delivery.faults.found) == (Decimal(case["value"]), [])
    elif case["type"] in ("missing-empty", "missing-text"):
        assert (value, delivery.faults.found) == (None, [])
        assert bool(reason) == (case["type"] == "missing-text")
    else:
        assert (value, reason) == (None, None)
        [fault] = delivery.faults.found
        assert (fault.plats, fault.stod) == ("blad Mätetal, cell C2", case["verbatim"])


# what the cell holds, in days | its format | the mätetal's unit | what is shown | what to do
TIMES = """
1.5      | [h]:mm    | timmar  | 36:00    | skriv 36, och formatera cellen som tal
0.104166 | [h]:mm    | timmar  | 2:30     | skriv 2,5, och formatera cellen som tal
0.104166 | h:mm      | minuter | 2:30     | skriv 150 eller 2,5, och formatera cellen som tal
0.001736 | [mm]:ss   | minuter | 2:30     | skriv 2,5, och formatera cellen som tal
1.5      | h:mm      | timmar  | 12:00    | skriv talet, och formatera cellen som tal
1.5      | [h]:mm:ss | dagar   | 36:00:00 | skriv talet, och formatera cellen som tal
"""


@pytest.mark.parametrize(("days", "number_format", "unit", "shown", "action"), rows(TIMES))
def test_a_number_that_is_shown_as_a_time_is_told_with_what_to_write(
    days: str, number_format: str, unit: str, shown: str, action: str
) -> None:
    delivery = Delivery(Faults("data/utfall.xlsx", "Mätetal"), "testnamnden", PERIOD, PLAN, historik=False)
    cell = RawCell("C2", timedelta(days=float(days)), number_format)
    assert read_value(delivery, cell, None, UNITS[unit], enligt_planen=True) == (None, None)
    [fault] = delivery.faults.found
    assert (fault.stod, fault.vantat, fault.atgard) == (shown, f"ett tal i {unit}; cellen visar en tid", action)


def above_headings(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate([rows[1], rows[0], *rows[2:]], start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)


def value_and_reason(sheet: Worksheet) -> None:
    sheet["E1"], sheet["B3"], sheet["E3"] = "anmärkning", 0, "ej mätt ännu"


def other_unit(sheet: Worksheet) -> None:
    sheet["E1"], sheet["E4"] = "enhet", "mkr"


def second_table(sheet: Worksheet) -> None:
    for row in (["id", "utfall"], ["andel", "82 %"]):
        sheet.append(row)


def last_year(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Föregående år")
    for row in (["id", "utfall"], ["andel", "71 %"]):
        sheet.append(row)
    book["Mätetal"]["B2"] = None


def raised(book: openpyxl.Workbook) -> None:
    font = InlineFont(vertAlign="superscript")
    book["Mätetal"]["B3"] = CellRichText("14", TextBlock(font, "2"))


EITHER = "antingen ett tal, eller orsaken till att det saknas"
# what was done to the workbook | place | what was expected
MISREAD = {
    "rows above their headings": (matetal(above_headings), "blad Mätetal, cell B1", "inga tal ovanför rubrikerna, som står på rad 2"),
    "a number and a reason for none": (matetal(value_and_reason), "blad Mätetal, cell E3", EITHER),
    "another unit than the plan's": (matetal(other_unit), "blad Mätetal, cell E4", "tkr, som i planen"),
    "a unit in the format": (put("B4", 480, '#,##0" mkr"'), "blad Mätetal, cell B4", "ett tal i tkr"),
    "thousands that the format hides": (put("B4", 480000, "#,##0,"), "blad Mätetal, cell B4", "ett tal som visas som det är"),
    "a share for some numbers only": (put("B2", 82, "[<=1]0%;0"), "blad Mätetal, cell B2", "ett tal som visas som det är"),
    "a second table": (matetal(second_table), "blad Mätetal, cell A5", "en enda tabell på bladet"),
    "last year's sheet beside this year's": (last_year, "blad Föregående år", "ett enda blad Mätetal; bladet Mätetal är det redan"),
    "a footnote mark in a number": (raised, "blad Mätetal, cell B3", "ett tal utan upphöjda tecken"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISREAD)
def test_what_could_be_read_as_another_figure_is_asked_about(name: str, tmp_path: Path) -> None:
    change, plats, vantat = MISREAD[name]
    delivered(tmp_path, change)
    leverans, faults = read(tmp_path)
    assert (plats, vantat) in [(fault.plats, fault.vantat) for fault in faults]
    assert not [u for u in leverans.utfall if u.varde in (Decimal(71), Decimal(142))]


def test_a_new_indicator_may_have_both_a_value_and_the_remark(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E3"] = "anmärkning", "Ny indikator"

    delivered(tmp_path, matetal(change))
    assert read(tmp_path)[1] == []


def test_years_that_a_program_writes_with_decimals_are_years(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Personal")
        for row in (["id", 2024.0], ["sjukfranvaro", "7,1 %"]):
            sheet.append(row)

    delivered(tmp_path, change)
    leverans, faults = read(tmp_path)
    assert (faults, leverans.blad("personal")[0].ar[2024].tal) == ([], Decimal("7.1"))


@pytest.mark.parametrize("ref", ["$A$1:$B$2", "A1:B99999999999999999999", "A1:ZZZZZZ9", "hej"])
def test_a_merge_that_is_none_is_a_damaged_file(ref: str, tmp_path: Path) -> None:
    path = delivered(tmp_path, matetal(merged))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'ref="B3:B4"', f'ref="{ref}"'.encode()))
    _, faults = read(tmp_path)
    assert [fault.vantat for fault in faults] == ["en hel Excelfil; den här är skadad eller avbruten"]


def test_what_other_programs_keep_beside_the_workbook_is_not_looked_at(tmp_path: Path) -> None:
    path = delivered(tmp_path)
    with ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16"))
    leverans, faults = read(tmp_path)
    assert (faults, len(leverans.utfall)) == ([], 5)


def test_a_comment_is_read_as_it_is_shown(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E2"], sheet["E3"], sheet["E4"] = "kommentar", 12.5, True, "två_x000D_\nrader"

    delivered(tmp_path, matetal(change))
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [u.kommentar for u in leverans.utfall if not u.kon] == ["12,5", "SANT", "två\nrader"]
    delivered(tmp_path, matetal(lambda sheet: (change(sheet), sheet.__setitem__("E4", "=A1&1"))[0]))
    assert [(fault.plats, fault.vantat) for fault in read(tmp_path)[1]] == [("blad Mätetal, cell E4", "en text")]


def test_a_csv_file_from_an_old_mac_is_told(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_bytes("id;utfall;kommentar\nandel;82 %;Fler söker på våren\n".encode("mac_roman"))
    _, faults = read(tmp_path)
    assert [fault.fil for fault in faults] == ["data/u.csv"]
    assert "text" in faults[0].vantat

"""The sheets besides Mätetal and Kvalitativa mått: what is read from real workbooks, and what each fault says."""

import re
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from deliveries import Row, write_workbook
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import EXEMPELKOMMUN
from reporting.assess.underlag import load
from reporting.faults import Fault
from reporting.params.blad import (
    DRIFT,
    GRANSKNINGAR,
    INVESTERINGAR,
    PERSONAL,
    PRIVATA_UTFORARE,
    UPPDRAG,
    Blad,
)
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.plan import Plan
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.read import read_workbooks
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.reading.utfall import Cell, Leverans
from reporting.show.chapters import ekonomi
from reporting.units import KR
from table_text import rows
from tiers import many

OM = {"nämnd": "testnamnden", "period": "2024-12"}
PLAN = Plan.model_validate({
    "namnd": "testnamnden",
    "plan": "Plan 2024",
    "galler": [2024],
    "namndsmal": [],
    "uppdrag": [{"id": "nattbuss", "namn": "Utred en nattbuss"}, {"id": "bad", "namn": "Utred ett bad"}],
    "kontrollmoment": [{"id": "attest", "namn": "Rätt attest"}],
})  # fmt: skip
SYNPUNKTER = Blad.model_validate({
    "id": "synpunkter",
    "blad": "Synpunkter",
    "kolumner": [
        {"namn": "verksamhet", "kravs": "ja"},
        {"namn": "antal", "innehall": "antal", "kravs": "ja"},
        {"namn": "besvarade i tid", "innehall": "procent"},
        {"namn": "läge", "innehall": ["Öppna", "Avslutade"]},
        {"namn": "senast", "innehall": "dag"},
    ],
})  # fmt: skip

Written = tuple[Blad, Sequence[Row]]


def write(folder: Path, *written: Written, name: str = "utfall.xlsx") -> Path:
    """A workbook with these sheets, as the program's own writer makes it."""
    write_workbook(folder / name, OM, [], [], written)
    return folder / name


def typed(folder: Path, sheet: str, *lines: Sequence[object], formats: dict[str, str] | None = None) -> None:
    """A workbook with one sheet beside Om leveransen, cell by cell as somebody typed it in Excel."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    om, made = book.create_sheet("Om leveransen"), book.create_sheet(sheet)
    for label in OM.items():
        om.append(label)
    for line in lines:
        made.append(list(line))
    for ref, number_format in (formats or {}).items():
        made[ref].number_format = number_format
    book.save(folder / "utfall.xlsx")


def read(folder: Path) -> tuple[Leverans, list[Fault]]:
    return read_workbooks(folder, "data", Period(2024, 12), PLAN, blad=(*PROGRAM_SHEETS, SYNPUNKTER))


def delivered(folder: Path, *written: Written) -> Leverans:
    """What is read of the sheets, in which there shall be nothing wrong."""
    write(folder, *written)
    leverans, faults = read(folder)
    assert faults == []
    return leverans


def shown(cell: Cell) -> str:
    """A number as the page prints it: with its decimals and its unit."""
    return f"{cell.tal:.{cell.decimaler}f} {cell.enhet}" if cell.tal is not None else cell.saknas or cell.text


# What is read


def test_a_row_is_read_cell_by_cell(tmp_path: Path) -> None:
    row = {
        "granskning": "Brandtillsyn", "slag": "Tillsyn", "av": "Räddningstjänsten", "ärende": "2024/17", "antal": "3",
        "läge": "Pågår", "utfall": "Två av tre utan anmärkning",
    }  # fmt: skip
    leverans = delivered(tmp_path, (GRANSKNINGAR, [row]))
    [rad] = leverans.blad("granskningar")
    assert (rad.id, rad.fil) == ("Brandtillsyn", "data/utfall.xlsx")
    assert [(name, shown(cell), cell.cell) for name, cell in rad.celler.items()] == rows("""
        granskning | Brandtillsyn               | A2
        slag       | Tillsyn                    | B2
        av         | Räddningstjänsten          | C2
        ärende     | 2024/17                    | D2
        antal      | 3 antal                    | E2
        läge       | Pågår                      | F2
        utfall     | Två av tre utan anmärkning | G2
    """)


@pytest.mark.parametrize(
    ("written", "word"),
    rows("""
    Klar        | Klar
    klar        | Klar
    KLAR        | Klar
    ej påbörjad | Ej påbörjad
    """),
)
def test_a_word_to_choose_is_read_however_it_is_capitalised(written: str, word: str, tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (UPPDRAG, [{"id": "bad", "status": written}]))
    assert leverans.blad("uppdrag")[0]["status"].text == word


@pytest.mark.parametrize("unit", ["kr", "tkr", "mkr", "MKR"])
def test_an_amount_is_in_the_unit_that_its_row_says(unit: str, tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (DRIFT, [{"id": "resultat", "utfall": "8", "budget": "−7,5", "enhet": unit}]))
    [rad] = leverans.blad("drift")
    assert (shown(rad["utfall"]), shown(rad["budget"])) == (f"8 {unit.lower()}", f"-7.5 {unit.lower()}")
    assert rad["helårsprognos"] == Cell("")


@pytest.mark.parametrize(("written", "unit"), rows("Mnkr | mkr\nkkr | tkr\nkronor | kr"))
def test_a_unit_is_read_as_people_write_it(written: str, unit: str, tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (DRIFT, [{"id": "resultat", "utfall": "8", "enhet": written}]))
    [rad] = leverans.blad("drift")
    assert (shown(rad["utfall"]), rad["enhet"].text) == (f"8 {unit}", unit)


def test_rows_of_one_sheet_may_have_units_of_their_own(tmp_path: Path) -> None:
    lines = [
        {"kostnad": "Hemtjänst", "utfall": "9,4", "enhet": "mkr"},
        {"kostnad": "LSS", "utfall": "870", "enhet": "tkr"},
    ]
    leverans = delivered(tmp_path, (PRIVATA_UTFORARE, lines))
    assert [shown(rad["utfall"]) for rad in leverans.blad("privata-utforare")] == ["9.4 mkr", "870 tkr"]


def test_a_unit_in_the_cell_may_say_the_same_as_the_column(tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (DRIFT, [{"id": "resultat", "utfall": "8 tkr", "enhet": "tkr"}]))
    assert shown(leverans.blad("drift")[0]["utfall"]) == "8 tkr"


# what is typed | the cell's format | how it is printed
DECIMALS = """
8,00       | as a person types | 8.00
9,4        | as a person types | 9.4
−12,50     | as a person types | -12.50
1 234      | as a person types | 1234
8.741      | General           | 8.74
8.5        | General           | 8.5
8          | General           | 8
8.741      | 0.0               | 8.7
8.0        | 0.00              | 8.00
1234.5     | #,##0             | 1234
8,00       | text              | 8.00
9,4        | text              | 9.4
8.0        | #,##0.00\\ "kr"   | 8.00
8.5        | #,##0.00;[Red]-#,##0.00 | 8.50
"""


@pytest.mark.parametrize(("value", "number_format", "expected"), rows(DECIMALS))
def test_a_number_keeps_the_decimals_that_its_cell_shows(
    value: str, number_format: str, expected: str, tmp_path: Path
) -> None:
    if number_format == "as a person types":
        write(tmp_path, (DRIFT, [{"id": "resultat", "utfall": value, "enhet": "mkr"}]))
    elif number_format == "text":
        typed(tmp_path, "Drift", ("id", "utfall", "enhet"), ("resultat", value, "mkr"))
    else:
        line = ("resultat", float(value), "mkr")
        typed(tmp_path, "Drift", ("id", "utfall", "enhet"), line, formats={"B2": number_format})
    leverans, faults = read(tmp_path)
    assert faults == []
    assert shown(leverans.blad("drift")[0]["utfall"]) == f"{expected} mkr"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    rows("""
    9,57 % | as a person types | 9.57 procent
    8,0 %  | as a person types | 8.0 procent
    0.0957 | 0.0%              | 9.6 procent
    0.5    | 0%                | 50 procent
    58     | General           | 58 procent
    """),
)
def test_a_share_is_per_cent(value: str, number_format: str, expected: str, tmp_path: Path) -> None:
    if number_format == "as a person types":
        write(tmp_path, (SYNPUNKTER, [{"verksamhet": "Hemtjänst", "antal": "3", "besvarade i tid": value}]))
    else:
        headings = ("verksamhet", "antal", "besvarade i tid")
        typed(tmp_path, "Synpunkter", headings, ("Hemtjänst", 3, float(value)), formats={"C2": number_format})
    leverans, faults = read(tmp_path)
    assert faults == []
    assert shown(leverans.blad("synpunkter")[0]["besvarade i tid"]) == expected


def test_years_are_columns_and_a_dash_or_nothing_says_that_there_is_no_figure(tmp_path: Path) -> None:
    lines = [
        {"id": "sjukfranvaro", "2024": "8,76 %", "2023": "8,14 %", "2022": "-", "2021": "9,0 %"},
        {"id": "tillsvidare", "2024": "3 029", "2023": "", "2022": "2988", "2021": "–"},
    ]
    leverans = delivered(tmp_path, (PERSONAL, lines))
    made = {rad.id: {year: shown(cell) for year, cell in rad.ar.items()} for rad in leverans.blad("personal")}
    assert made == {
        "sjukfranvaro": {2024: "8.76 procent", 2023: "8.14 procent", 2022: "ingen uppgift", 2021: "9.0 procent"},
        "tillsvidare": {2024: "3029 antal", 2023: "ingen uppgift", 2022: "2988 antal", 2021: "ingen uppgift"},
    }


def test_a_day_is_read_as_a_day(tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (SYNPUNKTER, [{"verksamhet": "LSS", "antal": "1", "senast": "30 november 2024"}]))
    assert str(leverans.blad("synpunkter")[0]["senast"].dag) == "2024-11-30"


@pytest.mark.parametrize("lines", [[("id", "uppdrag", "status")], []], ids=["only headings", "nothing at all"])
def test_a_sheet_without_rows_is_nothing_delivered(lines: list[tuple[str, ...]], tmp_path: Path) -> None:
    typed(tmp_path, "Uppdrag", *lines)
    leverans, faults = read(tmp_path)
    assert (leverans.rader, faults) == ((), [])


def test_a_reason_may_stand_where_a_number_should(tmp_path: Path) -> None:
    leverans = delivered(tmp_path, (SYNPUNKTER, [{"verksamhet": "LSS", "antal": "För få svar"}]))
    [rad] = leverans.blad("synpunkter")
    assert (rad["antal"].tal, rad["antal"].saknas) == (None, "för få svar")


AMOUNTS = st.builds(
    lambda sign, whole, decimals, share: (sign, whole, f"{share:02d}"[:decimals]),
    st.sampled_from(["", "-", "−"]),
    st.integers(0, 10**10),
    st.integers(0, 2),
    st.integers(0, 99),
)


@pytest.mark.parametrize("as_text", [False, True], ids=["as numbers", "as text"])
@settings(max_examples=many(25, 1000), deadline=None)
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=10), space=st.sampled_from(["", " ", "\u00a0"]))
@example(amounts=[("", 8, "00"), ("", 9, "4"), ("−", 0, "50")], space="")
def test_an_amount_is_read_back_as_it_was_written(
    as_text: bool, amounts: list[tuple[str, int, str]], space: str
) -> None:
    written = [f"{sign}{whole:,}".replace(",", space) + (f",{part}" if part else "") for sign, whole, part in amounts]
    lines = [(f"Investering {n}", text, "mkr") for n, text in enumerate(written)]
    columns = ("investering", "utfall", "enhet")
    with tempfile.TemporaryDirectory() as folder:
        if as_text:
            typed(Path(folder), "Investeringar", columns, *lines)
        else:
            write(Path(folder), (INVESTERINGAR, [dict(zip(columns, line, strict=True)) for line in lines]))
        leverans, faults = read(Path(folder))
    assert faults == []
    cells = [rad["utfall"] for rad in leverans.blad("investeringar")]
    expected = [Decimal(f"{'-' if sign else ''}{whole}.{part or 0}") for sign, whole, part in amounts]
    assert [(cell.tal, cell.decimaler) for cell in cells] == [
        (value, len(part)) for value, (_, _, part) in zip(expected, amounts, strict=True)
    ]


# What is wrong

HEADINGS_OF_DRIFT = (
    "id, post, utfall, föregående år, budget, avvikelse, helårsprognos, enhet, kommentar"
)  # fmt: skip
KNOWN_SHEETS = (
    "Om leveransen, Mätetal, Kvalitativa mått, Aktiviteter, Uppdrag, Granskningar, Internkontroll, Privata utförare, "
    "Personal, Drift, Investeringar, Verksamhetsområden, Synpunkter"
)
REASONS = ", ".join(SAKNAS_ORSAKER)

# what is wrong | the sheet | its rows | the message, whole
FAULTS: dict[str, tuple[str, list[tuple[object, ...]], str]] = {
    "a word that isn't one of them": (
        "Uppdrag",
        [("id", "status"), ("bad", "Vilande")],
        "data/utfall.xlsx, blad Uppdrag, cell B2\n"
        "  Där står: «Vilande». Väntat: status: Ej påbörjad, Pågående, Klar eller Försenad.\n"
        "  Gör så här: skriv ett av orden.",
    ),
    "a word that is nearly one of them": (
        "Uppdrag",
        [("id", "status"), ("bad", "Försenat")],
        "data/utfall.xlsx, blad Uppdrag, cell B2\n"
        "  Där står: «Försenat». Väntat: status: Ej påbörjad, Pågående, Klar eller Försenad.\n"
        "  Gör så här: skriv ett av orden. Menade du «Försenad»?",
    ),
    "a near word in capitals": (
        "Uppdrag",
        [("id", "status"), ("bad", "FÖRSENAT")],
        "data/utfall.xlsx, blad Uppdrag, cell B2\n"
        "  Där står: «FÖRSENAT». Väntat: status: Ej påbörjad, Pågående, Klar eller Försenad.\n"
        "  Gör så här: skriv ett av orden. Menade du «Försenad»?",
    ),
    "a unit that isn't kronor": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultat", 8, "euro")],
        "data/utfall.xlsx, blad Drift, cell C2\n"
        "  Där står: «euro». Väntat: enhet: mkr, tkr eller kr.\n"
        "  Gör så här: skriv ett av orden.",
    ),
    "per cent in a column of amounts": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultat", "8 %", "mkr")],
        "data/utfall.xlsx, blad Drift, cell B2\n"
        "  Där står: «8 %». Väntat: ett tal i mkr.\n"
        "  Gör så här: räkna om talet, eller rätta enheten.",
    ),
    "a unit in the cell that contradicts the column": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultat", "8,7 mkr", "tkr")],
        "data/utfall.xlsx, blad Drift, cell B2\n"
        "  Där står: «8,7 mkr». Väntat: ett tal i tkr.\n"
        "  Gör så här: räkna om talet, eller rätta enheten.",
    ),
    "text where a number should be": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultat", "cirka 8", "mkr")],
        "data/utfall.xlsx, blad Drift, cell B2\n"
        f"  Där står: «cirka 8». Väntat: ett tal i mkr, eller orsaken till att utfall saknas ({REASONS}); talet i "
        "texten är 8.\n"
        "  Gör så här: skriv bara talet, och resten i kolumnen kommentar.",
    ),
    "a share that may be 0,82 or 82 per cent": (
        "Synpunkter",
        [("verksamhet", "antal", "besvarade i tid"), ("LSS", 3, 0.82)],
        "data/utfall.xlsx, blad Synpunkter, cell C2\n"
        "  Där står: «0,82». Väntat: en andel: 0,82\u00a0% eller 82\u00a0%?\n"
        "  Gör så här: skriv talet med procenttecken.",
    ),
    "a day that isn't in the almanac": (
        "Synpunkter",
        [("verksamhet", "antal", "senast"), ("LSS", 3, "2024-11-31")],
        "data/utfall.xlsx, blad Synpunkter, cell C2\n"
        "  Där står: «2024-11-31». Väntat: den sista dag som mätningen avser.\n"
        "  Gör så här: skriv ett datum: «2024-11-31» finns inte i almanackan.",
    ),
    "an id that no row of the sheet has": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultatt", 8, "mkr")],
        "data/utfall.xlsx, blad Drift, cell A2\n"
        "  Där står: «resultatt». Väntat: ett id i Drift, se handboken.\n"
        "  Gör så här: rätta id:t. Menade du «resultat»?",
    ),
    "an id that the plan hasn't": (
        "Uppdrag",
        [("id", "status"), ("natbuss", "Klar")],
        "data/utfall.xlsx, blad Uppdrag, cell A2\n"
        "  Där står: «natbuss». Väntat: ett id i planens uppdrag.\n"
        "  Gör så här: rätta id:t. Menade du «nattbuss»?",
    ),
    "the id of another part of the plan": (
        "Internkontroll",
        [("id", "resultat"), ("bad", "Når målvärde")],
        "data/utfall.xlsx, blad Internkontroll, cell A2\n"
        "  Där står: «bad». Väntat: ett id i planens kontrollmoment.\n"
        "  Gör så här: rätta id:t.",
    ),
    "a row twice": (
        "Uppdrag",
        [("id", "status"), ("bad", "Klar"), ("nattbuss", "Klar"), ("bad", "Klar")],
        "data/utfall.xlsx, blad Uppdrag, cell A4\n"
        "  Där står: «bad». Väntat: varje rad en gång; den står redan i cell A2.\n"
        "  Gör så här: ta bort den ena raden.",
    ),
    "a name twice, in other capitals": (
        "Privata utförare",
        [("kostnad", "utfall", "enhet"), ("Hemtjänst", 9, "mkr"), ("HEMTJÄNST", 9, "mkr")],
        "data/utfall.xlsx, blad Privata utförare, cell A3\n"
        "  Där står: «HEMTJÄNST». Väntat: varje rad en gång; den står redan i cell A2.\n"
        "  Gör så här: ta bort den ena raden.",
    ),
    "a misspelt column": (
        "Drift",
        [("id", "utfall", "enhet", "Helarsprognos"), ("resultat", 8, "mkr", 4)],
        "data/utfall.xlsx, blad Drift, cell D1\n"
        f"  Där står: «Helarsprognos». Väntat: en av rubrikerna {HEADINGS_OF_DRIFT}.\n"
        "  Gör så här: rätta rubriken eller ta bort kolumnen. Menade du «helårsprognos»?",
    ),
    "a required column that isn't there": (
        "Uppdrag",
        [("id", "kommentar"), ("bad", "går bra")],
        "data/utfall.xlsx, blad Uppdrag\n"
        "  Väntat: en kolumn med rubriken status på rad 1.\n"
        "  Gör så här: lägg till kolumnen.",
    ),
    "a required cell that is empty": (
        "Uppdrag",
        [("id", "status", "kommentar"), ("bad", "Klar", ""), ("nattbuss", None, "går bra")],
        "data/utfall.xlsx, blad Uppdrag, cell B3\n"
        "  Väntat: status: Ej påbörjad, Pågående, Klar eller Försenad.\n"
        "  Gör så här: fyll i status.",
    ),
    "a required number that is empty": (
        "Synpunkter",
        [("verksamhet", "antal", "läge"), ("LSS", None, "Öppna")],
        "data/utfall.xlsx, blad Synpunkter, cell B2\n"
        "  Väntat: något i kolumnen antal.\n"
        "  Gör så här: fyll i antal.",
    ),
    "a row without its name": (
        "Synpunkter",
        [("verksamhet", "antal"), ("LSS", 3), (None, 4)],
        "data/utfall.xlsx, blad Synpunkter, cell A3\n"
        "  Väntat: en text i kolumnen verksamhet.\n"
        "  Gör så här: skriv verksamhet, eller töm raden.",
    ),
    "a number that is shown in thousands": (
        "Drift",
        [("id", "utfall", "enhet"), ("resultat", 12500000, "mkr")],
        "data/utfall.xlsx, blad Drift, cell B2\n"
        "  Där står: «12500000». Väntat: ett tal som visas som det är.\n"
        "  Gör så här: ta bort formatet som döljer tusental, och skriv talet i enheten.",
    ),
    "a formula that fails in a column of text": (
        "Uppdrag",
        [("id", "status", "kommentar"), ("bad", "Klar", "=1/0")],
        "data/utfall.xlsx, blad Uppdrag, cell C2\n"
        "  Där står: «=1/0». Väntat: en text.\n"
        "  Gör så här: rätta formeln, eller öppna filen i Excel så att den räknas, och spara.",
    ),
    "text in a column without a heading": (
        "Uppdrag",
        [("id", "status"), ("bad", "Klar", "en viktig anteckning")],
        "data/utfall.xlsx, blad Uppdrag, cell C2\n"
        "  Där står: «en viktig anteckning». Väntat: en rubrik på rad 1 över kolumnen.\n"
        "  Gör så här: skriv rubriken, eller töm cellen.",
    ),
    "a row without its id": (
        "Uppdrag",
        [("id", "status"), ("bad", "Klar"), (None, "Klar")],
        "data/utfall.xlsx, blad Uppdrag, cell A3\n"
        "  Väntat: ett id i planens uppdrag.\n"
        "  Gör så här: skriv id, eller töm raden.",
    ),
    "a year after the period's": (
        "Personal",
        [("id", "2024", "2025"), ("tillsvidare", 3029, 3100), ("visstid", 410, None)],
        "data/utfall.xlsx, blad Personal, cell C1\n"
        "  Där står: «2025». Väntat: ett år senast 2024.\n"
        "  Gör så här: rätta rubriken.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_where_what_and_how(name: str, tmp_path: Path) -> None:
    sheet, lines, message = FAULTS[name]
    typed(
        tmp_path, sheet, *lines, formats={"B2": "#,##0.0,,"} if name == "a number that is shown in thousands" else None
    )
    _, faults = read(tmp_path)
    assert [str(fault) for fault in faults] == [message]


@pytest.mark.parametrize(("heading", "said"), [("kvartal", 4), ("2023", 4)], ids=["a quarter", "a year"])
def test_a_column_of_the_senders_own_is_passed_over_and_told(heading: str, said: int, tmp_path: Path) -> None:
    typed(tmp_path, "Drift", ("id", "utfall", "enhet", heading), ("resultat", 8, "mkr", said))
    leverans, faults = read(tmp_path)
    assert (faults, leverans.blad("drift")[0]["utfall"].tal) == ([], Decimal(8))
    assert [(n.plats, n.stod, n.iakttagelse) for n in leverans.notiser] == [
        ("blad Drift, cell D1", heading, "Kolumnen läses inte.")
    ]


def test_a_renamed_sheet_is_known_by_its_headings(tmp_path: Path) -> None:
    typed(tmp_path, "Synpunkt", ("verksamhet", "antal"), ("LSS", 3))
    leverans, faults = read(tmp_path)
    assert (faults, leverans.notiser) == ([], ())
    [rad] = leverans.blad("synpunkter")
    assert (rad["antal"].tal, rad.bladnamn) == (Decimal(3), "Synpunkt")


def test_a_row_in_two_workbooks_is_one_where_they_agree_and_a_fault_where_they_differ(tmp_path: Path) -> None:
    write(tmp_path, (DRIFT, [{"id": "resultat", "utfall": "8", "enhet": "mkr"}]), name="a.xlsx")
    lines = [
        {"id": "intakter", "utfall": "9", "enhet": "mkr"},
        {"id": "resultat", "utfall": "8", "budget": "6", "enhet": "mkr"},
    ]
    write(tmp_path, (DRIFT, lines), name="b.xlsx")
    leverans, faults = read(tmp_path)
    assert faults == []
    assert [(rad.id, rad.fil, rad["utfall"].cell, rad["budget"].cell) for rad in leverans.rader] == [
        ("resultat", "data/a.xlsx", "B2", "b.xlsx C3"),
        ("intakter", "data/b.xlsx", "B2", "C2"),
    ]
    write(tmp_path, (DRIFT, [{"id": "resultat", "utfall": "7", "enhet": "mkr"}]), name="b.xlsx")
    _, faults = read(tmp_path)
    assert [str(fault) for fault in faults] == [
        "data/b.xlsx, blad Drift, cell B2\n"
        "  Där står: «7». Väntat: samma uppgift på båda ställena; «8» står i data/a.xlsx, cell B2.\n"
        "  Gör så här: rätta den ena cellen, eller töm den."
    ]


def test_two_costs_of_the_same_name_are_never_taken_for_one(tmp_path: Path) -> None:
    line = [{"kostnad": "Hemtjänst", "utfall": "9", "enhet": "mkr"}]
    write(tmp_path, (PRIVATA_UTFORARE, line), name="a.xlsx")
    write(tmp_path, (PRIVATA_UTFORARE, line), name="b.xlsx")
    _, faults = read(tmp_path)
    assert [str(fault) for fault in faults] == [
        "data/b.xlsx, blad Privata utförare, cell A2\n"
        "  Där står: «Hemtjänst». Väntat: varje rad en gång; den står redan i data/a.xlsx, cell A2.\n"
        "  Gör så här: ta bort den ena raden, eller ge dem olika namn."
    ]


def test_two_sheets_may_have_rows_with_the_same_name(tmp_path: Path) -> None:
    row = {"utfall": "8", "enhet": "mkr"}
    leverans = delivered(
        tmp_path,
        (INVESTERINGAR, [{"investering": "Förskola", **row}]),
        (PRIVATA_UTFORARE, [{"kostnad": "Förskola", **row}]),
    )
    assert [rad.blad for rad in leverans.rader] == ["privata-utforare", "investeringar"]


def test_every_fault_of_a_sheet_comes_at_once(tmp_path: Path) -> None:
    typed(tmp_path, "Uppdrag", ("id", "status"), ("badd", "Klar"), ("bad", "Kla"), ("nattbuss", "Pågår"))
    _, faults = read(tmp_path)
    assert [(fault.plats, fault.stod) for fault in faults] == rows("""
        blad Uppdrag, cell A2 | badd
        blad Uppdrag, cell B3 | Kla
        blad Uppdrag, cell B4 | Pågår
    """)


def test_two_rows_that_lack_the_same_cell_are_two_faults(tmp_path: Path) -> None:
    typed(tmp_path, "Uppdrag", ("id", "status", "kommentar"), ("bad", None, "a"), ("nattbuss", None, "b"))
    _, faults = read(tmp_path)
    assert len(set(faults)) == 2


# A kommun's own sheet

OWN = """
id: synpunkter
blad: Synpunkter
kolumner:
  - {namn: Verksamhet, kravs: ja}
  - {namn: antal, innehall: antal, kravs: ja}
  - {namn: läge, innehall: [Öppna, Avslutade]}
"""
ABOUT = {"nämnd": "socialnamnden", "period": "2025-08"}


@pytest.fixture
def own(copy_of: Callable[[Path], Root]) -> Root:
    """A kommun with a sheet of its own, and with it in a workbook."""
    root = copy_of(EXEMPELKOMMUN)
    (root.params / "blad").mkdir()
    (root.params / "blad" / "synpunkter.yml").write_text(OWN, encoding="utf-8")
    lines = [{"verksamhet": "Hemtjänst", "antal": "12", "läge": "öppna"}]
    write_workbook(root.data / "2025-08/socialnamnden/synpunkter.xlsx", ABOUT, [], [], [(SYNPUNKTER, lines)])
    return root


def test_an_own_sheet_is_read_like_any_other_and_its_definition_is_a_source(own: Root) -> None:
    underlag = load("2025-08", "socialnamnden", str(own.folder))
    [rad] = underlag.nu.blad("synpunkter")
    assert [shown(cell) for cell in rad.celler.values()] == ["Hemtjänst", "12 antal", "Öppna"]
    assert "params/blad/synpunkter.yml" in [fil.fil for fil in underlag.filer]


def test_without_its_definition_the_sheet_is_unknown(own: Root) -> None:
    (own.params / "blad" / "synpunkter.yml").unlink()
    with pytest.raises(Exception, match="1 fel i underlaget") as told:
        load("2025-08", "socialnamnden", str(own.folder))
    assert "data/2025-08/socialnamnden/synpunkter.xlsx\n  Där står: «Om leveransen, Synpunkter»" in str(told.value)


# what is changed in the definition | into | where | the message's end
DEFINITIONS = """
blad: Synpunkter  | blad: Drift         | rad 3 | Väntat: blad som inget annat blad har.
id: synpunkter    | id: drift           | rad 2 | Väntat: id som inget annat blad har.
innehall: antal   | innehall: antall    | rad 6 | Menade du «antal»?
innehall: antal   | innehall: kronnor    | rad 6 | en mattenhet, eller en lista med ord att välja mellan
kravs: ja         | kravas: ja          | rad 5 | Menade du «kravs»?
"""


@pytest.mark.parametrize(("old", "new", "where", "told"), rows(DEFINITIONS))
def test_a_fault_in_the_definition_names_its_line(old: str, new: str, where: str, told: str, own: Root) -> None:
    path = own.params / "blad" / "synpunkter.yml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Exception, match="i underlaget") as found:
        load("2025-08", "socialnamnden", str(own.folder))
    [message] = [part for part in str(found.value).split("\n\n") if part.startswith("params/blad/")]
    assert message.startswith(f"params/blad/synpunkter.yml, {where}\n")
    assert told in message


AVTAL = Blad.model_validate({
    "id": "avtal",
    "blad": "Avtal",
    "kolumner": [{"namn": "avtal"}, {"namn": "belopp", "innehall": "belopp"}],
})  # fmt: skip


def test_an_amount_on_a_sheet_without_units_is_in_kronor(tmp_path: Path) -> None:
    typed(tmp_path, "Avtal", ("avtal", "belopp"), ("Städning", 5.25))
    leverans, faults = read_workbooks(tmp_path, "data", Period(2024, 12), PLAN, blad=(*PROGRAM_SHEETS, AVTAL))
    [rad] = leverans.blad("avtal")
    assert (faults, rad["belopp"].tal, rad["belopp"].enhet) == ([], Decimal("5.25"), KR)


def test_a_definition_names_each_column_once() -> None:
    with pytest.raises(ValueError, match="varje kolumn en gång; antal står två gånger"):
        Blad.model_validate({"id": "a", "blad": "A", "kolumner": [{"namn": "x"}, {"namn": "antal"}, {"namn": "Antal"}]})


def test_a_row_with_nothing_but_a_comment_needs_no_enhet_and_is_shown_so(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    path = root.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Drift"]
    headings = [cell.value for cell in sheet[1]]
    for name in ("utfall", "föregående år", "budget", "avvikelse", "helårsprognos", "enhet"):
        sheet.cell(2, headings.index(name) + 1).value = None
    sheet.cell(2, headings.index("kommentar") + 1).value = "Kommer senare"
    book.save(path)
    underlag = load("2025-08", "socialnamnden", str(root.folder))
    shown = str(ekonomi.drift(underlag))
    assert "Kommer senare" in shown
    assert re.search(r"<caption>Resultaträkning .*, mkr</caption>", shown)


@pytest.mark.parametrize(
    ("period", "namnd", "headings"),
    [
        (
            "2025-08",
            "socialnamnden",
            "Utfall aug 2025 | Utfall aug 2024 | Budget 2025 | Prognos helår 2025 | Avvikelse helår 2025",
        ),
        (
            "2025-04",
            "byggnadsnamnden",
            "Utfall apr 2025 | Utfall apr 2024 | Budget 2025 | Prognos helår 2025 | Avvikelse helår 2025",
        ),
        ("2024-12", "socialnamnden", "Utfall 2024 | Utfall 2023 | Budget 2024 | Avvikelse"),
    ],
)
def test_at_delar_an_avvikelse_is_the_whole_years_beside_its_forecast(period: str, namnd: str, headings: str) -> None:
    underlag = load(period, namnd, str(EXEMPELKOMMUN))
    for made in (
        ekonomi.drift(underlag),
        ekonomi.investeringar(underlag),
        ekonomi.verksamhetsomraden(underlag),
    ):
        for table in made.tables:
            assert " | ".join(table["columns"][1:]) == headings
    chart = str(ekonomi.verksamhetsomraden(underlag))
    assert ("underskott för helåret" in chart) is (period != "2024-12")


def test_an_avvikelse_without_a_forecast_is_only_an_avvikelse(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    path = root.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Verksamhetsområden"]
    column = [cell.value for cell in sheet[1]].index("helårsprognos") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = None
    book.save(path)
    made = ekonomi.verksamhetsomraden(load("2025-08", "socialnamnden", str(root.folder)))
    [table] = made.tables
    assert table["columns"][-1] == "Avvikelse"
    assert "för helåret" not in made

"""The workbooks that are handed out: what stands in them, what can be typed where, and who gets what."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.faults import Fault
from reporting.handout import rules
from reporting.handout.rows import Before
from reporting.handout.workbooks import write_templates
from reporting.handout.writer import template_bytes
from reporting.params.blad import DRIFT, Blad, Kolumn
from reporting.params.deliverers import Del, delar
from reporting.params.headings import KVALITATIVA, MATETAL, STAMP_NAMND, STAMP_PERIOD, STAMP_PLAN
from reporting.params.plan import Matetal, Plan
from reporting.params.read import Params, read_params
from reporting.params.root import Root, find_root, periods
from reporting.periods import Period
from reporting.reading.reasons import SAKNAS_ORSAKER
from table_text import rows
from tiers import many

AUGUSTI, DECEMBER = Period(2025, 8), Period(2024, 12)
HEADINGS = 3
"""The row of the headings, below the title and a line of instruction."""


def decided(source: Path, period: Period) -> tuple[Root, Params]:
    root = find_root(source)
    params, faults = read_params(root.params, period)
    assert params and not faults
    return root, params


def made(folder: Path, source: Path, period: Period, namnd: str) -> dict[str, Workbook]:
    """File name → workbook, for every workbook of a nämnd."""
    root, params = decided(source, period)
    paths, faults = write_templates(root, params, namnd, folder / namnd)
    assert faults == []
    return {path.name: openpyxl.load_workbook(path) for path in paths}


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    return made(tmp_path_factory.mktemp("mallar"), EXEMPELKOMMUN, AUGUSTI, "socialnamnden")


@pytest.fixture(scope="module")
def aldre(social: dict[str, Workbook]) -> Workbook:
    return social["utfall-aldre.xlsx"]


def shown(sheet: Worksheet, *headings: str) -> list[tuple[str, ...]]:
    """What stands in these columns below the headings, as text; 82 % where the cell shows a share."""
    columns = {cell.value: cell.column for cell in sheet[HEADINGS]}
    return [
        tuple(str(sheet.cell(row, columns[name]).value or "") for name in headings)
        for row in range(HEADINGS + 1, sheet.max_row + 1)
    ]


def cell_of(sheet: Worksheet, key: str, heading: str) -> openpyxl.cell.cell.Cell:
    column = next(cell.column for cell in sheet[HEADINGS] if cell.value == heading)
    row = next(row for row in range(HEADINGS + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
    cell = sheet.cell(row, column)
    assert isinstance(cell, openpyxl.cell.cell.Cell)
    return cell


def rule_of(sheet: Worksheet, key: str, heading: str) -> DataValidation:
    ref = cell_of(sheet, key, heading).coordinate
    [found] = [rule for rule in sheet.data_validations.dataValidation if ref in rule.sqref]
    return found


# What stands there


def test_each_area_gets_its_own_workbook_and_an_empty_one_is_not_made(social: dict[str, Workbook]) -> None:
    assert [(name, ", ".join(book.sheetnames)) for name, book in social.items()] == rows("""
        utfall-aldre.xlsx | Om leveransen, Mätetal, Kvalitativa mått, Aktiviteter, Uppdrag, Granskningar, Internkontroll, Privata utförare
        utfall-ifo.xlsx   | Om leveransen, Mätetal, Kvalitativa mått, Aktiviteter, Granskningar, Internkontroll, Privata utförare
        utfall-stod.xlsx  | Om leveransen, Mätetal, Kvalitativa mått, Aktiviteter, Uppdrag, Internkontroll, Personal, Drift, Investeringar, Verksamhetsområden
    """)  # noqa: E501


def test_the_first_sheet_says_what_it_is_about_and_how_it_is_filled_in(aldre: Workbook) -> None:
    sheet = aldre["Om leveransen"]
    said = [tuple(str(cell.value or "").replace("\u00a0", " ") for cell in row[:2]) for row in sheet.iter_rows()]
    assert said == rows("""
        Utfall per augusti 2025 – Äldreomsorg, Socialnämnden |
                          |
        nämnd             | socialnamnden
        period            | 2025-08
        verksamhetsområde | Äldreomsorg
        lämnad av         |
        lämnad            |
                          |
        Gör så här        |
        1                 | Skriv vem du är vid lämnad av, och dagens datum vid lämnad, här ovanför.
        2                 | Fyll sedan i bladen Mätetal (5 rader), Kvalitativa mått (2 rader), Aktiviteter (2 rader), Uppdrag (2 rader), Granskningar (upp till 20 rader), Internkontroll (2 rader) och Privata utförare (upp till 20 rader). Bladen väljs längst ned i fönstret.
        3                 | Fyll i de ljusa cellerna med ram. De grå är klara och låsta. De med streck i ska vara tomma. När du står i en cell visas vad som ska stå där.
        4                 | Skriv bara talet i utfall, i den enhet som står på raden: 58, inte cirka 58 och inte 55–60. En andel skrivs 82 % eller 82. Är den under 1 procent behövs procenttecknet: 0,5 %.
        5                 | I utfall står hela talet, för alla tillsammans. Fyll också i kvinnor och män, där cellerna är ljusa. Kommer talet från en enkät skriver du i antal svar hur många som svarade.
        6                 | Saknas ett tal lämnar du utfall tomt och väljer orsaken ur listan i kolumnen anmärkning. Skriv aldrig 0 för något som inte är mätt. Är talet så litet att det pekar ut en person väljer du skyddad uppgift. Saknas bara talet för kvinnor eller män skriver du orsaken där i stället.
        7                 | Mätt till och med fylls i när talet avser en annan tid än till och med 31 augusti 2025, till exempel en enkät i våras.
        8                 | Skriv belopp utan enhet, och välj mkr, tkr eller kr i kolumnen enhet på samma rad.
        9                 | Skriv i kommentar det som siffran eller svaret inte säger: vad det beror på, vad som har fungerat, vad som har varit svårt och vad ni gör åt det. Det är det läsarna har mest nytta av.
        10                | Spara som Excel-arbetsbok (.xlsx) med samma namn, utfall-aldre.xlsx, och skicka tillbaka filen till den som skickade den.
    """)  # noqa: E501
    assert [sheet[ref].protection.locked for ref in ("B3", "B4", "B5", "B6", "B7")] == [True, True, True, False, False]
    assert sheet["B4"].data_type == "s"


def test_the_first_sheet_says_nothing_that_the_workbook_has_no_use_for(tmp_path: Path) -> None:
    sheet = made(tmp_path, PROJECT, Period(2024, 12), "socialnamnden")["utfall-hsv.xlsx"]["Om leveransen"]
    told = " ".join(str(row[1].value) for row in sheet.iter_rows(min_row=11))
    assert "procent" in told
    for word in ("antal svar", "mkr", "budget", "kvinnor", "Drift"):
        assert word not in told


def test_what_is_known_stands_on_the_row_already(aldre: Workbook) -> None:
    sheet = aldre["Mätetal"]
    assert [cell.value for cell in sheet[HEADINGS]] == [
        "id", "mätetal", "enhet", "målvärde", "utfall 2024-08", "utfall 2025-04", "utfall", "kvinnor", "män", "antal svar",
        "mätt till och med", "anmärkning", "kommentar",
    ]  # fmt: skip
    assert shown(sheet, "id", "enhet", "målvärde", "utfall 2024-08", "utfall 2025-04", "utfall") == rows("""
        trygga-sabo   | procent              | minst 90·% och helst öka | 91·% (kvinnor 90·%, män 93·%) | 91·% (kvinnor 90·%, män 93·%) |
        vantetid-sabo | dagar                | inom 60·dagar            | 66·dagar (kvinnor 63·dagar, män 71·dagar) | 63·dagar (kvinnor 61·dagar, män 67·dagar) |
        halsosamtal   | antal                | minst 280                | 158 (kvinnor 95, män 63)      | 96 (kvinnor 57, män 39)       |
        fallskador    | per 100 000 invånare | ska minska               | 2·366 (kvinnor 2·598, män 2·091) | 2·391 (kvinnor 2·640, män 2·096) |
        fallgenomgang | procent              | minst 95·%               |                               | 38·% (kvinnor 39·%, män 36·%) |
    """)  # noqa: E501


def test_why_an_outcome_was_missing_and_a_bare_target_are_told_in_words(social: dict[str, Workbook]) -> None:
    sheet = social["utfall-ifo.xlsx"]["Mätetal"]
    assert ("avbrott-placering", "högst 6", "Skyddad uppgift") in shown(sheet, "id", "målvärde", "utfall 2025-04")
    assert ("skyddat-boende", "inget målvärde") in shown(sheet, "id", "målvärde")


def test_the_other_sheets_have_the_plans_rows_and_empty_ones_where_nobody_knows(social: dict[str, Workbook]) -> None:
    aldre, stod = social["utfall-aldre.xlsx"], social["utfall-stod.xlsx"]
    assert shown(aldre["Kvalitativa mått"], "id", "svar") == [("anhorigstod", ""), ("genomforandeplaner", "")]
    assert shown(aldre["Uppdrag"], "id", "uppdrag", "status") == rows("""
        nattpatrull      | Utreda en gemensam nattpatrull med grannkommunen      |
        avgift-avlosning | Utreda om avgiften för avlösning i hemmet kan tas bort |
    """)
    assert shown(aldre["Granskningar"], "granskning", "slag") == [("", "")] * 20
    assert shown(stod["Verksamhetsområden"], "verksamhetsområde", "enhet") == rows("""
        Äldreomsorg                |
        Individ- och familjeomsorg |
        Ledning och stöd           |
        Hela nämnden               |
    """)


def test_no_forecast_is_asked_for_when_the_year_is_over(tmp_path: Path, social: dict[str, Workbook]) -> None:
    december = made(tmp_path, EXEMPELKOMMUN, DECEMBER, "socialnamnden")["utfall-stod.xlsx"]["Drift"]
    assert "helårsprognos" in [cell.value for cell in social["utfall-stod.xlsx"]["Drift"][HEADINGS]]
    assert "helårsprognos" not in [cell.value for cell in december[HEADINGS]]


def test_earlier_years_are_those_of_the_same_month(tmp_path: Path, social: dict[str, Workbook]) -> None:
    """The years to April 2025 are shown in April 2026, not in August 2025, when they are other figures."""
    root, _ = decided(EXEMPELKOMMUN, AUGUSTI)
    later = tmp_path / "kommun"
    shutil.copytree(root.params, later / "params")
    shutil.copytree(root.data, later / "data")
    (later / "params" / "2026-04.yml").write_text(
        'period: "2026-04"\nnamnder:\n  socialnamnden: {}\n', encoding="utf-8"
    )
    plan = later / "params" / "planer" / "socialnamnden-2023-2025.yml"
    text = plan.read_text(encoding="utf-8").replace("galler: [2023, 2024, 2025]", "galler: [2023, 2024, 2025, 2026]")
    text = text.replace("2025: minst 280}", "2025: minst 280, 2026: minst 280}")
    plan.write_text(text, encoding="utf-8")
    sheet = made(tmp_path, later, Period(2026, 4), "socialnamnden")["utfall-stod.xlsx"]["Personal"]
    assert [cell.value for cell in sheet[HEADINGS]] == [
        "id", "nyckeltal", "2026", "2025", "2024", "2023", "2022", "kommentar",
    ]  # fmt: skip
    assert shown(sheet, "id", "nyckeltal", "2026", "2025", "2024")[:1] == [
        ("sjukfranvaro", "Sjukfrånvaro av ordinarie arbetstid (procent)", "", "0.08", "0.084")
    ]
    assert cell_of(sheet, "sjukfranvaro", "2025").number_format == "0.0%"
    assert cell_of(sheet, "tillsvidare", "2025").number_format == "#,##0"
    assert not cell_of(sheet, "sjukfranvaro", "2025").protection.locked
    august = social["utfall-stod.xlsx"]["Personal"]
    assert set(shown(august, "2025", "2024", "2021")) == {("", "", "")}


# What can be typed where


def test_only_what_is_asked_for_can_be_filled_in(aldre: Workbook) -> None:
    sheet = aldre["Mätetal"]
    locked = {
        (key, heading): cell_of(sheet, key, heading).protection.locked
        for key in ("trygga-sabo", "halsosamtal")
        for heading in (
            "id",
            "målvärde",
            "utfall 2024-08",
            "utfall",
            "kvinnor",
            "antal svar",
            "anmärkning",
            "kommentar",
        )
    }
    assert [name for name, closed in locked.items() if not closed] == rows("""
        trygga-sabo | utfall
        trygga-sabo | kvinnor
        trygga-sabo | antal svar
        trygga-sabo | anmärkning
        trygga-sabo | kommentar
        halsosamtal | utfall
        halsosamtal | kvinnor
        halsosamtal | anmärkning
        halsosamtal | kommentar
    """)
    # What isn't asked for is hatched, not only of another colour.
    assert cell_of(sheet, "halsosamtal", "antal svar").fill.patternType not in (None, "solid")
    assert cell_of(sheet, "trygga-sabo", "antal svar").fill.patternType == "solid"


def test_every_sheet_is_protected_without_a_password(social: dict[str, Workbook]) -> None:
    for book in social.values():
        for sheet in book.worksheets:
            assert sheet.protection.sheet
            assert sheet.protection.password is None
            assert not sheet.protection.formatColumns  # False: allowed
            assert sheet.sheet_state == "visible"


def test_the_cells_say_what_they_take(aldre: Workbook) -> None:
    sheet = aldre["Mätetal"]
    share = rule_of(sheet, "trygga-sabo", "utfall")
    assert (share.type, share.formula1, share.formula2) == ("decimal", "0.0", "100.0")
    assert share.promptTitle == "Utfall: i procent"
    assert share.prompt == (
        "Skriv till exempel 82 % eller 82. Under 1 procent: alltid med procenttecken, 0,5 %. Saknas talet: lämna cellen tom och "
        "välj orsaken i kolumnen anmärkning. Skriv inte 0."
    )
    assert share.error == (
        "Här ska det stå ett tal mellan 0 och 100. Ord skrivs i kolumnen kommentar. Saknas talet väljs orsaken i kolumnen "
        "anmärkning."
    )
    assert cell_of(sheet, "trygga-sabo", "utfall").number_format == "General"
    part = rule_of(sheet, "trygga-sabo", "kvinnor")
    ref = cell_of(sheet, "trygga-sabo", "kvinnor").coordinate
    assert part.type == "custom"
    assert part.formula1.startswith(
        f'OR(AND(ISNUMBER({ref}),{ref}>=0,{ref}<=100),ISNUMBER(FIND(LOWER("|"&{ref}&"|"),"|ej mätt ännu|'
    )
    assert part.formula1.endswith('|skyddad uppgift|")))')
    assert len(part.formula1) <= 255  # what Excel takes
    assert part.error.endswith("eller orsaken till att det saknas, med något av orden i kolumnen anmärkning.")
    reason = rule_of(sheet, "trygga-sabo", "anmärkning")
    assert (reason.type, reason.formula1) == ("list", f'"{",".join(SAKNAS_ORSAKER)}"')
    assert rule_of(sheet, "trygga-sabo", "antal svar").type == "whole"
    assert rule_of(sheet, "trygga-sabo", "mätt till och med").type == "date"
    assert cell_of(sheet, "trygga-sabo", "mätt till och med").number_format == "yyyy-mm-dd"
    comment = rule_of(sheet, "trygga-sabo", "kommentar")
    assert comment.prompt == (
        "Förklara utfallet för den som inte kan området. Vad beror det på? Vad har fungerat bra? Vad har varit svårt? "
        "Vad gör ni åt det, och när?"
    )
    assert rule_of(aldre["Kvalitativa mått"], "anhorigstod", "svar").formula1 == '"Ja,Delvis,Nej"'
    assert rule_of(aldre["Uppdrag"], "nattpatrull", "status").formula1 == '"Ej påbörjad,Pågående,Klar,Försenad"'


# mattenhet | namn | målvärde | earlier outcomes | the limits
LIMITS = """
procent | Andel nöjda              | minst 90 %                    | 82 91  | 0 100
procent | Andel av behovet         | minst 110 %                   |        | 0 –
procent | Andel av behovet         | minst 90 %                    | 104    | 0 –
procent | Förändring av kostnaden  | högst 3 %                     |        | – –
procent | Andel nöjda              | ska öka med 2 procentenheter  | 80     | – –
procent | Överskott                | minst 1 %                     | -2     | – –
antal   | Antal besök              | minst 12                      | 10     | 0 –
mkr     | Avvikelse från budget    | minst −2 mkr                  | -4     | – –
"""


@pytest.mark.parametrize(("mattenhet", "namn", "malvarde", "earlier", "limits"), rows(LIMITS))
def test_the_limits_follow_what_is_possible(
    mattenhet: str, namn: str, malvarde: str, earlier: str, limits: str
) -> None:
    matetal = Matetal.model_validate({"id": "x", "namn": namn, "mattenhet": mattenhet, "malvarde": malvarde})
    rule = rules.rule_of_utfall(matetal, 2025, [Decimal(value) for value in earlier.split()])
    said = {-rules.ANY: "–", rules.ANY: "–"}
    assert (
        " ".join(said.get(limit, str(limit)) for limit in (rule.low, rule.high) if isinstance(limit, Decimal)) == limits
    )


def test_a_day_of_last_years_survey_can_be_given_but_not_one_after_the_period() -> None:
    day = rules.rule_of_day_measured(AUGUSTI, 0)
    assert (str(day.low), str(day.high)) == ("2024-01-01", "2025-08-31")
    assert str(rules.rule_of_day_measured(AUGUSTI, 3).low) == "2022-01-01"
    assert day.message.startswith("Sista dagen som talet avser, om den inte är 2025-08-31.")
    a_state = rules.rule_of_day_measured(AUGUSTI, 0, ogonblick=True)
    assert a_state.message.startswith("Dagen då läget var så, om den inte är 2025-08-31.")


def test_at_delar_an_avvikelse_is_asked_for_the_whole_year() -> None:
    avvikelse = next(kolumn for kolumn in DRIFT.kolumner if kolumn.namn == "avvikelse")
    assert rules.rule_of_column(avvikelse, AUGUSTI).message.startswith("Hela årets skillnad mot budget: plus när")
    assert rules.rule_of_column(avvikelse, DECEMBER).message.startswith("Skillnaden mot årets budget: plus när")


def test_words_that_excel_cannot_list_are_told_instead() -> None:
    words = tuple(f"ett ganska långt ord nummer {n}" for n in range(20))
    rule = rules.rule_of_column(Kolumn(namn="läge", innehall=words), AUGUSTI)
    assert (rule.kind, rule.message[:41]) == ("fritt", "Välj i listan. Ett av orden ett ganska lå")
    assert len(rule.message) <= rules._MAX_MESSAGE


# How the file is made


def test_the_file_says_for_whom_it_is_made(aldre: Workbook) -> None:
    _, params = decided(EXEMPELKOMMUN, AUGUSTI)
    plan = params.plan("socialnamnden")
    assert plan
    stamps = {prop.name: prop.value for prop in aldre.custom_doc_props.props}
    assert stamps == {STAMP_NAMND: "socialnamnden", STAMP_PERIOD: "2025-08", STAMP_PLAN: plan.version}
    assert aldre.properties.title == "Utfall per augusti 2025 – Äldreomsorg, Socialnämnden"
    assert aldre.properties.subject == "Delårsuppföljning augusti 2025"


def test_every_sheet_can_be_read_aloud_and_printed(social: dict[str, Workbook]) -> None:
    for book in social.values():
        assert book.active is book.worksheets[0]
        names = [name for sheet in book.worksheets for name in sheet.tables]
        assert len(set(names)) == len(names) == len(book.worksheets) - 1
        assert all(name.isascii() for name in names)
        for sheet in book.worksheets:
            assert sheet["A1"].value
            assert not sheet.merged_cells.ranges
            assert sheet.page_setup.orientation == "landscape"
            assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
            assert "Sida &P av &N" in str(sheet.oddFooter.right.text)
        for sheet in book.worksheets[1:]:
            assert sheet.print_title_rows == "$3:$3"
            assert sheet.sheet_view.pane.ySplit == HEADINGS
            selected = next(item for item in sheet.sheet_view.selection if item.pane == "bottomRight")
            assert not sheet[selected.activeCell].protection.locked
    assert list(social["utfall-stod.xlsx"]["Personal"].tables) == ["Blad_personal"]


def test_the_rows_are_high_enough_and_grow_with_what_is_written(tmp_path: Path) -> None:
    root, params = decided(EXEMPELKOMMUN, AUGUSTI)
    [path, *_], _ = write_templates(root, params, "socialnamnden", tmp_path)
    with ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet2.xml")
        assert {info.date_time[0] for info in book.infolist()} == {1980}
    assert b'<row r="4" spans="1:13" ht="45">' in sheet
    assert b"customHeight" not in sheet


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    root, params = decided(EXEMPELKOMMUN, AUGUSTI)
    first, _ = write_templates(root, params, "socialnamnden", tmp_path / "a")
    second, _ = write_templates(root, params, "socialnamnden", tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert write_templates(root, params, "socialnamnden", tmp_path / "a") == (first, [])


def test_what_somebody_may_have_filled_in_is_not_written_over(tmp_path: Path, copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    params, _ = read_params(root.params, AUGUSTI)
    assert params
    folder = root.data / "2025-08" / "socialnamnden"
    before = (folder / "utfall-ifo.xlsx").read_bytes()
    (folder / "utfall-aldre.xlsx").unlink()
    paths, faults = write_templates(root, params, "socialnamnden", folder)
    wanted = "ingen fil med det namnet, eftersom någon kan ha fyllt i den"
    action = "ta bort filen, välj en annan mapp med --till, eller skriv över med --force"
    assert paths == []
    assert faults == [
        Fault("data/2025-08/socialnamnden/utfall-ifo.xlsx", "", wanted, action),
        Fault("data/2025-08/socialnamnden/utfall-stod.xlsx", "", wanted, action),
    ]
    assert not (folder / "utfall-aldre.xlsx").exists()
    assert (folder / "utfall-ifo.xlsx").read_bytes() == before
    paths, faults = write_templates(root, params, "socialnamnden", folder, force=True)
    assert ([path.name for path in paths], faults) == (["utfall-aldre.xlsx", "utfall-ifo.xlsx", "utfall-stod.xlsx"], [])
    assert (folder / "utfall-ifo.xlsx").read_bytes() != before


def test_a_namnd_without_a_plan_for_the_year_is_a_fault(tmp_path: Path) -> None:
    root, params = decided(PROJECT, Period(2024, 12))
    other = Params(**{**vars(params), "period": Period(2022, 12)})
    paths, [fault] = write_templates(root, other, "socialnamnden", tmp_path)
    assert (paths, fault.vantat) == ([], "en plan i params/planer som gäller 2022")


# Who gets what


def everything(plan: Plan, blad: tuple[Blad, ...]) -> list[str]:
    ids = [item.id for part in (plan.matetal, plan.indikatorer, plan.kvalitativa_matt) for item in part]
    ids += [item.id for part in (plan.aktiviteter, plan.uppdrag, plan.kontrollmoment) for item in part]
    return ids + [f"blad {item.id}" for item in blad if not item.poster_ur]


@pytest.mark.parametrize("source", [EXEMPELKOMMUN, PROJECT], ids=["exempelkommun", "lulea"])
def test_everything_stands_in_exactly_one_workbook(source: Path, tmp_path: Path) -> None:
    for period in periods(find_root(source))[-many(1, 100) :]:
        _, params = decided(source, period)
        for namnd in params.korning.namnder:
            plan = params.plan(namnd)
            assert plan
            found: list[str] = []
            for book in made(tmp_path / str(period), source, period, namnd).values():
                for blad in (MATETAL, KVALITATIVA, *(item.blad for item in params.blad if item.poster_ur)):
                    found += [key for (key,) in shown(book[blad], "id")] if blad in book.sheetnames else []
                found += [
                    f"blad {item.id}" for item in params.blad if item.blad in book.sheetnames and not item.poster_ur
                ]
            asked = params.blad_of(namnd)
            wanted = everything(plan, asked)
            # A sheet whose rows nobody knows beforehand may be filled in by several.
            shared = {f"blad {item.id}" for item in asked if not item.poster and not item.poster_ur}
            assert sorted(name for name in found if name not in shared) == sorted(set(wanted) - shared)
            assert shared <= set(found)


def of(params: Params, namnd: str) -> list[tuple[str, str]]:
    plan = params.plan(namnd)
    assert plan
    return [(part.fil, ", ".join(blad.id for blad, _ in part.blad)) for part in delar(params, plan)]


def test_a_sheet_that_no_area_has_is_not_handed_out_where_sheets_are_dealt_out() -> None:
    _, params = decided(EXEMPELKOMMUN, AUGUSTI)
    assert of(params, "byggnadsnamnden") == rows("""
        utfall-bygglov.xlsx      | aktiviteter, uppdrag, granskningar, internkontroll, personal, drift, verksamhetsomraden
        utfall-plan-och-kart.xlsx | aktiviteter, uppdrag, internkontroll
    """)


def test_where_no_area_has_any_they_come_in_a_workbook_of_their_own() -> None:
    _, params = decided(EXEMPELKOMMUN, AUGUSTI)
    namnder = tuple(
        namnd.model_copy(
            update={"verksamhetsomraden": tuple(a.model_copy(update={"blad": ()}) for a in namnd.verksamhetsomraden)}
        )
        for namnd in params.kommun.namnder
    )
    undealt = Params(**{**vars(params), "kommun": params.kommun.model_copy(update={"namnder": namnder})})
    assert of(undealt, "byggnadsnamnden")[-1] == (
        "utfall-gemensamt.xlsx",
        "granskningar, privata-utforare, personal, drift, investeringar, verksamhetsomraden",
    )


def test_rows_without_an_area_go_to_the_one_that_has_the_sheet() -> None:
    _, params = decided(PROJECT, Period(2024, 12))
    assert of(params, "socialnamnden") == rows("""
        utfall-hsv.xlsx         |
        utfall-ifo.xlsx         |
        utfall-vard-omsorg.xlsx |
        utfall-kvalitet.xlsx    | uppdrag, granskningar, internkontroll, privata-utforare, drift, investeringar, verksamhetsomraden
        utfall-personal.xlsx    | personal
    """)


def without_areas(params: Params, plan: Plan) -> tuple[Params, Plan]:
    namnder = tuple(
        namnd.model_copy(update={"verksamhetsomraden": ()}) if namnd.id == plan.namnd else namnd
        for namnd in params.kommun.namnder
    )
    return Params(**{**vars(params), "kommun": params.kommun.model_copy(update={"namnder": namnder})}), plan


def test_a_namnd_without_areas_gets_one_workbook() -> None:
    _, params = decided(EXEMPELKOMMUN, AUGUSTI)
    plan = params.plan("byggnadsnamnden")
    assert plan
    alone, plan = without_areas(params, plan)
    [part] = delar(alone, plan)
    assert (part.fil, part.omrade, len(part.matetal)) == (
        "utfall.xlsx",
        None,
        len(plan.matetal) + len(plan.indikatorer),
    )
    content = template_bytes(part, alone.namnd(plan.namnd), alone, plan, Before())
    assert content.startswith(b"PK")


def test_an_aktivitets_matetal_follows_the_aktivitet() -> None:
    plan = Plan.model_validate({
        "namnd": "byggnadsnamnden", "plan": "P", "galler": [2025],
        "namndsmal": [{"id": "mal", "namn": "Mål", "aktiviteter": [{
            "id": "a", "namn": "A", "verksamhetsomrade": "bygglov",
            "matetal": [{"id": "m", "namn": "M", "mattenhet": "antal", "malvarde": "minst 1"}],
        }]}],
    })  # fmt: skip
    _, params = decided(EXEMPELKOMMUN, AUGUSTI)
    first = delar(params, plan)[0]
    assert isinstance(first, Del)
    assert (first.fil, [item.id for item in first.matetal]) == ("utfall-bygglov.xlsx", ["m"])

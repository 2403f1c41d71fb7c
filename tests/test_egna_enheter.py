"""Units of the kommun's own, from kommun.yml to the page: in plan, cells, formats, own sheets, historik and hand-outs."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from built_in_units import OWN, OWN_UNITS, UNITS
from conftest import PROJECT, run_all, site_of
from reporting.assess.underlag import load
from reporting.handout.workbooks import write_templates
from reporting.params.malvarde_readings import malvarde_readings
from reporting.params.read import read_params
from reporting.params.root import Root, find_root
from reporting.periods import Period
from reporting.show.chapters.blad import blad
from reporting.show.chapters.matetal import matetal
from reporting.site.facts import fakta_of
from reporting.site.facts_files import as_json, from_json
from reporting.swedish import read_number
from reporting.units import amount
from table_text import rows

HANDBOK = (PROJECT / "docs" / "handbok.md").read_text(encoding="utf-8")
[ENHETER] = re.findall(r"```yaml\n(enheter:.*?)```", HANDBOK, re.DOTALL)
KOMMUN = f"""
format: 2
kommun: Provkommun
namnder: [{{id: provnamnden, namn: Provnämnden}}]
skalor:
  skala: {{steg: [{{id: nej, namn: Nej, form: kvadrat, ton: rod, fran: 0}}, {{id: ja, namn: Ja, form: cirkel, ton: gron, fran: 1}}]}}
{ENHETER}"""
BLAD = """
id: egna
blad: Egna
kolumner:
  - {namn: vad, kravs: ja}
  - {namn: insatser, innehall: vårdtillfällen}
  - {namn: kostnad, innehall: tkr per elev}
"""
# mattenhet | målvärde | i cellen | cellformat | i fjol | tolkas som | skrivs | skillnad mot målvärdet
TARGETS = rows("""
vårdtillfällen     | högst 3 vårdtillfällen           | 1 vårdtillfälle | General              | 2   | högst 3 vårdtillfällen      | 1·vårdtillfälle | −2·vårdtillfällen
vårdtillfällen     | ska minska med 1 vårdtillfälle   | 4               | 0 "vårdtillfällen"   | 5   | ska minska med 1 vårdtillfälle | 4·vårdtillfällen | 0·vårdtillfällen
vårdtillfällen     | mellan 2 och 4 vtf               | 5 vtf           | General              | 3   | mellan 2 och 4 vårdtillfällen | 5·vårdtillfällen | +1·vårdtillfälle
tkr per elev       | högst 120 tkr/elev               | 119,5 tkr/elev  | General              | 118 | högst 120 tkr per elev      | 119,5           | −0,5
tkr per elev       | högst 120                        | 121             | 0" tkr per elev"     | 118 | högst 120 tkr per elev      | 121             | +1
terminer           | inom en termin                   | 0,5 termin      | General              | 2   | inom 1 termin               | 0,5·termin      | −0,5·termin
terminer           | inom två terminer                | 1,5             | General              | 2   | inom 2 terminer             | 1,5·terminer    | −0,5·termin
trygghetsskalan    | minst 5,5                        | 5,6             | General              | 5,1 | minst 5,5                   | 5,6             | +0,1
täckningsgrad      | minst 80 %                       | 82 %            | General              | 79  | minst 80 %                  | 82·%            | +2 procentenheter
andel av eleverna  | minst 80 %                       | 78              | General              | 79  | minst 80 %                  | 78·%            | −2 procentenheter
""")  # noqa: E501


def workbook(root: Path, period: str, cells: list[tuple[str, str]], own: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Mätetal"
    for name, lines in (("Om leveransen", [["nämnd", "provnamnden"], ["period", period]]), ("Egna", own)):
        made = book.create_sheet(name)
        for line in lines:
            made.append(line)
    sheet.append(["id", "enhet", "utfall"])
    for index, (text, number_format) in enumerate(cells, 1):
        plain = re.fullmatch(r"\d+(,\d+)?", text)
        sheet.append([f"m{index}", TARGETS[index - 1][0], float(text.replace(",", ".")) if plain else text])
        sheet.cell(index + 1, 3).number_format = number_format
    folder = root / "data" / period / "provnamnden"
    folder.mkdir(parents=True)
    book.save(folder / "utfall.xlsx")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    folder = tmp_path_factory.mktemp("egna-enheter")
    lines = ["namnd: provnamnden", "plan: Verksamhetsplan 2024", "galler: [2023, 2024]", "namndsmal:"]
    lines += ["  - id: mal", "    namn: Ett mål", "    matetal:"]
    for index, (unit, words, *_, written, _) in enumerate(TARGETS, 1):
        decimals = 1 if "," in written else 0
        lines.append(
            f'      - {{id: m{index}, namn: Mätetal {index}, mattenhet: {unit}, malvarde: "{words}", decimaler: {decimals}}}'
        )
    for name, text in (
        ("kommun.yml", KOMMUN),
        ("2024-12.yml", 'period: "2024-12"\nnamnder: {provnamnden: {}}\n'),
        ("planer/provnamnden.yml", "\n".join(lines) + "\n"),
        ("blad/egna.yml", BLAD),
    ):
        path = folder / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    own = [["vad", "insatser", "kostnad"], ["Hemma", "1 vårdtillfälle", 12], ["Borta", 3, "13,5 tkr per elev"]]
    workbook(folder, "2024-12", [(row[2], row[3]) for row in TARGETS], own)
    history = openpyxl.Workbook()
    sheet = history.worksheets[0]
    sheet.title = "Historik"
    sheet.append(["nämnd", "id", "2023-12"])
    for index, row in enumerate(TARGETS, 1):
        sheet.append(["provnamnden", f"m{index}", amount(read_number(row[4]), (OWN | UNITS)[row[0]])])
    history.save(folder / "data" / "historik.xlsx")
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return find_root(folder)


def cells_of(html: object) -> list[list[str]]:
    soup = BeautifulSoup(str(html), "html.parser")
    return [[" ".join(cell.get_text(" ").split(" ")) for cell in row.select("th, td")] for row in soup.select("tr")]


def test_the_malvarden_are_read_in_the_kommuns_units(root: Root) -> None:
    params, faults = read_params(root.params, Period(2024, 12))
    assert params is not None
    assert [str(fault) for fault in faults] == []
    assert [item.tolkas for item in malvarde_readings(params.planer, params.period.year)] == [row[5] for row in TARGETS]


def test_cells_formats_and_historik_are_read_in_them_and_the_tables_say_so(root: Root) -> None:
    underlag = load("2024-12", "provnamnden", str(root.folder))
    printed = {cells[0].split("  ")[0]: cells for cells in cells_of(matetal(underlag.resultat))}
    for index, (unit, *_, written, difference) in enumerate(TARGETS, 1):
        cells = printed[f"Mätetal {index}"]
        assert written.replace("·", "\u00a0") in cells, cells
        assert difference.replace("·", "\u00a0") in cells, cells
        assert (unit in cells[0]) == (OWN | UNITS)[unit].long
    earlier = {item.matetal: item.varde for item in underlag.tidigare.utfall}
    assert [str(earlier[f"m{index}"]).replace(".", ",") for index in range(1, 11)] == [row[4] for row in TARGETS]


def test_a_sheet_of_the_kommuns_own_has_columns_in_them(root: Root) -> None:
    underlag = load("2024-12", "provnamnden", str(root.folder))
    assert cells_of(blad(underlag, "egna")) == [
        ["Vad", "Insatser", "Kostnad, tkr per elev"],
        ["Hemma", "1\u00a0vårdtillfälle", "12"],
        ["Borta", "3\u00a0vårdtillfällen", "13,5"],
    ]


def test_facts_have_their_names_and_are_read_back(root: Root) -> None:
    fakta = fakta_of(load("2024-12", "provnamnden", str(root.folder))).model_copy(update={"historik": ()})
    content = as_json(fakta)
    assert b'"mattenhet": "v\xc3\xa5rdtillf\xc3\xa4llen"' in content
    assert from_json(content, OWN_UNITS) == fakta
    elsewhere = from_json(content)  # of a unit that is no more, all that is known is its name
    assert elsewhere is not None
    assert [item.mattenhet.name for item in elsewhere.matetal] == [row[0] for row in TARGETS]


def test_a_hand_out_says_the_unit_and_holds_to_the_ends_of_the_scale(root: Root, tmp_path: Path) -> None:
    params, _ = read_params(root.params, Period(2024, 12))
    assert params is not None
    [path], _ = write_templates(root, params, "provnamnden", tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Mätetal"]
    [headings] = [row for row in sheet.iter_rows(values_only=True) if "enhet" in row]
    lines = {row[0]: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(values_only=True) if row[0]}
    assert [lines[f"m{index}"]["enhet"] for index in range(1, 11)] == [row[0] for row in TARGETS]
    assert lines["m1"]["målvärde"] == "högst 3\u00a0vårdtillfällen"
    assert lines["m6"]["utfall 2023-12"] == "2,0\u00a0terminer"
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "Utfall: trygghetsskalan"]
    assert [(rule.formula1, rule.formula2) for rule in rules] == [("1.0", "7.0")]


@pytest.mark.whole
def test_the_report_and_the_site_print_them(root: Root) -> None:
    made = run_all(root, "2024-12")
    assert [outcome.orsak for page in made for outcome in page.failed] == []
    sajt = site_of(root)
    pages = [path.read_text(encoding="utf-8").replace("\u00a0", " ") for path in sajt.root.outputs.rglob("*.html")]
    for words in (
        "1 vårdtillfälle",
        "Mätetal 4, tkr per elev",
        "0,5 termin",
        "inom 2 terminer",
        "Mätetal 10, andel av eleverna",
    ):
        assert any(words in page for page in pages), words
    assert not any("1 vårdtillfällen" in page or "0,5 terminer" in page for page in pages)


# what somebody wrote in enheter | what it became | the line, what stands there and what is expected: no plan is told of it too
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("slag: antal", "slag: anttal", ("anttal", "slag: andel, antal, mängd, tid, kvot eller skala")),
        ("namn: vårdtillfällen, en", "en", ("", "nyckeln namn")),
        (ENHETER, "enheter: vårdtillfällen\n", ("vårdtillfällen", "enheter: en lista")),
        ("fran: 1, till", "fran: ett, till", ("ett", "fran: ett heltal")),
        (
            "slag: kvot",
            "slagg: kvot",
            ("slagg", "en av nycklarna namn, slag, en, flera, skrivs, vid, negativ, fran, till"),
        ),
    ],
)
def test_of_units_that_cannot_be_read_nothing_is_said_in_the_plans(
    old: str, new: str, told: tuple[str, str], root: Root, tmp_path: Path
) -> None:
    shutil.copytree(root.params, tmp_path / "params")
    kommun = tmp_path / "params" / "kommun.yml"
    assert old in KOMMUN
    kommun.write_text(KOMMUN.replace(old, new), encoding="utf-8")
    _, faults = read_params(tmp_path / "params", Period(2024, 12))
    assert [(fault.fil, fault.stod, fault.vantat) for fault in faults] == [("params/kommun.yml", *told)]

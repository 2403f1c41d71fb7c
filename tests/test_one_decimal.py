"""A plan whose målvärden have one decimal, and outcomes just beside them: every status right wherever a reader meets it."""

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from conftest import PROJECT, Sajt, run_all, site_of
from reporting.assess.underlag import load
from reporting.params.root import Root, find_root
from table_text import rows

pytestmark = pytest.mark.whole

# målvärde | enhet | bättre | utfall | i fjol | skrivs | i fjol skrivs | avvikelse | status
TARGETS = """
högst 3,0 %    | procent |       | 3,3   | 3,26 | 3,3·%     | 3,3·%     | +0,3 procentenheter  | Ej uppnått
högst 3,0 %    | procent |       | 2,96  | 2,9  | 3,0·%     | 2,9·%     | 0,0 procentenheter   | Uppnått
minst 90,0 %   | procent |       | 89,96 | 88   | 89,96·%   | 88,00·%   | −0,04 procentenheter | Ej uppnått
minst 90,0 %   | procent |       | 90,04 | 91   | 90,0·%    | 91,0·%    | 0,0 procentenheter   | Uppnått
lägre än 4,3 % | procent |       | 4,26  | 4,3  | 4,26·%    | 4,30·%    | −0,04 procentenheter | Uppnått
högre än 7,5   | poäng   |       | 7,54  | 7,5  | 7,54·poäng | 7,50·poäng | +0,04·poäng         | Uppnått
minst 12,5 mkr | mkr     |       | 12,46 | 12,5 | 12,46·mkr | 12,50·mkr | −0,04·mkr            | Ej uppnått
inom 8,5 dagar | dagar   |       | 8,54  | 9,0  | 8,54·dagar | 9,00·dagar | +0,04·dag           | Ej uppnått
2,0            | procent | lägre | 2,04  | 2,1  | 2,04·%    | 2,10·%    | +0,04 procentenheter | Ej uppnått
minst 1,0      | index   |       | 1,0   | 1,1  | 1,0       | 1,1       | 0,0                  | Uppnått
"""
CASES = rows(TARGETS)
PARAMS = """
kommun: Provkommun
namnder: [{id: provnamnden, namn: Provnämnden}]
overgripande_mal: [{id: allt, namn: Allt väl}]
skalor:
  skala: {steg: [{id: nej, namn: Nej, form: kvadrat, ton: rod, fran: 0}, {id: ja, namn: Ja, form: cirkel, ton: gron, fran: 1}]}
rapporttyper: {arsuppfoljning: {namn: Årsuppföljning, skala: skala}}
"""
PERIOD = """
period: "2024-12"
jamfor_med: "2023-12"
trend_mot: "2024-08"
namnder: {provnamnden: {}}
"""


def plan() -> str:
    lines = ["namnd: provnamnden", "plan: Verksamhetsplan 2024", "galler: [2023, 2024]", "namndsmal:"]
    lines += ["  - id: mal", "    namn: Ett mål", "    overgripande_mal: [allt]", "    matetal:"]
    for index, (words, unit, better, *_) in enumerate(CASES, 1):
        direction = f", battre: {better}" if better else ""
        lines.append(
            f'      - {{id: m{index}, namn: Mätetal {index}, mattenhet: {unit}, malvarde: "{words}"{direction}}}'
        )
    return "\n".join(lines) + "\n"


def workbook(root: Path, period: str, column: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Mätetal"
    om = book.create_sheet("Om leveransen")
    om.append(["nämnd", "provnamnden"])
    om.append(["period", period])
    sheet.append(["id", "utfall"])
    for index, case in enumerate(CASES, 1):
        sheet.append([f"m{index}", case[column]])
    folder = root / "data" / period / "provnamnden"
    folder.mkdir(parents=True)
    book.save(folder / "utfall.xlsx")


@pytest.fixture(scope="module")
def sajt(tmp_path_factory: pytest.TempPathFactory) -> Sajt:
    """The kommun's report and site, made as a user makes them."""
    root = provkommun(tmp_path_factory.mktemp("provkommun"))
    made = run_all(root, "2024-12")
    assert [outcome.orsak for page in made for outcome in page.failed] == []
    return site_of(root)


def provkommun(folder: Path, more: str = "") -> Root:
    (folder / "params" / "planer").mkdir(parents=True)
    (folder / "params" / "kommun.yml").write_text(PARAMS + more, encoding="utf-8")
    (folder / "params" / "2024-12.yml").write_text(PERIOD, encoding="utf-8")
    (folder / "params" / "planer" / "provnamnden-2024.yml").write_text(plan(), encoding="utf-8")
    workbook(folder, "2024-12", 3)
    workbook(folder, "2023-12", 4)
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return find_root(folder)


def page(sajt: Sajt, path: str) -> BeautifulSoup:
    return BeautifulSoup((sajt.root.outputs / "2024-12" / path).read_text(encoding="utf-8"), "html.parser")


def words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def shown(cells: tuple[str, ...]) -> list[str]:
    return [words(cell) for cell in cells]


def test_the_table_of_the_report(sajt: Sajt) -> None:
    table = page(sajt, "provnamnden/rapport.html").select_one("table:has(#matetal-m1)")
    assert table is not None
    found = {}
    for row in table.select("tr[id]"):
        earlier, now, _, difference, status, *_ = (words(cell.get_text(" ")) for cell in row.select("td"))
        found[row["id"]] = [now, earlier, difference, status]
    assert found == {f"matetal-m{index}": shown(case[5:]) for index, case in enumerate(CASES, 1)}


def test_the_chart_and_its_alternative(sajt: Sajt) -> None:
    figure = page(sajt, "provnamnden/rapport.html").select_one("figure")
    assert figure is not None
    assert "Fem av tio mätetal når målvärdet" in words(figure.get_text(" "))
    told = words(str(figure))
    for index, case in enumerate(CASES, 1):
        assert f"Mätetal {index}: {words(case[5])}, mål " in told, index
        assert f"december 2023 {words(case[6])}." in told, index


def test_the_summary_and_the_kommuns_page(sajt: Sajt) -> None:
    text = words(page(sajt, "provnamnden/rapport.html").get_text(" "))
    assert "Fem av tio bedömbara mätetal når målvärdet." in text
    kommun = page(sajt, "kommun/rapport.html")
    (row,) = (
        words(row.get_text(" "))
        for caption in kommun.select("caption")
        if "efter status" in caption.get_text()
        for row in caption.parent.select("tbody tr")
    )
    assert re.match(r"Provnämnden 5 5 0", row), row


def test_the_facts_and_the_csv(sajt: Sajt) -> None:
    fakta = json.loads(next(sajt.folder.rglob("fakta/2024-12/provnamnden.json")).read_text(encoding="utf-8"))
    assert [item["status"] for item in fakta["matetal"]] == [case[-1].lower() for case in CASES]
    with zipfile.ZipFile(next(sajt.folder.rglob("provnamnden-2024-12-*.zip"))) as archive:
        tables = [
            list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))
            for name in archive.namelist()
            if name.endswith(".csv")
        ]
    (found, *_) = (
        [[row[head.index("Mätetal")], row[head.index("Status")]] for row in body]
        for head, *body in tables
        if "Status" in head and "Avvikelse" in head
    )
    assert found == [[f"Mätetal {index}", case[-1]] for index, case in enumerate(CASES, 1)]


def test_a_matetals_own_page_prints_all_its_periods_alike(sajt: Sajt) -> None:
    soup = BeautifulSoup(
        (sajt.sidor / "provnamnden" / "matetal" / "m3.html").read_text(encoding="utf-8"), "html.parser"
    )
    values = [words(row.select("td")[0].get_text()) for row in soup.select("tr[id^=period-]")]
    assert values == ["89,96 %", "88,00 %"]


def test_a_kommun_that_compares_rounded_figures_says_which_statuses_it_decided(tmp_path: Path) -> None:
    root = provkommun(tmp_path / "kommun", "jamfor_avrundat: ja\n")
    underlag = load("2024-12", "provnamnden", str(root.folder))
    differing = [r.matetal.id for r in underlag.resultat.matetal if r.oavrundad_status]
    assert differing == ["m3", "m5", "m6", "m7", "m8", "m9"]
    assert {
        "Avrundat till 90,0 % är målvärdet minst 90,0 % uppnått; oavrundat är det ej uppnått.",
        "Avrundat till 4,3 % är målvärdet lägre än 4,3 % ej uppnått; oavrundat är det uppnått.",
    } < {words(notis.iakttagelse) for notis in underlag.notiser}
    (made, *_) = run_all(root, "2024-12", "provnamnden")
    assert made.failed == []
    text = words((root.outputs / "2024-12" / "provnamnden" / "rapport.html").read_text(encoding="utf-8"))
    assert text.count("avgjort av avrundning, annars ej uppnått") >= 4
    assert "kommunen har beslutat att utfallet avrundas" in text

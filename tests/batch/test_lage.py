"""How far the nämnder have come: chapter by chapter, on a terminal, as JSON and in a notebook."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from commands import reporting
from conftest import EXEMPELKOMMUN, PROJECT, run_all
from reporting import laget
from reporting.batch.status import lage_of_period, namnders_lage
from reporting.faults import InputFaults
from reporting.params.root import Root
from reporting.periods import Period
from table_text import rows

pytestmark = pytest.mark.process

AUGUSTI = Period(2025, 8)


def states(root: Root, namnd: str) -> dict[str, str]:
    [found] = [item for item in lage_of_period(root, AUGUSTI) if item.namnd == namnd]
    return {item.kapitel[3:]: item.lage for item in found.kapitel}


@pytest.fixture
def kommun(copy_of: Callable[[Path], Root]) -> Root:
    return copy_of(EXEMPELKOMMUN)


# chapter | lage | delivered | of | texts | of
BIBLIOTEK = """
01-sammanfattning   | levererat   | 19 | 19 | 1  | 1
02-maluppfoljning   | text saknas | 23 | 23 | 16 | 23
03-matetal          | levererat   | 19 | 19 | 0  | 0
04-uppdrag          | text saknas | 3  | 3  | 0  | 1
05-internkontroll   | text saknas | 4  | 4  | 0  | 1
06-privata-utforare | levererat   | 0  | 0  | 0  | 0
07-personal         | text saknas | 1  | 1  | 0  | 5
08-ekonomi          | text saknas | 3  | 3  | 0  | 3
09-framtid          | text saknas | 0  | 0  | 0  | 1
10-underlag         | levererat   | 2  | 2  | 0  | 0
"""


def test_a_namnd_chapter_by_chapter(kommun: Root) -> None:
    [found] = namnders_lage("2025-08", "kultur-och-fritidsnamnden", str(kommun.folder))
    shown = [(k.kapitel, k.lage, k.levererade, k.efterfragade, k.texter, k.textdelar) for k in found.kapitel]
    assert [tuple(map(str, row)) for row in shown] == rows(BIBLIOTEK)


def test_which_workbook_is_from_whom_and_which_has_not_come(kommun: Root) -> None:
    (kommun.data / "2025-08" / "socialnamnden" / "utfall-ifo.xlsx").unlink()
    [found] = namnders_lage("2025-08", "socialnamnden", str(kommun.folder))
    assert [
        (item.fil.rsplit("/", 1)[-1], item.verksamhetsomrade, item.lamnad_av, item.lamnad) for item in found.lamnade
    ] == rows("""
        utfall-aldre.xlsx | Äldreomsorg       | Verksamhetens controller | 2025-09-05
        utfall-stod.xlsx  | Ledning och stöd  | Verksamhetens controller | 2025-09-05
    """)
    assert found.saknade == ("utfall-ifo.xlsx",)
    assert {item.kapitel: item.lage for item in found.kapitel}["10-underlag"] == "fel"


def test_a_fault_on_one_sheet_is_that_chapters(kommun: Root) -> None:
    path = kommun.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx"
    book = openpyxl.load_workbook(path)
    book["Drift"]["A2"] = "intäkter"
    book.save(path)
    found = states(kommun, "socialnamnden")
    assert [name for name, state in found.items() if state == "fel"] == ["ekonomi"]


def test_a_fault_in_a_text_is_the_chapters_that_it_stands_in(kommun: Root) -> None:
    path = kommun.data / "2025-08" / "socialnamnden" / "texter.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("bedömning: Uppnått", "bedömning: Bra", 1), encoding="utf-8")
    found = states(kommun, "socialnamnden")
    assert [name for name, state in found.items() if state == "fel"] == ["maluppfoljning"]


def test_a_fault_in_the_plan_stops_every_chapter(kommun: Root) -> None:
    plan = next((kommun.params / "planer").glob("utbildningsnamnden*.yml"))
    plan.write_text(plan.read_text(encoding="utf-8") + "\nfel: här\n", encoding="utf-8")
    assert set(states(kommun, "utbildningsnamnden").values()) == {"fel"}
    assert "fel" not in states(kommun, "kultur-och-fritidsnamnden").values()


def test_a_chapter_is_done_when_the_page_is_made_of_what_is_there(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    assert namnders_lage("2024-12", "", str(root.folder))[0].klara == 0
    run_all(root, "2024-12")
    [found] = namnders_lage("2024-12", "", str(root.folder))
    assert {item.lage for item in found.kapitel} == {"klar", "text saknas"}
    assert found.senaste.korning == "klar"


def test_on_a_terminal_and_as_json(kommun: Root) -> None:
    shown = reporting("status", "2025-08", "--root", str(kommun.folder))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Kultur- och fritidsnämnden: 0 av 10 kapitel klara. Kvar: " in shown.stdout
    assert "  utfall-kultur.xlsx: Bibliotek och kulturskola, Verksamhetens controller, 2025-09-05" in shown.stdout
    found = json.loads(reporting("status", "2025-08", "socialnamnden", "--root", str(kommun.folder), "--json").stdout)
    assert [(item["namnd"], item["kapitel"][0]["lage"]) for item in found] == [("socialnamnden", "levererat")]
    wrong = reporting("status", "2025-08", "socialnamden", "--root", str(kommun.folder))
    assert (wrong.returncode, "Nämnden «socialnamden» finns inte" in wrong.stderr) == (2, True)


def test_a_chapter_of_the_kommuns_own_lacks_its_text_until_it_is_written(kommun: Root) -> None:
    chapter, texts = kommun.notebooks / "50-synpunkter.ipynb", kommun.data / "2025-08" / "socialnamnden" / "texter.md"
    chapter.write_bytes((kommun.notebooks / "09-framtid.ipynb").read_bytes())

    def told() -> tuple[str, int, int]:
        [found] = namnders_lage("2025-08", "socialnamnden", str(kommun.folder))
        [own] = [item for item in found.kapitel if item.kapitel == chapter.stem]
        return own.lage, own.texter, own.textdelar

    assert told() == ("text saknas", 0, 1)
    asked = reporting("texts", "2025-08", "socialnamnden", "--root", str(kommun.folder))
    assert "nya avsnitt synpunkter" in asked.stdout
    assert told() == ("text saknas", 0, 1)  # a heading and a question aren't a text
    shown = reporting("status", "2025-08", "socialnamnden", "--root", str(kommun.folder)).stdout
    assert re.search(r"│ 50-synpunkter +│ text saknas: 1 │", shown), shown
    before, heading, after = texts.read_text(encoding="utf-8").partition("## synpunkter\n")
    texts.write_text(f"{before}{heading}\nFler hör av sig.\n{after}", encoding="utf-8")
    assert told() == ("levererat", 1, 1)


def test_in_a_notebook_it_is_a_table(kommun: Root) -> None:
    html = str(laget("2025-08", root=str(kommun.folder)))
    assert "<caption>Läget kapitel för kapitel</caption>" in html
    assert re.search(r"saknas: \d+ av \d+", html)
    assert "Verksamhetens controller" in html
    with pytest.raises(InputFaults):
        namnders_lage("2031-12", root=str(kommun.folder))


def test_sheets_that_no_verksamhetsomrade_is_to_fill_in_are_not_asked_for(kommun: Root) -> None:
    [dealt_out] = namnders_lage("2025-08", "kultur-och-fritidsnamnden", str(kommun.folder))
    path = kommun.params / "kommun.yml"
    text = re.sub(r",? *blad: \[.*?\]", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    [undealt] = namnders_lage("2025-08", "kultur-och-fritidsnamnden", str(kommun.folder))
    for found, asked in ((dealt_out, (0, 1, 3)), (undealt, (1, 1, 3))):
        by_chapter = {item.kapitel: item.efterfragade for item in found.kapitel}
        assert tuple(by_chapter[name] for name in ("06-privata-utforare", "07-personal", "08-ekonomi")) == asked


def test_a_renamed_sheets_fault_is_still_its_chapters(kommun: Root) -> None:
    path = kommun.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx"
    book = openpyxl.load_workbook(path)
    book["Mätetal"]["C3"] = "ca 58"
    book["Mätetal"].title = "Mätetal (2)"
    book.save(path)
    found = states(kommun, "socialnamnden")
    assert [name for name, state in found.items() if state == "fel"] == ["maluppfoljning", "matetal"]


def test_a_sheet_with_a_name_of_its_own_has_its_faults_in_its_chapter(kommun: Root) -> None:
    path = kommun.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx"
    book = openpyxl.load_workbook(path)
    book["Drift"]["C3"] = "se bilaga"
    book["Drift"].title = "Driften 2025"
    book.save(path)
    found = states(kommun, "socialnamnden")
    assert [name for name, state in found.items() if state == "fel"] == ["ekonomi"]


def test_the_same_figure_twice_is_the_chapters_whose_figure_it_is(kommun: Root) -> None:
    folder = kommun.data / "2025-08" / "socialnamnden"
    book = openpyxl.load_workbook(folder / "utfall-stod.xlsx")
    book["Drift"]["C3"] = 1
    book["Drift"].title = "Driften 2025"
    book.save(folder / "kopia.xlsx")
    found = states(kommun, "socialnamnden")
    assert [name for name, state in found.items() if state == "fel"] == ["ekonomi"]


def test_what_is_missing_is_told_by_name(kommun: Root) -> None:
    path = kommun.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx"
    book = openpyxl.load_workbook(path)
    book["Mätetal"]["C3"] = None
    book["Uppdrag"].delete_rows(2)
    book.save(path)
    (path.parent / "utfall-ifo.xlsx").unlink()
    [found] = namnders_lage("2025-08", "socialnamnden", str(kommun.folder))
    here = [item for item in found.saknas if item.omrade == "Äldreomsorg"]
    assert [(item.blad, item.id, item.as_fault().plats) for item in here] == rows("""
        Mätetal | vantetid-sabo | blad Mätetal, cell C3
        Uppdrag | avgift-avlosning | blad Uppdrag
    """)
    others = [item for item in found.saknas if item.omrade != "Äldreomsorg"]
    assert {(item.omrade, item.fil) for item in others} == {("Individ- och familjeomsorg", "")}
    outcomes = [item for item in found.saknas if item.blad == "Mätetal"]
    assert len(outcomes) == 8  # the goals' and the aktiviteter's
    shown = reporting("status", "2025-08", "socialnamnden", "--root", str(kommun.folder)).stdout
    assert f"  saknas: Mätetal vantetid-sabo, {here[0].namn} (Äldreomsorg)" in shown
    every = reporting("status", "2025-08", "--root", str(kommun.folder)).stdout
    assert ("saknas: Mätetal" in every, f"{len(outcomes)} utfall" in every) == (False, True)
    told = json.loads(reporting("status", "2025-08", "socialnamnden", "--root", str(kommun.folder), "--json").stdout)
    assert told[0]["saknas"][0]["id"] in [item.id for item in found.saknas]

"""`reporting check --malvarden`: how each målvärde is read, before anything is run."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import reporting
from conftest import EXEMPELKOMMUN
from reporting.params.root import Root

pytestmark = pytest.mark.process

WORDS = "malvarde: inom 60 dagar"


def planned(root: Root, instead: str) -> str:
    """The folder of a root whose plan says something else of the väntetid; no workbook has come."""
    shutil.rmtree(root.data)
    plan = next((root.params / "planer").glob("socialnamnden*.yml"))
    text = plan.read_text(encoding="utf-8")
    assert text.count(WORDS) == 1
    plan.write_text(text.replace(WORDS, instead), encoding="utf-8")
    return str(root.folder)


def test_words_readings_and_what_would_do_are_told_as_data(copy_of: Callable[[Path], Root]) -> None:
    folder = planned(copy_of(EXEMPELKOMMUN), "malvarde: cirka 60 dagar")
    result = reporting("check", "2025-08", "--malvarden", "--json", "--root", folder)
    told = {item["id"]: item for item in json.loads(result.stdout)}
    assert (result.returncode, result.stderr, len(told)) == (1, "", 60)
    assert told["vantetid-sabo"] == {
        "namnd": "socialnamnden",
        "id": "vantetid-sabo",
        "namn": "Genomsnittlig väntetid från ansökan till erbjuden plats på särskilt boende",
        "malvarde": "cirka 60 dagar",
        "lases": "",
        "tolkas": "",
        "ord": "",
        "vantat": "till exempel «minst 60 dagar» eller «högst 60 dagar»",
        "forslag": "minst 60 dagar eller högst 60 dagar",
    }
    assert [item["id"] for item in told.values() if not item["tolkas"]] == ["vantetid-sabo"]
    assert told["skolranking"]["tolkas"] == "plats 50 eller bättre"


@pytest.fixture
def answer(copy_of: Callable[[Path], Root], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, str, str]]:
    """(exit code, the table, the messages) where the plan says something else of the väntetid."""

    def answered(instead: str) -> tuple[int, str, str]:
        monkeypatch.setenv("COLUMNS", "200")
        result = reporting("check", "2025-08", "--malvarden", "--root", planned(copy_of(EXEMPELKOMMUN), instead))
        return result.returncode, result.stdout, result.stderr

    return answered


def test_lases_makes_it_readable_and_the_table_says_both(answer: Callable[[str], tuple[int, str, str]]) -> None:
    code, table, told = answer("malvarde: cirka 60 dagar\n        lases: högst 60 dagar")
    assert (code, told) == (0, "")
    [row] = [line for line in table.splitlines() if "vantetid-sabo" in line]
    assert [cell.strip() for cell in row.split("│")[1:-1]] == ["vantetid-sabo", "cirka 60 dagar", "högst 60 dagar"]
    assert "enligt lases" in table
    assert table.endswith("60 målvärden. Alla går att läsa.\n")


def test_what_cannot_be_read_is_in_the_table_with_what_would_do(answer: Callable[[str], tuple[int, str, str]]) -> None:
    code, table, told = answer("malvarde: cirka 60 dagar\n        battre: lägre")
    assert (code, told) == (1, "")
    words = " ".join(" ".join(line.split("│")[-2].strip() for line in table.splitlines() if "│" in line).split())
    assert (
        "läses inte. Väntat: till exempel «minst 60 dagar» eller «högst 60 dagar». Lägg till lases: högst 60 dagar"
        in words
    )
    assert table.endswith("60 målvärden, varav 1 inte går att läsa.\n")


def test_a_plan_with_other_faults_is_told_of(answer: Callable[[str], tuple[int, str, str]]) -> None:
    code, _, told = answer("malvarde: [inom 60 dagar")
    assert code == 1
    assert told == "Det finns andra fel i params/, så målvärden kan saknas här. Kör reporting check utan --malvarden.\n"

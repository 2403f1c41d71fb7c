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
    """The option's answer, as JSON, where the plan says something else of the väntetid; no workbook has come."""
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


def test_lases_makes_it_readable_and_the_table_says_both(
    copy_of: Callable[[Path], Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = planned(copy_of(EXEMPELKOMMUN), "malvarde: cirka 60 dagar\n        lases: högst 60 dagar")
    monkeypatch.setenv("COLUMNS", "120")
    result = reporting("check", "2025-08", "--malvarden", "--root", folder)
    assert (result.returncode, result.stderr) == (0, "")
    [row] = [line for line in result.stdout.splitlines() if "vantetid-sabo" in line]
    assert [cell.strip() for cell in row.split("│")[1:-1]] == ["vantetid-sabo", "cirka 60 dagar", "högst 60 dagar"]
    assert "enligt lases" in result.stdout
    assert result.stdout.endswith("60 målvärden, varav inget inte går att läsa.\n")


def test_what_cannot_be_read_is_in_the_table_with_what_would_do(
    copy_of: Callable[[Path], Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = planned(copy_of(EXEMPELKOMMUN), "malvarde: cirka 60 dagar\n        battre: lägre")
    monkeypatch.setenv("COLUMNS", "200")
    result = reporting("check", "2025-08", "--malvarden", "--root", folder)
    assert result.returncode == 1
    words = " ".join(
        " ".join(line.split("│")[-2].strip() for line in result.stdout.splitlines() if "│" in line).split()
    )
    assert (
        "läses inte. Väntat: till exempel «minst 60 dagar» eller «högst 60 dagar». Lägg till lases: högst 60 dagar"
        in words
    )
    assert result.stdout.endswith("60 målvärden, varav 1 inte går att läsa.\n")

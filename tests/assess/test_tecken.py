"""Avvikelser with the wrong sign: each rule with figures that give a question, and the nearest that don't."""

import pytest
from test_metod import metod_table
from test_rimlighet import delivered

from reporting.assess import blad_notices

SHEETS = {"Drift": ("drift", "id"), "Verksamhetsområden": ("omraden", "verksamhetsområde")}


def told(**sheets: str) -> list[tuple[str, str]]:
    """The row, and the first sentence that is said of it."""
    found = blad_notices.opposite_signs(delivered(**sheets))
    return [(rad.id, text.partition(". ")[0].replace("\u00a0", " ") + ".") for rad, text in found]


@pytest.mark.parametrize("row", metod_table("Att kontrollera", 8), ids=lambda row: " ".join(row.values())[:60])
def test_a_row_as_docs_metod_says(row: dict[str, str]) -> None:
    sheet, key = SHEETS[row["blad"]]
    cells = " | ".join((row["rad"], row["budget"], row["utfall"], row["avvikelse"]))
    found = told(**{sheet: f"{key} | budget | utfall | avvikelse\n{cells}"})
    assert found == [(row["rad"], row["iakttagelse"])] * bool(row["iakttagelse"])


def test_the_year_as_foreseen_is_what_a_delar_is_held_against() -> None:
    assert told(drift="id | budget | utfall | helårsprognos | avvikelse\nkostnader | 729 | 491,3 | 734,9 | 5,9") == [
        ("kostnader", "Helårsprognos och budget ger −5,9 mkr.")
    ]


def test_a_net_cost_that_is_an_income_is_not_judged_as_a_cost() -> None:
    sheet = "id | budget | utfall | avvikelse\nkostnader | 100 | 100 | 0\nnettokostnader | -90 | {} | {}"
    assert told(drift=sheet.format("-92,5", "2,5")) == []
    assert told(drift=sheet.format("-92,5", "-2,5")) == []


def test_an_area_is_held_against_the_others_on_the_sheet() -> None:
    heading = "verksamhetsområde | budget | utfall | avvikelse\n"
    areas = "Förskola | 50,0 | 50,5 | -0,5\nSkola | 30,0 | 32,0 | -2,0\n"
    assert told(omraden=f"{heading}{areas}Vuxna | 10 | 9 | 1") == []
    odd = "Den är räknad åt andra hållet än de andra på bladet."
    assert told(omraden=f"{heading}{areas}Vuxna | 10 | 9 | -1") == [("Vuxna", odd)]
    assert told(omraden=f"{heading}{areas}Hela nämnden | 80 | 82,5 | 2,5") == [("Hela nämnden", odd)]


def test_the_whole_namnd_is_held_against_its_areas() -> None:
    sheet = "verksamhetsområde | budget | utfall | avvikelse\nFörskola | | | -0,5\nSkola | | | -2\nHela nämnden | {}"
    assert told(omraden=sheet.format("-90 | -92,5 | -2,5")) == []
    assert told(omraden=sheet.format(" | | -1")) == []
    assert told(omraden=sheet.format("-90 | -92,5 | 2,5")) == [
        ("Hela nämnden", "Utfall och budget ger −2,5 mkr.")
    ]  # the same thing isn't said twice
    assert told(omraden=sheet.format(" | | 2,5")) == [
        ("Hela nämnden", "Verksamhetsområdena är tillsammans −2,5 mkr, alltså med motsatt tecken.")
    ]


def test_units_may_differ_and_what_fits_neither_way_is_another_rules() -> None:
    sheet = "verksamhetsområde | avvikelse | enhet\nFörskola | -500 | tkr\nHela nämnden | 2,5 | mkr"
    assert [name for name, _ in told(omraden=sheet)] == ["Hela nämnden"]
    assert told(drift="id | budget | utfall | avvikelse\nresultat | 0 | -2,5 | 7") == []


def test_an_area_that_is_turned_is_all_that_is_said() -> None:
    sheet = (
        "verksamhetsområde | budget | utfall | avvikelse\nFörskola | 50,0 | 53,0 | 3,0\nSkola | 30,0 | 32,0 | -2,0\n"
    )
    assert [name for name, _ in told(omraden=f"{sheet}Hela nämnden | 80,0 | 85,0 | -5,0")] == ["Förskola"]

"""Tables say «avrundat» where their printed parts miss a total by rounding, and only there. "2,44:1" is 2,44 printed with one decimal."""

import pytest

from built_in_units import UNITS
from reporting.reading.utfall import Bladrad, Cell
from reporting.show.rounded_sums import areas_are_rounded, column_is_rounded, drift_is_rounded, staff_is_rounded
from reporting.swedish import read_number


def cell(text: str, unit: str = "mkr") -> Cell:
    value, _, decimals = text.strip().partition(":")
    return Cell(value, read_number(value), int(decimals), UNITS[unit]) if value else Cell("")


def row(name: str, cells: dict[str, str], years: dict[int, str] | None = None) -> Bladrad:
    made = {column: cell(text) for column, text in cells.items()}
    return Bladrad("drift", name, made, {y: cell(t, "procent") for y, t in (years or {}).items()}, "utfall.xlsx")


@pytest.mark.parametrize(
    ("amounts", "is_rounded"),
    [
        ("12,44:1 12,44:1", True),  # 12,4 + 12,4 is not 24,9
        ("12,44:1 12,41:1", True),  # nor 24,9
        ("12,4:1 12,4:1", False),
        ("12,04:1 12,04:1", True),  # 24,1
        ("12,44:2 12,44:2", False),
    ],
)
def test_a_total_that_is_worked_out_here(amounts: str, is_rounded: bool) -> None:
    assert column_is_rounded([cell(text) for text in amounts.split()]) is is_rounded


@pytest.mark.parametrize(
    ("kommunbidrag", "netto", "resultat", "is_rounded"),
    [
        ("22,4:1", "22,2:1", "0,2:1", False),
        ("22,44:1", "22,26:1", "0,18:1", True),  # 22,4 − 22,3 is not 0,2
        ("22,44:1", "22,24:1", "0,2:1", False),
        ("22,4:1", "22,2:1", "0,9:1", False),  # wrong, and told as that
    ],
)
def test_rows_of_the_resultatrakning(kommunbidrag: str, netto: str, resultat: str, is_rounded: bool) -> None:
    rows = [
        row(name, {"utfall": text})
        for name, text in (("kommunbidrag", kommunbidrag), ("nettokostnader", netto), ("resultat", resultat))
    ]
    assert drift_is_rounded(rows) is is_rounded


@pytest.mark.parametrize(
    ("budget", "utfall", "avvikelse", "is_rounded"),
    [
        ("90,0:1", "92,5:1", "-2,5:1", False),
        ("90,04:1", "92,56:1", "-2,52:1", True),  # 90,0 − 92,6 is not −2,5
        ("90,0:1", "92,5:1", "-9,9:1", False),
    ],
)
def test_an_avvikelse_from_the_budget(budget: str, utfall: str, avvikelse: str, is_rounded: bool) -> None:
    assert (
        drift_is_rounded([row("resultat", {"budget": budget, "utfall": utfall, "avvikelse": avvikelse})]) is is_rounded
    )


@pytest.mark.parametrize(
    ("areas", "whole", "is_rounded"),
    [
        ("1,44:1 1,44:1", "2,88:1", True),  # 1,4 + 1,4 is not 2,9
        ("1,4:1 1,4:1", "2,8:1", False),
        ("1,4:1 1,4:1", "5,0:1", False),  # what the areas don't explain is told elsewhere
    ],
)
def test_the_areas_and_the_whole_namnd(areas: str, whole: str, is_rounded: bool) -> None:
    rows = [row(f"Område {i}", {"avvikelse": text}) for i, text in enumerate(areas.split())]
    assert areas_are_rounded([*rows, row("Hela nämnden", {"avvikelse": whole})]) is is_rounded


def test_the_days_of_absence() -> None:
    def staff(*texts: str) -> dict[str, Bladrad]:
        names = ("frisknarvaro", "frisknarvaro-0", "frisknarvaro-1-7")
        return {name: row(name, {}, {2024: text}) for name, text in zip(names, texts, strict=True)}

    names = list(staff("1:0", "1:0", "1:0"))
    assert staff_is_rounded(staff("68,88:1", "44,44:1", "24,44:1"), names)
    assert not staff_is_rounded(staff("68,8:1", "44,4:1", "24,4:1"), names)
    assert not staff_is_rounded(staff("68,88:1", "44,44:1", "24,44:1"), names[:2])

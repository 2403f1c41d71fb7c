"""What may be right but ought to be looked at: each rule with figures that give a notis, and the nearest that don't."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.blad import DRIFT, PERSONAL
from reporting.notiser import notiser
from reporting.periods import Period
from reporting.plan import Plan
from reporting.utfall import Bladrad, Cell, Leverans, Utfall
from table_text import rows

NOW, LAST_YEAR, APRIL = Period(2025, 8), Period(2024, 8), Period(2025, 4)
PLAN = Plan.model_validate(
    {
        "namnd": "testnamnden",
        "plan": "Plan 2025",
        "galler": [2025],
        "namndsmal": [
            {
                "id": "mal",
                "namn": "Ett mål",
                "matetal": [
                    {"id": "andel", "namn": "A", "mattenhet": "procent", "malvarde": "minst 90 %", "kon": ["kvinnor", "män"]},
                    {"id": "antal", "namn": "B", "mattenhet": "antal", "malvarde": "minst 10", "kon": ["kvinnor", "män"]},
                    {"id": "kostnad", "namn": "C", "mattenhet": "mkr", "malvarde": "högst 500"},
                    {"id": "poang", "namn": "D", "mattenhet": "poäng", "malvarde": "minst 5", "kon": ["kvinnor", "män"]},
                    {"id": "register", "namn": "E", "mattenhet": "procent", "malvarde": "minst 5 %", "efterslapning_ar": 1},
                    {"id": "lan", "namn": "F", "mattenhet": "antal", "malvarde": "minst 5", "decimaler": 1},
                ],
            }
        ],
    }
)  # fmt: skip


def outcome(matetal: str, value: str, period: Period = NOW, kon: str = "", matt_till: str = "") -> Utfall:
    day = date.fromisoformat(matt_till) if matt_till else None
    return Utfall(period, matetal, kon, Decimal(value), None, "", day, "", "", "data/u.xlsx", "Mätetal", "C2")


def told(nu: list[Utfall], before: list[Utfall] | None = None, last: list[Utfall] | None = None) -> list[str]:
    found = notiser(PLAN, Leverans(utfall=tuple(nu)), before or [], last or [])
    return [notis.iakttagelse.replace("\u00a0", " ") for notis in found]


# mätetal | total | kvinnor | män | what is noticed
PARTS = """
antal | 12     | 7      | 5      |
antal | 12     | 7      | 4      | Delarna är tillsammans 11.
andel | 82     | 80     | 85     |
andel | 85     | 80     | 85     |
andel | 90     | 80     | 85     | Helheten är varken summan av delarna eller mellan 80 % och 85 %.
andel | 82,1   | 82     | 82     |
poang | 60900  | 12750  | 48150  |
"""


@pytest.mark.parametrize(("matetal", "total", "kvinnor", "man", "said"), rows(PARTS))
def test_parts_and_the_whole(matetal: str, total: str, kvinnor: str, man: str, said: str) -> None:
    values = [text.replace(",", ".") for text in (total, kvinnor, man)]
    nu = [outcome(matetal, text, kon=kon) for text, kon in zip(values, ("", "kvinnor", "män"), strict=True)]
    assert told(nu) == [text for text in [said] if text]


# mätetal | value | what is noticed
IMPOSSIBLE = """
andel   | 100  |
andel   | 101  | En andel är mellan 0 och 100 %.
andel   | -1   | En andel är mellan 0 och 100 %.
antal   | -1   | Talet kan inte vara mindre än 0.
antal   | 7.5  | Ett antal är ett helt tal, om planen inte anger decimaler.
lan     | 7.5  |
kostnad | -3.2 |
"""


@pytest.mark.parametrize(("matetal", "value", "said"), rows(IMPOSSIBLE))
def test_values_that_cannot_be(matetal: str, value: str, said: str) -> None:
    assert told([outcome(matetal, value)]) == [text for text in [said] if text]


# mätetal | now | a year ago | what is noticed
JUMPS = """
kostnad | 480   | 47    | Ungefär 10 gånger så mycket som augusti 2024 (47 mkr).
kostnad | 460   | 47    |
kostnad | 48000 | 47    | Ungefär 1 021 gånger så mycket som augusti 2024 (47 mkr). Är enheten rätt, tkr eller mkr?
kostnad | 0.047 | 47    | Augusti 2024 (47 mkr) var det ungefär 1 000 gånger så mycket. Är enheten rätt, tkr eller mkr?
antal   | 1     | 12    |
antal   | 240   | 12    | Ungefär 20 gånger så mycket som augusti 2024 (12).
antal   | 240   | 0     |
andel   | 75    | 0.75  | Ungefär 100 gånger så mycket som augusti 2024 (0,75 %).
"""


@pytest.mark.parametrize(("matetal", "now", "before", "said"), rows(JUMPS))
def test_a_tenfold_jump_from_a_year_ago(matetal: str, now: str, before: str, said: str) -> None:
    assert told([outcome(matetal, now)], [outcome(matetal, before, LAST_YEAR)]) == [text for text in [said] if text]


# mätetal | now | measured through | a year ago | in April | what is noticed
UNMOVED = """
andel    | 82  |            | 82 | 80 | Samma utfall som i augusti 2024. Är det nya siffror?
andel    | 82  |            | 80 | 82 | Samma utfall som i april 2025. Är det nya siffror?
andel    | 82  |            | 82 | 82 | Samma utfall som i april 2025. Är det nya siffror?
andel    | 82  | 2025-03-31 | 80 | 82 |
andel    | 82  | 2025-05-31 | 80 | 82 | Samma utfall som i april 2025. Är det nya siffror?
andel    | 100 |            | 100 | 100 |
antal    | 0   |            | 0  | 0  |
register | 12  |            | 11 | 12 |
register | 12  |            | 12 | 12 | Samma utfall som i augusti 2024. Är det nya siffror?
"""


@pytest.mark.parametrize(("matetal", "now", "through", "before", "april", "said"), rows(UNMOVED))
def test_the_same_value_as_before(matetal: str, now: str, through: str, before: str, april: str, said: str) -> None:
    found = told(
        [outcome(matetal, now, matt_till=through)],
        [outcome(matetal, before, LAST_YEAR)],
        [outcome(matetal, april, APRIL)],
    )
    assert found == [text for text in [said] if text]


@pytest.mark.parametrize(
    ("matetal", "through", "said"),
    rows("""
    andel    | 2024-08-31 | Mätt till och med 2024-08-31, mer än ett år före perioden.
    andel    | 2024-09-01 |
    register | 2023-12-31 |
    register | 2023-05-31 | Mätt till och med 2023-05-31, mer än ett år före perioden.
    """),
)
def test_a_measurement_of_another_year(matetal: str, through: str, said: str) -> None:
    assert told([outcome(matetal, "82", matt_till=through)]) == [text for text in [said] if text]


def test_amounts_and_nyckeltal_that_have_jumped() -> None:
    drift = {
        "utfall": Cell("47", Decimal(47), 0, "mkr", cell="C2"),
        "föregående år": Cell("48000", Decimal(48000), 0, "mkr", cell="D2"),
    }
    ar = {
        2025: Cell("0,71", Decimal("0.71"), 2, "procent", cell="C3"),
        2024: Cell("7,1", Decimal("7.1"), 1, "procent", cell="D3"),
    }
    nu = Leverans(
        rader=(
            Bladrad(DRIFT.id, "kostnader", drift, {}, "data/u.xlsx", "Drift"),
            Bladrad(PERSONAL.id, "sjukfranvaro", {}, ar, "data/u.xlsx", "Personal"),
        )
    )  # fmt: skip
    found = notiser(PLAN, nu, [], [])
    assert [(n.plats, n.iakttagelse.replace("\u00a0", " ")) for n in found] == [
        ("blad Drift, cell C2", "Föregående år (48 000 mkr) var det ungefär 1 021 gånger så mycket. Är enheten rätt, tkr eller mkr?"),
        ("blad Personal, cell C3", "2024 (7,1 %) var det ungefär 10 gånger så mycket."),
    ]  # fmt: skip


def test_the_kod_follows_the_figure_and_not_the_cell() -> None:
    [first] = notiser(PLAN, Leverans(utfall=(outcome("andel", "101"),)), [], [])
    moved = Utfall(NOW, "andel", "", Decimal(101), None, "", None, "", "", "data/annan.xlsx", "Blad2", "F9")
    [second] = notiser(PLAN, Leverans(utfall=(moved,)), [], [])
    [third] = notiser(PLAN, Leverans(utfall=(outcome("andel", "102"),)), [], [])
    assert (first.kod == second.kod, first.kod == third.kod) == (True, False)

"""What may be right but ought to be looked at: each rule with figures that give a notis, and the nearest that don't."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from test_metod import metod_table

from reporting.assess.notices import find_notices
from reporting.params.blad import DRIFT, PERSONAL
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.reasons import reason_for_missing
from reporting.reading.utfall import Bladrad, Cell, Leverans, Utfall
from reporting.swedish import read_number
from reporting.units import MKR, PROCENT, read_quantity

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
                    {"id": "nojda", "namn": "G", "mattenhet": "index", "malvarde": "minst 80"},
                    {"id": "resultat", "namn": "Ekonomiskt resultat", "mattenhet": "mkr", "malvarde": "minst 0"},
                    {"id": "ackumulerat", "namn": "H", "mattenhet": "antal", "malvarde": "minst 5", "ackumulerad": "ja"},
                ],
            }
        ],
    }
)  # fmt: skip


UNITS = {item.id: item.mattenhet for item in PLAN.matetal}


def outcome(
    matetal: str, value: str, period: Period = NOW, kon: str = "", matt_till: str = "", anmarkning: str = ""
) -> Utfall:
    day = date.fromisoformat(matt_till) if matt_till else None
    reason = reason_for_missing(value, UNITS.get(matetal))
    number = read_number(value) if value and not reason else None
    text = "" if number is not None else value
    return Utfall(period, matetal, kon, number, reason, text, day, anmarkning, "", "data/u.xlsx", "Mätetal", "C2")


def told(
    nu: list[Utfall], before: list[Utfall] | None = None, last: list[Utfall] | None = None, known: Sequence[Utfall] = ()
) -> list[str]:
    found = find_notices(PLAN, Leverans(utfall=tuple(nu)), before or [], last or [], known)
    return [notis.iakttagelse.replace("\u00a0", " ") for notis in found]


CASES = [metod_table("Att kontrollera", number) for number in (1, 2, 4, 5, 6, 7)]
BELOW_ZERO = metod_table("Att kontrollera", 3)


def told_row(row: dict[str, str], **parts: str) -> None:
    """The outcome of a row in docs/metod.md, the total with its parts, gives what the row says."""
    matetal = of_unit(row.get("enhet", "procent"), row.get("släpar", ""), row.get("decimaler", ""))
    through = row.get("mätt till och med", "")
    remark = row.get("anmärkning", "")
    nu = [outcome(matetal, row.get("utfall", "82"), matt_till=through, anmarkning=remark)] if not parts else []
    nu += [outcome(matetal, text, kon=kon.removeprefix("helhet")) for kon, text in parts.items()]
    before = row.get("tidigare", row.get("augusti 2024", ""))
    april = row.get("april 2025", "")
    found = told(
        nu,
        [outcome(matetal, before, LAST_YEAR)] if before else [],
        [outcome(matetal, april, APRIL)] if april else [],
    )
    assert found == [text for text in [row["iakttagelse"]] if text]


def of_unit(unit: str, lag: str, decimals: str) -> str:
    """The mätetal of PLAN that is of this kind."""
    found = [
        item.id
        for item in PLAN.matetal
        if (item.mattenhet.name, str(item.efterslapning_ar or ""), str(item.decimaler or "")) == (unit, lag, decimals)
    ]
    return found[0]


@pytest.mark.parametrize("row", BELOW_ZERO, ids=lambda row: f"{row['målvärde']} {row['utfall']}")
def test_a_share_may_be_below_zero_where_its_malvarde_is(row: dict[str, str]) -> None:
    matetal = {"id": "m", "namn": "Ett mätetal", "mattenhet": row["enhet"], "malvarde": row["målvärde"]}
    goals = [{"id": "mal", "namn": "Ett mål", "matetal": [matetal]}]
    plan = Plan.model_validate({"namnd": "testnamnden", "plan": "Plan", "galler": [2025], "namndsmal": goals})
    found = find_notices(plan, Leverans(utfall=(outcome("m", row["utfall"]),)), [], [])
    assert [notis.iakttagelse.replace("\u00a0", " ") for notis in found] == [
        text for text in [row["iakttagelse"]] if text
    ]


@pytest.mark.parametrize("row", CASES[0], ids=lambda row: f"{row['enhet']} {row['helhet']}")
def test_parts_and_the_whole(row: dict[str, str]) -> None:
    told_row(row, helhet=row["helhet"], kvinnor=row["kvinnor"], män=row["män"])


@pytest.mark.parametrize(
    "row", [row for table in CASES[1:] for row in table], ids=lambda row: " ".join(row.values())[:60]
)
def test_values_that_cannot_be_have_jumped_are_the_same_or_old(row: dict[str, str]) -> None:
    told_row(row)


def test_amounts_and_nyckeltal_that_have_jumped() -> None:
    drift = {
        "utfall": Cell("47", Decimal(47), 0, MKR, cell="C2"),
        "föregående år": Cell("48000", Decimal(48000), 0, MKR, cell="D2"),
    }
    ar = {
        2025: Cell("0,71", Decimal("0.71"), 2, PROCENT, cell="C3"),
        2024: Cell("7,1", Decimal("7.1"), 1, PROCENT, cell="D3"),
    }
    nu = Leverans(
        rader=(
            Bladrad(DRIFT.id, "kostnader", drift, {}, "data/u.xlsx", "Drift"),
            Bladrad(PERSONAL.id, "sjukfranvaro", {}, ar, "data/u.xlsx", "Personal"),
        )
    )  # fmt: skip
    found = find_notices(PLAN, nu, [], [])
    assert [(n.plats, n.iakttagelse.replace("\u00a0", " ")) for n in found] == [
        ("blad Drift, cell C2", "Föregående år (48 000 mkr) var det ungefär 1 021 gånger så mycket."),
        ("blad Personal, cell C3", "2024 (7,1 %) var det ungefär 10 gånger så mycket."),
    ]  # fmt: skip


def test_what_is_not_compared_with_is_held_against_the_latest_that_is_known() -> None:
    older = [outcome("andel", "51", Period(2022, 12)), outcome("andel", "55", Period(2023, 12))]
    assert told([outcome("andel", "0,51")], known=older) == [
        "I december 2023 (55 %) var det ungefär 108 gånger så mycket."
    ]
    assert told([outcome("andel", "55")], known=older) == []
    counted = outcome("ackumulerat", "300", Period(2023, 12))
    assert told([outcome("ackumulerat", "24")], known=[counted]) == []
    same_month = outcome("ackumulerat", "300", Period(2022, 8))
    assert len(told([outcome("ackumulerat", "24")], known=[counted, same_month])) == 1


def test_a_result_may_turn() -> None:
    assert told([outcome("resultat", "-3")], [outcome("resultat", "4", LAST_YEAR)]) == []


def test_an_amount_of_last_year_that_is_another_than_was_delivered_then() -> None:
    def row(name: str, **cells: str) -> Bladrad:
        read = {key: read_quantity(text) for key, text in cells.items()}
        made = {
            key: Cell(cells[key], q.value, max(0, -int(q.value.as_tuple().exponent)), q.unit or MKR, cell="D2")
            for key, q in read.items()
        }
        return Bladrad(
            DRIFT.id, name, {key.replace("_", " "): cell for key, cell in made.items()}, {}, "data/u.xlsx", "Drift"
        )

    then = [row("kostnader", utfall="473,4 mkr"), row("intakter", utfall="63 700 tkr"), row("resultat", utfall="1 mkr")]
    nu = Leverans(
        rader=(
            row("kostnader", föregående_år="474,3 mkr"),
            row("intakter", föregående_år="63,7 mkr"),
            row("resultat", föregående_år="1,4 mkr"),
        )
    )
    found = find_notices(PLAN, nu, [], [], [], then)
    assert [(n.om, n.iakttagelse.replace("\u00a0", " ")) for n in found] == [
        ("drift kostnader", "Samma tid i fjol lämnades 473,4 mkr. Har beloppet räknats om?")
    ]


def test_the_kod_follows_the_figure_and_not_the_cell() -> None:
    [first] = find_notices(PLAN, Leverans(utfall=(outcome("andel", "101"),)), [], [])
    moved = Utfall(NOW, "andel", "", Decimal(101), None, "", None, "", "", "data/annan.xlsx", "Blad2", "F9")
    [second] = find_notices(PLAN, Leverans(utfall=(moved,)), [], [])
    [third] = find_notices(PLAN, Leverans(utfall=(outcome("andel", "102"),)), [], [])
    assert (first.kod == second.kod, first.kod == third.kod) == (True, False)


def test_a_state_on_a_day_is_measured_on_it() -> None:
    goal = PLAN.namndsmal[0]
    on_a_day = goal.model_copy(
        update={"matetal": [item.model_copy(update={"matt": "ögonblick"}) for item in goal.matetal]}
    )
    plan = PLAN.model_copy(update={"namndsmal": (on_a_day,)})
    nu = Leverans(utfall=(outcome("andel", "82", matt_till="2024-08-31"),))
    assert [notis.iakttagelse for notis in find_notices(plan, nu, [], [])] == [
        "Mätt den 2024-08-31, mer än ett år före perioden."
    ]


def test_a_workbook_is_no_older_for_what_is_only_for_readers() -> None:
    goal = PLAN.namndsmal[0]
    told = {"matt": "ögonblick", "definition": "Så här räknas det."}
    plan = PLAN.model_copy(
        update={
            "namndsmal": (
                goal.model_copy(update={"matetal": (goal.matetal[0].model_copy(update=told), *goal.matetal[1:])}),
            )
        }
    )
    assert plan.version == PLAN.version

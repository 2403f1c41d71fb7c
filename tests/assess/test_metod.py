"""The case tables of docs/metod.md, reckoned again row by row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from conftest import PROJECT
from reporting.assess.assess import assess_matetal
from reporting.assess.forslag import outlook, propose
from reporting.assess.precision import planned_decimals
from reporting.assess.prognos import forecast, history_of
from reporting.assess.resultat import Matetalsresultat, Metod, Prognos, Status, Utsikt
from reporting.assess.underlag import load
from reporting.faults import Faults
from reporting.params.headings import HISTORIK
from reporting.params.kommun import Skala
from reporting.params.located import Located
from reporting.params.malvarde_readings import check_words
from reporting.params.plan import Matetal, Plan
from reporting.periods import Period
from reporting.reading.cell_text import read_cell
from reporting.reading.utfall import Utfall
from reporting.show.measurement import beside_name, measured, year_before, year_now
from reporting.swedish import number, read_number
from reporting.units import ANTAL, difference


def metod_table(heading: str, table: int = 1) -> list[dict[str, str]]:
    """A table below a heading in docs/metod.md; the first one, where nothing else is said."""
    text = (PROJECT / "docs" / "metod.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    tables = [part for part in section.split("\n\n") if part.lstrip().startswith("|")]
    rows = [
        [cell.strip() for cell in line.strip()[1:-1].split("|")]
        for line in map(str.strip, tables[table - 1].strip().splitlines())
        if line.startswith("|")
    ]
    assert len(rows) > 2, heading
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


@pytest.mark.parametrize("row", metod_table("Status", 4), ids=lambda row: row["målvärde som går under 0"])
def test_a_malvarde_below_zero_is_asked_about_where_the_unit_cannot_be(row: dict[str, str]) -> None:
    written = row["målvärde som går under 0"]
    matetal = {"id": "m", "namn": "Ett mätetal", "mattenhet": row["enhet"], "malvarde": written}
    goals = [{"id": "mal", "namn": "Ett mål", "matetal": [matetal]}]
    plan = Plan.model_validate({"namnd": "namnden", "plan": "Plan", "galler": [2024], "namndsmal": goals})
    faults = Faults("plan.yml")
    check_words(plan.matetal[0], plan, written, Located(faults, {}), (), ("malvarde",))
    assert [fault.vantat for fault in faults.found] == [row["väntat"]] * bool(row["väntat"])


def outcome(text: str, period: Period, matt_till: date | None = None) -> Utfall:
    reading = read_cell(text, ANTAL)
    value = reading.values[0] if reading.kind == "number" else None
    saknas = reading.word if reading.kind == "missing-text" else None
    written = "" if value is not None else text
    return Utfall(period, "m", "", value, saknas, written, matt_till, "", "", "utfall.xlsx", "Mätetal", "C2")


def matetal_of(row: dict[str, str]) -> Matetal:
    """The mätetal that a row of the tables is about."""
    return Matetal(
        id="m",
        namn="Ett mätetal",
        mattenhet=row["enhet"],
        malvarde=row["målvärde"],
        battre=row["bättre"] or None,
        ackumulerad=row.get("räknas upp", "nej"),
        mats=row.get("mats", ""),
        decimaler=int(row["decimaler"]) if row.get("decimaler") else None,
    )


def assessed(row: dict[str, str], period: Period, earlier: Period, *, round_first: bool = False) -> Matetalsresultat:
    matetal = matetal_of(row)
    now = [outcome(row["utfall"], period)] if row["utfall"] else []
    before = [outcome(row["tidigare"], earlier)] if row["tidigare"] else []
    margin = read_number(row.get("marginal", "0"))
    return assess_matetal(matetal, margin, period, earlier, now, before, round_first=round_first)


def earlier(row: dict[str, str]) -> list[Utfall]:
    """The outcomes of a row like "2021-12: 100, 2023-12: 60"."""
    said = [text.split(": ") for text in row["tidigare"].split(", ") if text]
    return [known(text, Period.parse(when)) for when, text in said]


def named(row: dict[str, str]) -> str:
    return " · ".join(cell for cell in list(row.values())[:5] if cell)


@pytest.mark.parametrize("row", metod_table("Status"), ids=named)
def test_status(row: dict[str, str]) -> None:
    period = Period.parse(row["period"])
    result = assessed(row, period, period.year_before)
    assert (str(result.status), result.orsak) == (row["status"], row["orsak"])


@pytest.mark.parametrize("row", metod_table("Status", 2), ids=named)
def test_status_of_what_is_not_measured_in_every_period(row: dict[str, str]) -> None:
    period = Period.parse(row["period"])
    matetal = matetal_of({"enhet": "antal", "målvärde": "minst 90", "bättre": "", "mats": row["mats"]})
    now = [outcome(row["utfall"], period)] if row["utfall"] else []
    result = assess_matetal(matetal, Decimal(0), period, period.year_before, now, [])
    assert (str(result.status), result.orsak) == (row["status"], row["orsak"])


@pytest.mark.parametrize("row", metod_table("Status", 3), ids=named)
def test_counted_from_an_earlier_outcome(row: dict[str, str]) -> None:
    period = Period.parse(row["period"])
    matetal = matetal_of(row)
    now = [outcome(row["utfall"], period)]
    result = assess_matetal(matetal, Decimal(0), period, period.year_before, now, [], fore=earlier(row))
    assert (str(result.status), result.orsak, shown_difference(result)) == (
        row["status"],
        row["orsak"],
        row["avvikelse"],
    )


@pytest.mark.parametrize("row", metod_table("Avvikelse"), ids=named)
def test_avvikelse(row: dict[str, str]) -> None:
    result = assessed(row, Period(2024, 12), Period(2023, 12))
    assert shown_difference(result) == row["avvikelse"]


def shown_difference(result: Matetalsresultat) -> str:
    unit = result.matetal.mattenhet
    return "" if result.avvikelse is None else difference(result.avvikelse, unit).replace("\u00a0", " ")


@pytest.mark.parametrize("row", metod_table("Avrundning"), ids=named)
def test_avrundning(row: dict[str, str]) -> None:
    result = assessed(row, Period(2024, 12), Period(2023, 12))
    shown, before = (
        "" if value is None else number(value, result.decimaler) for value in (result.varde, result.tidigare_varde)
    )
    said = (shown, before, str(result.status), shown_difference(result), str(result.trend))
    asked = ("skrivs ut", "tidigare skrivs ut", "status", "avvikelse", "utveckling")
    assert said == tuple(row[key] for key in asked)
    rounds = assessed(row, Period(2024, 12), Period(2023, 12), round_first=True)
    assert str(rounds.status) == row["avrundat"]
    assert (rounds.oavrundad_status or rounds.status) == result.status


@pytest.mark.parametrize("row", metod_table("Utveckling"), ids=named)
def test_utveckling(row: dict[str, str]) -> None:
    result = assessed(row, Period(2024, 12), Period(2023, int(row["månad tidigare"])))
    assert (str(result.trend), result.trend_orsak) == (row["utveckling"], row["orsak"])


@pytest.mark.parametrize("row", metod_table("Utveckling", 2), ids=named)
def test_utveckling_of_what_is_not_measured_every_year(row: dict[str, str]) -> None:
    period = Period.parse(row["period"])
    matetal = matetal_of({"enhet": "procent", "målvärde": row["målvärde"], "bättre": "", "mats": row["mats"]})
    two_years_before = [known(row["två år före"], Period(period.year - 2, period.month))] if row["två år före"] else []
    now = [outcome(row["utfall"], period)]
    result = assess_matetal(matetal, Decimal(0), period, period.year_before, now, [], fore=two_years_before)
    assert (str(result.status), str(result.trend), result.trend_orsak) == (
        row["status"],
        row["utveckling"],
        row["orsak"],
    )


def test_a_register_that_was_not_measured_again_has_no_utveckling() -> None:
    matetal = Matetal(id="m", namn="Ett register", mattenhet="procent", malvarde="högst 1,9 %", efterslapning_ar=1)
    now = outcome("1,8", Period(2025, 8), matt_till=date(2023, 12, 31))
    before = outcome("1,7", Period(2024, 8))
    result = assess_matetal(matetal, Decimal(0), Period(2025, 8), Period(2024, 8), [now], [before])
    assert (str(result.trend), result.trend_orsak) == ("kan inte jämföras", "ingen ny mätning sedan dess")
    measured = assess_matetal(
        matetal, Decimal(0), Period(2025, 8), Period(2024, 8), [replace(now, matt_till=None)], [before]
    )
    assert (str(measured.trend), measured.matt_till) == ("försämrad", date(2024, 12, 31))


@pytest.mark.parametrize("row", metod_table("Tid"), ids=named)
def test_tid(row: dict[str, str]) -> None:
    period, day = Period.parse(row["period"]), row["mätt till och med"]
    matetal = Matetal(
        id="m", namn="Ett mätetal", mattenhet="antal", efterslapning_ar=int(row["släpar"] or 0), matt=row["matt"]
    )
    now = outcome("12", period, date.fromisoformat(day) if day else None)
    result = assess_matetal(matetal, Decimal(0), period, period.year_before, [now], [])
    assert measured(result, period).replace("\u00a0", " ") == row["på sidan"]


@pytest.mark.parametrize("row", metod_table("Tid", 2), ids=named)
def test_tva_tider(row: dict[str, str]) -> None:
    period, jamfor_med = Period.parse(row["period"]), Period.parse(row["jämförs med"])
    days = [
        date.fromisoformat(text) if text else None for text in (row["mätt till och med"], row["dess mätt till och med"])
    ]
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet="antal", battre="högre", matt=row["matt"])
    now, before = outcome("12", period, days[0]), outcome("11", jamfor_med, days[1])
    result = assess_matetal(matetal, Decimal(0), period, jamfor_med, [now], [before])
    assert beside_name(result, period, jamfor_med).replace("\u00a0", " ") == row["vid namnet"]
    assert ": ".join(filter(None, (result.trend, result.trend_orsak))) == row["utveckling"]
    unsaid = replace(before, blad=HISTORIK, matt_till=None)
    old = assess_matetal(matetal, Decimal(0), period, jamfor_med, [now], [unsaid])
    assert "men" not in beside_name(old, period, jamfor_med)


def test_both_figures_of_a_register_that_lags_say_of_which_time_they_are() -> None:
    matetal = Matetal(id="m", namn="Ett register", mattenhet="antal", malvarde="minst 5", efterslapning_ar=1)
    period, jamfor_med = Period(2025, 8), Period(2024, 8)
    for days, told in (
        (("2024-12-31", "2023-12-31"), ("avser 2024", "avser 2023")),
        (("2024-05-31", "2023-05-31"), ("mätt till och med 31 maj 2024", "mätt till och med 31 maj 2023")),
        (("2024-12-31", "2022-12-31"), ("avser 2024", "avser 2022")),
    ):
        now, before = (
            outcome("12", when, date.fromisoformat(day)) for when, day in zip((period, jamfor_med), days, strict=True)
        )
        result = assess_matetal(matetal, Decimal(0), period, jamfor_med, [now], [before])
        shown = (year_now(result, period), year_before(result, jamfor_med))
        assert tuple(text.replace("\u00a0", " ") for text in shown) == told
        assert beside_name(result, period, jamfor_med) == ""


def known(text: str, period: Period) -> Utfall:
    """An outcome as the table writes it: "90", or "90 (2025-05-31)" with its last day measured."""
    value, _, day = text.removesuffix(")").partition(" (")
    return outcome(value, period, date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("row", metod_table("Prognos"), ids=named)
def test_prognos(row: dict[str, str]) -> None:
    matetal = matetal_of(row)
    period = Period.parse(row["period"])
    now = known(row["utfall"], period)
    known_before = history_of("m", earlier(row))
    target = matetal.target(period.year)
    decimaler = planned_decimals(matetal, target, now.varde)
    made = forecast(matetal, target, now, known_before, period, Decimal("0.05"), decimaler)
    shown = ("", "", "", "")
    if made is not None:
        ends = [number(end, decimaler) for end in (made.lag, made.hog) if end is not None]
        shown = (str(made.metod), number(made.varde, decimaler), "–".join(ends), str(made.utsikt or made.orsak))
    expected = tuple(row[key] for key in ("metod", "prognos", "intervall", "vid årets slut"))
    assert tuple(text.replace("\u00a0", " ") for text in shown) == expected


def test_outlook_of_a_goal(skala: Skala) -> None:
    words = {"når": Utsikt.NAR, "osäkert": Utsikt.OSAKERT, "når inte": Utsikt.NAR_INTE, "-": None}
    for row in metod_table("Prognos", 2):
        forecasts = [
            Prognos(Metod.NIVA, Decimal(1), None, None, (), words[word.strip()], "", 0)
            for word in row["prognoser"].split(",")
        ]
        answers = [word.strip() for word in row["svar"].split(",") if word.strip()]
        assert str(outlook(forecasts, answers, skala) or "") == row["målet"], row


WORDS = {"uppnått": Status.UPPNATT, "ej": Status.EJ_UPPNATT, "nära": Status.NARA, "-": Status.KAN_INTE_BEDOMAS}


@pytest.mark.parametrize("row", metod_table("Förslag"), ids=lambda row: f"{row['status']} · {row['svar']}")
def test_forslag(row: dict[str, str], skala: Skala) -> None:
    statuses = [WORDS[word.strip()] for word in row["status"].split(",") if word.strip()]
    answers = [None if word.strip() == "saknas" else word.strip() for word in row["svar"].split(",") if word.strip()]
    forslag = propose(statuses, answers, skala)
    assert (forslag.steg.namn if forslag.steg else "") == row["förslag"]
    if row["andel"]:
        assert forslag.andel is not None
        assert abs(forslag.andel - read_number(row["andel"].rstrip("…"))) < Decimal("0.001")
    else:
        assert forslag.andel is None


@pytest.fixture(scope="module")
def skala() -> Skala:
    return load("2024-12", "socialnamnden", str(PROJECT)).params.skala

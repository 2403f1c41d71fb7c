"""Exempelkommun exercises every rule of docs/metod.md at least once; what its README promises is there."""

from functools import cache

import pytest

from conftest import EXEMPELKOMMUN
from reporting.assess.resultat import Namndresultat, Status, Trend
from reporting.assess.underlag import Underlag, load
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.reasons import SAKNAS_ORSAKER

pytestmark = pytest.mark.xdist_group("exempelkommun")

NAMNDER = ("socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden", "byggnadsnamnden")
PERIODS = tuple(Period.parse(text) for text in ("2023-12", "2024-04", "2024-08", "2024-12", "2025-04", "2025-08"))


@cache
def read(period: Period) -> list[Underlag]:
    return [load(str(period), namnd, str(EXEMPELKOMMUN)) for namnd in NAMNDER]


def plans() -> list[Plan]:
    return list({(u.plan.namnd, u.plan.galler): u.plan for period in PERIODS for u in read(period)}.values())


def results(period: Period) -> list[Namndresultat]:
    return [underlag.resultat for underlag in read(period)]


def test_every_way_to_write_a_target() -> None:
    operators = {m.target(year).operator for plan in plans() for m in plan.matetal for year in plan.galler}
    assert operators == {
        ">=", "<=", ">", "<", "=", "increase", "decrease", "unchanged", "change>=", "change<=", "deadline", "all", "rank<=", "none",
    }  # fmt: skip


def test_every_kind_of_matetal() -> None:
    matetal = [m for plan in plans() for m in plan.matetal]
    targets = [m.target(year) for plan in plans() for m in plan.matetal for year in plan.galler]
    assert any(len(plan.galler) > 1 for plan in plans())
    assert any(isinstance(m.malvarde, dict) for m in matetal)
    assert {m.battre for m in matetal} >= {"högre", "lägre", "oförändrad", None}
    assert any(m.ackumulerad and m.target(2024).operator == "<=" for m in matetal)
    assert any(m.ackumulerad and m.target(2024).operator == ">=" for m in matetal)
    assert any(m.efterslapning_ar for m in matetal)
    assert {part for m in matetal for part in m.kon} == {"kvinnor", "män", "flickor", "pojkar"}
    assert any(t.utgangsvarde is not None for t in targets)
    assert any(t.senast for t in targets)
    assert any(t.helst for t in targets)
    assert any(t.per_ar for t in targets)
    assert any(t.varde is not None and t.varde < 0 for t in targets if not t.operator.startswith("change"))


def test_every_status_and_trend_at_year_end_and_at_delar() -> None:
    for period in (Period(2024, 12), Period(2025, 8)):
        found = [result for resultat in results(period) for result in resultat.matetal]
        assert {result.status for result in found} == set(Status)
        assert {result.trend for result in found} == set(Trend)
        assert any(r.status is Status.UPPNATT and r.trend is Trend.FORSAMRAD for r in found), "met and yet worse"


SELDOM = {"mäts inte i år", "utgått", "uppgift saknas", "inte tillgänglig eller för osäker"}
"""Reasons that Exempelkommun, which measures everything that its plans hold, has no use for."""


def test_every_other_reason_why_a_value_is_missing() -> None:
    for period in (Period(2024, 12), Period(2025, 8)):
        reasons = {u.saknas for underlag in read(period) for u in underlag.nu.utfall if u.saknas}
        assert reasons == set(SAKNAS_ORSAKER) - SELDOM


def test_a_forslag_that_differs_with_and_without_motiv() -> None:
    differing = [mal for resultat in results(Period(2025, 8)) for mal in resultat.mal if mal.skiljer]
    assert {bool(mal.text.motiv) for mal in differing} == {True, False}


def test_one_namnd_has_not_reported() -> None:
    assert [r.namnd.id for r in results(Period(2025, 8)) if not r.har_levererat] == ["byggnadsnamnden"]
    assert all(r.har_levererat for r in results(Period(2024, 12)))

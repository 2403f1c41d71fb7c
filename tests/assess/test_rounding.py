"""Rounding never decides: a thousand random plans and outcomes, and the print of each held against its status."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.assess.assess import assess_matetal, status_of
from reporting.assess.comparison import CHANGES, level_of, meets, why_not_comparable
from reporting.assess.precision import as_delivered, missed_by_rounding
from reporting.assess.resultat import Matetalsresultat, Status, Trend
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Utfall
from reporting.show.rounded_sums import parts_are_rounded, wrong_sum
from reporting.swedish import number, own_decimals, read_number, rounded
from tiers import many

NOW, BEFORE = Period(2024, 12), Period(2023, 12)
UNITS = {"procent": " %", "antal": "", "mkr": " mkr", "poäng": " poäng"}

levels = st.decimals(-500, 500, places=3).map(lambda value: value.quantize(Decimal("0.1")))
near = st.decimals(-3, 3, places=4)


def utfall(value: Decimal, period: Period, kon: str = "") -> Utfall:
    return Utfall(period, "m", kon, value, None, "", None, "", "", "utfall.xlsx", "Mätetal", "C2")


@st.composite
def planned(draw: st.DrawFn) -> tuple[Matetal, Decimal, Decimal, Decimal]:
    """(mätetal, its outcome, the earlier outcome, the margin for near): målvärden of every kind, with outcomes just beside them."""
    unit = draw(st.sampled_from(list(UNITS)))
    level = draw(levels)
    written = number(level, draw(st.integers(own_decimals(level.normalize()), 2))) + UNITS[unit]
    words = draw(
        st.sampled_from(
            [
                (f"minst {written}", None),
                (f"högst {written}", None),
                (f"lägre än {written}", None),
                (f"högre än {written}", None),
                (written, "högre"),
                (written, "lägre"),
                (written, "oförändrad"),
                (f"minst {written} och helst öka", None),
                (f"mellan {number(level)} och {number(level + 5)}{UNITS[unit]}", None),
                ("ska inte öka", None),
                ("ska inte minska", None),
                ("ska öka", None),
                ("ska minska", None),
                (f"ska öka med {number(abs(level))}", None),
                ("", "högre"),
            ]
        )
    )
    matetal = Matetal(
        id="m",
        namn="Ett mätetal",
        mattenhet=unit,
        malvarde=words[0],
        battre=words[1],
        decimaler=draw(st.sampled_from([None, None, 0, 1, 2])),
    )
    value = level + draw(near) * draw(st.sampled_from([Decimal(0), Decimal("0.001"), Decimal("0.1"), Decimal(1)]))
    before = value + draw(near) * draw(st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1)]))
    return matetal, value, before, draw(st.sampled_from([Decimal(0), Decimal("0.05")]))


def assessed(matetal: Matetal, value: Decimal, before: Decimal, margin: Decimal) -> Matetalsresultat:
    return assess_matetal(matetal, margin, NOW, BEFORE, [utfall(value, NOW)], [utfall(before, BEFORE)])


@settings(max_examples=many(1000, 10_000), deadline=None)
@given(planned())
def test_no_row_contradicts_its_status(row: tuple[Matetal, Decimal, Decimal, Decimal]) -> None:
    matetal, value, before, margin = row
    result = assessed(*row)
    target = result.target
    comparable = why_not_comparable(matetal, utfall(value, NOW), utfall(before, BEFORE), NOW, BEFORE)
    for finer in range(result.decimaler, result.decimaler + 3):
        shown, shown_before = rounded(value, finer), rounded(before, finer)
        said, _ = status_of(matetal, target, shown, shown_before, NOW, margin, comparable)
        assert said is result.status, (matetal.malvarde, shown, finer)
    shown = result.printed(value)
    if target.ovre is not None and target.varde is not None and result.avvikelse is not None:
        assert shown - result.avvikelse in (target.varde, target.ovre)
        assert abs(result.avvikelse) == min(abs(shown - target.varde), abs(shown - target.ovre))
        is_within = target.varde <= shown <= target.ovre
        assert result.status is Status.NARA or (result.status is Status.UPPNATT) == is_within
    elif target.operator not in (*CHANGES, "none") and result.avvikelse is not None:
        assert shown - (target.varde or 0) == result.avvikelse
        is_met = {"≥": result.avvikelse >= 0, "≤": result.avvikelse <= 0}
        assert result.status is Status.NARA or (result.status is Status.UPPNATT) == {
            ">=": is_met["≥"], "<=": is_met["≤"], ">": result.avvikelse > 0, "<": result.avvikelse < 0, "=": result.avvikelse == 0,
        }[target.operator]  # fmt: skip
    if shown == result.printed(before):
        assert result.trend is Trend.OFORANDRAD
    elif matetal.battre != "oförändrad" and target.ovre is None:  # else equally far from what is wanted is no change
        assert result.trend is not Trend.OFORANDRAD


@settings(max_examples=many(200, 5000), deadline=None)
@given(planned(), st.integers(0, 4))
def test_no_status_changes_when_the_plan_asks_for_another_decimal(
    row: tuple[Matetal, Decimal, Decimal, Decimal], decimals: int
) -> None:
    matetal, value, before, margin = row
    asked = matetal.model_copy(update={"decimaler": decimals})
    assert assessed(asked, value, before, margin).status is assessed(*row).status


@settings(max_examples=many(200, 5000), deadline=None)
@given(planned())
def test_status_is_that_of_the_outcome_as_it_was_delivered(row: tuple[Matetal, Decimal, Decimal, Decimal]) -> None:
    matetal, value, before, _ = row
    result = assessed(matetal, value, before, Decimal(0))
    level = level_of(result.target, matetal, before, NOW)
    if result.target.operator in ("increase", "decrease"):
        level = before
    if level is None:
        assert result.status is Status.KAN_INTE_BEDOMAS
    else:
        met = meets(result.target, as_delivered(value), level)
        assert result.status is (Status.UPPNATT if met else Status.EJ_UPPNATT)


def test_the_noise_of_a_spreadsheet_is_no_difference() -> None:
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet="mkr", malvarde="högst 0,3")
    result = assessed(matetal, Decimal("0.30000000000000004"), Decimal("0.3"), Decimal(0))
    assert (str(result.status), result.decimaler, str(result.trend)) == ("uppnått", 1, "oförändrad")


parts = st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=2)


@settings(max_examples=many(200, 5000), deadline=None)
@given(parts, st.integers(0, 2))
def test_parts_that_give_the_total_are_said_to_be_rounded_only_where_they_do_not_seem_to(
    values: list[Decimal], decimals: int
) -> None:
    whole = sum(values, Decimal(0))
    seem = sum((rounded(value, decimals) for value in values), Decimal(0)) == rounded(whole, decimals)
    assert missed_by_rounding(values, whole, decimals) is not seem


@settings(max_examples=many(200, 5000), deadline=None)
@given(parts, st.decimals(-1, 1, places=2))
def test_a_sum_that_is_wrong_is_printed_so_that_it_is_seen(values: list[Decimal], off: Decimal) -> None:
    whole = sum(values, Decimal(0)) + off
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet="mkr", malvarde="minst 10", kon=["kvinnor", "män"])
    now = [utfall(whole, NOW), *(utfall(v, NOW, kon) for v, kon in zip(values, ("kvinnor", "män"), strict=True))]
    result = assess_matetal(matetal, Decimal(0), NOW, BEFORE, now, [])
    assert (result.delsumma is None) == (off == 0)
    if result.delsumma is not None:
        said = read_number(wrong_sum(result))
        assert said != rounded(whole, own_decimals(said))


def test_a_total_by_sex_says_when_itsparts_are_rounded() -> None:
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet="mkr", malvarde="minst 10", kon=["kvinnor", "män"])
    now = [utfall(Decimal("24.8"), NOW), utfall(Decimal("12.4"), NOW, "kvinnor"), utfall(Decimal("12.4"), NOW, "män")]
    result = assess_matetal(matetal, Decimal(0), NOW, BEFORE, now, [])
    assert parts_are_rounded(result)
    assert not parts_are_rounded(replace(result, decimaler=1))

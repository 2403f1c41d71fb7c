"""The year's outcome as it can be foreseen at a delår: value, interval, and whether the målvärde is likely to be met.

Pure: values in, values out. Rules and case tables: docs/metod.md, Prognos.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reporting.assess.comparison import (
    CHANGES,
    INGET_MALVARDE,
    INGET_TIDIGARE,
    is_later,
    is_same_measurement,
    level_of,
    matt_till,
    may_still_turn,
    meets,
    start_of,
    why_not_held,
)
from reporting.assess.precision import OutcomeNumbers, agreeing_decimals, as_delivered, printed
from reporting.assess.resultat import Metod, Prognos, Utsikt
from reporting.params.malvarde import Target
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Utfall
from reporting.swedish import rounded

FEWEST_YEARS = 3
"""From how many earlier years' misses an interval is made."""
_SMALL_COUNT = 10
"""Below this a count says little of what the year will end with."""

Historik = Mapping[Period, Utfall]
"""One mätetal's earlier outcomes for the whole (kön ""), by period."""


def history_of(matetal: str, earlier: Iterable[Utfall]) -> dict[Period, Utfall]:
    """The earlier outcomes of one mätetal, by period: totals only (no parts by sex), and only those with a value. matetal: its id."""
    return {u.period: u for u in earlier if u.matetal == matetal and not u.kon and u.varde is not None}


def with_baseline(
    matetal: Matetal, target: Target, earlier: Iterable[Utfall], utfall: Utfall | None, period: Period
) -> Target:
    """The target with the value that it is counted from, where the plan only says when it was measured; as it is where that isn't known.

    earlier: the mätetal's earlier outcomes as a whole. A year's value is the one that describes it at its end, whenever it was reported.
    """
    if target.utgangsvarde is not None or not (target.utgangsar or target.forra):
        return target
    known = sorted((u for u in earlier if u.varde is not None and u.period < period), key=lambda u: u.period)
    if target.forra:
        known = [u for u in known if utfall and not is_same_measurement(matetal, utfall, period, u, u.period)]
    else:
        last = [(matt_till(matetal, u, u.period), u) for u in known]
        known = [u for day, u in last if day.year == target.utgangsar and (not matetal.ackumulerad or day.month == 12)]
    return (
        replace(target, utgangsvarde=as_delivered(known[-1].varde)) if known and known[-1].varde is not None else target
    )


def forecast(
    matetal: Matetal,
    target: Target,
    utfall: Utfall | None,
    earlier: Historik,
    period: Period,
    marginal: Decimal,
    decimaler: int,
    *,
    round_first: bool = False,
) -> Prognos | None:
    """What the year is likely to end with; None at the year's end, and where there is no outcome to go by.

    earlier: outcomes of earlier periods; marginal: kommun.yml's prognosmarginal; decimaler: of the outcome's print, which the forecast's
    begins with; round_first: the kommun has decided to compare rounded figures with a level.
    """
    if not period.is_delar or utfall is None or utfall.varde is None:
        return None
    metod, value = _foreseen(matetal, utfall, earlier, period)
    low, high, years = _interval(matetal, metod, value, earlier, period)
    value = as_delivered(_possible(matetal, value, utfall.varde))
    low, high = (None if end is None else as_delivered(_possible(matetal, end, utfall.varde)) for end in (low, high))
    base = earlier.get(Period(period.year - 1, 12))
    now, base_value = as_delivered(utfall.varde), base.varde if base else None
    ends: OutcomeNumbers = (value, low, high)
    if round_first and target.operator not in CHANGES:
        now, ends = rounded(now, decimaler), printed(ends, decimaler)

    def decided(values: OutcomeNumbers) -> tuple[Utsikt | None, str]:
        settled = metod is Metod.REGISTER
        return outlook_of(matetal, target, now, values, base_value, period, marginal, settled=settled)

    utsikt, orsak = decided(ends)
    decimals = agreeing_decimals(decimaler, ends, decided)
    changes = target.operator in CHANGES and target.utgangsvarde is None
    if utsikt and changes and base and is_same_measurement(matetal, utfall, period, base, base.period):
        utsikt, orsak = None, f"ingen ny mätning sedan {base.period.name}"
    return Prognos(metod, value, low, high, years, utsikt, orsak, decimals)


def _foreseen(matetal: Matetal, utfall: Utfall, earlier: Historik, period: Period) -> tuple[Metod, Decimal]:
    """(method, the year's value) from what was known at the period's end."""
    if utfall.varde is None:
        raise ValueError(f"{matetal.id} har inget utfall")
    if not matetal.ackumulerad:
        final = _is_final(matetal, utfall, earlier, period)
        return (Metod.REGISTER if final else Metod.NIVA), utfall.varde
    then, whole = earlier.get(period.year_before), earlier.get(Period(period.year - 1, 12))
    if then and whole and then.varde and whole.varde:
        return Metod.ANDEL, utfall.varde * whole.varde / then.varde
    return Metod.TAKT, utfall.varde * pace(matetal, utfall, period)


def pace(matetal: Matetal, utfall: Utfall, period: Period) -> Decimal:
    """What a count is multiplied by where it goes on evenly: the days of the year, by those that have been counted."""
    day = matt_till(matetal, utfall, period)
    return Decimal(date(day.year, 12, 31).timetuple().tm_yday) / day.timetuple().tm_yday


def _is_final(matetal: Matetal, utfall: Utfall, earlier: Historik, period: Period) -> bool:
    """Whether the value is measured once a year and this year's measurement is already here."""
    measured = matt_till(matetal, utfall, period)
    whole = earlier.get(Period(period.year - 1, 12))
    if utfall.matt_till is None and not matetal.efterslapning_ar:
        return False
    if whole is None:
        return bool(matetal.efterslapning_ar) and measured >= date(period.year - matetal.efterslapning_ar, 12, 31)
    last = matt_till(matetal, whole, whole.period)
    return measured.year > last.year and (measured.month, measured.day) >= (last.month, last.day)


def _interval(
    matetal: Matetal, metod: Metod, value: Decimal, earlier: Historik, period: Period
) -> tuple[Decimal | None, Decimal | None, tuple[int, ...]]:
    """(low, high, the years they are from): how far the same forecast missed in earlier years, the forecast itself included. None of a
    value that is known already."""
    misses: dict[int, Decimal] = {}
    years = {when.year for when in earlier if when.year < period.year} if metod is not Metod.REGISTER else set()
    for year in sorted(years):
        then, outcome = earlier.get(Period(year, period.month)), earlier.get(Period(year, 12))
        if then is None or outcome is None or outcome.varde is None:
            continue
        used, foreseen = _foreseen(matetal, then, earlier, then.period)
        if used is not metod:
            continue
        if metod is Metod.NIVA:
            misses[year] = outcome.varde - foreseen
        elif foreseen:
            misses[year] = outcome.varde / foreseen
    if len(misses) < FEWEST_YEARS:
        return None, None, ()
    if metod is Metod.NIVA:
        ends = [value + miss for miss in (*misses.values(), Decimal(0))]
    else:
        ends = [value * miss for miss in (*misses.values(), Decimal(1))]
    return min(ends), max(ends), tuple(misses)


def _possible(matetal: Matetal, value: Decimal, counted: Decimal) -> Decimal:
    """An end of the interval, kept within what can happen: shares 0–100, counts not below 0, nor below what is already counted."""
    if matetal.mattenhet.kind == "andel" and 0 <= counted <= 100:
        value = min(max(value, Decimal(0)), Decimal(100))
    if matetal.mattenhet.kind == "antal":
        value = max(value, Decimal(0))
    return max(value, counted) if matetal.ackumulerad and counted >= 0 else value


def outlook_of(
    matetal: Matetal,
    target: Target,
    now: Decimal,
    foreseen: OutcomeNumbers,
    base: Decimal | None,
    period: Period,
    marginal: Decimal,
    *,
    settled: bool,
) -> tuple[Utsikt | None, str]:
    """Whether the målvärde is likely to be met at the year's end: (the Utsikt, ""), or (None, why that can't be said, in Swedish).

    now: the outcome so far; foreseen: the year's value, then the low and high end of its interval or None; base: the compared period's
    outcome; marginal: how near the målvärde counts as osäkert without an interval, as a share of it; settled: the year's outcome is already
    known.
    """
    if target.operator == "none":
        return None, INGET_MALVARDE
    if why := why_not_held(target, period):
        return None, why
    if is_later(target, period):
        return None, f"målvärdet ska nås senast {target.senast}"
    level = level_of(target, matetal, base, period, foreseen[0])
    if level is None and target.operator in ("increase", "decrease"):
        level = start_of(target, base)
    if level is None:
        return None, INGET_TIDIGARE
    if matetal.ackumulerad and target.operator not in CHANGES and now >= 0:
        met = meets(target, now, level)
        if not may_still_turn(target, now, level, met=met):
            return (Utsikt.NAR if met else Utsikt.NAR_INTE), ""
    value, low, high = foreseen
    if value is None:
        raise ValueError(f"{matetal.id} har ingen prognos")
    if low is None or high is None:
        few = matetal.ackumulerad and matetal.mattenhet.kind == "antal" and now < _SMALL_COUNT
        if not settled and (few or abs(value - level) <= marginal * abs(level)):
            return Utsikt.OSAKERT, ""
        low = high = value
    reached = [meets(target, end, level) for end in (low, value, high)]
    if all(reached):
        return Utsikt.NAR, ""
    spanned = any(end is not None and low < end < high for end in (level, target.ovre))
    if not any(reached) and not spanned:
        return Utsikt.NAR_INTE, ""
    return Utsikt.OSAKERT, ""

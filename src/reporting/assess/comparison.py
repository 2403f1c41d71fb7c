"""How an outcome stands to its målvärde, the level that it is compared with and whether it meets it; and to an earlier outcome: of which
day each is, whether they can be compared, and whether the later is better."""

from datetime import date
from decimal import Decimal

from reporting.assess.resultat import Trend
from reporting.params.malvarde import DIRECTION, FROM_EARLIER, Target
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Utfall
from reporting.units import PROCENT

CHANGES = (*FROM_EARLIER, "share>=", "share<=")
"""The operators that compare with an earlier outcome, not with a level."""

STAYS = ("unchanged", "no-increase", "no-decrease")
"""Those of them whose level is the earlier outcome itself."""

INGET_MALVARDE = "inget målvärde"
INGET_TIDIGARE = "inget tidigare utfall att jämföra med"
"""Why an outcome, or a forecast, can't be held against a målvärde."""

NY_MATNING_SAKNAS = "ingen ny mätning sedan dess"


def start_of(target: Target, base: Decimal | None) -> Decimal | None:
    """What a change is counted from: the plan's baseline, else the earlier outcome; None where the plan names a measurement that isn't
    known."""
    return target.utgangsvarde if target.utgangsvarde is not None or target.utgangsar or target.forra else base


def level_of(
    target: Target, matetal: Matetal, base: Decimal | None, period: Period, value: Decimal | None = None
) -> Decimal | None:
    """The level that the outcome is compared with, in the mätetal's unit; None where only the direction is asked for.

    base: the earlier outcome, which a change without a baseline of its own is counted from; value: the outcome, which of an
    interval's ends is compared with the nearest.
    """
    if target.interval and value is not None:
        return min(target.interval, key=lambda end: abs(value - end))
    if target.operator not in CHANGES:
        return target.varde
    start = start_of(target, base)
    if target.operator in STAYS or start is None or target.varde is None:
        return start if target.operator in STAYS else None
    if target.operator in ("share>=", "share<="):
        return start * target.varde / 100
    years = period.year - target.utgangsar if target.per_ar and target.utgangsar else 1
    step = target.varde * years
    relative = target.enhet == PROCENT and matetal.mattenhet.kind != "andel"
    return start + (abs(start) * step / 100 if relative else step)


def meets(target: Target, value: Decimal, level: Decimal) -> bool:
    """Whether `value` is what the målvärde asks for, `level` being what it is compared with."""
    if target.interval:
        return target.interval[0] <= value <= target.interval[1]
    if target.operator in (">=", "all", "change>=", "share>=", "no-decrease"):
        return value >= level
    if target.operator in ("<=", "deadline", "rank<=", "change<=", "share<=", "no-increase"):
        return value <= level
    if target.operator in (">", "increase"):
        return value > level
    if target.operator in ("<", "decrease"):
        return value < level
    return value == level


def is_later(target: Target, period: Period) -> bool:
    """True where the målvärde shall be reached in a later year."""
    return target.senast is not None and target.senast > period.year


def why_not_held(target: Target, period: Period) -> str:
    """Why nothing can be held against the målvärde in the period's year: it holds in other years, or its baseline isn't known; ""
    where it can."""
    first, last = target.fran_ar, target.till_ar
    if (first and period.year < first) or (last and period.year > last):
        years = f"{first}–{last}" if first and last and first != last else last if first == last else ""
        return f"målvärdet gäller {years or (f'från och med {first}' if first else f'till och med {last}')}"
    if target.utgangsvarde is None and target.operator in CHANGES and (target.utgangsar or target.forra):
        return f"inget utfall för {target.utgangsar} att jämföra med" if target.utgangsar else INGET_TIDIGARE
    return ""


def may_still_turn(target: Target, value: Decimal, level: Decimal, *, met: bool) -> bool:
    """Whether the answer `met` may still change before the year is over, for a count that can only rise: an unmet "minst" may yet be
    met, and a met "högst" be passed. value: the count so far; level: what it is compared with."""
    better = DIRECTION[target.operator]
    if better == "oförändrad":
        return value <= (level if target.ovre is None else target.ovre)
    return not met if better == "högre" else met


def matt_till(matetal: Matetal, utfall: Utfall | None, period: Period) -> date:
    """The last day that a value describes: what the row says, else the period's last day, a lagging register's year earlier."""
    if utfall and utfall.matt_till:
        return utfall.matt_till
    return date(period.year - matetal.efterslapning_ar, 12, 31) if matetal.efterslapning_ar else period.last_day


def is_same_measurement(matetal: Matetal, utfall: Utfall, period: Period, earlier: Utfall, then: Period) -> bool:
    """Whether two outcomes describe the same day, so that the later is the earlier told again and nothing has changed or stayed."""
    return matt_till(matetal, utfall, period) == matt_till(matetal, earlier, then)


def why_not_comparable(
    matetal: Matetal, utfall: Utfall | None, earlier: Utfall | None, period: Period, jamfor_med: Period
) -> str:
    """Why the outcome can't be compared with the one of `jamfor_med`; "" where it can."""
    if utfall is None or utfall.varde is None:
        return "utfall saknas"
    if earlier is None or earlier.varde is None:
        what = "mättes inte i" if matetal.why_not_measured(jamfor_med) else "utfall saknas för"
        return f"{what} {jamfor_med.name}"
    if matetal.ackumulerad and jamfor_med.month != period.month:
        return f"räknas upp under året, och {jamfor_med.name} är en annan månad"
    if is_same_measurement(matetal, utfall, period, earlier, jamfor_med):
        return NY_MATNING_SAKNAS
    return ""


def trend_of(
    matetal: Matetal, target: Target, now: Decimal | None, before: Decimal | None, not_comparable: str
) -> tuple[Trend, str]:
    """(trend between two outcomes as they are printed, why it can't be given or "").

    not_comparable: why they can't be compared, from why_not_comparable.
    """
    if not_comparable or now is None or before is None:
        return Trend.KAN_INTE_JAMFORAS, not_comparable
    battre = matetal.battre or DIRECTION[target.operator]
    if battre == "oförändrad":
        gained = _from_wanted(target, before, before) - _from_wanted(target, now, before)
    else:
        gained = now - before if battre == "högre" else before - now
    if gained == 0:
        return Trend.OFORANDRAD, ""
    return (Trend.FORBATTRAD if gained > 0 else Trend.FORSAMRAD), ""


def _from_wanted(target: Target, value: Decimal, before: Decimal) -> Decimal:
    """How far a value is from the wanted level, or from the interval; where none is set, every change is away from it."""
    if target.varde is None or target.operator not in ("=", "between"):
        return abs(value - before)
    low, high = target.varde, target.varde if target.ovre is None else target.ovre
    return max(low - value, value - high, Decimal(0))

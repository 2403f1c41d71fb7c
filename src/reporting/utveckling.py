"""What two outcomes say of each other: at which precision, of which day, and whether the later is better."""

from datetime import date
from decimal import Decimal

from reporting.jamforelse import CHANGES
from reporting.periods import Period
from reporting.plan import Matetal
from reporting.resultat import Trend
from reporting.swedish import MOST_DECIMALS, rounded
from reporting.targets import DIRECTION, Target
from reporting.utfall import Utfall

NY_MATNING_SAKNAS = "ingen ny mätning sedan dess"


def precision(matetal: Matetal, target: Target, *values: Decimal | None) -> int:
    """Decimals in comparison and print: the plan's decimaler or the målvärde's own, whichever are more; else the values'."""
    if matetal.decimaler is not None or (target.varde is not None and target.operator not in CHANGES):
        own = target.decimaler if target.enhet in (None, matetal.mattenhet) else 0
        return max(matetal.decimaler or 0, own)
    exponents = [value.normalize().as_tuple().exponent for value in values if value is not None]
    decimals = [-exponent for exponent in exponents if isinstance(exponent, int)]
    return min(MOST_DECIMALS, max(0, *decimals)) if decimals else 0


def matt_till(matetal: Matetal, utfall: Utfall | None, period: Period) -> date:
    """The last day that a value describes: what the row says, else the period's last day, a lagging register's year earlier."""
    if utfall and utfall.matt_till:
        return utfall.matt_till
    return date(period.year - matetal.efterslapning_ar, 12, 31) if matetal.efterslapning_ar else period.last_day


def is_same_measurement(matetal: Matetal, utfall: Utfall, period: Period, earlier: Utfall, then: Period) -> bool:
    """Whether two outcomes describe the same day, so that the later is the earlier told again and nothing has changed or stayed."""
    return matt_till(matetal, utfall, period) == matt_till(matetal, earlier, then)


def trend_of(
    matetal: Matetal,
    target: Target,
    utfall: Utfall | None,
    earlier: Utfall | None,
    period: Period,
    jamfor_med: Period,
    decimaler: int,
) -> tuple[Trend, str]:
    """(trend against `jamfor_med`, why it can't be given or "")."""
    unknown = Trend.KAN_INTE_JAMFORAS
    if utfall is None or utfall.varde is None:
        return unknown, "utfall saknas"
    if earlier is None or earlier.varde is None:
        return unknown, f"utfall saknas för {jamfor_med.name}"
    if matetal.ackumulerad and jamfor_med.month != period.month:
        return unknown, f"räknas upp under året, och {jamfor_med.name} är en annan månad"
    if is_same_measurement(matetal, utfall, period, earlier, jamfor_med):
        return unknown, NY_MATNING_SAKNAS
    now, before = rounded(utfall.varde, decimaler), rounded(earlier.varde, decimaler)
    battre = matetal.battre or DIRECTION[target.operator]
    if battre == "oförändrad":
        # Nearer the wanted level is better; where no level is set, every change is away from it.
        wanted = target.varde if target.operator == "=" and target.varde is not None else before
        gained = abs(before - wanted) - abs(now - wanted)
    else:
        gained = now - before if battre == "högre" else before - now
    if gained == 0:
        return Trend.OFORANDRAD, ""
    return (Trend.FORBATTRAD if gained > 0 else Trend.FORSAMRAD), ""

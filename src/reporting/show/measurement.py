"""Of which time an outcome is, in words: the year of a register that lags, the day of a measurement."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from reporting.assess.resultat import Matetalsresultat
from reporting.params.headings import HISTORIK
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.swedish import date_in_text, number


def when(matetal: Matetal, day: date, period: Period) -> str:
    """ "avser 2023", "mätt till och med 5 november 2024", or for a state on a day "mätt den 5 november 2024"; "" for the last day of
    the period itself."""
    if day == period.last_day:
        return ""
    if matetal.ogonblick:
        return f"mätt den {date_in_text(day)}"
    return f"avser {day.year}" if day == date(day.year, 12, 31) else f"mätt till och med {date_in_text(day)}"


def of_year(matetal: Matetal, day: date | None, period: Period) -> str:
    """As `when`, but only for a register that lags, or a day that ends a year; otherwise "". It stands with the figure itself, so that
    each of two columns says which year it is for."""
    return when(matetal, day, period) if day and (matetal.efterslapning_ar or (day.month, day.day) == (12, 31)) else ""


def year_now(result: Matetalsresultat, period: Period) -> str:
    """Words for which year the outcome is for ("avser 2023"), where that isn't the period's; else ""."""
    return of_year(result.matetal, result.matt_till, period) if result.varde is not None else ""


def year_before(result: Matetalsresultat, jamfor_med: Period) -> str:
    """Words for which year the compared outcome is for ("avser 2022"), where that isn't its period's; else ""."""
    return of_year(result.matetal, result.tidigare_matt_till, jamfor_med)


def beside_name(result: Matetalsresultat, period: Period, jamfor_med: Period) -> str:
    """What to say of the outcome beside the mätetal's name; "" for nothing. The day of the measurement, if no year stands with the
    figure; also the compared one's, if they don't reach equally far into their periods; and for an enkät, the number of answers."""
    if result.varde is None:
        return ""
    day = _two_days(result, period, jamfor_med)
    if not day and not year_now(result, period):
        day = when(result.matetal, result.matt_till, period)
    return ", ".join(filter(None, [day, _answers(result)]))


def _two_days(result: Matetalsresultat, period: Period, jamfor_med: Period) -> str:
    """ "mätt till och med 31 juli 2025, men året före till och med 31 augusti 2024"; "" where both reach as far, or a year with each of the
    figures says of which time it is."""
    now, before = result.matt_till, result.tidigare_matt_till
    if before is None or now == before or reach_as_far(now, period, before, jamfor_med):
        return ""
    if result.tidigare and result.tidigare.blad == HISTORIK and not result.matetal.efterslapning_ar:
        return ""  # historik.xlsx has no column for the day
    if year_now(result, period) and year_before(result, jamfor_med):
        return ""
    to = "den" if result.matetal.ogonblick else "till och med"
    is_last_year = jamfor_med == period.year_before and before.year == jamfor_med.year
    then = "året före" if is_last_year else f"för {jamfor_med.name}"
    return f"mätt {to} {date_in_text(now)}, men {then} {to} {date_in_text(before)}"


def reach_as_far(now: date, period: Period, before: date, jamfor_med: Period) -> bool:
    """Whether two measurements reach equally far into their periods: as long before the end, or on the same day of
    years as far apart as the periods are."""
    if (now.month, _of_month(now)) == (before.month, _of_month(before)):
        return now.year - before.year == period.year - jamfor_med.year
    return _until(now, period) == _until(before, jamfor_med)


def _until(day: date, period: Period) -> tuple[int, int]:
    """(months, day): how long before the end of the period."""
    return (period.year - day.year) * 12 + period.month - day.month, _of_month(day)


def _of_month(day: date) -> int:
    """The day of the month; 0 for its last, whichever that is."""
    return 0 if day.day == monthrange(day.year, day.month)[1] else day.day


def measured(result: Matetalsresultat, period: Period) -> str:
    """Of which time the outcome is, where that isn't the period, and of how many answers a survey's is made; else ""."""
    day = when(result.matetal, result.matt_till, period)
    return ", ".join(filter(None, [day, _answers(result)])) if result.varde is not None else ""


def _answers(result: Matetalsresultat) -> str:
    answers = result.utfall.antal_svar if result.utfall else None
    return f"{number(Decimal(answers))} svar" if answers is not None else ""


def between_years(result: Matetalsresultat) -> str:
    """ " mellan 2023 och 2024", after a change between two whole years that aren't the periods' own; else ""."""
    now, before = result.utfall, result.tidigare
    if now is None or before is None or not (year_now(result, now.period) and year_before(result, before.period)):
        return ""
    return f" mellan {result.tidigare_matt_till:%Y} och {result.matt_till:%Y}"

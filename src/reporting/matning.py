"""Of which time an outcome is, in words: the year of a register that lags, the day of a measurement."""

from datetime import date
from decimal import Decimal

from reporting.periods import Period
from reporting.plan import Matetal
from reporting.resultat import Matetalsresultat
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
    """The same, where it is of a year that has ended before the period: what stands with the figure itself, so that each of two
    columns says which year it is for."""
    return when(matetal, day, period) if day and (day.month, day.day) == (12, 31) else ""


def year_now(result: Matetalsresultat, period: Period) -> str:
    """Which year the outcome is for, where that isn't the period's."""
    return of_year(result.matetal, result.matt_till, period) if result.varde is not None else ""


def year_before(result: Matetalsresultat, jamfor_med: Period) -> str:
    """Which year the compared outcome is for, where that isn't its period's."""
    return of_year(result.matetal, result.tidigare_matt_till, jamfor_med)


def beside_name(result: Matetalsresultat, period: Period) -> str:
    """What is said of the outcome beside the mätetal's name: the day of the measurement, where no year stands with the figure, and of
    how many answers a survey's is made."""
    day = "" if year_now(result, period) else when(result.matetal, result.matt_till, period)
    return ", ".join(filter(None, [day, _answers(result)])) if result.varde is not None else ""


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

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


def measured(result: Matetalsresultat, period: Period) -> str:
    """Of which time the outcome is, where that isn't the period, and of how many answers a survey's is made; else ""."""
    answers = result.utfall.antal_svar if result.utfall else None
    told = f"{number(Decimal(answers))} svar" if answers is not None else ""
    return ", ".join(filter(None, [when(result.matetal, result.matt_till, period), told]))

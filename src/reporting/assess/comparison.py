"""How an outcome stands to its målvärde: the level that it is compared with, and whether it meets it."""

from decimal import Decimal

from reporting.params.malvarde import DIRECTION, Target
from reporting.params.plan import Matetal
from reporting.periods import Period

CHANGES = ("increase", "decrease", "unchanged", "change>=", "change<=")
"""The operators that compare with an earlier outcome, not with a level."""

INGET_MALVARDE = "inget målvärde"
INGET_TIDIGARE = "inget tidigare utfall att jämföra med"
"""Why an outcome, or a forecast, can't be held against a målvärde."""


def level_of(target: Target, matetal: Matetal, base: Decimal | None, period: Period) -> Decimal | None:
    """The level that the outcome is compared with, in the mätetal's unit; None where only the direction is asked for.

    base: the earlier outcome, which a change without a baseline of its own is counted from.
    """
    if target.operator not in CHANGES:
        return target.varde
    start = target.utgangsvarde if target.utgangsvarde is not None else base
    if target.operator == "unchanged" or start is None or target.varde is None:
        return start if target.operator == "unchanged" else None
    years = period.year - target.utgangsar if target.per_ar and target.utgangsar else 1
    step = target.varde * years
    relative = target.enhet == "procent" and matetal.mattenhet != "procent"
    return start + (abs(start) * step / 100 if relative else step)


def meets(target: Target, value: Decimal, level: Decimal) -> bool:
    """Whether `value` is what the målvärde asks for, `level` being what it is compared with."""
    if target.operator in (">=", "all", "change>="):
        return value >= level
    if target.operator in ("<=", "deadline", "rank<=", "change<="):
        return value <= level
    if target.operator in (">", "increase"):
        return value > level
    if target.operator in ("<", "decrease"):
        return value < level
    return value == level


def is_later(target: Target, period: Period) -> bool:
    """True where the målvärde shall be reached in a later year."""
    return target.senast is not None and target.senast > period.year


def may_still_turn(target: Target, value: Decimal, level: Decimal, *, met: bool) -> bool:
    """Whether a count that can only rise may yet meet a "minst", or pass a "högst", before the year is over."""
    better = DIRECTION[target.operator]
    if better == "oförändrad":
        return value <= level
    return not met if better == "högre" else met

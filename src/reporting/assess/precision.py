"""With how many decimals a mätetal is printed: as many as the plan asks for, and as many more as it takes to agree with what was decided.

Whether a målvärde is met is decided on the outcome as it was delivered (docs/metod.md, Status); the print follows. Pure.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from reporting.assess.comparison import CHANGES
from reporting.params.malvarde import Target
from reporting.params.plan import Matetal
from reporting.swedish import MOST_DECIMALS, own_decimals, rounded

SIGNIFICANT_DIGITS = 15
"""What a spreadsheet keeps of a number; a difference beyond them is the noise of its arithmetic, and none."""

OutcomeNumbers = Sequence[Decimal | None]


def as_delivered(value: Decimal) -> Decimal:
    """The value to the 15 significant digits that a spreadsheet keeps: 0.30000000000000004 is 0.3."""
    return Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN).plus(value)


def planned_decimals(matetal: Matetal, target: Target, *values: Decimal | None) -> int:
    """The decimals that print begins with: the plan's `decimaler`; else those that the målvärde's level is written with; else the
    values' own, two at the most."""
    if matetal.decimaler is not None:
        return matetal.decimaler
    if target.varde is not None and target.operator not in CHANGES:
        ends = [end for end in (target.varde, target.ovre) if end is not None]
        return max(map(own_decimals, ends)) if target.enhet in (None, matetal.mattenhet) else 0
    return min(
        MOST_DECIMALS, max((own_decimals(value.normalize()) for value in values if value is not None), default=0)
    )


def agreeing_decimals(fewest: int, values: OutcomeNumbers, decided: Callable[[OutcomeNumbers], object]) -> int:
    """The fewest decimals, not below `fewest`, at which rounding the values doesn't change what is decided from them, nor does any finer
    rounding.

    decided: takes the values, in their order and with None kept as None, and gives what is decided from them, to be compared with ==.
    """
    exact = decided(values)
    most = max((own_decimals(value.normalize()) for value in values if value is not None), default=0)
    decimals = max(fewest, most)
    while decimals > fewest and decided(printed(values, decimals - 1)) == exact:
        decimals -= 1
    return decimals


def printed(values: OutcomeNumbers, decimals: int) -> list[Decimal | None]:
    """The values rounded half away from zero to this many decimals, in the same order; None stays None."""
    return [None if value is None else rounded(value, decimals) for value in values]


def missed_by_rounding(parts: Sequence[Decimal], whole: Decimal, decimals: int) -> bool:
    """True where the parts give the whole, and would not seem to when each is printed with `decimals`."""
    together = sum(parts, Decimal(0))
    shown = sum((rounded(part, decimals) for part in parts), Decimal(0))
    return rounded(together, decimals) == rounded(whole, decimals) != shown

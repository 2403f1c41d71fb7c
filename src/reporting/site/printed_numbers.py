"""Numbers as a table prints them, read back: "56 200", "−3,5 mkr", "82 %", "plats 12"; and the cell format that prints the same."""

import re
from dataclasses import dataclass
from decimal import Decimal

from reporting.swedish import NUMBER_PATTERN, SPACES, read_quantity

MOST_DIGITS = 15
"""How many digits a spreadsheet keeps; a longer number stays text, rather than become another."""


@dataclass(frozen=True)
class Tal:
    """A printed number. fore, efter: what stood before and after its digits, such as "plats " and " %"; decimaler: how many were printed;
    grupperat: with a space between thousands; tecken: with a plus where it is above zero."""

    varde: Decimal
    fore: str
    efter: str
    decimaler: int
    grupperat: bool
    tecken: bool

    @property
    def enhet(self) -> str:
        """The unit as it was printed, "" for none."""
        return (self.fore + self.efter).strip()


def read_printed(text: str) -> Tal | None:
    """The number that a cell is, with its unit; None where it says anything else, or nothing."""
    try:
        quantity = read_quantity(text)
    except ValueError:
        return None
    digits = re.search(NUMBER_PATTERN, text)
    if digits is None or len(quantity.value.as_tuple().digits) > MOST_DIGITS:
        return None  # "tre" is as good as text
    shown = digits[0].strip(SPACES)
    _, _, decimals = shown.replace(".", ",").rpartition(",") if re.search("[.,]", shown) else ("", "", "")
    return Tal(
        varde=quantity.value,
        fore=text[: digits.end() - len(digits[0].lstrip(SPACES))],
        efter=text[digits.end() :],
        decimaler=len(decimals),
        grupperat=bool(re.search(rf"\d[{SPACES}]", shown)),
        tecken=shown.startswith("+"),
    )


def cell_format(tal: Tal) -> str:
    """The number format with which a spreadsheet shows the number as it was printed, unit, plus and true minus and all."""
    digits = ("#,##0" if tal.grupperat else "0") + ("." + "0" * tal.decimaler if tal.decimaler else "")
    before, after = _quoted(tal.fore), _quoted(tal.efter)
    above, below = f'{before}"+"{digits}{after}', f'{before}"\u2212"{digits}{after}'
    plain = f"{before}{digits}{after}"
    return f"{above};{below};{plain}" if tal.tecken else f"{plain};{below}"


def plain_number(value: Decimal) -> str:
    """A number as a Swedish csv file has it: digits, a decimal comma, a hyphen for minus, no spaces."""
    return format(value, "f").replace(".", ",")


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""

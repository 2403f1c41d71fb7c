"""How a number stands in a cell of a workbook that we write, and what is the same in all of them."""

from datetime import datetime
from decimal import Decimal

from reporting.swedish import Quantity, own_decimals

MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def number_format(quantity: Quantity) -> str:
    """The cell format that shows a number with its own decimals, and a share as per cent."""
    own = own_decimals(quantity.value)
    decimals = "." + "0" * own if own else ""
    return f"0{decimals}%" if quantity.unit == "procent" else f"#,##0{decimals}"


def cell_number(quantity: Quantity) -> float:
    """The number that a cell with number_format holds: 0.82 for 82 %."""
    return float(quantity.value / Decimal(100) if quantity.unit == "procent" else quantity.value)

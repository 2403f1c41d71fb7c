"""How a workbook that we write looks: how wide its columns are and how high its rows, so that nothing in it is cut off, and how a number
stands in a cell."""

import textwrap
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from reporting.handout.rows import EARLIER_PREFIX, Slot, TemplateSheet
from reporting.params.headings import KON_COLUMNS
from reporting.swedish import Quantity, own_decimals

WORKBOOK_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

NAMED = 2
"""How many columns say what a row is about: its id and its name."""
_COLUMN_WIDTHS = {
    "id": 17, "enhet": 9, "målvärde": 15, "utfall": 10, "antal svar": 8, "mätt till och med": 12, "anmärkning": 14,
    "kommentar": 42, "analys": 60, "nästa steg": 40, "nyckeltal": 46, "svar": 10,
}  # fmt: skip
NAME_WIDTH, TEXT_WIDTH, NUMBER_WIDTH, PART_WIDTH, EARLIER_WIDTH = 34, 26, 12, 9, 16
GUIDE_WIDTH = 100
LINE_POINTS = 15
_FEW_ROWS, ROOM, ROOM_OF_MANY = 15, 3.0, 1.4
"""The height of a line in points; for how many lines there is room at least on each of a few rows, and of more than so."""


def column_widths(sheet: TemplateSheet) -> list[float]:
    """The width of each column, in characters."""
    return [_width(name, [row[n] for row in sheet.rows], n) for n, name in enumerate(sheet.headings)]


def heights(sheet: TemplateSheet, widths: list[float]) -> list[float]:
    """The height of the row of headings and of each row below it, in points."""
    high = [float(max(map(lines_of_text, sheet.headings, widths)))]
    room = ROOM if len(sheet.rows) <= _FEW_ROWS else ROOM_OF_MANY
    for row in sheet.rows:
        high.append(max(room, *(lines_of_text(slot.text, width) for slot, width in zip(row, widths, strict=True))))
    return [LINE_POINTS * count for count in high]


def lines_of_text(text: str, width: float) -> int:
    """How many lines a text takes in a column, with a little room to spare, since fonts differ."""
    return max(1, len(textwrap.wrap(text, max(6, int(width * 0.95)))))


def _width(name: str, slots: list[Slot], column: int) -> float:
    """Wide enough for what people write there."""
    kinds = _kinds(slots)
    if name == "utfall" and "fritt" in kinds:
        return _COLUMN_WIDTHS["kommentar"]
    if name in _COLUMN_WIDTHS:
        return _COLUMN_WIDTHS[name]
    if name.startswith(EARLIER_PREFIX):
        return EARLIER_WIDTH
    if name in KON_COLUMNS:
        return PART_WIDTH
    if kinds & {"tal", "heltal", "dag"}:
        return max(NUMBER_WIDTH, max(map(len, name.split())) + 2)
    longest = max((len(word) for slot in slots if slot.rule for word in slot.rule.words), default=0)
    if longest:
        return max(NUMBER_WIDTH, longest + 3)
    return NAME_WIDTH if column < NAMED else TEXT_WIDTH


def _kinds(slots: Iterable[Slot]) -> set[str]:
    return {slot.rule.kind for slot in slots if slot.rule}


def number_format(quantity: Quantity) -> str:
    """The cell format that shows a number with its own decimals, and a share as per cent."""
    own = own_decimals(quantity.value)
    decimals = "." + "0" * own if own else ""
    return f"0{decimals}%" if quantity.unit == "procent" else f"#,##0{decimals}"


def cell_number(quantity: Quantity) -> float:
    """The number that a cell with number_format holds: 0.82 for 82 %."""
    return float(quantity.value / Decimal(100) if quantity.unit == "procent" else quantity.value)

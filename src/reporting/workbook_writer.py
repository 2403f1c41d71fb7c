"""Outcome workbooks written to file: the one place where XlsxWriter is used."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from reporting.swedish import Quantity, read_date, read_quantity
from reporting.workbook_layout import KON_COLUMNS, KVALITATIVA, KVALITATIVA_COLUMNS, MATETAL, MATETAL_COLUMNS, OM

MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
Row = Mapping[str, str]


def write_workbook(path: Path, om: Row, matetal: Sequence[Row], kvalitativa: Sequence[Row] = ()) -> None:
    """Write one delivery.

    om: label → text of Om leveransen. matetal, kvalitativa: one mapping per row, from column heading (workbook_layout) to
    what a person would type; numbers become numbers, "82 %" a number formatted as per cent, dates dates, the rest text.
    Only the columns that some row uses are written. The folder is made where it is missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": f"Utfall {om['nämnd']} {om['period']}", "created": MADE})
        sheet = book.add_worksheet(OM)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 40)
        for row, (label, text) in enumerate(om.items()):
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, text)
        _table(book, MATETAL, MATETAL_COLUMNS, matetal, widths={"mätetal": 60, "kommentar": 60, "anmärkning": 40})
        if kvalitativa:
            _table(book, KVALITATIVA, KVALITATIVA_COLUMNS, kvalitativa, widths={"mått": 60, "kommentar": 60})


def _table(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[Row], widths: Mapping[str, int]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "bottom": 1})
    used = [column for column in columns if any(row.get(column) for row in rows)]
    for index, column in enumerate(used):
        sheet.set_column(index, index, widths.get(column, 18))
        sheet.write_string(0, index, column, heading)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(used):
            _cell(book, sheet, (number, index), column, row.get(column, ""))


def _cell(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], column: str, text: str
) -> None:
    if not text:
        return
    value = _typed(column, text)
    if isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day in a cell has no time zone
        sheet.write_datetime(*place, midnight, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(value, Quantity):
        exponent = value.value.as_tuple().exponent
        decimals = "." + "0" * -exponent if isinstance(exponent, int) and exponent < 0 else ""
        share = value.unit == "procent"
        shown = book.add_format({"num_format": f"0{decimals}%" if share else f"#,##0{decimals}"})
        sheet.write_number(*place, float(value.value / Decimal(100) if share else value.value), shown)
    else:
        sheet.write_string(*place, value)


def _typed(column: str, text: str) -> str | Quantity | date:
    try:
        if column == "mätt till och med":
            return read_date(text)
        if column in ("utfall", *KON_COLUMNS) and (quantity := read_quantity(text)).unit in (None, "procent"):
            return quantity  # any other unit stays as text, where the reader sees it
    except ValueError:
        pass
    return text

"""Outcome workbooks written as people would fill them in: for the bundled data, the tests and the benchmarks."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from reporting.handout.writer import WORKBOOK_CREATED, WORKBOOK_OPTIONS, cell_number, number_format
from reporting.params.blad import Blad
from reporting.params.headings import (
    HISTORIK,
    HISTORIK_COLUMNS,
    KON_COLUMNS,
    KVALITATIVA,
    KVALITATIVA_COLUMNS,
    MATETAL,
    MATETAL_COLUMNS,
    OM,
    YEAR,
)
from reporting.swedish import read_date
from reporting.units import PROCENT, Quantity, read_quantity

WIDTHS = {"mätetal": 60, "mått": 60, "kommentar": 60, "anmärkning": 40, "analys": 60, "utfall": 18, "nästa steg": 40}
Row = Mapping[str, str]


def write_workbook(
    path: Path,
    om: Row,
    matetal: Sequence[Row],
    kvalitativa: Sequence[Row] = (),
    blad: Sequence[tuple[Blad, Sequence[Row]]] = (),
) -> None:
    """Write one delivery.

    om: label → text of Om leveransen. matetal, kvalitativa: one mapping per row, from column heading (params.headings) to
    what a person would type; blad: the same for each further sheet, with its definition. Numbers become numbers, "82 %" a number
    formatted as per cent, dates dates, the rest text; "8,00" keeps its two decimals. Only the columns that some row uses are
    written, and only the sheets that have rows. The folder is made where it is missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS) as book:
        book.set_properties({"title": f"Utfall {om['nämnd']} {om['period']}", "created": WORKBOOK_CREATED})
        sheet = book.add_worksheet(OM)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 40)
        for row, (label, text) in enumerate(om.items()):
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, text)
        if matetal:
            _table(book, MATETAL, MATETAL_COLUMNS, matetal, numbers=("utfall", *KON_COLUMNS))
        if kvalitativa:
            _table(book, KVALITATIVA, KVALITATIVA_COLUMNS, kvalitativa)
        for definition, rows in blad:
            if rows:
                years = sorted({key for row in rows for key in row if re.fullmatch(YEAR, key)}, reverse=True)
                numbers = [k.namn for k in definition.kolumner if k.innehall not in ("text", "dag")] + years
                _table(book, definition.blad, (*definition.headings, *years), rows, numbers=numbers)


def write_history(path: Path, rows: Sequence[Row]) -> None:
    """Write historik.xlsx. rows: one per nämnd, mätetal and kön, from column heading or period to what a person would type."""
    path.parent.mkdir(parents=True, exist_ok=True)
    periods = sorted({key for row in rows for key in row if key not in HISTORIK_COLUMNS})
    with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS) as book:
        book.set_properties({"title": HISTORIK, "created": WORKBOOK_CREATED})
        _table(book, HISTORIK, (*HISTORIK_COLUMNS, *periods), rows, numbers=periods)


def _table(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[Row], numbers: Sequence[str] = ()
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "bottom": 1})
    used = [column for column in columns if any(row.get(column) for row in rows)]
    for index, column in enumerate(used):
        wide = 60 if index == 1 and column not in numbers else 18
        sheet.set_column(index, index, WIDTHS.get(column, wide))
        sheet.write_string(0, index, column, heading)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(used):
            if text := row.get(column, ""):
                _cell(book, sheet, (number, index), _typed(column, text, numbers))


def _cell(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    value: str | Quantity | date,
) -> None:
    if isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day in a cell has no time zone
        sheet.write_datetime(*place, midnight, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(value, Quantity):
        shown = book.add_format({"num_format": number_format(value)})
        sheet.write_number(*place, cell_number(value), shown)
    else:
        sheet.write_string(*place, value)


def _typed(column: str, text: str, numbers: Sequence[str]) -> str | Quantity | date:
    try:
        if column == "mätt till och med":
            return read_date(text)
        if column in numbers and (quantity := read_quantity(text)).unit in (None, PROCENT):
            return quantity  # any other unit stays as text, where the reader sees it
    except ValueError:
        pass
    return text

"""The tables of a report to take home: a workbook, or a zip of csv files that open right in a Swedish Excel. Same tables, same bytes.

A cell that is wholly a number is one; a cell that says – is empty, since what is missing is never 0; the rest is text, and never a formula.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from reporting.files import write_whole
from reporting.show.table import TableValues
from reporting.swedish import MINUS, number, own_decimals

MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
INNEHALL, GRUPP, TID = "Innehåll", "Grupp", "tid"
EXPLAINED = "En tom cell betyder att uppgiften saknas."
MOST_IN_A_CELL = 32_767
MOST_DIGITS = 15
"""How many digits a spreadsheet keeps; a longer number stays text, rather than become another."""
NARROWEST, WIDEST = 9, 60
"""Of a column, in characters."""
MOST_OF_A_NAME = 60
BOM = "\ufeff"
_FORMULA = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:,\d+)?")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Tal:
    """A number in a cell. text: as it is printed, with its unit."""

    varde: Decimal
    text: str

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after its digits: its unit, and a plus."""
        before, _, after = self.text.partition(self._digits)
        return before, after

    @property
    def enhet(self) -> str:
        """Its unit as it is printed, "" for none."""
        return "".join(self.around).removeprefix("+").strip()

    @property
    def format(self) -> str:
        """The number format with which a spreadsheet shows it as it is printed, unit, plus and true minus and all."""
        decimals = own_decimals(self.varde)
        digits = ("#,##0" if " " in self._digits else "0") + ("." + "0" * decimals if decimals else "")
        before, after = (f'"{part}"' if part else "" for part in self.around)
        if before == '"+"':
            return f'"+"{digits}{after};"{MINUS}"{digits}{after};{digits}{after}'
        return f'{before}{digits}{after};{before}"{MINUS}"{digits}{after}'

    @property
    def _digits(self) -> str:
        return " ".join(number(self.varde).split())


Cell = str | Tal | None
"""Text, a number, or nothing where it is missing."""


def write_xlsx(path: Path, titel: str, tables: Sequence[tuple[str, TableValues]]) -> None:
    """Write a workbook with one sheet per table, and a first one that lists them. titel: the report's; tables: (chapter, table)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": _clean(titel), "created": MADE})
        formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        bold = _format(book, formats, bold=True)
        names = [_sheet_name(number, table.caption) for number, (_, table) in enumerate(tables, start=1)]
        first = book.add_worksheet(INNEHALL)
        first.write_string(0, 0, _clean(titel), _format(book, formats, bold=True, font_size=14))
        first.write_string(1, 0, EXPLAINED)
        for column, (heading, width) in enumerate((("Blad", 34), ("Kapitel", 30), ("Tabell", 80), ("Rader", 8))):
            first.set_column(column, column, width)
            first.write_string(3, column, heading, _format(book, formats, bold=True, bottom=1))
        first.freeze_panes(4, 0)
        for row, (name, (kapitel, table)) in enumerate(zip(names, tables, strict=True), start=4):
            first.write_url(row, 0, f"internal:'{name}'!A1", string=name)
            first.write_string(row, 1, _clean(kapitel))
            first.write_string(row, 2, _clean(table.caption))
            first.write_number(row, 3, len(table.rows))
        for name, (_, table) in zip(names, tables, strict=True):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, _clean(table.caption), bold)
            _write_table(book, sheet, formats, table)
    write_whole(path, content.getvalue())


def _write_table(book: Any, sheet: Any, formats: dict[tuple[tuple[str, Any], ...], Any], table: TableValues) -> None:
    headings, rows, numbers = _as_cells(table)
    sheet.freeze_panes(2, 0)
    text = _format(book, formats, text_wrap=True, valign="top")
    for column, heading in enumerate(headings):
        side = "right" if numbers[column] else "left"
        shown = _format(book, formats, bold=True, bottom=1, text_wrap=True, valign="top", align=side)
        sheet.write_string(1, column, heading, shown)
        longest = max((len(heading), *(len(_shown(row[column])) for row in rows)))
        sheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST))
    for line, row in enumerate(rows, start=2):
        for column, cell in enumerate(row):
            if isinstance(cell, Tal):
                shown = _format(book, formats, num_format=cell.format, valign="top", align="right")
                sheet.write_number(line, column, float(cell.varde), shown)
            elif cell:
                right = _format(book, formats, text_wrap=True, valign="top", align="right")
                sheet.write_string(line, column, cell, right if numbers[column] else text)


def _format(book: Any, known: dict[tuple[tuple[str, Any], ...], Any], **wanted: Any) -> Any:
    """A cell format of the book, made once."""
    key = tuple(wanted.items())
    if key not in known:
        known[key] = book.add_format(wanted)
    return known[key]


def write_csv_zip(path: Path, tables: Sequence[tuple[str, TableValues]]) -> None:
    """Write a zip with one csv file per table, in order. tables: (chapter, table).

    A unit stands in a column of its own after its numbers, so that these can be reckoned with.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (_, table) in enumerate(tables, start=1):
            entry = zipfile.ZipInfo(f"{number:02d}-{_slug(table.caption)}.csv", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, csv_text(*_with_units(table)).encode())
    write_whole(path, content.getvalue())


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[str | Decimal | None]]) -> str:
    """One table as the text of a csv file: semicolons, decimal commas, CRLF, and first the mark by which Excel knows UTF-8.

    A Decimal is a number, None an empty cell; text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(heading) for heading in headings])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def _csv_cell(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    return _guarded(cell or "")


def _guarded(text: str) -> str:
    clean = _clean(text)
    return f"'{clean}" if clean.startswith(_FORMULA) and not _NUMBER.fullmatch(clean) else clean


def _with_units(table: TableValues) -> tuple[list[str], list[list[str | Decimal | None]]]:
    """(headings, rows), with a column of units after each column whose numbers have one."""
    headings, rows, _ = _as_cells(table)
    units = [any(_unit(row[column]) for row in rows) for column in range(len(headings))]
    shown: list[str] = []
    for heading, unit in zip(headings, units, strict=True):
        shown += [heading, f"{heading}, enhet"] if unit else [heading]
    found: list[list[str | Decimal | None]] = []
    for row in rows:
        cells: list[str | Decimal | None] = []
        for cell, unit in zip(row, units, strict=True):
            cells.append(cell.varde if isinstance(cell, Tal) else cell)
            cells += [_unit(cell)] if unit else []
        found.append(cells)
    return shown, found


def _unit(cell: Cell) -> str | None:
    return cell.enhet if isinstance(cell, Tal) else None


def _as_cells(table: TableValues) -> tuple[list[str], list[list[Cell]], list[bool]]:
    """(headings, rows, which columns hold numbers), with the groups as a first column where there are any."""
    headings, rows, numbers = _with_times(table)
    if not any(group for group, _ in table.rows):
        return headings, rows, numbers
    grouped: list[list[Cell]] = [[_clean(group), *row] for (group, _), row in zip(table.rows, rows, strict=True)]
    return [GRUPP, *headings], grouped, [False, *numbers]


def _with_times(table: TableValues) -> tuple[list[str], list[list[Cell]], list[bool]]:
    """(headings, rows, which columns hold numbers), with a column after each whose numbers say of which time they are, so that the
    number itself can be reckoned with."""
    headings: list[str] = []
    numbers: list[bool] = []
    columns: list[list[Cell]] = []
    for index, heading in enumerate(table.columns):
        cells = [row[index] for _, row in table.rows]
        times = ["" if isinstance(cell, str) else cell[2] for cell in cells]
        headings.append(_clean(heading))
        numbers.append(table.numbers[index])
        columns.append([_cell(cell) for cell in cells])
        if any(times):
            headings.append(f"{headings[-1]}, {TID}")
            numbers.append(False)
            columns.append([time or None for time in times])
    return headings, [list(row) for row in zip(*columns, strict=True)], numbers


def _cell(cell: str | Sequence[str]) -> Cell:
    if not isinstance(cell, str):
        printed, value, _ = cell
        if len(Decimal(value).as_tuple().digits) <= MOST_DIGITS:
            return Tal(Decimal(value), printed)
        return printed
    clean = _clean(cell)
    return None if clean in ("", "–") else clean


def _shown(cell: Cell) -> str:
    if not isinstance(cell, Tal):
        return cell or ""
    before, after = cell.around
    return f"{before.removeprefix('+')}{cell.varde:,}{after}"


def _clean(text: str) -> str:
    """Text that every format can hold, on one line."""
    found = " ".join(re.sub(_NOT_TEXT, " ", text).split(" ")).strip()
    return found if len(found) < MOST_IN_A_CELL else found[: MOST_IN_A_CELL - 2] + " …"


def _sheet_name(number: int, rubrik: str) -> str:
    """A name that is allowed of a sheet and that no other has: "03 Utfall och målvärde"."""
    name = f"{number:02d} {re.sub(_NOT_IN_SHEET_NAMES, ' ', _clean(rubrik))}"
    return name.encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip()  # 31 as Excel counts them


def _slug(rubrik: str) -> str:
    """A caption as a file's name, cut between words: "antal-anstallda"."""
    letters = (sign for sign in unicodedata.normalize("NFKD", rubrik.lower()) if not unicodedata.combining(sign))
    whole = "-".join(re.findall(r"[a-z0-9]+", "".join(letters))) or "tabell"
    found = whole[:MOST_OF_A_NAME]
    return found if whole == found else found.rpartition("-")[0] or found

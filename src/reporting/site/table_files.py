"""The tables of a report to take home: a workbook, or a zip of csv files that open right in a Swedish Excel. Same tables, same bytes.

A cell that is wholly a number is one; a cell that says – is empty, since what is missing is never 0; the rest is text, and never a formula.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from reporting.files import BOM, write_whole
from reporting.show.table import TableValues
from reporting.swedish import MINUS, number, own_decimals

_TABLES_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
_AS_WRITTEN = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
INNEHALL, GRUPP, TID = "Innehåll", "Grupp", "tid"
EXPLAINED = "En tom cell betyder att uppgiften saknas."
MOST_IN_A_CELL = 32_767
MOST_DIGITS = 15
"""How many digits a spreadsheet keeps; a longer number stays text, rather than become another."""
NARROWEST, WIDEST = 9, 60
"""Of a column, in characters."""
MOST_OF_A_NAME = 60
_FORMULA = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:,\d+)?")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class TableNumber:
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


TableValue = str | TableNumber | None
"""Text, a number, or nothing where it is missing."""
Column = tuple[str, bool, Sequence[TableValue]]
"""Its heading, whether it holds numbers, and its cells."""


def write_xlsx(path: Path, titel: str, tables: Sequence[tuple[str, TableValues]]) -> None:
    """Write a workbook with one sheet per table, and a first one that lists them. titel: the report's; tables: (chapter, table)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {**_AS_WRITTEN, "in_memory": True}) as book:
        book.set_properties({"title": _clean(titel), "created": _TABLES_CREATED})
        styled = cache(lambda **wanted: book.add_format(wanted))  # each cell format once
        bold = styled(bold=True)
        names = [_sheet_name(nth, table.caption) for nth, (_, table) in enumerate(tables, start=1)]
        first = book.add_worksheet(INNEHALL)
        first.write_string(0, 0, _clean(titel), styled(bold=True, font_size=14))
        first.write_string(1, 0, EXPLAINED)
        for column, (heading, width) in enumerate((("Blad", 34), ("Kapitel", 30), ("Tabell", 80), ("Rader", 8))):
            first.set_column(column, column, width)
            first.write_string(3, column, heading, styled(bold=True, bottom=1))
        first.freeze_panes(4, 0)
        for row, (name, (kapitel, table)) in enumerate(zip(names, tables, strict=True), start=4):
            first.write_url(row, 0, f"internal:'{name}'!A1", string=name)
            first.write_string(row, 1, _clean(kapitel))
            first.write_string(row, 2, _clean(table.caption))
            first.write_number(row, 3, len(table.rows))
        for name, (_, table) in zip(names, tables, strict=True):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, _clean(table.caption), bold)
            _write_table(sheet, styled, _columns(table))
    write_whole(path, content.getvalue())


def _write_table(sheet: Any, styled: Callable[..., Any], columns: Sequence[Column]) -> None:
    sheet.freeze_panes(2, 0)
    text = {"text_wrap": True, "valign": "top"}
    styled(**text)
    for at, (heading, is_number, cells) in enumerate(columns):
        side = "right" if is_number else "left"
        sheet.write_string(1, at, heading, styled(bold=True, bottom=1, **text, align=side))
        longest = max((len(heading), *(len(_shown(cell)) for cell in cells)))
        sheet.set_column(at, at, min(max(longest + 2, NARROWEST), WIDEST))
    for line, row in enumerate(zip(*(cells for _, _, cells in columns), strict=True), start=2):
        for at, cell in enumerate(row):
            if isinstance(cell, TableNumber):
                shown = styled(num_format=cell.format, valign="top", align="right")
                sheet.write_number(line, at, float(cell.varde), shown)
            elif cell:
                right = styled(**text, align="right")
                sheet.write_string(line, at, cell, right if columns[at][1] else styled(**text))


def write_csv_zip(path: Path, tables: Sequence[tuple[str, TableValues]]) -> None:
    """Write a zip with one csv file per table, in order. tables: (chapter, table)."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for nth, (_, table) in enumerate(tables, start=1):
            entry = zipfile.ZipInfo(f"{nth:02d}-{_slug(table.caption)}.csv", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, table_csv(table).encode())
    write_whole(path, content.getvalue())


def table_csv(table: TableValues) -> str:
    """A table as the text of a csv file. A unit stands in a column of its own after its numbers, so that these can be used in formulas."""
    headings: list[str] = []
    columns: list[list[str | Decimal | None]] = []
    for heading, _, cells in _columns(table):
        headings.append(heading)
        columns.append([cell.varde if isinstance(cell, TableNumber) else cell for cell in cells])
        units = [cell.enhet if isinstance(cell, TableNumber) else "" for cell in cells]
        if any(units):
            headings.append(f"{heading}, enhet")
            columns.append([*units])
    return csv_text(headings, list(zip(*columns, strict=True)))


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[str | Decimal | None]]) -> str:
    """The text of a csv file: semicolons, decimal commas, CRLF, and first the mark by which Excel knows UTF-8.

    A Decimal is a number, None an empty cell; text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_csv_cell(cell) for cell in row] for row in (headings, *rows))
    return BOM + out.getvalue()


def _csv_cell(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    clean = _clean(cell or "")
    return f"'{clean}" if clean.startswith(_FORMULA) and not _NUMBER.fullmatch(clean) else clean


def _columns(table: TableValues) -> list[Column]:
    """The columns: first the groups, where there are any; after each whose numbers say of which time they are, one for that, so that the
    numbers themselves can be reckoned with."""
    groups = [_clean(group) for group, _ in table.rows]
    found: list[Column] = [(GRUPP, False, groups)] if any(group for group, _ in table.rows) else []
    for at, (heading, is_number) in enumerate(zip(map(_clean, table.columns), table.numbers, strict=True)):
        cells = [row[at] for _, row in table.rows]
        found.append((heading, is_number, [_value(cell) for cell in cells]))
        times = [None if isinstance(cell, str) else cell[2] or None for cell in cells]
        found += [(f"{heading}, {TID}", False, times)] if any(times) else []
    return found


def _value(cell: str | Sequence[str]) -> TableValue:
    if not isinstance(cell, str):
        text, digits, _ = cell
        value = Decimal(digits)
        return TableNumber(value, text) if len(value.as_tuple().digits) <= MOST_DIGITS else text
    clean = _clean(cell)
    return None if clean in ("", "–") else clean


def _shown(cell: TableValue) -> str:
    if not isinstance(cell, TableNumber):
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

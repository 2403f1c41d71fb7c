"""One spreadsheet opened safely: the one place where openpyxl is used. Out come cells as they stand, never a repaired value."""

import re
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from reporting.faults import Fault
from reporting.workbook_guard import read_parts
from reporting.workbook_marks import MAX_COLUMNS, MAX_ROWS, Marks, sheet_marks

SERIALS = range(30_000, 65_000)
"""Numbers that can be days between 1982 and 2077, counted as Excel counts them."""


@dataclass(frozen=True)
class RawCell:
    """A cell as it stands. value: number, text, date, bool or None; formula: the formula that gave it, or ""; serial: the day that a
    number would be, were it one.
    """

    ref: str
    value: float | int | str | date | bool | None
    number_format: str = "General"
    formula: str = ""
    error: bool = False
    serial: date | None = None

    @property
    def text(self) -> str:
        """The content as text, without spaces at the ends."""
        return "" if self.value is None else str(self.value).strip()

    @property
    def month(self) -> str:
        """The content as text; a day, which Excel makes of a typed "2025-08", as year and month."""
        return f"{self.value:%Y-%m}" if isinstance(self.value, date) else self.text

    @property
    def heading(self) -> str:
        """The content as a heading is compared: in small letters, each run of spaces as one."""
        return " ".join(self.month.lower().split())

    @property
    def is_share(self) -> bool:
        """True where the format shows the number times 100; a percent sign in quotes is only a character."""
        return "%" in re.sub(r'"[^"]*"|\\.|_.', "", self.number_format)

    @property
    def shown(self) -> str:
        """The content as Excel shows it to a Swede: the formula where there is one, "0,82" or "50 %" for a number."""
        if self.formula or isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return self.formula or self.text
        value = Decimal(repr(self.value))
        return (
            f"{(value * 100).normalize():f} %".replace(".", ",")
            if "%" in self.number_format
            else f"{value:f}".replace(".", ",")
        )

    @property
    def is_empty(self) -> bool:
        """True where nothing stands in the cell."""
        return self.text == "" and not self.formula


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, as far as anything stands in them, and what its marks say (None for a sheet out of a csv file)."""

    rows: tuple[tuple[RawCell, ...], ...] = ()
    marks: Marks | None = None


@dataclass(frozen=True)
class Workbook:
    """A spreadsheet as it stands. sheets: by the name in the workbook; stamp: the custom properties of the file."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    stamp: dict[str, str] = field(default_factory=dict)


def open_workbook(path: Path, fil: str) -> tuple[Workbook, list[Fault]]:
    """(Workbook, faults). Files that are not plain .xlsx, or larger than any delivery is, are faults, not opened: no sheets."""
    parts, fault = read_parts(path, fil)
    if fault:
        return Workbook(), [fault]
    try:
        marks = sheet_marks(parts)
        book = _load(path, data_only=True)
        values, stamp, epoch = _rows(book, marks), _stamp(book), book.epoch
        with_formulas = {name for name, mark in marks.items() if mark.formulas}
        formulas = _rows(_load(path, data_only=False), marks, with_formulas) if with_formulas else {}
    except Exception:  # openpyxl and ElementTree raise what they like on a damaged file; the user gets one clear line
        action = "öppna filen i Excel, spara den på nytt och lämna den igen"
        return Workbook(), [Fault(fil, "", "", "en hel Excelfil; den här är skadad", action)]
    sheets: dict[str, Sheet] = {}
    for name, rows in values.items():
        beside = formulas.get(name, rows)
        cells = (
            tuple(
                _raw(cell, beside[r][c], f"{get_column_letter(c + 1)}{r + 1}", epoch)
                for c, cell in enumerate(_until_last(row, beside[r]))
            )
            for r, row in enumerate(rows)
        )
        sheets[name] = Sheet(tuple(cells), marks[name])
    return Workbook(sheets, stamp), []


def _load(path: Path, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations that we don't read
        return openpyxl.load_workbook(path, read_only=True, data_only=data_only, keep_links=False)


def _rows(book: Any, marks: dict[str, Marks], wanted: set[str] | None = None) -> dict[str, list[list[Any]]]:
    """Sheet name → rows of openpyxl's cells; the book is closed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {
                sheet.title: []
                if marks[sheet.title].too_large
                else [list(row) for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)]
                for sheet in book.worksheets
                if wanted is None or sheet.title in wanted
            }
    finally:
        book.close()


def _stamp(book: Any) -> dict[str, str]:
    return {item.name: str(item.value) for item in book.custom_doc_props.props}


def _until_last(row: list[Any], beside: list[Any]) -> list[Any]:
    """The row without the empty cells at its end."""
    last = max((n for n in range(len(row)) if row[n].value is not None or beside[n].value is not None), default=-1)
    return row[: last + 1]


def _raw(cell: Any, formula_cell: Any, ref: str, epoch: datetime) -> RawCell:
    if cell.value is None and formula_cell.value is None:
        return RawCell(ref, None)
    formula = str(formula_cell.value) if formula_cell.data_type == "f" else ""
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    is_serial = isinstance(value, int) and value in SERIALS
    serial = from_excel(value, epoch).date() if is_serial else None
    return RawCell(ref, value, cell.number_format or "General", formula, cell.data_type == "e", serial)

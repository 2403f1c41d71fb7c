"""One spreadsheet opened safely: the one place where openpyxl is used. Out come cells as they stand, never a repaired value."""

import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from reporting.faults import Fault

MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 10_000_000, 20_000_000, 500, 200
MAX_ROWS, MAX_COLUMNS = 2_000, 40
OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")


@dataclass(frozen=True)
class RawCell:
    """A cell as it stands. value: number, text, date, bool or None; formula: the formula that gave it, or ""."""

    ref: str
    value: float | int | str | date | bool | None
    number_format: str = "General"
    formula: str = ""
    error: bool = False

    @property
    def text(self) -> str:
        """The content as text, without spaces at the ends."""
        return "" if self.value is None else str(self.value).strip()

    @property
    def month(self) -> str:
        """The content as text; a day, which Excel makes of a typed "2025-08", as year and month."""
        return f"{self.value:%Y-%m}" if isinstance(self.value, date) else self.text

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


Sheet = tuple[tuple[RawCell, ...], ...]


def open_workbook(path: Path, fil: str) -> tuple[dict[str, Sheet], list[Fault]]:
    """Sheet name → rows of cells. Files that are not plain .xlsx, or larger than any delivery is, are faults, not opened."""
    try:
        fault = _guard(path, fil)
    except OSError:
        fault = Fault(
            fil, "", "", "en fil som går att öppna", "stäng filen i Excel, och kontrollera att du får läsa den"
        )
    if fault:
        return {}, [fault]
    try:
        values, formulas = _load(path, data_only=True), _load(path, data_only=False)
    except Exception:  # openpyxl raises what it likes on a damaged file; the user gets one clear line
        return {}, [Fault(fil, "", "", "en hel Excelfil", "öppna filen i Excel, spara den på nytt och lämna den igen")]
    faults = _merged(path, fil)
    sheets: dict[str, Sheet] = {}
    for name, rows in values.items():
        with_formulas = formulas[name]
        if name.strip() in sheets:
            faults.append(Fault(fil, f"blad {name}", "", "ett blad av varje slag", "för samman bladen med samma namn"))
        outside = [cell for row in rows for cell in row[MAX_COLUMNS:]] + [
            cell for row in rows[MAX_ROWS:] for cell in row
        ]
        if any(cell.value is not None for cell in outside):
            wanted = f"högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner"
            faults.append(Fault(fil, f"blad {name}", "", wanted, "ta bort tomma rader och kolumner utanför tabellen"))
        sheets[name.strip()] = tuple(
            tuple(_raw(cell, with_formulas[r][c], f"{get_column_letter(c + 1)}{r + 1}") for c, cell in enumerate(row))
            for r, row in enumerate(rows)
        )
    return sheets, faults


def _guard(path: Path, fil: str) -> Fault | None:
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"\xd0\xcf\x11\xe0":
        expected = "en .xlsx-fil utan lösenord; filen är lösenordsskyddad eller i ett gammalt format"
        return Fault(
            fil, "", "", expected, "öppna den i Excel, ta bort lösenordet och spara som Excel-arbetsbok (.xlsx)"
        )
    if magic != b"PK\x03\x04":
        return Fault(
            fil, "", "", "en Excel-arbetsbok (.xlsx)", "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
        )
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        return Fault(fil, "", "", "en hel Excelfil; den här är avbruten", "lämna filen på nytt")
    unpacked = sum(member.file_size for member in members)
    if (
        size > MAX_BYTES
        or len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(size, 10_000)
    ):
        return Fault(
            fil, "", f"{unpacked // 1000} kB", "en arbetsbok med utfall", "kopiera tabellen till en ny, tom arbetsbok"
        )
    if any("vbaProject" in member.filename for member in members):
        return Fault(fil, "", "makron", "en arbetsbok utan makron", "spara som Excel-arbetsbok (.xlsx) utan makron")
    return None


def _merged(path: Path, fil: str) -> list[Fault]:
    """Merged cells keep one value of several; which one was meant can't be seen."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        found = [
            ref.decode() for name in names for ref in re.findall(rb'<mergeCell ref="([A-Z0-9:]+)"', archive.read(name))
        ]
    wanted = "celler som inte är sammanslagna"
    return [Fault(fil, f"cell {ref}", "", wanted, "dela upp cellerna, och skriv värdet på varje rad") for ref in found]


def _load(path: Path, *, data_only: bool) -> dict[str, list[list[Any]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations that we don't read
        book = openpyxl.load_workbook(path, read_only=True, data_only=data_only, keep_links=False)
        try:
            return {
                sheet.title: [list(row) for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)]
                for sheet in book.worksheets
            }
        finally:
            book.close()


def _raw(cell: Any, formula_cell: Any, ref: str) -> RawCell:
    if cell.value is None and formula_cell.value is None:
        return RawCell(ref, None)
    formula = str(formula_cell.value) if formula_cell.data_type == "f" else ""
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    return RawCell(ref, value, cell.number_format or "General", formula, cell.data_type == "e")

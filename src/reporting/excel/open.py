"""One spreadsheet opened safely: the one place where openpyxl is used. Out come cells as they stand, never a repaired value."""

import io
import re
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.utils.datetime import from_excel

from reporting.excel.parts import (
    MAIN,
    MAX_COLUMNS,
    MAX_ROWS,
    OFFICE,
    Marks,
    ReadPackage,
    TooMuch,
    column_letters,
    look_through,
    mixed_texts,
)
from reporting.faults import Faults
from reporting.guard import damaged, read_parts, too_large_file
from reporting.swedish import unit_of

MAX_WEIGHT = 40_000
"""How many cells a workbook may have in the sheets that are read, each as many times as it costs: ten times what a large delivery
has, and half a second to read."""
MAX_TAGS_OF_STRINGS, MAX_TAGS_OF_STYLES = 180_000, 30_000
"""How many tags the texts and the formats may have, six to each: the parser reads all of them, whatever the sheets use."""
MAX_TEXT = 32_767
"""How much text a cell can hold in Excel."""
MAX_HEADING = 200
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LARGEST_WHOLE = 10**15
"""Above this a number in Excel is no longer exact."""
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
    mixed: bool = False

    @cached_property
    def text(self) -> str:
        """The content as text, without spaces at the ends."""
        return "" if self.value is None else str(self.value).strip()

    @property
    def month(self) -> str:
        """The content as text; a day, which Excel makes of a typed "2025-08", as year and month."""
        return f"{self.value:%Y-%m}" if isinstance(self.value, date) else self.text

    @cached_property
    def heading(self) -> str:
        """The content as a heading is compared: in small letters, each run of spaces as one; a longer text is none, however it goes
        on."""
        return " ".join(self.month[:MAX_HEADING].lower().split())

    @property
    def number(self) -> Decimal:
        """The number, to the fifteen digits that Excel reckons and shows: what a formula makes of 0.1 + 0.2 is 0.3. Raises ValueError
        where there is none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise ValueError(self.ref)
        return Decimal(f"{self.value:.15g}") if isinstance(self.value, float) else Decimal(self.value)

    @property
    def is_share(self) -> bool:
        """True where the format shows the number times 100; a percent sign in quotes is only a character."""
        return "%" in re.sub(r'"[^"]*"|\\.|_.', "", self.number_format)

    @property
    def plain_formats(self) -> list[str]:
        """Its formats, of positive numbers first, without what they show besides the number: text, colours, conditions, fillers."""
        sections = self.number_format.split(";")
        return [re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", section) for section in sections]

    @property
    def odd_format(self) -> bool:
        """True where the format hides thousands, or shows some numbers as shares and others not: what is seen isn't what stands."""
        numbers = [section for section in self.plain_formats[:3] if re.search(r"[0#?]", section)]
        return any(re.search(r"[0#?],+(?![0#?,])", section) for section in numbers) or (
            len({"%" in section for section in numbers}) > 1
        )

    @property
    def unit_shown(self) -> str | None:
        """The unit that the format writes beside the number (a key of swedish.UNITS), where it does."""
        quoted = "".join(re.findall(r'"([^"]*)"', self.number_format.split(";")[0])).strip()
        return unit_of(quoted) if quoted else None

    @property
    def shown(self) -> str:
        """The content as Excel shows it to a Swede: "0,82" or "50 %" for a number; a formula only where it has no value."""
        if isinstance(self.value, bool):
            return "SANT" if self.value else "FALSKT"
        if not isinstance(self.value, int | float):
            return self.text or self.formula
        shown = f"{(self.number * 100).normalize():f} %" if self.is_share else f"{self.number:f}"
        return shown.replace(".", ",")

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


def open_workbook(path: Path, faults: Faults) -> Workbook:
    """A workbook as it stands. A file that is no plain .xlsx, or larger than any delivery is, is a fault and not opened: no sheets."""
    parts = read_parts(path, faults)
    if not parts:
        return Workbook()
    try:
        package = look_through(parts)
        if (
            sum(part.weight for part in package.sheets.values() if not part.marks.too_large) > MAX_WEIGHT
            or package.strings.count(b"<") > MAX_TAGS_OF_STRINGS
            or package.styles.count(b"<") > MAX_TAGS_OF_STYLES
        ):
            raise TooMuch
        whole = _packed(package)
        values, epoch = _rows(whole, package.sheets, data_only=True)
        mixed = mixed_texts(package.strings)
        with_formulas = {name for name, part in package.sheets.items() if part.marks.formulas}
        formulas = _rows(whole, with_formulas, data_only=False)[0] if with_formulas else {}
        sheets = {
            name: Sheet(
                _cells(values[name], formulas.get(name, values[name]), epoch, mixed | part.marks.mixed), part.marks
            )
            for name, part in package.sheets.items()
        }
    except TooMuch:
        too_large_file(faults, sum(map(len, parts.values())))
        return Workbook()
    except Exception:  # openpyxl and ElementTree raise what they like on a damaged file; the user gets one clear line
        damaged(faults)
        return Workbook()
    return Workbook(sheets, package.stamp)


def _packed(package: ReadPackage) -> io.BytesIO:
    """A workbook with the cells, their texts and their formats, and nothing else: what the parser doesn't see can't stop it."""
    kinds = {"xl/workbook.xml": f"{KIND}.sheet.main+xml", "xl/sharedStrings.xml": f"{KIND}.sharedStrings+xml"}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    listed, relations = "", ""
    parts: dict[str, str | bytes] = {}
    for number, (name, sheet) in enumerate(package.sheets.items(), start=1):
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        relations += f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="sheet{number}.xml"/>'
        parts[f"xl/sheet{number}.xml"] = sheet.content or f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/></worksheet>'
    days = f'<workbookPr date1904="{int(package.date1904)}"/>'
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{days}<sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{TYPES}">{overrides}</Types>'
    parts["xl/sharedStrings.xml"] = package.strings or f'<sst xmlns="{MAIN}"/>'
    if package.styles:
        parts["xl/styles.xml"] = package.styles
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return whole


def _rows(
    whole: io.BytesIO, sheets: Collection[str], *, data_only: bool
) -> tuple[dict[str, list[tuple[Any, ...]]], datetime]:
    """(sheet → rows of openpyxl's cells, the day that days are counted from). data_only: what formulas gave, not what they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles that we don't read
        book = openpyxl.load_workbook(whole, read_only=True, data_only=data_only, keep_links=False)
        return {name: list(book[name].iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)) for name in sheets}, book.epoch


def _cells(
    rows: list[tuple[Any, ...]], with_formulas: list[tuple[Any, ...]], epoch: datetime, mixed: frozenset[str]
) -> tuple[tuple[RawCell, ...], ...]:
    return tuple(
        tuple(
            _raw(cell, beside[c], f"{column_letters(c + 1)}{r}", epoch, mixed)
            for c, cell in enumerate(_until_last(row, beside))
        )
        for r, (row, beside) in enumerate(zip(rows, with_formulas, strict=True), start=1)
    )


def _until_last(row: tuple[Any, ...], beside: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row without the empty cells at its end."""
    last = max((n for n in range(len(row)) if row[n].value is not None or beside[n].value is not None), default=-1)
    return row[: last + 1]


def _raw(cell: Any, formula_cell: Any, ref: str, epoch: datetime, mixed: frozenset[str]) -> RawCell:
    if cell.value is None and formula_cell.value is None:
        return RawCell(ref, None)
    formula = str(formula_cell.value) if formula_cell.data_type == "f" else ""
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    if len(formula) > MAX_TEXT or (isinstance(value, str) and len(value) > MAX_TEXT):
        raise TooMuch
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        value = int(value)  # some programs write 2025 as 2025.0
    is_serial = isinstance(value, int) and value in SERIALS
    serial = from_excel(value, epoch).date() if is_serial else None
    is_mixed = value in mixed or ref in mixed
    return RawCell(ref, value, cell.number_format or "General", formula, cell.data_type == "e", serial, is_mixed)

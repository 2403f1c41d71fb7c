"""One spreadsheet opened safely. Out come cells as they stand, never a repaired value."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from reporting.characters import cleaned
from reporting.excel.cells import (
    MAX_TEXT,
    NUMBER,
    Marks,
    RichText,
    SheetPart,
    StoredCell,
    TooMuch,
    column_letters,
    place_of,
)
from reporting.excel.formats import DASHES, PLAIN, CellFormat, FormatPart, clock_text, section_of, sections
from reporting.excel.parts import ReadPackage, look_through
from reporting.faults import Faults
from reporting.guard import damaged, read_parts, too_large_file
from reporting.swedish import read_date

MAX_WEIGHT = 40_000
"""How many cells a workbook may have in the sheets that are read: ten times what a large delivery has, and a third of a second to read."""
MAX_HEADING = 200
MOST_IN_MARGIN = 100
"""How much of a header is compared with what stands in the cells."""
LARGEST_WHOLE = 10**15
"""Above this a number in Excel is no longer exact."""
SERIALS, LAST_DAY = range(30_000, 65_000), 2_957_000
"""Numbers that can be days between 1982 and 2077, counted as Excel counts them; and until when Excel can show a number as a day."""


@dataclass(frozen=True)
class RawCell:
    """A cell as it stands. value: number, text, date, time, bool or None; formula: the formula that gave it, or ""; serial: the day that
    a number would be, were it one; struck, raised: as in RichText; unseen: as in CellFormat; no_zeros: as in Marks.
    """

    ref: str
    value: float | int | str | date | timedelta | bool | None
    number_format: str = "General"
    formula: str = ""
    error: bool = False
    serial: date | None = None
    struck: bool = False
    raised: bool = False
    unseen: bool = False
    no_zeros: bool = False

    @cached_property
    def text(self) -> str:
        """The content as text, without spaces at the ends."""
        if isinstance(self.value, timedelta):
            return clock_text(self.value, self.section.clock, seconds="s" in self.section.plain)
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
        where there is none, as for a day, a time or a yes."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise ValueError(self.ref)
        return Decimal(f"{self.value:.15g}") if isinstance(self.value, float) else Decimal(self.value)

    @property
    def is_number(self) -> bool:
        """True where there is one."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    @property
    def is_share(self) -> bool:
        """True where the format shows the number times 100; a percent sign in quotes is only a character."""
        return any("%" in section.plain for section in sections(self.number_format))

    @cached_property
    def section(self) -> FormatPart:
        """The part of its format that shows it."""
        if isinstance(self.value, str):
            return section_of(self.number_format, self.value)
        if isinstance(self.value, date | timedelta):
            return section_of(self.number_format, 1)
        return section_of(self.number_format, float(self.number)) if self.is_number else PLAIN

    @property
    def odd_format(self) -> bool:
        """True where the format shows another number, or some numbers as shares and others not: what is seen isn't what stands."""
        numbers = [section for section in sections(self.number_format)[:3] if section.is_number]
        return self.is_number and (self.section.is_odd or len({"%" in section.plain for section in numbers}) > 1)

    @property
    def concealed(self) -> bool:
        """True where the format shows nothing, or words instead of what stands there; a dash is how a table shows 0."""
        is_zero = self.is_number and self.number == 0
        instead = (self.section.before + self.section.after).strip()
        is_blank = self.is_number and self.section.is_blank_for(self.number)
        is_seen = (self.section.shows and not is_blank) or instead == self.text or (is_zero and instead in DASHES)
        return not self.is_empty and (not is_seen or (is_zero and self.no_zeros))

    @property
    def words_shown(self) -> str:
        """The words that the format writes beside the content: a unit, or others; "" for none."""
        return self.section.words if self.section.shows else ""

    @property
    def minus_lost(self) -> bool:
        """True for a number below zero whose format has a part for such numbers, and no minus in it."""
        is_by_sign = len(sections(self.number_format)) > 1 and not self.section.limit
        has_minus = re.search("[-–−(]", self.section.before + self.section.after)
        return self.section.shows and is_by_sign and not has_minus and self.is_number and self.number < 0

    @property
    def shown(self) -> str:
        """The content as Excel shows it to a Swede: "0,82" or "50 %" for a number; a formula only where it has no value."""
        if isinstance(self.value, bool):
            return "SANT" if self.value else "FALSKT"
        if not self.is_number:
            return self.text or self.formula
        shown = f"{(self.number * 100).normalize():f} %" if self.is_share else f"{self.number:f}"
        return shown.replace(".", ",")

    @property
    def is_empty(self) -> bool:
        """True where nothing stands in the cell, or a formula has given an empty text."""
        return self.text == "" and not (self.formula and self.value is None)


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
        if sum(part.weight for part in package.sheets.values() if not part.marks.too_large) > MAX_WEIGHT:
            raise TooMuch
        sheets = {name: Sheet(_rows(part, package), part.marks) for name, part in package.sheets.items()}
        if any(part.marks.margins for part in package.sheets.values()):
            cells = (cell for sheet in sheets.values() for row in sheet.rows for cell in row)
            titles = {str(cell.value)[:MOST_IN_MARGIN].strip() for cell in cells}
            for marks in (part.marks for part in package.sheets.values()):
                marks.margins = tuple(pair for pair in marks.margins if pair[1][:MOST_IN_MARGIN].strip() not in titles)
    except TooMuch:
        too_large_file(faults, sum(map(len, parts.values())))
        return Workbook()
    except Exception:  # a damaged file can be wrong in any way; the user gets one clear line
        damaged(faults)
        return Workbook()
    return Workbook(sheets, {name: cleaned(said) for name, said in package.stamp.items()})


def _rows(part: SheetPart, package: ReadPackage) -> tuple[tuple[RawCell, ...], ...]:
    """The rows of a sheet, each as far as anything stands in it."""
    widths: dict[int, int] = {}
    for row, column in part.cells:
        widths[row] = max(column, widths.get(row, 0))
    letters = [column_letters(column) for column in range(1, max(widths.values(), default=0) + 1)]
    return tuple(
        tuple(
            _raw(f"{letters[column - 1]}{row}", part.cells.get((row, column)), package, part.marks)
            for column in range(1, widths.get(row, 0) + 1)
        )
        for row in range(1, max(widths, default=0) + 1)
    )


def _unescaped(text: str) -> str:
    """A text with the signs that XML can't hold, or that Excel keeps so (_x000D_), as themselves; those that nobody can see left out."""
    if "_x" not in text:
        return text
    units = re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)
    whole = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\r\n", "\n")
    return re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", whole.replace("\r", "\n"))


def _raw(ref: str, cell: StoredCell | None, package: ReadPackage, marks: Marks) -> RawCell:
    """A cell as a value. Raises TooMuch; ValueError and IndexError where the file says what can't be."""
    if cell is None:
        return RawCell(ref, None)
    look = package.formats[cell.look] if package.formats else CellFormat()
    value, kind = cell.value, cell.kind
    if kind == "s" and isinstance(value, str):
        value = package.strings[place_of(value)]
    rich = value if isinstance(value, RichText) else RichText(value or "")
    formula = "" if cell.formula is None else f"={cell.formula}"
    if max(len(rich.text), len(formula)) > MAX_TEXT:
        raise TooMuch
    made, error = (None, False) if value is None else _value(rich.text, kind, look.code, package.date1904)
    return RawCell(
        ref,
        made,
        look.code,
        formula,
        error,
        _day(made, package.date1904) if isinstance(made, int) and made in SERIALS else None,
        look.struck or rich.struck,
        rich.raised,
        look.unseen,
        marks.no_zeros,
    )


def _value(text: str, kind: str, code: str, date1904: bool) -> tuple[float | int | str | date | timedelta | bool, bool]:
    """(what a cell holds, whether that is an error). Text that is no number is text, whatever the file says that it is."""
    if kind == "b" and text.lower() in ("0", "1", "true", "false"):
        return text.lower() in ("1", "true"), False
    if kind == "d":
        with suppress(ValueError):
            return read_date(text[:10]), False
    if kind != "n" or not NUMBER.fullmatch(text.strip()):
        return cleaned(_unescaped(text)), kind == "e"
    exact = float(text)
    is_whole = exact.is_integer() and abs(exact) < LARGEST_WHOLE
    value = int(exact) if is_whole else exact  # some programs write 2025 as 2025.0
    section = section_of(code, value)
    if not section.clock and not section.is_day:
        return value, False
    if value >= LAST_DAY or value < section.is_day:
        return "########", True  # as Excel shows it
    return _day(int(value), date1904) if section.is_day else timedelta(days=value), False


def _day(serial: int, date1904: bool) -> date:
    found: datetime = from_excel(serial, CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900)
    return found.date()

"""Hand-out workbooks written: what stands in each cell, what may be typed there, and how it looks on screen and paper: how wide its
columns are and how high its rows, so that nothing in it is cut off."""

import textwrap
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reporting.handout.guide import GUIDE_HEADING, about, guide_steps, heading
from reporting.handout.rows import EARLIER_PREFIX, Before, Slot, TemplateSheet, template_sheets
from reporting.handout.rules import Rule
from reporting.params.deliverers import Del
from reporting.params.headings import KON_COLUMNS, OM, STAMP_NAMND, STAMP_PERIOD, STAMP_PLAN
from reporting.params.kommun import Namnd
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.periods import Period
from reporting.swedish import own_decimals
from reporting.units import Quantity

WORKBOOK_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
WORKBOOK_OPTIONS = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)

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
HEADING_ROW = 2
"""Where the headings of a table stand, counted from 0: the title and a line of instruction come before."""
INK, GIVEN = "#1F1F1F", "#F0F0F0"
FRAMED = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#7F7F7F", "font_color": INK}
FILLED = {**FRAMED, "bg_color": "#FFF9E3", "locked": False}
"""Every cell of a table, and those that are to be filled in."""
HATCHED = 14
"""Excel's pattern of thin slanting lines: a cell that stays empty can be told without its colour."""
_STAYS_ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter"), True)
MOST_IN_HEADER = 120
"""How much of a title the header of a printed page has; Excel takes 255 characters in all."""
_VALIDATION_KINDS = {"tal": "decimal", "heltal": "integer", "dag": "date", "ord": "list", "fritt": "any"}


Looks = Mapping[str, Format]
"""The formats of a workbook, by their names in LOOKS."""
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": INK},
    "told": {"font_color": INK},
    "heading": {**FRAMED, "bold": True, "bg_color": "#DCE6F0", "valign": "vcenter"},
    "given": {**FRAMED, "bg_color": GIVEN},
    "closed": {**FRAMED, "pattern": HATCHED, "fg_color": "#A6A6A6", "bg_color": GIVEN},
    # As text, so that Excel makes no date of 2024/12 and no formula of a comment that begins with a dash.
    "text": {**FILLED, "num_format": "@"},
    "number": FILLED,
    "day": {**FILLED, "num_format": "yyyy-mm-dd", "align": "left"},
    "step": {"text_wrap": True, "valign": "top", "font_color": INK},
    "nth": {"align": "right", "indent": 1, "valign": "top", "font_color": INK},
    "bold": {"bold": True, "font_color": INK},
}


def template_bytes(part: Del, namnd: Namnd, params: Params, plan: Plan, before: Before) -> bytes:
    """One workbook as the content of its file. The same input gives the same bytes."""
    period = params.period
    sheets = template_sheets(part, period, before, tuple(area.namn for area in namnd.verksamhetsomraden))
    title = heading("Utfall", part, namnd, period)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {**WORKBOOK_OPTIONS, "in_memory": True}) as book:
        book.set_properties({
            "title": title,
            "subject": params.titel,
            "company": params.kommun.kommun,
            "category": "Utfall",
            "comments": "Fylls i enligt bladet Om leveransen. På svenska.",
            "created": WORKBOOK_CREATED,
        })  # fmt: skip
        for name, text in ((STAMP_NAMND, namnd.id), (STAMP_PERIOD, str(period)), (STAMP_PLAN, plan.version)):
            book.set_custom_property(name, text, "text")
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _om(book, looks, title, about(part, namnd, period), guide_steps(part, period, sheets))
        for sheet in sheets:
            _sheet(book, looks, sheet, heading(sheet.name, part, namnd, period))
        for written in book.worksheets():
            _page(written, title, part.fil)
    return _growing(content.getvalue())


def _om(book: xlsxwriter.Workbook, looks: Looks, title: str, om: dict[str, str], told: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(OM)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, GUIDE_WIDTH)
    sheet.write_string(0, 0, title, looks["title"])
    for row, (label, text) in enumerate(om.items(), start=2):
        sheet.write_string(row, 0, label, looks["bold"])
        if text:
            sheet.write_string(row, 1, text, looks["given"])
        else:
            sheet.write_blank(row, 1, None, looks["day"] if label == "lämnad" else looks["text"])
    rows = {label: row for row, label in enumerate(om, start=2)}
    example = Period.parse(om["period"]).last_day + timedelta(days=5)
    told_of_day = (f"Dagens datum. Skriv till exempel {example}.", f"Skriv ett datum, till exempel {example}.")
    for rule in (
        Rule("fritt", "Lämnad av", "Ditt namn, eller din roll."),
        Rule("dag", "Lämnad", *told_of_day, low=date(2020, 1, 1), high=date(2099, 12, 31)),
    ):
        row = rows[rule.title.lower()]
        _validate(sheet, (row, 1, row, 1), rule)
    first = len(om) + 3
    sheet.write_string(first, 0, GUIDE_HEADING, looks["bold"])
    for row, text in enumerate(told, start=1):
        sheet.write_string(first + row, 0, str(row), looks["nth"])
        sheet.write_string(first + row, 1, text, looks["step"])
        sheet.set_row(first + row, LINE_POINTS * lines_of_text(text, GUIDE_WIDTH * 1.1))
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 2}:A{first + 1 + len(told)}"})
    sheet.set_selection(rows["lämnad av"], 1, rows["lämnad av"], 1)


def _sheet(book: xlsxwriter.Workbook, looks: Looks, content: TemplateSheet, title: str) -> None:
    sheet = book.add_worksheet(content.name)
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, content.told, looks["told"])
    last = HEADING_ROW + len(content.rows)
    sheet.add_table(HEADING_ROW, 0, last, len(content.headings) - 1, {
        "name": content.table,
        "style": "Table Style Light 1",
        "banded_rows": False,
        "autofilter": False,
        "columns": [{"header": name, "header_format": looks["heading"]} for name in content.headings],
        "title": title,
        "description": content.told,
    })  # fmt: skip
    widths = column_widths(content)
    for column in range(len(content.headings)):
        slots = [row[column] for row in content.rows]
        sheet.set_column(column, column, widths[column])
        for number, slot in enumerate(slots, start=HEADING_ROW + 1):
            _cell(book, looks, sheet, (number, column), slot)
        # One rule for all rows below each other that share it.
        row = HEADING_ROW + 1
        for rule, same in groupby(slots, key=lambda slot: slot.rule):
            count = len(list(same))
            if rule:
                _validate(sheet, (row, column, row + count - 1, column), rule)
            row += count
    for number, height in enumerate(heights(content, widths), start=HEADING_ROW):
        sheet.set_row(number, height)
    named = len(content.headings) > 1 and all(row[1].rule is None for row in content.rows)
    sheet.freeze_panes(HEADING_ROW + 1, NAMED if named else 1)
    sheet.repeat_rows(HEADING_ROW)
    first = next((index for index, slot in enumerate(content.rows[0]) if slot.rule), 0)
    sheet.set_selection(HEADING_ROW + 1, first, HEADING_ROW + 1, first)


def _cell(book: xlsxwriter.Workbook, looks: Looks, sheet: Worksheet, place: tuple[int, int], slot: Slot) -> None:
    if slot.number is not None:
        shown = book.add_format({**FILLED, "num_format": number_format(slot.number)})
        sheet.write_number(*place, cell_number(slot.number), shown)
    elif slot.rule:
        look = {"fritt": "text", "dag": "day"}.get(slot.rule.kind, "number")
        sheet.write_blank(*place, None, looks[look])
    elif slot.asked:
        sheet.write_string(*place, slot.text, looks["given"])
    else:
        sheet.write_blank(*place, None, looks["closed"])


def _validate(sheet: Worksheet, cells: tuple[int, int, int, int], rule: Rule) -> None:
    told: dict[str, Any] = {
        "validate": _VALIDATION_KINDS[rule.kind],
        "input_title": rule.title,
        "input_message": rule.message,
        "error_title": "Stämmer det?" if rule.warns else "Det går inte att läsa",
        "error_message": rule.wrong,
        "error_type": "warning" if rule.warns else "stop",
    }
    if rule.kind == "tal" and rule.words:
        ref = xl_rowcol_to_cell(*cells[:2])
        words = f'ISNUMBER(FIND(LOWER("|"&{ref}&"|"),"|{"|".join(rule.words)}|"))'
        number = f"AND(ISNUMBER({ref}),{ref}>={rule.low},{ref}<={rule.high})"
        told |= {"validate": "custom", "value": f"=OR({number},{words})"}
    elif rule.kind == "ord":
        told["source"] = list(rule.words)
    elif rule.kind != "fritt":
        limits = [float(limit) if isinstance(limit, Decimal) else limit for limit in (rule.low, rule.high)]
        told |= {"criteria": "between", "minimum": limits[0], "maximum": limits[1]}
    sheet.data_validation(*cells, told)


def _growing(content: bytes) -> bytes:
    """The same workbook with rows that are as high as they were set, and grow when somebody writes more: XlsxWriter can only fix a
    height."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            if info.filename.startswith("xl/worksheets/"):
                part = part.replace(b' customHeight="1"', b"")
            target.writestr(info, part, ZIP_DEFLATED)
    return made.getvalue()


def _page(sheet: Worksheet, title: str, fil: str) -> None:
    """Protected without a password, so that anyone who has to can unlock it; and fit to print."""
    sheet.protect("", _STAYS_ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L{title[:MOST_IN_HEADER].replace('&', '&&')}&R&A")
    sheet.set_footer(f"&L{fil}&RSida &P av &N")


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
    kinds = {slot.rule.kind for slot in slots if slot.rule}
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


def number_format(quantity: Quantity) -> str:
    """The cell format that shows a number with its own decimals, and a share as per cent."""
    own = own_decimals(quantity.value)
    decimals = "." + "0" * own if own else ""
    return f"0{decimals}%" if quantity.unit and quantity.unit.kind == "andel" else f"#,##0{decimals}"


def cell_number(quantity: Quantity) -> float:
    """The number that a cell with number_format holds: 0.82 for 82 %."""
    return float(quantity.value / Decimal(100) if quantity.unit and quantity.unit.kind == "andel" else quantity.value)

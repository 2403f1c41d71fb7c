"""Hand-out workbooks written: what stands in each cell, what may be typed there, and how it looks on screen and paper."""

from dataclasses import dataclass
from datetime import date, timedelta
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
from reporting.handout.layout import (
    GUIDE_WIDTH,
    LINE_POINTS,
    NAMED,
    WORKBOOK_CREATED,
    WORKBOOK_OPTIONS,
    cell_number,
    column_widths,
    heights,
    lines_of_text,
    number_format,
)
from reporting.handout.rows import Before, Slot, TemplateSheet, template_sheets
from reporting.handout.rules import Rule
from reporting.params.deliverers import Del
from reporting.params.headings import OM, STAMP_NAMND, STAMP_PERIOD, STAMP_PLAN
from reporting.params.kommun import Namnd
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.periods import Period

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


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook."""

    title: Format
    told: Format
    heading: Format
    given: Format
    closed: Format
    text: Format
    number: Format
    day: Format


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
        looks = _looks(book)
        _om(book, looks, title, about(part, namnd, period), guide_steps(part, period, sheets))
        for sheet in sheets:
            _sheet(book, looks, sheet, heading(sheet.name, part, namnd, period))
        for written in book.worksheets():
            _page(written, title, part.fil)
    return _growing(content.getvalue())


def _looks(book: xlsxwriter.Workbook) -> Looks:
    return Looks(
        title=book.add_format({"bold": True, "font_size": 14, "font_color": INK}),
        told=book.add_format({"font_color": INK}),
        heading=book.add_format({**FRAMED, "bold": True, "bg_color": "#DCE6F0", "valign": "vcenter"}),
        given=book.add_format({**FRAMED, "bg_color": GIVEN}),
        closed=book.add_format({**FRAMED, "pattern": HATCHED, "fg_color": "#A6A6A6", "bg_color": GIVEN}),
        # As text, so that Excel makes no date of 2024/12 and no formula of a comment that begins with a dash.
        text=book.add_format({**FILLED, "num_format": "@"}),
        number=book.add_format(FILLED),
        day=book.add_format({**FILLED, "num_format": "yyyy-mm-dd", "align": "left"}),
    )


def _om(book: xlsxwriter.Workbook, looks: Looks, title: str, om: dict[str, str], told: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(OM)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, GUIDE_WIDTH)
    sheet.write_string(0, 0, title, looks.title)
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_color": INK})
    number = book.add_format({"align": "right", "indent": 1, "valign": "top", "font_color": INK})
    bold = book.add_format({"bold": True, "font_color": INK})
    for row, (label, text) in enumerate(om.items(), start=2):
        sheet.write_string(row, 0, label, bold)
        if text:
            sheet.write_string(row, 1, text, looks.given)
        else:
            sheet.write_blank(row, 1, None, looks.day if label == "lämnad" else looks.text)
    rows = {label: row for row, label in enumerate(om, start=2)}
    _validate(
        sheet, (rows["lämnad av"], 1, rows["lämnad av"], 1), Rule("fritt", "Lämnad av", "Ditt namn, eller din roll.")
    )
    example = Period.parse(om["period"]).last_day + timedelta(days=5)
    day = Rule(
        "dag",
        "Lämnad",
        f"Dagens datum. Skriv till exempel {example}.",
        f"Skriv ett datum, till exempel {example}.",
        low=date(2020, 1, 1),
        high=date(2099, 12, 31),
    )
    _validate(sheet, (rows["lämnad"], 1, rows["lämnad"], 1), day)
    first = len(om) + 3
    sheet.write_string(first, 0, GUIDE_HEADING, bold)
    for row, text in enumerate(told, start=1):
        sheet.write_string(first + row, 0, str(row), number)
        sheet.write_string(first + row, 1, text, wrapped)
        sheet.set_row(first + row, LINE_POINTS * lines_of_text(text, GUIDE_WIDTH * 1.1))
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 2}:A{first + 1 + len(told)}"})
    sheet.set_selection(rows["lämnad av"], 1, rows["lämnad av"], 1)


def _sheet(book: xlsxwriter.Workbook, looks: Looks, content: TemplateSheet, title: str) -> None:
    sheet = book.add_worksheet(content.name)
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, content.told, looks.told)
    last = HEADING_ROW + len(content.rows)
    sheet.add_table(HEADING_ROW, 0, last, len(content.headings) - 1, {
        "name": content.table,
        "style": "Table Style Light 1",
        "banded_rows": False,
        "autofilter": False,
        "columns": [{"header": name, "header_format": looks.heading} for name in content.headings],
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
        kinds = {"fritt": looks.text, "dag": looks.day}
        sheet.write_blank(*place, None, kinds.get(slot.rule.kind, looks.number))
    elif slot.asked:
        sheet.write_string(*place, slot.text, looks.given)
    else:
        sheet.write_blank(*place, None, looks.closed)


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
        told |= {"validate": "custom", "value": _number_or_word(xl_rowcol_to_cell(*cells[:2]), rule)}
    elif rule.kind == "ord":
        told["source"] = list(rule.words)
    elif rule.kind != "fritt":
        limits = [float(limit) if isinstance(limit, Decimal) else limit for limit in (rule.low, rule.high)]
        told |= {"criteria": "between", "minimum": limits[0], "maximum": limits[1]}
    sheet.data_validation(*cells, told)


def _number_or_word(ref: str, rule: Rule) -> str:
    """The formula for a number within the rule's limits, or one of its words."""
    words = ",".join(f'{ref}="{word}"' for word in rule.words)
    return f"=OR(AND(ISNUMBER({ref}),{ref}>={rule.low},{ref}<={rule.high}),{words})"


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

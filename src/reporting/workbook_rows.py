"""The rows of a sheet below its headings, wherever those stand: what can be read on, what is wrong, and what is passed over."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from reporting.faults import Fault, Notis, nearest
from reporting.periods import Period
from reporting.plan import Plan
from reporting.swedish import enumeration
from reporting.workbook_file import RawCell, Sheet
from reporting.workbook_layout import ATT_KONTROLLERA, ATT_RATTA, HJALP
from reporting.workbook_marks import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, column_number, spaced

HEADINGS_WITHIN = 20
"""Among how many rows from the top the headings are looked for: above them may stand a title and instructions."""
NEAR = 0.75
"""How like a heading must be one of ours to be a misspelling of it; «ansvarig» is none of «antal svar»."""
MOST_UNKNOWN = 50
"""How many rows with a wrong id are told one by one."""

Found = Fault | Notis
Row = dict[str, RawCell]


@dataclass(frozen=True)
class Delivery:
    """What a workbook is read against. blad: the names of the sheets that may stand beside the outcomes."""

    fil: str
    namnd: str
    period: Period
    plan: Plan
    historik: bool
    blad: tuple[str, ...] = ()

    def fault(self, blad: str, cell: RawCell | str, vantat: str, atgard: str) -> Fault:
        """A fault in this workbook; `cell` is a cell that was read, the reference of one that wasn't, or ""."""
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        return Fault(self.fil, _place(blad, ref), text, vantat, atgard)

    def notis(self, blad: str, cell: RawCell | str, iakttagelse: str, om: str) -> Notis:
        """Something to look at in this workbook; `cell` as in fault, om as in Notis."""
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        return Notis(self.fil, _place(blad, ref), text, iakttagelse, om)


def _place(blad: str, ref: str) -> str:
    if not blad:
        return ""
    return f"blad {blad}, cell {ref}" if ref else f"blad {blad}"


def heading_row(sheet: Sheet, columns: Iterable[str], required: Sequence[str], others: str = "(?!)") -> int:
    """The index of the row with the headings: the first with every required one, else the one that has the most of them; the
    first row where none has any."""
    known = set(columns)
    best, most = 0, 0
    for index, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        headings = {cell.heading for cell in row}
        if set(required) <= headings:
            return index
        count = sum(heading in known or bool(re.fullmatch(others, heading)) for heading in headings)
        if count > most:
            best, most = index, count
    return best


def read_rows(
    delivery: Delivery,
    blad: str,
    sheet: Sheet,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    others: str = "(?!)",
    nyckel: str = "mätetalets id ur planen",
    unread: tuple[str, ...] = (),
) -> tuple[list[Row], list[Found]]:
    """The rows below the headings, as column → cell; rows that are empty or lack their key are left out.

    blad: the sheet's name in the workbook; required: the columns that must be there, the first of which is each row's key; others: a
    pattern for headings that are allowed besides `columns`, such as years; nyckel: what the key is, for the row that lacks it;
    unread: columns that are help for whoever fills in, and that say nothing alone.
    """
    if not sheet.rows:
        return [], _out_of_reach(delivery, blad, sheet)
    top = heading_row(sheet, columns, required, others)
    headings, misspelt, found = _headings(delivery, blad, sheet.rows[top], columns, others, required)
    for name in required:
        if name not in headings.values() and name not in misspelt:
            found.append(
                delivery.fault(blad, "", f"en kolumn med rubriken {name} på rad {top + 1}", "lägg till kolumnen")
            )
    found += _out_of_reach(delivery, blad, sheet)
    if any(isinstance(item, Fault) for item in found):
        return [], found
    said = {cell.heading: cell for cell in sheet.rows[top] if not cell.is_empty}
    for cells in sheet.rows[top + 1 :]:
        for index, cell in enumerate(cells):
            above = sheet.rows[top][index] if index < len(sheet.rows[top]) else None
            if index not in headings and not cell.is_empty and (above is None or above.is_empty):
                action = "skriv rubriken, eller töm cellen"
                found.append(delivery.fault(blad, cell, f"en rubrik på rad {top + 1} över kolumnen", action))
    rows: list[Row] = []
    for cells in sheet.rows[top + 1 :]:
        row = {heading: cells[index] for index, heading in headings.items() if index < len(cells)}
        if all(cell.is_empty for heading, cell in row.items() if heading not in unread):
            continue
        if required[0] not in row or row[required[0]].is_empty:
            column = next(index for index, heading in headings.items() if heading == required[0])
            ref = cells[column].ref if column < len(cells) else ""
            found.append(delivery.fault(blad, ref, nyckel, f"skriv {required[0]}, eller töm raden"))
            continue
        # a row may end before its last columns do; what is asked of it later has a place all the same
        rows.append(row | {name: RawCell(_ref(said[name], row), None) for name in headings.values() if name not in row})
    return rows, found + _marks(delivery, blad, sheet, top, headings)


def _ref(heading: RawCell, row: Row) -> str:
    number = re.sub(r"\D", "", next(iter(row.values())).ref)
    return re.sub(r"\d", "", heading.ref) + number


def _headings(
    delivery: Delivery,
    blad: str,
    row: Sequence[RawCell],
    columns: tuple[str, ...],
    others: str,
    required: tuple[str, ...],
) -> tuple[dict[int, str], list[str], list[Found]]:
    """(column index → heading, columns that are there but misspelt, what was found): a heading that is near one that is lacking is
    a fault, another kind of column is passed over."""
    headings: dict[int, str] = {}
    misspelt: list[str] = []
    found: list[Found] = []
    lacking = {folded(name): name for name in columns if name not in {cell.heading for cell in row}}
    for index, cell in enumerate(row):
        heading = cell.heading
        if heading and heading in headings.values():
            found.append(delivery.fault(blad, cell, "varje rubrik en gång", "ta bort den ena kolumnen"))
        elif heading in columns or re.fullmatch(others, heading):
            headings[index] = heading
        elif meant := _meant(folded(heading), lacking, required):
            misspelt.append(meant)
            wanted = f"en av rubrikerna {', '.join(columns)}"
            action = f"rätta rubriken eller ta bort kolumnen. Menade du «{misspelt[-1]}»?"
            found.append(delivery.fault(blad, cell, wanted, action))
        elif heading:
            found.append(delivery.notis(blad, cell, "Kolumnen läses inte.", f"kolumnen {heading} på {blad}"))
    return headings, misspelt, found


def _meant(heading: str, lacking: dict[str, str], required: tuple[str, ...]) -> str:
    """The column that the heading is a misspelling of, or ""; one that must be there may be further from what was written."""
    needed = [name for name, column in lacking.items() if column in required]
    near = get_close_matches(heading, lacking, n=1, cutoff=NEAR) or get_close_matches(heading, needed, n=1)
    return lacking[near[0]] if near else ""


def folded(text: str) -> str:
    """A name as names are compared: without capitals, dots and rings, and with single spaces."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _out_of_reach(delivery: Delivery, blad: str, sheet: Sheet) -> list[Found]:
    if sheet.marks and sheet.marks.too_large:
        action = "kopiera tabellen till ett nytt blad, och ta bort det gamla"
        wanted = f"högst {spaced(MAX_CELLS)} celler, av vilka {spaced(MAX_MERGED)} är sammanslagna"
        return [delivery.fault(blad, "", wanted, action)]
    if sheet.marks and sheet.marks.beyond:
        wanted = f"högst {spaced(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner"
        return [delivery.fault(blad, sheet.marks.beyond, wanted, "ta bort det som står utanför tabellen")]
    return []


def _marks(delivery: Delivery, blad: str, sheet: Sheet, top: int, headings: dict[int, str]) -> list[Found]:
    """Cells that are merged so that a value can't be placed; rows and columns that are hidden; comments in cells."""
    marks = sheet.marks
    if marks is None:
        return []
    found: list[Found] = []
    columns = {index + 1 for index in headings}
    for ref in marks.merged:
        first_column, first_row, last_column, last_row = _corners(ref)
        rows = range(max(first_row, top + 2), last_row + 1)
        if len(rows) * len(columns & set(range(first_column, last_column + 1))) > 1:
            wanted = "celler som inte är sammanslagna"
            found.append(delivery.fault(blad, ref, wanted, "dela upp cellerna, och skriv värdet på varje rad"))
    filled = {n for n, row in enumerate(sheet.rows, start=1) if n > top and any(not cell.is_empty for cell in row)}
    hidden = [str(number) for number in sorted(marks.hidden_rows & filled)]
    if hidden:
        text = "Raden är dold men läses." if len(hidden) == 1 else "Raderna är dolda men läses."
        stood = f"rad {hidden[0]}" if len(hidden) == 1 else f"raderna {enumeration(hidden)}"
        found.append(Notis(delivery.fil, _place(blad, ""), stood, text, f"dolda rader på {blad}"))
    concealed = [name for index, name in headings.items() if index + 1 in marks.hidden_columns]
    if concealed:
        text = "Kolumnen är dold men läses." if len(concealed) == 1 else "Kolumnerna är dolda men läses."
        found.append(Notis(delivery.fil, _place(blad, ""), enumeration(concealed), text, f"dolda kolumner på {blad}"))
    if marks.hidden:
        found.append(delivery.notis(blad, "", "Bladet är dolt men läses.", f"dolt blad {blad}"))
    for ref, text in marks.comments:
        own = text.partition(ATT_RATTA)[0].partition(ATT_KONTROLLERA)[0].strip()
        if own:
            found.append(
                Notis(
                    delivery.fil,
                    _place(blad, ref),
                    own,
                    "Kommentaren vid cellen kommer inte med i rapporten.",
                    f"kommentar på {blad}",
                )
            )
    return found


def _corners(ref: str) -> tuple[int, int, int, int]:
    parts = [re.fullmatch(r"([A-Z]+)(\d+)", part) for part in ref.split(":")]
    places = [(column_number(part[1]), int(part[2])) for part in parts if part]
    return (*places[0], *places[-1])


def known_rows(
    delivery: Delivery, blad: str, rows: list[Row], ids: Iterable[str], what: str
) -> tuple[list[Row], list[Found]]:
    """The rows whose id is in the plan, each once. An id that isn't is a fault, except in history; very many are one fault, since it is
    then the workbook that is wrong, or the plan. A text with nothing beside it, such as a footnote, is passed over with a notis."""
    ids = list(ids)
    found: list[Found] = []
    kept: dict[str, Row] = {}
    for row in rows:
        name = row["id"].text
        if name not in ids:
            if not delivery.historik:
                hint = nearest(name, ids) if len(found) < MOST_UNKNOWN else ""  # it takes its time
                if not hint and all(cell.is_empty for heading, cell in row.items() if heading not in ("id", *HJALP)):
                    found.append(delivery.notis(blad, row["id"], "Raden läses inte.", f"raden {name} på {blad}"))
                    continue
                action = f"rätta id:t.{hint}" if hint else "rätta id:t, eller ta bort raden"
                found.append(delivery.fault(blad, row["id"], f"ett {what} i planen", action))
        elif name in kept:
            expected = f"varje {what} en gång; det står redan i cell {kept[name]['id'].ref}"
            found.append(delivery.fault(blad, row["id"], expected, "ta bort den ena raden"))
        else:
            kept[name] = row
    wrong = [item for item in found if isinstance(item, Fault)]
    if len(wrong) > MOST_UNKNOWN:
        action = "kontrollera att det är rätt nämnds arbetsbok och rätt plan, och att varje rad står en gång"
        expected = f"ett {what} i planen, en gång; {spaced(len(wrong) - 1)} rader till är fel på samma sätt"
        found = [replace(wrong[0], vantat=expected, atgard=action)]
    return list(kept.values()), found

"""The rows of a sheet below its headings, wherever those stand: what can be read on, what is wrong, what is passed over; and what there is
to say of the sheet besides them: what stands outside the table, what is merged, hidden or commented."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporting.characters import broken, cleaned
from reporting.excel.cells import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, Marks
from reporting.excel.open import RawCell, Sheet
from reporting.faults import asked, cell_place, closest, nearest
from reporting.guard import spaced
from reporting.params.headings import ATT_KONTROLLERA, ATT_RATTA, HJALP
from reporting.reading.cell_text import may_be_a_unit, read_cell
from reporting.reading.context import Delivery
from reporting.reading.reasons import GUARDED, PROTECTED, may_protect, reason_for_missing
from reporting.swedish import enumeration
from reporting.units import ANTAL, Unit

HEADINGS_WITHIN = 20
"""Among how many rows from the top the headings are looked for: above them may stand a title and instructions."""
_NEAR = 0.75
"""How like a heading must be one of ours to be a misspelling of it; «ansvarig» is none of «antal svar»."""
REMARK = "anmärkning"
NEAR_ID = 0.8
"""How like an id of the plan that of a row must be for its cells to be checked as those of that id."""
MOST_UNKNOWN = 50
"""How many rows with a wrong id are told one by one."""

FROM_TEXT = (
    "rätta texten; kommer den ur en textfil, öppna den på nytt med Data > Från text/CSV och kodningen UTF-8, och spara som "
    "Excel-arbetsbok (.xlsx)"
)
Row = dict[str, RawCell]


@dataclass(frozen=True)
class SheetKind:
    """How a kind of sheet is laid out, by which it is also known when somebody has renamed it.

    columns: the headings that it may have; required: those that must be there, the first of which is each row's key; others: a pattern
    for headings that are allowed besides, such as years; also: what these are, in words, where a heading of any other kind is a fault;
    nyckel: what the key is, for the row that lacks it; unread: columns that are help for whoever fills in, and that say nothing alone.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...]
    others: str = "(?!)"
    also: str = ""
    nyckel: str = "mätetalets id ur planen"
    unread: tuple[str, ...] = ()


def heading_row(sheet: Sheet, kind: SheetKind) -> int:
    """The index of the row with the headings: the first with every required one, else the one that has the most of them; the
    first row where none has any."""
    known = set(kind.columns)
    best, most = 0, 0
    for index, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        headings = {cell.heading for cell in row}
        if set(kind.required) <= headings:
            return index
        count = sum(heading in known or bool(re.fullmatch(kind.others, heading)) for heading in headings)
        if count > most:
            best, most = index, count
    return best


def read_rows(delivery: Delivery, sheet: Sheet, kind: SheetKind) -> tuple[list[Row], bool]:
    """The rows below a sheet's headings, as column → cell; and whether they are all there.

    Rows that are empty or lack their key are left out. Where a heading is wrong, or something stands out of reach, the rows are there
    only so that what is wrong in them is told at once, and are not delivered: a misspelt heading is read as the one that it is near, and
    columns of which it isn't known which they are are left out.
    """
    required, unread = kind.required, kind.unread
    before = len(delivery.faults.found)
    if not sheet.rows:
        _out_of_reach(delivery, sheet)
        return [], False
    top = heading_row(sheet, kind)
    headings, unsure = _headings(delivery, sheet.rows[top], kind)
    lacking = [name for name in required if name not in headings.values() and name not in unsure]
    for name in lacking:
        delivery.fault("", f"en kolumn med rubriken {name} på rad {top + 1}", "lägg till kolumnen")
    _out_of_reach(delivery, sheet)
    is_whole = len(delivery.faults.found) == before
    if required[0] not in headings.values():
        return [], False
    _outside(delivery, sheet, top, {i: name for i, name in headings.items() if name not in unread}, required)
    said = {name: sheet.rows[top][index] for index, name in headings.items()}
    # a column that is lacking may be there without its heading
    for cells in sheet.rows[top + 1 :] if not lacking else ():
        for index, cell in enumerate(cells):
            above = sheet.rows[top][index] if index < len(sheet.rows[top]) else None
            if index not in headings and not cell.is_empty and (above is None or above.is_empty):
                delivery.fault(cell, f"en rubrik på rad {top + 1} över kolumnen", "skriv rubriken, eller töm cellen")
    for cells in sheet.rows[top + 1 :]:
        for cell in (cells[index] for index, name in headings.items() if index < len(cells) and name not in unread):
            delivery.faults.unreadable(cell.text, FROM_TEXT, cell=cell.ref)
    rows: list[Row] = []
    for cells in sheet.rows[top + 1 :]:
        row = {heading: cells[index] for index, heading in headings.items() if index < len(cells)}
        if all(cell.is_empty for heading, cell in row.items() if heading not in unread):
            continue
        if required[0] not in row or row[required[0]].is_empty:
            column = next(index for index, heading in headings.items() if heading == required[0])
            ref = cells[column].ref if column < len(cells) else ""
            delivery.fault(ref, kind.nyckel, f"skriv {required[0]}, eller töm raden")
            continue
        # a row may end before its last columns do; what is asked of it later has a place all the same
        rows.append(row | {name: RawCell(_ref(said[name], row), None) for name in headings.values() if name not in row})
    _misleading(delivery, list(said.values()))
    for row in rows:
        filled = [cell for heading, cell in row.items() if heading not in unread and not cell.is_empty]
        _misleading(delivery, filled, is_guarded=REMARK in row and guards(row[REMARK]))
    _looks(delivery, [cell for row in rows for heading, cell in row.items() if heading not in unread])
    _marks(delivery, sheet, top, headings)
    return rows, is_whole


def _ref(heading: RawCell, row: Row) -> str:
    number = re.sub(r"\D", "", next(iter(row.values())).ref)
    return re.sub(r"\d", "", heading.ref) + number


def _headings(delivery: Delivery, row: Sequence[RawCell], kind: SheetKind) -> tuple[dict[int, str], set[str]]:
    """(column index → heading, columns that are there but not which): a heading that is near one that is lacking is a fault, another
    kind of column is passed over."""
    headings: dict[int, str] = {}
    unsure: set[str] = set()
    lacking = {comparable_name(name): name for name in kind.columns if name not in {cell.heading for cell in row}}
    wanted = f"en av rubrikerna {', '.join(kind.columns)}{kind.also}"
    for index, cell in enumerate(row):
        heading = cell.heading
        if delivery.faults.unreadable(heading, FROM_TEXT, cell=cell.ref):
            unsure |= {name for name in kind.columns if name in (broken(heading) or ())}
        elif heading and heading in headings.values():
            unsure.add(heading)
            delivery.fault(cell, "varje rubrik en gång", "ta bort den ena kolumnen")
        elif heading in kind.columns or re.fullmatch(kind.others, heading):
            headings[index] = heading
        elif meant := _meant(comparable_name(heading), lacking, kind.required):
            if closest(comparable_name(heading), [comparable_name(meant)], _NEAR) and meant not in headings.values():
                headings[index] = meant
            else:
                unsure.add(meant)
            delivery.fault(cell, wanted, f"rätta rubriken eller ta bort kolumnen.{asked(meant)}")
        elif heading and kind.also:
            delivery.fault(cell, wanted, "rätta rubriken")
        elif heading:
            delivery.notis(cell, "Kolumnen läses inte.", f"kolumnen {heading} på {delivery.blad}")
    return {index: name for index, name in headings.items() if name not in unsure}, unsure


def _meant(heading: str, lacking: dict[str, str], required: tuple[str, ...]) -> str:
    """The column that the heading is a misspelling of, or ""; one that must be there may be further from what was written."""
    needed = [name for name, column in lacking.items() if column in required]
    return lacking.get(closest(heading, lacking, _NEAR) or closest(heading, needed), "")


def comparable_name(text: str) -> str:
    """A name as names are compared: without capitals, dots and rings, and with single spaces."""
    plain = unicodedata.normalize("NFKD", " ".join(cleaned(text).split()).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _outside(delivery: Delivery, sheet: Sheet, top: int, headings: dict[int, str], required: Sequence[str]) -> None:
    """Numbers above the headings, where a sheet that was sorted with its headings has its rows; and a second table below the first."""
    for cells in sheet.rows[:top]:
        for index, cell in enumerate(cells):
            if headings.get(index, required[0]) != required[0] and read_cell(cell.text).kind == "number":
                action = "flytta raden under rubrikerna, eller töm cellen"
                delivery.fault(cell, f"inga tal ovanför rubrikerna, som står på rad {top + 1}", action)
    for cells in sheet.rows[top + 1 :]:
        again = {cell.heading for cell in cells if not cell.is_empty}
        if len(again) > 1 and set(required) <= again:
            action = "lägg den andra tabellens rader under den första, eller i en egen fil"
            delivery.fault(cells[0], "en enda tabell på bladet", action)


def _out_of_reach(delivery: Delivery, sheet: Sheet) -> None:
    """That the sheet is larger than is read, or that something stands beyond what is."""
    if sheet.marks and sheet.marks.too_large:
        wanted = f"högst {spaced(MAX_CELLS)} celler, av vilka {spaced(MAX_MERGED)} är sammanslagna"
        delivery.fault("", wanted, "kopiera tabellen till ett nytt blad, och ta bort det gamla")
    elif sheet.marks and sheet.marks.beyond:
        wanted = f"högst {spaced(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner"
        delivery.fault(sheet.marks.beyond, wanted, "ta bort det som står utanför tabellen")


def guards(cell: RawCell, mattenhet: Unit | None = None) -> bool:
    """Whether a cell seems to say that the number beside it mustn't be told; mattenhet as in reason_for_missing."""
    return may_protect(cell.text) or reason_for_missing(cell.text, mattenhet) in GUARDED


def _misleading(delivery: Delivery, row: Sequence[RawCell], *, is_guarded: bool = False) -> None:
    """The cells of a row in which something else is seen than what stands there: whether it counts, only whoever wrote it knows. A number
    that somebody has hidden, or that the row guards, isn't told."""
    if struck := [cell for cell in row if cell.struck]:
        stood, several = "" if is_guarded else ", ".join(cell.shown for cell in struck), len(struck) > 1
        ref = f"{struck[0].ref}:{struck[-1].ref}" if several else struck[0].ref
        wanted = "celler utan överstruken text" if several else "en cell utan överstruken text"
        delivery.faults.add(stood, wanted, "ta bort överstrykningen, eller det som är överstruket", cell=ref)
    for cell in row:
        if (cell.concealed or may_protect(cell.words_shown)) and not cell.struck:
            words = cell.section.words
            seen = f"den här visar «{words}»" if words else "den här visar ingenting"
            action = "ändra cellens format så att det syns, eller töm cellen"
            is_protected = is_guarded or guards(replace(cell, value=words), ANTAL)
            if is_protected:
                action = f"skriv {PROTECTED} i stället för talet, om det inte får visas"
            elif cell.no_zeros and cell.section.shows:
                action = "låt bladet visa nollor (Arkiv > Alternativ > Avancerat), eller töm cellen"
            is_told = not is_protected and (not cell.is_number or cell.number == 0)
            delivery.faults.add(
                cell.shown if is_told else "", f"en cell som visar det som står i den; {seen}", action, cell=cell.ref
            )


def _looks(delivery: Delivery, cells: Iterable[RawCell]) -> None:
    """What the cells' formats add to what is read, or make hard to see; one notis for all cells that look so."""
    found: dict[str, list[RawCell]] = {}
    for cell in cells:
        if cell.is_empty or cell.concealed or may_protect(cell.words_shown):
            continue
        if cell.unseen:
            found.setdefault("Texten har cellens färg och syns inte, men läses.", []).append(cell)
        if (
            cell.words_shown
            and not delivery.plan.units.written(cell.words_shown)
            and not (may_be_a_unit(cell.words_shown) or cell.odd_format)
        ):
            said = f"Cellens format lägger till «{cell.words_shown}», som inte kommer med i rapporten."
            found.setdefault(said, []).append(cell)
        if cell.minus_lost:
            found.setdefault("Cellens format visar inte att talet är mindre än 0.", []).append(cell)
    for said, alike in found.items():
        stood = f"cellerna {enumeration([cell.ref for cell in alike])}" if len(alike) > 1 else alike[0].shown
        ref = "" if len(alike) > 1 else alike[0].ref
        delivery.faults.note(stood, said, f"format på {delivery.blad} i {delivery.fil}", ref)


def _marks(delivery: Delivery, sheet: Sheet, top: int, headings: dict[int, str]) -> None:
    """Cells that are merged so that a value can't be placed; rows and columns that are hidden; comments in cells."""
    said, blad, fil = sheet.marks, delivery.blad, delivery.fil
    if said is None:
        return
    note = delivery.faults.note
    for ref in said.merged:
        (first_row, first_column), (last_row, last_column) = (cell_place(ref.split(":")[end]) for end in (0, -1))
        rows = range(max(first_row, top + 1), last_row + 1)
        if len(rows) * sum(first_column <= column <= last_column for column in headings) > 1:
            delivery.fault(ref, "celler som inte är sammanslagna", "dela upp cellerna, och skriv värdet på varje rad")
    filled = {n for n, row in enumerate(sheet.rows, start=1) if n > top and any(not cell.is_empty for cell in row)}
    hidden = [str(number) for number in sorted(said.hidden_rows & filled)]
    if hidden:
        text = "Raden är dold men läses." if len(hidden) == 1 else "Raderna är dolda men läses."
        stood = f"rad {hidden[0]}" if len(hidden) == 1 else f"raderna {enumeration(hidden)}"
        note(stood, text, f"dolda rader på {blad} i {fil}")
    concealed = [name for index, name in headings.items() if index + 1 in said.hidden_columns]
    if concealed:
        text = "Kolumnen är dold men läses." if len(concealed) == 1 else "Kolumnerna är dolda men läses."
        note(enumeration(concealed), text, f"dolda kolumner på {blad} i {fil}")
    if said.hidden:
        note("", "Bladet är dolt men läses.", f"dolt blad {blad} i {fil}")
    tell_notes(delivery, sheet)


def tell_notes(delivery: Delivery, sheet: Sheet) -> None:
    """Note what people have written on a sheet besides its cells: comments, text boxes, headers and footers; not what is ours."""
    said, note, blad, fil = sheet.marks or Marks(hidden=False), delivery.faults.note, delivery.blad, delivery.fil
    for ref, text in said.comments:
        ours = (f"{ATT_RATTA}:", f"{ATT_KONTROLLERA}:")
        own = " ".join(line for line in cleaned(text).splitlines() if not line.startswith(ours)).strip()
        if own:
            note(own, "Kommentaren vid cellen kommer inte med i rapporten.", f"kommentar på {blad} {ref} i {fil}", ref)
    for text in said.boxes:
        note(
            " ".join(text.splitlines()),
            "Textrutan på bladet kommer inte med i rapporten.",
            f"textruta på {blad} i {fil}",
        )
    for what, text in said.margins:
        note(text, f"{what} kommer inte med i rapporten.", f"{what.lower()} på {blad} i {fil}")


def known_rows(
    delivery: Delivery, rows: list[Row], ids: Iterable[str], what: str, *, okanda: bool
) -> tuple[list[Row], list[tuple[str, Row]]]:
    """Sort rows by whether the plan has their id: (the rows to deliver, one per id; (id, row) of rows with a misspelt or repeated id).

    The latter are not delivered, but their cells are checked in the same go. An id that isn't in the plan is a fault, except in history;
    very many are one fault, since then the workbook or the plan is wrong. A text with nothing beside it, such as a footnote, is passed
    over with a notis. what: what the ids are of, in Swedish; okanda: whether the plan may have more ids than could be read.
    """
    ids = list(ids)
    wrong: list[tuple[Row, str, str]] = []
    loose: list[RawCell] = []
    kept: dict[str, Row] = {}
    others: list[tuple[str, Row]] = []
    written = {row["id"].text for row in rows}
    for row in rows:
        name = row["id"].text
        if name not in ids:
            if not delivery.historik and not okanda:
                hint = nearest(name, ids) if len(wrong) + len(loose) < MOST_UNKNOWN else ""  # it takes its time
                if not hint and all(cell.is_empty for heading, cell in row.items() if heading not in ("id", *HJALP)):
                    loose.append(row["id"])
                    continue
                action = f"rätta id:t.{hint}" if hint else "rätta id:t, eller ta bort raden"
                wrong.append((row, f"ett {what} i planen", action))
                if hint and (meant := closest(name, ids, NEAR_ID)) and meant not in written:
                    others.append((meant, row))
        elif name in kept:
            expected = f"varje {what} en gång; det står redan i cell {kept[name]['id'].ref}"
            wrong.append((row, expected, "ta bort den ena raden"))
            others.append((name, row))
        else:
            kept[name] = row
    if len(wrong) > MOST_UNKNOWN:
        action = "kontrollera att det är rätt nämnds arbetsbok och rätt plan, och att varje rad står en gång"
        expected = f"ett {what} i planen, en gång; {spaced(len(wrong) - 1)} rader till är fel på samma sätt"
        theirs = ("", "kontrollera att det är rätt arbetsbok, och att varje rad står en gång")
        delivery.fault(wrong[0][0]["id"], expected, action, till_avsandare=theirs)
        return list(kept.values()), []
    for row, expected, action in wrong:
        delivery.fault(row["id"], expected, action)
    for cell in loose:
        delivery.notis(cell, "Raden läses inte.", f"raden {cell.text} på {delivery.blad}")
    return list(kept.values()), others

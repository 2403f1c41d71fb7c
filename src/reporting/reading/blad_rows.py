"""The rows of a defined sheet, read cell by cell: words that may be chosen, numbers in their unit, days, text."""

import re
from decimal import Decimal

from reporting.excel.open import RawCell, Sheet
from reporting.faults import asked, closest, nearest, nearest_word
from reporting.params.blad import BELOPP, ENHET, OMRADEN, PENGAR, Blad, Kolumn
from reporting.params.headings import YEAR
from reporting.reading.context import Delivery
from reporting.reading.rows import MOST_UNKNOWN, NEAR_ID, Row, SheetKind, heading_row, read_rows
from reporting.reading.utfall import Bladrad, Cell
from reporting.reading.values import read_day, read_text, read_value
from reporting.swedish import MINUS, MOST_DECIMALS, either, own_decimals
from reporting.units import ANTAL, KR, Unit, nearest_unit


def sheet_kind(definition: Blad) -> SheetKind:
    """The layout by which a sheet with this definition is recognised and read. A name column beside a given id isn't read."""
    key = "".join(definition.headings[:1])  # none, where what is wrong with the definition is told
    nyckel = f"ett id i {definition.blad}, se handboken" if definition.poster else f"en text i kolumnen {key}"
    if definition.poster_ur:
        nyckel = f"ett id i planens {definition.poster_ur}"
    unread = definition.headings[1:2] if definition.poster or definition.poster_ur else ()
    others = YEAR if definition.arskolumner else "(?!)"
    return SheetKind(definition.headings, definition.required, others, nyckel=nyckel, unread=unread)


def read_blad(delivery: Delivery, definition: Blad, sheet: Sheet) -> list[Bladrad]:
    """Read the rows of one sheet by its definition; [] where a heading is wrong or something stands out of reach (see read_rows).
    Faults are put in delivery.faults."""
    key, kind = definition.headings[0], sheet_kind(definition)
    known = {post.id: post.mattenhet for post in definition.poster}
    if definition.poster_ur:
        known = {item.id: ANTAL for item in getattr(delivery.plan, definition.poster_ur)}
    given = bool(definition.poster or definition.poster_ur)
    may_have_more = definition.poster_ur != "" and delivery.plan.okanda(definition.poster_ur)
    before = delivery.faults.count
    rows, is_whole = read_rows(delivery, sheet, kind)
    for cell in sheet.rows[heading_row(sheet, kind)] if sheet.rows and definition.arskolumner else ():
        if re.fullmatch(YEAR, cell.text) and int(cell.text) > delivery.period.year:
            delivery.fault(cell, f"ett år senast {delivery.period.year}", "rätta rubriken")
    read: dict[str, Bladrad] = {}
    for row in rows:
        name = row[key].text
        if (given or definition.id == OMRADEN.id) and _is_untouched(row, definition):
            continue
        if given and name not in known and not may_have_more:
            told = delivery.faults.count - before
            hint = nearest(name, known) if told < MOST_UNKNOWN else ""  # it takes its time
            ids = f"ett id i {definition.blad}: {', '.join(known)}" if definition.poster else ""
            delivery.fault(row[key], kind.nyckel, f"rätta id:t.{hint}", till_avsandare=(ids, ""))
        unit = known.get(name) or known.get(closest(name, known, NEAR_ID), None if given else ANTAL)
        found = _row(delivery, definition, row, unit)
        if name.lower() in read:
            expected = f"varje rad en gång; den står redan i cell {read[name.lower()][key].cell}"
            delivery.fault(row[key], expected, "ta bort den ena raden")
        elif not given or name in known:
            read[name.lower()] = found
    return list(read.values()) if is_whole else []


def _is_untouched(row: Row, definition: Blad) -> bool:
    """True for a row of a template in which nothing has been filled in: it is not delivered."""
    filled_before = definition.headings[: 1 if definition.id == OMRADEN.id else 2]
    return all(cell.is_empty for heading, cell in row.items() if heading not in filled_before)


def _row(delivery: Delivery, definition: Blad, row: Row, mattenhet: Unit | None) -> Bladrad:
    """One row. mattenhet: what its figures of years are in, None where that isn't known. Of a column that isn't there nothing is said:
    that it is lacking is told already."""
    has_unit = next((kolumn for kolumn in definition.kolumner if kolumn.namn == ENHET), None)
    written = row[ENHET].text if ENHET in row else ""
    units = delivery.plan.units
    unit = units.written(written) if has_unit else KR
    if unit is None or unit.name not in PENGAR:
        if has_unit and isinstance(has_unit.innehall, str) and ENHET in row:
            delivery.fault(row[ENHET], f"enheten: {', '.join(PENGAR)}", "skriv ett av orden")
        unit = (
            units.named(nearest_word(written, PENGAR)) if written else None
        )  # so that the amounts are checked all the same
    there = [kolumn for kolumn in definition.kolumner if kolumn.namn in row]
    celler = {kolumn.namn: _cell(delivery, kolumn, row[kolumn.namn], unit) for kolumn in there}
    no_amount = all(row[kolumn.namn].is_empty for kolumn in there if kolumn.innehall == BELOPP)
    for kolumn in there:
        if kolumn.namn == definition.headings[0] or (kolumn.namn == ENHET and no_amount):
            continue  # a comment alone is in no unit
        if kolumn.kravs and row[kolumn.namn].is_empty:
            delivery.fault(row[kolumn.namn].ref, _wanted(kolumn), f"fyll i {kolumn.namn}")
    ar: dict[int, Cell] = {}
    for heading, cell in row.items():
        if re.fullmatch(YEAR, heading) and int(heading) <= delivery.period.year and mattenhet:
            # In a table over years a dash says that there is no figure for that year.
            if cell.is_empty or not cell.text.strip(f"-–—{MINUS}"):
                ar[int(heading)] = Cell(cell.text, saknas="ingen uppgift", cell=cell.ref)
            else:
                ar[int(heading)] = _number(delivery, cell, mattenhet)
    key = celler[definition.headings[0]].text
    return Bladrad(definition.id, key, celler, ar, delivery.fil, delivery.blad)


def _wanted(kolumn: Kolumn) -> str:
    if isinstance(kolumn.innehall, tuple):
        return f"{kolumn.namn}: {either(kolumn.innehall)}"
    return f"något i kolumnen {kolumn.namn}"


def _cell(delivery: Delivery, kolumn: Kolumn, cell: RawCell, unit: Unit | None) -> Cell:
    kind = kolumn.innehall
    if cell.is_empty:
        return Cell("", cell=cell.ref)
    if isinstance(kind, tuple):
        written = delivery.plan.units.written(cell.text) if kolumn.namn == ENHET else None
        word = next((word for word in kind if word.lower() in (cell.text.lower(), str(written))), None)
        if word is None:
            hint = (nearest_unit if kolumn.namn == ENHET else nearest_word)(cell.text, kind)
            delivery.fault(cell, _wanted(kolumn), f"skriv ett av orden.{asked(hint)}")
        return Cell(word or cell.text, cell=cell.ref)
    if kind == "text":
        return Cell(read_text(delivery, cell), cell=cell.ref)
    if kind == "dag":
        return Cell(cell.text, dag=read_day(delivery, cell), cell=cell.ref)
    counted = kind if isinstance(kind, Unit) else unit
    if counted is None:
        return Cell(cell.text, cell=cell.ref)  # the unit is the fault; of what, can't be said
    return _number(delivery, cell, counted, far_vara_tom=not kolumn.kravs)


def _number(delivery: Delivery, cell: RawCell, mattenhet: Unit, *, far_vara_tom: bool = True) -> Cell:
    value, missing = read_value(delivery, cell, None, mattenhet, far_vara_tom=far_vara_tom)
    if value is None and missing is None:
        return Cell(cell.text, cell=cell.ref)
    decimals = _decimals(cell, value) if value is not None else 0
    return Cell(cell.shown, value, decimals, mattenhet, saknas=missing, cell=cell.ref)


def _decimals(cell: RawCell, value: Decimal) -> int:
    """As many as the cell shows: those that are typed, or its format's; else the number's own, no more than people read."""
    if isinstance(cell.value, str):
        return own_decimals(value)
    if shown := re.fullmatch(r"[#,]*0(?:\.(0+))?%?", cell.section.plain):
        return len(shown[1] or "")
    return min(own_decimals(value.normalize()), MOST_DECIMALS)

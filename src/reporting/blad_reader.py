"""The rows of a defined sheet, read cell by cell: words that may be chosen, numbers in their unit, days, text."""

import re
from decimal import Decimal

from reporting.blad import BELOPP, ENHET, Blad, Kolumn
from reporting.cells import read_cell
from reporting.faults import Fault, nearest
from reporting.swedish import enumeration
from reporting.utfall import Bladrad, Cell
from reporting.workbook_file import RawCell, Sheet
from reporting.workbook_rows import Delivery, Row, read_rows
from reporting.workbook_values import read_day, read_value

YEAR = r"20\d\d"
MOST_DECIMALS = 2
"""With how many decimals a number is printed at the most, where the cell's format doesn't say."""


def read_blad(
    delivery: Delivery, definition: Blad, sheet: Sheet, seen: dict[tuple[str, str], str]
) -> tuple[list[Bladrad], list[Fault]]:
    """Read one sheet: (rows, faults). seen: (sheet id, row key) → the cell where it stands; added to."""
    others = YEAR if definition.arskolumner else "(?!)"
    rows, faults = read_rows(delivery, definition.blad, sheet, definition.headings, definition.required, others)
    key = definition.headings[0]
    known = {post.id: post.mattenhet for post in definition.poster}
    if definition.poster_ur:
        known = {item.id: "antal" for item in getattr(delivery.plan, definition.poster_ur)}
    given = bool(definition.poster or definition.poster_ur)
    read: list[Bladrad] = []
    for row in rows:
        name = row[key].text
        if given and name not in known:
            where = f"planens {definition.poster_ur}" if definition.poster_ur else f"{definition.blad}, se handboken"
            faults.append(
                delivery.fault(definition.blad, row[key], f"ett id i {where}", f"rätta id:t.{nearest(name, known)}")
            )
            continue
        place = (definition.id, name.lower())
        if place in seen:
            expected = f"varje rad en gång; den står redan i {seen[place]}"
            faults.append(delivery.fault(definition.blad, row[key], expected, "ta bort den ena raden"))
            continue
        seen[place] = f"{delivery.fil}, cell {row[key].ref}"
        found, wrong = _row(delivery, definition, row, known.get(name, "antal"))
        faults += wrong
        read.append(found)
    return read, faults


def _row(delivery: Delivery, definition: Blad, row: Row, mattenhet: str) -> tuple[Bladrad, list[Fault]]:
    faults: list[Fault] = []
    celler: dict[str, Cell] = {}
    unit = row[ENHET].text.lower() if ENHET in row else ""
    for kolumn in definition.kolumner:
        if kolumn.namn in row:
            celler[kolumn.namn], found = _cell(delivery, definition.blad, kolumn, row[kolumn.namn], unit)
            faults += found
    for kolumn in definition.kolumner[1:]:
        if kolumn.kravs and (kolumn.namn not in row or (row[kolumn.namn].is_empty)):
            ref = row[kolumn.namn].ref if kolumn.namn in row else ""
            faults.append(delivery.fault(definition.blad, ref, _wanted(kolumn), f"fyll i {kolumn.namn}"))
    ar: dict[int, Cell] = {}
    for heading, cell in row.items():
        if re.fullmatch(YEAR, heading):
            year = int(heading)
            if year > delivery.period.year:
                faults.append(
                    delivery.fault(definition.blad, cell, f"ett år senast {delivery.period.year}", "rätta rubriken")
                )
                continue
            # In a table over years a dash says that there is no figure for that year.
            empty = cell.is_empty or read_cell(cell.text).kind == "missing-symbol"
            ar[year], found = (
                (Cell(cell.text, saknas="ingen uppgift", cell=cell.ref), [])
                if empty
                else _number(delivery, definition.blad, cell, mattenhet)
            )
            faults += found
    key = celler[definition.headings[0]].text
    return Bladrad(definition.id, key, celler, ar, delivery.fil), faults


def _wanted(kolumn: Kolumn) -> str:
    if isinstance(kolumn.innehall, tuple):
        return f"{kolumn.namn}: {enumeration(list(kolumn.innehall)).replace(' och ', ' eller ')}"
    return f"något i kolumnen {kolumn.namn}"


def _cell(delivery: Delivery, blad: str, kolumn: Kolumn, cell: RawCell, unit: str) -> tuple[Cell, list[Fault]]:
    kind = kolumn.innehall
    if cell.is_empty:
        return Cell("", cell=cell.ref), []
    if isinstance(kind, tuple):
        word = next((word for word in kind if word.lower() == cell.text.lower()), None)
        if word is None:
            fault = delivery.fault(blad, cell, _wanted(kolumn), f"skriv ett av orden.{nearest(cell.text, kind)}")
            return Cell(cell.text, cell=cell.ref), [fault]
        return Cell(word, cell=cell.ref), []
    if kind == "text":
        return Cell(cell.text, cell=cell.ref), []
    if kind == "dag":
        day, wrong = read_day(delivery, blad, cell)
        return Cell(cell.text, dag=day, cell=cell.ref), [wrong] if wrong else []
    return _number(delivery, blad, cell, (unit or "kr") if kind == BELOPP else kind)


def _number(delivery: Delivery, blad: str, cell: RawCell, mattenhet: str) -> tuple[Cell, list[Fault]]:
    value, missing, fault = read_value(delivery, blad, cell, None, mattenhet)
    if fault:
        return Cell(cell.text, cell=cell.ref), [fault]
    decimals = _decimals(cell, value) if value is not None else 0
    return Cell(cell.shown, value, decimals, mattenhet, None, missing, cell.ref), []


def _decimals(cell: RawCell, value: Decimal) -> int:
    """As many as the cell shows: its format's, where that says; else the number's own, but no more than people read."""
    if shown := re.fullmatch(r"[^0]*0(?:\.(0+))?(?:\\? ?%)?", cell.number_format):
        return len(shown[1] or "")
    exponent = value.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return min(own, MOST_DECIMALS)

"""The same figure delivered twice: what agrees becomes one, what differs is a fault that names both cells."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from reporting.faults import Fault
from reporting.params.headings import KVALITATIVA, MATETAL
from reporting.reading.utfall import TOM, Bladrad, Cell, Svar, Utfall
from reporting.swedish import amount, shortest

ONE = "rätta den ena cellen, eller töm den"
THEIRS = "rätta cellen om den är fel; svara annars att den stämmer, så frågar vi den som har lämnat den andra"


def one_of_each(
    utfall: Iterable[Utfall],
    svar: Iterable[Svar],
    rader: Iterable[Bladrad],
    mattenhet: Callable[[str], str],
    med_id: Collection[str],
) -> tuple[list[Utfall], list[Svar], list[Bladrad], list[Fault]]:
    """(utfall, svar, rader, faults), each thing once, in the order in which it first stood.

    mattenhet: a mätetal's id → its unit; med_id: the sheets (their ids) whose rows are known by an id, so that a row in two workbooks
    is the same thing. A cell in which nothing stands agrees with anything, and comments that differ are both kept.
    """
    faults: list[Fault] = []
    values: dict[tuple[str, str], Utfall] = {}
    for item in utfall:
        key = (item.matetal, item.kon)
        values[key] = _utfall(values[key], item, mattenhet(item.matetal), faults) if key in values else item
    answers: dict[str, Svar] = {}
    for answer in svar:
        before = answers.setdefault(answer.matt, answer)
        if before is not answer:
            if before.svar != answer.svar:
                expected = f"samma svar på båda ställena; {before.svar.capitalize()} står i {_place(before)}"
                faults.append(_fault(answer, answer.svar.capitalize(), expected))
            answers[answer.matt] = replace(before, kommentar=_both(before.kommentar, answer.kommentar))
    rows: dict[tuple[str, str], Bladrad] = {}
    for rad in rader:
        place = (rad.blad, rad.id.lower())
        if place not in rows:
            rows[place] = rad
        elif rad.blad in med_id:
            rows[place] = _rad(rows[place], rad, faults)
        else:  # two costs of the same name may be two costs, equal or not
            first, heading = rows[place], next(iter(rad.celler))
            expected = f"varje rad en gång; den står redan i {first.fil}, cell {first[heading].cell}"
            action = "ta bort den ena raden, eller ge dem olika namn"
            faults.append(
                _fault(_at(rad, rad[heading]), rad.id, expected, action, "ta bort raden, eller ge den ett annat namn")
            )
    return list(values.values()), list(answers.values()), list(rows.values()), faults


def _place(item: Utfall | Svar) -> str:
    return f"{item.fil}, cell {item.cell}"


def _at(rad: Bladrad, cell: Cell) -> tuple[str, str, str, str]:
    return rad.fil, rad.bladnamn, cell.cell, rad.blad


def _fault(
    item: Utfall | Svar | tuple[str, str, str, str], stod: str, vantat: str, atgard: str = ONE, theirs: str = THEIRS
) -> Fault:
    """item: what differs, or the file, the sheet's name, the cell and the kind of sheet; theirs: what the sender does, who may never have
    seen the other workbook, nor our folders."""
    if isinstance(item, tuple):
        fil, blad, cell, slag = item
    else:
        fil, blad, cell = item.fil, item.blad, item.cell
        slag = MATETAL if isinstance(item, Utfall) else KVALITATIVA
    told = vantat.replace(fil.rpartition("/")[0] + "/", "")
    return Fault(
        fil=fil,
        blad=blad,
        cell=cell,
        stod=stod,
        vantat=vantat,
        atgard=atgard,
        slag=slag,
        till_avsandare=(told, theirs),
    )


def _utfall(before: Utfall, item: Utfall, mattenhet: str, faults: list[Fault]) -> Utfall:
    if not _delivered(item):
        return _together(before, item)
    if not _delivered(before):
        return _together(item, before)
    if (before.varde, before.saknas) != (item.varde, item.saknas):
        expected = f"samma utfall på båda ställena; {_shown(before, mattenhet)} står i {_place(before)}"
        faults.append(_fault(item, _shown(item, mattenhet), expected))
    elif item.matt_till and before.matt_till and item.matt_till != before.matt_till:
        expected = (
            f"samma dag på båda ställena: utfallet är mätt till och med {before.matt_till} enligt {_place(before)}"
        )
        faults.append(_fault(item, str(item.matt_till), expected, "rätta den ena dagen, eller ta bort den"))
    elif None not in (before.antal_svar, item.antal_svar) and before.antal_svar != item.antal_svar:
        expected = f"samma antal svar på båda ställena; {before.antal_svar} hör till {_place(before)}"
        faults.append(_fault(item, str(item.antal_svar), expected))
    return _together(before, item)


def _delivered(item: Utfall) -> bool:
    return item.varde is not None or bool(item.text)


def _together(first: Utfall, second: Utfall) -> Utfall:
    """The first, with what only the second says besides the value."""
    return replace(
        first,
        matt_till=first.matt_till or second.matt_till,
        antal_svar=first.antal_svar if first.antal_svar is not None else second.antal_svar,
        kommentar=_both(first.kommentar, second.kommentar),
        anmarkning=_both(first.anmarkning, second.anmarkning),
    )


def _shown(item: Utfall, mattenhet: str) -> str:
    return amount(shortest(item.varde), mattenhet) if item.varde is not None else item.text


def _both(first: str, second: str) -> str:
    return first if not second or second == first else f"{first}\n\n{second}" if first else second


def _rad(before: Bladrad, rad: Bladrad, faults: list[Fault]) -> Bladrad:
    """One row of the two, cell by cell; rows that differ are one fault, at the first cell that does."""
    for cell, other in [(rad[name], before[name]) for name in rad.celler] + [
        (cell, before.ar.get(year, TOM)) for year, cell in rad.ar.items()
    ]:
        is_key = cell.text.lower() == rad.id.lower()
        if cell.text and other.text and not is_key and not _agree(cell, other):
            expected = f"samma uppgift på båda ställena; «{other.text}» står i {before.fil}, cell {other.cell}"
            faults.append(_fault(_at(rad, cell), cell.text, expected))
            break
    celler = {name: _filled(before[name], rad[name], rad) for name in {**before.celler, **rad.celler}}
    ar = {year: _filled(before.ar.get(year, TOM), rad.ar.get(year, TOM), rad) for year in {**before.ar, **rad.ar}}
    return replace(before, celler=celler, ar=ar)


def _agree(cell: Cell, other: Cell) -> bool:
    if cell.tal is None and cell.dag is None and cell.saknas is None:
        return cell.text == other.text
    return (cell.tal, cell.dag, cell.saknas) == (other.tal, other.dag, other.saknas)


def _filled(before: Cell, cell: Cell, rad: Bladrad) -> Cell:
    """The first, or where nothing stands there the second, which then says in which file it stands."""
    if before.text or not cell.text:
        return before
    return replace(cell, cell=f"{rad.fil.rsplit('/', 1)[-1]} {cell.cell}")

"""The same figure delivered twice: what agrees becomes one, what differs is a fault that names both cells."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reporting.faults import Faults
from reporting.params.blad import Blad
from reporting.params.headings import KVALITATIVA, MATETAL
from reporting.reading.reasons import GUARDED
from reporting.reading.utfall import REFUSED_CELL, TOM, Bladrad, Cell, Svar, Utfall
from reporting.swedish import shortest
from reporting.units import Unit, amount

ONE = "rätta den ena cellen, eller töm den"
THEIRS = "rätta cellen om den är fel; svara annars att den stämmer, så frågar vi den som har lämnat den andra"


def one_of_each(
    utfall: Iterable[Utfall],
    svar: Iterable[Svar],
    rader: Iterable[Bladrad],
    mattenhet: Callable[[str], Unit],
    blad: Iterable[Blad],
    faults: Faults,
) -> tuple[tuple[Utfall, ...], tuple[Svar, ...], tuple[Bladrad, ...]]:
    """Merge what several cells or workbooks say of the same thing: (utfall, svar, rader), each thing once, in the order in which it
    first stood.

    Values that differ are a fault; an empty cell agrees with anything, and comments that differ are both kept. On a sheet whose rows have
    no given ids, a second row of the same name is a fault. mattenhet: a mätetal's id → its unit; blad: the sheets that there may be.
    """
    definitions = {item.id: item for item in blad}
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
                _differs(faults, answer, answer.svar.capitalize(), expected)
            answers[answer.matt] = replace(before, kommentar=_both(before.kommentar, answer.kommentar))
    rows: dict[tuple[str, str], Bladrad] = {}
    for rad in rader:
        place, definition = (rad.blad, rad.id.lower()), definitions[rad.blad]
        here = faults.at(rad.fil, rad.bladnamn, definition.blad)
        if place not in rows:
            rows[place] = rad
        elif definition.poster or definition.poster_ur:
            rows[place] = _rad(rows[place], rad, here)
        else:  # two costs of the same name may be two costs, equal or not
            first, heading = rows[place], next(iter(rad.celler))
            expected = f"varje rad en gång; den står redan i {first.fil}, cell {first[heading].cell}"
            action = "ta bort den ena raden, eller ge dem olika namn"
            theirs = "ta bort raden, eller ge den ett annat namn"
            _tell(here, rad[heading].cell, rad.id, expected, action, theirs)
    return tuple(values.values()), tuple(answers.values()), tuple(rows.values())


def _place(item: Utfall | Svar) -> str:
    return f"{item.fil}, cell {item.cell}"


def _differs(faults: Faults, item: Utfall | Svar, stod: str, vantat: str, atgard: str = ONE) -> None:
    slag = MATETAL if isinstance(item, Utfall) else KVALITATIVA
    _tell(faults.at(item.fil, item.blad, slag), item.cell, stod, vantat, atgard)


def _tell(faults: Faults, cell: str, stod: str, vantat: str, atgard: str = ONE, theirs: str = THEIRS) -> None:
    """theirs: what the sender does, who may never have seen the other workbook, nor our folders."""
    told = vantat.replace(faults.fil.rpartition("/")[0] + "/", "")
    faults.add(stod, vantat, atgard, cell=cell, till_avsandare=(told, theirs))


def _utfall(before: Utfall, item: Utfall, mattenhet: Unit, faults: Faults) -> Utfall:
    if not _delivered(item):
        return _together(before, item)
    if not _delivered(before):
        return _together(item, before)
    if REFUSED_CELL in (before.text, item.text):  # told already, and its number may be protected
        return _together(before if before.text == REFUSED_CELL else item, before if item.text == REFUSED_CELL else item)
    if (before.varde, before.saknas) != (item.varde, item.saknas):
        is_guarded = {before.saknas, item.saknas} & set(GUARDED)  # what one of them withholds isn't told to the other
        other = "något annat" if is_guarded else _shown(before, mattenhet)
        expected = f"samma utfall på båda ställena; {other} står i {_place(before)}"
        is_told = not is_guarded or item.varde is None
        _differs(faults, item, _shown(item, mattenhet) if is_told else "", expected)
        if item.saknas in GUARDED:
            return _together(item, before)
    elif item.matt_till and before.matt_till and item.matt_till != before.matt_till:
        expected = (
            f"samma dag på båda ställena: utfallet är mätt till och med {before.matt_till} enligt {_place(before)}"
        )
        _differs(faults, item, str(item.matt_till), expected, "rätta den ena dagen, eller ta bort den")
    elif None not in (before.antal_svar, item.antal_svar) and before.antal_svar != item.antal_svar:
        expected = f"samma antal svar på båda ställena; {before.antal_svar} hör till {_place(before)}"
        _differs(faults, item, str(item.antal_svar), expected)
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


def _shown(item: Utfall, mattenhet: Unit) -> str:
    return amount(shortest(item.varde), mattenhet) if item.varde is not None else item.text


def _both(first: str, second: str) -> str:
    return first if not second or second == first else f"{first}\n\n{second}" if first else second


def _rad(before: Bladrad, rad: Bladrad, faults: Faults) -> Bladrad:
    """One row of the two, cell by cell; rows that differ are one fault, at the first cell that does."""
    for cell, other in [(rad[name], before[name]) for name in rad.celler] + [
        (cell, before.ar.get(year, TOM)) for year, cell in rad.ar.items()
    ]:
        is_key = cell.text.lower() == rad.id.lower()
        if cell.text and other.text and not is_key and not _agree(cell, other):
            expected = f"samma uppgift på båda ställena; «{other.text}» står i {before.fil}, cell {other.cell}"
            _tell(faults, cell.cell, cell.text, expected)
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

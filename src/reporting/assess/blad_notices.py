"""What ought to be looked at on the sheets of money and personnel: amounts that have jumped, turned, or been restated."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from reporting.assess import signs, sums
from reporting.faults import Notis
from reporting.params.blad import DRIFT, OMRADEN, PERSONAL, PRIVATA_UTFORARE
from reporting.reading.godkannanden import remark_notis
from reporting.reading.utfall import Bladrad, Cell, Leverans
from reporting.swedish import MOST_DECIMALS, amount, difference, number, rounded

JUMP, THOUSANDFOLD = 10, 500
"""How many times larger a figure is than the one before to be asked about, and from where tkr may stand for mkr."""
SMALLER, LARGER = {"mkr": "tkr", "tkr": "kr"}, {"tkr": "mkr", "kr": "tkr"}
"""The unit in which a figure that is a thousand times too large, or too small, may have been written."""
_SMALL_CHANGE = 20
"""Counts below this are never a jump: from 1 to 12 is no more than chance."""


def blad_notiser(nu: Leverans, i_fjol: Iterable[Bladrad]) -> list[Notis]:
    """Everything to look at on the sheets of a delivery. i_fjol: the rows of the same month last year."""
    found = [*_sheets(nu)]
    found += _restated(nu, {(rad.blad, rad.id.lower()): rad["utfall"] for rad in i_fjol})
    for row, text in signs.opposite_signs(nu):
        given = row["avvikelse"]
        found.append(_at(row, given, difference(given.tal or Decimal(0), given.enhet, given.decimaler), text))
    first = {rad.blad: rad for rad in reversed(nu.rader)}
    for blad, remarks in (
        (PRIVATA_UTFORARE, sums.private_provider_remarks(nu)),
        (PERSONAL, sums.personal(nu)),
        (DRIFT, sums.ekonomi(nu)),
    ):
        rad = first.get(blad.id) or first.get(OMRADEN.id)
        found += [remark_notis(text, rad.fil, rad.bladnamn) for text in remarks if rad]
    return found


def has_jumped(new: Decimal, old: Decimal, unit: str) -> bool:
    """That one is many times the other, both above zero; small counts aside."""
    if not new or not old or (unit == "antal" and max(new, old) < _SMALL_CHANGE):
        return False
    return max(new, old) / min(new, old) >= JUMP


def jump_text(new: Decimal, old: Decimal, before: str, unit: str) -> str:
    """How many times; before: when the old was, with its value."""
    ratio = max(new, old) / min(new, old)
    times = number(rounded(ratio, 0))
    meant = (SMALLER if new > old else LARGER).get(unit) if ratio > THOUSANDFOLD else None
    hint = f" Är enheten rätt, {meant} eller {unit}?" if meant else ""
    if new > old:
        return f"Ungefär {times} gånger så mycket som {before}.{hint}"
    return f"{before[:1].upper()}{before[1:]} var det ungefär {times} gånger så mycket.{hint}"


def _sheets(nu: Leverans) -> list[Notis]:
    """Jumps from the year before, in the amounts of the economy and among the nyckeltal of the personnel."""
    found = []
    for rad in nu.rader:
        if rad.blad in (DRIFT.id, OMRADEN.id, PRIVATA_UTFORARE.id):
            found += _cells(rad, rad["utfall"], rad["föregående år"], "föregående år")
        if rad.blad == PERSONAL.id:
            years = sorted(rad.ar, reverse=True)
            for year, older in pairwise(years):
                found += _cells(rad, rad.ar[year], rad.ar[older], str(older))
    return found


def _restated(nu: Leverans, i_fjol: dict[tuple[str, str], Cell]) -> list[Notis]:
    """Amounts of the year before that are others than were delivered then."""
    found = []
    for rad in nu.rader:
        now, then = rad["föregående år"], i_fjol.get((rad.blad, rad.id.lower()))
        if then is None or then.tal is None or now.tal is None:
            continue
        if abs(sums.kronor(now) - sums.kronor(then)) >= sums.last_place(now, then):
            before = amount(then.tal, then.enhet, then.decimaler)
            said = f"Samma tid i fjol lämnades {before}. Har beloppet räknats om?"
            found.append(_at(rad, now, amount(now.tal, now.enhet, now.decimaler), said))
    return found


def _cells(rad: Bladrad, cell: Cell, earlier: Cell, when: str) -> list[Notis]:
    if cell.tal is None or earlier.tal is None or not has_jumped(abs(cell.tal), abs(earlier.tal), cell.enhet):
        return []
    old = amount(rounded(earlier.tal, min(earlier.decimaler, MOST_DECIMALS)), earlier.enhet)
    text = jump_text(abs(cell.tal), abs(earlier.tal), f"{when} ({old})", cell.enhet)
    return [_at(rad, cell, amount(cell.tal, cell.enhet, cell.decimaler), text)]


def _at(rad: Bladrad, cell: Cell, stod: str, iakttagelse: str) -> Notis:
    """Something to look at in a cell of a sheet's row."""
    other, _, ref = cell.cell.rpartition(" ")  # the file that the cell stands in, where it isn't the row's
    fil = f"{rad.fil.rpartition('/')[0]}/{other}" if other else rad.fil
    return Notis(fil, stod, iakttagelse, f"{rad.blad} {rad.id}", blad=rad.bladnamn, cell=ref)

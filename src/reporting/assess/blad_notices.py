"""What ought to be looked at on the sheets of money and personnel: amounts that have jumped or been restated, avvikelser whose sign is
another than their amounts give. An avvikelse has plus where it is better for the nämnd; what could be either is never guessed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from reporting.assess.sums import HELA_NAMNDEN, KRONOR, ekonomi, kronor, last_place, personal, private_provider_remarks
from reporting.faults import Notis
from reporting.params.blad import DRIFT, INVESTERINGAR, OMRADEN, PERSONAL, PRIVATA_UTFORARE
from reporting.reading.godkannanden import remark_notis
from reporting.reading.utfall import Bladrad, Cell, Leverans
from reporting.swedish import MOST_DECIMALS, number, rounded
from reporting.units import KR, MKR, TKR, Unit, amount, difference

JUMP, THOUSANDFOLD = 10, 500
"""How many times larger a figure is than the one before to be asked about, and from where tkr may stand for mkr."""
SMALLER, LARGER = {MKR: TKR, TKR: KR}, {TKR: MKR, KR: TKR}
"""The unit in which a figure that is a thousand times too large, or too small, may have been written."""
_SMALL_CHANGE = 20
"""Counts below this are never a jump: from 1 to 12 is no more than chance."""

MORE, LESS = 1, -1
"""Which way an avvikelse is reckoned: the outcome less the budget, or the budget less the outcome."""
INCOME, COSTS = ("intakter", "kommunbidrag"), ("kostnader", "kapitalkostnader", "nettokostnader")
PLUS = "En avvikelse har plus när den är bättre för nämnden, och annars minus."


def blad_notiser(nu: Leverans, i_fjol: Iterable[Bladrad]) -> list[Notis]:
    """Everything to look at on the sheets of a delivery. i_fjol: the rows of the same month last year."""
    found = [*_sheets(nu)]
    found += _restated(nu, {(rad.blad, rad.id.lower()): rad["utfall"] for rad in i_fjol})
    for row, text in opposite_signs(nu):
        given = row["avvikelse"]
        found.append(_at(row, given, difference(given.tal or Decimal(0), given.enhet, given.decimaler), text))
    first = {rad.blad: rad for rad in reversed(nu.rader)}
    for blad, remarks in (
        (PRIVATA_UTFORARE, private_provider_remarks(nu)),
        (PERSONAL, personal(nu)),
        (DRIFT, ekonomi(nu)),
    ):
        rad = first.get(blad.id) or first.get(OMRADEN.id)
        found += [remark_notis(text, rad.fil, rad.bladnamn) for text in remarks if rad]
    return found


def has_jumped(new: Decimal, old: Decimal, unit: Unit) -> bool:
    """Whether one of two numbers above zero is at least JUMP times the other; never for counts (kind antal) that are both small."""
    if not new or not old or (unit.kind == "antal" and max(new, old) < _SMALL_CHANGE):
        return False
    return max(new, old) / min(new, old) >= JUMP


def jump_text(new: Decimal, old: Decimal, before: str, unit: Unit) -> str:
    """A sentence that says how many times larger or smaller a number is than before, and asks about the unit where that may be why.

    new, old: both above zero, in `unit`; before: when the old number was, and what, as it reads in the sentence.
    """
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
        if abs(kronor(now) - kronor(then)) >= last_place(now, then):
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


def opposite_signs(nu: Leverans) -> list[tuple[Bladrad, str]]:
    """Rows whose avvikelse has the opposite sign of what their amounts give, each with what to ask; at most one thing of a row.

    On Drift the row itself says what is better. Areas and investments may be results or costs: amounts below zero are better when they
    are higher, whichever they are; the others are only held against each other, and the whole nämnd against its areas.
    """
    found: list[tuple[Bladrad, str]] = []
    drift = {rad.id: rad for rad in nu.blad(DRIFT.id)}
    for rad in drift.values():
        column, way = _reckoned(rad)
        if way and way == -_better(rad, column, drift):
            found.append((rad, _turned(rad, column)))
    for blad in (OMRADEN, INVESTERINGAR):
        found += _alike(nu.blad(blad.id))
    is_told = any(rad.blad == OMRADEN.id for rad, _ in found)  # an area that is turned turns the sum
    return found if is_told else found + _against_the_areas(nu.blad(OMRADEN.id))


def _alike(rows: Sequence[Bladrad]) -> list[tuple[Bladrad, str]]:
    """Rows that are reckoned another way than amounts below zero are, or than most of the others with amounts above."""
    found, ways = [], {}
    for rad in rows:
        column, way = _reckoned(rad)
        if _signs(rad, column) != {-1}:
            ways[rad.id] = way
        elif way == LESS:
            found.append((rad, _turned(rad, column)))
    for rad in rows:
        way = ways.get(rad.id, 0)
        others = sum(other == -way for other in ways.values())
        if way and others and others >= sum(other == way for other in ways.values()):
            found.append((rad, f"Den är räknad åt andra hållet än de andra på bladet. {PLUS}"))
    return found


def _against_the_areas(rows: Sequence[Bladrad]) -> list[tuple[Bladrad, str]]:
    whole = next((rad for rad in rows if rad.id.lower() == HELA_NAMNDEN), None)
    areas = [rad["avvikelse"] for rad in rows if rad is not whole]
    if whole is None or not areas or any(cell.tal is None for cell in areas):
        return []
    together = sum(map(kronor, areas), Decimal(0))
    if kronor(whole["avvikelse"]) * together >= 0:
        return []
    said = f"Verksamhetsområdena är tillsammans {_shown(together, areas)}, alltså med motsatt tecken. Vad förklarar skillnaden?"
    return [(whole, said)]


def _better(rad: Bladrad, column: str, drift: dict[str, Bladrad]) -> int:
    """The way that gives plus for what is better; 0 where the signs of the amounts don't say."""
    if rad.id == "resultat":
        return MORE
    signs = _signs(rad, column)
    if len(signs) != 1 or rad.id not in (*INCOME, *COSTS):
        return 0
    [sign] = signs
    # with costs of the other sign, a net cost is more income than costs, and no cost
    costs = _signs(drift["kostnader"], column) if rad.id == "nettokostnader" and "kostnader" in drift else signs
    return 0 if costs != signs else sign * (MORE if rad.id in INCOME else LESS)


def _signs(rad: Bladrad, column: str) -> set[int]:
    """The signs of the row's budget and of another of its amounts, nothings aside."""
    values = [rad[name].tal or Decimal(0) for name in ("budget", column)]
    return {1 if value > 0 else -1 for value in values if value}


def _reckoned(rad: Bladrad) -> tuple[str, int]:
    """(the amount that the avvikelse is the difference of, the way it is reckoned); 0 where it is none, or could be either."""
    given, budget = rad["avvikelse"], rad["budget"]
    found: dict[str, int] = {}
    for column in ("utfall", "helårsprognos"):
        cell = rad[column]
        if given.tal is None or budget.tal is None or cell.tal is None:
            continue
        more, rounding = kronor(cell) - kronor(budget), last_place(given, budget, cell)
        fits = [way for way in (MORE, LESS) if abs(kronor(given) - way * more) <= rounding]
        if len(fits) == 1:
            found[column] = fits[0]
    ways = set(found.values())
    return (next(iter(found)), ways.pop()) if len(ways) == 1 else ("utfall", 0)


def _turned(rad: Bladrad, column: str) -> str:
    given = rad["avvikelse"]
    return f"{column.capitalize()} och budget ger {_shown(-kronor(given), [given])}. {PLUS}"


def _shown(value: Decimal, cells: Sequence[Cell]) -> str:
    """Kronor as the cells write them: in the unit of the first, with the decimals of the finest."""
    unit = cells[0].enhet
    return difference(value / KRONOR.get(unit, Decimal(1)), unit, max(cell.decimaler for cell in cells))

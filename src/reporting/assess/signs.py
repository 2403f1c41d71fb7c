"""The signs of avvikelser from the budget. One has plus where it is better for the nämnd; what could be either is never guessed."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess.sums import HELA_NAMNDEN, KRONOR, kronor, last_place
from reporting.params.blad import DRIFT, INVESTERINGAR, OMRADEN
from reporting.reading.utfall import Bladrad, Cell, Leverans
from reporting.swedish import difference

MORE, LESS = 1, -1
"""Which way an avvikelse is reckoned: the outcome less the budget, or the budget less the outcome."""
INCOME, COSTS = ("intakter", "kommunbidrag"), ("kostnader", "kapitalkostnader", "nettokostnader")
PLUS = "En avvikelse har plus när den är bättre för nämnden, och annars minus."


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

"""Figures of a delivery that ought to agree with each other, and don't. They are printed as they came; this is said beside them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from reporting.params.blad import ALDRAR, ANSTALLNINGAR, DRIFT, INVESTERINGAR, OMRADEN, PERSONAL, PRIVATA_UTFORARE
from reporting.reading.utfall import TOM, Bladrad, Cell, Leverans
from reporting.units import KR, MKR, TKR, amount, difference

KRONOR = {KR: Decimal(1), TKR: Decimal(1000), MKR: Decimal(1_000_000)}
HELA_NAMNDEN = "hela nämnden"
"""The row of the sheet Verksamhetsområden that is the sum of all, and of what no area has."""
SHARES_MISS = Decimal("0.5")
"""How far from 100 rounded shares may sum."""

GIVEN_BY = {
    "resultat": ("kommunbidrag", "nettokostnader"),
    "nettokostnader": ("intakter", "kostnader", "kapitalkostnader"),
}
"""Row of the resultaträkning → the rows that give it: the first less the others."""
PARTS_OF_STAFF = (
    *((form, (f"{form}-kvinnor", f"{form}-man"), namn) for form, namn in ANSTALLNINGAR),
    ("frisknarvaro", ("frisknarvaro-0", "frisknarvaro-1-7"), "Frisknärvaro"),
)
"""(row of the sheet Personal, the rows that together are it, its name)."""


def total(rows: Sequence[Bladrad], kolumn: str) -> Decimal | None:
    """The sum of a column; None where a row lacks it, or the units differ."""
    cells = [rad[kolumn] for rad in rows]
    if not cells or any(cell.tal is None for cell in cells) or len({cell.enhet for cell in cells}) > 1:
        return None
    return sum((cell.tal for cell in cells if cell.tal is not None), Decimal(0))


def _shown(cell: Cell) -> str:
    return amount(cell.tal, cell.enhet, cell.decimaler) if cell.tal is not None else "–"


def _amount(value: Decimal, *cells: Cell) -> str:
    """A sum of the cells, in their unit and with as many decimals as the finest of them."""
    return amount(value, cells[0].enhet, max(cell.decimaler for cell in cells))


def private_provider_remarks(nu: Leverans) -> list[str]:
    """What doesn't add up on the sheet about private providers, as Swedish sentences: units that differ between rows, and costs larger
    than the nämnd's whole net cost, of which they are a part."""
    rows = nu.blad(PRIVATA_UTFORARE.id)
    if len({rad["utfall"].enhet for rad in rows if rad["utfall"].tal is not None}) > 1:
        return ["Raderna har olika enheter, så de kan inte räknas ihop. Skriv alla i samma enhet."]
    part = total(rows, "utfall")
    whole = {rad.id: rad["utfall"] for rad in nu.blad(DRIFT.id)}.get("nettokostnader")
    if part is None or whole is None or whole.tal is None or not rows:
        return []
    unit = rows[0]["utfall"].enhet
    if abs(part) * KRONOR[unit] <= abs(whole.tal) * KRONOR[whole.enhet]:
        return []
    together = _amount(part, *(rad["utfall"] for rad in rows))
    return [
        f"Kostnaderna är tillsammans {together}, mer än nämndens hela nettokostnad, {_shown(whole)}. "
        "Kontrollera enheten i arbetsboken."
    ]


def personal(nu: Leverans) -> list[str]:
    """What doesn't add up on the sheet about staff, as Swedish sentences: women and men, days of absence or ages that don't give their
    total."""
    rows = {rad.id: rad for rad in nu.blad(PERSONAL.id)}
    found = []
    for whole, parts, namn in PARTS_OF_STAFF:
        for year, cell in rows[whole].ar.items() if whole in rows else ():
            values = [rows[part].ar.get(year) for part in parts if part in rows]
            known = [value for value in values if value is not None and value.tal is not None]
            if cell.tal is None or len(known) < len(parts):
                continue
            together = sum((value.tal for value in known if value.tal is not None), Decimal(0))
            rounding = last_place(cell, *known) if cell.enhet.kind == "andel" else Decimal(0)
            if abs(together - cell.tal) > rounding:
                found.append(f"{namn} {year}: delarna är tillsammans {_amount(together, *known)}, inte {_shown(cell)}.")
    for form, namn in ANSTALLNINGAR:
        ages = [rows[f"{form}-{age}"] for age, _ in ALDRAR if f"{form}-{age}" in rows]
        for year in sorted({year for rad in ages for year in rad.ar}):
            shares = [value for rad in ages if (value := rad.ar.get(year)) and value.tal is not None]
            together = sum((value.tal for value in shares if value.tal is not None), Decimal(0))
            if len(shares) == len(ALDRAR) and abs(together - 100) > SHARES_MISS:
                found.append(f"{namn} {year}: åldersgrupperna är tillsammans {_amount(together, *shares)}.")
    return found


def ekonomi(nu: Leverans) -> list[str]:
    """What doesn't add up on the sheets about money, as Swedish sentences: rows of the resultaträkning that don't give the row they
    should, and avvikelser that aren't the difference from the budget."""
    rows = {rad.id: rad for rad in nu.blad(DRIFT.id)}
    found = []
    for kolumn in ("utfall", "föregående år", "budget", "helårsprognos"):
        cells = {name: rad[kolumn] for name, rad in rows.items() if rad[kolumn].tal is not None}
        found += [said for whole, parts in GIVEN_BY.items() for said in _does_not_give(cells, parts, whole, kolumn)]
    names = {post.id: post.namn for post in DRIFT.poster}
    for rad in (*rows.values(), *nu.blad(INVESTERINGAR.id), *nu.blad(OMRADEN.id)):
        given, budget = rad["avvikelse"], rad["budget"]
        others = [cell for cell in (rad["utfall"], rad["helårsprognos"]) if cell.tal is not None]
        if given.tal is None or budget.tal is None or not others:
            continue
        rounding = last_place(given, budget, *others)
        if all(abs(abs(kronor(given)) - abs(kronor(budget) - kronor(cell))) > rounding for cell in others):
            name = names.get(rad.id, rad.id)
            found.append(
                f"{name}: avvikelsen {_shown(given)} är inte skillnaden mellan budget och utfall eller prognos."
            )
    areas = [rad["avvikelse"] for rad in nu.blad(OMRADEN.id) if rad["avvikelse"].tal is not None]
    if len({cell.enhet for cell in areas}) > 1:
        found.append("Verksamhetsområdena har olika enheter, så avvikelserna kan inte räknas ihop.")
    whole = next((rad["avvikelse"] for rad in nu.blad(OMRADEN.id) if rad.id.lower() == HELA_NAMNDEN), TOM)
    result = (
        [rows["resultat"][name] for name in ("avvikelse", "helårsprognos", "utfall")] if "resultat" in rows else [TOM]
    )
    if whole.tal is not None and result[0].tal is not None:
        said = [cell for cell in result if cell.tal is not None]
        if all(abs(kronor(whole) - kronor(cell)) > last_place(whole, cell) for cell in said):
            shown, other = (difference(c.tal or Decimal(0), c.enhet, c.decimaler) for c in (whole, said[0]))
            found.append(f"Nämndens avvikelse är {shown} på bladet {OMRADEN.blad} men {other} på bladet {DRIFT.blad}.")
    return found


def kronor(cell: Cell) -> Decimal:
    """The amount in kronor; a number in another unit as it is."""
    return (cell.tal or Decimal(0)) * KRONOR.get(cell.enhet, Decimal(1))


def last_place(*cells: Cell) -> Decimal:
    """One unit in the last decimal of the coarsest of the cells, in kronor: how much the rounding of two terms may make a sum differ."""
    return max(KRONOR.get(cell.enhet, Decimal(1)).scaleb(-cell.decimaler) for cell in cells)


def reckoned(
    cells: Mapping[str, Cell], parts: tuple[str, ...], whole: str, of: Callable[[Cell], Decimal]
) -> tuple[Decimal, Decimal] | None:
    """What a row of a sheet should be, and what it is: (the first of `parts` less the others, the row `whole`), in kronor; None where a
    row is missing.

    cells: row id → cell; of: the amount in kronor to take of a cell. Signs are evened out first, since costs are written with either sign.
    """
    if whole not in cells or any(part not in cells for part in parts):
        return None
    first, *rest = (abs(of(cells[part])) for part in parts)
    together, said = first - sum(rest, Decimal(0)), of(cells[whole])
    return (abs(together), abs(said)) if whole == "nettokostnader" else (together, said)


def _does_not_give(cells: dict[str, Cell], parts: tuple[str, ...], whole: str, kolumn: str) -> list[str]:
    found = reckoned(cells, parts, whole, kronor)
    if found is None or abs(found[0] - found[1]) <= last_place(*(cells[name] for name in (*parts, whole))):
        return []
    names = {post.id: post.namn.lower() for post in DRIFT.poster}
    decimals = max(cells[name].decimaler for name in (*parts, whole))
    shown = amount(found[0] / KRONOR[cells[whole].enhet], cells[whole].enhet, decimals)
    terms = " minus ".join(names[part] for part in parts)
    return [f"{names[whole].capitalize()}, {kolumn}: {_shown(cells[whole])}, men {terms} är {shown}."]

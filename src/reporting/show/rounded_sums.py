"""Tables whose printed parts miss a total, or a difference, by rounding and nothing else: such a table says «avrundat»."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reporting.assess.precision import agreeing_decimals, missed_by_rounding
from reporting.assess.resultat import Matetalsresultat
from reporting.assess.sums import GIVEN_BY, HELA_NAMNDEN, KRONOR, PARTS_OF_STAFF, kronor, last_place, reckoned
from reporting.reading.utfall import Bladrad, Cell
from reporting.swedish import number, rounded

_AMOUNT_COLUMNS = ("utfall", "föregående år", "budget", "avvikelse", "helårsprognos")


def as_printed(cell: Cell) -> Decimal:
    """The amount in kronor, of the number as it is printed."""
    return rounded(cell.tal or Decimal(0), cell.decimaler) * KRONOR.get(cell.enhet, Decimal(1))


def parts_are_rounded(result: Matetalsresultat) -> bool:
    """Whether the parts by sex are the total, and don't seem to be where they are printed."""
    parts = [part.varde for part in result.kon if part.varde is not None]
    if result.varde is None or not parts or len(parts) < len(result.kon):
        return False
    return missed_by_rounding(parts, result.varde, result.decimaler)


def wrong_sum(result: Matetalsresultat) -> str:
    """The sum of the parts by sex, where it isn't the total, with decimals enough to show that they differ; "" where the sum is right."""
    if result.delsumma is None:
        return ""
    both = (result.delsumma, result.varde)
    return number(result.delsumma, agreeing_decimals(result.decimaler, both, lambda values: values[0] != values[1]))


def column_is_rounded(cells: Sequence[Cell]) -> bool:
    """Whether the total of a column, which is worked out here, isn't the sum of its numbers as they are printed."""
    known = [(cell.tal, cell.decimaler) for cell in cells if cell.tal is not None]
    if not known or len(known) < len(cells) or len({cell.enhet for cell in cells}) > 1:
        return False
    together = sum((value for value, _ in known), Decimal(0))
    shown = sum((rounded(*each) for each in known), Decimal(0))
    return rounded(together, max(decimals for _, decimals in known)) != shown


def drift_is_rounded(rows: Sequence[Bladrad]) -> bool:
    """Whether rows of the resultaträkning as they are printed don't give the next, though what was delivered does."""
    return any(map(_difference_is_rounded, rows)) or any(
        _gives_but_for_rounding({rad.id: rad[kolumn] for rad in rows if rad[kolumn].tal is not None}, parts, whole)
        for kolumn in _AMOUNT_COLUMNS
        if kolumn != "avvikelse"
        for whole, parts in GIVEN_BY.items()
    )


def areas_are_rounded(rows: Sequence[Bladrad]) -> bool:
    """Whether the verksamhetsområden as they are printed miss the row Hela nämnden, or an avvikelse its terms, by rounding."""
    whole = next((rad for rad in rows if rad.id.lower() == HELA_NAMNDEN), None)
    areas = [rad for rad in rows if rad is not whole]
    missed = whole is not None and any(
        _missed([rad[kolumn] for rad in areas], whole[kolumn])
        for kolumn in _AMOUNT_COLUMNS
        if whole[kolumn].tal is not None
    )
    return missed or any(map(_difference_is_rounded, rows))


def staff_is_rounded(rows: Mapping[str, Bladrad], ids: Iterable[str]) -> bool:
    """Whether women and men, or the days of absence, as they are printed miss their total by rounding, in any year."""
    asked = set(ids)
    return any(
        _missed([rows[part].ar[year] for part in parts], cell)
        for whole, parts, _ in PARTS_OF_STAFF
        if asked.issuperset((whole, *parts)) and all(name in rows for name in (whole, *parts))
        for year, cell in rows[whole].ar.items()
        if cell.tal is not None and all(year in rows[part].ar for part in parts)
    )


def _missed(parts: Sequence[Cell], whole: Cell) -> bool:
    values = [cell.tal for cell in parts if cell.tal is not None and cell.enhet == whole.enhet]
    if whole.tal is None or not values or len(values) < len(parts):
        return False
    return missed_by_rounding(values, whole.tal, whole.decimaler)


def _gives_but_for_rounding(cells: Mapping[str, Cell], parts: tuple[str, ...], whole: str) -> bool:
    exact, shown = reckoned(cells, parts, whole, kronor), reckoned(cells, parts, whole, as_printed)
    if exact is None or shown is None:
        return False
    return abs(exact[0] - exact[1]) <= last_place(*(cells[name] for name in (*parts, whole))) and shown[0] != shown[1]


def _difference_is_rounded(rad: Bladrad) -> bool:
    """Whether the avvikelse is the difference from the budget, and doesn't seem to be where the three are printed."""
    given, budget = rad["avvikelse"], rad["budget"]
    others = [cell for cell in (rad["utfall"], rad["helårsprognos"]) if cell.tal is not None]
    if given.tal is None or budget.tal is None:
        return False
    place = last_place(given, budget, *others)
    terms = [cell for cell in others if abs(abs(kronor(given)) - abs(kronor(budget) - kronor(cell))) <= place]
    return bool(terms) and all(abs(as_printed(given)) != abs(as_printed(budget) - as_printed(cell)) for cell in terms)

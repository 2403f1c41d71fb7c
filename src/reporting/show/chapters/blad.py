"""A kommun's own sheet as a table and as bars: what its chapter needs, besides its text."""

from decimal import Decimal

from reporting.assess.underlag import Kommununderlag, Underlag
from reporting.faults import Fault, InputFaults, nearest
from reporting.html import Html
from reporting.params.blad import BELOPP, Blad, Kolumn
from reporting.reading.utfall import Cell
from reporting.show.bars import Bar, bars
from reporting.show.placeholders import not_delivered, to_check
from reporting.show.rounded_sums import column_is_rounded
from reporting.show.table import MISSING_MARK, Content, Numbers, table
from reporting.units import Unit, compact, with_unit


def blad(underlag: Underlag, blad: str, caption: str = "") -> Html:
    """Every row of the sheet with this id, in its own columns and years; that nothing was delivered where nothing was.

    Raises InputFaults where there is no such sheet.
    """
    definition = definition_of(underlag, blad)
    rows = underlag.nu.blad(blad)
    if not rows:
        return not_delivered(definition)
    names = row_names(definition, underlag)
    shown = [k for k in definition.kolumner[1:] if any(rad[k.namn].text or rad[k.namn].tal is not None for rad in rows)]
    years = sorted({year for rad in rows for year in rad.ar}, reverse=True)
    columns = [
        "Post" if names else definition.headings[0].capitalize(),
        *map(_heading, shown),
        *(Numbers(str(year)) for year in years),
    ]
    body = []
    for rad in rows:
        cells = [*(rad[k.namn] for k in shown), *(rad.ar.get(year, Cell("")) for year in years)]
        body.append([names.get(rad.id, rad.id), *map(_shown, cells)])
    return table(caption or f"{definition.blad}, {underlag.params.period.name}", columns, body)


def row_names(definition: Blad, underlag: Underlag) -> dict[str, str]:
    """The names of the rows, by id, where the definition or the plan says which there are."""
    if definition.poster_ur:
        return {item.id: item.namn for item in getattr(underlag.plan, definition.poster_ur)}
    return {post.id: post.namn for post in definition.poster}


def _heading(kolumn: Kolumn) -> str:
    """The column's name, with a unit that is too long to stand at each number."""
    name = kolumn.namn.capitalize()
    if isinstance(kolumn.innehall, Unit):
        return Numbers(with_unit(name, kolumn.innehall))
    return Numbers(name) if kolumn.innehall == BELOPP else name


def definition_of(underlag: Underlag | Kommununderlag, blad: str) -> Blad:
    """The definition with this id. Raises InputFaults."""
    known = {item.id: item for item in underlag.params.blad}
    if blad in known:
        return known[blad]
    wanted = f"id för ett blad: {', '.join(known)}"
    raise InputFaults([Fault("anteckningsboken", blad, wanted, f"rätta id:t.{nearest(blad, known)}")])


def column_bars(underlag: Underlag, blad: str, kolumn: str, mening: str) -> Html:
    """The numbers of a column as bars, the largest first; nothing where there is none.

    mening: the chart's title, in which {störst} becomes the name of the largest row, {värde} its number and {summa} the sum of all:
    "{störst} har flest synpunkter, {värde} av {summa}". Raises InputFaults where there is no such sheet or column.
    """
    definition = definition_of(underlag, blad)
    if kolumn not in definition.headings:
        hint = nearest(kolumn, definition.headings)
        wanted = f"en kolumn på bladet {definition.blad}: {', '.join(definition.headings)}"
        raise InputFaults([Fault("anteckningsboken", kolumn, wanted, f"rätta kolumnen.{hint}")])
    names = row_names(definition, underlag)
    cells = [(names.get(rad.id, rad.id), rad[kolumn]) for rad in underlag.nu.blad(blad)]
    staplar = [Bar(name, cell.tal, None, cell.decimaler) for name, cell in cells if cell.tal is not None]
    if not staplar:
        return Html("")
    if len({cell.enhet for _, cell in cells if cell.tal is not None}) > 1:
        return to_check([f"Kolumnen {kolumn} har olika enheter, så raderna kan inte jämföras i ett diagram."])
    staplar.sort(key=lambda stapel: stapel.varde, reverse=True)
    unit = next(cell.enhet for _, cell in cells if cell.tal is not None)
    most = staplar[0]
    words = {
        "{störst}": most.namn,
        "{värde}": compact(most.varde, unit, most.decimaler),
        "{summa}": compact(sum((s.varde for s in staplar), Decimal(0)), unit, max(s.decimaler for s in staplar)),
    }
    note = f"Stapel: {kolumn} per rad på bladet {definition.blad}."
    if "{summa}" in mening and column_is_rounded([cell for _, cell in cells if cell.tal is not None]):
        note += " Avrundat: talen är avrundade var för sig."
    for word, shown in words.items():
        mening = mening.replace(word, shown)
    return bars(f"{blad}-{kolumn}".replace(" ", "-"), mening, staplar, unit, note)


def _shown(cell: Cell) -> Content:
    if cell.tal is not None:
        return compact(cell.tal, cell.enhet, cell.decimaler)
    return cell.saknas or cell.text or MISSING_MARK

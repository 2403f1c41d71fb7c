"""A kommun's own sheet as a table: what its chapter needs, besides its text."""

from decimal import Decimal

from markupsafe import Markup

from reporting.blad import Blad, Kolumn
from reporting.faults import Fault, InputFaults, nearest
from reporting.html import Html
from reporting.html_table import SAKNAS, Column, Group, Row, table
from reporting.placeholders import not_delivered
from reporting.swedish import compact, number
from reporting.underlag import Underlag
from reporting.utfall import Cell


def blad(underlag: Underlag, blad: str, caption: str = "") -> Html:
    """Every row of the sheet with this id, in its own columns and years; that nothing was delivered where nothing was.

    Raises InputFaults where there is no such sheet.
    """
    definition = definition_of(underlag, blad)
    rows = underlag.nu.blad(blad)
    if not rows:
        return not_delivered(definition)
    posts = {post.id: post for post in definition.poster}
    shown = [k for k in definition.kolumner[1:] if any(not _is_empty(rad[k.namn]) for rad in rows)]
    years = sorted({year for rad in rows for year in rad.ar}, reverse=True)
    columns = [Column(definition.headings[0].capitalize() if not posts else "Post")]
    columns += [Column(k.namn.capitalize(), "tal" if _is_number(k) else "text") for k in shown]
    columns += [Column(str(year), "tal") for year in years]
    body = [
        Row(
            (
                posts[rad.id].namn if rad.id in posts else rad.id,
                *(_shown(rad[k.namn]) for k in shown),
                *(_shown(rad.ar.get(year, Cell(""))) for year in years),
            )
        )
        for rad in rows
    ]
    return table(caption or f"{definition.blad}, {underlag.params.period.name}", columns, [Group("", tuple(body))])


def definition_of(underlag: Underlag, blad: str) -> Blad:
    """The definition with this id. Raises InputFaults."""
    known = {item.id: item for item in underlag.params.blad}
    if blad in known:
        return known[blad]
    wanted = f"id för ett blad: {', '.join(known)}"
    raise InputFaults([Fault("anteckningsboken", "", blad, wanted, f"rätta id:t.{nearest(blad, known)}")])


def column(underlag: Underlag, blad: str, kolumn: str) -> list[tuple[str, Decimal]]:
    """(row key, number) for every row of the sheet that has a number in the column; for a chart of one's own."""
    definition_of(underlag, blad)
    values = [(rad.id, rad[kolumn].tal) for rad in underlag.nu.blad(blad)]
    return [(name, value) for name, value in values if value is not None]


def _is_number(kolumn: Kolumn) -> bool:
    return isinstance(kolumn.innehall, str) and kolumn.innehall not in ("text", "dag")


def _is_empty(cell: Cell) -> bool:
    return not cell.text and cell.tal is None


def _shown(cell: Cell) -> Markup | str:
    if cell.tal is not None:
        return compact(cell.tal, cell.enhet, cell.decimaler) if cell.enhet else number(cell.tal, cell.decimaler)
    return cell.saknas or cell.text or SAKNAS

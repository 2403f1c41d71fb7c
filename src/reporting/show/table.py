"""A table as frozen values, and the one place that writes it as accessible HTML: caption, scope, one heading per row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from reporting.html import Html, joined

SAKNAS = Html('<span class="nr-missing">–</span>')


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds text or numbers (set to the right)."""

    heading: str
    kind: Literal["text", "tal"] = "text"


@dataclass(frozen=True)
class Row:
    """A row: the cells, the first of which is its heading; id: the anchor of the row, where it has one."""

    cells: tuple[Markup | str, ...]
    id: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own ("" for none)."""

    heading: Markup | str
    rows: tuple[Row, ...]


def table(caption: Markup | str, columns: Sequence[Column], groups: Sequence[Group]) -> Html:
    """Write a table.

    Roles are said outright, since a narrow screen shows each row as a block, and browsers then forget that it is a table.
    """
    head = joined(
        (Html('<th scope="col" role="columnheader" class="nr-{}">{}</th>').format(c.kind, c.heading) for c in columns),
        "",
    )
    bodies = []
    for group in groups:
        lines = []
        if group.heading:
            lines.append(
                Html(
                    '<tr role="row" class="nr-group"><th scope="rowgroup" role="rowheader" colspan="{}">{}</th></tr>'
                ).format(len(columns), group.heading)
            )
        lines += [_row(row, columns) for row in group.rows]
        bodies.append(Html('<tbody role="rowgroup">\n{}\n</tbody>').format(joined(lines)))
    return Html(
        '<table class="nr-table" role="table"><caption>{}</caption>\n'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>\n{}\n</table>'
    ).format(caption, head, joined(bodies))


def _row(row: Row, columns: Sequence[Column]) -> Html:
    first, *rest = row.cells
    anchor = Html(' id="{}"').format(row.id) if row.id else Html("")
    cells = [
        Html('<td role="cell" class="nr-{}" data-label="{}">{}</td>').format(column.kind, column.heading, cell)
        for column, cell in zip(columns[1:], rest, strict=True)
    ]
    heading = Html('<th scope="row" role="rowheader">{}</th>').format(first)
    return Html('<tr role="row"{}>{}{}</tr>').format(anchor, heading, joined(cells, ""))

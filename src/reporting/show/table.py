"""A table: what stands in its cells, how it is written as accessible HTML, and its values for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from reporting.html import Html, joined
from reporting.reading.utfall import Cell
from reporting.swedish import PrintedNumber, number
from reporting.units import Unit, compact


@dataclass(frozen=True)
class Shown:
    """What stands in a cell, where that is more than text.

    html: as the page has it; words: the same as a screen reader says it, a PrintedNumber where it is a number; notes: what stands in
    small after it.
    """

    html: Html
    words: str
    notes: tuple[str, ...] = ()

    def __html__(self) -> Html:
        return self.html


Content = str | Shown


def lacking(words: str = "–") -> Shown:
    """A cell, or words in text, that say that something is missing."""
    return Shown(Html('<span class="nr-missing">{}</span>').format(words), words)


MISSING_MARK = lacking()


def number_cell(cell: Cell | None) -> Content:
    """The number of a sheet's cell as it was delivered, or why there is none."""
    if cell is None or cell.tal is None:
        return (cell.saknas if cell else "") or MISSING_MARK
    return number(cell.tal, cell.decimaler)


def outcome_cell(value: Decimal | None, mattenhet: Unit, decimaler: int, said: str = "") -> Content:
    """The cell of an outcome, without a long unit; where there is no value, `said`, or a dash if that is ""."""
    if value is None:
        return lacking(said) if said else MISSING_MARK
    return compact(value, mattenhet, decimaler)


def noted(cell: Content, note: str) -> Content:
    """A cell with a note in small after it; as it is for the note ""."""
    if not note:
        return cell
    html = joined([cell, Html('<span class="nr-note">{}</span>').format(note)], " ")
    return Shown(html, cell.words, (*cell.notes, note)) if isinstance(cell, Shown) else Shown(html, cell, (note,))


def linked(href: str, words: str) -> Shown:
    """A link."""
    return Shown(Html('<a href="{}">{}</a>').format(href, words), words)


def code(name: str, *after: str) -> Shown:
    """The name of a file, and what stands after it."""
    html = Html("<code>{}</code>").format(name)
    return Shown(joined([html, *after], " "), " ".join([name, *after]))


def strong(cell: Content) -> Shown:
    """A cell that stands out from those around it."""
    return Shown(Html("<strong>{}</strong>").format(cell), cell.words if isinstance(cell, Shown) else cell)


class Numbers(str):
    """The heading of a column of numbers, which is set to the right; any other is of text."""

    __slots__ = ()


@dataclass(frozen=True)
class AnchoredRow:
    """A row that can be linked to: its cells, and its anchor."""

    cells: Sequence[Content]
    id: str


Rows = Iterable[AnchoredRow | Sequence[Content]]


@dataclass(frozen=True)
class TableValues:
    """A table as a spreadsheet has it, each text on one line with ordinary spaces only. numbers: for each column, whether it holds numbers.

    rows: the heading that it stands under ("" for none) and its cells: a text, or for a number how it is printed, the number itself with
    a decimal point, and of which time it is where that is said.
    """

    caption: str
    columns: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[tuple[str, Sequence[str | tuple[str, str, str]]]]


def table(caption: str, columns: Sequence[str], rows: Rows) -> Html:
    """A table as HTML, which brings its values along. rows: the cells of each; the first is the row's heading."""
    return grouped_table(caption, columns, [("", rows)])


def grouped_table(caption: str, columns: Sequence[str], groups: Iterable[tuple[str, Rows]]) -> Html:
    """A table as HTML, which brings its values along, with the rows in groups: (the group's heading, "" for none; its rows).

    Roles are said outright, since a narrow screen shows each row as a block, and browsers then forget that it is a table.
    """
    kinds = [("tal" if isinstance(heading, Numbers) else "text", heading) for heading in columns]
    head = joined((_HEADING.format(kind, heading) for kind, heading in kinds), "")
    numbers = [kind == "tal" for kind, _ in kinds]
    bodies = []
    values: list[tuple[str, Sequence[str | tuple[str, str, str]]]] = []
    for group, rows in groups:
        lines = [_GROUP.format(len(columns), group)] if group else []
        for row in rows:
            cells, anchor = (row.cells, Html(' id="{}"').format(row.id)) if isinstance(row, AnchoredRow) else (row, "")
            shown = (_CELL.format(*kind, cell) for kind, cell in zip(kinds[1:], cells[1:], strict=True))
            lines.append(_ROW.format(anchor, cells[0], joined(shown, "")))
            values.append((_plain(group), [_value(cell, number) for cell, number in zip(cells, numbers, strict=True)]))
        bodies.append(Html('<tbody role="rowgroup">\n{}\n</tbody>').format(joined(lines)))
    plain = TableValues(_plain(caption), [_plain(heading) for _, heading in kinds], numbers, values)
    return Html(_TABLE.format(caption, head, joined(bodies)), [asdict(plain)])


_TABLE = Html(
    '<table class="nr-table" role="table"><caption>{}</caption>\n'
    '<thead role="rowgroup"><tr role="row">{}</tr></thead>\n{}\n</table>'
)
_HEADING = Html('<th scope="col" role="columnheader" class="nr-{}">{}</th>')
_GROUP = Html('<tr role="row" class="nr-group"><th scope="rowgroup" role="rowheader" colspan="{}">{}</th></tr>')
_ROW = Html('<tr role="row"{}><th scope="row" role="rowheader">{}</th>{}</tr>')
_CELL = Html('<td role="cell" class="nr-{}" data-label="{}">{}</td>')


def _value(cell: Content, is_number: bool) -> str | tuple[str, str, str]:
    words, notes = (cell.words, cell.notes) if isinstance(cell, Shown) else (cell, ())
    if is_number and isinstance(words, PrintedNumber):  # a year or a code in a column of text is none to reckon with
        return _plain(words), str(words.value), _plain(" ".join(notes))
    return _plain(" ".join([words, *(f"({note})" for note in notes)]))


def _plain(text: str) -> str:
    return " ".join(text.split())

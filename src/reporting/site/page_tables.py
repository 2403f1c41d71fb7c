"""The tables of a chapter's HTML as values again, for those who want them in a spreadsheet. Uses lxml."""

from dataclasses import dataclass
from typing import Any

from lxml import etree, html

_BLOCKS = {"p", "div", "br", "li", "ul", "ol", "dd", "dt", "h3", "h4", "h5"}
"""What stands on a line of its own, so that its words don't run into those before."""


@dataclass(frozen=True)
class Rad:
    """A row. grupp: the heading that it stands under, "" for none; celler: its texts, one per column, the first its own heading."""

    grupp: str
    celler: tuple[str, ...]


@dataclass(frozen=True)
class Tabell:
    """A table as it is read. rubrik: its caption; kolumner: the headings; tal: for each column, whether it holds numbers."""

    rubrik: str
    kolumner: tuple[str, ...]
    tal: tuple[bool, ...]
    rader: tuple[Rad, ...]


def tables_of(chapter: str) -> list[Tabell]:
    """Every table that show.table has written in this HTML, in order. Text is what a screen reader says: without the shapes of marks; what
    stands as a note below is put in parentheses; every space is an ordinary one."""
    if not chapter.strip():
        return []
    try:
        page = html.document_fromstring(chapter)
    except etree.ParserError:  # nothing but comments
        return []
    return [_table(node) for node in page.iter("table") if "nr-table" in _classes(node)]


def _table(node: Any) -> Tabell:
    headings = node.findall("thead/tr/th")
    rows: list[Rad] = []
    for body in node.findall("tbody"):
        group = ""
        for row in body.findall("tr"):
            cells = tuple(_text(cell) for cell in row if cell.tag in ("th", "td"))
            if "nr-group" in _classes(row):
                group = cells[0] if cells else ""
            else:
                rows.append(Rad(group, (cells + ("",) * len(headings))[: len(headings)]))
    return Tabell(
        rubrik=_text(node.find("caption")),
        kolumner=tuple(_text(heading) for heading in headings),
        tal=tuple("nr-tal" in _classes(heading) for heading in headings),
        rader=tuple(rows),
    )


def _classes(node: Any) -> list[str]:
    return str(node.get("class") or "").split()


def _text(node: Any) -> str:
    return "" if node is None else " ".join(_said(node).split())


def _said(node: Any) -> str:
    """What a node says, with spaces as they come."""
    if (
        not isinstance(node.tag, str)
        or node.tag == "svg"
        or node.get("aria-hidden") == "true"
        or "hidden" in node.attrib
    ):
        return ""
    inside = (node.text or "") + "".join(_said(child) + (child.tail or "") for child in node)
    if "nr-note" in _classes(node) and inside.strip():
        return f" ({inside.strip()}) "
    return f" {inside} " if node.tag in _BLOCKS else inside

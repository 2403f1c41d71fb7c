"""A workbook with faults as it goes back to whoever sent it: faulty cells marked, each with a comment, and the sheet Att rätta.
Everything that the sender wrote is in it as it was: parts of the file that we have nothing to say in are copied, not written anew."""

from collections.abc import Sequence
from typing import Any

from reporting.excel.parts import OFFICE, relations_of
from reporting.faults import Fault, Notis
from reporting.params.headings import ATT_RATTA
from reporting.returns.colours import TO_CHECK_RULE, TO_MEND_RULE, mark_cells, rule_formats, show_only
from reporting.returns.comments import comment_cells
from reporting.returns.ooxml import (
    Element,
    MarkedPackage,
    NotMarkable,
    children,
    element,
    open_package,
    packed,
    serialized,
)
from reporting.returns.sheet import RETURN_HEADING, comment_line, in_reading_order, sheet

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
TABS = ("worksheet", "chartsheet", "dialogsheet")
"""The kinds of tab; only a worksheet has cells."""


def returned(original: bytes, faults: Sequence[Fault], notiser: Sequence[Notis]) -> bytes:
    """The workbook with marks, comments and the sheet Att rätta; those of an earlier return are replaced.

    faults, notiser: those of this workbook; one that names a sheet the workbook lacks is only listed. The same input gives the same
    bytes. Raises NotMarkable where the bytes are no workbook that can be changed safely.
    """
    try:
        return _returned(open_package(original), in_reading_order(faults), in_reading_order(notiser))
    except NotMarkable:
        raise
    except Exception as error:  # XML may be whole and yet lack anything at all; the sender then gets the letter alone
        raise NotMarkable(f"{type(error).__name__}: {error}") from error


def _returned(package: MarkedPackage, faults: list[Fault], notiser: list[Notis]) -> bytes:
    book = next(iter(package.related("", "officeDocument").values()))
    styles = package.tree(next(iter(package.related(book, "styles").values()), "") or _new_styles(package, book))
    tabs = _tabs(package, book)
    ours = next((name for name in tabs if name.strip().casefold() == ATT_RATTA.casefold()), "")
    if ours and _first_text(package, book, tabs[ours]) != RETURN_HEADING:
        raise NotMarkable(f"avsändaren har ett eget blad {ours}")
    cells = package.related(book, "worksheet").values()
    worksheets = {name: part for name, part in tabs.items() if part in cells and name != ours}
    formats = (
        rule_formats(styles) if any(fault.cell for fault in faults) or any(notis.cell for notis in notiser) else {}
    )
    for name, part in worksheets.items():
        _mark(package, part, [_in_cells(name, faults), _in_cells(name, notiser)], formats)
    places = {name.strip(): "'" + name.replace("'", "''") + "'" for name in worksheets}
    made = serialized(sheet(styles, faults, notiser, places))
    if ours:
        package.drop(relations_of(tabs[ours]))
        package.write(tabs[ours], made)
        _unhide(package, book, ours)
    else:
        ours = ATT_RATTA
        tabs[ours] = _add_tab(package, book, ours, made)
    show_only(package, package.tree(book), tabs, ours)
    return packed(package)


def _new_styles(package: MarkedPackage, book: str) -> str:
    """Formats for a workbook that has none at all, as some programs write it: the part's name."""
    name = package.free("xl/styles{}.xml") if "xl/styles.xml" in package.parts else "xl/styles.xml"
    plain: dict[str, Any] = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0}
    lists = {
        "fonts": [element("font", element("sz", val=11), element("name", val="Calibri"))],
        "fills": [element("fill", element("patternFill", patternType=pattern)) for pattern in ("none", "gray125")],
        "borders": [element("border")],
        "cellStyleXfs": [element("xf", **plain)],
        "cellXfs": [element("xf", **plain, xfId=0)],
    }
    listed = [element(kind, *items, count=len(items)) for kind, items in lists.items()]
    package.write(name, serialized(element("styleSheet", *listed)))
    package.declare(name, _STYLES)
    package.relate(book, "styles", name)
    return name


def _tabs(package: MarkedPackage, book: str) -> dict[str, str]:
    """Name → part of every tab, in the order in which they are shown."""
    parts = {key: part for kind in TABS for key, part in package.related(book, kind).items()}
    listed = children(package.tree(book), "sheets")[0]
    return {tab.get("name"): parts[tab.get(f"{{{OFFICE}}}id")] for tab in children(listed, "sheet")}


def _in_cells(name: str, noted: Sequence[Fault | Notis]) -> list[Fault | Notis]:
    return [item for item in noted if item.cell and item.blad.strip() == name.strip()]


def _mark(package: MarkedPackage, part: str, noted: Sequence[Sequence[Fault | Notis]], formats: dict[str, int]) -> None:
    marks: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    taken: set[str] = set()
    for formula, items in zip((TO_MEND_RULE, TO_CHECK_RULE), noted, strict=True):
        marks[formula] = list(dict.fromkeys(item.cell for item in items if item.cell not in taken))
        taken |= set(marks[formula])  # a cell that is wrong is red, whatever else there is to ask about it
        for item in items:
            texts.setdefault(item.cell.split(":")[0], []).append(comment_line(item))
    mark_cells(package.tree(part), marks, formats)
    comment_cells(package, part, texts)


def _unhide(package: MarkedPackage, book: str, name: str) -> None:
    for tab in package.tree(book).iter("{*}sheet"):
        if tab.get("name") == name and tab.get("state"):
            del tab.attrib["state"]


def _first_text(package: MarkedPackage, book: str, part: str) -> str:
    """What stands in a sheet's first cell, written in the cell or in the list that cells share."""
    for cell in package.tree(part).iter("{*}c"):
        holder: Element = cell
        if cell.get("t") == "s":
            shared = next(iter(package.related(book, "sharedStrings").values()))
            holder = children(package.tree(shared), "si")[int(children(cell, "v")[0].text)]
        return "".join(piece.text or "" for piece in holder.iter("{*}t"))
    return ""


def _add_tab(package: MarkedPackage, book: str, name: str, content: bytes) -> str:
    """Add a worksheet as the last tab, so that no number that names a tab comes to mean another: its part."""
    part = package.free("xl/worksheets/sheet{}.xml")
    package.write(part, content)
    package.declare(part, WORKSHEET)
    listed = children(package.tree(book), "sheets")[0]
    number = max(int(tab.get("sheetId")) for tab in children(listed, "sheet")) + 1
    tab = element("sheet", name=name, sheetId=number)
    listed.append(tab)
    tab.set(f"{{{OFFICE}}}id", package.relate(book, "worksheet", part))
    return part

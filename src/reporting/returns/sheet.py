"""The sheet Att rätta of a workbook that goes back to its sender, and what the comments in its cells say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TypeVar

from reporting.faults import Fault, Notis, as_sentence, cell_place
from reporting.params.headings import ATT_KONTROLLERA, KVALITATIVA, MATETAL, OM
from reporting.returns.colours import Format, cell_format
from reporting.returns.comments import OUR_LINES
from reporting.returns.ooxml import Element, element
from reporting.swedish import sentence_case

RETURN_HEADING = "Att rätta i arbetsboken"
"""What stands in A1, and by which the sheet is known as ours when it comes back."""
HEADINGS = ("Blad", "Cell", "Står där", "Väntat", "Gör så här")
NOTICE_HEADINGS = ("Blad", "Cell", "Står där", "Vad vi undrar", "Gör så här")
_LIST_WIDTHS = (20, 12, 28, 50, 50)
_MARKED_SENTENCE = "Cellerna är röda och har en kommentar. "
_HOW = "Rätta i den här filen, spara den med samma namn och skicka tillbaka den. Klicka på en cell i listan för att komma till den."
ASKED = "Det här kan vara rätt. Cellerna är gula. Rätta det som är fel, och svara att resten stämmer."
CONFIRM = "Rätta om det är fel. Svara annars att det stämmer."
WHOLE_FILE, WHOLE_SHEET = "Hela filen", "hela bladet"

FORMATS = {
    "titel": Format(16, fet=True, bryts=False),
    "rubrik": Format(13, fet=True, bryts=False),
    "rad": Format(bryts=False),
    "huvud": Format(fet=True, fylld=True),
    "text": Format(),
    "citat": Format(citat=True),
    "lank": Format(lank=True),
}
"""How each kind of text on the sheet looks."""

Noted = TypeVar("Noted", Fault, Notis)


@dataclass(frozen=True)
class MarkedCell:
    """A cell of the sheet: its text, a key of FORMATS, and the place in the workbook that a click goes to, or ""."""

    text: str
    slag: str = "text"
    lank: str = ""


def in_reading_order(found: Iterable[Noted]) -> list[Noted]:
    """Faults, or notices, as somebody mends them: the whole file first, then sheet by sheet, each row by row."""
    first = ("", OM, MATETAL, KVALITATIVA)

    def key(item: Noted) -> tuple[object, ...]:
        place = first.index(item.blad) if item.blad in first else len(first)
        return place, item.blad, cell_place(item.cell), item

    return sorted(set(found), key=key)


def comment_line(item: Fault | Notis) -> str:
    """What the comment in a cell says about it, on one line."""
    ratta, kontrollera = OUR_LINES
    if isinstance(item, Fault):
        return " ".join(f"{ratta} {item.atgard.rstrip('.')}. Väntat: {as_sentence(item.vantat)}".split())
    return " ".join(f"{kontrollera} {as_sentence(item.iakttagelse)} {CONFIRM}".split())


def sheet(styles: Element, faults: Sequence[Fault], notiser: Sequence[Notis], places: Mapping[str, str]) -> Element:
    """The XML of the sheet Att rätta. styles: styles.xml, to which the sheet's formats are added; places: sheet name → that name, quoted
    for a link."""
    how = (_MARKED_SENTENCE if any(fault.cell for fault in faults) else "") + _HOW
    rows: list[list[MarkedCell]] = [
        [MarkedCell(RETURN_HEADING, "titel")],
        [MarkedCell(how, "rad")],
        [],
        [MarkedCell(text, "huvud") for text in HEADINGS],
    ]
    rows += [_row(fault, sentence_case(fault.vantat), sentence_case(fault.atgard), places) for fault in faults]
    if notiser:
        rows += [[], [MarkedCell(ATT_KONTROLLERA, "rubrik")], [MarkedCell(ASKED, "rad")], []]
        rows += [[MarkedCell(text, "huvud") for text in NOTICE_HEADINGS]]
        rows += [_row(notis, notis.iakttagelse, CONFIRM, places) for notis in notiser]
    return _written(rows, {kind: cell_format(styles, wanted) for kind, wanted in FORMATS.items()})


def _row(item: Fault | Notis, wanted: str, how: str, places: Mapping[str, str]) -> list[MarkedCell]:
    link = f"{places[item.blad]}!{item.cell or 'A1'}" if item.blad in places else ""
    shown = item.shown_stod
    return [
        MarkedCell(item.blad or sentence_case(item.plats) or WHOLE_FILE),
        MarkedCell(item.cell or (WHOLE_SHEET if item.blad else ""), "lank" if link else "text", link),
        MarkedCell(shown, "citat" if shown.startswith(("=", "+", "-", "@")) else "text"),
        MarkedCell(as_sentence(wanted)),
        MarkedCell(as_sentence(how)),
    ]


def _height(row: Sequence[MarkedCell]) -> float:
    """In points, for the text as it breaks in its columns; said outright, since not every program finds it out when it opens a file."""
    return max(
        FORMATS[ruta.slag].storlek * 1.4 * (len(wrap(ruta.text, int(width * 1.1))) if FORMATS[ruta.slag].bryts else 1)
        for ruta, width in zip(row, _LIST_WIDTHS, strict=False)
    )


def _written(rows: Sequence[Sequence[MarkedCell]], formats: Mapping[str, int]) -> Element:
    data, links = element("sheetData"), element("hyperlinks")
    for number, row in enumerate(rows, start=1):
        cells = []
        for letter, ruta in zip("ABCDE", row, strict=False):
            text = element("is", element("t", text=ruta.text))
            cells.append(element("c", text, r=f"{letter}{number}", s=formats[ruta.slag], t="inlineStr"))
            if ruta.lank:
                links.append(element("hyperlink", ref=f"{letter}{number}", location=ruta.lank, display=ruta.text))
        if cells:
            data.append(element("row", *cells, r=number, ht=_height(row), customHeight=1))
    colour = element("tabColor", rgb="FFC00000")
    view = element("sheetView", showGridLines=0, tabSelected=1, workbookViewId=0)
    columns = [
        element("col", min=n, max=n, width=width, customWidth=1) for n, width in enumerate(_LIST_WIDTHS, start=1)
    ]
    return element(
        "worksheet",
        element("sheetPr", colour, element("pageSetUpPr", fitToPage=1)),
        element("sheetViews", view),
        element("sheetFormatPr", defaultRowHeight=15),
        element("cols", *columns),
        data,
        *([links] if len(links) else []),
        element("pageMargins", left=0.5, right=0.5, top=0.6, bottom=0.6, header=0.3, footer=0.3),
        element("pageSetup", paperSize=9, orientation="landscape", fitToHeight=0),
    )

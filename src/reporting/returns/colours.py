"""Cells marked in a workbook that somebody sent: a colour laid over them, and formats for a sheet of ours. What the sender's own
cells look like underneath is not touched, and the colour is taken away again by the same rule that laid it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.params.headings import ATT_KONTROLLERA, ATT_RATTA
from reporting.returns.ooxml import Element, MarkedPackage, NotMarkable, children, element, put_in

TO_MEND_RULE, TO_CHECK_RULE = f'"{ATT_RATTA}"<>""', f'"{ATT_KONTROLLERA}"<>""'
"""The formulas of our two rules: always true, and telling whoever opens Excel's list of rules where the colour comes from."""
COLOURS = {TO_MEND_RULE: ("FF9C0006", "FFFFC7CE"), TO_CHECK_RULE: ("FF7F4F00", "FFFFE699")}
"""Formula → colour of the text and of the cell."""

SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
)  # fmt: skip
"""The order that a sheet's parts must stand in, as far as what we put in."""
STYLE_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip


@dataclass(frozen=True)
class Format:
    """How cells of our own sheet look. fylld: a grey ground; bryts: long text on several lines, a thin line below; citat: what stands
    there stays text even if it begins with = and somebody types in the cell.
    """

    storlek: int = 11
    fet: bool = False
    lank: bool = False
    fylld: bool = False
    bryts: bool = True
    citat: bool = False


def rule_formats(styles: Element) -> dict[str, int]:
    """The formats of our two rules, added to styles.xml where they are not there: formula → dxfId."""
    found = {}
    for formula, (text, ground) in COLOURS.items():
        edges = [element(side, element("color", rgb=text), style="thin") for side in ("left", "right", "top", "bottom")]
        fill = element("fill", element("patternFill", element("bgColor", rgb=ground), patternType="solid"))
        dxf = element("dxf", element("font", element("color", rgb=text)), fill, element("border", *edges))
        found[formula] = _index(styles, "dxfs", dxf)
    return found


def cell_format(styles: Element, wanted: Format) -> int:
    """A format for cells of our own sheet, added to styles.xml where it is not there: its number in cellXfs."""
    named = [name.get("val") for font in children(styles, "fonts")[0][:1] for name in children(font, "name")]
    parts = [element("b")] * wanted.fet + [element("u")] * wanted.lank
    parts += [element("sz", val=wanted.storlek), element("color", rgb="FF0B5394" if wanted.lank else "FF000000")]
    font = element("font", *parts, element("name", val=named[0] if named else "Calibri"), element("family", val=2))
    ground = [element("fgColor", rgb="FFE7E6E6"), element("bgColor", indexed=64)] if wanted.fylld else []
    pattern = element("patternFill", *ground, patternType="solid" if wanted.fylld else "none")
    line = {"bottom": [element("color", rgb="FFBFBFBF")]} if wanted.bryts else {}
    sides = [
        element(side, *line.get(side, ()), **_if(side in line, style="thin"))
        for side in ("left", "right", "top", "bottom", "diagonal")
    ]
    xf = element(
        "xf",
        element("alignment", vertical="top", **_if(wanted.bryts, wrapText=1)),
        numFmtId=0,
        fontId=_index(styles, "fonts", font),
        fillId=_index(styles, "fills", element("fill", pattern)),
        borderId=_index(styles, "borders", element("border", *sides)),
        xfId=0,
        **_if(wanted.citat, quotePrefix=1),
        applyFont=1,
        applyFill=1,
        applyBorder=1,
        applyAlignment=1,
    )
    return _index(styles, "cellXfs", xf)


def _if(wanted: bool, **attributes: object) -> dict[str, Any]:
    return attributes if wanted else {}


def _index(styles: Element, kind: str, wanted: Element) -> int:
    """The place of an element like `wanted` among the formats of a kind; it is added, last, where there is none."""
    found = children(styles, kind)
    if not found:
        if kind != "dxfs":
            raise NotMarkable(f"{kind} saknas")
        put_in(styles, element(kind, count=0), STYLE_ORDER)
        found = children(styles, kind)
    for number, item in enumerate(found[0]):
        if _alike(item, wanted):
            return number
    found[0].append(wanted)
    found[0].set("count", str(len(found[0])))
    return len(found[0]) - 1


def _alike(one: Element, other: Element) -> bool:
    same = one.tag == other.tag and dict(one.attrib) == dict(other.attrib) and len(one) == len(other)
    return same and all(_alike(*pair) for pair in zip(one, other, strict=True))


def mark_cells(sheet: Element, cells: Mapping[str, list[str]], formats: Mapping[str, int]) -> None:
    """Colour cells of a sheet. cells: formula of the rule → cells and ranges. Colours that we laid earlier are taken away first."""
    for group in children(sheet, "conditionalFormatting"):
        for rule in children(group, "cfRule"):
            if [formula.text for formula in children(rule, "formula")][:1] in ([TO_MEND_RULE], [TO_CHECK_RULE]):
                group.remove(rule)
        if not len(group):
            sheet.remove(group)
    laid = {formula: refs for formula, refs in cells.items() if refs}
    first = _made_room(sheet, len(laid))
    for rank, (formula, refs) in reversed(list(enumerate(laid.items(), start=first))):
        always = element("formula", text=formula)
        rule = element("cfRule", always, type="expression", dxfId=formats[formula], priority=rank, stopIfTrue=1)
        put_in(sheet, element("conditionalFormatting", rule, sqref=" ".join(refs)), SHEET_ORDER)


def _made_room(sheet: Element, count: int) -> int:
    """The rank of the first of our rules: before the sender's, since a scale of colours in the outcomes' column would else hide them
    (Excel goes by rank, LibreOffice by the order in the file, so ours are first in both).

    The sender's keep their order among themselves. Pivot tables point to theirs by rank; on such a sheet ours come last.
    """
    ranked = [rule for rule in sheet.iter("{*}cfRule") if rule.get("priority")]
    ranks = [int(rule.get("priority")) for rule in ranked]
    if any(group.get("pivot") in ("1", "true") for group in sheet.iter("{*}conditionalFormatting")):
        return max(ranks, default=0) + 1
    if (lacking := count + 1 - min(ranks, default=count + 1)) > 0:
        for rule, rank in zip(ranked, ranks, strict=True):
            rule.set("priority", str(rank + lacking))
    return 1


def show_only(package: MarkedPackage, workbook: Element, sheets: Mapping[str, str], name: str) -> None:
    """Open the workbook at one sheet. sheets: name → part, in the order of the tabs. No other sheet stays selected beside it, since
    what is typed would then be written in all of them.
    """
    for other, part in sheets.items():
        for view in package.tree(part).iter("{*}sheetView"):
            if other != name and view.get("tabSelected"):
                del view.attrib["tabSelected"]
    views = children(workbook, "bookViews")
    if not views:
        views = [element("bookViews", element("workbookView"))]
        children(workbook, "sheets")[0].addprevious(views[0])
    for view in children(views[0], "workbookView"):
        view.set("activeTab", str(list(sheets).index(name)))

"""A PDF as a reader by ear meets it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from reporting.gate.pdf import below, structure_elements


def check_pdf(path: Path) -> list[str]:
    """What a reader by ear would miss in a PDF, as sentences; none where it has language, title, headings, bookmarks, tables with headers
    that say what they are for, and figures with alternatives."""
    try:
        with pikepdf.open(path) as pdf:
            return [f"{path.name}: {what}" for what in _lacks(pdf)]
    except pikepdf.PdfError as error:
        return [f"{path.name}: filen kan inte läsas som PDF: {error}"]


def _lacks(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    elements = list(structure_elements(pdf))
    kinds = [str(element.S) for element in elements]
    if not str(root.get("/Lang", "")):
        yield "språket saknas"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "titeln saknas"
    if not bool(_inside(root, "/ViewerPreferences", "/DisplayDocTitle")):
        yield "titeln visas inte i fönstret"
    if not bool(_inside(root, "/MarkInfo", "/Marked")) or not elements:
        yield "innehållet är inte taggat"
    if "/H1" not in kinds:
        yield "rubriker saknas i taggarna"
    if "/Outlines" not in root or root.Outlines.get("/First") is None:
        yield "bokmärken saknas"
    for number, table in enumerate((one for one in elements if one.S == "/Table"), start=1):
        headers = [cell for cell in below(table) if cell.S == "/TH"]
        if not headers:
            yield f"tabell {number} har inga rubriker"
        if lone := sum(not any("/Scope" in one for one in _listed(cell.get("/A"))) for cell in headers):
            yield f"tabell {number} har {lone} rubriker som inte säger om de gäller rad eller kolumn"
    for number, figure in enumerate((one for one in elements if one.S == "/Figure"), start=1):
        if not str(figure.get("/Alt", "")).strip():
            yield f"figur {number} saknar textalternativ"


def _listed(value: Any) -> list[Any]:
    """One or more attribute objects, as a list."""
    if value is None:
        return []
    return [
        one for one in (value if isinstance(value, pikepdf.Array) else [value]) if isinstance(one, pikepdf.Dictionary)
    ]


def _inside(root: Any, name: str, key: str) -> object:
    """What a dictionary of the root says; None where it says nothing."""
    found = root.get(name)
    return None if found is None else found.get(key)

"""A csv file as a sheet: semicolons between the columns, UTF-8 or what Excel in Sweden writes (Windows-1252)."""

import codecs
import csv
import io
from pathlib import Path

from reporting.faults import Fault
from reporting.workbook_file import RawCell, Sheet, Workbook
from reporting.workbook_marks import MAX_COLUMNS, MAX_ROWS, column_letters

MAX_BYTES = 2_000_000
SAVE_AS = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"


def open_csv(path: Path, fil: str) -> tuple[Workbook, list[Fault]]:
    """(Workbook with one sheet, named like the file as Excel names it, faults). Every cell is text, as it stands in the file."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        action = "stäng filen i Excel, och kontrollera att du får läsa den"
        return Workbook(), [Fault(fil, "", "", "en fil som går att öppna", action)]
    if size > MAX_BYTES:
        return Workbook(), [Fault(fil, "", f"{size // 1000} kB", f"högst {MAX_BYTES // 1_000_000} MB", SAVE_AS)]
    text = _decoded(raw)
    if text is None:
        return Workbook(), [Fault(fil, "", "", "text, med semikolon mellan kolumnerna", SAVE_AS)]
    lines = text.splitlines()
    if not any(";" in line for line in lines):
        stood = next((line for line in lines if line.strip()), "")
        return Workbook(), [Fault(fil, "rad 1" if lines else "", stood, "semikolon mellan kolumnerna", SAVE_AS)]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except csv.Error:
        return Workbook(), [
            Fault(fil, "", "", "en csv-fil med lika många citattecken före som efter varje text", SAVE_AS)
        ]
    if len(rows) > MAX_ROWS or any(cell.strip() for row in rows for cell in row[MAX_COLUMNS:]):
        wanted = f"högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner"
        return Workbook(), [Fault(fil, "", "", wanted, "ta bort det som står utanför tabellen")]
    cells = (
        tuple(RawCell(f"{column_letters(c)}{r}", cell.strip() or None) for c, cell in enumerate(row, start=1))
        for r, row in enumerate(rows, start=1)
    )
    return Workbook({path.stem[:31]: Sheet(tuple(cells))}), []


def _decoded(raw: bytes) -> str | None:
    """The text; None where it is none. Bytes that are no UTF-8 are Windows-1252, which every Swedish letter tells apart."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None

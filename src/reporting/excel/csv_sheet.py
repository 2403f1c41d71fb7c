"""A csv file as a sheet: semicolons between the columns, UTF-8 or what Excel in Sweden writes (Windows-1252)."""

import codecs
import csv
import io
import re
from pathlib import Path

from reporting.characters import as_meant, broken, cleaned
from reporting.excel.cells import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, column_letters
from reporting.excel.open import RawCell, Sheet, Workbook
from reporting.faults import INGET_BREV, Faults
from reporting.files import decoded
from reporting.guard import SAVE_AS, spaced

_MAX_CSV_BYTES = 1_000_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Characters that no text has: the file is something else, or could play tricks on the terminal that shows its faults."""
IMPORT = "öppna filen i Excel med Data > Från text/CSV, och spara som Excel-arbetsbok (.xlsx)"


AS_UTF_8 = (
    "öppna det som filen kommer från i Excel med Data > Från text/CSV, välj den kodning som visar å, ä och ö rätt (som regel UTF-8), "
    "och spara som Excel-arbetsbok (.xlsx)"
)


def open_csv(path: Path, faults: Faults) -> Workbook:
    """Read a .csv as a Workbook with one sheet, named as Excel would name it; every cell is the text as it stands.

    A file that can't be read so is a fault, put in `faults`; the workbook is then empty.
    """

    def refused(vantat: str, atgard: str, stod: str = "", rad: int = 0, brev: str = "") -> Workbook:
        faults.add(stod, vantat, atgard, rad=rad, brev=brev)
        return Workbook()

    if not faults.is_file(path):
        return Workbook()
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= _MAX_CSV_BYTES else b""
    except OSError:
        action = "stäng filen i Excel, och kontrollera att du får läsa den"
        return refused("en fil som går att öppna", action, brev=INGET_BREV)
    if size > _MAX_CSV_BYTES:
        return refused(f"högst {_MAX_CSV_BYTES // 1_000_000} MB", SAVE_AS, f"{size // 1000} kB")
    text = _decoded(raw)
    if text is None:
        return refused("text, med semikolon mellan kolumnerna", SAVE_AS)
    lines = text.splitlines()
    if not any(";" in line for line in lines):
        stood = next((line for line in lines if line.strip()), "")
        return refused("semikolon mellan kolumnerna", IMPORT, stood, rad=1 if lines else 0)
    try:
        rows = _rows(text)
    except csv.Error as error:
        wanted = "en csv-fil med lika många citattecken före som efter varje text"
        if "limit" in str(error):  # the text may be that long, or a quotation mark may be lacking
            wanted += f", och med högst {spaced(MAX_TEXT)} tecken i varje cell"
        return refused(wanted, SAVE_AS)
    beyond = "ta bort det som står utanför tabellen"
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        return refused(f"högst {spaced(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner", beyond)
    if sum(map(len, rows)) > MAX_CELLS:
        return refused(f"högst {spaced(MAX_CELLS)} celler", beyond)
    name = path.stem[:31]
    hurt = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if broken(cell)]
    if hurt:
        (r, c), more = hurt[0], f"; {len(hurt) - 1} celler till är fel på samma sätt" if len(hurt) > 1 else ""
        faults.at(faults.fil, name).unreadable(rows[r][c], AS_UTF_8, cell=f"{column_letters(c + 1)}{r + 1}", more=more)
        rows = [list(map(as_meant, row)) for row in rows]  # so that all else that is wrong comes at once
    cells = (
        tuple(RawCell(f"{column_letters(c)}{r}", cell or None) for c, cell in enumerate(row, start=1))
        for r, row in enumerate(rows, start=1)
    )
    return Workbook({name: Sheet(tuple(cells))})


def _rows(text: str) -> list[list[str]]:
    """The cells, without the empty ones at the end of each row and the empty rows at the end, of which Excel writes as many as
    the sheet once had; no more rows than it takes to see that they are too many. Raises csv.Error."""
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True):
        cells = [cleaned(cell).strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(len(cell) > MAX_TEXT for cell in cells):
            raise csv.Error("limit")
        rows.append(cells)
        if cells and len(rows) > MAX_ROWS:
            break
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _decoded(raw: bytes) -> str | None:
    """The text; None where it is none."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16") if is_wide else decoded(raw.removeprefix(codecs.BOM_UTF8))[0]
    except UnicodeDecodeError:
        return None
    return None if text is None or CONTROL.search(text) else text

"""What there is to say of a sheet besides its rows: what stands outside the table, what is merged, hidden or commented."""

from collections.abc import Sequence

from reporting.excel.open import Sheet
from reporting.excel.parts import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS
from reporting.faults import cell_place
from reporting.guard import spaced
from reporting.params.headings import ATT_KONTROLLERA, ATT_RATTA
from reporting.reading.cell_text import read_cell
from reporting.reading.context import Delivery
from reporting.swedish import enumeration


def outside(delivery: Delivery, sheet: Sheet, top: int, headings: dict[int, str], required: Sequence[str]) -> None:
    """Numbers above the headings, where a sheet that was sorted with its headings has its rows; and a second table below the first."""
    for cells in sheet.rows[:top]:
        for index, cell in enumerate(cells):
            if headings.get(index, required[0]) != required[0] and read_cell(cell.text).kind == "number":
                action = "flytta raden under rubrikerna, eller töm cellen"
                delivery.fault(cell, f"inga tal ovanför rubrikerna, som står på rad {top + 1}", action)
    for cells in sheet.rows[top + 1 :]:
        again = {cell.heading for cell in cells if not cell.is_empty}
        if len(again) > 1 and set(required) <= again:
            action = "lägg den andra tabellens rader under den första, eller i en egen fil"
            delivery.fault(cells[0], "en enda tabell på bladet", action)


def out_of_reach(delivery: Delivery, sheet: Sheet) -> None:
    """That the sheet is larger than is read, or that something stands beyond what is."""
    if sheet.marks and sheet.marks.too_large:
        wanted = f"högst {spaced(MAX_CELLS)} celler, av vilka {spaced(MAX_MERGED)} är sammanslagna"
        delivery.fault("", wanted, "kopiera tabellen till ett nytt blad, och ta bort det gamla")
    elif sheet.marks and sheet.marks.beyond:
        wanted = f"högst {spaced(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner"
        delivery.fault(sheet.marks.beyond, wanted, "ta bort det som står utanför tabellen")


def marks(delivery: Delivery, sheet: Sheet, top: int, headings: dict[int, str]) -> None:
    """Cells that are merged so that a value can't be placed; rows and columns that are hidden; comments in cells."""
    said, blad, fil = sheet.marks, delivery.blad, delivery.fil
    if said is None:
        return
    note = delivery.faults.note
    for ref in said.merged:
        (first_row, first_column), (last_row, last_column) = (cell_place(ref.split(":")[end]) for end in (0, -1))
        rows = range(max(first_row, top + 1), last_row + 1)
        if len(rows) * sum(first_column <= column <= last_column for column in headings) > 1:
            delivery.fault(ref, "celler som inte är sammanslagna", "dela upp cellerna, och skriv värdet på varje rad")
    filled = {n for n, row in enumerate(sheet.rows, start=1) if n > top and any(not cell.is_empty for cell in row)}
    hidden = [str(number) for number in sorted(said.hidden_rows & filled)]
    if hidden:
        text = "Raden är dold men läses." if len(hidden) == 1 else "Raderna är dolda men läses."
        stood = f"rad {hidden[0]}" if len(hidden) == 1 else f"raderna {enumeration(hidden)}"
        note(stood, text, f"dolda rader på {blad} i {fil}")
    concealed = [name for index, name in headings.items() if index + 1 in said.hidden_columns]
    if concealed:
        text = "Kolumnen är dold men läses." if len(concealed) == 1 else "Kolumnerna är dolda men läses."
        note(enumeration(concealed), text, f"dolda kolumner på {blad} i {fil}")
    if said.hidden:
        note("", "Bladet är dolt men läses.", f"dolt blad {blad} i {fil}")
    for ref, text in said.comments:
        ours = (f"{ATT_RATTA}:", f"{ATT_KONTROLLERA}:")
        own = " ".join(line for line in text.splitlines() if not line.startswith(ours)).strip()
        if own:
            note(own, "Kommentaren vid cellen kommer inte med i rapporten.", f"kommentar på {blad} {ref} i {fil}", ref)

"""What there is to say of a sheet besides its rows: what stands outside the table, what is merged, hidden or commented."""

import re
from collections.abc import Sequence

from reporting.excel.open import Sheet
from reporting.excel.parts import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, column_number
from reporting.faults import Notis
from reporting.guard import spaced
from reporting.params.headings import ATT_KONTROLLERA, ATT_RATTA
from reporting.reading.cell_text import read_cell
from reporting.reading.context import Delivery, Found
from reporting.swedish import enumeration


def outside(
    delivery: Delivery, blad: str, sheet: Sheet, top: int, headings: dict[int, str], required: Sequence[str]
) -> list[Found]:
    """Numbers above the headings, where a sheet that was sorted with its headings has its rows; and a second table below the first."""
    found: list[Found] = []
    for cells in sheet.rows[:top]:
        for index, cell in enumerate(cells):
            if headings.get(index, required[0]) != required[0] and read_cell(cell.text).kind == "number":
                action = "flytta raden under rubrikerna, eller töm cellen"
                found.append(
                    delivery.fault(blad, cell, f"inga tal ovanför rubrikerna, som står på rad {top + 1}", action)
                )
    for cells in sheet.rows[top + 1 :]:
        again = {cell.heading for cell in cells if not cell.is_empty}
        if len(again) > 1 and set(required) <= again:
            action = "lägg den andra tabellens rader under den första, eller i en egen fil"
            found.append(delivery.fault(blad, cells[0], "en enda tabell på bladet", action))
    return found


def out_of_reach(delivery: Delivery, blad: str, sheet: Sheet) -> list[Found]:
    """That the sheet is larger than is read, or that something stands beyond what is."""
    if sheet.marks and sheet.marks.too_large:
        action = "kopiera tabellen till ett nytt blad, och ta bort det gamla"
        wanted = f"högst {spaced(MAX_CELLS)} celler, av vilka {spaced(MAX_MERGED)} är sammanslagna"
        return [delivery.fault(blad, "", wanted, action)]
    if sheet.marks and sheet.marks.beyond:
        wanted = f"högst {spaced(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner"
        return [delivery.fault(blad, sheet.marks.beyond, wanted, "ta bort det som står utanför tabellen")]
    return []


def marks(delivery: Delivery, blad: str, sheet: Sheet, top: int, headings: dict[int, str]) -> list[Found]:
    """Cells that are merged so that a value can't be placed; rows and columns that are hidden; comments in cells."""
    said = sheet.marks
    if said is None:
        return []
    found: list[Found] = []
    columns = {index + 1 for index in headings}
    for ref in said.merged:
        first_column, first_row, last_column, last_row = _corners(ref)
        rows = range(max(first_row, top + 2), last_row + 1)
        if len(rows) * sum(first_column <= column <= last_column for column in columns) > 1:
            wanted = "celler som inte är sammanslagna"
            found.append(delivery.fault(blad, ref, wanted, "dela upp cellerna, och skriv värdet på varje rad"))
    filled = {n for n, row in enumerate(sheet.rows, start=1) if n > top and any(not cell.is_empty for cell in row)}
    hidden = [str(number) for number in sorted(said.hidden_rows & filled)]
    if hidden:
        text = "Raden är dold men läses." if len(hidden) == 1 else "Raderna är dolda men läses."
        stood = f"rad {hidden[0]}" if len(hidden) == 1 else f"raderna {enumeration(hidden)}"
        found.append(Notis(delivery.fil, stood, text, f"dolda rader på {blad} i {delivery.fil}", blad=blad))
    concealed = [name for index, name in headings.items() if index + 1 in said.hidden_columns]
    if concealed:
        text = "Kolumnen är dold men läses." if len(concealed) == 1 else "Kolumnerna är dolda men läses."
        found.append(
            Notis(
                delivery.fil,
                enumeration(concealed),
                text,
                f"dolda kolumner på {blad} i {delivery.fil}",
                blad=blad,
            )
        )
    if said.hidden:
        found.append(delivery.notis(blad, "", "Bladet är dolt men läses.", f"dolt blad {blad} i {delivery.fil}"))
    for ref, text in said.comments:
        ours = (f"{ATT_RATTA}:", f"{ATT_KONTROLLERA}:")
        own = " ".join(line for line in text.splitlines() if not line.startswith(ours)).strip()
        if own:
            found.append(
                Notis(
                    delivery.fil,
                    own,
                    "Kommentaren vid cellen kommer inte med i rapporten.",
                    f"kommentar på {blad} {ref} i {delivery.fil}",
                    blad=blad,
                    cell=ref,
                )
            )
    return found


def _corners(ref: str) -> tuple[int, int, int, int]:
    parts = [re.fullmatch(r"([A-Z]+)(\d+)", part) for part in ref.split(":")]
    places = [(column_number(part[1]), int(part[2])) for part in parts if part]
    return (*places[0], *places[-1])

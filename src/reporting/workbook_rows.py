"""The sheets and rows of an outcome workbook, held against the plan: what can be read on, and what is wrong."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reporting.faults import Fault, nearest
from reporting.periods import Period
from reporting.plan import Plan
from reporting.workbook_file import RawCell, Sheet
from reporting.workbook_layout import KVALITATIVA, MATETAL, OM, OM_ROWS


@dataclass(frozen=True)
class Delivery:
    """What a workbook is read against. blad: the names of the sheets that may stand beside the outcomes."""

    fil: str
    namnd: str
    period: Period
    plan: Plan
    historik: bool
    blad: tuple[str, ...] = ()

    def fault(self, blad: str, cell: RawCell | str, vantat: str, atgard: str) -> Fault:
        """A fault in this workbook; `cell` is a cell that was read, the reference of one that wasn't, or ""."""
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        return Fault(self.fil, f"blad {blad}, cell {ref}" if ref else f"blad {blad}", text, vantat, atgard)


def om_faults(delivery: Delivery, sheets: dict[str, Sheet]) -> list[Fault]:
    """Sheets that are unknown or lacking, and an Om leveransen for another nämnd or period."""
    known = (OM, MATETAL, KVALITATIVA, *delivery.blad)
    faults = [
        delivery.fault(
            name,
            "",
            f"ett av bladen {', '.join(known)}",
            f"rätta bladets namn eller ta bort det.{nearest(name, known)}",
        )
        for name in sheets
        if name not in known and not delivery.historik
    ]
    if not delivery.historik and not any(name in sheets for name in known[1:]):
        faults.append(Fault(delivery.fil, "", ", ".join(sheets), f"bladet {MATETAL}", "lägg in bladet med utfallen"))
    if OM not in sheets:
        return [*faults, Fault(delivery.fil, "", "", f"bladet {OM}, med nämnd och period", "lägg till bladet")]
    said = {row[0].text.lower(): row[1] for row in sheets[OM] if len(row) > 1 and not row[0].is_empty}
    for label, wanted in (("nämnd", delivery.namnd), ("period", str(delivery.period))):
        if label not in said:
            faults.append(delivery.fault(OM, "", f"raden {label}", f"skriv {label} i kolumn A och {wanted} i kolumn B"))
        elif said[label].month != wanted:
            faults.append(delivery.fault(OM, said[label], wanted, "rätta cellen, eller lägg filen i rätt mapp"))
    for row in sheets[OM]:
        if row and not row[0].is_empty and row[0].text.lower() not in OM_ROWS:
            hint = nearest(row[0].text.lower(), OM_ROWS)
            faults.append(
                delivery.fault(OM, row[0], f"en av raderna {', '.join(OM_ROWS)}", f"rätta eller ta bort raden.{hint}")
            )
    return faults


Row = dict[str, RawCell]


def read_rows(
    delivery: Delivery,
    blad: str,
    sheet: Sheet,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    others: str = "(?!)",
    nyckel: str = "mätetalets id ur planen",
) -> tuple[list[Row], list[Fault]]:
    """The rows below the headings, as column → cell; rows that are empty or lack their key are left out.

    required: the columns that must be there, the first of which is each row's key; others: a pattern for headings that are
    allowed besides `columns`, such as years; nyckel: what the key is, for the row that lacks it.
    """
    if not sheet:
        return [], []
    faults: list[Fault] = []
    headings: dict[int, str] = {}
    for index, cell in enumerate(sheet[0]):
        heading = " ".join(cell.month.lower().split())
        if heading in headings.values():
            faults.append(delivery.fault(blad, cell, "varje rubrik en gång", "ta bort den ena kolumnen"))
        elif heading in columns or re.fullmatch(others, heading):
            headings[index] = heading
        elif heading:
            hint = nearest(heading, columns)
            faults.append(
                delivery.fault(
                    blad,
                    cell,
                    f"en av rubrikerna {', '.join(columns)}",
                    f"rätta rubriken eller ta bort kolumnen.{hint}",
                )
            )
    for name in required:
        if name not in headings.values():
            faults.append(delivery.fault(blad, "", f"en kolumn med rubriken {name} på rad 1", "lägg till kolumnen"))
    if faults:
        return [], faults
    unnamed = [cell for cells in sheet[1:] for index, cell in enumerate(cells) if index not in headings]
    faults += [
        delivery.fault(blad, cell, "en rubrik på rad 1 över kolumnen", "skriv rubriken, eller töm cellen")
        for cell in unnamed
        if not cell.is_empty
    ]
    rows: list[Row] = []
    for cells in sheet[1:]:
        row = {heading: cells[index] for index, heading in headings.items() if index < len(cells)}
        if all(cell.is_empty for cell in row.values()):
            continue
        if required[0] not in row or row[required[0]].is_empty:
            column = next(index for index, heading in headings.items() if heading == required[0])
            ref = cells[column].ref if column < len(cells) else ""
            faults.append(delivery.fault(blad, ref, nyckel, f"skriv {required[0]}, eller töm raden"))
            continue
        rows.append(row)
    return rows, faults


def known_rows(
    delivery: Delivery, blad: str, rows: list[Row], ids: Iterable[str], seen: Callable[[str], str | None], what: str
) -> tuple[list[Row], list[Fault]]:
    """The rows whose id is in the plan and has not been seen before."""
    ids = list(ids)
    kept: dict[str, Row] = {}
    faults: list[Fault] = []
    for row in rows:
        name = row["id"].text
        before = f"cell {kept[name]['id'].ref}" if name in kept else seen(name)
        if name not in ids:
            if not delivery.historik:
                faults.append(
                    delivery.fault(blad, row["id"], f"ett {what} i planen", f"rätta id:t.{nearest(name, ids)}")
                )
        elif before:
            faults.append(
                delivery.fault(
                    blad, row["id"], f"varje {what} en gång; det står redan i {before}", "ta bort den ena raden"
                )
            )
        else:
            kept[name] = row
    return list(kept.values()), faults

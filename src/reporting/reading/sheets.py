"""Which sheet of a workbook is which, whatever it is called."""

import re
from collections.abc import Mapping, Sequence

from reporting.characters import cleaned
from reporting.excel.open import Sheet, Workbook
from reporting.faults import asked, closest
from reporting.params.headings import (
    ATT_RATTA,
    EARLIER_COLUMN,
    HJALP,
    KVALITATIVA,
    KVALITATIVA_COLUMNS,
    MATETAL,
    MATETAL_COLUMNS,
    OM,
    OM_ROWS,
)
from reporting.reading.context import Delivery
from reporting.reading.rows import SheetKind, comparable_name, heading_row

NEAR_SHEET = 0.8
"""How like a sheet's name must be one of ours to be a misspelling of it; «Anteckningar» is none of «Granskningar»."""


OUTCOMES = {
    MATETAL: SheetKind(MATETAL_COLUMNS, ("id", "utfall"), EARLIER_COLUMN, unread=HJALP),
    KVALITATIVA: SheetKind(KVALITATIVA_COLUMNS, ("id", "svar"), unread=HJALP),
}
"""The sheets that every workbook may have; the others are defined in blad."""


def recognised(delivery: Delivery, workbook: Workbook, kinds: Mapping[str, SheetKind]) -> list[tuple[str, str]]:
    """Tell which of a workbook's sheets are ours: [(kind, a key of `kinds` or OM; the sheet's name in the workbook)].

    A sheet is known by its name, capitals, spaces, dots and rings aside, or by headings that fit one kind only. One that looks like a
    sheet of ours and isn't known is a fault; any other that holds something is passed over, with a notis.
    """
    known = {comparable_name(name): name for name in (OM, *kinds)}
    sheets: list[tuple[str, str]] = []
    unknown: list[str] = []
    for name, sheet in workbook.sheets.items():
        plain = re.sub(r" ?\(\d+\)$", "", cleaned(name).strip())  # Excel's copy of a sheet
        if comparable_name(plain) == comparable_name(ATT_RATTA):
            continue
        if kind := known.get(comparable_name(plain)):
            sheets.append((kind, name))
        elif not _holds_something(sheet):
            continue
        elif _is_om(sheet):
            sheets.append((OM, name))
        elif len(fitting := [kind for kind, item in kinds.items() if _fits(sheet, item)]) == 1:
            sheets.append((fitting[0], name))
        else:
            unknown.append(name)
    # the one that has the very name first, so that a copy, or last year's sheet, is never taken for it
    sheets.sort(key=lambda pair: ((OM, *kinds).index(pair[0]), pair[0] != pair[1]))
    kept: dict[str, str] = {}
    for kind, name in sheets:
        first = kept.setdefault(kind, name)
        if first != name and _holds_something(workbook.sheets[name]) and not delivery.historik:
            action = "ta bort det ena bladet, eller låt rubrikerna på det vara andra än våra"
            delivery.on(name, kind).fault("", f"ett enda blad {kind}; bladet {first} är det redan", action)
    for name in unknown:
        if not delivery.historik:
            _tell_unknown(delivery.on(name), workbook.sheets[name], kinds)
        meant = _near_kind(name, tuple(kinds))
        if meant and meant not in kept and _has_required(workbook.sheets[name], kinds[meant]):
            kept[meant] = name  # so that what is wrong on it is told in the same go
    return list(kept.items())


def _tell_unknown(delivery: Delivery, sheet: Sheet, kinds: Mapping[str, SheetKind]) -> None:
    wanted = (OM, *kinds)
    near = _near_kind(delivery.blad, wanted)
    if near or any(_has_required(sheet, item) for item in kinds.values()):
        delivery.fault("", f"ett av bladen {', '.join(wanted)}", f"rätta bladets namn eller ta bort det.{asked(near)}")
    else:
        delivery.notis("", "Bladet läses inte.", f"bladet {delivery.blad}")


def _near_kind(name: str, kinds: Sequence[str]) -> str:
    """The kind of sheet that a sheet's name is a misspelling of, or ""."""
    names = {comparable_name(item): item for item in kinds}
    return names.get(closest(comparable_name(name), names, NEAR_SHEET), "")


def _holds_something(sheet: Sheet) -> bool:
    return any(not cell.is_empty for row in sheet.rows for cell in row) or bool(sheet.marks and sheet.marks.too_large)


def _is_om(sheet: Sheet) -> bool:
    labels = {row[0].heading for row in sheet.rows if row}
    return {OM_ROWS[0], OM_ROWS[1]} <= labels


def _has_required(sheet: Sheet, kind: SheetKind) -> bool:
    top = heading_row(sheet, kind)
    headings = {cell.heading for cell in sheet.rows[top]} if sheet.rows else set()
    return len(kind.columns) > 1 and set(kind.required) <= headings and len(headings & set(kind.columns)) > 1


def _fits(sheet: Sheet, kind: SheetKind) -> bool:
    if not _has_required(sheet, kind):
        return False
    top = heading_row(sheet, kind)
    headings = [cell.heading for cell in sheet.rows[top] if not cell.is_empty]
    return all(heading in kind.columns or re.fullmatch(kind.others, heading) for heading in headings)

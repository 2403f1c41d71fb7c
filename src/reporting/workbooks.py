"""Outcome workbooks, read: what was measured, cell by cell, and every fault of every file at once."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from reporting.cells import QUALITATIVE, SAKNAS_ORSAKER, read_cell, reason_for_missing
from reporting.faults import Fault, nearest
from reporting.periods import Period
from reporting.plan import Matetal, Plan
from reporting.swedish import amount, enumeration, number, read_date
from reporting.workbook_file import OTHER_FORMATS, RawCell, Sheet, open_workbook
from reporting.workbook_layout import (
    KON_COLUMNS,
    KVALITATIVA,
    KVALITATIVA_COLUMNS,
    MATETAL,
    MATETAL_COLUMNS,
    OM,
    OM_ROWS,
)


@dataclass(frozen=True)
class Utfall:
    """One measured value, or the reason why there is none, and the cell where it stands.

    kon: "" for the total; varde: in the mätetal's mattenhet (82 for 82 %); saknas: a key of SAKNAS_ORSAKER where varde is
    None; text: what was written instead of a value; matt_till: the last day measured, where the row says so.
    """

    period: Period
    matetal: str
    kon: str
    varde: Decimal | None
    saknas: str | None
    text: str
    matt_till: date | None
    anmarkning: str
    kommentar: str
    fil: str
    blad: str
    cell: str


@dataclass(frozen=True)
class Svar:
    """The answer to a kvalitativt mått ("ja", "delvis", "nej") and the cell where it stands."""

    period: Period
    matt: str
    svar: str
    kommentar: str
    fil: str
    blad: str
    cell: str


@dataclass(frozen=True)
class Fil:
    """A file that was read: path relative to the root, and the checksum of its content."""

    fil: str
    sha256: str


@dataclass(frozen=True)
class Leverans:
    """What one nämnd has delivered for one period."""

    utfall: tuple[Utfall, ...] = ()
    svar: tuple[Svar, ...] = ()
    filer: tuple[Fil, ...] = ()


@dataclass(frozen=True)
class _Delivery:
    """What a workbook is read against."""

    fil: str
    namnd: str
    period: Period
    plan: Plan
    historik: bool

    def fault(self, blad: str, cell: RawCell | str, vantat: str, atgard: str) -> Fault:
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.formula or cell.text)
        return Fault(self.fil, f"blad {blad}, cell {ref}" if ref else f"blad {blad}", text, vantat, atgard)


def checksum(path: Path, fil: str) -> Fil:
    """The file's name and the sha256 of its bytes."""
    return Fil(fil, hashlib.sha256(path.read_bytes()).hexdigest())


def read_workbooks(
    folder: Path, fil: str, period: Period, plan: Plan, expected: Iterable[str] = (), *, historik: bool = False
) -> tuple[Leverans, list[Fault]]:
    """Read every workbook in `folder` (named `fil` in faults): (Leverans, faults).

    expected: file names that must be there. historik: an earlier period, read for comparison; ids that the plan doesn't
    know are then left out instead of being faults. A folder that doesn't exist gives an empty Leverans.
    """
    faults: list[Fault] = []
    utfall: list[Utfall] = []
    svar: list[Svar] = []
    filer: list[Fil] = []
    for name in expected:
        if not (folder / name).is_file():
            wanted = f"arbetsboken, som params/{period}.yml räknar upp"
            faults.append(Fault(f"{fil}/{name}", "", "", wanted, "lägg filen i mappen, eller ta bort den ur arbetsbocker"))
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        name = f"{fil}/{path.name}"
        if path.suffix.lower() in OTHER_FORMATS:
            faults.append(Fault(name, "", "", "en Excel-arbetsbok (.xlsx)", "öppna filen i Excel och spara som .xlsx"))
        if path.suffix.lower() != ".xlsx" or path.name.startswith("~$"):
            continue
        filer.append(checksum(path, name))
        sheets, found = open_workbook(path, name)
        faults += found
        if sheets:
            delivery = _Delivery(name, plan.namnd, period, plan, historik)
            faults += _om_faults(delivery, sheets)
            faults += _matetal(delivery, sheets.get(MATETAL, ()), utfall)
            faults += _kvalitativa(delivery, sheets.get(KVALITATIVA, ()), svar)
    return Leverans(tuple(utfall), tuple(svar), tuple(filer)), faults


def _om_faults(delivery: _Delivery, sheets: dict[str, Sheet]) -> list[Fault]:
    known = (OM, MATETAL, KVALITATIVA)
    faults = [
        delivery.fault(name, "", f"ett av bladen {', '.join(known)}", f"rätta bladets namn eller ta bort det.{nearest(name, known)}")
        for name in sheets
        if name not in known
    ]
    if MATETAL not in sheets and KVALITATIVA not in sheets:
        faults.append(Fault(delivery.fil, "", ", ".join(sheets), f"bladet {MATETAL}", "lägg in bladet med utfallen"))
    if OM not in sheets:
        return [*faults, Fault(delivery.fil, "", "", f"bladet {OM}, med nämnd och period", "lägg till bladet")]
    said = {row[0].text.lower(): row[1] for row in sheets[OM] if len(row) > 1 and not row[0].is_empty}
    for label, wanted in (("nämnd", delivery.namnd), ("period", str(delivery.period))):
        if label not in said:
            faults.append(delivery.fault(OM, "", f"raden {label}", f"skriv {label} i kolumn A och {wanted} i kolumn B"))
        elif said[label].text != wanted:
            faults.append(delivery.fault(OM, said[label], wanted, "rätta cellen, eller lägg filen i rätt mapp"))
    for row in sheets[OM]:
        if row and not row[0].is_empty and row[0].text.lower() not in OM_ROWS:
            hint = nearest(row[0].text.lower(), OM_ROWS)
            faults.append(delivery.fault(OM, row[0], f"en av raderna {', '.join(OM_ROWS)}", f"rätta eller ta bort raden.{hint}"))
    return faults


Row = dict[str, RawCell]


def _rows(delivery: _Delivery, blad: str, sheet: Sheet, columns: tuple[str, ...]) -> tuple[list[Row], list[Fault]]:
    """The rows below the headings, as column → cell; rows that are empty or have no usable id are left out."""
    if not sheet:
        return [], []
    faults: list[Fault] = []
    headings: dict[int, str] = {}
    for index, cell in enumerate(sheet[0]):
        heading = " ".join(cell.text.lower().split())
        if heading in columns:
            headings[index] = heading
        elif heading:
            hint = nearest(heading, columns)
            faults.append(delivery.fault(blad, cell, f"en av rubrikerna {', '.join(columns)}", f"rätta rubriken eller ta bort kolumnen.{hint}"))
    for required in ("id", columns[2]):
        if required not in headings.values():
            faults.append(delivery.fault(blad, "", f"en kolumn med rubriken {required} på rad 1", "lägg till kolumnen"))
    if faults:
        return [], faults
    rows: list[Row] = []
    for number_, cells in enumerate(sheet[1:], start=2):
        row = {heading: cells[index] for index, heading in headings.items() if index < len(cells)}
        if all(cell.is_empty for cell in row.values()):
            continue
        if row["id"].is_empty:
            faults.append(delivery.fault(blad, f"A{number_}", "mätetalets id ur planen", "skriv id, eller töm raden"))
            continue
        rows.append(row)
    return rows, faults


def _known(
    delivery: _Delivery, blad: str, rows: list[Row], ids: Iterable[str], seen: Callable[[str], str | None], what: str
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
                faults.append(delivery.fault(blad, row["id"], f"ett {what} i planen", f"rätta id:t.{nearest(name, ids)}"))
        elif before:
            faults.append(delivery.fault(blad, row["id"], f"varje {what} en gång; det står redan i {before}", "ta bort den ena raden"))
        else:
            kept[name] = row
    return list(kept.values()), faults


def _matetal(delivery: _Delivery, sheet: Sheet, utfall: list[Utfall]) -> list[Fault]:
    plan = {matetal.id: matetal for matetal in delivery.plan.matetal}
    rows, faults = _rows(delivery, MATETAL, sheet, MATETAL_COLUMNS)

    def seen(name: str) -> str | None:
        return next((f"{u.fil}, cell {u.cell}" for u in utfall if u.matetal == name), None)

    rows, found = _known(delivery, MATETAL, rows, plan, seen, "mätetal")
    faults += found
    for row in rows:
        matetal = plan[row["id"].text]
        matt_till, fault = _matt_till(delivery, row.get("mätt till och med"))
        faults += [fault] if fault else []
        remark = row["anmärkning"].text if "anmärkning" in row else ""
        comment = row["kommentar"].text if "kommentar" in row else ""
        for column in ("utfall", *KON_COLUMNS):
            cell = row.get(column)
            if cell is None or (column != "utfall" and cell.is_empty):
                continue
            kon = "" if column == "utfall" else column
            if kon and kon not in matetal.kon:
                faults.append(delivery.fault(MATETAL, cell, f"en tom cell: planen delar inte {matetal.id} på {kon}", "töm cellen, eller ändra kon i planen"))
                continue
            varde, saknas, fault = _value(delivery, cell, row.get("anmärkning"), matetal)
            if fault:
                faults.append(fault)
            text = "" if varde is not None else cell.text or remark
            utfall.append(Utfall(delivery.period, matetal.id, kon, varde, saknas, text, matt_till, remark, comment, delivery.fil, MATETAL, cell.ref or row["id"].ref))  # fmt: skip
    return faults


def _matt_till(delivery: _Delivery, cell: RawCell | None) -> tuple[date | None, Fault | None]:
    if cell is None or cell.is_empty:
        return None, None
    try:
        day = cell.value if isinstance(cell.value, date) else read_date(cell.text)
    except ValueError as error:
        return None, delivery.fault(MATETAL, cell, "den sista dag som mätningen avser", f"{error}")
    if day > delivery.period.last_day:
        return None, delivery.fault(MATETAL, cell, f"en dag senast {delivery.period.last_day}", "rätta dagen, eller lämna utfallet i en senare period")
    return day, None


def _value(
    delivery: _Delivery, cell: RawCell, remark: RawCell | None, matetal: Matetal
) -> tuple[Decimal | None, str | None, Fault | None]:
    """(value, None, None), (None, reason, None), (None, None, None) for nothing delivered, or a fault."""
    wanted = f"ett tal i {matetal.mattenhet}, eller orsaken till att utfall saknas ({', '.join(SAKNAS_ORSAKER)})"
    if cell.error:
        return None, None, delivery.fault(MATETAL, cell, wanted, "rätta formeln som ger felet, eller skriv talet")
    if cell.formula and cell.value is None:
        return None, None, delivery.fault(MATETAL, cell, wanted, "öppna filen i Excel så att formeln räknas, och spara; eller skriv talet")
    if isinstance(cell.value, bool) or isinstance(cell.value, date):
        return None, None, delivery.fault(MATETAL, cell, wanted, "skriv talet; cellen kan ha formaterats om till datum")
    if isinstance(cell.value, int | float):
        return _typed_number(delivery, cell, matetal)
    return _typed_text(delivery, cell, remark, matetal, wanted)


def _typed_number(delivery: _Delivery, cell: RawCell, matetal: Matetal) -> tuple[Decimal | None, None, Fault | None]:
    value = Decimal(repr(cell.value))
    if not value.is_finite():
        return None, None, delivery.fault(MATETAL, cell, "ett tal", "skriv talet")
    per_cent = "%" in cell.number_format
    if matetal.mattenhet == "procent":
        if per_cent:
            return value * 100, None, None
        if 0 < abs(value) < 1:
            return None, None, delivery.fault(
                MATETAL, cell, f"en andel: {amount(value, 'procent')} eller {amount(value * 100, 'procent')}?", "skriv talet med procenttecken"
            )
    elif per_cent:
        return None, None, delivery.fault(MATETAL, cell, f"ett tal i {matetal.mattenhet}, inte i procent", "ta bort procentformatet och skriv talet")
    return value, None, None


def _typed_text(
    delivery: _Delivery, cell: RawCell, remark: RawCell | None, matetal: Matetal, wanted: str
) -> tuple[Decimal | None, str | None, Fault | None]:
    reading = read_cell(cell.text)
    if reading.kind == "number":
        if reading.unit in (None, matetal.mattenhet):
            return reading.values[0], None, None
        return None, None, delivery.fault(MATETAL, cell, f"ett tal i {matetal.mattenhet}", "räkna om talet, eller rätta mattenhet i planen")
    if reading.kind == "missing-text":
        return None, reading.word, None
    if reading.kind in ("missing-empty", "missing-symbol"):
        if remark is not None and not remark.is_empty:
            reason = reason_for_missing(remark.text)
            return None, reason, None if reason else delivery.fault(MATETAL, remark, f"orsaken till att utfall saknas: {', '.join(SAKNAS_ORSAKER)}", "skriv en av orsakerna")
        if reading.kind == "missing-symbol":
            return None, None, delivery.fault(MATETAL, cell, wanted, "skriv orsaken i stället, eller i kolumnen anmärkning")
        return None, None, None
    hint = f"; ett tal i texten är {enumeration([number(v) for v in reading.values])}" if reading.values else ""
    return None, None, delivery.fault(MATETAL, cell, wanted + hint, "skriv bara talet, och resten i kolumnen kommentar")


def _kvalitativa(delivery: _Delivery, sheet: Sheet, svar: list[Svar]) -> list[Fault]:
    rows, faults = _rows(delivery, KVALITATIVA, sheet, KVALITATIVA_COLUMNS)

    def seen(name: str) -> str | None:
        return next((f"{s.fil}, cell {s.cell}" for s in svar if s.matt == name), None)

    ids = [matt.id for matt in delivery.plan.kvalitativa_matt]
    rows, found = _known(delivery, KVALITATIVA, rows, ids, seen, "kvalitativt mått")
    faults += found
    for row in rows:
        cell = row["svar"]
        answer = cell.text.lower()
        if cell.is_empty:
            continue
        if answer not in QUALITATIVE:
            faults.append(delivery.fault(KVALITATIVA, cell, "Ja, Delvis eller Nej", f"skriv ett av orden.{nearest(answer, QUALITATIVE)}"))
            continue
        comment = row["kommentar"].text if "kommentar" in row else ""
        svar.append(Svar(delivery.period, row["id"].text, answer, comment, delivery.fil, KVALITATIVA, cell.ref))
    return faults

"""Outcome workbooks, read: what was measured, cell by cell, and every fault of every file at once."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from reporting.blad import PROGRAMMETS, Blad
from reporting.blad_reader import read_blad
from reporting.cells import QUALITATIVE
from reporting.faults import Fault, nearest
from reporting.periods import Period
from reporting.plan import Plan
from reporting.utfall import Bladrad, Fil, Leverans, Svar, Utfall
from reporting.workbook_file import OTHER_FORMATS, Sheet, open_workbook
from reporting.workbook_layout import KON_COLUMNS, KVALITATIVA, KVALITATIVA_COLUMNS, MATETAL, MATETAL_COLUMNS
from reporting.workbook_rows import Delivery, known_rows, om_faults, read_rows
from reporting.workbook_values import read_day, read_value


def checksum(path: Path, fil: str) -> Fil:
    """The file's name and the sha256 of its bytes."""
    return Fil(fil, hashlib.sha256(path.read_bytes()).hexdigest())


def read_workbooks(
    folder: Path,
    fil: str,
    period: Period,
    plan: Plan,
    expected: Iterable[str] = (),
    blad: tuple[Blad, ...] = PROGRAMMETS,
    *,
    historik: bool = False,
) -> tuple[Leverans, list[Fault]]:
    """Read every workbook in `folder` (named `fil` in faults): (Leverans, faults).

    expected: file names that must be there; blad: the sheets that there may be. historik: an earlier period, of which only the
    outcomes are read, for comparison; ids that the plan doesn't know are then left out instead of being faults. A folder that
    doesn't exist gives an empty Leverans.
    """
    faults: list[Fault] = []
    utfall: list[Utfall] = []
    svar: list[Svar] = []
    rader: list[Bladrad] = []
    filer: list[Fil] = []
    seen: dict[tuple[str, str], str] = {}
    for name in expected:
        if not (folder / name).is_file():
            wanted = f"arbetsboken, som params/{period}.yml räknar upp"
            faults.append(
                Fault(f"{fil}/{name}", "", "", wanted, "lägg filen i mappen, eller ta bort den ur arbetsbocker")
            )
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        name = f"{fil}/{path.name}"
        if path.suffix.lower() in OTHER_FORMATS:
            faults.append(Fault(name, "", "", "en Excel-arbetsbok (.xlsx)", "öppna filen i Excel och spara som .xlsx"))
        if path.suffix.lower() != ".xlsx" or path.name.startswith("~$"):
            continue
        sheets, found = open_workbook(path, name)
        faults += found
        if sheets:
            filer.append(checksum(path, name))
            delivery = Delivery(name, plan.namnd, period, plan, historik, tuple(item.blad for item in blad))
            faults += om_faults(delivery, sheets)
            faults += _matetal(delivery, sheets.get(MATETAL, ()), utfall)
            faults += _kvalitativa(delivery, sheets.get(KVALITATIVA, ()), svar)
            for definition in () if historik else blad:
                found_rows, found = read_blad(delivery, definition, sheets.get(definition.blad, ()), seen)
                rader += found_rows
                faults += found
    return Leverans(tuple(utfall), tuple(svar), tuple(rader), tuple(filer)), faults


def _matetal(delivery: Delivery, sheet: Sheet, utfall: list[Utfall]) -> list[Fault]:
    plan = {matetal.id: matetal for matetal in (*delivery.plan.matetal, *delivery.plan.indikatorer)}
    rows, faults = read_rows(delivery, MATETAL, sheet, MATETAL_COLUMNS, ("id", "utfall"))

    def seen(name: str) -> str | None:
        return next((f"{u.fil}, cell {u.cell}" for u in utfall if u.matetal == name), None)

    rows, found = known_rows(delivery, MATETAL, rows, plan, seen, "mätetal")
    faults += found
    for row in rows:
        matetal = plan[row["id"].text]
        matt_till, fault = read_day(delivery, MATETAL, row.get("mätt till och med"))
        faults += [fault] if fault else []
        remark = row["anmärkning"].text if "anmärkning" in row else ""
        comment = row["kommentar"].text if "kommentar" in row else ""
        for column in ("utfall", *KON_COLUMNS):
            cell = row.get(column)
            if cell is None or (column != "utfall" and cell.is_empty):
                continue
            kon = "" if column == "utfall" else column
            if kon and kon not in matetal.kon and delivery.historik:
                continue
            if kon and kon not in matetal.kon:
                faults.append(
                    delivery.fault(
                        MATETAL,
                        cell,
                        f"en tom cell: planen delar inte {matetal.id} på {kon}",
                        "töm cellen, eller ändra kon i planen",
                    )
                )
                continue
            varde, saknas, fault = read_value(delivery, MATETAL, cell, row.get("anmärkning"), matetal.mattenhet)
            if fault:
                faults.append(fault)
            utfall.append(
                Utfall(
                    period=delivery.period,
                    matetal=matetal.id,
                    kon=kon,
                    varde=varde,
                    saknas=saknas,
                    text="" if varde is not None else cell.text or remark,
                    matt_till=matt_till,
                    anmarkning=remark,
                    kommentar=comment,
                    fil=delivery.fil,
                    blad=MATETAL,
                    cell=cell.ref if not cell.is_empty else row["anmärkning" if remark else "id"].ref,
                )
            )
    return faults


def _kvalitativa(delivery: Delivery, sheet: Sheet, svar: list[Svar]) -> list[Fault]:
    rows, faults = read_rows(delivery, KVALITATIVA, sheet, KVALITATIVA_COLUMNS, ("id", "svar"))

    def seen(name: str) -> str | None:
        return next((f"{s.fil}, cell {s.cell}" for s in svar if s.matt == name), None)

    ids = [matt.id for matt in delivery.plan.kvalitativa_matt]
    rows, found = known_rows(delivery, KVALITATIVA, rows, ids, seen, "kvalitativt mått")
    faults += found
    for row in rows:
        cell = row["svar"]
        answer = cell.text.lower()
        if cell.is_empty:
            continue
        if answer not in QUALITATIVE:
            faults.append(
                delivery.fault(
                    KVALITATIVA, cell, "Ja, Delvis eller Nej", f"skriv ett av orden.{nearest(answer, QUALITATIVE)}"
                )
            )
            continue
        comment = row["kommentar"].text if "kommentar" in row else ""
        svar.append(Svar(delivery.period, row["id"].text, answer, comment, delivery.fil, KVALITATIVA, cell.ref))
    return faults

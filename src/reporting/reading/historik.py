"""Earlier outcomes: from earlier periods' folders, and from data/historik.xlsx for the years before the tool was taken into use."""

import re
from dataclasses import replace

from reporting.excel.open import Sheet, open_workbook
from reporting.faults import Fault, Faults, nearest
from reporting.params.headings import HISTORIK, HISTORIK_COLUMNS, HISTORIK_FIL, KON_COLUMNS
from reporting.params.kommun_faults import all_ids
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.context import Delivery
from reporting.reading.read import read_file_checksum, read_workbooks
from reporting.reading.rows import Row, SheetKind, read_rows
from reporting.reading.utfall import REFUSED_CELL, Bladrad, Fil, Leverans, Utfall
from reporting.reading.values import read_value

PERIOD_HEADING = r"20\d\d-(04|08|12)"
# Every column is an outcome here, so that one that isn't read is a mistake.
HISTORIK_KIND = SheetKind(
    HISTORIK_COLUMNS, ("nämnd", "id"), PERIOD_HEADING, ", eller en period som 2022-08", nyckel="nämndens id"
)


def read_history(root: Root, plan: Plan, period: Period, wanted: Period) -> tuple[Leverans, Leverans, list[Fault]]:
    """What one nämnd delivered before `period`: (for the period `wanted`, everything that a forecast goes by, faults).

    At delår a forecast goes by the same month and the year's end of every earlier year; at the year's end nothing is foreseen
    and only `wanted` is read, and earlier years' ends where a målvärde is counted from one. Ids that the plan doesn't know are left out.
    """
    faults = Faults(root.named(root.data / HISTORIK_FIL), HISTORIK)
    older = _before_the_tool(root, plan, period, faults)
    periods = {wanted}
    if period.is_delar:
        known = Period.among(path.name for path in root.data.glob("20??-??"))
        periods |= {when for when in known if when.month in (period.month, 12)}
    elif any(item.is_counted_from_history(period.year) for item in (*plan.matetal, *plan.indikatorer)):
        periods |= {when for when in Period.among(path.name for path in root.data.glob("20??-??")) if when.month == 12}
    utfall: list[Utfall] = []
    filer: list[Fil] = []
    rader: tuple[Bladrad, ...] = ()
    for when in sorted(periods):
        if when >= period:
            continue
        folder = root.data / str(when) / plan.namnd
        leverans, found = read_workbooks(folder, root.named(folder), when, plan, historik=True)
        faults.found.extend(found)
        utfall += leverans.utfall
        filer += leverans.filer
        rader = leverans.rader if when == wanted else rader
    here = {(u.period, u.matetal, u.kon): u for u in utfall if u.varde is not None or u.text}
    for old in older.utfall:
        if other := here.get((old.period, old.matetal, old.kon)):
            expected = f"ett utfall som bara står på ett ställe; det står också i {other.fil}, cell {other.cell}"
            faults.add(old.varde, expected, "töm den ena cellen", cell=old.cell)
    everything = Leverans(utfall=(*older.utfall, *utfall), filer=(*older.filer, *filer))
    compared = tuple(u for u in everything.utfall if u.period == wanted)
    return Leverans(utfall=compared, filer=everything.filer, rader=rader), everything, faults.found


def _rows(delivery: Delivery, sheet: Sheet) -> tuple[list[Row], bool]:
    """The rows of the sheet Historik, and whether they are all there."""
    rows, is_whole = read_rows(delivery, sheet, HISTORIK_KIND)
    return [row for row in rows if "id" in row], is_whole


def history_faults(root: Root, params: Params, namnd: str) -> list[Fault]:
    """Rows of historik.xlsx for a nämnd that the kommun doesn't have, and for ids that no plan of this nämnd knows."""
    path = root.data / HISTORIK_FIL
    plans = [plan for plan in params.planer if plan.namnd == namnd]
    if not path.is_file() or not plans:
        return []
    # what is wrong with the file and the sheet is told by who reads the outcomes
    unheard = Delivery(Faults(), namnd, params.period, plans[0], historik=True)
    workbook = open_workbook(path, unheard.faults)
    rows, _ = _rows(unheard, workbook.sheets.get(HISTORIK, Sheet()))
    delivery = replace(unheard, faults=Faults(root.named(path), HISTORIK))
    boards = [item.id for item in params.kommun.namnder]
    known = {item.id for plan in plans for item in (*plan.matetal, *plan.indikatorer)}
    may_have_more = any(plan.okanda("matetal") for plan in plans)
    all_boards = all_ids(params.kommun.namnder) and not params.kommun.oklart("namnder")
    for row in rows:
        board, item = row["nämnd"], row["id"]
        if board.text not in boards and all_boards:
            delivery.fault(board, "en nämnd i kommun.yml", f"rätta id:t.{nearest(board.text, boards)}")
        elif board.text == namnd and item.text not in known and not may_have_more:
            expected = "ett mätetal i någon av nämndens planer"
            delivery.fault(item, expected, f"rätta id:t.{nearest(item.text, known)}")
    return delivery.faults.found


def _before_the_tool(root: Root, plan: Plan, period: Period, faults: Faults) -> Leverans:
    """The nämnd's rows of data/historik.xlsx, one outcome per period column."""
    path = root.data / HISTORIK_FIL
    whole_file = faults.at(faults.fil)
    if not whole_file.is_file(path):
        return Leverans()
    sheets = open_workbook(path, whole_file).sheets
    delivery = Delivery(faults, plan.namnd, period, plan, historik=True)
    if sheets and HISTORIK not in sheets:
        whole_file.add(", ".join(sheets), f"bladet {HISTORIK}", "lägg till bladet, se handboken")
    rows, is_whole = _rows(delivery, sheets.get(HISTORIK, Sheet()))
    units = {item.id: item.mattenhet for item in (*plan.matetal, *plan.indikatorer)}
    utfall: list[Utfall] = []
    seen: dict[tuple[str, str, Period], str] = {}
    for row in rows:
        name = row["id"].text
        if row["nämnd"].text != plan.namnd or name not in units:
            continue
        kon = row["kön"].text.lower() if "kön" in row else ""
        if kon and kon not in KON_COLUMNS:
            delivery.fault(row["kön"], f"en av {', '.join(KON_COLUMNS)}, eller en tom cell", "rätta ordet")
        for heading, cell in row.items():
            when = Period.parse(heading) if re.fullmatch(PERIOD_HEADING, heading) else period
            if cell.is_empty or when >= period:
                continue
            value, missing = read_value(delivery, cell, None, units[name], enligt_planen=True, far_vara_tom=True)
            place = (name, kon, when)
            if kon not in ("", *KON_COLUMNS):
                continue
            if place in seen:
                expected = f"varje utfall en gång; det står redan i {faults.fil}, cell {seen[place]}"
                delivery.fault(cell, expected, "töm den ena cellen")
                continue
            seen[place] = cell.ref
            utfall.append(
                Utfall(
                    period=when,
                    matetal=name,
                    kon=kon,
                    varde=value,
                    saknas=missing,
                    text="" if value is not None else cell.text if missing else REFUSED_CELL,
                    matt_till=None,
                    anmarkning="",
                    kommentar="",
                    fil=faults.fil,
                    blad=HISTORIK,
                    cell=cell.ref,
                )
            )
    return Leverans(utfall=tuple(utfall) if is_whole else (), filer=(read_file_checksum(path, faults.fil),))

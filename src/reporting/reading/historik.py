"""Earlier outcomes: from earlier periods' folders, and from data/historik.xlsx for the years before the tool was taken into use."""

from dataclasses import replace

from reporting.excel.open import Sheet, open_workbook
from reporting.faults import Fault, Notis, nearest
from reporting.params.headings import HISTORIK, HISTORIK_COLUMNS, HISTORIK_FIL, KON_COLUMNS
from reporting.params.kommun_faults import all_ids
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.context import Delivery
from reporting.reading.read import checksum, read_workbooks
from reporting.reading.rows import Row, read_rows
from reporting.reading.utfall import Bladrad, Fil, Leverans, Utfall
from reporting.reading.values import read_value

PERIOD_HEADING = r"20\d\d-(04|08|12)"


def read_history(root: Root, plan: Plan, period: Period, wanted: Period) -> tuple[Leverans, Leverans, list[Fault]]:
    """What one nämnd delivered before `period`: (for the period `wanted`, everything that a forecast goes by, faults).

    At delår a forecast goes by the same month and the year's end of every earlier year; at the year's end nothing is foreseen
    and only `wanted` is read. Ids that the plan doesn't know are left out.
    """
    older, faults = _before_the_tool(root, plan, period)
    periods = {wanted}
    if period.is_delar:
        folders = root.data.glob("20??-??") if root.data.is_dir() else ()
        periods |= {when for path in folders if (when := _period(path.name)) and when.month in (period.month, 12)}
    utfall: list[Utfall] = []
    filer: list[Fil] = []
    rader: tuple[Bladrad, ...] = ()
    for when in sorted(periods):
        if when >= period:
            continue
        folder = root.data / str(when) / plan.namnd
        leverans, found = read_workbooks(folder, root.named(folder), when, plan, historik=True)
        faults += found
        utfall += leverans.utfall
        filer += leverans.filer
        rader = leverans.rader if when == wanted else rader
    here = {(u.period, u.matetal, u.kon): u for u in utfall if u.varde is not None or u.text}
    for old in older.utfall:
        if other := here.get((old.period, old.matetal, old.kon)):
            expected = f"ett utfall som bara står på ett ställe; det står också i {other.fil}, cell {other.cell}"
            faults.append(Fault(old.fil, str(old.varde), expected, "töm den ena cellen", blad=HISTORIK, cell=old.cell))
    everything = Leverans(utfall=(*older.utfall, *utfall), filer=(*older.filer, *filer))
    compared = tuple(u for u in everything.utfall if u.period == wanted)
    return Leverans(utfall=compared, filer=everything.filer, rader=rader), everything, faults


def _period(name: str) -> Period | None:
    try:
        return Period.parse(name)
    except ValueError:
        return None


def _rows(delivery: Delivery, sheet: Sheet) -> tuple[list[Row], bool, list[Fault]]:
    """(the rows of the sheet Historik, whether they are all there, faults), as read_rows. A heading that is neither a column nor a
    period is told that it may be a period."""
    rows, is_whole, found = read_rows(
        delivery,
        HISTORIK,
        sheet=sheet,
        columns=HISTORIK_COLUMNS,
        required=("nämnd", "id"),
        others=PERIOD_HEADING,
        nyckel="nämndens id",
    )
    told = f"en av rubrikerna {', '.join(HISTORIK_COLUMNS)}"
    faults = [
        replace(fault, vantat=f"{told}, eller en period som 2022-08") if fault.vantat == told else fault
        for fault in found
        if isinstance(fault, Fault)
    ]
    # here every column is an outcome, so one that isn't read is a mistake
    faults += [
        Fault(
            item.fil,
            item.stod,
            f"{told}, eller en period som 2022-08",
            "rätta rubriken",
            blad=item.blad,
            cell=item.cell,
        )
        for item in found
        if isinstance(item, Notis) and item.cell and item.om.startswith("kolumnen ")
    ]
    return [row for row in rows if "id" in row], is_whole, faults


def history_faults(root: Root, params: Params, namnd: str) -> list[Fault]:
    """Rows of historik.xlsx for a nämnd that the kommun doesn't have, and for ids that no plan of this nämnd knows."""
    path = root.data / HISTORIK_FIL
    if not path.is_file():
        return []
    name = root.named(path)
    plans = [plan for plan in params.planer if plan.namnd == namnd]
    if not plans:
        return []
    delivery = Delivery(name, namnd, params.period, plans[0], historik=True)
    workbook, _ = open_workbook(path, name)
    rows, _, _ = _rows(delivery, workbook.sheets.get(HISTORIK, Sheet()))
    boards = [item.id for item in params.kommun.namnder]
    known = {item.id for plan in plans for item in (*plan.matetal, *plan.indikatorer)}
    may_have_more = any(plan.okanda("matetal") for plan in plans)
    all_boards = all_ids(params.kommun.namnder) and not params.kommun.oklart("namnder")
    faults = []
    for row in rows:
        board, item = row["nämnd"], row["id"]
        if board.text not in boards and all_boards:
            hint = nearest(board.text, boards)
            faults.append(delivery.fault(HISTORIK, board, "en nämnd i kommun.yml", f"rätta id:t.{hint}"))
        elif board.text == namnd and item.text not in known and not may_have_more:
            expected = "ett mätetal i någon av nämndens planer"
            faults.append(delivery.fault(HISTORIK, item, expected, f"rätta id:t.{nearest(item.text, known)}"))
    return faults


def _before_the_tool(root: Root, plan: Plan, period: Period) -> tuple[Leverans, list[Fault]]:
    """The nämnd's rows of data/historik.xlsx, one outcome per period column."""
    path = root.data / HISTORIK_FIL
    if not path.is_file():
        return Leverans(), []
    name = root.named(path)
    workbook, faults = open_workbook(path, name)
    sheets = workbook.sheets
    delivery = Delivery(name, plan.namnd, period, plan, historik=True)
    if sheets and HISTORIK not in sheets:
        faults.append(Fault(name, ", ".join(sheets), f"bladet {HISTORIK}", "lägg till bladet, se handboken"))
    rows, is_whole, found = _rows(delivery, sheets.get(HISTORIK, Sheet()))
    faults += found
    units = {item.id: item.mattenhet for item in (*plan.matetal, *plan.indikatorer)}
    utfall: list[Utfall] = []
    seen: dict[tuple[str, str, Period], str] = {}
    for row in rows:
        if row["nämnd"].text != plan.namnd or row["id"].text not in units:
            continue
        kon = row["kön"].text.lower() if "kön" in row else ""
        if kon and kon not in KON_COLUMNS:
            expected = f"en av {', '.join(KON_COLUMNS)}, eller en tom cell"
            faults.append(delivery.fault(HISTORIK, row["kön"], expected, "rätta ordet"))
        for heading, cell in row.items():
            when = _period(heading)
            if when is None or cell.is_empty or when >= period:
                continue
            value, missing, fault = read_value(
                delivery, HISTORIK, cell, None, units[row["id"].text], enligt_planen=True, far_vara_tom=True
            )
            faults += [fault] if fault else []
            place = (row["id"].text, kon, when)
            if kon not in ("", *KON_COLUMNS):
                continue
            if place in seen:
                expected = f"varje utfall en gång; det står redan i {name}, cell {seen[place]}"
                faults.append(delivery.fault(HISTORIK, cell, expected, "töm den ena cellen"))
                continue
            seen[place] = cell.ref
            text = "" if value is not None else cell.text
            utfall.append(
                Utfall(
                    period=when,
                    matetal=row["id"].text,
                    kon=kon,
                    varde=value,
                    saknas=missing,
                    text=text,
                    matt_till=None,
                    anmarkning="",
                    kommentar="",
                    fil=name,
                    blad=HISTORIK,
                    cell=cell.ref,
                )
            )
    return Leverans(utfall=tuple(utfall) if is_whole else (), filer=(checksum(path, name),)), faults

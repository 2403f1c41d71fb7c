"""The sheets Mätetal and Kvalitativa mått, read cell by cell."""

from reporting.excel.open import RawCell, Sheet
from reporting.faults import Fault, nearest
from reporting.params.headings import HJALP, KON_COLUMNS, KVALITATIVA_COLUMNS, MATETAL_COLUMNS, TIDIGARE
from reporting.params.plan import Matetal
from reporting.reading.cell_text import QUALITATIVE, reason_for_missing
from reporting.reading.context import Delivery, Found
from reporting.reading.rows import Row, known_rows, read_rows
from reporting.reading.utfall import Svar, Utfall
from reporting.reading.values import read_count, read_day, read_text, read_value
from reporting.swedish import unit_of

REMARK, COMMENT = "anmärkning", "kommentar"
NOTHING = RawCell("", None)
NO_VALUE = ("ej mätt ännu", "för få svar", "utfall kommer senare", "ej tillämpligt", "skyddad uppgift")
"""Reasons that can't stand beside a number; one that is new, or can't be compared, can."""


def read_matetal(delivery: Delivery, blad: str, sheet: Sheet) -> tuple[list[Utfall], list[Found]]:
    """Every outcome on one sheet, the total and the parts; blad: the sheet's name in the workbook."""
    plan = {matetal.id: matetal for matetal in (*delivery.plan.matetal, *delivery.plan.indikatorer)}
    doubtful = {name for name, matetal in plan.items() if matetal.oklart("mattenhet")} | delivery.plan.upprepade
    rows, is_whole, found = read_rows(
        delivery, blad, sheet=sheet, columns=MATETAL_COLUMNS, required=("id", "utfall"), others=TIDIGARE, unread=HJALP
    )
    more = delivery.plan.okanda("matetal")
    rows, others, unknown = known_rows(delivery, blad, rows, plan, "mätetal", okanda=more)
    found += unknown
    utfall: list[Utfall] = []
    for number, (name, row) in enumerate([*((row["id"].text, row) for row in rows), *others]):
        if name in doubtful:
            continue  # in which unit its cells should be isn't known
        read, wrong = _outcomes(delivery, blad, row, plan[name])
        utfall += read if is_whole and number < len(rows) else []
        found += wrong
    return utfall, found


def _outcomes(delivery: Delivery, blad: str, row: Row, matetal: Matetal) -> tuple[list[Utfall], list[Fault]]:
    faults: list[Fault] = []
    matt_till, fault = read_day(delivery, blad, row.get("mätt till och med"))
    faults += [fault] if fault else []
    antal_svar, fault = read_count(delivery, blad, row.get("antal svar"))
    faults += [fault] if fault else []
    remark = row.get(REMARK, NOTHING)
    unit = row.get("enhet", NOTHING)
    if unit_of(unit.text) not in (None, matetal.mattenhet) and not delivery.historik:
        action = "räkna om talet, eller rätta mattenhet i planen"
        theirs = ("", f"räkna om talet till {matetal.mattenhet}, och skriv {matetal.mattenhet} i cellen")
        faults.append(delivery.fault(blad, unit, f"{matetal.mattenhet}, som i planen", action, till_avsandare=theirs))
    comment, fault = read_text(delivery, blad, row.get(COMMENT, NOTHING))
    faults += [fault] if fault else []
    utfall: list[Utfall] = []
    for column in ("utfall", *KON_COLUMNS):
        cell = row.get(column)
        if cell is None or (column != "utfall" and cell.is_empty):
            continue
        kon = "" if column == "utfall" else column
        if kon and kon not in matetal.kon:
            if not delivery.historik and not matetal.oklart("kon"):
                expected = f"en tom cell: planen delar inte {matetal.id} på {kon}"
                action = "töm cellen, eller ändra kon i planen"
                faults.append(delivery.fault(blad, cell, expected, action, till_avsandare=("", "töm cellen")))
            continue
        varde, saknas, fault = read_value(delivery, blad, cell, remark, matetal.mattenhet, enligt_planen=True)
        faults += [fault] if fault else []
        utfall.append(
            Utfall(
                period=delivery.period,
                matetal=matetal.id,
                kon=kon,
                varde=varde,
                saknas=saknas,
                text="" if varde is not None else cell.text or remark.text,
                matt_till=matt_till,
                anmarkning=remark.text,
                kommentar=comment,
                fil=delivery.fil,
                blad=blad,
                cell=cell.ref if not cell.is_empty or remark.is_empty else remark.ref,
                antal_svar=antal_svar,
            )
        )
    if reason_for_missing(remark.text) in NO_VALUE and any(item.varde is not None for item in utfall):
        expected = "antingen ett tal, eller orsaken till att det saknas"
        action = "töm den cell som inte gäller"
        if any(row.get(kon, NOTHING).is_empty for kon in matetal.kon):
            action += "; gäller orsaken bara en del skrivs den i delens cell"
        faults.append(delivery.fault(blad, remark, expected, action))
    return utfall, faults


def read_kvalitativa(delivery: Delivery, blad: str, sheet: Sheet) -> tuple[list[Svar], list[Found]]:
    """Every answer on one sheet; a row without an answer is not delivered."""
    rows, is_whole, found = read_rows(delivery, blad, sheet, KVALITATIVA_COLUMNS, ("id", "svar"), unread=HJALP)
    ids = [matt.id for matt in delivery.plan.kvalitativa_matt]
    more = delivery.plan.okanda("kvalitativa_matt")
    rows, others, unknown = known_rows(delivery, blad, rows, ids, "kvalitativt mått", okanda=more)
    found += unknown
    svar: list[Svar] = []
    for number, row in enumerate((*rows, *(row for _, row in others))):
        cell = row.get("svar", NOTHING)
        answer = cell.text.lower()
        if cell.is_empty:
            continue
        comment, fault = read_text(delivery, blad, row.get(COMMENT, NOTHING))
        found += [fault] if fault else []
        if answer not in QUALITATIVE:
            action = f"skriv ett av orden.{nearest(cell.text, [word.capitalize() for word in QUALITATIVE])}"
            found.append(delivery.fault(blad, cell, "Ja, Delvis eller Nej", action))
        elif is_whole and number < len(rows):
            svar.append(
                Svar(
                    period=delivery.period,
                    matt=row["id"].text,
                    svar=answer,
                    kommentar=comment,
                    fil=delivery.fil,
                    blad=blad,
                    cell=cell.ref,
                )
            )
    return svar, found

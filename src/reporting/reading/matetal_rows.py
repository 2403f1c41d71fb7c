"""The sheets Mätetal and Kvalitativa mått, read cell by cell."""

from reporting.excel.open import RawCell, Sheet
from reporting.faults import nearest
from reporting.params.headings import KON_COLUMNS, KVALITATIVA, MATETAL
from reporting.params.plan import Matetal
from reporting.reading.cell_text import QUALITATIVE, read_cell
from reporting.reading.context import Delivery
from reporting.reading.reasons import BESIDE_A_NUMBER, PROTECTED, reason_for_missing
from reporting.reading.rows import REMARK, Row, guards, known_rows, read_rows
from reporting.reading.sheets import OUTCOMES
from reporting.reading.utfall import REFUSED_CELL, Svar, Utfall
from reporting.reading.values import NOTHING, read_count, read_day, read_text, read_value

_COMMENT_COLUMN = "kommentar"
_EMPTY_CELL = RawCell("", None)


def read_matetal(delivery: Delivery, sheet: Sheet) -> list[Utfall]:
    """Every outcome on one sheet, the total and the parts."""
    plan = {matetal.id: matetal for matetal in (*delivery.plan.matetal, *delivery.plan.indikatorer)}
    doubtful = {name for name, matetal in plan.items() if matetal.oklart("mattenhet")} | delivery.plan.upprepade
    rows, is_whole = read_rows(delivery, sheet, OUTCOMES[MATETAL])
    rows, others = known_rows(delivery, rows, plan, "mätetal", okanda=delivery.plan.okanda("matetal"))
    utfall: list[Utfall] = []
    for number, (name, row) in enumerate([*((row["id"].text, row) for row in rows), *others]):
        if name in doubtful:
            continue  # in which unit its cells should be isn't known
        read = _outcomes(delivery, row, plan[name])
        utfall += read if is_whole and number < len(rows) else []
    return utfall


def _outcomes(delivery: Delivery, row: Row, matetal: Matetal) -> list[Utfall]:
    matt_till = read_day(delivery, row.get("mätt till och med"))
    antal_svar = read_count(delivery, row.get("antal svar"))
    remark = row.get(REMARK, _EMPTY_CELL)
    unit = row.get("enhet", _EMPTY_CELL)
    written = delivery.plan.units.written(unit.text)
    if not (unit.is_empty or (written and matetal.mattenhet.takes(written))) and not delivery.historik:
        action = "räkna om talet, eller rätta mattenhet i planen"
        theirs = ("", f"räkna om talet till {matetal.mattenhet}, och skriv {matetal.mattenhet} i cellen")
        delivery.fault(unit, f"{matetal.mattenhet}, som i planen", action, till_avsandare=theirs)
    reason = reason_for_missing(remark.text, matetal.mattenhet)
    is_guarded = guards(remark, matetal.mattenhet) and not (delivery.historik and not reason)
    beside_a_number = False
    comment = read_text(delivery, row.get(_COMMENT_COLUMN, _EMPTY_CELL))
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
                delivery.fault(cell, expected, action, till_avsandare=("", "töm cellen"))
            continue
        stands = remark if cell.is_empty or read_cell(cell.text).kind == "missing-symbol" else cell
        stands = cell if remark.is_empty else stands
        withheld = is_guarded and read_cell(cell.text, matetal.mattenhet).kind in ("number", "text")
        varde, saknas = NOTHING
        if not withheld:
            varde, saknas = read_value(delivery, cell, remark, matetal.mattenhet, enligt_planen=True)
        beside_a_number = beside_a_number or withheld or varde is not None
        utfall.append(
            Utfall(
                period=delivery.period,
                matetal=matetal.id,
                kon=kon,
                varde=varde,
                saknas=saknas,
                text="" if varde is not None or stands.is_empty else stands.text if saknas else REFUSED_CELL,
                matt_till=matt_till,
                anmarkning=remark.text,
                kommentar=comment,
                fil=delivery.fil,
                blad=delivery.blad,
                cell=stands.ref,
                antal_svar=antal_svar,
            )
        )
    if reason and reason not in BESIDE_A_NUMBER and beside_a_number:
        action = "töm den cell som inte gäller"
        if any(row.get(kon, _EMPTY_CELL).is_empty for kon in matetal.kon):
            action += "; gäller orsaken bara en del skrivs den i delens cell"
        delivery.fault(remark, "antingen ett tal, eller orsaken till att det saknas", action)
    elif beside_a_number and is_guarded:
        action = f"skriv {PROTECTED} i stället för talet; får det visas, flytta texten till kolumnen {_COMMENT_COLUMN}"
        delivery.fault(remark, "ingen anmärkning om att talet bredvid kanske inte får visas", action)
    return utfall


def read_kvalitativa(delivery: Delivery, sheet: Sheet) -> list[Svar]:
    """Every answer on one sheet; a row without an answer is not delivered."""
    rows, is_whole = read_rows(delivery, sheet, OUTCOMES[KVALITATIVA])
    ids = [matt.id for matt in delivery.plan.kvalitativa_matt]
    more = delivery.plan.okanda("kvalitativa_matt")
    rows, others = known_rows(delivery, rows, ids, "kvalitativt mått", okanda=more)
    svar: list[Svar] = []
    for number, row in enumerate((*rows, *(row for _, row in others))):
        cell = row.get("svar", _EMPTY_CELL)
        answer = cell.text.lower()
        if cell.is_empty:
            continue
        comment = read_text(delivery, row.get(_COMMENT_COLUMN, _EMPTY_CELL))
        if answer not in QUALITATIVE:
            action = f"skriv ett av orden.{nearest(cell.text, [word.capitalize() for word in QUALITATIVE])}"
            delivery.fault(cell, "Ja, Delvis eller Nej", action)
        elif is_whole and number < len(rows):
            name = row["id"].text
            svar.append(Svar(delivery.period, name, answer, comment, delivery.fil, delivery.blad, cell.ref))
    return svar

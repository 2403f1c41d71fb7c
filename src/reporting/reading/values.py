"""One cell of an outcome workbook as a value, as the reason why there is none, or as a fault; never as a guess."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from reporting.excel.open import RawCell
from reporting.faults import Fault
from reporting.reading.cell_text import SAKNAS_ORSAKER, read_cell, reason_for_missing
from reporting.reading.context import Delivery
from reporting.swedish import amount, enumeration, number, read_date

LARGEST = Decimal(10) ** 15
"""No outcome has more digits than Excel keeps."""

NONE_AT_ALL = ("inga", "ingen", "inget", "ingenting", "inga alls")
"""Words for 0 that may as well mean that nobody has counted."""
IN_PLAN = "mattenhet i planen"


def read_day(delivery: Delivery, blad: str, cell: RawCell | None) -> tuple[date | None, Fault | None]:
    """The last day measured: (day, None), (None, None) where none is written, or (None, fault). A number is a day as Excel counts
    them."""
    if cell is None or cell.is_empty:
        return None, None
    try:
        day = _month_end(cell) or cell.serial or read_date(cell.text)
    except ValueError as error:
        month_before = delivery.period.last_day.replace(day=1) - timedelta(days=1)
        example = f"skriv ett datum, till exempel {month_before}"
        action = f"skriv ett datum: {error}" if "almanackan" in str(error) else example
        return None, delivery.fault(blad, cell, "den sista dag som mätningen avser", action)
    if day > delivery.period.last_day:
        return None, delivery.fault(
            blad,
            cell,
            f"en dag senast {delivery.period.last_day}",
            "rätta dagen, eller lämna utfallet i en senare period",
        )
    return day, None


def _month_end(cell: RawCell) -> date | None:
    """The day in the cell; the last of the month where only a month is shown, of which Excel makes the first. None for other cells."""
    if isinstance(cell.value, date):
        if "d" in re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.number_format.lower()):
            return cell.value
        year, month = cell.value.year, cell.value.month
    elif match := re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", cell.text):
        year, month = int(match[1]), int(match[2])
    else:
        return None
    return date(year, month, monthrange(year, month)[1])


def read_text(delivery: Delivery, blad: str, cell: RawCell) -> tuple[str, Fault | None]:
    """(what people wrote, None), or ("", a fault) where a formula gives an error or hasn't been reckoned."""
    if cell.error or (cell.formula and cell.value is None):
        action = "rätta formeln, eller öppna filen i Excel så att den räknas, och spara"
        return "", delivery.fault(blad, cell, "en text", action)
    shown = cell.text if cell.formula or isinstance(cell.value, str) else cell.shown
    return shown.replace("_x000D_", ""), None  # a carriage return, as Excel writes one in a text of two lines


def read_count(delivery: Delivery, blad: str, cell: RawCell | None) -> tuple[int | None, Fault | None]:
    """A whole number of people: (count, None), (None, None) where none is written, or (None, fault)."""
    if cell is None or cell.is_empty:
        return None, None
    value = None
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        value = cell.number
    elif (reading := read_cell(cell.text)).kind == "number" and reading.unit in (None, "antal"):
        value = reading.values[0]
    if value is None or not 0 <= value < LARGEST or value != int(value) or cell.error or cell.is_share:
        return None, delivery.fault(blad, cell, "ett helt antal", "skriv hur många som har svarat")
    return int(value), None


def read_value(
    delivery: Delivery,
    blad: str,
    cell: RawCell,
    remark: RawCell | None,
    mattenhet: str,
    *,
    enligt_planen: bool = False,
    far_vara_tom: bool = False,
) -> tuple[Decimal | None, str | None, Fault | None]:
    """(value, None, None), (None, reason, None), (None, None, None) for nothing delivered, or a fault.

    remark: the cell where the reason may stand instead; enligt_planen: whether the unit is the plan's, or said in the row;
    far_vara_tom: whether an empty cell is how one says that there is no value.
    """
    wanted = f"{_a_number(mattenhet)}, eller orsaken till att utfall saknas ({', '.join(SAKNAS_ORSAKER)})"
    if cell.error:
        return _wrong(delivery, blad, cell, wanted, "rätta formeln som ger felet, eller skriv talet")
    if cell.formula and cell.value is None:
        return _wrong(
            delivery, blad, cell, wanted, "öppna filen i Excel så att formeln räknas, och spara; eller skriv talet"
        )
    if isinstance(cell.value, bool | date):
        return _wrong(delivery, blad, cell, wanted, "skriv talet, och formatera cellen som tal")
    if isinstance(cell.value, int | float):
        return _typed_number(delivery, blad, cell, mattenhet)
    if far_vara_tom and read_cell(cell.text).kind == "missing-symbol":
        wanted = wanted.replace("orsaken till att utfall saknas", "orsaken till att det saknas")
        return _wrong(delivery, blad, cell, wanted, "töm cellen, eller skriv orsaken")
    return _typed_text(
        delivery,
        blad,
        cell=cell,
        remark=remark,
        mattenhet=mattenhet,
        wanted=wanted,
        unit_in=IN_PLAN if enligt_planen else "enheten",
    )


A_NUMBER = {
    "antal": "ett antal",
    "plats": "en plats i en rangordning",
    "index": "ett index",
    "medelvärde": "ett medelvärde",
    "per 100 000 invånare": "ett tal per 100 000 invånare",
}


def _a_number(mattenhet: str) -> str:
    return A_NUMBER.get(mattenhet, f"ett tal i {mattenhet}")


def _wrong(delivery: Delivery, blad: str, cell: RawCell, vantat: str, atgard: str) -> tuple[None, None, Fault]:
    return None, None, delivery.fault(blad, cell, vantat, atgard)


def _doubtful(delivery: Delivery, blad: str, cell: RawCell, value: Decimal) -> tuple[None, None, Fault]:
    """A share that may be meant as it stands or times 100; only whoever wrote it knows."""
    shown = f"{amount(value, 'procent')} eller {amount((value * 100).normalize(), 'procent')}"
    return _wrong(delivery, blad, cell, f"en andel: {shown}?", "skriv talet med procenttecken")


def _too_long(delivery: Delivery, blad: str, cell: RawCell) -> tuple[None, None, Fault]:
    return _wrong(delivery, blad, cell, "ett tal med högst 15 siffror före decimalkommat", "rätta talet")


def _typed_number(
    delivery: Delivery, blad: str, cell: RawCell, mattenhet: str
) -> tuple[Decimal | None, None, Fault | None]:
    value = cell.number
    if cell.odd_format:
        wanted = "ett tal som visas som det är"
        return _wrong(delivery, blad, cell, wanted, "ta bort formatet som döljer tusental, och skriv talet i enheten")
    if cell.unit_shown not in (None, "kr", mattenhet):  # Excel writes kr by itself
        return _wrong(
            delivery,
            blad,
            cell,
            _a_number(mattenhet),
            f"cellen visar {cell.unit_shown}: räkna om talet, eller ändra formatet",
        )
    if not value.is_finite() or abs(value) >= LARGEST:
        return _too_long(delivery, blad, cell)
    per_cent = cell.is_share
    if mattenhet == "procent":
        if per_cent:
            return value * 100, None, None
        if 0 < abs(value) <= 1:
            return _doubtful(delivery, blad, cell, value)
    elif per_cent:
        return _wrong(
            delivery, blad, cell, f"{_a_number(mattenhet)}, inte en andel", "ta bort procentformatet och skriv talet"
        )
    return value, None, None


def _typed_text(
    delivery: Delivery, blad: str, cell: RawCell, remark: RawCell | None, mattenhet: str, wanted: str, unit_in: str
) -> tuple[Decimal | None, str | None, Fault | None]:
    reading = read_cell(cell.text)
    if cell.mixed and reading.values:
        wanted = "ett tal utan upphöjda eller överstrukna tecken"
        return _wrong(delivery, blad, cell, wanted, "skriv talet på nytt, och resten i kolumnen kommentar")
    if reading.kind == "number":
        if mattenhet == "procent" and reading.unit is None and 0 < abs(reading.values[0]) <= 1:
            return _doubtful(delivery, blad, cell, reading.values[0])
        if abs(reading.values[0]) >= LARGEST:
            return _too_long(delivery, blad, cell)
        if reading.unit in (None, mattenhet):
            return reading.values[0], None, None
        action = f"räkna om talet, eller rätta {unit_in}"
        theirs = ("", f"räkna om talet till {mattenhet}") if unit_in == IN_PLAN else ("", "")
        return None, None, delivery.fault(blad, cell, _a_number(mattenhet), action, till_avsandare=theirs)
    if reading.kind == "missing-text":
        return None, reading.word, None
    if reading.kind in ("missing-empty", "missing-symbol"):
        if remark is not None and not remark.is_empty:
            reason = reason_for_missing(remark.text)
            return (
                None,
                reason,
                None
                if reason
                else delivery.fault(
                    blad,
                    remark,
                    f"orsaken till att utfall saknas: {', '.join(SAKNAS_ORSAKER)}",
                    "skriv en av orsakerna",
                ),
            )
        if reading.kind == "missing-symbol":
            return _wrong(
                delivery,
                blad,
                cell,
                wanted,
                "skriv orsaken i stället" + (", eller i kolumnen anmärkning" if remark is not None else ""),
            )
        return None, None, None
    if re.fullmatch(r"[+\-–−]?\d{1,3}\.\d{3}", cell.text):
        return _wrong(
            delivery,
            blad,
            cell,
            "ett tal utan tvekan om tusental",
            "skriv med decimalkomma, eller med mellanslag mellan tusental",
        )
    if mattenhet == "antal" and cell.text.lower().rstrip(".") in NONE_AT_ALL:
        return _wrong(delivery, blad, cell, wanted, "skriv 0, om det är räknat och inga fanns; annars orsaken")
    told = "talet i texten är" if len(reading.values) == 1 else "talen i texten är"
    hint = f"; {told} {enumeration([number(v) for v in reading.values])}" if reading.values else ""
    return _wrong(delivery, blad, cell, wanted + hint, "skriv bara talet, och resten i kolumnen kommentar")

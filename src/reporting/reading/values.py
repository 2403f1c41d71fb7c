"""One cell of an outcome workbook as a value, as the reason why there is none, or as a fault; never as a guess."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeGuard

from reporting.excel.open import RawCell
from reporting.reading.cell_text import may_be_a_unit, read_cell, stands_alone
from reporting.reading.context import Delivery
from reporting.reading.reasons import PROTECTED, SAKNAS_ORSAKER, has_reason, may_protect, reason_for_missing
from reporting.swedish import (
    MONTHS,
    MOST_DECIMALS,
    NoSuchDayError,
    either,
    enumeration,
    number,
    read_date,
    rounded,
    shortest,
)
from reporting.units import ANTAL, KR, MKR, PROCENT, TKR, Unit, amount

LARGEST = Decimal(10) ** 15
"""No outcome has more digits than Excel keeps."""

NONE_AT_ALL = ("inga", "ingen", "inget", "ingenting", "inga alls")
"""Words for 0 that may as well mean that nobody has counted."""
HIDE = "töm cellen, om antalet inte får visas; skriv annars hur många som har svarat"
OR_PROTECTED = f"skriv {PROTECTED}, om talet inte får visas"
TOO_LONG = ("ett tal med högst 15 siffror före decimalkommat", "rätta talet")


def read_day(delivery: Delivery, cell: RawCell | None) -> date | None:
    """The last day measured; None where none is written, or after a fault. A number is a day as Excel counts them."""
    if cell is None or cell.is_empty:
        return None
    try:
        day = _month_end(cell) or cell.serial or read_date(cell.text)
    except ValueError as error:
        month_before = delivery.period.last_day.replace(day=1) - timedelta(days=1)
        example = f"skriv ett datum, till exempel {month_before}"
        action = f"skriv ett datum: {error}" if isinstance(error, NoSuchDayError) else example
        delivery.fault(cell, "den sista dag som mätningen avser", action)
        return None
    if day > delivery.period.last_day:
        expected = f"en dag senast {delivery.period.last_day}"
        delivery.fault(cell, expected, "rätta dagen, eller lämna utfallet i en senare period")
        return None
    return day


def _month_end(cell: RawCell) -> date | None:
    """The day in the cell; the last of the month where only a month is shown, of which Excel makes the first. None for other cells."""
    if isinstance(cell.value, date):
        if "d" in cell.section.plain:
            return cell.value
        year, month = cell.value.year, cell.value.month
    elif match := re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", cell.text):
        year, month = int(match[1]), int(match[2])
    else:
        return None
    return date(year, month, monthrange(year, month)[1])


def read_text(delivery: Delivery, cell: RawCell) -> str:
    """The text of a cell; "", and a fault, for a formula that gives an error or has no saved value."""
    if cell.error or (cell.formula and cell.value is None):
        delivery.fault(cell, "en text", "rätta formeln, eller öppna filen i Excel så att den räknas, och spara")
        return ""
    return cell.text if cell.formula or isinstance(cell.value, str) else cell.shown


def read_count(delivery: Delivery, cell: RawCell | None) -> int | None:
    """A whole number of people; None where none is written, or after a fault."""
    if cell is None or cell.is_empty:
        return None
    value = None
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        value = cell.number
    elif (reading := read_cell(cell.text)).kind == "number" and reading.unit in (None, ANTAL):
        value = reading.values[0]
    if value is None or not 0 <= value < LARGEST or value != int(value) or cell.error or cell.is_share:
        made = _made_a_day(cell)
        action = HIDE if made or may_protect(cell.text) else "skriv hur många som har svarat"
        delivery.fault(cell, f"ett helt antal{made}", action)
        return None
    return int(value)


Value = tuple[Decimal | None, str | None]
"""(a value, None), (None, the reason why there is none), or (None, None) for nothing delivered, and after a fault."""
NOTHING: Value = (None, None)


def read_value(
    delivery: Delivery,
    cell: RawCell,
    remark: RawCell | None,
    mattenhet: Unit,
    *,
    enligt_planen: bool = False,
    far_vara_tom: bool = False,
) -> Value:
    """What an outcome's cell says, in `mattenhet`; what can't be read so, or is beyond the ends of a scale, is a fault.

    remark: the cell where the reason may stand instead; enligt_planen: whether the unit is the plan's, or said in the row;
    far_vara_tom: whether an empty cell is how one says that there is no value.
    """

    def wrong(vantat: str, atgard: str) -> Value:
        delivery.fault(cell, vantat, atgard)
        return NOTHING

    wanted = f"{mattenhet.expected}, eller orsaken till att utfall saknas ({', '.join(SAKNAS_ORSAKER)})"
    units = delivery.plan.units
    shown = units.written(cell.words_shown)
    if cell.struck or cell.concealed or may_protect(cell.words_shown):
        return NOTHING  # told where the rows are read
    if cell.error:
        return wrong(wanted, "rätta formeln som ger felet, eller skriv talet")
    if cell.formula and cell.value is None:
        return wrong(wanted, "öppna filen i Excel så att formeln räknas, och spara; eller skriv talet")
    if shown is None and may_be_a_unit(cell.words_shown):
        return wrong(
            mattenhet.expected, f"räkna om talet till {mattenhet}, och ta bort «{cell.words_shown}» ur cellens format"
        )
    if isinstance(cell.value, bool):
        return wrong(wanted, "skriv talet, och formatera cellen som tal")
    if isinstance(cell.value, timedelta):
        return wrong(*_time(cell.value, cell, mattenhet))
    if made := _made_a_day(cell):
        return wrong(wanted + made, _retyped(cell, mattenhet))
    if isinstance(cell.value, int | float):
        if shown == KR and mattenhet in (TKR, MKR) and enligt_planen:
            delivery.notis(
                cell, f"Cellen visar kr, men talet läses i {mattenhet}.", f"kr vid {cell.ref} på {delivery.blad}"
            )
        return _typed_number(cell, mattenhet, shown, wrong)
    reading = read_cell(cell.text, mattenhet, units)
    if far_vara_tom and reading.kind == "missing-symbol":
        wanted = wanted.replace("orsaken till att utfall saknas", "orsaken till att det saknas")
        return wrong(wanted, "töm cellen, eller skriv orsaken")
    if reading.kind == "text" and may_protect(cell.text):
        return wrong(wanted, f"{OR_PROTECTED}; annars talet, eller orsaken, ensamt i cellen")
    if cell.raised and reading.values:
        return wrong("ett tal utan upphöjda tecken", "skriv talet på nytt, och resten i kolumnen kommentar")
    if reading.kind == "number":
        value = reading.values[0]
        if mattenhet.kind == "andel" and reading.unit is None and 0 < abs(value) <= 1:
            return wrong(*_doubtful(value))
        if abs(value) >= LARGEST:
            return wrong(*TOO_LONG)
        if mattenhet.name in SECONDS and re.match(r"\d+\.[0-5]\d(?!\d)", cell.text):
            return wrong(
                f"{mattenhet.expected}; punkten kan stå i en tid", f"räkna om till {mattenhet}, med decimalkomma"
            )
        if mattenhet.takes(reading.unit) and mattenhet.takes(shown):
            return _within_ends(value, mattenhet, wrong)
        action = f"räkna om talet, eller rätta {'mattenhet i planen' if enligt_planen else 'enheten'}"
        theirs = ("", f"räkna om talet till {mattenhet}") if enligt_planen else ("", "")
        delivery.fault(cell, mattenhet.expected, action, till_avsandare=theirs)
        return NOTHING
    if reading.kind == "missing-text":
        return None, reading.word
    if reading.kind in ("missing-empty", "missing-symbol"):
        if remark is not None and not remark.is_empty:
            reason = reason_for_missing(remark.text, mattenhet)
            if reason is None:
                expected = f"orsaken till att utfall saknas: {', '.join(SAKNAS_ORSAKER)}"
                is_number = read_cell(remark.text, mattenhet, units).kind == "number"
                action = "flytta talet till cellen för utfallet" if is_number else "skriv en av orsakerna"
                delivery.fault(remark, expected, action)
            return None, reason
        if reading.kind == "missing-symbol":
            or_there = ", eller i kolumnen anmärkning" if remark is not None else ""
            return wrong(wanted, f"skriv orsaken i stället{or_there}")
        return NOTHING
    if re.fullmatch(r"[+\-–−]?\d{1,3}\.\d{3}", cell.text):
        action = "skriv med decimalkomma, eller med mellanslag mellan tusental"
        return wrong("ett tal utan tvekan om tusental", action)
    if mattenhet.kind == "antal" and cell.text.lower().rstrip(".") in NONE_AT_ALL:
        return wrong(wanted, "skriv 0, om det är räknat och inga fanns; annars orsaken")
    if has_reason(cell.text, mattenhet):
        return wrong(
            "antingen ett tal, eller orsaken till att det saknas",
            "låt det ena stå ensamt i cellen, och skriv resten i kolumnen kommentar",
        )
    if not reading.values:
        return wrong(wanted, "skriv talet, eller en av orsakerna, ensamt i cellen, och resten i kolumnen kommentar")
    if not stands_alone(cell.text, mattenhet, units):
        return wrong(wanted, f"räkna om till {mattenhet}, och skriv bara talet; skriv resten i kolumnen kommentar")
    told = "talet i texten är" if len(reading.values) == 1 else "talen i texten är"
    hint = f"; {told} {enumeration([number(v) for v in reading.values])}"
    return wrong(wanted + hint, "skriv bara talet, och resten i kolumnen kommentar")


def _within_ends(value: Decimal, mattenhet: Unit, wrong: Callable[[str, str], Value]) -> Value:
    if not mattenhet.has(value):
        return wrong(mattenhet.expected, "rätta talet; ett tal utanför skalan finns inte")
    return value, None


_SHORT_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, start=1)} | {"may": 5, "oct": 10}
"""Swedish and English, as a csv file has them → which month of the year."""


def _is_number_as_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and (value.year, value.month) == (1900, 1)


def _retyped(cell: RawCell, mattenhet: Unit) -> str:
    """How to mend a number of which Excel has made a day, or which a format for days shows: 14 is then 14 January 1900."""
    if _is_number_as_day(cell.value):
        return f"formatera cellen som tal; skriv {cell.value.day}, om det är talet"
    protected = f"; {OR_PROTECTED}" if mattenhet.kind == "antal" else ""
    return f"formatera cellen som text och skriv om det, med en apostrof först{protected}"


def _made_a_day(cell: RawCell) -> str:
    """That Excel has made a day of what was typed, with what that may have been: "1–4" for 1 April; "" for a cell that is no day."""
    meant = ""
    if _is_number_as_day(cell.value):
        return "; cellens format visar talet som ett datum"
    if isinstance(cell.value, date):
        shows_day = "d" in cell.number_format.lower()
        meant = f"{cell.value.day}–{cell.value.month}" if shows_day else f"{cell.value.month}–{cell.value:%y}"
    elif written := re.fullmatch(
        r"(\d\d?)-([a-z]{3})|([a-z]{3})-(\d\d)", cell.text.lower()
    ):  # as it comes out in a csv file
        day, month, of_year, year = written.groups()
        if (month or of_year) in _SHORT_MONTHS:
            number = _SHORT_MONTHS[month or of_year]
            meant = f"{int(day)}–{number}" if day else f"{number}–{year}"
    return f"; Excel har gjort ett datum av det som skrevs, kanske {meant}" if meant else ""


def _typed_number(cell: RawCell, mattenhet: Unit, shown: Unit | None, wrong: Callable[[str, str], Value]) -> Value:
    value = cell.number
    if cell.odd_format:
        hides = "döljer tusental" if cell.section.is_thousands else "visar ett annat tal"
        return wrong("ett tal som visas som det är", f"ta bort formatet som {hides}, och skriv talet i enheten")
    is_money = shown == KR and mattenhet.kind == "pengar"  # Excel writes kr by itself
    if not mattenhet.takes(shown) and not is_money:
        return wrong(mattenhet.expected, f"cellen visar {shown}: räkna om talet, eller ändra formatet")
    if not value.is_finite() or abs(value) >= LARGEST:
        return wrong(*TOO_LONG)
    if mattenhet.kind != "andel" and cell.is_share:
        return wrong(f"{mattenhet.expected}, inte en andel", "ta bort procentformatet och skriv talet")
    if mattenhet.kind == "andel" and not cell.is_share and 0 < abs(value) <= 1:
        return wrong(*_doubtful(value))
    return _within_ends(value * 100 if cell.is_share else value, mattenhet, wrong)


SECONDS = {"timmar": 3600, "minuter": 60}
"""How long the units are that a time in a cell can be meant in."""


def _time(time: timedelta, cell: RawCell, mattenhet: Unit) -> tuple[str, str]:
    """What to say of a number that the cell shows as a time: 36:00 is 36 hours, and 2:30 as many hours as minutes, if it was typed so."""
    written, wanted, size = "och formatera cellen som tal", mattenhet.expected, SECONDS.get(mattenhet.name)
    if size is None or (time >= timedelta(days=1) and "[" not in cell.section.clock):
        return f"{wanted}; cellen visar en tid", f"skriv talet, {written}"
    seconds = Decimal(round(time.total_seconds()))
    meant = [seconds / size, seconds / 3600] if "h" in cell.section.clock else [seconds / size]
    told = list(dict.fromkeys(number(shortest(rounded(item, MOST_DECIMALS))) for item in meant))
    return f"{wanted}; cellen visar en tid", f"skriv {either(told)}, {written}"


def _doubtful(value: Decimal) -> tuple[str, str]:
    """What to say of a share that may be meant as it stands or times 100; only whoever wrote it knows."""
    shown = f"{amount(value, PROCENT)} eller {amount((value * 100).normalize(), PROCENT)}"
    return f"en andel: {shown}?", "skriv talet med procenttecken"

"""Whose a workbook is: for which nämnd, which period, from whom."""

import re
from collections.abc import Mapping, Sequence

from reporting.excel.open import RawCell, Sheet, Workbook
from reporting.faults import ANNAN_BOK, asked, closest, nearest_word
from reporting.params.headings import OM, OM_ROWS, STAMP_NAMND, STAMP_PERIOD, STAMP_PLAN
from reporting.periods import Period
from reporting.reading.context import Delivery
from reporting.reading.rows import FROM_TEXT, comparable_name, tell_notes
from reporting.reading.sheets import NEAR_SHEET
from reporting.reading.utfall import Lamnad
from reporting.swedish import MONTHS


def is_for_another(delivery: Delivery, stamp: Mapping[str, str]) -> bool:
    """Whether the workbook was made for another period or nämnd, by the properties that `reporting template` put in it; noted as a fault
    if so."""
    period, namnd = stamp.get(STAMP_PERIOD), stamp.get(STAMP_NAMND)
    try:
        made_for = Period.parse(period).name if period else ""
    except ValueError:
        made_for = str(period)
    if period and period != str(delivery.period):
        expected = f"en arbetsbok som är gjord för {delivery.period.name}; den här är gjord för {made_for}"
        again = f"reporting template {delivery.period}"
        action = f"lägg filen i mappen för {made_for}, eller be om uppgifterna i en ny: {again}"
        theirs = _for_another_period(delivery, made_for)
        delivery.faults.add(period, expected, action, till_avsandare=theirs, brev=ANNAN_BOK)
        return True
    if namnd and namnd != delivery.namnd:
        expected = f"en arbetsbok som är gjord för {delivery.namnd}; den här är gjord för {namnd}"
        action, theirs = f"lägg filen i mappen för {namnd}", _for_another_namnd(delivery, namnd)
        delivery.faults.add(namnd, expected, action, till_avsandare=theirs, brev=ANNAN_BOK)
        return True
    return False


def _for_another_period(delivery: Delivery, period: str) -> tuple[str, str]:
    """What the sender is told of a workbook for another period: what stands in it is nothing to mend, since it would then be read as
    what it isn't."""
    awaited = delivery.period.name
    return (
        f"Den är för {period}, men det vi behöver är {awaited}",
        f"Fyll i arbetsboken för {awaited} och skicka den till oss. Har du inte fått den, eller gäller siffrorna i filen {awaited}, "
        f"så svara på det här mejlet. Ändra inte perioden i filen: då blir siffrorna för {period} till siffror för {awaited}",
    )


def _for_another_namnd(delivery: Delivery, namnd: str) -> tuple[str, str]:
    """The same of one for another nämnd, as the workbook calls it."""
    asked_of = "Svara på det här mejlet vilken nämnd siffrorna gäller. Du behöver inte ändra något i filen"
    return f"Den gäller {namnd}, men kom till oss som {delivery.namnd}", asked_of


def sender(delivery: Delivery, workbook: Workbook, names: Sequence[str], *, in_file: bool) -> Lamnad:
    """Who sent the workbook, from its sheet Om leveransen. It is a fault if the nämnd or period there doesn't match the folder, or if
    a file that could hold the sheet has neither it nor the stamp of `reporting template`.

    names: what the sheets Om leveransen are called in it; in_file: whether the file can hold one, which a csv file can't.
    """
    stamp = workbook.stamp
    if not names and not (STAMP_PERIOD in stamp and STAMP_NAMND in stamp):
        if in_file:
            theirs = (
                f"lägg till ett blad som heter {OM}. Skriv {OM_ROWS[0]} i A1 och {delivery.namnd} i B1, {OM_ROWS[1]} i A2 och "
                f"'{delivery.period} i B2, {_if_so(delivery)}"
            )
            action = "lägg till bladet, se handboken"
            delivery.fault("", f"bladet {OM}, med nämnd och period", action, till_avsandare=("", theirs))
            return Lamnad(delivery.fil)
        said = f"Filen säger inte vem den gäller. Den läses som {delivery.namnd} {delivery.period.name}, efter mappen."
        delivery.notis("", said, f"{delivery.fil} utan nämnd och period")
    if not delivery.historik and STAMP_PLAN in stamp and stamp[STAMP_PLAN] != delivery.plan.version:
        said = "Planen har ändrats sedan arbetsboken gjordes. Kontrollera att enheter och målvärden är de som gäller."
        delivery.notis("", said, f"planens lydelse {stamp[STAMP_PLAN]}")
    about = [_om(delivery.on(name), workbook.sheets[name]) for name in names]
    who = (next((here[label] for here in about if here.get(label)), "") for label in OM_ROWS[2:])
    return Lamnad(delivery.fil, *who)


def _om(delivery: Delivery, sheet: Sheet) -> dict[str, str]:
    """Label → text of one sheet Om leveransen. Numbered lines and lines with nothing beside them are instructions."""
    said: dict[str, RawCell] = {}
    misspelt: dict[str, RawCell] = {}
    for row in sheet.rows:
        label, value = (row[0], row[1]) if len(row) > 1 else (row[0] if row else RawCell("A1", None), RawCell("", None))
        if label.heading in OM_ROWS:
            said.setdefault(label.heading, value if len(row) > 1 else RawCell(label.ref.replace("A", "B"), None))
        elif not label.is_empty and not value.is_empty and not re.fullmatch(r"\d+\.?", label.text):
            if meant := nearest_word(label.heading, OM_ROWS):
                misspelt.setdefault(meant, value)
                wanted = f"en av raderna {', '.join(OM_ROWS)}"
                delivery.fault(label, wanted, f"rätta eller ta bort raden.{asked(meant)}")
            else:
                delivery.notis(label, "Raden läses inte.", f"raden {label.heading} på {delivery.blad}")
    tell_notes(delivery, sheet)
    for cell in said.values():
        delivery.faults.unreadable(cell.text, FROM_TEXT, cell=cell.ref)
    said = misspelt | said
    for row_label, wanted in ((OM_ROWS[0], delivery.namnd), (OM_ROWS[1], str(delivery.period))):
        if row_label not in said:
            action = f"skriv {row_label} i kolumn A och {wanted} i kolumn B"
            theirs = ("", f"{action}, {_if_so(delivery)}")
            delivery.fault("", f"raden {row_label}", action, till_avsandare=theirs)
        elif not _is_said(said[row_label], wanted, delivery):
            told, brev = _misaddressed(said[row_label], row_label == OM_ROWS[1], delivery)
            action = "rätta cellen, eller lägg filen i rätt mapp"
            delivery.fault(said[row_label], wanted, action, till_avsandare=told, brev=brev)
    return {label: cell.text for label, cell in said.items()}


def _misaddressed(cell: RawCell, is_period: bool, delivery: Delivery) -> tuple[tuple[str, str], str]:
    """(what the sender is told, which letter) of a cell that says another period or nämnd than the awaited one; what is neither, or only
    misspelt, is a cell to mend."""
    written = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", cell.month)
    period = f"{MONTHS[int(written[2]) - 1]} {written[1]}" if written else cell.heading
    if is_period and re.fullmatch(rf"({'|'.join(MONTHS)}) 20\d\d", period):
        return _for_another_period(delivery, period), ANNAN_BOK
    is_misspelt = closest(comparable_name(cell.text), [delivery.namnd], NEAR_SHEET)
    if not is_period and not cell.is_empty and not is_misspelt:
        return _for_another_namnd(delivery, cell.shown), ANNAN_BOK
    wanted, name = (f"'{delivery.period}", delivery.period.name) if is_period else (delivery.namnd, delivery.namnd)
    return ("", f"skriv {wanted} i cellen, om siffrorna gäller {name}; svara annars vad de gäller"), ""


def _if_so(delivery: Delivery) -> str:
    return f"om siffrorna gäller {delivery.period.name}; svara annars vilken period det är"


def _is_said(cell: RawCell, wanted: str, delivery: Delivery) -> bool:
    """That the cell says `wanted`, in our way or as people say it: "Kultur- och fritidsnämnden", "december 2024"."""
    as_id = "-".join(re.findall(r"[a-z0-9]+", comparable_name(cell.text)))
    return wanted in (cell.month, as_id) or (wanted == str(delivery.period) and cell.heading == delivery.period.name)

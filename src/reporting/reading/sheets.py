"""Which sheet is which, whatever it is called, and whose the workbook is: for which nämnd, which period, from whom."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from reporting.excel.open import RawCell, Sheet, Workbook
from reporting.faults import ANNAN_BOK, Fault, asked, nearest_word
from reporting.params.headings import (
    ATT_RATTA,
    KVALITATIVA,
    KVALITATIVA_COLUMNS,
    MATETAL,
    MATETAL_COLUMNS,
    OM,
    OM_ROWS,
    STAMP_NAMND,
    STAMP_PERIOD,
    STAMP_PLAN,
    TIDIGARE,
)
from reporting.periods import Period
from reporting.reading.context import Delivery, Found
from reporting.reading.rows import folded, heading_row
from reporting.reading.utfall import Lamnad
from reporting.swedish import MONTHS

NEAR = 0.8
"""How like a sheet's name must be one of ours to be a misspelling of it; «Anteckningar» is none of «Granskningar»."""


@dataclass(frozen=True)
class Kind:
    """How a sheet is known when somebody has renamed it: by its headings."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    others: str = "(?!)"


OUTCOMES = {
    MATETAL: Kind(MATETAL_COLUMNS, ("id", "utfall"), TIDIGARE),
    KVALITATIVA: Kind(KVALITATIVA_COLUMNS, ("id", "svar")),
}
"""The sheets that every workbook may have; the others are defined in blad."""


def recognised(
    delivery: Delivery, workbook: Workbook, kinds: Mapping[str, Kind]
) -> tuple[list[tuple[str, str]], list[Found]]:
    """([(kind of sheet, its name in the workbook)], what was found).

    A sheet is known by its name, capitals, spaces, dots and rings aside, or by headings that fit one kind only. One that looks like a
    sheet of ours and isn't known is a fault; any other that holds something is passed over, with a notis.
    """
    known = {folded(name): name for name in (OM, *kinds)}
    sheets: list[tuple[str, str]] = []
    found: list[Found] = []
    unknown: list[str] = []
    for name, sheet in workbook.sheets.items():
        plain = re.sub(r" ?\(\d+\)$", "", name.strip())  # Excel's copy of a sheet
        if folded(plain) == folded(ATT_RATTA):
            continue
        if kind := known.get(folded(plain)):
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
        if first != name and _holds_something(workbook.sheets[name]):
            action = "ta bort det ena bladet, eller låt rubrikerna på det vara andra än våra"
            twice = delivery.fault(name, "", f"ett enda blad {kind}; bladet {first} är det redan", action)
            found.append(replace(twice, slag=kind))
    for name in unknown:
        found.append(_unknown(delivery, name, workbook.sheets[name], kinds))
        meant = _near_kind(name, tuple(kinds))
        if meant and meant not in kept and _has_required(workbook.sheets[name], kinds[meant]):
            kept[meant] = name  # so that what is wrong on it is told in the same go
    return list(kept.items()), [] if delivery.historik else found


def _unknown(delivery: Delivery, name: str, sheet: Sheet, kinds: Mapping[str, Kind]) -> Found:
    wanted = (OM, *kinds)
    near = _near_kind(name, wanted)
    hint = f" Menade du «{near}»?" if near else ""
    if hint or any(_has_required(sheet, item) for item in kinds.values()):
        action = f"rätta bladets namn eller ta bort det.{hint}"
        return delivery.fault(name, "", f"ett av bladen {', '.join(wanted)}", action)
    return delivery.notis(name, "", "Bladet läses inte.", f"bladet {name}")


def _near_kind(name: str, kinds: Sequence[str]) -> str:
    """The kind of sheet that a sheet's name is a misspelling of, or ""."""
    names = {folded(item): item for item in kinds}
    return next((names[near] for near in get_close_matches(folded(name), names, n=1, cutoff=NEAR)), "")


def _holds_something(sheet: Sheet) -> bool:
    return any(not cell.is_empty for row in sheet.rows for cell in row) or bool(sheet.marks and sheet.marks.too_large)


def _is_om(sheet: Sheet) -> bool:
    labels = {row[0].heading for row in sheet.rows if row}
    return {OM_ROWS[0], OM_ROWS[1]} <= labels


def _has_required(sheet: Sheet, kind: Kind) -> bool:
    top = heading_row(sheet, kind.columns, kind.required, kind.others)
    headings = {cell.heading for cell in sheet.rows[top]} if sheet.rows else set()
    return len(kind.columns) > 1 and set(kind.required) <= headings and len(headings & set(kind.columns)) > 1


def _fits(sheet: Sheet, kind: Kind) -> bool:
    if not _has_required(sheet, kind):
        return False
    top = heading_row(sheet, kind.columns, kind.required, kind.others)
    headings = [cell.heading for cell in sheet.rows[top] if not cell.is_empty]
    return all(heading in kind.columns or re.fullmatch(kind.others, heading) for heading in headings)


def wrong_address(delivery: Delivery, stamp: Mapping[str, str]) -> Fault | None:
    """That the workbook was made for another period or nämnd, as the stamp of `reporting template` says; such a one isn't read."""
    period, namnd = stamp.get(STAMP_PERIOD), stamp.get(STAMP_NAMND)
    try:
        made_for = Period.parse(period).name if period else ""
    except ValueError:
        made_for = str(period)
    if period and period != str(delivery.period):
        expected = f"en arbetsbok som är gjord för {delivery.period.name}; den här är gjord för {made_for}"
        action = (
            f"lägg filen i mappen för {made_for}, eller be om uppgifterna i en ny: reporting template {delivery.period}"
        )
        return another(Fault(delivery.fil, period, expected, action), delivery, made_for)
    if namnd and namnd != delivery.namnd:
        expected = f"en arbetsbok som är gjord för {delivery.namnd}; den här är gjord för {namnd}"
        return another(Fault(delivery.fil, namnd, expected, f"lägg filen i mappen för {namnd}"), delivery)
    return None


def another(fault: Fault, delivery: Delivery, period: str = "") -> Fault:
    """That the workbook is for another `period`, by its name, or else for another nämnd, as its sender is told: what stands in it is
    nothing to mend, since it would then be read as what it isn't."""
    awaited = delivery.period.name
    told = f"Den gäller {period or fault.stod}, men kom till oss som {awaited if period else delivery.namnd}"
    asked = "Svara på det här mejlet vilken nämnd siffrorna gäller. Du behöver inte ändra något i filen"
    if period:
        told = f"Den är för {period}, men det vi behöver är {awaited}"
        asked = (
            f"Fyll i arbetsboken för {awaited} och skicka den till oss. Har du inte fått den, eller gäller siffrorna i filen {awaited}, "
            f"så svara på det här mejlet. Ändra inte perioden i filen: då blir siffrorna för {period} till siffror för {awaited}"
        )
    return replace(fault, till_avsandare=(told, asked), brev=ANNAN_BOK)


def address(
    delivery: Delivery, workbook: Workbook, names: Sequence[str], *, in_file: bool
) -> tuple[Lamnad, list[Found]]:
    """(whose the workbook is, what was found): the sheets Om leveransen held against the folder that the file lies in.

    names: those sheets; in_file: whether the file is of a kind that can hold one, which a csv file isn't.
    """
    lamnad = Lamnad(delivery.fil)
    found: list[Found] = []
    stamp = workbook.stamp
    if not names and not (STAMP_PERIOD in stamp and STAMP_NAMND in stamp):
        if in_file:
            return lamnad, [
                Fault(
                    delivery.fil,
                    "",
                    f"bladet {OM}, med nämnd och period",
                    "lägg till bladet, se handboken",
                    till_avsandare=(
                        "",
                        f"lägg till ett blad som heter {OM}. Skriv {OM_ROWS[0]} i A1 och {delivery.namnd} i B1, {OM_ROWS[1]} i A2 och "
                        f"'{delivery.period} i B2, {_if_so(delivery)}",
                    ),
                )
            ]
        said = f"Filen säger inte vem den gäller. Den läses som {delivery.namnd} {delivery.period.name}, efter mappen."
        found.append(delivery.notis("", "", said, f"{delivery.fil} utan nämnd och period"))
    if not delivery.historik and STAMP_PLAN in stamp and stamp[STAMP_PLAN] != delivery.plan.version:
        said = "Planen har ändrats sedan arbetsboken gjordes. Kontrollera att enheter och målvärden är de som gäller."
        found.append(delivery.notis("", "", said, f"planens lydelse {stamp[STAMP_PLAN]}"))
    for name in names:
        said_here, faults = _om(delivery, name, workbook.sheets[name])
        found += faults
        lamnad = replace(
            lamnad,
            verksamhetsomrade=lamnad.verksamhetsomrade or said_here.get(OM_ROWS[2], ""),
            lamnad_av=lamnad.lamnad_av or said_here.get(OM_ROWS[3], ""),
            lamnad=lamnad.lamnad or said_here.get(OM_ROWS[4], ""),
        )
    return lamnad, found


def _om(delivery: Delivery, name: str, sheet: Sheet) -> tuple[dict[str, str], list[Found]]:
    """(label → text, what was found) on one sheet Om leveransen. Numbered lines and lines with nothing beside them are instructions."""
    said: dict[str, RawCell] = {}
    misspelt: dict[str, RawCell] = {}
    found: list[Found] = []
    for row in sheet.rows:
        label, value = (row[0], row[1]) if len(row) > 1 else (row[0] if row else RawCell("A1", None), RawCell("", None))
        if label.heading in OM_ROWS:
            said.setdefault(label.heading, value if len(row) > 1 else RawCell(label.ref.replace("A", "B"), None))
        elif not label.is_empty and not value.is_empty and not re.fullmatch(r"\d+\.?", label.text):
            if meant := nearest_word(label.heading, OM_ROWS):
                misspelt.setdefault(meant, value)
                wanted = f"en av raderna {', '.join(OM_ROWS)}"
                found.append(delivery.fault(name, label, wanted, f"rätta eller ta bort raden.{asked(meant)}"))
            else:
                found.append(delivery.notis(name, label, "Raden läses inte.", f"raden {label.heading} på {name}"))
    said = misspelt | said
    for label_text, wanted in ((OM_ROWS[0], delivery.namnd), (OM_ROWS[1], str(delivery.period))):
        if label_text not in said:
            action = f"skriv {label_text} i kolumn A och {wanted} i kolumn B"
            theirs = ("", f"{action}, {_if_so(delivery)}")
            found.append(delivery.fault(name, "", f"raden {label_text}", action, till_avsandare=theirs))
        elif not _is_said(said[label_text], wanted, delivery):
            fault = delivery.fault(name, said[label_text], wanted, "rätta cellen, eller lägg filen i rätt mapp")
            found.append(_misaddressed(fault, said[label_text], label_text == OM_ROWS[1], delivery))
    return {label: cell.text for label, cell in said.items()}, found


def _misaddressed(fault: Fault, cell: RawCell, is_period: bool, delivery: Delivery) -> Fault:
    """Another period or nämnd than the awaited one; what is neither, or only misspelt, is a cell to mend."""
    written = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", cell.month)
    period = f"{MONTHS[int(written[2]) - 1]} {written[1]}" if written else cell.heading
    if is_period and re.fullmatch(rf"({'|'.join(MONTHS)}) 20\d\d", period):
        return another(fault, delivery, period)
    if not is_period and not cell.is_empty and not get_close_matches(folded(cell.text), [delivery.namnd], 1, NEAR):
        return another(fault, delivery)
    wanted, name = (f"'{delivery.period}", delivery.period.name) if is_period else (delivery.namnd, delivery.namnd)
    return replace(
        fault, till_avsandare=("", f"skriv {wanted} i cellen, om siffrorna gäller {name}; svara annars vad de gäller")
    )


def _if_so(delivery: Delivery) -> str:
    return f"om siffrorna gäller {delivery.period.name}; svara annars vilken period det är"


def _is_said(cell: RawCell, wanted: str, delivery: Delivery) -> bool:
    """That the cell says `wanted`, in our way or as people say it: "Kultur- och fritidsnämnden", "december 2024"."""
    as_id = "-".join(re.findall(r"[a-z0-9]+", folded(cell.text)))
    return wanted in (cell.month, as_id) or (wanted == str(delivery.period) and cell.heading == delivery.period.name)

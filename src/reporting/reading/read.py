"""Outcome workbooks, read: what was measured, cell by cell, and every fault of every file at once."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reporting.excel.csv_sheet import open_csv
from reporting.excel.open import open_workbook
from reporting.faults import Fault, Notis
from reporting.params.blad import DRIFT, OMRADEN, PRIVATA_UTFORARE, Blad
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.headings import KVALITATIVA, MATETAL, OM
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.blad_rows import others, read_blad
from reporting.reading.context import Delivery, Found
from reporting.reading.matetal_rows import read_kvalitativa, read_matetal
from reporting.reading.same_figure import one_of_each
from reporting.reading.sheets import OUTCOMES, Kind, address, recognised, wrong_address
from reporting.reading.utfall import Bladrad, Fil, Leverans, Svar, Utfall

AMOUNTS = (DRIFT.blad, OMRADEN.blad, PRIVATA_UTFORARE.blad)
"""The sheets whose amounts are held against those of the year before."""
READ = (".xlsx", ".csv")
OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")
WRITTEN = (".docx", ".doc", ".odt", ".rtf", ".pdf")
OURS = ("texter.md", "godkanda.yml")
SYSTEM = ("thumbs.db", "desktop.ini")


def checksum(path: Path, fil: str) -> Fil:
    """The file's name and the sha256 of its bytes."""
    return Fil(fil, hashlib.sha256(path.read_bytes()).hexdigest())


def read_workbooks(
    folder: Path,
    fil: str,
    period: Period,
    plan: Plan,
    expected: Iterable[str] = (),
    blad: tuple[Blad, ...] = PROGRAM_SHEETS,
    *,
    historik: bool = False,
) -> tuple[Leverans, list[Fault]]:
    """Read every workbook in `folder` (named `fil` in faults): (Leverans, faults). What ought to be looked at is in Leverans.notiser.

    expected: file names that must be there; blad: the sheets that there may be. historik: an earlier period, of which only the
    outcomes and the amounts are read, for comparison; ids that the plan doesn't know, and what is wrong with amounts, are then left out
    instead of being faults. A folder that
    doesn't exist gives an empty Leverans.
    """
    found: list[Found] = []
    read: list[Leverans] = []
    for name in expected:
        if not (folder / name).is_file():
            wanted = f"arbetsboken, som params/{period}.yml räknar upp"
            action = "lägg filen i mappen, eller ta bort den ur arbetsbocker"
            found.append(Fault(f"{fil}/{name}", "", wanted, action))
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        name = f"{fil}/{path.name}"
        if path.suffix.lower() in READ and not _is_passed_over(path):
            delivery = Delivery(
                fil=name,
                namnd=plan.namnd,
                period=period,
                plan=plan,
                historik=historik,
                blad=tuple(item.blad for item in blad),
            )
            leverans, wrong = _read_file(path, delivery, blad)
            read.append(leverans)
            found += wrong
        elif not historik and not _is_passed_over(path):
            found.append(_not_read(path, name))
    units = {item.id: item.mattenhet for item in (*plan.matetal, *plan.indikatorer)}
    utfall, svar, rader, twice = one_of_each(
        [item for one in read for item in one.utfall],
        [item for one in read for item in one.svar],
        [] if historik else [item for one in read for item in one.rader],
        units.__getitem__,
        [item.id for item in blad if item.poster or item.poster_ur],
    )
    names = {item.id: item.blad for item in blad}
    faults = [item for item in found if isinstance(item, Fault)]
    faults += [replace(item, slag=names.get(item.slag, item.slag)) for item in twice]
    leverans = Leverans(
        utfall=tuple(utfall),
        svar=tuple(svar),
        rader=tuple(item for one in read for item in one.rader) if historik else tuple(rader),
        filer=tuple(fil for one in read for fil in one.filer),
        lamnade=tuple(lamnad for one in read for lamnad in one.lamnade),
        notiser=() if historik else tuple(item for item in found if isinstance(item, Notis)),
    )
    return leverans, faults


def _read_file(path: Path, delivery: Delivery, blad: tuple[Blad, ...]) -> tuple[Leverans, list[Found]]:
    is_csv = path.suffix.lower() == ".csv"
    workbook, opening = (open_csv if is_csv else open_workbook)(path, delivery.fil)
    found: list[Found] = [*opening]
    if opening:
        return Leverans(), found
    filer = (checksum(path, delivery.fil),)
    if refused := wrong_address(delivery, workbook.stamp):
        return Leverans(filer=filer), [*found, refused]
    kinds = OUTCOMES | {item.blad: Kind(item.headings, item.required, others(item)) for item in blad}
    sheets, wrong = recognised(delivery, workbook, kinds)
    found += wrong
    about = [at for known, at in sheets if known == OM]
    lamnad, wrong = address(delivery, workbook, about, in_file=not is_csv)
    found += wrong
    if not delivery.historik and len(about) == len(sheets):
        stood = ", ".join(workbook.sheets)
        found.append(Fault(delivery.fil, stood, f"bladet {MATETAL}", "lägg in bladet med utfallen"))
    utfall: list[Utfall] = []
    svar: list[Svar] = []
    rader: list[Bladrad] = []
    definitions = {item.blad: item for item in blad}
    for known, at in sheets:
        sheet = workbook.sheets[at]
        if known == MATETAL:
            outcomes, wrong = read_matetal(delivery, at, sheet)
            utfall += outcomes
        elif known == OM or (known in definitions and not definitions[known].duger):
            continue
        elif delivery.historik:
            if known in AMOUNTS:
                rader += read_blad(delivery, definitions[known], at, sheet)[0]
            continue
        elif known == KVALITATIVA:
            answers, wrong = read_kvalitativa(delivery, at, sheet)
            svar += answers
        else:
            rows, wrong = read_blad(delivery, definitions[known], at, sheet)
            rader += rows
        found += [replace(item, slag=known) if isinstance(item, Fault) else item for item in wrong]
    return Leverans(tuple(utfall), tuple(svar), tuple(rader), filer, (lamnad,)), found


def is_sent(path: Path) -> bool:
    """True for a file of a kind that outcomes are read from; not for what Excel keeps while one is open."""
    return path.suffix.lower() in READ and not path.name.startswith(("~$", "."))


def _is_passed_over(path: Path) -> bool:
    """What isn't a delivery: texts and approvals, folders, what Excel keeps while a file is open, what systems leave behind."""
    name = path.name
    holds_files = path.is_dir() and any(map(is_sent, path.iterdir()))
    is_folder = path.is_dir() and path.suffix.lower() not in READ and not holds_files
    return name in OURS or is_folder or name.startswith(("~$", ".")) or name.lower() in SYSTEM


def _not_read(path: Path, name: str) -> Found:
    if path.suffix.lower() in OTHER_FORMATS:
        action = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
        return Fault(name, "", "en Excel-arbetsbok (.xlsx)", action)
    if path.name.lower().startswith("texter"):
        action = "byt namn på filen till texter.md"
        if path.suffix.lower() in WRITTEN:
            action = "spara texten som oformaterad text i UTF-8, med namnet texter.md"
        return Fault(name, path.name, "texter.md, om det är nämndens texter", action)
    what = "Arbetsböckerna i mappen läses inte." if path.is_dir() else "Filen läses inte."
    return Notis(name, "", what, f"filen {path.name}")

"""Outcome workbooks, read: what was measured, cell by cell, and every fault of every file at once."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reporting.excel.csv_sheet import open_csv
from reporting.excel.open import open_workbook
from reporting.faults import Fault, Faults
from reporting.files import as_kept
from reporting.params.blad import DRIFT, OMRADEN, PRIVATA_UTFORARE, Blad
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.headings import KVALITATIVA, MATETAL, OM
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.blad_rows import read_blad, sheet_kind
from reporting.reading.context import Delivery
from reporting.reading.matetal_rows import read_kvalitativa, read_matetal
from reporting.reading.same_figure import one_of_each
from reporting.reading.sender import is_for_another, sender
from reporting.reading.sheets import OUTCOMES, recognised
from reporting.reading.utfall import Bladrad, Fil, Leverans, Svar, Utfall

_AMOUNT_SHEETS = (DRIFT.blad, OMRADEN.blad, PRIVATA_UTFORARE.blad)
"""The sheets whose amounts are held against those of the year before."""
READ = (".xlsx", ".csv")
OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")
WRITTEN = (".docx", ".doc", ".odt", ".rtf", ".pdf")
_OWN_FILES = ("texter.md", "godkanda.yml")
SYSTEM = ("thumbs.db", "desktop.ini")


def read_file_checksum(path: Path, fil: str) -> Fil:
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
    faults = Faults()
    read: list[Leverans] = []
    for name in expected:
        if not as_kept(folder / name).is_file():
            wanted = f"arbetsboken, som params/{period}.yml räknar upp"
            faults.at(f"{fil}/{name}").add("", wanted, "lägg filen i mappen, eller ta bort den ur arbetsbocker")
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        here = faults.at(f"{fil}/{path.name}")
        if path.suffix.lower() in READ and not _is_passed_over(path):
            read.append(_read_file(path, Delivery(here, plan.namnd, period, plan, historik), blad))
        elif not historik and not _is_passed_over(path):
            _tell_not_read(path, here)
    units = {item.id: item.mattenhet for item in (*plan.matetal, *plan.indikatorer)}
    rader = tuple(item for one in read for item in one.rader)
    utfall, svar, once = one_of_each(
        [item for one in read for item in one.utfall],
        [item for one in read for item in one.svar],
        [] if historik else rader,
        units.__getitem__,
        blad,
        faults,
    )
    leverans = Leverans(
        utfall=utfall,
        svar=svar,
        rader=rader if historik else once,
        filer=tuple(fil for one in read for fil in one.filer),
        lamnade=tuple(lamnad for one in read for lamnad in one.lamnade),
        notiser=() if historik else tuple(faults.notiser),
    )
    return leverans, faults.found


def _read_file(path: Path, delivery: Delivery, blad: tuple[Blad, ...]) -> Leverans:
    is_csv = path.suffix.lower() == ".csv"
    before = delivery.faults.count
    workbook = (open_csv if is_csv else open_workbook)(path, delivery.faults)
    if delivery.faults.count > before and not workbook.sheets:
        return Leverans()
    filer = (read_file_checksum(path, delivery.fil),)
    if is_for_another(delivery, workbook.stamp):
        return Leverans(filer=filer)
    kinds = OUTCOMES | {item.blad: sheet_kind(item) for item in blad}
    sheets = recognised(delivery, workbook, kinds)
    about = [at for known, at in sheets if known == OM]
    lamnad = sender(delivery, workbook, about, in_file=not is_csv)
    if not delivery.historik and len(about) == len(sheets):
        delivery.faults.add(", ".join(workbook.sheets), f"bladet {MATETAL}", "lägg in bladet med utfallen")
    utfall: list[Utfall] = []
    svar: list[Svar] = []
    rader: list[Bladrad] = []
    definitions = {item.blad: item for item in blad if item.duger}
    for known, at in sheets:
        here, sheet = delivery.on(at, known), workbook.sheets[at]
        if known == MATETAL:
            utfall += read_matetal(here, sheet)
        elif known == KVALITATIVA and not delivery.historik:
            svar += read_kvalitativa(here, sheet)
        elif known in definitions and not delivery.historik:
            rader += read_blad(here, definitions[known], sheet)
        elif known in definitions and known in _AMOUNT_SHEETS:  # what is wrong with earlier amounts was told then
            rader += read_blad(replace(here, faults=Faults(delivery.fil)), definitions[known], sheet)
    return Leverans(tuple(utfall), tuple(svar), tuple(rader), filer, (lamnad,))


def is_sent(path: Path) -> bool:
    """True for a file of a kind that outcomes are read from; not for what Excel keeps while one is open."""
    return path.suffix.lower() in READ and not path.name.startswith(("~$", "."))


def _is_passed_over(path: Path) -> bool:
    """What isn't a delivery: texts and approvals, folders, what Excel keeps while a file is open, what systems leave behind."""
    name = path.name
    holds_files = path.is_dir() and any(map(is_sent, path.iterdir()))
    is_folder = path.is_dir() and path.suffix.lower() not in READ and not holds_files
    return name in _OWN_FILES or is_folder or name.startswith(("~$", ".")) or name.lower() in SYSTEM


def _tell_not_read(path: Path, faults: Faults) -> None:
    if path.suffix.lower() in OTHER_FORMATS:
        action = "öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)"
        faults.add("", "en Excel-arbetsbok (.xlsx)", action)
    elif path.name.lower().startswith("texter"):
        action = "byt namn på filen till texter.md"
        if path.suffix.lower() in WRITTEN:
            action = "spara texten som oformaterad text i UTF-8, med namnet texter.md"
        faults.add(path.name, "texter.md, om det är nämndens texter", action)
    else:
        what = "Arbetsböckerna i mappen läses inte." if path.is_dir() else "Filen läses inte."
        faults.note("", what, f"filen {path.name}")

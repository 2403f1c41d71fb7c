"""What is decided for one period: kommun.yml, the plans and <period>.yml, read and checked against each other."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reporting.faults import Fault, Faults, InputFaults, nearest
from reporting.params.blad import GRANSKNINGAR, Blad
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.headings import KVALITATIVA, MATETAL, OM
from reporting.params.kommun import Kommun, Namnd, Skala
from reporting.params.kommun_faults import check_kommun, check_sheets, meant_id, tell_unknown
from reporting.params.located import Located
from reporting.params.plan import Korning, Plan
from reporting.params.plan_faults import check_plan, meant_namnd
from reporting.params.webbplats import check_webbplats
from reporting.params.yaml_files import read_values
from reporting.periods import Period
from reporting.units import Units

ARSRAPPORT, DELARSRAPPORT = "arsuppfoljning", "delarsuppfoljning"
"""The report types that a period has where its file names none."""


@dataclass(frozen=True)
class Params:
    """Everything that is decided for one period.

    skala: the scale of the period's report type; titel: the report's name; planfiler: the file of each plan in planer, relative
    to the root; blad: the sheets that a workbook may have besides the outcomes, the program's and the kommun's own; bladfiler: the
    files of the latter.
    """

    kommun: Kommun
    period: Period
    korning: Korning
    trend_mot: Period
    jamfor_med: Period
    planer: tuple[Plan, ...]
    planfiler: tuple[str, ...]
    skala: Skala
    titel: str
    blad: tuple[Blad, ...]
    bladfiler: tuple[str, ...]

    @property
    def duger(self) -> bool:
        """Whether all that must be decided could be read: else it is only there to hold other files against, as far as it goes."""
        return self.kommun.duger and self.korning.duger and self.skala.duger

    def namnd(self, namnd: str) -> Namnd:
        """The nämnd with this id. Raises KeyError."""
        return {item.id: item for item in self.kommun.namnder}[namnd]

    def blad_of(self, namnd: str) -> tuple[Blad, ...]:
        """The sheets that are asked of a nämnd, those with rows out of the plan aside: those that its verksamhetsområden are said to
        fill in, or every one but Granskningar (of which there may be none) where nothing is said."""
        named = {name for area in self.namnd(namnd).verksamhetsomraden for name in area.blad}
        free = [item for item in self.blad if not item.poster_ur]
        return tuple(item for item in free if (item.id in named if named else item.id != GRANSKNINGAR.id))

    def planfil(self, plan: Plan) -> str:
        """The file that this plan was read from."""
        return self.planfiler[self.planer.index(plan)]

    def plan(self, namnd: str) -> Plan | None:
        """The plan that holds for the nämnd in the period's year, or may do as far as its years could be read; or None."""
        own = [plan for plan in self.planer if plan.namnd == namnd]
        sure = [plan for plan in own if self.period.year in plan.galler]
        return next(iter(sure or [plan for plan in own if plan.oklart("galler")]), None)


def read_params(folder: Path, period: Period, *, planer_med: bool = True) -> tuple[Params | None, list[Fault]]:
    """Read params/ for one period: (Params, faults); Params is None where kommun.yml or the period's file can't be used.

    All faults of all files come at once. Plans of other years are read too, since they are there to be right. planer_med: False
    leaves every plan unread, for who only wants to know what is shared.
    """
    params, faults = read_as_far(folder, period, planer_med=planer_med)
    return (params if params.kommun.duger and params.korning.duger else None), faults


def read_as_far(folder: Path, period: Period, *, planer_med: bool = True) -> tuple[Params, list[Fault]]:
    """As read_params, but always gives Params, with what could be read of faulty files. Only for finding more faults in the same go."""
    faults = Faults()
    readings: list[tuple[Kommun, Located]] = []
    fil = "params/kommun.yml"
    read, _ = read_values(folder / "kommun.yml", faults.at(fil), Kommun, lambda *reading: readings.append(reading))
    kommun = read or Kommun.okand()
    units = kommun.all_units
    blad, bladfiler, all_known = _own_sheets(folder, faults, units)
    for reading, at in readings:
        check_kommun(reading, at)
        check_webbplats(reading, at, folder)
        check_sheets(reading, at, (*PROGRAM_SHEETS, *blad), all_known=all_known)

    def check_run(korning: Korning, at: Located) -> None:
        _other_periods(korning, period, at)
        _report_type(kommun, korning, period, at)

    fil = f"params/{period}.yml"
    run, run_file = read_values(folder / f"{period}.yml", faults.at(fil), Korning, check_run)
    korning, run_file = run or Korning.okand(), run_file or Located(Faults(fil), {})
    planer: list[Plan] = []
    planfiler: list[str] = []
    all_plans = True  # whether it is known for which nämnd every plan is
    for path in sorted((folder / "planer").glob("*.yml")) if planer_med else ():
        fil = f"params/planer/{path.name}"
        check = partial(check_plan, kommun=kommun, others=planer)
        plan, _ = read_values(path, faults.at(fil), Plan, check, units)
        namnd = meant_namnd(plan, kommun) if plan else ""
        all_plans = all_plans and bool(namnd)
        if plan:
            planer.append(plan if namnd in ("", plan.namnd) else plan.model_copy(update={"namnd": namnd}))
            planfiler.append(fil)
    trend_mot, jamfor_med = _other_periods(korning, period, run_file)
    titel, skala = _report_type(kommun, korning, period, run_file)
    korning = _with_known_namnder(korning, run_file, kommun)
    plans, files, sheets = tuple(planer), tuple(planfiler), (*PROGRAM_SHEETS, *blad)
    params = Params(kommun, period, korning, trend_mot, jamfor_med, plans, files, skala, titel, sheets, bladfiler)
    known = [namnd.id for namnd in kommun.namnder]
    for name in korning.namnder:
        if planer_med and all_plans and name in known and params.plan(name) is None:
            expected = f"en plan i params/planer som gäller {period.year}"
            action = "lägg till planen, eller året under galler"
            run_file.fault(("namnder", name), name, expected, action)
    return params, faults.sorted()


def _with_known_namnder(korning: Korning, run_file: Located, kommun: Kommun) -> Korning:
    """The run with misspelt nämnder as those that they are near; of nämnder that the kommun doesn't have it is told."""
    namnder = dict(korning.namnder)
    for name in korning.namnder if not kommun.oklart("namnder") else ():
        if tell_unknown(name, kommun.namnder, run_file, ("namnder", name), "en nämnd i kommun.yml"):
            meant = meant_id(name, [namnd.id for namnd in kommun.namnder])
            if meant and meant not in namnder:
                namnder[meant] = namnder.pop(name)
    return korning.model_copy(update={"namnder": namnder}) if namnder != korning.namnder else korning


def _other_periods(korning: Korning, period: Period, run_file: Located) -> tuple[Period, Period]:
    """(the period that trend refers to, the one that mätetal are compared with), where the file's own period is held against its name."""
    trend_mot, jamfor_med = period.previous, period.year_before
    if korning.period != str(period) and not korning.oklart("period"):
        run_file.fault(
            ("period",), korning.period, f"perioden {period}, som i filens namn", "rätta period eller filnamn"
        )
    for key in ("trend_mot", "jamfor_med"):
        written = getattr(korning, key)
        if written is None:
            continue
        try:
            other = Period.parse(written)
        except ValueError:
            expected = "en rapporteringsperiod, till exempel 2024-12"
            action = "rätta perioden; uppföljning görs per april (04), augusti (08) och december (12)"
            run_file.fault((key,), written, expected, action)
            continue
        if other >= period:
            run_file.fault((key,), written, f"en period före {period}", "rätta perioden")
        trend_mot, jamfor_med = (other, jamfor_med) if key == "trend_mot" else (trend_mot, other)
    return trend_mot, jamfor_med


def shared_faults(faults: list[Fault], period: Period) -> list[Fault]:
    """Those that concern every nämnd: the ones in kommun.yml, in the period's file and in the kommun's own sheets."""
    shared = ("params/kommun.yml", f"params/{period}.yml")
    return [fault for fault in faults if fault.fil in shared or fault.fil.startswith("params/blad/")]


def read_run_params(folder: Path, period: Period, *, planer_med: bool = True) -> Params:
    """What a run needs from params/. Raises InputFaults where kommun.yml, the period's file or the kommun's own sheets have faults."""
    params, faults = read_params(folder, period, planer_med=planer_med)
    if params is None or shared_faults(faults, period):
        raise InputFaults(shared_faults(faults, period) or faults)
    return params


def read_namnder(folder: Path, period: Period) -> list[str]:
    """The ids of the period's nämnder. Raises InputFaults as read_run_params does."""
    return list(read_run_params(folder, period, planer_med=False).korning.namnder)


def _report_type(kommun: Kommun, korning: Korning, period: Period, run_file: Located) -> tuple[str, Skala]:
    """(the report's name, its scale): those of the type that the period's file names, else of the one for a year or a delår."""
    ordinary = DELARSRAPPORT if period.is_delar else ARSRAPPORT
    types = kommun.rapporttyper
    name = korning.rapporttyp or ordinary
    if name not in types and not (kommun.oklart("rapporttyper") or korning.oklart("rapporttyp")):
        if korning.rapporttyp:
            expected = f"en rapporttyp i kommun.yml: {', '.join(types) or 'där finns inga'}"
            run_file.fault(("rapporttyp",), name, expected, f"rätta ordet.{nearest(name, types)}")
        elif types:
            expected = f"rapporttyp: en av {', '.join(types)}"
            run_file.fault((), "", expected, f"lägg till rapporttyp, eller {ordinary} i kommun.yml")
    plain = "Delårsuppföljning" if period.is_delar else "Årsuppföljning"
    skala = next(iter(kommun.skalor.values()), Skala.okand())  # the only one, where there are no types
    typ = types.get(name) or types.get(meant_id(korning.rapporttyp or "", types))
    is_told = korning.rapporttyp and not korning.oklart("rapporttyp")
    if typ or types or is_told or kommun.oklart("rapporttyper", "skalor"):
        said = meant_id(typ.skala, kommun.skalor) if typ else ""
        skala = kommun.skalor.get(said) or Skala.okand()
    return f"{typ.namn if typ else plain} {period.name if period.is_delar else period.year}", skala


def _own_sheets(folder: Path, faults: Faults, units: Units) -> tuple[tuple[Blad, ...], tuple[str, ...], bool]:
    """The kommun's own sheets, params/blad/*.yml: (definitions, files, whether every id is known)."""
    own: dict[str, Blad] = {}
    ids = {item.id for item in PROGRAM_SHEETS}
    names = {name.lower() for name in (OM, MATETAL, KVALITATIVA, *(item.blad for item in PROGRAM_SHEETS))}

    def check(blad: Blad, at: Located) -> None:
        for key, taken, known in (("id", blad.id, ids), ("blad", blad.blad, names)):
            if taken.lower() in known and not blad.oklart(key):
                at.fault((key,), taken, f"{key} som inget annat blad har", "välj ett annat")

    paths = sorted((folder / "blad").glob("*.yml"))
    for path in paths:
        fil = f"params/blad/{path.name}"
        blad, _ = read_values(path, faults.at(fil), Blad, check, units)
        if blad:
            ids.add(blad.id)
            names.add(blad.blad.lower())
            own[fil] = blad
    return tuple(own.values()), tuple(own), len(own) == len(paths)

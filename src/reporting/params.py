"""What is decided for one period: kommun.yml, the plans and <period>.yml, read and checked against each other."""

from dataclasses import dataclass
from pathlib import Path

from reporting.blad import GRANSKNINGAR, Blad
from reporting.chapters import PROGRAM_SHEETS
from reporting.faults import Fault, InputFaults, nearest
from reporting.kommun import Kommun, Namnd, Rapporttyp, Skala
from reporting.params_faults import kommun_faults, plan_faults
from reporting.periods import Period
from reporting.plan import Korning, Plan
from reporting.webbplats_faults import webbplats_faults
from reporting.workbook_layout import KVALITATIVA, MATETAL, OM
from reporting.yaml_files import Located, Place, read_yaml, validated

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
        """The plan that holds for the nämnd in the period's year, or None."""
        return next((p for p in self.planer if p.namnd == namnd and self.period.year in p.galler), None)


def read_params(folder: Path, period: Period, *, planer_med: bool = True) -> tuple[Params | None, list[Fault]]:
    """Read params/ for one period: (Params, faults); Params is None where a file can't be used at all.

    All faults of all files come at once. Plans of other years are read too, since they are there to be right. planer_med: False
    leaves every plan unread, for who only wants to know what is shared.
    """
    kommun_file, faults = read_yaml(folder / "kommun.yml", "params/kommun.yml")
    kommun, found = validated(kommun_file, Kommun) if kommun_file else (None, [])
    faults += found
    name = f"params/{period}.yml"
    run_file, found = read_yaml(folder / f"{period}.yml", name)
    faults += found
    korning, found = validated(run_file, Korning) if run_file else (None, [])
    faults += found
    planer: list[Plan] = []
    planfiler: list[str] = []
    for path in sorted((folder / "planer").glob("*.yml")) if planer_med else ():
        plan_file, found = read_yaml(path, f"params/planer/{path.name}")
        faults += found
        plan, found = validated(plan_file, Plan) if plan_file else (None, [])
        faults += found
        if plan and plan_file:
            faults += plan_faults(plan, plan_file, kommun, planer)
            planer.append(plan)
            planfiler.append(plan_file.fil)
    if kommun is None or korning is None or kommun_file is None or run_file is None:
        return None, faults
    faults += kommun_faults(kommun, kommun_file)
    faults += webbplats_faults(kommun, kommun_file, folder)
    typ, found = _report_type(kommun, korning, period, run_file)
    faults += found
    blad, bladfiler, found = _own_sheets(folder)
    faults += found
    faults += _sheets_of_areas(kommun, kommun_file, (*PROGRAM_SHEETS, *blad))
    trend_mot, jamfor_med, found = _other_periods(korning, period, run_file)
    faults += found
    skala = kommun.skalor.get(typ.skala) or next(iter(kommun.skalor.values()))
    titel = f"{typ.namn} {period.name if period.is_delar else period.year}"
    params = Params(
        kommun=kommun,
        period=period,
        korning=korning,
        trend_mot=trend_mot,
        jamfor_med=jamfor_med,
        planer=tuple(planer),
        planfiler=tuple(planfiler),
        skala=skala,
        titel=titel,
        blad=(*PROGRAM_SHEETS, *blad),
        bladfiler=tuple(bladfiler),
    )
    known = [namnd.id for namnd in kommun.namnder]
    for namnd in korning.namnder:
        place: Place = ("namnder", namnd)
        if namnd not in known:
            faults.append(run_file.fault(place, namnd, "en nämnd i kommun.yml", f"rätta id:t.{nearest(namnd, known)}"))
        elif planer_med and params.plan(namnd) is None and not faults:
            expected = f"en plan i params/planer som gäller {period.year}"
            faults.append(run_file.fault(place, namnd, expected, "lägg till planen, eller året under galler"))
    return params, faults


def _other_periods(korning: Korning, period: Period, run_file: Located) -> tuple[Period, Period, list[Fault]]:
    """(the period that trend refers to, the one that mätetal are compared with, faults), and that the file's own is right."""
    faults: list[Fault] = []
    trend_mot, jamfor_med = period.previous, period.year_before
    if korning.period != str(period):
        faults.append(
            run_file.fault(
                ("period",), korning.period, f"perioden {period}, som i filens namn", "rätta period eller filnamn"
            )
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
            faults.append(run_file.fault((key,), written, expected, action))
            continue
        if other >= period:
            faults.append(run_file.fault((key,), written, f"en period före {period}", "rätta perioden"))
        trend_mot, jamfor_med = (other, jamfor_med) if key == "trend_mot" else (trend_mot, other)
    return trend_mot, jamfor_med, faults


def shared_faults(faults: list[Fault], period: Period) -> list[Fault]:
    """Those that concern every nämnd: the ones in kommun.yml, in the period's file and in the kommun's own sheets."""
    shared = ("params/kommun.yml", f"params/{period}.yml")
    return [fault for fault in faults if fault.fil in shared or fault.fil.startswith("params/blad/")]


def read_run_params(folder: Path, period: Period) -> Params:
    """What a run needs from params/. Raises InputFaults where kommun.yml or the period's file has faults."""
    params, faults = read_params(folder, period)
    if params is None or shared_faults(faults, period):
        raise InputFaults(shared_faults(faults, period) or faults)
    return params


def read_namnder(folder: Path, period: Period) -> list[str]:
    """The ids of the period's nämnder. Raises InputFaults where kommun.yml, the period's file or the kommun's own sheets have faults."""
    params, faults = read_params(folder, period, planer_med=False)
    if params is None or shared_faults(faults, period):
        raise InputFaults(shared_faults(faults, period) or faults)
    return list(params.korning.namnder)


def _report_type(kommun: Kommun, korning: Korning, period: Period, run_file: Located) -> tuple[Rapporttyp, list[Fault]]:
    """The period's report type: the one that its file names, else the ordinary one for a year or a delår."""
    ordinary = DELARSRAPPORT if period.is_delar else ARSRAPPORT
    plain = Rapporttyp(
        namn="Delårsuppföljning" if period.is_delar else "Årsuppföljning", skala=next(iter(kommun.skalor))
    )
    types = kommun.rapporttyper
    if korning.rapporttyp is None:
        if not types or ordinary in types:
            return types.get(ordinary, plain), []
        expected = f"rapporttyp: en av {', '.join(types)}"
        return plain, [run_file.fault((), "", expected, f"lägg till rapporttyp, eller {ordinary} i kommun.yml")]
    if korning.rapporttyp not in types:
        expected = f"en rapporttyp i kommun.yml: {', '.join(types) or 'där finns inga'}"
        action = f"rätta ordet.{nearest(korning.rapporttyp, types)}"
        return plain, [run_file.fault(("rapporttyp",), korning.rapporttyp, expected, action)]
    return types[korning.rapporttyp], []


def _sheets_of_areas(kommun: Kommun, located: Located, blad: tuple[Blad, ...]) -> list[Fault]:
    """Sheets that a verksamhetsområde is said to fill in, and that don't exist or whose rows another one has been given."""
    faults = []
    known = {item.id: item for item in blad}
    for n, namnd in enumerate(kommun.namnder):
        taken: dict[str, str] = {}
        for a, area in enumerate(namnd.verksamhetsomraden):
            place: Place = ("namnder", n, "verksamhetsomraden", a, "blad")
            for name in area.blad:
                if name not in known:
                    expected = f"id för ett blad: {', '.join(known)}"
                    faults.append(located.fault(place, name, expected, f"rätta id:t.{nearest(name, known)}"))
                elif name in taken:
                    expected = f"ett blad med givna rader hos ett enda verksamhetsområde; {taken[name]} har det redan"
                    faults.append(located.fault(place, name, expected, "ta bort det ena"))
                elif known[name].poster or known[name].poster_ur:
                    taken[name] = area.id
    return faults


def _own_sheets(folder: Path) -> tuple[list[Blad], list[str], list[Fault]]:
    """The kommun's own sheets, params/blad/*.yml: (definitions, files, faults)."""
    faults: list[Fault] = []
    own: list[Blad] = []
    files: list[str] = []
    ids = {item.id for item in PROGRAM_SHEETS}
    names = {name.lower() for name in (OM, MATETAL, KVALITATIVA, *(item.blad for item in PROGRAM_SHEETS))}
    for path in sorted((folder / "blad").glob("*.yml")):
        located, found = read_yaml(path, f"params/blad/{path.name}")
        faults += found
        blad, found = validated(located, Blad) if located else (None, [])
        faults += found
        if blad is None or located is None:
            continue
        for key, taken, known in (("id", blad.id, ids), ("blad", blad.blad, names)):
            if taken.lower() in known:
                expected = f"{key} som inget annat blad har"
                faults.append(located.fault((key,), taken, expected, "välj ett annat"))
        ids.add(blad.id)
        names.add(blad.blad.lower())
        own.append(blad)
        files.append(located.fil)
    return own, files, faults

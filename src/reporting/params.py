"""What is decided for one period: kommun.yml, the plans and <period>.yml, read and checked against each other."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reporting.faults import Fault, InputFaults, nearest
from reporting.periods import Period
from reporting.plan import Kommun, Korning, Matetal, Namnd, Plan
from reporting.target_grammar import UnreadableTarget
from reporting.targets import DIRECTION, Target
from reporting.yaml_files import Located, Place, read_yaml, validated


@dataclass(frozen=True)
class Params:
    """Everything that is decided for one period. planfiler: the file of each plan in planer, relative to the root."""

    kommun: Kommun
    period: Period
    korning: Korning
    trend_mot: Period
    jamfor_med: Period
    planer: tuple[Plan, ...]
    planfiler: tuple[str, ...]

    def namnd(self, namnd: str) -> Namnd:
        """The nämnd with this id. Raises KeyError."""
        return {item.id: item for item in self.kommun.namnder}[namnd]

    def planfil(self, plan: Plan) -> str:
        """The file that this plan was read from."""
        return self.planfiler[self.planer.index(plan)]

    def plan(self, namnd: str) -> Plan | None:
        """The plan that holds for the nämnd in the period's year, or None."""
        return next((p for p in self.planer if p.namnd == namnd and self.period.year in p.galler), None)


def read_params(folder: Path, period: Period) -> tuple[Params | None, list[Fault]]:
    """Read params/ for one period: (Params, faults); Params is None where a file can't be used at all.

    All faults of all files come at once. Plans of other years are read too, since they are there to be right.
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
    for path in sorted((folder / "planer").glob("*.yml")):
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
    faults += _scale_faults(kommun, kommun_file)
    for key in ("namnder", "overgripande_mal", "skala"):
        ids: list[tuple[str, Place]] = [(item.id, (key, i, "id")) for i, item in enumerate(getattr(kommun, key))]
        faults += _repeated_ids(ids, kommun_file)
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
    params = Params(kommun, period, korning, trend_mot, jamfor_med, tuple(planer), tuple(planfiler))
    known = [namnd.id for namnd in kommun.namnder]
    for namnd in korning.namnder:
        place: Place = ("namnder", namnd)
        if namnd not in known:
            faults.append(run_file.fault(place, namnd, "en nämnd i kommun.yml", f"rätta id:t.{nearest(namnd, known)}"))
        elif params.plan(namnd) is None and not faults:
            expected = f"en plan i params/planer som gäller {period.year}"
            faults.append(run_file.fault(place, namnd, expected, "lägg till planen, eller året under galler"))
    return params, faults


def shared_faults(faults: list[Fault], period: Period) -> list[Fault]:
    """Those that concern every nämnd: the ones in kommun.yml and in the period's file."""
    return [fault for fault in faults if fault.fil in ("params/kommun.yml", f"params/{period}.yml")]


def read_run_params(folder: Path, period: Period) -> Params:
    """What a run needs from params/. Raises InputFaults where kommun.yml or the period's file has faults."""
    params, faults = read_params(folder, period)
    if params is None or shared_faults(faults, period):
        raise InputFaults(shared_faults(faults, period) or faults)
    return params


def _scale_faults(kommun: Kommun, located: Located) -> list[Fault]:
    faults = []
    before: tuple[Decimal, bool] | None = None
    for index, steg in enumerate(kommun.skala):
        place: Place = ("skala", index)
        if (steg.fran is None) == (steg.over is None):
            expected = "ett av fran och over, som en andel 0–1"
            faults.append(
                located.fault(place, steg.id, expected, "ange från vilken andel uppnådda mått steget föreslås")
            )
            continue
        share = steg.fran if steg.fran is not None else steg.over
        if share is not None and not 0 <= share <= 1:
            faults.append(located.fault(place, str(share), "en andel mellan 0 och 1", "skriv 0.5 för hälften"))
        if index == 0 and steg.fran != 0:
            faults.append(
                located.fault(place, steg.id, "ett första steg med fran: 0", "låt det lägsta steget gälla från 0")
            )
        limit = (steg.fran, False) if steg.fran is not None else (steg.over or Decimal(0), True)
        if before is not None and limit <= before:
            faults.append(
                located.fault(
                    place, steg.id, "ett steg med högre gräns än steget före", "ordna stegen från lägst till högst"
                )
            )
        before = limit
    return faults


def plan_faults(plan: Plan, located: Located, kommun: Kommun | None, others: list[Plan]) -> list[Fault]:
    """What is wrong between the parts of a plan, and between it and kommun.yml and the other plans."""
    faults: list[Fault] = []
    if kommun:
        faults += _reference_faults(plan, located, kommun)
    for other in others:
        shared = sorted(set(plan.galler) & set(other.galler))
        if other.namnd == plan.namnd and shared:
            expected = f"en enda plan för {plan.namnd} {shared[0]}"
            faults.append(located.fault(("galler",), shared[0], expected, "ta bort året ur den ena planen"))
    parts: list[tuple[str, Place]] = []
    for number, mal in enumerate(plan.namndsmal):
        place: Place = ("namndsmal", number)
        parts += [(mal.id, (*place, "id"))]
        parts += [(item.id, (*place, "matetal", i, "id")) for i, item in enumerate(mal.matetal)]
        parts += [(item.id, (*place, "kvalitativa_matt", i, "id")) for i, item in enumerate(mal.kvalitativa_matt)]
        for i, matetal in enumerate(mal.matetal):
            faults += _target_faults(matetal, plan.galler, located, (*place, "matetal", i))
    return faults + _repeated_ids(parts, located)


def _repeated_ids(parts: list[tuple[str, Place]], located: Located) -> list[Fault]:
    faults = []
    seen: dict[str, int] = {}
    for name, where in parts:
        if name in seen:
            expected = f"ett id som inte redan står på rad {seen[name]}"
            faults.append(located.fault(where, name, expected, "ge det ena ett eget id"))
        seen.setdefault(name, located.line(where))
    return faults


def _reference_faults(plan: Plan, located: Located, kommun: Kommun) -> list[Fault]:
    namnder = {namnd.id: namnd for namnd in kommun.namnder}
    if plan.namnd not in namnder:
        hint = nearest(plan.namnd, namnder)
        return [located.fault(("namnd",), plan.namnd, "en nämnd i kommun.yml", f"rätta id:t.{hint}")]
    faults = []
    goals = [mal.id for mal in kommun.overgripande_mal]
    areas = [area.id for area in namnder[plan.namnd].verksamhetsomraden]
    for number, mal in enumerate(plan.namndsmal):
        for name in mal.overgripande_mal:
            if name not in goals:
                place: Place = ("namndsmal", number, "overgripande_mal")
                faults.append(
                    located.fault(
                        place, name, "ett övergripande mål i kommun.yml", f"rätta id:t.{nearest(name, goals)}"
                    )
                )
        for i, matetal in enumerate(mal.matetal):
            if matetal.verksamhetsomrade and matetal.verksamhetsomrade not in areas:
                place = ("namndsmal", number, "matetal", i, "verksamhetsomrade")
                hint = nearest(matetal.verksamhetsomrade, areas)
                faults.append(
                    located.fault(
                        place, matetal.verksamhetsomrade, "ett verksamhetsområde i kommun.yml", f"rätta id:t.{hint}"
                    )
                )
    return faults


def _target_faults(matetal: Matetal, years: tuple[int, ...], located: Located, place: Place) -> list[Fault]:
    faults = []
    per_year = isinstance(matetal.malvarde, dict)
    for year in years:
        where: Place = (*place, "malvarde", year) if per_year else (*place, "malvarde")
        written = matetal.malvarde_for(year)
        try:
            target = matetal.target(year)
        except UnreadableTarget as error:
            faults.append(located.fault(where, written, error.vantat, f"skriv om målvärdet. {error}"))
        except ValueError as error:
            faults.append(located.fault(where, written, "ett målvärde och battre som säger en riktning", str(error)))
        else:
            if matetal.mattenhet == "plats" and DIRECTION.get(target.operator) == "högre":
                expected = "ett målvärde där en lägre plats är bättre"
                faults.append(located.fault(where, written, expected, "skriv till exempel «topp 50»"))
            if (unit := _unit_fault(target, matetal.mattenhet)) is not None:
                faults.append(located.fault(where, written, unit, "rätta malvarde eller mattenhet"))
            if target.operator == "none" and matetal.battre is None:
                expected = "battre, eftersom inget målvärde säger riktningen"
                faults.append(
                    located.fault(place, matetal.id, expected, "lägg till battre: högre, lägre eller oförändrad")
                )
        if not per_year:
            break
    other_years = [year for year in matetal.malvarde if year not in years] if isinstance(matetal.malvarde, dict) else []
    for year in other_years:
        expected = f"ett år som planen gäller: {', '.join(map(str, years))}"
        faults.append(
            located.fault((*place, "malvarde", year), year, expected, "rätta året, eller lägg till det i galler")
        )
    return faults


def _unit_fault(target: Target, mattenhet: str) -> str | None:
    """What unit was expected, or None where the målvärde and the mattenhet agree."""
    enhet = target.enhet
    if target.operator in ("change>=", "change<=") and mattenhet == "procent":
        return None if enhet in (None, "procentenheter") else "procentenheter, för en ändring av en andel"
    if enhet is None or enhet == mattenhet:
        return None
    if target.operator in ("change>=", "change<="):
        return None if enhet == "procent" else f"en ändring i {mattenhet} eller procent"
    return f"ett målvärde i {mattenhet}, som är mätetalets mattenhet"

"""What is wrong between the parts of kommun.yml, and between a plan's parts: ids, references, scales, targets and units."""

from decimal import Decimal

from reporting.faults import Fault, nearest
from reporting.kommun import Kommun, Skala
from reporting.plan import Aktivitet, Kontrollmoment, KvalitativtMatt, Matetal, Plan, Uppdrag
from reporting.target_grammar import UnreadableTarget
from reporting.targets import DIRECTION, Target
from reporting.yaml_files import Located, Place


def kommun_faults(kommun: Kommun, located: Located) -> list[Fault]:
    """Repeated ids, scales whose steps don't follow upon each other, report types without a scale."""
    faults: list[Fault] = []
    for key in ("namnder", "overgripande_mal"):
        ids: list[tuple[str, Place]] = [(item.id, (key, i, "id")) for i, item in enumerate(getattr(kommun, key))]
        faults += _repeated_ids(ids, located)
    for index, namnd in enumerate(kommun.namnder):
        areas: list[tuple[str, Place]] = [
            (area.id, ("namnder", index, "verksamhetsomraden", i, "id"))
            for i, area in enumerate(namnd.verksamhetsomraden)
        ]
        faults += _repeated_ids(areas, located)
    for name, skala in kommun.skalor.items():
        faults += _scale_faults(name, skala, located)
    for name, typ in kommun.rapporttyper.items():
        if typ.skala not in kommun.skalor:
            place: Place = ("rapporttyper", name, "skala")
            hint = nearest(typ.skala, kommun.skalor)
            faults.append(located.fault(place, typ.skala, "en skala under skalor", f"rätta namnet.{hint}"))
    if len(kommun.skalor) > 1 and not kommun.rapporttyper:
        expected = "rapporttyper, som säger vilken skala som används när"
        faults.append(located.fault(("skalor",), "", expected, "lägg till rapporttyper, se handboken"))
    return faults


def _scale_faults(name: str, skala: Skala, located: Located) -> list[Fault]:
    faults = []
    before: tuple[Decimal, bool] | None = None
    forms: dict[str, str] = {}
    for index, steg in enumerate(skala.steg):
        place: Place = ("skalor", name, "steg", index)
        if steg.form in forms:
            expected = f"en egen form för varje steg; {forms[steg.form]} har redan {steg.form}"
            action = "ge steget en annan form, så att det inte skiljs ut bara genom färgen"
            faults.append(located.fault((*place, "form"), steg.form, expected, action))
        forms[steg.form] = steg.namn
        if steg.utan_underlag and any(other.utan_underlag for other in skala.steg[:index]):
            expected = "högst ett steg med utan_underlag"
            faults.append(located.fault((*place, "utan_underlag"), steg.id, expected, "ta bort det ena"))
        if sum((steg.fran is not None, steg.over is not None, steg.utan_underlag)) > 1:
            expected = "högst ett av fran, over och utan_underlag"
            faults.append(located.fault(place, steg.id, expected, "ange en enda gräns för när steget föreslås"))
            continue
        if steg.fran is None and steg.over is None:
            continue
        share = steg.fran if steg.fran is not None else steg.over
        if share is not None and not 0 <= share <= 1:
            faults.append(located.fault(place, str(share), "en andel mellan 0 och 1", "skriv 0.5 för hälften"))
        if before is None and steg.fran != 0:
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
    if before is None:
        expected = "minst ett steg med fran eller over, som en andel 0–1"
        faults.append(located.fault(("skalor", name), name, expected, "ange från vilken andel stegen föreslås"))
    ids: list[tuple[str, Place]] = [(steg.id, ("skalor", name, "steg", i, "id")) for i, steg in enumerate(skala.steg)]
    return faults + _repeated_ids(ids, located)


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
        for i, aktivitet in enumerate(mal.aktiviteter):
            inner: Place = (*place, "aktiviteter", i)
            parts.append((aktivitet.id, (*inner, "id")))
            for k, matetal in enumerate(aktivitet.matetal):
                parts.append((matetal.id, (*inner, "matetal", k, "id")))
                faults += _target_faults(matetal, plan.galler, located, (*inner, "matetal", k))
    for key in ("uppdrag", "kontrollmoment"):
        parts += [(item.id, (key, i, "id")) for i, item in enumerate(getattr(plan, key))]
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
    goal_years = {mal.id: mal.galler for mal in kommun.overgripande_mal}
    holders: list[tuple[Matetal | KvalitativtMatt | Aktivitet | Uppdrag | Kontrollmoment, Place]] = []
    for number, mal in enumerate(plan.namndsmal):
        for name in mal.overgripande_mal:
            years = goal_years.get(name, ())
            if years and not set(years) & set(plan.galler):
                place: Place = ("namndsmal", number, "overgripande_mal")
                expected = f"ett övergripande mål som gäller {', '.join(map(str, plan.galler))}"
                faults.append(located.fault(place, name, expected, "rätta målet, eller åren under galler i kommun.yml"))
            if name not in goals:
                place = ("namndsmal", number, "overgripande_mal")
                faults.append(
                    located.fault(
                        place, name, "ett övergripande mål i kommun.yml", f"rätta id:t.{nearest(name, goals)}"
                    )
                )
        for i, matetal in enumerate(mal.matetal):
            holders.append((matetal, ("namndsmal", number, "matetal", i)))
        for i, matt in enumerate(mal.kvalitativa_matt):
            holders.append((matt, ("namndsmal", number, "kvalitativa_matt", i)))
        for i, aktivitet in enumerate(mal.aktiviteter):
            where: Place = ("namndsmal", number, "aktiviteter", i)
            holders.append((aktivitet, where))
            holders += [(item, (*where, "matetal", k)) for k, item in enumerate(aktivitet.matetal)]
    holders += [(item, ("uppdrag", i)) for i, item in enumerate(plan.uppdrag)]
    holders += [(item, ("kontrollmoment", i)) for i, item in enumerate(plan.kontrollmoment)]
    areas = [area.id for area in namnder[plan.namnd].verksamhetsomraden]
    for holder, where in holders:
        if (area := holder.verksamhetsomrade) and area not in areas:
            expected = "ett verksamhetsområde i kommun.yml"
            action = f"rätta id:t.{nearest(area, areas)}"
            faults.append(located.fault((*where, "verksamhetsomrade"), area, expected, action))
    return faults


def _target_faults(matetal: Matetal, years: tuple[int, ...], located: Located, place: Place) -> list[Fault]:
    faults = []
    if matetal.ackumulerad and matetal.ogonblick:
        expected = (
            "antingen ackumulerad: ja eller matt: ögonblick; det som räknas upp under året är inget läge en viss dag"
        )
        faults.append(located.fault((*place, "matt"), matetal.matt, expected, "ta bort den ena nyckeln"))
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

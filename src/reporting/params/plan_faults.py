"""What is wrong between a plan's parts, and between it and kommun.yml and the other plans: ids, references, targets and units.

Of what couldn't be read (`Values.oklart`) nothing is said here, nor of what may depend on it: that is told already.
"""

from collections.abc import Iterable, Iterator

from reporting.params.kommun import Kommun
from reporting.params.kommun_faults import all_ids, check_ids, meant_id, tell_unknown
from reporting.params.located import Located, Place
from reporting.params.malvarde_readings import check_words
from reporting.params.plan import Aktivitet, Kontrollmoment, KvalitativtMatt, Matetal, Namndsmal, Plan, Uppdrag

Part = Matetal | KvalitativtMatt | Aktivitet | Uppdrag | Kontrollmoment


def check_plan(plan: Plan, located: Located, kommun: Kommun, others: Iterable[Plan]) -> None:
    """Put what is wrong between the parts of a plan, and between it and kommun.yml and the other plans, in `located`."""
    _check_years(plan, located, meant_namnd(plan, kommun) or plan.namnd, others)
    parts = list(_parts(plan))
    for part, place in parts:
        if isinstance(part, Matetal):
            _check_target(part, plan, located, place)
    check_ids([*_goals(plan), *parts], located)
    _check_references(plan, located, kommun, parts)


def meant_namnd(plan: Plan, kommun: Kommun) -> str:
    """The nämnd whose plan it is, by its id or a misspelt one; "" where that can't be said."""
    if kommun.oklart("namnder") or not all_ids(kommun.namnder):
        return plan.namnd
    return meant_id(plan.namnd, [namnd.id for namnd in kommun.namnder])


def _goals(plan: Plan) -> Iterator[tuple[Namndsmal, Place]]:
    for index, mal in enumerate(plan.namndsmal):
        yield mal, ("namndsmal", index)


def _parts(plan: Plan) -> Iterator[tuple[Part, Place]]:
    """Everything in a plan that a verksamhetsområde may be responsible for, and where it stands."""
    for mal, place in _goals(plan):
        yield from ((item, (*place, "matetal", i)) for i, item in enumerate(mal.matetal))
        yield from ((item, (*place, "kvalitativa_matt", i)) for i, item in enumerate(mal.kvalitativa_matt))
        for i, aktivitet in enumerate(mal.aktiviteter):
            inner: Place = (*place, "aktiviteter", i)
            yield aktivitet, inner
            yield from ((item, (*inner, "matetal", k)) for k, item in enumerate(aktivitet.matetal))
    yield from ((item, ("uppdrag", i)) for i, item in enumerate(plan.uppdrag))
    yield from ((item, ("kontrollmoment", i)) for i, item in enumerate(plan.kontrollmoment))


def _check_years(plan: Plan, located: Located, namnd: str, others: Iterable[Plan]) -> None:
    for other in others:
        for index, year in enumerate(plan.galler):
            if namnd and other.namnd == namnd and year in other.galler:
                expected = f"en enda plan för {namnd} {year}"
                action = "ta bort året ur den ena planen"
                located.fault(("galler", index), year, expected, action)


def _check_references(plan: Plan, located: Located, kommun: Kommun, parts: Iterable[tuple[Part, Place]]) -> None:
    namnder = {namnd.id: namnd for namnd in kommun.namnder}
    if not kommun.oklart("namnder") and not plan.oklart("namnd"):
        tell_unknown(plan.namnd, kommun.namnder, located, ("namnd",), "en nämnd i kommun.yml")
    goals = {mal.id: mal for mal in kommun.overgripande_mal}
    all_goals = not kommun.oklart("overgripande_mal")
    for mal, place in _goals(plan):
        for index, name in enumerate(mal.overgripande_mal):
            where: Place = (*place, "overgripande_mal", index)
            if all_goals:
                tell_unknown(name, kommun.overgripande_mal, located, where, "ett övergripande mål i kommun.yml")
            if name in goals and _is_of_other_years(goals[name].galler, plan) and not goals[name].oklart("galler"):
                expected = f"ett övergripande mål som gäller {', '.join(map(str, plan.galler))}"
                located.fault(where, name, expected, "rätta målet, eller åren under galler i kommun.yml")
    namnd = namnder.get(meant_namnd(plan, kommun))
    if namnd is None or namnd.oklart("verksamhetsomraden"):
        return
    for part, place in parts:
        if area := part.verksamhetsomrade:
            where = (*place, "verksamhetsomrade")
            tell_unknown(area, namnd.verksamhetsomraden, located, where, "ett verksamhetsområde i kommun.yml")


def _is_of_other_years(years: tuple[int, ...], plan: Plan) -> bool:
    return bool(years) and not plan.oklart("galler") and not set(years) & set(plan.galler)


def _check_target(matetal: Matetal, plan: Plan, located: Located, place: Place) -> None:
    if matetal.ackumulerad and matetal.ogonblick and not matetal.oklart("ackumulerad"):
        expected = (
            "antingen ackumulerad: ja eller matt: ögonblick; det som räknas upp under året är inget läge en viss dag"
        )
        located.fault((*place, "matt"), matetal.matt, expected, "ta bort den ena nyckeln")
    for key, words in (("malvarde", matetal.malvarde), ("lases", matetal.lases)):
        where: Place = (*place, key)
        for year, written in words.items() if isinstance(words, dict) else ((0, words),):
            spot = (*where, year) if year else where
            read = key == "malvarde" and all(map(matetal.lases_for, [year] if year else plan.galler or (0,)))
            if not read and (written or key == "malvarde"):
                check_words(matetal, plan, written, located, place, spot)
            if year and year not in plan.galler and not plan.oklart("galler"):
                expected = f"ett år som planen gäller: {', '.join(map(str, plan.galler))}"
                located.fault(spot, year, expected, "rätta året, eller lägg till det i galler")
    if isinstance(matetal.malvarde, dict) and set(plan.galler) - set(matetal.malvarde):
        check_words(matetal, plan, "", located, place, (*place, "malvarde"))

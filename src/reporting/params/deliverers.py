"""Who delivers what: a nämnd's plan and sheets, dealt to its verksamhetsområden."""

from dataclasses import dataclass

from reporting.params.blad import Blad, Bladpost
from reporting.params.kommun import Verksamhetsomrade
from reporting.params.plan import KvalitativtMatt, Matetal, Plan
from reporting.params.read import Params

GEMENSAMT = Verksamhetsomrade(id="gemensamt", namn="Gemensamt")
"""What no verksamhetsområde delivers, where the nämnd has some."""


@dataclass(frozen=True)
class Del:
    """What one verksamhetsområde delivers; omrade is None for a nämnd without any.

    blad: each sheet with the rows that are given on it: those of its poster, or those of the plan that this part answers for. A
    sheet without given rows has ().
    """

    omrade: Verksamhetsomrade | None
    matetal: tuple[Matetal, ...] = ()
    kvalitativa: tuple[KvalitativtMatt, ...] = ()
    blad: tuple[tuple[Blad, tuple[Bladpost, ...]], ...] = ()

    @property
    def fil(self) -> str:
        """The name of its workbook."""
        return f"utfall-{self.omrade.id}.xlsx" if self.omrade else "utfall.xlsx"


def delar(params: Params, plan: Plan) -> tuple[Del, ...]:
    """The parts of a nämnd's delivery, in the order of kommun.yml, what nobody else delivers last; none of them is empty. A mätetal that
    isn't measured in the period of params is in none.

    A mätetal, kvalitativt mått, uppdrag, kontrollmoment or aktivitet goes to its own verksamhetsområde, an aktivitet's mätetal
    without one to the aktivitet's. A sheet's other rows go to the one that has the sheet (Verksamhetsomrade.blad); a sheet without
    given rows to each that has it. Where sheets are dealt out so, one that nobody has is not handed out (Params.blad_of).
    """
    areas = {area.id: area for area in params.namnd(plan.namnd).verksamhetsomraden}
    rest = areas.get(GEMENSAMT.id, GEMENSAMT).id
    named = any(area.blad for area in areas.values())
    holders = {blad.id: [area.id for area in areas.values() if blad.id in area.blad] for blad in params.blad}

    def owner(*said: str | None, blad: str = "") -> str:
        return next((name for name in (*said, *holders.get(blad, ())) if name in areas), rest)

    matetal = [(owner(item.verksamhetsomrade), item) for item in plan.matetal]
    matetal += [
        (owner(item.verksamhetsomrade, aktivitet.verksamhetsomrade), item)
        for aktivitet in plan.aktiviteter
        for item in aktivitet.matetal
    ]
    kvalitativa = [(owner(item.verksamhetsomrade), item) for item in plan.kvalitativa_matt]
    sheets: list[tuple[str, Blad, tuple[Bladpost, ...]]] = []
    for blad in params.blad:
        if blad.poster_ur:
            items = getattr(plan, blad.poster_ur)
            owned = [
                (owner(item.verksamhetsomrade, blad=blad.id), Bladpost(id=item.id, namn=item.namn)) for item in items
            ]
            names = dict.fromkeys(name for name, _ in owned)
            sheets += [(name, blad, tuple(post for other, post in owned if other == name)) for name in names]
        elif not named or holders[blad.id]:  # where sheets are dealt out, one that nobody has isn't asked of the nämnd
            several = [owner(blad=blad.id)] if blad.poster else holders[blad.id] or [rest]
            sheets += [(name, blad, blad.poster) for name in several]
    parts = [
        Del(
            {**areas, rest: areas.get(rest, GEMENSAMT)}[name] if areas else None,
            tuple(item for other, item in matetal if other == name and not item.why_not_measured(params.period)),
            tuple(item for other, item in kvalitativa if other == name),
            tuple((blad, posts) for other, blad, posts in sheets if other == name),
        )
        for name in dict.fromkeys((*areas, rest))
    ]
    return tuple(part for part in parts if part.matetal or part.kvalitativa or part.blad)


def awaited(params: Params, plan: Plan) -> frozenset[str]:
    """The ids of the sheets that are handed out to any part of the nämnd."""
    return frozenset(blad.id for part in delar(params, plan) for blad, _ in part.blad)

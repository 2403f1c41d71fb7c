"""What is wrong between the parts of kommun.yml: ids, scales, report types, sheets; and what it has in common with a plan.

Of what couldn't be read (`Values.oklart`) nothing is said here, nor of what may depend on it: that is told already.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from reporting.faults import closest, nearest
from reporting.params.blad import Blad
from reporting.params.kommun import Kommun, Skala
from reporting.params.located import Located, Place
from reporting.params.malvarde import parse_target
from reporting.params.malvarde_turns import LEVEL, NO_NOUN
from reporting.params.values import Values
from reporting.swedish import NUMBER_WORDS
from reporting.units import BUILT_IN_UNITS, Unit, Units, read_quantity

LIKE = 0.6
"""How like an id that is wrong a reference must be to be meant for it."""
_NEAR_SCALE_WORD = 0.85
"""How like a known id must be what stands there to be read as it; kulturnamnden is no socialnamnden."""


def check_kommun(kommun: Kommun, located: Located) -> None:
    """Put what is wrong in kommun.yml in `located`: repeated ids, units, scales whose steps don't follow upon each other, report types
    without a scale."""
    for key in ("namnder", "overgripande_mal"):
        check_ids([(item, (key, i)) for i, item in enumerate(getattr(kommun, key))], located)
    for index, namnd in enumerate(kommun.namnder):
        place: Place = ("namnder", index, "verksamhetsomraden")
        check_ids([(area, (*place, i)) for i, area in enumerate(namnd.verksamhetsomraden)], located)
    _check_units(kommun, located)
    for name, skala in kommun.skalor.items():
        _check_scale(name, skala, located)
    for name, typ in kommun.rapporttyper.items():
        if typ.skala not in kommun.skalor and not typ.oklart("skala") and not kommun.oklart("skalor"):
            hint = nearest(typ.skala, kommun.skalor)
            where: Place = ("rapporttyper", name, "skala")
            located.fault(where, typ.skala, "en skala under skalor", f"rätta namnet.{hint}")
    if len(kommun.skalor) > 1 and not kommun.rapporttyper and not kommun.oklart("rapporttyper"):
        expected = "rapporttyper, som säger vilken skala som används när"
        located.fault(("skalor",), "", expected, "lägg till rapporttyper, se handboken")


_NOT_OF = {"andel": ("en", "flera", "negativ", "fran", "till"), "skala": ("en", "flera", "vid", "negativ")}
"""The keys that a kind of unit doesn't take; any other takes no ends."""
_IN_TARGETS = ("minst 3 {0}", "från 5 {0} till 3 {0}, senast 2030", "mellan 3 och 5 {0}", "ska minska med 3 {0}")
"""What a målvärde may say of a unit."""


def _check_units(kommun: Kommun, located: Located) -> None:
    """Of the kommun's own units: keys that the kind doesn't take, and ways of writing that are another's or can't stand after a number."""
    owners = {way: (-1, unit) for unit in reversed(BUILT_IN_UNITS.known) for way in unit.spellings}
    for index, enhet in enumerate(kommun.enheter):
        place: Place = ("enheter", index)
        if not enhet.duger:
            continue
        for key in _NOT_OF.get(enhet.slag, ("fran", "till")):
            if (said := getattr(enhet, key)) not in (None, "", False):
                action = "ta bort nyckeln, eller ändra slag"
                located.fault((*place, key), said, f"ingen nyckel {key} för en enhet av slaget {enhet.slag}", action)
        ends = [end for end in (enhet.fran, enhet.till) if end is not None]
        if enhet.slag == "skala" and (len(ends) == 1 or ends != sorted(set(ends))) and not enhet.oklart("fran", "till"):
            located.fault(place, enhet.namn, "både fran och till, med det lägre talet i fran", "rätta skalans ändar")
        skrivs = ((("skrivs", n), way) for n, way in enumerate(enhet.skrivs))
        ways = ((("namn",), enhet.namn), (("en",), enhet.en), (("flera",), enhet.flera), *skrivs)
        for within, way in ((within, way) for within, way in ways if way):
            owner, other = owners.setdefault(way.lower(), (index, BUILT_IN_UNITS.written(way) or enhet.unit))
            where = (*place, *within)
            if owner != index or other != enhet.unit:
                expected = f"ett sätt att skriva som ingen annan enhet har; så skrivs redan {other}"
                located.fault(where, way, expected, "skriv på ett annat sätt, eller använd den enheten")
            elif not _may_stand_after_number(way, enhet.unit, kommun.all_units):
                expected = (
                    "ord eller tecken som kan stå efter ett tal, i en cell och i ett målvärde, som «3 vårdtillfällen»"
                )
                located.fault(where, way, expected, "skriv på ett annat sätt")


def _may_stand_after_number(way: str, unit: Unit, units: Units) -> bool:
    if re.match(rf"[\d+−–-]|(?:(?!per\b)(?:{NO_NOUN})|{'|'.join(NUMBER_WORDS)})(?!\w)|{LEVEL}", way, re.IGNORECASE):
        return False
    try:
        quantity = read_quantity(f"3 {way}", units)
        targets = [parse_target(text.format(way), units) for text in _IN_TARGETS]
    except ValueError:
        return False
    return quantity.unit == unit and all(target.enhet == unit and not target.ord for target in targets)


def _check_scale(name: str, skala: Skala, located: Located) -> None:
    before: tuple[Decimal, bool] | None = None
    may_have_more = skala.oklart("steg")  # limits that couldn't be read
    forms: dict[str, str] = {}
    for index, steg in enumerate(skala.steg):
        place: Place = ("skalor", name, "steg", index)
        if steg.form in forms:
            expected = f"en egen form för varje steg; {forms[steg.form]} har redan {steg.form}"
            action = "ge steget en annan form, så att det inte skiljs ut bara genom färgen"
            located.fault((*place, "form"), steg.form, expected, action)
        if not steg.oklart("form"):
            forms[steg.form] = steg.namn
        if steg.utan_underlag and any(other.utan_underlag for other in skala.steg[:index]):
            expected = "högst ett steg med utan_underlag"
            located.fault((*place, "utan_underlag"), steg.id, expected, "ta bort det ena")
        if sum((steg.fran is not None, steg.over is not None, steg.utan_underlag)) > 1:
            expected = "högst ett av fran, over och utan_underlag"
            located.fault(place, steg.id, expected, "ange en enda gräns för när steget föreslås")
            may_have_more = True  # which of them is meant isn't known
            continue
        may_have_more = may_have_more or steg.oklart("fran", "over", "utan_underlag")
        if steg.fran is None and steg.over is None:
            continue
        share = steg.fran if steg.fran is not None else steg.over
        if share is not None and not 0 <= share <= 1:
            located.fault(place, str(share), "en andel mellan 0 och 1", "skriv 0.5 för hälften")
            may_have_more = True
            continue
        if before is None and steg.fran != 0 and not may_have_more:
            located.fault(place, steg.id, "ett första steg med fran: 0", "låt det lägsta steget gälla från 0")
        limit = (steg.fran, False) if steg.fran is not None else (steg.over or Decimal(0), True)
        if before is not None and limit <= before:
            located.fault(
                place, steg.id, "ett steg med högre gräns än steget före", "ordna stegen från lägst till högst"
            )
        before = limit
    if before is None and not may_have_more:
        expected = "minst ett steg med fran eller over, som en andel 0–1"
        located.fault(("skalor", name), name, expected, "ange från vilken andel stegen föreslås")
    check_ids([(steg, ("skalor", name, "steg", i)) for i, steg in enumerate(skala.steg)], located)


def check_sheets(kommun: Kommun, located: Located, blad: Sequence[Blad], *, all_known: bool) -> None:
    """Put a fault in `located` for each sheet that a verksamhetsområde is to fill in and that doesn't exist, or that another one has.

    all_known: whether every sheet's file could be read.
    """
    known = {item.id: item for item in blad}
    for n, namnd in enumerate(kommun.namnder):
        taken: dict[str, str] = {}
        for a, area in enumerate(namnd.verksamhetsomraden):
            for i, name in enumerate(area.blad):
                place: Place = ("namnder", n, "verksamhetsomraden", a, "blad", i)
                if all_known and tell_unknown(name, blad, located, place, f"id för ett blad: {', '.join(known)}"):
                    continue
                if name in taken:
                    expected = f"ett blad med givna rader hos ett enda verksamhetsområde; {taken[name]} har det redan"
                    located.fault(place, name, expected, "ta bort det ena")
                elif name in known and (known[name].poster or known[name].poster_ur):
                    taken[name] = area.id


def check_ids(parts: Iterable[tuple[Values, Place]], located: Located) -> None:
    """Put a fault in `located` for each id that stands on an earlier line already. parts: (what has an id, its place in the file)."""
    seen: dict[str, int] = {}
    for part, place in sorted(parts, key=lambda pair: located.line((*pair[1], "id"))):
        name, where = getattr(part, "id", ""), (*place, "id")
        if part.oklart("id"):
            continue
        if name in seen:
            expected = f"ett id som inte redan står på rad {seen[name]}"
            located.fault(where, name, expected, "ge det ena ett eget id")
        seen.setdefault(name, located.line(where))


def meant_id(name: str, known: Iterable[str]) -> str:
    """The known id that a name is, or is a misspelling of beyond doubt; else ""."""
    return closest(name, known, _NEAR_SCALE_WORD)


def all_ids(parts: Iterable[Values]) -> bool:
    """Whether every part has an id that could be read."""
    return not any(part.oklart("id") for part in parts)


def is_unknown(name: str, parts: Iterable[Values]) -> bool:
    """Whether no part has this id, or could have it once its own unreadable or misspelt id is mended. Only then is the id a fault, and
    not merely a consequence of one."""
    return not any(_may_be(getattr(part, "id", ""), name, is_wrong=part.oklart("id")) for part in parts)


def tell_unknown(name: str, parts: Iterable[Values], located: Located, place: Place, expected: str) -> bool:
    """Put a fault in `located` if no part has the id `name`, suggesting the nearest; gives whether it did. place: of the id;
    expected: for the fault."""
    parts = list(parts)
    if not is_unknown(name, parts):
        return False
    located.fault(place, name, expected, f"rätta id:t.{nearest(name, [getattr(part, 'id', '') for part in parts])}")
    return True


def _may_be(own: str, name: str, *, is_wrong: bool) -> bool:
    """Whether a part's id is this, or is so wrong that it may be this when it is mended."""
    is_torn = is_wrong and not re.fullmatch(r"[a-z0-9-]+", own)
    return own == name or (is_torn and (not own or SequenceMatcher(None, own, name).ratio() >= LIKE))

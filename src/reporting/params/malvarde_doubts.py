"""Why a målvärde that can be read may mean something else than its figure in the mätetal's unit: a change, a rate, another scale."""

import re
from collections.abc import Iterator

from reporting.params.malvarde import DIRECTION, Target
from reporting.params.malvarde_words import in_words
from reporting.params.plan import CHANGE, Matetal
from reporting.swedish import NBSP, NUMBER_WORDS, shortest
from reporting.units import ANTAL, PROCENT, Unit, amount

_MAY_BE_BELOW = rf"{CHANGE}|resultat|överskott|underskott|saldo|netto|marginal|avkastning|tillväxt|utveckling"
"""In the name of a mätetal, or its målvärde, whose share may well be below zero."""

_AVERAGED = r"år|anställd|medarbetare|årsarbetare|grupp"
"""What a figure is an average over, and is none the less in its own unit."""

_SCALE = rf"\bskala (?:från )?(\d{{1,4}}) ?(?:[-–]|till) ?(\d{{1,4}})|\b({'|'.join(NUMBER_WORDS)}|\d{{1,4}})[- ]?gradig"
_AS_TIME = r"(?<![\d.,])\d{1,3}(?:\.(?!00)[0-5]\d|,[1-5]0)(?![\d.,])"


def doubts(target: Target, matetal: Matetal, written: str, *, is_said: bool) -> Iterator[tuple[str, str]]:
    """(what was expected, how to mend it) for each thing that a målvärde may mean besides what it was read as.

    target: what was read, its direction known; written: from which words; is_said: they are the plan's `lases`, by which the analyst has
    settled what only they can know.
    """
    unit = matetal.mattenhet
    parts = [part for part in target.etapper or (target,) if not part.operator.startswith(("change", "share"))]
    levels = [(level, part.enhet) for part in parts for level in (part.varde, part.ovre) if level is not None]
    below = [(level, enhet) for level, enhet in levels if level < 0]
    if below and (not unit.negative or not (is_said or _may_be_below(target, matetal, written))):
        yield _told_below(target, unit, amount(-below[0][0], below[0][1] or unit))
    small = [level for level, enhet in levels if enhet is None and 0 < abs(level) <= 1]
    if unit.kind == "andel" and small:
        whole, part_of = amount(shortest(small[0] * 100), PROCENT), amount(small[0], PROCENT)
        yield f"en andel: {whole} eller {part_of}?".replace(NBSP, " "), "skriv talet med procenttecken"
    if unit.name in ("timmar", "minuter") and not is_said and (time := re.search(_AS_TIME, written)):
        action = f"skriv om «{time[0]}»: en halv är 0,5 och inte 0,30. Är det decimaler, så säg det med lases"
        yield f"ett tal i {unit} med decimaler, och inget klockslag", action
    for other in _other_scales(written, unit):
        yield unit.expected, f"rätta målvärdet eller mattenhet: «{other}» är en annan skala"
    for what in re.findall(r"\bper (\w+)", target.ord.lower()):
        if not re.fullmatch(_AVERAGED, what) and f"per {what}" not in f"{matetal.namn} {unit}".lower():
            action = f"låt mattenhet eller namn säga «per {what}», eller säg med lases vilket tal utfallet jämförs med"
            yield f"ett målvärde i {unit}, och inte per {what}", action


def _may_be_below(target: Target, matetal: Matetal, written: str) -> bool:
    """Whether a level below zero, in a unit that may be, is one, and no change."""
    words = f"{matetal.namn} {written}".lower()
    is_yearly = re.search(r"(?:per|varje|om) år|/ ?år|årlig", written.lower()) is not None
    up = target.ovre is not None or DIRECTION.get((target.etapper or (target,))[0].operator) == "högre"
    is_level = up or matetal.mattenhet.kind != "andel" or re.search(_MAY_BE_BELOW, words) is not None
    return is_level and not is_yearly


def _told_below(target: Target, unit: Unit, change: str) -> tuple[str, str]:
    expected = f"ett målvärde som inte är mindre än 0, som {unit} inte kan vara"
    if target.ovre is not None:
        return expected, f"skriv «högst {amount(target.ovre, ANTAL)}» om bara det som är för mycket räknas"
    by = f"skriv «ska minska med {change}» om det är en ändring".replace(NBSP, " ")
    if not unit.negative:
        return expected, f"{by}, annars rätta talet"
    return "en nivå eller en ändring", f"{by}, annars lägg till lases: {in_words(target, unit)}".replace(NBSP, " ")


def _other_scales(written: str, unit: Unit) -> list[str]:
    """The scales that a text mentions and that aren't the unit's."""
    found = list(re.finditer(_SCALE, written.lower())) if unit.ends else []
    return [said[0] for said in found if unit.ends and not _is_scale(said, *unit.ends)]


def _is_scale(said: re.Match[str], low: int, high: int) -> bool:
    if steps := said[3]:
        return int(NUMBER_WORDS.get(steps, steps)) == high - low + 1
    return (int(said[1]), int(said[2])) == (low, high)

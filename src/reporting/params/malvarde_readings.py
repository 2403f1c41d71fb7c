"""How every målvärde of a plan is read, or why it isn't and what would do: what is wrong with it, what it may mean besides, and what
`reporting check --malvarden` shows."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from reporting.faults import Faults
from reporting.params.located import Located, Place
from reporting.params.malvarde import DIRECTION, Battre, Target, parse_target, resolved
from reporting.params.malvarde_grammar import UnreadableTarget, only_figure
from reporting.params.malvarde_turns import compares
from reporting.params.malvarde_words import in_words
from reporting.params.plan import CHANGE, Matetal, Plan
from reporting.swedish import NBSP, NUMBER_WORDS, number, shortest
from reporting.units import ANTAL, INDEX, PLATS, PROCENT, PROCENTENHETER, Unit, amount


@dataclass(frozen=True)
class MalvardeReading:
    """One målvärde and its reading.

    malvarde: the plan's words; lases: how the plan says that they are read; tolkas: the reading, "" where there is none; ord: the words
    that the reading doesn't need; vantat: what was expected of what can't be read; forslag: the shortest `lases` that would do.
    """

    namnd: str
    id: str
    namn: str
    malvarde: str
    lases: str
    tolkas: str = ""
    ord: str = ""
    vantat: str = ""
    forslag: str = ""


def malvarde_readings(plans: Iterable[Plan], year: int) -> list[MalvardeReading]:
    """The reading of every mätetal of those of the plans that hold in the year, in their order."""
    holding = [plan for plan in plans if year in plan.galler]
    return [_read(plan, item, year) for plan in holding for item in (*plan.matetal, *plan.indikatorer)]


def _read(plan: Plan, item: Matetal, year: int) -> MalvardeReading:
    written, lases = item.malvarde_for(year), item.lases_for(year)
    faults = Faults("")
    check_words(item, plan, lases or written, Located(faults, {}), (), ("lases" if lases else "malvarde",))
    if found := faults.sorted():
        forslag = shortest_reading(written, item, plan)
        return MalvardeReading(plan.namnd, item.id, item.namn, written, lases, "", "", found[0].vantat, forslag)
    target = item.reading(year)
    tolkas = in_words(target, item.mattenhet).replace(NBSP, " ")
    return MalvardeReading(plan.namnd, item.id, item.namn, written, lases, tolkas, target.ord)


def check_words(matetal: Matetal, plan: Plan, written: str, located: Located, place: Place, where: Place) -> None:
    """Note what is wrong with one målvärde of a mätetal, or with its `lases`. place: where the mätetal stands; where: the words."""
    if matetal.oklart("mattenhet") and plan.units.may_be_more:
        return  # it may be in a unit that isn't known
    try:
        target = parse_target(written, plan.units)
    except UnreadableTarget as error:
        short = "" if "lases" in where else shortest_reading(written, matetal, plan)
        instead = "" if "lases" in where else f", eller låt det stå och lägg till lases{short and ': '}{short}"
        located.fault(where, written, error.vantat, f"skriv om målvärdet{instead}. {error}")
        return
    if target.ord and "lases" in where:
        located.fault(where, written, "ett målvärde i kort form, till exempel «minst 90 %»", f"ta bort «{target.ord}»")
    if re.search(r"\(\d{4}\)", written) and target.senast and target.senast < min(plan.galler, default=0):
        expected = "ett årtal inom parentes som målvärdet ska nås"
        located.fault(where, written, expected, f"skriv «senast {target.senast}» om det är så, annars vad året avser")
    is_known = not matetal.oklart("malvarde")
    if target.operator == "none":
        if matetal.battre is None and is_known and not matetal.oklart("battre"):
            expected = "battre, eftersom inget målvärde säger riktningen"
            action = "lägg till battre: högre, lägre eller oförändrad"
            located.fault(place, matetal.id, expected, action)
        return
    if is_known and (matetal.battre or not matetal.oklart("battre")):
        try:
            target = resolved(target, matetal.battre)
        except ValueError as error:
            located.fault(where, written, "ett målvärde och battre som säger en riktning", str(error))
    if is_known and not matetal.oklart("mattenhet"):
        if matetal.mattenhet == PLATS and DIRECTION.get(target.operator) == "högre":
            expected = "ett målvärde där en lägre plats är bättre"
            located.fault(where, written, expected, "skriv till exempel «topp 50»")
        for wanted in _doubts(target, matetal, written, is_said="lases" in where):
            located.fault(where, written, *wanted)
        for part in target.etapper or (target,):
            levels = () if part.operator.startswith(("change", "share")) else (part.varde, part.ovre, part.utgangsvarde)
            if any(level is not None and not matetal.mattenhet.has(level) for level in levels):
                action = "rätta målvärdet, eller skalan i mattenhet"
                located.fault(where, written, matetal.mattenhet.expected, action)
            if (other := _wanted_unit(part, matetal.mattenhet)) is not None:
                is_own = "lases" in where or part.operator.startswith("change")  # what is said then says how
                short = "" if is_own else shortest_reading(written, matetal, plan)
                instead = f", eller låt det stå och lägg till lases: {short}" if short else ""
                located.fault(where, written, other[0], f"{other[1]}{instead}")


_MAY_BE_BELOW = rf"{CHANGE}|resultat|överskott|underskott|saldo|netto|marginal|avkastning|tillväxt|utveckling"
"""In the name of a mätetal, or its målvärde, whose share may well be below zero."""

_AVERAGED = r"år|anställd|medarbetare|årsarbetare|grupp"
"""What a figure is an average over, and is none the less in its own unit."""

_SCALE = rf"\bskala (?:från )?(\d{{1,4}}) ?(?:[-–]|till) ?(\d{{1,4}})|\b({'|'.join(NUMBER_WORDS)}|\d{{1,4}})[- ]?gradig"
_AS_TIME = r"(?<![\d.,])\d{1,3}(?:\.(?!00)[0-5]\d|,[1-5]0)(?![\d.,])"


def _doubts(target: Target, matetal: Matetal, written: str, *, is_said: bool) -> Iterator[tuple[str, str]]:
    """(what was expected, how to mend it) for each thing that a målvärde may mean besides what it was read as.

    target: what was read, its direction known; written: from which words; is_said: they are the plan's `lases`, by which the analyst has
    settled what only they can know.
    """
    unit = matetal.mattenhet
    parts = [part for part in target.etapper or (target,) if not part.operator.startswith(("change", "share"))]
    levels = [(level, part.enhet) for part in parts for level in (part.varde, part.ovre) if level is not None]
    below = [(level, enhet) for level, enhet in levels if level < 0]
    if below and (not unit.negative or not (is_said or _may_be_below(target, matetal, written))):
        yield _told_below(target, unit, *below[0], yearly=" per år" if _is_yearly(written) else "")
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
    up = target.ovre is not None or DIRECTION.get((target.etapper or (target,))[0].operator) == "högre"
    is_level = up or matetal.mattenhet.kind != "andel" or re.search(_MAY_BE_BELOW, words) is not None
    return is_level and not _is_yearly(written)


def _is_yearly(written: str) -> bool:
    return re.search(r"(?:per|varje|om) år|/ ?år|årlig", written.lower()) is not None


def _told_below(target: Target, unit: Unit, level: Decimal, enhet: Unit | None, *, yearly: str) -> tuple[str, str]:
    expected = f"ett målvärde som inte är mindre än 0, som {unit} inte kan vara"
    if target.ovre is not None:
        return expected, f"skriv «högst {amount(target.ovre, ANTAL)}» om bara det som är för mycket räknas"
    change = amount(-level, PROCENTENHETER if unit.kind == "andel" else enhet or unit)
    share = (
        f" eller «högst {amount(100 + level, PROCENT)} av 2021 års värde»"
        if unit.kind == "andel" and not yearly
        else ""
    )
    by = f"skriv «ska minska med {change}{yearly}»{share} om det är en ändring".replace(NBSP, " ")
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


_MORE, _LESS = r"(?:mer|fler|högre|större)", r"(?:mindre|färre|lägre|kortare)"
_WAYS = {
    "minst": (rf"minst|lägst|åtminstone|(?:inte|ej) (?:\w+ )?(?:{_LESS} än|understiga|underskrida)", "högre"),
    "högst": (rf"högst|max\w*|som mest|(?:inte|ej) (?:\w+ )?(?:{_MORE} än|överstiga|överskrida)", "lägre"),
    "lägre än": (rf"{_LESS} än|understiga|underskrida", "lägre"),
    "högre än": (rf"{_MORE} än|överstiga|överskrida", "högre"),
}
"""Each way to say a limit in `lases`, with how people write it, and what is better then. A «not» comes before what it turns."""

_NO_READING = (
    rf"\b(?:{_MORE}|{_LESS}) än (?:år )?(?:19|20)\d\d\b|\d[^,;]*\b(?:\w*[ghsr]re|mer|mindre)(?!\w)"
    r"|(?:19|20)\d\d ?:|\bkl(?:ockan)?\b"
)
"""Where a level can't be said shortly: compared with a year, less or more of something, another year's figure, an hour of the day."""

_OF_SIZE = r"tusen|miljon|miljard|milj\b|mdr|dussin|tjog|promille|‰|\w*del(?:ar|en)?\b"
_PER = r"\d ?(?:\w+ ?)?/ ?(?!år\b)\w|\bper (?!år\b)"
"""After a figure: it is another figure, or of something else."""


def shortest_reading(written: str, matetal: Matetal, plan: Plan) -> str:
    """The shortest `lases` that would do for words that can't be read, with "…" for what they don't say: "högst 60 dagar"; "" where a short
    reading may be a wrong one, or be refused itself."""
    better: Battre | None = matetal.battre
    with suppress(UnreadableTarget, ValueError):
        target = resolved(parse_target(written, plan.units), matetal.battre)
        better = DIRECTION.get(target.operator)
        if next(_doubts(target, matetal, written, is_said=False), None):
            return ""  # what its figure means only the analyst knows
    return " eller ".join(
        way for way in _short_ways(written, matetal, better) if "…" in way or _will_do(way, matetal, plan)
    )


def _will_do(way: str, matetal: Matetal, plan: Plan) -> bool:
    faults = Faults("")
    check_words(matetal, plan, way, Located(faults, {}), (), ("lases",))
    return not faults.found


def _short_ways(written: str, matetal: Matetal, better: Battre | None) -> list[str]:
    """What shortest_reading suggests, before each way is tried. better: the direction, as far as it is known."""
    unit, words = matetal.mattenhet, written.lower()
    if re.search(_NO_READING, words):
        return []
    counted_from = re.search(r"(?:jämfört med|från|sedan) (?:år )?((?:19|20)\d\d)\b", words)
    compared = compares(words.replace(counted_from[0] if counted_from else "\0", ""))
    figure = None if compared else only_figure(written, matetal.units)
    moves = re.search(r"\b(öka|minska)", words)
    stranger = re.search(_OF_SIZE if unit == ANTAL else r"\d ?[^\W\d]|" + _OF_SIZE, words)
    rate = re.search(_PER, words) and not re.search(r"\bper ", unit.name)
    takes = figure and figure.unit not in (None, ANTAL) and unit.takes(figure.unit)
    foreign = stranger if figure and figure.unit in (None, ANTAL) else not (moves and figure and figure.unit == PROCENT)
    if figure and (rate or (not takes and foreign)):
        figure = None  # of something else, or in another unit
    years = re.findall(r"\b(?:19|20)\d\d\b", words)
    if (
        len(years) == 1
        and not counted_from
        and re.search(rf"\b(?:av|efter|mot|under|i|för|gäller) (?:år )?{years[0]}", words)
    ):
        return []
    when = f", från {counted_from[1]}" if counted_from else f", senast {years[0]}" if len(years) == 1 else ""
    by = re.search(r"\bmed\b", words.replace("jämfört med", ""))
    if moves and (by or (figure is None and not re.search(r"\btill\b", words))):
        if figure is None and by:
            return []
        step = amount(figure.value, PROCENTENHETER if unit.kind == "andel" else figure.unit or unit) if figure else ""
        yearly = " per år" if step and re.search(r"(?:per|varje|/) ?år|årlig", words) else ""
        changes: list[str] = [f"ska {moves[1]}{f' med {step}' if step else ''}{yearly}{when}"]
        if unit.kind == "andel" and figure and figure.unit == PROCENT:  # of the share itself, or of what it was
            less = moves[1] == "minska"
            remains = amount(100 - figure.value if less else 100 + figure.value, PROCENT)
            of_before = f"{remains} av {counted_from[1]} års värde" if counted_from else f"… %{when}"
            changes += [f"{'högst' if less else 'minst'} {of_before}"]
        return [change.replace(NBSP, " ") for change in changes]
    level = str(amount(figure.value, unit)) if figure else amount(Decimal(0), unit).replace("0", "…")
    if unit == PLATS:
        return [f"topp {number(figure.value) if figure else '…'}"]
    said, left = [], words
    for way, (pattern, _) in _WAYS.items():
        left, count = re.subn(rf"\b(?:{pattern})(?!\w)", "", left)
        said += [way] if count else []
    if len(said) > 1 or (said and better not in (None, _WAYS[said[0]][1])):
        return []
    towards = better or (moves and {"öka": "högre", "minska": "lägre"}[moves[1]])
    ways = said or {"högre": ["minst"], "lägre": ["högst"]}.get(towards or "", ["minst", "högst"])
    when = "" if counted_from else when
    return [f"{way} {level}{when}".replace(NBSP, " ") for way in ways]


def _wanted_unit(target: Target, mattenhet: Unit) -> tuple[str, str] | None:
    """(what unit was expected, how to mend it), or None where the målvärde and the mattenhet agree."""
    enhet, mend = target.enhet, "rätta malvarde eller mattenhet"
    if not mattenhet.takes(target.utgangsenhet):
        return f"ett utgångsvärde i {mattenhet}, som är mätetalets mattenhet", mend
    if target.operator in ("share>=", "share<="):
        return None
    is_change = target.operator in ("change>=", "change<=")
    if is_change and mattenhet.kind == "andel" and enhet == PROCENT and target.varde is not None:
        way, most = ("minska", "högst") if target.varde < 0 else ("öka", "minst")
        points, share = (
            amount(shortest(abs(target.varde)), ANTAL),
            amount(100 + target.varde, PROCENT).replace(NBSP, " "),
        )
        year = target.utgangsar or "2021"
        mend = f"skriv «ska {way} med {points} procentenheter», eller «{most} {share} av {year} års värde»"
        return "procent eller procentenheter: en ändring av en andel kan menas på två sätt", mend
    is_noun = enhet == ANTAL != mattenhet and not re.search(r"\b(?:st|stycken)\b", target.text)
    if (mattenhet.takes(enhet) and not is_noun) or (is_change and (mattenhet.kind, enhet) == ("andel", PROCENTENHETER)):
        return None
    if mattenhet in (ANTAL, INDEX) and enhet and enhet.kind == mattenhet.kind:  # of what, is said by the målvärde alone
        return None
    if is_change:
        return None if enhet == PROCENT else (f"en ändring i {mattenhet} eller procent", mend)
    return f"ett målvärde i {mattenhet}, som är mätetalets mattenhet", mend

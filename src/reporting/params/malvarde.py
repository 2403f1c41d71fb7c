"""A målvärde as the plan writes it, read strictly into a Target, and shown back in words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from lark import Token, Tree

from reporting.params.malvarde_grammar import UnreadableTarget, parsed, passed_over, short_form
from reporting.params.malvarde_turns import asked_of_years, is_open_share, turns
from reporting.swedish import NUMBER_WORDS, own_decimals, read_number, shortest
from reporting.units import ANTAL, AR, BUILT_IN_UNITS, INDEX, PLATS, PROCENT, Unit, Units

Operator = Literal[
    ">=", "<=", ">", "<", "=", "bare", "between", "increase", "decrease", "unchanged", "better", "not-worse", "no-increase", "no-decrease",
    "change>=", "change<=", "share>=", "share<=", "share", "deadline", "all", "rank<=", "steps", "none",
]  # fmt: skip
Battre = Literal["högre", "lägre", "oförändrad"]

DIRECTION: dict[str, Battre] = {
    ">=": "högre", ">": "högre", "increase": "högre", "no-decrease": "högre", "change>=": "högre", "share>=": "högre", "all": "högre",
    "<=": "lägre", "<": "lägre", "decrease": "lägre", "no-increase": "lägre", "change<=": "lägre", "share<=": "lägre", "deadline": "lägre",
    "rank<=": "lägre", "=": "oförändrad", "unchanged": "oförändrad", "between": "oförändrad",
}  # fmt: skip
"""Which way is better, where the operator says it."""

BY_BATTRE: dict[str, dict[Battre, Operator]] = {
    "bare": {"högre": ">=", "lägre": "<=", "oförändrad": "="},
    "share": {"högre": "share>=", "lägre": "share<="},
    "better": {"högre": "increase", "lägre": "decrease"},
    "not-worse": {"högre": "no-decrease", "lägre": "no-increase"},
}
"""What an operator that says no direction becomes, by what is better."""

_OPPOSITE: dict[str | None, Battre] = {"öka": "lägre", "minska": "högre"}

_OPERATORS: dict[str, Operator] = {
    "MINST": ">=", "HOGST": "<=", "LAGRE": "<", "HOGRE": ">", "OFORANDRAD": "=", "ELLER_MER": ">=", "ELLER_MINDRE": "<=",
}  # fmt: skip
_CHANGES: dict[str, Operator] = {"OKA": "increase", "MINSKA": "decrease", "OFORANDRAD": "unchanged"}
_CHANGE_WORDS = {"OKA": "öka", "MINSKA": "minska", "OFORANDRAD": "vara oförändrad"}
FROM_EARLIER = (
    "increase", "decrease", "unchanged", "better", "not-worse", "no-increase", "no-decrease", "change>=", "change<=",
)  # fmt: skip
"""Those that are counted from an earlier outcome."""

_ORDINALS = ("andra", "tredje", "fjärde", "femte", "sjätte")
_NOTHING = (
    r"|[-–—.]+|inget målvärde|målvärde saknas|följs utan målvärde|(utfall|målvärde)(et)? (kommer|beslutas) .*"
    r"|((målvärde(t|n)?|målnivå(n|er)?) )?(ska )?(tas fram|arbetas fram|fastställs|fastställas)( (under|i|till|efter|inför) [^,;]*)?"
)


@dataclass(frozen=True)
class Target:
    """A målvärde.

    operator: how the utfall is compared with `varde` ("bare" before a direction is declared); varde: the level, the
    change or the time, with the decimals that it is written with, in `enhet` (None where the text has no unit);
    ovre: the upper end of an interval, whose lower one is varde; utgangsvarde, utgangsar: the baseline, of which the plan may say
    the year alone; forra: the measurement before is the baseline; senast: the year by which it shall be reached; fran_ar, till_ar:
    the first and the last year that it holds, where the plan says so; per_ar: the change is asked for each year; minst: it is at
    least so much; helst: "öka" or "minska" beyond the level; andel_av: what a share is of; etapper: the levels of "steps", each
    with its year; ord: the words that the reading doesn't need; text: the plan's own words.
    """

    operator: Operator
    text: str
    varde: Decimal | None = None
    enhet: Unit | None = None
    ovre: Decimal | None = None
    utgangsvarde: Decimal | None = None
    utgangsar: int | None = None
    utgangsenhet: Unit | None = None
    forra: bool = False
    senast: int | None = None
    fran_ar: int | None = None
    till_ar: int | None = None
    per_ar: bool = False
    minst: bool = False
    helst: str | None = None
    andel_av: str | None = None
    etapper: "tuple[Target, ...]" = ()
    ord: str = ""

    @property
    def interval(self) -> tuple[Decimal, ...]:
        """Both ends of an interval; () for any other målvärde."""
        return () if self.varde is None or self.ovre is None else (self.varde, self.ovre)


LONGEST = 1_000
"""How long a målvärde may be: a sentence or two."""


@lru_cache(maxsize=4096)  # a plan says the same of many mätetal, and is asked more than once
def parse_target(text: str, units: Units = BUILT_IN_UNITS) -> Target:
    """Read a målvärde, in one of the units: "minst 90 %", "från 60 % (2022) till minst 70 %", "ska minska med 5 per år", "topp 10", "90".

    A bare number gives operator "bare"; an empty text, a dash or an announcement gives "none". Raises UnreadableTarget.
    """
    if len(text) > LONGEST:
        raise UnreadableTarget(text[:LONGEST], 0, f"högst {LONGEST} tecken")
    clean = short_form(text)
    if re.fullmatch(_NOTHING, clean, re.IGNORECASE):
        return Target("none", text)
    if meant := asked_of_years(clean):
        raise UnreadableTarget(clean, 0, meant)
    try:
        tree = parsed(clean, text, units)
    except UnreadableTarget:
        if (found := passed_over(clean, units)) is None:
            raise
        return _with_words(_target(found[0], text), found[1], units)
    target = _target(tree, text)
    if is_open_share(target.andel_av or target.ord) or turns(target.ord):
        raise UnreadableTarget(clean, 0, "en andel av något som planen själv säger, till exempel «minst 82 %»")
    return target


def _with_words(target: Target, words: str, known: Units) -> Target:
    """The target of a text in which words were passed over. A unit among them is the figure's, where it has none of its own."""
    units = {known.written(word) for word in re.findall(r"[^\W\d]+|%", words)} - {None, ANTAL, AR, PLATS}
    if target.varde is not None and target.enhet is None and units:
        if len(units) > 1:
            raise UnreadableTarget(target.text, 0, "en enhet, och den vid talet")
        target = replace(target, enhet=units.pop())
    if target.operator == "change>=" and target.enhet == PROCENT and re.search(r"\bandel", words):
        raise UnreadableTarget(target.text, 0, "procentenheter, för en ändring av en andel")
    if target.varde is not None and "över tid" in words:
        raise UnreadableTarget(target.text, 0, "ett värde för ett år, som utfallet är")
    return replace(target, ord=" … ".join(filter(None, (target.ord, words))))


def _target(tree: "Tree[Token | Unit]", text: str) -> Target:
    said = [_clause(part, text) for part in tree.children if isinstance(part, Tree) and part.data != "lead"]
    for part in tree.children:
        if isinstance(part, Tree) and part.data == "lead":
            said[0] = _with_adjunct(said[0], part)
    first = said[0]
    if len(said) == 1:
        for year in (part.children[0] for part in tree.find_data("in_year")):
            meant = f"«senast {year}» om det ska nås då, eller «under {year}» om det gäller bara då"
            raise UnreadableTarget(text, 0, meant)
        return first
    units = {target.enhet for target in said} - {None}
    last, ends = said[1], [target.operator for target in said]
    if ends == [">=", "<="] and len(units) <= 1 and replace(first, varde=None, enhet=None) == Target(">=", text):
        interval = _between(text, first.varde, last.varde, first.enhet or last.enhet)
        # What is said of the interval besides stands after its second end: which years it holds, and what a share is of.
        besides = Target("<=", text, fran_ar=last.fran_ar, till_ar=last.till_ar, andel_av=last.andel_av)
        if replace(last, varde=None, enhet=None) == besides:
            share_of = f"av {last.andel_av}" if last.andel_av else ""
            return replace(interval, fran_ar=last.fran_ar, till_ar=last.till_ar, ord=share_of)
    same = {target.operator for target in said} - {"bare"} or {"bare"}
    years = [target.senast or 0 for target in said]
    if len(same) > 1 or len(units) > 1 or 0 in years or years != sorted(set(years)):
        raise UnreadableTarget(
            text, 0, "ett målvärde, eller ett för varje år: «minst 20 % senast 2026 och minst 35 % senast 2030»"
        )
    [operator], enhet = same, next(iter(units), None)
    return Target("steps", text, etapper=tuple(replace(target, operator=operator, enhet=enhet) for target in said))


def _clause(clause: "Tree[Token | Unit]", text: str) -> Target:
    """What one part of a målvärde says; most have only one."""
    parts = [part for part in clause.children if isinstance(part, Tree)]
    first = parts.pop(0) if parts[0].data == "by" else clause
    target = _goal(parts[0], text)
    years = _tokens(clause, "YEAR_OF_STEP") + _tokens(first, "YEAR") + _tokens(parts[0], "YEAR")
    if len(years) > 1:
        raise UnreadableTarget(text, 0, "ett enda årtal av varje slag")
    target = replace(target, senast=int(years[0]) if years else None)
    for baseline in parts[0].find_data("baseline"):
        target = _with_baseline(target, baseline)
    moves = parts[0].data == "from_to" or (parts[0].data == "change" and target.varde is not None)
    for adjunct in parts[1:]:
        target = _with_adjunct(target, adjunct, moves=moves)
    if _tokens(parts[0], "GANGER") and not (target.utgangsar or target.forra):
        raise UnreadableTarget(text, 0, "från vilket år det räknas, till exempel «ska halveras jämfört med 2021»")
    return target


def _with_adjunct(target: Target, adjunct: "Tree[Token | Unit]", *, moves: bool = False) -> Target:
    """The target with what is said of it besides: by when, in which years it holds, from where it is counted."""
    [said] = [part for part in adjunct.children if isinstance(part, Tree)]
    years = [int(year) for year in _tokens(said, "YEAR") + _tokens(said, "YEAR_FIRST") + _tokens(said, "LONE_YEAR")]
    more: dict[str, object] = {}
    if said.data in ("by", "in_year"):
        more = {"senast": years[0]}
    elif said.data == "held" and _tokens(said, "FROM"):
        more = {"fran_ar": years[0]}
    elif said.data == "held":  # a level is held until then; what moves shall be there by then
        if not moves and re.search(r"\b(?:upp)?nås?\b", target.text, re.IGNORECASE):
            hint = f"«senast {years[0]}» om det ska vara nått då, eller «till och med {years[0]}» om det ska hållas varje år"
            raise UnreadableTarget(target.text, 0, hint)
        more = {"senast" if moves else "till_ar": years[0]}
    elif said.data == "during":
        ends = [int(year) for found in _tokens(said, "YEARS") for year in re.findall(r"\d{4}", found)] or years * 2
        if ends[0] != ends[1] and (moves or target.operator in FROM_EARLIER):
            hint = f"från vilket år, till exempel «senast {ends[1]}, från {ends[0]}»"
            raise UnreadableTarget(target.text, 0, hint)
        more = {"fran_ar": ends[0], "till_ar": ends[1]}
    elif said.data == "per_year":
        more = {"per_ar": True} if target.operator.startswith("change") else {"ord": "per år"}
    elif _tokens(said, "FRAN_FORRA"):
        more = {"forra": True}
    elif years:
        more = {"utgangsar": years[0]}
    else:
        if target.utgangsvarde is not None:
            raise UnreadableTarget(target.text, 0, "ett utgångsvärde")
        baseline = next(said.find_data("baseline"))
        figure = next(baseline.find_data("number")).children[0]
        if _amount(next(baseline.find_data("amount")))[1] is None and re.fullmatch(r"(19|20)\d\d", str(figure)):
            raise UnreadableTarget(target.text, 0, "från ett år eller från ett tal: «från år 2021», eller «från 2 021»")
        return _with_baseline(target, baseline)
    if ("forra" in more or "utgangsar" in more) and target.operator not in FROM_EARLIER:
        meant = "en ändring räknad från ett år, till exempel «ska minska med 25 % jämfört med 2021»"
        raise UnreadableTarget(target.text, 0, meant)
    if any(getattr(target, key) for key in more if key != "ord"):
        raise UnreadableTarget(target.text, 0, "ett enda årtal av varje slag")
    return replace(target, **more)  # type: ignore[arg-type]


def _with_baseline(target: Target, baseline: "Tree[Token | Unit]") -> Target:
    start, unit, _ = _amount(next(baseline.find_data("amount")))
    year = _tokens(baseline, "YEAR")
    operator = target.operator
    if operator == "bare" and target.varde is not None and target.varde != start:
        operator = ">=" if target.varde > start else "<="
    utgangsar = int(year[0]) if year else None
    gain = Decimal(0) if target.varde is None or operator.startswith("change") else target.varde - start
    if gain * {"högre": 1, "lägre": -1}.get(DIRECTION.get(operator, ""), 0) < 0:
        raise UnreadableTarget(target.text, 0, "ett målvärde åt samma håll som orden: utgångsvärdet är redan bättre")
    enhet = target.enhet or (None if operator in ("change>=", "change<=") else unit)
    return replace(target, operator=operator, utgangsvarde=start, utgangsar=utgangsar, utgangsenhet=unit, enhet=enhet)


def _between(text: str, low: Decimal | None, high: Decimal | None, enhet: Unit | None) -> Target:
    if low is None or high is None or low >= high:
        raise UnreadableTarget(text, 0, "det lägre talet först, till exempel «mellan 40 och 60 %»")
    return Target("between", text, low, enhet, ovre=high)


def _goal(goal: "Tree[Token | Unit]", text: str) -> Target:
    operators = [_OPERATORS[t.type] for t in goal.children if isinstance(t, Token) and t.type in _OPERATORS]
    operator = operators[0] if operators else None
    changes = [str(child.children[0].type) for child in goal.find_data("change_word")]  # type: ignore[union-attr]
    amounts = [child for child in goal.children if isinstance(child, Tree) and child.data == "amount"]
    if len(operators) > 1 or any(len(_tokens(goal, kind)) > 1 for kind in ("HELST", "AV_ARS", "AVVIKELSE")):
        raise UnreadableTarget(text, 0, "«minst» eller «högst» en enda gång, till exempel «minst 80 %»")
    share = next((share for amount in reversed(amounts) for share in _tokens(amount, "SHARE_OF")), "")
    if goal.data == "all":
        return Target("all", text, Decimal(100), PROCENT)
    if goal.data == "rank":
        return Target("rank<=", text, _number(next(goal.find_data("number"))), PLATS)
    if goal.data == "deadline":
        return _deadline(goal, text)
    if goal.data == "interval":
        return replace(_interval(goal, amounts, text), ord=share)
    if goal.data == "change" and not amounts:
        return _direction(goal, changes, text)
    halved = _tokens(goal, "HALFTEN")
    varde, enhet, andel_av = (Decimal(50), PROCENT, None) if halved else _amount(amounts[0])
    if goal.data == "change" and (_tokens(goal, "MED") or _tokens(goal, "INTE")):
        if changes[0] not in ("OKA", "MINSKA") or _tokens(goal, "INTE") or varde < 0:
            raise UnreadableTarget(text, 0, "en ändring, till exempel «ska öka med 5» eller «ska minska med 5»")
        by_so_much, step = ("change<=", -varde) if changes[0] == "MINSKA" else ("change>=", varde)
        return Target(by_so_much, text, step, enhet, minst=bool(_tokens(goal, "MINST")))  # type: ignore[arg-type]
    if _tokens(goal, "AVVIKELSE"):
        if operator != "<=" or varde <= 0:
            raise UnreadableTarget(text, 0, "en avvikelse åt båda håll, till exempel «högst 1 % avvikelse»")
        return replace(_between(text, -varde, varde, enhet), ord=share)
    if enhet == PLATS and operator in (None, "<="):
        return Target("rank<=", text, varde, enhet)
    helst = _CHANGE_WORDS[changes[-1]] if _tokens(goal, "HELST") else None
    wanted = next((name for name in changes if not helst), None)
    implied: Operator = {"OKA": ">=", "MINSKA": "<="}.get(wanted or "", "bare")  # type: ignore[assignment]
    target = Target(operator or implied, text, varde, enhet, helst=helst, andel_av=andel_av)
    said = _CHANGE_WORDS.get(wanted or "", helst)
    if said in _OPPOSITE and DIRECTION.get(target.operator) == _OPPOSITE[said]:
        meant = f"ett målvärde som inte säger emot sig självt: «{said}» åt ena hållet, gränsen åt det andra"
        raise UnreadableTarget(text, 0, meant)
    if year := _tokens(goal, "AV_ARS"):
        shares: dict[str, Operator] = {">=": "share>=", "<=": "share<=", "bare": "share"}
        if target.operator not in shares or enhet != PROCENT or helst:
            meant = "en andel av ett tidigare värde, till exempel «högst 50 % av 2021 års värde»"
            raise UnreadableTarget(text, 0, meant)
        return replace(target, operator=shares[target.operator], utgangsar=int(year[0].split()[1]))
    return target


def _direction(goal: "Tree[Token | Unit]", changes: list[str], text: str) -> Target:
    if times := _tokens(goal, "GANGER"):
        halved = times[0].lower().startswith("halver")
        return Target("change<=" if halved else "change>=", text, Decimal(-50 if halved else 100), PROCENT)
    stays = _tokens(goal, "STA_ELLER")
    if _tokens(goal, "FORBATTRAS") or _tokens(goal, "FORSAMRAS"):
        return Target("not-worse" if stays or _tokens(goal, "FORSAMRAS") else "better", text)
    if stays or _tokens(goal, "INTE"):
        return Target("no-increase" if (changes[0] == "MINSKA") == bool(stays) else "no-decrease", text)
    return Target(_CHANGES[changes[0]], text)


def _deadline(goal: "Tree[Token | Unit]", text: str) -> Target:
    if _tokens(goal, "NOLLTOLERANS"):
        return Target("<=", text, Decimal(0))
    if _tokens(goal, "VARTANNAT_AR"):
        return Target("deadline", text, Decimal(2), AR)
    if often := _tokens(goal, "VAR_TREDJE"):
        _, ordinal, time = often[0].lower().split()
        return Target("<=", text, Decimal(_ORDINALS.index(ordinal) + 2), BUILT_IN_UNITS.written(time))
    [time_unit] = _units(goal)
    if time_unit.kind != "tid":
        raise UnreadableTarget(text, 0, "en tid, till exempel «inom tre veckor»")
    return Target("deadline", text, _number(next(goal.find_data("number"))), time_unit)


def _interval(goal: "Tree[Token | Unit]", amounts: "list[Tree[Token | Unit]]", text: str) -> Target:
    if both := _tokens(goal, "RANGE"):
        ends = [_exact(end) for end in re.split(r" ?(?:%|procent)? ?[–-] ?", both[0])]
        shared = PROCENT if re.search(r"%|procent", both[0]) else None
        unit = next(iter(_units(goal)), shared)
        return _between(text, ends[0], ends[1], unit)
    units = {unit for amount in amounts if (unit := _amount(amount)[1])}
    if len(units) > 1:
        raise UnreadableTarget(text, 0, "ett intervall i en enda enhet")
    ends = [_amount(amount)[0] for amount in amounts]
    figures = [str(number.children[0]) for amount in amounts for number in amount.find_data("number")]
    if not units and all(re.fullmatch(r"20[1-4]\d", figure) for figure in figures):
        meant = "ett intervall, till exempel «mellan 40 och 60 %», eller år, till exempel «gäller 2024–2026»"
        raise UnreadableTarget(text, 0, meant)
    return _between(text, ends[0] if len(ends) == 2 else -ends[0], ends[-1], next(iter(units), None))


def _tokens(tree: "Tree[Token | Unit]", kind: str) -> list[str]:
    return [str(child) for child in tree.children if isinstance(child, Token) and child.type == kind]


def _units(tree: "Tree[Token | Unit]") -> list[Unit]:
    return [child for child in tree.children if isinstance(child, Unit)]


def _number(tree: "Tree[Token | Unit]") -> Decimal:
    return _exact(str(tree.children[0]))


def _exact(word: str) -> Decimal:
    if word.lower() in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word.lower()])
    try:
        value = read_number(word)
    except ValueError:
        raise UnreadableTarget(word, 0, "ett tal med decimalkomma, eller med mellanslag mellan tusental") from None
    # Two decimals ending in zero are a spreadsheet's format (90,00 and 7,80); any other number is as precise as it is written.
    return shortest(value) if own_decimals(value) == 2 else value


def _amount(tree: "Tree[Token | Unit]") -> tuple[Decimal, Unit | None, str | None]:
    share = _tokens(tree, "SHARE_OF")
    enhet = INDEX if _tokens(tree, "INDEX") else next(iter(_units(tree)), PLATS if _tokens(tree, "PLATS") else None)
    return _number(next(tree.find_data("number"))), enhet, share[0].removeprefix("av ") if share else None


def resolved(target: Target, battre: Battre | None) -> Target:
    """The target with its direction: a bare number, and "ska förbättras", get it from `battre`.

    Raises ValueError, in Swedish, where they have no `battre`, and where the words and `battre` contradict.
    """
    if target.operator == "none":
        return target
    if target.operator == "steps":
        return replace(target, etapper=tuple(resolved(step, battre) for step in target.etapper))
    if by_battre := BY_BATTRE.get(target.operator):
        if battre is None:
            is_figure = target.varde is not None
            wanted = "«minst» eller «högst»" if is_figure else "«ska öka» eller «ska minska»"
            what = "talet säger" if is_figure else "orden säger"
            raise ValueError(f"skriv {wanted}, eller ange battre: {what} ingen riktning")
        if battre not in by_battre:
            raise ValueError(
                f"rätta malvarde eller battre: «{target.text}» är bättre åt ett håll, men battre är «{battre}»"
            )
        return replace(target, operator=by_battre[battre])
    if battre is not None and DIRECTION[target.operator] != battre:
        raise ValueError(
            f"rätta malvarde eller battre: «{target.text}» betyder att {DIRECTION[target.operator]} är bättre, "
            f"men battre är «{battre}»"
        )
    return target


def step_of_year(target: Target, year: int) -> Target:
    """What a målvärde asks for in a year: of steps the next one, the last where all have passed; any other as it is."""
    later = [step for step in target.etapper if step.senast is not None and step.senast >= year]
    steps = later or target.etapper[-1:]
    return replace(steps[0], ord=target.ord) if steps else target

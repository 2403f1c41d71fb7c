"""A målvärde as the plan writes it, read strictly into a Target, and shown back in words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from lark import Token, Tree

from reporting.params.malvarde_grammar import UnreadableTarget, parsed, short_form
from reporting.swedish import NUMBER_WORDS, own_decimals, read_number, shortest, unit_of

Operator = Literal[
    ">=", "<=", ">", "<", "=", "bare", "increase", "decrease", "unchanged", "change>=", "change<=", "deadline", "all",
    "rank<=", "none",
]  # fmt: skip
Battre = Literal["högre", "lägre", "oförändrad"]

DIRECTION: dict[str, Battre] = {
    ">=": "högre", ">": "högre", "increase": "högre", "change>=": "högre", "all": "högre",
    "<=": "lägre", "<": "lägre", "decrease": "lägre", "change<=": "lägre", "deadline": "lägre", "rank<=": "lägre",
    "=": "oförändrad", "unchanged": "oförändrad",
}  # fmt: skip
"""Which way is better, where the operator says it."""

_OPPOSITE: dict[str | None, Battre] = {"öka": "lägre", "minska": "högre"}

TIMES = ("timmar", "dygn", "dagar", "veckor", "månader", "år")

_OPERATORS: dict[str, Operator] = {"MINST": ">=", "HOGST": "<=", "LAGRE": "<", "HOGRE": ">", "OFORANDRAD": "="}
_CHANGES: dict[str, Operator] = {"OKA": "increase", "MINSKA": "decrease", "OFORANDRAD": "unchanged"}
_CHANGE_WORDS = {"OKA": "öka", "MINSKA": "minska", "OFORANDRAD": "vara oförändrad"}
_NOTHING = r"|[-–—.]+|inget målvärde|målvärde saknas|följs utan målvärde|(utfall|målvärde)(et)? (kommer|beslutas) .*"


@dataclass(frozen=True)
class Target:
    """A målvärde.

    operator: how the utfall is compared with `varde` ("bare" before a direction is declared); varde: the level, the
    change or the time, with the decimals that it is written with, in `enhet` (a key of swedish.UNITS, None where the text has no unit);
    utgangsvarde, utgangsar:
    the baseline; senast: the year by which it shall be reached; per_ar: the change is asked for each year; helst: "öka"
    or "minska" beyond the level; andel_av: what a share is of; text: the plan's own words.
    """

    operator: Operator
    text: str
    varde: Decimal | None = None
    enhet: str | None = None
    utgangsvarde: Decimal | None = None
    utgangsar: int | None = None
    senast: int | None = None
    per_ar: bool = False
    helst: str | None = None
    andel_av: str | None = None


@lru_cache(maxsize=4096)  # a plan says the same of many mätetal, and is asked more than once
def parse_target(text: str) -> Target:
    """Read a målvärde: "minst 90 %", "från 60 % (2022) till minst 70 %", "ska minska med 5 per år", "topp 10", "90".

    A bare number gives operator "bare"; an empty text, a dash or an announcement gives "none". Raises UnreadableTarget.
    """
    clean = short_form(text)
    if re.fullmatch(_NOTHING, clean, re.IGNORECASE):
        return Target("none", text)
    return _target(parsed(clean, text), text)


def _target(tree: "Tree[Token]", text: str) -> Target:
    goal = next(child for child in tree.children if isinstance(child, Tree) and child.data != "by")
    target = _goal(goal, text)
    for by in tree.find_data("by"):
        target = replace(target, senast=int(_tokens(by, "YEAR")[0]))
    for baseline in tree.find_data("baseline"):
        target = _with_baseline(target, baseline)
    return target


def _with_baseline(target: Target, baseline: "Tree[Token]") -> Target:
    start, unit, _ = _amount(next(baseline.find_data("amount")))
    year = _tokens(baseline, "YEAR")
    operator = target.operator
    if operator == "bare" and target.varde is not None and target.varde != start:
        operator = ">=" if target.varde > start else "<="
    utgangsar = int(year[0]) if year else None
    if (
        target.varde is not None
        and (target.varde - start) * {"högre": 1, "lägre": -1}.get(DIRECTION.get(operator, ""), 0) < 0
    ):
        raise UnreadableTarget(target.text, 0, "ett målvärde åt samma håll som orden: utgångsvärdet är redan bättre")
    return replace(target, operator=operator, utgangsvarde=start, utgangsar=utgangsar, enhet=target.enhet or unit)


def _goal(goal: "Tree[Token]", text: str) -> Target:
    operator = next((_OPERATORS[t.type] for t in goal.children if isinstance(t, Token) and t.type in _OPERATORS), None)
    changes = [str(child.children[0].type) for child in goal.find_data("change_word")]  # type: ignore[union-attr]
    amounts = [child for child in goal.children if isinstance(child, Tree) and child.data == "amount"]
    if goal.data == "all":
        return Target("all", text, Decimal(100), "procent")
    if goal.data == "rank":
        return Target("rank<=", text, _number(next(goal.find_data("number"))), "plats")
    if goal.data == "deadline":
        if _tokens(goal, "VARTANNAT_AR"):
            return Target("deadline", text, Decimal(2), "år")
        time = unit_of(_tokens(goal, "UNIT")[0])
        if time not in TIMES:
            raise UnreadableTarget(text, 0, "en tid, till exempel «inom tre veckor»")
        return Target("deadline", text, _number(next(goal.find_data("number"))), time)
    if goal.data == "change" and not amounts:
        return Target(_CHANGES[changes[0]], text)
    varde, enhet, andel_av = _amount(amounts[0])
    if goal.data == "change" and _tokens(goal, "MED"):
        by_so_much: Operator = "change<=" if changes[0] == "MINSKA" else "change>="
        signed = -varde if by_so_much == "change<=" else varde
        return Target(by_so_much, text, signed, enhet, per_ar=bool(_tokens(goal, "PER_AR")))
    if enhet == "plats" and operator in (None, "<="):
        return Target("rank<=", text, varde, enhet)
    helst = _CHANGE_WORDS[changes[-1]] if _tokens(goal, "HELST") else None
    wanted = next((name for name in changes if not helst), None)
    implied: Operator = {"OKA": ">=", "MINSKA": "<="}.get(wanted or "", "bare")  # type: ignore[assignment]
    target = Target(operator or implied, text, varde, enhet, helst=helst, andel_av=andel_av)
    said = _CHANGE_WORDS.get(wanted or "", helst)
    if said in _OPPOSITE and DIRECTION.get(target.operator) == _OPPOSITE[said]:
        raise UnreadableTarget(
            text, 0, f"ett målvärde som inte säger emot sig självt: «{said}» åt ena hållet, gränsen åt det andra"
        )
    return target


def _tokens(tree: "Tree[Token]", kind: str) -> list[str]:
    return [str(child) for child in tree.children if isinstance(child, Token) and child.type == kind]


def _number(tree: "Tree[Token]") -> Decimal:
    word = str(tree.children[0])
    if word.lower() in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word.lower()])
    try:
        value = read_number(word)
    except ValueError:
        raise UnreadableTarget(word, 0, "ett tal med decimalkomma, eller med mellanslag mellan tusental") from None
    # Two decimals ending in zero are a spreadsheet's format (90,00 and 7,80); any other number is as precise as it is written.
    return shortest(value) if own_decimals(value) == 2 else value


def _amount(tree: "Tree[Token]") -> tuple[Decimal, str | None, str | None]:
    unit = _tokens(tree, "UNIT")
    share = _tokens(tree, "SHARE_OF")
    enhet = unit_of(unit[0]) if unit else "plats" if _tokens(tree, "PLATS") else None
    return _number(next(tree.find_data("number"))), enhet, share[0].removeprefix("av ") if share else None


def resolved(target: Target, battre: Battre | None) -> Target:
    """The target with its direction: a bare number gets it from `battre`.

    Raises ValueError, in Swedish, where a bare number has no `battre`, and where the words and `battre` contradict.
    """
    if target.operator == "none":
        return target
    if target.operator == "bare":
        if battre is None:
            raise ValueError("skriv «minst» eller «högst», eller ange battre: talet säger ingen riktning")
        operators: dict[Battre, Operator] = {"högre": ">=", "lägre": "<=", "oförändrad": "="}
        return replace(target, operator=operators[battre])
    if battre is not None and DIRECTION[target.operator] != battre:
        raise ValueError(
            f"rätta malvarde eller battre: «{target.text}» betyder att {DIRECTION[target.operator]} är bättre, "
            f"men battre är «{battre}»"
        )
    return target

"""A målvärde as the plan writes it, read strictly into a Target, and shown back in words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from reporting.swedish import (
    NBSP,
    NUMBER_PATTERN,
    NUMBER_WORDS,
    SPACES,
    UNIT_PATTERN,
    Quantity,
    amount,
    read_number,
    read_quantity,
    unit_of,
)

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

TIMES = ("timmar", "dygn", "dagar", "veckor", "månader", "år")

_OPERATORS: dict[str, Operator] = {"MINST": ">=", "HOGST": "<=", "LAGRE": "<", "HOGRE": ">", "OFORANDRAD": "="}
_CHANGES: dict[str, Operator] = {"OKA": "increase", "MINSKA": "decrease", "OFORANDRAD": "unchanged"}
_CHANGE_WORDS = {"OKA": "öka", "MINSKA": "minska", "OFORANDRAD": "vara oförändrad"}
_NOTHING = r"|[-–—.]+|inget målvärde|målvärde saknas|följs utan målvärde|(utfall|målvärde)(et)? (kommer|beslutas) .*"

_LEVEL = r"\b(minst|lägst|åtminstone|högst|maximalt|max)\b"
_COUNT_WORDS = "|".join(sorted(NUMBER_WORDS.keys() - {"en", "ett"}, key=len, reverse=True))

_EXAMPLES = {
    "MINST": "minst", "HOGST": "högst", "LAGRE": "lägre än", "HOGRE": "högre än", "NUMBER": "ett tal",
    "UNIT": "en enhet", "SENAST": "senast och ett årtal", "YEAR": "ett årtal",
    "OKA": "öka", "MINSKA": "minska", "FRAN": "från", "TILL": "till", "MED": "med", "PER_AR": "per år",
    "HELST": "och helst öka", "$END": "slut på texten", "BASTA": "bästa", "RPAR": "högerparentes",
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A målvärde.

    operator: how the utfall is compared with `varde` ("bare" before a direction is declared); varde: the level, the
    change or the time, in `enhet` (a key of swedish.UNITS, None where the text has no unit); utgangsvarde, utgangsar:
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

    @property
    def decimaler(self) -> int:
        """With how many decimals the plan wrote the value, closing zeros aside."""
        if self.varde is None:
            return 0
        exponent = self.varde.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


class UnreadableTarget(ValueError):  # noqa: N818
    """What can't be read. The message shows how far the reading came; `vantat` what could have stood there."""

    def __init__(self, text: str, position: int, vantat: str) -> None:
        self.vantat = vantat
        read, rest = text[:position].rstrip(), text[position:].strip()
        came = f"Läste «{read}» men förstår inte " if read else "Förstår inte "
        super().__init__(came + (f"«{rest}»" if rest else "hur det fortsätter"))


@cache
def _grammar() -> Lark:
    grammar = files("reporting").joinpath("targets.lark").read_text(encoding="utf-8")
    words = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    grammar = grammar.replace("__NUMBER_WORD__", rf"/({words})(?!\w)/i")
    grammar = grammar.replace("__UNIT__", "/" + UNIT_PATTERN.replace("/", r"\/").replace(r"\ ", " ") + "/i")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def parse_target(text: str) -> Target:
    """Read a målvärde: "minst 90 %", "från 60 % (2022) till minst 70 %", "ska minska med 5 per år", "topp 10", "90".

    A bare number gives operator "bare"; an empty text, a dash or an announcement gives "none". Raises UnreadableTarget.
    """
    clean = _short_form(text)
    if re.fullmatch(_NOTHING, clean, re.IGNORECASE):
        return Target("none", text)
    try:
        tree = _grammar().parse(clean)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        ended = token is not None and token.type == "$END"
        position = len(clean) if ended or error.pos_in_stream is None else error.pos_in_stream
        mentioned = mentioned_value(text)
        figure = mentioned or _only_figure(clean)
        shown = amount(figure.value, figure.unit or "antal").replace(NBSP, " ") if figure else ""
        short = f"«minst {shown}» eller «högst {shown}»" if figure else "«minst 90 %» eller «högst 300»"
        hint = _could_follow(clean[:position]) if position else f"till exempel {short}"
        if mentioned and position:
            hint += f". Texten tycks nämna {shown}: skriv {short}"
        raise UnreadableTarget(clean, position, hint) from None
    return _target(tree, text)


def _could_follow(read: str) -> str:
    """What may stand after the part that was read: "minst, högst eller ett tal"."""
    parser = _grammar().parse_interactive(read)
    parser.exhaust_lexer()
    accepted = parser.accepts()  # type: ignore[no-untyped-call]
    expected = sorted(_EXAMPLES[name] for name in accepted if name in _EXAMPLES)
    return " eller ".join(filter(None, [", ".join(expected[:-1]), *expected[-1:]]))


def _short_form(text: str) -> str:
    """The part of a plan's sentence that says the target: "Antalet barnfamiljer ska minska." gives "ska minska"."""
    clean = re.sub(r"</?[a-z]+>", "", text)
    clean = " ".join(re.sub(rf"[{SPACES}]", " ", clean).split()).rstrip(".;")
    if re.fullmatch(r"[-–—]*", clean):
        return clean
    said = re.sub(r"\([^)]*\)", "", clean)
    if (m := re.match(r"(alla|samtliga|öka|minska|fler|färre) (?!än\b)", said, re.IGNORECASE)) and not _figures(said):
        return m[1]
    if m := re.search(r"\b(inom \w+ (dagar|dag|dygn|veckor|vecka|månader|månad|år)|minst vartannat år)\b", clean, re.I):
        rest = clean[: m.start()] + clean[m.end() :]
        if not _figures(rest) and not re.search(rf"\b(alla|samtliga|{_LEVEL})\b", rest, re.IGNORECASE):
            return m[0]
    if (m := re.search(r"(?<=\w )(ska|skall)\b", clean, re.I)) and not re.search(_LEVEL, clean[: m.start()], re.I):
        return clean[m.start() :]
    return clean


def _figures(text: str) -> bool:
    # A figure beside the words that were found would be lost: then the text isn't a short form.
    return re.search(rf"\d|\b(?:{_COUNT_WORDS})\b", text, re.IGNORECASE) is not None


def mentioned_value(text: str) -> Quantity | None:
    """The one number that a sentence about a mål mentions ("målet om 375"); only ever a suggestion, never a target."""
    clean = " ".join(re.sub(rf"[{SPACES}]", " ", text).split())
    if not re.search(r"\bmål|\buppnå", clean, re.IGNORECASE) or re.search(r"\bdelvis\b", clean, re.IGNORECASE):
        return None
    return _only_figure(clean)


def _only_figure(clean: str) -> Quantity | None:
    figure = rf"(?:{NUMBER_PATTERN})(?!\w|\s*[–-]\s*\d)\s*(?:{UNIT_PATTERN})?"
    found = re.findall(rf"(?<![\w–-])(?:{figure}|(?:{_COUNT_WORDS})\b)", clean, re.IGNORECASE)
    try:
        quantities = {read_quantity(item) for item in found if not re.fullmatch(r"20\d\d", item.strip())}
    except ValueError:  # "12.750": thousands or decimals
        return None
    return quantities.pop() if len(quantities) == 1 else None


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
    return Target(operator or implied, text, varde, enhet, helst=helst, andel_av=andel_av)


def _tokens(tree: "Tree[Token]", kind: str) -> list[str]:
    return [str(child) for child in tree.children if isinstance(child, Token) and child.type == kind]


def _number(tree: "Tree[Token]") -> Decimal:
    word = str(tree.children[0])
    if word.lower() in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word.lower()])
    try:
        return read_number(word)
    except ValueError:
        raise UnreadableTarget(word, 0, "ett tal med decimalkomma, eller med mellanslag mellan tusental") from None


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

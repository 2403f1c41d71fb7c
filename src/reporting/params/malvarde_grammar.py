"""The grammar of a målvärde (malvarde.lark): text into a tree, or an error that shows how far the reading came."""

import re
from functools import cache
from importlib.resources import files

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
    either,
    read_quantity,
)

_LEVEL = r"\b(minst|lägst|åtminstone|högst|maximalt|max)\b"
_COUNT_WORDS = "|".join(sorted(NUMBER_WORDS.keys() - {"en", "ett"}, key=len, reverse=True))

_EXAMPLES = {
    "MINST": "minst", "HOGST": "högst", "LAGRE": "lägre än", "HOGRE": "högre än", "NUMBER": "ett tal",
    "UNIT": "en enhet", "SENAST": "senast och ett årtal", "YEAR": "ett årtal",
    "OKA": "öka", "MINSKA": "minska", "FRAN": "från", "TILL": "till", "MED": "med", "PER_AR": "per år",
    "HELST": "och helst öka", "$END": "slut på texten", "BASTA": "bästa", "RPAR": "högerparentes",
}  # fmt: skip


class UnreadableTarget(ValueError):  # noqa: N818
    """What can't be read. The message shows how far the reading came; `vantat` what could have stood there."""

    def __init__(self, text: str, position: int, vantat: str) -> None:
        self.vantat = vantat
        read, rest = text[:position].rstrip(), text[position:].strip()
        came = f"Läste «{read}» men förstår inte " if read else "Förstår inte "
        super().__init__(came + (f"«{rest}»" if rest else "hur det fortsätter"))


@cache
def _grammar() -> Lark:
    grammar = files("reporting").joinpath("params/malvarde.lark").read_text(encoding="utf-8")
    words = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    grammar = grammar.replace("__NUMBER_WORD__", rf"/({words})(?!\w)/i")
    grammar = grammar.replace("__UNIT__", "/" + UNIT_PATTERN.replace("/", r"\/").replace(r"\ ", " ") + "/i")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def parsed(clean: str, text: str) -> "Tree[Token]":
    """The tree of a short form. Raises UnreadableTarget; `text` is the plan's whole text, in which a value may be mentioned."""
    try:
        return _grammar().parse(clean)
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


def _could_follow(read: str) -> str:
    """What may stand after the part that was read: "minst, högst eller ett tal"."""
    parser = _grammar().parse_interactive(read)
    parser.exhaust_lexer()
    accepted = parser.accepts()  # type: ignore[no-untyped-call]
    return either(sorted(_EXAMPLES[name] for name in accepted if name in _EXAMPLES))


def short_form(text: str) -> str:
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

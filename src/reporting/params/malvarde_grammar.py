"""The grammar of a målvärde (malvarde.lark): text into a tree, or an error that shows how far the reading came.

A text is read as it stands. Where that can't be done it is read once more, and words that no rule needs are passed over, as long as none of
them may change what is said.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeGuard, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from reporting.params.malvarde_turns import LEVEL, NO_NOUN, belongs_to_target, compares, says_how_far, says_more, turns
from reporting.swedish import MONTHS, NBSP, NUMBER_PATTERN, NUMBER_WORDS, either
from reporting.units import ANTAL, BUILT_IN_UNITS, Quantity, Unit, Units, amount, read_quantity

_COUNT_WORDS = "|".join(sorted(NUMBER_WORDS.keys() - {"en", "ett"}, key=len, reverse=True))

_EXAMPLES = {
    "MINST": "minst", "HOGST": "högst", "LAGRE": "lägre än", "HOGRE": "högre än", "NUMBER": "ett tal",
    "UNIT": "en enhet", "SENAST": "senast och ett årtal", "YEAR": "ett årtal",
    "OKA": "öka", "MINSKA": "minska", "FRAN": "från", "TILL": "till", "MED": "med", "PER_AR": "per år",
    "HELST": "och helst öka", "$END": "slut på texten", "BASTA": "bästa", "RPAR": "högerparentes",
}  # fmt: skip

_PASSED = "\n// Only where words are passed over:\n"


class UnreadableTarget(ValueError):  # noqa: N818
    """What can't be read. The message shows how far the reading came; `vantat` what could have stood there."""

    def __init__(self, text: str, position: int, vantat: str) -> None:
        self.vantat = vantat
        read, rest = text[:position].rstrip(), text[position:].strip()
        came = f"Läste «{read}» men förstår inte " if read else "Förstår inte "
        super().__init__(came + (f"«{rest}»" if rest else "hur det fortsätter"))


@lru_cache(maxsize=8)
def _grammar(units: Units, *, pass_over: bool = False) -> Lark:
    text, _, passed = files("reporting").joinpath("params/malvarde.lark").read_text(encoding="utf-8").partition(_PASSED)
    words = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    unit = units.pattern.replace("/", r"\/").replace(r"\ ", " ")
    than = "(lägre|högre|mindre|större|färre|fler|mer) än"
    before = rf"((minst|lägst|högst|maximalt|max|under|över|plats|index|{than}) )?"
    times = "|".join(sorted(map(re.escape, units.of_time), key=len, reverse=True)).replace(r"\ ", " ")
    parts = {
        "BEFORE": before,
        "FIRST": "",
        "IN_YEAR": "LONE_YEAR",
        "FIGURE": "",
        "TO": "",
        "A_YEAR": "",
        "NO_LEVEL": "",
        "TIME": "",
        "TIMES": times,
        "NUMBERS": words,
        "NUMBER_WORD": rf"/({words})(?!\w)/i",
        "MONTH": f"({'|'.join(MONTHS)})",
        "UNIT": f"/{unit}/i",
        "ALLA": r"/(alla|samtliga)( \(100 ?%\))?(?!\w)/i",
        "SHARE_OF": r"/av ((?! ska(ll)? )[^\d])+?(?=,| \(| senast| och helst|$)/i",
    }
    if pass_over:
        # Each is read only beside a figure; a noun after a figure is what is counted.
        one = ("minst en", "minst ett", "högst en", "högst ett")
        after = "|".join(rf"(?<={word} )" for word in (*_COUNT_WORDS.split("|"), *one))
        before_one = "|".join(f"(?<={word} )" for word in ("minst", "lägst", "högst", "inom", "längst", "senast"))
        noun = rf"(?!({NO_NOUN})(?!\w))[^\W\d][\w-]*"
        no_year = r"(?<!\W19\d\d )(?<!\W20\d\d )"
        figure = rf"[+\-–−]?\d|({_COUNT_WORDS})(?!\w)"
        parts |= {
            "FIGURE": rf"(?= {before}({figure}))",
            "FIRST": "[SEP]",
            "IN_YEAR": "YEAR",
            "TO": "( uppgå till)?",
            "A_YEAR": r"(?= (19|20)\d\d)",
            "NO_LEVEL": "(?<!minst )(?<!högst )",
            "TIME": rf"(?= ({figure}|(en|ett) ({times})(?!\w)))",
            "NUMBER_WORD": rf"/({_COUNT_WORDS}|({before_one})(en|ett))(?!\w)/i",
            "UNIT": rf"/((?<=\d)|{no_year}(?<=\d )|{after})({unit}|{noun})/i",
            "ALLA": r"/\x00/",
            "SHARE_OF": r"/\x00/",
        }
    for name, pattern in parts.items():
        text = text.replace(f"__{name}__", pattern)
    lexer: Literal["basic", "contextual"] = "basic" if pass_over else "contextual"
    return Lark(
        text + (passed if pass_over else ""),
        parser="lalr",
        lexer=lexer,
        propagate_positions=True,
        maybe_placeholders=False,
    )


def parsed(clean: str, text: str, units: Units) -> "Tree[Token | Unit]":
    """The tree of a short form, with units in it for what was a way of writing them. Raises UnreadableTarget; `text` is the plan's whole
    text, in which a value may be mentioned."""
    try:
        return _with_units(_grammar(units).parse(clean), units)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        ended = token is not None and token.type == "$END"
        position = len(clean) if ended or error.pos_in_stream is None else error.pos_in_stream
        mentioned = mentioned_value(text, units)
        figure = mentioned or only_figure(clean, units)
        shown = amount(figure.value, figure.unit or ANTAL).replace(NBSP, " ") if figure else ""
        short = f"«minst {shown}» eller «högst {shown}»" if figure else "«minst 90 %» eller «högst 300»"
        hint = _why_not(clean) or (_could_follow(clean[:position], units) if position else f"till exempel {short}")
        if mentioned and position:
            hint += f". Texten tycks nämna {shown}: skriv {short}"
        raise UnreadableTarget(clean, position, hint) from None


def _with_units(tree: "Tree[Token]", units: Units) -> "Tree[Token | Unit]":
    read = cast("Tree[Token | Unit]", tree)
    for part in read.iter_subtrees():
        # A noun after a figure, that is no unit, is what is counted.
        part.children = [units.written(child) or ANTAL if _is_unit(child) else child for child in part.children]
    return read


def _is_unit(part: object) -> TypeGuard[Token]:
    return isinstance(part, Token) and part.type == "UNIT"


def passed_over(clean: str, units: Units) -> "tuple[Tree[Token | Unit], str] | None":
    """Read a målvärde while skipping words that don't matter: (its tree, as of parsed, the skipped words); None where it can't be read so,
    or where those words may change what it says."""
    said, condition = _without_condition(clean)
    try:
        tree = _grammar(units, pass_over=True).parse(said)
    except UnexpectedInput:
        return None
    tokens = tree.scan_values(
        lambda part: isinstance(part, Token) and (not _is_unit(part) or units.written(part) is not None)
    )
    spans = sorted((token.start_pos or 0, token.end_pos or 0) for token in tokens)
    counted_by = any(said[:start].endswith("per ") for start, _ in spans)
    ends = [0, *(end for _, end in spans)]
    left = [said[end:start].strip(" ,:;") for end, (start, _) in zip(ends, [*spans, (len(said), 0)], strict=True)]
    words = " … ".join(part for part in (*left, condition) if says_more(part))
    may_turn = (
        turns(words)
        or says_how_far(said)
        or re.search(r"\b(?:får|kan|kunna) (?:öka|minska|höja|sänka)", said, re.IGNORECASE)
    )
    return None if may_turn or words.count("(") != words.count(")") or counted_by else (_with_units(tree, units), words)


def _without_condition(clean: str) -> tuple[str, str]:
    """(the share and its year, what each of those counted shall do): figures in "85 % av eleverna ska simma 200 meter" aren't the mål's."""
    found = re.fullmatch(
        r"(.*?\d ?(?:%|procent))( av (?!\d)[^\d]*.*? (?:ska|skall|som|har|kan) .*?)(,? (?:senast|till|under) (?:år )?(?:19|20)\d\d)?",
        clean,
    )
    if not found or re.search(rf"%|\b(?:procent|öka|minska|(?:19|20)\d\d)\b|{LEVEL}", found[2], re.IGNORECASE):
        return clean, ""
    return found[1] + (found[3] or ""), found[2].strip()


def _why_not(clean: str) -> str:
    """What is expected instead of a comparison with what the plan doesn't hold; "" for any other text."""
    if re.search(r"kvartil|percentil|bland de \w+ ?(%|procent)", clean, re.IGNORECASE):
        return "en plats eller en nivå, till exempel «topp 50» eller «minst 82 %»; en kvartil av andra kommuner finns inte att jämföra med"
    if (way := re.match(r"(?:ska )?(öka|minska)s? jämfört med \D+$", clean)) and compares(clean):
        return f"«ska {way[1]}», som jämförs med föregående period, eller ett år: «ska {way[1]} jämfört med 2021»"
    if compares(re.sub(r"\bän\b|\bjämfört med (?:år )?(?:19|20)\d\d", "", clean)):
        return (
            "ett tal, till exempel «minst 82 %», i stället för det som målvärdet jämförs med, som inte finns i planen"
        )
    return ""


def _could_follow(read: str, units: Units) -> str:
    """What may stand after the part that was read: "minst, högst eller ett tal"."""
    parser = _grammar(units).parse_interactive(read)
    try:
        parser.exhaust_lexer()
    except UnexpectedInput:  # what was read depends on what follows: "och" before a figure
        return "ett målvärde i kort form, till exempel «minst 90 %»"
    accepted = parser.accepts()  # type: ignore[no-untyped-call]
    names = accepted - ({"YEAR"} if "SENAST" in accepted else set())
    return either(sorted(_EXAMPLES[name] for name in names if name in _EXAMPLES))


def short_form(text: str) -> str:
    """The part of a plan's sentence that says the target: "Antalet barnfamiljer ska minska." gives "ska minska"."""
    clean = re.sub(r"</?[a-z]+>", "", text)
    clean = " ".join(clean.split()).rstrip(".;")
    clean = re.sub(r"\((jämfört med [^()]*)\)", r"\1", clean)
    clean = re.sub(r"\b(dagar|veckor|månader|timmar|minuter|dygn)s(?= \w)", r"\1", clean)
    if re.fullmatch(r"[-–—]*", clean):
        return clean
    said = re.sub(r"\([^)]*\)", "", clean)
    if (m := re.match(r"(alla|samtliga|öka|minska|fler|färre) (?!än\b)", said, re.IGNORECASE)) and not _figures(said):
        rest = said[m.end() :]
        return (
            clean
            if compares(said)
            or says_how_far(said)
            or re.search(r"\b(öka|minska|utom|förutom|undantag\w*|nästan)\b", rest, re.I)
            else m[1]
        )
    if m := re.search(r"\b(inom \w+ (dagar|dag|dygn|veckor|vecka|månader|månad|år)|minst vartannat år)\b", clean, re.I):
        rest = clean[: m.start()] + clean[m.end() :]
        if (
            not _figures(rest)
            and not re.search(rf"\b(alla|samtliga|{LEVEL})\b", rest, re.IGNORECASE)
            and not compares(rest)
        ):
            return m[0]
    m = re.search(r"(?<=\w )(ska|skall)\b", clean, re.IGNORECASE)
    return clean[m.start() :] if m and not belongs_to_target(clean[: m.start()]) else clean


def _figures(text: str) -> bool:
    # A figure beside the words that were found would be lost: then the text isn't a short form.
    return re.search(rf"\d|\b(?:{_COUNT_WORDS})\b", text, re.IGNORECASE) is not None


def mentioned_value(text: str, units: Units = BUILT_IN_UNITS) -> Quantity | None:
    """The one number that a sentence about a mål mentions ("målet om 375"); only ever a suggestion, never a target."""
    clean = " ".join(text.split())
    if not re.search(r"\bmål|\buppnå", clean, re.IGNORECASE) or re.search(r"\bdelvis\b", clean, re.IGNORECASE):
        return None
    return only_figure(clean, units)


def only_figure(clean: str, units: Units = BUILT_IN_UNITS) -> Quantity | None:
    """The one number in a text, years aside, with its unit; None where there is none, or more than one."""
    figure = rf"(?:{NUMBER_PATTERN})(?!\w|\s*[–-]\s*\d)\s*(?:{units.pattern})?"
    found = re.findall(rf"(?<![\w–-])(?:{figure}|(?:{_COUNT_WORDS})\b)", clean, re.IGNORECASE)
    try:
        quantities = {read_quantity(item, units) for item in found if not re.fullmatch(r"20\d\d", item.strip())}
    except ValueError:  # "12.750": thousands or decimals
        return None
    return quantities.pop() if len(quantities) == 1 else None

"""What one cell of an outcome workbook says: one number, a known reason why it has none, or something to ask."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reporting.swedish import (
    MINUS,
    NUMBER_PATTERN,
    NUMBER_WORDS,
    SPACES,
    UNIT_PATTERN,
    Quantity,
    read_number,
    read_quantity,
    unit_of,
)

_CellKind = Literal[
    "number", "missing-empty", "missing-text", "missing-symbol", "qualitative", "status", "number+year",
    "number+label", "value(previous)", "two-years", "rank-change", "change", "gender-split", "approx", "range", "row",
    "text",
]  # fmt: skip

SAKNAS_ORSAKER = {
    "ej mätt ännu": r"(har |är )?(ännu )?(ej|inte)( ännu| än)? (upp)?mätts?( ännu| än)?"
    r"|mätning(en)? (är )?(inte|ej) genomförd|kan inte mätas.*|mäts (senare|ej|inte).*",
    "för få svar": r"för få (svar\w*|underlag|personer|ärenden)",
    "ny indikator": r"ny(tt)? (nationellt? )?(indikator|mätetal|mått|enkät)|(indikatorn|enkäten|måttet) är ny(tt)?.*",
    "utfall kommer senare": r"(utfall|resultat\w*|värde)? ?(kommer|publiceras|redovisas) "
    r"(senare|under|i|efter|per|hösten|våren|kvartal) ?.*",
    "ej jämförbart": r"(ej|inte) jämförbar\w*( över tid)?",
    "ej tillämpligt": r"(ej|inte) (tillämplig\w*|aktuell\w*)",
    "skyddad uppgift": r"skyddad\w*( uppgift\w*)?|sekretess\w*",
}
"""Why a value is missing, as written in a report, and the words by which people say it."""

MOST_READ = 200
"""A longer text is no value, and the patterns below would take their time over it."""

QUALITATIVE = ("ja", "delvis", "nej")
STATUS_WORDS = ("pågående", "pågår", "klar", "avslutad", "ej påbörjad", "påbörjad", "försenad")

_HEDGES = "drygt|knappt|ca|c:a|cirka|omkring|runt|nästan|över|minst|uppemot"
_SEXES = r"kvinn(?:a|or)|m[aä]n|pojk(?:e|ar)|flick(?:a|or)|par|kv|fl"
_N = NUMBER_PATTERN
_WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))


@dataclass(frozen=True)
class Reading:
    """What a cell says.

    kind: how the cell is to be understood; values: the numbers in it, in order; unit: a key of swedish.UNITS, or None;
    word: a status, an answer or the reason why the value is missing; year: where one stands in the cell.
    """

    kind: _CellKind
    values: tuple[Decimal, ...] = ()
    unit: str | None = None
    word: str | None = None
    year: int | None = None


def reason_for_missing(text: str) -> str | None:
    """The key of SAKNAS_ORSAKER that `text` is a way of saying, or None."""
    clean = _plain(text).lower().rstrip(".")
    for reason, pattern in SAKNAS_ORSAKER.items():
        if clean == reason or re.fullmatch(pattern, clean):
            return reason
    return None


def read_cell(text: str) -> Reading:
    """Read one cell's text. Never raises: what is no number and no known reason is kind "text" or a suggestion."""
    clean = _plain(text)
    lowered = clean.lower()
    if not clean:
        return Reading("missing-empty")
    if re.fullmatch(rf"[\-–—{MINUS}]+|\.{{1,3}}|\?|[xX]", clean):
        return Reading("missing-symbol")
    if lowered in QUALITATIVE:
        return Reading("qualitative", word=lowered)
    if lowered in STATUS_WORDS:
        return Reading("status", word=lowered)
    if reason := reason_for_missing(clean):
        return Reading("missing-text", word=reason)
    if len(clean) > MOST_READ:
        return Reading("text")
    if quantity := _quantity(_untagged(text)):  # two lines in a cell are two values, never thousands
        return Reading("number", (quantity.value,), quantity.unit)
    try:
        return _suggestion(clean)
    except ValueError:  # a number in it is ambiguous, like "ca 12.750"
        return Reading("text")


def _untagged(text: str) -> str:
    return re.sub(r"</?[a-z]+>", "\n", text).strip("\n")


def _plain(text: str) -> str:
    return " ".join(re.sub(rf"[{SPACES}]", " ", _untagged(text)).split())


def _suggestion(text: str) -> Reading:
    """Several values, or a value inside words: what the message may suggest. The first pattern that fits decides."""
    lowered = text.lower()
    unit = rf"(?P<unit>{UNIT_PATTERN})"
    number = rf"(?P<n>{_N})"
    if (m := re.fullmatch(r"(.*[^\d(])\(?((?:19|20)\d\d)\)?", text)) and (quantity := _quantity(m[1])):
        return Reading("number+year", (quantity.value,), quantity.unit, year=int(m[2]))
    if m := re.fullmatch(rf"{number}\s*{unit}?\s*\((?P<p>{_N})\s*(?:{UNIT_PATTERN})?\)", text, re.I):
        return Reading("value(previous)", (read_number(m["n"]), read_number(m["p"])), _unit(m["unit"]))
    if m := re.fullmatch(rf"plats ({_N}) från (?:plats )?({_N})", text, re.I):
        return Reading("rank-change", (read_number(m[1]), read_number(m[2])), "plats")
    if m := re.fullmatch(rf"(?:har )?(?:ökat|minskat|ökning|minskning) med {number}\s*{unit}?", text, re.I):
        return Reading("change", (read_number(m["n"]),), _unit(m["unit"]))
    if m := re.fullmatch(rf"{number}\s*{unit}?\D*,\s*(?P<p>{_N})\s*(?:{UNIT_PATTERN})?\s+(?P<year>20\d\d)", text, re.I):
        return Reading("two-years", (read_number(m["n"]), read_number(m["p"])), _unit(m["unit"]), year=int(m["year"]))
    if re.search(rf"\b(?:{_SEXES})\b", lowered) and (values := _counts(lowered)):
        return Reading("gender-split", values, "antal")
    if m := re.fullmatch(rf"(?:{_HEDGES})\s+{number}\s*{unit}?(?:\s+\D*)?", text, re.I):
        return Reading("approx", (read_number(m["n"]),), _unit(m["unit"]) or "antal")
    if m := re.fullmatch(rf"(?P<n>\d+(?:,\d+)?)\s*[–-]\s*(?P<p>\d+(?:,\d+)?)\s*{unit}?", text, re.I):
        return Reading("range", (read_number(m["n"]), read_number(m["p"])), _unit(m["unit"]))
    if re.search(r"\d\s*–\s*\d", text):
        return Reading("range")
    if m := re.fullmatch(rf"{number}\s*[^\W\d]\D*", text):
        return Reading("number+label", (read_number(m["n"]),))
    if row := _row(text):
        return Reading("row", row)
    return Reading("text")


def _quantity(text: str) -> Quantity | None:
    try:
        return read_quantity(text)
    except ValueError:
        return None


def _unit(text: str | None) -> str | None:
    return unit_of(text) if text else None


def _counts(text: str) -> tuple[Decimal, ...]:
    """Every count in running text, digits or words; "84 män (84)" is one count."""
    once = re.sub(r"\b(\d+) (\w+) \(\1\)", r"\2 (\1)", text)
    found = re.findall(rf"\d+|\b(?:{_WORD_NUMBER})\b", once)
    return tuple(Decimal(word) if word.isdigit() else Decimal(NUMBER_WORDS[word]) for word in found)


def _row(text: str) -> tuple[Decimal, ...]:
    """A table's row run together: "58 55 Ingen 74". Thousands are split like the number that stands alone."""
    parts = [part.split() for part in re.split(r"[^\W\d]+", text)]
    if not all(re.fullmatch(r"\d+", word) for part in parts for word in part) or sum(map(len, parts)) < 2:
        return ()
    last = parts[-1]
    size = len(last) if len(last) > 1 and all(len(word) == 3 for word in last[1:]) else 1
    groups = [part[i : i + size] for part in parts for i in range(0, len(part), size)]
    return tuple(Decimal("".join(group)) for group in groups) if len(groups) > 1 else ()

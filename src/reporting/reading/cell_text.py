"""What one cell of an outcome workbook says: one number, a known reason why it has none, or something to ask."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reporting.reading.reasons import MOST_READ, plain_text, reason_for_missing, untagged
from reporting.swedish import MINUS, NUMBER_PATTERN, NUMBER_WORDS, read_number
from reporting.units import BUILT_IN_UNITS, Unit, Units, read_quantity

_CellKind = Literal["number", "missing-empty", "missing-text", "missing-symbol", "text"]

QUALITATIVE = ("ja", "delvis", "nej")

_HEDGES = "drygt|knappt|ca|c:a|cirka|omkring|runt|nästan|över|minst|uppemot"
_JOINS = "och|eller|från|till|mot|jämfört|varav|samt"
_SEXES = r"kvinn(?:a|or)|m[aä]n|pojk(?:e|ar)|flick(?:a|or)|par|kv|fl"
_N, _P, _UNIT = f"(?P<n>{NUMBER_PATTERN})", f"(?P<p>{NUMBER_PATTERN})", rf"\s*(?:{BUILT_IN_UNITS.pattern})?"
_WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_TWO_VALUES = (
    rf"{_N}{_UNIT}\s*\({_P}{_UNIT}\)",  # 82 % (79 %)
    rf"plats {_N} från (?:plats )?{_P}",
    rf"(?:har )?(?:ökat|minskat|ökning|minskning) med {_N}{_UNIT}",
    rf"{_N}{_UNIT}\D*,\s*{_P}{_UNIT}\s+20\d\d",  # 92 % positiva, 93 % 2023
)
_INSIDE_WORDS = (
    rf"(?:{_HEDGES})\s+{_N}{_UNIT}(?:\s+\D*)?",
    rf"(?P<n>\d+(?:,\d+)?)\s*[–-]\s*(?P<p>\d+(?:,\d+)?){_UNIT}",
    r".*\d\s*–\s*\d.*",
    rf"{_N}\s*[^\W\d]\D*",
)
"""How one value, or two, stand in a text that is no number; the first pattern that fits decides."""


@dataclass(frozen=True)
class Reading:
    """What a cell says.

    kind: how the cell is to be understood; values: the number, or of a text those that stand in it, in order; unit: of a number, the
    one that stood there, or None; word: the reason why the value is missing, one of SAKNAS_ORSAKER.
    """

    kind: _CellKind
    values: tuple[Decimal, ...] = ()
    unit: Unit | None = None
    word: str | None = None


def may_be_a_unit(words: str) -> bool:
    """Whether words beside a number, which aren't known as a unit, may be one, or a size («tusen», «h», «€»), and change what it says; what
    stands in parentheses and words such as «ca» and «prel.» don't."""
    said = re.sub(
        rf"\([^)]*\)|\b(?:{_HEDGES}|prel(?:\.|imin\w+)?|prognos|utfall|totalt|plus|minus)(?!\w)", "", words.lower()
    )
    return bool(re.search(r"[^\W\d_]|[€$£¥‰]", said))


def stands_alone(text: str, mattenhet: Unit, units: Units) -> bool:
    """Whether each number in a text stands without words behind it that may be another unit than `mattenhet`, so that a message may tell
    it."""
    for found in units.quantity.finditer(text):
        after = re.sub(rf"^\s*(?:{_JOINS}|{_SEXES})(?!\w)", " (", text[found.end() :], flags=re.IGNORECASE)
        written = units.written(found[2]) if found[2] else None
        behind = r"\s*(?:/|per\b)" if written else r"\s*(?:[^\W\d_]|[€$£¥‰/])"
        if not mattenhet.takes(written) or re.match(behind, after):
            return False
    return True


def read_cell(text: str, mattenhet: Unit | None = None, units: Units = BUILT_IN_UNITS) -> Reading:
    """Read one cell's text. Never raises: what is no number and no known reason is kind "text". mattenhet: as in reason_for_missing; units:
    those that there are."""
    clean = plain_text(text)
    if not clean:
        return Reading("missing-empty")
    if re.fullmatch(rf"[\-–—{MINUS}]+|\.|\.{{3}}|[?xX*…]", clean):
        return Reading("missing-symbol")
    if reason := reason_for_missing(clean, mattenhet):
        return Reading("missing-text", word=reason)
    if len(clean) > MOST_READ:
        return Reading("text")
    try:
        quantity = read_quantity(untagged(text), units)  # two lines in a cell are two values, never thousands
    except ValueError:
        return Reading("text", _values_in(clean, units))
    return Reading("number", (quantity.value,), quantity.unit)


def _values_in(text: str, units: Units) -> tuple[Decimal, ...]:
    """Several values, or a value inside words, that the message may suggest; none where one of them is ambiguous, like "ca 12.750"."""
    try:
        if of_year := re.fullmatch(r"(.*[^\d(])\(?(?:19|20)\d\d\)?", text):
            return (read_quantity(of_year[1], units).value,)
    except ValueError:
        pass
    try:
        if values := _fitting(_TWO_VALUES, text):
            return values
        if re.search(rf"\b(?:{_SEXES})\b", text.lower()) and (counts := _counts(text.lower())):
            return counts
        values = _fitting(_INSIDE_WORDS, text)
    except ValueError:
        return ()
    return _row(text) if values is None else values


def _fitting(patterns: tuple[str, ...], text: str) -> tuple[Decimal, ...] | None:
    found = next((match for pattern in patterns if (match := re.fullmatch(pattern, text, re.IGNORECASE))), None)
    return tuple(read_number(value) for value in found.groupdict().values() if value) if found else None


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

"""Numbers, dates, lists and units to and from Swedish text: a thin layer over babel."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = tuple(get_month_names("wide", locale="sv")[number] for number in range(1, 13))

UNITS = {
    "procent": ("%", "procent", "proc"),
    "antal": ("st", "st.", "stycken", "antal", "personer"),
    "mkr": ("mkr", "mnkr", "miljoner kronor"),
    "tkr": ("tkr", "kkr", "tusen kronor"),
    "kr": ("kr", "kronor", "sek"),
    "poäng": ("poäng",),
    "dagar": ("dagar", "dag"),
    "dygn": ("dygn",),
    "veckor": ("veckor", "vecka"),
    "månader": ("månader", "månad", "mån"),
    "år": ("år",),
    "timmar": ("timmar", "timme", "tim"),
    "minuter": ("minuter", "minut"),
    "arbetsdagar": ("arbetsdagar", "arbetsdag"),
    "kg": ("kg", "kilo", "kilogram"),
    "ton": ("ton",),
    "plats": ("plats", "platser"),
    "procentenheter": ("procentenheter", "procentenhet"),
    "per 100 000 invånare": ("per 100 000 invånare", "per 100 000 inv", "st./100 000 inv", "st/100 000 inv"),
    "kg per invånare": ("kg per invånare", "kg per inv", "kg/invånare", "kg/inv"),
    "kg per person": ("kg per person", "kg/person"),
    "index": ("index",),
    "medelvärde": ("medelvärde",),
    **{f"skala 1–{top}": (f"skala 1–{top}", f"skala 1-{top}") for top in (4, 5, 6, 10)},
}
"""Every mattenhet that a plan may name, with the ways in which people write it."""

_WRITTEN = {word: unit for unit, words in UNITS.items() for word in words}
UNIT_PATTERN = "|".join(
    re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "") for word in sorted(_WRITTEN, key=len, reverse=True)
)

TIMES = ("minuter", "timmar", "dygn", "dagar", "arbetsdagar", "veckor", "månader", "år")
NEVER_NEGATIVE = ("antal", *TIMES, "plats", "poäng", "kg", "ton", "kg per invånare", "kg per person")
"""Units in which nothing is less than nothing."""

NUMBER_WORDS = {
    "noll": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "tjugo": 20, "trettio": 30,
    "fyrtio": 40, "femtio": 50, "hundra": 100,
}  # fmt: skip

SPACES = " \u00a0\u2009\u202f"
"""Ordinary, no-break, thin and narrow no-break space: all are used between thousands."""
NUMBER_PATTERN = (
    rf"[+\-–−]?[{SPACES}]*(?:\d{{1,3}}(?:[{SPACES}]+\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+(?=,)|\d+)(?:[.,]\d+)?"
)


@dataclass(frozen=True)
class Quantity:
    """A number as somebody wrote it, with the unit that stood there (a key of UNITS, or None)."""

    value: Decimal
    unit: str | None = None


def rounded(value: Decimal, decimaler: int) -> Decimal:
    """`value` with `decimaler` decimals, half away from zero; never minus zero."""
    with localcontext() as context:
        context.prec = max(28, len(value.as_tuple().digits) + abs(value.adjusted()) + decimaler + 2)
        result = value.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
    return abs(result) if result.is_zero() else result


def own_decimals(value: Decimal) -> int:
    """With how many decimals the number is written: 2 for 90,00; normalize() it first where closing zeros say nothing."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class PrintedNumber(str):
    """A number as it is printed, alone or with its unit: text that still knows its number, where a table wants that too. value: as it
    was rounded to be printed."""

    __slots__ = ("value",)
    value: Decimal

    def __new__(cls, text: str, value: Decimal) -> "PrintedNumber":  # noqa: D102
        made = super().__new__(cls, text)
        made.value = value
        return made

    def __getnewargs__(self) -> tuple[str, Decimal]:  # type: ignore[override] # what __new__ takes
        return str(self), self.value

    def between(self, before: str, after: str) -> "PrintedNumber":
        """The same number with something before and after it: "plats 12", "82 %"."""
        return PrintedNumber(f"{before}{self}{after}", self.value)


def number(value: Decimal, decimaler: int | None = None, *, sign: bool = False) -> PrintedNumber:
    """Write a number: "56 200", "−23,9"; with `sign` also "+7,5". `decimaler` None keeps the number's own decimals."""
    if decimaler is None:
        decimaler = own_decimals(value)
    exact = rounded(value, decimaler)
    with localcontext() as context:
        context.prec = max(28, len(exact.as_tuple().digits) + 2)
        pattern = "#,##0." + "0" * decimaler if decimaler else "#,##0"
        text = format_decimal(abs(exact), format=pattern, locale="sv", decimal_quantization=False)
    prefix = MINUS if exact < 0 else "+" if sign and exact > 0 else ""
    return PrintedNumber(prefix + text, exact)


def shortest(value: Decimal) -> Decimal:
    """The same number without the zeros that a calculation leaves at its end: 84,1 for 84,100."""
    return value.normalize() + 0 if value else Decimal(0)


def amount(value: Decimal, mattenhet: str, decimaler: int | None = None) -> PrintedNumber:
    """Write a value with its unit: "82,0 %", "56 200", "−23,9 mkr", "plats 12"."""
    text = number(value, decimaler)
    if mattenhet in BARE_UNITS:
        return text
    if mattenhet == "plats":
        return text.between(f"plats{NBSP}", "")
    return text.between("", NBSP + ("%" if mattenhet == "procent" else _counted(text, mattenhet).replace(" ", NBSP)))


MOST_DECIMALS = 2
"""With how many decimals a number is printed at the most, where nothing else says."""

_SCALES = tuple(unit for unit in UNITS if unit.startswith("skala"))
BARE_UNITS = ("antal", "index", "medelvärde", *_SCALES)
"""Units that stand beside no value."""
LONG_UNITS = ("per 100 000 invånare", "kg per invånare", "kg per person", "medelvärde", *_SCALES)
"""Units that stand beside the name in tables and charts, since they would not fit beside each value."""
_ONE = {
    "procentenheter": "procentenhet", "platser": "plats", "dagar": "dag", "arbetsdagar": "arbetsdag", "veckor": "vecka",
    "månader": "månad", "timmar": "timme", "minuter": "minut",
}  # fmt: skip


def _counted(text: str, unit: str) -> str:
    """The unit in the number that a figure asks for: 1 vecka, 2 veckor."""
    return _ONE.get(unit, unit) if text.lstrip("+" + MINUS) == "1" else unit


def says_unit(name: str, mattenhet: str) -> bool:
    """Whether a name says by itself in what it is measured: a long unit anywhere in it, another at its end."""
    said = " ".join(name.lower().split())
    words = UNITS.get(mattenhet, (mattenhet,))
    if mattenhet in LONG_UNITS:
        return any(word in said for word in words)
    return any(re.search(rf"(?<!\w){re.escape(word)}$", said.rstrip(")")) for word in words)


def beside(name: str, mattenhet: str) -> str:
    """The long unit that is to stand beside a name; "" for a unit that stands with each value, and where the name says it itself."""
    return mattenhet if mattenhet in LONG_UNITS and not says_unit(name, mattenhet) else ""


def with_unit(name: str, mattenhet: str) -> str:
    """A name with the long unit of its values after it: "Fallskador, per 100 000 invånare"."""
    return f"{name}, {unit}" if (unit := beside(name, mattenhet)) else name


def compact(value: Decimal, mattenhet: str, decimaler: int | None = None) -> PrintedNumber:
    """Write a value for a table's cell or a chart's mark: with its unit, a long unit aside."""
    return number(value, decimaler) if mattenhet in LONG_UNITS else amount(value, mattenhet, decimaler)


def difference(value: Decimal, mattenhet: str, decimaler: int | None = None) -> PrintedNumber:
    """Write a difference with its sign; between shares it is in procentenheter: "−24 procentenheter"."""
    text = number(value, decimaler, sign=True)
    if mattenhet in BARE_UNITS:
        return text
    unit = _counted(text, {"procent": "procentenheter", "plats": "platser"}.get(mattenhet, mattenhet))
    return text.between("", NBSP + unit.replace(" ", NBSP))


def compact_difference(value: Decimal, mattenhet: str, decimaler: int | None = None) -> PrintedNumber:
    """Write a difference for a table's cell: a long unit aside."""
    return difference(value, "antal" if mattenhet in LONG_UNITS else mattenhet, decimaler)


def unit_of(text: str) -> str | None:
    """The key of UNITS that `text` is a way of writing, or None."""
    return _WRITTEN.get(" ".join(text.lower().split()))


def read_number(text: str) -> Decimal:
    """Read one number and nothing else: "56 200", "-34,2", "+7,5", "0.83", with any space and minus sign in use.

    Raises ValueError, in Swedish, for anything else, and for "12.750": twelve thousand, or just under thirteen.
    """
    clean = text.strip(SPACES + "\t\r\n")
    if not re.fullmatch(NUMBER_PATTERN, clean):
        raise ValueError(f"«{text}» är inte ett tal")
    if re.fullmatch(r"[+\-–−]?[1-9]\d{0,2}\.\d{3}", clean):
        raise ValueError(
            f"«{text}» kan läsas som tusental eller som decimaltal; skriv med decimalkomma eller mellanslag"
        )
    digits = re.sub(rf"[{SPACES}]", "", clean).replace("–", "-").replace(MINUS, "-")
    if "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(digits)


def read_quantity(text: str) -> Quantity:
    """Read a number with or without a unit: "82,00%", "0.83 procent", "+7,5 mkr", "plats 12", "tre".

    Raises ValueError, in Swedish, for anything else.
    """
    clean = re.sub(rf"[{SPACES}]+", " ", text.strip())
    if clean.lower() in NUMBER_WORDS:
        return Quantity(Decimal(NUMBER_WORDS[clean.lower()]))
    rank = re.fullmatch(rf"plats ({NUMBER_PATTERN})", clean, re.IGNORECASE)
    if rank:
        return Quantity(read_number(rank[1]), "plats")
    match = re.fullmatch(rf"({NUMBER_PATTERN})\s*({UNIT_PATTERN})?", clean, re.IGNORECASE)
    if not match:
        raise ValueError(f"«{text}» är inte ett tal")
    return Quantity(read_number(match[1]), unit_of(match[2]) if match[2] else None)


def count_word(count: int, *, en: bool = False) -> str:
    """A small count as it stands in running text: "inget", "ett", "två", … "tolv", then digits; `en`: "ingen", "en"."""
    words = ("inget", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
    if en and count < 2:
        return ("ingen", "en")[count]
    return words[count] if 0 <= count < len(words) else number(Decimal(count))


def sentence_case(text: str) -> str:
    """The text with a capital first; names further on keep theirs."""
    return text[:1].upper() + text[1:]


def enumeration(items: Iterable[str]) -> str:
    """A list in running text: "a, b och c"."""
    return format_list(list(items), locale="sv")


def either(items: Iterable[str]) -> str:
    """A choice in running text: "a, b eller c"."""
    return format_list(list(items), style="or", locale="sv")


def date_in_text(day: date) -> str:
    """ "30 januari 2025", for running text; tables have 2025-01-30."""
    return format_date(day, "d MMMM yyyy", locale="sv").replace(" ", NBSP)


class NoSuchDayError(ValueError):
    """A date that is written as one and isn't in the calendar."""


def read_date(text: str) -> date:
    """Read 2024-11-30 or "30 november 2024". Raises ValueError, in Swedish, for anything else; NoSuchDayError for 2024-02-30."""
    clean = " ".join(text.split()).lower()
    match = re.fullmatch(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", clean)
    if not match and not re.fullmatch(r"\d{4}-\d\d-\d\d", clean):
        raise ValueError(f"«{text}» är inget datum; skriv till exempel 2024-11-30")
    try:
        return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])) if match else date.fromisoformat(clean)
    except ValueError:
        raise NoSuchDayError(f"«{text}» finns inte i almanackan") from None

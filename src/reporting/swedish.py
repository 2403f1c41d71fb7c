"""Numbers, dates and lists to and from Swedish text: a thin layer over babel."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = tuple(get_month_names("wide", locale="sv")[number] for number in range(1, 13))

NUMBER_WORDS = {
    "noll": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15,
    "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "hundra": 100,
}  # fmt: skip

SPACES = " \u00a0\u2009\u202f"
"""Ordinary, no-break, thin and narrow no-break space: all are used between thousands."""
NUMBER_PATTERN = (
    rf"[+\-–−]?[{SPACES}]*(?:\d{{1,3}}(?:[{SPACES}]+\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+(?=,)|\d+)(?:[.,]\d+)?"
)


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


MOST_DECIMALS = 2
"""With how many decimals a number is printed at the most, where nothing else says."""


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

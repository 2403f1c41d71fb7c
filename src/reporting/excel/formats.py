"""What a cell's format does to what stands in it: the unit and the words that it shows, what it hides, whether a number is a day; and
how a workbook's file lists its formats."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS

MAX_CODE = 255
"""How long a number format can be in Excel; a longer one shows nothing that we know."""
HIDDEN = ";;;"
"""The number format that shows nothing."""
BUILT_IN = BUILTIN_FORMATS | dict.fromkeys((5, 6, 7, 8, 42, 44), '#,##0.00 "kr"')
"""Number → format, of those that a file only numbers; an amount is in the money of whoever opens it."""
TOKEN = re.compile(r'"[^"]*"?|\\.?|_.?|\*.?|\[[^\]]*\]?|general|standard|e[+-]|am/pm|a/p|.', re.IGNORECASE | re.DOTALL)
SPACE = " \u00a0\u202f"
DASHES = ("-", "–", "—", "−")
"""How a table shows 0."""
SAME_COLOUR = {
    **dict.fromkeys((("rgb", "ffffff"), ("theme", "0"), ("indexed", "1"), ("indexed", "9"), ("indexed", "65")), "vit"),
    **dict.fromkeys(
        (("rgb", "000000"), ("theme", "1"), ("indexed", "0"), ("indexed", "8"), ("indexed", "64")), "svart"
    ),
}
"""The ways in which a file says white and black."""


@dataclass(frozen=True)
class FormatPart:
    """One part of a number format, that of numbers below zero, say. limit: the condition under which it is the one, as ">1000", or "";
    plain: its signs for digits, shares and days, in small letters; before, inside, after: the text that it shows around them."""

    limit: str = ""
    plain: str = "general"
    before: str = ""
    inside: str = ""
    after: str = ""

    @cached_property
    def is_number(self) -> bool:
        """True where it says how digits are shown; the zeros after a second are parts of it."""
        return _has_digits(self.plain)

    @cached_property
    def shows(self) -> bool:
        """True where it shows what stands in the cell, in one way or another."""
        return re.search(r"[0#?@ymdhs]|general", self.plain) is not None

    @cached_property
    def is_thousands(self) -> bool:
        """True where a number is shown in thousands, or millions."""
        return re.search(r"[0#?],+(?![0#?,])", self.plain) is not None

    @cached_property
    def is_odd(self) -> bool:
        """True where a number is shown as another: in thousands, with text inside it, or with digits of the format's own at its ends."""
        near = re.search(r"[\d.,]$|\d[ \u00a0\u202f]+$", self.before) or re.match(
            r"[\d.,]|[ \u00a0\u202f]+\d", self.after
        )
        more = near or self.inside.strip(SPACE)
        return self.is_number and (self.is_thousands or bool(more))

    def is_blank_for(self, number: float | Decimal) -> bool:
        """True for a number that is rounded to 0 and shown without any digit, as by «#» and «# ###»."""
        if not self.is_number or "0" in self.plain or "/" in self.plain:
            return False
        decimals = len(re.sub("[^#?]", "", self.plain.partition(".")[2]))
        return round(abs(float(number)) * (100 if "%" in self.plain else 1), decimals) == 0

    @cached_property
    def clock(self) -> str:
        """Of a format that shows hours, minutes or seconds and no day: the first sign of those, as "[h]" or "h"; else ""."""
        found = re.match(r"\[?[hms]\]?", self.plain)
        return found[0] if found and re.search("[hs[]", self.plain) and not re.search("[yd]|mmm", self.plain) else ""

    @cached_property
    def is_day(self) -> bool:
        """True where a number is shown as a day."""
        return not self.is_number and not self.clock and re.search("[ymd]", self.plain) is not None

    @cached_property
    def words(self) -> str:
        """The text that it shows besides a content that is no day, without what tells a number's sign."""
        if self.is_day or self.clock:
            return ""
        before, after = self.before.strip(SPACE), self.after.strip(SPACE)
        if before.endswith("("):  # a number below zero, as accountants write it
            before, after = before[:-1], after.replace(")", "", 1)
        return " ".join(f"{before} {after}".strip("+" + "".join(DASHES) + SPACE).split())


PLAIN = FormatPart()
"""How a text is shown of which the format says nothing."""


@dataclass(frozen=True)
class CellFormat:
    """How a cell looks. code: its number format as the file writes it; struck: struck through; unseen: text in the colour of its ground."""

    code: str = "General"
    struck: bool = False
    unseen: bool = False


def _has_digits(plain: str) -> bool:
    return re.search("[0#?]", re.sub(r"(s\]?)\.0+", r"\1", plain)) is not None


@lru_cache(maxsize=2_000)
def sections(code: str) -> tuple[FormatPart, ...]:
    """The parts of a number format, that of positive numbers first."""
    parts: list[list[tuple[str, str]]] = [[]]
    limits = [""]
    for piece in TOKEN.findall(code):
        if piece == ";":
            parts.append([])
            limits.append("")
        elif limit := re.fullmatch(r"\[([<>=]+[^\]]*)\]", piece):
            limits[-1] = limit[1]
        else:
            parts[-1].append(_said(piece))
    return tuple(map(_section, limits, parts))


def _said(piece: str) -> tuple[str, str]:
    """(the text that a part of a format shows, its sign): one of them is empty."""
    first, lower = piece[0], piece.lower()
    if first == '"':
        return piece.strip('"'), ""
    if first == "\\":
        return piece[1:], ""
    if first in "_*" or lower in ("am/pm", "a/p"):
        return " " * (first == "_"), ""
    if first == "[":
        held = lower.strip("[]")
        return (piece[2:].partition("-")[0].strip("]") if held[:1] == "$" else ""), lower * (held.strip("hms") == "")
    if lower in ("general", "standard"):
        return "", "general"
    return ("", lower) if lower in "0#?.,%/@ymdhs" or (lower[0] == "e" and len(lower) > 1) else (piece, "")


def _section(limit: str, said: list[tuple[str, str]]) -> FormatPart:
    # letters that stand for days are text beside signs for digits: «0 dagar»
    if _has_digits("".join(sign for _, sign in said)):
        said = [(sign, "") if sign in "ymdhs" and sign else (text, sign) for text, sign in said]
    plain = "".join(sign for _, sign in said)
    signs = [place for place, (_, sign) in enumerate(said) if sign] or [len(said)]
    pieces = (said[: signs[0]], said[signs[0] : signs[-1]], said[signs[-1] :])
    return FormatPart(limit, plain, *("".join(text for text, _ in piece) for piece in pieces))


def section_of(code: str, value: float | str) -> FormatPart:
    """The part of a number format by which this number, or text, is shown."""
    parts = sections(code)
    if isinstance(value, str):
        for_text = parts[3:4] or [part for part in parts if "@" in part.plain]
        return for_text[0] if for_text else PLAIN
    limited = [part for part in parts[:3] if part.limit]
    if limited:
        fitting = [part for part in limited if _holds(part.limit, value)]
        return fitting[0] if fitting else next((part for part in parts[:3] if not part.limit), FormatPart(plain=""))
    place = 1 if value < 0 else 2 if value == 0 else 0
    return parts[place] if place < min(len(parts), 3) else parts[0]


def _holds(limit: str, value: float) -> bool:
    sign, number = re.fullmatch(r"([<>=]{1,2})(.*)", limit, re.DOTALL).groups()  # type: ignore[union-attr]
    try:
        than = float(number)
    except ValueError:
        return False
    return {"<": value < than, ">": value > than, "=": value == than, "<>": value != than}.get(
        sign, {"<=": value <= than, ">=": value >= than}.get(sign, False)
    )


def clock_text(time: timedelta, clock: str, *, seconds: bool) -> str:
    """A time as a cell shows it, 36:00. clock: as in FormatPart; seconds: whether they are shown too."""
    whole = round(time.total_seconds())
    if clock == "[s]":
        return str(whole)
    if "m" in clock:
        return f"{whole // 60}:{whole % 60:02}"
    hours = whole // 3600 if "[" in clock else whole // 3600 % 24
    return f"{hours}:{whole // 60 % 60:02}" + (f":{whole % 60:02}" if seconds else "")


def read_formats(content: bytes) -> list[CellFormat]:
    """The formats that cells name by their place, in styles.xml. Raises ElementTree.ParseError, KeyError and ValueError."""
    tree = ElementTree.fromstring(content)  # noqa: S314 - reporting.guard has refused entities and document types
    written = {
        int(item.attrib["numFmtId"]): item.attrib["formatCode"] for item in tree.iterfind("{*}numFmts/{*}numFmt")
    }
    codes = BUILT_IN | {number: code if len(code) <= MAX_CODE else HIDDEN for number, code in written.items()}
    fonts = {
        str(place): (is_on(font, "strike"), _colour(font.find("{*}color"), "svart"))
        for place, font in enumerate(tree.iterfind("{*}fonts/{*}font"))
    }
    grounds = {
        str(place): _colour(fill.find("{*}patternFill/{*}fgColor"), "")
        if _pattern(fill) == "solid"
        else "vit" * (_pattern(fill) == "none")
        for place, fill in enumerate(tree.iterfind("{*}fills/{*}fill"))
    }
    made = []
    for xf in tree.iterfind("{*}cellXfs/{*}xf"):
        struck, colour = fonts.get(xf.get("fontId", "0"), (False, "svart"))
        unseen = colour == grounds.get(xf.get("fillId", "0"), "vit")
        made.append(CellFormat(codes.get(int(xf.get("numFmtId", 0)), "General"), struck, unseen))
    return made


def is_on(look: ElementTree.Element, name: str) -> bool:
    """Whether a font or a run of text has this, such as strike."""
    found = look.find(f"{{*}}{name}")
    return found is not None and found.get("val", "1") not in ("0", "false", "baseline")


def _pattern(fill: ElementTree.Element) -> str:
    pattern = fill.find("{*}patternFill")
    return "" if pattern is None else pattern.get("patternType", "none")


def _colour(element: ElementTree.Element | None, default: str) -> str:
    """A colour so that the same is written the same; `default` where none is said."""
    if element is None or element.get("auto") in ("1", "true"):
        return default
    kind = next((kind for kind in ("rgb", "theme", "indexed") if kind in element.attrib), "")
    said = element.get(kind, "").lower()
    key = (kind, said[-6:] if kind == "rgb" else said)
    is_pure = float(element.get("tint", 0)) == 0
    return SAME_COLOUR.get(key, str(key)) if is_pure else f"{key} {element.get('tint')}"

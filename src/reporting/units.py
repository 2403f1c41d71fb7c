"""Units: what a number is counted in, how people write it, how a value is read and printed with it; built in, or a kommun's own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from reporting.faults import closest, nearest_word
from reporting.swedish import (
    NBSP,
    NUMBER_PATTERN,
    NUMBER_WORDS,
    SPACES,
    PrintedNumber,
    number,
    own_decimals,
    read_number,
)

Kind = Literal["andel", "procentenheter", "antal", "pengar", "tid", "mängd", "kvot", "skala", "index", "plats"]


@dataclass(frozen=True)
class Unit:
    """What a number is counted in.

    name: as it stands in `mattenhet`; kind: what decides how its values are checked, compared and printed; one, many: what stands after 1
    and after other numbers, where that isn't the name ("" for many: nothing); ways: how people write it besides; long: it stands beside the
    name in tables and charts, since it would not fit beside each value; negative: a value may be less than 0; ends: the least and the
    greatest value that there is, None where there are none.
    """

    name: str
    kind: Kind
    one: str = ""
    ways: tuple[str, ...] = ()
    many: str | None = None
    long: bool = False
    negative: bool = False
    ends: tuple[int, int] | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which it is written, in small letters."""
        return tuple(dict.fromkeys(way.lower() for way in (self.name, self.many, self.one, *self.ways) if way))

    @property
    def short(self) -> "Unit":
        """The unit as it stands beside each value in tables and charts: nothing of a long one but the percent sign."""
        return self if not self.long else PROCENT if self.kind == "andel" else ANTAL

    def takes(self, written: "Unit | None") -> bool:
        """Whether a number is in this unit, with `written` beside it, or None for nothing. What a share is of, and what is counted,
        needn't be said there."""
        same = written is None or written.name.lower() == self.name.lower()
        is_counted = self.kind == "antal" and self.name != "årsarbetare"  # two persons may be one of those
        return same or (self.kind == "andel" and written == PROCENT) or (is_counted and written == ANTAL)

    @property
    def expected(self) -> str:
        """A number in the unit, as what was expected: "ett antal", "ett tal i dagar", "ett tal mellan 1 och 5 (skala 1–5)"."""
        if self.ends:
            return f"ett tal mellan {self.ends[0]} och {self.ends[1]} ({self})"
        if self.kind in ("antal", "plats"):
            return {ANTAL: "ett antal", PLATS: "en plats i en rangordning"}.get(self, f"ett antal {self}")
        if self.many == "":
            return f"ett {self}"
        said = PROCENT if self.kind == "andel" else self
        return f"ett tal {said}" if self.name.startswith("per ") else f"ett tal i {said}"

    def has(self, value: Decimal) -> bool:
        """Whether there is such a value: within the ends, where there are any."""
        return not self.ends or self.ends[0] <= value <= self.ends[1]

    def after(self, value: Decimal) -> str:
        """What stands after a printed value: vecka after 1 and 0,6, veckor after 0 and 1,5; but 0,6 procentenheter. "" for nothing."""
        is_one = 0 < abs(value) <= 1 and (self.kind != "procentenheter" or not own_decimals(value))
        return self.one if self.one and is_one else self.name if self.many is None else self.many


PROCENT = Unit("procent", "andel", ways=("proc",), many="%", negative=True)
PROCENTENHETER = Unit("procentenheter", "procentenheter", "procentenhet", negative=True)
ANTAL = Unit("antal", "antal", ways=("st", "st.", "stycken", "personer"), many="")
MKR = Unit("mkr", "pengar", ways=("mnkr", "miljoner kronor"), negative=True)
TKR = Unit("tkr", "pengar", ways=("kkr", "tusen kronor"), negative=True)
KR = Unit("kr", "pengar", ways=("kronor", "sek"), negative=True)
PLATS = Unit("plats", "plats", "plats", many="platser")
AR = Unit("år", "tid")
INDEX = Unit("index", "index", many="", negative=True)


def _rate(name: str, *ways: str, negative: bool = False) -> Unit:
    return Unit(name, "kvot", ways=ways, long=True, negative=negative)


def _per_inhabitants(number: str) -> Unit:
    ways = (f"per {number} inv", f"st per {number} invånare", f"st per {number} inv", f"st. per {number} inv")
    return _rate(f"per {number} invånare", *ways, negative=True)


_KNOWN = (
    PROCENT, ANTAL, MKR, TKR, KR,
    Unit("sekunder", "tid", "sekund"), Unit("minuter", "tid", "minut", ("min",)), Unit("timmar", "tid", "timme", ("tim",)),
    Unit("dygn", "tid"), Unit("dagar", "tid", "dag"), Unit("arbetsdagar", "tid", "arbetsdag"), Unit("veckor", "tid", "vecka"),
    Unit("månader", "tid", "månad", ("mån",)), AR,
    Unit("poäng", "mängd"), Unit("gram", "mängd", ways=("g",)), Unit("kg", "mängd", ways=("kilo", "kilogram")), Unit("ton", "mängd"),
    Unit("ton koldioxidekvivalenter", "mängd", ways=("ton co2e", "ton co2-ekv", "ton co2-ekvivalenter", "ton co2 ekv", "tco2e"), long=True),
    Unit("kWh", "mängd", ways=("kilowattimmar",)), Unit("MWh", "mängd", ways=("megawattimmar",)),
    Unit("GWh", "mängd", ways=("gigawattimmar",)), Unit("liter", "mängd"), Unit("kubikmeter", "mängd", ways=("m3", "m³")),
    Unit("meter", "mängd"), Unit("km", "mängd", ways=("kilometer",)), Unit("mil", "mängd"),
    Unit("kvm", "mängd", ways=("kvadratmeter", "m2", "m²")), Unit("hektar", "mängd"),
    _rate("per invånare", "per inv", "st per invånare", "st per inv", negative=True),
    *map(_per_inhabitants, ("1 000", "10 000", "100 000")),
    _rate("kr per invånare", "kr per inv", negative=True),
    *(_rate(f"kr per {what}", negative=True) for what in ("elev", "barn", "brukare", "plats", "timme", "dygn", "portion")),
    _rate("kr per kvm", "kr per m2", "kr per m²", negative=True),
    _rate("kg per invånare", "kg per inv"), _rate("kg per person"), _rate("gram per portion", "g per portion"),
    _rate("liter per person"), _rate("kWh per kvm", "kWh per m2", "kWh per m²"),
    Unit("medelvärde", "skala", many="", long=True, negative=True),
    Unit("meritvärde", "skala", ways=("meritpoäng",), many="", long=True),
    INDEX, Unit("NKI", "index", ways=("nöjd-kund-index", "nöjdkundindex"), many="", long=True, negative=True),
    PLATS, PROCENTENHETER, Unit("årsarbetare", "antal", ways=("årsarb", "årsarbetskrafter", "heltidstjänster")),
)  # fmt: skip
_SCALE = r"skala ([-−]?\d{1,4}) ?[-–] ?([-−]?\d{1,4})"
_SHARE = "andel av "


_ABBREVIATED = "inv|min|tim|mån|proc|st|kr|mkr|tkr|mnkr|kkr|ekv|årsarb"
"""What may end in a full stop."""

_FIGURES = str.maketrans("₂₃²³", "2323")


def _plain(way: str) -> str:
    """A way of writing, without what may differ: capitals, "per" or a slash, spaces between thousands, raised and lowered figures, the
    full stop of an abbreviation."""
    spaced = re.sub(rf"\b({_ABBREVIATED})\.(?!\w)", r"\1", way.lower().translate(_FIGURES))
    return re.sub(r"(?<=\d) (?=\d)", "", re.sub(r" per | ?/ ?", "/", spaced))


def _pattern_of(way: str) -> str:
    thousands = re.sub(r"(?<=\d)\\ (?=\d)", r"\\ ?", re.escape(way).replace(r"\ per\ ", r"(?:\ per\ |\ ?/\ ?)"))
    figures = re.sub(r"(?<=[a-z])([23])", lambda found: {"2": "[2₂²]", "3": "[3₃³]"}[found[1]], thousands)
    stop = r"(?:\.(?!\w))?" if re.search(rf"(?<!\w)(?:{_ABBREVIATED})$", way) else ""
    return figures + (rf"(?!\w){stop}" if way[-1].isalnum() else "")


@dataclass(frozen=True)
class Units:
    """The units that there are: the program's, any scale and any share, and a kommun's own. own: the last; may_be_more: whether some of
    those couldn't be read."""

    own: tuple[Unit, ...] = ()
    may_be_more: bool = False

    @property
    def known(self) -> tuple[Unit, ...]:
        """Every one that has a name of its own."""
        return (*_KNOWN, *self.own)

    @cached_property
    def _by_spelling(self) -> dict[str, Unit]:
        return {_plain(way): unit for unit in reversed(self.known) for way in unit.spellings}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that may stand in `mattenhet`, but for the scales and the shares, of which there is no end."""
        return tuple(unit.name for unit in self.known)

    @property
    def of_time(self) -> tuple[str, ...]:
        """The ways of writing a time: what may stand after "inom tre"."""
        return tuple(way for unit in self.known if unit.kind == "tid" for way in unit.spellings)

    @cached_property
    def pattern(self) -> str:
        """A regular expression, for small and capital letters alike, of every way in which a unit may stand after a number."""
        ways = sorted({way for unit in self.known for way in unit.spellings}, key=len, reverse=True)
        return "|".join((*map(_pattern_of, ways), r"skala \d{1,4}[-–]\d{1,4}(?!\w)"))

    @cached_property
    def quantity(self) -> re.Pattern[str]:
        """A number, and the unit that may stand after it."""
        return re.compile(rf"({NUMBER_PATTERN})\s*({self.pattern})?", re.IGNORECASE)

    def written(self, text: str) -> Unit | None:
        """The unit that a text is a way of writing, or None."""
        said = " ".join(text.split())
        if unit := self._by_spelling.get(_plain(said)):
            return unit
        if said.lower().startswith(_SHARE):
            return Unit(said, "andel", many="%", long=True, negative=True)
        ends = re.fullmatch(_SCALE, said, re.IGNORECASE)
        low, high = (int(end.replace("−", "-")) for end in ends.groups()) if ends else (0, 0)
        name = f"skala {low}–{high}".replace("-", "−")
        return scale(name, (low, high), f"skala {low}-{high}") if low < high else None

    def named(self, name: str) -> Unit | None:
        """The unit with this very name, or None."""
        unit = self.written(name)
        return unit if unit and unit.name == name else None


def scale(name: str, ends: tuple[int, int] | None, *ways: str) -> Unit:
    """A unit of kind skala. ends: the least and the greatest value, None where there are none; ways: how people write it besides."""
    return Unit(name, "skala", ways=ways, many="", long=True, negative=True, ends=ends)


BUILT_IN_UNITS = Units()
"""The units of a kommun that has none of its own."""


_MEASURE = re.compile(r"\w{0,5}(kr|kronor|wh?|wattimmar|gram|liter|meter|ton|mil|tusen|miljon|miljoner)|[kcdmh]?[glm]")
"""A word for a measure of some size: kr, tkr, kW, kWh, mil, milligram, cl."""


def is_another_size(one: str, other: str) -> bool:
    """Whether two names of units may mean one and the same thing but for a power of ten: they have other figures, or other measures, as kr
    and tkr."""
    words, others = set(one.lower().split()), set(other.lower().split())
    differ = any(map(_MEASURE.fullmatch, words - others)) and any(map(_MEASURE.fullmatch, others - words))
    return differ or re.sub(r"\D", "", one) != re.sub(r"\D", "", other)


def _is_slip(one: str, other: str) -> bool:
    """Whether two names of units differ as a slip of the finger does: word for word alike, and as much on each side of «per»."""
    words, others = (re.findall(r"/|[^\s/]+", _plain(name)) for name in (one, other))
    return len(words) == len(others) and all(
        closest(word, [meant], 0.8) for word, meant in zip(words, others, strict=True)
    )


def nearest_unit(written: str, names: Iterable[str]) -> str:
    """The name most like what is written, "" where none is near; never one that may be ten times, or a tenth of, what was meant."""
    name = nearest_word(written, names)
    return "" if is_another_size(written, name) or not _is_slip(written, name) else name


@dataclass(frozen=True)
class Quantity:
    """A number as somebody wrote it, with the unit that stood there, or None."""

    value: Decimal
    unit: Unit | None = None


def read_quantity(text: str, units: Units = BUILT_IN_UNITS) -> Quantity:
    """Read a number with or without a unit: "82,00%", "0.83 procent", "+7,5 mkr", "plats 12", "tre".

    Raises ValueError, in Swedish, for anything else.
    """
    clean = re.sub(rf"[{SPACES}]+", " ", text.strip())
    if clean.lower() in NUMBER_WORDS:
        return Quantity(Decimal(NUMBER_WORDS[clean.lower()]))
    rank = re.fullmatch(rf"plats ({NUMBER_PATTERN})", clean, re.IGNORECASE)
    if rank:
        return Quantity(read_number(rank[1]), PLATS)
    match = units.quantity.fullmatch(clean)
    if not match:
        raise ValueError(f"«{text}» är inte ett tal")
    return Quantity(read_number(match[1]), units.written(match[2]) if match[2] else None)


def amount(value: Decimal, unit: Unit, decimaler: int | None = None) -> PrintedNumber:
    """Write a value with its unit: "82,0 %", "56 200", "−23,9 mkr", "plats 12"."""
    text = number(value, decimaler)
    return text.between(f"plats{NBSP}", "") if unit.kind == "plats" else _with_unit_after(text, unit)


def difference(value: Decimal, unit: Unit, decimaler: int | None = None) -> PrintedNumber:
    """Write a difference with its sign; between shares it is in procentenheter: "−24 procentenheter"."""
    return _with_unit_after(number(value, decimaler, sign=True), PROCENTENHETER if unit.kind == "andel" else unit)


def _with_unit_after(text: PrintedNumber, unit: Unit) -> PrintedNumber:
    said = unit.after(text.value).replace(" ", NBSP)
    return text.between("", NBSP + said) if said else text


def compact(value: Decimal, unit: Unit, decimaler: int | None = None) -> PrintedNumber:
    """Write a value for a table's cell or a chart's mark: with its unit, a long unit aside."""
    return amount(value, unit.short, decimaler)


def compact_difference(value: Decimal, unit: Unit, decimaler: int | None = None) -> PrintedNumber:
    """Write a difference for a table's cell: a long unit aside."""
    return difference(value, unit.short, decimaler)


def says_unit(name: str, unit: Unit) -> bool:
    """Whether a name says by itself in what it is measured: a long unit anywhere in it, another at its end."""
    said = " ".join(name.lower().split())
    if unit.long:
        return any(re.search(_pattern_of(way), said) for way in unit.spellings if way != "%")
    return any(re.search(rf"(?<!\w){_pattern_of(way)}$", said.rstrip(")")) for way in unit.spellings)


def beside(name: str, unit: Unit) -> str:
    """The long unit that is to stand beside a name; "" for a unit that stands with each value, and where the name says it itself."""
    return unit.name if unit.long and not says_unit(name, unit) else ""


def with_unit(name: str, unit: Unit) -> str:
    """A name with the long unit of its values after it: "Fallskador, per 100 000 invånare"."""
    return f"{name}, {said}" if (said := beside(name, unit)) else name

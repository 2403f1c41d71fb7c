"""The kommun, the nämnd's plan and one run, as frozen values: what the files under params/ may say."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from reporting.faults import nearest
from reporting.swedish import UNITS, read_date
from reporting.targets import Battre, Target, parse_target, resolved
from reporting.yaml_files import Values

RESERVED = {"con", "nul", "aux", "prn", "kommun"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def _id(value: object) -> object:
    if isinstance(value, str) and value in RESERVED:
        raise ValueError(f"ett annat id än «{value}», som är upptaget")
    return value


def _ja_nej(value: object) -> object:
    if value not in ("ja", "nej"):
        raise ValueError("ja eller nej")
    return value == "ja"


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return read_date(value)
    except ValueError:
        raise ValueError("ett datum i almanackan, till exempel 2024-11-30") from None


def _each_once(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise ValueError("varje kön en gång")
    return value


def _words(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("målvärdet inom citattecken, så att decimaler och tusental läses som de skrivs")
    return value


def _unit(value: object) -> object:
    if not isinstance(value, str) or value not in UNITS:
        raise ValueError(f"en av mattenheterna {', '.join(UNITS)}.{nearest(str(value), UNITS)}")
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"), BeforeValidator(_id)]
JaNej = Annotated[bool, BeforeValidator(_ja_nej)]
Day = Annotated[date, BeforeValidator(_day)]
Mattenhet = Annotated[str, BeforeValidator(_unit)]
Malvarde = Annotated[str, BeforeValidator(_words)]
Arbetsbok = Annotated[str, StringConstraints(pattern=r"^[^/\\:]+\.xlsx$")]
Kon = Literal["kvinnor", "män", "flickor", "pojkar", "par"]
Form = Literal["kvadrat", "triangel", "trekvart", "cirkel", "ring", "romb"]
Ton = Literal["rod", "gul", "gron", "morkgron", "gra"]


class Steg(Values):
    """One step of the scale: word, shape and colour; and the share of met mått from which it is proposed."""

    id: Id
    namn: str
    form: Form
    ton: Ton
    fran: Decimal | None = None
    over: Decimal | None = None


class Verksamhetsomrade(Values):
    """A part of the förvaltning that delivers outcomes."""

    id: Id
    namn: str


class Namnd(Values):
    """A board of the kommun."""

    id: Id
    namn: str
    verksamhetsomraden: tuple[Verksamhetsomrade, ...] = ()


class OvergripandeMal(Values):
    """A goal that kommunfullmäktige has set for the whole kommun."""

    id: Id
    namn: str


class Mappar(Values):
    """Where data and outputs lie, where that isn't under the root."""

    data: str = "data"
    outputs: str = "outputs"


class Kommun(Values):
    """kommun.yml. nara_malvarde: margin for "nära målvärde" as a share of the målvärde (0: off);
    delvis_raknas_som: what a "Delvis", or a mätetal nära målvärdet, counts for in the förslag."""

    kommun: str
    pahittade_uppgifter: JaNej = False
    namnder: tuple[Namnd, ...]
    overgripande_mal: tuple[OvergripandeMal, ...] = ()
    skala: tuple[Steg, ...] = Field(min_length=1)
    nara_malvarde: Decimal = Field(default=Decimal(0), ge=0, le=1)
    delvis_raknas_som: Decimal = Field(default=Decimal("0.5"), ge=0, le=1)
    mappar: Mappar = Mappar()


class Matetal(Values):
    """A mätetal (indikator, nyckeltal): what is measured, how, and what shall be reached.

    malvarde: the plan's own words, or one text per year; battre is required where they don't say the direction.
    efterslapning_ar: how many years a register lags; ackumulerad: counts up during the year.
    """

    id: Id
    namn: str
    kort: str = ""
    mattenhet: Mattenhet
    malvarde: Malvarde | dict[int, Malvarde] = ""
    battre: Battre | None = None
    ackumulerad: JaNej = False
    kon: Annotated[tuple[Kon, ...], AfterValidator(_each_once)] = ()
    decimaler: int | None = Field(default=None, ge=0, le=4)
    datakalla: str = ""
    verksamhetsomrade: Id | None = None
    efterslapning_ar: int = Field(default=0, ge=0, le=5)

    @property
    def kortnamn(self) -> str:
        """The name as it stands in charts and sentences."""
        return self.kort or self.namn

    def malvarde_for(self, year: int) -> str:
        """The plan's words for `year`; "" where there is no target."""
        return self.malvarde if isinstance(self.malvarde, str) else self.malvarde.get(year, "")

    def target(self, year: int) -> Target:
        """The målvärde for `year` as a Target with its direction; operator "none" where there is none."""
        return resolved(parse_target(self.malvarde_for(year)), self.battre)


class KvalitativtMatt(Values):
    """A mått that is answered Ja, Delvis or Nej."""

    id: Id
    namn: str


class Namndsmal(Values):
    """A goal that the nämnd has set for itself."""

    id: Id
    namn: str
    kort: str = ""
    beskrivning: str = ""
    overgripande_mal: tuple[Id, ...] = ()
    matetal: tuple[Matetal, ...] = ()
    kvalitativa_matt: tuple[KvalitativtMatt, ...] = ()

    @property
    def kortnamn(self) -> str:
        """The name as it stands in lists and tables."""
        return self.kort or self.namn


class Plan(Values):
    """A verksamhetsplan for one nämnd and the years in `galler`."""

    namnd: Id
    plan: str
    beslutad: Day | None = None
    galler: tuple[int, ...]
    namndsmal: tuple[Namndsmal, ...]

    @property
    def matetal(self) -> tuple[Matetal, ...]:
        """Every mätetal, in the plan's order."""
        return tuple(matetal for mal in self.namndsmal for matetal in mal.matetal)

    @property
    def kvalitativa_matt(self) -> tuple[KvalitativtMatt, ...]:
        """Every kvalitativt mått, in the plan's order."""
        return tuple(matt for mal in self.namndsmal for matt in mal.kvalitativa_matt)


class Beslut(Values):
    """One nämnd's part of a run: what is delivered and what the decision says."""

    arbetsbocker: tuple[Arbetsbok, ...] = ()
    arendenummer: str = ""
    beslutad_av: str = ""
    beslutsdatum: Day | None = None
    giltig_till: Day | None = None
    dokumentagare: str = ""


class Korning(Values):
    """<period>.yml: one run. trend_mot: the period that the nämnder's trend refers to; jamfor_med: the one that the
    mätetal are compared with (the same month last year where left out)."""

    period: str
    trend_mot: str | None = None
    jamfor_med: str | None = None
    namnder: dict[Id, Beslut]

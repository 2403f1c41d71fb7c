"""What an assessment comes to: frozen values that tables, charts and sentences show and nobody changes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reporting.params.kommun import Kommun, Namnd, Skala, Steg
from reporting.params.malvarde import Target
from reporting.params.plan import Aktivitet, KvalitativtMatt, Matetal, Namndsmal, Plan
from reporting.periods import Period
from reporting.reading.utfall import Bladrad, Svar, Utfall
from reporting.swedish import rounded
from reporting.texts.read import Avsnitt, Maltext


class Status(StrEnum):
    """Whether a mätetal has reached its målvärde."""

    UPPNATT = "uppnått"
    NARA = "nära målvärde"
    EJ_UPPNATT = "ej uppnått"
    KAN_INTE_BEDOMAS = "kan inte bedömas"


class Trend(StrEnum):
    """Whether an outcome is better or worse than in a named earlier period."""

    FORBATTRAD = "förbättrad"
    OFORANDRAD = "oförändrad"
    FORSAMRAD = "försämrad"
    KAN_INTE_JAMFORAS = "kan inte jämföras"


class Utsikt(StrEnum):
    """Whether a målvärde, or a goal, is likely to be met at the year's end; the same words as people's own prognos."""

    NAR = "når sannolikt målet"
    OSAKERT = "osäkert"
    NAR_INTE = "når sannolikt inte målet"


class Metod(StrEnum):
    """How a forecast is made (docs/metod.md, Prognos)."""

    NIVA = "senaste värdet"
    ANDEL = "förra årets andel"
    TAKT = "jämn takt"
    REGISTER = "årets mätning är klar"


@dataclass(frozen=True)
class Prognos:
    """What a mätetal is likely to end the year with, in its mattenhet.

    lag, hog: the interval, from how far the same forecast missed in the years `ar`; None where they are too few; utsikt:
    None with its `orsak` where it can't be said; decimaler: as many as it takes for the print to agree with utsikt.
    """

    metod: Metod
    varde: Decimal
    lag: Decimal | None
    hog: Decimal | None
    ar: tuple[int, ...]
    utsikt: Utsikt | None
    orsak: str
    decimaler: int

    def printed(self, value: Decimal) -> Decimal:
        """The forecast, or an end of its interval, as it is printed."""
        return rounded(value, self.decimaler)


@dataclass(frozen=True)
class Konsutfall:
    """One part of a split by sex: its value now and in the compared period, None where it is missing; orsak: why it is missing now, as it
    is printed, "" where nobody has said."""

    kon: str
    varde: Decimal | None
    tidigare: Decimal | None
    orsak: str = ""


@dataclass(frozen=True)
class Matetalsresultat:
    """One mätetal, assessed.

    decimaler: of print, as many as it takes to agree with status; oavrundad_status: what it would have been, where a kommun that
    compares rounded figures has another; malniva: the level that the utfall is compared with (None for "ska öka" without an amount);
    avvikelse: printed utfall − malniva, with the decimals that it is printed with; forandring: between the printed utfall, all in the
    mätetal's mattenhet; orsak, trend_orsak: why status or trend can't be given; helst: whether a "helst öka" was
    fulfilled; delsumma: the sum of the parts by sex, where it should be the total and isn't; matt_till, tidigare_matt_till: the last
    day that the value, and the compared one, describes; prognos: what the year is likely to end with, at delår.
    """

    matetal: Matetal
    target: Target
    decimaler: int
    utfall: Utfall | None
    tidigare: Utfall | None
    status: Status
    orsak: str
    oavrundad_status: Status | None
    malniva: Decimal | None
    avvikelse: Decimal | None
    trend: Trend
    trend_orsak: str
    forandring: Decimal | None
    helst: bool | None
    kon: tuple[Konsutfall, ...]
    delsumma: Decimal | None
    matt_till: date
    tidigare_matt_till: date | None
    prognos: Prognos | None

    @property
    def varde(self) -> Decimal | None:
        """The outcome, or None where it is missing."""
        return self.utfall.varde if self.utfall else None

    @property
    def tidigare_varde(self) -> Decimal | None:
        """The compared period's outcome, or None where it is missing."""
        return self.tidigare.varde if self.tidigare else None

    def printed(self, value: Decimal) -> Decimal:
        """An outcome of the mätetal as it is printed."""
        return rounded(value, self.decimaler)

    @property
    def jamforbart(self) -> Decimal | None:
        """The compared period's outcome, where it can be compared with; None where it is missing, or the same measurement again."""
        return self.tidigare_varde if self.trend is not Trend.KAN_INTE_JAMFORAS else None


@dataclass(frozen=True)
class Kvalitativtresultat:
    """One kvalitativt mått with its answer, None where none was given."""

    matt: KvalitativtMatt
    svar: Svar | None


@dataclass(frozen=True)
class Aktivitetsresultat:
    """One målinriktad aktivitet: its indicators, assessed, and the row that its verksamhetsområde delivered, None where none came."""

    aktivitet: Aktivitet
    matetal: tuple[Matetalsresultat, ...]
    rad: Bladrad | None


@dataclass(frozen=True)
class Forslag:
    """What the figures propose for a nämndsmål.

    steg: None where nothing can be assessed; andel: points / bedombara; uppnadda: mått fully met (of bedombara).
    """

    steg: Steg | None
    andel: Decimal | None
    uppnadda: int
    bedombara: int


@dataclass(frozen=True)
class Malresultat:
    """One nämndsmål: its mätetal, kvalitativa mått and aktiviteter, the förslag, and what the nämnd has written.

    utsikt: whether the mått together speak for the goal being met at the year's end; None at the year's end, or where nothing
    can be foreseen.
    """

    mal: Namndsmal
    matetal: tuple[Matetalsresultat, ...]
    kvalitativa: tuple[Kvalitativtresultat, ...]
    aktiviteter: tuple[Aktivitetsresultat, ...]
    forslag: Forslag
    utsikt: Utsikt | None
    text: Maltext

    @property
    def skiljer(self) -> bool:
        """True where the nämnd's bedömning is another step than the förslag."""
        ours, theirs = self.forslag.steg, self.text.bedomning
        return ours is not None and theirs is not None and ours.id != theirs.id

    @property
    def prognos_skiljer(self) -> bool:
        """True where the nämnd's prognos is another than the mått speak for."""
        return self.utsikt is not None and self.text.prognos is not None and self.text.prognos != self.utsikt

    def with_status(self, status: Status) -> tuple[Matetalsresultat, ...]:
        """The goal's mätetal with this status."""
        return tuple(result for result in self.matetal if result.status is status)


@dataclass(frozen=True)
class Namndresultat:
    """One nämnd's period, assessed; in the plan's order. titel: the report's name; textfil: where the texts are written; avsnitt:
    what people wrote for whole chapters, by the chapter's id; har_levererat: False where no workbook came at all; blad: the ids of the
    sheets that the nämnd is to deliver, or has delivered."""

    kommun: Kommun
    skala: Skala
    titel: str
    namnd: Namnd
    plan: Plan
    period: Period
    jamfor_med: Period
    trend_mot: Period
    mal: tuple[Malresultat, ...]
    avsnitt: dict[str, Avsnitt]
    textfil: str
    har_levererat: bool
    blad: frozenset[str]

    @property
    def matetal(self) -> tuple[Matetalsresultat, ...]:
        """Every mätetal of every goal."""
        return tuple(result for mal in self.mal for result in mal.matetal)

    @property
    def indikatorer(self) -> tuple[Matetalsresultat, ...]:
        """Every mätetal of every aktivitet."""
        return tuple(result for mal in self.mal for item in mal.aktiviteter for result in item.matetal)

    def avsnitt_om(self, kapitel: str) -> Avsnitt:
        """What people wrote for a whole chapter; an empty Avsnitt where nothing is written."""
        return self.avsnitt.get(kapitel, Avsnitt())

    def with_status(self, status: Status) -> tuple[Matetalsresultat, ...]:
        """The mätetal with this status."""
        return tuple(result for result in self.matetal if result.status is status)

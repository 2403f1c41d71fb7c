"""The nämnd's plan and one run, as frozen values: what the plan files and the period files under params/ may say."""

import hashlib
from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic.main import IncEx

from reporting.params.fields import Arbetsbok, Day, Id, JaNej, Mats, Mattenhet
from reporting.params.malvarde import Battre, Target, parse_target, resolved, step_of_year
from reporting.params.schedule import read_schedule
from reporting.params.values import InUnits, Values
from reporting.periods import Period


def _each_once(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise ValueError("varje kön en gång")
    return value


def _words(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("målvärdet inom citattecken, så att decimaler och tusental läses som de skrivs")
    return value


CHANGE = r"förändr|ändring|ökning|minskning|avvik|skillnad"
"""In the name of a mätetal whose outcomes are changes, and may well be below zero."""
Malvarde = Annotated[str, BeforeValidator(_words)]


def of_year_in(words: str | dict[int, str], year: int) -> str:
    """What a text, or one text per year, says of a year; "" for nothing."""
    return words if isinstance(words, str) else words.get(year, "")


Kon = Literal["kvinnor", "män", "flickor", "pojkar", "par"]


class Matetal(InUnits):
    """A mätetal (indikator, nyckeltal): what is measured, how, and what shall be reached.

    malvarde: the plan's own words, or one text per year; lases: how they are to be read, in the short form, where they can't be, or are
    read otherwise; battre is required where neither says the direction.
    efterslapning_ar: how many years a register lags; ackumulerad: counts up during the year; enkat: comes from a survey, of which
    the number of answers is asked for; matt: whether it is of a time or of a day, such as a number of employees; mats: when it is
    measured, in words, where that isn't in every period; definition: how it is measured, for readers.
    """

    id: Id
    namn: str
    kort: str = ""
    mattenhet: Mattenhet
    malvarde: Malvarde | dict[int, Malvarde] = ""
    lases: Malvarde | dict[int, Malvarde] = ""
    battre: Battre | None = None
    ackumulerad: JaNej = False
    kon: Annotated[tuple[Kon, ...], AfterValidator(_each_once)] = ()
    decimaler: int | None = Field(default=None, ge=0, le=4)
    datakalla: str = ""
    definition: str = ""
    verksamhetsomrade: Id | None = None
    efterslapning_ar: int = Field(default=0, ge=0, le=5)
    enkat: JaNej = False
    matt: Literal["period", "ögonblick"] = "period"
    mats: Mats = ""

    @property
    def ogonblick(self) -> bool:
        """True where a value is a state on a day, and of no time before."""
        return self.matt == "ögonblick"

    def why_not_measured(self, period: Period) -> str:
        """Why the plan asks for no outcome in a period, "mäts vartannat år, nästa gång 2026"; "" where it does."""
        schedule = read_schedule(self.mats)
        return schedule.why_not(period) if schedule else ""

    @property
    def kortnamn(self) -> str:
        """The name as it stands in charts and sentences."""
        return self.kort or self.namn

    def malvarde_for(self, year: int) -> str:
        """The plan's words for `year`; "" where there is no target."""
        return of_year_in(self.malvarde, year)

    def lases_for(self, year: int) -> str:
        """How the plan says that its words for `year` are to be read; "" where it says nothing of it."""
        return of_year_in(self.lases, year)

    def reading(self, year: int) -> Target:
        """The målvärde for `year` as a Target with its direction, all its steps included; operator "none" where there is none."""
        return resolved(parse_target(self.lases_for(year) or self.malvarde_for(year), self.units), self.battre)

    def target(self, year: int) -> Target:
        """What the målvärde asks for in `year`: of steps the one that holds."""
        return step_of_year(self.reading(year), year)

    def is_counted_from_history(self, year: int) -> bool:
        """Whether the målvärde for `year` is counted from an outcome that the plan only says the time of."""
        try:
            target = self.target(year)
        except ValueError:  # a plan with faults is read on, so that all else comes at once
            return False
        return target.utgangsvarde is None and bool(target.utgangsar or target.forra)


class KvalitativtMatt(Values):
    """A mått that is answered Ja, Delvis or Nej."""

    id: Id
    namn: str
    verksamhetsomrade: Id | None = None


class Aktivitet(Values):
    """A målinriktad aktivitet of a verksamhetsområde under a goal (verksamhetsplan 2023 §6), with its own indicators."""

    id: Id
    namn: str
    verksamhetsomrade: Id | None = None
    matetal: tuple[Matetal, ...] = ()


class Uppdrag(Values):
    """What kommunfullmäktige has asked the nämnd to look into. givet: where and when, in the plan's words."""

    id: Id
    namn: str
    givet: str = ""
    verksamhetsomrade: Id | None = None


class Kontrollmoment(Values):
    """What the nämnd's plan for internal control says shall be controlled."""

    id: Id
    namn: str
    verksamhetsomrade: Id | None = None


class Namndsmal(Values):
    """A goal that the nämnd has set for itself."""

    id: Id
    namn: str
    kort: str = ""
    beskrivning: str = ""
    overgripande_mal: tuple[Id, ...] = ()
    matetal: tuple[Matetal, ...] = ()
    kvalitativa_matt: tuple[KvalitativtMatt, ...] = ()
    aktiviteter: tuple[Aktivitet, ...] = ()

    @property
    def kortnamn(self) -> str:
        """The name as it stands in lists and tables."""
        return self.kort or self.namn


Slag = Literal["namndsmal", "matetal", "kvalitativa_matt", "aktiviteter", "uppdrag", "kontrollmoment"]
"""The kinds of parts of a plan that are known by their ids elsewhere. An aktivitet's mätetal are mätetal."""


class Plan(InUnits):
    """A verksamhetsplan for one nämnd and the years in `galler`."""

    namnd: Id
    plan: str
    beslutad: Day | None = None
    beslutad_av: str = ""
    arendenummer: str = ""
    giltig_till: Day | None = None
    dokumentagare: str = ""
    galler: tuple[int, ...]
    namndsmal: tuple[Namndsmal, ...]
    uppdrag: tuple[Uppdrag, ...] = ()
    kontrollmoment: tuple[Kontrollmoment, ...] = ()

    @property
    def version(self) -> str:
        """A short checksum of what the plan says, as it is stamped into workbooks that are made from it. A definition is for
        readers and makes no workbook older, nor do matt and mats, nor how words are to be read."""
        of_matetal: IncEx = {"__all__": {"definition", "matt", "mats", "lases"}}
        goals: IncEx = {"__all__": {"matetal": of_matetal, "aktiviteter": {"__all__": {"matetal": of_matetal}}}}
        return hashlib.sha256(self.model_dump_json(exclude={"namndsmal": goals}).encode()).hexdigest()[:12]

    @property
    def matetal(self) -> tuple[Matetal, ...]:
        """Every mätetal of the goals, in the plan's order; those of the aktiviteter are in `indikatorer`."""
        return tuple(matetal for mal in self.namndsmal for matetal in mal.matetal)

    @property
    def aktiviteter(self) -> tuple[Aktivitet, ...]:
        """Every aktivitet, in the plan's order."""
        return tuple(aktivitet for mal in self.namndsmal for aktivitet in mal.aktiviteter)

    @property
    def indikatorer(self) -> tuple[Matetal, ...]:
        """Every mätetal of every aktivitet, in the plan's order."""
        return tuple(matetal for aktivitet in self.aktiviteter for matetal in aktivitet.matetal)

    @property
    def kvalitativa_matt(self) -> tuple[KvalitativtMatt, ...]:
        """Every kvalitativt mått, in the plan's order."""
        return tuple(matt for mal in self.namndsmal for matt in mal.kvalitativa_matt)

    def okanda(self, slag: Slag) -> bool:
        """Whether the plan may have more of a kind than those whose ids could be read: then an id that it doesn't have is no fault."""
        nested = {
            "matetal": (*self.namndsmal, *self.aktiviteter),
            "kvalitativa_matt": self.namndsmal,
            "aktiviteter": self.namndsmal,
        }
        holders: tuple[Values, ...] = nested.get(slag, (self,))
        of_kind = (*self.matetal, *self.indikatorer) if slag == "matetal" else getattr(self, slag)
        twice = self.upprepade
        return (
            self.oklart("galler")
            or (slag in nested and self.oklart("namndsmal"))
            or any(holder.oklart(slag) for holder in holders)
            or any(item.oklart("id") or item.id in twice for item in of_kind)
        )

    @property
    def upprepade(self) -> frozenset[str]:
        """Ids that stand more than once; of which part they are isn't known."""
        kinds = ("namndsmal", "matetal", "kvalitativa_matt", "aktiviteter", "indikatorer", "uppdrag", "kontrollmoment")
        counts = Counter(item.id for kind in kinds for item in getattr(self, kind))
        return frozenset(name for name, count in counts.items() if count > 1)


class Beslut(Values):
    """One nämnd's part of a run: what is delivered and what the decision says."""

    arbetsbocker: tuple[Arbetsbok, ...] = ()
    dokumentnamn: str = ""
    arendenummer: str = ""
    beslutad_av: str = ""
    beslutsdatum: Day | None = None
    giltig_till: Day | None = None
    dokumentagare: str = ""


class Korning(Values):
    """<period>.yml: one run. rapporttyp: one of kommun.yml's; trend_mot: the period that the nämnder's trend refers to;
    jamfor_med: the one that the mätetal are compared with (the same month last year where left out)."""

    period: str
    rapporttyp: Id | None = None
    trend_mot: str | None = None
    jamfor_med: str | None = None
    namnder: dict[Id, Beslut]

"""One nämnd's period as the site tells it: the facts of each goal and each mätetal, apart from how they are shown."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, ValidationInfo

from reporting.assess.comparison import matt_till
from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat, Status
from reporting.assess.underlag import Underlag
from reporting.params.fields import units_in
from reporting.params.kommun import Steg
from reporting.params.malvarde import DIRECTION
from reporting.params.plan import Aktivitet, Matetal
from reporting.reading.utfall import Utfall
from reporting.show import sentences
from reporting.show.measurement import measured, when
from reporting.units import Unit


class Fakta(BaseModel):
    """Frozen, and the same JSON for the same facts, so that two publications can be held against each other."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Matvarde(Fakta):
    """One outcome and the cell where it stands. kon: "" for the total; varde: None where it is missing; text: what stood there then;
    matt_till: the last day that it describes; matt: of which time it is, in words, where that isn't its period."""

    period: str
    kon: str
    varde: Decimal | None
    text: str
    fil: str
    blad: str
    cell: str
    matt_till: date | None = None
    matt: str = ""


def _unit(value: object, info: ValidationInfo) -> Unit:
    """The unit with this name, or one that is no more, as it stands."""
    return value if isinstance(value, Unit) else units_in(info.context).named(str(value)) or Unit(str(value), "mängd")


class Matetalsfakta(Fakta):
    """One mätetal in one period.

    mal, aktivitet: what it belongs to, by name; malvarde: as it was read, in words, "" where there is none; malniva: the level that
    the outcome was compared with; malgranser: both ends of an interval, of which that is the nearest; varden: the total first, then
    the parts by sex; matt: of which time, where that isn't the period; ogonblick: a state on a day; mats: when it is
    measured, in the plan's words.
    """

    id: str
    namn: str
    kortnamn: str
    mattenhet: Annotated[Unit, PlainValidator(_unit), PlainSerializer(str)]
    decimaler: int
    definition: str
    datakalla: str
    verksamhetsomrade: str
    mal_id: str
    mal: str
    aktivitet: str
    malvarde: str
    malniva: Decimal | None
    malgranser: tuple[Decimal, ...] = ()
    battre: str
    ackumulerad: bool
    enkat: bool
    efterslapning_ar: int
    ogonblick: bool = False
    mats: str = ""
    varden: tuple[Matvarde, ...]
    matt: str
    status: Status
    orsak: str
    avvikelse: Decimal | None
    trend: str
    prognos: str

    @property
    def nivaer(self) -> tuple[Decimal, ...]:
        """What the outcome was held against: a level, both ends of an interval, or nothing."""
        return self.malgranser or (() if self.malniva is None else (self.malniva,))

    @property
    def varde(self) -> Decimal | None:
        """The outcome, or None where it is missing."""
        return next((item.varde for item in self.varden if not item.kon), None)


class Malfakta(Fakta):
    """One nämndsmål in one period. trend, prognos: people's own words; texter: heading → people's Markdown; kvalitativa: mått → svar."""

    id: str
    namn: str
    kortnamn: str
    overgripande: tuple[str, ...]
    bedomning: Steg | None
    trend: str
    prognos: str
    forslag: Steg | None
    uppnadda: int
    bedombara: int
    kvalitativa: tuple[tuple[str, str], ...]
    texter: tuple[tuple[str, str], ...]


class Namndfakta(Fakta):
    """One nämnd in one period. historik: outcomes of earlier times, mätetal → values; texter: chapter and heading → people's Markdown."""

    period: str
    namnd: str
    namn: str
    titel: str
    skala: tuple[Steg, ...]
    har_levererat: bool
    mal: tuple[Malfakta, ...]
    matetal: tuple[Matetalsfakta, ...]
    texter: tuple[tuple[str, str], ...]
    historik: tuple[tuple[str, tuple[Matvarde, ...]], ...] = ()


def fakta_of(underlag: Underlag) -> Namndfakta:
    """The facts of what was read and assessed."""
    resultat = underlag.resultat
    wider = {item.id: item.namn for item in underlag.params.kommun.overgripande_mal}
    delivered: dict[str, list[Utfall]] = {}
    for utfall in underlag.nu.utfall:
        delivered.setdefault(utfall.matetal, []).append(utfall)
    matetal = [
        _matetal(result, resultat, mal, aktivitet, delivered.get(result.matetal.id, []))
        for mal in resultat.mal
        for aktivitet, results in ((None, mal.matetal), *((item.aktivitet, item.matetal) for item in mal.aktiviteter))
        for result in results
    ]
    earlier: dict[str, list[Matvarde]] = {}
    in_plan = {item.id: item for item in (*underlag.plan.matetal, *underlag.plan.indikatorer)}
    for utfall in sorted(underlag.fore.utfall, key=lambda u: (u.period, u.kon)):
        earlier.setdefault(utfall.matetal, []).append(_matvarde(in_plan[utfall.matetal], utfall))
    return Namndfakta(
        period=str(resultat.period),
        namnd=resultat.namnd.id,
        namn=resultat.namnd.namn,
        titel=resultat.titel,
        skala=resultat.skala.steg,
        har_levererat=resultat.har_levererat,
        mal=tuple(_mal(mal, wider) for mal in resultat.mal),
        matetal=tuple(matetal),
        historik=tuple((key, tuple(values)) for key, values in sorted(earlier.items())),
        texter=_chapter_texts(resultat),
    )


def _mal(mal: Malresultat, wider: dict[str, str]) -> Malfakta:
    text = mal.text
    said = [("Motiv", text.motiv)] if text.motiv else []
    return Malfakta(
        **_taken_over(mal.mal, "id", "namn", "kortnamn"),
        overgripande=tuple(wider[item] for item in mal.mal.overgripande_mal if item in wider),
        bedomning=text.bedomning,
        trend=text.trend or "",
        prognos=text.prognos or "",
        forslag=mal.forslag.steg,
        **_taken_over(mal.forslag, "uppnadda", "bedombara"),
        kvalitativa=tuple((item.matt.namn, item.svar.svar if item.svar else "") for item in mal.kvalitativa),
        texter=(*said, *((heading, words) for heading, words in text.delar.items() if words)),
    )


def _matetal(
    result: Matetalsresultat,
    resultat: Namndresultat,
    mal: Malresultat,
    aktivitet: Aktivitet | None,
    delivered: list[Utfall],
) -> Matetalsfakta:
    matetal = result.matetal
    area = (aktivitet.verksamhetsomrade if aktivitet else None) or matetal.verksamhetsomrade
    areas = {item.id: item.namn for item in resultat.namnd.verksamhetsomraden}
    return Matetalsfakta(
        **_taken_over(matetal, "id", "namn", "kortnamn", "mattenhet", "definition", "datakalla"),
        **_taken_over(matetal, "ackumulerad", "enkat", "efterslapning_ar", "ogonblick", "mats"),
        **_taken_over(result, "decimaler", "malniva", "status", "orsak", "avvikelse", "trend"),
        verksamhetsomrade=areas.get(area or "", ""),
        mal_id=mal.mal.id,
        mal=mal.mal.kortnamn,
        aktivitet=aktivitet.namn if aktivitet else "",
        malvarde=sentences.target_words(result),
        malgranser=result.target.interval if result.malniva is not None else (),
        battre="" if result.target.ovre else matetal.battre or DIRECTION.get(result.target.operator) or "",
        varden=tuple(_matvarde(matetal, item) for item in sorted(delivered, key=lambda item: item.kon)),
        matt=measured(result, resultat.period),
        prognos=sentences.foreseen(result) if result.prognos else "",
    )


def _matvarde(matetal: Matetal, utfall: Utfall) -> Matvarde:
    day = matt_till(matetal, utfall, utfall.period)
    return Matvarde(
        period=str(utfall.period),
        text=utfall.why_missing,
        **_taken_over(utfall, "kon", "varde", "fil", "blad", "cell"),
        matt_till=day if utfall.varde is not None else None,
        matt=when(matetal, day, utfall.period) if utfall.varde is not None else "",
    )


def _taken_over(of: object, *names: str) -> dict[str, Any]:
    """What is told under the same names as it has."""
    return {name: getattr(of, name) for name in names}


def _chapter_texts(resultat: Namndresultat) -> tuple[tuple[str, str], ...]:
    found = []
    for kapitel, avsnitt in resultat.avsnitt.items():
        found += [(kapitel, avsnitt.text)] if avsnitt.text else []
        found += [(f"{kapitel}: {heading}", words) for heading, words in avsnitt.delar.items() if words]
    return tuple(found)

"""Sheets of an outcome workbook besides Mätetal and Kvalitativa mått: one definition each, the program's and the kommun's own."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, InstanceOf, ValidationInfo, field_validator

from reporting.params.fields import Id, JaNej, Mattenhet, unit_named, units_in
from reporting.params.values import Values
from reporting.units import ANTAL, KR, MKR, PROCENT, TKR, Unit

BELOPP, ENHET = "belopp", "enhet"
"""A number whose unit the row says, in the column with this heading."""
PENGAR = tuple(map(str, (MKR, TKR, KR)))
COLUMN_KINDS = ("text", "dag", BELOPP)


class Kolumn(Values):
    """A column. innehall: "text", "dag", "belopp", a mattenhet, or the words that may be chosen from."""

    namn: str
    innehall: str | tuple[str, ...] | InstanceOf[Unit] = "text"
    kravs: JaNej = False

    @field_validator("innehall")
    @classmethod
    def _known(cls, value: str | tuple[str, ...] | Unit, info: ValidationInfo) -> str | tuple[str, ...] | Unit:
        if not isinstance(value, str) or value in COLUMN_KINDS:
            return value
        kinds = f"{', '.join(COLUMN_KINDS)}, en mattenhet, eller en lista med ord att välja mellan"
        return unit_named(value, units_in(info.context), kinds, COLUMN_KINDS)

    @field_validator("namn")
    @classmethod
    def _as_read(cls, value: str) -> str:
        return " ".join(value.lower().split())


class Bladpost(Values):
    """A row that the sheet shall have: its id, its name, and the unit of its numbers."""

    id: Id
    namn: str
    mattenhet: Mattenhet = ANTAL


class Blad(Values):
    """A sheet. The first column is each row's key.

    poster: the rows that there are, where the definition says so (the key is then the id); poster_ur: the part of the plan that
    says so instead; arskolumner: columns headed by years may stand beside the others, with numbers in each row's unit.
    """

    id: Id
    blad: str
    kolumner: tuple[Kolumn, ...] = Field(min_length=1)
    poster: tuple[Bladpost, ...] = ()
    poster_ur: Literal["", "uppdrag", "kontrollmoment", "aktiviteter"] = ""
    arskolumner: JaNej = False

    @field_validator("blad")
    @classmethod
    def _name_in_excel(cls, value: str) -> str:
        if len(value) > 31 or value.strip("'") != value or any(character in value for character in "[]:*?/\\"):
            raise ValueError("ett namn som ett blad i Excel kan ha: högst 31 tecken, inget av [ ] : * ? / \\")
        return value

    @field_validator("kolumner")
    @classmethod
    def _each_once(cls, value: tuple[Kolumn, ...]) -> tuple[Kolumn, ...]:
        names = [kolumn.namn for kolumn in value]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"varje kolumn en gång; {twice} står två gånger")
        return value

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of row 1, years aside."""
        return tuple(kolumn.namn for kolumn in self.kolumner)

    @property
    def required(self) -> tuple[str, ...]:
        """The headings that must be there; the key first."""
        return (*self.headings[:1], *(kolumn.namn for kolumn in self.kolumner[1:] if kolumn.kravs))


def _kolumner(*columns: tuple[str, str | Sequence[str]] | str) -> tuple[Kolumn, ...]:
    pairs = [(column, "text") if isinstance(column, str) else column for column in columns]
    return tuple(
        Kolumn.model_validate({
            "namn": name.removesuffix("!"),
            "innehall": kind if isinstance(kind, str) else tuple(kind),
            "kravs": "ja" if name.endswith("!") else "nej",
        })
        for name, kind in pairs
    )  # fmt: skip


def _poster(unit: Unit, *posts: tuple[str, str]) -> tuple[Bladpost, ...]:
    return tuple(Bladpost(id=name, namn=text, mattenhet=unit) for name, text in posts)


UPPDRAGSLAGE = ("Ej påbörjad", "Pågående", "Klar", "Försenad")
GRANSKNINGSLAGE = ("Planerad", "Pågår", "Avslutad")
KONTROLLRESULTAT = ("Når målvärde", "Nära målvärde", "Ej accepterat", "Ej kontrollerat")
AKTIVITETSLAGE = ("Ej påbörjad", "Pågår", "Genomförd", "Försenad", "Avbruten")
ALDRAR = (
    ("0-29", "0–29 år"),
    ("30-39", "30–39 år"),
    ("40-49", "40–49 år"),
    ("50-59", "50–59 år"),
    ("60", "60 år eller äldre"),
)
ANSTALLNINGAR = (("tillsvidare", "Tillsvidareanställda"), ("visstid", "Visstidsanställda"))

UPPDRAG = Blad(
    id="uppdrag",
    blad="Uppdrag",
    poster_ur="uppdrag",
    kolumner=_kolumner("id", "uppdrag", ("status!", UPPDRAGSLAGE), "kommentar", "nästa steg"),
)
GRANSKNINGAR = Blad(
    id="granskningar",
    blad="Granskningar",
    kolumner=_kolumner(
        "granskning",
        ("slag!", ("Tillsyn", "Revision", "Begäran om yttrande")),
        "av",
        "ärende",
        ("antal", "antal"),
        ("läge", GRANSKNINGSLAGE),
        "utfall",
    ),
)
INTERNKONTROLL = Blad(
    id="internkontroll",
    blad="Internkontroll",
    poster_ur="kontrollmoment",
    kolumner=_kolumner(
        "id", "kontrollmoment", ("resultat!", KONTROLLRESULTAT), ("fortsatt kontroll", ("Ja", "Nej")), "kommentar"
    ),
)
AKTIVITETER = Blad(
    id="aktiviteter",
    blad="Aktiviteter",
    poster_ur="aktiviteter",
    kolumner=_kolumner("id", "aktivitet", ("status!", AKTIVITETSLAGE), "analys"),
)
PRIVATA_UTFORARE = Blad(
    id="privata-utforare",
    blad="Privata utförare",
    kolumner=_kolumner("kostnad", ("utfall!", BELOPP), ("föregående år", BELOPP), (f"{ENHET}!", PENGAR), "kommentar"),
)
PERSONAL = Blad(
    id="personal",
    blad="Personal",
    arskolumner=True,
    kolumner=_kolumner("id", "nyckeltal", "kommentar"),
    poster=(
        *_poster(
            PROCENT,
            ("sjukfranvaro", "Sjukfrånvaro av ordinarie arbetstid"),
            ("sjukfranvaro-lang", "Sjukfrånvaro längre än 59 dagar, andel av all sjukfrånvaro"),
            ("sjukfranvaro-kvinnor", "Sjukfrånvaro, kvinnor"),
            ("sjukfranvaro-man", "Sjukfrånvaro, män"),
            ("sjukfranvaro-29", "Sjukfrånvaro, 29 år eller yngre"),
            ("sjukfranvaro-30-49", "Sjukfrånvaro, 30–49 år"),
            ("sjukfranvaro-50", "Sjukfrånvaro, 50 år eller äldre"),
            ("frisknarvaro", "Frisknärvaro"),
            ("frisknarvaro-0", "Frisknärvaro, 0 dagar"),
            ("frisknarvaro-1-7", "Frisknärvaro, 1–7 dagar"),
        ),
        *(
            post
            for form, namn in ANSTALLNINGAR
            for post in _poster(
                ANTAL, (form, namn), (f"{form}-kvinnor", f"{namn}, kvinnor"), (f"{form}-man", f"{namn}, män")
            )
        ),
        *(
            post
            for form, namn in ANSTALLNINGAR
            for post in _poster(PROCENT, *((f"{form}-{age}", f"{namn}, {years}") for age, years in ALDRAR))
        ),
    ),
)
_REDOVISNING = (
    ("utfall", BELOPP),
    ("föregående år", BELOPP),
    ("budget", BELOPP),
    ("avvikelse", BELOPP),
    ("helårsprognos", BELOPP),
    (f"{ENHET}!", PENGAR),
    "kommentar",
)
DRIFT = Blad(
    id="drift",
    blad="Drift",
    kolumner=_kolumner("id", "post", *_REDOVISNING),
    poster=_poster(
        MKR,
        ("intakter", "Verksamhetens intäkter"),
        ("kostnader", "Verksamhetens kostnader"),
        ("kapitalkostnader", "Kapitalkostnader"),
        ("nettokostnader", "Nettokostnader"),
        ("kommunbidrag", "Kommunbidrag"),
        ("resultat", "Resultat"),
    ),
)
INVESTERINGAR = Blad(id="investeringar", blad="Investeringar", kolumner=_kolumner("investering", *_REDOVISNING))
OMRADEN = Blad(
    id="verksamhetsomraden", blad="Verksamhetsområden", kolumner=_kolumner("verksamhetsområde", *_REDOVISNING)
)

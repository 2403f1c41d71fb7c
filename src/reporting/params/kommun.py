"""kommun.yml as frozen values: the nämnder, the kommun's own goals, the scales, which report uses which scale, the site."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from reporting.params.fields import Adress, Day, Farg, Id, JaNej, Kontakt, Logotypfil
from reporting.params.values import Values
from reporting.units import Unit, Units, scale

FORMAT = 2
"""The format of a root's files that this program writes: which keys params has, and what notebooks import. A root of 0.5.1 or earlier
says none, and is of format 1."""

Form = Literal["kvadrat", "triangel", "halv", "trekvart", "cirkel", "ring", "romb"]
Ton = Literal["rod", "orange", "gul", "gron", "morkgron", "bla", "gra"]


class Steg(Values):
    """One step of a scale: word, shape and colour; and when it is proposed.

    fran, over: from, or above, which share of met mått; utan_underlag: proposed where no mått can be assessed. A step with none
    of them is never proposed, only chosen.
    """

    id: Id
    namn: str
    form: Form
    ton: Ton
    fran: Decimal | None = None
    over: Decimal | None = None
    utan_underlag: JaNej = False


class Skala(Values):
    """The steps of a bedömning, lowest first.

    nara_malvarde: margin for "nära målvärde" as a share of the målvärde (0: off; 0.2: from 80 % of the målvärde);
    delvis_raknas_som: what a "Delvis", or a mätetal nära målvärdet, counts for in the förslag.
    """

    steg: tuple[Steg, ...] = Field(min_length=1)
    nara_malvarde: Decimal = Field(default=Decimal(0), ge=0, le=1)
    delvis_raknas_som: Decimal = Field(default=Decimal("0.5"), ge=0, le=1)


class Rapporttyp(Values):
    """A kind of report: what it is called, and the scale that its bedömningar are given on."""

    namn: str
    skala: Id


class Verksamhetsomrade(Values):
    """A part of the förvaltning that delivers outcomes. blad: ids of the sheets that it fills in besides its own mätetal."""

    id: Id
    namn: str
    blad: tuple[Id, ...] = ()


class Namnd(Values):
    """A board of the kommun."""

    id: Id
    namn: str
    verksamhetsomraden: tuple[Verksamhetsomrade, ...] = ()


class OvergripandeMal(Values):
    """A goal that kommunfullmäktige has set for the whole kommun. galler: the years, all of them where left out."""

    id: Id
    namn: str
    galler: tuple[int, ...] = ()


LONGEST_BESIDE_VALUE = 15
"""How long a unit may be to fit beside a value in a chart."""


class Enhet(Values):
    """A unit of the kommun's own.

    namn: as it stands in mattenhet; slag: what kind it is of; en, flera: what stands after 1 and after other numbers, the name where
    left out; skrivs: how people write it besides; vid: where it stands in tables and charts; negativ: a value may be less than 0; fran,
    till: the ends of a scale.
    """

    namn: str = Field(min_length=1, max_length=60)
    slag: Literal["andel", "antal", "mängd", "tid", "kvot", "skala"]
    en: str = ""
    flera: str = ""
    skrivs: tuple[str, ...] = ()
    vid: Literal["talet", "namnet"] | None = None
    negativ: JaNej = False
    fran: int | None = None
    till: int | None = None

    @property
    def unit(self) -> Unit:
        """The unit as all else knows it. Beside the name, where the kommun doesn't say otherwise, stand scales, rates, shares and names of
        more than LONGEST_BESIDE_VALUE signs."""
        if self.slag == "skala":
            ends = (self.fran, self.till) if self.fran is not None and self.till is not None else None
            return scale(self.namn, ends, *self.skrivs)
        many = "%" if self.slag == "andel" else self.flera or self.namn
        is_long = self.slag in ("andel", "kvot") or len(self.namn) > LONGEST_BESIDE_VALUE
        long = self.vid == "namnet" or (self.vid is None and is_long)
        negative = self.negativ or self.slag == "andel"
        return Unit(self.namn, self.slag, self.en, self.skrivs, many, long, negative)


class Mappar(Values):
    """Where data and outputs lie, where that isn't under the root."""

    data: str = "data"
    outputs: str = "outputs"


class Tillganglighet(Values):
    """How accessible the kommun itself has found the site to be, in the law's words; bedomd: the day; brister: what doesn't work, and
    why."""

    forenlig: Literal["helt", "delvis", "inte"]
    bedomd: Day
    brister: tuple[str, ...] = ()


class Webbplats(Values):
    """The site that the pages are published on; "" for what isn't said.

    till: where it is delivered; adress: where readers find it, ending with /; kontakt: an e-mail or web address for those who can't
    use a page; farg: the kommun's colour (#rrggbb); logotyp: a file in params/; tillganglighet: the kommun's own finding,
    None where there is none.
    """

    till: str = ""
    adress: Adress = ""
    kontakt: Kontakt = ""
    farg: Farg = ""
    logotyp: Logotypfil = ""
    tillganglighet: Tillganglighet | None = None


class Kommun(Values):
    """kommun.yml. format: which format the root's files are of; prognosmarginal: how near the målvärde, as a share of it, a forecast
    without earlier years to go by counts as osäker; jamfor_avrundat: outcomes are rounded before they are compared with a målvärde, as
    the kommun has decided."""

    format: int = Field(default=1, ge=1)
    kommun: str
    pahittade_uppgifter: JaNej = False
    namnder: tuple[Namnd, ...]
    overgripande_mal: tuple[OvergripandeMal, ...] = ()
    enheter: tuple[Enhet, ...] = ()
    skalor: dict[Id, Skala] = Field(min_length=1)
    rapporttyper: dict[Id, Rapporttyp] = Field(default={})
    prognosmarginal: Decimal = Field(default=Decimal("0.05"), ge=0, le=1)
    jamfor_avrundat: JaNej = False
    mappar: Mappar = Mappar()
    webbplats: Webbplats = Webbplats()

    @property
    def all_units(self) -> Units:
        """The units that the kommun's plans and sheets may name: the program's and its own."""
        known = [enhet for enhet in self.enheter if enhet.duger]
        return Units(tuple(enhet.unit for enhet in known), self.oklart("enheter") or len(known) < len(self.enheter))

"""Kinds of values that the files under params/ are made of: ids, ja or nej, days, units, addresses, colours."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from reporting.faults import asked
from reporting.params.schedule import read_schedule
from reporting.swedish import read_date
from reporting.units import BUILT_IN_UNITS, PROCENT, Unit, Units, nearest_unit

RESERVED = {"con", "nul", "aux", "prn", "kommun", "v"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def _id(value: object) -> object:
    if isinstance(value, str) and value in RESERVED:
        raise ValueError(f"ett annat id än «{value}», som är upptaget")
    return value


def _ja_nej(value: object) -> object:
    if isinstance(value, bool):
        return value
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


def _unit(value: object, info: ValidationInfo) -> Unit:
    return value if isinstance(value, Unit) else unit_named(str(value), units_in(info.context))


def _measured(value: object) -> object:
    read_schedule(str(value))
    return value


def units_in(context: object) -> Units:
    """The units that values are checked against: those that the file is read with, else the program's."""
    return context if isinstance(context, Units) else BUILT_IN_UNITS


def unit_named(name: str, units: Units, vantat: str = "", words: Iterable[str] = ()) -> Unit:
    """The unit with this name, or written so. Raises the validation error for a word that is none, with the nearest that there is; one that
    tells nothing where it may be a unit that couldn't be read. vantat, words: what was expected where that isn't a unit alone, and its
    words."""
    if unit := units.written(name):
        return unit
    if units.may_be_more:
        raise PydanticCustomError("unknowable", "")
    menat = PROCENT.name if name.lower() == "andel" else nearest_unit(name, (*words, *units.names))
    vantat = vantat or f"en av mattenheterna {', '.join(units.names)}, en skala a–b eller andel av något"
    atgard = f"rätta ordet, eller lägg till enheten under enheter i kommun.yml.{asked(menat)}"
    raise PydanticCustomError("misspelt", "{vantat}", {"vantat": vantat, "atgard": atgard, "menat": menat})


def _is_web(value: str, schemes: tuple[str, ...]) -> bool:
    """An address of a page or a folder on the web, without a user and without ? and #."""
    try:
        parts = urlsplit(value)
        known = parts.scheme in schemes and parts.port != 0
    except ValueError:
        return False
    host = re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc)
    return known and host is not None and not re.search(r"[?#\s\"<>]", value)


def _web(value: object) -> object:
    if not isinstance(value, str) or not _is_web(value.strip(), ("http", "https")):
        raise ValueError("adress: den adress som läsarna ser, till exempel https://intranat.exempel.se/uppfoljning/")
    return value.strip().removesuffix("/") + "/"


def _contact(value: object) -> object:
    plain = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", plain) and not _is_web(plain, ("https",)):
        raise ValueError("kontakt: en e-postadress, eller en webbadress som börjar med https://")
    return value


def _written_as(pattern: str, vantat: str) -> BeforeValidator:
    def checked(value: object) -> object:
        if not isinstance(value, str) or not re.fullmatch(pattern, value.strip()):
            raise ValueError(vantat)
        return value

    return BeforeValidator(checked)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"), BeforeValidator(_id)]
JaNej = Annotated[bool, BeforeValidator(_ja_nej)]
Day = Annotated[date, BeforeValidator(_day)]
Mattenhet = Annotated[Unit, PlainValidator(_unit), PlainSerializer(str)]
Mats = Annotated[str, BeforeValidator(_measured)]
Arbetsbok = Annotated[str, StringConstraints(pattern=r"^[^/\\:]+\.xlsx$")]
# Without quotation marks YAML takes a # and what follows for a comment.
FARG = 'farg: # och sex siffror eller bokstäver a–f, inom citattecken, till exempel "#0b4f8a"'
Farg = Annotated[str, _written_as(r"#[0-9A-Fa-f]{6}", FARG)]
Adress = Annotated[str, BeforeValidator(_web)]
Kontakt = Annotated[str, BeforeValidator(_contact)]
LOGOTYP = "logotyp: bara namnet på en fil i params som slutar på .svg eller .png"
Logotypfil = Annotated[str, _written_as(r"(?i)[^/\\:]+\.(svg|png)", LOGOTYP)]

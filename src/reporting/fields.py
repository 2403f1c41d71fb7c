"""Kinds of values that more than one file under params/ is made of: ids, ja or nej, days, units."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from reporting.faults import nearest
from reporting.swedish import UNITS, read_date

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


def _unit(value: object) -> object:
    if not isinstance(value, str) or value not in UNITS:
        raise ValueError(f"en av mattenheterna {', '.join(UNITS)}.{nearest(str(value), UNITS)}")
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"), BeforeValidator(_id)]
JaNej = Annotated[bool, BeforeValidator(_ja_nej)]
Day = Annotated[date, BeforeValidator(_day)]
Mattenhet = Annotated[str, BeforeValidator(_unit)]
Arbetsbok = Annotated[str, StringConstraints(pattern=r"^[^/\\:]+\.xlsx$")]

"""A Target shown back in words, so that everyone can see how a målvärde was read."""

from dataclasses import replace
from decimal import Decimal

from reporting.params.malvarde import Target
from reporting.swedish import LONG_UNITS, amount, difference, number


def in_words(target: Target, mattenhet: str) -> str:
    """The reading, shown back: "minst 90 %, senast 2023, från 60 % 2022". parse_target reads it alike."""
    enhet = target.enhet or mattenhet

    def shown(value: Decimal) -> str:
        return amount(value, enhet)

    varde = target.varde if target.varde is not None else Decimal(0)
    words = {
        ">=": f"minst {shown(varde)}", "<=": f"högst {shown(varde)}", ">": f"högre än {shown(varde)}",
        "<": f"lägre än {shown(varde)}", "=": f"oförändrat {shown(varde)}", "bare": shown(varde),
        "increase": "ska öka", "decrease": "ska minska", "unchanged": "ska vara oförändrad", "all": "alla (100\u00a0%)",
        "rank<=": f"plats {number(varde)} eller bättre", "deadline": f"inom {shown(varde)}",
        "none": "inget målvärde",
        "change>=": f"ska öka med {_step(varde, target.enhet, mattenhet)}",
        "change<=": f"ska minska med {_step(-varde, target.enhet, mattenhet)}",
    }  # fmt: skip
    parts = [words[target.operator] + (" per år" if target.per_ar else "")]
    if target.andel_av:
        parts[0] += f" av {target.andel_av}"
    if target.helst:
        parts[0] += f" och helst {target.helst}"
    if target.senast:
        parts.append(f"senast {target.senast}")
    if target.utgangsvarde is not None:
        from_ = number(target.utgangsvarde) if enhet in LONG_UNITS else shown(target.utgangsvarde)
        parts.append(f"från {from_}" + (f" {target.utgangsar}" if target.utgangsar else ""))
    return ", ".join(parts)


def without_long_unit(target: Target, mattenhet: str) -> str:
    """The same, for a place where a long unit already stands beside the name."""
    if mattenhet in LONG_UNITS and target.enhet in (None, mattenhet):
        return in_words(replace(target, enhet=None), "antal")
    return in_words(target, mattenhet)


def _step(value: Decimal, enhet: str | None, mattenhet: str) -> str:
    """A step without its sign. "5 %" is a share of the value; a bare 5 between shares is in procentenheter."""
    if enhet == "procent":
        return amount(value, enhet)
    return number(value) if mattenhet == "plats" else difference(value, enhet or mattenhet).removeprefix("+")

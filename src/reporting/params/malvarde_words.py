"""A Target shown back in words, so that everyone can see how a målvärde was read."""

from dataclasses import replace
from decimal import Decimal

from reporting.params.malvarde import Target
from reporting.swedish import number
from reporting.units import ANTAL, PLATS, PROCENT, Unit, amount, compact, difference


def in_words(target: Target, mattenhet: Unit) -> str:
    """The reading, shown back: "minst 90 %, senast 2023, från 60 % 2022". parse_target reads it alike."""
    if target.etapper:
        return "; ".join(f"{step.senast}: {in_words(replace(step, senast=None), mattenhet)}" for step in target.etapper)
    is_counted = target.enhet == ANTAL and mattenhet.kind == "antal"
    enhet = mattenhet if target.enhet is None or is_counted else target.enhet

    def shown(value: Decimal) -> str:
        return amount(value, enhet)

    varde = target.varde if target.varde is not None else Decimal(0)
    least = "minst " if target.minst else ""
    share = f"{amount(varde, PROCENT)} av {target.utgangsar} års värde"
    words = {
        ">=": f"minst {shown(varde)}", "<=": f"högst {shown(varde)}", ">": f"högre än {shown(varde)}",
        "<": f"lägre än {shown(varde)}", "=": f"oförändrat {shown(varde)}", "bare": shown(varde),
        "between": f"mellan {number(varde)} och {shown(target.ovre or varde)}", "better": "ska förbättras",
        "not-worse": "ska inte försämras",
        "no-increase": "ska inte öka", "no-decrease": "ska inte minska",
        "increase": "ska öka", "decrease": "ska minska", "unchanged": "ska vara oförändrad", "all": "alla (100\u00a0%)",
        "rank<=": f"plats {number(varde)} eller bättre", "deadline": f"inom {shown(varde)}",
        "none": "inget målvärde", "steps": "",
        "share>=": f"minst {share}", "share<=": f"högst {share}", "share": share,
        "change>=": f"ska öka med {least}{_step(varde, target.enhet, mattenhet)}",
        "change<=": f"ska minska med {least}{_step(-varde, target.enhet, mattenhet)}",
    }  # fmt: skip
    parts = [words[target.operator] + (" per år" if target.per_ar else "")]
    if target.andel_av:
        parts[0] += f" av {target.andel_av}"
    if target.helst:
        parts[0] += f" och helst {target.helst}"
    if target.senast:
        parts.append(f"senast {target.senast}")
    if target.till_ar and target.fran_ar:
        years = dict.fromkeys((target.fran_ar, target.till_ar))
        parts.append(f"gäller {'–'.join(map(str, years))}")
    elif target.till_ar or target.fran_ar:
        parts.append(f"till och med {target.till_ar}" if target.till_ar else f"från och med {target.fran_ar}")
    if target.utgangsvarde is None and (target.forra or (target.utgangsar and not target.operator.startswith("share"))):
        parts.append("från förra mätningen" if target.forra else f"från {target.utgangsar}")
    elif target.utgangsvarde is not None:
        unit = mattenhet if target.operator in ("change>=", "change<=") else enhet
        parts.append(
            f"från {compact(target.utgangsvarde, unit)}" + (f" {target.utgangsar}" if target.utgangsar else "")
        )
    return ", ".join(parts)


def without_long_unit(target: Target, mattenhet: Unit) -> str:
    """As in_words, but without a long unit ("per 100 000 invånare"): for a place where that already stands beside the name."""
    if mattenhet.long and target.enhet in (None, mattenhet):
        return in_words(replace(target, enhet=None), mattenhet.short)
    return in_words(target, mattenhet)


def _step(value: Decimal, enhet: Unit | None, mattenhet: Unit) -> str:
    """A step without its sign. "5 %" is a share of the value; a bare 5 between shares is in procentenheter."""
    if enhet == PROCENT:
        return amount(value, enhet)
    return number(value) if mattenhet == PLATS else difference(value, enhet or mattenhet).removeprefix("+")

"""The only module that decides: status, avvikelse, trend and förslag. Pure: values in, values out. Rules: docs/metod.md."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.forslag import propose
from reporting.params import Params
from reporting.periods import Period
from reporting.plan import Matetal, Namndsmal, Plan
from reporting.resultat import (
    Konsutfall,
    Kvalitativtresultat,
    Malresultat,
    Matetalsresultat,
    Namndresultat,
    Status,
)
from reporting.swedish import rounded
from reporting.targets import DIRECTION, Target
from reporting.texts import Maltext, Texter
from reporting.utfall import Leverans, Utfall
from reporting.utveckling import CHANGES, matt_till, precision, trend_of

INGET_LEVERERAT = "inget levererat"
INGET_MALVARDE = "inget målvärde"
ARET_PAGAR = "räknas upp under året, som inte är slut"
INGET_TIDIGARE = "inget tidigare utfall att jämföra med"

SUMMABLE = ("antal", "kr", "tkr", "mkr")
"""The mattenheter in which the parts by sex add up to the total; a number of days or points may be a mean."""


def assess(params: Params, plan: Plan, nu: Leverans, tidigare: Leverans, texter: Texter) -> Namndresultat:
    """Assess one nämnd's period against its plan. `tidigare` is what it delivered for params.jamfor_med."""
    mal = tuple(_mal(params, goal, nu, tidigare, texter.mal.get(goal.id, Maltext())) for goal in plan.namndsmal)
    return Namndresultat(
        kommun=params.kommun,
        namnd=params.namnd(plan.namnd),
        plan=plan,
        period=params.period,
        jamfor_med=params.jamfor_med,
        trend_mot=params.trend_mot,
        mal=mal,
        sammanfattning=texter.sammanfattning,
        textfil=texter.fil,
        har_levererat=bool(nu.filer),
    )


def _mal(params: Params, goal: Namndsmal, nu: Leverans, tidigare: Leverans, text: Maltext) -> Malresultat:
    matetal = tuple(
        assess_matetal(item, params.kommun.nara_malvarde, params.period, params.jamfor_med, nu.utfall, tidigare.utfall)
        for item in goal.matetal
    )
    answers = {svar.matt: svar for svar in nu.svar}
    kvalitativa = tuple(Kvalitativtresultat(matt, answers.get(matt.id)) for matt in goal.kvalitativa_matt)
    statuses = [result.status for result in matetal]
    words = [result.svar.svar if result.svar else None for result in kvalitativa]
    return Malresultat(goal, matetal, kvalitativa, propose(statuses, words, params.kommun), text)


def assess_matetal(
    matetal: Matetal,
    margin: Decimal,
    period: Period,
    jamfor_med: Period,
    nu: Iterable[Utfall],
    tidigare: Iterable[Utfall],
) -> Matetalsresultat:
    """Assess one mätetal. margin: how near the målvärde counts as near, as a share of it (0: off)."""
    now = {utfall.kon: utfall for utfall in nu if utfall.matetal == matetal.id}
    before = {utfall.kon: utfall for utfall in tidigare if utfall.matetal == matetal.id}
    target = matetal.target(period.year)
    utfall, earlier = now.get(""), before.get("")
    value = utfall.varde if utfall else None
    base = earlier.varde if earlier else None
    decimaler = precision(matetal, target, value, base)
    trend, trend_orsak = trend_of(matetal, target, utfall, earlier, period, jamfor_med, decimaler)
    level = _level(target, matetal, base, period)
    status, orsak = status_of(matetal, target, utfall, base, period, margin, decimaler, trend_orsak)
    # Differences are between the figures that are printed, so that a row adds up for whoever checks it.
    shown = rounded(value, decimaler) if value is not None else None
    shown_base = rounded(base, decimaler) if base is not None else None
    kon = tuple(
        Konsutfall(part, now[part].varde if part in now else None, before[part].varde if part in before else None)
        for part in matetal.kon
    )
    return Matetalsresultat(
        matetal=matetal,
        target=target,
        decimaler=decimaler,
        utfall=utfall,
        tidigare=earlier,
        status=status,
        orsak=orsak,
        malniva=level,
        avvikelse=shown - level
        if shown is not None and level is not None and status is not Status.KAN_INTE_BEDOMAS
        else None,
        trend=trend,
        trend_orsak=trend_orsak,
        forandring=shown - shown_base if shown is not None and shown_base is not None else None,
        helst=_wish(target, shown, shown_base),
        kon=kon,
        delsumma=_wrong_sum(matetal, value, kon),
        matt_till=matt_till(matetal, utfall, period),
    )


def _level(target: Target, matetal: Matetal, base: Decimal | None, period: Period) -> Decimal | None:
    """The level that the outcome is compared with, in the mätetal's unit; None where only the direction is asked for."""
    if target.operator not in CHANGES:
        return target.varde
    start = target.utgangsvarde if target.utgangsvarde is not None else base
    if target.operator == "unchanged" or start is None or target.varde is None:
        return start if target.operator == "unchanged" else None
    years = period.year - target.utgangsar if target.per_ar and target.utgangsar else 1
    step = target.varde * years
    relative = target.enhet == "procent" and matetal.mattenhet != "procent"
    return start + (abs(start) * step / 100 if relative else step)


def status_of(
    matetal: Matetal,
    target: Target,
    utfall: Utfall | None,
    base: Decimal | None,
    period: Period,
    margin: Decimal,
    decimaler: int,
    ojamforbar: str,
) -> tuple[Status, str]:
    """(status, why it can't be given or "").

    base: the compared period's value, which "ska öka" is measured against; ojamforbar: why it can't be compared with, "" where
    it can.
    """
    unknown = Status.KAN_INTE_BEDOMAS
    if utfall is None or utfall.varde is None:
        return unknown, (utfall.text or utfall.saknas or INGET_LEVERERAT) if utfall else INGET_LEVERERAT
    if target.operator == "none":
        return unknown, INGET_MALVARDE
    counting = matetal.ackumulerad and period.is_delar
    if target.operator in CHANGES:
        start = target.utgangsvarde if target.utgangsvarde is not None else base
        if start is None:
            return unknown, INGET_TIDIGARE
        if counting:
            return unknown, ARET_PAGAR
        if target.utgangsvarde is None and ojamforbar:
            return unknown, ojamforbar
        level = _level(target, matetal, base, period)
        # A change is compared as it is: rounding could swallow the whole of a small one.
        met = _meets(target, utfall.varde, level if level is not None else start)
    else:
        if target.varde is None:
            raise ValueError(f"{matetal.id}: målvärdet har inget tal")
        value, level = rounded(utfall.varde, decimaler), rounded(target.varde, decimaler)
        met = _meets(target, value, level)
        if counting and _may_still_turn(target, value, level, met=met):
            return unknown, ARET_PAGAR
        # A margin is around a level that the plan names.
        if not met and margin and abs(value - level) <= margin * abs(level) and not _later(target, period):
            return Status.NARA, ""
    if met:
        return Status.UPPNATT, ""
    if _later(target, period):
        return unknown, f"målvärdet ska nås senast {target.senast}"
    return Status.EJ_UPPNATT, ""


def _may_still_turn(target: Target, value: Decimal, level: Decimal, *, met: bool) -> bool:
    """Whether a count that can only rise may yet meet a "minst", or pass a "högst", before the year is over."""
    better = DIRECTION[target.operator]
    if better == "oförändrad":
        return value <= level
    return not met if better == "högre" else met


def _later(target: Target, period: Period) -> bool:
    return target.senast is not None and target.senast > period.year


def _meets(target: Target, value: Decimal, level: Decimal) -> bool:
    if target.operator in (">=", "all", "change>="):
        return value >= level
    if target.operator in ("<=", "deadline", "rank<=", "change<="):
        return value <= level
    if target.operator in (">", "increase"):
        return value > level
    if target.operator in ("<", "decrease"):
        return value < level
    return value == level


def _wish(target: Target, now: Decimal | None, before: Decimal | None) -> bool | None:
    """Whether "och helst öka" was fulfilled; None where it wasn't asked for or can't be said."""
    if target.helst is None or now is None or before is None:
        return None
    return now > before if target.helst == "öka" else now < before if target.helst == "minska" else now == before


def _wrong_sum(matetal: Matetal, value: Decimal | None, kon: Sequence[Konsutfall]) -> Decimal | None:
    parts = [part.varde for part in kon if part.varde is not None]
    if value is None or len(parts) < len(kon) or not parts or matetal.mattenhet not in SUMMABLE:
        return None
    return sum(parts, Decimal(0)) if sum(parts) != value else None

"""The only module that decides: status, avvikelse, trend and förslag. Pure: values in, values out. Rules: docs/metod.md."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reporting.params import Params
from reporting.periods import Period
from reporting.plan import Kommun, Matetal, Namndsmal, Plan, Steg
from reporting.resultat import (
    Forslag,
    Konsutfall,
    Kvalitativtresultat,
    Malresultat,
    Matetalsresultat,
    Namndresultat,
    Status,
    Trend,
)
from reporting.swedish import rounded
from reporting.targets import DIRECTION, Target
from reporting.texts import Maltext, Texter
from reporting.utfall import Leverans, Utfall

INGET_LEVERERAT = "inget levererat"
INGET_MALVARDE = "inget målvärde"
ARET_PAGAR = "räknas upp under året, som inte är slut"
INGET_TIDIGARE = "inget tidigare utfall att jämföra med"
NY_MATNING_SAKNAS = "ingen ny mätning sedan dess"

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
    decimaler = precision(matetal, target, value)
    malniva = _level(target, matetal, base)
    status, orsak = status_of(matetal, target, utfall, base, period, margin)
    trend, trend_orsak = trend_of(matetal, target, utfall, earlier, period, jamfor_med)
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
        malniva=malniva,
        avvikelse=value - malniva if value is not None and malniva is not None else None,
        trend=trend,
        trend_orsak=trend_orsak,
        forandring=value - base if value is not None and base is not None else None,
        helst=_wish(target, value, base, decimaler),
        kon=kon,
        delsumma=_wrong_sum(matetal, value, kon),
        matt_till=matt_till(matetal, utfall, period),
    )


def precision(matetal: Matetal, target: Target, value: Decimal | None) -> int:
    """Decimals in comparison and print: the plan's decimaler or the målvärde's own, whichever are more; else the value's."""
    if matetal.decimaler is not None or target.varde is not None:
        return max(
            matetal.decimaler or 0, target.decimaler if target.enhet == matetal.mattenhet or target.enhet is None else 0
        )
    exponent = value.normalize().as_tuple().exponent if value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def matt_till(matetal: Matetal, utfall: Utfall | None, period: Period) -> date:
    """The last day that a value describes: what the row says, else the period's last day, a lagging register's year earlier."""
    if utfall and utfall.matt_till:
        return utfall.matt_till
    return date(period.year - matetal.efterslapning_ar, 12, 31) if matetal.efterslapning_ar else period.last_day


def _level(target: Target, matetal: Matetal, base: Decimal | None) -> Decimal | None:
    """The level that the outcome is compared with, in the mätetal's unit; None where only the direction is asked for."""
    if target.operator in ("increase", "decrease"):
        return None
    start = target.utgangsvarde if target.utgangsvarde is not None else base
    if target.operator == "unchanged":
        return start
    if target.operator in ("change>=", "change<=") and target.varde is not None:
        relative = target.enhet == "procent" and matetal.mattenhet != "procent"
        if start is None:
            return None
        return start * (1 + target.varde / 100) if relative else start + target.varde
    return target.varde


def status_of(
    matetal: Matetal, target: Target, utfall: Utfall | None, base: Decimal | None, period: Period, margin: Decimal
) -> tuple[Status, str]:
    """(status, why it can't be given or ""). base: the compared period's value, which "ska öka" is measured against."""
    unknown = Status.KAN_INTE_BEDOMAS
    if utfall is None or utfall.varde is None:
        return unknown, (utfall.text or utfall.saknas or INGET_LEVERERAT) if utfall else INGET_LEVERERAT
    if target.operator == "none":
        return unknown, INGET_MALVARDE
    level = _level(target, matetal, base)
    start = target.utgangsvarde if target.utgangsvarde is not None else base
    compared = start if target.operator in ("increase", "decrease") else level
    if compared is None:
        return unknown, INGET_TIDIGARE
    counting = matetal.ackumulerad and period.is_delar
    if counting and target.operator in ("increase", "decrease", "unchanged", "change>=", "change<="):
        return unknown, ARET_PAGAR
    decimaler = precision(matetal, target, utfall.varde)
    met = _meets(target, rounded(utfall.varde, decimaler), rounded(compared, decimaler))
    upward = DIRECTION[target.operator] == "högre"
    if counting and met != upward:
        # A count can only rise: "minst" may still be met, "högst" may still be passed.
        return (unknown, ARET_PAGAR) if upward or met else (Status.EJ_UPPNATT, "")
    if met:
        return Status.UPPNATT, ""
    if target.senast is not None and target.senast > period.year:
        return unknown, f"målvärdet ska nås senast {target.senast}"
    # A margin is around a level that the plan names; for a change it would swallow the change that was asked for.
    if margin and level is not None and target.varde == level and abs(utfall.varde - level) <= margin * abs(level):
        return Status.NARA, ""
    return Status.EJ_UPPNATT, ""


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


def trend_of(
    matetal: Matetal, target: Target, utfall: Utfall | None, earlier: Utfall | None, period: Period, jamfor_med: Period
) -> tuple[Trend, str]:
    """(trend against `jamfor_med`, why it can't be given or "")."""
    unknown = Trend.KAN_INTE_JAMFORAS
    if utfall is None or utfall.varde is None:
        return unknown, "utfall saknas"
    if earlier is None or earlier.varde is None:
        return unknown, f"utfall saknas {jamfor_med.name}"
    if matetal.ackumulerad and jamfor_med.month != period.month:
        return unknown, f"räknas upp under året, och {jamfor_med.name} är en annan månad"
    if matt_till(matetal, utfall, period) == matt_till(matetal, earlier, jamfor_med):
        return unknown, NY_MATNING_SAKNAS
    decimaler = precision(matetal, target, utfall.varde)
    now, before = rounded(utfall.varde, decimaler), rounded(earlier.varde, decimaler)
    if now == before:
        return Trend.OFORANDRAD, ""
    battre = matetal.battre or DIRECTION[target.operator]
    if battre == "oförändrad":
        # Nearer the wanted level is better; where no level is set, every change is away from it.
        better = (
            target.operator == "=" and target.varde is not None and abs(now - target.varde) < abs(before - target.varde)
        )
    else:
        better = (now > before) == (battre == "högre")
    return (Trend.FORBATTRAD if better else Trend.FORSAMRAD), ""


def _wish(target: Target, value: Decimal | None, base: Decimal | None, decimaler: int) -> bool | None:
    """Whether "och helst öka" was fulfilled; None where it wasn't asked for or can't be said."""
    if target.helst is None or value is None or base is None:
        return None
    now, before = rounded(value, decimaler), rounded(base, decimaler)
    return now > before if target.helst == "öka" else now < before if target.helst == "minska" else now == before


def _wrong_sum(matetal: Matetal, value: Decimal | None, kon: Sequence[Konsutfall]) -> Decimal | None:
    parts = [part.varde for part in kon if part.varde is not None]
    if value is None or len(parts) < len(kon) or not parts or matetal.mattenhet not in SUMMABLE:
        return None
    return sum(parts, Decimal(0)) if sum(parts) != value else None


def propose(statuses: Sequence[Status], answers: Sequence[str | None], kommun: Kommun) -> Forslag:
    """What the share of met mätetal and kvalitativa mått proposes on the kommun's scale.

    statuses: one per mätetal; answers: "ja", "delvis", "nej" or None per kvalitativt mått. What can't be assessed isn't
    counted, neither as met nor as missed.
    """
    full = sum(status is Status.UPPNATT for status in statuses) + sum(answer == "ja" for answer in answers)
    half = sum(status is Status.NARA for status in statuses) + sum(answer == "delvis" for answer in answers)
    none = sum(status is Status.EJ_UPPNATT for status in statuses) + sum(answer == "nej" for answer in answers)
    counted = full + half + none
    antal = len(statuses) + len(answers)
    if not counted:
        return Forslag(None, None, 0, 0, antal)
    andel = (full + half * kommun.delvis_raknas_som) / Decimal(counted)
    return Forslag(_step(andel, kommun.skala), andel, full, counted, antal)


def _step(andel: Decimal, skala: Sequence[Steg]) -> Steg | None:
    reached = [
        steg
        for steg in skala
        if (steg.fran is not None and andel >= steg.fran) or (steg.over is not None and andel > steg.over)
    ]
    return reached[-1] if reached else None

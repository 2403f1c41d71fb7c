"""Where everything is decided: status, avvikelse, trend, forecast and förslag. Pure: values in, values out. Rules: docs/metod.md."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.assess.comparison import (
    CHANGES,
    INGET_MALVARDE,
    INGET_TIDIGARE,
    is_later,
    level_of,
    matt_till,
    may_still_turn,
    meets,
    start_of,
    trend_of,
    why_not_comparable,
    why_not_held,
)
from reporting.assess.forslag import outlook, propose
from reporting.assess.precision import OutcomeNumbers, agreeing_decimals, as_delivered, planned_decimals, printed
from reporting.assess.prognos import forecast, history_of, with_baseline
from reporting.assess.resultat import (
    Aktivitetsresultat,
    Konsutfall,
    Kvalitativtresultat,
    Malresultat,
    Matetalsresultat,
    Namndresultat,
    Status,
)
from reporting.params.blad import AKTIVITETER
from reporting.params.deliverers import awaited
from reporting.params.malvarde import Target
from reporting.params.plan import Matetal, Namndsmal, Plan
from reporting.params.read import Params
from reporting.periods import Period
from reporting.reading.utfall import Leverans, Utfall
from reporting.swedish import own_decimals, rounded
from reporting.texts.read import Maltext, Texter

Utfallen = Iterable[Utfall]

INGET_LEVERERAT = "inget levererat"
ARET_PAGAR = "räknas upp under året, som inte är slut"

SUMMABLE = ("antal", "pengar")
"""The kinds of unit in which the parts by sex add up to the total; a number of days or points may be a mean."""


def assess(
    params: Params, plan: Plan, nu: Leverans, tidigare: Leverans, texter: Texter, fore: Utfallen
) -> Namndresultat:
    """Assess one nämnd's period against its plan.

    tidigare: what it delivered for params.jamfor_med; fore: all its earlier outcomes, which a delår's forecast goes by.
    """
    mal = tuple(
        _mal(params, goal, nu=nu, tidigare=tidigare, text=texter.mal.get(goal.id, Maltext()), fore=fore)
        for goal in plan.namndsmal
    )
    return Namndresultat(
        kommun=params.kommun,
        skala=params.skala,
        titel=params.titel,
        namnd=params.namnd(plan.namnd),
        plan=plan,
        period=params.period,
        jamfor_med=params.jamfor_med,
        trend_mot=params.trend_mot,
        mal=mal,
        avsnitt=texter.avsnitt,
        textfil=texter.fil,
        har_levererat=bool(nu.filer),
        blad=awaited(params, plan) | {rad.blad for rad in nu.rader},
    )


def _mal(
    params: Params, goal: Namndsmal, nu: Leverans, tidigare: Leverans, text: Maltext, fore: Utfallen
) -> Malresultat:
    def assessed(items: Iterable[Matetal]) -> tuple[Matetalsresultat, ...]:
        return tuple(
            assess_matetal(
                item,
                params.skala.nara_malvarde,
                params.period,
                params.jamfor_med,
                nu.utfall,
                tidigare.utfall,
                params.kommun.prognosmarginal,
                fore,
                round_first=params.kommun.jamfor_avrundat,
            )
            for item in items
        )

    matetal = assessed(goal.matetal)
    answers = {svar.matt: svar for svar in nu.svar}
    kvalitativa = tuple(Kvalitativtresultat(matt, answers.get(matt.id)) for matt in goal.kvalitativa_matt)
    rows = {rad.id: rad for rad in nu.blad(AKTIVITETER.id)}
    aktiviteter = tuple(
        Aktivitetsresultat(item, assessed(item.matetal), rows.get(item.id)) for item in goal.aktiviteter
    )
    statuses = [result.status for result in matetal]
    words = [result.svar.svar if result.svar else None for result in kvalitativa]
    return Malresultat(
        mal=goal,
        matetal=matetal,
        kvalitativa=kvalitativa,
        aktiviteter=aktiviteter,
        forslag=propose(statuses, words, params.skala),
        utsikt=outlook([r.prognos for r in matetal], words, params.skala) if params.period.is_delar else None,
        text=text,
    )


def assess_matetal(
    matetal: Matetal,
    margin: Decimal,
    period: Period,
    jamfor_med: Period,
    nu: Iterable[Utfall],
    tidigare: Iterable[Utfall],
    prognosmarginal: Decimal = Decimal(0),
    fore: Utfallen = (),
    *,
    round_first: bool = False,
) -> Matetalsresultat:
    """Assess one mätetal.

    margin: how near the målvärde counts as near, as a share of it (0: off); prognosmarginal, fore: kommun.yml's margin and all
    earlier outcomes, for the forecast at delår; round_first: the kommun has decided to compare rounded figures with a level.
    """
    now = {utfall.kon: utfall for utfall in nu if utfall.matetal == matetal.id}
    before = {utfall.kon: utfall for utfall in tidigare if utfall.matetal == matetal.id}
    utfall, earlier = now.get(""), before.get("")
    known = history_of(matetal.id, fore)
    target = with_baseline(matetal, matetal.target(period.year), known.values(), utfall, period)
    value = as_delivered(utfall.varde) if utfall and utfall.varde is not None else None
    base = as_delivered(earlier.varde) if earlier and earlier.varde is not None else None
    not_comparable = why_not_comparable(matetal, utfall, earlier, period, jamfor_med)

    def decided(values: OutcomeNumbers) -> tuple[Status, str, bool | None]:
        outcome, compared = values
        if outcome is None:
            return Status.KAN_INTE_BEDOMAS, _why_missing(matetal, utfall, period), None
        status, orsak = status_of(matetal, target, outcome, compared, period, margin, not_comparable)
        return status, orsak, _wish(target, outcome, None if not_comparable else compared)

    planned = planned_decimals(matetal, target, value, base)
    rounds = round_first and value is not None and target.operator not in CHANGES
    compared = rounded(value, planned) if value is not None and rounds else value
    status, orsak, wish = decided((compared, base))
    unrounded = decided((value, base))[0]
    decimaler = agreeing_decimals(planned, (compared, base), decided)
    # Differences are between the figures that are printed, so that a row adds up for whoever checks it.
    # What can't be compared with gives no level, and no change: an earlier value may be the same measurement.
    shown, shown_base = printed((value, None if not_comparable else base), decimaler)
    trend, trend_orsak = trend_of(matetal, target, shown, shown_base, not_comparable)
    level = None if why_not_held(target, period) else level_of(target, matetal, shown_base, period, shown)
    difference = None
    if shown is not None and level is not None and status is not Status.KAN_INTE_BEDOMAS:
        difference = _difference(shown - level, target, decimaler)
    foreseen = forecast(matetal, target, utfall, known, period, prognosmarginal, decimaler, round_first=round_first)
    kon = tuple(
        Konsutfall(
            part,
            now[part].varde if part in now else None,
            before[part].varde if part in before else None,
            now[part].why_missing if part in now else "",
        )
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
        oavrundad_status=unrounded if unrounded is not status else None,
        malniva=level,
        avvikelse=difference,
        trend=trend,
        trend_orsak=trend_orsak,
        forandring=shown - shown_base if shown is not None and shown_base is not None else None,
        helst=wish,
        kon=kon,
        delsumma=_wrong_sum(matetal, value, kon),
        matt_till=matt_till(matetal, utfall, period),
        tidigare_matt_till=matt_till(matetal, earlier, jamfor_med) if base is not None else None,
        prognos=foreseen,
    )


def _why_missing(matetal: Matetal, utfall: Utfall | None, period: Period) -> str:
    return (utfall.why_missing if utfall else "") or matetal.why_not_measured(period) or INGET_LEVERERAT


def _difference(exact: Decimal, target: Target, decimaler: int) -> Decimal:
    """The avvikelse with the decimals that it is printed with: the row's, or the level's where those are more, and enough not to
    seem to be nothing where it isn't."""
    ends = [end for end in (target.varde, target.ovre) if end is not None and target.operator not in CHANGES]
    decimals = agreeing_decimals(max(decimaler, *map(own_decimals, ends), 0), (exact,), lambda values: not values[0])
    return rounded(exact, decimals)


def status_of(
    matetal: Matetal,
    target: Target,
    value: Decimal,
    base: Decimal | None,
    period: Period,
    margin: Decimal,
    not_comparable: str,
) -> tuple[Status, str]:
    """(status of an outcome, why it can't be given or "").

    base: the compared period's value, which "ska öka" is measured against; not_comparable: why it can't be compared with, "" where
    it can.
    """
    unknown = Status.KAN_INTE_BEDOMAS
    if target.operator == "none":
        return unknown, INGET_MALVARDE
    if why := why_not_held(target, period):
        return unknown, why
    counting = matetal.ackumulerad and period.is_delar
    if target.operator in CHANGES:
        start = start_of(target, base)
        if start is None:
            return unknown, INGET_TIDIGARE
        if counting:
            return unknown, ARET_PAGAR
        if target.utgangsvarde is None and not_comparable:
            return unknown, not_comparable
        level = level_of(target, matetal, base, period)
        met = meets(target, value, level if level is not None else start)
    else:
        level = level_of(target, matetal, base, period, value)
        if level is None:
            raise ValueError(f"{matetal.id}: målvärdet har inget tal")
        met = meets(target, value, level)
        if counting and may_still_turn(target, value, level, met=met):
            return unknown, ARET_PAGAR
        # A margin is around a level that the plan names.
        if (
            not met
            and margin
            and not counting
            and abs(value - level) <= margin * abs(level)
            and not is_later(target, period)
        ):
            return Status.NARA, ""
    if met:
        return Status.UPPNATT, ""
    if is_later(target, period):
        return unknown, f"målvärdet ska nås senast {target.senast}"
    return Status.EJ_UPPNATT, ""


def _wish(target: Target, now: Decimal | None, before: Decimal | None) -> bool | None:
    """Whether "och helst öka" was fulfilled; None where it wasn't asked for or can't be said."""
    if target.helst is None or now is None or before is None:
        return None
    return now > before if target.helst == "öka" else now < before if target.helst == "minska" else now == before


def _wrong_sum(matetal: Matetal, value: Decimal | None, kon: Sequence[Konsutfall]) -> Decimal | None:
    parts = [part.varde for part in kon if part.varde is not None]
    if value is None or len(parts) < len(kon) or not parts or matetal.mattenhet.kind not in SUMMABLE:
        return None
    return sum(parts, Decimal(0)) if sum(parts) != value else None

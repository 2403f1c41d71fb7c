"""What the share of met mått proposes for a nämndsmål, now and at the year's end. The nämnd's own words stand first."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess.resultat import Forslag, Prognos, Status, Utsikt
from reporting.params.kommun import Skala, Steg


def propose(statuses: Sequence[Status], answers: Sequence[str | None], skala: Skala) -> Forslag:
    """What the share of met mätetal and kvalitativa mått proposes on the scale.

    statuses: one per mätetal; answers: "ja", "delvis", "nej" or None per kvalitativt mått. What can't be assessed isn't
    counted, neither as met nor as missed; where that is everything, the scale's step without underlag is proposed, if it has one.
    """
    full = sum(status is Status.UPPNATT for status in statuses) + sum(answer == "ja" for answer in answers)
    half = sum(status is Status.NARA for status in statuses) + sum(answer == "delvis" for answer in answers)
    none = sum(status is Status.EJ_UPPNATT for status in statuses) + sum(answer == "nej" for answer in answers)
    counted = full + half + none
    if not counted:
        return Forslag(next((steg for steg in skala.steg if steg.utan_underlag), None), None, 0, 0)
    andel = (full + half * skala.delvis_raknas_som) / Decimal(counted)
    return Forslag(_step(andel, skala.steg), andel, full, counted)


def outlook(forecasts: Sequence[Prognos | None], answers: Sequence[str | None], skala: Skala) -> Utsikt | None:
    """Whether the goal is likely to reach the scale's highest step at the year's end; None where nothing can be foreseen.

    Counted twice on the forecasts: with every uncertain mätetal as missed, and as met. Where both ways, or neither, reach the
    step, it is likely, or unlikely. Answers to kvalitativa mått are taken as they stand.
    """
    known = [item.utsikt for item in forecasts if item is not None and item.utsikt is not None]
    said = [answer for answer in answers if answer]
    best = [steg for steg in skala.steg if steg.fran is not None or steg.over is not None][-1]
    if not known and not said:
        return None
    reached = []
    for uncertain in (Status.EJ_UPPNATT, Status.UPPNATT):
        as_status = {Utsikt.NAR: Status.UPPNATT, Utsikt.NAR_INTE: Status.EJ_UPPNATT, Utsikt.OSAKERT: uncertain}
        reached.append(propose([as_status[item] for item in known], said, skala).steg == best)
    return Utsikt.NAR if all(reached) else Utsikt.OSAKERT if any(reached) else Utsikt.NAR_INTE


def _step(andel: Decimal, steps: Sequence[Steg]) -> Steg | None:
    reached = [
        steg
        for steg in steps
        if (steg.fran is not None and andel >= steg.fran) or (steg.over is not None and andel > steg.over)
    ]
    return reached[-1] if reached else None

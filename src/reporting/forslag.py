"""What the share of met mått proposes for a nämndsmål. The nämnd's bedömning is its own; this stands beside it."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.plan import Kommun, Steg
from reporting.resultat import Forslag, Status


def propose(statuses: Sequence[Status], answers: Sequence[str | None], kommun: Kommun) -> Forslag:
    """What the share of met mätetal and kvalitativa mått proposes on the kommun's scale.

    statuses: one per mätetal; answers: "ja", "delvis", "nej" or None per kvalitativt mått. What can't be assessed isn't
    counted, neither as met nor as missed.
    """
    full = sum(status is Status.UPPNATT for status in statuses) + sum(answer == "ja" for answer in answers)
    half = sum(status is Status.NARA for status in statuses) + sum(answer == "delvis" for answer in answers)
    none = sum(status is Status.EJ_UPPNATT for status in statuses) + sum(answer == "nej" for answer in answers)
    counted = full + half + none
    if not counted:
        return Forslag(None, None, 0, 0)
    andel = (full + half * kommun.delvis_raknas_som) / Decimal(counted)
    return Forslag(_step(andel, kommun.skala), andel, full, counted)


def _step(andel: Decimal, skala: Sequence[Steg]) -> Steg | None:
    reached = [
        steg
        for steg in skala
        if (steg.fran is not None and andel >= steg.fran) or (steg.over is not None and andel > steg.over)
    ]
    return reached[-1] if reached else None

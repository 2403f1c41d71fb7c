"""Marked places that ask for the text which only people can write, and say in which file to write it."""

from collections.abc import Sequence

from reporting.assess import asked_parts, missing_fields
from reporting.html import Html, joined
from reporting.markdown import to_html
from reporting.prose import followup_name
from reporting.resultat import Malresultat, Matetalsresultat, Namndresultat, Status
from reporting.swedish import enumeration
from reporting.texts import PROGNOSER

PROMPTS = {
    "Kommentar": "Hur gick det, och vad betyder det för dem som målet gäller?",
    "Orsaker": "Vilka bakomliggande orsaker förklarar utfallet?",
    "Framgångsfaktorer": "Vad har fungerat, och varför?",
    "Utmaningar": "Vad står i vägen för målet?",
    "Åtgärder": "Vilka åtgärder vidtas, av vem och till när?",
}


def own_summary(resultat: Namndresultat) -> Html:
    """The nämnd's own summary, or a placeholder that asks for it."""
    if resultat.sammanfattning:
        return Html('<div class="nr-text">{}</div>').format(to_html(resultat.sammanfattning))
    ask = "Vad är viktigast att veta om perioden?"
    return _placeholder("Sammanfattning saknas", ask, resultat.textfil, "under ## sammanfattning")


def goal(mal: Malresultat, resultat: Namndresultat) -> Html:
    """What is missing and who it is asked of: bedömning, trend, prognos, and each part of the analysis.

    Orsaker, framgångsfaktorer and utmaningar are always asked for, åtgärder where a målvärde isn't met or the prognos is
    uncertain (verksamhetsplan 2023 §6).
    """
    missed = mal.with_status(Status.EJ_UPPNATT) + mal.with_status(Status.NARA)
    asked = [name for name in asked_parts(mal) if name not in mal.text.delar]
    heading = f"## {mal.mal.id}"
    questions = {
        "bedömning": f"Välj ett av stegen {enumeration([steg.namn for steg in resultat.kommun.skala])}.",
        "trend": f"Förbättrad, oförändrad eller försämrad sedan {followup_name(resultat.trend_mot)}?",
        "prognos": f"Når målet sitt målvärde vid årets slut? Välj {', '.join(PROGNOSER[:-1])} eller {PROGNOSER[-1]}.",
    }
    parts = [
        _placeholder(
            f"{name.capitalize()} saknas", questions[name], resultat.textfil, f"på raden {name}: under {heading}"
        )
        for name in missing_fields(mal, resultat.period)
    ]
    for name in asked:
        ask = PROMPTS[name]
        if name == "Åtgärder" and missed:
            ask = f"{_names(missed)} når inte målvärdet. {ask}"
        parts.append(_placeholder(f"{name} saknas", ask, resultat.textfil, f"under {heading}, ### {name}"))
    return joined(parts)


def _names(results: Sequence[Matetalsresultat]) -> str:
    return enumeration([result.matetal.kortnamn for result in results])


def _placeholder(title: str, ask: str, fil: str, where: str) -> Html:
    return Html(
        '<div class="nr-placeholder"><p><strong>{}.</strong> {}</p><p class="nr-where">Skriv i {}, {}.</p></div>'
    ).format(title, ask, fil, where)

"""Marked places that ask for the text which only people can write, and say in which file to write it."""

from collections.abc import Sequence

from reporting.html import Html, joined
from reporting.markdown import to_html
from reporting.periods import Period
from reporting.prose import followup_name
from reporting.resultat import Malresultat, Matetalsresultat, Namndresultat, Status
from reporting.swedish import enumeration
from reporting.texts import DELAR, PROGNOSER

PROMPTS = {
    "Kommentar": "Hur gick det, och vad betyder det för dem som målet gäller?",
    "Orsaker": "Vilka bakomliggande orsaker förklarar utfallet?",
    "Framgångsfaktorer": "Vad har fungerat, och varför?",
    "Utmaningar": "Vad står i vägen för målet?",
    "Åtgärder": "Vilka åtgärder vidtas, av vem och till när?",
}


def asked_parts(mal: Malresultat) -> tuple[str, ...]:
    """The parts of the analysis that the goal calls for: åtgärder only where a målvärde isn't met or the prognos is uncertain.

    Source: verksamhetsplan 2023 §6.
    """
    missed = mal.with_status(Status.EJ_UPPNATT) + mal.with_status(Status.NARA)
    uncertain = mal.text.prognos is not None and mal.text.prognos != PROGNOSER[0]
    return tuple(name for name in DELAR if name != "Åtgärder" or missed or uncertain)


def missing_fields(mal: Malresultat, period: Period) -> tuple[str, ...]:
    """Which of bedömning, trend and (at delår) prognos the nämnd has not given for the goal."""
    said = {
        "bedömning": mal.text.bedomning,
        "trend": mal.text.trend,
        "prognos": mal.text.prognos or not period.is_delar,
    }
    return tuple(name for name, value in said.items() if not value)


def own_summary(resultat: Namndresultat) -> Html:
    """The nämnd's own summary, or a placeholder that asks for it."""
    if resultat.sammanfattning:
        return Html('<div class="nr-text">{}</div>').format(to_html(resultat.sammanfattning))
    ask = "Vad är viktigast att veta om perioden?"
    return Html(
        '<div class="nr-placeholder"><p><strong>Sammanfattning saknas.</strong> {}</p>'
        '<p class="nr-where">Skriv i {}, under ## sammanfattning.</p></div>'
    ).format(ask, resultat.textfil)


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
        "prognos": f"Nås målet vid årets slut? Välj {', '.join(PROGNOSER[:-1])} eller {PROGNOSER[-1]}.",
    }
    fields = [(name, questions[name]) for name in missing_fields(mal, resultat.period)]
    parts = [(name, PROMPTS[name]) for name in asked]
    if missed and "Åtgärder" in asked:
        parts[-1] = ("Åtgärder", f"{_names(missed)} når inte målvärdet. {PROMPTS['Åtgärder']}")
    items = [Html("<li><strong>{}.</strong> {}</li>").format(name.capitalize(), ask) for name, ask in (*fields, *parts)]
    if not items:
        return Html("")
    where = f"Skriv i {resultat.textfil}, under {heading}"
    rows = "på en egen rad" if len(fields) == 1 else "på var sin rad"
    where += f"; {enumeration([name for name, _ in fields])} {rows}" if fields else ""
    where += "; varje text under en rubrik med tre nummertecken, som ### Orsaker." if parts else "."
    return Html(
        '<div class="nr-placeholder"><p><strong>Det här saknas om målet {}:</strong></p><ul>{}</ul>'
        '<p class="nr-where">{}</p></div>'
    ).format(mal.mal.kortnamn, joined(items, ""), where)


def _names(results: Sequence[Matetalsresultat]) -> str:
    return enumeration([result.matetal.kortnamn for result in results])

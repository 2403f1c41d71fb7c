"""Marked places that ask for the text which only people can write, and say in which file to write it."""

from collections.abc import Collection, Mapping, Sequence

from reporting.blad import (
    DRIFT,
    GRANSKNINGAR,
    INTERNKONTROLL,
    INVESTERINGAR,
    OMRADEN,
    PERSONAL,
    PRIVATA_UTFORARE,
    UPPDRAG,
    Blad,
)
from reporting.godkannanden import Godkannande, remark_notis
from reporting.html import Html, joined
from reporting.markdown import to_html
from reporting.periods import Period
from reporting.prose import followup_name
from reporting.resultat import Malresultat, Matetalsresultat, Namndresultat, Status, Utsikt
from reporting.swedish import enumeration
from reporting.text_fields import PROGNOSER
from reporting.texts import DELAR, KAPITELDELAR

PROMPTS = {
    "Kommentar": "Hur gick det, och vad betyder det för dem som målet gäller?",
    "Orsaker": "Vilka bakomliggande orsaker förklarar utfallet?",
    "Framgångsfaktorer": "Vad har fungerat, och varför?",
    "Utmaningar": "Vad står i vägen för målet?",
    "Åtgärder": "Vilka åtgärder vidtas, av vem och till när?",
}


KAPITELFRAGOR = {
    ("sammanfattning", ""): "Vad är viktigast att veta om perioden?",
    ("uppdrag", ""): "Vad har uppdragen lett till, och vad händer nu?",
    ("uppdrag", "Granskningar"): "Vad visar granskningarna, och vad har ni gjort med anledning av dem?",
    ("internkontroll", ""): "Vad visar kontrollerna, och vad görs åt det som inte fungerar?",
    (
        "privata-utforare",
        "",
    ): "Vad köps av privata utförare, varför har kostnaden ändrats, och vad visar uppföljningen?",
    ("personal", "Sjukfrånvaro"): "Vad ligger bakom sjukfrånvaron, och vad görs åt den?",
    ("personal", "Frisknärvaro"): "Vad förklarar frisknärvaron?",
    ("personal", "Anställda"): "Hur har antalet anställda ändrats, och vad beror det på?",
    ("personal", "Åldersstruktur"): "Vad betyder åldersstrukturen för kompetensförsörjningen?",
    ("personal", "Arbetsmiljö"): "Hur har det systematiska arbetsmiljöarbetet följts upp, och vad görs härnäst?",
    ("ekonomi", "Drift"): "Vad förklarar resultatet?",
    ("ekonomi", "Verksamhetsområden"): "Vad ligger bakom verksamhetsområdenas avvikelser, och vad görs åt dem?",
    ("ekonomi", "Investeringar"): "Vad har investerats, och vad förklarar avvikelsen?",
    ("framtid", ""): "Vad väntar framöver, och hur förbereder sig nämnden?",
}
"""What each chapter, and each part of it, asks for."""
BLAD_OM = {
    ("uppdrag", ""): UPPDRAG.id,
    ("uppdrag", "Granskningar"): GRANSKNINGAR.id,
    ("internkontroll", ""): INTERNKONTROLL.id,
    ("privata-utforare", ""): PRIVATA_UTFORARE.id,
    **{("personal", del_): PERSONAL.id for del_ in KAPITELDELAR["personal"]},
    ("ekonomi", "Drift"): DRIFT.id,
    ("ekonomi", "Verksamhetsområden"): OMRADEN.id,
    ("ekonomi", "Investeringar"): INVESTERINGAR.id,
}
"""The sheet that a text is about; where the nämnd has no such sheet the text isn't asked for."""
EGEN_FRAGA = "Vad säger uppgifterna, och vad betyder de?"


def asked_texts(blad: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The chapter texts that are asked of a nämnd with these sheets (their ids), as keys of KAPITELFRAGOR."""
    return tuple(text for text in KAPITELFRAGOR if text not in BLAD_OM or BLAD_OM[text] in blad)


def asked_parts(mal: Malresultat) -> tuple[str, ...]:
    """The parts of the analysis that the goal calls for: åtgärder only where a målvärde isn't met or the prognos is uncertain:
    the nämnd's own, or the one of the figures where there is none.

    Source: verksamhetsplan 2023 §6.
    """
    missed = mal.with_status(Status.EJ_UPPNATT) + mal.with_status(Status.NARA)
    prognos = mal.text.prognos or mal.utsikt
    uncertain = prognos is not None and prognos != Utsikt.NAR
    return tuple(name for name in DELAR if name != "Åtgärder" or missed or uncertain)


def missing_fields(mal: Malresultat, period: Period) -> tuple[str, ...]:
    """Which of bedömning, trend and (at delår) prognos the nämnd has not given for the goal."""
    said = {
        "bedömning": mal.text.bedomning,
        "trend": mal.text.trend,
        "prognos": mal.text.prognos or not period.is_delar,
    }
    return tuple(name for name, value in said.items() if not value)


def text(resultat: Namndresultat, kapitel: str, del_: str = "") -> Html:
    """What people wrote for a chapter, or for a part of it (KAPITELDELAR), or a placeholder that asks for it.

    Nothing where nothing is asked for: above the parts of a chapter that is written in parts, or where the nämnd lacks the sheet.
    """
    avsnitt = resultat.avsnitt_om(kapitel)
    written = avsnitt.delar.get(del_, "") if del_ else avsnitt.text
    if written:
        return Html('<div class="nr-text">{}</div>').format(to_html(written, first_level=1))
    if kapitel in KAPITELDELAR and (kapitel, del_) not in asked_texts(resultat.blad):
        return Html("")
    heading = f"## {kapitel}, ### {del_}" if del_ else f"## {kapitel}"
    return Html(
        '<div class="nr-placeholder"><p><strong>Text saknas.</strong> {}</p>'
        '<p class="nr-where">Skriv i {}, under {}.</p></div>'
    ).format(KAPITELFRAGOR.get((kapitel, del_), EGEN_FRAGA), resultat.textfil, heading)


def not_delivered(blad: Blad) -> Html:
    """That nothing has come for a table, and on which sheet it is awaited."""
    return Html(
        '<div class="nr-placeholder"><p><strong>Inget levererat.</strong> Uppgifterna lämnas på bladet {} i en arbetsbok.</p></div>'
    ).format(blad.blad)


def to_check(remarks: Sequence[str], godkanda: Mapping[str, Godkannande] | None = None) -> Html:
    """Figures that don't agree with each other, to be looked at by whoever delivered them; nothing where all agree.

    godkanda: what an analyst has accepted, by kod; the motive then stands beside the remark.
    """
    if not remarks:
        return Html("")
    motives = [(remark, (godkanda or {}).get(remark_notis(remark).kod)) for remark in remarks]
    items = joined(
        (
            Html("<li>{} <strong>Kontrollerat:</strong> {}</li>").format(remark, item.motiv)
            if item
            else Html("<li>{}</li>").format(remark)
            for remark, item in motives
        ),
        "",
    )
    heading = "Kontrollerat" if all(item for _, item in motives) else "Att kontrollera"
    return Html(
        '<div class="nr-differs"><p><strong>{}.</strong> Talen visas som de har lämnats.</p><ul>{}</ul></div>'
    ).format(heading, items)


def missing_texts(resultat: Namndresultat) -> tuple[str, ...]:
    """The chapter texts that are asked for and not written: "personal: sjukfrånvaro"."""
    lacking = []
    for kapitel, del_ in asked_texts(resultat.blad):
        avsnitt = resultat.avsnitt_om(kapitel)
        if not (avsnitt.delar.get(del_) if del_ else avsnitt.text):
            lacking.append(f"{kapitel}: {del_.lower()}" if del_ else kapitel)
    return tuple(lacking)


def goal(mal: Malresultat, resultat: Namndresultat) -> Html:
    """What is missing and who it is asked of: bedömning, trend, prognos, and each part of the analysis.

    Orsaker, framgångsfaktorer and utmaningar are always asked for, åtgärder where a målvärde isn't met or the prognos is
    uncertain (verksamhetsplan 2023 §6).
    """
    missed = mal.with_status(Status.EJ_UPPNATT) + mal.with_status(Status.NARA)
    asked = [name for name in asked_parts(mal) if name not in mal.text.delar]
    heading = f"## {mal.mal.id}"
    questions = {
        "bedömning": f"Välj ett av stegen {enumeration([steg.namn for steg in resultat.skala.steg])}.",
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

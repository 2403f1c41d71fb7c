"""Marked places that ask for the text which only people can write, and say in which file to write it."""

from collections.abc import Mapping, Sequence

from reporting.assess.resultat import Malresultat, Namndresultat, Status, Utsikt
from reporting.html import Html, bullets
from reporting.params.blad import Blad
from reporting.params.chapters import CHAPTERS, OWN_QUESTION, program_chapter
from reporting.periods import Period
from reporting.reading.godkannanden import Godkannande, remark_notis
from reporting.show.sentences import followup_name
from reporting.swedish import enumeration
from reporting.texts.markdown import to_html
from reporting.texts.read import DELAR, PROGNOSER

PROMPTS = {
    "Kommentar": "Hur gick det, och vad betyder det för dem som målet gäller?",
    "Orsaker": "Vilka bakomliggande orsaker förklarar utfallet?",
    "Framgångsfaktorer": "Vad har fungerat, och varför?",
    "Utmaningar": "Vad står i vägen för målet?",
    "Åtgärder": "Vilka åtgärder vidtas, av vem och till när?",
}


def asked_parts(mal: Malresultat) -> tuple[str, ...]:
    """The parts of the analysis that the goal calls for: åtgärder only where a målvärde isn't met or the prognos is uncertain:
    the nämnd's own, or the one of the figures where there is none.

    Source: verksamhetsplan 2023 §6.
    """
    uncertain = (mal.text.prognos or mal.utsikt or Utsikt.NAR) != Utsikt.NAR
    return tuple(name for name in DELAR if name != "Åtgärder" or _missed(mal) or uncertain)


def _missed(mal: Malresultat) -> str:
    """The mätetal that don't reach their målvärde, by name."""
    missed = mal.with_status(Status.EJ_UPPNATT) + mal.with_status(Status.NARA)
    return enumeration(result.matetal.kortnamn for result in missed)


def missing_fields(mal: Malresultat, period: Period) -> tuple[str, ...]:
    """Which of bedömning, trend and (at delår) prognos the nämnd has not given for the goal."""
    text = mal.text
    said = {"bedömning": text.bedomning, "trend": text.trend, "prognos": text.prognos or not period.is_delar}
    return tuple(name for name, value in said.items() if not value)


def text(resultat: Namndresultat, kapitel: str, del_: str = "") -> Html:
    """What people wrote for a chapter, or for a part of it (a heading with ###), or a placeholder that asks for it.

    Nothing where nothing is asked for: above the parts of a chapter that is written in parts, or where the nämnd lacks the sheet.
    """
    written = resultat.avsnitt_om(kapitel).under(del_)
    if written:
        return Html('<div class="nr-text">{}</div>').format(to_html(written, first_level=1))
    chapter = program_chapter(kapitel)
    questions = {item.part: item.question for item in chapter.asked_texts(resultat.blad)} if chapter else {}
    if chapter and chapter.texts and del_ not in questions:
        return Html("")
    heading = f"## {kapitel}, ### {del_}" if del_ else f"## {kapitel}"
    return Html(
        '<div class="nr-placeholder"><p><strong>Text saknas.</strong> {}</p>'
        '<p class="nr-where">Skriv i {}, under {}.</p></div>'
    ).format(questions.get(del_, OWN_QUESTION), resultat.textfil, heading)


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
    items = (
        Html("{} <strong>Kontrollerat:</strong> {}").format(remark, item.motiv) if item else remark
        for remark, item in motives
    )
    heading = "Kontrollerat" if all(item for _, item in motives) else "Att kontrollera"
    return Html('<div class="nr-differs"><p><strong>{}.</strong> Talen visas som de har lämnats.</p>{}</div>').format(
        heading, bullets(items)
    )


def missing_texts(resultat: Namndresultat) -> tuple[str, ...]:
    """The chapter texts that are asked for and not written: "personal: sjukfrånvaro"."""
    return tuple(
        f"{chapter.id}: {asked.part.lower()}" if asked.part else chapter.id
        for chapter in CHAPTERS
        for asked in chapter.asked_texts(resultat.blad)
        if not resultat.avsnitt_om(chapter.id).under(asked.part)
    )


def missing_of_goal(mal: Malresultat, resultat: Namndresultat) -> Html:
    """What is missing and who it is asked of: bedömning, trend, prognos, and each part of the analysis."""
    asked = [name for name in asked_parts(mal) if name not in mal.text.delar]
    questions = {
        "bedömning": f"Välj ett av stegen {enumeration([steg.namn for steg in resultat.skala.steg])}.",
        "trend": f"Förbättrad, oförändrad eller försämrad sedan {followup_name(resultat.trend_mot)}?",
        "prognos": f"Nås målet vid årets slut? Välj {', '.join(PROGNOSER[:-1])} eller {PROGNOSER[-1]}.",
    }
    fields = [(name, questions[name]) for name in missing_fields(mal, resultat.period)]
    parts = [(name, PROMPTS[name]) for name in asked]
    if "Åtgärder" in asked and (missed := _missed(mal)):
        parts[-1] = ("Åtgärder", f"{missed} når inte målvärdet. {PROMPTS['Åtgärder']}")
    items = [Html("<strong>{}.</strong> {}").format(name.capitalize(), ask) for name, ask in (*fields, *parts)]
    if not items:
        return Html("")
    where = f"Skriv i {resultat.textfil}, under ## {mal.mal.id}"
    rows = "på en egen rad" if len(fields) == 1 else "på var sin rad"
    where += f"; {enumeration([name for name, _ in fields])} {rows}" if fields else ""
    where += "; varje text under en rubrik med tre nummertecken, som ### Orsaker." if parts else "."
    return Html(
        '<div class="nr-placeholder"><p><strong>Det här saknas om målet {}:</strong></p>{}'
        '<p class="nr-where">{}</p></div>'
    ).format(mal.mal.kortnamn, bullets(items), where)

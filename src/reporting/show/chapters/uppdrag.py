"""Chapters 04 and 05, and the aktiviteter of a goal: what was asked for, reviewed and controlled, and how far it has come."""

from collections.abc import Sequence

from reporting.assess.resultat import Malresultat, Namndresultat
from reporting.assess.underlag import Underlag
from reporting.html import Html, joined
from reporting.params import blad
from reporting.reading.utfall import Bladrad
from reporting.show import bars, marks
from reporting.show.chapters.matetal import matetal_table
from reporting.show.placeholders import not_delivered
from reporting.show.sentences import counted_in_words
from reporting.show.table import MISSING_MARK, Content, Numbers, grouped_table, lacking, noted, number_cell, table
from reporting.swedish import count_word, sentence_case

INGET = lacking("inget levererat")
UPPDRAGSVERB = {
    "Klar": ("är klart", "är klara"),
    "Pågående": ("pågår", "pågår"),
    "Försenad": ("är försenat", "är försenade"),
    "Ej påbörjad": ("är inte påbörjat", "är inte påbörjade"),
}
GRANSKNINGSVERB = {
    blad.GRANSKNINGSLAGE[2]: ("är avslutad", "är avslutade"),
    blad.GRANSKNINGSLAGE[1]: ("pågår", "pågår"),
    blad.GRANSKNINGSLAGE[0]: ("är planerad", "är planerade"),
}


def uppdrag(underlag: Underlag) -> Html:
    """Kommunfullmäktiges utredningsuppdrag with status, comment and next step, and how many have come how far."""
    asked = underlag.plan.uppdrag
    if not asked:
        return Html("<p>Planen har inga utredningsuppdrag från kommunfullmäktige.</p>")
    rows = {rad.id: rad for rad in underlag.nu.blad(blad.UPPDRAG.id)}
    if not rows:
        return not_delivered(blad.UPPDRAG)
    said = [rad["status"].text for rad in rows.values()]
    counted = [counted_in_words(said, UPPDRAGSVERB)] if any(said) else []
    if unsaid := len(asked) - len(rows):
        counted.append(f"om {count_word(unsaid)} är inget levererat")
    finding = f"Nämnden har {count_word(len(asked))} utredningsuppdrag: {'; '.join(counted)}."
    unknown = (INGET, MISSING_MARK, MISSING_MARK)
    shown = [
        [
            noted(item.namn, f"Givet: {item.givet}" if item.givet else ""),
            *(_cells(rows[item.id], "status", "kommentar", "nästa steg") if item.id in rows else unknown),
        ]
        for item in asked
    ]
    columns = ["Uppdrag", "Status", "Kommentar", "Nästa steg"]
    caption = f"Kommunfullmäktiges utredningsuppdrag till nämnden, {underlag.params.period.name}"
    return joined([Html("<p>{}</p>").format(finding), table(caption, columns, shown)])


def _cells(rad: Bladrad, state: str, *texts: str) -> list[Content]:
    """How far a row's thing has come, as a mark, and what was written in these columns."""
    word = rad[state].text
    return [
        marks.known_mark(word) if word in marks.LAGE else MISSING_MARK,
        *(rad[name].text or MISSING_MARK for name in texts),
    ]


def granskningar(underlag: Underlag) -> Html:
    """Tillsyn, revision and yttranden: number, state and outcome, by kind."""
    rows = underlag.nu.blad(blad.GRANSKNINGAR.id)
    if not rows:
        return not_delivered(blad.GRANSKNINGAR)
    kinds = list(dict.fromkeys(rad["slag"].text for rad in rows))
    groups = [(kind, [_granskning_row(rad) for rad in rows if rad["slag"].text == kind]) for kind in kinds]
    said = [rad["läge"].text for rad in rows]
    counted = [counted_in_words(said, GRANSKNINGSVERB, en=True)] if any(said) else []
    if unsaid := said.count(""):
        counted.append(f"för {count_word(unsaid, en=True)} är läget inte angivet")
    count = "En post" if len(rows) == 1 else f"{sentence_case(count_word(len(rows)))} poster"
    finding = f"{count} i tabellen: {'; '.join(counted)}."
    columns = ["Granskning", "Av", "Ärende", Numbers("Antal"), "Läge", "Utfall"]
    caption = f"Formella granskningar, tillsyn och revision, {underlag.params.period.name}"
    return joined([Html("<p>{}</p>").format(finding), grouped_table(caption, columns, groups)])


def _granskning_row(rad: Bladrad) -> list[Content]:
    by, matter = (rad[name].text or MISSING_MARK for name in ("av", "ärende"))
    return [rad.id, by, matter, number_cell(rad["antal"]), *_cells(rad, "läge", "utfall")]


def internkontroll(underlag: Underlag) -> Html:
    """The plan's kontrollmoment by result, and which are controlled further."""
    planned = underlag.plan.kontrollmoment
    if not planned:
        return Html("<p>Planen har inga kontrollmoment.</p>")
    rows = {rad.id: rad for rad in underlag.nu.blad(blad.INTERNKONTROLL.id)}
    if not rows:
        return not_delivered(blad.INTERNKONTROLL)
    said = {item.id: rows[item.id]["resultat"].text for item in planned if item.id in rows}
    worst = [item for word in reversed(blad.KONTROLLRESULTAT) for item in planned if said.get(item.id) == word]
    shown = [[i.namn, *_cells(rows[i.id], "resultat", "fortsatt kontroll", "kommentar")] for i in worst]
    shown += [[item.namn, INGET, MISSING_MARK, MISSING_MARK] for item in planned if item.id not in rows]
    columns = ["Kontrollmoment", "Resultat", "Kontrolleras vidare", "Kommentar"]
    caption = f"Kontrollmoment efter resultat, {underlag.params.period.name}"
    return joined([_kontroll_chart(underlag, list(said.values())), table(caption, columns, shown)])


def _kontroll_chart(underlag: Underlag, said: Sequence[str]) -> Html:
    met, total = said.count(blad.KONTROLLRESULTAT[0]), len(underlag.plan.kontrollmoment)
    on = sum(rad["fortsatt kontroll"].text == "Ja" for rad in underlag.nu.blad(blad.INTERNKONTROLL.id))
    title = f"{sentence_case(count_word(met))} av {count_word(total)} kontrollmoment når målvärdet"
    title += f"; {count_word(on)} kontrolleras vidare" if on else ""
    kinds = [
        bars.KindCount(word, said.count(word), *marks.LAGE[word]) for word in blad.KONTROLLRESULTAT if word in said
    ]
    if lacking := total - len(said):
        kinds.append(bars.KindCount("Inget levererat", lacking, "romb", "gra"))
    return bars.rows_of_marks(blad.INTERNKONTROLL.id, title, kinds, "Varje markering är ett kontrollmoment.")


def aktiviteter(mal: Malresultat, resultat: Namndresultat) -> Html:
    """The goal's målinriktade aktiviteter per verksamhetsområde: status, analysis, own indicators; nothing where it has none."""
    if not mal.aktiviteter:
        return Html("")
    areas = {area.id: area.namn for area in resultat.namnd.verksamhetsomraden}
    by_area: dict[str, list[Sequence[Content]]] = {}
    for item in mal.aktiviteter:
        told = _cells(item.rad, "status", "analys") if item.rad else (INGET, MISSING_MARK)
        by_area.setdefault(item.aktivitet.verksamhetsomrade or "", []).append([item.aktivitet.namn, *told])
    unnamed = "Utan verksamhetsområde" if len(by_area) > 1 else ""
    groups = [(areas.get(name, name) or unnamed, rows) for name, rows in by_area.items()]
    said = [item.rad["status"].text if item.rad else "" for item in mal.aktiviteter]
    done = said.count(blad.AKTIVITETSLAGE[2])
    caption = f"Målinriktade aktiviteter för målet {mal.mal.kortnamn}: "
    counted = f"{count_word(done, en=True)} av {count_word(len(said))} är genomförd{'a' if done > 1 else ''}"
    if len(said) == 1:
        counted = "aktiviteten är genomförd" if done else "aktiviteten är inte genomförd"
    caption += counted if any(said) else "inget levererat"
    indicators = [result for item in mal.aktiviteter for result in item.matetal]
    parts = [grouped_table(caption, ["Aktivitet", "Status", "Analys"], groups)]
    if indicators:
        own = f"Aktiviteternas egna indikatorer för målet {mal.mal.kortnamn}"
        parts.append(matetal_table(own, indicators, resultat))
    return joined(parts)

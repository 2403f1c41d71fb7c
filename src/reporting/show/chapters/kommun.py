"""The whole kommun's period: nämnder and their goals side by side, and who has not reported."""

from decimal import Decimal

from reporting.assess.resultat import Malresultat, Namndresultat, Status
from reporting.assess.underlag import Kommununderlag
from reporting.html import Html, Piece, joined
from reporting.show import marks
from reporting.show.chapters.matetal import goal_proposal, judgement_and_trend
from reporting.show.table import MISSING_MARK, Content, Numbers, Shown, grouped_table, linked, noted, table
from reporting.swedish import count_word, enumeration, number

MOST_COLUMNS = 6
"""How many columns of marks a page has room for."""


def findings(underlag: Kommununderlag) -> Html:
    """What the kommun's reader needs first: how many have reported, and how many målvärden are met."""
    reported = [r for r in underlag.namnder if r.har_levererat]
    count = len(underlag.params.korning.namnder)
    met = sum(len(r.with_status(Status.UPPNATT)) for r in reported)
    assessed = sum(len(r.matetal) - len(r.with_status(Status.KAN_INTE_BEDOMAS)) for r in reported)
    told = f"{count_word(len(reported), en=True).capitalize()} av {count_word(count)} nämnder har lämnat utfall"
    sentences = [f"{told} för {underlag.params.period.name}."]
    if assessed:
        sentences.append(f"Tillsammans når {met} av {assessed} bedömbara mätetal målvärdet.")
    if count == 1:
        only = underlag.params.namnd(next(iter(underlag.params.korning.namnder)))
        sentences[0] = f"{only.namn} ingår i sammanställningen."
    parts = [Html("<p>{}</p>").format(" ".join(sentences))]
    lacking: list[Piece | str] = [
        f"{name} är inte med: underlaget har {faults} fel. De står på nämndens egen sida."
        for name, faults in underlag.med_fel
    ]
    if absent := enumeration(r.namnd.namn for r in underlag.namnder if not r.har_levererat):
        lacking.insert(0, Html("<strong>Har inte rapporterat:</strong> {}.").format(absent))
    parts += [Html('<div class="nr-placeholder"><p>{}</p></div>').format(told) for told in lacking]
    return joined(parts)


def namnder(underlag: Kommununderlag) -> Html:
    """One row per nämnd: its mätetal by status, and in how many goals bedömning and förslag part."""
    shown = [status for status in Status if any(r.with_status(status) for r in underlag.namnder if r.har_levererat)]
    columns = ["Nämnd", *(Numbers(s.capitalize()) for s in shown), Numbers("Mål bedömda annorlunda än måtten")]
    rows: list[list[Content]] = []
    for resultat in underlag.namnder:
        counts = [number(Decimal(len(resultat.with_status(status)))) for status in shown]
        judged = sum(mal.text.bedomning is not None for mal in resultat.mal)
        told = [*counts, f"{sum(mal.skiljer for mal in resultat.mal)} av {judged}"]
        rows.append([_board(resultat), *(told if resultat.har_levererat else [MISSING_MARK] * len(told))])
    return table(f"Nämndernas mätetal efter status, {underlag.params.period.name}", columns, rows)


def matrix(underlag: Kommununderlag) -> Html:
    """Nämnder × the kommun's övergripande mål: in each cell the nämnd's goals that belong there, with the nämnd's bedömning.

    Whichever there are fewer of are the columns; where both are many, one row per nämnd under each övergripande mål.
    """
    wider = [(mal.id, mal.namn) for mal in underlag.params.kommun.overgripande_mal if _goals_under(underlag, mal.id)]
    if _goals_under(underlag, ""):
        wider.append(("", "Utan övergripande mål"))
    caption = f"Nämndernas mål under kommunens övergripande mål, med nämndens bedömning, {underlag.params.period.name}"
    if not wider:
        return Html("")

    def cell(resultat: Namndresultat, key: str) -> Content:
        goals = [mal for r, mal in _goals_under(underlag, key) if r is resultat]
        shown = [(_goal(resultat, mal), marks.steg(mal.text.bedomning)) for mal in goals]
        html = joined((Html('<span class="nr-goal">{} {}</span>').format(link, mark) for link, mark in shown), " ")
        return Shown(html, " ".join(f"{link.words} {mark.words}" for link, mark in shown)) if shown else MISSING_MARK

    boards = underlag.namnder
    if len(wider) <= MOST_COLUMNS:
        rows = [[_board(r), *(cell(r, key) for key, _ in wider)] for r in boards]
        return table(caption, ["Nämnd", *(namn for _, namn in wider)], rows)
    if len(boards) <= MOST_COLUMNS:
        rows = [[namn, *(cell(r, key) for r in boards)] for key, namn in wider]
        return table(caption, ["Övergripande mål", *(r.namnd.namn for r in boards)], rows)
    groups = [
        (namn, [(_board(r), cell(r, key)) for r in boards if cell(r, key) != MISSING_MARK]) for key, namn in wider
    ]
    return grouped_table(caption, ["Nämnd", "Nämndsmål"], groups)


def _board(resultat: Namndresultat) -> Content:
    """A nämnd's name as a link to its report, and that it hasn't reported where it hasn't."""
    name = linked(f"../{resultat.namnd.id}/rapport.html", resultat.namnd.namn)
    return noted(name, "" if resultat.har_levererat else "har inte rapporterat")


def _goal(resultat: Namndresultat, mal: Malresultat) -> Shown:
    return linked(f"../{resultat.namnd.id}/rapport.html#mal-{mal.mal.id}", mal.mal.kortnamn)


def _goals_under(underlag: Kommununderlag, wider: str) -> list[tuple[Namndresultat, Malresultat]]:
    """Every nämnd's goals that belong to this övergripande mål; to none of them for ""."""
    every = [(r, mal) for r in underlag.namnder for mal in r.mal]
    return [(r, mal) for r, mal in every if wider in (mal.mal.overgripande_mal or [""])]


def namnders_goals(underlag: Kommununderlag) -> Html:
    """Every nämnd's goals with the nämnd's bedömning and the förslag where it differs."""
    groups = [
        (r.namnd.namn, [(_goal(r, mal), *judgement_and_trend(mal), goal_proposal(mal)) for mal in r.mal])
        for r in underlag.namnder
        if r.har_levererat
    ]
    columns = ["Nämndsmål", "Nämndens bedömning", "Nämndens trend", "Förslag av måtten"]
    caption = f"Nämndsmål och bedömning per nämnd, {underlag.params.period.name}"
    return grouped_table(caption, columns, groups) if groups else Html("")


def goals_per_step(underlag: Kommununderlag) -> Html:
    """Per övergripande mål, and for all goals together, how many goals the nämnder have put on each step, by name."""
    everything = [(r, mal) for r in underlag.namnder for mal in r.mal]
    groups = [("Alla nämndsmål", _step_rows(underlag, everything, every=True))]
    groups += [
        (wider.namn, _step_rows(underlag, found, every=False))
        for wider in underlag.params.kommun.overgripande_mal
        if (found := _goals_under(underlag, wider.id))
    ]
    caption = (
        "Nämndsmål per övergripande mål och steg i skalan, med namn; ett mål som hör till flera står under vart och ett"
    )
    return grouped_table(caption, ["Bedömning", Numbers("Antal mål"), "Vilka"], groups)


def _step_rows(
    underlag: Kommununderlag, goals: list[tuple[Namndresultat, Malresultat]], *, every: bool
) -> list[tuple[Content, ...]]:
    """A row per step with the goals on it; `every`: also the steps that have none."""
    rows: list[tuple[Content, ...]] = []
    for steg in (*underlag.params.skala.steg, None):
        found = [(r, mal) for r, mal in goals if mal.text.bedomning == steg]
        if not found and (steg is None or not every):
            continue
        names = "; ".join(f"{mal.mal.kortnamn} ({r.namnd.namn})" for r, mal in found)
        rows.append((marks.steg(steg), number(Decimal(len(found))), names or MISSING_MARK))
    return rows

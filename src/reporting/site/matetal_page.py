"""A mätetal's own page: all periods, by sex, what was to be reached, how it is measured, where the figures stand."""

from collections.abc import Collection
from itertools import groupby

from reporting.assess.precision import missed_by_rounding
from reporting.html import Html, Piece, description_list, joined, unfolding
from reporting.periods import Period
from reporting.show import marks
from reporting.show.sentences import short_period
from reporting.show.table import (
    MISSING_MARK,
    AnchoredRow,
    Content,
    Numbers,
    code,
    grouped_table,
    linked,
    noted,
    outcome_cell,
    table,
)
from reporting.site.facts import Matetalsfakta
from reporting.site.frame import TO_START, PageLink, SitePage, relative_link
from reporting.site.history import MatetalHistory
from reporting.swedish import number, own_decimals, shortest
from reporting.units import compact, compact_difference, with_unit


def matetal_page(
    historia: MatetalHistory, bild: Html, rapporter: dict[Period, str], mal: Collection[str], hamta: Html
) -> SitePage:
    """Make a mätetal's page. bild: its chart, from over_time; rapporter: period → address where its report shows the mätetal; mal: ids
    of the goals on the nämnd's page; hamta: links to its files."""
    nu, adress = historia.nu, historia.adress
    too_few = "för få mätningar för att visa en utveckling" if historia.utfall else "inget utfall"
    parts = [
        bild or Html('<p class="nr-missing">Det finns ännu {}.</p>').format(too_few),
        _outcomes(historia, adress, rapporter),
        _targets(historia),
        Html("<h2>Så mäts det</h2>"),
        _definition(nu, adress, historia.namnd, mal),
        Html("<h2>Källa</h2>"),
        _cells(historia),
        hamta,
    ]
    return SitePage(
        adress,
        nu.namn,
        joined(part for part in parts if part),
        ingress=_ingress(historia),
        vag=[TO_START, PageLink(f"{historia.namnd}/index.html", historia.namnd_namn)],
        fast=True,
        avsandare=historia.namnd_namn,
    )


def _ingress(historia: MatetalHistory) -> Html:
    """The newest outcome, its status and what was to be reached, at a glance."""
    nu = historia.nu
    value = compact(nu.varde, nu.mattenhet, historia.decimaler) if nu.varde is not None else "–"
    told = {
        f"Utfall {historia.period.name}": noted(value, nu.matt),
        "Målvärde": nu.malvarde,
        "Status": noted(marks.known_mark(nu.status), nu.orsak),
        "Prognos för året": nu.prognos,
    }
    return description_list("nr-key", told.items())


def _outcomes(historia: MatetalHistory, adress: str, rapporter: dict[Period, str]) -> Html:
    nu, sexes = historia.nu, historia.kon
    numbers = ("Utfall", *(kon.capitalize() for kon in sexes), "Målvärde", "Avvikelse")
    reported: list[AnchoredRow] = []
    before: list[AnchoredRow] = []
    for when, parts, fakta in reversed(historia.varden):
        name, total = when.name.capitalize(), parts.get("")
        values = [(item.varde, item.text) if (item := parts.get(kon)) else (None, "") for kon in ("", *sexes)]
        shown = linked(relative_link(adress, rapporter[when]), name) if when in rapporter else name
        cells = [
            noted(shown, fakta.matt if fakta else total.matt if total else ""),
            *(outcome_cell(value, nu.mattenhet, historia.decimaler, text) for value, text in values),
            *(_targets_met(fakta, historia.decimaler) if fakta else (MISSING_MARK, MISSING_MARK, MISSING_MARK)),
        ]
        (reported if fakta else before).append(AnchoredRow(cells, f"period-{when}"))
    caption = f"{with_unit(nu.namn, nu.mattenhet)}, alla perioder" + (", avrundat" if _is_rounded(historia) else "")
    groups = [("", reported), *([("Perioder utan rapport här", before)] if before else [])]
    return grouped_table(caption, ["Period", *map(Numbers, numbers), "Status"], groups)


def _is_rounded(historia: MatetalHistory) -> bool:
    """Whether the parts by sex of some period miss the total where they are printed, and only there."""
    for _, outcomes, _ in historia.varden:
        parts = {kon: item.varde for kon, item in outcomes.items() if item.varde is not None}
        whole = parts.pop("", None)
        if whole is not None and parts and missed_by_rounding([*parts.values()], whole, historia.decimaler):
            return True
    return False


def _targets_met(fakta: Matetalsfakta, decimaler: int) -> tuple[Content, Content, Content]:
    """What was to be reached, how far from it the outcome is, with as many decimals as the outcomes beside it, and the status."""
    deviation: Content = MISSING_MARK
    if (away := fakta.avvikelse) is not None:
        deviation = compact_difference(away, fakta.mattenhet, max(decimaler, own_decimals(away)))
    return fakta.malvarde or MISSING_MARK, deviation, noted(marks.known_mark(fakta.status), fakta.orsak)


def _targets(historia: MatetalHistory) -> Html:
    """What was to be reached, and during which periods; nothing where it has always been the same."""
    reported = [(when, fakta.malvarde) for when, fakta in reversed(historia.perioder)]
    rows = []
    for words, run in groupby(reported, key=lambda item: item[1]):
        spans = [short_period(when) for when, _ in run]
        rows.append((words or "inget målvärde", "–".join(dict.fromkeys([spans[0], spans[-1]]))))
    shown = table("Målvärdet har ändrats", ["Målvärde", "Gällde i rapporterna"], rows[::-1])
    return shown if len(rows) > 1 else Html("")


def _definition(nu: Matetalsfakta, adress: str, namnd: str, mal: Collection[str]) -> Html:
    how = {
        "Ett högre värde är bättre.": nu.battre == "högre",
        "Ett lägre värde är bättre.": nu.battre == "lägre",
        "Värdet ska vara oförändrat.": nu.battre == "oförändrad",
        "Räknas från årets början, så att värdet ökar under året.": nu.ackumulerad,
        "Visar läget en viss dag.": nu.ogonblick,
        "Kommer från en enkät.": nu.enkat,
        f"Mäts inte i varje period: {nu.mats}.": nu.mats,
        f"Registret släpar efter {nu.efterslapning_ar} år.": nu.efterslapning_ar,
    }
    page = relative_link(adress, f"{namnd}/index.html")
    goal: Piece | str = linked(f"{page}#mal-{nu.mal_id}", nu.mal) if nu.mal_id in mal else nu.mal
    if nu.aktivitet:
        goal = joined([goal, f"aktiviteten {nu.aktivitet}"], ", ")
    rows = [
        ("Definition", nu.definition),
        ("Enhet", nu.mattenhet.name),
        ("Så läses det", " ".join(said for said, is_so in how.items() if is_so)),
        ("Mål", goal),
        ("Datakälla", nu.datakalla),
        ("Verksamhetsområde", nu.verksamhetsomrade),
    ]
    return description_list("nr-definition", rows)


def _cells(historia: MatetalHistory) -> Html:
    """The cell that each figure stands in, so that anyone can find it."""
    rows = []
    for when, parts, _ in reversed(historia.varden):
        for kon, item in parts.items():
            value = number(shortest(item.varde)) if item.varde is not None else item.text or MISSING_MARK
            where = f"{item.blad}, {item.cell}"
            rows.append((when.name.capitalize(), kon or "totalt", value, code(item.fil), where))
    if not rows:
        return Html("<p>Ingen har lämnat något utfall.</p>")
    columns = ["Period", "Kön", Numbers("Värde"), "Fil", "Blad och cell"]
    shown = table("Cellen som varje siffra är hämtad ur", columns, rows)
    return unfolding("Visa varifrån varje siffra är hämtad", shown)

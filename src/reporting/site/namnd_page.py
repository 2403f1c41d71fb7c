"""A nämnd's goals over time: the bedömning of each goal in every report, and its mätetal as they are now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.html import Html, bullets, joined
from reporting.periods import Period
from reporting.show import marks
from reporting.show.sentences import short_period
from reporting.show.table import MISSING_MARK, Numbers, linked, noted, outcome_cell, table
from reporting.site.facts import Malfakta, Namndfakta
from reporting.site.frame import TO_START, SitePage, relative_link
from reporting.site.history import MatetalHistory
from reporting.swedish import enumeration

MOST_PERIODS = 6
"""How many reports stand beside each other; older ones are led to."""


@dataclass(frozen=True)
class NamndRow:
    """A nämnd: its reports' facts, newest first, and its mätetal."""

    namnd: str
    namn: str
    fakta: tuple[tuple[Period, Namndfakta], ...]
    matetal: tuple[MatetalHistory, ...]

    @property
    def adress(self) -> str:
        """Its page."""
        return f"{self.namnd}/index.html"


def boards(fakta: Mapping[Period, Sequence[Namndfakta]], histories: Sequence[MatetalHistory]) -> list[NamndRow]:
    """Every nämnd of any report, in the order of the newest."""
    found: dict[str, list[tuple[Period, Namndfakta]]] = {}
    for when in sorted(fakta, reverse=True):
        for item in fakta[when]:
            found.setdefault(item.namnd, []).append((when, item))
    return [
        NamndRow(namnd, rows[0][1].namn, tuple(rows), tuple(item for item in histories if item.namnd == namnd))
        for namnd, rows in found.items()
    ]


def namnd_page(rad: NamndRow) -> SitePage:
    """Make a nämnd's page of its goals over time."""
    parts = [
        Html("<h2>Målen över tid</h2>"),
        _goals_over_time(rad),
        Html("<h2>Målens mätetal</h2>"),
        *(_goal(mal, rad) for mal in rad.fakta[0][1].mal),
        _no_longer_followed(rad),
        Html("<h2>Rapporter</h2>"),
        bullets((linked(f"../{when}/{rad.namnd}/index.html", fakta.titel) for when, fakta in rad.fakta), "\n"),
    ]
    return SitePage(
        rad.adress,
        rad.namn,
        joined(part for part in parts if part),
        ingress=Html("<p>Målen och mätetalen i nämndens alla rapporter.</p>"),
        vag=[TO_START],
        fast=True,
    )


def _goals_over_time(rad: NamndRow) -> Html:
    shown = rad.fakta[:MOST_PERIODS]
    names = {mal.id: mal.kortnamn for _, fakta in reversed(shown) for mal in fakta.mal}
    order = list(dict.fromkeys(mal.id for _, fakta in shown for mal in fakta.mal))
    columns = ["Nämndsmål", *(short_period(when) for when, _ in shown)]
    newest = {mal.id for mal in rad.fakta[0][1].mal}
    rows = []
    for key in order:
        name = linked(f"#mal-{key}", names[key]) if key in newest else names[key]
        goals = [next((mal for mal in fakta.mal if mal.id == key), None) for _, fakta in shown]
        rows.append([name, *(marks.steg(mal.bedomning) if mal else MISSING_MARK for mal in goals)])
    return table("Nämndens bedömning av varje mål, senaste rapporten först", columns, rows)


def _goal(mal: Malfakta, rad: NamndRow) -> Html:
    current = {item.id for item in rad.fakta[0][1].matetal}
    found = [item for item in rad.matetal if item.nu.mal_id == mal.id and item.nu.id in current]
    parts = [Html('<h3 id="mal-{}">{}</h3>').format(mal.id, mal.namn)]
    if mal.overgripande:
        wider = f"Hör till kommunens övergripande mål {enumeration(mal.overgripande)}."
        parts.append(Html('<p class="nr-description">{}</p>').format(wider))
    caption = f"Mätetal för målet {mal.kortnamn}, senaste utfallet"
    parts.append(_matetal(caption, found, rad) if found else Html("<p>Målet följs utan mätetal.</p>"))
    return joined(parts)


def _matetal(caption: str, histories: Sequence[MatetalHistory], rad: NamndRow) -> Html:
    rows = []
    for item in histories:
        nu = item.nu
        name = noted(linked(relative_link(rad.adress, item.adress), nu.namn), nu.matt)
        said = next((item.text for item in nu.varden if not item.kon and item.varde is None and item.text), "")
        value = outcome_cell(None if said else nu.varde, nu.mattenhet, nu.decimaler, said)
        trend = marks.trend(nu.trend) if nu.varde is not None else MISSING_MARK
        rows.append((name, value, nu.malvarde or MISSING_MARK, marks.known_mark(nu.status), trend))
    return table(caption, ["Mätetal", Numbers("Utfall"), Numbers("Målvärde"), "Status", "Utveckling"], rows)


def _no_longer_followed(rad: NamndRow) -> Html:
    current = {item.id for item in rad.fakta[0][1].matetal}
    gone = [item for item in rad.matetal if item.nu.id not in current]
    if not gone:
        return Html("")
    links = [
        linked(relative_link(rad.adress, item.adress), item.nu.namn).html + f", till och med {item.period.name}"
        for item in gone
    ]
    return joined([Html("<h3>Mätetal som inte längre följs</h3>"), bullets(links, "\n")])

"""The start page and each period's page: the nämnder with their goals counted by step, the newest period first."""

from collections.abc import Mapping, Sequence

from reporting.assess.resultat import Status
from reporting.html import Html, bullets, joined, unfolding
from reporting.params.kommun import Steg
from reporting.params.root import KOMMUN
from reporting.periods import Period
from reporting.show import marks
from reporting.show.table import MISSING_MARK, Content, Numbers, Shown, lacking, linked, table
from reporting.site.facts import Namndfakta
from reporting.site.frame import START, TO_START, SitePage
from reporting.site.namnd_page import NamndRow

START_SCRIPT = "start.js"


def address_of_period(when: Period) -> str:
    """The address of a period's page, from the root of the publication."""
    return f"{when}/index.html"


def address_of_report(when: Period, namnd: str) -> str:
    """The address of a report's first page, from the root of the publication."""
    return f"{when}/{namnd}/index.html"


def period_page(when: Period, fakta: Sequence[Namndfakta]) -> SitePage:
    """A period: a link to the kommun's sammanställning, and its nämnder with their goals by step."""
    name, shown = f"Uppföljning {when.name}", _period(when, fakta, "../")
    return SitePage(address_of_period(when), name, shown, vag=[TO_START], fast=True)


def start_page(
    fakta: Mapping[Period, Sequence[Namndfakta]], namnder: Sequence[NamndRow], publicerad: str, up: str
) -> SitePage:
    """Make the start page. publicerad: which publication it is and when, in words; up: the path from it to the publication's folder.

    Every address that people link to is the id of a link on it, so that it can lead on.
    """
    newest, *older = sorted(fakta, reverse=True)
    parts = {f"Senast: {newest.name}": _period(newest, fakta[newest], up)}
    parts |= {"Tidigare perioder": _older(older, fakta, up)} if older else {}
    parts["Nämndernas mål över tid"] = bullets((linked(up + rad.adress, rad.namn) for rad in namnder), "\n")
    sections = [Html("<section><h2>{}</h2>\n{}</section>").format(*part) for part in parts.items()]
    return SitePage(
        START,
        "Nämndernas uppföljning",
        joined([*sections, _register(fakta, namnder, up)]),
        ingress=Html("<p>Hur det gick med de mål som nämnderna har satt, period för period.</p>"),
        fot=Html("<p>{}</p>").format(publicerad),
        skript=START_SCRIPT,
    )


def _period(when: Period, fakta: Sequence[Namndfakta], up: str) -> Html:
    words = f"Kommunens sammanställning, {when.name}"
    link = Html("<p>{}</p>").format(linked(up + address_of_report(when, KOMMUN), words))
    steps = _steps(fakta)
    counts = (*(steg.namn for steg in steps), "Bedömning saknas", "Mätetal som når målvärdet")
    rows = [_board(item, steps, up, when) for item in fakta]
    caption = f"Nämndernas mål efter nämndens bedömning, {when.name}"
    absent = ", ".join(item.namn for item in fakta if not item.har_levererat)
    told = Html('<p class="nr-missing">Har inte lämnat några utfall: {}.</p>').format(absent) if absent else ""
    return joined([link, table(caption, ["Nämnd", *map(Numbers, counts)], rows), told])


def _steps(fakta: Sequence[Namndfakta]) -> list[Steg]:
    """The scale's steps, best first; those that no share of met mått leads to come last."""
    steps = list(reversed(fakta[0].skala)) if fakta else []
    return sorted(steps, key=lambda steg: steg.fran is None and steg.over is None)


def _board(item: Namndfakta, steps: Sequence[Steg], up: str, when: Period) -> list[Content]:
    counts = [(steg, sum(mal.bedomning == steg for mal in item.mal)) for steg in steps]
    unjudged = sum(mal.bedomning is None for mal in item.mal)
    statuses = [result.status for result in item.matetal if not result.aktivitet]
    met, assessed = statuses.count(Status.UPPNATT), len(statuses) - statuses.count(Status.KAN_INTE_BEDOMAS)
    return [
        linked(up + address_of_report(when, item.namnd), item.namn),
        *(marks.mark(str(count), steg.form, steg.ton) if count else MISSING_MARK for steg, count in counts),
        str(unjudged) if unjudged else MISSING_MARK,
        f"{met} av {assessed}" if assessed else MISSING_MARK,
    ]


def _older(periods: Sequence[Period], fakta: Mapping[Period, Sequence[Namndfakta]], up: str) -> Html:
    rows: list[tuple[Content, ...]] = []
    for when in periods:
        goals = [mal for item in fakta[when] for mal in item.mal]
        counts = [(steg, sum(mal.bedomning == steg for mal in goals)) for steg in _steps(fakta[when])]
        shown = [marks.mark(f"{count} {steg.namn.lower()}", steg.form, steg.ton) for steg, count in counts if count]
        if unjudged := sum(mal.bedomning is None for mal in goals):
            shown.append(lacking(f"{unjudged} utan bedömning"))
        html = Html('<span class="nr-row">{}</span>').format(joined(shown, " "))
        told = Shown(html, ", ".join(item.words for item in shown)) if shown else MISSING_MARK
        link = linked(up + address_of_period(when), when.name.capitalize())
        rows.append((link, str(len(fakta[when])), told))
    columns = ["Period", Numbers("Nämnder"), "Nämndsmål efter bedömning"]
    return table("Antal nämndsmål på varje steg, senaste perioden först", columns, rows)


def _register(fakta: Mapping[Period, Sequence[Namndfakta]], namnder: Sequence[NamndRow], up: str) -> Html:
    """Everything that has a permanent address, as links; their ids are the addresses."""
    reports: list[tuple[str, str]] = [("sok.html", "Sök"), ("tillganglighet.html", "Tillgänglighet")]
    for when in sorted(fakta, reverse=True):
        reports += [(address_of_period(when), f"Uppföljning {when.name}")]
        reports += [(address_of_report(when, KOMMUN), f"Kommunens sammanställning, {when.name}")]
        for item in fakta[when]:
            reports.append((address_of_report(when, item.namnd), f"{item.titel}, {item.namn}"))
            reports.append((f"{when}/{item.namnd}/verksamhetsplan.html", f"Planen för {when.year}, {item.namn}"))
    lists = [_list("Rapporter och planer", reports, up)]
    for rad in namnder:
        links = [(rad.adress, f"{rad.namn}: målen över tid")]
        links += [(item.adress, item.nu.namn) for item in rad.matetal]
        lists.append(_list(f"{rad.namn}: {len(rad.matetal)} mätetal", links, up))
    return Html('<section id="register"><h2>Register</h2>\n{}</section>').format(joined(lists))


def _list(summary: str, links: Sequence[tuple[str, str]], up: str) -> Html:
    item = Html('<li><a id="{}" href="{}">{}</a></li>')
    items = joined(item.format(adress.removesuffix(".html"), up + adress, text) for adress, text in links)
    return unfolding(summary, Html('<ul class="register">{}</ul>').format(items))

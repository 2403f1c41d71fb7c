"""The reports of a period as they were made, gathered from outputs for the site."""

from collections.abc import Mapping, Sequence

from reporting.batch.jobs import plan_job
from reporting.batch.manifests import read_manifest
from reporting.batch.page import uppgifter
from reporting.batch.records import Sida, chapters_made
from reporting.fakta import Namndfakta
from reporting.html import Html, joined
from reporting.params.read import Params
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period
from reporting.webb_rapport import Rapport, report_pages, with_anchors
from reporting.webb_start import period_adress
from reporting.webbsida import START, Lank, Webbsida, mellan


def reports_of(root: Root, params: Params, fakta: Sequence[Namndfakta]) -> list[Rapport]:
    """The kommun's sammanställning and each nämnd's report of the period, as the last run made them."""
    period = str(params.period)
    found = []
    for namnd, namn in [(KOMMUN, params.kommun.kommun), *((item.namnd, item.namn) for item in fakta)]:
        made = [manifest for _, manifest in chapters_made(root, Sida(period, namnd, namnd))]
        plan = read_manifest(plan_job(root, period, namnd)) if namnd != KOMMUN else None
        titel = "Kommunens sammanställning" if namnd == KOMMUN else params.titel
        facts = [("Avser", params.period.span)] if namnd == KOMMUN else uppgifter(params, namnd)
        found.append(
            with_anchors(
                Rapport(period=period, namnd=namnd, namn=namn, titel=titel, uppgifter=facts, kapitel=made, plan=plan)
            )
        )
    return found


def pages_of_period(
    when: Period, reports: Sequence[Rapport], hamtningar: Mapping[str, Sequence[tuple[str, str]]]
) -> list[Webbsida]:
    """Every page of these reports of one period. hamtningar: nämnd → (file, what it is), from the root of the publication."""
    ankare = {report.namnd: report.ankare for report in reports}
    pages: list[Webbsida] = []
    for report in reports:
        vag = [Lank(START, "Startsida"), Lank(period_adress(when), f"Uppföljning {when.name}")]
        if report.namnd != KOMMUN:
            vag.append(Lank(f"{report.namnd}/index.html", report.namn))
        hamta = download_list(report.forsta, hamtningar.get(report.namnd, ()))
        pages += report_pages(report, ankare, vag, hamta)
    return pages


def download_list(fran: str, files: Sequence[tuple[str, str]]) -> Html:
    """What can be downloaded, as links from the page `fran`; nothing where there is nothing."""
    if not files:
        return Html("")
    items = joined(
        (Html('<li><a href="{}" download>{}</a></li>').format(mellan(fran, adress), text) for adress, text in files), ""
    )
    return Html('<ul class="hamta" aria-label="Hämta">{}</ul>').format(items)

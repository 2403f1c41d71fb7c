"""A report on the site: one page per chapter, the first with the summary, and links between them that lead where they should.

The reports of a period as they were made, gathered from outputs for the site.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.batch.jobs import plan_job
from reporting.batch.manifests import Manifest, read_manifest
from reporting.batch.page import head_facts
from reporting.batch.records import PageRecord, chapters_made
from reporting.html import Html, description_list, joined
from reporting.params.read import Params
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period
from reporting.site.facts import Namndfakta
from reporting.site.frame import TO_START, PageLink, SitePage, relative_link
from reporting.site.start_page import address_of_period

_ID, _HREF = re.compile(r' id="([^"]+)"'), re.compile(r'href="([^"]*)"')
_OTHER = re.compile(r"(?:\.\./)+([a-z0-9-]+)/rapport\.html(?:#(.*))?")
"""How the kommun's sammanställning links to a nämnd's report and what stands in it."""


@dataclass(frozen=True)
class SiteReport:
    """One report of a period: whose (a nämnd's id, or "kommun"), by name, and its chapters as they were made, in order.

    titel: the report's name; uppgifter: its head, label and value; plan: the nämnd's plan, where that has been made.
    """

    period: str
    namnd: str
    namn: str
    titel: str
    uppgifter: Sequence[tuple[str, str]]
    kapitel: Sequence[Manifest]
    plan: Manifest | None

    @property
    def mapp(self) -> str:
        """The folder of its pages."""
        return f"{self.period}/{self.namnd}/"

    @property
    def fil(self) -> str:
        """How the files begin that can be downloaded from it."""
        return f"{self.mapp}{self.namnd}-{self.period}"

    @property
    def forsta(self) -> str:
        """Its first page, at which it is linked to."""
        return f"{self.mapp}index.html"

    @cached_property
    def ankare(self) -> dict[str, str]:
        """Every id on its pages → the page."""
        found = {item.kapitel: self.adress(item.kapitel) for item in self.kapitel}
        return found | {name: self.adress(item.kapitel) for item in self.kapitel for name in _ID.findall(item.html)}

    def adress(self, kapitel: str) -> str:
        """The page of a chapter: the first one stands on the report's own."""
        return self.forsta if kapitel == self.kapitel[0].kapitel else f"{self.mapp}{kapitel}.html"


def report_pages(
    when: Period, rapport: SiteReport, ankare: Mapping[str, Mapping[str, str]], files: Sequence[tuple[str, str]]
) -> list[SitePage]:
    """Every page of a report. ankare: nämnd → the ankare of its report of the same period; files: what can be downloaded, from its first
    page: (file, what it is), from the root of the publication."""
    pages = []
    vag = [TO_START, PageLink(address_of_period(when), f"Uppföljning {when.name}")]
    vag += [PageLink(f"{rapport.namnd}/index.html", rapport.namn)] if rapport.namnd != KOMMUN else []
    hamta = download_list(rapport.forsta, files)
    made = [(rapport.adress(item.kapitel), item) for item in rapport.kapitel]
    made += [(f"{rapport.mapp}verksamhetsplan.html", rapport.plan)] if rapport.plan else []
    listed = [(adress, manifest.titel) for adress, manifest in made]
    for index, (adress, manifest) in enumerate(made):
        first = index == 0
        head = joined([description_list("nr-facts", rapport.uppgifter), hamta]) if first else Html("")
        beside = [("Föregående", listed[index - 1 : index]), ("Nästa", listed[index + 1 : index + 2])]
        section = Html('<section id="{}" class="chapter">\n{}\n</section>').format(
            manifest.kapitel, Html(_relinked(manifest.html, adress, rapport.namnd, ankare))
        )
        pages.append(
            SitePage(
                adress,
                rapport.titel,
                section,
                fonster=rapport.titel if first else f"{manifest.titel}, {rapport.titel}",
                ingress=head,
                vag=vag if first else [*vag, PageLink(rapport.forsta, rapport.titel)],
                innehall=[PageLink(to, text, to == adress) for to, text in listed] if len(listed) > 1 else [],
                vidare=[PageLink(to, f"{word}: {text}") for word, there in beside for to, text in there],
                fast=first or manifest is rapport.plan,
                avsandare=rapport.namn,
            )
        )
    return pages


def _relinked(html: str, adress: str, namnd: str, ankare: Mapping[str, Mapping[str, str]]) -> str:
    """The chapter's HTML with links to other chapters, and to other nämnder's reports, that lead to their pages. A link that leads
    nowhere is left as it is, for the check of links to tell of."""

    def to(match: re.Match[str]) -> str:
        href = match[1]
        other = _OTHER.fullmatch(href)
        if href.startswith("#"):
            page = ankare.get(namnd, {}).get(href[1:], "")
            return f'href="{relative_link(adress, page)}{href}"' if page and page != adress else match[0]
        if other and (there := ankare.get(other[1])):
            name = other[2] or ""
            page = there.get(name) or next(iter(there.values()))
            return f'href="{relative_link(adress, page)}{"#" + name if name in there else ""}"'
        return match[0]

    return _HREF.sub(to, html)


def reports_of(root: Root, params: Params, fakta: Sequence[Namndfakta]) -> list[SiteReport]:
    """The kommun's sammanställning and each nämnd's report of the period, as the last run made them."""
    period = str(params.period)
    found = []
    for namnd, namn in [(KOMMUN, params.kommun.kommun), *((item.namnd, item.namn) for item in fakta)]:
        made = [manifest for _, manifest in chapters_made(root, PageRecord(period, namnd, namnd))]
        plan = read_manifest(plan_job(root, period, namnd)) if namnd != KOMMUN else None
        titel = "Kommunens sammanställning" if namnd == KOMMUN else params.titel
        facts = [("Avser", params.period.span)] if namnd == KOMMUN else head_facts(params, namnd)
        found.append(SiteReport(period, namnd, namn, titel, facts, made, plan))
    return found


def download_list(fran: str, files: Sequence[tuple[str, str]]) -> Html:
    """What can be downloaded, as links from the page `fran`; nothing where there is nothing."""
    if not files:
        return Html("")
    item = Html('<li><a href="{}" download>{}</a></li>')
    items = joined((item.format(relative_link(fran, adress), text) for adress, text in files), "")
    return Html('<ul class="hamta" aria-label="Hämta">{}</ul>').format(items)

"""The reports on the site: their chapters in order, links that lead to the right page, addresses that last; counts made anew."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from conftest import Sajt
from reporting.assess.resultat import Status
from reporting.assess.underlag import load
from site_pages import sidor, tabell, words
from table_text import rows

SITES = ("webbplats_lulea", "webbplats_exempelkommun")


@pytest.fixture(params=SITES)
def sajt(request: pytest.FixtureRequest) -> Sajt:
    found: Sajt = request.getfixturevalue(request.param)
    return found


def page_at(path: Path) -> html.HtmlElement:
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()


def test_every_link_leads_to_a_page_and_to_the_place_on_it(sajt: Sajt) -> None:
    every = sidor(sajt.folder)
    followed = 0
    for page in every.values():
        assert len(page.ids) > 0 or page.adress not in sajt.webbplats.pages
        for name, anchor, text in page.lankar:
            assert (sajt.folder / name).is_file(), f"{page.adress}, {text}: {name}"
            if anchor:
                assert anchor in every[name].ids, f"{page.adress}, {text}: {name}#{anchor}"
            followed += 1
    assert followed > 1000


def test_every_lasting_address_leads_by_way_of_the_start_page_to_its_page(sajt: Sajt) -> None:
    start = page_at(sajt.folder / "index.html")
    leads = {link.get("id"): link.get("href") for link in start.iter("a") if link.get("id")}
    shown = {name for name in sajt.webbplats.pages if 'class="fast"' in (sajt.folder / name).read_text("utf-8")}
    lasting = {
        path.relative_to(sajt.webbplats.addresses).as_posix() for path in sajt.webbplats.addresses.rglob("*.html")
    }
    assert {name.removeprefix("v/0000/") for name in shown} == lasting
    assert {f"{name}.html" for name in leads} == lasting
    for name in lasting:
        assert leads[name.removesuffix(".html")] == f"v/0000/{name}"
        (going,) = page_at(sajt.folder / name).xpath("//a/@href")
        assert going == "../" * name.count("/") + f"index.html#{name.removesuffix('.html')}"


# The chapters of a report in the order of its pages, and how one leads on to the next
CHAPTERS = """
index.html            | Sammanfattning
02-maluppfoljning.html | Måluppföljning
03-matetal.html       | Mätetal
04-uppdrag.html       | Uppdrag och granskningar
05-internkontroll.html | Internkontroll
06-privata-utforare.html | Privata utförare
07-personal.html      | Personal
08-ekonomi.html       | Ekonomi
09-framtid.html       | Framtiden
10-underlag.html      | Underlag
verksamhetsplan.html  | Verksamhetsplan
"""


def test_a_report_has_its_chapters_in_order_and_each_leads_on(webbplats_exempelkommun: Sajt) -> None:
    folder = webbplats_exempelkommun.sidor / "2025-08" / "socialnamnden"
    wanted = rows(CHAPTERS)
    for index, (name, titel) in enumerate(wanted):
        page = page_at(folder / name)
        (listed,) = page.xpath("//nav[@aria-label='Kapitel']")
        links = [(link.get("href"), words(link)) for link in listed.iter("a")]
        assert links == [(other, text) for other, text in wanted]
        assert [words(link) for link in listed.xpath(".//a[@aria-current='page']")] == [titel]
        assert words(page.xpath("//section[@class='chapter']//h2")[0]) == titel
        onwards = [(link.get("href"), words(link)) for link in page.xpath("//nav[@aria-label='Bläddra']//a")]
        before = [(wanted[index - 1][0], f"Föregående: {wanted[index - 1][1]}")] if index else []
        after = [(wanted[index + 1][0], f"Nästa: {wanted[index + 1][1]}")] if index + 1 < len(wanted) else []
        assert onwards == before + after


def test_the_sammanstallning_leads_to_each_goal_in_its_report(webbplats_exempelkommun: Sajt) -> None:
    every = sidor(webbplats_exempelkommun.folder)
    led = Counter(
        (name.split("/")[3], anchor)
        for adress, page in every.items()
        if adress.startswith("v/0000/2025-08/kommun/")
        for name, anchor, _ in page.lankar
        if anchor.startswith("mal-") and "/kommun/" not in name
    )
    goals = {
        (item.namnd, f"mal-{mal.id}")
        for when, items in webbplats_exempelkommun.fakta.items()
        if str(when) == "2025-08"
        for item in items
        for mal in item.mal
    }
    assert set(led) == goals
    chapter = webbplats_exempelkommun.sidor / "2025-08" / "socialnamnden" / "02-maluppfoljning.html"
    assert re.search(r'<h3[^>]* id="mal-trygg-alderdom"', chapter.read_text(encoding="utf-8"))


def test_the_counts_of_a_period_are_those_of_its_reports(sajt: Sajt) -> None:
    """Counted anew from what a chapter reads, not from the facts that the site is made of."""
    counted = 0
    for when, items in sajt.fakta.items():
        heading, *told = tabell(sajt.sidor / str(when) / "index.html", "Nämndernas mål efter nämndens bedömning")
        for row, item in zip(told, items, strict=True):
            resultat = load(str(when), item.namnd, str(sajt.root.folder), show_faults=True).resultat
            given = Counter(
                mal.text.bedomning.namn if mal.text.bedomning else "Bedömning saknas" for mal in resultat.mal
            )
            shown = dict(zip(heading, row, strict=True))
            assert shown["Nämnd"] == resultat.namnd.namn
            for name in (*(steg.namn for steg in resultat.skala.steg), "Bedömning saknas"):
                assert shown[name] == (str(given[name]) if given[name] else "–"), f"{when} {item.namnd} {name}"
            statuses = [each.status for mal in resultat.mal for each in mal.matetal]
            known = [status for status in statuses if status is not Status.KAN_INTE_BEDOMAS]
            met = f"{known.count(Status.UPPNATT)} av {len(known)}" if known else "–"
            assert shown["Mätetal som når målvärdet"] == met, f"{when} {item.namnd}"
            counted += 1
    assert counted == sum(len(items) for items in sajt.fakta.values()) >= 4


def test_a_figure_is_written_without_the_zeros_that_reckoning_leaves(webbplats_lulea: Sajt) -> None:
    page = webbplats_lulea.sidor / "socialnamnden" / "matetal" / "samtal-myndighet.html"
    assert [row[:3] for row in tabell(page, "Cellen som varje siffra är hämtad ur")] == rows("""
        Period | Kön | Värde
        December 2024 | totalt | 58
        December 2023 | totalt | 82
        """)
    lines = page.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[:4] for line in lines] == [
        ["period", "kön", "utfall", "enhet"],
        ["2024-12", "totalt", "58", "procent"],
        ["2023-12", "totalt", "82", "procent"],
    ]

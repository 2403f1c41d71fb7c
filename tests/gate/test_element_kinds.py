"""Kinds of elements: which changes of a page make it one to be looked at by itself, and that nothing is missed by looking at so few."""

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from test_gate import GOOD, changed, site

from conftest import Sajt
from reporting.gate import chromium, dom, element_kinds
from reporting.gate.check_site import check_site
from reporting.gate.chromium import Tabs
from reporting.gate.findings import Seen, SiteCheck
from table_text import rows
from tiers import many

pytestmark = pytest.mark.browser

# what is changed in a good page | into what | whether it has a kind of element, or of place, that the good one lacks
CHANGES = """
tretton | fjorton | nej
Mätetal | Målvärden | nej
<h1>Socialnämnden 2024</h1> | <h1>En mycket längre rubrik som bryts på två rader när skärmen är smal</h1> | nej
<td>261</td></tr> | <td>261</td></tr><tr><th scope="row">Lämnade mottagningen</th><td>240</td></tr><tr><th scope="row">Kvar</th><td>251</td></tr> | ja
annan.html#rad | annan.html | nej
annan.html#rad | https://exempel.se/annan | ja
<h2>Mätetal</h2> | <h2></h2> | ja
<h2>Mätetal</h2> | <h2>·</h2> | ja
<h2>Mätetal</h2> | <h3>Mätetal</h3> | ja
<h2>Mätetal</h2> | <h2 class="skip">Mätetal</h2> | ja
<h2>Mätetal</h2> | <h2 lang="en">Measures</h2> | ja
<h2>Mätetal</h2> | <h2 style="color: #777">Mätetal</h2> | ja
<h2>Mätetal</h2> | <h2 aria-describedby="ingen">Mätetal</h2> | ja
<h2>Mätetal</h2> | <section><h2>Mätetal</h2></section> | ja
<h2>Mätetal</h2> | <h2>Mätetal</h2><p>Ett stycke på ett nytt ställe.</p> | ja
<td>261</td> | <td><em>261</em></td> | ja
<th scope="row"> | <th> | ja
 alt="En röd punkt över kartan" | alt="En grön punkt över kartan" | nej
 alt="En röd punkt över kartan" | alt="" | ja
 aria-label="Webbplatsen" | aria-label="Hela webbplatsen" | nej
 content="width=device-width, initial-scale=1" | content="width=device-width, user-scalable=no" | ja
stil.css | annan.css | ja
/*stil*/ | h2 { color: #777; } | ja
/*stil*/ | h2 { margin-top: -3rem; } p { background: #eee; } | ja
<li><a href="annan.html#rad">En rad</a></li></ul></nav> | <li><a href="annan.html#rad">En rad</a></li></ul></nav><nav aria-label="Webbplatsen"><ul><li><a href="annan.html">En annan sida</a></li><li><a href="annan.html">En rad</a></li></ul></nav> | ja
"""  # noqa: E501
CASES = rows(CHANGES)

# css | what of it the kinds of elements have to heed
STYLES = """
p { color: red; } |
p[data-slag] { color: red; } | attributes: data-slag
#topp { color: #abc; } | ids: abc topp
tr:nth-child(2n) { color: red; } | numbers
h2 ~ p { color: red; } | siblings
p:has(em) { color: red; } | whole
@container (width > 3rem) { p { color: red; } } | whole
"""


def kinds_of(folder: Path, pages: list[str]) -> dict[str, Seen | None]:
    found: dict[str, Seen | None] = {}
    styles = element_kinds.styles_of(folder, pages)

    async def work(tabs: Tabs) -> None:
        async def look(tab: chromium.Tab, some: list[str]) -> None:
            found.update(await element_kinds.look_through(tab, folder, some, styles))

        await tabs.each([[page] for page in pages], look, lambda _some, why: pytest.fail(why))

    chromium.in_tabs(folder, work, tabs=1, script=dom.page_script())
    return found


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen | None]:
    pages = {f"{number}.html": changed(GOOD, before, after) for number, (before, after, _) in enumerate(CASES)}
    folder = site(tmp_path_factory.mktemp("slag"), {"god.html": GOOD} | pages)
    return kinds_of(folder, ["god.html", *pages])


@pytest.mark.xdist_group("elementslag")
@pytest.mark.parametrize(("number", "other"), [(number, row[2]) for number, row in enumerate(CASES)])
def test_a_page_is_looked_at_by_itself_where_it_has_something_of_another_kind(
    number: int, other: str, seen: dict[str, Seen | None]
) -> None:
    good, page = seen["god.html"], seen[f"{number}.html"]
    assert good is not None
    # One in which our own rules find something is always looked at by itself.
    assert (page is None or not page.kinds <= good.kinds) == (other == "ja")


@pytest.mark.parametrize(("css", "heeded"), rows(STYLES))
def test_the_style_sheets_say_what_makes_elements_differ(css: str, heeded: str, tmp_path: Path) -> None:
    page = f"<style>{css}</style>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    style = element_kinds.styles_of(tmp_path, ["a.html"])["a.html"]
    told = [
        f"{name}: {' '.join(value)}" if isinstance(value, list) else name
        for name, value in style.items()
        if value and name != "key"
    ]
    assert told == [heeded] * bool(heeded)


Change = Callable[[BeautifulSoup, random.Random], object]


def some(soup: BeautifulSoup, rng: random.Random, within: str = "main ") -> Tag:
    return rng.choice(soup.select(f"{within}*:not(svg *)"))


def with_text(soup: BeautifulSoup, rng: random.Random) -> Tag:
    return rng.choice([tag for tag in soup.select("main *") if tag.string and tag.string.strip()])


def moved(soup: BeautifulSoup, rng: random.Random) -> None:
    tag = some(soup, rng).extract()
    some(soup, rng).insert_after(tag)


def stripped(soup: BeautifulSoup, rng: random.Random) -> None:
    tag = rng.choice([tag for tag in soup.select("body *") if tag.attrs])
    del tag[rng.choice(sorted(tag.attrs))]


BROKEN_AT_RANDOM: list[Change] = [
    moved,
    stripped,
    lambda soup, rng: some(soup, rng).decompose(),
    lambda soup, rng: some(soup, rng).insert_after(copy.copy(some(soup, rng))),
    lambda soup, rng: with_text(soup, rng).string.replace_with("x" * 120),  # type: ignore[union-attr]
    lambda soup, rng: with_text(soup, rng).string.replace_with(""),  # type: ignore[union-attr]
    lambda soup, rng: some(soup, rng).unwrap(),
    lambda soup, rng: setattr(some(soup, rng), "name", rng.choice(["p", "h4", "ul", "td", "nav"])),
]


@pytest.mark.nightly
def test_what_is_found_is_what_is_found_when_every_page_is_looked_at(
    webbplats_exempelkommun: Sajt, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Real pages broken at random, beside the whole ones: the same faults either way."""
    rng = random.Random(11)
    folder = webbplats_exempelkommun.folder
    ends = ("04-uppdrag.html", "09-framtid.html", "matetal/heltid.html", "tillganglighet.html")
    whole = [next(page for page in webbplats_exempelkommun.webbplats.pages if page.endswith(end)) for end in ends]
    broken: list[Path] = []
    pages = list(whole)
    try:
        for number in range(many(24, 400)):
            page = folder / whole[number % len(whole)]
            soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
            BROKEN_AT_RANDOM[number % len(BROKEN_AT_RANDOM)](soup, rng)
            broken.append(page.with_name(f"{page.stem}-{number}.html"))
            broken[-1].write_text(str(soup), encoding="utf-8")
            pages.append(broken[-1].relative_to(folder).as_posix())
        every, few = (_checked(folder, pages, tmp_path / f"{every}.json", every=every) for every in (True, False))
    finally:
        for page in broken:
            page.unlink()
    assert few.defects == every.defects
    faulty = {fault.page for fault in every.defects}
    record_property(
        "told", f"{len(broken)} sidor ändrade på måfå: {len(faulty)} har fel, samma fel med färre körningar av axe"
    )
    assert len(faulty) >= 4
    assert few.alone < every.alone == len(pages)


def _checked(folder: Path, pages: list[str], cache: Path, *, every: bool) -> SiteCheck:
    return check_site(folder, pages, cache, lambda _what, _ready, _all: None, every=every)

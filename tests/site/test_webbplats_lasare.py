"""The site as its readers meet it: by keyboard, without scripts, on a slow line; and every page through the gate."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import Sajt
from reporting.gate.check_site import check_site
from reporting.gate.findings import MODES, SiteCheck, receipt
from reporting.site.frame import PREVIEW
from site_pages import sidor

pytestmark = pytest.mark.browser

# site | its pages, as many as there are
SITES = [("webbplats_lulea", 89), ("webbplats_exempelkommun", 343)]


@pytest.fixture(params=SITES, ids=[name for name, _ in SITES])
def site(request: pytest.FixtureRequest) -> tuple[Sajt, int]:
    name, pages = request.param
    return request.getfixturevalue(name), pages


def checked(sajt: Sajt, cache: Path, *, every: bool) -> SiteCheck:
    """The site through the gate; every: axe on each page, rather than where there is a new kind of element."""
    return check_site(sajt.folder, sajt.webbplats.pages, cache, lambda _what, _count, _total: None, every=every)


@pytest.mark.parametrize(
    "site",
    [SITES[0], pytest.param(SITES[1], marks=pytest.mark.nightly)],
    ids=[name for name, _ in SITES],
    indirect=True,
)
def test_no_page_shuts_anybody_out(
    site: tuple[Sajt, int], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """As it is checked before it is published."""
    sajt, pages = site
    found = checked(sajt, tmp_path / "granskning.json", every=False)
    assert list(map(str, found.defects)) == []
    assert found.is_good
    told = receipt(found)
    record_property(
        "told", f"{sajt.root.folder.name}: {pages} sidor utan fel i {len(MODES)} lägen, {found.alone} var för sig"
    )
    assert (found.count, told["sidor"], found.from_cache) == (pages, pages, 0)
    html = [
        path for path in sajt.folder.rglob("*.html") if path.relative_to(sajt.folder).parts[0] in ("v", "index.html")
    ]
    assert len(html) == pages
    for mode in MODES:  # an empty pass is no pass
        rules = found.passed[mode.name]
        assert rules["color-contrast"] == pages
        assert mode.colours or (len(rules) > 20 and rules["document-title"] == pages)


@pytest.mark.nightly
def test_axe_on_every_page_says_the_same_as_on_every_kind_of_element(site: tuple[Sajt, int], tmp_path: Path) -> None:
    sajt, pages = site
    found, few = (checked(sajt, tmp_path / f"{every}.json", every=every) for every in (True, False))
    assert (found.alone, found.defects) == (pages, ())
    assert few.alone < pages
    assert (few.defects, few.passed, few.unsure) == ((), found.passed, found.unsure)


def test_every_page_is_light_and_everything_it_uses_lies_beside_it(site: tuple[Sajt, int]) -> None:
    sajt, pages = site
    weights = {name: (sajt.folder / name).stat().st_size for name in sajt.webbplats.pages}
    assert len(weights) == pages
    assert {name: size for name, size in weights.items() if size >= 150_000} == {}
    out = {target for page in sidor(sajt.folder).values() for target in page.utat}
    assert [target for target in out if not target.startswith(("https://www.digg.se/", "mailto:", "data:image/"))] == []


def test_every_page_can_be_reached_from_the_start_page_by_links_alone(site: tuple[Sajt, int]) -> None:
    sajt, _ = site
    every = sidor(sajt.folder)
    reached, left = {"index.html"}, ["index.html"]
    while left:
        for name, anchor, words in every[left.pop()].lankar:
            there = every.get(name)
            if there is None:
                assert (sajt.folder / name).is_file(), f"{words}: {name}"
                continue
            assert not anchor or anchor in there.ids or name.endswith("index.html"), f"{words}: {name}#{anchor}"
            if name not in reached:
                reached.add(name)
                left.append(name)
    assert set(sajt.webbplats.pages) <= reached


@pytest.fixture
def opened(browser: Browser, webbplats_exempelkommun: Sajt) -> Callable[..., Page]:
    """A page of Exempelkommun's site in a browser that records what it asks for."""

    def show(address: str = "index.html", *, scripts: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        inside = webbplats_exempelkommun.folder.as_uri()
        page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(inside) else None)
        page.goto(f"{inside}/{address}")
        return page

    asked: list[str] = []
    show.asked = asked  # type: ignore[attr-defined]
    return show


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the link or button with these words has focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.textContent.trim()")
        if here == words:
            return
    raise AssertionError(f"{words} can't be reached with Tab")


def here(page: Page) -> str:
    return page.url.partition(f"/{PREVIEW}")[2]


def test_by_keyboard_from_search_to_a_matetal_its_periods_and_its_table(opened: Callable[..., Page]) -> None:
    page = opened()
    tab_to(page, "Sök")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok.html")
    page.wait_for_selector("#nr-fraga:visible")
    while page.evaluate("document.activeElement.id") != "nr-fraga":
        page.keyboard.press("Tab")
    page.keyboard.type("väntetid särskilt boende")
    page.get_by_role("status").filter(has_text="träffar på väntetid särskilt boende").or_(
        page.get_by_role("status").filter(has_text="träff på väntetid särskilt boende")
    ).wait_for()  # the answer to the whole question, not to its beginning
    tab_to(page, "Genomsnittlig väntetid från ansökan till erbjuden plats på särskilt boende")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vantetid-sabo.html")
    assert page.locator("h1").inner_text().startswith("Genomsnittlig väntetid")
    assert page.locator(".nr-key").inner_text().replace("\u00a0", " ").split("\n")[:2] == [
        "Utfall augusti 2025",
        "58 dagar",
    ]
    rows = page.locator("table").first.locator("tbody tr:not(.nr-group)").count()
    assert rows == 17  # 2020-04 to 2025-08
    tab_to(page, "December 2024")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2024-12/socialnamnden/03-matetal.html#matetal-vantetid-sabo")
    row = page.locator("#matetal-vantetid-sabo").inner_text().replace("\u00a0", " ")
    assert "62 dagar" in row
    tab_to(page, "Socialnämnden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/socialnamnden/index.html")
    assert opened.asked == []  # type: ignore[attr-defined]


def test_the_same_without_scripts_through_the_links(opened: Callable[..., Page]) -> None:
    page = opened(scripts=False)
    page.get_by_role("link", name="Sök").click()
    assert page.locator("input").count() == 0 or not page.locator("#nr-fraga").is_visible()
    page.get_by_role("link", name="registret").click()
    page.locator("summary", has_text="Socialnämnden").click()
    page.get_by_role("link", name="Genomsnittlig väntetid från ansökan till erbjuden plats på särskilt boende").click()
    assert here(page) == "socialnamnden/matetal/vantetid-sabo.html"
    assert "58" in page.locator(".nr-key").inner_text()
    page.get_by_role("link", name="December 2024").click()
    assert here(page) == "2024-12/socialnamnden/03-matetal.html#matetal-vantetid-sabo"
    assert "62" in page.locator("#matetal-vantetid-sabo").inner_text()
    page.get_by_role("link", name="Socialnämnden", exact=True).click()
    assert here(page) == "socialnamnden/index.html"
    assert opened.asked == []  # type: ignore[attr-defined]


def test_a_permanent_address_leads_to_the_newest_publication(opened: Callable[..., Page]) -> None:
    page = opened("socialnamnden/matetal/vantetid-sabo.html")
    page.wait_for_url(f"**/{PREVIEW}socialnamnden/matetal/vantetid-sabo.html")
    assert page.locator("h1").inner_text().startswith("Genomsnittlig väntetid")
    without = opened("socialnamnden/matetal/vantetid-sabo.html", scripts=False)
    without.wait_for_url("**/index.html#socialnamnden/matetal/vantetid-sabo")
    link = without.locator("[id='socialnamnden/matetal/vantetid-sabo']")
    assert link.is_visible()  # its part of the register has opened
    link.click()
    assert here(without) == "socialnamnden/matetal/vantetid-sabo.html"


def test_a_name_in_the_fragment_that_is_no_address_leads_nowhere(opened: Callable[..., Page]) -> None:
    for name in ("finns-inte", "innehall", "//exempel.se", "javascript:alert(1)", "register"):
        page = opened(f"index.html#{name}")
        page.wait_for_load_state()
        assert re.fullmatch(r".*/index\.html#.*", page.url), name
        assert page.locator("h1").inner_text() == "Nämndernas uppföljning"


def test_the_first_view_can_be_read_before_any_script(opened: Callable[..., Page]) -> None:
    for address in ("index.html", f"{PREVIEW}2025-08/index.html", f"{PREVIEW}2025-08/socialnamnden/index.html"):
        with_scripts, without = opened(address), opened(address, scripts=False)
        assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text()
        assert len(without.locator("main").inner_text()) > 300

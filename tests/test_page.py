"""The page in a real browser: no request, no script, every value escaped, readable narrow, dark, in print and by ear."""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from conftest import PROJECT, run_all
from reporting.report import NO_ALT, clean
from reporting.root import Root

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome", "msedge")
            if (found := shutil.which(name))
        ),
        None,
    )
    assert chromium, "Chromium saknas: sudo apt-get install chromium"
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture(params=["lulea", "lulea-kommun", "exempelkommun", "exempelkommun-utan-utfall", "exempelkommun-kommun"])
def made_page(request: pytest.FixtureRequest, made_lulea: Root, made_exempelkommun: Root) -> Path:
    """Every kind of page there is."""
    lulea, exempel = made_lulea.outputs / "2024-12", made_exempelkommun.outputs / "2025-08"
    folders = {
        "lulea": lulea / "socialnamnden",
        "lulea-kommun": lulea / "kommun",
        "exempelkommun": exempel / "socialnamnden",
        "exempelkommun-utan-utfall": exempel / "byggnadsnamnden",
        "exempelkommun-kommun": exempel / "kommun",
    }
    return folders[request.param] / "rapport.html"


def opened(browser: Browser, path: Path, **options: object) -> tuple[Page, list[str], list[str]]:
    """The page, every request it makes besides itself, and every dialog or error."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    requests: list[str] = []
    events: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("console", lambda message: events.append(message.text))
    page.goto(path.as_uri())
    requests.remove(path.as_uri())
    return page, requests, events


def test_no_request_to_anywhere_and_no_script(made_page: Path, browser: Browser) -> None:
    page, requests, events = opened(browser, made_page)
    assert (requests, events) == ([], [])
    html = made_page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'" in html
    assert page.locator("main table").count() > 0
    assert len(html) < 220_000


@pytest.mark.parametrize("width", [320, 375, 768, 1024, 1280])
def test_nothing_scrolls_sideways(width: int, made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = """() => [...document.querySelectorAll('main *')].filter(e => {
        const box = e.getBoundingClientRect(); return box.width > 0 && box.right > innerWidth + 1;
    }).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(scheme: str, width: int, made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page, viewport={"width": width, "height": 900}, color_scheme=scheme)
    result = Axe().run(page).response
    assert len(result["passes"]) > 15
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_what_axe_passes_but_a_reader_would_miss(made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    links = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))")
    assert set(links) <= set(ids)
    for table in page.locator("table").all():
        assert (table.locator("caption").text_content() or "").strip()
        assert table.locator("thead th:not([scope=col])").count() == 0
        assert table.locator("tbody th:not([scope=row]):not([scope=rowgroup])").count() == 0
    for figure in page.locator("svg[role=img]").all():
        assert len(page.locator(f"#{figure.get_attribute('aria-labelledby')}").text_content() or "") > 40
    assert page.locator("html").get_attribute("lang") == "sv"
    for landmark in ("header", "nav", "main", "footer"):
        assert page.locator(landmark).count() == 1


def test_the_skip_link_is_the_first_stop_of_the_tab_key(made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


def test_a_narrow_screen_has_the_narrow_chart_and_print_no_menu(made_lulea: Root, browser: Browser) -> None:
    path = made_lulea.outputs / "2024-12" / "socialnamnden" / "rapport.html"
    page, _, _ = opened(browser, path, viewport={"width": 375, "height": 900})
    shown = "e => e.filter(x => getComputedStyle(x).display !== 'none').map(x => x.classList[1])"
    assert set(page.locator(".nr-chart").evaluate_all(shown)) == {"nr-narrow"}
    page, _, _ = opened(browser, path, viewport={"width": 1280, "height": 900})
    assert set(page.locator(".nr-chart").evaluate_all(shown)) == {"nr-wide"}
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("#mal-god-service").is_visible()


def test_invented_figures_say_so_on_every_page(made_exempelkommun: Root) -> None:
    pages = sorted(made_exempelkommun.outputs.rglob("rapport.html"))
    assert len(pages) == 5
    for page in pages:
        assert '<aside class="invented" aria-label="Påhittade uppgifter"><p>Påhittade uppgifter:' in page.read_text(
            encoding="utf-8"
        )


def test_a_namnd_that_has_not_reported_is_named(made_exempelkommun: Root) -> None:
    folder = made_exempelkommun.outputs / "2025-08"
    kommun = (folder / "kommun" / "rapport.html").read_text(encoding="utf-8")
    assert "<strong>Har inte rapporterat:</strong> Byggnadsnämnden." in kommun
    own = (folder / "byggnadsnamnden" / "rapport.html").read_text(encoding="utf-8")
    assert "Byggnadsnämnden har inte lämnat några utfall för augusti 2025." in own
    assert own.count("inget levererat") >= 11


def test_every_value_is_escaped(copy_of: Callable[[Path], Root], browser: Browser) -> None:
    root = copy_of(PROJECT)
    kommun, plan = root.params / "kommun.yml", root.params / "planer" / "socialnamnden-2024.yml"
    kommun.write_text(
        kommun.read_text(encoding="utf-8").replace("namn: Socialnämnden", f"namn: {EVIL}"), encoding="utf-8"
    )
    text = plan.read_text(encoding="utf-8")
    text = text.replace("kort: God service med god kvalitet", f"kort: '{EVIL}'")
    text = text.replace("kort: Besvarade samtal, Myndighet", f"kort: '$x$ {EVIL}'").replace(
        "namn: Frisknärvaro", f"namn: '{EVIL}'"
    )
    plan.write_text(text, encoding="utf-8")
    data = root.data / "2024-12" / "socialnamnden"
    book = openpyxl.load_workbook(data / "utfall-ifo.xlsx")
    sheet = book["Mätetal"]
    heading = next(cell for cell in sheet[1] if cell.value == "kommentar")
    sheet.cell(row=2, column=heading.column, value=EVIL)
    book.save(data / "utfall-ifo.xlsx")
    texts = data / "texter.md"
    words = texts.read_text(encoding="utf-8").replace(
        "De flesta av", f"{EVIL} [a](javascript:alert(1)) <script>alert(1)</script> De flesta av"
    )
    texts.write_text(words, encoding="utf-8")
    made = run_all(root, "2024-12", "socialnamnden")[0]
    assert made.failed == ()
    page, requests, events = opened(browser, made.page)
    assert (requests, events) == ([], [])
    assert page.locator("main img, script, [onerror]").count() == 0
    assert EVIL in page.locator("header").inner_text()
    assert page.locator("main").inner_text().count(EVIL) >= 8
    assert (
        page.evaluate("[...document.querySelectorAll('svg text')].filter(t => t.textContent.includes('$x$')).length")
        > 0
    )
    assert page.locator("a[href^=javascript]").count() == 0


# what a cell of the analyst's own may show | what stays of it
CLEANED = {
    "<p onclick='x()'>a</p>": "<p>a</p>",
    "<script>alert(1)</script>": "",
    "<style>body{display:none}</style>": "",
    "<iframe src='https://exempel.se'></iframe>": "",
    "<img src='https://exempel.se/a.png' alt='a'>": '<img alt="a">',
    "<img src='data:image/png;base64,AAAA' alt='a'>": '<img src="data:image/png;base64,AAAA" alt="a">',
    "<img src='data:image/svg+xml;base64,AAAA' alt='a'>": '<img alt="a">',
    "<a href='data:text/html,x'>a</a>": '<a rel="noopener noreferrer">a</a>',
    "<svg><script>alert(1)</script><path d='M0 0' onload='x()'/></svg>": '<svg><path d="M0 0"></path></svg>',
    "<svg><text style='fill:red;position:fixed'>a</text></svg>": '<svg><text style="fill:red">a</text></svg>',
    "<svg><text style='fill:url(https://exempel.se)'>a</text></svg>": "<svg><text>a</text></svg>",
    "<svg><path fill='url(https://exempel.se)'/></svg>": "<svg><path></path></svg>",
    "<td style='color:red' scope='col'>a</td>": "a",
}


@pytest.mark.parametrize("html", CLEANED)
def test_html_passes_an_allow_list(html: str) -> None:
    assert str(clean(html)) == CLEANED[html]


def test_a_figure_without_alternative_says_so(copy_of: Callable[[Path], Root]) -> None:
    from test_batch import notebook

    root = copy_of(PROJECT)
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    show = f"from IPython.display import display\ndisplay({{'image/png': '{png}'}}, raw=True)"
    path = notebook(root.notebooks / "50-bild.ipynb", show, show)
    text = path.read_text(encoding="utf-8")
    last = text.rindex('"metadata": {}')
    path.write_text(
        text[:last] + '"metadata": {"alt": "En röd punkt"}' + text[last + len('"metadata": {}') :], encoding="utf-8"
    )
    made = run_all(root, "2024-12", "socialnamnden", "50-bild")[0]
    assert made.failed == ()
    page = made.page.read_text(encoding="utf-8")
    images = re.findall(r"<img [^>]*data:image/png;base64,[^>]*>", page)
    alts = [re.findall(r'alt="([^"]+)"', image)[0] for image in images]
    assert alts == [NO_ALT, "En röd punkt"]
    assert page.count(f"<figcaption>{NO_ALT}</figcaption>") == 1

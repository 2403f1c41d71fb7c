"""The page in a real browser: no request, no script, every value escaped, readable narrow, dark, in print and by ear."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from conftest import PROJECT, run_all
from opened_page import opened
from reporting.assess.underlag import Underlag
from reporting.batch.chapter_html import clean
from reporting.html import NO_ALT
from reporting.params.root import Root
from table_text import rows

EVIL = "<img src=x onerror=alert(1)>"
# sheet | a column of it that holds anybody's text
FREE_TEXT = {
    "Uppdrag": "kommentar",
    "Granskningar": "utfall",
    "Privata utförare": "kostnad",
    "Drift": "kommentar",
    "Investeringar": "investering",
    "Verksamhetsområden": "verksamhetsområde",
}

# kind of page | the run that makes it | its folder
PAGES = """
lulea                     | made_lulea         | 2024-12/socialnamnden
lulea-plan                | made_lulea         | 2024-12/socialnamnden/verksamhetsplan
lulea-kommun              | made_lulea         | 2024-12/kommun
lulea-2017                | made_lulea_2017    | 2017-12/socialnamnden
lulea-2017-kommun         | made_lulea_2017    | 2017-12/kommun
lulea-utan-utfall         | made_lulea_empty   | 2023-08/socialnamnden
lulea-2023-plan           | made_lulea_empty   | 2023-08/socialnamnden/verksamhetsplan
exempelkommun             | made_exempelkommun | 2025-08/socialnamnden
exempelkommun-utan-utfall | made_exempelkommun | 2025-08/byggnadsnamnden
exempelkommun-kommun      | made_exempelkommun | 2025-08/kommun
exempelkommun-plan        | made_exempelkommun | 2025-08/utbildningsnamnden/verksamhetsplan
"""


BY_NIGHT = {"lulea-kommun", "lulea-2017-kommun", "lulea-2023-plan", "exempelkommun-utan-utfall", "exempelkommun-plan"}
"""Pages of a kind of which there is one more by day."""


@pytest.fixture(
    params=[pytest.param(row, marks=[pytest.mark.nightly] * (row[0] in BY_NIGHT)) for row in rows(PAGES)],
    ids=lambda row: row[0],
)
def made_page(request: pytest.FixtureRequest) -> Path:
    """Every kind of page there is."""
    _, run, folder = request.param
    root: Root = request.getfixturevalue(run)
    return root.outputs / folder / "rapport.html"


def test_no_request_to_anywhere_and_no_script(made_page: Path, browser: Browser) -> None:
    page, requests, events = opened(browser, made_page)
    assert (requests, events) == ([], [])
    html = made_page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'" in html
    assert page.locator("main table").count() > 0
    assert len(html) < 360_000  # ten chapters with up to twenty charts; of Luleå's 330 kB a third is Underlag


def test_nothing_scrolls_sideways(made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page)
    beyond = """() => [...document.querySelectorAll('main *')].filter(e => {
        const box = e.getBoundingClientRect(); return box.width > 0 && box.right > innerWidth + 1;
    }).map(e => e.outerHTML.slice(0, 80))"""
    wider = {}
    for width in (320, 375, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(beyond)
        if found[0] > width or found[1]:
            wider[width] = found
    assert wider == {}


# What is drawn, text by text, and by how many px it reaches beyond its chart; an svg clips what is outside its viewBox.
CLIPPED = """() => [...document.querySelectorAll('svg.nr-chart')].filter(svg => svg.getBoundingClientRect().width > 0)
    .flatMap(svg => [...svg.querySelectorAll('text')].map(text => {
        const box = text.getBBox(), frame = svg.viewBox.baseVal;
        return [text.textContent, Math.max(frame.x - box.x, frame.y - box.y, box.x + box.width - frame.x - frame.width,
            box.y + box.height - frame.y - frame.height)];
    })).filter(([_, beyond]) => !(beyond <= 1))"""
DRAWN = "document.querySelectorAll('svg.nr-chart text').length"


@pytest.mark.parametrize(
    "run",
    [
        "made_exempelkommun",
        *(
            pytest.param(run, marks=pytest.mark.nightly)
            for run in ("made_lulea", "made_lulea_2017", "made_lulea_empty")
        ),
    ],
)
def test_no_text_of_a_chart_is_cut_off(run: str, request: pytest.FixtureRequest, browser: Browser) -> None:
    root: Root = request.getfixturevalue(run)
    cut, drawn = {}, 0
    for path in sorted(root.outputs.rglob("rapport.html")):
        page, _, _ = opened(browser, path)
        drawn += page.evaluate(DRAWN)
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(CLIPPED):
                cut[path.parent.relative_to(root.outputs).as_posix(), width] = found
    assert cut == {}
    assert (drawn > 0) == (run != "made_lulea_empty")


def test_every_link_to_a_page_leads_to_one(made_page: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, made_page)
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    files = [href for href in links if not href.startswith(("#", "https:", "mailto:"))]
    assert [href for href in files if not (made_page.parent / href.split("#")[0]).is_file()] == []


# kind of page | what its head says, label by label
HEADS = """
lulea             | Dokumentnamn: Årsuppföljning Verksamhetsplan 2024; Ärendenummer: 2024/112; Beslutad av: Socialnämnden; Beslutsdatum: 30 januari 2025; Avser: januari–december 2024; Giltig till: 28 februari 2025; Dokumentägare: Socialdirektör | verksamhetsplan/rapport.html | Verksamhetsplan 2024
lulea-plan        | | ../rapport.html | Årsuppföljning 2024
lulea-kommun      | Avser: januari–december 2024 | |
lulea-2017        | Avser: januari–december 2017 | verksamhetsplan/rapport.html | Styrkort 2017
lulea-utan-utfall | Avser: januari–augusti 2023; Dokumentägare: Förvaltningschef Socialförvaltningen | verksamhetsplan/rapport.html | Verksamhetsplan 2023
"""  # noqa: E501


@pytest.mark.parametrize(("name", "facts", "href", "link"), rows(HEADS), ids=[row[0] for row in rows(HEADS)])
def test_the_head_says_what_is_known_and_links_to_the_plan(
    name: str, facts: str, href: str, link: str, request: pytest.FixtureRequest, browser: Browser
) -> None:
    run, folder = next((run, folder) for kind, run, folder in rows(PAGES) if kind == name)
    page, _, _ = opened(browser, request.getfixturevalue(run).outputs / folder / "rapport.html")
    told = page.locator("header dl.nr-facts > div").evaluate_all(
        "e => e.map(x => x.querySelector('dt').textContent + ': ' + x.querySelector('dd').textContent)"
    )
    assert "; ".join(told).replace("\u00a0", " ") == facts
    links = page.locator("header a").evaluate_all("e => e.map(x => [x.getAttribute('href'), x.textContent])")
    assert links == ([[href, link]] if href else [])


# page | chapter | its headings below the chapter's own | its tables | its charts
CHAPTERS = """
lulea | 04-uppdrag | Utredningsuppdrag från kommunfullmäktige; Tillsyn, revision och andra granskningar | Kommunfullmäktiges utredningsuppdrag; Formella granskningar | 0
lulea | 05-internkontroll | | Kontrollmoment efter resultat | 1
lulea | 06-privata-utforare | | Köp av privata utförare | 1
lulea | 07-personal | Sjukfrånvaro; Frisknärvaro; Anställda; Åldersstruktur; Arbetsmiljö | Sjukfrånvaro av ordinarie; Frisknärvaro, andel; Antal anställda; Tillsvidareanställda efter ålder; Visstidsanställda efter ålder | 6
lulea | 08-ekonomi | Drift; Verksamhetsområden; Investeringar | Driftsredovisning; Verksamhetsområdenas redovisning; Investeringsredovisning | 1
lulea | 09-framtid | | | 0
lulea-2017 | 07-personal | Sjukfrånvaro; Frisknärvaro; Anställda; Åldersstruktur; Arbetsmiljö | Antal anställda | 1
lulea-2017 | 08-ekonomi | Drift; Verksamhetsområden; Investeringar | Resultaträkning; Investeringsredovisning | 0
"""  # noqa: E501


@pytest.mark.parametrize(("name", "chapter", "headings", "tables", "charts"), rows(CHAPTERS))
def test_each_chapter_holds_what_it_should(
    name: str, chapter: str, headings: str, tables: str, charts: str, request: pytest.FixtureRequest, browser: Browser
) -> None:
    run, folder = next((run, folder) for kind, run, folder in rows(PAGES) if kind == name)
    page, _, _ = opened(browser, request.getfixturevalue(run).outputs / folder / "rapport.html")
    section = page.locator(f"section[id='{chapter}']")
    assert "; ".join(section.locator("h3").all_text_contents()) == headings
    captions, wanted = section.locator("caption").all_text_contents(), tables.split("; ") if tables else []
    assert len(captions) == len(wanted)
    assert [caption for caption, start in zip(captions, wanted, strict=True) if not caption.startswith(start)] == []
    assert section.locator("figure").count() == int(charts)
    for part in section.locator("table").all():
        assert part.locator("tbody tr:not(.nr-group)").count() > 0
    if name == "lulea":
        assert section.locator(".nr-placeholder", has_text="Text saknas").count() == 0
        assert section.locator("p:not([hidden])").count() > 0


def test_where_nothing_is_delivered_every_chapter_asks_for_it_and_says_where(
    made_lulea_empty: Root, browser: Browser
) -> None:
    page, _, _ = opened(browser, made_lulea_empty.outputs / "2023-08" / "socialnamnden" / "rapport.html")
    asked = {
        chapter: sorted(set(re.findall(r"på bladet ([A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)?) i", section.inner_text())))
        for chapter in ("04-uppdrag", "05-internkontroll", "06-privata-utforare", "07-personal", "08-ekonomi")
        for section in [page.locator(f"section[id='{chapter}']")]
    }
    assert asked == {
        "04-uppdrag": ["Granskningar"],
        "05-internkontroll": [],  # the plan of 2023 has no kontrollmoment
        "06-privata-utforare": ["Privata utförare"],
        "07-personal": ["Personal"],
        "08-ekonomi": ["Drift", "Investeringar", "Verksamhetsområden"],
    }
    assert page.locator("figure").count() == 0
    assert "under ## framtid." in page.locator("section[id='09-framtid']").inner_text()


def test_the_plan_has_a_page_of_its_own_with_every_goal_and_what_is_asked_of_the_namnd(
    made_lulea: Root, lulea: Underlag, browser: Browser
) -> None:
    folder = made_lulea.outputs / "2024-12" / "socialnamnden" / "verksamhetsplan"
    page, _, _ = opened(browser, folder / "rapport.html")
    assert page.locator("h1").text_content() == "Verksamhetsplan 2024"
    text = " ".join((page.locator("main").text_content() or "").split())
    plan = lulea.plan
    named = [*plan.namndsmal, *plan.matetal, *plan.kvalitativa_matt, *plan.uppdrag, *plan.kontrollmoment]
    assert len(named) == 8 + 27 + 7 + 4 + 8
    assert [item.namn for item in named if item.namn not in text] == []


AXE = [
    (320, "light"),
    *(pytest.param(*at, marks=pytest.mark.nightly) for at in [(320, "dark"), (1280, "light"), (1280, "dark")]),
]


@pytest.mark.parametrize(("width", "scheme"), AXE)
def test_axe_finds_nothing(width: int, scheme: str, made_page: Path, browser: Browser) -> None:
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
    assert len(pages) == 9
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
    text = text.replace("namn: Se över bemanningen", f"namn: Uppdrag {EVIL} se över bemanningen")
    text = text.replace("namn: Förenings- och verksamhetsbidrag", f"namn: Moment {EVIL}")
    plan.write_text(text, encoding="utf-8")
    data = root.data / "2024-12" / "socialnamnden"
    book = openpyxl.load_workbook(data / "utfall-ifo.xlsx")
    sheet = book["Mätetal"]
    heading = next(cell for cell in sheet[1] if cell.value == "kommentar")
    sheet.cell(row=2, column=heading.column, value=EVIL)
    book.save(data / "utfall-ifo.xlsx")
    book = openpyxl.load_workbook(data / "utfall-kvalitet.xlsx")
    for blad, column in FREE_TEXT.items():
        heading = next(cell for cell in book[blad][1] if cell.value == column)
        book[blad].cell(row=2, column=heading.column, value=f"{blad} {EVIL}")
    book.save(data / "utfall-kvalitet.xlsx")
    texts = data / "texter.md"
    evil_words = f"{EVIL} [a](javascript:alert(1)) <script>alert(1)</script>"
    words = texts.read_text(encoding="utf-8").replace("De flesta av", f"{evil_words} De flesta av")
    words = words.replace("## framtid\n", f"## framtid\n\nFramtid {evil_words}\n")
    texts.write_text(words, encoding="utf-8")
    made, plan_page, _ = run_all(root, "2024-12", "socialnamnden")
    assert (made.failed, plan_page.failed) == ([], [])
    page, requests, events = opened(browser, plan_page.page)
    assert (requests, events) == ([], [])
    assert page.locator("main img, script, [onerror]").count() == 0
    assert {"Uppdrag", "Moment"} <= set(re.findall(rf"(\w+) {re.escape(EVIL)}", page.locator("main").inner_text()))
    page, requests, events = opened(browser, made.page)
    assert (requests, events) == ([], [])
    assert page.locator("main img, script, [onerror]").count() == 0
    assert EVIL in page.locator("header").inner_text()
    shown = page.locator("main").inner_text()
    assert shown.count(EVIL) >= 16
    assert {"Uppdrag", "Moment", "Framtid", *(blad.split()[-1] for blad in FREE_TEXT)} <= set(
        re.findall(rf"(\w+) {re.escape(EVIL)}", shown)
    )
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
    r"<svg><path fill='u\72l(https://exempel.se)'/></svg>": "<svg><path></path></svg>",
    r"<svg><path style='fill:u\72l(https://exempel.se)'/></svg>": "<svg><path></path></svg>",
    "<svg><path fill='image-set(\"https://exempel.se\")'/></svg>": "<svg><path></path></svg>",
    "<img src='data:image/png;base64,A\" onerror=x()' alt='a'>": '<img alt="a">',
    "<td style='color:red' scope='col'>a</td>": "a",
}


@pytest.mark.parametrize("html", CLEANED)
def test_html_passes_an_allow_list(html: str) -> None:
    assert str(clean(html)) == CLEANED[html]


@pytest.mark.process
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
    assert made.failed == []
    page = made.page.read_text(encoding="utf-8")
    images = re.findall(r"<img [^>]*data:image/png;base64,[^>]*>", page)
    alts = [re.findall(r'alt="([^"]+)"', image)[0] for image in images]
    assert alts == [NO_ALT, "En röd punkt"]
    assert page.count(f"<figcaption>{NO_ALT}</figcaption>") == 1

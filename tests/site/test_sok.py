"""The search in a real browser, from files without a server: what a query finds and in which order, by keyboard, by ear, unharmed."""

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.assess.underlag import load
from reporting.html import Html
from reporting.site.search_index import STOPPORD, SearchDocument, index_files, words
from table_text import rows
from tiers import many

pytestmark = pytest.mark.browser

PARTS = PROJECT / "src" / "reporting"
PAGE = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Sök</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;
 script-src 'self'; base-uri 'none'; form-action 'none'">
<style>{{ css }}</style><script src="sok.js" defer></script></head>
<body><header><h1>Sök</h1></header><div class="columns"><main>{{ body }}</main></div></body></html>"""


def write_site(folder: Path, dokument: list[SearchDocument]) -> Path:
    """The search page with its index; the page's path."""
    (folder / "sok").mkdir(parents=True)
    for name, content in index_files(dokument).items():
        (folder / name).write_bytes(content)
    shutil.copy(PARTS / "site/page/sok.js", folder)
    environment = Environment(autoescape=True)
    body = environment.from_string((PARTS / "site/page/sok.html.j2").read_text(encoding="utf-8")).render(
        register="register.html"
    )
    css = "".join((PARTS / name).read_text(encoding="utf-8") for name in ("show/page/page.css", "site/page/sok.css"))
    html = environment.from_string(PAGE).render(css=Html(css), body=Html(body))
    (folder / "sok.html").write_text(html, encoding="utf-8")
    return folder / "sok.html"


def exempelkommun(period: str, namnder: tuple[str, ...], name: str) -> list[SearchDocument]:
    """What Exempelkommun's plans and texts of a period say, as a site would have it."""
    found: list[SearchDocument] = []
    vikt = int(period.replace("-", ""))
    for namnd in namnder:
        underlag = load(period, namnd, str(EXEMPELKOMMUN), show_faults=True)
        page, var = f"{period}/{namnd}/rapport.html", f"{underlag.resultat.namnd.namn} · {name}"
        for mal in underlag.plan.namndsmal:
            found.append(
                SearchDocument(f"{page}#{mal.id}", mal.namn, var, "mål", f"{mal.kort} {mal.beskrivning}", vikt)
            )
            if text := underlag.texter.mal.get(mal.id):
                told = " ".join([text.motiv, *text.delar.values()])
                found.append(
                    SearchDocument(f"{page}#{mal.id}-text", f"Analys: {mal.kortnamn}", var, "text", told, vikt)
                )
            found += [
                SearchDocument(f"{page}#{item.id}", item.namn, var, "mätetal", item.datakalla, vikt)
                for item in mal.matetal
            ]
    return found


@pytest.fixture(scope="module")
def kommunens() -> list[SearchDocument]:
    two = ("socialnamnden", "utbildningsnamnden")
    return exempelkommun("2025-08", (*two, "kultur-och-fritidsnamnden"), "augusti 2025") + exempelkommun(
        "2024-12", two, "december 2024"
    )


@pytest.fixture(scope="module")
def kommunens_sida(kommunens: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("kommunens"), kommunens)


def opened(browser: Browser, path: Path, **options: Any) -> tuple[Page, list[str], list[str]]:
    """The page, every request it makes besides itself, and every dialog, error or message of the console."""
    context: BrowserContext = browser.new_context(**options)
    page = context.new_page()
    requests: list[str] = []
    events: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("console", lambda message: events.append(message.text))
    page.goto(path.as_uri())
    return page, requests, events


# What each query finds, best first, by address.
FIND = """async queries => {
    const found = [];
    for (const query of queries) {
        const { ids } = await nrSok.find(query);
        found.push([query, (await nrSok.documents(ids)).map(([address]) => address)]);
    }
    return found;
}"""


def found(browser: Browser, path: Path, queries: list[str]) -> dict[str, list[str]]:
    page, _, events = opened(browser, path)
    addresses = dict(page.evaluate(FIND, queries))
    page.context.close()
    assert events == []
    return addresses


# query | number of hits | the first of them: 08 and 12 are the months of the reports
QUERIES = """
sjukfrånvaro                 | 4  | 08 sjukfranvaro, 12 sjukfranvaro, 08 god-arbetsplats-text, 12 god-arbetsplats-text
frånvaro                     | 8  | 08 sjukfranvaro, 12 sjukfranvaro, 08 trygghet-studiero, 12 trygghet-studiero
franvaro                     | 8  | 08 sjukfranvaro, 12 sjukfranvaro, 08 trygghet-studiero, 12 trygghet-studiero
ålderdom                     | 4  | 08 trygg-alderdom-text, 12 trygg-alderdom-text, 08 trygg-alderdom, 12 trygg-alderdom
alderdom                     | 4  | 08 trygg-alderdom-text, 12 trygg-alderdom-text, 08 trygg-alderdom, 12 trygg-alderdom
särskilt boende              | 4  | 08 vantetid-sabo, 12 vantetid-sabo, 08 trygg-alderdom-text, 12 trygg-alderdom-text
SÄRSKILT  Boende!            | 4  | 08 vantetid-sabo, 12 vantetid-sabo, 08 trygg-alderdom-text, 12 trygg-alderdom-text
boende på ett särskilt       | 4  | 08 vantetid-sabo, 12 vantetid-sabo, 08 trygg-alderdom-text, 12 trygg-alderdom-text
förskola                     | 12 | 08 nojda-vardnadshavare, 12 nojda-vardnadshavare
anställning                  | 3  | 08 heltid, 12 heltid, 08 barn-och-unga-text
visstids-anställda           | 2  | 08 sjukfranvaro, 12 sjukfranvaro
augusti sjukfrånvaro         | 2  | 08 sjukfranvaro, 08 god-arbetsplats-text
utbildningsnämnden kränkning | 6  | 08 krankningsutredning, 12 krankningsutredning
simma 200 meter              | 1  | 08 simkunnighet
2024 simma                   | 0  |
simmma                       | 0  |
och                          | 0  |
"""


def test_what_a_query_finds_and_in_which_order(kommunens_sida: Path, browser: Browser) -> None:
    table = rows(QUERIES)
    said = found(browser, kommunens_sida, [query for query, _, _ in table])
    short = {
        query: [re.sub(r"20\d\d-(\d\d)/.*#", r"\1 ", address) for address in addresses]
        for query, addresses in said.items()
    }
    for query, number, first in table:
        expected = [item for item in first.split(", ") if item]
        assert (query, len(short[query]), short[query][: len(expected)]) == (query, int(number), expected)


# In which order documents come that differ in one thing, for the query "samtal".
ORDER = [
    SearchDocument("exakt.html", "Antal samtal", "", "text", "", 202301),
    SearchDocument("borjan.html", "Samtalen", "", "mål", "", 202512),
    SearchDocument("inuti.html", "Hälsosamtal", "", "mål", "", 202512),
    SearchDocument("text-matetal.html", "Besök", "", "mätetal", "ett samtal", 202301),
    SearchDocument("text-ny.html", "Besök", "", "text", "ett samtal", 202512),
    SearchDocument("text-gammal.html", "Besök", "", "text", "ett samtal", 202508),
    SearchDocument("text-borjan.html", "Besök", "", "text", "samtalets", 202512),
    SearchDocument("text-inuti.html", "Besök", "", "text", "medarbetarsamtalen", 202512),
]


def test_titles_come_first_then_exact_words_then_goals_and_matetal_then_the_newest(
    tmp_path: Path, browser: Browser
) -> None:
    page = write_site(tmp_path / "site", ORDER)
    assert found(browser, page, ["samtal"]) == {"samtal": [item.adress for item in ORDER]}


def test_a_word_with_the_right_dots_comes_before_one_without(tmp_path: Path, browser: Browser) -> None:
    page = write_site(
        tmp_path / "site",
        [SearchDocument("har.html", "har", "", "text", "Hara", 1), SearchDocument("hara.html", "Hära hara", "", "text", "", 1),
         SearchDocument("ratt.html", "Rätt", "", "text", "", 2), SearchDocument("ratt-a.html", "Ratt", "", "text", "", 1)],
    )  # fmt: skip
    assert found(browser, page, ["ratt", "rätt", "RÄT", "hära"]) == {
        "ratt": ["ratt-a.html", "ratt.html"],
        "rätt": ["ratt.html"],
        "RÄT": ["ratt.html"],
        "hära": ["hara.html"],
    }


def test_a_query_finds_just_what_a_reader_would(
    kommunens: list[SearchDocument], kommunens_sida: Path, browser: Browser
) -> None:
    """Held against the plain thing: is every word of the query somewhere in the document's text?"""
    texts = {item.adress: f"{item.titel} {item.text} {item.var}".lower() for item in kommunens}
    every = sorted({word for text in texts.values() for word in re.findall(r"[a-zåäö]{3,}", text)} - STOPPORD)
    queries = [
        *every[::3],
        *(word[1:-1] for word in every[1::5] if len(word) > 6),
        *map(" ".join, zip(every, every[7:], strict=False)),
    ]
    queries = [query for query in queries if not STOPPORD & set(query.split())]
    assert len(queries) > 500
    for query, addresses in found(browser, kommunens_sida, queries).items():
        reader = {
            address for address, text in texts.items()
            if all(fits(word, text) for word in query.split())
        }  # fmt: skip
        assert set(addresses) == reader, query
        assert len(addresses) == len(set(addresses))


def fits(word: str, text: str) -> bool:
    """Is the word in the text, a and o in it read as å, ä and ö too?"""
    loose = word.replace("a", "[aåä]").replace("o", "[oöó]").replace("e", "[eé]")
    return re.search(loose, text) is not None


ODD = "abcdeåäöÅÄÖéü-–‐ 0123456789.,§½²ßﬁİΣς\u00ad\u0308\u200bЖя中_'\"<&\\𝐀\u2028"


@settings(max_examples=many(8, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.one_of(st.text(ODD, max_size=60), st.text(max_size=30)), min_size=1, max_size=8))
def test_every_word_finds_its_document(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    dokument = [
        SearchDocument(f"{n}.html", text[: n * 3], "", "text", text[n * 3 :], n) for n, text in enumerate(texts)
    ]
    asked = {
        item.adress: [
            word for word in re.findall(r"[^\W_]{3,}", f"{item.titel} {item.text}")
            if word.lower() not in STOPPORD and words(word)
        ]
        for item in dokument
    }  # fmt: skip
    page = write_site(tmp_path_factory.mktemp("ord") / "site", dokument)
    answers = found(browser, page, sorted({word for some in asked.values() for word in some}))
    for address, some in asked.items():
        for word in some:
            assert address in answers[word], word


# text | the words it is found by
WORDS = """
Hälsosamtalen är 171.                | hElsosamtalen
E-tjänst för barn- och ungdomsvård   | etjEnst, tjEnst, barn, ungdomsvArd
2025 3,9 1 000 12345 50-årsdag       | 2025, 12345, 50Arsdag, Arsdag
Café à la CARTE, naïve; ﬁnans        | cafe, la, carte, naive, finans
Å ö ål                               | Al
__proto__ constructor                | proto, constructor
"""


@pytest.mark.parametrize(("text", "expected"), rows(WORDS))
def test_the_words_of_a_text(text: str, expected: str) -> None:
    assert words(text) == set(expected.split(", "))


EVIL = (
    "</script><script>alert(1)</script>", "<!--<script>", "<img src=x onerror=alert(1)>", '"]);alert(1);//', "\u2028alert(1)\u2029",
    "${alert(1)}", "&lt;b&gt;", "\ud800 ensam", "'+alert(1)+'",
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "//example.org/x",
    "https://example.org/", "../../etc/passwd", "a/../../b.html", "/rot.html", "\\\\server\\x", "a.html?x=javascript:", "a\nb.html", "",
    ".dold", "a//b.html", "a.html\n",
)  # fmt: skip
PROTOTYPES = ("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then")


def test_hostile_texts_and_addresses_do_nothing(tmp_path: Path, browser: Browser) -> None:
    dokument = [
        SearchDocument(f"{n}.html", f"ont {evil}", evil, "text", f"{evil} {' '.join(PROTOTYPES)}", 1)
        for n, evil in enumerate(EVIL)
    ]
    dokument += [SearchDocument(address, f"ont {number}", "", "mål", "", 2) for number, address in enumerate(ADDRESSES)]
    path = write_site(tmp_path / "site", dokument)
    for content in index_files(dokument).values():
        assert content.isascii()
        assert b"<" not in content
    page, requests, events = opened(browser, path)
    page.fill("input", "ont")
    expect(page.get_by_role("status")).to_have_text(f"{len(dokument)} träffar på ont")
    expect(page.get_by_role("listitem")).to_have_count(len(dokument))
    links = page.evaluate("[...document.querySelectorAll('ol a')].map(link => link.getAttribute('href'))")
    assert sorted(links) == [f"{n}.html" for n in range(len(EVIL))]
    assert page.locator("main img, main script, main b").count() == 0
    shown = page.locator("ol").inner_text()
    assert "<img src=x onerror=alert(1)>" in shown
    for query in PROTOTYPES:
        page.fill("input", query)
        expect(page.get_by_role("status")).to_have_text(f"{len(EVIL)} träffar på {query}")
    answers = found(browser, path, list(PROTOTYPES))
    assert {query: len(addresses) for query, addresses in answers.items()} == dict.fromkeys(PROTOTYPES, len(EVIL))
    page.goto(path.as_uri() + "#q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.get_by_role("status")).to_contain_text("1 träff på <img src=x onerror=alert(1)>")
    page.goto(path.as_uri() + "#q=%E0%A4%A")
    expect(page.get_by_role("status")).to_have_text("Skriv minst två bokstäver.")
    assert events == []
    assert all(url.startswith(path.parent.as_uri()) for url in requests)


# query | what the status says
STATES = """
           |
f          | Skriv minst två bokstäver.
!          | Skriv minst två bokstäver.
simhallen  | 1 träff på simhallen
heltid     | 6 träffar på heltid
zzz        | Inga träffar på zzz. Pröva med början av ordet, eller med ett annat ord.
zzz heltid | Inga träffar på zzz heltid. Alla ord ska finnas: pröva med färre.
"""


def test_what_is_said_of_a_query(kommunens_sida: Path, browser: Browser) -> None:
    page, _, events = opened(browser, kommunens_sida)
    for query, said in rows(STATES):
        page.fill("input", query)
        expect(page.get_by_role("status")).to_have_text(said)
        expect(page.locator("ol")).to_be_visible(visible=said[:1].isdigit())
    assert events == []


class SlowRegister(SimpleHTTPRequestHandler):
    """A web server that holds sok/register.js until it is let go."""

    let_go: threading.Event

    def do_GET(self) -> None:
        if self.path.startswith("/sok/register.js"):
            self.let_go.wait(30)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def slow(kommunens_sida: Path) -> Iterator[tuple[str, threading.Event]]:
    """The search page's address on a slow web server, and what lets its register go."""
    handler = type("Held", (SlowRegister,), {"let_go": threading.Event()})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(kommunens_sida.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sok.html", handler.let_go
        handler.let_go.set()
        server.shutdown()


def test_on_a_slow_web_server_too_and_only_the_last_query_is_answered(
    slow: tuple[str, threading.Event], browser: Browser
) -> None:
    address, let_go = slow
    page = browser.new_context().new_page()
    events: list[str] = []
    page.on("pageerror", lambda error: events.append(str(error)))
    page.goto(address)
    page.fill("input", "heltid")
    expect(page.get_by_role("status")).to_have_text("Läser in sökregistret …")
    page.fill("input", "simhallen")
    expect(page).to_have_url(re.compile("#q=simhallen$"))
    let_go.set()
    expect(page.get_by_role("status")).to_have_text("1 träff på simhallen")
    expect(page.get_by_role("listitem")).to_have_count(1)
    page.context.close()
    assert events == []


def test_show_more_pressed_twice_shows_nothing_twice(kommunens_sida: Path, browser: Browser) -> None:
    page, _, events = opened(browser, kommunens_sida)
    page.fill("input", "2025")
    expect(page.get_by_role("status")).to_have_text("55 träffar på 2025")
    expect(page.get_by_role("listitem")).to_have_count(30)
    page.evaluate("() => { const more = document.querySelector('.nr-sok-fler'); more.click(); more.click(); }")
    expect(page.get_by_role("listitem")).to_have_count(55)
    links = page.evaluate("[...document.querySelectorAll('ol a')].map(link => link.getAttribute('href'))")
    assert len(set(links)) == 55
    assert events == []


@pytest.mark.parametrize("missing", ["register.js", "[vod]*.js", "o*.js", "d*.js"])
def test_an_index_that_cannot_be_read_is_said_and_tried_again(
    missing: str, kommunens: list[SearchDocument], tmp_path: Path, browser: Browser
) -> None:
    path = write_site(tmp_path / "site", kommunens)
    away = {file: file.read_bytes() for file in (path.parent / "sok").glob(missing)}
    for file in away:
        file.unlink()
    page, _, _ = opened(browser, path)
    page.fill("input", "sjukfrånvaro")
    expect(page.get_by_role("status")).to_have_text(
        "Sökregistret kunde inte läsas. Läs in sidan på nytt; hjälper inte det, kan filerna i mappen sok saknas."
    )
    expect(page.locator("ol")).to_be_hidden()
    for file, content in away.items():
        file.write_bytes(content)
    page.press("input", "Enter")
    expect(page.get_by_role("status")).to_have_text("4 träffar på sjukfrånvaro")


def test_without_script_the_search_says_so_and_shows_the_way(kommunens_sida: Path, browser: Browser) -> None:
    page, _, _ = opened(browser, kommunens_sida, java_script_enabled=False)
    expect(page.locator("input")).to_be_hidden()
    expect(page.get_by_text("Sökningen behöver skript")).to_be_visible()
    assert page.get_by_role("link", name="registret").get_attribute("href") == "register.html"
    page, _, _ = opened(browser, kommunens_sida)
    expect(page.locator("input")).to_be_visible()
    expect(page.get_by_text("Sökningen behöver skript")).to_be_hidden()


def test_by_keyboard_alone_and_back_again(kommunens: list[SearchDocument], tmp_path: Path, browser: Browser) -> None:
    path = write_site(tmp_path / "site", kommunens)
    first = path.parent / "2025-08" / "kultur-och-fritidsnamnden" / "rapport.html"
    first.parent.mkdir(parents=True)
    first.write_text("<!DOCTYPE html><title>Rapport</title>", encoding="utf-8")
    page, _, events = opened(browser, path)
    focused = "document.activeElement.closest('li') ? document.activeElement.getAttribute('href') : document.activeElement.tagName"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "nr-fraga"
    assert page.get_by_role("searchbox", name="Sök bland mål, mätetal och texter").count() == 1
    page.keyboard.type("2025")
    page.keyboard.press("Enter")
    expect(page.locator("ol a").first).to_be_focused()
    expect(page.get_by_role("listitem")).to_have_count(30)
    for _ in range(30):
        page.keyboard.press("Tab")
    assert page.evaluate(focused) == "BUTTON"
    page.keyboard.press("Enter")
    expect(page.locator("ol a").nth(30)).to_be_focused()
    expect(page.get_by_role("button", name="Visa fler")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("ol a").nth(29)).to_be_focused()
    page.fill("input", "utebadet")
    page.press("input", "Enter")
    expect(page.locator("ol a").first).to_be_focused()
    assert page.locator("ol mark").all_inner_texts() == ["utebadet"]  # the other has it in its text
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapport.html#besok-utebad")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("2 träffar på utebadet")
    assert page.input_value("input") == "utebadet"
    shared, _, _ = opened(browser, path)
    shared.goto(page.url)
    expect(shared.get_by_role("status")).to_have_text("2 träffar på utebadet")
    assert events == []


# query | title | what is marked in it
MARKS = """
samtal         | Hälsosamtal och samtalen, ett samtal | samtal, samtal, samtal
halso          | Hälsosamtal hälso                    | Hälso, hälso
tjänst         | E-tjänst och tjänster                | E-tjänst, tjänst
bar ung        | Barn, unga och ungas rum             | Bar, ung, ung
"""


def test_the_words_of_the_query_are_marked(tmp_path: Path, browser: Browser) -> None:
    for number, (query, title, marked) in enumerate(rows(MARKS)):
        path = write_site(tmp_path / str(number), [SearchDocument("a.html", title, "Nämnden", "mätetal", "", 1)])
        page, _, _ = opened(browser, path)
        page.fill("input", query)
        expect(page.locator("ol a")).to_have_text(title)
        assert page.locator("ol mark").all_inner_texts() == marked.split(", ")
        assert page.locator("ol li span").inner_text() == "Mätetal · Nämnden"
        page.context.close()


AXE = [
    pytest.param(*at, marks=[] if at in ((320, "light", "none"), (1280, "dark", "active")) else [pytest.mark.nightly])
    for at in product((320, 1280), ("light", "dark"), ("none", "active"))
]


@pytest.mark.parametrize(("width", "scheme", "forced"), AXE)
def test_axe_finds_nothing(scheme: str, width: int, forced: str, kommunens_sida: Path, browser: Browser) -> None:
    page, _, _ = opened(
        browser, kommunens_sida, viewport={"width": width, "height": 900}, color_scheme=scheme, forced_colors=forced
    )
    page.fill("input", "andel barn")
    expect(page.locator("ol mark").first).to_be_visible()
    result = Axe().run(page).response
    assert len(result["passes"]) > 15
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def many(number: int) -> list[SearchDocument]:
    """Texts of made-up compounds, as many as asked for."""
    stems = ["barn", "skola", "vård", "tid", "plats", "stöd", "kostnad", "hjälp",
             "familj", "enkät", "besök", "boende", "pris", "väg", "bygg",
             "lov", "plan", "miljö", "idrott", "bad"]  # fmt: skip
    made = [first + second + third for first in stems for second in stems for third in ("", "na", "s")]
    return [
        SearchDocument(
            f"{n % 9}/rapport.html#m{n}", made[n * 7 % 1200], "", "mätetal",
            " ".join(made[n * k % 1200] for k in range(1, 150)), 202400 + n % 9,
        )
        for n in range(number)
    ]  # fmt: skip


def test_files_are_small_and_the_same_and_one_text_changes_few_ids(tmp_path: Path, browser: Browser) -> None:
    dokument = many(1500)
    files = index_files(dokument)
    assert max(map(len, files.values())) < 60_000
    assert files == index_files(dokument[::-1])
    changed = index_files([replace(dokument[0], text=f"{dokument[0].text} nyttord"), *dokument[1:]])
    assert 2 <= len([name for name in changed if files.get(name) != changed[name]]) <= 4
    fewer = index_files(dokument[1:])
    shown = [name for name in files if name.startswith("sok/d")]
    assert len(shown) > 2
    assert len([name for name in shown if fewer.get(name) != files[name]]) == 1
    page, requests, _ = opened(browser, write_site(tmp_path / "site", dokument))
    page.fill("input", "barnbesök")
    expect(page.get_by_role("listitem")).to_have_count(30)
    assert len(requests) < len(files) / 2


def test_nothing_to_find_is_an_index_too(tmp_path: Path, browser: Browser) -> None:
    assert found(browser, write_site(tmp_path / "site", []), ["samtal"]) == {"samtal": []}


def test_the_script_is_small_and_makes_nothing_of_text_but_text() -> None:
    script = (PARTS / "site/page/sok.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 8_500
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval", "Function", "http", "fetch"):
        assert word not in script

"""Nothing that anybody writes runs, calls or asks: the whole site in a real browser, with its policy and without it, and its downloads."""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from pydantic import ValidationError

from conftest import run_all
from hostile_words import (
    ADDRESS,
    CELLS,
    CONTACT,
    DISGUISED,
    FORMULAS,
    NAMES,
    NAMND,
    OUTPUTS,
    OWN,
    PERIODS,
    TEXTS,
    file_names,
    hostile_kommun,
    vectors,
)
from reporting.files import write_whole
from reporting.params.kommun import Webbplats as Said
from reporting.params.logotype import UnusableLogotypeError, read_logotype
from reporting.params.read import read_run_params
from reporting.params.root import Root, find_root
from reporting.periods import Period
from reporting.site.build import KEPT, Site, build
from reporting.site.changes import changes_page, report_differences
from reporting.site.facts_files import as_json, every_fakta, from_json
from reporting.site.frame import PREVIEW, permanent_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("security")]  # one site for all of them

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
ATTACK = "<img src=x onerror=alert(99001)><img src=http://angrepp.invalid/99002>"


@dataclass(frozen=True)
class Sajt:
    """The site of the hostile kommun, and all pages in outputs that a browser can show, as paths from there."""

    root: Root
    webbplats: Site
    sidor: tuple[str, ...]


@pytest.fixture(scope="module")
def sajt(tmp_path_factory: pytest.TempPathFactory) -> Sajt:
    """Everything made as it is before a publication."""
    root = hostile_kommun(tmp_path_factory.mktemp("hostile") / "kommun")
    for period in PERIODS:
        failed = [outcome.orsak for page in run_all(root, period) for outcome in page.failed]
        assert failed == []
    periods = [Period.parse(period) for period in PERIODS]
    fakta = every_fakta(root, periods, lambda: None)

    def pdfs(jobs: Sequence[tuple[Path, Path]]) -> None:
        for _, pdf in jobs:
            write_whole(pdf, b"%PDF-1.4 a placeholder")

    made = build(root, {period: read_run_params(root.params, period) for period in periods}, fakta, pdfs)
    now = {(str(when), item.namnd): item for when, items in fakta.items() for item in items}
    before = {key: from_json(as_json(item).replace(b"alert(", b"alert (")) for key, item in now.items()}
    told = report_differences({key: item for key, item in before.items() if item}, now)
    assert sum(len(report.andringar) for report in told) > 50
    page = changes_page(fakta[periods[0]][0].namn, told, "Jämfört med förra.", "Sidor: inga.")
    (root.outputs / "andringar.html").write_text(page, encoding="utf-8")
    reports = [path.relative_to(root.outputs).as_posix() for path in root.outputs.rglob("rapport.html")]
    return Sajt(root, made, ("andringar.html", *sorted(reports), *(f"webbplats/{name}" for name in made.pages)))


@pytest.fixture(
    scope="module", params=[pytest.param("with its policy", marks=pytest.mark.nightly), "without its policy"]
)
def outputs(sajt: Sajt, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs as they are, or a copy of them in which no page has a policy."""
    if request.param == "with its policy":
        return sajt.root.outputs
    folder = tmp_path_factory.mktemp("bare") / "outputs"
    shutil.copytree(sajt.root.outputs, folder)
    for path in pages_in(folder):
        bare, count = POLICY.subn("", path.read_text(encoding="utf-8"))
        assert count == 1, path
        path.write_text(bare, encoding="utf-8")
    assert "Security-Policy" not in "".join(path.read_text(encoding="utf-8") for path in pages_in(folder))
    return folder


def pages_in(outputs: Path) -> list[Path]:
    """Every file that is a page; those kept to make pages from are parts of one."""
    return sorted(path for path in outputs.rglob("*.html") if KEPT + "/bilder" not in path.as_posix())


@dataclass
class Vakt:
    """A tab, and all that it did that a page must not do: dialogs, errors, requests from outside the folder, windows, downloads."""

    page: Page
    fired: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        """What happened since the last time."""
        found = list(self.fired)
        self.fired.clear()
        return found


@pytest.fixture
def vakt(browser: Browser) -> Iterator[Callable[[Path], Vakt]]:
    contexts = []

    def watched(folder: Path) -> Vakt:
        context = browser.new_context(color_scheme="light")
        contexts.append(context)
        vakt = Vakt(context.new_page())
        inside, fired = folder.resolve().as_uri() + "/", vakt.fired

        def dialog(shown: Any) -> None:
            fired.append(f"dialog {shown.message}")
            shown.dismiss()

        def requested(request: Any) -> None:
            if not request.url.startswith((inside, "data:image/")):
                fired.append(f"request {request.url}")

        def failed(request: Any) -> None:
            # What the page was still reading of its own when the next one was opened is neither refused nor called.
            if not (request.url.startswith(inside) and request.failure == "net::ERR_ABORTED"):
                fired.append(f"refused {request.url} {request.failure}")

        vakt.page.on("requestfailed", failed)
        vakt.page.on("dialog", dialog)
        vakt.page.on("pageerror", lambda error: fired.append(f"error {error}"))
        vakt.page.on("console", lambda message: fired.append(f"console {message.text}"))
        vakt.page.on("download", lambda download: fired.append(f"download {download.url}"))
        context.on("request", requested)
        context.on("page", lambda other: fired.append(f"window {other.url}"))
        return vakt

    yield watched
    for context in contexts:
        context.close()


# Everything is touched as a reader could, and every event fired that a handler could wait for. Links to pages lead nowhere meanwhile.
TOUCH = """async () => {
    const known = ['http:', 'https:', 'mailto:', 'file:'];
    addEventListener('click', event => {
        const link = event.target.closest('a[href]');
        if (link && known.includes(link.protocol)) event.preventDefault();
    }, true);
    const kinds = ['mouseover', 'mouseenter', 'mousemove', 'pointerenter', 'focus', 'focusin', 'blur', 'toggle', 'error', 'load',
        'animationstart', 'begin', 'start', 'keydown', 'click'];
    let links = 0;
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const element of [...document.querySelectorAll('body, body *')]) {
        links += element.matches('a[href]');
        element.focus?.();
        for (const kind of kinds) {
            const bubbles = !['error', 'load', 'toggle'].includes(kind);
            element.dispatchEvent(new MouseEvent(kind, { bubbles, cancelable: true }));
        }
    }
    await new Promise(done => setTimeout(done));
    return links;
}"""
# What stands in a page that could run or call, whether or not it did.
LOOK = r"""() => {
    const scripts = /^(?:v\/0000\/)?(?:\.\.\/)*(?:start\.js|sok\.js|sok\/\w+\.js\?\w*)$/;
    const allowed = {
        SCRIPT: e => scripts.test(e.getAttribute('src')) && !e.textContent,
        LINK: e => e.rel === 'stylesheet' && /^(?:v\/0000\/)?(?:\.\.\/)*stil\.css$/.test(e.getAttribute('href')),
        META: e => !/refresh|set-cookie/i.test(e.httpEquiv),
        STYLE: e => e.parentElement === document.head && !/url\(|@import/i.test(e.textContent),
        FORM: e => !e.hasAttribute('action'),
    };
    const never = new Set(('iframe frame frameset object embed applet base portal template noscript foreignObject use image animate'
        + ' animateTransform set math audio video source track marquee textarea select x').split(' '));
    const found = [];
    for (const e of document.querySelectorAll('*')) {
        if (never.has(e.localName) || (allowed[e.tagName] && !allowed[e.tagName](e))) found.push(e.outerHTML.slice(0, 200));
        for (const { name, value } of e.attributes) {
            const plain = value.replace(/[\x00-\x20\x7f-\xa0]/g, '').toLowerCase();
            const picture = e.tagName === 'IMG' && name === 'src' && /^data:image\/(?:png|svg\+xml);base64,[a-z0-9+\/=]*$/.test(plain);
            const asks = /^(?:href|src|xlink:href|action|data|poster)$/i.test(name);
            const paints = /^(?:style|fill|stroke|filter|mask|clip-path)$/i.test(name);
            const bad = /^on|^(?:srcdoc|formaction|ping|srcset|background|xmlns:.*)$/i.test(name)
                || (asks && /^(?:javascript|vbscript|data|blob|file|filesystem):/.test(plain) && !picture)
                || (e.tagName === 'IMG' && name === 'src' && !picture)
                || (paints && /url\(|\\|image-set|@import|expression/i.test(value));
            if (bad) found.push(`${e.localName} ${name}=${value}`.slice(0, 200));
        }
    }
    return found;
}"""
SEARCH = """async words => {
    for (const word of words) {
        location.hash = word;
        location.hash = `q=${encodeURIComponent(word)}`;
        location.hash = `q=${word}`;
        await new Promise(done => setTimeout(done, 5));
    }
}"""


def plain(text: str) -> str:
    return " ".join(text.split())


def test_every_page_is_harmless_and_says_what_was_written(
    sajt: Sajt, outputs: Path, vakt: Callable[[Path], Vakt]
) -> None:
    tab, links = vakt(outputs), 0
    bad: dict[str, list[str]] = {}
    texts: list[str] = []
    for name in sajt.sidor:
        tab.page.goto((outputs / name).as_uri())
        found = tab.page.evaluate(LOOK)
        texts.append(plain(tab.page.evaluate("document.documentElement.textContent")))
        links += tab.page.evaluate(TOUCH)
        found += tab.page.evaluate(LOOK)
        if found := list(dict.fromkeys([*found, *tab.taken()])):
            bad[name] = found
    assert bad == {}
    text = "\n".join(texts)
    for where, kind in ((NAMES, "names"), (TEXTS, "texts"), (CELLS, "cells"), (OUTPUTS, "outputs")):
        counts = [text.count(number) for number in numbers(where)]
        print(
            f"{kind}: {len(counts)} vectors on {len(texts)} pages, {sum(counts)} times, each {min(counts)} to {max(counts)}"
        )
        assert len(counts) >= 33
        assert min(counts) > 0, [number for number in numbers(where) if number not in text]
    for where in (NAMES, CELLS):
        assert [vector for vector in vectors(where) if plain(vector) not in text] == []
    assert [name for name in file_names() if name not in text] == []
    assert ADDRESS in text
    assert CONTACT in text
    assert links > 1_000


def numbers(where: int) -> list[str]:
    return [f"{where}{number:03d}" for number in range(len(vectors(where)))]


def test_an_address_that_attacks_goes_nowhere(outputs: Path, vakt: Callable[[Path], Vakt]) -> None:
    start = (outputs / "webbplats" / "index.html").as_uri()
    tab = vakt(outputs)
    hostile = [
        *vectors(OUTPUTS),
        "javascript:alert(98001)",
        "//angrepp.invalid/98002",
        "register",
        "innehall",
        "q=<img src=x>",
    ]
    tab.page.goto(start)
    for word in hostile:
        tab.page.evaluate("word => { location.hash = word }", word)
    assert tab.page.url.startswith(f"{start}#")
    assert (tab.taken(), tab.page.evaluate(LOOK)) == ([], [])
    tab.page.goto(f"{start}#sok")  # a right one does lead on
    tab.page.wait_for_url("**/v/0000/sok.html")


def test_a_search_that_attacks_finds_what_is_written_and_shows_it_as_text(
    outputs: Path, vakt: Callable[[Path], Vakt]
) -> None:
    tab = vakt(outputs)
    search = (outputs / "webbplats" / PREVIEW / "sok.html").as_uri()
    tab.page.goto(f"{search}#q=<img src=x onerror=alert(98003)>")
    status, field = tab.page.locator("[role=status]"), tab.page.locator("input")
    status.filter(has_text="träff").wait_for()
    tab.page.evaluate(SEARCH, vectors(OUTPUTS))
    for word in vectors(TEXTS):
        field.fill(word)
        field.press("Enter")
        status.filter(has_text=re.compile(rf"^\d+ träff.*{re.findall(r'92[0-9]{3}', word)[0]}")).wait_for()
    assert (tab.taken(), tab.page.evaluate(LOOK)) == ([], [])
    field.fill("alert")
    field.press("Enter")
    status.filter(has_text="träffar på alert").wait_for()
    while (more := tab.page.locator(".nr-sok-fler")).is_visible():
        count = tab.page.locator(".nr-traffar li").count()
        more.click()
        tab.page.locator(f".nr-traffar li:nth-child({count + 1})").wait_for()
    shown = tab.page.locator(".nr-traffar").text_content() or ""
    seen = [number for number in numbers(NAMES) if number in shown]
    print(f"search: {len(vectors(TEXTS))} searched for, {len(seen)} in the headings of what was found")
    assert len(seen) > 20
    tab.page.evaluate(TOUCH)
    assert (tab.taken(), tab.page.evaluate(LOOK)) == ([], [])


def test_every_page_has_a_policy_that_lets_nothing_in(sajt: Sajt) -> None:
    pages = pages_in(sajt.root.outputs)
    assert len(pages) > len(sajt.sidor)
    scripts = {}
    for path in pages:
        html = path.read_text(encoding="utf-8")
        [written] = POLICY.findall(html)
        assert html.index(written) < 200, "the policy stands before what it rules"
        said = unescape(written)
        policy = {name: values for name, *values in (part.split() for part in said.split(";") if part.strip())}
        allowed = policy.get("script-src", policy["default-src"])
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
        assert allowed in (["'none'"], ["'self'"])
        assert policy.get("img-src", ["data:"]) == ["data:"]
        assert set(policy) <= {"default-src", "base-uri", "form-action", "script-src", "img-src", "style-src"}
        if allowed == ["'self'"]:
            scripts[path.relative_to(sajt.root.outputs).as_posix()] = re.findall(r"<script[^>]*>", html)
        else:
            assert "<script" not in html
    assert scripts == {
        "webbplats/index.html": ['<script src="v/0000/start.js" defer>'],
        "webbplats/v/0000/sok.html": ['<script src="sok.js" defer>'],
    }


@pytest.mark.parametrize(
    "name", ["webbplats/index.html", f"webbplats/{PREVIEW}sok.html", f"{PERIODS[0]}/{NAMND}/rapport.html"]
)
def test_the_policy_itself_stops_a_vector_that_comes_through(
    name: str, sajt: Sajt, vakt: Callable[[Path], Vakt], tmp_path: Path
) -> None:
    html = (sajt.root.outputs / name).read_text(encoding="utf-8")
    for folder, policy in (("with", True), ("without", False)):
        page = tmp_path / folder / name
        page.parent.mkdir(parents=True)
        written = html.replace('<main id="innehall">', f'<main id="innehall">{ATTACK}')
        page.write_text(written if policy else POLICY.sub("", written), encoding="utf-8")
        tab = vakt(tmp_path / folder)
        tab.page.goto(page.as_uri())
        fired = tab.taken()
        assert ("dialog 99001" in fired) != policy
        assert ("refused http://angrepp.invalid/99002 csp" in fired) == policy
        assert "request http://angrepp.invalid/99002" in fired
        assert len(tab.page.evaluate(LOOK)) >= 3


def test_what_a_reader_is_told_of_a_fault_is_text(sajt: Sajt, vakt: Callable[[Path], Vakt], tmp_path: Path) -> None:
    shutil.copytree(sajt.root.folder, tmp_path / "kommun")
    root = find_root(tmp_path / "kommun")
    path = root.data / PERIODS[1] / NAMND / file_names()[0]
    book = openpyxl.load_workbook(path)
    sheet = book["Mätetal"]
    utfall = next(cell.column for cell in sheet[1] if cell.value == "utfall")
    for row, word in enumerate(vectors(CELLS)[: sheet.max_row - 1], start=2):
        sheet.cell(row, utfall, word)
    book.save(path)
    made = run_all(root, PERIODS[1], NAMND, "03-matetal")
    [page] = [item for item in made if item.failed]
    tab = vakt(page.page.parent)
    tab.page.goto(page.page.as_uri())
    assert "<img src=x onerror=alert(93000)>" in (tab.page.locator(".failed").first.text_content() or "")
    tab.page.evaluate(TOUCH)
    assert (tab.taken(), tab.page.evaluate(LOOK)) == ([], [])


def test_a_logotype_that_could_run_is_refused_or_is_only_a_picture(
    vakt: Callable[[Path], Vakt], tmp_path: Path
) -> None:
    tab, taken = vakt(tmp_path), 0
    for number, word in enumerate([*vectors(OUTPUTS), *DISGUISED]):
        for form, inside in (("raw", word), ("style", f'<g style="{escape(word)}"/>')):
            path = tmp_path / f"{form}-{number}.svg"
            path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', encoding="utf-8")
            try:
                read_logotype(path)
            except UnusableLogotypeError:
                continue
            taken += 1
            tab.page.goto(path.as_uri())
            assert (tab.taken(), path.name) == ([], path.name)
    assert taken > 33


def test_an_address_or_a_contact_that_attacks_is_refused() -> None:
    for word in vectors(OUTPUTS):
        for key in ("kontakt", "adress"):
            with pytest.raises(ValidationError):
                Said.model_validate({key: word})
            with pytest.raises(ValidationError):
                Said.model_validate({key: f"javascript://exempel.se/%0A{word}"})


def zipped_tables(sajt: Sajt) -> list[tuple[str, str]]:
    found = []
    for path in sajt.webbplats.publication.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            found += [(name, archive.read(name).decode("utf-8-sig")) for name in archive.namelist()]
    return found


def test_no_csv_cell_is_a_formula_and_no_file_of_a_zip_leaves_its_folder(sajt: Sajt) -> None:
    zipped = zipped_tables(sajt)
    loose = [(path.name, path.read_text(encoding="utf-8-sig")) for path in sajt.webbplats.publication.rglob("*.csv")]
    assert len(zipped) > 20
    assert len(loose) > 10
    assert [name for name, _ in zipped if not re.fullmatch(r"\d\d-[a-z0-9-]{1,60}\.csv", name)] == []
    cells = [
        cell
        for _, text in (*zipped, *loose)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
        for cell in row
    ]
    formulas = [
        cell
        for cell in cells
        if cell.startswith(tuple("=+-@＝＋－＠\t\r\n")) and not re.fullmatch(r"[+-]?\d+(,\d+)?", cell)
    ]
    assert formulas == []
    guarded = {cell for cell in cells if cell.startswith("'")}
    assert [
        formula for formula in FORMULAS if not any(cell.startswith(f"'{formula.strip()}") for cell in guarded)
    ] == []
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", cell) for cell in cells)
    assert len([number for number in numbers(NAMES) if any(number in cell for cell in cells)]) > 33


def test_no_workbook_has_a_formula_or_a_link_out_of_itself(sajt: Sajt) -> None:
    paths = sorted(sajt.webbplats.publication.rglob("*.xlsx"))
    assert len(paths) == 4
    words = set()
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            assert [
                name for name in archive.namelist() if re.search(r"external|vba|macro|embed|\.\.", name, re.I)
            ] == []
            assert 'TargetMode="External"' not in "".join(
                archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")
            )
            assert not any(
                re.search(rb"<f[ >]", archive.read(name)) for name in archive.namelist() if "sheets/sheet" in name
            )
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f"
                assert cell.hyperlink is None or (not cell.hyperlink.target and cell.hyperlink.location)
                words.add(str(cell.value))
    assert [formula for formula in FORMULAS if not any(word.startswith(formula.strip()) for word in words)] == []


def test_the_search_register_is_plain_data(sajt: Sajt) -> None:
    files = sorted(sajt.webbplats.publication.glob("sok/*.js"))
    assert len(files) > 3
    every = ""
    for path in files:
        text = path.read_bytes().decode("ascii")
        call = re.fullmatch(rf'nrSok\("{path.stem}",(.*)\);\n', text)
        assert call
        assert isinstance(json.loads(call[1]), list | str)
        assert not re.search(r"[<\x00-\x09\x0b-\x1f]", text)
        every += call[1]
    assert [number for number in numbers(NAMES) if number in every]


def test_the_facts_are_data_and_show_as_text(sajt: Sajt, vakt: Callable[[Path], Vakt]) -> None:
    files = sorted(sajt.webbplats.publication.glob("fakta/*/*.json"))
    assert len(files) == len(PERIODS)
    tab = vakt(sajt.webbplats.publication)
    for path in files:
        assert json.loads(path.read_text(encoding="utf-8"))["namnd"] == NAMND
        tab.page.goto(path.as_uri())
        assert (tab.taken(), tab.page.evaluate("document.querySelectorAll('img, script, svg').length")) == ([], 0)
        assert "alert(92000)" in (tab.page.locator("body").text_content() or "")


def test_a_permanent_address_holds_nothing_that_anybody_wrote(sajt: Sajt) -> None:
    pages = sorted(sajt.webbplats.addresses.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        adress = path.relative_to(sajt.webbplats.addresses).as_posix()
        assert path.read_bytes() == permanent_page(adress)
        assert not re.search(r"alert|angrepp|9[1-7]\d{3}", path.read_text(encoding="utf-8"))
        assert re.fullmatch(r"[a-z0-9][a-z0-9/-]*\.html", adress)
    assert OWN not in "".join(str(path) for path in pages)

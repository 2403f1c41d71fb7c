"""The gate before the site: deliberately broken pages in a real browser, each refused for its fault, and a good one let through."""

import json
import re
from pathlib import Path

import pytest

from reporting.gate.check_site import check_site
from reporting.gate.chromium import ENV, NoBrowser, Tab, find_browser, in_tabs
from reporting.gate.findings import MODES, SiteCheck, receipt
from table_text import rows

pytestmark = pytest.mark.browser

STYLE = """
:root { --ink: #1b2430; --paper: #ffffff; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaef; --paper: #141a21; --link: #8fc1f0; } }
body { margin: 0 1rem; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
a { color: var(--link); } a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); }
svg { width: 10rem; }
"""
GOOD = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; script-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Socialnämnden 2024</title>
<link rel="stylesheet" href="stil.css">
<style>/*stil*/</style>
</head>
<body>
<a class="skip" href="#innehall">Till innehållet</a>
<header><p>Exempelkommun</p></header>
<nav aria-label="Webbplatsen"><ul><li><a href="annan.html">En annan sida</a></li><li><a href="annan.html#rad">En rad</a></li></ul></nav>
<main id="innehall">
<h1>Socialnämnden 2024</h1>
<p>Nämnden nådde tretton av tjugofyra målvärden under året. Det är två fler än året före.</p>
<h2>Mätetal</h2>
<table><caption>Utfall mot målvärde</caption>
<thead><tr><th scope="col">Mätetal</th><th scope="col">Utfall</th></tr></thead>
<tbody><tr><th scope="row">Nya på mottagningen</th><td>261</td></tr></tbody></table>
<svg viewBox="0 0 9 9" role="img" aria-label="Antal nya på mottagningen, år för år"><path d="M0 0h9" stroke="currentColor"/></svg>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="En röd punkt över kartan">
</main>
<footer><p>Gjord av Nämndrapport.</p></footer>
</body>
</html>
"""

# name of the page | what of the good page is changed | into what | the rule that refuses it | words of the fault
BROKEN = """
tom | <p>Nämnden…över kartan"> | | innehåll | minst 40 väntas
tom-i-utskrift | /*stil*/ | @media print { main > * { display: none; } } | innehåll | utskrift
spraklos | <html lang="sv"> | <html> | sprak | ska vara sv
titellos | <title>Socialnämnden 2024</title> | <title> </title> | titel | ingen titel
tva-h1 | <h2>Mätetal</h2> | <h1>Mätetal</h1> | en-h1 | 2 rubriker h1
ingen-h1 | <h1>Socialnämnden 2024</h1> | <p>Socialnämnden 2024</p> | en-h1 | 0 rubriker h1
overhoppad-niva | <h2>Mätetal</h2> | <h4>Mätetal</h4> | rubriknivå | h1 följs av h4
tom-rubrik | <h2>Mätetal</h2> | <h2> </h2> | tom-rubrik | En rubrik är tom
dubbelt-id | <h2>Mätetal</h2> | <h2 id="innehall">Mätetal</h2> | dubbelt-id | innehall
lank-till-ingen-sida | href="annan.html" | href="ingen.html" | lank | ingen.html finns inte
lank-till-inget-stalle | annan.html#rad | annan.html#borta | lank | stället finns inte på sidan
lank-inom-sidan | <h2>Mätetal</h2> | <h2>Mätetal</h2><p><a href="#borta">Till det som är borta</a></p> | lank | #borta finns inte på sidan
lank-ut-ur-mappen | href="annan.html" | href="../../annan.html" | lank | leder ut ur webbplatsen
lank-med-fel-bokstav | href="annan.html" | href="Annan.html" | lank | Annan.html finns inte
tabell-utan-rubrik | <caption>Utfall mot målvärde</caption> | <caption></caption> | tabellrubrik | ingen rubrik
tabell-utan-huvud | <thead><tr><th scope="col">Mätetal</th><th scope="col">Utfall</th></tr></thead> | | tabellhuvud | inga kolumnrubriker
kolumn-utan-scope | <th scope="col">Utfall</th> | <th>Utfall</th> | scope | scope=col
rad-utan-scope | <th scope="row">Nya | <th>Nya | scope | scope=row
ojamn-tabell | <td>261</td> | <td>261</td><td>17</td> | tabellceller | 3 i stället för 2
bild-utan-text | alt="En röd punkt över kartan" | | bildtext | «»
bild-med-filnamn | alt="En röd punkt över kartan" | alt="karta_1.png" | bildtext | «karta_1.png»
bild-som-heter-bild | alt="En röd punkt över kartan" | alt="Bild" | bildtext | «Bild»
bild-ur-jupyter | alt="En röd punkt över kartan" | alt="No description has been provided for this image" | bildtext | No description
bild-som-ingen-beskrev | alt="En röd punkt över kartan" | alt="Figur utan textalternativ: skriv vad den visar i cellens metadata, som alt" | bildtext | Figur utan textalternativ
diagram-utan-namn | aria-label="Antal nya på mottagningen, år för år" | | diagramnamn | «»
diagram-som-heter-diagram | aria-label="Antal nya på mottagningen, år för år" | aria-label="Diagram" | diagramnamn | «Diagram»
teckning-utan-roll | role="img" aria-label="Antal nya på mottagningen, år för år" | | svg-utan-roll | aria-hidden=true
ingen-main | <main id="innehall">§</main> | <div id="innehall">§</div> | landmärken | main: 0
ingen-footer | <footer>§</footer> | <div>§</div> | landmärken | footer: 0
ingen-hopplank | <a class="skip" href="#innehall">Till innehållet</a> | | hopplänk | är inte först
hopplank-som-inte-syns | /*stil*/ | .skip:focus { left: -99rem; } | hopplänk | syns inte
for-bred | <h2>Mätetal</h2> | <h2>Mätetal</h2><p style="width: 500px">Bredare än en telefon</p> | bredd | 320 px
for-bred-och-avklippt | /*stil*/ | html, body { overflow-x: hidden; } table { width: 500px; } | bredd | px
fokus-syns-inte | /*stil*/ | nav a:focus-visible { outline: none; } | fokus-syns | (ljust, tvingade färger)
fokus-syns-inte-i-tvingade-farger | /*stil*/ | nav a:focus-visible { outline: none; box-shadow: 0 0 0 3px var(--link); } | fokus-syns | (tvingade färger)
tabindex-fore-andra | <a href="annan.html"> | <a href="annan.html" tabindex="3"> | tabindex | Tab
falla-for-tangentbordet | <h2>Mätetal</h2> | <h2>Mätetal</h2><p><a href="annan.html">Före</a> <a id="falla" href="annan.html">I fällan</a></p><script src="falla.js"></script> | tangentbord | Med Tab
rorlig | /*stil*/ | h1 { animation: fram 3s infinite; } @keyframes fram { to { opacity: .99; } } | rörelse | animation fram
mjuk-rullning | /*stil*/ | html { scroll-behavior: smooth; } | rörelse | smooth
skript-i-sidan | <h2>Mätetal</h2> | <h2>Mätetal</h2><script>document.title = "A"</script> | skript | skript i sidan
handelse-i-sidan | <h2>Mätetal</h2> | <h2 onclick="alert(1)">Mätetal</h2> | skript | onclick
lank-som-ar-skript | href="annan.html" | href="javascript:alert(1)" | skript | javascript:
ingen-csp | <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; script-src 'self'"> | | csp | saknas
csp-som-tillater-allt | script-src 'self' | script-src 'self' 'unsafe-inline' | csp | 'unsafe-inline'
csp-utan-skript | default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; script-src 'self' | style-src 'self' 'unsafe-inline' | csp | säger inget om skript
hindrad-av-csp | img-src data:; | | csp-brott | img-src
ropar-ut | img-src data:;§src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" | img-src https:;§src="https://exempel.se/bild.png" | utanför | https://exempel.se/bild.png
skript-som-gar-sonder | <h2>Mätetal</h2> | <h2>Mätetal</h2><script src="sonder.js"></script> | konsol | trasigt
blek-text | /*stil*/ | main p { color: #aaa; } | axe:color-contrast | (ljust, 320 px, utskrift)
blek-text-i-morker | /*stil*/ | @media (prefers-color-scheme: dark) { main p { color: #444; } } | axe:color-contrast | (mörkt)
blek-text-i-smalt | /*stil*/ | @media (max-width: 30rem) { main p { color: #aaa; } } | axe:color-contrast | (320 px)
blek-text-i-utskrift | /*stil*/ | @media print { main p { color: #aaa; } } | axe:color-contrast | (utskrift)
blek-bland-lika | <h2>Mätetal</h2> | <h2>Mätetal</h2><p>Ett stycke.</p><p>Två stycken.</p><p style="background: #222">Tre stycken.</p> | axe:color-contrast | Tre stycken
blek-dar-nagot-ligger-under | <h2>Mätetal</h2> | <h2>Mätetal</h2><div style="background: #222; height: 7rem; margin-bottom: -7rem"></div><p>Ett stycke.</p><p>Två stycken.</p> | axe:color-contrast | Ett stycke
blek-var-tredje-rad | /*stil*/§<td>261</td></tr> | tbody tr:nth-child(3n) { background: #222; }§<td>261</td></tr><tr><th scope="row">Två</th><td>262</td></tr><tr><th scope="row">Tre</th><td>263</td></tr><tr><th scope="row">Fyra</th><td>264</td></tr> | axe:color-contrast | <td>263</td>
okand-aria | <h2>Mätetal</h2> | <h2 aria-fel="ja">Mätetal</h2> | axe:aria-valid-attr | aria-fel
falt-utan-namn | <h2>Mätetal</h2> | <h2>Mätetal</h2><input type="text"> | axe:label | Form elements
lista-med-annat | <ul><li> | <ul><p>Sidor</p><li> | axe:list | list
"""  # noqa: E501

REDIRECT = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0; url=annan.html">
<title>Till den senaste publiceringen</title>
</head>
<body><main><h1>Sidan finns i den senaste publiceringen</h1>
<p><a href="annan.html">Till den senaste publiceringen av sidan</a></p></main></body>
</html>
"""


def changed(page: str, before: str, after: str) -> str:
    """The page with its parts replaced one by one; § between parts, … for whatever lies between."""
    befores, afters = before.split("§"), after.split("§")
    for number, part in enumerate(befores):
        pattern = ".*?".join(re.escape(piece) for piece in part.split("…"))
        new = afters[number] if number < len(afters) else ""
        page, count = re.subn(pattern, lambda _match, new=new: new, page, count=1, flags=re.DOTALL)
        assert count == 1, part
    return page


def site(folder: Path, pages: dict[str, str]) -> Path:
    """A folder with pages, and what they use and lead to."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stil.css").write_text(STYLE, encoding="utf-8")
    (folder / "annan.html").write_text("<!DOCTYPE html><p id='rad'>En rad</p>", encoding="utf-8")
    trap = "document.getElementById('falla').addEventListener('keydown', e => { if (e.key === 'Tab') e.preventDefault(); })"
    (folder / "falla.js").write_text(trap, encoding="utf-8")
    (folder / "sonder.js").write_text("throw new Error('trasigt')", encoding="utf-8")
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    return folder


def checked(folder: Path, *pages: str, tabs: int = 2) -> SiteCheck:
    return check_site(folder, pages, folder.parent / "granskade.json", lambda _what, _ready, _all: None, tabs=tabs)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> SiteCheck:
    """All the broken pages, checked in one go."""
    pages = {f"{name}.html": changed(GOOD, before, after) for name, before, after, *_ in rows(BROKEN)}
    return checked(site(tmp_path_factory.mktemp("trasiga") / "sidor", pages), *pages)


@pytest.mark.xdist_group("gate")
@pytest.mark.parametrize(("name", "rule", "words"), [(row[0], *row[3:]) for row in rows(BROKEN)])
def test_a_broken_page_is_refused_for_just_its_fault(name: str, rule: str, words: str, refused: SiteCheck) -> None:
    faults = [fault for fault in refused.defects if fault.page == f"{name}.html"]
    assert {fault.rule for fault in faults} == {rule}, "\n".join(map(str, faults))
    assert words in "\n".join(map(str, faults))
    assert all(fault.what and fault.mend for fault in faults)


def test_good_pages_pass_in_every_mode_and_are_not_checked_twice(tmp_path: Path) -> None:
    folder = site(tmp_path / "sidor", {"a.html": GOOD, "b.html": GOOD.replace("tretton", "fjorton")})
    first = checked(folder, "a.html", "b.html")
    assert first.defects == ()
    assert (first.is_good, first.count, first.from_cache) == (True, 2, 0)
    for mode in MODES:
        assert first.passed[mode.name]["color-contrast"] == 2
        assert (len(first.passed[mode.name]) > 20) is not mode.colours
    second = checked(folder, "a.html", "b.html", tabs=1)
    assert (second.from_cache, second.defects) == (2, ())
    assert json.dumps(receipt(second)) == json.dumps(receipt(first))
    assert receipt(first)["sidor"] == 2
    assert set(receipt(first)["versioner"]) == {"axe-core", "namndrapport", "webbläsare"}
    (folder / "stil.css").write_text(STYLE + "main p { color: #aaa; }", encoding="utf-8")
    third = checked(folder, "a.html", "b.html")
    assert third.from_cache == 0
    assert {fault.rule for fault in third.defects} == {"axe:color-contrast"}
    assert checked(folder, "a.html", "b.html").from_cache == 0


def test_a_page_from_before_is_refused_when_what_it_leads_to_is_gone(tmp_path: Path) -> None:
    folder = site(tmp_path / "sidor", {"a.html": GOOD})
    assert checked(folder, "a.html").is_good
    (folder / "annan.html").write_text("<!DOCTYPE html><p>Inget ställe</p>", encoding="utf-8")
    again = checked(folder, "a.html")
    assert again.from_cache == 1
    assert [(fault.page, fault.rule) for fault in again.defects] == [("a.html", "lank")]
    assert "annan.html#rad: stället finns inte på sidan" in str(again.defects[0])


def test_a_mode_with_another_layout_has_all_rules_run(tmp_path: Path) -> None:
    style = "@media (prefers-color-scheme: dark) { p { margin-left: 3rem; } }"
    folder = site(tmp_path / "sidor", {"a.html": GOOD.replace("/*stil*/", style)})
    found = checked(folder, "a.html")
    assert found.defects == ()
    assert len(found.passed["mörkt"]) > 20
    assert len(found.passed["tvingade färger"]) < 3


@pytest.mark.nightly
def test_the_receipt_is_the_same_in_whatever_order_and_by_however_many_the_pages_are_checked(tmp_path: Path) -> None:
    over_picture = (
        "<h2>Mätetal</h2><p style='background-image: linear-gradient(#fff, #eee); color: #111'>Text över bild</p>"
    )
    pages = {f"{name}.html": GOOD.replace("<h2>Mätetal</h2>", over_picture) for name in "abcd"}
    pages |= {"e.html": GOOD, "f.html": GOOD.replace("tretton", "fjorton")}
    receipts = set()
    for tabs in (1, 3):
        folder = site(tmp_path / str(tabs) / "sidor", pages)
        found = checked(folder, *sorted(pages, reverse=tabs > 1), tabs=tabs)
        assert (found.defects, found.unsure["ljust"]) == ((), {"color-contrast": 4})
        receipts.add(json.dumps(receipt(found)))
    assert len(receipts) == 1


# what the redirect is changed from | to | the rule that refuses it, or none
REDIRECTS = """
0; url=annan.html | 0; url=annan.html |
0; url=annan.html | 9; url=annan.html | vidare
0; url=annan.html | 0 | vidare
0; url=annan.html | 0; url=borta.html | lank
<h1>Sidan finns i den senaste publiceringen</h1> | <p>Sidan finns i den senaste publiceringen</p> | en-h1
"""


def test_a_page_that_only_leads_on_is_checked_as_such(tmp_path: Path) -> None:
    pages = {f"{number}.html": changed(REDIRECT, row[0], row[1]) for number, row in enumerate(rows(REDIRECTS))}
    found = checked(site(tmp_path / "sidor", pages), *pages)
    refused = {page: sorted({fault.rule for fault in found.defects if fault.page == page}) for page in pages}
    assert refused == {f"{number}.html": [row[2]] if row[2] else [] for number, row in enumerate(rows(REDIRECTS))}


def test_a_browser_that_dies_costs_what_it_was_at_and_no_more(tmp_path: Path) -> None:
    shown, stuck = [], []

    async def work(tab: Tab, page: str) -> None:
        if page == "b.html":
            await tab.cdp.send("Browser.crash")
        await tab.open(folder / page)
        shown.append(page)

    folder = site(tmp_path / "sidor", dict.fromkeys(("a.html", "b.html", "c.html"), GOOD))
    pages = ["a.html", "b.html", "c.html"]
    in_tabs(folder, lambda tabs: tabs.each(pages, work, lambda page, _why: stuck.append(page)), tabs=1)
    assert (shown, stuck) == (["a.html", "c.html"], ["b.html"])


def test_nothing_checked_is_not_well(tmp_path: Path) -> None:
    assert not checked(site(tmp_path / "sidor", {})).is_good


def test_without_a_browser_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(ENV, raising=False)
    with pytest.raises(NoBrowser, match=r"Installera Chromium, Google Chrome eller Microsoft Edge .*REPORTING_BROWSER"):
        find_browser()
    monkeypatch.setenv(ENV, str(tmp_path / "ingen"))
    with pytest.raises(NoBrowser, match="filen finns inte"):
        find_browser()

"""The kommun's own colour and logotype: readable, harmless, and on every page as soon as kommun.yml says so."""

import base64
import colorsys
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from conftest import EXEMPELKOMMUN, run_all
from opened_page import opened
from remade_chapters import NAMND, YEAR, remade
from reporting.params.kommun import Kommun, Skala, Steg, Webbplats
from reporting.params.logotype import MOST_BYTES, PNG, SVG, UnusableLogotypeError, read_logotype
from reporting.params.read import read_params
from reporting.params.root import Root
from reporting.params.webbplats import ENOUGH, LJUSA, MORKA, contrast, least_contrast, readable
from reporting.periods import Period
from reporting.show.look import Look, look, page_file
from table_text import rows

# colour | on white, as the W3C's own examples and common checkers have it | readable on light | readable on dark
COLOURS = """
black      | #000000 | 21.00 | #000000 | #8d8d8d
white      | #ffffff |  1.00 | #707070 | #ffffff
yellow     | #ffff00 |  1.07 | #747400 | #ffff00
mid-grey   | #808080 |  3.94 | #707070 | #8d8d8d
just grey  | #767676 |  4.54 | #707070 | #8d8d8d
red        | #ff0000 |  3.99 | #e20000 | #ff4848
lime       | #00ff00 |  1.37 | #008300 | #00ff00
blue       | #0000ff |  8.59 | #0000ff | #7e7eff
our own    | #0b4f8a |  8.40 | #0b4f8a | #2390ed
capitals   | #0B4F8A |  8.40 | #0b4f8a | #2390ed
"""


@pytest.mark.parametrize(("name", "farg", "on_white", "on_light", "on_dark"), rows(COLOURS))
def test_contrast_and_the_nearest_readable_shade(
    name: str, farg: str, on_white: str, on_light: str, on_dark: str
) -> None:
    assert f"{int(contrast(farg, '#ffffff') * 100) / 100:.2f}" == on_white
    assert (readable(farg, LJUSA), readable(farg, MORKA)) == (on_light, on_dark)


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format), st.sampled_from([LJUSA, MORKA]))
def test_any_colour_has_a_readable_shade_of_its_own_hue(farg: str, bottnar: tuple[str, ...]) -> None:
    shade = readable(farg, bottnar)
    assert least_contrast(shade, bottnar) >= ENOUGH
    assert readable(shade, bottnar) == shade
    (hue, before, _), (other, after, saturation) = hls(farg), hls(shade)
    assert (after <= before) if bottnar == LJUSA else (after >= before)
    if saturation > 0.3 and 0.2 < after < 0.8:
        assert min(abs(hue - other), 1 - abs(hue - other)) < 0.02


def hls(farg: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(farg[1:])
    return colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)


def test_the_backgrounds_are_those_of_the_page() -> None:
    light, dark, *_ = re.findall(r":root \{(.*?)\}", page_file("show/page/page.css"), re.DOTALL)
    for css, bottnar in ((light, LJUSA), (dark, MORKA)):
        named = dict(re.findall(r"--nr-(\w+): (#\w{6});", css))
        assert (named["paper"], named["soft"], named["ask"]) == bottnar
        assert least_contrast(named["accent"], bottnar) >= ENOUGH


@pytest.fixture
def params(copy_of: Callable[[Path], Root]) -> Path:
    """Exempelkommun's params, to put faults into."""
    return copy_of(EXEMPELKOMMUN).params


def told(params: Path, **webbplats: str) -> str:
    """What reading says of kommun.yml with these lines under webbplats, and no others."""
    path = params / "kommun.yml"
    before, _, _ = path.read_text(encoding="utf-8").partition("\nwebbplats:\n")
    lines = [f"  {key}: {value}\n" for key, value in webbplats.items()]
    path.write_text(f"{before}\nwebbplats:\n{''.join(lines)}", encoding="utf-8")
    read, faults = read_params(params, Period(2025, 8))
    assert read is not None
    assert {fault.fil for fault in faults} <= {"params/kommun.yml"}
    first = len(before.splitlines()) + 2
    return "\n".join(
        re.sub(r"rad (\d+)", lambda found: f"rad +{int(found[1]) - first}", str(fault)) for fault in faults
    )


def test_a_colour_that_is_too_light_is_a_fault_that_proposes_a_darker_one(params: Path) -> None:
    assert told(params, kontakt="a@example.se", farg='"#e30613"') == (
        "params/kommun.yml, rad +2\n  Där står: «#e30613». Väntat: en färg som kan läsas som text på ljus botten, med kontrasten 4,5:1 "
        "eller mer; den här har 4,45:1.\n"
        "  Gör så här: ta en mörkare färg; den närmaste som kan läsas, i samma kulör, är #e10613."
    )
    assert told(params, farg='"#e10613"') == ""


# key | what stands there | the fault's own words, or "" where it is right
VALUES = """
farg    | #0b4f8a | farg: # och sex siffror eller bokstäver a–f, inom citattecken
farg    | "blå" | farg: # och sex siffror eller bokstäver a–f, inom citattecken
farg    | "#abc" | farg: # och sex siffror eller bokstäver a–f, inom citattecken
farg    | "#0B4F8A" |
kontakt | uppfoljning@example.se |
kontakt | https://example.se/kontakt |
kontakt | http://example.se/kontakt | kontakt: en e-postadress, eller en webbadress som börjar med https://
kontakt | ring oss | kontakt: en e-postadress, eller en webbadress som börjar med https://
kontakt | javascript:alert(1) | kontakt: en e-postadress
kontakt | a@example.se?cc=b@example.se | kontakt: en e-postadress
adress  | https://intranat.example.se/uppfoljning |
adress  | http://intranat:8080/uppfoljning/ |
adress  | intranat.example.se | adress: den adress som läsarna ser
adress  | //filserver/intranat | adress: den adress som läsarna ser
adress  | https://anna:hemligt@example.se/ | adress: den adress som läsarna ser
adress  | https://example.se/?sida=1 | adress: den adress som läsarna ser
till    | //filserver/intranat/uppfoljning |
till    | H:/intranat/a@b |
till    | ../publicerat |
till    | sftp://anna@server:2222/var/www |
till    | sftp://server:22/mapp@2025 |
till    | webdavs://intranat.example.se/uppfoljning |
till    | webdav://[::1]:8080/a |
till    | ftp://server/mapp | en mapp, //server/mapp, sftp://användare@server/mapp eller webdavs://användare@server/mapp
till    | https://intranat.example.se/ | Den som läsarna ser skrivs under adress
till    | sftp:///mapp | lägg till servern
logotyp | params/logotyp.svg | logotyp: bara namnet på en fil i params
logotyp | logotyp.jpg | logotyp: bara namnet på en fil i params
logotyp | finns-inte.svg | en fil som finns i params
logotyp | logotyp.svg |
"""


@pytest.mark.parametrize(("key", "value", "wanted"), rows(VALUES))
def test_every_key_says_what_may_stand_there(key: str, value: str, wanted: str, params: Path) -> None:
    found = told(params, **{key: value})
    assert found.startswith("params/kommun.yml, rad +1\n  ") if wanted else found == ""
    assert wanted in found


@pytest.mark.parametrize(
    ("till", "shown"),
    [
        ("sftp://anna:hemligt@server/mapp", "sftp://anna:…@server/mapp"),
        ("sftp://anna:he/m#li@gt@server/mapp", "sftp://anna:…@server/mapp"),
        ("webdavs://:hemligt@server/mapp", "webdavs://:…@server/mapp"),
        ("webdavs://anna:1234@server:443/mapp", "webdavs://anna:…@server:443/mapp"),
        ("//anna:hemligt@filserver/mapp", "//anna:…@filserver/mapp"),
        ("anna:hemligt@server:/mapp", "anna:…@server:/mapp"),
        ("https://anna:hemligt@server/mapp", "https://anna:…@server/mapp"),
    ],
)
def test_a_password_is_a_fault_that_does_not_repeat_it(till: str, shown: str, params: Path) -> None:
    found = told(params, till=f'"{till}"')
    assert f"Där står: «{shown}». Väntat: en adress utan lösenord" in found
    assert not re.search("hemligt|he/m|1234", found)


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    named = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {named} viewBox="0 0 9 9" {attributes}><path d="M0 0h9v9z"/>{inside}</svg>'.encode()


def png(wide: int = 2, high: int = 2, *, data: bytes = b"\x00" * 7) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


HARMLESS = {
    "plain": (svg(), SVG),
    "PNG": (png(), PNG),
    "a gradient of its own": (
        svg('<defs><linearGradient id="a"/></defs><path fill="url(#a)" style="fill: url(\'#a\')" d="M0 0h1z"/>'),
        SVG,
    ),
    "a part used twice": (svg('<g id="b"/><use xlink:href="#b"/><use href="#b"/>'), SVG),
    "a picture inside": (svg(f'<image href="data:image/png;base64,{base64.b64encode(png()).decode()}"/>'), SVG),
    "styles": (svg("<style>/* url(http://x) */ .a { fill: #123 }</style>"), SVG),
    "in UTF-16": (svg(before='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"), SVG),
    "a path of Windows": (svg(r'<g title="C:\url.png"/>'), SVG),
    "what Inkscape adds": (svg('<metadata><rdf xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'), SVG),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_an_image_that_is_only_an_image_may_be_a_logotype(name: str, tmp_path: Path) -> None:
    content, kind = HARMLESS[name]
    (tmp_path / "logotyp.svg").write_bytes(content)
    assert (read_logotype(tmp_path / "logotyp.svg").slag, read_logotype(tmp_path / "logotyp.svg").innehall) == (
        kind,
        content,
    )


ENTITY = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = {
    "a script": (svg("<script>alert(1)</script>"), "den här har skript"),
    "a script in capitals and another namespace": (svg('<x:SCRIPT xmlns:x="http://www.w3.org/1999/xhtml"/>'), "skript"),
    "an event": (svg(attributes='onload="alert(1)"'), "onload, som kan köra skript"),
    "an event in capitals": (svg(attributes='OnLoad="alert(1)"'), "onload, som kan köra skript"),
    "a page inside": (svg("<foreignObject><p>hej</p></foreignObject>"), "foreignObject"),
    "an image from elsewhere": (svg('<image href="https://example.se/a.png"/>'), "utanför sig själv (href)"),
    "a relative image": (svg('<image xlink:href="a.png"/>'), "utanför sig själv (href)"),
    "a script as a link": (svg('<a href=" javascript:alert(1)"/>'), "utanför sig själv (href)"),
    "another drawing inside": (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "utanför sig själv (href)"),
    "a web page as data": (svg('<use href="data:text/html,x"/>'), "utanför sig själv (href)"),
    "another place to start from": (svg(attributes='xml:base="https://example.se/"'), "utanför sig själv (base)"),
    "a link that changes": (svg('<set attributeName="xlink:href" to="https://example.se"/>'), "hänvisning som ändras"),
    "a colour from elsewhere": (svg('<g fill="url(https://example.se/a#b)"/>'), "utanför sig själv (url)"),
    "a style from elsewhere": (svg("<style>.a { fill: URL( 'http://example.se/a' ) }</style>"), "utanför sig själv (url)"),
    "a style that imports": (svg('<style>@import "a.css";</style>'), "i sin stilmall"),
    "a style in disguise": (svg(r"<style>.a { fill: u\72l(http://example.se) }</style>"), "i sin stilmall"),
    "a set of images": (svg("<style>.a { mask: image-set('a.png' 1x) }</style>"), "i sin stilmall"),
    "a colour in disguise": (svg(r'<g fill="u\72l(http://example.se)"/>'), "i sin stilmall"),
    "a colour in disguise that comes later": (svg(r'<set attributeName="fill" to="u\72l(http://example.se)"/>'), "i sin stilmall"),
    "a set of images as a mask": (svg("<g mask=\"image-set('http://example.se' 1x)\"/>"), "i sin stilmall"),
    "a style sheet beside it": (svg(before='<?xml-stylesheet href="a.css"?>'), "en stilmall utanför sig själv"),
    "entities": (svg("<text>&b;</text>", before=ENTITY), "DOCTYPE eller entiteter"),
    "a DOCTYPE in UTF-16": (svg(before=f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}').decode().encode("utf-16"), "DOCTYPE"),
    "a web page": (b"<html><body>hej</body></html>", "en bild i SVG eller PNG"),
    "an svg without its namespace": (b"<svg><path/></svg>", "en bild i SVG eller PNG"),
    "half a drawing": (svg()[:-9], "en bild i SVG eller PNG"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "en bild i SVG eller PNG"),
    "nothing": (b"", "en bild i SVG eller PNG"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="nej"?><svg/>', "en bild i SVG eller PNG"),
    "half a PNG": (png()[:-9], "en hel PNG"),
    "a PNG with a flaw": (png().replace(b"IDATx", b"IDATy"), "en hel PNG"),
    "a PNG with something after it": (png() + b"<script>", "en hel PNG"),
    "a huge PNG": (png(30_000, 30_000), "högst 4000 × 4000 bildpunkter; den här är 30000 × 30000"),
    "too large": (svg("<!--" + "x" * MOST_BYTES + "-->"), "en bild på högst 40 kB; den här är 41 kB"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_run_or_call_is_refused_and_told_of(name: str, tmp_path: Path, params: Path) -> None:
    content, wanted = REFUSED[name]
    (params / "eget.svg").write_bytes(content)
    with pytest.raises(UnusableLogotypeError):
        read_logotype(params / "eget.svg")
    found = told(params, logotyp="eget.svg")
    assert found.startswith("params/kommun.yml, rad +1\n  Där står: «eget.svg». Väntat: en ")
    assert wanted in found


def test_a_folder_is_no_logotype(tmp_path: Path) -> None:
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(UnusableLogotypeError):
        read_logotype(tmp_path / "a.svg")


def kommun(name: str, webbplats: Webbplats) -> Kommun:
    skala = Skala(steg=(Steg(id="ett", namn="Ett", form="cirkel", ton="gron"),))
    return Kommun(kommun=name, namnder=(), skalor={"a": skala}, webbplats=webbplats)


def test_the_look_of_any_template(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    found = look(kommun('A "& B', Webbplats(farg="#6b3f69", logotyp="a.png")), tmp_path)
    assert found.logotyp == (
        f'<img class="nr-logotyp" src="data:image/png;base64,{base64.b64encode(png()).decode()}" alt="Logotyp för A &#34;&amp; B">'
    )
    assert re.findall(r"--nr-accent: (#\w+);", found.css) == ["#6b3f69", readable("#6b3f69", MORKA), "#6b3f69"]
    assert look(kommun("A", Webbplats()), tmp_path) == Look("", "")
    (tmp_path / "a.png").write_bytes(b"nej")
    assert look(kommun("A", Webbplats(logotyp="a.png")), tmp_path).logotyp == ""


def test_a_changed_colour_or_logotype_is_on_every_page_after_the_next_run(already_run: Root) -> None:
    root, path = already_run, already_run.params / "kommun.yml"
    pages = sorted(root.outputs.glob(f"{YEAR}/**/rapport.html"))
    assert len(pages) == 3

    def accents() -> set[str]:
        return {
            re.findall(r":root \{ --nr-accent: (#\w{6}); \}", page.read_text(encoding="utf-8"))[0] for page in pages
        }

    def logotypes() -> set[str]:
        return {
            found[1]
            for page in pages
            if (found := re.search(r"base64,([^\"]+)\" alt=\"Logotyp", page.read_text(encoding="utf-8")))
        }

    (root.params / "eget.svg").write_bytes(svg())
    with path.open("a", encoding="utf-8") as file:
        file.write('\nwebbplats:\n  farg: "#6b3f69"\n  logotyp: eget.svg\n')
    every = NAMND | {"kommun-sammanstallning"}
    assert set(remade(root)) == every  # all of params/ counts for every chapter
    assert accents() == {"#6b3f69"}
    assert logotypes() == {base64.b64encode(svg()).decode()}
    path.write_text(path.read_text(encoding="utf-8").replace("#6b3f69", "#1f5f5b"), encoding="utf-8")
    assert set(remade(root)) == every
    assert accents() == {"#1f5f5b"}
    assert not any(made.is_new for made in run_all(root, YEAR))
    (root.params / "eget.svg").write_bytes(svg("<g/>"))
    assert set(remade(root)) == every
    assert logotypes() == {base64.b64encode(svg("<g/>")).decode()}
    assert not any(made.is_new for made in run_all(root, YEAR))


@pytest.fixture
def page_of(made_exempelkommun: Root, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Exempelkommun's page in a browser. scheme: light or dark; media: screen or print."""
    path = made_exempelkommun.outputs / "2025-08" / "socialnamnden" / "rapport.html"

    def shown(scheme: str, media: str = "screen", width: int = 1280) -> Page:
        page, requests, _ = opened(browser, path, color_scheme=scheme, viewport={"width": width, "height": 800})
        page.emulate_media(media=media, color_scheme=scheme)
        assert requests == []
        return page

    yield shown


def rgb(farg: str) -> str:
    return f"rgb({', '.join(str(part) for part in bytes.fromhex(farg[1:]))})"


OWN = "#6b3f69"
# scheme | media | the colour of links | what the logotype stands on
SHOWN = f"""
light | screen | {OWN} | rgba(0, 0, 0, 0)
dark  | screen | {readable(OWN, MORKA)} | rgb(255, 255, 255)
dark  | print  | {OWN} | rgba(0, 0, 0, 0)
"""


@pytest.mark.parametrize(("scheme", "media", "accent", "behind"), rows(SHOWN))
def test_the_page_is_in_the_kommun_s_colour_with_its_logotype(
    scheme: str, media: str, accent: str, behind: str, page_of: Callable[..., Page]
) -> None:
    page = page_of(scheme, media)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--nr-accent')") == accent
    if media == "screen":
        assert page.locator("header a").first.evaluate("a => getComputedStyle(a).color") == rgb(accent)
    image = page.locator("header img.nr-logotyp")
    assert image.is_visible()
    assert image.get_attribute("alt") == "Logotyp för Exempelkommun"
    assert image.evaluate("i => i.complete && i.naturalWidth") > 100
    assert image.evaluate("i => getComputedStyle(i).backgroundColor") == behind
    box = image.bounding_box()
    assert box is not None
    assert 30 < box["height"] < 75


def test_the_logotype_fits_a_narrow_screen(page_of: Callable[..., Page]) -> None:
    box = page_of("dark", width=320).locator("img.nr-logotyp").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True)

"""What axe passes but a reader would miss, asked of a page in every mode; the questions are in page/questions.js."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from reporting.gate.chromium import Tab
from reporting.gate.findings import FORCED, LIGHT, NARROW_SCREEN, Defect, Mode
from reporting.html import NO_ALT

LEAST_TEXT = 40
"""How many characters main has at least, in every mode."""
FIRST_STOPS, LAST_STOPS = 40, 10
"""How many stops of a page the Tab key is really pressed for, from its beginning and before its end; every stop is given focus."""

# rule | what is wrong, with what was found | how to mend it
WORDS = {
    "innehåll": (f"Sidans main har {{}}; minst {LEAST_TEXT} väntas i varje läge.", "se efter vad som skulle stå där"),
    "sprak": ("Sidans språk är «{}» och ska vara sv.", 'skriv <html lang="sv">'),
    "titel": ("Sidan har ingen titel.", "skriv vad sidan heter i <title>"),
    "en-h1": ("Sidan har {} rubriker h1 och ska ha en.", "låt sidans namn vara dess enda h1"),
    "rubriknivå": ("En rubriknivå är överhoppad: {}.", "ge rubriken nivån under den som den hör till"),
    "tom-rubrik": ("En rubrik är tom.", "skriv rubriken eller ta bort den"),
    "landmärken": ("Sidan ska ha en header, en main, en footer och minst en nav: {}.", "rätta sidans mall"),
    "dubbelt-id": ("Samma id står på mer än ett ställe: {}.", "ge varje ställe ett eget id"),
    "csp": ("Sidans Content-Security-Policy duger inte: {}.", "ge sidan en som står först i head, med script-src 'self' eller 'none'"),
    "skript": ("Sidan har skript i sig: {}.", "flytta skriptet till en egen fil på webbplatsen"),
    "csp-brott": ("Sidan bryter mot sin Content-Security-Policy: {}.", "ta bort det som hindrades, eller tillåt det"),
    "konsol": ("Webbläsaren klagade: {}", "rätta det som den säger"),
    "utanför": ("Sidan ville hämta något utanför webbplatsens mapp: {}", "lägg filen på webbplatsen eller ta bort anropet"),
    "tabellrubrik": ("En tabell har ingen rubrik.", "skriv vad tabellen visar i caption"),
    "tabellhuvud": ("En tabell har inga kolumnrubriker.", "skriv dem som th i thead"),
    "scope": ("En rubrik i en tabell säger inte vad den gäller.", "skriv scope=col i thead och scope=row eller rowgroup i tbody"),
    "tabellceller": ("En rad i en tabell har ett annat antal celler än tabellens första: {}.", "låt varje rad ha en cell per kolumn"),
    "bildtext": ("En bild har ett textalternativ som inte säger något: «{}».", "skriv vad bilden visar, som alt"),
    "diagramnamn": ("Ett diagram har inget namn som säger vad det visar: «{}».", "skriv det i ord, och peka på det med aria-labelledby"),
    "svg-utan-roll": ("En teckning har ingen roll.", "skriv role=img och ett namn, eller aria-hidden=true om den bara pryder"),
    "bredd": ("Något är bredare än skärmen: {}.", "låt det brytas, eller ge det en egen rullning som kan få fokus (tabindex=0)"),
    "rörelse": ("Något rör sig fast läsaren bett om att slippa: {}.", "stäng av det i @media (prefers-reduced-motion: reduce)"),
    "tabindex": ("Ett element går före de andra med Tab.", "ta bort tabindex större än 0"),
    "hopplänk": ("Länken till innehållet {}.", "låt en länk till main vara det första på sidan, och synas med fokus"),
    "fokus-syns": ("Det syns inte när elementet har fokus.", "ge det en outline i :focus-visible"),
    "tangentbord": ("Med Tab kan man inte gå igenom sidan i ordning: {}.", "ta bort det som fångar tangenten eller ändrar ordningen"),
    "lank": ("En länk leder ingenstans: {}.", "rätta adressen, eller gör det som den leder till"),
    "vidare": ("Sidan leder inte genast vidare: {}.", "skriv 0 sekunder, och en adress"),
    "axe": ("Ingen regel i axe godkändes: sidan kunde inte granskas.", "se efter att sidan går att öppna"),
    "öppna": ("Sidan kunde inte granskas: {}.", "öppna sidan i en webbläsare och se efter"),
}  # fmt: skip

# what was found → rules that tell of the same thing better; where one of them was found on the page, it is told once
SAME = {
    "konsol": {"csp-brott", "utanför", "lank", "skript"},
    "csp-brott": {"skript", "utanför"},
    "tangentbord": {"tabindex"},
    "axe:html-has-lang": {"sprak"},
    "axe:html-lang-valid": {"sprak"},
    "axe:document-title": {"titel"},
    "axe:page-has-heading-one": {"en-h1", "innehåll"},
    "axe:heading-order": {"rubriknivå"},
    "axe:empty-heading": {"tom-rubrik"},
    "axe:image-alt": {"bildtext"},
    "axe:svg-img-alt": {"diagramnamn"},
    "axe:landmark-one-main": {"landmärken"},
    "axe:landmark-no-duplicate-main": {"landmärken"},
    "axe:landmark-no-duplicate-banner": {"landmärken"},
    "axe:landmark-no-duplicate-contentinfo": {"landmärken"},
    "axe:landmark-unique": {"landmärken"},
    "axe:region": {"landmärken", "hopplänk"},
    "axe:bypass": {"landmärken", "hopplänk"},
    "axe:skip-link": {"lank", "hopplänk"},
    "axe:tabindex": {"tabindex"},
    "axe:scope-attr-valid": {"scope"},
    "axe:meta-refresh": {"vidare"},
}


@cache
def page_script() -> str:
    """The script to run in each page: our own rules (questions.js), and the sorting of its elements by kind (kinds.js)."""
    folder = files("reporting").joinpath("gate/page")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("questions.js", "kinds.js"))


def defect(page: str, mode: Mode | None, rule: str, found: str = "", html: str = "") -> Defect:
    """Make a Defect for one of our own rules. rule: a key of WORDS; found: fills the gap in its text; html: the element; mode: None for
    every mode."""
    what, mend = WORDS[rule]
    return Defect(
        page=page, modes=(mode.name,) if mode else (), rule=rule, what=what.format(found), html=html, mend=mend
    )


async def by_keyboard(tab: Tab, page: str) -> list[Defect]:
    """Go through the page with the Tab key, from where a reader begins: the faults found."""
    stops = int(await tab.evaluate("nrGranskning.start()"))
    first = min(stops, FIRST_STOPS + LAST_STOPS)
    await tab.press_tab(first + 1)
    found = await tab.evaluate(f"nrGranskning.walked(0, {first})")
    if stops > first and not found:
        await tab.evaluate(f"nrGranskning.from({stops - LAST_STOPS - 1})")
        await tab.press_tab(LAST_STOPS + 1)
        found = await tab.evaluate(f"nrGranskning.walked({stops - LAST_STOPS}, {LAST_STOPS})")
    # What has been given focus may have begun to fetch something.
    await tab.evaluate("nrGranskning.settled()")
    return _defects(page, LIGHT, found)


async def as_written(tab: Tab, page: str, *, redirect: bool) -> tuple[list[Defect], list[str], list[str]]:
    """Look at the page for what is the same in every mode: (faults, addresses of its links, ids of its anchors). redirect: whether the page
    only leads on to another."""
    found = await tab.evaluate(f"nrGranskning.written({json.dumps(NO_ALT)}, {json.dumps(redirect)})")
    return _defects(page, None, found["faults"]), found["links"], found["ids"]


async def in_mode(tab: Tab, page: str, mode: Mode, *, redirect: bool) -> list[Defect]:
    """The page's faults against our rules that depend on the mode it is shown in. redirect: as in as_written."""
    asked = [f"...nrGranskning.content({LEAST_TEXT})"]
    if mode in (LIGHT, FORCED):
        asked.append("...nrGranskning.focus()")
    if mode == LIGHT:
        asked += ["...nrGranskning.motion()", *([] if redirect else ["...nrGranskning.keyboard()"])]
    if mode == NARROW_SCREEN:
        asked.append("...nrGranskning.width()")
    return _defects(page, mode, await tab.evaluate(f"[{', '.join(asked)}]"))


async def complaints(tab: Tab, page: str) -> list[Defect]:
    """A fault for each thing that the browser has refused or complained of since the page was opened."""
    broken = {
        f"{directive} {blocked}".strip() for directive, blocked in await tab.evaluate("nrGranskning.violations()")
    }
    heard = [defect(page, None, rule, what) for rule, what in dict.fromkeys(tab.heard)]
    return [*heard, *(defect(page, None, "csp-brott", what) for what in sorted(broken))]


def told_once(found: list[Defect]) -> list[Defect]:
    """The faults of one page, without those that another of its faults already explains (SAME)."""
    rules = {one.rule for one in found}
    return [one for one in found if not SAME.get(one.rule, set()) & rules]


def redirect_of(html: str) -> re.Match[str] | None:
    """Where a page leads at once: the tag, with its seconds and address as groups 1 and 2; None for one that stays."""
    return re.search(
        r"""<meta\s[^>]*http-equiv=["']?refresh["']?[^>]*content=["']\s*(\d*)[^"'>]*?(?:url=([^"'>]*))?["'][^>]*>""",
        html,
        re.IGNORECASE,
    )


def _defects(page: str, mode: Mode | None, found: list[dict[str, Any]]) -> list[Defect]:
    return [defect(page, mode, one["rule"], one["detail"], one["html"]) for one in found]

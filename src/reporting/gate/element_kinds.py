"""Every page opened once and its elements told apart by kind, so that axe is run only where there is a kind that it hasn't seen."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reporting.gate.chromium import Tab
from reporting.gate.dom import LEAST_TEXT
from reporting.gate.findings import LIGHT, NARROW_SCREEN, Seen
from reporting.gate.links import page_files
from reporting.html import NO_ALT

AT_ONCE = 12
"""How many pages are open at the same time in one tab."""
_LAID_OUT = (LIGHT, NARROW_SCREEN)
"""How each page is laid out, for what depends on how much text it has. How an element looks in the other modes is told by its kind."""
_INLINE = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)


def styles_of(folder: Path, pages: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each page, what besides its elements decides how they look: what its style sheets select by, and a key (checksum) of those
    sheets and its scripts. Given to look_through."""

    @cache
    def text(path: str) -> str:
        try:
            return Path(path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def style(page: Path) -> dict[str, Any]:
        html = page.read_text(encoding="utf-8", errors="replace")
        shown_with = page_files(page, html)
        sheets = [text(file) for element, _, file in shown_with if element == "link" and file.lower().endswith(".css")]
        scripts = [text(file) for element, _, file in shown_with if element == "script"]
        return _asked("\n".join(sheets + _INLINE.findall(html)), "\n".join(scripts))

    return {page: style(folder / page) for page in pages}


@cache
def _asked(css: str, scripts: str) -> dict[str, Any]:
    return {
        "key": hashlib.sha256(f"{css}\0{scripts}".encode()).hexdigest()[:16],
        "attributes": sorted(set(re.findall(r"\[\s*([\w-]+)", css))),
        "ids": sorted(set(re.findall(r"#([\w-]+)", css))),
        "numbers": bool(re.search(r":(nth-|first-of|last-of|only-of)", css)),
        "siblings": "~" in css,
        "whole": bool(re.search(r":has\(|@container|@scope", css)),
    }


async def look_through(
    tab: Tab, folder: Path, pages: Sequence[str], styles: Mapping[str, Mapping[str, Any]]
) -> dict[str, Seen | None]:
    """Open each of some pages once, laid out wide and narrow: page → what was seen; None where a rule of ours found something, or
    something was heard while they were open, so that the page must be looked at by itself. styles: as styles_of gives them."""
    window = Path(str(files("reporting").joinpath("gate/page/window.html")))
    if tab.page.url != window.as_uri():
        await tab.look(LIGHT)
        await tab.open(window)
    tab.heard.clear()
    ask = [{"text": LEAST_TEXT, "noAlt": NO_ALT, "narrow": mode == NARROW_SCREEN} for mode in _LAID_OUT]
    asked = [((folder / page).resolve().as_uri(), [one | {"style": styles[page]} for one in ask]) for page in pages]
    widths = [mode.width for mode in _LAID_OUT]
    answers = await tab.evaluate(f"lookThrough({json.dumps(asked)}, {json.dumps(widths)})")
    whole = not tab.heard
    return {page: _seen([width[at] for width in answers]) if whole else None for at, page in enumerate(pages)}


def _seen(widths: Sequence[Mapping[str, Any]]) -> Seen | None:
    if any("broke" in width or width["faults"] for width in widths):
        return None
    kinds = frozenset(kind for width in widths for kind in width["kinds"])
    return Seen(tuple(dict.fromkeys(widths[0]["links"])), frozenset(widths[0]["ids"]), kinds)

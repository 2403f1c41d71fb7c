"""One page looked at by itself in a browser, in every mode, with all that there is to ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting import axe_checks, dom_checks, elementslag
from reporting.axe_checks import Svar
from reporting.brister import LAGEN, LJUST, Brist, Lage
from reporting.browser import Tab
from reporting.dom_checks import Skriven


@dataclass(frozen=True)
class Sidsvar:
    """What was found. slag: the kinds of its elements; axe: mode → what axe said of them."""

    brister: tuple[Brist, ...]
    skriven: Skriven
    slag: frozenset[str]
    axe: Mapping[str, Svar]


async def check_page(
    tab: Tab, folder: Path, page: str, style: Mapping[str, Any], farger: Mapping[str, set[str]]
) -> Sidsvar:
    """The page, opened once and shown in each mode. style: as elementslag.styles_of gives it; farger: mode → colours that have been found
    good, which are added to (run_axe)."""
    html = (folder / page).read_text(encoding="utf-8", errors="replace")
    redirect = dom_checks.redirect_of(html)
    await _show(tab, LJUST)
    if redirect:
        # Opened as it is it would lead away at once.
        await tab.open_text(html.replace(redirect[0], ""))
    else:
        await tab.open(folder / page)
    await tab.evaluate(axe_checks.script() + ";0")
    slag = await elementslag.kinds_in(tab, style)
    found, skriven = await dom_checks.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        found += dom_checks.leads_on(page, redirect)
        skriven = Skriven((*skriven.lankar, *([redirect[2]] if redirect[2] else [])), skriven.ids)
    found += await dom_checks.by_keyboard(tab, page)
    axe: dict[str, Svar] = {}
    for lage in LAGEN:
        if lage != LJUST:
            await _show(tab, lage)
        found += await dom_checks.in_mode(tab, page, lage, redirect=bool(redirect))
        axe[lage.namn] = await axe_checks.run_axe(tab, page, lage, farger[lage.namn])
        found += axe[lage.namn].faults
    found += await dom_checks.complaints(tab, page)
    return Sidsvar(tuple(found), skriven, slag, axe)


async def _show(tab: Tab, lage: Lage) -> None:
    await tab.look(lage.bredd, lage.media, lage.schema, forced=lage.tvingade)

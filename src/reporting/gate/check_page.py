"""One page looked at by itself in a browser, in every mode, with all that there is to ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting.gate import axe as axe_checks
from reporting.gate import dom, element_kinds
from reporting.gate.axe import Svar
from reporting.gate.chromium import Tab
from reporting.gate.dom import Skriven
from reporting.gate.findings import LAGEN, LJUST, Brist, Lage


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
    """The page, opened once and shown in each mode. style: as element_kinds.styles_of gives it; farger: mode → colours that have been found
    good, which are added to (run_axe)."""
    html = (folder / page).read_text(encoding="utf-8", errors="replace")
    redirect = dom.redirect_of(html)
    await _show(tab, LJUST)
    if redirect:
        # Opened as it is it would lead away at once.
        await tab.open_text(html.replace(redirect[0], ""))
    else:
        await tab.open(folder / page)
    await tab.evaluate(axe_checks.script() + ";0")
    slag = await element_kinds.kinds_in(tab, style)
    found, skriven = await dom.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        found += dom.leads_on(page, redirect)
        skriven = Skriven((*skriven.lankar, *([redirect[2]] if redirect[2] else [])), skriven.ids)
    found += await dom.by_keyboard(tab, page)
    axe: dict[str, Svar] = {}
    for lage in LAGEN:
        if lage != LJUST:
            await _show(tab, lage)
        found += await dom.in_mode(tab, page, lage, redirect=bool(redirect))
        axe[lage.namn] = await axe_checks.run_axe(tab, page, lage, farger[lage.namn])
        found += axe[lage.namn].faults
    found += await dom.complaints(tab, page)
    return Sidsvar(tuple(found), skriven, slag, axe)


async def _show(tab: Tab, lage: Lage) -> None:
    await tab.look(lage.bredd, lage.media, lage.schema, forced=lage.tvingade)

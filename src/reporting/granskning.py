"""Every page of a finished site checked in a browser, in every mode; all faults at once."""

import functools
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reporting import axe_checks, brister, browser, dom_checks, granskade, lankar
from reporting.brister import LAGEN, LJUST, Brist, Granskning, samlade
from reporting.browser import Tab
from reporting.granskade import Granskad, Regler

_CODE = (axe_checks, brister, browser, dom_checks, granskade, lankar)


def granska(
    folder: Path, pages: Sequence[str], cache: Path, done: Callable[[int, int], None], *, tabs: int = 0
) -> Granskning:
    """Check pages of a site in every mode of brister.LAGEN.

    folder: the site's; pages: relative paths of its html files; cache: the file in which pages without faults are remembered; done: told
    how many pages are ready, of how many; tabs: how many are checked at once, 0 for one per core. NoBrowser where there is none.
    """
    keys = granskade.page_keys(folder, pages)
    known: dict[str, Granskad] = {}
    skrivna: dict[str, Granskad] = {}
    found: dict[str, list[Brist]] = {page: [] for page in pages}
    versions: dict[str, str] = {}
    left: list[str] = []
    seen: dict[str, set[str]] = {lage.namn: set() for lage in LAGEN}

    def to_check(program: str) -> list[str]:
        versions.update(
            {"axe-core": axe_checks.version(), "webbläsare": program, "namndrapport": version("namndrapport")}
        )
        known.update(granskade.read(cache, _program(versions)))
        left.extend(page for page in pages if keys[page] not in known)
        done(len(pages) - len(left), len(pages))
        return left

    async def check(tab: Tab, page: str) -> None:
        found[page], skrivna[page] = await _checked(tab, folder, page, seen)
        done(len(pages) - len(left) + len(skrivna), len(pages))

    def stuck(page: str, why: str) -> None:
        found[page].append(dom_checks.brist(page, None, "öppna", why))

    script = axe_checks.script() + "\n" + dom_checks.script()
    browser.in_tabs(folder, to_check, check, stuck, tabs=tabs, script=script)
    all_pages = {page: skrivna.get(page) or known.get(keys[page]) for page in pages}
    ready = {page: one for page, one in all_pages.items() if one}
    granskade.write(cache, _program(versions), {keys[page]: one for page, one in ready.items() if not found[page]})
    for fault in lankar.led_astray(folder, {page: one.skriven for page, one in ready.items()}):
        found[fault.sida].append(fault)
    passed, unsure = _counted([one.regler for one in ready.values()])
    return Granskning(
        antal=len(pages),
        brister=samlade(fault for page in pages for fault in dom_checks.told_once(found[page])),
        versioner=versions,
        godkanda=passed,
        osakra=unsure,
        ur_cache=len(pages) - len(left),
    )


async def _checked(tab: Tab, folder: Path, page: str, seen: dict[str, set[str]]) -> tuple[list[Brist], Granskad]:
    """One page, opened once and shown in each mode. seen: mode → colours that have been found good (run_axe)."""
    content = (folder / page).read_bytes()
    redirect = dom_checks.redirect_of(content.decode("utf-8", "replace"))
    await _show(tab, LJUST)
    if redirect:
        # Opened as it is it would lead away at once.
        await tab.open_text(content.decode("utf-8", "replace").replace(redirect[0], ""))
    else:
        await tab.open(folder / page)
    found, skriven = await dom_checks.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        found += dom_checks.leads_on(page, redirect)
        skriven = dom_checks.Skriven((*skriven.lankar, *([redirect[2]] if redirect[2] else [])), skriven.ids)
    found += await dom_checks.by_keyboard(tab, page)
    regler: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for lage in LAGEN:
        if lage != LJUST:
            await _show(tab, lage)
        found += await dom_checks.in_mode(tab, page, lage, redirect=bool(redirect))
        faults, passed, unsure = await axe_checks.run_axe(tab, page, lage, seen[lage.namn])
        found += faults
        regler.append((lage.namn, tuple(passed), tuple(unsure)))
    found += await dom_checks.complaints(tab, page)
    return found, Granskad(skriven, tuple(regler))


async def _show(tab: Tab, lage: brister.Lage) -> None:
    await tab.look(lage.bredd, lage.media, lage.schema, forced=lage.tvingade)


def _counted(regler: Sequence[Regler]) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]:
    """On how many pages each rule passed in each mode, and on how many axe couldn't tell."""
    passed: dict[str, Counter[str]] = {lage.namn: Counter() for lage in LAGEN}
    unsure: dict[str, Counter[str]] = {lage.namn: Counter() for lage in LAGEN}
    for page in regler:
        for name, good, open_ones in page:
            passed[name].update(good)
            unsure[name].update(open_ones)
    return passed, unsure


@functools.cache
def _code() -> str:
    digest = hashlib.sha256(dom_checks.script().encode())
    for module in _CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def _program(versions: Mapping[str, Any]) -> str:
    """What checks the pages: another where a page might be judged otherwise."""
    return f"{sorted(versions.items())} {_code()}"

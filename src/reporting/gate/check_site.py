"""Every page of a finished site checked in a browser, in every mode; all faults at once."""

import functools
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reporting.gate import axe, chromium, dom, element_kinds, findings, known_good, links
from reporting.gate.axe import Svar
from reporting.gate.chromium import Tab, Tabs
from reporting.gate.dom import Skriven
from reporting.gate.element_kinds import AT_ONCE, Sedd
from reporting.gate.findings import LAGEN, LJUST, Brist, Granskning, Lage, samlade
from reporting.gate.known_good import Kant, Regler

_CODE = (axe, findings, chromium, dom, element_kinds, known_good, links, sys.modules[__name__])

Done = Callable[[str, int, int], None]
"""Told (what is done, how many, of how many)."""


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
    await tab.evaluate(axe.script() + ";0")
    slag = await element_kinds.kinds_in(tab, style)
    found, skriven = await dom.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        found += dom.leads_on(page, redirect)
        skriven = Skriven((*skriven.lankar, *([redirect[2]] if redirect[2] else [])), skriven.ids)
    found += await dom.by_keyboard(tab, page)
    told: dict[str, Svar] = {}
    for lage in LAGEN:
        if lage != LJUST:
            await _show(tab, lage)
        found += await dom.in_mode(tab, page, lage, redirect=bool(redirect))
        told[lage.namn] = await axe.run_axe(tab, page, lage, farger[lage.namn])
        found += told[lage.namn].faults
    found += await dom.complaints(tab, page)
    return Sidsvar(tuple(found), skriven, slag, told)


async def _show(tab: Tab, lage: Lage) -> None:
    await tab.look(lage.bredd, lage.media, lage.schema, forced=lage.tvingade)


@dataclass
class _Laget:
    """What is checked, and how far the check has come.

    styles: as element_kinds.styles_of gives them; oppnade: page → what was seen of it, None where it has to be looked at by itself;
    brister, sedda: of the pages that were; regler: kind → what axe said; farger: mode → colours that were found good (run_axe).
    """

    folder: Path
    styles: Mapping[str, Mapping[str, Any]]
    done: Done
    oppnade: dict[str, Sedd | None] = field(default_factory=dict)
    brister: dict[str, list[Brist]] = field(default_factory=dict)
    sedda: dict[str, Sedd] = field(default_factory=dict)
    regler: dict[str, dict[str, tuple[set[str], set[str]]]] = field(default_factory=dict)
    farger: dict[str, set[str]] = field(default_factory=lambda: {lage.namn: set() for lage in LAGEN})

    def take(self, page: str, svar: Sidsvar) -> None:
        """A page that has been looked at by itself."""
        self.brister[page] = list(svar.brister)
        self.sedda[page] = Sedd(svar.skriven, svar.slag | _kinds(self.oppnade.get(page)))
        for lage, told in svar.axe.items():
            for at, rules in enumerate((told.passed, told.unsure)):
                for rule, kinds in rules.items():
                    for kind in kinds:
                        self.regler.setdefault(kind, {}).setdefault(lage, (set(), set()))[at].add(rule)

    def good(self) -> set[str]:
        """The kinds of elements of the pages that were looked at by themselves and had no fault."""
        clean = [page for page, faults in self.brister.items() if not faults]
        return {kind for page in clean for kind in self.sedda[page].slag}


def granska(
    folder: Path, pages: Sequence[str], cache: Path, done: Done, *, tabs: int = 0, every: bool = False
) -> Granskning:
    """Check pages of a site in every mode of findings.LAGEN.

    Each page is opened, laid out wide and narrow, and asked our own rules. All modes, axe and the Tab key are run on so many pages that
    every kind of element that the site has is among them (elementslag); on each page where `every`.

    folder: the site's; pages: relative paths of its html files; cache: the file in which pages without faults are remembered; done: told
    how many pages are opened, and looked at by themselves; tabs: how many are checked at once, 0 for one per core. NoBrowser where there
    is none.
    """
    keys = known_good.page_keys(folder, pages)
    kant, laget = Kant(), _Laget(folder, element_kinds.styles_of(folder, pages), done)
    versions: dict[str, str] = {}

    async def work(opened: Tabs) -> None:
        nonlocal kant
        versions.update(
            {"axe-core": axe.version(), "webbläsare": opened.program, "namndrapport": version("namndrapport")}
        )
        kant = known_good.read(cache, _program(versions), every=every)
        left = [page for page in pages if keys[page] not in kant.sidor]
        await _open(opened, left, laget)
        good = {kind for key in keys.values() if key in kant.sidor for kind in kant.sidor[key].slag}
        alone = left if every else _alone(left, laget.oppnade, good)
        await _look_at(opened, alone, laget)
        good |= laget.good()
        rest = [page for page in left if page not in laget.brister and not _kinds(laget.oppnade[page]) <= good]
        await _look_at(opened, rest, laget)

    script = dom.script() + "\n" + element_kinds.script()
    chromium.in_tabs(folder, work, tabs=tabs, script=script)
    regler = _kept(kant.regler, laget.regler)
    sedda = {page: laget.sedda.get(page) or laget.oppnade.get(page) or kant.sidor.get(keys[page]) for page in pages}
    ready = {page: one for page, one in sedda.items() if one}
    clean = {keys[page]: one for page, one in ready.items() if not laget.brister.get(page)}
    known_good.write(cache, _program(versions), Kant(clean, regler), every=every)
    astray = links.led_astray(folder, {page: one.skriven for page, one in ready.items()})
    passed, unsure = _counted(ready.values(), regler)
    return Granskning(
        antal=len(pages),
        brister=samlade([*(one for found in laget.brister.values() for one in dom.told_once(found)), *astray]),
        versioner=versions,
        godkanda=passed,
        osakra=unsure,
        ur_cache=sum(keys[page] in kant.sidor for page in pages),
        ensamma=len(laget.brister),
        varje=every,
    )


def _kinds(seen: Sedd | None) -> frozenset[str]:
    return seen.slag if seen else frozenset()


def _alone(left: Sequence[str], seen: Mapping[str, Sedd | None], known: Collection[str]) -> list[str]:
    """The pages that have to be looked at by themselves: each that has a kind of element that no page before it has, and each in which
    something was found."""
    claimed, alone = set(known), []
    for page in left:
        one = seen[page]
        if one is None or not one.slag <= claimed:
            alone.append(page)
            claimed |= _kinds(one)
    return alone


async def _open(opened: Tabs, pages: Sequence[str], laget: _Laget) -> None:
    """Every page opened, several at once in each tab."""
    laget.oppnade.update(dict.fromkeys(pages))
    # One that leads on would do so at once, so it is only looked at by itself.
    staying = [page for page in pages if not _redirect(laget.folder / page)]
    size = max(1, min(AT_ONCE, -(-len(staying) // opened.many)))
    ready = 0

    async def look_through(tab: Tab, some: Sequence[str]) -> None:
        nonlocal ready
        laget.oppnade.update(await element_kinds.look_through(tab, laget.folder, some, laget.styles))
        ready += len(some)
        laget.done("Öppnar", ready, len(staying))

    # What the tab breaks down over is told of when the pages are looked at by themselves.
    batches = [staying[at : at + size] for at in range(0, len(staying), size)]
    await opened.each(batches, look_through, lambda _some, _why: None)


def _redirect(page: Path) -> bool:
    return dom.redirect_of(page.read_text(encoding="utf-8", errors="replace")) is not None


async def _look_at(opened: Tabs, pages: Sequence[str], laget: _Laget) -> None:
    """Every one of these pages by itself, with all that there is to ask."""
    before = len(laget.brister)

    async def check(tab: Tab, page: str) -> None:
        laget.take(page, await check_page(tab, laget.folder, page, laget.styles[page], laget.farger))
        laget.done("Granskar", len(laget.brister), before + len(pages))

    def stuck(page: str, why: str) -> None:
        laget.brister[page] = [dom.brist(page, None, "öppna", why)]

    # The heaviest first: otherwise all may wait for one that began last.
    heaviest = sorted(pages, key=lambda page: (laget.folder / page).stat().st_size, reverse=True)
    await opened.each(heaviest, check, stuck)


def _kept(
    before: Mapping[str, Regler], now: Mapping[str, Mapping[str, tuple[set[str], set[str]]]]
) -> dict[str, Regler]:
    """What axe has said of every kind of element: what it said first."""
    same: dict[Regler, Regler] = {}

    def regler(told: Mapping[str, tuple[set[str], set[str]]]) -> Regler:
        one = tuple(
            (name, tuple(sorted(passed)), tuple(sorted(unsure))) for name, (passed, unsure) in sorted(told.items())
        )
        return same.setdefault(one, one)

    return {kind: regler(told) for kind, told in now.items()} | dict(before)


def _counted(
    pages: Iterable[Sedd], regler: Mapping[str, Regler]
) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]:
    """On how many pages each rule passed an element in each mode, and on how many there is one that axe couldn't tell of."""
    passed: dict[str, Counter[str]] = {lage.namn: Counter() for lage in LAGEN}
    unsure: dict[str, Counter[str]] = {lage.namn: Counter() for lage in LAGEN}
    for page in pages:
        # Most kinds have been told the same of.
        told = {id(regler[kind]): regler[kind] for kind in page.slag if kind in regler}
        good: dict[str, set[str]] = {lage.namn: set(axe.COLOUR_RULES) for lage in LAGEN}
        open_ones: dict[str, set[str]] = {lage.namn: set() for lage in LAGEN}
        for one in told.values():
            for name, yes, perhaps in one:
                good[name].update(yes)
                open_ones[name].update(perhaps)
        for lage in LAGEN:
            passed[lage.namn].update(good[lage.namn])
            unsure[lage.namn].update(open_ones[lage.namn])
    return passed, unsure


@functools.cache
def _code() -> str:
    digest = hashlib.sha256((dom.script() + element_kinds.script()).encode())
    for module in _CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def _program(versions: Mapping[str, Any]) -> str:
    """What checks the pages: another where a page might be judged otherwise."""
    return f"{sorted(versions.items())} {_code()}"

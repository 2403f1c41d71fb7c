"""Every page of a finished site checked in a browser, in every mode; all faults at once."""

import functools
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reporting.gate import axe, chromium, dom, element_kinds, known_good, links
from reporting.gate.axe import AxeAnswer
from reporting.gate.chromium import Tab, Tabs
from reporting.gate.dom import Written
from reporting.gate.element_kinds import AT_ONCE, Seen
from reporting.gate.findings import LIGHT, MODES, Defect, Mode, SiteCheck, gathered
from reporting.gate.known_good import Known, Rules

CheckProgress = Callable[[str, int, int], None]
"""Told (what is done, how many, of how many)."""


@dataclass(frozen=True)
class PageAnswer:
    """What was found. kinds: the kinds of its elements; axe: mode → what axe said of them."""

    defects: tuple[Defect, ...]
    written: Written
    kinds: frozenset[str]
    axe: Mapping[str, AxeAnswer]


async def check_page(
    tab: Tab, folder: Path, page: str, style: Mapping[str, Any], colours: Mapping[str, set[str]]
) -> PageAnswer:
    """One page looked at by itself: opened once, shown in each mode, asked all that there is to ask.

    style: as element_kinds.styles_of gives it; colours: mode → colours that have been found good, which are added to (run_axe).
    """
    html = (folder / page).read_text(encoding="utf-8", errors="replace")
    redirect = dom.redirect_of(html)
    await _show(tab, LIGHT)
    if redirect:
        # Opened as it is it would lead away at once.
        await tab.open_text(html.replace(redirect[0], ""))
    else:
        await tab.open(folder / page)
    await tab.evaluate(axe.axe_script() + ";0")
    kinds = await element_kinds.kinds_in(tab, style)
    found, written = await dom.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        found += dom.leads_on(page, redirect)
        written = Written((*written.links, *([redirect[2]] if redirect[2] else [])), written.ids)
    found += await dom.by_keyboard(tab, page)
    told: dict[str, AxeAnswer] = {}
    for mode in MODES:
        if mode != LIGHT:
            await _show(tab, mode)
        found += await dom.in_mode(tab, page, mode, redirect=bool(redirect))
        told[mode.name] = await axe.run_axe(tab, page, mode, colours[mode.name])
        found += told[mode.name].faults
    found += await dom.complaints(tab, page)
    return PageAnswer(tuple(found), written, kinds, told)


async def _show(tab: Tab, mode: Mode) -> None:
    await tab.look(mode.width, mode.media, mode.scheme, forced=mode.forced)


@dataclass
class _Progress:
    """What is checked, and how far the check has come.

    styles: as element_kinds.styles_of gives them; opened: page → what was seen of it, None where it has to be looked at by itself;
    defects, seen: of the pages that were; rules: kind → what axe said; colours: mode → colours that were found good (run_axe).
    """

    folder: Path
    styles: Mapping[str, Mapping[str, Any]]
    done: CheckProgress
    opened: dict[str, Seen | None] = field(default_factory=dict)
    defects: dict[str, list[Defect]] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    rules: dict[str, dict[str, tuple[set[str], set[str]]]] = field(default_factory=dict)
    colours: dict[str, set[str]] = field(default_factory=lambda: {mode.name: set() for mode in MODES})

    def take(self, page: str, answer: PageAnswer) -> None:
        """A page that has been looked at by itself."""
        self.defects[page] = list(answer.defects)
        self.seen[page] = Seen(answer.written, answer.kinds | _kinds(self.opened.get(page)))
        for mode, told in answer.axe.items():
            for at, rules in enumerate((told.passed, told.unsure)):
                for rule, kinds in rules.items():
                    for kind in kinds:
                        self.rules.setdefault(kind, {}).setdefault(mode, (set(), set()))[at].add(rule)

    def good(self) -> set[str]:
        """The kinds of elements of the pages that were looked at by themselves and had no fault."""
        clean = [page for page, faults in self.defects.items() if not faults]
        return {kind for page in clean for kind in self.seen[page].kinds}


def check_site(
    folder: Path, pages: Sequence[str], cache: Path, done: CheckProgress, *, tabs: int = 0, every: bool = False
) -> SiteCheck:
    """Check pages of a site in every mode of findings.MODES.

    Each page is opened, laid out wide and narrow, and asked our own rules. All modes, axe and the Tab key are run on so many pages that
    every kind of element that the site has is among them (element_kinds); on each page where `every`.

    folder: the site's; pages: relative paths of its html files; cache: the file in which pages without faults are remembered; done: told
    how many pages are opened, and looked at by themselves; tabs: how many are checked at once, 0 for one per core. NoBrowser where there
    is none.
    """
    keys = known_good.page_keys(folder, pages)
    known, progress = Known(), _Progress(folder, element_kinds.styles_of(folder, pages), done)
    versions: dict[str, str] = {}

    async def work(opened: Tabs) -> None:
        nonlocal known
        versions.update(
            {"axe-core": axe.version(), "webbläsare": opened.program, "namndrapport": version("namndrapport")}
        )
        known = known_good.read(cache, _program(versions), every=every)
        left = [page for page in pages if keys[page] not in known.pages]
        await _open(opened, left, progress)
        good = {kind for key in keys.values() if key in known.pages for kind in known.pages[key].kinds}
        alone = left if every else _alone(left, progress.opened, good)
        await _look_at(opened, alone, progress)
        good |= progress.good()
        rest = [page for page in left if page not in progress.defects and not _kinds(progress.opened[page]) <= good]
        await _look_at(opened, rest, progress)

    script = dom.page_script() + "\n" + element_kinds.kinds_script()
    chromium.in_tabs(folder, work, tabs=tabs, script=script)
    rules = _kept(known.rules, progress.rules)
    seen = {page: progress.seen.get(page) or progress.opened.get(page) or known.pages.get(keys[page]) for page in pages}
    ready = {page: one for page, one in seen.items() if one}
    clean = {keys[page]: one for page, one in ready.items() if not progress.defects.get(page)}
    known_good.write(cache, _program(versions), Known(clean, rules), every=every)
    astray = links.led_astray(folder, {page: one.written for page, one in ready.items()})
    passed, unsure = _counted(ready.values(), rules)
    return SiteCheck(
        count=len(pages),
        defects=gathered([*(one for found in progress.defects.values() for one in dom.told_once(found)), *astray]),
        versions=versions,
        passed=passed,
        unsure=unsure,
        from_cache=sum(keys[page] in known.pages for page in pages),
        alone=len(progress.defects),
        every=every,
    )


def _kinds(seen: Seen | None) -> frozenset[str]:
    return seen.kinds if seen else frozenset()


def _alone(left: Sequence[str], seen: Mapping[str, Seen | None], known: Collection[str]) -> list[str]:
    """The pages that have to be looked at by themselves: each that has a kind of element that no page before it has, and each in which
    something was found."""
    claimed, alone = set(known), []
    for page in left:
        one = seen[page]
        if one is None or not one.kinds <= claimed:
            alone.append(page)
            claimed |= _kinds(one)
    return alone


async def _open(opened: Tabs, pages: Sequence[str], progress: _Progress) -> None:
    """Every page opened, several at once in each tab."""
    progress.opened.update(dict.fromkeys(pages))
    # One that leads on would do so at once, so it is only looked at by itself.
    staying = [page for page in pages if not _redirect(progress.folder / page)]
    size = max(1, min(AT_ONCE, -(-len(staying) // opened.many)))
    ready = 0

    async def look_through(tab: Tab, some: Sequence[str]) -> None:
        nonlocal ready
        progress.opened.update(await element_kinds.look_through(tab, progress.folder, some, progress.styles))
        ready += len(some)
        progress.done("Öppnar", ready, len(staying))

    # What the tab breaks down over is told of when the pages are looked at by themselves.
    batches = [staying[at : at + size] for at in range(0, len(staying), size)]
    await opened.each(batches, look_through, lambda _some, _why: None)


def _redirect(page: Path) -> bool:
    return dom.redirect_of(page.read_text(encoding="utf-8", errors="replace")) is not None


async def _look_at(opened: Tabs, pages: Sequence[str], progress: _Progress) -> None:
    """Every one of these pages by itself, with all that there is to ask."""
    before = len(progress.defects)

    async def check(tab: Tab, page: str) -> None:
        progress.take(page, await check_page(tab, progress.folder, page, progress.styles[page], progress.colours))
        progress.done("Granskar", len(progress.defects), before + len(pages))

    def stuck(page: str, why: str) -> None:
        progress.defects[page] = [dom.defect(page, None, "öppna", why)]

    # The heaviest first: otherwise all may wait for one that began last.
    heaviest = sorted(pages, key=lambda page: (progress.folder / page).stat().st_size, reverse=True)
    await opened.each(heaviest, check, stuck)


def _kept(before: Mapping[str, Rules], now: Mapping[str, Mapping[str, tuple[set[str], set[str]]]]) -> dict[str, Rules]:
    """What axe has said of every kind of element: what it said first."""
    same: dict[Rules, Rules] = {}

    def rules(told: Mapping[str, tuple[set[str], set[str]]]) -> Rules:
        one = tuple(
            (name, tuple(sorted(passed)), tuple(sorted(unsure))) for name, (passed, unsure) in sorted(told.items())
        )
        return same.setdefault(one, one)

    return {kind: rules(told) for kind, told in now.items()} | dict(before)


def _counted(
    pages: Iterable[Seen], rules: Mapping[str, Rules]
) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]:
    """On how many pages each rule passed an element in each mode, and on how many there is one that axe couldn't tell of."""
    passed: dict[str, Counter[str]] = {mode.name: Counter() for mode in MODES}
    unsure: dict[str, Counter[str]] = {mode.name: Counter() for mode in MODES}
    for page in pages:
        # Most kinds have been told the same of.
        told = {id(rules[kind]): rules[kind] for kind in page.kinds if kind in rules}
        good: dict[str, set[str]] = {mode.name: set(axe.COLOUR_RULES) for mode in MODES}
        open_ones: dict[str, set[str]] = {mode.name: set() for mode in MODES}
        for one in told.values():
            for name, yes, perhaps in one:
                good[name].update(yes)
                open_ones[name].update(perhaps)
        for mode in MODES:
            passed[mode.name].update(good[mode.name])
            unsure[mode.name].update(open_ones[mode.name])
    return passed, unsure


@functools.cache
def _code() -> str:
    digest = hashlib.sha256((dom.page_script() + element_kinds.kinds_script()).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _program(versions: Mapping[str, Any]) -> str:
    """What checks the pages: another where a page might be judged otherwise."""
    return f"{sorted(versions.items())} {_code()}"

"""Every page of a finished site checked in a browser, in every mode; all faults at once.

A page without faults is remembered by the bytes of all that it is shown with, so that the same bytes aren't checked again.
"""

import functools
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reporting.files import write_whole
from reporting.gate import axe, chromium, dom, element_kinds, links
from reporting.gate.axe import RuleAnswer
from reporting.gate.chromium import Tab, Tabs
from reporting.gate.element_kinds import AT_ONCE
from reporting.gate.findings import LIGHT, MODES, Defect, Seen, SiteCheck, gathered

Rules = dict[str, frozenset[RuleAnswer]]
"""Kind of element → what axe said of it in every mode."""
CheckProgress = Callable[[str, int, int], None]
"""Called as the work goes on, with what is being done (in Swedish), how many are done, and of how many."""


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
    rules: dict[str, set[RuleAnswer]] = field(default_factory=lambda: defaultdict(set))
    colours: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


async def _check_page(tab: Tab, page: str, progress: _Progress) -> None:
    """One page looked at by itself: opened once, shown in each mode, asked all that there is to ask."""
    html = (progress.folder / page).read_text(encoding="utf-8", errors="replace")
    redirect = dom.redirect_of(html)
    await tab.look(LIGHT)
    if redirect:
        # Opened as it is it would lead away at once.
        await tab.open_text(html.replace(redirect[0], ""))
    else:
        await tab.open(progress.folder / page)
    await tab.evaluate(axe.axe_script() + ";0")
    kinds = frozenset(
        await tab.evaluate(f"nrSlag.tell({json.dumps(progress.styles[page])})")
    )  # later answers tell of them
    found, links, ids = await dom.as_written(tab, page, redirect=bool(redirect))
    if redirect:
        leads_on = redirect[1] == "0" and redirect[2]
        found += [] if leads_on else [dom.defect(page, None, "vidare", redirect[0], redirect[0])]
        links += [redirect[2]] if redirect[2] else []
    found += await dom.by_keyboard(tab, page)
    told: list[tuple[str, RuleAnswer]] = []
    for mode in MODES:
        if mode != LIGHT:
            await tab.look(mode)
        found += await dom.in_mode(tab, page, mode, redirect=bool(redirect))
        faults, said = await axe.run_axe(tab, page, mode, progress.colours[mode.name])
        found += faults
        told += said
    progress.defects[page] = found + await dom.complaints(tab, page)
    progress.seen[page] = Seen(tuple(dict.fromkeys(links)), frozenset(ids), kinds | _kinds(progress.opened.get(page)))
    for kind, one in told:
        progress.rules[kind].add(one)


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
    keys, progress = _page_keys(folder, pages), _Progress(folder, element_kinds.styles_of(folder, pages), done)
    versions: dict[str, str] = {}
    known: dict[str, Seen] = {}
    known_rules: Rules = {}

    async def work(opened: Tabs) -> None:
        nonlocal known, known_rules
        versions.update(
            {"axe-core": axe.version(), "webbläsare": opened.program, "namndrapport": version("namndrapport")}
        )
        known, known_rules = _read_known(cache, _program(versions), every=every)
        left = [page for page in pages if keys[page] not in known]
        await _open(opened, left, progress)
        good = {kind for key in keys.values() if key in known for kind in known[key].kinds}
        alone = left if every else _alone(left, progress.opened, good)
        await _look_at(opened, alone, progress)
        good |= {kind for page, faults in progress.defects.items() if not faults for kind in progress.seen[page].kinds}
        rest = [page for page in left if page not in progress.defects and not _kinds(progress.opened[page]) <= good]
        await _look_at(opened, rest, progress)

    chromium.in_tabs(folder, work, tabs=tabs, script=dom.page_script())
    # Of most kinds the same has been told, which is kept once; of each kind counts what was told first.
    same: dict[frozenset[RuleAnswer], frozenset[RuleAnswer]] = {}
    rules = {kind: same.setdefault(one := frozenset(told), one) for kind, told in progress.rules.items()} | known_rules
    seen = {page: progress.seen.get(page) or progress.opened.get(page) or known.get(keys[page]) for page in pages}
    ready = {page: one for page, one in seen.items() if one}
    clean = {keys[page]: one for page, one in ready.items() if not progress.defects.get(page)}
    _write_known(cache, _program(versions), clean, rules, every=every)
    astray = links.led_astray(folder, ready)
    passed, unsure = _counted(ready.values(), rules)
    return SiteCheck(
        count=len(pages),
        defects=gathered([*(one for found in progress.defects.values() for one in dom.told_once(found)), *astray]),
        versions=versions,
        passed=passed,
        unsure=unsure,
        from_cache=sum(keys[page] in known for page in pages),
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
    text = functools.partial(Path.read_text, encoding="utf-8", errors="replace")
    staying = [page for page in pages if not dom.redirect_of(text(progress.folder / page))]
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


async def _look_at(opened: Tabs, pages: Sequence[str], progress: _Progress) -> None:
    """Every one of these pages by itself, with all that there is to ask."""
    before = len(progress.defects)

    async def check(tab: Tab, page: str) -> None:
        await _check_page(tab, page, progress)
        progress.done("Granskar", len(progress.defects), before + len(pages))

    def stuck(page: str, why: str) -> None:
        progress.defects[page] = [dom.defect(page, None, "öppna", why)]

    # The heaviest first: otherwise all may wait for one that began last.
    heaviest = sorted(pages, key=lambda page: (progress.folder / page).stat().st_size, reverse=True)
    await opened.each(heaviest, check, stuck)


def _counted(pages: Iterable[Seen], rules: Rules) -> list[dict[str, dict[str, int]]]:
    """Mode → rule → on how many pages it passed an element; and the same for those where there is one that axe couldn't tell of."""
    counts: Counter[RuleAnswer] = Counter()
    always = {(mode.name, rule, True) for mode in MODES for rule in axe.COLOUR_RULES}
    for page in pages:
        counts.update(always.union(*{rules[kind] for kind in page.kinds if kind in rules}))
    found: list[dict[str, dict[str, int]]] = [{mode.name: {} for mode in MODES} for _ in range(2)]
    for (mode_name, rule, passed), count in counts.items():
        found[0 if passed else 1][mode_name][rule] = count
    return found


def _program(versions: Mapping[str, Any]) -> str:
    """What checks the pages: another where a page might be judged otherwise."""
    digest = hashlib.sha256(repr(sorted(versions.items())).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        digest.update(path.read_bytes() if path.suffix in (".py", ".js", ".html") else b"")
    return digest.hexdigest()[:16]


def _page_keys(folder: Path, pages: Iterable[str]) -> dict[str, str]:
    """Page → a checksum of it and of every file of the site that it shows or runs."""

    @functools.cache
    def checksum(path: str) -> bytes:
        try:
            return hashlib.sha256(Path(path).read_bytes()).digest()
        except OSError:
            return b""

    def key(path: Path) -> str:
        content = path.read_bytes()
        digest = hashlib.sha256(content)
        found = {address: file for _, address, file in links.page_files(path, content.decode("utf-8", "replace"))}
        for address in sorted(found):
            digest.update(address.encode() + b"\0" + checksum(found[address]))
        return digest.hexdigest()[:32]

    return {page: key(folder / page) for page in pages}


def _read_known(kept: Path, program: str, *, every: bool) -> tuple[dict[str, Seen], Rules]:
    """What was found by the same program: page key → a page that had no fault, and what axe said; nothing where the file is missing or
    can't be read. every: whether it counts only where every page was looked at by itself."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["program"] != program or (every and not told["varje"]):
            return {}, {}
        pages = {
            key: Seen(tuple(links), frozenset(ids), frozenset(kinds))
            for key, (links, ids, kinds) in told["sidor"].items()
        }
        same = [(frozenset((mode, rule, passed) for mode, rule, passed in one), kinds) for one, kinds in told["regler"]]
        return pages, {kind: rules for rules, kinds in same for kind in kinds}
    except (OSError, ValueError, KeyError, TypeError):
        return {}, {}


def _write_known(kept: Path, program: str, pages: Mapping[str, Seen], rules: Rules, *, every: bool) -> None:
    """Keep what is known of these pages and of the kinds of their elements, and nothing else."""
    same: dict[frozenset[RuleAnswer], list[str]] = {}
    for kind in sorted({kind for page in pages.values() for kind in page.kinds} & rules.keys()):
        same.setdefault(rules[kind], []).append(kind)
    told = {
        "program": program,
        "varje": every,
        "regler": [(sorted(said), kinds) for said, kinds in same.items()],
        "sidor": {key: (page.links, sorted(page.ids), sorted(page.kinds)) for key, page in pages.items()},
    }
    write_whole(kept, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

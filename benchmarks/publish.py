"""How long it takes to publish a thousand pages to a folder, the first time and when nothing has changed, beside what it can't do
without: opening every page once in the browser, and copying the files.

    python benchmarks/publish.py [--namnder 36]

The reports are made beforehand (benchmarks/batch.py measures that). The first time holds facts, figures, tables, pdfs, the check of every
page (axe in five modes where there is a kind of element that it hasn't seen), and the delivery.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from storkommun import PERIOD, make_root

from reporting.batch.jobs import planned
from reporting.batch.run import run_chapters
from reporting.batch.workers import hired
from reporting.gate import chromium
from reporting.gate.chromium import Tab
from reporting.params.read import read_namnder
from reporting.params.root import Root, find_root
from reporting.periods import Period
from reporting.publish.deliver import deliver
from reporting.publish.destination import open_destination
from reporting.publish.prepare import Prepared, prepare_site

Result = TypeVar("Result")
WHEN = Period.parse(PERIOD)


def timed(function: Callable[[], Result]) -> tuple[float, Result]:
    """How long a call takes, and what it gives."""
    started = time.perf_counter()
    result = function()
    return time.perf_counter() - started, result


def run_reports(root: Root) -> None:
    """Make every report."""
    namnder = read_namnder(root.params, WHEN)
    jobs = planned(root, WHEN, namnder)
    run_chapters(
        root, jobs, {PERIOD: namnder}, partial(hired, jobs=0, scheduler="", own_kernel=False), lambda _outcome: None
    )


def published(root: Root, target: Path, told: dict[str, float]) -> Prepared:
    """Make the site, check it, and deliver it."""
    stages: dict[str, float] = {}
    last, started = "", time.perf_counter()

    def done(what: str, _count: int, _total: int) -> None:
        nonlocal last, started
        if what != last:
            now = time.perf_counter()
            stages[last or "start"] = stages.get(last or "start", 0.0) + now - started
            last, started = what, now

    redo = prepare_site(root, [WHEN], done)
    stages[last] = stages.get(last, 0.0) + time.perf_counter() - started
    if not redo.check.is_good:
        raise SystemExit("\n\n".join(map(str, redo.check.defects[:5])))
    with open_destination(str(target)) as destination:
        seconds, _ = timed(
            lambda: deliver(
                destination,
                redo.site.publication,
                redo.site.addresses,
                redo.site.start,
                lambda _count, _total: None,
            )
        )
    told |= stages | {"Levererar": seconds}
    return redo


def opened_once(folder: Path, pages: tuple[str, ...]) -> None:
    """Open every page in the browser, and do nothing more."""

    async def work(tab: Tab, page: str) -> None:
        await tab.open(folder / page)

    chromium.in_tabs(folder, lambda tabs: tabs.each(pages, work, lambda _page, why: print(why)))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--namnder", type=int, default=36)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        folder, target = Path(base) / "kommun", Path(base) / "publicerat"
        make_root(folder, asked.namnder)
        root = find_root(folder)
        seconds, _ = timed(lambda: run_reports(root))
        print(f"rapporterna: {seconds:.1f} s")
        for name in ("första gången", "andra gången"):
            told: dict[str, float] = {}
            seconds, redo = timed(partial(published, root, target, told))
            pages = redo.site.pages
            shown = ", ".join(f"{what.lower()} {part:.1f}" for what, part in told.items())
            print(f"{name}: {len(pages)} sidor, {seconds:.1f} s ({shown})")
        floor, _ = timed(lambda: opened_once(redo.site.folder, pages))
        copied, _ = timed(lambda: shutil.copytree(redo.site.folder, Path(base) / "kopia"))
        print(f"golv: varje sida öppnad en gång {floor:.1f} s, filerna kopierade {copied:.1f} s")


if __name__ == "__main__":
    main()

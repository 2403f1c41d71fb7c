"""Roots to work on: copies of the project's own, so that no test touches what is bundled."""

import gc
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import reporting.warm.preload  # noqa: F401 - before nbformat: saves each process of the tests a second

# isort: split
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from reporting.assess.underlag import Underlag, load
from reporting.batch.jobs import Job, planned
from reporting.batch.run import Made, run_chapters
from reporting.batch.workers import hired
from reporting.params.read import read_namnder, read_run_params
from reporting.params.root import Root, find_root, periods
from reporting.periods import Period
from reporting.site.build import Site, build
from reporting.site.facts import Namndfakta
from reporting.site.facts_files import every_fakta
from tiers import NIGHTLY, many

PROJECT = Path(__file__).parents[1]
EXEMPELKOMMUN = PROJECT / "examples" / "exempelkommun"

# fixture | the tier of what asks for it, by what it needs
NEEDS = {
    "browser": "browser",
    **dict.fromkeys(
        ("made_lulea", "made_lulea_2017", "made_lulea_empty", "made_exempelkommun", "already_run"), "whole"
    ),
    **dict.fromkeys(("webbplats_lulea", "webbplats_exempelkommun", "chapters"), "whole"),
}

settings.register_profile("tier", max_examples=many(50, 3000))
settings.load_profile("tier")

# As a shell's &, or nohup, leaves it: what a test interrupts wouldn't end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a whole run by the fixtures that it asks for; leave what is for the night to `make nightly`."""
    for item in items:
        asked = {*getattr(item, "fixturenames", ()), *_named(item)}
        for fixture in asked & NEEDS.keys():
            item.add_marker(NEEDS[fixture])
    if not NIGHTLY:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("nightly")])
        items[:] = [item for item in items if not item.get_closest_marker("nightly")]


def pytest_collection_finish() -> None:
    """What has been imported and collected lives as long as the tests: it needn't be looked through for garbage over and over."""
    gc.freeze()


def _named(item: pytest.Item) -> Iterator[str]:
    """What stands among the parameters of a test: there may be names of fixtures."""
    for value in (
        item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    ):
        yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, str))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have told (record_property), which isn't heard from another process: how many pages were checked, say."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            if name == "told" and report.when == "call":
                terminalreporter.write_line(said)


def copied(source: Path, target: Path) -> Root:
    """A copy of a root with its params and data, and of the project's notebooks."""
    for name in ("params", "data"):
        shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(PROJECT / "notebooks", target / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return find_root(target)


def namnder_of(root: Root, period: str) -> dict[str, list[str]]:
    """The nämnder of a period, as a run wants them."""
    return {period: read_namnder(root.params, Period.parse(period))}


def run_jobs(root: Root, jobs: list[Job], *, force: bool = False, **how: Any) -> list[Made]:
    """A run of these jobs, all of one period, with everything real. how: as for batch.workers.hired."""
    hands = partial(hired, **{"jobs": 4, **how})
    return run_chapters(root, jobs, namnder_of(root, jobs[0].period), hands, lambda _outcome: None, force=force)


def run_all(root: Root, period: str, namnd: str = "", kapitel: str = "", **how: Any) -> list[Made]:
    """A whole run, narrowed to a nämnd or a chapter."""
    namnder = namnder_of(root, period)[period]
    return run_jobs(root, planned(root, Period.parse(period), namnder, namnd, kapitel), **how)


def run_periods(root: Root) -> list[Made]:
    """A whole run of every period there is."""
    shown = {str(when): read_namnder(root.params, when) for when in periods(root)}
    jobs = [job for period, namnder in shown.items() for job in planned(root, Period.parse(period), namnder, "", "")]
    return run_chapters(root, jobs, shown, partial(hired, jobs=4), lambda _outcome: None)


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Root]:
    """A fresh copy of a root, to put faults into."""
    return lambda source: copied(source, tmp_path / "kommun")


@pytest.fixture(scope="session")
def lulea() -> Underlag:
    """Luleå's socialnämnd 2024, read and assessed."""
    return load("2024-12", "socialnamnden", str(PROJECT))


def made_once(folders: pytest.TempPathFactory, name: str, source: Path, period: str, pages: int) -> Root:
    """A root with a whole run in it, of one period, or of all for "". The first worker that asks makes it, the others wait: a run takes
    every core anyway."""
    base = folders.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = base / name, base / f"{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.1)
    else:
        told = "the run ended with an exception"
        try:
            root = copied(source, folder)
            made = run_all(root, period) if period else run_periods(root)
            failed = [f"{outcome.job.target}: {outcome.orsak}" for page in made for outcome in page.failed]
            told = "\n".join(failed) if len(made) == pages else f"{len(made)} pages"
        finally:
            done.with_suffix(".part").write_text(told, encoding="utf-8")
            done.with_suffix(".part").rename(done)
    assert done.read_text(encoding="utf-8") == ""
    return find_root(folder)


@pytest.fixture(scope="session")
def made_lulea(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Luleå 2024-12, run once for all tests that read its pages."""
    return made_once(tmp_path_factory, "lulea", PROJECT, "2024-12", 3)


@pytest.fixture(scope="session")
def made_lulea_2017(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Luleå 2017-12, with another scale, and no mätetal to assess."""
    return made_once(tmp_path_factory, "lulea-2017", PROJECT, "2017-12", 3)


@pytest.fixture(scope="session")
def made_lulea_empty(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Luleå's delår 2023-08, for which nothing is delivered."""
    return made_once(tmp_path_factory, "lulea-2023", PROJECT, "2023-08", 3)


@pytest.fixture(scope="session")
def made_exempelkommun(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Exempelkommun's delår 2025-08, run once for all tests that read its pages."""
    return made_once(tmp_path_factory, "exempelkommun", EXEMPELKOMMUN, "2025-08", 9)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a worker: Playwright runs once per process."""
    chromium = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome", "msedge")
            if (found := shutil.which(name))
        ),
        None,
    )
    assert chromium, "Chromium saknas: sudo apt-get install chromium"
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def already_run(made_lulea: Root, tmp_path: Path) -> Root:
    """A copy of Luleå with the pages of 2024-12 in it, to run again."""
    shutil.copytree(made_lulea.folder, tmp_path / "kommun")
    return find_root(tmp_path / "kommun")


@dataclass(frozen=True)
class Sajt:
    """A site as it was put together: of which root, and what it was made of."""

    root: Root
    fakta: Mapping[Period, Sequence[Namndfakta]]
    webbplats: Site

    @property
    def folder(self) -> Path:
        return self.webbplats.folder

    @property
    def sidor(self) -> Path:
        """The folder of the publication, where every page but the start page lies."""
        return self.webbplats.publication


def placeholder_pdfs(jobs: Sequence[tuple[Path, Path]]) -> None:
    """A small file instead of each pdf: the printing has tests of its own."""
    for page, pdf in jobs:
        pdf.parent.mkdir(parents=True, exist_ok=True)
        pdf.write_bytes(f"%PDF-1.7 {page.parent.name}".encode())


def site_of(root: Root) -> Sajt:
    """The site of every period of a root whose reports have been made."""
    shown = periods(root)
    fakta = every_fakta(root, shown, lambda: None)
    return Sajt(
        root, fakta, build(root, {when: read_run_params(root.params, when) for when in shown}, fakta, placeholder_pdfs)
    )


def made_site(folders: pytest.TempPathFactory, name: str, source: Path, pages: int) -> Sajt:
    """The site of a root with all its periods run."""
    root = made_once(folders, name, source, "", pages)
    with FileLock(root.folder / "sajt.lock"):
        return site_of(root)


@pytest.fixture(scope="session")
def webbplats_lulea(tmp_path_factory: pytest.TempPathFactory) -> Sajt:
    """Luleå's site: 2017, 2023 and 2024, with the figures that were published."""
    return made_site(tmp_path_factory, "sajt-lulea", PROJECT, 12)


@pytest.fixture(scope="session")
def webbplats_exempelkommun(tmp_path_factory: pytest.TempPathFactory) -> Sajt:
    """Exempelkommun's site: six periods, with women and men, changed målvärden and what was measured before."""
    return made_site(tmp_path_factory, "sajt-exempelkommun", EXEMPELKOMMUN, 54)

"""A real browser without a window, for pages in a local folder. The only module that imports playwright."""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reporting.gate.findings import Mode

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page, Request

ENV = "REPORTING_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
_WINDOWS = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_USUAL_PLACES = {
    "win32": [
        f"%{root}%/{place}" for place in _WINDOWS for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    ],
    "darwin": [
        f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Microsoft Edge", "Chromium")
    ],
}
_FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE = 30_000
"""How long one step of a page may take, ms."""


class NoBrowser(Exception):  # noqa: N818 - what it says is what to do
    """There is no browser to check pages in; the message says what to install."""


def find_browser() -> Path:
    """The program of Chromium, Chrome or Edge. NoBrowser where there is none, or where REPORTING_BROWSER points at nothing."""
    if told := os.environ.get(ENV):
        if Path(told).is_file():
            return Path(told)
        raise NoBrowser(
            f"{ENV} pekar på {told}, och den filen finns inte. Skriv hela sökvägen till programmet Chromium, Chrome eller Edge."
        )
    found = [path for name in _NAMES if (path := shutil.which(name))]
    found += [path for each in _USUAL_PLACES.get(sys.platform, ()) if Path(path := os.path.expandvars(each)).is_file()]
    if found:
        return Path(found[0])
    raise NoBrowser(
        "Sidorna granskas i en riktig webbläsare, och ingen hittades. Installera Chromium, Google Chrome eller Microsoft Edge"
        f" (på Debian och Ubuntu: sudo apt-get install chromium), eller skriv sökvägen till programmet i miljövariabeln {ENV}."
    )


@dataclass
class Tab:
    """One tab, which shows one page of a folder at a time. heard: what the page called for or complained of since it was opened, as
    ("utanför", address) or ("konsol", message)."""

    page: "Page"
    cdp: "CDPSession"
    heard: list[tuple[str, str]] = field(default_factory=list)

    async def open(self, path: Path) -> None:
        """Show a page and wait until it and its style sheets are there."""
        self.heard.clear()
        await self.page.goto(path.as_uri())

    async def open_text(self, html: str) -> None:
        """Show a page that is given as text."""
        self.heard.clear()
        await self.page.goto("about:blank")
        await self.page.set_content(html)

    async def evaluate(self, expression: str) -> Any:
        """What an expression in the page comes to, waited for where it is a promise; the page's own policy doesn't concern it."""
        answer = await self.cdp.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        if wrong := answer.get("exceptionDetails"):
            raise RuntimeError(f"{wrong.get('exception', {}).get('description', wrong['text'])}\n{expression[:200]}")
        return answer["result"].get("value")

    async def look(self, mode: Mode) -> None:
        """Show the page in a mode, with as little motion as can be."""
        await self.cdp.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": mode.width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        features = {
            "prefers-color-scheme": mode.scheme,
            "prefers-reduced-motion": "reduce",
            "forced-colors": "active" if mode.forced else "none",
        }
        await self.cdp.send(
            "Emulation.setEmulatedMedia",
            {"media": mode.media, "features": [{"name": name, "value": value} for name, value in features.items()]},
        )

    async def press_tab(self, times: int) -> None:
        """Press the Tab key so many times, really."""
        key = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        await asyncio.gather(*[self.cdp.send("Input.dispatchKeyEvent", key) for _ in range(times)])

    async def pdf(self) -> bytes:
        """The page as a tagged PDF with bookmarks, as its print style sheet wants it."""
        return await self.page.pdf(
            format="A4", tagged=True, outline=True, prefer_css_page_size=True, print_background=True
        )


_Item = TypeVar("_Item")
Launch = Callable[[], Awaitable["Browser"]]


@dataclass
class Tabs:
    """Tabs to work in, each in a browser of its own: what a browser does for all its tabs, as printing, it does one at a time. A browser is
    started when there is work for it. program: the browser's name and version."""

    program: str
    folder: Path
    script: str
    many: int
    launch: Launch
    browsers: "dict[int, Browser]"

    async def each(
        self, items: Sequence[_Item], work: Callable[[Tab, _Item], Awaitable[None]], stuck: Callable[[_Item, str], None]
    ) -> None:
        """Work on items, several at once. stuck: told of an item that its tab broke down over, or that took longer than PATIENCE."""
        from playwright.async_api import Error

        left = list(reversed(items))

        async def opened(number: int) -> Tab:
            browser = self.browsers.get(number)
            if browser is None or not browser.is_connected():
                browser = self.browsers[number] = await self.launch()
            return await _tab(browser, self.folder, self.script)

        async def in_a_browser(number: int) -> None:
            tab: Tab | None = None
            while left:
                item = left.pop()
                tab = tab or await opened(number)
                try:
                    await asyncio.wait_for(work(tab, item), PATIENCE / 1000)
                except (Error, TimeoutError) as error:
                    stuck(item, str(error).splitlines()[0] if str(error) else f"mer än {PATIENCE // 1000} sekunder")
                    with suppress(Error):  # the whole browser may be gone; then another is started
                        await tab.page.context.close()
                    tab = None
            if tab:
                await tab.page.context.close()

        working = [asyncio.create_task(in_a_browser(number)) for number in range(min(self.many, len(items)))]
        try:
            await asyncio.gather(*working)
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)


def in_tabs(folder: Path, work: Callable[[Tabs], Awaitable[None]], *, tabs: int = 0, script: str = "") -> None:
    """Work with pages in several tabs at once (tabs; 0 for one per core).

    work: given the tabs. script: run in every page before its own, whatever the page's policy says. What a page wants from outside
    `folder` is heard; the tabs are offline. NoBrowser as find_browser.
    """
    from playwright.async_api import async_playwright

    as_root = sys.platform == "linux" and os.getuid() == 0
    how = {"executable_path": find_browser(), "args": [*_FLAGS, *(["--no-sandbox"] if as_root else [])]}

    async def worked() -> None:
        async with async_playwright() as playwright:
            launch: Launch = partial(playwright.chromium.launch, **how)  # type: ignore[arg-type]
            first = await launch()
            many = tabs or os.cpu_count() or 2
            told = Tabs(f"{first.browser_type.name} {first.version}", folder, script, many, launch, {0: first})
            try:
                await work(told)
            finally:
                for browser in told.browsers.values():
                    await browser.close()

    with ThreadPoolExecutor(1) as thread:  # whoever asks may have an event loop of their own, as JupyterLab does
        thread.submit(asyncio.run, worked()).result()


async def _tab(browser: "Browser", folder: Path, script: str) -> Tab:
    """A tab with nothing in it, in a profile of its own; offline but for files."""
    context = await browser.new_context(offline=True)
    if script:
        await context.add_init_script(script)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    tab = Tab(page, await context.new_cdp_session(page))
    inside = folder.resolve().as_uri() + "/"

    def asked(request: "Request") -> None:
        if not request.url.startswith((inside, "about:", "data:")):
            tab.heard.append(("utanför", request.url))

    page.on("request", asked)
    page.on("console", lambda message: tab.heard.append(("konsol", message.text)) if message.type == "error" else None)
    page.on("pageerror", lambda error: tab.heard.append(("konsol", str(error))))
    page.on("dialog", lambda dialog: dialog.dismiss())
    return tab

"""A page opened in the browser, with what it asks for and says."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page


def opened(browser: Browser, path: Path, **options: object) -> tuple[Page, list[str], list[str]]:
    """The page, every request it makes besides itself, and every dialog or error."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    requests: list[str] = []
    events: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("console", lambda message: events.append(message.text))
    page.goto(path.as_uri())
    requests.remove(path.as_uri())
    return page, requests, events

"""What pages lead to: the files that each is shown with, and whether every link leads to something on the site."""

import os
import posixpath
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from reporting.gate.dom import defect
from reporting.gate.findings import Defect, Seen

_FETCHED = re.compile(
    r"""<(link|script|img|source|iframe)\b[^>]*?\b(?:href|src)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE
)


def page_files(page: Path, html: str) -> list[tuple[str, str, str]]:
    """What a page asks for as it is opened, in the order of its html: the element that asks, the address as it is written, and the path of
    the file, whether it is there or not."""
    return [
        (element.lower(), address, os.path.normpath(page.parent / unquote(re.split(r"[?#]", address)[0])))
        for element, address in _FETCHED.findall(html)
    ]


def led_astray(folder: Path, pages: Mapping[str, Seen]) -> list[Defect]:
    """A fault for each link that leads to no file in the folder, or to no such place in a page. pages: path → what stands in it. Names
    must agree in case too, as they must on a web server."""
    files = {found.relative_to(folder).as_posix() for found in folder.rglob("*") if found.is_file()}

    @cache
    def places(page: str) -> frozenset[str]:
        if page in pages:
            return pages[page].ids
        return _ids(folder / page) if page.lower().endswith((".html", ".htm")) else frozenset()

    @cache
    def wrong(directory: str, address: str) -> str:
        path, _, anchor = address.partition("#")
        path = unquote(path.partition("?")[0])
        target = posixpath.normpath(posixpath.join(directory, path))
        if path.startswith("/"):
            return f"{address} utgår från serverns rot"
        if target.startswith(".."):
            return f"{address} leder ut ur webbplatsen"
        if target not in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in files:
            return f"{address} finns inte"
        return "" if not anchor or unquote(anchor) in places(target) else f"{address}: stället finns inte på sidan"

    found = []
    for page, seen in pages.items():
        for address in seen.links:
            if address.startswith("#"):
                why = "" if unquote(address[1:]) in {*seen.ids, "", "top"} else f"{address} finns inte på sidan"
            else:
                why = wrong(posixpath.dirname(page), address)
            if why:
                found.append(defect(page, None, "lank", why))
    return found


def _ids(path: Path) -> frozenset[str]:
    """The anchors of a page that isn't checked itself."""
    ids: set[str] = set()

    class Anchors(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            ids.update(value for name, value in attrs if name in ("id", "name") and value)

    Anchors().feed(path.read_text(encoding="utf-8", errors="replace"))
    return frozenset(ids)

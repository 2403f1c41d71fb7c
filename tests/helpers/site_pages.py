"""A site's pages as a test reads them: links, ids, and tables as text."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html


@dataclass(frozen=True)
class Sida:
    """A page. lankar: (address from the folder of the site, fragment, the words) of each link that leads within the site."""

    adress: str
    ids: frozenset[str]
    lankar: tuple[tuple[str, str, str], ...]
    utat: tuple[str, ...]


@cache
def sidor(folder: Path) -> dict[str, Sida]:
    """Every page of a site, from the folder."""
    return {path.relative_to(folder).as_posix(): _read(folder, path) for path in sorted(folder.rglob("*.html"))}


def _read(folder: Path, path: Path) -> Sida:
    page = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
    links, out = [], []
    for link in page.iter("a", "link", "script", "img"):
        if target := link.get("href") or link.get("src"):
            parts = urlsplit(target)
            if parts.scheme:
                out.append(target)
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            name = there.relative_to(folder).as_posix() if there.is_relative_to(folder) else f"UTANFÖR: {target}"
            links.append((name, unquote(parts.fragment), words(link)))
    return Sida(path.relative_to(folder).as_posix(), frozenset(page.xpath("//@id")), tuple(links), tuple(out))


def words(element: html.HtmlElement) -> str:
    """The element's words, as they are read."""
    return re.sub(r"[ \n\t]+", " ", element.text_content()).strip(" \n\t")


def tabell(path: Path, caption: str) -> list[tuple[str, ...]]:
    """The rows of the table whose caption begins so, headings first; a cell's note stands after a slash."""
    page = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
    tables = [table for table in page.iter("table") if words(table.find("caption")).startswith(caption)]
    assert len(tables) == 1, f"{len(tables)} tables begin with {caption!r} on {path.name}"
    return [tuple(words(cell) for cell in row.iter("th", "td")) for row in tables[0].iter("tr")]

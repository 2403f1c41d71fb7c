"""The files that a page is shown with: its style sheets, its scripts, its pictures."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

_FETCHED = re.compile(
    r"""<(link|script|img|source|iframe)\b[^>]*?\b(?:href|src)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE
)


@dataclass(frozen=True)
class Sidfil:
    """element: the one that asks for the file; adress: as the page writes it; fil: the file's path."""

    element: str
    adress: str
    fil: str


def sidfiler(page: Path, html: str) -> list[Sidfil]:
    """What a page asks for as it is opened, in the order of its html; `fil` is there whether the file is or not."""
    return [
        Sidfil(element.lower(), address, os.path.normpath(page.parent / unquote(re.split(r"[?#]", address)[0])))
        for element, address in _FETCHED.findall(html)
    ]

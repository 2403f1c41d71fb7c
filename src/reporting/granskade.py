"""What is known of pages that were checked before and had no fault, so that the same bytes aren't checked again."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from reporting.dom_checks import Skriven
from reporting.whole_files import write_whole

Regler = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Per mode: its name, the rules that passed, and those that axe couldn't tell of."""
_FETCHED = re.compile(
    rb"""<(?:link|script|img|source|iframe)\b[^>]*?\b(?:href|src)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE
)


@dataclass(frozen=True)
class Granskad:
    """A page that was checked in every mode and had no fault of its own."""

    skriven: Skriven
    regler: Regler


def page_keys(folder: Path, pages: Iterable[str]) -> dict[str, str]:
    """Page → a checksum of it and of every file of the site that it shows or runs."""

    @cache
    def checksum(path: str) -> bytes:
        try:
            return hashlib.sha256(Path(path).read_bytes()).digest()
        except OSError:
            return b""

    def key(path: Path) -> str:
        content = path.read_bytes()
        digest = hashlib.sha256(content)
        for address in sorted(set(_FETCHED.findall(content))):
            other = unquote(re.split(r"[?#]", address.decode("utf-8", "replace"))[0])
            digest.update(address + b"\0" + checksum(os.path.normpath(path.parent / other)))
        return digest.hexdigest()[:32]

    return {page: key(folder / page) for page in pages}


def read(kept: Path, program: str) -> dict[str, Granskad]:
    """Page key → what was found, of the pages that were checked by the same program; none where the file is missing or can't be read."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["program"] != program:
            return {}
        regler: list[Regler] = [
            tuple((name, tuple(passed), tuple(unsure)) for name, passed, unsure in one) for one in told["regler"]
        ]
        texts = told["lankar"]
        return {
            key: Granskad(Skriven(tuple(texts[at] for at in lankar), frozenset(ids)), regler[number])
            for key, (number, lankar, ids) in told["sidor"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def write(kept: Path, program: str, pages: Mapping[str, Granskad]) -> None:
    """Keep what is known of these pages, by page key, and nothing else."""
    regler: dict[Regler, int] = {}
    texts: dict[str, int] = {}
    sidor = {
        key: [
            regler.setdefault(page.regler, len(regler)),
            [texts.setdefault(address, len(texts)) for address in page.skriven.lankar],
            sorted(page.skriven.ids),
        ]
        for key, page in pages.items()
    }
    told = {"program": program, "regler": list(regler), "lankar": list(texts), "sidor": sidor}
    write_whole(kept, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

"""What is known of pages that were checked before and had no fault, so that the same bytes aren't checked again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reporting.files import write_whole
from reporting.gate.axe import Told
from reporting.gate.findings import Seen
from reporting.gate.links import page_files


@dataclass(frozen=True)
class Known:
    """What is known. pages: page key → a page that had no fault; rules: kind of element → what axe said of it in every mode."""

    pages: dict[str, Seen] = field(default_factory=dict)
    rules: dict[str, frozenset[Told]] = field(default_factory=dict)


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
        found = {address: file for _, address, file in page_files(path, content.decode("utf-8", "replace"))}
        for address in sorted(found):
            digest.update(address.encode() + b"\0" + checksum(found[address]))
        return digest.hexdigest()[:32]

    return {page: key(folder / page) for page in pages}


def read(kept: Path, program: str, *, every: bool) -> Known:
    """What was found by the same program; nothing where the file is missing or can't be read. every: whether it counts only where every
    page was looked at by itself."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["program"] != program or (every and not told["varje"]):
            return Known()
        pages = {
            key: Seen(tuple(links), frozenset(ids), frozenset(kinds))
            for key, (links, ids, kinds) in told["sidor"].items()
        }
        same = [(frozenset((mode, rule, passed) for mode, rule, passed in one), kinds) for one, kinds in told["regler"]]
        return Known(pages, {kind: rules for rules, kinds in same for kind in kinds})
    except (OSError, ValueError, KeyError, TypeError):
        return Known()


def write(kept: Path, program: str, known: Known, *, every: bool) -> None:
    """Keep what is known of these pages and of the kinds of their elements, and nothing else."""
    same: dict[frozenset[Told], list[str]] = {}
    for kind in sorted({kind for page in known.pages.values() for kind in page.kinds} & known.rules.keys()):
        same.setdefault(known.rules[kind], []).append(kind)
    told = {
        "program": program,
        "varje": every,
        "regler": [(sorted(rules), kinds) for rules, kinds in same.items()],
        "sidor": {key: (page.links, sorted(page.ids), sorted(page.kinds)) for key, page in known.pages.items()},
    }
    write_whole(kept, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

"""What is known of pages that were checked before and had no fault, so that the same bytes aren't checked again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reporting.files import write_whole
from reporting.gate.dom import Written
from reporting.gate.element_kinds import Seen
from reporting.gate.links import page_files

Rules = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Per mode: its name, the rules that passed, and those that axe couldn't tell of."""


@dataclass(frozen=True)
class Known:
    """What is known. pages: page key → a page that had no fault; rules: kind of element → what axe said of it in every mode."""

    pages: dict[str, Seen] = field(default_factory=dict)
    rules: dict[str, Rules] = field(default_factory=dict)


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
        found = {one.address: one.file for one in page_files(path, content.decode("utf-8", "replace"))}
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
        rules: list[Rules] = [
            tuple((name, tuple(passed), tuple(unsure)) for name, passed, unsure in one) for one in told["regler"]
        ]
        texts, kinds_told = told["lankar"], [kind for kind, _ in told["slag"]]
        return Known(
            {
                key: Seen(
                    Written(tuple(texts[at] for at in links), frozenset(ids)), frozenset(kinds_told[at] for at in kinds)
                )
                for key, (links, ids, kinds) in told["sidor"].items()
            },
            {kind: rules[number] for kind, number in told["slag"] if number is not None},
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Known()


def write(kept: Path, program: str, known: Known, *, every: bool) -> None:
    """Keep what is known of these pages and of the kinds of their elements, and nothing else."""
    rules: dict[Rules, int] = {}
    texts: dict[str, int] = {}
    kinds: dict[str, int] = {}
    pages = {
        key: [
            [texts.setdefault(address, len(texts)) for address in page.written.links],
            sorted(page.written.ids),
            [kinds.setdefault(kind, len(kinds)) for kind in sorted(page.kinds)],
        ]
        for key, page in known.pages.items()
    }
    said = [[kind, rules.setdefault(known.rules[kind], len(rules)) if kind in known.rules else None] for kind in kinds]
    told = {
        "program": program,
        "varje": every,
        "regler": list(rules),
        "lankar": list(texts),
        "slag": said,
        "sidor": pages,
    }
    write_whole(kept, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

"""What is known of pages that were checked before and had no fault, so that the same bytes aren't checked again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reporting.files import write_whole
from reporting.gate.dom import Skriven
from reporting.gate.element_kinds import Sedd
from reporting.gate.links import sidfiler

Regler = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Per mode: its name, the rules that passed, and those that axe couldn't tell of."""


@dataclass(frozen=True)
class Kant:
    """What is known. sidor: page key → a page that had no fault; regler: kind of element → what axe said of it in every mode."""

    sidor: dict[str, Sedd] = field(default_factory=dict)
    regler: dict[str, Regler] = field(default_factory=dict)


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
        found = {one.adress: one.fil for one in sidfiler(path, content.decode("utf-8", "replace"))}
        for address in sorted(found):
            digest.update(address.encode() + b"\0" + checksum(found[address]))
        return digest.hexdigest()[:32]

    return {page: key(folder / page) for page in pages}


def read(kept: Path, program: str, *, every: bool) -> Kant:
    """What was found by the same program; nothing where the file is missing or can't be read. every: whether it counts only where every
    page was looked at by itself."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["program"] != program or (every and not told["varje"]):
            return Kant()
        regler: list[Regler] = [
            tuple((name, tuple(passed), tuple(unsure)) for name, passed, unsure in one) for one in told["regler"]
        ]
        texts, slag = told["lankar"], [kind for kind, _ in told["slag"]]
        return Kant(
            {
                key: Sedd(
                    Skriven(tuple(texts[at] for at in lankar), frozenset(ids)), frozenset(slag[at] for at in kinds)
                )
                for key, (lankar, ids, kinds) in told["sidor"].items()
            },
            {kind: regler[number] for kind, number in told["slag"] if number is not None},
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Kant()


def write(kept: Path, program: str, kant: Kant, *, every: bool) -> None:
    """Keep what is known of these pages and of the kinds of their elements, and nothing else."""
    regler: dict[Regler, int] = {}
    texts: dict[str, int] = {}
    slag: dict[str, int] = {}
    sidor = {
        key: [
            [texts.setdefault(address, len(texts)) for address in page.skriven.lankar],
            sorted(page.skriven.ids),
            [slag.setdefault(kind, len(slag)) for kind in sorted(page.slag)],
        ]
        for key, page in kant.sidor.items()
    }
    said = [[kind, regler.setdefault(kant.regler[kind], len(regler)) if kind in kant.regler else None] for kind in slag]
    told = {
        "program": program,
        "varje": every,
        "regler": list(regler),
        "lankar": list(texts),
        "slag": said,
        "sidor": sidor,
    }
    write_whole(kept, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

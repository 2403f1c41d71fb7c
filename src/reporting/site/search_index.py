"""What a site can be searched for (mätetal, goals, and what people have written), as small script files that a page opened without a
server can load too.

Four kinds of files, all calls like nrSok("oab", [...]): `register` names the others with their checksums and holds the small words
that are never searched for; `v…` lists every word there is (a word is found inside another by going through these); `o…` says for
each word which documents have it in their title and which in their text; `d…` holds the documents themselves. What comes after
the letter is where the file begins among all words, or ids; one that would be too large is divided at a fixed place, so that a
change in one file moves nothing in another.

A document's id is five signs that no other document changes: two for its vikt's number in order (a new period comes last), three
from a checksum of its address. page/sok.js reads all this, and cuts a query into words as `words` does.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix
from typing import Literal

from reporting.params.chapters import chapter_id
from reporting.periods import Period
from reporting.site.facts import Namndfakta
from reporting.site.history import MatetalHistory
from reporting.site.namnd_page import NamndRow
from reporting.site.report_pages import SiteReport

_FoundKind = Literal["mål", "mätetal", "text"]
STOPPORD = frozenset(
    [
        "alla", "allt", "att", "av", "blev", "bli", "blir", "de", "dem", "den", "denna", "deras", "dess", "det",
        "detta", "dig", "din", "du", "där", "då", "efter", "ej", "eller", "en", "er", "ett", "från", "för", "ha",
        "hade", "han", "har", "hon", "hur", "här", "i", "icke", "in", "inom", "inte", "jag", "kan", "kunde", "man",
        "med", "mellan", "men", "mot", "mycket", "ni", "nu", "när", "och", "också", "om", "oss", "på", "samma", "sedan",
        "sig", "sin", "sina", "sitt", "skulle", "som", "så", "till", "under", "upp", "ut", "var", "vara", "vi", "vid",
        "vilka", "vilken", "vilket", "är", "även", "än", "över"
    ]
)  # fmt: skip
"""Words that say nothing of what a text is about."""

_LIMIT, _DEPTH = 48_000, 8
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HALF = len(_SIGNS) ** 3 // 2
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BEYOND = re.compile("[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
# å, ä and ö as capitals, which no folded word has: one byte each, and not lost when other marks are
_LETTERS = str.maketrans("åäö", "AEO")
_PLAIN = str.maketrans("AEO", "aao")


@dataclass(frozen=True)
class SearchDocument:
    """What can be found.

    adress: relative to the site's root, may have #anchor; only letters a–z, digits and -._ between the /, or it is shown without a
    link; titel: what is shown and searched; var: its context, as "Socialnämnden · augusti 2025", searched too; text: words to find
    it by besides those; vikt: higher for newer, as 202508.
    """

    adress: str
    titel: str
    var: str
    slag: _FoundKind
    text: str
    vikt: int


def documents(
    fakta: Mapping[Period, Sequence[Namndfakta]],
    reports: Mapping[Period, Sequence[SiteReport]],
    namnder: Sequence[NamndRow],
) -> list[SearchDocument]:
    """Everything that can be found: each mätetal and each goal once, at its own page; texts where they stand, report by report."""
    found = [_matetal(item) for rad in namnder for item in rad.matetal]
    for rad in namnder:
        newest, first = rad.fakta[0]
        found += [
            SearchDocument(f"{rad.adress}#mal-{mal.id}", mal.namn, rad.namn, "mål", mal.kortnamn, _vikt(newest))
            for mal in first.mal
        ]
    for when, items in fakta.items():
        by_board = {report.namnd: report for report in reports[when]}
        for item in items:
            found += _texts(by_board[item.namnd], item, when)
    return found


def _vikt(when: Period) -> int:
    return when.year * 100 + when.month


def _matetal(item: MatetalHistory) -> SearchDocument:
    nu = item.nu
    said = (nu.kortnamn, nu.definition, nu.mal, nu.aktivitet, nu.datakalla, nu.verksamhetsomrade)
    words = " ".join(filter(None, said))
    return SearchDocument(item.adress, nu.namn, item.namnd_namn, "mätetal", words, _vikt(item.period))


def _texts(report: SiteReport, item: Namndfakta, when: Period) -> list[SearchDocument]:
    """What people wrote for a goal, at the goal; for a chapter, at the chapter's page."""
    var, vikt = f"{item.namn} · {report.titel}", _vikt(when)
    found = []
    for mal in item.mal:
        page = report.ankare.get(f"mal-{mal.id}")
        if mal.texter and page:
            words = " ".join(f"{heading} {text}" for heading, text in mal.texter)
            titel = f"Analys: {mal.kortnamn}"
            found.append(SearchDocument(f"{page}#mal-{mal.id}", titel, var, "text", words, vikt))
    chapters = {chapter_id(manifest.kapitel): manifest for manifest in report.kapitel}
    said: dict[str, list[str]] = {}
    for heading, text in item.texter:
        kapitel, _, part = heading.partition(": ")
        said.setdefault(kapitel, []).append(f"{part} {text}")
    for kapitel, texts in said.items():
        if manifest := chapters.get(kapitel):
            adress = report.adress(manifest.kapitel)
            found.append(SearchDocument(adress, manifest.titel, var, "text", " ".join(texts), vikt))
    return found


def words(text: str) -> set[str]:
    """The words that `text` is found by, folded: å, ä, ö as A, E, O, all else in lower case and without marks. A word with a
    hyphen gives itself without it and its parts. Small words, single signs and numbers of fewer than four digits are left out."""
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower())
    apart = unicodedata.normalize("NFD", lower.translate(_LETTERS))
    plain = _BEYOND.sub(lambda sign: "" if unicodedata.category(sign[0])[0] == "M" else sign[0], apart)
    found: set[str] = set()
    for word in set(_WORD.findall(plain)):
        parts = re.split("[-‐‑]", word)
        found.update(parts, ("".join(parts),))
    return {word for word in found - _SKIPPED if len(word) > (3 if word.isdecimal() else 1)}


_SKIPPED = frozenset(word.translate(_LETTERS) for word in STOPPORD)


def index_files(dokument: Sequence[SearchDocument]) -> dict[str, bytes]:
    """Relative path ("sok/…") → content, the same for the same documents in any order.

    Raises ValueError for more than 1 296 different vikter, or 23 328 texts (or goals and mätetal) of one vikt.
    """
    ids = _ids(dokument)
    titles: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    for number, item in ids:
        in_title = words(item.titel)
        for word in in_title:
            titles.setdefault(word, []).append(number)
        for word in words(f"{item.text} {item.var}") - in_title:
            texts.setdefault(word, []).append(number)
    ordered = sorted({*titles, *texts})
    where = [(word, *("".join(of.get(word, ())) for of in (titles, texts))) for word in ordered]
    held = {
        "o": [(_bits(row[0]), _json(*row)) for row in where],
        "d": [(_bits(number), _json(number, item.adress, item.titel, item.var, item.slag)) for number, item in ids],
    }
    made = {
        f"{kind}{name}": _call(f"{kind}{name}", f"[{','.join(rows)}]")
        for kind, entries in held.items()
        for name, rows in _divided("", entries)
    }
    listed = _divided("", [(_bits(word), word) for word in ordered])
    made |= {f"v{name}": _call(f"v{name}", _json(_front_coded(some))) for name, some in listed}
    known = " ".join(f"{name}:{hashlib.sha256(content).hexdigest()[:8]}" for name, content in sorted(made.items()))
    made["register"] = _call("register", f"[{_json(' '.join(sorted(_SKIPPED)), known)}]")
    return {f"sok/{name}.js": made[name] for name in sorted(made)}


def _ids(dokument: Sequence[SearchDocument]) -> list[tuple[str, SearchDocument]]:
    """Each document with its id, in the order of the ids. The later half of a vikt's ids is for goals and mätetal."""
    order = {vikt: number for number, vikt in enumerate(sorted({item.vikt for item in dokument}))}
    if len(order) > len(_SIGNS) ** 2:
        raise ValueError(f"{len(order)} vikter, högst {len(_SIGNS) ** 2}")
    taken: dict[tuple[int, bool], dict[int, SearchDocument]] = {}
    for item in sorted(dokument, key=lambda item: (item.adress, item.titel, item.var, item.slag, item.text, item.vikt)):
        group = taken.setdefault((order[item.vikt], item.slag != "text"), {})
        if len(group) == _HALF:
            raise ValueError(f"fler än {_HALF} dokument med vikten {item.vikt}")
        place = int.from_bytes(hashlib.sha256(item.adress.encode("utf-8", "surrogatepass")).digest()[:8]) % _HALF
        while place in group:
            place = (place + 1) % _HALF
        group[place] = item
    return sorted(
        ((_signs(vikt, 2) + _signs(place + _HALF * first, 3), item)
         for (vikt, first), group in taken.items() for place, item in group.items()),
        key=lambda pair: pair[0],
    )  # fmt: skip


def _signs(number: int, width: int) -> str:
    return "".join(_SIGNS[number // len(_SIGNS) ** place % len(_SIGNS)] for place in reversed(range(width)))


def _bits(word: str) -> str:
    """What decides which file a word or an id stands in: its first signs, six bits each, those beyond _SIGNS as none."""
    return "".join(f"{_SIGNS.find(sign) + 1:06b}" for sign in word[:_DEPTH].translate(_PLAIN).ljust(_DEPTH))


def _begins(bits: str) -> str:
    """The first word that could stand in a file of keys that begin with `bits`, a sign beyond _SIGNS as a hyphen."""
    numbers = [int(bits[at : at + 6].ljust(6, "0"), 2) for at in range(0, len(bits), 6)]
    return "".join(f"-{_SIGNS}"[number] for number in numbers).rstrip("-")


def _divided(bits: str, entries: list[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """(where it begins, rows) of each file, in order, small enough where that can be. entries: (bits, row); bits: what they share."""
    if sum(len(row) + 1 for _, row in entries) <= _LIMIT or len(bits) == 6 * _DEPTH:
        yield _begins(bits), [row for _, row in entries]
        return
    for half in ("0", "1"):
        if part := [entry for entry in entries if entry[0][len(bits)] == half]:
            yield from _divided(bits + half, part)


def _front_coded(listed: list[str]) -> str:
    """The words, each as how many signs it shares with the one before (one sign) and the rest; only ASCII, since the script counts other
    signs in another way."""
    alike = [commonprefix(pair) for pair in pairwise(["", *listed])]  # noqa: RUF071 - sign by sign is what is meant
    shared = [min(35, len(_BEYOND.split(same)[0])) for same in alike]
    return " ".join(_SIGNS[same] + word[same:] for same, word in zip(shared, listed, strict=True))


def _call(name: str, value: str) -> bytes:
    return f'nrSok("{name}",{value});\n'.encode("ascii")


def _json(*cells: str) -> str:
    # json escapes every sign beyond ASCII, U+2028 among them; < would be needed for </script and <!--
    return ",".join(map(json.dumps, cells)).replace("<", "\\u003c")

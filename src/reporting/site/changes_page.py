"""Two versions of a text as one, with what was taken away and what was put in.

The page that shows, before a publication, what differs from what is published.
"""

import difflib
import re
from collections.abc import Sequence

from reporting.html import Html, joined
from reporting.show.templates import page_file, template
from reporting.site.changes import Andring, Rapportandring
from reporting.swedish import count_word

AROUND = 8
"""How many unchanged words are shown on each side of a change."""


def marked(before: str, now: str) -> Html:
    """The changed passages with a few words around them. What was taken away and put in is told in words too, since a screen reader
    says nothing of del and ins."""
    old, new = _words(before), _words(now)
    parts = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    operations = matcher.get_opcodes()
    for index, (kind, start, end, first, last) in enumerate(operations):
        if kind == "equal":
            parts.append(_unchanged(old[start:end], is_first=index == 0, is_last=index == len(operations) - 1))
            continue
        if start < end:
            parts.append(_told("del", "borttaget: ", old[start:end]))
        if first < last:
            parts.append(_told("ins", "tillagt: ", new[first:last]))
    return joined(parts, " ")


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def _unchanged(words: list[str], *, is_first: bool, is_last: bool) -> Html:
    head = [] if is_first else words[:AROUND]
    tail = [] if is_last else words[max(len(head), len(words) - AROUND) :]
    left_out = ["…"] if len(head) + len(tail) < len(words) else []
    return Html("{}").format(" ".join([*head, *left_out, *tail]))


def _told(tag: str, said: str, words: list[str]) -> Html:
    hidden = Html('<span class="dold">{}</span>').format(said)
    return Html("<{}>{}{}</{}>").format(Html(tag), hidden, " ".join(words), Html(tag))


def changes_page(kommun: str, rapporter: Sequence[Rapportandring], against: str, pages: str) -> str:
    """The page. against: what it is held against; pages: how many pages are new, changed and gone, in words."""
    css = "".join(page_file(name) for name in ("show/page/page.css", "show/page/pieces.css", "site/page/webb.css"))
    return template("site/page/andringar.html.j2").render(
        kommun=kommun,
        titel="Det här ändras när du publicerar",
        jamfort=against,
        rapporter=rapporter,
        text=_marked,
        sidor=pages,
        css=Html(css),
    )


def _marked(item: Andring) -> Html:
    return marked(item.fore, item.nu)


def summed_up(rapporter: Sequence[Rapportandring]) -> list[str]:
    """A line per report, for a terminal: "Socialnämnden, Delårsuppföljning augusti 2025: tre ändringar"."""
    lines = []
    for rapport in rapporter:
        count = len(rapport.andringar)
        said = "ny rapport" if rapport.ny else "tas bort" if rapport.borttagen else ""
        said = said or f"{count_word(count, en=True)} ändring{'ar' if count > 1 else ''}"
        lines.append(f"{rapport.namn}, {rapport.titel}: {said}")
    return lines

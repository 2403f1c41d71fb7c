"""Two versions of a text as one, with what was taken away and what was put in."""

import difflib
import re

from reporting.html import Html, joined

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

"""texter.md cut at its headings, with comments out of the way; which line is which stays as it is in the file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.texts.markdown import COMMENT, Block, parser, pasted


@dataclass(frozen=True)
class Section:
    """A heading of level 1–3 and what stands under it.

    start, end: its lines as a slice, heading included; marked: the heading is made with number signs, not underlined; body: what
    stands between the heading and the next, comments blanked out.
    """

    level: int
    title: str
    start: int
    end: int
    marked: bool
    body: str

    @property
    def line(self) -> int:
        """The heading's line, as an editor counts."""
        return self.start + 1

    @property
    def id(self) -> str:
        """The word that the heading begins with, which at level 2 is an id: "god-service – God service" is god-service."""
        return self.title.split(maxsplit=1)[0].rstrip(":–-") if self.title else ""


@dataclass(frozen=True)
class Outline:
    """A text's sections.

    lines: every line, those of comments empty; blocks: a section of level 1 or 2 with those of level 3 that follow (the first may
    begin at level 3); comments: their lines as slices; open_comments, open_code: (number, text) of lines that begin what never ends.
    """

    lines: tuple[str, ...]
    blocks: tuple[tuple[Section, ...], ...]
    comments: tuple[tuple[int, int], ...]
    open_comments: tuple[tuple[int, str], ...]
    open_code: tuple[tuple[int, str], ...]

    @property
    def preface(self) -> tuple[int, str]:
        """(number, text) of the first line with text before any heading; (0, "") where there is none."""
        first = self.blocks[0][0].start if self.blocks else len(self.lines)
        return next(((n, line.strip()) for n, line in enumerate(self.lines[:first], start=1) if line.strip()), (0, ""))

    def unspaced(self, headings: Iterable[str]) -> list[tuple[int, str]]:
        """(number, text) of lines that would be one of `headings`, had they an ordinary space after the number signs."""
        known = {heading.lower() for heading in headings}
        found = [(n, line, re.match(r"#{1,3}([^#\s].*|\u00a0.*)", line)) for n, line in enumerate(self.lines, start=1)]
        return [
            (n, line.strip())
            for n, line, match in found
            if match and (match[1].startswith("\u00a0") or match[1].strip().lower() in known)
        ]


def outline(text: str) -> Outline:
    """Cut a text at its headings of level 1–3. Headings inside code, quotes, lists and comments are text, not headings."""
    lines = text.splitlines()
    tokens = parser().parse("\n".join(lines))
    comments = [(token.map[0], token.map[1]) for token in tokens if token.type == "comment" and token.map]
    hidden = {number for start, end in comments for number in range(start, end)}
    shown = tuple("" if number in hidden else line for number, line in enumerate(lines))
    blocks: list[list[Section]] = []
    for section in _sections(tokens, shown):
        if section.level == 3 and blocks:
            blocks[-1].append(section)
        else:
            blocks.append([section])
    written = {n for token in tokens if token.type == "inline" and token.map for n in range(*token.map)}
    return Outline(
        shown,
        tuple(map(tuple, blocks)),
        tuple(comments),
        tuple((n + 1, lines[n].strip()) for n in sorted(written) if COMMENT.match(lines[n])),
        tuple((n + 1, lines[n].strip()) for n in _open_code(tokens, lines)),
    )


def trimmed(body: str) -> str:
    """A section's text without what is empty around it; an empty first cell of a pasted table is not."""
    lines = body.split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    tables = pasted(lines)
    text = "\n".join(lines)
    if not tables or tables[0][0] != 0:
        text = text.lstrip()
    return text if tables and tables[-1][1] == len(lines) else text.rstrip()


def _sections(tokens: Sequence[Block], lines: Sequence[str]) -> Iterable[Section]:
    cuts = [
        (token.map[0], token.map[1], token, tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.map and token.level == 0 and int(token.tag[1]) <= 3
    ]
    ends = [start for start, *_ in cuts[1:]] + [len(lines)]
    for (start, after, token, title), end in zip(cuts, ends, strict=False):
        marked, body = token.markup.startswith("#"), "\n".join(lines[after:end])
        yield Section(int(token.tag[1]), title.strip(), start, end, marked, body)


def _open_code(tokens: Sequence[Block], lines: Sequence[str]) -> Iterable[int]:
    """Where code begins that goes on to the end of the text. (In a list or a quote it ends where they do.)"""
    for token in tokens:
        if token.type == "fence" and token.map and token.level == 0:
            start, end = token.map
            sign = re.escape(token.markup[0])
            closed = re.fullmatch(rf" {{0,3}}{sign}{{{len(token.markup)},}}[ \t]*", lines[end - 1])
            if end - start < 2 or not closed:
                yield start

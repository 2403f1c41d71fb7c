"""People's Markdown into safe HTML: markdown-it without raw HTML, then nh3 with an allow-list. Text is never trusted.
Tables pasted from Word or Excel, which come as lines with tabs, become tables."""

import re
from collections.abc import Collection, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markupsafe import Markup

_ALLOWED_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "s",
}  # fmt: skip
Block = Token
"""One of the things that the parser cuts a text into; by this name in the modules that leave the library to this one."""
COMMENT = re.compile(r" {0,3}<!--")
"""What a line begins with where a comment does."""
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_MARKER = re.compile(r"\s*(?:[-*+•·▪◦o–\uf0b7]|\d{1,3}[.)]|[a-z][.)])\t")
"""What Word puts before an item when a list is pasted: it has tabs, but is no table."""
_NOT_FIRST = re.compile(r" {4}| {0,3}[>|]")
"""What no pasted table begins with: code, a quote, a table that already is Markdown's."""
_DELIMITERS = re.compile(r"[\s:-]*\|[\s|:-]*")


@cache
def parser() -> MarkdownIt:
    """The one Markdown dialect: CommonMark with tables, raw HTML shown as the text it is, comments at the start of a line left out.

    A comment is a hidden token of type "comment".
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.block.ruler.before("code", "comment", _comment, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return markdown


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's hook for a block. A comment goes from <!-- first on a line to --> last on one, or is text like any other.

    It ends before the next heading and the next comment: one that somebody forgot to close must not hide what others wrote.
    """
    begins = state.bMarks[start]
    quoted = begins > 0 and state.src[begins - 1] != "\n"
    in_item = state.blkIndent > 0 and state.sCount[start] >= state.blkIndent
    if quoted or in_item or not COMMENT.match(state.src[begins : state.eMarks[start]]):
        return False
    for number in range(start, end):
        line = state.src[state.bMarks[number] : state.eMarks[number]]
        if number > start and (COMMENT.match(line) or _HEADING.match(line)):
            return False
        _, closed, after = line.replace("<!--", "", 1 if number == start else 0).partition("-->")
        if closed:
            if after.strip():
                return False
            break
    else:
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.map = [start, number + 1]
        token.hidden = True
        state.line = number + 1
    return True


def to_html(text: str, *, first_level: int = 3) -> Markup:
    """Render Markdown, with tables that were pasted from Word or Excel as tables.

    Headings start at `first_level`, so that they fit under the heading they stand below.
    Images are left out (they would be requests or unnamed pictures); links keep http, https and mailto only.
    """
    tokens = parser().parse(text)
    if "\t" in text:
        fences = [token.map for token in tokens if token.type == "fence" and token.map]
        tokens = parser().parse(_as_markdown(text, {line for start, end in fences for line in range(start, end)}))
    shift = first_level - 1
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        if token.type == "th_open":
            token.attrSet("scope", "col")
    for opens, content, closes in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opens.type == "th_open" and not content.content:  # an empty corner is the heading of nothing
            opens.tag = closes.tag = "td"
            opens.attrs = {}
    html = parser().renderer.render(tokens, parser().options, {})
    return Markup(  # noqa: S704 - nh3 has cleaned it
        nh3.clean(
            html,
            tags=_ALLOWED_TAGS,
            attributes={"a": {"href"}, "th": {"scope"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer",
        )
    )


def pasted(lines: Sequence[str], fenced: Collection[int] = ()) -> list[tuple[int, int]]:
    """Where the pasted tables are: (first line, line after the last), counted from 0.

    A pasted table is two or more lines in a row with the same number of tabs. Lists, indented code (every line begins with a tab)
    and the lines in `fenced` are none.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        tabs = lines[start].count("\t")
        end = start
        while (
            end < len(lines) and lines[end].count("\t") == tabs and not _HEADING.match(lines[end]) and end not in fenced
        ):
            end += 1
        if tabs and _is_table(lines[start:end]):
            found.append((start, end))
        start = max(end, start + 1)
    return found


def _as_markdown(text: str, fenced: Collection[int] = ()) -> str:
    """The text with its pasted tables as Markdown tables, the first row as headings. Rows without any text are left out.

    fenced: the lines that stand as code and are left alone, counted from 0.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out: list[str] = []
    done = 0
    for start, end in pasted(lines, fenced):
        head, *body = [_row(line) for line in lines[start:end] if line.strip()]
        out += [*lines[done:start], "", head, "|" + "---|" * (lines[start].count("\t") + 1), *body, ""]
        done = end
    return "\n".join([*out, *lines[done:]])


def _is_table(block: Sequence[str]) -> bool:
    rows = [line for line in block if line.strip()]
    if len(rows) < 2 or _NOT_FIRST.match(rows[0]) or _DELIMITERS.fullmatch(rows[1]):
        return False
    is_list = _MARKER.match(rows[0]) and all(_MARKER.match(row) or row.startswith("\t") for row in rows)
    return not is_list and not all(row.startswith("\t") for row in rows)


def _row(line: str) -> str:
    cells = (cell.strip().replace("|", "\\|") for cell in line.split("\t"))
    return "| " + " | ".join(cells) + " |"

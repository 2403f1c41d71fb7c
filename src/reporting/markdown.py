"""People's Markdown into safe HTML: markdown-it without raw HTML, then nh3 with an allow-list. Text is never trusted."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "s",
}  # fmt: skip


@cache
def parser() -> MarkdownIt:
    """The one Markdown dialect: CommonMark with tables, raw HTML shown as the text it is."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def to_html(text: str, *, first_level: int = 3) -> Markup:
    """Render Markdown. Headings start at `first_level`, so that they fit under the heading they stand below.

    Images are left out (they would be requests or unnamed pictures); links keep http, https and mailto only.
    """
    tokens = parser().parse(text)
    shift = first_level - 1
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        if token.type == "th_open":
            token.attrSet("scope", "col")
    html = parser().renderer.render(tokens, parser().options, {})
    return Markup(  # noqa: S704 - nh3 has cleaned it
        nh3.clean(
            html,
            tags=ALLOWED,
            attributes={"a": {"href"}, "th": {"scope"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer",
        )
    )

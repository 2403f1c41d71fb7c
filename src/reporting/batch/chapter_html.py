"""An executed chapter as clean HTML. The only module that imports nbconvert."""

import re
from importlib.resources import files
from typing import Any

import nbformat
import nh3
from markupsafe import Markup
from nbconvert import TemplateExporter
from traitlets.config import Config

from reporting.html import NO_ALT, Html
from reporting.swedish import NBSP
from reporting.texts import markdown

_PAGE = files("reporting").joinpath("show/page")
_SHAPES = {"path", "circle", "rect", "line", "polygon", "polyline", "text", "tspan", "g"}
_TAGS = markdown._ALLOWED_TAGS | _SHAPES | {
    "svg", "div", "span", "section", "figure", "figcaption", "img", "caption", "tfoot", "dl", "dt", "dd", "details",
    "summary", "small", "sub", "sup", "abbr",
}  # fmt: skip
_GEOMETRY = {
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "transform",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "class", "role", "hidden", "title", "lang"},
    "svg": {"viewBox", "width", "height"},
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"data-label", "colspan", "rowspan"},
    "img": {"src", "alt"},
    **{shape: _GEOMETRY | {"style", "fill", "stroke", "stroke-width", "text-anchor"} for shape in _SHAPES},
}
_STYLES = {"fill", "stroke", "stroke-width", "stroke-linecap", "font-size", "font-weight", "font", "text-anchor"}
_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_IMAGE = re.compile(rf"data:image/(?:png|jpeg|gif|webp);base64,{_BASE64}")
_HIDDEN_CALL = re.compile(r"\\|image-set\(")
"""What calls in a style besides url(; one that is written with escapes, as u\72l(, is one too."""


def clean(html: str) -> Html:
    """HTML through an allow-list of tags, attributes and styles; images only as data, links only to pages and e-mail. An image without
    an alternative says so."""
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"aria-"},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_STYLES,
        attribute_filter=_nothing_that_calls,
    )
    with_alt = re.sub(r"<img (?![^>]*\balt=)", Html('<img alt="{}" ').format(NO_ALT), cleaned)
    return Html(with_alt.replace("&nbsp;", NBSP))


def _nothing_that_calls(_tag: str, attribute: str, value: str) -> str | None:
    """Images only as data, links never as data, and no address inside a style or a colour."""
    lowered = value.strip().lower()
    if attribute == "src":
        return value if _IMAGE.fullmatch(value) else None
    if attribute == "href":
        return None if lowered.startswith("data:") else value
    calls = "url(" in lowered or (attribute in ("style", "fill", "stroke") and _HIDDEN_CALL.search(lowered))
    return None if calls else value


def _base64(data: str) -> str:
    """The data without line breaks; nothing where it isn't base64."""
    whole = "".join(data.split())
    return whole if re.fullmatch(_BASE64, whole) else ""


def _alt(cell: Any) -> str:
    return str(cell.metadata.get("alt", NO_ALT))


def _caption(cell: Any) -> Markup:
    text = _alt(cell)
    return Html("<figcaption>{}</figcaption>").format(text) if text == NO_ALT else Html("")


_FILTERS = {
    "clean": clean,
    "alt": _alt,
    "caption": _caption,
    "base64": _base64,
    "people_markdown": lambda text: markdown.to_html(text, first_level=2),
}
# Not nbconvert's HTMLExporter: what it does besides is about its own pages, and takes longer than all the rest.
_CONFIG = Config({"TemplateExporter": {"extra_template_basedirs": [str(_PAGE)], "filters": _FILTERS}})
_EXPORTER = TemplateExporter(config=_CONFIG, template_name="kapitel", template_file="index.html.j2")
_EXPORTER.from_notebook_node(nbformat.v4.new_notebook())  # compiles the template, in a process that is warmed for it


def chapter_html(executed: str) -> Html:
    """The headings and outputs of an executed chapter, given as the text of its file, as clean HTML; its first heading is an h2."""
    body, _ = _EXPORTER.from_notebook_node(nbformat.reads(executed, as_version=4))
    return Html("\n".join(line for line in body.splitlines() if line.strip()))

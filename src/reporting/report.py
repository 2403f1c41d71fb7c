"""Executed chapters into one page: self-contained, no script, no request anywhere. The only module that imports nbconvert."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment
from markupsafe import Markup
from nbconvert import HTMLExporter
from traitlets.config import Config

from reporting import markdown
from reporting.html import Html
from reporting.params import Params
from reporting.plan import Beslut
from reporting.swedish import date_in_text

_PAGE = files("reporting").joinpath("page")
_SHAPES = {"path", "circle", "rect", "line", "polygon", "polyline", "text", "tspan", "g"}
_TAGS = markdown.ALLOWED | _SHAPES | {
    "svg", "div", "span", "section", "figure", "figcaption", "img", "caption", "tfoot", "dl", "dt", "dd", "details",
    "summary", "small", "sub", "sup", "abbr",
}  # fmt: skip
_GEOMETRY = {
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "points",
    "transform",
}
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
NO_ALT = "Figur utan textalternativ: skriv vad den visar i cellens metadata, som alt"


@dataclass(frozen=True)
class Kapitel:
    """A chapter as it stands on the page.

    orsak: why it couldn't be made, "" where it could; inaktuellt: made from other inputs than the rest of the page;
    innehall: its HTML.
    """

    anchor: str
    titel: str
    orsak: str
    inaktuellt: bool
    innehall: Html


def clean(html: str) -> Html:
    """HTML through an allow-list of tags, attributes and styles; images only as data, links only to pages and e-mail."""
    return Html(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            generic_attribute_prefixes={"aria-"},
            url_schemes={"http", "https", "mailto", "data"},
            filter_style_properties=_STYLES,
            attribute_filter=_nothing_that_calls,
        )
    )


def _nothing_that_calls(_tag: str, attribute: str, value: str) -> str | None:
    """Images only as data, links never as data, and no address inside a style or a colour."""
    lowered = value.strip().lower()
    if attribute == "src":
        return value if re.match(r"data:image/(png|jpeg|gif|webp);base64,", value) else None
    if attribute == "href":
        return None if lowered.startswith("data:") else value
    return None if "url(" in lowered else value


def _alt(cell: Any) -> str:
    return str(cell.metadata.get("alt", NO_ALT))


def _caption(cell: Any) -> Markup:
    text = _alt(cell)
    return Html("<figcaption>{}</figcaption>").format(text) if text == NO_ALT else Html("")


@cache
def _exporter() -> HTMLExporter:
    config = Config({"TemplateExporter": {"extra_template_basedirs": [str(_PAGE)]}})
    exporter = HTMLExporter(config=config, template_name="kapitel")
    filters = {
        "clean": clean,
        "alt": _alt,
        "caption": _caption,
        "people_markdown": lambda text: markdown.to_html(text, first_level=2),
    }
    for name, function in filters.items():
        exporter.register_filter(name, function)
    return exporter


def chapter_html(executed: Path) -> Html:
    """The headings and outputs of an executed chapter, as clean HTML; its first heading is an h2."""
    body, _ = _exporter().from_filename(str(executed))
    return Html("\n".join(line for line in body.splitlines() if line.strip()))


def page(
    params: Params, namnd: str, kapitel: list[Kapitel], antal_filer: int, tid: str, *, is_plan: bool, has_other: bool
) -> str:
    """The finished page. namnd: the nämnd's id, or "kommun" for the sammanställning; tid: when it was made; is_plan: True for the
    page of the nämnd's plan, which has its own name and says its facts itself; has_other: whether the
    other of the nämnd's two pages, report and plan, is there to link to."""
    beslut = params.korning.namnder.get(namnd, Beslut())
    plan = params.plan(namnd)
    environment = Environment(autoescape=True, trim_blocks=False, keep_trailing_newline=True)
    template = environment.from_string(_PAGE.joinpath("rapport.html.j2").read_text(encoding="utf-8"))
    css = "".join(_PAGE.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "pieces.css"))
    known = {item.id: item.namn for item in params.kommun.namnder}
    other = (
        ("../rapport.html", params.titel) if is_plan else ("verksamhetsplan/rapport.html", plan.plan if plan else "")
    )
    return template.render(
        titel=plan.plan if is_plan and plan else params.titel,
        kommun=params.kommun.kommun,
        avsandare=known.get(namnd, params.kommun.kommun),
        pahittade=params.kommun.pahittade_uppgifter,
        uppgifter=[] if is_plan else _facts(beslut, params),
        annan_sida=other if has_other else None,
        css=Html(css),
        kapitel_lista=kapitel,
        antal_filer=antal_filer,
        har_underlag=any(item.anchor == "10-underlag" for item in kapitel),
        version=version("namndrapport"),
        tid=tid,
    )


def _facts(beslut: Beslut, params: Params) -> list[tuple[str, str]]:
    """The report's head, as (label, value); what isn't known yet is left out."""
    known = [
        ("Dokumentnamn", beslut.dokumentnamn),
        ("Ärendenummer", beslut.arendenummer),
        ("Beslutad av", beslut.beslutad_av),
        ("Beslutsdatum", date_in_text(beslut.beslutsdatum) if beslut.beslutsdatum else ""),
        ("Avser", params.period.span),
        ("Giltig till", date_in_text(beslut.giltig_till) if beslut.giltig_till else ""),
        ("Dokumentägare", beslut.dokumentagare),
    ]
    return [(label, value) for label, value in known if value]

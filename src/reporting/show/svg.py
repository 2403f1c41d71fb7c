"""A matplotlib figure as small, quiet SVG: text stays text, colours follow the page, nothing that can collide or call out."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from xml.etree import ElementTree

from matplotlib import style
from matplotlib.figure import Figure

from reporting.html import Html

PALETTE = {
    "ink": "#010101", "quiet": "#020202", "track": "#030303", "zone": "#040404", "paper": "#050505",
    "gron": "#060606", "gul": "#070707", "rod": "#080808", "gra": "#090909", "accent": "#0a0a0a", "orange": "#0b0b0b",
    "morkgron": "#0c0c0c", "bla": "#0d0d0d",
}  # fmt: skip
"""Colour name → the stand-in that matplotlib draws with; on the page each becomes the CSS variable --nr-<name>."""

_SVG = "{http://www.w3.org/2000/svg}"
_UNSAID = (
    "font-family",
    "fill: none",
    "stroke-linejoin",
    "stroke-linecap: butt",
    "stroke-dasharray",
    "text-anchor: start",
)


@contextmanager
def house_style() -> Iterator[None]:
    """Within this block matplotlib draws in the house style. Figures must be saved within it too, since saving decides how an SVG holds
    its text."""
    with (
        as_file(files("reporting").joinpath("show/house.mplstyle")) as sheet,
        style.context([str(sheet)]),
        warnings.catch_warnings(),
    ):
        # The reader's own font shows the text; ours only measures it
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from font", UserWarning)
        yield


def to_svg(figure: Figure, labelled_by: str, css_class: str) -> Html:
    """The figure as inline SVG, named by the element with the id `labelled_by`. Same figure, same bytes."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ElementTree.fromstring(buffer.getvalue())  # noqa: S314 - our own output
    inner = Html("").join(_written(child) for child in root)
    return Html('<svg class="{}" viewBox="{}" role="img" aria-labelledby="{}">{}</svg>').format(
        css_class, root.get("viewBox"), labelled_by, inner
    )


def _written(element: ElementTree.Element) -> Html:
    tag = element.tag.removeprefix(_SVG)
    if tag in ("metadata", "defs", "style"):
        return Html("")
    inner = Html("").join(_written(child) for child in element)
    if tag == "g":
        return inner
    shortened = {"d": _numbers, "x": _numbers, "y": _numbers, "style": _style}
    given = ((name, shortened[name](value)) for name, value in element.attrib.items() if name in shortened)
    written = Html("").join(Html(' {}="{}"').format(name, value) for name, value in given)
    text = element.text.strip() if element.text and tag == "text" else ""
    return Html("<{}{}>{}{}</{}>").format(Html(tag), written, text, inner, Html(tag))


def _numbers(text: str) -> str:
    """Coordinates to a tenth of a px, without spaces that say nothing."""
    shorter = re.sub(r"-?\d+\.\d+", lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), text)
    return re.sub(r"\s*([MLCz])\s*", r"\1", " ".join(shorter.split()))


def _style(style: str) -> str:
    """Fonts are the page's; a stand-in colour is the page's variable; what is so by default goes unsaid."""
    kept = (part.strip() for part in style.split(";"))
    shown = ";".join(part.replace(": ", ":") for part in kept if part and not part.startswith(_UNSAID))
    for name, stand_in in PALETTE.items():
        shown = shown.replace(stand_in, f"var(--nr-{name})")
    return shown

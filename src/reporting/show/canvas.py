"""What every chart is drawn with: a canvas in px, drawn once for wide and once for narrow screens, and its frame on the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians, sin

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from reporting.html import Html, joined
from reporting.params.kommun import Form
from reporting.show.svg import PALETTE, house_style, to_svg

LINE_HEIGHT = 16
"""Height of a line of text, in px."""


def text_width(text: str, size: int = 13) -> float:
    """About how wide a bold text becomes, in px; on the wide side, since the reader's font isn't known."""
    return len(text) * size * 0.66


@dataclass(frozen=True)
class Layout:
    """Horizontal positions in a chart, in px: the track for bars or marks from left to right, and where values stand. label_right: where
    labels end, None where they stand above the track; label_chars: how many characters of a label fit on a line."""

    css_class: str
    width: float
    track: tuple[float, float]
    value: float
    label_right: float | None
    label_chars: int


def axis_step(span: Decimal, *, quarters: bool = False) -> Decimal:
    """A round distance between the marks of an axis, which divides its length `span` in four at most. quarters: allow 25 as round too."""
    if span <= 0:
        return Decimal(1)
    size = Decimal(10) ** span.adjusted()
    parts = ("0.2", *(["0.25"] if quarters else []), "0.5", "1", "2", "5")
    return next(step.normalize() + 0 for part in parts if span / (step := size * Decimal(part)) <= 4)


WIDE = Layout(css_class="nr-wide", width=656, track=(234, 526), value=544, label_right=218, label_chars=28)
NARROW = Layout(css_class="nr-narrow", width=300, track=(12, 190), value=206, label_right=None, label_chars=40)
Point = tuple[float, float]


class Canvas:
    """A figure without axes, in px from the upper left; colours are names in svg.PALETTE."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 72, height / 72))
        self.figure.patch.set_visible(False)
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()

    def line(self, points: Sequence[Point], color: str, width: float) -> None:
        """A line through the points, with square ends; two points far apart in height and width 11 are a bar."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=PALETTE[color], linewidth=width, clip_on=False, solid_capstyle="butt")
        self._axes.add_artist(line)

    def dot(self, x: float, y: float, color: str, diameter: float) -> None:
        """A filled circle."""
        # A point-long line with round ends: a tenth of the bytes of a circle's curves.
        dot = Line2D((x, x), (y, y), color=PALETTE[color], linewidth=diameter, clip_on=False, solid_capstyle="round")
        self._axes.add_artist(dot)

    def shape(self, points: Sequence[Point], color: str) -> None:
        """A filled shape, with a rim of the page's colour."""
        fill, rim = PALETTE[color], PALETTE["paper"]
        # zorder: a line's own, so that what is drawn later lies above what was drawn before
        shape = Polygon(points, facecolor=fill, edgecolor=rim, linewidth=1.5, clip_on=False, zorder=2)
        self._axes.add_artist(shape)

    def mark(self, form: Form, ton: str, x: float, y: float) -> None:
        """A status, in its shape and colour, with a rim of the page's colour."""
        if form == "kvadrat":
            self.line([(x - 7, y), (x + 7, y)], "paper", 14)
            self.line([(x - 5.5, y), (x + 5.5, y)], ton, 11)
        elif form == "cirkel":
            self.dot(x, y, "paper", 15)
            self.dot(x, y, ton, 12)
        elif form == "ring":
            self.dot(x, y, ton, 12)
            self.dot(x, y, "paper", 8)
        elif form in ("halv", "trekvart"):
            self.dot(x, y, "paper", 15)
            self.dot(x, y, ton, 13)
            self.dot(x, y, "paper", 9)
            last = 270 if form == "halv" else 360
            around = [(x + 6 * cos(radians(a)), y - 6 * sin(radians(a))) for a in range(90, last + 1, 30)]
            self.shape([(x, y), *around], ton)
        else:
            corners = [(7.5, 6), (-7.5, 6)] if form == "triangel" else [(7.5, 0), (0, 7.5), (-7.5, 0)]
            self.shape([(x, y - 7.5), *((x + dx, y + dy) for dx, dy in corners)], ton)

    def cross(self, x: float, y: float) -> None:
        """A cross: what is foreseen, not measured."""
        for dy in (-5, 5):
            self.line([(x - 5, y - dy), (x + 5, y + dy)], "paper", 5)
        for dy in (-5, 5):
            self.line([(x - 5, y - dy), (x + 5, y + dy)], "ink", 2)

    def text(
        self, x: float, y: float, text: str, color: str, *, ha: str = "left", size: int = 13, weight: str = "normal"
    ) -> None:
        """Text on one line; y is its baseline."""
        # parse_math off: a «$» in a name is a «$».
        self._axes.text(
            x, y, text, color=PALETTE[color], ha=ha, fontsize=size, fontweight=weight, parse_math=False, clip_on=False
        )


def row_label(canvas: Canvas, layout: Layout, lines: Sequence[str], above: float, beside: float) -> None:
    """Draw a row's label, line by line. above: the y of the first line where labels stand above the track; beside: the y of the label's
    middle where they stand to the left of it."""
    for index, line in enumerate(lines):
        if layout.label_right is None:
            canvas.text(0, above + index * LINE_HEIGHT, line, "ink")
        else:
            y = beside + (index - (len(lines) - 1) / 2) * LINE_HEIGHT
            canvas.text(layout.label_right, y, line, "ink", ha="right")


def figure(name: str, title: str, alt: str, note: str, draw: Callable[[Layout], Canvas]) -> Html:
    """A chart on the page: the finding as its title, its alternative text, both drawings, and a note on how to read it.

    name: what no other chart on the page is called.
    """
    with house_style():
        drawings = [
            to_svg(draw(layout).figure, f"bild-{name}", f"nr-chart {layout.css_class}") for layout in (WIDE, NARROW)
        ]
    return Html(
        '<figure class="nr-figure">\n<figcaption>{}</figcaption>\n<p id="bild-{}" hidden>{}</p>\n{}\n'
        '<p class="nr-source">{}</p>\n</figure>'
    ).format(title, name, alt, joined(drawings), note)

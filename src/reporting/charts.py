"""A result as a figure in the house style: the title says the finding, labels stand at their marks, nothing by colour alone."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from reporting import prose
from reporting.html import Html, joined
from reporting.marks import STATUS
from reporting.resultat import Malresultat, Matetalsresultat, Namndresultat, Status
from reporting.svg import PALETTE, house_style, to_svg
from reporting.swedish import LONG_UNITS, amount, compact, enumeration
from reporting.targets import DIRECTION

LINE = 16
"""Height of a line of text, in px."""


@dataclass(frozen=True)
class Layout:
    """Where things stand across a row, in px. label_right: where labels end, None where they stand above the track."""

    css_class: str
    width: float
    track: tuple[float, float]
    value: float
    label_right: float | None
    label_chars: int


WIDE = Layout("nr-wide", 656, (234, 526), 544, 218, 28)
NARROW = Layout("nr-narrow", 300, (12, 190), 206, None, 40)


def goal(mal: Malresultat, resultat: Namndresultat) -> Html:
    """Outcome against target and against the earlier period, for all the goal's mätetal, each on its own scale."""
    if not any(result.varde is not None for result in mal.matetal):
        return Html("")
    title = prose.goal_finding(mal)
    alt = f"{title}. " + " ".join(_in_words(result, resultat) for result in mal.matetal)
    drawn = {result.status for result in mal.matetal if result.varde is not None}
    present = [f"{STATUS[status][0]} = {status}" for status in Status if status in drawn]
    note = (
        f"Fylld markering: utfall {resultat.period.name} ({enumeration(present)}). Öppen ring: {resultat.jamfor_med.name}. "
        "Streck: målvärdet; den tonade ytan är den sida där det är nått. Varje rad har sin egen skala."
    )
    name = f"bild-{mal.mal.id}"
    with house_style():
        drawings = [
            to_svg(_rows(mal.matetal, layout), name, f"nr-chart {layout.css_class}") for layout in (WIDE, NARROW)
        ]
    return Html(
        '<figure class="nr-figure">\n<figcaption>{}</figcaption>\n<p id="{}" hidden>{}</p>\n{}\n'
        '<p class="nr-source">{}</p>\n</figure>'
    ).format(title, name, alt, joined(drawings), note)


def _in_words(result: Matetalsresultat, resultat: Namndresultat) -> str:
    unit, decimaler = result.matetal.mattenhet, result.decimaler
    if result.varde is None:
        return f"{result.matetal.kortnamn}: {result.orsak}."
    parts = [f"{result.matetal.kortnamn}: {amount(result.varde, unit, decimaler)}"]
    parts += [f"mål {words}" if (words := prose.target_words(result)) else "inget målvärde"]
    if result.tidigare_varde is not None:
        parts.append(f"{resultat.jamfor_med.name} {amount(result.tidigare_varde, unit, decimaler)}")
    return ", ".join(parts) + "."


def _rows(results: Sequence[Matetalsresultat], layout: Layout) -> Figure:
    labels = [textwrap.wrap(_label(result), layout.label_chars) for result in results]
    heights = [_height(lines, layout) for lines in labels]
    figure = Figure(figsize=(layout.width / 72, sum(heights) / 72))
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, layout.width), ylim=(sum(heights), 0))
    axes.set_axis_off()
    top = 0.0
    for result, lines, height in zip(results, labels, heights, strict=True):
        _row(axes, result, lines, top, layout)
        top += height
    return figure


def _label(result: Matetalsresultat) -> str:
    unit = result.matetal.mattenhet
    return f"{result.matetal.kortnamn}, {unit}" if unit in LONG_UNITS else result.matetal.kortnamn


def _height(lines: Sequence[str], layout: Layout) -> float:
    if layout.label_right is None:
        return len(lines) * LINE + 46
    return max(54, len(lines) * LINE + 22)


def _row(axes: Axes, result: Matetalsresultat, lines: Sequence[str], top: float, layout: Layout) -> None:
    """One mätetal: label, track with the side where the target is met, target, earlier and present outcome, value."""
    above = layout.label_right is None
    y = top + (len(lines) * LINE + 24 if above else 34)
    for index, line in enumerate(lines):
        if layout.label_right is None:
            _text(axes, 0, top + 12 + index * LINE, line, "ink")
        else:
            middle = y + 4 + (index - (len(lines) - 1) / 2) * LINE
            _text(axes, layout.label_right, middle, line, "ink", ha="right")
    left, right = layout.track
    _line(axes, (left, y), (right, y), "track", 6)
    if result.varde is None:
        _text(axes, left, y - 10, textwrap.shorten(result.orsak, 46, placeholder=" …"), "quiet", size=11)
        _text(axes, layout.value, y + 5, "–", "quiet")
        return
    place = _scale(result, layout)
    tick = _target(axes, result, y, layout)
    now = place(result.varde)
    if result.tidigare_varde is not None:
        before = place(result.tidigare_varde)
        _line(axes, (before, y), (now, y), "ink", 1.5)
        # Where nothing has changed, the earlier ring shows around the present mark.
        _dot(axes, before, y, "ink", ring := 10.5 if abs(before - now) > 8 else 21)
        _dot(axes, before, y, "paper", ring - 3)
    _mark(axes, result.status, now, y)
    if tick is not None:
        _line(axes, (tick, y - 10), (tick, y + 10), "ink", 2)  # last, so that a målvärde that is just met still shows
    _text(
        axes,
        layout.value,
        y + 5,
        compact(result.varde, result.matetal.mattenhet, result.decimaler),
        "ink",
        weight="bold",
    )


def _level(result: Matetalsresultat) -> Decimal | None:
    if result.malniva is not None:
        return result.malniva
    if result.target.operator in ("increase", "decrease"):
        return result.target.utgangsvarde if result.target.utgangsvarde is not None else result.tidigare_varde
    return None


class _scale:  # noqa: N801 - used as a function: value → px
    def __init__(self, result: Matetalsresultat, layout: Layout) -> None:
        shown = [value for value in (result.varde, result.tidigare_varde, _level(result)) if value is not None]
        self.low = min(Decimal(0), *shown) * Decimal("1.08")
        self.high = max(Decimal(0), *shown) * Decimal("1.08")
        if result.matetal.mattenhet == "procent" and self.high > 50:
            self.high = max(Decimal(100), *shown)
        if self.high == self.low:
            self.high = self.low + 1
        self.left, self.right = layout.track

    def __call__(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.left + float(share) * (self.right - self.left)


def _target(axes: Axes, result: Matetalsresultat, y: float, layout: Layout) -> float | None:
    """The målvärde in words above the track, and the side where it is met; where its tick shall stand."""
    left, right = layout.track
    words = prose.target_words(result).split(", ")[0]
    level = _level(result)
    at = _scale(result, layout)(level) if level is not None else None
    better = DIRECTION.get(result.target.operator)
    if at is not None and better == "högre":
        _line(axes, (at, y), (max(right, at + 5), y), "zone", 14)
    if at is not None and better == "lägre":
        _line(axes, (min(left, at - 5), y), (at, y), "zone", 14)
    shown = "inget målvärde" if not words else words if words.startswith(("ska", "alla")) else f"mål {words}"
    x = at if at is not None else left
    side = "left" if x < left + 60 else "right" if x > right - 60 else "center"
    _text(axes, {"left": max(0, x - 1), "right": x + 1, "center": x}[side], y - 14, shown, "quiet", size=11, ha=side)
    return at


def _mark(axes: Axes, status: Status, x: float, y: float) -> None:
    """The present outcome, in the shape and colour of its status, with a rim of the page's colour."""
    form, ton = STATUS[status]
    if form == "kvadrat":
        _line(axes, (x - 7, y), (x + 7, y), "paper", 14)
        _line(axes, (x - 5.5, y), (x + 5.5, y), ton, 11)
    elif form == "cirkel":
        _dot(axes, x, y, "paper", 15)
        _dot(axes, x, y, ton, 12)
    else:
        corners = [(7.5, 6), (-7.5, 6)] if form == "triangel" else [(7.5, 0), (0, 7.5), (-7.5, 0)]
        points = [(x, y - 7.5), *((x + dx, y + dy) for dx, dy in corners)]
        # zorder: a line's own, so that what is drawn later lies above what was drawn before
        axes.add_artist(
            Polygon(points, facecolor=PALETTE[ton], edgecolor=PALETTE["paper"], linewidth=1.5, clip_on=False, zorder=2)
        )


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str, width: float) -> None:
    line = Line2D((start[0], end[0]), (start[1], end[1]), color=PALETTE[color], linewidth=width, clip_on=False)
    line.set_solid_capstyle("butt")
    axes.add_artist(line)


def _dot(axes: Axes, x: float, y: float, color: str, diameter: float) -> None:
    # A point-long line with round ends: a tenth of the bytes of a circle's curves.
    dot = Line2D((x, x), (y, y), color=PALETTE[color], linewidth=diameter, clip_on=False)
    dot.set_solid_capstyle("round")
    axes.add_artist(dot)


def _text(
    axes: Axes, x: float, y: float, text: str, color: str, *, ha: str = "left", size: int = 13, weight: str = "normal"
) -> None:
    # parse_math off: a «$» in a name is a «$».
    axes.text(
        x, y, text, color=PALETTE[color], ha=ha, fontsize=size, fontweight=weight, parse_math=False, clip_on=False
    )

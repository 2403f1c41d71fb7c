"""Charts that any chapter can draw: bars from a zero line, counted marks. Lines over years are in lines."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.html import Html
from reporting.params.kommun import Form, Ton
from reporting.show.canvas import LINE_HEIGHT, Canvas, Layout, figure, row_label, text_width
from reporting.swedish import enumeration, rounded
from reporting.units import Unit, compact


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its value, and the earlier one where there is one. oppen: drawn as an outline only."""

    namn: str
    varde: Decimal
    tidigare: Decimal | None = None
    decimaler: int = 0
    oppen: bool = False


@dataclass(frozen=True)
class KindCount:
    """How many there are of one kind, each drawn as the kind's mark."""

    namn: str
    antal: int
    form: Form
    ton: Ton


def bars(name: str, title: str, staplar: Sequence[Bar], unit: Unit, note: str) -> Html:
    """A chart of horizontal bars from a zero line (negative to the left), each with its value at the end; empty HTML without bars.

    name: unique on the page; unit: the bars' mattenhet; note: how to read the chart.
    """
    if not staplar:
        return Html("")
    staplar = [_as_printed(stapel) for stapel in staplar]
    values = [v for s in staplar for v in (s.varde, s.tidigare) if v is not None]
    signed = any(value < 0 for value in values)

    def shown(stapel: Bar) -> str:
        text = compact(stapel.varde, unit, stapel.decimaler)
        return f"+{text}" if signed and stapel.varde > 0 else text

    told = [
        f"{s.namn} {shown(s)}"
        + (f" (tidigare {compact(s.tidigare, unit, s.decimaler)})" if s.tidigare is not None else "")
        for s in staplar
    ]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)

    def draw(layout: Layout) -> Canvas:
        above = layout.label_right is None
        labels = [textwrap.wrap(s.namn, layout.label_chars) for s in staplar]
        heights = [len(rows) * LINE_HEIGHT + 26 if above else max(30, len(rows) * LINE_HEIGHT + 8) for rows in labels]
        canvas = Canvas(layout.width, sum(heights) + 6)
        longest = {side: [text_width(shown(s)) for s in staplar if (s.varde < 0) is side] for side in (True, False)}
        left = (12 if above else layout.track[0]) + (max(longest[True], default=0) + 6 if low < 0 else 0)
        ring = 8 if any(s.tidigare is not None for s in staplar) else 0
        right = layout.width - max(longest[False], default=0) - 8 - ring
        span = (high - low) or Decimal(1)

        def at(value: Decimal) -> float:
            return left + float((value - low) / span) * (right - left)

        top = 0.0
        for stapel, rows, height in zip(staplar, labels, heights, strict=True):
            y = top + (len(rows) * LINE_HEIGHT + 12 if above else height / 2)
            row_label(canvas, layout, rows, top + 12, y + 5)
            color = "rod" if stapel.varde < 0 else "accent"
            canvas.line([(at(Decimal(0)), y), (at(stapel.varde), y)], "quiet" if stapel.oppen else color, 14)
            if stapel.oppen and abs(at(stapel.varde) - at(Decimal(0))) > 4:
                inner = 2 if stapel.varde > 0 else -2
                canvas.line([(at(Decimal(0)) + inner, y), (at(stapel.varde) - inner, y)], "paper", 10)
            ends = [at(stapel.varde)]
            if stapel.tidigare is not None:
                x = at(stapel.tidigare)
                for color, diameter in (("paper", 12), ("ink", 9), ("paper", 6)):
                    canvas.dot(x, y, color, diameter)
                ends += [x - 6, x + 6]
            negative = stapel.varde < 0
            x = min(ends) - 6 if negative else max(ends) + 6
            canvas.text(x, y + 5, shown(stapel), "ink", ha="right" if negative else "left", weight="bold")
            start = y - 13 if above else top
            canvas.line([(at(Decimal(0)), start), (at(Decimal(0)), y + 13 if above else top + height)], "ink", 1.5)
            top += height
        return canvas

    return figure(name, title, f"{title}. {enumeration(told)}.", note, draw)


def _as_printed(stapel: Bar) -> Bar:
    """A bar as long as its number says."""
    before = None if stapel.tidigare is None else rounded(stapel.tidigare, stapel.decimaler)
    return replace(stapel, varde=rounded(stapel.varde, stapel.decimaler), tidigare=before)


def rows_of_marks(name: str, title: str, kinds: Sequence[KindCount], note: str) -> Html:
    """A chart with a row for each kind: so many marks of the kind, then the number. name: unique on the page; note: how to read the
    chart."""
    told = enumeration([f"{kind.namn}: {kind.antal}" for kind in kinds])

    def draw(layout: Layout) -> Canvas:
        above = layout.label_right is None
        height = 46 if above else 30
        canvas = Canvas(layout.width, height * len(kinds))
        for index, kind in enumerate(kinds):
            y = index * height + (34 if above else 15)
            left = 12.0 if above else layout.track[0]
            row_label(canvas, layout, [kind.namn], y - 20, y + 5)
            gap = min(22.0, (layout.width - left - 40) / max(1, kind.antal))
            for i in range(kind.antal):
                canvas.mark(kind.form, kind.ton, left + i * gap, y)
            canvas.text(left + kind.antal * gap + 4, y + 5, str(kind.antal), "ink", weight="bold")
        return canvas

    return figure(name, title, f"{title}. {told}.", note, draw)

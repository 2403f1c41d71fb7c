"""Charts that any chapter can draw: lines over years, bars from a zero line, two years as dots, counted marks.

Each says its finding in its title, stands its labels at what they name, and tells nothing by colour alone.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.drawing import LINE, Canvas, Layout, figure, text_width
from reporting.html import Html
from reporting.kommun import Form, Ton
from reporting.swedish import compact, difference, enumeration, number

FORMS: tuple[Form, ...] = ("cirkel", "kvadrat", "triangel", "ring")
"""The marks at the ends of a panel's lines, in order."""

FULL = 500
"""From which width, in px, a panel has room for labels in the ordinary size."""


@dataclass(frozen=True)
class Serie:
    """One line: its name and its value for each year, None where there is none."""

    namn: str
    varden: tuple[Decimal | None, ...]
    decimaler: int = 0


@dataclass(frozen=True)
class Panel:
    """Lines in one frame; all panels of a chart have the same scale."""

    namn: str
    serier: tuple[Serie, ...]


@dataclass(frozen=True)
class Stapel:
    """One bar: its name, its value, and the earlier one where there is one. oppen: drawn as an outline only."""

    namn: str
    varde: Decimal
    tidigare: Decimal | None = None
    decimaler: int = 0
    oppen: bool = False


@dataclass(frozen=True)
class Antal:
    """How many there are of one kind, each drawn as the kind's mark."""

    namn: str
    antal: int
    form: Form
    ton: Ton


def lines(name: str, title: str, years: Sequence[int], panels: Sequence[Panel], unit: str) -> Html:
    """Lines over years, one panel per group; names and last values stand at the ends of the lines. Nothing where no line has a
    value. Raises ValueError for more lines in a panel than there are marks to tell them apart."""
    known = [value for panel in panels for serie in panel.serier for value in serie.varden if value is not None]
    if not known:
        return Html("")
    if any(len(panel.serier) > len(FORMS) for panel in panels):
        raise ValueError(f"{name}: högst {len(FORMS)} linjer i en ruta")
    top = max(known) or Decimal(1)
    told = [f"{panel.namn}: {_series_in_words(panel, years, unit)}" for panel in panels]
    many = any(len(panel.serier) > 1 for panel in panels)
    note = f"{_unit_word(unit)} per år. Axeln börjar på noll." + (
        " Varje linje har sitt namn och sin markering i slutet." if many else ""
    )

    def draw(layout: Layout) -> Canvas:
        wide = layout.label_right is not None
        columns = len(panels) if wide else 1
        width, height = layout.width / columns, 190.0
        canvas = Canvas(layout.width, height * (1 if wide else len(panels)))
        for index, panel in enumerate(panels):
            left, upper = (index * width, 0.0) if wide else (0.0, index * height)
            _panel(canvas, panel, years, unit, top, (left, upper, width, height))
        return canvas

    return figure(name, title, f"{title}. {' '.join(told)}", note, draw)


def _unit_word(unit: str) -> str:
    return {"procent": "Procent", "antal": "Antal"}.get(unit, unit.capitalize())


def _series_in_words(panel: Panel, years: Sequence[int], unit: str) -> str:
    told = []
    for serie in panel.serier:
        values = [
            f"{year} {compact(value, unit, serie.decimaler)}"
            for year, value in zip(years, serie.varden, strict=True)
            if value is not None
        ]
        told.append(f"{serie.namn} {', '.join(values)}")
    return "; ".join(told) + "."


def _panel(
    canvas: Canvas,
    panel: Panel,
    years: Sequence[int],
    unit: str,
    top: Decimal,
    box: tuple[float, float, float, float],
) -> None:
    left, upper, width, height = box
    named = len(panel.serier) > 1
    step = _step(top)
    ticks = [(step * n).normalize() + 0 for n in range(int(top / step) + 1)]
    size = 11 if named and width < FULL else 13
    labels = [text for serie in panel.serier if (text := _end_label(serie, years, unit, named=named))]
    x0 = left + max(text_width(number(tick), 11) for tick in ticks) + 8
    x1 = left + width - max((text_width(text, size) for text in labels), default=0) - 16
    y0, y1 = upper + height - 26, upper + 30
    canvas.text(left, upper + 12, panel.namn, "ink", weight="bold")

    def at(value: Decimal) -> float:
        return y0 - float(value / (top * Decimal("1.05"))) * (y0 - y1)

    for tick in ticks:
        canvas.line([(x0 - 4, at(tick)), (x1 + 4, at(tick))], "track", 1)
        canvas.text(x0 - 8, at(tick) + 4, number(tick), "quiet", ha="right", size=11)
    xs = [x0 + (x1 - x0) * i / max(1, len(years) - 1) for i in range(len(years))]
    for i in (0, len(years) - 1):
        canvas.text(xs[i], y0 + 18, str(years[i]), "quiet", ha="center", size=11)
    ends: list[tuple[float, str]] = []
    for form, serie in zip(FORMS[: len(panel.serier)], panel.serier, strict=True):
        run: list[tuple[float, float]] = []
        for x, value in [*zip(xs, serie.varden, strict=True), (0.0, None)]:
            if value is not None:
                run.append((x, at(value)))
            else:
                if len(run) > 1:
                    canvas.line(run, "ink", 2)
                for alone in run if len(run) == 1 else ():
                    canvas.dot(*alone, "ink", 5)
                run = []
        last = next((i for i in reversed(range(len(xs))) if serie.varden[i] is not None), None)
        value = serie.varden[last] if last is not None else None
        if last is None or value is None:
            continue
        canvas.mark(form, "accent", xs[last], at(value))
        ends.append((at(value), _end_label(serie, years, unit, named=named)))
    for y, text in _apart(ends, y0):
        canvas.text(x1 + 12, y + 4, text, "ink", size=size, weight="bold")


def _end_label(serie: Serie, years: Sequence[int], unit: str, *, named: bool) -> str:
    """ "Kvinnor 9,57 %", or only the value, with its year where that isn't the last; "" for a line without values."""
    known = [(year, value) for year, value in zip(years, serie.varden, strict=True) if value is not None]
    if not known:
        return ""
    year, value = known[-1]
    shown = compact(value, unit, serie.decimaler) + (f" ({year})" if year != years[-1] else "")
    return f"{serie.namn} {shown}" if named else shown


def _apart(labels: list[tuple[float, str]], lowest: float) -> list[tuple[float, str]]:
    """The labels moved so far apart that none stands on another, and none below `lowest`."""
    placed: list[tuple[float, str]] = []
    for y, text in sorted(labels):
        placed.append((max(y, placed[-1][0] + 14) if placed else y, text))
    for index in reversed(range(len(placed))):
        below = placed[index + 1][0] - 14 if index + 1 < len(placed) else lowest
        placed[index] = (min(placed[index][0], below), placed[index][1])
    return placed


def _step(top: Decimal) -> Decimal:
    """A round distance between grid lines, so that there are two to four of them."""
    size = Decimal(10) ** (top.adjusted())
    return next(
        (size * n).normalize() + 0
        for n in (Decimal("0.2"), Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5))
        if top / (size * n) <= 4
    )


def bars(name: str, title: str, staplar: Sequence[Stapel], unit: str, note: str) -> Html:
    """Bars from a zero line, to the left where the value is below zero; the value stands at the bar's end. Nothing of nothing."""
    if not staplar:
        return Html("")
    told = [
        f"{s.namn} {compact(s.varde, unit, s.decimaler)}"
        + (f" (tidigare {compact(s.tidigare, unit, s.decimaler)})" if s.tidigare is not None else "")
        for s in staplar
    ]
    values = [v for s in staplar for v in (s.varde, s.tidigare) if v is not None]
    signed = any(value < 0 for value in values)
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)

    def shown(stapel: Stapel) -> str:
        return (difference if signed else compact)(stapel.varde, unit, stapel.decimaler)

    def draw(layout: Layout) -> Canvas:
        above = layout.label_right is None
        labels = [textwrap.wrap(s.namn, layout.label_chars) for s in staplar]
        heights = [len(rows) * LINE + 26 if above else max(30, len(rows) * LINE + 8) for rows in labels]
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
            y = top + (len(rows) * LINE + 12 if above else height / 2)
            for i, row in enumerate(rows):
                if layout.label_right is None:
                    canvas.text(0, top + 12 + i * LINE, row, "ink")
                else:
                    canvas.text(layout.label_right, y + 5 + (i - (len(rows) - 1) / 2) * LINE, row, "ink", ha="right")
            color = "rod" if stapel.varde < 0 else "accent"
            canvas.line([(at(Decimal(0)), y), (at(stapel.varde), y)], "quiet" if stapel.oppen else color, 14)
            if stapel.oppen and abs(at(stapel.varde) - at(Decimal(0))) > 4:
                inner = 2 if stapel.varde > 0 else -2
                canvas.line([(at(Decimal(0)) + inner, y), (at(stapel.varde) - inner, y)], "paper", 10)
            ends = [at(stapel.varde)]
            if stapel.tidigare is not None:
                x = at(stapel.tidigare)
                canvas.dot(x, y, "paper", 12)
                canvas.dot(x, y, "ink", 9)
                canvas.dot(x, y, "paper", 6)
                ends += [x - 6, x + 6]
            negative = stapel.varde < 0
            x = min(ends) - 6 if negative else max(ends) + 6
            canvas.text(x, y + 5, shown(stapel), "ink", ha="right" if negative else "left", weight="bold")
            start = y - 13 if above else top
            canvas.line([(at(Decimal(0)), start), (at(Decimal(0)), y + 13 if above else top + height)], "ink", 1.5)
            top += height
        return canvas

    return figure(name, title, f"{title}. {enumeration(told)}.", note, draw)


def counted(name: str, title: str, kinds: Sequence[Antal], note: str) -> Html:
    """How many there are of each kind, as rows of marks with the number at the end."""
    told = enumeration([f"{kind.namn}: {kind.antal}" for kind in kinds])

    def draw(layout: Layout) -> Canvas:
        above = layout.label_right is None
        height = 46 if above else 30
        canvas = Canvas(layout.width, height * len(kinds))
        for index, kind in enumerate(kinds):
            y = index * height + (34 if above else 15)
            left = 12.0 if above else layout.track[0]
            if layout.label_right is None:
                canvas.text(0, y - 20, kind.namn, "ink")
            else:
                canvas.text(layout.label_right, y + 5, kind.namn, "ink", ha="right")
            gap = min(22.0, (layout.width - left - 40) / max(1, kind.antal))
            for i in range(kind.antal):
                canvas.mark(kind.form, kind.ton, left + i * gap, y)
            canvas.text(left + kind.antal * gap + 4, y + 5, str(kind.antal), "ink", weight="bold")
        return canvas

    return figure(name, title, f"{title}. {told}.", note, draw)

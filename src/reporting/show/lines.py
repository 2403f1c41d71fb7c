"""Lines over years, one panel per group: names and last values stand at the ends of the lines, nothing is told by colour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.html import Html
from reporting.params.kommun import Form
from reporting.show.canvas import Canvas, Layout, axis_step, figure, text_width
from reporting.swedish import number, rounded, sentence_case
from reporting.units import Unit, compact

FORMS: tuple[Form, ...] = ("cirkel", "kvadrat", "triangel", "ring")
"""The marks at the ends of a panel's lines, in order."""

FULL = 500
"""From which width, in px, a panel has room for labels in the ordinary size."""


@dataclass(frozen=True)
class LineSeries:
    """One line: its name and its value for each year, None where there is none."""

    namn: str
    varden: tuple[Decimal | None, ...]
    decimaler: int = 0

    def known(self, years: Sequence[int]) -> list[tuple[int, Decimal]]:
        """The years that have a value, with it."""
        return [(year, value) for year, value in zip(years, self.varden, strict=True) if value is not None]


@dataclass(frozen=True)
class Panel:
    """Lines in one frame; all panels of a chart have the same scale."""

    namn: str
    serier: tuple[LineSeries, ...]


def line_chart(name: str, title: str, years: Sequence[int], panels: Sequence[Panel], unit: Unit) -> Html:
    """Lines over years, one panel per group, named at their ends; nothing where there are not two years to draw a line between.

    Raises ValueError for more lines in a panel than there are marks to tell them apart.
    """
    panels = [Panel(panel.namn, tuple(_as_printed(serie) for serie in panel.serier)) for panel in panels]
    series = [serie for panel in panels for serie in panel.serier]
    known = [value for serie in series for value in serie.varden if value is not None]
    if sum(any(serie.varden[i] is not None for serie in series) for i in range(len(years))) <= 1:
        return Html("")
    if any(len(panel.serier) > len(FORMS) for panel in panels):
        raise ValueError(f"{name}: högst {len(FORMS)} linjer i en ruta")
    low, top = min(Decimal(0), *known), max(Decimal(0), *known)
    top = top if top > low else low + 1
    told = [f"{panel.namn}: {_series_in_words(panel, years, unit)}" for panel in panels]
    note = f"{sentence_case(unit.name)} per år. Axeln börjar på noll."
    if any(len(panel.serier) > 1 for panel in panels):
        note += " Varje linje har sitt namn och sin markering i slutet."

    def draw(layout: Layout) -> Canvas:
        wide = layout.label_right is not None
        columns = len(panels) if wide else 1
        width, height = layout.width / columns, 190.0
        canvas = Canvas(layout.width, height * (1 if wide else len(panels)))
        for index, panel in enumerate(panels):
            left, upper = (index * width, 0.0) if wide else (0.0, index * height)
            _panel(canvas, panel, years=years, unit=unit, span=(low, top), box=(left, upper, width, height))
        return canvas

    return figure(name, title, f"{title}. {' '.join(told)}", note, draw)


def _as_printed(serie: LineSeries) -> LineSeries:
    """A line through what its numbers say."""
    return replace(serie, varden=tuple(None if v is None else rounded(v, serie.decimaler) for v in serie.varden))


def _series_in_words(panel: Panel, years: Sequence[int], unit: Unit) -> str:
    told = []
    for serie in panel.serier:
        known = serie.known(years)
        values = [f"{year} {compact(value, unit, serie.decimaler)}" for year, value in known]
        told += [f"{serie.namn} {', '.join(values)}"] if values else []
    return "; ".join(told) + "."


def _panel(
    canvas: Canvas,
    panel: Panel,
    years: Sequence[int],
    unit: Unit,
    span: tuple[Decimal, Decimal],
    box: tuple[float, float, float, float],
) -> None:
    left, upper, width, height = box
    named = len(panel.serier) > 1
    low, top = span
    step = axis_step(top - low)
    ticks = [(step * n).normalize() + 0 for n in range(int(low / step), int(top / step) + 1)]
    size = 11 if named and width < FULL else 13
    labels = [text for serie in panel.serier if (text := _end_label(serie, years, unit, named=named))]
    x0 = left + max(text_width(number(tick), 11) for tick in ticks) + 8
    x1 = left + width - max((text_width(text, size) for text in labels), default=0) - 16
    y0, y1 = upper + height - 26, upper + 30
    canvas.text(left, upper + 12, panel.namn, "ink", weight="bold")

    def at(value: Decimal) -> float:
        return y0 - float((value - low) / ((top - low) * Decimal("1.05"))) * (y0 - y1)

    for tick in ticks:
        canvas.line([(x0 - 4, at(tick)), (x1 + 4, at(tick))], "track", 1)
        canvas.text(x0 - 8, at(tick) + 4, number(tick), "quiet", ha="right", size=11)
    length = max(1, years[-1] - years[0])
    xs = [x0 + (x1 - x0) * (year - years[0]) / length for year in years]
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
        for year, value in serie.known(years)[-1:]:
            canvas.mark(form, "accent", xs[years.index(year)], at(value))
            ends.append((at(value), _end_label(serie, years, unit, named=named)))
    for y, text in _apart(ends, y0):
        canvas.text(x1 + 12, y + 4, text, "ink", size=size, weight="bold")


def _end_label(serie: LineSeries, years: Sequence[int], unit: Unit, *, named: bool) -> str:
    """ "Kvinnor 9,57 %", or only the value, with its year where that isn't the last; "" for a line without values."""
    if not (known := serie.known(years)):
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

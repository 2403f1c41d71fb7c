"""A mätetal over all periods as a figure: what was measured, against what should have been reached at the time.

The figures of the mätetal pages, drawn again only where they are to show something else.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reporting.assess.resultat import Status
from reporting.files import write_whole
from reporting.html import Html
from reporting.periods import Period
from reporting.show.canvas import Canvas, Layout, axis_step, figure, text_width
from reporting.show.marks import STATUS
from reporting.show.sentences import short_period
from reporting.site.cache import Kept
from reporting.site.history import MatetalHistory, Total
from reporting.swedish import enumeration, number, rounded, sentence_case
from reporting.units import beside, compact, with_unit
from reporting.warm.parallel import many_at_once

HEIGHT, ROOM_FOR_A_PERIOD = 250.0, 64.0


def finding(historia: MatetalHistory) -> str:
    """ "Från 78 % (december 2023) till 90 % (augusti 2025); målvärdet minst 90 %: uppnått"; "" without two outcomes to compare."""
    points = _compared(historia)
    if len(points) < 2:
        return ""
    (first, before, _), (last, now, _) = points[0], points[-1]
    unit, decimaler = historia.nu.mattenhet, historia.decimaler
    was, is_ = compact(before, unit, decimaler), compact(now, unit, decimaler)
    since, until = historia.tid(first), historia.tid(last)
    told = f"{is_} både i {since} och i {until}" if since == first.name else f"{is_} både {since} och {until}"
    if was != is_:
        told = f"Från {was} ({since}) till {is_} ({until})"
    if long := beside(historia.nu.namn, unit):
        told = f"{told}, {long}"
    fakta = points[-1][2]
    if fakta is None or not fakta.malvarde or fakta.status is Status.KAN_INTE_BEDOMAS:
        return told
    return f"{told}; målvärdet {fakta.malvarde}: {fakta.status}"


def over_time(historia: MatetalHistory) -> Html:
    """Outcomes as a line over the periods, each with its status as a mark, and the level that was to be reached as a stroke.

    What counts up during the year is followed from year's end to year's end; the last delår stands beside, unjoined.
    """
    points = _compared(historia)
    if len(points) < 2:
        return Html("")
    shown = points + [point for point in _printed(historia)[-1:] if point not in points]
    unit = historia.nu.mattenhet
    known = [fakta.status for _, _, fakta in shown if fakta]
    present = [f"{STATUS[status][0]} = {status}" for status in Status if status in known]
    note = "Linjen är utfallet" + (f", märkt efter status ({enumeration(present)})" if present else "") + "."
    if any(fakta is None for _, _, fakta in shown):
        note += " Ring: mätt före den första rapporten här."
    if any(fakta and fakta.nivaer for _, _, fakta in shown):
        note += " Streck: målvärdet den perioden."
    if any(fakta and fakta.malgranser for _, _, fakta in shown):
        note += " Mellan två streck, i den tonade ytan, är det nått."
    if historia.nu.ackumulerad:
        note += " Antalet räknas från årets början, så linjen går mellan årsskiften; ett delår står för sig."
    if historia.nu.efterslapning_ar:
        note += f" Registret släpar efter {historia.nu.efterslapning_ar} år: varje utfall står vid den period då det rapporterades."
    if len(historia.matningar) < len(historia.utfall):
        note += " En mätning som har rapporterats flera gånger visas en gång, vid den senaste perioden."
    note += f" Axeln börjar på {number(_axis(shown)[0])}."
    alt = f"{with_unit(historia.nu.namn, unit)}. " + " ".join(_in_words(historia, point) for point in shown)
    name, title = f"tid-{historia.nu.id}", finding(historia)
    return figure(name, title, alt, note, lambda layout: _draw(points, shown, historia, layout))


def _compared(historia: MatetalHistory) -> list[Total]:
    """The outcomes that can be joined by a line: all of them, or for what counts up during the year those of year's ends."""
    points = _printed(historia)
    return [point for point in points if not point[0].is_delar] if historia.nu.ackumulerad else points


def _printed(historia: MatetalHistory) -> list[Total]:
    return [(when, rounded(value, historia.decimaler), fakta) for when, value, fakta in historia.matningar]


def _in_words(historia: MatetalHistory, point: Total) -> str:
    when, value, fakta = point
    year = historia.tid(when)
    of_year = f" (avser {year})" if year != when.name else ""
    said = f"{sentence_case(when.name)}{of_year}: {compact(value, historia.nu.mattenhet, historia.decimaler)}"
    return f"{said}, mål {fakta.malvarde}, {fakta.status}." if fakta and fakta.malvarde else f"{said}."


def _axis(points: list[Total]) -> list[Decimal]:
    """The values that are marked on the axis: from zero, unless everything lies far above it."""
    values = [value for _, value, _ in points]
    values += [level for _, _, fakta in points if fakta for level in fakta.nivaer]
    low, high = min(values), max(values)
    bottom = min(Decimal(0), low)
    if low > 0 and (high - low) * 3 < low:
        bottom = low - max(high - low, low / 20)
    step = axis_step(high - bottom, quarters=True)
    first = int((bottom / step).to_integral_value(ROUND_FLOOR))
    last = max(first + 1, int((high / step).to_integral_value(ROUND_CEILING)))
    return [step * n for n in range(first, last + 1)]


def _draw(points: list[Total], shown: list[Total], historia: MatetalHistory, layout: Layout) -> Canvas:
    canvas = Canvas(layout.width, HEIGHT)
    ticks = _axis(shown)
    low, top = ticks[0], ticks[-1]
    last = compact(shown[-1][1], historia.nu.mattenhet, historia.decimaler)
    left = max(text_width(number(tick), 11) for tick in ticks) + 12
    right = layout.width - text_width(last) - 18
    upper, lower = 16.0, HEIGHT - 34
    years = {when: when.year + when.month / 12 for when, _, _ in shown}
    first_year, last_year = years[shown[0][0]], years[shown[-1][0]]
    length = last_year - first_year or 1

    def x(when: Period) -> float:
        return left + 8 + (right - left - 16) * (years[when] - first_year) / length

    def y(value: Decimal) -> float:
        return lower - float((value - low) / (top - low)) * (lower - upper)

    for tick in ticks:
        canvas.line([(left - 4, y(tick)), (right + 6, y(tick))], "track", 1)
        canvas.text(left - 10, y(tick) + 4, number(tick), "quiet", ha="right", size=11)
    for when in _labelled(shown, x):
        canvas.text(x(when), lower + 22, short_period(when), "quiet", ha="center", size=11)
        canvas.line([(x(when), lower), (x(when), lower + 6)], "quiet", 1)
    for when, _, fakta in shown:
        levels = fakta.nivaer if fakta else ()
        if len(levels) > 1:
            canvas.line([(x(when), y(level)) for level in levels], "zone", 18)
        for level in levels:
            canvas.line([(x(when) - 9, y(level)), (x(when) + 9, y(level))], "ink", 3)
    canvas.line([(x(when), y(value)) for when, value, _ in points], "accent", 2)
    for when, value, fakta in shown:
        if fakta is None:
            canvas.dot(x(when), y(value), "accent", 10)
            canvas.dot(x(when), y(value), "paper", 6)
        else:
            canvas.mark(*STATUS[fakta.status], x(when), y(value))
    canvas.text(right + 16, y(shown[-1][1]) + 4, last, "ink", weight="bold")
    return canvas


def _labelled(shown: list[Total], x: Callable[[Period], float]) -> list[Period]:
    """The periods that are named below the axis: the last and the first, and those between that there is room for."""
    found: list[Period] = []
    for when, _, _ in (shown[-1], shown[0], *reversed(shown)):
        if all(abs(x(when) - x(other)) >= ROOM_FOR_A_PERIOD for other in found):
            found.append(when)
    return found


def drawn(histories: Sequence[MatetalHistory], files: Kept) -> list[Html]:
    """The chart of each mätetal over time (see over_time), in the same order; those that are unchanged come from `files`."""
    names = {id(item): f"bilder/{item.namnd}/{item.nu.id}.html" for item in histories}
    wanted = [item for item in histories if files.lacks(names[id(item)], repr(item).encode())]
    for item, bild in zip(wanted, many_at_once(over_time, wanted), strict=True):
        write_whole(files.path(names[id(item)]), str(bild))
    return [Html(files.path(names[id(item)]).read_text(encoding="utf-8")) for item in histories]

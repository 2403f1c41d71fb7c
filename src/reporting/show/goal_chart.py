"""A result as a figure in the house style: the title says the finding, labels stand at their marks, nothing by colour alone."""

import textwrap
from collections.abc import Callable, Sequence
from decimal import Decimal

from reporting.assess.comparison import NY_MATNING_SAKNAS, start_of
from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat, Prognos, Status
from reporting.html import Html
from reporting.params.malvarde import DIRECTION
from reporting.show import sentences
from reporting.show.canvas import LINE_HEIGHT, Canvas, Layout, figure, row_label, text_width
from reporting.show.marks import STATUS
from reporting.show.measurement import year_before, year_now
from reporting.swedish import enumeration
from reporting.units import compact, with_unit


def goal_chart(mal: Malresultat, resultat: Namndresultat) -> Html:
    """Outcome against target and against the earlier period, for all the goal's mätetal, each on its own scale."""
    if not any(result.varde is not None for result in mal.matetal):
        return Html("")
    title = sentences.goal_finding(mal)
    alt = f"{title}. " + " ".join(_in_words(result, resultat) for result in mal.matetal)
    drawn = {result.status for result in mal.matetal if result.varde is not None}
    present = [f"{STATUS[status][0]} = {status}" for status in Status if status in drawn]
    ring = f"Öppen ring: {resultat.jamfor_med.name}. " if any(r.jamforbart is not None for r in mal.matetal) else ""
    note = (
        f"Fylld markering: utfall {resultat.period.name} ({enumeration(present)}). {ring}"
        "Streck: målvärdet; den tonade ytan är den sida där det är nått. Varje rad har sin egen skala."
    )
    foreseen = [(result, prognos) for result in mal.matetal if (prognos := _foreseen(result))]
    if any(result.matetal.ackumulerad for result, _ in foreseen):
        note += " Kryss: prognos för hela året."
    if any(prognos.lag is not None for _, prognos in foreseen):
        note += " Grått streck: prognosens intervall."
    note += "".join(_years(result, resultat) for result in mal.matetal)
    return figure(f"mal-{mal.mal.id}", title, alt, note, lambda layout: _rows(mal.matetal, layout))


def _years(result: Matetalsresultat, resultat: Namndresultat) -> str:
    """ " Fallskador: utfallet avser 2024, ringen 2023.", for a register that lags."""
    now, before = year_now(result, resultat.period), year_before(result, resultat.jamfor_med)
    ring = now and before and result.jamforbart is not None
    told = [f"utfallet {now}" if now else "", f"ringen {before.removeprefix('avser ')}" if ring else ""]
    return f" {result.matetal.kortnamn}: {', '.join(filter(None, told))}." if now else ""


def _in_words(result: Matetalsresultat, resultat: Namndresultat) -> str:
    unit, decimaler = result.matetal.mattenhet, result.decimaler
    if result.varde is None:
        return f"{_label(result)}: {result.orsak}."
    now, before = year_now(result, resultat.period), year_before(result, resultat.jamfor_med)
    parts = [f"{_label(result)}: {compact(result.varde, unit, decimaler)}" + (f" ({now})" if now else "")]
    parts += [f"mål {words}" if (words := sentences.target_words(result)) else "inget målvärde"]
    if result.jamforbart is not None:
        earlier = f"{resultat.jamfor_med.name} {compact(result.jamforbart, unit, decimaler)}"
        parts.append(earlier + (f" ({before})" if before else ""))
    elif result.trend_orsak == NY_MATNING_SAKNAS:
        parts.append(f"ingen ny mätning sedan {resultat.jamfor_med.name}")
    if _foreseen(result):
        parts.append(f"prognos för året {sentences.foreseen(result)}")
    return ", ".join(parts) + "."


def _rows(results: Sequence[Matetalsresultat], layout: Layout) -> Canvas:
    labels = [textwrap.wrap(_label(result), layout.label_chars) for result in results]
    tops = [0.0]
    for result, lines in zip(results, labels, strict=True):
        text = len(lines) * LINE_HEIGHT
        height = text + 46 if layout.label_right is None else max(54, text + 22)
        tops.append(tops[-1] + height + (12 if _foreseen(result) else 0))
    canvas = Canvas(layout.width, tops[-1])
    for result, lines, top in zip(results, labels, tops[:-1], strict=True):
        _row(canvas, result, lines, top, layout)
    return canvas


def _foreseen(result: Matetalsresultat) -> Prognos | None:
    """The forecast, where it says more than that the outcome stays as it is."""
    prognos = result.prognos
    return prognos if prognos and (result.matetal.ackumulerad or prognos.lag is not None) else None


def _label(result: Matetalsresultat) -> str:
    return with_unit(result.matetal.kortnamn, result.matetal.mattenhet)


def _row(canvas: Canvas, result: Matetalsresultat, lines: Sequence[str], top: float, layout: Layout) -> None:
    """One mätetal: label, track with the side where the target is met, target, earlier and present outcome, value."""
    above = layout.label_right is None
    y = top + (len(lines) * LINE_HEIGHT + 24 if above else 34)
    row_label(canvas, layout, lines, top + 12, y + 4)
    left, right = layout.track
    canvas.line([(left, y), (right, y)], "track", 6)
    if result.varde is None:
        canvas.text(left, y - 10, textwrap.shorten(result.orsak, 46, placeholder=" …"), "quiet", size=11)
        canvas.text(layout.value, y + 5, "–", "quiet")
        return
    place = _scale(result, layout)
    ticks = _target(canvas, result, y, layout)
    now = place(result.printed(result.varde))
    if result.jamforbart is not None:
        before = place(result.printed(result.jamforbart))
        canvas.line([(before, y), (now, y)], "ink", 1.5)
        # Where nothing has changed, the earlier ring shows around the present mark.
        canvas.dot(before, y, "ink", ring := 10.5 if abs(before - now) > 8 else 21)
        canvas.dot(before, y, "paper", ring - 3)
    if prognos := _foreseen(result):
        if prognos.lag is not None and prognos.hog is not None:
            low, high = prognos.printed(prognos.lag), prognos.printed(prognos.hog)
            canvas.line([(place(low), y), (place(high), y)], "quiet", 3)
        if result.matetal.ackumulerad:
            canvas.cross(place(prognos.printed(prognos.varde)), y)
        canvas.text(layout.width, y + 21, f"prognos {sentences.foreseen(result)}", "quiet", ha="right", size=11)
    canvas.mark(*STATUS[result.status], now, y)
    for tick in ticks:
        canvas.line([(tick, y - 10), (tick, y + 10)], "ink", 2)  # last, so that a målvärde that is just met still shows
    shown = compact(result.varde, result.matetal.mattenhet, result.decimaler)
    room = layout.width - layout.value
    fits = text_width(shown) <= room
    at, ha = (layout.value, "left") if fits else (layout.width, "right")
    canvas.text(at, y + 5, shown, "ink", ha=ha, weight="bold")


def _levels(result: Matetalsresultat) -> list[Decimal]:
    """What the outcome is held against: a level, both ends of an interval, or nothing."""
    target = result.target
    if result.malniva is not None:
        return list(target.interval or (result.malniva,))
    if target.operator in ("increase", "decrease"):
        start = start_of(target, None if result.jamforbart is None else result.printed(result.jamforbart))
        return [] if start is None else [start]
    return []


def _scale(result: Matetalsresultat, layout: Layout) -> Callable[[Decimal], float]:
    """Where on the track a value stands, in px."""
    prognos = _foreseen(result)
    ends = (prognos.varde, prognos.lag, prognos.hog) if prognos else ()
    shown = [value for value in (result.varde, result.jamforbart, *_levels(result), *ends) if value is not None]
    low, high = min(Decimal(0), *shown) * Decimal("1.08"), max(Decimal(0), *shown) * Decimal("1.08")
    if result.matetal.mattenhet.kind == "andel" and high > 50:
        high = max(Decimal(100), *shown)
    length = high - low or 1
    left, right = layout.track
    return lambda value: left + float((value - low) / length) * (right - left)


def _target(canvas: Canvas, result: Matetalsresultat, y: float, layout: Layout) -> list[float]:
    """The målvärde in words above the track, and the side where it is met; where its ticks shall stand."""
    left, right = layout.track
    ticks = [_scale(result, layout)(level) for level in _levels(result)]
    words = sentences.target_words(result)
    if ticks or not (result.target.fran_ar or result.target.till_ar):  # else it holds in other years, and says so
        words = words.split(", ")[0]
    better = DIRECTION.get(result.target.operator)
    if ticks and better in ("högre", "lägre"):
        met = [ticks[0], max(right, ticks[0] + 5)] if better == "högre" else [min(left, ticks[0] - 5), ticks[0]]
        canvas.line([(end, y) for end in met], "zone", 14)
    if len(ticks) == 2:
        canvas.line([(tick, y) for tick in ticks], "zone", 14)
    shown = "inget målvärde" if not words else words if words.startswith(("ska", "alla")) else f"mål {words}"
    x = sum(ticks) / len(ticks) if ticks else left
    width = text_width(shown, 11)
    first = 0.0 if layout.label_right is None else layout.label_right + 8
    canvas.text(max(first, min(x - width / 2, layout.width - width)), y - 14, shown, "quiet", size=11)
    return ticks

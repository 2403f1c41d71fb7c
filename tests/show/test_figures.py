"""Charts that any chapter can draw: what they say, where their labels stand, and that nothing in them collides."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.html import Html
from reporting.params.kommun import Form
from reporting.show import bars as figures
from reporting.show import lines as line_figures
from reporting.show.bars import Bar, KindCount
from reporting.show.canvas import NARROW, WIDE, Canvas, text_width
from reporting.show.lines import LineSeries, Panel
from reporting.show.svg import house_style, to_svg
from reporting.units import ANTAL, MKR, PROCENT, Unit
from table_text import rows

NUMBER = r"-?\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Text:
    """A text in a drawing, where it stands and how it looks."""

    x: float
    y: float
    text: str
    style: str

    @property
    def size(self) -> int:
        return int(re.findall(r"font-size:(\d+)px", self.style)[0])

    @property
    def left(self) -> float:
        return self.x - text_width(self.text, self.size) if "text-anchor:end" in self.style else self.x

    @property
    def right(self) -> float:
        return self.left + text_width(self.text, self.size)


@dataclass(frozen=True)
class Path:
    """A path in a drawing: its points, its colour and its width."""

    points: tuple[tuple[float, float], ...]
    style: str

    @property
    def width(self) -> float:
        found = re.findall(rf"stroke-width:({NUMBER})", self.style)
        return float(found[0]) if found else 1


@dataclass(frozen=True)
class Drawing:
    """One of a chart's two drawings, read back."""

    css: str
    width: float
    height: float
    texts: tuple[Text, ...]
    paths: tuple[Path, ...]

    @property
    def words(self) -> list[str]:
        return [text.text.replace("\u00a0", " ") for text in self.texts]


def drawing(svg: str) -> Drawing:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own output
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert {element.tag for element in root.iter()} <= {"svg", "path", "text"}, (
        "text stays text, and nothing else is drawn"
    )
    texts = [
        Text(float(e.attrib["x"]), float(e.attrib["y"]), e.text or "", e.attrib["style"]) for e in root.iter("text")
    ]
    paths = []
    for element in root.iter("path"):
        found = re.findall(rf"({NUMBER}) ({NUMBER})", element.attrib["d"])
        paths.append(Path(tuple((float(x), float(y)) for x, y in found), element.attrib["style"]))
    return Drawing(root.attrib["class"], width, height, tuple(texts), tuple(paths))


def drawings(made: Html) -> list[Drawing]:
    return [drawing(svg) for svg in re.findall(r"<svg.*?</svg>", str(made), re.DOTALL)]


def alternative(made: Html) -> str:
    found = re.search(r"<p id=\"bild-[^\"]*\" hidden>(.*?)</p>", str(made))
    assert found is not None
    return found[1].replace("\u00a0", " ")


def numbers(text: str, decimaler: int = 1, namn: str = "Alla") -> LineSeries:
    """A line from "8,1 - 9,5": a dash where there is no value."""
    values = [None if word == "-" else Decimal(word.replace(",", ".").replace("−", "-")) for word in text.split()]
    return LineSeries(namn, tuple(values), decimaler)


def lines(*serier: LineSeries, title: str = "Sjukfrånvaron är 9,5 %") -> Html:
    years = range(2024 - len(serier[0].varden) + 1, 2025)
    return line_figures.line_chart("sjuk", title, years, [Panel("Alla anställda", serier)], PROCENT)


def bars(*staplar: tuple[str, str] | tuple[str, str, str], unit: Unit = MKR) -> Html:
    made = [Bar(s[0], Decimal(s[1]), Decimal(s[2]) if len(s) > 2 else None, 1) for s in staplar]
    return figures.bars("avvikelse", "Hemtjänsten har störst avvikelse", made, unit, "Stapel: avvikelse.")


def counted(*kinds: KindCount) -> Html:
    return figures.rows_of_marks("kontroll", "Tre av fem når målvärdet", kinds, "Varje markering är ett moment.")


EXAMPLES: dict[str, Callable[[], Html]] = {
    "one line": lambda: lines(numbers("8,1 8,8 9,5")),
    "three lines": lambda: lines(
        numbers("8,1 8,8 9,5"), numbers("9,0 - 10,1", namn="Kvinnor"), numbers("5,9 6,0 6,1", namn="Män")
    ),
    "panels": lambda: line_figures.line_chart(
        "anstallda",
        "Tillsvidareanställda är 3 029",
        [2023, 2024],
        [Panel("Tillsvidare", (numbers("2988 3029", 0),)), Panel("Visstid", (numbers("400 410", 0),))],
        ANTAL,
    ),
    "bars": lambda: bars(("Hemtjänst", "9.4", "8.7"), ("LSS", "3")),
    "bars below zero": lambda: bars(("Hemtjänst", "-23.9"), ("LSS", "7.6"), ("Ledning", "0")),
    "counted": lambda: counted(
        KindCount("Når målvärde", 3, "cirkel", "gron"), KindCount("Ej accepterat", 2, "kvadrat", "rod")
    ),
}

# what each says to those who don't see it
ALTERNATIVES = {
    "one line": "Sjukfrånvaron är 9,5 %. Alla anställda: Alla 2022 8,1 %, 2023 8,8 %, 2024 9,5 %.",
    "three lines": "Sjukfrånvaron är 9,5 %. Alla anställda: Alla 2022 8,1 %, 2023 8,8 %, 2024 9,5 %; "
    "Kvinnor 2022 9,0 %, 2024 10,1 %; Män 2022 5,9 %, 2023 6,0 %, 2024 6,1 %.",
    "panels": "Tillsvidareanställda är 3 029. Tillsvidare: Alla 2023 2 988, 2024 3 029. "
    "Visstid: Alla 2023 400, 2024 410.",
    "bars": "Hemtjänsten har störst avvikelse. Hemtjänst 9,4 mkr (tidigare 8,7 mkr) och LSS 3,0 mkr.",
    "bars below zero": "Hemtjänsten har störst avvikelse. Hemtjänst −23,9 mkr, LSS +7,6 mkr och Ledning 0,0 mkr.",
    "counted": "Tre av fem når målvärdet. Når målvärde: 3 och Ej accepterat: 2.",
}  # fmt: skip

# every text that is drawn, wide: a legend would be one more
WORDS = {
    "one line": "Alla anställda | 0 | 5 | 2022 | 2024 | 9,5 %",
    "three lines": "Alla anställda | 0 | 5 | 10 | 2022 | 2024 | Kvinnor 10,1 % | Alla 9,5 % | Män 6,1 %",
    "panels": "Tillsvidare | 0 | 1 000 | 2 000 | 3 000 | 2023 | 2024 | 3 029 "
    "| Visstid | 0 | 1 000 | 2 000 | 3 000 | 2023 | 2024 | 410",
    "bars": "Hemtjänst | 9,4 mkr | LSS | 3,0 mkr",
    "bars below zero": "Hemtjänst | −23,9 mkr | LSS | +7,6 mkr | Ledning | 0,0 mkr",
    "counted": "Når målvärde | 3 | Ej accepterat | 2",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_title_is_the_caption_and_the_alternative_says_every_value(name: str) -> None:
    made = EXAMPLES[name]()
    title = re.search(r"<figcaption>(.*?)</figcaption>", str(made))
    assert title is not None
    assert alternative(made) == ALTERNATIVES[name]
    assert alternative(made).startswith(f"{title[1]}. ")
    assert made.count("<figcaption>") == 1
    assert made.count('role="img" aria-labelledby="bild-') == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_there_is_a_wide_and_a_narrow_drawing_and_no_legend_in_either(name: str) -> None:
    wide, narrow = drawings(EXAMPLES[name]())
    assert [wide.css, narrow.css] == ["nr-chart nr-wide", "nr-chart nr-narrow"]
    assert (wide.width, narrow.width) == (WIDE.width, NARROW.width)
    assert wide.words == list(rows(WORDS[name])[0])
    assert narrow.words == wide.words


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    before = str(EXAMPLES[name]())
    bars(("något annat", "1"))
    assert str(EXAMPLES[name]()) == before
    assert not re.search(r"\bid=\"(?!bild-)|<style|<defs|clip-path|#[0-9a-f]{6}|font-family|url\(", before)


def test_a_title_and_names_may_hold_any_characters() -> None:
    made = figures.bars("b", "A < B & C", [Bar("Pris $x_1$ <b>", Decimal(1))], ANTAL, "Not & mer")
    assert "<figcaption>A &lt; B &amp; C</figcaption>" in made
    assert drawings(made)[0].words == ["Pris $x_1$ <b>", "1"]
    assert '<p class="nr-source">Not &amp; mer</p>' in made


# Lines


def strokes(shown: Drawing) -> list[Path]:
    """The lines themselves: ink, two wide."""
    return [path for path in shown.paths if "--nr-ink" in path.style and path.width == 2]


def lone_dots(shown: Drawing) -> list[Path]:
    """The dots of values without a neighbour: ink, with no length."""
    return [path for path in shown.paths if "--nr-ink" in path.style and len(set(path.points)) == 1]


@pytest.mark.parametrize(
    ("values", "runs", "alone"),
    rows("""
    1 2 3 4 5 | 5   | 0
    1 2 - 4 5 | 2 2 | 0
    1 - 3 4 5 | 3   | 1
    1 - 3 - 5 |     | 3
    - 2 3 4 - | 3   | 0
    - - 3 - - |     | 1
    """),
)
def test_a_year_without_a_value_breaks_the_line(values: str, runs: str, alone: str) -> None:
    for shown in drawings(lines(numbers(values))):
        assert [str(len(stroke.points)) for stroke in strokes(shown)] == runs.split()
        assert len(lone_dots(shown)) == int(alone)


def test_a_line_is_drawn_where_its_values_are() -> None:
    [wide, _] = drawings(lines(numbers("10 20 5")))
    [stroke] = strokes(wide)
    (x0, y0), (x1, y1), (x2, y2) = stroke.points
    assert x0 < x1 < x2
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.2)
    zero = next(text.y - 4 for text in wide.texts if text.text == "0")
    assert (zero - y0) / (zero - y1) == pytest.approx(0.5, abs=0.01), "the axis begins at zero"
    assert (zero - y2) / (zero - y1) == pytest.approx(0.25, abs=0.01)


def test_every_line_in_a_panel_ends_with_a_mark_of_its_own() -> None:
    """A dot, a square, a triangle and a ring, which is a dot with a hole: by number of points, and width of the stroke."""
    serier = [numbers(f"{n} {n}", namn=f"Grupp {n}") for n in (2, 4, 6, 8)]
    for shown in drawings(lines(*serier)):
        marks = [path for path in shown.paths if "--nr-accent" in path.style]
        holes = {path.points for path in shown.paths if "--nr-paper" in path.style and path.width == 8}
        made = {(len(set(path.points)), path.width, path.points in holes) for path in marks}
        assert (len(marks), made) == (4, {(1, 12, False), (2, 11, False), (3, 1.5, False), (1, 12, True)})


def test_no_line_is_left_out() -> None:
    """As many as there are marks for; one that would be told but not drawn is no chart."""
    serier = [numbers(f"{n} {n}", namn=f"Grupp {n}") for n in (2, 4, 6, 8, 10)]
    try:
        made = lines(*serier)
    except ValueError:
        return
    for shown in drawings(made):
        assert len(strokes(shown)) == 5


def end_labels(shown: Drawing, names: tuple[str, ...]) -> list[Text]:
    return [text for text in shown.texts if text.text.startswith(names)]


NAMES = ("Alla", "Kvinnor", "Män", "Ej angivet")
POINTS = st.decimals(0, 100, places=1) | st.none()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(POINTS, POINTS, st.decimals(0, 100, places=1)), min_size=2, max_size=4))
def test_labels_at_the_ends_of_lines_never_stand_on_each_other(
    values: list[tuple[Decimal | None, Decimal | None, Decimal]],
) -> None:
    if not any(last for *_, last in values):
        values[0] = (None, None, Decimal(1))
    serier = [LineSeries(name, points, 1) for name, points in zip(NAMES, values, strict=False)]
    for shown in drawings(lines(*serier)):
        labels = sorted(end_labels(shown, NAMES[: len(serier)]), key=lambda text: text.y)
        labels = [text for text in labels if text.text != "Alla anställda"]
        assert len(labels) == len(serier)
        for above, below in pairwise(labels):
            assert below.y - above.y >= above.size, (above.text, below.text)
        for label in labels:
            assert label.y > label.size
            assert label.y < shown.height - 11, "above the years"
            assert label.right <= shown.width


def test_labels_stand_in_the_order_of_their_lines() -> None:
    made = lines(
        *(numbers(f"1 {value}", namn=name) for name, value in zip(NAMES, ("9,1", "9,2", "9,0", "2"), strict=True))
    )
    for shown in drawings(made):
        labels = [text for text in end_labels(shown, NAMES) if text.text != "Alla anställda"]
        assert [text.text.split("\u00a0")[0] for text in sorted(labels, key=lambda text: text.y)] == [
            "Kvinnor 9,2", "Alla 9,1", "Män 9,0", "Ej angivet 2,0",
        ]  # fmt: skip


def test_a_line_of_nothing_but_zeros_lies_on_the_axis() -> None:
    """A real table: no one employed by the hour, two years running."""
    for shown in drawings(lines(numbers("0 0", 0))):
        [stroke] = strokes(shown)
        zero = next(text.y - 4 for text in shown.texts if text.text == "0")
        assert {y for _, y in stroke.points} == {zero}


# what is drawn of nothing
NOTHING: dict[str, Callable[[], Html]] = {
    "lines without a value": lambda: lines(numbers("- - -")),
    "no bars": bars,
}


@pytest.mark.parametrize("name", NOTHING)
def test_of_nothing_there_is_no_chart(name: str) -> None:
    assert NOTHING[name]() == ""


# Bars


def bar(shown: Drawing, color: str) -> list[Path]:
    return [path for path in shown.paths if path.width == 14 and f"--nr-{color}" in path.style]


def test_bars_below_zero_go_left_with_a_true_minus_and_the_others_get_a_plus() -> None:
    for shown in drawings(bars(("Hemtjänst", "-23.9"), ("LSS", "7.6"), ("Ledning", "0"))):
        [negative] = bar(shown, "rod")
        (zero, _), (end, _) = negative.points
        assert end < zero
        positive, none = bar(shown, "accent")
        assert (positive.points[0][0], positive.points[1][0] > zero) == (zero, True)
        assert {x for x, _ in none.points} == {zero}
        values = {text.text.replace("\u00a0", " "): text for text in shown.texts}
        assert {"−23,9 mkr", "+7,6 mkr", "0,0 mkr"} <= set(values)
        assert values["−23,9 mkr"].right < end
        assert values["+7,6 mkr"].left > positive.points[1][0]


def test_without_a_bar_below_zero_nothing_has_a_sign() -> None:
    made = bars(("Hemtjänst", "9.4"), ("LSS", "7.6"))
    assert not re.search(r"[+−]\d", str(made).replace("\u00a0", " "))


def test_a_bar_is_as_long_as_its_value() -> None:
    for shown in drawings(bars(("Hemtjänst", "10"), ("LSS", "5"))):
        long, short = (path.points[1][0] - path.points[0][0] for path in bar(shown, "accent"))
        assert short / long == pytest.approx(0.5, abs=0.01)


def rings(shown: Drawing) -> list[tuple[float, float]]:
    """Where the earlier values stand."""
    return [path.points[0] for path in shown.paths if path.width == 9 and len(set(path.points)) == 1]


@pytest.mark.parametrize(
    ("now", "before"), [("10", "5"), ("5", "10"), ("10", "10"), ("-10", "-5"), ("-5", "-10"), ("-5", "5"), ("5", "-5")]
)
def test_a_value_never_stands_on_the_ring_of_the_earlier_one(now: str, before: str) -> None:
    for shown in drawings(bars(("Hemtjänst", now, before), ("LSS", "1"))):
        [(x, _)] = rings(shown)
        value = next(text for text in shown.texts if text.text.lstrip("+−").startswith(f"{now.lstrip('-')},0"))
        assert value.left >= x + 4.5 or value.right <= x - 4.5
        assert value.left >= 0
        assert value.right <= shown.width


WORD = st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(WORD, min_size=1, max_size=6).map(" ".join), st.decimals(-9999, 9999, places=1)),
        min_size=1,
        max_size=8,
    )
)
def test_names_and_values_of_bars_never_stand_on_each_other(staplar: list[tuple[str, Decimal]]) -> None:
    for shown in drawings(bars(*((name, str(value)) for name, value in staplar))):
        for text in shown.texts:
            assert text.left >= -0.5 or not re.search(r"\d", text.text), "a value stands inside the drawing"
            assert text.right <= shown.width + 0.5 or not re.search(r"\d", text.text)
            assert text.size * 0.8 <= text.y <= shown.height - 2
        for number, one in enumerate(shown.texts):
            for other in shown.texts[number + 1 :]:
                beside = one.right <= other.left or other.right <= one.left
                assert beside or abs(one.y - other.y) >= one.size, (one.text, other.text)


# Counted marks


def test_there_are_as_many_marks_as_are_counted_and_the_number_stands_after_them() -> None:
    made = counted(KindCount("Når målvärde", 3, "cirkel", "gron"), KindCount("Ej accepterat", 12, "kvadrat", "rod"))
    for shown in drawings(made):
        dots = [path for path in shown.paths if "--nr-gron" in path.style]
        squares = [path for path in shown.paths if "--nr-rod" in path.style]
        assert (len(dots), len(squares)) == (3, 12)
        for number, marks in (("3", dots), ("12", squares)):
            label = next(text for text in shown.texts if text.text == number)
            assert label.x > max(x for path in marks for x, _ in path.points)
            assert label.right <= shown.width


def test_many_marks_are_put_closer_so_that_all_have_room() -> None:
    for shown in drawings(counted(KindCount("Når målvärde", 150, "cirkel", "gron"))):
        dots = [path for path in shown.paths if "--nr-gron" in path.style]
        assert len(dots) == 150
        assert all(0 <= x <= shown.width for path in dots for x, _ in path.points)
        assert next(text for text in shown.texts if text.text == "150").right <= shown.width


def drawn(form: Form) -> str:
    """A mark as it is drawn, without the name of its colour."""
    with house_style():
        canvas = Canvas(20, 20)
        canvas.mark(form, "gra", 10, 10)
        return str(to_svg(canvas.figure, "bild", "nr-chart"))


def test_a_sign_that_our_font_lacks_is_drawn_with_the_readers() -> None:
    [wide, _] = drawings(counted(KindCount("Når ＜målvärde＞ 📈", 3, "cirkel", "gron")))
    assert "Når ＜målvärde＞ 📈" in [text.text for text in wide.texts]


def test_every_form_is_drawn_in_a_shape_of_its_own() -> None:
    made: dict[str, list[Form]] = {}
    for form in get_args(Form):
        made.setdefault(drawn(form), []).append(form)
    assert [forms for forms in made.values() if len(forms) > 1] == []

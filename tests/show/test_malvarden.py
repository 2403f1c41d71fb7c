"""New kinds of målvärde as a reader meets them: the words in a table, the tinted side of a chart."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.assess.assess import assess_matetal
from reporting.assess.notices import of_readings
from reporting.assess.underlag import Underlag
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Utfall
from reporting.show import goal_chart, sentences
from table_text import rows

NOW, BEFORE = Period(2024, 12), Period(2023, 12)


def matetal(malvarde: str, mattenhet: str = "procent", lases: str = "") -> Matetal:
    return Matetal(id="m", namn="Ett mätetal", mattenhet=mattenhet, malvarde=malvarde, lases=lases)


def outcome(value: str, period: Period) -> Utfall:
    return Utfall(period, "m", "", Decimal(value), None, "", None, "", "", "utfall.xlsx", "Mätetal", "C2")


def chart(lulea: Underlag, item: Matetal, now: str, before: str) -> tuple[list[tuple[float, ...]], list[float]]:
    """(the tinted parts of the track, where the målvärde's ticks stand), in the wide drawing."""
    result = assess_matetal(item, Decimal(0), NOW, BEFORE, [outcome(now, NOW)], [outcome(before, BEFORE)])
    mal = replace(lulea.resultat.mal[0], matetal=(result,))
    wide = re.findall(r"<svg.*?</svg>", str(goal_chart.goal_chart(mal, lulea.resultat)), re.DOTALL)[0]
    zones = re.findall(r'd="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" style="stroke:var\(--nr-zone\)', wide)
    ticks = re.findall(r'd="M([\d.]+) [\d.]+L\1 [\d.]+" style="stroke:var\(--nr-ink\);stroke-width:2', wide)
    return [tuple(map(float, zone)) for zone in zones], [float(tick) for tick in ticks]


def test_an_interval_is_tinted_between_its_ends(lulea: Underlag) -> None:
    [zone], ticks = chart(lulea, matetal("mellan 40 och 60 %"), "55", "62")
    assert list(zone) == ticks
    [above], [least] = chart(lulea, matetal("minst 40 %"), "55", "62")
    assert above[0] == least == zone[0]
    assert above[1] > zone[1]


def test_what_shall_not_rise_is_tinted_below_the_earlier_outcome(lulea: Underlag) -> None:
    [zone], [tick] = chart(lulea, matetal("ska inte öka"), "40", "50")
    assert zone[1] == tick
    assert chart(lulea, matetal("högst 50 %"), "40", "50") == ([zone], [tick])


def test_what_is_counted_from_an_unknown_measurement_has_no_tinted_side(lulea: Underlag) -> None:
    assert chart(lulea, matetal("ska minska med 25 % jämfört med 2021", "ton"), "40", "50") == ([], [])
    assert chart(lulea, matetal("ska minska jämfört med 2021", "ton"), "40", "50") == ([], [])


def test_a_target_of_another_year_has_no_tinted_side_and_says_which_year(lulea: Underlag) -> None:
    this_year, another = matetal("minst 40 % under 2024"), matetal("minst 40 % under 2026")
    assert chart(lulea, this_year, "55", "62") != ([], [])
    assert chart(lulea, another, "55", "62") == ([], [])
    result = assess_matetal(another, Decimal(0), NOW, BEFORE, [outcome("55", NOW)], [outcome("62", BEFORE)])
    assert (result.malniva, result.orsak) == (None, "målvärdet gäller 2026")
    drawing = str(goal_chart.goal_chart(replace(lulea.resultat.mal[0], matetal=(result,)), lulea.resultat))
    assert "mål minst 40\u00a0%, gäller 2026" in drawing


@pytest.mark.parametrize(
    ("malvarde", "lases", "shown"),
    rows("""
        minst 90 %                   |                | minst 90·%
        minst 85 % av alla i åk 6    |                | minst 85·% i planen: minst 85 % av alla i åk 6
        cirka 60 %                   | högst 60 %     | cirka 60 %
                                     |                | –
    """),
)
def test_the_plans_words_stand_beside_a_reading_that_left_some_out_and_instead_of_lases(malvarde, lases, shown) -> None:
    item = matetal(malvarde, lases=lases).model_copy(update={"battre": "högre" if not malvarde else None})
    target = item.target(2024)
    words = sentences.without_long_unit(target, item.mattenhet) if malvarde else ""
    cell = sentences.told_target(item, target, words, 2024)
    said = [cell] if isinstance(cell, str) else [cell.words, *cell.notes]
    assert " ".join(said) == shown


@pytest.mark.parametrize(
    ("malvarde", "lases", "told"),
    rows("""
        minst 90 %                               | minst 90 % |
        minst 90 %                               | högst 90 % | Orden säger minst 90·%, men lases säger högst 90·%. Varför läses de så?
        cirka 90 %                               | högst 90 % |
        ska minska inom alla enheter från 9 till 7 % |        | «inom alla enheter»
        ska öka inom skola, fritid och kultur    |            | «inom skola, fritid och kultur»
        minst 80 % per skola                     |            | «per skola»
        i snitt högst 3 % per anställd           |            |
    """),
)  # fmt: skip
def test_what_is_noticed_of_a_reading(malvarde, lases, told) -> None:
    if told.startswith("«"):
        told = f"Målvärdet gäller {told} var för sig, men utfallet är ett enda tal. Når alla det?"
    found = of_readings([matetal(malvarde, lases=lases)], "params/planer/p-2024.yml", 2024)
    assert [(notis.fil, notis.iakttagelse) for notis in found] == [("params/planer/p-2024.yml", told)] * bool(told)

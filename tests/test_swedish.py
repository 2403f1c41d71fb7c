from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built_in_units import UNITS
from reporting.swedish import (
    NBSP,
    NUMBER_WORDS,
    count_word,
    date_in_text,
    enumeration,
    number,
    read_date,
    read_number,
    rounded,
)
from reporting.units import BUILT_IN_UNITS, Quantity, amount, difference, read_quantity
from table_text import rows

values = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(-(10**20), 10**20), st.integers(-30, 30)
)
units = st.sampled_from(sorted(UNITS))
decimals = st.integers(0, 6)


@pytest.mark.parametrize(
    ("value", "decimaler", "printed"),
    rows("""
        82        | 1 | 82,0
        82.04     | 1 | 82,0
        56200     | 0 | 56·200
        1862201   | 0 | 1·862·201
        999       | 0 | 999
        1000      | 0 | 1·000
        -1862201  | 0 | −1·862·201
        -23.9     | 1 | −23,9
        0.75      | 2 | 0,75
        0.125     | 2 | 0,13
        -0.125    | 2 | −0,13
        0.5       | 0 | 1
        1.5       | 0 | 2
        2.5       | 0 | 3
        -2.5      | 0 | −3
        7.849     | 1 | 7,8
        999.5     | 0 | 1·000
        0         | 1 | 0,0
        -0        | 1 | 0,0
        -0.04     | 1 | 0,0
        -0.05     | 1 | −0,1
        1E+3      | 0 | 1·000
        12345678901234567890.5 | 1 | 12·345·678·901·234·567·890,5
    """),
)
def test_numbers_are_printed_with_decimal_comma_no_break_spaces_and_true_minus(value, decimaler, printed):
    assert number(Decimal(value), int(decimaler)) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    rows("""
        90.00 | 90,00
        7.8   | 7,8
        375   | 375
        2E+3  | 2·000
        -34.2 | −34,2
    """),
)
def test_a_number_keeps_its_own_decimals_where_none_are_asked_for(value, printed):
    assert number(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("value", "mattenhet", "decimaler", "printed"),
    rows("""
        82      | procent              | 1 | 82,0·%
        56200   | antal                | 0 | 56·200
        -23.9   | mkr                  | 1 | −23,9·mkr
        253368  | tkr                  | 0 | 253·368·tkr
        12      | plats                | 0 | plats·12
        855     | per 100 000 invånare | 0 | 855·per·100·000·invånare
        71.5    | index                | 1 | 71,5
        5.6     | medelvärde           | 1 | 5,6
        2362    | dygn                 | 0 | 2·362·dygn
        90      | dagar                | 0 | 90·dagar
    """),
)
def test_an_amount_is_printed_with_its_unit(value, mattenhet, decimaler, printed):
    assert amount(Decimal(value), UNITS[mattenhet], int(decimaler)) == printed


@pytest.mark.parametrize(
    ("value", "mattenhet", "decimaler", "printed"),
    rows("""
        -24   | procent              | 0 | −24·procentenheter
        0.62  | procent              | 1 | +0,6·procentenheter
        1     | procent              | 0 | +1·procentenhet
        -1    | procent              | 0 | −1·procentenhet
        1     | procent              | 1 | +1,0·procentenheter
        0     | procent              | 0 | 0·procentenheter
        -0.04 | procent              | 1 | 0,0·procentenheter
        7.5   | mkr                  | 1 | +7,5·mkr
        -65   | antal                | 0 | −65
        4700  | antal                | 0 | +4·700
        0.3   | medelvärde           | 1 | +0,3
        -40   | plats                | 0 | −40·platser
        1     | plats                | 0 | +1·plats
        -12   | per 100 000 invånare | 0 | −12·per·100·000·invånare
    """),
)
def test_a_difference_has_its_sign_and_between_shares_it_is_in_procentenheter(value, mattenhet, decimaler, printed):
    assert difference(Decimal(value), UNITS[mattenhet], int(decimaler)) == printed


def test_the_no_break_space_and_the_minus_are_the_real_characters():
    assert amount(Decimal(-56200), UNITS["tkr"]) == "\u221256\u00a0200\u00a0tkr"


@pytest.mark.parametrize(
    ("written", "value"),
    rows("""
        56 200      | 56200
        56·200      | 56200
        56\u2009200 | 56200
        56\u202f200 | 56200
        1  862  201 | 1862201
        -34,2       | -34.2
        −34,2       | -34.2
        –34,2       | -34.2
        − 34,2      | -34.2
        +7,5        | 7.5
        0.83        | 0.83
        82,00       | 82.00
        1.862,5     | 1862.5
        1.862.201,5 | 1862201.5
        2495        | 2495
        2495.125    | 2495.125
        0.750       | 0.750
        007         | 7
        ·219·       | 219
    """),
)
def test_reading_a_number_with_any_space_and_any_minus(written, value):
    assert read_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    ["", "  ", "-", "drygt 95", "12 34", "5600 200", "1,5,6", "26–28", "82 %", "1e5", "NaN", "Infinity", "1_000", "½",
     "5\n600"],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(written):
    with pytest.raises(ValueError, match=r"är inte ett tal$"):
        read_number(written)


@pytest.mark.parametrize("written", ["12.750", "-1.250", "999.999", "12.750 %", "12.750 poäng"])
def test_a_point_before_three_digits_is_refused_since_it_can_be_thousands_or_decimals(written):
    with pytest.raises(ValueError, match="kan läsas som tusental eller som decimaltal; skriv med decimalkomma"):
        read_quantity(written)


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    rows("""
        82,00%               | 82.00    | procent
        99,1 %               | 99.1     | procent
        0.83 procent         | 0.83     | procent
        +7,5 mkr             | 7.5      | mkr
        10 Mkr               | 10       | mkr
        3 mnkr               | 3        | mkr
        2 362 dygn           | 2362     | dygn
        plats 12             | 12       | plats
        Plats·210            | 210      | plats
        855 st./100 000 inv  | 855      | per 100 000 invånare
        2 procentenheter     | 2        | procentenheter
        2200 st              | 2200     | antal
        4 st.                | 4        | antal
        tre                  | 3        |
        Nio                  | 9        |
        219                  | 219      |
    """),
)
def test_reading_a_number_with_its_unit(written, value, unit):
    assert read_quantity(written) == Quantity(Decimal(value), UNITS[unit] if unit else None)


@pytest.mark.parametrize(
    "written", ["82 procentare", "5 stolar", "drygt 95 %", "% 82", "mkr", "5\n600", "5\t600", "82 % 93 %"]
)
def test_what_is_not_one_number_with_a_known_unit_is_refused(written):
    with pytest.raises(ValueError, match=r"är inte ett tal$"):
        read_quantity(written)


@pytest.mark.parametrize(("unit", "written"), [(unit, way) for unit in UNITS.values() for way in unit.spellings])
def test_every_way_of_writing_a_unit_is_read(unit, written):
    of_share = unit.kind == "andel" and written == "%"  # what it is a share of stands in its name
    assert of_share or BUILT_IN_UNITS.written(written).takes(unit)
    assert of_share or BUILT_IN_UNITS.written(written.upper()).takes(unit)
    if unit.kind != "plats" and unit in BUILT_IN_UNITS.known:
        assert read_quantity(f"1 {written}") == Quantity(Decimal(1), unit)


@pytest.mark.parametrize(("word", "value"), NUMBER_WORDS.items())
def test_number_words_are_read(word, value):
    assert read_quantity(word.capitalize()) == Quantity(Decimal(value))


@given(values, units, decimals)
def test_what_is_written_is_read_back(value, unit, decimaler):
    read = read_quantity(amount(value, UNITS[unit], decimaler))

    assert read.value == rounded(value, decimaler)
    assert UNITS[unit].takes(read.unit)
    assert (read.unit is None) == (UNITS[unit].many == "")


@given(values, decimals)
def test_rounding_moves_at_most_half_a_step_and_away_from_zero_at_the_half(value, decimaler):
    step = Decimal(1).scaleb(-decimaler)
    move = (abs(rounded(value, decimaler)) - abs(value)) / step

    assert Decimal("-0.5") < move <= Decimal("0.5")


@given(values, decimals)
def test_zero_never_has_a_sign(value, decimaler):
    written = number(value, decimaler, sign=True)

    assert written[0] in "+−" or set(written) <= set("0,")
    assert (written[0] in "+−") == (rounded(value, decimaler) != 0)


@pytest.mark.parametrize(
    ("count", "word"),
    rows("""
        0    | inget
        1    | ett
        3    | tre
        12   | tolv
        13   | 13
        2200 | 2·200
    """),
)
def test_small_counts_are_words_in_running_text(count, word):
    assert count_word(int(count)) == word


def test_lists_in_running_text():
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b"]) == "a och b"
    assert enumeration(["a", "b", "c"]) == "a, b och c"


def test_dates_in_running_text():
    assert date_in_text(date(2025, 1, 30)) == f"30{NBSP}januari{NBSP}2025"


@pytest.mark.parametrize(
    "written", ["2025-01-30", "30 januari 2025", "30·Januari 2025".replace("·", NBSP), " 30  januari 2025 "]
)
def test_reading_a_date(written):
    assert read_date(written) == date(2025, 1, 30)


@given(st.dates())
def test_a_date_in_text_is_read_back(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {date_in_text(day).split(NBSP)[1]} {day.year:04d}") == day


@pytest.mark.parametrize("written", ["2025-02-29", "31 april 2025", "0 maj 2025", "2025-13-01"])
def test_a_day_that_does_not_exist(written):
    with pytest.raises(ValueError, match=f"«{written}» finns inte i almanackan"):
        read_date(written)


@pytest.mark.parametrize("written", ["", "30/1 2025", "jan 2025", "20250130", "30 januari", "i våras"])
def test_what_is_no_date(written):
    with pytest.raises(ValueError, match="är inget datum; skriv till exempel 2024-11-30"):
        read_date(written)

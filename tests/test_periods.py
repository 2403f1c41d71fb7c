from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.periods import REPORTING_MONTHS, Period
from table_text import rows

periods = st.builds(Period, st.integers(2001, 2098), st.sampled_from(REPORTING_MONTHS))


@pytest.mark.parametrize(
    ("written", "name", "span"),
    rows("""
        2024-04 | april 2024    | januari–april 2024
        2024-08 | augusti 2024  | januari–augusti 2024
        2024-12 | december 2024 | januari–december 2024
    """),
)
def test_what_the_three_periods_of_a_year_are_called(written, name, span):
    period = Period.parse(written)

    assert (period.name, period.span) == (name, span)


@pytest.mark.parametrize(
    ("written", "last_day", "previous", "year_before"),
    rows("""
        2024-04 | 2024-04-30 | 2023-12 | 2023-04
        2024-08 | 2024-08-31 | 2024-04 | 2023-08
        2024-12 | 2024-12-31 | 2024-08 | 2023-12
    """),
)
def test_what_a_period_covers_and_what_it_is_compared_with(written, last_day, previous, year_before):
    period = Period.parse(written)

    assert period.last_day == date.fromisoformat(last_day)
    assert (str(period.previous), str(period.year_before)) == (previous, year_before)


def test_every_period_but_the_last_is_a_delar():
    assert [Period(2024, month).is_delar for month in REPORTING_MONTHS] == [True, True, False]


@pytest.mark.parametrize(
    "written", ["", "2024", "2024-8", "24-08", "2024-08-31", "augusti 2024", " 2024-08", "1999-12", "2024-12\n"]
)
def test_another_form_is_refused_with_an_example(written):
    with pytest.raises(ValueError, match=r"är ingen period\. Skriv år och sista månad, till exempel 2024-12"):
        Period.parse(written)


@pytest.mark.parametrize("written", ["2024-01", "2024-09", "2024-00", "2024-13"])
def test_a_month_that_nobody_reports_is_refused_with_those_that_are(written):
    expected = (
        rf"^«{written}» är ingen rapporteringsperiod. "
        r"Uppföljning görs per april \(04\), augusti \(08\) och december \(12\)$"
    )
    with pytest.raises(ValueError, match=expected):
        Period.parse(written)


def test_periods_are_in_order_of_time():
    written = ["2024-12", "2023-12", "2024-04", "2024-08"]

    assert [str(period) for period in sorted(map(Period.parse, written))] == [
        "2023-12",
        "2024-04",
        "2024-08",
        "2024-12",
    ]


@given(periods)
def test_a_period_is_read_as_it_is_written(period):
    assert Period.parse(str(period)) == period


@given(periods)
def test_the_previous_period_is_the_nearest_one_before_and_three_make_a_year(period):
    assert period.year_before < period.previous < period or period.previous == period.year_before
    assert period.previous.previous.previous == period.year_before

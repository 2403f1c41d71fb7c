"""When the plan says that a mätetal is measured, and what follows where it isn't: nothing is asked for, and nothing is missing."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broken_files import CLEAN
from reporting.assess.check import inspect_period
from reporting.assess.underlag import load
from reporting.batch.status import lage_of_period
from reporting.handout.workbooks import write_templates
from reporting.params.read import read_params
from reporting.params.root import find_root
from reporting.params.schedule import STEPS, Schedule, read_schedule
from reporting.periods import REPORTING_MONTHS, Period
from reporting.show.chapters.matetal import matetal
from reporting.show.chapters.underlag import missing
from table_text import rows

PERIODS = st.builds(Period, st.integers(2000, 2099), st.sampled_from(REPORTING_MONTHS))


@pytest.mark.parametrize(
    ("words", "step", "first", "last_period"),
    rows("""
        vartannat år från 2024             | 2 | 2024 |
        Vartannat år, från och med 2024    | 2 | 2024 |
        vartannat år (2024)                | 2 | 2024 |
        vart tredje år, senast 2023   | 3 | 2002 |
        vart fjärde år, nästa gång: 2026   | 4 | 2002 |
        Mäts vartannat år, senast mätt 2024. | 2 | 2000 |
        vart 3:e år från 2024              | 3 | 2024 |
        var tredje år fr.o.m. 2024         | 3 | 2024 |
        jämna år                           | 2 | 2000 |
        udda år                            | 2 | 2001 |
        jämna år, i december               | 2 | 2000 | ja
        på helår                           | 1 |      | ja
        varje år från 2026                 | 1 | 2026 |
        varje år                           | 1 |      |
        december                           | 1 |      | ja
        i december                         | 1 |      | ja
        en gång om året, i december        | 1 |      | ja
        vid årets slut                     | 1 |      | ja
        vartannat år från 2024, i december | 2 | 2024 | ja
    """),
)
def test_when_is_read_as_an_analyst_writes_it(words: str, step: str, first: str, last_period: str) -> None:
    assert read_schedule(words) == Schedule(int(step), int(first) if first else None, bool(last_period))


@pytest.mark.parametrize(
    "words",
    [
        "ibland",
        "vartannat år",
        "från 2024",
        "vart tionde år från 2024",
        "vartannat år från i fjol",
        "2024",
        "jämna år från 2025",
    ],
)
def test_other_words_are_refused_with_an_example(words: str) -> None:
    with pytest.raises(ValueError, match="till exempel «vartannat år från 2024»"):
        read_schedule(words)


def test_nothing_said_is_every_period() -> None:
    assert read_schedule("") is None


@given(st.sampled_from(sorted(set(STEPS.values()))), st.integers(2000, 2099), st.booleans(), PERIODS)
def test_what_is_not_measured_now_is_so_in_the_year_that_is_told(
    step: int, first: int, last_period: bool, period: Period
) -> None:
    schedule = Schedule(step, first, last_period)
    why = schedule.why_not(period)
    if why and why[-4:].isdigit():
        coming = int(why[-4:])
        assert coming > period.year and (coming - first) % step == 0
        assert schedule.why_not(Period(coming, 12)) == ""
        between = range(period.year, coming)
        assert all(schedule.why_not(Period(year, 12)) == why for year in between)
    else:
        assert (why == "mäts i december") == (last_period and period.is_delar)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The clean root, where waiting time is measured every third year, next in 2026, and hasn't been delivered."""
    shutil.copytree(CLEAN, tmp_path, dirs_exist_ok=True)
    plan = tmp_path / "params" / "planer" / "testnamnden.yml"
    words = plan.read_text(encoding="utf-8")
    plan.write_text(
        words.replace("mattenhet: dagar", "mattenhet: dagar\n        mats: vart tredje år, nästa gång 2026"),
        encoding="utf-8",
    )
    path = tmp_path / "data" / "2024-12" / "testnamnden" / "utfall.xlsx"
    book = openpyxl.load_workbook(path)
    [cell] = [row[4] for row in book["Mätetal"].iter_rows() if row[0].value == "vantetid"]
    cell.value = None
    book.save(path)
    return tmp_path


def test_what_is_not_measured_is_neither_asked_for_nor_missing(root: Path) -> None:
    period = Period(2024, 12)
    found = find_root(root)
    check = inspect_period(found, period)
    assert (check.faults, check.notiser) == ((), ())
    assert [item.id for item in check.saknade if item.id == "vantetid"] == []
    [lage] = lage_of_period(found, period)
    assert lage.levererade == lage.matetal
    underlag = load("2024-12", "testnamnden", str(root))
    assert "Väntetid" not in missing(underlag)
    assert "mäts vart tredje år, nästa gång 2026" in matetal(underlag.resultat)
    params, _ = read_params(found.params, period)
    assert params
    [path], _ = write_templates(found, params, "testnamnden", root / "mallar")
    ids = [row[0].value for row in openpyxl.load_workbook(path)["Mätetal"].iter_rows()]
    assert "olyckor" in ids
    assert "vantetid" not in ids

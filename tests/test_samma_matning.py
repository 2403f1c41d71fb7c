"""A measurement that is delivered again is nowhere a figure that hasn't changed: each place that compares with an earlier value."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, copied
from reporting.assess.resultat import Matetalsresultat, Status, Trend
from reporting.assess.underlag import Underlag, load
from reporting.periods import Period
from reporting.show import goal_chart, sentences
from reporting.show.chapters import matetal
from reporting.show.chapters.matetal import forecasts
from reporting.site.facts import fakta_of
from reporting.site.history import MatetalHistory, histories
from reporting.site.matetal_chart import finding, over_time
from reporting.swedish import NBSP

APRIL = Period(2025, 4)
AGAIN = (
    "trygga-sabo",
    "behorighet-yrkesprogram",
    "betygspoang",
    "skolranking",
    "nojda-vardnadshavare",
    "lovskola-deltagare",
    "simkunnighet",
)
"""What Exempelkommun measures once a year, and in April 2025 delivers as in December 2024."""


@pytest.fixture(scope="module")
def since_december(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Underlag]:
    """A nämnd's April 2025, compared with December 2024."""
    root = copied(EXEMPELKOMMUN, tmp_path_factory.mktemp("kommun"))
    path: Path = root.params / "2025-04.yml"
    path.write_text('jamfor_med: "2024-12"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    made = {
        name: load("2025-04", name, str(root.folder))
        for name in ("socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden")
    }
    return made.__getitem__


def found(underlag: Underlag, name: str) -> Matetalsresultat:
    return next(r for r in (*underlag.resultat.matetal, *underlag.resultat.indikatorer) if r.matetal.id == name)


def plain(html: object) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", str(html)).replace(NBSP, " ").split())


def test_it_can_not_be_compared_and_gives_no_change(since_december: Callable[[str], Underlag]) -> None:
    results = [
        r
        for name in ("socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden")
        for r in (*since_december(name).resultat.matetal, *since_december(name).resultat.indikatorer)
    ]
    same = {r.matetal.id: r for r in results if r.matetal.id in AGAIN}
    assert same.keys() == set(AGAIN)
    for result in same.values():
        assert result.varde == result.tidigare_varde
        assert (result.trend, result.trend_orsak) == (Trend.KAN_INTE_JAMFORAS, "ingen ny mätning sedan dess")
        assert (result.jamforbart, result.forandring, result.helst) == (None, None, None)
    stayed = same["behorighet-yrkesprogram"]  # «ska öka med 1 procentenhet per år»
    assert (stayed.status, stayed.orsak, stayed.malniva) == (
        Status.KAN_INTE_BEDOMAS,
        "ingen ny mätning sedan dess",
        None,
    )
    assert stayed.prognos is not None
    assert (stayed.prognos.utsikt, stayed.prognos.orsak) == (None, "ingen ny mätning sedan december 2024")
    others = [r for r in results if r.matetal.id not in AGAIN and r.jamforbart is not None]
    assert len(others) > 10


def test_the_tables_say_that_nothing_is_new(since_december: Callable[[str], Underlag]) -> None:
    resultat = since_december("utbildningsnamnden").resultat
    row = re.search(r'<tr[^>]*id="matetal-skolranking".*?</tr>', str(matetal.matetal(resultat)), re.DOTALL)
    assert row
    assert plain(row[0]).endswith("Kan inte jämföras ingen ny mätning sedan dess")
    assert "Oförändrad" not in plain(row[0])
    parts = plain(matetal.by_sex(resultat))
    assert "Behöriga till yrkesprogram 87,2 % 83,7 % 85,4 % Ingen ny mätning sedan december 2024." in parts
    assert "Hög frånvaro i årskurs 7–9 9,6 % (9,4 %) 8,6 % (8,6 %) 9,1 %" in parts
    row = re.search(
        r"<tr[^>]*><th[^>]*><a href=\"#matetal-behorighet-yrkesprogram.*?</tr>", str(forecasts(resultat)), re.DOTALL
    )
    assert row
    assert "– ingen ny mätning sedan december 2024 Senaste värdet" in plain(row[0])


def test_the_chart_has_no_ring_around_it(since_december: Callable[[str], Underlag]) -> None:
    resultat = since_december("utbildningsnamnden").resultat
    goal = next(mal for mal in resultat.mal if mal.mal.id == "kunskaper")
    again = [r for r in goal.matetal if r.matetal.id in AGAIN]
    made = str(goal_chart.goal_chart(goal, resultat))
    alt = plain(re.findall(r"<p id=[^>]*hidden>(.*?)</p>", made)[0])
    for result in again:
        assert f"{result.matetal.kortnamn}: " in alt
    assert alt.count("ingen ny mätning sedan december 2024") == len(again) == 3
    assert alt.count("december 2024 ") == 1  # of lärare med legitimation, which were counted anew
    only = goal_chart.goal_chart(type(goal)(**{**goal.__dict__, "matetal": tuple(again)}), resultat)
    assert "Öppen ring" not in str(only)
    assert "Öppen ring: december 2024" in made


def test_no_sentence_tells_it_as_a_change(since_december: Callable[[str], Underlag]) -> None:
    for name in ("socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden"):
        resultat = since_december(name).resultat
        told = plain(sentences.summary_sentences(resultat)) + " ".join(
            sentences.goal_finding(mal) for mal in resultat.mal
        )
        for result in resultat.matetal:
            if result.matetal.id in AGAIN:
                assert f"{result.matetal.kortnamn} (" not in told
                assert f"{sentences.lowered(result.matetal.kortnamn)} gick" not in told


def test_over_time_each_measurement_is_shown_once() -> None:
    periods = [Period.parse(text) for text in ("2023-12", "2024-04", "2024-08", "2024-12", "2025-04", "2025-08")]
    fakta = {when: [fakta_of(load(str(when), "utbildningsnamnden", str(EXEMPELKOMMUN)))] for when in periods}
    shown: dict[str, MatetalHistory] = {historia.nu.id: historia for historia in histories(fakta)}
    ranking = shown["skolranking"]
    days = [(str(when), int(value)) for when, value, _ in ranking.matningar if when >= periods[0]]
    assert days == [("2024-08", 81), ("2025-08", 62)]
    assert len([when for when, _, _ in ranking.utfall if when >= periods[0]]) == 6
    figure = plain(over_time(ranking))
    assert "En mätning som har rapporterats flera gånger visas en gång, vid den senaste perioden." in figure
    assert "December 2024" not in figure
    assert (
        finding(ranking)
        .replace(NBSP, " ")
        .endswith("till plats 62 (augusti 2025); målvärdet plats 50 eller bättre: ej uppnått")
    )
    assert len(shown["skolfranvaro"].matningar) == len(shown["skolfranvaro"].utfall)

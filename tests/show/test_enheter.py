"""A unit stands once where it is told: every mattenhet, through everything that prints a mätetal."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from built_in_units import OWN, OWN_UNITS, UNITS
from conftest import EXEMPELKOMMUN
from reporting.assess.assess import assess_matetal
from reporting.assess.notices import find_notices
from reporting.assess.underlag import Underlag, load
from reporting.handout.rows import Before, template_sheets
from reporting.html import Html
from reporting.params.blad import Blad, Bladpost, Kolumn
from reporting.params.deliverers import Del
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Bladrad, Cell, Leverans, Utfall
from reporting.show import goal_chart, sentences
from reporting.show.chapters import matetal as matetal_chapter
from reporting.show.chapters import plan, underlag
from reporting.show.chapters.blad import blad
from reporting.show.chapters.matetal import forecasts
from reporting.show.table import TableValues
from reporting.site.changes import report_differences
from reporting.site.downloads import figures_of
from reporting.site.facts import fakta_of
from reporting.site.history import histories
from reporting.site.matetal_chart import over_time
from reporting.site.matetal_page import matetal_page
from reporting.site.namnd_page import boards, namnd_page
from reporting.site.table_files import table_csv
from reporting.units import Unit, amount, beside, compact, difference, says_unit
from tiers import NIGHTLY

AUGUSTI, I_FJOL = Period(2025, 8), Period(2024, 8)
TARGETS = {
    "minst": "minst 10",
    "med enhet": "minst 10 {}",
    "ska öka": "ska öka",
    "med": "ska öka med 2",
    "från": "från 8 (2022) till minst 10",
    "inget": "",
}
NAMES = ("Det som mäts", "Det som mäts, {}", "Det som mäts ({})")


def underlag_with(unit: Unit, name: str, target: str, base: Underlag) -> Underlag:
    """Exempelkommun's kultur- och fritidsnämnd with one goal and one mätetal, of this unit, and a sheet of the kommun's own."""
    shown = unit.many or unit.name
    written = TARGETS[target].format(shown)
    if unit.kind == "plats":
        written = {"minst": "topp 10", "med enhet": "plats 10", "ska öka": "ska minska", "med": "ska minska med 2"}.get(
            target, ""
        )
    if unit.kind == "andel" and target == "med":
        written += " procentenheter"
    matetal = Matetal.model_validate({
        "id": "m", "namn": name.format(unit), "mattenhet": unit.name, "malvarde": written, "battre": None if written else "högre",
        "kon": ("kvinnor", "män"), "definition": "Allt räknas.",
    }, context=OWN_UNITS)  # fmt: skip

    def outcome(period: Period, kon: str, value: str) -> Utfall:
        return Utfall(period, "m", kon, Decimal(value), None, "", None, "", "", "u.xlsx", "Mätetal", "C2")

    values = (("", "1200"), ("kvinnor", "1100"), ("män", "1300"))
    nu = tuple(outcome(AUGUSTI, kon, value) for kon, value in values)
    before = tuple(outcome(I_FJOL, kon, value[:-2]) for kon, value in values)
    result = assess_matetal(matetal, Decimal(0), AUGUSTI, I_FJOL, nu, before)
    goal = base.resultat.mal[0]
    in_plan = goal.mal.model_copy(
        update={
            "matetal": (matetal,),
            "aktiviteter": (goal.mal.aktiviteter[0].model_copy(update={"matetal": (matetal,)}),),
        }
    )
    resultat = replace(base.resultat, mal=(replace(goal, mal=in_plan, matetal=(result,), aktiviteter=()),))
    definition = Blad(
        id="eget",
        blad="Eget",
        kolumner=(
            Kolumn(namn="vad"),
            Kolumn.model_validate({"namn": name.format(unit).lower(), "innehall": unit.name}, context=OWN_UNITS),
        ),
    )
    rad = Bladrad(
        "eget", "A", {definition.headings[1]: Cell("12", Decimal(12), 0, unit, cell="B2")}, {}, "u.xlsx", "Eget"
    )
    return replace(
        base,
        params=replace(base.params, blad=(*base.params.blad, definition)),
        plan=base.plan.model_copy(update={"namndsmal": (in_plan,)}),
        nu=Leverans(utfall=nu, rader=(rad,)),
        tidigare=Leverans(utfall=before),
        fore=Leverans(utfall=before),
        resultat=resultat,
    )


def shown_parts(html: str) -> Iterator[str]:
    """What is read in one go: a cell, a caption, a paragraph, a text in a figure."""
    for part in re.split(r"</?(?:td|th|tr|table|caption|p|li|dt|dd|text|figcaption|h\d|div)\b[^>]*>", str(html)):
        if said := " ".join(re.sub(r"<[^>]*>", " ", part).split()):
            yield said


def printed(u: Underlag) -> dict[str, list[str]]:
    """Everything that is printed of the one mätetal, by what prints it."""
    resultat, [goal] = u.resultat, u.resultat.mal
    [result] = goal.matetal
    matetal, unit = result.matetal, result.matetal.mattenhet
    fakta = fakta_of(u)
    older = fakta.model_copy(
        update={"period": "2024-08", "matetal": (fakta.matetal[0].model_copy(update={"varden": fakta.historik[0][1]}),)}
    )
    both = {AUGUSTI: [fakta.model_copy(update={"historik": ()})], I_FJOL: [older.model_copy(update={"historik": ()})]}
    [historia] = histories(both)
    own = Blad(id="ar", blad="År", arskolumner=True, kolumner=(Kolumn(namn="id"), Kolumn(namn="vad")))
    post = Bladpost(id="m", namn=matetal.namn, mattenhet=unit)
    part = Del(None, (matetal,), (), ((own, (post,)),))
    pages: dict[str, Html | str] = {
        "tables.matetal": matetal_chapter.matetal(resultat),
        "tables.goal": matetal_chapter.goal_tables(goal, resultat),
        "tables.by_sex": matetal_chapter.by_sex(resultat),
        "tables.not_assessed": matetal_chapter.not_assessed(resultat),
        "forecasts": forecasts(resultat),
        "charts": goal_chart.goal_chart(goal, resultat),
        "summary": sentences.summary_sentences(resultat),
        "goal_finding": sentences.goal_finding(goal),
        "plan": plan.planned_goals(u),
        "readings": underlag.readings(u),
        "tracing": underlag.tracing(u),
        "blad": blad(u, "eget"),
        "over_time": over_time(historia),
        "page": matetal_page(historia, over_time(historia), {}, (), Html("")).huvud,
        "namnd": namnd_page(boards(both, [historia])[0]).huvud,
    }
    found = {name: list(shown_parts(str(html))) for name, html in pages.items()}
    found["amounts"] = [write(Decimal(12), unit) for write in (amount, compact, difference)]
    found["from_to"] = [f"{matetal.kortnamn} {sentences.from_to(result)}", sentences.foreseen(result)]
    found["notiser"] = [notis.iakttagelse for notis in find_notices(u.plan, u.nu, u.tidigare.utfall, ())]
    found["andringar"] = [
        str(item)
        for report in report_differences({("p", "n"): older}, {("p", "n"): fakta})
        for item in report.andringar
    ]
    sheets = template_sheets(part, AUGUSTI, Before((I_FJOL,), u.tidigare.utfall), ())
    found["template"] = [slot.text for sheet in sheets for row in sheet.rows for slot in row]
    [table] = matetal_chapter.matetal(resultat).tables
    found["csv"] = table_csv(TableValues(**table)).replace(";", "\n").splitlines()
    found["figures_of"] = figures_of(historia)[1].decode().replace(";", "\n").splitlines()
    return found


@pytest.fixture(scope="module")
def base() -> Underlag:
    return load("2025-08", "kultur-och-fritidsnamnden", str(EXEMPELKOMMUN))


ALL = UNITS | OWN


@pytest.mark.parametrize("unit", ALL.values(), ids=ALL)
def test_no_unit_stands_twice_wherever_a_matetal_is_printed(unit: Unit, base: Underlag) -> None:
    sign = re.escape(unit.many if unit.many == "%" else unit.name)
    twice = re.compile(rf"(?<!\w){sign}[^\w:]{{0,4}}(?<!\w){sign}(?!\w)", re.IGNORECASE)
    ways = list(product(NAMES, TARGETS))
    turn = list(ALL).index(unit.name)
    for name, target in ways if NIGHTLY else (ways[turn % 18], ways[(turn + 7) % 18]):
        for where, parts in printed(underlag_with(unit, name, target, base)).items():
            for part in (item.replace("\u00a0", " ") for item in parts):
                assert not twice.search(part), (where, part)
                if unit.long:
                    said = name.format(unit)
                    told = unit.name in said and said in part  # by the name itself
                    assert part.replace(said, "").count(unit.name) <= (not told), (where, part)


@pytest.mark.parametrize(
    ("name", "unit", "shown"),
    [
        ("Fallskador", "per 100 000 invånare", "per 100 000 invånare"),
        ("Fallskador per 100\u00a0000 invånare och år", "per 100 000 invånare", ""),
        ("Fallskador, st/100 000 inv", "per 100 000 invånare", ""),
        ("Nöjdhet", "medelvärde", "medelvärde"),
        ("Medelvärde för nöjdhet", "medelvärde", ""),
        ("Väntetid", "dagar", ""),
    ],
)
def test_a_long_unit_stands_beside_a_name_that_does_not_say_it(name: str, unit: str, shown: str) -> None:
    assert beside(name, UNITS[unit]) == shown


@pytest.mark.parametrize(
    ("name", "unit", "said"),
    [
        ("Kostnad, tkr", "tkr", True),
        ("Kostnad (mkr)", "mkr", True),
        ("Andel nöjda (%)", "procent", True),
        ("Antal timmar per vecka", "timmar", False),
        ("Sjukfrånvaro, 50 år eller äldre", "procent", False),
    ],
)
def test_a_name_says_its_unit_at_its_end(name: str, unit: str, said: bool) -> None:
    assert says_unit(name, UNITS[unit]) is said

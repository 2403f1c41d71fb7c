"""Units: those that the handbook lists, and any that a kommun adds: written, read and printed, and never taken for another."""

import pickle
import re
from decimal import Decimal
from itertools import combinations

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from built_in_units import OWN, OWN_UNITS, UNITS
from conftest import PROJECT
from reporting.faults import Faults
from reporting.params.fields import unit_named
from reporting.params.kommun import Enhet, Kommun
from reporting.params.kommun_faults import check_kommun
from reporting.params.located import Located
from reporting.params.malvarde import parse_target
from reporting.params.malvarde_words import in_words
from reporting.params.plan import Matetal
from reporting.params.yaml_files import read_yaml_text
from reporting.swedish import read_number
from reporting.units import (
    BUILT_IN_UNITS,
    PROCENT,
    Quantity,
    Unit,
    Units,
    amount,
    difference,
    nearest_unit,
    read_quantity,
)
from tiers import many

HANDBOK = (PROJECT / "docs" / "handbok.md").read_text(encoding="utf-8")
SECTION = HANDBOK.split("\n### Enheter\n")[1].split("\n## ")[0]
STEPS = {"en": {"steg": [{"id": "ej", "namn": "Ej", "form": "kvadrat", "ton": "rod", "fran": 0}]}}


def table(heading: str) -> list[list[str]]:
    """The rows of the section's table with this first heading."""
    lines = SECTION.split(f"\n| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_handbook_lists_every_unit_of_each_kind_and_how_it_is_written() -> None:
    def told(unit: Unit) -> str:
        ways = dict.fromkeys((unit.many or unit.name, unit.one or unit.name, *unit.ways))
        ways.pop(unit.name, None)
        return f"`{unit}`" + (f" ({', '.join(ways)})" if ways else "")

    kinds: dict[str, list[str]] = {}
    for unit in BUILT_IN_UNITS.known:
        kinds.setdefault(unit.kind, []).append(told(unit))
    assert {kind: units for kind, units, _ in table("Slag")} == {kind: ", ".join(all_) for kind, all_ in kinds.items()}


def test_the_handbooks_own_units_are_those_that_the_tests_know() -> None:
    [example] = re.findall(r"```yaml\n(enheter:.*?)```", SECTION, re.DOTALL)
    assert [Enhet.model_validate(item).unit for item in yaml.safe_load(example)["enheter"]] == list(OWN.values())
    assert faults_of(example) == []


def faults_of(enheter: str) -> list[tuple[int, str, str, str]]:
    """(line, what stood there, what was expected, how to mend it) of each fault of a kommun.yml with these units first in it."""
    rest = yaml.safe_dump({"kommun": "K", "namnder": [{"id": "n", "namn": "N"}], "skalor": STEPS}, allow_unicode=True)
    faults = Faults("params/kommun.yml")
    located = read_yaml_text(enheter + rest, faults)
    assert located
    check_kommun(Kommun.model_validate(located.content), located)
    return [(fault.rad, fault.stod, fault.vantat, fault.atgard) for fault in faults.sorted()]


@pytest.mark.parametrize(("written", "name", "printed", "differs"), table("Tal"))
def test_a_unit_stands_in_the_number_that_the_handbook_says(
    written: str, name: str, printed: str, differs: str
) -> None:
    value, unit = read_number(written), (UNITS | OWN)[name]
    assert amount(value, unit).replace("\u00a0", " ") == printed
    assert difference(value, unit).replace("\u00a0", " ") == differs


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("per 10 000 invånar", "per 10 000 invånare"), ("per 10000 invånre", "per 10 000 invånare"), ("per 1000 000 invånare", ""),
        ("per 50 000 invånare", ""), ("tkr per elev", ""), ("kr per elv", "kr per elev"), ("mdkr", ""), ("xkr", ""), ("Tkr", "tkr"),
        ("MKR", "mkr"), ("TWh", ""), ("kwh", "kWh"), ("MWh per kvm", ""), ("kg per portion", ""), ("milligram per portion", ""),
        ("dagr", "dagar"), ("prosent", "procent"), ("centiliter", ""), ("antall", "antal"), ("hg", ""),
        ("per tusen invånare", ""), ("kr per mil", ""), ("kW", ""), ("MW", ""), ("km/h", ""), ("kWh/inv", ""), ("vardagar", ""),
        ("grader", ""), ("andel", ""), ("minuter per insats", ""), ("kr per kund", ""), ("kr per brukre", "kr per brukare"),
    ],
)  # fmt: skip
def test_what_is_asked_about_is_never_ten_times_what_was_written(written: str, unit: str) -> None:
    assert nearest_unit(written, BUILT_IN_UNITS.names) == unit


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("ton CO₂e", "ton koldioxidekvivalenter"), ("ton CO2-ekv.", "ton koldioxidekvivalenter"), ("tCO₂e", "ton koldioxidekvivalenter"),
        ("kg/inv.", "kg per invånare"), ("min.", "minuter"), ("tim.", "timmar"), ("Mkr.", "mkr"), ("kWh/m²", "kWh per kvm"),
        ("Procent", "procent"), ("skala 1-5", "skala 1–5"),
    ],
)  # fmt: skip
def test_a_unit_is_known_as_people_write_it(written: str, unit: str) -> None:
    assert str(BUILT_IN_UNITS.written(written)) == unit
    assert written.startswith("skala") or read_quantity(f"5 {written}") == Quantity(
        Decimal(5), BUILT_IN_UNITS.written(unit)
    )
    assert unit_named(written, BUILT_IN_UNITS).name == unit


def test_andel_alone_is_asked_about_as_procent() -> None:
    with pytest.raises(PydanticCustomError) as told:
        unit_named("andel", BUILT_IN_UNITS)
    assert told.value.context
    assert told.value.context["atgard"].endswith("Menade du «procent»?")
    assert told.value.context["vantat"].endswith("eller andel av något")


def test_what_is_counted_may_be_said_in_pieces_but_no_person_is_an_arsarbetare() -> None:
    leaks, st = Unit("läckor", "antal", "läcka"), BUILT_IN_UNITS.written("st")
    assert leaks.takes(st)
    assert not UNITS["årsarbetare"].takes(st)
    assert in_words(parse_target("högst 5 st"), leaks) == "högst 5\u00a0läckor"


SIZES = [
    ("kr", "tkr", "mkr"), ("gram", "kg", "ton"), ("kWh", "MWh", "GWh"), ("meter", "km", "mil"), ("liter", "kubikmeter"),
    ("per 1 000 invånare", "per 10 000 invånare", "per 100 000 invånare", "per invånare"),
    ("skala 1–10", "skala 0–100"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [pair for family in SIZES for pair in combinations(family, 2)])
def test_a_unit_that_was_left_out_is_not_answered_with_another_size_of_it(one: str, other: str) -> None:
    without = [name for name in (*BUILT_IN_UNITS.names, "skala 1–10", "skala 0–100") if name != one]
    assert nearest_unit(one, without) != other


@given(st.sampled_from([unit.name for unit in BUILT_IN_UNITS.known]), st.data())
@settings(max_examples=many(200, 3000))
def test_a_slip_of_the_finger_in_a_unit_never_changes_its_figures(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    slip = name[:place] + data.draw(st.sampled_from("aokr0mt ")) + name[place + data.draw(st.integers(0, 1)) :]
    meant = nearest_unit(slip, BUILT_IN_UNITS.names)
    assert not meant or re.sub(r"\D", "", meant) == re.sub(r"\D", "", slip)


# Own units

letters = st.sampled_from("abcdefghijklmnoprstuvyåäö")
words = st.text(letters, min_size=2, max_size=12)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
kinds = st.sampled_from(["antal", "mängd", "tid", "kvot"])
figures = st.decimals("0.1", 9999, places=1).filter(lambda value: not 1900 <= value <= 2099)


@settings(deadline=None, max_examples=many(25, 500))
@given(names, names, kinds, st.lists(names, max_size=2), figures)
def test_any_unit_that_may_be_added_is_read_as_it_is_written_and_printed(
    name: str, one: str, kind: str, ways: list[str], value: Decimal
) -> None:
    enhet = Enhet.model_validate({"namn": name, "en": one, "slag": kind, "skrivs": ways})
    kommun = Kommun.model_validate({"kommun": "K", "namnder": [], "skalor": STEPS, "enheter": [enhet]})
    faults = Faults("kommun.yml")
    check_kommun(kommun, Located(faults, {}))
    assume(not faults.found)
    units, unit = kommun.all_units, enhet.unit
    for way in (name, one, *ways):
        assert read_quantity(f"{value} {way}".replace(".", ","), units) == Quantity(value, unit)
        target = parse_target(f"högst {value} {way}".replace(".", ","), units)
        assert (target.operator, target.varde, target.enhet, target.ord) == ("<=", value, unit, "")
    for printed in (amount(value, unit), amount(Decimal(1), unit), amount(Decimal("0.6"), unit)):
        again = read_quantity(printed, units)
        assert (again.unit, amount(again.value, unit)) == (unit, printed)
    shown = in_words(parse_target(f"högst {value} {name}".replace(".", ","), units), unit)
    assert in_words(parse_target(shown, units), unit) == shown


def test_two_kommuner_in_the_same_process_do_not_mix_their_units() -> None:
    here = Units((Unit("portioner", "antal", "portion"),))
    there = Units((Unit("portioner", "mängd", "portion", ("p",)), Unit("lån", "antal")))
    assert parse_target("högst 3 portioner", here).enhet == here.own[0]
    assert parse_target("högst 3 portioner", there).enhet == there.own[0]
    assert parse_target("högst 3 p", there).enhet == there.own[0]
    assert read_quantity("3 lån", there).unit == there.own[1]
    for units in (here, BUILT_IN_UNITS):
        with pytest.raises(ValueError, match="är inte ett tal"):
            read_quantity("3 lån", units)


def test_a_unit_goes_to_another_process_and_into_json_as_its_name() -> None:
    said = {"id": "m", "namn": "M", "mattenhet": "vårdtillfällen", "malvarde": "högst 3 vårdtillfällen"}
    matetal = Matetal.model_validate(said, context=OWN_UNITS)
    again = pickle.loads(pickle.dumps(matetal))  # noqa: S301 - made here
    assert again == matetal
    assert again.target(2024).enhet == OWN["vårdtillfällen"]
    assert matetal.model_dump(mode="json")["mattenhet"] == "vårdtillfällen"


@pytest.mark.parametrize(
    ("slag", "more", "spellings", "printed"),
    [
        ("andel", "", ("täckningsgrad", "%"), "12 %"),
        ("antal", "", ("täckningsgrad",), "12 täckningsgrad"),
        ("skala", "", ("täckningsgrad",), "12"),
        ("kvot", "vid: talet", ("täckningsgrad",), "12 täckningsgrad"),
    ],
)
def test_each_kind_is_printed_in_its_way(slag: str, more: str, spellings: tuple[str, ...], printed: str) -> None:
    said = yaml.safe_load(f"{{namn: täckningsgrad, slag: {slag}, {more}}}")
    unit = Enhet.model_validate(said).unit
    assert (unit.spellings, amount(Decimal(12), unit).replace("\u00a0", " ")) == (spellings, printed)
    assert unit.takes(PROCENT) == (slag == "andel")
    assert unit.long == (slag in ("andel", "skala"))


@pytest.mark.parametrize(
    ("said", "is_long"),
    [
        ({"namn": "vårdtillfällen"}, False),
        ({"namn": "förskoleavdelningar"}, True),
        ({"namn": "förskoleavdelningar", "vid": "talet"}, False),
        ({"namn": "lån", "vid": "namnet"}, True),
    ],
)
def test_a_unit_that_would_not_fit_beside_a_value_stands_beside_the_name(said: dict[str, str], is_long: bool) -> None:
    assert Enhet.model_validate({"slag": "antal", **said}).unit.long == is_long

"""Målvärden in the plan's own words: read as they say, or asked about; never read as something else."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from built_in_units import UNITS
from reporting.params.malvarde import parse_target, resolved
from reporting.params.malvarde_grammar import UnreadableTarget
from reporting.params.malvarde_readings import shortest_reading
from reporting.params.malvarde_words import in_words
from reporting.params.plan import Matetal, Plan
from reporting.params.read import read_params
from reporting.periods import Period
from reporting.swedish import number
from reporting.units import BUILT_IN_UNITS, PROCENT, Unit, amount
from table_text import cases, rows

GIVEN = {f"{case['id']} {case['malvarde']}": case for case in cases("targets_more.tsv")}
OWN = {case["malvarde"]: case for case in cases("targets_own.tsv")}
ASKED = ("läses inte", "frågas om")
PLAN = Plan.model_validate(
    {"namnd": "namnden", "plan": "En plan", "galler": [2024], "namndsmal": [{"id": "mal", "namn": "Ett mål"}]}
)

WHY_ASKED = {
    "ska minst uppgå till 60 %, i genomsnitt under planperioden": "of several years together, while the outcome is of one",
    "högst 0 procent negativ avvikelse": "whether a negative avvikelse is above or below zero in the outcome",
    "ska minska med 25 procent under 2015-2025": "from the beginning of 2015 or from its outcome, and whether each year",
    "Nedåtgående trend utifrån lokala mål och mätningar": "over how many measurements a trend is",
    "Bland Sveriges 25% bästa kommuner": "a quartile of others, which the plan doesn't hold",
    "sjukfrånvaron ska minska jämfört med föregående år": "the year before, or the period that mätetal are compared with",
    "högst 14 olika personer under 14 dagar": "two figures, of which one isn't the level",
    "högst 40 gram per portion": "how many kilos it is, and of how many portions",
}  # fmt: skip
"""Those of our own phrases that are asked about, with what they leave open."""


def planned(case: dict[str, str]) -> dict[str, str]:
    unit = case["enhet"] if case["enhet"] in UNITS else "procent"  # "andel" is what a share is called, and no unit
    said = {"namn": "Ett mätetal", "mattenhet": unit, "malvarde": case["malvarde"]}
    return (
        said
        | ({"battre": case["battre"]} if case["battre"] else {})
        | ({"lases": case["lases"]} if "lases" in case else {})
    )


@pytest.fixture
def faults_of(tmp_path):
    """What `reporting check` says of the målvärden of a plan: for each, its faults."""

    def check(written: list[dict[str, str]]) -> list[list[str]]:
        matetal = [{"id": f"m-{index}", **planned(case)} for index, case in enumerate(written)]
        goals = [{"id": "ett", "namn": "Ett mål", "overgripande_mal": ["allt"], "matetal": matetal}]
        plan = {"namnd": "provnamnden", "plan": "Verksamhetsplan", "galler": [2024], "namndsmal": goals}
        steg = [{"id": "ej", "namn": "Ej", "form": "kvadrat", "ton": "rod", "fran": 0}]
        kommun = {
            "kommun": "Provkommun",
            "namnder": [{"id": "provnamnden", "namn": "Provnämnden"}],
            "overgripande_mal": [{"id": "allt", "namn": "Allt"}],
            "skalor": {
                "en": {"steg": [*steg, {"id": "helt", "namn": "Helt", "form": "cirkel", "ton": "gron", "fran": 1}]}
            },
            "rapporttyper": {"arsuppfoljning": {"namn": "Årsuppföljning", "skala": "en"}},
        }
        (tmp_path / "planer").mkdir()
        for name, values in (
            ("kommun", kommun),
            ("2024-12", {"period": "2024-12", "namnder": {"provnamnden": {}}}),
            ("planer/p-2024", plan),
        ):
            (tmp_path / f"{name}.yml").write_text(
                yaml.safe_dump(values, allow_unicode=True, width=1000), encoding="utf-8"
            )
        _, faults = read_params(tmp_path, Period(2024, 12))
        lines = (tmp_path / "planer/p-2024.yml").read_text(encoding="utf-8").splitlines()
        starts = [number for number, line in enumerate(lines, 1) if re.match(r"\s*- battre:|\s*- id: m-", line)]
        found: list[list[str]] = [[] for _ in written]
        for fault in faults:
            assert fault.fil == "params/planer/p-2024.yml", str(fault)
            found[sum(start <= int(fault.rad or 0) for start in starts) - 1].append(str(fault))
        return found

    return check


def reading(case: dict[str, str]) -> str:
    target = resolved(parse_target(case["malvarde"]), case["battre"] or None)
    return in_words(target, UNITS[case["enhet"]]).replace("\u00a0", " ")


@pytest.mark.parametrize("case", GIVEN.values(), ids=GIVEN)
def test_the_plans_words_are_read_as_they_say(case):
    if not case["lasning"].startswith(ASKED):
        assert reading(case) == case["lasning"]


@pytest.mark.parametrize("case", OWN.values(), ids=OWN)
def test_phrases_of_other_kommuner_are_read_as_they_say(case):
    if case["lasning"] not in ASKED:
        assert reading(case) == case["lasning"]


def test_what_may_mean_two_things_is_asked_about_and_nothing_else(faults_of):
    written = [*GIVEN.values(), *OWN.values()]
    asked = [case["malvarde"] for case, faults in zip(written, faults_of(written), strict=True) if faults]
    assert asked == [case["malvarde"] for case in written if case["lasning"].startswith(ASKED)]


def test_what_is_said_to_do_instead_does(faults_of):
    asked = [planned(case) for case in (*GIVEN.values(), *OWN.values()) if case["lasning"].startswith(ASKED)]
    said = [shortest_reading(case["malvarde"], Matetal(id="m", **case), PLAN).replace("…", "7") for case in asked]
    written = [
        {
            "lasning": "",
            "enhet": case["mattenhet"],
            "battre": case.get("battre", ""),
            "malvarde": case["malvarde"],
            "lases": way,
        }
        for case, ways in zip(asked, said, strict=True)
        for way in ways.split(" eller ")
        if case.get("battre") != {"minst": "lägre", "högst": "högre"}.get(way.split()[0])
    ]
    assert faults_of(written) == [[] for _ in written]


@pytest.mark.parametrize(
    ("malvarde", "mattenhet", "battre", "would_do"),
    rows("""
        cirka 60 dagar                        | dagar   |        | minst 60 dagar eller högst 60 dagar
        cirka 60 dagar                        | dagar   | lägre  | högst 60 dagar
        cirka 2 månader                       | dagar   | lägre  | högst … dagar
        högst 40 gram per portion             | kg      |        | högst … kg
        minst 70 % 2026                       | procent |        | minst 70 %, senast 2026
        alla skolor ska ligga över rikets snitt | procent | högre | minst … %
        minska med 25 % från 2021 | procent | | ska minska med 25 procentenheter, från 2021 eller högst 75 % av 2021 års värde
        minska med 25 %                       | procent |        | ska minska med 25 procentenheter eller högst … %
        ungefär som i fjol                    | antal   | högre  | minst …
        runt plats 12                         | plats   |        | topp 12
        cirka 60 dagar eller 300 tusen        | dagar   |        | minst … dagar eller högst … dagar
        minst 1,5 miljoner resor              | antal   |        | minst …
        minst 300 tusen besök                 | antal   |        | minst …
        minst två tredjedelar                 | procent |        | minst … %
        minst 1 gång/kvartal                  | antal   |        | minst …
        minst 4 tillfällen per termin         | antal   |        | minst …
        ska minska från 165 kg/inv. till högst 150 kg per invånare och år | kg per invånare | | högst … kg per invånare
        ska minska med cirka 2 %/år           | ton     |        | ska minska med 2 % per år
        ska minska med tio tusen              | antal   |        |
        minst 10 % lägre än 2021              | antal   |        |
        minst 80 % (2024: 75 %)               | procent |        |
        färre än 10 (2024: 14)                | antal   |        |
        senast kl 15                          | timmar  |        |
        ungefär 80 % av 2021                  | procent |        |
        kanske minst 5 år efter 2026          | år      |        |
        färre än medel i riket                | antal   |        | lägre än …
        inte mer än cirka 5 personer          | antal   |        | högst …
        minst 300 tkr                         | mkr     |        | minst … mkr
        högst en vecka                        | dagar   |        | högst … dagar
        högst -5 minuter                      | minuter |        |
        -2 % per år                           | procent | lägre  |
        högst 1.30                            | timmar  |        |
        minst 0,95                            | procent |        |
    """),
)
def test_the_shortest_reading_that_would_do(malvarde, mattenhet, battre, would_do):
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet=mattenhet, malvarde=malvarde, battre=battre or None)
    assert shortest_reading(malvarde, matetal, PLAN) == would_do


def test_lases_wins_over_the_words():
    matetal = Matetal(id="m", namn="M", mattenhet="dagar", malvarde="minst 60 dagar", lases="högst 60 dagar")
    assert in_words(matetal.target(2024), matetal.mattenhet) == "högst 60\u00a0dagar"


def test_lases_may_be_said_for_one_year():
    matetal = Matetal(
        id="m",
        namn="M",
        mattenhet="dagar",
        malvarde={2024: "cirka 60 dagar", 2025: "högst 50 dagar"},
        lases={2024: "högst 60 dagar"},
    )
    assert [in_words(matetal.target(year), matetal.mattenhet) for year in (2024, 2025)] == [
        "högst 60\u00a0dagar",
        "högst 50\u00a0dagar",
    ]


@pytest.mark.parametrize(
    ("lases", "told"),
    rows("""
        kanske 60               | Väntat: till exempel «minst 60» eller «högst 60».
        minst 60 % av alla barn | Väntat: ett målvärde i dagar, som är mätetalets mattenhet.
        i snitt högst 60 dagar  | Väntat: ett målvärde i kort form, till exempel «minst 90 %».
    """),
)
def test_lases_is_in_the_short_form_and_right(faults_of, lases, told):
    case = {"malvarde": "cirka 60 dagar", "enhet": "dagar", "battre": "", "lases": lases}
    [faults] = faults_of([case])
    assert len(faults) == 1
    assert f"Där står: «{lases}». {told}" in faults[0]
    assert "lägg till lases" not in faults[0]


@pytest.mark.parametrize(
    ("malvarde", "enhet", "battre", "told"),
    rows("""
        -2 % per år                   | procent   | lägre | om det är en ändring, annars lägg till lases: högst −2 %
        -2 % per år                   | procent   | lägre | skriv «ska minska med 2 procentenheter per år» om det är en ändring
        -10 % till 2030               | procent   | lägre | «ska minska med 10 procentenheter» eller «högst 90 % av 2021 års värde»
        -2 mkr per år                 | mkr       | lägre | skriv «ska minska med 2 mkr per år» om det är en ändring
        -10 ton                       | ton       | lägre | ett målvärde som inte är mindre än 0, som ton inte kan vara
        minst -3                      | antal     |       | skriv «ska minska med 3» om det är en ändring, annars rätta talet
        minst 4 på en sexgradig skala | skala 1–5 |       | «sexgradig» är en annan skala
        minst 4 i skala 1-10          | skala 1–5 |       | Väntat: ett tal mellan 1 och 5 (skala 1–5).
        minst 5 per distrikt          | antal     |       | ett målvärde i antal, och inte per distrikt
        högst 3 timmar per ärende     | timmar    |       | låt mattenhet eller namn säga «per ärende»
        minst 0,95                    | procent   |       | Väntat: en andel: 95 % eller 0,95 %?
        0,8-0,9                       | procent   |       | skriv talet med procenttecken
        högst 1.30                    | timmar    |       | ett tal i timmar med decimaler, och inget klockslag
        max 12,30 min                 | minuter   |       | skriv om «12,30»: en halv är 0,5 och inte 0,30
    """),
)
def test_a_figure_that_may_mean_another_is_asked_about(faults_of, malvarde, enhet, battre, told):
    [[fault]] = faults_of([{"malvarde": malvarde, "enhet": enhet, "battre": battre}])
    assert told in fault


def test_lases_settles_what_a_level_below_zero_means(faults_of):
    cases = [
        ("-2 % per år", "procent", "högst −2 %"),
        ("-2 mkr per år", "mkr", "högst −2 mkr"),
        ("1.30", "timmar", "högst 1,3"),
    ]
    written = [{"malvarde": words, "enhet": unit, "battre": "lägre", "lases": said} for words, unit, said in cases]
    assert faults_of(written) == [[], [], []]


def test_what_is_plain_is_not_asked_about(faults_of):
    plain = rows("""
        minst −2 mkr                  | mkr
        minst 4 på en femgradig skala | skala 1–5
        minst 4 (skala 1-5)           | skala 1–5
        minst 5 barn per grupp        | antal
        minst 0,95 %                  | procent
        högst 1,25 timmar             | timmar
    """)
    assert faults_of([{"malvarde": words, "enhet": unit, "battre": ""} for words, unit in plain]) == [[] for _ in plain]


def test_at_least_six_of_seven_phrases_of_our_own_are_read():
    asked = [case["malvarde"] for case in OWN.values() if case["lasning"] in ASKED]
    assert sorted(asked) == sorted(WHY_ASKED)
    assert len(OWN) >= 60
    assert len(asked) / len(OWN) <= 0.15


def test_where_each_phrase_of_our_own_stands_is_told():
    fetched = [case for case in OWN.values() if not case["kalla"].startswith("i stil med ")]
    assert len(fetched) >= 25
    assert all(re.search(r", [\w.]+\.(se|com)$", case["kalla"]) for case in fetched)


@pytest.mark.parametrize(
    ("text", "words"),
    rows("""
        minst 70 %, till och med år 2026             | minst 70·%, till och med 2026
        minst 70 % t.o.m. 2026                       | minst 70·%, till och med 2026
        minst 70 % från och med 2025                 | minst 70·%, från och med 2025
        minst 70 % under 2025–2027                   | minst 70·%, gäller 2025–2027
        ska öka till 70 % till och med 2026          | minst 70·%, senast 2026
        ska öka från 60 till 70 % till och med 2026  | minst 70·%, senast 2026, från 60·%
        ska överstiga 80 %                           | högre än 80·%
        ska understiga 5 %                           | lägre än 5·%
        80 % eller mer                               | minst 80·%
        minst 5 och högst 10 %                       | mellan 5 och 10·%
        minst 5 och högst 10 % under 2026            | mellan 5 och 10·%, gäller 2026
        lägst 5 %, högst 10 %                        | mellan 5 och 10·%
        budgetavvikelse ±1 %                         | mellan −1 och 1·%
        ska minska med 0,8 procentenheter från 6,8 % | ska minska med 0,8·procentenheter, från 6,8·%
        ska inte sjunka                              | ska inte minska
        ska stiga till 80 %                          | minst 80·%
        öka från 1 900 till 2000                     | minst 2·000·%, från 1·900·%
        oförändrat 1950 senast 2026                  | oförändrat 1·950·%, senast 2026
        under 2000                                   | lägre än 2·000·%
        minst 80 % före utgången av 2026             | minst 80·%, senast 2026
        lägre än 2000                                | lägre än 2·000·%
        ska öka till år 2026                         | ska öka, senast 2026
        öka från 2 024 till 2 100                    | minst 2·100·%, från 2·024·%
        Minska med 2 %/år                            | ska minska med 2·% per år
        Målvärde 85 %                                | 85·%
        = 100 %                                      | 100·%
        Oförändrad eller högre                       | ska inte minska
        Ska vara oförändrat eller lägre              | ska inte öka
    """),
)
def test_kinds_that_the_cases_do_not_hold(text, words):
    assert in_words(parse_target(text), PROCENT) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
        ska nå minst 70 % till och med 2026 | «senast 2026» om det ska vara nått då, eller «till och med 2026» om det ska hållas varje år
        minst 70 % 2026                     | «senast 2026» om det ska nås då, eller «under 2026» om det gäller bara då
        öka från 2024 till 2026             | tal eller årtal: «från 2 024 till 2 026», eller «ska öka, senast 2026, från 2024»
        ska minska med 5 % under 2024–2026  | från vilket år, till exempel «senast 2026, från 2024»
        ska halveras                        | från vilket år det räknas, till exempel «ska halveras jämfört med 2021»
        minst 0 och fem och                 | ett målvärde, eller ett för varje år: «minst 20 % senast 2026 och minst 35 % senast 2030»
        ska öka till 2026                   | tal eller årtal: «ska öka till 2 026», eller «ska öka, senast 2026»
        mellan 2024 och 2026                | ett intervall, till exempel «mellan 40 och 60 %», eller år, till exempel «gäller 2024–2026»
        ska inte öka till 80 %              | en ändring, till exempel «ska öka med 5» eller «ska minska med 5»
        minst 2 fall och högst 5 %          | ett målvärde, eller ett för varje år: «minst 20 % senast 2026 och minst 35 % senast 2030»
        minst 80 % och högst 20 %           | det lägre talet först, till exempel «mellan 40 och 60 %»
        minst 1 % av intäkterna över en konjunkturcykel | en andel av något som planen själv säger, till exempel «minst 82 %»
        minst 90 % av rikets snitt          | en andel av något som planen själv säger, till exempel «minst 82 %»
        minst 2 % i resultat över tid       | ett värde för ett år, som utfallet är
        minst 2023 års nivå                 | ett tal, till exempel «minst 2 100», eller «ska öka jämfört med 2021»
        minst 80 % från 1 juli 2026         | en enhet, från, per år, senast och ett årtal eller slut på texten
        fler än 2023                        | ett tal, till exempel «minst 2 100», eller «ska öka jämfört med 2021»
        minst 80 % eller mer                | «minst» eller «högst» en enda gång, till exempel «minst 80 %»
        minst två av tre elever             | en andel av något som planen själv säger, till exempel «minst 82 %»
        åtta av tio                         | en andel av något som planen själv säger, till exempel «minst 82 %»
        minst nio av varje tio              | en andel av något som planen själv säger, till exempel «minst 82 %»
        mellan åtta och nio av tio          | en andel av något som planen själv säger, till exempel «minst 82 %»
    """),
)
def test_what_is_asked_says_what_it_may_mean(text, expected):
    with pytest.raises(UnreadableTarget) as caught:
        parse_target(text)
    assert caught.value.vantat == expected


TURNING = [
    "ned", "reduceras", "förlust", "tiotal", "beroende", "våren", "december", "långsiktigt",
    "milj", "mdr", "k", "h",
    "kanske", "troligen", "ca", "cirka", "ungefär", "runt", "nästan", "drygt", "knappt", "helst", "gärna", "inte", "ej", "aldrig",
    "utom", "undantaget", "delvis", "eller", "respektive", "varav", "hälften", "tredjedelen", "dubbelt", "minus",
    "negativt", "mer", "mindre", "högre", "lägre", "bättre", "flera", "rikets", "snittet", "länets", "medianen",
    "föregående", "tidigare", "kvartilen", "öka", "minska", "minst", "högst", "målvärdet", "utfallet",
    "prognosen", "senast", "före", "halvårsvis", "tertialvis", "alla", "samtliga",
]  # fmt: skip
"""Words that change what a målvärde says; none of them may ever be passed over."""


@pytest.mark.parametrize("word", TURNING)
@pytest.mark.parametrize(
    "text", ["minst 80 % {} nöjda", "{} minst 80 % nöjda", "minst 80 % ({} nöjda)", "nöjda brukare minst {} 80 %"]
)
def test_a_word_that_may_change_what_is_said_is_never_passed_over(text, word):
    written = text.format(word)
    try:
        target = parse_target(written)
    except UnreadableTarget:
        return
    # Where it is read, the word is a part of what was read, as in "mer än".
    assert word not in target.ord.lower()
    assert word in ("alla", "samtliga") or target.operator != ">=" or target.helst, in_words(target, PROCENT)


# A direction that goes on with how much, to what, or where.
HOW_FAR = """
minska med hälften
minska till hälften
öka med en tredjedel
ska öka i takt med befolkningen
ska öka till rikssnittet
ska öka till full täckning
ska minska mot noll
ska minska helt
ska öka gentemot Umeå
minska i de flesta skolor
"""


@pytest.mark.parametrize("text", HOW_FAR.strip().splitlines())
def test_a_direction_that_goes_on_with_how_far_is_asked_about(text):
    with pytest.raises(UnreadableTarget):
        parse_target(text)


figures = st.decimals("0.1", 9999, places=1).filter(lambda value: not 1900 <= value <= 2099)
counted_units = st.sampled_from(
    [
        unit
        for unit in BUILT_IN_UNITS.known
        if unit.kind not in ("plats", "procentenheter") and unit.many != "" and unit.name != "år"
    ]
)
years = st.integers(2020, 2049)
scopes = st.sampled_from(
    ["", "", "", " i alla verksamheter", " av hushållen", " per anställd", " inom skola, fritid och kultur", " i snitt"]
)
fronts = st.sampled_from(["", "", "Andelen ", "Resultatet ska ligga på ", "ska vara ", "MÅL: "])
LEVELS = {
    "minst": ">=",
    "högst": "<=",
    "lägre än": "<",
    "högre än": ">",
    "ska inte överskrida": "<=",
    "får inte understiga": ">=",
}
SAID = ("varde", "ovre", "utgangsvarde", "utgangsar", "senast", "fran_ar", "till_ar")


def said(text: str, unit: Unit) -> dict[str, object] | None:
    """What a phrase was read as, and None where it is asked about."""
    try:
        target = parse_target(text)
    except UnreadableTarget:
        return None
    found = {key: getattr(target, key) for key in SAID if getattr(target, key) is not None}
    assert target.enhet == unit or target.operator.startswith(("share", "increase", "decrease", "no-")), text
    return {"operator": target.operator, **found}


@given(st.sampled_from(list(LEVELS)), figures, counted_units, years, scopes, fronts)
@settings(deadline=None)
def test_a_level_is_read_with_its_figure_unit_and_year_or_asked_about(words, value, unit, year, scope, front):
    level = {"operator": LEVELS[words], "varde": value}
    text = f"{front}{words} {amount(value, unit, 1)}{scope}"
    for more, expected in (
        ("", {}),
        (f" senast {year}", {"senast": year}),
        (f" till och med {year}", {"till_ar": year}),
        (f" under {year}", {"fran_ar": year, "till_ar": year}),
        (f" från och med {year}", {"fran_ar": year}),
    ):
        assert said(text + more, unit) in (None, level | expected), text + more
    assert said(f"{words} {amount(value, unit, 1)}", unit) == level


@given(figures, figures, counted_units, years, scopes)
@settings(deadline=None)
def test_a_change_is_read_from_its_base_or_asked_about(base, value, unit, year, scope):
    shown, wanted = amount(value, unit, 1), {"utgangsvarde": base, "varde": value}
    way = ">=" if value > base else "<="
    if value != base:
        text = f"från {number(base, 1)} till {shown}{scope} senast {year}"
        assert said(text, unit) in (None, {"operator": way, **wanted, "senast": year})
    counted = {"operator": "change<=", "varde": -value, "utgangsar": year}
    assert said(f"ska minska med {shown}{scope} jämfört med {year}", unit) in (None, counted)
    assert said(f"ska minska med {shown}, från {year}", unit) == counted
    share = {"operator": "share<=", "varde": value, "utgangsar": year}
    assert said(f"högst {number(value, 1)} % av {year} års nivå{scope}", unit) in (None, share)


@given(figures, figures, counted_units, years, scopes)
@settings(deadline=None)
def test_an_interval_and_steps_are_read_or_asked_about(one, other, unit, year, scope):
    low, high = sorted((one, other))
    if low == high:
        return
    both = {"operator": "between", "varde": low, "ovre": high}
    text = f"mellan {number(low, 1)} och {amount(high, unit, 1)}"
    assert said(text, unit) == both
    assert said(f"{text}{scope} under {year}", unit) in (None, both | {"fran_ar": year, "till_ar": year})
    assert said(f"minst {number(low, 1)} och högst {amount(high, unit, 1)}{scope}", unit) in (None, both)
    target = parse_target(
        f"minst {amount(low, unit, 1)} senast {year} och minst {amount(high, unit, 1)} senast {year + 1}"
    )
    assert [(step.operator, step.varde, step.enhet, step.senast) for step in target.etapper] == [
        (">=", low, unit, year), (">=", high, unit, year + 1),
    ]  # fmt: skip


@given(st.sampled_from(["öka", "minska"]), years, scopes)
@settings(deadline=None)
def test_a_direction_is_read_with_its_base_and_year_or_asked_about(way, year, scope):
    plain, kept = {"öka": ("increase", "no-increase"), "minska": ("decrease", "no-decrease")}[way]
    for text, expected in (
        (f"ska {way}{scope}", {"operator": plain}),
        (f"ska inte {way}{scope}", {"operator": kept}),
        (f"ska {way}{scope} jämfört med {year}", {"operator": plain, "utgangsar": year}),
        (f"ska inte {way}{scope} under {year}", {"operator": kept, "fran_ar": year, "till_ar": year}),
        (f"ska {way}{scope} senast {year}", {"operator": plain, "senast": year}),
    ):
        assert said(text, PROCENT) in (None, expected), text


@pytest.mark.parametrize("text", ["alla utom en", "alla utom två elever", "alla nästan"])
def test_all_but_some_is_not_all(text):
    with pytest.raises(UnreadableTarget):
        parse_target(text)


@pytest.mark.parametrize(
    "text", ["± 1 % av budget", "mellan 40 och 60 % av budget", "minst 40 och högst 60 % av budget"]
)
def test_of_what_an_interval_is_stays_in_words(text):
    assert parse_target(text).ord == "av budget"


def test_of_steps_the_next_one_holds():
    matetal = Matetal(
        id="m",
        namn="Ett mätetal",
        mattenhet="procent",
        battre="högre",
        malvarde="20 % senast 2026 och 35 % senast 2030",
    )
    held = {year: in_words(matetal.target(year), PROCENT).replace("\u00a0", " ") for year in (2024, 2026, 2027, 2031)}
    assert held == {
        2024: "minst 20 %, senast 2026", 2026: "minst 20 %, senast 2026",
        2027: "minst 35 %, senast 2030", 2031: "minst 35 %, senast 2030",
    }  # fmt: skip

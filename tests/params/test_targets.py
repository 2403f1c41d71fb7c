from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built_in_units import UNITS
from reporting.params.malvarde import DIRECTION, Target, parse_target, resolved
from reporting.params.malvarde_grammar import UnreadableTarget, mentioned_value
from reporting.params.malvarde_words import in_words
from reporting.units import ANTAL, BUILT_IN_UNITS, PLATS, PROCENT, amount
from table_text import cases, rows

CASES = {case["id"]: case for case in cases("targets.tsv")}
UNITS_IN_TEXT = {
    "%": "procent", "% av omslutning": "procent", "mkr": "mkr", "Mkr": "mkr", "dagar": "dagar", "veckor": "veckor",
    "år": "år",
}  # fmt: skip

NOT_IN_THE_WORDS = {
    "T065": "«förbättra resultatet» says better, but not whether better is more or less",
    "T066": "«lagstadgad tid» is 90 days here and 14 days in another place of the same source: it must be asked",
    "T141": "the 5 % is a change of a time, which only the sentence before says",
}
LINE_WRAPPED = {"T014": "Lägre än\n4,3%", "T015": "Mindre än\n130", "T016": "Lägre än\n0,9%"}
SENTENCES = [f"T{number:03}" for number in range(45, 65)] + ["T147"]
QUALITATIVE = [id_ for id_, case in CASES.items() if case["operator"] in ("qualitative", "rule")]
SHORT_FORMS = [id_ for id_ in CASES if id_ not in {*NOT_IN_THE_WORDS, *SENTENCES, *QUALITATIVE}]
DIRECTION_ONLY = {"T071": "increase", "T074": "increase", "T077": "increase"}
"""Goals without a measure whose words still say a direction."""


def written_unit(case):
    """The unit that the text itself has; where the sheet says "antal" or "poäng" the mätetal says it."""
    unit = UNITS.get(UNITS_IN_TEXT.get(case["unit"], ""))
    return unit if unit and any(word in case["verbatim"].lower() for word in unit.spellings) else None


@pytest.mark.parametrize("id_", SHORT_FORMS)
def test_what_published_targets_say(id_):
    case = CASES[id_]
    target = parse_target(LINE_WRAPPED.get(id_, case["verbatim"]))

    # An amount whose operator stands in another cell is a bare one.
    assert target.operator == case["operator"].replace("=?", "bare")
    assert target.varde == (Decimal(case["value"]) if case["value"] else None)
    if case["operator"] == "all":
        assert target.enhet == PROCENT
    elif target.varde is not None:
        assert target.enhet == written_unit(case | {"verbatim": target.text})
    if case["better"] and target.operator in DIRECTION:
        assert DIRECTION[target.operator] == {"high": "högre", "low": "lägre"}[case["better"]]


@pytest.mark.parametrize("id_", LINE_WRAPPED)
def test_half_a_target_is_unreadable(id_):
    with pytest.raises(UnreadableTarget, match=r"men förstår inte hur det fortsätter$") as caught:
        parse_target(CASES[id_]["verbatim"])

    assert caught.value.vantat == "ett tal"


@pytest.mark.parametrize("id_", SENTENCES)
def test_a_sentence_about_a_goal_is_no_target_but_mentions_a_value(id_):
    case = CASES[id_]
    mentioned = mentioned_value(case["verbatim"])

    assert (mentioned.value, mentioned.unit) == (Decimal(case["value"]), written_unit(case))
    with pytest.raises(UnreadableTarget) as caught:
        parse_target(case["verbatim"])
    shown = amount(mentioned.value, mentioned.unit or ANTAL).replace("\u00a0", " ")
    assert f"«minst {shown}» eller «högst {shown}»" in caught.value.vantat


def test_the_message_about_a_sentence_suggests_a_short_form_with_the_unit():
    with pytest.raises(UnreadableTarget) as caught:
        parse_target("målet om ett resultat om 10 Mkr")

    assert str(caught.value) == "Förstår inte «målet om ett resultat om 10 Mkr»"
    assert caught.value.vantat == "till exempel «minst 10 mkr» eller «högst 10 mkr»"


@pytest.mark.parametrize(("id_", "why"), NOT_IN_THE_WORDS.items())
def test_what_the_words_alone_do_not_say_is_asked_for(id_, why):
    with pytest.raises(UnreadableTarget):
        parse_target(CASES[id_]["verbatim"])


@pytest.mark.parametrize("id_", QUALITATIVE)
def test_goals_without_a_measure_are_unreadable_or_a_direction_alone(id_):
    text = CASES[id_]["verbatim"]

    assert mentioned_value(text) is None
    if id_ in DIRECTION_ONLY:
        assert parse_target(text) == Target(DIRECTION_ONLY[id_], text)
    else:
        with pytest.raises(UnreadableTarget):
            parse_target(text)


@pytest.mark.parametrize(
    "text",
    ["målet", "målet om 12.750", "mellan 5 och 10 är målet", "målet på 90–95 %", "375", "målet delvis uppnått, 80 %"],
)
def test_no_single_value_is_mentioned(text):
    assert mentioned_value(text) is None


@pytest.mark.parametrize(
    "case",
    rows("""
        text                                    | operator   | varde | enhet          | more
        minst 90 %                              | >=         | 90    | procent        |
        Minst 2200                              | >=         | 2200  |                |
        minst 2 200 personer                    | >=         | 2200  | antal          |
        minst·2·200                             | >=         | 2200  |                |
        ≥ 90%                                   | >=         | 90    | procent        |
        lägst 4,5                               | >=         | 4.5   |                |
        ska vara minst 98 procent               | >=         | 98    | procent        |
        ska uppgå till minst 1% av omslutningen | >=         | 1     | procent        | andel_av: omslutningen
        minst fem procent                       | >=         | 5     | procent        |
        minst tio                               | >=         | 10    |                |
        minst −5 mkr                            | >=         | -5    | mkr            |
        Högst 300                               | <=         | 300   |                |
        maximalt 14                             | <=         | 14    |                |
        max. 5                                  | <=         | 5     |                |
        som mest 23,9 mkr                       | <=         | 23.9  | mkr            |
        ska inte överskrida 8 %                 | <=         | 8     | procent        |
        ej överstiga 12 dagar                   | <=         | 12    | dagar          |
        <= 8                                    | <=         | 8     |                |
        högst 12,5 per 100 000 invånare         | <=         | 12.5  | per 100 000 invånare |
        Lägre än 4,3%                           | <          | 4.3   | procent        |
        färre än 130                            | <          | 130   |                |
        under 5 %                               | <          | 5     | procent        |
        fler än 10                              | >          | 10    |                |
        över 5 %                                | >          | 5     | procent        |
        90,00%                                  | bare       | 90.00 | procent        |
        18 mkr                                  | bare       | 18    | mkr            |
        noll                                    | bare       | 0     |                |
        ska vara 0                              | bare       | 0     |                |
        oförändrat 90 %                         | =          | 90    | procent        |
        oförändrad                              | unchanged  |       |                |
        ska behållas                            | unchanged  |       |                |
        ska öka                                 | increase   |       |                |
        Antalet barnfamiljer ska minska.        | decrease   |       |                |
        Öka andelen uppäten mat                 | increase   |       |                |
        färre                                   | decrease   |       |                |
        öka senast 2026                         | increase   |       |                | senast: 2026
        öka med 5 %                             | change>=   | 5     | procent        |
        öka med 2 procentenheter per år         | change>=   | 2     | procentenheter | per_ar: True
        ska minska med 5 per år                 | change<=   | -5    |                | per_ar: True
        minska med 2,5 mkr varje år             | change<=   | -2.5  | mkr            | per_ar: True
        öka till 75 %                           | >=         | 75    | procent        |
        minska till 50                          | <=         | 50    |                |
        minst 98 % och helst öka                | >=         | 98    | procent        | helst: öka
        högst 8 % och helst minska              | <=         | 8     | procent        | helst: minska
        minst 90 % och helst oförändrad         | >=         | 90    | procent        | helst: vara oförändrad
        minst 70 % senast 2026                  | >=         | 70    | procent        | senast: 2026
        minst 70 % (2026)                       | >=         | 70    | procent        | senast: 2026
        minst 70 %, till och med år 2026        | >=         | 70    | procent        | till_ar: 2026
        inom tre veckor                         | deadline   | 3     | veckor         |
        inom 90 dagar                           | deadline   | 90    | dagar          |
        inom 24 timmar senast 2025              | deadline   | 24    | timmar         | senast: 2025
        Beslut fattas inom 14 dagar             | deadline   | 14    | dagar          |
        minst vartannat år                      | deadline   | 2     | år             |
        topp 10                                 | rank<=     | 10    | plats          |
        plats 12                                | rank<=     | 12    | plats          |
        plats 12 eller bättre                   | rank<=     | 12    | plats          |
        bland de 25 bästa kommunerna            | rank<=     | 25    | plats          |
        plats 50 eller bättre                   | rank<=     | 50    | plats          |
        högst plats 50                          | rank<=     | 50    | plats          |
        alla                                    | all        | 100   | procent        |
        samtliga elever                         | all        | 100   | procent        |
                                                | none       |       |                |
        ----                                    | none       |       |                |
        –                                       | none       |       |                |
        Inget målvärde                          | none       |       |                |
        Målvärde beslutas i mars                | none       |       |                |
    """)[1:],
    ids=lambda case: case[0],
)  # fmt: skip
def test_the_short_forms(case):
    text, operator, varde, enhet, more = case
    expected = dict(item.split(": ") for item in more.split(", ") if item)
    numbers = {key: Decimal(value) for key, value in expected.items() if value.isdigit()}

    assert parse_target(text) == Target(
        operator, text, Decimal(varde) if varde else None, UNITS[enhet] if enhet else None,
        **expected | numbers | ({"per_ar": True} if "per_ar" in expected else {}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "operator", "varde", "start", "by"),
    rows("""
        från 60 % (2022) till minst 70 %            | >= | 70 | 60 2022 |
        från 60 % till 70 %                         | >= | 70 | 60      |
        från 70 till 60 %                           | <= | 60 | 70      |
        öka från 60 % (2022) till 70 %              | >= | 70 | 60 2022 |
        minska från 60 % 2022 till 50 % senast 2026 | <= | 50 | 60 2022 | 2026
        minst 70 %, senast 2026, från 60 % (2022)   | >= | 70 | 60 2022 | 2026
        70 %, från 60 % (2022)                      | >= | 70 | 60 2022 |
        från 60 % till lägre än 50 % (2026)         | <  | 50 | 60      | 2026
    """),
)
def test_a_target_from_a_starting_value(text, operator, varde, start, by):
    value, _, year = start.partition(" ")
    target = parse_target(text)

    assert (target.operator, target.varde, target.enhet) == (operator, Decimal(varde), PROCENT)
    assert (target.utgangsvarde, target.utgangsar) == (Decimal(value), int(year) if year else None)
    assert target.senast == (int(by) if by else None)


def test_a_count_and_a_year_are_not_run_together():
    target = parse_target("från 60 2022 till 70")

    assert (target.utgangsvarde, target.utgangsar, target.varde) == (60, 2022, 70)


@pytest.mark.parametrize(
    ("text", "message", "expected"),
    rows("""
        minst               | Läste «minst» men förstår inte hur det fortsätter     | ett tal
        minst många         | Läste «minst» men förstår inte «många»                | ett tal
        inom lagstadgad tid | Läste «inom» men förstår inte «lagstadgad tid»        | ett tal
        öka med högst 5 %   | Läste «öka med» men förstår inte «högst 5 %»          | ett tal eller minst
        från 60 %           | Läste «från 60 %» men förstår inte hur det fortsätter | ett årtal eller till
        minst 7 % senast nu | Läste «minst 7 % senast» men förstår inte «nu»        | ett årtal
        minst 70 % (2026    | Läste «minst 70 % (2026» men förstår inte hur det fortsätter | högerparentes
        inom 3 mkr          | Förstår inte «inom 3 mkr»   | en tid, till exempel «inom tre veckor»
        ca 50               | Förstår inte «ca 50»        | till exempel «minst 50» eller «högst 50»
        toppklass           | Förstår inte «toppklass»    | till exempel «minst 90 %» eller «högst 300»
        minst 12.750        | Förstår inte «12.750» | ett tal med decimalkomma, eller med mellanslag mellan tusental
        8/9 % | Läste «8» men förstår inte «/9 %» | en enhet, från, och helst öka, per år, senast och ett årtal eller slut på texten
        ska bra | Läste «ska» men förstår inte «bra» | ett tal, från, högre än, högst, lägre än, minska, minst eller öka
    """),
)
def test_an_unreadable_target_tells_how_far_the_reading_came(text, message, expected):
    with pytest.raises(UnreadableTarget) as caught:
        parse_target(text)

    assert (str(caught.value), caught.value.vantat) == (message, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Minst 95 % inom 3 dagar",
        "alla ärenden ska handläggas inom 3 dagar",
        "öka andelen med fem procent",
        "minska antalet under 10",
        "minst 90 ska öka",
        "fler än hälften",
        "minst 85 %, helst 90",
        "minst lika många som 2023",
        "minst 10 20",
    ],
)
def test_no_figure_of_a_target_is_ever_left_out(text):
    with pytest.raises(UnreadableTarget):
        parse_target(text)


@pytest.mark.parametrize(
    ("text", "battre", "operator"),
    rows("""
        90         | högre      | >=
        90         | lägre      | <=
        90         | oförändrad | =
        minst 90   | högre      | >=
        minst 90   |            | >=
        högst 90   | lägre      | <=
        topp 10    | lägre      | rank<=
        ska minska |            | decrease
        –          |            | none
        –          | lägre      | none
    """),
)
def test_a_target_gets_its_direction(text, battre, operator):
    assert resolved(parse_target(text), battre or None).operator == operator


def test_a_bare_number_without_direction_is_never_guessed():
    with pytest.raises(
        ValueError, match=r"^skriv «minst» eller «högst», eller ange battre: talet säger ingen riktning"
    ):
        resolved(parse_target("90,00%"), None)


@pytest.mark.parametrize(
    ("text", "says", "battre"),
    rows("""
        minst 90 %      | högre      | lägre
        Högst 300       | lägre      | högre
        topp 10         | lägre      | högre
        inom tre veckor | lägre      | oförändrad
        ska öka         | högre      | lägre
        alla            | högre      | lägre
        från 60 till 50 | lägre      | högre
        oförändrad      | oförändrad | högre
    """),
)
def test_words_that_contradict_the_declared_direction(text, says, battre):
    with pytest.raises(ValueError) as caught:
        resolved(parse_target(text), battre)

    assert str(caught.value) == (
        f"rätta malvarde eller battre: «{text}» betyder att {says} är bättre, men battre är «{battre}»"
    )


@pytest.mark.parametrize(
    ("text", "mattenhet", "words"),
    rows("""
        Minst 2200                       | antal   | minst 2·200
        90,00% senast 2026               | procent | 90·%, senast 2026
        >= 75%                           | procent | minst 75·%
        öka med 2,50                     | tkr     | ska öka med 2,5·tkr
        Lägre än 4,3%                    | procent | lägre än 4,3·%
        maximalt 14                      | dagar   | högst 14·dagar
        fler än 5                        | antal   | högre än 5
        från 60 % (2022) till minst 70 % | procent | minst 70·%, från 60·% 2022
        minst 70 % och helst öka (2026)  | procent | minst 70·% och helst öka, senast 2026
        minst 98 % och helst öka         | procent | minst 98·% och helst öka
        minst 1% av omslutningen (2026)  | procent | minst 1·% av omslutningen, senast 2026
        minst 1% av omslutningen         | procent | minst 1·% av omslutningen
        minst 70 % senast 2026           | procent | minst 70·%, senast 2026
        öka med 5                        | procent | ska öka med 5·procentenheter
        öka med 1                        | procent | ska öka med 1·procentenhet
        öka med 5 %                      | antal   | ska öka med 5·%
        minska med 5 per år              | antal   | ska minska med 5 per år
        topp 10                          | plats   | plats 10 eller bättre
        inom tre veckor                  | dagar   | inom 3·veckor
        samtliga                         | procent | alla (100·%)
        fler                             | antal   | ska öka
        oförändrat                       | antal   | ska vara oförändrad
        ----                             | antal   | inget målvärde
    """),
)
def test_the_reading_is_shown_back_in_words(text, mattenhet, words):
    assert in_words(parse_target(text), UNITS[mattenhet]) == words


amounts = st.decimals(-(10**9), 10**9, places=3)
positive = st.decimals("0.001", 10**9, places=3)
negative = positive.map(lambda value: -value)
units = st.sampled_from([unit for unit in BUILT_IN_UNITS.known if unit.kind != "plats"])
maybe_year = st.none() | st.integers(1900, 2099)


def targets_with(*operators, **parts):
    return st.builds(Target, st.sampled_from(operators), st.just(""), **parts)


levels = {
    "varde": amounts,
    "enhet": units,
    "senast": maybe_year,
    "helst": st.sampled_from([None, "öka", "minska", "vara oförändrad"]),
    "andel_av": st.sampled_from([None, "omslutningen", "alla som svarat"]),
}


def _between(low, width, enhet, first, last):
    return Target("between", "", low, enhet, ovre=low + width, fran_ar=first, till_ar=last)


def _steps(operator, values, enhet):
    steps = (Target(operator, "", value, enhet, senast=2025 + index) for index, value in enumerate(values))
    return Target("steps", "", etapper=tuple(steps))


targets = st.one_of(
    targets_with(">=", "<=", ">", "<", "=", "bare", **levels),
    targets_with(">=", "<=", ">", "<", "=", **levels, utgangsvarde=amounts, utgangsar=maybe_year),
    targets_with(
        "increase", "decrease", "unchanged", "better", "not-worse", "no-increase", "no-decrease", senast=maybe_year
    ),
    targets_with("increase", "no-increase", "no-decrease", utgangsar=st.integers(1900, 2099), senast=maybe_year),
    targets_with("decrease", "better", forra=st.just(True), fran_ar=maybe_year),
    targets_with("change>=", varde=positive, enhet=units, minst=st.booleans(), utgangsar=st.integers(1900, 2099)),
    targets_with(
        "change<=", varde=negative, enhet=units, utgangsvarde=amounts, utgangsar=maybe_year, fran_ar=maybe_year
    ),
    targets_with(
        "share>=", "share<=", "share", varde=positive, enhet=st.just(PROCENT), utgangsar=st.integers(1900, 2099)
    ),
    st.builds(_between, amounts, positive, units, maybe_year, maybe_year),
    st.builds(_steps, st.sampled_from([">=", "<=", ">", "<"]), st.lists(amounts, min_size=2, max_size=4), units),
    targets_with(">=", "<=", **levels, fran_ar=maybe_year, till_ar=maybe_year),
    targets_with("change>=", varde=positive, enhet=units, per_ar=st.booleans(), senast=maybe_year),
    targets_with("change<=", varde=negative, enhet=units, per_ar=st.booleans(), senast=maybe_year),
    targets_with(
        "deadline",
        varde=positive,
        enhet=st.sampled_from([unit for unit in BUILT_IN_UNITS.known if unit.kind == "tid"]),
        senast=maybe_year,
    ),
    targets_with("rank<=", varde=st.integers(1, 290).map(Decimal), enhet=st.just(PLATS), senast=maybe_year),
    targets_with("all", varde=st.just(Decimal(100)), enhet=st.just(PROCENT), senast=maybe_year),
    targets_with("none"),
)


def reading(target, mattenhet):
    """Everything but the words, with the unit that the mätetal gives where the text has none."""
    said = {**vars(target), "text": "", "enhet": target.enhet or (mattenhet if target.varde is not None else None)}
    return said | {"utgangsenhet": None, "etapper": [reading(step, mattenhet) for step in target.etapper]}


def says_one_thing(target):
    """Whether wish, direction and baseline point the same way; what doesn't is refused, and so never shown back."""
    way = {"högre": 1, "lägre": -1}.get(DIRECTION.get(target.operator), 0)
    wish = {"öka": 1, "minska": -1}.get(target.helst, 0)
    gain = 0 if target.utgangsvarde is None else (target.varde - target.utgangsvarde) * way
    years = None in (target.fran_ar, target.till_ar) or target.fran_ar <= target.till_ar
    return way * wish >= 0 and (gain >= 0 or target.operator.startswith("change")) and years


@settings(deadline=None)
@given(targets.filter(says_one_thing))
def test_what_is_shown_back_is_read_as_the_same_target(target):
    mattenhet = target.enhet or next((step.enhet for step in target.etapper), ANTAL)

    assert reading(parse_target(in_words(target, mattenhet)), mattenhet) == reading(target, mattenhet)


target_words = st.sampled_from([
    "minst", "högst", "90", "%", "från", "till", "öka", "med", "och", "helst", "inom", "dagar", "(", "2024", ")",
    "plats", ",", "av", "12.750", "ska", "alla", "målet", "fem",
])  # fmt: skip


@settings(deadline=None)
@given(st.text() | st.lists(target_words).map(" ".join))
def test_any_text_is_read_or_refused_with_what_was_expected(text):
    try:
        target = parse_target(text)
    except UnreadableTarget as error:
        assert error.vantat
        assert str(error).startswith(("Läste «", "Förstår inte "))
    else:
        assert target.text == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("90,00%", "90"), ("7,80", "7.8"), ("22,50%", "22.5"), ("0,87%", "0.87"), ("56 200", "56200"), ("100,00", "100"),
        ("högst 3,0 %", "3.0"), ("minst 2,500", "2.500"), ("från 60,00 % (2022) till minst 70,0 %", "70.0"),
    ],
)  # fmt: skip
def test_two_decimals_that_end_in_zero_are_a_spreadsheets_format(text, written):
    assert str(parse_target(text).varde) == written


@pytest.mark.parametrize(
    "text",
    [
        "ska öka från 5 till 3",
        "minska från 60 till 70",
        "från 60 % till högst 70 % och helst öka",
        "ska öka till högst 9",
        "ska minska till minst 5",
        "högst 5 och helst öka",
        "minst 5 och helst minska",
    ],
)
def test_a_target_that_contradicts_itself_is_unreadable(text):
    with pytest.raises(UnreadableTarget) as caught:
        parse_target(text)
    assert "emot sig självt" in caught.value.vantat or "åt samma håll" in caught.value.vantat

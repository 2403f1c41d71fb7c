from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.reading.cell_text import Reading, read_cell, stands_alone
from reporting.reading.reasons import SAKNAS_ORSAKER, may_protect, reason_for_missing
from reporting.swedish import SPACES
from reporting.units import ANTAL, BUILT_IN_UNITS, PROCENT, Unit
from table_text import cases, rows

OUTCOMES = cases("outcomes.tsv")
UNIT_IN_ANOTHER_CELL = {
    "O065", "O066", "O067", "O068", "O069", "O070", "O092", "O093", "O094", "O095", "O097", "O102", "O105", "O111",
    "O114", "O123",
}  # fmt: skip
"""The heading or the mätetal says the unit; the cell itself has none."""


@pytest.mark.parametrize("case", OUTCOMES, ids=lambda case: case["id"])
def test_what_published_cells_say(case):
    reading = read_cell(case["verbatim"])

    is_words = case["type"] in ("qualitative", "status")
    assert reading.kind == (case["type"] if case["type"] == "number" or case["type"].startswith("missing") else "text")
    assert list(reading.values) == [Decimal(value) for value in case["value"].split(";") if value and not is_words]
    if case["id"] in UNIT_IN_ANOTHER_CELL:
        assert reading.unit is None
    elif reading.kind == "number":
        assert reading.unit == (BUILT_IN_UNITS.written(case["unit"]) if case["unit"] else None)


@pytest.mark.parametrize(
    ("id_", "reason"),
    rows("""
        O030 | för få svar
        O035 | ny indikator
        O036 | utfall kommer senare
        O126 | ej mätt ännu
        O129 | ej mätt ännu
    """),
)
def test_why_published_values_are_missing(id_, reason):
    verbatim = next(case["verbatim"] for case in OUTCOMES if case["id"] == id_)

    assert read_cell(verbatim) == Reading("missing-text", word=reason)


def test_every_published_cell_without_a_value_has_its_reason_above():
    assert [case["id"] for case in OUTCOMES if case["type"] == "missing-text"] == [
        "O030",
        "O035",
        "O036",
        "O126",
        "O129",
    ]


@pytest.mark.parametrize(
    ("written", "reason"),
    rows("""
        ej mätt                          | ej mätt ännu
        Mätning pågår                    | ej mätt ännu
        Ej mätbart                       | ej mätt ännu
        Ej uppföljt                      | ej mätt ännu
        Mäts jämna år                    | mäts inte i år
        Mäts var tredje år               | mäts inte i år
        Mäts vart 3:e år                 | mäts inte i år
        Mäts från 2026                   | mäts inte i år
        Nästa mätning: 2026              | mäts inte i år
        Enkäten ställdes in              | mäts inte i år
        Färre än 5 svar                  | för få svar
        Färre än fem svarande            | för få svar
        Svarsfrekvensen för låg          | för få svar
        Ny indikator, inget utfall ännu  | ny indikator
        Ej inkommit                      | utfall kommer senare
        Redovisas på helår               | utfall kommer senare
        Inväntar statistik från SCB      | utfall kommer senare
        Publiceras i Kolada i mars       | utfall kommer senare
        Resultat kommer vecka 10         | utfall kommer senare
        Resultat kommer i vår            | utfall kommer senare
        Ännu ej klart                    | utfall kommer senare
        Kan inte tas fram                | uppgift saknas
        Data ej tillgänglig              | inte tillgänglig eller för osäker
        Sekretesskäl                     | skyddad uppgift
        Sekretesskyddad                  | skyddad uppgift
        Redovisas inte av sekretesskäl   | skyddad uppgift
        p g a sekretess                  | skyddad uppgift
        Sekretess pga få individer       | skyddad uppgift
        Inte mätt ännu                   | ej mätt ännu
        Ej uppmätt                       | ej mätt ännu
        Mätning ej genomförd             | ej mätt ännu
        Mäts senare                      | ej mätt ännu
        Mätningen inte genomförd         | ej mätt ännu
        Ingen mätning genomförd          | ej mätt ännu
        Enkäten genomfördes inte         | ej mätt ännu
        Mäts i december                  | ej mätt ännu
        Mäts först hösten 2025           | ej mätt ännu
        Mäts ej 2024                     | mäts inte i år
        Mäts inte                        | mäts inte i år
        Ingen mätning i år               | mäts inte i år
        Mäts vartannat år                | mäts inte i år
        Mäts vartannat år (nästa gång 2026) | mäts inte i år
        Nästa mätning sker våren 2026    | mäts inte i år
        För få svar                      | för få svar
        för få svarande.                 | för få svar
        För få ärenden                   | för få svar
        För låg svarsfrekvens            | för få svar
        För litet underlag               | för få svar
        För få svar, nästa mätning 2026  | för få svar
        Ny indikator                     | ny indikator
        Nytt mått                        | ny indikator
        Nytt nationellt mått             | ny indikator
        Indikatorn är ny för 2024        | ny indikator
        Utfall kommer senare             | utfall kommer senare
        Resultatet kommer våren 2025     | utfall kommer senare
        Kommer i mars                    | utfall kommer senare
        publiceras under kvartal 1       | utfall kommer senare
        Redovisas per helår              | utfall kommer senare
        Ej jämförbart                    | ej jämförbart
        Inte jämförbart över tid         | ej jämförbart
        ej jämförbar                     | ej jämförbart
        Ej tillämpligt                   | ej tillämpligt
        inte aktuellt                    | ej tillämpligt
        Ej aktuell                       | ej tillämpligt
        ej relevant                      | ej tillämpligt
        Inväntar statistik               | utfall kommer senare
        Redovisas inte förrän i april 2025 | utfall kommer senare
        Ej klart ännu                    | utfall kommer senare
        Utgått                           | utgått
        Måttet har utgått 2024           | utgått
        Ersatt av andelen nöjda brukare  | utgått
        Utgått och ersatt av barn och unga | utgått
        Uppgift saknas                   | uppgift saknas
        saknas                           | uppgift saknas
        Inga uppgifter                   | uppgift saknas
        N/A                              | uppgift saknas
        n/a                              | uppgift saknas
        #N/A                             | uppgift saknas
        #SAKNAS!                         | uppgift saknas
        ..                               | inte tillgänglig eller för osäker
        Uppgift ej tillgänglig           | inte tillgänglig eller för osäker
        För osäkert                      | inte tillgänglig eller för osäker
        Skyddad uppgift                  | skyddad uppgift
        Uppgiften är skyddad             | skyddad uppgift
        För få personer                  | skyddad uppgift
        För få individer                 | skyddad uppgift
        Redovisas inte pga sekretess     | skyddad uppgift
        Redovisas ej, sekretess          | skyddad uppgift
        Kan inte redovisas p.g.a. sekretess. | skyddad uppgift
        Får inte visas på grund av för få barn | skyddad uppgift
        För få svar; sekretess           | skyddad uppgift
        Risk för röjande                 | skyddad uppgift
        skyddade uppgifter               | skyddad uppgift
        Sekretess                        | skyddad uppgift
        <i>Sekretessbelagt</i>           | skyddad uppgift
        För·få\u2009svar                 | för få svar
    """),
)
def test_people_say_why_in_many_ways(written, reason):
    assert read_cell(written) == Reading("missing-text", word=reason)


@pytest.mark.parametrize("reason", SAKNAS_ORSAKER)
def test_a_reason_is_read_as_it_is_printed(reason):
    assert reason_for_missing(reason.capitalize()) == reason


OTHER_WORDS = """
    Vet inte
    Se bilaga
    svar
    ej
    kommer
    indikator
    Ej klart, se mejl
    Redovisas inte
    Redovisas ej
    Redovisas i särskild bilaga
    Mäts inte längre
    Mäts löpande
    Mäts varje år
    se kommentar
    Enkäten är ny men bra
    Utfall kommer
    Skyddade boenden
    Ersatt av
    Kommer senare än väntat
"""


@pytest.mark.parametrize("written", [row[0] for row in rows(OTHER_WORDS)])
def test_other_words_are_no_reason(written):
    assert reason_for_missing(written) is None
    assert read_cell(written) == Reading("text")


@pytest.mark.parametrize(
    "written",
    ["Redovisas i bilaga 2", "Enkäten är ny, 78 %", "Mäts ej 78", "Ersatt av 78", "För få svar (12)", "Utgår 12"],
)
def test_a_reason_with_a_number_is_no_reason(written):
    assert reason_for_missing(written) is None
    assert read_cell(written).kind == "text"


@pytest.mark.parametrize(
    "written",
    ["<5", "< 5", "≤ 4", "färre än 5", "Färre än fem personer", "mindre än fem", "under 5", "1–4", "1-4", "0 till 4"],
)
def test_a_few_people_are_protected_where_people_are_counted(written):
    assert read_cell(written, ANTAL) == Reading("missing-text", word="skyddad uppgift")
    assert reason_for_missing(written, PROCENT) is None


def test_a_few_of_the_kommuns_own_unit_are_protected() -> None:
    vtf = Unit("läckor", "antal", "läcka")
    assert reason_for_missing("<5 läckor", vtf) == "skyddad uppgift"
    assert reason_for_missing("<5 läckor", ANTAL) is None


@pytest.mark.parametrize("written", ["1-2", "0-10", "under 10"])
def test_a_count_that_nobody_has_made_is_asked_about_and_guarded(written: str) -> None:
    assert read_cell(written, ANTAL).kind == "text"
    assert may_protect(written)


@pytest.mark.parametrize(
    "written", ["färre än förra året", "gäller skyddat boende", "enstaka svar saknas", "mindre än i fjol"]
)
def test_what_only_sounds_as_if_it_protects_is_a_remark_like_others(written: str) -> None:
    assert not may_protect(written)


@pytest.mark.parametrize("written", ["<300", "35–40", "under 50", "2–12", "1–40"])
def test_larger_counts_and_other_intervals_are_asked_about(written):
    assert read_cell(written, ANTAL).kind == "text"


@given(st.sampled_from(sorted(SAKNAS_ORSAKER)), st.text(min_size=1, max_size=8))
def test_what_stands_around_a_reason_is_never_passed_over(reason, more):
    for written in (reason + " " + more, more + " " + reason):
        found = reason_for_missing(written)
        assert found is None or not any(letter.isdigit() for letter in more)
        if any(letter in "%=/?@" for letter in more):
            assert found is None


@pytest.mark.parametrize("written", ["-", "–", "—", "−", "----", ".", "...", "…", "*", "?", "x", " - ", "-\u00a0"])
def test_symbols_for_nothing(written):
    assert read_cell(written) == Reading("missing-symbol")


@pytest.mark.parametrize("written", ["", " ", "\u00a0", "\n", "<i></i>"])
def test_empty_cells(written):
    assert read_cell(written) == Reading("missing-empty")


@pytest.mark.parametrize(
    "written", ["12\n345", "5\n600", "12\t345", "12 750.500 1", "12.750", "1,5,6", "1/2", "#NAMN?", "=A1+B1", "<5"]
)
def test_what_could_be_two_numbers_or_none_is_never_read_as_one(written):
    assert read_cell(written).kind != "number"


@pytest.mark.parametrize(
    ("written", "kind", "values", "unit"),
    rows("""
        0                             | number          | 0          |
        −0,5 procentenheter           | number          | -0.5       | procentenheter
        plats 210                     | number          | 210        | plats
        82,5 % 2023                   | text            | 82.5       |
        0.83 procent (2019)           | text            | 0.83       |
        82,5 % (2023)                 | text            | 82.5       |
        855 st./100 000 inv2021       | text            | 855        |
        82 % (79 %)                   | text            | 82;79      |
        56 200 (54 000)               | text            | 56200;54000 |
        plats 12 från plats 30        | text            | 12;30      |
        har minskat med 3,5 mkr       | text            | 3.5        |
        92% positiva svar, 93% 2023   | text            | 92;93      |
        uppemot 1 200                 | text            | 1200       |
        c:a 50 %                      | text            | 50         |
        7,5-8,5 mkr                   | text            | 7.5;8.5    |
        från 3 – 4 till 5             | text            |            |
        12 000 Avvikelse              | text            | 12000      |
        tre kvinnor                   | text            | 3          |
        12 fl, 10 pojkar              | text            | 12;10      |
        58 55                         | text            | 58;55      |
        Se bilaga 3                   | text            |            |
        klar                          | text            |            |
        ca 12.750                     | text            |            |
        12.750 (11.200)               | text            |            |
    """),
)
def test_what_the_message_about_an_unclear_cell_may_suggest(written, kind, values, unit):
    reading = read_cell(written)

    assert reading.kind == kind
    assert list(reading.values) == [Decimal(value) for value in values.split(";") if value]
    assert reading.unit == (BUILT_IN_UNITS.named(unit) if unit else None)


cell_words = st.sampled_from([
    "82", "12.750", "5 600", "2024", "%", "mkr", "plats", "från", "kvinnor", "män", "en", "drygt", "ca", "ökat med",
    "(", ")", ",", "–", "-", ".", "Ingen", "för få svar", "ja", "<i>", "\n", "\u00a0", "per 100 000 inv", "①",
    "٣", "ſt",
])  # fmt: skip


@given(st.text() | st.lists(cell_words).map(" ".join) | st.lists(cell_words).map("".join))
def test_any_text_is_read_as_something(text):
    reading = read_cell(text)

    assert all(value.is_finite() for value in reading.values)
    assert (reading.kind == "missing-text") == (reading.word in SAKNAS_ORSAKER)
    assert len(reading.values) == 1 or reading.kind != "number"


@given(st.text(alphabet=SPACES), st.integers(0, 10**9), st.text(alphabet=SPACES))
def test_spaces_around_a_number_mean_nothing(before, value, after):
    assert read_cell(f"{before}{value}{after}") == Reading("number", (Decimal(value),))


@pytest.mark.parametrize(
    ("written", "unit", "is_told"),
    rows("""
        1,5 milj              | antal         | nej
        300 tusen             | antal         | nej
        1,5 h                 | minuter       | nej
        1 tim 20 min          | minuter       | nej
        8 promille            | procent       | nej
        8 ‰                   | procent       | nej
        0,13 MWh/m2           | kWh per kvm   | nej
        3 kr/besök            | kr            | nej
        cirka 3               | antal         | ja
        2 kvinnor och 1 man   | antal         | ja
        82 % (79 %)           | procent       | ja
        82,5 % 2023           | procent       | ja
        ca 40 min             | minuter       | ja
    """),
)
def test_only_a_number_whose_unit_is_certain_is_proposed(written, unit, is_told):
    mattenhet = BUILT_IN_UNITS.named(unit)
    assert mattenhet
    assert stands_alone(written, mattenhet, BUILT_IN_UNITS) == (is_told == "ja")

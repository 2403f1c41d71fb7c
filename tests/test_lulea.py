"""Back test: what the program makes of Luleå's published figures, against tables typed by hand from the årsuppföljning."""

from collections import Counter

import pytest

from reporting.assess.resultat import Matetalsresultat
from reporting.assess.underlag import Underlag
from reporting.show.sentences import target_words
from reporting.units import amount, difference
from table_text import rows

# id | utfall dec 2023 | utfall dec 2024 | mål 2024 | avvikelse | status | utveckling
EXPECTED = """
samtal-hsv             | 82·%        | 82·%         | minst 90·%         | −8·procentenheter    | ej uppnått       | oförändrad
samtal-myndighet       | 82·%        | 58·%         | minst 90·%         | −32·procentenheter   | ej uppnått       | försämrad
synpunkter-svarstid    | 85·%        | 85·%         | minst 95·%         | −10·procentenheter   | ej uppnått       | oförändrad
gott-bemotande         | 99·%        | 99·%         | minst 100·%        | −1·procentenhet      | ej uppnått       | oförändrad
vfu-apl                | 370         | 305          | minst 375          | −70                  | ej uppnått       | försämrad
andel-man              | 21,4·%      | 23,0·%       | minst 22,5·%       | +0,5·procentenheter  | uppnått          | förbättrad
gymnasiepoang          | 56·200·poäng | 60·900·poäng | minst 56·200·poäng | +4·700·poäng        | uppnått          | förbättrad
sjukfranvaro           | 8,14·%      | 8,76·%       | högst 7,8·%        | +0,96·procentenheter | ej uppnått       | försämrad
frisknarvaro           | 65,18·%     | 64,12·%      |                    |                      | kan inte bedömas | försämrad
medarbetare-66         | 145         | 161          | minst 160          | +1                   | uppnått          | förbättrad
chefer-30              | 93,75·%     | 90,10·%      | minst 96·%         | −5,90·procentenheter | ej uppnått       | försämrad
ros-nya                | 244         | 221          | minst 260          | −39                  | ej uppnått       | försämrad
foraldrasupport        | 593         | 538          | minst 535          | +3                   | uppnått          | försämrad
freda                  | 100         | 273          | minst 210          | +63                  | uppnått          | förbättrad
eq-mottagningen        | 34          | 42           | minst 50           | −8                   | ej uppnått       | förbättrad
digital-tillsyn        | 0           | 2            | minst 60           | −58                  | ej uppnått       | förbättrad
trygghetskameror       | 60          | 48           | minst 80           | −32                  | ej uppnått       | försämrad
halsosamtal-80         | 250         | 286          | minst 150          | +136                 | uppnått          | förbättrad
eget-kontrakt          | 11·%        | 27·%         | minst 14·%         | +13·procentenheter   | uppnått          | förbättrad
sabo-65-79             | 1,7·%       | 1,8·%        | högst 1,6·%        | +0,2·procentenheter  | ej uppnått       | försämrad
uppsokande             | 32          | 176          | minst 74           | +102                 | uppnått          | förbättrad
delaktighet-barn       |             |              | minst 80·%         |                      | kan inte bedömas | kan inte jämföras
placerade-barn         | 139         | 144          | högst 145          | −1                   | uppnått          | försämrad
langvarigt-bistand     | 0,75·%      | 0,75·%       | högst 0,87·%       | −0,12·procentenheter | uppnått          | oförändrad
lag-ekonomisk-standard |             |              |                    |                      | kan inte bedömas | kan inte jämföras
nyttovarderade         | 1           | 5            | minst 5            | 0                    | uppnått          | förbättrad
testade-produkter      | 11          | 9            | minst 9            | 0                    | uppnått          | försämrad
"""

# nämndsmål | bedömning | nämndens trend | uppnådda av bedömbara mått | förslag där det skiljer sig
GOALS = """
God service med god kvalitet     | I hög grad uppfyllt | oförändrad | 1 av 6 | Delvis uppfyllt
Kompetensförsörjning             | Delvis uppfyllt     | oförändrad | 3 av 6 |
Tidiga och förebyggande insatser | I hög grad uppfyllt | förbättrad | 4 av 8 | Delvis uppfyllt
Boendekoncept                    | Ej uppfyllt         | oförändrad | 1 av 3 | Delvis uppfyllt
Samverkan                        | Helt uppfyllt       | förbättrad | 3 av 3 |
Barn och unga                    | I hög grad uppfyllt | förbättrad | 2 av 2 | Helt uppfyllt
Egen försörjning                 | Helt uppfyllt       | förbättrad | 1 av 1 |
Digitala lösningar               | I hög grad uppfyllt | förbättrad | 2 av 2 | Helt uppfyllt
"""


def shown(result: Matetalsresultat) -> tuple[str, ...]:
    unit, decimaler = result.matetal.mattenhet, result.decimaler
    values = [amount(v, unit, decimaler) if v is not None else "" for v in (result.tidigare_varde, result.varde)]
    deviation = difference(result.avvikelse, unit, decimaler) if result.avvikelse is not None else ""
    return (result.matetal.id, *values, target_words(result), deviation, str(result.status), str(result.trend))


@pytest.mark.parametrize("expected", rows(EXPECTED), ids=lambda row: row[0])
def test_every_matetal_of_2024(expected: tuple[str, ...], lulea: Underlag) -> None:
    result = next(result for result in lulea.resultat.matetal if result.matetal.id == expected[0])
    assert shown(result) == expected


def test_the_27_matetal_give_12_uppnatt_12_ej_and_3_that_cant_be_assessed(lulea: Underlag) -> None:
    assert len(rows(EXPECTED)) == len(lulea.resultat.matetal) == 27
    counts = Counter(str(result.status) for result in lulea.resultat.matetal)
    assert counts == {"uppnått": 12, "ej uppnått": 12, "kan inte bedömas": 3}


def test_each_that_cant_be_assessed_has_its_reason(lulea: Underlag) -> None:
    reasons = {r.matetal.id: r.orsak for r in lulea.resultat.matetal if r.orsak}
    assert reasons == {
        "frisknarvaro": "inget målvärde",
        "delaktighet-barn": "För få svarande",
        "lag-ekonomisk-standard": "Utfall kommer under första kvartalet 2025",
    }


@pytest.mark.parametrize("name", ["placerade-barn", "foraldrasupport", "testade-produkter"])
def test_met_and_worse(name: str, lulea: Underlag) -> None:
    result = next(result for result in lulea.resultat.matetal if result.matetal.id == name)
    assert (str(result.status), str(result.trend)) == ("uppnått", "försämrad")


def test_the_namnds_eight_bedomningar_and_where_the_forslag_differs(lulea: Underlag) -> None:
    made = [
        (
            mal.mal.kortnamn,
            mal.text.bedomning.namn if mal.text.bedomning else "",
            mal.text.trend or "",
            f"{mal.forslag.uppnadda} av {mal.forslag.bedombara}",
            mal.forslag.steg.namn if mal.skiljer and mal.forslag.steg else "",
        )
        for mal in lulea.resultat.mal
    ]
    assert made == rows(GOALS)


def test_the_seven_kvalitativa_matt(lulea: Underlag) -> None:
    answers = {r.matt.id: r.svar.svar for mal in lulea.resultat.mal for r in mal.kvalitativa if r.svar}
    assert answers == {
        "brukardialoger": "ja",
        "anhorigas-nojdhet": "delvis",
        "brottsforebyggande": "ja",
        "boendebeslut-i-tid": "delvis",
        "beslut-foljs-upp": "ja",
        "genomforandeplan": "ja",
        "brukare-delaktig": "ja",
    }


# id | delar efter kön | delarnas summa där den inte är totalen
SEXES = """
gymnasiepoang    | kvinnor 48150, män 12750                |
sjukfranvaro     | kvinnor 9,63, män 5,9                   |
ros-nya          | kvinnor 120, män 101                    |
foraldrasupport  | kvinnor 353, män 182                    | 535
eq-mottagningen  | kvinnor 8, män 34, flickor 0, pojkar 0  |
trygghetskameror | kvinnor 32, män 12                      | 44
halsosamtal-80   | kvinnor 163, män 84, par 39             |
placerade-barn   | flickor 71, pojkar 73                   |
"""


def test_the_published_splits_by_sex(lulea: Underlag) -> None:
    made = [
        (
            r.matetal.id,
            ", ".join(f"{p.kon} {p.varde.normalize():f}".replace(".", ",") for p in r.kon if p.varde is not None),
            "" if r.delsumma is None else str(r.delsumma),
        )
        for r in lulea.resultat.matetal
        if any(p.varde is not None for p in r.kon)
    ]
    assert made == rows(SEXES)


def test_the_measurement_period_where_it_is_another_than_december(lulea: Underlag) -> None:
    days = {
        r.matetal.id: r.matt_till.isoformat() for r in lulea.resultat.matetal if r.matt_till.isoformat() != "2024-12-31"
    }
    assert days == {
        "synpunkter-svarstid": "2024-11-30",
        "chefer-30": "2024-12-01",
        "ros-nya": "2024-11-05",
        "trygghetskameror": "2024-11-21",
        "sabo-65-79": "2023-12-31",
        "placerade-barn": "2024-08-31",
        "langvarigt-bistand": "2023-12-31",
        "lag-ekonomisk-standard": "2023-12-31",
    }


def test_every_figure_can_be_traced_to_its_cell(lulea: Underlag) -> None:
    places = {(u.fil, u.blad, u.cell) for u in lulea.nu.utfall}
    assert len(places) == len(lulea.nu.utfall)
    freda = next(u for u in lulea.nu.utfall if u.matetal == "freda")
    assert (freda.fil, freda.blad, freda.cell) == ("data/2024-12/socialnamnden/utfall-ifo.xlsx", "Mätetal", "C6")

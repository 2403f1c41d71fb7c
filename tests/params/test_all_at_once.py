"""One go tells every fault: none hides another, and none is told that goes away when another is mended."""

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN
from reporting.faults import Fault
from reporting.params.read import read_params
from reporting.periods import Period
from table_text import rows

PERIOD = Period(2025, 8)
PARAMS = EXEMPELKOMMUN / "params"
PLAN = "planer/socialnamnden-2023-2025.yml"

# One fault of each kind in Exempelkommun's plan. line | what somebody wrote on it | the line that is told | what stands there, as told
KINDS = """
4   | beslutad: 2022-02-30                                      | 4   | 2022-02-30
6   | diarienummer: SN 2022/188                                 | 6   | diarienummer
7   | giltig_till: "31/12/25"                                   | 7   | 31/12/25
11  | - id: Trygg ålderdom                                      | 11  | Trygg ålderdom
12  | namn: [Äldre ska känna sig trygga]                        | 12  |
17  | overgripande_mal: [tryghet]                               | 17  | tryghet
22  | mattenhet: prosent                                        | 22  | prosent
24  | kon: [kvinnor, barn]                                      | 24  | barn
25  | datakälla: Brukarenkät varje vår                          | 25  | datakälla
33  | malvarde: cirka 60 dagar                                  | 33  | cirka 60 dagar
42  | malvarde: {2023: minst 220, 2024: kanske 250, 2025: minst 280} | 42 | kanske 250
43  | ackumulerad: yes                                          | 43  | yes
51  | mattenhet: stycken                                        | 51  | stycken
56  | efterslapning_ar: 9                                       | 56  | 9
60  | # namn: Alla anhöriga har erbjudits ett stödsamtal        | 59  |
62  | - {id: genomforandeplaner, namn: Skrivs: tillsammans}     | 62  | - {id: genomforandeplaner, namn: Skrivs: tillsammans}
65  | namn: Gå igenom: fallriskerna hemma                       | 65  | namn: Gå igenom: fallriskerna hemma
68  | - id: halsosamtal                                         | 68  | halsosamtal
78  | verksamhetsomrade: alder                                  | 78  | alder
87  | mätetal:                                                  | 87  | mätetal
92  | malvarde: ska minska med 10 dagar per år                  | 92  | ska minska med 10 dagar per år
100 | malvarde: 40                                              | 100 | 40
107 | namn: Oplanerade avbrott i placeringar                    | 107 | namn: Oplanerade avbrott i placeringar
118 | malvarde: 80.5                                            | 118 | 80.5
129 | battre: mindre                                            | 129 | mindre
137 | - id: con                                                 | 137 | con
148 | verksamhetsomrade: IFO!                                   | 148 | IFO!
157 | enhet: antal                                              | 157 | enhet
167 | overgripande_mal: hushallning                             | 167 | hushallning
174 | decimaler: en                                             | 174 | en
183 | malvarde: {2023: alla, 2024: alla, 2025: alla, 2032: alla}  | 183 | 2032
197 | - introduktion                                            | 197 | introduktion
212 | - id:                                                     | 212 |
219 | verksamhetsomrade: *aldre                                 | 219 | verksamhetsomrade: *aldre
225 | - {id: hygienrutiner, namn: Basala, hygienrutiner följs}  | 225 | hygienrutiner följs
"""


@pytest.fixture
def params(tmp_path: Path) -> Path:
    """Exempelkommun's params with the plan of one nämnd."""
    shutil.copytree(PARAMS, tmp_path, dirs_exist_ok=True)
    for path in (tmp_path / "planer").iterdir():
        if path.name != Path(PLAN).name:
            path.unlink()
    (tmp_path / f"{PERIOD}.yml").write_text(f'period: "{PERIOD}"\nnamnder: {{socialnamnden: {{}}}}\n', encoding="utf-8")
    return tmp_path


def faults_with(params: Path, *kinds: tuple[str, ...]) -> list[Fault]:
    """What is told where the plan's lines are written otherwise."""
    lines = (PARAMS / PLAN).read_text(encoding="utf-8").splitlines()
    for line, written, *_ in kinds:
        before = lines[int(line) - 1]
        lines[int(line) - 1] = before[: len(before) - len(before.lstrip())] + written
    (params / PLAN).write_text("\n".join(lines), encoding="utf-8")
    return read_params(params, PERIOD)[1]


@pytest.mark.parametrize("kind", rows(KINDS), ids=lambda kind: " ".join(kind[:2]))
def test_a_fault_alone_is_told_and_nothing_else(params: Path, kind: tuple[str, ...]) -> None:
    _, _, line, stod = kind
    assert [(fault.plats, fault.stod) for fault in faults_with(params, kind)] == [(f"rad {line}", stod)]


def test_two_faults_are_the_faults_of_each(params: Path) -> None:
    alone = {kind: faults_with(params, kind) for kind in rows(KINDS)}
    for one, other in combinations(alone, 2):
        assert faults_with(params, one, other) == sorted({*alone[one], *alone[other]}), (one, other)


def test_all_of_them_are_told_in_the_order_of_their_lines(params: Path) -> None:
    found = [(fault.plats, fault.stod) for fault in faults_with(params, *rows(KINDS))]
    assert found == sorted(
        ((f"rad {line}", stod) for _, _, line, stod in rows(KINDS)), key=lambda item: int(item[0][4:])
    )


TEN_IN_THIRTY_LINES = """\
namnd: socialnamnden
plan: Verksamhetsplan 2025
beslutad: 2025-02-30
galler: [2025]
namndsmal:
  - id: trygg-alderdom
    namn: Trygg ålderdom
    overgripande_mal: [tryghet]
    matetal:
      - id: trygga-sabo
        namn: Andel trygga
        matenhet: procent
        malvarde: minst 90 %
      - id: vantetid
        namn: Väntetid
        mattenhet: daggar
        malvarde: högst 60
        decimaler: 9
      - id: vantetid
        namn: Väntetid: till boende
        mattenhet: dagar
        malvarde: 60
        verksamhetsomrade: aldre
        verksamhetsomrade: ifo
      - id: Fallskador
        mattenhet: antal
        malvarde: kanske tio
uppdrag:
  - {id: nattpatrull, namn: Utreda en nattpatrull, verksamhetsomrade: nat}
  - {id: avgift, namn: Utreda avgiften}
"""

THEIR_FAULTS = """\
rad 3 Där står: «2025-02-30». Väntat: ett datum i almanackan, till exempel 2024-11-30.
rad 8 Där står: «tryghet». Väntat: ett övergripande mål i kommun.yml.
rad 12 Där står: «matenhet». Väntat: en av nycklarna id, namn, kort, mattenhet, …
rad 16 Där står: «daggar». Väntat: en av mattenheterna procent, antal, mkr, tkr, …
rad 18 Där står: «9». Väntat: decimaler: högst 4.
rad 19 Där står: «vantetid». Väntat: ett id som inte redan står på rad 14.
rad 20 Där står: «namn: Väntetid: till boende». Väntat: giltig YAML.
rad 22 Där står: «60». Väntat: ett målvärde och battre som säger en riktning.
rad 24 Där står: «verksamhetsomrade: ifo». Väntat: varje nyckel en gång.
rad 25 Väntat: nyckeln namn.
rad 25 Där står: «Fallskador». Väntat: id: små bokstäver a–z, siffror och bindestreck.
rad 27 Där står: «kanske tio». Väntat: till exempel «minst 10» eller «högst 10».
rad 29 Där står: «nat». Väntat: ett verksamhetsområde i kommun.yml.
"""


def test_more_than_ten_kinds_of_fault_on_thirty_lines_are_all_told(params: Path) -> None:
    (params / PLAN).write_text(TEN_IN_THIRTY_LINES, encoding="utf-8")
    lines = [str(fault).splitlines() for fault in read_params(params, PERIOD)[1]]
    shown = [f"{place.rpartition(', ')[2]} {said.strip()}" for place, said, _ in lines]
    expected = THEIR_FAULTS.splitlines()
    assert len(shown) == len(expected)
    for line, wanted in zip(shown, expected, strict=True):
        assert line == wanted or (wanted.endswith("…") and line.startswith(wanted.removesuffix("…")))

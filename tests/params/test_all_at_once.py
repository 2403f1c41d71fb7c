"""One go tells every fault: none hides another, and none is told that goes away when another is mended."""

import random
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, copied
from reporting.assess.check import inspect_period
from reporting.faults import Fault
from reporting.params.read import read_params
from reporting.periods import Period
from table_text import rows
from tiers import many

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
51  | mattenhet: stykken                                        | 51  | stykken
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


def with_line(path: Path, line: int, written: str) -> None:
    """Write a line of a file otherwise, set in as it was."""
    lines = path.read_text(encoding="utf-8").splitlines()
    before = lines[line - 1]
    lines[line - 1] = before[: len(before) - len(before.lstrip())] + written
    path.write_text("\n".join(lines), encoding="utf-8")


def faults_with(params: Path, *kinds: tuple[str, ...]) -> list[Fault]:
    """What is told where the plan's lines are written otherwise."""
    shutil.copyfile(PARAMS / PLAN, params / PLAN)
    for line, written, *_ in kinds:
        with_line(params / PLAN, int(line), written)
    return read_params(params, PERIOD)[1]


@pytest.mark.parametrize("kind", rows(KINDS), ids=lambda kind: " ".join(kind[:2]))
def test_a_fault_alone_is_told_and_nothing_else(params: Path, kind: tuple[str, ...]) -> None:
    _, _, line, stod = kind
    assert [(fault.plats, fault.stod) for fault in faults_with(params, kind)] == [(f"rad {line}", stod)]


def test_two_faults_are_the_faults_of_each(params: Path) -> None:
    alone = {kind: faults_with(params, kind) for kind in rows(KINDS)}
    pairs = list(combinations(alone, 2))
    for one, other in random.Random(7).sample(pairs, many(len(pairs) // 10, len(pairs))):
        assert faults_with(params, one, other) == sorted({*alone[one], *alone[other]}), (one, other)


def test_all_of_them_are_told_in_the_order_of_their_lines(params: Path) -> None:
    found = [(fault.plats, fault.stod) for fault in faults_with(params, *rows(KINDS))]
    assert found == sorted(
        ((f"rad {line}", stod) for _, _, line, stod in rows(KINDS)), key=lambda item: int(item[0][4:])
    )


def test_none_of_them_makes_a_fault_in_another_file(tmp_path: Path) -> None:
    root = copied(EXEMPELKOMMUN, tmp_path)
    in_params = faults_with(root.params, *rows(KINDS))
    assert [(fault.plats, fault.stod) for fault in list(inspect_period(root, PERIOD).faults)] == [
        (fault.plats, fault.stod) for fault in in_params
    ]


# One fault of each kind in the files that all nämnder share. file | line | what somebody wrote | the line that is told | what stands there
SHARED = """
kommun.yml  | 3  | komun: Exempelkommun                                          | 3  | komun
kommun.yml  | 4  | pahittade_uppgifter: kanske                                   | 4  | kanske
kommun.yml  | 6  | nämnder:                                                      | 6  | nämnder
kommun.yml  | 7  | - id: Socialnämnden                                           | 7  | Socialnämnden
kommun.yml  | 10 | - {id: aldre, namn: Äldreomsorg: allt}                        | 10 | - {id: aldre, namn: Äldreomsorg: allt}
kommun.yml  | 11 | - {namn: Individ- och familjeomsorg}                          | 11 |
kommun.yml  | 12 | - {id: stod, namn: Ledning och stöd, blad: [personl, drift]}  | 12 | personl
kommun.yml  | 37 | - {id: Trygghet, namn: En trygg kommun hela livet}            | 37 | Trygghet
kommun.yml  | 38 | - {namn: Alla kan lära och växa}                              | 38 |
kommun.yml  | 47 | Tre steg:                                                     | 47 | Tre steg
kommun.yml  | 48 | nara_malvarde: 0,05                                           | 48 | 0,05
kommun.yml  | 51 | - {id: ej, namn: Ej uppnått, form: kvadrat, ton: röd, fran: 0}   | 51 | röd
kommun.yml  | 58 | - {id: ej, namn: Ej uppnått, form: kvadrat, ton: rod, fran: noll} | 58 | noll
kommun.yml  | 64 | årsuppfoljning: {namn: Årsuppföljning, skala: tre-steg}       | 64 | årsuppfoljning
kommun.yml  | 65 | delarsuppfoljning: {namn: Delårsuppföljning, skala: delarskala}  | 65 | delarskala
kommun.yml  | 67 | webplats:                                                     | 67 | webplats
kommun.yml  | 70 | farg: rosa                                                    | 70 | rosa
2025-08.yml | 2  | period: 2025-8                                                | 2  | 2025-8
2025-08.yml | 4  | socialnamden:                                                 | 4  | socialnamden
2025-08.yml | 8  | beslutsdatum: 2025-09-31                                      | 8  | 2025-09-31
2025-08.yml | 10 | arbetsbocker: [utfall-aldre.xlsx, G:/utfall-ifo.xlsx, utfall-stod.xlsx] | 10 | G:/utfall-ifo.xlsx
2025-08.yml | 12 | dokumentnamn: Delårsuppföljning: augusti                      | 12 | dokumentnamn: Delårsuppföljning: augusti
2025-08.yml | 13 | ärendenummer: UN 2025/120                                     | 13 | ärendenummer
"""


@pytest.mark.parametrize("kind", rows(SHARED), ids=lambda kind: " ".join(kind[:3]))
def test_a_fault_in_a_shared_file_is_told_and_nothing_else(tmp_path: Path, kind: tuple[str, ...]) -> None:
    fil, line, written, told, stod = kind
    shutil.copytree(PARAMS, tmp_path, dirs_exist_ok=True)
    with_line(tmp_path / fil, int(line), written)
    found = [(fault.fil, fault.plats, fault.stod) for fault in read_params(tmp_path, PERIOD)[1]]
    assert found == [(f"params/{fil}", f"rad {told}", stod)]


def test_all_of_them_hide_none_and_make_none_in_the_other_files(tmp_path: Path) -> None:
    root = copied(EXEMPELKOMMUN, tmp_path)
    here = root.data / str(PERIOD)
    with_line(here / "socialnamnden" / "texter.md", 18, "trend: uppåt")
    (here / "utbildningsnamnden" / "godkanda.yml").write_text("godkanda:\n  - kod: abc\n", encoding="utf-8")
    (here / "kultur-och-fritidsnamnden" / "utfall.xls").write_bytes(b"")
    theirs = list(inspect_period(root, PERIOD).faults)
    for fil, line, written, *_ in rows(SHARED):
        with_line(root.params / fil, int(line), written)
    found = list(inspect_period(root, PERIOD).faults)
    assert [fault for fault in found if fault.fil.startswith("data/")] == theirs
    assert len(theirs) == 3
    shown = {(fault.fil, fault.plats, fault.stod) for fault in found} - {(f.fil, f.plats, f.stod) for f in theirs}
    assert shown == {(f"params/{fil}", f"rad {told}", stod) for fil, _, _, told, stod in rows(SHARED)}


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

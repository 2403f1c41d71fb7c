"""reporting check: every fault of every file in one go, in seconds, without a kernel."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from commands import put, reporting
from conftest import EXEMPELKOMMUN, PROJECT
from reporting.assess.check import inspect_period
from reporting.batch.status import lage_of_period
from reporting.params.root import Root, periods
from reporting.periods import Period
from table_text import rows

pytestmark = pytest.mark.process

DATA = Path("data/2024-12/socialnamnden")


@pytest.mark.parametrize("period", ["2017-12", "2023-04", "2023-08"])
def test_lulea_is_silent(period: str) -> None:
    result = reporting("check", period, "--root", str(PROJECT))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("period", ["2023-12", "2024-04", "2024-08", "2024-12", "2025-04"])
def test_exempelkommun_is_silent(period: str) -> None:
    result = reporting("check", period, "--root", str(EXEMPELKOMMUN))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


# What nobody has accepted yet: where the source of Luleå's figures contradicts itself, and where Exempelkommun isn't done.
OPEN = {
    (PROJECT, "2024-12"): """
    data/2024-12/socialnamnden/utfall-kvalitet.xlsx | Resultat, föregående år: 1 mkr, men kommunbidrag minus nettokostnader är −1 mkr
    data/2024-12/socialnamnden/utfall-kvalitet.xlsx | Kostnaderna är tillsammans 68 027 mkr, mer än nämndens hela nettokostnad, 2 222 mkr
    data/2024-12/socialnamnden/utfall-kvalitet.xlsx | Verksamhetsområdena är tillsammans −87,5 mkr, alltså med motsatt tecken
    """,
    (EXEMPELKOMMUN, "2025-08"): """
    data/2025-08/utbildningsnamnden/utfall-forskola.xlsx      | Samma utfall som i april 2025
    data/2025-08/kultur-och-fritidsnamnden/utfall-fritid.xlsx | Samma utfall som i augusti 2024
    data/2025-08/byggnadsnamnden                              | Nämnden har inte lämnat någon arbetsbok
    """,
}  # fmt: skip


@pytest.mark.parametrize(("root", "period"), OPEN)
def test_what_ought_to_be_looked_at_is_shown_and_is_no_fault(root: Path, period: str) -> None:
    result = reporting("check", period, "--root", str(root), "--json")
    found = json.loads(result.stdout)
    assert (result.returncode, found["fel"]) == (0, [])
    said = [
        item["iakttagelse"].replace("\u00a0", " ").partition(". ")[0].rstrip(".") for item in found["att_kontrollera"]
    ]
    shown = list(zip([item["fil"] for item in found["att_kontrollera"]], said, strict=True))
    assert shown == rows(OPEN[root, period])
    assert all(item["motiv"] for item in found["godkanda"])
    told = reporting("check", period, "--root", str(root))
    assert told.stderr.strip().splitlines() == [
        f"Inga fel i underlaget för {Period.parse(period).name}. {len(shown)} att kontrollera.",
        'Godkänn det som stämmer med reporting accept KOD --motiv "varför".',
    ]
    assert all(f"Kod: {item['kod']}" in told.stdout for item in found["att_kontrollera"])


def test_on_a_terminal_each_file_is_a_table(copy_of: Callable[[Path], Root], monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_of(EXEMPELKOMMUN)
    put(root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx", "Mätetal", "C3", "ca 58")
    monkeypatch.setenv("FORCE_COLOR", "1")  # what rich takes for a terminal
    monkeypatch.setenv("COLUMNS", "100")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", reporting("check", "2025-08", "--root", str(root.folder)).stdout)
    assert "Fel: data/2025-08/socialnamnden/utfall-aldre.xlsx" in shown
    assert re.search(r"│ blad Mätetal, .*│ ca 58 .*│ ett tal i dagar, eller .*│ skriv bara talet", shown)
    assert "Att kontrollera: data/2025-08/utbildningsnamnden/utfall-forskola.xlsx" in shown
    assert max(map(len, shown.splitlines())) == 100


def test_a_marked_copy_goes_back_and_reads_as_the_original_did(copy_of: Callable[[Path], Root], tmp_path: Path) -> None:
    root = copy_of(EXEMPELKOMMUN)
    sent = root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx"
    put(sent, "Mätetal", "C3", "ca 58")
    put(sent, "Uppdrag", "C2", "Färdig")
    before = reporting("check", "2025-08", "--root", str(root.folder), "--json")
    back = tmp_path / "tillbaka"
    result = reporting("check", "2025-08", "--root", str(root.folder), "--return", str(back), "--json")
    assert (result.returncode, result.stdout) == (1, before.stdout)
    assert [path.relative_to(back).as_posix() for path in sorted(back.rglob("*.*"))] == [
        "socialnamnden/utfall-aldre.txt",
        "socialnamnden/utfall-aldre.xlsx",
    ]
    sent.write_bytes((back / "socialnamnden" / "utfall-aldre.xlsx").read_bytes())
    assert reporting("check", "2025-08", "--root", str(root.folder), "--json").stdout == before.stdout
    put(sent, "Mätetal", "C3", "58")
    put(sent, "Uppdrag", "C2", "Klar")
    mended = json.loads(reporting("check", "2025-08", "--root", str(root.folder), "--json").stdout)
    assert (mended["fel"], len(mended["att_kontrollera"])) == ([], 3)
    again = reporting("check", "2025-08", "--root", str(root.folder), "--return", str(back))
    assert (again.returncode, "en mapp som inte finns ännu, eller som är tom" in again.stderr) == (2, True)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def put_ten_faults_into(root: Root) -> None:
    plan = root.params / "planer" / "socialnamnden-2024.yml"
    edit(plan, "        kort: Män bland månadsanställda\n", "        kortt: Män bland månadsanställda\n")
    edit(plan, "        malvarde: 7,80%\n        battre: lägre", "        malvarde: minst 7,80%\n        battre: lägre")
    ifo, kvalitet, personal = (root.folder / DATA / f"utfall-{name}.xlsx" for name in ("ifo", "kvalitet", "personal"))
    put(ifo, "Mätetal", "A6", "fredda")
    put(ifo, "Mätetal", "C5", "drygt 500")
    put(ifo, "Mätetal", "C7", "#N/A")
    put(ifo, "Mätetal", "C8", "=SUM(D8:H8)")
    put(kvalitet, "Mätetal", "A4", "nyttovarderade")
    put(kvalitet, "Om leveransen", "B2", "2023-12")
    book = openpyxl.load_workbook(personal)
    book.create_sheet("Investering").append(["vad", "hur mycket"])
    book.save(personal)
    (root.folder / DATA / "utfall-hsv.xlsx").unlink()


# file | place | what stood there
TEN = """
data/2024-12/socialnamnden/utfall-hsv.xlsx      |                                |
data/2024-12/socialnamnden/utfall-ifo.xlsx      | blad Mätetal, cell C5          | drygt 500
data/2024-12/socialnamnden/utfall-ifo.xlsx      | blad Mätetal, cell A6          | fredda
data/2024-12/socialnamnden/utfall-ifo.xlsx      | blad Mätetal, cell C7          | #N/A
data/2024-12/socialnamnden/utfall-ifo.xlsx      | blad Mätetal, cell C8          | =SUM(D8:H8)
data/2024-12/socialnamnden/utfall-kvalitet.xlsx | blad Mätetal, cell A4          | nyttovarderade
data/2024-12/socialnamnden/utfall-kvalitet.xlsx | blad Om leveransen, cell B2    | 2023-12
data/2024-12/socialnamnden/utfall-personal.xlsx | blad Investering               |
params/planer/socialnamnden-2024.yml            | rad 66                         | kortt
params/planer/socialnamnden-2024.yml            | rad 86                         | minst 7,80%
"""


def test_ten_faults_are_named_in_one_go_with_file_sheet_and_cell(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    put_ten_faults_into(root)
    result = reporting("check", "2024-12", "--root", str(root.folder), "--json")
    faults = json.loads(result.stdout)["fel"]
    assert [(f["fil"], f["plats"], f["stod"]) for f in faults] == rows(TEN)
    assert all(fault["vantat"] and fault["atgard"] for fault in faults)
    assert result.returncode == 1
    shown = reporting("check", "2024-12", "--root", str(root.folder))
    assert (shown.returncode, shown.stdout.count("Gör så här:")) == (1, 10)
    assert "Traceback" not in shown.stdout + shown.stderr
    assert shown.stderr.strip().startswith("10 fel i underlaget för december 2024.")


def test_check_starts_no_kernel_and_imports_no_papermill() -> None:
    heavy = ("papermill", "nbconvert", "jupyter_client", "matplotlib", "pandas")
    program = f"import sys, reporting.cli.app, reporting.assess.check; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "[]"


def test_a_fault_in_one_namnds_plan_is_not_the_others(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    plan = next((root.params / "planer").glob("utbildningsnamnden*.yml"))
    plan.write_text(plan.read_text(encoding="utf-8") + "\nfel: här\n", encoding="utf-8")
    lage = {item.namnd: item.fel for item in lage_of_period(root, Period(2025, 8))}
    assert lage == {"socialnamnden": 0, "utbildningsnamnden": 1, "kultur-och-fritidsnamnden": 0, "byggnadsnamnden": 0}
    assert {fault.fil for fault in inspect_period(root, Period(2025, 8)).faults} == {"params/planer/" + plan.name}


def test_the_newest_period_is_meant_where_none_is_named() -> None:
    found = json.loads(reporting("status", "--root", str(EXEMPELKOMMUN), "--json").stdout)
    assert found[0]["lamnade"][0]["fil"] == "data/2025-08/socialnamnden/utfall-aldre.xlsx"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "2024-11"], "år och månad, där månaden är 04, 08 eller 12"),
        (["check", "2031-12"], "en period som har en fil i params/"),
        (["run", "2024-12", "--namnd", "socialnamden"], "Nämnden «socialnamden» finns inte i params/2024-12.yml"),
        (["run", "2024-12", "--kapitel", "99-saknas"], "Kapitlet «99-saknas» finns inte"),
        (["run", "2024-12", "--nämnd", "x"], "Valet --nämnd finns inte"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(arguments: list[str], told: str) -> None:
    result = reporting(*arguments, "--root", str(PROJECT))
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_every_bundled_period_is_found() -> None:
    root = Root(EXEMPELKOMMUN, EXEMPELKOMMUN / "data", EXEMPELKOMMUN / "outputs")
    assert [str(period) for period in periods(root)] == [
        "2023-12",
        "2024-04",
        "2024-08",
        "2024-12",
        "2025-04",
        "2025-08",
    ]


def test_a_chapter_whose_name_no_run_would_pick_up_is_told(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    (root.notebooks / "11-Fel namn.ipynb").write_text("{}", encoding="utf-8")
    assert [(fault.fil, fault.stod) for fault in inspect_period(root, Period(2024, 12)).faults] == [
        ("notebooks/11-Fel namn.ipynb", "11-Fel namn.ipynb")
    ]


def test_workbooks_that_lie_where_nobody_reads_them_are_told(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    period = root.data / "2025-08"
    sent = (period / "socialnamnden" / "utfall-aldre.xlsx").read_bytes()
    for place in ("kultur-fritidsnamnden", "socialnamnden/inkommet", "."):
        (period / place).mkdir(exist_ok=True)
        (period / place / "ny.xlsx").write_bytes(sent)
    kontroll = inspect_period(root, Period(2025, 8))
    assert [(fault.fil, fault.vantat) for fault in kontroll.faults] == rows("""
        data/2025-08/kultur-fritidsnamnden/ | en mapp med en nämnds id
        data/2025-08/ny.xlsx                | en fil i en nämnds mapp
    """)
    assert "Arbetsböckerna i mappen läses inte." in [notis.iakttagelse for notis in kontroll.notiser]


def test_an_earlier_periods_workbook_is_not_sent_back(copy_of: Callable[[Path], Root], tmp_path: Path) -> None:
    root = copy_of(EXEMPELKOMMUN)
    for period in ("2024-08", "2025-08"):
        put(root.data / period / "socialnamnden" / "utfall-aldre.xlsx", "Mätetal", "C3", f"ca {period[3]}8")
    reporting("check", "2025-08", "--root", str(root.folder), "--return", str(tmp_path / "tillbaka"))
    letter = (tmp_path / "tillbaka" / "socialnamnden" / "utfall-aldre.txt").read_text(encoding="utf-8")
    assert ("Där står: ca 58" in letter, "Där står: ca 48" in letter) == (True, False)


def test_a_folder_that_cannot_be_written_is_no_traceback(tmp_path: Path, copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    put(root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx", "Mätetal", "C3", "ca 58")
    (tmp_path / "fil").write_text("", encoding="utf-8")
    result = reporting("check", "2025-08", "--root", str(root.folder), "--return", str(tmp_path / "fil" / "sub"))
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert "går inte att läsa eller skriva" in result.stderr

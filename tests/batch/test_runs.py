"""The command as a whole: what it prints, what it writes, and that the same input gives the same bytes."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT, run_all
from reporting.batch.jobs import planned
from reporting.batch.manifests import LIBRARIES
from reporting.batch.status import lage_of_period
from reporting.params.root import Root
from reporting.periods import Period

pytestmark = pytest.mark.process

TIME = re.compile(rb'<p class="time">[^\n]*\n')


def without_times(path: Path) -> bytes:
    """A file's bytes; in a page without its one line of time, in run.json and a chapter's manifest without their times."""
    content = path.read_bytes()
    if path.suffix == ".json":
        return re.sub(rb'"(started|seconds|sekunder)": [^\n]*\n', b"", content)
    if path.suffix == ".html":
        assert len(TIME.findall(content)) == 1
        return TIME.sub(b"", content)
    return content


def made_files(root: Root) -> list[Path]:
    """Everything that a run leaves, but for its lock."""
    return sorted(path for path in root.outputs.rglob("*") if path.is_file() and path.parent.name != ".korning")


def test_the_same_input_gives_the_same_bytes(made_lulea: Root, already_run: Root) -> None:
    files = made_files(made_lulea)
    assert [path.relative_to(made_lulea.outputs).as_posix() for path in files if path.parent.name != ".kapitel"] == [
        "2024-12/kommun/kommun-sammanstallning.ipynb",
        "2024-12/kommun/rapport.html",
        "2024-12/kommun/run.json",
        "2024-12/socialnamnden/01-sammanfattning.ipynb",
        "2024-12/socialnamnden/02-maluppfoljning.ipynb",
        "2024-12/socialnamnden/03-matetal.ipynb",
        "2024-12/socialnamnden/04-uppdrag.ipynb",
        "2024-12/socialnamnden/05-internkontroll.ipynb",
        "2024-12/socialnamnden/06-privata-utforare.ipynb",
        "2024-12/socialnamnden/07-personal.ipynb",
        "2024-12/socialnamnden/08-ekonomi.ipynb",
        "2024-12/socialnamnden/09-framtid.ipynb",
        "2024-12/socialnamnden/10-underlag.ipynb",
        "2024-12/socialnamnden/rapport.html",
        "2024-12/socialnamnden/run.json",
        "2024-12/socialnamnden/verksamhetsplan/rapport.html",
        "2024-12/socialnamnden/verksamhetsplan/run.json",
        "2024-12/socialnamnden/verksamhetsplan/verksamhetsplan.ipynb",
    ]
    for job in planned(already_run, Period(2024, 12), ["socialnamnden"]):
        job.manifest.unlink()
    assert sum(page.current for page in run_all(already_run, "2024-12")) == 0
    here, there = (root.folder.as_posix().encode() for root in (made_lulea, already_run))
    for path in files:
        again = already_run.outputs / path.relative_to(made_lulea.outputs)
        if path.suffix in (".ipynb", ".html"):
            assert without_times(again).replace(there, here) == without_times(path), path.name
    assert len(files) == len(made_files(already_run)) == 18 + 12


def test_a_root_can_be_moved_without_being_made_again(already_run: Root) -> None:
    assert [(page.current, page.is_new) for page in run_all(already_run, "2024-12")] == [
        (10, False), (1, False), (1, False),
    ]  # fmt: skip


def test_run_json_says_what_the_page_is_made_of(made_lulea: Root) -> None:
    folder = made_lulea.outputs / "2024-12" / "socialnamnden"
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["results"] == {"uppnått": 12, "nära målvärde": 0, "ej uppnått": 12, "kan inte bedömas": 3}
    assert (
        len(record["inputs"]) == 15
    )  # kommun, period and plan; five workbooks of each year; the texts; what was accepted
    for item in record["inputs"]:
        assert hashlib.sha256((made_lulea.folder / item["fil"]).read_bytes()).hexdigest() == item["sha256"], item["fil"]
    assert set(record["versions"]) == {"python", *LIBRARIES}
    assert all(item["ok"] and item["seconds"] > 0 for item in record["chapters"])
    assert record["chapters"][0]["parameters"]["namnd"] == "socialnamnden"
    page = (folder / "rapport.html").read_bytes()
    assert record["page_sha256"] == hashlib.sha256(TIME.sub(b"", page)).hexdigest()


def test_a_changed_figure_is_seen_on_the_next_page(copy_of: object) -> None:
    root = copy_of(PROJECT)  # type: ignore[operator]
    import openpyxl

    path = root.data / "2024-12" / "socialnamnden" / "utfall-ifo.xlsx"
    book = openpyxl.load_workbook(path)
    assert book["Mätetal"]["C4"].value == 221
    book["Mätetal"]["C4"] = 261
    book.save(path)
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "reporting",
        "run",
        "--root",
        str(root.folder),
        "--namnd",
        "socialnamnden",
    ]
    command += ["--kapitel", "02-maluppfoljning", "--jobs", "1"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    page = Path(result.stdout.strip())
    assert page == root.outputs / "2024-12" / "socialnamnden" / "rapport.html"
    assert re.fullmatch(r"1/1 socialnamnden 02-maluppfoljning: klart \(\d+,\d s\)\n", result.stderr)
    assert "Nya på RoS-mottagningen: 261, mål minst 260" in page.read_text(encoding="utf-8")


def test_a_run_with_a_failed_chapter_ends_with_3_and_with_faults_in_params_with_1(copy_of: object) -> None:
    root = copy_of(PROJECT)  # type: ignore[operator]
    (root.data / "2024-12" / "socialnamnden" / "utfall-hsv.xlsx").unlink()
    arguments = [sys.executable, "-m", "reporting", "run", "--root", str(root.folder)]
    only = ["--namnd", "socialnamnden", "--kapitel", "01-sammanfattning"]
    result = subprocess.run([*arguments, *only], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 3
    assert "socialnamnden, 01-sammanfattning kunde inte göras:\n1 fel i underlaget:" in result.stderr
    assert "Traceback" not in result.stderr
    kommun = root.params / "kommun.yml"
    kommun.write_text(kommun.read_text(encoding="utf-8").replace("skalor:", "skallor:"), encoding="utf-8")
    result = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Menade du «skalor»?" in result.stderr


@pytest.mark.parametrize("period", ["2024-11", pytest.param("2024/12", marks=pytest.mark.nightly)])
def test_plain_papermill_works_and_tells_what_is_wrong(period: str, tmp_path: Path) -> None:
    papermill = [sys.executable, "-m", "papermill", str(PROJECT / "notebooks" / "02-maluppfoljning.ipynb")]
    wrong = [*papermill, str(tmp_path / "fel.ipynb"), "-p", "period", period, "-p", "namnd", "socialnamnden"]
    result = subprocess.run(wrong, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path)
    assert result.returncode != 0
    told = result.stderr.split('Exception encountered at "In [3]":')[1]
    assert told.strip().startswith(f"1 fel i underlaget:\n\nparametern period\n  Där står: «{period}».")


def test_plain_papermill_makes_the_chapter_from_any_folder(tmp_path: Path) -> None:
    papermill = [sys.executable, "-m", "papermill", str(PROJECT / "notebooks" / "02-maluppfoljning.ipynb"), "ut.ipynb"]
    command = [*papermill, "-p", "period", "2024-12", "-p", "namnd", "socialnamnden", "--no-progress-bar"]
    subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    made = (tmp_path / "ut.ipynb").read_text(encoding="utf-8")
    assert "Bedömningen är en annan än måtten talar för" in made


def change_an_outcome(root: Root) -> None:
    """One cell of the sheet Mätetal."""
    import openpyxl

    path = root.data / "2024-12" / "socialnamnden" / "utfall-ifo.xlsx"
    book = openpyxl.load_workbook(path)
    book["Mätetal"]["C4"] = 261
    book.save(path)


def test_a_single_chapter_leaves_the_others_marked_as_older(already_run: Root) -> None:
    root = already_run
    change_an_outcome(root)
    made = run_all(root, "2024-12", "socialnamnden", "02-maluppfoljning")[0]
    page = made.page.read_text(encoding="utf-8")
    assert page.count("Kapitlet är gjort av ett äldre underlag än resten av sidan.") == 9
    senaste = lage_of_period(root, Period(2024, 12))[0].senaste
    assert senaste.korning == "inaktuell"
    others = {path.stem for path in root.chapters} - {"02-maluppfoljning"} | {"verksamhetsplan"}
    assert senaste.andrade == dict.fromkeys(others, ("utfall-ifo.xlsx ändrad",))
    made = run_all(root, "2024-12", "socialnamnden")[0]
    assert "äldre underlag" not in made.page.read_text(encoding="utf-8")
    assert lage_of_period(root, Period(2024, 12))[0].senaste.korning == "klar"


def test_a_chapter_that_failed_stays_on_the_page_until_it_is_made(copy_of: object) -> None:
    root = copy_of(PROJECT)  # type: ignore[operator]
    workbook = root.data / "2024-12" / "socialnamnden" / "utfall-hsv.xlsx"
    content = workbook.read_bytes()
    workbook.unlink()
    run_all(root, "2024-12", "socialnamnden", "03-matetal")
    workbook.write_bytes(content)
    page = run_all(root, "2024-12", "socialnamnden", "01-sammanfattning")[0].page.read_text(encoding="utf-8")
    assert page.count("Kapitlet kunde inte göras.") == 1
    assert lage_of_period(root, Period(2024, 12))[0].senaste.korning == "misslyckad"


def test_a_half_written_run_json_is_no_run(copy_of: object) -> None:
    root = copy_of(PROJECT)  # type: ignore[operator]
    folder = root.outputs / "2024-12" / "socialnamnden"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text('{"chapters": [', encoding="utf-8")
    assert lage_of_period(root, Period(2024, 12))[0].senaste.korning == "inte körd"


@pytest.mark.parametrize(
    ("name", "value"),
    [("period", "2024"), *(pytest.param(*at, marks=pytest.mark.nightly) for at in [("namnd", "5"), ("root", "2024")])],
)
def test_a_parameter_that_papermill_takes_for_a_number_is_told(name: str, value: str, tmp_path: Path) -> None:
    papermill = [sys.executable, "-m", "papermill", str(PROJECT / "notebooks" / "01-sammanfattning.ipynb")]
    wrong = [*papermill, str(tmp_path / "fel.ipynb"), "-p", name, value]
    result = subprocess.run(wrong, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path)
    assert f"parametern {name}\n  Där står: «{value}»." in result.stderr

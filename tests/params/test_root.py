"""Which kommun's folder is meant, and what is said of a folder and of a chapter that there isn't."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import typer.main
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from conftest import EXEMPELKOMMUN, PROJECT, copied
from reporting.assess.underlag import load, load_kommun
from reporting.batch.status import namnders_lage
from reporting.cli.app import app
from reporting.faults import InputFaults
from reporting.params.root import find_root, unknown_chapter
from table_text import rows

MISSPELT, MEANT = "examples/exempelkomun", "examples/exempelkommun"
TOLD = """\
1 fel i underlaget:

parametern root
  Där står: «{named}». Väntat: kommunens mapp, den som params/kommun.yml ligger i. Den här mappen finns inte.
  Gör så här: ange rätt mapp. Närmast finns «{meant}» och «{above}». Menade du «{meant}»?
"""


@pytest.fixture(scope="module")
def mapp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Luleå's folder, with Exempelkommun's in it."""
    folder = tmp_path_factory.mktemp("kommuner") / "lulea"
    copied(PROJECT, folder)
    for name in ("params", "data"):
        (folder / MEANT / name).mkdir(parents=True)
    for path in EXEMPELKOMMUN.glob("params/*.yml"):
        (folder / MEANT / "params" / path.name).write_bytes(path.read_bytes())
    return folder


def everything(folder: Path) -> dict[Path, int]:
    """All that there is in a folder, and when it was last changed."""
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}


def command(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command as an analyst runs it, standing in a folder."""
    words = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(
        words, capture_output=True, encoding="utf-8", check=False, cwd=folder, env=environment, timeout=120
    )


COMMANDS = """
run
run --all
check
check --return tillbaka
status
watch
publish --to intranät --yes
publish --rollback --to intranät
new-period
template 2025-08 socialnamnden --till mallar
texts
accept a1b2c3 --motiv ja
upgrade --yes
backtest
"""


@pytest.mark.process
@pytest.mark.parametrize("words", [line for (line,) in rows(COMMANDS)])
def test_a_command_with_a_misspelt_folder_says_which_is_near_and_does_nothing(words: str, mapp: Path) -> None:
    before = everything(mapp)
    said = command(mapp, "-m", "reporting", *words.split(), "--root", MISSPELT)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == TOLD.format(named=MISSPELT, meant=MEANT, above=mapp.as_posix())
    assert everything(mapp) == before


def test_every_command_has_been_tried() -> None:
    assert {line.split()[0] for (line,) in rows(COMMANDS)} == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.process
def test_a_notebook_in_jupyterlab_with_a_misspelt_root_shows_what_to_mend_and_no_traceback(mapp: Path) -> None:
    before, folder = everything(mapp), mapp / "notebooks"
    notebook = nbformat.read(folder / "09-framtid.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source = f'period = "2025-08"\nnamnd = "socialnamnden"\nroot = "../{MISSPELT}"'
    with pytest.raises(CellExecutionError):
        NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    [shown] = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    told = TOLD.format(named=f"../{MISSPELT}", meant=f"../{MEANT}", above=mapp.as_posix())
    assert (shown.ename, "\n".join(shown.traceback) + "\n") == ("InputFaults", told)
    assert everything(mapp) == before


@pytest.mark.process
@pytest.mark.parametrize("engine", [[], ["--engine", "reporting-warm"]], ids=["papermill", "reporting-warm"])
@pytest.mark.parametrize(
    "name", ["02-maluppfoljning", pytest.param("kommun-sammanstallning", marks=pytest.mark.nightly)]
)
def test_papermill_with_a_misspelt_root_tells_it_in_the_notebook_and_on_the_terminal(
    engine: list[str], name: str, mapp: Path, tmp_path: Path
) -> None:
    before, made = everything(mapp), tmp_path / "ut.ipynb"
    parameters = ["-p", "period", "2025-08", "-p", "root", MISSPELT]
    parameters += [] if name == "kommun-sammanstallning" else ["-p", "namnd", "socialnamnden"]
    said = command(mapp, "-m", "papermill", f"notebooks/{name}.ipynb", str(made), *engine, *parameters)
    assert said.returncode != 0
    told = TOLD.format(named=MISSPELT, meant=MEANT, above=mapp.as_posix())
    assert told in said.stderr
    errors = [
        output
        for cell in nbformat.read(made, as_version=4).cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert ["\n".join(error.traceback) + "\n" for error in errors] == [told]
    assert everything(mapp) == before


# the root that is named, from Luleå's folder | why it isn't one | what is asked
NAMED = """
examples/exempelkomun          | Den här mappen finns inte.                         | examples/exempelkommun
Examples/Exempelkommun/        | Den här mappen finns inte.                         | examples/exempelkommun
exampels/exempelkomun          | Den här mappen finns inte.                         | examples/exempelkommun
exempelkommun                  | Den här mappen finns inte.                         | examples/exempelkommun
./examples/exempel-kommun      | Den här mappen finns inte.                         | examples/exempelkommun
../luleå                       | Den här mappen finns inte.                         | {mapp}
{mapp}å                       | Den här mappen finns inte.                         | {mapp}
{mapp}/examples/exempelkomun  | Den här mappen finns inte.                         | {mapp}/examples/exempelkommun
examples                       | I den här mappen finns ingen params/kommun.yml.    | examples/exempelkommun
examples/exempelkommun/params  | I den här mappen finns ingen params/kommun.yml.    | examples/exempelkommun
examples/exempelkommun/data    | I den här mappen finns ingen params/kommun.yml.    | examples/exempelkommun
params                         | I den här mappen finns ingen params/kommun.yml.    | {mapp}
notebooks                      | I den här mappen finns ingen params/kommun.yml.    | {mapp}
params/kommun.yml              | Det här är ingen mapp.                             | {mapp}
nagon-annanstans               | Den här mappen finns inte.                         |
"""


@pytest.mark.parametrize(("named", "why", "meant"), rows(NAMED))
def test_a_folder_that_is_no_kommuns_is_told_with_the_one_that_may_be_meant(
    named: str, why: str, meant: str, mapp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mapp)
    named, meant = (text.format(mapp=mapp.as_posix()) for text in (named, meant))
    with pytest.raises(InputFaults) as told:
        find_root(named)
    [fault] = told.value.faults
    assert (fault.stod, fault.vantat + ".") == (named, f"kommunens mapp, den som params/kommun.yml ligger i. {why}")
    assert fault.atgard.partition(" Menade du ")[2] == (f"«{meant}»?" if meant else "")
    for read in (lambda: namnders_lage("2025-08", root=named), lambda: load_kommun("2025-08", named)):
        with pytest.raises(InputFaults, match="parametern root"):
            read()
    with pytest.raises(InputFaults, match="parametern root"):
        load("2025-08", "socialnamnden", named)


def test_where_no_kommun_is_near_it_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tom").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputFaults, match=r"ange rätt mapp\. I närheten finns ingen mapp med params/kommun\.yml\."):
        find_root("tom/kommun")


def test_where_there_are_many_the_likeliest_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}-{number}" for letter in "abc" for number in range(100)]
    for name in [*names, "sundsvall", "sundbyberg"]:
        (tmp_path / name / "params").mkdir(parents=True)
        (tmp_path / name / "params" / "kommun.yml").write_text("kommun: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputFaults) as told:
        find_root("sundsval")
    assert "Närmast finns «sundsvall», «sundbyberg», «" in str(told.value)
    assert str(told.value).count("«") == 1 + 4 + 1  # what was written, four near, the question


def test_a_folder_of_the_right_name_is_the_kommuns_whatever_is_above(
    mapp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mapp)
    assert find_root(MEANT).folder == find_root(mapp / MEANT).folder == find_root(f"params/../{MEANT}/").folder
    assert find_root(MEANT).folder == mapp / MEANT
    assert find_root(".").folder == mapp


# where one stands, from Luleå's folder | whose folder an empty root is
EMPTY = """
.                             | .
notebooks                     | .
params/planer                 | .
examples                      | .
examples/exempelkommun        | examples/exempelkommun
examples/exempelkommun/params | examples/exempelkommun
"""


@pytest.mark.parametrize(("here", "whose"), rows(EMPTY))
def test_without_a_root_it_is_the_nearest_from_where_one_stands(
    here: str, whose: str, mapp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mapp / here)
    assert find_root().folder == find_root("").folder == find_root("", bundled=False).folder == mapp / whose


@pytest.mark.process
def test_where_there_is_no_kommun_above_a_notebook_has_the_bundled_and_a_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_root("").folder == PROJECT
    said = command(tmp_path, "-m", "reporting", "run")
    assert (said.returncode, said.stdout) == (2, "")
    assert "Väntat: en mapp med params/kommun.yml, här eller ovanför." in said.stderr
    assert list(tmp_path.iterdir()) == []


PROGRAMS = sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    """Exempelkommun without chapters of its own, in a folder with somebody else's."""
    for name in ("params", "data"):
        shutil.copytree(EXEMPELKOMMUN / name, tmp_path / "gemensamt" / "kommun" / name)
    theirs = tmp_path / "gemensamt" / "notebooks" / "50-andras.ipynb"
    theirs.parent.mkdir()
    theirs.write_bytes((PROJECT / "notebooks" / "09-framtid.ipynb").read_bytes())
    return tmp_path / "gemensamt" / "kommun"


@pytest.mark.process
def test_a_kommun_without_notebooks_has_the_programs_chapters_and_never_those_of_a_folder_above(kommun: Path) -> None:
    assert find_root(kommun).notebooks == PROJECT / "notebooks"
    said = command(kommun, "-m", "reporting", "run", "--kapitel", "50-andras")
    assert (said.returncode, said.stdout) == (2, "")
    assert "Kapitlet «50-andras» finns inte. Kapitlen är 01-sammanfattning, " in said.stderr


def test_a_kommun_with_notebooks_has_those_and_no_others(kommun: Path) -> None:
    (kommun / "notebooks").mkdir()
    (kommun / "notebooks" / "01-eget.ipynb").write_text("{}", encoding="utf-8")
    assert [path.relative_to(kommun).as_posix() for path in find_root(kommun).chapters] == ["notebooks/01-eget.ipynb"]


@pytest.mark.process
def test_the_program_as_it_is_installed_has_its_chapters_with_it(kommun: Path, tmp_path: Path) -> None:
    """Put where a wheel puts it, as pyproject.toml says, beside a folder that happens to be called notebooks."""
    wheel = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    site = tmp_path / "lib" / "site-packages"
    for name in wheel["wheel"]["only-include"]:
        [(start, instead)] = [item for item in wheel["wheel"]["sources"].items() if name.startswith(item[0])]
        shutil.copytree(
            PROJECT / name, site / instead / name[len(start) :].strip("/"), ignore=shutil.ignore_patterns(".*")
        )
    shutil.copytree(kommun.parent / "notebooks", tmp_path / "lib" / "notebooks")
    installed = {**os.environ, "PYTHONPATH": str(site)}
    asked = "from reporting.params import root; print(root.__file__); print(*root.find_root().notebooks.iterdir(), sep='\\n')"
    said = command(kommun, "-c", asked, environment=installed)
    where, *found = map(Path, said.stdout.splitlines())
    assert where == site / "reporting" / "params" / "root.py", said.stderr
    assert sorted(found) == [site / "reporting" / "notebooks" / name for name in PROGRAMS]
    words = ["run", "2025-08", "--namnd", "socialnamnden", "--kapitel", "09-framtid"]
    said = command(kommun, "-m", "reporting", *words, environment=installed)
    assert said.stdout == f"{kommun / 'outputs' / '2025-08' / 'socialnamnden' / 'rapport.html'}\n", said.stderr
    again = command(kommun, "-m", "reporting", *words, environment=installed)
    assert again.stderr == "1 kapitel var redan aktuella.\n"


CHAPTERS = """
ekonomi             | 08-ekonomi
8                   | 08-ekonomi
08                  | 08-ekonomi
8-ekonomi           | 08-ekonomi
Ekonomin            | 08-ekonomi
08-ekonomi.ipynb    | 08-ekonomi
maluppföljning      | 02-maluppfoljning
verksamhetsplanen   | verksamhetsplan
sammanfattning      | 01-sammanfattning
synpunkter          |
"""


@pytest.mark.parametrize(("written", "meant"), rows(CHAPTERS))
def test_the_chapters_are_listed_and_the_nearest_is_asked_about(written: str, meant: str) -> None:
    told = unknown_chapter(find_root(PROJECT), written)
    assert told.startswith(f"Kapitlet «{written}» finns inte. Kapitlen är 01-sammanfattning, 02-maluppfoljning, ")
    assert "10-underlag, verksamhetsplan, kommun-sammanstallning." in told
    assert told.partition(" Menade du ")[2] == (f"«{meant}»?" if meant else "")

"""A chapter with a table and a module of its own beside it is the same, whoever runs it and from wherever."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from conftest import EXEMPELKOMMUN, copied, namnder_of, run_jobs
from reporting.batch.jobs import planned
from reporting.batch.manifests import look_over
from reporting.params.root import Root
from reporting.periods import Period

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("same-place")]  # one root for all of them

PERIOD, NAMND, CHAPTER = "2025-08", "socialnamnden", "50-synpunkter"
CELLS = (
    f'period = "{PERIOD}"\nnamnd = "{NAMND}"\nroot = ""',
    "from pathlib import Path\nimport pandas as pd\nfrom raknat import per_person\nfrom egna.delar import rubrik",
    "from reporting import kapitel\nk = kapitel(period, namnd, root)\nprint(k.namnd.namn)",
    'synpunkter = pd.read_csv("synpunkter.csv", sep=";", decimal=",")\nsynpunkter',
    'print(rubrik, per_person(synpunkter.antal.sum(), Path("egna/antal.txt").read_text(encoding="utf-8")))',
    'print(k.fil("synpunkter.csv").relative_to(Path.cwd()), "i", Path.cwd().name)',
)
BESIDE = {
    "synpunkter.csv": "verksamhet;antal\nHemtjänst;34,5\nFörskola;11\n",
    "raknat.py": "def per_person(antal, personer):\n    return antal / int(personer)\n",
    "egna/delar.py": "rubrik = 'Synpunkter per person:'\n",
    "egna/antal.txt": "7\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Exempelkommun with this chapter alone, and what it reads beside it."""
    made = copied(EXEMPELKOMMUN, tmp_path_factory.mktemp("beside"))
    for path in made.chapters:
        path.unlink()
    for name, content in BESIDE.items():
        (made.notebooks / name).parent.mkdir(exist_ok=True)
        (made.notebooks / name).write_text(content, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, made.notebooks / f"{CHAPTER}.ipynb")
    return made


def by_command(*command: str) -> Any:
    """Run by a Jupyter program, in a folder that has nothing to do with the kommun's."""

    def run(root: Root, target: Path) -> None:
        places = {"in": str(root.notebooks / f"{CHAPTER}.ipynb"), "out": str(target), "at": str(root.notebooks)}
        program, *words = [word.format(**places, folder=target.parent, name=target.name) for word in command]
        started = [str(Path(sys.executable).with_name(program)), *words]
        done = subprocess.run(started, cwd=target.parent, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr

    return run


def by_batch(warm: str, **how: Any) -> Any:
    """Run by the batch, whose own working folder is another."""

    def run(root: Root, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAMNDRAPPORT_WARM", warm)
        monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel doesn't read the file descriptors
        monkeypatch.chdir(target.parent)
        [page] = run_jobs(root, planned(root, Period.parse(PERIOD), [NAMND], NAMND, CHAPTER), force=True, **how)
        assert not page.failed, page.failed
        assert Path.cwd() == target.parent, "the process that leads the run stays where it is"
        target.write_bytes((page.page.parent / f"{CHAPTER}.ipynb").read_bytes())

    return run


WAYS = {
    "papermill": by_command("papermill", "{in}", "{out}", "--cwd", "{at}", "--no-progress-bar"),
    "papermill with our engine": by_command(
        "papermill", "{in}", "{out}", "--cwd", "{at}", "--no-progress-bar", "--engine", "reporting-warm"
    ),
    "jupyter execute": by_command("jupyter-execute", "{in}", "--output", "{out}"),
    "nbconvert --execute": by_command(
        "jupyter-nbconvert", "--execute", "--to", "notebook", "{in}", "--output", "{name}", "--output-dir", "{folder}"
    ),
    "batch, divided": by_batch("fork"),
    "batch, started": by_batch("spawn"),
    "batch, own kernel": by_batch("fork", own_kernel=True),
}


def shown(notebook: NotebookNode) -> list[str]:
    """What each output shows, as text."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]


@pytest.mark.parametrize("way", WAYS)
def test_a_chapter_shows_the_same(way: str, root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "ut.ipynb"
    WAYS[way](root, target, *([monkeypatch] if way.startswith("batch") else []))
    said, table, *rest = shown(nbformat.read(target, as_version=4))
    assert said == "Socialnämnden\n"
    assert table.split() == ["verksamhet", "antal", "0", "Hemtjänst", "34.5", "1", "Förskola", "11.0"]
    assert "".join(rest).splitlines() == ["Synpunkter per person: 6.5", "synpunkter.csv i notebooks"]


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_beside_it_makes_it_out_of_date_when_it_changes(name: str, root: Root) -> None:
    jobs = planned(root, Period.parse(PERIOD), [NAMND], NAMND, CHAPTER)
    run_jobs(root, jobs)
    path = root.notebooks / name
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"\n")
        [standing] = look_over(root, jobs, namnder_of(root, PERIOD))
    finally:
        path.write_bytes(before)
    assert standing.why == (f"notebooks/{name} ändrad",)
    [standing] = look_over(root, jobs, namnder_of(root, PERIOD))
    assert standing.why == ()

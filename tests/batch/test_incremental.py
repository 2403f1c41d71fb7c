"""A chapter is made again where something that it may be made of has changed: by content, and told why."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pytest
from test_batch import notebook

from conftest import EXEMPELKOMMUN, PROJECT, run_all, run_jobs
from remade_chapters import NAMND, YEAR, remade
from reporting.batch.jobs import planned
from reporting.batch.manifests import Manifest, read_manifest
from reporting.batch.records import without_time
from reporting.batch.status import lage_of_period, last_run
from reporting.cli.tables import show_lage
from reporting.params.root import Root
from reporting.periods import Period

pytestmark = pytest.mark.process

WHEN = Period(2024, 12)
HERE = Path("data/2024-12/socialnamnden")


def cell(file: str, sheet: str, ref: str, value: object) -> Callable[[Root], None]:
    """A change of one cell; that it is a change is asserted."""

    def change(root: Root) -> None:
        path = root.folder / HERE / file
        book = openpyxl.load_workbook(path)
        assert book[sheet][ref].value != value
        book[sheet][ref] = value
        book.save(path)

    return change


def text(file: Path | str, old: str, new: str) -> Callable[[Root], None]:
    """A change of a text file."""

    def change(root: Root) -> None:
        path = root.folder / file
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


ALL = NAMND | {"kommun-sammanstallning"}


def write(file: str, content: str) -> Callable[[Root], None]:
    """A file made, or written anew."""

    def change(root: Root) -> None:
        path = root.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return change


def run_in_jupyterlab(root: Root) -> None:
    """Every chapter as JupyterLab saves it when it has been run: another order of keys, outputs, new ids, its own name of the kernel."""
    for path in root.notebooks.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for number, cell in enumerate(notebook.cells):
            cell.id = f"ny-{number}"
            cell.metadata["execution"] = {"iopub.execute_input": "2025-01-31T12:00:00.000000Z"}
            if cell.cell_type == "code":
                cell.execution_count = number + 7
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="hej\n")]
        notebook.metadata["kernelspec"] |= {"display_name": "Python 3 (ipykernel)"}
        notebook.metadata["language_info"] = {"name": "python", "version": "3.99.1"}
        content = dict(reversed(json.loads(nbformat.writes(notebook)).items()))
        path.write_text(json.dumps(content, ensure_ascii=True, indent=4), encoding="utf-8")


# what is changed | how | the chapters that are made again | why
CHANGES = {
    "nothing": (lambda _root: None, set(), ""),
    "an outcome": (cell("utfall-ifo.xlsx", "Mätetal", "C4", 261), ALL, f"{HERE}/utfall-ifo.xlsx ändrad"),
    "a chapter's text": (
        text(HERE / "texter.md", "## framtid\n", "## framtid\n\nNytt stycke.\n"), ALL, f"{HERE}/texter.md ändrad",
    ),
    "the name of the kommun": (text("params/kommun.yml", "kommun: Luleå", "kommun: Lule"), ALL, "params/kommun.yml ändrad"),
    "a chapter's notebook": (
        text("notebooks/04-uppdrag.ipynb", "# Uppdrag", "# Uppdrag och mer"), {"04-uppdrag"}, "notebooks/04-uppdrag.ipynb ändrad",
    ),
    "an own table beside the notebooks": (
        write("notebooks/egna/antal.csv", "antal\n3\n"), ALL, "notebooks/egna/antal.csv ny",
    ),
    "an own module": (write("notebooks/mina_ord.py", "HEADING = 'Ett'\n"), ALL, "notebooks/mina_ord.py ny"),
    "only what notebooks showed when they were run": (run_in_jupyterlab, set(), ""),
    "a notebook that is no chapter": (write("notebooks/anteckningar.ipynb", "{}"), set(), ""),
    "what JupyterLab keeps of a notebook": (
        write("notebooks/.ipynb_checkpoints/04-uppdrag-checkpoint.ipynb", "{}"), set(), "",
    ),
    "what JupyterLab keeps of a table": (write("notebooks/egna/.ipynb_checkpoints/antal-checkpoint.csv", "3"), set(), ""),
    "what Python keeps of a module": (write("notebooks/__pycache__/mina_ord.cpython-313.pyc", "x"), set(), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_chapters_that_may_be_made_of_what_was_changed_are_made_again(name: str, already_run: Root) -> None:
    change, chapters, why = CHANGES[name]
    assert remade(already_run) == {}
    change(already_run)
    again = remade(already_run)
    assert set(again) == chapters
    assert {reason for reasons in again.values() for reason in reasons} == ({why} if why else set())
    assert remade(already_run) == {}


def test_a_cell_of_one_namnd_makes_again_its_chapters_and_the_page_of_the_kommun(
    copy_of: Callable[[Path], Root],
) -> None:
    root = copy_of(EXEMPELKOMMUN)
    for path in root.chapters:
        if path.stem not in ("03-matetal", "09-framtid"):
            path.unlink()  # two are enough
    run_all(root, "2025-08")
    text("data/2025-08/utbildningsnamnden/texter.md", "## framtid\n", "## framtid\n\nNytt stycke.\n")(root)
    made = {
        page.page.parent.relative_to(root.outputs / "2025-08").as_posix(): page for page in run_all(root, "2025-08")
    }
    assert {folder: page.current for folder, page in made.items()} == {
        "socialnamnden": 2,
        "socialnamnden/verksamhetsplan": 1,
        "utbildningsnamnden": 0,
        "utbildningsnamnden/verksamhetsplan": 0,
        "kultur-och-fritidsnamnden": 2,
        "kultur-och-fritidsnamnden/verksamhetsplan": 1,
        "byggnadsnamnden": 2,
        "byggnadsnamnden/verksamhetsplan": 1,
        "kommun": 0,
    }


OWN = """
from pathlib import Path
from reporting.checksums import note_file
folder = note_file(Path(root) / "egna")
print(sum(float(note_file(path).read_text()) for path in sorted(folder.glob("*.txt"))))
later = note_file(Path(root) / "kommer.txt")
print(later.read_text() if later.exists() else "inget")
"""


def own_chapter_again(root: Root, namnd: str = "socialnamnden") -> bool:
    """Run the nämnd's own chapter; whether it was made."""
    [page] = run_all(root, YEAR, namnd, "50-eget")
    assert page.failed == []
    return not page.current


def own_manifest(root: Root) -> Manifest:
    [job] = planned(root, Period.parse(YEAR), ["socialnamnden"], kapitel="50-eget")
    manifest = read_manifest(job)
    assert manifest is not None
    return manifest


def test_a_chapter_depends_on_the_files_that_were_noted_for_it(copy_of: Callable[[Path], Root], tmp_path: Path) -> None:
    root = copy_of(PROJECT)
    egna, elsewhere = root.folder / "egna", tmp_path / "priser.csv"
    write("egna/a.txt", "1")(root)
    elsewhere.write_text("12", encoding="utf-8")
    notebook(root.notebooks / "50-eget.ipynb", OWN, f"print(note_file(Path({str(elsewhere)!r})).read_text())")
    assert own_chapter_again(root)
    assert list(own_manifest(root).noted) == ["egna", "egna/a.txt", "kommer.txt", elsewhere.as_posix()]
    assert not own_chapter_again(root)
    for change, told in (
        (lambda: (egna / "a.txt").write_text("2", encoding="utf-8"), "egna/a.txt ändrad"),
        (lambda: (egna / "b.txt").write_text("1", encoding="utf-8"), "egna ändrad"),
        ((egna / "a.txt").unlink, "egna/a.txt borttagen"),
        (lambda: (root.folder / "kommer.txt").write_text("nu", encoding="utf-8"), "kommer.txt ny"),
        (lambda: elsewhere.write_text("13", encoding="utf-8"), f"{elsewhere.as_posix()} ändrad"),
    ):
        change()
        assert told in last_run(root, WHEN, "socialnamnden").andrade["50-eget"]
        assert own_chapter_again(root)
        assert not own_chapter_again(root)


def test_a_file_saved_after_it_was_noted_is_seen_by_the_next_run(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    write("egna.txt", "1")(root)
    opens = (
        "from pathlib import Path\nfrom reporting.checksums import note_file\nfile = note_file(Path(root) / 'egna.txt')"
    )
    # somebody saves it while the chapter is at work
    notebook(root.notebooks / "50-eget.ipynb", opens, "if file.read_text() == '1':\n    file.write_text('22')")
    assert [own_chapter_again(root) for _ in range(3)] == [True, True, False]


def test_a_chapter_that_reads_another_namnd_itself_depends_on_its_files(copy_of: Callable[[Path], Root]) -> None:
    root, period = copy_of(EXEMPELKOMMUN), "2025-08"
    cell = "from reporting.assess.underlag import load\nload(period, 'utbildningsnamnden', root, show_faults=True).resultat.avsnitt"
    notebook(root.notebooks / "50-eget.ipynb", cell)
    text_of = "data/2025-08/{}/texter.md"

    def again() -> bool:
        return not run_all(root, period, "socialnamnden", "50-eget")[0].current

    assert again()
    text(text_of.format("utbildningsnamnden"), "## framtid\n", "## framtid\n\nNytt stycke.\n")(root)
    assert again()
    text(text_of.format("kultur-och-fritidsnamnden"), "## sammanfattning\n", "## sammanfattning\n\nNytt stycke.\n")(
        root
    )
    assert not again()
    write("data/2025-08/utbildningsnamnden/nytt.csv", "")(root)
    assert again()


def test_a_chapter_with_every_namnds_outcomes_depends_on_their_files_of_all_periods(
    copy_of: Callable[[Path], Root],
) -> None:
    root, period = copy_of(EXEMPELKOMMUN), "2025-08"
    cell = 'from reporting import kapitel\nk = kapitel(period, namnd, root)\nlen(k.utfall(["socialnamnden", "byggnadsnamnden"]))'
    notebook(root.notebooks / "50-eget.ipynb", cell)

    def again() -> bool:
        return not run_all(root, period, "socialnamnden", "50-eget")[0].current

    assert [again(), again()] == [True, False]
    text_of = "data/2024-12/{}/texter.md"
    text(text_of.format("byggnadsnamnden"), "## sammanfattning\n", "## sammanfattning\n\nNytt stycke.\n")(root)
    assert again()
    (root.data / "2022-12" / "byggnadsnamnden").mkdir(parents=True)
    write("data/2022-12/byggnadsnamnden/texter.md", "")(root)
    assert [again(), again()] == [True, False]
    text(text_of.format("utbildningsnamnden"), "## sammanfattning\n", "## sammanfattning\n\nNytt stycke.\n")(root)
    assert not again()


def test_a_kernel_of_its_own_depends_on_the_files_beside_the_notebooks_and_notes_none(
    copy_of: Callable[[Path], Root],
) -> None:
    root = copy_of(PROJECT)
    write("egna/a.txt", "1")(root)
    write("notebooks/antal.csv", "3")(root)
    notebook(root.notebooks / "50-eget.ipynb", OWN)
    jobs = planned(root, Period.parse(YEAR), ["socialnamnden"], kapitel="50-eget")
    [page] = run_jobs(root, jobs, own_kernel=True)
    assert page.failed == []
    assert own_manifest(root).noted == {}
    assert not own_chapter_again(root)
    write("notebooks/antal.csv", "4")(root)
    assert last_run(root, WHEN, "socialnamnden").andrade["50-eget"] == ("notebooks/antal.csv ändrad",)
    assert own_chapter_again(root)


def test_status_says_why_each_chapter_is_out_of_date(already_run: Root) -> None:
    root = already_run
    CHANGES["an outcome"][0](root)
    CHANGES["a chapter's notebook"][0](root)
    (root.outputs / YEAR / "socialnamnden" / "09-framtid.ipynb").unlink()
    senaste = lage_of_period(root, WHEN)[0].senaste
    assert senaste.korning == "inaktuell"
    assert senaste.andrade == dict.fromkeys(sorted(NAMND), ("utfall-ifo.xlsx ändrad",)) | {
        "04-uppdrag": ("notebooks/04-uppdrag.ipynb ändrad", "utfall-ifo.xlsx ändrad"),
        "09-framtid": ("09-framtid.ipynb borttagen eller ändrad i outputs", "utfall-ifo.xlsx ändrad"),
    }


def test_status_names_a_file_that_all_chapters_are_out_of_date_for_once(
    already_run: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    CHANGES["an outcome"][0](already_run)
    show_lage(lage_of_period(already_run, WHEN), "")
    shown = capsys.readouterr().out
    assert "  inaktuellt: alla kapitel (utfall-ifo.xlsx ändrad)\n" in shown
    assert shown.count("inaktuellt") == 1


def test_a_page_that_was_changed_by_hand_is_written_again(already_run: Root) -> None:
    path = already_run.outputs / YEAR / "socialnamnden" / "rapport.html"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"Socialn", b"Hittep"))
    assert [page.is_new for page in run_all(already_run, YEAR)] == [True, False, False]
    assert path.read_text(encoding="utf-8").count("Hittep") == 0


def test_with_force_everything_is_made_again(already_run: Root) -> None:
    assert set(remade(already_run, force=True)) == ALL


def test_a_chapter_depends_on_the_file_that_it_asked_the_front_for(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    own = root.folder / "egna.csv"
    own.write_text("1", encoding="utf-8")
    cells = "from reporting import kapitel\nk = kapitel(period, namnd, root)\nprint(k.fil('egna.csv').read_text())"
    notebook(root.notebooks / "50-eget.ipynb", cells)
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].current
    assert run_all(root, YEAR, "socialnamnden", "50-eget")[0].current
    own.write_text("22", encoding="utf-8")
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].current


def test_a_chapter_that_is_as_it_was_again_is_no_longer_called_older(already_run: Root) -> None:
    root = already_run
    page = root.outputs / YEAR / "socialnamnden" / "rapport.html"
    before, goals = without_time(page.read_bytes()), root.notebooks / "02-maluppfoljning.ipynb"
    kept = goals.read_bytes()
    text("notebooks/02-maluppfoljning.ipynb", "# M", "# Annat m")(root)
    run_jobs(root, planned(root, Period.parse(YEAR), ["socialnamnden"], kapitel="04-uppdrag"), force=True)
    assert without_time(page.read_bytes()) != before
    goals.write_bytes(kept)
    assert remade(root) == {}
    assert without_time(page.read_bytes()) == before

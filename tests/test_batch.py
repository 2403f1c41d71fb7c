"""Chapters run with real kernels: what counts as success, and that each fails alone."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from conftest import EXEMPELKOMMUN, PROJECT, run_all
from reporting.batch import Job, jobs_for, kommun_job, plan_job, run_job, run_jobs
from reporting.params import read_run_params
from reporting.periods import Period
from reporting.root import Root, find_root
from reporting.runs import planned, run


def notebook(path: Path, *cells: str, parameters: str = 'period = ""\nnamnd = ""\nroot = ""') -> Path:
    """A chapter with these code cells after its parameters."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.cells = [nbformat.v4.new_markdown_cell("# Eget kapitel"), nbformat.v4.new_code_cell(parameters)]
    made.cells[1].metadata["tags"] = ["parameters"]
    made.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def job(path: Path) -> Job:
    parameters = {"period": "2024-12", "namnd": "socialnamnden", "root": PROJECT.as_posix()}
    return Job(path.stem, "socialnamnden", "socialnamnden", path, parameters, path.parent / "ut" / path.name)


# what the cells do | what the chapter says of it
FAILURES = {
    "raises": (["1 / 0"], "Cell 3 gav felet ZeroDivisionError: division by zero"),
    "leaves early": (["import sys; sys.exit()", "2"], "Kapitlet avbröts före cell"),
    "kills its kernel": (["import os; os._exit(1)"], "Kapitlet kunde inte köras: DeadKernelError"),
    "warns": (["import warnings; warnings.warn('gammalt')"], "Cell 3 skrev en varning: UserWarning: gammalt"),
    "is caught in a cell that says so": (["1 / 0"], "Cell 3 gav felet ZeroDivisionError"),
    "asks for a namnd that isn't": (
        ["from reporting.underlag import load", "load(period, 'socialnamden', root)"],
        "1 fel i underlaget:\n\nparametern namnd\n  Där står: «socialnamden».",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_chapter_that_fails_says_why_and_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    cells, told = FAILURES[name]
    path = notebook(tmp_path / "50-eget.ipynb", *cells)
    if name == "is caught in a cell that says so":
        made = nbformat.read(path, as_version=4)
        made.cells[2].metadata["tags"] = ["raises-exception"]
        nbformat.write(made, path)
    work = job(path)
    work.target.parent.mkdir()
    work.target.write_text("gamla siffror", encoding="utf-8")
    outcome = run_job(work)
    assert outcome.orsak.startswith(told), outcome.orsak
    assert not outcome.ok
    assert list(work.target.parent.iterdir()) == []


def test_a_chapter_without_the_parameters_is_told_how(tmp_path: Path) -> None:
    outcome = run_job(job(notebook(tmp_path / "50-eget.ipynb", "1", parameters='period = ""')))
    assert outcome.orsak == (
        "Kapitlet saknar namnd, root i cellen med taggen parameters. Lägg till dem, med ett standardvärde som text."
    )


def test_a_file_that_is_no_notebook(tmp_path: Path) -> None:
    path = tmp_path / "50-trasigt.ipynb"
    path.write_text("{ inte json", encoding="utf-8")
    assert run_job(job(path)).orsak.startswith("Kapitlet kunde inte köras:")


def test_an_executed_chapter_holds_no_times_and_no_random_ids(tmp_path: Path) -> None:
    work = job(notebook(tmp_path / "50-eget.ipynb", "print(period)"))
    assert run_job(work).orsak == ""
    first = work.target.read_bytes()
    assert run_job(work).ok
    assert work.target.read_bytes() == first
    made = json.loads(first)
    assert [cell["id"] for cell in made["cells"]] == ["cell-0", "cell-1", "cell-2", "cell-3"]
    assert made["cells"][3]["outputs"][0]["text"] == ["2024-12\n"]
    assert "papermill" not in made["metadata"]


def test_outcomes_come_in_the_order_of_the_jobs_and_one_death_is_one_loss(tmp_path: Path) -> None:
    paths = [notebook(tmp_path / f"{n}0-eget.ipynb", "import os; os._exit(1)" if n == 2 else "1") for n in (1, 2, 3)]
    seen = []
    outcomes = run_jobs([job(path) for path in paths], 3, lambda outcome: seen.append(outcome.job.kapitel))
    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    assert sorted(seen) == ["10-eget", "20-eget", "30-eget"]


def test_a_broken_chapter_costs_itself_only_and_says_so_on_the_page(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    notebook(root.notebooks / "50-eget.ipynb", "1 / 0")
    made, plan, kommun = run_all(root, "2024-12")
    assert [outcome.job.kapitel for outcome in made.failed] == ["50-eget"]
    page = made.page.read_text(encoding="utf-8")
    assert "<h2>Eget kapitel</h2>" in page
    assert "<strong>Kapitlet kunde inte göras.</strong>" in page
    assert "Cell 3 gav felet ZeroDivisionError: division by zero" in page
    assert page.count('<h3 id="mal-') == 8
    record = json.loads((made.page.parent / "run.json").read_text(encoding="utf-8"))
    assert {item["kapitel"]: item["ok"] for item in record["chapters"]} == {
        **{path.stem: True for path in root.chapters}, "50-eget": False,
    }  # fmt: skip
    assert len(record["chapters"]) == 11
    assert (plan.failed, kommun.failed) == ((), ())


def test_a_missing_workbook_costs_the_chapters_that_need_it(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    workbook = sorted((root.data / "2025-08" / "socialnamnden").glob("*.xlsx"))[0]
    workbook.unlink()
    params = read_run_params(root.params, Period(2025, 8))
    jobs = [*jobs_for(root, "2025-08", ["socialnamnden"]), plan_job(root, "2025-08", "socialnamnden")]
    jobs.append(kommun_job(root, "2025-08"))
    made = {item.page.parent.name: item for item in run(root, params, jobs, 4, lambda _outcome: None)}
    failed = {folder: [outcome.job.kapitel for outcome in item.failed] for folder, item in made.items()}
    assert failed == {
        "socialnamnden": [path.stem for path in root.chapters if path.stem != "10-underlag"],
        "verksamhetsplan": [],
        "kommun": [],
    }
    page = made["socialnamnden"].page.read_text(encoding="utf-8")
    assert page.count("arbetsboken, som params/2025-08.yml räknar upp") == 10  # nine chapters, and 10-underlag's list
    kommun = made["kommun"].page.read_text(encoding="utf-8")
    assert "Socialnämnden är inte med: underlaget har 1 fel." in kommun


# chapter asked for | the pages that are made
ONLY = {
    "verksamhetsplan": {"socialnamnden/verksamhetsplan": ["verksamhetsplan"]},
    "05-internkontroll": {"socialnamnden": ["05-internkontroll"]},
    "kommun-sammanstallning": {"kommun": ["kommun-sammanstallning"]},
    "99-saknas": {},
}


@pytest.mark.parametrize("kapitel", ONLY)
def test_a_run_of_one_chapter_makes_its_page_only(kapitel: str) -> None:
    root = find_root(PROJECT)
    params = read_run_params(root.params, Period(2024, 12))
    pages: dict[str, list[str]] = {}
    for item in planned(root, params, "socialnamnden", kapitel):
        assert item.target == root.outputs / "2024-12" / item.sida / f"{item.kapitel}.ipynb"
        pages.setdefault(item.sida, []).append(item.kapitel)
    assert pages == ONLY[kapitel]


def test_a_whole_run_makes_a_page_for_each_namnd_its_plan_and_the_kommun() -> None:
    root = find_root(EXEMPELKOMMUN)
    params = read_run_params(root.params, Period(2025, 8))
    pages = [item.sida for item in planned(root, params)]
    assert list(dict.fromkeys(pages)) == [
        "socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden", "byggnadsnamnden",
        "socialnamnden/verksamhetsplan", "utbildningsnamnden/verksamhetsplan", "kultur-och-fritidsnamnden/verksamhetsplan",
        "byggnadsnamnden/verksamhetsplan", "kommun",
    ]  # fmt: skip
    assert len(pages) == 4 * len(root.chapters) + 4 + 1


def test_an_analysts_own_chapter_is_picked_up_by_the_next_run(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    notebook(root.notebooks / "60-fordjupning.ipynb", "from IPython.display import Markdown\nMarkdown('Egen **text**')")
    (root.notebooks / "anteckningar.ipynb").write_text("{}", encoding="utf-8")  # no number: nobody's chapter
    assert [path.stem for path in root.chapters][-1] == "60-fordjupning"
    made = run_all(root, "2024-12", "socialnamnden", "60-fordjupning")
    page = made[0].page.read_text(encoding="utf-8")
    assert "<p>Egen <strong>text</strong></p>" in page
    assert page.count("<section") == 1  # what has never been made isn't on the page

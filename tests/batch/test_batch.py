"""Chapters run with real kernels: what counts as success, and that each fails alone."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from conftest import EXEMPELKOMMUN, PROJECT, namnder_of, run_all, run_jobs
from reporting.batch.chapter import execute_chapter
from reporting.batch.jobs import Executed, Job, Settings, jobs_for, kommun_job, plan_job, planned
from reporting.batch.manifests import fingerprint
from reporting.params.root import Root, find_root
from reporting.periods import Period
from reporting.warm.limits import Limits

pytestmark = pytest.mark.process


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


def made(path: Path, *, own_kernel: bool = False, limits: Limits | None = None) -> Executed:
    """The chapter as it comes out, without any input given."""
    return execute_chapter(Settings(own_kernel, limits or Limits(), fingerprint()), job(path), [])


# what the cells do | what the chapter says of it
FAILURES = {
    "raises": (["1 / 0"], "Cell 3 gav felet ZeroDivisionError: division by zero"),
    "leaves early": (["import sys; sys.exit()", "2"], "Kapitlet avbröts före cell"),
    "kills its process": (["import os; os._exit(1)"], "Kapitlets process avslutades med kod 1"),
    "has a function of ours warn": (
        ["import warnings, reporting; warnings.warn_explicit('gammalt', UserWarning, reporting.__file__, 1)"],
        "Cell 3 gav en varning: UserWarning: gammalt",
    ),
    "is caught in a cell that says so": (["1 / 0"], "Cell 3 gav felet ZeroDivisionError"),
    "asks for a namnd that isn't": (
        ["from reporting import kapitel", "kapitel(period, 'socialnamden', root)"],
        "1 fel i underlaget:\n\nparametern namnd\n  Där står: «socialnamden».",
    ),
}
IN_A_KERNEL = {"kills its process": "Kapitlet kunde inte köras: DeadKernelError"}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("own_kernel", [False, True], ids=["warm", "kernel"])
def test_a_chapter_that_fails_says_why(name: str, own_kernel: bool, tmp_path: Path) -> None:
    cells, told = FAILURES[name]
    path = notebook(tmp_path / "50-eget.ipynb", *cells)
    if name == "is caught in a cell that says so":
        content = nbformat.read(path, as_version=4)
        content.cells[2].metadata["tags"] = ["raises-exception"]
        nbformat.write(content, path)
    executed = made(path, own_kernel=own_kernel)
    assert executed.orsak.startswith(IN_A_KERNEL.get(name, told) if own_kernel else told), executed.orsak
    assert (executed.titel, executed.text, executed.html) == ("Eget kapitel", "", "")


def test_a_chapter_is_run_in_a_kernel_where_a_loop_is_running_as_in_a_notebook(tmp_path: Path) -> None:
    path = notebook(tmp_path / "50-eget.ipynb", "1 / 0")

    async def asked() -> Executed:
        return made(path, own_kernel=True)

    with ThreadPoolExecutor(1) as pool:  # in this thread a browser's loop may be running
        assert pool.submit(asyncio.run, asked()).result().orsak.startswith("Cell 3 gav felet ZeroDivisionError")


def test_a_chapter_that_fails_leaves_no_notebook_with_old_figures(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    path = notebook(root.notebooks / "50-eget.ipynb", "'gamla siffror'")
    [page] = run_all(root, "2024-12", "socialnamnden", "50-eget")
    assert "gamla siffror" in (page.page.parent / "50-eget.ipynb").read_text(encoding="utf-8")
    notebook(path, "1 / 0")
    [page] = run_all(root, "2024-12", "socialnamnden", "50-eget")
    assert [outcome.why for outcome in page.failed] == [("notebooks/50-eget.ipynb ändrad",)]
    assert not (page.page.parent / "50-eget.ipynb").exists()
    assert "gamla siffror" not in page.page.read_text(encoding="utf-8")


def test_a_chapter_that_is_no_notebook_of_ours_is_told_how_to_mend_it(tmp_path: Path) -> None:
    """What `check` says of such a file: tests/params/test_notebook_faults.py."""
    path = notebook(tmp_path / "50-eget.ipynb", "1", parameters='period = ""')
    assert made(path).orsak == (
        "1 fel i underlaget:\n\nnotebooks/50-eget.ipynb, cell 2\n  Väntat: namnd, root i cellen med taggen parameters.\n"
        "  Gör så här: lägg till dem, med ett standardvärde som text."
    )
    path.write_text("{ inte json", encoding="utf-8")
    assert "\n  Där står: «{ inte json». Väntat: en anteckningsbok; det här är inte JSON.\n" in made(path).orsak
    path.unlink()
    assert "Väntat: en anteckningsbok, som det görs en sida av." in made(path).orsak


VSCODE = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# Från VS Code"},
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["period: str = ''\n", "namnd = root = ''"]},
        {
            "cell_type": "code", "metadata": {"vscode": {"languageId": "python"}}, "source": "print('hej å', period)",
            "execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["gammalt"]}],
        },
    ],
    "metadata": {"language_info": {"name": "python", "version": "3.11.4"}},
    "nbformat": 4,
    "nbformat_minor": 2,
}  # fmt: skip
NO_METADATA = {key: value for key, value in VSCODE.items() if key != "metadata"}
NULLS = VSCODE | {"metadata": {"kernelspec": None}, "nbformat_minor": None, "cells": [*VSCODE["cells"]]}  # type: ignore[misc]
NULLS["cells"].append({"cell_type": "code", "metadata": {"tags": None}, "source": "1"})  # type: ignore[attr-defined]
OTHER_NAME = VSCODE | {"metadata": {"kernelspec": {"name": "venv-min", "display_name": "min (3.13.1)"}}}
TWINS = VSCODE | {"nbformat_minor": 5, "cells": [cell | {"id": "samma"} for cell in VSCODE["cells"]]}  # type: ignore[attr-defined]
WITHOUT_IDS = VSCODE | {"nbformat_minor": 5, "x": {"extra": True}}

# a notebook as some program saves it | its bytes
SAVED = {
    "by VS Code, with no kernel": json.dumps(VSCODE).encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + json.dumps(VSCODE, ensure_ascii=False).encode(),
    "with a kernel that isn't here": json.dumps(OTHER_NAME).encode(),
    "with nothing said about it": json.dumps(NO_METADATA).encode(),
    "with null where something is said": json.dumps(NULLS).encode(),
    "with the same id twice": json.dumps(TWINS).encode(),
    "without the ids that its format has": json.dumps(WITHOUT_IDS).encode(),
}


@pytest.mark.parametrize(
    ("name", "own_kernel"), [*((name, False) for name in SAVED), ("by VS Code, with no kernel", True)]
)
def test_a_notebook_is_run_whichever_program_saved_it(
    name: str, own_kernel: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "51-annat.ipynb"
    path.write_bytes(SAVED[name])
    executed = made(path, own_kernel=own_kernel)
    assert (executed.orsak, executed.titel) == ("", "Från VS Code")
    assert "<pre>hej å 2024-12\n</pre>" in executed.html
    assert "gammalt" not in executed.text
    assert [item.message for item in caplog.records if item.name.startswith("papermill")] == [], "said in English"


@pytest.mark.parametrize("own_kernel", [False, True], ids=["warm", "kernel"])
def test_an_executed_chapter_holds_no_times_and_no_random_ids(own_kernel: bool, tmp_path: Path) -> None:
    path = notebook(tmp_path / "50-eget.ipynb", "print(period)")
    first, second = made(path, own_kernel=own_kernel), made(path, own_kernel=own_kernel)
    assert first.orsak == ""
    assert (first.text, first.html) == (second.text, second.html)
    content = json.loads(first.text)
    assert [cell["id"] for cell in content["cells"]] == ["cell-0", "cell-1", "cell-2", "cell-3"]
    assert content["cells"][3]["outputs"][0]["text"] == ["2024-12\n"]
    assert "papermill" not in content["metadata"]


# what the chapter does | what a small limit says of it
TOO_MUCH = {
    "never ends": ("while True: pass", {"seconds": 1.0}, "Kapitlet tog mer än 1 s och stoppades."),
    "takes too much memory": (
        "x = bytearray(2_000_000_000)\nwhile True: pass",
        {"memory": 500_000_000},
        "Kapitlet använde mer än 0,5 GB minne",
    ),
    "writes too much": ("while True: print('x' * 1000)", {"output": 100_000}, "Kapitlet skrev mer än 0,1 MB"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_chapter_that_takes_too_much_is_stopped_and_told(name: str, tmp_path: Path) -> None:
    cell, limit, told = TOO_MUCH[name]
    executed = made(notebook(tmp_path / "50-eget.ipynb", cell), limits=Limits(**limit))  # type: ignore[arg-type]
    assert executed.orsak.startswith(told), executed.orsak


def test_a_chapter_whose_process_dies_is_tried_once_more(tmp_path: Path) -> None:
    been = tmp_path / "been"
    cell = f"import os, pathlib\nbeen = pathlib.Path({str(been)!r})\nif not been.exists():\n    been.touch()\n    os._exit(1)\n'klart'"
    assert made(notebook(tmp_path / "50-eget.ipynb", cell)).orsak == ""
    always = f"import os\nwith open({str(been)!r}, 'a') as file:\n    print('x', file=file)\nos._exit(1)"
    assert made(notebook(tmp_path / "50-eget.ipynb", always)).orsak.startswith("Kapitlets process avslutades med kod 1")
    assert been.read_text(encoding="utf-8").split() == ["x", "x"]


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
    assert (plan.failed, kommun.failed) == ([], [])


def test_a_missing_workbook_costs_the_chapters_that_need_it(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    workbook = sorted((root.data / "2025-08" / "socialnamnden").glob("*.xlsx"))[0]
    workbook.unlink()
    jobs = [*jobs_for(root, "2025-08", ["socialnamnden"]), plan_job(root, "2025-08", "socialnamnden")]
    jobs.append(kommun_job(root, "2025-08"))
    made = {item.page.parent.name: item for item in run_jobs(root, jobs)}
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
    namnder = namnder_of(root, "2024-12")["2024-12"]
    pages: dict[str, list[str]] = {}
    for item in planned(root, Period(2024, 12), namnder, "socialnamnden", kapitel):
        assert item.target == root.outputs / "2024-12" / item.sida / f"{item.kapitel}.ipynb"
        pages.setdefault(item.sida, []).append(item.kapitel)
    assert pages == ONLY[kapitel]


def test_a_whole_run_makes_a_page_for_each_namnd_its_plan_and_the_kommun() -> None:
    root = find_root(EXEMPELKOMMUN)
    namnder = namnder_of(root, "2025-08")["2025-08"]
    pages = [item.sida for item in planned(root, Period(2025, 8), namnder)]
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

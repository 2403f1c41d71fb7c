"""The chapters are thin: headings, calls and the parameters; everything else is in the package."""

import ast
import json
from pathlib import Path

import papermill
import pytest

from conftest import PROJECT

IMPORTS = ("from reporting import kapitel", "from reporting import kommunkapitel")
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
BY_DAY = ("02-maluppfoljning", "kommun-sammanstallning", "verksamhetsplan")
"""One of each kind in a kernel of its own; every notebook is also made by the batch, and held against a kernel in tests/warm."""


def cells(path: Path, kind: str, tag: str | None = None) -> list[str]:
    """The cells of a kind, with this tag, with none for "", with any for None."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    found = [cell for cell in notebook["cells"] if cell["cell_type"] == kind]
    return [
        "".join(cell["source"])
        for cell in found
        if tag is None or cell["metadata"].get("tags", []) == [tag][: bool(tag)]
    ]


def test_the_chapters_are_these() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01-sammanfattning",
        "02-maluppfoljning",
        "03-matetal",
        "04-uppdrag",
        "05-internkontroll",
        "06-privata-utforare",
        "07-personal",
        "08-ekonomi",
        "09-framtid",
        "10-underlag",
        "kommun-sammanstallning",
        "verksamhetsplan",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_reads_as_a_table_of_contents(path: Path) -> None:
    for source in cells(path, "code"):
        statements = ast.parse(source).body
        assert len([line for line in source.splitlines() if line.strip()]) <= 8, source
        kinds = {type(node) for statement in statements for node in ast.walk(statement)}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Try, ast.With, ast.If, ast.While, ast.Lambda}, source
        assert not any("import" in line for line in source.splitlines() if line not in IMPORTS), source
        assert len(statements) == 1 or source.startswith(("period =", "from reporting")), (
            "one call per thing that is seen"
        )
        assert "/" not in source.replace('"/"', ""), "no paths beyond the parameters"
    headings = [line for source in cells(path, "markdown", "") for line in source.splitlines()]
    assert headings[0].startswith("# ")
    assert all(line.startswith(("# ", "## ")) for line in headings)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_explains_itself_to_whoever_opens_it(path: Path) -> None:
    [explained] = cells(path, "markdown", "forklaring")
    assert cells(path, "markdown")[1] == explained, "right below the heading"
    assert "kommer inte med på sidan" in explained
    assert len(explained) < 500


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_is_stored_without_outputs_or_traces_of_who_ran_it(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_parameters_are_plain_text_with_defaults(path: Path) -> None:
    parameters = {name: item["default"] for name, item in papermill.inspect_notebook(str(path)).items()}
    expected = {"period": '"2024-12"', "namnd": '"socialnamnden"', "root": '""'}
    if path.stem == "kommun-sammanstallning":
        del expected["namnd"]
    assert parameters == expected


@pytest.mark.process
@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[] if path.stem in BY_DAY else [pytest.mark.nightly]) for path in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_run_all_works_with_the_defaults_whatever_the_working_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in JupyterLab: a kernel of its own, no parameters given, in a folder that has nothing to do with the project."""
    import warnings

    import nbformat
    from nbclient import NotebookClient

    monkeypatch.chdir(tmp_path)
    notebook = nbformat.read(path, as_version=4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # nbclient's own loop
        NotebookClient(notebook, kernel_name="python3", extra_arguments=["--log-level=CRITICAL"]).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert {output.output_type for output in outputs} <= {"display_data", "execute_result"}
    shown = "".join(output.data.get("text/html", "") for output in outputs)
    assert "<style>" in shown
    assert "--jp-ui-font-color1" in shown
    assert "nr-table" in shown

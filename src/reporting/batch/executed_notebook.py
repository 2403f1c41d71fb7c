"""An executed notebook looked over: is it whole, what went wrong, and nothing in it that differs from run to run."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from reporting.html import TABLES


def incomplete(notebook: NotebookNode) -> str:
    """Why an executed notebook is no proof of success, "" where it is (papermill says completed for a dead kernel too)."""
    own = [cell for cell in notebook.cells if not _injected(cell)]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        state = cell.metadata.get("papermill", {}).get("status")
        if cell.execution_count is None or state in ("failed", "pending"):
            return f"Kapitlet avbröts före cell {number}. Kör anteckningsboken i JupyterLab för att se varför."
        for output in cell.outputs:
            if output.output_type == "error":
                return f"Cell {number} gav felet {output.ename}: {output.evalue}"
            if output.output_type == "stream" and output.name == "stderr":
                return f"Cell {number} skrev en varning: {_WHERE.sub('', output.text).strip()[:500]}"
    return ""


_WHERE = re.compile(r"\S*ipykernel_\d+\S*?:\d+: ")
"""The kernel's own file name in a warning: another for each run, and nothing to the reader."""


def _injected(cell: NotebookNode) -> bool:
    """True for the cell that papermill adds, which the analyst's notebook doesn't have."""
    return "injected-parameters" in cell.metadata.get("tags", [])


def told(error: PapermillExecutionError, notebook: Path) -> str:
    """The error that stopped a chapter, with the number that its cell has in the analyst's own notebook; faults in the input as
    they are."""
    if error.ename == "InputFaults":
        return str(error.evalue)
    cells = nbformat.read(notebook, as_version=4).cells
    parameters = next((i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])), -1)
    number = error.cell_index + (1 if error.cell_index <= parameters else 0)
    return f"Cell {number} gav felet {error.ename}: {error.evalue}"


def tables_in(notebook: NotebookNode) -> list[Mapping[str, Any]]:
    """The tables of all that an executed chapter shows on the page, in order, as values (html.Html)."""
    cells = [cell for cell in notebook.cells if "forklaring" not in cell.metadata.get("tags", [])]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [table for data in outputs for table in data.get(TABLES, [])]


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell.id = f"cell-{number}"
    return notebook

"""One chapter made: run with papermill, looked over, and turned into HTML. It writes nothing; whoever asked for it does."""

import json
import logging
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from reporting.batch.jobs import Executed, Job, Settings
from reporting.batch.manifests import fingerprint
from reporting.batch.streams import MOST_LINES, as_it_stands, is_stderr, joined_streams, own_warning, stderr_lines
from reporting.faults import InputFaults
from reporting.files import file_bytes
from reporting.html import TABLES
from reporting.params.chapters import first_heading
from reporting.params.notebook_faults import PARAMETERS, notebook_faults
from reporting.warm.limits import LimitExceeded, Limits, ProcessLost
from reporting.warm.pool import call

ENGINE = "reporting-warm"
"""Our own engine, as papermill knows it by the entry point in pyproject.toml."""
logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what is wrong with a chapter is told by the run
START_TIMEOUT = 120
NEWEST_MINOR = 5
"""Of nbformat 4: the one in which cells have ids."""
TRIES = 2
"""A chapter whose process died, rather than failed, is tried once more: somebody else may have taken its memory."""


def execute_chapter(settings: Settings, job: Job, readings: Sequence[bytes]) -> Executed:
    """Make one chapter, anywhere. It fails alone: what goes wrong is told in Executed.orsak."""
    started = time.monotonic()
    if settings.program != fingerprint():
        return Executed(
            "Arbetaren har en annan version av programmet än den som startade körningen. Uppdatera den.", job.kapitel
        )
    executed = Executed("", job.kapitel)
    for _ in range(TRIES):
        try:
            executed = _made(job, readings, settings)
            break
        except ProcessLost as error:
            executed = Executed(str(error), first_heading(job.notebook))
    return replace(executed, seconds=time.monotonic() - started)


def _made(job: Job, readings: Sequence[bytes], settings: Settings) -> Executed:
    titel = first_heading(job.notebook)
    noted: list[Any] = []
    try:
        if faults := notebook_faults(job.notebook, f"notebooks/{job.notebook.name}"):
            return Executed(InputFaults(faults).text(), titel)
        written = _opened(job.notebook)
        notebook = _execute(written, job, readings, settings, noted)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = joined_streams(cell.outputs)
        if orsak := _incomplete(notebook):
            return Executed(orsak, titel)
        wrote = stderr_lines(notebook.cells)
        text = nbformat.writes(_without_traces(notebook)) + "\n"
        html = call(settings.limits, "page", "reporting.batch.chapter_html:chapter_html", text)
    except ProcessLost:
        raise
    except LimitExceeded as error:
        return Executed(str(error), titel)
    except PapermillExecutionError as error:
        return Executed(_told(error, written), titel)
    except Exception as error:  # a dead kernel, a time-out, a file that isn't a notebook: this chapter's loss only
        return Executed(f"Kapitlet kunde inte köras: {type(error).__name__}: {error}", titel)
    cells = [cell for cell in notebook.cells if "forklaring" not in cell.metadata.get("tags", [])]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    tables = [table for data in outputs for table in data.get(TABLES, [])]
    return Executed("", titel, text, html, tables, wrote, noted[0] if noted else {})


def _opened(path: Path) -> NotebookNode:
    """The notebook in a file, as the newest nbformat of its kind has it, whichever program saved it."""
    content = json.loads(file_bytes(path))
    said = content.get("metadata") if isinstance(content.get("metadata"), dict) else {}
    kept = {key: value for key, value in said.items() if key != "kernelspec" or isinstance(value, dict)}
    content |= {"metadata": kept, "nbformat_minor": NEWEST_MINOR}
    for number, cell in enumerate(content["cells"]):
        cell["id"] = f"cell-{number}"
        if not isinstance(cell["metadata"].get("tags"), list):
            cell["metadata"]["tags"] = []
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return nbformat.from_dict(content)  # type: ignore[no-any-return]


def _execute(
    written: NotebookNode, job: Job, readings: Sequence[bytes], settings: Settings, noted: list[Any]
) -> NotebookNode:
    options: dict[str, object] = {
        "kernel_name": "python3",
        "language": "python",
        "progress_bar": False,
        "log_output": False,
        "parameters": job.parameters,
        "resources": {"metadata": {"path": str(job.notebook.parent)}},  # the working folder, as nbclient is told it
    }
    if settings.own_kernel:
        return _in_kernel(written, options, settings.limits)
    executed: NotebookNode = papermill.execute_notebook(
        written,
        None,
        engine_name=ENGINE,
        limits=settings.limits,
        before=(("reporting.batch.readings:give", (job.parameters["root"], *readings)),),
        after=("reporting.checksums:noted_checksums",),
        handed_back=noted,
        **options,
    )
    return executed


def _in_kernel(written: NotebookNode, options: dict[str, object], limits: Limits) -> NotebookNode:
    loop = ensure_event_loop(prefer_selector_loop=True)  # Jupyter's loop for this thread
    ours = nullcontext() if loop.is_running() else closing(loop)  # one that runs is a notebook's, say
    with ours, tempfile.TemporaryDirectory(prefix="nr-") as folder:
        if os.name != "nt":
            # Sockets in a folder of their own: side by side, TCP ports are taken twice now and then.
            options["config"] = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}})
        # what a kernel says while it shuts down is no message to anybody
        options["extra_arguments"] = ["--log-level=CRITICAL"]
        executed: NotebookNode = papermill.execute_notebook(
            written, None, start_timeout=START_TIMEOUT, execution_timeout=int(limits.seconds), **options
        )
    return executed


def _incomplete(notebook: NotebookNode) -> str:
    """Why an executed notebook is no proof of success, "" where it is (papermill says completed for a dead kernel too)."""
    own = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        state = cell.metadata.get("papermill", {}).get("status")
        if cell.execution_count is None or state in ("failed", "pending"):
            return f"Kapitlet avbröts före cell {number}. Kör anteckningsboken i JupyterLab för att se varför."
        for output in cell.outputs:
            if output.output_type == "error":
                return f"Cell {number} gav felet {output.ename}: {output.evalue}"
            if is_stderr(output) and (warning := own_warning(output.text)):
                return f"Cell {number} gav en varning: {warning}"
    return ""


def _told(error: PapermillExecutionError, written: NotebookNode) -> str:
    """The error that stopped a chapter, with the number that its cell has in the analyst's own notebook; faults in the input as
    they are."""
    if error.ename == "InputFaults":
        return str(error.evalue)
    cells = enumerate(written.cells)
    parameters = next((i for i, cell in cells if PARAMETERS in cell.metadata.tags), -1)
    number = error.cell_index + (1 if error.cell_index <= parameters else 0)
    return f"Cell {number} gav felet {error.ename}: {error.evalue}"


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times and random ids, so that the same inputs give the same bytes; what was written to stderr as it stands
    in the end."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell.id = f"cell-{number}"
        for output in filter(is_stderr, cell.get("outputs", ())):
            output.text = "\n".join(as_it_stands(output.text)[:MOST_LINES]) + "\n"
    return notebook

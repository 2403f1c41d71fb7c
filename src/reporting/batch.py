"""Chapters run with papermill, side by side; each fails alone. The only module that imports papermill."""

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from reporting.root import KOMMUN, KOMMUN_CHAPTER, PLAN_CHAPTER, Root
from reporting.whole_files import write_whole

CELL_TIMEOUT, START_TIMEOUT = 600, 120


@dataclass(frozen=True)
class Job:
    """One chapter to make: the notebook, whose it is (a nämnd's id, or "kommun"), its parameters, the file for the executed
    notebook, and sida, the folder of the page that it stands on, under the period's."""

    kapitel: str
    namnd: str
    sida: str
    notebook: Path
    parameters: dict[str, str]
    target: Path


@dataclass(frozen=True)
class Outcome:
    """How a job went. orsak: why it failed, in Swedish, "" where it didn't."""

    job: Job
    orsak: str
    seconds: float

    @property
    def ok(self) -> bool:
        """True where the chapter is whole and on disk."""
        return not self.orsak


def title(notebook: Path) -> str:
    """The chapter's first heading, or its file name where it has none."""
    cells = nbformat.read(notebook, as_version=4).cells
    texts = (cell.source for cell in cells if cell.cell_type == "markdown")
    found = next((match for text in texts if (match := re.search(r"^# +(.+)$", text, re.MULTILINE))), None)
    return found[1].strip() if found else notebook.stem


def run_jobs(jobs: Sequence[Job], workers: int, done: Callable[[Outcome], None]) -> list[Outcome]:
    """Run every job, `workers` at a time, and call `done` as each ends. Outcomes come in the order of the jobs."""
    outcomes: dict[Path, Outcome] = {}
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        futures = [pool.submit(run_job, job) for job in jobs]
        try:
            for future in as_completed(futures):
                outcome = future.result()
                outcomes[outcome.job.target] = outcome
                done(outcome)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)  # what runs may end; nothing new begins
            raise
    return [outcomes[job.target] for job in jobs]


def run_job(job: Job) -> Outcome:
    """Make one chapter. One that fails leaves nothing, not even an earlier run's: old figures would look like new."""
    started = time.monotonic()
    loop = ensure_event_loop(prefer_selector_loop=True)  # Jupyter's loop for this thread; ours to close
    try:
        orsak = _unknown_parameters(job)
        if not orsak:
            notebook = _execute(job)
            orsak = _incomplete(notebook)
            if not orsak:
                _write(_without_traces(notebook), job.target)
    except PapermillExecutionError as error:
        orsak = _told(error, job)
    except Exception as error:  # a dead kernel, a time-out, a file that isn't a notebook: this chapter's loss only
        orsak = f"Kapitlet kunde inte köras: {type(error).__name__}: {error}"
    finally:
        loop.close()
    if orsak and job.target.is_file():
        job.target.unlink()
    return Outcome(job, orsak, time.monotonic() - started)


def _unknown_parameters(job: Job) -> str:
    known = papermill.inspect_notebook(str(job.notebook))
    lacking = [name for name in job.parameters if name not in known]
    if not lacking:
        return ""
    return f"Kapitlet saknar {', '.join(lacking)} i cellen med taggen parameters. Lägg till dem, med ett standardvärde som text."


def _execute(job: Job) -> NotebookNode:
    options: dict[str, object] = {
        "kernel_name": "python3",
        "progress_bar": False,
        "log_output": False,
        "start_timeout": START_TIMEOUT,
        "execution_timeout": CELL_TIMEOUT,
        "parameters": job.parameters,
        "extra_arguments": ["--log-level=CRITICAL"],  # what a kernel says while it shuts down is no message to anybody
    }
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:
        if os.name != "nt":
            # Sockets in a folder of their own: side by side, TCP ports are taken twice now and then.
            options["config"] = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}})
        executed: NotebookNode = papermill.execute_notebook(str(job.notebook), None, **options)
    return executed


def _incomplete(notebook: NotebookNode) -> str:
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


def _told(error: PapermillExecutionError, job: Job) -> str:
    if error.ename == "InputFaults":
        return str(error.evalue)
    cells = nbformat.read(job.notebook, as_version=4).cells
    parameters = next((i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])), -1)
    number = error.cell_index + (1 if error.cell_index <= parameters else 0)
    return f"Cell {number} gav felet {error.ename}: {error.evalue}"


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell.id = f"cell-{number}"
    return notebook


def _write(notebook: NotebookNode, target: Path) -> None:
    write_whole(target, nbformat.writes(notebook) + "\n")


def jobs_for(root: Root, period: str, namnder: Iterable[str], kapitel: str = "") -> list[Job]:
    """The jobs of a period: every chapter for each of the nämnder, or only `kapitel`."""
    return [
        _job(root, period, path, namnd, namnd)
        for namnd in namnder
        for path in root.chapters
        if not kapitel or path.stem == kapitel
    ]


def plan_job(root: Root, period: str, namnd: str) -> Job:
    """The job that makes a nämnd's plan into a report of its own."""
    return _job(root, period, root.notebooks / f"{PLAN_CHAPTER}.ipynb", namnd, f"{namnd}/{PLAN_CHAPTER}")


def _job(root: Root, period: str, path: Path, namnd: str, sida: str) -> Job:
    parameters = {"period": period, "namnd": namnd, "root": root.folder.as_posix()}
    return Job(path.stem, namnd, sida, path, parameters, root.outputs / period / sida / path.name)


def kommun_job(root: Root, period: str) -> Job:
    """The job that makes the kommun's sammanställning."""
    path = root.notebooks / f"{KOMMUN_CHAPTER}.ipynb"
    parameters = {"period": period, "root": root.folder.as_posix()}
    return Job(KOMMUN_CHAPTER, KOMMUN, KOMMUN, path, parameters, root.outputs / period / KOMMUN / path.name)

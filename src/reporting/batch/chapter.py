"""One chapter made: run with papermill, looked over, and turned into HTML. It writes nothing; whoever asked for it does."""

import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from reporting.batch.executed_notebook import incomplete, tables_in, told, without_traces
from reporting.batch.fingerprint import fingerprint
from reporting.batch.jobs import Job
from reporting.batch.tasks import Gjort, Korsatt
from reporting.faults import InputFaults
from reporting.params.chapters import first_heading
from reporting.params.notebook_code import import_faults
from reporting.warm.limits import LimitExceeded, Limits, ProcessLost
from reporting.warm.pool import lease

ENGINE = "reporting-warm"
"""Our own engine, as papermill knows it by the entry point in pyproject.toml."""
START_TIMEOUT = 120
TRIES = 2
"""A chapter whose process died, rather than failed, is tried once more: somebody else may have taken its memory."""


def make(korsatt: Korsatt, job: Job, readings: Sequence[bytes]) -> Gjort:
    """Make one chapter, anywhere. It fails alone: what goes wrong is told in Gjort.orsak."""
    started = time.monotonic()
    if korsatt.program != fingerprint():
        return Gjort(
            "Arbetaren har en annan version av programmet än den som startade körningen. Uppdatera den.", job.kapitel
        )
    gjort = Gjort("", job.kapitel)
    for _ in range(TRIES):
        try:
            gjort = _made(job, readings, korsatt)
            break
        except ProcessLost as error:
            gjort = Gjort(str(error), first_heading(job.notebook))
    return replace(gjort, seconds=time.monotonic() - started)


def _made(job: Job, readings: Sequence[bytes], korsatt: Korsatt) -> Gjort:
    titel = first_heading(job.notebook)
    noted: list[Any] = []
    try:
        orsak = _unknown_parameters(job) or _gone_imports(job)
        if orsak:
            return Gjort(orsak, titel)
        notebook = _execute(job, readings, korsatt, noted)
        orsak = incomplete(notebook)
        if orsak:
            return Gjort(orsak, titel)
        text = nbformat.writes(without_traces(notebook)) + "\n"
        with lease(korsatt.limits, "page") as process:
            html = process.call("reporting.batch.chapter_html:chapter_html", text)
    except ProcessLost:
        raise
    except LimitExceeded as error:
        return Gjort(str(error), titel)
    except PapermillExecutionError as error:
        return Gjort(told(error, job.notebook), titel)
    except Exception as error:  # a dead kernel, a time-out, a file that isn't a notebook: this chapter's loss only
        return Gjort(f"Kapitlet kunde inte köras: {type(error).__name__}: {error}", titel)
    tables = tables_in(notebook)
    return Gjort(orsak="", titel=titel, text=text, html=html, tables=tables, noted=noted[0] if noted else {})


def _unknown_parameters(job: Job) -> str:
    known = papermill.inspect_notebook(str(job.notebook))
    lacking = [name for name in job.parameters if name not in known]
    if not lacking:
        return ""
    return f"Kapitlet saknar {', '.join(lacking)} i cellen med taggen parameters. Lägg till dem, med ett standardvärde som text."


def _gone_imports(job: Job) -> str:
    """What a notebook of an earlier version imports that the program no longer has."""
    faults = import_faults(job.notebook, f"notebooks/{job.notebook.name}")
    return InputFaults(faults).text() if faults else ""


def _execute(job: Job, readings: Sequence[bytes], korsatt: Korsatt, noted: list[Any]) -> NotebookNode:
    options: dict[str, object] = {
        "kernel_name": "python3",
        "progress_bar": False,
        "log_output": False,
        "parameters": job.parameters,
    }
    if korsatt.karna:
        return _in_kernel(job, options, korsatt.limits)
    executed: NotebookNode = papermill.execute_notebook(
        str(job.notebook),
        None,
        engine_name=ENGINE,
        limits=korsatt.limits,
        before=(("reporting.batch.readings:give", (job.parameters["root"], *readings)),),
        after=("reporting.used_files:noted_checksums",),
        handed_back=noted,
        **options,
    )
    return executed


def _in_kernel(job: Job, options: dict[str, object], limits: Limits) -> NotebookNode:
    loop = ensure_event_loop(prefer_selector_loop=True)  # Jupyter's loop for this thread
    ours = nullcontext() if loop.is_running() else closing(loop)  # one that runs is a notebook's, say
    with ours, tempfile.TemporaryDirectory(prefix="nr-") as folder:
        if os.name != "nt":
            # Sockets in a folder of their own: side by side, TCP ports are taken twice now and then.
            options["config"] = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}})
        # what a kernel says while it shuts down is no message to anybody
        options["extra_arguments"] = ["--log-level=CRITICAL"]
        executed: NotebookNode = papermill.execute_notebook(
            str(job.notebook), None, start_timeout=START_TIMEOUT, execution_timeout=int(limits.seconds), **options
        )
    return executed

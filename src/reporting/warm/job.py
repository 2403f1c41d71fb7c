"""One job in a warm process: what is asked on its connection is done, in turn, until it is closed; then the process ends.

Asked: ("call", "module:function", arguments), ("shell", a kernel request's frames), ("end",). Answered: ("hello", process id), then
("value", value) or ("error", type, text, traceback, pickled exception) for a call, ("iopub" or "shell", frames) for a kernel request,
("bye",) at the end. Where the process was divided from a server, that says ("ended", exit status) after the last.
"""

import asyncio
import atexit
import gc
import importlib
import os
import pickle
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from reporting.warm.preload import Warmth

STARTED_WITH = dict(os.environ)


@dataclass(frozen=True)
class WarmJob:
    """A job's connection, the stage of imports that it needs, and the working folder and environment of whoever asked for it; and a
    folder that is to go with its process, if that has one of its own."""

    connection: Connection
    needs: str
    folder: str
    environment: dict[str, str]
    leaves: Path | None = None


_ending = threading.Lock()


def end_process(leaves: Path | None = None) -> NoReturn:
    """End this process and those that it has started, at once; remove its folder, if it has one."""
    _ending.acquire()  # by one thread only: the folder is gone before the process is
    if leaves:
        shutil.rmtree(leaves, ignore_errors=True)
    if sys.platform == "win32":
        os._exit(1)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)


def work(job: WarmJob, warmth: Warmth) -> NoReturn:
    """Do one job. Ends the process."""
    _settle(job)
    warmth.reach(job.needs)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    writing = threading.Lock()

    def send(*message: object) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with writing:
            job.connection.send_bytes(data)

    inbox: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        with suppress(EOFError, OSError):
            while True:
                loop.call_soon_threadsafe(inbox.put_nowait, job.connection.recv_bytes())
        end_process(job.leaves)

    answer: Any = None  # what answers kernel requests, once there has been one
    send("hello", os.getpid())
    threading.Thread(target=read, name="requests", daemon=True).start()
    while True:
        try:  # the loop runs while it waits: a cell may have left tasks in it
            kind, *rest = pickle.loads(loop.run_until_complete(inbox.get()))  # noqa: S301 # from who started us
        except RuntimeError:  # the loop was stopped, by quit() in a cell
            _finish(warmth if answer else None)
            os._exit(0)
        if kind == "call":
            with warmth.inside():
                _call(send, *rest)
        elif kind == "shell":
            if not answer:
                warmth.reach("cells")
                answer = importlib.import_module("reporting.warm.kernel").begin_cells(warmth.kernel, send)
            loop.run_until_complete(answer(*rest))
        else:
            _finish(warmth if answer else None)
            send("bye")
            end_process(job.leaves)


def _settle(job: WarmJob) -> None:
    """Be where whoever asked is: its folder and its environment, with what the imports have added to this process's."""
    added = {name: value for name, value in os.environ.items() if STARTED_WITH.get(name) != value}
    os.environ.clear()
    os.environ.update(job.environment)
    os.environ.update({name: value for name, value in added.items() if name not in job.environment})
    os.chdir(job.folder)
    numbers = sys.modules.get("numpy.random")
    if numbers:
        numbers.seed()  # or every job would draw the same numbers


def _call(send: Callable[..., None], function: str, arguments: tuple[object, ...]) -> None:
    try:
        module, _, name = function.partition(":")
        send("value", getattr(importlib.import_module(module), name)(*arguments))
    except BaseException as error:  # whatever it is, it is for whoever called
        try:
            carried = pickle.dumps(error)
        except Exception:  # it can't be carried over: what it said is told as text
            carried = b""
        told = "".join(traceback.format_exception(error))
        send("error", type(error).__name__, str(error), told, carried)


def _finish(warmth: Warmth | None) -> None:
    """End as Python would: let go of the cells' objects, so that files are written to their end, and do what was left for last."""
    with suppress(Exception):
        if warmth:
            warmth.kernel.shell.reset(new_session=False)
        gc.collect()
        atexit._run_exitfuncs()

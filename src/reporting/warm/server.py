"""The program that holds warm processes: imports what a job needs before there is a job. Run as `python -m reporting.warm.server`.

Where the system can divide a process (fork), it imports everything once, and is divided for each job: the job's process has it all
from its first millisecond, and no job sees what another has done. Elsewhere the program does one job itself, and is started before
it is needed. Everything ends when the connection that it was born with ends: that is, with the process that started the program.

A job does what is asked on its connection: ("call", "module:function", arguments), ("shell", a kernel request's frames), ("end",).
Answered: ("hello", process id), then ("value", value) or ("error", type, text, traceback, pickled exception) for a call, ("iopub" or
"shell", frames) for a kernel request, ("bye",) at the end. A program that was divided says ("ended", exit status) after the last.
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
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Any, NoReturn

from reporting.warm.preload import Warmth

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Born
else:
    Born = Connection

STARTED_WITH = dict(os.environ)


@dataclass(frozen=True)
class _Job:
    """A job's connection, the stage of imports that it needs, and the working folder and environment of whoever asked for it."""

    connection: Connection
    needs: str
    folder: str
    environment: dict[str, str]


def serve() -> None:
    """Run the program: learn from its connection how it is to work, import ahead, and do the job that comes, or fork a process for each
    of many."""
    connection = Born(int(sys.argv[1]))
    forks, folder, ahead = connection.recv()
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # read as matplotlib is imported
    warmth = Warmth(folder, ahead)
    if forks:
        _work(_divided(connection, warmth, folder), warmth, None)
    _work(_awaited(connection, warmth, folder), warmth, folder)


def _awaited(connection: Connection, warmth: Warmth, folder: Path) -> _Job:
    """The one job of a program that does it itself; imports until it comes."""
    while not connection.poll() and warmth.step():
        pass
    try:
        return _Job(connection, *connection.recv())
    except (EOFError, OSError):
        _end_process(folder)


def _divided(connection: Connection, warmth: Warmth, folder: Path) -> _Job:
    """Serve until the program ends. Returns in jobs' processes only, with the job."""
    waiting: list[_Job] = []
    running: dict[int, Connection] = {}  # kept open to tell there how each process ended
    signal.signal(signal.SIGCHLD, lambda *_: _reap(running))
    more = True
    while True:
        if connection.poll(0 if more else None):
            try:
                asked = Connection(recv_handle(connection))
            except (EOFError, OSError):
                for pid in list(running):
                    for kill in (os.kill, os.killpg):  # it may not lead its session yet
                        with suppress(OSError):
                            kill(pid, signal.SIGKILL)
                _end_process(folder)
            with suppress(EOFError, OSError):  # whoever asked may have ended already
                waiting.append(_Job(asked, *asked.recv()))
        for job in [each for each in waiting if each.needs in warmth.done or not more]:
            waiting.remove(job)
            pid = os.fork()
            if not pid:
                os.setsid()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (connection, *running.values(), *(each.connection for each in waiting)):
                    other.close()
                return job
            running[pid] = job.connection
            _reap(running)  # it may have ended before it was known
        if more and not (more := warmth.step()):
            gc.collect()
            gc.freeze()  # what is imported is never collected in a job, and its memory stays shared


def _reap(running: dict[int, Connection]) -> None:
    """Tell how each process ended that has."""
    for pid in list(running):
        with suppress(OSError):  # nobody listens any longer, or it was told while this was under way
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                with running.pop(pid) as connection:
                    connection.send(("ended", os.waitstatus_to_exitcode(status)))


_ending = threading.Lock()


def _end_process(folder: Path | None) -> NoReturn:
    """End this process and those that it has started, at once; remove its folder, if it has one of its own."""
    _ending.acquire()  # by one thread only: the folder is gone before the process is
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform == "win32":
        os._exit(1)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _work(job: _Job, warmth: Warmth, folder: Path | None) -> NoReturn:
    """Do one job. Ends the process, and removes its folder, if it has one of its own."""
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
        _end_process(folder)

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
            _call(send, *rest)
        elif kind == "shell":
            if not answer:
                warmth.reach("cells")
                answer = importlib.import_module("reporting.warm.kernel").begin_cells(warmth.kernel, send)
            loop.run_until_complete(answer(*rest))
        else:
            _finish(warmth if answer else None)
            send("bye")
            _end_process(folder)


def _settle(job: _Job) -> None:
    """Be where whoever asked is: its folder and its environment, with what the imports have added to this process's."""
    added = {name: value for name, value in os.environ.items() if STARTED_WITH.get(name) != value}
    os.environ.clear()
    os.environ.update(added | job.environment)
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


if __name__ == "__main__":
    serve()

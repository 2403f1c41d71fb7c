"""The program that holds warm processes: imports what a job needs before there is a job. Run as `python -m reporting.warm.server`.

Where the system can divide a process (fork), it imports everything once, and is divided for each job: the job's process has it all
from its first millisecond, and no job sees what another has done. Elsewhere the program does one job itself, and is started before
it is needed. Everything ends when the connection that it was born with ends: that is, with the process that started the program.
"""

import gc
import os
import shutil
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import NoReturn

from reporting.warm.job import WarmJob, end_process, work
from reporting.warm.preload import Warmth

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Born
else:
    Born = Connection

Running = dict[int, Connection]
"""Process of a job under way → its connection, kept open to tell there how the process ended."""


def serve() -> None:
    """Be told what to be, and be it."""
    connection = Born(int(sys.argv[1]))
    forks, folder, ahead = connection.recv()
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # read as matplotlib is imported
    warmth = Warmth(folder, ahead)
    work(_divided(connection, warmth, folder) if forks else _awaited(connection, warmth, folder), warmth)


def _awaited(connection: Connection, warmth: Warmth, folder: Path) -> WarmJob:
    """The one job of a program that does it itself; imports until it comes."""
    while not connection.poll() and warmth.step():
        pass
    try:
        needs, work_in, environment = connection.recv()
    except (EOFError, OSError):
        end_process(folder)
    return WarmJob(connection, needs, work_in, environment, folder)


def _divided(connection: Connection, warmth: Warmth, folder: Path) -> WarmJob:
    """Serve until the program ends. Returns in jobs' processes only, with the job."""
    waiting: list[WarmJob] = []
    running: Running = {}
    signal.signal(signal.SIGCHLD, lambda *_: _reap(running))
    more = True
    while True:
        if connection.poll(0 if more else None):
            try:
                asked = Connection(recv_handle(connection))
            except (EOFError, OSError):
                _end_all(running, folder)
            with suppress(EOFError, OSError):  # whoever asked may have ended already
                waiting.append(WarmJob(asked, *asked.recv()))
        for job in [each for each in waiting if each.needs in warmth.done or not more]:
            waiting.remove(job)
            pid = os.fork()
            if not pid:
                _part_from(connection, *running.values(), *(each.connection for each in waiting))
                return job
            running[pid] = job.connection
            _reap(running)  # it may have ended before it was known
        if more and not (more := warmth.step()):
            gc.collect()
            gc.freeze()  # what is imported is never collected in a job, and its memory stays shared


def _reap(running: Running) -> None:
    """Tell how each process ended that has."""
    for pid in list(running):
        with suppress(OSError):  # nobody listens any longer, or it was told while this was under way
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                with running.pop(pid) as connection:
                    connection.send(("ended", os.waitstatus_to_exitcode(status)))


def _part_from(*connections: Connection) -> None:
    """In a job's new process: keep nothing of the program's, lead a session of one's own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for connection in connections:
        connection.close()


def _end_all(running: Running, folder: Path) -> NoReturn:
    for pid in list(running):
        for kill in (os.kill, os.killpg):
            with suppress(OSError):
                kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    serve()

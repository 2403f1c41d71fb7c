"""The program that holds warm processes: imports what a job needs before there is a job. Run as `python -m reporting.warm.server`.

Where the system can divide a process (fork), it imports everything once, and is divided for each job: the job's process has it all
from its first millisecond, and no job sees what another has done. Elsewhere the program does one job itself, and is started before
it is needed. Everything ends when standard input ends: that is, with the process that started the program.
"""

import gc
import json
import os
import shutil
import signal
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge, wait
from pathlib import Path
from queue import SimpleQueue
from typing import NoReturn

from reporting.warm.job import Job, end, work
from reporting.warm.preload import Warmth


@dataclass(frozen=True)
class _Server:
    """The program's own end of things: the socket where it listens, the key, the pipe from the process that started it, the pipe
    on which the system tells that a job's process has ended, and how those ended."""

    listening: socket.socket
    key: bytes
    lifeline: int
    ended: int
    statuses: dict[int, int | None]


def main() -> None:
    """Read on standard input what to be, and be it."""
    line = sys.stdin.buffer.readline()
    if not line:  # whoever started the program has ended already
        return
    told = json.loads(line)
    folder, key = Path(told["folder"]), bytes.fromhex(told["key"])
    lifeline = os.dup(0)
    _from_nowhere(0)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # read as matplotlib is imported
    warmth = Warmth(folder)
    if told["forks"]:
        job = _served(_listen(told["address"], key, lifeline), warmth, folder)
    else:
        job = _awaited(Listener(told["address"], authkey=key), lifeline, warmth, folder)
    work(job, warmth)


def _from_nowhere(*descriptors: int) -> None:
    """Point descriptors at the null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for each in descriptors:
        os.dup2(null, each)
    os.close(null)


def _listens() -> None:
    """Tell whoever started the program that it listens; nothing more is said on standard output or error."""
    os.write(1, b"1")
    _from_nowhere(1, 2)


def _awaited(listener: Listener, lifeline: int, warmth: Warmth, folder: Path) -> Job:
    """The one job of a program that does it itself; imports until it comes."""
    jobs: SimpleQueue[Job] = SimpleQueue()
    threading.Thread(target=_die_with, args=(lifeline, folder), daemon=True).start()
    threading.Thread(target=lambda: jobs.put(_asked(listener.accept(), folder)), daemon=True).start()
    _listens()
    while jobs.empty() and warmth.step():
        pass
    return jobs.get()


def _die_with(lifeline: int, folder: Path) -> None:
    os.read(lifeline, 1)
    end(folder)


def _asked(connection: Connection, folder: Path) -> Job:
    _, needs, work_in, environment, key = connection.recv()
    return Job(connection=connection, needs=needs, folder=work_in, environment=environment, key=key, leaves=folder)


def _listen(address: str, key: bytes, lifeline: int) -> _Server:
    """Begin to listen, and to notice when jobs' processes end."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(64)
    ended, noticed = os.pipe()
    os.set_blocking(noticed, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler of Python's, nothing is written to the pipe
    signal.set_wakeup_fd(noticed, warn_on_full_buffer=False)
    _listens()
    return _Server(listening, key, lifeline, ended, {})


def _served(server: _Server, warmth: Warmth, folder: Path) -> Job:
    """Serve until the program ends. Returns in jobs' processes only, with the job."""
    waiting: list[Job] = []
    more = True
    while True:
        ready = wait([server.listening, server.lifeline, server.ended], 0 if more else None)
        if server.lifeline in ready:
            _end_all(server, folder)
        if server.ended in ready:
            os.read(server.ended, 4096)
            _reap(server)
        if server.listening in ready:
            waiting += _accepted(server)
        for job in [each for each in waiting if each.needs in warmth.done or not more]:
            waiting.remove(job)
            pid = os.fork()
            if not pid:
                _part_from(server, waiting)
                return job
            server.statuses[pid] = None
            job.connection.close()
        if more and not (more := warmth.step()):
            gc.collect()
            gc.freeze()  # what is imported is never collected in a job, and its memory stays shared


def _accepted(server: _Server) -> list[Job]:
    """The job of a new connection, none where it only asked how a process ended."""
    with suppress(OSError, EOFError, AuthenticationError):
        connection = Connection(server.listening.accept()[0].detach())
        deliver_challenge(connection, server.key)
        answer_challenge(connection, server.key)
        question, *rest = connection.recv()
        if question == "job":
            return [Job(connection, *rest)]
        connection.send(_status(server, *rest))
        connection.close()
    return []


def _status(server: _Server, pid: int) -> int | None:
    """How a process ended that is known to be ending."""
    if server.statuses.get(pid, 0) is None:
        server.statuses[pid] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return server.statuses.get(pid)


def _reap(server: _Server) -> None:
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            server.statuses[pid] = os.waitstatus_to_exitcode(status)
    for pid in [pid for pid, status in server.statuses.items() if status is not None][:-100]:
        del server.statuses[pid]


def _part_from(server: _Server, waiting: list[Job]) -> None:
    """In a job's new process: keep nothing of the program's, lead a session of one's own."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    server.listening.close()
    os.close(server.lifeline)
    os.close(server.ended)
    for job in waiting:
        job.connection.close()


def _end_all(server: _Server, folder: Path) -> NoReturn:
    for pid, status in server.statuses.items():
        if status is None:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()

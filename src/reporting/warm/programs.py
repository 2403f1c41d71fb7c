"""Programs that hold warm processes: started, connected to, stopped. What they do is in warm_worker."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import IO, cast

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process with threads can't be divided safely; the threads of these libraries aren't Python's."""


@dataclass(frozen=True)
class Program:
    """A started program: its process, the address where it listens, the key that opens it, and its own folder.

    lifeline is its standard input, and open as long as this process lives: the program ends when it is closed, whatever closed it.
    readiness is its standard output, on which it tells that it listens.
    """

    process: subprocess.Popen[bytes]
    lifeline: IO[bytes]
    readiness: IO[bytes]
    address: str
    key: bytes
    folder: Path


def start(forks: bool) -> Program:
    """Start a program that divides itself for each job (`forks`), or that does one job itself. Returns at once."""
    temporary = tempfile.gettempdir()
    short = os.name != "posix" or len(temporary) < 80  # the system takes an address of a hundred letters or so
    folder = Path(tempfile.mkdtemp(prefix="nr-", dir=temporary if short else "/tmp"))  # noqa: S108
    key = secrets.token_bytes(32)
    address = str(folder / "s") if os.name == "posix" else rf"\\.\pipe\{folder.name}-{secrets.token_hex(8)}"
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "reporting.warm.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=os.environ | ONE_THREAD,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    told = {"forks": forks, "address": address, "key": key.hex(), "folder": str(folder)}
    program = Program(
        process=process,
        lifeline=cast(IO[bytes], process.stdin),
        readiness=cast(IO[bytes], process.stdout),
        address=address,
        key=key,
        folder=folder,
    )
    with contextlib.suppress(OSError):  # one that has died already is found by whoever connects
        program.lifeline.write(json.dumps(told).encode() + b"\n")
    return program


def connect(program: Program) -> Connection:
    """A new connection to a program, once it listens. OSError, EOFError or AuthenticationError where it has ended."""
    program.readiness.read(1)  # comes, or ends, when the program listens; ends when it has died
    connection: Connection = Client(program.address, authkey=program.key)
    return connection


def stop(program: Program, patience: float = 2) -> int | None:
    """Stop a program and all its processes, and remove its folder. Gives its exit status."""
    forget(program)
    try:
        program.process.wait(patience)
    except subprocess.TimeoutExpired:
        program.process.kill()
        program.process.wait()
    shutil.rmtree(program.folder, ignore_errors=True)
    return program.process.returncode


def forget(program: Program) -> None:
    """Let go of a program that belongs to the process that this one was divided from."""
    program.lifeline.close()
    program.readiness.close()


def status_of(program: Program, pid: int) -> int | None:
    """How a process of a program ended, None where the program has ended too."""
    with contextlib.suppress(OSError, EOFError, AuthenticationError):
        connection = connect(program)
        connection.send(("status", pid))
        status: int | None = connection.recv()
        connection.close()
        return status
    return None

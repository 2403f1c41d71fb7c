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
from multiprocessing.connection import Client, Connection
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process with threads can't be divided safely; the threads of these libraries aren't Python's."""


@dataclass(frozen=True)
class Program:
    """A started program: its process, the address where it listens, the key that opens it, and its own folder.

    Its standard input stays open as long as this process lives: the program ends when it is closed, whatever closed it.
    """

    process: subprocess.Popen[bytes]
    address: str
    key: bytes
    folder: Path


def start(forks: bool) -> Program:
    """Start a program that divides itself for each job (`forks`), or that does one job itself. Returns at once."""
    folder = Path(tempfile.mkdtemp(prefix="nr-"))
    key = secrets.token_bytes(32)
    address = str(folder / "s") if os.name == "posix" else rf"\\.\pipe\{folder.name}-{secrets.token_hex(8)}"
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "reporting.warm_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=os.environ | ONE_THREAD,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    told = {"forks": forks, "address": address, "key": key.hex(), "folder": str(folder)}
    with contextlib.suppress(OSError):  # one that has died already is found by whoever connects
        assert process.stdin
        process.stdin.write(json.dumps(told).encode() + b"\n")
    return Program(process, address, key, folder)


def connect(program: Program) -> Connection:
    """A new connection to a program, once it listens. OSError, EOFError or AuthenticationError where it has ended."""
    assert program.process.stdout
    program.process.stdout.read(1)  # comes, or ends, when the program listens; ends when it has died
    connection: Connection = Client(program.address, authkey=program.key)
    return connection


def stop(program: Program, patience: float = 2) -> int | None:
    """Stop a program and all its processes, and remove its folder. Gives its exit status."""
    process = program.process
    for pipe in (process.stdin, process.stdout):
        assert pipe
        pipe.close()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(program.folder, ignore_errors=True)
    return process.returncode


def forget(program: Program) -> None:
    """Let go of a program that belongs to the process that this one was divided from."""
    for pipe in (program.process.stdin, program.process.stdout):
        assert pipe
        pipe.close()

"""Cells run by ipykernel in this process, without its sockets. The only module that imports ipykernel.

A kernel is made beforehand (`prepare_kernel`) and begins in the process that is to run cells (`begin_cells`): a forked process has the
kernel's objects, but no threads.
"""

import asyncio
import atexit
import logging
import os
import select
import sys
import threading
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets.config import Config

from reporting.warm.process import KEY

Send = Callable[[str, list[bytes]], None]
"""Takes a kernel message's channel ("iopub" or "shell") and its frames."""


class Kernel(IPythonKernel):
    """ipykernel's kernel for one client that asks one thing at a time."""

    shell: Any
    session: Any
    shell_stream = AnyTrait()

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Nothing: after an error the client decides what comes next, and nothing is queued."""


class _Outlet:
    """What ipykernel takes for a socket: whole messages go to `send`."""

    def __init__(self, channel: str, send: Send) -> None:
        self._channel, self._send = channel, send
        self.context = zmq.Context()

    def send_multipart(self, frames: Sequence[Any], *_: object, **__: object) -> None:
        """Pass one message on."""
        self._send(self._channel, [bytes(frame) for frame in frames])

    def close(self) -> None:
        """Nothing to close: ends with the process."""


class _Stream(OutStream):
    """ipykernel's stream. What programs write to the file descriptor stands where it came, before what Python writes after it;
    with ipykernel's own reading it may come later, or be lost after the cell's end."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._reading = threading.RLock()  # a __del__ may print while it is held
        super().__init__(*args, **options)

    def _watch_pipe_fd(self) -> None:
        while self._fid is not None:
            select.select([self._fid], [], [])
            self._take()

    def _take(self) -> None:
        """Move what stands in the pipe into the stream."""
        if self._fid is None or not self._is_master_process():
            return
        with self._reading:
            while select.select([self._fid], [], [], 0)[0]:
                super().write(os.read(self._fid, 65536).decode(errors="replace"))

    def write(self, string: str) -> int | None:  # type: ignore[override] # as ipykernel's own
        self._take()
        return super().write(string)

    def flush(self) -> None:
        if threading.current_thread() is not self.pub_thread.thread:
            self._take()
        super().flush()


def prepare_kernel(folder: Path) -> Kernel:
    """A kernel with its shell, which keeps its files in `folder` and nothing in the home directory. Starts no thread.

    From now on all runs as in a cell, for what asks whether it does (pandas, as it is imported).
    """
    profile = ProfileDir.create_profile_dir(str(folder / "profile"))
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    application = IPKernelApp.instance(config=config)
    application.kernel = kernel = Kernel.instance(
        parent=application,
        session=Session(key=KEY),
        profile_dir=profile,
        log=logging.Logger(__name__, logging.CRITICAL + 1),  # what goes wrong in a cell stands in its output
        user_ns=None,
        shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
    )
    profile.unobserve_all("location")
    _as_the_application_does(application, kernel)
    kernel._execute_sleep = 0  # no socket has to be waited for
    kernel.shell.display_formatter.format(1)  # what is made at the first value shown is made now
    kernel.shell.builtin_trap.__enter__()
    return kernel


def _as_the_application_does(application: IPKernelApp, kernel: Kernel) -> None:
    """The steps of IPKernelApp.initialize that are about neither sockets nor the user's own configuration."""
    application.init_pdb()
    application.patch_io()
    sys.breakpointhook = lambda *_, **__: None  # as debugpy's, where no debugger is connected
    packages = (at for at, path in enumerate(sys.path) if Path(path).name in ("site-packages", "dist-packages"))
    sys.path.insert(next(packages, 0), "")
    kernel.shell.extension_manager.load_extension("storemagic")


def language_info() -> dict[str, Any]:
    """What stands in a notebook's metadata about the Python that ran it."""
    return dict(Kernel.language_info)


def begin_cells(kernel: Kernel, send: Send) -> Callable[[list[bytes]], Any]:
    """Begin to run cells: standard output and error go to `send` from now on. Gives a function that makes a request's frames into a
    coroutine that answers it, to be run in an event loop."""
    session, shell = kernel.session, kernel.shell
    session.pid = os.getpid()
    shell.profile_dir.location = (
        f"{shell.profile_dir.location}-{os.getpid()}"  # %store is a file there: one for each process
    )
    shell.init_environment()
    thread = IOPubThread(_Outlet("iopub", send), pipe=True, session=session)
    thread.start()
    atexit.unregister(thread.stop)  # the process ends without waiting for it
    kernel.iopub_thread, kernel.iopub_socket = thread, thread.background_socket
    kernel.shell_stream = _Outlet("shell", send)
    shell.displayhook.pub_socket = shell.display_pub.pub_socket = thread.background_socket
    sys.stdout = kernel._stdout = _Stream(session, thread, "stdout")
    sys.stderr = kernel._stderr = _Stream(session, thread, "stderr")
    context = copy_context()

    async def answer(frames: list[bytes]) -> None:
        kernel.io_loop = IOLoop.current()
        message = [zmq.Message(frame) for frame in frames]
        await asyncio.create_task(kernel.dispatch_shell(message), context=context)

    return answer

"""A papermill engine that runs a notebook in a warm process: `papermill --engine reporting-warm in.ipynb out.ipynb`.

Papermill's and nbclient's is everything but the kernel's process and its channels. papermill imports this by its entry point.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty
from types import SimpleNamespace
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.session import Session
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.exceptions import PapermillException
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from reporting.warm.limits import LimitExceeded, Limits, ProcessLost
from reporting.warm.pool import lease
from reporting.warm.process import KEY, Process

Message = dict[str, Any]
Call = tuple[str, tuple[object, ...]]

NOT_HERE = ["input_path", "timeout", "start_timeout", "startup_timeout", "interrupt_on_timeout"]
"""Options of papermill's and nbclient's that are about another kernel than ours, or are given to the client under another name."""


class _Client(KernelClient):
    """jupyter_client's client, whose channels lead to a warm process. Waits without an event loop: nothing else runs in it.

    A process that is lost, or takes too long, has published its last message; then no reply comes, and `failure` says why, None
    where it was a cell's own time that passed (`until`, as told by time.monotonic).
    """

    allow_stdin = False

    def __init__(self, process: Process) -> None:
        super().__init__(session=Session(key=KEY))
        self.process = process
        self.seconds: float | None = None
        self.failure: Exception | None = None
        self._until: float | None = None
        self._ended = False
        self._asked: Message = {}
        self._kept: dict[str, deque[Message]] = {"iopub": deque(), "shell": deque()}

    @property
    def shell_channel(self) -> Any:
        """Where requests are sent and replies come."""
        return SimpleNamespace(send=self._send, get_msg=self._reply)

    @property
    def iopub_channel(self) -> Any:
        """Where the kernel publishes what cells show."""
        return SimpleNamespace(get_msg=self._published)

    def _send(self, message: Message) -> None:
        self._asked = message
        try:
            self.process.ask(self.session.serialize(message))
        except ProcessLost as error:
            self.failure, self._ended = error, True
        self._until = time.monotonic() + self.seconds if self.seconds else None

    def _published(self, **_: object) -> Message:
        """The next published message; at the end, that the kernel is idle."""
        message = self._next("iopub")
        idle = {"header": {}, "msg_type": "status", "content": {"execution_state": "idle"}}
        return message or {"parent_header": self._asked["header"]} | idle

    def _reply(self, **_: object) -> Message:
        message = self._next("shell")
        if not message:
            raise Empty
        return message

    def _next(self, channel: str) -> Message | None:
        while not self._kept[channel] and not self._ended:
            come = None
            try:
                come = self.process.message(self._until)
            except (ProcessLost, LimitExceeded) as error:
                self.failure = error
            if come:
                of, frames = come
                _, parts = self.session.feed_identities(frames)
                self._kept[of].append(self.session.deserialize(parts))
            else:
                self.process.kill()
                self._ended = True
        return self._kept[channel].popleft() if self._kept[channel] else None


class _Notebook(PapermillNotebookClient):  # type: ignore[misc] # papermill has no types
    """papermill's client of a notebook, with a client of a kernel that is there already."""

    def __init__(self, nb_man: NotebookExecutionManager, client: _Client, **options: Any) -> None:
        super().__init__(nb_man, km=SimpleNamespace(has_kernel=True), **options)
        self.kc = client
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)

    def execute(self) -> None:
        """Run the cells; stop at one that fails, as papermill does."""
        self.nb.metadata["language_info"] = self.kc.process.call("reporting.warm.kernel:language_info")
        with self._runner:
            self.papermill_execute_cells()
            self.set_widgets_metadata()

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Run one cell. One that the process doesn't survive is marked as failed: papermill marks it as completed."""
        self.kc.seconds = super()._get_timeout(cell)
        try:
            running = self.async_execute_cell(cell, cell_index, **options)
            done: NotebookNode = self._runner.get_loop().run_until_complete(running)
        except (ProcessLost, LimitExceeded, CellTimeoutError) as error:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=error)
            raise
        return done

    def _get_timeout(self, cell: NotebookNode | None) -> float:
        """A time always, which allows that no reply comes (the process keeps its own)."""
        seconds: float | None = super()._get_timeout(cell)
        return seconds or self.kc.process.limits.seconds

    async def _async_check_alive(self) -> None:
        if self.kc.failure:
            raise self.kc.failure


class WarmEngine(Engine):  # type: ignore[misc] # papermill has no types
    """The part of papermill's engine that runs a notebook's cells."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        limits: Limits | None = None,
        before: Sequence[Call] = (),
        after: Sequence[str] = (),
        handed_back: list[object] | None = None,
        execution_timeout: int | None = None,
        **options: Any,
    ) -> None:
        """Run the cells of nb_man.nb in a warm process.

        limits: what it may take. before: functions ("module:function") and their arguments, called in the process before the first
        cell. after: functions called after the last, also after one that failed; their values are appended to handed_back.
        Whatever else NBClientEngine takes is taken, `resources` with the working folder too; what is about starting a kernel has no
        effect.
        """
        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise PapermillException(
                f"Anteckningsboken är skriven för {language}, men bara Python kan köras i en varm process."
            )
        folder = options.get("resources", {}).get("metadata", {}).get("path")
        first = (("os:chdir", (folder,)), *before) if folder else before
        settings = merge_kwargs(
            remove_args(NOT_HERE, **options),
            timeout=execution_timeout or options.get("timeout"),
            kernel_name=kernel_name,
            log=logger,
        )

        def run() -> None:
            with lease(limits) as process:
                for function, arguments in first:
                    process.call(function, *arguments)
                _Notebook(nb_man, _Client(process), **settings).execute()
                values = [process.call(function) for function in after]
                if handed_back is not None:
                    handed_back.extend(values)

        other = None
        with suppress(RuntimeError):
            other = asyncio.get_running_loop()
        if other:  # called from a notebook: two event loops can't run in one thread
            with ThreadPoolExecutor(max_workers=1) as pool:
                pool.submit(run).result()
        else:
            run()

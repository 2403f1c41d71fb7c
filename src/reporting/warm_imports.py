"""What a warm process has imported before there is a job, in the order in which jobs need it."""

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

STAGES: dict[str, tuple[str, ...]] = {
    "reading": ("reporting.underlag", "reporting.kommun_tables"),
    "cells": (
        "asyncio",
        "ipykernel.ipkernel",
        "reporting.warm_cells",
        "tornado.platform.asyncio",
        "IPython.core.logger",
        "IPython.core.magics.execution",
        "matplotlib.figure",
        "reporting.charts",
        "reporting.plan_tables",
        "reporting.underlag_tables",
        "reporting.uppdrag_tables",
        "reporting.personal_tables",
        "reporting.ekonomi_tables",
        "reporting.prognos_tables",
        "reporting.blad_tables",
        "stack_data",
        "pygments.formatters.terminal256",
    ),
    "page": ("reporting.report",),
    "rest": ("pexpect", "numpy", "pandas"),
}
"""What is imported, in this order. A job says which stage it needs, and waits for no later one."""


class Warmth:
    """How far the imports have come, and the kernel once there is one."""

    def __init__(self, folder: Path) -> None:
        self.done: set[str] = set()
        self.kernel: Any = None
        self._folder = folder
        self._steps = self._all_steps()

    def step(self) -> bool:
        """Import one module more; False where there was none left."""
        with self.inside():
            return next(self._steps, False)

    def reach(self, stage: str) -> None:
        """Import what is lacking up to a stage."""
        while stage not in self.done and self.step():
            pass

    def inside(self) -> AbstractContextManager[object]:
        """As in a cell, where there is a kernel."""
        inside: AbstractContextManager[object] = nullcontext()
        if self.kernel:
            inside = importlib.import_module("reporting.warm_cells").inside(self.kernel)
        return inside

    def _all_steps(self) -> Iterator[bool]:
        for stage, modules in STAGES.items():
            steps: list[Callable[[], object]] = [partial(importlib.import_module, name) for name in modules]
            if stage == "page":
                # jsonschema would import it, and it builds a grammar for a second, for addresses that no notebook has
                sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
            *first, last = [*steps, self._prepare] if stage == "cells" else steps
            for each in first:
                _try(each)
                yield True
            _try(last)
            self.done.add(stage)
            yield True

    def _prepare(self) -> None:
        self.kernel = importlib.import_module("reporting.warm_cells").prepare(self._folder)


def _try(step: Callable[[], object]) -> None:
    with suppress(Exception):  # what can't be had here is told by the cell that asks for it
        step()

"""What a warm process has imported before there is a job, in the order in which jobs need it.

Imported before nbformat: leaves out what takes longest of all that papermill and nbconvert import, and that nobody uses.

jsonschema can check that a text is a web address of some kind, where rfc3987-syntax is installed (JupyterLab installs it), and builds
a grammar for it at import: 0.7 of papermill's 1.4 s. A notebook's schema asks for no such check.
"""

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

if "jsonschema" not in sys.modules:
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None is how Python is told that there is none


STAGES: dict[str, tuple[str, ...]] = {
    "reading": (),
    "cells": (
        "asyncio",
        "IPython.core.interactiveshell",
        "ipykernel.ipkernel",
        "reporting.warm.kernel",
        "tornado.platform.asyncio",
        "IPython.core.logger",
        "IPython.core.magics.execution",
        "PIL.Image",
        "pyparsing",
        "matplotlib",
        "matplotlib.colors",
        "matplotlib.transforms",
        "matplotlib.patches",
        "matplotlib.text",
        "matplotlib.backend_bases",
        "matplotlib.axes",
        "matplotlib.figure",
        "stack_data",
        "pygments.formatters.terminal256",
    ),
    "page": ("jsonschema", "nbformat", "bs4", "bleach", "tornado.web", "nbconvert"),
    "rest": ("pexpect", "numpy", "pandas"),
}
"""What is imported, in this order; whoever begins adds modules to each. A job says which stage it needs, and waits for no later one. In
small steps: between any two of them jobs are served."""


class Warmth:
    """Imports modules ahead of need, step by step. done: the stages that are imported; kernel: once there is one; ahead: stage → modules
    besides those of STAGES."""

    def __init__(self, folder: Path, ahead: Mapping[str, Sequence[str]]) -> None:
        self.done: set[str] = set()
        self.kernel: Any = None
        self._folder, self._ahead = folder, ahead
        self._steps = self._all_steps()

    def step(self) -> bool:
        """Import one module more; False where there was none left."""
        return next(self._steps, False)

    def reach(self, stage: str) -> None:
        """Import what is lacking up to a stage."""
        while stage not in self.done and self.step():
            pass

    def _all_steps(self) -> Iterator[bool]:
        for stage, modules in STAGES.items():
            for name in (*modules, *self._ahead.get(stage, ())):
                with suppress(Exception):  # what can't be had here is told by the cell that asks for it
                    importlib.import_module(name)
                yield True
            if stage == "cells":
                with suppress(Exception):
                    self.kernel = importlib.import_module("reporting.warm.kernel").prepare_kernel(self._folder)
            self.done.add(stage)
            yield True

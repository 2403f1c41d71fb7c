"""STUB"""

import importlib
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    seconds: float = 600
    memory: int = 2 << 30
    output: int = 20_000_000


class ProcessLost(Exception):
    pass


def begin():
    pass


class P:
    def call(self, name, *args):
        m, f = name.split(":")
        return getattr(importlib.import_module(m), f)(*args)


@contextmanager
def warm_process(limits):
    yield P()

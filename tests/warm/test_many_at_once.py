"""The same work on many things: in order, with what it raises, and also where a process is lost on the way."""

import importlib
import math
import os
import sys
from pathlib import Path

import pytest

from reporting.warm.parallel import FEW_AT_ONCE, many_at_once

pytestmark = pytest.mark.process

MANY = 3 * FEW_AT_ONCE


@pytest.mark.parametrize("count", [0, 1, FEW_AT_ONCE, MANY])
def test_every_result_comes_in_order(count: int) -> None:
    assert list(many_at_once(math.sqrt, [n * n for n in range(count)])) == list(range(count))


@pytest.mark.parametrize("count", [FEW_AT_ONCE, MANY])
def test_what_the_work_raises_is_raised(count: int) -> None:
    with pytest.raises(ValueError, match=r"math domain error|expected a nonnegative input"):
        list(many_at_once(math.sqrt, [-1.0] * count))


DEADLY = """
import os
from pathlib import Path

def dubbla(sak):
    tal, har = sak
    if tal == 7 and os.getpid() != har:
        Path("dog").touch()
        os._exit(9)
    return 2 * tal
"""


def test_what_a_lost_process_had_in_hand_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dodlig.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    dubbla = importlib.import_module("dodlig").dubbla
    try:
        doubled = list(many_at_once(dubbla, [(tal, os.getpid()) for tal in range(MANY)]))
    finally:
        del sys.modules["dodlig"]
    assert doubled == [2 * tal for tal in range(MANY)]
    assert (tmp_path / "dog").exists()

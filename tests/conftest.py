"""Roots to work on: copies of the project's own, so that no test touches what is bundled."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reporting.params import read_run_params
from reporting.periods import Period
from reporting.root import Root, find_root
from reporting.runs import Made, planned, run
from reporting.underlag import Underlag, load

PROJECT = Path(__file__).parents[1]
EXEMPELKOMMUN = PROJECT / "examples" / "exempelkommun"


def copied(source: Path, target: Path) -> Root:
    """A copy of a root with its params and data, and of the project's notebooks."""
    for name in ("params", "data"):
        shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(PROJECT / "notebooks", target / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return find_root(target)


def run_all(root: Root, period: str, namnd: str = "", kapitel: str = "") -> list[Made]:
    """A whole run, with real kernels."""
    params = read_run_params(root.params, Period.parse(period))
    return run(root, params, planned(root, params, namnd, kapitel), 4, lambda _outcome: None)


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Root]:
    """A fresh copy of a root, to put faults into."""
    return lambda source: copied(source, tmp_path / "kommun")


@pytest.fixture(scope="session")
def lulea() -> Underlag:
    """Luleå's socialnämnd 2024, read and assessed."""
    return load("2024-12", "socialnamnden", str(PROJECT))


@pytest.fixture(scope="session")
def made_lulea(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Luleå 2024-12, run once for all tests that read its pages."""
    root = copied(PROJECT, tmp_path_factory.mktemp("lulea"))
    assert [made.failed for made in run_all(root, "2024-12")] == [(), ()]
    return root


@pytest.fixture(scope="session")
def made_exempelkommun(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Exempelkommun's delår 2025-08, run once for all tests that read its pages."""
    root = copied(EXEMPELKOMMUN, tmp_path_factory.mktemp("exempelkommun"))
    assert [made.failed for made in run_all(root, "2025-08")] == [()] * 5
    return root

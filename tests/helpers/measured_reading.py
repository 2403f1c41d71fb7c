"""A delivery read in a process of its own, which measures what it cost."""

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.reading.read import read_workbooks


@dataclass(frozen=True)
class Cost:
    """What one reading took. seconds: of the processor; peak: MB, with the program itself; told: (place, what was expected)."""

    seconds: float
    peak: float
    told: list[tuple[str, str]]
    read: list[str]


def measured(folder: Path) -> Cost:
    """Read the folder's workbooks, with a plan of sixty mätetal, in a process that has done nothing but import. Where the system can
    divide a process, it is a copy of one that has imported already."""
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload(["reporting.reading.read"])
    with ProcessPoolExecutor(1, context) as process:
        return process.submit(_read, folder).result(60)


def _read(folder: Path) -> Cost:
    matetal = [{"id": f"matt-{n}", "namn": "Ett mått", "mattenhet": "antal", "malvarde": "minst 10"} for n in range(60)]
    mal = {"id": "mal", "namn": "Ett mål", "matetal": matetal}
    plan = Plan.model_validate({"namnd": "namnden", "plan": "Plan", "galler": [2024], "namndsmal": [mal]})
    before = time.process_time()  # not the clock's: others may use the same machine
    leverans, faults = read_workbooks(folder, "data", Period(2024, 12), plan)
    seconds = time.process_time() - before
    told = [(fault.plats, fault.vantat) for fault in faults]
    return Cost(seconds, _peak(), told, [f"{u.matetal} {u.varde}" for u in leverans.utfall])


def _peak() -> float:
    status = Path("/proc/self/status")  # resource's peak is also that of whoever started the process
    if status.is_file():
        return int(status.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]) / 2**10
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)

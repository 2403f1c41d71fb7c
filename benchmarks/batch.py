"""How long the batch takes, beside the ordinary ways of doing the same; all in one run, since seconds differ between machines but
ratios hardly do.

    python benchmarks/batch.py [--cores 2] [--sample 6] [--sizes 10 100 1000]

(a) `papermill` and `jupyter nbconvert`, one process each, chapter by chapter; (b) papermill.execute_notebook in a loop; (c) what the
chapters' cells say, in this process, without notebooks: the floor. (a) and (b) are timed on a sample of chapters and multiplied.
Nothing is compared with earlier runs, and no test depends on it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import nbformat
import psutil
from storkommun import EXEMPEL, PERIOD, make_root

from reporting.batch.jobs import Job, jobs_for, planned
from reporting.batch.run import Outcome, run_chapters
from reporting.batch.workers import hired
from reporting.params.read import read_namnder
from reporting.params.root import Root, find_root
from reporting.periods import Period

COMMAND = [sys.executable, "-m", "reporting"]
WHEN = Period.parse(PERIOD)


def seconds(function: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def quietly(words: list[str]) -> None:
    """Run a command, and don't hear what it says."""
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def jobs_of(root: Root) -> tuple[list[Job], dict[str, list[str]]]:
    """Everything that a whole run makes, and the nämnder."""
    namnder = read_namnder(root.params, WHEN)
    return planned(root, WHEN, namnder), {PERIOD: namnder}


def a_process_each(jobs: list[Job]) -> float:
    """(a)"""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "ut.ipynb"

        def one(job: Job) -> None:
            parameters = [word for name, value in job.parameters.items() for word in ("-r", name, value)]
            quietly([sys.executable, "-m", "papermill", str(job.notebook), str(made), *parameters])
            quietly([sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--no-input", str(made)])

        return seconds(lambda: [one(job) for job in jobs])


def in_a_loop(jobs: list[Job]) -> float:
    """(b)"""
    import papermill

    return seconds(
        lambda: [
            papermill.execute_notebook(str(job.notebook), None, parameters=job.parameters, progress_bar=False)
            for job in jobs
        ]
    )


def in_this_process(jobs: list[Job]) -> float:
    """(c)"""

    def one(job: Job) -> None:
        shown: dict[str, object] = {"__name__": "chapter"}
        for cell in nbformat.read(job.notebook, as_version=4).cells:
            if cell.cell_type == "code":
                exec(cell.source, shown)  # noqa: S102 - the project's own chapters
                if "parameters" in cell.metadata.get("tags", []):
                    shown |= job.parameters

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for job in jobs[:2]:
            one(job)  # imports
        return seconds(lambda: [one(job) for job in jobs])


def command(root: Root, *arguments: str) -> float:
    """A whole `reporting run`, its start-up included."""
    words = [*COMMAND, "run", PERIOD, "--root", str(root.folder), *arguments]
    return seconds(lambda: quietly(words))


def warm(root: Root) -> float:
    """Every chapter once more in a process that has made them already."""
    jobs, namnder = jobs_of(root)
    again = partial(run_chapters, root, jobs, namnder, hired, lambda _outcome: None, force=True)
    again()
    return seconds(again)


def one_and_one() -> tuple[float, float]:
    """`1+1` as a notebook: through the warm engine once it is warm, and by a kernel of its own."""
    import papermill

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ett.ipynb"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1+1")], metadata={"kernelspec": kernel}), path
        )

        def through(engine: str | None, times: int) -> float:
            def once() -> None:
                papermill.execute_notebook(str(path), None, engine_name=engine, progress_bar=False)

            once()
            return min(seconds(once) for _ in range(times))

        return through("reporting-warm", 10), through(None, 2)


def change(root: Root, namnd: str, value: int) -> None:
    """One cell of the sheet Mätetal."""
    import openpyxl

    path = root.data / PERIOD / namnd / "utfall-aldre.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Mätetal"]
    column = next(cell.column for cell in sheet[1] if cell.value == "utfall")
    sheet.cell(2, column).value = value
    book.save(path)


def saved_and_seen(root: Root, page: Path) -> tuple[float, float]:
    """A cell changed: how long until the nämnd's page is there, with a new command and with one that watches."""
    before = page.stat().st_mtime_ns

    def until_written(since: int) -> float:
        started = time.perf_counter()
        while page.stat().st_mtime_ns == since and time.perf_counter() - started < 60:
            time.sleep(0.005)
        return time.perf_counter() - started

    change(root, page.parent.name, 78)
    words = ["run", PERIOD, "--root", str(root.folder)]
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        new = until_written(before)
        process.wait()
    words = ["watch", PERIOD, "--root", str(root.folder)]
    with subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        next(line for line in process.stderr or () if line.startswith("Väntar"))
        time.sleep(4)  # until everything is warm
        times = []
        for value in (79, 80, 81):
            before = page.stat().st_mtime_ns
            change(root, page.parent.name, value)
            times.append(until_written(before))
            time.sleep(1.5)
        process.terminate()
    return new, sorted(times)[1]


def growth(folder: Path, size: int) -> tuple[int, float, float, list[int]]:
    """(chapters, seconds, of an unchanged run after it, memory at every tenth chapter) of a root with about so many chapters."""
    make_root(folder, max(1, round(size / 11)))
    root = find_root(folder)
    jobs, namnder = jobs_of(root)
    memory: list[int] = []

    def done(_outcome: Outcome) -> None:
        done.count += 1  # type: ignore[attr-defined]
        if done.count % 10 == 0:  # type: ignore[attr-defined]
            memory.append(in_use())

    done.count = 0  # type: ignore[attr-defined]
    took = seconds(lambda: run_chapters(root, jobs, namnder, hired, done))
    return len(jobs), took, command(root), memory


def in_use() -> int:
    """The memory of this process and of the program that its warm processes are divided from; not of a chapter at work."""
    me = psutil.Process()
    return int(me.memory_info().rss + sum(child.memory_info().rss for child in me.children()))


@contextmanager
def a_root(namnder: int = 0) -> Iterator[Root]:
    """Exempelkommun, or a generated root, in a folder of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name) / "kommun"
        if namnder:
            make_root(folder, namnder)
        else:
            for part in ("params", "data"):
                shutil.copytree(EXEMPEL / part, folder / part)
            shutil.copytree(EXEMPEL.parents[1] / "notebooks", folder / "notebooks")
        yield find_root(folder)


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--cores", type=int, default=2)
    asked.add_argument("--sample", type=int, default=6)
    asked.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000])
    chosen = asked.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(range(chosen.cores)))
    print(f"{chosen.cores} kärnor, Python {sys.version.split()[0]}\n")
    for name, namnder in (("Exempelkommun", 0), ("Genererad", 3)):
        with a_root(namnder) as root:
            measure(name, root, chosen.cores, chosen.sample)
    quick, slow = one_and_one()
    print(
        f"1+1: {quick * 1000:.0f} ms i en varm process, {slow * 1000:.0f} ms i en egen kärna: {slow / quick:.0f} gånger\n"
    )
    print("kapitel | s | ms per kapitel | oförändrat, s | minne vid 50 och 500, MB")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            count, took, unchanged, memory = growth(Path(folder) / "kommun", size)
        at = [f"{memory[index] / 1e6:.0f}" for index in (4, 49) if index < len(memory)]
        print(
            f"{count} | {took:.1f} | {took / count * 1000:.0f} | {unchanged:.2f} | {', '.join(at) or '-'}", flush=True
        )
    started = min(seconds(lambda: quietly([*COMMAND, "--help"])) for _ in range(5))
    print(f"\nreporting --help: {started:.2f} s")


def measure(name: str, root: Root, cores: int, sample: int) -> None:
    """One root's table."""
    jobs, namnder = jobs_of(root)
    some = jobs_for(root, PERIOD, [namnder[PERIOD][0]])[:: max(1, 10 // sample)][:sample]
    cold = command(root)
    unchanged = command(root)
    again = warm(root)
    page = root.outputs / PERIOD / namnder[PERIOD][0] / "rapport.html"
    new, watched = saved_and_seen(root, page)
    ways = {
        "(a) papermill och nbconvert, en process var": a_process_each(some) / len(some),
        "(b) papermill i en slinga": in_a_loop(some) / len(some),
        "(c) samma funktioner i en process, golvet": in_this_process(jobs_for(root, PERIOD, [namnder[PERIOD][0]])) / 10,
        "reporting run, från kall start": cold / len(jobs),
        "reporting run, varm": again / len(jobs),
        "reporting run, varm, per kapitel och kärna": again / len(jobs) * cores,
    }
    floor = ways["(c) samma funktioner i en process, golvet"]
    slowest = ways["(a) papermill och nbconvert, en process var"]
    print(f"{name}: {len(jobs)} kapitel\n{'ms per kapitel':>64} {'mot (a)':>10} {'mot (c)':>10}")
    for way, each in ways.items():
        print(f"{way:<50}{each * 1000:>14.0f} {slowest / each:>10.1f} {each / floor:>10.2f}")
    print(f"inget ändrat: {unchanged:.2f} s")
    print(
        f"en cell ändrad: sidan efter {new:.2f} s med ett nytt kommando, {watched:.2f} s med reporting watch\n",
        flush=True,
    )


if __name__ == "__main__":
    main()

"""How long `reporting check` takes for a large kommun: 10 nämnder, each with 10 workbooks of 60 mätetal.

    python benchmarks/check.py [arbetsböcker per nämnd]

It makes the root in a temporary folder, times the check in this process and as a command, and reads the same files with plain
openpyxl in the same run, since seconds differ between machines but the ratio hardly does. Two cores are used where the system lets
us choose. Nothing is compared with earlier runs, and no test depends on it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from deliveries import write_workbook

from reporting.assess.check import inspect_period
from reporting.params.read import Params, read_params
from reporting.params.root import find_root
from reporting.periods import Period
from reporting.reading.read import read_workbooks

NAMNDER, MATETAL, ROUNDS = 10, 60, 3
PERIOD = Period(2024, 12)
PLANS: dict[Path, Params] = {}
UNITS = ("procent", "antal", "tkr", "dagar", "mkr", "poäng")

KOMMUN = """\
kommun: Storkommun
namnder:
{namnder}
overgripande_mal:
  - {{id: trygg, namn: Trygg kommun}}
skalor:
  tre-steg:
    steg:
      - {{id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}}
      - {{id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, over: 0}}
      - {{id: helt, namn: Helt uppfyllt, form: cirkel, ton: gron, fran: 1}}
"""


def matetal(book: int) -> list[tuple[str, str]]:
    """(id, mattenhet) of one workbook's mätetal."""
    return [(f"matt-{book:02}-{n:02}", UNITS[n % len(UNITS)]) for n in range(MATETAL)]


def make_root(folder: Path, books: int) -> None:
    """Params and workbooks of the whole kommun; nothing of the year before."""
    namnder = [f"namnd-{n:02}" for n in range(NAMNDER)]
    write(
        folder / "params" / "kommun.yml",
        KOMMUN.format(namnder="\n".join(f"  - {{id: {n}, namn: {n}}}" for n in namnder)),
    )
    write(
        folder / "params" / f"{PERIOD}.yml",
        f'period: "{PERIOD}"\nnamnder:\n' + "".join(f"  {n}: {{}}\n" for n in namnder),
    )
    for namnd in namnder:
        lines = [f"namnd: {namnd}", "plan: Verksamhetsplan 2024", "galler: [2024]", "namndsmal:"]
        for book in range(books):
            lines += [
                f"  - id: mal-{book:02}",
                f"    namn: Mål {book}",
                "    overgripande_mal: [trygg]",
                "    matetal:",
            ]
            for name, unit in matetal(book):
                lines += [f"      - {{id: {name}, namn: Mätetal {name}, mattenhet: {unit}, malvarde: minst 10"]
                lines[-1] += ", kon: [kvinnor, män]}" if unit == "antal" else "}"
            here = folder / "data" / str(PERIOD) / namnd
            write_workbook(here / f"utfall-{book:02}.xlsx", {"nämnd": namnd, "period": str(PERIOD)}, delivered(book))
        write(folder / "params" / "planer" / f"{namnd}.yml", "\n".join(lines) + "\n")


def delivered(book: int) -> list[dict[str, str]]:
    """The rows of one workbook, as a person fills them in."""
    made = []
    for n, (name, unit) in enumerate(matetal(book)):
        row = {
            "id": name,
            "mätetal": f"Mätetal {name}, såsom det beskrivs i verksamhetsplanen",
            "enhet": unit,
            "målvärde": "minst 10",
            "utfall": f"{50 + n % 40} %" if unit == "procent" else f"{100 + n}",
            "mätt till och med": str(PERIOD.last_day),
            "kommentar": "Utfallet är något högre än i fjol, framför allt till följd av fler ärenden under hösten."
            * (n % 3),
        }
        if unit == "antal":
            row |= {"kvinnor": str(60 + n), "män": "40"}
        made.append(row)
    return made


def write(path: Path, text: str) -> None:
    """A text file, in a folder that is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plainly(folder: Path) -> int:
    """How many cells with content plain openpyxl finds in the workbooks."""
    count = 0
    for path in sorted((folder / "data").rglob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        count += sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)
    return count


def checked(folder: Path) -> None:
    """The check in this process, which shall find nothing wrong."""
    found = inspect_period(find_root(folder), PERIOD)
    if found.faults:
        raise SystemExit("\n\n".join(map(str, found.faults[:3])))


def only_params(folder: Path) -> None:
    """What is decided: kommun.yml, the period and the plans."""
    read_params(folder / "params", PERIOD)


def only_workbooks(folder: Path) -> None:
    """What is delivered, read against the plans that were read before."""
    for plan in PLANS[folder].planer:
        read_workbooks(folder / "data" / str(PERIOD) / plan.namnd, "data", PERIOD, plan)


def as_command(folder: Path) -> None:
    """The check as somebody runs it, start-up included."""
    command = [sys.executable, "-m", "reporting", "check", str(PERIOD), "--root", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


def seconds(work: Callable[[Path], object], folder: Path) -> float:
    """The best of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        work(folder)
        times.append(time.perf_counter() - before)
    return min(times)


def main(books: int = 10) -> None:
    """Make the root, time the three, print the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with tempfile.TemporaryDirectory() as made:
        folder, count = Path(made), NAMNDER * books
        make_root(folder, books)
        params, _ = read_params(folder / "params", PERIOD)
        if params is None:
            raise SystemExit("the params of the benchmark can't be read")
        PLANS[folder] = params
        plain = seconds(plainly, folder)
        print(f"{count} workbooks of {MATETAL} mätetal, {plainly(folder)} cells, best of {ROUNDS}")
        print(f"{'':<24}{'seconds':>9}{'books/s':>9}{'ratio':>7}")
        for name, took in (
            ("plain openpyxl", plain),
            ("the workbooks alone", seconds(only_workbooks, folder)),
            ("the params alone", seconds(only_params, folder)),
            ("the whole check", seconds(checked, folder)),
            ("reporting check", seconds(as_command, folder)),
        ):
            print(f"{name:<24}{took:>9.2f}{count / took:>9.1f}{took / plain:>7.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

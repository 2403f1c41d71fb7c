"""How long a site of 1 000 pages of 20 kB takes to publish to a folder: all of it, none of it, and a tenth of it changed.

    python benchmarks/delivery.py [sidor]

It copies the same tree with shutil.copytree in the same run, since seconds differ between machines but the ratio hardly does. Two
cores are used where the system lets us choose. Nothing is compared with earlier runs, and no test depends on it.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from reporting.publish.deliver import deliver
from reporting.publish.destination import open_destination

PAGES, SIZE, ROUNDS = 1000, 20_000, 3


def write_pages(folder: Path, edition: int, numbers: range) -> None:
    """Pages of random letters, 40 to a folder."""
    for number in numbers:
        path = folder / f"namnd-{number // 40}" / f"sida-{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(f"{edition} {number}").randbytes(SIZE // 2).hex().encode())  # noqa: S311


def start(number: int, now: datetime) -> bytes:
    """A start page."""
    return f'<meta name="nr-publicering" content="{number}"><p>{now.isoformat()}</p>'.encode()


def timed(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def publish(target: Path, sajt: Path, adresser: Path) -> None:
    """One publication, if there is anything to publish."""
    with open_destination(str(target)) as destination:
        deliver(destination, sajt, adresser, start, lambda _done, _of: None)


def one_round(folder: Path, pages: int) -> dict[str, float]:
    """Seconds of each, in a folder of its own."""
    sajt, adresser = folder / "sajt", folder / "adresser"
    write_pages(sajt, 1, range(pages))
    adresser.mkdir()
    (sajt / "omgång.html").write_text("1", encoding="utf-8")
    took = {"copytree": timed(lambda: shutil.copytree(sajt, folder / "kopia"))}
    took["allt nytt"] = timed(lambda: publish(folder / "mål", sajt, adresser))
    (sajt / "omgång.html").write_text("2", encoding="utf-8")
    took["en sida ändrad"] = timed(lambda: publish(folder / "mål", sajt, adresser))
    write_pages(sajt, 2, range(0, pages, 10))
    took["en tiondel ändrad"] = timed(lambda: publish(folder / "mål", sajt, adresser))
    took["inget ändrat"] = timed(lambda: publish(folder / "mål", sajt, adresser))
    return took


def main(pages: int = PAGES) -> None:
    """Print the best of some rounds, and how they compare with copying."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "varm").mkdir()
        one_round(Path(made) / "varm", 10)  # imports, once
        rounds = []
        for number in range(ROUNDS):
            folder = Path(made) / str(number)
            folder.mkdir()
            rounds.append(one_round(folder, pages))
    best = {name: min(each[name] for each in rounds) for name in rounds[0]}
    print(f"{pages} sidor à {SIZE // 1000} kB till en mapp, bästa av {ROUNDS}:")
    for name, seconds in best.items():
        print(f"  {name:<18} {seconds:6.2f} s  {seconds / best['copytree']:5.1f} gånger copytree")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Which files a chapter may be made of: never fewer than a reading opens."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.inputs import NOTEBOOKS, UNREADABLE, checksum_of, differences, stamp
from reporting.periods import Period
from reporting.root import Root, find_root

OPENED = """
import sys
from pathlib import Path
opened, listed = set(), set()
root = sys.argv[1]
from reporting.underlag import las
from reporting.root import find_root
from reporting.periods import Period
def noting(event, details):
    if event == "open" and isinstance(details[0], (str, Path)):
        opened.add(str(Path(details[0]).absolute()))
sys.addaudithook(noting)
las(find_root(root), Period.parse(sys.argv[2]), sys.argv[3])
inside = Path(root).absolute().as_posix() + "/"
for path in sorted(Path(item).as_posix() for item in opened):
    if path.startswith((inside + "params", inside + "data")):
        print(path[len(inside):])
"""


@pytest.mark.parametrize(
    ("folder", "period", "namnd"),
    [
        (PROJECT, "2024-12", "socialnamnden"),
        (PROJECT, "2023-08", "socialnamnden"),
        (EXEMPELKOMMUN, "2025-08", "socialnamnden"),
        (EXEMPELKOMMUN, "2024-12", "byggnadsnamnden"),
    ],
)
def test_every_file_that_a_reading_opens_is_in_the_stamp(folder: Path, period: str, namnd: str) -> None:
    command = [sys.executable, "-c", OPENED, str(folder), period, namnd]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    opened = set(result.stdout.split())
    known = stamp(find_root(folder), Period.parse(period), [namnd])
    assert len(opened) > 5
    assert opened <= known.keys(), opened - known.keys()


def write(path: str, content: str) -> Callable[[Path], None]:
    """Add to a file, or make it."""

    def change(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(content)

    return change


# what is done to a copy | how the stamp differs
CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a text is written": (
        write("data/2025-08/socialnamnden/texter.md", "\nMer text.\n"),
        ["data/2025-08/socialnamnden/texter.md ändrad"],
    ),
    "a workbook comes": (
        lambda root: (root / "data/2025-08/socialnamnden/nytt.xlsx").write_bytes(b"PK"),
        ["data/2025-08/socialnamnden/nytt.xlsx ny"],
    ),
    "a workbook of last year is taken away": (
        lambda root: (root / "data/2024-08/socialnamnden/utfall-ifo.xlsx").unlink(),
        ["data/2024-08/socialnamnden/utfall-ifo.xlsx borttagen"],
    ),
    "a plan is changed": (
        write("params/planer/socialnamnden-2023-2025.yml", "\n# ändrad\n"),
        ["params/planer/socialnamnden-2023-2025.yml ändrad"],
    ),
    "the kommun writes a chapter of its own": (
        write("notebooks/50-eget.ipynb", "{}"),
        ["nya eller borttagna kapitel i notebooks"],
    ),
    "another nämnd's text is written": (
        write("data/2025-08/utbildningsnamnden/texter.md", "\nMer text.\n"),
        [],
    ),
    "a folder with workbooks comes, which the page says aren't read": (
        lambda root: shutil.copytree(root / "data/2024-08/socialnamnden", root / "data/2025-08/socialnamnden/gamla"),
        ["data/2025-08/socialnamnden/gamla ny"],
    ),
    "a later period is begun": (write("params/2026-04.yml", "period: 2026-04\n"), []),
    "Excel has a file open": (write("data/2025-08/socialnamnden/~$utfall.xlsx", ""), []),
    "a file is saved as it was": (
        lambda root: (root / "params/kommun.yml").write_bytes((root / "params/kommun.yml").read_bytes()),
        [],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen_by_content_and_told_by_name(name: str, copy_of: Callable[[Path], Root]) -> None:
    change, told = CHANGES[name]
    root = copy_of(EXEMPELKOMMUN)
    before = stamp(root, Period(2025, 8), ["socialnamnden"])
    change(root.folder)
    assert list(differences(before, stamp(root, Period(2025, 8), ["socialnamnden"]))) == told


def test_a_file_that_another_program_keeps_closed_has_a_checksum_of_its_own(tmp_path: Path) -> None:
    assert checksum_of(tmp_path / "finns-inte.xlsx") == UNREADABLE
    assert NOTEBOOKS in stamp(find_root(PROJECT), Period(2024, 12), [])


def test_a_folder_is_its_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1")
    before = checksum_of(tmp_path)
    (tmp_path / "a.csv").write_text("2")
    assert checksum_of(tmp_path) == before
    (tmp_path / "b.csv").write_text("1")
    assert checksum_of(tmp_path) != before

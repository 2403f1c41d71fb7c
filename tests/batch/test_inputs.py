"""Which files a chapter may be made of: never fewer than a reading opens; and what of a notebook counts."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.batch.inputs import NOTEBOOKS, stamp, stamp_differences, stamp_of_chapter
from reporting.checksums import UNREADABLE, checksum_of, notebook_checksum
from reporting.params.root import Root, find_root
from reporting.periods import Period

pytestmark = pytest.mark.process

OPENED = """
import sys
from pathlib import Path
opened, listed = set(), set()
root = sys.argv[1]
from reporting.assess.underlag import read_input_of
from reporting.params.root import find_root
from reporting.periods import Period
def noting(event, details):
    if event == "open" and isinstance(details[0], (str, Path)):
        opened.add(str(Path(details[0]).absolute()))
sys.addaudithook(noting)
read_input_of(find_root(root), Period.parse(sys.argv[2]), sys.argv[3])
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
    "a file that only an own chapter reads is put into params": (
        write("params/priser.csv", "12\n"),
        ["params/priser.csv ny"],
    ),
    "a later period is begun": (write("params/2026-04.yml", "period: 2026-04\n"), []),
    "an earlier period's file is changed": (write("params/2024-08.yml", "# ändrad\n"), ["params/2024-08.yml ändrad"]),
    "what was measured before is written down": (
        lambda root: (root / "data/historik.xlsx").write_bytes(b"PK"),
        ["data/historik.xlsx ändrad"],
    ),
    "a module of the kommun's own comes, of which a reading knows nothing": (write("notebooks/mina_ord.py", ""), []),
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
    assert list(stamp_differences(before, stamp(root, Period(2025, 8), ["socialnamnden"]))) == told


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


def test_a_chapter_may_be_made_of_all_that_lies_beside_the_notebooks(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    before = stamp_of_chapter(root, Period(2025, 8), ["socialnamnden"])
    for name in (
        "mina_ord.py", "egna/antal.csv", "egna/bilder/karta.png", "prov.ipynb", "egna/prov.ipynb", "~$antal.xlsx", ".DS_Store",
        ".ipynb_checkpoints/prov-checkpoint.csv", "egna/.ipynb_checkpoints/x.csv", "__pycache__/mina_ord.cpython-313.pyc",
    ):  # fmt: skip
        (root.notebooks / name).parent.mkdir(parents=True, exist_ok=True)
        (root.notebooks / name).write_bytes(b"1")
    now = stamp_of_chapter(root, Period(2025, 8), ["socialnamnden"])
    assert now.keys() - before.keys() == {
        "notebooks/mina_ord.py", "notebooks/egna/antal.csv", "notebooks/egna/bilder/karta.png",
    }  # fmt: skip
    assert before.items() <= now.items()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights of their own")
def test_a_linked_folder_beside_the_notebooks_counts_and_a_link_upwards_is_passed_over(
    copy_of: Callable[[Path], Root], tmp_path: Path
) -> None:
    root = copy_of(EXEMPELKOMMUN)
    before = stamp_of_chapter(root, Period(2025, 8), ["socialnamnden"])
    (tmp_path / "delat").mkdir()
    (tmp_path / "delat" / "antal.csv").write_text("1")
    (root.notebooks / "delat").symlink_to(tmp_path / "delat")
    (root.notebooks / "runt").symlink_to(root.notebooks)
    now = stamp_of_chapter(root, Period(2025, 8), ["socialnamnden"])
    assert now.keys() - before.keys() == {"notebooks/delat/antal.csv"}


WRITTEN = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Rubrik\n", "Text."]},
        {
            "cell_type": "code", "id": "b", "metadata": {"tags": ["parameters"]}, "source": "period = ''",
            "execution_count": None, "outputs": [],
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}  # fmt: skip


def changed(place: str, value: object) -> str:
    """The notebook as a file, with one thing in it changed: "cells.0.source"."""
    notebook = json.loads(json.dumps(WRITTEN))
    *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    here = notebook
    for step in way:
        here = here[step]
    here[last] = value
    return json.dumps(notebook)


# what is done to the notebook | whether that is something that somebody wrote
NOTEBOOK = {
    "it is saved as it was, otherwise spelt": (json.dumps(WRITTEN, indent=4, sort_keys=True) + "\n", False),
    "a text is saved as one piece": (changed("cells.0.source", "# Rubrik\nText."), False),
    "it is run": (changed("cells.1.execution_count", 3), False),
    "it shows something": (changed("cells.1.outputs", [{"output_type": "stream", "name": "stdout", "text": "1"}]), False),
    "a cell gets another id": (changed("cells.1.id", "c"), False),
    "JupyterLab notes when a cell was run": (changed("cells.1.metadata.execution", {"shell.execute_reply": "nu"}), False),
    "an output is scrolled": (changed("cells.1.metadata.scrolled", True), False),
    "JupyterLab notes the version of Python": (changed("metadata.language_info", {"version": "3.14"}), False),
    "JupyterLab calls the kernel something else": (
        changed("metadata.kernelspec.display_name", "Python 3 (ipykernel)"), False,
    ),
    "a text is changed": (changed("cells.0.source", "# En annan rubrik"), True),
    "a picture is pasted into a text": (changed("cells.0.attachments", {"bild.png": {"image/png": "eA=="}}), True),
    "a figure gets a text alternative": (changed("cells.1.metadata.alt", "En stapel."), True),
    "a tag is taken away": (changed("cells.1.metadata.tags", []), True),
    "code becomes text": (changed("cells.1.cell_type", "markdown"), True),
    "a cell is taken away": (changed("cells", WRITTEN["cells"][:1]), True),  # type: ignore[index]
    "it is written for another language": (changed("metadata.kernelspec.language", "R"), True),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTEBOOK)
def test_of_a_notebook_counts_what_somebody_wrote(name: str, tmp_path: Path) -> None:
    content, is_written = NOTEBOOK[name]
    path = tmp_path / "50-eget.ipynb"
    path.write_text(json.dumps(WRITTEN), encoding="utf-8")
    before = notebook_checksum(path)
    path.write_text(content, encoding="utf-8")
    assert (notebook_checksum(path) != before) == is_written


@pytest.mark.parametrize(
    "content", ["{ inte json", "{}", "[]", '{"cells": 3}', '{"cells": ["text"]}', '{"cells": [{}]}', ""]
)
def test_of_what_is_no_notebook_every_byte_counts(content: str, tmp_path: Path) -> None:
    path = tmp_path / "50-trasigt.ipynb"
    assert notebook_checksum(path) == UNREADABLE
    path.write_text(content, encoding="utf-8")
    assert notebook_checksum(path) == checksum_of(path)

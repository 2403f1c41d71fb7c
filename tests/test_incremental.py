"""A chapter is made again only where something that it used has changed: by content, and told why."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from conftest import EXEMPELKOMMUN, PROJECT, namnder_of, run_all
from reporting.hands import hired
from reporting.jobs import jobs_for, planned
from reporting.lage import lage_of_period
from reporting.manifests import read_manifest
from reporting.out_of_date import Outcome
from reporting.periods import Period
from reporting.records import without_time
from reporting.root import Root
from reporting.runs import run
from test_batch import notebook

YEAR, WHEN = "2024-12", Period(2024, 12)
HERE = Path("data/2024-12/socialnamnden")


def remade(root: Root, *, force: bool = False) -> dict[str, tuple[str, ...]]:
    """Chapter → why it was made, of one whole run."""
    seen: dict[str, tuple[str, ...]] = {}
    namnder = namnder_of(root, YEAR)

    def done(outcome: Outcome) -> None:
        if not outcome.aktuell:
            seen[outcome.job.kapitel] = outcome.skal

    run(root, planned(root, WHEN, namnder[YEAR]), namnder, partial(hired, jobs=2), done, force=force)
    return seen


def cell(file: str, sheet: str, ref: str, value: object) -> Callable[[Root], None]:
    """A change of one cell; that it is a change is asserted."""

    def change(root: Root) -> None:
        path = root.folder / HERE / file
        book = openpyxl.load_workbook(path)
        assert book[sheet][ref].value != value
        book[sheet][ref] = value
        book.save(path)

    return change


def text(file: Path | str, old: str, new: str) -> Callable[[Root], None]:
    """A change of a text file."""

    def change(root: Root) -> None:
        path = root.folder / file
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


ALL = {path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb")} | {
    "verksamhetsplan",
    "kommun-sammanstallning",
}
GOALS = {"01-sammanfattning", "02-maluppfoljning", "03-matetal"}
FILES = {"10-underlag", "kommun-sammanstallning"}  # which print every file's checksum

# what is changed | how | the chapters that are made again | why
CHANGES = {
    "nothing": (lambda _root: None, set(), ""),
    "an outcome": (cell("utfall-ifo.xlsx", "Mätetal", "C4", 261), GOALS | FILES, f"{HERE}/utfall-ifo.xlsx ändrad"),
    "a figure of the staff": (
        cell("utfall-personal.xlsx", "Personal", "E5", 7.7), {"07-personal"} | FILES, f"{HERE}/utfall-personal.xlsx ändrad",
    ),
    "a chapter's text": (
        text(HERE / "texter.md", "## framtid\n", "## framtid\n\nNytt stycke.\n"),
        {"09-framtid"} | FILES,
        f"{HERE}/texter.md ändrad",
    ),
    "a chapter's notebook": (
        text("notebooks/04-uppdrag.ipynb", "# Uppdrag", "# Uppdrag och mer"), {"04-uppdrag"}, "notebooks/04-uppdrag.ipynb ändrad",
    ),
    "the name of the kommun": (text("params/kommun.yml", "kommun: Luleå", "kommun: Lule"), ALL, "params/kommun.yml ändrad"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_chapters_that_use_what_was_changed_are_made_again(name: str, already_run: Root) -> None:
    change, chapters, why = CHANGES[name]
    assert remade(already_run) == {}
    change(already_run)
    again = remade(already_run)
    assert set(again) == chapters
    assert {reason for reasons in again.values() for reason in reasons} == ({why} if why else set())
    assert remade(already_run) == {}


OWN = """
from pathlib import Path
from reporting.underlag import load
underlag = load(period, namnd, root)
folder = Path(root) / "egna"
print(sum(float(path.read_text()) for path in sorted(folder.glob("*.txt"))))
import {module}
print({module}.HEADING, underlag.resultat.namnd.namn)
"""


def test_a_chapter_depends_on_the_files_that_it_was_seen_to_open(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    folder = root.folder / "egna"
    folder.mkdir()
    (folder / "a.txt").write_text("1", encoding="utf-8")
    (root.folder / "mina_ord.py").write_text("HEADING = 'Ett'\n", encoding="utf-8")
    where = f"import sys\nsys.path.insert(0, {str(root.folder)!r})"
    notebook(root.notebooks / "50-eget.ipynb", where, OWN.format(module="mina_ord"))

    def again() -> list[tuple[str, ...]]:
        [page] = run_all(root, YEAR, "socialnamnden", "50-eget")
        assert page.failed == ()
        [job] = jobs_for(root, YEAR, ["socialnamnden"], "50-eget")
        manifest = read_manifest(job)
        assert manifest is not None
        assert {"egna", "egna/a.txt", "mina_ord.py"} <= manifest.andra.keys()
        return [] if page.aktuella else [tuple(manifest.andra)]

    assert again()
    assert not again()
    for change in (
        lambda: (folder / "a.txt").write_text("2", encoding="utf-8"),
        lambda: (folder / "b.txt").write_text("1", encoding="utf-8"),
        lambda: (root.folder / "mina_ord.py").write_text("HEADING = 'Två, längre'\n", encoding="utf-8"),
    ):
        change()
        assert again()
        assert not again()
    (root.data / "2024-12" / "socialnamnden" / "texter.md").open("a", encoding="utf-8").close()
    assert not again()


def test_status_says_why_each_chapter_is_out_of_date(already_run: Root) -> None:
    root = already_run
    CHANGES["an outcome"][0](root)
    CHANGES["a chapter's notebook"][0](root)
    (root.outputs / YEAR / "socialnamnden" / "09-framtid.ipynb").unlink()
    senaste = lage_of_period(root, WHEN)[0].senaste
    assert (senaste.korning, senaste.andrade) == (
        "inaktuell",
        {
            "01-sammanfattning": ("utfall-ifo.xlsx ändrad",),
            "02-maluppfoljning": ("utfall-ifo.xlsx ändrad",),
            "03-matetal": ("utfall-ifo.xlsx ändrad",),
            "04-uppdrag": ("notebooks/04-uppdrag.ipynb ändrad",),
            "09-framtid": ("09-framtid.ipynb borttagen eller ändrad i outputs",),
            "10-underlag": ("utfall-ifo.xlsx ändrad",),
        },
    )


def test_a_page_that_was_changed_by_hand_is_written_again(already_run: Root) -> None:
    path = already_run.outputs / YEAR / "socialnamnden" / "rapport.html"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"Socialn", b"Hittep"))
    assert [page.is_new for page in run_all(already_run, YEAR)] == [True, False, False]
    assert path.read_text(encoding="utf-8").count("Hittep") == 0


def test_with_force_everything_is_made_again(already_run: Root) -> None:
    assert set(remade(already_run, force=True)) == ALL


def test_every_part_of_a_reading_has_the_same_checksum_in_two_processes(project: Path) -> None:
    import subprocess
    import sys

    from reporting.lasningar import pack, pack_params

    code = (
        "import sys\nfrom reporting.lasningar import pack, pack_params\n"
        "r, p, n = sys.argv[1:]\nprint(sorted(pack(r, p, n, pack_params(r, p)[n]).delar.items()))"
    )
    where = (str(EXEMPELKOMMUN), "2025-08", "socialnamnden")
    here = pack(*where, pack_params(*where[:2])[where[2]]).delar
    there = subprocess.run([sys.executable, "-c", code, *where], capture_output=True, encoding="utf-8", check=True)
    assert there.stdout.strip() == str(sorted(here.items()))
    assert len(here) > 50
    assert json.dumps(here)


OPEN = "from pathlib import Path\nfile = Path(root) / 'egna.txt'\n"
LOAD = "from reporting import kapitel\nunderlag = kapitel(period, namnd, root).underlag\n"

# what an own chapter does | what is changed when it has been made
UNSEEN = {
    "opens a file that isn't there": (OPEN + "try:\n    print(file.read_text())\nexcept OSError:\n    print('inget')", None),
    "asks for a file that isn't there": (OPEN + "print(file.read_text() if file.exists() else 'inget')", None),
    "copies its input": (LOAD + "import copy\nprint(copy.deepcopy(underlag).nu.utfall)", CHANGES["an outcome"][0]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_an_own_chapter_uses_is_seen(name: str, copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    cell_text, change = UNSEEN[name]
    notebook(root.notebooks / "50-eget.ipynb", cell_text)
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella
    assert run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella
    if change:
        change(root)
    else:
        (root.folder / "egna.txt").write_text("1", encoding="utf-8")
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella
    assert run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella


def test_a_chapter_depends_on_the_file_that_it_asked_the_front_for_and_on_no_more(
    copy_of: Callable[[Path], Root],
) -> None:
    root = copy_of(PROJECT)
    own = root.folder / "egna.csv"
    own.write_text("1", encoding="utf-8")
    cells = "from reporting import kapitel\nk = kapitel(period, namnd, root)\nprint(k.fil('egna.csv').read_text())"
    notebook(root.notebooks / "50-eget.ipynb", cells)
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella
    CHANGES["an outcome"][0](root)
    assert run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella
    own.write_text("22", encoding="utf-8")
    assert not run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella


def test_a_file_saved_after_the_chapter_opened_it_is_seen_by_the_next_run(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    own = root.folder / "egna.txt"
    own.write_text("1", encoding="utf-8")
    # another process saves it, while the chapter is at work
    save = f"import subprocess\nif text == '1':\n    subprocess.run(['sh', '-c', 'printf 22 > {own}'], check=True)"
    notebook(root.notebooks / "50-eget.ipynb", OPEN + "text = file.read_text()\nprint(text)", save)
    assert [run_all(root, YEAR, "socialnamnden", "50-eget")[0].aktuella for _ in range(3)] == [0, 0, 1]


def test_a_kommun_page_that_loads_its_namnder_itself_depends_on_them(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    cells = "from reporting import kapitel\nfor namnd in ('socialnamnden', 'utbildningsnamnden'):\n"
    cells += "    print(kapitel(period, namnd, root, visa_fel=True).resultat.avsnitt)"
    notebook(root.notebooks / "kommun-sammanstallning.ipynb", cells, parameters='period = ""\nroot = ""')
    assert not run_all(root, "2025-08", kapitel="kommun-sammanstallning")[0].aktuella
    text("data/2025-08/socialnamnden/texter.md", "## framtid\n", "## framtid\n\nNytt stycke.\n")(root)
    assert not run_all(root, "2025-08", kapitel="kommun-sammanstallning")[0].aktuella
    assert run_all(root, "2025-08", kapitel="kommun-sammanstallning")[0].aktuella


def test_a_chapter_that_is_as_it_was_again_is_no_longer_called_older(already_run: Root) -> None:
    root = already_run
    page = root.outputs / YEAR / "socialnamnden" / "rapport.html"
    before, goals = without_time(page.read_bytes()), root.notebooks / "02-maluppfoljning.ipynb"
    kept, uppdrag = goals.read_bytes(), root.notebooks / "04-uppdrag.ipynb"
    text("notebooks/02-maluppfoljning.ipynb", "# M", "# Annat m")(root)
    uppdrag.write_bytes(uppdrag.read_bytes() + b"\n")
    run_all(root, YEAR, "socialnamnden", "04-uppdrag")
    assert without_time(page.read_bytes()) != before
    goals.write_bytes(kept)
    assert remade(root) == {}
    assert without_time(page.read_bytes()) == before

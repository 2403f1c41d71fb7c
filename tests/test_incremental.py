"""A chapter is made again only where something that it used has changed: by content, and told why."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import PROJECT, namnder_of
from reporting.jobs import planned
from reporting.periods import Period
from reporting.root import Root

YEAR, WHEN = "2024-12", Period(2024, 12)
HERE = Path("data/2024-12/socialnamnden")


def remade(root: Root, **how: object) -> dict[str, tuple[str, ...]]:
    """Chapter → why it was made, of one whole run."""
    from functools import partial

    from reporting.hands import hired
    from reporting.runs import run

    seen: dict[str, tuple[str, ...]] = {}
    namnder = namnder_of(root, YEAR)
    jobs = planned(root, WHEN, namnder[YEAR])

    def done(outcome: object) -> None:
        if not outcome.aktuell:  # type: ignore[attr-defined]
            seen[outcome.job.kapitel] = outcome.skal  # type: ignore[attr-defined]

    run(root, jobs, namnder, partial(hired, jobs=2), done, **how)  # type: ignore[arg-type]
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

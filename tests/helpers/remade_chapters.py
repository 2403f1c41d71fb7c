"""A whole run of Luleå 2024-12 again, and which chapters it made."""

from functools import partial

from conftest import PROJECT, namnder_of
from reporting.batch.jobs import planned
from reporting.batch.run import Outcome, run_chapters
from reporting.batch.workers import hired
from reporting.params.root import Root
from reporting.periods import Period

YEAR = "2024-12"
NAMND = {path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb")} | {"verksamhetsplan"}
"""The chapters of the nämnd; the kommun has one more."""


def remade(root: Root, *, force: bool = False) -> dict[str, tuple[str, ...]]:
    """Chapter → why it was made, of one whole run."""
    seen: dict[str, tuple[str, ...]] = {}
    namnder = namnder_of(root, YEAR)

    def done(outcome: Outcome) -> None:
        if not outcome.is_current:
            seen[outcome.job.kapitel] = outcome.why

    run_chapters(
        root, planned(root, Period.parse(YEAR), namnder[YEAR]), namnder, partial(hired, jobs=2), done, force=force
    )
    return seen

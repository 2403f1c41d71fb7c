"""Expected tables as text, so that a test reads like the document it is about."""

import csv
from pathlib import Path

NBSP = "\u00a0"


def rows(text: str) -> list[tuple[str, ...]]:
    """The table's rows: cells between bars, trimmed; "·" stands for a no-break space."""
    lines = [line.strip(" ") for line in text.splitlines() if line.strip(" ")]
    return [tuple(cell.strip(" ").replace("·", NBSP) for cell in line.split("|")) for line in lines]


def cases(name: str) -> list[dict[str, str]]:
    """The rows of a file in cases/, copied letter for letter from published follow-ups and plans."""
    path = Path(__file__).parents[1] / "cases" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))

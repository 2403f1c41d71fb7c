"""What the last run left behind: run.json of a page, held against the files as they are now."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting.periods import Period
from reporting.root import PLAN_CHAPTER, Root
from reporting.utfall import Fil


@dataclass(frozen=True)
class Senaste:
    """How a nämnd's pages stand. korning: "klar", "inte körd", "inaktuell" or "misslyckad"; andrade: files and chapters that have
    changed since; misslyckade: chapters that failed."""

    korning: str
    andrade: tuple[str, ...] = ()
    misslyckade: tuple[str, ...] = ()


def last_record(folder: Path) -> dict[str, Any]:
    """The run.json of a nämnd's folder; empty where there is none that can be read."""
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def decided(filer: Iterable[Fil]) -> tuple[Fil, ...]:
    """The files under params/, which are all that a plan's page is made of."""
    return tuple(fil for fil in filer if fil.fil.startswith("params/"))


def last_run(root: Root, period: Period, namnd: str, filer: tuple[Fil, ...]) -> Senaste:
    """How the report and the plan's page of a nämnd stand. filer: what they would be made of now."""
    folder = root.outputs / str(period) / namnd
    chapters = [path.stem for path in root.chapters]
    report, plan = last_record(folder), last_record(folder / PLAN_CHAPTER)
    if not report:
        return Senaste("inte körd")
    changed: set[str] = set()
    failed: list[str] = []
    for record, wanted, read in ((report, chapters, filer), (plan, [PLAN_CHAPTER], decided(filer))):
        before = {item["fil"]: item["sha256"] for item in record.get("inputs", [])}
        now = {fil.fil: fil.sha256 for fil in read} if record else {}
        changed |= {fil for fil in before.keys() | now.keys() if before.get(fil) != now.get(fil)}
        made = {item["kapitel"]: item for item in record.get("chapters", [])}
        changed |= {name for name in wanted if name not in made}
        changed |= {n for n, item in made.items() if item.get("inputs_sha256") != record.get("inputs_sha256")}
        failed += [name for name, item in made.items() if not item["ok"]]
    state = "misslyckad" if failed else "inaktuell" if changed else "klar"
    return Senaste(state, tuple(sorted(changed)), tuple(failed))

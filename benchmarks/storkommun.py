"""A root of any size, for the other benchmarks: Exempelkommun's socialnämnd over and over, each with an id of its own."""

import shutil
import zipfile
from pathlib import Path

PROJECT = Path(__file__).parents[1]
EXEMPEL = PROJECT / "examples" / "exempelkommun"
PERIOD, NAMND = "2025-08", "socialnamnden"
EARLIER = ("2023-12", "2024-08", "2024-12")


def make_root(folder: Path, namnder: int) -> list[str]:
    """Write params, data and notebooks for so many nämnder; gives their ids. Each has ten chapters and a plan."""
    ids = [f"namnd-{number:03}" for number in range(1, namnder + 1)]
    (folder / "params" / "planer").mkdir(parents=True)
    kommun = (EXEMPEL / "params" / "kommun.yml").read_text(encoding="utf-8")
    head, rest = kommun.split("namnder:\n", 1)
    first, rest = rest.split("  - id: utbildningsnamnden\n", 1)
    after = rest[rest.index("\noverg") :]
    every = "".join(first.replace(NAMND, name).replace("Socialnämnden", f"Nämnd {name[-3:]}") for name in ids)
    write(folder / "params" / "kommun.yml", f"{head}namnder:\n{every}{after}")
    shutil.copy(EXEMPEL / "params" / "logotyp.svg", folder / "params")
    period = (EXEMPEL / "params" / f"{PERIOD}.yml").read_text(encoding="utf-8")
    head, rest = period.split(f"  {NAMND}:\n", 1)
    one = rest[: rest.index("  utbildningsnamnden:\n")]
    write(folder / "params" / f"{PERIOD}.yml", head + "".join(f"  {name}:\n{one}" for name in ids))
    plan = next((EXEMPEL / "params" / "planer").glob(f"{NAMND}*.yml")).read_text(encoding="utf-8")
    for name in ids:
        write(folder / "params" / "planer" / f"{name}.yml", plan.replace(f"namnd: {NAMND}", f"namnd: {name}"))
        for when in (*EARLIER, PERIOD):
            for path in (EXEMPEL / "data" / when / NAMND).iterdir():
                copied(path, folder / "data" / when / name / path.name, name)
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return ids


def copied(source: Path, target: Path, namnd: str) -> None:
    """A file of the socialnämnd as another nämnd's: workbooks say whose they are."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".xlsx":
        shutil.copy(source, target)
        return
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, old.read(item).replace(NAMND.encode(), namnd.encode()))


def write(path: Path, text: str) -> None:
    """A text file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

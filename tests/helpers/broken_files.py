"""A clean root with one of the files of data/broken in it."""

import shutil
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
BROKEN, CLEAN = DATA / "broken", DATA / "broken-root"
HERE = "data/2024-12/testnamnden"
PLACES = {
    "texter": f"{HERE}/texter.md",
    "planer": "params/planer/testnamnden.yml",
    "kommun": "params/kommun.yml",
    "period": "params/2024-12.yml",
    "godkanda": f"{HERE}/godkanda.yml",
}
"""Where a file of each folder is put; those of workbooks and blad keep their names."""


def placed(fil: str, folder: Path) -> str:
    """The clean root in `folder`, with the file put in where it belongs: its path there."""
    shutil.copytree(CLEAN, folder, dirs_exist_ok=True)
    kind, _, name = fil.partition("/")
    if kind == "workbooks" and name.endswith((".xlsx", ".XLSX", ".csv", ".xls", ".xlsm", ".ods")) and "~$" not in name:
        (folder / HERE / "utfall.xlsx").unlink()
    target = PLACES.get(kind) or (f"params/blad/{name}" if kind == "blad" else f"{HERE}/{name}")
    (folder / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(BROKEN / fil, folder / target)
    return target

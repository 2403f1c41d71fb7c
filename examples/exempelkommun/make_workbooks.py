"""Make the outcome workbooks of the invented Exempelkommun from tabeller/<nämnd>.txt, where they can be read as text.

Run: uv run python examples/exempelkommun/make_workbooks.py

A table has one line per mätetal or kvalitativt mått under its [verksamhetsområde], with one field per period. An
indented line below it fills another column of the same row: a sex or "mätt till och med" for every period, or
"kommentar 2025-08" and "anmärkning 2025-08" for one. What has nothing in any column for a period gets no row there.
"""

import re
from pathlib import Path

from reporting.faults import InputFaults
from reporting.params import read_params
from reporting.periods import Period
from reporting.workbook_writer import write_workbook

HERE = Path(__file__).parent
LAMNAD = {
    "2023-12": "2024-01-12", "2024-04": "2024-05-10", "2024-08": "2024-09-06",
    "2024-12": "2025-01-15", "2025-04": "2025-05-09", "2025-08": "2025-09-05",
}  # fmt: skip
"""The day on which each period's workbooks were delivered."""

Rows = dict[tuple[str, str], dict[str, dict[str, str]]]


def read_table(path: Path) -> Rows:
    """One nämnd's table: (period, verksamhetsområde) → id → column → text, without the empty fields."""
    rows: Rows = {}
    area, name, periods = "", "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, *fields = [field.strip() for field in line.split("|")]
        if not label or label.startswith("#"):
            continue
        if heading := re.fullmatch(r"\[(.+)\]", label):
            area = heading[1]
        elif label == "period":
            periods = fields
        elif note := re.fullmatch(r"(kommentar|anmärkning) (20\d\d-\d\d)", label):
            rows.setdefault((note[2], area), {}).setdefault(name, {})[note[1]] = fields[0]
        else:
            column = label if line.startswith(" ") else "utfall"
            name = name if line.startswith(" ") else label
            for period, text in zip(periods, fields, strict=False):
                if text:
                    rows.setdefault((period, area), {}).setdefault(name, {})[column] = text
    return rows


def main(folder: Path = HERE / "data") -> None:
    """Write data/<period>/<nämnd>/utfall-<verksamhetsområde>.xlsx for everything that the tables hold."""
    for path in sorted((HERE / "tabeller").glob("*.txt")):
        for (period, area), rows in read_table(path).items():
            params, faults = read_params(HERE / "params", Period.parse(period))
            plan = params.plan(path.stem) if params else None
            if params is None or plan is None or faults:
                raise InputFaults(faults)
            namnd = params.namnd(path.stem)
            omrade = next(item for item in namnd.verksamhetsomraden if item.id == area)
            om = {
                "nämnd": namnd.id,
                "period": period,
                "verksamhetsområde": omrade.namn,
                "lämnad av": "Verksamhetens controller",
                "lämnad": LAMNAD[period],
            }
            matetal = {item.id: item.namn for item in plan.matetal}
            matt = {item.id: item.namn for item in plan.kvalitativa_matt}
            if unknown := rows.keys() - matetal.keys() - matt.keys():
                raise SystemExit(f"{path.name} {period}: {', '.join(unknown)} finns inte i planen")
            write_workbook(
                folder / period / namnd.id / f"utfall-{area}.xlsx",
                om,
                [{"id": name, "mätetal": matetal[name], **row} for name, row in rows.items() if name in matetal],
                [
                    {"id": name, "mått": matt[name], "svar": row["utfall"], "kommentar": row.get("kommentar", "")}
                    for name, row in rows.items()
                    if name in matt
                ],
            )


if __name__ == "__main__":
    main()

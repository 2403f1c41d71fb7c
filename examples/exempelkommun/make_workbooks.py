"""Make the outcome workbooks of the invented Exempelkommun from tabeller/, where they can be read as text.

Run: uv run python examples/exempelkommun/make_workbooks.py

<nämnd>.txt has one line per mätetal or kvalitativt mått under its [verksamhetsområde], with one field per period. An
indented line below it fills another column of the same row: a sex or "mätt till och med" for every period, or
"kommentar 2025-08" and "anmärkning 2025-08" for one. What has nothing in any column for a period gets no row there.

<nämnd>-kapitel.txt has the other sheets, one table under each [period verksamhetsområde blad]: first the headings, then
one line per row, where an indented line fills one more column of the row above it. Names are filled in here.

historik.txt is written like the first kind, with the nämnder between the brackets, and becomes data/historik.xlsx.
"""

import re
from pathlib import Path

from deliveries import write_history, write_workbook

from reporting.faults import InputFaults
from reporting.params.blad import Blad
from reporting.params.chapters import PROGRAM_SHEETS
from reporting.params.headings import HISTORIK_FIL
from reporting.params.plan import Plan
from reporting.params.read import Params, read_params
from reporting.periods import Period

HERE = Path(__file__).parent
TABELLER = HERE / "tabeller"
HISTORIK, KAPITEL = "historik", "-kapitel"
"""What the table of earlier outcomes is called, and how the names of the tables with other sheets end."""
LAMNAD = {
    "2023-12": "2024-01-12", "2024-04": "2024-05-10", "2024-08": "2024-09-06",
    "2024-12": "2025-01-15", "2025-04": "2025-05-09", "2025-08": "2025-09-05",
}  # fmt: skip
"""The day on which each period's workbooks were delivered."""

Row = dict[str, str]
Rows = dict[tuple[str, str], dict[str, Row]]
Sheets = dict[tuple[str, str], list[tuple[Blad, list[Row]]]]


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


def read_sheets(path: Path) -> Sheets:
    """One nämnd's other sheets: (period, verksamhetsområde) → (definition, rows) in the order of the file."""
    known = {blad.blad: blad for blad in PROGRAM_SHEETS}
    sheets: Sheets = {}
    rows: list[Row] = []
    columns: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        fields = [field.strip() for field in line.split("|")]
        if not fields[0] or fields[0].startswith("#"):
            continue
        if heading := re.fullmatch(r"\[(\S+) (\S+) (.+)\]", line):
            rows, columns = [], []
            sheets.setdefault((heading[1], heading[2]), []).append((known[heading[3]], rows))
        elif not columns:
            columns = fields
        elif line.startswith(" "):
            rows[-1][fields[0]] = fields[1]
        else:
            rows.append({column: text for column, text in zip(columns, fields, strict=False) if text})
    return sheets


def with_names(blad: Blad, rows: list[Row], plan: Plan) -> list[Row]:
    """The rows with the name of each id in the column after it, where the sheet has ids."""
    posts = getattr(plan, blad.poster_ur) if blad.poster_ur else blad.poster
    names = {post.id: post.namn for post in posts}
    if not names:
        return rows
    key, name = blad.headings[:2]
    if unknown := {row[key] for row in rows} - names.keys():
        raise SystemExit(f"{plan.namnd}, blad {blad.blad}: {', '.join(sorted(unknown))} finns inte")
    return [{key: row[key], name: names[row[key]], **row} for row in rows]


def decided(period: str) -> Params:
    """What is decided for the period. Raises InputFaults where there is a fault in it."""
    params, faults = read_params(HERE / "params", Period.parse(period))
    if params is None or faults:
        raise InputFaults(faults)
    return params


def write_namnd(namnd_id: str, folder: Path) -> None:
    """Write data/<period>/<nämnd>/utfall-<verksamhetsområde>.xlsx for everything that the nämnd's tables hold."""
    table, sheets = read_table(TABELLER / f"{namnd_id}.txt"), read_sheets(TABELLER / f"{namnd_id}{KAPITEL}.txt")
    for period, area in dict.fromkeys((*table, *sheets)):
        params = decided(period)
        namnd, plan = params.namnd(namnd_id), params.plan(namnd_id)
        if plan is None:
            raise SystemExit(f"{namnd_id}: ingen plan för {period}")
        omrade = next(item for item in namnd.verksamhetsomraden if item.id == area)
        om = {
            "nämnd": namnd.id,
            "period": period,
            "verksamhetsområde": omrade.namn,
            "lämnad av": "Verksamhetens controller",
            "lämnad": LAMNAD[period],
        }
        rows = table.get((period, area), {})
        matetal = {item.id: item.namn for item in (*plan.matetal, *plan.indikatorer)}
        matt = {item.id: item.namn for item in plan.kvalitativa_matt}
        if unknown := rows.keys() - matetal.keys() - matt.keys():
            raise SystemExit(f"{namnd_id} {period}: {', '.join(sorted(unknown))} finns inte i planen")
        write_workbook(
            folder / period / namnd.id / f"utfall-{area}.xlsx",
            om,
            [{"id": name, "mätetal": matetal[name], **row} for name, row in rows.items() if name in matetal],
            [
                {"id": name, "mått": matt[name], "svar": row["utfall"], "kommentar": row.get("kommentar", "")}
                for name, row in rows.items()
                if name in matt
            ],
            [(blad, with_names(blad, lines, plan)) for blad, lines in sheets.get((period, area), [])],
        )


def write_earlier(path: Path) -> None:
    """Write historik.xlsx, in the order of kommun.yml and of the plans that hold in the newest period."""
    table = read_table(TABELLER / f"{HISTORIK}.txt")
    params = decided(max(LAMNAD))
    rows: list[Row] = []
    for namnd in params.kommun.namnder:
        plan = params.plan(namnd.id)
        told = {period: found for (period, name), found in table.items() if name == namnd.id}
        names = {item.id: item.namn for item in plan.matetal} if plan else {}
        if unknown := {name for found in told.values() for name in found} - names.keys():
            raise SystemExit(f"historik {namnd.id}: {', '.join(sorted(unknown))} finns inte i planen")
        for name, text in names.items():
            values = {period: found[name]["utfall"] for period, found in told.items() if name in found}
            if values:
                rows.append({"nämnd": namnd.id, "id": name, "mätetal": text, **values})
    write_history(path, rows)


def main(folder: Path = HERE / "data") -> None:
    """Write every workbook of every nämnd, and the outcomes from before."""
    for path in sorted(TABELLER.glob("*.txt")):
        if path.stem != HISTORIK and not path.stem.endswith(KAPITEL):
            write_namnd(path.stem, folder)
    write_earlier(folder / HISTORIK_FIL)


if __name__ == "__main__":
    main()

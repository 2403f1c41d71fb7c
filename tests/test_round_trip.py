"""Handed out, filled in, taken in: every mätetal of Luleå and Exempelkommun, value for value, through real spreadsheet programs."""

import io
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.faults import Fault
from reporting.handout.workbooks import write_templates
from reporting.params.headings import KON_COLUMNS, KVALITATIVA, MATETAL
from reporting.params.plan import Matetal, Plan
from reporting.params.read import Params, read_run_params
from reporting.params.root import find_root
from reporting.periods import Period
from reporting.reading.read import read_workbooks
from reporting.reading.utfall import Leverans
from tiers import many

ROOTS = {"lulea": (PROJECT, Period(2024, 12)), "exempelkommun": (EXEMPELKOMMUN, Period(2025, 8))}

# What people type for a share, and for everything else, and what it means.
SHARES = (
    ("82 %", "82"),
    ("82,5 %", "82.5"),
    ("7", "7"),
    ("0,75 %", "0.75"),
    ("100", "100"),
    ("64,12%", "64.12"),
    ("0", "0"),
)
NUMBERS = (
    ("12", "12"),
    ("1 234", "1234"),
    ("56\u00a0200", "56200"),
    ("34,2", "34.2"),
    ("0", "0"),
    ("12 345,6", "12345.6"),
)


@dataclass(frozen=True)
class Typed:
    """One cell of one template, what is typed there and which value it is; matetal and kon say whose."""

    book: Path
    sheet: str
    ref: str
    text: str
    value: Decimal
    matetal: str
    kon: str


def decided(name: str) -> tuple[Params, list[str]]:
    source, period = ROOTS[name]
    params = read_run_params(find_root(source).params, period)
    return params, list(params.korning.namnder)


def handed_out(folder: Path, name: str, namnd: str) -> list[Path]:
    source, _ = ROOTS[name]
    params, _ = decided(name)
    made, faults = write_templates(find_root(source), params, namnd, folder / namnd)
    assert faults == []
    return made


def asked(book: Path, plan: Plan) -> Iterator[tuple[str, str, Matetal, str]]:
    """(sheet, cell, mätetal, kön) for every unlocked outcome cell of a template."""
    units = {item.id: item for item in (*plan.matetal, *plan.indikatorer)}
    workbook = openpyxl.load_workbook(book)
    if MATETAL not in workbook.sheetnames:
        return
    headings, *rows = list(workbook[MATETAL].iter_rows(min_row=3))
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            if heading.value in ("utfall", *KON_COLUMNS) and not cell.protection.locked:
                kon = "" if heading.value == "utfall" else str(heading.value)
                yield MATETAL, cell.coordinate, units[str(row[0].value)], kon


def typed(books: list[Path], plan: Plan) -> list[Typed]:
    """Something to type in every cell that is asked for, each habit in turn."""
    found = []
    for book in books:
        for sheet, ref, matetal, kon in asked(book, plan):
            habits = SHARES if matetal.mattenhet.kind == "andel" else NUMBERS
            text, value = habits[len(found) % len(habits)]
            found.append(Typed(book, sheet, ref, text, Decimal(value), matetal.id, kon))
    return found


def everything(plan: Plan) -> set[tuple[str, str]]:
    return {(item.id, kon) for item in (*plan.matetal, *plan.indikatorer) for kon in ("", *item.kon)}


def read(folder: Path, params: Params, plan: Plan) -> tuple[Leverans, list[Fault]]:
    return read_workbooks(folder, "data", params.period, plan, (), params.blad)


def assert_value_for_value(filled: list[Typed], leverans: Leverans, faults: list[Fault], plan: Plan) -> None:
    assert faults == []
    assert {(item.matetal, item.kon) for item in filled} == everything(plan)
    assert {(u.matetal, u.kon): u.varde for u in leverans.utfall if u.varde is not None} == {
        (item.matetal, item.kon): item.value for item in filled
    }


@pytest.mark.parametrize("name", ROOTS)
def test_filled_in_with_openpyxl(name: str, tmp_path: Path) -> None:
    params, namnder = decided(name)
    for namnd in namnder:
        plan = params.plan(namnd)
        assert plan
        filled = typed(handed_out(tmp_path, name, namnd), plan)
        for path in {item.book for item in filled}:
            workbook = openpyxl.load_workbook(path)
            for item in filled:
                if item.book == path:
                    workbook[item.sheet][item.ref] = item.text
            workbook.save(path)
        assert_value_for_value(filled, *read(tmp_path / namnd, params, plan), plan)


@pytest.mark.office
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("name", ROOTS)
def test_typed_in_libreoffice(name: str, tmp_path: Path) -> None:
    assert shutil.which("soffice"), "LibreOffice behövs: apt-get install libreoffice-calc-nogui python3-uno"
    params, namnder = decided(name)
    plans: dict[str, Plan] = {}
    filled: dict[str, list[Typed]] = {}
    files: dict[Path, list[list[str]]] = {}
    for namnd in namnder:
        plan = params.plan(namnd)
        assert plan
        plans[namnd] = plan
        books = handed_out(tmp_path / "mallar", name, namnd)
        filled[namnd] = typed(books, plan)
        for book in books:
            files[book] = [[item.sheet, item.ref, item.text] for item in filled[namnd] if item.book == book]
            workbook = openpyxl.load_workbook(book)
            if KVALITATIVA in workbook.sheetnames:
                rows = workbook[KVALITATIVA].iter_rows(min_row=4, max_col=1)
                files[book] += [[KVALITATIVA, f"C{row[0].row}", "Delvis"] for row in rows if row[0].value]
            files[book] += [["Om leveransen", "B6", "Lena Ek"], ["Om leveransen", "B7", "2025-09-05"]]
        (tmp_path / namnd).mkdir()
    fill_in(tmp_path, files)
    for namnd, plan in plans.items():
        leverans, faults = read(tmp_path / namnd, params, plan)
        assert_value_for_value(filled[namnd], leverans, faults, plan)
        assert {svar.matt: svar.svar for svar in leverans.svar} == {matt.id: "delvis" for matt in plan.kvalitativa_matt}
        assert {(lamnad.lamnad_av, lamnad.lamnad) for lamnad in leverans.lamnade} == {("Lena Ek", "2025-09-05")}
        assert leverans.notiser == ()


def fill_in(folder: Path, files: dict[Path, list[list[str]]]) -> None:
    """Type the cells of each template in LibreOffice, and save it where deliveries lie."""
    job: dict[str, object] = {
        "files": [
            {"path": str(path), "to": str(folder / path.parent.name / path.name), "cells": cells}
            for path, cells in files.items()
        ]
    }
    script = Path(__file__).parent / "helpers" / "libreoffice_fill.py"
    told = ""
    for attempt in range(3):  # LibreOffice itself falls over now and then while it starts
        job["profile"] = str(folder / f"profil{attempt}")
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        program = subprocess.Popen(
            ["/usr/bin/python3", script, folder / "job.json"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        try:
            _, told = program.communicate(timeout=90)
        except subprocess.TimeoutExpired:
            told = "LibreOffice svarar inte"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
        if program.returncode == 0:
            return
    pytest.fail(told)


@pytest.mark.office
@pytest.mark.xdist_group("libreoffice")
def test_locked_cells_stay_as_they_are_in_libreoffice(tmp_path: Path) -> None:
    [book, *_] = handed_out(tmp_path / "mallar", "exempelkommun", "socialnamnden")
    (tmp_path / "socialnamnden").mkdir()
    fill_in(
        tmp_path, {book: [[MATETAL, "A4", "annat-id"], [MATETAL, "D4", "högst 1"], ["Om leveransen", "B4", "2024-08"]]}
    )
    before, after = (openpyxl.load_workbook(path) for path in (book, tmp_path / "socialnamnden" / book.name))
    for sheet, ref in ((MATETAL, "A4"), (MATETAL, "D4"), ("Om leveransen", "B4")):
        assert after[sheet][ref].value == before[sheet][ref].value


# Any value, in any way that people type it


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Params, Plan, dict[str, str]]:
    """Exempelkommun's template for Äldreomsorg, and the cell of each mätetal's total."""
    folder = tmp_path_factory.mktemp("mall")
    params, _ = decided("exempelkommun")
    plan = params.plan("socialnamnden")
    assert plan
    book = next(path for path in handed_out(folder, "exempelkommun", "socialnamnden") if path.stem == "utfall-aldre")
    return book.read_bytes(), params, plan, {m.id: ref for _, ref, m, kon in asked(book, plan) if not kon}


SPACES = (" ", "\u00a0", "\u2009", "\u202f", "")
UNITS_TYPED = {"procent": ("%", " %", "\u00a0%", " procent"), "dagar": ("", " dagar"), "antal": ("", " st")}


@st.composite
def written(draw: st.DrawFn) -> tuple[Decimal, str, str, str]:
    """(value, mattenhet, text, how): "text", "tal" or "procentformat"."""
    unit = draw(st.sampled_from(list(UNITS_TYPED)))
    units = UNITS_TYPED[unit]
    places = draw(st.integers(0, 3))
    value = Decimal(draw(st.integers(0, 10**7 if unit == "antal" else 10**5))).scaleb(-places)
    how = draw(st.sampled_from(["text", "tal", "procentformat"] if unit == "procent" else ["text", "tal"]))
    whole, _, decimals = f"{value:f}".partition(".")
    space = draw(st.sampled_from(SPACES))
    grouped = f"{int(whole):,}".replace(",", space)
    text = grouped + (f",{decimals}" if decimals else "")
    if how == "text":
        text += draw(st.sampled_from(units))
        text = draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", " ", "\u00a0"]))
    return value, unit, text, how


@settings(max_examples=many(15, 1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cell=written())
def test_any_value_however_it_is_typed(
    cell: tuple[Decimal, str, str, str], template: tuple[bytes, Params, Plan, dict[str, str]], tmp_path: Path
) -> None:
    content, params, plan, refs = template
    value, unit, text, how = cell
    matetal = {"procent": "trygga-sabo", "dagar": "vantetid-sabo", "antal": "halsosamtal"}[unit]
    book = openpyxl.load_workbook(io.BytesIO(content))
    place = book[MATETAL][refs[matetal]]
    if how == "text":
        place.value = text
    elif how == "tal":
        place.value = float(value)
    else:
        place.value, place.number_format = float(value / 100), "0.00%"
    book.save(tmp_path / "utfall-aldre.xlsx")
    leverans, faults = read(tmp_path, params, plan)
    if unit == "procent" and how == "tal" and 0 < value <= 1:
        assert [fault.vantat.split(":")[0] for fault in faults] == ["en andel"]
        return
    assert faults == []
    [found] = [u for u in leverans.utfall if u.matetal == matetal and not u.kon]
    assert found.varde is not None
    assert abs(found.varde - value) < Decimal("1e-9")


@given(day=st.dates(date(2025, 1, 1), date(2025, 8, 31)))
@settings(max_examples=many(10, 300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_day_as_a_date_as_text_and_as_a_number(
    day: date, template: tuple[bytes, Params, Plan, dict[str, str]], tmp_path: Path
) -> None:
    content, params, plan, refs = template
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[MATETAL]
    column = next(cell.column for cell in sheet[3] if cell.value == "mätt till och med")
    serial = (day - date(1899, 12, 30)).days
    said = {"trygga-sabo": day, "vantetid-sabo": day.isoformat(), "halsosamtal": serial}
    for matetal, value in said.items():
        sheet[refs[matetal]] = 5
        cell = sheet.cell(sheet[refs[matetal]].row, column, value)
        cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
    book.save(tmp_path / "utfall-aldre.xlsx")
    leverans, faults = read(tmp_path, params, plan)
    assert faults == []
    assert [u.matt_till for u in leverans.utfall if u.varde is not None] == [day] * 3

"""A root outlives the program: one of an earlier version is shown what it needs, and given it; nothing else in it is touched."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.assess.check import inspect_period
from reporting.faults import InputFaults
from reporting.params.kommun import FORMAT
from reporting.params.notebook_cells import SourceCell, cells_of, with_sources
from reporting.params.root import Root, find_root
from reporting.params.yaml_files import read_yaml
from reporting.periods import Period
from reporting.upgrade.notebooks import translated
from reporting.upgrade.upgrade import carry_out, upgrade_of

# The own chapter that the handbok of 0.5.1 described, with a line of IPython's own and a cell of the analyst's.
HANDBOK_051 = [
    'period = "2025-08"\nnamnd = "socialnamnden"\nroot = ""',
    "%matplotlib inline\nfrom reporting import blad_tables, placeholders\n\nfrom reporting.underlag import load\n\n"
    "underlag = load(period, namnd, root)\nunderlag",
    'blad_tables.bars(underlag, "synpunkter", "antal", "{störst} har flest synpunkter: {värde} av {summa}")',
    'blad_tables.blad(underlag, "synpunkter")',
    'placeholders.text(underlag.resultat, "synpunkter")',
]
TODAY = [
    HANDBOK_051[0],
    "%matplotlib inline\nfrom reporting import kapitel\n\nk = kapitel(period, namnd, root)\nk",
    'k.staplar("synpunkter", "antal", "{störst} har flest synpunkter: {värde} av {summa}")',
    'k.blad("synpunkter")',
    'k.text("synpunkter")',
]
LOAD = "from reporting.underlag import load\n\nunderlag = load(period, namnd, root)\n"


def notebook(cells: list[str]) -> dict[str, object]:
    """A notebook with these cells of code after a heading, as Jupyter writes them."""
    code = [
        {"cell_type": "code", "execution_count": None, "id": f"c{n}", "metadata": {}, "outputs": [],
         "source": source.splitlines(keepends=True)}
        for n, source in enumerate(cells)
    ]  # fmt: skip
    code[0]["metadata"] = {"tags": ["parameters"]}
    heading = {"cell_type": "markdown", "id": "rubrik", "metadata": {}, "source": ["# Åtgärder"]}
    return {"cells": [heading, *code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def now(*cells: str) -> list[str]:
    """What becomes of a notebook's cells."""
    made = translated([SourceCell(number, "code", source, 0, 0) for number, source in enumerate(cells)], "eget.ipynb")
    return [made.cells.get(number, source) for number, source in enumerate(cells)]


def root_of_051(folder: Path) -> Path:
    """Exempelkommun as a root of 0.5.1: no format, and an own chapter."""
    shutil.copytree(EXEMPELKOMMUN / "params", folder / "params")
    path = folder / "params" / "kommun.yml"
    path.write_bytes(path.read_bytes().replace(b"format: 2\n", b""))
    (folder / "notebooks").mkdir()
    text = json.dumps(notebook(HANDBOK_051), indent=1, ensure_ascii=False) + "\n"
    (folder / "notebooks" / "50-synpunkter.ipynb").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def upgrade(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command, as it is run where nobody can answer."""
    command = [sys.executable, "-m", "reporting", "upgrade", "--root", str(folder), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


# The format of a root


@pytest.mark.parametrize("folder", [PROJECT, EXEMPELKOMMUN])
def test_the_bundled_roots_need_nothing(folder: Path) -> None:
    located, _ = read_yaml(folder / "params" / "kommun.yml", "params/kommun.yml")
    assert located is not None
    assert located.content["format"] == FORMAT


def test_a_root_of_a_newer_program_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "kommun.yml").write_text("kommun: Provkommun\nformat: 3\nnytt: 1\n", encoding="utf-8")
    with pytest.raises(InputFaults) as error:
        find_root(tmp_path)
    assert error.value.text() == (
        "1 fel i underlaget:\n\nparams/kommun.yml, rad 2\n"
        "  Där står: «3». Väntat: högst 2, som är det format som det här programmet kan läsa.\n"
        "  Gör så här: installera en nyare version av programmet; kommunens mapp är gjord med en sådan."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Vår kommun\nkommun: Provkommun  # namnet\n", "# Vår kommun\nformat: 2\nkommun: Provkommun  # namnet\n"),
        ("kommun: A\r\nnamnder: []\r\n", "format: 2\r\nkommun: A\r\nnamnder: []\r\n"),
        ("\ufeffkommun: A\n", "\ufeffformat: 2\nkommun: A\n"),
        ("kommun: A\nformat: 1\nnamnder: []\n", "kommun: A\nformat: 2\nnamnder: []\n"),
        ("---\nkommun: A\n", "---\nformat: 2\nkommun: A\n"),
    ],
    ids=["comments", "Windows' line breaks", "a BOM", "another format", "a document's beginning"],
)
def test_the_format_is_one_line_and_the_rest_of_kommun_yml_stays(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "params").mkdir()
    path = tmp_path / "params" / "kommun.yml"
    path.write_bytes(before.encode())
    root = find_root(tmp_path)
    carry_out(root, upgrade_of(root))
    assert path.read_bytes() == after.encode()
    assert upgrade_of(root).changes == ()


def test_a_kommun_yml_that_cannot_take_a_line_is_told(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "kommun.yml").write_text("{kommun: A}\n", encoding="utf-8")
    needed = upgrade_of(find_root(tmp_path))
    assert needed.changes == ()
    assert [fault.atgard for fault in needed.by_hand] == ["skriv raden för hand, överst i filen"]


# Own notebooks


def test_the_own_chapter_of_the_handbok_becomes_one_of_today() -> None:
    assert now(*HANDBOK_051) == TODAY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tables.goal(mal, resultat)", "k.maltabell(mal)"),
        ("display(prose.goal_text(mal), tables.summary(resultat))", "display(k.maltext(mal), k.maloversikt())"),
        ("personal_tables.checks(underlag)", 'k.att_kontrollera("personal")'),
        ('print("åäö", amount(r.varde, "procent", 1))', 'print("åäö", k.tal(r.varde, "procent", 1))'),
        ("underlag.plan.namn", "k.underlag.plan.namn"),
        ("[r for r in underlag.resultat.matetal]", "[r for r in k.resultat.matetal]"),
        ('blad_tables.blad(underlag, "a", caption="B")', 'k.blad("a", rubrik="B")'),
        ('load("2024-08", namnd, root).nu', 'kapitel("2024-08", namnd, root).underlag.nu'),
        ('lage_tables.lage("2025-08")', 'laget("2025-08")'),
    ],
)
def test_a_call_as_the_handbok_and_the_chapters_wrote_it(before: str, after: str) -> None:
    imports = (
        "from reporting import blad_tables, lage_tables, personal_tables, prose, tables\n"
        "from reporting.swedish import amount\n"
    )
    assert now(imports + LOAD + "resultat = underlag.resultat", before)[1] == after


def test_the_result_keeps_its_name_where_it_is_used() -> None:
    assert now(LOAD + "resultat = underlag.resultat", "len(resultat.mal)") == [
        "from reporting import kapitel\n\nk = kapitel(period, namnd, root)\nresultat = k.resultat",
        "len(resultat.mal)",
    ]


def test_a_name_that_is_taken_is_not_used() -> None:
    assert now(LOAD, "for k in range(3):\n    print(k, underlag.plan)") == [
        "from reporting import kapitel\n\nk2 = kapitel(period, namnd, root)\n",
        "for k in range(3):\n    print(k, k2.underlag.plan)",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ["import pandas as pd\npd.DataFrame()"],
        ["%%html\n<p>from reporting import tables</p>"],
        ["from reporting.underlag import load\nkapitel = 1\nunderlag = load(period, namnd, root)"],
        ["from reporting.underlag import load; underlag = load(period, namnd, root)"],
        ["def load(x):\n    return x", "from reporting.underlag import load\nload(1)"],
    ],
    ids=["not ours", "not Python", "the new name is the notebook's own", "two on a line", "another load"],
)
def test_what_is_not_certain_is_left_as_it_stands(cells: list[str]) -> None:
    assert now(*cells) == cells


def test_what_the_program_no_longer_has_is_told_with_cell_and_line() -> None:
    cells = ["from reporting.gamla_tabeller import allt\n" + LOAD, "x = 1\nallt(underlag, x)"]
    made = translated(
        [SourceCell(number, "code", source, 0, 0) for number, source in enumerate(cells, 1)], "eget.ipynb"
    )
    assert made.cells[1].splitlines()[:2] == [
        "from reporting.gamla_tabeller import allt",
        "from reporting import kapitel",
    ]
    assert [(left.cell, left.rad, left.stod) for left in made.left] == [("2", 2, "allt(underlag, x)")]


def test_the_old_table_of_outcomes_is_left_for_by_hand_since_its_rows_are_others_now() -> None:
    cells = ["from reporting.utfall import long_table\n" + LOAD, "t = long_table(underlag.nu, underlag.tidigare)"]
    made = translated(
        [SourceCell(number, "code", source, 0, 0) for number, source in enumerate(cells, 1)], "eget.ipynb"
    )
    assert made.cells[2] == "t = long_table(k.underlag.nu, k.underlag.tidigare)"
    assert [(left.cell, left.stod, left.vantat) for left in made.left] == [
        ("2", cells[1], "k.utfall(), som har alla perioder och där hela utfallet har kon «totalt»")
    ]


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("ends", ["\n", ""])
def test_every_other_character_of_a_notebook_stays(indent: int | None, ascii_only: bool, ends: str) -> None:
    text = json.dumps(notebook(HANDBOK_051), indent=indent, ensure_ascii=ascii_only) + ends
    changed = with_sources(text, {3: "å = 1\nå"})
    expected = json.loads(text)
    expected["cells"][2]["source"] = ["å = 1\n", "å"]
    assert changed == json.dumps(expected, indent=indent, ensure_ascii=ascii_only) + ends
    assert with_sources(text, {cell.number: cell.source for cell in cells_of(text)}) == text


# The command


@pytest.mark.process
def test_the_command_shows_and_then_makes_what_is_needed_and_touches_nothing_else(tmp_path: Path) -> None:
    folder = root_of_051(tmp_path)
    before = contents(folder)
    shown = upgrade(folder, "--dry-run")
    assert (shown.returncode, shown.stdout) == (0, "")
    assert shown.stderr.startswith(
        "notebooks/50-synpunkter.ipynb\n"
        "  cell 3\n"
        "    − from reporting import blad_tables, placeholders\n"
        "    − from reporting.underlag import load\n"
        "    − underlag = load(period, namnd, root)\n"
        "    − underlag\n"
        "    + from reporting import kapitel\n"
        "    + k = kapitel(period, namnd, root)\n"
        "    + k\n"
    )
    assert shown.stderr.endswith("params/kommun.yml\n  rad 2\n    + format: 2\n\nInget är ändrat.\n")
    assert contents(folder) == before

    assert "Lägg till --yes för att ändra filerna." in upgrade(folder).stderr
    assert contents(folder) == before

    made = upgrade(folder, "--yes")
    assert made.returncode == 0
    after = contents(folder)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"notebooks/50-synpunkter.ipynb", "params/kommun.yml"}
    assert {name: after[f"fore-uppgradering/{name}"] for name in changed} == {name: before[name] for name in changed}
    assert len(after) == len(before) + len(changed)
    assert [cell.source for cell in cells_of(after["notebooks/50-synpunkter.ipynb"].decode())][1:] == TODAY

    again = upgrade(folder, "--yes")
    assert again.stderr == "Inget att ändra: mappen stämmer med programmet.\n"
    assert contents(folder) == after


def test_what_was_kept_before_is_not_written_over(tmp_path: Path) -> None:
    root = find_root(root_of_051(tmp_path))
    (tmp_path / "fore-uppgradering").mkdir()
    assert carry_out(root, upgrade_of(root)) == tmp_path / "fore-uppgradering-2"


# Until it is done


def test_check_says_where_a_notebook_imports_what_there_no_longer_is(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    own = notebook([HANDBOK_051[0], "# mitt\nfrom reporting.gamla_tabeller import allt"])
    (root.notebooks / "50-eget.ipynb").write_text(json.dumps(own), encoding="utf-8")
    [fault] = inspect_period(root, Period.parse("2025-08")).faults
    assert str(fault) == (
        "notebooks/50-eget.ipynb, cell 3, rad 2\n"
        "  Där står: «from reporting.gamla_tabeller import allt». Väntat: from reporting import kapitel.\n"
        "  Gör så här: kör reporting upgrade, som visar vad som behöver ändras och frågar innan det görs."
    )

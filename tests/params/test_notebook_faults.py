"""Notebooks that can't be run as chapters, and what `reporting check` says of each: this and nothing else."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broken_files import DATA
from conftest import PROJECT
from reporting.assess.check import inspect_period
from reporting.params.notebook_faults import notebook_faults
from reporting.params.root import find_root
from reporting.periods import Period

GIVEN = 'period = ""\nnamnd = ""\nroot = ""'


def cell(kind: str, source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": kind, "metadata": metadata, "source": source}


def notebook(*cells: object, **keys: object) -> dict[str, object]:
    """A notebook with its heading and parameters, and these cells; keys: what it has besides, or instead."""
    every = [cell("markdown", "# Eget"), cell("code", GIVEN, tags=["parameters"]), *cells]
    return {"cells": every, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | keys


def as_bytes(content: Mapping[str, object], encoding: str = "utf-8") -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode(encoding)


WHOLE = as_bytes(notebook(cell("code", "print('åäö')")))
CONFLICT = WHOLE.replace(b'{\n "cells"', b'{\n<<<<<<< HEAD\n "cells"').replace(
    b' "metadata": {},\n "nbformat"', b' "metadata": {},\n||||||| bas\n=======\n<<<<<<< HEAD\n>>>>>>> gren\n "nbformat"'
)
MARKED = "Text\n<<<<<<< local\nen\n=======\nannan\n>>>>>>> remote"
OF_R = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
OF_JULIA = {"language_info": {"name": "julia"}}
WORKSHEETS = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": []}]}

LOST = "Gör så här: hämta tillbaka en tidigare version av filen, eller ta bort den."
CHOOSE = (
    "Väntat: en anteckningsbok utan märken efter en sammanslagning i git.\n  Gör så här: välj den version som ska gälla, "
    "med git checkout --ours eller --theirs, eller ta bort märkena och den andra versionen."
)
ADD = "Gör så här: lägg till dem, med ett standardvärde som text."

# the file | what is said of it: where, and the rest
FAULTS: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "tom": (b"", [("", f"Väntat: en anteckningsbok; filen är tom.\n  {LOST}")]),
    "bara-en-bom": (b"\xef\xbb\xbf \n", [("", f"Väntat: en anteckningsbok; filen är tom.\n  {LOST}")]),
    "avbruten": (WHOLE[:-60], [(", rad 21", f"Väntat: en hel anteckningsbok; filen slutar mitt i.\n  {LOST}")]),
    "avbruten-i-en-text": (
        WHOLE[: WHOLE.index("ä".encode())], [(", rad 20", f"Väntat: en hel anteckningsbok; filen slutar mitt i.\n  {LOST}")],
    ),
    "inte-json": (
        b"{\n  cells: 1\n}", [(", rad 2", f"Där står: «cells: 1». Väntat: en anteckningsbok; det här är inte JSON.\n  {LOST}")],
    ),
    "en-lista": (b"[1]", [("", f"Väntat: en anteckningsbok i formatet nbformat 4.\n  {LOST}")]),
    "utan-celler": (
        as_bytes({"nbformat": 4, "metadata": {}}), [("", f"Väntat: en anteckningsbok i formatet nbformat 4.\n  {LOST}")],
    ),
    "nbformat-3": (
        as_bytes(WORKSHEETS),
        [("", (
            "Där står: «nbformat 3». Väntat: en anteckningsbok i formatet nbformat 4.\n"
            "  Gör så här: öppna den i JupyterLab och spara den, så får den det nya formatet."
        ))],
    ),
    "nbformat-5": (
        as_bytes(notebook(nbformat=5)),
        [("", (
            "Där står: «nbformat 5». Väntat: en anteckningsbok i formatet nbformat 4.\n"
            "  Gör så här: spara den i det formatet, i programmet som den är gjord i."
        ))],
    ),
    "windows-1252": (
        as_bytes(notebook(cell("code", "print('åäö')")), "cp1252"),
        [(", rad 20", "Väntat: text i UTF-8.\n  Gör så här: spara om filen med kodningen UTF-8.")],
    ),
    "git-konflikter": (
        CONFLICT, [(", rad 2", f"Där står: «<<<<<<< HEAD». {CHOOSE}"), (", rad 27", f"Där står: «<<<<<<< HEAD». {CHOOSE}")],
    ),
    "nbdime-konflikt": (
        as_bytes(notebook(cell("markdown", MARKED))), [(", cell 3, rad 2", f"Där står: «<<<<<<< local». {CHOOSE}")],
    ),
    "av-r": (
        as_bytes(notebook(metadata=OF_R)),
        [("", (
            "Där står: «R». Väntat: en anteckningsbok i Python.\n"
            "  Gör så här: skriv om den i Python, eller flytta den till en annan mapp."
        ))],
    ),
    "av-julia": (
        as_bytes(notebook(metadata=OF_JULIA)),
        [("", (
            "Där står: «julia». Väntat: en anteckningsbok i Python.\n"
            "  Gör så här: skriv om den i Python, eller flytta den till en annan mapp."
        ))],
    ),
    "inga-celler": (
        as_bytes(notebook(cells=[])),
        [("", (
            "Väntat: en cell med taggen parameters, som ger period, namnd, root ett standardvärde som text.\n"
            "  Gör så här: kopiera cellen ur ett annat kapitel."
        ))],
    ),
    "halva-celler": (
        as_bytes(notebook({"cell_type": "code"}, "hej", cell("code", ["1", 2]))),
        [
            (f", cell {number}", "Väntat: en cell med cell_type, metadata och source.\n  Gör så här: ta bort cellen, eller gör om den.")
            for number in (3, 4, 5)
        ],
    ),
    "utan-nagra-parametrar": (
        as_bytes(notebook(cells=[cell("code", "period = ''\nprint(namnd)", tags=["parameters"])])),
        [(", cell 1", f"Väntat: namnd, root i cellen med taggen parameters.\n  {ADD}")],
    ),
    "av-en-tidigare-version-och-utan-parametrar": (
        as_bytes(notebook(cells=[cell("code", "from reporting import forr", tags=["parameters"])])),
        [
            (", cell 1", f"Väntat: period, namnd, root i cellen med taggen parameters.\n  {ADD}"),
            (", cell 1, rad 1", (
                "Där står: «from reporting import forr». Väntat: from reporting import kapitel.\n"
                "  Gör så här: kör reporting upgrade, som visar vad som behöver ändras och frågar innan det görs."
            )),
        ],
    ),
}  # fmt: skip


def test_everything_is_told_at_once_and_nothing_of_what_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "kommun"
    shutil.copytree(DATA / "broken-root", folder)
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks")
    for number, (name, (content, _)) in enumerate(FAULTS.items(), start=50):
        (folder / "notebooks" / f"{number}-{name}.ipynb").write_bytes(content)
    told = [str(fault) for fault in inspect_period(find_root(folder), Period(2024, 12)).faults]
    assert told == [
        f"notebooks/{number}-{name}.ipynb{where}\n  {said}"
        for number, (name, (_, faults)) in enumerate(FAULTS.items(), start=50)
        for where, said in faults
    ]


def test_a_page_of_its_own_without_its_notebook_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "kommun"
    shutil.copytree(DATA / "broken-root", folder)
    root = find_root(folder)
    assert inspect_period(root, Period(2024, 12)).faults == (), "the program's notebooks are run"
    (folder / "notebooks").mkdir()
    assert [str(fault) for fault in inspect_period(root, Period(2024, 12)).faults] == [
        f"notebooks/{name}.ipynb\n  Väntat: en anteckningsbok, som det görs en sida av.\n"
        "  Gör så här: kopiera den dit från programmets mapp notebooks."
        for name in ("kommun-sammanstallning", "verksamhetsplan")
    ]


# what is no fault | the notebook
RIGHT = {
    "of VS Code": notebook(metadata={"language_info": {"name": "python"}}, nbformat_minor=2),
    "with nothing said of its kernel": notebook(metadata={"kernelspec": None}),
    "with its parameters written in other ways": notebook(
        cells=[cell("code", ["period: str = ''\n", "namnd = root = ''"], tags=["parameters"])]
    ),
    "with parameters that aren't Python, which is told when it is run": notebook(
        cells=[cell("code", "period = = 1", tags=["parameters"])]
    ),
    "with a line of a heading's underlining": notebook(cell("markdown", "Rubrik\n=======\n")),
    "with cells that have null for tags": notebook(cell("code", "1", tags=None)),
}


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_what_can_be_run_has_no_fault(name: str, start: str, tmp_path: Path) -> None:
    path = tmp_path / "50-eget.ipynb"
    path.write_text(start + json.dumps(RIGHT[name]), encoding="utf-8")
    assert notebook_faults(path, "notebooks/50-eget.ipynb") == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cells", "metadata", "source"]), inner)
    ),
    max_leaves=8,
)


@settings(deadline=None)  # files are written
@given(cells=JSON, metadata=JSON, kernel=JSON, tags=JSON, version=JSON)
def test_whatever_stands_where_a_notebook_has_something_is_told_and_never_raised(
    cells: Any, metadata: Any, kernel: Any, tags: Any, version: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "50-eget.ipynb"
    tagged = cell("code", GIVEN, tags=tags)
    for content in (
        notebook(cells=cells), notebook(metadata=metadata), notebook(metadata={"kernelspec": kernel}), notebook(tagged),
        notebook(nbformat=version), notebook({"cell_type": "code", "metadata": metadata, "source": kernel}), cells,
    ):  # fmt: skip
        path.write_text(json.dumps(content), encoding="utf-8")
        assert all(fault.vantat for fault in notebook_faults(path, "notebooks/50-eget.ipynb"))

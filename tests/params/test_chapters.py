"""The table of chapters: it agrees with the notebooks, an own chapter is a row like the others, and nobody else keeps a list."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, PROJECT
from reporting.batch.status import namnders_lage
from reporting.params.chapters import CHAPTERS, OWN_QUESTION, AskedText, Chapter, first_heading, own_chapters
from reporting.params.root import Root, find_root

HOUSE = PROJECT / "src" / "reporting"
MODULES = sorted(HOUSE.rglob("*.py"))


def test_each_row_is_a_notebook_and_each_notebook_a_row() -> None:
    notebooks = [(path.stem, first_heading(path)) for path in find_root(PROJECT).chapters]
    assert [(chapter.file, chapter.heading) for chapter in CHAPTERS] == notebooks


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.id)
def test_a_chapters_texts_stand_in_its_notebook_in_the_same_order(chapter: Chapter) -> None:
    shown = (find_root(PROJECT).notebooks / f"{chapter.file}.ipynb").read_text(encoding="utf-8")
    calls = [rf"k.text(\"{chapter.id}\"" + (rf", \"{text.part}\")" if text.part else ")") for text in chapter.texts]
    places = [shown.find(call) for call in calls]
    assert -1 not in places
    assert places == sorted(places)
    assert {text.sheet for text in chapter.texts} <= {None, *chapter.sheets}


# module | why the ids of chapters that it holds are something else
SAME_WORD = {
    "front/base": "what the fronts hold",
    "front/kommun": "a method of the front",
    "front/namnd": "the chapters that have figures to check",
    "front/tables": "columns of the tables for pandas",
    "params/blad": "ids of sheets, and parts of the plan",
    "params/plan": "keys of the plan's file",
    "params/plan_faults": "keys of the plan's file",
    "reading/historik": "a part of the plan",
    "reading/matetal_rows": "a part of the plan",
    "upgrade/notebooks": "what cells of earlier versions called, and what it is called now",
}


def test_no_other_module_knows_a_chapter_by_its_id() -> None:
    words = {word for chapter in CHAPTERS for word in (chapter.id, chapter.file)}
    found = {
        path.relative_to(HOUSE).with_suffix("").as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in words
    }
    assert found == {"params/chapters", *SAME_WORD}


@pytest.fixture
def kommun(copy_of: Callable[[Path], Root]) -> Root:
    """Exempelkommun with a chapter of its own, 50-synpunkter."""
    root = copy_of(EXEMPELKOMMUN)
    notebook = (root.notebooks / "09-framtid.ipynb").read_text(encoding="utf-8")
    own = notebook.replace("# Framtiden", "# Synpunkter och klagomål").replace("framtid", "synpunkter")
    (root.notebooks / "50-synpunkter.ipynb").write_text(own, encoding="utf-8")
    return root


def test_a_chapter_of_the_kommuns_own_is_a_row_made_from_its_notebook(kommun: Root) -> None:
    text = AskedText(OWN_QUESTION)
    assert own_chapters(kommun) == (Chapter("50-synpunkter", "Synpunkter och klagomål", texts=(text,)),)
    assert own_chapters(kommun)[0].id == "synpunkter"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": [1]}', b"\xff", b'{"cells": []}'])
def test_a_notebook_without_a_heading_is_called_by_its_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "50-synpunkter.ipynb"
    path.write_bytes(content)
    assert first_heading(path) == "50-synpunkter"


def test_a_fault_in_the_text_of_an_own_chapter_is_that_chapters(kommun: Root) -> None:
    with (kommun.data / "2025-08" / "socialnamnden" / "texter.md").open("a", encoding="utf-8") as file:
        file.write("\n## synpunkter\n\nFler hör av sig.\n\n<!-- en kommentar som inte slutar\n")
    [found] = namnders_lage("2025-08", "socialnamnden", str(kommun.folder))
    assert [item.kapitel for item in found.kapitel if item.lage == "fel"] == ["50-synpunkter"]

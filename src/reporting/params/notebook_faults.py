"""Why a notebook can't be run as a chapter, found out without running it: what its file is instead of a notebook, git's marks in it,
another language than Python, parameters that it lacks, what it imports of an earlier version of this program."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reporting.faults import Fault, Faults
from reporting.files import BOM, file_bytes
from reporting.params.notebook_cells import SourceCell, cells_of, import_faults, python_of
from reporting.params.root import KOMMUN_CHAPTER

FORMAT_OF_NOTEBOOKS = 4
PARAMETERS = "parameters"
"""The tag of the cell that papermill puts a run's own values after."""

_MARK = re.compile(r"[ \t]*(<{7}(?: .*)?)$", re.MULTILINE)
"""Where git, or nbdime, begins a place that it couldn't merge."""
_EARLIER = "hämta tillbaka en tidigare version av filen, eller ta bort den"
_CHOOSE = (
    "en anteckningsbok utan märken efter en sammanslagning i git",
    "välj den version som ska gälla, med git checkout --ours eller --theirs, eller ta bort märkena och den andra versionen",
)
_SAVED_AGAIN = "öppna den i JupyterLab och spara den, så får den det nya formatet"


def notebook_faults(path: Path, fil: str) -> list[Fault]:
    """Everything that keeps a notebook from being run as a chapter, that it isn't there too. fil: what it is called in messages."""
    faults = Faults(fil)
    if not faults.is_file(path):
        if not faults.count:
            faults.add(
                "", "en anteckningsbok, som det görs en sida av", "kopiera den dit från programmets mapp notebooks"
            )
        return faults.found
    text = _text(path, faults)
    content = _content(text, faults) if text else None
    if text and content and _has_cells(content, faults):
        cells = cells_of(text)
        for cell in cells:
            for mark in _MARK.finditer(cell.source):
                line = cell.source.count("\n", 0, mark.start(1)) + 1
                faults.add(mark[1], *_CHOOSE, cell=str(cell.number), rad=line)
        if _is_python(content.get("metadata"), faults):
            _look_for_parameters(path.stem, content["cells"], cells, faults)
            faults.found.extend(import_faults(cells, fil))
    return faults.found


def _text(path: Path, faults: Faults) -> str:
    """What a notebook's file says; "" where it can't be read, or says nothing."""
    try:
        text = faults.decoded(file_bytes(path))
    except OSError:
        faults.add("", "en fil som går att läsa", "stäng filen i andra program, och kontrollera att du får läsa den")
        return ""
    if text is not None and not faults.count and not text.strip(BOM + " \t\r\n"):
        faults.add("", "en anteckningsbok; filen är tom", _EARLIER)
    return "" if faults.count or text is None else text.removeprefix(BOM)


def _content(text: str, faults: Faults) -> Mapping[str, Any] | None:
    """A notebook's file as values; None, with a fault, where it is none of the format that is run."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        marks = list(_MARK.finditer(text))
        for mark in marks:
            faults.add(mark[1], *_CHOOSE, rad=text.count("\n", 0, mark.start(1)) + 1)
        if not marks:
            _tell_broken(text, error, faults)
        return None
    version = content.get("nbformat") if isinstance(content, dict) else None
    if version == FORMAT_OF_NOTEBOOKS and isinstance(content.get("cells"), list):
        return dict(content)
    stod, action = "", _EARLIER
    if isinstance(version, int) and version != FORMAT_OF_NOTEBOOKS:
        is_newer = version > FORMAT_OF_NOTEBOOKS
        stod = f"nbformat {version}"
        action = "spara den i det formatet, i programmet som den är gjord i" if is_newer else _SAVED_AGAIN
    faults.add(stod, f"en anteckningsbok i formatet nbformat {FORMAT_OF_NOTEBOOKS}", action)
    return None


def _tell_broken(text: str, error: Exception, faults: Faults) -> None:
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    is_cut = not text[at:].strip() or "Unterminated" in str(error)
    expected = "en hel anteckningsbok; filen slutar mitt i" if is_cut else "en anteckningsbok; det här är inte JSON"
    line = text.rstrip().count("\n") if is_cut else text.count("\n", 0, at)
    faults.add("" if is_cut else text.splitlines()[line].strip(), expected, _EARLIER, rad=line + 1)


def _has_cells(content: Mapping[str, Any], faults: Faults) -> bool:
    """Whether each cell has what a cell has."""
    before = faults.count
    for number, cell in enumerate(content["cells"], start=1):
        found = cell if isinstance(cell, dict) else {}
        source = found.get("source")
        lines = source if isinstance(source, list) else [source]
        is_whole = found.get("cell_type") in ("code", "markdown", "raw") and isinstance(found.get("metadata"), dict)
        if not is_whole or not all(isinstance(line, str) for line in lines):
            faults.add(
                "", "en cell med cell_type, metadata och source", "ta bort cellen, eller gör om den", cell=str(number)
            )
    return faults.count == before


def _is_python(metadata: object, faults: Faults) -> bool:
    """Whether a notebook is written in Python, which one is that doesn't say."""
    said = [metadata.get(key) for key in ("kernelspec", "language_info")] if isinstance(metadata, dict) else [{}, {}]
    kernel, info = (item if isinstance(item, dict) else {} for item in said)
    language = str(kernel.get("language") or info.get("name") or "python")
    if language.lower() == "python":
        return True
    faults.add(language, "en anteckningsbok i Python", "skriv om den i Python, eller flytta den till en annan mapp")
    return False


def _look_for_parameters(
    name: str, content: Sequence[Mapping[str, Any]], cells: Sequence[SourceCell], faults: Faults
) -> None:
    """Whether the cell that is tagged for it gives each parameter a value. What isn't Python is told when it is run."""
    wanted = ("period", "root") if name == KOMMUN_CHAPTER else ("period", "namnd", "root")
    tags = [item["metadata"].get("tags") for item in content]
    tagged = [cell for cell, its in zip(cells, tags, strict=True) if isinstance(its, list) and PARAMETERS in its]
    if not tagged:
        expected = f"en cell med taggen {PARAMETERS}, som ger {', '.join(wanted)} ett standardvärde som text"
        faults.add("", expected, "kopiera cellen ur ett annat kapitel")
    elif tree := python_of(tagged[0].source):
        given = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        if lacking := ", ".join(item for item in wanted if item not in given):
            expected = f"{lacking} i cellen med taggen {PARAMETERS}"
            faults.add("", expected, "lägg till dem, med ett standardvärde som text", cell=str(tagged[0].number))

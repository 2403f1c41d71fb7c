"""The Python of a notebook's cells, IPython's own lines aside; and what a cell imports of this program that the program doesn't have."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reporting.faults import Fault, Faults
from reporting.params.notebook_source import SourceCell, cells_of

PROGRAM = "reporting"
_PYTHON_MAGIC = re.compile(r"\s*%%(time|timeit|capture|prun)\b")
_OTHER_MAGIC = re.compile(r"\s*%%")
_LINE_MAGIC = re.compile(r"^(\s*)(?:(?:[\w., ]+=\s*)?[%!].*|\S.*\?|\?.*)$", re.MULTILINE)
UPGRADE = "kör reporting upgrade, som visar vad som behöver ändras och frågar innan det görs"


def python_of(source: str) -> ast.Module | None:
    """A cell as Python, with IPython's own lines (%matplotlib, !dir) as lines that do nothing; None where it isn't Python."""
    if _OTHER_MAGIC.match(source) and not _PYTHON_MAGIC.match(source):
        return None
    for text in (source, _LINE_MAGIC.sub(r"\1pass", source)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError):
            continue
    return None


def program_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The statements that import something of this program, in the order in which they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            ours = not node.level and _is_ours(node.module or "")
        else:
            ours = isinstance(node, ast.Import) and any(_is_ours(alias.name) for alias in node.names)
        if ours and isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def import_faults(notebook: Path, fil: str) -> list[Fault]:
    """Each import in a notebook of something that this program doesn't have: it was written for an earlier version.

    fil: what the notebook is called in messages. A notebook that can't be read has none; what is wrong with it is told when it is run.
    What only has the name of a notebook is a fault too.
    """
    faults = Faults(fil)
    if not faults.is_file(notebook):
        return faults.found
    try:
        cells = cells_of(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [fault for cell in cells if cell.kind == "code" for fault in _faults_of(cell, fil)]


def _faults_of(cell: SourceCell, fil: str) -> Iterator[Fault]:
    tree = python_of(cell.source) if PROGRAM in cell.source else None
    for node in program_imports(tree) if tree else ():
        if not all(is_there(name) for name in imported(node)):
            yield Fault(
                fil,
                line_of(cell, node),
                "from reporting import kapitel",
                UPGRADE,
                cell=str(cell.number),
                rad=node.lineno,
            )


def line_of(cell: SourceCell, node: ast.stmt | ast.expr) -> str:
    """The line of a cell on which a statement or expression begins, without its indent."""
    return cell.source.splitlines()[node.lineno - 1].strip()


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == PROGRAM


def imported(node: ast.Import | ast.ImportFrom) -> list[tuple[str, str]]:
    """(module, the name in it or "") for each thing that a statement imports of this program."""
    if isinstance(node, ast.Import):
        return [(alias.name, "") for alias in node.names if _is_ours(alias.name)]
    return [(node.module or "", alias.name if alias.name != "*" else "") for alias in node.names]


def is_there(what: tuple[str, str]) -> bool:
    """Whether the program has a module and, where one is named, this name in it. Nothing is run to find out."""
    module, name = what
    names = _names_in(module)
    return names is not None and (not name or name in names or _names_in(f"{module}.{name}") is not None)


@cache
def _names_in(module: str) -> frozenset[str] | None:
    """The names that a module of the program defines or imports; None where there is no such module."""
    try:
        spec = importlib.util.find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return None
    if spec is None:
        return None
    origin = Path(spec.origin) if spec.origin else None
    tree = ast.parse(origin.read_text(encoding="utf-8") if origin and origin.is_file() else "")
    return frozenset(_defined(tree))


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name

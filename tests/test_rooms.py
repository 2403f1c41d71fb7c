"""The table of rooms in docs/design.md, held against every import: late ones and strings that name a module too; and no circles."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from conftest import PROJECT

DESIGN = PROJECT / "docs" / "design.md"
PACKAGE = PROJECT / "src" / "reporting"
ALL, GROUND, NOTHING = "all", "ground", "–"

Uses = Mapping[tuple[str, str], set[str]]
"""(module, module that it uses), both named below reporting → what it takes; ":name" where a string says so."""


def table_of(design: Path) -> dict[str, set[str]]:
    """Room → rooms that it may import from. A module of the ground floor is a room of its own name."""
    may: dict[str, set[str]] = {}
    heading = "| room | what happens there | may import, besides the ground floor |"
    _, _, below = design.read_text(encoding="utf-8").partition(f"{heading}\n")
    assert below, "no table of rooms"
    for line in below.splitlines():
        if not line.startswith("|"):
            break
        room, _, allowed = (cell.strip() for cell in line.strip("|").split("|"))
        rooms = set() if allowed == NOTHING else set(allowed.split(", "))
        if found := re.fullmatch(r"`(\w+)/`", room):
            may[found[1]] = rooms
        elif found := re.fullmatch(r"\*\(ground floor: (.+)\)\*", room):
            may |= {f"{GROUND} {name}": set() for name in found[1].split(", ")}
    return may


def modules(package: Path) -> dict[str, Path]:
    """Every module by its name below reporting; a package by its own, the package itself by ""."""
    named = {path: list(path.relative_to(package).with_suffix("").parts) for path in sorted(package.rglob("*.py"))}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in named.items()}


def uses(package: Path) -> Uses:
    """What every module takes of every other."""
    named = modules(package)
    found: dict[tuple[str, str], set[str]] = {}
    for name, path in named.items():
        for other, what in _used(ast.parse(path.read_text(encoding="utf-8")), named):
            if other != name:
                found.setdefault((name, other), set()).add(what)
    return found


def _used(tree: ast.Module, named: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"an import that begins with a dot, line {node.lineno}"
            if node.module and node.module.split(".")[0] == "reporting":
                for alias in node.names:
                    yield _taken(f"{node.module}.{alias.name}", named)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "reporting":
                    yield _taken(alias.name, named)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            for dotted in re.findall(r"(?<![\w./-])reporting(?:[.:]\w+)+", node.value):
                other, name = _taken(dotted.replace(":", "."), named)
                if other:
                    yield other, f":{name}"


def _taken(dotted: str, named: Mapping[str, Path]) -> tuple[str, str]:
    """(the module that a dotted name leads to, what is taken of it)."""
    parts, rest = dotted.split(".")[1:], list[str]()
    while ".".join(parts) not in named:
        rest.insert(0, parts.pop())
    return ".".join(parts), ".".join(rest)


def room_of(module: str, may: Mapping[str, set[str]]) -> str:
    """The room that a module lies in. What the package itself offers belongs to the front, and how it is run to the commands."""
    first, _, _ = module.partition(".")
    if f"{GROUND} {module}" in may:
        return GROUND
    return {"": "front", "__main__": "cli"}.get(first, first)


def breaks(found: Uses, may: Mapping[str, set[str]]) -> dict[tuple[str, str], set[str]]:
    """What the table doesn't allow."""
    broken = {}
    for (one, other), what in found.items():
        here, there = room_of(one, may), room_of(other, may)
        if there not in (here, GROUND) and not may.get(here, set()) & {there, ALL}:
            broken[one, other] = what
    return broken


def circles(found: Uses) -> list[str]:
    """Modules that use each other by way of imports, one circle each; strings are followed in other processes."""
    graph: dict[str, set[str]] = {}
    for (one, other), what in found.items():
        if any(not name.startswith(":") for name in what):
            graph.setdefault(one, set()).add(other)
    done: set[str] = set()
    told = []

    def walk(module: str, way: tuple[str, ...]) -> None:
        if module in way:
            told.append(" → ".join((*way[way.index(module) :], module)))
        elif module not in done:
            for other in sorted(graph.get(module, ())):
                walk(other, (*way, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())
    return told


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    may = table_of(DESIGN)
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    flat = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert rooms | flat == {name.removeprefix(f"{GROUND} ") for name in may}


def test_a_room_says_what_happens_in_it_and_imports_nothing() -> None:
    for path in PACKAGE.rglob("*/__init__.py"):
        [only] = ast.parse(path.read_text(encoding="utf-8")).body
        assert isinstance(only, ast.Expr), path


def test_imports_are_those_of_the_table() -> None:
    broken = breaks(uses(PACKAGE), table_of(DESIGN))
    assert [f"{one} uses {', '.join(sorted(what))} of {other}" for (one, other), what in broken.items()] == []


def test_no_module_uses_itself_by_way_of_another() -> None:
    assert circles(uses(PACKAGE)) == []


def test_a_public_name_has_one_meaning_in_the_whole_house() -> None:
    defined: dict[str, list[str]] = {}
    for module, path in modules(PACKAGE).items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in _defined(node):
                defined.setdefault(name, []).append(module)
    assert {name: where for name, where in defined.items() if len(where) > 1 and not name.startswith("_")} == {}


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def test_a_module_has_40_to_400_lines_but_for_those_that_the_table_names() -> None:
    """An `__init__` says what happens in its room, and isn't counted."""
    _, _, below = DESIGN.read_text(encoding="utf-8").partition("| module | why it is smaller |\n")
    listed = set(re.findall(r"^\| `([\w.]+)` \|", below.partition("\n\n")[0], re.MULTILINE))
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in modules(PACKAGE).items()
        if path.stem != "__init__"
    }
    assert {name for name, count in lines.items() if not 40 <= count <= 400} == listed
    assert len(lines) <= 180

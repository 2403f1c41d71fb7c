"""What the names in a notebook of an earlier version stand for: parts of the program, the nämnd's input, its result."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from reporting.params.notebook_code import PROGRAM, imported, is_there, program_imports
from reporting.upgrade.old_calls import FRONT, LOADS


@dataclass(frozen=True)
class Names:
    """The names that are certain: given once in the whole notebook, and at the left margin.

    old: name → what of the program it is ("tables", "underlag.load"); gone: those that the program no longer has; inputs: name of what
    load gave → what it is called now; results: names of its resultat.
    """

    old: dict[str, str]
    gone: frozenset[str]
    inputs: dict[str, str]
    results: frozenset[str]

    def part_of_program(self, node: ast.expr) -> str:
        """What of the program an expression names: "tables.goal"; "" for anything else."""
        if isinstance(node, ast.Attribute) and (module := self.old.get(plain_name(node.value), "")):
            return f"{module}.{node.attr}"
        return self.old.get(plain_name(node), "")


def names_of(trees: Sequence[ast.Module]) -> Names:
    """The names of a notebook, by the Python of its cells; none where it has names of its own that are the program's now."""
    given = Counter(name for tree in trees for name in _given(tree))
    old: dict[str, str] = {}
    gone = set()
    for name, what, there in (found for tree in trees for found in _old_names(tree)):
        given[name] += old.get(name, what) != what  # two things under one name
        old[name] = what
        gone |= set() if there else {name}
    old = {name: what for name, what in old.items() if not given[name] and not any(given[new] for new in FRONT)}
    names = Names(old, frozenset(gone & set(old)), {}, frozenset())
    taken = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    fresh = (short for short in chain(["k"], (f"k{number}" for number in count(2))) if short not in taken)
    once = [(name, value) for tree in trees for name, value in map(assigned, tree.body) if given[name] == 1 and value]
    loads = [name for name, value in once if isinstance(value, ast.Call) and names.part_of_program(value.func) in LOADS]
    inputs = dict(zip(loads, fresh, strict=False))
    results = frozenset(name for name, value in once if is_result(value) in inputs)
    return Names(names.old, names.gone, inputs, results)


def is_result(node: ast.AST | None) -> str:
    """The name before .resultat, in `underlag.resultat`; "" for anything else."""
    return plain_name(node.value) if isinstance(node, ast.Attribute) and node.attr == "resultat" else ""


def assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    """(name, value) of a plain `name = value`; ("", None) for any other statement."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and (name := plain_name(statement.targets[0])):
        return name, statement.value
    return "", None


def plain_name(node: ast.AST) -> str:
    """The name that an expression is; "" where it is more than a name."""
    return node.id if isinstance(node, ast.Name) else ""


def _old_names(tree: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """(name in the notebook, what of the program it is, whether the program still has it), for what is imported at the left margin."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node in list(program_imports(node)):
            module = (node.module or "").removeprefix(PROGRAM).lstrip(".")
            for alias, what in zip(node.names, imported(node), strict=True):
                if alias.name not in (*FRONT, "*"):
                    yield alias.asname or alias.name, f"{module}.{alias.name}".lstrip("."), is_there(what)


def _given(tree: ast.AST) -> Iterator[str]:
    """Every name that is given a value or taken away, once for each time; imports of the program aside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Import | ast.ImportFrom) and node not in list(program_imports(node)):
            yield from (alias.asname or alias.name for alias in node.names)

"""A notebook that was written for an earlier version, translated to what notebooks import now.

Only what can be translated with certainty is: names that are given once, calls as the handbook wrote them. The rest is left as it stands,
and told where the program no longer has it.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reporting.params.notebook_code import PROGRAM, imported, is_there, line_of, program_imports, python_of
from reporting.params.notebook_source import SourceCell
from reporting.upgrade.notebook_names import Names, assigned, is_result, names_of, plain_name
from reporting.upgrade.old_calls import ALL_OUTCOMES, KEYWORDS, LOADS, METHODS, PLAIN, Method
from reporting.upgrade.source_edits import Edits


@dataclass(frozen=True)
class Left:
    """Something that was left as it stood. cell, rad: the number of the cell, and the line in it; stod: what stands there; i_stallet: what
    to write, "" where it isn't known."""

    cell: int
    rad: int
    stod: str
    i_stallet: str


@dataclass(frozen=True)
class Translation:
    """cells: number of a cell → its new source; left: what somebody has to write."""

    cells: dict[int, str]
    left: tuple[Left, ...]


def translated(cells: Sequence[SourceCell]) -> Translation:
    """The cells of one notebook, translated as far as that is certain."""
    python = [(cell, tree) for cell in cells if cell.kind == "code" and (tree := python_of(cell.source))]
    names = names_of([tree for _, tree in python])
    edits = {cell.number: Edits(cell.source) for cell, _ in python}
    work = _Work(names)
    for cell, tree in python:
        for statement in tree.body:
            work.statement(cell, statement, edits[cell.number])
    _drop_results(python, names, work.uses, edits)
    left, whole = _renew_imports(python, names, work, edits)
    new = {number: text for number, each in edits.items() if (text := each.applied()) != each.source}
    if not whole or any(python_of(text) is None for text in new.values()):
        return Translation({}, tuple(_every_import(python)))  # never half of what hangs together
    return Translation(new, (*work.left, *left))


@dataclass
class _Work:
    """What is met with while the cells are gone through. uses: how many uses of a name are left as they were; wanted: what is to be
    imported; left: what somebody has to write."""

    names: Names
    uses: Counter[str] = field(default_factory=Counter)
    wanted: set[str] = field(default_factory=set)
    left: list[Left] = field(default_factory=list)

    def statement(self, cell: SourceCell, statement: ast.stmt, edits: Edits) -> None:
        """One statement at the left margin."""
        inputs = self.names.inputs
        name, value = assigned(statement)
        if isinstance(statement, ast.Assign) and name in inputs and isinstance(value, ast.Call):
            edits.replace(statement.targets[0], inputs[name])
            self._load(cell, value, edits)
        elif isinstance(statement, ast.Expr) and (name := plain_name(statement.value)) in inputs:
            edits.replace(statement.value, inputs[name])
        else:
            self._node(cell, statement, edits)

    def _node(self, cell: SourceCell, node: ast.AST, edits: Edits) -> None:
        if isinstance(node, ast.Call) and self._call(cell, node, edits):
            return
        if isinstance(node, ast.Attribute) and (new := self.names.inputs.get(is_result(node))):
            edits.replace(node.value, new)
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            self._name(cell, node, edits)
        for child in ast.iter_child_nodes(node):
            self._node(cell, child, edits)

    def _name(self, cell: SourceCell, node: ast.Name, edits: Edits) -> None:
        self.uses[node.id] += 1
        if new := self.names.inputs.get(node.id):
            if not edits.replace(node, f"{new}.underlag"):
                self._leave(cell, node, f"{new}.underlag")
        elif node.id in self.names.gone:
            self._leave(cell, node, "")

    def _call(self, cell: SourceCell, call: ast.Call, edits: Edits) -> bool:
        """Translate a call of something of the program; False where it isn't one, or can't be translated."""
        what = self.names.part_of_program(call.func)
        sure = not any(isinstance(arg, ast.Starred) for arg in call.args) and all(item.arg for item in call.keywords)
        if not what or not sure:
            return False
        if what in LOADS:
            self._load(cell, call, edits)
            edits.insert_after(call, ".underlag")
            return True
        if what == ALL_OUTCOMES:
            return self._all_outcomes(call, edits)
        if what in PLAIN:
            edits.replace(call.func, PLAIN[what])
            self.wanted.add(PLAIN[what])
            self._arguments(cell, call, edits)
            return True
        method = METHODS.get(what)
        return method is not None and self._method(cell, call, method, edits)

    def _method(self, cell: SourceCell, call: ast.Call, method: Method, edits: Edits) -> bool:
        owner = self._owner(call, method)
        if not owner or not edits.replace(call.func, f"{owner}.{method.name}"):
            return False
        subject = call.args[method.subject] if method.subject is not None else None
        if subject is not None and method.given:
            edits.replace(subject, method.given)
        elif subject is not None:
            edits.without_argument(call, subject)
        self._arguments(cell, call, edits, subject)
        return True

    def _owner(self, call: ast.Call, method: Method) -> str:
        """What the method is called on: what the subject was; where there was none, the notebook's only one. "" where it isn't certain."""
        inputs = self.names.inputs
        only = next(iter(inputs.values())) if len(inputs) == 1 else ""
        if method.subject is None:
            return only
        subject = call.args[method.subject] if len(call.args) > method.subject else None
        if subject is None:
            return ""
        name = plain_name(subject)
        return only if name in self.names.results else inputs.get(name) or inputs.get(is_result(subject), "")

    def _arguments(self, cell: SourceCell, call: ast.Call, edits: Edits, besides: ast.expr | None = None) -> None:
        for keyword in call.keywords:
            if keyword.arg in KEYWORDS:
                edits.rename_keyword(keyword, KEYWORDS[keyword.arg])
        for value in (*call.args, *(keyword.value for keyword in call.keywords)):
            if value is not besides:
                self._node(cell, value, edits)

    def _load(self, cell: SourceCell, call: ast.Call, edits: Edits) -> None:
        name = LOADS[self.names.part_of_program(call.func)]
        self.wanted.add(name)
        edits.replace(call.func, name)
        self._arguments(cell, call, edits)

    def _all_outcomes(self, call: ast.Call, edits: Edits) -> bool:
        parts = [(plain_name(arg.value), arg.attr) for arg in call.args if isinstance(arg, ast.Attribute)]
        owners = {name for name, _ in parts}
        asked = [part for _, part in parts] == ["nu", "tidigare"] and len(call.args) == 2 and not call.keywords
        owner = self.names.inputs.get(owners.pop(), "") if asked and len(owners) == 1 else ""
        return bool(owner and edits.replace(call, f"{owner}.utfall()"))

    def _leave(self, cell: SourceCell, node: ast.expr, i_stallet: str) -> None:
        self.left.append(Left(cell.number, node.lineno, line_of(cell, node), i_stallet))


Python = Sequence[tuple[SourceCell, ast.Module]]


def _drop_results(python: Python, names: Names, uses: Counter[str], edits: dict[int, Edits]) -> None:
    """resultat = underlag.resultat goes where nothing is left that uses it."""
    for cell, tree in python:
        for statement in tree.body:
            name, _ = assigned(statement)
            if name in names.results and not uses[name]:
                edits[cell.number].replace_line(statement, [])


def _renew_imports(python: Python, names: Names, work: _Work, edits: dict[int, Edits]) -> tuple[list[Left], bool]:
    """Imports of what isn't used any longer go, and what is used now is imported in the place of the first of them. (What is left, whether
    all that is used now is imported.)"""
    known = {alias.name for _, tree in python for node in program_imports(tree) for alias in node.names}
    new = sorted(work.wanted - known)
    left = []
    for cell, tree in python:
        for node in program_imports(tree):
            unused = {name for name in names.old if not work.uses[name]} if node in tree.body else set()
            kept = [alias for alias in node.names if (alias.asname or alias.name) not in unused]
            if len(kept) < len(node.names) and isinstance(node, ast.ImportFrom):
                lines = [f"from {PROGRAM} import {', '.join(new)}"] if new else []
                lines += [f"from {node.module} import {', '.join(map(ast.unparse, kept))}"] if kept else []
                if edits[cell.number].replace_line(node, lines):
                    new = []
                    continue
            told = any(
                name in names.gone and work.uses[name] for name in (item.asname or item.name for item in node.names)
            )
            if not told and not all(map(is_there, imported(node))):
                left.append(_left_import(cell, node))
    return left, not new


def _every_import(python: Python) -> Iterator[Left]:
    """Each import of something that the program doesn't have."""
    for cell, tree in python:
        yield from (
            _left_import(cell, node) for node in program_imports(tree) if not all(map(is_there, imported(node)))
        )


def _left_import(cell: SourceCell, node: ast.stmt) -> Left:
    return Left(cell.number, node.lineno, line_of(cell, node), f"from {PROGRAM} import kapitel")

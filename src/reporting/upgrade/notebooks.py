"""A notebook that was written for an earlier version, translated to what notebooks import now.

Only what can be translated with certainty is: names that are given once, calls as the handbook wrote them. The rest is left as it stands,
and told where the program no longer has it. Changes are made by the places of the parts (ast), so that all else stays as somebody wrote it.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, chain, count

from reporting.faults import Fault
from reporting.params.notebook_cells import PROGRAM, SourceCell, imported, is_there, line_of, program_imports, python_of

LOADS = {"underlag.load": "kapitel", "underlag.load_kommun": "kommunkapitel"}
"""What a notebook begins with: the earlier function → the one of today."""
FRONT = LOADS | {"lage_tables.lage": "laget"}
"""The same for all that a notebook imports now."""
KEYWORDS = {"show_faults": "visa_fel", "caption": "rubrik", "value": "varde"}
"""Arguments that are called something else now; the others have kept their names."""
METHODS = {
    "prose": {
        "summary": "sammanfattning",
        "key_figures": "nyckeltal",
        "goal_heading": "malrubrik",
        "goal_text": "maltext",
    },
    "placeholders": {"text": "text", "goal": "saknas_om_malet"},
    "tables": {"not_assessed": "ej_bedomda", "summary": "maloversikt", "goal": "maltabell", "matetal": "matetalstabell"}
    | {"kvalitativa": "kvalitativa_matt", "by_sex": "konsuppdelat"},
    "charts": {"goal": "maldiagram"},
    "prognos_tables": {"forecasts": "prognoser"},
    "uppdrag_tables": {name: name for name in ("aktiviteter", "uppdrag", "granskningar", "internkontroll")},
    "ekonomi_tables": {name: name for name in ("privata_utforare", "drift", "verksamhetsomraden", "investeringar")}
    | {"checks": "att_kontrollera"},
    "personal_tables": {name: name for name in ("sjukfranvaro", "frisknarvaro", "anstallda", "aldersstruktur")}
    | {"checks": "att_kontrollera"},
    "underlag_tables": {"method": "metod", "faults": "fel", "notiser": "att_kontrollera", "missing": "saknas"}
    | {"readings": "lasta_malvarden", "tracing": "utfallens_celler", "sheets": "bladens_celler", "files": "filer"},
    "plan_tables": {
        "facts": "planfakta",
        "overview": "planen_i_korthet",
        "goals": "planens_mal",
        "asked": "planens_uppdrag",
    },
    "kommun_tables": {"findings": "sammanfattning", "namnder": "namndtabell", "matrix": "overgripande_mal"}
    | {"goals": "namndsmal", "steps": "steg"},
    "blad_tables": {"blad": "blad", "bars": "staplar"},
    "swedish": {"amount": "tal"},
}
"""Module of an earlier version → its function → the method of what kapitel gives. The argument that was the nämnd's input, or its result,
goes: the method is called on that."""
ALONE = {"prose.goal_text", "swedish.amount"}
"""Those that weren't given the input: called on the notebook's only one."""
IN_ITS_PLACE = {"personal_tables.checks": '"personal"', "ekonomi_tables.checks": '"ekonomi"'}
"""What stands where the input stood."""
BY_HAND, WHOLE_IMPORT = (
    "något av det som k har; skriv k på en egen rad för att se allt",
    f"from {PROGRAM} import kapitel",
)
"""What to write instead of what the program no longer has: of a name, and of an import."""
BY_HAND_OF = {"utfall.long_table": "k.utfall(), som har alla perioder och där hela utfallet har kon «totalt»"}
"""The same of a name that has a successor with other rows in it, so that what is reckoned from them has to be looked at."""
_NO_LINE, _NO_ARGUMENT = "\0", "\1"


@dataclass(frozen=True)
class Translation:
    """A notebook's translation. cells: cell number → its new source, for those that change; left: what somebody has to change by hand."""

    cells: dict[int, str]
    left: list[Fault]


def translated(cells: Sequence[SourceCell], fil: str) -> Translation:
    """The cells of one notebook, translated as far as that is certain. fil: what it is called in faults."""
    python = [_Python(cell, tree) for cell in cells if cell.kind == "code" and (tree := python_of(cell.source))]
    work = _Work(python, fil)
    work.go()
    new = {part.cell.number: text for part in python if (text := part.changed()) != part.cell.source}
    if work.wanted or any(python_of(text) is None for text in new.values()):  # never half of what hangs together
        every = [(part, node) for part in python for node in program_imports(part.tree)]
        return Translation({}, [work.fault(part, node, WHOLE_IMPORT) for part, node in every if not _all_there(node)])
    return Translation(new, work.left)


@dataclass
class _Python:
    """A cell of Python, and what is to change in it: from, to (in bytes, as ast counts), and what is to stand there."""

    cell: SourceCell
    tree: ast.Module
    changes: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._source = self.cell.source.encode()
        self._starts = [0, *accumulate(map(len, self._source.splitlines(keepends=True)))]

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Where a part stands."""
        end = self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return self._starts[node.lineno - 1] + node.col_offset, end

    def replace(self, node: ast.expr, text: str) -> bool:
        """Put a text in a part's place; False where the part doesn't stand where it is said to (inside an f-string, in older Pythons)."""
        start, end = self.span(node)
        with suppress(SyntaxError, ValueError):
            if ast.unparse(ast.parse(self._source[start:end], mode="eval")) == ast.unparse(node):
                self.changes.append((start, end, text))
                return True
        return False

    def replace_lines(self, statement: ast.stmt, lines: Sequence[str]) -> bool:
        """Put lines in a statement's place; with none it goes. False where it shares its line with something else."""
        start, end = self.span(statement)
        whole = self._source[self._starts[statement.lineno - 1] :].splitlines(keepends=True)
        if b"".join(whole[: (statement.end_lineno or 0) - statement.lineno + 1]).strip() != self._source[start:end]:
            return False
        self.changes.append((start, end, "\n".join(lines) or _NO_LINE))
        return True

    def changed(self) -> str:
        """The cell's source with every change made. With an argument goes its comma; with a line a blank one, where there would be two."""
        source = self._source
        for start, end, text in sorted(set(self.changes), reverse=True):
            source = source[:start] + text.encode() + source[end:]
        kept, is_gone = [""], False
        for line in re.sub(r"\1\s*,\s*|,\s*\1|\1".replace(r"\1", _NO_ARGUMENT), "", source.decode()).splitlines(True):
            is_gone = line.strip() == _NO_LINE or (is_gone and not line.strip() and not kept[-1].strip())
            kept += [] if is_gone else [line]
        return "".join(kept) if source.endswith(b"\n") else "".join(kept).rstrip("\r\n")


class _Work:
    """A notebook gone through. uses: how many uses of a name are left as they were; wanted: what is still to be imported; left: what
    somebody has to write.

    Names are certain that are given once in the whole notebook, and at the left margin. old: name → what of the program it is ("tables",
    "underlag.load"); gone: those that the program no longer has; inputs: name of what load gave → what it is called now; results: name of
    its resultat → the same.
    """

    def __init__(self, python: Sequence[_Python], fil: str) -> None:
        self.python, self.fil = python, fil
        self.uses, self.wanted, self.left = Counter[str](), set[str](), list[Fault]()
        trees = [part.tree for part in python]
        given = Counter(name for tree in trees for name in _given(tree))
        found: dict[str, set[tuple[str, bool]]] = {}
        for name, what, there in chain.from_iterable(map(_old_names, trees)):
            found.setdefault(name, set()).add((what, there))
        if any(given[name] for name in FRONT.values()):
            found = {}
        known = {name: next(iter(what)) for name, what in found.items() if len(what) == 1 and not given[name]}
        self.old = {name: what for name, (what, _) in known.items()}
        self.gone = {name for name, (_, there) in known.items() if not there}
        taken = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
        fresh = (short for short in chain(["k"], (f"k{number}" for number in count(2))) if short not in taken)
        once = [(name, value) for tree in trees for name, value in map(_assigned, tree.body) if given[name] == 1]
        loads = {name: value for name, value in once if isinstance(value, ast.Call) and self._of(value.func) in LOADS}
        self.inputs, self.loads = dict(zip(loads, fresh, strict=False)), [*loads.values()]
        self.results = {name: new for name, value in once if (new := self.inputs.get(_before_resultat(value)))}

    def go(self) -> None:
        """Gather every change, and what is left."""
        statements = [(part, statement) for part in self.python for statement in part.tree.body]
        of_results = [(part, each) for part, each in statements if _assigned(each)[0] in self.results]
        for part, statement in statements:
            if (part, statement) not in of_results:
                self._node(part, statement)
        for part, statement in of_results:  # which go where nothing is left that uses the result
            if self.uses[_assigned(statement)[0]] or not part.replace_lines(statement, []):
                self._node(part, statement)
        self._renew_imports()

    def _of(self, node: ast.expr) -> str:
        """What of the program an expression names: "tables.goal"; "" for anything else."""
        if isinstance(node, ast.Attribute) and (module := self.old.get(_name(node.value))):
            return f"{module}.{node.attr}"
        return self.old.get(_name(node), "")

    def _input(self, node: ast.AST) -> str:
        """What the nämnd's input is called now, where an expression is it or its result; "" for anything else."""
        return self.results.get(_name(node)) or self.inputs.get(_name(node) or _before_resultat(node), "")

    def _node(self, part: _Python, node: ast.AST) -> None:
        if isinstance(node, ast.Call) and self._call(part, node):
            return
        shown = node.value if isinstance(node, ast.Expr) else None
        of_result = node.value if isinstance(node, ast.Attribute) and _before_resultat(node) in self.inputs else None
        if whole := of_result or (shown if _name(shown) in self.inputs else None):
            part.replace(whole, self.inputs[_name(whole)])
            return
        if isinstance(node, ast.Name):
            new = self.inputs.get(node.id, "")
            if isinstance(node.ctx, ast.Load):
                self.uses[node.id] += 1
                new += ".underlag" if new else ""
            if (new and not part.replace(node, new)) or node.id in self.gone:
                self.left.append(self.fault(part, node, new or BY_HAND_OF.get(self.old[node.id], BY_HAND)))
        for child in ast.iter_child_nodes(node):
            self._node(part, child)

    def _call(self, part: _Python, call: ast.Call) -> bool:
        """Translate a call of something of the program; False where it isn't one, or can't be translated."""
        what, subject = self._of(call.func), next(filter(self._input, call.args), None)
        module, _, function = what.partition(".")
        if any(isinstance(arg, ast.Starred) for arg in call.args) or not all(item.arg for item in call.keywords):
            return False
        if what in FRONT:
            self.wanted.add(FRONT[what])
            part.replace(call.func, FRONT[what])
            if what in LOADS and call not in self.loads:
                part.changes.append((part.span(call)[1],) * 2 + (".underlag",))
        elif method := METHODS.get(module, {}).get(function):
            only = next(iter(self.inputs.values())) if what in ALONE and len(self.inputs) == 1 else ""
            owner = only or (self._input(subject) if subject else "")
            if not owner or not part.replace(call.func, f"{owner}.{method}"):
                return False
            if subject:
                part.replace(subject, IN_ITS_PLACE.get(what, _NO_ARGUMENT))
        else:
            return False
        for keyword in call.keywords:
            if keyword.arg in KEYWORDS:
                start, _ = part.span(keyword)
                part.changes.append((start, start + len(keyword.arg), KEYWORDS[keyword.arg]))
        for value in (*call.args, *(keyword.value for keyword in call.keywords)):
            if value is not subject or what in FRONT:
                self._node(part, value)
        return True

    def _renew_imports(self) -> None:
        """Imports of what isn't used any longer go, and what is used now is imported in the place of the first of them."""
        imports = [(part, node) for part in self.python for node in program_imports(part.tree)]
        self.wanted -= {alias.name for _, node in imports for alias in node.names}
        for part, node in imports:
            names = [alias.asname or alias.name for alias in node.names]
            unused = {name for name in self.old if not self.uses[name] and node in part.tree.body}
            kept = [alias for alias, name in zip(node.names, names, strict=True) if name not in unused]
            if len(kept) < len(names) and isinstance(node, ast.ImportFrom):
                lines = [f"from {PROGRAM} import {', '.join(sorted(self.wanted))}"] if self.wanted else []
                lines += [f"from {node.module} import {', '.join(map(ast.unparse, kept))}"] if kept else []
                if part.replace_lines(node, lines):
                    self.wanted = set()
                    continue
            if not any(self.uses[name] for name in self.gone.intersection(names)) and not _all_there(node):
                self.left.append(self.fault(part, node, WHOLE_IMPORT))

    def fault(self, part: _Python, node: ast.expr | ast.stmt, instead: str) -> Fault:
        """What somebody has to write instead of what stands in a line."""
        cell, line = str(part.cell.number), line_of(part.cell, node)
        return Fault(self.fil, line, instead, "skriv om raden för hand", cell=cell, rad=node.lineno)


def _old_names(tree: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """(name in the notebook, what of the program it is, whether the program still has it), for what is imported at the left margin."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node in [*program_imports(node)]:
            module = (node.module or "").removeprefix(PROGRAM).lstrip(".")
            for alias, what in zip(node.names, imported(node), strict=True):
                if alias.name not in {*FRONT.values(), "*"}:
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
        elif isinstance(node, ast.Import | ast.ImportFrom) and node not in [*program_imports(node)]:
            yield from (alias.asname or alias.name for alias in node.names)


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    """(name, value) of a plain `name = value`; ("", None) for any other statement."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and (name := _name(statement.targets[0])):
        return name, statement.value
    return "", None


def _name(node: ast.AST | None) -> str:
    """The name that an expression is; "" where it is more than a name."""
    return node.id if isinstance(node, ast.Name) else ""


def _before_resultat(node: ast.AST | None) -> str:
    """The name before .resultat, in `underlag.resultat`; "" for anything else."""
    return _name(node.value) if isinstance(node, ast.Attribute) and node.attr == "resultat" else ""


def _all_there(node: ast.Import | ast.ImportFrom) -> bool:
    return all(map(is_there, imported(node)))

"""Changes to a piece of Python by the places of its parts, so that everything else in it stays as somebody wrote it."""

import ast
import re
from collections.abc import Sequence


class Edits:
    """Changes to one source, gathered and then made at once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._lines = source.splitlines(keepends=True)
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line))
        self._starts = starts
        self._changes: list[tuple[int, int, str]] = []

    def replace(self, node: ast.expr, text: str) -> bool:
        """Put a text in a part's place; False where the part doesn't stand where it is said to (inside an f-string, in older Pythons)."""
        start, end = self._span(node)
        try:
            if ast.unparse(ast.parse(self.source[start:end], mode="eval")) != ast.unparse(node):
                return False
        except (SyntaxError, ValueError):
            return False
        self._changes.append((start, end, text))
        return True

    def insert_after(self, node: ast.expr, text: str) -> None:
        """Put a text right after a part."""
        end = self._span(node)[1]
        self._changes.append((end, end, text))

    def rename_keyword(self, keyword: ast.keyword, name: str) -> None:
        """Give an argument of a call another name."""
        start = self._at(keyword.lineno, keyword.col_offset)
        self._changes.append((start, start + len(keyword.arg or ""), name))

    def without_argument(self, call: ast.Call, argument: ast.expr) -> None:
        """Take away one argument of a call, and the comma that goes with it."""
        every = sorted([*map(self._span, call.args), *map(self._span, call.keywords)])
        start, end = self._span(argument)
        number = every.index((start, end))
        if number + 1 < len(every):
            end = every[number + 1][0]
        elif number:
            start = every[number - 1][1]
        elif comma := re.compile(r"\s*,").match(self.source, end):
            end = comma.end()
        self._changes.append((start, end, ""))

    def replace_line(self, statement: ast.stmt, lines: Sequence[str]) -> bool:
        """Put lines in the place of a statement; with none it goes, and a blank line where there would be two. False where the statement
        shares its line with something else."""
        first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
        start, end = self._starts[first], self._starts[last + 1]
        if self.source[start:end].strip() != self.source[slice(*self._span(statement))]:
            return False
        if not lines:
            after = self._lines[last + 1 :]
            while after and not after[0].strip() and (first == 0 or not self._before(first).strip()):
                end += len(after.pop(0))
        newline = "\r\n" if self._lines[last].endswith("\r\n") else "\n"
        ends = newline if self._lines[last].endswith("\n") else ""
        self._drop_inside(start, end)
        self._changes.append((start, end, newline.join(lines) + ends if lines else ""))
        return True

    def applied(self) -> str:
        """The source with every change made; without line breaks at its end, where what stood there has gone."""
        text = self.source
        for start, end, new in sorted(set(self._changes), reverse=True):
            text = text[:start] + new + text[end:]
        return text if self.source.endswith("\n") else text.rstrip("\r\n")

    def _before(self, line: int) -> str:
        """The nearest line before one, those aside that go altogether."""
        gone = [(start, end) for start, end, new in self._changes if not new]
        for number in range(line - 1, -1, -1):
            if not any(start <= self._starts[number] < end for start, end in gone):
                return self._lines[number]
        return ""

    def _drop_inside(self, start: int, end: int) -> None:
        self._changes = [change for change in self._changes if not (start <= change[0] and change[1] <= end)]

    def _span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        return self._at(node.lineno, node.col_offset), self._at(
            node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        )

    def _at(self, line: int, column: int) -> int:
        """The place in the source of a column that is counted in bytes, as ast does."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode(errors="ignore"))

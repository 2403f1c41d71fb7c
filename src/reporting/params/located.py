"""What a YAML file says, with the line of every key and item, and what of it can't be known."""

from collections.abc import Iterator
from typing import Any

from reporting.faults import Faults
from reporting.params.yaml_text import AGAIN, GONE, Lines

Place = tuple[int | str, ...]


class Oklart:
    """Stands where the value can't be known: there is none, or it is wrong. stod: what stands there, where that is text."""

    def __init__(self, stod: object = None) -> None:
        self.stod = stod if isinstance(stod, str) else ""


class Located:
    """A YAML file as read, with the line of every key and item.

    content: what it says, for whoever reads it to mend as they go; faults: what is found wrong in it; oklara: the places whose values
    can't be known, or may be others; ofullstandiga: the mappings that may have more keys than were read.
    """

    def __init__(
        self,
        faults: Faults,
        content: Any,
        lines: Lines,
        *,
        is_cut: bool = False,
        slips: frozenset[int] = frozenset(),
        take: int = 0,
    ) -> None:
        """is_cut: whether the end of the file couldn't be read; slips: the lines of which something couldn't be read."""
        self.faults = faults
        self.oklara: set[Place] = set()
        self.ofullstandiga: set[Place] = set()
        self._as_read = content, lines, is_cut, slips
        self._slips = slips
        self.content, self.lines = self._settled(content, lines, (), take)
        if is_cut:
            self._cut()

    def readings(self) -> Iterator["Located"]:
        """The file as it is with the first value of every key that stands more than once, with the second, and so on."""
        content, lines, is_cut, slips = self._as_read
        for take in range(_most(content) + 1):
            yield Located(self.faults, content, lines, is_cut=is_cut, slips=slips, take=take)

    def at(self, place: Place) -> Any:
        """What stands at a place, or None."""
        node: Any = self.content
        for step in place:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def lines_at(self, place: Place) -> Lines:
        """The lines of what stands within a place."""
        lines = self.lines
        for step in place:
            lines = lines[step][1] if step in lines else {}
        return lines

    def line(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest thing around it that exists."""
        lines, line = self.lines, 1
        for step in place:
            if step not in lines:
                break
            line, lines = lines[step]
        return line

    def fault(self, place: Place, stod: object, vantat: str, atgard: str) -> None:
        """Note a fault at `place` in this file."""
        self.faults.add(stod, vantat, atgard, rad=self.line(place))

    def _settled(self, node: Any, lines: Lines, place: Place, take: int) -> tuple[Any, Lines]:
        """A node, and its lines, without the marks of what couldn't be read. take: which value of a key that stands again."""
        if isinstance(node, list):
            pairs = [self._settled(item, lines.get(n, (0, {}))[1], (*place, n), take) for n, item in enumerate(node)]
            return [item for item, _ in pairs], {n: (lines[n][0], pairs[n][1]) for n in range(len(node)) if n in lines}
        if not isinstance(node, dict):
            if node == GONE:
                self.oklara.add(place)
            return (Oklart() if node == GONE else node), {}
        keys: dict[Any, Any] = {}
        below: Lines = {}
        for key in node:
            if GONE in str(key):
                self.ofullstandiga.add(place)
                self.oklara.add(place[:-1])  # what is left may be of two items
                continue
            plain = str(key).lstrip(AGAIN)
            times = len(str(key)) - len(plain)
            own = next((name for name in keys if str(name) == plain), plain if times else key)
            if times:
                self.oklara.add((*place, own))
            if times <= take:
                line, inner = lines.get(key, (0, {}))
                is_lost = node[key] is None and line + 1 in self._slips
                keys[own], within = self._settled(GONE if is_lost else node[key], inner, (*place, own), take)
                if key in lines:
                    below[own] = lines[key][0], within
        return keys, below

    def _cut(self) -> None:
        """Mark what the file's end may have gone on with: the last key, the list that it is in, and so on outwards."""
        node: Any = self.content
        place: Place = ()
        self.ofullstandiga.add(place)
        while node and isinstance(node, dict | list):
            last = list(node)[-1] if isinstance(node, dict) else len(node) - 1
            if node[last] is None:
                node[last] = Oklart()
            node, place = node[last], (*place, last)
            self.oklara.add(place)
            if isinstance(node, dict):
                self.ofullstandiga.add(place)


def _most(node: Any) -> int:
    """How many times more than once some key stands in its mapping."""
    if isinstance(node, list):
        return max(map(_most, node), default=0)
    if not isinstance(node, dict):
        return 0
    own = max((len(str(key)) - len(str(key).lstrip(AGAIN)) for key in node), default=0)
    return max(own, *map(_most, node.values())) if node else own

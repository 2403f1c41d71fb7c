"""What a YAML file says, with the line of every key and item, and what of it can't be known."""

from dataclasses import dataclass, field
from typing import Any

from reporting.faults import Faults

Place = tuple[int | str, ...]


class Keys(dict[int | str, Any]):
    """A mapping. lines: the line (from 1) of each key."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[int | str, int] = {}


class Items(list[Any]):
    """A list. lines: the line (from 1) of each item."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Oklart:
    """Stands where the value can't be known: there is none, or it is wrong. stod: what stands there, where that is text."""

    def __init__(self, stod: object = None) -> None:
        self.stod = stod if isinstance(stod, str) else ""


@dataclass(frozen=True)
class Located:
    """A YAML file as read.

    content: what it says, as Keys and Items, for whoever reads it to mend as they go; faults: what is found wrong in it; oklara: the
    places whose values can't be known, or may be others; ofullstandiga: the mappings that may have more keys than were read.
    """

    faults: Faults
    content: Any
    oklara: set[Place] = field(default_factory=set)
    ofullstandiga: set[Place] = field(default_factory=set)

    def at(self, place: Place) -> Any:
        """What stands at a place, or None."""
        node: Any = self.content
        for step in place:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def line(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest thing around it that exists."""
        node, line = self.content, 1
        for step in place:
            try:
                line, node = node.lines[step], node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return line

    def fault(self, place: Place, stod: object, vantat: str, atgard: str) -> None:
        """Note a fault at `place` in this file."""
        self.faults.add(stod, vantat, atgard, rad=self.line(place))

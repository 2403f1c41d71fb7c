"""What a YAML file says, with the line of every key and item, and what of it can't be known."""

from dataclasses import dataclass, field
from typing import Any

from reporting.faults import Faults

Place = tuple[int | str, ...]
Lines = dict[int | str, "tuple[int, Lines]"]
"""The line (from 1) of every key or item, and the lines within it."""


class Oklart:
    """Stands where the value can't be known: there is none, or it is wrong. stod: what stands there, where that is text."""

    def __init__(self, stod: object = None) -> None:
        self.stod = stod if isinstance(stod, str) else ""


@dataclass(frozen=True)
class Located:
    """A YAML file as read, with the line of every key and item.

    content: what it says, for whoever reads it to mend as they go; faults: what is found wrong in it; oklara: the places whose values
    can't be known, or may be others; ofullstandiga: the mappings that may have more keys than were read.
    """

    faults: Faults
    content: Any
    lines: Lines
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

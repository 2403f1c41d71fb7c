"""All of YAML, read and written slowly by ruamel.yaml; every fault of the text itself, with its line."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from reporting.faults import Fault
from reporting.params.yaml_fast import AGAIN, GONE, Lines, read_plain

GIVEN_UP = "enkel YAML: text, tal och listor under nycklar"
MOST_SLIPS = 50
"""So many times a text is read on after a slip."""
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VALUE = re.compile(r"(\s*(?:-\s+)*(?:[^\s:#{\[-][^:]*:\s+)?)\S.*")
"""A line's indent, dashes and key; and its value."""


@dataclass(frozen=True)
class Slip:
    """What is wrong in a text, so that it can't be read as it stands.

    text: the text without that, to be read on, or None where it can't be; is_cut: what comes after the fault has been left out.
    """

    faults: tuple[Fault, ...]
    text: str | None = None
    is_cut: bool = False


def read_on(text: str, fil: str) -> tuple[tuple[Any, Lines] | None, bool, list[Fault]]:
    """Read a YAML text and go on after its faults: ((its keys and values, their lines), whether its end had to be left out, faults).

    What stood where something is wrong is GONE, and a key that stands once more has AGAIN before it. None where nothing can be read.
    """
    faults: list[Fault] = []
    is_cut = False
    for _ in range(MOST_SLIPS):
        slip = read_plain(text) or read_whole(text, fil)
        if not isinstance(slip, Slip):
            return slip, is_cut, faults
        if slip.text is None and is_cut:  # nothing stood before the fault
            return ({}, {}), is_cut, faults
        faults += slip.faults
        if slip.text is None:
            break
        text, is_cut = slip.text, is_cut or slip.is_cut
    return None, is_cut, faults


def read_whole(text: str, fil: str) -> tuple[Any, Lines] | Slip:
    """The keys and values of a YAML file (no aliases, no repeated keys) and their lines, or what is wrong in the file `fil`."""
    lines = text.splitlines()

    def fault(line: int | None, vantat: str, atgard: str) -> Fault:
        index = min(line or 0, len(lines) - 1)
        rad, stod = (index + 1, lines[index]) if line is not None else (0, "")
        return Fault(fil, UNPRINTABLE.sub("", stod).strip(), vantat, atgard, rad=rad)

    try:
        if aliases := list(_aliases(text)):
            told = [fault(line, "värdet utskrivet på sin plats", "skriv ut det som * pekar på") for line, *_ in aliases]
            without = _edited(text, [(start, end, GONE) for _, start, end in aliases])
            return Slip(tuple(told), re.sub(r"<<(\s*:)", rf"{GONE}\1", without))
        content = YAML(pure=True).load(io.StringIO(text))
        if isinstance(content, CommentedMap):
            return _plain(content)
    except DuplicateKeyError as error:
        action = "ta bort den ena raden med samma nyckel"
        root = _composed(text)
        if found := list(_repeated_keys(root)):
            lone = [key.start_mark.line for key, _ in found if key.start_mark.line not in _torn(root)]
            again = [fault(line, "varje nyckel en gång", action) for line in lone]
            starts = [(key.start_mark.index + (text[key.start_mark.index] in "'\""), times) for key, times in found]
            return Slip(tuple(again), _edited(text, [(start, start, AGAIN * times) for start, times in starts]))
        return Slip((fault(error.problem_mark.line if error.problem_mark else None, "varje nyckel en gång", action),))
    except MarkedYAMLError as error:
        line, rest, is_cut = _rest(lines, error)
        action = "kontrollera indrag, kolon och citattecken på raden och den före"
        return Slip((fault(line, "giltig YAML", action),), rest, is_cut)
    except YAMLError:
        action = "ta bort tecken som inte syns, till exempel styrtecken"
        if wrong := [number for number, line in enumerate(text.split("\n")) if UNPRINTABLE.search(line)]:
            return Slip(tuple(fault(number, "giltig YAML", action) for number in wrong), UNPRINTABLE.sub("", text))
        return Slip((fault(None, "giltig YAML", action),))
    except RecursionError:
        return Slip((fault(None, "nycklar och värden i några få nivåer", "kontrollera klamrar och indrag"),))
    except ValueError:
        if days := [node for node in _nodes(_composed(text)) if _is_no_day(node)]:
            quotes = [(mark.index, mark.index, "'") for node in days for mark in (node.start_mark, node.end_mark)]
            return Slip((), _edited(text, quotes))  # as text; whoever wants a day there says that it is none
        return Slip((fault(None, "datum som finns i almanackan", "rätta datumen och sätt dem inom citattecken"),))
    except (NotImplementedError, AssertionError, TypeError, IndexError):
        # ruamel.yaml's own shortcomings: comments after a key whose text is on the next line, keys that are lists, a lone -_
        action = "sätt kommentarer på egna rader, och ovanliga nycklar och tal inom citattecken"
        return Slip((fault(None, GIVEN_UP, action),))
    return Slip((fault(None, "nycklar och värden", "fyll i filen efter handboken"),))


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with (start, end, what stands there instead), put in from its end."""
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _aliases(text: str) -> Iterator[tuple[int, int, int]]:
    """(line, start, end) of each alias."""
    for event in YAML(pure=True).parse(io.StringIO(text)) if "*" in text else ():
        if isinstance(event, AliasEvent):
            yield event.start_mark.line, event.start_mark.index, event.end_mark.index


def _composed(text: str) -> Node:
    node: Node = YAML(pure=True).compose(io.StringIO(text))
    return node


def _nodes(node: Node) -> Iterator[Node]:
    """A node and all within it."""
    yield node
    if not isinstance(node, ScalarNode):
        for item in node.value:
            for inner in item if isinstance(item, tuple) else (item,):
                yield from _nodes(inner)


def _repeated_keys(root: Node) -> Iterator[tuple[Node, int]]:
    """Every key that stands in its mapping already, with how many times."""
    for node in _nodes(root):
        seen: Counter[tuple[str, str]] = Counter()
        for key, _ in node.value if isinstance(node, MappingNode) else ():
            name = (str(key.tag), str(key.value))
            if seen[name]:
                yield key, seen[name]
            seen[name] += 1


def _torn(root: Node) -> set[int]:
    """The lines of the keys of mappings that a line has been left out of: they may be of two."""
    return {
        key.start_mark.line
        for node in _nodes(root)
        if isinstance(node, MappingNode) and any(GONE in str(key.value) for key, _ in node.value)
        for key, _ in node.value
    }


def _is_no_day(node: Node) -> bool:
    """Whether it is written as a day, and there is none such."""
    if not isinstance(node, ScalarNode) or not str(node.tag).endswith(":timestamp"):
        return False
    try:
        date(*map(int, re.findall(r"\d+", node.value)[:3]))
    except ValueError:
        return True
    return len(node.value) > len("2024-12-31")  # then it is the time of day


def _rest(lines: Sequence[str], error: MarkedYAMLError) -> tuple[int, str, bool]:
    """(the line of the fault, the text without it, whether the end of the text had to go too).

    Where the text can be read on once a line's value, or the line, is left out, the fault is there; else what stands before it is what
    can be read.
    """
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
    first = min(marks[0], len(lines) - 1)
    unclosed = next((n for n, line in enumerate(lines[: first + 1]) if line.count('"') % 2), first)
    found: list[tuple[float, int, str]] = []
    for line, instead in _without((first, *marks[1:], first - 1, unclosed), lines):
        rest = "\n".join([*lines[:line], instead, *lines[line + 1 :], ""])
        found.append((_stops(rest), line, rest))
        if found[-1][0] == inf:
            break
    stops, line, rest = max(found, key=lambda item: item[0], default=(-1, 0, ""))
    if stops > marks[0] + 1:  # what comes at once is the same fault
        return line, rest, False
    for end in (first, first - 1, first - 2, *marks[1:]):
        rest = "\n".join([*lines[: max(end, 0)], ""])
        if _stops(rest) == inf:
            return first, rest, True
    return first, "", True


def _without(numbers: Sequence[int], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each of the lines without its value; then without its key too, set in as it is or as the lines around it."""
    numbers = [n for n in dict.fromkeys(numbers) if n >= 0 and not lines[n].lstrip().startswith(("---", "...", "<<"))]
    numbers = [n for n in numbers if GONE not in lines[n]]
    for n in numbers:
        if value := _VALUE.fullmatch(lines[n]):
            yield n, value[1] + GONE
    for n in numbers:
        own, before, after = (_indent(lines[m]) if 0 <= m < len(lines) else "" for m in (n, n - 1, n + 1))
        if after.find("-") > len(lines[n]) - len(lines[n].lstrip()):
            continue  # the list that comes would be another key's
        yield n, f"{own}{GONE}{n}: {GONE}"
        if "-" in after:
            yield n, f"{after}{GONE}"
        elif before.replace("-", " ") == after and "-" not in own:
            yield n, f"{after}{GONE}{n}: {GONE}"


def _indent(line: str) -> str:
    """What a line begins with, dashes included."""
    return line[: len(line) - len(line.lstrip(" -"))]


def _stops(text: str) -> float:
    """The line where the reading of a text stops; beyond all lines where it goes to the end."""
    try:
        _composed(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    except (YAMLError, RecursionError, NotImplementedError, AssertionError, TypeError, IndexError, ValueError):
        return inf
    return inf


def _plain(node: Any) -> tuple[Any, Lines]:
    """What ruamel.yaml read without its wrappers, and the lines within it."""
    lines: Lines = {}
    if isinstance(node, Mapping):
        keys = {}
        for key, value in node.items():
            keys[key], below = _plain(value)
            # a key that comes by a merge (<<) has no line of its own
            if isinstance(node, CommentedMap) and key in (node.lc.data or ()):
                lines[key] = node.lc.key(key)[0] + 1, below
        return keys, lines
    if isinstance(node, Sequence) and not isinstance(node, str):
        items = []
        for number, value in enumerate(node):
            item, below = _plain(value)
            items.append(item)
            if isinstance(node, CommentedSeq) and node.lc.data:
                lines[number] = node.lc.item(number)[0] + 1, below
        return items, lines
    return node, lines


def yaml_text(content: Mapping[str, object]) -> str:
    """Keys and values as the text of a YAML file."""
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(dict(content), out)
    return out.getvalue()

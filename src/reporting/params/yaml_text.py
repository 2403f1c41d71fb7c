"""YAML as people write it: keys, values and their lines out of a text, each fault of the text itself with its line; and values as text.

libyaml cuts the text up; what its words stand for is said here, as YAML 1.2 has it: yes and no are words, and 012 is 12.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf
from typing import Any

import yaml

from reporting.characters import cleaned
from reporting.faults import Faults
from reporting.params.located import Items, Keys, Located, Oklart, Place

Told = list[tuple[int, str, str]]
"""(line from 0, what was expected, how to mend it)."""

GONE = "\uf8fe"
"""What is put in a text instead of what can't be read: a character that nobody writes."""
DEPTH, MOST_SLIPS = 100, 50
"""How deep lists and keys may lie in each other, and how many times a text is read on after a slip."""
GIVEN_UP = "enkel YAML: text, tal och listor under nycklar"
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")
_OTHER_ENDS = re.compile("[\x80-\x9f\u2028\u2029]")
"""What libyaml takes for the end of a line, and no editor does; and what no text has, which is told already."""
_VALUE = re.compile(r"(\s*(?:-\s+)*(?:[^\s:#{\[-][^:]*:\s+)?)\S.*")
"""A line's indent, dashes and key; and its value."""
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]{1,40}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _NotPlainError(Exception):
    """The text is YAML, but more than we read of it."""


@dataclass(frozen=True)
class _Found:
    """What is found while a text is read, besides what it says.

    take: which value is read of a key that stands again; slips: the lines of which something couldn't be read; told: what is wrong in the
    text besides its form; times: how many times more than once keys stand in their mapping; oklara, ofullstandiga: as in Located.
    """

    take: int
    slips: frozenset[int]
    told: Told = field(default_factory=list)
    times: set[int] = field(default_factory=lambda: {0})
    oklara: set[Place] = field(default_factory=set)
    ofullstandiga: set[Place] = field(default_factory=set)


def read_on(text: str, faults: Faults) -> list[Located]:
    """Read a YAML text and go on after its slips: the file as it is with the first value of every key that stands more than once, with
    the second, and so on; none where nothing can be read. What is wrong in the text itself is put in `faults`.
    """
    text = cleaned(text)
    for rad, written in enumerate(_LINE_ENDS.sub("\n", text).split("\n"), start=1):
        faults.unreadable(written, "rätta raden, eller hämta den på nytt ur det som den kommer från", rad=rad)
    before = len(faults.found)
    text = _OTHER_ENDS.sub(" ", _LINE_ENDS.sub("\n", text))
    is_cut = False
    for _ in range(MOST_SLIPS):
        lines = text.removesuffix("\n").split("\n")

        def tell(line: int, vantat: str, atgard: str, lines: Sequence[str] = lines) -> None:
            index = min(line, len(lines) - 1)
            faults.add(UNPRINTABLE.sub("", lines[index]).strip(), vantat, atgard, rad=index + 1)

        slips = frozenset(fault.rad for fault in faults.found[before:])
        try:
            content, found = _read(text, 0, slips)
            for fault in sorted(found.told):
                tell(*fault)
            if isinstance(content, dict):
                read = [(content, found), *(_read(text, take, slips) for take in range(1, max(found.times) + 1))]
                return [_located(faults, *reading, is_cut=is_cut) for reading in read]
            wanted, action = "nycklar och värden", "fyll i filen efter handboken"
        except yaml.MarkedYAMLError as error:
            line, text, ends = _rest(lines, error)
            tell(line, "giltig YAML", "kontrollera indrag, kolon och citattecken på raden och den före")
            is_cut |= ends
            continue
        except yaml.YAMLError:
            wanted, action = "giltig YAML", "ta bort tecken som inte syns, till exempel styrtecken"
            if wrong := [number for number, line in enumerate(lines) if UNPRINTABLE.search(line)]:
                for number in wrong:
                    tell(number, wanted, action)
                text = UNPRINTABLE.sub("", text)
                continue
        except RecursionError:
            wanted, action = "nycklar och värden i några få nivåer", "kontrollera klamrar och indrag"
        except _NotPlainError:
            wanted = GIVEN_UP
            action = "sätt kommentarer på egna rader, och ovanliga nycklar och tal inom citattecken"
        if is_cut:  # nothing stood before the fault
            return [Located(faults, Keys(), ofullstandiga={()})]
        faults.add("", wanted, action)
        break
    return []


def _read(text: str, take: int, slips: frozenset[int]) -> tuple[Any, _Found]:
    """What a text says, and what else is found. Raises YAMLError, RecursionError and _NotPlainError."""
    content: Any = None
    found = _Found(take, slips)
    events = _events(text)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            content = _node(event, events, (), found)
    return content, found


def _located(faults: Faults, content: Any, found: _Found, *, is_cut: bool) -> Located:
    """A reading; of a text whose end was left out with what that may have gone on with: the last key, the list that it is in, and so on
    outwards."""
    located = Located(faults, content, found.oklara, found.ofullstandiga)
    node = content
    place: Place = ()
    while is_cut and isinstance(node, dict | list):
        if isinstance(node, dict):
            located.ofullstandiga.add(place)
        if not node:
            break
        last = list(node)[-1] if isinstance(node, dict) else len(node) - 1
        if node[last] is None:
            node[last] = Oklart()
        node, place = node[last], (*place, last)
        located.oklara.add(place)
    return located


def _events(text: str) -> Iterator[yaml.Event]:
    """The parts of a text, as libyaml cuts it. Raises YAMLError; a second document is an error."""
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        yield event


def _node(event: yaml.Event, events: Iterator[yaml.Event], place: Place, found: _Found) -> Any:
    """What begins with `event`."""
    if isinstance(event, yaml.AliasEvent):
        found.told.append((event.start_mark.line, "värdet utskrivet på sin plats", "skriv ut det som * pekar på"))
    if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.ScalarEvent) and event.value == GONE):
        found.oklara.add(place)
        return Oklart()
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if len(place) > DEPTH:
        raise RecursionError
    if isinstance(event, yaml.SequenceStartEvent):
        items = Items()
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            items.append(_node(item, events, (*place, len(items)), found))
            items.lines.append(item.start_mark.line + 1)
        return items
    return _keys(events, place, found)


def _keys(events: Iterator[yaml.Event], place: Place, found: _Found) -> Keys:
    """The keys of a mapping that has begun."""
    keys = Keys()
    times: Counter[int | str] = Counter()
    again: Told = []
    for item in events:
        if isinstance(item, yaml.MappingEndEvent):
            break
        key = _node(item, events, (*place, GONE), found)
        if isinstance(key, list | dict):
            raise _NotPlainError
        name = GONE if isinstance(key, Oklart) else key if type(key) is int else str(item.value)
        line, before, count = item.start_mark.line + 1, len(found.told), times[name]
        is_taken = count <= found.take
        here = found if is_taken else replace(found, oklara=set(), ofullstandiga=set())
        content = _node(next(events), events, (*place, name), here)
        if GONE in str(name) or (name == "<<" and len(found.told) > before):  # << brings what an alias stands for
            found.ofullstandiga.add(place)
            found.oklara.add(place[:-1])  # what is left may be of two items
            continue
        times[name] += 1
        if count:
            again.append((line - 1, "varje nyckel en gång", "ta bort den ena raden med samma nyckel"))
            found.times.add(count)
        is_lost = content is None and line + 1 in found.slips
        if count or is_lost:
            found.oklara.add((*place, name))
        if is_taken:
            keys[name], keys.lines[name] = Oklart() if is_lost else content, line
    if place not in found.ofullstandiga:  # of a mapping that a line has been left out of: it may be of two
        found.told.extend(again)
    return keys


def _scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar. A day that there isn't is text; whoever wants a day there says that it is none."""
    text: str = event.value
    if not event.implicit[0]:  # in quotes, a block, or with a tag
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0].isalpha():
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else text
    except ValueError:
        return text


def _rest(lines: Sequence[str], error: yaml.MarkedYAMLError) -> tuple[int, str, bool]:
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
    numbers = [n for n in dict.fromkeys(numbers) if 0 <= n < len(lines) and GONE not in lines[n]]
    numbers = [n for n in numbers if not lines[n].lstrip().startswith(("---", "...", "<<"))]
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
        for _ in _events(text):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return float(mark.line) if mark else 0
    except yaml.YAMLError:
        pass
    return inf


class _Written(yaml.SafeDumper):  # type: ignore[misc]
    """Lists set in below their key; what would be read as a number is in quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


_Written.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+.0123456789"))


def yaml_text(content: Mapping[str, object]) -> str:
    """Keys and values as the text of a YAML file."""
    return str(yaml.dump(dict(content), Dumper=_Written, allow_unicode=True, sort_keys=False, width=120))

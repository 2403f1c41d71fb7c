"""Plain YAML, as nearly all params are, read fast; whatever isn't quite plain is left to yaml_full.

libyaml reads in C, thirty times faster than ruamel.yaml in Python, but its messages are others, and so are its readings of
odd texts (it follows YAML 1.1). So it is trusted only with what both read alike, which a test holds them to.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

Lines = dict[int | str, "tuple[int, Lines]"]
"""The line (from 1) of every key or item, and the lines within it."""

GONE, AGAIN = "\uf8fe", "\uf8fd"
"""What stands in a text instead of a value that can't be read, and before a key that stood in its mapping already: characters that
nobody writes."""
DEPTH = 30

# Of this the two make different things: tabs, control characters and odd line breaks; directives and documents; no space before a
# comment after | or >, or between the colon after a quoted key and its value; a block with spaces alone on a line.
_UNUSUAL = re.compile(
    r"[^\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
    r"|^(?:%|---|\.\.\.)|[|>][-+0-9]*#|['\"]\s*:\S",
    re.MULTILINE,
)
_BLOCK = re.compile(r"[|>][-+0-9]* *(?:#.*)?\r?$", re.MULTILINE)
_BLANK = re.compile(r"^ +\r?$", re.MULTILINE)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What may be a number or a time in some other way of writing, or a key with a meaning of its own.
_ODD = re.compile(
    r"[-+]?(?:[0-9_.]*(?:e[-+]?[0-9_]*)?|0[box][0-9a-f_]*|\.(?:inf|nan))|[0-9]{4}-[0-9]{1,2}-[0-9].*|<<|=",
    re.IGNORECASE | re.DOTALL,
)


class _NotPlainError(Exception):
    """Something that yaml_full has to read."""


def read_plain(text: str) -> tuple[dict[int | str, Any], Lines] | None:
    """The keys and values of a YAML file, and their lines; None where the text isn't plain, or has faults."""
    if not yaml.__with_libyaml__ or _UNUSUAL.search(text) or (_BLANK.search(text) and _BLOCK.search(text)):
        return None
    events = yaml.parse(text, Loader=yaml.CBaseLoader)
    try:
        next(events)  # the stream
        next(events)  # the document
        content, lines = _node(next(events), events, 0)
        next(events)
        if not isinstance(next(events), yaml.StreamEndEvent):
            return None
    except (_NotPlainError, yaml.YAMLError, StopIteration):  # StopIteration: nothing but comments
        return None
    return (content, lines) if isinstance(content, dict) else None


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> tuple[Any, Lines]:
    """What begins with `event`, and the lines within it."""
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event), {}
    if not isinstance(event, yaml.CollectionStartEvent) or event.anchor or event.tag or depth > DEPTH:
        raise _NotPlainError
    lines: Lines = {}
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            content, below = _node(item, events, depth + 1)
            lines[len(items)] = item.start_mark.line + 1, below
            items.append(content)
        return items, lines
    keys: dict[int | str, Any] = {}
    for item in events:
        if isinstance(item, yaml.MappingEndEvent):
            break
        key = _scalar(item) if isinstance(item, yaml.ScalarEvent) else None
        if (type(key) is not str and type(key) is not int) or key in keys:
            raise _NotPlainError
        keys[key], below = _node(next(events), events, depth + 1)
        lines[key] = item.start_mark.line + 1, below
    return keys, lines


def _scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar, as YAML 1.2 has it."""
    text: str = event.value
    if event.anchor or event.tag:
        raise _NotPlainError
    if not event.implicit[0]:  # in quotes, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0].isalpha():
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _NotPlainError from None
    if _ODD.fullmatch(text):
        raise _NotPlainError
    return text

"""Which parts of its input a chapter was seen to use, and the checksum of a part."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

EVERYTHING = "allt"
"""Used by a chapter that may have looked anywhere: it went through a folder, or read other input than it was given."""

_used: set[str] = set()


def note(part: str) -> None:
    """A part has been used in this process."""
    _used.add(part)


def used() -> list[str]:
    """Every part that has been used in this process."""
    return sorted(_used)


Memo = dict[int, tuple[object, str]]
"""id → the value (kept, so that the id stays its own) and its checksum."""


def digest(value: object, memo: Memo) -> str:
    """The checksum of what a value says: the same for equal values, whichever process made them.

    Raises TypeError for a kind of value that it doesn't know, rather than leave something out. memo: remembers what is shared.
    """
    if id(value) not in memo:
        memo[id(value)] = (value, hashlib.sha256(_content(value, memo).encode()).hexdigest()[:16])
    return memo[id(value)][1]


def _content(value: Any, memo: Memo) -> str:
    kind = type(value).__name__
    if value is None or isinstance(value, str | int | Decimal | date | float):
        return f"{kind} {value!r}"
    if isinstance(value, PurePath):
        return f"path {value.as_posix()}"
    if isinstance(value, BaseModel):
        return f"{kind} {value.model_dump_json()}"
    if is_dataclass(value):
        parts = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, tuple | list):
        parts = list(value)
    elif isinstance(value, dict):
        parts = [item for pair in value.items() for item in pair]
    elif isinstance(value, set | frozenset):
        parts = sorted(value, key=repr)
    else:
        raise TypeError(kind)
    return f"{kind} {' '.join(digest(part, memo) for part in parts)}"

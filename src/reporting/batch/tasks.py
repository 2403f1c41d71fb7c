"""What a crew is asked to do, and what comes back. Light to import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reporting.batch.jobs import Job
from reporting.batch.records import Sidinnehall
from reporting.warm.limits import Limits


@dataclass(frozen=True)
class Gjort:
    """A chapter as it came out. orsak: why it couldn't be made, in Swedish, "" where it could; titel: its first heading;
    text: the executed notebook's file; html: the chapter on the page; tables: its tables as values (html.Html);
    noted: files that it was given besides its input → checksum
    (used_files), none of a kernel of its own, which can't tell."""

    orsak: str
    titel: str
    text: str = ""
    html: str = ""
    tables: Sequence[Mapping[str, Any]] = ()
    noted: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Korsatt:
    """How chapters are run. karna: in a kernel of its own, the ordinary way, instead of the warm engine; limits: what one chapter
    may take; program: the checksum of the program that asks (another on a worker's machine would make other pages)."""

    karna: bool
    limits: Limits
    program: str


@dataclass(frozen=True)
class Arbete:
    """What a crew is asked to do. Each may run in another process or on another machine, and writes nothing.

    params: (root, period) → nämnd → its params, pickled; lasning: (root, period, nämnd, its params) → its Lasning, pickled; kapitel: (Job,
    such readings) → Gjort; sida: as page.page_content.
    """

    params: Callable[[str, str], dict[str, bytes]]
    lasning: Callable[[str, str, str, bytes], bytes]
    kapitel: Callable[[Job, list[bytes]], Gjort]
    sida: Callable[..., Sidinnehall | None]

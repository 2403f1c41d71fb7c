"""The publications at a destination: which there are, which one is live, what each holds.

index.html               the start page, the only file that is ever changed; it says which publication is live
v/0008/                  publication 8, whole, never changed
v/0008/start.html        what index.html is while 8 is live
v/0008/publicering.json  its manifest, written last: a folder without one is no publication
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reporting.publish.address import DeliveryError
from reporting.publish.destination import Destination

INDEX, VERSIONS, START, MANIFEST = "index.html", "v", "start.html", "publicering.json"
Files = Mapping[str, tuple[str, int]]
"""Paths relative to a folder, with forward slashes; of each the SHA-256 as hex and the size in bytes."""

_LIVE = re.compile(rb'<meta name="nr-publicering" content="(\d{1,9})"')


@dataclass(frozen=True)
class Version:
    """One publication. tid: when it was made; vem, dator: by whom, on which computer; program: its version.

    ersatter: the number that was live before it, None for the first; filer: of its own folder; adresser: the permanent addresses that
    came with it; start: the checksum and size of its start page.
    """

    number: int
    tid: datetime
    vem: str
    dator: str
    program: str
    ersatter: int | None
    filer: Files = field(repr=False)
    adresser: Files = field(repr=False)
    start: tuple[str, int]
    live: bool = False


def folder_of(number: int) -> str:
    """Where a publication lies: v/0008."""
    return f"{VERSIONS}/{number:04d}"


def checksum(content: bytes) -> tuple[str, int]:
    """The SHA-256 of a content as hex, and its size in bytes."""
    return hashlib.sha256(content).hexdigest(), len(content)


def live_number(destination: Destination) -> int | None:
    """The number of the live publication; None where index.html is missing or doesn't say."""
    found = _LIVE.search(destination.read(INDEX) or b"")
    return int(found[1]) if found else None


def numbered(destination: Destination) -> dict[int, bool]:
    """The numbers for which there are folders, in order, and of each whether it is a publication."""
    numbers = sorted(
        int(name) for name, size in destination.entries(VERSIONS).items() if size is None and name.isdigit()
    )
    return {number: MANIFEST in destination.entries(folder_of(number)) for number in numbers}


def read_version(destination: Destination, number: int, *, live: bool = False) -> Version | None:
    """A publication's manifest; None where there is no such publication. Raises DeliveryError for one that can't be read."""
    content = destination.read(f"{folder_of(number)}/{MANIFEST}")
    if content is None:
        return None
    try:
        said = json.loads(content)
        return Version(
            number=number,
            tid=datetime.fromisoformat(said["tid"]),
            vem=str(said["vem"]),
            dator=str(said["dator"]),
            program=str(said["program"]),
            ersatter=said["ersatter"],
            filer=_files(said["filer"]),
            adresser=_files(said["adresser"]),
            start=_file(said["start"]),
            live=live,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DeliveryError(
            f"{destination.shown}/{folder_of(number)}/{MANIFEST} är skadad och går inte att läsa. Återställ den från en "
            "säkerhetskopia, eller gå tillbaka till en annan publicering."
        ) from None


def manifest(version: Version) -> bytes:
    """A publication's manifest, as it is written."""
    said = {
        "nummer": version.number,
        "tid": version.tid.isoformat(timespec="seconds"),
        **{key: getattr(version, key) for key in ("vem", "dator", "program", "ersatter", "start")},
        "filer": dict(sorted(version.filer.items())),
        "adresser": dict(sorted(version.adresser.items())),
    }
    return (json.dumps(said, ensure_ascii=False, indent=0) + "\n").encode()


def versions(destination: Destination) -> list[Version]:
    """All publications that are there, in order of their numbers. Raises DeliveryError."""
    live = live_number(destination)
    found = (
        read_version(destination, number, live=number == live)
        for number, whole in numbered(destination).items()
        if whole
    )
    return [version for version in found if version]


def live_version(destination: Destination) -> Version | None:
    """The live publication; None where there is none. Raises DeliveryError."""
    number = live_number(destination)
    return None if number is None else read_version(destination, number, live=True)


def read_published(destination: Destination, path: str) -> bytes | None:
    """One file of the live publication, by its path within it; None where it isn't there. Raises DeliveryError."""
    number = live_number(destination)
    return None if number is None else destination.read(f"{folder_of(number)}/{path}")


def _files(said: dict[str, Any]) -> Files:
    return {path: _file(each) for path, each in said.items()}


def _file(said: Any) -> tuple[str, int]:
    digest, size = said
    return str(digest), int(size)

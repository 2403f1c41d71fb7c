"""The publications at a destination: which there are, which one is live, what each holds, and what the next one would come to.

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
from functools import cache
from pathlib import Path
from posixpath import basename, dirname

from pydantic import TypeAdapter

from reporting.publish.address import DeliveryError
from reporting.publish.destination import PRIVATE, Destination

START_PAGE, VERSIONS, KEPT_START_PAGE, MANIFEST = "index.html", "v", "start.html", "publicering.json"
PublishedFiles = Mapping[str, tuple[str, int]]
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
    filer: PublishedFiles = field(repr=False)
    adresser: PublishedFiles = field(repr=False)
    start: tuple[str, int]
    live: bool = False


_VERSION = TypeAdapter(Version)


def folder_of(number: int) -> str:
    """Where a publication lies: v/0008."""
    return f"{VERSIONS}/{number:04d}"


def content_checksum(content: bytes) -> tuple[str, int]:
    """The SHA-256 of a content as hex, and its size in bytes."""
    return hashlib.sha256(content).hexdigest(), len(content)


def live_number(destination: Destination) -> int | None:
    """The number of the live publication; None where index.html is missing or doesn't say."""
    found = _LIVE.search(destination.read(START_PAGE) or b"")
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
        return _VERSION.validate_python(json.loads(content) | {"number": number, "live": live})
    except (ValueError, TypeError):
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


def all_publications(destination: Destination) -> list[Version]:
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


@dataclass(frozen=True)
class Intended:
    """What publishing would do. number: the next publication's; live: the number that is live, None before the first.

    previous: the publication that files are taken from, the live one or else the newest. new, changed, removed, unchanged: paths within
    the site, against it. adresser: permanent addresses that aren't at the destination. bytes: of the files that have to travel.
    filer, all_adresser: everything that there is, by checksum; leftovers: numbers of folders that an interrupted publisher left behind.
    """

    number: int
    live: int | None
    previous: Version | None = field(repr=False)
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    adresser: tuple[str, ...]
    bytes: int
    filer: PublishedFiles = field(repr=False)
    all_adresser: PublishedFiles = field(repr=False)
    leftovers: tuple[int, ...] = ()

    @property
    def nothing(self) -> bool:
        """Is what is live already so?"""
        differs = self.new or self.changed or self.removed or self.adresser
        return self.live is not None and self.previous is not None and not differs


def intended(destination: Destination, sajt: Path, adresser: Path) -> Intended:
    """What publishing would do now. sajt: local folder that becomes v/NNNN; adresser: local folder of permanent addresses, relative to
    the destination's root. Raises DeliveryError where the destination can't be read, or where what is there isn't a publication.
    """
    files, addresses = _local(sajt, {KEPT_START_PAGE, MANIFEST}), _local(adresser, {START_PAGE, VERSIONS, PRIVATE})
    there = destination.exists()
    found = numbered(destination) if there else {}
    live = live_number(destination) if there else None
    whole = [number for number, is_publication in found.items() if is_publication]
    if live is None and not whole and there and destination.read(START_PAGE) is not None:
        raise DeliveryError(
            f"I {destination.shown} finns redan en {START_PAGE} som inte är härifrån. Välj en tom mapp, eller flytta undan den filen.",
            "Inget är ändrat.",
        )
    newest = live if live is not None else max(whole, default=None)
    previous = None if newest is None else read_version(destination, newest, live=live is not None)
    before: PublishedFiles = previous.filer if previous else {}
    stored, listed = set(before.values()), cache(destination.entries)
    return Intended(
        number=max([*found, live or 0])
        + 1,  # past leftovers too: a lock may be broken while its holder still writes there
        live=live,
        previous=previous,
        new=tuple(path for path in files if path not in before),
        changed=tuple(path for path in files if path in before and before[path] != files[path]),
        removed=tuple(path for path in sorted(before) if path not in files),
        unchanged=tuple(path for path in files if before.get(path) == files[path]),
        adresser=tuple(path for path in addresses if not there or basename(path) not in listed(dirname(path))),
        bytes=sum(each[1] for each in files.values() if each not in stored),
        filer=files,
        all_adresser=addresses,
        leftovers=tuple(number for number, is_publication in found.items() if not is_publication and number != live),
    )


def _local(folder: Path, reserved: set[str]) -> PublishedFiles:
    """All files below a local folder, in order of their paths. Raises ValueError where one has a name that isn't its to take."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if taken := [path for path in paths if path.split("/")[0] in reserved]:
        raise ValueError(f"reserved names: {', '.join(taken)}")
    return {path: content_checksum(paths[path].read_bytes()) for path in sorted(paths)}

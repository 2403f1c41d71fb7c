"""What a publication would come to: what is new, changed and gone since the last, and what has to travel. Nothing is touched."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reporting.publish.address import DeliveryError
from reporting.publish.destination import PRIVATE, Destination
from reporting.publish.versions import (
    INDEX,
    MANIFEST,
    START,
    VERSIONS,
    Files,
    Version,
    live_number,
    numbered,
    read_version,
)


@dataclass(frozen=True)
class Plan:
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
    filer: Files = field(repr=False)
    all_adresser: Files = field(repr=False)
    leftovers: tuple[int, ...] = ()

    @property
    def nothing(self) -> bool:
        """Is what is live already so?"""
        differs = self.new or self.changed or self.removed or self.adresser
        return self.live is not None and self.previous is not None and not differs


def plan(destination: Destination, sajt: Path, adresser: Path) -> Plan:
    """What publishing would do now. sajt: local folder that becomes v/NNNN; adresser: local folder of permanent addresses, relative to
    the destination's root. Raises DeliveryError where the destination can't be read, or where what is there isn't a publication.
    """
    files, addresses = _local(sajt, {START, MANIFEST}), _local(adresser, {INDEX, VERSIONS, PRIVATE})
    there = destination.exists()
    found = numbered(destination) if there else {}
    live = live_number(destination) if there else None
    whole = [number for number, is_publication in found.items() if is_publication]
    if live is None and not whole and there and destination.read(INDEX) is not None:
        raise DeliveryError(
            f"I {destination.shown} finns redan en {INDEX} som inte är härifrån. Välj en tom mapp, eller flytta undan den filen.",
            "Inget är ändrat.",
        )
    newest = live if live is not None else max(whole, default=None)
    previous = None if newest is None else read_version(destination, newest, live=live is not None)
    before: Files = previous.filer if previous else {}
    stored = set(before.values())
    return Plan(
        number=max([*found, live or 0])
        + 1,  # past leftovers too: a lock may be broken while its holder still writes there
        live=live,
        previous=previous,
        new=tuple(path for path in files if path not in before),
        changed=tuple(path for path in files if path in before and before[path] != files[path]),
        removed=tuple(path for path in sorted(before) if path not in files),
        unchanged=tuple(path for path in files if before.get(path) == files[path]),
        adresser=tuple(_missing(destination, addresses)) if there else tuple(addresses),
        bytes=sum(each[1] for each in files.values() if each not in stored),
        filer=files,
        all_adresser=addresses,
        leftovers=tuple(number for number, is_publication in found.items() if not is_publication and number != live),
    )


def local_checksum(path: Path) -> tuple[str, int]:
    """The SHA-256 of a local file as hex, and its size in bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


def _local(folder: Path, reserved: set[str]) -> Files:
    """All files below a local folder, in order of their paths. Raises ValueError where one has a name that isn't its to take."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if taken := [path for path in paths if path.split("/")[0] in reserved]:
        raise ValueError(f"reserved names: {', '.join(taken)}")
    return {path: local_checksum(paths[path]) for path in sorted(paths)}


def _missing(destination: Destination, addresses: Files) -> Iterator[str]:
    listed: dict[str, dict[str, int | None]] = {}
    for path in addresses:
        folder, _, name = path.rpartition("/")
        if folder not in listed:
            listed[folder] = destination.entries(folder)
        if name not in listed[folder]:
            yield path

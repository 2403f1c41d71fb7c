"""One publisher at a time at a destination: whoever comes second is told who was first, and since when.

The lock is a folder, as making one is what folders, SFTP and WebDAV all let only one of two do. Who holds it is a file in it with a
name of its own, so that of two who take over what a killed publisher left, only one takes away the same file.
"""

import json
import os
import platform
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from reporting.machine import begun, user
from reporting.publish.address import DeliveryError
from reporting.publish.destination import PRIVATE, Destination

LOCK = f"{PRIVATE}/las"
_WHO, _SECONDS = "vem-", 2.0
"""How the file's name begins; how long a lock may be without one, as it is between its first steps and its last."""


@dataclass(frozen=True)
class Holder:
    """Who holds a destination: vem, the person; dator, the computer; process, its id there; startad, when that began, in seconds since
    1970; sedan, since when it has been held, as text."""

    vem: str
    dator: str
    process: int
    startad: float
    sedan: str


@contextmanager
def lock_held(destination: Destination, *, break_lock: bool = False) -> Iterator[Callable[[], None]]:
    """Hold a destination, whose root must exist, for one publisher. Gives a function that raises DeliveryError if the lock has since
    been broken.

    break_lock: take the lock from whoever holds it. Raises DeliveryError where somebody else holds it, or where it can't be written to.
    """
    # Beforehand: a lock that doesn't say who holds it should be rare.
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    holder = Holder(user(), platform.node(), os.getpid(), begun(os.getpid()) or 0.0, now)
    who = (json.dumps(asdict(holder), ensure_ascii=False) + "\n").encode()
    destination.make_folder(PRIVATE)
    mine = f"{LOCK}/{_WHO}{uuid.uuid4().hex[:12]}.json"
    if not destination.make_folder(LOCK):
        _take_over(destination, break_lock)

    def check() -> None:
        if destination.read(mine) is None:
            raise DeliveryError(f"Någon bröt låset på {destination.shown} under publiceringen, som därför avbröts.")

    try:
        destination.replace(who, mine)
        others = [name for name in _files(destination) if f"{LOCK}/{name}" != mine]
        if others:  # each writes before it looks: of two at least one sees the other
            raise _busy(destination, _holder(destination, others[0]))
        yield check
    finally:
        with suppress(DeliveryError):  # the connection may be what was lost
            destination.remove(mine)
            destination.remove_folder(LOCK)


def _take_over(destination: Destination, break_lock: bool) -> None:
    """Makes the lock's folder free of files, or raises DeliveryError."""
    until = time.monotonic() + _SECONDS
    while True:
        if destination.make_folder(LOCK):
            return
        files = _files(destination)
        holders = {name: _holder(destination, name) for name in files}
        for name, holder in holders.items():
            if holder and not break_lock and not _dead(holder):
                raise _busy(destination, holder)
            if holder or break_lock or time.monotonic() > until:
                destination.remove(f"{LOCK}/{name}")
        if break_lock or any(holders.values()) or time.monotonic() > until:
            return
        time.sleep(0.1)


def _files(destination: Destination) -> list[str]:
    return [name for name in destination.entries(LOCK) if name.startswith(_WHO)]


def _holder(destination: Destination, name: str) -> Holder | None:
    try:
        return Holder(**json.loads(destination.read(f"{LOCK}/{name}") or b""))
    except (ValueError, TypeError):
        return None


def _dead(holder: Holder) -> bool:
    """Has the holder's process ended, on this computer? Numbers of processes are used again, so when it began counts too."""
    if holder.dator != platform.node():
        return False
    began = begun(holder.process)
    return began is None or bool(began and abs(began - holder.startad) > 2)


def _busy(destination: Destination, holder: Holder | None) -> DeliveryError:
    whom = (
        f"{holder.vem} på {holder.dator} (process {holder.process}) sedan {holder.sedan}" if holder else "någon annan"
    )
    return DeliveryError(
        f"{whom} publicerar just nu till {destination.shown}. Vänta tills det är klart, och kör igen. Om den publiceringen är "
        "avbruten: ta över med reporting publish --break-lock.",
        "Inget är ändrat.",
    )

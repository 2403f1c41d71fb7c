"""A site delivered whole or not at all, and an earlier one brought back.

Everything is put beside what is live; replacing the start page is what makes it live, at once for all its pages.
"""

import platform
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib import metadata
from pathlib import Path

from reporting.machine import user
from reporting.publish.address import UNTOUCHED, DeliveryError
from reporting.publish.destination import PART_PREFIX, PRIVATE, Destination
from reporting.publish.lock import lock_held
from reporting.publish.versions import (
    KEPT_START_PAGE,
    MANIFEST,
    START_PAGE,
    VERSIONS,
    Intended,
    Version,
    content_checksum,
    folder_of,
    intended,
    live_number,
    manifest,
    numbered,
    read_version,
)

_START_PAGE_STEP = 16_384
"""Start pages are filled up to a multiple of so many bytes. A web server that looks up the size of the old page and then opens the new
one would otherwise send a part of it, or break off: Apache does."""

Start = Callable[[int, datetime], bytes]
DeliveryProgress = Callable[[int, int], None]


def deliver(
    destination: Destination,
    sajt: Path,
    adresser: Path,
    start: Start,
    done: DeliveryProgress,
    *,
    break_lock: bool = False,
) -> Version | None:
    """Publish.

    sajt: local folder that becomes v/NNNN; adresser: local folder of permanent addresses, relative to the root; start: the bytes of
    index.html for a number and a time, with <meta name="nr-publicering" content="…">, to be padded; done: told how many files of how
    many are in place. Gives the publication; None where what is live is already so. Raises DeliveryError: what was live still is.
    """
    intended(destination, sajt, adresser)  # so that what is wrong there is told before anything is made
    if not destination.exists():
        destination.make_folder("")
    with lock_held(destination, break_lock=break_lock) as check:
        now = datetime.now().astimezone().replace(microsecond=0)
        planned = intended(destination, sajt, adresser)
        if planned.nothing:
            _sweep(destination, planned.leftovers)
            return None
        version = Version(
            number=planned.number,
            tid=now,
            vem=user(),
            dator=platform.node(),
            program=metadata.version("namndrapport"),
            ersatter=planned.live,
            filer=planned.filer,
            adresser=planned.all_adresser,
            start=content_checksum(page := padded(start(planned.number, now))),
            live=True,
        )
        destination.make_folder(VERSIONS)
        if not destination.make_folder(folder_of(planned.number)):
            raise DeliveryError(f"{destination.shown}/{folder_of(planned.number)} finns redan. Kör igen.")
        try:
            _sweep(destination, planned.leftovers)  # after: so that no number of theirs is free again
            _put_version(destination, sajt, planned, page, done)
            _make_folders(destination, planned.adresser, "")
            for path in planned.adresser:
                destination.replace((adresser / path).read_bytes(), path)
            check()
            _put_whole(destination, manifest(version), f"{folder_of(version.number)}/{MANIFEST}")
        except BaseException as error:
            _clear(destination, planned.number, check, error)
            raise
        _switch(destination, page, version.number, check)
    return version


def padded(page: bytes) -> bytes:
    """A start page filled up with newlines after its end, so that one is as long as the next."""
    return page + b"\n" * (-len(page) % _START_PAGE_STEP)


def rollback(destination: Destination, number: int | None = None, *, break_lock: bool = False) -> Version:
    """Make an earlier publication live again. number: which; None for the one before the live one. Raises DeliveryError."""
    _earlier(destination, number)  # so that nothing is made where there is nothing
    with lock_held(destination, break_lock=break_lock) as check:
        version = _earlier(destination, number)
        page = destination.read(f"{folder_of(version.number)}/{KEPT_START_PAGE}")
        there = destination.tree(folder_of(version.number))
        gone = [path for path, (_, size) in version.filer.items() if there.get(path) != size]
        if page is None or content_checksum(page) != version.start or gone:
            raise DeliveryError(
                f"Publicering {version.number} är inte hel längre: {', '.join(gone[:3]) or KEPT_START_PAGE} saknas eller är ändrad. "
                "Välj en annan publicering, eller återställ filerna från en säkerhetskopia."
            )
        _switch(destination, page, version.number, check)
    return replace(version, live=True)


def _earlier(destination: Destination, number: int | None) -> Version:
    live = live_number(destination)
    known = [each for each, is_publication in numbered(destination).items() if is_publication]
    which = f"Det finns {', '.join(map(str, known))}." if known else "Det finns ingen publicering där."
    if number is None:
        current = None if live is None else read_version(destination, live)
        if current is None:
            raise DeliveryError(
                f"Det syns inte vilken publicering som gäller på {destination.shown}. {which} Välj en av dem."
            )
        if current.ersatter is None:
            raise DeliveryError(f"Publicering {live} är den första: det finns ingen före den att gå tillbaka till.")
        number = current.ersatter
    version = read_version(destination, number)
    if version is None:
        raise DeliveryError(f"Publicering {number} finns inte på {destination.shown}. {which}")
    return version


def _sweep(destination: Destination, leftovers: Iterable[int]) -> None:
    """Take away what an interrupted publisher left behind. Only while the lock is held."""
    for number in leftovers:
        destination.remove(folder_of(number))
    for name in destination.entries(PRIVATE):
        if name.startswith(PART_PREFIX):
            destination.remove(f"{PRIVATE}/{name}")


def _clear(destination: Destination, number: int, check: Callable[[], None], error: BaseException) -> None:
    """Take away what was put there in vain: a full disk gets its room back. Where it can't be done, it is swept the next time."""
    try:
        check()
    except DeliveryError as broken:
        if isinstance(error, DeliveryError):
            raise broken from error  # whoever broke the lock has swept what was on its way
        return
    with suppress(DeliveryError):
        destination.remove(folder_of(number))


def _put_version(destination: Destination, sajt: Path, planned: Intended, page: bytes, done: DeliveryProgress) -> None:
    """Everything of a publication but its manifest."""
    folder = folder_of(planned.number)
    _make_folders(destination, planned.filer, f"{folder}/")
    stored: dict[tuple[str, int], str] = {}  # where files of the previous publication lie, those of the right size
    if planned.previous:
        old_folder = folder_of(planned.previous.number)
        sizes, files = destination.tree(old_folder), planned.previous.filer
        stored = {stamp: f"{old_folder}/{path}" for path, stamp in files.items() if sizes.get(path) == stamp[1]}
    for count, (path, stamp) in enumerate(planned.filer.items(), 1):
        old = stored.get(stamp)
        if not (old and _whole(destination, old, stamp) and destination.link(old, f"{folder}/{path}")):
            destination.send(sajt / path, f"{folder}/{path}")
        done(count, len(planned.filer))
    _put_whole(destination, page, f"{folder}/{KEPT_START_PAGE}")
    there = destination.tree(folder)
    for path, stamp in planned.filer.items():
        if there.get(path) != stamp[1] or not _whole(destination, f"{folder}/{path}", stamp):
            raise DeliveryError(
                f"{destination.shown}/{folder}/{path} kom inte fram hel: {there.get(path, 0)} byte av {stamp[1]}, eller fel "
                "innehåll. Kontrollera utrymmet och att ingen ändrar filerna, och kör igen."
            )


def _make_folders(destination: Destination, paths: Iterable[str], below: str) -> None:
    for folder in sorted({parent.as_posix() for path in paths for parent in Path(path).parents} - {"."}):
        destination.make_folder(f"{below}{folder}")


def _whole(destination: Destination, path: str, stamp: tuple[str, int]) -> bool:
    """Is a file what it should be? Read again where that costs next to nothing; elsewhere its size has been looked at."""
    if not destination.rereads:
        return True
    content = destination.read(path)
    return content is not None and content_checksum(content) == stamp


def _put_whole(destination: Destination, content: bytes, path: str) -> None:
    destination.replace(content, path)
    if destination.read(path) != content:
        raise DeliveryError(f"{destination.shown}/{path} blev inte som den skulle. Kontrollera utrymmet, och kör igen.")


def _switch(destination: Destination, page: bytes, number: int, check: Callable[[], None]) -> None:
    """The one moment at which a publication becomes live."""
    check()
    try:
        _put_whole(destination, page, START_PAGE)
    except DeliveryError as error:
        try:
            became = f"Publicering {number} gäller ändå." if live_number(destination) == number else UNTOUCHED
        except DeliveryError:
            became = f"Det går inte att se om publicering {number} hann börja gälla: öppna startsidan, eller kör igen."
        raise DeliveryError(error.what, became) from error

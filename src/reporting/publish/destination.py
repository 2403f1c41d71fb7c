"""The place to publish in, whatever its kind: paths relative to its root, errors as DeliveryError."""

import errno
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from reporting.machine import not_installed
from reporting.publish.address import FOLDER_KIND, SFTP_KIND, Address, DeliveryError, Ways, parse_address

PRIVATE = ".publicering"
"""Folder at the root for what isn't published: the lock, and files on their way."""
PART_PREFIX = "ny-"
"""How the names of files on their way begin."""
_Missing = TypeVar("_Missing")


class Destination:
    """A place to publish in. All paths are relative to its root, with forward slashes. Every method raises DeliveryError."""

    def __init__(self, address: Address, ways: Ways) -> None:
        self.shown = address.shown
        self.rereads = ways.rereads
        self._address, self._ways, self._fs = address, ways, ways.fs

    def exists(self) -> bool:
        """Is the root there? Raises DeliveryError too where it is a file."""
        info = self._asked("", self._fs.info, None)
        if info and info["type"] == "file":
            raise DeliveryError(f"{self.shown} är en fil. Där ska vara en mapp.")
        return info is not None

    def read(self, path: str) -> bytes | None:
        """A file's content; None where there is none."""
        return self._asked(path, self._fs.cat_file, None)

    def entries(self, path: str) -> dict[str, int | None]:
        """What lies in a folder: names, and sizes in bytes of files, None for folders. Empty where there is no folder."""
        listed: list[dict[str, Any]] = self._asked(path, lambda at: self._fs.ls(at, detail=True), [])
        return {
            each["name"].rstrip("/").rsplit("/", 1)[-1]: None if each["type"] == "directory" else each["size"]
            for each in listed
        }

    def tree(self, path: str) -> dict[str, int]:
        """All files below a folder: paths relative to it, and sizes in bytes."""
        found: dict[str, int] = {}
        for name, size in self.entries(path).items():
            if size is None:
                found |= {f"{name}/{below}": each for below, each in self.tree(f"{path}/{name}").items()}
            else:
                found[name] = size
        return found

    def make_folder(self, path: str) -> bool:
        """Make a folder in one that is there; False where it is there already. Of two that try at once one gets True."""
        with self._failing(path):
            try:
                self._fs.mkdir(self._at(path), create_parents=False)
            except FileExistsError:
                return False
            except self._ways.errors:
                if self._fs.exists(self._at(path)):  # all that SFTP says is "Failure"
                    return False
                raise
            return True

    def send(self, local: Path, path: str) -> None:
        """A local file to a path where nothing is."""
        with self._failing(path):
            self._ways.send(local, self._at(path))

    def link(self, old: str, new: str) -> bool:
        """A file that is there to one more path, without its bytes travelling; False where that can't be done."""
        with self._failing(new):
            return self._ways.link(self._at(old), self._at(new))

    def replace(self, content: bytes, path: str) -> None:
        """A file's whole content at once, new or not: nobody ever reads half of it, or misses it."""
        with self._failing(path):
            self._ways.replace(content, self._at(path), self._at(f"{PRIVATE}/{PART_PREFIX}{uuid.uuid4().hex[:12]}"))

    def remove(self, path: str) -> None:
        """Take away a file, or a folder with all that is in it, if it is there."""
        self._asked(path, lambda at: self._fs.rm(at, recursive=True), None)

    def remove_folder(self, path: str) -> None:
        """Take away a folder, if it is there. Raises DeliveryError too where it isn't empty."""
        self._asked(path, self._fs.rmdir, None)

    def __enter__(self) -> "Destination":
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ways.close()

    def _at(self, path: str) -> str:
        return "/".join(part for part in (self._ways.root, path) if part)

    def _asked(self, path: str, ask: Callable[[str], Any], missing: _Missing) -> Any | _Missing:
        """What comes of asking about a path; `missing` where nothing is there."""
        with self._failing(path):
            try:
                return ask(self._at(path))
            except FileNotFoundError:
                return missing

    @contextmanager
    def _failing(self, path: str) -> Iterator[None]:
        try:
            yield
        except self._ways.errors as error:
            raise DeliveryError(self._ways.told(error) or _told(error, self._address, path)) from error


def open_destination(url: str, password: str = "") -> Destination:
    """A place to publish in. Nothing is made there. password: for SFTP and WebDAV; "" for SFTP means the user's own keys.

    Raises DeliveryError where the address won't do, the server doesn't answer, isn't known, or doesn't let the user in.
    """
    address = parse_address(url)
    ways = _ways(address, password)
    try:
        destination = Destination(address, ways)
        destination.exists()
    except DeliveryError:
        ways.close()
        raise
    return destination


def _ways(address: Address, password: str) -> Ways:
    if address.kind == FOLDER_KIND:
        from reporting.publish.folder import folder_ways  # late, all three: they take long to import

        return folder_ways(address)
    try:
        if address.kind != SFTP_KIND:
            from reporting.publish.webdav import webdav_ways

            return webdav_ways(address, password)
        from reporting.publish import sftp
    except ModuleNotFoundError as error:
        raise DeliveryError(not_installed("server", "Att publicera med SFTP eller WebDAV")) from error
    try:
        return sftp.sftp_ways(address, password)
    except sftp.SFTP_ERRORS as error:
        raise DeliveryError(sftp.sftp_error(error, address) or _told(error, address, "")) from error


def _told(error: Exception, address: Address, path: str) -> str:
    """What is told of an OSError, whatever the kind of place."""
    place = f"{address.shown}/{path}" if path else address.shown
    match error:
        case TimeoutError() | socket.timeout():
            return f"{address.where or address.shown} svarade inte i tid. Kontrollera nätet, och kör igen."
        case FileNotFoundError():
            return f"{place} finns inte, eller mappen ovanför saknas. Kontrollera adressen, eller skapa mappen ovanför."
        case NotADirectoryError():
            return f"{place} går inte att nå: något på vägen dit är en fil och ingen mapp."
        case OSError(errno=errno.EACCES | errno.EPERM | errno.EROFS):
            return f"Du får inte läsa eller skriva {place}. Be den som äger mappen om rätt att skriva där."
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return f"Disken eller utrymmet är fullt: {place} kunde inte skrivas. Frigör plats, och kör igen."
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"{place} kunde inte läsas eller skrivas: {why}."

"""Where a site is to be published: a folder, sftp:// or webdav(s)://, as somebody wrote it; what is told of one that won't do; and what
each kind does in its own way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER_KIND, SFTP_KIND, WEBDAV_KIND = "mapp", "sftp", "webdav"
UNTOUCHED = "Det som är publicerat är inte ändrat."
_KINDS = (
    "Skriv en mapp, sftp://användare@server/mapp, webdavs://användare@server/mapp eller webdav://användare@server/mapp."
)


class DeliveryError(Exception):
    """A publication that could not be made, read or brought back. Its text is for people: what happened, and how to mend it.

    what: the same without what has become of that which was published before.
    """

    def __init__(self, what: str, outcome: str = UNTOUCHED) -> None:
        super().__init__(f"{what} {outcome}".strip())
        self.what = what


@dataclass(frozen=True)
class Address:
    """Where to publish. kind: FOLDER, SFTP or WEBDAV; path: of the folder, on its server; shown: as in messages; secure: whether https.

    user: "" where none is written; port: 0 for the usual one.
    """

    kind: str
    path: str
    shown: str
    host: str = ""
    port: int = 0
    user: str = ""
    secure: bool = False

    @property
    def where(self) -> str:
        """Host and port as in messages."""
        return f"{self.host}, port {self.port}" if self.port else self.host


@dataclass(frozen=True)
class Ways:
    """The operations that differ between a folder, SFTP and WebDAV. All paths are the server's own.

    fs: its fsspec file system; root: the folder's path; errors: the exceptions it may raise; told: the Swedish message for one of them, or
    ""; close: ends the connection; rereads: whether reading a file again costs next to nothing.

    send: a local file to a path where nothing is; link: a file that is there to one more path without its bytes travelling, False where
    that can't be; replace: a file's whole content at once, given its path and one beside it that may be used on the way.
    """

    fs: Any
    root: str
    errors: tuple[type[Exception], ...]
    told: Callable[[Exception], str]
    send: Callable[[Path, str], object]
    link: Callable[[str, str], bool]
    replace: Callable[[bytes, str, str], object]
    close: Callable[[], object]
    rereads: bool = False


def parse_address(text: str) -> Address:
    """An address as it was written. Raises DeliveryError for one that isn't any kind known here, or that holds a password."""
    text = text.strip()
    if not text:
        raise DeliveryError(f"Det står inte vart det ska publiceras. {_KINDS}")
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://|(sftp|webdavs?|https?|file):", text, re.IGNORECASE)
    if not scheme:  # C:\sidor has a single letter before its colon
        return Address(FOLDER_KIND, text, text)
    name = (scheme[1] or scheme[2]).lower()
    if name not in ("sftp", "webdav", "webdavs"):
        meant = f" Menade du webdav{name[4:]}://?" if name in ("http", "https") else ""
        raise DeliveryError(f"Det går inte att publicera på «{name}:».{meant} {_KINDS}")
    return _served(name, text)


def _served(scheme: str, text: str) -> Address:
    try:
        parts = urlsplit(text)
        port = parts.port or 0
    except ValueError:
        raise DeliveryError(f"Adressen går inte att läsa. {_KINDS}") from None
    if parts.password is not None:
        raise DeliveryError(
            "Det står ett lösenord i adressen. Ta bort det, så att ingen annan läser det: "
            f"{scheme}://{parts.username}@{parts.hostname}{parts.path}. Lösenordet ges för sig. Byt det om adressen har sparats."
        )
    if not parts.hostname or not text.lower().startswith(f"{scheme}://"):
        raise DeliveryError(f"Det saknas en server i «{text}». {_KINDS}")
    if parts.query or parts.fragment:
        raise DeliveryError(f"Adressen «{text}» får inte innehålla ? eller #. {_KINDS}")
    path = unquote(parts.path).rstrip("/")
    if scheme == "sftp" and not path:
        raise DeliveryError(f"Det saknas en mapp i «{text}». {_KINDS}")
    kind = SFTP_KIND if scheme == "sftp" else WEBDAV_KIND
    return Address(
        kind=kind,
        path=path,
        shown=text,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        secure=scheme == "webdavs",
    )

"""A folder on a WebDAV server as the place to publish in."""

import re
import ssl
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx
from webdav4.client import (
    ClientError,
    ForbiddenOperation,
    HTTPError,
    InsufficientStorage,
    ResourceLocked,
    ResourceNotFound,
)
from webdav4.fsspec import WebdavFileSystem
from webdav4.retry import retry

from reporting.publish.address import Address, Ways

_WEBDAV_SECONDS = 30
"""How long a server may keep silent."""


def webdav_ways(address: Address, password: str) -> Ways:
    """The Ways of a folder on a WebDAV server. The password is used where the address names a user."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    port = f":{address.port}" if address.port else ""
    # The system's certificates, among them those that an organisation has put there itself.
    fs = WebdavFileSystem(
        f"http{'s' if address.secure else ''}://{host}{port}{quote(address.path)}",
        auth=(address.user, password) if address.user else None,
        verify=ssl.create_default_context(),
        timeout=_WEBDAV_SECONDS,
        retry=_again,
        skip_instance_cache=True,
    )

    def put(content: bytes, path: str, _beside: str = "") -> None:
        # Servers put what is sent beside the old and rename it; for MOVE many delete the old first.
        _again(lambda: fs.client.request("PUT", path, content=content))

    def link(old: str, new: str) -> bool:
        try:
            fs.client.copy(old, new)
        except ClientError:
            return False
        return True

    return Ways(
        fs=fs,
        root="",  # the address itself
        errors=(OSError, ClientError, httpx.HTTPError, httpx.InvalidURL),
        told=lambda error: webdav_error(error, address),
        send=lambda local, path: put(local.read_bytes(), path),
        link=link,
        replace=put,
        close=fs.client.http.close,
    )


def _again(call: Callable[[], Any]) -> Any:
    """What a call gives. Tried again where the server is busy, or closed an idle connection just as it was used."""
    several = retry(True)
    try:
        return several(call)
    except httpx.RemoteProtocolError:
        return several(call)


def webdav_error(error: Exception, address: Address) -> str:
    """The Swedish message for an error from WebDAV; "" for one that has no message of its own."""
    where = address.where
    match error:
        case ResourceNotFound():
            return f"{address.shown} finns inte på servern, eller mappen ovanför saknas. Kontrollera adressen."
        case InsufficientStorage():
            return f"Utrymmet på {where} är fullt. Frigör plats, eller be om mer."
        case ForbiddenOperation():
            return _denied(address)
        case ResourceLocked():
            return f"{where} säger att en fil är låst av någon annan. Vänta, och kör igen."
        case HTTPError():
            return _refused(error.status_code, address)
        case ClientError():
            return f"{where} svarade inte som väntat: {error}."
        case httpx.TimeoutException():
            return f"{where} svarade inte inom {_WEBDAV_SECONDS} s. Kontrollera adressen, och att du är på rätt nät."
        case httpx.ConnectError() if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return _certificate(str(error), where)
        case httpx.ConnectError():
            return f"{where} svarar inte. Kontrollera server och port, och att du är på rätt nät."
        case httpx.HTTPError() | httpx.InvalidURL():
            why = re.sub(r"\[Errno -?\d+\] ", "", str(error))
            return f"Förbindelsen med {where} bröts ({why}). Kontrollera server och port, och försök igen."
    return ""


def _denied(address: Address) -> str:
    return (
        f"{address.user or 'Du'} får inte skriva i {address.shown}. Be den som sköter servern om rätt att skriva där."
    )


def _refused(status: int, address: Address) -> str:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            whom = (
                f"{address.user}: fel användare eller lösenord" if address.user else "dig: skriv användaren i adressen"
            )
            return f"{address.where} släppte inte in {whom}."
        case HTTPStatus.FORBIDDEN:
            return _denied(address)
        case HTTPStatus.METHOD_NOT_ALLOWED | HTTPStatus.NOT_IMPLEMENTED:
            return f"{address.shown} tar inte emot filer med WebDAV. Kontrollera adressen."
        case HTTPStatus.CONFLICT:
            return f"Mappen ovanför {address.shown} finns inte. Kontrollera adressen, eller skapa den mappen."
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return f"{address.where} tar inte emot så stora filer. Be den som sköter servern att höja gränsen."
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"{address.shown} hänvisar till en annan adress (svar {status}). Använd den, ofta webdavs:// i stället för webdav://."
    return (
        f"{address.where} svarade med fel {status}. Försök igen om en stund, och fråga annars den som sköter servern."
    )


def _certificate(text: str, where: str) -> str:
    why = "det går inte att lita på"
    if "expired" in text:
        why = "det har gått ut"
    elif "match" in text:
        why = "det gäller ett annat namn"
    return f"Certifikatet hos {where} godtas inte: {why}. Be den som sköter servern att förnya eller rätta det."

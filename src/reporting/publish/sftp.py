"""A folder on an SSH server as the place to publish in. Only servers whose keys are known are spoken to."""

import logging
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem
from paramiko.sftp import CMD_EXTENDED
from paramiko.ssh_exception import NoValidConnectionsError

from reporting.publish.address import Address, DeliveryError, Ways

_SFTP_SECONDS = 20
"""How long a server may keep silent while a connection is made; three times as long afterwards."""
_USUAL_PORT = 22

logging.getLogger("paramiko").addHandler(
    logging.NullHandler()
)  # it would show tracebacks of what is told here in words


SFTP_ERRORS: tuple[type[Exception], ...] = (OSError, EOFError, paramiko.SSHException)


def sftp_ways(address: Address, password: str) -> Ways:
    """The Ways of a folder on an SFTP server, connected. password: "" for the user's own keys. Raises one of SFTP_ERRORS where it can't
    connect."""
    fs = _KnownHostsOnly(
        address.host,
        skip_instance_cache=True,
        host_key_policy=_Unknown(address),
        port=address.port or _USUAL_PORT,
        username=address.user or None,
        password=password or None,
        **dict.fromkeys(("timeout", "banner_timeout", "auth_timeout", "channel_timeout"), _SFTP_SECONDS),
    )
    ftp = fs.ftp
    ftp.get_channel().settimeout(3 * _SFTP_SECONDS)

    def link(old: str, new: str) -> bool:
        try:
            ftp._request(CMD_EXTENDED, "hardlink@openssh.com", old, new)
        except OSError:
            return False
        return True

    def replace(content: bytes, path: str, beside: str) -> None:
        try:
            with ftp.open(beside, "wb") as new:
                new.write(content)
            ftp.posix_rename(beside, path)
        except OSError:
            with suppress(OSError):
                ftp.remove(beside)
            raise

    return Ways(
        fs=fs,
        root=address.path,
        errors=SFTP_ERRORS,
        told=lambda error: sftp_error(error, address),
        send=lambda local, path: ftp.put(str(local), path, confirm=False),  # all sizes are looked at afterwards
        link=link,
        replace=replace,
        close=fs.client.close,
    )


class _Unknown(paramiko.MissingHostKeyPolicy):  # type: ignore[misc] # paramiko has no types
    """Refuses a server that isn't in known_hosts, and says how it gets there."""

    def __init__(self, address: Address) -> None:
        self.address = address

    def missing_host_key(self, _client: object, _hostname: str, key: Any) -> None:
        raise DeliveryError(
            f"Servern {self.address.where} är okänd för den här datorn. Dess nyckel är {_shown(key)}. Fråga den som sköter "
            f"servern om det stämmer. Lägg i så fall till nyckeln med: {_scan(self.address)}."
        )


class _KnownHostsOnly(SFTPFileSystem):  # type: ignore[misc] # fsspec has no types
    """fsspec's own begins with no known hosts at all: these are loaded before it connects, so that a known kind of key is asked for."""

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(self.host_key_policy)
        try:
            for path in (Path("/etc/ssh/ssh_known_hosts"), known_hosts()):
                if path.is_file():
                    self.client.load_system_host_keys(str(path))
            self.client.connect(self.host, **self.ssh_kwargs)
            self.ftp = self.client.open_sftp()
        except BaseException:
            self.client.close()  # otherwise its thread lives on
            raise


def known_hosts() -> Path:
    """Where a user keeps the keys of known servers."""
    return Path("~/.ssh/known_hosts").expanduser()


def sftp_error(error: Exception, address: Address) -> str:
    """The Swedish message for an error from SSH; "" for one that has no message of its own."""
    where = address.where
    match error:
        case paramiko.BadHostKeyException():
            name = f"[{address.host}]:{address.port}" if address.port not in (0, _USUAL_PORT) else address.host
            return (
                f"Servern {where} visar en annan nyckel än förut, {_shown(error.key)} i stället för {_shown(error.expected_key)}. "
                "Det kan vara någon annan som utger sig för att vara den. Fråga den som sköter servern om nyckeln är bytt. Ta i så "
                f'fall bort den gamla med: ssh-keygen -R "{name}", och lägg till den nya med: {_scan(address)}.'
            )
        case paramiko.PasswordRequiredException():
            return f"Din SSH-nyckel är skyddad med en lösenfras. Lägg den i ssh-agent med: ssh-add. {where} släppte inte in dig."
        case paramiko.AuthenticationException():
            return f"{where} släppte inte in {address.user or 'dig'}: fel användare, nyckel eller lösenord."
        case NoValidConnectionsError():
            return f"{where} svarar inte. Kontrollera server och port, och att du är på rätt nät."
        case socket.gaierror():
            return f"Servern {address.host} hittas inte. Kontrollera stavningen, och att du är på rätt nät."
        case paramiko.SSHException() if "No authentication methods" in str(error):
            return f"{where} släppte inte in dig: det finns ingen nyckel i ~/.ssh eller ssh-agent, och inget lösenord gavs."
        case paramiko.SSHException() | EOFError():
            return f"Förbindelsen med {where} bröts eller kom inte till stånd ({error}). Kontrollera server och port, och försök igen."
        case OSError(args=[str() as text]) if text.startswith("Failure"):  # all that SFTP says of most faults
            return f"{where} kunde inte skriva filen. Oftast är disken eller utrymmet full."
    return ""


def _shown(key: Any) -> str:
    return f"{key.get_name()} {key.fingerprint}"


def _scan(address: Address) -> str:
    port = f"-p {address.port} " if address.port not in (0, _USUAL_PORT) else ""
    return f"ssh-keyscan {port}{address.host} >> {known_hosts()}"

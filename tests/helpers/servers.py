"""Real servers on free ports of this computer, as ordinary processes: OpenSSH, and Apache with mod_dav."""

import base64
import getpass
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

USER, PASSWORD = "redaktör", "hemligt ord"


@dataclass(frozen=True)
class Place:
    """A place to publish in. folder: what lies behind it; read: where readers find it, a folder or an address; log: of requests;
    home: what is HOME for whoever publishes there."""

    kind: str
    url: str
    password: str
    folder: Path
    read: str
    log: Path
    home: Path


@dataclass(frozen=True)
class Server:
    """port: on 127.0.0.1; folder: where what it serves lies; log: of requests; home: for clients, with keys and known hosts."""

    port: int
    folder: Path
    log: Path
    home: Path


def needed(program: str) -> str:
    """Where a program is. A laptop may do without the test; the pipeline may not."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{program} is missing")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, errors: Path) -> Iterator[None]:
    """A server from when it answers until it is stopped."""
    with errors.open("ab") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, errors.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            raise AssertionError(errors.read_text(encoding="utf-8"))
        yield
    finally:
        process.terminate()
        process.wait(20)


def made_key(path: Path) -> str:
    """A new key, its private half at path; the public half as a line."""
    subprocess.run([needed("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return " ".join(path.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])


@contextmanager
def sshd(*, read_only: bool = False) -> Iterator[Server]:
    """OpenSSH for the user who runs the tests, with a key of its own, known to home."""
    program = needed("sshd")
    with tempfile.TemporaryDirectory(prefix="sshd-") as made:
        folder, port = Path(made), free_port()
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        for name in ("home/.ssh", "served"):
            (folder / name).mkdir(parents=True)
        host = made_key(folder / "host")
        (folder / "allowed").write_text(made_key(folder / "home" / ".ssh" / "id_ed25519") + "\n", encoding="utf-8")
        known = folder / "home" / ".ssh" / "known_hosts"
        known.write_text(f"[127.0.0.1]:{port} {host}\n", encoding="utf-8")
        subprocess.run([needed("ssh-keygen"), "-q", "-H", "-f", str(known)], check=True, capture_output=True)  # hashed
        lines = (
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/allowed",
            "PermitRootLogin prohibit-password\nPasswordAuthentication yes\nUsePAM no\nStrictModes no",
            f"PidFile {folder}/pid\nSubsystem sftp internal-sftp{' -R' if read_only else ''}\nMaxStartups 100\n",
        )
        (folder / "conf").write_text("\n".join(lines), encoding="utf-8")
        with running([program, "-D", "-e", "-f", str(folder / "conf")], port, folder / "errors"):
            yield Server(port, folder / "served", folder / "errors", folder / "home")


MODULES = "mpm_event authn_core authn_file authz_core authz_user auth_basic dav dav_fs mime"
APACHE = """
ServerName localhost
ServerRoot {folder}
Listen 127.0.0.1:{port}
{modules}
{user}
ServerLimit 2
StartServers 2
ThreadsPerChild 32
MaxRequestWorkers 64
MinSpareThreads 1
MaxSpareThreads 64
PidFile {folder}/pid
ErrorLog {folder}/errors
LogFormat "%m %U %s" short
CustomLog {folder}/log short
DavLockDB {folder}/locks/db
TypesConfig /dev/null
DocumentRoot {folder}/served
KeepAliveTimeout 30
MaxKeepAliveRequests 0
<Directory {folder}/served>
    Dav On
    AuthType Basic
    AuthName publicering
    AuthUserFile {folder}/users
    <LimitExcept GET HEAD>
        Require valid-user
    </LimitExcept>
</Directory>
<Location /stangd>
    Require all denied
</Location>
<Location /trangt>
    LimitRequestBody 10
</Location>
"""


@contextmanager
def apache() -> Iterator[Server]:
    """Apache with mod_dav. Reading is free to all, writing to USER with PASSWORD."""
    program = needed("apache2")
    with tempfile.TemporaryDirectory(prefix="apache-") as made:
        folder, port = Path(made), free_port()
        folder.chmod(0o755)
        for name in ("served", "locks", "home"):
            (folder / name).mkdir()
        as_root = os.geteuid() == 0
        if as_root:
            shutil.chown(folder / "served", "www-data")
            shutil.chown(folder / "locks", "www-data")
        digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()  # noqa: S324 - a form that Apache knows
        (folder / "users").write_text(f"{USER}:{{SHA}}{digest}\n", encoding="utf-8")
        modules = "\n".join(
            f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES.split()
        )
        user = "User www-data\nGroup www-data" if as_root else ""
        conf = APACHE.format(folder=folder, port=port, modules=modules, user=user)
        (folder / "conf").write_text(conf, encoding="utf-8")
        with running([program, "-DFOREGROUND", "-f", str(folder / "conf")], port, folder / "errors"):
            yield Server(port, folder / "served", folder / "log", folder / "home")


def place_in(kind: str, name: str, servers: dict[str, Server], folder: Path) -> Place:
    """A place of its own. folder: for those that are folders."""
    if kind == "mapp":
        (folder / "home").mkdir()
        return Place(kind, str(folder / name), "", folder / name, str(folder / name), folder / "log", folder / "home")
    server = servers[kind]
    path = server.folder / name
    if kind == "sftp":
        url = f"sftp://{getpass.getuser()}@127.0.0.1:{server.port}{path}"
        return Place(kind, url, "", path, str(path), server.log, server.home)
    address = f"127.0.0.1:{server.port}/{name}"
    return Place(kind, f"webdav://{USER}@{address}", PASSWORD, path, f"http://{address}", server.log, server.home)

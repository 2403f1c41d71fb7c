"""A folder as the place to publish in: on this computer, or shared by a server."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from fsspec.implementations.local import LocalFileSystem

from reporting.publish.address import Address, Ways

_PATIENCE = 20
"""Times that a file which somebody has open is tried again on Windows, 0.1 s apart."""


def folder_ways(address: Address) -> Ways:
    """The Ways of a folder on this computer or a mapped drive."""
    return Ways(
        fs=LocalFileSystem(skip_instance_cache=True),
        root=Path(os.path.abspath(Path(address.path).expanduser())).as_posix(),  # noqa: PTH100 - no links followed
        errors=(OSError,),
        told=lambda _error: "",
        send=shutil.copyfile,
        link=_link,
        replace=_replace,
        close=lambda: None,
        rereads=True,
    )


def _link(old: str, new: str) -> bool:
    try:
        os.link(old, new)
    except OSError:  # a share without hard links, or a file that has as many as it may
        shutil.copyfile(old, new)
    return True


def _replace(content: bytes, path: str, beside: str) -> None:
    new = Path(beside)
    try:
        new.write_bytes(content)
        for _ in range(_PATIENCE if os.name == "nt" else 0):  # Windows refuses to while somebody reads it
            with suppress(PermissionError):
                new.replace(path)
                return
            time.sleep(0.1)
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)

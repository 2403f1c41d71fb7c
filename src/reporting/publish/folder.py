"""A folder as the place to publish in: on this computer, or shared by a server."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from fsspec.implementations.local import LocalFileSystem

from reporting.publish.address import Address

_PATIENCE = 20
"""Times that a file which somebody has open is tried again on Windows, 0.1 s apart."""


class FolderWays:
    """What a folder does in its own way. fs: its fsspec file system; root: its path, absolute."""

    errors: tuple[type[Exception], ...] = (OSError,)
    rereads = True

    def __init__(self, address: Address) -> None:
        self.fs: Any = LocalFileSystem(skip_instance_cache=True)
        self.root = Path(os.path.abspath(Path(address.path).expanduser())).as_posix()  # noqa: PTH100 - no links followed

    def send(self, local: Path, path: str) -> None:
        """A local file to a path where nothing is."""
        shutil.copyfile(local, path)

    def link(self, old: str, new: str) -> bool:
        """The same file at one more path, without its bytes travelling; False where it can't be."""
        try:
            os.link(old, new)
        except OSError:  # a share without hard links, or a file that has as many as it may
            shutil.copyfile(old, new)
        return True

    def replace(self, content: bytes, path: str, beside: str) -> None:
        """A file's whole content at once. beside: a path of its own on the same disk, which is gone afterwards."""
        new = Path(beside)
        try:
            new.write_bytes(content)
            _patiently(lambda: new.replace(path))
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def told(self, _error: Exception, /) -> str:
        """Nothing besides what is told of any OSError."""
        return ""

    def close(self) -> None:
        """Nothing to close."""


def _patiently(act: Callable[[], object]) -> None:
    # Windows refuses to replace a file while somebody reads it.
    for _ in range(_PATIENCE if os.name == "nt" else 0):
        try:
            act()
        except PermissionError:
            time.sleep(0.1)
        else:
            return
    act()

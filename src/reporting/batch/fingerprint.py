"""Which program made a chapter: the package's own code and the libraries that a page's bytes depend on."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

LIBRARIES = ("namndrapport", "papermill", "nbconvert", "ipython", "pandas", "matplotlib", "openpyxl", "markdown-it-py")


@cache
def versions() -> dict[str, str]:
    """Python's version and that of each library in LIBRARIES."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


@cache
def fingerprint() -> str:
    """One checksum for the versions and the package's own files: another where a chapter might come out otherwise."""
    digest = hashlib.sha256(repr(versions()).encode())
    for name, content in sorted(_sources(files("reporting"), "")):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            found += _sources(item, f"{above}{item.name}/")
        elif item.is_file():
            found.append((above + item.name, item.read_bytes()))
    return found

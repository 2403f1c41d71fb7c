"""What a file or a notebook says, as a checksum: the same again means that nothing of it has changed.

Files that a chapter was made of besides its nämnd's own input are noted here with theirs: a plain list, kept with the chapter.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reporting.files import file_bytes

Checksum = Callable[[Path], str]
"""A file's checksum; what asks for many gives one that remembers (functools.cache)."""

UNREADABLE = "går inte att läsa"

LEFT_BY_A_RUN = ("outputs", "execution_count", "id")
"""What is in a notebook's cells besides what people write there."""
LEFT_IN_METADATA = ("execution", "ExecuteTime", "papermill", "collapsed", "scrolled", "trusted")
"""What programs put into a cell's metadata when it is run or looked at."""


def checksum_of(path: Path) -> str:
    """The sha256 of a file's bytes, or of the names in a folder; UNREADABLE where there is none, or another program keeps it closed."""
    try:
        if path.is_dir():
            return hashlib.sha256("\n".join(sorted(item.name for item in path.iterdir())).encode()).hexdigest()
        return hashlib.sha256(file_bytes(path)).hexdigest()
    except OSError:
        return UNREADABLE


def notebook_checksum(path: Path) -> str:
    """The sha256 of what people have written in a notebook: its cells, without what running and saving it leaves there. Of the file's
    bytes where it is no notebook."""
    try:
        notebook = json.loads(file_bytes(path))
        said = [_written(cell) for cell in notebook["cells"]]
        language = notebook.get("metadata", {}).get("kernelspec", {}).get("language", "python")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return checksum_of(path)
    return hashlib.sha256(json.dumps([language, said], sort_keys=True).encode()).hexdigest()


def _written(cell: dict[str, Any]) -> dict[str, Any]:
    source, metadata = cell["source"], cell.get("metadata", {})
    return {
        **{name: value for name, value in cell.items() if name not in LEFT_BY_A_RUN},
        "source": source if isinstance(source, str) else "".join(source),
        "metadata": {name: value for name, value in metadata.items() if name not in LEFT_IN_METADATA},
    }


_noted: dict[Path, str] = {}


def note_file(path: Path) -> Path:
    """Note that the chapter that runs in this process is made of this file, before it is read; the path comes back.

    A folder can be noted too: then the chapter is made again when a file comes to it or is taken away.
    """
    if path not in _noted:
        _noted[path] = checksum_of(path)
    return path


def noted_checksums() -> dict[str, str]:
    """The whole path of every noted file → its checksum when it was noted."""
    return {str(path.absolute()): checksum for path, checksum in _noted.items()}

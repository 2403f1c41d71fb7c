"""Files that take long to make, made again only where what they are made of has changed."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reporting.program import fingerprint
from reporting.whole_files import write_whole

INDEX = "gjort.json"


@dataclass
class Kept:
    """A folder of such files. before: file → checksum of what it was made of; wanted: the same, of those that were asked for."""

    folder: Path
    before: dict[str, str]
    wanted: dict[str, str] = field(default_factory=dict)

    def file(self, name: str, of: bytes, make: Callable[[Path], None]) -> Path:
        """The file, made by `make` at the path that it is given, unless it is there and made of the same. of: what it is made of."""
        path = self.folder / name
        key = hashlib.sha256(fingerprint().encode() + of).hexdigest()
        if self.before.get(name) != key or not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path)
        self.wanted[name] = key
        return path


@contextmanager
def kept(folder: Path) -> Iterator[Kept]:
    """The folder's files; when the block ends well, those that nobody asked for are taken away."""
    index = folder / INDEX
    try:
        before = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    files = Kept(folder, before if isinstance(before, dict) else {})
    yield files
    for name in set(files.before) - set(files.wanted):
        (folder / name).unlink(missing_ok=True)
    write_whole(index, json.dumps(files.wanted, ensure_ascii=False, indent=0))

"""Files that take long to make, made again only where what they are made of has changed."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reporting.batch.manifests import fingerprint
from reporting.files import write_whole

CACHE_INDEX = "gjort.json"


@dataclass
class Kept:
    """A folder of files that are kept between runs.

    before: file → checksum of it, and of what it was made of, from the last run; wanted: file → checksum of what it is made of, for
    those that this run has asked about.
    """

    folder: Path
    before: dict[str, str]
    wanted: dict[str, str] = field(default_factory=dict)

    def lacks(self, name: str, of: bytes) -> bool:
        """Whether the file has to be made, since it isn't there as it was made, or was made of something else. It is kept from now on.
        of: what it is made of."""
        key = hashlib.sha256(fingerprint().encode() + of).hexdigest()
        self.wanted[name] = key
        return not self.before.get(name) or self.before[name] != _sealed(key, self.path(name))

    def path(self, name: str) -> Path:
        """Where the file lies."""
        return self.folder / name


def _sealed(key: str, path: Path) -> str:
    """A checksum of the file as it lies there and of what it was made of, "" where it doesn't lie there."""
    return hashlib.sha256(key.encode() + path.read_bytes()).hexdigest() if path.is_file() else ""


@contextmanager
def kept_files(folder: Path) -> Iterator[Kept]:
    """Open a folder of kept files. When the block ends, the files that it asked about (Kept.lacks) must be there; all others are
    removed."""
    index = folder / CACHE_INDEX
    try:
        before = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    files = Kept(folder, before if isinstance(before, dict) else {})
    yield files
    for name in set(files.before) - set(files.wanted):
        if ".." not in Path(name).parts and not Path(name).is_absolute():
            (folder / name).unlink(missing_ok=True)
    made = {name: _sealed(key, files.path(name)) for name, key in files.wanted.items()}
    write_whole(index, json.dumps(made, ensure_ascii=False, indent=0))

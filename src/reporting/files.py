"""Files written so that nobody ever reads half of one."""

import os
import threading
from pathlib import Path


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file, whole or not at all. Text becomes UTF-8 with its newlines as they are. The folder is made where it is missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)

"""What a chapter opened besides the input that it was given: its own files become things that it depends on."""

import os
import sys
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from reporting import used_parts

_opened: set[str] = set()


def follow_files() -> None:
    """Note, from now on, every file that this process opens for reading, and every folder that it lists. Can't be undone: for a
    process that runs one chapter and ends."""
    passed_over = _not_the_chapters()

    def noting(event: str, details: tuple[Any, ...]) -> None:
        if event not in ("open", "os.listdir", "os.scandir") or not isinstance(details[0], str | os.PathLike):
            return
        if event == "open" and _writes(*details[1:]):
            return
        if event != "open" and sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
            return  # where Python looks for a module; the module itself is opened
        path = os.path.abspath(os.fspath(details[0]))  # noqa: PTH100 - an audit hook must not open anything itself
        if isinstance(path, str) and not path.startswith(passed_over):
            _opened.add(path)

    sys.addaudithook(noting)


def _writes(mode: str | None, flags: int) -> bool:
    return bool(set(mode or "") & set("wax")) or bool(flags & (os.O_WRONLY | os.O_CREAT))


def _not_the_chapters() -> tuple[str, ...]:
    """Where Python, its libraries, this package and the system keep their own files."""
    places = [sys.prefix, sys.base_prefix, Path(__file__).parent, os.environ.get("SYSTEMROOT", "")]
    places += ["/proc", "/sys", "/dev", "/usr", "/etc", "/lib", *Path.home().glob(".*"), Path.home() / "AppData"]
    return tuple(str(place).rstrip(os.sep) + os.sep for place in places if str(place))


def seen() -> tuple[list[str], list[str]]:
    """(every part of its input that the chapter used, every other file and folder that it opened)."""
    opened = {_source(path) for path in list(_opened)}
    return used_parts.used(), sorted(path for path in opened if Path(path).exists())


def _source(path: str) -> str:
    """The module that a compiled file is made from; other files are themselves."""
    try:
        return source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path

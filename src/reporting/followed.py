"""What a chapter opened besides the input that it was given: its own files become things that it depends on."""

import os
import stat
import sys
from collections.abc import Callable
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from reporting import used_parts

Mark = tuple[int, ...]
"""When a file was changed and its size; nothing where it isn't to be held against that."""

_opened: dict[str, Mark] = {}
_written: set[str] = set()
_root: list[Path] = []


def follow_files(root: str) -> None:
    """Note, from now on, every file that this process opens for reading, every folder that it lists, and what it asks for in the root
    that isn't there. Can't be undone: for a process that runs one chapter and ends."""
    passed_over = _not_the_chapters()
    _root.append(Path(root))
    real_stat = os.stat

    def note(named: str | os.PathLike[str]) -> None:
        path = os.path.abspath(os.fspath(named))  # noqa: PTH100 - an audit hook must not open anything itself
        if isinstance(path, str) and not path.startswith(passed_over) and path not in _opened:
            _opened[path] = mark_of(path, real_stat)

    def asking(path: Any, *args: Any, **how: Any) -> os.stat_result:
        try:
            return real_stat(path, *args, **how)
        except FileNotFoundError:
            if isinstance(path, str | os.PathLike):
                note(path)
            raise

    os.stat = asking  # Python tells no hook of it, and Path.exists comes to this

    def noting(event: str, details: tuple[Any, ...]) -> None:
        if event not in ("open", "os.listdir", "os.scandir", "sqlite3.connect") or not isinstance(
            details[0], str | os.PathLike
        ):
            return
        if event == "open" and _writes(*details[1:]):
            _written.add(os.path.abspath(os.fspath(details[0])))  # noqa: PTH100
            return
        if event != "open" and sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
            return  # where Python looks for a module; the module itself is opened
        note(details[0])

    sys.addaudithook(noting)


def mark_of(path: str, ask: Callable[..., os.stat_result] = os.stat) -> Mark:
    """A file's mark as it is now; nothing for a folder and for what isn't there."""
    try:
        found = ask(path)
    except (OSError, ValueError):
        return ()
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else ()


def _writes(mode: str | None, flags: int) -> bool:
    return bool(set(mode or "") & set("wax")) or bool(flags & (os.O_WRONLY | os.O_CREAT))


def _not_the_chapters() -> tuple[str, ...]:
    """Where Python, its libraries, this package and the system keep their own files."""
    places = [sys.prefix, sys.base_prefix, Path(__file__).parent, os.environ.get("SYSTEMROOT", "")]
    places += ["/proc", "/sys", "/dev", "/usr", "/etc", "/lib", *Path.home().glob(".*"), Path.home() / "AppData"]
    return tuple(str(place).rstrip(os.sep) + os.sep for place in places if str(place))


def seen() -> tuple[list[str], dict[str, Mark]]:
    """(every part of its input that the chapter used, every other file and folder that it opened, or asked for in the root, and its
    mark when it first did; none for what it wrote itself)."""
    found = {}
    for path, mark in sorted(_opened.copy().items()):
        source = _source(path)
        if Path(source).exists() or any(Path(source).is_relative_to(root) for root in _root):
            found[source] = mark if source == path and path not in _written else ()
    return used_parts.used(), found


def _source(path: str) -> str:
    """The module that a compiled file is made from; other files are themselves."""
    try:
        return source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path

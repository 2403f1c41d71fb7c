"""Files written so that nobody ever reads half of one, and text files read whatever program saved them."""

import os
import re
import stat
import threading
from pathlib import Path

from reporting.characters import cleaned

BOM = "\ufeff"
"""How Excel knows a text file as UTF-8."""
UTF_8 = re.compile(rb"[\xc3\xc5][\x80-\xbf]")
"""What å, ä, ö, é and š are in UTF-8."""

_ODD_SIGN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no name should have: signs that steer a terminal or turn the line around, and what isn't UTF-8."""


def writable(name: str) -> str:
    """A name, or a line, with a � for each sign that could play tricks on whatever shows it, or can't be written."""
    return _ODD_SIGN.sub("\ufffd", name)


def printable(text: str) -> str:
    """The text, made writable line by line."""
    return "\n".join(map(writable, text.splitlines()))


def file_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError where there is none; and where a pipe or a device has its name, since that may never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(f"{path} is no file")
    return path.read_bytes()


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file, whole or not at all. Text becomes UTF-8 with its newlines as they are. The folder is made where it is missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def as_kept(path: Path) -> Path:
    """The path as its folders keep it: on a Mac å may be two signs, which elsewhere are another name. As it is where none is there."""
    if path.exists() or str(path).isascii():
        return path
    folder, name = as_kept(path.parent), cleaned(path.name)
    there = folder.iterdir() if folder.is_dir() else ()
    return next((other for other in there if cleaned(other.name) == name), folder / path.name)


def decoded(raw: bytes) -> tuple[str | None, int]:
    """(the text, the first line that isn't UTF-8 or 0). Bytes that are no UTF-8 anywhere are Windows-1252, so that what else is wrong in
    the text can be told at once; the text is None where that can't be said either."""
    try:
        return raw.decode(), 0
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None, line
    is_macs = re.search("[ŒŠš]", text) and not re.search("[åäöÅÄÖ]", text)
    return (None if is_macs or UTF_8.search(raw) else text), line

"""The files besides the nämnd's own input that a chapter was made of: a plain list, kept with the chapter."""

from pathlib import Path

from reporting.checksums import checksum_of

_noted: dict[Path, str] = {}


def note_file(path: Path) -> Path:
    """Note that the chapter that runs in this process is made of this file, before it is read; the path comes back.

    A folder can be noted too: then the chapter is made again when a file comes to it or is taken away.
    """
    if path not in _noted:
        _noted[path] = checksum_of(path)
    return path


def noted_files() -> list[Path]:
    """Every file that has been noted in this process, in the order in which it first was."""
    return list(_noted)


def noted_checksums() -> dict[str, str]:
    """The whole path of every noted file → its checksum when it was noted."""
    return {str(path.absolute()): checksum for path, checksum in _noted.items()}

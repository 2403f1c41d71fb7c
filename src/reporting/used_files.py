"""The files besides the nämnd's own input that a chapter was made of: a plain list, kept with the chapter."""

from pathlib import Path

_noted: dict[Path, None] = {}


def note_file(path: Path) -> Path:
    """Note that the chapter that runs in this process is made of this file; the path comes back."""
    _noted[path] = None
    return path


def noted_files() -> list[Path]:
    """Every file that has been noted in this process, in the order in which it first was."""
    return list(_noted)

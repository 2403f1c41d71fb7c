"""What each finished chapter was made of, kept beside it; a chapter is made again only where something of that has changed."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reporting.batch.inputs import stamp_differences, stamp_of_chapter
from reporting.batch.jobs import Job
from reporting.checksums import UNREADABLE, Checksum, checksum_of, notebook_checksum
from reporting.files import write_whole
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period

NEVER, FAILED = "är inte gjort", "kunde inte göras förra gången"
LIBRARIES = ("namndrapport", "papermill", "nbconvert", "ipython", "pandas", "matplotlib", "openpyxl", "markdown-it-py")
"""The libraries that a page's bytes depend on."""
Key = tuple[str, str]
"""(period, nämnd): one reading."""


@dataclass(frozen=True)
class Manifest:
    """How a chapter was last made.

    titel: its heading; orsak: why it failed, "" where it didn't; anteckningsbok: the notebook's checksum; gjord: that of the executed
    one; program: what made it; parametrar: its parameters; filer: every file that a chapter may be made of (inputs.stamp_of_chapter);
    noted: the files that it was given besides (note_file), relative to the root where they lie in it → checksum; sekunder: how long
    it took; html: the chapter as it stands on the page; tables: its tables as values (html.Html); stderr: what its cells wrote that
    isn't for the page (streams.stderr_lines).
    """

    kapitel: str
    titel: str
    orsak: str
    anteckningsbok: str
    gjord: str
    program: str
    parametrar: dict[str, str]
    filer: dict[str, str]
    noted: dict[str, str]
    sekunder: float
    html: str
    tables: Sequence[Mapping[str, Any]]
    stderr: Sequence[str] = ()


def read_manifest(job: Job) -> Manifest | None:
    """The chapter's manifest; None where there is none, or none that this program can read."""
    try:
        content = json.loads(job.manifest.read_text(encoding="utf-8"))
        return Manifest(**content)
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(job: Job, manifest: Manifest) -> None:
    """Write a chapter's manifest to disk, whole or not at all. Done last of all for a chapter, since it says that the rest is there."""
    write_whole(job.manifest, json.dumps(asdict(manifest), ensure_ascii=False, indent=0) + "\n")


@dataclass(frozen=True)
class Standing:
    """How one job of a run stands: how it was last made, why it has to be made again (nothing where it hasn't), its notebook's checksum
    and the files as they are (before anything is read, so that what changes meanwhile is seen next time), and whose input it needs."""

    job: Job
    manifest: Manifest | None
    why: tuple[str, ...]
    anteckningsbok: str
    stamp: dict[str, str]
    needs: tuple[Key, ...]


def look_over(root: Root, jobs: Iterable[Job], namnder: Mapping[str, Sequence[str]]) -> list[Standing]:
    """Find out which jobs have to be done: a Standing for each, from its manifest and the files as they are now. Each file is read once.

    namnder: period → the ids of its nämnder.
    """
    checksum, notebook = cache(checksum_of), cache(notebook_checksum)
    stamps = cache(lambda period, whose: stamp_of_chapter(root, Period.parse(period), whose, checksum))
    found = []
    for job in jobs:
        whose = tuple(namnder[job.period]) if job.namnd == KOMMUN else (job.namnd,)
        manifest, files, written = read_manifest(job), stamps(job.period, whose), notebook(job.notebook)
        why = _reasons(job, manifest, written, files, checksum)
        found.append(Standing(job, manifest, why, written, files, tuple((job.period, namnd) for namnd in whose)))
    return found


def _reasons(
    job: Job, manifest: Manifest | None, notebook: str, stamp: Mapping[str, str], checksum: Checksum
) -> tuple[str, ...]:
    """Why a chapter has to be made again, in Swedish; nothing where all is as it was.

    notebook, stamp: checksums.notebook_checksum and inputs.stamp_of_chapter as they are now.
    """
    if manifest is None:
        return (NEVER,)
    if manifest.orsak:
        return (FAILED,)
    found = []
    if manifest.anteckningsbok != notebook:
        found.append(f"notebooks/{job.notebook.name} ändrad")
    if manifest.program != fingerprint():
        found.append("programmet ändrat")
    if manifest.parametrar | {"root": ""} != job.parameters | {"root": ""}:  # wherever it lies on this computer
        found.append("parametrarna ändrade")
    if manifest.gjord != checksum(job.target):
        found.append(f"{job.target.name} borttagen eller ändrad i outputs")
    root = Path(job.parameters["root"])
    before = {name: known for name, known in manifest.noted.items() if known != UNREADABLE}
    now = {name: checksum(root / name) for name in manifest.noted if (root / name).exists()}
    return tuple(dict.fromkeys((*found, *stamp_differences(manifest.filer, stamp), *stamp_differences(before, now))))


@cache
def versions() -> dict[str, str]:
    """Python's version and that of each library in LIBRARIES."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


@cache
def fingerprint() -> str:
    """A checksum of the program that makes chapters: Python, its libraries and the package's own files. It differs where a chapter might
    too."""
    digest, package = hashlib.sha256(repr(versions()).encode()), Path(__file__).parents[1]
    own = {path.relative_to(package).as_posix(): path for path in package.rglob("*") if path.is_file()}
    for name in sorted(own):
        if "__pycache__" not in name:
            digest.update(name.encode() + b"\0" + own[name].read_bytes())
    return digest.hexdigest()[:16]

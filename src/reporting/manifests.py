"""What each finished chapter was made of, kept beside it; a chapter is made again only where something of that has changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from reporting.inputs import UNREADABLE, Checksum, checksum_of, differences
from reporting.jobs import Job
from reporting.program import fingerprint
from reporting.used_parts import EVERYTHING
from reporting.whole_files import write_whole

NEVER, FAILED = "är inte gjort", "kunde inte göras förra gången"


@dataclass(frozen=True)
class Manifest:
    """How a chapter was last made.

    titel: its heading; orsak: why it failed, "" where it didn't; anteckningsbok, gjord: checksums of the notebook and of the
    executed one; program: what made it; parametrar: its parameters; filer: every file that it may have been made of (inputs.stamp);
    delar: the parts of the input that it used → checksum, None where that wasn't followed; andra: other files that it
    opened, relative to the root where they lie in it → checksum; sekunder: how long it took; html: the chapter as it stands on the page.
    """

    kapitel: str
    titel: str
    orsak: str
    anteckningsbok: str
    gjord: str
    program: str
    parametrar: dict[str, str]
    filer: dict[str, str]
    delar: dict[str, str] | None
    andra: dict[str, str]
    sekunder: float
    html: str


@dataclass(frozen=True)
class Skal:
    """Why a chapter may have to be made again. egna: reasons that decide; filer: changed files that it may not have used."""

    egna: tuple[str, ...] = ()
    filer: tuple[str, ...] = ()

    @property
    def fresh(self) -> bool:
        """True where nothing at all has changed."""
        return not self.egna and not self.filer


def read_manifest(job: Job) -> Manifest | None:
    """The chapter's manifest; None where there is none, or none that this program can read."""
    try:
        content = json.loads(job.manifest.read_text(encoding="utf-8"))
        return Manifest(**content)
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(job: Job, manifest: Manifest) -> None:
    """Write it, whole; the last thing that is done for a chapter."""
    write_whole(job.manifest, json.dumps(asdict(manifest), ensure_ascii=False, indent=0) + "\n")


def reasons(job: Job, manifest: Manifest | None, stamp: Mapping[str, str], checksum: Checksum = checksum_of) -> Skal:
    """Why a chapter may have to be made again. stamp: inputs.stamp as it is now."""
    if manifest is None:
        return Skal((NEVER,))
    if manifest.orsak:
        return Skal((FAILED,))
    egna = []
    if manifest.anteckningsbok != checksum(job.notebook):
        egna.append(f"notebooks/{job.notebook.name} ändrad")
    if manifest.program != fingerprint():
        egna.append("programmet ändrat")
    if _asked_for(manifest.parametrar) != _asked_for(job.parameters):
        egna.append("parametrarna ändrade")
    if manifest.gjord != checksum(job.target):
        egna.append(f"{job.target.name} borttagen eller ändrad i outputs")
    root = Path(job.parameters["root"])
    for name, before in manifest.andra.items():
        if before != checksum(root / name):
            egna.append(f"{name} ny" if before == UNREADABLE else f"{name} ändrad")
    filer = differences(manifest.filer, dict(stamp))
    if manifest.delar is None or EVERYTHING in manifest.delar:
        return Skal(tuple(dict.fromkeys((*egna, *filer))))
    return Skal(tuple(egna), filer)


def _asked_for(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters that a chapter is about; where the root lies on this computer isn't one."""
    return {name: value for name, value in parameters.items() if name != "root"}


def uses_changed(manifest: Manifest, delar: Mapping[str, str]) -> bool:
    """True where a part that the chapter used isn't as it was. delar: part → checksum, of a reading as the files are now."""
    return any(before != delar.get(name, "") for name, before in (manifest.delar or {}).items())

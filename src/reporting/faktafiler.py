"""The facts of every nämnd and period, kept in a file until something that they are made of changes."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from reporting.fakta import Namndfakta, fakta_of
from reporting.faults import Fault, InputFaults
from reporting.inputs import checksum_of, stamp
from reporting.params import Params, read_params
from reporting.periods import Period
from reporting.program import fingerprint
from reporting.root import Root
from reporting.underlag import las
from reporting.whole_files import write_whole

FOLDER = ".fakta"
"""Under a period's outputs: one file per nämnd."""


def read_fakta(root: Root, period: Period, params: Params, done: Callable[[], None]) -> list[Namndfakta]:
    """The facts of each nämnd of a period, in the order of its file. Raises InputFaults for the faults of all of them.

    params: of the period; done: called for each nämnd.
    """
    checksum = cache(checksum_of)
    found: list[Namndfakta] = []
    faults: list[Fault] = []
    read = None
    for namnd in params.korning.namnder:
        key = _key(stamp(root, period, [namnd], checksum))
        path = root.outputs / str(period) / FOLDER / f"{namnd}.json"
        fakta = _kept(path, key)
        if fakta is None:
            read = read or read_params(root.params, period)
            lasning = las(root, period, namnd, read)
            if lasning.underlag is None or lasning.faults:
                faults += lasning.faults
                continue
            fakta = fakta_of(lasning.underlag)
            said = fakta.model_dump(mode="json")
            write_whole(path, json.dumps({"av": _sealed(key, said), "fakta": said}, ensure_ascii=False))
        found.append(fakta)
        done()
    if faults:
        raise InputFaults(list(dict.fromkeys(faults)))
    return found


def _kept(path: Path, key: str) -> Namndfakta | None:
    """The facts as they were kept; None where they are of other files or of another program, or have been changed since."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        said = content["fakta"]
        return Namndfakta.model_validate(said) if content["av"] == _sealed(key, said) else None
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None


def _key(files: dict[str, str]) -> str:
    said = json.dumps([fingerprint(), *sorted(files.items())], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _sealed(key: str, said: object) -> str:
    return hashlib.sha256((key + json.dumps(said, ensure_ascii=False)).encode()).hexdigest()


def as_json(fakta: Namndfakta) -> bytes:
    """The facts as they lie beside the published pages; what was measured before stands in the earlier periods' own."""
    return (fakta.model_dump_json(indent=1, exclude={"historik"}) + "\n").encode()


def from_json(content: bytes) -> Namndfakta | None:
    """Facts that were published, perhaps by an older program; None where this one can't read them."""
    try:
        return Namndfakta.model_validate_json(content)
    except ValidationError:
        return None


def every_fakta(root: Root, periods: Sequence[Period], done: Callable[[], None]) -> dict[Period, list[Namndfakta]]:
    """period → the facts of its nämnder, newest period first. Raises InputFaults with everything that is wrong."""
    found: dict[Period, list[Namndfakta]] = {}
    faults: list[Fault] = []
    for period in sorted(periods, reverse=True):
        params, in_params = read_params(root.params, period)
        if params is None:
            faults += in_params
            continue
        try:
            found[period] = read_fakta(root, period, params, done)
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(list(dict.fromkeys(faults)))
    return found

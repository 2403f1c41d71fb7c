"""The facts of every nämnd and period, kept in a file until something that they are made of changes."""

import hashlib
import json
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from reporting.assess.underlag import las
from reporting.batch.inputs import stamp
from reporting.batch.manifests import fingerprint
from reporting.checksums import checksum_of
from reporting.faults import Fault, InputFaults
from reporting.files import write_whole
from reporting.params.read import Params, read_params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.site.facts import Namndfakta, fakta_of
from reporting.warm.parallel import many_at_once

FOLDER = ".fakta"
"""Under a period's outputs: one file per nämnd."""


def read_fakta(root: Root, period: Period, params: Params, done: Callable[[], None]) -> list[Namndfakta]:
    """The facts of each nämnd of a period, in the order of its file. Raises InputFaults for the faults of all of them.

    params: of the period; done: called for each nämnd.
    """
    checksum = cache(checksum_of)
    paths = {namnd: root.outputs / str(period) / FOLDER / f"{namnd}.json" for namnd in params.korning.namnder}
    keys = {namnd: _key(stamp(root, period, [namnd], checksum)) for namnd in paths}
    found = {namnd: fakta for namnd, path in paths.items() if (fakta := _kept(path, keys[namnd]))}
    for _ in found:
        done()
    left = [namnd for namnd in paths if namnd not in found]
    read = pickle.dumps(read_params(root.params, period)) if left else b""
    faults: list[Fault] = []
    made = many_at_once(_made, [(root, period, namnd, read) for namnd in left])
    for namnd, (fakta, wrong) in zip(left, made, strict=True):
        faults += wrong
        if fakta:
            found[namnd] = fakta
            said = fakta.model_dump(mode="json")
            content = json.dumps({"av": _sealed(keys[namnd], said), "fakta": said}, ensure_ascii=False)
            write_whole(paths[namnd], content)
        done()
    if faults:
        raise InputFaults(list(dict.fromkeys(faults)))
    return [found[namnd] for namnd in paths]


def _made(asked: tuple[Root, Period, str, bytes]) -> tuple[Namndfakta | None, Sequence[Fault]]:
    """The facts of one nämnd, or what is wrong. asked: with the params as read_params gives them, pickled."""
    root, period, namnd, params = asked
    lasning = las(root, period, namnd, pickle.loads(params))  # noqa: S301 - written by read_fakta
    if lasning.underlag is None or lasning.faults:
        return None, lasning.faults
    return fakta_of(lasning.underlag), ()


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

"""The facts of every nämnd and period, kept in a file until something that they are made of changes."""

import pickle
from collections.abc import Callable, Sequence
from functools import cache

from pydantic import ValidationError

from reporting.assess.underlag import read_input_of
from reporting.batch.inputs import stamp
from reporting.checksums import checksum_of
from reporting.faults import Fault, InputFaults
from reporting.files import write_whole
from reporting.params.read import read_params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.site.cache import kept_files
from reporting.site.facts import Namndfakta, fakta_of
from reporting.units import BUILT_IN_UNITS, Units
from reporting.warm.parallel import many_at_once

FACTS_FOLDER = ".fakta"
"""In outputs: a folder per period, with a file per nämnd."""


def every_fakta(root: Root, periods: Sequence[Period], done: Callable[[], None]) -> dict[Period, list[Namndfakta]]:
    """period → the facts of its nämnder in the order of its file, newest period first. Raises InputFaults with everything that is wrong.

    done: called for each nämnd.
    """
    found: dict[Period, list[Namndfakta]] = {}
    faults: list[Fault] = []
    checksum = cache(checksum_of)
    with kept_files(root.outputs / FACTS_FOLDER) as files:
        for period in sorted(periods, reverse=True):
            read = read_params(root.params, period)
            params, in_params = read
            if params is None:
                faults += in_params
                continue
            paths = {namnd: files.path(f"{period}/{namnd}.json") for namnd in params.korning.namnder}
            left = []
            for namnd, path in paths.items():
                of = sorted(stamp(root, period, [namnd], checksum).items())
                if files.lacks(f"{period}/{namnd}.json", repr(of).encode()):
                    path.unlink(missing_ok=True)  # so that what can't be made now isn't taken for made
                    left.append(namnd)
                else:
                    done()
            asked = [(root, period, namnd, pickle.dumps(read)) for namnd in left]
            for namnd, (fakta, wrong) in zip(left, many_at_once(_made, asked), strict=True):
                faults += wrong
                if fakta:
                    write_whole(paths[namnd], fakta.model_dump_json())
                done()
            there = [path.read_bytes() for path in paths.values() if path.is_file()]
            found[period] = [
                Namndfakta.model_validate_json(content, context=params.kommun.all_units) for content in there
            ]
    if faults:
        raise InputFaults(faults)
    return found


def _made(asked: tuple[Root, Period, str, bytes]) -> tuple[Namndfakta | None, Sequence[Fault]]:
    """The facts of one nämnd, or what is wrong. asked: with the params as read_params gives them, pickled."""
    root, period, namnd, params = asked
    lasning = read_input_of(root, period, namnd, pickle.loads(params))  # noqa: S301 - written by every_fakta
    if lasning.underlag is None or lasning.faults:
        return None, lasning.faults
    return fakta_of(lasning.underlag), ()


def as_json(fakta: Namndfakta) -> bytes:
    """The facts as they lie beside the published pages; what was measured before stands in the earlier periods' own."""
    return (fakta.model_dump_json(indent=1, exclude={"historik"}) + "\n").encode()


def from_json(content: bytes, units: Units = BUILT_IN_UNITS) -> Namndfakta | None:
    """Facts that were published, perhaps by an older program; None where this one can't read them. units: those that there are now."""
    try:
        return Namndfakta.model_validate_json(content, context=units)
    except ValidationError:
        return None

"""Readings on their way to the chapters: packed in one process, given in another."""

import pickle
from dataclasses import replace

from reporting.assess import underlag
from reporting.assess.underlag import InputRead, read_input_of
from reporting.params.read import read_params
from reporting.params.root import find_root
from reporting.periods import Period


def pack_params(folder: str, period: str) -> dict[str, bytes]:
    """params/ of a root for one period, read once: nämnd → what read_input_of takes as `read`, with that nämnd's plans alone,
    pickled. Empty where kommun.yml or the period's file can't be used."""
    params, faults = read_params(find_root(folder).params, Period.parse(period))
    if params is None:
        return {}
    found = {}
    for namnd in params.korning.namnder:
        own = [(plan, fil) for plan, fil in zip(params.planer, params.planfiler, strict=True) if plan.namnd == namnd]
        its = replace(params, planer=tuple(plan for plan, _ in own), planfiler=tuple(fil for _, fil in own))
        found[namnd] = pickle.dumps((its, faults))
    return found


def pack(folder: str, period: str, namnd: str, params: bytes = b"") -> bytes:
    """One nämnd's input, read: an InputRead, pickled. params: what pack_params gave for it; b"" reads params/ anew."""
    read = pickle.loads(params) if params else None  # noqa: S301 - our own process made it
    return pickle.dumps(read_input_of(find_root(folder), Period.parse(period), namnd, read))


def give(root: str, *readings: bytes) -> None:
    """Put readings where load finds them: in the process that is to run a chapter, before it begins. root: as the chapter's
    parameters say."""
    for item in readings:
        read: InputRead = pickle.loads(item)  # noqa: S301 - our own process made it
        underlag.given[str(read.period), read.namnd, root] = read

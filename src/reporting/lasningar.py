"""Readings on their way to the chapters: packed in one process, given in another, and followed while a chapter uses them."""

import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from pydantic import BaseModel

from reporting import underlag, used_parts
from reporting.followed import follow_files
from reporting.kommun import Kommun
from reporting.out_of_date import Packad
from reporting.params import Params, read_params
from reporting.periods import Period
from reporting.resultat import Namndresultat
from reporting.root import find_root
from reporting.texts import Avsnitt
from reporting.underlag import Lasning, Underlag, las
from reporting.utfall import Bladrad, Leverans


def pack_params(folder: str, period: str) -> dict[str, bytes]:
    """params/ of a root for one period, read once: nämnd → what las takes as read, with that nämnd's plans alone, pickled. Empty where
    kommun.yml or the period's file can't be used."""
    params, faults = read_params(find_root(folder).params, Period.parse(period))
    if params is None:
        return {}
    found = {}
    for namnd in params.korning.namnder:
        own = [(plan, fil) for plan, fil in zip(params.planer, params.planfiler, strict=True) if plan.namnd == namnd]
        its = replace(params, planer=tuple(plan for plan, _ in own), planfiler=tuple(fil for _, fil in own))
        found[namnd] = pickle.dumps((its, faults))
    return found


def pack(folder: str, period: str, namnd: str, params: bytes = b"") -> Packad:
    """One nämnd's input, read. params: what pack_params gave for it; b"" reads params/ anew."""
    read = pickle.loads(params) if params else None  # noqa: S301 - our own process made it
    lasning = las(find_root(folder), Period.parse(period), namnd, read)
    return Packad(namnd, parts_of(lasning), pickle.dumps(lasning))


def give(root: str, *readings: bytes) -> None:
    """Put readings where load finds them: in the process that is to run a chapter, before it begins. root: as the chapter's
    parameters say. What the chapter uses is noted when it is given one reading; with more it is taken to use everything."""
    follow_files(root)
    if len(readings) > 1:
        used_parts.note(used_parts.EVERYTHING)
    for item in readings:
        lasning: Lasning = pickle.loads(item)  # noqa: S301 - our own process made it
        underlag.given[str(lasning.period), lasning.namnd, root] = lasning
        if len(readings) == 1:
            _follow(lasning)


FOLLOWED = (Lasning, Underlag, Params, Kommun, Leverans, Namndresultat)
"""What is followed field by field; what their fields hold is followed as a whole."""


WHOLE = ("__dict__", "__reduce_ex__")
"""With these all fields are taken at once, unseen: by vars(), and by copy and pickle."""


def _named(lasning: Lasning) -> dict[str, Any]:
    """Name → each value of a reading that is followed; nothing where the nämnd's input couldn't be read."""
    whole = lasning.underlag
    if whole is None:
        return {"lasning": lasning}
    return {
        "lasning": lasning,
        "underlag": whole,
        "params": whole.params,
        "kommun": whole.params.kommun,
        "nu": whole.nu,
        "tidigare": whole.tidigare,
        "fore": whole.fore,
        "resultat": whole.resultat,
    }


def _fields_of(kind: Any) -> list[str]:
    return list(kind.model_fields) if issubclass(kind, BaseModel) else [field.name for field in fields(kind)]


def parts_of(lasning: Lasning) -> dict[str, str]:
    """Part → checksum: every field of what is followed, each sheet's rows ("nu.blad:personal"), each chapter's text
    ("resultat.avsnitt_om:framtid")."""
    memo: used_parts.Memo = {}
    named = _named(lasning)
    found = {}
    for name, value in named.items():
        for field in _fields_of(type(value)):
            part = getattr(value, field)
            if not isinstance(part, FOLLOWED):
                found[f"{name}.{field}"] = used_parts.digest(part, memo)
        if isinstance(value, Leverans):
            rows: dict[str, list[Bladrad]] = {}
            for rad in value.rader:
                rows.setdefault(rad.blad, []).append(rad)
            found |= {f"{name}.blad:{blad}": used_parts.digest(rader, memo) for blad, rader in rows.items()}
        if isinstance(value, Namndresultat):
            texts = value.avsnitt.items()
            found |= {f"{name}.avsnitt_om:{kapitel}": used_parts.digest(text, memo) for kapitel, text in texts}
    return found


def _follow(lasning: Lasning) -> None:
    """Note, from now on, every part that is used of a reading. For a process that runs one chapter and ends."""
    names = {
        id(value): name for name, value in _named(lasning).items()
    }  # underlag.given keeps them, so ids stay theirs

    def blad(self: Leverans, blad: str) -> tuple[Bladrad, ...]:
        if where := names.get(id(self)):
            used_parts.note(f"{where}.blad:{blad}")
        return tuple(rad for rad in object.__getattribute__(self, "rader") if rad.blad == blad)

    def avsnitt_om(self: Namndresultat, kapitel: str) -> Avsnitt:
        if where := names.get(id(self)):
            used_parts.note(f"{where}.avsnitt_om:{kapitel}")
        avsnitt: dict[str, Avsnitt] = object.__getattribute__(self, "avsnitt")
        return avsnitt.get(kapitel, Avsnitt())

    for kind in FOLLOWED:
        setattr(kind, "__getattribute__", _noting(names, set(_fields_of(kind))))  # noqa: B010
    setattr(Leverans, "blad", blad)  # noqa: B010
    setattr(Namndresultat, "avsnitt_om", avsnitt_om)  # noqa: B010


def _noting(names: dict[int, str], parts: set[str]) -> Callable[[object, str], Any]:
    def attribute(self: object, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if (name in parts or name in WHOLE) and not isinstance(value, FOLLOWED) and (where := names.get(id(self))):
            # Who has the root may look on the disk.
            used_parts.note(used_parts.EVERYTHING if name in ("root", *WHOLE) else f"{where}.{name}")
        return value

    return attribute

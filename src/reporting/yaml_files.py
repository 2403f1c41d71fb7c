"""YAML files under params/ into frozen, validated values; every fault with its line and the nearest allowed word."""

import difflib
import re
import unicodedata
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from reporting.faults import Fault, nearest
from reporting.yaml_plain import Lines, read_plain

MAX_BYTES = 1_000_000


class Values(BaseModel):
    """What a params file says: nothing but the named keys, and never changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)


Model = TypeVar("Model", bound=Values)
Place = tuple[int | str, ...]


class Located:
    """A YAML file as read, with the line of every key and item."""

    def __init__(self, fil: str, content: Any, lines: Lines) -> None:
        self.fil = fil
        self.content = content
        self.lines = lines

    def line(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest thing around it that exists."""
        lines, line = self.lines, 1
        for step in place:
            if step not in lines:
                break
            line, lines = lines[step]
        return line

    def fault(self, place: Place, stod: object, vantat: str, atgard: str) -> Fault:
        """A fault at `place` in this file."""
        return Fault(self.fil, f"rad {self.line(place)}", str(stod), vantat, atgard)


def read_yaml(path: Path, fil: str) -> tuple[Located | None, list[Fault]]:
    """Read one YAML file (UTF-8, BOM allowed; no aliases, no repeated keys). `fil` is the name used in faults."""
    if not path.is_file():
        return None, [Fault(fil, "", "", "att filen finns", "skapa filen, eller rätta namnet där den nämns")]
    if path.stat().st_size > MAX_BYTES:
        return None, [Fault(fil, "", f"{path.stat().st_size} byte", "högst 1 MB", "kontrollera att det är rätt fil")]
    try:
        raw = path.read_bytes()
    except OSError:
        return None, [Fault(fil, "", "", "en fil som går att läsa", "kontrollera att du har rätt att läsa filen")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [Fault(fil, f"rad {line}", "", "text i UTF-8", "spara om filen med kodningen UTF-8")]
    return read_yaml_text(text, fil)


def read_yaml_text(text: str, fil: str) -> tuple[Located | None, list[Fault]]:
    """The same for a text that is already read, without a BOM."""
    if plain := read_plain(text):
        return Located(fil, *plain), []
    # ruamel.yaml takes longer to import than most params take to read, and is seldom needed
    from reporting.yaml_whole import read_whole

    read = read_whole(text, fil)
    return (None, [read]) if isinstance(read, Fault) else (Located(fil, *read), [])


def validated(located: Located, model: type[Model]) -> tuple[Model | None, list[Fault]]:
    """The file's content as `model`, and every fault in it.

    With faults, the model is what the rest of the file says, so that what depends on it can be checked in the same go: a
    misspelt key or word is taken as the one it is near, a wrong value of an optional key is left out. None where that
    isn't enough.
    """
    faults: list[Fault] = []
    while True:
        try:
            return model.model_validate(located.content), faults
        except ValidationError as error:
            items: list[dict[str, Any]] = [dict(item) for item in error.errors()]
        if not faults:
            # A value that may be of two kinds is wrong as both: the first says enough.
            first: dict[object, Fault] = {}
            for item in items:
                name: Place = tuple(item["loc"]) if item["type"] == "missing" else ()
                first.setdefault((_place(located, tuple(item["loc"])), name), _fault(located, model, item))
            faults = list(first.values())
        mended = [_mended(located, model, item) for item in items]
        if not any(mended):
            return None, faults


def _mended(located: Located, model: type[Values], item: dict[str, Any]) -> bool:
    """Take a misspelt key or word as the near one, or leave out a value that can't be used; False where that isn't possible."""
    place = _place(located, item["loc"])
    if item["type"] == "missing" or not place or not isinstance(place[-1], str):
        return False
    node, lines = located.content, located.lines
    for step in place[:-1]:
        node, lines = node[step], lines[step][1] if step in lines else {}
    key = place[-1]
    if key not in node:
        return False
    if item["type"] == "extra_forbidden":
        lacking = [name for name in _keys_at(model, place[:-1]) if name not in node]
        if meant := difflib.get_close_matches(key, lacking, n=1, cutoff=0.6):
            node[meant[0]] = node[key]
            if key in lines:
                lines[meant[0]] = lines[key]
    if item["type"] == "literal_error":
        words = re.findall(r"'([^']*)'", item["ctx"]["expected"])
        if meant := difflib.get_close_matches(str(node[key]), words, n=1, cutoff=0.6):
            node[key] = meant[0]
            return True
    del node[key]
    return True


def _fault(located: Located, model: type[Values], item: dict[str, Any]) -> Fault:
    place = _place(located, item["loc"])
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    stod = "" if item["input"] is None or isinstance(item["input"], dict | list) else str(item["input"])
    stod = stod.lower() if isinstance(item["input"], bool) else stod
    kind, about = item["type"], item.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = _keys_at(model, place[:-1])
        hint = nearest(key, allowed)
        quoted = " Ett komma i en text inom {} kräver citattecken om texten." if item["input"] is None else ""
        return located.fault(
            place, key, f"en av nycklarna {', '.join(allowed)}", f"rätta eller ta bort nyckeln.{hint}{quoted}"
        )
    if kind == "missing":
        missing = item["loc"][-1]
        return located.fault(place, "", f"nyckeln {missing}", f"lägg till {missing}")
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", about["expected"])
        expected = f"{', '.join(words[:-1])} eller {words[-1]}"
        return located.fault(place, stod, f"{key}: {expected}", f"skriv ett av orden.{nearest(stod, words)}")
    if kind == "value_error":
        return located.fault(place, stod, str(about["error"]), "rätta raden")
    if kind == "string_pattern_mismatch" and "xlsx" in str(about["pattern"]):
        return located.fault(
            place, stod, "namnet på en arbetsbok, till exempel utfall-hsv.xlsx", "skriv bara filens namn"
        )
    if kind == "string_pattern_mismatch":
        plain = unicodedata.normalize("NFKD", stod).encode("ascii", "ignore").decode().lower()
        hint = "-".join(re.findall(r"[a-z0-9]+", plain))
        return located.fault(
            place, stod, f"{key}: {_EXPECTED[kind]}", f"rätta värdet. Menade du «{hint}»?" if hint else "rätta värdet"
        )
    expected = _EXPECTED.get(kind, "ett annat värde").format(**about)
    return located.fault(place, stod, f"{key}: {expected}", "rätta värdet")


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "en lista",
    "dict_type": "nycklar och värden",
    "model_type": "nycklar och värden",
    "int_parsing": "ett heltal",
    "int_type": "ett heltal",
    "int_from_float": "ett heltal",
    "decimal_parsing": "ett tal, med decimalpunkt",
    "decimal_type": "ett tal",
    "too_short": "minst {min_length}",
    "string_pattern_mismatch": "små bokstäver a–z, siffror och bindestreck",
    "greater_than_equal": "minst {ge}",
    "less_than_equal": "högst {le}",
}


def _place(located: Located, loc: Place) -> Place:
    # pydantic names union branches in `loc` too; only the steps that stand in the file help the reader.
    node: Any = located.content
    place: list[int | str] = []
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            continue
        place.append(step)
    return tuple(place)


def _keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """The keys allowed in the mapping at `place`, found by walking the model's annotations."""
    for step in place:
        if step in model.model_fields:
            model = _model_in(model.model_fields[str(step)].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)

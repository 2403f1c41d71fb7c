"""YAML files under params/ into frozen, validated values; every fault with its line and the nearest allowed word."""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from reporting.faults import Fault, Faults, asked, closest, nearest
from reporting.params.located import Keys, Located, Oklart, Place
from reporting.params.values import Values
from reporting.params.yaml_text import read_on
from reporting.swedish import either
from reporting.units import BUILT_IN_UNITS, Units

_MAX_YAML_BYTES = 1_000_000
MOST_TIMES = 50
"""So many times a file's values are read, each time with what was found wrong mended: more than any file has faults within faults."""

_NEAR_KEY = 0.7
"""How like a key must be one that is lacking to be read as that one."""

_PydanticError = Mapping[str, Any]
"""An error as pydantic tells it."""

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

_SAME = {"invalid_key": "extra_forbidden"}
"""A number as a key is a key that there isn't, as any other."""
Model = TypeVar("Model", bound=Values)


def read_yaml(path: Path, fil: str) -> tuple[Located | None, list[Fault]]:
    """Read one YAML file (UTF-8, BOM allowed; no aliases, no repeated keys): what it says, and the faults of its text.

    fil: its name in messages. After a fault the rest is read on as far as it can be; None where nothing can be.
    """
    faults = Faults(fil)
    return next(iter(_readings(path, faults)), None), faults.found


def _readings(path: Path, faults: Faults) -> list[Located]:
    if not faults.is_file(path):
        if not os.path.lexists(path):
            faults.add("", "att filen finns", "skapa filen, eller rätta namnet där den nämns")
        return []
    if path.stat().st_size > _MAX_YAML_BYTES:
        faults.add(f"{path.stat().st_size} byte", "högst 1 MB", "kontrollera att det är rätt fil")
        return []
    try:
        raw = path.read_bytes()
    except OSError:
        faults.add("", "en fil som går att läsa", "kontrollera att du har rätt att läsa filen")
        return []
    text = faults.decoded(raw)
    return [] if text is None else read_on(text, faults)


def read_yaml_text(text: str, faults: Faults) -> Located | None:
    """As read_yaml, for a text already read: what it says, or None where nothing can be read. Its faults go to `faults`."""
    return next(iter(read_on(text, faults)), None)


def read_values(
    path: Path,
    faults: Faults,
    model: type[Model],
    check: Callable[[Model, Located], None] = lambda _, __: None,
    units: Units = BUILT_IN_UNITS,
) -> tuple[Model, Located] | tuple[None, None]:
    """A file as `model`, and as it stands; None for both where nothing in it can be read.

    faults: where what is wrong is put: in its text, in each value, and what `check` finds between those that hold. A key that stands more
    than once has the first of its values; the others are checked all the same. units: those that a mattenhet may be.
    """
    read: list[tuple[Model, Located]] = []
    for reading in _readings(path, faults):
        read.append((validated(reading, model, units), reading))
        check(*read[-1])
    return read[0] if read else (None, None)


def validated(located: Located, model: type[Model], units: Units = BUILT_IN_UNITS) -> Model:
    """The file's content as `model`; every fault in it is noted.

    With faults, the model is what the rest of the file says, so that what depends on it can be checked in the same go: a misspelt key
    or word is taken as the one it is near, and other values that are wrong are noted as not known (`Values.oklart`).
    """
    values = model.okand()
    for _ in range(MOST_TIMES):
        try:
            values = model.model_validate(located.content, context=units)
        except ValidationError as error:
            items = [
                {**item, "type": _SAME.get(item["type"], item["type"])} for item in error.errors(include_url=False)
            ]
        else:
            break
        misspelt = _misspelt(located, model, items)
        for item in _worth_telling(located, items):
            if item["type"] != "missing" or not _is_there(located, item, misspelt):
                _tell_value(located, model, item)
        for item in sorted(items, key=_mending_order):
            _mend(located, model, item, misspelt)
    for place in located.oklara:
        values.marked(place[:-1], frozenset(place[-1:]))
    for place in located.ofullstandiga:
        fields, here = _model_at(model, place), located.at(place)
        if fields and isinstance(here, dict):
            values.marked(place, frozenset(fields.model_fields) - here.keys())
    return values


def _misspelt(located: Located, model: type[BaseModel], items: list[dict[str, Any]]) -> dict[Place, str]:
    """Where a key stands that there isn't → the key, of those that are lacking there, that it is taken as."""
    found: dict[Place, str] = {}
    for item in items:
        if item["type"] == "extra_forbidden":
            place = _place_of(located, item["loc"])
            fields = _model_at(model, place[:-1])
            taken = [name for other, name in found.items() if other[:-1] == place[:-1]]
            here = located.at(place[:-1])
            lacking = [name for name in (fields.model_fields if fields else ()) if name not in (*here, *taken)]
            if meant := _meant_key(place[-1], lacking):
                found[place] = meant
    return found


def _is_there(located: Located, item: _PydanticError, misspelt: dict[Place, str]) -> bool:
    """Whether a key that is missing is there in another spelling, or in what couldn't be read."""
    place = _place_of(located, item["loc"])
    here = {name for other, name in misspelt.items() if other[:-1] == place}
    return item["loc"][-1] in here or place in located.ofullstandiga


def _mending_order(item: _PydanticError) -> tuple[bool, bool, int]:
    """Unknown keys first, keys of another form last, since what is within is found by them; the last item of a list before the others,
    since those after one that is taken away move up."""
    number = next((step for step in reversed(item["loc"]) if isinstance(step, int)), 0)
    return item["loc"][-1] == "[key]", item["type"] != "extra_forbidden", -number


def _mend(located: Located, model: type[BaseModel], item: _PydanticError, misspelt: dict[Place, str]) -> None:
    """Take a misspelt key, word or id as the one that it is near, or note that the value can't be known."""
    if item["type"] == "missing":
        place, name = _place_of(located, item["loc"][:-1]), item["loc"][-1]
        here = located.at(place)
        if name not in here:
            here[name] = Oklart()
            located.oklara.add((*place, name))
        return
    place = _place_of(located, item["loc"])
    above, last = place[:-1], place[-1]
    here = located.at(above)
    fields, meant = _model_at(model, above), _meant_value(item)
    if last not in (here if isinstance(here, dict) else range(len(here))):
        return  # it was wrong in two ways
    if item["type"] == "extra_forbidden":
        value = here.pop(last)
        if name := misspelt.get(place, ""):
            _renamed(here, last, name, Oklart() if value is None else value)
            located.oklara.update({(*above, name)} if value is None else ())
        elif isinstance(value, list | dict) and fields:  # it may be what one of the lists should hold
            kinds = {name: get_origin(field.annotation) for name, field in fields.model_fields.items()}
            located.oklara.update((*above, name) for name in kinds if name not in here and kinds[name] in (tuple, dict))
    elif item["loc"][-1] == "[key]":
        value = here.pop(last)
        if not meant:
            located.oklara.add(above)
        if (name := meant or _id_of(str(last))) and name not in (last, *here):
            _renamed(here, last, name, value)
    elif meant and (item["type"] != "string_pattern_mismatch" or last == "id"):
        here[last] = meant
        if item["type"] != "misspelt":
            located.oklara.add(place)
    elif item["type"] == "model_type" and not fields:  # an item of a list, or under a key, of which nothing is known
        here[last] = {}
        located.ofullstandiga.add(place)
    elif fields:
        here[last] = Oklart(here[last])
        located.oklara.add(place)
    else:
        del here[last]
        located.oklara.add(above)
        del here.lines[last]


def _renamed(here: Keys, key: int | str, name: str, value: object) -> None:
    here[name], here.lines[name] = value, here.lines[key]


def _tell_value(located: Located, model: type[BaseModel], item: _PydanticError) -> None:
    """Note an error as the fault that it is."""
    place = _place_of(located, item["loc"])
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    stod = "" if item["input"] is None or isinstance(item["input"], dict | list) else str(item["input"])
    stod = stod.lower() if isinstance(item["input"], bool) else stod
    kind, about = item["type"], item.get("ctx", {})
    expected, action = f"{key}: {_EXPECTED.get(kind, 'ett annat värde').format(**about)}", "rätta värdet"
    if kind == "extra_forbidden":
        stod = str(place[-1])
        allowed = list(getattr(_model_at(model, place[:-1]), "model_fields", ()))
        quoted = " Ett komma i en text inom {} kräver citattecken om texten." if item["input"] is None else ""
        expected = f"en av nycklarna {', '.join(allowed)}"
        action = f"rätta eller ta bort nyckeln.{nearest(stod, allowed)}{quoted}"
    elif kind == "missing":
        stod, missing = "", item["loc"][-1]
        expected, action = f"nyckeln {missing}", f"lägg till {missing}"
    elif kind == "literal_error":
        words = _words(item)
        expected = f"{key}: {either(words)}"
        action = f"skriv ett av orden.{nearest(stod, words)}"
    elif kind == "misspelt":
        expected, action = about["vantat"], about["atgard"]
    elif kind == "value_error":
        expected, action = str(about["error"]), "rätta raden"
    elif kind == "string_pattern_mismatch" and "xlsx" in str(about["pattern"]):
        expected, action = "namnet på en arbetsbok, till exempel utfall-hsv.xlsx", "skriv bara filens namn"
    elif kind == "string_pattern_mismatch" and (hint := _id_of(stod)):
        action = f"rätta värdet.{asked(hint)}"
    located.fault(place, stod, expected, action)


def _meant_value(item: _PydanticError) -> str:
    """The word or the id that a misspelt value may stand for, or ""."""
    if isinstance(item["input"], Oklart):
        return ""
    if item["type"] == "misspelt":
        return str(item["ctx"]["menat"])
    if item["type"] == "literal_error":
        return closest(str(item["input"]), _words(item))
    if item["type"] == "string_pattern_mismatch" and re.fullmatch(r"[\w -]+", str(item["input"])):
        hint = _id_of(str(item["input"]))
        return hint if re.search(str(item["ctx"]["pattern"]), hint) else ""
    return ""


def _meant_key(key: object, lacking: Iterable[str]) -> str:
    """The key, of those that are lacking, that a misspelt one, or one without its colon, stands for, or ""."""
    lacking = list(lacking)
    begins = (name for name in lacking if re.match(rf"{re.escape(name)}\W", str(key)))
    return next(begins, "") or closest(str(key), lacking, _NEAR_KEY)


def _worth_telling(located: Located, items: Iterable[_PydanticError]) -> list[_PydanticError]:
    """The errors that are worth telling: one of each value, and none of what is known to be unknown."""
    items = list(items)
    places = [_place_of(located, item["loc"]) for item in items]
    first: dict[object, _PydanticError] = {}
    for item, place in zip(items, places, strict=True):
        # A value that may be of two kinds is wrong as both: what is wrong deepest in it says most, else the first.
        is_outside = any(len(other) > len(place) and other[: len(place)] == place for other in places)
        name = item["loc"][-1] if item["type"] == "missing" or item["loc"][-1] == "[key]" else ""
        is_known = not isinstance(item["input"], Oklart) or item["type"] == "extra_forbidden"
        is_known = is_known and item["type"] != "unknowable"
        if is_known and (name or not is_outside):
            first.setdefault((place, name), item)
    return list(first.values())


def _place_of(located: Located, loc: Place) -> Place:
    """Where an error is. pydantic names union branches in `loc` too; only the steps that stand in the file help the reader."""
    node: Any = located.content
    place: list[int | str] = []
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            continue
        place.append(step)
    return tuple(place)


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """The model of the mapping at a place; None where it is keys and values of another kind."""
    found: Any = model
    for step in place:
        here = _as_model(found)
        field = here.model_fields.get(str(step)) if here else None
        found = field.annotation if field else None if here else _item_of(found)
    return _as_model(found)


def _as_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, dict):
        return None
    return next((found for part in get_args(annotation) if (found := _as_model(part))), None)


def _item_of(annotation: Any) -> Any:
    """The annotation of a list's items, or of the values under keys."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (tuple, dict):
        return parts[origin is dict]
    parts = parts[:1] if origin is Annotated else parts
    return next((found for part in parts if (found := _item_of(part))), None)


def _words(item: _PydanticError) -> list[str]:
    return re.findall(r"'([^']*)'", item["ctx"]["expected"])


def _id_of(text: str) -> str:
    """A text as an id: Placerade barn is placerade-barn."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))

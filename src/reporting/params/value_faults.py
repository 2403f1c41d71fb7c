"""What is wrong with one value of a YAML file, as an analyst is told it, and what was probably meant."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from reporting.faults import asked, nearest
from reporting.params.located import Located, Oklart, Place
from reporting.swedish import either

_NEAR_KEY = 0.7
"""How like a key must be one that is lacking to be read as that one."""

PydanticError = Mapping[str, Any]
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


def tell_value(located: Located, model: type[BaseModel], item: PydanticError) -> None:
    """Note an error as the fault that it is."""
    place = place_of(located, item["loc"])
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    stod = "" if item["input"] is None or isinstance(item["input"], dict | list) else str(item["input"])
    stod = stod.lower() if isinstance(item["input"], bool) else stod
    kind, about = item["type"], item.get("ctx", {})
    expected, action = f"{key}: {_EXPECTED.get(kind, 'ett annat värde').format(**about)}", "rätta värdet"
    if kind == "extra_forbidden":
        stod = str(place[-1])
        allowed = list(getattr(model_at(model, place[:-1]), "model_fields", ()))
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
    elif kind in ("misspelt", "value_error"):
        expected, action = str(about["vantat" if kind == "misspelt" else "error"]), "rätta raden"
    elif kind == "string_pattern_mismatch" and "xlsx" in str(about["pattern"]):
        expected, action = "namnet på en arbetsbok, till exempel utfall-hsv.xlsx", "skriv bara filens namn"
    elif kind == "string_pattern_mismatch" and (hint := id_of(stod)):
        action = f"rätta värdet.{asked(hint)}"
    located.fault(place, stod, expected, action)


def meant_value(item: PydanticError) -> str:
    """The word or the id that a misspelt value may stand for, or ""."""
    if isinstance(item["input"], Oklart):
        return ""
    if item["type"] == "misspelt":
        return str(item["ctx"]["menat"])
    if item["type"] == "literal_error":
        return next(iter(difflib.get_close_matches(str(item["input"]), _words(item), n=1, cutoff=0.6)), "")
    if item["type"] == "string_pattern_mismatch" and re.fullmatch(r"[\w -]+", str(item["input"])):
        hint = id_of(str(item["input"]))
        return hint if re.search(str(item["ctx"]["pattern"]), hint) else ""
    return ""


def meant_key(key: object, lacking: Iterable[str]) -> str:
    """The key, of those that are lacking, that a misspelt one, or one without its colon, stands for, or ""."""
    lacking = list(lacking)
    begins = [name for name in lacking if re.match(rf"{re.escape(name)}\W", str(key))]
    return next(iter([*begins, *difflib.get_close_matches(str(key), lacking, n=1, cutoff=_NEAR_KEY)]), "")


def worth_telling(located: Located, items: Iterable[PydanticError]) -> list[PydanticError]:
    """The errors that are worth telling: one of each value, and none of what is known to be unknown."""
    items = list(items)
    places = [place_of(located, item["loc"]) for item in items]
    first: dict[object, PydanticError] = {}
    for item, place in zip(items, places, strict=True):
        # A value that may be of two kinds is wrong as both: what is wrong deepest in it says most, else the first.
        is_outside = any(len(other) > len(place) and other[: len(place)] == place for other in places)
        name = item["loc"][-1] if item["type"] == "missing" or item["loc"][-1] == "[key]" else ""
        is_known = not isinstance(item["input"], Oklart) or item["type"] == "extra_forbidden"
        if is_known and (name or not is_outside):
            first.setdefault((place, name), item)
    return list(first.values())


def place_of(located: Located, loc: Place) -> Place:
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


def model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
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


def _words(item: PydanticError) -> list[str]:
    return re.findall(r"'([^']*)'", item["ctx"]["expected"])


def id_of(text: str) -> str:
    """A text as an id: Placerade barn is placerade-barn."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))

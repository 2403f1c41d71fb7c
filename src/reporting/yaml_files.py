"""YAML files under params/ into frozen, validated values; every fault with its line and the nearest allowed word."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from reporting.faults import Fault, nearest

MAX_BYTES = 1_000_000


class Values(BaseModel):
    """What a params file says: nothing but the named keys, and never changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)


Model = TypeVar("Model", bound=Values)
Place = tuple[int | str, ...]


class Located:
    """A YAML file as read, with the line of every key and item."""

    def __init__(self, fil: str, content: Any) -> None:
        self.fil = fil
        self.content = content

    def line(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest thing around it that exists."""
        node, line = self.content, 1
        for step in place:
            try:
                if isinstance(node, CommentedMap):
                    line = node.lc.key(step)[0] + 1
                elif isinstance(node, CommentedSeq):
                    line = node.lc.item(step)[0] + 1
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def keys_at(self, place: Place) -> tuple[str, ...]:
        """The keys of the mapping at `place`."""
        node = self.content
        for step in place:
            node = node[step]
        return tuple(node) if isinstance(node, Mapping) else ()

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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Fault(fil, f"byte {error.start}", "", "text i UTF-8", "spara om filen med kodningen UTF-8")]
    try:
        yaml = YAML(typ="rt", pure=True)
        content = yaml.load(io.StringIO(text))
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [
            Fault(fil, f"rad {line}", "samma nyckel två gånger", "varje nyckel en gång", "ta bort den ena raden")
        ]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        stod = text.splitlines()[line - 1].strip() if line <= len(text.splitlines()) else ""
        return None, [
            Fault(fil, f"rad {line}", stod, "giltig YAML", "kontrollera indrag, kolon och citattecken på raden")
        ]
    if _shares_nodes(content):
        return None, [Fault(fil, "", "& och *", "värden utskrivna på sin plats", "skriv ut det som alias pekar på")]
    if not isinstance(content, CommentedMap):
        return None, [Fault(fil, "", "", "nycklar och värden", "fyll i filen efter handboken")]
    return Located(fil, content), []


def _shares_nodes(content: Any) -> bool:
    seen: set[int] = set()
    stack = [content]
    while stack:
        node = stack.pop()
        if isinstance(node, CommentedMap | CommentedSeq):
            if id(node) in seen:
                return True
            seen.add(id(node))
            stack.extend(node.values() if isinstance(node, CommentedMap) else node)
    return False


def validated(located: Located, model: type[Model]) -> tuple[Model | None, list[Fault]]:
    """The file's content as `model`, or every fault in it."""
    try:
        return model.model_validate(_plain(located.content)), []
    except ValidationError as error:
        return None, [_fault(located, model, dict(item)) for item in error.errors()]


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(item) for item in node]
    return node


def _fault(located: Located, model: type[Values], item: dict[str, Any]) -> Fault:
    place: Place = tuple(step for step in item["loc"] if _exists(located, item["loc"], step))
    kind, key = item["type"], str(item["loc"][-1])
    stod = (
        ""
        if isinstance(item["input"], Mapping | Sequence) and not isinstance(item["input"], str)
        else str(item["input"])
    )
    if kind == "extra_forbidden":
        allowed = _fields_at(model, place[:-1])
        return located.fault(
            place, key, f"en av nycklarna {', '.join(allowed)}", f"rätta eller ta bort nyckeln.{nearest(key, allowed)}"
        )
    if kind == "missing":
        return located.fault(
            place[:-1] if place and place[-1] == key else place, "", f"nyckeln {key}", f"lägg till {key}"
        )
    if kind in ("literal_error", "enum"):
        expected = str(item["ctx"]["expected"]).replace("'", "").replace(" or ", " eller ")
        words = expected.replace(" eller ", ", ").split(", ")
        return located.fault(place, stod, f"{key} är {expected}", f"skriv ett av orden.{nearest(stod, words)}")
    if kind == "value_error":
        return located.fault(place, stod, str(item["ctx"]["error"]), "rätta raden")
    expected = {"string_type": "text", "list_type": "en lista", "tuple_type": "en lista", "dict_type": "nycklar och värden",
                "int_parsing": "ett heltal", "int_type": "ett heltal", "decimal_parsing": "ett tal",
                "model_type": "nycklar och värden", "string_pattern_mismatch": "ett id: små bokstäver a–z, siffror och bindestreck",
                "greater_than_equal": "ett större tal", "less_than_equal": "ett mindre tal"}.get(kind, "ett annat värde")  # fmt: skip
    return located.fault(place, stod, f"{key} är {expected}", "rätta värdet")


def _exists(located: Located, loc: Place, step: int | str) -> bool:
    # pydantic names union branches in `loc`; only steps that stand in the file help the reader.
    node = located.content
    for current in loc:
        if (isinstance(node, CommentedMap) and current in node) or (isinstance(node, CommentedSeq) and isinstance(current, int)):
            node = node[current]
        elif current == step:
            return current == loc[-1]
        if current == step:
            return True
    return False


def _fields_at(model: type[Values], place: Place) -> list[str]:
    """The keys allowed in the mapping at `place`, found by walking the model's annotations."""
    current: Any = model
    for step in place:
        annotation = (
            current.model_fields[step].annotation
            if isinstance(step, str) and _is_model(current) and step in current.model_fields
            else None
        )
        found = _model_in(annotation) if annotation is not None else None
        current = found or current
    return sorted(current.model_fields) if _is_model(current) else []


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _model_in(annotation: Any) -> Any:
    if _is_model(annotation):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)

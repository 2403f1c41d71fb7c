"""All of YAML, read and written slowly by ruamel.yaml; every fault of the text itself, with its line."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import AliasEvent

from reporting.faults import Fault
from reporting.yaml_plain import Lines

GIVEN_UP = "enkel YAML: text, tal och listor under nycklar"


def read_whole(text: str, fil: str) -> tuple[Any, Lines] | Fault:
    """The keys and values of a YAML file (no aliases, no repeated keys) and their lines, or its first fault in the file `fil`."""
    lines = text.splitlines()

    def fault(mark: StreamMark | None, vantat: str, atgard: str) -> Fault:
        index = min(mark.line, len(lines) - 1) if mark else 0
        return Fault(fil, f"rad {index + 1}" if mark else "", lines[index].strip() if mark else "", vantat, atgard)

    try:
        for event in YAML(pure=True).parse(io.StringIO(text)) if "*" in text else ():
            if isinstance(event, AliasEvent):
                return fault(event.start_mark, "värdet utskrivet på sin plats", "skriv ut det som * pekar på")
        content = YAML(pure=True).load(io.StringIO(text))
        if isinstance(content, CommentedMap):
            return _plain(content)
    except DuplicateKeyError as error:
        return fault(error.problem_mark, "varje nyckel en gång", "ta bort den ena raden med samma nyckel")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return fault(mark, "giltig YAML", "kontrollera indrag, kolon och citattecken på raden och den före")
    except YAMLError:
        return fault(None, "giltig YAML", "ta bort tecken som inte syns, till exempel styrtecken")
    except RecursionError:
        return fault(None, "nycklar och värden i några få nivåer", "kontrollera klamrar och indrag")
    except ValueError:
        return fault(None, "datum som finns i almanackan", "rätta datumen och sätt dem inom citattecken")
    except (NotImplementedError, AssertionError, TypeError, IndexError):
        # ruamel.yaml's own shortcomings: comments after a key whose text is on the next line, keys that are lists, a lone -_
        return fault(None, GIVEN_UP, "sätt kommentarer på egna rader, och ovanliga nycklar och tal inom citattecken")
    return fault(None, "nycklar och värden", "fyll i filen efter handboken")


def _plain(node: Any) -> tuple[Any, Lines]:
    """What ruamel.yaml read without its wrappers, and the lines within it."""
    lines: Lines = {}
    if isinstance(node, Mapping):
        keys = {}
        for key, value in node.items():
            keys[key], below = _plain(value)
            # a key that comes by a merge (<<) has no line of its own
            if isinstance(node, CommentedMap) and key in (node.lc.data or ()):
                lines[key] = node.lc.key(key)[0] + 1, below
        return keys, lines
    if isinstance(node, Sequence) and not isinstance(node, str):
        items = []
        for number, value in enumerate(node):
            item, below = _plain(value)
            items.append(item)
            if isinstance(node, CommentedSeq) and node.lc.data:
                lines[number] = node.lc.item(number)[0] + 1, below
        return items, lines
    return node, lines


def yaml_text(content: Mapping[str, object]) -> str:
    """Keys and values as the text of a YAML file."""
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(dict(content), out)
    return out.getvalue()

"""The parts of a workbook: which sheets there are and what is on each, what comments and text boxes say, which texts and formats the
cells share."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree

from reporting.excel.cells import MAX_BYTES, MAX_TEXT, RichText, SheetPart, TooMuch, look_at, rich_text
from reporting.excel.formats import CellFormat, read_formats
from reporting.guard import Parts, part_name

MAX_LOOKED = 100_000
"""How many cells are looked at in all, those of sheets that are too large to be read with them, and tags beside the cells, six to each."""
MAX_SHEETS, MAX_NAME, MAX_COMMENTS, MAX_TAGS = 100, 100, 2_000, 60_000
"""How many sheets, letters in a sheet's name, comments and text boxes, and tags in a part besides the cells: far more than any delivery
has."""
MAX_TAGS_OF_STRINGS, MAX_TAGS_OF_STYLES = 180_000, 300_000
"""How many tags the texts and the formats may have: all are read, whatever the sheets use. Workbooks that have been copied from for
years have tens of thousands of formats."""

WORDING = re.compile(r"\A\[[^\]]{1,60}\]\n.*?\n(?:Comment|Kommentar):\n", re.DOTALL)
"""What Excel writes before a comment of a thread, for those who can't see threads."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class ReadPackage:
    """A workbook's parts as far as they are read. sheets: by name, in the workbook's order; strings, formats: those that cells name by
    their place; stamp: the custom properties; date1904: whether days are counted from 1904."""

    sheets: dict[str, SheetPart]
    strings: list[RichText]
    formats: list[CellFormat]
    stamp: dict[str, str]
    date1904: bool


def look_through(parts: Parts) -> ReadPackage:
    """Find the sheets of a workbook, chart sheets left out, and all that is known of each.

    Raises TooMuch; and ElementTree.ParseError, KeyError, StopIteration or ValueError for a package that isn't a workbook's.
    """
    main = next(target for kind, target in _relations(parts, "").values() if kind == "officeDocument")
    relations = _relations(parts, main)
    listed = list(_elements(parts[main], "sheet"))
    if len(listed) > MAX_SHEETS:
        raise TooMuch
    sheets: dict[str, SheetPart] = {}
    looked: dict[str, int] = {}
    for sheet in listed:
        name = sheet.attrib["name"]
        kind, path = relations[next(value for key, value in sheet.items() if key.endswith("}id"))]
        if not name or len(name) > MAX_NAME or name in sheets or path in looked:
            raise ValueError
        if kind != "worksheet":
            continue
        found = look_at(parts[path], hidden=sheet.attrib.get("state", "visible") != "visible")
        related = sorted({pair for pair in _relations(parts, path).values() if pair[1] in parts})
        looked[path] = found.weight + sum(parts[target].count(b"<") for _, target in related) // 6
        if sum(looked.values()) > MAX_LOOKED:
            raise TooMuch
        sheets[name] = replace(found, marks=replace(found.marks, **_notes([(kind, parts[at]) for kind, at in related])))
    if sum(len(part.marks.comments) + len(part.marks.boxes) for part in sheets.values()) > MAX_COMMENTS:
        raise TooMuch
    by_kind = {kind: parts.get(path, b"") for kind, path in relations.values()}
    strings, styles = by_kind.get("sharedStrings", b""), by_kind.get("styles", b"")
    for content, most in ((strings, MAX_TAGS_OF_STRINGS), (styles, MAX_TAGS_OF_STYLES)):
        if content.count(b"<") > most or len(content) > MAX_BYTES:
            raise TooMuch
    return ReadPackage(
        sheets,
        [rich_text(item) for item in ElementTree.fromstring(strings)] if strings else [],  # noqa: S314
        read_formats(styles) if styles else [],
        _stamp(parts),
        any(item.attrib.get("date1904") in ("1", "true") for item in _elements(parts[main], "workbookPr")),
    )


def _notes(related: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """What stands on a sheet besides its cells: comments, those in threads by themselves, and text boxes; as in Marks. related: (kind,
    content) of the parts that belong to it."""
    comments: dict[str, list[tuple[str, str]]] = {"comment": [], "threadedComment": []}
    boxes: list[str] = []
    for kind, content in related:
        name = kind.removesuffix("s")
        for item in _elements(content, name) if name in comments else ():
            comments[name].append((item.attrib.get("ref", ""), _lines(item, "}t", "}text")))
        boxes += [_lines(item, "}t") for item in _elements(content, "txBody")] if kind == "drawing" else []
    threads = {ref for ref, _ in comments["threadedComment"]}  # what stands beside them is Excel's own wording
    alone = [(ref, WORDING.sub("", text, count=1)) for ref, text in comments["comment"] if ref not in threads]
    return {"comments": (*alone, *comments["threadedComment"]), "boxes": tuple(filter(None, dict.fromkeys(boxes)))}


def _lines(item: Any, *ends: str) -> str:
    """The text inside an element, line by line, without empty ones."""
    pieces = (
        (child.text or "") if child.tag.endswith(ends) else "\n" * child.tag.endswith("}p") for child in item.iter()
    )
    lines = (" ".join(line.split()) for line in "".join(pieces)[:MAX_TEXT].splitlines())
    return "\n".join(filter(None, lines))


def _relations(parts: Parts, path: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, the part that it leads to), of the package itself for ""."""
    content = parts.get(relations_of(path))
    found = {}
    for relation in _elements(content, "Relationship") if content else ():
        if relation.attrib.get("TargetMode") != "External":
            kind = relation.attrib["Type"].rsplit("/", 1)[-1]
            found[relation.attrib["Id"]] = (kind, target_of(path, relation.attrib["Target"]))
    return found


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, target: str) -> str:
    """The part that a relation of `part` leads to."""
    path = posixpath.join("/", posixpath.dirname(part), target.replace("\\", "/"))
    return part_name(posixpath.normpath(path))


def _stamp(parts: Parts) -> dict[str, str]:
    """The custom properties that are texts."""
    found = {}
    for item in _elements(parts["docprops/custom.xml"], "property") if "docprops/custom.xml" in parts else ():
        found[item.attrib.get("name", "")] = "".join(value.text or "" for value in item)[:MAX_NAME]
    return found


def _elements(content: bytes, name: str) -> Iterator[Any]:
    if content.count(b"<") > MAX_TAGS or len(content) > MAX_BYTES:
        raise TooMuch
    tree = ElementTree.fromstring(content)  # noqa: S314 - reporting.guard has refused entities and document types
    return (element for element in tree.iter() if element.tag.rsplit("}", 1)[-1] == name)

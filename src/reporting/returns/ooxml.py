"""A workbook as the package of files that it is, changed without touching the rest: the one place where lxml is used."""

import copy
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reporting.excel.parts import MAIN, OFFICE, relations_of, target_of
from reporting.guard import MAX_MEMBERS, MAX_UNPACKED, part_name

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)
"""The stamp of the parts that we add, so that the same input gives the same bytes."""

Element = Any  # lxml says nothing to mypy


class NotMarkable(ValueError):  # noqa: N818 - as UnreadableTarget: what it is, not an error of ours
    """The bytes are no workbook that can be changed safely: encrypted, truncated, hostile, or of another format."""


@dataclass(frozen=True)
class MarkedPackage:
    """The parts of a workbook. infos: as they stood in the file, in its order; parts: name → bytes; trees: the parts that have been
    parsed, each with the bytes that its tree had when it was read, so that a tree nobody changed is written as it came.
    """

    infos: tuple[zipfile.ZipInfo, ...]
    parts: dict[str, bytes]
    trees: dict[str, tuple[Element, bytes]]

    def named(self, name: str) -> str:
        """A part's name as it stands in the file, which may have other capitals than whoever points to it."""
        return next((own for own in self.parts if part_name(own) == part_name(name)), name)

    def tree(self, name: str) -> Element:
        """The root element of a part; what is changed in it is written by `packed`."""
        name = self.named(name)
        if name not in self.trees:
            if name not in self.parts:
                raise NotMarkable(f"{name} saknas")
            root = _parsed(self.parts[name])
            self.trees[name] = (root, serialized(root))
        return self.trees[name][0]

    def write(self, name: str, content: bytes) -> None:
        """Put a part in, or in the place of the one with that name."""
        name = self.named(name)
        self.parts[name] = content
        self.trees.pop(name, None)

    def drop(self, name: str) -> None:
        """Take a part out, where there is one."""
        name = self.named(name)
        self.parts.pop(name, None)
        self.trees.pop(name, None)

    def free(self, pattern: str) -> str:
        """The first name that no part has, of a pattern like xl/comments{}.xml; names differ in more than capitals."""
        taken = {name.lower() for name in self.parts}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Relation id → part, of the relations of `source` ("" for the package) whose type ends with /kind."""
        name = self.named(relations_of(source))
        if name not in self.parts:
            return {}
        return {
            item.get("Id"): self.named(target_of(source, item.get("Target")))
            for item in self.tree(name)
            if item.tag == f"{{{RELATIONS}}}Relationship"
            and item.get("Type").endswith(f"/{kind}")
            and item.get("TargetMode") != "External"
        }

    def relate(self, source: str, kind: str, part: str) -> str:
        """Add a relation from `source` to a part: its id."""
        name = self.named(relations_of(source))
        if name not in self.parts:
            self.write(name, serialized(etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})))
        root = self.tree(name)
        taken = {item.get("Id") for item in root}
        chosen = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        target = posixpath.relpath(part, posixpath.dirname(source) or ".")
        added = etree.SubElement(root, f"{{{RELATIONS}}}Relationship")
        for key, value in (("Id", chosen), ("Type", f"{OFFICE}/{kind}"), ("Target", target)):
            added.set(key, value)
        return chosen

    def declare(self, part: str, content_type: str) -> None:
        """Say in the list of content types what a new part is."""
        root = self.tree(CONTENT_TYPES)
        added = etree.SubElement(root, f"{{{TYPES}}}Override")
        added.set("PartName", f"/{part}")
        added.set("ContentType", content_type)


def open_package(content: bytes) -> MarkedPackage:
    """The package in these bytes. Raises NotMarkable for what is larger than any delivery is; zipfile's, zlib's, lzma's and struct's
    errors for damaged bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        # A member is never unpacked past the size that it declares, so the sum of those is what we may come to hold.
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise NotMarkable("större än någon leverans")
        if len({part_name(info.filename) for info in infos}) != len(infos):
            raise NotMarkable("två delar med samma namn")
        return MarkedPackage(tuple(infos), {_slashed(info): archive.read(info) for info in infos}, {})


def _slashed(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")  # some programs pack as Windows writes paths


def packed(package: MarkedPackage) -> bytes:
    """The package as a file: every part that was not changed is as it came."""
    for name, (root, before) in list(package.trees.items()):
        if (after := serialized(root)) != before:
            package.write(name, after)
    came = {_slashed(info): info for info in package.infos}
    new = [name for name in package.parts if name not in came]
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*(name for name in came if name in package.parts), *new]:
            archive.writestr(_info(name, came.get(name)), package.parts[name])
    return to.getvalue()


def _info(name: str, came: zipfile.ZipInfo | None) -> zipfile.ZipInfo:
    if came is None:
        info = zipfile.ZipInfo(name, _ZIP_STAMP)
        info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
        return info
    info = copy.copy(came)
    info.extra = b""  # sizes and padding of the old file, which would be wrong in the new one
    return info


def serialized(root: Element) -> bytes:
    """The XML file, in UTF-8 with its declaration, of the document that `root` is the root of."""
    made: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _parsed(content: bytes) -> Element:
    # A parser per part: nothing is fetched, nothing expands, and a document that defines entities is not of this format.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, strip_cdata=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotMarkable(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise NotMarkable("en del definierar egna entiteter")
    return root


def element(tag: str, *children: Element, text: str = "", **attributes: object) -> Element:
    """An element in the namespace of sheets. `text` stands as it is, whatever a person wrote: spaces kept, what XML can't hold as �."""
    made = etree.Element(f"{{{MAIN}}}{tag}", nsmap={None: MAIN})
    for key, value in attributes.items():
        made.set(key, _held(str(value)))
    if text:
        if tag == "t":
            made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.text = re.sub(
            r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", _held(text)
        )  # else Excel reads it as a character's number
    made.extend(children)
    return made


def children(parent: Element, tag: str) -> list[Element]:
    """The direct children of this name, in the namespace of sheets."""
    found: list[Element] = parent.findall(f"{{{MAIN}}}{tag}")
    return found


def _held(text: str) -> str:
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", text)


def put_in(parent: Element, added: Element, order: tuple[str, ...]) -> None:
    """Insert a child where the format's required order of tags (`order`) has it, before any of the same tag."""
    earlier = order[: order.index(_name(added))]
    last = [place for place, child in enumerate(parent) if _name(child) in earlier]
    parent.insert(last[-1] + 1 if last else 0, added)


def _name(of: Element) -> str:
    return str(etree.QName(of).localname) if isinstance(of.tag, str) else ""

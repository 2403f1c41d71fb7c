"""Texts in a workbook that are not what they look like as plain text."""

from xml.etree import ElementTree


def mixed_texts(strings: bytes) -> frozenset[str]:
    """The texts in which some characters are raised, lowered or struck out: as plain text they would run together with the others."""
    found = set()
    if b"vertAlign" in strings or b"strike" in strings:
        for item in ElementTree.fromstring(strings):  # noqa: S314 - reporting.guard has refused entities and document types
            names = {element.tag.rsplit("}", 1)[-1] for element in item.iter()}
            if names & {"vertAlign", "strike"}:
                found.add("".join(element.text or "" for element in item.iter() if element.tag.endswith("}t")))
    return frozenset(found)

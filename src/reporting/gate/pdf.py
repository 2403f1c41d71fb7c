"""Pages as tagged PDF, printed by the browser and finished so that a reader's program can tell what they are. The only module that
imports pikepdf."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from reporting.files import write_whole
from reporting.gate import chromium
from reporting.gate.chromium import Tab
from reporting.warm.parallel import many_at_once

_SOURCE = "/NamndrapportKalla"
"""In the document's information: the checksum of what the PDF was made of."""

_IN_MEMORY = 64
"""How many are printed before they are finished."""


def write_pdfs(jobs: Sequence[tuple[Path, Path]], done: Callable[[int, int], None]) -> None:
    """Print pages as PDF.

    jobs: page, and the PDF to write; pages must lie below one folder, with what they use. A PDF that was made of the same bytes of the page
    is left as it is; the same page gives the same bytes of PDF. done: told how many are ready, of how many.
    NoBrowser where there is none; RuntimeError with the page's name for one that can't be printed.
    """
    left = [(page, target, _source(page)) for page, target in jobs]
    left = [job for job in left if _source_of(job[1]) != job[2]]
    ready = len(jobs) - len(left)
    done(ready, len(jobs))
    if not left:
        return
    failed: list[str] = []
    printed: list[tuple[Path, bytes, str]] = []

    async def work(tab: Tab, job: tuple[Path, Path, str]) -> None:
        nonlocal ready
        page, target, source = job
        await tab.open(page)
        printed.append((target, await tab.pdf(), source))
        ready += 1
        done(ready, len(jobs))

    def stuck(job: tuple[Path, Path, str], why: str) -> None:
        failed.append(f"{job[0]} kunde inte skrivas som PDF: {why}")

    folder = Path(os.path.commonpath([page.resolve().parent for page, _, _ in left]))
    for some in (left[at : at + _IN_MEMORY] for at in range(0, len(left), _IN_MEMORY)):
        chromium.in_tabs(folder, lambda opened, some=some: opened.each(some, work, stuck))  # type: ignore[misc]
        list(many_at_once(_finish, printed))
        printed.clear()
    if failed:
        raise RuntimeError("\n".join(failed))


def _source(page: Path) -> str:
    """What decides how the PDF comes out: the page, and this program."""
    parts = (page, Path(__file__), Path(str(chromium.__file__)))
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def _source_of(pdf: Path) -> str:
    """What a PDF was made of; "" where there is none, or it wasn't made here."""
    try:
        with pikepdf.open(pdf) as opened:
            return str(opened.docinfo.get(_SOURCE, ""))
    except (OSError, pikepdf.PdfError):
        return ""


def _finish(printed: tuple[Path, bytes, str]) -> None:
    """Write (target, what was printed, what it was made of) with nothing in it of when or how it was printed, and its tree as readers
    want it."""
    target, content, source = printed
    with pikepdf.open(io.BytesIO(content)) as pdf:
        title = pdf.docinfo.get("/Title", pikepdf.String(""))
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Producer"] = pikepdf.String("Nämndrapport")
        pdf.docinfo[_SOURCE] = pikepdf.String(source)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        elements = list(structure_elements(pdf))
        _plain_frames(elements)
        _numbered(pdf, elements)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    write_whole(target, written.getvalue())


def _plain_frames(elements: Sequence[Any]) -> None:
    """The frame of a figure is no figure of its own: what it shows has the alternative, and its caption is read as text."""
    for element in elements:
        if element.S != "/Figure" or "/Alt" in element:
            continue
        inner = list(below(element))
        if any(kid.S in ("/Figure", "/Table") for kid in inner):
            element.S = pikepdf.Name.Div
            for kid in inner:
                if kid.S == "/Caption" and kid.P.objgen == element.objgen:
                    kid.S = pikepdf.Name.P


def _numbered(pdf: pikepdf.Pdf, elements: Sequence[Any]) -> None:
    """Names of elements by where they stand: the browser's are by how many pages it has shown before."""
    names: dict[str, str] = {}
    named: dict[str, Any] = {}
    for element in elements:
        if "/ID" in element:
            new = names.setdefault(str(element.ID), f"n{len(names):06d}")
            element.ID = pikepdf.String(new)
            named[new] = element
    for element in elements:
        for attributes in _listed(element.get("/A")):
            if "/Headers" in attributes:
                known = [names[str(name)] for name in attributes.Headers if str(name) in names]
                attributes.Headers = pikepdf.Array([pikepdf.String(name) for name in known])
    if named:
        flat = [item for name, element in sorted(named.items()) for item in (pikepdf.String(name), element)]
        pdf.Root.StructTreeRoot.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(flat))


def _listed(value: Any) -> list[Any]:
    """One or more objects, or none, as a list of those that are dictionaries."""
    every = value if isinstance(value, pikepdf.Array) else [value]
    return [one for one in every if isinstance(one, pikepdf.Dictionary)]


def structure_elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The elements of the structure tree, in reading order."""
    return below(pdf.Root.get("/StructTreeRoot", {}))


def below(element: Any) -> Iterator[Any]:
    """The elements of the structure tree under one, in reading order."""
    for kid in _listed(element.get("/K")):
        if "/S" in kid:
            yield kid
        yield from below(kid)

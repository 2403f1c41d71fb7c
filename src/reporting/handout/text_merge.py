"""The scaffold into what people have written in texter.md: lines are added, and nothing that anybody wrote is changed or lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.characters import cleaned
from reporting.faults import Fault, Faults
from reporting.files import BOM, write_whole
from reporting.handout.text_scaffold import ABOUT, APART_HEADING, Scaffold, scaffold
from reporting.params.chapters import CHAPTERS, all_chapters
from reporting.params.deliverers import awaited
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.params.root import Root
from reporting.reading.read import read_workbooks
from reporting.texts.read import DELAR, content, is_apart, meant, read_texts
from reporting.texts.sections import Outline, Section, outline

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KNOWN_PARTS = {part.lower() for parts in (DELAR, *(chapter.parts for chapter in CHAPTERS)) for part in parts}


@dataclass(frozen=True)
class Merged:
    """texter.md with the scaffold in it, and what became of it.

    ny: nothing was written before; avsnitt: ids of the sections that were added; matt: mätetal and mått that were named in sections
    there already; flyttat: ids of the sections that were moved under Utan koppling.
    """

    text: str
    ny: bool = False
    avsnitt: tuple[str, ...] = ()
    matt: tuple[str, ...] = ()
    flyttat: tuple[str, ...] = ()

    def __str__(self) -> str:
        """ "ny", "oförändrad", or "utökad: nya avsnitt a, b; nya mått c; flyttat till Utan koppling: d"."""
        kinds = (("nya avsnitt", self.avsnitt), ("nya mått", self.matt), ("flyttat till Utan koppling:", self.flyttat))
        told = "; ".join(f"{kind} {', '.join(names)}" for kind, names in kinds if names)
        return "ny" if self.ny else f"utökad: {told}" if told else "oförändrad"


@dataclass(frozen=True)
class _Piece:
    """Lines that stay together. id: the goal or chapter that they are about, or ""; number: their place in the file, -1 for new
    ones; apart: under Utan koppling, or the heading of it."""

    lines: tuple[str, ...]
    id: str = ""
    number: int = -1
    apart: bool = False


def write_texts(root: Root, params: Params, namnd: str) -> tuple[Path, Merged, list[Fault]]:
    """Put the plan's scaffold into a nämnd's texter.md: (the file, what became of it, faults).

    The file is made where there is none, and not written where it has everything. A file that can't be read is left as it is; the
    faults say why. Otherwise they are those that the file has when this is done, as `read_texts` tells them.
    """
    path = root.data / str(params.period) / namnd / "texter.md"
    fil, plan = root.named(path), params.plan(namnd)
    if plan is None:
        wanted = f"en nämnd med en plan i params/planer som gäller {params.period.year}"
        action = "rätta nämndens id, eller lägg till planen"
        return path, Merged(""), [Fault("parametern namnd", namnd, wanted, action)]
    faults = Faults(fil)
    written = content(path, faults)
    if faults.found:
        return path, Merged(""), faults.found
    chapters = all_chapters(root)
    name = params.namnd(namnd).namn
    nu, _ = read_workbooks(path.parent, root.named(path.parent), params.period, plan, blad=params.blad)
    blad = awaited(params, plan) | {rad.blad for rad in nu.rader}
    asked = scaffold(plan, name, params.skala, params.period, params.trend_mot, chapters, blad)
    made = merged(written, asked, plan)
    if made.text != written:
        write_whole(path, made.text.encode())
    return path, made, read_texts(path, fil, plan, params.skala, params.period, chapters)[1]


def merged(written: str, wanted: Scaffold, plan: Plan) -> Merged:
    """`written` with what it lacks of the scaffold; all of the scaffold where nothing is written.

    A goal or chapter without a section gets one, after the section that comes before it in the scaffold. A section that is there
    is left as it is: people choose themselves which fields and ### headings they need. Only where it names the goal's mätetal and
    mått in comments, as the scaffold does, those that are new are named after them.
    A section whose id has left the plan is moved, word for word, under # Utan koppling. An id that may be a misspelt one of a
    section that is missing stays where it is, and no section is added for it: reading the file asks what was meant. So does a
    heading that never was an id, as ## Bakgrund, or ## orsaker with a number sign too few.
    A text in which code begins and never ends is not touched, since what is put in after it would be code.
    """
    bom, text = (BOM, written[1:]) if written.startswith(BOM) else ("", written)
    cut = outline(cleaned(text))
    if cut.open_code:
        return Merged(written)
    lines = text.splitlines(keepends=True)
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    newline = max(("\n", "\r\n", "\r"), key=ends.count)  # the file's own: the one that most lines end with
    pieces, moved, matt = _cut_up(cut, lines, wanted, plan, newline)
    missing = [stub for stub in wanted.stubs if stub.asked and stub.id not in [piece.id for piece in pieces]]
    new = not text.strip()
    if new:
        pieces.append(_piece(wanted.top, newline))
    for stub in missing:
        pieces.insert(_place(stub.id, pieces, [item.id for item in wanted.stubs]), _piece(stub.lines, newline, stub.id))
    if moved:
        heading = [] if any(piece.apart for piece in pieces) else [_piece(APART_HEADING, newline)]
        end = max((n + 1 for n, piece in enumerate(pieces) if piece.apart), default=len(pieces))
        pieces[end:end] = [*heading, *moved]
    if not (missing or moved or matt):
        return Merged(written)
    flyttat = tuple(piece.id for piece in moved)
    return Merged(bom + _joined(pieces, newline), new, tuple(stub.id for stub in missing), matt, flyttat)


def _cut_up(
    cut: Outline, lines: Sequence[str], wanted: Scaffold, plan: Plan, newline: str
) -> tuple[list[_Piece], list[_Piece], tuple[str, ...]]:
    """The text in pieces, comments for new mätetal put in: (those that stay, those that are to be moved, the new ids)."""
    stubs = {stub.id: stub for stub in wanted.stubs}
    sections = _not_apart(cut)
    lacking = [name for name in stubs if name not in [head.id for head in sections]]
    stay = [_Piece(tuple(lines[: cut.blocks[0][0].start if cut.blocks else len(lines)]), number=0)]
    moved: list[_Piece] = []
    named: list[str] = []
    above = stay
    for block in cut.blocks:
        head, start, end = block[0], block[0].start, block[-1].end
        own, number = tuple(lines[start:end]), len(stay) + len(moved)
        name = head.id
        if head not in sections:
            stay.append(_Piece(own, number=number, apart=head.level == 2 or is_apart(head)))
        elif name in stubs:
            own, new = _with_comments(own, cut, start, stubs[name].about, newline)
            named += new
            stay.append(_Piece(own, name, number))
        elif head.marked and (likely := meant(head, lacking, plan)):
            lacking.remove(likely)
            stay.append(_Piece(own, likely, number))
        elif head.marked and ID.fullmatch(name) and name not in _KNOWN_PARTS:
            moved.append(_Piece(own, name, number))
            above = moved
            continue
        else:  # a heading that people put into what stands above it
            above[-1] = replace(above[-1], lines=above[-1].lines + own)
            continue
        above = stay
    return stay, moved, tuple(named)


def _not_apart(cut: Outline) -> list[Section]:
    """The headings of level 2, those under Utan koppling left out."""
    found: list[Section] = []
    apart = False
    for head, *_ in cut.blocks:
        apart = is_apart(head) if head.level == 1 else apart
        found += [head] if head.level == 2 and not apart else []
    return found


def _with_comments(
    own: tuple[str, ...], cut: Outline, start: int, about: dict[str, str], newline: str
) -> tuple[tuple[str, ...], list[str]]:
    """(a section's lines, with those of `about` that its comments don't name after the last of these, their ids)."""
    ends = [(n - start, m - start) for n, m in cut.comments if start <= n < start + len(own) and m - n == 1]
    found = [(end, match[1]) for begin, end in ends if (match := ABOUT.match(own[begin]))]
    new = [name for name in about if name not in [said for _, said in found]]
    if not found or not new:
        return own, []
    after = max(end for end, _ in found)
    return (*_ended(own[:after], newline), *(about[name] + newline for name in new), *own[after:]), new


def _place(name: str, pieces: Sequence[_Piece], order: Sequence[str]) -> int:
    """Where among the pieces a section goes: after the nearest one before it in the scaffold, else before the nearest after."""
    at = {piece.id: n for n, piece in reversed(list(enumerate(pieces))) if piece.id}
    here = order.index(name)
    before = next((at[earlier] for earlier in reversed(order[:here]) if earlier in at), None)
    if before is not None:
        return before + 1
    later = next((at[later] for later in order[here:] if later in at), None)
    apart = next((n for n, piece in enumerate(pieces) if piece.apart), len(pieces))
    return apart if later is None else later


def _piece(lines: Iterable[str], newline: str, name: str = "") -> _Piece:
    return _Piece(tuple(line + newline for line in lines), name)


def _joined(pieces: Iterable[_Piece], newline: str) -> str:
    """The pieces as text, with an empty line between those that didn't follow each other before."""
    out: list[str] = []
    last = -1
    for piece in pieces:
        if not piece.lines:
            continue
        if out and (piece.number == -1 or piece.number != last + 1):
            out = _ended(out, newline)
            out += [newline] if out[-1].strip() else []
        out += piece.lines
        last = piece.number
    return "".join(out)


def _ended(lines: Sequence[str], newline: str) -> list[str]:
    """The lines, the last one ended as the others are."""
    *first, last = lines
    return [*first, last if last.endswith(("\n", "\r")) else last + newline]

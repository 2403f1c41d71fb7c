"""What is wrong in the input, told to an analyst: where, what stood there, what was expected, how to mend it."""

import difflib
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from reporting.characters import broken
from reporting.files import decoded, printable, writable

MOST_SHOWN = 160
"""How much of what stood in a cell a message repeats."""
ANNAN_BOK, INGET_BREV = "annan bok", "inget"
"""Faults with a letter of their own: the workbook is another than the one awaited, and nothing in it is to be mended; and those that
no sender can do anything about."""


def cell_place(ref: str) -> tuple[int, int]:
    """(row, column) of a cell like B2, from 0; of a range's first cell. A reference that is none comes before all others."""
    found = re.match(r"([A-Z]{0,3})(\d+)", ref)
    if not found:
        return -1, -1
    *_, column = accumulate(found[1], lambda sum_, letter: sum_ * 26 + ord(letter) - 64, initial=0)
    return int(found[2]) - 1, column - 1


def _shown_stod(item: "Fault | Notis") -> str:
    """What stood there, no longer than a message repeats."""
    return item.stod if len(item.stod) <= MOST_SHOWN else item.stod[:MOST_SHOWN] + " …"


def _plats(item: "Fault | Notis") -> str:
    """The place in the file as a person is told it: "blad Mätetal, cell C5", "rad 12", "cell 3, rad 1"; "" for the whole file."""
    named = (("blad", item.blad), ("cell", item.cell), ("rad", item.rad))
    return ", ".join(f"{what} {which}" for what, which in named if which)


def _whole_place(item: "Fault | Notis") -> str:
    return f"{item.fil}, {item.plats}" if item.plats else item.fil


def _reading_order(item: "Fault | Notis") -> tuple[object, ...]:
    """By file; in it first what is about the whole of it, then sheet by sheet, each row by row, or line by line."""
    about = (item.vantat, item.atgard) if isinstance(item, Fault) else (item.iakttagelse, item.om)
    return item.fil, item.rad > 0, item.blad, cell_place(item.cell), item.rad, item.stod, *about


@dataclass(frozen=True)
class Fault:
    """One fault in the input. Faults are sorted as they are read: file by file, in each line by line, or cell by cell.

    fil: path relative to the root, with forward slashes; stod: what stood there ("" where nothing did); vantat: what was expected;
    atgard: how to mend it. blad, cell, rad: where in the file, as far as it can be said: a sheet's name in the workbook and the cell
    (B2) or cells (B2:B4) on it, a line from 1, or of a notebook the number of the cell and the line in it.

    slag: which of our sheets it stands on, whatever the sender has called it. till_avsandare: (vantat, atgard) as the sender of the file
    is told them, "" where that is the same. brev: where its letter is another than usual, ANNAN_BOK or INGET_BREV.
    """

    fil: str
    stod: str
    vantat: str
    atgard: str
    _: KW_ONLY
    blad: str = ""
    cell: str = ""
    rad: int = 0
    slag: str = field(default="", compare=False)
    till_avsandare: tuple[str, str] = field(default=("", ""), compare=False)
    brev: str = field(default="", compare=False)

    plats, shown_stod = property(_plats), property(_shown_stod)

    def __lt__(self, other: "Fault") -> bool:
        return _reading_order(self) < _reading_order(other)

    def __str__(self) -> str:
        found = f"Där står: «{self.shown_stod}». " if self.stod else ""
        told = f"Väntat: {as_sentence(self.vantat)}\n  Gör så här: {as_sentence(self.atgard)}"
        return printable(f"{_whole_place(self)}\n  {found}{told}")

    def as_dict(self) -> dict[str, str]:
        """The same as plain text values, for `--json`. Keys: fil, plats, stod, vantat, atgard."""
        return {key: printable(getattr(self, key)) for key in ("fil", "plats", "stod", "vantat", "atgard")}

    def as_sender_is_told(self) -> "Fault":
        """The same, with the sender's half of what is to be done; the analyst's folders, plans and handbook aren't there."""
        vantat, atgard = self.till_avsandare
        return replace(self, vantat=vantat or self.vantat, atgard=atgard or self.atgard)


@dataclass(frozen=True)
class Notis:
    """Something that may be right, but that somebody ought to look at. It stops nothing; an analyst can accept it, with a motive.
    Sorted as faults are.

    fil, stod, blad, cell, rad: as in Fault; iakttagelse: what was noticed, as sentences; om: what it is about, in whichever file and
    cell it stands: "samtal-hsv kvinnor".
    """

    fil: str
    stod: str
    iakttagelse: str
    om: str
    _: KW_ONLY
    blad: str = ""
    cell: str = ""
    rad: int = 0

    plats, shown_stod = property(_plats), property(_shown_stod)

    @property
    def kod(self) -> str:
        """By what it is accepted: the same for as long as the same thing is noticed, wherever the row is moved."""
        said = "\n".join((self.om, self.stod, self.iakttagelse))
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:6]

    def __lt__(self, other: "Notis") -> bool:
        return _reading_order(self) < _reading_order(other)

    def __str__(self) -> str:
        found = f"Där står: «{self.shown_stod}». " if self.stod else ""
        return printable(f"{_whole_place(self)}\n  {found}{as_sentence(self.iakttagelse)}\n  Kod: {self.kod}")

    def as_dict(self) -> dict[str, str]:
        """The same as plain text values, for `--json`. Keys: kod, fil, plats, stod, iakttagelse, om."""
        return {key: printable(getattr(self, key)) for key in ("kod", "fil", "plats", "stod", "iakttagelse", "om")}


def as_sentence(text: str) -> str:
    """With a full stop, where it doesn't end as a sentence already."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


@dataclass(frozen=True)
class Faults:
    """What is found wrong, or worth a look, while something is read: handed along to all that read it, so that everything comes at once.

    fil, blad, slag: the file, the sheet and the kind of sheet that is read now, as in Fault; found, notiser: what has been found so far.
    """

    fil: str = ""
    blad: str = ""
    slag: str = ""
    found: list[Fault] = field(default_factory=list)
    notiser: list[Notis] = field(default_factory=list)

    def at(self, fil: str, blad: str = "", slag: str = "") -> "Faults":
        """The same collection, for what is read of another file or sheet."""
        return replace(self, fil=writable(fil), blad=blad, slag=slag)

    def add(
        self,
        stod: object,
        vantat: str,
        atgard: str,
        *,
        cell: str = "",
        rad: int = 0,
        till_avsandare: tuple[str, str] = ("", ""),
        brev: str = "",
    ) -> None:
        """Note a fault here; all as in Fault."""
        where = {"blad": self.blad, "cell": cell, "slag": self.slag}
        told = Fault(self.fil, str(stod), vantat, atgard, **where, rad=rad, till_avsandare=till_avsandare, brev=brev)
        self.found.append(told)

    def unreadable(self, text: str, atgard: str, *, cell: str = "", rad: int = 0, more: str = "") -> bool:
        """Whether a text was broken before it came here; then that is noted as a fault. atgard, cell, rad as in Fault; more: what is
        said after what was expected."""
        found = broken(text)
        if found:
            meant = f"; här har troligen stått «{found[1]}»" if found[1] else ""
            self.add(found[0], f"läsbara tecken{meant}{more}", atgard, cell=cell, rad=rad)
        return found is not None

    def note(self, stod: str, iakttagelse: str, om: str, cell: str = "") -> None:
        """Note something to look at here; all as in Notis."""
        self.notiser.append(Notis(self.fil, stod, iakttagelse, om, blad=self.blad, cell=cell))

    def is_file(self, path: Path) -> bool:
        """Whether there is a file here. What only has the name of one is a fault: a folder, a pipe, a link that leads nowhere; and so is
        a name that can't be written."""
        if (name := writable(path.name)) != path.name:
            action = "byt namn på filen, med bokstäver, siffror, bindestreck och punkt"
            self.add(name, "ett filnamn som går att läsa", action, brev=INGET_BREV)
        elif path.is_file():
            return True
        elif os.path.lexists(path):
            what = "en mapp" if path.is_dir() else "ingen fil, utan något annat som har dess namn"
            self.add("", f"en fil; det här är {what}", "flytta undan det, och lägg filen här", brev=INGET_BREV)
        return False

    def decoded(self, raw: bytes) -> str | None:
        """The text that a file's bytes stand for. What isn't UTF-8 is a fault, and read on as Windows-1252, so that what else is wrong in
        the text can be told at once; None where it can't be that either."""
        text, line = decoded(raw)
        if line:
            self.add("", "text i UTF-8", "spara om filen med kodningen UTF-8", rad=line)
        return text

    @property
    def count(self) -> int:
        """How many things have been found so far."""
        return len(self.found) + len(self.notiser)

    def sorted(self) -> list[Fault]:
        """Each fault once, as they are told."""
        return sorted(set(self.found))


class InputFaults(Exception):  # noqa: N818 - what it holds are faults, many at once
    """Faults that stop a chapter. Jupyter shows the faults themselves, never a traceback."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.text())

    def text(self) -> str:
        """All faults as text, one blank line between them, with their number first."""
        count = len(self.faults)
        heading = "1 fel i underlaget" if count == 1 else f"{count} fel i underlaget"
        return "\n\n".join([heading + ":", *map(str, self.faults)])

    def _render_traceback_(self) -> list[str]:
        # IPython's hook: the analyst sees what to mend, not our call stack.
        return self.text().splitlines()


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `word` as " Menade du «…»?", or "" where none is near."""
    return asked(nearest_word(word, allowed))


def nearest_word(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `word`, or "" where none is near. Capitals may be all that differs."""
    words = list(allowed)
    lowered = {item.lower(): item for item in reversed(words)}
    return lowered.get(word.lower()) or closest(word, words) or lowered.get(closest(word.lower(), lowered), "")


def closest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """The word most like `word`, as it is written; "" where none is so like it."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=cutoff)), "")


def asked(word: str) -> str:
    """A word as the question that ends an instruction, " Menade du «…»?"; "" for none."""
    return f" Menade du «{word}»?" if word else ""

"""Every chapter of a nämnd's report, one row each: its file, the sheets it needs, the texts it asks for, when it is delivered."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reporting.files import file_bytes
from reporting.params.blad import (
    AKTIVITETER,
    DRIFT,
    GRANSKNINGAR,
    INTERNKONTROLL,
    INVESTERINGAR,
    OMRADEN,
    PERSONAL,
    PRIVATA_UTFORARE,
    UPPDRAG,
    Blad,
)
from reporting.params.headings import KVALITATIVA, MATETAL
from reporting.params.root import Root

Counted = Literal["measures", "rows", "sheets", "workbooks"]
"""What is counted to say how much of what a chapter needs has come: the outcomes and answers that the plan asks for; the rows that
the plan says its sheets shall have; its sheets; the workbooks that are awaited."""
EXPLAINING = "forklaring"
"""The tag of a cell that explains the notebook to whoever opens it, and stays off the page."""
OWN_QUESTION = "Vad säger uppgifterna, och vad betyder de?"
"""What the text of a kommun's own chapter is asked for with."""


@dataclass(frozen=True)
class AskedText:
    """A text that people are to write for a chapter.

    part: the heading with ### that it stands under, "" for right under the chapter's own; sheet: the one that it is about, which a
    nämnd must have for the text to be asked of it.
    """

    question: str
    part: str = ""
    sheet: Blad | None = None


@dataclass(frozen=True)
class Chapter:
    """One chapter. file: its notebook's name, of which the number is its place on the page and the rest its id.

    sheets: those whose rows it shows; outcome_sheets: the same of the two that hold outcomes and answers; counts: what must have come
    for it to be delivered; has_goals: whether it is where people's analysis of each goal of the plan stands.
    """

    file: str
    heading: str
    sheets: tuple[Blad, ...] = ()
    outcome_sheets: tuple[str, ...] = ()
    texts: tuple[AskedText, ...] = ()
    counts: tuple[Counted, ...] = ("sheets",)
    has_goals: bool = False

    @property
    def id(self) -> str:
        """What it is called in texter.md and in links."""
        return chapter_id(self.file)

    @property
    def parts(self) -> tuple[str, ...]:
        """The headings of its texts."""
        return tuple(text.part for text in self.texts if text.part)

    def asked_texts(self, blad: Collection[str]) -> tuple[AskedText, ...]:
        """The texts that are asked of a nämnd with these sheets (their ids)."""
        return tuple(text for text in self.texts if text.sheet is None or text.sheet.id in blad)

    def sheets_among(self, blad: Iterable[Blad]) -> tuple[Blad, ...]:
        """The sheets that are its: those of its row, and the kommun's own that has its id."""
        return tuple(item for item in blad if item in self.sheets or item.id == self.id)


SOURCES = Chapter("10-underlag", "Underlag", counts=("workbooks",))
"""Where every file is listed with its checksum."""

CHAPTERS = (
    Chapter(
        "01-sammanfattning",
        "Sammanfattning",
        texts=(AskedText("Vad är viktigast att veta om perioden?"),),
        counts=("measures",),
    ),
    Chapter(
        "02-maluppfoljning",
        "Måluppföljning",
        sheets=(AKTIVITETER,),
        outcome_sheets=(MATETAL, KVALITATIVA),
        counts=("measures", "rows"),
        has_goals=True,
    ),
    Chapter("03-matetal", "Mätetal", outcome_sheets=(MATETAL, KVALITATIVA), counts=("measures",)),
    Chapter(
        "04-uppdrag",
        "Uppdrag och granskningar",
        sheets=(UPPDRAG, GRANSKNINGAR),
        texts=(
            AskedText("Vad har uppdragen lett till, och vad händer nu?", sheet=UPPDRAG),
            AskedText(
                "Vad visar granskningarna, och vad har ni gjort med anledning av dem?", "Granskningar", GRANSKNINGAR
            ),
        ),
        counts=("rows",),
    ),
    Chapter(
        "05-internkontroll",
        "Internkontroll",
        sheets=(INTERNKONTROLL,),
        texts=(AskedText("Vad visar kontrollerna, och vad görs åt det som inte fungerar?", sheet=INTERNKONTROLL),),
        counts=("rows",),
    ),
    Chapter(
        "06-privata-utforare",
        "Privata utförare",
        sheets=(PRIVATA_UTFORARE,),
        texts=(
            AskedText(
                "Vad köps av privata utförare, varför har kostnaden ändrats, och vad visar uppföljningen?",
                sheet=PRIVATA_UTFORARE,
            ),
        ),
    ),
    Chapter(
        "07-personal",
        "Personal",
        sheets=(PERSONAL,),
        texts=(
            AskedText("Vad ligger bakom sjukfrånvaron, och vad görs åt den?", "Sjukfrånvaro", PERSONAL),
            AskedText("Vad förklarar frisknärvaron?", "Frisknärvaro", PERSONAL),
            AskedText("Hur har antalet anställda ändrats, och vad beror det på?", "Anställda", PERSONAL),
            AskedText("Vad betyder åldersstrukturen för kompetensförsörjningen?", "Åldersstruktur", PERSONAL),
            AskedText(
                "Hur har det systematiska arbetsmiljöarbetet följts upp, och vad görs härnäst?", "Arbetsmiljö", PERSONAL
            ),
        ),
    ),
    Chapter(
        "08-ekonomi",
        "Ekonomi",
        sheets=(DRIFT, INVESTERINGAR, OMRADEN),
        texts=(
            AskedText("Vad förklarar resultatet?", "Drift", DRIFT),
            AskedText(
                "Vad ligger bakom verksamhetsområdenas avvikelser, och vad görs åt dem?", "Verksamhetsområden", OMRADEN
            ),
            AskedText("Vad har investerats, och vad förklarar avvikelsen?", "Investeringar", INVESTERINGAR),
        ),
    ),
    Chapter("09-framtid", "Framtiden", texts=(AskedText("Vad väntar framöver, och hur förbereder sig nämnden?"),)),
    SOURCES,
)
"""The program's chapters, in the order of the page."""

PROGRAM_SHEETS = tuple(sheet for chapter in CHAPTERS for sheet in chapter.sheets)
"""The sheets that the program's chapters show. A kommun's own are in params/blad/."""


def chapter_id(file: str) -> str:
    """A chapter's id from its notebook's name without suffix: synpunkter from 50-synpunkter."""
    return file[3:]


def program_chapter(name: str) -> Chapter | None:
    """The program's chapter with this id; None for a kommun's own."""
    return next((chapter for chapter in CHAPTERS if chapter.id == name), None)


def own_chapters(root: Root) -> tuple[Chapter, ...]:
    """The kommun's own chapters: one Chapter for each notebook that isn't the program's, with a single text to write."""
    return tuple(
        Chapter(path.stem, first_heading(path), texts=(AskedText(OWN_QUESTION),))
        for path in root.chapters
        if program_chapter(chapter_id(path.stem)) is None
    )


def all_chapters(root: Root) -> tuple[Chapter, ...]:
    """The program's chapters and then the kommun's own."""
    return (*CHAPTERS, *own_chapters(root))


def first_heading(notebook: Path) -> str:
    """A notebook's first heading of level 1, of those that stand on the page; its file name where it has none or is no notebook."""
    try:
        cells = json.loads(file_bytes(notebook))["cells"]
        shown = [cell for cell in cells if EXPLAINING not in (cell.get("metadata", {}).get("tags") or ())]
        texts = ["".join(cell["source"]) for cell in shown if cell["cell_type"] == "markdown"]
    except Exception:  # whatever is wrong with the notebook is told when it is run
        return notebook.stem
    found = (re.search(r"^# +(.+)$", text, re.MULTILINE) for text in texts)
    return next((match[1].strip() for match in found if match), notebook.stem)

"""texter.md: the text that only people can write, one heading per nämndsmål, read without changing a word."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reporting.encoding import decoded
from reporting.faults import Fault, asked, nearest, nearest_word
from reporting.params.chapters import CHAPTERS, Chapter
from reporting.params.kommun import Skala, Steg
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.texts.fields import FALT, TRENDER, Trend, read_fields
from reporting.texts.sections import Outline, Section, outline, trimmed

DELAR = ("Kommentar", "Orsaker", "Framgångsfaktorer", "Utmaningar", "Åtgärder")
"""The parts of an analysis (verksamhetsplan 2023 §6: bakomliggande orsaker, framgångsfaktorer, utmaningar, åtgärder)."""

MAX_BYTES = 2_000_000
UTAN_KOPPLING = "Utan koppling"
"""The heading of level 1 under which sections stand whose goal has left the plan."""
LOOSE, TO_ITS_GOAL = "text under ## och ett id", "flytta texten till det mål den handlar om"


@dataclass(frozen=True)
class Maltext:
    """What people wrote about one nämndsmål. bedomning: a step of the scale; delar: heading in DELAR → Markdown."""

    bedomning: Steg | None = None
    trend: Trend | None = None
    prognos: str | None = None
    motiv: str = ""
    delar: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Avsnitt:
    """What people wrote for a chapter, as Markdown. text: under its ##; delar: heading with ### (Chapter.parts) → what stands under it."""

    text: str = ""
    delar: dict[str, str] = field(default_factory=dict)

    def under(self, part: str) -> str:
        """What stands under a heading with ###; for "" right under the chapter's own. "" where nothing does."""
        return self.delar.get(part, "") if part else self.text


@dataclass(frozen=True)
class Texter:
    """Everything in one texter.md. avsnitt: chapter id → Avsnitt; mal: nämndsmål id → Maltext."""

    fil: str
    avsnitt: dict[str, Avsnitt] = field(default_factory=dict)
    mal: dict[str, Maltext] = field(default_factory=dict)


def content(path: Path, fil: str) -> tuple[str, list[Fault]]:
    """What stands in texter.md, every sign of it, byte order mark and newlines too: (text, faults). "" where there is no file."""
    if not path.is_file():
        return "", []
    if path.stat().st_size > MAX_BYTES:
        return "", [Fault(fil, "", "högst 2 MB text", "kontrollera att det är rätt fil")]
    text, line = decoded(path.read_bytes())
    faults = [Fault(fil, "", "text i UTF-8", "spara om filen med kodningen UTF-8", rad=line)] if line else []
    return text or "", faults


def meant(head: Section, ids: Iterable[str], plan: Plan) -> str:
    """Which of `ids` a heading with no known id may stand for, by its id or by the goal's name; "" where none is near."""
    known = list(ids)
    names = {name.lower(): mal.id for mal in plan.namndsmal if mal.id in known for name in (mal.namn, mal.kortnamn)}
    found = difflib.get_close_matches(head.title.lower(), names, n=1, cutoff=0.6)
    return nearest_word(head.id, known) or (names[found[0]] if found else "")


def read_texts(
    path: Path, fil: str, plan: Plan, skala: Skala, period: Period, chapters: Iterable[Chapter] = CHAPTERS
) -> tuple[Texter, list[Fault]]:
    """Read texter.md: (Texter, faults). A file that isn't there is no fault: every text is then missing, and asked for.

    chapters: those that may have a text; the program's, where the kommun's own aren't among them.
    Comments at the start of a line are no text. What stands under UTAN_KOPPLING is told, section by section, and not read.
    """
    text, faults = content(path, fil)
    goal_ids = [mal.id for mal in plan.namndsmal]
    parts = {chapter.id: chapter.parts for chapter in chapters if chapter.texts}
    known = [*parts, *goal_ids]
    headings = (*known, *DELAR, *(part for its in parts.values() for part in its))
    cut, found = _outline(fil, text.removeprefix("\ufeff"), headings)
    faults += found
    wanted = f"id för ett nämndsmål i planen, eller för ett kapitel: {', '.join(parts)}"
    blocks: list[tuple[str, tuple[Section, ...]]] = []
    unknown: list[tuple[str, tuple[Section, ...]]] = []
    apart = False  # under UTAN_KOPPLING
    for block in cut.blocks:
        head = block[0]
        name = head.id
        if head.level != 2:
            apart = is_apart(head)
            said = [(head.line, head.body.strip().splitlines()[0])] if head.level == 1 and head.body.strip() else []
            said += [(part.line, part.title) for part in block if part.level == 3]
            faults += [_fault(fil, line, words, LOOSE, TO_ITS_GOAL) for line, words in said]
        elif apart:
            faults += [_apart_fault(fil, head, known, plan)] if _says_something(block) else []
        elif name in known:
            is_there = name in [other for other, _ in blocks]
            if is_there:
                faults.append(_fault(fil, head.line, head.title, "varje id en gång", "slå ihop texterna"))
            if (
                not is_there or name in goal_ids
            ):  # which chapter the second is for, and so what it may hold, can't be said
                blocks.append((name, block))
        elif (likely := meant(head, known, plan)) or not plan.okanda("namndsmal"):
            faults.append(_fault(fil, head.line, head.title, wanted, f"rätta id:t efter ##.{asked(likely)}"))
            unknown.append((likely, block))
    # what stands under a misspelt id is read as what is lacking, so that all that is wrong in it comes at once
    blocks += [(name, block) for name, block in unknown if name and name not in [other for other, _ in blocks]]
    mal: dict[str, Maltext] = {}
    avsnitt: dict[str, Avsnitt] = {}
    told = [line for line, _ in (*cut.open_comments, *cut.open_code)]
    for name, sections in blocks:
        if name in goal_ids:
            maltext, found = _maltext(fil, sections, skala, period, told)
            mal.setdefault(name, maltext)
        else:
            own, found = _avsnitt(fil, sections, parts.get(name, ()))
            avsnitt.setdefault(name, own)
        faults += found
    return Texter(fil, avsnitt, mal), faults


def is_apart(section: Section) -> bool:
    """Whether the sections that follow this heading of level 1 have lost what they were about."""
    return section.level == 1 and section.title.casefold() == UTAN_KOPPLING.casefold()


def _outline(fil: str, text: str, headings: Sequence[str]) -> tuple[Outline, list[Fault]]:
    """(the text's sections, faults): text before the first heading, headings without their space (which are read as headings), comments
    and code that never end."""
    faults: list[Fault] = []
    cut = outline(text)
    for line, said in cut.unspaced(headings):
        faults.append(_fault(fil, line, said, "ett mellanslag efter nummertecknen", "skriv till exempel ## framtid"))
    if faults:
        lines = text.splitlines()
        for line, _ in cut.unspaced(headings):
            lines[line - 1] = re.sub(r"^(#+)\u00a0?", r"\1 ", lines[line - 1])
        cut = outline("\n".join(lines))
    number, preface = cut.preface
    if preface and number not in [line for line, _ in cut.open_comments]:
        faults.append(_fault(fil, number, preface, LOOSE, TO_ITS_GOAL))
    for line, said in cut.open_comments:
        wanted = "en kommentar som slutar med --> sist på en rad, före nästa rubrik"
        faults.append(_fault(fil, line, said, wanted, "avsluta kommentaren med -->, eller ta bort <!--"))
    for line, said in cut.open_code:
        wanted = f"en rad med {said[:3]} där koden som börjar här slutar"
        faults.append(_fault(fil, line, said, wanted, "lägg till raden, eller ta bort tecknen om det inte är kod"))
    return cut, faults


def _says_something(block: Iterable[Section]) -> bool:
    """Whether people have written anything below the headings: an empty field is nothing."""
    fields = "|".join(FALT)
    lines = [line for section in block for line in section.body.splitlines()]
    return any(line.strip() and not re.fullmatch(rf"\s*(?:{fields})\s*:\s*", line.lower()) for line in lines)


def _apart_fault(fil: str, head: Section, known: list[str], plan: Plan) -> Fault:
    wanted = f"text under ett av id:na {', '.join(known)}; det som står under # {UTAN_KOPPLING} visas inte på sidan"
    action = f"{TO_ITS_GOAL}, eller ta bort den.{asked(meant(head, known, plan))}"
    if head.id in known:
        action = f"{head.id} finns nu: flytta texten till ## {head.id} högre upp i filen, eller ta bort den"
    return _fault(fil, head.line, head.title, wanted, action)


def _avsnitt(fil: str, sections: tuple[Section, ...], known: tuple[str, ...]) -> tuple[Avsnitt, list[Fault]]:
    """A chapter's text. In a chapter without parts of its own, ### is a heading like any other."""
    head, *parts = sections
    if not known:
        texts = [head.body, *(f"### {part.title}\n\n{part.body}" for part in parts)]
        return Avsnitt(trimmed("\n\n".join(texts))), []
    delar, faults = _parts(fil, parts, known)
    return Avsnitt(trimmed(head.body), delar), faults


def _maltext(
    fil: str, sections: tuple[Section, ...], skala: Skala, period: Period, told: list[int]
) -> tuple[Maltext, list[Fault]]:
    head, *parts = sections
    said, faults = read_fields(fil, head, skala, period, told)
    delar, found = _parts(fil, parts, DELAR)
    steps = {step.namn.lower(): step for step in skala.steg}
    trend = next((word for word in TRENDER if word == said.get("trend", "").lower()), None)
    text = Maltext(
        bedomning=steps.get(said.get("bedömning", "").lower()),
        trend=trend,
        prognos=said.get("prognos", "").lower() or None,
        motiv=said.get("motiv", ""),
        delar=delar,
    )
    return text, [*faults, *found]


def _parts(fil: str, parts: list[Section], known: tuple[str, ...]) -> tuple[dict[str, str], list[Fault]]:
    """What stands under each ###: (heading → Markdown, faults); empty parts are left out."""
    faults: list[Fault] = []
    delar: dict[str, str] = {}
    for part in parts:
        title = next((name for name in known if name.lower() == part.title.lower()), None)
        if title is None:
            expected = f"en av rubrikerna {', '.join(known)}"
            faults.append(_fault(fil, part.line, part.title, expected, f"rätta rubriken.{nearest(part.title, known)}"))
        elif title in delar:
            faults.append(
                _fault(fil, part.line, part.title, "varje rubrik en gång under samma ##", "slå ihop texterna")
            )
        else:
            delar[title] = trimmed(part.body)
    return {name: body for name, body in delar.items() if body}, faults


def _fault(fil: str, line: int, stod: str, vantat: str, atgard: str) -> Fault:
    return Fault(fil, stod, vantat, atgard, rad=line)

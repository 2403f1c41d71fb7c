"""texter.md: the text that only people can write, one heading per nämndsmål, read without changing a word."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reporting.characters import cleaned
from reporting.faults import Fault, Faults, asked, closest, nearest, nearest_word
from reporting.params.chapters import CHAPTERS, Chapter
from reporting.params.kommun import Skala, Steg
from reporting.params.plan import Plan
from reporting.periods import Period
from reporting.texts.sections import Outline, Section, outline, trimmed

FALT = ("bedömning", "trend", "prognos", "motiv")
"""The fields right under a goal's heading, each on a line: a word, a colon, and what it says."""
WrittenTrend = Literal["förbättrad", "oförändrad", "försämrad"]
TRENDER: tuple[WrittenTrend, ...] = ("förbättrad", "oförändrad", "försämrad")
PROGNOSER = ("når sannolikt målet", "osäkert", "når sannolikt inte målet")
_FIELD = re.compile(r"\s*(?:[-*]\s*)?(\w+)\s*:\s*(.*)$")
DELAR = ("Kommentar", "Orsaker", "Framgångsfaktorer", "Utmaningar", "Åtgärder")
"""The parts of an analysis (verksamhetsplan 2023 §6: bakomliggande orsaker, framgångsfaktorer, utmaningar, åtgärder)."""

_MAX_TEXT_BYTES = 300_000
UTAN_KOPPLING = "Utan koppling"
"""The heading of level 1 under which sections stand whose goal has left the plan."""
LOOSE, TO_ITS_GOAL = "text under ## och ett id", "flytta texten till det mål den handlar om"


@dataclass(frozen=True)
class Maltext:
    """What people wrote about one nämndsmål. bedomning: a step of the scale; delar: heading in DELAR → Markdown."""

    bedomning: Steg | None = None
    trend: WrittenTrend | None = None
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


def content(path: Path, faults: Faults) -> str:
    """What stands in texter.md, every sign of it, byte order mark and newlines too; "" where there is no file, or it can't be read."""
    if not faults.is_file(path):
        return ""
    if path.stat().st_size > _MAX_TEXT_BYTES:
        faults.add("", "högst 300 kB text, mer än hundra sidor", "kontrollera att det är rätt fil")
        return ""
    try:
        raw = path.read_bytes()
    except OSError:
        faults.add("", "en fil som går att läsa", "stäng filen i andra program, och kontrollera att du får läsa den")
        return ""
    return faults.decoded(raw) or ""


def meant(head: Section, ids: Iterable[str], plan: Plan) -> str:
    """Which of `ids` a heading with no known id may stand for, by its id or by the goal's name; "" where none is near."""
    known = list(ids)
    names = {name.lower(): mal.id for mal in plan.namndsmal if mal.id in known for name in (mal.namn, mal.kortnamn)}
    return nearest_word(head.id, known) or names.get(closest(head.title.lower(), names), "")


def read_texts(
    path: Path, fil: str, plan: Plan, skala: Skala, period: Period, chapters: Iterable[Chapter] = CHAPTERS
) -> tuple[Texter, list[Fault]]:
    """Read texter.md: (Texter, faults). A file that isn't there is no fault: every text is then missing, and asked for.

    chapters: those that may have a text; the program's, where the kommun's own aren't among them.
    Comments at the start of a line are no text. What stands under UTAN_KOPPLING is told, section by section, and not read.
    """
    faults = Faults(fil)
    text = cleaned(content(path, faults))
    for rad, written in enumerate(text.splitlines(), start=1):
        faults.unreadable(written, "rätta texten, eller hämta den på nytt ur det som den kommer från", rad=rad)
    goal_ids = [mal.id for mal in plan.namndsmal]
    parts = {chapter.id: chapter.parts for chapter in chapters if chapter.texts}
    known = [*parts, *goal_ids]
    headings = (*known, *DELAR, *(part for its in parts.values() for part in its))
    cut = _outline(faults, text, headings)
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
            for line, words in said:
                faults.add(words, LOOSE, TO_ITS_GOAL, rad=line)
        elif apart:
            if _says_something(block):
                _tell_apart(faults, head, known, plan)
        elif name in known:
            is_there = name in [other for other, _ in blocks]
            if is_there:
                faults.add(head.title, "varje id en gång", "slå ihop texterna", rad=head.line)
            # which chapter the second is for, and so what it may hold, can't be said
            if not is_there or name in goal_ids:
                blocks.append((name, block))
        elif (likely := meant(head, known, plan)) or not plan.okanda("namndsmal"):
            faults.add(head.title, wanted, f"rätta id:t efter ##.{asked(likely)}", rad=head.line)
            unknown.append((likely, block))
    # what stands under a misspelt id is read as what is lacking, so that all that is wrong in it comes at once
    blocks += [(name, block) for name, block in unknown if name and name not in [other for other, _ in blocks]]
    mal: dict[str, Maltext] = {}
    avsnitt: dict[str, Avsnitt] = {}
    told = [line for line, _ in (*cut.open_comments, *cut.open_code)]
    for name, sections in blocks:
        if name in goal_ids:
            maltext = _maltext(faults, sections, skala, period, told)
            mal.setdefault(name, maltext)
        else:
            own = _avsnitt(faults, sections, parts.get(name, ()))
            avsnitt.setdefault(name, own)
    return Texter(fil, avsnitt, mal), faults.found


def is_apart(section: Section) -> bool:
    """Whether this is the heading of level 1 (UTAN_KOPPLING) under which sections stand whose goal has left the plan."""
    return section.level == 1 and section.title.casefold() == UTAN_KOPPLING.casefold()


def _outline(faults: Faults, text: str, headings: Sequence[str]) -> Outline:
    """The text's sections. Told are text before the first heading, headings without their space (which are read as headings), comments
    and code that never end."""
    cut = outline(text)
    if unspaced := cut.unspaced(headings):
        lines = text.splitlines()
        for line, said in unspaced:
            faults.add(said, "ett mellanslag efter nummertecknen", "skriv till exempel ## framtid", rad=line)
            lines[line - 1] = re.sub(r"^(#+)\u00a0?", r"\1 ", lines[line - 1])
        cut = outline("\n".join(lines))
    number, preface = cut.preface
    if preface and number not in [line for line, _ in cut.open_comments]:
        faults.add(preface, LOOSE, TO_ITS_GOAL, rad=number)
    for line, said in cut.open_comments:
        wanted = "en kommentar som slutar med --> sist på en rad, före nästa rubrik"
        faults.add(said, wanted, "avsluta kommentaren med -->, eller ta bort <!--", rad=line)
    for line, said in cut.open_code:
        wanted = f"en rad med {said[:3]} där koden som börjar här slutar"
        faults.add(said, wanted, "lägg till raden, eller ta bort tecknen om det inte är kod", rad=line)
    return cut


def _says_something(block: Iterable[Section]) -> bool:
    """Whether people have written anything below the headings: an empty field is nothing."""
    fields = "|".join(FALT)
    lines = [line for section in block for line in section.body.splitlines()]
    return any(line.strip() and not re.fullmatch(rf"\s*(?:{fields})\s*:\s*", line.lower()) for line in lines)


def _tell_apart(faults: Faults, head: Section, known: list[str], plan: Plan) -> None:
    wanted = f"text under ett av id:na {', '.join(known)}; det som står under # {UTAN_KOPPLING} visas inte på sidan"
    action = f"{TO_ITS_GOAL}, eller ta bort den.{asked(meant(head, known, plan))}"
    if head.id in known:
        action = f"{head.id} finns nu: flytta texten till ## {head.id} högre upp i filen, eller ta bort den"
    faults.add(head.title, wanted, action, rad=head.line)


def _avsnitt(faults: Faults, sections: tuple[Section, ...], known: tuple[str, ...]) -> Avsnitt:
    """A chapter's text. In a chapter without parts of its own, ### is a heading like any other."""
    head, *parts = sections
    if not known:
        texts = [head.body, *(f"### {part.title}\n\n{part.body}" for part in parts)]
        return Avsnitt(trimmed("\n\n".join(texts)))
    return Avsnitt(trimmed(head.body), _parts(faults, parts, known))


def _maltext(faults: Faults, sections: tuple[Section, ...], skala: Skala, period: Period, told: list[int]) -> Maltext:
    head, *parts = sections
    said = _fields(faults, head, skala, period, told)
    steps = {step.namn.lower(): step for step in skala.steg}
    return Maltext(
        bedomning=steps.get(said.get("bedömning", "").lower()),
        trend=next((word for word in TRENDER if word == said.get("trend", "").lower()), None),
        prognos=said.get("prognos", "").lower() or None,
        motiv=said.get("motiv", ""),
        delar=_parts(faults, parts, DELAR),
    )


def _fields(faults: Faults, head: Section, skala: Skala, period: Period, told: Collection[int] = ()) -> dict[str, str]:
    """Field → what it says. A field that stands twice says what it says first; of a misspelt one the value is checked too.

    told: lines of which it is told already that they begin what never ends; what goes on from them isn't told again.
    """
    said: dict[str, str] = {}
    running = False  # running text where fields should be is told once, at its first line
    for number, line in enumerate(head.body.splitlines(), start=head.line + 1):
        if not line.strip():
            running = False
            continue
        if number in told and line.lstrip().startswith(("```", "~~~")):
            break  # all the rest is code, until that is mended
        match = _FIELD.match(line)
        written = match[1].lower() if match else ""
        key = written if written in FALT else nearest_word(written, FALT) if written and not running else ""
        if written not in FALT:
            if not running and number not in told:
                wanted = f"ett av fälten {', '.join(FALT)}, följt av kolon"
                action = f"skriv löpande text under ### Kommentar.{nearest(written, FALT) if written else ''}"
                faults.add(line.strip(), wanted, action, rad=number)
            running = True
        if not match or not key:
            continue
        if key in said and key == written:
            faults.add(line.strip(), f"fältet {key} en gång", "ta bort den ena raden", rad=number)
        value = _field(faults, number, key, match[2], skala, period)
        if value is not None:
            said.setdefault(key, value)
    return said


def _field(faults: Faults, line: int, key: str, written: str, skala: Skala, period: Period) -> str | None:
    """What a field says, None after a fault. A word of the scale isn't asked for where the scale couldn't be read."""
    steps = [] if skala.oklart("steg") or any(s.oklart("namn") for s in skala.steg) else [s.namn for s in skala.steg]
    allowed = {"bedömning": steps, "trend": TRENDER, "prognos": PROGNOSER}.get(key)
    if allowed is None:
        return written.strip()
    value = " ".join(written.split())  # Word puts no-break spaces between words
    if value and allowed and value.lower() not in [word.lower() for word in allowed]:
        action = f"rätta ordet.{nearest(value, allowed)}"
        faults.add(value, f"{key} är en av {', '.join(allowed)}", action, rad=line)
        return None
    if key == "prognos" and value and not period.is_delar:
        faults.add(value, "ingen prognos vid årets slut", "ta bort raden", rad=line)
        return None
    return value


def _parts(faults: Faults, parts: list[Section], known: tuple[str, ...]) -> dict[str, str]:
    """What stands under each ###: heading → Markdown; empty parts are left out."""
    delar: dict[str, str] = {}
    for part in parts:
        title = next((name for name in known if name.lower() == part.title.lower()), None)
        if title is None:
            expected = f"en av rubrikerna {', '.join(known)}"
            faults.add(part.title, expected, f"rätta rubriken.{nearest(part.title, known)}", rad=part.line)
        elif title in delar:
            expected = "varje rubrik en gång under samma ##"
            faults.add(part.title, expected, "slå ihop texterna", rad=part.line)
        else:
            delar[title] = trimmed(part.body)
    return {name: body for name, body in delar.items() if body}

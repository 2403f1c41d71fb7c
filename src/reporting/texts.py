"""texter.md: the text that only people can write, one heading per nämndsmål, read without changing a word."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reporting.faults import Fault, nearest
from reporting.kommun import Skala, Steg
from reporting.markdown import parser
from reporting.periods import Period
from reporting.plan import Plan

DELAR = ("Kommentar", "Orsaker", "Framgångsfaktorer", "Utmaningar", "Åtgärder")
"""The parts of an analysis (verksamhetsplan 2023 §6: bakomliggande orsaker, framgångsfaktorer, utmaningar, åtgärder)."""

KAPITELDELAR: dict[str, tuple[str, ...]] = {
    "sammanfattning": (),
    "uppdrag": ("Granskningar",),
    "internkontroll": (),
    "privata-utforare": (),
    "personal": ("Sjukfrånvaro", "Frisknärvaro", "Anställda", "Åldersstruktur", "Arbetsmiljö"),
    "ekonomi": ("Drift", "Investeringar", "Verksamhetsområden"),
    "framtid": (),
}
"""The chapters that have a text of their own, by the id after ##, and the parts of it that stand at figures of their own."""
FALT = ("bedömning", "trend", "prognos", "motiv")

Trend = Literal["förbättrad", "oförändrad", "försämrad"]
TRENDER: tuple[Trend, ...] = ("förbättrad", "oförändrad", "försämrad")
PROGNOSER = ("når sannolikt målet", "osäkert", "når sannolikt inte målet")
MAX_BYTES = 2_000_000


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
    """What people wrote for a chapter, as Markdown. text: under its ##; delar: heading in KAPITELDELAR → what stands under it."""

    text: str = ""
    delar: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Texter:
    """Everything in one texter.md. avsnitt: chapter id → Avsnitt; mal: nämndsmål id → Maltext."""

    fil: str
    avsnitt: dict[str, Avsnitt] = field(default_factory=dict)
    mal: dict[str, Maltext] = field(default_factory=dict)


@dataclass(frozen=True)
class _Section:
    level: int
    title: str
    line: int
    body: str


def read_texts(
    path: Path, fil: str, plan: Plan, skala: Skala, period: Period, kapitel: Iterable[str] = ()
) -> tuple[Texter, list[Fault]]:
    """Read texter.md: (Texter, faults). A file that isn't there is no fault: every text is then missing, and asked for.

    kapitel: ids of the kommun's own chapters, which may have a text besides those in KAPITELDELAR.
    """
    if not path.is_file():
        return Texter(fil), []
    if path.stat().st_size > MAX_BYTES:
        return Texter(fil), [Fault(fil, "", "", "högst 2 MB text", "kontrollera att det är rätt fil")]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return Texter(fil), [
            Fault(fil, f"byte {error.start}", "", "text i UTF-8", "spara om filen med kodningen UTF-8")
        ]
    goal_ids = [mal.id for mal in plan.namndsmal]
    chapter_ids = [*KAPITELDELAR, *kapitel]
    known = [*chapter_ids, *goal_ids]
    faults: list[Fault] = []
    goals: dict[str, list[_Section]] = {}
    current: list[_Section] | None = None
    loose, told = "text under ## och ett id", False  # told: the heading above is already a fault
    number, preface = _preface(text)
    headings = (*known, *DELAR, *(del_ for parts in KAPITELDELAR.values() for del_ in parts))
    unspaced = _unspaced(text, headings)
    if preface and number not in [line for line, _ in unspaced]:
        faults.append(_fault(fil, number, preface, loose, "flytta texten till det mål den handlar om"))
    for line, said in unspaced:
        faults.append(_fault(fil, line, said, "ett mellanslag efter nummertecknen", "skriv till exempel ## framtid"))
    for section in _sections(text):
        if section.level == 1:
            current, told = None, False
            if said := section.body.strip():
                faults.append(
                    _fault(fil, section.line, said.splitlines()[0], loose, "flytta texten till det mål den handlar om")
                )
        elif section.level == 2:
            told = True
            name = section.title.split()[0].rstrip(":–-") if section.title else ""
            current = None
            if name not in known:
                hint = nearest(name, known) or _named(section.title, plan)
                wanted = f"id för ett nämndsmål i planen, eller för ett kapitel: {', '.join(chapter_ids)}"
                faults.append(_fault(fil, section.line, section.title, wanted, f"rätta id:t efter ##.{hint}"))
            elif name in goals:
                faults.append(_fault(fil, section.line, section.title, "varje id en gång", "för samman texterna"))
            else:
                current = goals[name] = [section]
        elif current is not None:
            current.append(section)
        elif not told:
            faults.append(_fault(fil, section.line, section.title, loose, "flytta texten till det mål den handlar om"))
    mal: dict[str, Maltext] = {}
    avsnitt: dict[str, Avsnitt] = {}
    for name, sections in goals.items():
        if name in goal_ids:
            mal[name], found = _maltext(fil, sections, skala, period)
        else:
            avsnitt[name], found = _avsnitt(fil, sections, KAPITELDELAR.get(name, ()))
        faults += found
    return Texter(fil, avsnitt, mal), faults


def _avsnitt(fil: str, sections: list[_Section], known: tuple[str, ...]) -> tuple[Avsnitt, list[Fault]]:
    """A chapter's text. In a chapter without parts of its own, ### is a heading like any other."""
    head, *parts = sections
    if not known:
        texts = [head.body, *(f"### {part.title}\n\n{part.body}" for part in parts)]
        return Avsnitt("\n\n".join(texts).strip()), []
    delar, faults = _parts(fil, parts, known)
    return Avsnitt(head.body.strip(), delar), faults


def _preface(text: str) -> tuple[int, str]:
    """(number, text) of the first line with text before any heading; (0, "") where there is none."""
    lines = text.splitlines()
    first = next((section.line - 1 for section in _sections(text)), len(lines))
    return next(((n, line.strip()) for n, line in enumerate(lines[:first], start=1) if line.strip()), (0, ""))


def _unspaced(text: str, headings: Iterable[str]) -> list[tuple[int, str]]:
    """(number, text) of lines that would be headings of ours, had they a space after the number signs."""
    known = {heading.lower() for heading in headings}
    found = [(n, line, re.match(r"#{1,3}([^#\s].*)", line)) for n, line in enumerate(text.splitlines(), start=1)]
    return [(n, line.strip()) for n, line, match in found if match and match[1].strip().lower() in known]


def _named(title: str, plan: Plan) -> str:
    """The goal whose name stands where its id should, as " Menade du «…»?", or ""."""
    names = {name.lower(): mal.id for mal in plan.namndsmal for name in (mal.namn, mal.kortnamn)}
    found = difflib.get_close_matches(title.lower(), names, n=1, cutoff=0.6)
    return f" Menade du «{names[found[0]]}»?" if found else ""


def _sections(text: str) -> Iterable[_Section]:
    """The text cut at headings of level 1–3; headings inside code blocks and quotes are text, not headings."""
    lines = text.splitlines()
    tokens = parser().parse("\n".join(lines))
    cuts = [
        (token.map[0], token.map[1], int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.map and token.level == 0 and int(token.tag[1]) <= 3
    ]
    ends = [start for start, *_ in cuts[1:]] + [len(lines)]
    for (start, after, level, title), end in zip(cuts, ends, strict=False):
        yield _Section(level, title.strip(), start + 1, "\n".join(lines[after:end]))


def _maltext(fil: str, sections: list[_Section], skala: Skala, period: Period) -> tuple[Maltext, list[Fault]]:
    head, *parts = sections
    faults: list[Fault] = []
    steps = {step.namn.lower(): step for step in skala.steg}
    said: dict[str, str] = {}
    running = False  # running text where fields should be is told once, at its first line
    for offset, line in enumerate(head.body.splitlines(), start=head.line + 1):
        if not line.strip():
            running = False
            continue
        match = re.match(r"\s*(?:[-*]\s*)?(\w+)\s*:\s*(.*)$", line)
        key = match[1].lower() if match else ""
        if not match or key not in FALT:
            if running:
                continue
            running = True
            wanted = f"ett av fälten {', '.join(FALT)}, följt av kolon"
            hint = nearest(key, FALT) if key else ""
            faults.append(_fault(fil, offset, line.strip(), wanted, f"skriv löpande text under ### Kommentar.{hint}"))
            continue
        value = match[2].strip()
        allowed = {"bedömning": [s.namn for s in skala.steg], "trend": TRENDER, "prognos": PROGNOSER}.get(key)
        if key in said:
            faults.append(_fault(fil, offset, line.strip(), f"fältet {key} en gång", "ta bort den ena raden"))
        elif value and allowed and value.lower() not in [word.lower() for word in allowed]:
            hint = nearest(value, allowed)
            faults.append(_fault(fil, offset, value, f"{key} är en av {', '.join(allowed)}", f"rätta ordet.{hint}"))
        elif key == "prognos" and value and not period.is_delar:
            faults.append(_fault(fil, offset, value, "ingen prognos vid årets slut", "ta bort raden"))
        else:
            said[key] = value
    delar, found = _parts(fil, parts, DELAR)
    faults += found
    trend = next((word for word in TRENDER if word == said.get("trend", "").lower()), None)
    text = Maltext(
        bedomning=steps.get(said.get("bedömning", "").lower()),
        trend=trend,
        prognos=said.get("prognos", "").lower() or None,
        motiv=said.get("motiv", ""),
        delar=delar,
    )
    return text, faults


def _parts(fil: str, parts: list[_Section], known: tuple[str, ...]) -> tuple[dict[str, str], list[Fault]]:
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
                _fault(fil, part.line, part.title, "varje rubrik en gång under samma ##", "för samman texterna")
            )
        else:
            delar[title] = part.body.strip()
    return {name: body for name, body in delar.items() if body}, faults


def _fault(fil: str, line: int, stod: str, vantat: str, atgard: str) -> Fault:
    return Fault(fil, f"rad {line}", stod, vantat, atgard)

"""What texter.md asks for before anybody has written in it: a heading for each text, and the question in a comment."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reporting.params.chapters import CHAPTERS, PROGRAM_SHEETS, Chapter
from reporting.params.kommun import Skala
from reporting.params.plan import Namndsmal, Plan
from reporting.periods import Period
from reporting.show.placeholders import PROMPTS
from reporting.show.sentences import followup_name
from reporting.swedish import either
from reporting.texts.read import DELAR, FALT, PROGNOSER, TRENDER, UTAN_KOPPLING

ABOUT = re.compile(r"<!-- (?:mål|mätetal|kvalitativt mått)\b(?: ([a-z0-9][a-z0-9-]*):)?")
"""How the comments begin that say what a goal is about; the group is the mätetal's or the mått's id."""
WHERE_NEEDED, OR_UNCERTAIN = "Behövs där ett målvärde inte nås", ", eller prognosen är osäker"
APART = "Här står texter vars mål inte finns i planen. De visas inte på sidan. Flytta dem till det mål de handlar om, eller ta bort dem."
EVERY_SHEET = tuple(sheet.id for sheet in PROGRAM_SHEETS)
INSTRUCTION = "Skriv under rubrikerna. Det som står mellan sådana här tecken är frågor till den som skriver, och visas inte på sidan."


@dataclass(frozen=True)
class Stub:
    """A section as it is before anybody has written in it.

    id: what stands after ##; lines: all of its lines, heading first; about: mätetal's or mått's id → the comment that names it; asked:
    False where nothing in it is asked of the nämnd, so that it is known where it stands but not added.
    """

    id: str
    lines: tuple[str, ...]
    about: dict[str, str]
    asked: bool = True


@dataclass(frozen=True)
class Scaffold:
    """texter.md before anybody has written in it: the lines above the first section, and the sections in their order."""

    top: tuple[str, ...]
    stubs: tuple[Stub, ...]


def scaffold(
    plan: Plan,
    namnd_namn: str,
    skala: Skala,
    period: Period,
    trend_mot: Period,
    chapters: Iterable[Chapter] = CHAPTERS,
    blad: Collection[str] = EVERY_SHEET,
) -> Scaffold:
    """Everything that is asked for, chapter by chapter, each goal of the plan in its place. blad: the ids of the sheets that the nämnd
    has."""
    goals = [_goal(mal, skala, period, trend_mot) for mal in plan.namndsmal]
    stubs: list[Stub] = []
    for chapter in chapters:
        if chapter.has_goals:
            stubs += goals
        elif chapter.texts and chapter.id not in [goal.id for goal in goals]:
            asked = chapter.asked_texts(blad)
            lines = [f"## {chapter.id}"]
            for text in asked:
                lines += [*(["", f"### {text.part}"] if text.part else []), "", comment(text.question)]
            stubs.append(Stub(chapter.id, tuple(lines), {}, bool(asked)))
    top = (f"# Texter: {namnd_namn}, {period.name}", "", comment(INSTRUCTION))
    return Scaffold(top, tuple(stubs))


def comment(text: str) -> str:
    """A comment on one line. What would end it inside the text doesn't."""
    return f"<!-- {' '.join(text.split()).replace('-->', '→')} -->"


APART_HEADING = (f"# {UTAN_KOPPLING}", "", comment(APART))
"""The lines above the sections that have lost what they were about."""


def _goal(mal: Namndsmal, skala: Skala, period: Period, trend_mot: Period) -> Stub:
    about = {}
    for matetal in mal.matetal:
        target = matetal.malvarde_for(period.year)  # in the plan's own words, which need not be possible to read
        wanted = f", målvärde: {target}" if target else ""
        about[matetal.id] = comment(f"mätetal {matetal.id}: {matetal.namn}{wanted}")
    for matt in mal.kvalitativa_matt:
        about[matt.id] = comment(f"kvalitativt mått {matt.id}: {matt.namn}")
    choices = {
        "bedömning": f"välj {either(steg.namn for steg in skala.steg)}",
        "trend": f"välj {either(TRENDER)}, jämfört med {followup_name(trend_mot)}",
        "prognos": f"välj {either(PROGNOSER)}",
        "motiv": "behövs där bedömningen är en annan än måtten talar för",
    }
    asked = [name for name in FALT if name != "prognos" or period.is_delar]
    lines = [f"## {mal.id}", "", comment(f"mål: {mal.namn}"), *about.values(), ""]
    for name in asked:
        lines += [comment(f"{name}: {choices[name]}"), f"{name}:"]
    for part in DELAR:
        when = f" {WHERE_NEEDED}{OR_UNCERTAIN if period.is_delar else ''}."
        question = PROMPTS[part] + (when if part == "Åtgärder" else "")
        lines += ["", f"### {part}", "", comment(question)]
    return Stub(mal.id, tuple(lines), about)

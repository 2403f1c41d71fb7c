"""How far each nämnd has come, chapter by chapter: delivered, faulty, missing, unwritten, done. For a terminal and a notebook alike.

What the last run left behind, held against the files as they are now: which chapters are out of date, and why.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reporting.assess.underlag import Underlag, read_underlag
from reporting.batch.jobs import jobs_for, plan_job
from reporting.batch.manifests import look_over
from reporting.batch.records import last_record
from reporting.batch.streams import told_stderr
from reporting.faults import Fault
from reporting.params.blad import Blad
from reporting.params.chapters import Chapter, Counted, all_chapters, chapter_id
from reporting.params.headings import KVALITATIVA, MATETAL
from reporting.params.read import Params, read_params
from reporting.params.root import Root, chosen_period, find_root
from reporting.periods import Period
from reporting.reading.missing import Saknad, saknade
from reporting.reading.rows import comparable_name
from reporting.reading.utfall import Lamnad
from reporting.show.placeholders import asked_parts, missing_fields


@dataclass(frozen=True)
class Senaste:
    """How a nämnd's pages stand. korning: "klar", "inte körd", "inaktuell" or "misslyckad"; andrade: chapter → why it has to be made
    again; misslyckade: chapters that failed; skrev: chapter → what is told of what its cells wrote that isn't for the page."""

    korning: str
    andrade: dict[str, tuple[str, ...]]
    misslyckade: tuple[str, ...] = ()
    skrev: Mapping[str, str] = field(default_factory=dict)


def last_run(root: Root, period: Period, namnd: str) -> Senaste:
    """How the report and the plan's page of a nämnd stand."""
    report, plan = jobs_for(root, str(period), [namnd]), plan_job(root, str(period), namnd)
    every = look_over(root, [*report, plan], {str(period): [namnd]})
    if not any(standing.manifest for standing in every if standing.job is not plan):
        return Senaste("inte körd", {})
    if every[-1].manifest is None and not last_record(plan.page):
        every.pop()  # only the report was asked for
    here = f"{root.named(root.data / str(period) / namnd)}/"  # a file in it is told by its name alone
    failed = tuple(standing.job.kapitel for standing in every if standing.manifest and standing.manifest.orsak)
    andrade = {
        standing.job.kapitel: tuple(item.removeprefix(here) for item in standing.why)
        for standing in every
        if standing.why and standing.job.kapitel not in failed
    }
    state = "misslyckad" if failed else "inaktuell" if andrade else "klar"
    wrote = {item.job.kapitel: told_stderr(item.manifest.stderr) for item in every if item.manifest}
    return Senaste(state, andrade, failed, {kapitel: told for kapitel, told in wrote.items() if told})


KLAR, LEVERERAT, TEXT_SAKNAS, NOT_DELIVERED, FEL = "klar", "levererat", "text saknas", "saknas", "fel"
"""The states of a chapter, from done to faulty. levererat: everything is in, and the page isn't made of it yet."""


@dataclass(frozen=True)
class Kapitellage:
    """One chapter. levererade of efterfragade: outcomes, answers, rows and sheets; texter of textdelar: parts that people write."""

    kapitel: str
    lage: str
    levererade: int = 0
    efterfragade: int = 0
    fel: int = 0
    texter: int = 0
    textdelar: int = 0


@dataclass(frozen=True)
class Namndlage:
    """One nämnd. levererade of matetal: outcomes (values or reasons) delivered; texter of textdelar: in all chapters; lamnade: the
    workbooks, and from whom; saknade: those that are awaited; saknas: what is to be delivered and hasn't come; senaste: how its pages
    stand. Of one that can't be read nothing is known but the faults."""

    namnd: str
    namn: str
    kapitel: tuple[Kapitellage, ...]
    lamnade: tuple[Lamnad, ...] = ()
    saknade: tuple[str, ...] = ()
    saknas: tuple[Saknad, ...] = ()
    levererade: int = 0
    matetal: int = 0
    texter: int = 0
    textdelar: int = 0
    fel: int = 0
    att_kontrollera: int = 0
    senaste: Senaste = field(default_factory=lambda: Senaste("inte körd", {}))

    @property
    def klara(self) -> int:
        """How many chapters are done."""
        return sum(item.lage == KLAR for item in self.kapitel)


def namnders_lage(period: str = "", namnd: str = "", root: str = "") -> list[Namndlage]:
    """How far the nämnder of a period have come (the newest where none is named), or one of them. Raises InputFaults where there is
    no such root or period. Empty where params can't be used; `reporting check` says why."""
    folder = find_root(root)
    return [item for item in lage_of_period(folder, chosen_period(folder, period)) if namnd in ("", item.namnd)]


def lage_of_period(root: Root, period: Period) -> list[Namndlage]:
    """How far each nämnd of the period has come. Empty where the period's params can't be used; `check` says why."""
    params, in_params = read_params(root.params, period)
    if params is None:
        return []
    return [_of_namnd(root, params, in_params, namnd) for namnd in params.korning.namnder]


def _of_namnd(root: Root, params: Params, in_params: list[Fault], namnd: str) -> Namndlage:
    underlag, faults = read_underlag(root, params, in_params, namnd)
    senaste = last_run(root, params.period, namnd)
    chapters = [path.stem for path in root.chapters]
    names = {item.id: item.namn for item in params.kommun.namnder}
    if underlag is None:
        broken = tuple(Kapitellage(name, FEL, fel=len(faults)) for name in chapters)
        return Namndlage(namnd, names.get(namnd, namnd), broken, fel=len(faults), senaste=senaste)
    rows = {chapter.id: chapter for chapter in all_chapters(root)}
    fel = _places(faults, rows.values(), params.blad, root.data / str(params.period) / namnd / "texter.md", underlag)
    kapitel = tuple(_chapter(name, rows[chapter_id(name)], underlag, fel, senaste) for name in chapters)
    resultat = underlag.resultat.matetal
    return Namndlage(
        namnd=namnd,
        namn=names[namnd],
        kapitel=kapitel,
        lamnade=underlag.nu.lamnade,
        saknade=underlag.saknade_arbetsbocker,
        saknas=saknade(params, underlag.plan, underlag.nu, faults),
        levererade=sum(
            r.varde is not None or bool(r.utfall and r.utfall.saknas) or bool(r.matetal.why_not_measured(params.period))
            for r in resultat
        ),
        matetal=len(resultat),
        texter=sum(item.texter for item in kapitel),
        textdelar=sum(item.textdelar for item in kapitel),
        fel=len(faults),
        att_kontrollera=sum(notis.kod not in underlag.godkanda for notis in underlag.notiser),
        senaste=senaste,
    )


def _chapter(
    name: str, chapter: Chapter, underlag: Underlag, faults: Mapping[str, int], senaste: Senaste
) -> Kapitellage:
    counts = [_counted(kind, chapter, underlag) for kind in chapter.counts]
    levererade, efterfragade = sum(come for come, _ in counts), sum(asked for _, asked in counts)
    texter, textdelar = _written(chapter, underlag)
    fel = faults.get(chapter.id, faults[""])
    if fel:
        state = FEL
    elif levererade < efterfragade:
        state = NOT_DELIVERED
    elif texter < textdelar:
        state = TEXT_SAKNAS
    else:
        is_made = senaste.korning != "inte körd" and name not in (*senaste.andrade, *senaste.misslyckade)
        state = KLAR if is_made else LEVERERAT
    return Kapitellage(name, state, levererade, efterfragade, fel, texter, textdelar)


def _counted(kind: Counted, chapter: Chapter, underlag: Underlag) -> tuple[int, int]:
    """(delivered, asked for) of one kind of what a chapter needs."""
    plan, nu = underlag.plan, underlag.nu
    match kind:
        case "measures":
            period = underlag.params.period
            items = (*plan.matetal, *plan.indikatorer)
            asked = {item.id for item in items} | {matt.id for matt in plan.kvalitativa_matt}
            here = {u.matetal for u in nu.utfall if not u.kon and (u.varde is not None or u.saknas)}
            here |= {svar.matt for svar in nu.svar} | {item.id for item in items if item.why_not_measured(period)}
            return len(asked & here), len(asked)
        case "rows":
            of_plan = [blad for blad in chapter.sheets if blad.poster_ur]
            posts = {(blad.id, post.id) for blad in of_plan for post in getattr(plan, blad.poster_ur)}
            there = {(rad.blad, rad.id) for blad in of_plan for rad in nu.blad(blad.id)}
            return len(posts & there), len(posts)
        case "sheets":
            sheets = chapter.sheets_among(underlag.params.blad_of(plan.namnd))
            return sum(bool(nu.blad(blad.id)) for blad in sheets), len(sheets)
        case "workbooks":
            come = len(nu.lamnade)
            return come, max(1, come + len(underlag.saknade_arbetsbocker))


def _written(chapter: Chapter, underlag: Underlag) -> tuple[int, int]:
    """(written, asked for): a chapter's own texts; where the goals stand, also bedömning, trend, prognos and analysis of each."""
    resultat = underlag.resultat
    own = chapter.asked_texts(resultat.blad)
    written, asked = sum(bool(resultat.avsnitt_om(chapter.id).under(text.part)) for text in own), len(own)
    for mal in resultat.mal if chapter.has_goals else ():
        parts = [mal.text.delar.get(name) for name in asked_parts(mal)]
        fields = 3 if resultat.period.is_delar else 2
        written += sum(bool(part) for part in parts) + fields - len(missing_fields(mal, resultat.period))
        asked += len(parts) + fields
    return written, asked


def _places(
    faults: Sequence[Fault], chapters: Collection[Chapter], blad: Sequence[Blad], texts: Path, underlag: Underlag
) -> dict[str, int]:
    """Chapter id → how many faults concern it; "" is every chapter that none is counted for alone."""
    sheets: dict[str, list[str]] = {name: [] for name in (MATETAL, KVALITATIVA, *(item.blad for item in blad))}
    for chapter in chapters:
        for name in (*chapter.outcome_sheets, *(item.blad for item in chapter.sheets_among(blad))):
            sheets[name].append(chapter.id)
    of_text = {chapter.id: chapter.id for chapter in chapters if chapter.texts}
    first = next(iter(of_text), "")
    of_goals = next((chapter.id for chapter in chapters if chapter.has_goals), "")
    of_text |= {mal.id: of_goals for mal in underlag.plan.namndsmal}
    counts: dict[str, int] = {"": 0}
    lines = texts.read_text(encoding="utf-8", errors="replace").splitlines() if texts.is_file() else []
    known = {comparable_name(name): name for name in sheets}
    for fault in faults:
        blad_here = (
            fault.slag
            if fault.slag in sheets
            else known.get(comparable_name(re.sub(r" ?\(\d+\)$", "", fault.blad.strip())), "")
        )
        if blad_here:
            places = sheets[blad_here]
        elif fault.fil.endswith("/texter.md") and fault.rad:
            above = [re.match(r"##\s+(\S+)", text) for text in lines[: fault.rad]]
            name = next((match[1] for match in reversed(above) if match), first)
            places = [of_text.get(name, of_goals)]
        else:
            places = [""]
        for place in places:
            counts[place] = counts.get(place, 0) + 1
    return {place: count + (counts[""] if place else 0) for place, count in counts.items()}

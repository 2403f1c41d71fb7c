"""What differs between what is published and what is about to be: values, status, bedömning and texts, nämnd by nämnd, in words; and the
page that shows it before a publication."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reporting.html import Html, joined
from reporting.params.kommun import Steg
from reporting.show.look import page_file, template
from reporting.site.facts import Malfakta, Matetalsfakta, Namndfakta
from reporting.swedish import count_word
from reporting.units import compact

Nyckel = tuple[str, str]
"""(period, nämnd)."""
AROUND = 8
"""How many unchanged words are shown on each side of a changed passage of a text."""


@dataclass(frozen=True)
class FactChange:
    """One difference. om: what it is about ("Mätetalet Trygga på särskilt boende"); vad: what of it ("utfall"); fore, nu: as they read;
    is_text: they are people's texts, to be shown with what was taken away and put in."""

    om: str
    vad: str
    fore: str
    nu: str
    is_text: bool = False

    def __str__(self) -> str:
        if self.is_text:
            return f"{self.om}: {self.vad} är {'ny' if not self.fore else 'borttagen' if not self.nu else 'ändrad'}"
        if not self.fore:
            return f"{self.om}: {self.vad} {self.nu} (fanns inte)"
        if not self.nu:
            return f"{self.om}: {self.vad} tas bort (var {self.fore})"
        return f"{self.om}: {self.vad} ändras från {self.fore} till {self.nu}"


@dataclass(frozen=True)
class ReportChanges:
    """The differences of one nämnd's report. ny, borttagen: the whole report comes or goes, with no differences told one by one."""

    period: str
    namnd: str
    namn: str
    titel: str
    ny: bool
    borttagen: bool
    andringar: tuple[FactChange, ...]


def report_differences(before: Mapping[Nyckel, Namndfakta], now: Mapping[Nyckel, Namndfakta]) -> list[ReportChanges]:
    """Every report that differs, newest period first, nämnder in the order of what is about to be published."""
    order = {namnd: index for index, (_, namnd) in enumerate([*now, *before])}
    found = []
    for key in sorted({*before, *now}, key=lambda key: (key[0], -order[key[1]]), reverse=True):
        old, new = before.get(key), now.get(key)
        if shown := new or old:
            told = tuple(_of_report(old, new)) if old and new else ()
            if told or not old or not new:
                found.append(ReportChanges(*key, shown.namn, shown.titel, old is None, new is None, told))
    return found


Sak = TypeVar("Sak", Malfakta, Matetalsfakta)


def _of_report(old: Namndfakta, new: Namndfakta) -> Iterator[FactChange]:
    yield from _changed("Rapporten", _said(old, _REPORT), _said(new, _REPORT))
    yield from _of_each("Målet", old.mal, new.mal, _of_goal)
    yield from _of_each("Mätetalet", old.matetal, new.matetal, _of_matetal)
    yield from _changed("Kapitlens texter", _texts(old), _texts(new), are_texts=True)


def _of_each(
    kind: str,
    old: Sequence[Sak],
    new: Sequence[Sak],
    differences_of: Callable[[str, Sak, Sak], Iterator[FactChange]],
) -> Iterator[FactChange]:
    """What differs in those that have the same id, and which come and go; what has gone comes last."""
    before, now = {item.id: item for item in old}, {item.id: item for item in new}
    for key, item in {**now, **{key: item for key, item in before.items() if key not in now}}.items():
        om = f"{kind} {item.kortnamn}"
        if key in before and key in now:
            yield from differences_of(om, before[key], item)
        else:
            yield FactChange(om, kind.lower(), "" if key in now else item.namn, item.namn if key in now else "")


_REPORT = {"titel": "namn", "namn": "nämndens namn"}
_GOAL = {
    "namn": "lydelsen",
    "bedomning": "bedömningen",
    "trend": "trenden",
    "prognos": "nämndens prognos",
    "forslag": "förslaget av måtten",
}
_MATETAL = {
    "namn": "namnet",
    "malvarde": "målvärdet",
    "status": "statusen",
    "orsak": "orsaken till att det inte kan bedömas",
    "trend": "utvecklingen",
    "prognos": "prognosen",
    "definition": "definitionen",
}
"""What is held against each other, and what it is called."""


def _of_goal(om: str, was: Malfakta, now: Malfakta) -> Iterator[FactChange]:
    yield from _changed(om, _said(was, _GOAL), _said(now, _GOAL))
    answers_before, answers = dict(was.kvalitativa), dict(now.kvalitativa)
    for matt in {**answers, **answers_before}:
        before, after = ({"svaret": each.get(matt, "")} for each in (answers_before, answers))
        yield from _changed(f"{om}, {matt}", before, after)
    yield from _changed(om, _texts(was), _texts(now), are_texts=True)


def _of_matetal(om: str, was: Matetalsfakta, now: Matetalsfakta) -> Iterator[FactChange]:
    yield from _changed(om, _values(was), _values(now))
    yield from _changed(om, _said(was, _MATETAL), _said(now, _MATETAL))


def _said(fakta: Namndfakta | Malfakta | Matetalsfakta, names: Mapping[str, str]) -> dict[str, str]:
    found = {what: getattr(fakta, name) for name, what in names.items()}
    return {what: each.namn if isinstance(each, Steg) else str(each or "") for what, each in found.items()}


def _values(fakta: Matetalsfakta) -> dict[str, str]:
    return {
        f"utfallet för {item.kon}" if item.kon else "utfallet": (
            item.text if item.varde is None else compact(item.varde, fakta.mattenhet, fakta.decimaler)
        )
        for item in fakta.varden
    }


def _texts(fakta: Namndfakta | Malfakta) -> dict[str, str]:
    return {f"texten {heading}": text for heading, text in fakta.texter}


def _changed(
    om: str, was: Mapping[str, str], now: Mapping[str, str], *, are_texts: bool = False
) -> Iterator[FactChange]:
    """What differs in what is said. was, now: what of it → as it reads."""
    for vad in {**now, **was}:
        before, after = was.get(vad, ""), now.get(vad, "")
        if before != after:
            yield FactChange(om, vad, before, after, are_texts)


def marked(before: str, now: str) -> Html:
    """The changed passages with a few words around them. What was taken away and put in is told in words too, since a screen reader
    says nothing of del and ins."""
    old, new = before.split(), now.split()
    parts = []
    operations = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for index, (kind, start, end, first, last) in enumerate(operations):
        if kind == "equal":
            parts.append(_unchanged(old[start:end], is_first=index == 0, is_last=index == len(operations) - 1))
            continue
        for tag, said, words in (("del", "borttaget: ", old[start:end]), ("ins", "tillagt: ", new[first:last])):
            told = Html('<{}><span class="dold">{}</span>{}</{}>')
            parts += [told.format(Html(tag), said, " ".join(words), Html(tag))] if words else []
    return joined(parts, " ")


def _unchanged(words: list[str], *, is_first: bool, is_last: bool) -> Html:
    head = [] if is_first else words[:AROUND]
    tail = [] if is_last else words[max(len(head), len(words) - AROUND) :]
    left_out = ["…"] if len(head) + len(tail) < len(words) else []
    return Html("{}").format(" ".join([*head, *left_out, *tail]))


def changes_page(kommun: str, rapporter: Sequence[ReportChanges], against: str, pages: str) -> str:
    """The HTML of the page that shows what publishing would change. against: what it is compared with, as a sentence; pages: how many
    pages are new, changed and removed, in words."""
    css = page_file("show/page/page.css", "show/page/pieces.css", "site/page/webb.css")
    return template("site/page/andringar.html.j2").render(
        kommun=kommun,
        titel="Det här ändras när du publicerar",
        jamfort=against,
        rapporter=rapporter,
        text=lambda item: marked(item.fore, item.nu),
        sidor=pages,
        css=Html(css),
    )


def summed_up(rapporter: Sequence[ReportChanges]) -> list[str]:
    """A line per report, for a terminal: "Socialnämnden, Delårsuppföljning augusti 2025: tre ändringar"."""
    lines = []
    for rapport in rapporter:
        count = len(rapport.andringar)
        said = "ny rapport" if rapport.ny else "tas bort" if rapport.borttagen else ""
        said = said or f"{count_word(count, en=True)} ändring{'ar' if count > 1 else ''}"
        lines.append(f"{rapport.namn}, {rapport.titel}: {said}")
    return lines

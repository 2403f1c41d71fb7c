"""Chapters into one page: self-contained, no script, no request anywhere.

What stands on a page: its chapters as they were made, its head, and what it says of its input. Made in a warm process.
"""

import pickle
from collections.abc import Sequence
from importlib.metadata import version

from reporting.assess.resultat import Status
from reporting.assess.underlag import InputRead
from reporting.batch.manifests import Manifest
from reporting.batch.records import PageContent, PageRecord
from reporting.html import Html
from reporting.params.chapters import SOURCES, chapter_id
from reporting.params.plan import Beslut
from reporting.params.read import Params, read_params
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period
from reporting.reading.utfall import Fil
from reporting.show.look import look, page_file, template
from reporting.swedish import date_in_text


def head_facts(params: Params, namnd: str) -> list[tuple[str, str]]:
    """The report's head, as (label, value); what isn't known yet is left out."""
    beslut = params.korning.namnder.get(namnd, Beslut())
    known = [
        ("Dokumentnamn", beslut.dokumentnamn),
        ("Ärendenummer", beslut.arendenummer),
        ("Beslutad av", beslut.beslutad_av),
        ("Beslutsdatum", date_in_text(beslut.beslutsdatum) if beslut.beslutsdatum else ""),
        ("Avser", params.period.span),
        ("Giltig till", date_in_text(beslut.giltig_till) if beslut.giltig_till else ""),
        ("Dokumentägare", beslut.dokumentagare),
    ]
    return [(label, value) for label, value in known if value]


def page_content(
    root: Root,
    sida: PageRecord,
    readings: Sequence[bytes],
    made: Sequence[Manifest],
    older: Sequence[str],
    tid: str,
    has_other: bool,
) -> PageContent | None:
    """The page of these chapters; None where params can't be read, so that there isn't even a name to print.

    readings: of the nämnder that it is about, pickled; older: the chapters that something has changed in since they were made; tid: when
    the page is made; has_other: whether there is another page of the nämnd's to link to.
    """
    lasningar: list[InputRead] = [pickle.loads(item) for item in readings]  # noqa: S301 - our own process made it
    params = next((item.params for item in lasningar if item.params), None)
    if params is None:
        params, _ = read_params(root.params, Period.parse(sida.period))
    if params is None:
        return None
    filer, counts = _input(sida, lasningar)
    known = {item.id: item.namn for item in params.kommun.namnder}
    plan = params.plan(sida.namnd)
    name = plan.plan if plan else ""
    other = ("../rapport.html", params.titel) if sida.is_plan else ("verksamhetsplan/rapport.html", name)
    own = look(params.kommun, root.params)
    html = template("show/page/rapport.html.j2").render(
        titel=name if sida.is_plan and plan else params.titel,
        kommun=params.kommun.kommun,
        avsandare=known.get(sida.namnd, params.kommun.kommun),
        pahittade=params.kommun.pahittade_uppgifter,
        uppgifter=[] if sida.is_plan else head_facts(params, sida.namnd),  # the plan's page says its facts itself
        annan_sida=other if has_other else None,
        css=Html(page_file("show/page/page.css", "show/page/pieces.css")) + own.css,
        logotyp=own.logotyp,
        kapitel_lista=made,
        aldre=older,
        antal_filer=len(filer),
        filer=next((item.kapitel for item in made if chapter_id(item.kapitel) == SOURCES.id), ""),
        version=version("namndrapport"),
        tid=tid,
    )
    return PageContent(html.encode(), tuple((fil.fil, fil.sha256) for fil in filer), counts)


def _input(sida: PageRecord, readings: Sequence[InputRead]) -> tuple[list[Fil], dict[str, int]]:
    """Every file that was read for the page, and how many mätetal have each status."""
    whole = [item.underlag for item in readings if item.underlag and not (sida.namnd == KOMMUN and item.faults)]
    if not whole:
        return [], {}
    filer = list({fil.fil: fil for underlag in whole for fil in underlag.filer}.values())
    if sida.is_plan:  # which is made of what is decided, not of what is delivered
        return [fil for fil in filer if fil.fil.startswith("params/")], {}
    statuses = [result.status for underlag in whole for result in underlag.resultat.matetal]
    return filer, {str(status): statuses.count(status) for status in Status}

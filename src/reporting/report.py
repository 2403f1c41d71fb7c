"""Chapters into one page: self-contained, no script, no request anywhere."""

from dataclasses import dataclass
from importlib.metadata import version

from reporting.html import Html
from reporting.params.chapters import SOURCES, chapter_id
from reporting.params.plan import Beslut
from reporting.params.read import Params
from reporting.show.look import Look
from reporting.show.templates import page_file, template
from reporting.swedish import date_in_text


@dataclass(frozen=True)
class Kapitel:
    """A chapter as it stands on the page.

    orsak: why it couldn't be made, "" where it could; inaktuellt: made from other inputs than the rest of the page;
    innehall: its HTML.
    """

    anchor: str
    titel: str
    orsak: str
    inaktuellt: bool
    innehall: Html


def page(
    params: Params,
    namnd: str,
    kapitel: list[Kapitel],
    antal_filer: int,
    tid: str,
    look: Look,
    *,
    is_plan: bool,
    has_other: bool,
) -> str:
    """The finished page.

    namnd: the nämnd's id, or "kommun" for the sammanställning; tid: when it was made; look: the kommun's own; is_plan: True for the page
    of the nämnd's plan, which has its own name and says its facts itself; has_other: whether the other of the nämnd's two
    pages, report and plan, is there to link to.
    """
    plan = params.plan(namnd)
    css = page_file("show/page/page.css") + page_file("show/page/pieces.css")
    known = {item.id: item.namn for item in params.kommun.namnder}
    other = (
        ("../rapport.html", params.titel) if is_plan else ("verksamhetsplan/rapport.html", plan.plan if plan else "")
    )
    return template("show/page/rapport.html.j2").render(
        titel=plan.plan if is_plan and plan else params.titel,
        kommun=params.kommun.kommun,
        avsandare=known.get(namnd, params.kommun.kommun),
        pahittade=params.kommun.pahittade_uppgifter,
        uppgifter=[] if is_plan else uppgifter(params, namnd),
        annan_sida=other if has_other else None,
        css=Html(css) + look.css,
        logotyp=look.logotyp,
        kapitel_lista=kapitel,
        antal_filer=antal_filer,
        filer=next((item.anchor for item in kapitel if chapter_id(item.anchor) == SOURCES.id), ""),
        version=version("namndrapport"),
        tid=tid,
    )


def uppgifter(params: Params, namnd: str) -> list[tuple[str, str]]:
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

"""What stands on a page: its chapters as they were made, its head, and what it says of its input. Made in a warm process."""

import pickle
from collections.abc import Sequence

from reporting.arbete import Sidinnehall
from reporting.assess.resultat import Status
from reporting.assess.underlag import Lasning
from reporting.html import Html
from reporting.manifests import Manifest
from reporting.params.read import read_params
from reporting.params.root import KOMMUN, Root
from reporting.periods import Period
from reporting.reading.utfall import Fil
from reporting.records import Sida
from reporting.report import Kapitel, page
from reporting.show.look import look


def page_content(
    root: Root,
    sida: Sida,
    readings: Sequence[bytes],
    made: Sequence[Manifest],
    older: Sequence[str],
    tid: str,
    has_other: bool,
) -> Sidinnehall | None:
    """The page of these chapters; None where params can't be read, so that there isn't even a name to print.

    readings: of the nämnder that it is about, pickled; older: the chapters that something has changed in since they were made; tid: when
    the page is made; has_other: whether there is another page of the nämnd's to link to.
    """
    lasningar: list[Lasning] = [pickle.loads(item) for item in readings]  # noqa: S301 - our own process made it
    params = next((item.params for item in lasningar if item.params), None)
    if params is None:
        params, _ = read_params(root.params, Period.parse(sida.period))
    if params is None:
        return None
    filer, counts = _input(sida, lasningar)
    shown = [Kapitel(item.kapitel, item.titel, item.orsak, item.kapitel in older, Html(item.html)) for item in made]
    own = look(params.kommun, root.params)
    html = page(
        params,
        sida.namnd,
        kapitel=shown,
        antal_filer=len(filer),
        tid=tid,
        look=own,
        is_plan=sida.is_plan,
        has_other=has_other,
    )
    return Sidinnehall(html.encode(), tuple((fil.fil, fil.sha256) for fil in filer), counts)


def _input(sida: Sida, readings: Sequence[Lasning]) -> tuple[list[Fil], dict[str, int]]:
    """Every file that was read for the page, and how many mätetal have each status."""
    whole = [item.underlag for item in readings if item.underlag and not (sida.namnd == KOMMUN and item.faults)]
    if not whole:
        return [], {}
    filer = list({fil.fil: fil for underlag in whole for fil in underlag.filer}.values())
    if sida.is_plan:  # which is made of what is decided, not of what is delivered
        return [fil for fil in filer if fil.fil.startswith("params/")], {}
    statuses = [result.status for underlag in whole for result in underlag.resultat.matetal]
    return filer, {str(status): statuses.count(status) for status in Status}

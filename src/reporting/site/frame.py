"""The frame of every page of the site: head, menu, contents, foot. And the constant page that stands at a permanent address."""

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from markupsafe import Markup

from reporting.html import Html
from reporting.params.kommun import Kommun
from reporting.show.look import template

START, SOK, TILLGANGLIGHET = "index.html", "sok.html", "tillganglighet.html"
"""The start page, above all publications, and two pages that every publication has."""
PREVIEW = "v/0000/"
"""Where the pages of a publication lie below the start page before it has a number; as deep as those that have one."""
_TOP = "../" * PREVIEW.count("/")
EMPTY = Html("")


@dataclass(frozen=True)
class PageLink:
    """A link. adress: a page, from the root of the publication, or START; har: it is the page that it stands on."""

    adress: str
    text: str
    har: bool = False


@dataclass(frozen=True)
class SitePage:
    """A page of the site.

    adress: its file, from the root of the publication; titel: its heading; huvud: what stands in main below the heading and the
    ingress; fonster: its name in the browser's window, where that isn't the heading; avsandare: the nämnd; vag: the pages above it;
    innehall: a list of pages that belong together, in the margin; vidare: where to read on; fast: whether its address is one that
    people link to; skript: the script of the site that it uses.
    """

    adress: str
    titel: str
    huvud: Markup
    fonster: str = ""
    avsandare: str = ""
    ingress: Markup = EMPTY
    vag: Sequence[PageLink] = ()
    innehall: Sequence[PageLink] = ()
    vidare: Sequence[PageLink] = ()
    fot: Markup = EMPTY
    fast: bool = False
    skript: str = ""


TO_START = PageLink(START, "Startsida")


def relative_link(fran: str, till: str) -> str:
    """The relative link from one page of a publication to another, or to the start page: "2025-08/a.html", "sok.html" → "../sok.html"."""
    if till == START:
        return "../" * fran.count("/") + _TOP + START
    return posixpath.relpath(f"/{till}", posixpath.dirname(f"/{fran}"))


def written_page(kommun: Kommun, logotyp: Markup, page: SitePage) -> bytes:
    """A page of a publication, as its file. logotyp: an image, or nothing."""
    fixed = "../" * page.adress.count("/") + _TOP + page.adress if page.fast else ""
    return _written(kommun, logotyp, page, lambda adress: relative_link(page.adress, adress), fixed, "")


def written_start_page(kommun: Kommun, logotyp: Markup, page: SitePage, nummer: int) -> bytes:
    """The start page: the one file that is replaced when publication `nummer` becomes what readers see; 0 for a preview."""
    folder = f"v/{nummer:04d}/"
    return _written(kommun, logotyp, page, lambda to: START if to == START else folder + to, "", str(nummer))


def _written(
    kommun: Kommun, logotyp: Markup, page: SitePage, till: Callable[[str], str], fixed: str, nummer: str
) -> bytes:
    def shown(links: Sequence[PageLink]) -> list[PageLink]:
        return [PageLink(till(link.adress), link.text, link.har) for link in links]

    names = (page.fonster or page.titel, page.avsandare, kommun.kommun)
    html = template("site/page/webbsida.html.j2").render(
        kommun=kommun,
        logotyp=logotyp,
        page=page,
        to=till,
        shown=shown,
        fonster=", ".join(dict.fromkeys(filter(None, names))),
        meny=[PageLink(START, "Startsida", page.adress == START), PageLink(SOK, "Sök", page.adress == SOK)],
        start=START,
        tillganglighet=TILLGANGLIGHET,
        fast=fixed,
        nummer=nummer,
        version=version("namndrapport"),
    )
    return html.encode()


def permanent_page(adress: str) -> bytes:
    """The page at a permanent address: always the same, it leads to the start page, and from there to the newest publication."""
    up = "../" * adress.count("/")
    return template("site/page/fast-adress.html.j2").render(till=f"{up}{START}#{adress.removesuffix('.html')}").encode()

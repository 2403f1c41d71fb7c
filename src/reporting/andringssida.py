"""The page that shows, before a publication, what differs from what is published."""

from collections.abc import Sequence

from reporting.andringar import Andring, Rapportandring
from reporting.html import Html
from reporting.show.templates import page_file, template
from reporting.swedish import count_word
from reporting.text_diff import marked


def changes_page(kommun: str, rapporter: Sequence[Rapportandring], against: str, pages: str) -> str:
    """The page. against: what it is held against; pages: how many pages are new, changed and gone, in words."""
    css = "".join(page_file(name) for name in ("show/page/page.css", "show/page/pieces.css", "page/webb.css"))
    return template("page/andringar.html.j2").render(
        kommun=kommun,
        titel="Det här ändras när du publicerar",
        jamfort=against,
        rapporter=rapporter,
        text=_marked,
        sidor=pages,
        css=Html(css),
    )


def _marked(item: Andring) -> Html:
    return marked(item.fore, item.nu)


def summed_up(rapporter: Sequence[Rapportandring]) -> list[str]:
    """A line per report, for a terminal: "Socialnämnden, Delårsuppföljning augusti 2025: tre ändringar"."""
    lines = []
    for rapport in rapporter:
        count = len(rapport.andringar)
        said = "ny rapport" if rapport.ny else "tas bort" if rapport.borttagen else ""
        said = said or f"{count_word(count, en=True)} ändring{'ar' if count > 1 else ''}"
        lines.append(f"{rapport.namn}, {rapport.titel}: {said}")
    return lines

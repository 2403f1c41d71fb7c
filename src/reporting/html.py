"""HTML as a value that escapes what is put into it, shows itself in a notebook, and brings the values of its tables along."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from markupsafe import Markup

NO_ALT = "Figur utan textalternativ: skriv vad den visar i cellens metadata, som alt"
"""What a picture that nobody has described is called, on the page and in what is told of it."""
TABLES = "application/vnd.namndrapport.tables+json"
"""How a notebook's output names the tables that stand in its HTML."""


class Piece(Protocol):
    """Anything that can give itself as safe HTML, by the method __html__."""

    def __html__(self) -> str:
        """As HTML, safe to put into a page."""


class Html(Markup):
    """Safe HTML. `Html("<b>{}</b>").format(text)` escapes `text`; Jupyter shows the result as HTML. tables: those that stand in it, as
    values of the kinds that JSON has (show.table.TableValues)."""

    __slots__ = ("tables",)
    tables: tuple[Mapping[str, Any], ...]

    def __new__(cls, text: object = "", tables: Iterable[Mapping[str, Any]] = ()) -> "Html":  # noqa: D102
        made = super().__new__(cls, text)
        made.tables = tuple(tables)
        return made

    def __add__(self, other: Piece | str) -> "Html":
        return joined((self, other), "")

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        # Beside the HTML, and only where there are any.
        return {TABLES: list(self.tables)} if self.tables else {}

    def _repr_html_(self) -> str:
        return str(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        # Jupyter stores a plain text beside the HTML; the same content twice would double every notebook.
        printer.text(f"HTML, {len(self)} tecken")


def joined(parts: Iterable[Piece | str], between: str = "\n") -> Html:
    """The parts, each escaped unless it is HTML already, with `between` (HTML) between them, and the tables of all of them."""
    parts = list(parts)
    tables = [table for part in parts if isinstance(part, Html) for table in part.tables]
    return Html(Html(between).join(parts), tables)


def unfolding(summary: str, content: Html) -> Html:
    """Content that a reader opens when she wants it; open in print."""
    head = Html('<details class="nr-fold"><summary>{}</summary>').format(summary)
    return joined([head, content, Html("</details>")])


def bullets(items: Iterable[Piece | str], between: str = "") -> Html:
    """A list without numbers. between: what stands between its items (HTML)."""
    return Html("<ul>{}</ul>").format(joined((Html("<li>{}</li>").format(item) for item in items), between))


def description_list(kind: str, pairs: Iterable[tuple[str, Piece | str]]) -> Html:
    """A description list (<dl>). pairs: (term, description), left out where the description is empty; kind: its CSS class."""
    rows = (Html("<div><dt>{}</dt><dd>{}</dd></div>").format(label, said) for label, said in pairs if said)
    return Html('<dl class="{}">{}</dl>').format(kind, joined(rows, ""))

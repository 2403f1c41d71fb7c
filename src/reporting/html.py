"""HTML as a value that escapes what is put into it and shows itself in a notebook."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


class Html(Markup):
    """Safe HTML. `Html("<b>{}</b>").format(text)` escapes `text`; Jupyter shows the result as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        # Jupyter stores a plain text beside the HTML; the same content twice would double every notebook.
        printer.text(f"HTML, {len(self)} tecken")


def joined(parts: Iterable[Markup | str], between: str = "\n") -> Html:
    """The parts, each escaped unless it is HTML already, with `between` (HTML) between them."""
    return Html(Html(between).join(parts))


def folded(summary: str, content: Markup) -> Html:
    """Content that a reader opens when she wants it; open in print."""
    return Html('<details class="nr-fold"><summary>{}</summary>\n{}\n</details>').format(summary, content)

"""What the fronts have in common: how `k` shows itself in JupyterLab, and what is said of a name that it doesn't have."""

import inspect
from collections.abc import Callable
from typing import Any, NoReturn

from reporting.assess.underlag import lab_style
from reporting.faults import nearest
from reporting.html import Html, bullets, unfolding

EXEMPEL = " Exempel: "
"""Between what a method does and how it is written, in the first line of its docstring."""


class UnknownNameError(AttributeError):
    """A name that `k` doesn't have. Jupyter shows the sentence, never a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Front:
    """Base of `k` in a notebook. Shown by itself it tells what it is about, and in JupyterLab what can be called on it."""

    def _rubrik(self) -> str:
        """What it is about: "Exempelkommun · Socialnämnden · Delårsrapport"."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self._rubrik()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, bool]]]:
        # In JupyterLab: the styles of everything below, in Lab's own colours. The page has its own and leaves this out.
        items = bullets(Html("<code>{}</code> {}").format(example, does) for does, example in offered(type(self)))
        shown = Html('<p class="nr-lab">{}</p>\n').format(self._rubrik())
        can_be_done = unfolding("Det här kan du göra med k", items)
        return {"text/html": lab_style() + shown + can_be_done}, {"text/html": {"nr_lab_only": True}}

    def __getattr__(self, name: str) -> NoReturn:
        # Only called for a name that there isn't. Those with a first _ are Python's and Jupyter's own questions.
        if name.startswith("_"):
            raise AttributeError(name)
        names = [known for known in dir(type(self)) if not known.startswith("_")]
        hint = nearest(name, names)
        raise UnknownNameError(
            f"k har inget som heter «{name}».{hint} Skriv k på en egen rad för att se allt som finns."
        )


def shows(name: str, piece: Callable[[Any], Html], does: str, of: str = "underlag") -> Callable[..., Html]:
    """Make a method of a front, called as k.<name>(), that gives what `piece` makes of k.<of>.

    name: the method's; piece: makes HTML of one of the front's attributes; of: that attribute's name; does: what the method shows, in
    Swedish.
    """

    def method(self: Any) -> Html:
        return piece(getattr(self, of))

    return named(method, name, f"{does}{EXEMPEL}k.{name}()")


def named(method: Callable[..., Html], name: str, said: str) -> Callable[..., Html]:
    """Give a method its name and its docstring, which JupyterLab shows, and give it back. said: the docstring."""
    method.__name__, method.__qualname__, method.__doc__ = name, f"k.{name}", said
    return method


def offered(kind: type[Front]) -> list[tuple[str, str]]:
    """The methods that a front offers, in the order of its class: (what it does, an example call), both taken from the method's
    docstring."""
    found = []
    for name, value in vars(kind).items():
        if not name.startswith("_") and (said := inspect.getdoc(value)) and EXEMPEL in said:
            does, _, example = said.splitlines()[0].partition(EXEMPEL)
            found.append((does, example))
    return found

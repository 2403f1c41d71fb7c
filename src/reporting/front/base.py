"""What the fronts have in common: how `k` shows itself in JupyterLab, and what is said of a name that it doesn't have."""

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, SupportsIndex, TypeVar, overload

from reporting.assess.underlag import Kommununderlag, Underlag, lab_style
from reporting.faults import nearest
from reporting.front.faults import known_word
from reporting.front.tables import goals_table, outcomes_table, sheet_table
from reporting.html import Html, bullets, unfolding
from reporting.show.chapters.blad import definition_of

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

EXEMPEL = " Exempel: "
"""Between what a method does and how it is written, in the first line of its docstring."""


class UnknownNameError(AttributeError):
    """A name that `k` doesn't have. Jupyter shows the sentence, never a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class ById(tuple[T, ...]):
    """A tuple whose items are found by their ids too: k.mal["trygg"]. An id that there isn't is answered with the nearest."""

    ids: tuple[str, ...]
    what: str

    @classmethod
    def of(cls, items: Sequence[T], ids: Sequence[str], what: str) -> "ById[T]":
        """The items, and the id of each. what: what an id is, in Swedish."""
        made = cls(items)
        made.ids, made.what = tuple(ids), what
        return made

    @overload
    def __getitem__(self, asked: SupportsIndex | str) -> T: ...

    @overload
    def __getitem__(self, asked: slice) -> tuple[T, ...]: ...

    def __getitem__(self, asked: SupportsIndex | str | slice) -> T | tuple[T, ...]:
        if isinstance(asked, str):
            return super().__getitem__(self.ids.index(known_word(asked, self.ids, self.what)))
        return super().__getitem__(asked)

    def __contains__(self, asked: object) -> bool:
        return asked in self.ids if isinstance(asked, str) else super().__contains__(asked)


class Front:
    """Base of `k` in a notebook. Shown by itself it tells what it is about, and in JupyterLab what can be called on it."""

    underlag: Underlag | Kommununderlag

    def _rubrik(self) -> str:
        """What it is about: "Exempelkommun · Socialnämnden · Delårsrapport"."""
        raise NotImplementedError

    def _every_underlag(self, namnder: str | Sequence[str]) -> list[Underlag]:
        """What these nämnder have reported up to the period; for "" the chapter's own. Raises InputFaults."""
        raise NotImplementedError

    def utfall(self, namnder: str | Sequence[str] = "") -> "pd.DataFrame":
        """Alla utfall till och med perioden, för pandas: en rad per mätetal, period och kön. Exempel: k.utfall()

        namnder: "alla", en nämnds id eller flera i en lista; annars kapitlets egna. Ingen rad står två gånger, och saknade tal är NaN,
        aldrig 0. Summera med min_count=1, annars blir summan av bara saknade tal 0.

        period: pandas Period (månad). kon: "totalt" eller en del. varde: tal i mattenhet. saknas: varför talet saknas. matt_till: sista
        dagen som talet avser. malvarde, malniva, battre: vad som skulle nås, i ord, som tal, och åt vilket håll. status, utveckling:
        som periodens rapport bedömde; ordnade, och bara på raden för totalt. fil, blad, cell: där talet står. Handboken har alla kolumner.
        """
        return outcomes_table(self._every_underlag(namnder))

    def mal_tabell(self, namnder: str | Sequence[str] = "") -> "pd.DataFrame":
        """Nämndsmålen till och med perioden, för pandas: en rad per mål och period. Exempel: k.mal_tabell()

        namnder: som i k.utfall. bedomning, trend, prognos: nämndens ord. forslag, utsikt: vad måtten talar för. uppnadda, bedombara,
        andel: måtten som förslaget är räknat på.
        """
        return goals_table(self._every_underlag(namnder))

    def blad_tabell(self, blad: str, namnder: str | Sequence[str] = "") -> "pd.DataFrame":
        """Ett blad till och med perioden, för pandas: en rad per period och rad. Exempel: k.blad_tabell("personal")

        namnder: som i k.utfall. Kolumnerna är bladets egna, och en per år; tal är float64 med NaN där de saknas, och saknas säger varför.
        """
        definition = definition_of(self.underlag, blad)
        return sheet_table(self._every_underlag(namnder), definition)

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
    """The methods that a front offers, in the order of its class, those of all fronts first: (what it does, an example call), both
    taken from the method's docstring."""
    found = []
    for name, value in (vars(Front) | vars(kind)).items():
        if not name.startswith("_") and (said := inspect.getdoc(value)) and EXEMPEL in said:
            does, _, example = said.splitlines()[0].partition(EXEMPEL)
            found.append((does, example))
    return found

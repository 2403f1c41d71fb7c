"""Status, step and trend as a mark: a shape and a colour beside the word, so that nothing is said by colour alone."""

from markupsafe import Markup

from reporting.assess.resultat import Status, Trend, Utsikt
from reporting.html import Html
from reporting.params.kommun import Form, Steg, Ton
from reporting.show.table import Shown, lacking

SHAPES: dict[Form, Markup] = {
    "kvadrat": Markup('<path d="M1.5 1.5h9v9h-9z"/>'),
    "triangel": Markup('<path d="M6 1 11.5 10.8H.5z"/>'),
    "halv": Markup('<circle cx="6" cy="6" r="4.4" class="nr-outline"/><path d="M6 1.6a4.4 4.4 0 0 0 0 8.8z"/>'),
    "trekvart": Markup('<circle cx="6" cy="6" r="4.4" class="nr-outline"/><path d="M6 6V1.6A4.4 4.4 0 1 1 1.6 6z"/>'),
    "cirkel": Markup('<circle cx="6" cy="6" r="5"/>'),
    "ring": Markup('<circle cx="6" cy="6" r="4.2" class="nr-outline"/>'),
    "romb": Markup('<path d="M6 1 11 6 6 11 1 6z" class="nr-outline"/>'),
}

_GOOD: tuple[Form, Ton] = ("cirkel", "gron")
_NEARLY: tuple[Form, Ton] = ("triangel", "gul")
_BAD: tuple[Form, Ton] = ("kvadrat", "rod")
STATUS: dict[str, tuple[Form, Ton]] = {
    Status.UPPNATT: _GOOD,
    Status.NARA: _NEARLY,
    Status.EJ_UPPNATT: _BAD,
    Status.KAN_INTE_BEDOMAS: ("romb", "gra"),
}
SVAR = {"ja": _GOOD, "delvis": _NEARLY, "nej": _BAD}
UTSIKT: dict[str, tuple[Form, Ton]] = {Utsikt.NAR: _GOOD, Utsikt.OSAKERT: _NEARLY, Utsikt.NAR_INTE: _BAD}
LAGE: dict[str, tuple[Form, Ton]] = {
    **dict.fromkeys(("Klar", "Genomförd", "Avslutad", "Når målvärde"), _GOOD),
    **dict.fromkeys(("Pågående", "Pågår"), ("halv", "bla")),
    **dict.fromkeys(("Planerad", "Ej påbörjad", "Ej kontrollerat"), ("ring", "gra")),
    **dict.fromkeys(("Försenad", "Nära målvärde"), _NEARLY),
    **dict.fromkeys(("Avbruten", "Ej accepterat"), _BAD),
}
"""The words of uppdrag, granskningar, aktiviteter and kontrollmoment (blad)."""
_WORDS = {**STATUS, **SVAR, **UTSIKT, **LAGE}
ARROWS: dict[str, str] = {Trend.FORBATTRAD: "↗", Trend.OFORANDRAD: "→", Trend.FORSAMRAD: "↘"}
"""Up is better and down is worse, whichever way the number went (the source's own use, årsuppföljning 2024 §1.9)."""

SHORT = 15
"""Words up to this length are kept on one line."""


def mark(word: str, form: Form, ton: Ton) -> Shown:
    """A shape, hidden from screen readers, and the word that says the same."""
    svg = Html('<svg class="nr-mark" viewBox="0 0 12 12" aria-hidden="true">{}</svg>').format(SHAPES[form])
    short = " nr-short" if len(word) <= SHORT else ""
    html = Html('<span class="nr-status nr-{}{}">{}<span>{}</span></span>').format(ton, short, svg, word)
    return Shown(html, word)


def known_mark(word: str) -> Shown:
    """The mark of one of the program's own words, capitalised, such as "● Uppnått": a status, a svar, an utsikt, or how far something
    has come."""
    return mark(word.capitalize(), *_WORDS[word])


def steg(value: Steg | None) -> Shown:
    """A step of the kommun's scale, in its own word, shape and colour; that the bedömning is lacking where there is none."""
    return mark(value.namn, value.form, value.ton) if value else lacking("bedömning saknas")


def trend(value: Trend | str | None) -> Shown:
    """ "↗ Förbättrad"; without an arrow where there is nothing to compare; that it is lacking where nobody has said."""
    if not value:
        return lacking("saknas")
    arrow = ARROWS.get(value)
    shown = Html('<span aria-hidden="true">{}</span> ').format(arrow) if arrow else Html("")
    short = " nr-short" if arrow else ""
    word = value.capitalize()
    return Shown(Html('<span class="nr-trend{}">{}{}</span>').format(short, shown, word), word)

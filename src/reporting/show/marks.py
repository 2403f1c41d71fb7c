"""Status, step and trend as a mark: a shape and a colour beside the word, so that nothing is said by colour alone."""

from markupsafe import Markup

from reporting.assess.resultat import Status, Trend, Utsikt
from reporting.html import Html
from reporting.params.kommun import Form, Steg, Ton
from reporting.show.table import Shown

SHAPES: dict[Form, Markup] = {
    "kvadrat": Markup('<path d="M1.5 1.5h9v9h-9z"/>'),
    "triangel": Markup('<path d="M6 1 11.5 10.8H.5z"/>'),
    "halv": Markup('<circle cx="6" cy="6" r="4.4" class="nr-outline"/><path d="M6 1.6a4.4 4.4 0 0 0 0 8.8z"/>'),
    "trekvart": Markup('<circle cx="6" cy="6" r="4.4" class="nr-outline"/><path d="M6 6V1.6A4.4 4.4 0 1 1 1.6 6z"/>'),
    "cirkel": Markup('<circle cx="6" cy="6" r="5"/>'),
    "ring": Markup('<circle cx="6" cy="6" r="4.2" class="nr-outline"/>'),
    "romb": Markup('<path d="M6 1 11 6 6 11 1 6z" class="nr-outline"/>'),
}

STATUS: dict[Status, tuple[Form, Ton]] = {
    Status.UPPNATT: ("cirkel", "gron"),
    Status.NARA: ("triangel", "gul"),
    Status.EJ_UPPNATT: ("kvadrat", "rod"),
    Status.KAN_INTE_BEDOMAS: ("romb", "gra"),
}
SVAR: dict[str, tuple[Form, Ton]] = {
    "ja": ("cirkel", "gron"),
    "delvis": ("triangel", "gul"),
    "nej": ("kvadrat", "rod"),
}
UTSIKT: dict[Utsikt, tuple[Form, Ton]] = {
    Utsikt.NAR: ("cirkel", "gron"),
    Utsikt.OSAKERT: ("triangel", "gul"),
    Utsikt.NAR_INTE: ("kvadrat", "rod"),
}
LAGE: dict[str, tuple[Form, Ton]] = {
    "Klar": ("cirkel", "gron"),
    "Genomförd": ("cirkel", "gron"),
    "Avslutad": ("cirkel", "gron"),
    "Pågående": ("halv", "bla"),
    "Pågår": ("halv", "bla"),
    "Planerad": ("ring", "gra"),
    "Ej påbörjad": ("ring", "gra"),
    "Försenad": ("triangel", "gul"),
    "Avbruten": ("kvadrat", "rod"),
    "Når målvärde": ("cirkel", "gron"),
    "Nära målvärde": ("triangel", "gul"),
    "Ej accepterat": ("kvadrat", "rod"),
    "Ej kontrollerat": ("ring", "gra"),
}
"""The words of uppdrag, granskningar, aktiviteter and kontrollmoment (blad)."""
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


def status_mark(value: Status) -> Shown:
    """ "● Uppnått"."""
    return mark(value.capitalize(), *STATUS[value])


def steg(value: Steg) -> Shown:
    """A step of the kommun's scale, in its own word, shape and colour."""
    return mark(value.namn, value.form, value.ton)


def svar(value: str) -> Shown:
    """The answer to a kvalitativt mått."""
    return mark(value.capitalize(), *SVAR[value])


def utsikt(value: Utsikt) -> Shown:
    """Whether a målvärde is likely to be met at the year's end."""
    return mark(value.capitalize(), *UTSIKT[value])


def lage_mark(word: str) -> Shown:
    """How far an uppdrag, a granskning or an aktivitet has come, or what a control showed."""
    return mark(word, *LAGE[word])


def trend(value: Trend | str) -> Shown:
    """ "↗ Förbättrad"; without an arrow where there is nothing to compare."""
    arrow = ARROWS.get(value)
    shown = Html('<span aria-hidden="true">{}</span> ').format(arrow) if arrow else Html("")
    short = " nr-short" if arrow else ""
    word = value.capitalize()
    return Shown(Html('<span class="nr-trend{}">{}{}</span>').format(short, shown, word), word)

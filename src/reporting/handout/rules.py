"""What may be typed in a cell of a hand-out workbook, and what is said to whoever stands in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from reporting.params.blad import BELOPP, Kolumn
from reporting.params.plan import CHANGE, Matetal
from reporting.periods import Period
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.swedish import either
from reporting.units import ANTAL, Unit

_MAX_TITLE, _MAX_MESSAGE = 32, 255
"""How long the title and the text of a message in a cell may be; what Excel accepts."""
ANY = Decimal(10) ** 12
ORSAK = "Saknas talet: lämna cellen tom och välj orsaken i kolumnen anmärkning. Skriv inte 0."
DELENS_ORSAK = "Saknas bara det här talet: skriv orsaken i cellen, till exempel skyddad uppgift. Skriv inte 0."
MASTE = "Måste fyllas i."


@dataclass(frozen=True)
class Rule:
    """What may be typed in a cell.

    kind: "tal" (a number, or one of `words`, where there are any), "heltal" (a whole number), "dag", "ord" (one of `words`) or "fritt"
    (anything); low, high: the limits; title, message: shown while in the cell; wrong: shown when something else is typed; warns: such input
    is only asked about, not refused.
    """

    kind: Literal["tal", "heltal", "dag", "ord", "fritt"]
    title: str
    message: str
    wrong: str = ""
    low: Decimal | date | None = None
    high: Decimal | date | None = None
    words: tuple[str, ...] = ()
    warns: bool = False


def rule_of_utfall(matetal: Matetal, year: int, earlier: Iterable[Decimal], part: str = "") -> Rule:
    """What the column utfall, or the one of a sex, takes. earlier: this mätetal's earlier outcomes, which show what is possible."""
    target = matetal.target(year)
    seen = [*earlier, *(value for value in (target.varde, target.ovre, target.utgangsvarde) if value is not None)]
    changes = target.operator.startswith("change") or re.search(CHANGE, matetal.namn.lower())
    low, high = -ANY, ANY
    if not changes and matetal.mattenhet.kind in ("andel", "antal") and all(value >= 0 for value in seen):
        low = Decimal(0)
        if matetal.mattenhet.kind == "andel" and all(value <= 100 for value in seen):
            high = Decimal(100)
    low, high = _ends(matetal.mattenhet, low, high)
    title = f"{(part or 'utfall').capitalize()}: {_unit(matetal.mattenhet)}"
    if not part:
        return _number(title, matetal.mattenhet, ORSAK, low, high)
    rule = _number(title, matetal.mattenhet, DELENS_ORSAK, low, high)
    # the column anmärkning is about the whole, so that a part's reason stands in its own cell
    wrong = f"{_wanted(low, high)}, eller orsaken till att det saknas, med något av orden i kolumnen anmärkning."
    return replace(rule, wrong=wrong, words=tuple(SAKNAS_ORSAKER))


def rule_of_day_measured(period: Period, efterslapning_ar: int, *, ogonblick: bool = False) -> Rule:
    """What the column mätt till och med takes: a day of the year before at the earliest, since what is measured once a year is
    handed in at the delår too. ogonblick: the number is a state on that day."""
    first = date(period.year - max(1, efterslapning_ar), 1, 1)
    last = period.last_day
    which = "Dagen då läget var så" if ogonblick else "Sista dagen som talet avser"
    message = f"{which}, om den inte är {last}. Skriv till exempel {last}."
    return Rule("dag", "Mätt till och med", message, f"Skriv en dag från {first} till {last}.", first, last)


def rule_of_comment(about: str) -> Rule:
    """A comment on what the row is about ("utfallet", "svaret"): anything, with the questions that it ought to answer."""
    message = (
        f"Förklara {about} för den som inte kan området. Vad beror det på? Vad har fungerat bra? Vad har varit svårt? "
        "Vad gör ni åt det, och när?"
    )
    return Rule("fritt", "Kommentar", message)


def rule_of_words(title: str, words: tuple[str, ...], message: str) -> Rule:
    """The rule for a cell that takes one of a few words. Words that don't fit in an Excel list go into the message, and anything may be
    typed."""
    if len(",".join(words)) > _MAX_MESSAGE or any("," in word for word in words):
        said = f"{message} Ett av orden {', '.join(words)}."
        return Rule("fritt", title[:_MAX_TITLE], said if len(said) <= _MAX_MESSAGE else said[: _MAX_MESSAGE - 2] + " …")
    return Rule("ord", title[:_MAX_TITLE], message, f"Välj i listan: {either(words)}."[:_MAX_MESSAGE], words=words)


ANSWERS = Rule(
    "heltal", "Antal svar", "Hur många som svarade på enkäten.", "Skriv ett helt tal.", Decimal(0), Decimal(10**9)
)
"""What the column antal svar takes."""
REASON = rule_of_words(
    "Varför talet saknas",
    tuple(SAKNAS_ORSAKER),
    "Bara när talet saknas: välj orsaken i listan. Annat skrivs i kolumnen kommentar.",
)
"""What the column anmärkning takes: why there is no outcome."""
HINTS = {
    "utfall": "Från årets början till och med perioden.",
    "föregående år": "Samma tid året före.",
    "budget": "Årets budget.",
    "avvikelse": "Skillnaden mot årets budget: plus när det är bättre för nämnden, minus när det är sämre.",
    "helårsprognos": "Vad året väntas sluta på.",
    "kommentar": "Det som siffrorna eller orden inte säger: vad det beror på, och vad ni gör.",
    "analys": "Hur har det gått, och vad har det betytt? Vad har hjälpt, och vad har varit svårt?",
    "nästa steg": "Vad händer sedan, och när?",
}

HELARETS_AVVIKELSE = "Hela årets skillnad mot budget: plus när det är bättre för nämnden, minus när det är sämre."


def rule_of_column(kolumn: Kolumn, period: Period) -> Rule:
    """What a column of a defined sheet takes."""
    title, kind = kolumn.namn.capitalize()[:_MAX_TITLE], kolumn.innehall
    must = f"{MASTE} " if kolumn.kravs else ""
    if isinstance(kind, tuple):
        return rule_of_words(title, kind, f"{must}Välj i listan.")
    if kind == "dag":
        message = f"{must}Skriv en dag, till exempel {period.last_day}."
        wrong = f"Skriv en dag som inte är senare än {period.last_day}."
        return Rule("dag", title, message, wrong, low=date(2000, 1, 1), high=period.last_day)
    if kind == BELOPP:
        of_year = kolumn.namn == "avvikelse" and period.is_delar
        meant = HELARETS_AVVIKELSE if of_year else HINTS.get(kolumn.namn, "")
        hint = f"{must}{meant} Skriv bara talet; enheten står för sig."
        return Rule("tal", title, hint.strip(), "Skriv bara talet, utan enhet och utan ord.", low=-ANY, high=ANY)
    if kind == "text":
        known = kolumn.namn in ("kommentar", "analys", "nästa steg")  # utfall may be words too, of a granskning
        return Rule("fritt", title, (must + (HINTS[kolumn.namn] if known else "Skriv med egna ord.")).strip())
    unit = kind if isinstance(kind, Unit) else ANTAL
    low, high = _ends(unit, Decimal(0) if unit.kind == "antal" else -ANY, ANY)
    return _number(f"{title}: {_unit(unit)}", unit, must.strip(), low, high)


def rule_of_year(year: str, mattenhet: Unit) -> Rule:
    """What a year's column takes, in the row's unit. A share beyond 0–100 is asked about, since it may be a change."""
    rule = _number(
        f"{year}: {_unit(mattenhet)}", mattenhet, "Finns ingen uppgift: lämna cellen tom.", *_ends(mattenhet, -ANY, ANY)
    )
    if mattenhet.kind not in ("andel", "antal"):
        return rule
    high = Decimal(100) if mattenhet.kind == "andel" else ANY
    wrong = f"Ett tal {_between(Decimal(0), high)} var väntat."
    return replace(rule, wrong=wrong, low=Decimal(0), high=high, warns=True)


def _number(title: str, mattenhet: Unit, more: str, low: Decimal, high: Decimal) -> Rule:
    how = {
        "andel": "Skriv till exempel 82 % eller 82. Under 1 procent: alltid med procenttecken, 0,5 %.",
        "antal": "Skriv ett tal, till exempel 140.",
        "plats": "Skriv bara platsens nummer.",
    }.get(mattenhet.kind, "Skriv bara talet." if _is_bare(mattenhet) else f"Skriv bara talet, i {mattenhet}.")
    wrong = f"{_wanted(low, high)}. Ord skrivs i kolumnen kommentar."
    if more == ORSAK:
        wrong += " Saknas talet väljs orsaken i kolumnen anmärkning."
    return Rule("tal", title[:_MAX_TITLE], f"{how} {more}".strip(), wrong, low=low, high=high)


def _wanted(low: Decimal, high: Decimal) -> str:
    limits = f" {_between(low, high)}" if (low, high) != (-ANY, ANY) else ""
    return f"Här ska det stå ett tal{limits}"


def _between(low: Decimal, high: Decimal) -> str:
    return f"som är minst {low}" if high == ANY else f"mellan {low} och {high}"


def _unit(mattenhet: Unit) -> str:
    return mattenhet.name if _is_bare(mattenhet) else f"i {mattenhet}"


def _is_bare(mattenhet: Unit) -> bool:
    return mattenhet.long or mattenhet.kind in ("antal", "plats", "index")


def _ends(mattenhet: Unit, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest number: the ends of a scale, else those that are given."""
    return (Decimal(mattenhet.ends[0]), Decimal(mattenhet.ends[1])) if mattenhet.ends else (low, high)

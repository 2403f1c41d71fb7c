"""When a mätetal is measured, where the plan says that it isn't in every period: «vartannat år från 2024», «i december»."""

import re
from dataclasses import dataclass

from reporting.periods import Period

STEPS = {"varje": 1, "vartannat": 2, "vart annat": 2, "vart tredje": 3, "vart fjärde": 4, "vart femte": 5} | {
    f"{every} {which}": step
    for every in ("vart", "var")
    for step, names in {2: ("annat", "2:a"), 3: ("tredje", "3:e"), 4: ("fjärde", "4:e"), 5: ("femte", "5:e")}.items()
    for which in names
}
KINDS_OF_YEAR = {"jämna": 2000, "udda": 2001, "ojämna": 2001}
"""Which years «jämna år» are → one of them."""
EXAMPLES = "«vartannat år från 2024», «vart tredje år, senast 2023» eller «i december»"
_WORDS = re.compile(
    rf"(?:mäts )?(?:(?:(?P<step>{'|'.join(STEPS)})|(?P<kind>{'|'.join(KINDS_OF_YEAR)})) år)?"
    r"[ ,(]*(?:(?:(?:från och med|från|fr\.? ?o\.? ?m\.?|med början|första gången)|(?P<on>senast(?: mätt)?|nästa gång|nästa mätning))?"
    r"[: ]*(?P<year>20\d\d)\)?)?"
    r"[ ,]*(?P<month>(?:i |en gång om året,? i )?december|vid årets slut|(?:på|per|för) helår(?:et)?)?\.?"
)


@dataclass(frozen=True)
class Schedule:
    """The years and periods in which something is measured. step: years between; first: a year in which it is, the first that is known,
    None where it is every year; last_period: only in the period that ends the year."""

    step: int
    first: int | None
    last_period: bool

    def why_not(self, period: Period) -> str:
        """Why nothing is measured in a period, as it is printed: "mäts vartannat år, nästa gång 2026"; "" where it is."""
        first = self.first or period.year
        coming = first if period.year < first else period.year + (first - period.year) % self.step
        if coming == period.year:
            return "mäts i december" if self.last_period and period.is_delar else ""
        how = next(word for word, step in STEPS.items() if step == self.step)
        return f"mäts från {coming}" if self.step == 1 else f"mäts {how} år, nästa gång {coming}"


def read_schedule(words: str) -> Schedule | None:
    """When the words say that something is measured; None for "", which is every period. Raises ValueError, in Swedish, for words that
    don't say it: with which year, where they say that there are years between."""
    if not words:
        return None
    found = _WORDS.fullmatch(" ".join(words.lower().split()))
    of_kind = KINDS_OF_YEAR.get(found["kind"]) if found else None
    other_year = of_kind and found and found["year"] and (int(found["year"]) - of_kind) % 2
    if not found or other_year or not (found["step"] or found["kind"] or found["month"]):
        raise ValueError(f"när mätetalet mäts, till exempel {EXAMPLES}")
    step = 2 if found["kind"] else STEPS[found["step"] or "varje"]
    if step > 1 and not (found["year"] or found["kind"]):
        raise ValueError(f"ett år då mätetalet mäts, till exempel «{found['step']} år från 2024»")
    first = int(found["year"]) if found["year"] else of_kind
    if first and step > 1 and found["on"]:
        first = 2000 + (first - 2000) % step  # a year in which it is measured, not the first one
    return Schedule(step, first, bool(found["month"]))

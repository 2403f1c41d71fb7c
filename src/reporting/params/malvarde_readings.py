"""How every målvärde of a period's plans is read, or why it isn't and what would do: what `reporting check --malvarden` shows."""

from dataclasses import dataclass

from reporting.faults import Faults
from reporting.params.located import Located
from reporting.params.malvarde_words import in_words
from reporting.params.plan import Matetal, Plan
from reporting.params.plan_faults import check_words, shortest_reading
from reporting.params.read import Params
from reporting.swedish import NBSP


@dataclass(frozen=True)
class MalvardeReading:
    """One målvärde and its reading.

    malvarde: the plan's words; lases: how the plan says that they are read; tolkas: the reading, "" where there is none; ord: the words
    that the reading doesn't need; vantat: what was expected of what can't be read; forslag: the shortest `lases` that would do.
    """

    namnd: str
    id: str
    namn: str
    malvarde: str
    lases: str
    tolkas: str = ""
    ord: str = ""
    vantat: str = ""
    forslag: str = ""


def malvarde_readings(params: Params) -> list[MalvardeReading]:
    """The reading of every mätetal of the plans that hold in the period's year, in the plans' order."""
    year = params.period.year
    plans = [plan for plan in params.planer if year in plan.galler]
    return [_read(plan, item, year) for plan in plans for item in (*plan.matetal, *plan.indikatorer)]


def _read(plan: Plan, item: Matetal, year: int) -> MalvardeReading:
    written, lases = item.malvarde_for(year), item.lases_for(year)
    faults = Faults("")
    check_words(item, plan, lases or written, Located(faults, {}), (), ("lases" if lases else "malvarde",))
    if found := faults.sorted():
        forslag = shortest_reading(written, item)
        return MalvardeReading(plan.namnd, item.id, item.namn, written, lases, "", "", found[0].vantat, forslag)
    target = item.reading(year)
    tolkas = in_words(target, item.mattenhet).replace(NBSP, " ")
    return MalvardeReading(plan.namnd, item.id, item.namn, written, lases, tolkas, target.ord)

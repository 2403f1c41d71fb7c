"""The sheets of a hand-out workbook as values: what stands in each cell already, and which cells are to be filled in."""

from dataclasses import dataclass
from decimal import Decimal

from reporting.handout.rules import (
    ANSWERS,
    REASON,
    Rule,
    rule_of_column,
    rule_of_comment,
    rule_of_day_measured,
    rule_of_utfall,
    rule_of_words,
    rule_of_year,
)
from reporting.params.blad import OMRADEN, Blad, Bladpost
from reporting.params.deliverers import Del
from reporting.params.headings import KON_COLUMNS, KVALITATIVA, KVALITATIVA_COLUMNS, MATETAL, MATETAL_COLUMNS
from reporting.params.malvarde_words import in_words
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Bladrad, Utfall
from reporting.swedish import MOST_DECIMALS, enumeration, own_decimals
from reporting.units import Quantity, compact, says_unit

FREE_ROWS = 20
"""How many empty rows a sheet gets where nobody knows beforehand what stands on it."""
YEARS = 5
HELA = "Hela nämnden"
EARLIER_PREFIX = "utfall "
"""How the heading of an earlier period's outcomes begins: "utfall 2024-08"."""


@dataclass(frozen=True)
class Slot:
    """A cell. rule: what may be typed in it, None where it is locked; asked: False where the plan asks for nothing, so that it
    stays empty; number: what stands there from before, where that is a number."""

    text: str = ""
    rule: Rule | None = None
    asked: bool = True
    number: Quantity | None = None


@dataclass(frozen=True)
class TemplateSheet:
    """A sheet. table: the name of its Excel table; told: the line below the title; size: how much there is to fill in, in words."""

    name: str
    table: str
    told: str
    size: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True)
class Before:
    """What is known from before. columns: the periods whose outcomes are shown beside the new ones; utfall: all earlier outcomes;
    rader: the rows of sheets with years, as they
    were last delivered for the same month."""

    columns: tuple[Period, ...] = ()
    utfall: tuple[Utfall, ...] = ()
    rader: tuple[Bladrad, ...] = ()


def template_sheets(part: Del, period: Period, before: Before, areas: tuple[str, ...]) -> tuple[TemplateSheet, ...]:
    """The sheets of one workbook, Om leveransen aside, in the order in which they are filled in. areas: the names of all the
    nämnd's verksamhetsområden."""
    sheets = [_matetal(part, period, before)] if part.matetal else []
    sheets += [_kvalitativa(part)] if part.kvalitativa else []
    return (*sheets, *(_blad(blad, posts, period, before, areas) for blad, posts in part.blad))


def _count(rows: int) -> str:
    return "1 rad" if rows == 1 else f"{rows} rader"


def _matetal(part: Del, period: Period, before: Before) -> TemplateSheet:
    earlier: dict[tuple[str, Period], list[Utfall]] = {}
    for utfall in before.utfall:
        earlier.setdefault((utfall.matetal, utfall.period), []).append(utfall)
    shown = {
        f"{EARLIER_PREFIX}{when}": {item.id: told for item in part.matetal if (told := _told(item, earlier.get((item.id, when), [])))}
        for when in before.columns
    }  # fmt: skip
    shown = {heading: texts for heading, texts in shown.items() if texts}
    parts = [kon for kon in KON_COLUMNS if any(kon in item.kon for item in part.matetal)]
    left_out = {*KON_COLUMNS} - {*parts} | ({"antal svar"} if not any(item.enkat for item in part.matetal) else set())
    here = MATETAL_COLUMNS.index("utfall")
    order = (*MATETAL_COLUMNS[:here], *shown, *MATETAL_COLUMNS[here:])
    headings = tuple(heading for heading in order if heading not in left_out)
    rows = []
    for item in part.matetal:
        seen = [u.varde for u in before.utfall if u.matetal == item.id and not u.kon and u.varde is not None]
        slots = {
            "id": Slot(item.id),
            "mätetal": Slot(item.namn),
            "enhet": Slot(item.mattenhet.name),
            "målvärde": Slot(in_words(item.target(period.year), item.mattenhet)),
            **{heading: Slot(texts.get(item.id, "")) for heading, texts in shown.items()},
            "utfall": Slot(rule=rule_of_utfall(item, period.year, seen)),
            **{
                kon: Slot(rule=rule_of_utfall(item, period.year, seen, kon)) if kon in item.kon else Slot(asked=False)
                for kon in parts
            },
            "antal svar": Slot(rule=ANSWERS) if item.enkat else Slot(asked=False),
            "mätt till och med": Slot(
                rule=rule_of_day_measured(period, item.efterslapning_ar, ogonblick=item.ogonblick)
            ),
            "anmärkning": Slot(rule=REASON),
            "kommentar": Slot(rule=rule_of_comment("utfallet")),
        }
        rows.append(tuple(slots[heading] for heading in headings))
    wanted = ["utfall", *parts, *(["antal svar"] if "antal svar" in headings else [])]
    told = f"Fyll i {enumeration(wanted)} på varje rad där cellen är ljus, och förklara i kommentar."
    return TemplateSheet(MATETAL, "Matetal", told, _count(len(rows)), headings, tuple(rows))


def _told(matetal: Matetal, found: list[Utfall]) -> str:
    """An earlier outcome as people read it: the total first, then its parts."""

    def shown(utfall: Utfall) -> str:
        if utfall.varde is None:
            return utfall.why_missing if utfall.saknas else ""
        decimals = matetal.decimaler
        if decimals is None:
            decimals = min(MOST_DECIMALS, own_decimals(utfall.varde.normalize()))
        return compact(utfall.varde, matetal.mattenhet, decimals)

    by_part = {utfall.kon: told for utfall in found if (told := shown(utfall))}
    total = by_part.pop("", "")
    parts = ", ".join(f"{kon} {by_part[kon]}" for kon in KON_COLUMNS if kon in by_part)
    return f"{total} ({parts})" if total and parts else total or parts


def _kvalitativa(part: Del) -> TemplateSheet:
    answer = rule_of_words("Svar", ("Ja", "Delvis", "Nej"), "Välj i listan: Ja, Delvis eller Nej.")
    asked = (Slot(rule=answer), Slot(rule=rule_of_comment("svaret")))
    rows = tuple((Slot(item.id), Slot(item.namn), *asked) for item in part.kvalitativa)
    told = "Välj Ja, Delvis eller Nej på varje rad, och förklara i kommentar."
    return TemplateSheet(KVALITATIVA, "Kvalitativa_matt", told, _count(len(rows)), KVALITATIVA_COLUMNS, rows)


def _blad(
    blad: Blad, posts: tuple[Bladpost, ...], period: Period, before: Before, areas: tuple[str, ...]
) -> TemplateSheet:
    # When the year is over there is nothing left to foresee.
    columns = [k for k in blad.kolumner if period.is_delar or k.namn != "helårsprognos"]
    years = tuple(str(period.year - back) for back in range(YEARS)) if blad.arskolumner else ()
    last = ("kommentar",) if years and "kommentar" in blad.headings else ()
    headings = (*(k.namn for k in columns if k.namn not in last), *years, *last)
    unfilled = {k.namn: Slot(rule=rule_of_column(k, period)) for k in columns}
    key = headings[0]
    if blad.id == OMRADEN.id and areas:
        given = [{key: Slot(name)} for name in (*areas, HELA)]
    else:
        known = {rad.id: rad for rad in before.rader if rad.blad == blad.id}
        given = [_given(blad, post, years, known.get(post.id)) for post in posts]
    rows = tuple(tuple((unfilled | slots)[heading] for heading in headings) for slots in given or [{}] * FREE_ROWS)
    if given:
        must = [name for name in blad.required if name != key]
        wanted = f"Fyll i {enumeration(must)} på varje rad." if blad.poster_ur else _must(must)
        if years:
            wanted = (
                f"Fyll i {years[0]}, och äldre år som är tomma eller har ändrats; alla år gäller samma tid på året."
            )
        told = f"Raderna är givna. {wanted}".strip()
        size = _count(len(rows))
    else:
        told = f"En rad för varje {key}; rader som inte behövs lämnas tomma. {_must(blad.required)}"
        size = f"upp till {_count(FREE_ROWS)}"
    return TemplateSheet(blad.blad, "Blad_" + blad.id.replace("-", "_"), told, size, headings, rows)


def _given(blad: Blad, post: Bladpost, years: tuple[str, ...], earlier: Bladrad | None) -> dict[str, Slot]:
    """What stands on a given row: its id, its name in the second column, and the years before as they were last delivered."""
    slots = {blad.headings[0]: Slot(post.id)}
    if len(blad.kolumner) > 1 and blad.kolumner[1].innehall == "text":
        unit = "" if not years or says_unit(post.namn, post.mattenhet) else f" ({post.mattenhet})"
        slots[blad.headings[1]] = Slot(post.namn + unit)
    for year in years:
        cell = earlier.ar.get(int(year)) if earlier and year != years[0] else None
        number = None
        if cell and cell.tal is not None:
            number = Quantity(cell.tal.quantize(Decimal(1).scaleb(-cell.decimaler)), post.mattenhet)
        slots[year] = Slot(rule=rule_of_year(year, post.mattenhet), number=number)
    return slots


def _must(headings: list[str] | tuple[str, ...]) -> str:
    return f"Måste fyllas i på de rader som används: {enumeration(list(headings))}." if headings else ""

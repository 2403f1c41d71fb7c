"""Tables for pandas, of every period up to a chapter's own: the outcomes, the goals, and the rows of a sheet.

Each is a plain table with one row per thing and a type per column: numbers are float64 with NaN where one is missing, days and periods
are pandas' own, and words that have an order are ordered. What the columns hold is told in the handbok, a row there for each.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reporting.assess.assess import INGET_LEVERERAT
from reporting.assess.comparison import matt_till
from reporting.assess.resultat import Matetalsresultat, Status, Trend, Utsikt
from reporting.assess.underlag import Underlag
from reporting.params.blad import BELOPP, Blad, Kolumn
from reporting.params.headings import KON_COLUMNS
from reporting.params.kommun import Skala
from reporting.params.malvarde import DIRECTION
from reporting.params.plan import Matetal
from reporting.periods import Period
from reporting.reading.utfall import Cell, Utfall
from reporting.show.chapters.blad import row_names
from reporting.show.sentences import target_words
from reporting.texts.read import PROGNOSER, TRENDER

if TYPE_CHECKING:
    import pandas as pd

AS_TEXT, AS_NUMBER, AS_COUNT, AS_DAY, AS_PERIOD = "str", "float64", "int64", "datetime64[us]", "period[M]"
TOTALT = "totalt"
"""What the whole is called in the column kon, beside the parts by sex."""
KON_ORDER = (TOTALT, *KON_COLUMNS)
# Lowest first. What can't be assessed or compared comes before all else, so that `>=` never catches it.
STATUS_ORDER = (Status.KAN_INTE_BEDOMAS, Status.EJ_UPPNATT, Status.NARA, Status.UPPNATT)
TREND_ORDER = (Trend.KAN_INTE_JAMFORAS, Trend.FORSAMRAD, Trend.OFORANDRAD, Trend.FORBATTRAD)
UTSIKT_ORDER = (Utsikt.NAR_INTE, Utsikt.OSAKERT, Utsikt.NAR)

_UTFALL = """
    namnd namnd_namn mal mal_namn aktivitet matetal namn kortnamn mattenhet period kon varde saknas text matt_till
    malvarde malniva battre status orsak avvikelse utveckling antal_svar anmarkning kommentar fil blad cell
"""
UTFALL_COLUMNS: dict[str, object] = {
    **dict.fromkeys(_UTFALL.split(), AS_TEXT),
    **dict.fromkeys(("varde", "malniva", "avvikelse", "antal_svar"), AS_NUMBER),
    **{"period": AS_PERIOD, "matt_till": AS_DAY, "kon": KON_ORDER, "status": STATUS_ORDER, "utveckling": TREND_ORDER},
}
"""Column → its type; words in an order are the categories that there are."""
STEP_COLUMNS = ("bedomning", "forslag")
MAL_COLUMNS: dict[str, object] = {
    **dict.fromkeys(("namnd", "namnd_namn", "mal", "namn", "kortnamn"), AS_TEXT),
    **{"period": AS_PERIOD, "bedomning": (), "trend": TRENDER[::-1], "prognos": PROGNOSER[::-1], "forslag": ()},
    **{"utsikt": UTSIKT_ORDER, "uppnadda": AS_COUNT, "bedombara": AS_COUNT, "andel": AS_NUMBER},
}
"""The same for the goals; the steps of a bedömning are those of the scales."""
_BEFORE = {"namnd": AS_TEXT, "namnd_namn": AS_TEXT, "period": AS_PERIOD}
_AFTER = dict.fromkeys(("mattenhet", "saknas", "fil", "blad"), AS_TEXT) | {"rad": AS_COUNT}
SHEET_COLUMNS = _BEFORE | _AFTER
"""The same for a sheet, whose own columns, and its years, stand after the period."""

TableRow = dict[Any, Any]
OutcomeKey = tuple[str, str, Period, str]
"""nämnd, mätetal, period, kön."""


def outcomes_table(every: Sequence[Underlag]) -> "pd.DataFrame":
    """Every outcome, one row per nämnd, mätetal, period and kön. every: nämnd by nämnd, newest first.

    A period's own report tells of it. Of times without a report, and of a figure that came after the report, the newest that knows.
    """
    rows: dict[OutcomeKey, TableRow] = {}
    for underlag in every:
        rows |= _reported(underlag)
    for underlag in every:
        for key, row in _known_before(underlag).items():
            there = rows.get(key)
            if there is None or (there["saknas"] and not there["text"] and not row["saknas"]):
                rows[key] = row
    places = {matetal: place for place, matetal in enumerate(dict.fromkeys(key[:2] for key in rows))}
    boards = list(dict.fromkeys(namnd for namnd, _ in places))
    keys = sorted(rows, key=lambda key: (boards.index(key[0]), places[key[:2]], key[2], KON_ORDER.index(key[3])))
    made = _frame([rows[key] for key in keys], UTFALL_COLUMNS)
    return _newest_names(made, {"namn": "matetal", "kortnamn": "matetal", "mal_namn": "mal"})


def _place(underlag: Underlag) -> TableRow:
    """Whose a row is, and of which report."""
    namnd = underlag.resultat.namnd
    return {"namnd": namnd.id, "namnd_namn": namnd.namn, "period": str(underlag.resultat.period)}


def _planned(underlag: Underlag) -> Iterator[tuple[Matetal, TableRow]]:
    """Every mätetal of the plan, and what a row says of where it belongs."""
    for mal in underlag.plan.namndsmal:
        goal = _place(underlag) | {"mal": mal.id, "mal_namn": mal.kortnamn}
        for aktivitet, every in (("", mal.matetal), *((item.namn, item.matetal) for item in mal.aktiviteter)):
            for item in every:
                names = {"matetal": item.id, "namn": item.namn, "kortnamn": item.kortnamn}
                yield item, goal | {"aktivitet": aktivitet, "mattenhet": str(item.mattenhet)} | names


def _reported(underlag: Underlag) -> dict[OutcomeKey, TableRow]:
    """What the period's own report is about: every mätetal and part by sex that the plan asks for, or that came, delivered or not."""
    resultat = underlag.resultat
    results = {result.matetal.id: result for result in (*resultat.matetal, *resultat.indikatorer)}
    found = {}
    for matetal, place in _planned(underlag):
        delivered = {item.kon: item for item in underlag.nu.utfall if item.matetal == matetal.id}
        for kon in dict.fromkeys(("", *matetal.kon, *delivered)):
            row = place | _outcome(matetal, resultat.period, kon, delivered.get(kon))
            row |= {} if kon else _assessed(results[matetal.id])
            found[resultat.namnd.id, matetal.id, resultat.period, row["kon"]] = row
    return found


def _known_before(underlag: Underlag) -> dict[OutcomeKey, TableRow]:
    """What the report knows of earlier periods."""
    planned = {matetal.id: (matetal, place) for matetal, place in _planned(underlag)}
    found = {}
    for utfall in underlag.fore.utfall:
        matetal, place = planned[utfall.matetal]
        row = place | _outcome(matetal, utfall.period, utfall.kon, utfall)
        found[underlag.plan.namnd, matetal.id, utfall.period, row["kon"]] = row
    return found


def _outcome(matetal: Matetal, period: Period, kon: str, utfall: Utfall | None) -> TableRow:
    row: TableRow = {"period": str(period), "kon": kon or TOTALT}
    if utfall is None or utfall.varde is None:
        said = (utfall.saknas or utfall.text) if utfall else ""
        row["saknas"] = said or matetal.why_not_measured(period) or INGET_LEVERERAT
    else:
        row |= {"saknas": "", "matt_till": matt_till(matetal, utfall, period)}
    taken = ("varde", "text", "antal_svar", "anmarkning", "kommentar", "fil", "blad", "cell")
    return row | ({name: getattr(utfall, name) for name in taken} if utfall else {"text": ""})


def _assessed(result: Matetalsresultat) -> TableRow:
    target = result.target
    better = result.matetal.battre or DIRECTION.get(target.operator) or ""
    taken = ("malniva", "status", "orsak", "avvikelse")
    told = {"malvarde": target_words(result), "battre": "" if target.interval else better, "utveckling": result.trend}
    return told | {name: getattr(result, name) for name in taken}


def goals_table(every: Sequence[Underlag]) -> "pd.DataFrame":
    """Every nämndsmål, one row per goal and period. every: nämnd by nämnd, newest first."""
    rows: dict[tuple[str, str], list[TableRow]] = {}
    for underlag in every:
        for item in underlag.resultat.mal:
            names = {"mal": item.mal.id, "namn": item.mal.namn, "kortnamn": item.mal.kortnamn}
            said = {"bedomning": item.text.bedomning, "forslag": item.forslag.steg}
            steps = {name: steg.namn if steg else None for name, steg in said.items()}
            words = {"trend": item.text.trend, "prognos": item.text.prognos, "utsikt": item.utsikt}
            counts = {name: getattr(item.forslag, name) for name in ("uppnadda", "bedombara", "andel")}
            row = _place(underlag) | names | steps | words | counts
            rows.setdefault((underlag.plan.namnd, item.mal.id), []).insert(0, row)
    scale, is_one = _scale(underlag.resultat.skala for underlag in every)
    made = _frame([row for each in rows.values() for row in each], MAL_COLUMNS | dict.fromkeys(STEP_COLUMNS, scale))
    if not is_one:
        made = made.assign(**{name: made[name].cat.as_unordered() for name in STEP_COLUMNS})
    return _newest_names(made, {"namn": "mal", "kortnamn": "mal"})


def _scale(scales: Iterable[Skala]) -> tuple[tuple[str, ...], bool]:
    """(the steps of these scales by name, lowest first and those without underlag before them; whether they are all of one scale, or of
    parts of it, so that the order says something)."""
    steps = (sorted(skala.steg, key=lambda steg: not steg.utan_underlag) for skala in scales)
    orders = [[steg.namn for steg in each] for each in steps]
    longest = max(orders, key=len, default=[])
    is_one = all([step for step in longest if step in order] == order for order in orders)
    return tuple(dict.fromkeys([*longest, *(step for order in orders for step in order)])), is_one


def sheet_table(every: Sequence[Underlag], definition: Blad) -> "pd.DataFrame":
    """Every row of a sheet, one per nämnd, period and row. every: nämnd by nämnd, newest first."""
    kinds = {item.namn: _kind(item) for item in definition.kolumner}
    column = {name: f"{definition.blad}: {name}" if name in SHEET_COLUMNS else name for name in kinds}
    first, *others = definition.kolumner
    boards = list(dict.fromkeys(item.plan.namnd for item in every))
    rows: list[TableRow] = []
    for underlag in sorted(every, key=lambda item: (boards.index(item.plan.namnd), item.params.period)):
        names = row_names(definition, underlag)
        for rad in underlag.nu.blad(definition.id):
            told = {column[name]: _value(rad[name], kind) for name, kind in kinds.items()}
            told |= {column[item.namn]: names.get(rad.id, rad.id) for item in others[:1] if names}
            in_unit = (*(rad[item.namn] for item in others if item.innehall == BELOPP), *rad.ar.values())
            told["mattenhet"] = ", ".join(dict.fromkeys(str(cell.enhet) for cell in in_unit if cell.enhet))
            lacking = {name: cell.saknas for name, cell in (rad.celler | rad.ar).items() if cell.saknas}
            told["saknas"] = "; ".join(f"{name}: {why}" for name, why in lacking.items())
            told |= {"fil": rad.fil, "blad": rad.bladnamn, "rad": re.sub(r"\D", "", rad[first.namn].cell)}
            rows.append(_place(underlag) | told | {year: cell.tal for year, cell in rad.ar.items()})
    years = sorted({name for row in rows for name in row if isinstance(name, int)})
    own: dict[Any, str] = {column[name]: kind for name, kind in kinds.items()} | dict.fromkeys(years, AS_NUMBER)
    return _frame(rows, {**_BEFORE, **own, **_AFTER})


def _value(cell: Cell, kind: str) -> object:
    return {AS_NUMBER: cell.tal, AS_DAY: cell.dag, AS_TEXT: cell.text}[kind]


def _kind(kolumn: Kolumn) -> str:
    kind = kolumn.innehall
    return AS_DAY if kind == "dag" else AS_TEXT if kind == "text" or isinstance(kind, tuple) else AS_NUMBER


def _frame(rows: Sequence[TableRow], columns: Mapping[Any, object]) -> "pd.DataFrame":
    """The rows as a table with typed columns; what a row doesn't say is "" in text and missing in all else."""
    import pandas as pd

    values = [[row.get(name, "" if kind == AS_TEXT else None) for name, kind in columns.items()] for row in rows]
    types: dict[Any, Any] = {
        name: pd.CategoricalDtype([*map(str, kind)], ordered=name != "kon") if isinstance(kind, tuple) else kind
        for name, kind in columns.items()
    }
    return pd.DataFrame(values, columns=list(columns), dtype=object).astype(types)


def _newest_names(table: "pd.DataFrame", names: Mapping[str, str]) -> "pd.DataFrame":
    """The table with one name for each id, the newest. names: a column of names → the column of their ids."""
    by_time = table.sort_values("period", kind="stable")
    newest = {name: by_time.groupby(["namnd", key])[name].transform("last") for name, key in names.items()}
    return table.assign(**newest)

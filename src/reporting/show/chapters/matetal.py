"""A nämnd's result as tables: goals, mätetal, kvalitativa mått, splits by sex.

A delår's forecasts as a table: what the year is likely to end with, how that is worked out, and whether the målvärde is met.
"""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess.comparison import NY_MATNING_SAKNAS
from reporting.assess.resultat import Konsutfall, Malresultat, Matetalsresultat, Namndresultat, Prognos, Status
from reporting.html import Html, joined
from reporting.periods import Period
from reporting.reading.utfall import Svar
from reporting.show import marks, sentences
from reporting.show.measurement import beside_name, year_before, year_now
from reporting.show.rounded_sums import parts_are_rounded, wrong_sum
from reporting.show.table import (
    MISSING_MARK,
    AnchoredRow,
    Content,
    Numbers,
    Shown,
    grouped_table,
    lacking,
    linked,
    noted,
    outcome_cell,
    table,
)
from reporting.swedish import NBSP, PrintedNumber, count_word, enumeration, sentence_case
from reporting.units import beside, compact_difference


def goals_summary(resultat: Namndresultat) -> Html:
    """Every nämndsmål with the nämnd's bedömning and trend, and what the figures propose where that differs."""
    delar = resultat.period.is_delar
    columns = ["Nämndsmål", "Nämndens bedömning", "Nämndens trend", *(["Prognos för året"] if delar else [])]
    columns += [Numbers("Nådda mått"), "Förslag av måtten"]
    rows = []
    for mal in resultat.mal:
        name = linked(f"#mal-{mal.mal.id}", mal.mal.kortnamn)
        prognos = [_prognos(mal)] if delar else []
        met = f"{mal.forslag.uppnadda} av {mal.forslag.bedombara}" if mal.forslag.bedombara else MISSING_MARK
        rows.append([name, *judgement_and_trend(mal), *prognos, met, goal_proposal(mal)])
    caption = (
        f"Nämndens bedömning av varje mål och trend sedan {sentences.followup_name(resultat.trend_mot)}, hur många av målets "
        "bedömbara mått (mätetal och kvalitativa mått) som är uppnådda, och vad måtten talar för där det skiljer sig "
        "från bedömningen."
    )
    return table(caption, columns, rows)


def judgement_and_trend(mal: Malresultat) -> tuple[Shown, Shown]:
    """The nämnd's own bedömning and trend of a goal, in two cells."""
    return marks.steg(mal.text.bedomning), marks.trend(mal.text.trend)


def _prognos(mal: Malresultat) -> Content:
    """The nämnd's prognos, and what the mått speak for where that is another or stands alone."""
    said = mal.text.prognos.capitalize() if mal.text.prognos else lacking("saknas")
    same = mal.utsikt is None or (mal.text.prognos and not mal.prognos_skiljer)
    return noted(said, "" if same else f"måtten talar för: {mal.utsikt}")


def goal_proposal(mal: Malresultat) -> Shown:
    """What the figures propose for a goal, in a cell; that it is the same as the nämnd's bedömning where it is."""
    if mal.forslag.steg is None:
        return lacking("kan inte föreslås")
    if mal.text.bedomning and not mal.skiljer:
        return Shown(Html('<span class="nr-quiet">samma</span>'), "samma")
    return marks.steg(mal.forslag.steg)


def matetal_table(caption: str, results: Sequence[Matetalsresultat], resultat: Namndresultat) -> Html:
    """Mätetal in one table: outcome, compared outcome, target, avvikelse, status, trend."""
    rows = [_matetal_row(result, resultat, result.matetal.kortnamn) for result in results]
    return table(caption, _matetal_columns(resultat), rows)


def _matetal_columns(resultat: Namndresultat) -> list[str]:
    before, now = sentences.short_period(resultat.jamfor_med), sentences.short_period(resultat.period)
    numbers = (f"Utfall {before}", f"Utfall {now}", f"Mål {resultat.period.year}", "Avvikelse")
    return ["Mätetal", *map(Numbers, numbers), "Status", f"Utveckling sedan {before}"]


def _matetal_row(result: Matetalsresultat, resultat: Namndresultat, name: str) -> list[Content]:
    status: Content = marks.known_mark(result.status)
    for note in (
        result.orsak,
        f"avgjort av avrundning, annars {result.oavrundad_status}" if result.oavrundad_status else "",
        f"men skulle helst {result.target.helst}" if result.helst is False else "",
    ):
        status = noted(status, note)
    named = noted(name, beside(name, result.matetal.mattenhet))
    return [
        noted(named, beside_name(result, resultat.period, resultat.jamfor_med)),
        _earlier(result, resultat.jamfor_med),
        _now(result, resultat.period),
        sentences.told_target(result.matetal, result.target, sentences.target_words(result), resultat.period.year),
        _difference(result),
        status,
        noted(marks.trend(result.trend), result.trend_orsak if result.varde is not None else ""),
    ]


def _difference(result: Matetalsresultat) -> Content:
    if result.avvikelse is None:
        return MISSING_MARK
    # The long word may go to a line of its own in a narrow column.
    shown = compact_difference(result.avvikelse, result.matetal.mattenhet)
    return PrintedNumber(shown.replace(f"{NBSP}procent", " procent"), shown.value)


def _earlier(result: Matetalsresultat, jamfor_med: Period) -> Content:
    """The compared outcome and the year that it is for, or why there was none."""
    if result.tidigare is not None and result.tidigare.varde is None and result.tidigare.text:
        return lacking(result.tidigare.why_missing)
    return _of_time(_value(result, result.tidigare_varde), year_before(result, jamfor_med))


def _now(result: Matetalsresultat, period: Period) -> Content:
    """The outcome, and the year that it is for where that isn't the period's."""
    return _of_time(_value(result, result.varde), year_now(result, period))


def _of_time(shown: Content, time: str) -> Content:
    return noted(shown, time.replace(NBSP, " "))  # in a narrow column a date may be divided between its lines


def _value(result: Matetalsresultat, value: Decimal | None) -> Content:
    return outcome_cell(value, result.matetal.mattenhet, result.decimaler)


def goal_tables(mal: Malresultat, resultat: Namndresultat) -> Html:
    """The goal's mätetal, and its kvalitativa mått; nothing where it has neither."""
    name = mal.mal.kortnamn
    parts = [matetal_table(f"Mätetal för målet {name}", mal.matetal, resultat)] if mal.matetal else []
    parts += [_kvalitativa(f"Kvalitativa mått för målet {name}", [("", mal)])] if mal.kvalitativa else []
    return joined(parts)


def matetal(resultat: Namndresultat) -> Html:
    """All mätetal, goal by goal; each row is the anchor that others link to (matetal-<id>)."""
    groups = [
        (
            mal.mal.namn,
            [AnchoredRow(_matetal_row(r, resultat, r.matetal.namn), f"matetal-{r.matetal.id}") for r in mal.matetal],
        )
        for mal in resultat.mal
        if mal.matetal
    ]
    if not groups:
        return Html("<p>Planen har inga mätetal.</p>")
    caption = (
        f"Alla mätetal per nämndsmål: utfall {resultat.period.name} mot målvärde och mot {resultat.jamfor_med.name}. "
        "Avvikelse är utfall minus målvärde."
    )
    return grouped_table(caption, _matetal_columns(resultat), groups)


def kvalitativa(resultat: Namndresultat) -> Html:
    """All kvalitativa mått with their answers, goal by goal."""
    goals = [(mal.mal.namn, mal) for mal in resultat.mal if mal.kvalitativa]
    if not goals:
        return Html("<p>Planen har inga kvalitativa mått.</p>")
    return _kvalitativa(f"Kvalitativa mått per nämndsmål, {resultat.period.name}", goals)


def _kvalitativa(caption: str, goals: Sequence[tuple[str, Malresultat]]) -> Html:
    def row(matt: str, svar: Svar | None) -> tuple[Content, Content]:
        return (noted(matt, svar.kommentar), marks.known_mark(svar.svar)) if svar else (matt, lacking("inget svar"))

    groups = [(heading, [row(r.matt.namn, r.svar) for r in mal.kvalitativa]) for heading, mal in goals]
    return grouped_table(caption, ["Kvalitativt mått", "Svar"], groups)


def by_sex(resultat: Namndresultat) -> Html:
    """The splits by sex of every mätetal that the plan splits, now and in the compared period."""
    results = [result for result in (*resultat.matetal, *resultat.indikatorer) if result.kon]
    there = {part.kon for result in results for part in result.kon}
    kinds = [kind for kind in ("kvinnor", "män", "flickor", "pojkar", "par") if kind in there]
    columns = ["Mätetal", *(Numbers(kind.capitalize()) for kind in (*kinds, "totalt")), "Anmärkning"]
    rows = []
    for result in results:
        parts = {part.kon: part for part in result.kon}
        again = result.trend_orsak == NY_MATNING_SAKNAS
        cells = [
            _sex_cell(result, parts[kind], None if again else parts[kind].tidigare) if kind in parts else ""
            for kind in kinds
        ]
        note = ""
        if result.delsumma is not None:
            note = f"Delarna ger tillsammans {wrong_sum(result)}."
        elif parts_are_rounded(result):
            note = "Avrundat: delarna är avrundade var för sig."
        elif result.varde is None:
            note = sentence_case(result.orsak) + "."
        elif all(part.varde is None for part in result.kon):
            note = "Könsuppdelat utfall är inte levererat."
        note = " ".join(filter(None, [_times_of_parts(result, resultat), note]))
        rows.append([result.matetal.kortnamn, *cells, _value(result, result.varde), note])
    caption = (
        f"Utfall {resultat.period.name} uppdelat på kön; inom parentes {resultat.jamfor_med.name} där det är levererat."
    )
    return table(caption, columns, rows) if rows else Html("<p>Inget mätetal i planen delas upp på kön.</p>")


def _times_of_parts(result: Matetalsresultat, resultat: Namndresultat) -> str:
    """ "Avser 2024, inom parentes 2023.", for a register that lags, and that nothing is new since the compared period."""
    now, before = year_now(result, resultat.period), year_before(result, resultat.jamfor_med)
    parts = [now] if now else []
    if result.trend_orsak == NY_MATNING_SAKNAS:
        parts.append(f"ingen ny mätning sedan {resultat.jamfor_med.name}")
    elif before and any(part.tidigare is not None for part in result.kon):
        parts.append(f"inom parentes {before.removeprefix('avser ')}")
    return sentence_case(", ".join(parts)) + "." if parts else ""


def _sex_cell(result: Matetalsresultat, part: Konsutfall, before: Decimal | None) -> Content:
    shown = outcome_cell(part.varde, result.matetal.mattenhet, result.decimaler, part.orsak)
    if before is None:
        return shown
    then = f" ({_value(result, before)})"
    return Shown(joined([shown, then], ""), shown.words + then) if isinstance(shown, Shown) else f"{shown}{then}"


def not_assessed(resultat: Namndresultat) -> Html:
    """The mätetal that can't be assessed, each with its reason."""
    results = resultat.with_status(Status.KAN_INTE_BEDOMAS)
    if not resultat.har_levererat:
        return Html("<p>Inget utfall är levererat, så inget mätetal kan bedömas.</p>")
    if not resultat.matetal:
        return Html("<p>Planen har inga mätetal.</p>")
    if not results:
        return Html("<p>Alla mätetal kan bedömas.</p>")
    rows = [
        (linked(f"#matetal-{r.matetal.id}", r.matetal.kortnamn), sentence_case(r.orsak), _now(r, resultat.period))
        for r in results
    ]
    caption = f"{count_word(len(rows)).capitalize()} mätetal kan inte bedömas, och varför"
    return table(caption, ["Mätetal", "Orsak", Numbers("Utfall")], rows)


def forecasts(resultat: Namndresultat) -> Html:
    """At delår, under a heading of its own: what each mätetal is likely to end the year with, how that is worked out, and whether
    the målvärde is likely to be met. Nothing at the year's end."""
    if not resultat.period.is_delar:
        return Html("")
    rows = [
        _forecast_row(r, r.prognos, resultat.period, has_anchor=r in resultat.matetal)
        for r in (*resultat.matetal, *resultat.indikatorer)
        if r.prognos
    ]
    year = resultat.period.year
    heading = Html("<h3>Prognos för helåret {}</h3>").format(year)
    if not rows:
        return joined([heading, Html("<p>Inget utfall finns att göra prognos av.</p>")])
    numbers = (f"Utfall {sentences.short_period(resultat.period)}", f"Prognos {year}", f"Mål {year}")
    columns = ["Mätetal", *map(Numbers, numbers), "Vid årets slut", "Metod"]
    caption = (
        f"Räknad prognos för helåret {year}, med intervall inom parentes där minst tre tidigare års prognoser "
        "finns att gå efter"
    )
    return joined([heading, table(caption, columns, rows)])


def _forecast_row(result: Matetalsresultat, prognos: Prognos, period: Period, *, has_anchor: bool) -> list[Content]:
    name = result.matetal.kortnamn
    value, interval = sentences.foreseen_parts(result, prognos)
    years = enumeration(map(str, prognos.ar))
    if prognos.ar and len(prognos.ar) == prognos.ar[-1] - prognos.ar[0] + 1:
        years = f"{prognos.ar[0]}–{prognos.ar[-1]}"
    with_interval = joined([value, Html('<span class="nr-nowrap">{}</span>').format(interval)], " ")
    return [
        linked(f"#matetal-{result.matetal.id}", name) if has_anchor else name,
        _now(result, period),
        Shown(with_interval, f"{value} {interval}") if interval else value,
        sentences.told_target(result.matetal, result.target, sentences.target_words(result), period.year),
        noted(marks.known_mark(prognos.utsikt) if prognos.utsikt else MISSING_MARK, prognos.orsak),
        noted(prognos.metod.capitalize(), f"intervall efter prognoserna {years}" if years else ""),
    ]

"""A nämnd's result as tables: goals, mätetal, kvalitativa mått, splits by sex.

A delår's forecasts as a table: what the year is likely to end with, how that is reckoned, and whether the målvärde is met.
"""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat, Prognos, Status
from reporting.assess.trend import NY_MATNING_SAKNAS
from reporting.html import Html, joined
from reporting.periods import Period
from reporting.show import marks, sentences
from reporting.show.measurement import beside_name, year_before, year_now
from reporting.show.rounded_sums import parts_are_rounded, wrong_sum
from reporting.show.table import SAKNAS, Column, Group, Row, table
from reporting.swedish import LONG_UNITS, NBSP, beside, compact, count_word, difference, enumeration, sentence_case


def summary(resultat: Namndresultat) -> Html:
    """Every nämndsmål with the nämnd's bedömning and trend, and what the figures propose where that differs."""
    delar = resultat.period.is_delar
    columns = [Column("Nämndsmål"), Column("Nämndens bedömning"), Column("Nämndens trend")]
    columns += [Column("Prognos för året")] if delar else []
    columns += [Column("Nådda mått", "tal"), Column("Förslag av måtten")]
    rows = []
    for mal in resultat.mal:
        cells: list[Markup | str] = [
            Html('<a href="#mal-{}">{}</a>').format(mal.mal.id, mal.mal.kortnamn),
            marks.steg(mal.text.bedomning)
            if mal.text.bedomning
            else Html('<span class="nr-missing">bedömning saknas</span>'),
            marks.trend(mal.text.trend) if mal.text.trend else Html('<span class="nr-missing">saknas</span>'),
        ]
        cells += [_prognos(mal)] if delar else []
        cells += [_met(mal), _proposal(mal)]
        rows.append(Row(tuple(cells)))
    caption = (
        f"Nämndens bedömning av varje mål och trend sedan {sentences.followup_name(resultat.trend_mot)}, hur många av målets "
        "bedömbara mått (mätetal och kvalitativa mått) som är uppnådda, och vad måtten talar för där det skiljer sig "
        "från bedömningen."
    )
    return table(caption, columns, [Group("", tuple(rows))])


def _prognos(mal: Malresultat) -> Markup | str:
    """The nämnd's prognos, and what the mått speak for where that is another or stands alone."""
    said: Markup | str = Html('<span class="nr-missing">saknas</span>')
    if mal.text.prognos:
        said = mal.text.prognos.capitalize()
    if mal.utsikt is None or (mal.text.prognos and not mal.prognos_skiljer):
        return said
    return joined([said, Html('<span class="nr-note">måtten talar för: {}</span>').format(mal.utsikt)], " ")


def _met(mal: Malresultat) -> Markup | str:
    return f"{mal.forslag.uppnadda} av {mal.forslag.bedombara}" if mal.forslag.bedombara else SAKNAS


def _proposal(mal: Malresultat) -> Markup | str:
    if mal.forslag.steg is None:
        return Html('<span class="nr-missing">kan inte föreslås</span>')
    if mal.text.bedomning and not mal.skiljer:
        return Html('<span class="nr-quiet">samma</span>')
    return marks.steg(mal.forslag.steg)


def matetal_table(caption: str, results: Sequence[Matetalsresultat], resultat: Namndresultat) -> Html:
    """Mätetal in one table: outcome, compared outcome, target, avvikelse, status, trend."""
    rows = tuple(_matetal_row(result, resultat, anchor=False) for result in results)
    return table(caption, _matetal_columns(resultat), [Group("", rows)])


def _matetal_columns(resultat: Namndresultat) -> list[Column]:
    return [
        Column("Mätetal"),
        Column(f"Utfall {sentences.short_period(resultat.jamfor_med)}", "tal"),
        Column(f"Utfall {sentences.short_period(resultat.period)}", "tal"),
        Column(f"Mål {resultat.period.year}", "tal"),
        Column("Avvikelse", "tal"),
        Column("Status"),
        Column(f"Utveckling sedan {sentences.short_period(resultat.jamfor_med)}"),
    ]


def _matetal_row(result: Matetalsresultat, resultat: Namndresultat, *, anchor: bool) -> Row:
    status = marks.status(result.status)
    if result.orsak:
        status = joined([status, Html('<span class="nr-note">{}</span>').format(result.orsak)], " ")
    if result.oavrundad_status:
        said = f"avgjort av avrundning, annars {result.oavrundad_status}"
        status = joined([status, Html('<span class="nr-note">{}</span>').format(said)], " ")
    if result.helst is False:
        status = joined(
            [status, Html('<span class="nr-note">men skulle helst {}</span>').format(result.target.helst)], " "
        )
    trend = marks.trend(result.trend)
    if result.trend_orsak and result.varde is not None:
        trend = joined([trend, Html('<span class="nr-note">{}</span>').format(result.trend_orsak)], " ")
    name: Markup | str = result.matetal.namn if anchor else result.matetal.kortnamn
    if unit := beside(name, result.matetal.mattenhet):
        name = joined([name, Html('<span class="nr-note">{}</span>').format(unit)], " ")
    if told := beside_name(result, resultat.period, resultat.jamfor_med):
        name = joined([name, Html('<span class="nr-note">{}</span>').format(told)], " ")
    return Row(
        (
            name,
            _earlier(result, resultat.jamfor_med),
            now_cell(result, resultat.period),
            sentences.target_words(result) or SAKNAS,
            _difference(result),
            status,
            trend,
        ),
        id=f"matetal-{result.matetal.id}" if anchor else "",
    )


def _difference(result: Matetalsresultat) -> Markup | str:
    if result.avvikelse is None:
        return SAKNAS
    # The long word may go to a line of its own in a narrow column.
    unit = "antal" if result.matetal.mattenhet in LONG_UNITS else result.matetal.mattenhet
    return difference(result.avvikelse, unit).replace(f"{NBSP}procent", " procent")


def _earlier(result: Matetalsresultat, jamfor_med: Period) -> Markup | str:
    """The compared outcome and the year that it is for, or why there was none."""
    if result.tidigare is not None and result.tidigare.varde is None and result.tidigare.text:
        return Html('<span class="nr-missing">{}</span>').format(result.tidigare.text)
    return _with_note(value_cell(result, result.tidigare_varde), year_before(result, jamfor_med))


def now_cell(result: Matetalsresultat, period: Period) -> Markup | str:
    """The outcome, and the year that it is for where that isn't the period's."""
    return _with_note(value_cell(result, result.varde), year_now(result, period))


def _with_note(shown: Markup | str, note: str) -> Markup | str:
    # In a narrow column a date may be divided between its lines.
    note = note.replace(NBSP, " ")
    return joined([shown, Html('<span class="nr-note">{}</span>').format(note)], " ") if note else shown


def value_cell(result: Matetalsresultat, value: Decimal | None) -> Markup | str:
    """A value in the mätetal's unit and precision; a dash where it is missing."""
    return compact(value, result.matetal.mattenhet, result.decimaler) if value is not None else SAKNAS


def goal(mal: Malresultat, resultat: Namndresultat) -> Html:
    """The goal's mätetal, and its kvalitativa mått; nothing where it has neither."""
    parts: list[Html] = []
    if mal.matetal:
        parts.append(matetal_table(f"Mätetal för målet {mal.mal.kortnamn}", mal.matetal, resultat))
    if mal.kvalitativa:
        parts.append(_kvalitativa(f"Kvalitativa mått för målet {mal.mal.kortnamn}", [("", mal)]))
    return joined(parts)


def matetal(resultat: Namndresultat) -> Html:
    """All mätetal, goal by goal; each row is the anchor that others link to (matetal-<id>)."""
    groups = [
        Group(mal.mal.namn, tuple(_matetal_row(result, resultat, anchor=True) for result in mal.matetal))
        for mal in resultat.mal
        if mal.matetal
    ]
    if not groups:
        return Html("<p>Planen har inga mätetal.</p>")
    caption = (
        f"Alla mätetal per nämndsmål: utfall {resultat.period.name} mot målvärde och mot {resultat.jamfor_med.name}. "
        "Avvikelse är utfall minus målvärde."
    )
    return table(caption, _matetal_columns(resultat), groups)


def kvalitativa(resultat: Namndresultat) -> Html:
    """All kvalitativa mått with their answers, goal by goal."""
    goals = [(mal.mal.namn, mal) for mal in resultat.mal if mal.kvalitativa]
    if not goals:
        return Html("<p>Planen har inga kvalitativa mått.</p>")
    return _kvalitativa(f"Kvalitativa mått per nämndsmål, {resultat.period.name}", goals)


def _kvalitativa(caption: str, goals: Sequence[tuple[str, Malresultat]]) -> Html:
    groups = []
    for heading, mal in goals:
        rows = []
        for result in mal.kvalitativa:
            answer = marks.svar(result.svar.svar) if result.svar else Html('<span class="nr-missing">inget svar</span>')
            name: Markup | str = result.matt.namn
            if result.svar and result.svar.kommentar:
                name = joined([name, Html('<span class="nr-note">{}</span>').format(result.svar.kommentar)], " ")
            rows.append(Row((name, answer)))
        groups.append(Group(heading, tuple(rows)))
    return table(caption, [Column("Kvalitativt mått"), Column("Svar")], groups)


def by_sex(resultat: Namndresultat) -> Html:
    """The splits by sex of every mätetal that the plan splits, now and in the compared period."""
    results = [result for result in (*resultat.matetal, *resultat.indikatorer) if result.kon]
    kinds = [
        kind
        for kind in ("kvinnor", "män", "flickor", "pojkar", "par")
        if any(k.kon == kind for r in results for k in r.kon)
    ]
    columns = [
        Column("Mätetal"),
        *(Column(kind.capitalize(), "tal") for kind in kinds),
        Column("Totalt", "tal"),
        Column("Anmärkning"),
    ]
    rows = []
    for result in results:
        parts = {part.kon: part for part in result.kon}
        again = result.trend_orsak == NY_MATNING_SAKNAS
        cells = [
            _sex_cell(result, parts[kind].varde, None if again else parts[kind].tidigare) if kind in parts else Html("")
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
        rows.append(Row((result.matetal.kortnamn, *cells, value_cell(result, result.varde), note)))
    caption = (
        f"Utfall {resultat.period.name} uppdelat på kön; inom parentes {resultat.jamfor_med.name} där det är levererat."
    )
    return (
        table(caption, columns, [Group("", tuple(rows))])
        if rows
        else Html("<p>Inget mätetal i planen delas upp på kön.</p>")
    )


def _times_of_parts(result: Matetalsresultat, resultat: Namndresultat) -> str:
    """ "Avser 2024, inom parentes 2023.", for a register that lags, and that nothing is new since the compared period."""
    now, before = year_now(result, resultat.period), year_before(result, resultat.jamfor_med)
    parts = [now] if now else []
    if result.trend_orsak == NY_MATNING_SAKNAS:
        parts.append(f"ingen ny mätning sedan {resultat.jamfor_med.name}")
    elif before and any(part.tidigare is not None for part in result.kon):
        parts.append(f"inom parentes {before.removeprefix('avser ')}")
    return sentence_case(", ".join(parts)) + "." if parts else ""


def _sex_cell(result: Matetalsresultat, value: Decimal | None, before: Decimal | None) -> Markup | str:
    shown = value_cell(result, value)
    return Html("{} ({})").format(shown, value_cell(result, before)) if before is not None else shown


def not_assessed(resultat: Namndresultat) -> Html:
    """The mätetal that can't be assessed, each with its reason."""
    results = resultat.with_status(Status.KAN_INTE_BEDOMAS)
    if not resultat.har_levererat:
        return Html("<p>Inget utfall är levererat, så inget mätetal kan bedömas.</p>")
    if not resultat.matetal:
        return Html("<p>Planen har inga mätetal.</p>")
    if not results:
        return Html("<p>Alla mätetal kan bedömas.</p>")
    rows = tuple(
        Row(
            (
                Html('<a href="#matetal-{}">{}</a>').format(r.matetal.id, r.matetal.kortnamn),
                sentence_case(r.orsak),
                now_cell(r, resultat.period),
            )
        )
        for r in results
    )
    caption = f"{count_word(len(rows)).capitalize()} mätetal kan inte bedömas, och varför"
    return table(caption, [Column("Mätetal"), Column("Orsak"), Column("Utfall", "tal")], [Group("", rows)])


def forecasts(resultat: Namndresultat) -> Html:
    """At delår, under a heading of its own: what each mätetal is likely to end the year with, how that is reckoned, and whether
    the målvärde is likely to be met. Nothing at the year's end."""
    if not resultat.period.is_delar:
        return Html("")
    rows = tuple(
        _forecast_row(r, r.prognos, resultat.period, linked=r in resultat.matetal)
        for r in (*resultat.matetal, *resultat.indikatorer)
        if r.prognos
    )
    heading = Html("<h3>Prognos för helåret {}</h3>").format(resultat.period.year)
    if not rows:
        return joined([heading, Html("<p>Inget utfall finns att göra prognos av.</p>")])
    columns = [
        Column("Mätetal"),
        Column(f"Utfall {sentences.short_period(resultat.period)}", "tal"),
        Column(f"Prognos {resultat.period.year}", "tal"),
        Column(f"Mål {resultat.period.year}", "tal"),
        Column("Vid årets slut"),
        Column("Metod"),
    ]
    caption = (
        f"Räknad prognos för helåret {resultat.period.year}, med intervall inom parentes där minst tre tidigare års prognoser "
        "finns att gå efter"
    )
    return joined([heading, table(caption, columns, [Group("", rows)])])


def _forecast_row(result: Matetalsresultat, prognos: Prognos, period: Period, *, linked: bool) -> Row:
    outlook: Markup | str = marks.utsikt(prognos.utsikt) if prognos.utsikt else SAKNAS
    if prognos.orsak:
        outlook = joined([outlook, Html('<span class="nr-note">{}</span>').format(prognos.orsak)], " ")
    how: Markup | str = prognos.metod.capitalize()
    if prognos.ar:
        missed = f"intervall efter prognoserna {_years(prognos.ar)}"
        how = joined([how, Html('<span class="nr-note">{}</span>').format(missed)], " ")
    name: Markup | str = result.matetal.kortnamn
    if linked:
        name = Html('<a href="#matetal-{}">{}</a>').format(result.matetal.id, name)
    target = sentences.target_words(result) or SAKNAS
    value, _, interval = sentences.foreseen(result).partition(" (")
    foreseen: Markup | str = value
    if interval:
        foreseen = joined([value, Html('<span class="nr-nowrap">({}</span>').format(interval)], " ")
    return Row((name, now_cell(result, period), foreseen, target, outlook, how))


def _years(years: tuple[int, ...]) -> str:
    """ "2020–2024", or each year where some are missing between."""
    first, last = years[0], years[-1]
    return f"{first}–{last}" if len(years) == last - first + 1 else enumeration([str(year) for year in years])

"""A delår's forecasts as a table: what the year is likely to end with, how that is reckoned, and whether the målvärde is met."""

from markupsafe import Markup

from reporting.assess.resultat import Matetalsresultat, Namndresultat, Prognos
from reporting.html import Html, joined
from reporting.periods import Period
from reporting.show import marks, sentences
from reporting.show.table import SAKNAS, Column, Group, Row, table
from reporting.swedish import enumeration
from reporting.tables import now_cell


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

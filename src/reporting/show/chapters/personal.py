"""Chapter 07: sick leave, presence, employees and their ages over the years, as charts and the tables beneath."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess import sums
from reporting.assess.underlag import Underlag
from reporting.html import Html, joined
from reporting.params.blad import ALDRAR, ANSTALLNINGAR, PERSONAL
from reporting.reading.utfall import Bladrad, Cell
from reporting.show import lines
from reporting.show.bars import Bar, bars
from reporting.show.lines import LineSeries, Panel
from reporting.show.placeholders import not_delivered, to_check
from reporting.show.rounded_sums import staff_is_rounded
from reporting.show.table import Numbers, noted, number_cell, table
from reporting.swedish import number, rounded
from reporting.units import ANTAL, PROCENT, amount, difference

AGES = {
    "sjukfranvaro-29": "29 år eller yngre",
    "sjukfranvaro-30-49": "30–49 år",
    "sjukfranvaro-50": "50 år eller äldre",
}


def _rows(underlag: Underlag) -> dict[str, Bladrad]:
    return {rad.id: rad for rad in underlag.nu.blad(PERSONAL.id)}


def _years(rows: dict[str, Bladrad], ids: Sequence[str]) -> list[int]:
    """The years that any of the rows has, oldest first."""
    return sorted({year for name in ids if name in rows for year in rows[name].ar})


def _with_table(charts: Sequence[Html], caption: str, rows: dict[str, Bladrad], ids: Sequence[str]) -> Html:
    """The charts and the table of the rows that they show, or that nothing of it was delivered."""
    return joined([*charts, _table(caption, rows, ids)]) if rows.keys() & set(ids) else not_delivered(PERSONAL)


def _table(caption: str, rows: dict[str, Bladrad], ids: Sequence[str]) -> Html:
    """The rows over their years, newest first; what was said of a row stands under its name."""
    years = _years(rows, ids)[::-1]
    posts = {post.id: post for post in PERSONAL.poster}
    shown = [
        [noted(posts[rad.id].namn, rad["kommentar"].text), *(number_cell(rad.ar.get(year)) for year in years)]
        for rad in (rows[name] for name in ids if name in rows)
    ]
    unit = ", procent" if posts[ids[0]].mattenhet == PROCENT else ""
    unit += ", avrundat" if staff_is_rounded(rows, ids) else ""
    return table(f"{caption}{unit}", ["Nyckeltal", *(Numbers(str(year)) for year in years)], shown)


def _last(rows: dict[str, Bladrad], name: str) -> tuple[int, Cell] | None:
    """The newest year that has a value, and its cell."""
    found = [(year, cell) for year, cell in rows[name].ar.items() if cell.tal is not None] if name in rows else []
    return max(found, key=lambda item: item[0]) if found else None


def _change(rows: dict[str, Bladrad], name: str, year: int) -> str:
    """ "0,59 procentenheter högre än 2023", against the year before `year`; "" where there is none."""
    now, before = rows[name].ar.get(year), rows[name].ar.get(year - 1)
    if now is None or before is None or now.tal is None or before.tal is None:
        return ""
    decimals = max(now.decimaler, before.decimaler)
    change = rounded(now.tal, decimals) - rounded(before.tal, decimals)
    if not change:
        return f"oförändrat sedan {year - 1}"
    if now.enhet == ANTAL:
        return f"{number(abs(change))} {'fler' if change > 0 else 'färre'} än {year - 1}"
    size = difference(abs(change), now.enhet, decimals).lstrip("+")
    return f"{size} {'högre' if change > 0 else 'lägre'} än {year - 1}"


def _stated(rows: dict[str, Bladrad], name: str, what: str) -> str:
    """ "Sjukfrånvaron är 8,74 % 2024, 0,59 procentenheter högre än 2023"."""
    found = _last(rows, name)
    if not found or found[1].tal is None:
        return what.removesuffix(" är")
    year, cell = found
    change = _change(rows, name, year)
    return f"{what} {amount(found[1].tal, cell.enhet, cell.decimaler)}" + (f", {change}" if change else f" år {year}")


def _panel(namn: str, rows: dict[str, Bladrad], names: dict[str, str], years: Sequence[int]) -> Panel:
    """A line for each of the rows that there are. names: what they are called, by id."""
    serier = []
    for name, called in names.items():
        if name in rows:
            cells = [rows[name].ar.get(year) for year in years]
            decimals = max((c.decimaler for c in cells if c), default=0)
            serier.append(LineSeries(called, tuple(c.tal if c else None for c in cells), decimals))
    return Panel(namn, tuple(serier))


def sums_of_staff(underlag: Underlag) -> Html:
    """Figures of the sheet that don't agree with each other; nothing where all do."""
    return to_check(sums.personal(underlag.nu), underlag.godkanda)


def sjukfranvaro(underlag: Underlag) -> Html:
    """Sick leave in all and by sex, then by age in small multiples; the share of long-term sick leave in words."""
    rows = _rows(underlag)
    sexes = {"sjukfranvaro": "Alla", "sjukfranvaro-kvinnor": "Kvinnor", "sjukfranvaro-man": "Män"}
    ids = ("sjukfranvaro", "sjukfranvaro-lang", "sjukfranvaro-kvinnor", "sjukfranvaro-man", *AGES)
    years = _years(rows, ids)
    parts = []
    if (long := _last(rows, "sjukfranvaro-lang")) and long[1].tal is not None:
        share = amount(long[1].tal, PROCENT, long[1].decimaler)
        change = _change(rows, "sjukfranvaro-lang", long[0])
        said = f"Av sjukfrånvaron {long[0]} är {share} längre än 59 dagar" + (f", {change}" if change else "")
        parts.append(Html("<p>{}.</p>").format(said))
    title = _stated(rows, "sjukfranvaro", "Sjukfrånvaron är")
    panel = _panel("Alla, kvinnor och män", rows, sexes, years)
    parts.append(lines.line_chart("sjukfranvaro", title, years, [panel], PROCENT))
    ages = {name: namn for name, namn in AGES.items() if name in rows}
    if ages:
        panels = [_panel(namn, rows, {name: namn}, years) for name, namn in ages.items()]
        parts.append(lines.line_chart("sjukfranvaro-alder", _highest_age(rows, ages), years, panels, PROCENT))
    return _with_table(parts, "Sjukfrånvaro av ordinarie arbetstid", rows, ids)


def _highest_age(rows: dict[str, Bladrad], ages: dict[str, str]) -> str:
    found = [(last[1].tal, namn, last[1]) for name, namn in ages.items() if (last := _last(rows, name))]
    if not found:
        return "Sjukfrånvaro efter ålder"
    highest, namn, cell = max(found, key=lambda item: item[0] or Decimal(0))
    shown = amount(highest or Decimal(0), PROCENT, cell.decimaler)
    return f"Sjukfrånvaron är högst bland dem som är {namn}: {shown}"


def frisknarvaro(underlag: Underlag) -> Html:
    """How many have been away not at all, or up to seven days."""
    rows = _rows(underlag)
    names = {"frisknarvaro": "Alla", "frisknarvaro-0": "0 dagar", "frisknarvaro-1-7": "1–7 dagar"}
    years = _years(rows, [*names])
    title = _stated(rows, "frisknarvaro", "Frisknärvaron är")
    panel = _panel("Högst sju sjukdagar", rows, names, years)
    chart = lines.line_chart("frisknarvaro", title, years, [panel], PROCENT)
    return _with_table([chart], "Frisknärvaro, andel anställda med högst sju dagars sjukfrånvaro", rows, [*names])


def anstallda(underlag: Underlag) -> Html:
    """Employees by form and sex, a panel for each form."""
    rows = _rows(underlag)
    forms = {namn: {form: "Alla", f"{form}-kvinnor": "Kvinnor", f"{form}-man": "Män"} for form, namn in ANSTALLNINGAR}
    ids = [name for names in forms.values() for name in names]
    years = _years(rows, ids)
    panels = [_panel(namn, rows, names, years) for namn, names in forms.items() if rows.keys() & names]
    form, namn = next(((form, namn) for form, namn in ANSTALLNINGAR if form in rows), ("", ""))
    title = _stated(rows, form, f"{namn} är") + _men(rows, form) if form else "Anställda kvinnor och män"
    return _with_table([lines.line_chart("anstallda", title, years, panels, ANTAL)], "Antal anställda", rows, ids)


def _men(rows: dict[str, Bladrad], form: str) -> str:
    """ "; andelen män är 22 %", in the newest year that has both."""
    last, men = _last(rows, form), _last(rows, f"{form}-man")
    if not last or not men or last[0] != men[0] or not last[1].tal or men[1].tal is None:
        return ""
    return f"; andelen män är {amount(men[1].tal / last[1].tal * 100, PROCENT, 0)}"


def aldersstruktur(underlag: Underlag) -> Html:
    """The shares of the age groups now and in the oldest year, for each form of employment."""
    rows = _rows(underlag)
    parts = []
    for form, namn in ANSTALLNINGAR:
        ages = [(f"{form}-{age}", years) for age, years in ALDRAR if f"{form}-{age}" in rows]
        ids = [name for name, _ in ages]
        years = _years(rows, ids)
        if years:
            parts += [_age_chart(rows, ages, form, namn, years), _table(f"{namn} efter ålder", rows, ids)]
    return joined(parts) if parts else not_delivered(PERSONAL)


def _age_chart(
    rows: dict[str, Bladrad], ages: Sequence[tuple[str, str]], form: str, namn: str, years: Sequence[int]
) -> Html:
    first, last = years[0], years[-1]
    staplar: list[Bar] = []
    changes: list[tuple[Decimal, str, Cell, Cell]] = []
    for name, age in ages:
        now, then = rows[name].ar.get(last), rows[name].ar.get(first)
        if now is None or now.tal is None:
            continue
        before = then.tal if then and first != last else None
        staplar.append(Bar(age, now.tal, before, now.decimaler))
        decimals = min(now.decimaler, then.decimaler) if then else 0
        if then and before is not None and rounded(now.tal, decimals) != rounded(before, decimals):
            changes.append((abs(now.tal - before), age, then, now))
    title = f"{namn} efter ålder {last}"
    if changes:
        _, age, then, now = max(changes, key=lambda item: item[0])
        grown = "ökat" if (now.tal or 0) > (then.tal or 0) else "minskat"
        low = number(then.tal or Decimal(0), then.decimaler)
        high = amount(now.tal or Decimal(0), PROCENT, now.decimaler)
        title = f"{namn}: andelen {age} har {grown} mest sedan {first}, från {low} till {high}"
    note = f"Stapel: {last}." + (f" Öppen ring: {first}." if changes else "")
    return bars(f"alder-{form}", title, staplar, PROCENT, note)

"""Chapters 06 and 08: what private providers cost, how the year's money went, and which verksamhetsområde explains it."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess import sums
from reporting.assess.sums import HELA_NAMNDEN, total
from reporting.assess.underlag import Underlag
from reporting.html import Html, joined
from reporting.params.blad import DRIFT, INVESTERINGAR, OMRADEN, PRIVATA_UTFORARE, Blad
from reporting.periods import Period
from reporting.reading.utfall import Bladrad, Cell
from reporting.show.bars import Bar, bars
from reporting.show.placeholders import not_delivered, to_check
from reporting.show.rounded_sums import areas_are_rounded, column_is_rounded, drift_is_rounded
from reporting.show.sentences import lowered, short_period
from reporting.show.table import MISSING_MARK, Content, Numbers, noted, number_cell, strong, table
from reporting.swedish import number, rounded
from reporting.units import Unit, amount, difference

HELAR = "helårsprognos"
AVVIKELSE = "avvikelse"
VALUES = ("utfall", "föregående år", "budget", AVVIKELSE)


def privata_utforare(underlag: Underlag) -> Html:
    """Costs by kind with their total, this year and last; units held against the nämnd's whole net cost."""
    rows = underlag.nu.blad(PRIVATA_UTFORARE.id)
    if not rows:
        return not_delivered(PRIVATA_UTFORARE)
    units, period = {rad["enhet"].text for rad in rows}, underlag.params.period
    unit, same = rows[0]["utfall"].enhet, len(units) == 1
    now, before = total(rows, "utfall"), total(rows, "föregående år")
    both = ("utfall", "föregående år")
    decimals = max(rad[kolumn].decimaler for rad in rows for kolumn in both)
    shown = [[rad.id, *_cells(rad, both, same), rad["kommentar"].text or MISSING_MARK] for rad in rows]
    if now is not None:
        totals = [strong(number(value, decimals) if value is not None else MISSING_MARK) for value in (now, before)]
        is_rounded = any(column_is_rounded([rad[kolumn] for rad in rows]) for kolumn in both)
        said = "Avrundat: beloppen ovan är avrundade var för sig." if is_rounded else ""
        shown.append([strong("Totalt"), *totals, said])
    years = [Numbers(f"Utfall {_when(when)}") for when in (period, period.year_before)]
    caption = f"Köp av privata utförare, {underlag.params.period.span}" + (f", {unit}" if same else "")
    checks = to_check(sums.private_provider_remarks(underlag.nu), underlag.godkanda)
    chart = Html("")
    if same and now is not None:
        title = f"Privata utförare kostade {amount(now, unit, decimals)}"
        if before is not None:
            change, then = rounded(now, decimals) - rounded(before, decimals), _when(period.year_before)
            size = f"{amount(abs(change), unit, decimals)} {'mer' if change > 0 else 'mindre'} än {then}"
            title += f", {size}" if change else f", lika mycket som {then}"
        title += f"; störst är {lowered(max(rows, key=_size).id)}"
        title = "Privata utförare: beloppen behöver kontrolleras" if checks else title
        chart = _utforare_chart(rows, unit, title, period)
    return joined([checks, chart, table(caption, ["Kostnad", *years, "Kommentar"], shown)])


def _size(rad: Bladrad) -> Decimal:
    return rad["utfall"].tal or Decimal(0)


def _utforare_chart(rows: Sequence[Bladrad], unit: Unit, title: str, period: Period) -> Html:
    staplar = [
        Bar(rad.id, _size(rad), rad["föregående år"].tal, rad["utfall"].decimaler)
        for rad in sorted(rows, key=_size, reverse=True)
    ]
    note = f"Stapel: utfall {_when(period)}."
    if any(stapel.tidigare is not None for stapel in staplar):
        note += f" Öppen ring: {_when(period.year_before)}."
    return bars(PRIVATA_UTFORARE.id, title, staplar, unit, note)


def sums_of_money(underlag: Underlag) -> Html:
    """Figures of the sheets on money that don't agree with each other; nothing where all do."""
    return to_check(sums.ekonomi(underlag.nu), underlag.godkanda)


def drift(underlag: Underlag) -> Html:
    """The driftsredovisning, or the resultaträkning where its rows were delivered: utfall, last year, budget, avvikelse, and at
    delår the helårsprognos."""
    rows = underlag.nu.blad(DRIFT.id)
    if not rows:
        return not_delivered(DRIFT)
    by_id = {rad.id: rad for rad in rows}
    rows = tuple(by_id[post.id] for post in DRIFT.poster if post.id in by_id)
    finding = _result_in_words(by_id["resultat"], underlag.params.period) if "resultat" in by_id else ""
    caption = "Resultaträkning" if by_id.keys() & {"intakter", "kostnader"} else "Driftsredovisning"
    shown = _money_table(caption, DRIFT, rows, underlag)
    return joined([Html("<p>{}</p>").format(finding) if finding else Html(""), shown])


def _result_in_words(rad: Bladrad, period: Period) -> str:
    now, before, forecast = rad["utfall"], rad["föregående år"], rad[HELAR]
    sentences = []
    if now.tal is not None:
        sentence = f"Resultatet {period.span} är {_signed(now)}"
        if before.tal is not None:
            sentence += f", mot {_signed(before)} året före"
        sentences.append(sentence + ".")
    if period.is_delar and forecast.tal is not None:
        sentences.append(f"Helårsprognosen är {_signed(forecast)}.")
    return " ".join(sentences)


def _signed(cell: Cell) -> str:
    return difference(cell.tal, cell.enhet, cell.decimaler) if cell.tal is not None else "–"


def investeringar(underlag: Underlag) -> Html:
    """The investeringsredovisning: utfall, last year, budget, avvikelse."""
    if not (rows := underlag.nu.blad(INVESTERINGAR.id)):
        return not_delivered(INVESTERINGAR)
    return _money_table("Investeringsredovisning", INVESTERINGAR, rows, underlag)


def _money_table(
    caption: str,
    blad: Blad,
    rows: Sequence[Bladrad],
    underlag: Underlag,
    kolumner: Sequence[str] = (),
) -> Html:
    period, names = underlag.params.period, {post.id: post.namn for post in blad.poster}
    units = {rad["enhet"].text for rad in rows} - {""}  # a row with nothing but a comment has none
    same = len(units) == 1
    foreseen = period.is_delar or any(rad[HELAR].tal is not None for rad in rows)
    kolumner = kolumner or [*VALUES, *([HELAR] if foreseen else [])]
    whole_year = _is_of_whole_year(period, kolumner)
    if whole_year:  # what a delår's avvikelse is the difference of stands beside it
        kolumner = [*(kolumn for kolumn in kolumner if kolumn != AVVIKELSE), AVVIKELSE]
    headings = {
        "utfall": f"Utfall {_when(period)}",
        "föregående år": f"Utfall {_when(period.year_before)}",
        "budget": f"Budget {period.year}",
        AVVIKELSE: f"Avvikelse helår {period.year}" if whole_year else "Avvikelse",
        HELAR: f"Prognos helår {period.year}",
    }
    first = blad.headings[1] if blad.poster else blad.headings[0]
    columns = [first.capitalize(), *(Numbers(headings[kolumn]) for kolumn in kolumner)]
    shown = [[noted(names.get(rad.id, rad.id), rad["kommentar"].text), *_cells(rad, kolumner, same)] for rad in rows]
    unit = f", {units.pop()}" if same else ""
    is_rounded = areas_are_rounded(rows) if blad.id == OMRADEN.id else drift_is_rounded(rows)
    unit += ", avrundat" if is_rounded else ""
    return table(f"{caption} {period.span}{unit}", columns, shown)


def _is_of_whole_year(period: Period, kolumner: Sequence[str]) -> bool:
    """Whether an avvikelse is the whole year's: at delår the budget is, and the forecast that it is held against."""
    return period.is_delar and {AVVIKELSE, HELAR} <= {*kolumner}


def _when(period: Period) -> str:
    """What a year's column is headed by: the year, or at delår the month that it reaches to."""
    return short_period(period) if period.is_delar else str(period.year)


def _cells(rad: Bladrad, kolumner: Sequence[str], same_unit: bool) -> list[Content]:
    shown: list[Content] = []
    for kolumn in kolumner:
        cell = rad[kolumn]
        if cell.tal is not None and kolumn == AVVIKELSE:
            text = number(cell.tal, cell.decimaler, sign=True)
            shown.append(text if same_unit else text.between("", f" {cell.enhet}"))
        elif cell.tal is not None and not same_unit:
            shown.append(amount(cell.tal, cell.enhet, cell.decimaler))
        else:
            shown.append(number_cell(cell))
    return shown


def verksamhetsomraden(underlag: Underlag) -> Html:
    """Each verksamhetsområde's avvikelse, most negative first, the nämnd's, and the part that the areas don't explain."""
    delivered = underlag.nu.blad(OMRADEN.id)
    if not delivered:
        return not_delivered(OMRADEN)
    whole = next((rad for rad in delivered if rad.id.lower() == HELA_NAMNDEN), None)
    areas = sorted(
        (rad for rad in delivered if rad is not whole),
        key=lambda rad: rad["avvikelse"].tal if rad["avvikelse"].tal is not None else Decimal("Infinity"),
    )
    rows = [*areas, *([whole] if whole else [])]
    used = [kolumn for kolumn in (*VALUES, HELAR) if any(rad[kolumn].tal is not None for rad in rows)]
    shown = _money_table("Verksamhetsområdenas redovisning", OMRADEN, rows, underlag, used)
    explained = total(areas, "avvikelse")
    if explained is None:
        return shown
    of_year = " för helåret" if _is_of_whole_year(underlag.params.period, used) else ""
    return joined([_omraden_chart(areas, whole, explained, of_year), shown])


def _omraden_chart(areas: Sequence[Bladrad], whole: Bladrad | None, explained: Decimal, of_year: str) -> Html:
    unit = areas[0]["avvikelse"].enhet
    decimals = max(rad["avvikelse"].decimaler for rad in areas)
    staplar = [Bar(rad.id, rad["avvikelse"].tal or Decimal(0), None, rad["avvikelse"].decimaler) for rad in areas]
    most, kind = areas[0], "underskott"
    if (most["avvikelse"].tal or 0) >= 0:
        most, kind = areas[-1], "överskott"
    title = f"Störst {kind}{of_year}: {most.id}, {_signed(most['avvikelse'])}"
    note = f"Till vänster: underskott{of_year}. Till höger: överskott."
    cell = whole["avvikelse"] if whole else Cell("")
    if cell.tal is not None and cell.enhet == unit:
        rest = rounded(cell.tal - explained, max(decimals, cell.decimaler))
        if rest:
            staplar.append(Bar("Förklaras inte av områdena", rest, None, max(decimals, cell.decimaler), oppen=True))
            note += " Öppen stapel: det av nämndens avvikelse som områdena inte förklarar."
            together = difference(explained, unit, decimals)
            title = f"Verksamhetsområdena avviker{of_year} tillsammans med {together}, nämnden med {_signed(cell)}"
    return bars("verksamhetsomraden", title, staplar, unit, note)

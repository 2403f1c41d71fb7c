"""Figures that ought to agree: each remark with an example that gives it, and the nearest that doesn't."""

from dataclasses import replace
from decimal import Decimal

import pytest

from built_in_units import UNITS
from conftest import PROJECT
from reporting.assess import sums
from reporting.assess.underlag import Underlag, load
from reporting.params.blad import DRIFT, INVESTERINGAR, OMRADEN, PERSONAL, PRIVATA_UTFORARE, Blad
from reporting.reading.utfall import Bladrad, Cell, Leverans
from reporting.units import Unit, read_quantity
from table_text import rows

SHEETS = {
    "drift": DRIFT,
    "privata": PRIVATA_UTFORARE,
    "investeringar": INVESTERINGAR,
    "omraden": OMRADEN,
    "personal": PERSONAL,
}


def cell(text: str, unit: Unit) -> Cell:
    """A number with as many decimals as it is written with; anything else is text."""
    try:
        value = read_quantity(text).value
    except ValueError:
        return Cell(text)
    exponent = value.as_tuple().exponent
    return Cell(text, value, -exponent if isinstance(exponent, int) else 0, unit)


def delivered(**sheets: str) -> Leverans:
    """Sheets as tables: the headings first, an empty cell where nothing stands. Amounts are in mkr where no enhet is given."""
    found = []
    for name, text in sheets.items():
        headings, *lines = rows(text)
        for line in lines:
            found.append(_row(SHEETS[name], dict(zip(headings, line, strict=True))))
    return Leverans(rader=tuple(found))


def _row(definition: Blad, row: dict[str, str]) -> Bladrad:
    key = definition.headings[0]
    units = {post.id: post.mattenhet for post in definition.poster}
    years = {name: text for name, text in row.items() if len(name) == 4 and name.isdigit()}
    cells = {
        name: cell(text, UNITS[row.get("enhet") or "mkr"])
        for name, text in row.items()
        if name not in years and name != key
    }
    ar = {int(name): cell(text, units[row[key]]) for name, text in years.items()}
    return Bladrad(definition.id, row[key], {key: Cell(row[key])} | cells, ar, "data/utfall.xlsx")


def plain(remarks: list[str]) -> list[str]:
    return [remark.replace("\u00a0", " ") for remark in remarks]


def examples(text: str) -> list[tuple[str, str]]:
    """Example and remark: a line's cells, and what stands after "→"."""
    lines = [line.split("→") for line in text.strip().splitlines()]
    return [(cells.strip(), remark.strip()) for cells, remark in lines]


# Kommunbidrag minus nettokostnader is the result

RESULTAT = """
2230   | 2222  | 8     →
2230   | 2222  | 9     →
2230   | 2222  | 7     →
2230   | 2222  | 10    → Resultat, utfall: 10 mkr, men kommunbidrag minus nettokostnader är 8 mkr.
2048   | 2049  | -1    →
2048   | 2049  | 1     → Resultat, utfall: 1 mkr, men kommunbidrag minus nettokostnader är −1 mkr.
2048   | -2049 | -1    →
-2048  | 2049  | -1    →
2048,0 | 2049,0 | -0,9 →
2048,0 | 2049,0 | -0,8 → Resultat, utfall: −0,8 mkr, men kommunbidrag minus nettokostnader är −1,0 mkr.
2048   | 2049,4 | -0,4 →
2048   |       | 500   →
       | 2049  | 500   →
2048   | 2049  |       →
"""


@pytest.mark.parametrize(("example", "remark"), examples(RESULTAT))
def test_the_result_is_kommunbidrag_minus_nettokostnader(example: str, remark: str) -> None:
    bidrag, kostnader, resultat = rows(example)[0]
    nu = delivered(
        drift=f"""
        id | utfall
        kommunbidrag | {bidrag}
        nettokostnader | {kostnader}
        resultat | {resultat}
    """
    )
    assert plain(sums.ekonomi(nu)) == ([remark] if remark else [])


@pytest.mark.parametrize("kolumn", ["utfall", "föregående år", "budget", "helårsprognos"])
def test_every_column_is_added_up_by_itself(kolumn: str) -> None:
    nu = delivered(
        drift=f"""
        id             | {kolumn}
        kommunbidrag   | 100
        nettokostnader | 90
        resultat       | 20
    """
    )
    assert plain(sums.ekonomi(nu)) == [f"Resultat, {kolumn}: 20 mkr, men kommunbidrag minus nettokostnader är 10 mkr."]


# Intäkter, kostnader and kapitalkostnader give the net cost

NETTO = """
253368  | -1862201 | -9037 | -1617870 →
253368  | 1862201  | 9037  | 1617870  →
253368  | 1862201  | 9037  | -1617870 →
-253368 | 1862201  | 9037  | 1617870  →
253368  | 1862201  | 9037  | 1617871  →
253368  | 1862201  | 9037  | 1617872  → Nettokostnader, utfall: 1 617 872 tkr, men verksamhetens intäkter minus verksamhetens kostnader minus kapitalkostnader är 1 617 870 tkr.
253368  | 1862201  |       | 1        →
"""  # noqa: E501


@pytest.mark.parametrize(("example", "remark"), examples(NETTO))
def test_costs_less_income_are_the_net_cost_whichever_signs_they_have(example: str, remark: str) -> None:
    intakter, kostnader, kapital, netto = rows(example)[0]
    nu = delivered(
        drift=f"""
        id               | utfall      | enhet
        intakter         | {intakter}  | tkr
        kostnader        | {kostnader} | tkr
        kapitalkostnader | {kapital}   | tkr
        nettokostnader   | {netto}     | tkr
    """
    )
    assert plain(sums.ekonomi(nu)) == ([remark] if remark else [])


def test_rows_in_other_units_are_compared_as_kronor() -> None:
    """8 mkr is 8 000 tkr; somebody has written one row in another unit."""
    nu = delivered(
        drift="""
        id             | utfall  | enhet
        kommunbidrag   | 2230    | mkr
        nettokostnader | 2222000 | tkr
        resultat       | 8       | mkr
    """
    )
    assert sums.ekonomi(nu) == []


# Avvikelse is the difference between budget and outcome, or the year's forecast

AVVIKELSE = """
12000 | 6757 |       | 5243  →
12000 | 6757 |       | -5243 →
12000 | 6757 |       | 5244  →
12000 | 6757 |       | 5245  → Verksamhetens kostnader: avvikelsen 5 245 mkr är inte skillnaden mellan budget och utfall eller prognos.
12000 | 6757 | 11000 | 1000  →
12000 | 6757 | 11000 | 5243  →
12000 | 6757 | 11000 | 3000  → Verksamhetens kostnader: avvikelsen 3 000 mkr är inte skillnaden mellan budget och utfall eller prognos.
12000 |      | 11000 | 1000  →
100,0 | 92,4 |       | 7,6   →
100,0 | 92,4 |       | 7,8   → Verksamhetens kostnader: avvikelsen 7,8 mkr är inte skillnaden mellan budget och utfall eller prognos.
100   | 92,4 |       | 8     →
      | 6757 |       | 1     →
12000 |      |       | 1     →
"""


@pytest.mark.parametrize(("example", "remark"), examples(AVVIKELSE))
def test_an_avvikelse_is_the_difference_from_the_budget(example: str, remark: str) -> None:
    budget, utfall, prognos, avvikelse = rows(example)[0]
    nu = delivered(
        drift=f"""
        id        | budget   | utfall   | helårsprognos | avvikelse
        kostnader | {budget} | {utfall} | {prognos}     | {avvikelse}
    """
    )
    assert plain(sums.ekonomi(nu)) == ([remark] if remark else [])


@pytest.mark.parametrize(("sheet", "key"), [("investeringar", "investering"), ("omraden", "verksamhetsområde")])
def test_investments_and_areas_are_checked_like_the_rows_of_the_result(sheet: str, key: str) -> None:
    nu = delivered(**{sheet: f"{key} | budget | utfall | avvikelse\nFörskola | 10,0 | 4,0 | 5,0"})
    assert plain(sums.ekonomi(nu)) == [
        "Förskola: avvikelsen 5,0 mkr är inte skillnaden mellan budget och utfall eller prognos."
    ]


# The areas' sheet and the result say the same of the whole

HELA = """
7,5  | mkr | 7,5  |      |      →
7,5  | mkr | 7,6  |      |      →
7,5  | mkr | 7,7  |      |      → Nämndens avvikelse är +7,5 mkr på bladet Verksamhetsområden men +7,7 mkr på bladet Drift.
7,5  | mkr |      | 7,5  |      →
7,5  | mkr |      |      | 8    →
7,5  | mkr |      |      | 9    →
7,5  | mkr | 20,0 | 7,5  |      →
-7,5 | mkr | 7,5  |      |      → Nämndens avvikelse är −7,5 mkr på bladet Verksamhetsområden men +7,5 mkr på bladet Drift.
7500 | tkr | 7,5  |      |      →
     | mkr | 7,5  |      |      →
"""


@pytest.mark.parametrize(("example", "remark"), examples(HELA))
def test_the_whole_namnd_is_said_alike_on_both_sheets(example: str, remark: str) -> None:
    whole, unit, avvikelse, prognos, utfall = rows(example)[0]
    nu = delivered(
        drift=f"id | avvikelse | helårsprognos | utfall\nresultat | {avvikelse} | {prognos} | {utfall}",
        omraden=f"verksamhetsområde | avvikelse | enhet\nHela nämnden | {whole} | {unit}",
    )
    assert plain(sums.ekonomi(nu)) == ([remark] if remark else [])


def test_an_area_is_not_the_whole() -> None:
    nu = delivered(drift="id | avvikelse\nresultat | 7,5", omraden="verksamhetsområde | avvikelse\nÄldreomsorg | -51,4")
    assert sums.ekonomi(nu) == []


# Private providers are a part of the net cost

PRIVATA = """
13740 | 16694 | mkr | 2222  | mkr → Kostnaderna är tillsammans 30 434 mkr, mer än nämndens hela nettokostnad, 2 222 mkr. Kontrollera enheten i arbetsboken.
13740 | 16694 | tkr | 2222  | mkr →
13740 | 16694 | tkr | -2222 | mkr →
13,7  | 16,7  | mkr | 30,4  | mkr →
13,7  | 16,7  | mkr | 30,3  | mkr → Kostnaderna är tillsammans 30,4 mkr, mer än nämndens hela nettokostnad, 30,3 mkr. Kontrollera enheten i arbetsboken.
13,7  | 16,7  | mkr | 30300 | tkr → Kostnaderna är tillsammans 30,4 mkr, mer än nämndens hela nettokostnad, 30 300 tkr. Kontrollera enheten i arbetsboken.
13,7  | 16,7  | mkr |       | mkr →
13,7  |       | mkr | 1     | mkr →
"""  # noqa: E501


@pytest.mark.parametrize(("example", "remark"), examples(PRIVATA))
def test_private_providers_cost_no_more_than_everything(example: str, remark: str) -> None:
    one, other, unit, netto, its_unit = rows(example)[0]
    nu = delivered(
        privata=f"kostnad | utfall | enhet\nHemtjänst | {one} | {unit}\nLSS | {other} | {unit}",
        drift=f"id | utfall | enhet\nnettokostnader | {netto} | {its_unit}",
    )
    assert plain(sums.private_provider_remarks(nu)) == ([remark] if remark else [])


def test_signs_of_private_costs_dont_matter() -> None:
    text = "kostnad | utfall | enhet\nHemtjänst | {} | mkr"
    drift = "id | utfall | enhet\nnettokostnader | -2222 | mkr"
    for cost in ("30434", "-30434"):
        nu = delivered(privata=text.format(cost), drift=drift)
        assert len(sums.private_provider_remarks(nu)) == 1, cost


def test_private_providers_in_different_units_cant_be_added() -> None:
    text = "kostnad | utfall | enhet\nHemtjänst | 9,4 | mkr\nLSS | {} | tkr"
    assert sums.private_provider_remarks(delivered(privata=text.format("870"))) == [
        "Raderna har olika enheter, så de kan inte räknas ihop. Skriv alla i samma enhet."
    ]
    assert sums.private_provider_remarks(delivered(privata=text.format(""))) == []
    assert sums.private_provider_remarks(Leverans()) == []


# Employees: women and men, days of absence, ages

PARTS = """
tillsvidare  | 3029    | tillsvidare-kvinnor | 2362    | tillsvidare-man   | 667     →
tillsvidare  | 3029    | tillsvidare-kvinnor | 2362    | tillsvidare-man   | 668     → Tillsvidareanställda 2024: delarna är tillsammans 3 030, inte 3 029.
tillsvidare  | 3029    | tillsvidare-kvinnor | 2362    | tillsvidare-man   |         →
visstid      | 410     | visstid-kvinnor     | 300     | visstid-man       | 111     → Visstidsanställda 2024: delarna är tillsammans 411, inte 410.
visstid      |         | visstid-kvinnor     | 300     | visstid-man       | 111     →
frisknarvaro | 64,12 % | frisknarvaro-0      | 39,12 % | frisknarvaro-1-7  | 25,00 % →
frisknarvaro | 64,12 % | frisknarvaro-0      | 39,13 % | frisknarvaro-1-7  | 25,00 % →
frisknarvaro | 64,12 % | frisknarvaro-0      | 39,15 % | frisknarvaro-1-7  | 25,00 % → Frisknärvaro 2024: delarna är tillsammans 64,15 %, inte 64,12 %.
"""  # noqa: E501


@pytest.mark.parametrize(("example", "remark"), examples(PARTS))
def test_parts_are_the_whole(example: str, remark: str) -> None:
    cells = rows(example)[0]
    lines = "\n".join(f"{name} | {value}" for name, value in zip(cells[::2], cells[1::2], strict=True))
    assert plain(sums.personal(delivered(personal=f"id | 2024\n{lines}"))) == ([remark] if remark else [])


def test_each_year_is_checked_by_itself() -> None:
    nu = delivered(
        personal="""
        id                  | 2024 | 2023 | 2022
        tillsvidare         | 100  | 101  | 102
        tillsvidare-kvinnor | 60   | 60   | 60
        tillsvidare-man     | 40   | 40   | 40
    """
    )
    assert plain(sums.personal(nu)) == [
        "Tillsvidareanställda 2023: delarna är tillsammans 100, inte 101.",
        "Tillsvidareanställda 2022: delarna är tillsammans 100, inte 102.",
    ]


AGES = """
20   | 20   | 20   | 20   | 20   →
20,5 | 20   | 20   | 20   | 20   →
19,5 | 20   | 20   | 20   | 20   →
20,6 | 20   | 20   | 20   | 20   → Tillsvidareanställda 2024: åldersgrupperna är tillsammans 100,6 %.
19,4 | 20   | 20   | 20   | 20   → Tillsvidareanställda 2024: åldersgrupperna är tillsammans 99,4 %.
     | 20   | 20   | 20   | 20   →
"""


@pytest.mark.parametrize(("example", "remark"), examples(AGES))
def test_ages_are_a_hundred_per_cent_within_what_rounding_gives(example: str, remark: str) -> None:
    ages = ("0-29", "30-39", "40-49", "50-59", "60")
    lines = "\n".join(f"tillsvidare-{age} | {share}" for age, share in zip(ages, rows(example)[0], strict=True))
    assert plain(sums.personal(delivered(personal=f"id | 2024\n{lines}"))) == ([remark] if remark else [])


# What has been published


def remarks(underlag: Underlag) -> dict[str, list[str]]:
    checks = (sums.private_provider_remarks, sums.personal, sums.ekonomi)
    return {check.__name__: plain(check(underlag.nu)) for check in checks}


def test_luleas_2024_gives_exactly_these(lulea: Underlag) -> None:
    assert remarks(lulea) == {
        "private_provider_remarks": [
            "Kostnaderna är tillsammans 68 027 mkr, mer än nämndens hela nettokostnad, 2 222 mkr. "
            "Kontrollera enheten i arbetsboken."
        ],
        "personal": [],
        "ekonomi": ["Resultat, föregående år: 1 mkr, men kommunbidrag minus nettokostnader är −1 mkr."],
    }


def test_luleas_2017_with_costs_below_zero_gives_none() -> None:
    underlag = load("2017-12", "socialnamnden", str(PROJECT))
    costs = {rad.id: rad["utfall"].tal for rad in underlag.nu.blad("drift")}
    assert costs["kostnader"] == Decimal(-1862201)
    assert remarks(underlag) == {"private_provider_remarks": [], "personal": [], "ekonomi": []}


def above_zero(found: Cell) -> Cell:
    return replace(found, tal=abs(found.tal)) if found.tal is not None else found


def test_the_same_with_costs_above_zero_gives_none_either() -> None:
    nu = load("2017-12", "socialnamnden", str(PROJECT)).nu
    turned = tuple(
        replace(rad, celler={name: above_zero(found) for name, found in rad.celler.items()})
        if rad.id != "resultat"
        else rad
        for rad in nu.rader
    )
    assert turned != nu.rader
    assert sums.ekonomi(replace(nu, rader=turned)) == []


def test_what_was_delivered_is_never_changed(lulea: Underlag) -> None:
    before = lulea.nu.rader
    remarks(lulea)
    assert lulea.nu.rader == before
    assert {rad["enhet"].text for rad in lulea.nu.blad("privata-utforare")} == {"mkr"}


def test_nothing_delivered_is_nothing_to_remark_on() -> None:
    nothing = Leverans()
    assert [sums.private_provider_remarks(nothing), sums.personal(nothing), sums.ekonomi(nothing)] == [
        [],
        [],
        [],
    ]

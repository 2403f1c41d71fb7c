"""A mätetal's page and a nämnd's: every period, by sex, with the målvärde of its time; each figure where it stands in its workbook."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from conftest import Sajt
from reporting.assess.resultat import Status
from reporting.periods import Period
from reporting.show.table import MISSING_MARK
from reporting.site.facts import Matetalsfakta, Matvarde
from reporting.site.history import MatetalHistory, histories
from reporting.site.matetal_chart import finding, over_time
from reporting.swedish import number, sentence_case, shortest
from site_pages import tabell
from table_text import rows

BEFORE = "Perioder utan rapport här"
# site | mätetal | its table, to the first period without a report of its own
TABLES = {
    ("webbplats_exempelkommun", "halsosamtal"): """
        Period | Utfall | Kvinnor | Män | Målvärde | Avvikelse | Status
        Augusti 2025 | 171 | 102 | 69 | minst 280 | – | Kan inte bedömas räknas upp under året, som inte är slut
        April 2025 | 96 | 57 | 39 | minst 280 | – | Kan inte bedömas räknas upp under året, som inte är slut
        December 2024 | 262 | 158 | 104 | minst 250 | +12 | Uppnått
        Augusti 2024 | 158 | 95 | 63 | minst 250 | – | Kan inte bedömas räknas upp under året, som inte är slut
        April 2024 | 82 | 50 | 32 | minst 250 | – | Kan inte bedömas räknas upp under året, som inte är slut
        December 2023 | 231 | 140 | 91 | minst 220 | +11 | Uppnått
        Perioder utan rapport här
        Augusti 2023 | 138 | – | – | – | – | –
        """,
    ("webbplats_exempelkommun", "sjukfranvaro"): """
        Period | Utfall | Kvinnor | Män | Målvärde | Avvikelse | Status
        Augusti 2025 mätt till och med 31 juli 2025 | 7,52 % | 8,30 % | 4,90 % | högst 7,5 % | +0,02 procentenheter | Nära målvärde
        April 2025 mätt till och med 31 mars 2025 | 8,00 % | 8,80 % | 5,30 % | högst 7,5 % | +0,50 procentenheter | Ej uppnått
        December 2024 mätt till och med 30 november 2024 | 7,90 % | 8,70 % | 5,30 % | högst 7,5 % | +0,40 procentenheter | Ej uppnått
        Augusti 2024 mätt till och med 31 juli 2024 | 7,60 % | 8,40 % | 5,00 % | högst 7,5 % | +0,10 procentenheter | Nära målvärde
        """,
    ("webbplats_exempelkommun", "ej-ateraktuella"): """
        Period | Utfall | Flickor | Pojkar | Målvärde | Avvikelse | Status
        Augusti 2025 avser 2024 | 78 % | 81 % | 75 % | minst 80 %, från 74 % 2022 | −2 procentenheter | Nära målvärde
        April 2025 avser 2024 | 78 % | 81 % | 75 % | minst 80 %, från 74 % 2022 | −2 procentenheter | Nära målvärde
        December 2024 avser 2023 | 77 % | 79 % | 75 % | minst 80 %, från 74 % 2022 | −3 procentenheter | Nära målvärde
        Augusti 2024 avser 2023 | 77 % | 79 % | 75 % | minst 80 %, från 74 % 2022 | −3 procentenheter | Nära målvärde
        April 2024 avser 2023 | 77 % | 79 % | 75 % | minst 80 %, från 74 % 2022 | −3 procentenheter | Nära målvärde
        December 2023 avser 2022 | 74 % | 76 % | 72 % | minst 80 %, från 74 % 2022 | −6 procentenheter | Ej uppnått
        """,
    ("webbplats_exempelkommun", "avbrott-placering"): """
        Period | Utfall | Flickor | Pojkar | Målvärde | Avvikelse | Status
        Augusti 2025 | Skyddad uppgift | – | – | högst 6 | – | Kan inte bedömas Skyddad uppgift
        April 2025 | Skyddad uppgift | – | – | högst 6 | – | Kan inte bedömas Skyddad uppgift
        December 2024 | Skyddad uppgift | – | – | högst 6 | – | Kan inte bedömas Skyddad uppgift
        Augusti 2024 | Skyddad uppgift | – | – | högst 6 | – | Kan inte bedömas Skyddad uppgift
        April 2024 | Skyddad uppgift | – | – | högst 6 | – | Kan inte bedömas Skyddad uppgift
        December 2023 | 7 | 4 | 3 | högst 6 | +1 | Ej uppnått
        """,
    ("webbplats_lulea", "samtal-myndighet"): """
        Period | Utfall | Målvärde | Avvikelse | Status
        December 2024 | 58 % | minst 90 % | −32 procentenheter | Ej uppnått
        Perioder utan rapport här
        December 2023 | 82 % | – | – | –
        """,
}


@pytest.mark.parametrize(("site", "matetal"), TABLES, ids=[matetal for _, matetal in TABLES])
def test_a_matetal_over_all_its_periods(site: str, matetal: str, request: pytest.FixtureRequest) -> None:
    sajt: Sajt = request.getfixturevalue(site)
    page = sajt.sidor / "socialnamnden" / "matetal" / f"{matetal}.html"
    caption = next(item for item in histories(sajt.fakta) if item.nu.id == matetal).nu.namn
    shown = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in tabell(page, f"{caption}")]
    wanted = rows(TABLES[site, matetal])
    assert shown[: len(wanted)] == wanted


def test_what_was_to_be_reached_is_told_where_it_has_changed(webbplats_exempelkommun: Sajt) -> None:
    page = webbplats_exempelkommun.sidor / "socialnamnden" / "matetal" / "halsosamtal.html"
    shown = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in tabell(page, "Målvärdet har ändrats")]
    assert shown == rows("""
        Målvärde | Gällde i rapporterna
        minst 280 | apr 2025–aug 2025
        minst 250 | apr 2024–dec 2024
        minst 220 | dec 2023
        """)


def test_the_goals_of_a_namnd_over_time(webbplats_exempelkommun: Sajt) -> None:
    page = webbplats_exempelkommun.sidor / "socialnamnden" / "index.html"
    shown = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in tabell(page, "Nämndens bedömning")]
    assert shown == rows("""
        Nämndsmål | aug 2025 | apr 2025 | dec 2024 | aug 2024 | apr 2024 | dec 2023
        Trygg ålderdom | Uppnått | Delvis uppnått | Uppnått | Delvis uppnått | bedömning saknas | bedömning saknas
        Stöd till barn och unga | Delvis uppnått | Delvis uppnått | Delvis uppnått | Delvis uppnått | bedömning saknas | bedömning saknas
        God arbetsplats och ekonomi | Ej uppnått | Ej uppnått | Delvis uppnått | bedömning saknas | bedömning saknas | bedömning saknas
        """)


@pytest.mark.parametrize("site", ["webbplats_lulea", "webbplats_exempelkommun"])
def test_every_figure_stands_in_the_cell_that_the_page_names(site: str, request: pytest.FixtureRequest) -> None:
    sajt: Sajt = request.getfixturevalue(site)
    books: dict[Path, openpyxl.Workbook] = {}
    checked = 0
    for historia in histories(sajt.fakta):
        for _, parts, _ in historia.varden:
            for item in parts.values():
                path = sajt.root.folder / item.fil
                if path not in books:
                    books[path] = openpyxl.load_workbook(path, data_only=True)
                found = books[path][item.blad][item.cell].value
                if item.varde is None:
                    assert str(found or "") == item.text or found is None
                    continue
                cell = books[path][item.blad][item.cell]
                percent = "%" in str(cell.number_format)
                plain = re.sub(r"[^\d,.−-]", "", str(found)).replace(",", ".").replace("−", "-")
                number = found if isinstance(found, int | float) else Decimal(plain)
                assert abs(Decimal(str(number)) * (100 if percent else 1) - item.varde) < Decimal("0.000001"), item
                checked += 1
    assert checked > (50 if site == "webbplats_lulea" else 700)


def test_the_csv_says_the_same_as_the_page(webbplats_exempelkommun: Sajt) -> None:
    folder = webbplats_exempelkommun.sidor / "socialnamnden" / "matetal"
    text = (folder / "halsosamtal.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    now = [line for line in lines if line["period"] == "2025-08"]
    assert [(line["kön"], line["utfall"], line["målvärde"]) for line in now] == [
        ("totalt", "171", "minst 280"),
        ("kvinnor", "102", ""),
        ("män", "69", ""),
    ]
    lagging = (folder / "fallskador.csv").read_bytes().decode("utf-8-sig")
    through = {
        line["period"]: line["mätt till och med"] for line in csv.DictReader(io.StringIO(lagging), delimiter=";")
    }
    assert (through["2025-08"], through["2024-12"]) == ("2024-12-31", "2023-12-31")
    protected = (folder / "avbrott-placering.csv").read_bytes().decode("utf-8-sig")
    missing = [line for line in csv.DictReader(io.StringIO(protected), delimiter=";") if line["period"] == "2025-08"]
    assert [line["utfall"] for line in missing] == [""] * len(missing)  # never 0


# mätetal | what the title of its chart says
FINDINGS = """
fallskador        | Från 2 520 (2019) till 2 391 (2024); målvärdet ska minska: ej uppnått
vantetid-sabo     | Från 63 dagar (april 2020) till 58 dagar (augusti 2025); målvärdet inom 60 dagar: uppnått
halsosamtal       | Från 168 (december 2020) till 262 (december 2024); målvärdet minst 250: uppnått
avbrott-placering | Från 9 (december 2020) till 7 (december 2023); målvärdet högst 6: ej uppnått
"""


@pytest.mark.parametrize(("matetal", "told"), rows(FINDINGS))
def test_the_chart_says_what_it_shows(matetal: str, told: str, webbplats_exempelkommun: Sajt) -> None:
    historia = next(item for item in histories(webbplats_exempelkommun.fakta) if item.nu.id == matetal)
    assert finding(historia).replace("\u00a0", " ") == told
    html = (webbplats_exempelkommun.sidor / historia.adress).read_text(encoding="utf-8").replace("\u00a0", " ")
    alt = re.search(r'<p id="bild-tid-[^"]*" hidden>(.*?)</p>', html)
    assert alt
    for when, value, _ in historia.matningar[-3:] if not historia.nu.ackumulerad else ():
        said = f" (avser {historia.tid(when)})" if historia.nu.efterslapning_ar else ""
        assert f"{sentence_case(when.name)}{said}: {number(shortest(value))}".replace("\u00a0", " ") in alt[1]
    assert MISSING_MARK.html in html or matetal == "vantetid-sabo"


def test_the_start_page_counts_the_goals_of_each_namnd(webbplats_lulea: Sajt, webbplats_exempelkommun: Sajt) -> None:
    shown = tabell(webbplats_lulea.folder / "index.html", "Nämndernas mål efter nämndens bedömning")
    assert [tuple(cell.replace("\u00a0", " ") for cell in row) for row in shown] == rows("""
        Nämnd | Helt uppfyllt | I hög grad uppfyllt | Delvis uppfyllt | Ej uppfyllt | Bedömning saknas | Mätetal som når målvärdet
        Socialnämnden | 2 | 4 | 1 | 1 | – | 12 av 24
        """)
    for when, items in webbplats_exempelkommun.fakta.items():
        table = tabell(webbplats_exempelkommun.sidor / str(when) / "index.html", "Nämndernas mål")
        for row, item in zip(table[1:], items, strict=True):
            counted = {steg.namn: sum(mal.bedomning == steg for mal in item.mal) for steg in item.skala}
            told = dict(zip(table[0], row, strict=True))
            assert {name: told[name] for name in counted} == {
                name: str(count or "–") for name, count in counted.items()
            }
    first = (webbplats_exempelkommun.folder / "index.html").read_text(encoding="utf-8")
    order = [first.index(f">{Period.parse(name).name.capitalize()}<") for name in ("2025-04", "2024-12", "2023-12")]
    assert order == sorted(order)


def test_an_interval_is_drawn_between_its_ends_in_every_period() -> None:
    def fakta(period: str, varde: int, status: Status, nearest: int) -> Matetalsfakta:
        measured = Matvarde(
            period=period, kon="", varde=Decimal(varde), text="", fil="utfall.xlsx", blad="Mätetal", cell="E2"
        )
        return Matetalsfakta(
            id="belaggning", namn="Beläggning", kortnamn="Beläggning", mattenhet="procent", decimaler=0, definition="", datakalla="",
            verksamhetsomrade="", mal_id="m", mal="Ett mål", aktivitet="", malvarde="mellan 85 och 95 %", malniva=Decimal(nearest),
            malgranser=(Decimal(85), Decimal(95)), battre="", ackumulerad=False, enkat=False, efterslapning_ar=0, varden=(measured,),
            matt="", status=status, orsak="", avvikelse=None, trend="", prognos="",
        )  # fmt: skip

    told = [fakta("2023-12", 80, Status.EJ_UPPNATT, 85), fakta("2024-12", 93, Status.UPPNATT, 95)]
    varden = tuple((Period.parse(item.varden[0].period), {"": item.varden[0]}, item) for item in told)
    html = str(over_time(MatetalHistory("namnden", "Nämnden", varden)))
    wide = html[html.index("<svg") : html.index("</svg>")]
    bands = re.findall(r'd="M([\d.]+) ([\d.]+)L\1 ([\d.]+)" style="stroke:var\(--nr-zone\)', wide)
    strokes = re.findall(r'd="M[\d.]+ ([\d.]+)L[\d.]+ \1" style="stroke:var\(--nr-ink\);stroke-width:3', wide)
    assert len(bands) == 2
    assert [end for _, low, high in bands for end in (low, high)] == strokes
    assert "Mellan två streck, i den tonade ytan, är det nått." in html

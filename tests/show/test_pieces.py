"""Tables, charts, marks and sentences: small, readable snapshots of what stands on the page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from broken_files import placed
from conftest import EXEMPELKOMMUN
from reporting.assess.resultat import Malresultat, Status
from reporting.assess.underlag import Underlag, load
from reporting.html import Html
from reporting.show import goal_chart, marks, placeholders, sentences
from reporting.show.chapters import matetal
from reporting.show.table import AnchoredRow, Numbers, grouped_table
from reporting.swedish import count_word
from table_text import rows


def text(html: str) -> str:
    """What a reader sees: tags away, one space between words."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"<p [^>]*hidden>.*?</p>", "", html)).replace("\u00a0", " ").split())


def goal(underlag: Underlag, name: str) -> Malresultat:
    return next(mal for mal in underlag.resultat.mal if mal.mal.id == name)


def test_a_table_is_small_readable_html() -> None:
    made = grouped_table("Två tal", ["Namn", Numbers("Antal")], [("Grupp", [AnchoredRow(("a < b", "1"), "rad")])])
    assert made == (
        '<table class="nr-table" role="table"><caption>Två tal</caption>\n'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="nr-text">Namn</th>'
        '<th scope="col" role="columnheader" class="nr-tal">Antal</th></tr></thead>\n'
        '<tbody role="rowgroup">\n'
        '<tr role="row" class="nr-group"><th scope="rowgroup" role="rowheader" colspan="2">Grupp</th></tr>\n'
        '<tr role="row" id="rad"><th scope="row" role="rowheader">a &lt; b</th>'
        '<td role="cell" class="nr-tal" data-label="Antal">1</td></tr>\n'
        "</tbody>\n</table>"
    )


def test_a_mark_has_shape_word_and_colour() -> None:
    assert marks.known_mark(Status.EJ_UPPNATT).html == (
        '<span class="nr-status nr-rod nr-short"><svg class="nr-mark" viewBox="0 0 12 12" aria-hidden="true">'
        '<path d="M1.5 1.5h9v9h-9z"/></svg><span>Ej uppnått</span></span>'
    )
    shapes = {form for form, _ in marks.STATUS.values()}
    assert len(shapes) == len(Status), "no two statuses share a shape"


def test_html_escapes_what_is_put_into_it() -> None:
    assert Html("<b>{}</b>").format("<i>") == "<b>&lt;i&gt;</b>"


# nämndsmål | the chart's title
FINDINGS = """
god-service          | Inget av fyra mätetal når målvärdet; besvarade samtal, Myndighet gick från 82 till 58 %
kompetensforsorjning | Tre av sex bedömbara mätetal når målvärdet; personer på VFU eller APL gick från 370 till 305
tidiga-insatser      | Tre av sju mätetal når målvärdet; trygghetskameror gick från 60 till 48
boende               | Ett av två mätetal når målvärdet; invånare 65–79 år i särskilt boende gick från 1,7 till 1,8 % mellan 2022 och 2023
barn-och-unga        | Båda bedömbara mätetalen når målvärdet; placerade barn gick från 139 till 144
egen-forsorjning     | Långvarigt ekonomiskt bistånd når målvärdet
digitalisering       | Båda mätetalen når målvärdet; testade produkter gick från 11 till 9
"""


@pytest.mark.parametrize(("name", "finding"), rows(FINDINGS))
def test_a_chart_says_its_finding_and_its_alternative_says_the_same(name: str, finding: str, lulea: Underlag) -> None:
    mal = goal(lulea, name)
    made = goal_chart.goal_chart(mal, lulea.resultat)
    assert f"<figcaption>{sentences.goal_finding(mal)}</figcaption>" in made
    assert sentences.goal_finding(mal).replace("\u00a0", " ") == finding
    alternative = re.search(rf'<p id="bild-mal-{name}" hidden>(.*?)</p>', made)
    assert alternative is not None
    assert alternative[1].startswith(sentences.goal_finding(mal))
    for result in mal.matetal:
        assert f"{result.matetal.kortnamn}: " in alternative[1]
    assert made.count(f'aria-labelledby="bild-mal-{name}"') == 2


def test_a_chart_is_the_same_bytes_each_time_with_text_as_text_and_nothing_that_can_collide(lulea: Underlag) -> None:
    mal = goal(lulea, "god-service")
    made = goal_chart.goal_chart(mal, lulea.resultat)
    assert made == goal_chart.goal_chart(mal, lulea.resultat)
    svg = "".join(re.findall(r"<svg.*?</svg>", made, re.DOTALL))
    assert ">58\u00a0%</text>" in svg
    assert not re.search(r"\bid=|<style|<defs|clip-path|#[0-9a-f]{6}|font-family|url\(", svg)
    assert len(made) < 13_000


def test_a_dollar_in_a_name_is_a_dollar(lulea: Underlag) -> None:
    mal = goal(lulea, "digitalisering")
    odd = replace(mal.matetal[0], matetal=mal.matetal[0].matetal.model_copy(update={"kort": "Pris $x_1$ & mer"}))
    assert "Pris $x_1$ &amp; mer</text>" in goal_chart.goal_chart(replace(mal, matetal=(odd,)), lulea.resultat)


def test_a_goal_without_outcomes_has_no_chart(lulea: Underlag) -> None:
    assert goal_chart.goal_chart(goal(lulea, "samverkan"), lulea.resultat) == ""


def test_the_executives_minute(lulea: Underlag) -> None:
    assert text(sentences.summary_sentences(lulea.resultat)) == (
        "12 av 24 bedömbara mätetal når målvärdet. I fem av åtta mål är nämndens bedömning en annan än den som måtten "
        "talar för. Störst förbättring sedan december 2023: Uppsökande aktiviteter (från 32 till 176), Nyttovärderade "
        "produkter (från 1 till 5) och Freda mottagning (från 100 till 273). Störst försämring sedan december 2023: "
        "Besvarade samtal, Myndighet (från 82 till 58 %), Trygghetskameror (från 60 till 48) och Testade produkter "
        "(från 11 till 9)."
    )
    assert text(sentences.key_figures(lulea.resultat)) == (
        "uppnådda målvärden 12 ej uppnådda 12 kan inte bedömas 3 mål bedömda annorlunda än måtten talar för 5 av 8"
    )


def test_where_bedomning_and_forslag_part_the_page_says_so_and_asks_for_a_motive(lulea: Underlag) -> None:
    assert text(sentences.goal_heading(goal(lulea, "god-service"), lulea.resultat)) == (
        "Socialnämnden erbjuder en god service med god kvalitet I hög grad uppfyllt → Oförändrad sedan "
        "delårsuppföljningen augusti 2024 Bedömningen är en annan än måtten talar för. Ett av målets sex bedömbara mått "
        "är uppnått och ett delvis, vilket talar för Delvis uppfyllt . Motiv saknas. Skriv i "
        "data/2024-12/socialnamnden/texter.md, på raden motiv: under ## god-service."
    )
    assert "Motiv: Många boendebeslut är inte verkställda" in text(
        sentences.goal_heading(goal(lulea, "boende"), lulea.resultat)
    )


def test_placeholders_ask_for_what_is_missing_and_say_where_to_write(lulea: Underlag) -> None:
    assert placeholders.missing_of_goal(goal(lulea, "god-service"), lulea.resultat) == ""
    asked = placeholders.missing_of_goal(goal(lulea, "kompetensforsorjning"), lulea.resultat)
    titles = re.findall(r"<strong>(.*?)</strong>", asked)
    assert titles == ["Det här saknas om målet Kompetensförsörjning:", "Framgångsfaktorer.", "Utmaningar.", "Åtgärder."]
    assert text(asked).endswith(
        "Åtgärder. Personer på VFU eller APL, Sjukfrånvaro och Chefer med högst 30 underställda når inte målvärdet. Vilka "
        "åtgärder vidtas, av vem och till när? Skriv i data/2024-12/socialnamnden/texter.md, under ## kompetensforsorjning; "
        "varje text under en rubrik med tre nummertecken, som ### Orsaker."
    )
    met = placeholders.missing_of_goal(goal(lulea, "egen-forsorjning"), lulea.resultat)
    assert "Åtgärder" not in met


def test_at_delar_a_missing_prognos_is_asked_for() -> None:
    underlag = load("2025-08", "kultur-och-fritidsnamnden", str(EXEMPELKOMMUN))
    mal = next(mal for mal in underlag.resultat.mal if mal.text.bedomning is None)
    without = replace(mal, text=replace(mal.text, prognos=None))
    assert "<strong>Bedömning.</strong>" in placeholders.missing_of_goal(mal, underlag.resultat)
    assert "<strong>Prognos.</strong>" in placeholders.missing_of_goal(without, underlag.resultat)


def test_the_golden_goal_table(lulea: Underlag) -> None:
    """One goal's table as a reader sees it, row by row."""
    made = matetal.goal_tables(goal(lulea, "boende"), lulea.resultat)
    shown = [
        [text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        for line in made.split("\n")
        if "<tr" in line
    ]
    assert [" | ".join(cells) for cells in shown] == [
        "Mätetal | Utfall dec 2023 | Utfall dec 2024 | Mål 2024 | Avvikelse | Status | Utveckling sedan dec 2023",
        "Från tillfälligt boende till eget kontrakt | 11 % | 27 % | minst 14 % | +13 procentenheter | Uppnått | ↗ Förbättrad",
        "Invånare 65–79 år i särskilt boende | 1,7 % avser 2022 | 1,8 % avser 2023 | högst 1,6 % | +0,2 procentenheter | Ej uppnått "
        "| ↘ Försämrad",
        "Kvalitativt mått | Svar",
        "Boendebeslut inom SoL och LSS ska vara verkställt inom lagstadgad tid | Delvis",
    ]


@pytest.mark.parametrize(("count", "word"), [(0, "inget"), (1, "ett"), (12, "tolv"), (13, "13"), (1200, "1\u00a0200")])
def test_small_counts_are_words(count: int, word: str) -> None:
    assert count_word(count) == word


def test_a_motive_is_shown_also_where_the_bedomning_is_what_the_figures_propose(lulea: Underlag) -> None:
    mal = goal(lulea, "kompetensforsorjning")
    assert not mal.skiljer
    written = replace(mal, text=replace(mal.text, motiv="Läget är ansträngt."))
    assert "Läget är ansträngt." in sentences.goal_heading(written, lulea.resultat)


@pytest.mark.parametrize(
    ("fil", "said"),
    rows("""
        workbooks/skyddad-del-med-andra-ord.xlsx | Redovisas inte p.g.a. sekretess
        workbooks/del-med-tva-punkter.xlsx       | inte tillgänglig eller för osäker
    """),
)
def test_a_part_that_is_withheld_says_why(fil: str, said: str, tmp_path: Path) -> None:
    placed(fil, tmp_path)
    assert said in matetal.by_sex(load("2024-12", "testnamnden", str(tmp_path)).resultat)

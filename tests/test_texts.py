"""texter.md as people write it: read without changing a word, and every fault with its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.faults import Fault
from reporting.markdown import to_html
from reporting.periods import Period
from reporting.texts import KAPITELDELAR, Avsnitt, Texter, read_texts
from reporting.underlag import Underlag
from table_text import rows

TEXT = """\
# Texter: Socialnämnden

## sammanfattning

Ett **viktigt** år.

### Nästa år

Mer telefoni.

## god-service – God service

bedömning: i hög grad uppfyllt
trend: Oförändrad
motiv: Bemötandet väger tyngst.

### Kommentar

Första stycket.

- en punkt

### orsaker

```
## inte en rubrik
```
"""


def read(
    text: str, tmp_path: Path, lulea: Underlag, period: str = "2024-12", kapitel: tuple[str, ...] = ()
) -> tuple[Texter, list[Fault]]:
    path = tmp_path / "texter.md"
    path.write_bytes(text.encode())
    return read_texts(path, "texter.md", lulea.plan, lulea.params.skala, Period.parse(period), kapitel)


def test_what_people_wrote_is_read_word_for_word(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read(TEXT, tmp_path, lulea)
    assert faults == []
    assert texter.avsnitt == {"sammanfattning": Avsnitt("Ett **viktigt** år.\n\n\n### Nästa år\n\n\nMer telefoni.")}
    mal = texter.mal["god-service"]
    assert mal.bedomning is not None
    assert (mal.bedomning.id, mal.trend, mal.motiv) == ("hog-grad", "oförändrad", "Bemötandet väger tyngst.")
    assert mal.delar == {"Kommentar": "Första stycket.\n\n- en punkt", "Orsaker": "```\n## inte en rubrik\n```"}


@pytest.mark.parametrize("change", ["bom", "crlf"])
def test_notepad_and_word_may_save_it(change: str, tmp_path: Path, lulea: Underlag) -> None:
    text = "\ufeff" + TEXT if change == "bom" else TEXT.replace("\n", "\r\n")
    assert read(text, tmp_path, lulea) == read(TEXT, tmp_path, lulea)


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read_texts(tmp_path / "texter.md", "t", lulea.plan, lulea.params.skala, Period(2024, 12))
    assert (texter, faults) == (Texter("t"), [])


# instead of | stands | line | what stood | how to mend it
FAULTS = r"""
## god-service – God service | ## god-servise | 11 | god-servise | rätta id:t efter ##. Menade du «god-service»?
i hög grad uppfyllt | i hög grad uppnått | 13 | i hög grad uppnått | rätta ordet. Menade du «I hög grad uppfyllt»?
Oförändrad | oförändrat | 14 | oförändrat | rätta ordet. Menade du «oförändrad»?
trend: | trendd: | 14 | trendd: Oförändrad | skriv löpande text under ### Kommentar. Menade du «trend»?
motiv: | prognos: osäkert\nmotiv: | 15 | osäkert | ta bort raden
### orsaker | ### Orsak | 23 | Orsak | rätta rubriken. Menade du «Orsaker»?
### orsaker | ### Kommentar | 23 | Kommentar | för samman texterna
trend: | bedömning: Ej uppfyllt\ntrend: | 14 | bedömning: Ej uppfyllt | ta bort den ena raden
"""


@pytest.mark.parametrize(("old", "new", "line", "stod", "atgard"), rows(FAULTS))
def test_each_fault_has_its_line(
    old: str, new: str, line: str, stod: str, atgard: str, tmp_path: Path, lulea: Underlag
) -> None:
    assert TEXT.count(old) == 1
    _, faults = read(TEXT.replace(old, new.replace("\\n", "\n")), tmp_path, lulea)
    assert [(f.plats, f.stod, f.atgard) for f in faults] == [(f"rad {line}", stod, atgard)]


CHAPTERS = """\
## personal – Personal

Vi är fler än i fjol.

### sjukfrånvaro

Sjukfrånvaron **minskar**.

### Arbetsmiljö

### Anställda

```
### inte en rubrik
```

## ekonomi

### Investeringar

Tre *nya* boenden.

## framtid

Allt dyrare.

### Befolkning

Fler äldre.

## uppdrag

### Granskningar

IVO har varit här.
"""


def test_a_chapters_text_stands_under_its_heading_and_its_parts_under_theirs(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read(CHAPTERS, tmp_path, lulea)
    assert faults == []
    assert texter.mal == {}
    assert texter.avsnitt == {
        "personal": Avsnitt(
            "Vi är fler än i fjol.",
            {"Sjukfrånvaro": "Sjukfrånvaron **minskar**.", "Anställda": "```\n### inte en rubrik\n```"},
        ),
        "ekonomi": Avsnitt("", {"Investeringar": "Tre *nya* boenden."}),
        "framtid": Avsnitt("Allt dyrare.\n\n\n### Befolkning\n\n\nFler äldre."),
        "uppdrag": Avsnitt("", {"Granskningar": "IVO har varit här."}),
    }


# in CHAPTERS instead of | stands | line | what stood | what was expected | how to mend it
CHAPTER_FAULTS = """
### sjukfrånvaro | ### Sjukfrånvaron | 5 | Sjukfrånvaron | en av rubrikerna Sjukfrånvaro, Frisknärvaro, Anställda, Åldersstruktur, Arbetsmiljö | rätta rubriken. Menade du «Sjukfrånvaro»?
### Investeringar | ### Byggen | 19 | Byggen | en av rubrikerna Drift, Investeringar, Verksamhetsområden | rätta rubriken.
### Granskningar | ### Tillsyn | 33 | Tillsyn | en av rubrikerna Granskningar | rätta rubriken.
## framtid | ## framtd | 23 | framtd | id för ett nämndsmål i planen, eller för ett kapitel: {chapters} | rätta id:t efter ##. Menade du «framtid»?
## ekonomi | ## synpunkter | 17 | synpunkter | id för ett nämndsmål i planen, eller för ett kapitel: {chapters} | rätta id:t efter ##.
## uppdrag | ## personal | 31 | personal | varje id en gång | för samman texterna
"""  # noqa: E501


@pytest.mark.parametrize(("old", "new", "line", "stod", "vantat", "atgard"), rows(CHAPTER_FAULTS))
def test_each_fault_in_a_chapters_text_has_its_line(
    old: str, new: str, line: str, stod: str, vantat: str, atgard: str, tmp_path: Path, lulea: Underlag
) -> None:
    assert CHAPTERS.count(f"\n{old}\n") == 1
    _, faults = read(CHAPTERS.replace(f"\n{old}\n", f"\n{new}\n"), tmp_path, lulea)
    expected = vantat.format(chapters=", ".join(KAPITELDELAR))
    assert [(f.plats, f.stod, f.vantat, f.atgard) for f in faults] == [(f"rad {line}", stod, expected, atgard)]


def test_a_part_twice_is_told_once(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read(CHAPTERS.replace("### Arbetsmiljö", "### Anställda"), tmp_path, lulea)
    assert [(f.plats, f.stod, f.atgard) for f in faults] == [("rad 11", "Anställda", "för samman texterna")]


def test_a_chapter_of_the_kommuns_own_may_have_a_text_too(tmp_path: Path, lulea: Underlag) -> None:
    text = "## synpunkter\n\nFå.\n\n### Beröm\n\nFler.\n"
    texter, faults = read(text, tmp_path, lulea, kapitel=("synpunkter",))
    assert faults == []
    assert texter.avsnitt == {"synpunkter": Avsnitt("Få.\n\n\n### Beröm\n\n\nFler.")}
    _, faults = read("## synpunkt\n", tmp_path, lulea, kapitel=("synpunkter",))
    assert [(f.vantat, f.atgard) for f in faults] == [
        (
            f"id för ett nämndsmål i planen, eller för ett kapitel: {', '.join(KAPITELDELAR)}, synpunkter",
            "rätta id:t efter ##. Menade du «synpunkter»?",
        )
    ]


def test_a_goals_name_in_place_of_its_id_is_recognised(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read(f"## {lulea.plan.namndsmal[3].namn}\n", tmp_path, lulea)
    assert [f.atgard for f in faults] == ["rätta id:t efter ##. Menade du «boende»?"]


def test_text_that_belongs_to_nothing_is_told(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read("Före allt.\n\n# Texter\n\nLöst.\n\n### Orsaker\n\nOckså löst.\n", tmp_path, lulea)
    assert [(f.plats, f.stod) for f in faults] == [("rad 1", "Före allt."), ("rad 3", "Löst."), ("rad 7", "Orsaker")]


@pytest.mark.parametrize(
    ("text", "line", "stood"),
    [
        ("##framtid\n\nVi ser ljust på framtiden.\n", "rad 1", "##framtid"),
        ("# Texter\n\n## framtid\n\nVi ser ljust.\n\n##personal\n", "rad 7", "##personal"),
        ("#hashtaggar är roliga\n\n## framtid\n\nLjus.\n", "rad 1", "#hashtaggar är roliga"),
    ],
    ids=["a heading without its space, first", "in the middle", "text that begins with a number sign"],
)
def test_text_before_the_first_heading_is_never_lost(
    text: str, line: str, stood: str, tmp_path: Path, lulea: Underlag
) -> None:
    _, faults = read(text, tmp_path, lulea)
    assert [(fault.plats, fault.stod) for fault in faults] == [(line, stood)]


def test_a_line_that_begins_with_a_hashtag_is_text(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read("## framtid\n\n#blommaut har hjälpt 50 medarbetare vidare.\n", tmp_path, lulea)
    assert (faults, texter.avsnitt["framtid"].text) == ([], "#blommaut har hjälpt 50 medarbetare vidare.")


def test_a_bedomning_is_a_step_of_the_report_types_own_scale(tmp_path: Path, lulea: Underlag) -> None:
    path = tmp_path / "texter.md"
    path.write_text("## boende\n\nbedömning: Målet har delvis uppnåtts\n", encoding="utf-8")
    skalor = lulea.params.kommun.skalor
    texter, faults = read_texts(path, "t", lulea.plan, skalor["tre-steg"], Period(2024, 12))
    assert (texter.mal["boende"].bedomning, faults) == (skalor["tre-steg"].steg[1], [])
    _, faults = read_texts(path, "t", lulea.plan, skalor["fyra-steg"], Period(2024, 12))
    assert [f.vantat for f in faults] == [
        "bedömning är en av Ej uppfyllt, Delvis uppfyllt, I hög grad uppfyllt, Helt uppfyllt"
    ]


def test_a_goal_twice_and_latin_1(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read(TEXT + "\n## god-service\n", tmp_path, lulea)
    assert [f.atgard for f in faults] == ["för samman texterna"]
    path = tmp_path / "latin.md"
    path.write_bytes("## boende\n\nbedömning: Ej uppfyllt".encode("latin-1"))
    _, faults = read_texts(path, "latin.md", lulea.plan, lulea.params.skala, Period(2024, 12))
    assert [f.atgard for f in faults] == ["spara om filen med kodningen UTF-8"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_at_all_is_read_or_told(text: str, tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read("## boende\n\n### Kommentar\n\n" + text, tmp_path, lulea)
    assert "boende" in texter.mal or faults


# Markdown | HTML
MARKDOWN = r"""
*viktigt*                                | <p><em>viktigt</em></p>
# Rubrik                                 | <h3>Rubrik</h3>
<script>alert(1)</script>                | &lt;script&gt;alert(1)&lt;/script&gt;
<img src=x onerror=alert(1)>             | <p>&lt;img src=x onerror=alert(1)&gt;</p>
[a](javascript:alert(1))                 | <p>[a](javascript:alert(1))</p>
![bild](https://exempel.se/a.png)        | <p></p>
[a](https://exempel.se)                  | <p><a href="https://exempel.se" rel="noopener noreferrer">a</a></p>
"""


@pytest.mark.parametrize(("markdown", "html"), rows(MARKDOWN))
def test_markdown_is_shown_and_html_is_text(markdown: str, html: str) -> None:
    assert to_html(markdown).strip() in (html, f"<p>{html}</p>")

"""texter.md as people write it: read without changing a word, and every fault with its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.assess.underlag import Underlag
from reporting.faults import Fault
from reporting.params.chapters import CHAPTERS, AskedText, Chapter
from reporting.periods import Period
from reporting.texts.markdown import to_html
from reporting.texts.read import Avsnitt, Texter, read_texts
from table_text import rows

WITH_TEXT = [chapter.id for chapter in CHAPTERS if chapter.texts]
SYNPUNKTER = Chapter("50-synpunkter", "Synpunkter", texts=(AskedText("Vad säger synpunkterna?"),))

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
    text: str, tmp_path: Path, lulea: Underlag, period: str = "2024-12", chapters: tuple[Chapter, ...] = CHAPTERS
) -> tuple[Texter, list[Fault]]:
    path = tmp_path / "texter.md"
    path.write_bytes(text.encode())
    return read_texts(path, "texter.md", lulea.plan, lulea.params.skala, Period.parse(period), chapters)


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
### orsaker | ### Kommentar | 23 | Kommentar | slå ihop texterna
trend: | bedömning: Ej uppfyllt\ntrend: | 14 | bedömning: Ej uppfyllt | ta bort den ena raden
"""


@pytest.mark.parametrize(("old", "new", "line", "stod", "atgard"), rows(FAULTS))
def test_each_fault_has_its_line(
    old: str, new: str, line: str, stod: str, atgard: str, tmp_path: Path, lulea: Underlag
) -> None:
    assert TEXT.count(old) == 1
    _, faults = read(TEXT.replace(old, new.replace("\\n", "\n")), tmp_path, lulea)
    assert [(f.plats, f.stod, f.atgard) for f in faults] == [(f"rad {line}", stod, atgard)]


CHAPTER_TEXTS = """\
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
    texter, faults = read(CHAPTER_TEXTS, tmp_path, lulea)
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


# in CHAPTER_TEXTS instead of | stands | line | what stood | what was expected | how to mend it
CHAPTER_FAULTS = """
### sjukfrånvaro | ### Sjukfrånvaron | 5 | Sjukfrånvaron | en av rubrikerna Sjukfrånvaro, Frisknärvaro, Anställda, Åldersstruktur, Arbetsmiljö | rätta rubriken. Menade du «Sjukfrånvaro»?
### Investeringar | ### Byggen | 19 | Byggen | en av rubrikerna Drift, Verksamhetsområden, Investeringar | rätta rubriken.
### Granskningar | ### Tillsyn | 33 | Tillsyn | en av rubrikerna Granskningar | rätta rubriken.
## framtid | ## framtd | 23 | framtd | id för ett nämndsmål i planen, eller för ett kapitel: {chapters} | rätta id:t efter ##. Menade du «framtid»?
## ekonomi | ## synpunkter | 17 | synpunkter | id för ett nämndsmål i planen, eller för ett kapitel: {chapters} | rätta id:t efter ##.
## uppdrag | ## personal | 31 | personal | varje id en gång | slå ihop texterna
"""  # noqa: E501


@pytest.mark.parametrize(("old", "new", "line", "stod", "vantat", "atgard"), rows(CHAPTER_FAULTS))
def test_each_fault_in_a_chapters_text_has_its_line(
    old: str, new: str, line: str, stod: str, vantat: str, atgard: str, tmp_path: Path, lulea: Underlag
) -> None:
    assert CHAPTER_TEXTS.count(f"\n{old}\n") == 1
    _, faults = read(CHAPTER_TEXTS.replace(f"\n{old}\n", f"\n{new}\n"), tmp_path, lulea)
    expected = vantat.format(chapters=", ".join(WITH_TEXT))
    assert [(f.plats, f.stod, f.vantat, f.atgard) for f in faults] == [(f"rad {line}", stod, expected, atgard)]


def test_a_part_twice_is_told_once(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read(CHAPTER_TEXTS.replace("### Arbetsmiljö", "### Anställda"), tmp_path, lulea)
    assert [(f.plats, f.stod, f.atgard) for f in faults] == [("rad 11", "Anställda", "slå ihop texterna")]


def test_a_chapter_of_the_kommuns_own_may_have_a_text_too(tmp_path: Path, lulea: Underlag) -> None:
    text = "## synpunkter\n\nFå.\n\n### Beröm\n\nFler.\n"
    texter, faults = read(text, tmp_path, lulea, chapters=(*CHAPTERS, SYNPUNKTER))
    assert faults == []
    assert texter.avsnitt == {"synpunkter": Avsnitt("Få.\n\n\n### Beröm\n\n\nFler.")}
    _, faults = read("## synpunkt\n", tmp_path, lulea, chapters=(*CHAPTERS, SYNPUNKTER))
    assert [(f.vantat, f.atgard) for f in faults] == [
        (
            f"id för ett nämndsmål i planen, eller för ett kapitel: {', '.join(WITH_TEXT)}, synpunkter",
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


def test_no_break_spaces_from_word_are_spaces(tmp_path: Path, lulea: Underlag) -> None:
    text = TEXT.replace("bedömning: i hög grad", "bedömning\u00a0:\u00a0i\u00a0hög grad").replace(
        "trend: ", "\u00a0trend:\u00a0"
    )
    texter, faults = read(text.replace("## god-service – God", "## god-service\u00a0– God"), tmp_path, lulea)
    assert (texter, faults) == read(TEXT, tmp_path, lulea)
    _, faults = read("## boende\n\n##\u00a0god-service – God service\n", tmp_path, lulea)
    assert [(f.plats, f.vantat) for f in faults if f.vantat.startswith("ett mellanslag")] == [
        ("rad 3", "ett mellanslag efter nummertecknen")
    ]


COMMENTS = """\
<!-- överst -->
# Texter
  <!-- under den första rubriken,
  på två rader -->
## boende

<!-- bedömning: välj ett steg -->
bedömning: Ej uppfyllt
<!-- trend -->
trend:

### Kommentar

<!-- Hur gick det? -->
Så här.
<!-- Mellan två stycken,

på tre rader. -->
- en punkt
<!-- efter en punkt -->

```
<!-- kod -->
```

Text <!-- mitt på en rad -->.
"""


def test_comments_at_the_start_of_a_line_are_not_read(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read(COMMENTS, tmp_path, lulea)
    assert faults == []
    mal = texter.mal["boende"]
    assert (mal.bedomning and mal.bedomning.namn, mal.trend) == ("Ej uppfyllt", None)
    assert mal.delar == {
        "Kommentar": "Så här.\n\n\n\n- en punkt\n\n\n```\n<!-- kod -->\n```\n\nText <!-- mitt på en rad -->."
    }
    _, faults = read(COMMENTS.replace("trend:\n", "trend: bättre\n"), tmp_path, lulea)
    assert [f.plats for f in faults] == ["rad 10"]


# what stands under ### Kommentar | the line it stands on | what is read
OPEN = r"""
<!-- glömd                   | 5 | <!-- glömd
Text\n<!-- a --> b          | 6 | Text\n<!-- a --> b
<!-- ett\n<!-- två -->      | 5 | <!-- ett
- punkt\n  <!-- i punkt --> | 6 | - punkt\n  <!-- i punkt -->
<!-->                        | 5 | <!-->
"""


@pytest.mark.parametrize(("body", "line", "shown"), rows(OPEN))
def test_a_comment_that_never_ends_is_text_and_told(
    body: str, line: str, shown: str, tmp_path: Path, lulea: Underlag
) -> None:
    text = "## boende\n\n### Kommentar\n\n" + body.replace("\\n", "\n") + "\n\n### Orsaker\n\nFler. -->\n"
    texter, faults = read(text, tmp_path, lulea)
    assert texter.mal["boende"].delar == {"Kommentar": shown.replace("\\n", "\n"), "Orsaker": "Fler. -->"}
    assert [(f.plats, f.vantat, f.atgard) for f in faults] == [
        (
            f"rad {line}",
            "en kommentar som slutar med --> sist på en rad, före nästa rubrik",
            "avsluta kommentaren med -->, eller ta bort <!--",
        )
    ]


def test_code_that_never_ends_is_told(tmp_path: Path, lulea: Underlag) -> None:
    _, faults = read("## boende\n\n### Kommentar\n\n```\nkod\n\n## god-service\n\nSvalt.\n", tmp_path, lulea)
    assert [(f.plats, f.vantat, f.atgard) for f in faults] == [
        (
            "rad 5",
            "en rad med ``` där koden som börjar här slutar",
            "lägg till raden, eller ta bort tecknen om det inte är kod",
        )
    ]


# a text, "/" for a new line | the lines that are told, and what stands there
HIDDEN = """
## god-servise//bedömning: bra/trend: upp//### Orsak          | 1 god-servise, 3 bra, 4 upp, 6 Orsak
##god-service//trend: upp                                      | 1 ##god-service, 3 upp
## god-service//trendd: upp/bedömning: bra                     | 3 trendd: upp, 3 upp, 4 bra
## god-service//trend: oförändrad/trend: upp                   | 4 trend: upp, 4 upp
## god-service//## boende//## god-service//trend: upp          | 5 god-service, 7 upp
## god-service//```/trend: upp//## boende//bedömning: bra      | 3 ```
## god-service//<!-- glömd/och kvar//trend: upp                | 3 <!-- glömd, 6 upp
## personall//### Sjukfrånvaron                                | 1 personall, 3 Sjukfrånvaron
"""


@pytest.mark.parametrize(("text", "told"), rows(HIDDEN))
def test_no_fault_hides_another_and_none_is_told_because_of_another(
    text: str, told: str, tmp_path: Path, lulea: Underlag
) -> None:
    _, faults = read(text.replace("/", "\n") + "\n", tmp_path, lulea)
    assert ", ".join(f"{fault.plats.removeprefix('rad ')} {fault.stod}" for fault in sorted(faults)) == told


def test_a_text_that_windows_saved_is_read_all_the_same(tmp_path: Path, lulea: Underlag) -> None:
    path = tmp_path / "texter.md"
    path.write_text(TEXT.replace("trend: Oförändrad", "trend: bättre"), encoding="cp1252")
    _, faults = read_texts(path, "texter.md", lulea.plan, lulea.params.skala, Period(2024, 12))
    assert [(fault.plats, fault.vantat.partition(" ")[0]) for fault in sorted(faults)] == [
        ("rad 1", "text"),
        ("rad 14", "trend"),
    ]


APART = """\
## boende

### Kommentar

Bra.

# Utan koppling

## gammalt-mal – Det vi hade

bedömning: Nästan

### Vad som helst

Text.

## god-servise

Mer.

## boende

Ännu mer.

## tomt-mal

<!-- mål: Tomt -->
bedömning:

### Orsaker
"""


def test_what_stands_under_utan_koppling_is_told_once_for_each_id(tmp_path: Path, lulea: Underlag) -> None:
    texter, faults = read(APART, tmp_path, lulea)
    assert (list(texter.mal), texter.mal["boende"].delar) == (["boende"], {"Kommentar": "Bra."})
    assert [(f.plats, f.stod, f.atgard) for f in faults] == [
        ("rad 9", "gammalt-mal – Det vi hade", "flytta texten till det mål den handlar om, eller ta bort den."),
        (
            "rad 17",
            "god-servise",
            "flytta texten till det mål den handlar om, eller ta bort den. Menade du «god-service»?",
        ),
        ("rad 21", "boende", "boende finns nu: flytta texten till ## boende högre upp i filen, eller ta bort den"),
    ]
    ids = ", ".join([*WITH_TEXT, *(mal.id for mal in lulea.plan.namndsmal)])
    assert {f.vantat for f in faults} == {
        f"text under ett av id:na {ids}; det som står under # Utan koppling visas inte på sidan"
    }


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
    assert [f.atgard for f in faults] == ["slå ihop texterna"]
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


def test_comments_are_left_out_of_the_page_and_other_html_is_text() -> None:
    assert to_html("A\n\n<!-- b -->\n\n<b>") == "<p>A</p>\n\n<p>&lt;b&gt;</p>\n"


TABLE = """\
Så här gick det – i “korthet”:
\t2023\t2024|2025
Kvinnor\t**8,3**\t7,9\u00a0%
\t\t
Män\t\t<b>
Därefter mer text.
"""


def test_a_table_pasted_from_excel_is_a_table() -> None:
    assert (
        to_html(TABLE)
        == """\
<p>Så här gick det – i “korthet”:</p>
<table>
<thead>
<tr>
<td></td>
<th scope="col">2023</th>
<th scope="col">2024|2025</th>
</tr>
</thead>
<tbody>
<tr>
<td>Kvinnor</td>
<td><strong>8,3</strong></td>
<td>7,9&nbsp;%</td>
</tr>
<tr>
<td>Män</td>
<td></td>
<td>&lt;b&gt;</td>
</tr>
</tbody>
</table>
<p>Därefter mer text.</p>
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "```\nA\tB\n1\t2\n```",
        "- ```\n  A\tB\n  1\t2\n  ```",
        "\tkod\n\tmer kod",
        "•\tFörsta\n•\tAndra",
        "1.\tFörsta\n2.\tAndra",
        "-\tFörsta\n\tfortsatt",
        "A\tB",
        "A\tB\n1\t2\t3",
        "> A\tB\n> 1\t2",
    ],
    ids=["code", "code in a list", "indented", "Word's list", "numbered list", "list", "one row", "uneven", "quote"],
)
def test_tabs_in_what_is_no_table_are_left_alone(text: str) -> None:
    assert "<table>" not in to_html(text)


def test_a_table_that_already_is_markdowns_stays_as_it_is() -> None:
    assert to_html("A\t|\tB\n---\t|\t---\n1\t|\t2\n").count("<tr>") == 2
    assert to_html("| A\t| B |\n|---\t|---|\n| 1\t| 2 |\n").count("<tr>") == 2


def test_empty_cells_around_a_pasted_table_are_read(tmp_path: Path, lulea: Underlag) -> None:
    table = "\t2024\t2025\nKvinnor\t8,3\t"
    texter, faults = read(f"## framtid\n\n{table}\n\n## uppdrag\n\n\tIndraget stycke. \n", tmp_path, lulea)
    assert faults == []
    assert (texter.avsnitt["framtid"].text, texter.avsnitt["uppdrag"].text) == (table, "Indraget stycke.")
    assert to_html(table).count("<td>") == 4

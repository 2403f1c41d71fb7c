"""texter.md with the plan's questions in it: what people wrote stays, whatever happens to the plan."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import EXEMPELKOMMUN
from reporting.assess.underlag import Underlag, load
from reporting.handout.text_merge import Merged, merged, write_texts
from reporting.handout.text_scaffold import Scaffold, Stub, scaffold
from reporting.html import Html
from reporting.params.chapters import CHAPTERS, AskedText, Chapter
from reporting.params.kommun import Skala
from reporting.params.plan import KvalitativtMatt, Matetal, Namndsmal, Plan
from reporting.params.read import read_run_params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.show import placeholders
from reporting.texts.read import read_texts
from reporting.texts.sections import outline

AUGUSTI = Period(2025, 8)
SYNPUNKTER = Chapter("50-synpunkter", "Synpunkter", texts=(AskedText("Vad säger synpunkterna?"),))
SVAR = Matetal(id="svar", namn="Svar inom ett dygn", mattenhet="procent", malvarde="minst 90 %")
PLAN = Plan(
    namnd="socialnamnden",
    plan="Plan",
    galler=(2025,),
    namndsmal=(
        Namndsmal(
            id="trygghet",
            namn="Alla är trygga",
            matetal=(SVAR,),
            kvalitativa_matt=(KvalitativtMatt(id="larm", namn="Larm finns"),),
        ),
        Namndsmal(id="god-halsa", namn="Fler mår bra"),
    ),
)


def stub(text: str, **about: str) -> Stub:
    lines = text.strip("\n").split("\n")
    return Stub(lines[0].removeprefix("## "), tuple(lines), about)


ASKS = Scaffold(
    ("# Texter",),
    (
        stub("## sammanfattning\n\n<!-- Vad är viktigast? -->"),
        stub(
            "## trygghet\n\n<!-- mål: Alla är trygga -->\n<!-- mätetal svar: Svar -->\n\nbedömning:",
            svar="<!-- mätetal svar: Svar -->",
        ),
        stub("## god-halsa\n\nbedömning:"),
        stub("## framtid\n\n<!-- Vad väntar? -->"),
    ),
)
WITH_LARM = stub("## trygghet", svar="<!-- mätetal svar: Svar -->", larm="<!-- kvalitativt mått larm: Larm -->")
EVERYTHING = """\
# Texter

## sammanfattning

<!-- Vad är viktigast? -->

## trygghet

<!-- mål: Alla är trygga -->
<!-- mätetal svar: Svar -->

bedömning:

## god-halsa

bedömning:

## framtid

<!-- Vad väntar? -->
"""


def in_file(written: str, asks: Scaffold = ASKS) -> Merged:
    made = merged(written, asks, PLAN)
    again = merged(made.text, asks, PLAN)
    assert (again.text, str(again)) == (made.text, "oförändrad")
    return made


def test_the_scaffold_asks_for_every_text_with_its_question(lulea: Underlag) -> None:
    skala = lulea.params.kommun.skalor["fyra-steg"]
    asks = scaffold(PLAN, "Socialnämnden", skala, AUGUSTI, AUGUSTI.previous, (*CHAPTERS, SYNPUNKTER))
    text = merged("", asks, PLAN).text
    assert text.startswith(
        """\
# Texter: Socialnämnden, augusti 2025

<!-- Skriv under rubrikerna. Det som står mellan sådana här tecken är frågor till den som skriver, och visas inte på sidan. -->

## sammanfattning

<!-- Vad är viktigast att veta om perioden? -->

## trygghet

<!-- mål: Alla är trygga -->
<!-- mätetal svar: Svar inom ett dygn, målvärde: minst 90 % -->
<!-- kvalitativt mått larm: Larm finns -->

<!-- bedömning: välj Ej uppfyllt, Delvis uppfyllt, I hög grad uppfyllt eller Helt uppfyllt -->
bedömning:
<!-- trend: välj förbättrad, oförändrad eller försämrad, jämfört med delårsuppföljningen april 2025 -->
trend:
<!-- prognos: välj når sannolikt målet, osäkert eller når sannolikt inte målet -->
prognos:
<!-- motiv: behövs där bedömningen är en annan än måtten talar för -->
motiv:

### Kommentar

<!-- Hur gick det, och vad betyder det för dem som målet gäller? -->

### Orsaker
"""
    )
    assert text.endswith(
        """
## framtid

<!-- Vad väntar framöver, och hur förbereder sig nämnden? -->

## synpunkter

<!-- Vad säger synpunkterna? -->
"""
    )
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## sammanfattning", "## trygghet", "## god-halsa", "## uppdrag", "## internkontroll", "## privata-utforare", "## personal",
        "## ekonomi", "## framtid", "## synpunkter",
    ]  # fmt: skip


def test_no_prognos_is_asked_for_at_the_years_end(lulea: Underlag) -> None:
    asks = scaffold(PLAN, "Socialnämnden", lulea.params.skala, Period(2025, 12), AUGUSTI)
    assert "prognos:" not in merged("", asks, PLAN).text


def test_a_name_from_the_plan_never_ends_its_comment(lulea: Underlag) -> None:
    mal = Namndsmal(id="halsa", namn="Från ohälsa --> hälsa\nför alla")
    plan = PLAN.model_copy(update={"namndsmal": (mal,)})
    asks = scaffold(plan, "Socialnämnden", lulea.params.skala, AUGUSTI, AUGUSTI.previous)
    assert asks.stubs[1].lines[2] == "<!-- mål: Från ohälsa → hälsa för alla -->"


@pytest.mark.parametrize("written", ["", "\ufeff", "\n\n", "  "])
def test_where_nothing_is_written_everything_is_put_in(written: str) -> None:
    made = in_file(written)
    assert made.text.startswith(written)
    assert made.text.endswith(EVERYTHING)
    assert str(made) == "ny"


def test_sections_that_are_missing_get_the_place_of_the_plan() -> None:
    made = in_file(
        """\
# Texter: Socialnämnden

## god-halsa – Fler mår bra

trend: förbättrad

## Bakgrund

Hör ihop med målet.

## personal
"""
    )
    assert (
        made.text
        == """\
# Texter: Socialnämnden

## sammanfattning

<!-- Vad är viktigast? -->

## trygghet

<!-- mål: Alla är trygga -->
<!-- mätetal svar: Svar -->

bedömning:

## god-halsa – Fler mår bra

trend: förbättrad

## Bakgrund

Hör ihop med målet.

## framtid

<!-- Vad väntar? -->

# Utan koppling

<!-- Här står texter vars mål inte finns i planen. De visas inte på sidan. Flytta dem till det mål de handlar om, eller ta bort dem. -->

## personal
"""
    )
    assert str(made) == "utökad: nya avsnitt sammanfattning, trygghet, framtid; flyttat till Utan koppling: personal"


def test_new_matetal_are_named_after_those_that_are_there() -> None:
    written = EVERYTHING.replace("bedömning:\n\n## god", "bedömning: Uppnått\n\n### Kommentar\n\nBra.\n\n## god")
    made = in_file(written, replace(ASKS, stubs=(ASKS.stubs[0], WITH_LARM, *ASKS.stubs[2:])))
    assert (
        """\
<!-- mätetal svar: Svar -->
<!-- kvalitativt mått larm: Larm -->

bedömning: Uppnått

### Kommentar

Bra.
"""
        in made.text
    )
    assert str(made) == "utökad: nya mått larm"


def test_a_short_text_written_by_hand_is_not_filled_with_questions() -> None:
    written = "## sammanfattning\n\n## trygghet\nbedömning: Uppnått\n## god-halsa\n\n## framtid"
    assert in_file(written) == Merged(written)


GONE = """\
# Texter

## sammanfattning

Bra.

## gammalt-mal – Det vi hade

bedömning: Uppnått

### Orsaker

  Två steg in,\u00a0“citat”\t
```
## framtid
```
## trygghet

Lugnt.
"""


def test_a_section_whose_id_has_left_the_plan_is_moved_word_for_word() -> None:
    made = in_file(GONE)
    assert (
        made.text
        == """\
# Texter

## sammanfattning

Bra.

## trygghet

Lugnt.

## god-halsa

bedömning:

## framtid

<!-- Vad väntar? -->

# Utan koppling

<!-- Här står texter vars mål inte finns i planen. De visas inte på sidan. Flytta dem till det mål de handlar om, eller ta bort dem. -->

## gammalt-mal – Det vi hade

bedömning: Uppnått

### Orsaker

  Två steg in,\u00a0“citat”\t
```
## framtid
```
"""
    )
    assert made.flyttat == ("gammalt-mal",)


def test_one_more_is_put_last_under_utan_koppling_and_one_that_comes_back_stays_there() -> None:
    first = in_file(GONE).text
    fewer = replace(ASKS, stubs=ASKS.stubs[:1] + ASKS.stubs[2:])
    made = merged(first, fewer, PLAN)
    assert made.flyttat == ("trygghet",)
    assert made.text.endswith("```\n## framtid\n```\n\n## trygghet\n\nLugnt.\n\n")
    assert made.text.count("# Utan koppling") == 1
    back = merged(made.text, ASKS, PLAN)
    assert (back.avsnitt, back.flyttat) == (("trygghet",), ())
    assert back.text.endswith("## trygghet\n\nLugnt.\n\n")


@pytest.mark.parametrize(
    "heading",
    ["## god-hälsa", "## goodhalsa", "## Fler mår bra!", "## god-hallsa: text"],
)
def test_what_may_be_a_misspelt_id_is_neither_moved_nor_added(heading: str) -> None:
    written = EVERYTHING.replace("## god-halsa", heading).replace(
        "Svar -->\n", "Svar -->\n<!-- mätetal larm: Larm -->\n"
    )
    assert in_file(written) == Merged(written)


@pytest.mark.parametrize("heading", ["## Bakgrund och syfte", "## orsaker", "## Åtgärder", "Bakgrund\n---"])
def test_a_heading_that_never_was_an_id_stays_where_it_is(heading: str) -> None:
    written = EVERYTHING.replace("\n## framtid", f"\n{heading}\n\nText.\n\n## framtid")
    made = in_file(written)
    assert made.flyttat == ()
    assert f"bedömning:\n\n{heading}\n\nText.\n\n## framtid" in made.text


def test_what_stands_under_a_heading_of_peoples_own_goes_with_what_stands_above_it() -> None:
    made = in_file("## sammanfattning\nBra.\n## borta\n\nText.\n\nRubrik\n---\nMer.\n\n## Bakgrund\n\nOch mer.")
    assert made.text.startswith("## sammanfattning\nBra.\n\n## trygghet\n")
    assert made.text.endswith("\n\n## borta\n\nText.\n\nRubrik\n---\nMer.\n\n## Bakgrund\n\nOch mer.")


def test_the_files_own_newline_and_byte_order_mark_are_kept() -> None:
    made = in_file("\ufeff# Texter\r\n\r\n## trygghet\r\nLugnt.")
    assert made.text == (
        "\ufeff# Texter\r\n\r\n## sammanfattning\r\n\r\n<!-- Vad är viktigast? -->\r\n\r\n## trygghet\r\nLugnt.\r\n\r\n"
        "## god-halsa\r\n\r\nbedömning:\r\n\r\n## framtid\r\n\r\n<!-- Vad väntar? -->\r\n"
    )


def test_nothing_is_put_in_after_code_that_never_ends() -> None:
    written = "## trygghet\n\n### Orsaker\n\n```\nDet här är kod.\n"
    assert in_file(written) == Merged(written)


@pytest.fixture
def skala(lulea: Underlag) -> Skala:
    return lulea.params.skala


PIECES = st.sampled_from([
    "## trygghet", "## god-halsa – namn", "## godhalsa", "## borta", "## borta-2", "## framtid", "# Utan koppling", "# Texter",
    "### Kommentar", "### Orsaker", "## Bakgrund", "Rubrik\n---", "- punkt", "  - inne", "> citat", "```", "~~~", "- ```", "<!-- öppen",
    "<!-- stängd -->", "slut -->", "bedömning:\u00a0", "\tA\tB", "Kvinnor\t1\t2", "“Citat” – så", "", "", " ", "text  ", "#", "##",
    "    kod", "1. ett", "[a]: b", "***", "\x0b", "\u2028x", "\x85",
])  # fmt: skip
LINES = st.lists(
    st.tuples(PIECES | st.text(max_size=8), st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])), max_size=14
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=LINES, bom=st.sampled_from(["", "\ufeff"]), cut=st.booleans())
def test_nothing_that_anybody_wrote_is_lost(
    lines: list[tuple[str, str]], bom: str, cut: bool, tmp_path: Path, skala: Skala
) -> None:
    body = "".join(line + newline for line, newline in lines)
    written = bom + (body.rstrip("\r\n") if cut else body)
    made = in_file(written)
    text = written.removeprefix("\ufeff")
    of_lines = text.splitlines(keepends=True)
    blocks = outline(text).blocks
    assert Counter(text.splitlines()) <= Counter(made.text.removeprefix("\ufeff").splitlines())
    assert made.text.startswith(written[: len("".join(of_lines[: blocks[0][0].start if blocks else None]))])
    here, end = True, 0
    for block in blocks:
        said = "".join(of_lines[block[0].start : block[-1].end])
        assert said in made.text
        never_an_id = block[0].level == 2 and (not block[0].marked or block[0].title in ("", "Bakgrund"))
        here = here if never_an_id else block[0].id not in made.flyttat
        if here:  # what isn't moved is still in its order
            assert said in made.text[end:]
            end = made.text.index(said, end) + len(said)
    before, after = tmp_path / "before.md", tmp_path / "after.md"
    before.write_bytes(written.encode())
    after.write_bytes(made.text.encode())
    was, _ = read_texts(before, "t", PLAN, skala, AUGUSTI)
    now, _ = read_texts(after, "t", PLAN, skala, AUGUSTI)
    kept = {stub.id for stub in ASKS.stubs}
    assert {name: now.mal[name] for name in was.mal} == was.mal
    assert {name: now.avsnitt.get(name) for name in was.avsnitt if name in kept} == {
        name: avsnitt for name, avsnitt in was.avsnitt.items() if name in kept
    }


def exempel(copy_of: Callable[[Path], Root]) -> tuple[Root, Path]:
    root = copy_of(EXEMPELKOMMUN)
    return root, root.data / "2025-08" / "socialnamnden" / "texter.md"


def test_a_scaffold_without_answers_is_a_page_without_answers(copy_of: Callable[[Path], Root]) -> None:
    root, path = exempel(copy_of)
    params = read_run_params(root.params, AUGUSTI)
    path.unlink()
    bare = load("2025-08", "socialnamnden", str(root.folder)).resultat
    file, made, faults = write_texts(root, params, "socialnamnden")
    assert (file, str(made), faults) == (path, "ny", [])
    asked = load("2025-08", "socialnamnden", str(root.folder)).resultat
    assert asked.mal == bare.mal
    assert placeholders.missing_texts(asked) == placeholders.missing_texts(bare)
    for kapitel, del_ in [(chapter.id, text.part) for chapter in CHAPTERS for text in chapter.texts]:
        assert placeholders.text(asked, kapitel, del_) == placeholders.text(bare, kapitel, del_)
    content = path.read_bytes()
    _, made, _ = write_texts(root, params, "socialnamnden")
    assert (str(made), path.read_bytes()) == ("oförändrad", content)


def test_a_file_that_has_everything_is_not_written(copy_of: Callable[[Path], Root]) -> None:
    root, path = exempel(copy_of)
    stat = path.stat()
    _, made, faults = write_texts(root, read_run_params(root.params, AUGUSTI), "socialnamnden")
    assert (str(made), faults) == ("oförändrad", [])
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stat.st_mtime_ns, stat.st_ino)


def test_a_file_that_cannot_be_read_is_left_as_it_is(copy_of: Callable[[Path], Root]) -> None:
    root, path = exempel(copy_of)
    params = read_run_params(root.params, AUGUSTI)
    for wrong, action in (
        ("## trygg-alderdom\n\nbedömning: Uppnått".encode("utf-16"), "spara om filen med kodningen UTF-8"),
        (b"x" * 2_000_001, "kontrollera att det är rätt fil"),
    ):
        path.write_bytes(wrong)
        _, made, faults = write_texts(root, params, "socialnamnden")
        assert (str(made), [fault.atgard for fault in faults]) == ("oförändrad", [action])
        assert path.read_bytes() == wrong


def test_a_namnd_without_a_plan_gets_no_file(copy_of: Callable[[Path], Root]) -> None:
    root, _ = exempel(copy_of)
    path, made, faults = write_texts(root, read_run_params(root.params, AUGUSTI), "socialnamden")
    assert (path.exists(), str(made)) == (False, "oförändrad")
    assert [fault.vantat for fault in faults] == ["en nämnd med en plan i params/planer som gäller 2025"]


def test_what_lost_its_goal_is_told_when_the_file_is_made_and_read(copy_of: Callable[[Path], Root]) -> None:
    root, path = exempel(copy_of)
    path.write_bytes(path.read_bytes() + b"\n## integration\n\nText.\n\n### Orsaker\n\nMer.\n\n## lov\n\ntrend:\n")
    _, made, faults = write_texts(root, read_run_params(root.params, AUGUSTI), "socialnamnden")
    assert str(made) == "utökad: flyttat till Utan koppling: integration, lov"
    line = path.read_text(encoding="utf-8").splitlines().index("## integration") + 1
    assert [(fault.plats, fault.stod, fault.atgard) for fault in faults] == [
        (f"rad {line}", "integration", "flytta texten till det mål den handlar om, eller ta bort den.")
    ]


def test_at_the_years_end_there_is_no_prognos_to_be_uncertain() -> None:
    skala = read_run_params(EXEMPELKOMMUN / "params", AUGUSTI).skala
    for period, told in ((Period(2025, 8), True), (Period(2025, 12), False)):
        made = scaffold(PLAN, "Testnämnden", skala, period, period.previous)
        text = "\n".join(line for stub in made.stubs for line in stub.lines)
        assert ("Behövs där ett målvärde inte nås" in text, "prognosen är osäker" in text) == (True, told)


def test_texts_on_sheets_that_the_namnd_does_not_have_are_not_asked_for(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(EXEMPELKOMMUN)
    params = read_run_params(root.params, AUGUSTI)
    namnd = "kultur-och-fritidsnamnden"  # none of its verksamhetsområden has Granskningar or Privata utförare
    path = root.data / "2025-08" / namnd / "texter.md"
    written = path.read_text(encoding="utf-8")
    path.unlink()
    write_texts(root, params, namnd)
    text = path.read_text(encoding="utf-8")
    assert ("\n## uppdrag\n" in text, "### Granskningar" in text, "## privata-utforare" in text) == (True, False, False)
    resultat = load("2025-08", namnd, str(root.folder)).resultat
    missing = placeholders.missing_texts(resultat)
    assert ("uppdrag" in missing, "uppdrag: granskningar" in missing, "privata-utforare" in missing) == (
        True,
        False,
        False,
    )
    assert placeholders.text(resultat, "privata-utforare") == Html("")
    # what people have written all the same stays, and is shown
    path.write_text(f"{written}\n## privata-utforare\n\nInga köp i år.\n", encoding="utf-8")
    _, made, _ = write_texts(root, params, namnd)
    assert made.flyttat == ()
    assert "Inga köp i år." in placeholders.text(load("2025-08", namnd, str(root.folder)).resultat, "privata-utforare")
    # and what is delivered all the same is asked about
    book = openpyxl.load_workbook(path.parent / "utfall-kultur.xlsx")
    for row in (["kostnad", "utfall", "enhet"], ["Drift av kafé", 1, "mkr"]):
        (book["Privata utförare"] if "Privata utförare" in book else book.create_sheet("Privata utförare")).append(row)
    book.save(path.parent / "utfall-kultur.xlsx")
    path.unlink()
    write_texts(root, params, namnd)
    assert "## privata-utforare" in path.read_text(encoding="utf-8")

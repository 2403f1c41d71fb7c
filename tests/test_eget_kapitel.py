"""The handbok's "Ett eget kapitel", done as it says: the sheet, the notebook and the text become a chapter on the page."""

import json
import re
from pathlib import Path

import pytest
from deliveries import write_workbook

from conftest import EXEMPELKOMMUN, PROJECT, copied, namnder_of, run_jobs
from reporting.assess.underlag import load
from reporting.batch.jobs import planned
from reporting.params.root import Root
from reporting.periods import Period
from reporting.show.chapters.blad import definition_of

PERIOD, NAMND, CHAPTER = "2025-08", "socialnamnden", "50-synpunkter"
TEXT = "Hemtjänsten har fått **dubbelt** så många synpunkter som förra året, sedan det blev lättare att lämna dem."
FORKLARING = "Här berättar jag för en kollega hur kapitlet är gjort."

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("eget-kapitel")]  # one run for all of them


def section() -> str:
    handbok = (PROJECT / "docs" / "handbok.md").read_text(encoding="utf-8")
    return handbok.split("\n### Ett eget kapitel\n")[1].split("\n### ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", section(), re.MULTILINE | re.DOTALL)


def rows_of_the_sheet() -> list[dict[str, str]]:
    """The table of the section whose headings are the sheet's columns."""
    tables = [part for part in section().split("\n\n") if part.startswith("| verksamhet ")]
    [[headings, _, *lines]] = [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()] for table in tables
    ]
    return [dict(zip(headings, line, strict=True)) for line in lines]


def write_chapter(root: Root, name: str, heading: str, cells: list[str]) -> None:
    """A copy of a chapter with another heading, its parameters, and these cells instead of its own."""
    [example] = re.findall(r"Kopiera ett kapitel, till exempel `(notebooks/[\w-]+\.ipynb)`", section())
    notebook = json.loads((PROJECT / example).read_text(encoding="utf-8"))
    first, explained, parameters, code, *_ = notebook["cells"]
    assert "".join(first["source"]).startswith("# ")
    assert parameters["metadata"]["tags"] == ["parameters"]
    first["source"] = f"# {heading}"
    assert explained["metadata"]["tags"] == ["forklaring"]
    explained["source"] = FORKLARING
    own = [{**code, "id": f"egen-{number}", "source": cell} for number, cell in enumerate(cells)]
    notebook["cells"] = [first, explained, parameters, *own]
    (root.notebooks / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


# the chapter | what is misspelt in it | as | the message, whole
MISSPELT = {
    "60-felstavat-blad": (
        '"synpunkter"',
        '"synpunkt"',
        "1 fel i underlaget:\n\nanteckningsboken\n"
        "  Där står: «synpunkt». Väntat: id för ett blad: aktiviteter, uppdrag, granskningar, internkontroll, "
        "privata-utforare, personal, drift, investeringar, verksamhetsomraden, synpunkter.\n"
        "  Gör så här: rätta id:t. Menade du «synpunkter»?",
    ),
    "61-felstavad-kolumn": (
        '"antal"',
        '"antalet"',
        "1 fel i underlaget:\n\nanteckningsboken\n"
        "  Där står: «antalet». Väntat: en kolumn på bladet Synpunkter: verksamhet, antal, besvarade i tid, läge.\n"
        "  Gör så här: rätta kolumnen. Menade du «antal»?",
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Exempelkommun with the definition, the notebook, the sheet in a workbook, and the text.

    Run once, for a nämnd that has delivered the sheet and for one that hasn't, with two chapters that have a fault in them.
    """
    made = copied(EXEMPELKOMMUN, tmp_path_factory.mktemp("eget"))
    for path in made.chapters:
        if path.stem not in ("01-sammanfattning", "10-underlag"):
            path.unlink()  # the other chapters take time, and have tests of their own
    [definition] = blocks("yaml")
    (made.params / "blad").mkdir()
    (made.params / "blad" / "synpunkter.yml").write_text(definition + "\n", encoding="utf-8")
    write_chapter(made, CHAPTER, "Synpunkter", blocks("python"))
    for name, (right, wrong, _) in MISSPELT.items():
        write_chapter(made, name, "Felstavat", [cell.replace(right, wrong) for cell in blocks("python")])
    folder = made.data / PERIOD / NAMND
    sheet = definition_of(load(PERIOD, NAMND, str(made.folder)), "synpunkter")
    about = {"nämnd": NAMND, "period": PERIOD}
    write_workbook(folder / "synpunkter.xlsx", about, [], [], [(sheet, rows_of_the_sheet())])
    with (folder / "texter.md").open("a", encoding="utf-8") as file:
        file.write(f"\n## synpunkter\n\n{TEXT}\n")
    when, known = Period.parse(PERIOD), namnder_of(made, PERIOD)[PERIOD]
    jobs = [*planned(made, when, known, NAMND), *planned(made, when, known, "utbildningsnamnden", CHAPTER)]
    pages = run_jobs(made, jobs)
    failed = {outcome.job.kapitel: outcome.orsak for page in pages for outcome in page.failed}
    assert failed == {name: message for name, (_, _, message) in MISSPELT.items()}
    return made


def page_of(root: Root, namnd: str = NAMND) -> str:
    return (root.outputs / PERIOD / namnd / "rapport.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def chapter_of(page: str, name: str = CHAPTER) -> str:
    found = re.search(rf'<section id="{name}" class="chapter">(.*?)</section>', page, re.DOTALL)
    assert found is not None, f"{name} is not on the page"
    return found[1]


def cells(html: str) -> list[list[str]]:
    """A table as a reader sees it, row by row."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
        for line in lines
    ]


def test_the_handbok_has_what_the_chapter_is_made_of() -> None:
    assert len(blocks("yaml")) == 1
    assert [block.splitlines()[-1].split("(")[0] for block in blocks("python")] == [
        "k", "k.staplar", "k.blad", "k.text",
    ]  # fmt: skip
    assert f"`notebooks/{CHAPTER}.ipynb`" in section()
    assert "`params/blad/synpunkter.yml`" in section()
    assert "`## synpunkter`" in section()
    assert "`# Synpunkter`" in section()


def test_the_chapter_stands_in_the_list_of_contents_by_its_number(root: Root) -> None:
    contents = re.search(r"<nav .*?</nav>", page_of(root), re.DOTALL)
    assert contents is not None
    assert re.findall(r'<a href="#([^"]*)">([^<]*)</a>', contents[0]) == [
        ("01-sammanfattning", "Sammanfattning"), ("10-underlag", "Underlag"), (CHAPTER, "Synpunkter"),
        ("60-felstavat-blad", "Felstavat"), ("61-felstavad-kolumn", "Felstavat"),
    ]  # fmt: skip
    assert chapter_of(page_of(root)).strip().startswith("<h2")


def test_the_table_says_what_was_delivered(root: Root) -> None:
    delivered = rows_of_the_sheet()
    assert len(delivered) > 1
    headings, *lines = cells(chapter_of(page_of(root)))
    assert headings == [name.capitalize() for name in delivered[0]]
    assert lines == [list(row.values()) for row in delivered]


def test_the_bars_say_their_finding_and_every_value(root: Root) -> None:
    counts = {row["verksamhet"]: int(row["antal"]) for row in rows_of_the_sheet()}
    most = max(counts, key=lambda name: counts[name])
    chapter = chapter_of(page_of(root))
    finding = f"{most} har flest synpunkter: {counts[most]} av {sum(counts.values())}"
    assert f"<figcaption>{finding}</figcaption>" in chapter
    alternative = re.search(r"<p [^>]*id=\"bild-synpunkter-antal\"[^>]*>(.*?)</p>", chapter)
    assert alternative is not None
    assert alternative[1].startswith(f"{finding}. ")
    assert all(f"{name} {count}" in alternative[1] for name, count in counts.items())
    named = re.findall(r'aria-labelledby="([^"]*)"', chapter)
    assert len(named) == 2
    assert f'id="{named[0]}"' in chapter, "the drawings' name is found"


def test_the_text_stands_on_the_page_and_is_no_longer_asked_for(root: Root) -> None:
    chapter = chapter_of(page_of(root))
    assert f"<p>{TEXT.replace('**dubbelt**', '<strong>dubbelt</strong>')}</p>" in chapter
    assert "Text saknas" not in chapter
    assert "Inget levererat" not in chapter


def test_the_definition_is_among_the_sources(root: Root) -> None:
    assert "params/blad/synpunkter.yml" in chapter_of(page_of(root), "10-underlag")
    assert f"data/{PERIOD}/{NAMND}/synpunkter.xlsx" in chapter_of(page_of(root), "10-underlag")


def test_what_explains_the_notebook_stays_in_it(root: Root) -> None:
    assert FORKLARING not in page_of(root)
    executed = (root.outputs / PERIOD / NAMND / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    assert FORKLARING in executed


def test_where_nothing_is_delivered_the_chapter_says_so_and_asks_for_the_text(root: Root) -> None:
    chapter = chapter_of(page_of(root, "utbildningsnamnden"))
    assert "<strong>Inget levererat.</strong> Uppgifterna lämnas på bladet Synpunkter i en arbetsbok." in chapter
    assert "<strong>Text saknas.</strong>" in chapter
    assert f"Skriv i data/{PERIOD}/utbildningsnamnden/texter.md, under ## synpunkter." in chapter
    assert "<table" not in chapter
    assert "<svg" not in chapter


@pytest.mark.parametrize("name", MISSPELT)
def test_a_misspelling_in_the_notebook_costs_that_chapter_only_and_says_what_to_mend(name: str, root: Root) -> None:
    page = page_of(root)
    failed = chapter_of(page, name)
    assert "<h2>Felstavat</h2>" in failed
    assert f"<pre>{MISSPELT[name][2]}</pre>" in failed
    assert "Traceback" not in failed
    assert page.count("Kapitlet kunde inte göras.") == len(MISSPELT)
    assert "har flest synpunkter" in chapter_of(page), "the others are as they were"


def test_a_chapter_of_the_kommun_is_asked_for_only_where_its_notebook_is(root: Root, tmp_path: Path) -> None:
    """The heading in texter.md is known by the notebook's name: without it, the text has nowhere to stand."""
    other = copied(EXEMPELKOMMUN, tmp_path)
    path = other.data / PERIOD / NAMND / "texter.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n## synpunkter\n\n{TEXT}\n", encoding="utf-8")
    with pytest.raises(Exception, match="id för ett nämndsmål i planen, eller för ett kapitel"):
        load(PERIOD, NAMND, str(other.folder))
    assert load(PERIOD, NAMND, str(root.folder)).resultat.avsnitt["synpunkter"].text == TEXT

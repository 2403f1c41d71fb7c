"""The front of the notebooks: `k`, what can be done with it, and what is said where something is asked for that there isn't."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from conftest import EXEMPELKOMMUN, PROJECT, copied
from reporting import kapitel, kommunkapitel
from reporting.checksums import noted_checksums
from reporting.faults import InputFaults
from reporting.front.base import UnknownNameError, offered
from reporting.front.kommun import Kommunkapitel
from reporting.front.namnd import Namndkapitel
from reporting.html import Html
from reporting.params.root import Root

PERIOD, NAMND = "2025-08", "socialnamnden"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Exempelkommun with a file beside its notebooks and one in its folder."""
    made = copied(EXEMPELKOMMUN, tmp_path_factory.mktemp("front"))
    if not (made.folder / "notebooks").is_dir():
        shutil.copytree(PROJECT / "notebooks", made.folder / "notebooks")
    (made.folder / "notebooks" / "synpunkter.csv").write_text("verksamhet,antal\nHemtjänst,34\n", encoding="utf-8")
    (made.folder / "egna").mkdir()
    (made.folder / "egna" / "index.txt").write_text("1", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def k(root: Root) -> Namndkapitel:
    return kapitel(PERIOD, NAMND, str(root.folder))


@pytest.fixture(scope="module")
def kommun(root: Root) -> Kommunkapitel:
    return kommunkapitel(PERIOD, str(root.folder))


@pytest.mark.parametrize(("does", "example"), offered(Namndkapitel), ids=lambda text: text)
def test_every_example_of_a_chapter_can_be_written_in_a_cell(does: str, example: str, k: Namndkapitel) -> None:
    assert does.endswith(".")
    assert eval(example, {"k": k, "pd": pd}) is not None  # noqa: S307


@pytest.mark.parametrize(("does", "example"), offered(Kommunkapitel), ids=lambda text: text)
def test_every_example_of_the_kommuns_page_can_be_written_in_a_cell(
    does: str, example: str, kommun: Kommunkapitel
) -> None:
    assert does.endswith(".")
    assert eval(example, {"k": kommun}) is not None  # noqa: S307


@pytest.mark.parametrize("kind", [Namndkapitel, Kommunkapitel])
def test_everything_has_an_example(kind: type) -> None:
    names = [name for name in dir(kind) if not name.startswith("_")]
    assert len(offered(kind)) == len(names)
    for name, (_, example) in zip(sorted(names), sorted(offered(kind), key=lambda each: each[1]), strict=False):
        assert "k." in example, name


def test_k_says_what_it_is_and_what_can_be_done_with_it(k: Namndkapitel, kommun: Kommunkapitel) -> None:
    assert repr(k) == "Exempelkommun · Socialnämnden · Delårsuppföljning augusti 2025"
    assert repr(kommun) == "Exempelkommun · Delårsuppföljning augusti 2025"
    shown, about = k._repr_mimebundle_()
    assert f'<p class="nr-lab">{k!r}</p>' in shown["text/html"]
    assert "<li><code>k.drift()</code> Driftens utfall mot budget och förra året.</li>" in shown["text/html"]
    assert "<style>" in shown["text/html"]
    assert about == {"text/html": {"nr_lab_only": True}}


# what is written | the nearest that there is
MISSPELT = {
    "drfit": "drift",
    "sjukfrånvaro": "sjukfranvaro",
    "Resultat": "resultat",
    "matetals_tabell": "matetalstabell",
}


@pytest.mark.parametrize("name", MISSPELT)
def test_a_name_that_k_does_not_have_is_answered_with_the_nearest(name: str, k: Namndkapitel) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(k, name)
    assert isinstance(caught.value, UnknownNameError)
    said = f"k har inget som heter «{name}». Menade du «{MISSPELT[name]}»? Skriv k på en egen rad för att se allt som finns."
    assert caught.value._render_traceback_() == [said]


def test_what_python_and_jupyter_ask_is_no_misspelling(k: Namndkapitel) -> None:
    assert not hasattr(k, "_repr_html_")
    with pytest.raises(AttributeError) as caught:
        _ = k._ipython_display_
    assert not isinstance(caught.value, UnknownNameError)


CHAPTERS = "sammanfattning, uppdrag, internkontroll, privata-utforare, personal, ekonomi, framtid"
# what is written | where | what is said of it
FAULTS = {
    "a chapter": (
        lambda k: k.text("ekonomin"),
        f"«ekonomin». Väntat: id för ett kapitel: {CHAPTERS}.\n  Gör så här: rätta ordet. Menade du «ekonomi»?",
    ),
    "a heading": (
        lambda k: k.text("ekonomi", "drift"),
        "«drift». Väntat: en rubrik i kapitlet ekonomi: Drift, Verksamhetsområden, Investeringar.\n"
        "  Gör så här: rätta ordet. Menade du «Drift»?",
    ),
    "a heading where there are none": (
        lambda k: k.text("framtid", "Drift"),
        "«Drift». Väntat: bara kapitlets id, för texten till framtid har inga delar.\n"
        '  Gör så här: skriv k.text("framtid").',
    ),
    "a goal": (lambda k: k.maltabell("tryg"), "Väntat: id för ett nämndsmål: "),
    "a sheet": (lambda k: k.blad("personel"), "Gör så här: rätta id:t. Menade du «personal»?"),
    "a column": (lambda k: k.staplar("granskningar", "antl", ""), "Gör så här: rätta kolumnen. Menade du «antal»?"),
    "a chapter with checks": (
        lambda k: k.att_kontrollera("personel"),
        "Väntat: ett kapitel med tal att kontrollera: ekonomi, personal.\n  Gör så här: rätta ordet. Menade du «personal»?",
    ),
    "a file": (
        lambda k: k.fil("synpunkt.csv"),
        "«synpunkt.csv». Väntat: en fil bredvid anteckningsböckerna, eller i kommunens mapp.\n"
        "  Gör så här: lägg filen i notebooks, eller rätta namnet. Menade du «synpunkter.csv»?",
    ),
    "a file in another kommun's folder": (
        lambda k: k.fil("../annan/hemligt.csv"),
        "«../annan/hemligt.csv». Väntat: en fil",
    ),
    "a file by its whole path": (lambda k: k.fil(str(Path(sys.executable))), "Väntat: en fil bredvid"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_there_is_not_is_answered_in_the_box_of_faults(name: str, k: Namndkapitel) -> None:
    ask, said = FAULTS[name]
    with pytest.raises(InputFaults) as caught:
        ask(k)
    assert caught.value.text().startswith("1 fel i underlaget:\n\nanteckningsboken\n  Där står: «")
    assert said in caught.value.text()


def test_a_text_that_is_not_written_is_asked_for_also_in_a_chapter_of_the_kommuns_own(
    root: Root, k: Namndkapitel
) -> None:
    own = root.notebooks / "50-synpunkter.ipynb"
    shutil.copy(root.notebooks / "09-framtid.ipynb", own)
    try:
        assert "under ## synpunkter." in k.text("synpunkter")
    finally:
        own.unlink()


def test_a_file_is_found_beside_the_notebooks_or_in_the_kommuns_folder_and_noted(root: Root, k: Namndkapitel) -> None:
    assert k.fil("synpunkter.csv") == root.notebooks / "synpunkter.csv"
    assert k.fil("egna/index.txt") == root.folder / "egna" / "index.txt"
    assert {root.notebooks / "synpunkter.csv", root.folder / "egna" / "index.txt"} <= set(map(Path, noted_checksums()))


def test_a_goal_is_shown_by_its_id_as_by_itself(k: Namndkapitel) -> None:
    mal = k.mal[0]
    assert k.maltabell(mal.mal.id) == k.maltabell(mal)
    pieces = [
        k.malrubrik(mal),
        k.maltext(mal),
        k.maltabell(mal),
        k.maldiagram(mal),
        k.aktiviteter(mal),
        k.saknas_om_malet(mal),
    ]
    assert k.mal_for_mal().startswith(Html("\n").join(pieces))


def test_numbers_are_written_as_in_the_report(k: Namndkapitel) -> None:
    assert [k.tal(8.25, "procent", 1), k.tal(56200), k.tal(-23.9, "mkr")] == [
        "8,3\u00a0%",
        "56\u00a0200",
        "\u221223,9\u00a0mkr",
    ]
    measured = next(r for r in k.matetal if r.varde is not None)
    assert k.skriv(measured) in str(k.matetalstabell())
    assert {k.skriv(r) for r in k.matetal if r.varde is None} == {"–"}


def test_faults_are_told_all_at_once_or_shown(root: Root, tmp_path: Path) -> None:
    other = copied(EXEMPELKOMMUN, tmp_path)
    texts = other.data / PERIOD / NAMND / "texter.md"
    texts.write_text(
        texts.read_text(encoding="utf-8") + "\n## finns-inte\n\nText.\n\n## inte-heller\n\nText.\n", encoding="utf-8"
    )
    with pytest.raises(InputFaults, match="2 fel i underlaget"):
        kapitel(PERIOD, NAMND, str(other.folder))
    assert "finns-inte" in kapitel(PERIOD, NAMND, str(other.folder), visa_fel=True).fel()


@pytest.mark.process
def test_importing_the_front_imports_nothing_until_it_is_called() -> None:
    code = "import sys; from reporting import kapitel, kommunkapitel, laget; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    assert [
        name for name in loaded if name.startswith("reporting.") or name in ("pandas", "matplotlib", "pydantic")
    ] == []

"""A report on paper and by ear: the page printed by the browser, with what a reader's program needs to tell its parts."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from checked_pdf import check_pdf
from reporting.gate.pdf import structure_elements, write_pdfs
from reporting.params.root import Root

pytestmark = pytest.mark.browser


def printed(pages: list[Path], folder: Path) -> list[Path]:
    """The PDFs of these pages."""
    jobs = [(page, folder / f"{page.parent.name}.pdf") for page in pages]
    write_pdfs(jobs, lambda _count, _total: None)
    return [pdf for _, pdf in jobs]


@pytest.fixture
def report(made_lulea: Root) -> Path:
    return made_lulea.outputs / "2024-12" / "socialnamnden" / "rapport.html"


def elements(pdf: pikepdf.Pdf) -> Counter[str]:
    """How many of each kind the structure tree holds."""
    return Counter(str(element.S) for element in structure_elements(pdf))


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """The bookmarks of the two upper levels."""
    with pdf.open_outline() as outlines:
        return [item.title for top in outlines.root for item in (top, *top.children)]


def test_a_report_has_language_tree_bookmarks_and_headers_that_say_what_they_are_for(
    report: Path, tmp_path: Path
) -> None:
    pdf_file, *_ = printed([report], tmp_path)
    assert check_pdf(pdf_file) == []
    html = report.read_text(encoding="utf-8")
    with pikepdf.open(pdf_file) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert str(pdf.docinfo["/Title"]) == "Årsuppföljning 2024, Socialnämnden, Luleå kommun"
        assert "/CreationDate" not in pdf.docinfo
        found = elements(pdf)
        assert found["/Table"] == html.count("<table")
        assert found["/Figure"] == html.count("<figure")
        assert found["/H1"] == 1
        assert found["/H2"] == html.count("<h2")
        assert outline(pdf)[:4] == ["Årsuppföljning 2024", "Sammanfattning", "Måluppföljning", "Mätetal"]
        assert len(pdf.pages) > 20


def test_every_kind_of_page_is_printed_whole(made_lulea: Root, made_exempelkommun: Root, tmp_path: Path) -> None:
    pages = [
        made_lulea.outputs / "2024-12" / "kommun" / "rapport.html",
        *(
            made_exempelkommun.outputs / "2025-08" / name / "rapport.html"
            for name in ("kommun", "socialnamnden", "byggnadsnamnden")
        ),
    ]
    for page in pages:
        made = tmp_path / page.parents[2].parent.name
        for pdf in printed([page], made):
            assert check_pdf(pdf) == []


def test_the_same_page_gives_the_same_bytes_and_isn_t_printed_again(report: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "ett", tmp_path / "två"
    (first,), (second,) = printed([report], one), printed([report], two)
    assert first.read_bytes() == second.read_bytes()
    before = first.stat().st_mtime_ns
    printed([report], one)
    assert first.stat().st_mtime_ns == before
    changed = tmp_path / "socialnamnden" / "rapport.html"
    changed.parent.mkdir()
    changed.write_text(
        report.read_text(encoding="utf-8").replace("Årsuppföljning 2024", "Uppföljningen"), encoding="utf-8"
    )
    (third,) = printed([changed], one)
    assert third == first
    with pikepdf.open(third) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Uppföljningen")


def test_every_sheet_says_which_it_is_and_no_chapter_begins_at_the_foot(report: Path, tmp_path: Path) -> None:
    pdf, *_ = printed([report], tmp_path)
    assert shutil.which("pdftotext"), "poppler-utils saknas: sudo apt-get install poppler-utils"
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    sheets = text.rstrip("\f").split("\f")
    assert [f"Sida {number} av {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1)] == [True] * len(
        sheets
    )
    for chapter in ("Måluppföljning", "Ekonomi", "Underlag"):
        assert any(sheet.strip().startswith(chapter) for sheet in sheets), chapter


def every(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The elements of a kind."""
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind]


def without_scope(pdf: pikepdf.Pdf) -> None:
    del every(pdf, "/TH")[0]["/A"]


def without_headers(pdf: pikepdf.Pdf) -> None:
    for cell in every(pdf, "/TH"):
        cell.S = pikepdf.Name.TD


def without_alternative(pdf: pikepdf.Pdf) -> None:
    del next(figure for figure in every(pdf, "/Figure") if "/Alt" in figure)["/Alt"]


def without_headings(pdf: pikepdf.Pdf) -> None:
    every(pdf, "/H1")[0].S = pikepdf.Name.P


# what is done to a good PDF | what is told
LACKING = {
    "språket saknas": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "titeln saknas": lambda pdf: pdf.docinfo.__delitem__("/Title"),
    "titeln visas inte i fönstret": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "innehållet är inte taggat": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "rubriker saknas i taggarna": without_headings,
    "bokmärken saknas": lambda pdf: pdf.Root.__delitem__("/Outlines"),
    "har 1 rubriker som inte säger om de gäller rad eller kolumn": without_scope,
    "har inga rubriker": without_headers,
    "saknar textalternativ": without_alternative,
}


def test_a_pdf_that_lacks_something_is_found_wanting(report: Path, tmp_path: Path) -> None:
    (good,) = printed([report], tmp_path)
    lacking = tmp_path / "lacking.pdf"
    for told, take_away in LACKING.items():
        with pikepdf.open(good) as pdf:
            take_away(pdf)
            pdf.save(lacking)
        assert [fault for fault in check_pdf(lacking) if told in fault] != [], told


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"%PDF-1.7 trasig")
    assert check_pdf(path)[0].startswith("rapport.pdf: filen kan inte läsas som PDF")

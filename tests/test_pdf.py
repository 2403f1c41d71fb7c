"""The pages as PDF: language, headings, bookmarks, table headers and alternatives are there; the same page is the same file."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from reporting.pdf import check_pdf, write_pdfs
from reporting.root import Root


def printed(pages: list[Path], folder: Path) -> list[Path]:
    jobs = [(page, folder / f"{number}.pdf") for number, page in enumerate(pages)]
    write_pdfs(jobs, lambda _ready, _all: None, tabs=2)
    return [target for _, target in jobs]


def text_of(pdf: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout


def structure_of(pdf: Path) -> str:
    return subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("run", ["made_lulea", "made_exempelkommun"])
def test_every_page_is_a_pdf_that_can_be_read_by_ear(run: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    root: Root = request.getfixturevalue(run)
    pages = sorted(root.outputs.rglob("rapport.html"))
    pdfs = printed(pages, tmp_path)
    assert len(pdfs) >= 3
    assert [fault for pdf in pdfs for fault in check_pdf(pdf)] == []


def test_the_same_page_is_the_same_file_in_whichever_order_it_is_printed(made_lulea: Root, tmp_path: Path) -> None:
    pages = sorted(made_lulea.outputs.rglob("rapport.html"))
    forwards, backwards = printed(pages, tmp_path / "a"), printed(pages[::-1], tmp_path / "b")
    assert [pdf.read_bytes() for pdf in forwards] == [pdf.read_bytes() for pdf in backwards[::-1]]
    assert b"Chrome" not in forwards[0].read_bytes()


def test_a_pdf_is_printed_again_only_where_its_page_has_changed(made_lulea: Root, tmp_path: Path) -> None:
    source = made_lulea.outputs / "2024-12" / "socialnamnden" / "verksamhetsplan" / "rapport.html"
    pages = [Path(shutil.copy(source, tmp_path / name)) for name in ("ena.html", "andra.html")]
    before = [pdf.stat().st_mtime_ns for pdf in printed(pages, tmp_path)]
    assert [pdf.stat().st_mtime_ns for pdf in printed(pages, tmp_path)] == before
    pages[1].write_text(pages[1].read_text(encoding="utf-8").replace("Verksamhetsplan", "Plan"), encoding="utf-8")
    after = printed(pages, tmp_path)
    assert [pdf.stat().st_mtime_ns == old for pdf, old in zip(after, before, strict=True)] == [True, False]
    assert "Plan 2024" in text_of(after[1])


def test_pages_are_numbered_outside_what_is_read_aloud(made_lulea: Root, tmp_path: Path) -> None:
    pdf = printed([made_lulea.outputs / "2024-12" / "socialnamnden" / "verksamhetsplan" / "rapport.html"], tmp_path)[0]
    with pikepdf.open(pdf) as opened:
        count = len(opened.pages)
    assert count > 1
    for number in range(1, count + 1):
        assert f"Sida {number} av {count}" in text_of(pdf, "-f", str(number), "-l", str(number), "-layout")
    read = structure_of(pdf)
    assert "Verksamhetsplan 2024" in read
    assert f"av {count}" not in read


def spoilt(pdf: Path, how: str) -> Path:
    """The PDF without one of the things that a reader by ear needs."""
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as opened:
        elements = [
            one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]
        if how == "språket":
            del opened.Root.Lang
        elif how == "titeln":
            del opened.docinfo["/Title"]
        elif how == "bokmärken":
            del opened.Root.Outlines
        elif how == "rubriker saknas":
            for one in (one for one in elements if one.S == "/H1"):
                one.S = pikepdf.Name.P
        elif how == "inte taggat":
            opened.Root.MarkInfo.Marked = False
        else:
            kind, key = {"rad eller kolumn": ("/TH", "/A"), "textalternativ": ("/Figure", "/Alt")}[how]
            del next(one for one in elements if kind == one.S and key in one)[key]
        opened.save(pdf.with_name("trasig.pdf"))
    return pdf.with_name("trasig.pdf")


@pytest.fixture(scope="module")
def whole(made_lulea: Root, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = made_lulea.outputs / "2024-12" / "socialnamnden" / "rapport.html"
    return printed([page], tmp_path_factory.mktemp("pdf"))[0]


@pytest.mark.parametrize(
    "how",
    ["språket", "titeln", "bokmärken", "rubriker saknas", "inte taggat", "rad eller kolumn", "textalternativ"],
)
def test_what_is_missing_in_a_pdf_is_told(how: str, whole: Path) -> None:
    assert check_pdf(whole) == []
    faults = check_pdf(spoilt(whole, how))
    assert len(faults) == 1
    assert how in faults[0]


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"inte en pdf")
    assert "kan inte läsas som PDF" in check_pdf(tmp_path / "a.pdf")[0]

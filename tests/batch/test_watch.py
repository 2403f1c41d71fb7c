"""`reporting watch` as an analyst uses it: she saves a file, and the page is another."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from conftest import PROJECT, run_all
from reporting.params.root import Root

pytestmark = pytest.mark.process

PERIOD, NAMND = "2024-12", "socialnamnden"


@contextmanager
def watching(root: Root, log: Path) -> Iterator[Callable[[str], str]]:
    """The command under way; gives a function that waits for a word among what it says, and gives what was said since last time."""
    command = [sys.executable, "-W", "error", "-m", "reporting", "watch", PERIOD, NAMND, "--root", str(root.folder)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        read = 0

        def until(word: str) -> str:
            nonlocal read
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and process.poll() is None:
                said = log.read_text(encoding="utf-8")[read:]
                if word in said:
                    read += len(said)
                    return said
                time.sleep(0.02)
            raise AssertionError(f"{word} never came: {log.read_text(encoding='utf-8')}")

        try:
            yield until
        finally:
            process.kill()


def test_a_saved_workbook_text_notebook_and_plan_make_again_what_they_touch(
    copy_of: Callable[[Path], Root], tmp_path: Path
) -> None:
    root = copy_of(PROJECT)
    for path in root.chapters:
        if path.stem not in ("02-maluppfoljning", "07-personal", "09-framtid"):
            path.unlink()
    assert all(not page.failed for page in run_all(root, PERIOD))
    page = root.outputs / PERIOD / NAMND / "rapport.html"
    here = root.data / PERIOD / NAMND

    with watching(root, tmp_path / "log.txt") as until:
        until("Väntar på ändringar i")

        book = openpyxl.load_workbook(here / "utfall-ifo.xlsx")
        book["Mätetal"]["C4"] = 261
        book.save(here / "utfall-ifo.xlsx")
        said = until("\nklart")
        assert "utfall-ifo.xlsx" in said
        for chapter in ("02-maluppfoljning", "07-personal", "09-framtid", "verksamhetsplan"):
            assert f"socialnamnden {chapter}: klart" in said
        assert "kommun kommun-sammanstallning: klart" in said
        assert str(page) in said
        assert "Nya på RoS-mottagningen: 261" in page.read_text(encoding="utf-8")

        texts = here / "texter.md"
        text = texts.read_text(encoding="utf-8")
        texts.write_text(text.replace("## framtid\n", "## framtid\n\nDet här är nytt.\n"), encoding="utf-8")
        said = until("\nklart")
        assert "socialnamnden 09-framtid: klart" in said
        assert str(page) in said
        assert "Det här är nytt." in page.read_text(encoding="utf-8")

        notebook = root.notebooks / "07-personal.ipynb"
        notebook.write_text(
            notebook.read_text(encoding="utf-8").replace("# Personal", "# Medarbetare"), encoding="utf-8"
        )
        said = until("\nklart")
        assert "socialnamnden 07-personal: klart" in said
        assert str(page) in said
        assert "09-framtid" not in said

        (root.notebooks / "__pycache__").mkdir()
        (root.notebooks / "__pycache__" / "mina_ord.pyc").write_bytes(b"1")
        table = root.notebooks / "egna.csv"
        table.write_text("antal\n3\n", encoding="utf-8")
        said = until("ingen sida blev annorlunda")
        assert "egna.csv" in said
        assert "mina_ord.pyc" not in said
        assert "socialnamnden 09-framtid: klart" in said

        texts.write_text(text.replace("## framtid\n", "## framtid\n\nDet här är nytt.\n"), encoding="utf-8")
        said = until("ingen sida blev annorlunda")
        assert ": klart" not in said

        kommun = root.params / "kommun.yml"
        right = kommun.read_text(encoding="utf-8")
        kommun.write_text(right.replace("skalor:", "skallor:"), encoding="utf-8")
        assert "Menade du «skalor»?" in until("Menade du")
        kommun.write_text(right, encoding="utf-8")
        until("ingen sida blev annorlunda")
    assert "Traceback" not in (tmp_path / "log.txt").read_text(encoding="utf-8")

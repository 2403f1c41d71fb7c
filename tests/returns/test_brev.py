"""The letters to those who sent workbooks: nothing in them that only the analyst can do, and never an invitation to change a period."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from broken_files import placed
from commands import put, reporting
from conftest import EXEMPELKOMMUN
from reporting.params.root import Root, find_root


def letters(root: Root, period: str, folder: Path) -> dict[str, str]:
    """The letters of a check, by file."""
    reporting("check", period, "--root", str(root.folder), "--return", str(folder))
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.txt")}


@pytest.mark.process
def test_a_workbook_of_another_period_is_not_to_be_changed(tmp_path: Path) -> None:
    for name, namn in (("gjord-for-en-annan-period", "utan"), ("fel-period-i-om-leveransen", "med")):
        folder = tmp_path / namn
        placed(f"workbooks/{name}.xlsx", folder)
        [(file, text)] = letters(find_root(folder), "2024-12", folder / "ut").items()
        assert file == f"{name}.txt"
        assert not list((folder / "ut").rglob("*.xlsx"))
        assert f"{name}.xlsx. Den är för augusti 2024, men det vi behöver är december 2024.\n" in text
        assert "Fyll i arbetsboken för december 2024 och skicka den till oss." in text
        assert "Ändra inte perioden i filen" in text
        assert not re.search(r"rätta|cell |mapp|Om leveransen", text)


@pytest.mark.process
def test_a_period_that_is_none_and_a_namnd_that_is_misspelt_are_cells_to_mend(
    copy_of: Callable[[Path], Root], tmp_path: Path
) -> None:
    root = copy_of(EXEMPELKOMMUN)
    put(root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx", "Om leveransen", "B2", "hösten")
    put(root.data / "2025-08" / "socialnamnden" / "utfall-ifo.xlsx", "Om leveransen", "B1", "socialnämden")
    put(root.data / "2025-08" / "socialnamnden" / "utfall-stod.xlsx", "Om leveransen", "B1", "Byggnadsnämnden")
    sent = letters(root, "2025-08", tmp_path / "ut")
    assert "skriv '2025-08 i cellen, om siffrorna gäller augusti 2025; svara annars" in sent["utfall-aldre.txt"]
    assert "skriv socialnamnden i cellen" in sent["utfall-ifo.txt"]
    assert "Den gäller Byggnadsnämnden, men kom till oss som socialnamnden." in sent["utfall-stod.txt"]


@pytest.mark.process
def test_what_a_delivered_workbook_lacks_is_asked_for(copy_of: Callable[[Path], Root], tmp_path: Path) -> None:
    root = copy_of(EXEMPELKOMMUN)
    path = root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Mätetal"]
    sheet["C3"] = None
    lacking = sheet["A2"].value
    sheet.delete_rows(2)
    book.save(path)
    sent = letters(root, "2025-08", tmp_path / "ut")
    assert list(sent) == ["utfall-aldre.txt"]  # nothing is asked of byggnadsnämnden, which has delivered nothing yet
    text = sent["utfall-aldre.txt"]
    assert text.startswith("Ämne: Det saknas uppgifter i utfall-aldre.xlsx")
    assert "hjälp med det som saknas i den" in text
    assert "behöver rättas" not in text
    assert re.search(rf"Det här saknas:\n\n1\. Bladet Mätetal\n   Väntat: ett utfall för .* \({lacking}\)\.\n", text)
    assert re.search(
        r"2\. Bladet Mätetal, cell C2\n   Väntat: ett utfall för .*\n   Gör så här: fyll i cellen, eller välj orsaken",
        text,
    )
    marked = openpyxl.load_workbook(tmp_path / "ut" / "socialnamnden" / "utfall-aldre.xlsx")
    assert "fyll i cellen" in marked["Mätetal"]["C2"].comment.text


@pytest.mark.process
def test_of_a_sheet_with_faults_no_row_is_said_to_be_missing(copy_of: Callable[[Path], Root], tmp_path: Path) -> None:
    root = copy_of(EXEMPELKOMMUN)
    put(root.data / "2025-08" / "socialnamnden" / "utfall-aldre.xlsx", "Mätetal", "C1", "utfal")
    [text] = letters(root, "2025-08", tmp_path / "ut").values()
    assert ("Menade du «utfall»?" in text, "saknas" in text) == (True, False)


@pytest.mark.process
@pytest.mark.parametrize("name", ["period-saknas-i-om-leveransen", "om-leveransen-saknas"])
def test_a_period_is_written_only_where_the_figures_are_its(name: str, tmp_path: Path) -> None:
    placed(f"workbooks/{name}.xlsx", tmp_path)
    [text] = letters(find_root(tmp_path), "2024-12", tmp_path / "ut").values()
    assert "om siffrorna gäller december 2024; svara annars vilken period det är." in text

"""No fault of a workbook hides another of it: a misspelt heading, id or sheet is read as what it is near, so that all comes at once."""

from pathlib import Path

import openpyxl
import pytest
from test_workbooks import delivered, read

from reporting.reading.utfall import Leverans

# what was sent, a row each | the cells that are told, and what stands in them
SENT = {
    "under a misspelt heading": (
        "id;utfal;kvinnor;män / andel;ca 82;; / antal;12;ungefär 7;5",
        "B1 utfal, B2 ca 82, C3 ungefär 7",
    ),
    "beside a column that is lacking": ("id;kvinnor;män / antal;ungefär 7;5 / andell;;", "bladet, B2 ungefär 7, A3 andell"),
    "but not what may be below the heading that is lacking": ("id;;kvinnor / antal;12;ungefär 7", "bladet, C2 ungefär 7"),
    "beside a heading that stands twice": ("id;utfall;utfall;män / antal;ca 12;12;ca 5", "C1 utfall, D2 ca 5"),
    "in a row with a misspelt id": ("id;utfall / andell;ca 82 / kostnad;480", "A2 andell, B2 ca 82"),
    "in a row with an id that another row has too": ("id;utfall / andel;82 % / andel;ca 82", "A3 andel, B3 ca 82"),
    "but not in a row that may be about anything": ("id;utfall / andel;82 % / anndel;ca 82 / övrigt;ca 3", "A3 anndel, A4 övrigt"),
    "beside a misspelt unit": ("id;post;utfall;enhet / intakter;Intäkter;ca 5;mkrr", "C2 ca 5, D2 mkrr"),
    "of years, in a row with a misspelt id": (
        "id;nyckeltal;2023;2024 / sjukfranvarro;;8,2 %;omkring 8 % / frisk;;ja;nej",
        "A2 sjukfranvarro, D2 omkring 8 %, A3 frisk",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "told"), SENT.values(), ids=SENT.keys())
def test_what_is_wrong_is_told_at_once(sent: str, told: str, tmp_path: Path) -> None:
    name = "utfall.csv" if "post" in sent or "nyckeltal" in sent else "Mätetal.csv"
    (tmp_path / name).write_text(sent.replace(" / ", "\n"), encoding="utf-8")
    _, faults = read(tmp_path)
    assert [f"{fault.cell or 'bladet'} {fault.stod}".strip() for fault in sorted(faults)] == told.split(", ")


def test_of_a_sheet_whose_columns_are_in_doubt_nothing_is_delivered(tmp_path: Path) -> None:
    (tmp_path / "Mätetal.csv").write_text("id;utfal\nandel;82 %\n", encoding="utf-8")
    leverans, faults = read(tmp_path)
    assert [fault.stod for fault in faults] == ["utfal"]
    assert leverans.utfall == Leverans().utfall


def test_a_sheet_with_a_misspelt_name_is_looked_through(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Kvalitativa mått"]
        sheet.title, sheet["C1"], sheet["B2"], sheet["C2"] = "Kvalitativa mäst", "vem", "Kanske", "Lena"

    delivered(tmp_path, change)
    _, faults = read(tmp_path)
    assert [(fault.blad, fault.cell, fault.stod) for fault in sorted(faults)] == [
        ("Kvalitativa mäst", "", ""),
        ("Kvalitativa mäst", "B2", "Kanske"),
    ]


def test_a_misspelt_line_of_om_leveransen_is_read_as_what_it_is_near(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Om leveransen"]
        sheet["A2"], sheet["B2"] = "perod", "i höstas"

    delivered(tmp_path, change)
    _, faults = read(tmp_path)
    assert [(fault.cell, fault.stod) for fault in sorted(faults)] == [("A2", "perod"), ("B2", "i höstas")]

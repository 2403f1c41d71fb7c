"""Faults and notices in the order in which somebody mends them: by file, then line by line, and cell by cell."""

from reporting.faults import Fault, InputFaults, Notis

# In the order in which they are told.
PLACES = [
    "",
    "blad Drift, cell C9",
    "blad Mätetal",
    "blad Mätetal, cell Z1",
    "blad Mätetal, cell AA1",
    "blad Mätetal, cell B2",
    "blad Mätetal, cell A3:A12",
    "blad Mätetal, cell C9",
    "blad Mätetal, cell C10",
    "rad 1",
    "rad 22",
    "rad 103",
]


def test_lines_and_cells_are_told_by_number_and_not_as_text() -> None:
    faults = [Fault("params/kommun.yml", plats, "", "något annat", "rätta") for plats in PLACES[::-1]]
    assert [fault.plats for fault in InputFaults(faults).faults] == PLACES


def test_so_are_notices() -> None:
    notiser = [Notis("data/utfall.xlsx", plats, "", "Är det rätt?", "antal") for plats in PLACES[::-1]]
    assert [notis.plats for notis in sorted(notiser)] == PLACES


def test_files_come_first_and_faults_of_one_place_by_what_stood_there() -> None:
    faults = [
        Fault("b.yml", "rad 1", "", "något", "rätta"),
        Fault("a.yml", "rad 9", "b", "något", "rätta"),
        Fault("a.yml", "rad 9", "a", "något", "rätta"),
        Fault("a.yml", "rad 9", "a", "annat", "rätta"),
    ]
    shown = [(fault.fil, fault.stod, fault.vantat) for fault in InputFaults(faults).faults]
    assert shown == [("a.yml", "a", "annat"), ("a.yml", "a", "något"), ("a.yml", "b", "något"), ("b.yml", "", "något")]

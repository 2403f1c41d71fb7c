"""Faults and notices in the order in which somebody mends them: by file, then line by line, and cell by cell."""

from typing import Any

from reporting.faults import Fault, InputFaults, Notis

# In the order in which they are told.
PLACES: dict[str, dict[str, Any]] = {
    "": {},
    "blad Drift, cell C9": {"blad": "Drift", "cell": "C9"},
    "blad Mätetal": {"blad": "Mätetal"},
    "blad Mätetal, cell Z1": {"blad": "Mätetal", "cell": "Z1"},
    "blad Mätetal, cell AA1": {"blad": "Mätetal", "cell": "AA1"},
    "blad Mätetal, cell B2": {"blad": "Mätetal", "cell": "B2"},
    "blad Mätetal, cell A3:A12": {"blad": "Mätetal", "cell": "A3:A12"},
    "blad Mätetal, cell C9": {"blad": "Mätetal", "cell": "C9"},
    "blad Mätetal, cell C10": {"blad": "Mätetal", "cell": "C10"},
    "rad 1": {"rad": 1},
    "rad 22": {"rad": 22},
    "rad 103": {"rad": 103},
    "cell 2, rad 4": {"cell": "2", "rad": 4},
    "cell 10, rad 1": {"cell": "10", "rad": 1},
}


def test_lines_and_cells_are_told_by_number_and_not_as_text() -> None:
    faults = [Fault("params/kommun.yml", "", "något annat", "rätta", **at) for at in reversed(PLACES.values())]
    assert [fault.plats for fault in InputFaults(faults).faults] == list(PLACES)


def test_so_are_notices() -> None:
    notiser = [Notis("data/utfall.xlsx", "", "Är det rätt?", "antal", **at) for at in reversed(PLACES.values())]
    assert [notis.plats for notis in sorted(notiser)] == list(PLACES)


def test_files_come_first_and_faults_of_one_place_by_what_stood_there() -> None:
    faults = [
        Fault("b.yml", "", "något", "rätta", rad=1),
        Fault("a.yml", "b", "något", "rätta", rad=9),
        Fault("a.yml", "a", "något", "rätta", rad=9),
        Fault("a.yml", "a", "annat", "rätta", rad=9),
    ]
    shown = [(fault.fil, fault.stod, fault.vantat) for fault in InputFaults(faults).faults]
    assert shown == [("a.yml", "a", "annat"), ("a.yml", "a", "något"), ("a.yml", "b", "något"), ("b.yml", "", "något")]

"""Notices that an analyst accepts: the motive is kept, stands on the page, and lapses when the figure changes."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from commands import reporting
from conftest import EXEMPELKOMMUN
from reporting.assess.check import inspect_period
from reporting.assess.underlag import load, read_input_of
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.godkannanden import GODKANDA
from reporting.show.chapters.underlag import notices_table
from reporting.show.placeholders import to_check

AUGUSTI = Period(2025, 8)
FILE = Path("data/2025-08/kultur-och-fritidsnamnden/utfall-kultur.xlsx")


@pytest.fixture
def kommun(copy_of: Callable[[Path], Root]) -> Root:
    """Exempelkommun, where a share is above 100 per cent."""
    root = copy_of(EXEMPELKOMMUN)
    put(root, 104)
    return root


def put(root: Root, share: float) -> None:
    book = openpyxl.load_workbook(root.folder / FILE)
    sheet = book["Mätetal"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "bokbuss-forskolor")
    row[2].value, row[2].number_format = share, "General"
    book.save(root.folder / FILE)


def kod(root: Root) -> str:
    return next(n.kod for n in inspect_period(root, AUGUSTI).notiser if n.iakttagelse.startswith("En andel"))


def accept(root: Root, *arguments: str) -> tuple[int, str, str]:
    done = reporting("accept", *arguments, "--root", str(root.folder))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.process
def test_what_is_accepted_is_no_longer_asked_and_its_motive_stands_on_the_page(kommun: Root) -> None:
    code = kod(kommun)
    done = accept(kommun, code, "--motiv", 'Två "nya": förskolor', "--av", "Lena")
    assert done == (
        0,
        f"{code}: {FILE.as_posix()} blad Mätetal, cell C9: godkänt\n".replace("C9", done[1].split("cell ")[1][:2]),
        "",
    )
    kontroll = inspect_period(kommun, AUGUSTI)
    assert code not in [notis.kod for notis in kontroll.notiser]
    assert [(notis.kod, item.motiv, item.av) for notis, item in kontroll.godkanda if notis.kod == code] == [
        (code, 'Två "nya": förskolor', "Lena")
    ]
    shown = str(notices_table(load("2025-08", "kultur-och-fritidsnamnden", str(kommun.folder))))
    assert "Två &#34;nya&#34;: förskolor (Lena, " in shown


@pytest.mark.process
def test_when_the_figure_changes_it_is_asked_again(kommun: Root) -> None:
    accept(kommun, kod(kommun), "--motiv", "Stämmer")
    put(kommun, 105)
    assert [n.stod for n in inspect_period(kommun, AUGUSTI).notiser if n.iakttagelse.startswith("En andel")] == [
        "105\u00a0%"
    ]


@pytest.mark.process
def test_what_stands_in_the_file_is_kept(kommun: Root) -> None:
    path = kommun.folder / FILE.parent / GODKANDA
    written = '# vårt eget\ngodkanda:\n  - kod: "abcdef"\n    motiv: gammalt   # kvar'
    path.write_text(written, encoding="utf-8")
    assert accept(kommun, kod(kommun), "--motiv", "Stämmer")[0] == 0
    assert path.read_text(encoding="utf-8").startswith(written + "\n  - kod: ")


@pytest.mark.process
def test_a_file_in_another_shape_is_left_as_it_is(kommun: Root) -> None:
    path = kommun.folder / FILE.parent / GODKANDA
    written = 'godkanda: [{kod: "abcdef", motiv: gammalt}]\n'
    path.write_text(written, encoding="utf-8")
    code, _, told = accept(kommun, kod(kommun), "--motiv", "Stämmer")
    assert (code, path.read_text(encoding="utf-8")) == (1, written)
    assert "rätta filen, och godkänn igen" in told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("godkanda: hej\n", "rad 1"),
        ('godkanda:\n  - kod: "abcdef"\n    motiv: ""\n', "Väntat: ett motiv"),
        ('godkanda:\n  - kod: "abcdef"\n    skäl: x\n', "Menade du"),
    ],
)
def test_faults_in_the_file_are_told(kommun: Root, written: str, told: str) -> None:
    (kommun.folder / FILE.parent / GODKANDA).write_text(written, encoding="utf-8")
    faults = "\n".join(map(str, read_input_of(kommun, AUGUSTI, "kultur-och-fritidsnamnden").faults))
    assert "kultur-och-fritidsnamnden/godkanda.yml, rad" in faults
    assert told in faults or "motiv" in faults


@pytest.mark.process
def test_wrong_use(kommun: Root) -> None:
    code = kod(kommun)
    assert accept(kommun, "ffffff", "--motiv", "x")[0] == 2
    assert accept(kommun, code, "--motiv", "  ")[0] == 2
    assert accept(kommun, code)[0] == 2
    assert accept(kommun, code, "--motiv", "x", "--period", "2024-12")[0] == 2


def test_a_remark_beside_figures_gets_its_motive_too() -> None:
    from reporting.reading.godkannanden import Godkannande, remark_notis

    remark = "Delarna går inte ihop."
    accepted = {remark_notis(remark).kod: Godkannande(kod="x", motiv="Avrundat i källan")}
    assert "<strong>Att kontrollera.</strong>" in str(to_check([remark]))
    shown = str(to_check([remark], accepted))
    assert "<strong>Kontrollerat.</strong>" in shown
    assert "<strong>Kontrollerat:</strong> Avrundat i källan" in shown

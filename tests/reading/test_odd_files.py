"""What has the name of a file and isn't one, and names that can't be written: one fault each, and nothing else stops."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from broken_files import HERE, placed
from reporting.assess.check import inspect_period
from reporting.batch.inputs import stamp
from reporting.checksums import UNREADABLE, checksum_of
from reporting.faults import Faults
from reporting.files import file_bytes, printable
from reporting.params.root import KOMMUN_CHAPTER, PLAN_CHAPTER, PROJECT, find_root
from reporting.periods import Period
from table_text import rows

PERIOD = Period(2024, 12)
needs_pipes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes or devices among files")
needs_bytes = pytest.mark.skipif(sys.platform != "linux", reason="names are text on Windows and Macs")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def leading_nowhere(path: Path) -> None:
    path.symlink_to("ingenstans")


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "en mapp": (Path.mkdir, "en fil; det här är en mapp"),
    "ett rör": (pipe, "en fil; det här är ingen fil, utan något annat som har dess namn"),
    "en enhet": (device, "en fil; det här är ingen fil, utan något annat som har dess namn"),
    "en länk": (leading_nowhere, "en fil; det här är ingen fil, utan något annat som har dess namn"),
}

PLACES = """
data/2024-12/testnamnden/utfall.xlsx
data/2024-12/testnamnden/utfall-vard.csv
data/2024-12/testnamnden/texter.md
data/2024-12/testnamnden/godkanda.yml
data/2023-12/testnamnden/utfall.xlsx
data/historik.xlsx
params/2024-12.yml
params/planer/testnamnden.yml
params/blad/synpunkter.yml
notebooks/70-fordjupning.ipynb
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The clean root, with the two notebooks of its own that pages are made of."""
    placed("texter/okant-mal.md", tmp_path)
    (tmp_path / HERE / "texter.md").unlink()
    (tmp_path / "notebooks").mkdir()
    for name in (PLAN_CHAPTER, KOMMUN_CHAPTER):
        shutil.copy(PROJECT / "notebooks" / f"{name}.ipynb", tmp_path / "notebooks")
    return tmp_path


@needs_pipes
@pytest.mark.parametrize("place", [place for (place,) in rows(PLACES)])
@pytest.mark.parametrize("kind", KINDS)
def test_what_only_has_the_name_of_a_file_is_one_fault(kind: str, place: str, root: Path) -> None:
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    make, expected = KINDS[kind]
    make(root / place)
    found = inspect_period(find_root(root), PERIOD).faults
    assert [(fault.fil, fault.vantat) for fault in found] == [(place, expected)]
    assert stamp(find_root(root), PERIOD, ["testnamnden"])  # and no checksum waits for it


@needs_pipes
def test_a_pipe_has_no_bytes_and_no_checksum(tmp_path: Path) -> None:
    pipe(tmp_path / "a")
    assert checksum_of(tmp_path / "a") == UNREADABLE
    with pytest.raises(OSError, match="is no file"):
        file_bytes(tmp_path / "a")


# a name in bytes, as they are written in Python | what is told of it
NAMES = r"""
data/2024-12/testnamnden/utfall-v\xe5rd.xlsx    | data/2024-12/testnamnden/utfall-v�rd.xlsx: ett filnamn som går att läsa
data/2024-12/testnamnden/ut\x1b[31mfall.csv     | data/2024-12/testnamnden/ut�[31mfall.csv: ett filnamn som går att läsa
data/2024-12/testnamnden/ut\nfall.xlsx          | data/2024-12/testnamnden/ut�fall.xlsx: ett filnamn som går att läsa
data/2024-12/testnamnden/\xe2\x80\xaexcod.xlsx  | data/2024-12/testnamnden/�xcod.xlsx: ett filnamn som går att läsa
data/2024-12/testnamnden/anteckning\xe5.txt     | data/2024-12/testnamnden/anteckning�.txt: Filen läses inte.
data/2024-12/testnamnden/mapp\xe5/utfall.xlsx   | data/2024-12/testnamnden/mapp�: Arbetsböckerna i mappen läses inte.
data/2024-12/n\xe4mnd/utfall.xlsx               | data/2024-12/n�mnd/: en mapp med en nämnds id
params/planer/pl\xe5n.yml                       | params/planer/pl�n.yml: ett filnamn som går att läsa
params/blad/bl\xe5d.yml                         | params/blad/bl�d.yml: ett filnamn som går att läsa
notebooks/70-eg\xe5t.ipynb                      | notebooks/70-eg�t.ipynb: två siffror, bindestreck och ett namn med a–z,
notebooks/hj\xe5lp.csv                          |
"""


@needs_bytes
@pytest.mark.parametrize(("name", "told"), rows(NAMES))
def test_a_name_that_cannot_be_written_is_told_as_it_can(name: str, told: str, root: Path) -> None:
    path = root / os.fsdecode(name.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"{}")
    check = inspect_period(find_root(root), PERIOD)
    found = [(item.as_dict()["fil"], item.vantat) for item in check.faults]
    found += [(item.as_dict()["fil"], item.iakttagelse) for item in check.notiser]
    assert [f"{fil}: {said[:46]}".strip() for fil, said in found] == [told] * bool(told)
    for item in (*check.faults, *check.notiser, *stamp(find_root(root), PERIOD, ["testnamnden"])):
        assert str(item).encode()
        assert not set(str(item)) & set("\x1b\u202e\x07")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rad 1\nrad 2", "rad 1\nrad 2"),
        ("rad 1\r\nrad 2", "rad 1\nrad 2"),
        ("en\tflik", "en\tflik"),
        ("\x1b[2Jtömt", "�[2Jtömt"),
        ("\x9b2Jtömt", "�2Jtömt"),
        ("bakl\u202eänges", "bakl�änges"),
        ("\udce5", "�"),
    ],
)
def test_no_sign_that_steers_a_terminal_is_printed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_message_steers_no_terminal() -> None:
    faults = Faults("utfall.csv")
    faults.add("\x1b]0;x\x07", "ett tal", "skriv talet")
    faults.note("\x9b2J", "Något \x1b[31mrött.", "x")
    told = "".join((str(faults.found[0]), str(faults.notiser[0]), *faults.found[0].as_dict().values()))
    assert not set(told) & set("\x1b\x07\x9b")

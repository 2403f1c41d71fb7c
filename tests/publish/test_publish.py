"""`reporting publish` as an analyst runs it: made, checked, shown, delivered, taken back."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from broken_files import CLEAN
from conftest import PROJECT, run_all
from reporting.cli.publish import show_plan
from reporting.params.root import Root, find_root
from reporting.publish.versions import Intended
from table_text import rows

pytestmark = pytest.mark.browser


def publish(root: Root, *words: str, answer: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, with everything real; its answer and what it says."""
    command = [sys.executable, "-m", "reporting", "publish", *words, "--root", str(root.folder)]
    surroundings = {**os.environ, "PYTHONWARNINGS": "error", **environment}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", input=answer, env=surroundings, timeout=300, check=False
    )


@pytest.fixture
def one_period(tmp_path: Path) -> Root:
    """A small kommun with one period and one nämnd, run."""
    shutil.copytree(CLEAN, tmp_path / "kommun")
    shutil.copytree(PROJECT / "notebooks", tmp_path / "kommun" / "notebooks")
    root = find_root(tmp_path / "kommun")
    run_all(root, "2024-12")
    return root


def listed(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages(text: str) -> int:
    found = re.search(r"(\d+) sidor är gjorda och granskade", text)
    return int(found[1]) if found else 0


def new_figure(root: Root, cell: str, value: int) -> None:
    path = root.data / "2024-12" / "testnamnden" / "utfall.xlsx"
    book = openpyxl.load_workbook(path)
    book["Mätetal"][cell] = value
    book.save(path)


def test_published_changed_and_taken_back(one_period: Root, tmp_path: Path) -> None:
    made = publish(one_period)  # without an address it is made, to be looked at
    assert (made.returncode, made.stdout) == (0, f"{one_period.outputs / 'webbplats' / 'index.html'}\n"), made.stderr
    assert "Inget är publicerat: ange vart med --to, eller i kommun.yml under webbplats och till." in made.stderr

    target = tmp_path / "intranät"
    first = publish(one_period, "--to", str(target), "--yes")
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"Publicering 1 på {target}\n"
    assert pages(first.stderr) == 23
    assert "Testnämnden, Årsuppföljning 2024: ny rapport" in first.stderr
    one = listed(target)
    assert {"index.html", "v/0001/start.html", "v/0001/sok.html", "v/0001/tillganglighet.json"} <= one.keys()
    assert "testnamnden/matetal/olyckor.html" in one  # a permanent address

    again = publish(one_period, "--to", str(target), "--yes")
    assert (again.returncode, again.stdout) == (0, "")
    assert "Inget har ändrats sedan publicering 1." in again.stderr

    new_figure(one_period, "E6", 8)
    shown = publish(one_period, "--to", str(target), "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "ändrad testnamnden/matetal/olyckor.html" in shown.stdout.splitlines()
    assert "Testnämnden, Årsuppföljning 2024: " in shown.stderr
    assert re.fullmatch(r"(\d+ kB|\d+,\d MB) skulle skickas\. Inget är publicerat\.", shown.stderr.splitlines()[-1])
    told = (one_period.outputs / "andringar.html").read_text(encoding="utf-8")
    said = re.findall(r"<li>Mätetalet ([^<]*)</li>", told)
    assert said == [
        "Fallolyckor: utfallet ändras från 3 till 8",
        "Fallolyckor: statusen ändras från uppnått till ej uppnått",
        "Fallolyckor: utvecklingen ändras från förbättrad till försämrad",
    ]
    assert listed(target) == one  # nothing was delivered

    second = publish(one_period, "--to", str(target), "--yes")
    assert second.stdout == f"Publicering 2 på {target}\n", second.stderr
    two = listed(target)
    assert {name: two[name] for name in one if name != "index.html"} == {
        name: content for name, content in one.items() if name != "index.html"
    }
    unchanged = [
        name for name in one if name.startswith("v/0001/") and two.get(name.replace("0001", "0002")) == one[name]
    ]
    assert len(unchanged) > 20
    for name in unchanged:  # not sent again, but linked
        assert (target / name).stat().st_ino == (target / name.replace("0001", "0002")).stat().st_ino

    back = publish(one_period, "--to", str(target), "--rollback")
    assert back.stdout == f"Publicering 1 på {target}\n", back.stderr
    assert {name: content for name, content in listed(target).items() if not name.startswith("v/0002/")} == one

    every = publish(one_period, "--to", str(target), "--versions")
    lines = every.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert [line.endswith("visas nu") for line in lines] == [False, True]


def test_a_page_that_shuts_somebody_out_stops_the_publication_and_is_named(one_period: Root, tmp_path: Path) -> None:
    chapter = one_period.outputs / "2024-12" / "testnamnden" / ".kapitel" / "09-framtid.json"
    notebook = one_period.notebooks / "09-framtid.ipynb"
    text = notebook.read_text(encoding="utf-8")
    picture = "display(HTML('<table><tr><td>1</td></tr></table>'))"
    cell = f'"from IPython.display import HTML, display\\n", "{picture}\\n",'
    assert '"source": [' in text
    at = text.rindex('"source": [') + len('"source": [')
    notebook.write_text(text[:at] + cell + text[at:], encoding="utf-8")
    target = tmp_path / "intranät"
    stopped = publish(one_period, "--to", str(target), "--yes")
    assert chapter.is_file()
    assert stopped.returncode == 1, stopped.stderr
    assert stopped.stdout == ""
    assert "v/0000/2024-12/testnamnden/09-framtid.html" in stopped.stderr
    assert "Inget är publicerat: 1 sida har fel som stänger någon ute." in stopped.stderr
    assert not target.exists()


# bytes | as they are told
SIZES = """
0          | 0 kB
1          | 1 kB
12000      | 12 kB
12001      | 13 kB
999000     | 999 kB
999001     | 1,0 MB
1250000    | 1,3 MB
34999999   | 35,0 MB
1234567890 | 1·234,6 MB
"""


@pytest.mark.parametrize(("count", "told"), rows(SIZES))
def test_how_much_would_be_sent_is_a_swedish_sentence(
    count: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    planned = Intended(
        2, 1, None, ("ny.html",), ("andrad.html",), ("borta.html",), (), ("fast.html",), int(count), {}, {}
    )
    show_plan(planned)
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "ny ny.html",
        "ändrad andrad.html",
        "borttagen borta.html",
        "fast adress fast.html",
    ]
    assert shown.err == f"{told} skulle skickas. Inget är publicerat.\n"


# what is written | what is told | exit code
REFUSED = [
    (["--to", "ftp://server/mapp"], "Det går inte att publicera på «ftp:»", 1),
    (["--rollback"], "Ange var webbplatsen ligger med --to", 2),
    (["--number", "3", "--to", "mapp"], "--number hör ihop med --rollback.", 2),
    (["--to", "sftp://anna:hemligt@server/mapp"], "lösenord", 1),
]


@pytest.mark.parametrize(("words", "told", "code"), REFUSED, ids=[" ".join(words) for words, _, _ in REFUSED])
def test_what_can_not_be_is_told_before_anything_is_made(
    words: list[str], told: str, code: int, one_period: Root
) -> None:
    refused = publish(one_period, *words)
    assert (refused.returncode, refused.stdout) == (code, "")
    assert told in refused.stderr
    assert "hemligt" not in refused.stderr
    assert not (one_period.outputs / "webbplats").exists()


def test_without_a_browser_nothing_is_published(one_period: Root, tmp_path: Path) -> None:
    target = tmp_path / "intranät"
    stopped = publish(one_period, "--to", str(target), "--yes", REPORTING_BROWSER=str(tmp_path / "ingen"))
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert "REPORTING_BROWSER pekar på" in stopped.stderr
    assert not target.exists()

"""The site put together again: nothing is written where nothing has changed, and what doesn't belong any more is taken away."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import Sajt, run_periods, site_of
from reporting.files import write_whole
from reporting.params.root import Root, find_root
from reporting.site.cache import kept_files
from reporting.site.changes import report_differences
from reporting.site.facts import Namndfakta
from site_pages import sidor


@pytest.fixture
def copied_site(webbplats_lulea: Sajt, tmp_path: Path) -> Root:
    """Luleå with reports and site, in a folder of its own."""
    shutil.copytree(webbplats_lulea.root.folder, tmp_path / "kommun", copy_function=shutil.copy2)
    return find_root(tmp_path / "kommun")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def written(folder: Path) -> dict[str, int]:
    """When each file was written, in ns; gjort.json, the list of what is kept, is written every time."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name != "gjort.json" and path.suffix != ".pdf"
    }


def test_nothing_is_written_when_nothing_has_changed(copied_site: Root) -> None:
    before = written(copied_site.outputs)
    site_of(copied_site)
    assert written(copied_site.outputs) == before
    assert len(before) > 300


def test_the_same_site_from_nothing_in_another_folder_is_the_same_bytes(
    webbplats_lulea: Sajt, copied_site: Root
) -> None:
    for name in ("webbplats", ".webbplats", ".fakta"):
        shutil.rmtree(copied_site.outputs / name)
    again = site_of(copied_site)
    assert contents(again.folder) == contents(webbplats_lulea.folder)
    assert contents(again.webbplats.addresses) == contents(webbplats_lulea.webbplats.addresses)


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def edited(path: Path) -> None:
    """A figure changed by hand, in a file that otherwise is as it should be."""
    text = path.read_text(encoding="utf-8")
    assert "58" in text
    path.write_text(text.replace("58", "85"), encoding="utf-8")


def nonsense(path: Path) -> None:
    path.write_text('["inte", "det som väntades"]', encoding="utf-8")


def gone(path: Path) -> None:
    path.unlink()


FACTS = ".fakta/2024-12/socialnamnden.json"
CHART = ".webbplats/bilder/socialnamnden/samtal-myndighet.html"


@pytest.mark.parametrize("harm", [torn, edited, nonsense, gone])
@pytest.mark.parametrize("name", [FACTS, CHART])
def test_a_kept_file_that_has_come_to_harm_is_made_again(
    name: str, harm: Callable[[Path], None], webbplats_lulea: Sajt, copied_site: Root
) -> None:
    path = copied_site.outputs / name
    before = path.read_bytes()
    harm(path)
    again = site_of(copied_site)
    assert path.read_bytes() == before
    assert contents(again.folder) == contents(webbplats_lulea.folder)


@pytest.mark.parametrize("harm", [torn, nonsense, gone])
def test_without_the_list_of_what_is_kept_everything_is_made_again(
    harm: Callable[[Path], None], tmp_path: Path
) -> None:
    names = [f"bilder/{number}.html" for number in range(5)]

    def make() -> list[str]:
        with kept_files(tmp_path) as files:
            made = [name for name in names if files.lacks(name, name.encode())]
            for name in made:
                write_whole(files.path(name), name)
        return made

    assert (make(), make()) == (names, [])
    harm(tmp_path / "gjort.json")
    assert (make(), make()) == (names, [])


def test_what_is_kept_is_made_again_of_something_else_and_goes_when_nobody_asks_for_it(tmp_path: Path) -> None:
    def make(**of: str) -> list[str]:
        with kept_files(tmp_path) as files:
            made = [name for name, content in of.items() if files.lacks(name, content.encode())]
            for name in made:
                write_whole(files.path(name), of[name])
        return made

    assert make(ett="1", tva="2") == ["ett", "tva"]
    assert make(ett="1", tva="2 ändrat") == ["tva"]
    assert make(tva="2 ändrat") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gjort.json", "tva"]
    assert make(ett="1", tva="2 ändrat") == ["ett"]


def test_a_period_that_is_taken_away_leaves_nothing_behind(copied_site: Root) -> None:
    before = contents(copied_site.outputs / "webbplats")
    assert any("2017-12" in name for name in before)
    (copied_site.params / "2017-12.yml").unlink()
    again = site_of(copied_site)
    names = contents(again.folder)
    assert [name for name in names if "2017-12" in name] == []
    linked = [name for page in sidor(again.folder).values() for name, _, _ in page.lankar if "2017-12" in name]
    assert linked == []
    assert [name for name in contents(again.webbplats.addresses) if "2017-12" in name] == []
    assert [
        name for name in contents(copied_site.outputs / ".webbplats") if "2017-12" in name and "pdf" not in name
    ] == []
    assert len(names) < len(before)


def test_a_changed_cell_changes_what_shows_it_and_is_told_in_a_sentence(
    webbplats_lulea: Sajt, copied_site: Root
) -> None:
    path = copied_site.data / "2024-12" / "socialnamnden" / "utfall-ifo.xlsx"
    book = openpyxl.load_workbook(path)
    assert book["Mätetal"]["C2"].value == 0.58
    book["Mätetal"]["C2"] = 0.93
    book.save(path)
    run_periods(copied_site)
    again = site_of(copied_site)

    def by_key(sajt: Sajt) -> dict[tuple[str, str], Namndfakta]:
        return {(str(when), item.namnd): item for when, items in sajt.fakta.items() for item in items}

    (report,) = report_differences(by_key(webbplats_lulea), by_key(again))
    assert (report.period, report.namn) == ("2024-12", "Socialnämnden")
    assert [str(item).replace("\u00a0", " ") for item in report.andringar] == [
        "Mätetalet Besvarade samtal, Myndighet: utfallet ändras från 58 % till 93 %",
        "Mätetalet Besvarade samtal, Myndighet: statusen ändras från ej uppnått till uppnått",
        "Mätetalet Besvarade samtal, Myndighet: utvecklingen ändras från försämrad till förbättrad",
    ]
    before, now = contents(webbplats_lulea.folder), contents(again.folder)
    changed = {name.removeprefix("v/0000/") for name in now if now[name] != before.get(name)}
    assert "socialnamnden/matetal/samtal-myndighet.html" in changed
    assert not any(name.startswith(("2017-12/", "2023-")) for name in changed)

"""The site as files: the same each time, made again only where something has changed, and nothing left behind."""

import shutil
from pathlib import Path

import pytest

from conftest import Sajt, site_of
from reporting.params.root import find_root
from reporting.site.cache import kept_files
from reporting.site.facts_files import FACTS_FOLDER


def times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def own(webbplats_lulea: Sajt, tmp_path: Path) -> Sajt:
    """A copy of Luleå with its reports and its site, to change."""
    shutil.copytree(webbplats_lulea.root.folder, tmp_path / "kommun")
    return site_of(find_root(tmp_path / "kommun"))


def test_a_second_time_no_file_is_written(own: Sajt) -> None:
    before = times(own.folder)
    assert len(before) > 200
    assert times(site_of(own.root).folder) == before


def test_the_same_reports_give_the_same_bytes_somewhere_else(own: Sajt, webbplats_lulea: Sajt) -> None:
    shutil.rmtree(own.root.outputs / ".webbplats")
    shutil.rmtree(own.folder)
    shutil.rmtree(own.root.outputs / FACTS_FOLDER)
    assert contents(site_of(own.root).folder) == contents(webbplats_lulea.folder)


def test_what_is_no_longer_there_leaves_nothing_behind(own: Sajt) -> None:
    assert any("/2017-12/" in name for name in times(own.folder))
    (own.root.params / "2017-12.yml").unlink()
    after = times(site_of(own.root).folder)
    assert [name for name in after if "2017-12" in name] == []
    assert not (
        own.root.outputs / ".webbplats" / "2017-12" / "socialnamnden" / "socialnamnden-2017-12-tabeller.xlsx"
    ).exists()


@pytest.mark.parametrize("broken", ["", "{", '{"av": 1}', '{"av": "x", "fakta": {}}', "[]"])
def test_kept_facts_that_are_broken_are_read_again(broken: str, own: Sajt) -> None:
    before = contents(own.folder)
    path = own.root.outputs / FACTS_FOLDER / "2024-12" / "socialnamnden.json"
    assert path.is_file()
    path.write_text(broken, encoding="utf-8")
    (own.root.outputs / ".webbplats" / "gjort.json").write_text(broken, encoding="utf-8")
    assert contents(site_of(own.root).folder) == before


def test_kept_files_are_made_again_only_where_what_they_are_made_of_has_changed(tmp_path: Path) -> None:
    made: list[str] = []

    def wanted(**files: str) -> None:
        with kept_files(tmp_path) as folder:
            for name, of in files.items():
                if folder.lacks(name, of.encode()):
                    made.append(name)
                    folder.path(name).write_text(of, encoding="utf-8")

    wanted(a="1", b="1")
    wanted(a="1", b="2")
    assert made == ["a", "b", "b"]
    wanted(a="1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "gjort.json"]
    (tmp_path / "a").unlink()
    wanted(a="1")
    assert made == ["a", "b", "b", "a"]


def test_files_that_could_not_be_made_are_asked_for_again(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), kept_files(tmp_path) as folder:
        assert folder.lacks("a", b"1")
        raise OSError("disken är full")
    with kept_files(tmp_path) as folder:
        assert folder.lacks("a", b"1")
        folder.path("a").write_bytes(b"1")

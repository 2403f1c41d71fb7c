"""A site that version 0.5.1 published is read, compared and brought back by this program.

data/site-0.5.1.zip is of such a site: Exempelkommun's start page and the facts of one nämnd, byte for byte, with the manifest cut down to
those files. It is never made again: facts that are added later get a default, so that these can still be read.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import EXEMPELKOMMUN, PROJECT
from delivered_site import start_of, write_site
from reporting.assess.underlag import load
from reporting.publish.deliver import deliver, rollback
from reporting.publish.destination import Destination, open_destination
from reporting.publish.versions import live_version, read_published, read_version
from reporting.site.changes import report_differences
from reporting.site.facts import Namndfakta, fakta_of
from reporting.site.facts_files import from_json

pytestmark = pytest.mark.whole

NAMND = "socialnamnden"


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Destination]:
    """The folder that 0.5.1 published in."""
    with zipfile.ZipFile(PROJECT / "tests" / "data" / "site-0.5.1.zip") as site:
        site.extractall(tmp_path / "sajt")
    with open_destination(str(tmp_path / "sajt")) as destination:
        yield destination


def facts(published: Destination, period: str) -> Namndfakta:
    """What 0.5.1 published of the nämnd."""
    fakta = from_json(read_published(published, f"fakta/{period}/{NAMND}.json") or b"")
    assert fakta is not None, "facts that 0.5.1 published must be possible to read: has a field no default?"
    return fakta


def test_its_manifest_is_read(published: Destination) -> None:
    live = live_version(published)
    assert live is not None
    assert (live.number, live.program, live.ersatter) == (1, "0.5.1", None)


@pytest.mark.parametrize("period", ["2024-12", "2025-08"])
def test_its_facts_are_compared_with_those_of_today(published: Destination, period: str) -> None:
    before, now = facts(published, period), fakta_of(load(period, NAMND, str(EXEMPELKOMMUN)))
    assert (before.namn, before.period) == ("Socialnämnden", period)
    told = [
        str(item)
        for report in report_differences({(period, NAMND): before}, {(period, NAMND): now})
        for item in report.andringar
    ]
    if period == "2025-08":  # rounding no longer decides
        assert "Mätetalet Sjukfrånvaro: statusen ändras från uppnått till nära målvärde" in told
    assert all(" fanns inte" not in item for item in told)


def test_it_is_brought_back_byte_for_byte(published: Destination, tmp_path: Path) -> None:
    start = (tmp_path / "sajt" / "index.html").read_bytes()
    new = deliver(published, *write_site(tmp_path / "ny", 2), start_of(2), lambda _done, _of: None)
    assert new is not None
    assert (tmp_path / "sajt" / "index.html").read_bytes() != start
    assert rollback(published).number == 1
    assert (tmp_path / "sajt" / "index.html").read_bytes() == start
    first = read_version(published, 1)
    assert first is not None
    assert set(first.filer) == {f"fakta/{period}/{NAMND}.json" for period in ("2024-12", "2025-08")}

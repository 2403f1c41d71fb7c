"""A site is published whole or not at all: to a folder, to a real OpenSSH, to a real Apache with mod_dav."""

import hashlib
import json
import os
import platform
import random
import shutil
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import delivered_site
from delivered_site import CHANGING, CONTENTS, SHARED, checked_start, fetched, pages, start_of, write_site
from reporting.publish.address import DeliveryError, parse_address
from reporting.publish.deliver import deliver, padded, rollback
from reporting.publish.destination import Destination, open_destination
from reporting.publish.lock import LOCK
from reporting.publish.versions import (
    KEPT_START_PAGE,
    MANIFEST,
    Intended,
    Version,
    all_publications,
    intended,
    live_number,
    live_version,
    read_published,
)
from servers import Place, Server, apache, free_port, made_key, needed, place_in, sshd
from tiers import many

pytestmark = pytest.mark.server

KINDS = ("mapp", "sftp", "webdav")


@pytest.fixture(scope="session")
def ssh_server() -> Iterator[Server]:
    with sshd() as server:
        yield server


@pytest.fixture(scope="session")
def dav_server() -> Iterator[Server]:
    with apache() as server:
        yield server


@pytest.fixture
def place_of(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Place]:
    """A place of its own, of a kind, with HOME for whoever publishes there."""

    def made(kind: str) -> Place:
        fixtures = {"sftp": "ssh_server", "webdav": "dav_server"}
        servers = {kind: request.getfixturevalue(fixtures[kind])} if kind in fixtures else {}
        place = place_in(kind, f"sidor-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:8]}", servers, tmp_path)
        at_home(monkeypatch, place.home)
        return place

    return made


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, place_of: Callable[[str], Place]) -> Place:
    return place_of(request.param)


def at_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


def opened(place: Place) -> Destination:
    return open_destination(place.url, place.password)


def edition_in(folder: Path, edition: int) -> tuple[Path, Path]:
    return write_site(folder / f"utgåva-{edition}", edition)


def published(place: Place, folder: Path, edition: int, *, break_lock: bool = False) -> Version | None:
    with opened(place) as destination:
        return deliver(
            destination,
            *edition_in(folder, edition),
            start_of(edition),
            lambda _done, _of: None,
            break_lock=break_lock,
        )


def planned(place: Place, folder: Path, edition: int) -> Intended:
    with opened(place) as destination:
        return intended(destination, *edition_in(folder, edition))


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, and their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def verify(place: Place) -> list[int]:
    """Holds every publication that has a manifest to it, byte for byte. Gives their numbers."""
    numbers = []
    for path in sorted((place.folder / "v").iterdir()):
        said = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        there = {name: [hashlib.sha256(each).hexdigest(), len(each)] for name, each in contents(path).items()}
        del there[MANIFEST]
        assert there.pop(KEPT_START_PAGE) == said["start"]
        assert there == said["filer"]
        assert path.name == f"{said['nummer']:04d}"
        numbers.append(said["nummer"])
    return numbers


def live(place: Place) -> tuple[int, int]:
    """Number and edition of what readers see."""
    number, path, summa, edition = checked_start(fetched(place.read, "index.html"))
    assert hashlib.sha256(fetched(place.read, path)).hexdigest() == summa
    return number, int(edition)


# What is published


def test_a_publication_holds_the_site_and_says_who_made_it(place: Place, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with opened(place) as destination:
        version = deliver(destination, *edition_in(tmp_path, 1), start_of(1), lambda *count: told.append(count))
        assert version is not None
        assert all_publications(destination) == [version] == [live_version(destination)]
        assert read_published(destination, CONTENTS) == pages(1)[CONTENTS]
        assert read_published(destination, "finns inte.html") is None
        assert destination.entries(".publicering") == {}
    assert told == [(n + 1, len(pages(1))) for n in range(len(pages(1)))]
    assert (version.number, version.ersatter, version.live, version.dator) == (1, None, True, platform.node())
    there = contents(place.folder)
    assert there["index.html"] == padded(start_of(1)(1, version.tid))
    assert there.pop("index.html") == there.pop("v/0001/start.html")
    assert json.loads(there.pop("v/0001/publicering.json"))["tid"] == version.tid.isoformat()
    assert {path: each for path, each in there.items() if path.startswith("v/")} == {
        f"v/0001/{path}": each for path, each in pages(1).items()
    }
    assert {path: each for path, each in there.items() if not path.startswith("v/")} == contents(
        tmp_path / "utgåva-1" / "adresser"
    )
    assert live(place) == (1, 1)


def test_only_what_has_changed_travels(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    ahead = planned(place, tmp_path, 2)
    sent = {path for path, content in pages(2).items() if content not in pages(1).values()}
    assert set(ahead.new) | set(ahead.changed) >= sent
    assert (len(ahead.unchanged), len(ahead.changed), len(ahead.new), len(ahead.removed)) == (
        SHARED,
        CHANGING + 1,
        2,
        2,
    )
    assert ahead.bytes == sum(len(pages(2)[path]) for path in sent)
    requests = place.log.read_text(encoding="utf-8").count("\n") if place.kind == "webdav" else 0
    published(place, tmp_path, 2)
    assert verify(place) == [1, 2]
    if place.kind == "webdav":
        lines = place.log.read_text(encoding="utf-8").splitlines()[requests:]
        put = [line.split(" ", 1)[1].rsplit(" ", 1)[0] for line in lines if line.startswith("PUT")]
        within = [path for path in put if "/v/0002/" in path]
        assert len(within) == len(sent) + 2  # and start.html, publish.prepare.json
        assert sum(line.startswith("COPY") for line in lines) == len(pages(2)) - len(sent)
    else:
        for path in pages(2):
            new = place.folder / "v" / "0002" / path
            assert new.stat().st_nlink == (1 if path in sent else 2), path


def test_what_is_live_already_is_not_published_again(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    before = contents(place.folder)
    assert planned(place, tmp_path, 1).nothing
    assert published(place, tmp_path, 1) is None
    assert contents(place.folder) == before
    address = next(path for path in pages(1) if path.startswith("delar"))
    (place.folder / address).unlink()
    assert planned(place, tmp_path, 1).adresser == (address,)
    assert published(place, tmp_path, 1) is not None
    assert contents(place.folder)[address] == before[address]


def test_a_plan_changes_nothing(place: Place, tmp_path: Path) -> None:
    first = planned(place, tmp_path, 1)
    assert (first.number, first.live, len(first.new), first.nothing) == (1, None, len(pages(1)), False)
    assert not place.folder.exists()
    published(place, tmp_path, 1)
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")}
    assert planned(place, tmp_path, 2).number == 2
    assert {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")} == before


def test_permanent_addresses_stay_as_they_are(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    (place.folder / CONTENTS).write_bytes(b"en egen omdirigering")
    published(place, tmp_path, 2)
    assert (place.folder / CONTENTS).read_bytes() == b"en egen omdirigering"
    assert [path for path in pages(1) if not (place.folder / path).is_file()] == []


def test_a_damaged_file_is_sent_again(place_of: Callable[[str], Place], tmp_path: Path) -> None:
    place = place_of("mapp")
    published(place, tmp_path, 1)
    damaged = next(path for path in pages(1) if path.startswith("delar"))
    content = (place.folder / "v" / "0001" / damaged).read_bytes()
    (place.folder / "v" / "0001" / damaged).write_bytes(content[:-1] + b"!")
    published(place, tmp_path, 2)
    assert (place.folder / "v" / "0002" / damaged).read_bytes() == content
    assert read_index_after_failing_rollback(place) == 2


def read_index_after_failing_rollback(place: Place) -> int | None:
    """A publication that isn't whole isn't brought back. Gives what is live then."""
    missing = place.folder / "v" / "0001" / CONTENTS
    missing.unlink()
    with opened(place) as destination:
        with pytest.raises(DeliveryError, match=f"Publicering 1 är inte hel längre: {CONTENTS}"):
            rollback(destination)
        return live_number(destination)


# Going back


def test_an_earlier_publication_is_brought_back_byte_for_byte(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    first = contents(place.folder)["index.html"]
    published(place, tmp_path, 2)
    published(place, tmp_path, 3)
    with opened(place) as destination:
        assert (rollback(destination).number, live_number(destination)) == (2, 2)
        assert rollback(destination).number == 1
        with pytest.raises(DeliveryError, match="Publicering 1 är den första"):
            rollback(destination)
        with pytest.raises(DeliveryError, match=r"Publicering 7 finns inte .* Det finns 1, 2, 3\."):
            rollback(destination, 7)
        assert [version.live for version in all_publications(destination)] == [True, False, False]
    assert (place.folder / "index.html").read_bytes() == first
    assert live(place) == (1, 1)
    ahead = planned(place, tmp_path, 3)
    assert (ahead.number, ahead.live, ahead.previous and ahead.previous.number) == (4, 1, 1)
    again = published(place, tmp_path, 3)
    assert again is not None
    assert (again.number, again.ersatter) == (4, 1)
    assert verify(place) == [1, 2, 3, 4]
    with opened(place) as destination:
        assert rollback(destination).number == 1
        assert rollback(destination, 3).number == 3
    assert live(place) == (3, 3)


def test_without_any_publication_there_is_nothing_to_go_back_to(place: Place, tmp_path: Path) -> None:
    with opened(place) as destination:
        assert all_publications(destination) == []
        assert live_version(destination) is None
        with pytest.raises(DeliveryError, match="Det finns ingen publicering där"):
            rollback(destination)
    assert not place.folder.exists()


# Interrupted


KILLS = many(6, 100)


class Publisher:
    """A process that publishes an edition when it is told to."""

    def __init__(self, place: Place, folder: Path, edition: int) -> None:
        edition_in(folder, edition)
        command = [sys.executable, delivered_site.__file__, "publish", place.url, place.password]
        self.process = subprocess.Popen(
            [*command, str(folder / f"utgåva-{edition}"), str(edition)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def begin(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stdout.readline() == "redo\n"
        self.process.stdin.write("nu\n")
        self.process.stdin.flush()

    def placed(self, files: int) -> None:
        """Waits until so many files are in place."""
        assert self.process.stdout
        while (line := self.process.stdout.readline()) and line != f"{files}\n":
            pass

    def ended(self) -> int | None:
        """The number that it published; None where it was killed first."""
        with self.process:
            assert self.process.stdout
            last = self.process.stdout.read().strip().rsplit("\n", 1)[-1]
        return int(last.removeprefix("klar ")) if last.startswith("klar") else None


def saying_nothing(place: Place) -> bool:
    lock = place.folder / LOCK
    return lock.exists() and not list(lock.iterdir())


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.nightly] * (kind != KINDS[0])) for kind in KINDS]
)
def test_killed_at_any_point_readers_see_one_whole_site(
    kind: str, place_of: Callable[[str], Place], tmp_path: Path
) -> None:
    place, chance = place_of(kind), random.Random(f"avbrott {kind}")
    published(place, tmp_path, 1)
    whole = Publisher(place, tmp_path, 2)
    whole.begin()
    begun = time.monotonic()
    whole.placed(len(pages(2)))
    longest = (time.monotonic() - begun) * 3  # there is more to come, and leftovers to clear away
    assert whole.ended() == 2
    reader = subprocess.Popen(
        [sys.executable, delivered_site.__file__, "read", place.read, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    waiting = [Publisher(place, tmp_path, 3), Publisher(place, tmp_path, 4)]
    numbers, half = [], 0
    for kill in chance.sample(range(KILLS), KILLS):
        publisher = waiting.pop(0)
        publisher.begin()
        if not saying_nothing(place):  # a lock that doesn't say whose it is takes seconds to get past
            if kill % 3:
                with suppress(subprocess.TimeoutExpired):
                    publisher.process.wait(longest * (kill + chance.random()) / KILLS)
            else:
                publisher.placed(1 + kill * len(pages(2)) // KILLS)
            publisher.process.kill()
        numbers.append(publisher.ended())
        half += any(not (path / MANIFEST).exists() for path in (place.folder / "v").iterdir())
        if len(numbers) + 2 <= KILLS:
            waiting.append(Publisher(place, tmp_path, len(numbers) + 4))
    assert len(numbers) == KILLS
    last = published(place, tmp_path, 100)
    said, _ = reader.communicate(timeout=60)
    seen = json.loads(said)
    assert seen["failed"] == []
    assert seen["reads"] > KILLS
    assert len(seen["publications"]) > 1
    assert numbers.count(None) >= KILLS // 3
    assert half > 0
    assert last is not None
    there = verify(place)
    assert there[0] == 1
    assert there[-1] == last.number
    assert {number for number in numbers if number} <= set(there)
    assert set(seen["publications"]) <= set(there)
    assert live(place) == (last.number, 100)
    assert contents(place.folder / ".publicering") == {}
    everything = contents(place.folder)
    with opened(place) as destination:
        rollback(destination, 1)
    assert contents(place.folder) == everything | {"index.html": everything["v/0001/start.html"]}


def test_a_start_page_is_never_missing_or_half_while_it_is_replaced(place: Place) -> None:
    # Of other lengths Apache sends parts: it looks up how long the old one is, and opens the new one.
    starts = [padded(start_of(edition)(edition, datetime.now(UTC)) * (1 + edition % 9)) for edition in range(1, 101)]
    ended, seen = threading.Event(), []

    def read() -> None:
        while not ended.is_set():
            seen.append(fetched(place.read, "index.html"))

    with opened(place) as destination:
        destination.make_folder("")
        destination.make_folder(".publicering")
        destination.replace(starts[0], "index.html")
        thread = threading.Thread(target=read)
        thread.start()
        for content in starts:
            destination.replace(content, "index.html")
        ended.set()
        thread.join()
    assert len(set(seen)) > 1
    assert set(seen) <= set(starts)


# Two at once


def test_of_two_publishers_the_second_is_told_who_was_first(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    first, go_on, told = threading.Event(), threading.Event(), []

    def held_up(_done: int, _of: int) -> None:
        first.set()
        go_on.wait(30)

    def publish() -> None:
        with opened(place) as destination:
            try:
                deliver(destination, *edition_in(tmp_path, 2), start_of(2), held_up)
            except DeliveryError as error:
                told.append(str(error))

    for take_over in (False, True):
        first.clear()
        go_on.clear()
        thread = threading.Thread(target=publish)
        thread.start()
        assert first.wait(30)
        before = contents(place.folder)
        with pytest.raises(
            DeliveryError, match=rf"på {platform.node()} \(process {os.getpid()}\) sedan .* --break-lock"
        ):
            published(place, tmp_path, 3)
        assert contents(place.folder) == before
        if take_over:
            assert published(place, tmp_path, 5, break_lock=True)
        go_on.set()
        thread.join()
        assert live(place) == ((4, 5) if take_over else (2, 2))
        with opened(place) as destination:
            rollback(destination, 1)
    assert [text for text in told if "Någon bröt låset" in text] == told
    assert len(told) == 1
    assert contents(place.folder / ".publicering") == {}
    verify(place)


def test_of_many_that_begin_at_once_one_publishes(place: Place, tmp_path: Path) -> None:
    edition_in(tmp_path, 1)
    together, said = threading.Barrier(4), []

    def publish() -> None:
        with opened(place) as destination:
            destination.make_folder("")
            together.wait(30)
            folder = tmp_path / "utgåva-1"
            try:
                deliver(destination, folder / "sajt", folder / "adresser", start_of(1), lambda _done, _of: None)
                said.append("klar")
            except DeliveryError as error:
                said.append(str(error))

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [text for text in said if text != "klar" and "publicerar just nu" not in text] == []
    if "klar" in said:  # each may have seen another
        assert verify(place) == [1]
    assert published(place, tmp_path, 2)
    assert contents(place.folder / ".publicering") == {}


def left_behind(place: Place, **said: object) -> None:
    """A lock that nobody took away."""
    holder = {
        "vem": "Åsa",
        "dator": platform.node(),
        "process": os.getpid(),
        "startad": 0.0,
        "sedan": "2025-09-01 08:00",
    }
    (place.folder / LOCK).mkdir(parents=True)
    (place.folder / LOCK / "vem-1.json").write_text(json.dumps(holder | said), encoding="utf-8")
    for path in (place.folder / LOCK, place.folder / LOCK / "vem-1.json"):
        path.chmod(0o777)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", ["an ended process", "a number used again", "nobody yet"])
def test_a_lock_left_by_a_dead_process_is_taken_over(
    kind: str, of: str, place_of: Callable[[str], Place], tmp_path: Path
) -> None:
    place = place_of(kind)
    published(place, tmp_path, 1)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    if of == "nobody yet":
        left_behind(place)
        (place.folder / LOCK / "vem-1.json").unlink()
    else:
        left_behind(place, **({"process": ended.pid} if of == "an ended process" else {"startad": 1.0}))
    assert published(place, tmp_path, 2)
    assert contents(place.folder / ".publicering") == {}


def test_a_lock_of_another_computer_has_to_be_broken(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    left_behind(place, dator="en annan dator")
    with pytest.raises(DeliveryError, match=r"Åsa på en annan dator .* sedan 2025-09-01 08:00 publicerar just nu"):
        published(place, tmp_path, 2)
    assert live(place) == (1, 1)
    assert published(place, tmp_path, 2, break_lock=True)
    assert live(place) == (2, 2)


# What can be wrong with the place


def refused(place: Place, tmp_path: Path, words: str) -> str:
    """Publishing is refused in these words."""
    with pytest.raises(DeliveryError, match=words) as told:
        published(place, tmp_path, 1)
    assert "Errno" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "står inte vart"),
        ("ftp://server/sidor", "Det går inte att publicera på «ftp:»"),
        ("https://server/sidor", r"Menade du webdavs://\?"),
        ("sftp:server/sidor", "saknas en server"),
        ("sftp://server", "saknas en mapp"),
        ("webdav:///sidor", "saknas en server"),
        ("sftp://server:port/sidor", "går inte att läsa"),
        ("webdavs://server/sidor?x=1", r"får inte innehålla \?"),
        ("sftp://anna:hemligt@server/sidor", "Det står ett lösenord i adressen"),
    ],
)
def test_an_address_that_wont_do_is_told(address: str, words: str) -> None:
    with pytest.raises(DeliveryError, match=words) as told:
        open_destination(address)
    assert "hemligt" not in str(told.value)


@pytest.mark.parametrize(
    ("library", "address"), [("paramiko", "sftp://anna@server/a"), ("webdav4", "webdavs://server/a")]
)
def test_an_extra_that_is_not_installed_is_told_with_how_to_install_it(library: str, address: str) -> None:
    program = f"""
import sys
sys.modules[{library!r}] = None  # as where it isn't installed
from reporting.publish.destination import open_destination
from reporting.publish.address import DeliveryError
try:
    open_destination({address!r})
except DeliveryError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True).stdout
    assert told == (
        "Att publicera med SFTP eller WebDAV kräver tillägget server, som inte är installerat. Installera det med "
        '«uv sync --extra server» eller «pip install "namndrapport[server]"», och kör igen. '
        "Det som är publicerat är inte ändrat.\n"
    )


@pytest.mark.parametrize("folder", ["sidor", "../sidor", "~/sidor", r"C:\sidor", "C:/sidor", r"\\server\delat\sidor"])
def test_a_folder_is_a_folder_however_it_is_written(folder: str) -> None:
    assert (parse_address(folder).kind, parse_address(folder).path) == ("mapp", folder)


def test_the_parts_of_an_address() -> None:
    address = parse_address("webdavs://anna%40kommun@server:8443/sidor/n%C3%A4mnder/")
    assert (address.user, address.where, address.path) == ("anna@kommun", "server, port 8443", "/sidor/nämnder")
    assert address.secure
    assert parse_address("sftp://[::1]:2222/srv").host == "::1"


def test_a_start_page_of_somebody_else_is_left_alone(place: Place, tmp_path: Path) -> None:
    published(place, tmp_path, 1)
    for path in place.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (place.folder / "index.html").write_text("Intranätet", encoding="utf-8")
    refused(place, tmp_path, "redan en index.html som inte är härifrån")
    assert contents(place.folder) == {"index.html": "Intranätet".encode()}


def test_a_file_is_no_place(place: Place, tmp_path: Path) -> None:
    place.folder.write_text("en fil", encoding="utf-8")
    refused(place, tmp_path, "är en fil|en fil och ingen mapp")
    assert place.folder.read_text(encoding="utf-8") == "en fil"


def test_the_folder_above_must_be_there(place_of: Callable[[str], Place], tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / kind).mkdir()
    place = place_of("mapp")
    deep = Place("mapp", f"{place.url}/a/b", "", place.folder, place.read, place.log, place.home)
    refused(deep, tmp_path, "mappen ovanför")
    assert not place.folder.exists()


@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_the_folder_above_must_be_there_on_a_server(
    kind: str, place_of: Callable[[str], Place], tmp_path: Path
) -> None:
    place = place_of(kind)
    deep = Place(kind, f"{place.url}/a/b", place.password, place.folder, place.read, place.log, place.home)
    refused(deep, tmp_path, "[Mm]appen ovanför")
    assert not place.folder.exists()


@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_a_wrong_password_is_told(
    kind: str, place_of: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_of(kind)
    if kind == "sftp":  # without a key there is only the password
        home = tmp_path / "nyckellös"
        (home / ".ssh").mkdir(parents=True)
        shutil.copy(place.home / ".ssh" / "known_hosts", home / ".ssh")
        at_home(monkeypatch, home)
        refused(place, tmp_path, "det finns ingen nyckel i ~/.ssh eller ssh-agent, och inget lösenord gavs")
    wrong = Place(kind, place.url, "fel ord", place.folder, place.read, place.log, place.home)
    assert "fel ord" not in refused(wrong, tmp_path, "släppte inte in .*fel användare")
    assert not place.folder.exists()


@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_a_server_that_does_not_answer_is_told(
    kind: str, place_of: Callable[[str], Place], tmp_path: Path, ssh_server: Server
) -> None:
    place_of("sftp")
    url = f"{kind}://anna@127.0.0.1:{free_port()}/sidor"
    refused(
        Place(kind, url, "", tmp_path, "", tmp_path, tmp_path), tmp_path, "svarar inte. Kontrollera server och port"
    )


def test_what_speaks_something_else_is_told(
    place_of: Callable[[str], Place], tmp_path: Path, ssh_server: Server, dav_server: Server
) -> None:
    place_of("sftp")
    url = f"sftp://anna@127.0.0.1:{dav_server.port}/sidor"
    refused(Place("sftp", url, "", tmp_path, "", tmp_path, tmp_path), tmp_path, "Förbindelsen med 127.0.0.1")
    url = f"webdav://anna@127.0.0.1:{ssh_server.port}/sidor"
    refused(Place("webdav", url, "x", tmp_path, "", tmp_path, tmp_path), tmp_path, "Förbindelsen med 127.0.0.1")


def test_an_unknown_server_is_refused_and_its_key_is_told(
    place_of: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ssh_server: Server
) -> None:
    place = place_of("sftp")
    home = tmp_path / "ny"
    shutil.copytree(place.home, home)
    known = home / ".ssh" / "known_hosts"
    known.unlink()
    at_home(monkeypatch, home)
    told = refused(place, tmp_path, "är okänd för den här datorn")
    listed = subprocess.run(
        [needed("ssh-keygen"), "-l", "-f", str(ssh_server.folder.parent / "host.pub")],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout.split()[1]
    assert listed in told
    assert f"ssh-keyscan -p {ssh_server.port} 127.0.0.1 >> {known}" in told
    assert not place.folder.exists()
    assert not known.exists()


def test_a_server_with_another_key_than_before_is_refused(
    place_of: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ssh_server: Server
) -> None:
    place = place_of("sftp")
    home = tmp_path / "bytt"
    shutil.copytree(place.home, home)
    name = f"[127.0.0.1]:{ssh_server.port}"
    (home / ".ssh" / "known_hosts").write_text(f"{name} {made_key(tmp_path / 'annan')}\n", encoding="utf-8")
    at_home(monkeypatch, home)
    assert f'ssh-keygen -R "{name}"' in refused(place, tmp_path, "visar en annan nyckel än förut, .*SHA256:")
    assert not place.folder.exists()


def test_a_server_that_only_lets_one_read_is_told(
    place_of: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sshd(read_only=True) as server:
        place = place_in("sftp", "sidor", {"sftp": server}, tmp_path)
        place.folder.mkdir()
        at_home(monkeypatch, place.home)
        refused(place, tmp_path, "får inte läsa eller skriva")
        assert contents(place.folder) == {}


@pytest.mark.parametrize(
    ("path", "words"), [("stangd", "redaktör får inte skriva"), ("trangt", "tar inte emot så stora filer")]
)
def test_what_apache_does_not_allow_is_told(
    path: str, words: str, place_of: Callable[[str], Place], tmp_path: Path, dav_server: Server
) -> None:
    place = place_of("webdav")
    url = place.url.rsplit("/", 1)[0] + f"/{path}"
    refused(Place("webdav", url, place.password, tmp_path, "", tmp_path, tmp_path), tmp_path, words)
    assert not (dav_server.folder / path / "index.html").exists()


def in_namespace(mount: str, place: Path, folder: Path) -> str:
    """What a publisher says of a folder on a file system of its own, where such can be made."""
    place.mkdir()
    command = ["unshare", "-m", "sh", "-c", f'mount {mount} "$0" && exec "$@"', str(place)]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    done = subprocess.run(
        [*command, sys.executable, delivered_site.__file__, "publish", str(place), "", str(folder / "utgåva-1"), "1"],
        input="nu\n",
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.stderr.splitlines()[-1]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    edition_in(tmp_path, 1)
    said = in_namespace("-t tmpfs -o size=100k full", tmp_path / "full", tmp_path)
    assert "Disken eller utrymmet är fullt" in said
    assert said.endswith("Frigör plats, och kör igen. Det som är publicerat är inte ändrat.")


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    edition_in(tmp_path, 1)
    assert "Du får inte läsa eller skriva" in in_namespace("-t tmpfs -o ro last", tmp_path / "last", tmp_path)


class Answering(BaseHTTPRequestHandler):
    """Answers everything with the status that its address ends with."""

    def answer(self) -> None:
        self.send_response(int(self.path.rstrip("/").rsplit("/", 1)[-1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PROPFIND = do_MKCOL = do_PUT = do_GET = answer  # noqa: N815 - names that the library looks for

    def log_message(self, *_what: object) -> None:
        pass


@pytest.mark.parametrize(
    ("status", "words"),
    [(507, "Utrymmet på .* är fullt"), (302, "hänvisar till en annan adress"), (405, "tar inte emot filer med WebDAV")],
)
def test_what_a_web_server_answers_is_told(
    status: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(monkeypatch, tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(DeliveryError, match=words):
            open_destination(f"webdav://anna@127.0.0.1:{server.server_port}/{status}", "ord")
        server.shutdown()


@pytest.mark.parametrize(
    ("days", "known", "words"), [(-1, True, "det har gått ut"), (30, False, "det går inte att lita på")]
)
def test_a_certificate_that_does_not_hold_is_told(
    days: int, known: bool, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(monkeypatch, tmp_path)
    path = made_certificate(tmp_path / "certifikat.pem", datetime.now(UTC) + timedelta(days=days))
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(DeliveryError, match=words):
            open_destination(f"webdavs://anna@localhost:{server.server_port}/200", "ord")
        server.shutdown()
        server.socket.close()


def made_certificate(path: Path, until: datetime) -> Path:
    """A certificate of localhost's own, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(until - timedelta(days=60))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(own + certificate.public_bytes(serialization.Encoding.PEM))
    return path

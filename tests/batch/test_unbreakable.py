"""Killed, interrupted, refused: what was whole stays whole, and the next run comes to the same bytes as an undisturbed one."""

import contextlib
import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from conftest import PROJECT, copied, run_all
from reporting.params.root import Root
from tiers import many

pytestmark = [
    pytest.mark.kills,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these signals"),
]

PERIOD, KEPT = "2024-12", ("01-sammanfattning", "02-maluppfoljning", "09-framtid")
BATCH = [sys.executable, "-W", "error", "-m", "reporting", "run", PERIOD]
TIMES = re.compile(rb'"(started|seconds|sekunder)": [^\n]*\n')


@pytest.fixture(autouse=True)
def a_moment_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Luleå with three chapters, its plan and the kommun's sammanställning: as little as has everything."""
    made = copied(PROJECT, tmp_path / "kommun")
    for path in made.chapters:
        if path.stem not in KEPT:
            path.unlink()
    return made


def result(root: Root) -> dict[str, bytes]:
    """Every file that a run leaves → its bytes, but for how long things took and who held the lock."""
    files = [path for path in root.outputs.rglob("*") if path.is_file() and path.parent.name != ".korning"]
    return {path.relative_to(root.outputs).as_posix(): TIMES.sub(b"", path.read_bytes()) for path in files}


@pytest.fixture
def undisturbed(root: Root) -> dict[str, bytes]:
    """What an undisturbed run comes to; then nothing of it is left."""
    assert all(not page.failed for page in run_all(root, PERIOD))
    made = result(root)
    assert len(made) == 3 * 2 + 2 * 2 + 3 * 2
    forget(root)
    return made


def forget(root: Root) -> None:
    for path in sorted(root.outputs.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@contextlib.contextmanager
def started(root: Root, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command under way. Whatever happens, nothing of it runs on."""
    command = [*BATCH, "--root", str(root.folder), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if wanted in line:
            return
    raise AssertionError(f"{wanted} never came")


def gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those of them that are still there after a while."""
    return psutil.wait_procs(processes, timeout=10)[1]


@pytest.mark.parametrize("seed", range(many(1, 50)))
def test_killed_at_any_moment_the_next_run_comes_to_the_same_bytes(
    seed: int, root: Root, undisturbed: dict[str, bytes]
) -> None:
    moments = random.Random(seed)
    for number in range(4):
        if number % 2:  # over what is there already, in every other round
            assert all(not page.failed for page in run_all(root, PERIOD))
        else:
            forget(root)
        with started(root, "--force", "--jobs", "2") as process:
            time.sleep(moments.uniform(0.2, 4))
            children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
            process.kill()
        assert gone(children) == []
        for name, content in result(root).items():  # what is there is whole
            assert content == undisturbed.get(name) or re.search(r"/\.[^/]+\.\d+-\d+$", f"/{name}") or number % 2, name
        assert all(not page.failed for page in run_all(root, PERIOD))
        assert result(root) == undisturbed


def test_a_killed_process_of_a_chapter_costs_nothing_but_time(root: Root, undisturbed: dict[str, bytes]) -> None:
    moments = random.Random(1)
    for _ in range(many(2, 50)):
        forget(root)
        with started(root, "--jobs", "2") as process:
            time.sleep(moments.uniform(0.3, 2))
            with contextlib.suppress(psutil.Error):
                if children := psutil.Process(process.pid).children(recursive=True):
                    moments.choice(children).kill()
            _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert result(root) == undisturbed


def test_an_interrupted_run_says_so_and_keeps_what_is_whole(root: Root, undisturbed: dict[str, bytes]) -> None:
    with started(root, "--jobs", "1") as process:
        lines_until(process, "1/5")
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Avbrutet. Det som hann bli klart är sparat; kör igen för att göra resten." in error
    assert "Traceback" not in error
    assert gone(children) == []
    left = result(root)
    assert left
    assert not [name for name in left if re.search(r"/\.[^/]+\.\d+-\d+$", name)]
    again = run_all(root, PERIOD)
    assert sum(page.current for page in again) >= 1
    assert result(root) == undisturbed


def test_two_runs_at_once_are_one_run_and_one_that_is_told_who_and_since_when(root: Root) -> None:
    with started(root, "--jobs", "1") as first:
        lines_until(first, "1/5")
        second = subprocess.run(
            [*BATCH, "--root", str(root.folder)], capture_output=True, encoding="utf-8", check=False
        )
        first.communicate(timeout=60)
    assert (first.returncode, second.returncode, second.stdout) == (0, 1, "")
    told = (
        rf"{root.outputs} används av \S+ på \S+ \(process {first.pid}\) sedan 20\d\d-\d\d-\d\d \d\d:\d\d\. Vänta tills"
    )
    assert re.match(told, second.stderr), second.stderr
    assert all(page.current and not page.failed for page in run_all(root, PERIOD))


def test_a_disk_without_room_is_told_and_nothing_is_lost(root: Root, undisturbed: dict[str, bytes]) -> None:
    import resource

    assert all(not page.failed for page in run_all(root, PERIOD))
    path = root.data / PERIOD / "socialnamnden" / "texter.md"
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace("## framtid\n", "## framtid\n\nNytt stycke.\n"), encoding="utf-8")
    limit = 20_000  # bytes that a file may have, as on a disk with no more room

    full = subprocess.run(
        [*BATCH, "--root", str(root.folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert full.returncode == 1
    assert "går inte att läsa eller skriva: filen får inte bli så stor.\nGe plats och kör igen" in full.stderr
    assert "Traceback" not in full.stderr
    names = result(root).keys()
    assert names == undisturbed.keys()
    path.write_text(written, encoding="utf-8")
    assert all(not page.failed for page in run_all(root, PERIOD))
    assert result(root) == undisturbed


@pytest.mark.skipif(sys.platform != "linux", reason="/sys can't be written to by anybody")
def test_outputs_that_can_not_be_written_to_are_told_before_anything_is_made(root: Root) -> None:
    kommun = root.params / "kommun.yml"
    kommun.write_text(
        kommun.read_text(encoding="utf-8") + "\nmappar:\n  outputs: /sys/namndrapport\n", encoding="utf-8"
    )
    refused = subprocess.run([*BATCH, "--root", str(root.folder)], capture_output=True, encoding="utf-8", check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("/sys/namndrapport")
    assert "går inte att läsa eller skriva: du har inte rätt till den.\nVälj en annan mapp" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("chapter", ["02-maluppfoljning"])
def test_a_kernel_of_its_own_gives_the_same_bytes(chapter: str, root: Root) -> None:
    run_all(root, PERIOD, "socialnamnden", chapter)
    warm = {name: content for name, content in result(root).items() if name.endswith((".ipynb", ".html"))}
    forget(root)
    run_all(root, PERIOD, "socialnamnden", chapter, own_kernel=True)
    cold = {name: content for name, content in result(root).items() if name.endswith((".ipynb", ".html"))}
    assert warm == cold
    assert len(warm) == 2


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Callable[[], tuple[str, list[subprocess.Popen[bytes]]]]]:
    """A scheduler and two workers, each a process of its own, started by hand as docs/handbok.md says."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[str, list[subprocess.Popen[bytes]]]:
        where = tmp_path / "scheduler.json"
        common = {"cwd": tmp_path, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        running.append(
            subprocess.Popen([*scheduler, "--no-dashboard", "--scheduler-file", str(where)], **common)  # type: ignore[call-overload]
        )
        until = time.monotonic() + 30
        while not where.exists() and time.monotonic() < until:
            time.sleep(0.05)
        address = str(json.loads(where.read_text(encoding="utf-8"))["address"])
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        workers = [
            subprocess.Popen([*worker, "--no-nanny", "--local-directory", str(tmp_path / str(n))], **common)  # type: ignore[call-overload]
            for n in (1, 2)
        ]
        running.extend(workers)
        return address, workers

    yield start
    for process in reversed(running):
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    "killed",
    [
        pytest.param(False, id="undisturbed", marks=pytest.mark.nightly),
        pytest.param(True, id="one worker killed midway"),
    ],
)
def test_a_cluster_started_by_hand_gives_the_same_bytes(
    killed: bool,
    root: Root,
    undisturbed: dict[str, bytes],
    dask: Callable[[], tuple[str, list[subprocess.Popen[bytes]]]],
) -> None:
    address, workers = dask()
    with started(root, "--scheduler", address) as process:
        if killed:
            lines_until(process, "1/5")
            workers[0].kill()
        _, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    assert result(root) == undisturbed


def test_a_scheduler_that_does_not_answer_is_told(root: Root) -> None:
    command = [*BATCH, "--root", str(root.folder), "--scheduler", "tcp://127.0.0.1:9"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1
    assert "tcp://127.0.0.1:9 svarar inte" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_cluster_without_its_extra_is_told_with_how_to_install_it(root: Root) -> None:
    program = "import sys; sys.modules['distributed'] = None; from reporting.cli.app import main; main()"
    command = [sys.executable, "-c", program, "run", PERIOD, "--root", str(root.folder)]
    result = subprocess.run([*command, "--scheduler", "tcp://a:1"], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1
    assert "kräver tillägget kluster, som inte är installerat" in result.stderr
    assert "uv sync --extra kluster" in result.stderr
    assert "Traceback" not in result.stderr


def test_one_machine_needs_no_dask(root: Root, undisturbed: dict[str, bytes]) -> None:
    program = "import sys; sys.modules['distributed'] = sys.modules['dask'] = None; from reporting.cli.app import main; main()"
    command = [sys.executable, "-c", program, "run", PERIOD, "--root", str(root.folder)]
    subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert result(root) == undisturbed

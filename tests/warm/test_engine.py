"""The warm engine: each chapter alone in its process, within limits, and nothing left when it, or whoever began it, is gone."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.exceptions import PapermillException, PapermillExecutionError

from reporting.warm import pool
from reporting.warm.limits import LimitExceeded, Limits, ProcessError, ProcessLost, lost
from reporting.warm.pool import lease, start_programs
from reporting.warm.preload import STAGES

pytestmark = pytest.mark.process

MODES = ("fork", "spawn")


@pytest.fixture
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How processes are made."""
    monkeypatch.setenv("NAMNDRAPPORT_WARM", request.param)
    asked: str = request.param
    return asked


in_both_modes = pytest.mark.parametrize("mode", MODES, indirect=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., NotebookNode]:
    """Runs cells as one notebook."""

    def execute(*cells: str, **options: Any) -> NotebookNode:
        monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)  # with it, ipykernel doesn't read the file descriptors
        path = written(tmp_path / "in.ipynb", *cells)
        executed: NotebookNode = papermill.execute_notebook(
            str(path), str(tmp_path / "ut.ipynb"), progress_bar=False, engine_name="reporting-warm", **options
        )
        return executed

    return execute


def written(path: Path, *cells: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)
    return path


def shown(notebook: NotebookNode) -> list[str]:
    """The text of each output."""
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    return [output.text if output.output_type == "stream" else output.data["text/plain"] for output in outputs]


def soon(true: Callable[[], object]) -> bool:
    """Whether something comes true within ten seconds."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return bool(true())


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


# what a chapter leaves behind | how the next would see it | what the next sees
LEFT = {
    "a name": ("x = 1", "'x' in globals()", "False"),
    "a module's own": ("import json; json.x = 1", "import json; hasattr(json, 'x')", "False"),
    "a class of the program's": (
        "import reporting.params.plan as p; p.Plan = 1",
        "import reporting.params.plan as p; p.Plan == 1",
        "False",
    ),
    "a module imported": ("import this as _t", "import sys; 'this' in sys.modules", "False"),
    "a builtin": ("import builtins; builtins.x = 1", "x if 'x' in dir(__builtins__) else 0", "0"),
    "the environment": (
        "import os; os.environ['LANG'] = 'x'; os.environ['XX'] = 'x'",
        "'XX' in __import__('os').environ",
        "False",
    ),
    "the folder": ("%cd -q /", "import os; os.getcwd() == '/'", "False"),
    "the search path": ("import sys; sys.path.append('x')", "import sys; 'x' in sys.path", "False"),
    "settings of charts": (
        "import matplotlib as m; m.rcParams['figure.dpi'] = 7",
        "import matplotlib as m; m.rcParams['figure.dpi']",
        "100.0",
    ),
    "a figure": (
        "import matplotlib.pyplot as p; f = p.figure(); None",
        "import matplotlib.pyplot as p; p.get_fignums()",
        "[]",
    ),
    "a filter of warnings": (
        "import warnings; warnings.simplefilter('error')",
        "import warnings; any(f[0] == 'error' and f[1:3] == (None, Warning) for f in warnings.filters)",
        "False",
    ),
    "a logger": ("import logging; logging.basicConfig(level=1)", "import logging; logging.root.handlers", "[]"),
    "the locale": ("import decimal; decimal.getcontext().prec = 3", "import decimal; decimal.getcontext().prec", "28"),
    "a stored variable": ("y = 1\n%store y", "get_ipython().db.keys()", "[]"),
    "options of pandas": (
        "import pandas as p; p.options.display.max_rows = 3",
        "import pandas as p; p.options.display.max_rows",
        "60",
    ),
    "output": (
        "get_ipython().display_formatter.active_types = ['text/plain']",
        "from IPython.display import HTML; HTML('x')",
        None,
    ),
    "a hook": ("get_ipython().events.register('post_run_cell', lambda r: print('x'))", "1", "1"),
}


@in_both_modes
def test_no_state_passes_from_one_chapter_to_the_next(mode: str, run: Callable[..., NotebookNode]) -> None:
    run(*(left for left, _, _ in LEFT.values()))
    after = run(*(look for _, look, _ in LEFT.values()))
    for name, cell in zip(LEFT, after.cells, strict=True):
        expected = LEFT[name][2]
        if expected is not None:
            assert [output.get("data", {}).get("text/plain") for output in cell.outputs] == [expected], name
    assert "text/html" in after.cells[list(LEFT).index("output")].outputs[0].data
    assert [cell.execution_count for cell in after.cells] == list(range(1, len(LEFT) + 1))


def test_chance_and_processes_differ_from_job_to_job(run: Callable[..., NotebookNode]) -> None:
    with lease(needs="rest"):
        pass  # so that numpy is in before the processes part
    cell = (
        "import random, numpy, uuid, os; (random.random(), float(numpy.random.rand()), uuid.uuid4().hex, os.getpid())"
    )
    first, second = (eval(shown(run(cell))[0]) for _ in range(2))  # noqa: S307
    assert all(a != b for a, b in zip(first, second, strict=True))


# what a cell does | limits | what is told
GIB = 1024**3
LOST: dict[str, tuple[str, dict[str, Any], type[Exception], str]] = {
    "ends": ("import os; os._exit(3)", {}, ProcessLost, "avslutades med kod 3 innan kapitlet var klart"),
    "crashes": ("import ctypes; ctypes.string_at(0)", {}, ProcessLost, "av signal SIGSEGV"),
    "is killed": (
        "import os; os.kill(os.getpid(), 9)",
        {},
        ProcessLost,
        "SIGKILL, som datorn skickar när minnet är slut",
    ),
    "ends, but leaves a child": (
        "import os, time\nif os.fork(): os._exit(4)\ntime.sleep(60)",
        {},
        ProcessLost,
        "med kod 4",
    ),
    "loops": ("while True: pass", {"seconds": 1}, LimitExceeded, "Kapitlet tog mer än 1 s och stoppades."),
    "sleeps": (
        "import time; time.sleep(60)",
        {"seconds": 0.5},
        LimitExceeded,
        "Kapitlet tog mer än 0,5 s och stoppades.",
    ),
    "grows": (
        "x = []\nwhile True: x.append(bytearray(10_000_000))",
        {"memory": GIB // 2},
        LimitExceeded,
        "Kapitlet använde mer än 0,5 GB minne",
    ),
    "grows in a child": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'x = bytearray(600_000_000); import time; time.sleep(60)'])",
        {"memory": GIB // 2},
        LimitExceeded,
        "Kapitlet använde mer än 0,5 GB minne",
    ),
    "prints without end": (
        "while True: print('x' * 1000)",
        {},
        LimitExceeded,
        "Kapitlet skrev mer än 20 MB och stoppades.",
    ),
    "prints much at once": ("print('x' * 30_000_000)", {}, LimitExceeded, "Kapitlet skrev mer än 20 MB"),
    "writes without end": (
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        {},
        LimitExceeded,
        "Kapitlet skrev mer än 20 MB",
    ),
    "shows without end": (
        "while True: display('x' * 1000)",
        {"output": 1_500_000},
        LimitExceeded,
        "Kapitlet skrev mer än 1,5 MB",
    ),
    "leaves by quit and goes on": ("quit()\nimport time; time.sleep(0.3)", {}, ProcessLost, "med kod 0"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_chapter_that_goes_wrong_is_lost_alone(name: str, run: Callable[..., NotebookNode], tmp_path: Path) -> None:
    cell, limits, error, told = LOST[name]
    with pytest.raises(error, match=told):
        run("import os; print(os.getpid())", cell, "await __import__('asyncio').sleep(5)", limits=Limits(**limits))
    left = nbformat.read(tmp_path / "ut.ipynb", as_version=4)
    status = [cell.metadata.papermill.status for cell in left.cells]
    assert status[0] == "completed" and "failed" in status[1:]
    assert soon(lambda: gone(int(left.cells[0].outputs[0].text)))
    assert shown(run("1 + 1")) == ["2"]


@pytest.mark.parametrize("mode", ["spawn"], indirect=True)
@pytest.mark.parametrize("name", ["ends", "loops", "grows", "prints much at once"])
def test_also_where_processes_are_not_divided(
    mode: str, name: str, run: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    test_a_chapter_that_goes_wrong_is_lost_alone(name, run, tmp_path)


def test_a_cell_that_takes_more_than_a_cell_may(run: Callable[..., NotebookNode]) -> None:
    with pytest.raises(CellTimeoutError, match="Cell execution timed out"):
        run("1", "while True: pass", execution_timeout=1)
    with pytest.raises(CellTimeoutError):
        run("import time\nwhile True: print(1, flush=True)", execution_timeout=1)
    assert shown(run("import time; time.sleep(0.6)", "time.sleep(0.6); 1", execution_timeout=1)) == ["1"]


def test_how_a_process_ended_is_told() -> None:
    assert "avslutades innan" in str(lost(None))
    assert "av signal 40 innan" in str(lost(-40))


def test_calls_before_and_after_the_cells(run: Callable[..., NotebookNode]) -> None:
    values: list[object] = []
    before = (("builtins:exec", ("import json; json.lagt = 3",)),)
    made = run("import json, os; json.lagt", "os.getpid()", before=before, after=("os:getpid",), handed_back=values)
    assert shown(made) == ["3", str(values[0])]
    with pytest.raises(PapermillExecutionError):
        run("1 / 0", "2", after=("os:getcwd",), handed_back=values)
    assert values[1:] == [str(Path.cwd())]


@in_both_modes
def test_a_call_gives_its_value_or_its_exception(mode: str) -> None:
    with lease(needs="reading") as process:
        assert process.call("operator:add", [1], ["två"]) == [1, "två"]
        with pytest.raises(ProcessError, match="ZeroDivisionError: division by zero") as told:
            process.call("operator:truediv", 1, 0)
        assert isinstance(told.value.exception, ZeroDivisionError)
        assert told.value.traceback.startswith("Traceback")
        with pytest.raises(ProcessError) as told:
            process.call("builtins:exec", "class Egen(Exception): pass\nraise Egen('hemlig')")
        assert (told.value.name, told.value.text, told.value.exception) == ("Egen", "hemlig", None)
        with pytest.raises(ProcessError, match="pickle"):
            process.call("builtins:eval", "lambda: 1")
        with pytest.raises(ProcessError, match="SystemExit"):
            process.call("sys:exit", 1)
        assert len(process.call("builtins:bytes", 30_000_000)) == 30_000_000  # more than a chapter may show
        assert process.call("os:getpid") == process.pid


def test_a_process_is_where_and_as_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_programs()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SENT_SATT", "ja")
    monkeypatch.delenv("LANG", raising=False)
    with lease(needs="reading") as process:
        assert process.call("os:getcwd") == str(tmp_path)
        assert process.call("os:getenv", "SENT_SATT") == "ja"
        assert process.call("os:getenv", "LANG") is None
        assert process.call("os:getenv", "OPENBLAS_NUM_THREADS") is None


@in_both_modes
def test_what_a_chapter_wrote_is_whole_when_it_has_ended(
    mode: str, run: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    file, last = tmp_path / "fil", tmp_path / "sist"
    made = run(
        f"f = open({str(file)!r}, 'w'); f.write('hej'); None",
        f"import atexit, pathlib; atexit.register(pathlib.Path({str(last)!r}).write_text, 'slut'); None",
        "import subprocess; p = subprocess.Popen(['sleep', '60']); p.pid",
    )
    assert (file.read_text(encoding="utf-8"), last.read_text(encoding="utf-8")) == ("hej", "slut")
    assert soon(lambda: gone(int(shown(made)[-1])))


def test_a_chapter_that_never_stops_writing_in_the_background(run: Callable[..., NotebookNode]) -> None:
    endless = "def skriv():\n    while True: display(1); time.sleep(0.001)"
    made = run(
        f"import atexit, threading, time\n{endless}\nthreading.Thread(target=skriv).start()",
        "atexit.register(time.sleep, 9); 2",
    )
    assert shown(made)[-1] in ("1", "2")
    assert shown(run("1 + 1")) == ["2"]


def test_many_at_once(tmp_path: Path) -> None:
    def some(number: int) -> list[list[str]]:
        path = written(tmp_path / f"{number}.ipynb", f"tal = {number}", "import os; print(tal, os.getpid())")
        options = {"progress_bar": False, "engine_name": "reporting-warm"}
        return [shown(papermill.execute_notebook(str(path), None, **options)) for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        made = [(number, text.split()) for number, runs in enumerate(pool.map(some, range(8))) for (text,) in runs]
    assert all(told == str(number) for number, (told, _) in made)
    assert len({pid for _, (_, pid) in made}) == 40


def test_a_program_that_was_killed_is_started_again(run: Callable[..., NotebookNode]) -> None:
    for _ in range(2):
        assert shown(run("1 + 1")) == ["2"]
        program = pool._now.ready.get(True)
        assert program
        program.process.kill()
    with lease() as process:
        program = pool._now.ready.get(True)
        assert program
        program.process.kill()
        assert process.call("operator:add", 1, 1) == 2  # a job that runs goes on
        with pytest.raises(ProcessLost, match="avslutades innan"):
            process.call("os:_exit", 3)


def test_nothing_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.stop_programs()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ProcessLost, match="gick inte att starta"), lease():
        pass


def test_the_program_has_one_thread_and_no_dead_children() -> None:
    with lease(needs=list(STAGES)[-1]):
        program = pool._now.ready.get(True)
    assert program
    server = psutil.Process(program.process.pid)
    assert server.num_threads() == 1
    assert soon(lambda: not server.children())


def test_what_reads_input_waits_for_no_more(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from reporting.batch.workers import AHEAD; from reporting.warm.preload import Warmth\n"
        "w = Warmth(pathlib.Path(sys.argv[1]), AHEAD)\n"
        "w.reach('reading'); print(*(m in sys.modules for m in ('reporting.assess.underlag', 'IPython', 'matplotlib')))\n"
        "w.reach('cells'); print(*(m in sys.modules for m in ('ipykernel', 'matplotlib', 'nbconvert', 'pandas')), bool(w.kernel))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, encoding="utf-8", check=True
    )
    assert told.stdout == "True False False\nTrue True False False True\n"


def test_the_parents_modules_are_light() -> None:
    heavy = "{'papermill', 'nbclient', 'IPython', 'pandas', 'psutil', 'zmq'} & set(sys.modules)"
    code = f"import sys; import reporting.warm.pool; print(sorted({heavy}))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout == "[]\n"
    )


# How a program that has begun processes ends; "" is by itself
PROGRAM = """
import sys, threading
from reporting.warm.pool import lease, start_programs

def endless():
    with lease(needs="reading") as process:
        process.call("builtins:exec", sys.argv[1])

if __name__ == "__main__":
    start_programs()
    with lease(needs="reading") as process:
        process.call("os:getpid")
    if sys.argv[1]:
        threads = [threading.Thread(target=endless, daemon=True) for _ in range(2)]
        for each in threads: each.start()
        print("kör", flush=True)
        endless()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@in_both_modes
@pytest.mark.parametrize("ending", ["", "SIGKILL", "SIGTERM", "SIGINT"])
def test_nothing_is_left(mode: str, ending: str, temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    told = tmp_path / "told.txt"
    endless = f"import os; open({str(told)!r}, 'a').write(f'{{os.getpid()}}\\n')\nwhile True: pass" if ending else ""
    program = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), endless],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    if ending:
        assert program.stdout
        assert program.stdout.readline() == "kör\n"
        assert soon(lambda: told.is_file() and len(told.read_text(encoding="utf-8").splitlines()) == 3)
        started = psutil.Process(program.pid).children(recursive=True)
        assert {int(pid) for pid in told.read_text(encoding="utf-8").split()} <= {each.pid for each in started}
        program.send_signal(signal.Signals[ending])
        program.communicate()
        assert soon(lambda: all(gone(each.pid) for each in started))
    else:
        assert program.communicate() == ("", "")
        assert program.returncode == 0
    assert soon(lambda: not list(temporary.iterdir()))


DIVIDED = """
import os, sys, time
from reporting.warm.pool import lease, start_programs

def value():
    with lease(needs="reading") as process:
        return process.call("operator:add", 1, 1)

start_programs()
assert value() == 2
with lease(needs="reading") as process:
    child = os.fork()
    if not child:
        assert value() == 2
        print("barn", flush=True)
        time.sleep(60)
    process.call("time:sleep", 60)
"""


def test_a_process_that_the_program_was_divided_into_keeps_nothing_alive(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(DIVIDED, encoding="utf-8")
    program = subprocess.Popen([sys.executable, str(tmp_path / "program.py")], stdout=subprocess.PIPE, encoding="utf-8")
    assert program.stdout
    assert program.stdout.readline() == "barn\n"
    process = psutil.Process(program.pid)
    (child,) = [each for each in process.children() if "program.py" in " ".join(each.cmdline())]
    started = [
        each for each in process.children(recursive=True) if each not in (child, *child.children(recursive=True))
    ]
    program.kill()
    assert soon(lambda: all(gone(each.pid) for each in started))
    assert child.is_running()
    theirs = child.children(recursive=True)
    child.kill()
    assert soon(lambda: all(gone(each.pid) for each in theirs))
    program.stdout.close()
    program.wait()
    assert soon(lambda: not list(temporary.iterdir()))


def test_the_home_directory_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "hem"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "mpl"))
    path = written(tmp_path / "in.ipynb", "x = 1\n%store x")
    code = f"import papermill as p; p.execute_notebook({str(path)!r}, None, progress_bar=False, engine_name='reporting-warm')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert [str(each.relative_to(home)) for each in home.rglob("*") if each.is_file()] == []


def test_the_command_line(tmp_path: Path) -> None:
    path = written(tmp_path / "in.ipynb", "a = 1", "print('åäö', a)")
    command = [
        "papermill",
        "--engine",
        "reporting-warm",
        "--no-progress-bar",
        "-p",
        "a",
        "2",
        str(path),
        str(tmp_path / "ut.ipynb"),
    ]
    subprocess.run([str(Path(sys.executable).with_name(command[0])), *command[1:]], check=True, capture_output=True)
    made = nbformat.read(tmp_path / "ut.ipynb", as_version=4)
    assert shown(made) == ["åäö 1\n"]
    assert made.metadata.language_info.name == "python"
    assert made.metadata.papermill.exception is None


def test_from_within_an_event_loop(run: Callable[..., NotebookNode]) -> None:
    async def within() -> NotebookNode:
        return run("1 + 1")

    with ThreadPoolExecutor(1) as other:  # this thread may have a loop of its own: Playwright keeps one
        assert shown(other.submit(asyncio.run, within()).result()) == ["2"]


def test_another_language_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "in.ipynb", "1")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(notebook, path)
    with pytest.raises(PapermillException, match="skriven för R"):
        papermill.execute_notebook(str(path), None, progress_bar=False, engine_name="reporting-warm")

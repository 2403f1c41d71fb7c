"""What cells write that isn't for the page: it fails nothing, stays off the page, and is kept and told."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from commands import reporting
from conftest import EXEMPELKOMMUN, namnder_of, run_jobs
from reporting.batch.jobs import planned
from reporting.batch.manifests import read_manifest
from reporting.batch.status import last_run
from reporting.batch.streams import LONGEST_LINE, MOST_LINES, MOST_TOLD, as_it_stands, own_warning, told_stderr
from reporting.params.root import Root
from reporting.periods import Period

PERIOD, NAMND, CHAPTER = "2025-08", "socialnamnden", "70-eget"
PARAMETERS = 'period = ""\nnamnd = ""\nroot = ""'

# what a cell does | what is kept of it
WRITES = {
    "print(1); print('för mig', file=__import__('sys').stderr)": ["för mig"],
    "import logging; logging.warning('läser %s', 'filen')": ["WARNING:root:läser filen"],
    "import warnings; warnings.warn('byter namn', FutureWarning)": [
        "FutureWarning: byter namn",
        "  import warnings; warnings.warn('byter namn', FutureWarning)",
    ],
    "import pandas as pd; df = pd.DataFrame({'a': [1]})\nfor n in range(101): df[f'k{n}'] = n": ["PerformanceWarning"],
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1)); ax.set_title('\\u4e2d'); plt.show()": [
        "UserWarning: Glyph 20013 (\\N{CJK UNIFIED IDEOGRAPH-4E2D}) missing from font(s)"
    ],
    "from tqdm import tqdm\nimport time\nfor n in tqdm(range(3), desc='räknar'): print('steg', n); time.sleep(0.3)": [
        "räknar: 100%|"
    ],
    "import os; os.write(2, b'av ett program\\n');": ["av ett program"],
    "display({'application/vnd.jupyter.widget-view+json': {'model_id': 'a'}, 'text/plain': '  0%|  | 0/3'}, raw=True)": [
        "  0%|  | 0/3"
    ],
}


def with_chapter(root: Root, *cells: str) -> Root:
    """The root with no chapter but one that has these cells."""
    for path in root.chapters:
        path.unlink()
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Eget")])
    made.cells += [nbformat.v4.new_code_cell(cell) for cell in (PARAMETERS, *cells, "print('klart')")]
    made.cells[1].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, root.notebooks / f"{CHAPTER}.ipynb")
    return root


@pytest.mark.process
@pytest.mark.parametrize("own_kernel", [False, True], ids=["warm", "kernel"])
def test_it_is_kept_and_fails_nothing_and_never_stands_on_the_page(
    own_kernel: bool, copy_of: Callable[[Path], Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel doesn't read the file descriptors
    root = with_chapter(copy_of(EXEMPELKOMMUN), *WRITES)
    jobs = planned(root, Period.parse(PERIOD), namnder_of(root, PERIOD)[PERIOD], NAMND, CHAPTER)
    [page] = run_jobs(root, jobs, own_kernel=own_kernel)
    assert page.failed == []
    manifest = read_manifest(jobs[0])
    assert manifest is not None
    kept = list(manifest.stderr)
    for wanted in (line for lines in WRITES.values() for line in lines):
        assert any(wanted in line for line in kept), f"{wanted} is not among {kept}"
    assert not any("ipykernel" in line or "\r" in line or " 0/3 " in line for line in kept), "\n".join(kept)
    shown = page.page.read_text(encoding="utf-8")
    assert shown.count("klart") == 1
    assert shown.count("<pre>steg 0\nsteg 1\nsteg 2\n</pre>") == 1, "as if it had come at once"
    assert not [line for line in kept if line.strip() in shown]
    assert "Warning" not in shown
    record = json.loads((page.page.parent / "run.json").read_text(encoding="utf-8"))
    assert record["chapters"][0]["stderr"] == kept
    executed = nbformat.read(jobs[0].target, as_version=4)
    streams = [
        output for cell in executed.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"
    ]
    assert sum(len(stream.text.splitlines()) for stream in streams) == len(kept) - 1, "all but the widget"
    assert [outcome.stderr for outcome in page.wrote] == [kept]
    assert last_run(root, Period.parse(PERIOD), NAMND).skrev == {CHAPTER: told_stderr(kept)}


@pytest.mark.process
def test_it_is_told_as_the_chapter_is_made_and_in_the_status(copy_of: Callable[[Path], Root]) -> None:
    root = with_chapter(copy_of(EXEMPELKOMMUN), "import warnings; warnings.warn('byter namn', FutureWarning)")
    told = f"{CHAPTER}: skrev 2 rader som inte kommer med på sidan (FutureWarning: byter namn)"
    at = ("--root", str(root.folder))
    made = reporting("run", PERIOD, *at, "--kapitel", CHAPTER)
    assert made.returncode == 0, made.stderr
    everybody = ", ".join(namnder_of(root, PERIOD)[PERIOD])
    assert f"\n{everybody}, {told}\n" in made.stderr
    again = reporting("run", PERIOD, *at, "--kapitel", CHAPTER)
    assert "skrev" not in again.stderr, "nothing was made"
    status = reporting("status", PERIOD, NAMND, *at)
    assert f"\n  {told}\n" in status.stdout


# what is written | how it stands on a screen
STANDS = {
    "  0%|     | 0/3\r 33%|#    | 1/3\r100%|#####| 3/3\n": ["100%|#####| 3/3"],
    "ett\r\ntvå\r\n": ["ett", "två"],
    "räknar 1/2\r                  \r": [],
    "\x1b[31mrött\x1b[0m och \x1b]0;titel\x07\n\n": ["rött och \ufffd]0;titel\ufffd"],
    "/t/ipykernel_77/12.py:1: UserWarning: gammalt\n  f()\n": ["UserWarning: gammalt", "  f()"],
    "x" * (LONGEST_LINE + 5): ["x" * LONGEST_LINE],
    "": [],
}


@pytest.mark.parametrize("text", STANDS, ids=range(len(STANDS)))
def test_a_progress_bar_is_the_last_that_it_said(text: str) -> None:
    assert as_it_stands(text) == STANDS[text]


# the lines | what is told of them
TOLD: dict[tuple[str, ...], str] = {
    (): "",
    ("läser",): "skrev 1 rad som inte kommer med på sidan (läser)",
    (
        "läser",
        "  f.py:3: FutureWarning: bort",
        "mer",
    ): "skrev 3 rader som inte kommer med på sidan (FutureWarning: bort)",
    ("å" * 200,): f"skrev 1 rad som inte kommer med på sidan ({'å' * MOST_TOLD} …)",
    ("rad",) * (MOST_LINES + 1): "skrev mer än 200 rader som inte kommer med på sidan (rad)",
}


@pytest.mark.parametrize("lines", TOLD, ids=range(len(TOLD)))
def test_it_is_told_in_a_line(lines: tuple[str, ...]) -> None:
    assert told_stderr(lines) == TOLD[lines]


def test_only_what_our_own_functions_warn_of_is_wrong() -> None:
    ours = Path(as_it_stands.__code__.co_filename)
    assert own_warning(f"hej\n{ours}:7: UserWarning: gammalt\n  f()\n") == "UserWarning: gammalt"
    for other in (ours.parents[3] / "egen.py", "/t/ipykernel_7/1.py", "/lib/pandas/core.py"):
        assert own_warning(f"{other}:7: UserWarning: gammalt\n") == ""


@pytest.mark.process
def test_what_is_written_without_end_is_cut(copy_of: Callable[[Path], Root]) -> None:
    root = with_chapter(
        copy_of(EXEMPELKOMMUN), "import sys\nfor n in range(5000): print('x' * 999, n, file=sys.stderr)"
    )
    jobs = planned(root, Period.parse(PERIOD), namnder_of(root, PERIOD)[PERIOD], NAMND, CHAPTER)
    [page] = run_jobs(root, jobs)
    assert page.failed == []
    assert [told_stderr(outcome.stderr)[:20] for outcome in page.wrote] == ["skrev mer än 200 rad"]
    assert max(path.stat().st_size for path in page.page.parent.rglob("*") if path.name != "rapport.html") < 150_000

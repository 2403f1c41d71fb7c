"""What cells show, run by papermill's own engine in a real kernel and by the warm engine: the same outputs."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

pytestmark = pytest.mark.process

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

# Notebooks: for each, what it is about | the cells' code. Every cell may fail (tag raises-exception), unless the code begins with
# "#!": then the notebook may stop there. A cell that begins with "#-" is tagged skip-execution.
NOTEBOOKS: dict[str, dict[str, list[str]]] = {
    "values": {
        "a value": ["1+1", "_ + 1", "__", "_1, _2", "In[1], sorted(Out)"],
        "no value": ["None", "", "   ", "# bara en kommentar", "x = 3", "x;", "3;"],
        "letters of all kinds": ["'Grön lösning, 5 % ✓ 𝒳 \\u202f'", "print('ÅÄÖ', '日本', '👩‍👩‍👧')"],
        "long lines and long values": ["print('x' * 200_000)", "list(range(3000))", "{n: 'y' * 90 for n in range(30)}"],
        "the name of the module": [
            "__name__, __doc__, __spec__",
            "import sys; sys.modules['__main__'].__dict__ is globals()",
        ],
        "the shell": [
            "get_ipython().__class__.__name__, get_ipython().execution_count",
            "import sys; [path for path in sys.path if 'python' not in path.lower()]",
            "import warnings; {f[2]: f for f in reversed(warnings.filters) if not f[1] and f[2].__module__ == 'builtins'}",
            "import signal; signal.getsignal(signal.SIGINT)",
            "import os; {k: os.environ.get(k) for k in ('TERM', 'PAGER', 'MPLBACKEND', 'CLICOLOR', 'NAMN')}",
            "os.getpgrp() == os.getpid(), os.getcwd() == os.environ['PWD'], 'JPY_PARENT_PID' in os.environ",
            "sorted(name for name in globals() if not name.startswith('_'))",
            "get_ipython().history_manager.hist_file, get_ipython().extension_manager.loaded",
            "'IPKernelApp' in get_ipython().config, type(get_ipython().kernel).__mro__[-1]",
            "sys.stdin.isatty(), sys.stdout.isatty(), sys.stdin.read()",
        ],
        "pickling of what a cell defines": [
            "import pickle\nclass Punkt: pass\npickle.dumps(Punkt()), type(pickle.loads(pickle.dumps(Punkt())))",
        ],
        "the last value let go of": ["'kvar'", "del _", "_"],
        "a change of the shell's own": ["get_ipython().run_cell('6 * 7').result", "%history -n 1-3"],
        "a hook after each cell": [
            "def efter(result): print('efter', result.execution_count)\nget_ipython().events.register('post_run_cell', efter)",
            "1",
            "get_ipython().events.unregister('post_run_cell', efter)",
        ],
        "objects that print as they go": [
            "class Sist:\n    def __del__(self): print('borta')\ns = Sist()",
            "del s; print('efter')",
            "def g():\n    try: yield 1\n    finally: print('stängd')\na = g(); next(a)",
            "a.close()",
        ],
        "an own context variable, a decimal context": [
            "import contextvars, decimal; v = contextvars.ContextVar('v'); v.set(1); decimal.getcontext().prec = 5",
            "v.get(), decimal.Decimal(1) / 3",
        ],
        "comms": [
            "from comm import create_comm; c = create_comm(target_name='ingen', data={'a': 1}); c.send({'b': 2})",
            "import ipywidgets",
        ],
        "a module written and imported": [
            "import pathlib, os; pathlib.Path('egen_modul.py').write_text('def dela(a): return a / 0', encoding='utf-8')",
            "import egen_modul; egen_modul.dela(1)",
        ],
    },
    "streams": {
        "both streams": [
            "import sys\nfor n in range(3):\n    print('ut', n)\n    print('fel', n, file=sys.stderr)",
            "for n in range(3):\n    print('ut', n, flush=True)\n    print('fel', n, file=sys.stderr, flush=True)",
        ],
        "parts of lines": ["print('a', end=''); print('b'); sys.stdout.write('c'); sys.stdout.writelines(['d', 'e'])"],
        "carriage returns and backspaces": [
            "for n in range(4): print(f'\\r{n} av 4', end='')",
            "print('ab\\b\\bc\\r\\nd')",
        ],
        "colours": ["print('\\x1b[31mröd\\x1b[0m')"],
        "the file descriptors": [
            "import os, time\nprint('python', flush=True); os.write(1, b'fd\\n'); time.sleep(0.3); print('python')",
            "os.system('echo ut; echo fel >&2'); time.sleep(0.3)",
            "import subprocess; subprocess.run(['echo', 'underprocess']); time.sleep(0.3)",
            "_ = sys.__stdout__.write('under pythons\\n'); sys.__stdout__.flush(); time.sleep(0.3)",
            "subprocess.run(['echo', 'fångad'], capture_output=True).stdout",
        ],
        "the shell": [
            "!echo hej; echo fel >&2; exit 3",
            "_exit_code",
            "rader = !printf 'a\\nb'\nrader",
            "!echo {rader[0]}",
        ],
        "scripts": ["%%bash\necho ut\necho fel >&2", "%%sh\nexit 4", "%%script cat --out fångat\nhej", "fångat"],
        "logging": ["import logging; logging.warning('varning'); logging.getLogger('egen').error('fel')"],
        "warnings": [
            "import warnings; warnings.warn('gammalt')",
            "warnings.warn('inte kvar', DeprecationWarning)",
            "def f(): warnings.warn('en gång', UserWarning, stacklevel=2)\nfor _n in range(2): f()",
            "with warnings.catch_warnings():\n    warnings.simplefilter('error')\n    f()",
            "'\\d'",
        ],
        "another standard output": [
            "import io; was, sys.stdout = sys.stdout, io.StringIO()\nprint('göms')",
            "print('göms också'); 1",
            "text, sys.stdout = sys.stdout.getvalue(), was\ntext",
            "import contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as at: print('a')\nat.getvalue()",
        ],
        "threads": [
            "import threading\ntråd = threading.Thread(target=lambda: print('från tråden'))\ntråd.start(); tråd.join()",
            "threading.Thread(target=lambda: (time.sleep(0.3), print('sent'))).start()",
            "time.sleep(0.6); print('nästa cell')",
            "tråd = threading.Thread(target=lambda: 1 / 0)\ntråd.start(); tråd.join()",
        ],
        "processes": [
            "import multiprocessing as mp\np = mp.get_context('fork').Process(target=print, args=('barn',))\n"
            "p.start(); p.join(); time.sleep(0.3)",
            "if not os.fork():\n    os._exit(0)\nos.wait()[1]",
        ],
        "output in many pieces": ["for n in range(2000): print(n)", "for n in range(40): display(n)"],
        "captured": ["%%capture bort\nprint('göms'); display(2); 3", "bort.stdout, len(bort.outputs)", "bort.show()"],
    },
    "displays": {
        "several": ["display(1, 'två'); print('mellan'); display({'a': 3}); 4"],
        "kinds": [
            "from IPython.display import *\ndisplay(HTML('<b>f</b>'), Markdown('**f**'), Latex('$x$'), Javascript('1'))",
            "JSON({'a': [1, 2]}), JSON({'a': [1, 2]})",
            "JSON({'a': [1, 2]}, expanded=True)",
            "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
            f"import base64; Image(base64.b64decode('{PNG}'), width=10)",
            "IFrame('https://exempel.invalid', 10, 10)",
            "Math('x'), Pretty('ren')",
            "Code('x = 1', language='python')",
        ],
        "own kinds": [
            "class Alla:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
            "        return {'text/plain': 'ren', 'text/html': '<i>h</i>', 'application/x-egen+json': {'a': 1}}, {'text/html': {'b': 2}}",
            "Alla()",
            "display(Alla(), metadata={'c': 3})",
            "display({'text/plain': 'rå', 'image/png': 'QQ=='}, raw=True)",
            "class Bild:\n    def _repr_png_(self): return b'\\x89PNG'\n    def _repr_svg_(self): return '<svg/>'\nBild()",
            "class Egen:\n    def _ipython_display_(self): print('visar mig själv')\nEgen()",
            "class Flera:\n    def _repr_html_(self): return '<p>å</p>'\n    def __repr__(self): return 'å'\n[Flera(), Flera()]",
        ],
        "that fail": [
            "class Trasig:\n    def _repr_html_(self): raise ValueError('går inte')\n    def __repr__(self): return 'reserv'\nTrasig()",
            "class Värre:\n    def __repr__(self): raise ValueError('går inte')\nVärre()",
            "display(Värre())",
            "class Ingen:\n    def _repr_html_(self): return 3\nIngen()",
        ],
        "updated": [
            "första = display('ett', display_id=True); display('två', display_id='min')",
            "första.update('ändrad')",
            "update_display(HTML('<b>ny</b>'), display_id='min'); update_display('ingen', display_id='saknas')",
            "display('tre', display_id='min')",
        ],
        "cleared": [
            "print('bort'); clear_output(); print('kvar')",
            "print('bort'); clear_output(wait=True); print('kvar')",
            "print('kvar'); clear_output(wait=True)",
            "for n in range(3):\n    clear_output(wait=True); display(n)",
            "h = display('a', display_id=True); clear_output(); print('b'); h.update('c')",
        ],
        "tables": [
            "import pandas as pd; t = pd.DataFrame({'å': [1.5, None], 'b': ['x', 'ö']}); t",
            "t.style.set_uuid('t')",
            "t['å']",
            "pd.DataFrame({n: range(100) for n in range(30)})",
            "t.info()",
            "t['saknas']",
        ],
        "numbers": ["import numpy as np; np.arange(2000)", "np.array([1]) / 0", "%precision 2\nnp.pi"],
        "help": ["len?", "%pinfo len", "help(len)", "t.shape??"],
        "magics": [
            "%time sum(range(10))",
            "%%time\nprint('inuti')",
            "%timeit -n1 -r1 1",
            "%%html\n<b>f</b>",
            "%%javascript\n1",
            "%%markdown\n# rubrik",
            "%who_ls int",
            "%env NAMN=3",
            "%env NAMN",
            "get_ipython().run_cell_magic('html', '', '<i>h</i>'); get_ipython().run_line_magic('env', 'NAMN')",
            "%%writefile ut.txt\nrad",
            "%cat ut.txt",
            "%run egen_fil.py",
            "%store t",
            "%lsmagic",
            "%alias_magic tid time",
            "%tid 1",
            "%macro m 1",
            "%cd -q ..",
            "%pdb",
        ],
    },
    "errors": {
        "plain": [
            "1 / 0",
            "f_saknas",
            "assert False, 'text'",
            "raise ValueError",
            "[][3]",
            "{}['å']",
            "import saknas.helt",
        ],
        "in functions": [
            "def f(a):\n    b = a\n    return g(b)\ndef g(b): return b / 0\n1",
            "f(1)",
            "(lambda: f(2))()",
        ],
        "in libraries": ["import json; json.loads('{')", "int('x')", "import re; re.compile('(')"],
        "with causes": [
            "try: 1 / 0\nexcept ZeroDivisionError as e: raise ValueError('därför') from e",
            "try: 1 / 0\nexcept ZeroDivisionError: raise ValueError('under tiden')",
            "try: 1 / 0\nexcept ZeroDivisionError: raise ValueError('ensam') from None",
            "e = ValueError('a'); e.add_note('anteckning'); raise e",
        ],
        "groups": [
            "raise ExceptionGroup('grupp', [ValueError(1), ExceptionGroup('inre', [TypeError(2)])])",
            "raise BaseExceptionGroup('grupp', [KeyboardInterrupt()])",
        ],
        "of syntax": [
            "x = 1 +",
            "def f(:\n  pass",
            "  x = 1\n y = 2",
            "'oavslutad",
            "return 1",
            "a b",
            "yield 1",
            "x = 1\n\ty",
        ],
        "with odd texts": [
            "class Udda(Exception):\n    def __str__(self): raise TypeError('nej')\nraise Udda()",
            "raise Exception('a\\nb\\x1b[31m', 3, 'ö')",
            "raise Exception('x' * 20_000)",
            "class Bas(BaseException): pass\nraise Bas('b')",
        ],
        "that stop": [
            "raise SystemExit",
            "import sys; sys.exit()",
            "sys.exit(3)",
            "sys.exit('hej då')",
            "raise KeyboardInterrupt",
            "raise KeyboardInterrupt('själv')",
            "raise StopIteration",
            "raise GeneratorExit",
        ],
        "that are told": [
            "import traceback\ntry: 1 / 0\nexcept Exception: traceback.print_exc()",
            "%tb",
            "%xmode Minimal",
            "1 / 0",
            "%xmode Verbose",
            "def h(värde): return värde / 0\nh(3)",
            "%xmode Plain",
            "h(3)",
            "%xmode Context",
        ],
        "of magics": ["%finnsinte", "%%finnsinte\n1", "%run saknas.py", "%timeit 1/0", "!", "%load_ext saknas"],
        "asking": ["input('namn?')", "import getpass; getpass.getpass()", "breakpoint()", "1"],
        "after output": [
            "print('först'); display(1); 1 / 0",
            "import sys; print('fel', file=sys.stderr); raise ValueError(2)",
        ],
        "deep": ["def djup(n): return djup(n - 1) if n else 1 / 0\ndjup(5)"],
        "with frames of other files": [
            "exec(compile('1 / 0', 'egen.py', 'exec'))",
            "eval('1 +')",
            "exec('def k(): 1/0'); k()",
        ],
        "from an own handler": [
            "get_ipython().set_custom_exc((ZeroDivisionError,), lambda s, t, v, tb, tb_offset=None: print('egen'))\n1",
            "1 / 0",
            "get_ipython().set_custom_exc((), None)",
        ],
    },
    "asynchronous": {
        "awaiting": [
            "import asyncio\nawait asyncio.sleep(0.01); 3",
            "await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))",
        ],
        "loops": [
            "async def räkna():\n    for n in range(2):\n        yield n\nasync for n in räkna(): print(n)",
            "[n async for n in räkna()]",
            "type(asyncio.get_running_loop()).__name__, asyncio.get_event_loop().is_running()",
        ],
        "errors": [
            "async def fel():\n    await asyncio.sleep(0)\n    1 / 0\nawait fel()",
            "async with asyncio.timeout(0.01): await asyncio.sleep(5)",
            "async with asyncio.TaskGroup() as grupp: grupp.create_task(fel())",
            "await 3",
            "raise asyncio.CancelledError",
        ],
        "tasks that go on": [
            "async def arbeta():\n    for n in range(3): await asyncio.sleep(0)\n    print('klar')",
            "uppgift = asyncio.create_task(arbeta())",
            "await asyncio.sleep(0.2); uppgift.done()",
            "async def tyst(): return 7\nannan = asyncio.create_task(tyst()); 1",
            "import time; time.sleep(0.2); annan.done()",
            "await annan",
        ],
        "a loop in the loop": [
            "k = tyst()\ntry: asyncio.run(k)\nfinally: k.close()",
            "k = tyst()\ntry: asyncio.get_event_loop().run_until_complete(k)\nfinally: k.close()",
        ],
        "subprocesses": [
            "p = await asyncio.create_subprocess_exec('echo', 'hej', stdout=-1); (await p.communicate())[0]",
            "await asyncio.to_thread(print, 'i en tråd')",
            "%autoawait",
        ],
        "pools": [
            "from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor\nimport multiprocessing",
            "with ThreadPoolExecutor(2) as pool: print(list(pool.map(str, range(3))))",
            "def två(n): return n * 2\n"
            "with ProcessPoolExecutor(1, multiprocessing.get_context('fork')) as pool: print(list(pool.map(två, range(3))))",
        ],
    },
    "figures": {
        "drawn by pyplot": [
            "import matplotlib.pyplot as plt; plt.plot([1, 2, 1])",
            "fig, ax = plt.subplots(figsize=(2, 2)); ax.set_title('Å'); print('före')",
            "plt.figure(figsize=(1, 1)); plt.plot([1]); plt.show(); print('efter'); plt.figure(figsize=(1, 2)); None",
            "plt.gcf().axes",
            "plt.close('all'); fig",
        ],
        "by an object": [
            "from matplotlib.figure import Figure; f = Figure(figsize=(1, 1)); f.subplots().plot([2, 1]); f",
            "display(f)",
        ],
        "settings": [
            "%matplotlib inline",
            "%config InlineBackend.figure_format = 'svg'",
            "plt.rcParams['svg.hashsalt'] = 'a'; plt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.gcf().canvas.get_default_filetype()",
            "plt.get_backend(), plt.isinteractive(), plt.rcParams['figure.dpi']",
            "%config InlineBackend.close_figures",
        ],
        "an error while drawing": ["fig = plt.figure(figsize=(1, 1)); 1 / 0", "plt.get_fignums()"],
    },
    "stops": {"at an error": ["1", "#-skipped\n1 / 0", "#!\n1 / 0", "2"]},
    "leaves": {"by itself": ["1", "quit()"]},
    "leaves at once": {"with an exit": ["print('a')", "#!\nraise SystemExit", "2"]},
    "has nothing": {"but text": []},
}

MASKS = (
    (r"ipykernel_\d+", "ipykernel_N"),
    (r"pid=\d+", "pid=N"),
    (r"0x[0-9a-f]{6,}", "0xN"),
    (r"(CPU times: |Wall time: ).*", r"\1N"),
    (r"[\d.]+ (ns|μs|ms|s) ± .*", "N"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)", "T"),
    (r"(<dc:date>).*?(</dc:date>)", r"\1T\2"),
    (r"(Task|Thread)-\d+", r"\1-N"),
)


def notebook(path: Path, cases: dict[str, list[str]]) -> Path:
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.cells = [nbformat.v4.new_markdown_cell("# Text", id="text")]
    for code in [code for cells in cases.values() for code in cells]:
        cell = nbformat.v4.new_code_cell(code, id=f"cell-{len(made.cells)}")
        cell.metadata["tags"] = [] if code.startswith("#!") else ["raises-exception"]
        cell.metadata["tags"] += ["skip-execution"] if code.startswith("#-") else []
        made.cells.append(cell)
    nbformat.write(made, path)
    return path


def executed(path: Path, target: Path, **options: Any) -> NotebookNode:
    """The notebook as papermill leaves it on disk, told as what is compared."""
    with suppress(PapermillExecutionError):
        papermill.execute_notebook(str(path), str(target), progress_bar=False, **options)
    made = nbformat.read(target, as_version=4)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return made


def told(value: Any) -> Any:
    """A value without what differs from run to run."""
    if isinstance(value, str):
        value = re.sub(r"[/\\](kernel|warm)([/\\]work)", r"/X\2", value)
        for pattern, instead in MASKS:
            value = re.sub(pattern, instead, value)
        return value
    if isinstance(value, list):
        return [told(each) for each in value]
    if isinstance(value, dict):
        return {name: told(each) for name, each in value.items() if name not in ("duration", "id", "output_path")}
    return value


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs, where a stream that came in pieces is one: a kernel sends what it has five times a second."""
    whole: list[NotebookNode] = []
    for output in outputs:
        if whole and output.output_type == "stream" and output.name == whole[-1].get("name"):
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


@pytest.mark.parametrize("about", NOTEBOOKS)
def test_a_warm_process_shows_what_a_kernel_shows(about: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel doesn't read the file descriptors
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("NAMN", "värde")
    path = notebook(tmp_path / "in.ipynb", NOTEBOOKS[about])
    shown = []
    for name in ("kernel", "warm"):
        folder = tmp_path / name / "work"  # a folder each, so that what one writes isn't read by the other
        folder.mkdir(parents=True)
        (folder / "egen_fil.py").write_text("print('i filen', __name__)\n1 / 0\n", encoding="utf-8")
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PWD", str(folder))
        ipc = Config({"KernelManager": {"transport": "ipc", "ip": str(tmp_path / "k")}})
        options = {"engine_name": "reporting-warm"} if name == "warm" else {"config": ipc}
        shown.append(executed(path, tmp_path / f"{name}.ipynb", **options))
    kernel, warm = (told(each) for each in shown)
    for real, ours in zip(kernel["cells"], warm["cells"], strict=True):
        assert ours == real, real["source"]
    assert warm["metadata"] == kernel["metadata"]

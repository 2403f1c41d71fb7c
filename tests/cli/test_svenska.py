"""What the command line says of itself is Swedish, whatever is written after it."""

import re

import pytest
import typer

from commands import reporting
from reporting.cli.app import app

pytestmark = pytest.mark.process

ENGLISH = r"\b(Usage|Options?|Arguments?:? $|Commands?|Show|message|exit|required|default|Error|Invalid|value|Missing|such|Try|help for)\b"


@pytest.mark.parametrize("name", ["", *typer.main.get_command(app).commands])  # type: ignore[attr-defined]
def test_the_help_is_swedish(name: str) -> None:
    shown = reporting(*name.split(), "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert re.match(rf"Användning: (python -m )?reporting {name}".rstrip(), shown.stdout)
    assert "  --help" in shown.stdout
    assert "Visa den här hjälpen." in shown.stdout
    assert not re.search(ENGLISH, shown.stdout), shown.stdout


WRONG = {
    ("accept", "3fa2b1"): "Valet --motiv måste anges.",
    ("accept",): "koder måste anges.",
    ("template",): "period måste anges.",
    ("runn",): "Kommandot runn finns inte. Menade du run?",
    ("gör",): "Kommandot gör finns inte.",
    ("run", "--kapitell", "x"): "Valet --kapitell finns inte. Menade du --kapitel?",
    ("run", "--zzz"): "Valet --zzz finns inte.",
    ("run", "--kapitel"): "Valet --kapitel måste följas av ett värde.",
    ("run", "--jobs", "fyra"): "Valet --jobs måste följas av ett helt tal.",
    ("run", "--jobs", "-1"): "Valet --jobs måste vara minst 0.",
    ("status", "--json=3"): "Valet --json följs inte av något värde.",
    ("check", "2024-12", "socialnamnden"): "Det här är för mycket: socialnamnden.",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_is_wrong_is_said_in_swedish(arguments: tuple[str, ...]) -> None:
    shown = reporting(*arguments)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.splitlines()[0] == WRONG[arguments]
    assert not re.search(ENGLISH, shown.stderr), shown.stderr


def test_a_command_alone_shows_its_help() -> None:
    shown = reporting()
    assert (shown.returncode, "reporting [VAL] KOMMANDO ..." in shown.stderr) == (2, True)

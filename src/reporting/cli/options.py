"""What the commands share: their common options, how a root and a period are found, how they speak."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporting.params.read import Params
    from reporting.params.root import Root
    from reporting.periods import Period


def option(told: str, *names: str, **more: Any) -> Any:
    """Declare an option of a command, without showing its default. told: its help; names: its flags, by default the argument's name;
    more: any other argument of typer.Option."""
    return typer.Option(*names, help=told, show_default=False, **more)


_NEWEST = "Perioden, till exempel 2024-12; den senaste i params/ om den utelämnas."
PERIOD = Annotated[str, typer.Argument(help=_NEWEST, show_default=False)]
NAMND = Annotated[str, typer.Argument(help="Nämndens id; alla periodens nämnder om det utelämnas.", show_default=False)]
ROOT = Annotated[str, option("Kommunens mapp, den med params/; annars den närmaste, här eller ovanför.", "--root")]
JSON = Annotated[bool, option("Skriv svaret som JSON.", "--json")]


def chosen_root(root: str) -> "Root":
    """The root that a command is about; exit code 2 where there is none."""
    from reporting.params.root import find_root

    with told_as_wrong_use():
        return find_root(root, bundled=False)


def chosen_root_and_period(root: str, period: str) -> "tuple[Root, Period]":
    """The root and the period that a command is about; exit code 2 where there is none."""
    from reporting.params.root import chosen_period

    folder = chosen_root(root)
    with told_as_wrong_use():
        return folder, chosen_period(folder, period)


@contextmanager
def told_as_wrong_use() -> "Iterator[None]":
    """Within this block, InputFaults are printed to stderr as wrong use of the command, which ends with exit code 2."""
    from reporting.faults import InputFaults

    try:
        yield
    except InputFaults as error:
        wrong_use(error.text())


def of_namnd(root: str, period: str, namnd: str) -> "tuple[Root, Params, list[str]]":
    """What a command is about: (root, the period's params, the ids of its nämnder: `namnd` alone where it is named).

    Raises InputFaults for faults in params/; ends with exit code 2 where there is no such root, period or nämnd.
    """
    from reporting.params.read import read_run_params

    folder, when = chosen_root_and_period(root, period)
    params = read_run_params(folder.params, when)
    namnder = list(params.korning.namnder)
    known_namnd(namnd, namnder, when)
    return folder, params, [namnd] if namnd else namnder


def known_namnd(namnd: str, known: "Iterable[str]", period: "Period") -> None:
    """End with exit code 2 where a nämnd that was asked for isn't one of the period's."""
    if namnd and namnd not in known:
        wrong_use(f"Nämnden «{namnd}» finns inte i params/{period}.yml. Där finns: {', '.join(known)}.")


def told(error: Exception) -> str:
    """The Swedish message of an exception that is meant for whoever runs the command; any other exception is raised again."""
    from reporting.batch.crew import NoCluster
    from reporting.batch.lock import Busy
    from reporting.faults import InputFaults
    from reporting.gate.chromium import NoBrowser
    from reporting.publish.address import DeliveryError

    if isinstance(error, InputFaults | Busy | NoCluster | NoBrowser | DeliveryError):
        return str(error)
    raise error


def wrong_use(message: str) -> NoReturn:
    """Say what was wrong with the command, and end with exit code 2."""
    say(message)
    raise typer.Exit(2)


def say(message: str) -> None:
    """A message to whoever runs the command; results go to stdout, this to stderr."""
    print(message, file=sys.stderr)


def agreed(question: str) -> bool:
    """Whether whoever sits at the terminal answers a question with yes."""
    say(f"{question} (j/n) ")
    return input().strip().lower() in ("j", "ja")

"""What the commands share: their common options, how a root and a period are found, how they speak."""

import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporting.params.read import Params
    from reporting.params.root import Root
    from reporting.periods import Period

PERIOD = Annotated[
    str,
    typer.Argument(help="Perioden, till exempel 2024-12; den senaste i params/ om den utelämnas.", show_default=False),
]
NAMND = Annotated[str, typer.Argument(help="Nämndens id; alla periodens nämnder om det utelämnas.", show_default=False)]
ROOT = Annotated[
    str,
    typer.Option(
        "--root", help="Kommunens mapp, den med params/; annars den närmaste, här eller ovanför.", show_default=False
    ),
]
JSON = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")]


def chosen_root_and_period(root: str, period: str) -> "tuple[Root, Period]":
    """The root and the period that a command is about; exit code 2 where there is none."""
    from reporting.faults import InputFaults
    from reporting.params.root import chosen_period, find_root

    try:
        folder = find_root(root, bundled=False)
        return folder, chosen_period(folder, period)
    except InputFaults as error:
        wrong_use(error.text())


def of_namnd(root: str, period: str, namnd: str) -> "tuple[Root, Params, list[str]]":
    """The root, the period's params, and the nämnder that a command is about. Raises InputFaults."""
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
    """What an exception says, in Swedish, to whoever runs the command. Raises it again where it is for nobody."""
    from reporting.batch.crew import NoCluster
    from reporting.batch.lock import Busy
    from reporting.faults import InputFaults
    from reporting.gate.chromium import NoBrowser
    from reporting.publish.address import DeliveryError

    if isinstance(error, InputFaults):
        return error.text()
    if isinstance(error, Busy | NoCluster | NoBrowser | DeliveryError):
        return str(error)
    raise error


def wrong_use(message: str) -> NoReturn:
    """Say what was wrong with the command, and end with exit code 2."""
    say(message)
    raise typer.Exit(2)


def say(message: str) -> None:
    """A message to whoever runs the command; results go to stdout, this to stderr."""
    print(message, file=sys.stderr)

"""The commands. Results go to stdout, messages to stderr. Exit codes: 0 well, 1 faults in the input, 2 wrong use, 3 some
chapters failed. Libraries are imported inside the commands, so that `reporting --help` answers at once."""

import io
import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reporting.periods import Period
    from reporting.root import Root

app = typer.Typer(
    help="Nämndens uppföljning ur plan, kalkylblad och text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

PERIOD = Annotated[
    str,
    typer.Argument(help="Perioden, till exempel 2024-12; den senaste i params/ om den utelämnas.", show_default=False),
]
ROOT = Annotated[
    str,
    typer.Option("--root", help="Kommunens mapp, den med params/; annars den närmaste ovanför.", show_default=False),
]
JSON = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")]


@app.command()
def check(period: PERIOD = "", root: ROOT = "", as_json: JSON = False) -> None:
    """Visa alla fel i params och data. Tyst när allt stämmer; slutkod 1 när något är fel."""
    from reporting.checks import check_period

    folder, when = _opened(root, period)
    faults = check_period(folder, when)
    if as_json:
        print(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=1))
    elif faults:
        print("\n\n".join(map(str, faults)))
        _say(f"\n{len(faults)} fel i underlaget för {when.name}.")
    raise typer.Exit(1 if faults else 0)


@app.command()
def run(
    period: PERIOD = "",
    root: ROOT = "",
    namnd: Annotated[str, typer.Option(help="Bara den här nämnden (id).", show_default=False)] = "",
    kapitel: Annotated[
        str, typer.Option(help="Bara det här kapitlet, till exempel 02-maluppfoljning.", show_default=False)
    ] = "",
    jobs: Annotated[
        int, typer.Option(help="Hur många kapitel som görs samtidigt; 0 är ett per processorkärna.", min=0)
    ] = 0,
) -> None:
    """Gör alla kapitel och sidan för varje nämnd. Skriver var sidorna ligger."""
    from reporting.faults import InputFaults
    from reporting.params import read_run_params

    folder, when = _opened(root, period)
    try:
        params = read_run_params(folder.params, when)
    except InputFaults as error:
        _say(error.text())
        raise typer.Exit(1) from None
    if namnd and namnd not in params.korning.namnder:
        _wrong_use(f"Nämnden «{namnd}» finns inte i params/{when}.yml. Där finns: {', '.join(params.korning.namnder)}.")

    from reporting import progress
    from reporting.checks import misnamed_chapters
    from reporting.runs import planned, run

    work = planned(folder, params, namnd, kapitel)
    if not work:
        _wrong_use(f"Kapitlet «{kapitel}» finns inte i {folder.notebooks}.")
    try:
        with progress.shown(len(work)) as done:
            made = run(folder, params, work, jobs or os.cpu_count() or 1, done)
    except KeyboardInterrupt:
        _say("Avbrutet. Sidorna är som de var före körningen; kör igen för att göra dem.")
        raise typer.Exit(130) from None
    for item in made:
        print(item.page)
    failed: dict[tuple[str, str], list[str]] = {}
    for outcome in (outcome for item in made for outcome in item.failed):
        failed.setdefault((outcome.job.namnd, outcome.orsak), []).append(outcome.job.kapitel)
    for (whose, orsak), chapters in failed.items():
        _say(f"\n{whose}, {', '.join(chapters)} kunde inte göras:\n{orsak}")
    for fault in misnamed_chapters(folder):
        _say(f"\n{fault}")
    raise typer.Exit(3 if failed else 0)


@app.command()
def status(period: PERIOD = "", root: ROOT = "", as_json: JSON = False) -> None:
    """Visa vad varje nämnd har levererat, vad som saknas och om sidorna är aktuella."""
    from rich.console import Console
    from rich.table import Table

    from reporting.checks import status_of_period

    folder, when = _opened(root, period)
    found = status_of_period(folder, when)
    if as_json:
        print(json.dumps([item.as_dict() for item in found], ensure_ascii=False, indent=1))
        return
    table = Table(title=f"Läget för {when.name}", title_justify="left")
    for heading in ("Nämnd", "Arbetsböcker", "Utfall", "Fel", "Text", "Sidan"):
        table.add_column(heading)
    notes = []
    for item in found:
        delivered, written = f"{item.levererade} av {item.matetal}", f"{item.texter} av {item.textdelar}"
        table.add_row(item.namnd, str(item.arbetsbocker), delivered, str(item.fel), written, item.korning)
        notes += [f"{item.namnd}: ändrat sedan sidan gjordes: {name}" for name in item.andrade]
        notes += [f"{item.namnd}: kunde inte göras: {name}" for name in item.misslyckade]
    Console().print(table)
    for note in notes:
        print(note)


@app.command()
def backtest(root: ROOT = "", as_json: JSON = False) -> None:
    """Visa hur långt från utfallet prognoserna vid tidigare delår skulle ha varit, per metod."""
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from reporting.faults import InputFaults
    from reporting.prognosprov import backtest, summed_up
    from reporting.swedish import MONTHS, amount

    folder, _ = _opened(root, "")
    try:
        rows = summed_up(backtest(folder))
    except InputFaults as error:
        _say(error.text())
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1, default=float))
        return
    if not rows:
        print("Det finns inga tidigare delår med både utfall och årsutfall att pröva prognoserna på.")
        return
    print("Prognoser vid tidigare delår mot vad året slutade på: miss i procent av utfallet.")
    print("Jämn: om en jämn takt hade använts för samma antal. Inom: i intervallet. Rätt: når eller når inte målet.")
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("Metod", "Månad", "Antal", "Median", "Störst", "Jämn", "Inom", "Rätt"):
        table.add_column(heading, justify="left" if heading in ("Metod", "Månad") else "right", no_wrap=True)
    for row in rows:
        shares = (row.miss, row.storsta, row.miss_jamn_takt, row.inom, row.traff)
        shown = [amount(share, "procent", 0) if share is not None else "–" for share in shares]
        table.add_row(row.metod.capitalize(), MONTHS[row.manad - 1], str(row.antal), *shown)
    Console().print(table)


def _opened(root: str, period: str) -> "tuple[Root, Period]":
    from reporting.faults import InputFaults
    from reporting.root import chosen_period, find_root

    try:
        folder = find_root(root or ".")
        return folder, chosen_period(folder, period)
    except InputFaults as error:
        _wrong_use(error.text())
        raise


def _wrong_use(message: str) -> None:
    _say(message)
    raise typer.Exit(2)


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def main() -> None:
    """The entry point: UTF-8 on every terminal, Windows' too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()

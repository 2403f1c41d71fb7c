"""The command that makes the pages, and the one that makes them again as files are saved."""

from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli_options import PERIOD, ROOT, opened, say, wrong_use

if TYPE_CHECKING:
    from reporting.periods import Period
    from reporting.root import Root
    from reporting.runs import Made


def run(
    period: PERIOD = "",
    root: ROOT = "",
    every: Annotated[bool, typer.Option("--all", help="Alla perioder i params/, inte bara en.")] = False,
    namnd: Annotated[str, typer.Option(help="Bara den här nämnden (id).", show_default=False)] = "",
    kapitel: Annotated[
        str, typer.Option(help="Bara det här kapitlet, till exempel 02-maluppfoljning.", show_default=False)
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Gör om också det som inget har ändrats i.")] = False,
    jobs: Annotated[
        int, typer.Option(help="Hur många kapitel som görs samtidigt; 0 är så många som datorn rymmer.", min=0)
    ] = 0,
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="tcp://DATOR:PORT",
            help="Låt ett dask-kluster göra kapitlen, i stället för den här datorn.",
            show_default=False,
        ),
    ] = "",
    engine: Annotated[
        str,
        typer.Option(
            metavar="warm|kernel", help="kernel kör varje kapitel i en egen Jupyter-kärna: långsammare, samma resultat."
        ),
    ] = "warm",
) -> None:
    """Gör de kapitel som något har ändrats i, och sidan för varje nämnd. Skriver var sidorna ligger."""
    if engine not in ("warm", "kernel"):
        wrong_use(f"--engine är warm eller kernel, inte «{engine}».")
    from functools import partial

    from reporting import progress
    from reporting.hands import hired
    from reporting.jobs import planned
    from reporting.root import misnamed_chapters
    from reporting.run_lock import Busy, held
    from reporting.runs import run

    folder, when = opened(root, period)
    periods = _every_period(folder, period) if every else [when]
    namnder = {str(item): _namnder(folder, item, namnd if not every else "") for item in periods}
    work = [
        job
        for item in periods
        if namnd in ("", *namnder[str(item)])
        for job in planned(folder, item, namnder[str(item)], namnd, kapitel)
    ]
    if not work:
        wrong_use(f"Kapitlet «{kapitel}» finns inte i {folder.notebooks}.")
    hands = partial(hired, jobs=jobs, scheduler=scheduler, karna=engine == "kernel")
    try:
        with held(folder.outputs), progress.shown(len(work)) as done:
            made = run(folder, work, namnder, hands, done, force=force)
    except Busy as error:
        say(str(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say("Avbrutet. Det som hann bli klart är sparat; kör igen för att göra resten.")
        raise typer.Exit(130) from None
    for item in made:
        print(item.page)
    aktuella = sum(item.aktuella for item in made)
    if aktuella:
        say(f"{aktuella} av {len(work)} kapitel var redan aktuella.")
    for fault in misnamed_chapters(folder):
        say(f"\n{fault}")
    raise typer.Exit(3 if _told_failures(made) else 0)


def _every_period(root: "Root", period: str) -> "list[Period]":
    from reporting.root import periods

    if period:
        wrong_use("Ange en period eller --all, inte båda.")
    return periods(root)


def _namnder(root: "Root", period: "Period", namnd: str) -> list[str]:
    """The nämnder of a period; ends where its file or kommun.yml can't be used, or where it doesn't have `namnd`."""
    from reporting.faults import InputFaults
    from reporting.params import read_namnder

    try:
        known = read_namnder(root.params, period)
    except InputFaults as error:
        say(error.text())
        raise typer.Exit(1) from None
    if namnd and namnd not in known:
        wrong_use(f"Nämnden «{namnd}» finns inte i params/{period}.yml. Där finns: {', '.join(known)}.")
    return known


def _told_failures(made: "list[Made]") -> bool:
    failed: dict[tuple[str, str], list[str]] = {}
    for outcome in (outcome for item in made for outcome in item.failed):
        failed.setdefault((outcome.job.namnd, outcome.orsak), []).append(outcome.job.kapitel)
    for (whose, orsak), chapters in failed.items():
        say(f"\n{whose}, {', '.join(chapters)} kunde inte göras:\n{orsak}")
    return bool(failed)

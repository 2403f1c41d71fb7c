"""The command that makes the pages, and the one that makes them again as files are saved."""

import contextlib
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.options import NAMND, PERIOD, ROOT, chosen_root_and_period, known_namnd, option, say, told, wrong_use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from reporting.batch.run import Made
    from reporting.batch.workers import Hands
    from reporting.params.root import Root
    from reporting.periods import Period


def run_command(
    period: PERIOD = "",
    root: ROOT = "",
    every: Annotated[bool, option("Alla perioder i params/, inte bara en.", "--all")] = False,
    namnd: Annotated[str, option("Bara den här nämnden (id).")] = "",
    kapitel: Annotated[str, option("Bara det här kapitlet, till exempel 02-maluppfoljning.")] = "",
    force: Annotated[bool, option("Gör om också det som inget har ändrats i.", "--force")] = False,
    jobs: Annotated[
        int, typer.Option(help="Hur många kapitel som görs samtidigt; 0 är så många som datorn rymmer.", min=0)
    ] = 0,
    scheduler: Annotated[
        str, option("Låt ett dask-kluster göra kapitlen, i stället för den här datorn.", metavar="tcp://DATOR:PORT")
    ] = "",
    engine: Annotated[
        str,
        option("kernel kör varje kapitel i en egen Jupyter-kärna: långsammare, samma resultat.", metavar="warm|kernel"),
    ] = "warm",
) -> None:
    """Gör de kapitel som något har ändrats i, och sidan för varje nämnd. Skriver var sidorna ligger."""
    if engine not in ("warm", "kernel"):
        wrong_use(f"--engine är warm eller kernel, inte «{engine}».")
    from functools import partial

    from reporting.batch.workers import AHEAD, hired
    from reporting.warm import pool

    if not scheduler:
        pool.start_programs(AHEAD)  # while it is found out whether there is anything to do
    from reporting.params.root import misnamed_chapters, periods

    folder, when = chosen_root_and_period(root, period)
    if every and period:
        wrong_use("Ange en period eller --all, inte båda.")
    shown = periods(folder) if every else [when]
    hands = partial(hired, jobs=jobs, scheduler=scheduler, own_kernel=engine == "kernel")
    try:
        made = make_and_tell(folder, shown, namnd, kapitel, hands, force=force)
    except KeyboardInterrupt:
        say("Avbrutet. Det som hann bli klart är sparat; kör igen för att göra resten.")
        raise typer.Exit(130) from None
    for item in made:
        print(item.page)
    if current := sum(item.current for item in made):
        say(f"{current} kapitel var redan aktuella.")
    for fault in misnamed_chapters(folder):
        say(f"\n{fault}")
    raise typer.Exit(3 if tell_how_it_went(made) else 0)


def watch(period: PERIOD = "", namnd: NAMND = "", root: ROOT = "") -> None:
    """Vänta på att filer sparas, och gör om det som berörs. Avsluta med Ctrl-C."""
    import time

    from reporting.batch.watch import kept_workers, saved_files

    folder, when = chosen_root_and_period(root, period)
    with contextlib.suppress(KeyboardInterrupt), kept_workers() as hands:
        tell_how_it_went(make_and_tell(folder, [when], namnd, "", hands))
        say(f"Väntar på ändringar i {when.name}. Avsluta med Ctrl-C.")
        for paths in saved_files(folder):
            started = time.monotonic()
            say(f"\n{', '.join(path.name for path in paths)}")
            try:
                made = make_and_tell(folder, [when], namnd, "", hands)
            except typer.Exit:  # what was told is mended while we wait
                continue
            except Exception as error:  # a fault in params
                say(told(error))
                continue
            for item in made:
                if item.is_new:
                    print(item.page, flush=True)
            tell_how_it_went(made)
            ended = "klart" if any(item.is_new for item in made) else "ingen sida blev annorlunda"
            say(f"{ended} ({time.monotonic() - started:.1f} s)".replace(".", ","))


def make_and_tell(
    root: "Root",
    periods: "Sequence[Period]",
    namnd: str,
    kapitel: str,
    hands: "Callable[[], AbstractContextManager[Hands]]",
    *,
    force: bool = False,
) -> "list[Made]":
    """Make what is out of date in these periods, and show how it is getting on. Raises InputFaults, Busy and NoCluster where that can't
    be begun."""
    from reporting.batch.jobs import planned
    from reporting.batch.lock import held
    from reporting.batch.run import run_chapters
    from reporting.cli import progress
    from reporting.params.read import read_namnder
    from reporting.params.root import unknown_chapter

    namnder = {str(when): read_namnder(root.params, when) for when in periods}
    if len(periods) == 1:
        known_namnd(namnd, namnder[str(periods[0])], periods[0])
    work = [
        job
        for when in periods
        if namnd in ("", *namnder[str(when)])
        for job in planned(root, when, namnder[str(when)], namnd, kapitel)
    ]
    if not work:
        wrong_use(unknown_chapter(root, kapitel))
    with held(root.outputs), progress.shown(len(work)) as done:
        return run_chapters(root, work, namnder, hands, done, force=force)


def tell_how_it_went(made: "list[Made]") -> bool:
    """Say which chapters couldn't be made, and why; True where there are any. First, which of the others wrote what isn't for the page."""
    from reporting.batch.streams import told_stderr

    wrote: dict[tuple[str, str], list[str]] = {}
    for outcome in (outcome for item in made for outcome in item.wrote):
        wrote.setdefault((outcome.job.kapitel, told_stderr(outcome.stderr)), []).append(outcome.job.namnd)
    for (kapitel, said), namnder in wrote.items():
        say(f"\n{', '.join(namnder)}, {kapitel}: {said}")
    failed: dict[tuple[str, str], list[str]] = {}
    for outcome in (outcome for item in made for outcome in item.failed):
        failed.setdefault((outcome.job.namnd, outcome.orsak), []).append(outcome.job.kapitel)
    for (whose, orsak), chapters in failed.items():
        say(f"\n{whose}, {', '.join(chapters)} kunde inte göras:\n{orsak}")
    return bool(failed)

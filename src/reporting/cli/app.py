"""The commands. Results go to stdout, messages to stderr. Exit codes: 0 well, 1 faults in the input, 2 wrong use, 3 some
chapters failed. Libraries are imported inside the commands, so that `reporting --help` answers at once."""

import errno
import io
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reporting.cli.options import (
    JSON,
    NAMND,
    PERIOD,
    ROOT,
    agreed,
    chosen_root,
    chosen_root_and_period,
    known_namnd,
    option,
    say,
    told,
    told_as_wrong_use,
)
from reporting.cli.publish import publish
from reporting.cli.roundtrip import accept_command, new_period_command, template_command, texts
from reporting.cli.run import run_command, watch
from reporting.cli.swedish_help import in_swedish, wrong_command

app = typer.Typer(
    help="Nämndens uppföljning ur plan, kalkylblad och text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("new-period")(new_period_command)
app.command("template")(template_command)
app.command()(texts)
_RETURN = "Lägg en märkt kopia av varje arbetsbok där något är fel eller saknas i den här mappen, och ett brev till avsändaren."


@app.command()
def check(
    period: PERIOD = "",
    root: ROOT = "",
    as_json: JSON = False,
    return_to: Annotated[str, option(_RETURN, "--return", metavar="MAPP")] = "",
    malvarden: Annotated[
        bool, option("Visa bara hur varje målvärde i planerna läses, och vad som inte går att läsa.", "--malvarden")
    ] = False,
) -> None:
    """Visa alla fel i params och data, och det som bör kontrolleras. Tyst när allt stämmer; slutkod 1 när något är fel."""
    from reporting.assess.check import inspect_period
    from reporting.cli.tables import show_kontroll, show_malvarden
    from reporting.params.malvarde_readings import malvarde_readings
    from reporting.params.read import read_as_far

    folder, when = chosen_root_and_period(root, period)
    if malvarden:
        as_far, faults = read_as_far(folder.params, when)
        found = malvarde_readings(as_far.planer, when.year)
        if as_json:
            print(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
        else:
            show_malvarden(found)
        if len(faults) > sum(bool(item.vantat) for item in found):
            say("Det finns andra fel i params/, så målvärden kan saknas här. Kör reporting check utan --malvarden.")
        raise typer.Exit(1 if faults else 0)
    kontroll = inspect_period(folder, when)
    if as_json:
        print(json.dumps(kontroll.as_dict(), ensure_ascii=False, indent=1))
    elif kontroll.faults or kontroll.notiser:
        show_kontroll(kontroll)
        noticed = f" {len(kontroll.notiser)} att kontrollera." if kontroll.notiser else ""
        say(f"\n{len(kontroll.faults) or 'Inga'} fel i underlaget för {when.name}.{noticed}")
        if kontroll.notiser:
            say('Godkänn det som stämmer med reporting accept KOD --motiv "varför".')
    if return_to:
        from reporting.params.read import read_params
        from reporting.returns.write import write_returns

        params, _ = read_params(folder.params, when)
        with told_as_wrong_use():
            made = write_returns(
                Path(return_to),
                folder.named(folder.data / str(when)) + "/",
                kontroll.faults,
                notiser=kontroll.notiser,
                read=lambda fil: folder.folder / fil,
                lamnade=kontroll.lamnade,
                period_name=when.name,
                names={namnd.id: namnd.namn for namnd in params.kommun.namnder} if params else {},
                saknas=[item.as_fault() for item in kontroll.saknade if item.fil],
            )
        for path in made:
            say(str(path))
    raise typer.Exit(1 if kontroll.faults else 0)


app.command("accept")(accept_command)
app.command("run")(run_command)
app.command()(watch)
app.command()(publish)


@app.command()
def upgrade(
    root: ROOT = "",
    dry_run: Annotated[bool, option("Visa vad som skulle ändras, men ändra inget.", "--dry-run")] = False,
    yes: Annotated[bool, option("Fråga inte innan filerna ändras.", "--yes")] = False,
) -> None:
    """Visa vad en mapp från en tidigare version behöver, och gör det. Rör inget annat; filerna som de var sparas bredvid."""
    from reporting.upgrade.upgrade import carry_out, upgrade_of

    folder = chosen_root(root)
    needed = upgrade_of(folder)
    for change in needed.changes:
        say("\n".join([change.name, *(f"  {line}" for line in change.shown), ""]))
    if needed.by_hand:
        say("Det här kan bara du skriva om:\n")
    for fault in needed.by_hand:
        say(f"{fault}\n")
    if not needed.changes:
        say("Inget att ändra." if needed.by_hand else "Inget att ändra: mappen stämmer med programmet.")
    elif dry_run or not (yes or _agreed(len(needed.changes))):
        say("Inget är ändrat.")
    else:
        kept = carry_out(folder, needed)
        for change in needed.changes:
            print(change.path)
        say(f"Filerna som de var ligger i {kept}. Ta bort mappen när allt är som du vill.")
    raise typer.Exit(1 if needed.by_hand else 0)


def _agreed(count: int) -> bool:
    """Whether whoever sits there wants it; where nobody does, it takes --yes."""
    if sys.stdin.isatty():
        return agreed(f"Ändra {'filen' if count == 1 else f'de {count} filerna'}?")
    say("Lägg till --yes för att ändra filerna.")
    return False


@app.command("status")
def status_command(period: PERIOD = "", namnd: NAMND = "", root: ROOT = "", as_json: JSON = False) -> None:
    """Visa hur långt varje nämnd har kommit, kapitel för kapitel, vad som är kvar och vem som har lämnat vad."""
    from reporting.batch.status import lage_of_period
    from reporting.cli.tables import show_lage

    folder, when = chosen_root_and_period(root, period)
    every = lage_of_period(folder, when)
    known_namnd(namnd, [item.namnd for item in every], when)
    found = [item for item in every if namnd in ("", item.namnd)]
    if as_json:
        print(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
    elif found:
        show_lage(found, f"Läget för {when.name}")
    else:
        say("Periodens params går inte att använda. Kör reporting check.")
        raise typer.Exit(1)


@app.command("backtest")
def backtest_command(root: ROOT = "", as_json: JSON = False) -> None:
    """Visa hur långt från utfallet prognoserna vid tidigare delår skulle ha varit, per metod."""
    from rich.console import Console
    from rich.table import Table

    from reporting.assess.backtest import backtest, summed_by_month
    from reporting.swedish import MONTHS
    from reporting.units import PROCENT, amount

    folder, _ = chosen_root_and_period(root, "")
    rows = summed_by_month(backtest(folder))
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
        shown = [amount(share, PROCENT, 0) if share is not None else "–" for share in shares]
        table.add_row(row.metod.capitalize(), MONTHS[row.manad - 1], str(row.antal), *shown)
    Console().print(table)


def main() -> None:
    """The entry point: UTF-8 on every terminal, Windows' too, and Swedish."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        code = in_swedish(typer.main.get_command(app))(standalone_mode=False)
    except typer.TyperException as error:
        say(wrong_command(error))
        sys.exit(2)
    except OSError as error:  # a file that is open in Excel, a folder where a file should be, a disk that is full
        what, remedy = _TOLD.get(error.errno or 0, (error.strerror or str(error), _CLOSE_IT))
        say(f"{error.filename or 'En fil'} går inte att läsa eller skriva: {what}.\n{remedy}")
        sys.exit(1)
    except Exception as error:
        say(told(error))
        sys.exit(1)
    sys.exit(code)


_CLOSE_IT = "Stäng den i andra program, och kontrollera att du har rätt till mappen."
_GIVE_ROOM = "Ge plats och kör igen; det som var klart är kvar."
_TOLD = {
    errno.EACCES: ("den är öppen i ett annat program, eller du har inte rätt till den", _CLOSE_IT),
    errno.EPERM: (
        "du har inte rätt till den",
        "Välj en annan mapp i kommun.yml, under mappar, eller be om rätt till den.",
    ),
    errno.EROFS: ("mappen går bara att läsa", "Välj en annan mapp i kommun.yml, under mappar."),
    errno.ENOSPC: ("disken är full", _GIVE_ROOM),
    errno.EDQUOT: ("ditt utrymme är slut", _GIVE_ROOM),
    errno.EFBIG: ("filen får inte bli så stor", _GIVE_ROOM),
    errno.ENOTDIR: ("en del av vägen är en fil", "Kontrollera mapparna i kommun.yml, under mappar."),
    errno.EISDIR: ("det är en mapp", "Flytta mappen, eller byt namn på den."),
}
"""What the system says, in Swedish, and what to do about it."""

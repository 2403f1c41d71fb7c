"""The command that publishes: the site made, checked, shown against what is published, and delivered; or an earlier one brought back."""

import getpass
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.options import PERIOD, ROOT, agreed, chosen_root_and_period, option, say, wrong_use

if TYPE_CHECKING:
    from reporting.params.root import Root
    from reporting.periods import Period
    from reporting.publish.destination import Destination
    from reporting.publish.prepare import Prepared
    from reporting.publish.versions import Intended

PASSWORD = "REPORTING_PASSWORD"  # noqa: S105 - the name of a variable
"""The environment variable that holds the password of a server, where nobody is there to be asked."""


def publish(
    period: PERIOD = "",
    root: ROOT = "",
    to: Annotated[
        str,
        option(
            "Vart webbplatsen ska levereras; annars dit kommun.yml säger, under webbplats och till.",
            metavar="MAPP|sftp://…|webdavs://…",
        ),
    ] = "",
    dry_run: Annotated[
        bool, option("Gör och granska allt, visa vad som skulle ändras, men leverera inte.", "--dry-run")
    ] = False,
    check_all: Annotated[
        bool,
        option(
            "Kör axe på varje sida i varje läge, också där sidor har samma slags element. Tar minuter.", "--check-all"
        ),
    ] = False,
    yes: Annotated[bool, option("Fråga inte innan det publiceras.", "--yes")] = False,
    rollback: Annotated[
        bool, option("Ta tillbaka den förra publiceringen, eller den som --number säger.", "--rollback")
    ] = False,
    number: Annotated[int, option("Publiceringens nummer, vid --rollback.", min=0)] = 0,
    versions: Annotated[bool, option("Visa alla publiceringar.", "--versions")] = False,
    break_lock: Annotated[
        bool, option("Publicera fast någon annan står som den som publicerar.", "--break-lock")
    ] = False,
) -> None:
    """Publicera webbplatsen: alla perioder till och med den här. Gör först om det som något har ändrats i."""
    from reporting.params.read import read_run_params

    folder, when = chosen_root_and_period(root, period)
    address = to or read_run_params(folder.params, when).kommun.webbplats.till
    if (rollback or versions) and not address:
        wrong_use("Ange var webbplatsen ligger med --to, eller i kommun.yml under webbplats och till.")
    if number and not rollback:
        wrong_use("--number hör ihop med --rollback.")
    if rollback:
        from reporting.publish import deliver

        with _opened(address) as destination:
            back = deliver.rollback(destination, number or None, break_lock=break_lock)
            print(f"Publicering {back.number} på {destination.shown}")
        return
    if versions:
        _show_versions(address)
        return
    redo = _made(folder, when, address, every=check_all)
    say(f"{len(redo.site.pages)} sidor är gjorda och granskade.")
    if not address:
        print(redo.site.folder / "index.html")
        say("Inget är publicerat: ange vart med --to, eller i kommun.yml under webbplats och till.")
        return
    with _opened(address) as destination:
        _deliver(folder, redo, destination, dry_run=dry_run, yes=yes, break_lock=break_lock)


def _made(root: "Root", period: "Period", address: str, *, every: bool) -> "Prepared":
    """Every report up to the period, and the site of them, checked; ends where something can't be made or a page has a fault."""
    from reporting.batch.workers import AHEAD, hired
    from reporting.cli import progress
    from reporting.cli.run import make_and_tell, tell_how_it_went
    from reporting.params.root import periods
    from reporting.publish.address import parse_address
    from reporting.warm import pool

    if address:
        parse_address(address)  # what is wrong with it is told before anything is made
    shown = [when for when in periods(root) if when <= period]
    pool.start_programs(AHEAD)
    made = make_and_tell(root, shown, "", "", hired)
    if tell_how_it_went(made):
        say("\nInget är publicerat: alla kapitel måste gå att göra.")
        raise typer.Exit(3)
    from reporting.publish.prepare import prepare_site

    with progress.counted() as done:
        redo = prepare_site(root, shown, done, every=every)
    if not redo.check.is_good:
        say("\n\n".join(map(str, redo.check.defects)))
        count = len({defect.page for defect in redo.check.defects})
        say(f"\nInget är publicerat: {count} sid{'a' if count == 1 else 'or'} har fel som stänger någon ute.")
        raise typer.Exit(1)
    return redo


def _opened(address: str) -> "Destination":
    from reporting.publish.address import WEBDAV_KIND, parse_address
    from reporting.publish.destination import open_destination

    password, whose = os.environ.get(PASSWORD, ""), parse_address(address)
    if not password and whose.kind == WEBDAV_KIND and whose.user and sys.stdin.isatty():
        password = getpass.getpass(f"Lösenord för {whose.user} på {whose.where}: ")
    return open_destination(address, password)


def _deliver(
    root: "Root", redo: "Prepared", destination: "Destination", *, dry_run: bool, yes: bool, break_lock: bool
) -> None:
    from reporting.cli import progress
    from reporting.publish.deliver import deliver
    from reporting.publish.prepare import ANDRINGAR, changes
    from reporting.publish.versions import intended
    from reporting.site.changes import summed_up

    site = redo.site
    planned = intended(destination, site.publication, site.addresses)
    if planned.nothing:
        say(f"Inget har ändrats sedan publicering {planned.live}. Inget är publicerat.")
        return
    for line in summed_up(changes(root, site, destination, planned)):
        say(line)
    say(f"Allt som ändras, i ord: {root.outputs / ANDRINGAR}")
    if dry_run:
        show_plan(planned)
        return
    question = f"Publicera som nummer {planned.number} på {destination.shown}?"
    if not yes and sys.stdin.isatty() and not agreed(question):
        say("Inget är publicerat.")
        return
    with progress.counted() as done:
        delivering = partial(done, "Levererar")
        version = deliver(destination, site.publication, site.addresses, site.start, delivering, break_lock=break_lock)
    if version:
        print(f"Publicering {version.number} på {destination.shown}")
        say("Ta tillbaka den med reporting publish --rollback.")


def show_plan(planned: "Intended") -> None:
    """Print what publishing would change, a line per file, and to stderr how much would be sent."""
    for told, paths in (("ny", planned.new), ("ändrad", planned.changed), ("borttagen", planned.removed)):
        for path in paths:
            print(f"{told} {path}")
    for path in planned.adresser:
        print(f"fast adress {path}")
    say(f"{_size(planned.bytes)} skulle skickas. Inget är publicerat.")


def _size(count: int) -> str:
    """So many bytes as an analyst reads them, never less than they are: "12 kB", "1,3 MB"."""
    from decimal import Decimal

    from reporting.swedish import number

    kilo = -(-count // 1000)
    return f"{kilo} kB" if kilo < 1000 else f"{number(Decimal(-(-count // 100_000)) / 10, 1)} MB"


def _show_versions(address: str) -> None:
    from reporting.publish.versions import all_publications

    with _opened(address) as destination:
        found = all_publications(destination)
    for item in reversed(found):  # the newest first
        live = "  visas nu" if item.live else ""
        print(f"{item.number:>4}  {item.tid:%Y-%m-%d %H:%M}  {item.vem} på {item.dator}  {len(item.filer)} filer{live}")
    if not found:
        say("Inget är publicerat där.")

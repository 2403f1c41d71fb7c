"""The command that brings a root of an earlier version up to this one."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.options import ROOT, say, wrong_use

if TYPE_CHECKING:
    from reporting.upgrade.upgrade import Upgrade


def upgrade(
    root: ROOT = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Visa vad som skulle ändras, men ändra inget.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Fråga inte innan filerna ändras.")] = False,
) -> None:
    """Visa vad en mapp från en tidigare version behöver, och gör det. Rör inget annat; filerna som de var sparas bredvid."""
    from reporting.faults import InputFaults
    from reporting.params.root import find_root
    from reporting.upgrade.upgrade import carry_out, upgrade_of

    try:
        folder = find_root(root, bundled=False)
    except InputFaults as error:
        wrong_use(error.text())
    needed = upgrade_of(folder)
    _show(needed)
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


def _show(needed: "Upgrade") -> None:
    for change in needed.changes:
        say("\n".join([change.name, *(f"  {line}" for line in change.shown), ""]))
    if needed.by_hand:
        say("Det här kan bara du skriva om:\n")
    for fault in needed.by_hand:
        say(f"{fault}\n")


def _agreed(count: int) -> bool:
    """Whether whoever sits there wants it; where nobody does, it takes --yes."""
    if not sys.stdin.isatty():
        say("Lägg till --yes för att ändra filerna.")
        return False
    say(f"Ändra {'filen' if count == 1 else f'de {count} filerna'}? (j/n) ")
    return input().strip().lower() in ("j", "ja")

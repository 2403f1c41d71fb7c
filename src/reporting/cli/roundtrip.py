"""The commands of the round trip: hand out workbooks and texts, accept what is noticed, begin the next period."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.options import NAMND, PERIOD, ROOT, chosen_root, of_namnd, option, say, told_as_wrong_use, wrong_use

if TYPE_CHECKING:
    from reporting.params.read import Params
    from reporting.params.root import Root


def template_command(
    period: Annotated[str, typer.Argument(help="Perioden, till exempel 2024-12.")],
    namnd: NAMND = "",
    root: ROOT = "",
    to: Annotated[str, option("Mappen att lägga arbetsböckerna i; annars outputs/.", "--till", metavar="MAPP")] = "",
    force: Annotated[bool, option("Skriv över arbetsböcker som redan finns där.", "--force")] = False,
) -> None:
    """Gör arbetsböckerna att fylla i: en för varje verksamhetsområde, efter planen. Skriver var de ligger."""
    from reporting.handout.workbooks import write_templates

    folder, params, sound, wrong = _with_sound_plans(root, period, namnd)
    for item in sound:
        target = Path(to) / item if to else folder.outputs / str(params.period) / item / "mallar"
        made, faults = write_templates(folder, params, item, target, force=force)
        wrong += len(faults)
        for fault in faults:
            say(str(fault))
        for path in made:
            print(path)
    raise typer.Exit(1 if wrong else 0)


def texts(period: PERIOD = "", namnd: NAMND = "", root: ROOT = "") -> None:
    """Lägg upp texter.md med frågorna som ska besvaras, eller fyll på med nya mål. Rör aldrig det som är skrivet."""
    from reporting.handout.text_merge import write_texts

    folder, params, sound, wrong = _with_sound_plans(root, period, namnd)
    for item in sound:
        path, made, faults = write_texts(folder, params, item)
        wrong += len(faults)
        print(f"{path}: {made if made.text else 'orörd'}")
        for fault in faults:
            say(str(fault))
    raise typer.Exit(1 if wrong else 0)


def _with_sound_plans(root: str, period: str, wanted: str) -> "tuple[Root, Params, list[str], int]":
    """As of_namnd, but only the nämnder whose plan has no faults, and how many the others are; their faults are told. A plan read in part
    would make goals look gone."""
    from reporting.params.read import read_params

    folder, params, namnder = of_namnd(root, period, wanted)
    _, faults = read_params(folder.params, params.period)
    sound = []
    for namnd in namnder:
        plan = params.plan(namnd)
        mine = [fault for fault in faults if plan and fault.fil == params.planfil(plan)]
        for fault in mine:
            say(f"{fault}\n")
        if plan is None:
            say(f"Nämnden «{namnd}» har ingen plan som gäller {params.period.year}. Lägg till den i params/planer/.\n")
        elif not mine:
            sound.append(namnd)
    return folder, params, sound, len(namnder) - len(sound)


def accept_command(
    koder: Annotated[list[str], typer.Argument(help="Koderna, så som reporting check visar dem.")],
    motiv: Annotated[str, typer.Option("--motiv", help="Varför det stämmer. Skälet står i rapporten.")],
    av: Annotated[str, option("Vem som har kontrollerat.", "--av")] = "",
    period: Annotated[str, option("Perioden; den senaste i params/ om den utelämnas.", "--period")] = "",
    root: ROOT = "",
) -> None:
    """Godkänn något som reporting check vill ha kontrollerat, med ett skäl som sparas bredvid arbetsböckerna."""
    from reporting.assess.check import noticed_of
    from reporting.faults import nearest
    from reporting.reading.godkannanden import accept as write

    folder, params, namnder = of_namnd(root, period, "")
    if not motiv.strip():
        wrong_use("Skriv ett skäl efter --motiv.")
    noticed = {namnd: noticed_of(folder, params, namnd) for namnd in namnder}
    known = [notis.kod for found in noticed.values() for notis, _ in found]
    if unknown := [kod for kod in koder if kod not in known]:
        hint = nearest(unknown[0], known)
        wrong_use(
            f"Koden {unknown[0]} hör inte till något som ska kontrolleras i {params.period.name}. Välj period med --period.{hint}"
        )
    today = datetime.now().astimezone().date()  # the day where the analyst sits
    for namnd, found in noticed.items():
        here = folder.data / str(params.period) / namnd
        asked = [(notis, before) for notis, before in found if notis.kod in koder]
        new = {notis.kod: notis for notis, before in asked if not before}
        named = folder.named(here)
        faults = write(here, named, notiser=[*new.values()], motiv=motiv.strip(), av=av, dag=today) if new else []
        for fault in faults:
            say(str(fault))
        if faults:
            raise typer.Exit(1)
        for notis, before in asked:
            print(f"{notis.kod}: {notis.fil} {notis.plats}: {'var redan godkänt' if before else 'godkänt'}")


def new_period_command(
    period: Annotated[
        str, typer.Argument(help="Perioden att lägga upp; den efter den senaste om den utelämnas.", show_default=False)
    ] = "",
    root: ROOT = "",
) -> None:
    """Lägg upp nästa period: periodfilen och mapparna, efter den senaste. Skriver aldrig över något."""
    from reporting.handout.new_period import new_period as make

    folder = chosen_root(root)
    with told_as_wrong_use():
        made = make(folder, period)
    for name in made.gjort:
        print(name)
    for name in made.fanns:
        say(f"{name} fanns redan och är orörd.")
    for text in made.kvar:
        say(f"\n{text}")
    say(f"\nSedan: reporting template {made.period}, och reporting texts {made.period}.")

"""Workbooks to hand out: one per verksamhetsområde, with everything in it that it shall deliver and nothing else."""

from pathlib import Path

from reporting.faults import Fault
from reporting.files import write_whole
from reporting.handout.rows import Before
from reporting.handout.writer import template_bytes
from reporting.params.deliverers import delar
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.params.root import Root
from reporting.periods import Period
from reporting.reading.historik import read_history
from reporting.reading.read import read_workbooks


def write_templates(
    root: Root, params: Params, namnd: str, folder: Path, *, force: bool = False
) -> tuple[list[Path], list[Fault]]:
    """Write the nämnd's workbooks for the period into `folder`: (the files, []), or ([], why nothing was written).

    A file that is there already with other content is a fault, and then no file at all is written; force: it is written over.
    params: without faults for this nämnd. Faults in earlier workbooks are not told: what can't be read there isn't shown.
    """
    plan = params.plan(namnd)
    if plan is None:
        wanted = f"en plan i params/planer som gäller {params.period.year}"
        return [], [Fault("params/planer", namnd, wanted, "lägg till planen, eller året under galler")]
    board = params.namnd(namnd)
    before = read_before(root, params, plan)
    made = {folder / part.fil: template_bytes(part, board, params, plan, before) for part in delar(params, plan)}
    differing = {path: made[path] for path in made if not path.is_file() or path.read_bytes() != made[path]}
    in_the_way = [path for path in differing if path.exists()]
    if in_the_way and (not force or any(path.is_dir() for path in in_the_way)):
        action = "ta bort filen, välj en annan mapp med --till, eller skriv över med --force"
        wanted = "ingen fil med det namnet, eftersom någon kan ha fyllt i den"
        return [], [Fault(root.named(path), "", wanted, action) for path in in_the_way]
    faults = []
    for path, content in differing.items():
        try:
            write_whole(path, content)
        except OSError:
            action = "stäng filen i Excel, och kontrollera att du får skriva i mappen"
            faults.append(Fault(root.named(path), "", "en fil som går att skriva", action))
    return ([], faults) if faults else (list(made), [])


def read_before(root: Root, params: Params, plan: Plan) -> Before:
    """What the nämnd has delivered before: all outcomes, which of their periods to show (the one that is compared with, and the
    latest), and the rows of sheets with a column per year as last delivered for the same month: a year counted to April is another
    figure than the same year counted to August."""
    earlier = [when for when in Period.among(path.name for path in root.data.glob("20??-??")) if when < params.period]
    folders = [(when, root.data / str(when) / plan.namnd) for when in reversed(earlier)]
    folders = [(when, folder) for when, folder in folders if any(folder.glob("*.xlsx"))]
    _, known, _ = read_history(root, plan, params.period, params.jamfor_med)
    newest, _, _ = read_history(root, plan, params.period, folders[0][0] if folders else params.jamfor_med)
    utfall = tuple(dict.fromkeys((*known.utfall, *newest.utfall)))
    periods = {item.period for item in utfall}
    columns = sorted(periods & {params.jamfor_med, max(periods, default=params.jamfor_med)})
    for when, folder in folders:
        if when.month != params.period.month:
            continue
        its_plan = next((p for p in params.planer if p.namnd == plan.namnd and when.year in p.galler), plan)
        leverans, _ = read_workbooks(folder, root.named(folder), when, its_plan, blad=params.blad)
        if rader := tuple(rad for rad in leverans.rader if rad.ar):
            return Before(tuple(columns), utfall, rader)
    return Before(tuple(columns), utfall)

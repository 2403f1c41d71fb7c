"""Every fault in params and data, and everything to look at; in seconds, without a kernel."""

from dataclasses import dataclass

from reporting.assess.underlag import read_underlag
from reporting.faults import Fault, Notis, nearest
from reporting.params.kommun_faults import all_ids
from reporting.params.notebook_faults import notebook_faults
from reporting.params.read import Params, read_as_far, read_params
from reporting.params.root import KOMMUN_CHAPTER, PLAN_CHAPTER, Root, misnamed_chapters
from reporting.periods import Period
from reporting.reading.godkannanden import Godkannande
from reporting.reading.missing import Saknad, saknade
from reporting.reading.read import is_sent
from reporting.reading.utfall import Lamnad


def _misplaced(root: Root, params: Params) -> list[Fault]:
    """Workbooks in the period's folder that lie in no nämnd's folder, and would never be read."""
    here = root.data / str(params.period)
    namnder = [namnd.id for namnd in params.kommun.namnder]
    all_known = all_ids(params.kommun.namnder) and not params.kommun.oklart("namnder")
    faults = []
    for path in sorted(here.iterdir()) if here.is_dir() else ():
        if path.is_dir() and path.name not in namnder and all_known and any(map(is_sent, path.iterdir())):
            action = f"byt namn på mappen, eller flytta filerna.{nearest(path.name, namnder)}"
            faults.append(Fault(f"{root.named(path)}/", path.name, "en mapp med en nämnds id", action))
        elif path.is_file() and is_sent(path):
            action = "flytta filen till mappen för den nämnd som den gäller"
            faults.append(Fault(root.named(path), "", "en fil i en nämnds mapp", action))
    return faults


def _in_notebooks(root: Root) -> list[Fault]:
    """What keeps the root's own notebooks from being run. A root without notebooks has the program's."""
    pages = [root.notebooks / f"{name}.ipynb" for name in (PLAN_CHAPTER, KOMMUN_CHAPTER)]
    run = [*root.chapters, *pages] if root.notebooks == root.folder / "notebooks" else []
    return [fault for path in run for fault in notebook_faults(path, root.named(path))]


@dataclass(frozen=True)
class PeriodCheck:
    """What a check of a period came to.

    faults: what must be mended; notiser: what ought to be looked at; godkanda: notices that an analyst has accepted, each with the
    acceptance; lamnade: the workbooks, and from whom; saknade: what is awaited and hasn't come. All nämnder together, in the order of
    files and places.
    """

    faults: tuple[Fault, ...]
    notiser: tuple[Notis, ...]
    godkanda: tuple[tuple[Notis, Godkannande], ...]
    lamnade: tuple[Lamnad, ...]
    saknade: tuple[Saknad, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`. Keys: fel, att_kontrollera, godkanda."""
        return {
            "fel": [fault.as_dict() for fault in self.faults],
            "att_kontrollera": [notis.as_dict() for notis in self.notiser],
            "godkanda": [{**notis.as_dict(), "motiv": item.motiv, "av": item.av} for notis, item in self.godkanda],
        }


def inspect_period(root: Root, period: Period) -> PeriodCheck:
    """Look over everything that the period's reports are made of: params, workbooks, texts; all nämnder, all at once."""
    params, in_params = read_as_far(root.params, period)
    faults = [*in_params, *misnamed_chapters(root), *_in_notebooks(root), *_misplaced(root, params)]
    notiser: list[Notis] = []
    godkanda: list[tuple[Notis, Godkannande]] = []
    lamnade: list[Lamnad] = []
    missing: list[Saknad] = []
    for namnd in _namnder(params):
        underlag, found = read_underlag(root, params, in_params, namnd)
        faults += found
        if underlag:
            notiser += [notis for notis in underlag.notiser if notis.kod not in underlag.godkanda]
            godkanda += [(n, underlag.godkanda[n.kod]) for n in underlag.notiser if n.kod in underlag.godkanda]
            lamnade += underlag.nu.lamnade
            missing += saknade(underlag.params, underlag.plan, underlag.nu, found)
    return PeriodCheck(tuple(sorted(set(faults))), tuple(notiser), tuple(godkanda), tuple(lamnade), tuple(missing))


def noticed_of(root: Root, params: Params, namnd: str) -> list[tuple[Notis, bool]]:
    """What is noticed in a nämnd's input for the period of params, each with whether it has been accepted already; nothing where the
    nämnd has no plan."""
    _, in_params = read_params(root.params, params.period)
    underlag, _ = read_underlag(root, params, in_params, namnd)
    return [(notis, notis.kod in underlag.godkanda) for notis in underlag.notiser] if underlag else []


def _namnder(params: Params) -> list[str]:
    """The nämnder of the period; where its file can't say, all that there are."""
    more = [namnd.id for namnd in params.kommun.namnder] if params.korning.oklart("namnder") else []
    return list(dict.fromkeys([*params.korning.namnder, *more]))

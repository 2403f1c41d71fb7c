"""Everything a chapter is made of, read and assessed."""

from dataclasses import dataclass
from importlib.resources import files

from reporting.assess.assess import assess
from reporting.assess.notices import decided_by_rounding, find_notices, nothing_delivered, of_readings
from reporting.assess.resultat import Namndresultat
from reporting.checksums import note_file
from reporting.faults import Fault, InputFaults, Notis, nearest
from reporting.files import as_kept
from reporting.html import Html
from reporting.params.chapters import all_chapters, chapter_id
from reporting.params.plan import Beslut, Plan
from reporting.params.read import Params, read_params, shared_faults
from reporting.params.root import Root, chosen_period, find_root
from reporting.periods import Period
from reporting.reading.godkannanden import GODKANDA, Godkannande, read_godkanda
from reporting.reading.historik import history_faults, read_history
from reporting.reading.read import read_file_checksum, read_workbooks
from reporting.reading.utfall import Fil, Leverans
from reporting.texts.read import Texter, read_texts


@dataclass(frozen=True, repr=False)
class Underlag:
    """What one nämnd's chapters for one period are made of.

    nu, tidigare, fore: what was delivered for the period, for the one that it is compared with, and for all earlier ones that a
    forecast goes by; filer: every file that was read, with its checksum; notiser: what ought to be looked at in the delivery;
    godkanda: those of them that an analyst has accepted, by kod; faults: what is wrong (empty unless it was asked to be shown).
    """

    root: Root
    params: Params
    plan: Plan
    nu: Leverans
    tidigare: Leverans
    fore: Leverans
    texter: Texter
    resultat: Namndresultat
    filer: tuple[Fil, ...]
    notiser: tuple[Notis, ...]
    godkanda: dict[str, Godkannande]
    faults: tuple[Fault, ...]

    @property
    def saknade_arbetsbocker(self) -> tuple[str, ...]:
        """The workbooks that the period's file awaits and that haven't come."""
        folder = self.root.data / str(self.params.period) / self.plan.namnd
        expected = self.params.korning.namnder[self.plan.namnd].arbetsbocker
        return tuple(name for name in expected if not as_kept(folder / name).is_file())

    def __repr__(self) -> str:
        return f"Underlag({self.resultat.namnd.id}, {self.params.period})"


def lab_style() -> Html:
    """The styles of marks, tables, figures and placeholders, for JupyterLab's light and dark themes."""
    folder = files("reporting").joinpath("show/page")
    css = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("lab.css", "pieces.css"))
    return Html("<style>{}</style>").format(Html(css))


def read_underlag(
    root: Root, params: Params, found_in_params: list[Fault], namnd: str
) -> tuple[Underlag | None, list[Fault]]:
    """Read and assess one nämnd's period: (Underlag, faults). Underlag is None where the nämnd's plan has faults, or params can't be used.

    params, found_in_params: what params.read.read_params or read_as_far gave; the faults that concern the nämnd are among those returned.
    """
    period, faults = params.period, list(found_in_params)
    known = list(params.korning.namnder)
    if namnd not in known and not params.korning.oklart("namnder"):
        wanted = f"en nämnd i params/{period}.yml: {', '.join(known)}"
        action = f"rätta nämndens id.{nearest(namnd, known)}"
        return None, [*faults, Fault("parametern namnd", namnd, wanted, action)]
    plan = params.plan(namnd)
    in_kommun = namnd in [item.id for item in params.kommun.namnder] or params.kommun.oklart("namnder")
    if plan is None or not in_kommun:
        return None, faults
    planfil = params.planfil(plan)
    # A fault in another nämnd's plan is that nämnd's.
    faults = [fault for fault in faults if not fault.fil.startswith("params/planer/") or fault.fil == planfil]
    here = root.data / str(period) / namnd
    expected = params.korning.namnder.get(namnd, Beslut()).arbetsbocker
    nu, found = read_workbooks(here, root.named(here), period, plan, expected, params.blad)
    nothing = () if nu.filer or found else (nothing_delivered(root.named(here)),)
    faults += found
    godkanda, found = read_godkanda(here, root.named(here))
    faults += found
    tidigare, fore, found = read_history(root, plan, period, params.jamfor_med)
    faults += [*found, *history_faults(root, params, namnd)]
    text_file = here / "texter.md"
    taken = [chapter_id(path.stem) for path in root.chapters]
    texter, found = read_texts(text_file, root.named(text_file), plan, params.skala, period, all_chapters(root))
    faults += found
    faults += [
        Fault(planfil, mal.id, "ett id som inget kapitel har", f"ge målet ett annat id än {mal.id}")
        for mal in plan.namndsmal
        if mal.id in taken
    ]
    faults = sorted(set(faults))
    if any(fault.fil == planfil for fault in faults) or not params.duger:
        return None, faults  # a plan with faults is read, so that all of them come at once, but never assessed
    forra = _last_period(root, plan, period)
    decided = [root.params / "kommun.yml", root.params / f"{period}.yml", root.folder / planfil]
    decided += [root.folder / fil for fil in params.bladfiler]
    filer = [read_file_checksum(path, root.named(path)) for path in decided]
    filer += [*nu.filer, *dict.fromkeys((*fore.filer, *forra.filer))]
    filer += [read_file_checksum(path, root.named(path)) for path in (text_file, here / GODKANDA) if path.is_file()]
    resultat = assess(params, plan, nu=nu, tidigare=tidigare, texter=texter, fore=fore.utfall)
    i_fjol = tidigare.rader if params.jamfor_med == period.year_before else ()
    noticed = (
        *nothing,
        *find_notices(plan, nu, tidigare=tidigare.utfall, forra=forra.utfall, fore=fore.utfall, i_fjol=i_fjol),
        *of_readings((*plan.matetal, *plan.indikatorer), planfil, period.year),
        *decided_by_rounding((*resultat.matetal, *resultat.indikatorer)),
    )
    underlag = Underlag(
        root=root,
        params=params,
        plan=plan,
        nu=nu,
        tidigare=tidigare,
        fore=fore,
        texter=texter,
        resultat=resultat,
        filer=tuple(filer),
        notiser=noticed,
        godkanda=godkanda,
        faults=tuple(faults),
    )
    return underlag, faults


def _last_period(root: Root, plan: Plan, period: Period) -> Leverans:
    """What was delivered the period before, to see what hasn't moved since. Faults in it were told when it was new."""
    folder = root.data / str(period.previous) / plan.namnd
    return read_workbooks(folder, root.named(folder), period.previous, plan, historik=True)[0]


@dataclass(frozen=True, repr=False)
class InputRead:
    """One nämnd's input for one period, read once for all its chapters. params, underlag: None where what they are made of has
    faults; in_params: what is wrong in params/, any nämnd's plan included; faults: everything that is wrong for this nämnd."""

    root: Root
    period: Period
    namnd: str
    params: Params | None
    in_params: tuple[Fault, ...]
    underlag: Underlag | None
    faults: tuple[Fault, ...]


def read_input_of(
    root: Root, period: Period, namnd: str, read: tuple[Params | None, list[Fault]] | None = None
) -> InputRead:
    """Read and assess one nämnd's input for a period. read: (Params or None, faults) as params.read.read_params gives them, where that
    is already read; None reads params/ here."""
    params, in_params = read or read_params(root.params, period)
    underlag, faults = read_underlag(root, params, in_params, namnd) if params else (None, in_params)
    return InputRead(root, period, namnd, params, tuple(in_params), underlag, tuple(faults))


def load(period: str, namnd: str, root: str = "", *, show_faults: bool = False) -> Underlag:
    """What a chapter needs, from its parameters; with this call a chapter begins.

    Raises InputFaults with everything that is wrong in the nämnd's input. With `show_faults` only what makes reading
    impossible is raised; the rest is in Underlag.faults, for a chapter that shows it.
    """
    # str(): papermill's command line makes a number of what looks like one
    reading = given.get((str(period), str(namnd), root))
    if reading is None:
        folder = find_root(root)
        reading = _read_by_the_chapter(folder, chosen_period(folder, str(period)), str(namnd))
    if reading.underlag is None or (not show_faults and reading.faults):
        raise InputFaults(list(reading.faults))
    return reading.underlag


def _read_by_the_chapter(
    root: Root, period: Period, namnd: str, read: tuple[Params | None, list[Fault]] | None = None
) -> InputRead:
    """A reading that nobody has made for the chapter, as of another nämnd than its own: it is then made of those files too."""
    note_file(root.data / str(period) / namnd)
    reading = read_input_of(root, period, namnd, read)
    for fil in reading.underlag.filer if reading.underlag else ():
        note_file(root.folder / fil.fil)
    return reading


given: dict[tuple[str, str, str], InputRead] = {}
"""What the batch has already read for the chapter that runs in this process: (period, nämnd, root as its parameters say) →
InputRead. Empty in JupyterLab and in a plain kernel."""


@dataclass(frozen=True, repr=False)
class Kommununderlag:
    """What the kommun's sammanställning is made of. namnder: each nämnd whose input is without faults, assessed; med_fel: (name, number
    of faults) of each of the others; filer: every file that was read for the former."""

    root: Root
    params: Params
    namnder: tuple[Namndresultat, ...]
    med_fel: tuple[tuple[str, int], ...]
    filer: tuple[Fil, ...]

    def __repr__(self) -> str:
        return f"Kommununderlag({self.params.period})"


def load_kommun(period: str, root: str = "") -> Kommununderlag:
    """Read and assess every nämnd of the period; a nämnd with faults only gets its name and their number in med_fel.

    root: the kommun's folder, "" to look for it. Raises InputFaults where there is no such root or period, and for faults in
    params/ that concern every nämnd.
    """
    here = {namnd: reading for (when, namnd, at), reading in given.items() if (when, at) == (str(period), root)}
    if first := next(iter(here.values()), None):
        folder, when, params, faults = first.root, first.period, first.params, list(first.in_params)
    else:
        folder = find_root(root)
        when = chosen_period(folder, str(period))
        params, faults = read_params(folder.params, when)
    if params is None or shared_faults(faults, when):
        raise InputFaults(shared_faults(faults, when) or faults)
    results: list[Namndresultat] = []
    wrong: list[tuple[str, int]] = []
    filer: dict[str, Fil] = {}
    for namnd in params.korning.namnder:
        reading = here.get(namnd) or _read_by_the_chapter(folder, when, namnd, (params, faults))
        if reading.underlag is None or reading.faults:
            wrong.append((params.namnd(namnd).namn, len(reading.faults)))
        else:
            results.append(reading.underlag.resultat)
            filer |= {fil.fil: fil for fil in reading.underlag.filer}
    return Kommununderlag(folder, params, tuple(results), tuple(wrong), tuple(filer.values()))

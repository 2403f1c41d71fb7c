"""The next period, made from the last: its file in params/ and its folders in data/. Nothing that exists is touched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reporting.faults import Fault, Faults, InputFaults
from reporting.files import write_whole
from reporting.params.deliverers import delar
from reporting.params.plan import Korning
from reporting.params.read import Params, read_params, shared_faults
from reporting.params.root import Root, periods
from reporting.params.yaml_files import read_values
from reporting.params.yaml_text import yaml_text
from reporting.periods import Period
from reporting.reading.historik import read_history
from reporting.swedish import enumeration

CARRIED = ("beslutad_av", "dokumentagare", "arbetsbocker")
"""What one period's file says of a nämnd that is likely to hold for the next; numbers and days of decisions are not."""


@dataclass(frozen=True)
class NyPeriod:
    """What was made. gjort: files and folders, fanns: those that already existed, both as shown in messages; kvar: what is left to do,
    as sentences."""

    period: Period
    gjort: tuple[str, ...]
    fanns: tuple[str, ...]
    kvar: tuple[str, ...]


def new_period(root: Root, text: str = "") -> NyPeriod:
    """Make the period `text`, or the one after the newest where it is "". Raises InputFaults where there is none to make it from, or
    where the kommun's file or the last period's has faults."""
    known = periods(root)
    period = _wanted(text, known)
    earlier = [item for item in known if item < period]
    if not earlier:
        expected, action = "en tidigare period att utgå från", "skriv den första periodfilen för hand, se handboken"
        raise InputFaults([Fault("params", str(period), expected, action)])
    last = earlier[-1]
    korning = _read(root, last)
    made: list[str] = []
    existed: list[str] = []
    path = root.params / f"{period}.yml"
    if path.is_file():
        existed.append(root.named(path))
        korning = _read(root, period)
    else:
        alike = next((item for item in reversed(earlier) if item.is_delar == period.is_delar), last)
        handed_out = _handed_out(root, last, period)
        write_whole(path, _text(period, last, korning, _read(root, alike).rapporttyp, handed_out))
        made.append(root.named(path))
    for namnd in korning.namnder:
        folder = root.data / str(period) / namnd
        (existed if folder.is_dir() else made).append(root.named(folder) + "/")
        folder.mkdir(parents=True, exist_ok=True)
    params, faults = read_params(root.params, period)
    without_plan = [namnd for namnd in params.korning.namnder if params.plan(namnd) is None] if params else []
    # that a plan is lacking is told once for all of them, below
    wrong = [fault for fault in shared_faults(faults, period) or faults if fault.stod not in without_plan]
    kvar = [*map(str, wrong), *(_left(root, params, without_plan) if params else [])]
    return NyPeriod(period, tuple(made), tuple(existed), tuple(kvar))


def _wanted(text: str, known: list[Period]) -> Period:
    if not text and known:
        return known[-1].next
    try:
        return Period.parse(text)
    except ValueError:
        wanted = "år och månad, där månaden är 04, 08 eller 12, till exempel 2025-04"
        raise InputFaults([Fault("parametern period", text, wanted, "skriv perioden")]) from None


def _read(root: Root, period: Period) -> Korning:
    faults = Faults(f"params/{period}.yml")
    korning, _ = read_values(root.params / f"{period}.yml", faults, Korning)
    if korning is None or faults.found:
        raise InputFaults(faults.found)
    return korning


def _handed_out(root: Root, last: Period, period: Period) -> dict[str, list[str]]:
    """Nämnd → the names of the workbooks that `reporting template` makes for it; none where its plan doesn't hold for the year."""
    params, _ = read_params(root.params, last)
    if params is None:
        return {}
    params = replace(params, period=period)
    known = [item.id for item in params.kommun.namnder]
    plans = {namnd: params.plan(namnd) for namnd in params.korning.namnder if namnd in known}
    return {namnd: [part.fil for part in delar(params, plan)] for namnd, plan in plans.items() if plan}


def _text(
    period: Period, last: Period, korning: Korning, rapporttyp: str | None, handed_out: Mapping[str, list[str]]
) -> str:
    """The new file: what is carried over, the workbooks that are handed out where none were named, and a first line that says what is
    left to fill in."""
    namnder = {}
    for namnd, beslut in korning.namnder.items():
        carried = {key: getattr(beslut, key) for key in CARRIED}
        carried["arbetsbocker"] = list(carried["arbetsbocker"]) or handed_out.get(namnd)
        namnder[namnd] = {key: value for key, value in carried.items() if value}
    head = f"# {period.name.capitalize()}, efter params/{last}.yml. Fyll i dokumentnamn, arendenummer och beslutsdatum när de finns.\n"
    said = {"rapporttyp": rapporttyp} if rapporttyp else {}
    return head + f'period: "{period}"\n' + yaml_text({**said, "namnder": namnder})


def _left(root: Root, params: Params, without_plan: list[str]) -> list[str]:
    """What the analyst has to see to: plans that don't hold for the year, and periods to compare with that have no outcomes."""
    period, kvar = params.period, []
    names = {item.id: item.namn for item in params.kommun.namnder}
    if without_plan:
        lacking = enumeration([names.get(namnd, namnd) for namnd in without_plan])
        kvar.append(
            f"{lacking} har ingen plan som gäller {period.year}. Lägg till den i params/planer/, eller året under galler om planen "
            "gäller längre."
        )
    for namnd in params.korning.namnder:
        plan = params.plan(namnd)
        compared = read_history(root, plan, period, params.jamfor_med)[0].utfall if plan else ()
        if plan and not any(utfall.varde is not None for utfall in compared):
            kvar.append(
                f"{names.get(namnd, namnd)}: inga utfall finns för {params.jamfor_med.name}, som perioden jämförs med. Lägg "
                "arbetsböckerna i den periodens mapp, eller siffrorna i data/historik.xlsx."
            )
    return kvar

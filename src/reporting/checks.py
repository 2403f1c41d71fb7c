"""Every fault in params and data, and how far each nämnd has come; in seconds, without a kernel."""

import json
from dataclasses import asdict, dataclass

from reporting.assess import asked_parts
from reporting.faults import Fault
from reporting.params import read_params
from reporting.periods import Period
from reporting.resultat import Namndresultat
from reporting.root import Root
from reporting.underlag import read_underlag
from reporting.utfall import Fil


@dataclass(frozen=True)
class Lage:
    """How far one nämnd has come.

    levererade, matetal: outcomes (values or reasons) delivered, of how many; texter, textdelar: parts of the analysis
    written, of how many the plan's goals ask for; korning: "klar", "inte körd", "inaktuell" or "misslyckad", with
    `andrade`, the files that have changed since, and `misslyckade`, the chapters that failed.
    """

    namnd: str
    arbetsbocker: int
    levererade: int
    matetal: int
    fel: int
    texter: int
    textdelar: int
    korning: str
    andrade: tuple[str, ...]
    misslyckade: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`."""
        return asdict(self)


def check_period(root: Root, period: Period) -> list[Fault]:
    """Every fault in what the period's reports are made of: params, workbooks, texts; all nämnder, all at once."""
    params, faults = read_params(root.params, period)
    if params:
        for namnd in params.korning.namnder:
            faults += read_underlag(root, period, namnd)[1]
    return sorted(set(faults))


def status_of_period(root: Root, period: Period) -> list[Lage]:
    """How far each nämnd of the period has come. Empty where the period's params can't be used; `check` says why."""
    params, _ = read_params(root.params, period)
    found = []
    for namnd in params.korning.namnder if params else ():
        underlag, faults = read_underlag(root, period, namnd)
        if underlag is None:
            found.append(Lage(namnd, 0, 0, 0, len(faults), 0, 0, "inte körd", (), ()))
            continue
        resultat = underlag.resultat
        done, changed, failed = _last_run(root, period, namnd, underlag.filer)
        delivered = sum(
            r.utfall is not None and (r.varde is not None or bool(r.utfall.saknas)) for r in resultat.matetal
        )
        written, asked = _texts(resultat)
        workbooks = len(underlag.nu.filer)
        found.append(
            Lage(namnd, workbooks, delivered, len(resultat.matetal), len(faults), written, asked, done, changed, failed)
        )
    return found


def _texts(resultat: Namndresultat) -> tuple[int, int]:
    """Parts of the analysis that are written, of those asked for: bedömning, trend and the texts of each goal."""
    written = asked = 0
    for mal in resultat.mal:
        parts = [mal.text.bedomning, mal.text.trend, *(mal.text.delar.get(name) for name in asked_parts(mal))]
        written += sum(bool(part) for part in parts)
        asked += len(parts)
    return written, asked


def _last_run(
    root: Root, period: Period, namnd: str, filer: tuple[Fil, ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    record = root.outputs / str(period) / namnd / "run.json"
    if not record.is_file():
        return "inte körd", (), ()
    run = json.loads(record.read_text(encoding="utf-8"))
    before = {item["fil"]: item["sha256"] for item in run["inputs"]}
    now = {fil.fil: fil.sha256 for fil in filer}
    changed = tuple(sorted(fil for fil in before.keys() | now.keys() if before.get(fil) != now.get(fil)))
    failed = tuple(item["kapitel"] for item in run["chapters"] if not item["ok"])
    return ("misslyckad" if failed else "inaktuell" if changed else "klar"), changed, failed

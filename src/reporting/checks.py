"""Every fault in params and data, and how far each nämnd has come; in seconds, without a kernel."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reporting.faults import Fault, Notis
from reporting.godkannanden import Godkannande
from reporting.params import read_params
from reporting.periods import Period
from reporting.placeholders import KAPITELFRAGOR, asked_parts, missing_fields, missing_texts
from reporting.resultat import Namndresultat
from reporting.root import CHAPTER, PLAN_CHAPTER, Root
from reporting.underlag import read_underlag
from reporting.utfall import Fil, Lamnad


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


def misnamed_chapters(root: Root) -> list[Fault]:
    """Notebooks that begin like a chapter but are named so that no run picks them up."""
    wanted = "två siffror, bindestreck och ett namn med a–z, siffror och bindestreck, till exempel 50-fordjupning.ipynb"
    return [
        Fault(f"notebooks/{path.name}", "", path.name, wanted, "byt namn på filen, annars kommer kapitlet inte med")
        for path in sorted(root.notebooks.glob("[0-9]*.ipynb"))
        if not CHAPTER.fullmatch(path.stem)
    ]


@dataclass(frozen=True)
class Kontroll:
    """What a check of a period came to.

    faults: what must be mended; notiser: what ought to be looked at; godkanda: notices that an analyst has accepted, each with the
    acceptance; lamnade: the workbooks, and from whom. All nämnder together, in the order of files and places.
    """

    faults: tuple[Fault, ...]
    notiser: tuple[Notis, ...]
    godkanda: tuple[tuple[Notis, Godkannande], ...]
    lamnade: tuple[Lamnad, ...]

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`. Keys: fel, att_kontrollera, godkanda."""
        return {
            "fel": [fault.as_dict() for fault in self.faults],
            "att_kontrollera": [notis.as_dict() for notis in self.notiser],
            "godkanda": [{**notis.as_dict(), "motiv": item.motiv, "av": item.av} for notis, item in self.godkanda],
        }


def inspect_period(root: Root, period: Period) -> Kontroll:
    """Look over everything that the period's reports are made of: params, workbooks, texts; all nämnder, all at once."""
    params, in_params = read_params(root.params, period)
    faults = [*in_params, *misnamed_chapters(root)]
    notiser: list[Notis] = []
    godkanda: list[tuple[Notis, Godkannande]] = []
    lamnade: list[Lamnad] = []
    for namnd in params.korning.namnder if params else ():
        underlag, found = read_underlag(root, params, in_params, namnd) if params else (None, [])
        faults += found
        if underlag:
            notiser += [notis for notis in underlag.notiser if notis.kod not in underlag.godkanda]
            godkanda += [(n, underlag.godkanda[n.kod]) for n in underlag.notiser if n.kod in underlag.godkanda]
            lamnade += underlag.nu.lamnade
    return Kontroll(tuple(sorted(set(faults))), tuple(notiser), tuple(godkanda), tuple(lamnade))


def check_period(root: Root, period: Period) -> list[Fault]:
    """Every fault in what the period's reports are made of."""
    return list(inspect_period(root, period).faults)


def status_of_period(root: Root, period: Period) -> list[Lage]:
    """How far each nämnd of the period has come. Empty where the period's params can't be used; `check` says why."""
    params, in_params = read_params(root.params, period)
    if params is None:
        return []
    found = []
    for namnd in params.korning.namnder:
        underlag, faults = read_underlag(root, params, in_params, namnd)
        if underlag is None:
            done, _, failed = _last_run(root, period, namnd, ())
            found.append(Lage(namnd, 0, 0, 0, len(faults), 0, 0, done, (), failed))
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
    """Parts that are written, of those asked for: each chapter's text, and bedömning, trend and the texts of each goal."""
    asked = len(KAPITELFRAGOR)
    written = asked - len(missing_texts(resultat))
    for mal in resultat.mal:
        lacking = missing_fields(mal, resultat.period)
        parts = [mal.text.delar.get(name) for name in asked_parts(mal)]
        fields = 3 if resultat.period.is_delar else 2
        written += sum(bool(part) for part in parts) + fields - len(lacking)
        asked += len(parts) + fields
    return written, asked


def last_record(folder: Path) -> dict[str, Any]:
    """The run.json of a nämnd's folder; empty where there is none that can be read."""
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def decided(filer: Iterable[Fil]) -> tuple[Fil, ...]:
    """The files under params/, which are all that a plan's page is made of."""
    return tuple(fil for fil in filer if fil.fil.startswith("params/"))


def _last_run(
    root: Root, period: Period, namnd: str, filer: tuple[Fil, ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """(how the nämnd's pages stand, files and chapters that have changed since, chapters that failed): the report and the plan."""
    folder = root.outputs / str(period) / namnd
    chapters = [path.stem for path in root.chapters]
    if not last_record(folder):
        return "inte körd", (), ()
    changed: set[str] = set()
    failed: list[str] = []
    report, plan = last_record(folder), last_record(folder / PLAN_CHAPTER)
    for record, wanted, read in ((report, chapters, filer), (plan, [PLAN_CHAPTER], decided(filer))):
        before = {item["fil"]: item["sha256"] for item in record.get("inputs", [])}
        now = {fil.fil: fil.sha256 for fil in read} if record else {}
        changed |= {fil for fil in before.keys() | now.keys() if before.get(fil) != now.get(fil)}
        made = {item["kapitel"]: item for item in record.get("chapters", [])}
        changed |= {name for name in wanted if name not in made}
        changed |= {n for n, item in made.items() if item.get("inputs_sha256") != record.get("inputs_sha256")}
        failed += [name for name, item in made.items() if not item["ok"]]
    state = "misslyckad" if failed else "inaktuell" if changed else "klar"
    return state, tuple(sorted(changed)), tuple(failed)

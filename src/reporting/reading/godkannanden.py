"""Notices that an analyst has accepted, each with a motive: godkanda.yml beside the workbooks."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reporting.faults import Fault, Faults, Notis
from reporting.files import write_whole
from reporting.params.fields import Day
from reporting.params.located import Located
from reporting.params.values import Values
from reporting.params.yaml_files import read_values

GODKANDA = "godkanda.yml"
HEADER = "# Det som har kontrollerats och stämmer, med skäl. Skrivs av reporting accept. Ändras talet gäller det inte längre.\ngodkanda:\n"


class Godkannande(Values):
    """One accepted notice. kod: the notice's; galler: what it was about, as it was shown; av, dag: by whom and when."""

    kod: str
    galler: str = ""
    motiv: str
    av: str = ""
    dag: Day | None = None


class Godkannanden(Values):
    """The content of godkanda.yml: every accepted notice."""

    godkanda: tuple[Godkannande, ...] = ()


def read_godkanda(folder: Path, fil: str) -> tuple[dict[str, Godkannande], list[Fault]]:
    """kod → Godkannande, and faults in the file; nothing where there is no file. fil: the folder's name in faults."""
    path = folder / GODKANDA
    faults = Faults(f"{fil}/{GODKANDA}")
    if not faults.is_file(path):
        return {}, faults.found
    values, _ = read_values(path, faults, Godkannanden, _check_motives)
    return {item.kod: item for item in values.godkanda if not item.oklart("kod")} if values else {}, faults.found


def _check_motives(values: Godkannanden, located: Located) -> None:
    for number, item in enumerate(values.godkanda):
        if not item.motiv and not item.oklart("motiv"):
            action = "skriv varför det stämmer, eller ta bort raden"
            located.fault(("godkanda", number, "motiv"), "", "ett motiv", action)


def remark_notis(text: str, fil: str = "", blad: str = "") -> Notis:
    """A remark from assess.sums or assess.blad_notices as a Notis. Its kod depends on the text alone, so it is the same wherever it is
    shown."""
    return Notis(fil, "", text, "rimlighet", blad=blad)


def accept(folder: Path, fil: str, notiser: Sequence[Notis], motiv: str, av: str, dag: date) -> list[Fault]:
    """Append notices to godkanda.yml with a motive, by whom and when. Gives [], or the file's faults where it can't be read; then
    nothing is written."""
    _, faults = read_godkanda(folder, fil)
    if faults:
        return faults
    path = folder / GODKANDA
    written = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    entries = []
    for notis in notiser:
        shown = " ".join(
            part for part in (notis.plats, f"«{notis.stod}»" if notis.stod else "", notis.iakttagelse) if part
        )
        lines = [f"  - kod: {_quoted(notis.kod)}", f"    galler: {_quoted(shown)}", f"    motiv: {_quoted(motiv)}"]
        lines += [f"    av: {_quoted(av)}"] if av else []
        entries.append("\n".join([*lines, f'    dag: "{dag.isoformat()}"', ""]))
    before = written or HEADER
    before += "" if before.endswith("\n") else "\n"
    write_whole(path, before + "".join(entries))
    accepted, faults = read_godkanda(folder, fil)
    if faults or any(notis.kod not in accepted for notis in notiser):  # written by hand in another shape
        if written:
            write_whole(path, written)
        else:
            path.unlink()
        wanted = "poster med två mellanslag framför strecket, under godkanda, sist i filen"
        return [Fault(f"{fil}/{GODKANDA}", "", wanted, "rätta filen, och godkänn igen")]
    return []


def _quoted(text: str) -> str:
    """As YAML takes any text; JSON's quotes are YAML's too."""
    return json.dumps(text, ensure_ascii=False)

"""What a nämnd is to deliver and hasn't: each outcome, answer, row and sheet, by name, and the workbook that it ought to stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.faults import Fault
from reporting.params.blad import GRANSKNINGAR, OMRADEN
from reporting.params.deliverers import Del, delar
from reporting.params.headings import KVALITATIVA, MATETAL
from reporting.params.plan import Plan
from reporting.params.read import Params
from reporting.reading.rows import comparable_name
from reporting.reading.utfall import Leverans


@dataclass(frozen=True)
class Saknad:
    """Something that hasn't come. blad: the kind of sheet; id: "" for a whole sheet; omrade: the verksamhetsområde that delivers it, by
    name, "" where the nämnd has none; fil, cell: the workbook of that område, and the cell in it that is empty, "" where none has come,
    or where it can't be told yet whether it is missing there; bladnamn: what the sheet is called in it."""

    blad: str
    id: str
    namn: str
    omrade: str = ""
    fil: str = ""
    bladnamn: str = ""
    cell: str = ""

    def as_fault(self) -> Fault:
        """As it is told to whoever delivered the workbook."""
        if not self.id:
            return self._fault("uppgifter på bladet", "fyll i bladet")
        what = {MATETAL: "ett utfall", KVALITATIVA: "ett svar"}.get(self.blad, "en rad")
        reason = ", eller välj orsaken i kolumnen anmärkning" if self.blad == MATETAL else ""
        action = "fyll i cellen" if self.cell else f"fyll i raden med id {self.id}"
        return self._fault(f"{what} för {self.namn} ({self.id})", action + reason)

    def _fault(self, vantat: str, atgard: str) -> Fault:
        return Fault(self.fil, "", vantat, atgard, blad=self.bladnamn, cell=self.cell, slag=self.blad)


def saknade(params: Params, plan: Plan, nu: Leverans, faults: Sequence[Fault] = ()) -> tuple[Saknad, ...]:
    """Everything that the plan and kommun.yml ask of the nämnd and that isn't in `nu`, in the order of its parts and sheets.

    faults: those of the delivery. What a faulty cell says isn't missing, and of a sheet with faults only cells that are there and empty
    are told to be missing from the workbook. A sheet without given rows may rightly be empty; it is never told to its sender.
    """
    wrong = {(fault.fil, fault.slag) for fault in faults}
    found: list[Saknad] = []
    parts = delar(params, plan)
    asked = {blad.id for blad in params.blad_of(plan.namnd)}
    for part in parts:
        home = _workbook(part, parts, nu, faults)

        def lacks(blad: str, id_: str, namn: str, part: Del = part, home: str = home) -> Saknad:
            # not said of a workbook whose sheet has faults, since it may be the row that couldn't be read
            fil = "" if (home, blad) in wrong or (home, "") in wrong else home
            return Saknad(blad, id_, namn, _name(part), fil, blad if fil else "")

        for blad, posts in part.blad:
            if blad.poster_ur:
                here = {rad.id for rad in nu.blad(blad.id)}
                found += [lacks(blad.blad, post.id, post.namn) for post in posts if post.id not in here]
            elif blad.id in asked and blad != GRANSKNINGAR and not nu.blad(blad.id):
                several = sum(blad in [item for item, _ in other.blad] for other in parts) > 1
                row = lacks(blad.blad, "", blad.blad)
                is_given = (blad.poster or blad.id == OMRADEN.id) and not several
                row = row if is_given else replace(row, fil="", bladnamn="")
                found.append(replace(row, omrade="") if several else row)
        answered = {svar.matt for svar in nu.svar}
        found += [lacks(KVALITATIVA, matt.id, matt.namn) for matt in part.kvalitativa if matt.id not in answered]
        rows = {u.matetal: u for u in nu.utfall if not u.kon}
        for item in part.matetal:
            utfall = rows.get(item.id)
            if utfall is None:
                found.append(lacks(MATETAL, item.id, item.kortnamn))
            elif utfall.varde is None and not utfall.saknas and not utfall.text:
                at = (utfall.fil, utfall.blad, utfall.cell)
                found.append(Saknad(MATETAL, item.id, item.kortnamn, _name(part), *at))
    names = (MATETAL, KVALITATIVA, *(sheet.blad for sheet in params.blad))
    return tuple(sorted(dict.fromkeys(found), key=lambda item: names.index(item.blad)))


def _name(part: Del) -> str:
    return part.omrade.namn if part.omrade else ""


def _workbook(part: Del, parts: Sequence[Del], nu: Leverans, faults: Sequence[Fault]) -> str:
    """The workbook that is from this part, or "": by what it says, or by its name; of a nämnd that isn't divided the only one."""
    if part.omrade is None:
        folders = {lamnad.fil.rpartition("/")[0] for lamnad in nu.lamnade}
        sent = {fil.fil for fil in nu.filer} | {fault.fil for fault in faults}
        sent = {fil for fil in sent if fil.rpartition("/")[0] in folders and not fil.endswith((".md", ".yml"))}
        return nu.lamnade[0].fil if len(sent) == len(nu.lamnade) == len(parts) == 1 else ""
    names = {comparable_name(part.omrade.namn), part.omrade.id}
    said = [lamnad.fil for lamnad in nu.lamnade if comparable_name(lamnad.verksamhetsomrade) in names]
    named = [lamnad.fil for lamnad in nu.lamnade if lamnad.fil.rpartition("/")[2] == part.fil]
    return next(iter((*said, *named)), "")

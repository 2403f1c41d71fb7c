"""What a workbook is read against, and how a fault or a notis in it says where it stands."""

from dataclasses import dataclass

from reporting.excel.open import RawCell
from reporting.faults import Fault, Notis
from reporting.params.plan import Plan
from reporting.periods import Period

Found = Fault | Notis


@dataclass(frozen=True)
class Delivery:
    """What a workbook is read against. blad: the names of the sheets that may stand beside the outcomes."""

    fil: str
    namnd: str
    period: Period
    plan: Plan
    historik: bool
    blad: tuple[str, ...] = ()

    def fault(
        self, blad: str, cell: RawCell | str, vantat: str, atgard: str, *, till_avsandare: tuple[str, str] = ("", "")
    ) -> Fault:
        """A fault in this workbook; `cell` is a cell that was read, the reference of one that wasn't, or ""; the rest as in Fault."""
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        return Fault(self.fil, text, vantat, atgard, blad=blad, cell=ref, till_avsandare=till_avsandare)

    def notis(self, blad: str, cell: RawCell | str, iakttagelse: str, om: str) -> Notis:
        """Something to look at in this workbook; `cell` as in fault, om as in Notis."""
        ref, text = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        return Notis(self.fil, text, iakttagelse, om, blad=blad, cell=ref)

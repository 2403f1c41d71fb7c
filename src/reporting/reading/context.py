"""What a workbook is read against, and how a fault or a notis in it says where it stands."""

from dataclasses import dataclass, replace

from reporting.excel.open import RawCell
from reporting.faults import Faults
from reporting.params.plan import Plan
from reporting.periods import Period


@dataclass(frozen=True)
class Delivery:
    """What a workbook is read against: the nämnd, the period and the plan that it should be for. historik: only its outcomes are read, for
    comparison; faults: where what is wrong in it is put, with the sheet that is read now."""

    faults: Faults
    namnd: str
    period: Period
    plan: Plan
    historik: bool

    @property
    def fil(self) -> str:
        """The workbook's name in messages."""
        return self.faults.fil

    @property
    def blad(self) -> str:
        """What the sheet that is read now is called in the workbook."""
        return self.faults.blad

    def on(self, blad: str, slag: str = "") -> "Delivery":
        """The same, on a sheet. slag: which of our sheets it is."""
        return replace(self, faults=self.faults.at(self.fil, blad, slag))

    def fault(
        self,
        cell: RawCell | str,
        vantat: str,
        atgard: str,
        *,
        till_avsandare: tuple[str, str] = ("", ""),
        brev: str = "",
    ) -> None:
        """Note a fault on this sheet; `cell` is a cell that was read, the reference of one that wasn't, or ""; the rest as in Fault."""
        ref, stod = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        self.faults.add(stod, vantat, atgard, cell=ref, till_avsandare=till_avsandare, brev=brev)

    def notis(self, cell: RawCell | str, iakttagelse: str, om: str) -> None:
        """Note something to look at on this sheet; `cell` as in fault, om as in Notis."""
        ref, stod = (cell, "") if isinstance(cell, str) else (cell.ref, cell.shown)
        self.faults.note(stod, iakttagelse, om, ref)

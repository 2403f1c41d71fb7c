"""What was delivered, as frozen values: outcomes, answers and the files that they stand in."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.faults import Notis
from reporting.periods import Period
from reporting.units import ANTAL, Unit

REFUSED_CELL = "kan inte läsas, se felen"
"""What is told instead of a cell that is refused: the number in it may be protected."""


@dataclass(frozen=True)
class Utfall:
    """One measured value, or the reason why there is none, and the cell where it stands.

    kon: "" for the total; varde: in the mätetal's mattenhet (82 for 82 %); saknas: a key of SAKNAS_ORSAKER where varde is
    None; text: what was written instead of a value, or REFUSED_CELL; matt_till: the last day measured, where the row
    says so; antal_svar: how many answered, where it comes from a survey.
    """

    period: Period
    matetal: str
    kon: str
    varde: Decimal | None
    saknas: str | None
    text: str
    matt_till: date | None
    anmarkning: str
    kommentar: str
    fil: str
    blad: str
    cell: str
    antal_svar: int | None = None

    @property
    def why_missing(self) -> str:
        """Why there is no value, as it is printed: what was written, where those are words; "" where nobody has said."""
        return self.text if re.search(r"[^\W\d]{4}", self.text) else self.saknas or self.text


@dataclass(frozen=True)
class Svar:
    """The answer to a kvalitativt mått ("ja", "delvis", "nej") and the cell where it stands."""

    period: Period
    matt: str
    svar: str
    kommentar: str
    fil: str
    blad: str
    cell: str


@dataclass(frozen=True)
class Fil:
    """A file that was read: path relative to the root, and the checksum of its content."""

    fil: str
    sha256: str


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet row.

    text: as it is shown; tal: the number, in `enhet`, printed with `decimaler`; saknas: the reason why there is none; cell: where.
    """

    text: str
    tal: Decimal | None = None
    decimaler: int = 0
    enhet: Unit = ANTAL
    dag: date | None = None
    saknas: str | None = None
    cell: str = ""


TOM = Cell("")


@dataclass(frozen=True)
class Bladrad:
    """One row of a sheet that is defined in blad: column heading → cell. id: the row's key; ar: year → cell; bladnamn: what the sheet
    is called in the workbook."""

    blad: str
    id: str
    celler: dict[str, Cell]
    ar: dict[int, Cell]
    fil: str
    bladnamn: str = ""

    def __getitem__(self, kolumn: str) -> Cell:
        """The cell in this column; an empty one where nothing stands there."""
        return self.celler.get(kolumn, TOM)


@dataclass(frozen=True)
class Lamnad:
    """One workbook as its sheet Om leveransen describes it: from which verksamhetsområde, by whom, which day; "" where it doesn't say."""

    fil: str
    verksamhetsomrade: str = ""
    lamnad_av: str = ""
    lamnad: str = ""


@dataclass(frozen=True)
class Leverans:
    """What one nämnd has delivered for one period. rader: those of every sheet that is defined in blad; lamnade: its workbooks, and
    from whom; notiser: what ought to be looked at in them.
    """

    utfall: tuple[Utfall, ...] = ()
    svar: tuple[Svar, ...] = ()
    rader: tuple[Bladrad, ...] = ()
    filer: tuple[Fil, ...] = ()
    lamnade: tuple[Lamnad, ...] = ()
    notiser: tuple[Notis, ...] = ()

    def blad(self, blad: str) -> tuple[Bladrad, ...]:
        """The rows of the sheet with this id, in the order of the files."""
        return tuple(rad for rad in self.rader if rad.blad == blad)

"""Reporting periods: three times a year, named by their last month."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reporting.swedish import MONTHS

REPORTING_MONTHS = (4, 8, 12)
"""April, augusti and december (verksamhetsplan 2023 §1: delårsuppföljning per april, per augusti and årsbokslut)."""

MONTHS_OF_DELAR = REPORTING_MONTHS[:-1]


@dataclass(frozen=True, order=True)
class Period:
    """A reporting period, from January to the end of `month`. Written "2024-12"."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2024-12".

        Raises ValueError, in Swedish, for any other form and for months that nobody reports.
        """
        match = re.fullmatch(r"(20\d\d)-(\d\d)", text)
        if not match:
            raise ValueError(f"«{text}» är ingen period. Skriv år och sista månad, till exempel 2024-12")
        year, month = int(match[1]), int(match[2])
        if month not in REPORTING_MONTHS:
            raise ValueError(
                f"«{text}» är ingen rapporteringsperiod. Uppföljning görs per april (04), augusti (08) "
                "och december (12)"
            )
        return cls(year, month)

    @classmethod
    def among(cls, names: Iterable[str]) -> list["Period"]:
        """The periods that are named among these names of files or folders, oldest first; other names are passed over."""
        ends = "|".join(f"{month:02d}" for month in REPORTING_MONTHS)
        return sorted(cls.parse(name) for name in names if re.fullmatch(rf"20\d\d-({ends})", name))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def name(self) -> str:
        """ "december 2024"."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def span(self) -> str:
        """What the period covers: "januari–december 2024"."""
        return f"januari–{self.name}"

    @property
    def is_delar(self) -> bool:
        """True before the year's end."""
        return self.month != 12

    @property
    def last_day(self) -> date:
        """The last day that the period covers."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def _reported(self, later: int) -> "Period":
        """The reporting period so many after this one."""
        each = len(REPORTING_MONTHS)
        year, month = divmod(self.year * each + REPORTING_MONTHS.index(self.month) + later, each)
        return Period(year, REPORTING_MONTHS[month])

    @property
    def previous(self) -> "Period":
        """The reporting period before this one; what a nämnd's trend refers to."""
        return self._reported(-1)

    @property
    def next(self) -> "Period":
        """The reporting period after this one."""
        return self._reported(1)

    @property
    def year_before(self) -> "Period":
        """The same month last year; what a mätetal is compared with."""
        return Period(self.year - 1, self.month)

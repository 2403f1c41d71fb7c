"""One mätetal over all periods: what each period's facts say of it, and what was measured before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.periods import Period
from reporting.site.facts import Matetalsfakta, Matvarde, Namndfakta

Measured = tuple[Period, dict[str, Matvarde], Matetalsfakta | None]
"""A period, kön ("" for the total) → the outcome, and what the period's report said of it, where there is one."""
Total = tuple[Period, Decimal, Matetalsfakta | None]
"""A period, the outcome for all, and what the period's report said of it, where there is one."""


@dataclass(frozen=True)
class MatetalHistory:
    """One mätetal of one nämnd. varden: everything measured, oldest first."""

    namnd: str
    namnd_namn: str
    varden: tuple[Measured, ...]

    @property
    def perioder(self) -> list[tuple[Period, Matetalsfakta]]:
        """What each report said of it, newest first."""
        return [(when, fakta) for when, _, fakta in reversed(self.varden) if fakta]

    @property
    def nu(self) -> Matetalsfakta:
        """What the newest report says of it; its name, unit and target are the mätetal's."""
        return self.perioder[0][1]

    @property
    def period(self) -> Period:
        """The newest period that has it."""
        return self.perioder[0][0]

    @property
    def decimaler(self) -> int:
        """With how many decimals all its outcomes are printed: as many as the report that needs most."""
        return max(fakta.decimaler for _, fakta in self.perioder)

    @property
    def adress(self) -> str:
        """Its page, from the root of the publication; with the site's own address before it, its permanent one."""
        return f"{self.namnd}/matetal/{self.nu.id}.html"

    @property
    def kon(self) -> list[str]:
        """The parts by sex that have been measured at some time, in the order in which they first came."""
        return list(dict.fromkeys(kon for _, parts, _ in reversed(self.varden) for kon in parts if kon))

    @property
    def utfall(self) -> list[Total]:
        """The totals that there are, oldest first."""
        totals = [(when, parts.get(""), fakta) for when, parts, fakta in self.varden]
        return [(when, total.varde, fakta) for when, total, fakta in totals if total and total.varde is not None]

    @property
    def matningar(self) -> list[Total]:
        """The totals, each measurement once, oldest first: what several periods tell of the same day is the newest period's."""
        days = {when: parts[""].matt_till or when for when, parts, _ in self.varden if "" in parts}
        found = {days[when]: (when, value, fakta) for when, value, fakta in self.utfall}
        return sorted(found.values(), key=lambda row: row[0])

    def tid(self, when: Period) -> str:
        """The time that a period's outcome is of, as a sentence names it: "augusti 2025", or the year of a register that lags."""
        total = next((parts.get("") for period, parts, _ in self.varden if period == when), None)
        year = total.matt.removeprefix("avser ") if total else ""
        return year if year.isdecimal() else when.name


def histories(fakta: Mapping[Period, Sequence[Namndfakta]]) -> list[MatetalHistory]:
    """Every mätetal that any report has, nämnd by nämnd, in the order of the newest report that has it."""
    found: dict[tuple[str, str], dict[Period, Measured]] = {}
    names: dict[str, str] = {}
    earlier: dict[tuple[str, str], dict[Period, dict[str, Matvarde]]] = {}
    for when in sorted(fakta, reverse=True):
        for namnd in fakta[when]:
            names.setdefault(namnd.namnd, namnd.namn)
            for matetal in namnd.matetal:
                parts = {item.kon: item for item in matetal.varden}
                found.setdefault((namnd.namnd, matetal.id), {})[when] = (when, parts, matetal)
            for matetal_id, values in namnd.historik:
                rows = earlier.setdefault((namnd.namnd, matetal_id), {})
                for value in values:
                    rows.setdefault(Period.parse(value.period), {}).setdefault(value.kon, value)
    made = []
    for key, reported in found.items():
        every = {when: (when, parts, None) for when, parts in earlier.get(key, {}).items()} | reported
        made.append(MatetalHistory(key[0], names[key[0]], tuple(every[when] for when in sorted(every))))
    return sorted(made, key=lambda item: list(names).index(item.namnd))

"""One mätetal over all periods: what each period's facts say of it, and what was measured before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.periods import Period
from reporting.site.facts import Matetalsfakta, Matvarde, Namndfakta


@dataclass(frozen=True)
class MatetalHistory:
    """One mätetal of one nämnd, newest first. perioder: what each report said of it; tidigare: outcomes of other times, by period, each
    with its parts by sex."""

    namnd: str
    namnd_namn: str
    perioder: tuple[tuple[Period, Matetalsfakta], ...]
    tidigare: tuple[tuple[Period, tuple[Matvarde, ...]], ...]

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
        """Its page, from the root of the publication."""
        return address_of_matetal(self.namnd, self.nu.id)

    @property
    def varden(self) -> list[tuple[Period, dict[str, Matvarde], Matetalsfakta | None]]:
        """Everything measured, oldest first: period, kön ("" for the total) → outcome, and what the report said of it."""
        found = [(when, {item.kon: item for item in fakta.varden}, fakta) for when, fakta in self.perioder]
        older = [(when, {item.kon: item for item in values}, None) for when, values in self.tidigare]
        return sorted([*found, *older], key=lambda row: row[0])

    @property
    def kon(self) -> list[str]:
        """The parts by sex that have been measured at some time, in the order in which they first came."""
        return list(dict.fromkeys(kon for _, parts, _ in reversed(self.varden) for kon in parts if kon))

    @property
    def utfall(self) -> list[tuple[Period, Decimal, Matetalsfakta | None]]:
        """The totals that there are, oldest first."""
        return [
            (when, total.varde, fakta)
            for when, parts, fakta in self.varden
            if (total := parts.get("")) and total.varde is not None
        ]

    @property
    def matningar(self) -> list[tuple[Period, Decimal, Matetalsfakta | None]]:
        """The totals, each measurement once, oldest first: what several periods tell of the same day is the newest period's."""
        found = {self._day(when): (when, value, fakta) for when, value, fakta in self.utfall}
        return sorted(found.values(), key=lambda row: row[0])

    def _day(self, when: Period) -> date | Period:
        """The last day that the outcome of a period describes; the period itself where nothing says."""
        total = next(parts.get("") for period, parts, _ in self.varden if period == when)
        return (total.matt_till if total else None) or when

    def tid(self, when: Period) -> str:
        """The time that a period's outcome is of, as a sentence names it: "augusti 2025", or the year of a register that lags."""
        total = next((parts.get("") for period, parts, _ in self.varden if period == when), None)
        year = total.matt.removeprefix("avser ") if total else ""
        return year if year.isdecimal() else when.name


def address_of_matetal(namnd: str, matetal: str) -> str:
    """The page of a mätetal, from the root of the publication; with the site's own address before it, its permanent one."""
    return f"{namnd}/matetal/{matetal}.html"


def histories(fakta: Mapping[Period, Sequence[Namndfakta]]) -> list[MatetalHistory]:
    """Every mätetal that any report has, nämnd by nämnd, in the order of the newest report that has it."""
    found: dict[tuple[str, str], list[tuple[Period, Matetalsfakta]]] = {}
    names: dict[str, str] = {}
    earlier: dict[tuple[str, str], dict[Period, dict[str, Matvarde]]] = {}
    for when in sorted(fakta, reverse=True):
        for namnd in fakta[when]:
            names.setdefault(namnd.namnd, namnd.namn)
            for matetal in namnd.matetal:
                found.setdefault((namnd.namnd, matetal.id), []).append((when, matetal))
            for key, values in namnd.historik:
                rows = earlier.setdefault((namnd.namnd, key), {})
                for value in values:
                    rows.setdefault(Period.parse(value.period), {}).setdefault(value.kon, value)
    joined = [_joined(key, names[key[0]], reports, earlier.get(key, {})) for key, reports in found.items()]
    order = list(names)
    return sorted(joined, key=lambda row: order.index(row.namnd))


def _joined(
    key: tuple[str, str],
    name: str,
    reports: Sequence[tuple[Period, Matetalsfakta]],
    earlier: Mapping[Period, Mapping[str, Matvarde]],
) -> MatetalHistory:
    reported = {when for when, _ in reports}
    tidigare = [
        (when, tuple(parts.values())) for when, parts in sorted(earlier.items(), reverse=True) if when not in reported
    ]
    return MatetalHistory(key[0], name, tuple(reports), tuple(tidigare))

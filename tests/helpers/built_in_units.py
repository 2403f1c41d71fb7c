"""The program's units by name, with a few of the scales and shares that there is no end of: what tests print, read and draw from."""

from reporting.params.kommun import Enhet
from reporting.units import BUILT_IN_UNITS, Unit, Units

_OPEN = (
    "skala 1–4", "skala 1–5", "skala 1–6", "skala 1–10", "skala 0–100", "skala −5–5", "andel av eleverna", "andel av Luleås 7-åringar",
)  # fmt: skip
UNITS: dict[str, Unit] = {
    name: unit for name in (*BUILT_IN_UNITS.names, *_OPEN) if (unit := BUILT_IN_UNITS.named(name))
}

OWN: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Enhet(namn="vårdtillfällen", en="vårdtillfälle", slag="antal", skrivs=("vtf",)).unit,
        Enhet(namn="tkr per elev", slag="kvot").unit,
        Enhet(namn="terminer", en="termin", slag="tid").unit,
        Enhet(namn="trygghetsskalan", slag="skala", fran=1, till=7).unit,
        Enhet(namn="täckningsgrad", slag="andel").unit,
    )
}
"""The units of the kommun that the handbook has for its example."""
OWN_UNITS = Units(tuple(OWN.values()))

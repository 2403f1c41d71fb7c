"""The program's units by name, with a few of the scales and shares that there is no end of: what tests print, read and draw from."""

from reporting.units import BUILT_IN, Unit

_OPEN = (
    "skala 1–4", "skala 1–5", "skala 1–6", "skala 1–10", "skala 0–100", "skala −5–5", "andel av eleverna", "andel av Luleås 7-åringar",
)  # fmt: skip
UNITS: dict[str, Unit] = {name: unit for name in (*BUILT_IN.names, *_OPEN) if (unit := BUILT_IN.named(name))}

"""The fields under a goal's heading in texter.md: bedömning, trend, prognos and motiv, and every fault in them."""

import re
from collections.abc import Collection
from typing import Literal

from reporting.faults import Faults, nearest, nearest_word
from reporting.params.kommun import Skala
from reporting.periods import Period
from reporting.texts.sections import Section

FALT = ("bedömning", "trend", "prognos", "motiv")

Trend = Literal["förbättrad", "oförändrad", "försämrad"]
TRENDER: tuple[Trend, ...] = ("förbättrad", "oförändrad", "försämrad")
PROGNOSER = ("når sannolikt målet", "osäkert", "når sannolikt inte målet")
_FIELD = re.compile(r"\s*(?:[-*]\s*)?(\w+)\s*:\s*(.*)$")


def read_fields(
    faults: Faults, head: Section, skala: Skala, period: Period, told: Collection[int] = ()
) -> dict[str, str]:
    """Field → what it says. A field that stands twice says what it says first; of a misspelt one the value is checked too.

    told: lines of which it is told already that they begin what never ends; what goes on from them isn't told again.
    """
    said: dict[str, str] = {}
    running = False  # running text where fields should be is told once, at its first line
    for number, line in enumerate(head.body.splitlines(), start=head.line + 1):
        if not line.strip():
            running = False
            continue
        if number in told and line.lstrip().startswith(("```", "~~~")):
            break  # all the rest is code, until that is mended
        match = _FIELD.match(line)
        written = match[1].lower() if match else ""
        key = written if written in FALT else nearest_word(written, FALT) if written and not running else ""
        if written not in FALT:
            if not running and number not in told:
                wanted = f"ett av fälten {', '.join(FALT)}, följt av kolon"
                action = f"skriv löpande text under ### Kommentar.{nearest(written, FALT) if written else ''}"
                faults.add(line.strip(), wanted, action, rad=number)
            running = True
        if not match or not key:
            continue
        if key in said and key == written:
            faults.add(line.strip(), f"fältet {key} en gång", "ta bort den ena raden", rad=number)
        value = _value(faults, number, key, match[2], skala, period)
        if value is not None:
            said.setdefault(key, value)
    return said


def _value(faults: Faults, line: int, key: str, written: str, skala: Skala, period: Period) -> str | None:
    """What a field says, None after a fault. A word of the scale isn't asked for where the scale couldn't be read."""
    steps = [] if skala.oklart("steg") or any(s.oklart("namn") for s in skala.steg) else [s.namn for s in skala.steg]
    allowed = {"bedömning": steps, "trend": TRENDER, "prognos": PROGNOSER}.get(key)
    if allowed is None:
        return written.strip()
    value = " ".join(written.split())  # Word puts no-break spaces between words
    if value and allowed and value.lower() not in [word.lower() for word in allowed]:
        action = f"rätta ordet.{nearest(value, allowed)}"
        faults.add(value, f"{key} är en av {', '.join(allowed)}", action, rad=line)
        return None
    if key == "prognos" and value and not period.is_delar:
        faults.add(value, "ingen prognos vid årets slut", "ta bort raden", rad=line)
        return None
    return value

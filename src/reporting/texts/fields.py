"""The fields under a goal's heading in texter.md: bedömning, trend, prognos and motiv, and every fault in them."""

import re
from collections.abc import Collection
from typing import Literal

from reporting.faults import Fault, nearest, nearest_word
from reporting.params.kommun import Skala
from reporting.periods import Period
from reporting.texts.sections import Section

FALT = ("bedömning", "trend", "prognos", "motiv")

Trend = Literal["förbättrad", "oförändrad", "försämrad"]
TRENDER: tuple[Trend, ...] = ("förbättrad", "oförändrad", "försämrad")
PROGNOSER = ("når sannolikt målet", "osäkert", "når sannolikt inte målet")
_FIELD = re.compile(r"\s*(?:[-*]\s*)?(\w+)\s*:\s*(.*)$")


def read_fields(
    fil: str, head: Section, skala: Skala, period: Period, told: Collection[int] = ()
) -> tuple[dict[str, str], list[Fault]]:
    """(field → what it says, faults). A field that stands twice says what it says first; of a misspelt one the value is checked too.

    told: lines of which it is told already that they begin what never ends; what goes on from them isn't told again.
    """
    faults: list[Fault] = []
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
                faults.append(_fault(fil, number, line.strip(), wanted, action))
            running = True
        if not match or not key:
            continue
        if key in said and key == written:
            faults.append(_fault(fil, number, line.strip(), f"fältet {key} en gång", "ta bort den ena raden"))
        value, wrong = _value(fil, number, key, match[2], skala, period)
        faults += wrong
        if not wrong:
            said.setdefault(key, value)
    return said, faults


def _value(fil: str, line: int, key: str, written: str, skala: Skala, period: Period) -> tuple[str, list[Fault]]:
    """(what a field says, faults). A word of the scale isn't asked for where the scale couldn't be read."""
    steps = [] if skala.oklart("steg") or any(s.oklart("namn") for s in skala.steg) else [s.namn for s in skala.steg]
    allowed = {"bedömning": steps, "trend": TRENDER, "prognos": PROGNOSER}.get(key)
    if allowed is None:
        return written.strip(), []
    value = " ".join(written.split())  # Word puts no-break spaces between words
    if value and allowed and value.lower() not in [word.lower() for word in allowed]:
        wanted = f"{key} är en av {', '.join(allowed)}"
        return "", [_fault(fil, line, value, wanted, f"rätta ordet.{nearest(value, allowed)}")]
    if key == "prognos" and value and not period.is_delar:
        return "", [_fault(fil, line, value, "ingen prognos vid årets slut", "ta bort raden")]
    return value, []


def _fault(fil: str, line: int, stod: str, vantat: str, atgard: str) -> Fault:
    return Fault(fil, stod, vantat, atgard, rad=line)

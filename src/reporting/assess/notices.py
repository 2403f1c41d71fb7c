"""What may be right but ought to be looked at: figures that don't add up, can't be, have jumped, or haven't moved at all."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from reporting.assess.blad_notices import blad_notiser, has_jumped, jump_text
from reporting.assess.comparison import is_same_measurement
from reporting.assess.resultat import Matetalsresultat
from reporting.faults import Notis
from reporting.params.malvarde import parse_target, resolved
from reporting.params.malvarde_words import in_words
from reporting.params.plan import CHANGE, Matetal, Plan
from reporting.periods import Period
from reporting.reading.reasons import GUARDED, PROTECTED, UNCERTAIN, reason_for_missing
from reporting.reading.utfall import Bladrad, Leverans, Utfall
from reporting.swedish import number, own_decimals, shortest
from reporting.units import amount

MAY_TURN = f"{CHANGE}|resultat|överskott|underskott|saldo"
"""In the name of a mätetal whose outcomes may well be above zero one year and below it the next."""
NOT_MEASURED = (
    r"\b(ej|inte|icke|aldrig)\b(\W+\w+){0,2}?\W+(upp)?mät"
    r"|\bmätning\w*(\W+\w+){0,2}?\W+((ej|inte)\W+(gjord|genomförd|klar|utförd|slutförd)|saknas|utebl|inställd)"
)
"""How a remark says that nothing has been measured, in whichever words."""
EACH = (
    r"\b(?:inom|i|på|för|hos|vid) (?:(?:alla|samtliga|varje|respektive) [^\W\d]+|[^\W\d]+, [^\W\d]+ och [^\W\d]+)"
    r"|\bper (?:enhet|skola|förskola|avdelning|verksamhet)\b"
)
"""How a målvärde says that it holds for each of several."""
Note = Callable[[Utfall, str], None]
"""Notes what was noticed of an outcome."""


def find_notices(
    plan: Plan,
    nu: Leverans,
    tidigare: Iterable[Utfall],
    forra: Iterable[Utfall],
    fore: Iterable[Utfall] = (),
    i_fjol: Iterable[Bladrad] = (),
) -> list[Notis]:
    """Everything to look at in a delivery, in the order of files and cells.

    tidigare: the outcomes that the mätetal are compared with; forra: those of the period before this one, which may be the same;
    fore: those of all earlier periods that are known; i_fjol: the amounts of the same month last year. The rules are in docs/metod.md.
    """
    units = {item.id: item for item in (*plan.matetal, *plan.indikatorer)}
    before = {(u.matetal, u.kon): u for u in tidigare if u.varde is not None}
    last = {(u.matetal, u.kon): u for u in forra if u.varde is not None}
    known: dict[tuple[str, str], list[Utfall]] = {}
    for u in sorted((*fore, *last.values(), *before.values()), key=lambda u: u.period):
        if u.varde is not None:
            known.setdefault((u.matetal, u.kon), []).append(u)
    found = [*nu.notiser, *blad_notiser(nu, i_fjol)]

    def note(utfall: Utfall, iakttagelse: str) -> None:
        found.append(_notis(utfall, units[utfall.matetal], iakttagelse))

    _parts(nu.utfall, units, note)
    with_total = {u.matetal for u in nu.utfall if not u.kon and u.varde is not None}
    for utfall in nu.utfall:
        matetal, key = units[utfall.matetal], (utfall.matetal, utfall.kon)
        older = known.get(key, [])
        _impossible(utfall, matetal, note)
        if utfall.varde is None:
            continue
        _unlike(utfall, utfall.varde, matetal, older, note)
        if utfall.kon and utfall.matetal in with_total:
            continue
        earlier = before.get(key)
        if earlier is None:  # then the latest that can be compared with at all
            alike = [u for u in older if not matetal.ackumulerad or u.period.month == utfall.period.month]
            earlier = alike[-1] if alike else None
        if earlier:
            _jump(utfall, matetal, earlier, note)
        _unmoved(utfall, matetal, [before.get(key), last.get(key)], note)
    return sorted(set(found))


def decided_by_rounding(results: Iterable[Matetalsresultat]) -> list[Notis]:
    """Every status that another precision would have changed, where the kommun has decided to compare rounded figures."""
    found = []
    for result in results:
        if result.utfall and result.varde is not None and result.oavrundad_status:
            shown = amount(result.printed(result.varde), result.matetal.mattenhet)
            words = in_words(result.target, result.matetal.mattenhet)
            said = f"Avrundat till {shown} är målvärdet {words} {result.status}; oavrundat är det {result.oavrundad_status}."
            found.append(_notis(result.utfall, result.matetal, said))
    return sorted(found)


def of_readings(matetal: Iterable[Matetal], planfil: str, year: int) -> list[Notis]:
    """Notices about how målvärden were read: where `lases` says something else than the plan's own words, and where a målvärde holds for
    each of several ("varje enhet") while the outcome is a single number. planfil: the plan's file, relative to the root; year: of
    which målvärden."""
    found = []
    for item in matetal:
        words, read = item.malvarde_for(year), item.reading(year)
        try:
            said = resolved(parse_target(words), item.battre) if item.lases_for(year) and words else read
        except ValueError:  # what can't be read by itself is why the plan says how
            said = read
        if (told := in_words(said, item.mattenhet)) != (own := in_words(read, item.mattenhet)):
            found.append(
                Notis(planfil, words, f"Orden säger {told}, men lases säger {own}. Varför läses de så?", item.id)
            )
        if each := re.search(EACH, read.ord, re.IGNORECASE):
            told = f"Målvärdet gäller «{each[0]}» var för sig, men utfallet är ett enda tal. Når alla det?"
            found.append(Notis(planfil, words, told, item.id))
    return found


def nothing_delivered(folder: str) -> Notis:
    """The Notis that a nämnd has delivered nothing. folder: where its workbooks should be, as shown in messages."""
    return Notis(folder, "", "Nämnden har inte lämnat någon arbetsbok.", "leveransen")


def _notis(utfall: Utfall, matetal: Matetal, iakttagelse: str) -> Notis:
    stod = amount(shortest(utfall.varde), matetal.mattenhet) if utfall.varde is not None else utfall.text
    about = f"{utfall.matetal} {utfall.kon}".strip()
    return Notis(utfall.fil, stod, iakttagelse, about, blad=utfall.blad, cell=utfall.cell)


def _parts(utfall: Sequence[Utfall], units: dict[str, Matetal], note: Note) -> None:
    """Parts that should be the whole (counts), or that the whole should lie between (everything else)."""
    values = {(u.matetal, u.kon): u for u in utfall}
    wholes = {u.matetal for u in utfall if not u.kon and (u.varde is not None or u.saknas)}
    for alone in {u.matetal: u for u in reversed(utfall) if u.varde is not None and u.matetal not in wholes}.values():
        note(alone, "Delarna är lämnade men inte helheten.")
    for item in utfall:
        matetal = units[item.matetal]
        unit = matetal.mattenhet
        parts = [values[item.matetal, kon] for kon in matetal.kon if (item.matetal, kon) in values]
        known = [part.varde for part in parts if part.varde is not None]
        if item.kon or not parts:
            continue
        withheld = [part for part in parts if part.saknas in GUARDED]
        withheld += [item] if item.saknas in (PROTECTED, UNCERTAIN) else []
        if unit.kind == "antal" and len(withheld) == 1 and len(known) + (item.varde is not None) == len(matetal.kon):
            what = "Det skyddade talet" if withheld[0].saknas == PROTECTED else "Talet, som inte redovisas,"
            note(withheld[0], f"{what} kan räknas ut av de andra.")
        if item.varde is None:
            continue
        if len(known) < len(matetal.kon) or sum(known) == item.varde:
            continue
        rounding = max(Decimal(1).scaleb(-own_decimals(value)) for value in (item.varde, *known))
        if unit.kind == "antal":
            note(item, f"Delarna är tillsammans {amount(shortest(sum(known, Decimal(0))), unit)}.")
        elif not min(known) - rounding <= item.varde <= max(known) + rounding:
            shown = f"{amount(shortest(min(known)), unit)} och {amount(shortest(max(known)), unit)}"
            note(item, f"Helheten är varken summan av delarna eller mellan {shown}.")


def _impossible(utfall: Utfall, matetal: Matetal, note: Note) -> None:
    unit, value = matetal.mattenhet, utfall.varde
    oldest = Period(utfall.period.year - 1 - matetal.efterslapning_ar, utfall.period.month).last_day
    to = "den" if matetal.ogonblick else "till och med"
    if utfall.matt_till and not utfall.kon and utfall.matt_till <= oldest:
        note(utfall, f"Mätt {to} {utfall.matt_till}, mer än ett år före perioden.")
    if value is None:
        return
    below = (matetal.target(utfall.period.year).varde or 0) < 0  # a deviation, which may well be below zero
    if unit.kind == "andel" and not 0 <= value <= 100 and not (value < 0 and below):
        note(utfall, "En andel är mellan 0 och 100 %.")
    elif not unit.negative and value < 0:
        note(utfall, "Talet kan inte vara mindre än 0.")
    elif unit.kind == "antal" and not matetal.decimaler and value != value.to_integral_value():
        note(utfall, "Ett antal är ett helt tal, om planen inte anger decimaler.")


def _unlike(utfall: Utfall, value: Decimal, matetal: Matetal, older: Sequence[Utfall], note: Note) -> None:
    """A value where the plan says that none is measured, or the remark that none was; one below zero or
    an index above 100 that never was before."""
    unit, remark = matetal.mattenhet, utfall.anmarkning
    if not utfall.kon and (planned := matetal.why_not_measured(utfall.period)):
        note(utfall, f"Enligt planen: {planned}. Är talet nytt?")
    if not utfall.kon and re.search(NOT_MEASURED, remark.lower()) and not reason_for_missing(remark):
        note(utfall, f"I anmärkningen står «{remark}». Är talet mätt?")  # a reason there is a fault already
    before = [u.varde for u in older if u.varde is not None]
    target = matetal.target(utfall.period.year).varde
    if not before:
        return
    may_turn = not unit.negative or unit.kind == "andel" or re.search(MAY_TURN, matetal.namn.lower())
    if value < 0 < min(before) and not may_turn and (target is None or target >= 0):
        latest = f"{amount(shortest(before[-1]), unit)} i {older[-1].period.name}"
        note(utfall, f"Talet är mindre än 0, men var {latest}.")
    if unit.kind == "index" and value > 100 >= max(before) and (target is None or target <= 100):
        note(utfall, f"Indexet är över 100, men har som mest varit {number(shortest(max(before)))}.")


def _jump(utfall: Utfall, matetal: Matetal, earlier: Utfall, note: Note) -> None:
    new, old = abs(utfall.varde or Decimal(0)), abs(earlier.varde or Decimal(0))
    if has_jumped(new, old, matetal.mattenhet):
        shown = amount(shortest(earlier.varde or Decimal(0)), matetal.mattenhet)
        note(utfall, jump_text(new, old, f"i {earlier.period.name} ({shown})", matetal.mattenhet))


def _unmoved(utfall: Utfall, matetal: Matetal, earlier: Sequence[Utfall | None], note: Note) -> None:
    """The same value as before, to the last digit; nothing at all, and everybody, may well stay what they are."""
    if utfall.varde == 0 or (matetal.mattenhet.kind == "andel" and utfall.varde == 100):
        return
    # a row that says itself that it was measured before then is no new measurement, nor is one of the same day
    day = utfall.matt_till or utfall.period.last_day
    same = {
        one.period
        for one in earlier
        if one
        and one.varde == utfall.varde
        and one.period.last_day < day
        and not is_same_measurement(matetal, utfall, utfall.period, one, one.period)
    }
    if same:
        note(utfall, f"Samma utfall som i {max(same).name}. Är det nya siffror?")

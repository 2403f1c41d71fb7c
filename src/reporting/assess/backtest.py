"""Back test: what the forecasts of earlier delår would have been, with what was known then, and how far they were from the outcome."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from reporting.assess.comparison import CHANGES
from reporting.assess.precision import as_delivered, planned_decimals
from reporting.assess.prognos import forecast, history_of, outlook_of, pace, with_baseline
from reporting.assess.resultat import Metod, Utsikt
from reporting.faults import InputFaults
from reporting.params.kommun import Kommun
from reporting.params.plan import Matetal
from reporting.params.read import read_params
from reporting.params.root import Root, chosen_period
from reporting.periods import MONTHS_OF_DELAR, Period
from reporting.reading.historik import read_history
from reporting.reading.utfall import Utfall
from reporting.swedish import rounded


@dataclass(frozen=True)
class Provad:
    """One forecast and what came of it. prognos, utfall: in the mätetal's mattenhet; traff: whether the målvärde was met as the
    forecast said ("osäkert" and targets that can't be assessed aside: None); inom: whether the outcome fell inside the interval;
    jamn_takt: what an even pace would have foreseen, for a count that rises during the year."""

    namnd: str
    matetal: str
    period: Period
    metod: Metod
    prognos: Decimal
    utfall: Decimal
    inom: bool | None
    traff: bool | None
    jamn_takt: Decimal | None

    def miss(self, foreseen: Decimal | None) -> Decimal | None:
        """How far a forecast was from the outcome, in per cent of the outcome; None where that is 0."""
        if foreseen is None or not self.utfall:
            return None
        return abs(self.utfall - foreseen) / abs(self.utfall) * 100


@dataclass(frozen=True)
class Traffsakerhet:
    """How well one method forecast at the delår of one month (manad, 1–12), over `antal` forecasts. A number is None where nothing can
    be counted.

    miss: the median distance from the outcome, in per cent of it; storsta: the largest; miss_jamn_takt: the median, had an even
    pace been used for the same; inom: share of outcomes inside the interval; traff: share of forecasts whose word (Utsikt) came true.
    """

    metod: Metod
    manad: int
    antal: int
    miss: Decimal | None
    storsta: Decimal | None
    miss_jamn_takt: Decimal | None
    inom: Decimal | None
    traff: Decimal | None


def backtest(root: Root) -> list[Provad]:
    """Every forecast that could have been made at the delår of earlier years, for the nämnder and plans of the newest period.

    Raises InputFaults where params or the earlier outcomes have faults.
    """
    newest = chosen_period(root, "")
    params, faults = read_params(root.params, newest)
    if params is None or faults:
        raise InputFaults(faults)
    after = Period(newest.year + 1, MONTHS_OF_DELAR[0])  # a delår after the newest, so that everything is earlier
    tested: list[Provad] = []
    for namnd in params.korning.namnder:
        plan = params.plan(namnd)
        if plan is None:
            continue
        earlier: dict[tuple[Period, str, str], Utfall] = {}
        for month in MONTHS_OF_DELAR:
            _, everything, found = read_history(root, plan, Period(after.year, month), after.previous)
            faults += found
            earlier |= {(u.period, u.matetal, u.kon): u for u in everything.utfall}
        for matetal in (*plan.matetal, *plan.indikatorer):
            known_outcomes = history_of(matetal.id, earlier.values())
            tested += _tested(namnd, matetal, known_outcomes, newest.year, params.kommun)
    if faults:
        raise InputFaults(faults)
    return tested


def _tested(namnd: str, matetal: Matetal, outcomes: dict[Period, Utfall], year: int, kommun: Kommun) -> list[Provad]:
    """Every delår of one mätetal whose year has an outcome; the målvärde is that of `year`, the newest plan's."""
    wanted, tested = matetal.target(year), []
    marginal, round_first = kommun.prognosmarginal, kommun.jamfor_avrundat
    for when, now in outcomes.items():
        whole = outcomes.get(Period(when.year, 12))
        if not when.is_delar or whole is None or whole.varde is None or now.varde is None:
            continue
        before = {period: utfall for period, utfall in outcomes.items() if period < when}
        target = with_baseline(matetal, wanted, before.values(), now, when)
        decimals = planned_decimals(matetal, target, now.varde)
        made = forecast(matetal, target, now, before, when, marginal, decimals, round_first=round_first)
        if made is None:
            continue
        base = before.get(Period(when.year - 1, 12))
        base_value = base.varde if base else None
        outcome = as_delivered(whole.varde)
        if round_first and target.operator not in CHANGES:
            outcome = rounded(outcome, decimals)
        known = (outcome, None, None)
        came, _ = outlook_of(matetal, target, outcome, known, base_value, when, Decimal(0), settled=True)
        inside = made.lag <= whole.varde <= made.hog if made.lag is not None and made.hog is not None else None
        right = made.utsikt == came if came and made.utsikt not in (None, Utsikt.OSAKERT) else None
        even = now.varde * pace(matetal, now, when) if matetal.ackumulerad else None
        tested.append(Provad(namnd, matetal.id, when, made.metod, made.varde, whole.varde, inside, right, even))
    return tested


def summed_by_month(tested: list[Provad]) -> list[Traffsakerhet]:
    """Sum up tested forecasts as one Traffsakerhet for each method and month of a delår; a method and month that nothing was tested for
    has none."""
    rows = []
    for metod in Metod:
        for month in MONTHS_OF_DELAR:
            mine = [item for item in tested if item.metod is metod and item.period.month == month]
            misses = [miss for item in mine if (miss := item.miss(item.prognos)) is not None]
            even = [miss for item in mine if (miss := item.miss(item.jamn_takt)) is not None]
            if mine:
                rows.append(
                    Traffsakerhet(
                        metod=metod,
                        manad=month,
                        antal=len(mine),
                        miss=median(misses) if misses else None,
                        storsta=max(misses) if misses else None,
                        miss_jamn_takt=median(even) if even else None,
                        inom=_share([item.inom for item in mine]),
                        traff=_share([item.traff for item in mine]),
                    )
                )
    return rows


def _share(said: list[bool | None]) -> Decimal | None:
    known = [item for item in said if item is not None]
    return Decimal(sum(known)) / len(known) * 100 if known else None

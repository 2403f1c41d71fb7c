"""The front of the kommun's own page: `k` in its notebook, in the analyst's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.assess.resultat import Namndresultat
from reporting.assess.underlag import Kommununderlag, Underlag, load_kommun
from reporting.front.base import ById, Front, shows
from reporting.front.every_period import read_every_period
from reporting.front.faults import asked_namnder
from reporting.periods import Period
from reporting.show.chapters import kommun
from reporting.show.chapters import underlag as sources


@dataclass(frozen=True, repr=False)
class Kommunkapitel(Front):
    """Hela kommunens period, läst och bedömd. Skriv k. och tryck på Tab för att se allt som kan visas."""

    underlag: Kommununderlag

    def _rubrik(self) -> str:
        return f"{self.underlag.params.kommun.kommun} · {self.underlag.params.titel}"

    def _every_underlag(self, namnder: str | Sequence[str]) -> list[Underlag]:
        params, covered = self.underlag.params, self.underlag.params.korning.namnder
        known = [item.id for item in params.kommun.namnder]
        faulty = {*covered} - {item.namnd.id for item in self.namnder}  # the page says so
        sound = [namnd for namnd in known if namnd not in faulty]
        asked = asked_namnder(namnder, known, sound, sound)
        return read_every_period(self.underlag.root, params.period, asked, covered=covered)

    @property
    def period(self) -> Period:
        """Perioden. Exempel: k.period.name"""
        return self.underlag.params.period

    @property
    def namnder(self) -> ById[Namndresultat]:
        """Varje nämnds resultat, för egna beräkningar. Exempel: [n.namnd.namn for n in k.namnder]"""
        found = self.underlag.namnder
        return ById.of(found, [item.namnd.id for item in found], "id för en nämnd utan fel")

    sammanfattning = shows(
        "sammanfattning", kommun.findings, "Hur många nämnder som har rapporterat, och hur många målvärden som nås."
    )
    namndtabell = shows("namndtabell", kommun.namnder, "Nämndernas mätetal efter status.")
    overgripande_mal = shows("overgripande_mal", kommun.matrix, "Nämndernas mål under kommunens övergripande mål.")
    namndsmal = shows("namndsmal", kommun.namnders_goals, "Varje nämnds mål med bedömning och förslag.")
    steg = shows("steg", kommun.goals_per_step, "Hur många mål varje nämnd har på varje steg.")
    filer = shows("filer", sources.files, "Filerna som sidan är gjord av, med kontrollsummor.")


def read_kommun_chapter(period: str, root: str) -> Kommunkapitel:
    """Every nämnd of the period, read and assessed. Raises InputFaults for params."""
    return Kommunkapitel(load_kommun(period, root))

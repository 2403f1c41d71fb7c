"""The front of the kommun's own page: `k` in its notebook, in the analyst's words."""

from dataclasses import dataclass

from reporting.assess.resultat import Namndresultat
from reporting.assess.underlag import Kommununderlag, load_kommun
from reporting.front.base import Front, shows
from reporting.periods import Period
from reporting.show.chapters import kommun
from reporting.show.chapters import underlag as sources


@dataclass(frozen=True, repr=False)
class Kommunkapitel(Front):
    """Hela kommunens period, läst och bedömd. Skriv k. och tryck på Tab för att se allt som kan visas."""

    underlag: Kommununderlag

    def _rubrik(self) -> str:
        return f"{self.underlag.params.kommun.kommun} · {self.underlag.params.titel}"

    @property
    def period(self) -> Period:
        """Perioden. Exempel: k.period.name"""
        return self.underlag.params.period

    @property
    def namnder(self) -> tuple[Namndresultat, ...]:
        """Varje nämnds resultat, för egna beräkningar. Exempel: [n.namnd.namn for n in k.namnder]"""
        return self.underlag.namnder

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

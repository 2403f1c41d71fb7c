"""The front of the kommun's own page: `k` in its notebook, in the analyst's words."""

from dataclasses import dataclass

from reporting.assess.resultat import Namndresultat
from reporting.assess.underlag import Kommununderlag, load_kommun
from reporting.front.base import Front
from reporting.html import Html
from reporting.periods import Period
from reporting.show.chapters import kommun
from reporting.show.chapters import underlag as underlag_chapter


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

    def sammanfattning(self) -> Html:
        """Hur många nämnder som har rapporterat, och hur många målvärden som nås. Exempel: k.sammanfattning()"""
        return kommun.findings(self.underlag)

    def namndtabell(self) -> Html:
        """Nämndernas mätetal efter status. Exempel: k.namndtabell()"""
        return kommun.namnder(self.underlag)

    def overgripande_mal(self) -> Html:
        """Nämndernas mål under kommunens övergripande mål. Exempel: k.overgripande_mal()"""
        return kommun.matrix(self.underlag)

    def namndsmal(self) -> Html:
        """Varje nämnds mål med bedömning och förslag. Exempel: k.namndsmal()"""
        return kommun.namnders_goals(self.underlag)

    def steg(self) -> Html:
        """Hur många mål varje nämnd har på varje steg. Exempel: k.steg()"""
        return kommun.goals_per_step(self.underlag)

    def filer(self) -> Html:
        """Filerna som sidan är gjord av, med kontrollsummor. Exempel: k.filer()"""
        return underlag_chapter.files(self.underlag)


def read_kommun_chapter(period: str, root: str) -> Kommunkapitel:
    """Every nämnd of the period, read and assessed. Raises InputFaults for params."""
    return Kommunkapitel(load_kommun(period, root))

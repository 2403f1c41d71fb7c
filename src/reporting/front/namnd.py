"""The front of a nämnd's chapters: `k` in a notebook, in the analyst's words. It decides nothing: each method is one call.

The docstrings are what the analyst sees in JupyterLab, so they are in Swedish: what is shown, and how it is written.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from reporting import swedish
from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat
from reporting.assess.underlag import Underlag, load
from reporting.checksums import note_file
from reporting.front import faults
from reporting.front.base import Front
from reporting.html import Html, joined
from reporting.params.kommun import Namnd
from reporting.params.root import find_root
from reporting.periods import Period
from reporting.reading.utfall import long_table
from reporting.show import goal_chart, placeholders, sentences
from reporting.show.chapters import blad as blad_chapter
from reporting.show.chapters import ekonomi, personal, plan
from reporting.show.chapters import matetal as matetal_chapter
from reporting.show.chapters import underlag as underlag_chapter
from reporting.show.chapters import uppdrag as uppdrag_chapter

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Namndkapitel(Front):
    """En nämnds period, läst och bedömd. Skriv k. och tryck på Tab för att se allt som kan visas."""

    underlag: Underlag
    _root: str

    def _rubrik(self) -> str:
        params = self.underlag.params
        return f"{params.kommun.kommun} · {self.underlag.resultat.namnd.namn} · {params.titel}"

    # For own analysis

    @property
    def resultat(self) -> Namndresultat:
        """Allt som är räknat och bedömt. Exempel: k.resultat.indikatorer"""
        return self.underlag.resultat

    @property
    def mal(self) -> tuple[Malresultat, ...]:
        """Nämndsmålen med bedömning, mätetal och text. Exempel: [mal.mal.namn for mal in k.mal]"""
        return self.resultat.mal

    @property
    def matetal(self) -> tuple[Matetalsresultat, ...]:
        """Målens mätetal med utfall, status och trend. Exempel: [r for r in k.matetal if r.status == "ej uppnått"]"""
        return self.resultat.matetal

    @property
    def period(self) -> Period:
        """Perioden. Exempel: k.period.name"""
        return self.underlag.params.period

    @property
    def namnd(self) -> Namnd:
        """Nämnden. Exempel: k.namnd.namn"""
        return self.resultat.namnd

    def utfall(self) -> "pd.DataFrame":
        """Alla levererade utfall för pandas, en rad per utfall med fil och cell. Exempel: k.utfall()"""
        return long_table(self.underlag.nu, self.underlag.tidigare)

    def fil(self, namn: str) -> Path:
        """En egen fil, bredvid anteckningsböckerna eller i kommunens mapp. Exempel: pd.read_csv(k.fil("synpunkter.csv"))"""
        root = find_root(self._root)
        return note_file(faults.own_file(namn, (root.notebooks, root.folder)))

    def skriv(self, matetal: Matetalsresultat) -> str:
        """Ett mätetals utfall med enhet, som rapporten skriver det; – om det saknas. Exempel: [k.skriv(r) for r in k.matetal]"""
        if matetal.varde is None:
            return "–"
        return swedish.amount(matetal.varde, matetal.matetal.mattenhet, matetal.decimaler)

    def tal(self, varde: Decimal | float, mattenhet: str = "antal", decimaler: int | None = None) -> str:
        """Ett tal som rapporten skriver det. Exempel: k.tal(8.25, "procent", 1)"""
        return swedish.amount(Decimal(str(varde)), mattenhet, decimaler)

    # For any chapter

    def text(self, kapitel: str, del_: str = "") -> Html:
        """Nämndens text till kapitlet, eller en ram som ber om den. Exempel: k.text("ekonomi", "Drift")"""
        faults.known_text(kapitel, del_, self.resultat, self._root)
        return placeholders.text(self.resultat, kapitel, del_)

    def blad(self, blad: str, rubrik: str = "") -> Html:
        """Ett blad som tabell. Exempel: k.blad("personal")"""
        return blad_chapter.blad(self.underlag, blad, rubrik)

    def staplar(self, blad: str, kolumn: str, mening: str) -> Html:
        """En kolumn som staplar, den största först. Exempel: k.staplar("granskningar", "antal", "{störst}: {värde}")"""
        return blad_chapter.column_bars(self.underlag, blad, kolumn, mening)

    def att_kontrollera(self, kapitel: str = "") -> Html:
        """Det som bör kontrolleras i hela leveransen, eller i ett kapitel. Exempel: k.att_kontrollera("ekonomi")"""
        shown = {
            "": underlag_chapter.notices_table,
            "ekonomi": ekonomi.sums_of_money,
            "personal": personal.sums_of_staff,
        }
        return shown[faults.known_word(kapitel, tuple(shown), "ett kapitel med tal att kontrollera")](self.underlag)

    # 01 Sammanfattning

    def sammanfattning(self) -> Html:
        """Perioden i några meningar. Exempel: k.sammanfattning()"""
        return sentences.summary_sentences(self.resultat)

    def nyckeltal(self) -> Html:
        """Hur många mål och mätetal som har nåtts. Exempel: k.nyckeltal()"""
        return sentences.key_figures(self.resultat)

    def ej_bedomda(self) -> Html:
        """Mätetalen som inte kan bedömas, och varför. Exempel: k.ej_bedomda()"""
        return matetal_chapter.not_assessed(self.resultat)

    # 02 Måluppföljning

    def maloversikt(self) -> Html:
        """Alla mål med bedömning, trend och förslag. Exempel: k.maloversikt()"""
        return matetal_chapter.goals_summary(self.resultat)

    def mal_for_mal(self) -> Html:
        """Varje mål helt: rubrik, text, mått, diagram, aktiviteter, det som saknas. Exempel: k.mal_for_mal()"""
        pieces = (self.malrubrik, self.maltext, self.maltabell, self.maldiagram, self.aktiviteter, self.saknas_om_malet)
        return joined(piece(mal) for mal in self.mal for piece in pieces)

    def malrubrik(self, mal: Malresultat | str) -> Html:
        """Ett måls namn, bedömning och trend. Exempel: k.malrubrik(k.mal[0])"""
        return sentences.goal_heading(self._malet(mal), self.resultat)

    def maltext(self, mal: Malresultat | str) -> Html:
        """Det som nämnden har skrivit om ett mål. Exempel: k.maltext(k.mal[0])"""
        return sentences.goal_text(self._malet(mal))

    def maltabell(self, mal: Malresultat | str) -> Html:
        """Ett måls mätetal och kvalitativa mått. Exempel: k.maltabell(k.mal[0])"""
        return matetal_chapter.goal_tables(self._malet(mal), self.resultat)

    def maldiagram(self, mal: Malresultat | str) -> Html:
        """Ett måls mätetal som diagram. Exempel: k.maldiagram(k.mal[0])"""
        return goal_chart.goal_chart(self._malet(mal), self.resultat)

    def aktiviteter(self, mal: Malresultat | str) -> Html:
        """Ett måls aktiviteter med status och analys. Exempel: k.aktiviteter(k.mal[0])"""
        return uppdrag_chapter.aktiviteter(self._malet(mal), self.resultat)

    def saknas_om_malet(self, mal: Malresultat | str) -> Html:
        """Det som nämnden ännu inte har skrivit om ett mål. Exempel: k.saknas_om_malet(k.mal[0])"""
        return placeholders.missing_of_goal(self._malet(mal), self.resultat)

    def _malet(self, mal: Malresultat | str) -> Malresultat:
        """The goal itself, or the one with this id."""
        if isinstance(mal, Malresultat):
            return mal
        known = {item.mal.id: item for item in self.mal}
        return known[faults.known_word(mal, tuple(known), "id för ett nämndsmål")]

    # 03 Mätetal

    def matetalstabell(self) -> Html:
        """Alla mätetal, mål för mål. Exempel: k.matetalstabell()"""
        return matetal_chapter.matetal(self.resultat)

    def prognoser(self) -> Html:
        """Prognosen för helåret, vid delår. Exempel: k.prognoser()"""
        return matetal_chapter.forecasts(self.resultat)

    def kvalitativa_matt(self) -> Html:
        """Alla kvalitativa mått med svar. Exempel: k.kvalitativa_matt()"""
        return matetal_chapter.kvalitativa(self.resultat)

    def konsuppdelat(self) -> Html:
        """Mätetalen uppdelade på kön. Exempel: k.konsuppdelat()"""
        return matetal_chapter.by_sex(self.resultat)

    # 04–08

    def uppdrag(self) -> Html:
        """Kommunfullmäktiges uppdrag. Exempel: k.uppdrag()"""
        return uppdrag_chapter.uppdrag(self.underlag)

    def granskningar(self) -> Html:
        """Tillsyn, revision och andra granskningar. Exempel: k.granskningar()"""
        return uppdrag_chapter.granskningar(self.underlag)

    def internkontroll(self) -> Html:
        """Kontrollmomenten efter resultat. Exempel: k.internkontroll()"""
        return uppdrag_chapter.internkontroll(self.underlag)

    def privata_utforare(self) -> Html:
        """Vad privata utförare har kostat. Exempel: k.privata_utforare()"""
        return ekonomi.privata_utforare(self.underlag)

    def sjukfranvaro(self) -> Html:
        """Sjukfrånvaron efter kön och ålder. Exempel: k.sjukfranvaro()"""
        return personal.sjukfranvaro(self.underlag)

    def frisknarvaro(self) -> Html:
        """Frisknärvaron. Exempel: k.frisknarvaro()"""
        return personal.frisknarvaro(self.underlag)

    def anstallda(self) -> Html:
        """De anställda efter anställningsform och kön. Exempel: k.anstallda()"""
        return personal.anstallda(self.underlag)

    def aldersstruktur(self) -> Html:
        """De anställdas åldrar, nu och tidigare. Exempel: k.aldersstruktur()"""
        return personal.aldersstruktur(self.underlag)

    def drift(self) -> Html:
        """Driftens utfall mot budget och förra året. Exempel: k.drift()"""
        return ekonomi.drift(self.underlag)

    def verksamhetsomraden(self) -> Html:
        """Verksamhetsområdenas avvikelser från budget. Exempel: k.verksamhetsomraden()"""
        return ekonomi.verksamhetsomraden(self.underlag)

    def investeringar(self) -> Html:
        """Investeringarnas utfall mot budget och förra året. Exempel: k.investeringar()"""
        return ekonomi.investeringar(self.underlag)

    # 10 Underlag

    def metod(self) -> Html:
        """Hur status, trend och förslag är räknade. Exempel: k.metod()"""
        return underlag_chapter.method(self.underlag)

    def fel(self) -> Html:
        """Felen i underlaget, om kapitlet är läst med visa_fel=True. Exempel: k.fel()"""
        return underlag_chapter.faults(self.underlag)

    def saknas(self) -> Html:
        """Det som inte är levererat eller skrivet. Exempel: k.saknas()"""
        return underlag_chapter.missing(self.underlag)

    def lasta_malvarden(self) -> Html:
        """Varje målvärde i planens ord, och hur det har lästs. Exempel: k.lasta_malvarden()"""
        return underlag_chapter.readings(self.underlag)

    def utfallens_celler(self) -> Html:
        """Varje utfall, och cellen där det står. Exempel: k.utfallens_celler()"""
        return underlag_chapter.tracing(self.underlag)

    def bladens_celler(self) -> Html:
        """Varje rad på övriga blad, och cellerna där den står. Exempel: k.bladens_celler()"""
        return underlag_chapter.sheets(self.underlag)

    def filer(self) -> Html:
        """Filerna som har lästs, med kontrollsummor. Exempel: k.filer()"""
        return underlag_chapter.files(self.underlag)

    # Verksamhetsplan

    def planfakta(self) -> Html:
        """Planens namn, år, beslut och ägare. Exempel: k.planfakta()"""
        return plan.facts(self.underlag)

    def planen_i_korthet(self) -> Html:
        """Hur mycket planen innehåller, och vilka övergripande mål den bidrar till. Exempel: k.planen_i_korthet()"""
        return plan.overview(self.underlag)

    def planens_mal(self) -> Html:
        """Planens mål med syfte, målvärden och aktiviteter. Exempel: k.planens_mal()"""
        return plan.planned_goals(self.underlag)

    def planens_uppdrag(self) -> Html:
        """Planens uppdrag och kontrollmoment. Exempel: k.planens_uppdrag()"""
        return plan.uppdrag_and_controls(self.underlag)


def read_chapter(period: str, namnd: str, root: str, *, show_faults: bool) -> Namndkapitel:
    """One nämnd's period, read and assessed. Raises InputFaults with everything that is wrong; with `show_faults` only what makes
    reading impossible."""
    return Namndkapitel(load(period, namnd, root, show_faults=show_faults), root)

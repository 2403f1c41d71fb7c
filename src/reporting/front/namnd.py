"""The front of a nämnd's chapters: `k` in a notebook, in the analyst's words. It decides nothing: each method is one call.

What each does and how it is written is what the analyst sees in JupyterLab, so that is in Swedish.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reporting import units
from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat
from reporting.assess.underlag import Underlag, load
from reporting.checksums import note_file
from reporting.front import faults
from reporting.front.base import EXEMPEL, ById, Front, named, shows
from reporting.front.every_period import read_every_period
from reporting.html import Html, joined
from reporting.params.kommun import Namnd
from reporting.params.root import find_root
from reporting.periods import Period
from reporting.show import goal_chart, placeholders, sentences
from reporting.show.chapters import blad as sheets
from reporting.show.chapters import ekonomi, personal, plan
from reporting.show.chapters import matetal as goals
from reporting.show.chapters import underlag as sources
from reporting.show.chapters import uppdrag as tasks


def _of_goal(name: str, piece: Callable[[Malresultat, Namndresultat], Html], does: str) -> Callable[..., Html]:
    """The method `name`, which shows what `piece` makes of a goal, given itself or by its id. does: what that is."""

    def method(self: "Namndkapitel", mal: Malresultat | str) -> Html:
        return piece(self.mal[mal] if isinstance(mal, str) else mal, self.resultat)

    return named(method, name, f"{does}{EXEMPEL}k.{name}(k.mal[0])")


@dataclass(frozen=True, repr=False)
class Namndkapitel(Front):
    """En nämnds period, läst och bedömd. Skriv k. och tryck på Tab för att se allt som kan visas."""

    underlag: Underlag
    _root: str
    _visa_fel: bool = False

    def _rubrik(self) -> str:
        params = self.underlag.params
        return f"{params.kommun.kommun} · {self.underlag.resultat.namnd.namn} · {params.titel}"

    def _every_underlag(self, namnder: str | Sequence[str]) -> list[Underlag]:
        root, params, own = self.underlag.root, self.underlag.params, self.underlag.plan.namnd
        known = [item.id for item in params.kommun.namnder]
        asked = faults.asked_namnder(namnder, known, [own], known)
        return read_every_period(root, params.period, asked, self.underlag, [own], show_faults=self._visa_fel)

    # For own analysis

    @property
    def resultat(self) -> Namndresultat:
        """Allt som är räknat och bedömt. Exempel: k.resultat.indikatorer"""
        return self.underlag.resultat

    @property
    def mal(self) -> ById[Malresultat]:
        """Nämndsmålen med bedömning, mätetal och text, med nummer eller id. Exempel: [mal.mal.namn for mal in k.mal]"""
        found = self.resultat.mal
        return ById.of(found, [item.mal.id for item in found], "id för ett nämndsmål")

    @property
    def matetal(self) -> ById[Matetalsresultat]:
        """Målens mätetal med utfall, status och trend. Exempel: [r for r in k.matetal if r.status == "ej uppnått"]"""
        found = self.resultat.matetal
        return ById.of(found, [item.matetal.id for item in found], "id för ett mätetal")

    @property
    def period(self) -> Period:
        """Perioden. Exempel: k.period.name"""
        return self.underlag.params.period

    @property
    def namnd(self) -> Namnd:
        """Nämnden. Exempel: k.namnd.namn"""
        return self.resultat.namnd

    def fil(self, namn: str) -> Path:
        """En egen fil, bredvid anteckningsböckerna eller i kommunens mapp. Exempel: pd.read_csv(k.fil("synpunkter.csv"))"""
        root = find_root(self._root)
        return note_file(faults.own_file(namn, (root.notebooks, root.folder)))

    def skriv(self, matetal: Matetalsresultat) -> str:
        """Ett mätetals utfall med enhet, som rapporten skriver det; – om det saknas. Exempel: [k.skriv(r) for r in k.matetal]"""
        if matetal.varde is None:
            return "–"
        return units.amount(matetal.varde, matetal.matetal.mattenhet, matetal.decimaler)

    def tal(self, varde: Decimal | float, mattenhet: str = "antal", decimaler: int | None = None) -> str:
        """Ett tal som rapporten skriver det. Exempel: k.tal(8.25, "procent", 1)"""
        unit = self.underlag.plan.units.written(mattenhet) or units.Unit(mattenhet, "mängd")
        return units.amount(Decimal(str(varde)), unit, decimaler)

    # For any chapter

    def text(self, kapitel: str, del_: str = "") -> Html:
        """Nämndens text till kapitlet, eller en ram som ber om den. Exempel: k.text("ekonomi", "Drift")"""
        faults.known_text(kapitel, del_, self.resultat, self._root)
        return placeholders.text(self.resultat, kapitel, del_)

    def blad(self, blad: str, rubrik: str = "") -> Html:
        """Ett blad som tabell. Exempel: k.blad("personal")"""
        return sheets.blad(self.underlag, blad, rubrik)

    def staplar(self, blad: str, kolumn: str, mening: str) -> Html:
        """En kolumn som staplar, den största först. Exempel: k.staplar("granskningar", "antal", "{störst}: {värde}")"""
        return sheets.column_bars(self.underlag, blad, kolumn, mening)

    def att_kontrollera(self, kapitel: str = "") -> Html:
        """Det som bör kontrolleras i hela leveransen, eller i ett kapitel. Exempel: k.att_kontrollera("ekonomi")"""
        shown = {
            "": sources.notices_table,
            "ekonomi": ekonomi.sums_of_money,
            "personal": personal.sums_of_staff,
        }
        return shown[faults.known_word(kapitel, tuple(shown), "ett kapitel med tal att kontrollera")](self.underlag)

    # 01 Sammanfattning

    sammanfattning = shows("sammanfattning", sentences.summary_sentences, "Perioden i några meningar.", of="resultat")
    nyckeltal = shows("nyckeltal", sentences.key_figures, "Hur många mål och mätetal som har nåtts.", of="resultat")
    ej_bedomda = shows("ej_bedomda", goals.not_assessed, "Mätetalen som inte kan bedömas, och varför.", of="resultat")

    # 02 Måluppföljning

    maloversikt = shows("maloversikt", goals.goals_summary, "Alla mål med bedömning, trend och förslag.", of="resultat")

    def mal_for_mal(self) -> Html:
        """Varje mål helt: rubrik, text, mått, diagram, aktiviteter, det som saknas. Exempel: k.mal_for_mal()"""
        pieces = (self.malrubrik, self.maltext, self.maltabell, self.maldiagram, self.aktiviteter, self.saknas_om_malet)
        return joined(piece(mal) for mal in self.mal for piece in pieces)

    malrubrik = _of_goal("malrubrik", sentences.goal_heading, "Ett måls namn, bedömning och trend.")
    maltext = _of_goal("maltext", lambda mal, _: sentences.goal_text(mal), "Det som nämnden har skrivit om ett mål.")
    maltabell = _of_goal("maltabell", goals.goal_tables, "Ett måls mätetal och kvalitativa mått.")
    maldiagram = _of_goal("maldiagram", goal_chart.goal_chart, "Ett måls mätetal som diagram.")
    aktiviteter = _of_goal("aktiviteter", tasks.aktiviteter, "Ett måls aktiviteter med status och analys.")
    saknas_om_malet = _of_goal(
        "saknas_om_malet", placeholders.missing_of_goal, "Det som nämnden ännu inte har skrivit om ett mål."
    )

    # 03 Mätetal

    matetalstabell = shows("matetalstabell", goals.matetal, "Alla mätetal, mål för mål.", of="resultat")
    prognoser = shows("prognoser", goals.forecasts, "Prognosen för helåret, vid delår.", of="resultat")
    kvalitativa_matt = shows("kvalitativa_matt", goals.kvalitativa, "Alla kvalitativa mått med svar.", of="resultat")
    konsuppdelat = shows("konsuppdelat", goals.by_sex, "Mätetalen uppdelade på kön.", of="resultat")

    # 04–08

    uppdrag = shows("uppdrag", tasks.uppdrag, "Kommunfullmäktiges uppdrag.")
    granskningar = shows("granskningar", tasks.granskningar, "Tillsyn, revision och andra granskningar.")
    internkontroll = shows("internkontroll", tasks.internkontroll, "Kontrollmomenten efter resultat.")
    privata_utforare = shows("privata_utforare", ekonomi.privata_utforare, "Vad privata utförare har kostat.")
    sjukfranvaro = shows("sjukfranvaro", personal.sjukfranvaro, "Sjukfrånvaron efter kön och ålder.")
    frisknarvaro = shows("frisknarvaro", personal.frisknarvaro, "Frisknärvaron.")
    anstallda = shows("anstallda", personal.anstallda, "De anställda efter anställningsform och kön.")
    aldersstruktur = shows("aldersstruktur", personal.aldersstruktur, "De anställdas åldrar, nu och tidigare.")
    drift = shows("drift", ekonomi.drift, "Driftens utfall mot budget och förra året.")
    verksamhetsomraden = shows(
        "verksamhetsomraden", ekonomi.verksamhetsomraden, "Verksamhetsområdenas avvikelser från budget."
    )
    investeringar = shows("investeringar", ekonomi.investeringar, "Investeringarnas utfall mot budget och förra året.")

    # 10 Underlag

    metod = shows("metod", sources.method, "Hur status, trend och förslag är räknade.")
    fel = shows("fel", sources.faults, "Felen i underlaget, om kapitlet är läst med visa_fel=True.")
    saknas = shows("saknas", sources.missing, "Det som inte är levererat eller skrivet.")
    lasta_malvarden = shows("lasta_malvarden", sources.readings, "Varje målvärde i planens ord, och hur det har lästs.")
    utfallens_celler = shows("utfallens_celler", sources.tracing, "Varje utfall, och cellen där det står.")
    bladens_celler = shows("bladens_celler", sources.sheets, "Varje rad på övriga blad, och cellerna där den står.")
    filer = shows("filer", sources.files, "Filerna som har lästs, med kontrollsummor.")

    # Verksamhetsplan

    planfakta = shows("planfakta", plan.facts, "Planens namn, år, beslut och ägare.")
    planen_i_korthet = shows(
        "planen_i_korthet", plan.overview, "Hur mycket planen innehåller, och vilka övergripande mål den bidrar till."
    )
    planens_mal = shows("planens_mal", plan.planned_goals, "Planens mål med syfte, målvärden och aktiviteter.")
    planens_uppdrag = shows("planens_uppdrag", plan.uppdrag_and_controls, "Planens uppdrag och kontrollmoment.")


def read_chapter(period: str, namnd: str, root: str, *, show_faults: bool) -> Namndkapitel:
    """One nämnd's period, read and assessed. Raises InputFaults with everything that is wrong; with `show_faults` only what makes
    reading impossible."""
    return Namndkapitel(load(period, namnd, root, show_faults=show_faults), root, show_faults)

"""Nämndrapport: a nämnd's plan, outcome workbooks and texts into an analysed follow-up. The flow is in README.md.

The functions below are all that a notebook imports. What they need is imported when they are called: `import reporting` is also how
every command begins.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.front.kommun import Kommunkapitel
    from reporting.front.namnd import Namndkapitel
    from reporting.html import Html


def kapitel(period: str, namnd: str, root: str = "", *, visa_fel: bool = False) -> "Namndkapitel":
    """Läser och bedömer en nämnds period; med detta börjar ett kapitel. Exempel: k = kapitel(period, namnd, root)

    Är något fel i underlaget visas alla fel på en gång. Med visa_fel=True läses det som går att läsa, och k.fel() visar felen.
    """
    from reporting.front.namnd import read_chapter

    return read_chapter(period, namnd, root, show_faults=visa_fel)


def kommunkapitel(period: str, root: str = "") -> "Kommunkapitel":
    """Läser och bedömer alla nämnders period, för hela kommunens sida. Exempel: k = kommunkapitel(period, root)"""
    from reporting.front.kommun import read_kommun_chapter

    return read_kommun_chapter(period, root)


def laget(period: str = "", namnd: str = "", root: str = "") -> "Html":
    """Hur långt nämnderna har kommit, kapitel för kapitel; den senaste perioden om ingen anges. Exempel: laget("2025-08")"""
    from reporting.front.lage import lage_table

    return lage_table(period, namnd, root)

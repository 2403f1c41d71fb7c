"""How far the nämnder have come, as a table for a notebook."""

from reporting.assess.underlag import lab_style
from reporting.batch.status import FEL, NOT_DELIVERED, TEXT_SAKNAS, Kapitellage, Namndlage, namnders_lage
from reporting.html import Html, joined
from reporting.show.table import code, table


def lage_table(period: str = "", namnd: str = "", root: str = "") -> Html:
    """The chapters of each nämnd with their state, and which workbook is from whom. The newest period where none is named.

    Raises InputFaults where there is no such root or period.
    """
    found = namnders_lage(period, namnd, root)
    if not found:
        return Html("<p>Periodens params går inte att använda. Kör reporting check.</p>")
    chapters = [item.kapitel for item in found[0].kapitel]
    rows = [[name, *(_state(item.kapitel[n]) for item in found)] for n, name in enumerate(chapters)]
    shown = table("Läget kapitel för kapitel", ["Kapitel", *(item.namn for item in found)], rows)
    return lab_style() + joined([shown, _workbooks(found)], "")


def _state(row: Kapitellage) -> str:
    left = {
        FEL: str(row.fel),
        NOT_DELIVERED: f"{row.efterfragade - row.levererade} av {row.efterfragade}",
        TEXT_SAKNAS: str(row.textdelar - row.texter),
    }.get(row.lage)
    return f"{row.lage}: {left}" if left else row.lage


def _workbooks(found: list[Namndlage]) -> Html:
    rows = []
    for item in found:
        for lamnad in item.lamnade:
            name = code(lamnad.fil.rsplit("/", 1)[-1])
            rows.append((name, item.namn, lamnad.verksamhetsomrade, lamnad.lamnad_av, lamnad.lamnad))
        rows += [(code(name), item.namn, "", "har inte kommit", "") for name in item.saknade]
    columns = ["Arbetsbok", "Nämnd", "Verksamhetsområde", "Lämnad av", "Lämnad"]
    return table("Arbetsböckerna och vem de är från", columns, rows) if rows else Html("")

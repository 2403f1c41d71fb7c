"""The tillgänglighetsredogörelse of the site: what the law asks for, what was checked, and what the kommun itself has found.

Lag (2018:1937) om tillgänglighet till digital offentlig service, 13 §; what it shall hold: Digg, Skapa en tillgänglighetsredogörelse.
"""

from reporting.html import Html, bullets, joined
from reporting.params.kommun import Kommun
from reporting.site.frame import TILLGANGLIGHET, TO_START, SitePage
from reporting.swedish import date_in_text

RECEIPT = "tillganglighet.json"
"""What was checked, as it lies beside the pages."""
CHECKED_AS = (
    "i ljust läge på en bred skärm",
    "i mörkt läge",
    "med webbläsarens egna, tvingade färger",
    "på en skärm som är 320 bildpunkter bred",
    "som utskrift",
)
"""How the pages are looked at (the gate)."""


def accessibility_page(kommun: Kommun, pages: int) -> SitePage:
    """Make the tillgänglighetsredogörelse. pages: how many pages the site has, all of which are checked before it is published."""
    parts = [
        Html("<h2>Hur tillgänglig webbplatsen är</h2>"),
        _judgement(kommun),
        Html("<h2>Innehåll som inte är tillgängligt</h2>"),
        _shortcomings(kommun),
        Html("<h2>Hur webbplatsen har granskats</h2>"),
        _checked(pages),
        Html("<h2>Om något inte fungerar för dig</h2>"),
        _contact(kommun),
        Html(
            "<h2>Tillsyn</h2>\n<p>Myndigheten för digital förvaltning (Digg) har ansvar för tillsynen. Är du inte nöjd med hur vi "
            'hanterar dina synpunkter kan du <a href="https://www.digg.se/tdosanmalan">anmäla det till Digg</a>.</p>'
        ),
    ]
    ingress = Html(
        "<p>{} står bakom den här webbplatsen, nämndernas uppföljning. Vi vill att alla ska kunna använda den.</p>"
    ).format(kommun.kommun)
    title = "Tillgänglighetsredogörelse"
    return SitePage(TILLGANGLIGHET, title, joined(parts), ingress=ingress, vag=[TO_START], fast=True)


def _judgement(kommun: Kommun) -> Html:
    """What the kommun has found, which no program can say."""
    own = kommun.webbplats.tillganglighet
    if own is None:
        return Html(
            '<div class="nr-placeholder"><p><strong>Kommunens bedömning saknas.</strong> Att inga fel har hittats automatiskt betyder '
            "inte att webbplatsen är förenlig med lagen. Bedömningen skrivs i params/kommun.yml, under webbplats och "
            "tillganglighet.</p></div>"
        )
    return Html(
        "<p>Webbplatsen är {} förenlig med lagen om tillgänglighet till digital offentlig service. Bedömningen gjordes den {}.</p>"
    ).format(own.forenlig, date_in_text(own.bedomd))


def _shortcomings(kommun: Kommun) -> Html:
    own = kommun.webbplats.tillganglighet
    told = Html(
        "<p>Rapporterna som pdf är märkta med rubriker, tabeller, bildtexter och språk, men har inte granskats av "
        "människor. Samma innehåll finns som webbsidor.</p>"
    )
    return joined([bullets(own.brister, "\n"), told]) if own and own.brister else told


def _checked(pages: int) -> Html:
    return Html(
        "<p>Alla {} sidor öppnades och kontrollerades automatiskt före publiceringen, och en sida med fel publiceras inte. Dagen då "
        'det skedde står på <a href="../../index.html">startsidan</a>. Sidorna kontrollerades</p>\n{}\n'
        "<p>mot reglerna i axe-core för WCAG 2.1 nivå A och AA, och mot egna regler: att innehållet finns där, att tabeller har "
        "rubriker, att bilder har en text som säger något, att allt går att nå och använda med tangentbordet, att fokus syns, att inget är "
        "bredare än en smal skärm och att inget rör sig för den som inte vill det. Det som beror på vad som står på en sida prövades på "
        "varje sida. Det som beror på hur den är byggd prövades på så många sidor att varje slags element på webbplatsen fanns med. "
        '<a href="{}" download>Protokollet</a> (json) säger vilka regler och versioner.</p>'
    ).format(pages, bullets(CHECKED_AS), RECEIPT)


def _contact(kommun: Kommun) -> Html:
    contact = kommun.webbplats.kontakt
    if not contact:
        return Html(
            '<div class="nr-placeholder"><p><strong>Kontaktväg saknas.</strong> Den skrivs i params/kommun.yml, under webbplats och '
            "kontakt.</p></div>"
        )
    href = contact if contact.startswith("https:") else f"mailto:{contact}"
    return Html(
        '<p>Beskriv vad som inte fungerar, eller vad du behöver i en annan form, till <a href="{}">{}</a>. Vi svarar och rättar '
        "det som går.</p>"
    ).format(href, contact)

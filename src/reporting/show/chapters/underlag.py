"""Where every figure comes from: files with checksums, how målvärden were read, which cell each value stands in."""

from decimal import Decimal
from string import digits

from reporting.assess.assess import INGET_LEVERERAT
from reporting.assess.underlag import Kommununderlag, Underlag
from reporting.faults import Notis
from reporting.html import Html, bullets, joined, unfolding
from reporting.params.blad import AKTIVITETER, INTERNKONTROLL, UPPDRAG
from reporting.params.kommun import Skala
from reporting.params.malvarde_words import in_words
from reporting.show import sentences
from reporting.show.placeholders import asked_parts, missing_fields, missing_texts
from reporting.show.table import MISSING_MARK, Content, Numbers, code, table
from reporting.swedish import date_in_text, number, shortest
from reporting.units import PROCENT, amount


def faults(underlag: Underlag) -> Html:
    """Every fault in the nämnd's input, or a sentence that there is none."""
    if not underlag.faults:
        return Html("<p>Inga fel finns i de filer som har lästs.</p>")
    rows = [(code(f.fil), f.plats, f.stod, f.vantat, f.atgard) for f in underlag.faults]
    return table("Fel i underlaget", ["Fil", "Plats", "Där står", "Väntat", "Gör så här"], rows)


def notices_table(underlag: Underlag) -> Html:
    """What ought to be looked at in the delivery, and with which motive it has been accepted, or a sentence that there is nothing."""
    if not underlag.notiser:
        return Html("<p>Inget i leveransen behöver kontrolleras.</p>")
    names = {item.id: item.kortnamn for item in (*underlag.plan.matetal, *underlag.plan.indikatorer)}
    rows = []
    for item in underlag.notiser:
        accepted = underlag.godkanda.get(item.kod)
        who = (accepted.av, date_in_text(accepted.dag) if accepted.dag else "") if accepted else ()
        by = f" ({', '.join(filter(None, who))})" if any(who) else ""
        motive = f"{accepted.motiv}{by}" if accepted else "Inte kontrollerat ännu"
        where = code(item.fil.rsplit("/", 1)[-1], item.plats)
        rows.append((_about(item, names), item.shown_stod, item.iakttagelse, motive, where))
    columns = ["Gäller", "Där står", "Att kontrollera", "Skäl", "Fil och plats"]
    return table("Det som bör kontrolleras i leveransen, och varför det stämmer", columns, rows)


def _about(notis: Notis, names: dict[str, str]) -> str:
    """The name of the mätetal, with the part of it; else the sheet, or the whole file."""
    first, _, kon = notis.om.partition(" ")
    if first in names:
        return f"{names[first]}, {kon}" if kon else names[first]
    return notis.blad or ("Leveransen" if notis.om == "leveransen" else "Hela filen")


def files(underlag: Underlag | Kommununderlag) -> Html:
    """Every file that was read, with the checksum of its content."""
    rows = [(code(fil.fil), code(fil.sha256[:16])) for fil in underlag.filer]
    caption = (
        "Filer som har lästs. Kontrollsumman är de första 16 tecknen av filens sha256; hela summan står i run.json."
    )
    shown = table(caption, ["Fil", "Kontrollsumma"], rows)
    return unfolding(f"Visa {len(rows)} fil{'er' if len(rows) > 1 else ''}", shown)


def method(underlag: Underlag) -> Html:
    """How status, trend and förslag were decided in this report, with the kommun's settings."""
    skala, resultat = underlag.params.skala, underlag.resultat
    beslut = f", beslutad {date_in_text(underlag.plan.beslutad)}" if underlag.plan.beslutad else ""
    compared = "utfallet jämförs med målvärdet så som det har lämnats; avrundning avgör aldrig."
    if resultat.kommun.jamfor_avrundat:
        compared = "kommunen har beslutat att utfallet avrundas till den noggrannhet som skrivs ut, och sedan jämförs med målvärdet."
    margin = "Ingen marginal för nära målvärde används."
    if skala.nara_malvarde:
        margin = f"Inom {_share(skala.nara_malvarde)} från målvärdet är statusen nära målvärde."
    items = [
        f"Plan: {underlag.plan.plan}{beslut}.",
        f"Status: {compared} {margin}",
        f"Utveckling: utfallet {resultat.period.name} jämförs med {resultat.jamfor_med.name}. Förbättrad betyder bättre, "
        "oavsett om talet har stigit eller sjunkit.",
        f"Nämndens trend avser tiden sedan {sentences.followup_name(resultat.trend_mot)} och är nämndens egen bedömning.",
        "Förslag: andelen uppnådda av de mått som kan bedömas, mätetal och kvalitativa mått tillsammans. Delvis och nära "
        f"målvärde räknas som {number(skala.delvis_raknas_som)}. {_thresholds(skala)}",
        "Förslaget är räknat. Bedömningen är nämndens, och den ändras inte av förslaget.",
    ]
    if resultat.period.is_delar:
        items.append(
            "Prognos: en nivå står kvar där den är. Ett antal som räknas upp delas med den andel av året som var gjord vid samma "
            "tid förra året; är den inte känd räknas det upp i jämn takt. Intervallet visar hur långt samma prognos har missat "
            "under minst tre tidigare år. Nämndens egen prognos står först."
        )
    return bullets(items)


def _thresholds(skala: Skala) -> str:
    told = []
    for steg in skala.steg:
        if steg.over is not None:
            told.append(f"{steg.namn} mer än {_share(steg.over)}")
        elif steg.fran is not None:
            told.append(f"{steg.namn} {'minst' if steg.fran else 'från'} {_share(steg.fran)}")
    return f"Stegen: {'; '.join(told)}."


def _share(part: Decimal) -> str:
    return amount((part * 100).normalize(), PROCENT)


def readings(underlag: Underlag) -> Html:
    """Every målvärde in the plan's own words, and how it was read."""
    year = underlag.params.period.year
    areas = {area.id: area.namn for area in underlag.resultat.namnd.verksamhetsomraden}
    rows = []
    for result in (*underlag.resultat.matetal, *underlag.resultat.indikatorer):
        item = result.matetal
        direction, read = item.battre or "enligt målvärdet", in_words(item.reading(year), item.mattenhet)
        told = (item.malvarde_for(year), direction, read, areas.get(item.verksamhetsomrade or ""), item.datakalla)
        rows.append([item.kortnamn, *(word or MISSING_MARK for word in told)])
    if not rows:
        return Html("<p>Planen har inga mätetal.</p>")
    columns = ["Mätetal", "Planens ord", "Bättre", "Tolkas som", "Lämnas av", "Datakälla"]
    caption = f"Målvärden {year} så som planen skriver dem, och hur de har lästs"
    return unfolding(f"Visa {len(rows)} målvärden", table(caption, columns, rows))


def tracing(underlag: Underlag) -> Html:
    """Every value that a figure is made of and the cell where it stands: this period's, the compared one's, and, at delår, those
    that the forecasts go by."""
    rows = []
    matetal = {item.id: item for item in (*underlag.plan.matetal, *underlag.plan.indikatorer)}
    foreseen = [u for u in underlag.fore.utfall if not u.kon and u.period != underlag.params.jamfor_med]
    for utfall in (*underlag.nu.utfall, *underlag.tidigare.utfall, *foreseen):
        item = matetal[utfall.matetal]
        shown: Content = utfall.text or MISSING_MARK
        if utfall.varde is not None:
            shown = amount(shortest(utfall.varde), item.mattenhet)
        name = f"{item.kortnamn}, {utfall.kon}" if utfall.kon else item.kortnamn
        where = code(utfall.fil.rsplit("/", 1)[-1], utfall.cell)
        said = " ".join(filter(None, [utfall.anmarkning if utfall.anmarkning != utfall.text else "", utfall.kommentar]))
        rows.append((name, str(utfall.period), shown, where, said))
    columns = ["Mätetal", "Period", Numbers("Utfall"), "Fil och cell", "Kommentar i arbetsboken"]
    caption = "Varje levererat utfall och cellen där det står"
    return unfolding(f"Visa {len(rows)} utfall", table(caption, columns, rows))


def sheets(underlag: Underlag) -> Html:
    """Every row of the other sheets, and the file and cells where it stands."""
    names = {item.id: item.blad for item in underlag.params.blad}
    rows = []
    for rad in underlag.nu.rader:
        refs = [cell.cell for cell in (*rad.celler.values(), *rad.ar.values()) if cell.text or cell.tal is not None]
        elsewhere = [ref for ref in refs if " " in ref]  # cells that only another file's row of the same thing filled
        refs = [ref for ref in refs if " " not in ref]
        last = max(refs[1:] or refs, key=lambda ref: (len(ref.rstrip(digits)), ref))  # AA after Z
        where = f"{refs[0]}–{last}" if len(refs) > 1 else refs[0]
        where = ", ".join([where, *elsewhere])
        rows.append((names[rad.blad], rad.id, code(rad.fil.rsplit("/", 1)[-1], where)))
    if not rows:
        return Html("<p>Inga andra blad är levererade.</p>")
    shown = table("Rader på övriga blad, och cellerna där de står", ["Blad", "Rad", "Fil och celler"], rows)
    return unfolding(f"Visa {len(rows)} rad{'er' if len(rows) > 1 else ''}", shown)


def missing(underlag: Underlag) -> Html:
    """What has not been delivered or written: outcomes, answers, bedömningar, texts."""
    resultat = underlag.resultat
    undelivered = [
        f"utfall för {result.matetal.kortnamn}"
        for result in (*resultat.matetal, *resultat.indikatorer)
        if result.orsak == INGET_LEVERERAT
    ]
    undelivered += [f"svar på {r.matt.namn}" for mal in resultat.mal for r in mal.kvalitativa if r.svar is None]
    for blad in (UPPDRAG, INTERNKONTROLL, AKTIVITETER):
        there = {rad.id for rad in underlag.nu.blad(blad.id)}
        asked = getattr(underlag.plan, blad.poster_ur)
        undelivered += [f"{blad.blad}: {item.namn}" for item in asked if item.id not in there]
    unwritten = list(missing_texts(resultat))
    for mal in resultat.mal:
        lacking = [*missing_fields(mal, resultat.period), *(["motiv"] if mal.skiljer and not mal.text.motiv else [])]
        lacking += [name.lower() for name in asked_parts(mal) if name not in mal.text.delar]
        if lacking:
            unwritten.append(f"{mal.mal.kortnamn}: {', '.join(lacking)}")
    parts = []
    for heading, items in (("Inte levererat", undelivered), ("Inte skrivet", unwritten)):
        lacking_here = Html("<h4>{}</h4>").format(heading) + bullets(items)
        parts.append(lacking_here if items else Html("<p>{}: inget saknas.</p>").format(heading))
    return joined(parts)

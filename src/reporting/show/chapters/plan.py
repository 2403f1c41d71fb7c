"""The adopted plan as a report of its own: goals with their syfte, mätetal and målvärden, aktiviteter, uppdrag, controls."""

from decimal import Decimal

from reporting.assess.underlag import Underlag
from reporting.html import Html, bullets, description_list, joined
from reporting.params.malvarde_words import in_words, without_long_unit
from reporting.params.plan import Matetal, Namndsmal
from reporting.show.sentences import goal_name, told_target
from reporting.show.table import MISSING_MARK, Numbers, linked, noted, table
from reporting.swedish import count_word, date_in_text, enumeration, number
from reporting.units import says_unit


def facts(underlag: Underlag) -> Html:
    """The plan's head: name, years, decision, owner, as a description list; what isn't known is left out."""
    plan = underlag.plan
    known = [
        ("Plan", plan.plan),
        ("Gäller", enumeration(map(str, plan.galler))),
        ("Ärendenummer", plan.arendenummer),
        ("Beslutad av", plan.beslutad_av),
        ("Beslutsdatum", date_in_text(plan.beslutad) if plan.beslutad else ""),
        ("Giltig till", date_in_text(plan.giltig_till) if plan.giltig_till else ""),
        ("Dokumentägare", plan.dokumentagare),
    ]
    return description_list("nr-facts", known)


def overview(underlag: Underlag) -> Html:
    """How much the plan holds, and which of the kommun's goals each nämndsmål belongs to."""
    plan = underlag.plan
    wider = {mal.id: mal.namn for mal in underlag.params.kommun.overgripande_mal}
    counts = [
        (len(plan.namndsmal), "ett nämndsmål", "nämndsmål"),
        (len(plan.matetal), "ett mätetal", "mätetal"),
        (len(plan.kvalitativa_matt), "ett kvalitativt mått", "kvalitativa mått"),
        (len(plan.aktiviteter), "en aktivitet", "aktiviteter"),
    ]
    told = [one if n == 1 else f"{count_word(n) if n else 'inga'} {several}" for n, one, several in counts]
    sentence = f"Planen har {enumeration(told)}."
    rows = [
        (
            linked(f"#mal-{mal.id}", mal.kortnamn),
            enumeration([wider.get(name, name) for name in mal.overgripande_mal]) or MISSING_MARK,
            number(Decimal(len(mal.matetal) + len(mal.kvalitativa_matt))),
            number(Decimal(len(mal.aktiviteter))),
        )
        for mal in plan.namndsmal
    ]
    columns = ["Nämndsmål", "Kommunens övergripande mål", Numbers("Mått"), Numbers("Aktiviteter")]
    caption = "Nämndsmålen och de övergripande mål som de bidrar till"
    return joined([Html("<p>{}</p>").format(sentence), table(caption, columns, rows)])


def planned_goals(underlag: Underlag) -> Html:
    """Goal by goal: syfte, övergripande mål, mätetal with målvärde, kvalitativa mått, aktiviteter."""
    return joined(_goal(mal, underlag) for mal in underlag.plan.namndsmal)


def _goal(mal: Namndsmal, underlag: Underlag) -> Html:
    parts = goal_name(mal, underlag.params.kommun)
    if mal.beskrivning:
        parts.append(Html('<p class="nr-description">{}</p>').format(mal.beskrivning))
    year = underlag.params.period.year
    if mal.matetal:
        columns = ["Mätetal", Numbers(f"Mål {year}"), "Delas upp på", "Datakälla"]
        rows = [
            (
                m.namn,
                told_target(m, m.target(year), _target(m, year), year),
                *(said or MISSING_MARK for said in (enumeration(m.kon), m.datakalla)),
            )
            for m in mal.matetal
        ]
        parts.append(table(f"Mätetal för målet {mal.kortnamn}", columns, rows))
    if mal.kvalitativa_matt:
        parts.append(Html("<h4>Kvalitativa mått</h4>") + bullets(item.namn for item in mal.kvalitativa_matt))
    if mal.aktiviteter:
        areas = {area.id: area.namn for area in underlag.resultat.namnd.verksamhetsomraden}
        shown = []
        for item in mal.aktiviteter:
            notes = [areas.get(item.verksamhetsomrade or "", "")]
            notes += [f"{m.namn}: {_planned(m, year)}" for m in item.matetal]
            shown.append(noted(item.namn, "; ".join(filter(None, notes))))
        parts.append(Html("<h4>Målinriktade aktiviteter</h4>") + bullets(shown))
    if not (mal.matetal or mal.kvalitativa_matt or mal.aktiviteter):
        parts.append(Html("<p>Målet har inga mätetal, mått eller aktiviteter i planen.</p>"))
    return joined(parts)


def _planned(item: Matetal, year: int) -> str:
    return (item.lases_for(year) and item.malvarde_for(year)) or _target(item, year) or "inget målvärde"


def _target(item: Matetal, year: int) -> str:
    """The målvärde as it is read, back in words; "" where there is none."""
    target = item.target(year)
    if target.operator == "none":
        return ""
    named = says_unit(item.namn, item.mattenhet)
    return without_long_unit(target, item.mattenhet) if named else in_words(target, item.mattenhet)


def uppdrag_and_controls(underlag: Underlag) -> Html:
    """The uppdrag from kommunfullmäktige and the kontrollmoment that the plan holds."""
    given = [f"{item.namn} (givet: {item.givet})" if item.givet else item.namn for item in underlag.plan.uppdrag]
    asked = {
        "Utredningsuppdrag från kommunfullmäktige": given,
        "Kontrollmoment för internkontrollen": [item.namn for item in underlag.plan.kontrollmoment],
    }
    none = Html("<p>Planen nämner inga.</p>")
    return joined(
        Html("<h3>{}</h3>{}").format(heading, bullets(names) if names else none) for heading, names in asked.items()
    )

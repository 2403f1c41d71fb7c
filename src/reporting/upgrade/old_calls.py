"""What cells of earlier versions were told to call, and what the same is called now."""

from dataclasses import dataclass

LOADS = {"underlag.load": "kapitel", "underlag.load_kommun": "kommunkapitel"}
"""What a notebook begins with: the earlier function → the one of today."""
KEYWORDS = {"show_faults": "visa_fel", "caption": "rubrik", "value": "varde"}
"""Arguments that are called something else now; the others have kept their names."""
ALL_OUTCOMES = "utfall.long_table"
"""The table of outcomes, which is k.utfall() where it was asked for nu and tidigare."""
PLAIN = {"lage_tables.lage": "laget"}
"""Functions that are called by themselves, as before."""
FRONT = (*LOADS.values(), *PLAIN.values())
"""All that a notebook imports now."""


@dataclass(frozen=True)
class Method:
    """A method of what kapitel gives. subject: which argument was what the nämnd's input is in, None where there was none; given: what
    stands in its place, "" for nothing."""

    name: str
    subject: int | None = 0
    given: str = ""


METHODS = {
    "prose.summary": Method("sammanfattning"),
    "prose.key_figures": Method("nyckeltal"),
    "placeholders.text": Method("text"),
    "tables.not_assessed": Method("ej_bedomda"),
    "tables.summary": Method("maloversikt"),
    "prose.goal_heading": Method("malrubrik", 1),
    "prose.goal_text": Method("maltext", None),
    "tables.goal": Method("maltabell", 1),
    "charts.goal": Method("maldiagram", 1),
    "uppdrag_tables.aktiviteter": Method("aktiviteter", 1),
    "placeholders.goal": Method("saknas_om_malet", 1),
    "tables.matetal": Method("matetalstabell"),
    "prognos_tables.forecasts": Method("prognoser"),
    "tables.kvalitativa": Method("kvalitativa_matt"),
    "tables.by_sex": Method("konsuppdelat"),
    "uppdrag_tables.uppdrag": Method("uppdrag"),
    "uppdrag_tables.granskningar": Method("granskningar"),
    "uppdrag_tables.internkontroll": Method("internkontroll"),
    "ekonomi_tables.privata_utforare": Method("privata_utforare"),
    "personal_tables.checks": Method("att_kontrollera", 0, '"personal"'),
    "personal_tables.sjukfranvaro": Method("sjukfranvaro"),
    "personal_tables.frisknarvaro": Method("frisknarvaro"),
    "personal_tables.anstallda": Method("anstallda"),
    "personal_tables.aldersstruktur": Method("aldersstruktur"),
    "ekonomi_tables.checks": Method("att_kontrollera", 0, '"ekonomi"'),
    "ekonomi_tables.drift": Method("drift"),
    "ekonomi_tables.verksamhetsomraden": Method("verksamhetsomraden"),
    "ekonomi_tables.investeringar": Method("investeringar"),
    "underlag_tables.method": Method("metod"),
    "underlag_tables.faults": Method("fel"),
    "underlag_tables.notiser": Method("att_kontrollera"),
    "underlag_tables.missing": Method("saknas"),
    "underlag_tables.readings": Method("lasta_malvarden"),
    "underlag_tables.tracing": Method("utfallens_celler"),
    "underlag_tables.sheets": Method("bladens_celler"),
    "underlag_tables.files": Method("filer"),
    "plan_tables.facts": Method("planfakta"),
    "plan_tables.overview": Method("planen_i_korthet"),
    "plan_tables.goals": Method("planens_mal"),
    "plan_tables.asked": Method("planens_uppdrag"),
    "kommun_tables.findings": Method("sammanfattning"),
    "kommun_tables.namnder": Method("namndtabell"),
    "kommun_tables.matrix": Method("overgripande_mal"),
    "kommun_tables.goals": Method("namndsmal"),
    "kommun_tables.steps": Method("steg"),
    "blad_tables.blad": Method("blad"),
    "blad_tables.bars": Method("staplar"),
    "swedish.amount": Method("tal", None),
}
"""The earlier function, by its module and name → the method."""

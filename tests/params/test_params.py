from datetime import date
from textwrap import dedent

import pytest

from reporting.faults import InputFaults
from reporting.params.read import read_params, read_run_params
from reporting.periods import Period
from reporting.units import BUILT_IN_UNITS

PERIOD = Period(2024, 12)

FILES = {
    "kommun.yml": """\
        kommun: Strandby kommun
        namnder:
          - id: socialnamnden
            namn: Socialnämnden
            verksamhetsomraden:
              - {id: hsv, namn: Hälso- och sjukvård}
              - {id: ifo, namn: Individ- och familjeomsorg}
          - {id: kulturnamnden, namn: Kulturnämnden}
        overgripande_mal:
          - {id: jamlik, namn: Jämlik}
        skalor:
          tre-steg:
            steg:
              - {id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}
              - {id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, over: 0}
              - {id: helt, namn: Helt uppfyllt, form: cirkel, ton: gron, fran: 1}
        rapporttyper:
          arsuppfoljning: {namn: Årsuppföljning, skala: tre-steg}
          styrkort: {namn: Styrkort, skala: tre-steg}
        """,
    "planer/socialnamnden-2024.yml": """\
        namnd: socialnamnden
        plan: Verksamhetsplan 2024
        beslutad: "2023-12-14"
        galler: [2024]
        namndsmal:
          - id: god-service
            namn: God service
            overgripande_mal: [jamlik]
            matetal:
              - id: samtal-hsv
                namn: Andel besvarade samtal
                mattenhet: procent
                malvarde: minst 90 %
                kon: [kvinnor, män]
                decimaler: 1
                verksamhetsomrade: hsv
              - id: placerade-barn
                namn: Antal placerade barn
                mattenhet: antal
                malvarde: "145"
                battre: lägre
                ackumulerad: nej
            kvalitativa_matt:
              - {id: brukardialoger, namn: Brukardialoger har genomförts}
            aktiviteter:
              - id: ett-nummer
                namn: Ett telefonnummer in
                verksamhetsomrade: ifo
                matetal:
                  - {id: vantetid, namn: Väntetid i telefon, mattenhet: dagar, malvarde: högst 3}
        uppdrag:
          - {id: hemsjukvard, namn: Utreda hemsjukvården}
        kontrollmoment:
          - {id: delegation, namn: Beslut fattas enligt delegationsordningen}
        """,
    "2024-12.yml": """\
        period: "2024-12"
        trend_mot: "2024-08"
        namnder:
          socialnamnden:
            arendenummer: 2024/112
            beslutsdatum: "2025-01-30"
        """,
}
KOMMUN, PLAN, RUN = FILES


@pytest.fixture
def root(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return tmp_path


def change(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"«{old}» stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(root, period=PERIOD):
    _, faults = read_params(root, period)
    return [str(fault) for fault in faults]


def test_files_without_faults(root):
    params, faults = read_params(root, PERIOD)

    assert faults == []
    assert params.kommun.kommun == "Strandby kommun"
    assert params.namnd("socialnamnden").namn == "Socialnämnden"
    assert params.plan("kulturnamnden") is None
    assert (str(params.trend_mot), str(params.jamfor_med)) == ("2024-08", "2023-12")
    assert params.korning.namnder["socialnamnden"].beslutsdatum == date(2025, 1, 30)

    plan = params.plan("socialnamnden")
    assert [matetal.id for matetal in plan.matetal] == ["samtal-hsv", "placerade-barn"]
    assert [matetal.target(2024).operator for matetal in plan.matetal] == [">=", "<="]
    assert [matt.id for matt in plan.kvalitativa_matt] == ["brukardialoger"]


FAULTS = {
    "misspelt key": (
        PLAN, "mattenhet: procent", "matenhet: procent",
        """\
params/planer/socialnamnden-2024.yml, rad 12
  Där står: «matenhet». Väntat: en av nycklarna id, namn, kort, mattenhet, malvarde, lases, battre, ackumulerad, \
kon, decimaler, datakalla, definition, verksamhetsomrade, efterslapning_ar, enkat, matt, mats.
  Gör så här: rätta eller ta bort nyckeln. Menade du «mattenhet»?""",
    ),
    "misspelt key in a decision": (
        RUN, "arendenummer", "ärendenummer",
        """\
params/2024-12.yml, rad 5
  Där står: «ärendenummer». Väntat: en av nycklarna arbetsbocker, dokumentnamn, arendenummer, beslutad_av, beslutsdatum, \
giltig_till, dokumentagare.
  Gör så här: rätta eller ta bort nyckeln. Menade du «arendenummer»?""",
    ),
    "misspelt key at the top": (
        KOMMUN, "skalor:", "skala:",
        """\
params/kommun.yml, rad 11
  Där står: «skala». Väntat: en av nycklarna format, kommun, pahittade_uppgifter, namnder, overgripande_mal, \
enheter, skalor, rapporttyper, prognosmarginal, jamfor_avrundat, mappar, webbplats.
  Gör så här: rätta eller ta bort nyckeln. Menade du «skalor»?""",
    ),
    "misspelt key of a scale": (
        KOMMUN, "    steg:", "    nara_malvardet: 0.05\n    steg:",
        """\
params/kommun.yml, rad 13
  Där står: «nara_malvardet». Väntat: en av nycklarna steg, nara_malvarde, delvis_raknas_som.
  Gör så här: rätta eller ta bort nyckeln. Menade du «nara_malvarde»?""",
    ),
    "duplicate key": (
        PLAN, "        decimaler: 1", "        mattenhet: antal",
        """\
params/planer/socialnamnden-2024.yml, rad 15
  Där står: «mattenhet: antal». Väntat: varje nyckel en gång.
  Gör så här: ta bort den ena raden med samma nyckel.""",
    ),
    "alias": (
        KOMMUN, "namn: Kulturnämnden}", "namn: &k Kulturnämnden}\n  - {id: fritid, namn: *k}",
        """\
params/kommun.yml, rad 9
  Där står: «- {id: fritid, namn: *k}». Väntat: värdet utskrivet på sin plats.
  Gör så här: skriv ut det som * pekar på.""",
    ),
    "bad indentation": (
        PLAN, "    namn: God service", "   namn: God service",
        """\
params/planer/socialnamnden-2024.yml, rad 7
  Där står: «namn: God service». Väntat: giltig YAML.
  Gör så här: kontrollera indrag, kolon och citattecken på raden och den före.""",
    ),
    "colon in a text": (
        PLAN, "namn: God service", "namn: God: service",
        """\
params/planer/socialnamnden-2024.yml, rad 7
  Där står: «namn: God: service». Väntat: giltig YAML.
  Gör så här: kontrollera indrag, kolon och citattecken på raden och den före.""",
    ),
    "tab": (
        RUN, "    arendenummer", "\tarendenummer",
        """\
params/2024-12.yml, rad 5
  Där står: «arendenummer: 2024/112». Väntat: giltig YAML.
  Gör så här: kontrollera indrag, kolon och citattecken på raden och den före.""",
    ),
    "date that does not exist": (
        RUN, '"2025-01-30"', "2025-02-30",
        """\
params/2024-12.yml, rad 6
  Där står: «2025-02-30». Väntat: ett datum i almanackan, till exempel 2024-11-30.
  Gör så här: rätta raden.""",
    ),
    "unknown namnd in the run": (
        RUN, "  socialnamnden", "  socialnamden",
        """\
params/2024-12.yml, rad 4
  Där står: «socialnamden». Väntat: en nämnd i kommun.yml.
  Gör så här: rätta id:t. Menade du «socialnamnden»?""",
    ),
    "unknown namnd in the plan": (
        PLAN, "namnd: socialnamnden", "namnd: socialnamden",
        """\
params/planer/socialnamnden-2024.yml, rad 1
  Där står: «socialnamden». Väntat: en nämnd i kommun.yml.
  Gör så här: rätta id:t. Menade du «socialnamnden»?""",
    ),
    "no plan": (
        RUN, "  socialnamnden", "  kulturnamnden",
        """\
params/2024-12.yml, rad 4
  Där står: «kulturnamnden». Väntat: en plan i params/planer som gäller 2024.
  Gör så här: lägg till planen, eller året under galler.""",
    ),
    "unknown overgripande mal": (
        PLAN, "[jamlik]", "[jamlikhet]",
        """\
params/planer/socialnamnden-2024.yml, rad 8
  Där står: «jamlikhet». Väntat: ett övergripande mål i kommun.yml.
  Gör så här: rätta id:t. Menade du «jamlik»?""",
    ),
    "unknown verksamhetsomrade": (
        PLAN, "omrade: hsv", "omrade: hvs",
        """\
params/planer/socialnamnden-2024.yml, rad 16
  Där står: «hvs». Väntat: ett verksamhetsområde i kommun.yml.
  Gör så här: rätta id:t. Menade du «hsv»?""",
    ),
    "same id twice": (
        PLAN, "id: placerade-barn", "id: samtal-hsv",
        """\
params/planer/socialnamnden-2024.yml, rad 17
  Där står: «samtal-hsv». Väntat: ett id som inte redan står på rad 10.
  Gör så här: ge det ena ett eget id.""",
    ),
    "same id for a goal and a matt": (
        PLAN, "id: brukardialoger", "id: god-service",
        """\
params/planer/socialnamnden-2024.yml, rad 24
  Där står: «god-service». Väntat: ett id som inte redan står på rad 6.
  Gör så här: ge det ena ett eget id.""",
    ),
    "same id in kommun.yml": (
        KOMMUN, "id: delvis", "id: ej",
        """\
params/kommun.yml, rad 15
  Där står: «ej». Väntat: ett id som inte redan står på rad 14.
  Gör så här: ge det ena ett eget id.""",
    ),
    "id that Windows reserves": (
        PLAN, "id: placerade-barn", "id: con",
        """\
params/planer/socialnamnden-2024.yml, rad 17
  Där står: «con». Väntat: ett annat id än «con», som är upptaget.
  Gör så här: rätta raden.""",
    ),
    "id with a capital": (
        PLAN, "id: placerade-barn", "id: Placerade barn",
        """\
params/planer/socialnamnden-2024.yml, rad 17
  Där står: «Placerade barn». Väntat: id: små bokstäver a–z, siffror och bindestreck.
  Gör så här: rätta värdet. Menade du «placerade-barn»?""",
    ),
    "unknown mattenhet": (
        PLAN, "mattenhet: procent", "mattenhet: prosent",
        """\
params/planer/socialnamnden-2024.yml, rad 12
  Där står: «prosent». Väntat: en av mattenheterna ‹enheter›, en skala a–b eller andel av något.
  Gör så här: rätta ordet, eller lägg till enheten under enheter i kommun.yml. Menade du «procent»?""",
    ),
    "bare target without battre": (
        PLAN, "        battre: lägre\n", "",
        """\
params/planer/socialnamnden-2024.yml, rad 20
  Där står: «145». Väntat: ett målvärde och battre som säger en riktning.
  Gör så här: skriv «minst» eller «högst», eller ange battre: talet säger ingen riktning.""",
    ),
    "target that contradicts battre": (
        PLAN, '"145"', "minst 145",
        """\
params/planer/socialnamnden-2024.yml, rad 20
  Där står: «minst 145». Väntat: ett målvärde och battre som säger en riktning.
  Gör så här: rätta malvarde eller battre: «minst 145» betyder att högre är bättre, men battre är «lägre».""",
    ),
    "a state on a day that counts up during the year": (
        PLAN, "ackumulerad: nej", "ackumulerad: ja\n        matt: ögonblick",
        """\
params/planer/socialnamnden-2024.yml, rad 23
  Där står: «ögonblick». Väntat: antingen ackumulerad: ja eller matt: ögonblick; det som räknas upp under året är inget \
läge en viss dag.
  Gör så här: ta bort den ena nyckeln.""",
    ),
    "matt that is neither": (
        PLAN, "ackumulerad: nej", "matt: ogonblick",
        """\
params/planer/socialnamnden-2024.yml, rad 22
  Där står: «ogonblick». Väntat: matt: period eller ögonblick.
  Gör så här: skriv ett av orden. Menade du «ögonblick»?""",
    ),
    "unknown battre": (
        PLAN, "battre: lägre", "battre: lagre",
        """\
params/planer/socialnamnden-2024.yml, rad 21
  Där står: «lagre». Väntat: battre: högre, lägre eller oförändrad.
  Gör så här: skriv ett av orden. Menade du «lägre»?""",
    ),
    "no target and no battre": (
        PLAN, "malvarde: minst 90 %", 'malvarde: "-"',
        """\
params/planer/socialnamnden-2024.yml, rad 10
  Där står: «samtal-hsv». Väntat: battre, eftersom inget målvärde säger riktningen.
  Gör så här: lägg till battre: högre, lägre eller oförändrad.""",
    ),
    "target that rises on a rank": (
        PLAN, "mattenhet: antal\n        malvarde: \"145\"\n        battre: lägre",
        "mattenhet: plats\n        malvarde: ska öka",
        """\
params/planer/socialnamnden-2024.yml, rad 20
  Där står: «ska öka». Väntat: ett målvärde där en lägre plats är bättre.
  Gör så här: skriv till exempel «topp 50».""",
    ),
    "target that YAML takes for a decimal number": (
        PLAN, 'malvarde: "145"', "malvarde: 12.750",
        """\
params/planer/socialnamnden-2024.yml, rad 20
  Där står: «12.75». Väntat: målvärdet inom citattecken, så att decimaler och tusental läses som de skrivs.
  Gör så här: rätta raden.""",
    ),
    "the same sex twice": (
        PLAN, "kon: [kvinnor, män]", "kon: [kvinnor, kvinnor]",
        """\
params/planer/socialnamnden-2024.yml, rad 14
  Väntat: varje kön en gång.
  Gör så här: rätta raden.""",
    ),
    "unreadable target": (
        PLAN, "minst 90 %", "minst nittio",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «minst nittio». Väntat: ett tal.
  Gör så här: skriv om målvärdet, eller låt det stå och lägg till lases: minst … %. Läste «minst» men förstår inte «nittio».""",
    ),
    "target as a sentence": (
        PLAN, "minst 90 %", "målet är 90 %",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «målet är 90 %». Väntat: till exempel «minst 90 %» eller «högst 90 %».
  Gör så här: skriv om målvärdet, eller låt det stå och lägg till lases: minst 90 % eller högst 90 %. Förstår inte «målet är 90 %».""",
    ),
    "target in another unit": (
        PLAN, "minst 90 %", "minst 90 mkr",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «minst 90 mkr». Väntat: ett målvärde i procent, som är mätetalets mattenhet.
  Gör så här: rätta malvarde eller mattenhet, eller låt det stå och lägg till lases: minst … %.""",
    ),
    "change of a share in per cent": (
        PLAN, "minst 90 %", "öka med 5 %",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «öka med 5 %». Väntat: procent eller procentenheter: en ändring av en andel kan menas på två sätt.
  Gör så här: skriv «ska öka med 5 procentenheter», eller «minst 105 % av 2021 års värde».""",
    ),
    "unreadable target of one year": (
        PLAN, "malvarde: minst 90 %", "malvarde: {2024: ca 90 %}",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «ca 90 %». Väntat: till exempel «minst 90 %» eller «högst 90 %».
  Gör så här: skriv om målvärdet, eller låt det stå och lägg till lases: minst 90 % eller högst 90 %. Förstår inte «ca 90 %».""",
    ),
    "target of a year without plan": (
        PLAN, "malvarde: minst 90 %", "malvarde: {2024: minst 90 %, 2042: minst 95 %}",
        """\
params/planer/socialnamnden-2024.yml, rad 13
  Där står: «2042». Väntat: ett år som planen gäller: 2024.
  Gör så här: rätta året, eller lägg till det i galler.""",
    ),
    "wrong period in the file": (
        RUN, 'period: "2024-12"', 'period: "2024-08"',
        """\
params/2024-12.yml, rad 1
  Där står: «2024-08». Väntat: perioden 2024-12, som i filens namn.
  Gör så här: rätta period eller filnamn.""",
    ),
    "trend_mot after the period": (
        RUN, '"2024-08"', '"2025-04"',
        """\
params/2024-12.yml, rad 2
  Där står: «2025-04». Väntat: en period före 2024-12.
  Gör så här: rätta perioden.""",
    ),
    "trend_mot in a month without report": (
        RUN, '"2024-08"', '"2024-09"',
        """\
params/2024-12.yml, rad 2
  Där står: «2024-09». Väntat: en rapporteringsperiod, till exempel 2024-12.
  Gör så här: rätta perioden; uppföljning görs per april (04), augusti (08) och december (12).""",
    ),
    "scale step with two thresholds": (
        KOMMUN, ", over: 0}", ", over: 0, fran: 0}",
        """\
params/kommun.yml, rad 15
  Där står: «delvis». Väntat: högst ett av fran, over och utan_underlag.
  Gör så här: ange en enda gräns för när steget föreslås.""",
    ),
    "scale step with a threshold and without underlag": (
        KOMMUN, ", over: 0}", ", over: 0, utan_underlag: ja}",
        """\
params/kommun.yml, rad 15
  Där står: «delvis». Väntat: högst ett av fran, over och utan_underlag.
  Gör så här: ange en enda gräns för när steget föreslås.""",
    ),
    "scale step above the whole": (
        KOMMUN, "fran: 1}", "fran: 80}",
        """\
params/kommun.yml, rad 16
  Där står: «80». Väntat: en andel mellan 0 och 1.
  Gör så här: skriv 0.5 för hälften.""",
    ),
    "scale that begins above 0": (
        KOMMUN, "ton: rod, fran: 0}", "ton: rod}",
        """\
params/kommun.yml, rad 15
  Där står: «delvis». Väntat: ett första steg med fran: 0.
  Gör så här: låt det lägsta steget gälla från 0.""",
    ),
    "scale steps in the wrong order": (
        KOMMUN, "fran: 1}", "fran: 0}",
        """\
params/kommun.yml, rad 16
  Där står: «helt». Väntat: ett steg med högre gräns än steget före.
  Gör så här: ordna stegen från lägst till högst.""",
    ),
    "scale without a threshold": (
        KOMMUN,
        """\
      - {id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}
      - {id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, over: 0}
      - {id: helt, namn: Helt uppfyllt, form: cirkel, ton: gron, fran: 1}
""",
        """\
      - {id: helt, namn: Helt uppfyllt, form: cirkel, ton: gron}
      - {id: kan-inte, namn: Kan inte bedömas, form: romb, ton: gra, utan_underlag: ja}
""",
        """\
params/kommun.yml, rad 12
  Där står: «tre-steg». Väntat: minst ett steg med fran eller over, som en andel 0–1.
  Gör så här: ange från vilken andel stegen föreslås.""",
    ),
    "two scale steps of one form": (
        KOMMUN, "form: cirkel", "form: triangel",
        """\
params/kommun.yml, rad 16
  Där står: «triangel». Väntat: en egen form för varje steg; Delvis uppfyllt har redan triangel.
  Gör så här: ge steget en annan form, så att det inte skiljs ut bara genom färgen.""",
    ),
    "unknown form": (
        KOMMUN, "form: cirkel", "form: cirkl",
        """\
params/kommun.yml, rad 16
  Där står: «cirkl». Väntat: form: kvadrat, triangel, halv, trekvart, cirkel, ring eller romb.
  Gör så här: skriv ett av orden. Menade du «cirkel»?""",
    ),
    "unknown skala of a rapporttyp": (
        KOMMUN, "namn: Styrkort, skala: tre-steg", "namn: Styrkort, skala: tre-stg",
        """\
params/kommun.yml, rad 19
  Där står: «tre-stg». Väntat: en skala under skalor.
  Gör så här: rätta namnet. Menade du «tre-steg»?""",
    ),
    "several skalor without rapporttyper": (
        KOMMUN,
        """\
rapporttyper:
  arsuppfoljning: {namn: Årsuppföljning, skala: tre-steg}
  styrkort: {namn: Styrkort, skala: tre-steg}
""",
        """\
  ett-steg:
    steg:
      - {id: rapporterat, namn: Rapporterat, form: ring, ton: bla, fran: 0}
""",
        """\
params/kommun.yml, rad 11
  Väntat: rapporttyper, som säger vilken skala som används när.
  Gör så här: lägg till rapporttyper, se handboken.""",
    ),
    "unknown rapporttyp of the period": (
        RUN, "trend_mot:", "rapporttyp: styrkortet\ntrend_mot:",
        """\
params/2024-12.yml, rad 2
  Där står: «styrkortet». Väntat: en rapporttyp i kommun.yml: arsuppfoljning, styrkort.
  Gör så här: rätta ordet. Menade du «styrkort»?""",
    ),
    "rapporttyp where kommun.yml has none": (
        KOMMUN, "arsuppfoljning: {namn: Årsuppföljning, skala: tre-steg}", "delar: {namn: Delår, skala: tre-steg}",
        """\
params/2024-12.yml, rad 1
  Väntat: rapporttyp: en av delar, styrkort.
  Gör så här: lägg till rapporttyp, eller arsuppfoljning i kommun.yml.""",
    ),
    "unknown verksamhetsomrade of an aktivitet": (
        PLAN, "verksamhetsomrade: ifo", "verksamhetsomrade: iof",
        """\
params/planer/socialnamnden-2024.yml, rad 28
  Där står: «iof». Väntat: ett verksamhetsområde i kommun.yml.
  Gör så här: rätta id:t. Menade du «ifo»?""",
    ),
    "unknown verksamhetsomrade of an aktivitet's matetal": (
        PLAN, "malvarde: högst 3}", "malvarde: högst 3, verksamhetsomrade: vard}",
        """\
params/planer/socialnamnden-2024.yml, rad 30
  Där står: «vard». Väntat: ett verksamhetsområde i kommun.yml.
  Gör så här: rätta id:t.""",
    ),
    "same id for a matetal and an aktivitet": (
        PLAN, "id: ett-nummer", "id: samtal-hsv",
        """\
params/planer/socialnamnden-2024.yml, rad 26
  Där står: «samtal-hsv». Väntat: ett id som inte redan står på rad 10.
  Gör så här: ge det ena ett eget id.""",
    ),
    "same id for a matetal and an aktivitet's matetal": (
        PLAN, "id: vantetid", "id: placerade-barn",
        """\
params/planer/socialnamnden-2024.yml, rad 30
  Där står: «placerade-barn». Väntat: ett id som inte redan står på rad 17.
  Gör så här: ge det ena ett eget id.""",
    ),
    "unreadable target of an aktivitet's matetal": (
        PLAN, "malvarde: högst 3}", "malvarde: högst några}",
        """\
params/planer/socialnamnden-2024.yml, rad 30
  Där står: «högst några». Väntat: ett tal.
  Gör så här: skriv om målvärdet, eller låt det stå och lägg till lases: högst … dagar. Läste «högst» men förstår inte «några».""",
    ),
    "target of an aktivitet's matetal in another unit": (
        PLAN, "malvarde: högst 3}", "malvarde: högst 3 veckor}",
        """\
params/planer/socialnamnden-2024.yml, rad 30
  Där står: «högst 3 veckor». Väntat: ett målvärde i dagar, som är mätetalets mattenhet.
  Gör så här: rätta malvarde eller mattenhet, eller låt det stå och lägg till lases: högst … dagar.""",
    ),
    "same id for two uppdrag": (
        PLAN, "  - {id: hemsjukvard, namn: Utreda hemsjukvården}",
        "  - {id: hemsjukvard, namn: Utreda hemsjukvården}\n  - {id: hemsjukvard, namn: Utreda den igen}",
        """\
params/planer/socialnamnden-2024.yml, rad 33
  Där står: «hemsjukvard». Väntat: ett id som inte redan står på rad 32.
  Gör så här: ge det ena ett eget id.""",
    ),
    "same id for an uppdrag and a kontrollmoment": (
        PLAN, "id: delegation", "id: hemsjukvard",
        """\
params/planer/socialnamnden-2024.yml, rad 34
  Där står: «hemsjukvard». Väntat: ett id som inte redan står på rad 32.
  Gör så här: ge det ena ett eget id.""",
    ),
    "same id for two kontrollmoment": (
        PLAN, "  - {id: delegation, namn: Beslut fattas enligt delegationsordningen}",
        "  - {id: delegation, namn: Beslut fattas}\n  - {id: delegation, namn: Beslut anmäls}",
        """\
params/planer/socialnamnden-2024.yml, rad 35
  Där står: «delegation». Väntat: ett id som inte redan står på rad 34.
  Gör så här: ge det ena ett eget id.""",
    ),
    "too many decimals": (
        PLAN, "decimaler: 1", "decimaler: 9",
        """\
params/planer/socialnamnden-2024.yml, rad 15
  Där står: «9». Väntat: decimaler: högst 4.
  Gör så här: rätta värdet.""",
    ),
    "a word for a number": (
        PLAN, "decimaler: 1", "decimaler: en",
        """\
params/planer/socialnamnden-2024.yml, rad 15
  Där står: «en». Väntat: decimaler: ett heltal.
  Gör så här: rätta värdet.""",
    ),
    "unknown sex": (
        PLAN, "[kvinnor, män]", "[kvinnor, man]",
        """\
params/planer/socialnamnden-2024.yml, rad 14
  Där står: «man». Väntat: kon: kvinnor, män, flickor, pojkar eller par.
  Gör så här: skriv ett av orden. Menade du «män»?""",
    ),
    "one value where a list is expected": (
        PLAN, "[2024]", "2024",
        """\
params/planer/socialnamnden-2024.yml, rad 4
  Där står: «2024». Väntat: galler: en lista.
  Gör så här: rätta värdet.""",
    ),
    "yes and no in English": (
        PLAN, "ackumulerad: nej", "ackumulerad: no",
        """\
params/planer/socialnamnden-2024.yml, rad 22
  Där står: «no». Väntat: ja eller nej.
  Gör så här: rätta raden.""",
    ),
    "unknown verksamhetsomrade of a kontrollmoment": (
        PLAN, "delegationsordningen}", "delegationsordningen, verksamhetsomrade: iof}",
        """\
params/planer/socialnamnden-2024.yml, rad 34
  Där står: «iof». Väntat: ett verksamhetsområde i kommun.yml.
  Gör så här: rätta id:t. Menade du «ifo»?""",
    ),
    "unknown sheet of a verksamhetsomrade": (
        KOMMUN, "namn: Individ- och familjeomsorg}", "namn: Individ- och familjeomsorg, blad: [personl]}",
        """\
params/kommun.yml, rad 7
  Där står: «personl». Väntat: id för ett blad: aktiviteter, uppdrag, granskningar, internkontroll, privata-utforare, personal, \
drift, investeringar, verksamhetsomraden.
  Gör så här: rätta id:t. Menade du «personal»?""",
    ),
    "sheet with given rows of two verksamhetsomraden": (
        KOMMUN, "- {id: ifo, namn: Individ- och familjeomsorg}",
        "- {id: ifo, namn: Individ- och familjeomsorg, blad: [granskningar, personal]}\n"
        "      - {id: stod, namn: Stöd, blad: [granskningar, personal]}",
        """\
params/kommun.yml, rad 8
  Där står: «personal». Väntat: ett blad med givna rader hos ett enda verksamhetsområde; ifo har det redan.
  Gör så här: ta bort det ena.""",
    ),
    "empty name": (
        PLAN, "namn: Andel besvarade samtal", "namn:",
        """\
params/planer/socialnamnden-2024.yml, rad 11
  Väntat: namn: text.
  Gör så här: rätta värdet.""",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_broken_file_gives_its_fault_and_no_other(root, name, old, new, expected):
    change(root, name, old, new)

    assert "\n".join(told(root)) == expected.replace("‹enheter›", ", ".join(BUILT_IN_UNITS.names))


def test_a_step_may_be_for_what_cannot_be_assessed_or_for_people_only(root):
    steps = """\
      - {id: utan, namn: Kan inte bedömas, form: romb, ton: gra, utan_underlag: ja}
      - {id: vilande, namn: Målet är vilande, form: ring, ton: bla}
"""
    change(root, KOMMUN, "rapporttyper:", steps + "rapporttyper:")

    params, faults = read_params(root, PERIOD)

    assert faults == []
    shown = [(steg.id, steg.fran, steg.over, steg.utan_underlag) for steg in params.skala.steg[-2:]]
    assert shown == [("utan", None, None, True), ("vilande", None, None, False)]


# in kommun.yml | in the period's file | the report's name, and its scale's first step
REPORT_TYPES = {
    "the ordinary one": ("", "", "Årsuppföljning 2024", "Ej uppfyllt"),
    "the one that the period names": ("", "rapporttyp: styrkort", "Styrkort 2024", "Ej uppfyllt"),
    "one with a scale of its own": (
        "  ledning: {namn: Ledningsrapport, skala: ett-steg}", "rapporttyp: ledning", "Ledningsrapport 2024", "Rapporterat",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("types", "run", "title", "step"), REPORT_TYPES.values(), ids=REPORT_TYPES.keys())
def test_a_period_has_a_report_type_with_its_scale(root, types, run, title, step):
    one_step = "  ett-steg:\n    steg: [{id: rapporterat, namn: Rapporterat, form: ring, ton: bla, fran: 0}]\n"
    change(root, KOMMUN, "rapporttyper:", one_step + "rapporttyper:")
    (root / KOMMUN).write_text((root / KOMMUN).read_text(encoding="utf-8") + types, encoding="utf-8")
    change(root, RUN, "trend_mot:", f"{run}\ntrend_mot:")

    params, faults = read_params(root, PERIOD)

    assert faults == []
    assert (params.titel, params.skala.steg[0].namn) == (title, step)


def test_without_rapporttyper_there_are_a_year_and_a_delar(root):
    text = (root / KOMMUN).read_text(encoding="utf-8")
    (root / KOMMUN).write_text(text[: text.index("rapporttyper:")], encoding="utf-8")
    (root / "2024-08.yml").write_text('period: "2024-08"\nnamnder: {socialnamnden: {}}\n', encoding="utf-8")

    for period, title in ((PERIOD, "Årsuppföljning 2024"), (Period(2024, 8), "Delårsuppföljning augusti 2024")):
        params, faults = read_params(root, period)
        assert faults == []
        assert (params.titel, params.skala) == (title, params.kommun.skalor["tre-steg"])


def test_a_kommuns_goal_may_hold_for_some_years_only(root):
    change(root, KOMMUN, "{id: jamlik, namn: Jämlik}", "{id: jamlik, namn: Jämlik, galler: [2023]}")

    _, faults = read_params(root, PERIOD)

    assert [fault.stod for fault in faults] == ["jamlik"]
    assert faults[0].vantat == "ett övergripande mål som gäller 2024"
    change(root, KOMMUN, "galler: [2023]", "galler: [2023, 2024]")
    assert read_params(root, PERIOD)[1] == []


OWN_SHEET = """\
id: synpunkter
blad: Synpunkter
kolumner:
  - {namn: slag, kravs: ja}
  - {namn: antal, innehall: antal}
  - {namn: läge, innehall: [Öppen, Stängd]}
"""


def own_sheet(root, text=OWN_SHEET, name="synpunkter.yml"):
    (root / "blad").mkdir(exist_ok=True)
    (root / "blad" / name).write_text(text, encoding="utf-8")


def test_a_sheet_of_the_kommuns_own(root):
    own_sheet(root)

    params, faults = read_params(root, PERIOD)

    assert faults == []
    assert params.bladfiler == ("params/blad/synpunkter.yml",)
    assert (params.blad[-1].id, params.blad[-1].headings) == ("synpunkter", ("slag", "antal", "läge"))


# in the own sheet | somebody wrote | the fault
OWN_SHEET_FAULTS = {
    "misspelt innehall": (
        "innehall: antal", "innehall: antall",
        """\
params/blad/synpunkter.yml, rad 5
  Där står: «antall». Väntat: text, dag, belopp, en mattenhet, eller en lista med ord att välja mellan.
  Gör så här: rätta ordet, eller lägg till enheten under enheter i kommun.yml. Menade du «antal»?""",
    ),
    "misspelt key": (
        "kravs: ja", "krävs: ja",
        """\
params/blad/synpunkter.yml, rad 4
  Där står: «krävs». Väntat: en av nycklarna namn, innehall, kravs.
  Gör så här: rätta eller ta bort nyckeln. Menade du «kravs»?""",
    ),
    "id that the program has": (
        "id: synpunkter", "id: personal",
        """\
params/blad/synpunkter.yml, rad 1
  Där står: «personal». Väntat: id som inget annat blad har.
  Gör så här: välj ett annat.""",
    ),
    "no columns": (
        OWN_SHEET[OWN_SHEET.index("kolumner:") :], "kolumner: []",
        """\
params/blad/synpunkter.yml, rad 3
  Väntat: kolumner: minst 1.
  Gör så här: rätta värdet.""",
    ),
    "broken YAML": (
        "blad: Synpunkter", "blad: Synpunkter: alla",
        """\
params/blad/synpunkter.yml, rad 2
  Där står: «blad: Synpunkter: alla». Väntat: giltig YAML.
  Gör så här: kontrollera indrag, kolon och citattecken på raden och den före.""",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), OWN_SHEET_FAULTS.values(), ids=OWN_SHEET_FAULTS.keys())
def test_a_broken_sheet_of_the_kommuns_own_gives_its_fault_and_no_other(root, old, new, expected):
    assert OWN_SHEET.count(old) == 1
    own_sheet(root, OWN_SHEET.replace(old, new))

    assert "\n".join(told(root)) == expected.replace("‹enheter›", ", ".join(BUILT_IN_UNITS.names))


@pytest.mark.parametrize("taken", ["Personal", "mätetal", "Kvalitativa mått", "OM LEVERANSEN"])
def test_an_own_sheet_may_not_have_the_name_of_another_however_it_is_capitalised(root, taken):
    own_sheet(root, OWN_SHEET.replace("blad: Synpunkter", f"blad: {taken}"))

    assert told(root) == [
        f"params/blad/synpunkter.yml, rad 2\n  Där står: «{taken}». Väntat: blad som inget annat blad har.\n"
        "  Gör så här: välj ett annat."
    ]


def test_two_own_sheets_with_the_same_id_and_name(root):
    own_sheet(root)
    own_sheet(root, name="synpunkter-2.yml")

    _, faults = read_params(root, PERIOD)

    assert [(fault.fil, fault.plats, fault.stod) for fault in faults] == [
        ("params/blad/synpunkter.yml", "rad 1", "synpunkter"),
        ("params/blad/synpunkter.yml", "rad 2", "Synpunkter"),
    ]


def test_a_broken_own_sheet_stops_the_run_of_every_namnd(root):
    own_sheet(root, "blad: Synpunkter\n")

    with pytest.raises(InputFaults) as error:
        read_run_params(root, PERIOD)

    assert [fault.vantat for fault in error.value.faults] == ["nyckeln id", "nyckeln kolumner"]


def test_a_file_that_another_program_saved_in_latin_1(root):
    path = root / KOMMUN
    path.write_text(path.read_text(encoding="utf-8"), encoding="latin-1")

    assert told(root) == [
        "params/kommun.yml, rad 4\n  Väntat: text i UTF-8.\n  Gör så här: spara om filen med kodningen UTF-8."
    ]


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(root):
    path = root / RUN
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig", newline="\r\n")

    assert told(root) == []


@pytest.mark.parametrize("name", [KOMMUN, RUN])
def test_a_file_that_is_missing(root, name):
    (root / name).unlink()

    assert told(root) == [
        f"params/{name}\n  Väntat: att filen finns.\n  Gör så här: skapa filen, eller rätta namnet där den nämns."
    ]


@pytest.mark.parametrize("text", ["", "# ännu inget\n", "- a\n- b\n", "bara text\n"])
def test_a_file_without_keys(root, text):
    (root / RUN).write_text(text, encoding="utf-8")

    assert told(root) == [
        "params/2024-12.yml\n  Väntat: nycklar och värden.\n  Gör så här: fyll i filen efter handboken."
    ]


def test_a_file_with_invisible_characters(root):
    change(root, RUN, "2024/112", "2024/\x07112")

    assert told(root) == [
        "params/2024-12.yml, rad 5\n  Där står: «arendenummer: 2024/112». Väntat: giltig YAML.\n"
        "  Gör så här: ta bort tecken som inte syns, till exempel styrtecken."
    ]


def test_a_file_that_is_too_large_to_be_a_plan(root):
    (root / RUN).write_text("#" * 1_000_001, encoding="utf-8")

    assert told(root) == [
        "params/2024-12.yml\n  Där står: «1000001 byte». Väntat: högst 1 MB.\n"
        "  Gör så här: kontrollera att det är rätt fil."
    ]


def test_two_plans_for_one_year(root):
    text = (root / PLAN).read_text(encoding="utf-8")
    (root / "planer" / "socialnamnden-kopia.yml").write_text(text, encoding="utf-8")

    assert told(root) == [
        "params/planer/socialnamnden-kopia.yml, rad 4\n"
        "  Där står: «2024». Väntat: en enda plan för socialnamnden 2024.\n"
        "  Gör så här: ta bort året ur den ena planen."
    ]


def test_two_plans_for_two_years(root):
    text = (root / PLAN).read_text(encoding="utf-8")
    older = text.replace("[2024]", "[2023]").replace("minst 90 %", "minst 85 %")
    (root / "planer" / "socialnamnden-2023.yml").write_text(older, encoding="utf-8")

    params, faults = read_params(root, PERIOD)

    assert faults == []
    assert len(params.planer) == 2
    assert params.plan("socialnamnden").matetal[0].malvarde == "minst 90 %"


def test_a_target_for_each_year(root):
    change(root, PLAN, "galler: [2024]", "galler: [2024, 2025]")
    change(root, PLAN, "malvarde: minst 90 %", "malvarde: {2024: minst 90 %, 2025: minst 92 %}")

    params, faults = read_params(root, PERIOD)
    matetal = params.plan("socialnamnden").matetal[0]

    assert faults == []
    assert [int(matetal.target(year).varde) for year in (2024, 2025)] == [90, 92]


def test_faults_of_several_files_come_at_once(root):
    change(root, KOMMUN, "ton: gul", "ton: gull")
    change(root, PLAN, "minst 90 %", "minst många")
    change(root, PLAN, 'malvarde: "145"', "malvarde: högst 145 mkr")
    change(root, PLAN, "id: brukardialoger", "id: samtal-hsv")
    change(root, RUN, '"2025-01-30"', "[2025]")

    _, faults = read_params(root, PERIOD)

    assert sorted((fault.fil.removeprefix("params/"), fault.plats, fault.stod) for fault in faults) == [
        ("2024-12.yml", "rad 6", ""),
        ("kommun.yml", "rad 15", "gull"),
        ("planer/socialnamnden-2024.yml", "rad 13", "minst många"),
        ("planer/socialnamnden-2024.yml", "rad 20", "högst 145 mkr"),
        ("planer/socialnamnden-2024.yml", "rad 24", "samtal-hsv"),
    ]


def test_a_plan_of_another_year_must_be_right_too(root):
    (root / "planer" / "kulturnamnden-2019.yml").write_text("namnd: kulturnamnden\n", encoding="utf-8")

    assert [text.splitlines()[1] for text in told(root)] == [
        f"  Väntat: nyckeln {key}." for key in ("galler", "namndsmal", "plan")
    ]

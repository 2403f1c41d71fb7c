"""Make the bundled outcome workbooks of Luleå's socialnämnd from the tables below, so that they can be reviewed as text.

Run: uv run python data/make_workbooks.py

The outcomes are those of the published Årsuppföljning 2024, section 1.10.2; splits by sex, measurement days and reasons are
from its section 1.10.1; the other sheets are from sections 1.4, 1.5, 1.6, 1.10.3, 2 and 3. The figures of 2017 are those of
the published Socialnämnden 2017. Where a document contradicts itself, the table's figure is stored and the row's kommentar
says what the text has (see docs/metod.md, Källan säger emot sig själv).
"""

from pathlib import Path

from deliveries import write_workbook

from reporting.faults import InputFaults
from reporting.params.blad import (
    DRIFT,
    GRANSKNINGAR,
    INTERNKONTROLL,
    INVESTERINGAR,
    OMRADEN,
    PERSONAL,
    PRIVATA_UTFORARE,
    UPPDRAG,
    Blad,
)
from reporting.params.read import read_params
from reporting.periods import Period

HERE = Path(__file__).parent

# verksamhetsområde | id | period | utfall | kön | mätt till och med | anmärkning | kommentar
UTFALL = """
hsv         | samtal-hsv             | 2023-12 | 82,00 %
hsv         | samtal-hsv             | 2024-12 | 82,00 %
ifo         | samtal-myndighet       | 2023-12 | 82,00 %
ifo         | samtal-myndighet       | 2024-12 | 58,00 %
kvalitet    | synpunkter-svarstid    | 2023-12 | 85,00 %
kvalitet    | synpunkter-svarstid    | 2024-12 | 85,00 %  |                                | 2024-11-30 | | Avser 1 januari–30 november.
ifo         | gott-bemotande         | 2023-12 | 99,00 %
ifo         | gott-bemotande         | 2024-12 | 99,00 %  |                                |            | | Texten anger 99,1 %.
ifo         | ros-nya                | 2023-12 | 244
ifo         | ros-nya                | 2024-12 | 221      | kvinnor 120, män 101           | 2024-11-05 | | Avser 1 januari–5 november.
ifo         | foraldrasupport        | 2023-12 | 593
ifo         | foraldrasupport        | 2024-12 | 538      | kvinnor 353, män 182           |            | | Kvinnor och män ger tillsammans 535. Texten delar dessutom upp kvinnorna i 238 och 70, männen i 149 och 36.
ifo         | freda                  | 2023-12 | 100
ifo         | freda                  | 2024-12 | 273
ifo         | eq-mottagningen        | 2023-12 | 34
ifo         | eq-mottagningen        | 2024-12 | 42       | kvinnor 8, män 34, flickor 0, pojkar 0 | | | Ingen var under 18 år.
vard-omsorg | digital-tillsyn        | 2023-12 | 0
vard-omsorg | digital-tillsyn        | 2024-12 | 2
vard-omsorg | trygghetskameror       | 2023-12 | 60
vard-omsorg | trygghetskameror       | 2024-12 | 48       | kvinnor 32, män 12             | 2024-11-21 | | Fyra brukare har dubbla kameror: 44 personer, 48 kameror.
ifo         | halsosamtal-80         | 2023-12 | 250
ifo         | halsosamtal-80         | 2024-12 | 286      | kvinnor 163, män 84, par 39
ifo         | eget-kontrakt          | 2023-12 | 11,00 %
ifo         | eget-kontrakt          | 2024-12 | 27,00 %
vard-omsorg | sabo-65-79             | 2023-12 | 1,70 %   |                                | 2022-12-31
vard-omsorg | sabo-65-79             | 2024-12 | 1,80 %   |                                | 2023-12-31
ifo         | uppsokande             | 2023-12 | 32
ifo         | uppsokande             | 2024-12 | 176      |                                |            | | Texten anger 105 aktiviteter.
ifo         | delaktighet-barn       | 2023-12 |          |                                |            | Ny indikator | Enkäten i denna form infördes 2024.
ifo         | delaktighet-barn       | 2024-12 | För få svarande
ifo         | placerade-barn         | 2023-12 | 139      |                                | 2023-08-31 | | Stäms av i augusti varje år.
ifo         | placerade-barn         | 2024-12 | 144      | flickor 71, pojkar 73          | 2024-08-31 | | Stäms av i augusti varje år.
ifo         | langvarigt-bistand     | 2023-12 | 0,75 %   |                                | 2022-12-31 | | Texten anger 0,85 % för 2022.
ifo         | langvarigt-bistand     | 2024-12 | 0,75 %   |                                | 2023-12-31
ifo         | lag-ekonomisk-standard | 2023-12 | Ny nationell indikator
ifo         | lag-ekonomisk-standard | 2024-12 | Utfall kommer under första kvartalet 2025
personal    | vfu-apl                | 2023-12 | 370
personal    | vfu-apl                | 2024-12 | 305
personal    | andel-man              | 2023-12 | 21,40 %
personal    | andel-man              | 2024-12 | 23,00 %
personal    | gymnasiepoang          | 2023-12 | 56 200
personal    | gymnasiepoang          | 2024-12 | 60 900   | kvinnor 48 150, män 12 750     |            | | Fördelningen mellan könen är ungefärlig i källan.
personal    | sjukfranvaro           | 2023-12 | 8,14 %
personal    | sjukfranvaro           | 2024-12 | 8,76 %   | kvinnor 9,63 %, män 5,90 %
personal    | frisknarvaro           | 2023-12 | 65,18 %
personal    | frisknarvaro           | 2024-12 | 64,12 %
personal    | medarbetare-66         | 2023-12 | 145
personal    | medarbetare-66         | 2024-12 | 161
personal    | chefer-30              | 2023-12 | 93,75 %
personal    | chefer-30              | 2024-12 | 90,10 %  |                                | 2024-12-01 | | Avser början av december.
kvalitet    | nyttovarderade         | 2023-12 | 1
kvalitet    | nyttovarderade         | 2024-12 | 5
kvalitet    | testade-produkter      | 2023-12 | 11
kvalitet    | testade-produkter      | 2024-12 | 9
"""

# verksamhetsområde | id | period | svar
SVAR = """
kvalitet    | brukardialoger      | 2024-12 | Ja
kvalitet    | anhorigas-nojdhet   | 2024-12 | Delvis
kvalitet    | brottsforebyggande  | 2024-12 | Ja
vard-omsorg | boendebeslut-i-tid  | 2024-12 | Delvis
ifo         | beslut-foljs-upp    | 2024-12 | Ja
vard-omsorg | genomforandeplan    | 2024-12 | Ja
vard-omsorg | brukare-delaktig    | 2024-12 | Ja
"""


# The further sheets of 2024: definition, workbook, table. The first line of a table is the sheet's row 1; names are added.
BLAD_2024 = (
    (UPPDRAG, "kvalitet", """
id                      | status   | kommentar | nästa steg
bemanning               | Pågående | Rapporten är nästan färdig. | Rapporten lämnas till socialnämnden i januari 2025 och därefter till kommunfullmäktige.
specialistutbildningar  | Pågående | Rapporten är nästan färdig. Det behövs en övergripande uppdragsbeskrivning för specialistundersköterskor och stödpedagoger, och en plan för hur arbetet ska organiseras. | Rapporten lämnas till socialnämnden i januari 2025 och därefter till kommunfullmäktige.
yrkeskompetens          | Pågående | Rapporten är nästan färdig. Förvaltningen har goda förutsättningar att bedriva uppdragsutbildning, men svårt att frigöra tid för den. Den behöver kompletteras med andra sätt att lära ute i verksamheterna, som ett Kompetenscentrum och erfarna kollegor som handleder. | Rapporten lämnas till socialnämnden i januari 2025 och därefter till kommunfullmäktige.
avgift-familjeradgivning | Klar    | Utredningen redovisades för socialnämnden och den 18 december 2023 för kommunfullmäktige. Sedan den 1 januari 2024 kostar familjerådgivningen inget.
"""),
    (GRANSKNINGAR, "kvalitet", """
granskning | slag | av | ärende | antal | läge | utfall
Brandtillsyn på vård- och omsorgsboende | Tillsyn | Räddningstjänsten | | 1 | Avslutad | Rekommendationer och föreläggande har lämnats; källan skiljer inte på de två tillsynerna.
Brandtillsyn på gruppboende | Tillsyn | Räddningstjänsten | | 1 | Avslutad | Rekommendationer och föreläggande har lämnats; källan skiljer inte på de två tillsynerna.
Yttrande i enskilda ärenden | Begäran om yttrande | Inspektionen för vård och omsorg (IVO) | | 2 | |
Yttrande om ej verkställda gynnande beslut | Begäran om yttrande | Inspektionen för vård och omsorg (IVO) | | 18 | |
Tillsyn av landets samtliga kommuner gällande rättssäkerheten i kommunernas myndighetsutövning för barn och unga | Tillsyn | Inspektionen för vård och omsorg (IVO) | | | Pågår | Tillsynen gäller placeringar i privat drivna verksamheter, orosanmälningar, uppföljning av placeringar, handläggning och egenkontroll.
Granskning av kommunens trygghetsskapande och brottsförebyggande arbete | Revision | Kommunrevisionen via KPMG | 2024/323 | | Avslutad | Arbetet följer i allt väsentligt kommunens mål och styrdokument och lagens krav. Kommunstyrelsen och socialnämnden fick rekommendationer.
Granskning av samverkan mellan hemsjukvård och processen utskrivningsklara | Revision | Kommunrevisionen via KPMG | 2024/347 | | Pågår | Slutdokumentet har kommit för yttrande.
Granskning av planering och beredskap för boendeplatser inom kommunens vård- och omsorgsverksamhet | Revision | Kommunrevisionen via KPMG | 2024/1148 | | Pågår
Grundläggande granskning 2024 | Revision | Kommunrevisionen via KPMG | 2024/1234 | | Pågår
Granskning avvikelsehantering inom äldreomsorgen | Revision | Kommunrevisionen via KPMG | 2024/1464 | | Pågår
"""),
    (INTERNKONTROLL, "kvalitet", """
id                        | resultat       | fortsatt kontroll
foreningsbidrag           | Når målvärde
kontroll-privata-utforare | Når målvärde
basal-hygien              | Når målvärde
forhandsbedomning         | Når målvärde
avvikelsehantering        | Nära målvärde  | Ja
rekrytering               | Nära målvärde  | Ja
riskanalys                | Ej accepterat  | Ja
utredning-barn-unga       | Ej accepterat  | Ja
"""),
    (PRIVATA_UTFORARE, "kvalitet", """
kostnad                         | utfall | enhet | kommentar
Institutionsvård vuxna          | 13 740 | mkr   | Källan skriver mkr om alla tre beloppen. Nämndens hela nettokostnad är 2 222 mkr.
Förstärkta familjehem           | 16 694 | mkr
Institutionsvård barn och unga  | 37 593 | mkr
"""),
    (DRIFT, "kvalitet", """
id             | utfall | föregående år | enhet | kommentar
nettokostnader | 2222   | 2049          | mkr
kommunbidrag   | 2230   | 2048          | mkr
resultat       | 8      | 1             | mkr   | Texten anger +7,5 mkr för 2024. För 2023 är kommunbidraget minus nettokostnaderna −1 mkr.
"""),
    (INVESTERINGAR, "kvalitet", """
investering         | avvikelse | enhet | kommentar
Nettoinvesteringar  | -34,2     | mkr   | Källan anger bara avvikelsen.
"""),
    (OMRADEN, "kvalitet", """
verksamhetsområde                 | avvikelse | enhet | kommentar
Individ- och familjeomsorg        | -23,9     | mkr   | Placeringarna av barn och unga ökade med 2 362 dygn, eller 45 %.
Hälso- och sjukvård               | -5        | mkr   | Kostnader som statsbidrag har betalat under flera år täcks inte längre fullt ut.
Särskilt boende inklusive korttidsvård | +7,6 | mkr   | Arbetet med scheman och bemanning fortsätter 2025.
Ordinärt boende                   | -51,4     | mkr   | Det har varit svårare än tidigare att få tag på personal och täcka frånvaro.
Stöd och service                  | -12,3     | mkr   | Boendena har förts samman i områden för att arbetspassen ska kunna planeras bättre.
Socialpsykiatri och öppenvård inklusive personlig assistans | -2,5 | mkr | Personlig assistans +1,6 mkr, socialpsykiatri och öppenvård −4,1 mkr.
Hela nämnden                      | +7,5      | mkr   | Prestationsmedel och senare start av gruppbostäder än budgeterat. De sex områdena är tillsammans −87,5 mkr.
"""),
    (PERSONAL, "personal", """
id                    | 2024  | 2023  | 2022  | 2021  | 2020  | kommentar
sjukfranvaro          | 8,74  | 8,15  | 8,91  | 8,42  | 9,24  | Mätetalet har 8,76 % för 2024 och 8,14 % för 2023.
sjukfranvaro-lang     | 38,82 | 38,08 | 34,12 | 33,83 | 28,68
sjukfranvaro-kvinnor  | 9,57  | 8,97  | 9,4   | 8,99  | 9,76  | Texten vid nämndsmålet anger 9,63 % för 2024.
sjukfranvaro-man      | 6,03  | 5,33  | 7,11  | 6,15  | 9,97  | Texten vid nämndsmålet anger 5,9 % för 2024. År 2020 är totalen lägre än både kvinnornas och männens tal.
sjukfranvaro-29       | 6,58  | 6,67  | 8,12  | 7,07  | 8,64
sjukfranvaro-30-49    | 7,75  | 7,15  | 7,79  | 8,00  | 8,90
sjukfranvaro-50       | 10,66 | 9,77  | 10,29 | 9,30  | 9,79
frisknarvaro          | 64,12 | 65,18 | 57,25 | 60,88 | 53,87
frisknarvaro-0        | 34,26 | 36,16 | 29,67 | 33,29 | 31,13
frisknarvaro-1-7      | 29,86 | 29,02 | 27,58 | 27,59 | 22,74
tillsvidare           | 2495  | 2510  | 2487  | 2484  | 2414
tillsvidare-kvinnor   | 1939  | 1973  | 1990  | 2014  | 2002
tillsvidare-man       | 556   | 537   | 497   | 470   | 412
visstid               | 214   | 273   | 322   | 212   | 214
visstid-kvinnor       | 147   | 171   | 212   | 138   | 151
visstid-man           | 67    | 102   | 110   | 74    | 63
tillsvidare-0-29      | 16,11 | 15,8  | 15,3  | 14,9  | 12,7
tillsvidare-30-39     | 19,92 | 19,4  | 19,2  | 19,8  | 20,2
tillsvidare-40-49     | 21,84 | 22,7  | 22,5  | 22,3  | 23,9
tillsvidare-50-59     | 25,25 | 26,3  | 27,9  | 27,6  | 28,1
tillsvidare-60        | 16,87 | 15,9  | 15,1  | 15,5  | 15,1
visstid-0-29          | 42,7  | 40,7  | 40    | 42,9  | 47,2
visstid-30-39         | 19,7  | 26    | 23,9  | 21,7  | 14,5
visstid-40-49         | 17,4  | 12,5  | 13,7  | 13,7  | 14
visstid-50-59         | 8,5   | 9,5   | 9,3   | 12,7  | 15,9
visstid-60            | 11,7  | 11,4  | 13    | 9     | 8,4
"""),
)  # fmt: skip

BLAD_2017 = (
    (DRIFT, "ekonomi", """
id               | utfall     | enhet
intakter         | 253 368    | tkr
kostnader        | -1 862 201 | tkr
kapitalkostnader | -9 037     | tkr
nettokostnader   | -1 617 870 | tkr
kommunbidrag     | 1 611 551  | tkr
resultat         | -6 319     | tkr
"""),
    (INVESTERINGAR, "ekonomi", """
investering     | utfall | budget | avvikelse | enhet
Nettoinvestering | 6 757 | 12 000 | 5 243     | tkr
"""),
    (PERSONAL, "ekonomi", """
id          | 2013 | 2014 | 2015 | 2016  | 2017
tillsvidare | -    | -    | -    | 2 590 | 2 573
visstid     | -    | -    | -    | 192   | 219
"""),
)  # fmt: skip

Sheets = tuple[tuple[Blad, str, str], ...]


def rows(table: str) -> list[list[str]]:
    """The lines of a table above, split into eight fields."""
    lines = [[field.strip() for field in line.split("|")] for line in table.strip().splitlines()]
    return [fields + [""] * (8 - len(fields)) for fields in lines]


def sheets(tables: Sheets, workbook: str, names: dict[str, str]) -> list[tuple[Blad, list[dict[str, str]]]]:
    """The sheets of one workbook: definition, and rows from heading to text. names: those of the plan's uppdrag and so on."""
    made = []
    for definition, book, table in tables:
        headings, *lines = [[field.strip() for field in line.split("|")] for line in table.strip().splitlines()]
        filled = [dict(zip(headings, fields, strict=False)) for fields in lines]
        known = names | {post.id: post.namn for post in definition.poster}
        if definition.headings[0] == "id":
            filled = [{**row, definition.headings[1]: known[row["id"]]} for row in filled]
        if book == workbook:
            made.append((definition, filled))
    return made


def main(folder: Path = HERE) -> None:
    """Write data/<period>/socialnamnden/utfall-*.xlsx: one per verksamhetsområde for 2023 and 2024, one for 2017."""
    params, faults = read_params(HERE.parent / "params", Period.parse("2024-12"))
    plan = params.plan("socialnamnden") if params else None
    if params is None or plan is None:
        raise InputFaults(faults)
    names = {
        item.id: item.namn
        for item in (*plan.matetal, *plan.kvalitativa_matt, *plan.uppdrag, *plan.kontrollmoment)
    }  # fmt: skip
    for period in ("2023-12", "2024-12"):
        for omrade in params.namnd("socialnamnden").verksamhetsomraden:
            matetal = [
                {"id": name, "mätetal": names[name], "utfall": utfall, "mätt till och med": day,
                 "anmärkning": anmarkning, "kommentar": kommentar,
                 **dict(part.strip().split(" ", 1) for part in kon.split(", ") if part)}
                for area, name, when, utfall, kon, day, anmarkning, kommentar in rows(UTFALL)
                if (area, when) == (omrade.id, period)
            ]  # fmt: skip
            svar = [
                {"id": name, "mått": names[name], "svar": answer}
                for area, name, when, answer, *_ in rows(SVAR)
                if (area, when) == (omrade.id, period)
            ]
            om = {"nämnd": "socialnamnden", "period": period, "verksamhetsområde": omrade.namn}
            path = folder / period / "socialnamnden" / f"utfall-{omrade.id}.xlsx"
            blad = sheets(BLAD_2024, omrade.id, names) if period == "2024-12" else []
            write_workbook(path, om, matetal, svar, blad)
    om = {"nämnd": "socialnamnden", "period": "2017-12"}
    path = folder / "2017-12" / "socialnamnden" / "utfall-ekonomi.xlsx"
    write_workbook(path, om, [], blad=sheets(BLAD_2017, "ekonomi", {}))


if __name__ == "__main__":
    main()

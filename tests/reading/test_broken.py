"""Files as people send them, wrong in one way each, and what `reporting check` says of them: this and nothing else.

The files lie in data/broken/, made by data/make_broken.py; around each stands the clean root of data/broken-root/.
"""

import re
import runpy
import shutil
from pathlib import Path

import pytest

from broken_files import BROKEN, CLEAN, DATA, placed
from reporting.assess.check import PeriodCheck, inspect_period
from reporting.assess.underlag import read_underlag
from reporting.params.chapters import CHAPTERS, PROGRAM_SHEETS
from reporting.params.headings import KVALITATIVA, MATETAL, MATETAL_COLUMNS, OM
from reporting.params.read import read_params
from reporting.params.root import find_root
from reporting.periods import Period
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.reading.utfall import REFUSED_CELL, Utfall
from reporting.show.chapters.underlag import tracing
from reporting.swedish import NBSP
from reporting.units import BUILT_IN_UNITS
from table_text import rows

PERIOD = Period(2024, 12)

LONG = {
    "‹orsaker›": ", ".join(SAKNAS_ORSAKER),
    "‹blad›": ", ".join((OM, MATETAL, KVALITATIVA, *(item.blad for item in PROGRAM_SHEETS))),
    "‹rubriker›": ", ".join(MATETAL_COLUMNS),
    "‹enheter›": ", ".join(BUILT_IN_UNITS.names),
    "‹kapitel›": ", ".join(chapter.id for chapter in CHAPTERS if chapter.texts),
}
"""Lists that stand in many messages, shortened in the tables."""

# fil | plats | där står | väntat | gör så här. A file that has several faults has several rows; "→" before the place: another file
FEL = """
workbooks/andel-utan-procenttecken.xlsx | blad Mätetal, cell E2 | 0,82 | en andel: 0,82·% eller 82·%? | skriv talet med procenttecken
workbooks/andel-utan-procenttecken-som-text.xlsx | blad Mätetal, cell E2 | 0,82 | en andel: 0,82·% eller 82·%? | skriv talet med procenttecken
workbooks/hundra-procent-som-1.xlsx | blad Mätetal, cell E2 | 1 | en andel: 1·% eller 100·%? | skriv talet med procenttecken
workbooks/annan-enhet-i-cellen.xlsx | blad Mätetal, cell E4 | 0,5 mkr | ett tal i tkr | räkna om talet, eller rätta mattenhet i planen
workbooks/egen-enhet-i-cellen.xlsx | blad Mätetal, cell E5 | 3 vårdtillfällen | ett tal i dagar | räkna om talet, eller rätta mattenhet i planen
workbooks/egen-enhet-i-cellformatet.xlsx | blad Mätetal, cell E5 | 3 | ett tal i dagar | cellen visar vårdtillfällen: räkna om talet, eller ändra formatet
workbooks/egen-enhet-i-kolumnen-enhet.xlsx | blad Mätetal, cell C5 | vårdtillfällen | dagar, som i planen | räkna om talet, eller rätta mattenhet i planen
workbooks/procent-i-ett-antal.xlsx | blad Mätetal, cell E6 | 50 % | ett antal, inte en andel | ta bort procentformatet och skriv talet
workbooks/tusental-eller-decimaler.xlsx | blad Mätetal, cell E4 | 12.750 | ett tal utan tvekan om tusental | skriv med decimalkomma, eller med mellanslag mellan tusental
workbooks/felvarde.xlsx | blad Mätetal, cell E4 | #DIV/0! | ett tal i tkr, eller orsaken till att utfall saknas (‹orsaker›) | rätta formeln som ger felet, eller skriv talet
workbooks/andel-ur-en-formel.xlsx | blad Mätetal, cell E2 | 0,82 | en andel: 0,82·% eller 82·%? | skriv talet med procenttecken
workbooks/formel-utan-varde.xlsx | blad Mätetal, cell E4 | =SUM(F4:G4) | ett tal i tkr, eller orsaken till att utfall saknas (‹orsaker›) | öppna filen i Excel så att formeln räknas, och spara; eller skriv talet
workbooks/cirka.xlsx | blad Mätetal, cell E6 | cirka 3 | ett antal, eller orsaken till att utfall saknas (‹orsaker›); talet i texten är 3 | skriv bara talet, och resten i kolumnen kommentar
workbooks/tva-tal-i-en-cell.xlsx | blad Mätetal, cell E6 | 2 kvinnor och 1 man | ett antal, eller orsaken till att utfall saknas (‹orsaker›); talen i texten är 2 och 1 | skriv bara talet, och resten i kolumnen kommentar
workbooks/streck-utan-orsak.xlsx | blad Mätetal, cell E6 | - | ett antal, eller orsaken till att utfall saknas (‹orsaker›) | skriv orsaken i stället, eller i kolumnen anmärkning
workbooks/orsak-som-inte-ar-nagon.xlsx | blad Mätetal, cell J6 | fråga Lena | orsaken till att utfall saknas: ‹orsaker› | skriv en av orsakerna
workbooks/sant-i-stallet-for-tal.xlsx | blad Mätetal, cell E6 | SANT | ett antal, eller orsaken till att utfall saknas (‹orsaker›) | skriv talet, och formatera cellen som tal
workbooks/datum-i-stallet-for-tal.xlsx | blad Mätetal, cell E6 | 2024-03-01 | ett antal, eller orsaken till att utfall saknas (‹orsaker›); Excel har gjort ett datum av det som skrevs, kanske 1–3 | formatera cellen som text och skriv om det, med en apostrof först; skriv skyddad uppgift, om talet inte får visas
workbooks/for-manga-siffror.xlsx | blad Mätetal, cell E4 | 480000000000000000 | ett tal med högst 15 siffror före decimalkommat | rätta talet
workbooks/okant-id.xlsx | blad Mätetal, cell A3 | samtall | ett mätetal i planen | rätta id:t. Menade du «samtal»?
workbooks/samma-id-tva-ganger.xlsx | blad Mätetal, cell A7 | olyckor | varje mätetal en gång; det står redan i cell A6 | ta bort den ena raden
workbooks/rad-utan-id.xlsx | blad Mätetal, cell A6 |  | mätetalets id ur planen | skriv id, eller töm raden
workbooks/felstavad-rubrik.xlsx | blad Mätetal, cell E1 | utfal | en av rubrikerna ‹rubriker› | rätta rubriken eller ta bort kolumnen. Menade du «utfall»?
workbooks/felstavad-kolumn-som-far-saknas.xlsx | blad Mätetal, cell F1 | kvinna | en av rubrikerna ‹rubriker› | rätta rubriken eller ta bort kolumnen. Menade du «kvinnor»?
workbooks/rubrik-med-artal.xlsx | blad Mätetal, cell E1 | utfall 2024 | en av rubrikerna ‹rubriker› | rätta rubriken eller ta bort kolumnen. Menade du «utfall»?
workbooks/kolumn-saknas.xlsx | blad Mätetal |  | en kolumn med rubriken utfall på rad 1 | lägg till kolumnen
workbooks/samma-rubrik-tva-ganger.xlsx | blad Mätetal, cell L1 | Utfall | varje rubrik en gång | ta bort den ena kolumnen
workbooks/varde-utan-rubrik.xlsx | blad Mätetal, cell M4 | preliminärt | en rubrik på rad 1 över kolumnen | skriv rubriken, eller töm cellen
workbooks/kon-som-planen-inte-delar-pa.xlsx | blad Mätetal, cell F2 | 80 % | en tom cell: planen delar inte nojda på kvinnor | töm cellen, eller ändra kon i planen
workbooks/datum-som-inte-finns.xlsx | blad Mätetal, cell I2 | 2024-11-31 | den sista dag som mätningen avser | skriv ett datum: «2024-11-31» finns inte i almanackan
workbooks/datum-pa-annat-satt.xlsx | blad Mätetal, cell I2 | 31/12/24 | den sista dag som mätningen avser | skriv ett datum, till exempel 2024-11-30
workbooks/datum-efter-perioden.xlsx | blad Mätetal, cell I2 | 2025-01-15 | en dag senast 2024-12-31 | rätta dagen, eller lämna utfallet i en senare period
workbooks/antal-svar-ungefar.xlsx | blad Mätetal, cell H2 | ungefär 200 | ett helt antal | skriv hur många som har svarat
workbooks/svar-kanske.xlsx | blad Kvalitativa mått, cell C2 | Kanske | Ja, Delvis eller Nej | skriv ett av orden.
workbooks/svar-delvist.xlsx | blad Kvalitativa mått, cell C2 | Delvist | Ja, Delvis eller Nej | skriv ett av orden. Menade du «Delvis»?
workbooks/status-vilande.xlsx | blad Uppdrag, cell C3 | Vilande | status: Ej påbörjad, Pågående, Klar eller Försenad | skriv ett av orden.
workbooks/status-saknas.xlsx | blad Uppdrag, cell C3 |  | status: Ej påbörjad, Pågående, Klar eller Försenad | fyll i status
workbooks/drift-i-euro.xlsx | blad Drift, cell C2 | euro | enhet: mkr, tkr eller kr | skriv ett av orden.
workbooks/drift-streck.xlsx | blad Drift, cell C2 | - | ett tal i mkr, eller orsaken till att det saknas (‹orsaker›) | töm cellen, eller skriv orsaken
workbooks/inga-i-ett-antal.xlsx | blad Mätetal, cell E6 | inga | ett antal, eller orsaken till att utfall saknas (‹orsaker›) | skriv 0, om det är räknat och inga fanns; annars orsaken
workbooks/skyddad-del-i-anmarkningen.xlsx | blad Mätetal, cell J3 | Skyddad uppgift | antingen ett tal, eller orsaken till att det saknas | töm den cell som inte gäller; gäller orsaken bara en del skrivs den i delens cell
workbooks/ej-matt-an-bredvid-ett-tal.xlsx | blad Mätetal, cell J6 | Inte mätt än | antingen ett tal, eller orsaken till att det saknas | töm den cell som inte gäller
workbooks/orsak-i-en-bilaga.xlsx | blad Mätetal, cell E4 | Redovisas i bilaga 2 | ett tal i tkr, eller orsaken till att utfall saknas (‹orsaker›) | skriv talet, eller en av orsakerna, ensamt i cellen, och resten i kolumnen kommentar
workbooks/mats-inte-langre.xlsx | blad Mätetal, cell E5 | Mäts inte längre | ett tal i dagar, eller orsaken till att utfall saknas (‹orsaker›) | skriv talet, eller en av orsakerna, ensamt i cellen, och resten i kolumnen kommentar
workbooks/orsak-och-tal-i-samma-cell.xlsx | blad Mätetal, cell E2 | Enkäten är ny, 78 % | antingen ett tal, eller orsaken till att det saknas | låt det ena stå ensamt i cellen, och skriv resten i kolumnen kommentar
workbooks/farre-an-fem-procent.xlsx | blad Mätetal, cell E2 | <5 % | ett tal i procent, eller orsaken till att utfall saknas (‹orsaker›) | skriv skyddad uppgift, om talet inte får visas; annars talet, eller orsaken, ensamt i cellen
workbooks/for-fa-antal-svar.xlsx | blad Mätetal, cell H2 | <5 | ett helt antal | töm cellen, om antalet inte får visas; skriv annars hur många som har svarat
workbooks/excel-gjorde-1-4-till-ett-datum.xlsx | blad Mätetal, cell G3 | 2024-04-01 | ett antal, eller orsaken till att utfall saknas (‹orsaker›); Excel har gjort ett datum av det som skrevs, kanske 1–4 | formatera cellen som text och skriv om det, med en apostrof först; skriv skyddad uppgift, om talet inte får visas
workbooks/excel-gjorde-1-4-till-ett-datum.csv | blad excel-gjorde-1-4-till-ett-datum, cell E6 | 01-apr | ett antal, eller orsaken till att utfall saknas (‹orsaker›); Excel har gjort ett datum av det som skrevs, kanske 1–4 | formatera cellen som text och skriv om det, med en apostrof först; skriv skyddad uppgift, om talet inte får visas
workbooks/kommentar-ur-dos.xlsx | blad Mätetal, cell K4 | f”r m†nga, f”rvaltningen | läsbara tecken; här har troligen stått «för många, förvaltningen» | rätta texten; kommer den ur en textfil, öppna den på nytt med Data > Från text/CSV och kodningen UTF-8, och spara som Excel-arbetsbok (.xlsx)
workbooks/drift-utan-enhet.xlsx | blad Drift |  | en kolumn med rubriken enhet på rad 1 | lägg till kolumnen
workbooks/drift-tusental-dolda-av-formatet.xlsx | blad Drift, cell B2 | 1234567 | ett tal som visas som det är | ta bort formatet som döljer tusental, och skriv talet i enheten
workbooks/personal-ar-som-inte-varit.xlsx | blad Personal, cell B1 | 2025 | ett år senast 2024 | rätta rubriken
workbooks/fel-namnd-i-om-leveransen.xlsx | blad Om leveransen, cell B1 | barnnamnden | testnamnden | rätta cellen, eller lägg filen i rätt mapp
workbooks/fel-period-i-om-leveransen.xlsx | blad Om leveransen, cell B2 | 2024-08 | 2024-12 | rätta cellen, eller lägg filen i rätt mapp
workbooks/period-saknas-i-om-leveransen.xlsx | blad Om leveransen |  | raden period | skriv period i kolumn A och 2024-12 i kolumn B
workbooks/om-leveransen-saknas.xlsx |  |  | bladet Om leveransen, med nämnd och period | lägg till bladet, se handboken
workbooks/bara-om-leveransen.xlsx |  | Om leveransen | bladet Mätetal | lägg in bladet med utfallen
workbooks/nastan-ratt-bladnamn.xlsx | blad Investering |  | ett av bladen ‹blad› | rätta bladets namn eller ta bort det. Menade du «Investeringar»?
workbooks/blad-av-tva-slag.xlsx | blad Blad1 |  | ett av bladen ‹blad› | rätta bladets namn eller ta bort det.
workbooks/bladet-tva-ganger-med-olika-tal.xlsx | blad Mätetal (2) |  | ett enda blad Mätetal; bladet Mätetal är det redan | ta bort det ena bladet, eller låt rubrikerna på det vara andra än våra
workbooks/gjord-for-en-annan-period.xlsx |  | 2024-08 | en arbetsbok som är gjord för december 2024; den här är gjord för augusti 2024 | lägg filen i mappen för augusti 2024, eller be om uppgifterna i en ny: reporting template 2024-12
workbooks/gjord-for-en-annan-namnd.xlsx |  | barnnamnden | en arbetsbok som är gjord för testnamnden; den här är gjord för barnnamnden | lägg filen i mappen för barnnamnden
workbooks/sammanslagna-varden.xlsx | blad Mätetal, cell E4:E5 |  | celler som inte är sammanslagna | dela upp cellerna, och skriv värdet på varje rad
workbooks/samma-matetal-annat-varde.xlsx | blad Kvalitativa mått, cell C3 | Nej | samma svar på båda ställena; Ja står i data/2024-12/testnamnden/ovrigt.xlsx, cell B2 | rätta den ena cellen, eller töm den
workbooks/samma-matetal-annat-varde.xlsx | blad Mätetal, cell E7 | 24,9·mkr | samma utfall på båda ställena; 23,9·mkr står i data/2024-12/testnamnden/ovrigt.xlsx, cell B2 | rätta den ena cellen, eller töm den
workbooks/for-manga-rader.xlsx | blad Mätetal, cell A2001 |  | högst 2 000 rader och 40 kolumner | ta bort det som står utanför tabellen
workbooks/cell-langt-bort.xlsx | blad Mätetal, cell XFD1048576 |  | högst 2 000 rader och 40 kolumner | ta bort det som står utanför tabellen
workbooks/overstruket-tal.xlsx | blad Mätetal, cell E4 | 450 | en cell utan överstruken text | ta bort överstrykningen, eller det som är överstruket
workbooks/overstruket-tecken.xlsx | blad Mätetal, cell E4 | 450 480 | en cell utan överstruken text | ta bort överstrykningen, eller det som är överstruket
workbooks/overstruken-rad.xlsx | blad Mätetal, cell A6:E6 | olyckor, 3 | celler utan överstruken text | ta bort överstrykningen, eller det som är överstruket
workbooks/talet-doljs-av-formatet.xlsx | blad Mätetal, cell E6 |  | en cell som visar det som står i den; den här visar ingenting | ändra cellens format så att det syns, eller töm cellen
workbooks/formatet-visar-ord-i-stallet.xlsx | blad Mätetal, cell E6 |  | en cell som visar det som står i den; den här visar «ej mätt» | ändra cellens format så att det syns, eller töm cellen
workbooks/anmarkning-om-sekretess.xlsx | blad Mätetal, cell J6 | Sekretess för en del av åren | ingen anmärkning om att talet bredvid kanske inte får visas | skriv skyddad uppgift i stället för talet; får det visas, flytta texten till kolumnen kommentar
workbooks/nolla-som-formatet-inte-visar.xlsx | blad Mätetal, cell E6 | 0 | en cell som visar det som står i den; den här visar ingenting | ändra cellens format så att det syns, eller töm cellen
workbooks/dag-i-formatet.xlsx | blad Mätetal, cell E5 | 1900-01-14 | ett tal i dagar, eller orsaken till att utfall saknas (‹orsaker›); cellens format visar talet som ett datum | formatera cellen som tal; skriv 14, om det är talet
workbooks/talet-i-anmarkningen.xlsx | blad Mätetal, cell J6 | 3 | orsaken till att utfall saknas: ‹orsaker› | flytta talet till cellen för utfallet
workbooks/nast-intill-tio.xlsx | blad Mätetal, cell E6 | 0-10 | ett antal, eller orsaken till att utfall saknas (‹orsaker›) | skriv skyddad uppgift, om talet inte får visas; annars talet, eller orsaken, ensamt i cellen
workbooks/tusen-i-formatet.xlsx | blad Mätetal, cell E6 | 3 | ett antal | räkna om talet till antal, och ta bort «tusen» ur cellens format
workbooks/euro-i-formatet.xlsx | blad Mätetal, cell E4 | 480 | ett tal i tkr | räkna om talet till tkr, och ta bort «€» ur cellens format
workbooks/sekretess-i-formatet.xlsx | blad Mätetal, cell E6 |  | en cell som visar det som står i den; den här visar «(sekretess)» | skriv skyddad uppgift i stället för talet, om det inte får visas
workbooks/nollor-i-formatet.xlsx | blad Mätetal, cell E4 | 5 | ett tal som visas som det är | ta bort formatet som visar ett annat tal, och skriv talet i enheten
workbooks/okant-ord-i-kolumnen-enhet.xlsx | blad Mätetal, cell C6 | tusental | antal, som i planen | räkna om talet, eller rätta mattenhet i planen
workbooks/milj-efter-talet.xlsx | blad Mätetal, cell E4 | 1,5 milj | ett tal i tkr, eller orsaken till att utfall saknas (‹orsaker›) | räkna om till tkr, och skriv bara talet; skriv resten i kolumnen kommentar
workbooks/promille-efter-talet.xlsx | blad Mätetal, cell E2 | 8 promille | ett tal i procent, eller orsaken till att utfall saknas (‹orsaker›) | räkna om till procent, och skriv bara talet; skriv resten i kolumnen kommentar
workbooks/formatet-visar-farre-an-fem.xlsx | blad Mätetal, cell E6 |  | en cell som visar det som står i den; den här visar «<5» | skriv skyddad uppgift i stället för talet, om det inte får visas
workbooks/formatet-visar-tva-punkter.xlsx | blad Mätetal, cell E6 |  | en cell som visar det som står i den; den här visar «..» | skriv skyddad uppgift i stället för talet, om det inte får visas
workbooks/overstruket-tal-med-sekretess.xlsx | blad Mätetal, cell E6 |  | en cell utan överstruken text | ta bort överstrykningen, eller det som är överstruket
workbooks/overstruket-tal-med-sekretess.xlsx | blad Mätetal, cell J6 | Sekretess | antingen ett tal, eller orsaken till att det saknas | töm den cell som inte gäller
workbooks/noll-som-inte-visas.xlsx | blad Mätetal, cell E6 | 0 | en cell som visar det som står i den; den här visar ingenting | ändra cellens format så att det syns, eller töm cellen
workbooks/bladet-visar-inte-nollor.xlsx | blad Mätetal, cell E6 | 0 | en cell som visar det som står i den; den här visar ingenting | låt bladet visa nollor (Arkiv > Alternativ > Avancerat), eller töm cellen
workbooks/annan-enhet-i-formatet.xlsx | blad Mätetal, cell E4 | 0,48 | ett tal i tkr | cellen visar mkr: räkna om talet, eller ändra formatet
workbooks/annan-enhet-som-valuta.xlsx | blad Mätetal, cell E4 | 0,48 | ett tal i tkr | cellen visar mkr: räkna om talet, eller ändra formatet
workbooks/annan-enhet-under-noll.xlsx | blad Mätetal, cell E4 | -0,48 | ett tal i tkr | cellen visar mkr: räkna om talet, eller ändra formatet
workbooks/decimalkomma-i-formatet.xlsx | blad Mätetal, cell E5 | 25 | ett tal som visas som det är | ta bort formatet som visar ett annat tal, och skriv talet i enheten
workbooks/tid-i-stallet-for-tal.xlsx | blad Mätetal, cell E5 | 36:00 | ett tal i dagar; cellen visar en tid | skriv talet, och formatera cellen som tal
workbooks/gammalt-format.xls |  |  | en Excel-arbetsbok (.xlsx) | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/gammalt-format-med-nytt-namn.xlsx |  |  | en Excel-arbetsbok (.xlsx); filen är i ett gammalt format (.xls) | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/losenord.xlsx |  |  | en arbetsbok utan lösenord | öppna filen i Excel, välj Arkiv > Info > Skydda arbetsbok, ta bort lösenordet och spara
workbooks/avbruten.xlsx |  |  | en hel Excelfil; den här är skadad eller avbruten | öppna filen i Excel, spara den på nytt och lämna den igen; går den inte att öppna, be om den på nytt
workbooks/tom.xlsx |  |  | en Excel-arbetsbok (.xlsx); filen är tom | be om filen på nytt
workbooks/webbsida.xlsx |  |  | en Excel-arbetsbok (.xlsx); filen innehåller något annat | kontrollera att det är rätt fil, och öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/word-dokument.xlsx |  |  | en Excel-arbetsbok (.xlsx); filen innehåller något annat | kontrollera att det är rätt fil, och öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/libreoffice.ods |  |  | en Excel-arbetsbok (.xlsx) | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/libreoffice-med-nytt-namn.xlsx |  |  | en Excel-arbetsbok (.xlsx); filen innehåller något annat | kontrollera att det är rätt fil, och öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/makron.xlsm |  |  | en Excel-arbetsbok (.xlsx) | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/makron-med-nytt-namn.xlsx |  | makron | en arbetsbok utan makron | spara som Excel-arbetsbok (.xlsx) utan makron
workbooks/lankar-till-andra-filer.xlsx |  | länkar till andra filer | en arbetsbok utan länkar till andra filer | öppna filen i Excel, välj Data > Redigera länkar > Bryt länk, och spara
workbooks/kommatecken.csv | rad 1 | id,mätetal,enhet,målvärde,utfall,kvinnor,män,antal svar | semikolon mellan kolumnerna | öppna filen i Excel med Data > Från text/CSV, och spara som Excel-arbetsbok (.xlsx)
workbooks/tabbar.csv | rad 1 | id mätetal enhet målvärde utfall kvinnor män antal svar | semikolon mellan kolumnerna | öppna filen i Excel med Data > Från text/CSV, och spara som Excel-arbetsbok (.xlsx)
workbooks/utf-8-last-som-windows.csv | blad utf-8-last-som-windows, cell B1 | mÃ¤tetal | läsbara tecken; här har troligen stått «mätetal»; 7 celler till är fel på samma sätt | öppna det som filen kommer från i Excel med Data > Från text/CSV, välj den kodning som visar å, ä och ö rätt (som regel UTF-8), och spara som Excel-arbetsbok (.xlsx)
workbooks/bild.csv |  |  | text, med semikolon mellan kolumnerna | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/citattecken-som-inte-stangs.csv |  |  | en csv-fil med lika många citattecken före som efter varje text | öppna filen i Excel och spara som Excel-arbetsbok (.xlsx)
workbooks/texter.md.txt |  | texter.md.txt | texter.md, om det är nämndens texter | byt namn på filen till texter.md
workbooks/texter.docx |  | texter.docx | texter.md, om det är nämndens texter | spara texten som oformaterad text i UTF-8, med namnet texter.md
texter/okant-mal.md | rad 7 | servise | id för ett nämndsmål i planen, eller för ett kapitel: ‹kapitel› | rätta id:t efter ##. Menade du «service»?
texter/malets-namn-i-stallet-for-id.md | rad 7 | God service | id för ett nämndsmål i planen, eller för ett kapitel: ‹kapitel› | rätta id:t efter ##. Menade du «service»?
texter/okant-falt.md | rad 11 | motivering: Bemötandet väger tyngst. | ett av fälten bedömning, trend, prognos, motiv, följt av kolon | skriv löpande text under ### Kommentar. Menade du «motiv»?
texter/lopande-text-bland-falten.md | rad 11 | Bemötandet väger tyngst. | ett av fälten bedömning, trend, prognos, motiv, följt av kolon | skriv löpande text under ### Kommentar.
texter/bedomning-utanfor-skalan.md | rad 9 | Nästan uppfyllt | bedömning är en av Ej uppfyllt, Delvis uppfyllt, I hög grad uppfyllt, Helt uppfyllt | rätta ordet. Menade du «Helt uppfyllt»?
texter/trenden-felstavad.md | rad 10 | oförändrat | trend är en av förbättrad, oförändrad, försämrad | rätta ordet. Menade du «oförändrad»?
texter/prognos-vid-arets-slut.md | rad 11 | osäkert | ingen prognos vid årets slut | ta bort raden
texter/faltet-tva-ganger.md | rad 11 | trend: förbättrad | fältet trend en gång | ta bort den ena raden
texter/rubriken-tva-ganger.md | rad 26 | framtid | varje id en gång | slå ihop texterna
texter/text-fore-rubrikerna.md | rad 1 | Skrivet av Lena. | text under ## och ett id | flytta texten till det mål den handlar om
texter/okand-del.md | rad 13 | Komentar | en av rubrikerna Kommentar, Orsaker, Framgångsfaktorer, Utmaningar, Åtgärder | rätta rubriken. Menade du «Kommentar»?
texter/nummertecken-utan-mellanslag.md | rad 22 | ##framtid | ett mellanslag efter nummertecknen | skriv till exempel ## framtid
texter/utf-8-last-som-windows.md | rad 15 | pÃ¥ | läsbara tecken; här har troligen stått «på» | rätta texten, eller hämta den på nytt ur det som den kommer från
texter/latin-1.md | rad 1 |  | text i UTF-8 | spara om filen med kodningen UTF-8
planer/nyckeln-tva-ganger.yml | rad 24 | malvarde: högst 600 | varje nyckel en gång | ta bort den ena raden med samma nyckel
planer/tabb-som-indrag.yml | rad 23 | malvarde: högst 500 | giltig YAML | kontrollera indrag, kolon och citattecken på raden och den före
planer/kolon-i-texten.yml | rad 2 | plan: Plan: 2024 | giltig YAML | kontrollera indrag, kolon och citattecken på raden och den före
planer/okand-nyckel.yml | rad 23 | malvärde | en av nycklarna id, namn, kort, mattenhet, malvarde, lases, battre, ackumulerad, kon, decimaler, datakalla, definition, verksamhetsomrade, efterslapning_ar, enkat, matt, mats | rätta eller ta bort nyckeln. Menade du «malvarde»?
planer/olasligt-malvarde.yml | rad 23 | ungefär som i fjol | ett tal, till exempel «minst 82 %», i stället för det som målvärdet jämförs med, som inte finns i planen | skriv om målvärdet, eller låt det stå och lägg till lases: minst … tkr eller högst … tkr. Förstår inte «ungefär som i fjol»
planer/malvarde-som-bart-decimaltal.yml | rad 41 | 25.5 | målvärdet inom citattecken, så att decimaler och tusental läses som de skrivs | rätta raden
planer/malvarde-utan-riktning.yml | rad 41 | 25 mkr | ett målvärde och battre som säger en riktning | skriv «minst» eller «högst», eller ange battre: talet säger ingen riktning
planer/malvarde-i-annan-enhet.yml | rad 41 | högst 900 dagar | ett målvärde i mkr, som är mätetalets mattenhet | rätta malvarde eller mattenhet, eller låt det stå och lägg till lases: högst … mkr
planer/malvarde-saknar-riktning.yml | rad 38 | budget | battre, eftersom inget målvärde säger riktningen | lägg till battre: högre, lägre eller oförändrad
planer/okand-mattenhet.yml | rad 40 | prosent | en av mattenheterna ‹enheter›, vårdtillfällen, trygghetsskalan, en skala a–b eller andel av något | rätta ordet, eller lägg till enheten under enheter i kommun.yml. Menade du «procent»?
planer/felstavad-egen-enhet.yml | rad 40 | vårdtilfällen | en av mattenheterna ‹enheter›, vårdtillfällen, trygghetsskalan, en skala a–b eller andel av något | rätta ordet, eller lägg till enheten under enheter i kommun.yml. Menade du «vårdtillfällen»?
planer/enhet-i-annan-storlek.yml | rad 40 | per 50 000 invånare | en av mattenheterna ‹enheter›, vårdtillfällen, trygghetsskalan, en skala a–b eller andel av något | rätta ordet, eller lägg till enheten under enheter i kommun.yml.
planer/enhet-som-bara-skiljer-i-tusental.yml | rad 40 | tkr per elev | en av mattenheterna ‹enheter›, vårdtillfällen, trygghetsskalan, en skala a–b eller andel av något | rätta ordet, eller lägg till enheten under enheter i kommun.yml.
planer/malvarde-i-kommunens-egen-enhet.yml | rad 41 | högst 25 vårdtillfällen | ett målvärde i mkr, som är mätetalets mattenhet | rätta malvarde eller mattenhet, eller låt det stå och lägg till lases: högst … mkr
planer/malvarde-utanfor-skalan.yml | → utfall.xlsx blad Mätetal, cell B7 | 21,5 | ett tal mellan 1 och 7 (trygghetsskalan) | rätta talet; ett tal utanför skalan finns inte
planer/malvarde-utanfor-skalan.yml | → ovrigt.xlsx blad Mätetal, cell B2 | 23,9 | ett tal mellan 1 och 7 (trygghetsskalan) | rätta talet; ett tal utanför skalan finns inte
planer/malvarde-utanfor-skalan.yml | rad 41 | minst 8 | ett tal mellan 1 och 7 (trygghetsskalan) | rätta målvärdet, eller skalan i mattenhet
planer/samma-id-tva-ganger.yml | rad 34 | samtal | ett id som inte redan står på rad 14 | ge det ena ett eget id
planer/id-med-prickar.yml | rad 30 | väntetid | id: små bokstäver a–z, siffror och bindestreck | rätta värdet. Menade du «vantetid»?
planer/ackumulerad-kanske.yml | rad 19 | kanske | ja eller nej | rätta raden
planer/kon-som-inte-finns.yml | rad 18 | man | kon: kvinnor, män, flickor, pojkar eller par | skriv ett av orden. Menade du «män»?
planer/mats-utan-ar.yml | rad 41 | vartannat år | ett år då mätetalet mäts, till exempel «vartannat år från 2024» | rätta raden
planer/mats-ibland.yml | rad 41 | ibland | när mätetalet mäts, till exempel «vartannat år från 2024», «vart tredje år, senast 2023» eller «i december» | rätta raden
planer/alias.yml | rad 35 | namn: *v | värdet utskrivet på sin plats | skriv ut det som * pekar på
planer/inte-utf-8.yml | rad 10 |  | text i UTF-8 | spara om filen med kodningen UTF-8
planer/okand-namnd.yml | rad 1 | testnamden | en nämnd i kommun.yml | rätta id:t. Menade du «testnamnden»?
planer/okant-overgripande-mal.yml | rad 7 | trygga | ett övergripande mål i kommun.yml | rätta id:t. Menade du «trygg»?
planer/tecken-som-har-gatt-forlorade.yml | rad 31 | V\ufffdntetid | läsbara tecken | rätta raden, eller hämta den på nytt ur det som den kommer från
planer/tom.yml |  |  | nycklar och värden | fyll i filen efter handboken
kommun/skala-utan-granser.yml | rad 8 | fyra-steg | minst ett steg med fran eller over, som en andel 0–1 | ange från vilken andel stegen föreslås
kommun/skala-i-fel-ordning.yml | rad 12 | 1.5 | en andel mellan 0 och 1 | skriv 0.5 för hälften
kommun/samma-form.yml | rad 13 | cirkel | en egen form för varje steg; I hög grad uppfyllt har redan cirkel | ge steget en annan form, så att det inte skiljs ut bara genom färgen
kommun/namnd-utan-namn.yml | rad 3 |  | nyckeln namn | lägg till namn
kommun/antal-med-andar.yml | rad 15 | 7 | ingen nyckel till för en enhet av slaget antal | ta bort nyckeln, eller ändra slag
kommun/enhet-av-okant-slag.yml | rad 15 | anttal | slag: andel, antal, mängd, tid, kvot eller skala | skriv ett av orden. Menade du «antal»?
kommun/enhet-som-ar-ett-ord-i-malvarden.yml | rad 15 | eller mer | ord eller tecken som kan stå efter ett tal, i en cell och i ett målvärde, som «3 vårdtillfällen» | skriv på ett annat sätt
kommun/enhet-som-ar-ett-ord-i-malvarden.yml | rad 15 | senast | ord eller tecken som kan stå efter ett tal, i en cell och i ett målvärde, som «3 vårdtillfällen» | skriv på ett annat sätt
kommun/enhet-som-borjar-med-ett-tal.yml | rad 15 | 10-tal | ord eller tecken som kan stå efter ett tal, i en cell och i ett målvärde, som «3 vårdtillfällen» | skriv på ett annat sätt
kommun/enhet-som-redan-finns.yml | rad 15 | vecka | ett sätt att skriva som ingen annan enhet har; så skrivs redan veckor | skriv på ett annat sätt, eller använd den enheten
kommun/enhet-utan-slag.yml | rad 15 |  | nyckeln slag | lägg till slag
kommun/skala-med-andarna-bytta.yml | rad 16 | trygghetsskalan | både fran och till, med det lägre talet i fran | rätta skalans ändar
kommun/tva-enheter-skrivs-lika.yml | rad 16 | VTF | ett sätt att skriva som ingen annan enhet har; så skrivs redan vårdtillfällen | skriv på ett annat sätt, eller använd den enheten
period/fel-period.yml | rad 1 | 2024-08 | perioden 2024-12, som i filens namn | rätta period eller filnamn
period/okand-namnd.yml | rad 3 | testnamden | en nämnd i kommun.yml | rätta id:t. Menade du «testnamnden»?
period/trend-mot-framtiden.yml | rad 4 | 2025-08 | en period före 2024-12 | rätta perioden
period/manad-som-ingen-rapporterar.yml | rad 4 | 2023-11 | en rapporteringsperiod, till exempel 2024-12 | rätta perioden; uppföljning görs per april (04), augusti (08) och december (12)
period/arbetsbok-som-inte-kommit.yml | → utfall-ifo.xlsx |  | arbetsboken, som params/2024-12.yml räknar upp | lägg filen i mappen, eller ta bort den ur arbetsbocker
period/arbetsbok-med-sokvag.yml | rad 3 | G:/utfall.xlsx | namnet på en arbetsbok, till exempel utfall-hsv.xlsx | skriv bara filens namn
blad/felstavad-egen-enhet.yml | rad 5 | vårdtilfällen | text, dag, belopp, en mattenhet, eller en lista med ord att välja mellan | rätta ordet, eller lägg till enheten under enheter i kommun.yml. Menade du «vårdtillfällen»?
blad/okant-innehall.yml | rad 5 | siffror | text, dag, belopp, en mattenhet, eller en lista med ord att välja mellan | rätta ordet, eller lägg till enheten under enheter i kommun.yml.
blad/kolumnen-tva-ganger.yml | rad 3 |  | varje kolumn en gång; slag står två gånger | rätta raden
blad/namn-som-ar-upptaget.yml | rad 2 | Personal | blad som inget annat blad har | välj ett annat
blad/inga-kolumner.yml | rad 3 |  | kolumner: minst 1 | rätta värdet
godkanda/utan-motiv.yml | rad 3 |  | ett motiv | skriv varför det stämmer, eller ta bort raden
godkanda/utan-kod.yml | rad 2 |  | nyckeln kod | lägg till kod
"""  # noqa: E501

# fil | plats | där står | iakttagelse
ATT_KONTROLLERA = """
workbooks/planen-har-andrats.xlsx |  |  | Planen har ändrats sedan arbetsboken gjordes. Kontrollera att enheter och målvärden är de som gäller.
workbooks/delarna-ar-inte-helheten.xlsx | blad Mätetal, cell E3 | 312 | Delarna är tillsammans 262.
workbooks/andel-over-hundra.xlsx | blad Mätetal, cell E2 | 108·% | En andel är mellan 0 och 100 %.
workbooks/negativt-antal.xlsx | blad Mätetal, cell E6 | −3 | Talet kan inte vara mindre än 0.
workbooks/decimaler-i-ett-antal.xlsx | blad Mätetal, cell E6 | 3,5 | Ett antal är ett helt tal, om planen inte anger decimaler.
workbooks/tio-ganger-sa-mycket.xlsx | blad Mätetal, cell E3 | 3·120 | Ungefär 10 gånger så mycket som i december 2023 (300).
workbooks/tusen-ganger-sa-mycket.xlsx | blad Mätetal, cell E4 | 480·000·tkr | Ungefär 1·021 gånger så mycket som i december 2023 (470·tkr). Är enheten rätt, kr eller tkr?
workbooks/tusen-ganger-sa-lite.xlsx | blad Mätetal, cell E4 | 0,48·tkr | I december 2023 (470·tkr) var det ungefär 979 gånger så mycket. Är enheten rätt, mkr eller tkr?
workbooks/samma-som-i-fjol.xlsx | blad Mätetal, cell E4 | 470·tkr | Samma utfall som i december 2023. Är det nya siffror?
workbooks/matt-for-lange-sedan.xlsx | blad Mätetal, cell E4 | 480·tkr | Mätt till och med 2023-06-30, mer än ett år före perioden.
workbooks/extra-kolumn.xlsx | blad Mätetal, cell L1 | ansvarig | Kolumnen läses inte.
workbooks/eget-blad.xlsx | blad Mina anteckningar |  | Bladet läses inte.
workbooks/fotnot-i-kolumn-a.xlsx | blad Mätetal, cell A9 | Källa: verksamhetssystemet | Raden läses inte.
workbooks/dolt-blad.xlsx | blad Mätetal |  | Bladet är dolt men läses.
workbooks/dolda-rader.xlsx | blad Mätetal | raderna 3 och 5 | Raderna är dolda men läses.
workbooks/dold-kolumn.xlsx | blad Mätetal | utfall | Kolumnen är dold men läses.
workbooks/kommentar-vid-cellen.xlsx | blad Mätetal, cell E4 | Preliminärt, säger Lena | Kommentaren vid cellen kommer inte med i rapporten.
workbooks/ord-i-formatet.xlsx | blad Mätetal, cell E6 | 3 | Cellens format lägger till «(prel.)», som inte kommer med i rapporten.
workbooks/ord-i-tva-format.xlsx | blad Mätetal | cellerna E4 och E6 | Cellens format lägger till «ca», som inte kommer med i rapporten.
workbooks/kronor-i-formatet.xlsx | blad Mätetal, cell E4 | 480 | Cellen visar kr, men talet läses i tkr.
workbooks/minus-som-inte-visas.xlsx | blad Mätetal, cell E4 | -480 | Cellens format visar inte att talet är mindre än 0.
workbooks/minus-som-inte-visas.xlsx | blad Mätetal, cell E4 | −480·tkr | Talet är mindre än 0, men var 470·tkr i december 2023.
workbooks/text-i-cellens-farg.xlsx | blad Mätetal, cell E6 | 3 | Texten har cellens färg och syns inte, men läses.
workbooks/kolumn-utan-bredd.xlsx | blad Mätetal | utfall | Kolumnen är dold men läses.
workbooks/smal-kolumn.xlsx | blad Mätetal | kvinnor och män | Kolumnerna är dolda men läses.
workbooks/rad-utan-hojd.xlsx | blad Mätetal | rad 3 | Raden är dold men läses.
workbooks/textruta.xlsx | blad Mätetal | Preliminära siffror, får inte publiceras | Textrutan på bladet kommer inte med i rapporten.
workbooks/textruta-pa-forsta-bladet.xlsx | blad Om leveransen | UTKAST | Textrutan på bladet kommer inte med i rapporten.
workbooks/sidhuvud.xlsx | blad Mätetal | Ej avstämt med IT & ekonomi | Sidfoten kommer inte med i rapporten.
workbooks/sidhuvud.xlsx | blad Mätetal | UTKAST | Sidhuvudet kommer inte med i rapporten.
workbooks/kommentar-ur-en-trad.xlsx | blad Mätetal, cell E4 | Gäller bara halva året | Kommentaren vid cellen kommer inte med i rapporten.
workbooks/kommentarer-i-trad.xlsx | blad Mätetal, cell E4 | Gäller bara halva året | Kommentaren vid cellen kommer inte med i rapporten.
workbooks/kommentarer-i-trad.xlsx | blad Mätetal, cell E4 | Vilken halva? | Kommentaren vid cellen kommer inte med i rapporten.
workbooks/rad-i-om-leveransen.xlsx | blad Om leveransen, cell A4 | telefon | Raden läses inte.
workbooks/skyddad-del-som-gar-att-rakna-ut.xlsx | blad Mätetal, cell G3 | Skyddad uppgift | Det skyddade talet kan räknas ut av de andra.
workbooks/skyddad-del-med-andra-ord.xlsx | blad Mätetal, cell G3 | Redovisas inte p.g.a. sekretess | Det skyddade talet kan räknas ut av de andra.
workbooks/skyddad-helhet-som-gar-att-rakna-ut.xlsx | blad Mätetal, cell E3 | För få personer | Det skyddade talet kan räknas ut av de andra.
workbooks/del-med-tva-punkter.xlsx | blad Mätetal, cell G3 | .. | Talet, som inte redovisas, kan räknas ut av de andra.
planer/matt-ett-ar-da-det-inte-mats.yml | → ovrigt.xlsx blad Mätetal, cell B2 | 23,9·mkr | Enligt planen: mäts vartannat år, nästa gång 2025. Är talet nytt?
workbooks/excel-gjorde-1-4-till-ett-datum.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/delar-utan-helhet.xlsx | blad Mätetal, cell F3 | 200 | Delarna är lämnade men inte helheten.
workbooks/kostnad-under-noll.xlsx | blad Mätetal, cell E4 | −480·tkr | Talet är mindre än 0, men var 470·tkr i december 2023.
workbooks/anmarkning-om-att-inget-ar-matt.xlsx | blad Mätetal, cell E4 | 480·tkr | I anmärkningen står «Mätningen är inte klar». Är talet mätt?
workbooks/avvikelse-med-fel-tecken.xlsx | blad Drift, cell D2 | +2,5·mkr | Utfall och budget ger −2,5·mkr. En avvikelse har plus när den är bättre för nämnden, och annars minus.
workbooks/drift-tio-ganger-sa-mycket.xlsx | blad Drift, cell B2 | 12·mkr | Ungefär 10 gånger så mycket som föregående år (1,2·mkr).
workbooks/anteckningar.docx |  |  | Filen läses inte.
workbooks/utfall-utf-8.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utfall-utf-8-med-bom.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utfall-windows-1252.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utfall-utf-16.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utf-8-last-som-windows.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utfall-fran-en-mac.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
workbooks/utfall-radslut-som-i-unix.csv |  |  | Filen säger inte vem den gäller. Den läses som testnamnden december 2024, efter mappen.
"""  # noqa: E501

# Files that look odd and give the values of the clean one. fil | var andelen nöjda står | var antalet samtal står
UDDA = """
workbooks/tecken-som-inte-syns.xlsx | Mätetal E2 | Mätetal E3
workbooks/radbrytning-i-rubriken.xlsx | Mätetal E2 | Mätetal E3
workbooks/utfall-fran-en-mac.csv | utfall-fran-en-mac E2 | utfall-fran-en-mac E3
texter/fran-en-mac.md | Mätetal E2 | Mätetal E3
planer/fran-en-mac.yml | Mätetal E2 | Mätetal E3
workbooks/UTFALL.XLSX | Mätetal E2 | Mätetal E3
workbooks/Kopia av utfall (2).xlsx | Mätetal E2 | Mätetal E3
workbooks/blad-i-annan-ordning.xlsx | Mätetal E2 | Mätetal E3
workbooks/omdopta-blad.xlsx | Utfall 2024 E2 | Utfall 2024 E3
workbooks/bladnamn-utan-prickar.xlsx | Matetal E2 | Matetal E3
workbooks/bladet-kopierat.xlsx | Mätetal (2) E2 | Mätetal (2) E3
workbooks/rader-i-annan-ordning.xlsx | Mätetal E6 | Mätetal E5
workbooks/tomma-rader-emellan.xlsx | Mätetal E3 | Mätetal E6
workbooks/kolumner-i-annan-ordning.xlsx | Mätetal A2 | Mätetal A3
workbooks/bara-id-och-utfall.xlsx | Mätetal B2 | Mätetal B3
workbooks/kolumn-med-fjolarets-tal.xlsx | Mätetal E2 | Mätetal E3
workbooks/rubriker-med-mellanslag.xlsx | Mätetal E2 | Mätetal E3
workbooks/titel-ovanfor-rubrikerna.xlsx | Mätetal E4 | Mätetal E5
workbooks/sammanslagen-titel.xlsx | Mätetal E4 | Mätetal E5
workbooks/tal-som-text.xlsx | Mätetal E2 | Mätetal E3
workbooks/tal-med-punkt-som-text.xlsx | Mätetal E2 | Mätetal E3
workbooks/andel-som-tal.xlsx | Mätetal E2 | Mätetal E3
workbooks/procenttecken-inom-citattecken.xlsx | Mätetal E2 | Mätetal E3
workbooks/dag-som-dag.xlsx | Mätetal E2 | Mätetal E3
workbooks/dag-som-serienummer.xlsx | Mätetal E2 | Mätetal E3
workbooks/dag-i-ord.xlsx | Mätetal E2 | Mätetal E3
workbooks/dagar-fran-1904.xlsx | Mätetal E2 | Mätetal E3
workbooks/formler-med-varden.xlsx | Mätetal E2 | Mätetal E3
workbooks/namndens-namn-i-stallet-for-id.xlsx | Mätetal E2 | Mätetal E3
workbooks/period-i-ord.xlsx | Mätetal E2 | Mätetal E3
workbooks/period-som-excel-gor-en-dag-av.xlsx | Mätetal E2 | Mätetal E3
workbooks/dag-som-manad.xlsx | Mätetal E2 | Mätetal E3
workbooks/drift-i-mnkr.xlsx | Mätetal E2 | Mätetal E3
workbooks/drift-rad-med-bara-kommentar.xlsx | Mätetal E2 | Mätetal E3
workbooks/texter-i-cellerna.xlsx | Mätetal E2 | Mätetal E3
workbooks/tomma-formaterade-rader.xlsx | Mätetal E2 | Mätetal E3
workbooks/tomma-ark.xlsx | Mätetal E2 | Mätetal E3
workbooks/namnrymd-med-prefix.xlsx | Mätetal E2 | Mätetal E3
workbooks/utskriftsomrade-som-inte-finns.xlsx | Mätetal E2 | Mätetal E3
workbooks/filter-som-ingen-forstar.xlsx | Mätetal E2 | Mätetal E3
workbooks/egenskaper-fran-sharepoint.xlsx | Mätetal E2 | Mätetal E3
workbooks/stor-bokstav-i-en-dels-namn.xlsx | Mätetal E2 | Mätetal E3
workbooks/omvanda-snedstreck-i-delarnas-namn.xlsx | Mätetal E2 | Mätetal E3
workbooks/packad-pa-en-mac.xlsx | Mätetal E2 | Mätetal E3
workbooks/sokvagar-fran-roten.xlsx | Mätetal E2 | Mätetal E3
workbooks/alla-slags-delar-raknas-upp.xlsx | Mätetal E2 | Mätetal E3
workbooks/tusentals-format.xlsx | Mätetal E2 | Mätetal E3
workbooks/utan-format.xlsx | Mätetal E2 | Mätetal E3
workbooks/utf-16.xlsx | Mätetal E2 | Mätetal E3
workbooks/strict-open-xml.xlsx | Mätetal E2 | Mätetal E3
workbooks/rader-och-celler-utan-plats.xlsx | Mätetal E2 | Mätetal E3
workbooks/celler-i-omvand-ordning.xlsx | Mätetal E2 | Mätetal E3
workbooks/uttal-i-texten.xlsx | Mätetal E2 | Mätetal E3
workbooks/dag-enligt-iso.xlsx | Mätetal E2 | Mätetal E3
workbooks/formel-som-ger-tom-text.xlsx | Mätetal E2 | Mätetal E3
workbooks/ratt-enhet-i-formatet.xlsx | Mätetal E2 | Mätetal E3
workbooks/sidnummer-i-sidfoten.xlsx | Mätetal E2 | Mätetal E3
workbooks/utfall-utf-8.csv | utfall-utf-8 E2 | utfall-utf-8 E3
workbooks/utfall-utf-8-med-bom.csv | utfall-utf-8-med-bom E2 | utfall-utf-8-med-bom E3
workbooks/utfall-windows-1252.csv | utfall-windows-1252 E2 | utfall-windows-1252 E3
workbooks/utfall-utf-16.csv | utfall-utf-16 E2 | utfall-utf-16 E3
workbooks/utfall-radslut-som-i-unix.csv | utfall-radslut-som-i-unix E2 | utfall-radslut-som-i-unix E3
workbooks/~$utfall.xlsx | Mätetal E2 | Mätetal E3
"""

FILES = sorted(path.relative_to(BROKEN).as_posix() for path in BROKEN.rglob("*") if path.is_file())


def short(text: str) -> str:
    for name, items in LONG.items():
        text = text.replace(items, name)
    return " ".join(text.replace(NBSP, "·").split()).replace("·", NBSP)


def place(fil: str, target: str, plats: str) -> str:
    return plats if fil == target else f"→ {fil.rsplit('/', 1)[1]} {plats}".strip()


def told(kontroll: PeriodCheck, target: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """(faults, notices) as rows of the tables, without the file's name."""
    return (
        [(place(f.fil, target, f.plats), *map(short, (f.stod, f.vantat, f.atgard))) for f in kontroll.faults],
        [(place(n.fil, target, n.plats), *map(short, (n.stod, n.iakttagelse))) for n in kontroll.notiser],
    )


def table(text: str) -> dict[str, list[tuple[str, ...]]]:
    """file → its rows, without its name."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for fil, *cells in rows(text):
        found.setdefault(fil, []).append(tuple(cells))
    return found


OURS = r"\b(planen till|i planen\.|mapp(?!a)\w*|handbok\w*|reporting|params|arbetsbocker|be om)\b|data/"
"""What a sender has no part in."""


def asks_senders_for_the_analysts(fil: str, kontroll: PeriodCheck) -> list[str]:
    """What the letters of a workbook's faults ask its sender for, though only the analyst can do it."""
    faults = [fault.as_sender_is_told() for fault in kontroll.faults if fil.startswith("workbooks/")]
    texts = [f"{fault.vantat} {fault.atgard}" for fault in faults if not fault.brev]
    return [text for text in texts if re.search(OURS, text) and not text.startswith("texter.md")]


@pytest.mark.parametrize("fil", [fil for fil in FILES if fil not in table(UDDA)])
def test_each_file_gives_its_messages_and_no_others(fil: str, tmp_path: Path) -> None:
    target = placed(fil, tmp_path)
    kontroll = inspect_period(find_root(tmp_path), PERIOD)
    faults, notices = told(kontroll, target)
    assert faults == table(FEL).get(fil, [])
    assert notices == table(ATT_KONTROLLERA).get(fil, [])
    assert faults or notices
    assert asks_senders_for_the_analysts(fil, kontroll) == []
    for message in (*kontroll.faults, *kontroll.notiser):
        assert "Traceback" not in str(message)


@pytest.mark.parametrize(
    "name",
    [
        "anmarkning-om-sekretess",
        "formatet-visar-farre-an-fem",
        "formatet-visar-tva-punkter",
        "overstruket-tal-med-sekretess",
        "sekretess-i-formatet",
        "talet-doljs-av-formatet",
    ],
)
def test_a_number_that_may_be_protected_is_told_nowhere(name: str, tmp_path: Path) -> None:
    placed(f"workbooks/{name}.xlsx", tmp_path)
    root = find_root(tmp_path)
    params, faults = read_params(root.params, PERIOD)
    assert params
    underlag, faults = read_underlag(root, params, faults, "testnamnden")
    assert underlag
    (utfall,) = [item for item in underlag.nu.utfall if item.matetal == "olyckor"]
    assert (utfall.varde, utfall.saknas, utfall.text) == (None, None, REFUSED_CELL)
    assert "3" not in [fault.stod for fault in faults]
    page = str(tracing(underlag))
    assert re.search(rf"Fallolyckor.*2024-12.*{REFUSED_CELL}.*E6", page, re.DOTALL)
    assert not re.search(r">3<", page)


def outcomes(folder: Path) -> list[Utfall]:
    root = find_root(folder)
    params, faults = read_params(root.params, PERIOD)
    assert params
    underlag, faults = read_underlag(root, params, faults, "testnamnden")
    assert underlag
    assert faults == []
    return list(underlag.nu.utfall)


def said(utfall: list[Utfall]) -> set[tuple[str, str, str]]:
    return {(u.matetal, u.kon, str(u.varde.normalize() if u.varde else u.saknas)) for u in utfall}


@pytest.mark.parametrize(("fil", "nojda", "samtal"), [row[:3] for row in rows(UDDA)])
def test_a_file_that_looks_odd_gives_its_right_values(fil: str, nojda: str, samtal: str, tmp_path: Path) -> None:
    target = placed(fil, tmp_path)
    faults, notices = told(inspect_period(find_root(tmp_path), PERIOD), target)
    assert (faults, notices) == ([], table(ATT_KONTROLLERA).get(fil, []))
    utfall = outcomes(tmp_path)
    shutil.copytree(CLEAN, tmp_path / "clean")
    assert said(utfall) == said(outcomes(tmp_path / "clean"))
    where = {u.matetal: f"{u.blad} {u.cell}" for u in utfall if not u.kon}
    assert (where["nojda"], where["samtal"]) == (nojda, samtal)


def test_the_clean_root_is_clean(tmp_path: Path) -> None:
    shutil.copytree(CLEAN, tmp_path, dirs_exist_ok=True)
    assert told(inspect_period(find_root(tmp_path), PERIOD), "") == ([], [])


def test_the_tables_tell_of_files_that_there_are() -> None:
    assert sorted({**table(FEL), **table(ATT_KONTROLLERA), **table(UDDA)}) == FILES


def test_the_files_are_what_their_script_makes() -> None:
    made = runpy.run_path(str(DATA / "make_broken.py"))["files"]()
    there = {
        path.relative_to(DATA).as_posix() for folder in (BROKEN, CLEAN) for path in folder.rglob("*") if path.is_file()
    }
    assert there == set(made)
    for name, make in made.items():
        assert (DATA / name).read_bytes() == make(), name

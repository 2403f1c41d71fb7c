"""The first sheet of a hand-out workbook, in words: what it is about, and how it is filled in."""

from reporting.handout.rows import TemplateSheet
from reporting.params.blad import ENHET, PENGAR
from reporting.params.deliverers import Del
from reporting.params.headings import KON_COLUMNS, KVALITATIVA, MATETAL, OM_ROWS
from reporting.params.kommun import Namnd
from reporting.periods import Period
from reporting.swedish import date_in_text, either, enumeration

GUIDE_HEADING = "Gör så här"
"""The line above the numbered ones."""


def heading(what: str, part: Del, namnd: Namnd, period: Period) -> str:
    """The title of a sheet: "Utfall per augusti 2025 – Äldreomsorg, Socialnämnden"."""
    return f"{what} per {period.name} – {f'{part.omrade.namn}, ' if part.omrade else ''}{namnd.namn}"


def about(part: Del, namnd: Namnd, period: Period) -> dict[str, str]:
    """The rows of Om leveransen, label → value; "" is for whoever fills it in."""
    known = (namnd.id, str(period), part.omrade.namn if part.omrade else namnd.namn, "", "")
    return dict(zip(OM_ROWS, known, strict=True))


def guide_steps(part: Del, period: Period, sheets: tuple[TemplateSheet, ...]) -> tuple[str, ...]:
    """How the workbook is filled in, in the order in which it is done: ten lines at the most, and only what this workbook needs."""
    names = [f"{sheet.name} ({sheet.size})" for sheet in sheets]
    asked = all(slot.asked for sheet in sheets for row in sheet.rows for slot in row)
    hatched = "" if asked else " De med streck i ska vara tomma."
    about_money = []
    if any(sheet.name not in (MATETAL, KVALITATIVA) and ENHET in sheet.headings for sheet in sheets):
        about_money.append(f"Skriv belopp utan enhet, och välj {either(PENGAR)} i kolumnen enhet på samma rad.")
    if any("avvikelse" in sheet.headings for sheet in sheets):
        of_year = "gäller hela året och " if period.is_delar else ""
        about_money.append(
            f"En avvikelse från budget {of_year}skrivs med plus när den är bättre för nämnden och med minus när den är sämre."
        )
    told = [
        "Skriv vem du är vid lämnad av, och dagens datum vid lämnad, här ovanför.",
        f"Fyll sedan i {'bladet' if len(names) == 1 else 'bladen'} {enumeration(names)}. Bladen väljs längst ned i fönstret.",
        f"Fyll i de ljusa cellerna med ram. De grå är klara och låsta.{hatched} När du står i en cell visas vad som ska "
        "stå där.",
        *_about_matetal(part, period, sheets),
        " ".join(about_money),
        "Skriv i kommentar det som siffran eller svaret inte säger: vad det beror på, vad som har fungerat, vad som har varit svårt och "
        "vad ni gör åt det. Det är det läsarna har mest nytta av."
        if any({"kommentar", "analys"} & {*sheet.headings} for sheet in sheets)
        else "",
        f"Spara som Excel-arbetsbok (.xlsx) med samma namn, {part.fil}, och skicka tillbaka filen till den som skickade den.",
    ]
    return tuple(line.strip() for line in told if line)


def _about_matetal(part: Del, period: Period, sheets: tuple[TemplateSheet, ...]) -> list[str]:
    matetal = next((sheet for sheet in sheets if sheet.name == MATETAL), None)
    if matetal is None:
        return []
    shares = any(item.mattenhet.kind == "andel" for item in part.matetal)
    parts = [kon for kon in KON_COLUMNS if kon in matetal.headings]
    also, survey = enumeration(parts), "antal svar" in matetal.headings
    return [
        "Skriv bara talet i utfall, i den enhet som står på raden: 58, inte cirka 58 och inte 55–60."
        + (" En andel skrivs 82 % eller 82. Är den under 1 procent behövs procenttecknet: 0,5 %." if shares else ""),
        (
            f"I utfall står hela talet, för alla tillsammans. Fyll också i {also}, där cellerna är ljusa. "
            if also
            else ""
        )
        + ("Kommer talet från en enkät skriver du i antal svar hur många som svarade." if survey else ""),
        "Saknas ett tal lämnar du utfall tomt och väljer orsaken ur listan i kolumnen anmärkning. Skriv aldrig 0 för något som inte är "
        "mätt. Är talet så litet att det pekar ut en person väljer du skyddad uppgift."
        + (f" Saknas bara talet för {either(parts)} skriver du orsaken där i stället." if parts else ""),
        f"Mätt till och med fylls i när talet avser en annan tid än till och med {date_in_text(period.last_day)}, till exempel en "
        "enkät i våras.",
    ]

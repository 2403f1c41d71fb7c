"""Make the files in broken/ and the clean root around them, broken-root/: the same bytes each time.

Each file is the clean one with a single thing done to it, and is named after that. What shall be said of it stands in
tests/reading/test_broken.py. Run it after a change: python tests/data/make_broken.py
"""

import datetime
import io
import re
import shutil
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

HERE = Path(__file__).parent
CREATED = datetime.datetime(2025, 1, 7)  # noqa: DTZ001 - a fixed stamp, so that the same content gives the same file
SAME_DAY = (1980, 1, 1, 0, 0, 0)

Sheets = dict[str, list[list[Any]]]
Maker = Callable[[], bytes]

# The clean root

KOMMUN = """\
kommun: Testkommun
namnder:
  - id: testnamnden
    namn: Testnämnden
overgripande_mal:
  - {id: trygg, namn: Trygg kommun}
skalor:
  fyra-steg:
    steg:
      - {id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}
      - {id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, over: 0}
      - {id: hog-grad, namn: I hög grad uppfyllt, form: trekvart, ton: gron, over: 0.5}
      - {id: helt, namn: Helt uppfyllt, form: cirkel, ton: morkgron, fran: 1}
enheter:
  - {namn: vårdtillfällen, en: vårdtillfälle, slag: antal, skrivs: [vtf]}
  - {namn: trygghetsskalan, slag: skala, fran: 1, till: 7}
"""
PERIOD = """\
period: 2024-12
namnder:
  testnamnden: {}
"""
PLAN = """\
namnd: testnamnden
plan: Verksamhetsplan 2024
galler: [2024]
namndsmal:
  - id: service
    namn: God service
    overgripande_mal: [trygg]
    matetal:
      - id: nojda
        namn: Andel som är nöjda med bemötandet
        mattenhet: procent
        malvarde: minst 90 %
        enkat: ja
      - id: samtal
        namn: Samtal som har besvarats
        mattenhet: antal
        malvarde: minst 300
        kon: [kvinnor, män]
        ackumulerad: ja
      - id: plats-kostnad
        namn: Kostnad per plats
        mattenhet: tkr
        malvarde: högst 500
    kvalitativa_matt:
      - id: dialog
        namn: Dialog har förts med brukarna
  - id: trygghet
    namn: Trygghet
    matetal:
      - id: vantetid
        namn: Väntetid
        mattenhet: dagar
        malvarde: högst 3
      - id: olyckor
        namn: Fallolyckor
        mattenhet: antal
        malvarde: högst 5
      - id: budget
        namn: Kostnad för hemtjänst
        mattenhet: mkr
        malvarde: högst 25
    kvalitativa_matt:
      - id: rutiner
        namn: Rutinerna är kända
uppdrag:
  - {id: nattbuss, namn: Utred en nattbuss}
  - {id: bad, namn: Utred ett bad}
"""
TEXTER = """\
# Texter: Testnämnden

## sammanfattning

Ett lugnt år.

## service

bedömning: Delvis uppfyllt
trend: oförändrad
motiv: Bemötandet väger tyngst.

### Kommentar

Fler har ringt.

## trygghet

bedömning: Helt uppfyllt
trend: förbättrad
"""
OM = [["nämnd", "testnamnden"], ["period", "2024-12"], ["lämnad av", "Lena Lind"]]
RUBRIKER = [
    "id", "mätetal", "enhet", "målvärde", "utfall", "kvinnor", "män", "antal svar", "mätt till och med", "anmärkning", "kommentar",
]  # fmt: skip
"""id stands in column A, utfall in E, kvinnor and män in F and G, antal svar in H, the day in I, anmärkning in J."""


@dataclass(frozen=True)
class Shown:
    """A number, or a day, with its format."""

    value: float | datetime.date
    number_format: str


@dataclass(frozen=True)
class Formel:
    """A formula and what it gave when it was last reckoned; "" where it never was."""

    text: str
    value: float | str = ""


def clean() -> Sheets:
    """The sheets of the clean utfall.xlsx."""
    return {
        "Om leveransen": [list(row) for row in OM],
        "Mätetal": [
            list(RUBRIKER),
            ["nojda", "Andel som är nöjda med bemötandet", "procent", "minst 90 %", Shown(0.82, "0%"), None, None, 212],
            ["samtal", "Samtal som har besvarats", "antal", "minst 300", 312, 200, 112],
            ["plats-kostnad", "Kostnad per plats", "tkr", "högst 500", 480],
            ["vantetid", "Väntetid", "dagar", "högst 3", 2.5],
            ["olyckor", "Fallolyckor", "antal", "högst 5", 3],
        ],
        "Kvalitativa mått": [["id", "mått", "svar", "kommentar"], ["dialog", "Dialog har förts", "Ja", "Två möten"]],
        "Uppdrag": [["id", "uppdrag", "status"], ["nattbuss", "Utred en nattbuss", "Klar"], ["bad", "Utred ett bad", "Pågående"]],
    }  # fmt: skip


OVRIGT: Sheets = {
    "Om leveransen": OM,
    "Mätetal": [["id", "utfall"], ["budget", 23.9]],
    "Kvalitativa mått": [["id", "svar"], ["rutiner", "Ja"]],
}
I_FJOL: Sheets = {
    "Om leveransen": [["nämnd", "testnamnden"], ["period", "2023-12"]],
    "Mätetal": [
        ["id", "utfall", "kvinnor", "män"],
        ["nojda", Shown(0.78, "0%")],
        ["samtal", 300, 190, 110],
        ["plats-kostnad", 470],
        ["vantetid", 4],
        ["olyckor", 6],
        ["budget", 21.5],
    ],
}

# Workbooks


def packed(
    sheets: Mapping[str, list[list[Any]]],
    stamp: Mapping[str, Any] | None = None,
    after: Callable[[Any], None] | None = None,
    **options: Any,
) -> bytes:
    """A workbook. stamp: its custom properties; after: what else is done to it, with xlsxwriter."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True, "strings_to_formulas": False, **options}) as book:
        book.set_properties({"created": CREATED})
        for name, value in (stamp or {}).items():
            book.set_custom_property(name, value)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    _write(book, sheet, (r, c), value)
        if after:
            after(book)
    return whole.getvalue()


def _write(book: Any, sheet: Any, place: tuple[int, int], value: Any) -> None:
    if isinstance(value, Shown):
        sheet.write(*place, value.value, book.add_format({"num_format": value.number_format}))
    elif isinstance(value, Formel):
        sheet.write_formula(*place, value.text, None, value.value)
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, str):
        sheet.write_string(*place, value)
    elif value is not None:
        sheet.write_number(*place, value)


def bok(
    put: Mapping[str, Any] | None = None,
    change: Callable[[Sheets], Sheets | None] | None = None,
    stamp: Mapping[str, Any] | None = None,
    after: Callable[[Any], None] | None = None,
    **options: Any,
) -> Maker:
    """A maker of the clean workbook with cells put in it: "E2" on Mätetal, or "Uppdrag!C2"; change: what is done to its sheets."""

    def make() -> bytes:
        sheets = clean()
        for place, value in (put or {}).items():
            name, _, ref = place.rpartition("!")
            r, c = xl_cell_to_rowcol(ref)
            rows = sheets[name or "Mätetal"]
            rows += [[] for _ in range(r + 1 - len(rows))]
            rows[r] += [None] * (c + 1 - len(rows[r]))
            rows[r][c] = value
        return packed((change(sheets) if change else None) or sheets, stamp, after, **options)

    return make


def edited(make: Maker, *edits: tuple[str, str, str], added: Mapping[str, str] | None = None) -> Maker:
    """The workbook with text replaced in its parts (how the part's name ends, old, new), and with parts added."""

    def change() -> bytes:
        with zipfile.ZipFile(io.BytesIO(make())) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        for end, old, new in edits:
            names = [name for name in parts if name.endswith(end)]
            assert any(old in parts[name] for name in names), (end, old)
            parts |= {name: parts[name].replace(old, new) for name in names}
        return zipped(parts | dict(added or {}))

    return change


def reshaped(make: Maker, change: Callable[[dict[str, str]], Mapping[str, str | bytes]]) -> Maker:
    """The workbook with its parts as another program writes them: name → text, put in by `change`."""

    def made() -> bytes:
        with zipfile.ZipFile(io.BytesIO(make())) as archive:
            return zipped(change({name: archive.read(name).decode() for name in archive.namelist()}))

    return made


def replaced(pattern: str, new: str, *ends: str) -> Callable[[dict[str, str]], dict[str, str]]:
    """A pattern replaced in the parts whose names end so."""
    return lambda parts: {
        name: re.sub(pattern, new, text) if name.endswith(ends) else text for name, text in parts.items()
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, all of the same day."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, SAME_DAY), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def blad(name: str, *rows: list[Any]) -> Callable[[Sheets], Sheets]:
    """One more sheet."""
    return lambda sheets: {**sheets, name: list(rows)}


def utan(name: str) -> Callable[[Sheets], Sheets]:
    """One sheet less."""
    return lambda sheets: {key: rows for key, rows in sheets.items() if key != name}


def omdopta(**names: str) -> Callable[[Sheets], Sheets]:
    """Sheets by other names, in the same order: the first letter of the old name = the new."""
    return lambda sheets: {names.get(key[0].lower(), key): rows for key, rows in sheets.items()}


def kolumner(order: str) -> Callable[[Sheets], Sheets]:
    """Mätetal with only these columns, in this order."""

    def change(sheets: Sheets) -> Sheets:
        places = [ord(letter) - ord("A") for letter in order]
        rows = [[row[place] if place < len(row) else None for place in places] for row in sheets["Mätetal"]]
        return {**sheets, "Mätetal": rows}

    return change


def rader(*order: int) -> Callable[[Sheets], Sheets]:
    """Mätetal with its rows in this order; 0 for an empty one."""
    return lambda sheets: {**sheets, "Mätetal": [sheets["Mätetal"][n - 1] if n else [] for n in order]}


def titel(sheets: Sheets) -> Sheets:
    """Two lines above the headings."""
    return {**sheets, "Mätetal": [["Utfall 2024, testnämnden"], ["Fyll i de vita fälten"], *sheets["Mätetal"]]}


def on_sheet(name: str, method: str, *arguments: Any) -> Callable[[Any], None]:
    """One call of xlsxwriter on a sheet."""
    return lambda book: getattr(book.get_worksheet_by_name(name), method)(*arguments)


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
"""How an old Excel file begins, and one with a password."""


def png() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def csv(encoding: str, separator: str = ";", end: str = "\r\n") -> Maker:
    """Mätetal as Excel in Sweden writes it as csv."""
    lines = [
        "id;mätetal;enhet;målvärde;utfall;kvinnor;män;antal svar",
        "nojda;Andel som är nöjda med bemötandet;procent;minst 90 %;82%;;;212",
        "samtal;Samtal som har besvarats;antal;minst 300;312;200;112;",
        'plats-kostnad;"Kostnad per plats; brutto";tkr;högst 500;480;;;',
        "vantetid;Väntetid;dagar;högst 3;2,5;;;",
        "olyckor;Fallolyckor;antal;högst 5;3;;;",
        ";;;;;;;",
    ]
    return lambda: (end.join(lines) + end).replace(";", separator).encode(encoding)


def text(whole: str, *changes: tuple[str, str], encoding: str = "utf-8") -> Maker:
    """A text with each of these replaced, once."""

    def make() -> bytes:
        changed = whole
        for old, new in changes:
            assert changed.count(old) == 1, old
            changed = changed.replace(old, new)
        return changed.encode(encoding)

    return make


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PREFIXED = [
    (f"sheet{n}.xml", old, new)
    for n in (1, 2, 3, 4)
    for old, new in (
        ("</", "</x:"), ("<worksheet", "<x:worksheet"), (f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'), ("<sheet", "<x:sheet"),
        ("<row", "<x:row"), ("<c ", "<x:c "), ("<v>", "<x:v>"), ("<dimension", "<x:dimension"), ("<page", "<x:page"),
    )
]  # fmt: skip
SHAREPOINT = {
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="ContentTypeId"><vt:lpwstr>0x01</vt:lpwstr></property>'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="Order"><vt:r8>inte ett tal</vt:r8></property>'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="4" name="Tagg"><vt:vector size="0" baseType="lpstr"/>'
    "</property></Properties>"
}
FILTER = (
    '<autoFilter ref="A1:K6"><filterColumn colId="0"><customFilters><customFilter val="~x"/></customFilters>'
    "</filterColumn></autoFilter>"
)


def dolda(book: Any) -> None:
    sheet = book.get_worksheet_by_name("Mätetal")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(4, None, None, {"hidden": True})


def langt_bort(book: Any) -> None:
    book.get_worksheet_by_name("Mätetal").write_string(1_048_575, 16_383, "hej")


def rad_2001(book: Any) -> None:
    book.get_worksheet_by_name("Mätetal").write_string(2_000, 0, "nojda")


def tomma_formaterade(book: Any) -> None:
    sheet, grey = book.get_worksheet_by_name("Mätetal"), book.add_format({"bg_color": "#DDDDDD"})
    for row in range(6, 500):
        for column in range(12):
            sheet.write_blank(row, column, None, grey)


def written(ref: str, value: Any, **look: Any) -> Callable[[Any], None]:
    """A cell of Mätetal written with a look."""
    return lambda book: book.get_worksheet_by_name("Mätetal").write(ref, value, book.add_format(look))


def delvis_struket(book: Any) -> None:
    struck = book.add_format({"font_strikeout": True})
    book.get_worksheet_by_name("Mätetal").write_rich_string("E4", struck, "450", " 480")


def overstruken_rad(book: Any) -> None:
    struck, sheet = book.add_format({"font_strikeout": True}), book.get_worksheet_by_name("Mätetal")
    for column, value in enumerate(clean()["Mätetal"][5]):
        sheet.write(5, column, value, struck)


def sidhuvud(book: Any) -> None:
    sheet = book.get_worksheet_by_name("Mätetal")
    sheet.set_header('&L&"Arial,Fet"&14&KFF0000UTKAST&R&P (&N)')
    sheet.set_footer("&CEj avstämt med IT && ekonomi&R&D")


def utan_format(parts: dict[str, str]) -> dict[str, str]:
    kept = {name: text for name, text in parts.items() if "styles" not in name}
    return replaced(r'<(Relationship|Override) [^>]*styles[^>]*>|(?<=") s="\d+"', "", ".rels", ".xml")(kept)


def strict(parts: dict[str, str]) -> dict[str, str]:
    return replaced(r"http://schemas\.openxmlformats\.org/(spreadsheetml/2006|officeDocument/2006)/(main|relationships)",
                    r"http://purl.oclc.org/ooxml/\1/\2", ".xml", ".rels")(parts)  # fmt: skip


def omvand(parts: dict[str, str]) -> dict[str, str]:
    """The rows of Mätetal, and the cells in each, from the last to the first."""
    name = "xl/worksheets/sheet2.xml"
    rows = re.findall(r"(<row [^>]*>)(.*?)</row>", parts[name])
    turned = "".join(
        head + "".join(reversed(re.findall(r"<c [^>]*/>|<c .*?</c>", cells))) + "</row>"
        for head, cells in reversed(rows)
    )
    return parts | {name: re.sub(r"<row .*</row>", turned.replace("\\", r"\\"), parts[name])}


BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TRAD = {
    "xl/worksheets/_rels/sheet2.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
    '<Relationship Id="r2" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
    'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author/></authors>'
    '<commentList><comment ref="E4" authorId="0"><text><t>[Trådad kommentar]\n\nDin '
    "version av Excel låter dig läsa den här kommentaren.\n\nKommentar:\n    Gäller bara halva året</t></text></comment>"
    "</commentList></comments>",
    "xl/threadedComments/threadedComment1.xml": '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="E4" id="{1}"><text>Gäller bara halva året</text></threadedComment>'
    '<threadedComment ref="E4" id="{2}" parentId="{1}"><text>Vilken halva?</text></threadedComment></ThreadedComments>',
}
"""A thread of two comments, and the comment that Excel puts beside it for older versions of itself."""


def day(text: str) -> Shown:
    """A day as Excel keeps it."""
    return Shown(datetime.date.fromisoformat(text), "yyyy-mm-dd")


FAULTY: dict[str, Maker] = {
    "andel-utan-procenttecken.xlsx": bok({"E2": 0.82}),
    "andel-utan-procenttecken-som-text.xlsx": bok({"E2": "0,82"}),
    "hundra-procent-som-1.xlsx": bok({"E2": 1}),
    "annan-enhet-i-cellen.xlsx": bok({"E4": "0,5 mkr"}),
    "egen-enhet-i-cellen.xlsx": bok({"E5": "3 vårdtillfällen"}),
    "egen-enhet-i-cellformatet.xlsx": bok({"E5": Shown(3, '0 "vtf"')}),
    "egen-enhet-i-kolumnen-enhet.xlsx": bok({"C5": "vårdtillfällen"}),
    "procent-i-ett-antal.xlsx": bok({"E6": Shown(0.5, "0%")}),
    "tusental-eller-decimaler.xlsx": bok({"E4": "12.750"}),
    "felvarde.xlsx": bok({"E4": Formel("=1/0", "#DIV/0!")}),
    "andel-ur-en-formel.xlsx": bok({"E2": Formel("=174/212", 0.82)}),
    "formel-utan-varde.xlsx": bok({"E4": Formel("=SUM(F4:G4)")}),
    "cirka.xlsx": bok({"E6": "cirka 3"}),
    "tva-tal-i-en-cell.xlsx": bok({"E6": "2 kvinnor och 1 man"}),
    "streck-utan-orsak.xlsx": bok({"E6": "-"}),
    "orsak-som-inte-ar-nagon.xlsx": bok({"E6": None, "J6": "fråga Lena"}),
    "sant-i-stallet-for-tal.xlsx": bok({"E6": True}),
    "datum-i-stallet-for-tal.xlsx": bok({"E6": day("2024-03-01")}),
    "for-manga-siffror.xlsx": bok({"E4": 4.8e17}),
    "okant-id.xlsx": bok({"A3": "samtall"}),
    "samma-id-tva-ganger.xlsx": bok({"A7": "olyckor", "E7": 4}),
    "rad-utan-id.xlsx": bok({"A6": None}),
    "felstavad-rubrik.xlsx": bok({"E1": "utfal"}),
    "felstavad-kolumn-som-far-saknas.xlsx": bok({"F1": "kvinna"}),
    "rubrik-med-artal.xlsx": bok({"E1": "utfall 2024"}),
    "kolumn-saknas.xlsx": bok(change=kolumner("ABCDFGHIJK")),
    "samma-rubrik-tva-ganger.xlsx": bok({"L1": "Utfall", "L4": 490}),
    "varde-utan-rubrik.xlsx": bok({"M4": "preliminärt"}),
    "kon-som-planen-inte-delar-pa.xlsx": bok({"F2": "80 %"}),
    "datum-som-inte-finns.xlsx": bok({"I2": "2024-11-31"}),
    "datum-pa-annat-satt.xlsx": bok({"I2": "31/12/24"}),
    "datum-efter-perioden.xlsx": bok({"I2": day("2025-01-15")}),
    "antal-svar-ungefar.xlsx": bok({"H2": "ungefär 200"}),
    "svar-kanske.xlsx": bok({"Kvalitativa mått!C2": "Kanske"}),
    "svar-delvist.xlsx": bok({"Kvalitativa mått!C2": "Delvist"}),
    "status-vilande.xlsx": bok({"Uppdrag!C3": "Vilande"}),
    "status-saknas.xlsx": bok({"Uppdrag!C3": None, "Uppdrag!D1": "kommentar", "Uppdrag!D3": "Vi väntar"}),
    "drift-i-euro.xlsx": bok(change=blad("Drift", ["id", "utfall", "enhet"], ["resultat", 1.2, "euro"])),
    "drift-streck.xlsx": bok(change=blad("Drift", ["id", "utfall", "budget", "enhet"], ["resultat", 1.2, "-", "mkr"])),
    "inga-i-ett-antal.xlsx": bok({"E6": "inga"}),
    "skyddad-del-i-anmarkningen.xlsx": bok({"G3": None, "J3": "Skyddad uppgift"}),
    "ej-matt-an-bredvid-ett-tal.xlsx": bok({"J6": "Inte mätt än"}),
    "orsak-i-en-bilaga.xlsx": bok({"E4": "Redovisas i bilaga 2"}),
    "mats-inte-langre.xlsx": bok({"E5": "Mäts inte längre"}),
    "orsak-och-tal-i-samma-cell.xlsx": bok({"E2": "Enkäten är ny, 78 %"}),
    "farre-an-fem-procent.xlsx": bok({"E2": "<5 %"}),
    "for-fa-antal-svar.xlsx": bok({"H2": "<5"}),
    "excel-gjorde-1-4-till-ett-datum.xlsx": bok({"E3": 310, "G3": Shown(datetime.date(2024, 4, 1), "d-mmm")}),
    "excel-gjorde-1-4-till-ett-datum.csv": lambda: csv("utf-8")().replace(b"h\xc3\xb6gst 5;3;", "högst 5;01-apr;".encode()),
    "kommentar-ur-dos.xlsx": bok({"K4": "Dyrare f”r m†nga, enligt f”rvaltningen"}),
    "utf-8-last-som-windows.csv": lambda: csv("utf-8")().decode("cp1252").encode(),
    "drift-utan-enhet.xlsx": bok(change=blad("Drift", ["id", "utfall"], ["resultat", 1.2])),
    "drift-tusental-dolda-av-formatet.xlsx": bok(
        change=blad("Drift", ["id", "utfall", "enhet"], ["resultat", Shown(1234567, "#,##0,"), "tkr"])
    ),
    "personal-ar-som-inte-varit.xlsx": bok(change=blad("Personal", ["id", "2025"], ["tillsvidare", 3029])),
    "fel-namnd-i-om-leveransen.xlsx": bok({"Om leveransen!B1": "barnnamnden"}),
    "fel-period-i-om-leveransen.xlsx": bok({"Om leveransen!B2": "2024-08"}),
    "period-saknas-i-om-leveransen.xlsx": bok({"Om leveransen!A2": None, "Om leveransen!B2": None}),
    "om-leveransen-saknas.xlsx": bok(change=utan("Om leveransen")),
    "bara-om-leveransen.xlsx": bok(change=lambda sheets: {"Om leveransen": sheets["Om leveransen"]}),
    "nastan-ratt-bladnamn.xlsx": bok(change=blad("Investering", ["vad", "hur mycket"], ["Bänkar", 2])),
    "blad-av-tva-slag.xlsx": bok(change=blad("Blad1", ["id", "enhet", "utfall", "kommentar"], ["resultat", "mkr", 2])),
    "bladet-tva-ganger-med-olika-tal.xlsx": bok(
        change=lambda sheets: {**sheets, "Mätetal (2)": [["id", "utfall"], ["olyckor", 5]]}
    ),
    "gjord-for-en-annan-period.xlsx": bok(
        stamp={"namndrapport-namnd": "testnamnden", "namndrapport-period": "2024-08"}
    ),
    "gjord-for-en-annan-namnd.xlsx": bok(
        stamp={"namndrapport-namnd": "barnnamnden", "namndrapport-period": "2024-12"}
    ),
    "sammanslagna-varden.xlsx": bok(after=on_sheet("Mätetal", "merge_range", "E4:E5", 480)),
    "samma-matetal-annat-varde.xlsx": bok(
        {"A7": "budget", "E7": 24.9, "Kvalitativa mått!A3": "rutiner", "Kvalitativa mått!C3": "Nej"}
    ),
    "for-manga-rader.xlsx": bok(after=rad_2001),
    "cell-langt-bort.xlsx": bok(after=langt_bort),
    "overstruket-tal.xlsx": bok(after=written("E4", 450, font_strikeout=True)),
    "overstruket-tecken.xlsx": bok(after=delvis_struket),
    "overstruken-rad.xlsx": bok(after=overstruken_rad),
    "talet-doljs-av-formatet.xlsx": bok({"E6": Shown(3, ";;;")}),
    "formatet-visar-ord-i-stallet.xlsx": bok({"E6": Shown(3, '"ej mätt"')}),
    "nolla-som-formatet-inte-visar.xlsx": bok({"E6": Shown(0, "# ###")}),
    "dag-i-formatet.xlsx": bok({"E5": Shown(14, "d")}),
    "talet-i-anmarkningen.xlsx": bok({"E6": None, "J6": 3}),
    "nast-intill-tio.xlsx": bok({"E6": "0-10"}),
    "tusen-i-formatet.xlsx": bok({"E6": Shown(3, '0 "tusen"')}),
    "euro-i-formatet.xlsx": bok({"E4": Shown(480, "[$€-1] 0")}),
    "sekretess-i-formatet.xlsx": bok({"E6": Shown(3, '0 "(sekretess)"')}),
    "nollor-i-formatet.xlsx": bok({"E4": Shown(5, '0" 000"')}),
    "okant-ord-i-kolumnen-enhet.xlsx": bok({"C6": "tusental"}),
    "milj-efter-talet.xlsx": bok({"E4": "1,5 milj"}),
    "promille-efter-talet.xlsx": bok({"E2": "8 promille"}),
    "formatet-visar-farre-an-fem.xlsx": bok({"E6": Shown(3, '[<5]"<5";0')}),
    "formatet-visar-tva-punkter.xlsx": bok({"E6": Shown(3, '[<5]"..";0')}),
    "overstruket-tal-med-sekretess.xlsx": bok({"J6": "Sekretess"}, after=written("E6", 3, font_strikeout=True)),
    "noll-som-inte-visas.xlsx": bok({"E6": Shown(0, "0;-0;;@")}),
    "bladet-visar-inte-nollor.xlsx": bok({"E6": 0}, after=on_sheet("Mätetal", "hide_zero")),
    "annan-enhet-i-formatet.xlsx": bok({"E4": Shown(0.48, "0.00\\ \\m\\k\\r")}),
    "annan-enhet-som-valuta.xlsx": bok({"E4": Shown(0.48, "#,##0.00\\ [$mkr-41D]")}),
    "annan-enhet-under-noll.xlsx": bok({"E4": Shown(-0.48, '0.00" tkr";-0.00" mkr"')}),
    "decimalkomma-i-formatet.xlsx": bok({"E5": Shown(25, '0","0')}),
    "tid-i-stallet-for-tal.xlsx": bok({"E5": Shown(1.5, "[h]:mm")}),
    "gammalt-format.xls": lambda: CFB + "Workbook".encode("utf-16-le"),
    "gammalt-format-med-nytt-namn.xlsx": lambda: CFB + "Workbook".encode("utf-16-le"),
    "losenord.xlsx": lambda: CFB + "EncryptedPackage".encode("utf-16-le"),
    "avbruten.xlsx": lambda: bok()()[:4_000],
    "tom.xlsx": lambda: b"",
    "webbsida.xlsx": lambda: b"<html><table><tr><td>id</td><td>utfall</td></tr></table></html>",
    "word-dokument.xlsx": lambda: zipped(
        {"[Content_Types].xml": "<Types><Override ContentType='wordprocessingml'/></Types>", "word/document.xml": "<d/>"}
    ),
    "libreoffice.ods": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<d/>"}),
    "libreoffice-med-nytt-namn.xlsx": lambda: zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<d/>"}
    ),
    "makron.xlsm": edited(bok(), added={"xl/vbaProject.bin": "x"}),
    "makron-med-nytt-namn.xlsx": edited(
        bok(),
        ("[Content_Types].xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", "vnd.ms-excel.sheet.macroEnabled.main"),
        added={"xl/vbaProject.bin": "x"},
    ),
    "lankar-till-andra-filer.xlsx": edited(
        bok({"E4": Formel("=[1]Blad1!A1", 480)}), added={"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'}
    ),
    "kommatecken.csv": csv("utf-8", ","),
    "tabbar.csv": csv("utf-8", "\t"),
    "bild.csv": png,
    "citattecken-som-inte-stangs.csv": lambda: csv("utf-8")().replace(b' brutto"', b" brutto"),
    "texter.md.txt": text(TEXTER),
    "texter.docx": lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}),
}  # fmt: skip

NOTICED: dict[str, Maker] = {
    "planen-har-andrats.xlsx": bok(
        stamp={
            "namndrapport-namnd": "testnamnden",
            "namndrapport-period": "2024-12",
            "namndrapport-plan": "0123456789ab",
        }
    ),
    "delarna-ar-inte-helheten.xlsx": bok({"F3": 150}),
    "andel-over-hundra.xlsx": bok({"E2": Shown(1.08, "0%")}),
    "negativt-antal.xlsx": bok({"E6": -3}),
    "decimaler-i-ett-antal.xlsx": bok({"E6": 3.5}),
    "tio-ganger-sa-mycket.xlsx": bok({"E3": 3120, "F3": 2000, "G3": 1120}),
    "tusen-ganger-sa-mycket.xlsx": bok({"E4": 480_000}),
    "tusen-ganger-sa-lite.xlsx": bok({"E4": 0.48}),
    "samma-som-i-fjol.xlsx": bok({"E4": 470}),
    "matt-for-lange-sedan.xlsx": bok({"I4": day("2023-06-30")}),
    "extra-kolumn.xlsx": bok({"L1": "ansvarig", "L4": "Lena"}),
    "eget-blad.xlsx": bok(change=blad("Mina anteckningar", ["Ring Lena"])),
    "fotnot-i-kolumn-a.xlsx": bok({"A9": "Källa: verksamhetssystemet"}),
    "dolt-blad.xlsx": bok(after=on_sheet("Mätetal", "hide")),
    "dolda-rader.xlsx": bok(after=dolda),
    "dold-kolumn.xlsx": bok(after=on_sheet("Mätetal", "set_column", "E:E", None, None, {"hidden": True})),
    "kommentar-vid-cellen.xlsx": bok(after=on_sheet("Mätetal", "write_comment", "E4", "Preliminärt,\nsäger Lena")),
    "ord-i-formatet.xlsx": bok({"E6": Shown(3, '0" (prel.)"')}),
    "ord-i-tva-format.xlsx": bok({"E4": Shown(480, '"ca "0'), "E6": Shown(3, '"ca "0')}),
    "kronor-i-formatet.xlsx": bok({"E4": Shown(480, '#,##0\\ "kr"')}),
    "minus-som-inte-visas.xlsx": bok({"E4": Shown(-480, "#,##0;[Red]#,##0")}),
    "text-i-cellens-farg.xlsx": bok(after=written("E6", 3, font_color="#FFFFFF")),
    "kolumn-utan-bredd.xlsx": edited(
        bok(), ("sheet2.xml", "<sheetData>", '<cols><col min="5" max="5" width="0" customWidth="1"/></cols><sheetData>')
    ),
    "smal-kolumn.xlsx": bok(after=on_sheet("Mätetal", "set_column", "F:G", 0.3)),
    "rad-utan-hojd.xlsx": edited(bok(), ("sheet2.xml", '<row r="3" ', '<row r="3" ht="0" customHeight="1" ')),
    "textruta.xlsx": bok(
        after=on_sheet("Mätetal", "insert_textbox", "G9", "Preliminära siffror,\nfår inte publiceras")
    ),
    "textruta-pa-forsta-bladet.xlsx": bok(after=on_sheet("Om leveransen", "insert_textbox", "D2", "UTKAST")),
    "sidhuvud.xlsx": bok(after=sidhuvud),
    "kommentarer-i-trad.xlsx": edited(bok(), added=TRAD),
    "kommentar-ur-en-trad.xlsx": edited(
        bok(), added={name: part for name, part in TRAD.items() if "threaded" not in name}
    ),
    "rad-i-om-leveransen.xlsx": bok({"Om leveransen!A4": "telefon", "Om leveransen!B4": "0920-45 30 00"}),
    "skyddad-del-som-gar-att-rakna-ut.xlsx": bok({"G3": "Skyddad uppgift"}),
    "skyddad-del-med-andra-ord.xlsx": bok({"G3": "Redovisas inte p.g.a. sekretess"}),
    "skyddad-helhet-som-gar-att-rakna-ut.xlsx": bok({"E3": "För få personer"}),
    "del-med-tva-punkter.xlsx": bok({"G3": ".."}),
    "anmarkning-om-sekretess.xlsx": bok({"J6": "Sekretess för en del av åren"}),
    "delar-utan-helhet.xlsx": bok({"E3": None}),
    "kostnad-under-noll.xlsx": bok({"E4": -480}),
    "anmarkning-om-att-inget-ar-matt.xlsx": bok({"J4": "Mätningen är inte klar"}),
    "avvikelse-med-fel-tecken.xlsx": bok(
        change=blad("Drift", ["id", "utfall", "budget", "avvikelse", "enhet"], ["resultat", -2.5, 0, 2.5, "mkr"])
    ),
    "drift-tio-ganger-sa-mycket.xlsx": bok(
        change=blad("Drift", ["id", "utfall", "föregående år", "enhet"], ["resultat", 12, 1.2, "mkr"])
    ),
    "anteckningar.docx": lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}),
}

ODD: dict[str, Maker] = {
    "UTFALL.XLSX": bok(),
    "tecken-som-inte-syns.xlsx": bok(
        {"A3": "samtal\u200b", "A4": "plats\u2011\u00adkostnad", "E1": "\ufeffutfall", "G1": "ma\u0308n", "E2": "８２\u3000％",
         "E3": "３\u2060１２", "E4": "٤٨٠"}
    ),
    "radbrytning-i-rubriken.xlsx": bok({"E1": "utfall\r\n", "G1": "män\r", "K4": "Två\r\nrader"}),
    "utfall-fran-en-mac.csv": lambda: unicodedata.normalize("NFD", csv("utf-8")().decode()).encode(),
    "Kopia av utfall (2).xlsx": bok(),
    "blad-i-annan-ordning.xlsx": bok(change=lambda sheets: dict(reversed(sheets.items()))),
    "omdopta-blad.xlsx": bok(change=omdopta(o="Till er", m="Utfall 2024", k="Svar", u="Från fullmäktige")),
    "bladnamn-utan-prickar.xlsx": bok(change=omdopta(o="OM LEVERANSEN ", m="Matetal", k="kvalitativa  matt")),
    "bladet-kopierat.xlsx": bok(change=omdopta(m="Mätetal (2)")),
    "rader-i-annan-ordning.xlsx": bok(change=rader(1, 6, 5, 4, 3, 2)),
    "tomma-rader-emellan.xlsx": bok(change=rader(1, 0, 2, 0, 0, 3, 4, 5, 6, 0)),
    "kolumner-i-annan-ordning.xlsx": bok(change=kolumner("EAGFHBCD")),
    "bara-id-och-utfall.xlsx": bok(change=kolumner("AEFG")),
    "kolumn-med-fjolarets-tal.xlsx": bok({"L1": "utfall 2023-12", "L4": 470}),
    "rubriker-med-mellanslag.xlsx": bok({"A1": " ID ", "E1": "Utfall\u00a0", "F1": "KVINNOR", "H1": "antal  svar"}),
    "titel-ovanfor-rubrikerna.xlsx": bok(change=titel),
    "sammanslagen-titel.xlsx": bok(change=titel, after=on_sheet("Mätetal", "merge_range", "A1:K1", "Utfall 2024, testnämnden")),
    "tal-som-text.xlsx": bok({"E2": "82 %", "E3": "312 st", "F3": " 200", "E4": "480,00\u00a0tkr", "E5": "2,5 dagar", "E6": "tre"}),
    "tal-med-punkt-som-text.xlsx": bok({"E2": "82.0", "E4": "480.0", "E5": "2.5"}),
    "andel-som-tal.xlsx": bok({"E2": 82}),
    "procenttecken-inom-citattecken.xlsx": bok({"E2": Shown(82, '0.0" %"')}),
    "dag-som-dag.xlsx": bok({"I2": day("2024-12-31")}),
    "dag-som-serienummer.xlsx": bok({"I2": 45657}),
    "dag-i-ord.xlsx": bok({"I2": "31 december 2024"}),
    "dagar-fran-1904.xlsx": bok({"I2": day("2024-12-31")}, date_1904=True),
    "formler-med-varden.xlsx": bok({"E3": Formel("=F3+G3", 312), "E4": Formel("=4.8*100", 480.00000000000006)}),
    "namndens-namn-i-stallet-for-id.xlsx": bok({"Om leveransen!B1": "Testnämnden"}),
    "period-i-ord.xlsx": bok({"Om leveransen!B2": "december 2024"}),
    "period-som-excel-gor-en-dag-av.xlsx": bok({"Om leveransen!B2": Shown(datetime.date(2024, 12, 1), "mmm-yy")}),
    "dag-som-manad.xlsx": bok({"I2": Shown(datetime.date(2024, 12, 1), "mmm-yy")}),
    "drift-rad-med-bara-kommentar.xlsx": bok(
        change=blad("Drift", ["id", "utfall", "enhet", "kommentar"], ["resultat", None, None, "Kommer i nästa bok"])
    ),
    "drift-i-mnkr.xlsx": bok(change=blad("Drift", ["id", "utfall", "enhet"], ["resultat", 1.2, "Mnkr"])),
    "texter-i-cellerna.xlsx": bok(constant_memory=True),
    "tomma-formaterade-rader.xlsx": bok(after=tomma_formaterade),
    "tomma-ark.xlsx": bok(change=lambda sheets: {**sheets, "Blad2": [], "Blad3": []}),
    "namnrymd-med-prefix.xlsx": edited(bok(), *PREFIXED),
    "utskriftsomrade-som-inte-finns.xlsx": edited(
        bok(), ("workbook.xml", "</sheets>", '</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="1">'
                "#REF!</definedName></definedNames>"),
    ),
    "filter-som-ingen-forstar.xlsx": edited(bok(), ("sheet2.xml", "</sheetData>", f"</sheetData>{FILTER}")),
    "egenskaper-fran-sharepoint.xlsx": edited(bok(), added=SHAREPOINT),
    "stor-bokstav-i-en-dels-namn.xlsx": reshaped(
        bok(), lambda parts: {name.replace("shared", "Shared"): text for name, text in parts.items()}
    ),
    "omvanda-snedstreck-i-delarnas-namn.xlsx": reshaped(
        bok(), lambda parts: {name.replace("/", "\\"): text for name, text in parts.items()}
    ),
    "packad-pa-en-mac.xlsx": reshaped(
        bok(), lambda parts: {**parts, **{f"__MACOSX/xl/._{n}.xml": b"\0\5\x16\7" for n in "ab"}, ".DS_Store": b"\0\0\0\1"}
    ),
    "sokvagar-fran-roten.xlsx": reshaped(bok(), replaced('Target="(worksheets|styles|shared)', r'Target="/xl/\1', "workbook.xml.rels")),
    "alla-slags-delar-raknas-upp.xlsx": edited(
        bok(), ("[Content_Types].xml", "<Override ", f'<Default Extension="bin" ContentType="{BINARY}"/><Override ')
    ),
    "tusentals-format.xlsx": reshaped(
        bok(), replaced("</cellStyleXfs>", "<xf><alignment/></xf>" * 20_000 + "</cellStyleXfs>", "styles.xml")
    ),
    "utan-format.xlsx": reshaped(bok({"E2": "82 %"}), utan_format),
    "utf-16.xlsx": reshaped(
        bok(), lambda parts: {name: text.replace("UTF-8", "UTF-16").encode("utf-16") for name, text in parts.items()}
    ),
    "strict-open-xml.xlsx": reshaped(bok(), strict),
    "rader-och-celler-utan-plats.xlsx": reshaped(bok(), replaced(r' (r|spans)="[A-Z\d:]+"', "", "sheet1.xml", "sheet4.xml")),
    "celler-i-omvand-ordning.xlsx": reshaped(bok(), omvand),
    "uttal-i-texten.xlsx": reshaped(
        bok(), replaced("<t>samtal</t>", '<r><t>sam</t></r><r><t>tal</t></r><rPh sb="0" eb="1"><t>uttal</t></rPh>', "sharedStrings.xml")
    ),
    "dag-enligt-iso.xlsx": reshaped(
        bok({"I2": 45657}), replaced('<c r="I2"><v>45657', '<c r="I2" t="d"><v>2024-12-31T00:00:00', "sheet2.xml")
    ),
    "formel-som-ger-tom-text.xlsx": reshaped(
        bok({"J4": Formel('=IF(1=1,"","x")')}), replaced(r'<c r="J4"><f>', '<c r="J4" t="str"><f>', "sheet2.xml")
    ),
    "ratt-enhet-i-formatet.xlsx": bok({
        "E3": Shown(312, "0\\ \\s\\t"), "E4": Shown(480, '#,##0" tkr";-#,##0" tkr"'), "E5": Shown(2.5, "0.0\\ [$dagar]"),
        "E6": Shown(3, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'),
    }),
    "sidnummer-i-sidfoten.xlsx": bok(after=on_sheet("Mätetal", "set_footer", '&L&"Arial,Fet"&8&F&CSida &P av &N&R&D')),
    "utfall-utf-8.csv": csv("utf-8"),
    "utfall-utf-8-med-bom.csv": csv("utf-8-sig"),
    "utfall-windows-1252.csv": csv("cp1252"),
    "utfall-utf-16.csv": csv("utf-16"),
    "utfall-radslut-som-i-unix.csv": csv("utf-8", end="\n"),
    "~$utfall.xlsx": lambda: b"\x09Lena Lind".ljust(165),
}  # fmt: skip

# Texts and params

FRAMTID = "\n## framtid\n\nAllt dyrare.\n"
TEXTS: dict[str, Maker] = {
    "okant-mal.md": text(TEXTER, ("## service", "## servise")),
    "malets-namn-i-stallet-for-id.md": text(TEXTER, ("## service", "## God service")),
    "okant-falt.md": text(TEXTER, ("motiv:", "motivering:")),
    "lopande-text-bland-falten.md": text(TEXTER, ("motiv: Bemötandet", "Bemötandet")),
    "bedomning-utanfor-skalan.md": text(TEXTER, ("Delvis uppfyllt", "Nästan uppfyllt")),
    "trenden-felstavad.md": text(TEXTER, ("oförändrad", "oförändrat")),
    "prognos-vid-arets-slut.md": text(TEXTER, ("trend: oförändrad", "trend: oförändrad\nprognos: osäkert")),
    "faltet-tva-ganger.md": text(TEXTER, ("trend: oförändrad", "trend: oförändrad\ntrend: förbättrad")),
    "rubriken-tva-ganger.md": text(TEXTER + FRAMTID + FRAMTID),
    "text-fore-rubrikerna.md": text("Skrivet av Lena.\n\n" + TEXTER),
    "okand-del.md": text(TEXTER, ("### Kommentar", "### Komentar")),
    "nummertecken-utan-mellanslag.md": text(TEXTER + "\n##framtid\n\nAllt dyrare.\n"),
    "latin-1.md": text(TEXTER, encoding="latin-1"),
    "utf-8-last-som-windows.md": text(TEXTER, ("Fler har ringt.", "Fler har ringt pÃ¥ natten.")),
    "fran-en-mac.md": lambda: (
        "\ufeff".encode() + unicodedata.normalize("NFD", TEXTER).replace("## s", "##\u2003s\u200b").encode()
    ),
}
PLANS: dict[str, Maker] = {
    "nyckeln-tva-ganger.yml": text(PLAN, ("malvarde: högst 500", "malvarde: högst 500\n        malvarde: högst 600")),
    "tabb-som-indrag.yml": text(PLAN, ("        malvarde: högst 500", "\tmalvarde: högst 500")),
    "kolon-i-texten.yml": text(PLAN, ("plan: Verksamhetsplan 2024", "plan: Plan: 2024")),
    "okand-nyckel.yml": text(PLAN, ("malvarde: högst 500", "malvärde: högst 500")),
    "olasligt-malvarde.yml": text(PLAN, ("högst 500", "ungefär som i fjol")),
    "malvarde-som-bart-decimaltal.yml": text(PLAN, ("högst 25", "25.5")),
    "malvarde-utan-riktning.yml": text(PLAN, ("högst 25", "25 mkr")),
    "malvarde-i-annan-enhet.yml": text(PLAN, ("högst 25", "högst 900 dagar")),
    "malvarde-saknar-riktning.yml": text(PLAN, ("malvarde: högst 25", "datakalla: Ekonomisystemet")),
    "okand-mattenhet.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: prosent")),
    "enhet-i-annan-storlek.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: per 50 000 invånare")),
    "enhet-som-bara-skiljer-i-tusental.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: tkr per elev")),
    "felstavad-egen-enhet.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: vårdtilfällen")),
    "malvarde-i-kommunens-egen-enhet.yml": text(PLAN, ("högst 25", "högst 25 vårdtillfällen")),
    "malvarde-utanfor-skalan.yml": text(
        PLAN, ("mattenhet: mkr", "mattenhet: trygghetsskalan"), ("högst 25", "minst 8")
    ),
    "samma-id-tva-ganger.yml": text(PLAN, ("id: olyckor", "id: samtal")),
    "id-med-prickar.yml": text(PLAN, ("id: vantetid", "id: väntetid")),
    "ackumulerad-kanske.yml": text(PLAN, ("ackumulerad: ja", "ackumulerad: kanske")),
    "kon-som-inte-finns.yml": text(PLAN, ("kon: [kvinnor, män]", "kon: [kvinnor, man]")),
    "mats-utan-ar.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: mkr\n        mats: vartannat år")),
    "mats-ibland.yml": text(PLAN, ("mattenhet: mkr", "mattenhet: mkr\n        mats: ibland")),
    "matt-ett-ar-da-det-inte-mats.yml": text(
        PLAN, ("mattenhet: mkr", "mattenhet: mkr\n        mats: vartannat år från 2023")
    ),
    "alias.yml": text(PLAN, ("namn: Väntetid", "namn: &v Väntetid"), ("namn: Fallolyckor", "namn: *v")),
    "inte-utf-8.yml": text(PLAN, encoding="latin-1"),
    "okand-namnd.yml": text(PLAN, ("namnd: testnamnden", "namnd: testnamden")),
    "okant-overgripande-mal.yml": text(PLAN, ("[trygg]", "[trygga]")),
    "tom.yml": lambda: b"",
    "tecken-som-har-gatt-forlorade.yml": text(PLAN, ("namn: Väntetid", "namn: V\ufffdntetid")),
    "fran-en-mac.yml": lambda: unicodedata.normalize("NFD", PLAN).replace("id: samtal", "id: \u200bsamtal").encode(),
}
KOMMUNS: dict[str, Maker] = {
    "skala-utan-granser.yml": text(
        KOMMUN, (", fran: 0}", "}"), (", over: 0}", "}"), (", over: 0.5}", "}"), (", fran: 1}", "}")
    ),
    "skala-i-fel-ordning.yml": text(KOMMUN, ("over: 0.5", "over: 1.5")),
    "samma-form.yml": text(KOMMUN, ("form: trekvart", "form: cirkel")),
    "namnd-utan-namn.yml": text(KOMMUN, ("\n    namn: Testnämnden", "")),
    "enhet-utan-slag.yml": text(KOMMUN, (" slag: antal,", "")),
    "enhet-av-okant-slag.yml": text(KOMMUN, ("slag: antal", "slag: anttal")),
    "enhet-som-redan-finns.yml": text(KOMMUN, ("vårdtillfällen, en: vårdtillfälle", "vecka, en: veckan")),
    "tva-enheter-skrivs-lika.yml": text(KOMMUN, ("till: 7", "till: 7, skrivs: [VTF]")),
    "enhet-som-borjar-med-ett-tal.yml": text(KOMMUN, ("[vtf]", '["10-tal"]')),
    "enhet-som-ar-ett-ord-i-malvarden.yml": text(KOMMUN, ("[vtf]", "[eller mer, senast]")),
    "skala-med-andarna-bytta.yml": text(KOMMUN, ("fran: 1, till: 7", "fran: 7, till: 1")),
    "antal-med-andar.yml": text(KOMMUN, ("slag: antal", "slag: antal, till: 7")),
}
PERIODS: dict[str, Maker] = {
    "fel-period.yml": text(PERIOD, ("2024-12", "2024-08")),
    "okand-namnd.yml": text(PERIOD, ("testnamnden", "testnamden")),
    "trend-mot-framtiden.yml": text(PERIOD + "trend_mot: 2025-08\n"),
    "manad-som-ingen-rapporterar.yml": text(PERIOD + "jamfor_med: 2023-11\n"),
    "arbetsbok-som-inte-kommit.yml": text(PERIOD, ("{}", "{arbetsbocker: [utfall.xlsx, utfall-ifo.xlsx]}")),
    "arbetsbok-med-sokvag.yml": text(PERIOD, ("{}", "{arbetsbocker: [G:/utfall.xlsx]}")),
}
SYNPUNKTER = """\
id: synpunkter
blad: Synpunkter
kolumner:
  - {namn: slag, kravs: ja}
  - {namn: antal, innehall: antal}
"""
SHEETS: dict[str, Maker] = {
    "okant-innehall.yml": text(SYNPUNKTER, ("innehall: antal", "innehall: siffror")),
    "felstavad-egen-enhet.yml": text(SYNPUNKTER, ("innehall: antal", "innehall: vårdtilfällen")),
    "kolumnen-tva-ganger.yml": text(SYNPUNKTER, ("namn: antal", "namn: Slag")),
    "namn-som-ar-upptaget.yml": text(SYNPUNKTER, ("blad: Synpunkter", "blad: Personal")),
    "inga-kolumner.yml": text(SYNPUNKTER, ("\n  - {namn: slag, kravs: ja}\n  - {namn: antal, innehall: antal}", " []")),
}
APPROVED: dict[str, Maker] = {
    "utan-motiv.yml": text('godkanda:\n  - kod: "abc123"\n    motiv: ""\n'),
    "utan-kod.yml": text('godkanda:\n  - motiv: "Stämmer"\n'),
}

FOLDERS: dict[str, dict[str, Maker]] = {
    "workbooks": FAULTY | NOTICED | ODD,
    "texter": TEXTS,
    "planer": PLANS,
    "kommun": KOMMUNS,
    "period": PERIODS,
    "blad": SHEETS,
    "godkanda": APPROVED,
}
ROOT: dict[str, Maker] = {
    "params/kommun.yml": text(KOMMUN),
    "params/2024-12.yml": text(PERIOD),
    "params/planer/testnamnden.yml": text(PLAN),
    "data/2023-12/testnamnden/utfall.xlsx": lambda: packed(I_FJOL),
    "data/2024-12/testnamnden/utfall.xlsx": bok(),
    "data/2024-12/testnamnden/ovrigt.xlsx": lambda: packed(OVRIGT),
    "data/2024-12/testnamnden/texter.md": text(TEXTER),
}


def files() -> dict[str, Maker]:
    """Every file: path under tests/data → its maker."""
    broken = {f"broken/{folder}/{name}": maker for folder, made in FOLDERS.items() for name, maker in made.items()}
    return broken | {f"broken-root/{name}": maker for name, maker in ROOT.items()}


def main(folder: Path = HERE) -> None:
    """Make them all anew."""
    for name in ("broken", "broken-root"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, maker in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

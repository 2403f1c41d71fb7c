"""Workbooks with faults, as they go back to those who sent them: marked, and otherwise as they came."""

import io
import os
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from broken_files import BROKEN
from reporting.excel.open import open_workbook
from reporting.faults import Fault, Faults, InputFaults, Notis, cell_place
from reporting.params.headings import ATT_RATTA
from reporting.reading.utfall import Lamnad
from reporting.returns.letter import NO_COPY, UNMARKED_COPY, mail_text
from reporting.returns.ooxml import NotMarkable
from reporting.returns.sheet import RETURN_HEADING, in_reading_order
from reporting.returns.workbook import returned
from reporting.returns.write import write_returns

FIL = "data/2025-08/socialnamnden/utfall-aldre.xlsx"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
SPACES = (
    b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    b' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" mc:Ignorable="x14ac"'
)
OURS = "|".join((
    r'<conditionalFormatting [^>]*><cfRule type="expression".*?</conditionalFormatting>',
    r"<legacyDrawing[^>]*/>",
    r' priority="\d+"',
    r' tabSelected="1"',
    r"<\?.*?\?>\n?",
))  # fmt: skip
"""All that may differ in a sheet of the sender's."""
WANTED = "ett tal i dagar, eller orsaken till att utfall saknas (ej mätt ännu, för få svar, ny indikator)"


def fault(
    blad: str, cell: str = "", stod: str = "", vantat: str = "något annat", atgard: str = "rätta", fil: str = FIL
) -> Fault:
    return Fault(fil, stod, vantat, atgard, blad=blad, cell=cell)


FAULTS = (
    fault("Mätetal", "C2", "ca 58", WANTED, "skriv bara talet"),
    fault("Mätetal", "C3", "0,9", "en andel: 0,9 % eller 90,0 %?", "skriv talet med procenttecken"),
    fault("Mätetal", "D2", "Se bilaga", "en tom cell", "töm cellen"),
    fault("Mätetal", "B8:B9", "", "celler som inte är sammanslagna", "dela upp cellerna"),
    fault("Mätetal", "", "", "en kolumn med rubriken antal svar på rad 1", "lägg till kolumnen"),
    fault("Åsa's blad", "D5", "=ej formel", "en tom cell", "töm cellen"),
    fault("Uppdrag", "A1", "", "ett blad", "lägg till det"),
    fault("", "", "", "bladet Drift", "lägg in bladet"),
)
NOTISER = (
    Notis(FIL, "58", "Utfallet är dubbelt så stort som i fjol.", "summa", blad="Mätetal", cell="C4"),
    Notis(FIL, "ca 58", "Utfallet är runt.", "vantetid", blad="Mätetal", cell="C2"),
)


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head, dots = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0), zlib.compress((b"\0" + b"\x20\x60\xa0" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


@cache
def original() -> bytes:
    """A workbook with a little of everything that people put into theirs."""
    to = io.BytesIO()
    with xlsxwriter.Workbook(to, {"in_memory": True}) as book:
        om = book.add_worksheet("Om leveransen")
        om.write_column("A1", ["nämnd", "period"])
        om.write_column("B1", ["socialnamnden", "2025-08"])
        sheet = book.add_worksheet("Mätetal")
        bold, yellow = book.add_format({"bold": 1}), book.add_format({"bg_color": "#FFFF00", "num_format": "0.0%"})
        sheet.set_column("B:B", 50)
        sheet.set_row(1, 40)
        sheet.write_row("A1", ["id", "mätetal", "utfall", "kommentar"], bold)
        sheet.write_row("A2", ["vantetid-sabo", "Väntetid till särskilt boende", "ca 58", "Se bilaga"])
        sheet.write_row("A3", ["andel", "Andel nöjda"])
        sheet.write_number("C3", 0.9, yellow)
        sheet.write("A4", "summa")
        sheet.write_formula("C4", "=40+18", None, 58)
        sheet.write_rich_string("D3", "En ", bold, "viktig", " sak")
        sheet.write_comment("C3", "Anna: vi räknade om\nsiffran i juni", {"author": "Anna"})
        sheet.write_comment("B2", "Lång rubrik", {"author": "Anna"})
        sheet.write_comment("D2", "[Threaded comment]", {"author": "tc={1}"})
        sheet.conditional_format("C2:C9", {"type": "3_color_scale"})
        sheet.data_validation("D3:D9", {"validate": "list", "source": ["a", "b"]})
        sheet.insert_image("F2", "bild.png", {"image_data": io.BytesIO(picture())})
        sheet.insert_textbox("F8", "En textruta")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Mätetal!$C$2:$C$4"})
        sheet.insert_chart("F14", chart)
        sheet.set_header("&CHuvud")
        sheet.protect("hemligt")
        other = book.add_worksheet("Åsa's blad ")
        other.add_table("A1:B3", {"data": [["x", 1], ["y", 2]]})
        other.write_string("D5", "=ej formel")
        other.activate()
        sheet.select()  # two tabs chosen at once
        book.define_name("Utfallen", "=Mätetal!$C$2:$C$4")
        book.define_name("'Mätetal'!Lokal", "=Mätetal!$C$2")
        tab = book.add_chartsheet("Diagram")
        line = book.add_chart({"type": "line"})
        line.add_series({"values": "=Mätetal!$C$2:$C$4"})
        tab.set_chart(line)
    return changed(to.getvalue(), by_hand)


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same workbook with parts changed, as another program than XlsxWriter might have written them."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    to = io.BytesIO()
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name, (2025, 9, 2, 10, 4, 0)), part)
    return to.getvalue()


def by_hand(parts: dict[str, bytes]) -> None:
    parts["customXml/item1.xml"] = "<egenskaper xmlns='urn:egna'>å</egenskaper>".encode()
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    thread = '<threadedComment ref="D2" id="{1}"><text>Varför?</text></threadedComment>'
    threads = f'<ThreadedComments xmlns="{THREADS}">{thread}</ThreadedComments>'
    parts["xl/threadedComments/threadedComment1.xml"] = threads.encode()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    added = f'<Relationship Id="rId9" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", added.encode())
    name = "xl/worksheets/sheet2.xml"
    found = re.search(rb"<worksheet [^>]*", parts[name])
    assert found
    parts[name] = parts[name].replace(found[0], found[0] + SPACES)


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(content: bytes, part: str) -> str:
    return members(content)[part].decode()


def load(content: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, rich_text=True)


def cells(content: bytes, *, data_only: bool) -> dict[tuple[str, str], object]:
    """Everything that stands in the cells of the sender's sheets, and how it looks there."""
    return {
        (sheet.title, cell.coordinate): (str(cell.value), cell.data_type, cell.number_format, cell.font.b, cell.fill.fgColor.rgb)
        for sheet in load(content, data_only=data_only).worksheets
        if sheet.title != ATT_RATTA
        for row in sheet.iter_rows()
        for cell in row
    }  # fmt: skip


def notes(content: bytes, blad: str) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in load(content)[blad].iter_rows() for c in row if c.comment}


def listed(content: bytes) -> list[tuple[str, ...]]:
    sheet = load(content)[ATT_RATTA]
    return [tuple(str(c.value or "") for c in row) for row in sheet.iter_rows()]


def rules(sheet: Worksheet) -> list[tuple[str, str, int]]:
    """(cells, kind, rank) of each conditional format, in the order of their ranks."""
    found = [(str(cf.sqref), rule.type, rule.priority) for cf in sheet.conditional_formatting for rule in cf.rules]
    return sorted(found, key=lambda item: item[2])


def test_what_the_sender_wrote_is_there_byte_for_byte() -> None:
    before, after = members(original()), members(returned(original(), FAULTS, NOTISER))
    assert list(after)[: len(before)] == list(before)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
    }
    assert set(after) - set(before) == {
        "xl/worksheets/sheet4.xml",
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
    }
    # In the sheets themselves, nothing but the marks: the same text when they are cut out.
    for sheet in ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"):
        assert re.sub(OURS, "", before[sheet].decode()) == re.sub(OURS, "", after[sheet].decode())
    assert 'mc:Ignorable="x14ac"' in after["xl/worksheets/sheet2.xml"].decode()


def test_the_parts_that_are_copied_keep_their_stamp() -> None:
    with ZipFile(io.BytesIO(returned(original(), FAULTS, NOTISER))) as archive:
        stamps = {info.filename: info.date_time for info in archive.infolist()}
    assert stamps["xl/charts/chart1.xml"] == (2025, 9, 2, 10, 4, 0)
    assert stamps["xl/worksheets/sheet4.xml"] == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("data_only", [False, True])
def test_every_value_formula_and_format_of_the_senders_cells_is_the_same(data_only: bool) -> None:
    after = cells(returned(original(), FAULTS, NOTISER), data_only=data_only)
    before = cells(original(), data_only=data_only)
    assert before.items() <= after.items()
    assert {value for place, value in after.items() if place not in before} <= {
        ("None", "n", "General", False, "00000000")
    }
    assert after["Mätetal", "C4"][0] == ("58" if data_only else "=40+18")  # type: ignore[index]


def test_wrong_cells_are_red_and_doubtful_ones_amber() -> None:
    content = returned(original(), FAULTS, NOTISER)
    book = load(content)
    marks = {
        frozenset(str(cf.sqref).split()): cf.rules[0].dxf.fill.bgColor.rgb
        for cf in book["Mätetal"].conditional_formatting
        if cf.rules[0].dxf
    }
    assert marks == {frozenset({"C2", "D2", "C3", "B8:B9"}): "FFFFC7CE", frozenset({"C4"}): "FFFFE699"}
    # Before the sender's own scale of colours, in rank and in the file, since that would else cover them.
    assert [kind for _, kind, _ in rules(book["Mätetal"])] == ["expression", "expression", "colorScale"]
    sheet = text_of(content, "xl/worksheets/sheet2.xml")
    assert sheet.index("Att rätta") < sheet.index("Att kontrollera") < sheet.index("colorScale")


def test_ours_come_last_where_a_pivot_table_points_to_its_own_by_rank() -> None:
    def pivot(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet2.xml"
        parts[name] = parts[name].replace(b"<conditionalFormatting ", b'<conditionalFormatting pivot="1" ')

    found = rules(load(returned(changed(original(), pivot), FAULTS, ()))["Mätetal"])
    assert [(kind, rank) for _, kind, rank in found] == [("colorScale", 1), ("expression", 2)]


def test_the_formats_are_counted_and_the_senders_keep_their_numbers() -> None:
    before, after = (
        text_of(original(), "xl/styles.xml"),
        text_of(returned(original(), FAULTS, NOTISER), "xl/styles.xml"),
    )
    for kind, one in (("fonts", "font"), ("fills", "fill"), ("borders", "border"), ("cellXfs", "xf"), ("dxfs", "dxf")):
        group = re.search(rf'<{kind} count="(\d+)"[^>]*>(.*?)</{kind}>', after, re.DOTALL)
        assert group
        inside = re.sub(r"<dxf>.*?</dxf>", "<dxf/>", group[2]) if kind == "dxfs" else group[2]
        assert int(group[1]) == len(re.findall(rf"<{one}[ />]", inside))
        earlier = re.search(rf"<{kind} [^>]*>(.*?)</{kind}>", before, re.DOTALL)
        assert group[2].startswith(earlier[1] if earlier else "")


def test_comments_say_what_to_do_below_what_the_sender_wrote() -> None:
    found = notes(returned(original(), FAULTS, NOTISER), "Mätetal")
    assert found == {
        "B2": "Lång rubrik",
        "D2": "[Threaded comment]",  # Excel shows the thread there, and no other comment
        "C2": f"Att rätta: skriv bara talet. Väntat: {WANTED}.\n"
        "Att kontrollera: Utfallet är runt. Rätta om det är fel. Svara annars att det stämmer.",
        "C3": "Anna: vi räknade om\nsiffran i juni\nAtt rätta: skriv talet med procenttecken. Väntat: en andel: 0,9 % eller 90,0 %?",
        "C4": "Att kontrollera: Utfallet är dubbelt så stort som i fjol. Rätta om det är fel. Svara annars att det stämmer.",
        "B8": "Att rätta: dela upp cellerna. Väntat: celler som inte är sammanslagna.",
    }
    drawing = text_of(returned(original(), FAULTS, NOTISER), "xl/drawings/vmlDrawing1.vml")
    numbers = re.findall(r'id="_x0000_s(\d+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 6
    before = text_of(original(), "xl/drawings/vmlDrawing1.vml")
    assert drawing.startswith(before.removesuffix("</xml>"))


def test_a_comments_box_is_as_wide_whatever_the_columns_are() -> None:
    wide = load(returned(original(), [fault("Mätetal", "A3")], ()))
    drawing = text_of(returned(original(), [fault("Mätetal", "A3")], ()), "xl/drawings/vmlDrawing1.vml")
    anchor = re.findall(r"<x:Anchor>(.*?)</x:Anchor>", drawing)[-1]
    assert wide["Mätetal"]["A3"].comment
    assert anchor.split(", ")[4] == "1"  # within column B, which is wide, and not three columns on


def test_the_sheet_lists_everything_in_the_order_of_mending() -> None:
    content = returned(original(), FAULTS, NOTISER)
    rows = listed(content)
    assert rows[0][0] == RETURN_HEADING
    assert rows[1][0].startswith("Cellerna är röda och har en kommentar.")
    assert rows[3] == ("Blad", "Cell", "Står där", "Väntat", "Gör så här")
    assert [row[:3] for row in rows[4:12]] == [
        ("Hela filen", "", ""),
        ("Mätetal", "hela bladet", ""),
        ("Mätetal", "C2", "ca 58"),
        ("Mätetal", "D2", "Se bilaga"),
        ("Mätetal", "C3", "0,9"),
        ("Mätetal", "B8:B9", ""),
        ("Uppdrag", "A1", ""),
        ("Åsa's blad", "D5", "=ej formel"),
    ]
    assert [row[0] for row in rows[12:15]] == ["", "Att kontrollera", rows[14][0]]
    assert [row[:4] for row in rows[17:]] == [
        ("Mätetal", "C2", "ca 58", "Utfallet är runt."),
        ("Mätetal", "C4", "58", "Utfallet är dubbelt så stort som i fjol."),
    ]
    sheet = load(content)[ATT_RATTA]
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links["B7"] == "'Mätetal'!C2"
    assert links["B12"] == "'Åsa''s blad '!D5"
    assert "B11" not in links  # there is no such sheet to go to
    assert sheet["C12"].data_type == "s"
    assert sheet["C12"].quotePrefix
    assert not sheet.merged_cells.ranges


def test_the_workbook_opens_at_the_sheet_and_nowhere_else() -> None:
    content = returned(original(), FAULTS, NOTISER)
    book = load(content)
    assert book.sheetnames == ["Om leveransen", "Mätetal", "Åsa's blad ", "Diagram", ATT_RATTA]
    assert book.active is book[ATT_RATTA]
    assert [name for name, part in members(content).items() if b'tabSelected="1"' in part] == [
        "xl/worksheets/sheet4.xml"
    ]
    assert book["Mätetal"].defined_names["Lokal"].attr_text == "Mätetal!$C$2"
    assert book["Mätetal"].protection.sheet
    assert book["Mätetal"].oddHeader.center.text == "Huvud"


def test_returned_twice_there_is_one_of_everything() -> None:
    once = returned(original(), FAULTS, NOTISER)
    assert returned(original(), FAULTS[::-1], NOTISER[::-1]) == once
    assert returned(once, FAULTS, NOTISER) == once
    less = returned(once, FAULTS[1:2], ())
    assert load(less).sheetnames.count(ATT_RATTA) == 1
    assert notes(less, "Mätetal").keys() == {"B2", "D2", "C3"}
    assert text_of(less, "xl/drawings/vmlDrawing1.vml").count("<v:shape ") == 3
    assert notes(less, "Åsa's blad ") == {}
    assert [cells for cells, kind, _ in rules(load(less)["Mätetal"]) if kind == "expression"] == ["C3"]
    assert [row[1] for row in listed(less)[4:]] == ["C3"]
    none = returned(less, (), ())
    assert notes(none, "Mätetal") == notes(original(), "Mätetal")
    assert text_of(none, "xl/drawings/vmlDrawing1.vml") == text_of(original(), "xl/drawings/vmlDrawing1.vml")


def test_the_sheet_is_shown_where_the_sender_has_moved_and_hidden_it() -> None:
    def moved(parts: dict[str, bytes]) -> None:
        text = parts["xl/workbook.xml"].decode()
        tab = re.findall(r"<sheet [^>]*/>", text)[-1]
        hidden = tab.replace(" sheetId", ' state="hidden" sheetId')
        parts["xl/workbook.xml"] = text.replace(tab, "").replace("<sheets>", f"<sheets>{hidden}").encode()

    book = load(returned(changed(returned(original(), FAULTS, ()), moved), FAULTS, ()))
    assert book.sheetnames[0] == ATT_RATTA
    assert book.active is book[ATT_RATTA]
    assert book[ATT_RATTA].sheet_state == "visible"


def test_what_the_sender_answers_in_our_comment_stays() -> None:
    def answer(parts: dict[str, bytes]) -> None:
        text = parts["xl/comments1.xml"].decode()
        parts["xl/comments1.xml"] = text.replace(
            "skriv bara talet.", "skriv bara talet.\nRättat! /Anna\nAtt rätta: äldre."
        ).encode()

    again = returned(changed(returned(original(), FAULTS[:1], ()), answer), FAULTS[1:2], ())
    assert notes(again, "Mätetal")["C2"].strip() == "Rättat! /Anna"
    assert notes(again, "Mätetal")["C3"].count("Att rätta:") == 1


def test_a_mended_return_holds_the_same_as_the_mended_original() -> None:
    def mended(content: bytes) -> bytes:
        book = load(content)
        book["Mätetal"]["C2"] = 58
        book["Åsa's blad "]["D5"] = None
        to = io.BytesIO()
        book.save(to)
        return to.getvalue()

    before = cells(mended(original()), data_only=False)
    assert before.items() <= cells(mended(returned(original(), FAULTS, NOTISER)), data_only=False).items()


def test_what_xml_or_excel_would_read_as_something_else_is_shown_as_it_stands() -> None:
    odd = fault("Mätetal", "C2", "\x07 _x0041_ <b>&", "å" * 500, "tecken \x00")
    content = returned(original(), [odd], ())
    assert listed(content)[4][2] in ("� _x0041_ <b>&", "� _x005F_x0041_ <b>&")
    assert "_x005F_x0041_ &lt;b&gt;&amp;" in text_of(content, "xl/worksheets/sheet4.xml")


def test_at_most_some_hundred_comments_but_every_fault_is_listed() -> None:
    many = [fault("Åsa's blad", f"{column}{row}") for column in "AB" for row in range(1, 401)]
    content = returned(original(), many, ())
    assert len(notes(content, "Åsa's blad ")) == 500
    assert len(listed(content)) == 804


OTHERS = (
    "stor-bokstav-i-en-dels-namn",
    "omvanda-snedstreck-i-delarnas-namn",
    "packad-pa-en-mac",
    "sokvagar-fran-roten",
    "alla-slags-delar-raknas-upp",
    "tusentals-format",
    "utan-format",
    "utf-16",
    "rader-och-celler-utan-plats",
    "celler-i-omvand-ordning",
    "textruta",
    "kommentarer-i-trad",
)


@pytest.mark.parametrize("name", OTHERS)
def test_workbooks_of_other_programs_come_back_marked_and_otherwise_the_same(name: str, tmp_path: Path) -> None:
    came, back = BROKEN / "workbooks" / f"{name}.xlsx", tmp_path / "utfall.xlsx"
    back.write_bytes(returned(came.read_bytes(), [fault("Mätetal", "E6", "3")], ()))
    faults = Faults()
    before, after = open_workbook(came, faults).sheets, open_workbook(back, faults).sheets
    assert faults.found == []
    assert list(after) == [*before, ATT_RATTA]
    assert all(after[blad].rows == sheet.rows for blad, sheet in before.items())
    marks = after["Mätetal"].marks
    assert marks and [ref for ref, text in marks.comments if text.startswith(ATT_RATTA)] == ["E6"]
    kept, made = members(came.read_bytes()), members(back.read_bytes())
    assert list(made)[: len(kept)] == list(kept)
    assert not [
        part for part in kept if re.search("sharedStrings|sheet3|theme|MACOSX", part) and made[part] != kept[part]
    ]


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.pop(name) and None  # type: ignore[func-returns-value]


def rewritten(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = parts[name].decode().replace(old, new).encode()

    return change


ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><worksheet '


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id;utfall\nandel;82",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        original()[:3000],
        original()[:3000] + bytes(100) + original()[3100:],
        changed(original(), without("xl/styles.xml")),
        changed(original(), without("[Content_Types].xml")),
        changed(original(), without("xl/worksheets/sheet1.xml")),
        changed(original(), rewritten("xl/worksheets/sheet2.xml", "<worksheet ", ENTITY)),
        changed(original(), rewritten("xl/worksheets/sheet2.xml", "</worksheet>", "")),
        changed(original(), rewritten("xl/worksheets/sheet2.xml", 'priority="1"', 'priority="ett"')),
        changed(original(), rewritten("xl/workbook.xml", "Åsa's blad ", "att rätta")),
        changed(original(), lambda parts: parts.update({"xl/media/stor.bin": bytes(90_000_000)})),
        changed(original(), lambda parts: parts.update({"XL/workbook.xml": b""})),
    ],
    ids=range(14),
)
def test_what_cannot_be_marked_safely_is_not(content: bytes) -> None:
    with pytest.raises(NotMarkable):
        returned(content, FAULTS, NOTISER)


def test_the_order_is_by_sheet_and_then_by_row_and_column() -> None:
    places = [("Uppdrag", "A2"), ("Mätetal", "AA2"), ("Mätetal", "B10"), ("Mätetal", "B2"), ("", "")]
    found = [item.plats for item in in_reading_order([fault(*place) for place in places])]
    assert found == [
        "",
        "blad Mätetal, cell B2",
        "blad Mätetal, cell AA2",
        "blad Mätetal, cell B10",
        "blad Uppdrag, cell A2",
    ]
    assert [cell_place(ref) for ref in ("A1", "Z3", "AA2:AB3", "")] == [(0, 0), (2, 25), (1, 26), (-1, -1)]


@pytest.fixture
def soffice() -> str:
    if not (found := shutil.which("soffice")) or not shutil.which("pdftotext"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("LibreOffice och pdftotext behövs")
    return found


@pytest.mark.office
def test_libreoffice_opens_it_and_shows_the_list(tmp_path: Path, soffice: str) -> None:
    (tmp_path / "utfall.xlsx").write_bytes(returned(original(), FAULTS, NOTISER))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    for command in (
        [
            soffice,
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "utfall.xlsx"),
        ],
        ["pdftotext", "-layout", str(tmp_path / "utfall.pdf"), str(tmp_path / "utfall.txt")],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    shown = (tmp_path / "utfall.txt").read_text(encoding="utf-8")
    assert RETURN_HEADING in shown
    assert re.search(r"Mätetal +C3 +0,9 +En andel: 0,9 % eller 90,0 %\? +Skriv talet med procenttecken\.", shown)
    assert "En textruta" in shown


LETTER = """\
Ämne: Att rätta i utfall-aldre.xlsx (Socialnämnden, augusti 2025)

Hej Anna Ek!

Tack för arbetsboken utfall-aldre.xlsx med utfall för Socialnämnden, augusti 2025. Vi behöver din hjälp att rätta en sak i den innan \
siffrorna kan komma med i rapporten.

1. Öppna den bifogade filen. Cellerna är röda och har en kommentar. Bladet «Att rätta» räknar upp allt.
2. Rätta i just den filen. Färger, kommentarer och bladet kan du låta stå.
3. Spara den med samma namn, utfall-aldre.xlsx, och skicka tillbaka den som svar på det här mejlet.

Inget annat i filen är ändrat. Allt du har skrivit står kvar.

Det här behöver rättas:

1. Bladet Mätetal, cell C3
   Där står: 0,9
   Väntat: en andel: 0,9 % eller 90,0 %?
   Gör så här: skriv talet med procenttecken.

Det här ber vi dig kontrollera. Det kan vara rätt; rätta det som är fel, och svara att resten stämmer:

1. Bladet Mätetal, cell C4
   Där står: 58
   Vi undrar: Utfallet är dubbelt så stort som i fjol.

Hör gärna av dig om något är oklart.

Vänliga hälsningar
"""


def test_the_letter_is_ready_to_mail() -> None:
    sender = Lamnad(FIL, lamnad_av=" Anna Ek, controller")
    assert mail_text(FIL, sender, "augusti 2025", "Socialnämnden", FAULTS[1:2], NOTISER[:1]) == LETTER


@pytest.mark.parametrize(
    "named", ["", "anna.ek@kommun.se", "Den som råkade ha tid den här gången, eller någon annan alldeles okänd"]
)
def test_the_letter_greets_nobody_by_what_is_no_name(named: str) -> None:
    text = mail_text(FIL, Lamnad(FIL, lamnad_av=named), "augusti 2025", "Socialnämnden", FAULTS, ())
    assert ("\nHej!\n" in text) == (not named.startswith("Den"))
    assert "rätta åtta saker i den" in text
    assert "kontrollera" not in text


def test_the_letter_says_what_goes_with_it() -> None:
    whole = [fault("", "", "", "en .xlsx-fil utan lösenord", "ta bort lösenordet")]
    text = mail_text("data/2025-08/n/u.xls", None, "augusti 2025", "Socialnämnden", whole, (), NO_COPY)
    assert "ingen fil bifogad" in text
    assert "spara den som u.xlsx" in text
    assert "1. Hela filen\n" in text
    assert "precis som den kom" in mail_text(
        "data/2025-08/n/u.csv", None, "augusti 2025", "N", whole, (), UNMARKED_COPY
    )
    assert "röda" not in mail_text(FIL, None, "augusti 2025", "N", whole, ())


def test_a_folder_for_each_namnd_with_marked_workbooks_and_letters(tmp_path: Path) -> None:
    base = "data/2025-08/socialnamnden"
    sent = {
        "a.xlsx": original(),
        "b.csv": b"id;utfall\r\n",
        "b.xlsx": b"\xd0\xcf\x11\xe0",
        "god.xlsx": b"PK",
        "texter.md": b"#",
    }
    for name, content in sent.items():
        (tmp_path / base).mkdir(parents=True, exist_ok=True)
        (tmp_path / base / name).write_bytes(content)
    wrong = [fault("", fil=f"{base}/{name}") for name in ("b.csv", "b.xlsx", "borta.xlsx", "texter.md")]
    wrong += [fault("", fil="params/kommun.yml"), fault("", fil="data/historik.xlsx")]
    wrong += [fault("Mätetal", "C2", fil=f"{base}/a.xlsx")]
    asked = [Notis(f"{base}/god.xlsx", "1", "Är det så?", "x", blad="Mätetal", cell="C2")]
    out = tmp_path / "ut"
    senders = [Lamnad(f"{base}/a.xlsx", lamnad_av="Anna")]
    names = {"socialnamnden": "Socialnämnden"}
    written = write_returns(out, "data/", wrong, asked, lambda fil: tmp_path / fil, senders, "augusti 2025", names)
    made = ["a.xlsx", "a.txt", "b.csv", "b.txt", "b.xlsx.txt"]
    assert written == [out / "socialnamnden" / name for name in made]
    assert {path.name for path in (out / "socialnamnden").iterdir()} == set(made)
    assert {path.name: path.read_bytes() for path in (tmp_path / base).iterdir()} == sent
    assert load((out / "socialnamnden" / "a.xlsx").read_bytes()).sheetnames[-1] == ATT_RATTA
    assert (out / "socialnamnden" / "b.csv").read_bytes() == sent["b.csv"]
    assert "Hej Anna!" in (out / "socialnamnden" / "a.txt").read_text(encoding="utf-8")
    assert "ingen fil bifogad" in (out / "socialnamnden" / "b.xlsx.txt").read_text(encoding="utf-8")
    with pytest.raises(InputFaults, match="en mapp som inte finns ännu, eller som är tom"):
        write_returns(out, "data/", wrong, asked, lambda fil: tmp_path / fil, senders, "augusti 2025", names)

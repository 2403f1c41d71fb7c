"""Files that somebody has made to do harm, or that a program has made by mistake: each costs little, and says one clear thing.

They are made here and never kept. Each is read in a process of its own, which measures itself.
"""

import random
import re
import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from measured_reading import Cost, measured
from table_text import rows

pytestmark = pytest.mark.process

SECONDS, MEGABYTES = 1.0, 200
"""What one file may cost: of reading, and of memory with the program itself counted."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, str | bytes]


def text_cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(*lines: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


OM = sheet(
    row(1, text_cell("A1", "nämnd"), text_cell("B1", "namnden")),
    row(2, text_cell("A2", "period"), text_cell("B2", "2024-12")),
)
HEADINGS = row(1, text_cell("A1", "id"), text_cell("B1", "utfall"), text_cell("C1", "kommentar"))


def outcome(utfall: str, kommentar: str = "") -> str:
    """A sheet Mätetal with one outcome, its cell given as XML."""
    return sheet(HEADINGS, row(2, text_cell("A2", "matt-1"), utfall, text_cell("C2", kommentar)))


GOOD = outcome('<c r="B2"><v>12</v></c>')


def parts(matetal: str = GOOD, **further: str) -> Parts:
    """A small, whole workbook: Om leveransen, Mätetal, and further sheets, name=XML."""
    sheets = {"Om leveransen": OM, "Mätetal": matetal, **further}
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, start=1))
    relations = "".join(relation(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
    made: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": relationships(relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(relations),
    }
    return made | {f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), start=1)}


def relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relationships(*inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def write(path: Path, content: Parts, compression: int = ZIP_DEFLATED) -> None:
    with ZipFile(path, "w", compression) as archive:
        for name, part in content.items():
            archive.writestr(name, part)


PICTURE: Parts = {"xl/media/bild.png": random.Random(2).randbytes(150_000)}


def workbook(change: Callable[[Parts], Parts] | None = None, **sheets: str) -> Callable[[Path], None]:
    """A maker of a workbook with these sheets; change: parts that are added to it or stand instead of its own. A picture in it keeps
    it from being refused for what it unpacks to, so that what is tried is tried."""
    return lambda path: write(path, PICTURE | (made := parts(**sheets)) | (change(made) if change else {}))


def with_strings(strings: str) -> Callable[[Parts], Parts]:
    """Shared strings, named as no program names them."""

    def change(made: Parts) -> Parts:
        relations = str(made["xl/_rels/workbook.xml.rels"])
        extra = relation("s", "sharedStrings", "texts.xml")
        return {
            "xl/texts.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", extra + "</Relationships>"),
        }

    return change


def with_comments(comments: str) -> Callable[[Parts], Parts]:
    return lambda _: {
        "xl/worksheets/_rels/sheet2.xml.rels": relationships(relation("c", "comments", "../comments1.xml")),
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>',
    }


def with_drawing(content: str, count: int) -> Callable[[Parts], Parts]:
    """The same drawing on the first sheets."""
    rels = {
        f"xl/worksheets/_rels/sheet{n}.xml.rels": relationships(relation("c", "drawing", "../d.xml"))
        for n in range(1, count + 1)
    }
    return lambda _: {**rels, "xl/d.xml": content}


def codes(code: str) -> Callable[[Parts], Parts]:
    """A second cell format, with this number format."""
    written = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{written}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    return lambda made: styles(made) | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>'}


# Zip


def many_bombs(path: Path) -> None:
    """Two hundred members, each of which unpacks to 10 MB."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for number in range(200):
            archive.writestr(f"xl/media/bild{number}.xml", bytes(10_000_000) if number == 0 else b"")
        raw = archive.infolist()
    first, bomb = raw[0], path.read_bytes()
    assert first.compress_size < 20_000
    path.write_bytes(central_copies(bomb, first, 200))


def central_copies(raw: bytes, member: ZipInfo, count: int) -> bytes:
    """A zip file in which `count` entries all lie over the same bytes."""
    start = raw.index(b"PK\x01\x02")
    length = 46 + len(member.filename.encode())
    entry = raw[start : start + length]
    entries = b"".join(entry[:46] + f"xl/media/b{n:03}.xml".encode().ljust(length - 46, b"x") for n in range(count))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return raw[:start] + entries + end


def many_entries(path: Path) -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 200_000
    path.write_bytes(
        b"PK\x03\x04" + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entries), 4, 0)
    )


def lying_size(path: Path, compression: int = ZIP_DEFLATED) -> None:
    """A sheet says that it is 500 bytes, and unpacks to 200 MB."""
    write(path, parts() | {"xl/worksheets/sheet2.xml": bytes(200_000_000)}, compression)
    raw = bytearray(path.read_bytes())
    for place in range(len(raw)):
        if raw[place : place + 4] == b"PK\x01\x02" and raw[place + 46 : place + 70] == b"xl/worksheets/sheet2.xml":
            struct.pack_into("<L", raw, place + 24, 500)
        if raw[place : place + 4] == b"PK\x03\x04" and raw[place + 30 : place + 54] == b"xl/worksheets/sheet2.xml":
            struct.pack_into("<L", raw, place + 22, 500)
    path.write_bytes(bytes(raw))


def changed_byte(path: Path) -> None:
    """One byte of a sheet isn't what its checksum says."""
    write(path, parts(), ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<v>12</v>", b"<v>92</v>"))


def cut_off(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write(path, parts())
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    return make


def encrypted_member(path: Path) -> None:
    write(path, parts())
    raw = bytearray(path.read_bytes())
    for place in range(len(raw) - 4):
        if raw[place : place + 4] == b"PK\x01\x02":
            raw[place + 8] |= 1
    path.write_bytes(bytes(raw))


def noise(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + random.Random(1).randbytes(9_000_000))


# XML

LAUGHS = (
    '<?xml version="1.0" encoding="{}"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
    + outcome(text_cell("B2", "&a11;"))
)


def cells(lines: int, columns: int, cell: str = "<c><v>1</v></c>") -> str:
    return sheet(*(f"<row>{cell * columns}</row>" for _ in range(lines)))


STYLES = (
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs>' + "<xf/>" * 400_000 + "</cellXfs>"
)
RUBRIK = '<c r="{}1" t="s"><v>0</v></c>'


def styles(made: Parts) -> Parts:
    relations = str(made["xl/_rels/workbook.xml.rels"])
    extra = relation("f", "styles", "styles.xml")
    return {
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
        "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", extra + "</Relationships>"),
    }


def sheet_list(inside: str) -> Callable[[Parts], Parts]:
    return lambda made: {
        "xl/workbook.xml": str(made["xl/workbook.xml"]).replace("</sheets>", inside + "</sheets>"),
    }


def relations_of_workbook(inside: str) -> Callable[[Parts], Parts]:
    return lambda _: {"xl/_rels/workbook.xml.rels": relationships(inside)}


def formatted(code: str) -> Callable[[Parts], Parts]:
    """A second cell format, with this number format."""

    def change(made: Parts) -> Parts:
        relations = str(made["xl/_rels/workbook.xml.rels"])
        extra = relation("f", "styles", "styles.xml")
        listed = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
        return {
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{listed}<cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>',
            "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", extra + "</Relationships>"),
        }

    return change


def with_columns(columns: str) -> Callable[[Parts], Parts]:
    return lambda _: {"xl/worksheets/sheet2.xml": GOOD.replace("<sheetData>", f"<cols>{columns}</cols><sheetData>")}


ONE = row(2, text_cell("A2", "matt-1"), '<c r="B2"><v>12</v></c>')
FORMULA = "+".join(["A1"] * 7_000)
SHARED = sheet(
    row(3, f'<c r="D3"><f t="shared" ref="D3:M1502" si="0">{FORMULA}</f><v>1</v></c>'),
    *(
        row(r, *(f'<c r="{chr(68 + c)}{r}"><f t="shared" si="0"/><v>1</v></c>' for c in range(10)))
        for r in range(4, 1_500)
    ),
)


def padded_texts(made: Parts) -> Parts:
    """Twenty thousand texts of nothing but spaces around a number."""
    return with_strings("".join(f'<si><t xml:space="preserve">{" " * 850}{n}</t></si>' for n in range(20_000)))(made)


def many_texts(places: str) -> str:
    """A sheet on which 20 000 cells hold a shared text; places: of each cell's text, by the cell's number n."""
    return sheet(
        *(
            row(
                r, *(f'<c r="{chr(68 + c)}{r}" t="s"><v>{places.format(n=(r - 3) * 10 + c)}</v></c>' for c in range(10))
            )
            for r in range(3, 1_990)
        ),
    )


def csv(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.with_suffix(".csv").write_bytes(content) and None


def csv_rows(*lines: str) -> Callable[[Path], None]:
    return csv("\n".join(("id;utfall;kommentar", *lines)).encode())


NEWLINES, QUOTED = "\n" * 1_000_000, '"1"'
KILLERS = (
    " " * 100_000 + "x",
    "1" * 100_000,
    "1 " * 15_000,
    " 1" * 80 + "x",
    "1," * 15_000,
    "<a" * 15_000,
    "1 000" * 6_000,
    "- " * 15_000,
    "öka med " * 4_000,
    "kommer under " * 2_000,
)

MAKERS: dict[str, Callable[[Path], None]] = {
    "one member that unpacks to 150 MB": workbook(lambda _: {"xl/media/a.xml": bytes(150_000_000)}),
    "one member that unpacks to 2 000 times its size": lambda path: write(path, {"xl/a.xml": bytes(15_000_000)}),
    "many members that unpack to 10 MB each": many_bombs,
    "a member of 19 MB of tags": workbook(lambda _: {"docProps/custom.xml": "<x>" + "<a/>" * 4_500_000 + "</x>"}),
    "200 000 members": many_entries,
    "a member whose size is a lie": lying_size,
    "a member whose size is a lie, packed as bzip2": lambda path: lying_size(path, ZIP_BZIP2),
    "a member with another checksum": changed_byte,
    "cut off after a tenth": cut_off(0.1),
    "cut off after half": cut_off(0.5),
    "cut off just before the end": cut_off(0.99),
    "a member with a password": encrypted_member,
    "9 MB of noise": noise,
    "a billion laughs": workbook(lambda _: {"xl/worksheets/sheet2.xml": LAUGHS.format("UTF-8")}),
    "a billion laughs in UTF-16": workbook(
        lambda _: {"xl/worksheets/sheet2.xml": LAUGHS.format("UTF-16").encode("utf-16")}
    ),
    "a billion laughs in UTF-7": workbook(
        lambda _: {"xl/worksheets/sheet2.xml": LAUGHS.format("UTF-7").replace("<!", "+ADwAIQ-").encode()}
    ),
    "a million tags inside each other": workbook(matetal=f"<a>{'<a>' * 1_000_000}{'</a>' * 1_000_000}</a>"),
    "sixty thousand tags inside each other": workbook(
        lambda _: {"xl/styles.xml": "<a>" * 14_000 + "</a>" * 14_000}
        | relations_of_workbook(
            relation("r1", "worksheet", "worksheets/sheet1.xml")
            + relation("r2", "worksheet", "worksheets/sheet2.xml")
            + relation("f", "styles", "styles.xml")
        )({})
    ),
    "a cell at XFD1048576": workbook(
        matetal=sheet(HEADINGS, row(2, text_cell("A2", "matt-1")), row(1_048_576, text_cell("XFD1048576", "hej")))
    ),
    "all 16 384 columns in 500 rows": workbook(Rådata=cells(500, 16_384, "<c/>")),
    "a million cells": workbook(Rådata=cells(100_000, 10, "<c/>")),
    "a million cells with a prefix": workbook(
        matetal=cells(25_000, 10).replace("<", "<x-y:").replace("<x-y:/", "</x-y:").replace("xmlns=", "xmlns:x-y=")
    ),
    "a hundred sheets of 20 000 cells": workbook(**{f"Blad{n}": cells(2_000, 10, "<c/>") for n in range(98)}),
    "39 000 cells with text": workbook(
        Rådata=cells(1_000, 19, text_cell("", "ord ord ord").replace('r=""', "")),
        Mera=cells(1_000, 19, text_cell("", "ord ord ord").replace('r=""', "")),
    ),
    "a million shared strings": workbook(with_strings("<si><t/></si>" * 1_000_000)),
    "shared strings of 15 MB": workbook(
        with_strings(f"<si><t>{'a b ' * 4_000_000}</t></si>"),
        matetal=sheet(row(1, *(RUBRIK.format(chr(65 + n)) for n in range(26)))),
    ),
    "the longest text in every cell": workbook(
        with_strings(f'<si><t xml:space="preserve">{"a b " * 8_000}</t></si>'),
        Rådata=cells(1_000, 20, '<c t="s"><v>0</v></c>'),
    ),
    "spaces only in every cell": workbook(
        with_strings(f'<si><t xml:space="preserve">{" " * 32_000}</t></si>'),
        Rådata=cells(1_000, 20, '<c t="s"><v>0</v></c>'),
    ),
    "400 000 cell formats": workbook(styles),
    "100 000 merged cells": workbook(
        matetal=GOOD.replace(
            "</worksheet>", "<mergeCells>" + '<mergeCell ref="B2:B9"/>' * 100_000 + "</mergeCells></worksheet>"
        )
    ),
    "100 000 comments": workbook(with_comments('<comment ref="B2"><text><t>Hej</t></text></comment>' * 100_000)),
    "100 000 ranges of columns": workbook(
        matetal=GOOD.replace("<sheetData>", "<cols>" + '<col min="1" max="2000000000" width="0"/>' * 100_000 + "</cols><sheetData>")
    ),
    "a range of columns below all numbers": workbook(
        matetal=GOOD.replace("<sheetData>", '<cols><col min="-2000000000" max="2000000000"/></cols><sheetData>')
    ),
    "a hundred sheets with the same text boxes": workbook(
        with_drawing(f"<a>{'<txBody><p><t>Hej</t></p></txBody>' * 7_000}</a>", 98),
        **{f"Blad{n}": sheet() for n in range(98)},
    ),
    "one drawing named 20 000 times": workbook(
        lambda _: {
            "xl/worksheets/_rels/sheet2.xml.rels": relationships(
                "".join(relation(f"c{n}", "drawing", "../d.xml") for n in range(20_000))
            ),
            "xl/d.xml": "<a>" + "<b/>" * 50_000 + "</a>",
        }
    ),
    "a text box of 15 MB": workbook(with_drawing(f"<txBody><p><t>{'a b ' * 4_000_000}</t></p></txBody>", 2)),
    "a header of 15 MB": workbook(matetal=GOOD.replace(
        "</worksheet>", f"<headerFooter><oddHeader>{'&amp;' * 3_000_000}</oddHeader></headerFooter></worksheet>"
    )),
    "number formats without end": workbook(codes("0" * 4_000_000), matetal=outcome('<c r="B2" s="1"><v>12</v></c>')),
    "number formats that a pattern could stumble on": workbook(
        codes('"[_*;\\' * 40), matetal=outcome('<c r="B2" s="1"><v>12</v></c>')
    ),
    "a day in the year 10 000": workbook(codes("yyyy-mm-dd"), matetal=outcome('<c r="B2" s="1"><v>1E99</v></c>')),
    "a text that isn't there": workbook(matetal=outcome('<c r="B2" t="s"><v>-1</v></c>')),
    "15 000 cells that share a formula": workbook(
        Rådata=cells(1_500, 10, '<c><f t="shared" si="0"/><v>1</v></c>').replace("<f t=", f"<f>{'A1+' * 5_000}1</f><f t=", 1)
    ),
    "10 000 sheets": workbook(
        sheet_list("".join(f'<sheet name="B{n}" sheetId="{n + 9}" r:id="r2"/>' for n in range(10_000)))
    ),
    "a sheet's name of 1 MB": workbook(sheet_list(f'<sheet name="{"B" * 1_000_000}" sheetId="9" r:id="r2"/>')),
    "custom properties without end": workbook(
        lambda _: {"docProps/custom.xml": "<Properties>" + '<property name="a"><v>1</v></property>' * 200_000 + "</Properties>"}
    ),
    "relations in a circle": workbook(
        lambda _: {
            "xl/worksheets/_rels/sheet2.xml.rels": relationships(relation("c", "comments", "sheet2.xml")),
            "_rels/.rels": relationships(relation("r1", "officeDocument", "_rels/.rels")),
        }
    ),
    "relations that are missing": workbook(lambda _: {"xl/_rels/workbook.xml.rels": relationships()}),
    "relations out of the workbook": workbook(
        relations_of_workbook(
            relation("r1", "worksheet", "../../../../etc/passwd") + relation("r2", "worksheet", "file:///etc/passwd")
        )
    ),
    "a column before the first, and one after the last": workbook(
        with_columns('<col min="-30000000" max="9999999999" hidden="1"/>')
    ),
    "24 000 hidden columns": workbook(with_columns('<col min="1" max="16384" hidden="1"/>' * 24_000)),
    "a format of 200 000 brackets": workbook(formatted("[" * 200_000), matetal=outcome('<c r="B2" s="1"><v>12</v></c>')),
    "a format of 250 brackets in 4 000 cells": workbook(
        formatted("[" * 250),
        matetal=sheet(HEADINGS, ONE),
        Rådata=sheet(*(row(n, f'<c r="A{n}" s="1"><v>{n}</v></c>', f'<c r="B{n}" s="1"><v>1</v></c>') for n in range(1, 2_000))),
    ),
    "a formula of 7 000 terms in 15 000 cells": workbook(Rådata=SHARED),
    "a comment of 17 MB": workbook(with_comments(f'<comment ref="B2"><text><t>{NEWLINES * 17}</t></text></comment>')),
    "a comment of 100 000 empty lines": workbook(
        with_comments(f'<comment ref="B2"><text><t>{NEWLINES[:100_000]}</t></text></comment>')
    ),
    "a comment on a cell of 17 MB": workbook(with_comments(f'<comment ref="{"B" * 17_000_000}"><text><t>a</t></text></comment>')),
    "an attribute of 17 MB": workbook(matetal=outcome(f'<c r="B2" x="{"A" * 17_000_000}"><v>12</v></c>')),
    "a value of 17 MB": workbook(matetal=outcome(f'<c r="B2"><v>{"1" * 17_000_000}</v></c>')),
    "300 000 attributes": workbook(
        matetal=outcome(f'<c r="B2" {" ".join(f"a{n}={QUOTED}" for n in range(300_000))}><v>12</v></c>')
    ),
    "20 000 padded texts": workbook(padded_texts, Rådata=many_texts("{n}")),
    "one padded text in 20 000 cells": workbook(
        with_strings(f'<si><t xml:space="preserve">{" " * 30_000}a</t></si>'), Rådata=many_texts("0")
    ),
    "the longest text as 1 900 ids": workbook(
        with_strings(f'<si><t xml:space="preserve">{"a b " * 8_000}</t></si>'),
        matetal=sheet(HEADINGS, *(row(r, f'<c r="A{r}" t="s"><v>0</v></c><c r="B{r}"><v>1</v></c>') for r in range(2, 1_900))),
    ),
    "a row before the first": workbook(matetal=sheet(HEADINGS, ONE.replace('r="2"', 'r="-2"'))),
    "a text before the first": workbook(
        with_strings("<si><t>12</t></si>"), matetal=outcome('<c r="B2" t="s"><v>-1</v></c>')
    ),
    "a text after the last": workbook(matetal=outcome('<c r="B2" t="s"><v>999999999999</v></c>')),
    "a cell format after the last": workbook(formatted("0"), matetal=outcome('<c r="B2" s="99999999"><v>12</v></c>')),
    "merged cells over the whole sheet": workbook(
        matetal=GOOD.replace("</worksheet>", '<mergeCells><mergeCell ref="A1:XFD9999999"/></mergeCells></worksheet>')
    ),
    "a path of 10 MB": workbook(relations_of_workbook(relation("r1", "worksheet", "a/../" * 2_000_000))),
    "a custom property of 17 MB": workbook(
        lambda _: {"docProps/custom.xml": f'<Properties><property name="a"><v>{"1" * 17_000_000}</v></property></Properties>'}
    ),
    "an external link": workbook(lambda _: {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'}),
    "a workbook with macros": workbook(
        lambda made: {"[Content_Types].xml": str(made["[Content_Types].xml"]).replace(
            f"{KIND}.sheet.main", "application/vnd.ms-excel.sheet.macroEnabled.main"
        )}
    ),
    "no sheets at all": workbook(lambda _: {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}),
    "a number of 309 digits": workbook(matetal=outcome('<c r="B2"><v>1E308</v></c>')),
    "a number without end": workbook(matetal=outcome('<c r="B2"><v>1E999</v></c>')),
    "an integer of 4 000 digits": workbook(matetal=outcome(f'<c r="B2"><v>{"9" * 4_000}</v></c>')),
    "an integer of 400 000 digits": workbook(matetal=outcome(f'<c r="B2"><v>{"9" * 400_000}</v></c>')),
    "a text of 401 digits": workbook(matetal=outcome(text_cell("B2", "1" + "0" * 400))),
    "a formula of 1 MB": workbook(matetal=outcome(f'<c r="B2"><f>{"1+" * 500_000}1</f><v>2</v></c>')),
    "a csv file of 9 MB in one line": csv_rows("matt-1;12;" + "a" * 9_000_000),
    "a csv file with one cell of 900 kB": csv_rows("matt-1;12;" + "a" * 900_000),
    "a csv file with NULs": csv_rows("matt-1;12;\0\0"),
    "a csv file with escapes for the terminal": csv_rows("matt-1;\x1b[2J\x1b]0;12\x07;"),
    "a csv file with 2 000 columns": csv_rows(*["matt-1;12" + ";" * 2_000] * 450),
    "a csv file with half a million empty lines": csv_rows("matt-1;12;", *[";"] * 490_000),
    "a csv file with 1 900 ids that are unknown": csv_rows(*(f"matt-okand-{n};12;" for n in range(1_900))),
    "a csv file of quotes": csv_rows("matt-1;12;" + '"' * 900_001),
} | {
    f"text that a pattern could stumble on, {n}": csv_rows(
        *(f"matt-{m};{text[:14_000]};{text[:200]}" for m in range(60))
    )
    for n, text in enumerate(KILLERS, start=1)
}  # fmt: skip


# the file | what is said of it
SAID = """
one member that unpacks to 150 MB               | en arbetsbok med utfall; den här är för stor
one member that unpacks to 2 000 times its size | en arbetsbok med utfall; den här är för stor
many members that unpack to 10 MB each          | en arbetsbok med utfall; den här är för stor
a member of 19 MB of tags                       | en arbetsbok med utfall; den här är för stor
200 000 members                                 | en arbetsbok med utfall; den här är för stor
a member whose size is a lie                    | en hel Excelfil; den här är skadad eller avbruten
a member whose size is a lie, packed as bzip2   | en hel Excelfil; den här är skadad eller avbruten
a member with another checksum                  | en hel Excelfil; den här är skadad eller avbruten
cut off after a tenth                           | en hel Excelfil; den här är skadad eller avbruten
cut off after half                              | en hel Excelfil; den här är skadad eller avbruten
cut off just before the end                     | en hel Excelfil; den här är skadad eller avbruten
a member with a password                        | en arbetsbok utan lösenord
9 MB of noise                                   | en hel Excelfil; den här är skadad eller avbruten
a billion laughs                                | en hel Excelfil; den här är skadad eller avbruten
a billion laughs in UTF-16                      | en hel Excelfil; den här är skadad eller avbruten
a billion laughs in UTF-7                       | en hel Excelfil; den här är skadad eller avbruten
a million tags inside each other                | blad Mätetal: högst 25 000 celler
sixty thousand tags inside each other           | 1 läses, det första matt-1 12
a cell at XFD1048576                            | blad Mätetal, cell XFD1048576: högst 2 000 rader och 40 kolumner
all 16 384 columns in 500 rows                  | en arbetsbok med utfall; den här är för stor
a million cells                                 | 1 läses, det första matt-1 12
a million cells with a prefix                   | blad Mätetal: högst 25 000 celler
a hundred sheets of 20 000 cells                | en arbetsbok med utfall; den här är för stor
39 000 cells with text                          | 1 läses, det första matt-1 12
a million shared strings                        | en arbetsbok med utfall; den här är för stor
shared strings of 15 MB                         | en arbetsbok med utfall; den här är för stor
the longest text in every cell                  | 1 läses, det första matt-1 12
spaces only in every cell                       | 1 läses, det första matt-1 12
400 000 cell formats                            | en arbetsbok med utfall; den här är för stor
100 000 merged cells                            | blad Mätetal: högst 25 000 celler
100 000 comments                                | en arbetsbok med utfall; den här är för stor
100 000 ranges of columns                       | 1 läses, det första matt-1 12
a range of columns below all numbers            | 1 läses, det första matt-1 12
a hundred sheets with the same text boxes       | en arbetsbok med utfall; den här är för stor
one drawing named 20 000 times                  | 1 läses, det första matt-1 12
a text box of 15 MB                             | en arbetsbok med utfall; den här är för stor
a header of 15 MB                               | blad Mätetal: högst 25 000 celler
number formats without end                      | blad Mätetal, cell B2: en cell som visar det som står i den; den här visar ingenting
number formats that a pattern could stumble on  | blad Mätetal, cell B2: en cell som visar det som står i den; den här visar «[_*;\\»
a day in the year 10 000                        | blad Mätetal, cell B2: ett antal
a text that isn't there                         | en hel Excelfil; den här är skadad eller avbruten
15 000 cells that share a formula               | 1 läses, det första matt-1 12
10 000 sheets                                   | en arbetsbok med utfall; den här är för stor
a sheet's name of 1 MB                          | en hel Excelfil; den här är skadad eller avbruten
custom properties without end                   | en arbetsbok med utfall; den här är för stor
relations in a circle                           | bladet Om leveransen +1
relations that are missing                      | en hel Excelfil; den här är skadad eller avbruten
relations out of the workbook                   | en hel Excelfil; den här är skadad eller avbruten
a column before the first, and one after the last | 1 läses, det första matt-1 12
24 000 hidden columns                           | 1 läses, det första matt-1 12
a format of 200 000 brackets                    | blad Mätetal, cell B2: en cell som visar det som står i den; den här visar ingenting
a format of 250 brackets in 4 000 cells         | 1 läses, det första matt-1 12
a formula of 7 000 terms in 15 000 cells        | 1 läses, det första matt-1 12
a comment of 17 MB                              | en arbetsbok med utfall; den här är för stor
a comment of 100 000 empty lines                | 1 läses, det första matt-1 12
a comment on a cell of 17 MB                    | en arbetsbok med utfall; den här är för stor
an attribute of 17 MB                           | blad Mätetal: högst 25 000 celler
a value of 17 MB                                | blad Mätetal: högst 25 000 celler
300 000 attributes                              | 1 läses, det första matt-1 12
20 000 padded texts                             | en arbetsbok med utfall; den här är för stor
one padded text in 20 000 cells                 | 1 läses, det första matt-1 12
the longest text as 1 900 ids                   | blad Mätetal, cell A2: ett mätetal i planen
a row before the first                          | en hel Excelfil; den här är skadad eller avbruten
a text before the first                         | en hel Excelfil; den här är skadad eller avbruten
a text after the last                           | en hel Excelfil; den här är skadad eller avbruten
a cell format after the last                    | en hel Excelfil; den här är skadad eller avbruten
merged cells over the whole sheet               | blad Mätetal, cell A1:XFD9999999: celler som inte är sammanslagna
a path of 10 MB                                 | en arbetsbok med utfall; den här är för stor
a custom property of 17 MB                      | en arbetsbok med utfall; den här är för stor
an external link                                | en arbetsbok utan länkar till andra filer
a workbook with macros                          | en arbetsbok utan makron
no sheets at all                                | bladet Om leveransen +1
a number of 309 digits                          | blad Mätetal, cell B2: ett tal med högst 15 siffror före decimalkommat
a number without end                            | blad Mätetal, cell B2: ett tal med högst 15 siffror före decimalkommat
an integer of 4 000 digits                      | blad Mätetal, cell B2: ett tal med högst 15 siffror före decimalkommat
an integer of 400 000 digits                    | en arbetsbok med utfall; den här är för stor
a text of 401 digits                            | blad Mätetal, cell B2: ett antal
a formula of 1 MB                               | en arbetsbok med utfall; den här är för stor
a csv file of 9 MB in one line                  | högst 1 MB
a csv file with one cell of 900 kB              | en csv-fil med lika många citattecken före som efter varje text
a csv file with NULs                            | text
a csv file with escapes for the terminal        | text
a csv file with 2 000 columns                   | blad utfall, cell A3: ett mätetal i planen
a csv file with half a million empty lines      | 1 läses, det första matt-1 12
a csv file with 1 900 ids that are unknown      | blad utfall, cell A2: ett mätetal i planen
a csv file of quotes                            | en csv-fil med lika många citattecken före som efter varje text
text that a pattern could stumble on, 1         | 60 läses, det första matt-0 None
text that a pattern could stumble on, 2         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 3         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 4         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 5         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 6         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 7         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 8         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 9         | blad utfall, cell B2: ett antal +59
text that a pattern could stumble on, 10        | blad utfall, cell B2: ett antal +59
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With room for one file."""
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def said_of(made: Cost) -> str:
    """The first fault without its second half, and how many there are besides; where there is none, what was read."""
    if not made.told:
        return f"{len(made.read)} läses, det första {made.read[0]}"
    (plats, vantat), *others = made.told
    shown = f"{plats}: {re.split('[,(]', vantat)[0]}".removeprefix(": ")
    return f"{shown} +{len(others)}" if others else shown


def read(folder: Path) -> Cost:
    """The best of three, since others may use the same machine."""
    best = measured(folder)
    for _ in range(2):
        if best.seconds >= SECONDS:
            best = min(best, measured(folder), key=lambda made: made.seconds)
    return best


@pytest.mark.parametrize(("name", "said"), rows(SAID))
def test_a_hostile_file_costs_little_and_says_one_clear_thing(name: str, said: str, folder: Path) -> None:
    MAKERS[name](folder / "utfall.xlsx")
    made = read(folder)
    cost = f"{name}: {made.seconds:.2f} s, {made.peak:.0f} MB"
    print("COST", cost, "| SAID", said_of(made)[:300])
    assert made.seconds < SECONDS, cost
    assert made.peak < MEGABYTES, cost
    assert said_of(made) == said, cost


def test_every_maker_is_tried() -> None:
    assert [name for name, _ in rows(SAID)] == list(MAKERS)

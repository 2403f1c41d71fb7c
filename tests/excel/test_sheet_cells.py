"""One sheet's XML, as programs write it: which cells there are, what they hold, and what is hidden."""

import pytest

from reporting.excel.cells import RichText, StoredCell, look_at

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def stored(rows: str, before: str = "") -> dict[str, StoredCell]:
    """Cells by place, as "2,1" for A2."""
    content = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    return {f"{row},{column}": cell for (row, column), cell in look_at(content.encode(), hidden=False).cells.items()}


@pytest.mark.parametrize(
    ("rows", "place", "cell"),
    [
        ('<row r="2"><c r="B2"><v>5</v></c></row>', "2,2", StoredCell("n", 0, "5", None)),
        ('<row r="2"><c s="3" t="s"><v>7</v></c></row>', "2,1", StoredCell("s", 3, "7", None)),
        ("<row/><row><c/><c><v>5</v></c></row>", "2,2", StoredCell("n", 0, "5", None)),
        ('<row r="4"/><row><c r="C5"/><c><v>5</v></c></row>', "5,4", StoredCell("n", 0, "5", None)),
        ('<row r="2"><c r="B2"><f>A1</f><v>5</v></c></row>', "2,2", StoredCell("n", 0, "5", "A1")),
        ('<row r="2"><c r="B2"><f t="shared" si="0"/><v>5</v></c></row>', "2,2", StoredCell("n", 0, "5", "")),
        ('<row r="2"><c r="B2" t="str"><f>A1</f><v></v></c></row>', "2,2", StoredCell("str", 0, "", "A1")),
        ('<row r="2"><c r="B2"><f>A1</f><v></v></c></row>', "2,2", StoredCell("n", 0, None, "A1")),
        (
            '<row r="2"><c r="B2" t="inlineStr"><is>'
            '<r><rPr><strike val="0"/></rPr><t>a</t></r><r><rPr><strike/></rPr><t>b</t></r></is></c></row>',
            "2,2",
            StoredCell("inlineStr", 0, RichText("ab", struck=True), None),
        ),
        (
            '<row r="2"><c r="B2" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c></row>',
            "2,2",
            StoredCell("inlineStr", 0, RichText("a"), None),
        ),
        (
            '<row r="2"><c r="B2" t="inlineStr"><is><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c></row>',
            "2,2",
            StoredCell("inlineStr", 0, RichText("2", raised=True), None),
        ),
    ],
)
def test_a_cell_is_found_where_it_stands(rows: str, place: str, cell: StoredCell) -> None:
    assert stored(rows) == {place: cell}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="B2"/><c r="C2" s="4"/></row>',
        '<row r="2"><c r="B2" t="s"><v></v></c><c r="C2"><v/></c></row>',
        '<row r="2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><c r="B2"><v xsi:nil="true"/></c></row>',
    ],
)
def test_a_cell_without_content_is_none(rows: str) -> None:
    assert stored(rows) == {}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="B2"><v>5</v></c><c r="B2"><v>6</v></c></row>',
        '<row r="-2"><c><v>5</v></c></row>',
        '<row r="2"><c r="$B$2"><v>5</v></c></row>',
        '<row r="2"><c r="B2" s="-1"><v>5</v></c></row>',
    ],
)
def test_what_no_program_writes_is_a_damaged_sheet(rows: str) -> None:
    with pytest.raises(ValueError):
        stored(rows)


# what stands before the cells | the hidden columns
COLUMNS = """
<cols><col min="2" max="3" hidden="1"/></cols>                                                        | 2 3
<cols><col min="2" max="2" width="0" customWidth="1"/></cols>                                         | 2
<cols><col min="2" max="2" width="0.4"/><col min="3" max="3" width="9,5"/></cols>                     | 2
<cols><col min="39" max="16384" hidden="true"/></cols>                                                | 39 40
<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="38" width="12"/></cols>                   | 39 40
<sheetFormatPr defaultColWidth="9,14" defaultRowHeight="15" zeroHeight="1"/>                          |
<cols><col min="1" max="2" width="12"/></cols>                                                        |
"""


@pytest.mark.parametrize(("before", "hidden"), [line.strip().split("|") for line in COLUMNS.strip().splitlines()])
def test_a_column_without_room_for_a_character_is_hidden(before: str, hidden: str) -> None:
    content = f'<worksheet xmlns="{MAIN}">{before}<sheetData/></worksheet>'.encode()
    assert look_at(content, hidden=False).marks.hidden_columns == set(map(int, hidden.split()))


def test_a_row_in_which_no_text_can_be_seen_is_hidden() -> None:
    rows = '<row r="1"/><row r="2" hidden="1"/><row ht="0" customHeight="1"/><row ht="2.5"/><row ht="12"/>'
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    assert look_at(content, hidden=False).marks.hidden_rows == {2, 3, 4}


# a header or footer | what it says that isn't the page's number, the file's name or the day
MARGINS = """
<oddHeader>&amp;LUTKAST&amp;R&amp;P (&amp;N)</oddHeader>                                          | UTKAST
<oddHeader>&amp;C&amp;"Arial,Fet"&amp;14&amp;KFF0000Ej klart&amp;K01+049</oddHeader>              | Ej klart
<oddFooter>&amp;LIT &amp;&amp; ekonomi&amp;R&amp;D &amp;T</oddFooter>                             | IT & ekonomi
<oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;CSida &amp;P</oddFooter>                       |
<oddHeader>&amp;F</oddHeader><evenHeader>UTKAST</evenHeader>                                      |
<oddHeader/><firstHeader>&amp;G UTKAST</firstHeader>                                              |
"""


@pytest.mark.parametrize(("xml", "said"), [line.strip().split("|") for line in MARGINS.strip().splitlines()])
def test_what_a_header_says(xml: str, said: str) -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData/><headerFooter>{xml}</headerFooter></worksheet>'.encode()
    texts = [text for _, text in look_at(content, hidden=False).marks.margins]
    assert texts == [said.strip()] * bool(said.strip())
    content = content.replace(b"<headerFooter>", b'<headerFooter differentOddEven="1" differentFirst="true">')
    shown = [text for _, text in look_at(content, hidden=False).marks.margins]
    assert ("UTKAST" in shown) == ("UTKAST" in xml)

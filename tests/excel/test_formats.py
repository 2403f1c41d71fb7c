"""What a number format does to what stands in a cell: the case tables, and that no text at all is too odd to be one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.excel.formats import clock_text, section_of, sections
from reporting.excel.open import RawCell
from reporting.units import BUILT_IN_UNITS
from table_text import rows

# value | format | what it shows besides the number, as a unit or as words | what is wrong with it
SEEN = """
480   | General                                    |                      |
480   | 0                                          |                      |
480   | # ##0                                      |                      |
480   | #\\ ##0,                                   |                      | odd
480   | 0.0,,                                      |                      | odd
480   | 0" tkr"                                    | tkr                  |
480   | 0\\ \\t\\k\\r                              | tkr                  |
480   | 0 tkr                                      | tkr                  |
480   | #,##0.00\\ [$kr-41D]                       | kr                   |
480   | [$SEK] #,##0                               | kr                   |
480   | [$€-2] #,##0                               | «€»                  |
480   | 0_t_k_r                                    |                      |
480   | * #,##0" mnkr"                             | mkr                  |
480   | General" dagar"                            | dagar                |
480   | 0 dagar                                    | dagar                |
480   | 0 st                                       | antal                |
480   | 0" per 100 000 inv"                        | per 100 000 invånare |
480   | "ca "0                                     | «ca»                 |
480   | 0" (prel.)"                                | «(prel.)»            |
480   | #,##0 "tkr";-#,##0 "mkr"                   | tkr                  |
-480  | #,##0 "tkr";-#,##0 "mkr"                   | mkr                  |
-480  | #,##0" tkr";(#,##0" tkr")                  | tkr                  |
-480  | #,##0;[Red]#,##0                           |                      | no minus
-480  | #,##0;[Red]\\-#,##0                        |                      |
-480  | 0                                          |                      |
1480  | [>1000]0" mkr";0" tkr"                     | mkr                  |
480   | [>1000]0" mkr";0" tkr"                     | tkr                  |
480   | [<=100]0;[>1000]0                          |                      | concealed
-480  | [<0]0" mkr";0                              | mkr                  |
480   | ;;;                                        |                      | concealed
480   | ""                                         |                      | concealed
480   | **                                         |                      | concealed
480   | "0"                                        |                      | concealed
480   | "klart"                                    |                      | concealed
0     | 0;-0;;@                                    |                      | concealed
480   | 0;-0;;@                                    |                      |
-480  | 0;;0                                       |                      | concealed
0     | 0;-0;"-"                                   |                      |
0     | _-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-   |                      |
0     | 0;-0;"0"                                   |                      |
480   | @                                          |                      |
480   | 0","0                                      |                      | odd
480   | 0\\.0                                      |                      | odd
480   | 0"000"                                     |                      | odd
480   | "1"000                                     |                      | odd
480   | 0" 000"                                    |                      | odd
480   | "1 "000                                    |                      | odd
480   | 0" ."                                      | «.»                  |
0     | #                                          |                      | concealed
0     | #,###                                      |                      | concealed
0     | #\\ ###                                    |                      | concealed
0     | #.##                                       |                      | concealed
0     | #" st"                                     |                      | concealed
0     | # ?/?                                      |                      |
0     | #,##0                                      |                      |
480   | #                                          |                      |
480   | 0" kr "00" öre"                            |                      | odd
480   | 0.00E+00                                   |                      |
480   | # ?/?                                      |                      |
480   | [Red][>=100]0;[Blue]0                      |                      |
text  | General                                    |                      |
text  | @" tkr"                                    | tkr                  |
text  | 0" tkr"                                    |                      |
text  | 0;0;0;                                     |                      | concealed
text  | ;;                                         |                      |
text  | 0;0;0;"nej"                                |                      | concealed
"""  # fmt: skip


@pytest.mark.parametrize(("value", "code", "beside", "wrong"), rows(SEEN))
def test_what_is_seen_in_the_cell(value: str, code: str, beside: str, wrong: str) -> None:
    cell = RawCell("A1", value if value == "text" else int(value), code)
    found = {"concealed": cell.concealed, "odd": cell.odd_format, "no minus": cell.minus_lost}
    assert [name for name, is_so in found.items() if is_so] == [wrong] * bool(wrong)
    if not wrong:
        unit = BUILT_IN_UNITS.written(cell.words_shown)
        assert (unit.name if unit else f"«{cell.words_shown}»" if cell.words_shown else "") == beside


# format | what a number is shown as
DAYS = """
yyyy-mm-dd         | day
d mmmm yyyy        | day
mmm-yy             | day
[$-41D]d mmmm;@    | day
yyyy-mm-dd hh:mm   | day
[h]:mm             | 36:00
[hh]:mm:ss         | 36:00:00
h:mm               | 12:00
h:mm AM/PM         | 12:00
[mm]:ss            | 2160:00
mm:ss.0            | 2160:00
[s]                | 129600
0.0                | number
0 dygn             | number
General            | number
"dag" 0            | number
[Red]0             | number
"""


@pytest.mark.parametrize(("code", "shown"), rows(DAYS))
def test_a_number_that_is_shown_as_a_day_or_a_time(code: str, shown: str) -> None:
    part = section_of(code, 1.5)
    if part.clock:
        assert clock_text(timedelta(days=1.5), part.clock, seconds="s" in part.plain) == shown
    else:
        assert shown == ("day" if part.is_day else "number")


@given(st.text(max_size=255), st.floats(allow_nan=False) | st.text(max_size=5))
def test_no_format_is_too_odd(code: str, value: float | str) -> None:
    part = section_of(code, value)
    assert part in sections(code) or not part.words
    assert isinstance(RawCell("A1", value, code).concealed, bool)


@given(
    st.lists(st.sampled_from(["0", "#", '"tkr"', "\\k", "[$kr-41D]", ";", "[Red]", "[>5]", "_k", "* ", ".", ",", "@"]))
)
def test_digits_are_shown_where_the_format_has_signs_for_them(pieces: list[str]) -> None:
    for part in sections("".join(pieces)):
        assert part.is_number == any(sign in part.plain for sign in "0#")

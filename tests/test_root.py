"""What is said of a chapter that there isn't."""

import pytest

from conftest import PROJECT
from reporting.root import find_root, unknown_chapter
from table_text import rows

MEANT = """
ekonomi             | 08-ekonomi
8                   | 08-ekonomi
08                  | 08-ekonomi
8-ekonomi           | 08-ekonomi
Ekonomin            | 08-ekonomi
08-ekonomi.ipynb    | 08-ekonomi
maluppföljning      | 02-maluppfoljning
verksamhetsplanen   | verksamhetsplan
sammanfattning      | 01-sammanfattning
synpunkter          |
"""


@pytest.mark.parametrize(("written", "meant"), rows(MEANT))
def test_the_chapters_are_listed_and_the_nearest_is_asked_about(written: str, meant: str) -> None:
    told = unknown_chapter(find_root(PROJECT), written)
    assert told.startswith(f"Kapitlet «{written}» finns inte. Kapitlen är 01-sammanfattning, 02-maluppfoljning, ")
    assert "10-underlag, verksamhetsplan, kommun-sammanstallning." in told
    assert told.partition(" Menade du ")[2] == (f"«{meant}»?" if meant else "")

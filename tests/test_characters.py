"""Characters: a text reads the same however it was typed, copied and sent; and what was broken on the way is told, with what it was."""

import re
import subprocess
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.characters import broken, cleaned
from reporting.excel.open import open_workbook
from reporting.faults import Faults
from reporting.files import as_kept
from reporting.params.yaml_files import read_yaml_text
from reporting.reading.cell_text import read_cell
from reporting.reading.reasons import SAKNAS_ORSAKER
from reporting.reading.rows import comparable_name
from table_text import rows

PROJECT = Path(__file__).parents[1]
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u2060\u2066\ufeff"
SPACES = " \u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000"
SWEDISH = [
    "Andelen elever i årskurs 9",
    "Fröken Ärla",
    "minst 90 %",
    "på grund av kön",
    "82,5 procent",
    "Café – «söt» résumé",
]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("verksamhetsomra\u030ade", "verksamhetsområde"),
        ("\ufeffnojda\u200b", "nojda"),
        ("utfall\u00ad", "utfall"),
        ("８２，５\u3000％", "82,5 %"),
        ("٨٢٪", "82%"),
        ("１２\u2009３４５", "12\u00a0345"),
        ("12\u202f345", "12\u00a0345"),
        ("plats\u2011kostnad", "plats-kostnad"),
        ("\u202emän\u202c", "män"),
        ("oﬃciell", "officiell"),
        ("\u212bdö", "Ådö"),
        ("👨\u200d👩\u200d👧 familj", "👨\u200d👩\u200d👧 familj"),
        ("m² och 10³", "m² och 10³"),
        ("två\nrader\r\noch en\ttabb", "två\nrader\r\noch en\ttabb"),
    ],
)
def test_a_text_is_read_as_it_is_meant(written: str, read: str) -> None:
    assert cleaned(written) == read


@given(
    st.sampled_from(SWEDISH),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(UNSEEN)), max_size=6),
    st.booleans(),
)
def test_what_cannot_be_seen_says_nothing(text: str, strewn: list[tuple[int, str]], apart: bool) -> None:
    typed = unicodedata.normalize("NFD", text) if apart else text
    for place, sign in strewn:
        typed = typed[:place] + sign + typed[place:]
    assert cleaned(typed) == text
    assert cleaned(cleaned(typed)) == cleaned(typed)


@given(st.text())
def test_lines_stay_the_lines_that_they_are(text: str) -> None:
    assert len(cleaned(text).splitlines()) == len(text.splitlines())
    assert cleaned(cleaned(text)) == cleaned(text)


@given(
    st.integers(0, 9_999_999),
    st.sampled_from([0x30, 0x660, 0x966, 0xFF10, 0x1D7CE]),
    st.sampled_from(SPACES),
    st.data(),
)
def test_a_number_is_the_same_in_any_digits_and_with_any_spaces(
    number: int, zero: int, space: str, data: st.DataObject
) -> None:
    typed = "".join(chr(zero + int(digit)) if digit.isdigit() else space for digit in f"{number:,}".replace(",", " "))
    place = data.draw(st.integers(0, len(typed)))
    typed = typed[:place] + data.draw(st.sampled_from(UNSEEN)) + typed[place:]
    assert read_cell(cleaned(typed)).values == (Decimal(number),)


@given(st.sampled_from(sorted(SAKNAS_ORSAKER)), st.sampled_from(SPACES), st.sampled_from(UNSEEN))
def test_a_reason_is_the_same_with_any_spaces(reason: str, space: str, sign: str) -> None:
    typed = sign + unicodedata.normalize("NFD", reason).replace(" ", space) + sign
    assert read_cell(cleaned(typed)).word == reason


@given(st.sampled_from(UNSEEN))
def test_names_and_keys_are_the_same(sign: str) -> None:
    assert comparable_name(f"Verksamhetsomra\u030aden{sign}") == "verksamhetsomraden"
    located = read_yaml_text(f"{sign}namn{sign}:\u3000Förskola\n", Faults("plan.yml"))
    assert located
    assert dict(located.content) == {"namn": "Förskola"}


def test_a_file_is_found_however_its_name_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / unicodedata.normalize("NFD", "uppföljning") / unicodedata.normalize("NFD", "utfall-äldre.xlsx")
    kept.parent.mkdir()
    kept.touch()
    assert as_kept(tmp_path / "uppföljning" / "utfall-äldre.xlsx").samefile(kept)
    assert as_kept(tmp_path / "uppföljning" / "utfall-förskola.xlsx").parent.samefile(kept.parent)
    assert not as_kept(tmp_path / "uppföljning" / "utfall-förskola.xlsx").exists()


# What was broken before it came

BROKEN = """
    FÃ¤rre pÃ¥ kÃ¶     | FÃ¤rre pÃ¥ kÃ¶   | Färre på kö
    Vi gör mer pÃ¥ tid  | pÃ¥             | på
    ÃƒÂ¥tgÃƒÂ¤rd        | ÃƒÂ¥tgÃƒÂ¤rd   | åtgärd
    p√• gr√§nsen        | p√• gr√§nsen    | på gränsen
    f├Âr m├Ñnga         | f├Âr m├Ñnga     | för många
    10 â€“ 12            | â€“            | –
    Bra f”r alla         | f”r            | för
    p† grund av          | p†             | på
    fšr pŒ               | fšr pŒ         | för på
    f÷rsta               | f÷rsta         | första
    VΣntetid             | VΣntetid       | Väntetid
    v\ufffdntetid        | v\ufffdntetid  |
    v\x84nta             | v\x84nta       | v„nta
"""


@pytest.mark.parametrize(("text", "stood", "meant"), rows(BROKEN))
def test_what_was_broken_on_the_way_is_told_with_what_it_was(text: str, stood: str, meant: str) -> None:
    assert broken(text) == (stood, meant)


def as_windows(raw: bytes) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)


WAYS: dict[str, Callable[[str], str]] = {
    "UTF-8 as Windows": lambda text: as_windows(text.encode()),
    "UTF-8 as Windows, twice": lambda text: as_windows(as_windows(text.encode()).encode()),
    "UTF-8 as Latin 1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as Mac": lambda text: text.encode().decode("mac_roman"),
    "UTF-8 as DOS": lambda text: text.encode().decode("cp850"),
    "UTF-8 as DOS in the USA": lambda text: text.encode().decode("cp437"),
    "Windows as UTF-8": lambda text: text.encode("cp1252").decode("utf-8", "replace"),
}


@pytest.mark.parametrize("way", WAYS)
def test_utf_8_taken_for_something_else_is_always_found(way: str) -> None:
    for text in SWEDISH:
        seen = WAYS[way](text)
        found = broken(seen)
        assert found if seen != text else not found
        if found and found[1]:
            assert set(found[1].split()) <= set(text.split())


NAMES = """
    Ådö | Français | Dušan Aleš | SÃO PAULO | Łódź | Škoda | HEJ PÅ… | ”ÖGA” | Å–Ö | Ö’s | ”hej”sa han | Œuvre | Karl †1920 | √2
    5”x3” | Beyoncé | Zoë | piñata | €100 | 10 ‰ | 8–9 °C | Ñuñoa | αβγ | Õismäe | Ağrı | İzmir | Đặng | ÅÄÖ” | »Å» | m² | naïve | ½ | 4÷2
"""


@pytest.mark.parametrize("name", [name.strip() for line in NAMES.strip().splitlines() for name in line.split("|")])
def test_names_and_signs_as_they_are_are_no_alarm(name: str) -> None:
    assert broken(name) is None


@pytest.mark.process
def test_nothing_in_the_project_is_an_alarm() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.md", "*.yml", "*.txt", "*.csv", "*.tsv", "*.ipynb", "*.css", "*.js", "*.html"],
        capture_output=True, encoding="utf-8", check=True, cwd=PROJECT,
    ).stdout.splitlines()  # fmt: skip
    texts = [PROJECT / name for name in listed if not name.startswith("tests/data/broken/")]
    lines = [line for path in texts for line in path.read_text(encoding="utf-8").splitlines()]
    assert sum(bool(re.search("[åäöÅÄÖ]", line)) for line in lines) > 1000
    assert [line for line in lines if len(line) < 20_000 and broken(re.sub(r"`[^`]*`|\B�\B", "", line))] == []


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("Två_x000D_\nrader", "Två\nrader"),
        ("utfall_x000D_", "utfall"),
        ("_x005F_x000D_", "_x000D_"),
        ("en_x0009_tabb", "en\ttabb"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_ ensam", "\ufffd ensam"),
        ("fil_x.txt", "fil_x.txt"),
        ("pip_x0007_", "pip"),
    ],
)
def test_what_excel_keeps_as_a_number_is_the_sign_itself(kept: str, read: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = kept
    book.save(tmp_path / "bok.xlsx")
    [sheet] = open_workbook(tmp_path / "bok.xlsx", Faults("bok.xlsx")).sheets.values()
    assert sheet.rows[0][0].text == read

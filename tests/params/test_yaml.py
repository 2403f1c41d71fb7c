"""What a YAML text says, with its lines; and how it is read on after slips."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import PROJECT
from reporting.faults import Faults
from reporting.files import decoded
from reporting.params.located import Items, Keys, Oklart
from reporting.params.plan import Korning
from reporting.params.yaml_files import read_values, read_yaml, read_yaml_text
from reporting.params.yaml_text import GIVEN_UP, read_on, yaml_text
from table_text import rows
from tiers import many

FILES = sorted([*(PROJECT / "params").rglob("*.yml"), *(PROJECT / "examples").glob("*/params/**/*.yml")])

# as written | as read
READ = [
    ("minst 90 %", "minst 90 %"),
    ("12", 12),
    ("-3", -3),
    ("0.5", 0.5),
    ('"0.5"', "0.5"),
    ("true", True),
    ("ja", "ja"),
    ("NO", "NO"),
    ("off", "off"),
    ("y", "y"),
    ("", None),
    ("~", None),
    ("null", None),
    ("2024-12-31", date(2024, 12, 31)),
    ("'2024-12-31'", "2024-12-31"),
    ("2024-12", "2024-12"),
    ("12:30", "12:30"),
    ("0–6 år", "0–6 år"),
    ("5-10", "5-10"),
    ("3 st # i snitt", "3 st"),
    ("Kultur & fritid!", "Kultur & fritid!"),
    ("http://kommun.se/a?b=c#d", "http://kommun.se/a?b=c#d"),
    ("'it''s'", "it's"),
    (r'"rad\når \u00e5 \/"', "rad\når å /"),
    ("😀 𐐷", "😀 𐐷"),
    ("två\n  rader", "två rader"),
    ("'två\n\n  stycken'", "två\nstycken"),
    (">-\n  två\n  rader\n", "två rader"),
    ("|\n  två\n  rader\n", "två\nrader\n"),
    ("[a, 1, {b: c}]", ["a", 1, {"b": "c"}]),
    ("{2024: minst 3, 2025: minst 4}", {2024: "minst 3", 2025: "minst 4"}),
    ("012", 12),
    ("+5", 5),
    (".5", 0.5),
    ("1.", 1.0),
    ("1e3", 1000.0),
    ("1_000", "1_000"),
    ("0x1F", "0x1F"),
    (".inf", ".inf"),
    ("2024-13-45", "2024-13-45"),
    ("2024-12-31T10:00:00", "2024-12-31T10:00:00"),
    ("!!str 1", "1"),
    ("&a b", "b"),
    ("=", "="),
    ("{true: 1, 1.5: a}", {"true": 1, "1.5": "a"}),
    ("a\tb # c", "a\tb"),
    ("a\u2028b", "a b"),
]

# What people seldom write, or what has a fault.
ODD_VALUES = [
    *("012", "0o17", "0x1F", "1_000", "1e3", ".5", "1.", "+5", ".inf", "12345678901234567890", "2024-12-31T10:00:00"),
    *("2024-13-45", "!a b", "!!str 1", "&a b", "*a", "<<", "=", "{<<: {a: 1}}", "{a: 1, a: 2}", "{true: 1}"),
    *("{[a]: b}", "{a: b", "a: b", "'a", "@a", "`a", "%a", "a\tb", "a\x07", "a\x85b", "a\u2028b", "a\ufeffb", "a\rb"),
    *("a\n---\nb: c", "a\n...", ">#c\n  a", "|\n \n  a", "['a':b]", "[" * 40 + "]" * 40, "[" * 400, "{1.5: a}"),
]


@pytest.mark.parametrize(("written", "read"), READ, ids=[written for written, _ in READ])
def test_a_value_is_read_as_yaml_has_it_today(written, read):
    faults = Faults("x.yml")
    located = read_yaml_text(f"# Nyckeln\nnyckel: {written}\n", faults)

    assert (repr(located.content), faults.found) == (repr({"nyckel": read}), [])


# a text | what was expected
NOTHING = [
    ("", "nycklar och värden"),
    ("# bara en kommentar\n", "nycklar och värden"),
    ("- en\n- lista\n", "nycklar och värden"),
    ("text\n", "nycklar och värden"),
    ("? {a: [b]}\n: c\n", GIVEN_UP),
    ("a: " + "[" * 400 + "]" * 400, "nycklar och värden i några få nivåer"),
]


@pytest.mark.parametrize(("text", "wanted"), NOTHING, ids=[text[:12] for text, _ in NOTHING])
def test_of_some_texts_nothing_can_be_read(text, wanted):
    faults = Faults("x.yml")

    assert read_on(text, faults) == []
    assert [(fault.vantat, fault.plats) for fault in faults.found] == [(wanted, "")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_key_and_item_has_its_line(end):
    text = "# Planen\n\nplan: P\nmal:\n  - id: a\n    namn: >\n      En\n      text\n  -\n    [b,\n    c]\n"
    located = read_yaml_text(text.replace("\n", end), Faults("x.yml"))

    assert located.content == {"plan": "P", "mal": [{"id": "a", "namn": "En text\n"}, ["b", "c"]]}
    places = [
        (),
        ("plan",),
        ("mal",),
        ("mal", 0),
        ("mal", 0, "id"),
        ("mal", 0, "namn"),
        ("mal", 1),
        ("mal", 1, 1),
        ("a",),
    ]
    assert [located.line(place) for place in places] == [1, 3, 4, 5, 5, 6, 10, 11, 1]


def test_what_is_written_as_yaml_is_read_as_it_was():
    content = {
        "typ": "012",
        "namnder": {"a": {"arbetsbocker": ["12.xlsx", "1e3", "ja"], "av": "Nämnden: alla"}, "b": {}},
    }
    text = yaml_text(content)

    assert read_yaml_text(text, Faults("x.yml")).content == content
    assert "\n    arbetsbocker:\n      - 12.xlsx\n" in text


# a text with slips, a line each | what can be read (… is unknown), also with the values of keys that stand again |
# where keys may be lacking | the lines that are told
SLIPS_IN_TEXT = r"""
a: b: c; d: 1                                 | {'a': …, 'd': 1}                   |     | 1
a: 'it's'; b: 1                               | {'a': …, 'b': 1}                   |     | 1
z: 0; a: "x; b: 1                             | {'z': 0, 'a': …, 'b': 1}           |     | 2
a: @x; b: [1, 2; c: 3                         | {'a': …, 'b': …, 'c': 3}           |     | 1 2
a:;  - {id: x;  - {id: y}; b: 1               | {'a': […, {'id': 'y'}], 'b': 1}    |     | 2
a:;  - {id: x, n: b: c};  - {id: y}           | {'a': […, {'id': 'y'}]}            |     | 2
a:;  b: 1;  c 2;  d: 3                        | {'a': {'b': 1, 'd': 3}}            | a   | 3
a:;  b: 1;   c: 2;  d: 3                      | {'a': {'b': 1, 'd': 3}}            | a   | 3
a:;  b: 1; c: 2;  d: 3; e: 4                  | {'a': {'b': 1}, 'c': 2, 'e': 4}    | –   | 4
a:;  - b: 1;    c: 2;   d:;    - 3; e: 4      | {'a': [{'b': 1, 'c': 2}]}          | – a,0 | 4
a: 1; ---; b: 2                               | {'a': 1}                           | –   | 2
a: 1; b: 2; a: 3; a: 4                        | {'a': 1, 'b': 2} {'a': 3, 'b': 2} {'a': 4, 'b': 2} | | 3 4
a: {b: 1, b: 2}                               | {'a': {'b': 1}} {'a': {'b': 2}}    |     | 1
a: &k 1; b: *k; c: [*k, 2]                    | {'a': 1, 'b': …, 'c': […, 2]}      |     | 2 3
a: &k {b: 1}; c: {<<: *k, d: 1}               | {'a': {'b': 1}, 'c': {'d': 1}}     | c   | 2
a: 2024-02-30; b: 1                           | {'a': '2024-02-30', 'b': 1}        |     |
"""


@pytest.mark.parametrize(("written", "read", "torn", "told"), rows(SLIPS_IN_TEXT))
def test_a_text_is_read_on_after_its_slips(written, read, torn, told):
    faults = Faults("x.yml")
    readings = read_on(written.replace("; ", "\n").replace(";", "\n") + "\n", faults)

    shown = " ".join(re.sub(rf"<[\w.]+{Oklart.__name__} object[^>]*>", "…", repr(item.content)) for item in readings)
    lacking = [",".join(map(str, place)) or "–" for place in sorted(readings[0].ofullstandiga, key=len)]
    lines = [fault.plats.removeprefix("rad ") for fault in faults.found]
    assert (shown, " ".join(lacking), " ".join(lines)) == (read, torn, told)


def test_of_a_key_that_stands_twice_both_values_are_checked(tmp_path: Path):
    path = tmp_path / "a.yml"
    path.write_text("period: 2024-12\nnamnder: {}\nnamnder:\n  a: {beslutsdatum: i fjol}\n", encoding="utf-8")
    faults = Faults("a.yml")
    values, _ = read_values(path, faults, Korning)

    assert values.namnder == {}
    assert values.oklart("namnder")
    assert [(fault.plats, fault.stod) for fault in faults.found] == [("rad 3", "namnder:"), ("rad 4", "i fjol")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_file_in_another_encoding_is_read_all_the_same(tmp_path: Path, encoding):
    path = tmp_path / "a.yml"
    path.write_text("kommun: Åmål\n", encoding=encoding)
    located, faults = read_yaml(path, "a.yml")

    assert located.content == {"kommun": "Åmål"}
    assert [fault.vantat for fault in faults] == (["text i UTF-8"] if encoding == "cp1252" else [])


@pytest.mark.parametrize("raw", ["Åmål".encode() + "Åmål".encode("cp1252"), "Åmål".encode("mac-roman"), b"\x81"])
def test_what_is_in_no_encoding_is_not_guessed(raw):
    assert decoded(raw) == (None, 1)


ODD = st.sampled_from(ODD_VALUES) | st.text("0123456789.-+_eExob:TZ ", max_size=8)
KEYS = st.sampled_from(["id", "namn", "2024", "1", "'q'", '"q"', "åä ö", "a#b", "a-b", "text:x"])
TOKENS = [
    *"{}[],:#'\"|>-?\\ \n0~",
    "",
    ": ",
    " :",
    " #",
    "\n  ",
    "\n\n",
    "- ",
    "''",
    ">-\n",
    "? ",
    "|\n ",
    ":\n",
    "\n# c\n",
]


def keyed(values: st.SearchStrategy) -> st.SearchStrategy:
    """Keys, each with a value."""
    return st.lists(st.tuples(KEYS, values), min_size=1, max_size=4, unique_by=lambda pair: pair[0])


def within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists and keys within brackets."""
    marks = st.sampled_from([", ", ",", " , ", ",\n      ", ", # c\n      "])
    lists = st.tuples(marks, st.lists(inner, max_size=4)).map(lambda two: f"[{two[0].join(two[1])}]")
    keys = st.tuples(marks, keyed(inner)).map(lambda two: two[0].join(f"{key}: {value}" for key, value in two[1]))
    return lists | keys.map(lambda text: f"{{{text}}}")


def below(inner: st.SearchStrategy[str | list[str]]) -> st.SearchStrategy[list[str]]:
    """Lists and keys below each other, as lines."""
    return keyed(inner).map(lines_of_keys) | st.lists(inner, min_size=1, max_size=4).map(lines_of_list)


def lines_of_keys(pairs: list[tuple[str, str | list[str]]]) -> list[str]:
    lines = []
    for key, value in pairs:
        lines += [f"{key}: {value}"] if isinstance(value, str) else [f"{key}:", *(f"  {line}" for line in value)]
    return lines


def lines_of_list(values: list[str | list[str]]) -> list[str]:
    lines = []
    for value in values:
        first, *more = [value] if isinstance(value, str) else value
        lines += [f"- {first}", *(f"  {line}" for line in more)]
    return lines


SCALARS = st.sampled_from([written for written, _ in READ])
FLOW = st.recursive(SCALARS.filter(lambda text: text and not re.search("\n|#", text)), within, max_leaves=5)
BLOCK = st.recursive(FLOW | SCALARS.map(lambda text: text.replace("\n", "\n    ")), below, max_leaves=8)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(TOKENS) | ODD), max_size=2)


def edited(text: str, edits: list[tuple[float, int, str]]) -> str:
    """The text with some characters replaced, here and there."""
    for where, length, instead in edits:
        at = round(where * len(text))
        text = text[:at] + instead + text[at + length :]
    return text


def assert_read_or_told(text: str) -> None:
    """Something is read, every line of it within the text, or it is told what is wrong."""
    faults = Faults("x.yml")
    located = read_yaml_text(text, faults)
    count = len(text.splitlines()) + 1

    assert located or faults.found
    assert all(0 <= fault.rad <= count for fault in faults.found)
    assert all(1 <= line <= count for line in lines_within(located.content if located else None))


def lines_within(node: object) -> Iterator[int]:
    if isinstance(node, Keys | Items):
        yield from node.lines.values() if isinstance(node, Keys) else node.lines
        for inner in node.values() if isinstance(node, Keys) else node:
            yield from lines_within(inner)


@settings(max_examples=many(100, 5000), deadline=None)
@given(keyed(BLOCK).map(lines_of_keys), EDITS)
def test_whatever_is_written_is_read_or_told(lines, edits):
    assert_read_or_told(edited("\n".join(lines), edits))


LINES = [path.read_text(encoding="utf-8").splitlines() for path in FILES]


@settings(max_examples=many(200, 5000), deadline=None)
@given(st.sampled_from(LINES), st.floats(0, 1), st.integers(1, 12), EDITS, st.sampled_from(["\n", "\r\n"]))
def test_our_own_params_with_slips_are_read_or_told(lines, where, count, edits, end):
    start = round(where * len(lines))
    assert_read_or_told(edited("\n".join(lines[start : start + count]), edits).replace("\n", end))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_our_own_params_have_no_faults(path):
    located, faults = read_yaml(path, path.name)

    assert located.content
    assert faults == []

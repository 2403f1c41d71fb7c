"""Plain YAML is read fast by libyaml, all else by ruamel.yaml: nobody can tell which of them read a file."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import PROJECT
from reporting.params import read_params
from reporting.periods import Period
from reporting.yaml_files import read_yaml
from reporting.yaml_plain import read_plain
from reporting.yaml_whole import read_whole

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
]

# What the two read differently, or what has a fault.
NOT_PLAIN = [
    *("012", "0o17", "0x1F", "1_000", "1e3", ".5", "1.", "+5", ".inf", "12345678901234567890", "2024-12-31T10:00:00"),
    *(
        "2024-13-45",
        "!a b",
        "!!str 1",
        "&a b",
        "*a",
        "<<",
        "=",
        "{<<: {a: 1}}",
        "{a: 1, a: 2}",
        "{true: 1}",
        "{1.5: a}",
    ),
    *("{[a]: b}", "{a: b", "a: b", "'a", "@a", "`a", "%a", "a\tb", "a\x07", "a\x85b", "a\u2028b", "a\ufeffb", "a\rb"),
    *("a\n---\nb: c", "a\n...", ">#c\n  a", "|\n \n  a", "['a':b]", "[" * 40 + "]" * 40),
]


@pytest.mark.parametrize(("written", "read"), READ, ids=[written for written, _ in READ])
def test_a_plain_value_is_read_alike_by_both(written, read):
    text = f"# Nyckeln\nnyckel: {written}\n"

    assert repr(read_plain(text)[0]) == repr(read_whole(text, "x.yml")[0]) == repr({"nyckel": read})


@pytest.mark.parametrize("written", NOT_PLAIN)
def test_what_is_read_differently_is_left_to_the_slow_one(written):
    assert read_plain(f"nyckel: {written}\n") is None


@pytest.mark.parametrize("text", ["", "# bara en kommentar\n", "- en\n- lista\n", "text\n", "%YAML 1.1\n---\na: on\n"])
def test_so_is_what_is_no_keys_and_values(text):
    assert read_plain(text) is None


@pytest.mark.parametrize("read", [read_plain, lambda text: read_whole(text, "x.yml")], ids=["plain", "whole"])
def test_every_key_and_item_has_its_line(read):
    content, lines = read(
        "# Planen\n\nplan: P\nmal:\n  - id: a\n    namn: >\n      En\n      text\n  -\n    [b,\n    c]\n"
    )

    assert content == {"plan": "P", "mal": [{"id": "a", "namn": "En text\n"}, ["b", "c"]]}
    assert lines == {
        "plan": (3, {}),
        "mal": (4, {0: (5, {"id": (5, {}), "namn": (6, {})}), 1: (10, {0: (10, {}), 1: (11, {})})}),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_our_own_params_are_plain(path):
    text = path.read_text(encoding="utf-8")

    assert read_plain(text) is not None
    assert_alike(text)
    assert_alike(text.replace("\n", "\r\n"))


def assert_alike(text: str) -> None:
    """Where the fast one reads a text, so does the slow one: the same values of the same kinds, on the same lines."""
    plain = read_plain(text)
    if plain is not None:
        assert repr(plain) == repr(read_whole(text, "x.yml"))


SCALARS = st.sampled_from([written for written, _ in READ] + NOT_PLAIN) | st.text("0123456789.-+_eExob:TZ ", max_size=8)
KEYS = st.sampled_from(["id", "namn", "2024", "'q'", '"q"', "åä ö", "a#b", "true", "1.5", "?", "- a", ""])
TOKENS = [
    *"{}[],:#'\"|>-?&*!%@\\ \n\t",
    ": ",
    " #",
    "\n  ",
    "\n\n",
    "- ",
    "''",
    "\r\n",
    ">-\n",
    "? ",
    "|\n ",
    ":\n",
    "0",
    "~",
]


def under(key: str, node: list[str]) -> list[str]:
    """Lines with their key before them."""
    return [f"{key}: {node[0]}"] if len(node) == 1 else [f"{key}:", *(f"  {line}" for line in node)]


def item(node: list[str]) -> list[str]:
    """Lines as an item of a list."""
    return [f"- {node[0]}", *(f"  {line}" for line in node[1:])]


def nested(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    """Lists and keys of what is inner, as lines below each other or within brackets."""
    keyed = st.lists(st.tuples(KEYS, inner), min_size=1, max_size=4)
    within = st.lists(inner.map(" ".join), max_size=4)
    return st.one_of(
        keyed.map(lambda pairs: [line for key, node in pairs for line in under(key, node)]),
        st.lists(inner, min_size=1, max_size=4).map(lambda nodes: [line for node in nodes for line in item(node)]),
        st.tuples(within, st.sampled_from([", ", ",", ",\n  ", ", # c\n  "])).map(
            lambda two: [f"[{two[1].join(two[0])}]"]
        ),
        keyed.map(lambda pairs: ["{" + ", ".join(f"{key}: {' '.join(node)}" for key, node in pairs) + "}"]),
    )


NODES = st.recursive(SCALARS.map(lambda text: [text]), nested, max_leaves=8)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(["", *TOKENS]) | SCALARS), max_size=3)


def edited(text: str, edits: list[tuple[float, int, str]]) -> str:
    """The text with some characters replaced, here and there."""
    for where, length, instead in edits:
        at = round(where * len(text))
        text = text[:at] + instead + text[at + length :]
    return text


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(KEYS, NODES), min_size=1, max_size=3), EDITS)
def test_whatever_is_written_is_read_alike(pairs, edits):
    assert_alike(edited("\n".join(line for key, node in pairs for line in under(key, node)), edits))


LINES = [path.read_text(encoding="utf-8").splitlines() for path in FILES]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(LINES), st.floats(0, 1), st.integers(1, 12), EDITS, st.sampled_from(["\n", "\r\n"]))
def test_our_own_params_with_slips_are_read_alike(lines, where, count, edits, end):
    start = round(where * len(lines))
    assert_alike(edited("\n".join(lines[start : start + count]), edits).replace("\n", end))


SLIPS = [
    ("namn: ", "nman: "),
    ("form: ", "from: "),
    ("ton: rod", "ton: röd"),
    ("id: ", "id: A"),
    ("    ", "  "),
    ("}", ""),
    ("fran: 0", "fran: .0"),
]


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_faults_are_the_same_and_on_the_same_lines(monkeypatch, tmp_path: Path, right, wrong):
    source = PROJECT / "examples" / "exempelkommun" / "params"
    for path in source.rglob("*.yml"):
        copy = tmp_path / path.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 3), encoding="utf-8")
    fast = read_params(tmp_path, Period(2025, 8))
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    assert fast[1]
    assert fast == read_params(tmp_path, Period(2025, 8))


def test_without_libyaml_everything_is_read_slowly(monkeypatch, tmp_path: Path):
    path = tmp_path / "kommun.yml"
    path.write_text("kommun: Strandby\nnamnder:\n  - id: a\n", encoding="utf-8-sig")
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    located, faults = read_yaml(path, "kommun.yml")

    assert read_plain("a: b") is None
    assert (located.content, faults) == ({"kommun": "Strandby", "namnder": [{"id": "a"}]}, [])
    assert located.line(("namnder", 0, "id")) == 3

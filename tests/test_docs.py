"""docs/ held to the code: every word, table, example and quoted message of the handbook is what the program does."""

import dataclasses
import enum
import importlib
import inspect
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import typer
from deliveries import write_workbook

from built_in_units import UNITS
from reporting import kapitel
from reporting.assess import backtest, resultat
from reporting.assess.assess import assess_matetal
from reporting.assess.check import inspect_period
from reporting.assess.forslag import propose
from reporting.assess.underlag import load, read_input_of
from reporting.batch import manifests, status
from reporting.batch.status import FEL, KLAR, LEVERERAT, NOT_DELIVERED, TEXT_SAKNAS
from reporting.cli.app import app
from reporting.faults import Faults
from reporting.front import tables as tables_for_pandas
from reporting.handout import new_period
from reporting.params import blad, headings, kommun
from reporting.params import plan as plan_module
from reporting.params.blad import COLUMN_KINDS, DRIFT, PERSONAL, Blad
from reporting.params.chapters import CHAPTERS, PROGRAM_SHEETS
from reporting.params.kommun import Form, Kommun, Mappar, Ton
from reporting.params.malvarde import Battre, parse_target, resolved
from reporting.params.malvarde_grammar import UnreadableTarget
from reporting.params.malvarde_words import in_words
from reporting.params.plan import Kon, Korning, Plan
from reporting.params.read import read_params
from reporting.params.root import chosen_period, find_root
from reporting.params.webbplats import check_webbplats
from reporting.params.yaml_files import Located, Values, read_yaml, validated
from reporting.periods import Period
from reporting.reading import godkannanden, utfall
from reporting.reading.godkannanden import read_godkanda
from reporting.reading.read import read_workbooks
from reporting.reading.reasons import SAKNAS_ORSAKER, reason_for_missing
from reporting.show import placeholders
from reporting.swedish import NBSP
from reporting.texts import read as texts
from reporting.texts.read import read_texts
from reporting.units import ANTAL, BUILT_IN_UNITS, amount, read_quantity
from tiers import many

PROJECT = Path(__file__).parents[1]
EXAMPLE = PROJECT / "examples" / "exempelkommun"
HANDBOK = (PROJECT / "docs" / "handbok.md").read_text(encoding="utf-8")
ORDLISTA = (PROJECT / "docs" / "ordlista.md").read_text(encoding="utf-8")
PAGES = [*sorted((PROJECT / "docs").glob("*.md")), PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"]

ENGLISH = {
    "id", "data", "outputs", "cell", "sha256", "operator", "target", "root", "params", "faults", "anchor", "required",
    "Params", "Target", "UnreadableTarget", "Fault", "InputFaults", "html", "seconds", "limits", "program", "Manifest", "noted",
    "tables", "Standing", "job", "manifest", "why", "stamp", "needs", "stderr",
}  # fmt: skip
"""The machinery among the names that are looked up: what nobody reads as a heading, a column or a key of the field."""

NOUNS = (
    "params.kommun", "params.plan", "params.read", "params.blad", "assess.resultat", "reading.utfall", "texts.read",
    "params.malvarde", "assess.check", "assess.underlag", "faults", "batch.page", "assess.backtest", "batch.status",
    "batch.status", "reading.godkannanden", "handout.new_period", "params.deliverers", "handout.rules",
    "batch.records", "batch.manifests", "front.namnd", "front.kommun", "site.facts",
)  # fmt: skip
"""The modules whose classes and fields carry the nouns of the field."""


def tables(text, *heading):
    """The rows below this heading, cells trimmed; tables with the same heading are read as one."""
    wanted = "| " + " | ".join(heading) + " |"
    found, inside = [], False
    for line in text.splitlines():
        if line == wanted:
            inside = True
        elif inside and line.startswith("|"):
            found.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        else:
            inside = False
    rows = [row for row in found if set("".join(row)) != {"-"}]
    assert rows, f"ingen tabell med rubrikerna {heading}"
    return rows


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def ticked(text):
    return re.findall(r"`([^`\n]+)`", text)


def plain(text):
    return text.replace(NBSP, " ")


# Ordlistan


def classes(module):
    return [value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__]


def fields(cls):
    if dataclasses.is_dataclass(cls):
        return {field.name for field in dataclasses.fields(cls)}
    if issubclass(cls, enum.Enum):
        return set(cls.__members__)
    return set(getattr(cls, "model_fields", {}))


def columns():
    return {
        *headings.OM_ROWS,
        *headings.MATETAL_COLUMNS,
        *headings.KVALITATIVA_COLUMNS,
        *headings.HISTORIK_COLUMNS,
        *(heading for sheet in PROGRAM_SHEETS for heading in sheet.headings),
        *tables_for_pandas.UTFALL_COLUMNS,
        *tables_for_pandas.MAL_COLUMNS,
        *tables_for_pandas.SHEET_COLUMNS,
    }  # fmt: skip


def known_identifiers():
    names = set(columns())
    for name in NOUNS:
        module = importlib.import_module(f"reporting.{name}")
        names |= {name.rpartition(".")[2]}
        for cls in classes(module):
            names |= {cls.__name__} | fields(cls)
            names |= {key for key, value in vars(cls).items() if isinstance(value, property)}
    return names


def explained():
    headings = ("Ord", "I koden", "Betyder")
    return [name for _, names, _ in tables(ORDLISTA, *headings) for name in ticked(names)]


HELD = [kommun, plan_module, blad, resultat, utfall, texts, backtest, status, status, godkannanden, new_period]
HELD += [manifests]


@pytest.mark.parametrize("module", HELD, ids=lambda module: module.__name__)
def test_every_swedish_field_stands_in_ordlistan(module):
    names = set().union(*({cls.__name__} | fields(cls) for cls in classes(module) if not cls.__name__.startswith("_")))

    assert sorted(names - ENGLISH - set(explained())) == []


def test_every_column_heading_stands_in_ordlistan():
    assert sorted(columns() - ENGLISH - set(explained())) == []


def test_every_identifier_in_ordlistan_exists():
    assert sorted(set(explained()) - known_identifiers()) == []


def test_ordlistan_says_each_thing_once():
    names = explained()

    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert ENGLISH & set(names) == set()


# Kommandona


def commands():
    group = typer.main.get_command(app)
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in group.commands.items()
    }


def usage(name):
    """The command with its arguments, as --help shows them: the optional ones in brackets, dots after what may be several."""
    arguments = [p for p in typer.main.get_command(app).commands[name].params if p.param_type_name == "argument"]
    words = [p.name.upper() + ("..." if p.nargs == -1 else "") for p in arguments]
    return " ".join([name, *(word if p.required else f"[{word}]" for p, word in zip(arguments, words, strict=True))])


def test_every_command_is_in_the_table_and_no_other():
    shown = {row[0].strip("`").removeprefix("reporting ") for row in tables(HANDBOK, "Kommando", "Gör")}

    assert shown == {usage(name) for name in commands()}


def test_every_option_is_in_the_table_and_no_other():
    shown = [
        (command.strip("`").removeprefix("reporting "), option.strip("`"))
        for command, option, _ in tables(HANDBOK, "Kommando", "Val", "Betyder")
    ]

    assert sorted(shown) == sorted((name, option) for name, options in commands().items() for option in options)


def test_running_text_mentions_no_other_command_or_option():
    mentioned = set(re.findall(r"(?:`|run |^ +)reporting ([a-z-]+)", HANDBOK, re.MULTILINE))
    others = r"^ +(?:dask|papermill) .*$|`(?:uv sync|jupyter|--cwd) [^`]*`|git checkout .*$"
    ours = re.sub(others, "", HANDBOK, flags=re.MULTILINE)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", ours))

    assert mentioned == set(commands())
    assert options == {"--help"}.union(*commands().values())


# Målvärden och celler


@pytest.mark.parametrize(
    ("text", "mattenhet", "battre", "words"), tables(HANDBOK, "I planen", "mattenhet", "battre", "Tolkas som")
)
def test_malvarde_is_read_as_the_handbook_says(text, mattenhet, battre, words):
    assert battre in ("", *get_args(Battre))
    target = resolved(parse_target(text), battre or None)

    assert plain(in_words(target, UNITS[mattenhet])) == words


@pytest.mark.parametrize(("written", "better"), tables(HANDBOK, "Det här går inte", "Skriv i stället"))
def test_malvarde_that_cannot_be_read(written, better):
    with pytest.raises(UnreadableTarget):
        parse_target(written)

    assert plain(in_words(parse_target(better), ANTAL)) == better


def in_excel(cell, text):
    """Type `text` into a cell: Excel keeps a number as a number, 82 % as 0,82 shown as per cent, the rest as text."""
    cell.number_format = "General"
    number = re.fullmatch(r"([−+-]?\d[\d ]*(?:,\d+)?)( ?%)?", text)
    if number:
        value = read_quantity(number[1]).value
        cell.value = float(value / 100 if number[2] else value)
        cell.number_format = "0.00%" if number[2] else "General"
    else:
        cell.value = text


def read_one_cell(folder, text, remark, mattenhet):
    plan = Plan.model_validate(
        {
            "namnd": "socialnamnden", "plan": "Plan", "galler": [2025],
            "namndsmal": [
                {"id": "mal", "namn": "Mål",
                 "matetal": [{"id": "ett", "namn": "Ett", "mattenhet": mattenhet, "malvarde": "ska öka"}]}
            ],
        }
    )  # fmt: skip
    about = {"nämnd": "socialnamnden", "period": "2025-08"}
    write_workbook(folder / "utfall.xlsx", about, [{"id": "ett", "utfall": "1", "anmärkning": "."}])
    book = openpyxl.load_workbook(folder / "utfall.xlsx")
    row = {cell.value: book["Mätetal"].cell(2, cell.column) for cell in book["Mätetal"][1]}
    in_excel(row["utfall"], text)
    in_excel(row["anmärkning"], remark)
    book.save(folder / "utfall.xlsx")
    return read_workbooks(folder, "data", Period(2025, 8), plan)


CELLS = tables(HANDBOK, "I cellen utfall", "anmärkning", "mattenhet", "Läses som")


@pytest.mark.parametrize(("text", "remark", "mattenhet", "expected"), CELLS)
def test_cell_is_read_as_the_handbook_says(tmp_path, text, remark, mattenhet, expected):
    leverans, faults = read_one_cell(tmp_path, text, remark, mattenhet)
    [utfall] = leverans.utfall

    assert bool(faults) == (expected == "fel")
    if utfall.varde is not None:
        decimals = max(0, -utfall.varde.normalize().as_tuple().exponent)
        assert plain(amount(Decimal(utfall.varde), UNITS[mattenhet], decimals)) == expected
    else:
        assert (utfall.saknas or ("fel" if faults else "inget levererat")) == expected


def test_every_reason_for_a_missing_value_has_an_example():
    assert set(SAKNAS_ORSAKER) <= {expected for *_, expected in CELLS}


@pytest.mark.parametrize(("reason", "said"), tables(HANDBOK, "Orsak", "Så kan den sägas"))
def test_reasons_are_said_as_the_handbook_lists(reason, said):
    assert {reason_for_missing(phrase) for phrase in said.split("; ")} == {reason}


def test_every_column_and_row_is_described():
    described = {word for cells in tables(HANDBOK, "Kolumn", "Innehåll") for word in cells[0].split(", ")}
    earlier = [word for word in described if re.fullmatch(headings.EARLIER_COLUMN, word)]

    assert len(earlier) == 1
    assert described - set(earlier) == {*headings.MATETAL_COLUMNS, *headings.KVALITATIVA_COLUMNS}
    assert [label for label, _ in tables(HANDBOK, "Rad", "Exempel")] == list(headings.OM_ROWS)


@pytest.mark.parametrize("sheet", PROGRAM_SHEETS, ids=lambda sheet: sheet.id)
def test_every_sheet_is_described_with_its_columns_and_words(sheet):
    rows = tables(HANDBOK, f"Kolumn på {sheet.blad}", "Innehåll")

    assert [heading for heading, _ in rows] == list(sheet.headings)
    for kolumn, (heading, meaning) in zip(sheet.kolumner, rows, strict=True):
        first, *rest = meaning.split("; ")
        assert ("måste finnas" in rest) == (heading in sheet.required), heading
        if isinstance(kolumn.innehall, tuple):
            assert tuple(re.split(r", | eller ", first)) == kolumn.innehall


def test_historik_is_described_with_its_columns():
    rows = dict(tables(HANDBOK, f"Kolumn på {headings.HISTORIK}", "Innehåll"))

    assert tuple(rows) == headings.HISTORIK_COLUMNS
    assert [name for name, meaning in rows.items() if "måste finnas" in meaning] == ["nämnd", "id"]
    assert tuple(re.split(r", | eller ", rows["kön"].split(";")[0])) == headings.KON_COLUMNS
    assert f"`data/{headings.HISTORIK_FIL}`" in HANDBOK


def test_every_row_that_a_sheet_may_have_is_listed():
    personal = [(post.id, post.namn, post.mattenhet.name) for post in PERSONAL.poster]
    drift = [(post.id, post.namn) for post in DRIFT.poster]

    assert tables(HANDBOK, f"id på {PERSONAL.blad}", "Nyckeltal", "Enhet") == personal
    assert tables(HANDBOK, f"id på {DRIFT.blad}", "Post") == drift
    assert [sheet for sheet in PROGRAM_SHEETS if sheet.poster] == [PERSONAL, DRIFT]


# Kapitlen


def test_every_chapter_is_in_the_table():
    rows = tables(HANDBOK, "Kapitel", "Visar", "Görs av")

    assert [ticked(name)[0] for name, *_ in rows] == [chapter.file for chapter in CHAPTERS]
    used = " ".join(source for *_, source in rows)
    assert [sheet.blad for sheet in PROGRAM_SHEETS if sheet.blad not in used] == []


def test_every_text_of_a_chapter_is_listed():
    rows = tables(HANDBOK, "Efter ##", "Rubriker med ###", "Texten står i kapitlet")

    assert [(ticked(name)[0], parts, heading) for name, parts, heading in rows] == [
        (chapter.id, ", ".join(chapter.parts), chapter.heading) for chapter in CHAPTERS if chapter.texts
    ]


# Filerna i params/ och texterna


def yaml_examples():
    """The YAML examples, by what they are; those of scales, which are several, in `scales`."""
    kinds = {"namndsmal": "plan", "kommun": "kommun", "period": "period", "mappar": "mappar", "kolumner": "blad"}
    kinds |= {"godkanda": "godkanda", "webbplats": "webbplats", "enheter": "enheter"}
    found = {}
    for text in blocks(HANDBOK, "yaml"):
        top = re.findall(r"^(\w+):", text, re.MULTILINE)
        if kind := next((kinds[key] for key in top if key in kinds), None):
            assert kind not in found
            found[kind] = text
    return found


SCALES = [text for text in blocks(HANDBOK, "yaml") if text.startswith("skalor:")]


@pytest.fixture
def handbook_params(tmp_path):
    examples = yaml_examples()
    for kind, name in (("kommun", "kommun.yml"), ("plan", "planer/plan.yml"), ("period", "2025-08.yml")):
        path = tmp_path / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(examples[kind], encoding="utf-8")
    return tmp_path / "params"


def test_yaml_examples_are_one_kommun_without_faults(handbook_params):
    params, faults = read_params(handbook_params, Period(2025, 8))

    assert [str(fault) for fault in faults] == []
    assert params.plan("kultur-och-fritidsnamnden").plan == "Verksamhetsplan 2025"
    assert params.titel == "Delårsuppföljning augusti 2025"
    assert len(yaml_examples()) + len(SCALES) == len(blocks(HANDBOK, "yaml"))


@pytest.mark.parametrize("scale", SCALES, ids=lambda text: text.splitlines()[1].strip(" :"))
def test_every_scale_of_the_handbook_can_be_used(handbook_params, scale):
    params = with_scale(handbook_params, scale)

    assert [f"  {name}:" for name in params.kommun.skalor] == re.findall(r"^  [\w-]+:$", scale, re.MULTILINE)
    assert params.titel == "Delårsuppföljning augusti 2025"


def with_scale(folder, scale):
    """The handbook's params with this scale in place of its own, and without its rapporttyper."""
    path = folder / "kommun.yml"
    rest = re.sub(r"^(skalor|rapporttyper):\n(?: .*\n)+", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(rest + scale, encoding="utf-8")
    run = folder / "2025-08.yml"
    run.write_text(run.read_text(encoding="utf-8").replace("rapporttyp: delarsuppfoljning\n", ""), encoding="utf-8")
    params, faults = read_params(folder, Period(2025, 8))
    assert [str(fault) for fault in faults] == []
    return params


def test_the_scales_of_the_handbook_have_the_number_of_steps_that_it_says(handbook_params):
    steps = {text.splitlines()[1].strip(" :"): text.count("- {id:") for text in SCALES}

    assert steps == {"fyra-steg": 4, "ja-eller-nej": 2, "tre-farger": 4, "fem-steg": 6, "aret": 5}


@pytest.mark.parametrize(
    ("wanted", "outcome", "step"),
    [("minst 100", 80, "Gul"), ("minst 100", 79, "Röd"), ("högst 100", 120, "Gul"), ("högst 100", 121, "Röd")],
)
def test_80_per_cent_of_the_malvarde_counts_as_half(handbook_params, wanted, outcome, step):
    skala = with_scale(handbook_params, next(text for text in SCALES if "tre-farger" in text)).skala
    matetal = plan_module.Matetal(id="ett", namn="Ett", mattenhet="antal", malvarde=wanted)
    value = utfall.Utfall(Period(2025, 12), "ett", "", Decimal(outcome), None, "", None, "", "", "", "", "")
    result = assess_matetal(matetal, skala.nara_malvarde, Period(2025, 12), Period(2024, 12), [value], [])

    assert propose([result.status], [], skala).steg.namn == step


def test_godkanda_example_validates(tmp_path):
    path = tmp_path / "godkanda.yml"
    path.write_text(yaml_examples()["godkanda"], encoding="utf-8")
    accepted, faults = read_godkanda(tmp_path, "data")
    assert faults == []
    assert [(kod, item.motiv, item.av) for kod, item in accepted.items()] == [
        ("3fa2b1", "Taxan är oförändrad sedan 2022", "Lena Ek")
    ]


def test_the_states_of_a_chapter_are_those_of_the_handbook():
    assert [row[0] for row in tables(HANDBOK, "Läge", "Betyder")] == [FEL, NOT_DELIVERED, TEXT_SAKNAS, LEVERERAT, KLAR]


def test_mappar_example_validates(tmp_path):
    path = tmp_path / "kommun.yml"
    path.write_text(yaml_examples()["kommun"] + yaml_examples()["mappar"], encoding="utf-8")
    located, unread = read_yaml(path, "kommun.yml")
    kommun = validated(located, Kommun)

    assert (unread, located.faults.found) == ([], [])
    assert kommun.mappar == Mappar(data="H:/uppfoljning/data", outputs="H:/uppfoljning/outputs")


def test_webbplats_example_is_one_without_faults(tmp_path):
    path = tmp_path / "kommun.yml"
    path.write_text(yaml_examples()["kommun"] + yaml_examples()["webbplats"], encoding="utf-8")
    shutil.copy(EXAMPLE / "params" / "logotyp.svg", tmp_path)
    located, _ = read_yaml(path, "kommun.yml")
    kommun = validated(located, Kommun)
    check_webbplats(kommun, located, tmp_path)

    assert located.faults.found == []
    assert all(value for _, value in kommun.webbplats)


def model_keys(model):
    """Every key of a model and of the models in it, save those of ids that the user chooses."""
    keys = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            keys |= model_keys(inner)
    return keys


def models_in(annotation):
    if inspect.isclass(annotation) and issubclass(annotation, Values):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def test_every_key_of_a_sheet_s_file_is_explained_and_no_other():
    rows = dict(tables(HANDBOK, "Nyckel i bladets fil", "Betyder"))
    kinds = set(ticked(rows["`innehall`"]))

    assert {ticked(key)[0] for key in rows} == model_keys(Blad)
    assert set(COLUMN_KINDS) <= kinds <= {*COLUMN_KINDS, *BUILT_IN_UNITS.names}
    assert set(ticked(rows["`poster_ur`"])) == {
        "poster",
        *filter(None, get_args(Blad.model_fields["poster_ur"].annotation)),
    }


def test_every_key_of_the_params_files_is_explained_and_no_other():
    explained_keys = {ticked(key)[0] for key, _ in tables(HANDBOK, "Nyckel", "Betyder")}

    assert explained_keys == model_keys(Kommun) | model_keys(Plan) | model_keys(Korning)


@pytest.mark.parametrize(("key", "words"), [("form", Form), ("ton", Ton), ("battre", Battre), ("kon", Kon)])
def test_every_word_that_a_key_allows_is_listed(key, words):
    [meaning] = {text for name, text in tables(HANDBOK, "Nyckel", "Betyder") if name == f"`{key}`"}

    assert set(ticked(meaning)) == set(get_args(words))


def test_empty_namnd_of_the_handbook_validates():
    [line] = [text for text in ticked(HANDBOK) if text.endswith(": {}")]
    located = Located(Faults(), {"period": "2025-08", "namnder": {line.split(":")[0]: {}}})
    korning = validated(located, Korning)

    assert located.faults.found == []
    assert list(korning.namnder) == ["byggnadsnamnden"]


def test_texter_example_is_read(tmp_path, handbook_params):
    [text] = blocks(HANDBOK, "markdown")
    path = tmp_path / "texter.md"
    path.write_text(text, encoding="utf-8")
    params, _ = read_params(handbook_params, Period(2025, 8))
    texter, faults = read_texts(path, "texter.md", params.planer[0], params.skala, params.period)
    mal = texter.mal["kultur-for-alla"]

    assert faults == []
    assert (mal.bedomning.namn, mal.trend, mal.prognos) == ("Delvis uppnått", "förbättrad", "osäkert")
    assert tuple(mal.delar) == texts.DELAR
    assert texter.avsnitt["sammanfattning"].text.startswith("Barnbokslånen")
    assert texter.avsnitt["personal"].delar == {"Sjukfrånvaro": "Den korta frånvaron har minskat."}
    assert texter.avsnitt["framtid"].text == "Ett nytt bibliotek öppnar 2027."


def test_fields_and_headings_of_the_texts_are_all_listed():
    rows = dict(tables(HANDBOK, "Rad", "Kan vara"))
    words = re.split(r", | eller |; ", rows["trend"]), re.split(r", | eller |; ", rows["prognos"])

    assert tuple(rows) == texts.FALT
    assert tuple(words[0]) == texts.TRENDER
    assert tuple(words[1][:-1]) == texts.PROGNOSER
    assert all(part in HANDBOK for part in texts.DELAR)


def test_quoted_box_stands_on_the_page():
    box = plain(re.sub(r"[>*\s]+", " ", re.search(r"^> .*?(?=\n\n)", HANDBOK, re.MULTILINE | re.DOTALL)[0])).strip()
    shown = load("2025-08", "socialnamnden", str(EXAMPLE)).resultat
    [mal] = [mal for mal in shown.mal if mal.mal.id == "god-arbetsplats"]
    words = " ".join(re.sub(r"<[^>]+>", " ", plain(str(placeholders.missing_of_goal(mal, shown)))).split()).replace(
        " .", "."
    )

    box = box.replace(" - ", " ")
    assert box.startswith("Det här saknas om målet God arbetsplats och ekonomi:")
    assert box in words


# Felen


FAULTS = re.findall(
    r"I\s+`(?P<fil>[^`]+)`(?:, blad (?P<blad>[^,]+),)?\s+har\s+(?:(?P<first>det första\s+)?`(?P<old>[^`]+)`|"
    r"cell (?P<cell>[A-Z]\d+))\s+blivit\s+"
    r"`(?P<new>[^`]+)`:\n\n```text\n(?P<told>.*?)\n```",
    HANDBOK,
    re.DOTALL,
)


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "exempelkommun"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("outputs", "tabeller"))
    return folder


def put_in(path, blad, first, cell, old, new):
    if cell:
        book = openpyxl.load_workbook(path)
        in_excel(book[blad][cell], new)
        book.save(path)
        return
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1 or first, f"«{old}» står {text.count(old)} gånger i {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def period_of(fil):
    named = re.search(r"20\d\d-\d\d(?=/|\.yml)", fil)
    return named[0] if named else "2025-08"


def test_every_quoted_message_has_an_input():
    assert len(FAULTS) == len(blocks(HANDBOK, "text"))


@pytest.mark.parametrize(
    ("fil", "blad", "first", "old", "cell", "new", "told"),
    FAULTS,
    ids=[f"{fault[3] or fault[4]}→{fault[5]}" for fault in FAULTS],
)
def test_fault_gives_the_message_that_the_handbook_quotes(copy, fil, blad, first, old, cell, new, told):
    put_in(copy / fil, blad, first, cell, old, new)
    root = find_root(copy)
    period = chosen_period(root, period_of(fil))
    [namnd, *_] = re.findall(r"[a-z-]+namnden", fil) or [
        "socialnamnden"
    ]  # what the others have delivered needn't be read
    read = read_input_of(root, period, namnd)

    assert plain("\n\n".join(map(str, sorted(read.faults)))) == told


def test_example_without_the_faults_has_none(copy):
    root = find_root(copy)

    for period in ("2024-12", "2025-04", "2025-08")[-many(1, 3) :]:
        assert inspect_period(root, chosen_period(root, period)).faults == ()


# Anteckningsböckerna


def test_python_examples_run(monkeypatch, capsys):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(PROJECT / "notebooks")
    parameters, first_cell, own_cell, *_ = blocks(HANDBOK, "python")
    [own_figure] = blocks(HANDBOK.split("### En egen figur\n")[1].split("\n### ")[0], "python")
    names = {}
    for cell in (parameters, first_cell, own_cell):
        exec(cell, names)  # noqa: S102 - the handbook's own code

    assert "Nettokostnad per invånare 2 312 kr" in plain(capsys.readouterr().out)

    told = tables(HANDBOK, "För egna celler", "Ger")
    calls = [call for cell, _ in told for call in ticked(cell) if "synpunkter" not in call]
    values = {call: eval(call, {"k": names["k"], "r": names["k"].matetal[0]}) for call in calls}  # noqa: S307
    assert plain(values['k.tal(8.25, "procent", 1)']) == "8,3 %"

    exec(own_figure, names)  # noqa: S102

    assert [bar.get_height() for bar in names["yta"].patches] == [158, 171]
    names["plt"].close(names["figur"])


KINDS = {"text": tables_for_pandas.AS_TEXT, "tal": tables_for_pandas.AS_NUMBER, "antal": tables_for_pandas.AS_COUNT}
KINDS |= {"dag": tables_for_pandas.AS_DAY, "period": tables_for_pandas.AS_PERIOD}


@pytest.mark.parametrize(
    ("call", "columns"),
    [("k.utfall()", tables_for_pandas.UTFALL_COLUMNS), ("k.mal_tabell()", tables_for_pandas.MAL_COLUMNS)],
)
def test_every_column_of_the_tables_for_pandas_is_described_with_its_kind(call, columns):
    rows = tables(HANDBOK, f"Kolumn i {call}", "Slag", "Innehåll")
    told = [(name, kind) for names, kind, _ in rows for name in names.split(", ")]

    assert sorted(name for name, _ in told) == sorted(columns)
    for name, kind in told:
        assert columns[name] == KINDS[kind] if kind in KINDS else isinstance(columns[name], tuple), name
    in_order = {names: words for names, kind, words in rows if kind == "ordnade ord" and columns.get(names)}
    for name in {"status", "utveckling"} & in_order.keys():
        assert in_order[name] == ", ".join(columns[name])
    assert {name for name, kind in told if kind == "ord"} <= {"kon"}


def test_own_tables_of_the_handbook_are_made(copy, monkeypatch):
    """Each cell in its turn, on a copy with the own file that one of them reads."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    shutil.copytree(PROJECT / "notebooks", copy / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (copy / "notebooks" / "invanare.csv").write_text(
        "period,invanare\n2024-12,31000\n2025-08,31200\n", encoding="utf-8"
    )
    section = HANDBOK.split("### Egna tabeller med pandas\n")[1].split("\n### ")[0]
    names = {"k": kapitel("2025-08", "socialnamnden", str(copy))}
    shown = []
    for cell in blocks(section, "python"):
        *lines, last = cell.rstrip().splitlines()
        exec("\n".join(lines), names)  # noqa: S102 - the handbook's own code
        shown.append(exec(last, names) if re.match(r"\w+ = ", last) else eval(last, names))  # noqa: S102, S307

    _, sums, lines, share, once, merged = shown
    assert sums.isna().any()
    assert not (sums == 0).any()
    assert len(lines.get_lines()) == len(names["hela"].query("mattenhet == 'procent'")["matetal"].unique())
    assert share.between(0, 1).all()
    assert 0 < len(once) < names["hela"]["varde"].count()
    assert merged.groupby("period")["invanare"].first()["2025-08"] == 31200
    lines.figure.clear()
    calls = [call for cell, _ in tables(section, "Anrop", "Ger") for call in ticked(cell)]
    assert all(len(eval(call, names)) > 0 for call in calls)  # noqa: S307


def test_the_handbook_imports_from_reporting_only_what_it_offers():
    lines = [line for block in blocks(HANDBOK, "python") for line in block.splitlines() if "import" in line]
    lines += re.findall(r"`(from [^`]*)`", HANDBOK)

    assert set(lines) == {
        "from reporting import kapitel", "from reporting import kommunkapitel", "from reporting import laget",
        "import matplotlib.pyplot as plt", "import pandas as pd",
    }  # fmt: skip


def test_own_chapter_of_the_handbook_runs(copy):
    """The definition, the sheet, the text and the cells, as the handbook gives them."""
    section = HANDBOK.split("### Ett eget kapitel\n")[1].split("\n### ")[0]
    [definition], cells = blocks(section, "yaml"), blocks(section, "python")
    (copy / "params" / "blad").mkdir()
    (copy / "params" / "blad" / "synpunkter.yml").write_text(definition, encoding="utf-8")
    book = openpyxl.load_workbook(copy / "data/2025-08/socialnamnden/utfall-stod.xlsx")
    sheet = book.create_sheet("Synpunkter")
    rows = tables(section, "verksamhet", "antal", "besvarade i tid", "läge")
    sheet.append(["verksamhet", "antal", "besvarade i tid", "läge"])
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            in_excel(sheet.cell(number, column), text)
            sheet.cell(number, column).number_format = "0%" if text.endswith("%") else "General"
    book.save(copy / "data/2025-08/socialnamnden/utfall-stod.xlsx")
    shutil.copytree(PROJECT / "notebooks", copy / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(copy / "notebooks" / "09-framtid.ipynb", copy / "notebooks" / "50-synpunkter.ipynb")
    written = copy / "data/2025-08/socialnamnden/texter.md"
    written.write_text(written.read_text(encoding="utf-8") + "\n## synpunkter\n\nFler hör av sig.\n", encoding="utf-8")

    names = {"period": "2025-08", "namnd": "socialnamnden", "root": str(copy)}
    shown = []
    for cell in cells:
        *lines, last = cell.rstrip().splitlines()
        exec("\n".join(lines), names)  # noqa: S102 - the handbook's own code
        shown.append(plain(str(eval(last, names))))  # noqa: S307

    underlag, chart, table, text = shown
    assert underlag == "Exempelkommun · Socialnämnden · Delårsuppföljning augusti 2025"
    assert "Hemtjänst har flest synpunkter: 34 av 73" in chart
    assert all(cell in table for row in rows for cell in row)
    assert "<p>Fler hör av sig.</p>" in text
    other = names["kapitel"]("2025-08", "utbildningsnamnden", str(copy))
    assert "Uppgifterna lämnas på bladet Synpunkter" in str(eval(cells[2], names | {"k": other}))  # noqa: S307


# Länkar och sökvägar


def anchors(path):
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def links():
    return [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:", "mailto:"))
    ]


def test_there_are_links_to_follow():
    assert len(links()) > 3


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda value: str(getattr(value, "name", value)))
def test_every_link_leads_somewhere(page, target):
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page

    assert file.exists()
    assert not anchor or anchor in anchors(file)


MADE = (
    "outputs/",
    "examples/exempelkommun/outputs/",
    "notebooks/NN",
    "notebooks/50-synpunkter",
    "params/blad/",
    "godkanda.yml",
    "C:/",
    "examples/exempelkommun/params/blad/",
    "H:/",
)
"""What the reader or the program makes: named, but not there yet."""


def paths():
    """Every path in code marks or command lines: with a slash and nothing to fill in, or a known file's ending."""
    found = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        words = [
            word for code in [*ticked(text), *re.findall(r"^    (\S.*)$", text, re.MULTILINE)] for word in code.split()
        ]
        for word in dict.fromkeys(words):
            is_path = re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|[\w.-]+/|[\w-]+\.(?:yml|toml|lock|md|py)", word)
            if is_path and not word.startswith(MADE):
                found.append((page, word))
    return found


def test_paths_are_found():
    assert ("handbok.md", "environment.yml") in [(page.name, word) for page, word in paths()]


@pytest.mark.parametrize(("page", "word"), paths(), ids=lambda value: str(getattr(value, "name", value)))
def test_every_path_exists(page, word):
    roots = [PROJECT, EXAMPLE, page.parent, PROJECT / "params", EXAMPLE / "params", PROJECT / "src" / "reporting"]
    texts_of_a_namnd = EXAMPLE / "data" / "2025-08" / "socialnamnden"

    assert any((root / word).exists() for root in [*roots, texts_of_a_namnd])

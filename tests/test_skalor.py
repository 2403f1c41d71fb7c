"""Scales of other kinds than Luleå's four steps; and the shapes, colours and words in which a step or a state is shown."""

import re
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from conftest import EXEMPELKOMMUN
from reporting.assess.assess import assess_matetal
from reporting.assess.forslag import propose
from reporting.assess.resultat import Status
from reporting.assess.underlag import load
from reporting.params import blad
from reporting.params.kommun import Form, Kommun, Skala, Ton
from reporting.params.plan import Matetal
from reporting.params.read import read_params
from reporting.params.root import Root
from reporting.params.yaml_files import read_yaml, validated
from reporting.periods import Period
from reporting.reading.utfall import Utfall
from reporting.show import marks
from reporting.show.svg import PALETTE
from reporting.swedish import read_number
from table_text import rows

SCALES = """
kommun: Provkommun
namnder: []
skalor:
  fyra-steg:
    steg:
      - {id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}
      - {id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, over: 0}
      - {id: hog-grad, namn: I hög grad uppfyllt, form: trekvart, ton: gron, over: 0.5}
      - {id: helt, namn: Helt uppfyllt, form: cirkel, ton: morkgron, fran: 1}
  tre-steg:
    steg:
      - {id: ej, namn: Ej uppnått, form: kvadrat, ton: rod, fran: 0}
      - {id: delvis, namn: Delvis uppnått, form: triangel, ton: gul, over: 0}
      - {id: uppnatt, namn: Uppnått, form: cirkel, ton: gron, fran: 1}
  tva-steg:
    delvis_raknas_som: 0
    steg:
      - {id: nej, namn: Nej, form: kvadrat, ton: rod, fran: 0}
      - {id: ja, namn: Ja, form: cirkel, ton: gron, fran: 1}
  farger:
    steg:
      - {id: kan-inte, namn: Kan inte bedömas, form: romb, ton: gra, utan_underlag: ja}
      - {id: rod, namn: Röd, form: kvadrat, ton: rod, fran: 0}
      - {id: gul, namn: Gul, form: triangel, ton: gul, fran: 0.5}
      - {id: gron, namn: Grön, form: cirkel, ton: gron, fran: 0.8}
  fem-steg:
    delvis_raknas_som: 0.25
    steg:
      - {id: ett, namn: Ett, form: kvadrat, ton: rod, fran: 0}
      - {id: tva, namn: Två, form: triangel, ton: orange, over: 0}
      - {id: tre, namn: Tre, form: halv, ton: gul, fran: 0.4}
      - {id: fyra, namn: Fyra, form: trekvart, ton: gron, over: 0.6}
      - {id: fem, namn: Fem, form: cirkel, ton: morkgron, fran: 1}
  nara:
    nara_malvarde: 0.2
    steg:
      - {id: ej, namn: Ej uppfyllt, form: kvadrat, ton: rod, fran: 0}
      - {id: delvis, namn: Delvis uppfyllt, form: triangel, ton: gul, fran: 0.5}
      - {id: helt, namn: Uppfyllt, form: cirkel, ton: gron, fran: 1}
rapporttyper:
  arsuppfoljning: {namn: Årsrapport, skala: fyra-steg}
  delarsuppfoljning: {namn: Delårsrapport, skala: farger}
  styrkort: {namn: Styrkort, skala: tva-steg}
"""


@pytest.fixture(scope="module")
def kommun(tmp_path_factory: pytest.TempPathFactory) -> Kommun:
    """The scales, read as they are from kommun.yml."""
    path = tmp_path_factory.mktemp("params") / "kommun.yml"
    path.write_text(SCALES, encoding="utf-8")
    located, _ = read_yaml(path, "params/kommun.yml")
    assert located is not None
    read = validated(located, Kommun)
    assert located.faults.found == []
    return read


STATUS = {"u": Status.UPPNATT, "n": Status.NARA, "e": Status.EJ_UPPNATT, "-": Status.KAN_INTE_BEDOMAS}
ANSWER = {"ja": "ja", "delvis": "delvis", "nej": "nej", "-": None}

# scale | mätetal: uppnått, nära, ej, - | answers | proposed
PROPOSED = """
fyra-steg | e e e   |            | Ej uppfyllt
fyra-steg | u e e e |            | Delvis uppfyllt
fyra-steg | u u e e |            | Delvis uppfyllt
fyra-steg | u u u e |            | I hög grad uppfyllt
fyra-steg | u u     | delvis     | I hög grad uppfyllt
fyra-steg | u u -   | ja -       | Helt uppfyllt
fyra-steg | e e     | delvis     | Delvis uppfyllt
fyra-steg | - -     | -          |
tre-steg  | e e     | nej        | Ej uppnått
tre-steg  | e e     | delvis     | Delvis uppnått
tre-steg  | u e     |            | Delvis uppnått
tre-steg  | u u u e |            | Delvis uppnått
tre-steg  | u u     | ja         | Uppnått
tre-steg  | -       |            |
tva-steg  | u u     | ja         | Ja
tva-steg  | u u     | delvis     | Nej
tva-steg  | u e     |            | Nej
tva-steg  | e       | delvis     | Nej
tva-steg  | -       | -          |
farger    | e e     |            | Röd
farger    | u e e   |            | Röd
farger    | u e     |            | Gul
farger    | e       | ja         | Gul
farger    | n n     |            | Gul
farger    | u u u e |            | Gul
farger    | u u u u e |          | Grön
farger    | u       | ja         | Grön
farger    | - -     | -          | Kan inte bedömas
farger    |         |            | Kan inte bedömas
farger    | - e     |            | Röd
fem-steg  | e e     | nej        | Ett
fem-steg  | e e     | delvis     | Två
fem-steg  | u e e   |            | Två
fem-steg  | u u e e e |          | Tre
fem-steg  | u u u e e |          | Tre
fem-steg  | u u e   |            | Fyra
fem-steg  | u u     | delvis     | Fyra
fem-steg  | u       | ja         | Fem
fem-steg  | -       |            |
nara      | n       |            | Delvis uppfyllt
nara      | n n n   |            | Delvis uppfyllt
nara      | n e     |            | Ej uppfyllt
nara      | n u     |            | Delvis uppfyllt
nara      | u u     |            | Uppfyllt
"""


@pytest.mark.parametrize(("scale", "statuses", "answers", "step"), rows(PROPOSED))
def test_what_the_share_of_what_is_met_proposes(
    scale: str, statuses: str, answers: str, step: str, kommun: Kommun
) -> None:
    forslag = propose(
        [STATUS[word] for word in statuses.split()], [ANSWER[word] for word in answers.split()], kommun.skalor[scale]
    )
    assert (forslag.steg.namn if forslag.steg else "") == step


def test_every_step_of_every_scale_is_proposed_somewhere_in_the_table(kommun: Kommun) -> None:
    proposed = {(scale, step) for scale, _, _, step in rows(PROPOSED) if step}
    assert proposed == {(name, steg.namn) for name, skala in kommun.skalor.items() for steg in skala.steg}


# målvärde | bättre | utfall | the mätetal is | its goal, alone with it, is
NEAR = """
minst 100   |       | 100   | uppnått       | Uppfyllt
minst 100   |       | 99    | nära målvärde | Delvis uppfyllt
minst 100   |       | 80    | nära målvärde | Delvis uppfyllt
minst 100   |       | 79    | ej uppnått    | Ej uppfyllt
högst 100   |       | 101   | nära målvärde | Delvis uppfyllt
högst 100   |       | 120   | nära målvärde | Delvis uppfyllt
högst 100   |       | 121   | ej uppnått    | Ej uppfyllt
minst -10   |       | -12   | nära målvärde | Delvis uppfyllt
minst -10   |       | -13   | ej uppnått    | Ej uppfyllt
minst 0     |       | -1    | ej uppnått    | Ej uppfyllt
ska öka     |       | 49    | ej uppnått    | Ej uppfyllt
"""


@pytest.mark.parametrize(("target", "better", "outcome", "status", "step"), rows(NEAR))
def test_from_80_per_cent_of_the_malvarde_it_is_partly_met(
    target: str, better: str, outcome: str, status: str, step: str, kommun: Kommun
) -> None:
    skala = kommun.skalor["nara"]
    matetal = Matetal(id="m", namn="Ett mätetal", mattenhet="antal", malvarde=target)
    now, before = (
        Utfall(period, "m", "", value, None, "", None, "", "", "utfall.xlsx", "Mätetal", "B2")
        for period, value in ((Period(2024, 12), read_number(outcome)), (Period(2023, 12), Decimal(50)))
    )
    result = assess_matetal(matetal, skala.nara_malvarde, Period(2024, 12), Period(2023, 12), [now], [before])
    forslag = propose([result.status], [], skala)
    assert (str(result.status), forslag.steg.namn if forslag.steg else "") == (status, step)


# Which report has which scale


@pytest.fixture
def root(copy_of: Callable[[Path], Root]) -> Root:
    """Exempelkommun with these scales and report types instead of its own."""
    made = copy_of(EXEMPELKOMMUN)
    path = made.params / "kommun.yml"
    own = path.read_text(encoding="utf-8").split("\nskalor:")[0]
    path.write_text(f"{own}\nskalor:{SCALES.split('skalor:')[1]}", encoding="utf-8")
    for texts in made.data.rglob("texter.md"):
        texts.unlink()  # their bedömningar are on the other scales
    return made


# period | rapporttyp in the period's file | the report's name | the scale's steps
TYPES = """
2024-12 |                   | Årsrapport 2024           | Ej uppfyllt, Delvis uppfyllt, I hög grad uppfyllt, Helt uppfyllt
2025-08 |                   | Delårsrapport augusti 2025 | Kan inte bedömas, Röd, Gul, Grön
2024-12 | styrkort          | Styrkort 2024             | Nej, Ja
2025-08 | styrkort          | Styrkort augusti 2025     | Nej, Ja
2025-08 | arsuppfoljning    | Årsrapport augusti 2025   | Ej uppfyllt, Delvis uppfyllt, I hög grad uppfyllt, Helt uppfyllt
"""


@pytest.mark.parametrize(("period", "kind", "title", "steps"), rows(TYPES))
def test_a_report_type_chooses_its_scale(period: str, kind: str, title: str, steps: str, root: Root) -> None:
    if kind:
        path = root.params / f"{period}.yml"
        path.write_text(path.read_text(encoding="utf-8") + f"rapporttyp: {kind}\n", encoding="utf-8")
    params, faults = read_params(root.params, Period.parse(period))
    assert faults == []
    assert params is not None
    assert (params.titel, ", ".join(steg.namn for steg in params.skala.steg)) == (title, steps)


def test_the_goals_are_proposed_steps_of_the_reports_scale(root: Root) -> None:
    delar = load("2025-08", "byggnadsnamnden", str(root.folder)).resultat
    assert {mal.forslag.steg.namn for mal in delar.mal if mal.forslag.steg} == {"Kan inte bedömas"}
    year = load("2024-12", "byggnadsnamnden", str(root.folder)).resultat
    assert {mal.forslag.steg.namn for mal in year.mal if mal.forslag.steg} <= {
        "Ej uppfyllt", "Delvis uppfyllt", "I hög grad uppfyllt", "Helt uppfyllt",
    }  # fmt: skip


def test_a_bedomning_is_a_word_of_the_reports_own_scale(root: Root) -> None:
    goal = load("2025-08", "byggnadsnamnden", str(root.folder)).resultat.mal[0].mal.id
    path = root.data / "2025-08" / "byggnadsnamnden" / "texter.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"## {goal}\n\nbedömning: Grön\n", encoding="utf-8")
    said = load("2025-08", "byggnadsnamnden", str(root.folder)).resultat.mal[0].text.bedomning
    assert said is not None
    assert (said.namn, said.form, said.ton) == ("Grön", "cirkel", "gron")
    path.write_text(f"## {goal}\n\nbedömning: Helt uppfyllt\n", encoding="utf-8")
    with pytest.raises(Exception, match="bedömning är en av Kan inte bedömas, Röd, Gul, Grön"):
        load("2025-08", "byggnadsnamnden", str(root.folder))


# Shapes, colours and words

FORMS: tuple[Form, ...] = get_args(Form)
TONES: tuple[Ton, ...] = get_args(Ton)


def test_every_form_has_a_mark_that_differs_from_the_others() -> None:
    assert set(marks.SHAPES) == set(FORMS)
    assert len({str(shape) for shape in marks.SHAPES.values()}) == len(FORMS)


@pytest.mark.parametrize("shown", [marks.STATUS, marks.SVAR, marks.UTSIKT], ids=["status", "svar", "utsikt"])
def test_words_that_stand_side_by_side_have_shapes_of_their_own(shown: dict[str, tuple[Form, Ton]]) -> None:
    assert len({form for form, _ in shown.values()}) == len(shown)


STATES = {
    "uppdrag": blad.UPPDRAGSLAGE,
    "granskningar": blad.GRANSKNINGSLAGE,
    "kontrollmoment": blad.KONTROLLRESULTAT,
    "aktiviteter": blad.AKTIVITETSLAGE,
}


def test_every_word_of_the_sheets_has_a_mark_and_every_mark_a_word() -> None:
    assert {word for words in STATES.values() for word in words} == set(marks.LAGE)


@pytest.mark.parametrize("name", STATES)
def test_states_that_stand_side_by_side_differ_in_shape(name: str) -> None:
    forms = [marks.LAGE[word][0] for word in STATES[name]]
    assert len(set(forms)) == len(forms)
    for word in STATES[name]:
        assert f"<span>{word}</span>" in marks.known_mark(word).html


def page_file(name: str) -> str:
    return files("reporting").joinpath("show/page", name).read_text(encoding="utf-8")


def test_every_tone_has_its_class_and_its_place_in_the_charts() -> None:
    pieces = page_file("pieces.css")
    for ton in TONES:
        assert f".nr-{ton} {{ color: var(--nr-{ton}); }}" in pieces
        assert ton in PALETTE
        assert f'class="nr-status nr-{ton} ' in marks.mark("Ord", "cirkel", ton).html


# Contrast: at least 4.5 to 1 (WCAG 2, 1.4.3) against the grounds that marks stand on

LAB = {
    "light": {"--jp-layout-color0": "#ffffff", "--jp-layout-color1": "#ffffff"},
    "dark": {"--jp-layout-color0": "#111111", "--jp-layout-color1": "#212121"},
}
"""JupyterLab's own grounds in its two themes."""

Rgb = tuple[float, float, float]


def declared(css: str, selector: str) -> dict[str, str]:
    """The --nr- variables of the first block that begins with this text, one inside it included."""
    inside = css.split(selector, 1)[1]
    block = re.split(r"\}", inside)[0]
    return {name: value.strip() for name, value in re.findall(r"(--nr-\w+):\s*([^;]+);", block)}


def schemes() -> dict[str, dict[str, str]]:
    """Scheme → variable → value, as the browser resolves them."""
    page, lab = page_file("page.css"), page_file("lab.css")
    light = declared(page, ":root {")
    always = declared(lab, ":root {")
    found = {
        "page, light": light,
        "page, dark": light | declared(page, "@media (prefers-color-scheme: dark) {"),
        "page, print": light | declared(page, "@media print {"),
        "lab, light": always | declared(lab, '[data-jp-theme-light="true"] {'),
        "lab, dark": always | declared(lab, '[data-jp-theme-light="false"] {'),
    }
    for name, variables in found.items():
        if name.startswith("lab"):
            for variable, value in variables.items():
                if given := re.fullmatch(r"var\((--jp-[\w-]+)\)", value):
                    variables[variable] = LAB[name.split()[1]].get(given[1], "")
    return found


def rgb(value: str, under: Rgb) -> Rgb:
    """A colour as the eye meets it, a see-through one over what lies under it."""
    if given := re.fullmatch(r"rgba\((\d+), *(\d+), *(\d+), *(\d*\.?\d+)\)", value):
        alpha = float(given[4])
        red, green, blue = (int(given[n]) * alpha + below * (1 - alpha) for n, below in enumerate(under, start=1))
        return red, green, blue
    digits = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", value)
    assert digits is not None, value
    full = digits[1] if len(digits[1]) == 6 else "".join(digit * 2 for digit in digits[1])
    red, green, blue = (int(full[n : n + 2], 16) for n in (0, 2, 4))
    return red, green, blue


def luminance(color: Rgb) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    white, black, grey = (rgb(value, (0, 0, 0)) for value in ("#fff", "#000000", "#767676"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
    assert rgb("rgba(255, 255, 255, .5)", (1, 1, 1)) == (128, 128, 128)


SCHEMES = schemes()


@pytest.mark.parametrize("ground", ["paper", "soft", "ask"])
@pytest.mark.parametrize("ton", TONES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_tone_is_seen_on_every_ground(scheme: str, ton: Ton, ground: str) -> None:
    variables = SCHEMES[scheme]
    paper = rgb(variables["--nr-paper"], (0, 0, 0))
    under = rgb(variables[f"--nr-{ground}"], paper)
    assert contrast(rgb(variables[f"--nr-{ton}"], under), under) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "soft", "ask"])
@pytest.mark.parametrize("color", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("scheme", [name for name in SCHEMES if name.startswith("page")])
def test_text_is_seen_on_every_ground(scheme: str, color: str, ground: str) -> None:
    variables = SCHEMES[scheme]
    under = rgb(variables[f"--nr-{ground}"], rgb(variables["--nr-paper"], (0, 0, 0)))
    assert contrast(rgb(variables[f"--nr-{color}"], under), under) >= 4.5


def test_print_sets_every_colour_that_the_dark_scheme_does() -> None:
    page = page_file("page.css")
    dark = declared(page, "@media (prefers-color-scheme: dark) {")
    assert set(dark) <= set(declared(page, "@media print {"))
    assert set(dark) == set(declared(page, ":root {"))


def test_tones_of_one_scale_are_told_apart_by_more_than_colour(kommun: Kommun) -> None:
    for skala in kommun.skalor.values():
        assert len({steg.form for steg in skala.steg}) == len(skala.steg)


def test_a_step_without_a_limit_is_never_proposed_only_chosen() -> None:
    steg = [
        {"id": "nej", "namn": "Nej", "form": "kvadrat", "ton": "rod", "fran": 0},
        {"id": "vilar", "namn": "Vilar", "form": "ring", "ton": "gra"},
    ]
    skala = Skala.model_validate({"steg": steg})
    found = [propose(list(statuses), [], skala).steg for statuses in ((), (Status.UPPNATT,), (Status.EJ_UPPNATT,))]
    assert [step.namn if step else "" for step in found] == ["", "Nej", "Nej"]

"""The next period, made from the last; nothing that exists is touched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commands import reporting
from conftest import EXEMPELKOMMUN, PROJECT
from reporting.assess.check import inspect_period
from reporting.faults import InputFaults
from reporting.handout.new_period import new_period
from reporting.params.root import Root
from reporting.periods import Period


@pytest.fixture
def kommun(copy_of: Callable[[Path], Root]) -> Root:
    return copy_of(EXEMPELKOMMUN)


NEXT = """\
# December 2025, efter params/2025-08.yml. Fyll i dokumentnamn, arendenummer och beslutsdatum när de finns.
period: "2025-12"
namnder:
  socialnamnden:
    beslutad_av: Socialnämnden
    dokumentagare: Socialdirektör
    arbetsbocker:
      - utfall-aldre.xlsx
      - utfall-ifo.xlsx
      - utfall-stod.xlsx
"""
NONE_NAMED_BEFORE = """\
  byggnadsnamnden:
    dokumentagare: Bygg- och plankontorets chef
    arbetsbocker:
      - utfall-bygglov.xlsx
      - utfall-plan-och-kart.xlsx
"""


def test_the_file_carries_what_is_likely_to_hold(kommun: Root) -> None:
    made = new_period(kommun)
    assert (str(made.period), made.fanns, made.kvar) == ("2025-12", (), ())
    text = (kommun.params / "2025-12.yml").read_text(encoding="utf-8")
    assert text.startswith(NEXT)
    assert text.endswith(NONE_NAMED_BEFORE)
    assert made.gjort[0] == "params/2025-12.yml"
    assert [(kommun.folder / name).is_dir() for name in made.gjort[1:]] == [True] * 4
    # all that is wrong then is that nothing has come
    assert {fault.vantat for fault in inspect_period(kommun, Period(2025, 12)).faults} == {
        "arbetsboken, som params/2025-12.yml räknar upp"
    }


def test_nothing_that_exists_is_touched(kommun: Root) -> None:
    written = 'period: "2025-12"\nnamnder: {socialnamnden: {}}  # mitt eget\n'
    (kommun.params / "2025-12.yml").write_text(written, encoding="utf-8")
    delivered = kommun.data / "2025-12" / "socialnamnden" / "texter.md"
    delivered.parent.mkdir(parents=True)
    delivered.write_text("# Mitt\n", encoding="utf-8")
    made = new_period(kommun, "2025-12")
    assert made.fanns == ("params/2025-12.yml", "data/2025-12/socialnamnden/")
    assert (kommun.params / "2025-12.yml").read_text(encoding="utf-8") == written
    assert delivered.read_text(encoding="utf-8") == "# Mitt\n"
    assert new_period(kommun, "2025-12").gjort == ()


def test_a_report_type_is_carried_from_the_last_period_of_its_kind(kommun: Root) -> None:
    for name in ("2025-04", "2025-08"):
        path = kommun.params / f"{name}.yml"
        head = f'period: "{name}"\n'
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(head, head + "rapporttyp: delarsuppfoljning\n"), encoding="utf-8")
    new_period(kommun, "2025-12")
    assert "rapporttyp" not in (kommun.params / "2025-12.yml").read_text(encoding="utf-8")
    new_period(kommun, "2026-04")
    assert "rapporttyp: delarsuppfoljning" in (kommun.params / "2026-04.yml").read_text(encoding="utf-8")


def test_a_year_without_a_plan_and_a_year_without_history_are_told(
    kommun: Root, copy_of: Callable[[Path], Root]
) -> None:
    told = new_period(kommun, "2026-04").kvar
    assert told == (
        "Socialnämnden, Utbildningsnämnden, Kultur- och fritidsnämnden och Byggnadsnämnden har ingen plan som gäller 2026. "
        "Lägg till den i params/planer/, eller året under galler om planen gäller längre.",
    )


def test_a_period_to_compare_with_that_has_no_outcomes_is_told(copy_of: Callable[[Path], Root]) -> None:
    root = copy_of(PROJECT)
    plan = root.params / "planer" / "socialnamnden-2024.yml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("galler: [2024]", "galler: [2024, 2025]"), encoding="utf-8"
    )
    made = new_period(root)
    assert (str(made.period), made.kvar) == (
        "2025-04",
        (
            "Socialnämnden: inga utfall finns för april 2024, som perioden jämförs med. Lägg arbetsböckerna i den periodens mapp, "
            "eller siffrorna i data/historik.xlsx.",
        ),
    )


def test_the_first_period_has_none_to_begin_from(kommun: Root) -> None:
    with pytest.raises(InputFaults, match="en tidigare period att utgå från"):
        new_period(kommun, "2023-08")
    with pytest.raises(InputFaults, match="år och månad"):
        new_period(kommun, "2026-05")


@pytest.mark.process
def test_the_command_says_what_was_made_and_what_comes_then(kommun: Root) -> None:
    shown = reporting("new-period", "--root", str(kommun.folder))
    assert shown.stdout.splitlines()[0] == "params/2025-12.yml"
    assert shown.stderr.strip() == "Sedan: reporting template 2025-12, och reporting texts 2025-12."
    wrong = reporting("new-period", "2026-05", "--root", str(kommun.folder))
    assert (wrong.returncode, wrong.stdout, "Traceback" in wrong.stderr) == (2, "", False)

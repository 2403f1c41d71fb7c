"""axe-core run in a page, in every mode that the page is read in."""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from reporting.gate.chromium import Tab
from reporting.gate.dom import defect
from reporting.gate.findings import Defect, Mode

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
"""All of best-practice is asked for: headings, landmarks and regions are what a screen reader finds its way by."""
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""The rules of TAGS that read a computed colour. The others see elements, attributes, and what is shown where."""

_MEND = "se reglens beskrivning på https://dequeuniversity.com/rules/axe/{version}/{rule} (på engelska)"


@cache
def axe_script() -> str:
    """axe's own source."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@cache
def version() -> str:
    """The version of axe-core, as its first line says."""
    found = re.search(r"axe v([\d.]+)", axe_script())
    return found[1] if found else hashlib.sha256(axe_script().encode()).hexdigest()[:12]


RuleAnswer = tuple[str, str, bool]
"""What axe said of an element: the mode's name, the rule, and whether it passed, or axe couldn't tell."""


async def run_axe(tab: Tab, page: str, mode: Mode, seen: set[str]) -> tuple[list[Defect], list[tuple[str, RuleAnswer]]]:
    """Run axe on the page that the tab shows; its scripts must be in it. Gives (faults, [(kind of element, what axe said of it)]).

    seen: the colours of text on grounds that have been found good in this mode, on any page; what is found good now is added.

    Where only colours can differ from the light mode, and every element does stand where it stood there, only COLOUR_RULES are run: the
    others would see the same. Elements with the same text style and the same backgrounds behind them stand for each other in the
    contrast rule (questions.js, standIns).
    """
    options = ", ".join(json.dumps(value) for value in (TAGS, COLOUR_RULES, mode.colours, sorted(seen)))
    result: dict[str, Any] = await tab.evaluate(f"nrGranskning.runAxe({options})")
    seen.update(result["seen"])
    faults = [_defect(page, mode, found) for found in result["faults"]]
    if not result["ran"]:
        faults.append(defect(page, mode, "axe"))
    answers = ((True, result["passes"]), (False, result["unsure"]))
    return faults, [
        (kind, (mode.name, rule, passed)) for passed, rules in answers for rule in rules for kind in rules[rule]
    ]


def _defect(page: str, mode: Mode, found: dict[str, Any]) -> Defect:
    same = f" Likadant på {found['like']} ställen till på sidan." if found["like"] else ""
    what = f"axe: {found['help']}. {found['detail']}{same}"
    rule = str(found["rule"])
    mend = _MEND.format(version=".".join(version().split(".")[:2]), rule=rule.removeprefix("axe:"))
    return Defect(page=page, modes=(mode.name,), rule=rule, what=what, html=found["html"], mend=mend)

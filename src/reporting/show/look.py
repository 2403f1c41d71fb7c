"""What every page is made from: the templates and style sheets, and the kommun's own colour and logotype.

Every value that is put into a template is escaped. The only module that imports jinja2.
"""

import base64
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from reporting.files import as_kept
from reporting.html import Html
from reporting.params.kommun import Kommun
from reporting.params.logotype import UnusableLogotypeError, read_logotype
from reporting.params.webbplats import LJUSA, MORKA, readable


@cache
def template(name: str) -> Template:
    """A template, by its path below src/reporting, compiled once."""
    environment = Environment(autoescape=True, keep_trailing_newline=True, undefined=StrictUndefined)
    return environment.from_string(page_file(name))


@cache
def page_file(*names: str) -> str:
    """Style sheets, or a script, by their paths below src/reporting: their text, one after the other."""
    return "".join(files("reporting").joinpath(name).read_text(encoding="utf-8") for name in names)


@dataclass(frozen=True)
class Look:
    """How the kommun's pages differ from others'. css: rules to follow page.css, "" without a colour of its own; logotyp: an <img>, or
    ""."""

    css: Markup
    logotyp: Markup


def look(kommun: Kommun, params: Path) -> Look:
    """The look that kommun.yml gives. params: the folder that the logotype lies in; one that can't be used is left out, since reading
    params has told of it."""
    css = image = Html("")
    if farg := kommun.webbplats.farg:
        css = Html(
            ":root {{ --nr-accent: {light}; }}\n"
            "@media (prefers-color-scheme: dark) {{ :root {{ --nr-accent: {dark}; }} }}\n"
            "@media print {{ :root {{ --nr-accent: {light}; }} }}\n"
        ).format(light=readable(farg, LJUSA), dark=readable(farg, MORKA))
    if kommun.webbplats.logotyp:
        with suppress(UnusableLogotypeError):
            bild = read_logotype(as_kept(params / kommun.webbplats.logotyp))
            source = f"data:{bild.slag};base64,{base64.b64encode(bild.innehall).decode()}"
            image = Html('<img class="nr-logotyp" src="{}" alt="Logotyp för {}">').format(source, kommun.kommun)
    return Look(css, image)

"""The templates that pages are made from; every value that is put into one is escaped. The only module that imports jinja2."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template


@cache
def template(name: str) -> Template:
    """A template, by its path below src/reporting, compiled once."""
    environment = Environment(autoescape=True, keep_trailing_newline=True, undefined=StrictUndefined)
    return environment.from_string(page_file(name))


@cache
def page_file(name: str) -> str:
    """A style sheet or a script, by its path below src/reporting, as text."""
    return files("reporting").joinpath(name).read_text(encoding="utf-8")

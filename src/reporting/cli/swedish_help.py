"""What the library of the command line says, in Swedish: its help, and how a command was wrongly written."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from reporting.faults import nearest_word

HELP = (
    (r"^Usage: ", "Användning: "),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO ..."),
    (r"^Arguments:$", "Argument:"),
    (r"^Options:$", "Val:"),
    (r"^Commands:$", "Kommandon:"),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"<str>", "<ord>"),
    (r"<list\[str\]>", "<ord>      "),
    (r"<int range>", "<tal>      "),
    (r"\[required\]", "[måste anges]"),
    (r"\[default:\s+(\w+);\s+x>=(\w+)\]", r"[\1 om inget anges]"),
)
"""What stands in the help: a pattern, and the Swedish of it. Columns stay as wide as they were."""
WRONG = (
    (r"Missing option '(.+)'\.?", r"Valet \1 måste anges."),
    (r"Missing argument '(.+)'\.?", r"\1 måste anges."),
    (r"Missing command\.", "Ange ett kommando."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"Valet \1 finns inte. Menade du \2?"),
    (r"No such option: (\S+)(?: Did you mean (.+)\?)?", r"Valet \1 finns inte."),
    (r"No such command '(.+?)'\. Did you mean '(.+)'\?", r"Kommandot \1 finns inte. Menade du \2?"),
    (r"No such command '(.+?)'\.?(.*)", r"Kommandot \1 finns inte."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"Det här är för mycket: \1."),
    (r"Option '(.+)' requires an argument\.", r"Valet \1 måste följas av ett värde."),
    (r"Option '(.+)' does not take a value\.", r"Valet \1 följs inte av något värde."),
    (r"Invalid value for '(.+)': Input should be a valid integer.*", r"Valet \1 måste följas av ett helt tal."),
    (r"Invalid value for '(.+)': Input should be greater than or equal to (\S+)", r"Valet \1 måste vara minst \2."),
    (r"Invalid value for '(.+?)'.*", r"Värdet för \1 går inte att läsa."),
)
"""The same for what may be wrong with a command; the first that fits."""


def in_swedish(command: Any) -> Any:
    """The command, and those in it, with their help in Swedish."""
    for item in (command, *getattr(command, "commands", {}).values()):
        for name in ("get_help", "get_usage"):
            setattr(item, name, partial(_translated, getattr(item, name)))
    return command


def wrong_command(error: Exception) -> str:
    """What was wrong with a command, how it is used and where to read more; for a command alone, its help."""
    context, said = getattr(error, "ctx", None), getattr(error, "format_message", lambda: str(error))()
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(said)
    if many := re.fullmatch(r"(No such option: (\S+) \(Possible options: )(.+)\)", said):
        said = f"{many[1]}{nearest_word(many[2], many[3].split(', ')) or many[3]})"
    told = next((match.expand(text) for pattern, text in WRONG if (match := re.fullmatch(pattern, said))), said)
    return f"{told}\n\n{context.get_usage()}\nHjälp: {context.command_path} --help" if context else told


def _translated(original: Callable[..., str], *arguments: Any) -> str:
    text = original(*arguments)
    for pattern, swedish in HELP:
        text = re.sub(pattern, swedish, text, flags=re.MULTILINE)
    return text

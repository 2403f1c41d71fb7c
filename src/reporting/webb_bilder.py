"""The figures of the mätetal pages, drawn again only where they are to show something else."""

from collections.abc import Sequence

from reporting.files import write_whole
from reporting.html import Html
from reporting.kept_files import Kept
from reporting.matetal_figures import over_time
from reporting.matetal_over_tid import Historia
from reporting.warm.parallel import many_at_once


def drawn(histories: Sequence[Historia], files: Kept) -> list[Html]:
    """Each mätetal over time, as over_time draws it."""
    names = {id(item): f"bilder/{item.namnd}/{item.nu.id}.html" for item in histories}
    wanted = [item for item in histories if files.lacks(names[id(item)], repr(item).encode())]
    for item, bild in zip(wanted, many_at_once(over_time, wanted), strict=True):
        write_whole(files.path(names[id(item)]), str(bild))
    return [Html(files.path(names[id(item)]).read_text(encoding="utf-8")) for item in histories]

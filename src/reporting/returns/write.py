"""What goes back to those who sent workbooks with faults, written to a folder: the marked workbook and a letter for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from reporting.faults import ANNAN_BOK, INGET_BREV, Fault, Faults, InputFaults, Notis
from reporting.files import write_whole
from reporting.guard import read_parts
from reporting.reading.utfall import Lamnad
from reporting.returns.letter import MARKED_COPY, NO_COPY, UNMARKED_COPY, mail_text
from reporting.returns.ooxml import NotMarkable
from reporting.returns.workbook import returned

WORKBOOK, TABLE = ".xlsx", ".csv"
SENT = (WORKBOOK, TABLE, ".xls", ".xlsm", ".xlsb", ".ods")
"""How the files end that somebody sends with outcomes; texts and params are mended by those who keep them."""


def write_returns(
    folder: Path,
    here: str,
    faults: Iterable[Fault],
    notiser: Iterable[Notis],
    read: Callable[[str], Path],
    lamnade: Iterable[Lamnad],
    period_name: str,
    names: Mapping[str, str],
    saknas: Iterable[Fault] = (),
) -> list[Path]:
    """Write <folder>/<nämnd>/<file> and a letter beside it, for each sent file that has a fault or lacks something: the paths written,
    in their order.

    here: how the names of the period's own files begin: an earlier period's are nobody's to mend now. faults, notiser: of all files;
    notices alone send nothing back. saknas: what files ought to hold besides, each as a fault. read: fil → where it lies; it is never
    written to. lamnade: the workbooks' senders, as far as they say; names: nämnd → its name; files under no such nämnd are passed over,
    and so are those that aren't there. What can't be marked goes back as a letter alone, and so does a workbook that is another than the
    one awaited; a .csv with its file as it came. Raises InputFaults where there is something in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        wanted = "en mapp som inte finns ännu, eller som är tom"
        raise InputFaults([Fault(folder.as_posix(), "", wanted, "ange en annan mapp, eller töm den först")])
    faults = [fault.as_sender_is_told() for fault in faults if fault.fil.startswith(here) and fault.brev != INGET_BREV]
    notiser, saknas = list(notiser), list(saknas)
    senders = {lamnad.fil: lamnad for lamnad in lamnade}
    written: list[Path] = []
    for fil in sorted({fault.fil for fault in (*faults, *saknas)}):
        path, namnd = PurePosixPath(fil), PurePosixPath(fil).parent.name
        if namnd not in names or path.suffix.lower() not in SENT or not read(fil).is_file():
            continue
        wrong = [fault for fault in faults if fault.fil == fil]
        asked = [notis for notis in notiser if notis.fil == fil]
        lacking = [fault for fault in saknas if fault.fil == fil]
        content, enclosed = _enclosure(read(fil), [*wrong, *lacking], asked)
        if content is not None:
            written.append(folder / namnd / path.name)
            write_whole(written[-1], content)
        letter = folder / namnd / f"{path.stem}.txt"
        if letter in written:  # the same name before the dot, as .xlsx and as .csv
            letter = folder / namnd / f"{path.name}.txt"
        written.append(letter)
        sender = senders.get(fil)
        write_whole(letter, mail_text(fil, sender, period_name, names[namnd], wrong, asked, enclosed, lacking))
    return written


def _enclosure(path: Path, faults: Sequence[Fault], notiser: Sequence[Notis]) -> tuple[bytes | None, str]:
    if any(fault.brev == ANNAN_BOK for fault in faults):
        return None, NO_COPY
    if path.suffix.lower() == TABLE:
        return path.read_bytes(), UNMARKED_COPY
    if path.suffix.lower() == WORKBOOK:
        if not read_parts(path, Faults()):  # what isn't opened to be read isn't opened to be marked
            return None, NO_COPY
        try:
            return returned(path.read_bytes(), faults, notiser), MARKED_COPY
        except (NotMarkable, OSError):
            pass
    return None, NO_COPY

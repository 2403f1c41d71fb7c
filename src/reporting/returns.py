"""What goes back to those who sent workbooks with faults, written to a folder: the marked workbook and a letter for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from reporting.att_ratta import as_sentence, in_reading_order, shortened
from reporting.faults import Fault, InputFaults, Notis
from reporting.swedish import count_word, sentence_case
from reporting.utfall import Lamnad
from reporting.whole_files import write_whole
from reporting.workbook_guard import read_parts
from reporting.workbook_layout import ATT_RATTA
from reporting.workbook_package import NotMarkable
from reporting.workbook_return import returned

MARKED, AS_IT_WAS, NOTHING = "märkt", "oförändrad", "ingen"
"""What goes with a letter: the workbook with marks, the file as it came, or nothing."""
WORKBOOK, TABLE = ".xlsx", ".csv"
SENT = (WORKBOOK, TABLE, ".xls", ".xlsm", ".xlsb", ".ods")
"""How the files end that somebody sends with outcomes; texts and params are mended by those who keep them."""


def write_returns(
    folder: Path,
    faults: Iterable[Fault],
    notiser: Iterable[Notis],
    read: Callable[[str], Path],
    lamnade: Iterable[Lamnad],
    period_name: str,
    names: Mapping[str, str],
) -> list[Path]:
    """Write <folder>/<nämnd>/<file> and a letter beside it, for each sent file that has a fault: the paths written, in their order.

    faults, notiser: of all files; notices alone send nothing back. read: fil → where it lies; it is never written to. lamnade:
    the workbooks' senders, as far as they say; names: nämnd → its name; files under no such nämnd are passed over, and so are those
    that aren't there. What can't be marked goes back as a letter alone, a .csv with its file as it came. Raises InputFaults where
    there is something in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        wanted = "en mapp som inte finns ännu, eller som är tom"
        raise InputFaults([Fault(folder.as_posix(), "", "", wanted, "ange en annan mapp, eller töm den först")])
    faults, notiser = list(faults), list(notiser)
    senders = {lamnad.fil: lamnad for lamnad in lamnade}
    written: list[Path] = []
    for fil in sorted({fault.fil for fault in faults}):
        path, namnd = PurePosixPath(fil), PurePosixPath(fil).parent.name
        if namnd not in names or path.suffix.lower() not in SENT or not read(fil).is_file():
            continue
        wrong = [fault for fault in faults if fault.fil == fil]
        asked = [notis for notis in notiser if notis.fil == fil]
        content, enclosed = _enclosure(read(fil), wrong, asked)
        if content is not None:
            written.append(folder / namnd / path.name)
            write_whole(written[-1], content)
        letter = folder / namnd / f"{path.stem}.txt"
        if letter in written:  # the same name before the dot, as .xlsx and as .csv
            letter = folder / namnd / f"{path.name}.txt"
        written.append(letter)
        write_whole(letter, mail_text(fil, senders.get(fil), period_name, names[namnd], wrong, asked, enclosed))
    return written


def _enclosure(path: Path, faults: Sequence[Fault], notiser: Sequence[Notis]) -> tuple[bytes | None, str]:
    if path.suffix.lower() == TABLE:
        return path.read_bytes(), AS_IT_WAS
    if path.suffix.lower() == WORKBOOK:
        if read_parts(path, path.name)[1]:  # what isn't opened to be read isn't opened to be marked
            return None, NOTHING
        try:
            return returned(path.read_bytes(), faults, notiser), MARKED
        except (NotMarkable, OSError):
            pass
    return None, NOTHING


def mail_text(
    fil: str,
    lamnad: Lamnad | None,
    period_name: str,
    namnd_name: str,
    faults: Sequence[Fault],
    notiser: Sequence[Notis],
    enclosed: str = MARKED,
) -> str:
    """The letter to the sender of one file, ready to mail: a line with the subject, then the text.

    lamnad: who sent it, where that is known; period_name: "augusti 2025"; faults, notiser: those of this file; enclosed: what goes
    with it.
    """
    name = PurePosixPath(fil).name
    count = len(set(faults))
    lines = [f"Ämne: Att rätta i {name} ({namnd_name}, {period_name})", "", _greeting(lamnad), ""]
    things = "en sak" if count == 1 else f"{count_word(count)} saker"
    lines += [
        f"Tack för arbetsboken {name} med utfall för {namnd_name}, {period_name}. Vi behöver din hjälp att rätta {things} i den "
        "innan siffrorna kan komma med i rapporten."
    ]
    lines += ["", *_how(name, enclosed, any(fault.cell for fault in faults)), "", "Det här behöver rättas:"]
    for number, fault in enumerate(in_reading_order(faults), start=1):
        lines += ["", f"{number}. {_place(fault)}", *_stood(fault)]
        lines += [f"   Väntat: {_line(fault.vantat)}", f"   Gör så här: {_line(fault.atgard)}"]
    if notiser:
        lines += [""]
        lines += [
            "Det här ber vi dig kontrollera. Det kan vara rätt; rätta det som är fel, och svara att resten stämmer:"
        ]
        for number, notis in enumerate(in_reading_order(notiser), start=1):
            lines += ["", f"{number}. {_place(notis)}", *_stood(notis), f"   Vi undrar: {_line(notis.iakttagelse)}"]
    return "\n".join([*lines, "", "Hör gärna av dig om något är oklart.", "", "Vänliga hälsningar", ""])


def _greeting(lamnad: Lamnad | None) -> str:
    """By name where a name is given: "Anna Ek, controller" is greeted as Anna Ek, an address or a long remark as nobody."""
    name = " ".join((lamnad.lamnad_av if lamnad else "").split(",")[0].split())
    return f"Hej {name}!" if 0 < len(name) <= 40 and "@" not in name else "Hej!"


def _how(name: str, enclosed: str, cells: bool) -> list[str]:
    if enclosed == NOTHING:
        return [
            "Vi kunde inte öppna filen så att den går att märka, och därför är ingen fil bifogad.",
            f"Rätta i din egen fil, spara den som {PurePosixPath(name).stem}.xlsx och skicka den till oss på nytt.",
        ]
    if enclosed == AS_IT_WAS:
        return [
            "Filen är bifogad precis som den kom till oss.",
            f"Rätta i den, spara den med samma namn, {name}, och skicka tillbaka den som svar på det här mejlet.",
        ]
    where = "Cellerna är röda och har en kommentar. " if cells else ""
    return [
        f"1. Öppna den bifogade filen. {where}Bladet «{ATT_RATTA}» räknar upp allt.",
        "2. Rätta i just den filen. Färger, kommentarer och bladet kan du låta stå.",
        f"3. Spara den med samma namn, {name}, och skicka tillbaka den som svar på det här mejlet.",
        "",
        "Inget annat i filen är ändrat. Allt du har skrivit står kvar.",
    ]


def _place(item: Fault | Notis) -> str:
    if not item.blad:
        return sentence_case(item.plats) or "Hela filen"
    cell = f", {'cellerna' if ':' in item.cell else 'cell'} {item.cell}" if item.cell else ""
    return f"Bladet {item.blad}{cell}"


def _stood(item: Fault | Notis) -> list[str]:
    return [f"   Där står: {' '.join(shortened(item.stod).split())}"] if item.stod.strip() else []


def _line(text: str) -> str:
    return as_sentence(" ".join(text.split()))

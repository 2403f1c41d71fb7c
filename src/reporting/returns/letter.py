"""The letter that goes back with a workbook to its sender: what is to be mended, what is missing and what we wonder about."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from reporting.faults import ANNAN_BOK, Fault, Notis, as_sentence
from reporting.params.headings import ATT_RATTA
from reporting.reading.utfall import Lamnad
from reporting.returns.sheet import in_reading_order
from reporting.swedish import count_word, sentence_case

MARKED_COPY, UNMARKED_COPY, NO_COPY = "märkt", "oförändrad", "ingen"
"""What goes with a letter: the workbook with marks, the file as it came, or nothing."""

_CLOSING = ("", "Hör gärna av dig om något är oklart.", "", "Vänliga hälsningar", "")


def mail_text(
    fil: str,
    lamnad: Lamnad | None,
    period_name: str,
    namnd_name: str,
    faults: Sequence[Fault],
    notiser: Sequence[Notis],
    enclosed: str = MARKED_COPY,
    saknas: Sequence[Fault] = (),
) -> str:
    """The letter to the sender of one file, ready to mail: a line with the subject, then the text.

    lamnad: who sent it, where that is known; period_name: "augusti 2025"; faults, notiser: those of this file, as its sender is told
    them; enclosed: what goes with it; saknas: what it ought to hold besides.
    """
    name = PurePosixPath(fil).name
    if other := [fault for fault in faults if fault.brev == ANNAN_BOK]:
        return _another(name, lamnad, f"{namnd_name}, {period_name}", other[0])
    count = len(set(faults))
    what = "Att rätta i" if faults else "Det saknas uppgifter i"
    lines = [f"Ämne: {what} {name} ({namnd_name}, {period_name})", "", _greeting(lamnad), ""]
    things = "en sak" if count == 1 else f"{count_word(count)} saker"
    needed = f"att rätta {things} i den" if faults else "med det som saknas i den"
    thanks = f"Tack för arbetsboken {name} med utfall för {namnd_name}, {period_name}."
    lines += [f"{thanks} Vi behöver din hjälp {needed} innan siffrorna kan komma med i rapporten."]
    lines += ["", *_how(name, enclosed, any(fault.cell for fault in (*faults, *saknas)))]
    lines += ["", "Det här behöver rättas:", *_numbered(faults)] if faults else []
    lines += ["", "Det här saknas:", *_numbered(saknas)] if saknas else []
    if notiser:
        asked = "Det här ber vi dig kontrollera. Det kan vara rätt; rätta det som är fel, och svara att resten stämmer:"
        lines += ["", asked]
        for number, notis in enumerate(in_reading_order(notiser), start=1):
            lines += ["", f"{number}. {_place(notis)}", *_stood(notis), f"   Vi undrar: {_line(notis.iakttagelse)}"]
    return "\n".join([*lines, *_CLOSING])


def _numbered(faults: Sequence[Fault]) -> list[str]:
    lines: list[str] = []
    for number, fault in enumerate(in_reading_order(faults), start=1):
        lines += ["", f"{number}. {_place(fault)}", *_stood(fault)]
        lines += [f"   Väntat: {_line(fault.vantat)}", f"   Gör så här: {_line(fault.atgard)}"]
    return lines


def _another(name: str, lamnad: Lamnad | None, awaited: str, fault: Fault) -> str:
    """That the workbook is another than the one we wait for; in it there is nothing to mend, and it isn't sent back."""
    lines = [f"Ämne: {name} är en annan arbetsbok än den vi väntar på ({awaited})", "", _greeting(lamnad), ""]
    lines += [f"Tack för arbetsboken {name}. {_line(fault.vantat)}", "", _line(fault.atgard)]
    return "\n".join([*lines, *_CLOSING])


def _greeting(lamnad: Lamnad | None) -> str:
    """By name where a name is given: "Anna Ek, controller" is greeted as Anna Ek, an address or a long remark as nobody."""
    name = " ".join((lamnad.lamnad_av if lamnad else "").split(",")[0].split())
    return f"Hej {name}!" if 0 < len(name) <= 40 and "@" not in name else "Hej!"


def _how(name: str, enclosed: str, cells: bool) -> list[str]:
    if enclosed == NO_COPY:
        return [
            "Vi kunde inte öppna filen så att den går att märka, och därför är ingen fil bifogad.",
            f"Rätta i din egen fil, spara den som {PurePosixPath(name).stem}.xlsx och skicka den till oss på nytt.",
        ]
    if enclosed == UNMARKED_COPY:
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
    return [f"   Där står: {' '.join(item.shown_stod.split())}"] if item.stod.strip() else []


def _line(text: str) -> str:
    return as_sentence(" ".join(text.split()))

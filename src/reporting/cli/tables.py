"""What the commands show on a terminal: faults and notices, and how far the nämnder have come, as tables that fit its width."""

from collections.abc import Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from reporting.assess.check import PeriodCheck
from reporting.batch.status import FEL, KLAR, LEVERERAT, Kapitellage, Namndlage
from reporting.faults import Fault, Notis
from reporting.params.headings import MATETAL
from reporting.params.malvarde_readings import MalvardeReading

STYLES = {KLAR: "green", LEVERERAT: "cyan", FEL: "red"}
ROOM_FOR_NAMES, ROOM_FOR_A_STATE = 24, 18
MOST_CHANGED = 3


def show_kontroll(kontroll: PeriodCheck) -> None:
    """Faults and notices: a table per file on a terminal, plain text elsewhere."""
    console = Console()
    if not console.is_terminal:
        print("\n\n".join(map(str, (*kontroll.faults, *kontroll.notiser))))
        return
    for heading, found in (("Fel", kontroll.faults), ("Att kontrollera", kontroll.notiser)):
        for fil in dict.fromkeys(item.fil for item in found):
            console.print(_of_file(heading, fil, [item for item in found if item.fil == fil]))
            console.print()


def show_malvarden(found: Sequence[MalvardeReading]) -> None:
    """How each målvärde is read, a table per nämnd; of what isn't read, what was expected and the shortest `lases` that would do."""
    console = Console()
    for namnd in dict.fromkeys(item.namnd for item in found):
        table = Table(title=namnd, title_justify="left", show_lines=True, expand=True)
        for heading, ratio in (("Mätetal", 3), ("Planens ord", 4), ("Tolkas som", 4)):
            table.add_column(heading, ratio=ratio)
        for item in (item for item in found if item.namnd == namnd):
            said = [item.tolkas or f"läses inte. Väntat: {item.vantat}. Lägg till lases: {item.forslag}"]
            said += ["enligt lases"] if item.lases else [f"orden utöver: {item.ord}"] if item.ord else []
            table.add_row(*(Text(text) for text in (item.id, item.malvarde or "–", "\n".join(said))))
        console.print(table)
    unread = sum(bool(item.vantat) for item in found)
    print(
        f"{len(found)} målvärden, varav {unread} inte går att läsa."
        if unread
        else f"{len(found)} målvärden. Alla går att läsa."
    )


def _of_file(heading: str, fil: str, found: Sequence[Fault | Notis]) -> Group:
    table = Table(show_lines=True, expand=True)
    table.add_column("Plats", ratio=2)
    table.add_column("Där står", ratio=2)
    table.add_column("Väntat" if heading == "Fel" else "Att kontrollera", ratio=4)
    table.add_column("Gör så här" if heading == "Fel" else "Kod", ratio=3 if heading == "Fel" else 1)
    for item in found:
        said = (item.vantat, item.atgard) if isinstance(item, Fault) else (item.iakttagelse, item.kod)
        table.add_row(*(Text(text) for text in (item.plats or "hela filen", item.shown_stod, *said)))
    return Group(Text(f"{heading}: {fil}", style="bold"), table)


def show_lage(found: Sequence[Namndlage], title: str) -> None:
    """The nämnder beside each other, a row for each chapter; then what is left, which workbook is from whom, what has changed; and of a
    single nämnd everything that is missing, by name."""
    console = Console()
    console.print(Text(title, style="bold"))
    at_once = max(1, (console.width - ROOM_FOR_NAMES) // ROOM_FOR_A_STATE)
    for start in range(0, len(found), at_once):
        some = found[start : start + at_once]
        table = Table()
        table.add_column("Kapitel", no_wrap=True)
        for item in some:
            table.add_column(Text(item.namn), max_width=ROOM_FOR_A_STATE, overflow="fold")
        for rows in zip(*(item.kapitel for item in some), strict=True):
            table.add_row(rows[0].kapitel, *(_state(row) for row in rows))
        console.print(table)
    for item in found:
        print(f"\n{item.namn}: {item.klara} av {len(item.kapitel)} kapitel klara. {_left(item)}")
        for lamnad in item.lamnade:
            who = ", ".join(filter(None, (lamnad.verksamhetsomrade, lamnad.lamnad_av, lamnad.lamnad)))
            print(f"  {lamnad.fil.rsplit('/', 1)[-1]}: {who or 'säger inte vem den är från'}")
        for name in item.saknade:
            print(f"  {name}: har inte kommit")
        for part in item.saknas if len(found) == 1 else ():
            what = f"{part.blad} {part.id}, {part.namn}" if part.id else f"bladet {part.blad}"
            print(f"  saknas: {what}{f' ({part.omrade})' if part.omrade else ''}")
        for why, chapters in _by_reason(item.senaste.andrade).items():
            is_all = {row.kapitel for row in item.kapitel} <= set(chapters)
            print(f"  inaktuellt: {'alla kapitel' if is_all else ', '.join(chapters)} ({why})")
        for name in item.senaste.misslyckade:
            print(f"  kunde inte göras: {name}")
        for name, told in item.senaste.skrev.items():
            print(f"  {name}: {told}")


def _by_reason(andrade: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Why → the chapters that have to be made again because of it; most often many for the same reason."""
    found: dict[str, list[str]] = {}
    for kapitel, why in andrade.items():
        told = why if len(why) <= MOST_CHANGED else (*why[:MOST_CHANGED], f"och {len(why) - MOST_CHANGED} till")
        found.setdefault(", ".join(told), []).append(kapitel)
    return found


def _state(row: Kapitellage) -> Text:
    shown = {
        "fel": f"fel: {row.fel}",
        "saknas": f"saknas: {row.efterfragade - row.levererade} av {row.efterfragade}",
        "text saknas": f"text saknas: {row.textdelar - row.texter}",
    }.get(row.lage, row.lage)
    return Text(shown, style=STYLES.get(row.lage, "yellow"))


def _left(item: Namndlage) -> str:
    counts = (
        (item.fel, "fel", "fel"),
        (item.att_kontrollera, "sak att kontrollera", "saker att kontrollera"),
        (sum(part.blad == MATETAL for part in item.saknas), "utfall", "utfall"),
        (item.textdelar - item.texter, "text", "texter"),
    )
    left = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return f"Kvar: {', '.join(left)}. Sidan: {item.senaste.korning}." if left else f"Sidan: {item.senaste.korning}."

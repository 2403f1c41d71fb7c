"""What is wrong in the webbplats of kommun.yml: a colour that can't be read, a logotype that can't be used, a password in the open."""

import math
import re
from decimal import Decimal
from pathlib import Path

from reporting.faults import Fault
from reporting.params.colour import ENOUGH, LJUSA, least_contrast, readable
from reporting.params.kommun import Kommun
from reporting.params.located import Located, Place
from reporting.params.logotype import UnusableLogotypeError, read_logotype
from reporting.swedish import number

SCHEMES = ("sftp", "webdav", "webdavs")
WHERE = "en mapp, //server/mapp, sftp://användare@server/mapp eller webdavs://användare@server/mapp"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
# A password may hold / and @. What is none: a drive's colon (C:/a@b), a port's (server:22/a@b).
_PASSWORD = re.compile(
    r"(?P<fore>[A-Za-z][A-Za-z0-9+.-]+://|[/\\]{2})?(?![A-Za-z]:[/\\])"
    r"(?P<user>[^/\\:@\[]*):(?!\d+[/\\])(?!//).*@(?P<efter>.*)"
)


def webbplats_faults(kommun: Kommun, located: Located, params: Path) -> list[Fault]:
    """The faults of kommun.yml's webbplats, each with its line. params: the folder that the logotype lies in."""
    webbplats = kommun.webbplats
    faults = [_destination(webbplats.till, located), _colour(webbplats.farg, located)]
    if webbplats.logotyp:
        place: Place = ("webbplats", "logotyp")
        try:
            read_logotype(params / webbplats.logotyp)
        except UnusableLogotypeError as error:
            faults.append(located.fault(place, webbplats.logotyp, error.vantat, error.atgard))
    return [fault for fault in faults if fault]


def _colour(farg: str, located: Located) -> Fault | None:
    has = least_contrast(farg, LJUSA) if farg else ENOUGH
    if has >= ENOUGH:
        return None
    wanted, found = number(Decimal(str(ENOUGH))), number(Decimal(math.floor(has * 100)) / 100, 2)
    expected = (
        f"en färg som kan läsas som text på ljus botten, med kontrasten {wanted}:1 eller mer; den här har {found}:1"
    )
    action = f"ta en mörkare färg; den närmaste som kan läsas, i samma kulör, är {readable(farg, LJUSA)}"
    return located.fault(("webbplats", "farg"), farg, expected, action)


def _destination(till: str, located: Located) -> Fault | None:
    """A password, or an address of another kind than those that can be delivered to."""
    place: Place = ("webbplats", "till")
    if found := _PASSWORD.match(till):
        shown = f"{found['fore'] or ''}{found['user']}:…@{found['efter']}"
        expected = "en adress utan lösenord; kommun.yml läses av fler än den som publicerar"
        action = "ta bort kolonet och lösenordet, som ges för sig när du publicerar. Byt det, om filen har delats"
        return located.fault(place, shown, expected, action)
    scheme = _SCHEME.match(till)
    if scheme and scheme[1].lower() not in SCHEMES:
        return located.fault(place, till, WHERE, "rätta adressen. Den som läsarna ser skrivs under adress")
    if scheme and not re.match(r"[^/\\]", till[scheme.end() :]):
        return located.fault(place, till, WHERE, "lägg till servern")
    return None

"""The webbplats of kommun.yml: how well its colour can be read, and what is wrong in it: a colour that can't be read, a logotype that can't
be used, a password in the open. Contrast is calculated as in WCAG 2.1."""

import colorsys
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from reporting.files import as_kept
from reporting.params.kommun import Kommun
from reporting.params.located import Located, Place
from reporting.params.logotype import UnusableLogotypeError, read_logotype
from reporting.swedish import number

ENOUGH = 4.5
"""The contrast that text needs (WCAG 2.1, 1.4.3)."""
LJUSA = ("#ffffff", "#f1f5f9", "#fdf6e7")
MORKA = ("#141a21", "#1e2732", "#2b2416")
"""What text and links of the page stand on, light and dark: --nr-paper, --nr-soft and --nr-ask of page.css."""
SCHEMES = ("sftp", "webdav", "webdavs")
WHERE = "en mapp, //server/mapp, sftp://användare@server/mapp eller webdavs://användare@server/mapp"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
# A password may hold / and @. What is none: a drive's colon (C:/a@b), a port's (server:22/a@b).
_PASSWORD = re.compile(
    r"(?P<fore>[A-Za-z][A-Za-z0-9+.-]+://|[/\\]{2})?(?![A-Za-z]:[/\\])"
    r"(?P<user>[^/\\:@\[]*):(?!\d+[/\\])(?!//).*@(?P<efter>.*)"
)


def check_webbplats(kommun: Kommun, located: Located, params: Path) -> None:
    """Put what is wrong in kommun.yml's webbplats in `located`. params: the folder that the logotype lies in."""
    webbplats = kommun.webbplats
    _check_destination(webbplats.till, located)
    if webbplats.farg:
        _check_colour(webbplats.farg, located)
    if webbplats.logotyp:
        try:
            read_logotype(as_kept(params / webbplats.logotyp))
        except UnusableLogotypeError as error:
            located.fault(("webbplats", "logotyp"), webbplats.logotyp, error.vantat, error.atgard)


def _check_colour(farg: str, located: Located) -> None:
    has = least_contrast(farg, LJUSA)
    if has >= ENOUGH:
        return
    wanted, found = number(Decimal(str(ENOUGH))), number(Decimal(math.floor(has * 100)) / 100, 2)
    expected = (
        f"en färg som kan läsas som text på ljus botten, med kontrasten {wanted}:1 eller mer; den här har {found}:1"
    )
    action = f"ta en mörkare färg; den närmaste som kan läsas, i samma kulör, är {readable(farg, LJUSA)}"
    located.fault(("webbplats", "farg"), farg, expected, action)


def _check_destination(till: str, located: Located) -> None:
    """A password, or an address of another kind than those that can be delivered to."""
    place: Place = ("webbplats", "till")
    scheme = _SCHEME.match(till)
    if found := _PASSWORD.match(till):
        shown = f"{found['fore'] or ''}{found['user']}:…@{found['efter']}"
        expected = "en adress utan lösenord; kommun.yml läses av fler än den som publicerar"
        action = "ta bort kolonet och lösenordet, som ges för sig när du publicerar. Byt det, om filen har delats"
        located.fault(place, shown, expected, action)
    elif scheme and scheme[1].lower() not in SCHEMES:
        located.fault(place, till, WHERE, "rätta adressen. Den som läsarna ser skrivs under adress")
    elif scheme and not re.match(r"[^/\\]", till[scheme.end() :]):
        located.fault(place, till, WHERE, "lägg till servern")


def contrast(farg: str, botten: str) -> float:
    """The contrast ratio of two colours (#rrggbb), from 1 to 21."""
    darker, lighter = sorted((_luminance(farg), _luminance(botten)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(farg: str, bottnar: Sequence[str]) -> float:
    """The contrast that a colour has at the worst, on any of these."""
    return min(contrast(farg, botten) for botten in bottnar)


def readable(farg: str, bottnar: Sequence[str]) -> str:
    """The shade of the same hue nearest to the colour that can be read on all of these: itself, or a darker one where they are light and
    a lighter one where they are dark."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(farg))
    step = -0.001 if _luminance(bottnar[0]) > 0.5 else 0.001
    shade = farg.lower()
    while least_contrast(shade, bottnar) < ENOUGH:
        lightness += step
        parts = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return shade


def _parts(farg: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(farg.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _luminance(farg: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(farg))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

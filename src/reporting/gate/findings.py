"""What a check of the site's pages comes to, as values: faults, and the receipt that lies beside the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Lage:
    """A way that a page is read in. namn: as it is told; bredd: px; farger: whether its whole layout is another mode's, so that only
    colours can differ."""

    namn: str
    bredd: int
    media: str = "screen"
    schema: str = "light"
    tvingade: bool = False
    farger: bool = False


LJUST = Lage("ljust", 1280)
MORKT = Lage("mörkt", 1280, schema="dark", farger=True)
TVINGADE = Lage("tvingade färger", 1280, tvingade=True, farger=True)
SMALT = Lage("320 px", 320)
UTSKRIFT = Lage("utskrift", 1280, media="print")
LAGEN = (LJUST, MORKT, TVINGADE, SMALT, UTSKRIFT)


@dataclass(frozen=True, order=True)
class Brist:
    """One fault of one page.

    sida: path relative to the site's folder, with forward slashes; lagen: the modes that it is seen in, () where it is the same in all;
    regel: our rule, or "axe:" and axe's; vad: what is wrong, as sentences; html: the element, shortened, "" where it is about none;
    atgard: how to mend it.
    """

    sida: str
    lagen: tuple[str, ...]
    regel: str
    vad: str
    html: str
    atgard: str

    def __str__(self) -> str:
        where = f"{self.sida} ({', '.join(self.lagen)})" if self.lagen else self.sida
        found = f"\n  Där står: {self.html}" if self.html else ""
        return f"{where}\n  {self.vad} [{self.regel}]{found}\n  Gör så här: {self.atgard}"


@dataclass(frozen=True)
class Granskning:
    """What was checked and what was found. godkanda, osakra: mode → rule → number of pages where it passed, or where axe couldn't tell;
    versioner: program → version; ur_cache: how many pages were known from before; ensamma: how many were looked at by
    themselves; varje: whether every page had to be."""

    antal: int
    brister: tuple[Brist, ...]
    versioner: Mapping[str, str]
    godkanda: Mapping[str, Mapping[str, int]]
    osakra: Mapping[str, Mapping[str, int]]
    ur_cache: int
    ensamma: int
    varje: bool

    @property
    def godkand(self) -> bool:
        """Whether pages were checked and none had a fault."""
        return self.antal > 0 and not self.brister


def receipt(granskning: Granskning) -> dict[str, Any]:
    """What was checked, for the receipt beside the site: the same for the same pages, whenever and however they were checked."""
    return {
        "sidor": granskning.antal,
        "brister": len(granskning.brister),
        "axe kördes på": "varje sida"
        if granskning.varje
        else "sidor som tillsammans har varje slags element på webbplatsen",
        "versioner": dict(sorted(granskning.versioner.items())),
        "lägen": [
            {
                "läge": lage.namn,
                "bredd": lage.bredd,
                "regler": "de som beror på färger, där sidan i övrigt är densamma som i ljust läge"
                if lage.farger
                else "alla",
                "godkända sidor per regel": dict(sorted(granskning.godkanda.get(lage.namn, {}).items())),
                "axe kunde inte avgöra": dict(sorted(granskning.osakra.get(lage.namn, {}).items())),
            }
            for lage in LAGEN
        ],
    }


def samlade(brister: Iterable[Brist]) -> tuple[Brist, ...]:
    """The same fault in several modes as one, in the order of the modes; sorted by page."""
    lagen: dict[tuple[str, ...], set[str]] = {}
    for one in brister:
        key = (one.sida, one.regel, one.vad, one.html, one.atgard)
        lagen.setdefault(key, set()).update(one.lagen)
    order = [lage.namn for lage in LAGEN]
    return tuple(
        sorted(
            Brist(sida=sida, lagen=tuple(sorted(seen, key=order.index)), regel=regel, vad=vad, html=html, atgard=atgard)
            for (sida, regel, vad, html, atgard), seen in lagen.items()
        )
    )

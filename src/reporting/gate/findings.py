"""What a check of the site's pages comes to, as values: faults, and the receipt that lies beside the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Mode:
    """A way that a page is read in. name: as it is told; width: px; colours: whether its whole layout is another mode's, so that only
    colours can differ."""

    name: str
    width: int
    media: str = "screen"
    scheme: str = "light"
    forced: bool = False
    colours: bool = False


LIGHT = Mode("ljust", 1280)
DARK = Mode("mörkt", 1280, scheme="dark", colours=True)
FORCED = Mode("tvingade färger", 1280, forced=True, colours=True)
NARROW_SCREEN = Mode("320 px", 320)
PRINTED = Mode("utskrift", 1280, media="print")
MODES = (LIGHT, DARK, FORCED, NARROW_SCREEN, PRINTED)


@dataclass(frozen=True, order=True)
class Defect:
    """One fault of one page.

    page: path relative to the site's folder, with forward slashes; modes: the modes that it is seen in, () where it is the same in all;
    rule: our rule, or "axe:" and axe's; what: what is wrong, as sentences; html: the element, shortened, "" where it is about none;
    mend: how to mend it.
    """

    page: str
    modes: tuple[str, ...]
    rule: str
    what: str
    html: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.page} ({', '.join(self.modes)})" if self.modes else self.page
        found = f"\n  Där står: {self.html}" if self.html else ""
        return f"{where}\n  {self.what} [{self.rule}]{found}\n  Gör så här: {self.mend}"


@dataclass(frozen=True)
class Seen:
    """What a page leads to, what can be led to in it, and of what it is made. links: addresses as written; ids: its anchors; kinds: the
    kinds of its elements, and of what lies on what in it."""

    links: tuple[str, ...]
    ids: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class SiteCheck:
    """What was checked and what was found. passed, unsure: mode → rule → number of pages where it passed, or where axe couldn't tell;
    versions: program → version; from_cache: how many pages were known from before; alone: how many were looked at by
    themselves; every: whether every page had to be."""

    count: int
    defects: tuple[Defect, ...]
    versions: Mapping[str, str]
    passed: Mapping[str, Mapping[str, int]]
    unsure: Mapping[str, Mapping[str, int]]
    from_cache: int
    alone: int
    every: bool

    @property
    def is_good(self) -> bool:
        """Whether pages were checked and none had a fault."""
        return self.count > 0 and not self.defects


def receipt(check: SiteCheck) -> dict[str, Any]:
    """What was checked, for the receipt beside the site: the same for the same pages, whenever and however they were checked."""
    return {
        "sidor": check.count,
        "brister": len(check.defects),
        "axe kördes på": "varje sida"
        if check.every
        else "sidor som tillsammans har varje slags element på webbplatsen",
        "versioner": dict(sorted(check.versions.items())),
        "lägen": [
            {
                "läge": mode.name,
                "bredd": mode.width,
                "regler": "de som beror på färger, där sidan i övrigt är densamma som i ljust läge"
                if mode.colours
                else "alla",
                "godkända sidor per regel": dict(sorted(check.passed.get(mode.name, {}).items())),
                "axe kunde inte avgöra": dict(sorted(check.unsure.get(mode.name, {}).items())),
            }
            for mode in MODES
        ],
    }


def gathered(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Merge faults that differ only in their modes into one with all of those modes, in the order of MODES; sorted by page."""
    modes: dict[Defect, set[str]] = {}
    for one in defects:
        modes.setdefault(replace(one, modes=()), set()).update(one.modes)
    told = {one: tuple(mode.name for mode in MODES if mode.name in seen) for one, seen in modes.items()}
    return tuple(sorted(replace(one, modes=seen) for one, seen in told.items()))

"""Where a kommun's files lie: in the folder that is named, or in the nearest with params/kommun.yml, found like git finds its own."""

import re
from dataclasses import dataclass
from pathlib import Path

from reporting.faults import Fault, Faults, InputFaults, asked, nearest, nearest_word
from reporting.files import as_kept, writable
from reporting.params.kommun import FORMAT, Kommun
from reporting.params.nearest_roots import MARKER, absolute, not_a_root, root_at_or_above
from reporting.params.yaml_files import read_values
from reporting.periods import Period

CHAPTER = re.compile(r"\d\d-[a-z0-9-]+")
"""What a chapter's file is called: two digits for its place, and a name that can stand in a link."""
KOMMUN = "kommun"
"""The kommun's own page, beside the nämnder's."""
KOMMUN_CHAPTER, PLAN_CHAPTER = "kommun-sammanstallning", "verksamhetsplan"
"""The notebooks that become pages of their own: the kommun's, and each nämnd's plan."""
PERIOD_FILE = re.compile(r"20\d\d-\d\d")
PROJECT = Path(__file__).parents[3]
"""This package's own project, where it is installed from a folder that it stands in."""


@dataclass(frozen=True)
class Root:
    """One kommun's folders. data and outputs may lie elsewhere (kommun.yml, mappar)."""

    folder: Path
    data: Path
    outputs: Path

    @property
    def params(self) -> Path:
        """What is decided."""
        return self.folder / "params"

    @property
    def notebooks(self) -> Path:
        """The chapters: the root's own, else those that come with the program. Never a folder's above: what lies there is run."""
        places = (self.folder, Path(__file__).parents[1], PROJECT)  # a wheel has them in the package
        return next((place / "notebooks" for place in places if (place / "notebooks").is_dir()), PROJECT / "notebooks")

    @property
    def chapters(self) -> list[Path]:
        """The nämnd chapters (NN-name.ipynb), in the order of their numbers. An analyst's own file is one of them."""
        return sorted(path for path in self.notebooks.glob("*.ipynb") if CHAPTER.fullmatch(path.stem))

    def named(self, path: Path) -> str:
        """A path as it stands in messages and reports: relative to the root, with forward slashes, and a � for what can't be written."""
        inside = path.is_relative_to(self.folder)
        return writable((path.relative_to(self.folder) if inside else path).as_posix())


def misnamed_chapters(root: Root) -> list[Fault]:
    """Notebooks that begin like a chapter but are named so that no run picks them up."""
    wanted = "två siffror, bindestreck och ett namn med a–z, siffror och bindestreck, till exempel 50-fordjupning.ipynb"
    return [
        Fault(f"notebooks/{path.name}", path.name, wanted, "byt namn på filen, annars kommer kapitlet inte med")
        for path in sorted(root.notebooks.glob("[0-9]*.ipynb"))
        if not CHAPTER.fullmatch(path.stem)
    ]


def find_root(named: str | Path | None = "", *, bundled: bool = True) -> Root:
    """The kommun's folder that is named, and no other; where none is, the nearest at or above the working folder, else (`bundled`)
    the one that this package's project has.

    Raises InputFaults where there is none, and for one that a newer program than this has made.
    """
    name = "" if named is None else str(named)
    if name:
        if not (absolute(name) / MARKER).is_file():
            raise InputFaults([not_a_root(name)])
        return _root(absolute(name))
    folder = root_at_or_above(Path.cwd())
    if folder is None and bundled and (PROJECT / MARKER).is_file():
        folder = PROJECT
    if folder is None:
        wanted = f"en mapp med {MARKER.as_posix()}, här eller ovanför"
        raise InputFaults([Fault(".", "", wanted, "gå till kommunens mapp, eller ange den med --root")])
    return _root(folder)


def _root(folder: Path) -> Root:
    """Raises InputFaults where the root's files are of a newer format than this program's; told alone, since there may be keys that
    aren't known here."""
    name = MARKER.as_posix()
    kommun, located = read_values(folder / MARKER, Faults(name), Kommun)
    said = str(located.content.get("format")) if located else ""
    if located and said.isdigit() and int(said) > FORMAT:
        expected = f"högst {FORMAT}, som är det format som det här programmet kan läsa"
        action = "installera en nyare version av programmet; kommunens mapp är gjord med en sådan"
        raise InputFaults([Fault(name, said, expected, action, rad=located.line(("format",)))])
    data, outputs = (kommun.mappar.data, kommun.mappar.outputs) if kommun else ("data", "outputs")
    return Root(folder, as_kept(folder / data), as_kept(folder / outputs))


def periods(root: Root) -> list[Period]:
    """The periods that have a file in params/, oldest first; files with other names are not periods."""
    return Period.among(path.stem for path in root.params.glob("*.yml"))


def chosen_period(root: Root, text: str) -> Period:
    """The period `text` names, or the newest in params/ where it is "". Raises InputFaults."""
    known = periods(root)
    if not text:
        if known:
            return known[-1]
        raise InputFaults([Fault("params", "", "minst en periodfil, till exempel 2024-12.yml", "lägg till filen")])
    try:
        period = Period.parse(text)
    except ValueError:
        wanted = "år och månad, där månaden är 04, 08 eller 12, till exempel 2024-12"
        raise InputFaults([Fault("parametern period", text, wanted, "rätta perioden")]) from None
    if period not in known:
        names = ", ".join(map(str, known)) or "inga ännu"
        wanted = f"en period som har en fil i params/: {names}"
        hint = nearest(text, map(str, known))
        raise InputFaults(
            [Fault("parametern period", text, wanted, f"rätta perioden, eller lägg till params/{text}.yml.{hint}")]
        )
    return period


def unknown_chapter(root: Root, kapitel: str) -> str:
    """What is said of a chapter that there isn't: the ones that there are, and the one that may be meant, with or without its number."""
    chapters = [*(path.stem for path in root.chapters), PLAN_CHAPTER, KOMMUN_CHAPTER]
    word = kapitel.strip().lower().removesuffix(".ipynb")
    bare = {name[3:] if CHAPTER.fullmatch(name) else name: name for name in chapters}
    number = {name[:2].lstrip("0"): name for name in chapters if CHAPTER.fullmatch(name)}
    meant = number.get(word.lstrip("0")) or nearest_word(word, chapters) or bare.get(nearest_word(word, bare), "")
    meant = bare.get(word, meant)
    return f"Kapitlet «{kapitel}» finns inte. Kapitlen är {', '.join(chapters)}.{asked(meant)}"

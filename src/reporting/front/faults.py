"""What is wrong in what a notebook asks for: a chapter, a heading, a word or a file that there isn't."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from reporting.assess.resultat import Namndresultat
from reporting.faults import Fault, InputFaults, nearest
from reporting.params.chapters import CHAPTERS, own_chapters
from reporting.params.root import find_root

_NOTEBOOK = "anteckningsboken"


def known_word(word: str, known: Sequence[str], what: str) -> str:
    """Give back `word` if it is in `known`; otherwise raise InputFaults that names the nearest. what: what the word is, in Swedish."""
    if word in known:
        return word
    wanted = f"{what}: {', '.join(filter(None, known))}"
    raise InputFaults([Fault(_NOTEBOOK, word, wanted, f"rätta ordet.{nearest(word, known)}")])


def asked_namnder(
    asked: str | Sequence[str], known: Sequence[str], own: Sequence[str], every: Sequence[str]
) -> list[str]:
    """The ids of the nämnder that a notebook asks for: one or several of `known`; `own` for "", `every` for "alla". Raises
    InputFaults."""
    words = [asked] if isinstance(asked, str) else asked
    if "alla" in words:
        return list(every)
    found = [known_word(word, [*known, "alla"], "id för en nämnd") for word in words if word]
    return list(dict.fromkeys(found or own))


def known_text(kapitel: str, del_: str, resultat: Namndresultat, root: str) -> None:
    """Raise InputFaults where no chapter has this id, or where its text has no such part.

    The folder of chapters is looked into only for a chapter that is the kommun's own and that nobody has written for yet.
    """
    written = [chapter for chapter in CHAPTERS if chapter.texts]
    chapter = next((item for item in written if item.id == kapitel), None)
    if chapter is None and not resultat.avsnitt_om(kapitel).text:
        own = own_chapters(find_root(root))
        known_word(kapitel, [item.id for item in (*written, *own)], "id för ett kapitel")
    parts = chapter.parts if chapter else ()
    if not del_ or del_ in parts:
        return
    if parts:
        known_word(del_, parts, f"en rubrik i kapitlet {kapitel}")
    wanted = f"bara kapitlets id, för texten till {kapitel} har inga delar"
    raise InputFaults([Fault(_NOTEBOOK, del_, wanted, f'skriv k.text("{kapitel}")')])


def own_file(name: str, folders: Sequence[Path]) -> Path:
    """The file with this name in the first of the folders that has it. Raises InputFaults where none has."""
    inside = not PurePath(name).is_absolute() and ".." not in PurePath(name).parts
    found = next((folder / name for folder in folders if inside and (folder / name).is_file()), None)
    if found:
        return found
    wanted = "en fil bredvid anteckningsböckerna, eller i kommunens mapp"
    there = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()}
    hint = nearest(PurePath(name).name, sorted(there))
    raise InputFaults([Fault(_NOTEBOOK, name, wanted, f"lägg filen i notebooks, eller rätta namnet.{hint}")])

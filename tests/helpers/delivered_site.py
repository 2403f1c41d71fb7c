"""A small site in which every page can be checked, and two programs: one that publishes it until it is killed, one that only reads.

python delivered_site.py publish ADDRESS PASSWORD FOLDER EDITION   prints "redo", waits for a line, publishes, tells how far
python delivered_site.py read WHERE SEED                           reads until its input ends, then prints what it saw as JSON
"""

import hashlib
import json
import random
import re
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

SHARED, CHANGING = 28, 10
CONTENTS = "innehåll.html"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pages(edition: int) -> dict[str, bytes]:
    """An edition of the site: pages that all editions share, pages that say which edition they are of, and pages that come and go."""
    made = {f"delar/{n % 4}/gemensam-{n}.html": f"<p>Sida {n} i alla utgåvor.</p>".encode() * 40 for n in range(SHARED)}
    made |= {
        f"nämnd {n}/ny & ändrad.html": f"<p>Utgåva {edition}, sida {n}.</p>".encode() * 90 for n in range(CHANGING)
    }
    made |= {f"tillfälligt/{edition % 3}-{n}.html": f"<p>Tillfällig {n}.</p>".encode() for n in range(2)}
    links = "\n".join(f'<a href="{path}" data-summa="{digest(content)}">{path}</a>' for path, content in made.items())
    return made | {CONTENTS: f'<p data-utgava="{edition}">Utgåva {edition}</p>\n{links}\n'.encode()}


def write_site(folder: Path, edition: int) -> tuple[Path, Path]:
    """The site and its permanent addresses as folders."""
    for name, content in pages(edition).items():
        path = folder / "sajt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        address = folder / "adresser" / name
        address.parent.mkdir(parents=True, exist_ok=True)
        address.write_bytes(f'<meta http-equiv="refresh" content="0; url=/index.html#{name}">'.encode())
    return folder / "sajt", folder / "adresser"


def start_of(edition: int) -> Callable[[int, datetime], bytes]:
    """What makes the start page: it says its number and edition, and ends with the checksum of what stands before."""
    contents = digest(pages(edition)[CONTENTS])

    def start(number: int, now: datetime) -> bytes:
        head = (
            f'<!doctype html><meta name="nr-publicering" content="{number}"><title>{now.isoformat()}</title>\n'
            f'<a href="v/{number:04d}/{CONTENTS}" data-summa="{contents}" data-utgava="{edition}">Innehåll</a>\n'
        ).encode()
        return head + f"<!-- {digest(head)} -->".encode()

    return start


def checked_start(content: bytes) -> tuple[int, str, str, str]:
    """Number, path of the contents, its checksum and edition, of a start page that is whole."""
    content = content.rstrip(b"\n")
    head, end = content[:-73], content[-73:].decode()
    assert end == f"<!-- {digest(head)} -->", "the start page isn't whole"
    text = head.decode()
    found = re.search(r'<a href="([^"]+)" data-summa="(\w+)" data-utgava="(\d+)"', text)
    number = re.search(r'nr-publicering" content="(\d+)"', text)
    assert found and number
    return int(number[1]), found[1], found[2], found[3]


def fetched(where: str, path: str) -> bytes:
    if where.startswith("http"):
        with urllib.request.urlopen(f"{where}/{urllib.parse.quote(path)}", timeout=30) as answer:  # noqa: S310
            content: bytes = answer.read()
            return content
    return (Path(where) / path).read_bytes()


def read_on(where: str, seed: str, ended: threading.Event) -> dict[str, object]:
    """Read as people do, from the start page on to some of its pages, until told to end."""
    chance, count, seen, failed = random.Random(seed), 0, set(), []
    while not ended.is_set():
        try:
            number, contents, summa, edition = checked_start(fetched(where, "index.html"))
            page = fetched(where, contents)
            assert digest(page) == summa, f"the contents of {number} are another's"
            assert f'data-utgava="{edition}"' in page.decode()
            links = re.findall(r'<a href="([^"]+)" data-summa="(\w+)"', page.decode())
            for path, whole in chance.sample(links, 6):
                assert digest(fetched(where, f"v/{number:04d}/{path}")) == whole, f"{path} of {number} isn't whole"
            seen.add(number)
        except (OSError, AssertionError, ValueError) as error:
            failed.append(f"{type(error).__name__}: {error}")
        count += 1
    return {"reads": count, "failed": failed, "publications": sorted(seen)}


def main(what: str, *rest: str) -> None:
    if what == "read":
        ended = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
        print(json.dumps(read_on(rest[0], rest[1], ended)))
        return
    from reporting.publish.deliver import deliver
    from reporting.publish.destination import open_destination

    url, password, folder, edition = rest
    with open_destination(url, password) as destination:
        print("redo", flush=True)
        sys.stdin.readline()
        version = deliver(
            destination,
            Path(folder) / "sajt",
            Path(folder) / "adresser",
            start_of(int(edition)),
            lambda done, _of: print(done, flush=True),
        )
    print("klar", version and version.number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

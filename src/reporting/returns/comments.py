"""Comments put into cells of a workbook that somebody sent, below what the sender wrote there, and taken away again."""

import re
from collections.abc import Iterable, Mapping, Sequence

from reporting.excel.parts import OFFICE
from reporting.faults import cell_place
from reporting.params.headings import ATT_KONTROLLERA, ATT_RATTA
from reporting.returns.colours import SHEET_ORDER
from reporting.returns.ooxml import Element, MarkedPackage, NotMarkable, children, element, put_in, serialized

OUR_LINES = (f"{ATT_RATTA}:", f"{ATT_KONTROLLERA}:")
"""How each line of ours begins; every comment is one line, so that whatever a sender writes above or below stays the sender's."""
AUTHOR = "Nämndrapport"
MOST, MOST_TAGS = 500, 20_000
"""In how many cells of one sheet we write a comment. All faults stand on the sheet Att rätta."""
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
WIDTH, _LINE_PX, LETTERS = 300, 18, 46
"""The box of a comment in px: its width, the height of a line, and how many letters a line holds."""

BOXES = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
BOX = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;width:225pt;height:{points}pt;z-index:{rank};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""
"""What Excel wants to know about the box of one comment, in its old drawing language; the same as it writes itself."""


def comment_cells(package: MarkedPackage, part: str, texts: Mapping[str, Sequence[str]]) -> None:
    """Write comments on a sheet. texts: cell → lines, each beginning as OURS says. Those that we wrote earlier are taken away first.

    A cell with a thread of comments is left alone: Excel shows no other comment beside it.
    """
    threads = {
        ref.upper()
        for thread in package.related(part, "threadedComment").values()
        for comment in package.tree(thread).iter("{*}threadedComment")
        if (ref := comment.get("ref"))
    }
    wanted = {
        ref: lines for ref, lines in sorted(texts.items(), key=lambda item: cell_place(item[0])) if ref not in threads
    }
    wanted = dict(list(wanted.items())[:MOST])
    parts = list(package.related(part, "comments").values())
    if not parts and not wanted:
        return
    name = parts[0] if parts else _new_comments(package, part)
    lists = children(package.tree(name), "commentList")
    if not lists:
        raise NotMarkable("kommentarerna saknar lista")
    gone: list[str] = []
    for comment in children(lists[0], "comment"):
        ref = comment.get("ref")
        text = children(comment, "text")[0]
        if ref in threads:
            continue
        emptied = _without_ours(text)
        if lines := wanted.pop(ref, ()):
            _add_lines(text, lines)
        elif emptied:
            lists[0].remove(comment)
            gone.append(ref)
    author = _author(package.tree(name)) if wanted else ""
    for ref, lines in wanted.items():
        text = element("text")
        _add_lines(text, lines)
        lists[0].append(element("comment", text, ref=ref, authorId=author))
    if gone or wanted:
        _draw(package, part, gone, wanted)


def _new_comments(package: MarkedPackage, part: str) -> str:
    name = package.free("xl/comments{}.xml")
    package.write(name, serialized(element("comments", element("authors"), element("commentList"))))
    package.declare(name, CONTENT)
    package.relate(part, "comments", name)
    return name


def _author(comments: Element) -> str:
    authors = children(comments, "authors")[0]
    names = [author.text for author in authors]
    if AUTHOR not in names:
        authors.append(element("author", text=AUTHOR))
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _without_ours(text: Element) -> bool:
    """Take our lines out of a comment; True where nothing but them stood there. The sender's letters keep their formats."""
    pieces = [piece for piece in text.iter("{*}t") if not any(up.tag.endswith("}rPh") for up in piece.iterancestors())]
    whole = "".join(piece.text or "" for piece in pieces)
    begin = "|".join(map(re.escape, OUR_LINES))
    ours = [found.span() for found in re.finditer(rf"(?:\A|\r?\n)(?:{begin})[^\r\n]*", whole)]
    if not ours:
        return False
    start = 0
    for piece in pieces:
        letters = piece.text or ""
        piece.text = "".join(
            letter
            for place, letter in enumerate(letters, start)
            if not any(first <= place < end for first, end in ours)
        )
        start += len(letters)
        if letters and not piece.text:
            holder = piece if piece.getparent() is text else piece.getparent()
            text.remove(holder)
    return not any((piece.text or "").strip() for piece in text.iter("{*}t"))


def _add_lines(text: Element, lines: Sequence[str]) -> None:
    for plain in children(text, "t"):  # a text is either plain or made of runs
        run = element("r")
        text.replace(plain, run)
        run.append(plain)
    runs = children(text, "r")
    added = "\n".join(lines)
    formats = element(
        "rPr",
        element("sz", val=9),
        element("color", indexed=81),
        element("rFont", val="Tahoma"),
        element("family", val=2),
    )
    run = element("r", formats, element("t", text=f"\n{added}" if runs else added))
    if runs:
        runs[-1].addnext(run)
    else:
        text.insert(0, run)


def _draw(package: MarkedPackage, part: str, gone: Iterable[str], added: Mapping[str, Sequence[str]]) -> None:
    """The boxes of comments: those of the cells in `gone` taken away, those of `added` drawn. As text: Excel's own isn't always XML."""
    sheet = package.tree(part)
    legacy = children(sheet, "legacyDrawing")
    if not legacy:
        blocks = [
            int(n)
            for name, content in package.parts.items()
            if name.endswith(".vml")
            for data in re.findall(rb'idmap[^>]* data="([\d,]+)"', content)
            for n in data.split(b",")
        ]
        name = package.free("xl/drawings/vmlDrawing{}.vml")
        package.write(name, BOXES.format(block=max(blocks, default=0) + 1).encode())
        package.declare(name, DRAWING)
        made = element("legacyDrawing")
        put_in(sheet, made, SHEET_ORDER)
        made.set(f"{{{OFFICE}}}id", package.relate(part, "vmlDrawing", name))
    else:
        name = package.related(part, "vmlDrawing")[legacy[0].get(f"{{{OFFICE}}}id")]
    drawing = package.parts[name].decode("utf-8")
    if drawing.count("<") > MOST_TAGS:
        raise NotMarkable("för många rutor")
    for row, column in map(cell_place, gone):
        for box in re.findall(r"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>", drawing, re.DOTALL):
            if (
                re.search(rf":Row>\s*{row}\s*<", box)
                and re.search(rf":Column>\s*{column}\s*<", box)
                and '"Note"' in box
            ):
                drawing = drawing.replace(box, "")
    numbers = [int(n) for n in re.findall(r"_s(\d+)\"", drawing)]
    block = re.search(r'idmap[^>]* data="(\d+)', drawing)
    first = max([*numbers, 1024 * int(block[1] if block else 1)]) + 1
    end = drawing.rindex("</")
    boxes = "".join(
        _box(sheet, ref, "\n".join(lines), number, number - first + len(numbers) + 1)
        for number, (ref, lines) in enumerate(added.items(), start=first)
    )
    package.write(name, (drawing[:end] + boxes + drawing[end:]).encode())


def _box(sheet: Element, ref: str, text: str, number: int, rank: int) -> str:
    row, column = cell_place(ref)
    height = _LINE_PX * (1 + sum(-(-len(line) // LETTERS) for line in text.split("\n")))
    columns = {
        index: 0.0 if col.get("hidden") in ("1", "true") else 7 * float(col.get("width", 9)) + 5
        for col in sheet.iter("{*}col")
        for index in range(int(col.get("min")) - 1, min(int(col.get("max")), column + 40))
    }
    rows = {
        int(item.get("r")) - 1: 0.0 if item.get("hidden") in ("1", "true") else float(item.get("ht", 15)) * 4 / 3
        for item in sheet.iter("{*}row")
        if item.get("r")
    }
    right, inset_right = _reached(columns, 64, column + 1, 15 + WIDTH)
    top = max(row - 1, 0)
    bottom, inset_bottom = _reached(rows, 20, top, 10 + height)
    anchor = f"{column + 1}, 15, {top}, 10, {right}, {inset_right}, {bottom}, {inset_bottom}"
    return BOX.format(number=number, points=height * 3 / 4, rank=rank, anchor=anchor, row=row, column=column)


def _reached(sizes: Mapping[int, float], usual: float, start: int, far: float) -> tuple[int, int]:
    """(column or row, px into it) that lies `far` px after the edge of `start`."""
    while far >= (size := sizes.get(start, usual)):
        far -= size
        start += 1
    return start, int(far)

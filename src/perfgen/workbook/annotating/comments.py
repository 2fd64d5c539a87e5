"""Comments (批注) of one sheet: their texts, and the boxes that Excel shows them in (VML)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree

from perfgen.model.cells import column_letters
from perfgen.workbook.annotating.cells import Cell, SheetCells, before
from perfgen.workbook.annotating.package import (
    OFFICE,
    Package,
    add,
    child,
    insert_in_order,
    local,
    main,
    new_root,
    set_text,
)
from perfgen.workbook.annotating.remarks import Remark

AUTHOR = "perfgen"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_WIDTH, _LINE, _PER_LINE = 330, 17, 25
"""A box in pixels, and how many Chinese characters stand on one of its lines."""

_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_ID_MAP = re.compile(rb"idmap\b[^>]*\bdata=[\"']([\d,\s]+)[\"']")
_SHAPE = re.compile(rb"<(\w+):shape\s.*?</\1:shape>", re.DOTALL)
_ROW, _COLUMN = (re.compile(rb"<(\w+):%s>\s*(\d+)\s*<" % name) for name in (b"Row", b"Column"))
_ANCHOR = re.compile(rb"<(\w+):Anchor>[^<]*</\1:Anchor>")
_ROOT = re.compile(rb"<xml\b[^>]*>")

_SHAPE_TYPE = """\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"\
{namespaces}><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>\
</v:shapetype>"""
_BOX = """\
<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"{namespaces}><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>\
</v:shape>"""
_DRAWING = """\
<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">\
<o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>"""


def threaded_cells(package: Package, part: str) -> set[str]:
    """Return the addresses with a threaded comment (会话批注), which has no place for more text."""
    return {
        element.get("ref", "")
        for relation in package.relations(part)
        if relation.kind == "threadedComment"
        for element in package.xml(relation.target)
    }


def write_comments(
    package: Package, part: str, cells: SheetCells, remarks: Mapping[Cell, Sequence[Remark]]
) -> None:
    """Write a comment to each of these cells, below the one that is there."""
    root = _comments(package, part)
    author = _author(root)
    comments = child(root, "commentList")
    if comments is None:
        comments = add(root, "commentList")
    known = {comment.get("ref", ""): comment for comment in comments}
    lengths: dict[Cell, int] = {}
    for cell, said in sorted(remarks.items()):
        address = f"{column_letters(cell[1])}{cell[0]}"
        comment = known.get(address)
        if comment is None:
            comment = add(comments, "comment", ref=address, authorId=str(author))
        _say(comment, said)
        lengths[cell] = _lines("".join(str(text) for text in comment.itertext()))
    boxes = {cell: _anchor(cells, cell, lines) for cell, lines in lengths.items()}
    _draw(package, part, cells, boxes)


def _comments(package: Package, part: str) -> etree._Element:
    for relation in package.relations(part):
        if relation.kind == "comments":
            return package.xml(relation.target)
    root = new_root("comments")
    name = package.new_part("xl/comments{}.xml", root, _COMMENTS_TYPE)
    package.relate(part, "comments", name)
    return root


def _author(root: etree._Element) -> int:
    authors = child(root, "authors")
    if authors is None:
        authors = etree.Element(main("authors"))
        root.insert(0, authors)
    names = [author.text for author in authors]
    if AUTHOR not in names:
        add(authors, "author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _say(comment: etree._Element, remarks: Sequence[Remark]) -> None:
    text = child(comment, "text")
    if text is None:
        text = etree.Element(main("text"))
        comment.insert(0, text)
    plain = child(text, "t")
    if plain is not None:  # a text is either plain or made of runs
        run = etree.Element(main("r"))
        text.replace(plain, run)
        run.append(plain)
    place = sum(local(part) == "r" for part in text)
    for remark in remarks:
        finding = remark.finding
        gap = "\n\n" if place else ""
        head = f"{gap}{finding.severity.label}[{finding.code}] {remark.title}\n"
        text.insert(place, _run(head, bold=True))
        text.insert(place + 1, _run(f"{finding.message}\n建议：{finding.hint}"))
        place += 2


def _run(words: str, *, bold: bool = False) -> etree._Element:
    run = etree.Element(main("r"))
    look = add(run, "rPr")
    if bold:
        add(look, "b")
    add(look, "sz", val="9")
    add(look, "rFont", val="宋体")
    set_text(add(run, "t"), words)
    return run


def _lines(text: str) -> int:
    return sum(len(line) // _PER_LINE + 1 for line in text.split("\n"))


def _anchor(cells: SheetCells, cell: Cell, lines: int) -> str:
    """Where a box begins and ends: column, pixels, row, pixels, twice; counted from 0."""
    row, column = cell
    top = max(1, row - 1)
    right, across = _walk(cells.width, column + 1, _WIDTH + 15)
    bottom, down = _walk(cells.height, top, lines * _LINE + 14)
    return f"{column}, 15, {top - 1}, 4, {right - 1}, {across}, {bottom - 1}, {down}"


def _walk(size: Callable[[int], int], start: int, pixels: int) -> tuple[int, int]:
    place = start
    while pixels > (here := size(place)):
        pixels -= here
        place += 1
        if place > start + 400:  # everything to the right or below is hidden
            break
    return place, pixels


def _draw(package: Package, part: str, cells: SheetCells, boxes: Mapping[Cell, str]) -> None:
    name = _drawing(package, part, cells.root)
    drawing = package.part(name)
    drawing, left = _resize(drawing, boxes)
    end = drawing.rfind(b"</")
    root = _ROOT.search(drawing)
    namespaces = "".join(
        f" xmlns:{prefix}={quoteattr(uri)}"
        for prefix, uri in _NAMESPACES.items()
        if root is None or not re.search(rf"xmlns:{prefix}=[\"']{uri}[\"']".encode(), root.group())
    )
    new = []
    if left and b'id="_x0000_t202"' not in drawing:
        new.append(_SHAPE_TYPE.format(namespaces=namespaces))
    number = _first_shape(drawing)
    for place, ((row, column), anchor) in enumerate(left.items(), number):
        new.append(_BOX.format(id=place, anchor=anchor, row=row - 1, column=column - 1,
                               namespaces=namespaces))  # fmt: skip
    package.put(name, drawing[:end] + "".join(new).encode() + drawing[end:])


def _resize(drawing: bytes, boxes: Mapping[Cell, str]) -> tuple[bytes, dict[Cell, str]]:
    """Make the boxes that are there as large as their texts; return the cells without one."""
    left = dict(boxes)

    def resized(shape: re.Match[bytes]) -> bytes:
        found = shape.group()
        row, column = _ROW.search(found), _COLUMN.search(found)
        if row is None or column is None or b'ObjectType="Note"' not in found:
            return found
        anchor = left.pop((int(row[2]) + 1, int(column[2]) + 1), None)
        if anchor is None:
            return found
        element = b"<%s:Anchor>%s</%s:Anchor>" % (row[1], anchor.encode(), row[1])
        if _ANCHOR.search(found):
            return _ANCHOR.sub(element, found)
        return found[: row.start()] + element + found[row.start() :]

    return _SHAPE.sub(resized, drawing), left


def _first_shape(drawing: bytes) -> int:
    """A number above those of the drawing's shapes; its first block of 1024 where it has none."""
    numbers = [int(number) for number in _SHAPE_ID.findall(drawing)]
    blocks = [int(n) for found in _ID_MAP.findall(drawing) for n in found.split(b",") if n.strip()]
    return max([*numbers, *(block * 1024 for block in blocks[:1])], default=1024) + 1


def _drawing(package: Package, part: str, root: etree._Element) -> str:
    """The sheet's drawing of comments and controls, made where there is none."""
    legacy = child(root, "legacyDrawing")
    if legacy is not None:
        wanted = legacy.get(f"{{{OFFICE}}}id")
        for relation in package.relations(part):
            if relation.id == wanted:
                return relation.target
        root.remove(legacy)  # it leads nowhere
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.put(name, _DRAWING.format(block=_free_block(package)).encode())
    package.default_type("vml", _VML_TYPE)
    legacy = etree.Element(main("legacyDrawing"), nsmap={"r": OFFICE})
    legacy.set(f"{{{OFFICE}}}id", package.relate(part, "vmlDrawing", name))
    insert_in_order(root, legacy, before("legacyDrawing"))
    return name


def _free_block(package: Package) -> int:
    blocks = [0]
    for name in package.names():
        if name.lower().endswith(".vml"):
            for found in _ID_MAP.findall(package.part(name)):
                blocks += [int(number) for number in found.split(b",") if number.strip()]
    return max(blocks) + 1

"""The structure of the finished PDF, corrected where Typst cannot be told (结构树).

Typst tags a table's head as the headings of columns and everything else as data. The page says
more: `<th scope="row">`. So the tags of the cells are set to what the page says, the columns that
only link rows are taken out, and the lists of headings, which the scopes make superfluous, too.

Typst writes the objects of a PDF one after another, uncompressed, with a plain table of contents:
only the objects that change are replaced, and the table is written anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.render.page.grid import Grid

_KIND = re.compile(rb"<</Type/StructElem/S/(\w+)/P (\d+) 0 R")
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_SCOPE = re.compile(rb"/Scope/\w+")
_SPAN = re.compile(rb"/ColSpan \d+")
_FIRST = b"/A[<</O/Table"
_STREAM_END = b"\nendstream\nendobj"


@dataclass(frozen=True, slots=True)
class StructureFault(Exception):
    """The PDF has not the shape that is expected of this version of Typst."""

    message: str


def corrected(data: bytes, tables: Sequence[Grid], names: Sequence[str] = ()) -> bytes:
    """Return the PDF with the tags of its tables' cells as the page has them.

    `tables` are the grids of the tables in the order of the document, `names` the names of the
    attachments.
    """
    file = _File(data)
    file.part_line_ends()
    for name in names:
        if not name.isascii():
            file.respell(name)
    found = list(file.tables())
    if len(found) != len(tables):
        raise StructureFault(f"{len(tables)} tables, {len(found)} in the structure")
    for rows, grid in zip(found, tables, strict=True):
        _correct_table(file, rows, grid)
    return file.to_bytes()


def _correct_table(file: _File, rows: list[int], grid: Grid) -> None:
    if len(rows) != len(grid.rows):
        raise StructureFault(f"{len(grid.rows)} rows, {len(rows)} in the structure")
    starts: list[list[tuple[bytes, int]]] = [[] for _ in grid.rows]
    for cell in grid.cells:
        starts[cell.row].append((_tag(cell.element, cell.row < grid.head_rows), cell.colspan))
    for row, cells in zip(rows, starts, strict=True):
        kids = file.kids(row)
        if len(kids) - len(cells) not in {0, 1}:
            raise StructureFault(f"{len(cells)} cells, {len(kids)} in the structure")
        if len(kids) > len(cells):
            file.replace(row, _KIDS.sub(_listed(kids[:-1]), file.text(row), count=1))
        for kid, (tag, colspan) in zip(kids, cells, strict=False):
            file.replace(kid, _cell(file.text(kid), tag, colspan))


def _listed(kids: Sequence[int]) -> bytes:
    return b"/K[" + b" ".join(b"%d 0 R" % kid for kid in kids) + b"]"


def _tag(element: object, in_head: bool) -> bytes:
    """Return what a cell is: data, or the heading of a row or a column."""
    if getattr(element, "tag", "") != "th":
        return b""
    scope = element.get("scope", "col" if in_head else "row")  # type: ignore[attr-defined]
    return b"/Scope/Column" if scope.startswith("col") else b"/Scope/Row"


def _cell(text: bytes, scope: bytes, colspan: int) -> bytes:
    """Return a cell's object as it should be."""
    text = _HEADERS.sub(b"", text, count=1)
    text = _SCOPE.sub(b"", text, count=1)
    text = _SPAN.sub(b"/ColSpan %d" % colspan if colspan > 1 else b"", text, count=1)
    kind = b"/S/TH" if scope else b"/S/TD"
    text = text.replace(b"/S/TD/P", kind + b"/P", 1).replace(b"/S/TH/P", kind + b"/P", 1)
    if scope:
        if _FIRST not in text:
            raise StructureFault("a cell without attributes")
        text = text.replace(_FIRST, _FIRST + scope, 1)
    return text.replace(b"<</O/Table>>", b"", 1)


class _File:
    """The objects of a PDF: where each begins, and the new texts of those that change."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._end = data.rindex(b"\nxref\n") + 1
        self._starts = _offsets(data, self._end)
        order = sorted(self._starts.values())
        self._ends = dict(zip(order, [*order[1:], self._end], strict=True))
        self._new: dict[int, bytes] = {}

    def text(self, number: int) -> bytes:
        """Return an object's text, as it is by now."""
        known = self._new.get(number)
        if known is not None:
            return known
        start = self._starts[number]
        return self._data[start : self._ends[start]]

    def replace(self, number: int, text: bytes) -> None:
        """Give an object a new text."""
        self._new[number] = text

    def kids(self, number: int) -> list[int]:
        """Return the numbers of the elements below one."""
        found = _KIDS.search(self.text(number))
        return [int(each) for each in _REFERENCE.findall(found[1])] if found else []

    def kind(self, number: int) -> bytes:
        """Return the type of an element; empty for an object that is none."""
        found = _KIND.search(self.text(number))
        return found[1] if found else b""

    def tables(self) -> Iterator[list[int]]:
        """Yield the rows of each table, in the order of the structure."""
        root = re.search(rb"/Type/StructTreeRoot.*?/K\[(\d+) 0 R", self._data)
        if root is None:
            raise StructureFault("no structure tree")
        waiting = [int(root[1])]
        while waiting:
            number = waiting.pop()
            if self.kind(number) == b"Table":
                yield list(self._rows(number))
            else:
                waiting.extend(reversed([kid for kid in self.kids(number) if self.kind(kid)]))

    def _rows(self, number: int) -> Iterator[int]:
        for kid in self.kids(number):
            if self.kind(kid) == b"TR":
                yield kid
            else:
                yield from self._rows(kid)

    def part_line_ends(self) -> None:
        """Tell the end of a stream that ends with CR apart from the line end behind it.

        CR and LF together would be taken for the line end, and the stream for one byte too short.
        """
        self._replace_all(b"\r" + _STREAM_END, b"\r\r" + _STREAM_END)

    def respell(self, name: str) -> None:
        """Write the name of an attachment as PDF spells names; Typst leaves some in UTF-8."""
        utf8, utf16 = name.encode().hex().upper(), name.encode("utf-16-be").hex().upper()
        self._replace_all(b"<%b>" % utf8.encode(), b"<FEFF%b>" % utf16.encode())

    def _replace_all(self, old: bytes, new: bytes) -> None:
        """Replace what stands in any object."""
        starts = sorted(self._starts.values())
        numbers = {start: number for number, start in self._starts.items()}
        place = self._data.find(old)
        while 0 <= place < self._end:
            number = numbers[starts[bisect_right(starts, place) - 1]]
            self.replace(number, self.text(number).replace(old, new))
            place = self._data.find(old, place + 1)

    def to_bytes(self) -> bytes:
        """Return the file with the new texts and a new table of contents."""
        parts, place, moved = [], 0, {}
        shift = 0
        for number, start in sorted(self._starts.items(), key=lambda item: item[1]):
            moved[number] = start + shift
            new = self._new.get(number)
            if new is not None:
                parts += [self._data[place:start], new]
                place = self._ends[start]
                shift += len(new) - (place - start)
        parts.append(self._data[place : self._end])
        trailer = self._data[self._data.index(b"trailer", self._end) :]
        trailer = trailer[: trailer.index(b"startxref")]
        entries = b"".join(b"%010d 00000 n \n" % moved[n] for n in range(1, len(moved) + 1))
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(moved) + 1)
        end = b"startxref\n%d\n%%%%EOF" % (self._end + shift)
        return b"".join((*parts, table, entries, trailer, end))


def _offsets(data: bytes, table: int) -> dict[int, int]:
    """Return where each object begins, from the table of contents."""
    lines = data[table:].split(b"\n")
    count = int(lines[1].split()[1])
    return {number: int(lines[2 + number][:10]) for number in range(1, count)}

"""Where each element came to stand (版面位置): pages and boxes, from the marks in the document.

Marks are set only where someone asks: `Marks` numbers the elements as they are written, and
`find_places` makes boxes of what the printed document tells of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from perfgen.render.looks import Look, Paper
from perfgen.render.page.grid import Grid
from perfgen.render.printers.typst.press import Spot
from perfgen.render.printers.typst.styles import CENTRE

_NORMAL_LINE = 1.2

Stretch = tuple[int, float, float]  # page from 1, top and bottom in points from the page's top


@dataclass(frozen=True, slots=True)
class Place:
    """A box that an element, or a part of it, fills: its page from 1, and points from its corner.

    An element that goes on over the end of a page has a box on each of its pages.
    """

    element: etree._Element
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Lines:
    """A paragraph or a list: the paper that it is on, and how far its lines reach."""

    element: etree._Element
    paper: Paper
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table: the number of its first row's mark, and the edges of its columns."""

    element: etree._Element
    paper: Paper
    grid: Grid
    first: int
    edges: tuple[float, ...]


@dataclass(slots=True)
class Marks:
    """Numbers what is written; without `wanted` nothing is marked."""

    wanted: bool
    _count: int = 0
    _lines: dict[int, _Lines] = field(default_factory=dict)
    _tables: list[_Rows] = field(default_factory=list)

    def around(self, element: etree._Element, look: Look, paper: Paper) -> tuple[str, str]:
        """Return the marks before and behind the words of a paragraph or a list."""
        if not self.wanted:
            return "", ""
        line = look.paragraph.line_height or _NORMAL_LINE * look.text.size
        above = line / 2 + CENTRE * look.text.size
        number = self._count
        self._lines[number] = _Lines(element, paper, above, line - above)
        self._count += 1
        return f'处("start", {number}); ', f'; 处("end", {number})'

    def table(
        self, element: etree._Element, paper: Paper, grid: Grid, left: float,
        widths: Sequence[float],
    ) -> int | None:  # fmt: skip
        """Number the rows of a table; return the first one's number, None if none is wanted."""
        if not self.wanted:
            return None
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        self._tables.append(_Rows(element, paper, grid, self._count, tuple(edges)))
        self._count += len(grid.rows)
        return self._tables[-1].first

    def places(self, spots: Sequence[Spot]) -> tuple[Place, ...]:
        """Return where everything came to stand, page by page and from above."""
        starts: dict[int, Spot] = {}
        ends: dict[int, Spot] = {}
        for spot in spots:
            if spot.kind == "start":
                starts.setdefault(spot.numbers[0], spot)
            elif spot.kind == "head end":  # a head that is repeated stands where it stood first
                ends.setdefault(spot.numbers[0], spot)
            elif spot.kind == "end":
                known = ends.get(spot.numbers[0])
                if known is None or (known.page, known.y) < (spot.page, spot.y):
                    ends[spot.numbers[0]] = spot
        found = [*self._paragraphs(starts, ends), *self._cells(starts, ends)]
        return tuple(sorted(found, key=lambda place: (place.page, place.top, place.left)))

    def _paragraphs(self, starts: dict[int, Spot], ends: dict[int, Spot]) -> Iterator[Place]:
        for number, lines in self._lines.items():
            start, end = starts.get(number), ends.get(number)
            if start is None or end is None:
                continue
            paper = lines.paper
            top, bottom = start.y - lines.above, end.y + lines.below
            left, right = paper.margin.left, paper.width - paper.margin.right
            for page, above, below in _stretches(start.page, top, end.page, bottom, paper):
                yield Place(lines.element, page, left, above, right, below)

    def _cells(self, starts: dict[int, Spot], ends: dict[int, Spot]) -> Iterator[Place]:
        for table in self._tables:
            rows: list[list[Stretch]] = []
            for row in range(len(table.grid.rows)):
                start, end = starts.get(table.first + row), ends.get(table.first + row)
                stretches: list[Stretch] = []
                if start is not None and end is not None:
                    place = _stretches(start.page, start.y, end.page, end.y, table.paper)
                    stretches = list(place)
                rows.append(stretches)
            whole = [stretch for row in rows for stretch in row]
            yield from _boxes(table.element, whole, table.edges[0], table.edges[-1])
            for element, row_stretches in zip(table.grid.rows, rows, strict=True):
                yield from _boxes(element, row_stretches, table.edges[0], table.edges[-1])
            for cell in table.grid.cells:
                covered = [s for row in rows[cell.row : cell.row + cell.rowspan] for s in row]
                left = table.edges[cell.column]
                right = table.edges[cell.column + cell.colspan]
                yield from _boxes(cell.element, covered, left, right)


def _stretches(first: int, top: float, last: int, bottom: float, paper: Paper) -> Iterator[Stretch]:
    """Yield what something fills that goes from a place on one page to a place on another."""
    for page in range(first, last + 1):
        above = top if page == first else paper.margin.top
        below = bottom if page == last else paper.height - paper.margin.bottom
        yield page, above, below


def _boxes(
    element: etree._Element, stretches: Sequence[Stretch], left: float, right: float
) -> Iterator[Place]:
    """Yield one box for each page of these stretches."""
    by_page: dict[int, tuple[float, float]] = {}
    for page, top, bottom in stretches:
        above, below = by_page.get(page, (top, bottom))
        by_page[page] = (min(above, top), max(below, bottom))
    for page, (top, bottom) in by_page.items():
        yield Place(element, page, left, top, right, bottom)

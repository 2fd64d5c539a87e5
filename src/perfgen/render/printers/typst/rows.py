"""Which rows of a table stay whole, and which stay together (行的完整与相连)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.render.looks import Look, Looks
from perfgen.render.page.grid import Cell, Grid
from perfgen.render.printers.typst.heights import row_heights

_MOST = 0.92
"""How much of a page below the table's head, by the generous reckoning, may be kept together."""
_SMALL = 0.2
"""Rows that take no more of a page stay whole in any case."""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a table's rows may do at the end of a page.

    `whole[row]` says whether a row stays whole, `least[row]` how high it is at least, in points.
    `begun` is how high the head is together with the first rows, which stay on its page.
    `holders` are the merged cells that hold their rows together, `links` the stretches of rows
    (first and number) that have no such cell.
    """

    whole: tuple[bool, ...]
    least: tuple[float, ...]
    begun: float
    holders: frozenset[int]
    links: tuple[tuple[int, int], ...]


def plan_rows(
    grid: Grid, looks: Looks, table: Look, widths: Sequence[float], page: float
) -> RowPlan:
    """Return the plan for a table of these column widths on pages of a height, in points."""
    heights = row_heights(grid, looks, widths)
    page = max(page - sum(heights[: grid.head_rows]), 0.0)
    whole = tuple(
        height <= _MOST * page
        and (looks.of(row).paragraph.keep_together or height <= _SMALL * page)
        for row, height in zip(grid.rows, heights, strict=True)
    )
    body = range(grid.head_rows, len(grid.rows))
    together = table.paragraph.keep_together and sum(heights) <= _MOST * page
    keeps = [
        number + 1 in body and whole[number] and whole[number + 1]
        and (together or _keeps(grid, looks, number))
        for number in body
    ]  # fmt: skip
    holders, links = set(), []
    spans = {(cell.row, cell.rowspan): cell for cell in grid.cells if cell.rowspan > 1}
    for first, count in _stretches(keeps, grid.head_rows, heights, _MOST * page):
        cell: Cell | None = spans.get((first, count))
        if cell is not None:
            holders.add(id(cell))
        else:
            links.append((first, count))
    least = tuple(_least_height(cells, looks) for cells in grid.at)
    first = next((count for row, count in links if row == grid.head_rows), 1)
    last = grid.head_rows + (first if any(whole[grid.head_rows :][:1]) else 0)
    return RowPlan(whole, least, sum(heights[:last]), frozenset(holders), tuple(links))


def _keeps(grid: Grid, looks: Looks, number: int) -> bool:
    """Return whether the CSS keeps a row with the one after it."""
    row, following = looks.of(grid.rows[number]), looks.of(grid.rows[number + 1])
    return row.paragraph.keep_with_next or following.paragraph.keep_with_previous


def _stretches(
    keeps: Sequence[bool], first: int, heights: Sequence[float], most: float
) -> Iterator[tuple[int, int]]:
    """Yield stretches of rows that stay together: first row and number, none too high."""
    start: int | None = None
    height = 0.0
    for place, keep in enumerate(keeps):
        row = first + place
        if start is None:
            start, height = row, heights[row]
        if keep and height + heights[row + 1] <= most:
            height += heights[row + 1]
            continue
        if row > start:
            yield start, row - start + 1
        start = None


def _least_height(cells: Sequence[Cell], looks: Looks) -> float:
    """Return how high a row is at least: a line of each of its cells."""
    own = [looks.of(cell.element) for cell in cells if cell.rowspan == 1]
    lines = (look.paragraph.line_height or look.text.size for look in own)
    return max(lines, default=1.0)

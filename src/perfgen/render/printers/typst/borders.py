"""Lines around boxes (边框), and which of two shows where cells meet."""

from __future__ import annotations

from collections.abc import Mapping

from perfgen.render.looks import NO_BORDER, Border, Looks, Sides
from perfgen.render.page.grid import Cell, Grid
from perfgen.render.printers.typst.language import color, points

_DASH = {"dashed": "dashed", "dotted": "dotted"}
_RANK = {"none": 0, "dotted": 1, "dashed": 2, "solid": 3, "double": 4}


def stroke(border: Border) -> str:
    """Return one line as a stroke; a double line is printed as a single one of its width."""
    if border == NO_BORDER:
        return "none"
    shade, width = color(border.color), points(border.width)
    if border.style in _DASH:
        return f'(paint: {shade}, thickness: {width}, dash: "{_DASH[border.style]}")'
    return f"{width} + {shade}"


def strokes(border: Sides[Border]) -> str:
    """Return the lines around a box; empty if there are none."""
    around = (border.top, border.right, border.bottom, border.left)
    if all(line == NO_BORDER for line in around):
        return ""
    if len(set(around)) == 1:
        return stroke(border.top)
    return (
        f"(top: {stroke(border.top)}, right: {stroke(border.right)},"
        f" bottom: {stroke(border.bottom)}, left: {stroke(border.left)})"
    )


def stronger(one: Border, other: Border) -> Border:
    """Return the line that shows where two meet, as CSS has it: the wider, then the fuller."""
    return max(one, other, key=lambda line: (line.width, _RANK[line.style]))


def collapsed_borders(
    grid: Grid, looks: Looks, table: Sides[Border]
) -> Mapping[int, Sides[Border]]:
    """Return the lines around each cell, by its identity, as they show; empty if all are alike.

    `table` are the lines around the table itself.
    """
    own = {id(cell): looks.of(cell.element).box.border for cell in grid.cells}
    first = next(iter(own.values()))
    uniform = len({first.top, first.right, first.bottom, first.left}) == 1
    if uniform and all(borders == first for borders in own.values()) and _weaker(table, first.top):
        return {}
    return {id(cell): _shown(cell, grid, own, table) for cell in grid.cells}


def _weaker(table: Sides[Border], line: Border) -> bool:
    return all(
        stronger(line, each) == line for each in (table.top, table.right, table.bottom, table.left)
    )


def _shown(
    cell: Cell, grid: Grid, own: Mapping[int, Sides[Border]], table: Sides[Border]
) -> Sides[Border]:
    mine = own[id(cell)]
    rows = range(cell.row, cell.row + cell.rowspan)
    columns = range(cell.column, cell.column + cell.colspan)
    above = [grid.at[cell.row - 1][x] for x in columns] if cell.row else []
    under = cell.row + cell.rowspan
    below = [grid.at[under][x] for x in columns] if under < len(grid.rows) else []
    left = [grid.at[y][cell.column - 1] for y in rows] if cell.column else []
    beside = cell.column + cell.colspan
    right = [grid.at[y][beside] for y in rows] if beside < grid.columns else []
    top, bottom, before, after = mine.top, mine.bottom, mine.left, mine.right
    for other in above:
        top = stronger(top, own[id(other)].bottom)
    for other in below:
        bottom = stronger(bottom, own[id(other)].top)
    for other in left:
        before = stronger(before, own[id(other)].right)
    for other in right:
        after = stronger(after, own[id(other)].left)
    return Sides(
        top=top if above else stronger(top, table.top),
        right=after if right else stronger(after, table.right),
        bottom=bottom if below else stronger(bottom, table.bottom),
        left=before if left else stronger(before, table.left),
    )

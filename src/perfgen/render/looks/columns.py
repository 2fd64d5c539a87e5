"""Column widths (列宽): what the CSS asks for, and wide enough that no figure wraps or overlaps."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from lxml import etree

from perfgen.render.looks import Look, Looks, Width
from perfgen.render.page.elements import Page
from perfgen.render.page.grid import Grid, table_grid
from perfgen.render.page.text import Paragraph, collapsed, contents

_LEAST = 0.4
"""How much of its asked width a column keeps when the figures of others need room."""
_SLACK = 1.0
"""Points kept free beside a figure, for the cell's borders."""
_WIDE, _NARROW, _PERCENT = 1.0, 0.56, 0.9
"""Widths of characters in font sizes: full width, half width, %; as in the wider of the fonts that
stand in for 宋体, whose own figures and % are 0.5 wide."""


def table_width(look: Look, room: float) -> float:
    """Return a table's width in points; as wide as there is room unless the CSS says less."""
    return room if look.box.width is None else min(_points(look.box.width, room), room)


def fit_columns(page: Page, looks: Looks) -> Page:
    """Return a copy of the page whose <col> elements say how wide each column must be.

    It is for printers that read the CSS themselves, which know no way to say "as wide as the
    longest figure". `looks` are those of `page`.
    """
    copied = copy.deepcopy(page.root)
    for table, twin in zip(page.root.iter("table"), copied.iter("table"), strict=True):
        look = looks.of(table)
        width = table_width(look, looks.paper(look.page).text_width)
        widths = column_widths(table, table_grid(table), looks, width)
        group = twin.find("colgroup")
        if group is None:
            group = etree.Element("colgroup")
            twin.insert(1 if twin.find("caption") is not None else 0, group)
        columns = group.findall("col")
        columns += [etree.SubElement(group, "col") for _ in widths[len(columns) :]]
        for column, share in zip(columns, widths, strict=True):
            column.set("style", f"width: {100 * share / width:.3f}%")
    return Page(copied)


def column_widths(table: etree._Element, grid: Grid, looks: Looks, width: float) -> list[float]:
    """Return the width of each column in points; together they are the table's `width`.

    Columns without a width share what is left. A column whose text may not wrap grows until its
    longest text fits, at the cost of columns that have room to spare.
    """
    shares = _shares(_asked(table, grid, looks), width)
    return _fitted(shares, _needs(grid, looks))


def _asked(table: etree._Element, grid: Grid, looks: Looks) -> list[Width | None]:
    """Return the widths that the <col> elements, or the cells of the first row, ask for."""
    columns = table.findall("colgroup/col")
    if columns:
        return [looks.of(column).box.width for column in columns]
    asked: list[Width | None] = [None] * grid.columns
    for cell in grid.at[0]:
        if cell.colspan == 1:
            asked[cell.column] = looks.of(cell.element).box.width
    return asked


def _shares(asked: Sequence[Width | None], width: float) -> list[float]:
    given = [None if item is None else _points(item, width) for item in asked]
    left = max(width - sum(item for item in given if item is not None), 0.0)
    free = sum(item is None for item in given)
    # Where nothing is left, columns without a width still get an even part, and all shrink.
    share = 0.0 if not free else left / free or width / len(given)
    widths = [share if item is None else max(item, 1.0) for item in given]
    total = sum(widths)
    return [item * width / total for item in widths]


def _fitted(widths: list[float], needs: Sequence[float]) -> list[float]:
    """Return the widths with every need met, as far as the others have room to spare."""
    short = sum(max(need - width, 0.0) for width, need in zip(widths, needs, strict=True))
    spare = [
        max(width - max(need, _LEAST * width), 0.0)
        for width, need in zip(widths, needs, strict=True)
    ]
    if not short or not sum(spare):
        return widths
    taken = min(short / sum(spare), 1.0)
    met = taken * sum(spare) / short
    return [
        width + (need - width) * met if need > width else width - room * taken
        for width, need, room in zip(widths, needs, spare, strict=True)
    ]


def _needs(grid: Grid, looks: Looks) -> list[float]:
    """Return how wide each column must be for the texts that may not wrap."""
    needs = [0.0] * grid.columns
    for cell in grid.cells:
        look = looks.of(cell.element)
        box = look.box
        if box.nowrap and cell.colspan == 1:
            line = _longest_line(cell.element)
            width = look.text.size * line + box.padding.left + box.padding.right + _SLACK
            needs[cell.column] = max(needs[cell.column], width)
    return needs


def _longest_line(cell: etree._Element) -> float:
    """Return the width of a cell's longest line in font sizes."""
    if not len(cell):  # the rule in a table of figures, and by far the cheaper way
        return _width(collapsed(cell.text or ""))
    lines: Iterable[str] = (
        line
        for content in contents(cell)
        if isinstance(content, Paragraph)
        for line in content.text.split("\n")
    )
    return max((_width(line) for line in lines), default=0.0)


def _width(text: str) -> float:
    percents = text.count("%")
    wide = 0 if text.isascii() else sum(east_asian_width(char) in "WFA" for char in text)
    return _WIDE * wide + _PERCENT * percents + _NARROW * (len(text) - wide - percents)


def _points(width: Width, whole: float) -> float:
    return width.value * whole / 100 if width.percent else width.value

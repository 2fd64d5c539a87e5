"""How high a row will be at most (行高估计): what may safely be kept whole on a page.

Typst loses what does not fit on a page if it is told not to break it. So only rows are kept whole
whose height, reckoned generously, is well below that of a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from perfgen.render.looks import Look, Looks
from perfgen.render.page.grid import Cell, Grid
from perfgen.render.page.text import Paragraph, collapsed, contents

_WIDE, _NARROW = 1.02, 0.68
_NORMAL_LINE = 1.2
_DOUBT = 1.3
"""How much more lines a text may need than was reckoned."""
_WORD = re.compile(r"[!-~]+")


def row_heights(grid: Grid, looks: Looks, widths: Sequence[float]) -> list[float]:
    """Return for each row of a table how high it is at most, in points."""
    heights = [0.0] * len(grid.rows)
    merged = []
    for cell in grid.cells:
        if cell.rowspan > 1:
            merged.append(cell)
        else:
            height = cell_height(cell, looks, widths)
            heights[cell.row] = max(heights[cell.row], height)
    for cell in merged:
        last = cell.row + cell.rowspan
        missing = cell_height(cell, looks, widths) - sum(heights[cell.row : last])
        if missing > 0:  # the last of the rows grows until the merged cell has room
            heights[last - 1] += missing
    return heights


def cell_height(cell: Cell, looks: Looks, widths: Sequence[float]) -> float:
    """Return how high a cell is at most."""
    look = looks.of(cell.element)
    padding = look.box.padding
    width = sum(widths[cell.column : cell.column + cell.colspan])
    room = width - padding.left - padding.right - look.box.border.left.width
    height = padding.top + padding.bottom + look.box.border.top.width
    element = cell.element
    if not len(element):
        return height + _text_height(collapsed(element.text or ""), look, room)
    for item in contents(element):
        if isinstance(item, Paragraph):
            own = looks.of(item.element) if item.element is not element else look
            margin = own.paragraph.margin if item.element is not element else None
            height += margin.top + margin.bottom if margin else 0.0
            height += sum(_text_height(line, own, room) for line in item.text.split("\n"))
            height += 1000.0 * sum(piece.kind == "image" for piece in item.pieces)
        else:
            inner = looks.of(item)
            indent = inner.box.padding.left + inner.paragraph.margin.left
            for text in map(str, item.itertext()):
                height += _text_height(text, inner, room - indent)
    return height


def _text_height(text: str, look: Look, room: float) -> float:
    size = look.text.size
    line = look.paragraph.line_height or _NORMAL_LINE * size
    per_line = max(room / (size + max(look.text.spacing, 0.0)), 1.0)
    if len(text) <= per_line and text.isascii():
        return line
    wide = 0 if text.isascii() else sum(char > "\u02ff" for char in text)
    width = _WIDE * wide + _NARROW * (len(text) - wide)
    if width <= per_line:
        return line
    # A word that does not fit leaves its room on the line before empty.
    words = max((len(word) for word in _WORD.findall(text)), default=1)
    lost = min(_NARROW * words, per_line / 2)
    return line * ceil(_DOUBT * width / max(per_line - lost, 1.0))

"""The properties of cells and of the table around them: what all share is the table style's."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from perfgen.render.looks import Border, BoxLook, Look, Sides
from perfgen.render.page.grid import Cell
from perfgen.render.printers.word.properties import border_line, shading
from perfgen.render.printers.word.units import twips


class CellBox(NamedTuple):
    """The part of a cell's box that a table style can say for all cells."""

    padding: Sides[float]
    border: Sides[Border]
    vertical_align: str


def common_box(counts: Counter[BoxLook]) -> CellBox:
    """Return what most cells have."""
    boxes: Counter[CellBox] = Counter()
    for look, count in counts.items():
        boxes[_box(look)] += count
    return boxes.most_common(1)[0][0]


def table_style_xml(common: CellBox, table: BoxLook) -> str:
    """Return what a table style says: lines, cell margins, vertical alignment."""
    inner = common.border
    outer = table.border
    lines = (
        border_line("top", _stronger(outer.top, inner.top)),
        border_line("left", _stronger(outer.left, inner.left)),
        border_line("bottom", _stronger(outer.bottom, inner.bottom)),
        border_line("right", _stronger(outer.right, inner.right)),
        border_line("insideH", _stronger(inner.top, inner.bottom)),
        border_line("insideV", _stronger(inner.left, inner.right)),
    )
    return (
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{"".join(lines)}</w:tblBorders>'
        f"<w:tblCellMar>{_margins(common.padding)}</w:tblCellMar></w:tblPr>"
        f"<w:tcPr>{_vertical(common.vertical_align)}</w:tcPr>"
    )


def cell_properties(cell: Cell, look: Look, width: int, common: CellBox, merge: str) -> str:
    """Return a cell's <w:tcPr>; `width` in twips, `merge` is restart, continue or empty.

    Only what the table style does not already say is said again.
    """
    box = _box(look.box)
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if cell.colspan > 1:
        parts.append(f'<w:gridSpan w:val="{cell.colspan}"/>')
    if merge:
        parts.append(f'<w:vMerge w:val="{merge}"/>')
    if box.border != common.border:
        parts.append(f"<w:tcBorders>{_lines(box.border)}</w:tcBorders>")
    if look.box.background is not None:
        parts.append(shading(look.box.background))
    if look.box.nowrap:
        parts.append("<w:noWrap/>")
    if box.padding != common.padding:
        parts.append(f"<w:tcMar>{_margins(box.padding)}</w:tcMar>")
    if box.vertical_align != common.vertical_align:
        parts.append(_vertical(box.vertical_align))
    return f"<w:tcPr>{''.join(parts)}</w:tcPr>"


def _box(look: BoxLook) -> CellBox:
    return CellBox(look.padding, look.border, look.vertical_align)


def _stronger(one: Border, other: Border) -> Border:
    """Return the border that shows where two meet, as in CSS: the wider one."""
    return one if one.width >= other.width else other


def _lines(border: Sides[Border]) -> str:
    return (
        border_line("top", border.top)
        + border_line("left", border.left)
        + border_line("bottom", border.bottom)
        + border_line("right", border.right)
    )


def _margins(padding: Sides[float]) -> str:
    return "".join(
        f'<w:{name} w:w="{twips(value)}" w:type="dxa"/>'
        for name, value in (
            ("top", padding.top),
            ("left", padding.left),
            ("bottom", padding.bottom),
            ("right", padding.right),
        )
    )


def _vertical(align: str) -> str:
    return f'<w:vAlign w:val="{_VERTICAL[align]}"/>'


_VERTICAL = {"top": "top", "middle": "center", "bottom": "bottom"}

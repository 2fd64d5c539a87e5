"""Tables in the structure tree (表格结构): spans, scopes, and whether the grid has no holes."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.render.printers.weasyprint.accessible.content import Node

_SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


def cell_attributes(cell: Node) -> dict[str, object]:
    """Return the attributes of a TH or TD: what it spans, and what it is the heading of.

    A heading whose layout does not say is a column's in the head and a row's in the body.
    """
    attributes: dict[str, object] = {}
    for name, attribute in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if (span := int(cell.element.get(name, "1"))) > 1:
            attributes[attribute] = span
    if cell.type == "TH":
        in_head = next(cell.element.iterancestors("thead"), None) is not None
        scope = cell.element.get("scope", "col" if in_head else "row")
        attributes["Scope"] = f"/{_SCOPES[scope]}"
    return attributes


def is_regular(table: Node) -> bool:
    """Return whether each part of a table fills one grid: no holes, no overlaps, no overhangs."""
    widths = {width for part in table.every("THead", "TBody") for width in _widths(part)}
    return len(widths) == 1 and None not in widths


def _widths(part: Node) -> Iterator[int | None]:
    """Yield the number of columns of each row; None where a row has a hole or cells overhang."""
    above: dict[int, int] = {}  # column → rows that a cell from above still covers
    for row in part.nodes():
        here: dict[int, int] = {}
        column = 0
        for cell in row.nodes():
            while above.get(column):
                column += 1
            attributes = cell_attributes(cell)
            rows, columns = (int(str(attributes.get(name, 1))) for name in ("RowSpan", "ColSpan"))
            here.update(dict.fromkeys(range(column, column + columns), rows))
            column += columns
        taken = {column for column, rows in above.items() if rows}
        covered = taken | set(here)
        sound = not taken & set(here) and covered == set(range(len(covered)))
        yield len(covered) if sound else None
        above = {**above, **here}
        above = {column: rows - 1 for column, rows in above.items() if rows > 0}
    if any(above.values()):
        yield None

"""The grid (格网) of a table: which cell covers which rows and columns, worked out once.

The rules are HTML's (a cell goes to the first free column of its row), but stricter: cells may
not overlap, leave holes, or reach out of their part of the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from perfgen.errors import PageError
from perfgen.render.page.elements import MAX_COLUMNS, fault


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and the rectangle that it covers; rows and columns count from 0."""

    element: etree._Element
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table without holes: its rows (head rows first), and the cells in document order.

    `rows` are the <tr> elements; `at[row][column]` is the cell that covers that place.
    """

    head_rows: int
    body_rows: int
    columns: int
    cells: tuple[Cell, ...]
    rows: tuple[etree._Element, ...]
    at: tuple[tuple[Cell, ...], ...]


def table_grid(table: etree._Element) -> Grid:
    """Return the grid of a <table>.

    Raises PageError, naming row and line, if cells overlap, if a row has a hole or too many
    cells, or if a merged cell reaches out of the head or the body.
    """
    head = _part_rows(table, "thead")
    body = _part_rows(table, "tbody")
    if not head and not body:
        raise fault(table, "表格没有行")
    columns = _columns(table, (head or body)[0])
    rows = [*_fill(head, 0, columns), *_fill(body, len(head), columns)]
    cells = tuple(
        cell
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if (cell.row, cell.column) == (number, column)
    )
    return Grid(len(head), len(body), columns, cells, (*head, *body), tuple(map(tuple, rows)))


def _part_rows(table: etree._Element, tag: str) -> list[etree._Element]:
    part = table.find(tag)
    return [] if part is None else part.findall("tr")


def _columns(table: etree._Element, first_row: etree._Element) -> int:
    """Return the number of columns: as many as the <col> elements, or as the first row has."""
    width = sum(_span(cell, "colspan") for cell in first_row)
    listed = len(table.findall("colgroup/col"))
    if listed and listed != width:
        raise fault(table, f"colgroup 有 {listed} 列，第一行有 {width} 列")
    if not width:
        raise fault(first_row, "这一行没有单元格")
    if width > MAX_COLUMNS:
        raise fault(table, f"有 {width} 列，超过 {MAX_COLUMNS} 列的上限")
    return width


def _fill(rows: list[etree._Element], first: int, columns: int) -> list[list[Cell]]:
    """Return, for each row of one part of the table, the cell at each column."""
    filled: list[list[Cell | None]] = [[None] * columns for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for element in row:
            while column < columns and filled[index][column] is not None:
                column += 1
            cell = Cell(
                element, first + index, column, _span(element, "rowspan"), _span(element, "colspan")
            )
            _place(cell, filled, index)
            column += cell.colspan
    return [
        [_present(cell, rows[index], first + index) for cell in row]
        for index, row in enumerate(filled)
    ]


def _place(cell: Cell, filled: list[list[Cell | None]], index: int) -> None:
    if cell.column + cell.colspan > len(filled[index]):
        raise _row_fault(cell.element, cell.row, "单元格超出了表格的列数")
    if index + cell.rowspan > len(filled):
        raise _row_fault(cell.element, cell.row, f"rowspan={cell.rowspan} 超出了表格的最后一行")
    for row in filled[index : index + cell.rowspan]:
        for column in range(cell.column, cell.column + cell.colspan):
            if row[column] is not None:
                message = f"与别的合并单元格在第 {column + 1} 列重叠"
                raise _row_fault(cell.element, cell.row, message)
            row[column] = cell


def _present(cell: Cell | None, row: etree._Element, number: int) -> Cell:
    if cell is None:
        raise _row_fault(row, number, "单元格不够，这一行有空缺")
    return cell


def _row_fault(element: etree._Element, row: int, message: str) -> PageError:
    return fault(element, f"表格第 {row + 1} 行：{message}")


def _span(cell: etree._Element, name: str) -> int:
    return int(cell.get(name, "1"))

"""Every place in a table belongs to exactly one cell, or the table is refused."""

import pytest

from perfgen.errors import PageError
from perfgen.render.page.elements import parse_page
from perfgen.render.page.grid import table_grid


def grid(table):
    page = parse_page(f"<html><head/><body><table>{table}</table></body></html>")
    return table_grid(page.body[0])


def shown(table):
    return ["".join(cell.element.text for cell in row) for row in grid(table).at]


def test_merged_cells_cover_their_rectangle():
    assert shown(
        "<thead><tr><th rowspan='2'>a</th><th colspan='2'>b</th></tr>"
        "<tr><th>c</th><th>d</th></tr></thead>"
        "<tbody><tr><td>e</td><td rowspan='2' colspan='2'>f</td></tr><tr><td>g</td></tr></tbody>"
    ) == ["abb", "acd", "eff", "gff"]


def test_a_grid_knows_its_rows_columns_and_cells():
    found = grid(
        "<colgroup><col/><col/></colgroup><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td colspan='2'>c</td></tr></tbody>"
    )
    assert (found.head_rows, found.body_rows, found.columns) == (1, 1, 2)
    assert [cell.element.text for cell in found.cells] == ["a", "b", "c"]
    last = found.cells[-1]
    assert (last.row, last.column, last.rowspan, last.colspan) == (1, 0, 1, 2)
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("<tbody><tr><td/><td/></tr><tr><td/></tr></tbody>", "表格第 2 行：单元格不够"),
        ("<tbody><tr><td/></tr><tr><td/><td/></tr></tbody>", "表格第 2 行：单元格超出了表格的列数"),
        (
            "<tbody><tr><td/><td rowspan='2'/></tr><tr><td colspan='2'/></tr></tbody>",
            "表格第 2 行：与别的合并单元格在第 2 列重叠",
        ),
        ("<tbody><tr><td rowspan='2'/></tr></tbody>", "rowspan=2 超出了表格的最后一行"),
        (
            "<thead><tr><th rowspan='2'/></tr></thead><tbody><tr><td/></tr></tbody>",
            "rowspan=2 超出了表格的最后一行",
        ),
        (
            "<colgroup><col/></colgroup><tbody><tr><td/><td/></tr></tbody>",
            "colgroup 有 1 列，第一行有 2 列",
        ),
        ("<tbody/>", "表格没有行"),
        ("<tbody><tr/></tbody>", "这一行没有单元格"),
    ],
)
def test_a_table_with_holes_or_overlaps_is_refused(table, message):
    with pytest.raises(PageError, match=message):
        grid(table)

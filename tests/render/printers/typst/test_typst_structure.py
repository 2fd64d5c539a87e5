"""The tags of tables are mended in the PDF; a PDF of another shape is never mended wrongly."""

from __future__ import annotations

import pytest
from typst_printing import Print, parsed, table

from perfgen.render.page.grid import Grid, table_grid
from perfgen.render.printers.typst.structure import StructureFault, corrected


def grids(*bodies: str) -> list[Grid]:
    """The grids of the tables of a page."""
    return [table_grid(one) for one in parsed("".join(bodies)).body.iter("table")]


ONE = table("<tr><td>甲</td><td>乙</td><td>丙</td></tr>")
LONGER = table("<tr><td>甲</td><td>乙</td><td>丙</td></tr>" * 2)
WIDER = table("<tr>" + "<td>甲</td>" * 6 + "</tr>", columns=6)


@pytest.mark.parametrize(
    ("expected", "says"),
    [((), "0 tables"), ((ONE, ONE), "2 tables"), ((LONGER,), "3 rows, 2"), ((WIDER,), "6 cells")],
)
def test_tables_that_are_not_those_of_the_page_are_not_touched(
    printed: Print, expected: tuple[str, ...], says: str
):
    data = printed(f"<h1>报告</h1>{ONE}").data
    with pytest.raises(StructureFault) as raised:
        corrected(data, grids(*expected))
    assert says in raised.value.message

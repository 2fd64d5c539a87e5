"""Style sheets that would take minutes to read are refused before they are read."""

import pytest

from perfgen.errors import LayoutError
from perfgen.render.looks import read_looks
from perfgen.render.looks.sheets import MOST_CHARACTERS, MOST_SELECTORS
from perfgen.render.page.elements import parse_page

PAGE = parse_page("<html><head/><body><p>文</p></body></html>")
LONG_PAGE = parse_page(
    "<html><head/><body><table><tbody>" + "<tr><td>数</td><td>数</td></tr>" * 4000
    + "</tbody></table></body></html>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("p { color: red } /* " + "长" * MOST_CHARACTERS, "超过 20 万的上限"),
        (",".join(f".a{n}" for n in range(MOST_SELECTORS + 1)) + "{color: red}", "选择器，太多了"),
        ("\n".join(f".a{n} {{}}" for n in range(MOST_SELECTORS + 1)), "选择器，太多了"),
        ("@media print {" + "p {} " * (MOST_SELECTORS + 1) + "}", "选择器，太多了"),
        ("p {" + "".join(f"unknown{n}: 1;" for n in range(5000)) + "}", "处不能用"),
    ],
)
def test_style_sheets_without_end_are_refused(sheet, said):
    with pytest.raises(LayoutError, match=said):
        read_looks(PAGE, [sheet])


def test_many_small_sheets_count_together():
    with pytest.raises(LayoutError, match="超过 20 万的上限"):
        read_looks(PAGE, ["/* " + "长" * 5000] * 50)


def test_selectors_that_must_be_held_against_each_cell_are_bounded_by_the_page():
    sheet = "".join(f"td:nth-child({n}n) {{ color: red }}" for n in range(1, 500))
    read_looks(PAGE, [sheet])
    with pytest.raises(LayoutError, match="要核对几分钟"):
        read_looks(LONG_PAGE, [sheet])


def test_a_sheet_for_weasyprint_may_have_more_that_others_do_not_print():
    sheet = "p {" + "".join(f"unknown{n}: 1;" for n in range(300)) + "}"
    assert len(read_looks(PAGE, [sheet], strict=False).notices) == 300

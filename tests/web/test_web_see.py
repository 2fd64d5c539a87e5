"""See: the real pages as pictures, and where what stands on them came from."""

import pytest
from lxml import etree, html

from perfgen.build import Request
from perfgen.previewing import preview
from perfgen.workbook.opening import WorkbookFile
from web.conftest import SAMPLES
from workbooks.make import as_bytes, good_workbook

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def seen():
    """The preview of a small good workbook."""
    return preview(WorkbookFile("自评.xlsx", as_bytes(good_workbook())), Request())


def origins(seen, text):
    return [one for one in seen.origins if one.text == text]


def test_every_page_is_a_picture(seen):
    assert seen.pages
    assert all(etree.fromstring(page).tag == f"{SVG}svg" for page in seen.pages)


def test_a_typed_figure_knows_its_cell(seen):
    (found,) = origins(seen, "100")[:1]
    assert (found.sheet, found.cell, found.computed) == ("预算信息", "C3", False)
    assert "基本支出" in found.row


def test_a_computed_figure_knows_how_it_was_computed(seen):
    (found,) = (one for one in origins(seen, "98.75%") if one.sheet == "预算信息")
    assert found.computed
    assert "实际支出数 ÷ 调整预算数" in found.how
    assert [(one.header, one.value) for one in found.entered] == [
        ("调整预算数", "40"), ("实际支出数", "39.5"),
    ]  # fmt: skip


def test_spots_lie_on_their_pages_and_do_not_stand_for_nothing(seen):
    for spot in seen.spots:
        assert 1 <= spot.page <= len(seen.pages)
        assert 0 <= spot.left < spot.right <= 842
        assert spot.top < spot.bottom
        assert spot.origins


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.xlsx")))
def test_every_layout_has_pages_whose_figures_are_explained(sample):
    seen = preview(WorkbookFile(sample, (SAMPLES / sample).read_bytes()), Request())
    assert len(seen.origins) > 20
    assert all(one.how for one in seen.origins if one.computed)
    assert all(one.cell or one.computed or one.header for one in seen.origins)


def test_the_page_lays_spots_over_each_picture(officer):
    page = officer.drop(good_workbook())
    part = html.fromstring(officer.part(f"{page}/pages"))
    pictures = part.xpath("//image/@href")
    answer = officer.get(pictures[0])
    assert answer.headers["content-type"].startswith("image/svg+xml")
    cells = part.xpath("//rect[contains(@data-cells, '预算信息!C3')]")
    assert cells
    said = officer.text(cells[0].get("data-spot"))
    assert "预算信息!C3" in said
    assert "年初预算数" in said


def test_a_figure_says_its_way_on_the_page(officer):
    page = officer.drop(good_workbook())
    part = html.fromstring(officer.part(f"{page}/pages"))
    rates = [r for r in part.xpath("//rect") if "执行率：98.75%" in r.get("aria-label")]
    said = officer.text(rates[0].get("data-spot"))
    assert "怎么算的" in said
    assert "39.5" in said


def test_pages_and_spots_that_are_not_there_are_not_found(officer):
    page = officer.drop(good_workbook())
    officer.part(f"{page}/pages")
    assert officer.get(f"{page}/pictures/1/99.svg").status_code == 404
    assert officer.get(f"{page}/origins/99999").status_code == 404

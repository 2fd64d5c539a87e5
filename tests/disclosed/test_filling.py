"""Data that does not fit the layout at hand is told, not guessed at."""

from copy import deepcopy
from datetime import date

import pytest

from perfgen.build import load
from perfgen.disclosed.data import report_data
from perfgen.disclosed.filling import content_of_data, report_of_data
from perfgen.errors import DocumentError, LayoutError, WorkbookError
from perfgen.render.page.marked import marked_page
from workbooks.make import good_workbook, put


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A report's layout and data, its ledger part of it."""
    path = tmp_path_factory.mktemp("filling") / "自评.xlsx"
    book = put(good_workbook(), "预算信息!D5", None)
    book["预算调整"].append((date(2023, 6, 30), "1号", "甲项目", "追加", 5, "外贸"))
    book.save(path)
    loaded = load(path, say=lambda _: None)
    return loaded.layout, report_data(
        loaded.report, loaded.layout, marked_page(loaded.report, loaded.layout, ("adjustments",))
    )


@pytest.fixture
def layout(made):
    """The layout."""
    return made[0]


@pytest.fixture
def data(made):
    """The data, for a test to change."""
    return deepcopy(made[1])


def first_row(data, record):
    return next(table["rows"][0] for table in data["tables"] if table["record"] == record)


@pytest.mark.parametrize(
    ("record", "field", "value", "says"),
    [
        ("adjustment", "type", "没收", "调整类型：清单里没有“没收”"),
        ("adjustment", "date", "去年", "日期：“去年”不是日期"),
        ("adjustment", "line", "丙项目", "没有“丙项目”这个预算项目"),
        ("budget", "kind", "其他", "类别：清单里没有“其他”"),
        ("indicator", "target.full", "≥", "只有符号，没有数值"),
    ],
)
def test_a_value_that_no_workbook_could_hold_is_told_with_its_place(
    data, layout, record, field, value, says
):
    first_row(data, record)[field] = value
    with pytest.raises(WorkbookError) as caught:
        report_of_data(data, layout, "a.pdf")
    assert any(says in problem.message for problem in caught.value.problems)
    assert all(problem.ref.workbook == "a.pdf" for problem in caught.value.problems)


def test_a_figure_where_a_text_belongs_does_no_harm(data, layout):
    first_row(data, "budget")["name"] = {"value": "1", "origin": "given"}
    first_row(data, "budget")["initial"] = "一百"
    assert report_of_data(data, layout).budget[0].initial is None


def test_a_table_that_the_layout_lacks_is_told(data, layout):
    data["tables"][0]["record"] = "unknown"
    with pytest.raises(DocumentError, match="没有放“unknown”的工作表"):
        content_of_data(data, layout)


def test_a_column_that_the_layout_lacks_is_told(data, layout):
    table = data["tables"][0]
    table["columns"].append({"field": "more", "header": "更多", "kind": "text"})
    table["rows"][0]["more"] = "x"
    with pytest.raises(DocumentError, match="没有这些列：more"):
        content_of_data(data, layout)


def test_data_of_a_later_version_of_the_layout_is_refused(data, layout):
    data["layout"]["schema"] = layout.schema + 1
    with pytest.raises(LayoutError, match="第 2 版的，这里只有第 1 版"):
        content_of_data(data, layout)

"""Every computed figure of a published report, from its inputs (苏州市商务局, 2023)."""

import tomllib
from pathlib import Path

import openpyxl
import pytest

from perfgen.figures import compute
from perfgen.render.page.filters import template_filters
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report

HERE = Path(__file__).resolve()
PUBLISHED = tomllib.loads((HERE.parent / "suzhou_2023_published.toml").read_text("utf-8"))
CONTENT = tomllib.loads(
    (HERE.parents[2] / "inputs/data/suzhou-commerce-2023.toml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def computed(suzhou, tmp_path_factory):
    """The figures of the report, read from a workbook that holds its inputs."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in suzhou.sheets:
        worksheet = book.create_sheet(sheet.name)
        content = CONTENT.get(sheet.name, [])
        if sheet.kind == "form":
            for item in content.items():
                worksheet.append(item)
        elif sheet.kind == "table":
            worksheet.append([column.header for column in sheet.columns])
            for row in content:
                worksheet.append([row.get(column.header) for column in sheet.columns])
                for cell in worksheet[worksheet.max_row]:
                    cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    path = tmp_path_factory.mktemp("published") / "商务局.xlsx"
    book.save(path)
    return compute(read_report(open_workbook(path), suzhou), suzhou.rules)


@pytest.fixture(scope="module")
def prints(suzhou):
    return template_filters(suzhou.rules, "万元")


def test_the_published_report_is_whole():
    assert (len(PUBLISHED["budget"]), len(PUBLISHED["indicator"])) == (20, 74)


@pytest.mark.parametrize("place", range(20), ids=str)
def test_a_budget_line_prints_as_published(computed, prints, place):
    line, published = computed.budget[place], PUBLISHED["budget"][place]
    assert {
        "name": line.name,
        "initial": prints["amount"](line.initial),
        "adjustment": prints["amount"](line.adjustment),
        "adjusted": prints["amount"](line.adjusted),
        "actual": prints["amount"](line.actual),
        "rate": prints["rate"](line.execution_rate),
    } == published


@pytest.mark.parametrize("place", range(74), ids=str)
def test_an_indicator_prints_as_published(computed, prints, place):
    row, published = computed.indicators[place], dict(PUBLISHED["indicator"][place])
    for typed, sign in (("<=", "≤"), (">=", "≥")):  # the house prints one sign; the office mixed
        published["target"] = published["target"].replace(typed, sign)
    assert {
        "name": row.indicator.name,
        "target": prints["shown"](row.indicator.target),
        "actual": prints["shown"](row.indicator.actual),
        "deviation": prints["deviation"](row.deviation),
    } == published

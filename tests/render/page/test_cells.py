"""`row | cell("列")`: numbers print as their column says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from own_layouts import column, computed, filled, own_layout, report_of
from perfgen.errors import PageError
from perfgen.figures import compute
from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import BLANK, UNDEFINED, Rate, RateState
from perfgen.model.layout import Column, Rules
from perfgen.model.measure import Measure, Target
from perfgen.render.page import cells
from perfgen.render.page.template import render_page


def pages(tmp_path, kind, printing, *values, unit="万元"):
    """How values of one column print."""
    column_ = column("列", kind, f"print = {{ {printing} }}" if printing else "", role="expense.x")
    page = '{% for row in own.expense %}<p>{{ row | cell("列") }}</p>{% endfor %}'
    layout = own_layout(tmp_path, columns=column_, page=page)
    rows = [{"项目": str(n), "列": value} for n, value in enumerate(values)]
    path = filled(layout, tmp_path / "自评.xlsx", rows, {"金额单位": unit})
    report = report_of(layout, path)
    text = render_page(report, compute(report, layout.rules), layout)
    return [piece.partition("</p>")[0] for piece in text.split("<p>")[1:]]


@pytest.mark.parametrize(
    ("printing", "value", "shown"),
    [
        ("", "1234.50", "1234.5"),
        ("decimals = 2", "1234.5", "1234.50"),
        ("decimals = 2", "0.005", "0.01"),
        ("decimals = 0", "1234.5", "1235"),
        ("thousands = true", "1234567.8", "1,234,567.8"),
        ("thousands = true, decimals = 2", "-1234567.891", "-1,234,567.89"),
        ("with_unit = true", "12.5", "12.5万元"),
        ('unit = "元", thousands = true, decimals = 2', "12.3456", "123,456.00"),
        ('unit = "亿元", with_unit = true', "12000", "1.2亿元"),
        ("", "", ""),
        ('blank = "/"', "", "/"),
        ('zero = "—"', "0", "—"),
        ("decimals = 2", "0", "0.00"),
        ('zero = ""', "0", ""),
    ],
)
def test_amounts(tmp_path, printing, value, shown):
    assert pages(tmp_path, "amount", printing, value) == [shown]


def test_an_amount_is_converted_from_the_workbooks_own_unit(tmp_path):
    assert pages(tmp_path, "amount", 'unit = "万元", decimals = 2', "123456", unit="元") == [
        "12.35"
    ]


@pytest.mark.parametrize(
    ("printing", "value", "shown"),
    [
        ("", "0.475", "47.5%"),
        ("decimals = 2", "0.475", "47.50%"),
        ("decimals = 1", "0.98765", "98.8%"),
        ('zero = "0%"', "0", "0%"),
        ("decimals = 2", "0", "0.00%"),
    ],
)
def test_percents(tmp_path, printing, value, shown):
    assert pages(tmp_path, "percent", printing, value) == [shown]


def test_numbers_may_bear_what_they_count(tmp_path):
    assert pages(tmp_path, "number", 'unit = "人", with_unit = true', "35") == ["35人"]


def test_days_and_texts(tmp_path):
    assert pages(tmp_path, "date", "", "2023-06-30") == ["2023年6月30日"]
    assert pages(tmp_path / "b", "text", 'blank = "无"', "公开", "") == ["公开", "无"]


def test_a_columns_own_field_names_it_too_and_items_of_the_form(tmp_path):
    items = computed("总额", "amount", "合计([经费：年初预算数])", "print = { decimals = 2 }",
                     role="report.own.total", record="report")  # fmt: skip
    page = '<p>{{ own.expense[0] | cell("budget") }} {{ report | cell("总额") }}</p>'
    layout = own_layout(tmp_path, items=items, page=page)
    rows = [{"项目": "甲", "年初预算数（万元）": "5"}, {"项目": "乙", "年初预算数（万元）": "7.5"}]
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", rows))
    assert report.facts["own.total"].content == Decimal("12.5")
    assert "<p>5 12.50</p>" in render_page(report, compute(report, layout.rules), layout)


def test_a_column_that_there_is_not_is_named_with_the_nearest(tmp_path):
    page = '{{ own.expense[0] | cell("1-7月执行") }}'
    layout = own_layout(tmp_path, page=page)
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", [{"项目": "甲"}]))
    with pytest.raises(PageError, match="没有这一列，是不是“1-7月执行数”"):
        render_page(report, compute(report, layout.rules), layout)


def test_rows_with_parents_print_as_a_tree(tmp_path):
    page = (
        "{% for item in own.expense | tree %}"
        '<p>{{ item.level }}{{ item.row | cell("项目") }}{{ item.row | cell("budget") }}</p>'
        "{% endfor %}"
    )
    layout = own_layout(tmp_path, page=page)
    rows = [
        {"项目": "三公", "上级": ""},
        {"项目": "会议费", "年初预算数（万元）": "9"},
        {"项目": "车", "上级": "三公", "年初预算数（万元）": "4"},
        {"项目": "接待", "上级": "三公", "年初预算数（万元）": "6"},
    ]
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", rows))
    text = render_page(report, compute(report, layout.rules), layout)
    assert text.count("<p>") == 4
    assert (
        text.index("0三公10") < text.index("1车4") < text.index("1接待6") < text.index("0会议费9")
    )


RATE = Column(header="执行率", role="budget.execution_rate", kind="percent", computed=True)


def shown(value, **printing):
    column = replace(RATE, printing=replace(RATE.printing, **printing))
    return cells.printed(value, column, Rules(rate_decimals=2, deviation_decimals=1), "万元")


@pytest.mark.parametrize(
    ("value", "printing", "text"),
    [
        (Rate(RateState.VALUE, Decimal("0.9904")), {}, "99.04%"),
        (Rate(RateState.VALUE, Decimal("0.5")), {}, "50.00%"),
        (Rate(RateState.VALUE, Decimal("0.5")), {"decimals": 0}, "50%"),
        (Rate(RateState.VALUE, Decimal(0)), {"zero": "—"}, "—"),
        (UNDEFINED, {}, "—"),
        (BLANK, {"blank": "/"}, "/"),
        (Deviation(Decimal("0.125"), measured=True), {}, "12.5%"),
        (Deviation(Decimal(0), measured=False), {}, "0%"),
        (Target.parse("≥50家"), {}, "≥50家"),
        (Measure.parse("52家"), {}, "52家"),
    ],
)
def test_figures_print_as_the_layouts_rules_say(value, printing, text):
    assert shown(value, **printing) == text


def test_what_has_no_columns_is_told(suzhou):
    with pytest.raises(PageError, match="前面要写一行，例如 line"):
        cells.cell_filter(suzhou, "万元")(3, "年初预算数")

"""What is explained gets printed as it was typed: execution rates, and marks of a project."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfgen.figures import compute
from perfgen.model.records import Waiver
from perfgen.render.page.filters import template_filters
from workbooks.make import put


def waiver(**more):
    return Waiver(rule="PG105", subject="乙项目", reason="已经公开", **more)


@pytest.mark.parametrize(
    ("waivers", "printed"),
    [
        ([], "0.9875"),
        ([waiver()], "0.99"),
        ([waiver(expires=date(2024, 12, 31))], "0.99"),
        ([waiver(expires=date(2024, 1, 31))], "0.9875"),  # not in force when the report is made
        ([replace(waiver(), subject="甲项目")], "0.9875"),
        ([replace(waiver(), rule="PG104")], "0.9875"),
    ],
)
def test_a_typed_rate_is_printed_once_it_is_explained(read, suzhou, book, waivers, printed):
    report = replace(read(put(book, "预算信息!G6", 0.99)), waivers=tuple(waivers))
    line = compute(report, suzhou.rules).budget[-1]
    assert line.execution_rate.ratio == Decimal(printed)
    assert line.computed_rate.ratio == Decimal("0.9875")


@pytest.mark.parametrize(
    ("waivers", "printed"),
    [
        ([], "0.00%"),
        ([Waiver(rule="PG127", subject="走访企业", reason="按批复口径")], "1.50%"),
        ([Waiver(rule="PG105", subject="走访企业", reason="按批复口径")], "0.00%"),
    ],
)
def test_a_typed_deviation_is_printed_once_it_is_explained(read, suzhou, book, waivers, printed):
    for cell, value in {"B4": "走访企业", "E4": "≥50家", "G4": "50家", "I4": "1.50%"}.items():
        put(book, f"绩效指标!{cell}", value)
    put(book, "绩效指标!D4", "")
    report = replace(read(book), waivers=tuple(waivers))
    (row,) = [one for one in compute(report, suzhou.rules).indicators
              if one.indicator.name == "走访企业"]  # fmt: skip
    assert template_filters(suzhou.rules, "万元")["deviation"](row.deviation) == printed
    assert row.deviation.ratio == 0

"""What is explained gets printed as it was typed: execution rates, and marks of a project."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfgen.figures import compute
from perfgen.model.records import Waiver
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

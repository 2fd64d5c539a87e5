"""Sources of money: what stands below a source, in the order in which a table prints it."""

from decimal import Decimal

import pytest

from perfgen.figures.funds import fund_figures
from perfgen.model.layout import Rules
from perfgen.model.records import Fund


@pytest.fixture(scope="module")
def funds():
    rows = [
        ("资金总额", ""), ("财政拨款", "资金总额"), ("其他资金", "资金总额"),
        ("一般公共预算资金", "财政拨款"), ("政府性基金", "财政拨款"),
        ("一般债券", "一般公共预算资金"),
    ]  # fmt: skip
    figures = fund_figures(
        [
            Fund(name=name, parent=parent, initial=Decimal(5) if name == "一般债券" else None)
            for name, parent in rows
        ],
        Rules(),
    )
    return {fund.name: fund for fund in figures}


def test_below_a_source_stand_its_parts_each_before_its_own(funds):
    assert [fund.name for fund in funds["资金总额"].below] == [
        "财政拨款", "一般公共预算资金", "一般债券", "政府性基金", "其他资金",
    ]  # fmt: skip


def test_nothing_stands_below_a_source_without_parts(funds):
    assert funds["其他资金"].below == ()


def test_a_blank_source_is_the_sum_of_what_is_below_it(funds):
    assert funds["资金总额"].initial == Decimal(5)

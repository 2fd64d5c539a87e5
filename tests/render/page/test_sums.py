"""Filters over rows: what a layout groups, sums up and divides (分组、合计、比例)."""

from decimal import Decimal

import pytest

from perfgen.figures.rates import RateState
from perfgen.model.layout import Rules
from perfgen.render.page.filters import template_filters

ROWS = [
    {"kind": "基本支出", "budget": Decimal(100), "actual": Decimal(95)},
    {"kind": "项目支出", "budget": Decimal(60), "actual": None},
    {"kind": "基本支出", "budget": None, "actual": None},
]


def filters(**rules):
    return template_filters(Rules(**rules), "万元")


def test_rows_are_gathered_in_the_order_of_their_first():
    found = filters()["grouped"](ROWS, "kind")
    assert [(group.name, len(group.rows)) for group in found] == [("基本支出", 2), ("项目支出", 1)]


def test_a_total_is_blank_only_where_all_of_it_is():
    total = filters()["total"]
    assert total(ROWS, "budget") == Decimal(160)
    assert total(ROWS, "budget", "actual") == Decimal(255)
    assert total(ROWS[1:], "actual") is None


def test_a_rate_of_two_sums_is_one_of_a_line():
    rate = filters()["rate_of"](Decimal(95), Decimal(160))
    assert (rate.state, rate.ratio) == (RateState.VALUE, Decimal("0.5938"))
    assert filters()["rate"](rate) == "59.38%"
    assert filters()["rate_of"](Decimal(1), Decimal(0)).state is RateState.UNDEFINED


@pytest.mark.parametrize(("blank_actual", "printed"), [("zero", "0.00%"), ("blank", "")])
def test_what_was_not_spent_yet_is_read_as_the_layout_says(blank_actual, printed):
    found = filters(blank_actual=blank_actual)
    assert found["rate"](found["rate_of"](None, Decimal(160))) == printed


@pytest.mark.parametrize(
    ("unit", "value", "printed"),
    [("万元", "298431.5", "29.84"), ("万元", "20000", "2"), ("元", "150000000", "1.5")],
)
def test_amounts_in_yi_end_with_two_decimals_at_most(unit, value, printed):
    yi = template_filters(Rules(), unit)["yi"]
    assert yi(Decimal(value)) == printed
    assert yi(None) == ""

"""How figures print: as the published reports print them."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import BLANK, UNDEFINED, Rate, RateState
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.render.page.filters import template_filters

WANYUAN = template_filters(Rules(), "万元")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("51621.82", "51621.82"),
        ("40.00", "40"),
        ("21.90", "21.9"),
        ("0", "0"),
        ("-0.00", "0"),
        ("-20.5", "-20.5"),
        ("1E+3", "1000"),
        ("0.333333333333333", "0.333333"),
    ],
)
def test_an_amount_prints_without_separators_and_trailing_zeros_down_to_fen(value, printed):
    assert WANYUAN["amount"](Decimal(value)) == printed


def test_a_layout_may_keep_the_decimals_that_were_typed():
    kept = template_filters(Rules(trailing_zeros="keep"), "万元")
    assert kept["amount"](Decimal("1320.70")) == "1320.70"


def test_an_amount_in_yuan_prints_at_most_two_decimals():
    assert template_filters(Rules(), "元")["amount"](Decimal("10.005")) == "10.01"


def test_a_blank_amount_prints_nothing():
    assert WANYUAN["amount"](None) == ""


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (Rate(RateState.VALUE, Decimal("0.9904")), "99.04%"),
        (Rate(RateState.VALUE, Decimal(1)), "100.00%"),
        (BLANK, ""),
        (UNDEFINED, "—"),
    ],
)
def test_a_rate_prints_with_two_decimals_and_its_sign(rate, printed):
    assert WANYUAN["rate"](rate) == printed


@pytest.mark.parametrize(
    ("deviation", "printed"),
    [
        (Deviation(Decimal("-0.0096"), measured=True), "-0.96%"),
        (Deviation(Decimal("0.7333"), measured=True), "73.33%"),
        (Deviation(Decimal("-0.00"), measured=True), "0.00%"),
        (Deviation(Decimal(0), measured=False), "0%"),
        (Deviation(Decimal(1), measured=False), "100%"),
        (None, ""),
    ],
)
def test_a_deviation_prints_decimals_only_where_it_was_measured(deviation, printed):
    assert WANYUAN["deviation"](deviation) == printed


def test_a_target_prints_with_its_operator_and_unit():
    assert WANYUAN["shown"](Target.parse(">= 6 次")) == "≥6次"
    assert WANYUAN["shown"](Measure.parse("52", unit="个")) == "52个"
    assert WANYUAN["shown"](None) == ""


def test_line_breaks_of_a_cell_stay_and_markup_in_it_does_not_come_alive():
    assert WANYUAN["lines"]("一是<b>培训\n二是走访") == Markup("一是&lt;b&gt;培训<br/>二是走访")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("目标1：建成三家", "建成三家"),
        ("目标二、建成", "建成"),
        ("目标明确", "目标明确"),
        ("建成", "建成"),
    ],
)
def test_a_label_that_was_typed_is_left_out(typed, printed):
    assert WANYUAN["unlabelled"](typed, "目标") == printed

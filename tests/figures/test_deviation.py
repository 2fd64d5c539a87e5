"""Deviations of results from targets, and whether they are adverse (偏差情况, DESIGN 3)."""

from decimal import Decimal

import pytest

from perfgen.figures.deviation import (
    adverse,
    comparable,
    deviation,
    indicator_figures,
    known_direction,
)
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.records import Indicator
from perfgen.render.page.filters import template_filters

RULES = Rules()


def printed(target, actual, rules=RULES):
    """The deviation as the report prints it."""
    value = deviation(Target.parse(target).measure, Measure.parse(actual), rules)
    return template_filters(rules, "万元")["deviation"](value)


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("=100%", "99.04%", "-0.96%"),
        ("=100%", "100%", "0.00%"),
        ("=100%", "658.5%", "558.50%"),
        ("≤100%", "84.5%", "-15.50%"),  # the operator is not used
        ("=15家", "26家", "73.33%"),
        ("≥50", "52", "4.00%"),
        ("=3", "2", "-33.33%"),
        ("=6", "5.9997", "-0.01%"),  # -0.005% goes away from zero
        ("=6", "5.99975", "0.00%"),  # never -0.00%
        ("=100", "0", "-100.00%"),
        ("=2场次", "2次", "0.00%"),  # the units differ, the numbers count
        ("90%以上", "95%", "5.56%"),
    ],
)
def test_numbers_deviate_in_relation_to_the_target(target, actual, shown):
    assert printed(target, actual) == shown


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [("=-5%", "-4%", "-20.00%"), ("=-5%", "-6%", "20.00%"), ("=-5%", "5%", "-200.00%")],
)
def test_a_negative_target_is_divided_by_as_it_is(target, actual, shown):
    assert printed(target, actual) == shown


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("=0%", "0%", "0%"),
        ("=0", "0.00", "0%"),
        ("≤0%", "844.1%", "100%"),
        ("≥0家", "3家", "100%"),
        ("≤0%", "-5%", "100%"),
    ],
)
def test_a_zero_target_is_met_or_missed_whole(target, actual, shown):
    assert printed(target, actual) == shown


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("有序推进", "有序推进", "0%"),
        ("有序推进", "有序推进。", "0%"),
        ("有序推进", " 有序 推进；", "0%"),
        ("达标（优）", "达标(优)", "0%"),
        ("＝健全", "健全", "0%"),
        ("有序推进", "稳步推进", "100%"),
        ("市级20家，其中省级10家", "市级44家，省级44家", "100%"),
        ("市级20家，其中省级10家", "市级20家,其中省级10家", "0%"),
        ("12月底前", "12月底前", "0%"),
        ("12月底前", "10月底", "100%"),
        ("2023-12-31", "2023-06-30", "100%"),
        ("20家", "二十家", "0.00%"),
        ("有效", "100%", ""),  # nothing can be compared
        ("20余家", "20余家", "0.00%"),
    ],
)
def test_words_are_the_same_or_not(target, actual, shown):
    assert printed(target, actual) == shown


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("≥1.2万人", "12000人", "0.00%"),
        ("≥12000人", "1.32万人", "10.00%"),
        ("≥1.2万人", "13200人次", "10.00%"),
        ("3百万元", "300万元", "0.00%"),
        ("1亿元", "9000万元", "-10.00%"),
        ("≥1.2万人", "1.32", "10.00%"),  # without a unit: in the target's
    ],
)
def test_thousands_and_ten_thousands_are_brought_to_one_unit(target, actual, shown):
    assert printed(target, actual) == shown


def test_a_layout_may_measure_percents_in_points():
    rules = Rules(deviation="difference", deviation_decimals=1)
    assert printed("=80%", "76%", rules) == "-4.0%"
    assert printed("=80家", "76家", rules) == "-5.0%"


def test_numbers_of_any_length_deviate():
    assert printed("=3", "9" * 200).endswith("%")


@pytest.mark.parametrize(
    ("target", "actual", "direction", "missed"),
    [
        ("≥6次", "5次", "", True),
        ("≥6次", "6次", "", False),
        (">6次", "6次", "", True),
        (">6次", "7次", "", False),
        ("≤0%", "844.1%", "", True),
        ("≤100%", "84.5%", "", False),
        ("<5", "5", "", True),
        ("<5", "4", "", False),
        ("≥6次", "5次", "反向", True),  # the operator goes before the direction
        ("≤6次", "5次", "正向", False),
        ("=100%", "99.04%", "正向", True),
        ("=100%", "101%", "正向", False),
        ("=0%", "0.96%", "反向", True),
        ("=5%", "4%", "反向", False),
        ("=100%", "658.5%", "适中", True),
        ("100%", "99%", "正向", True),
        ("=100%", "99%", "", None),
        ("=100%", "100%", "", False),
        ("=100%", "100%", "反向", False),
        ("有效", "有效", "", False),
        ("有效", "一般", "正向", None),
        ("≥1.2万人", "11000人", "", True),
        ("不低于90%", "89%", "", True),
        ("=-5%", "-6%", "正向", True),
    ],
)
def test_a_target_is_missed_by_its_operator_or_else_by_the_direction(
    target, actual, direction, missed
):
    assert adverse(Target.parse(target), Measure.parse(actual), direction) is missed


@pytest.mark.parametrize(
    "name", ["“三公经费”变动率", "‘三公经费’变动率", '"三公经费"变动率', "三公经费变动率"]
)
def test_the_layout_knows_directions_by_name_whatever_the_quotation_marks(suzhou, name):
    assert known_direction(name, suzhou.rules.directions) == "反向"


def test_the_officers_own_direction_goes_before_the_layouts():
    rules = Rules(directions={"预算调整率": "反向"})
    row = Indicator(
        name="预算调整率",
        direction="正向",
        targets={"full": Target.parse("=5%")},
        actual=Measure.parse("6%"),
    )
    assert indicator_figures(row, rules).adverse is False


def test_without_a_target_or_a_result_there_is_no_deviation():
    full = {"full": Target.parse("=5%")}
    for row in (
        Indicator(name="甲", targets=full),
        Indicator(name="甲", actual=Measure.parse("5%")),
    ):
        figures = indicator_figures(row, RULES)
        assert (figures.deviation, figures.adverse) == (None, None)
    assert template_filters(RULES, "万元")["deviation"](None) == ""


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("10家", "5万元", ""),  # no one unit for both
        ("1.2万人", "13200人次", "10.00%"),
        ("2场次", "3场", "50.00%"),
        ("1.5万元", "15000元", "0.00%"),
    ],
)
def test_unlike_units_are_not_scaled_into_one(target, actual, shown):
    assert printed(target, actual) == shown


# --- units of measurement ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "result", "ratio"),
    [
        ("≤4小时", "1天", "5"),
        ("≤3天", "72小时", "0"),
        ("≥50公里", "60000米", "0.2"),
        ("≥8%", "75‰", "-0.0625"),
        ("≥2万平方米", "3公顷", "0.5"),
        ("≥3年", "36个月", "0"),
        ("≥2个季度", "9个月", "0.5"),
    ],
)
def test_units_of_one_thing_are_converted(target, result, ratio):
    found = deviation(Target.parse(target).measure, Measure.parse(result), Rules())
    assert found.ratio == Decimal(ratio)


@pytest.mark.parametrize(
    ("target", "result"),
    [("≤3天", "5公里"), ("≥5吨", "6%"), ("≥3个月", "45天"), ("3个工作日内", "2天")],
)
def test_units_of_two_things_are_not_compared(target, result):
    assert comparable(Target.parse(target).measure, Measure.parse(result)) is None


# --- days that were set --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "result", "ratio", "missed"),
    [
        ("12月底前完成", "11月20日完成", "0", False),
        ("2024年12月20日前", "2024年12月15日", "0", False),
        ("6月底前", "7月3日", "1", True),
        ("12月31日前", "尚未完成，预计12月底", "1", None),
    ],
)
def test_a_day_that_was_kept_is_no_deviation(target, result, ratio, missed):
    row = Indicator(
        name="完成时间", targets={"full": Target.parse(target)}, actual=Measure.parse(result)
    )
    found = indicator_figures(row, Rules(), 2024)
    assert (found.deviation.ratio, found.adverse) == (Decimal(ratio), missed)


def test_how_a_share_was_counted_may_stand_behind_it():
    assert Measure.parse("100%（46/46）").number == 100
    assert Measure.parse("100%（46/46）").text == "100%（46/46）"
    assert Measure.parse("20家（其中省级10家）").number is None

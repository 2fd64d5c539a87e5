"""The marks of indicators and projects after 财预〔2020〕10号: by proportion, date or band."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from perfgen.figures.deadlines import last_day
from perfgen.figures.deviation import indicator_figures
from perfgen.figures.marks import indicator_marks, indicator_score
from perfgen.figures.projects import grade_of, project_figures
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import part_of
from perfgen.model.records import Indicator, Project
from perfgen.model.scoring import Attainment, Grade, Scoring

SCORING = Scoring(
    total=Decimal(100),
    rate_full=Decimal(10),
    attainments=(
        Attainment("达成年度指标", Decimal("0.8"), Decimal(1)),
        Attainment("部分达成", Decimal("0.6"), Decimal("0.8")),
        Attainment("未达成", Decimal(0), Decimal("0.6")),
    ),
    grades=(
        Grade("优", Decimal(90)), Grade("良", Decimal(80)), Grade("中", Decimal(60)),
        Grade("差", Decimal(0)),
    ),
)  # fmt: skip
RULES = Rules(scoring=SCORING)
YEAR = 2023


def indicator(target, actual, weight="10", **more):
    return Indicator(
        name="指标",
        targets={"full": Target.parse(target)} if target else {},
        actual=Measure.parse(actual) if actual else None,
        weight=None if weight is None else Decimal(weight),
        **more,
    )


def marks(target, actual, weight="10", rules=RULES, **more):
    """The computed marks as they print; None where the officer must judge."""
    value = indicator_score(indicator(target, actual, weight, **more), rules, YEAR)
    return None if value is None else format(value.normalize(), "f")


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥100家", "100家", "10"),
        ("≥100家", "130家", "10"),  # no more than full marks
        ("≥100家", "85家", "8.5"),
        ("≥95%", "92.5%", "9.74"),
        ("≥100家", "0家", "0"),
        ("≥100家", "-5家", "0"),
        ("不低于90%", "45%", "5"),
        ("90%以上", "45%", "5"),
        ("100家", "85家", "8.5"),  # no operator: more is better
        ("≥0家", "0家", "10"),
        ("≥0%", "-2%", "0"),
    ],
)
def test_at_least_a_number_is_scored_in_proportion(target, actual, expected):
    assert marks(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≤50万元", "48万元", "10"),
        ("≤50万元", "50万元", "10"),
        ("≤50万元", "62.5万元", "8"),  # target / actual
        ("不超过50万元", "100万元", "5"),
        ("≤0件", "0件", "10"),
        ("≤0件", "1件", "0"),
        ("≤-5%", "-6%", "10"),
        ("≤-5%", "-4%", "0"),
        ("5个工作日内", "3个工作日", "10"),  # a limit, though without an operator
        ("5个工作日内", "8个工作日", "6.25"),
    ],
)
def test_at_most_a_number_is_scored_the_other_way_round(target, actual, expected):
    assert marks(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [("=8个", "8个", "10"), ("=8个", "6个", "7.5"), ("=8个", "10个", "10")],
)
def test_a_number_to_be_met_counts_as_reached_when_overshot(target, actual, expected):
    assert marks(target, actual) == expected


def test_an_overshot_number_is_scored_in_proportion_where_the_layout_says_so():
    strict = Rules(scoring=replace(SCORING, equal_overshoot="proportion"))
    assert marks("=8个", "10个", rules=strict) == "8"
    assert marks("≥8个", "10个", rules=strict) == "10"


@pytest.mark.parametrize(
    ("target", "actual", "direction", "expected"),
    [
        ("=100", "80", "反向", "10"),
        ("=100", "125", "反向", "8"),
        ("=100", "125", "适中", "8"),
        ("=100", "80", "适中", "8"),
        ("=100", "0", "适中", "0"),
        ("=0", "5", "适中", "0"),
        ("=100", "-5", "适中", "0"),
        ("≥100", "125", "反向", "10"),  # the operator comes first
    ],
)
def test_a_direction_speaks_where_the_operator_does_not(target, actual, direction, expected):
    assert marks(target, actual, direction=direction) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        (">100家", "101家", "10"),
        (">100家", "90家", "9"),
        (">100家", "100家", None),  # missed, and yet all of it in proportion
        ("<2起", "1起", "10"),
        ("<2起", "2起", None),
        ("<2起", "4起", "5"),
        (">0家", "0家", "0"),
        ("<0%", "0%", "0"),
    ],
)
def test_a_bound_that_is_only_touched_is_for_the_officer_to_judge(target, actual, expected):
    assert marks(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥1.2万人", "12000人", "10"),
        ("≥1.2万人", "9000人", "7.5"),
        ("≤3000元", "0.4万元", "7.5"),
        ("≥1.2万人次", "12000人", "10"),
        ("≥10家", "5万元", None),  # no one unit for both
    ],
)
def test_units_of_different_scale_are_compared_in_one(target, actual, expected):
    assert marks(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        ("≥600", "299", "3", "1.5"),  # 1.495 exactly
        ("≥100%", "87.5%", "5", "4.38"),  # 4.375
        ("≥3", "2", "10", "6.67"),
        ("≥1000", "999.9", "5", "5"),
        ("≥3", "1", "0.5", "0.17"),
    ],
)
def test_marks_have_two_decimals_rounded_half_up(target, actual, weight, expected):
    assert marks(target, actual, weight) == expected


def test_a_part_is_divided_once_so_that_a_tie_stays_one():
    assert part_of(Decimal(3), Fraction(299, 600)) == Decimal("1.495")


@pytest.mark.parametrize(
    ("actual", "expected"), [("150家", "10"), ("150.1家", "5"), ("99家", "9.9")]
)
def test_beyond_150_percent_half_of_the_marks_are_lost_where_the_layout_says_so(actual, expected):
    strict = replace(SCORING, over_above=Decimal("1.5"), over_loses=Decimal("0.5"))
    assert marks("≥100家", actual, rules=Rules(scoring=strict)) == expected
    assert marks("≥100家", "300家") == "10"


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("12月31日前", "11月20日", "10"),
        ("12月31日前", "12月31日", "10"),
        ("6月底前", "6月30日", "10"),
        ("6月30日前", "6月底", "10"),
        ("6月底前", "8月18日", "0"),
        ("2023年12月31日前", "2024年1月26日", "0"),
        ("12月31日前", "2024年1月5日", "0"),  # the target's year is the report's
        ("2024年3月底前", "2月15日", "10"),  # the result's year is the target's
        ("次年3月底前", "2024年3月31日", "10"),
        ("次年3月底前", "次年4月", "0"),
        ("第三季度", "9月30日", "10"),
        ("上半年", "7月1日", "0"),
        ("年底前", "12月下旬", "10"),
        ("2023-06-30", "2023-07-01", "0"),
        ("≤2023-06-30", "2023/6/1", "10"),
        ("2023年3月至10月", "10月15日", "10"),
        ("12月31日前", "未完成，预计2024年3月", "0"),
        ("12月31日前", "原定12月，尚未验收", None),  # only the officer knows
        ("12月31日前", "按期完成", "10"),
        ("12月31日前", "2月30日", None),  # no such day
    ],
)
def test_a_date_is_kept_or_missed(target, actual, expected):
    assert marks(target, actual) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2月底", date(2023, 2, 28)),
        ("2024年2月底", date(2024, 2, 29)),
        ("１２月３１日前", date(2023, 12, 31)),
        ("6月中旬", date(2023, 6, 20)),
        ("2023年年底", date(2023, 12, 31)),
        ("次年底", date(2024, 12, 31)),
        ("6月启动，11月完成", date(2023, 11, 30)),
        ("6月31日", date(2023, 6, 30)),
        ("18个月", None),
        ("3年内", None),
        ("每季度", None),
        ("2023-2025年", None),
        ("有序推进", None),
    ],
)
def test_the_last_day_that_a_text_names(text, day):
    assert last_day(text, YEAR) == day


def test_the_officer_may_give_a_missed_date_some_marks():
    missed = indicator("10月底前", "11月15日", "5", mark=Decimal(2))
    row = replace(indicator_figures(missed, RULES), computed=indicator_score(missed, RULES, YEAR))
    assert (row.computed, row.score) == (Decimal("0.00"), Decimal(2))
    allowed = indicator_marks(missed, RULES, YEAR)
    assert (allowed.lowest, allowed.highest) == (0, 5)


# --- ranks, ranges, months, words that are known ---


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("全省前3", "第2名", "10"),
        ("全省前3", "第5名", "0"),
        ("12:00前", "11:30", "10"),
        ("3-5次", "4次", "10"),
        ("3-5次", "2次", "6.67"),
        ("约20次", "19次", "10"),
        ("≥3年", "36个月", "10"),
        ("≥3年", "30个月", "8.33"),
        ("≥3个月", "45天", None),  # a month has no fixed number of days
        ("3个工作日内", "2天", None),
        ("下降3%", "下降1.5%", "5"),
        ("下降3%", "下降5%", "10"),
        ("每月1次", "9次", "7.5"),
        ("≤3起", "未发生", "10"),
        ("全覆盖", "95%", "9.5"),
        ("建立", "已建立", "10"),
        ("≥90%", "≥90%", "10"),
        ("≥100场", "90余场", "9"),
        ("≥150场", "100余场", None),
    ],
)
def test_what_is_understood_is_scored(target, actual, expected):
    assert marks(target, actual) == expected


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "attainment", "expected"),
    [
        ("明显改善", "", "10"),
        ("明显改善。", "", "10"),
        ("有所改善", "", None),
        ("有所改善", "达成年度指标", "10"),
        ("有所改善", "部分达成", None),
        ("没有改善", "未达成", None),
    ],
)
def test_words_get_full_marks_or_the_officers(actual, attainment, expected):
    assert marks("明显改善", actual, attainment=attainment) == expected


@pytest.mark.parametrize(
    ("attainment", "lowest", "highest"),
    [("达成年度指标", "5.6", "7"), ("部分达成", "4.2", "5.6"), ("未达成", "0", "4.2"),
     ("", "0", "7")],
)  # fmt: skip
def test_the_officers_mark_lies_inside_a_band(attainment, lowest, highest):
    judged = indicator("健全", "基本健全", "7", attainment=attainment)
    allowed = indicator_marks(judged, RULES, YEAR)
    assert (allowed.lowest, allowed.highest) == (Decimal(lowest), Decimal(highest))


@pytest.mark.parametrize(
    "row",
    [("≥100", None, "10"), (None, "100", "10"), ("≥100", "100", None)],
    ids=["result", "target", "weight"],
)
def test_without_result_target_or_weight_there_are_no_marks(row):
    assert marks(*row) is None


# --- projects ------------------------------------------------------------------------------------


def project(**columns):
    """A project's figures; amounts by column and source, `adjusted_fiscal="100"`."""
    amounts = {"initial": {}, "adjusted": {}, "actual": {}}
    for name, amount in columns.items():
        field, _, source = name.partition("_")
        amounts[field][source] = Decimal(amount)
    return project_figures([Project(name="甲项目", **amounts)], [], RULES)[0]


@pytest.mark.parametrize(
    ("adjusted", "actual", "expected"),
    [
        ("605.2", "597.5", "9.87"),
        ("100", "100", "10.00"),
        ("100", "120", "10.00"),  # 1 at the most
        ("100", "0", "0.00"),
        ("100", "-3", "0.00"),
        ("100000", "92345", "9.23"),  # 9.2345: the rate is not rounded first
        ("200", "171.3", "8.57"),  # 8.565
        ("0", "0", None),
        ("0", "5", None),
    ],
)
def test_the_rate_is_scored_as_a_part_of_its_full_marks(adjusted, actual, expected):
    score = project(initial="1", adjusted=adjusted, actual=actual).rate_score
    assert (None if score is None else str(score)) == expected


def test_a_blank_whole_is_the_sum_of_its_sources():
    row = project(initial_fiscal="600", adjusted_fiscal="560", adjusted_carried="45.2",
                  actual_fiscal="552.3", actual_carried="45.2")  # fmt: skip
    whole = row.whole
    assert [str(amount) for amount in (whole.initial, whole.adjusted, whole.actual)] == [
        "600", "605.2", "597.5",
    ]  # fmt: skip
    assert str(row.money["carried"].execution_rate.ratio) == "1.0000"
    assert row.money["carried"].initial is None


def test_without_any_adjusted_amount_the_budget_was_not_changed():
    row = project(initial_fiscal="200", initial_other="20", actual_fiscal="171.3")
    assert (row.whole.adjusted, row.money["fiscal"].adjusted) == (Decimal(220), Decimal(200))
    assert str(row.whole.execution_rate.ratio) == "0.7786"


def scored_project(*rows):
    figures = [
        replace(indicator_figures(row, RULES), computed=indicator_score(row, RULES, YEAR))
        for row in rows
    ]
    money = {"initial": {"": Decimal(100)}, "actual": {"": Decimal(95)}}
    return project_figures([Project(name="甲项目", **money)], figures, RULES)[0]


def test_the_total_is_what_is_printed_added_up():
    row = scored_project(
        indicator("≥3", "2", "60"), indicator("健全", "基本健全", "30", mark=Decimal(20))
    )
    assert (str(row.rate_score), str(row.total), str(row.full)) == ("9.50", "69.50", "100")
    assert row.grade == "中"


def test_as_long_as_a_score_is_missing_there_is_no_total():
    row = scored_project(indicator("≥3", "2", "60"), indicator("健全", "基本健全", "30"))
    assert (row.total, row.grade, row.full) == (None, "", 100)


def test_an_indicator_without_a_weight_does_not_count():
    row = scored_project(indicator("≥3", "3", "90"), indicator("健全", "基本健全", None))
    assert str(row.total) == "99.50"


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"),
     ("59.99", "差"), ("0", "差")],
)  # fmt: skip
def test_grades_begin_at_their_bounds(total, grade):
    assert grade_of(Decimal(total), SCORING) == grade

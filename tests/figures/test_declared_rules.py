"""Rules of scoring that a layout declares with their numbers: bands, steps, ratios, thresholds."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from perfgen.errors import LayoutError
from perfgen.figures.deviation import indicator_figures
from perfgen.figures.funds import fund_figures
from perfgen.figures.marks import indicator_marks, indicator_score
from perfgen.figures.overall import overall_result
from perfgen.figures.rate_scores import capped, rate_score_of
from perfgen.figures.score_rules import marks_for
from perfgen.figures.scores import score_figures
from perfgen.figures.taken import taken_from
from perfgen.layouts.keys import Keys
from perfgen.layouts.scoring import read_scoring
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import plain
from perfgen.model.records import Fact, Fund, Indicator, OwnRow, Report, ScoreItem
from perfgen.model.scoring import ScoreRule, Scoring


def scoring(text):
    """The settings that these lines under [scoring] give."""
    table = tomllib.loads(text, parse_float=Decimal)
    return read_scoring(Keys(table, Path("某市/layout.toml"), "scoring"))


COUNTY = scoring("""
[rules]
"在职人员控制率" = { rule = "steps", better = "lower", full_at = "100%", step = "1%", loses = 0.5 }
"三公经费变动率" = { rule = "steps", better = "lower", full_at = "0%", step = "1%", loses = 0.8 }
"预算完成率" = { rule = "steps", full_at = "100%", step = "5%", loses = 2, counted = "whole" }
"结转率" = { rule = "steps", better = "lower", full_at = "0%", step = "5%", loses = 1, counted = "started" }
"支付进度" = { rule = "steps", full_at = "95%", step = "1%", loses_share = "5%", zero_at = "80%" }
"预算控制率" = { rule = "bands", bands = [
  { to = "20%", marks = 4 }, { to = "0%", share = "100%" }, { to = "10%", marks = 6 },
  { to = "30%", marks = 2 },
] }
"支出率" = { rule = "bands", bands = [
  { from = "95%", share = 1 }, { from = "60%", by_value = true },
] }
"资产利用率" = { rule = "bands", bands = [
  { from = "95%", to = "105%", share = "100%" }, { from = "90%", below = "95%", marks = 5 },
] }
"政府采购执行率" = { rule = "ratio", full_at = "95%" }
"公用经费控制率" = { rule = "ratio", full_at = "60%", zero_at = "100%" }
"超支比例" = { rule = "all_or_nothing", better = "lower", full_at = "0%" }
"制度健全性" = "all_or_nothing"
"采购偏离" = { rule = "steps", better = "equal", full_at = "100%", step = "5%", loses = 2, counted = "whole" }
"会议次数" = { rule = "bands", bands = [{ to = 3, marks = 8 }, { to = 5, marks = 4 }] }
""")  # noqa: E501


def marks(name, basis, full="8", rules=COUNTY):
    """The marks of an item that is scored by the rule of its name."""
    item = ScoreItem(name=name, full=Decimal(full), basis=Measure.parse(basis) if basis else None)
    (row,) = score_figures([item], rules)
    return None if row.score is None else plain(row.score)


@pytest.mark.parametrize(
    ("name", "basis", "expected"),
    [
        ("在职人员控制率", "96%", "8"),
        ("在职人员控制率", "100%", "8"),
        ("在职人员控制率", "104%", "6"),
        ("在职人员控制率", "101.5%", "7.25"),  # half a point costs half
        ("在职人员控制率", "130%", "0"),
        ("“三公经费”变动率", "-12%", "8"),
        ("三公经费变动率", "844.1%", "0"),
        ("三公经费变动率", "2.5%", "6"),
        ("预算完成率", "100%", "8"),
        ("预算完成率", "95.01%", "8"),  # not a whole step below
        ("预算完成率", "95%", "6"),
        ("预算完成率", "82%", "2"),
        ("结转率", "0.1%", "7"),  # a step that is only begun
        ("结转率", "5%", "7"),
        ("结转率", "5.1%", "6"),
        ("采购偏离", "100%", "8"),
        ("采购偏离", "106%", "6"),
        ("采购偏离", "89%", "4"),
        ("支付进度", "93%", "7.2"),
        ("支付进度", "80%", "2"),
        ("支付进度", "79.99%", "0"),
    ],
)
def test_each_step_beyond_the_bound_costs_marks(name, basis, expected):
    assert marks(name, basis) == expected


@pytest.mark.parametrize(
    ("name", "basis", "expected"),
    [
        ("预算控制率", "0%", "8"),
        ("预算控制率", "-3%", "8"),
        ("预算控制率", "0.01%", "6"),
        ("预算控制率", "10%", "6"),
        ("预算控制率", "10.01%", "4"),
        ("预算控制率", "30%", "2"),
        ("预算控制率", "31%", "0"),
        ("支出率", "97%", "8"),
        ("支出率", "72.5%", "5.8"),
        ("支出率", "59%", "0"),
        ("资产利用率", "105%", "8"),
        ("资产利用率", "106%", "0"),
        ("资产利用率", "94.99%", "5"),
        ("会议次数", "3次", "8"),
        ("会议次数", "4", "4"),
        ("会议次数", "6", "0"),
    ],
)
def test_a_value_gets_what_its_band_gives(name, basis, expected):
    assert marks(name, basis) == expected


@pytest.mark.parametrize(
    ("name", "basis", "expected"),
    [
        ("政府采购执行率", "95%", "8"),
        ("政府采购执行率", "99%", "8"),
        ("政府采购执行率", "47.5%", "4"),
        ("公用经费控制率", "50%", "8"),
        ("公用经费控制率", "90%", "2"),
        ("公用经费控制率", "101%", "0"),
        ("超支比例", "0%", "8"),
        ("超支比例", "0.1%", "0"),
        ("制度健全性", "达标", "8"),
        ("制度健全性", "否", "0"),
        ("制度健全性", "基本健全", None),
        ("预算控制率", "/", None),
    ],
)
def test_ratios_and_thresholds_may_have_bounds_of_their_own(name, basis, expected):
    basis = None if basis == "/" else basis
    assert marks(name, basis) == expected


def test_an_items_word_comes_before_its_name():
    item = ScoreItem(
        name="预算完成率", rule="政府采购执行率", full=Decimal(8), basis=Measure.parse("95%")
    )
    assert score_figures([item], COUNTY)[0].score == 8


# --- trees ---------------------------------------------------------------------------------------

TREE = scoring("""
total = 100
[rules]
"取最高" = "best"
"预算管理" = { rule = "given", full = 20 }
[[grades]]
name = "优"
from = 90
[[grades]]
name = "良"
from = 0
""")


def rows(*items):
    figures = score_figures(
        [
            ScoreItem(
                name=name, parent=parent, rule=rule,
                full=Decimal(full) if full else None, score=Decimal(score) if score else None,
            )
            for name, parent, rule, full, score in items
        ],
        TREE,
    )  # fmt: skip
    return {row.name: (row.full, row.score) for row in figures}, figures


@pytest.mark.parametrize(
    ("path", "percent", "basis", "marks"),
    [
        ("report.own.posts", False, "50人", "8"),
        ("report.own.rate", True, "50%", "4"),
        ("report.own.missing", False, None, None),
        ("expense.三公经费.change", True, "90%", "7.2"),
        ("expense.“三公”经费.change", False, "0.9", "7.2"),
        ("expense.三公经费以外.change", False, None, None),
        ("expense.三公经费.missing", True, None, None),
        ("expense.三公经费.word", False, "无", None),
        ("expense.三公经费.word", True, "无", None),
    ],
)
def test_an_item_without_a_value_takes_it_from_where_its_rule_says(path, percent, basis, marks):
    facts = {
        "own.posts": Fact(name="编制数", value="50人"),
        "own.rate": Fact(name="比率", value="0.5"),
    }
    held = {"name": "“三公经费”", "change": Decimal("0.900"), "word": "无"}
    report = Report(
        workbook="自评.xlsx", layout="某市", unit="某局", year=2023, amount_unit="万元",
        day=date(2024, 3, 1), facts=facts, own={"expense": (OwnRow(values=held),)},
    )  # fmt: skip
    rule = ScoreRule(kind="ratio", takes=path, takes_percent=percent)
    rules = replace(COUNTY, rules={"得分": rule})
    typed = ScoreItem(name="得分", full=Decimal(8), basis=Measure.parse("25%"))
    taken, kept = score_figures(
        [ScoreItem(name="得分", full=Decimal(8)), typed], rules, taken_from(report)
    )
    assert (taken.basis.text if taken.basis else None) == basis
    assert (None if taken.score is None else plain(taken.score)) == marks
    assert plain(kept.score) == "2"  # what was typed comes first


def test_the_best_of_several_counts():
    found, _ = rows(("创新", "", "取最高", "", ""), ("国家级", "创新", "", "5", "3"),
                    ("省级", "创新", "", "3", "0"))  # fmt: skip
    assert found["创新"] == (5, 3)


def test_rows_that_only_give_details_have_no_marks_of_their_own():
    found, _ = rows(("预算编制", "", "", "10", "9"), ("其中：细化率", "预算编制", "", "", ""))
    assert found["预算编制"] == (10, 9)


def test_a_layout_may_know_full_marks_that_the_table_does_not_have():
    found, _ = rows(("预算管理", "", "", "", "18"))
    assert found["预算管理"] == (20, 18)


def test_the_whole_result_is_the_sum_of_the_tops_and_has_a_grade():
    _, figures = rows(("投入", "", "", "40", "38.5"), ("产出", "", "", "60", "53"))
    result = overall_result(figures, (), (), TREE)
    assert (result.full, result.score, result.grade) == (100, Decimal("91.5"), "优")


def test_one_top_with_the_layouts_total_is_the_whole():
    _, figures = rows(("整体", "", "", "100", "88"), ("各任务", "", "", "20", "19"))
    assert overall_result(figures, (), (), TREE).score == 88


# --- indicators ----------------------------------------------------------------------------------

INDICATORS = scoring("""
indicator_rule = "达标得满分"
[rules]
"达标得满分" = "all_or_nothing"
"按比例" = "ratio"
"专家评定" = "given"
"按完成率分档" = { rule = "bands", of = "completion", bands = [
  { above = "150%", share = "50%" }, { from = "100%", share = "100%" },
  { from = "80%", share = "80%" }, { from = "60%", share = "60%" },
] }
"按偏差扣分" = { rule = "steps", of = "deviation", better = "lower", full_at = "10%", step = "1%", loses_share = "2%" }
"投诉率" = { rule = "steps", better = "lower", full_at = "0%", step = "1%", loses = 1 }
[[attainments]]
name = "好"
from = "100%"
to = "100%"
[[attainments]]
name = "较好"
from = "80%"
to = "80%"
words = ["比较好"]
[[attainments]]
name = "一般"
from = "60%"
to = "60%"
""")  # noqa: E501


def scored(target, actual, *, rule="", name="指标", weight="10", **more):
    row = Indicator(
        name=name,
        targets={"full": Target.parse(target)} if target else {},
        actual=Measure.parse(actual) if actual else None,
        weight=Decimal(weight),
        rule=rule,
        **more,
    )
    value = indicator_score(row, Rules(scoring=INDICATORS), 2023)
    return None if value is None else plain(value)


@pytest.mark.parametrize(
    ("target", "actual", "rule", "expected"),
    [
        ("≥100家", "99家", "", "0"),  # the layout's own rule: met or nothing
        ("≥100家", "100家", "", "10"),
        ("≤5起", "6起", "", "0"),
        ("12月31日前", "11月20日", "", "10"),
        ("≥100家", "85家", "按比例", "8.5"),
        ("≥100家", "100家", "专家评定", None),
        ("≥100家", "151家", "按完成率分档", "5"),
        ("≥100家", "150家", "按完成率分档", "10"),
        ("≥100家", "99家", "按完成率分档", "8"),
        ("≤50万元", "60万元", "按完成率分档", "8"),  # 83.33%
        ("≤50万元", "10万元", "按完成率分档", "10"),  # less is no over-completion
        ("≥100家", "59家", "按完成率分档", "0"),
        ("≥0家", "0家", "按完成率分档", "10"),
        ("≥0%", "-2%", "按完成率分档", "0"),
        ("100家", "108家", "按偏差扣分", "10"),
        ("100家", "115家", "按偏差扣分", "9"),
        ("12月底前", "11月底", "按完成率分档", "10"),
        ("健全", "较好", "按比例", "8"),
        ("健全", "比较好", "按比例", "8"),
        ("健全", "好", "按比例", "10"),
    ],
)
def test_an_indicator_is_scored_by_the_rule_that_it_names(target, actual, rule, expected):
    assert scored(target, actual, rule=rule) == expected


def test_a_rule_that_looks_at_the_result_needs_no_target():
    assert scored("", "2.5%", name="投诉率") == "7.5"
    assert scored("", "无", name="投诉率") is None


@pytest.mark.parametrize(
    ("actual", "marks"),
    [("1", "9"), ("0.5分", "9.5"), ("0", "10"), ("12", "0"), ("-3", "10"), ("偏差不大", None)],
)
def test_marks_that_an_indicator_loses_may_be_its_result(actual, marks):
    rules = Rules(scoring=replace(INDICATORS, rules={"扣分": ScoreRule(kind="deduction")}))
    row = Indicator(
        name="扣分", actual=Measure.parse(actual), weight=Decimal(10), targets={}, rule="扣分"
    )
    value = indicator_score(row, rules, 2023)
    assert (None if value is None else plain(value)) == marks


def test_marks_by_the_officer_may_be_any_up_to_the_weight():
    row = Indicator(name="指标", weight=Decimal(10), rule="专家评定")
    allowed = indicator_marks(row, Rules(scoring=INDICATORS), 2023)
    assert (allowed.computed, allowed.lowest, allowed.highest) == (None, 0, 10)


# --- the execution rate --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "expected"), [("1", "10"), ("0.92", "8"), ("0.8", "5"), ("0.79", "0")]
)
def test_the_marks_of_the_execution_rate_may_follow_a_table(rate, expected):
    table = scoring("""
rate_full = 10
rate_rule = "执行率"
[rules]
"执行率" = { rule = "bands", bands = [
  { from = "95%", marks = 10 }, { from = "90%", marks = 8 }, { from = "80%", marks = 5 },
] }
""")
    assert plain(rate_score_of(Fraction(rate), table)) == expected


@pytest.mark.parametrize(
    ("rate", "marks", "expected"),
    [("0.95", "96", "96"), ("0.75", "96", "80"), ("0.75", "70", "70"), ("0.4", "96", "40")],
)
def test_all_marks_are_capped_where_too_little_was_spent(rate, marks, expected):
    table = scoring("""
total = 100
[[caps]]
rate_below = "80%"
most = 80
[[caps]]
rate_below = "50%"
by_rate = true
""")
    assert plain(capped(Decimal(marks), Fraction(rate), table)) == expected


# --- what is wrong in a declaration --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[rules]\n"甲" = "steps"', "steps 要写成表"),
        ('[rules]\n"甲" = { rule = "steps", step = "1%" }', "扣几分写 loses"),
        ('[rules]\n"甲" = { rule = "steps", step = "0%", loses = 1 }', "应当大于 0"),
        ('[rules]\n"甲" = { rule = "ratio", full_at = "0%" }', "要写到多少就不得分"),
        ('[rules]\n"甲" = { rule = "ratio", full_at = 1, zero_at = 1 }', "不能与 full_at 相同"),
        ('[rules]\n"甲" = { rule = "bands", bands = [{ to = 1, below = 1 }] }', "只写一个"),
        ('[rules]\n"甲" = { rule = "bands", bands = [{ from = 1 }] }', "得几成写 share"),
        ('[rules]\n"甲" = { rule = "bands" }', "没有写，评分规则“甲”用到了分档"),
        ('[rules]\n"甲" = { rule = "ratio", bands = [] }', "不认识这一项"),
        ('rate_rule = "乙"', "“乙”不在 rules 里"),
        ('rate_rule = "甲"\n[rules]\n"甲" = "given"', "不能由执行率计分"),
        ('indicator_rule = "乙"', "“乙”不在 rules 里"),
        ('[[caps]]\nrate_below = "80%"', "scoring.caps[1].most 没有写"),
        ('[[caps]]\nrate_below = "80%"\nby_rate = true', "没有写，caps 里的 by_rate 要用到总分"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_names_its_key(text, says):
    with pytest.raises(LayoutError) as refused:
        scoring(text)
    assert says in refused.value.message


# --- a unit's own indicators ---------------------------------------------------------------------


def unit_figures(*rows):
    """The figures of indicators that belong to no project."""
    return [
        replace(indicator_figures(row, Rules()), computed=indicator_score(row, Rules(), 2023))
        for row in rows
    ]


def given(score, weight=None):
    return Indicator(
        name="指标", mark=Decimal(score), weight=None if weight is None else Decimal(weight)
    )


def test_a_form_without_weights_adds_up_the_marks():
    found = overall_result((), unit_figures(given("30"), given("58.5")), (), TREE)
    assert (found.full, found.score, found.grade) == (None, Decimal("88.5"), "良")


def test_the_units_execution_rate_counts_beside_its_indicators():
    table = scoring("total = 100\nrate_full = 10")
    (whole,) = fund_figures(
        [Fund(name="合计", adjusted=Decimal(200), actual=Decimal(171))], Rules(scoring=table)
    )
    found = overall_result((), unit_figures(given("85", "90")), (whole,), table)
    assert (found.rate_full, found.rate_score) == (10, Decimal("8.55"))
    assert (found.full, found.score) == (100, Decimal("93.55"))


def row(name, category, *, weight=None, mark=None, subcategory="数量指标"):
    return Indicator(
        name=name, category=category, subcategory=subcategory,
        weight=None if weight is None else Decimal(weight),
        mark=None if mark is None else Decimal(mark),
    )  # fmt: skip


def test_a_heading_has_the_marks_where_the_rows_below_it_have_none():
    found = overall_result(
        (),
        unit_figures(
            row("", "产出指标", weight="60", mark="55", subcategory=""),
            row("培训人数", "产出指标"),
            row("", "效益指标", weight="40", mark="36", subcategory=""),
        ),
        (),
        TREE,
    )
    assert (found.full, found.score) == (100, 91)


def test_a_heading_that_repeats_its_rows_counts_once():
    found = overall_result(
        (),
        unit_figures(
            row("", "产出指标", weight="100", mark="91", subcategory=""),
            row("培训人数", "产出指标", weight="60", mark="55"),
            row("培训期数", "产出指标", weight="40", mark="36"),
        ),
        (),
        TREE,
    )
    assert (found.full, found.score) == (100, 91)


@pytest.mark.parametrize(
    ("better", "value", "marks"),
    [("higher", "1", 10), ("higher", "0.99", 0), ("lower", "0.99", 10), ("lower", "1.01", 0),
     ("equal", "1", 10), ("equal", "1.01", 0)],
)  # fmt: skip
def test_all_or_nothing_gives_all_from_its_bound_on(better, value, marks):
    rule = ScoreRule(kind="all_or_nothing", better=better)
    assert marks_for(Fraction(value), Fraction(10), rule, Scoring()) == marks


def test_a_rule_that_looks_at_no_value_is_asked_for_none():
    with pytest.raises(ValueError, match="no rule that looks at a value: given"):
        marks_for(Fraction(1), Fraction(10), ScoreRule(kind="given"), Scoring())

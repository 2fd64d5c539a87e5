"""How a rule came to its marks, in words: what was found, what the rule asks, what that gives."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from perfgen.figures.score_words import rule_in_words, shown
from perfgen.layouts.keys import Keys
from perfgen.layouts.scoring import read_scoring

SCORING = read_scoring(
    Keys(
        tomllib.loads(
            """
[rules]
"按比率" = { rule = "ratio" }
"采购率" = { rule = "ratio", full_at = "95%", zero_at = "60%" }
"半途" = { rule = "ratio", full_at = "95%" }
"超支" = { rule = "all_or_nothing", better = "lower", full_at = "0%" }
"达标" = { rule = "all_or_nothing", full_at = "90%" }
"相等" = { rule = "all_or_nothing", better = "equal" }
"人员" = { rule = "steps", better = "lower", full_at = "100%", step = "1%", loses = 0.5 }
"整步" = { rule = "steps", full_at = "100%", step = "5%", loses = 2, counted = "whole" }
"起步" = { rule = "steps", better = "equal", full_at = 3, step = 1, loses = 1, counted = "started" }
"细" = { rule = "steps", full_at = "100%", step = "1%", loses = 0.0125 }
"份额" = { rule = "steps", full_at = "100%", step = "1%", loses_share = "5%" }
"完成" = { rule = "steps", of = "completion", full_at = "100%", step = "1%", loses = 1 }
"偏差" = { rule = "ratio", of = "deviation", full_at = "0%", zero_at = "50%" }
"分档" = { rule = "bands", bands = [
  { from = "95%", to = "105%", share = "100%" }, { from = "90%", below = "95%", marks = 5 },
  { above = "105%", share = "50%" }, { from = "60%", by_value = true },
] }
"次数" = { rule = "bands", bands = [{ to = 3, marks = 8 }] }
"评定" = "given"
""",
            parse_float=Decimal,
        ),
        Path("某市/layout.toml"),
        "scoring",
    )
)


def words(rule, value, full="10", *, percent=True):
    return rule_in_words(
        Fraction(value), Decimal(full), SCORING.rules[rule], SCORING, percent=percent
    )


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        ("按比率", "0.725", "10 分 × 72.5%"),
        ("采购率", "0.8", "80%，到 95% 得满分，到 60% 不得分，中间按比例"),
        ("半途", "0.8", "80%，到 95% 得满分，到 0% 不得分，中间按比例"),
        ("超支", "0.1", "10%，≤0% 得满分，否则不得分"),
        ("达标", "0.8", "80%，≥90% 得满分，否则不得分"),
        ("相等", "0.8", "80%，=100% 得满分，否则不得分"),
        ("偏差", "0.1", "偏差率 10%，到 0% 得满分，到 50% 不得分，中间按比例"),
        ("人员", "1", "100% 得满分"),
        ("人员", "1.04", "104% 超过 100% 有 4 个百分点，每 1 个百分点扣 0.5 分，扣 2 分"),
        (
            "整步",
            "0.93",
            "93% 低于 100% 有 7 个百分点，每 5 个百分点扣 2 分，不足一步的不扣，扣 2 分",
        ),
        ("细", "0.99", "99% 低于 100% 有 1 个百分点，每 1 个百分点扣 0.0125 分，扣 0.0125 分"),
        ("份额", "0.98", "98% 低于 100% 有 2 个百分点，每 1 个百分点扣 0.5 分，扣 1 分"),
        ("完成", "0.98", "完成率 98% 低于 100% 有 2 个百分点，每 1 个百分点扣 1 分，扣 2 分"),
        ("分档", "1", "100% 属于“≥95%且≤105%”一档，得满分的 100%"),
        ("分档", "0.92", "92% 属于“≥90%且<95%”一档，得 5 分"),
        ("分档", "1.2", "120% 属于“>105%”一档，得满分的 50%"),
        ("分档", "0.7", "70% 属于“≥60%”一档，按这个比率得分"),
        ("分档", "0.5", "50% 各档都不到，不得分"),
        ("评定", "0.5", ""),
    ],
)
def test_each_rule_says_what_it_looked_at_and_what_follows(rule, value, said):
    assert words(rule, value) == said


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        ("起步", "1.5", "1.5 偏离 3 有 1.5，每 1 扣 1 分，不足一步的按一步，扣 2 分"),
        ("起步", "5", "5 偏离 3 有 2，每 1 扣 1 分，不足一步的按一步，扣 2 分"),
        ("次数", "2", "2 属于“≤3”一档，得 8 分"),
    ],
)
def test_numbers_that_are_no_percents_are_said_as_numbers(rule, value, said):
    assert words(rule, value, percent=False) == said


@pytest.mark.parametrize(
    ("value", "percent", "said"),
    [
        ("1/3", True, "33.3333%"),
        ("1/8", True, "12.5%"),
        ("2/3", False, "0.6667"),
        ("3", False, "3"),
    ],
)
def test_values_are_said_with_four_decimals_at_most(value, percent, said):
    assert shown(Fraction(value), percent=percent) == said

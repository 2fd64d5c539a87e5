"""The scores of a self-evaluation: each item by its rule, parents the sums of their children."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfgen.figures.scores import meets_threshold, score_figures
from perfgen.model.measure import Measure
from perfgen.model.records import ScoreItem
from perfgen.model.scoring import Band, ScoreRule, Scoring

SCORING = Scoring(
    rules={
        word: ScoreRule(kind=kind)
        for word, kind in {
            "按比率": "ratio", "达标得满分": "all_or_nothing", "扣分": "deduction", "分档": "bands",
            "按完成率": "completion", "超额完成扣分": "overshoot", "评定": "given",
            "下级合计": "sum", "取最高": "best",
        }.items()
    },
    reached_words=("是", "达标"),
    missed_words=("否", "未达标"),
    bands=(Band(Decimal("0.95"), Decimal(1)), Band(Decimal("0.8"), Decimal("0.6"))),
    over_above=Decimal("1.5"),
    over_loses=Decimal("0.5"),
)  # fmt: skip


def item(name="指标", rule="", full=None, basis=None, score=None, parent=""):
    def number(text):
        return None if text is None else Decimal(text)

    return ScoreItem(
        name=name, parent=parent, rule=rule, full=number(full), score=number(score),
        basis=None if basis is None else Measure.parse(basis),
    )  # fmt: skip


def score(*items):
    """The printed marks of each item, by name."""
    figures = score_figures(items, SCORING)
    return {row.name: None if row.score is None else format(row.score.normalize(), "f")
            for row in figures}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "full", "basis", "marks"),
    [
        ("按比率", "5", "72.52%", "3.63"),  # Guangzhou 2023: 3.626
        ("按比率", "5", "0.7252", "3.63"),
        ("按比率", "5", "100%", "5"),
        ("按比率", "5", "130%", "5"),
        ("按比率", "5", None, None),
        ("达标得满分", "3", "是", "3"),
        ("达标得满分", "3", "否", "0"),
        ("达标得满分", "3", "100%", "3"),
        ("达标得满分", "3", "99%", "0"),
        ("达标得满分", "3", "说不清", None),
        ("扣分", "10", "1", "9"),
        ("扣分", "10", "0.5分", "9.5"),
        ("扣分", "10", None, "10"),
        ("扣分", "2", "3", "0"),
        ("分档", "4", "96%", "4"),
        ("分档", "4", "80%", "2.4"),
        ("分档", "4", "79.99%", "0"),
        ("按完成率", "1", "90%", "0.9"),
        ("按完成率", "1", "150%", "1"),
        ("按完成率", "1", "150.01%", "0.5"),
        ("超额完成扣分", "6.5", "1.5", "5.75"),
        ("超额完成扣分", "6.5", None, "6.5"),
        ("评定", "20", None, None),
    ],
)
def test_an_item_is_scored_by_its_rule(rule, full, basis, marks):
    assert score(item(rule=rule, full=full, basis=basis)) == {"指标": marks}


def test_a_typed_score_is_kept_and_the_computed_one_stays_at_hand():
    (row,) = score_figures([item(rule="按比率", full="5", basis="72.52%", score="3.6")], SCORING)
    assert (row.score, row.computed) == (Decimal("3.6"), Decimal("3.63"))


def test_parents_sum_what_is_printed_below_them_in_any_order_of_rows():
    assert score(
        item("支出率", "按比率", "5", "72.52%", parent="履职效能"),
        item("履职效能", parent="总分"),
        item("总分"),
        item("产出", "评定", "10", score="9", parent="履职效能"),
        item("管理效率", "评定", "50", score="46", parent="总分"),
    ) == {"支出率": "3.63", "履职效能": "12.63", "总分": "58.63", "产出": "9", "管理效率": "46"}


def test_full_marks_of_a_parent_are_the_sum_of_its_childrens_unless_given():
    rows = score_figures(
        [item("总", full="100"), item("上", parent="总"), item("甲", full="6.5", parent="上"),
         item("乙", full="3", parent="上")], SCORING)  # fmt: skip
    assert [row.full for row in rows] == [Decimal(100), Decimal("9.5"), Decimal("6.5"), Decimal(3)]
    assert [row.level for row in rows] == [0, 1, 2, 2]


def test_a_sum_with_a_missing_part_is_not_known():
    assert score(item("总"), item("甲", "评定", "5", parent="总"),
                 item("乙", "评定", "5", score="5", parent="总"))["总"] is None  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "met"),
    [("90%", True), ("0.9", True), ("89.99%", False), ("0.8", False), ("良好", None), (None, None)],
)
def test_a_measured_rate_meets_the_threshold_that_the_items_texts_state_or_not(basis, met):
    stated = replace(item(basis=basis), note="达到90%以上的得满分，否则不得分")
    assert meets_threshold(stated) is met

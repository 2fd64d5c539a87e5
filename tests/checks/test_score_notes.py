"""PG510 and PG513: reasons of lost marks, and what an item's own note tells of rate and score."""

import pytest


@pytest.fixture
def found(found_in):
    """The findings of a rule about one item, beside another one that lost marks for a reason."""

    def find(code, **item):
        rows = [
            {"指标": "总分", "满分": "100", "评分规则": "下级合计"},
            {"指标": "其他", "上级": "总分", "满分": "90", "评分规则": "评定", "得分": "89",
             "扣分原因": "1份台账记录不全"},
            {"指标": "本项", "上级": "总分", "满分": "10", **item},
        ]  # fmt: skip
        return found_in("guangzhou-self-evaluation", {"评分": rows}, code)

    return find


@pytest.mark.parametrize(
    ("item", "blamed"),
    [
        ({"评分规则": "扣分", "计分依据": "2分"}, True),
        ({"评分规则": "评定", "得分": "8"}, True),
        ({"评分规则": "扣分", "计分依据": "2分", "扣分原因": "2台设备闲置"}, False),
        ({"评分规则": "扣分", "计分依据": "2分", "评分说明": "盘点发现2台设备闲置。"}, False),
        ({"评分规则": "按比率", "计分依据": "92%"}, False),  # the rate is the reason
        ({"评分规则": "评定", "得分": "10"}, False),
    ],
)
def test_marks_lost_by_judgement_have_a_reason(found, item, blamed):
    assert bool(found("PG510", **item)) == blamed


def test_a_table_without_any_reason_is_not_blamed_line_by_line(found_in):
    rows = [
        {"指标": "总分", "满分": "20", "评分规则": "下级合计"},
        {"指标": "甲", "上级": "总分", "满分": "10", "评分规则": "评定", "得分": "9"},
        {"指标": "乙", "上级": "总分", "满分": "10", "评分规则": "评定", "得分": "8"},
    ]
    assert found_in("guangzhou-self-evaluation", {"评分": rows}, "PG510") == []


@pytest.mark.parametrize(
    ("basis", "note", "blamed"),
    [
        ("92.35%", "全年执行率92.35%，得9.24分。", False),
        ("92.35%", "执行率为92.4%，得9.2分", False),  # rounded
        ("92.35%", "资金执行率93.25%，得9.24分", True),
        ("92.35%", "执行率92.35%，计9.42分", True),
        ("92.35%", "执行率达到95%以上得满分10分，每低1个百分点扣0.5分", False),
        ("92.35%", "上年执行率90.1%，得9.01分", False),
        ("92.35%", "资金支付率较高，偏差主要来自尾款未付", False),
        ("92.35%", "执行率不低于92%的，得9.24分", False),
    ],
)
def test_a_note_tells_the_rate_and_the_score_of_its_own_row(found, basis, note, blamed):
    said = found("PG513", 评分规则="按比率", 计分依据=basis, 评分说明=note)
    assert bool(said) == blamed


def test_of_one_wrong_basis_one_thing_is_said_at_the_basis(found):
    note = "执行率92.35%，得9.24分"
    said = found("PG513", 评分规则="按比率", 计分依据="93.25%", 评分说明=note)
    assert len(said) == 1
    assert "计分依据是 93.25%" in said[0].message
    assert str(said[0].ref).startswith("评分!E")


@pytest.mark.parametrize(
    ("note", "blamed"),
    [
        ("学员满意度91.8%，没有达到95%。", False),
        ("学员满意度98.1%，没有达到95%。", True),
        ("家长满意度91.8%，低于95%的标准。", False),
        ("家长满意度89.1%，距95%的目标还有差距。", True),
    ],
)
def test_the_mark_that_was_set_is_no_result(found, note, blamed):
    said = found("PG513", 评分规则="按比率", 计分依据="91.8%", 扣分原因=note)
    assert bool(said) == blamed


@pytest.mark.parametrize(
    ("name", "note", "blamed"),
    [
        ("重点工作完成率", "25项重点工作完成23项，2项因设计变更顺延。", False),
        ("重点工作完成率", "25项重点工作完成21项，4项因设计变更顺延。", True),
        ("案件办结率", "50件信访案件中办结46件。", False),
        ("案件办结率", "50件信访案件中办结44件。", True),
        ("预算执行率", "25项重点工作完成21项，尾款未付。", False),  # a rate of money
        ("重点工作完成率", "25家单位完成21项整改。", False),
    ],
)
def test_counts_of_what_was_done_give_the_rate_of_the_row(found_in, name, note, blamed):
    rows = [
        {"指标": "总分", "满分": "100", "评分规则": "下级合计"},
        {"指标": name, "上级": "总分", "满分": "100", "评分规则": "按比率", "计分依据": "92%",
         "扣分原因": note},
    ]  # fmt: skip
    assert bool(found_in("guangzhou-self-evaluation", {"评分": rows}, "PG513")) == blamed

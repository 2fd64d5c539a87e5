"""PG505: marks taken off an indicator whose target was met, and a little more."""

import pytest


@pytest.fixture
def told(found_in):
    """What is said of an indicator that got 17 of 20 marks, beside a target of 6000 平方米."""

    def tell(actual, reason):
        row = {
            "项目名称": "校舍维修", "一级指标": "产出指标", "二级指标": "数量指标",
            "三级指标": "维修校舍面积", "目标符号": "≥", "年度指标值": "6000",
            "计量单位": "平方米", "实际完成值": actual, "分值": "20", "得分": "17",
            "偏差原因分析及改进措施": reason,
        }  # fmt: skip
        content = {"项目": [{"项目名称": "校舍维修"}], "项目指标": [row]}
        return found_in("project-self-evaluation", content, "PG505")

    return tell


@pytest.mark.parametrize(
    ("actual", "reason", "blamed"),
    [
        ("6300平方米", "新增两所学校。", True),
        ("6300平方米", "", True),
        ("6300平方米", "目标值设置偏低，酌情扣分。", False),
        ("6300平方米", "年初测算不够准确。", False),
        ("9800平方米", "新增两所学校。", False),  # so much more is a reason by itself
    ],
)
def test_a_reason_says_why_marks_were_lost(told, actual, reason, blamed):
    assert bool(told(actual, reason)) == blamed

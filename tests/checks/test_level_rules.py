"""PG209, PG212: the levels that indicators stand under."""

import pytest


def level(category, subcategory, name=None, target=None):
    return {"一级指标": category, "二级指标": subcategory, "三级指标": name,
            "半年指标值": target, "全年指标值": target}  # fmt: skip


def test_levels_of_benefits_and_satisfaction_that_are_kept_empty(found_in):
    rows = [
        level("决策", "目标设定"),
        level("效益指标", "经济效益", "进出口总额", "保持稳定"),
        level("效益指标", "社会效益"),
        level("满意度指标", "服务对象满意度"),
    ]
    found = found_in("suzhou-targets", {"绩效指标": rows}, "PG209")
    assert [(f.severity, str(f.ref), f.subject, f.message) for f in found] == [
        ("warning", "绩效指标!D4", "社会效益", "效益指标“社会效益”没有填指标"),
        ("warning", "绩效指标!D5", "服务对象满意度", "满意度指标“服务对象满意度”没有填指标"),
    ]


def test_a_level_that_has_an_indicator_elsewhere_is_not_empty(found_in):
    rows = [level("效益指标", "社会效益"), level("效益指标", "社会效益", "带动就业", "≥5人")]
    assert found_in("suzhou-targets", {"绩效指标": rows}, "PG209") == []


def test_a_duty_that_names_quality_is_no_level_of_quality(found_in):
    rows = [
        {
            "一级指标": "履职",
            "二级指标": "职能3：质量监测",
            "三级指标": "抽检数量",
            "全年指标值": "≥5份",
        },
        {
            "一级指标": "履职",
            "二级指标": "职能4：成本监审",
            "三级指标": "监审单位数",
            "全年指标值": "≥5家",
        },
    ]
    assert found_in("suzhou-targets", {"绩效指标": rows}, "PG212") == []


@pytest.mark.parametrize(
    ("subcategory", "name", "target", "severity"),
    [
        ("成本指标", "举办/参加活动场次", "≥1场", "warning"),
        ("成本指标", "扶持企业", "≥3家", "warning"),
        ("成本指标", "单场活动费用", "≤3万元", None),
        ("成本指标", "人均补助标准", "≤400元/人", None),
        ("成本指标", "支出实现率", "≥95%", None),
        ("成本指标", "故障修复时间", "≤4小时", None),
        ("质量指标", "开展招商活动（次）", "≥10次", "info"),
        ("质量指标", "获奖数量", "≥2项", None),
        ("质量指标", "安全事故起数", "≤0次", None),
        ("时效指标", "培训人数", "≥20人", "info"),
        ("时效指标", "完成时间", "12月31日前", None),
        ("数量指标", "举办活动场次", "≥1场", None),
    ],
)
def test_an_indicator_under_the_wrong_level(found_in, subcategory, name, target, severity):
    row = {"项目名称": "甲", "一级指标": "产出指标", "二级指标": subcategory, "三级指标": name,
           "指标值": target}  # fmt: skip
    content = {"项目": [{"项目名称": "甲"}], "项目指标": [row]}
    found = found_in("hitech-performance-text", content, "PG212")
    message = f"{subcategory}下的“{name}”目标是 {target}，是数量"
    assert [(f.severity, str(f.ref), f.message) for f in found] == (
        [(severity, "项目指标!C2", message)] if severity else []
    )

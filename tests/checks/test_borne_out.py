"""What the report itself bears out is not blamed, and what nothing bears out is."""

import pytest

PROJECT = "project-targets"
SCORED = "department-scored-self-evaluation"


def rows(*indicators):
    return {
        "项目": [
            {
                "项目名称": "安防改造",
                "年度：中央财政拨款": "148",
                "年度：市级财政拨款": "32",
                "年度：其他资金": "20",
                "年度目标": indicators[0],
            }
        ],
        "项目指标": [
            {"项目名称": "安防改造", "一级指标": "产出指标", "二级指标": "数量指标", **row}
            for row in indicators[1:]
        ],
    }


NEW = {"三级指标": "新增监控点位数", "目标符号": "≥", "年度指标值": "180", "度量单位": "个"}
REACHED = {"三级指标": "达到标准村数", "目标符号": "≥", "年度指标值": "85", "度量单位": "个"}


@pytest.mark.parametrize(
    ("goal", "indicator", "count"),
    [
        ("监控点位由620个增至800个。", NEW, 0),
        ("新增监控点位180个，累计达到800个。", NEW, 0),
        ("新增监控点位810个。", NEW, 1),
        ("新增14个村达到标准，累计达到85个。", REACHED, 0),
        ("达到标准的村58个。", REACHED, 1),
    ],
)
def test_how_many_there_are_then_is_not_how_many_are_new(found_in, goal, indicator, count):
    found = found_in(PROJECT, rows(goal, indicator), "PG301 PG334")
    assert len(found) == count, [one.message for one in found]


@pytest.mark.parametrize(
    "goal",
    [
        "补助资金162万元由市级资金148万元和县级资金14万元承担。",
        "补助资金168万元，由中央148万元、县级20万元组成。",
    ],
)
def test_an_amount_that_its_own_parts_make_is_no_slip_of_the_tables(found_in, goal):
    assert not found_in(PROJECT, rows(goal, NEW), "PG301")


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("行政编制48名（含执法专项编制18名），事业编制32名。", 0),
        ("行政编制48名，事业编制18名。", 1),
    ],
)
def test_posts_in_brackets_are_some_of_them(found_in, told, count):
    content = {
        "单位信息": [
            {
                "单位名称": "某某市应急管理局",
                "年度": "2023",
                "人员配置": told,
                "行政编制数": "48",
                "实际在编人数": "45",
                "事业编制数": "32",
                "事业在编人数": "29",
            }
        ]
    }
    assert len(found_in("suzhou-targets", content, "PG318")) == count


@pytest.mark.parametrize(("name", "count"), [("减免检验费用", 0), ("检验费用", 1)])
def test_costs_that_others_are_spared_may_be_many(found_in, name, count):
    row = {"三级指标": name, "目标符号": "≥", "年度指标值": "300", "度量单位": "万元"}
    assert len(found_in(PROJECT, rows("", row), "PG213")) == count


@pytest.mark.parametrize(
    ("reason", "count"),
    [
        ("8项重点工作全部完成：立案186件，办结179件。", 0),
        ("重点工作8项，完成7项。", 1),
    ],
)
def test_one_of_many_works_is_not_all_of_them(found_in, reason, count):
    row = {"三级指标": "重点工作实际完成率", "满分": "7", "指标值": "100%", "扣分原因": reason}
    content = {"指标计分": [{"一级指标": "产出", "二级指标": "职责履行", **row}]}
    assert len(found_in(SCORED, content, "PG513")) == count


@pytest.mark.parametrize(
    ("name", "count"), [("政府采购执行率", 0), ("公用经费控制率", 0), ("预算完成率", 1)]
)
def test_a_score_of_a_part_of_the_budget_tells_of_that_part(found_in, name, count):
    row = {"三级指标": name, "满分": "6", "扣分原因": "年初预算1168.5万元。"}
    content = {
        "基本信息": [
            {"单位名称": "某某支队", "年度": "2023", "年初预算": "1186.5", "本年追加": "0"}
        ],
        "指标计分": [{"一级指标": "过程", "二级指标": "预算管理", **row}],
    }
    found = found_in(SCORED, content, "PG301")
    assert len(found) == count, [one.message for one in found]

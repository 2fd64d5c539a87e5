"""PG122, PG123: totals that are missing, and amounts that two tables both have."""

import pytest


def income(found_in, funds, code):
    content = {
        "收入预算": [
            {"资金来源": name, "上级": parent, "全年预算数": amount}
            for name, parent, amount in funds
        ],
        "支出预算": [
            {"支出项目": "基本支出", "类别": "基本支出", "半年计划执行数": "0", "全年预算数": "40"},
            {"支出项目": "项目支出", "类别": "项目支出", "半年计划执行数": "0", "全年预算数": ""},
            {"支出项目": "甲", "类别": "项目明细", "半年计划执行数": "0", "全年预算数": "60"},
        ],
    }
    return found_in("suzhou-targets", content, code)


@pytest.mark.parametrize(("carried", "severity"), [("20", "warning"), ("30", "error")])
def test_sources_without_a_total(found_in, carried, severity):
    (finding,) = income(found_in, [("拨款", "", "80"), ("结转", "", carried)], "PG122")
    assert (finding.severity, str(finding.ref)) == (severity, "收入预算!B2")
    assert "没有一行是它们的总额" in finding.message


def test_sources_with_a_total(found_in):
    funds = [("总额", "", ""), ("拨款", "总额", "80"), ("结转", "总额", "20")]
    assert income(found_in, funds, "PG122") == []


def both(found_in, funds, lines):
    content = {
        "收支情况": [
            {"事项": name, "上级": parent, "年度预算数": budget, "执行数": spent}
            for name, parent, budget, spent in funds
        ],
        "项目支出": [
            {"重点任务": "任务", "主要支出项目": name, "年度预算金额": budget, "支出金额": spent}
            for name, budget, spent in lines
        ],
    }
    return found_in("guangzhou-self-evaluation", content, "PG123")


def test_the_same_project_with_other_amounts_in_another_table(found_in):
    (finding,) = both(
        found_in, [("县域商业建设", "", "1000", "980")], [("县域商业建设", "1000", "890")]
    )
    assert str(finding.ref) == "项目支出!D2"
    assert "在“项目支出”里是 890，在“收支情况”里执行数是 980（收支情况!E2）" in finding.message


@pytest.mark.parametrize(
    "lines",
    [
        [("县域商业建设", "1000", "980")],
        [("县域商业", "1000", "890")],
        [("县域商业建设", "500", "490"), ("县域商业建设", "500", "490")],  # by batches
        [("县域商业建设", "400", "390"), ("县域商业建设（第二批）", "600", "590")],
    ],
)
def test_no_finding_where_they_agree_or_one_table_splits_them(found_in, lines):
    assert both(found_in, [("县域商业建设", "", "1000", "980")], lines) == []


def test_projects_that_are_more_than_all_there_is(found_in):
    funds = [("整体", "", "", ""), ("基本", "整体", "50", "50"), ("项目支出", "整体", "90", "90")]
    assert both(found_in, funds, [("甲", "90", "85")]) == []
    (finding,) = both(found_in, funds, [("甲", "90", "85"), ("乙", "0", "10")])
    assert finding.message == "各项目的支出金额合计 95，超过“项目支出”的 90"

"""PG112 to PG114: rates among the indicators that follow from the budget table."""

import pytest

from workbooks.make import put

PLACE = "绩效指标!G4"
"""The good workbook: initial 200, adjustment 6, adjusted 206, actual 200.5."""


@pytest.fixture
def stated(checked, book):
    """What is said of a rate among the indicators, by the rules on such rates."""

    def state(name, actual):
        for column, value in (("B", name), ("E", "=100%"), ("G", actual)):
            put(book, f"绩效指标!{column}4", value)
        found = [f for f in checked(book).findings if f.code in ("PG113", "PG114")]
        return [(f.code, f.severity, str(f.ref), f.message) for f in found]

    return state


@pytest.mark.parametrize(
    ("name", "actual"),
    [
        ("预算执行率", "97.33%"),
        ("预算执行率", "97.3%"),  # by the decimals that it has
        ("预算执行率", "97%"),
        ("部门预算执行率（%）", "97.33%"),
        ("预算调整率", "3%"),
        ("预算调整率", "3.00%"),
        ("预算调整率", "-3%"),  # some write it without its sign
        ("结转结余率", "2.67%"),
        ("预算偏差率", "0.25%"),
        ("政府采购执行率", "12%"),  # no rate of the table
        ("预算执行率", "较高"),
    ],
)
def test_a_rate_that_the_table_gives(stated, name, actual):
    assert stated(name, actual) == []


@pytest.mark.parametrize(
    ("name", "actual", "code", "severity", "sum_"),
    [
        ("预算执行率", "99%", "PG113", "error", "200.5 ÷ 206 = 97.33%"),
        ("预算执行率", "97.34%", "PG113", "warning", "200.5 ÷ 206 = 97.33%"),
        ("预算调整率", "5%", "PG113", "error", "6 ÷ 200 = 3.00%"),
        ("结转结余率", "0%", "PG114", "warning", "（206 - 200.5）÷ 206 = 2.67%"),
        ("预算偏差率", "3%", "PG114", "warning", "（200.5 - 200）÷ 200 = 0.25%"),
    ],
)
def test_a_rate_that_differs(stated, name, actual, code, severity, sum_):
    said = f"“{name}”的完成值是 {actual}，按预算表是 {sum_}"
    assert stated(name, actual) == [(code, severity, PLACE, said)]


def test_a_rate_that_was_copied_from_another_says_so(stated, book):
    put(put(book, "绩效指标!B3", "预算调整率"), "绩效指标!G3", "3%")
    ((_, _, _, message),) = stated("预算偏差率", "3%")
    assert message.endswith("；填的与“预算调整率”的完成值相同")


def test_nothing_is_said_without_a_whole_budget(stated, book):
    book["预算信息"].delete_rows(2, 3)
    assert stated("预算执行率", "50%") == []


def test_a_projects_own_rate(found_in):
    money = {"年初预算数：当年财政拨款": "100", "全年执行数：当年财政拨款": "95"}
    content = {
        "项目": [{"项目名称": name, **money} for name in "甲乙"],
        "项目指标": [{"项目名称": "乙", "一级指标": "产出指标", "二级指标": "时效指标",
                      "三级指标": "预算执行率", "年度指标值": "=100%", "实际完成值": "98%"}],
    }  # fmt: skip
    (finding,) = found_in("project-self-evaluation", content, "PG113")
    assert finding.message == "“预算执行率”的完成值是 98%，按预算表是 95 ÷ 100 = 95.00%"


@pytest.mark.parametrize(
    ("half", "target", "said"),
    [
        ("47.49", "=47%", None),  # 0.49 points
        ("47.495", "=47%", "47.495 ÷ 100 = 47.50%，相差 0.50 个百分点"),  # after rounding
        ("40", "≥47%", "40 ÷ 100 = 40.00%，相差 7.00 个百分点"),
        ("40", "有序推进", None),
    ],
)
def test_the_half_year_target_against_the_plan(found_in, half, target, said):
    content = {
        "支出预算": [
            {"支出项目": "项目支出", "类别": "项目支出"},
            {"支出项目": "甲", "类别": "项目明细", "半年计划执行数": half, "全年预算数": "100"},
        ],
        "绩效指标": [{"一级指标": "过程", "二级指标": "预算执行", "三级指标": "预算执行率",
                      "半年指标值": target, "全年指标值": "=100%"}],
    }  # fmt: skip
    found = found_in("suzhou-targets", content, "PG112")
    wanted = f"“预算执行率”的半年目标是 {target}，按支出计划是 {said}"
    assert [(f.severity, str(f.ref), f.message) for f in found] == (
        [("warning", "绩效指标!E2", wanted)] if said else []
    )

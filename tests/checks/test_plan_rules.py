"""PG116 to PG118: plans of spending over the year."""

import pytest


@pytest.fixture
def planned(found_in):
    """What a rule says of one project's cumulative percents."""

    def find(code, *percents, initial="50"):
        dates = ("3月底", "6月底", "10月底", "12月底")
        plan = dict(zip(dates, percents, strict=True))
        project = {"项目名称": "招商引资", "其中：财政资金": initial, **plan}
        found = found_in("hitech-performance-text", {"项目": [project]}, code)
        return [(finding.severity, str(finding.ref), finding.message) for finding in found]

    return find


def test_a_plan_that_rises_to_100(planned):
    assert planned("PG116", "0%", "40%", "40%", "100%") == []


def test_percents_that_fall(planned):
    ((severity, ref, message),) = planned("PG116", "10%", "40%", "30%", "100%")
    assert (severity, ref) == ("error", "项目!I2")
    assert message == "“招商引资”的支出计划到10月底是 30%，少于6月底的 40%"


@pytest.mark.parametrize("last", ["95%", "20%", "110%"])
def test_a_plan_that_does_not_end_at_100_is_said_once(planned, last):
    ((severity, ref, message),) = planned("PG116", "10%", "40%", "80%", last)
    assert (severity, ref) == ("error", "项目!J2")
    assert message == f"“招商引资”的支出计划到12月底是 {last}，应当是 100%"


def test_blank_percents_are_not_spoken_of(planned):
    assert planned("PG116", "10%", None, "80%", None) == []


def test_a_project_without_money_has_no_plan(planned):
    assert planned("PG116", "0%", "0%", "0%", "0%", initial="0") == []


def test_all_spending_in_the_last_quarter(planned):
    ((severity, ref, message),) = planned("PG118", "0%", "0%", "0%", "100%")
    assert (severity, ref) == ("info", "项目!I2")
    assert message == "“招商引资”的支出计划到10月底还是 0%，100%都在这以后支出"
    assert planned("PG118", "0%", "0%", "5%", "100%") == []
    assert planned("PG118", None, None, None, "100%") == []


def lines(*plans):
    rows = [{"支出项目": "项目支出", "类别": "项目支出"}]
    for number, half in enumerate(plans, 1):
        rows.append({"支出项目": f"项目{number}", "类别": "项目明细", "半年计划执行数": half,
                     "全年预算数": "10"})  # fmt: skip
    return {"支出预算": rows}


def test_lines_with_nothing_planned_by_mid_year_are_told_in_one_line(found_in):
    (finding,) = found_in("suzhou-targets", lines("0", "5", "0"), "PG117")
    assert (finding.severity, str(finding.ref)) == ("info", "支出预算!C3")
    assert finding.message == "2 个项目的半年计划执行数是 0（共 3 行）：项目1、项目3"


def test_a_blank_plan_is_not_0(found_in):
    assert found_in("suzhou-targets", lines("5", None), "PG117") == []

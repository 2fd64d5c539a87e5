"""PG109: sources of money sum to their total, and income equals spending."""

import pytest


@pytest.fixture
def found(found_in):
    """The findings about income, of sources as (name, parent, amount) and lines."""

    def find(funds, lines=()):
        content = {
            "收入预算": [
                {"资金来源": name, "上级": parent, "全年预算数": amount}
                for name, parent, amount in funds
            ],
            "支出预算": [
                {"支出项目": name, "类别": kind, "半年计划执行数": "0", "全年预算数": amount}
                for name, kind, amount in lines
            ],
        }
        return found_in("suzhou-targets", content, "PG109")

    return find


LINES = [("基本支出", "基本支出", "40"), ("项目支出", "项目支出", "60"), ("甲", "项目明细", "60")]


@pytest.mark.parametrize(
    ("total", "severity"),
    [("100", None), (None, None), ("100.02", "warning"), ("100.03", "error"), ("110", "error")],
)
def test_a_total_that_is_not_the_sum_of_its_sources(found, total, severity):
    funds = [("资金总额", "", total), ("财政拨款", "资金总额", "80"), ("其他", "资金总额", "20")]
    assert [finding.severity for finding in found(funds)] == ([severity] if severity else [])


def test_the_message_shows_both_and_the_difference(found):
    funds = [("资金总额", "", "110"), ("财政拨款", "资金总额", "80"), ("其他", "资金总额", "20")]
    (finding,) = found(funds)
    assert str(finding.ref) == "收入预算!C2"
    assert finding.message == "资金总额的全年预算数是 110，各来源合计 100，相差 10"


def test_sources_that_are_only_some_of_the_whole(found):
    assert found([("资金总额", "", "110"), ("其中：财政拨款", "资金总额", "80")]) == []
    (finding,) = found([("资金总额", "", "70"), ("其中：财政拨款", "资金总额", "80")])
    assert finding.message.endswith("相差 -10")


def test_income_that_is_not_the_spending(found):
    (finding,) = found([("资金总额", "", "110")], LINES)
    assert (finding.severity, str(finding.ref)) == ("error", "收入预算!C2")
    assert finding.message == (
        "收入“资金总额”的全年预算数是 110，支出（基本支出 + 项目支出）是 100，相差 10"
    )
    assert found([("资金总额", "", "100")], LINES) == []
    assert [f.severity for f in found([("资金总额", "", "100.01")], LINES)] == ["warning"]


def test_several_tops_are_no_total_of_income(found):
    assert found([("财政拨款", "", "110"), ("其他", "", "5")], LINES) == []


def test_lines_without_totals_are_no_whole_budget(found_in):
    content = {
        "收支情况": [{"事项": "整体预算", "年初预算数": "100"}],
        "项目支出": [{"重点任务": "口岸", "主要支出项目": "甲", "年度预算金额": "5"}],
    }
    assert found_in("guangzhou-self-evaluation", content, "PG109") == []

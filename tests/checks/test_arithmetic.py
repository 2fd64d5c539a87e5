"""PG1xx: what an experienced finance officer adds up before signing."""

from decimal import Decimal

import pytest

from workbooks.make import put, with_xml


def test_a_sound_budget_has_no_finding(found, book):
    assert found(book) == []


# --- PG101 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "given", "finding"),
    [
        ("预算信息!C4", 120, "PG101 error 预算信息!C4"),
        ("预算信息!C4", 120, "PG101 error 预算信息!E4"),  # and so the adjusted budget too
        ("预算信息!D4", 0, "PG101 error 预算信息!D4"),
        ("预算信息!F4", 99, "PG101 error 预算信息!F4"),
        ("预算信息!F2", 250, "PG101 error 预算信息!F2"),
        ("预算信息!F4", 105.52, "PG101 warning 预算信息!F4"),  # 0.01 for each of two parts
        ("预算信息!F4", 105.53, "PG101 error 预算信息!F4"),
    ],
)
def test_a_given_total_that_is_not_the_sum_of_its_parts(found, book, place, given, finding):
    assert finding in found(put(book, place, given))


def test_the_message_says_what_was_added_up_and_what_is_missing(checked, book):
    finding, *_ = checked(put(book, "预算信息!C4", 120)).findings
    assert finding.subject == "项目支出"
    assert finding.message == "项目支出的年初预算数是 120，各部分合计 100，相差 20"
    assert "留空" in finding.hint


def test_the_adjusted_budget_is_compared_at_its_own_cell(checked, book):
    _, finding, *_ = checked(put(book, "预算信息!C4", 120)).findings
    assert (finding.code, str(finding.ref)) == ("PG101", "预算信息!E4")
    assert finding.message == "项目支出的调整预算数是 126，各部分合计 106，相差 20"


def test_plans_for_the_half_year_are_added_up_too(found_in):
    rows = {"支出预算": [
        {"支出项目": "项目支出", "类别": "项目支出", "半年计划执行数": "7", "全年预算数": "10"},
        {"支出项目": "甲项目", "类别": "项目明细", "半年计划执行数": "5", "全年预算数": "10"},
    ]}  # fmt: skip
    (finding,) = found_in("suzhou-targets", rows, "PG101")
    assert (finding.severity, str(finding.ref)) == ("error", "支出预算!C2")
    assert finding.message == "项目支出的半年计划执行数是 7，各部分合计 5，相差 2"


def test_a_total_that_agrees_is_no_finding(found, book):
    assert found(put(put(book, "预算信息!C4", "100.00"), "预算信息!F4", "105.5")) == []


def test_a_total_whose_parts_are_all_blank_is_not_compared(found, book):
    for row in (5, 6):
        put(book, f"预算信息!D{row}", None)
    put(put(book, "预算信息!D4", 6), "预算信息!F5", 60)
    assert found(book) == []


def test_thirds_computed_by_formulas_are_no_difference(found, book):
    put(put(book, "预算信息!C4", 100), "预算信息!F2", None)
    third = "<f>100/3</f><v>33.333333333333336</v>"
    put(put(book, "预算信息!C5", 1), "预算信息!C6", 1)
    put(put(book, "预算信息!A7", "丙项目"), "预算信息!B7", "项目明细")
    put(put(put(book, "预算信息!C7", 1), "预算信息!F7", 32), "预算信息!D5", 35)
    content = with_xml(
        put(book, "预算信息!F6", 32), {f"C{row}": f'<c r="C{row}">{third}</c>' for row in (5, 6, 7)}
    )
    assert found(content) == []


# --- PG102, PG103 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "severity"),
    [(40, None), (40.01, "warning"), (40.2, "warning"), (40.21, "error"), (80, "error")],
)
def test_spending_above_the_adjusted_budget(found, book, actual, severity):
    expected = [f"PG102 {severity} 预算信息!F6"] if severity else []
    assert found(put(book, "预算信息!F6", actual)) == expected


def test_an_office_may_allow_more_overspending(checked, book):
    put(book, "预算信息!F6", 40.4)
    bounds = {"PG102": {"tolerance": Decimal("0.01")}}
    assert [f.severity for f in checked(book).findings if f.code == "PG102"] == ["error"]
    relaxed = checked(book, settings=bounds).findings
    assert [f.severity for f in relaxed if f.code == "PG102"] == ["warning"]


@pytest.mark.parametrize(("initial", "words"), [(0, "调整预算数是 0"), (None, "调整预算数空着")])
def test_spending_without_a_budget(checked, book, initial, words):
    findings = checked(put(book, "预算信息!C6", initial)).findings
    assert findings[0].code == "PG103"
    assert words in findings[0].message
    assert "39.5" in findings[0].message


def test_no_budget_and_no_spending_is_no_finding(found, book):
    assert found(put(put(book, "预算信息!C6", 0), "预算信息!F6", 0)) == []


# --- PG104, PG105, PG106: typed over what perfgen computes ---------------------------------------


def test_a_typed_adjusted_budget_that_differs(found, book):
    assert found(put(book, "预算信息!E5", 67)) == ["PG104 error 预算信息!E5"]
    assert found(put(book, "预算信息!E5", "66.00")) == []


@pytest.mark.parametrize(
    ("typed", "finding"),
    [("98.75%", False), (0.9875, False), ("98.755%", False), ("98.80%", True), ("99%", True)],
)
def test_a_typed_rate_that_differs_in_what_is_printed(found, book, typed, finding):
    expected = ["PG105 error 预算信息!G6"] if finding else []
    assert found(put(book, "预算信息!G6", typed)) == expected


def test_typed_adjustments_are_compared_with_the_ledger(found, book):
    book["预算调整"].append((None, None, "甲项目", "追加", 10, None))
    book["预算调整"].append((None, None, "甲项目", "追减", 4, None))
    assert found(book) == []
    put(book, "预算信息!D5", 5)
    put(book, "预算信息!D4", 6)
    assert found(book) == ["PG106 error 预算信息!D5"]


def test_a_typed_rate_of_a_source_of_money_that_differs(found_in):
    rows = {"收支情况": [{"事项": "整体预算", "年度预算数": "100", "执行数": "97"}]}
    guangzhou = "guangzhou-self-evaluation"
    (finding,) = found_in(guangzhou, rows, "PG105", typed={"收支情况!F2": 0.98})
    assert str(finding.ref) == "收支情况!F2"
    assert finding.message == "整体预算手填的执行率是 98%，计算是 97.00%"
    assert not found_in(guangzhou, rows, "PG105", typed={"收支情况!F2": 0.97})


# --- PG107, PG108 --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["预算信息!C6", "预算信息!F6"])
def test_negative_amounts(found, book, place):
    assert f"PG107 error {place}" in found(put(book, place, "(5)"))


def test_a_cut_is_no_negative_amount(found, book):
    put(put(book, "预算信息!D6", -20), "预算信息!F6", 20)
    assert found(book) == []


def test_a_cut_below_zero_is(found, book):
    put(put(book, "预算信息!D6", -50), "预算信息!F6", 0)
    assert found(book) == ["PG107 error 预算信息!E6"]


def test_negative_amounts_of_sources_and_projects(found_in):
    fund = {"收入预算": [{"资金来源": "资金总额", "全年预算数": "-5"}]}
    assert [str(f.ref) for f in found_in("suzhou-targets", fund, "PG107")] == ["收入预算!C2"]
    project = {"项目": [{"项目名称": "甲", "其中：财政资金": "-5", "资金用途": "补助"}]}
    (finding,) = found_in("hitech-performance-text", project, "PG107")
    assert finding.message == "甲的其中：财政资金是负数 -5"


def test_details_without_the_total_between_would_be_missing_from_the_grand_total(found, book):
    book["预算信息"].delete_rows(4)
    assert found(book) == ["PG108 error 预算信息!B4"]


def test_a_table_without_any_total_is_a_warning(found, book):
    book["预算信息"].delete_rows(2, 3)
    assert found(book) == ["PG108 warning 预算信息!B2"]

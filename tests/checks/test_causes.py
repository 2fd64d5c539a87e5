"""One slip, one thing to mend: what follows from a finding stands under it."""

import re

import pytest

from workbooks.make import put


def causes(checked, book):
    """Each cause as `PG101 预算信息!C4`, with the cells that follow from it."""
    return {
        f"{one.finding.code} {one.finding.ref}": [f"{f.code} {f.ref}" for f in one.follows]
        for one in checked(book).causes
    }


def test_two_slips_that_have_nothing_to_do_with_each_other(checked, book):
    put(put(book, "预算信息!C4", 120), "绩效指标!H2", None)
    assert causes(checked, book) == {
        "PG101 预算信息!C4": ["PG101 预算信息!E4", "PG119 预算信息!F4"],
        "PG201 绩效指标!H2": [],
    }


def test_a_total_in_the_middle_is_the_cause_of_those_above(checked, book):
    for cell, value in {"C2": 200, "C4": 120, "C5": 60}.items():
        put(book, f"预算信息!{cell}", value)
    ((cause, follows),) = causes(checked, book).items()
    assert cause == "PG101 预算信息!C4"
    assert {"PG101 预算信息!C2", "PG101 预算信息!E2"} <= set(follows)


def test_a_spending_that_was_mistyped_is_told_with_what_it_may_have_been(checked, book):
    put(put(book, "预算信息!F4", 105.5), "预算信息!F6", 395)
    (cause,) = checked(book).causes
    assert (cause.finding.code, str(cause.finding.ref)) == ("PG101", "预算信息!F6")
    assert cause.finding.message.endswith("395 如果是 39.5，就对得上")
    assert [one.code for one in cause.follows] == ["PG102"]
    assert cause.finding in checked(book).findings


def test_everything_about_a_row_that_is_no_record_stands_under_it(found_in, checked, book):
    book["预算信息"].append(("合计", "项目明细", 100, 6, None, 105.5, None))
    put(put(book, "预算信息!C4", 100), "预算信息!F4", 105.5)
    result = causes(checked, book)
    assert list(result) == ["PG121 预算信息!A7"]
    assert {"PG101 预算信息!C4", "PG101 预算信息!F4"} <= set(result["PG121 预算信息!A7"])


def test_a_change_that_is_not_its_ledgers_is_the_cause_of_what_is_spent_beyond_it(checked, book):
    book["预算调整"].append((None, None, "甲项目", "追减", 10, None))
    assert causes(checked, put(book, "预算信息!D5", 6)) == {
        "PG106 预算信息!D5": ["PG102 预算信息!F5"]
    }


def test_a_doubtful_result_is_the_cause_of_the_missing_reason(checked, book):
    put(put(book, "绩效指标!G4", "520家"), "绩效指标!J4", None)
    put(book, "重点任务!C4", "都走到了。")
    ((cause, follows),) = causes(checked, book).items()
    assert (cause, follows) == ("PG203 绩效指标!G4", ["PG202 绩效指标!J4"])


def test_a_cause_is_as_grave_as_what_follows_from_it(checked, book):
    put(put(book, "绩效指标!G4", "520家"), "绩效指标!J4", None)
    put(book, "重点任务!C4", "都走到了。")
    (cause,) = checked(book).causes
    assert cause.severity == min(
        (one.severity for one in (cause.finding, *cause.follows)),
        key=["error", "warning", "info"].index,
    )


def test_every_finding_stands_once_among_the_causes(checked, book):
    for place, value in {"预算信息!C4": 120, "预算信息!F6": 395, "绩效指标!G4": "20家",
                         "绩效指标!H3": None, "重点任务!C3": "尚未开展"}.items():  # fmt: skip
        put(book, place, value)
    result = checked(book)
    listed = [one for cause in result.causes for one in (cause.finding, *cause.follows)]
    assert sorted(map(str, listed)) == sorted(map(str, result.findings))


@pytest.mark.parametrize("layout", ["hitech-performance-text", "suzhou-targets"])
def test_no_finding_names_a_role_or_nothing_at_all(found_in, layout):
    sheets = {
        "hitech-performance-text": {
            "项目": [
                {"项目名称": "甲", "预算数": "116", "其中：财政资金": "-116", "3月底": "400%"}
            ],
            "项目指标": [{"项目名称": "甲", "一级指标": "产出指标", "二级指标": "数量指标"}],
        },
        "suzhou-targets": {
            "收入预算": [{"资金来源": "拨款", "全年预算数": "-5"}],
            "支出预算": [
                {"支出项目": "甲", "类别": "项目明细", "半年计划执行数": "9", "全年预算数": "-8"}
            ],
        },
    }
    codes = "PG101 PG107 PG108 PG109 PG115 PG116 PG511 PG512"
    for one in found_in(layout, sheets[layout], codes):
        assert not re.search(r"None|[a-z]{3,}", f"{one.message}{one.hint}"), one
        assert one.ref is not None, one


def test_sentences_that_state_the_right_result_stand_under_the_wrong_one(checked, book):
    put(book, "重点任务!C4", "全年走访企业86家。")
    put(put(book, "绩效指标!B4", "走访企业数量"), "绩效指标!E4", "≥80家")
    put(put(book, "绩效指标!D4", ""), "绩效指标!G4", "860家")
    ((cause, follows),) = causes(checked, book).items()
    assert cause == "PG301 绩效指标!G4"
    assert "PG203 绩效指标!G4" in follows


def test_a_column_in_another_unit_is_one_thing_to_mend(checked, book):
    book["预算信息"]["F1"] = "实际支出数（元）"
    result = causes(checked, book)
    assert [cause for cause in result if cause.startswith(("PG1", "PG3"))] == ["PG128 预算信息!F1"]
    assert result["PG128 预算信息!F1"]


def test_an_amount_left_blank_is_the_cause_of_rates_that_are_off(checked, book):
    for cell, value in {"B4": "预算执行率", "D4": "=", "E4": "100%", "G4": "95%"}.items():
        put(book, f"绩效指标!{cell}", value)
    put(book, "预算信息!F3", None)
    (follows,) = [
        below for cause, below in causes(checked, book).items() if cause == "PG201 预算信息!F3"
    ]
    assert "PG113 绩效指标!G4" in follows

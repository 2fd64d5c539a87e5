"""The rules as a set: each explains itself, and one that fails does not stop the others."""

import re

import pytest

from perfgen.checks import all_rules, find_rule, run_checks
from perfgen.checks.registry import Rule, rule
from perfgen.figures import compute
from perfgen.model.finding import Severity
from perfgen.model.roles import ROLES, usual_name
from workbooks.make import put


@pytest.mark.parametrize("known", all_rules(), ids=lambda known: known.code)
def test_every_rule_explains_itself(known):
    assert re.fullmatch(r"PG\d{3}", known.code)
    assert known.title and known.reason.endswith("。")
    assert known.good != known.bad


def test_a_rule_is_found_by_its_code_in_either_case():
    assert find_rule("pg101").code == "PG101"
    assert find_rule("PG999") is None


def test_a_code_cannot_be_taken_twice():
    with pytest.raises(ValueError, match="PG101"):
        rule("PG101", Severity.INFO, title="", reason="", good="", bad="")(lambda case: iter(()))


def test_a_rule_that_crashes_is_reported_and_the_others_go_on(read, suzhou, book):
    def crash(case):
        raise ZeroDivisionError("division by zero")
        yield

    broken = Rule(code="PG998", severity=Severity.ERROR, title="坏规则", reason="。", good="",
                  bad="", function=crash)  # fmt: skip
    report = read(put(book, "预算信息!F6", 80))
    result = run_checks(report, compute(report, suzhou.rules), suzhou, [broken, find_rule("PG102")])
    assert [finding.code for finding in result.findings] == ["PG102", "PG998"]
    assert "规则“坏规则”自身出错" in result.findings[1].message


def test_findings_come_gravest_first_then_in_the_order_of_the_sheets(found, book):
    put(book, "预算信息!F6", 80)
    put(book, "预算信息!C4", 120)
    put(book, "绩效指标!H2", None)
    put(book, "重点任务!C2", None)
    put(put(book, "绩效指标!J4", None), "绩效指标!G4", "20家")
    book["预算信息"].title = "预算信息 "
    assert found(book) == [
        "PG101 error 预算信息 !C4",
        "PG101 error 预算信息 !E4",
        "PG102 error 预算信息 !F6",
        "PG202 error 绩效指标!J4",
        "PG201 warning 重点任务!C2",
        "PG201 warning 绩效指标!H2",
    ]


def test_a_column_that_a_layout_lacks_is_never_named_by_its_role():
    for record, fields in ROLES.items():
        for field in fields - {"extra", "number", "phone", "preparer"}:
            assert not usual_name(record, field).isascii()
            assert usual_name(record, f"{field}.full") == usual_name(record, field)

"""说明事项: a finding that the unit has explained is silent; an explanation too many is told."""

from datetime import date

import pytest

from workbooks.make import put


def explained(book, rule, subject, expires=None):
    """The workbook with one more explained finding."""
    book["说明事项"].append((rule, subject, "另有结转资金，见附件", "财务处预算岗", expires))
    return book


@pytest.fixture
def overspent(book):
    """A workbook with one error: 乙项目 spent twice its budget (PG102)."""
    return put(book, "预算信息!F6", 80)


def codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("rule", "subject"),
    [("PG102", "乙项目"), ("pg102", "乙项目"), ("ＰＧ１０２", " 乙 项目 "), ("PG102", "“乙项目”")],
)
def test_an_explained_finding_is_listed_apart_even_an_error(checked, overspent, rule, subject):
    result = checked(explained(overspent, rule, subject))
    assert (codes(result.findings), codes(result.waived)) == ([], ["PG102"])


def test_it_is_found_by_name_when_rows_are_inserted(checked, overspent):
    explained(overspent, "PG102", "乙项目")
    overspent["预算信息"].insert_rows(3, 2)
    assert codes(checked(overspent).waived) == ["PG102"]


@pytest.mark.parametrize(("rule", "subject"), [("PG101", "乙项目"), ("PG102", "甲项目")])
def test_only_its_own_rule_and_subject_are_silenced(checked, overspent, rule, subject):
    result = checked(explained(overspent, rule, subject))
    assert codes(result.findings) == ["PG102", "PG901"]
    assert result.waived == ()


@pytest.mark.parametrize(
    ("expires", "silent"), [(date(2024, 4, 25), False), (date(2024, 4, 26), True), (None, True)]
)
def test_it_holds_until_its_last_day_by_the_date_of_the_report(checked, overspent, expires, silent):
    result = checked(explained(overspent, "PG102", "乙项目", expires))
    assert bool(result.waived) is silent


def told(checked, book):
    (finding,) = [finding for finding in checked(book).findings if finding.code == "PG901"]
    return f"{finding.ref} {finding.message} {finding.hint}"


def test_an_expired_explanation_is_told(checked, overspent):
    said = told(checked, explained(overspent, "PG102", "乙项目", date(2024, 1, 31)))
    assert said.startswith("说明事项!A2 “乙项目”的 PG102 说明已过有效期（2024-01-31）")


def test_an_explanation_that_nothing_needs_any_more_is_told(checked, book):
    assert "没有 PG102 这个问题" in told(checked, explained(book, "PG102", "乙项目"))


def test_a_misspelt_subject_is_asked_about(checked, overspent):
    assert "对象是不是“乙项目”？" in told(checked, explained(overspent, "PG102", "乙项目支出"))


def test_an_unknown_code_is_told(checked, overspent):
    assert "没有代码为 PG999 的规则" in told(checked, explained(overspent, "PG999", "乙项目"))

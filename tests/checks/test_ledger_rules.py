"""PG120: money moved between lines (调剂) must arrive where it was meant to."""

from dataclasses import replace
from datetime import date

import pytest

DOCUMENT = "苏财预〔2023〕41号"
DAY = date(2023, 9, 15)


@pytest.fixture
def found(checked):
    """What the rule finds in a workbook."""
    return lambda content, **more: [
        finding for finding in checked(content, **more).findings if finding.code == "PG120"
    ]


@pytest.fixture
def moved(book):
    """A good workbook whose ledger has rows of 调剂: line, amount, and where it differs the
    document and the day.
    """

    def make(*rows):
        book["预算信息"]["D5"] = None
        book["预算调整"].append((DAY, None, "甲项目", "追加", 6, None))
        for line, amount, *rest in rows:
            document, day = (*rest, *(DOCUMENT, DAY)[len(rest) :])
            book["预算调整"].append((day, document, line, "调剂", amount, None))
        return book

    return make


def test_what_is_moved_out_and_in_under_one_document_is_no_finding(found, moved):
    assert found(moved(("甲项目", 20), ("乙项目", -12.5), ("基本支出", -7.5))) == []


def test_thirds_left_by_a_formula_balance(found, moved):
    thirds = [("乙项目", -33.3333333333333)] * 3
    assert found(moved(("甲项目", 100), *thirds)) == []


@pytest.mark.parametrize(
    ("rows", "words", "hint"),
    [
        (
            [("甲项目", 20), ("乙项目", -15)],
            "调入 20，调出 15，少调出 5。现有甲项目 20（预算调整!E3）、乙项目 -15（预算调整!E4）",
            "补登调出的一行，金额 -5",
        ),
        ([("甲项目", 20)], "调入 20，调出 0，少调出 20", "金额 -20"),
        ([("甲项目", -20), ("乙项目", 0.5)], "调入 0.5，调出 20，少调入 19.5", "金额 19.5"),
    ],
)
def test_what_does_not_arrive_is_told_with_each_place_and_what_is_missing(
    found, moved, rows, words, hint
):
    (finding,) = found(moved(*rows))
    assert (finding.severity, str(finding.ref), finding.subject) == (
        "error", "预算调整!E3", DOCUMENT,
    )  # fmt: skip
    assert finding.message.startswith(f"{DOCUMENT}的调剂不平衡：")
    assert words in finding.message
    assert hint in finding.hint


def test_each_document_balances_by_itself(found, moved):
    findings = found(moved(("甲项目", 20, "1号"), ("乙项目", -20, "2号")))
    assert [finding.subject for finding in findings] == ["1号", "2号"]
    assert "2号正好相差 -20，核对是不是写错了文号" in findings[0].hint


def test_a_document_is_the_same_however_its_brackets_and_spaces_are_typed(found, moved):
    book = moved(("甲项目", 20, "苏财预[2023]41号"), ("乙项目", -20, "苏财预〔２０２３〕 41号"))
    assert found(book) == []


def test_a_transfer_without_a_document_is_a_finding_in_its_cell(found, moved):
    (finding,) = found(moved(("甲项目", 20), ("乙项目", -20), ("甲项目", 3, None)))
    assert (finding.severity, str(finding.ref), finding.subject) == (
        "error", "预算调整!B5", "甲项目",
    )  # fmt: skip
    assert "甲项目调剂 3 没有写文号" in finding.message


def test_other_adjustments_need_neither_document_nor_balance(found, book):
    book["预算信息"]["D5"] = None
    book["预算调整"].append((None, None, "甲项目", "追加", 6, None))
    assert found(book) == []


def test_rows_of_one_transfer_on_different_days_are_a_warning(found, moved):
    (finding,) = found(moved(("甲项目", 20), ("乙项目", -20, DOCUMENT, date(2023, 9, 16))))
    assert finding.severity == "warning"
    assert "2023-09-15（预算调整!A3）、2023-09-16（预算调整!A4）" in finding.message


def test_a_layout_without_such_types_balances_nothing(found, moved, suzhou):
    free = replace(suzhou, rules=replace(suzhou.rules, balanced_types=()))
    assert found(moved(("甲项目", 20)), layout=free) == []


def test_only_what_is_moved_may_be_negative(problems, moved):
    book = moved(("甲项目", -20))
    book["预算调整"].append((DAY, None, "甲项目", "追加", -6, None))
    (problem,) = problems(book)
    assert str(problem.ref) == "预算调整!E4"
    assert "应当填正数" in problem.message
    assert problem.hint == "去掉负号，类型选“追减”；在项目之间转移的，类型选“调剂”，调出填负数"


def test_a_transfer_is_explained_by_its_document(checked, moved):
    book = moved(("甲项目", 20))
    book["说明事项"].append(("PG120", "苏财预〔2023〕 41号", "另一半在下级单位", "财务处", None))
    assert "PG120" in [finding.code for finding in checked(book).waived]

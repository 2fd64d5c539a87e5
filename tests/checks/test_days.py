"""PG124, PG125: days of the ledger and of the report that are not of its year."""

from datetime import date

import pytest

from workbooks.make import put


def said(checked, book, code):
    return [one for one in checked(book).findings if one.code == code]


@pytest.mark.parametrize(
    ("day", "document", "kind", "words", "cell"),
    [
        (date(2023, 6, 30), "苏财预〔2023〕15号", "追加", None, None),
        (None, "苏财预〔2023〕15号", "追加", None, None),
        (date(2023, 1, 10), "苏财预〔2022〕90号", "上年结转", "却是 2022 年的", "B2"),
        (date(2022, 12, 28), "苏财预〔2022〕90号", "上年结转", None, None),
        (date(2023, 6, 30), "苏财预〔2024〕15号", "追加", "却是 2024 年的", "B2"),
        (date(2022, 6, 30), "苏财预[2023]15号", "追加", "却是 2023 年的", "A2"),
        (date(2022, 6, 30), "", "追加", "报告是 2023 年度的", "A2"),
        (None, "苏财预（2021）15号", "追加", "不是 2023 年度的", "B2"),
        (date(2023, 6, 30), "市政府常务会议纪要第12期", "追加", None, None),
    ],
)
def test_a_row_of_the_ledger_is_of_the_year(checked, book, day, document, kind, words, cell):
    book["预算信息"]["D5"] = None
    book["预算调整"].append((day, document, "甲项目", kind, 6, None))
    findings = said(checked, book, "PG124")
    assert [str(one.ref) for one in findings] == ([f"预算调整!{cell}"] if cell else [])
    assert all(words in one.message for one in findings)


def test_a_row_later_than_the_report(checked, book):
    put(book, "基本信息!B5", date(2023, 12, 1))
    book["预算信息"]["D5"] = None
    book["预算调整"].append((date(2023, 12, 20), "", "甲项目", "追加", 6, None))
    (finding,) = said(checked, book, "PG124")
    assert "比成文日期（2023年12月1日）还晚" in finding.message


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (date(2024, 4, 26), False), (date(2023, 12, 31), False), (date(2025, 3, 1), False),
        (None, False), (date(2023, 4, 26), True), (date(2032, 4, 26), True),
    ],
)  # fmt: skip
def test_a_review_is_dated_after_its_year(checked, book, day, wrong):
    findings = said(checked, put(book, "基本信息!B5", day), "PG125")
    assert [str(one.ref) for one in findings] == (["基本信息!B5"] if wrong else [])


@pytest.mark.parametrize(
    ("day", "wrong"),
    [("2023-02-10", False), ("2022-12-20", False), ("2024-02-10", True), ("2020-02-10", True)],
)
def test_a_plan_is_dated_before_or_in_its_year(found_in, day, wrong):
    content = {"单位信息": [{"成文日期": day}]}
    assert len(found_in("hitech-performance-text", content, "PG125")) == wrong

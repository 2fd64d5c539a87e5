"""A filled workbook → the report, or every problem at once with its cell and its cure."""

from datetime import date
from decimal import Decimal

import pytest

from patience import no_hang
from perfgen.checks import run_checks
from perfgen.errors import WorkbookError
from perfgen.figures import compute
from workbooks.make import BROKEN, as_bytes, good_workbook, put


def test_a_good_workbook_has_no_problem(problems, book):
    assert problems(book) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_workbook_broken_in_one_way_gets_one_problem_with_its_place_and_cure(problems, name):
    book = good_workbook()
    BROKEN[name].change(book)
    (problem,) = problems(book)
    assert problem.where == BROKEN[name].where
    for words in BROKEN[name].says:
        assert words in problem.message + problem.hint


def test_every_problem_of_every_sheet_is_told_at_once(problems):
    book = good_workbook()
    for place, value in (
        ("基本信息!B3", "今年"),
        ("预算信息!C5", "约60"),
        ("预算信息!F6", "12,34"),
        ("绩效指标!E4", "≥"),
        ("重点任务!B3", None),
    ):
        put(book, place, value)
    assert [problem.where for problem in problems(book)] == [
        "基本信息!B3", "预算信息!C5", "预算信息!F6", "重点任务!B3", "绩效指标!E4",
    ]  # fmt: skip


def test_the_error_counts_the_problems_and_says_that_nothing_was_written(read):
    with pytest.raises(WorkbookError) as refused:
        read(put(put(good_workbook(), "预算信息!C5", "约60"), "预算信息!C6", "约40"))
    assert refused.value.message == "自评.xlsx 有 2 处读不懂，没有生成任何文件"


def test_a_missing_budget_sheet_is_not_told_again_for_each_row_of_the_ledger(problems, book):
    for _ in range(3):
        book["预算调整"].append((None, None, "甲项目", "追加", 2, None))
    book.remove(book["预算信息"])
    (problem,) = problems(book)
    assert problem.message == "缺少工作表“预算信息”"


def test_the_ledger_is_read_in_any_notation(read, book):
    book["预算调整"].append(("2023.6.30", "苏财预〔2023〕15号", "甲项目 ", " 追加", "6.00", "中期"))
    book["预算调整"].append((None, None, "甲项目", "追减", "（", None))
    put(book, "预算调整!E3", "1,000.5")
    first, second = read(book).adjustments
    assert (first.day, first.line, first.type) == (date(2023, 6, 30), "甲项目", "追加")
    assert (first.amount, second.amount) == (Decimal("6.00"), Decimal("1000.5"))


def test_a_section_may_go_on_in_several_rows(read, book):
    put(book, "文字部分!A3", None)
    put(book, "文字部分!B2", "第一段\n\n　　第二段")
    first, second = read(book).sections
    assert first.name == second.name == "二、年度履职目标完成情况"
    assert first.paragraphs == ("第一段", "第二段")


def test_a_target_may_be_split_over_columns_or_not(read, book):
    words, split, whole = (row.target for row in read(book).indicators)
    assert (words.text, words.operator) == ("合理", None)
    assert (split.text, split.operator) == ("=100%", "=")
    assert (whole.text, whole.measure.number) == ("≥50家", 50)


def test_each_field_knows_its_cell(read, book):
    report = read(book)
    assert str(report.budget[3].cell("initial")) == "预算信息!C5"
    assert str(report.indicators[1].cell("target.full")) == "绩效指标!E3"
    assert str(report.tasks[1].cell("duty")) == "重点任务!A3"


def test_only_headers_give_an_empty_report(read, book):
    for name in ("文字部分", "预算信息", "重点任务", "绩效指标"):
        book[name].delete_rows(2, 99)
    report = read(book)
    assert report.budget == report.tasks == report.indicators == report.sections == ()


def test_an_empty_workbook_is_told_what_every_sheet_lacks(problems):
    book = good_workbook()
    for sheet in book:
        sheet.delete_rows(1, 99)
    messages = {problem.where: problem.message for problem in problems(book)}
    assert messages["预算信息"] == messages["绩效指标"] == "找不到表头"
    assert messages["基本信息"].startswith("缺少“")


def test_ten_thousand_rows_are_read_in_seconds(read, suzhou, book):
    book["预算调整"].append((None, None, "甲项目", "追加", 6, None))
    for number in range(10_000):
        book["预算信息"].append((f"项目{number}", "项目明细", 10, None, None, 10 + number % 2))
        book["预算调整"].append((None, None, f"项目{number}", "追加", 1, None))
    content = as_bytes(book)
    with no_hang():
        report = read(content)
        figures = compute(report, suzhou.rules)
        checked = run_checks(report, figures, suzhou)
    assert figures.budget[2].initial == 100 + 10 * 10_000
    assert figures.budget[2].adjustment == 6 + 10_000
    assert checked.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\n" * 32000 + "项",
        "a" + " " * 32000 + "项",
        "(单位" * 10900,
        "1," * 16000,
        "9" * 32767,
        "2023" + " " * 32000,
        "=" * 32767,
        "¥" * 32767,
        "_x" * 16000,
    ],
)
def test_no_text_however_odd_takes_more_than_a_moment(problems, text):
    book = good_workbook()
    for place in ("预算信息!H1", "预算信息!A5", "预算信息!C5", "绩效指标!E4", "绩效指标!G4",
                  "基本信息!B5", "重点任务!C2", "预算信息!B6"):  # fmt: skip
        put(book, place, text)
    with no_hang():
        problems(book)


def test_a_ledger_of_nothing_but_misspelt_names_is_told_in_seconds(problems, book):
    for number in range(1000):
        book["预算信息"].append((f"第{number}个项目", "项目明细", 10, None, None, 1, None))
        book["预算调整"].append((None, None, f"第{number}项目", "追加", 1, None))
    with no_hang():
        found = problems(book)
    assert len(found) == 1000
    assert "是不是“第0个项目”？" in found[0].hint


def test_a_name_that_is_misspelt_in_many_rows_is_one_problem(problems, book):
    for _ in range(3):
        book["预算调整"].append((None, None, "甲项日", "追加", 6, None))
    book["预算调整"].append((None, None, "丙", "追加", 6, None))
    first, second = problems(book)
    assert (str(first.ref), first.message) == (
        "预算调整!C2",
        "预算表里没有“甲项日”这个预算项目（共 3 行这样写）",
    )
    assert str(second.ref) == "预算调整!C5"

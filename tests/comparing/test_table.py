"""The page 调整对照表: what changed, as a table for the file."""

import re
from datetime import date

import pytest

from perfgen.build import load
from perfgen.comparing import compare, take_snapshot
from perfgen.comparing.table import comparison_page
from workbooks.make import good_workbook, put


@pytest.fixture
def rows(saved, suzhou):
    """The table's rows from the good workbook to another, each as the texts of its cells."""

    def snapshot(book):
        loaded = load(saved(book), say=lambda _: None)
        return take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)

    before = snapshot(good_workbook())

    def table(book):
        after = snapshot(book)
        page = comparison_page(compare(before, after), after, suzhou, date(2023, 12, 31))
        return [
            [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
            for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)
        ]

    return table


def amounts(rows):
    """The rows of the ledger's amounts: before, after and the difference."""
    return [row[-4:-1] for row in rows if "金额" in row]


def test_a_cut_is_printed_as_the_annex_prints_it(rows, book):
    book["预算调整"].append((None, "某财〔2023〕9号", "乙项目", "追减", 6, None))
    assert amounts(rows(book)) == [["", "-6", "-6"]]


def test_an_addition_stays_positive(rows, book):
    book["预算调整"].append((None, "某财〔2023〕9号", "乙项目", "追加", 6, None))
    assert amounts(rows(book)) == [["", "6", "+6"]]


def test_a_renamed_row_and_new_and_lost_ones_print_all_that_they_hold(rows, book):
    put(book, "预算信息!A6", "乙项目（二期）")
    put(book, "重点任务!B2", "数字化改造")
    put(book, "重点任务!C2", "全部完成，效果良好。")
    assert [row for row in rows(book) if "调整前" not in row] == [
        ["乙项目（二期）", "名称", "乙项目", "乙项目（二期）"],
        ["数字化改造", "对应部门主要职责", "", "职能1：拟订规划"],
        ["任务名称", "", "数字化改造"],
        ["完成情况", "", "全部完成，效果良好。"],
        ["编制规划", "对应部门主要职责", "职能1：拟订规划", ""],
        ["任务名称", "编制规划", ""],
        ["完成情况", "已经印发。", ""],
    ]

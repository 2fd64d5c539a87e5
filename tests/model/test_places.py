"""Which row a cell belongs to, in the words that an officer reads beside a finding."""

import pytest

from perfgen.model.cells import CellRef
from perfgen.model.places import Places
from workbooks.make import put


@pytest.fixture
def shown(read, suzhou):
    """The line for a cell, such as 预算信息!F6, of a workbook; about what a message says."""

    def show(book, place, about=""):
        report = read(book)
        sheet, _, address = place.partition("!")
        row, column = int(address[1:]), ord(address[0]) - ord("A") + 1
        found = Places(report, suzhou).find(CellRef(report.workbook, sheet, row, column))
        return found and found.shown(about)

    return show


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("预算信息!F6", "项目明细 │ 乙项目 │ 实际支出数：39.5"),
        ("预算信息!E6", "项目明细 │ 乙项目 │ 调整预算数：（自动计算）"),
        ("预算信息!D6", "项目明细 │ 乙项目 │ 上年度结转及当年预算追加追减数：（空）"),
        ("预算信息!F3", "基本支出 │ 实际支出数：95"),
        ("预算信息!A6", "项目明细 │ 预算项目：乙项目"),
        ("绩效指标!D4", "履职 │ 走访企业数量 │ 指标目标值：≥50家"),
        ("绩效指标!E4", "履职 │ 走访企业数量 │ 指标目标值：≥50家"),
        ("重点任务!C3", "职能1：拟订规划 │ 组织评估 │ 完成情况：已经完成。"),
        ("文字部分!B2", "二、年度履职目标完成情况 │ 正文：各项任务都已完成。"),
        ("基本信息!B3", "年度：2023"),
    ],
)
def test_a_row_is_told_by_what_it_belongs_to_its_name_and_the_cell(shown, book, place, line):
    assert shown(book, place) == line


@pytest.mark.parametrize("place", ["预算信息!F99", "没有的表!A1"])
def test_a_cell_outside_the_rows_that_were_read_has_none(shown, book, place):
    assert shown(book, place) is None


def test_of_a_long_text_the_part_that_the_message_speaks_of_is_shown(shown, book):
    text = "一" * 60 + "苏府办【2023】121号" + "二" * 60
    put(book, "文字部分!B2", text)
    line = shown(book, "文字部分!B2", "文号“苏府办【2023】121号”应当写作 苏府办〔2023〕121号")
    assert line.endswith("…")
    assert "正文：…" in line
    assert "苏府办【2023】121号" in line
    assert len(line) < 70


def test_a_long_text_is_shown_from_its_beginning_where_nothing_in_it_is_named(shown, book):
    put(book, "文字部分!B2", "甲" + "一" * 80)
    assert "正文：甲一" in shown(book, "文字部分!B2", "这一段有问题")


def test_paragraphs_stand_on_one_line(shown, book):
    put(book, "文字部分!B2", "第一段。\n第二段。")
    assert shown(book, "文字部分!B2").endswith("正文：第一段。 第二段。")

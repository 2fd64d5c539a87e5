"""Table sheets as officers leave them: moved, merged, sorted, with columns of their own."""

from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from patience import no_hang
from workbooks.make import COLUMNS, put, with_xml


def names(report):
    return [line.name for line in report.budget]


def add_chart_sheet(book, name):
    """A sheet that is nothing but a chart."""
    chart = BarChart()
    chart.add_data(Reference(book["预算信息"], min_col=3, min_row=1, max_row=6))
    book.create_chartsheet(name).add_chart(chart)


# --- where the table stands ----------------------------------------------------------------------


def test_titles_and_notes_may_stand_above_the_header(read, book):
    book["预算信息"].insert_rows(1, 4)
    put(book, "预算信息!A1", "2023年度预算执行情况表")
    put(book, "预算信息!G3", "单位：万元")
    report = read(book)
    assert names(report) == ["预算总金额", "基本支出", "项目支出", "甲项目", "乙项目"]
    assert str(report.budget[3].cell("initial")) == "预算信息!C9"


def test_columns_may_stand_in_any_order(read, book):
    for row in book["预算信息"].iter_rows(max_col=7):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value
    report = read(book)
    assert report.budget[3].initial == 60
    assert str(report.budget[3].cell("initial")) == "预算信息!E5"


def test_sheets_may_stand_in_any_order(read, book):
    book.move_sheet("绩效指标", -6)
    assert len(read(book).indicators) == 3


@pytest.mark.parametrize(
    "header",
    [
        "年初预算数（万元）", "年初预算数(万元)", "年初预算数（单位：万元）",
        "年初 预算数", "年初\n预算数",
        " 年初预算数 ", "年初预算数*", "年初预算数：", "年初预算数（必填）", "年初预算数\u200b",
    ],
)  # fmt: skip
def test_spaces_line_breaks_and_units_in_a_header_do_not_matter(read, book, header):
    assert read(put(book, "预算信息!C1", header)).budget[3].initial == 60


@pytest.mark.parametrize(
    "header", ["年初预算数（元）", "年初预算数(单位:元)", "年初预算数（ 元 ）"]
)
def test_amounts_under_a_header_of_another_unit_are_converted_and_told(read, book, header):
    put(put(book, "预算信息!C1", header), "预算信息!C5", 600000)
    report = read(book)
    assert report.budget[3].initial == 60
    (notice,) = report.notices
    assert (str(notice.ref), notice.grave) == ("预算信息!C1", True)
    assert "表里写的单位是元，金额单位是万元，已换算成万元" in notice.message


def test_a_row_above_the_table_may_state_the_unit(read, book):
    book["预算信息"].insert_rows(1, 2)
    put(put(book, "预算信息!A1", "2023年预算"), "预算信息!F2", "单位：元")
    report = read(book)
    assert report.budget[3].initial == Decimal("0.006")
    (notice,) = report.notices
    assert "年初预算数、" in notice.message


def test_a_unit_above_the_table_that_its_headers_contradict_is_a_problem(problems, book):
    book["预算信息"].insert_rows(1)
    put(put(book, "预算信息!A1", "单位：元"), "预算信息!C2", "年初预算数（万元）")
    (problem,) = problems(book)
    assert "的单位是万元，表上方写的单位是元" in problem.message


def test_units_that_agree_are_not_spoken_of(read, book):
    book["预算信息"].insert_rows(1)
    put(put(book, "预算信息!A1", "单位：万元"), "预算信息!C2", "年初预算数（万元）")
    assert read(book).notices == ()


def test_an_amount_with_a_unit_of_its_own_is_converted_and_told(read, book):
    report = read(put(book, "预算信息!C5", "600000元"))
    assert report.budget[3].initial == 60
    (notice,) = report.notices
    assert notice.message == "年初预算数：“600000元”的单位是元，已换算成 60万元"


def test_struck_out_text_is_left_out_and_told(read, book):
    struck = TextBlock(InlineFont(strike=True), "旧名称")
    put(book, "重点任务!B2", CellRichText(struck, TextBlock(InlineFont(b=True), "新名称")))
    report = read(book)
    assert report.tasks[0].name == "新名称"
    (notice,) = report.notices
    assert "划了删除线的“旧名称”没有印出来" in notice.message


def test_a_cell_that_is_struck_out_as_a_whole_is_read_and_told(read, book):
    put(book, "预算信息!C5", 60)
    book["预算信息"]["C5"].font = Font(strike=True)
    report = read(book)
    assert report.budget[3].initial == 60
    assert [(str(notice.ref), notice.grave) for notice in report.notices] == [("预算信息!C5", True)]


@pytest.mark.parametrize("name", ["预算信息 ", " 预算信息", "预算 信息", "预算信息　"])
def test_spaces_in_the_name_of_a_sheet_do_not_matter(read, book, name):
    book["预算信息"].title = name
    report = read(book)
    assert report.budget[3].initial == 60
    assert report.budget[3].cell("initial").sheet == name


def test_a_sheet_with_just_the_right_name_goes_before_one_with_spaces(read, book):
    copy = book.copy_worksheet(book["预算信息"])
    copy.title = "预算信息 "
    book.move_sheet(copy, -8)
    put(book, "预算信息 !C5", 7)
    assert read(book).budget[3].initial == 60


def test_sheets_of_the_officers_own_do_not_disturb(read, book):
    book.create_sheet("计算草稿")["A1"] = "=1/0"
    add_chart_sheet(book, "图表")
    assert len(read(book).budget) == 5


def test_a_chart_in_the_place_of_a_sheet_is_a_missing_sheet(problems, book):
    book.remove(book["重点任务"])
    add_chart_sheet(book, "重点任务")
    (problem,) = problems(book)
    assert problem.message == "缺少工作表“重点任务”"


# --- rows ----------------------------------------------------------------------------------------


def test_blank_rows_between_are_passed_over(read, book):
    book["预算信息"].insert_rows(4, 3)
    put(book, "预算信息!A5", "   ")
    assert len(read(book).budget) == 5


def test_spare_rows_with_only_formulas_are_blank(read, book):
    for row in range(7, 30):
        put(book, f"预算信息!E{row}", f"=C{row}+D{row}")
        put(book, f"预算信息!G{row}", f"=F{row}/E{row}")
    assert len(read(book).budget) == 5


def test_formulas_copied_down_that_give_nothing_or_zero_are_blank(read, book):
    put(put(book, "预算信息!C7", "=SUM(C20:C30)"), "预算信息!F7", '=IF(A7="","",1)')
    content = with_xml(
        book,
        {
            "C7": '<c r="C7"><f>SUM(C20:C30)</f><v>0</v></c>',
            "F7": '<c r="F7" t="str"><f>IF(A7="","",1)</f><v></v></c>',
        },
    )
    assert len(read(content).budget) == 5


def test_a_row_of_formulas_with_results_is_a_row(problems, book):
    put(book, "预算信息!C7", "=SUM(C5:C6)")
    (problem, *_) = problems(book)
    assert problem.where.startswith("预算信息!")


def test_remarks_beside_the_table_are_no_rows(read, book):
    put(book, "预算信息!J9", "财务处已核")
    assert len(read(book).budget) == 5


def test_a_sheet_that_need_not_be_filled_may_be_empty_or_missing(read, book):
    book["预算调整"].delete_rows(1)
    book.remove(book["说明事项"])
    report = read(book)
    assert report.adjustments == report.waivers == ()


# --- labels over several rows --------------------------------------------------------------------


def test_a_label_may_stand_in_the_first_of_its_rows_only(read, book):
    assert [task.duty for task in read(book).tasks] == [
        "职能1：拟订规划", "职能1：拟订规划", "职能2：服务企业",
    ]  # fmt: skip


def test_a_label_may_be_merged_over_its_rows(read, book):
    put(book, "重点任务!A4", None)
    book["重点任务"].merge_cells("A2:A4")
    assert {task.duty for task in read(book).tasks} == {"职能1：拟订规划"}


def test_a_blank_row_inside_a_merged_label_does_not_break_it(read, book):
    book["重点任务"].insert_rows(3)
    book["重点任务"].merge_cells("A2:A4")
    assert [task.name for task in read(book).tasks] == ["编制规划", "组织评估", "走访企业"]


def test_a_title_merged_across_columns_is_no_label(problems, book):
    book["绩效指标"].insert_rows(2)
    put(book, "绩效指标!A2", "一、共性指标")
    book["绩效指标"].merge_cells("A2:J2")
    found = {problem.where: problem.message for problem in problems(book)}
    assert found.keys() == {"绩效指标!A2", "绩效指标!B2"}


def test_a_wrong_label_over_many_rows_is_one_problem(problems, book):
    put(put(book, "绩效指标!A2", "决定"), "绩效指标!A3", None)
    put(book, "绩效指标!A4", None)
    (problem,) = problems(book)
    assert problem.where == "绩效指标!A2"


# --- columns of the officer's own ----------------------------------------------------------------


def test_columns_of_the_officers_own_reach_the_report_under_their_headers(read, book):
    put(put(book, "预算信息!H1", "负责\n处室"), "预算信息!H5", "外贸处")
    put(put(book, "预算信息!J1", "占比"), "预算信息!J5", 0.6, "0.0%")
    assert read(book).budget[3].extra == {"负责处室": "外贸处", "占比": "60.0%"}


def test_two_columns_of_one_name_are_told_apart(read, book):
    for letter, text in (("H", "甲"), ("I", "乙")):
        put(put(book, f"预算信息!{letter}1", "备注"), f"预算信息!{letter}5", text)
    assert read(book).budget[3].extra == {"备注": "甲", "备注2": "乙"}


def test_an_error_in_a_column_of_the_officers_own_prints_blank(read, book):
    put(put(book, "预算信息!H1", "增长"), "预算信息!H5", "#DIV/0!")
    assert read(book).budget[3].extra == {"增长": ""}


def test_a_character_that_cannot_be_printed_is_a_problem_even_there(problems, book):
    put(put(book, "预算信息!H1", "备注"), "预算信息!H5", "甲_x0001_")
    (problem,) = problems(book)
    assert (problem.where, problem.message) == (
        "预算信息!H5", "备注：含有不可见的控制字符 U+0001",
    )  # fmt: skip


def test_an_own_column_that_is_like_no_other_is_left_alone(read, book):
    book["绩效指标"].delete_cols(COLUMNS["绩效指标"]["指标方向"])
    put(put(book, "绩效指标!K1", "责任处室"), "绩效指标!K2", "办公室")
    assert read(book).indicators[0].extra == {"责任处室": "办公室"}


# --- computed columns ----------------------------------------------------------------------------


def test_whatever_stands_in_a_computed_column_is_no_problem(read, book):
    for row, value in enumerate(["生成时计算", "#DIV/0!", "=1/0", True, "——"], 2):
        put(book, f"预算信息!G{row}", value)
    assert [line.execution_rate for line in read(book).budget] == [None] * 5


def test_a_typed_figure_in_a_computed_column_is_kept_for_comparison(read, book):
    report = read(put(put(book, "预算信息!E5", 67), "预算信息!G5", "99.00%"))
    assert (report.budget[3].adjusted, str(report.budget[3].execution_rate)) == (67, "0.99")


def test_a_formula_in_a_computed_column_is_the_workbooks_own(read, book):
    put(book, "预算信息!E5", "=C5")
    content = with_xml(book, {"E5": '<c r="E5"><f>C5</f><v>60</v></c>'})
    assert read(content).budget[3].adjusted is None


def test_a_label_that_a_formula_leaves_empty_means_as_above(read, book):
    put(book, "重点任务!A3", '=""')
    content = with_xml(
        book, {"A3": '<c r="A3" t="str"><f>""</f><v></v></c>'}, part="xl/worksheets/sheet5.xml"
    )
    assert read(content).tasks[1].duty == "职能1：拟订规划"


def test_a_thousand_columns_of_the_officers_own_cost_no_time(read, book):
    for column in range(11, 1000):
        book["预算信息"].cell(1, column).value = "备注"
    with no_hang():
        assert len(read(book).budget) == 5

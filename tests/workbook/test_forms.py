"""The form sheet (基本信息): items and their contents, however the officer lays them out."""

from datetime import date

from workbooks.make import put


def test_the_facts_of_the_report(read, book):
    report = read(book)
    assert (report.unit, report.year, report.amount_unit) == ("某某局", 2023, "万元")
    assert report.day == date(2024, 4, 26)


def test_items_may_stand_in_any_order_with_blank_rows_between(read, book):
    form = book["基本信息"]
    form.move_range("A3:C3", rows=9)
    assert read(book).year == 2023


def test_items_may_stand_beside_each_other_and_behind_a_number(read, book):
    form = book["基本信息"]
    form.delete_rows(1, 9)
    form.append(("序号", "项目", "内容"))
    form.append((1, "部门（单位）名称", "某某局", "年度", "2023年度"))
    report = read(book)
    assert (report.unit, report.year, report.amount_unit) == ("某某局", 2023, "万元")


def test_an_item_may_be_merged_over_two_columns(read, book):
    form = book["基本信息"]
    form.insert_cols(2)
    for row in range(1, 8):
        form.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    assert read(book).unit == "某某局"


def test_spaces_and_colons_in_an_item_do_not_matter(read, book):
    put(book, "基本信息!A3", " 年  度：")
    assert read(put(book, "基本信息!A2", "部门(单位)名称*")).year == 2023


def test_the_date_is_the_end_of_the_year_where_none_is_given(read, book):
    assert read(put(book, "基本信息!B5", None)).day == date(2023, 12, 31)


def test_the_unit_of_amounts_is_the_layouts_where_none_is_given(read, book):
    assert read(put(book, "基本信息!B4", None)).amount_unit == "万元"
    book["基本信息"].delete_rows(4)
    assert read(book).amount_unit == "万元"


def test_the_unit_of_amounts_decides_how_amounts_are_read(read, book):
    put(put(book, "基本信息!B4", "元"), "预算信息!C5", "600000元")
    assert read(book).budget[3].initial == 600000


def test_items_of_the_officers_own_are_facts_too_and_headings_are_not(read, book):
    put(put(book, "基本信息!A9", "主管领导"), "基本信息!B9", "张某")
    facts = read(book).facts
    assert facts["主管领导"].value == "张某"
    assert "项目" not in facts


def test_each_fact_knows_its_cell(read, book):
    assert str(read(book).facts["unit"].cell("value")) == "基本信息!B2"

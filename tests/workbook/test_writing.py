"""The fill-in workbook: what an officer finds on opening it, and what Excel finds in its parts."""

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openxml_audit import OpenXmlValidator

from perfgen.errors import OutputError
from perfgen.layouts import find_layout, load_layout
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.workbook.identity import stated_layout, stated_schema
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import workbook_bytes, write_workbook

SUZHOU = load_layout(find_layout("suzhou-self-evaluation"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A workbook just made for an office and a year."""
    path = tmp_path_factory.mktemp("fresh") / "自评.xlsx"
    write_workbook(SUZHOU, path, year=2023, unit="苏州市商务局")
    return path


@pytest.fixture(scope="module")
def book(fresh):
    return openpyxl.load_workbook(fresh)


def columns_of(worksheet):
    """The cell below each header, by header text."""
    headers = {cell.value: cell.column for cell in worksheet[1]}
    return {header: worksheet.cell(2, column) for header, column in headers.items()}


def rules_of(worksheet, column):
    """The validations that hold for a column's cells below the header."""
    return [
        rule
        for rule in worksheet.data_validations.dataValidation
        if f"{get_column_letter(column)}2" in rule.sqref
    ]


def written(tmp_path, content, layout=SUZHOU, **options):
    """A workbook written from content, opened again."""
    path = tmp_path / "内容.xlsx"
    write_workbook(layout, path, content=content, **options)
    return openpyxl.load_workbook(path)


# --- what is on the sheets -----------------------------------------------------------------------


def test_the_sheets_stand_in_the_layouts_order_and_helpers_are_hidden(book):
    names = [sheet.name for sheet in SUZHOU.sheets]
    assert book.sheetnames[: len(names)] == names
    assert all(book[name].sheet_state == "visible" for name in names)
    assert all(sheet.sheet_state == "hidden" for sheet in book.worksheets[len(names) :])


def test_each_table_has_exactly_the_declared_headers_in_its_first_row(book):
    for sheet in SUZHOU.sheets:
        if sheet.kind == "table":
            headers = [cell.value for cell in book[sheet.name][1]]
            assert headers == [column.header for column in sheet.columns]


def test_the_form_lists_its_items_with_unit_year_and_defaults_filled_in(book):
    rows = {row[0].value: (row[1].value, row[2].value) for row in book["基本信息"]["A1:C7"]}
    assert rows["部门（单位）名称"][0] == "苏州市商务局"
    assert rows["年度"][0] == 2023
    assert rows["金额单位"][0] == "万元"
    assert rows["成文日期"][0] is None
    assert rows["部门（单位）名称"][1].startswith("必填。写单位全称")


def test_the_indicators_fixed_for_the_year_stand_ready(book):
    names = [row[1] for row in book["绩效指标"].iter_rows(min_row=2, values_only=True) if row[1]]
    assert names == [row["指标名称"] for row in SUZHOU.ready_rows(2023)["绩效指标"]]


def test_another_year_brings_another_set():
    rows = SUZHOU.ready_rows(2024)["绩效指标"]
    assert [row["指标名称"] for row in rows] != [
        row["指标名称"] for row in SUZHOU.ready_rows(2023)["绩效指标"]
    ]


def test_the_guide_explains_every_column_of_every_sheet(book):
    told = [[cell.value or "" for cell in row] for row in book["填报说明"].iter_rows()]
    for sheet in SUZHOU.sheets:
        for column in sheet.columns:
            needed = (
                "自动计算" if column.computed
                else "必填" if column.required
                else "应填" if column.expected
                else "选填"
            )  # fmt: skip
            told_here = [row[3] for row in told if row[1:3] == [column.header, needed]]
            assert any(text.startswith(column.help) for text in told_here)


def test_the_guide_links_to_every_sheet_and_cannot_be_changed_by_accident(book):
    guide = book["填报说明"]
    links = [cell.hyperlink for row in guide.iter_rows() for cell in row if cell.hyperlink]
    targets = {link.location for link in links}
    assert targets == {f"{s.name}!A1" for s in SUZHOU.sheets if s.kind != "guide"}
    assert guide.protection.sheet


def test_data_sheets_are_free_to_edit(book):
    for sheet in SUZHOU.sheets:
        if sheet.kind != "guide":
            assert not book[sheet.name].protection.sheet


# --- help inside the cells -----------------------------------------------------------------------


def list_behind(book, rule):
    """The choices of a list rule."""
    defined = book.defined_names[rule.formula1]
    (sheet, area) = next(iter(defined.destinations))
    return [cell.value for row in book[sheet][area] for cell in row]


def test_every_choice_has_its_list(book):
    for sheet in SUZHOU.sheets:
        if sheet.kind != "table":
            continue
        for place, column in enumerate(sheet.columns, 1):
            if column.choices:
                (rule,) = rules_of(book[sheet.name], place)
                assert rule.type == "list"
                assert list_behind(book, rule) == list(column.choices)


def test_the_ledger_offers_the_lines_of_the_budget_table(book):
    ledger = book["预算调整"]
    (rule,) = rules_of(ledger, columns_of(ledger)["预算项目"].column)
    assert rule.type == "list"
    assert "预算信息!$A:$A" in book.defined_names[rule.formula1].attr_text


def test_amounts_and_days_warn_without_refusing(book):
    ledger = book["预算调整"]
    cells = columns_of(ledger)
    (amount,) = rules_of(ledger, cells["金额"].column)
    (day,) = rules_of(ledger, cells["日期"].column)
    assert (amount.type, amount.errorStyle) == ("decimal", "warning")
    assert "金额只填数字" in amount.error
    assert (day.type, day.errorStyle) == ("date", "warning")
    assert day.prompt == "调整文件的日期，例如：2023-06-30"


def test_texts_are_text_cells_down_to_the_end_of_the_sheet(book):
    indicators = book["绩效指标"]
    for header in ("目标符号", "指标目标值", "计量单位", "指标完成值", "完成值来源", "原因分析"):
        cell = columns_of(indicators)[header]
        assert cell.number_format == "@"
    unformatted_row = indicators.max_row + 50
    assert indicators.column_dimensions["E"].number_format == "@"
    assert indicators.cell(unformatted_row, 5).value is None


def test_missing_content_turns_yellow_only_in_rows_that_have_something(book):
    budget = book["预算信息"]
    (rule,) = budget.conditional_formatting["F1:F5000"][:1]
    assert rule.dxf.fill.bgColor.rgb == "FFFFF2CC"
    assert "LEN(TRIM(F1))=0" in rule.formula[0]
    assert "COUNTA($A1:$D1,$F1:$F1)>0" in rule.formula[0]
    assert "G1:G5000" not in [str(area.sqref) for area in budget.conditional_formatting]


def test_spare_rows_bring_formulas_and_beyond_them_columns_keep_their_format(book):
    budget, sheet = book["预算信息"], SUZHOU.sheet("预算信息")
    last = 1 + len(SUZHOU.ready_rows(2023)["预算信息"]) + sheet.spare_rows
    assert budget.cell(last, 5).value == budget.cell(2, 5).value
    assert budget.cell(last + 1, 5).value is None
    assert budget.cell(2, 5).value.startswith("=")


def test_a_text_column_is_not_marked_as_numbers_stored_as_text(fresh):
    xml = part(fresh, "xl/worksheets/sheet7.xml")
    assert re.search(r'<ignoredError sqref="[^"]*E2:E5000[^"]*" numberStoredAsText="1"/>', xml)


# --- how it opens and prints ---------------------------------------------------------------------


def part(path, name):
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode()


def test_a_fresh_workbook_opens_on_the_guide_and_a_filled_one_on_the_form(book, tmp_path):
    assert book.active.title == "填报说明"
    assert written(tmp_path, {}).active.title == "基本信息"


def test_the_cursor_waits_in_the_first_empty_field(book):
    assert book["基本信息"].sheet_view.selection[0].activeCell == "B5"
    assert book["绩效指标"].sheet_view.selection[-1].activeCell == "G2"


def test_headers_stay_in_sight_and_on_every_printed_page(book):
    for sheet in SUZHOU.sheets:
        if sheet.kind == "table":
            worksheet = book[sheet.name]
            assert worksheet.freeze_panes.endswith("2")
            assert worksheet.print_title_rows == "$1:$1"
            assert worksheet.page_setup.paperSize == 9
            assert (worksheet.page_setup.orientation == "landscape") == sheet.landscape
            assert worksheet.sheet_properties.pageSetUpPr.fitToPage
            assert worksheet.page_setup.fitToHeight == 0
            assert "&P" in worksheet.oddFooter.center.text


def test_only_sheets_without_merged_meanings_can_be_sorted_from_the_header(book):
    assert book["预算信息"].auto_filter.ref
    assert book["重点任务"].auto_filter.ref is None  # an empty duty means "as above"


def test_rows_have_room_for_their_texts_and_may_still_grow(tmp_path):
    text = "全市商务工作按年度履职目标有序推进。" * 40
    path = tmp_path / "长.xlsx"
    write_workbook(SUZHOU, path, content={"文字部分": [{"章节": "三、概况", "正文": text}]})
    row = re.search(r'<row r="2"[^>]*>', part(path, "xl/worksheets/sheet3.xml")).group()
    assert float(re.search(r'ht="([\d.]+)"', row).group(1)) > 200
    assert "customHeight" not in row


# --- content -------------------------------------------------------------------------------------


def test_content_takes_the_place_of_the_ready_rows(tmp_path):
    book = written(tmp_path, {"预算信息": [{"预算项目": "项目甲", "类别": "项目明细"}]}, year=2023)
    assert [row[0].value for row in book["预算信息"]["A2:A4"]] == ["项目甲", None, None]
    assert book["绩效指标"]["B2"].value is None


def test_each_kind_is_written_as_excel_keeps_it(tmp_path):
    book = written(
        tmp_path,
        {
            "基本信息": [
                {"年度": "2023", "成文日期": date(2024, 4, 26), "部门（单位）名称": "甲局"}
            ],
            "预算信息": [{"预算项目": "=甲", "年初预算数": Decimal("40"), "实际支出数": "1320.70"}],
            "绩效指标": [{"指标名称": "-乙", "指标目标值": "=100%", "指标完成值": "99.04%"}],
        },
    )
    form, budget, indicators = book["基本信息"], book["预算信息"], book["绩效指标"]
    assert (form["B3"].value, form["B5"].value) == (2023, datetime(2024, 4, 26))
    assert form["B5"].number_format == "yyyy-mm-dd"
    assert (budget["A2"].value, budget["A2"].data_type) == ("=甲", "s")
    assert (budget["C2"].value, budget["C2"].number_format) == (40, "General")
    assert (budget["F2"].value, budget["F2"].number_format) == (1320.7, "#,##0.00")
    assert [indicators.cell(2, place).value for place in (2, 5, 7)] == ["-乙", "=100%", "99.04%"]
    assert indicators["E2"].data_type == "s"


def test_what_is_no_number_stays_as_typed_for_the_reader_to_name(tmp_path):
    rows = [{"预算项目": "甲", "年初预算数": text} for text in ("12.5万元", "NaN", "1,000")]
    budget = written(tmp_path, {"预算信息": rows})["预算信息"]
    assert [row[0].value for row in budget["C2:C4"]] == ["12.5万元", "NaN", "1,000"]


def test_line_breaks_and_odd_characters_survive(tmp_path):
    text = '第一段\r\n第二段 <b>&"x"</b> 𠮷 _x000D_'
    book = written(tmp_path, {"文字部分": [{"章节": "三", "正文": text}]})
    assert book["文字部分"]["B2"].value == text.replace("\r\n", "\n")


def test_a_computed_value_is_shown_until_the_workbook_is_recalculated(tmp_path):
    path = tmp_path / "内容.xlsx"
    row = {"预算项目": "甲", "调整预算数": Decimal("107.33"), "执行率": "—"}
    write_workbook(SUZHOU, path, content={"预算信息": [row]})
    cells = openpyxl.load_workbook(path, data_only=True)["预算信息"]
    assert (cells["E2"].value, cells["G2"].value) == (107.33, "—")
    assert openpyxl.load_workbook(path)["预算信息"]["E2"].value.startswith("=IFERROR(INDEX(_calc!")


def test_the_officers_own_columns_and_items_follow_the_declared_ones(tmp_path):
    book = written(
        tmp_path,
        {
            "基本信息": [{"部门（单位）名称": "甲局", "分管领导": "某某"}],
            "绩效指标": [{"指标名称": "甲", "责任处室": "财务处"}],
        },
    )
    assert [cell.value for cell in book["绩效指标"]["K"][:2]] == ["责任处室", "财务处"]
    assert [cell.value for cell in book["基本信息"][8]][:2] == ["分管领导", "某某"]


def test_a_sheet_that_the_layout_lacks_is_refused(tmp_path):
    with pytest.raises(ValueError, match="预算总表"):
        write_workbook(SUZHOU, tmp_path / "x.xlsx", content={"预算总表": []})
    assert not (tmp_path / "x.xlsx").exists()


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path):
    content = {"文字部分": [{"章节": "三", "正文": "长" * 32768}]}
    with pytest.raises(OutputError, match="“正文”有 32768 字"):
        write_workbook(SUZHOU, tmp_path / "x.xlsx", content=content)
    assert not (tmp_path / "x.xlsx").exists()


# --- identity, bytes, validity -------------------------------------------------------------------


def test_the_workbook_says_which_layout_it_is(fresh):
    opened = open_workbook(fresh)
    assert (stated_layout(opened), stated_schema(opened)) == (SUZHOU.id, SUZHOU.schema)
    assert stated_layout(replace(opened, names={})) == SUZHOU.id  # on its own sheet, too


def test_the_same_arguments_give_the_same_bytes():
    assert workbook_bytes(SUZHOU, year=2023) == workbook_bytes(SUZHOU, year=2023)
    assert workbook_bytes(SUZHOU, year=2023) != workbook_bytes(SUZHOU, year=2024)


def test_what_is_written_is_read_back(fresh):
    report = read_report(open_workbook(fresh), SUZHOU)
    assert (report.unit, report.year, report.amount_unit) == ("苏州市商务局", 2023, "万元")
    assert len(report.indicators) == 32
    assert [line.name for line in report.budget] == ["预算总金额", "基本支出", "项目支出"]
    assert report.adjustments == () and report.waivers == ()


def test_the_file_follows_the_standard(fresh):
    result = OpenXmlValidator().validate(fresh)
    assert [str(error) for error in result.errors] == []


def test_no_limit_of_excel_is_overstepped(fresh):
    with zipfile.ZipFile(fresh) as file:
        parts = {n: file.read(n).decode() for n in file.namelist() if n.startswith("xl/w")}
    for xml in parts.values():
        assert all(len(text) <= 32 for text in re.findall(r' promptTitle="([^"]*)"', xml))
        assert all(len(text) <= 255 for text in re.findall(r' (?:prompt|error)="([^"]*)"', xml))
        assert all(len(text) <= 255 for text in re.findall(r"<formula1>(.*?)</formula1>", xml))
        assert all(len(text) <= 8000 for text in re.findall(r"<f>(.*?)</f>", xml))
    names = re.findall(
        r'<definedName name="(\w+)"(?: localSheetId="(\d+)")?', parts["xl/workbook.xml"]
    )
    assert len(names) == len(set(names))


def test_formulas_use_only_what_excel_2010_knows(fresh):
    xml = part(fresh, "xl/worksheets/sheet10.xml") + part(fresh, "xl/worksheets/sheet4.xml")
    formulas = re.sub(r'"[^"]*"', "", " ".join(re.findall(r"<f>(.*?)</f>", xml)))
    known = {
        "ABS", "AND", "ASC", "CHAR", "COUNT", "COUNTIF", "COUNTIFS", "EXACT", "FIND", "IF",
        "IFERROR", "INDEX", "ISERROR", "ISNUMBER", "LEFT", "LEN", "MATCH", "MAX", "MID", "N",
        "NOT", "OR", "RIGHT", "ROUND", "ROW", "SUBSTITUTE", "SUM", "SUMIF", "SUMPRODUCT", "TEXT",
        "TRIM", "VALUE",
    }  # fmt: skip
    assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", formulas)) <= known


# --- any layout ----------------------------------------------------------------------------------


def test_a_layout_with_other_sheets_needs_no_code(tmp_path):
    marks = Sheet(
        name="得分 '明' 细",
        kind="table",
        record="mark",
        spare_rows=2,
        columns=(
            Column(header="评分项", role="mark.name", required=True, fill_down=True),
            Column(header="满分", role="mark.full", kind="amount", expected=True),
            Column(header="支出率", role="mark.rate", kind="percent"),
            Column(header="得分", role="mark.score", kind="amount", computed=True),
            Column(
                header="等级", role="mark.grade", kind="choice",
                choices=tuple(f"第{n}档，含说明的很长的一个选项" for n in range(60)),
            ),
        ),
    )  # fmt: skip
    layout = Layout(
        id="other", title="评分表", document="评分表", schema=3, folder=tmp_path,
        template="t.j2", styles=(), sheets=(marks,),
    )  # fmt: skip
    content = {marks.name: [{"评分项": "执行率", "满分": Decimal(5), "支出率": "72.52%"}]}
    book = written(tmp_path, content, layout=layout)
    sheet = book[marks.name]
    assert [cell.value for cell in sheet[2]][:3] == ["执行率", 5, pytest.approx(0.7252)]
    assert "生成时计算" in sheet["D2"].value
    (rule,) = rules_of(sheet, 5)
    assert list_behind(book, rule) == list(marks.columns[4].choices)


def test_a_budget_without_ledger_kinds_or_adjustments_still_computes(tmp_path):
    budget = SUZHOU.sheet("预算信息")
    fewer = tuple(c for c in budget.columns if c.field not in ("kind", "adjustment"))
    layout = replace(SUZHOU, sheets=(replace(budget, columns=fewer),))
    book = written(tmp_path, {"预算信息": [{"预算项目": "甲"}]}, layout=layout)
    assert book["预算信息"]["C2"].value.startswith("=IFERROR(INDEX(_calc!")


# --- on paper ------------------------------------------------------------------------------------


def test_a_table_too_wide_for_one_page_is_turned_and_cut_and_its_names_stand_on_each(tmp_path):
    layout = load_layout(find_layout("project-self-evaluation"))
    sheet = written(tmp_path, {}, layout)["项目"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_a_table_that_fits_stays_on_one_page(book):
    assert book["基本信息"].page_setup.fitToWidth in (None, 1)
    assert book["绩效指标"].page_setup.fitToWidth in (None, 1)


def test_the_guide_says_where_a_command_is_typed(book):
    texts = [cell.value for row in book["填报说明"].iter_rows() for cell in row if cell.value]
    (how,) = [text for text in texts if str(text).startswith("怎样运行")]
    assert "地址栏" in how and "perfgen build" in how

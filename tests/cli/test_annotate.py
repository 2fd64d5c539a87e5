"""`perfgen check --annotate`: a copy with the findings in it; the officer's file stays as it is."""

import io
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openxml_audit import OpenXmlValidator
from PIL import Image

from office import needs_office
from patience import WAIT
from perfgen.checks import find_rule
from workbooks.make import FORM, TABLES, as_bytes, put, rewritten

SAMPLE = Path(__file__).parents[2] / "inputs" / "suzhou-commerce-2023.xlsx"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
"""openpyxl, with which the tests look at the copy, says what it does not read."""

RED, YELLOW, BLUE = "FFFFC7CE", "FFFFE699", "FFBDD7EE"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(autouse=True)
def few_rules(monkeypatch):
    """Five rules, so that a workbook broken in one way has one finding whatever rules there are."""
    rules = tuple(map(find_rule, ("PG101", "PG102", "PG201", "PG202", "PG901")))
    monkeypatch.setattr("perfgen.checks.run.all_rules", lambda: rules)


@pytest.fixture
def overspent(book):
    """A workbook with one error: 乙项目 spent twice its budget (PG102 at 预算信息!F6)."""
    return put(book, "预算信息!F6", 80)


@pytest.fixture
def annotated(perfgen, saved, tmp_path):
    """Annotate a workbook; returns the copy, opened, and what was said."""

    def annotate(content, name="自评.xlsx"):
        copy = tmp_path / f"批注{name[name.rindex('.') :]}"
        said = perfgen("check", saved(content, name), "--annotate", copy)
        assert said.code in (0, 1), said.err
        book = openpyxl.load_workbook(copy)
        book.said, book.path = said, copy
        return book

    return annotate


def parts(path):
    """Each part of a package by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(book, name="检查结果"):
    """The rows of the first sheet below its header, by header text."""
    rows = list(book[name].iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def fill(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


# --- what is written -----------------------------------------------------------------------------


def test_a_finding_is_a_comment_and_a_fill_at_its_cell(annotated, overspent):
    book = annotated(overspent)
    cell = book["预算信息"]["F6"]
    assert cell.comment.text == (
        "错误[PG102] 实际支出超过调整预算\n"
        "乙项目实际支出 80，超过调整预算 40，执行率 200.00%\n"
        "建议：核对实际支出数，或补登追加的预算"
    )
    assert fill(cell) == RED
    assert cell.value == 80
    commented = [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row
                 if c.comment]  # fmt: skip
    assert commented == ["F6"]


def test_the_first_sheet_lists_every_finding_with_a_link(annotated, overspent):
    book = annotated(overspent)
    sheet = book.worksheets[0]
    assert (sheet.title, book.active.title) == ("检查结果", "检查结果")
    assert sheet["A1"].value == "检查结果：自评.xlsx"
    assert "错误 1" in sheet["A2"].value
    (row,) = listed(book)
    assert row == {
        "级别": "错误",
        "代码": "PG102",
        "位置": "预算信息!F6",
        "所在行": "项目明细 │ 乙项目 │ 实际支出数：80",
        "问题": "乙项目实际支出 80，超过调整预算 40，执行率 200.00%",
        "建议": "核对实际支出数，或补登追加的预算",
        "规则": "实际支出超过调整预算",
        "说明": None,
    }
    assert sheet["C5"].hyperlink.location == "'预算信息'!F6"
    assert fill(sheet["A5"]) == RED
    selected = [s.title for s in book.worksheets if s.sheet_view.tabSelected]
    assert selected == ["检查结果"]


def test_each_severity_has_its_colour_and_a_cell_the_gravest(annotated, overspent):
    put(overspent, "绩效指标!H3", None)
    put(put(overspent, "绩效指标!G4", "80家"), "绩效指标!J4", None)
    book = annotated(overspent)
    found = [(row["级别"], row["位置"]) for row in listed(book)]
    assert found == [("错误", "预算信息!F6"), ("提醒", "绩效指标!H3"), ("提示", "绩效指标!J4")]
    sheet = book["绩效指标"]
    assert (fill(sheet["H3"]), fill(sheet["J4"])) == (YELLOW, BLUE)


def test_several_findings_on_one_cell_make_one_comment(annotated, book):
    for row, name in ((5, "甲项目"), (6, "乙项目")):
        put(book, f"预算信息!E{row}", {"甲项目": 66, "乙项目": 40}[name])
    put(put(book, "预算信息!C4", 200), "预算信息!C2", 170)
    put(book, "预算信息!C6", -40)
    copy = annotated(book)
    by_cell = {}
    for row in listed(copy):
        if row["位置"]:
            by_cell.setdefault(row["位置"], []).append(row["代码"])
    for place, codes in by_cell.items():
        sheet, _, address = place.partition("!")
        text = copy[sheet][address].comment.text
        assert re.findall(r"\[(PG\d+)\]", text) == codes


def test_nothing_found_is_said_on_the_first_sheet(annotated, book):
    copy = annotated(book)
    assert copy.said.code == 0
    assert "检查没有发现问题" in copy["检查结果"]["A2"].value
    assert listed(copy) == []


def test_an_explained_finding_is_listed_and_marked_but_its_cell_is_left_alone(annotated, overspent):
    overspent["说明事项"].append(("PG102", "乙项目", "另有结转", "财务处", date(2024, 12, 31)))
    book = annotated(overspent)
    (row,) = listed(book)
    assert row["级别"] == "错误（已说明）"
    assert row["说明"] == "已说明：另有结转（财务处，有效期至 2024-12-31）"
    assert book["预算信息"]["F6"].comment is None
    assert fill(book["预算信息"]["F6"]) is None


def test_a_finding_without_a_cell_is_only_listed(annotated, book):
    book["绩效指标"].delete_rows(2, 3)
    copy = annotated(book)
    assert ("PG201", None) in [(row["代码"], row["位置"]) for row in listed(copy)]


# --- where it is written -------------------------------------------------------------------------


def test_a_comment_that_is_there_is_kept_and_the_finding_stands_below(annotated, overspent):
    overspent["预算信息"]["F6"].comment = Comment("请核对决算", "张三")
    overspent["预算信息"]["A2"].comment = Comment("别的批注", "李四")
    book = annotated(overspent)
    comment = book["预算信息"]["F6"].comment
    assert comment.text.startswith("请核对决算\n\n错误[PG102] ")
    assert comment.author == "张三"
    other = book["预算信息"]["A2"].comment
    assert (other.text, other.author) == ("别的批注", "李四")
    drawings = [text for name, text in parts(book.path).items() if name.endswith(".vml")]
    assert [text.count(b"ObjectType=") for text in drawings] == [2]


def test_the_box_of_a_comment_grows_with_its_text(annotated, overspent):
    overspent["预算信息"]["F6"].comment = Comment("请核对", "张三")
    book = annotated(overspent)
    (drawing,) = [text for name, text in parts(book.path).items() if name.endswith(".vml")]
    _, _, top, _, _, _, bottom, _ = map(
        int, re.search(rb":Anchor>([^<]*)<", drawing)[1].split(b",")
    )
    assert bottom - top >= 5


def test_in_a_merged_range_the_comment_goes_to_the_top_left(annotated, book):
    sheet = book["绩效指标"]
    put(put(book, "绩效指标!H3", None), "绩效指标!H4", None)
    content = rewritten(
        as_bytes(book),
        {
            "xl/worksheets/sheet6.xml": lambda xml: xml.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="1"><mergeCell ref="H3:H4"/></mergeCells>',
            )
        },
    )
    assert sheet.title == "绩效指标"
    copy = annotated(content)
    text = copy["绩效指标"]["H3"].comment.text
    assert text.count("PG201") == 2
    assert copy["绩效指标"]["H3"].fill.fgColor.rgb == YELLOW


def test_a_cell_that_the_file_does_not_have_is_made_with_the_look_of_its_column(annotated, book):
    sheet = book["绩效指标"]
    sheet.column_dimensions["H"].font = Font(name="楷体", sz=15)
    sheet.column_dimensions["H"].number_format = "@"
    del sheet._cells[3, 8]
    assert b'r="H3"' not in zipfile.ZipFile(io.BytesIO(as_bytes(book))).read(
        "xl/worksheets/sheet6.xml"
    )
    cell = annotated(book)["绩效指标"]["H3"]
    assert fill(cell) == YELLOW
    assert (cell.font.name, cell.number_format) == ("楷体", "@")
    assert "没有填“完成值来源”" in cell.comment.text


def test_the_look_of_a_cell_stays_but_for_its_fill(annotated, overspent):
    cell = overspent["预算信息"]["F6"]
    cell.font, cell.number_format = Font(name="楷体", bold=True), "#,##0.00"
    overspent["预算信息"]["F5"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet = annotated(overspent)["预算信息"]
    assert (sheet["F6"].font.name, sheet["F6"].font.b) == ("楷体", True)
    assert sheet["F6"].number_format == "#,##0.00"
    assert fill(sheet["F5"]) == "FF00FF00"


def test_the_colour_shows_over_the_conditional_formats_of_the_sheet(annotated, overspent):
    green = PatternFill("solid", bgColor="FF00FF00")
    rule = FormulaRule(formula=["TRUE"], fill=green)
    overspent["预算信息"].conditional_formatting.add("A1:G9", rule)
    formats = annotated(overspent)["预算信息"].conditional_formatting
    first = min((rule.priority, str(area.sqref)) for area in formats for rule in area.rules)
    assert first == (1, "F6")
    priorities = [rule.priority for area in formats for rule in area.rules]
    assert len(set(priorities)) == len(priorities) == 2


def test_rows_and_cells_without_addresses_are_found(annotated, overspent):
    def bare(xml):
        head, data, tail = re.match(rb"(.*<sheetData>)(.*)(</sheetData>.*)", xml, re.S).groups()
        data = re.sub(rb'<row r="\d+"', b"<row", data)
        for row in range(1, 8):  # empty cells, so that none is skipped
            data = re.sub(rb'<c r="[A-Z]+%d"' % row, b"<c", data)
        return head + data + tail

    for row in overspent["预算信息"].iter_rows(max_col=7, max_row=6):
        for cell in row:
            cell.number_format = "0.00"  # so that the file holds every cell
    book = annotated(rewritten(as_bytes(overspent), {"xl/worksheets/sheet3.xml": bare}))
    assert fill(book["预算信息"]["F6"]) == RED
    assert book["预算信息"]["A6"].value == "乙项目"


def test_a_workbook_whose_xml_names_have_prefixes(annotated, overspent):
    def prefixed(xml):
        ET.register_namespace("x", MAIN)
        try:
            return ET.tostring(ET.fromstring(xml), encoding="UTF-8", xml_declaration=True)
        finally:
            ET._namespace_map.pop(MAIN)

    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, 8)]
    changes = dict.fromkeys([*names, "xl/workbook.xml", "xl/styles.xml"], prefixed)
    book = annotated(rewritten(as_bytes(overspent), changes))
    assert book.sheetnames[0] == "检查结果"
    assert fill(book["预算信息"]["F6"]) == RED
    assert "PG102" in book["预算信息"]["F6"].comment.text


# --- sparse and odd packages ---------------------------------------------------------------------

STYLES, BUDGET_SHEET, INDICATORS = (
    "xl/styles.xml",
    "xl/worksheets/sheet3.xml",
    "xl/worksheets/sheet6.xml",
)


def changed(book, part, *pairs):
    """The workbook's bytes, texts of one part replaced; each stands there."""

    def change(xml):
        for old, new in pairs:
            assert old in xml
            xml = xml.replace(old, new)
        return xml

    return rewritten(as_bytes(book), {part: change})


def plain(book):
    """The workbook's bytes, no cell of it with a look."""
    sheets = {f"xl/worksheets/sheet{n}.xml": lambda xml: re.sub(rb' s="\d+"', b"", xml)
              for n in range(1, 8)}  # fmt: skip
    return rewritten(as_bytes(book), sheets)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_style_sheet_with_nothing_in_it_gets_what_it_needs(annotated, overspent):
    """As programs write that know of no looks."""
    bare = f'<styleSheet xmlns="{MAIN}"/>'.encode()
    book = annotated(rewritten(plain(overspent), {STYLES: lambda _: bare}))
    assert fill(book["预算信息"]["F6"]) == RED
    assert fill(book["预算信息"]["F5"]) is None
    assert book["预算信息"]["F6"].font.sz == 11


def test_a_workbook_without_a_style_sheet_gets_one(perfgen, saved, overspent, tmp_path):
    content = rewritten(
        plain(overspent),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: re.sub(
                rb"<Rel[^>]*styles.xml[^>]*/>", b"", xml
            )
        },
    )
    assert perfgen("check", saved(content), "--annotate", tmp_path / "批注.xlsx").code == 1
    copy = parts(tmp_path / "批注.xlsx")
    (new,) = set(copy) - set(parts_of(content)) & {f"xl/styles{n}.xml" for n in range(1, 9)}
    assert f'/{new}"'.encode() in copy["[Content_Types].xml"]
    assert new.removeprefix("xl/").encode() in copy["xl/_rels/workbook.xml.rels"]
    number = int(re.search(rb'r="F6"[^>]* s="(\d+)"', copy[BUDGET_SHEET])[1])
    looks = ET.fromstring(copy[new])
    look = looks.find(f"{{{MAIN}}}cellXfs")[number]
    colours = looks.find(f"{{{MAIN}}}fills")[int(look.get("fillId"))]
    assert RED in ET.tostring(colours).decode()


def test_a_cell_that_the_file_does_not_have_takes_the_look_of_its_row(annotated, book):
    sheet = book["绩效指标"]
    sheet["A9"].number_format = "yyyy-mm-dd"
    del sheet._cells[3, 8]
    content = changed(book, INDICATORS, (b'<row r="3"', b'<row r="3" s="1" customFormat="1"'))
    cell = annotated(content)["绩效指标"]["H3"]
    assert (fill(cell), cell.number_format) == (YELLOW, "yyyy-mm-dd")


def test_a_merged_range_that_begins_in_a_row_without_cells_is_marked_there(annotated, book):
    """Excel keeps no row that is blank; the range shows what its first cell says."""
    sheet = book["绩效指标"]
    sheet.insert_rows(3)
    put(book, "绩效指标!H4", None)
    content = changed(
        book, INDICATORS,
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="H3:H4"/></mergeCells>'),
    )  # fmt: skip
    assert b'<row r="3"' not in parts_of(content)[INDICATORS]
    copy = annotated(content)["绩效指标"]
    assert "PG201" in copy["H3"].comment.text
    assert fill(copy["H3"]) == YELLOW
    assert (copy["A2"].value, copy["A4"].value) == ("决策", "过程")


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_where_all_beside_a_cell_is_hidden_its_comment_has_a_box_all_the_same(annotated, overspent):
    """Officers hide the unused columns up to the last."""
    hidden = b'<cols><col min="8" max="16384" hidden="1" width="0"/></cols><sheetData>'
    content = changed(
        overspent, BUDGET_SHEET, (b"<sheetData>", hidden), (b'<row r="5"', b'<row r="5" hidden="1"')
    )
    book = annotated(content)
    assert book["预算信息"]["F6"].comment.text.startswith("错误[PG102]")
    (drawing,) = [text for name, text in parts(book.path).items() if name.endswith(".vml")]
    places = list(map(int, re.search(rb":Anchor>([^<]*)<", drawing)[1].split(b",")))
    assert places[0] == 6 < places[4] < 16384
    assert places[2] == 4 < places[6]


def test_a_reference_to_a_drawing_that_is_not_there_is_mended(annotated, overspent):
    lost = (
        b'<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relation'
        b'ships" r:id="rId99"/></worksheet>'
    )
    book = annotated(changed(overspent, BUDGET_SHEET, (b"</worksheet>", lost)))
    assert book["预算信息"]["F6"].comment.text.startswith("错误[PG102]")
    assert parts(book.path)[BUDGET_SHEET].count(b"legacyDrawing") == 1


def test_a_workbook_without_names_is_annotated_where_its_layout_is_given(
    perfgen, saved, overspent, tmp_path
):
    content = rewritten(
        as_bytes(overspent),
        {
            "xl/workbook.xml": lambda x: re.sub(
                rb"<definedNames>.*</definedNames>", b"", x, flags=re.S
            )
        },
    )
    layout = "suzhou-self-evaluation"
    said = perfgen(
        "check", saved(content), "--layout", layout, "--annotate", tmp_path / "批注.xlsx"
    )
    assert said.code == 1, said.err
    copy = openpyxl.load_workbook(tmp_path / "批注.xlsx")
    assert fill(copy["预算信息"]["F6"]) == RED
    assert perfgen("check", tmp_path / "批注.xlsx", "--layout", layout).code == 1


def test_an_inner_structure_that_no_program_writes_is_told(perfgen, saved, overspent, tmp_path):
    content = changed(overspent, BUDGET_SHEET, (b'<c r="F6" t="n">', b'<c r="F6" s="x" t="n">'))
    said = perfgen("check", saved(content), "--annotate", tmp_path / "批注.xlsx")
    assert said.code == 2
    assert "的内部结构异常" in said.err
    assert not (tmp_path / "批注.xlsx").exists()


# --- what stays ----------------------------------------------------------------------------------


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "PNG")
    stream.seek(0)
    return stream


@pytest.fixture
def rich(tmp_path):
    """A workbook of everything that libraries lose: controls, boxes, sparklines, macros …"""

    def make(name="自评.xlsx"):
        path = tmp_path / f"原-{name}"
        book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        form = book.add_worksheet("基本信息")
        for number, row in enumerate([("项目", "内容", "填写说明"), *FORM.items()]):
            for column, value in enumerate(row):
                form.write(number, column, str(value) if isinstance(value, date) else value)
        for title, rows in TABLES.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        budget = book.get_worksheet_by_name("预算信息")
        budget.write("F6", 80)
        budget.write_formula("C5", "=30*2", None, 60)
        budget.write_comment("A2", "财务处的批注", {"author": "张三"})
        budget.insert_image("J2", "标志.png", {"image_data": picture()})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=预算信息!$C$5:$C$6"})
        budget.insert_chart("J20", chart)
        budget.insert_textbox("J40", "旁边的文本框")
        budget.insert_button("J50", {"caption": "按钮"})
        budget.add_sparkline("I5", {"range": "预算信息!C5:F5"})
        budget.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
        budget.data_validation("B2:B9", {"validate": "list", "source": ["总额", "项目明细"]})
        budget.repeat_rows(0)
        budget.protect("secret")
        book.get_worksheet_by_name("绩效指标").insert_button("M9", {"caption": "另一个按钮"})
        book.get_worksheet_by_name("绩效指标").write_blank("H3", None, book.add_format())
        book.get_worksheet_by_name("重点任务").hide()
        book.get_worksheet_by_name("文字部分").very_hidden()
        book.define_name("_perfgen_layout", '="suzhou-self-evaluation"')
        if name.endswith(".xlsm"):
            book.add_vba_project(io.BytesIO(b"macros"), is_stream=True)
        book.close()
        return path.read_bytes()

    return make


CHANGED = re.compile(
    r"\[Content_Types\].xml|xl/(workbook|styles).xml|xl/_rels/workbook.xml.rels|"
    r"xl/worksheets/sheet\d+.xml|xl/worksheets/_rels/sheet\d+.xml.rels|"
    r"xl/comments\d+.xml|xl/drawings/vmlDrawing\d+.vml"
)
"""Parts that a comment, a fill or a further sheet may change."""


@pytest.mark.parametrize("name", ["自评.xlsx", "自评.xlsm"])
def test_every_other_part_is_the_same_byte_for_byte(annotated, rich, name):
    content = rich(name)
    old, new = parts(io.BytesIO(content)), parts(annotated(content, name).path)
    assert {part: text for part, text in old.items() if not CHANGED.fullmatch(part)}.items() <= (
        new.items()
    )
    kinds = ("media/", "charts/", "drawings/drawing", *(["vbaProject"] if "xlsm" in name else []))
    for kind in kinds:
        assert any(kind in part for part in new), kind


def test_controls_sparklines_lists_and_protection_stay_in_the_sheet(annotated, rich):
    content = rich()
    book = annotated(content)
    sheet = parts(book.path)["xl/worksheets/sheet3.xml"].decode()
    for kept in ("sparkline", "x14:dataBar", "dataValidation", "sheetProtection", "<drawing "):
        assert kept in sheet, kept
    assert sheet.count("<legacyDrawing ") == 1
    assert book["预算信息"].protection.sheet
    assert book["预算信息"].protection.password
    assert book["预算信息"].print_title_rows == "$1:$1"
    drawings = {name: text for name, text in parts(book.path).items() if name.endswith(".vml")}
    assert sum(text.count(b'ObjectType="Button"') for text in drawings.values()) == 2
    assert sum(text.count(b'ObjectType="Note"') for text in drawings.values()) == 3
    numbers = re.findall(rb'id="(_x0000_s\d+)"', b"".join(drawings.values()))
    assert len(set(numbers)) == len(numbers)
    assert book["预算信息"]["A2"].comment.text == "财务处的批注"
    assert "PG102" in book["预算信息"]["F6"].comment.text
    assert "PG201" in book["绩效指标"]["H3"].comment.text


def test_hidden_sheets_stay_hidden(annotated, rich):
    book = annotated(rich())
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states["重点任务"] == "hidden"
    assert states["文字部分"] == "veryHidden"
    assert states["检查结果"] == "visible"


def test_formulas_stay_formulas_with_the_results_that_excel_kept(annotated, rich):
    book = annotated(rich())
    assert book["预算信息"]["C5"].value == "=30*2"
    assert openpyxl.load_workbook(book.path, data_only=True)["预算信息"]["C5"].value == 60


def test_the_original_is_not_touched(annotated, rich, tmp_path):
    content = rich()
    annotated(content)
    assert (tmp_path / "自评.xlsx").read_bytes() == content


def test_the_copy_follows_the_standard(annotated, rich, tmp_path):
    content = rich()
    path = tmp_path / "原来的.xlsx"
    path.write_bytes(content)
    assert set(errors(annotated(content).path)) <= set(errors(path))


def errors(path):
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def test_the_copy_of_a_sample_follows_the_standard(perfgen, tmp_path):
    copy = tmp_path / "批注.xlsx"
    assert perfgen("check", SAMPLE, "--annotate", copy).code == 1
    assert errors(copy) == []


def test_the_same_workbook_gives_the_same_bytes(perfgen, saved, overspent, tmp_path):
    path = saved(overspent)
    copies = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for copy in copies:
        perfgen("check", path, "--annotate", copy)
    assert copies[0].read_bytes() == copies[1].read_bytes()


def test_the_order_of_computing_is_left_to_excel(annotated, overspent):
    content = rewritten(
        plain(overspent),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rId90" Target="calcChain.xml" Type="http://schemas.openxml'
                b'formats.org/officeDocument/2006/relationships/calcChain"/></Relationships>',
            )
        },
    )
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"/>')
    kept = parts(annotated(stream.getvalue()).path)
    assert "xl/calcChain.xml" not in kept
    assert b"calcChain" not in kept["xl/_rels/workbook.xml.rels"]


# --- what cannot stay is said --------------------------------------------------------------------


def test_a_threaded_comment_is_left_alone_and_said(annotated, overspent):
    overspent["预算信息"]["F6"].comment = Comment("[会话批注]", "tc={1}")
    content = as_bytes(overspent)
    relations = "xl/worksheets/_rels/sheet3.xml.rels"
    content = rewritten(
        content,
        {
            relations: lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rId91" Target="/xl/threadedComments/threadedComment1.xml" '
                b'Type="http://schemas.microsoft.com/office/2017/10/relationships/'
                b'threadedComment"/></Relationships>',
            )
        },
    )
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(
            "xl/threadedComments/threadedComment1.xml",
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
            'threadedcomments"><threadedComment ref="F6" id="{1}"/></ThreadedComments>',
        )
    book = annotated(stream.getvalue())
    assert "预算信息!F6 有会话批注" in book.said.err
    assert book["预算信息"]["F6"].comment.text == "[会话批注]"
    assert fill(book["预算信息"]["F6"]) == RED


def test_a_signature_that_no_longer_holds_is_said(annotated, overspent):
    stream = io.BytesIO(as_bytes(overspent))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    assert "数字签名" in annotated(stream.getvalue()).said.err


def test_a_copy_annotated_again_is_said(annotated, overspent):
    first = annotated(overspent)
    again = annotated(first.path.read_bytes())
    assert "本身是批注过的副本" in again.said.err
    assert again.sheetnames[:2] == ["检查结果2", "检查结果"]


def test_the_copy_reads_as_the_original_does(perfgen, annotated, overspent):
    book = annotated(overspent)
    assert perfgen("check", book.path).out.replace("批注.xlsx", "自评.xlsx") in (
        book.said.out.replace(f"；批注副本 {book.path}", "")
    )


# --- where the copy goes -------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["自评.xlsx", "./自评.xlsx", "另一个名字.xlsx"])
def test_the_original_is_never_the_copy(perfgen, saved, overspent, tmp_path, named):
    path = saved(overspent)
    before = path.read_bytes()
    (tmp_path / "另一个名字.xlsx").hardlink_to(path)
    said = perfgen("check", path, "--annotate", named)
    assert said.code == 2
    assert "正是原工作簿" in said.err
    assert path.read_bytes() == before


def test_another_file_is_not_overwritten_but_an_older_copy_is(perfgen, saved, overspent, tmp_path):
    path, other = saved(overspent), saved(overspent, "别的.xlsx")
    before = other.read_bytes()
    said = perfgen("check", path, "--annotate", other)
    assert (said.code, other.read_bytes()) == (2, before)
    assert "没有覆盖" in said.err
    copy = tmp_path / "批注.xlsx"
    assert perfgen("check", path, "--annotate", copy).code == 1
    assert perfgen("check", path, "--annotate", copy).code == 1


@pytest.mark.parametrize(
    ("named", "written"),
    [(".", "自评-批注.xlsx"), ("批注", "批注.xlsx"), ("新/批.xlsx", "批.xlsx")],
)
def test_the_copys_name(perfgen, saved, overspent, tmp_path, named, written):
    said = perfgen("check", saved(overspent), "--annotate", named)
    (found,) = tmp_path.rglob(written)
    assert said.out.splitlines()[-1].startswith("✗ 检查：错误 1；批注副本 ")
    assert found.name in said.out


@pytest.mark.parametrize("named", ["批注.pdf", "批注.xlsm"])
def test_a_copy_of_another_kind_is_refused(perfgen, saved, overspent, named):
    said = perfgen("check", saved(overspent), "--annotate", named)
    assert said.code == 2
    assert "类型应当相同" in said.err
    assert "批注.xlsx" in said.err


def test_what_cannot_be_read_is_not_annotated(perfgen, saved, book, tmp_path):
    said = perfgen("check", saved(put(book, "预算信息!C5", "约60")), "--annotate", "批注.xlsx")
    assert said.code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["自评.xlsx"]


# --- opened elsewhere ----------------------------------------------------------------------------


@needs_office
def test_libreoffice_opens_the_copy_with_comments_fills_and_formulas(annotated, rich, tmp_path):
    path = annotated(rich()).path
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out",
         path],
        check=True, capture_output=True, timeout=WAIT,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "out" / path.name)
    sheet = book["预算信息"]
    assert book.sheetnames[0] == "检查结果"
    assert "错误[PG102]" in sheet["F6"].comment.text
    assert sheet["A2"].comment.text == "财务处的批注"
    assert fill(sheet["F6"]) == RED
    assert sheet["C5"].value == "=30*2"
    assert sheet.protection.sheet
